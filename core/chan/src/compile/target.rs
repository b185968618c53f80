//! Targets of rules: `order.number`, `party.buyer.name`, `line.reference.contract`, `line.item`.

use super::drafts::Draft;
use super::{Compiler, Result, Stop};
use crate::error::ErrorKind;
use crate::table::{flag, section, transform};
use crate::vocabulary::{self as vocabulary, ValueType, domain, field, group};
use crate::words::Word;

/// What a rule writes to.
#[derive(Clone, Copy, Debug)]
pub struct Target<'t> {
    /// The field.
    pub field: u16,
    /// The fixed role of a party (`party.buyer.name`), 0 = none.
    pub role: u16,
    /// A constant that goes with it: a field and its text (`reference.contract`).
    pub fixed: Option<(u16, &'t str)>,
    /// The field is decided by a map (`line.item`).
    pub by_map: bool,
}

/// Parts of composite values: the head, the key word, the part.
const PARTS: &[(u16, &str, u16)] = &[
    (field::LINE_QUANTITY, "unit", field::LINE_UNIT),
    (field::LINE_QUANTITY, "unit_text", field::LINE_UNIT_TEXT),
    // Quantities in the line's own unit: theirs is compared with it.
    (field::SCHEDULE_QUANTITY, "unit", field::LINE_UNIT),
    (field::SCHEDULE_CUMULATIVE, "unit", field::LINE_UNIT),
    (field::LINE_FREE_QUANTITY, "unit", field::LINE_UNIT),
    (field::LINE_QUANTITY_CHANGE, "unit", field::LINE_UNIT),
    (field::LINE_QUANTITY_BEFORE, "unit", field::LINE_UNIT),
    (field::SCHEDULE_QUANTITY, "date", field::SCHEDULE_DATE),
    (field::SCHEDULE_QUANTITY, "location", field::SCHEDULE_LOCATION),
    (field::SCHEDULE_QUANTITY, "status", field::SCHEDULE_STATUS),
    (field::SCHEDULE_QUANTITY, "cumulative", field::SCHEDULE_CUMULATIVE),
    (field::LINE_PACK, "unit", field::LINE_PACK_UNIT),
    (field::LINE_PRICE, "basis", field::LINE_PRICE_BASIS),
    (field::LINE_PRICE, "unit", field::LINE_PRICE_UNIT),
    (field::LINE_PRICE, "kind", field::LINE_PRICE_KIND),
    (field::LINE_PRICE, "currency", field::LINE_PRICE_CURRENCY),
    (field::LINE_PRICE, "tax_included", field::LINE_PRICE_TAX_INCL),
    (field::LINE_PRICE_QUANTITY, "unit", field::LINE_PRICE_QTY_UNIT),
    (field::PARTY_ID, "scheme", field::PARTY_ID_SCHEME),
    (field::PARTY_ENDPOINT, "scheme", field::PARTY_ENDPOINT_SCHEME),
    (field::REFERENCE, "type", field::REFERENCE_TYPE),
    (field::REFERENCE, "line", field::REFERENCE_LINE),
    (field::REFERENCE, "date", field::REFERENCE_DATE),
    (field::NOTE, "subject", field::NOTE_SUBJECT),
    (field::NOTE, "language", field::NOTE_LANGUAGE),
    (field::LINE_ATTRIBUTE, "name", field::LINE_ATTRIBUTE_NAME),
    (field::PAYMENT_DISCOUNT_PCT, "days", field::PAYMENT_DISCOUNT_DAYS),
    (field::ALLOWANCE_AMOUNT, "kind", field::ALLOWANCE_KIND),
    (field::ALLOWANCE_AMOUNT, "percent", field::ALLOWANCE_PERCENT),
    (field::ALLOWANCE_AMOUNT, "base", field::ALLOWANCE_BASE),
    (field::ALLOWANCE_AMOUNT, "code", field::ALLOWANCE_CODE),
    (field::ALLOWANCE_AMOUNT, "reason", field::ALLOWANCE_REASON),
    (field::ALLOWANCE_PERCENT, "kind", field::ALLOWANCE_KIND),
    (field::ALLOWANCE_PERCENT, "base", field::ALLOWANCE_BASE),
    (field::ALLOWANCE_PERCENT, "code", field::ALLOWANCE_CODE),
    (field::ALLOWANCE_PERCENT, "reason", field::ALLOWANCE_REASON),
    (field::ATTACHMENT_NAME, "media_type", field::ATTACHMENT_MEDIA_TYPE),
];

/// The part of a composite value that a key word names.
pub fn part(head: u16, word: &str) -> Option<u16> {
    PARTS.iter().find(|(h, w, _)| *h == head && *w == word).map(|(_, _, part)| *part)
}

/// The key words of all parts.
pub fn part_words() -> impl Iterator<Item = &'static str> {
    PARTS.iter().map(|(_, word, _)| *word)
}

/// The key words of the parts of one value.
pub fn parts_of(head: u16) -> impl Iterator<Item = &'static str> {
    PARTS.iter().filter(move |(h, ..)| *h == head).map(|(_, word, _)| *word)
}

/// Is it a value that parts may stand behind?
pub fn is_composite(number: u16) -> bool {
    PARTS.iter().any(|(head, ..)| *head == number)
}

/// The value that a part belongs to, if it may not be written as a rule of its own.
fn head_of(number: u16) -> Option<u16> {
    if is_composite(number) {
        return None;
    }
    PARTS.iter().find(|(_, _, part)| *part == number).map(|(head, ..)| *head)
}

/// May a transform give values of a field?
pub fn fits(number: u16, transform: u8) -> bool {
    use transform::{
        CODE, COUNT, DATE, DECIMAL, E164, FLAG, GTIN, ISBN, ISO3166, ISO4217, MAP, PARTY_ID, TEXT, UNIT, WORD,
    };
    match vocabulary::facts(number).value() {
        ValueType::Text => matches!(transform, TEXT | MAP | CODE | WORD | GTIN | ISBN | E164 | PARTY_ID),
        ValueType::Word => matches!(transform, WORD | MAP | CODE | TEXT),
        ValueType::Code => matches!(transform, CODE | MAP | WORD | TEXT | ISO4217 | ISO3166 | UNIT),
        ValueType::Decimal => matches!(transform, DECIMAL | MAP),
        ValueType::Count => matches!(transform, COUNT | MAP),
        ValueType::Date => transform == DATE,
        ValueType::Flag => transform == FLAG,
    }
}

/// The transform of a field when a rule names none.
pub fn natural(number: u16) -> u8 {
    match number {
        field::LINE_UNIT | field::LINE_PACK_UNIT | field::LINE_PRICE_UNIT | field::LINE_PRICE_QTY_UNIT => {
            transform::UNIT
        }
        field::ORDER_CURRENCY | field::LINE_PRICE_CURRENCY => transform::ISO4217,
        field::PARTY_COUNTRY => transform::ISO3166,
        field::LINE_GTIN => transform::GTIN,
        field::LINE_ISBN => transform::ISBN,
        field::PARTY_ID => transform::PARTY_ID,
        _ => match vocabulary::facts(number).value() {
            ValueType::Text => transform::TEXT,
            ValueType::Word => transform::WORD,
            ValueType::Code => transform::CODE,
            ValueType::Decimal => transform::DECIMAL,
            ValueType::Date => transform::DATE,
            ValueType::Flag => transform::FLAG,
            ValueType::Count => transform::COUNT,
        },
    }
}

impl<'t> Compiler<'t, '_, '_> {
    /// The unit of a line whose quantities stand in its delivery plan: there is no quantity of the line that
    /// it could be torn from. The canonical form has both.
    fn stands_alone(&self, number: u16) -> bool {
        let heads = |wanted: u16| {
            self.pools
                .drafts
                .as_slice()
                .iter()
                .any(|d| d.rule.field == wanted && d.rule.flags & flag::TAIL == 0)
        };
        let canonical = self.head.dialect.canonical == 1;
        match number {
            field::LINE_UNIT => canonical || !heads(field::LINE_QUANTITY),
            field::LINE_UNIT_TEXT => canonical,
            _ => false,
        }
    }

    /// A quantity of a channel whose lines have a unit of their own would be torn from it.
    fn is_torn(&self, number: u16) -> bool {
        let alone = |d: &Draft| d.rule.field == field::LINE_UNIT && d.rule.flags & flag::TAIL == 0;
        number == field::LINE_QUANTITY
            && self.head.dialect.canonical == 0
            && self.pools.drafts.as_slice().iter().any(alone)
    }

    /// Reads the target of a rule and checks that the block may have it.
    pub(super) fn target(&self, word: Word<'t>, block: usize) -> Result<Target<'t>> {
        let target = match resolve(word.text) {
            Some(target) => target,
            None => return Err(self.unknown_target(word)),
        };
        // In a block of its own group a part may stand alone: the group holds the value together.
        let group = vocabulary::facts(target.field).group();
        let in_group = group != group::NONE && self.notes.blocks.get(block).is_some_and(|b| b.group == group);
        if let Some(head) = head_of(target.field).filter(|_| !in_group && !self.stands_alone(target.field)) {
            let error = self.error(ErrorKind::PartApart, word.column, "the rule of its value");
            let head = vocabulary::name(head);
            return Err(self.suggest(error, head, core::iter::once(head)));
        }
        if self.is_torn(target.field) {
            return Err(self.error(ErrorKind::PartApart, word.column, "its unit in this rule"));
        }
        if self.is_apart(block, target.field) {
            return Err(self.error(
                ErrorKind::PartApart,
                word.column,
                "a block of its own, such as allowance on ALC",
            ));
        }
        let is_line = word.text.starts_with("line.");
        for (number, sharing) in self.notes.blocks.iter().enumerate() {
            let shares = usize::from(sharing.first) == block && sharing.role == 0;
            if shares && !self.may_hold(number, target, is_line) {
                return Err(self.error(ErrorKind::WrongBlock, word.column, "a field of this block's record"));
            }
        }
        Ok(target)
    }

    /// No such field: of a party with a role it is the role, or the field behind it.
    #[cold]
    #[inline(never)]
    fn unknown_target(&self, word: Word<'t>) -> Stop {
        const PARTY: &str = "party.";
        if let Some((role, _)) = word.text.strip_prefix(PARTY).and_then(|rest| rest.split_once(['.'])) {
            if vocabulary::word_number(domain::ROLE, role.as_bytes()).is_none() {
                let column = word.column.saturating_add(6); // behind `party.`
                return self.unknown_word(Word { column, ..word }, domain::ROLE, role);
            }
        }
        let error = self.error(ErrorKind::UnknownField, word.column, "a field of the vocabulary");
        self.suggest(error, word.text, vocabulary::names())
    }

    /// May this block, wherever it stands, write this target? A value goes to the innermost record that
    /// is open: to a line, a party or the document.
    fn may_hold(&self, block: usize, target: Target<'_>, is_line: bool) -> bool {
        let facts = vocabulary::facts(target.field);
        let Some(here) = self.notes.blocks.get(block) else { return false };
        if target.role != 0 {
            return facts.is_of_party() && here.kind == section::HEADER;
        }
        let mut seen = 0u64;
        let mut wanted = mask(block);
        while wanted != 0 {
            let number = wanted.trailing_zeros() as usize;
            seen |= mask(number);
            let Some(here) = self.notes.blocks.get(number) else { return false };
            let holds = match here.kind {
                section::LINE => facts.is_of_line(),
                section::PARTY => facts.is_of_party(),
                section::HEADER | section::SUMMARY | section::ENVELOPE => facts.is_of_document() && !is_line,
                section::ASIDE => false,
                _ => {
                    for parent in &here.parents {
                        wanted |= mask(usize::from(*parent));
                    }
                    true
                }
            };
            if !holds {
                return false;
            }
            wanted &= !seen;
        }
        true
    }
}

fn mask(block: usize) -> u64 {
    u32::try_from(block).ok().and_then(|block| 1u64.checked_shl(block)).unwrap_or(0)
}

/// Is it the target of a rule?
pub fn is_field(text: &str) -> bool {
    resolve(text).is_some()
}

/// Finds the field of a written target.
fn resolve(text: &str) -> Option<Target<'_>> {
    let plain = |field| Some(Target { field, role: 0, fixed: None, by_map: false });
    if text == "line.item" {
        return Some(Target { field: field::LINE_OTHER_ID, role: 0, fixed: None, by_map: true });
    }
    if let Some(number) = vocabulary::by_name(text) {
        return plain(number);
    }
    if let Some(rest) = text.strip_prefix("party.") {
        let (role, rest) = rest.split_once(['.'])?;
        let role = vocabulary::word_number(domain::ROLE, role.as_bytes())?;
        return resolve_party(rest).map(|field| Target { field, role, fixed: None, by_map: false });
    }
    let local = text.strip_prefix("line.").unwrap_or(text);
    if let Some(kind) = local.strip_prefix("reference.") {
        return Some(Target {
            field: field::REFERENCE,
            role: 0,
            fixed: Some((field::REFERENCE_TYPE, kind)),
            by_map: false,
        });
    }
    if let Some(name) = text.strip_prefix("line.attribute.") {
        return Some(Target {
            field: field::LINE_ATTRIBUTE,
            role: 0,
            fixed: Some((field::LINE_ATTRIBUTE_NAME, name)),
            by_map: false,
        });
    }
    let number = vocabulary::by_name(text.strip_prefix("line.")?)?;
    let facts = vocabulary::facts(number);
    if facts.is_of_line() && facts.is_of_document() { plain(number) } else { None }
}

fn resolve_party(rest: &str) -> Option<u16> {
    (0..=vocabulary::LAST_FIELD)
        .find(|number| vocabulary::name(*number).strip_prefix("party.").is_some_and(|name| name == rest))
}
