//! Targets of rules: `order.number`, `party.buyer.name`, `line.reference.contract`, `line.item`.

use super::{Compiler, Result};
use crate::error::{ErrorKind, nearest};
use crate::table::{section, transform};
use crate::vocabulary::{self as vocabulary, ValueType, domain, field};
use crate::words::{Line, Word};

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
    (field::NOTE, "subject", field::NOTE_SUBJECT),
    (field::NOTE, "language", field::NOTE_LANGUAGE),
    (field::LINE_ATTRIBUTE, "name", field::LINE_ATTRIBUTE_NAME),
    (field::PAYMENT_DISCOUNT_PCT, "days", field::PAYMENT_DISCOUNT_DAYS),
];

/// The part of a composite value that a key word names.
pub fn part(head: u16, word: &str) -> Option<u16> {
    PARTS.iter().find(|(h, w, _)| *h == head && *w == word).map(|(_, _, part)| *part)
}

/// Parts that may not be written as a rule of their own.
fn is_part(number: u16) -> bool {
    PARTS.iter().any(|(_, _, part)| *part == number)
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

impl<'t> Compiler<'t, '_> {
    /// Reads the target of a rule and checks that the block may have it.
    pub(super) fn target(&self, line: &Line<'t>, word: Word<'t>, block: usize) -> Result<Target<'t>> {
        let target = match resolve(word.text) {
            Some(target) => target,
            None => {
                let mut error =
                    self.error(ErrorKind::UnknownField, line, word.column, "a field of the vocabulary");
                error.nearest = nearest(word.text, vocabulary::names());
                return Err(error);
            }
        };
        // In a block of its own group a part may stand alone: the group holds the value together.
        let group = vocabulary::facts(target.field).group();
        let in_group = group != 0 && self.blocks.get(block).is_some_and(|b| b.group == group);
        if is_part(target.field) && !in_group {
            let head = PARTS.iter().find(|(_, _, part)| *part == target.field);
            let mut error = self.error(ErrorKind::PartApart, line, word.column, "the rule of its value");
            error.nearest = head.map(|(head, _, _)| vocabulary::name(*head));
            return Err(error);
        }
        if !self.may_hold(block, target) {
            return Err(self.error(
                ErrorKind::WrongBlock,
                line,
                word.column,
                "a field of this block's record",
            ));
        }
        Ok(target)
    }

    /// May this block, wherever it stands, write this target?
    fn may_hold(&self, block: usize, target: Target<'_>) -> bool {
        let facts = vocabulary::facts(target.field);
        let Some(here) = self.blocks.get(block) else { return false };
        if target.role != 0 {
            return facts.is_of_party() && here.kind == section::HEADER;
        }
        match here.kind {
            section::PARTY => facts.is_of_party() || self.holds_record(block, facts),
            section::GROUP => {
                let party = here.parents.iter().any(|p| self.stands_in_party(usize::from(*p)));
                if party && facts.is_of_party() { true } else { self.holds_record(block, facts) }
            }
            section::ASIDE => false,
            _ => self.holds_record(block, facts),
        }
    }

    fn stands_in_party(&self, block: usize) -> bool {
        self.blocks.get(block).is_some_and(|b| b.kind == section::PARTY)
    }

    /// Do all records around a block take the field?
    fn holds_record(&self, block: usize, facts: vocabulary::Facts) -> bool {
        let Some(here) = self.blocks.get(block) else { return false };
        match here.kind {
            section::LINE => facts.is_of_line(),
            section::HEADER | section::SUMMARY | section::ENVELOPE => facts.is_of_document(),
            // A party's own groups and what they stand in: one level is enough, since only parties and
            // groups stand in other groups.
            _ => here.parents.iter().all(|p| match self.blocks.get(usize::from(*p)) {
                Some(outer) if outer.kind == section::LINE => facts.is_of_line(),
                Some(outer) if matches!(outer.kind, section::PARTY | section::GROUP) => {
                    facts.is_of_party()
                        || outer.parents.iter().all(|q| match self.blocks.get(usize::from(*q)) {
                            Some(b) if b.kind == section::LINE => facts.is_of_line(),
                            _ => facts.is_of_document() || facts.is_of_line(),
                        })
                }
                _ => facts.is_of_document(),
            }),
        }
    }
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
        let (role, rest) = rest.split_once('.')?;
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
