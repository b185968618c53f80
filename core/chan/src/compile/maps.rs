//! Code maps.

use super::layers::Span;
use super::{Compiler, Result, Stop, values};
use crate::error::ErrorKind;
use crate::table::{Map, MapEntry, Run, joint, otherwise};
use crate::vocabulary::{self as vocabulary, ValueType, domain, field};
use crate::words::{Line, Word};

/// A map that has been read.
pub struct Known {
    name: Span,
    layer: u8,
    /// What its values have been found to be, one bit for each [`Use`].
    uses: u32,
}

/// What the values of a map are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// Code words of a domain, or codes.
    Words(u8),
    /// Patterns of dates.
    Patterns,
    /// Item fields.
    Items,
    /// What joins pieces.
    Joints,
    /// Decimals.
    Decimals,
    /// Units and other codes.
    Codes,
}

impl Use {
    /// What a map is used for that gives the values of a field.
    pub fn of_field(number: u16) -> Use {
        match vocabulary::facts(number).value() {
            ValueType::Decimal | ValueType::Count => Use::Decimals,
            _ => Use::Words(vocabulary::domain_of(number)),
        }
    }

    const fn bit(self) -> u32 {
        1 << match self {
            Use::Words(domain) => domain & 15,
            Use::Patterns => 16,
            Use::Items => 17,
            Use::Joints => 18,
            Use::Decimals => 19,
            Use::Codes => 20,
        }
    }
}

impl<'t> Compiler<'t, '_, '_> {
    /// `map NAME KEY:VALUE… [else keep|review|reject|as-written]`
    pub(super) fn map(&mut self, mut line: Line<'t>) -> Result<()> {
        let name = self.word(&mut line, "the map's name")?;
        let again = self.notes.maps.iter().position(|m| self.piece(m.name) == name.text);
        if let Some(known) = again.and_then(|number| self.notes.maps.get(number)) {
            if known.layer == self.layer {
                return Err(self.error(ErrorKind::Repeated, name.column, "one map of this name"));
            }
        }
        let start = u16::try_from(self.pools.map_entries.len()).map_err(|_| self.full())?;
        let mut map = Map { entries: Run { start, count: 0 }, otherwise: otherwise::KEEP };
        while let Some(word) = self.maybe(&mut line)? {
            if word.text == "else" && !word.quoted {
                map.otherwise = self.otherwise(&mut line)?;
                self.end(&mut line)?;
                break;
            }
            let (key, value) = match (word.quoted, line.glued()) {
                (false, _) => word.text.split_once([':']).unwrap_or(("", "")),
                (true, Some(rest)) => (word.text, rest.text.strip_prefix(':').unwrap_or("")),
                (true, None) => word.text.split_once([':']).unwrap_or(("", "")),
            };
            if value.is_empty() {
                return Err(self.unexpected(word, "KEY:VALUE or else"));
            }
            let entry = self.map_entry(word, key, value)?;
            if self.has_key(map.entries, key) {
                return Err(self.error(ErrorKind::Repeated, word.column, "one value for each key"));
            }
            self.pools.map_entries.push(entry).ok_or_else(|| self.full())?;
            map.entries.count += 1;
            if map.entries.count > MOST_ENTRIES {
                return Err(self.full());
            }
        }
        let known = Known { name: self.span(name.text), layer: self.layer, uses: 0 };
        match again {
            // An extension replaces the map of its base.
            Some(number) => {
                self.pools.maps.update(number, |m| *m = map);
                if let Some(place) = self.notes.maps.get_mut(number) {
                    *place = known;
                }
            }
            None => {
                self.pools.maps.push(map).ok_or_else(|| self.full())?;
                self.notes.maps.push(known).map_err(|_| self.full())?;
            }
        }
        Ok(())
    }

    fn otherwise(&self, line: &mut Line<'t>) -> Result<u8> {
        const POLICIES: &str = "keep, review, reject or as-written";
        let policy = self.word(line, POLICIES)?;
        match policy.text {
            "keep" => Ok(otherwise::KEEP),
            "review" => Ok(otherwise::REVIEW),
            "reject" => Ok(otherwise::REJECT),
            "as-written" => Ok(otherwise::AS_WRITTEN),
            _ => Err(self.error(ErrorKind::ConcreteElse, policy.column, POLICIES)),
        }
    }

    fn has_key(&self, entries: Run, key: &str) -> bool {
        let known = entries.of(self.pools.map_entries.as_slice());
        known.iter().any(|entry| self.pools.text(entry.key) == key.as_bytes())
    }

    /// `KEY:VALUE` or `KEY:VALUE+FIELD=VALUE`; what the value is, is known when a rule uses it.
    fn map_entry(&mut self, word: Word<'t>, key: &str, value: &str) -> Result<MapEntry> {
        let (value, also) = match value.split_once(['+']) {
            Some((value, also)) if also.contains(['=']) => (value, Some(also)),
            _ => (value, None),
        };
        let mut entry =
            MapEntry { key: self.intern(key)?, value: self.intern(value)?, ..MapEntry::default() };
        if let Some((name, value)) = also.and_then(|also| also.split_once(['='])) {
            let short = [("copy", field::ORDER_COPY), ("reason", field::ORDER_REASON)];
            let field = vocabulary::by_name(name)
                .or_else(|| short.iter().find(|(short, _)| *short == name).map(|(_, field)| *field));
            let Some(field) = field else {
                return Err(self.error(ErrorKind::UnknownField, word.column, "VALUE+FIELD=VALUE"));
            };
            let Some(number) = vocabulary::word_number(vocabulary::domain_of(field), value.as_bytes()) else {
                return Err(self.unknown_word(word, vocabulary::domain_of(field), value));
            };
            entry.also_field = field;
            entry.also_word = number;
        }
        Ok(entry)
    }

    pub(super) fn unknown_word(&self, word: Word<'t>, domain: u8, value: &str) -> Stop {
        let error = self.error(ErrorKind::UnknownWord, word.column, words(domain));
        self.suggest(error, value, vocabulary::words_of(domain))
    }

    pub(super) fn is_map(&self, name: &str) -> bool {
        self.notes.maps.iter().any(|m| self.piece(m.name) == name)
    }

    pub(super) fn map_by_name(&self, name: Word<'t>) -> Result<usize> {
        self.notes.maps.iter().position(|m| self.piece(m.name) == name.text).ok_or_else(|| {
            let error = self.error(ErrorKind::UnknownName, name.column, "the name of a map");
            self.suggest(error, name.text, self.notes.maps.iter().map(|m| self.piece(m.name)))
        })
    }

    /// The number of a map, its values turned into what they are used as.
    pub(super) fn map_used(&mut self, name: Word<'t>, number: u16, used: Use) -> Result<u16> {
        let map = self.map_by_name(name)?;
        let Some(known) = self.notes.maps.get_mut(map) else { return Ok(0) };
        let first = known.uses & used.bit() == 0;
        known.uses |= used.bit();
        let run = self.pools.maps.get(map).entries;
        for index in usize::from(run.start)..usize::from(run.start) + usize::from(run.count) {
            if first {
                self.use_entry(name, index, number, used)?;
            }
        }
        u16::try_from(map).map_err(|_| self.full())
    }

    fn use_entry(&mut self, name: Word<'t>, index: usize, number: u16, used: Use) -> Result<()> {
        let entry = self.pools.map_entries.get(index);
        let text = self.pools.text(entry.value);
        let is_strict = matches!(number, field::ORDER_KIND | field::ORDER_REASON | field::ORDER_COPY);
        let wrong = |kind, expected| Err(self.error(kind, name.column, expected));
        let word = match used {
            Use::Words(domain) => {
                let word = vocabulary::word_number(domain, text).unwrap_or(0);
                // Codes of standards are written in capitals and digits: a word that is none is a slip.
                let slip = domain != domain::NONE && text.iter().any(u8::is_ascii_lowercase);
                if word == 0 && (is_strict || slip) {
                    let value = core::str::from_utf8(text).unwrap_or("");
                    return Err(self.unknown_word(name, domain, value));
                }
                word
            }
            Use::Items => {
                let found = core::str::from_utf8(text).ok().and_then(vocabulary::by_name);
                match found.filter(|f| (field::LINE_GTIN..=field::LINE_OTHER_ID).contains(f)) {
                    Some(field) => field,
                    None => {
                        return wrong(ErrorKind::UnknownField, "a map of item numbers, such as EN:line.gtin");
                    }
                }
            }
            Use::Joints => match joint::NAMES.iter().position(|n| !n.is_empty() && n.as_bytes() == text) {
                Some(joint) => u16::try_from(joint).unwrap_or(0),
                None => return wrong(ErrorKind::UnknownWord, "a map of none, blank, line and comma"),
            },
            Use::Patterns => match core::str::from_utf8(text).is_ok_and(values::is_pattern) {
                true => 0,
                false => return wrong(ErrorKind::UnknownWord, values::PATTERN),
            },
            Use::Decimals => match is_decimal(text) {
                true => 0,
                false => return wrong(ErrorKind::UnknownWord, "a map of numbers, such as HP:100"),
            },
            Use::Codes => 0,
        };
        if word != 0 && entry.word != 0 && word != entry.word {
            return wrong(ErrorKind::Repeated, "a map of its own for each kind of code");
        }
        if word != 0 {
            self.pools.map_entries.update(index, |e| e.word = word);
        }
        Ok(())
    }
}

/// The words of a domain, for error texts.
pub const fn words(domain: u8) -> &'static str {
    match domain {
        domain::KIND => {
            "order, change, replace, cancel, schedule, quote_request, cart, status_query or not_an_order"
        }
        domain::REASON => {
            "invoice, order_response, despatch, catalogue, delivery_receipt, own_message, bot_message, \
             reaction, deleted, greeting, complaint, question, service_event, automatic_reply, advertising, \
             encrypted, unsupported or other"
        }
        domain::TYPE => {
            "standard, blanket, call_off, rush, consignment, sample, drop_ship, spare_parts or a code of \
             UNTDID 1001"
        }
        domain::COPY => "duplicate, copy or resent",
        domain::RESPONSE => "none, acknowledgement, full or a code",
        domain::ROLE => {
            "a role: buyer, seller, ship_to, bill_to, payer, end_customer, ship_from, carrier, originator"
        }
        domain::SCHEME => {
            "vat, assigned_by_buyer, assigned_by_seller, phone, email, chat or a code such as 0088"
        }
        domain::REFERENCE => {
            "contract, blanket, quotation, project, promotion, price_list, requisition, tender, \
             end_customer_order, department, vendor_number, delivery_note, release or a code"
        }
        domain::ALLOWANCE => "allowance, charge or a code",
        domain::ACTION => "add, change, delete, unchanged or a code",
        domain::PRICE => "net, gross, list, unknown or a code",
        domain::STATUS => {
            "firm, forecast, backlog, immediate, authorise_manufacturing, authorise_material or a code"
        }
        _ => "a code word of this field",
    }
}

/// Entries of one map: they are searched one by one.
const MOST_ENTRIES: u16 = 512;

/// `100`, `0.5`, `-2`.
pub fn is_decimal(text: &[u8]) -> bool {
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    let mut parts = digits.splitn(2, |b| *b == b'.');
    let whole = |part: &[u8]| !part.is_empty() && part.len() <= 18 && part.iter().all(u8::is_ascii_digit);
    parts.all(whole) && digits.len() <= 19
}

#[cfg(test)]
mod tests {
    use super::words;
    use crate::vocabulary::{self, domain};

    #[test]
    fn error_texts_name_every_word() {
        for number in domain::KIND..=domain::STATUS {
            let text = words(number);
            for word in vocabulary::words_of(number) {
                let named = text.split([' ', ',']).any(|part| part == word);
                assert!(named, "{word} is not in: {text}");
            }
        }
    }
}
