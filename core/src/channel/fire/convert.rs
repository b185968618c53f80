//! A value of the message becomes an entry, by the transform of its rule.

use ordnorm_chan::table::{Rule, Run, flag, otherwise, pack, transform};
use ordnorm_chan::vocabulary::{self, ValueType, field, finding};

use super::super::desk::{ValueBuffer, is_identifier};
use super::{Fields, Firing, clean};
use crate::limits::VALUE_BYTES;
use crate::order::{Entry, Shown, kind, origin, pack_ascii};
use crate::syntax::{Raw, raw};
use crate::value::charset::{self, Charset};
use crate::value::code;
use crate::value::decimal::{self, DecimalError, Style};
use crate::value::identifier;
use crate::value::phone;
use crate::value::unit;

impl<F: Fields> Firing<'_, '_, '_, F> {
    /// Turns a value into an entry, by the rule's transform.
    #[inline]
    pub(super) fn entry(&mut self, rule: &Rule, value: Raw) -> Option<Entry> {
        match rule.transform {
            transform::DECIMAL => self.decimal(rule, value),
            transform::DATE => self.date(rule, value),
            transform::MAP => self.mapped(rule, value),
            transform::ITEM => self.item(rule, value),
            transform::GTIN | transform::ISBN => self.item_number(rule.field, value),
            transform::ISO4217 | transform::ISO3166 | transform::CODE | transform::WORD => {
                self.code(rule, value)
            }
            transform::E164 => self.phone(rule.field, value),
            transform::FLAG => self.flag(rule, value),
            transform::COUNT => self.count(rule, value),
            transform::UNIT => self.unit(rule, value),
            _ => self.text(rule.field, value),
        }
    }

    /// An entry that stands at the place of a value.
    #[inline]
    pub(super) fn at(&self, number: u16, value: Raw) -> Entry {
        let (at, length) = self.desk.place(value.at, value.length);
        Entry { field: number, at, length, ..Entry::STATED }
    }

    /// Text, decoded only where it must be.
    pub(super) fn text(&mut self, number: u16, value: Raw) -> Option<Entry> {
        if is_identifier(number) {
            self.check_identifier(number, value);
        }
        let bytes = value.of(self.fields.bytes());
        let set = self.fields.charset();
        let plain = value.flags & raw::ESCAPED == 0;
        if plain
            && (charset::is_ascii(bytes) || (set == Charset::Utf8 && charset::utf8_error(bytes).is_none()))
        {
            return Some(self.desk.plain_text(number, value.at, value.length));
        }
        self.decoded(number, value, set)
    }

    /// What a spreadsheet has rounded, and what no identifier holds.
    #[inline(never)]
    fn check_identifier(&mut self, number: u16, value: Raw) {
        let text = value.of(self.fields.bytes());
        if !has_check_digit(number) && identifier::is_lossy_number(text) {
            self.desk.note(finding::LOSSY_IDENTIFIER, number, value.at, value.length);
        }
        // Where there are escapes it shows when they are taken out.
        if value.flags & raw::ESCAPED == 0 && has_control(text) {
            self.desk.note(finding::MALFORMED, number, value.at, value.length);
        }
    }

    #[cold]
    #[inline(never)]
    fn decoded(&mut self, number: u16, value: Raw, set: Charset) -> Option<Entry> {
        if value.flags & raw::ESCAPED == 0 {
            return self.desk.decode_text(number, value.of(self.fields.bytes()), set, value.at, value.length);
        }
        // Escapes first, into the far end of the scratch memory, then characters.
        let (room, _) = self.desk.free_scratch();
        let half = room.len() / 2;
        let (front, back) = room.split_at_mut(half);
        let Some(length) = self.fields.unescape(value, back) else {
            self.desk.note(finding::CAPACITY_EXCEEDED, number, value.at, value.length);
            return None;
        };
        let text = back.get(..length).unwrap_or(&[]).trim_ascii();
        if text.is_empty() {
            return None;
        }
        let lossy = is_identifier(number) && !has_check_digit(number) && identifier::is_lossy_number(text);
        let chosen = charset::told(text, set);
        let guessed = chosen != set;
        let broken = is_identifier(number) && has_control(text);
        let done = charset::decode(text, chosen, front);
        let (short, replaced) = (done.read < text.len(), done.replaced);
        if guessed {
            self.desk.note(finding::CHARSET_GUESSED, number, value.at, value.length);
        }
        if lossy {
            self.desk.note(finding::LOSSY_IDENTIFIER, number, value.at, value.length);
        }
        if broken {
            self.desk.note(finding::MALFORMED, number, value.at, value.length);
        }
        if short {
            self.desk.note(finding::CAPACITY_EXCEEDED, number, value.at, value.length);
            return None;
        }
        if replaced > 0 {
            self.desk.note(finding::CHARSET_MISMATCH, number, value.at, value.length);
        }
        Some(self.desk.scratch_entry(number, value.at, value.length, done.written))
    }

    fn decimal(&mut self, rule: &Rule, value: Raw) -> Option<Entry> {
        let style = match rule.argument & 0xFF {
            0 => match self.channel.dialect.decimal {
                0 => self.fields.style(),
                bits => Style::from_bits(bits).unwrap_or(Style::EITHER),
            },
            bits => Style::from_bits(bits as u8).unwrap_or(Style::EITHER),
        };
        let style = match self.desk.options.style {
            Some(chosen) if style == Style::UNKNOWN => chosen,
            _ => style,
        };
        let mut room = None;
        let parsed = match clean(self.fields, value, &mut room) {
            Some(text) if value.flags & raw::NUMBER != 0 => decimal::parse_json(text),
            Some(text) => decimal::parse(text, style),
            None => Err(DecimalError::Invalid),
        };
        let parsed = match (parsed, (rule.argument >> 8) as u8) {
            (Ok(d), places) if places > 0 => {
                decimal::with_implied(d, places).ok_or(DecimalError::TooManyDigits)
            }
            (parsed, _) => parsed,
        };
        match parsed {
            Ok(d) => {
                let mut entry = self.at(rule.field, value);
                (entry.kind, entry.value, entry.scale) =
                    (kind::DECIMAL, d.mantissa().cast_unsigned(), d.scale());
                Some(entry)
            }
            Err(error) => {
                self.bad_number(rule.field, value, error);
                None
            }
        }
    }

    #[cold]
    #[inline(never)]
    fn bad_number(&mut self, number: u16, value: Raw, error: DecimalError) {
        match error {
            DecimalError::Empty => {}
            DecimalError::Ambiguous { grouped, fraction } => self.desk.note_shown(
                finding::AMBIGUOUS_DECIMAL,
                number,
                value.at,
                value.length,
                Shown::decimal(fraction),
                Shown::decimal(grouped),
            ),
            _ => self.desk.note(finding::INVALID_NUMBER, number, value.at, value.length),
        }
    }

    /// A code word by a map.
    fn mapped(&mut self, rule: &Rule, value: Raw) -> Option<Entry> {
        let mut room = None;
        let text = clean(self.fields, value, &mut room)?;
        let mut entry = self.at(rule.field, value);
        entry.origin = origin::MAPPED;
        if let Some(known) = self.channel.map_entry(rule.argument, text) {
            let number =
                matches!(vocabulary::facts(rule.field).value(), ValueType::Decimal | ValueType::Count);
            if number {
                let value = decimal::parse(self.channel.text(known.value), Style::POINT).ok()?;
                let count = vocabulary::facts(rule.field).value() == ValueType::Count;
                entry.kind = if count { kind::COUNT } else { kind::DECIMAL };
                (entry.value, entry.scale) = (value.mantissa().cast_unsigned(), value.scale());
            } else if known.word != 0 {
                (entry.kind, entry.value) = (kind::WORD, u64::from(known.word));
            } else if let Some(packed) = pack_ascii(self.channel.text(known.value)) {
                (entry.kind, entry.value) = (kind::ASCII, packed);
            } else {
                entry.kind = kind::CHANNEL;
                entry.value = (u64::from(known.value.at) << 32) | u64::from(known.value.length);
            }
            return Some(entry);
        }
        let map = self.channel.maps.get(usize::from(rule.argument))?;
        self.note_unknown(rule.argument, rule.field, value);
        let number = matches!(vocabulary::facts(rule.field).value(), ValueType::Decimal | ValueType::Count);
        if map.otherwise == otherwise::REJECT || rule.field == field::ORDER_KIND || number {
            return None;
        }
        self.as_written(rule.field, value)
    }

    /// A code that a map does not know is told as the map says.
    fn note_unknown(&mut self, map: u16, number: u16, code: Raw) {
        match self.channel.maps.get(usize::from(map)).map(|map| map.otherwise) {
            Some(otherwise::KEEP) => self.desk.note(finding::UNKNOWN_CODE, number, code.at, code.length),
            Some(otherwise::AS_WRITTEN) => {}
            _ => self.desk.note_grave(finding::UNKNOWN_CODE, number, code.at, code.length),
        }
    }

    /// A code as it stands: packed where it is short, else as text.
    fn as_written(&mut self, number: u16, value: Raw) -> Option<Entry> {
        let mut room = None;
        let text = clean(self.fields, value, &mut room);
        if text.is_some_and(<[u8]>::is_empty) {
            // Nothing but a line break that was escaped.
            return None;
        }
        if let Some(packed) = text.and_then(pack_ascii) {
            let mut entry = self.at(number, value);
            (entry.kind, entry.value) = (kind::ASCII, packed);
            return Some(entry);
        }
        self.text(number, value)
    }

    /// An item number whose qualifier decides the field.
    fn item(&mut self, rule: &Rule, value: Raw) -> Option<Entry> {
        let qualifier = self.fields.get(rule.other);
        if let Some(qualifier) = qualifier {
            self.fields.used(qualifier);
        }
        let mut room = None;
        let code = match qualifier {
            Some(qualifier) => clean(self.fields, qualifier, &mut room)?,
            None => b"",
        };
        let known = self.channel.map_entry(rule.argument, code).filter(|entry| entry.word != 0);
        if let (None, Some(qualifier)) = (known, qualifier) {
            // A number under a qualifier that nobody knows does not say what is ordered.
            self.desk.state.doubt = true;
            self.note_unknown(rule.argument, field::LINE_OTHER_ID, qualifier);
        }
        self.item_number(known.map_or(field::LINE_OTHER_ID, |entry| entry.word), value)
    }

    /// An item number, its check digit verified where it has one.
    pub(super) fn item_number(&mut self, number: u16, value: Raw) -> Option<Entry> {
        let mut room = None;
        let (sound, lossy) = match clean(self.fields, value, &mut room) {
            Some(text) => {
                let sound = match number {
                    field::LINE_GTIN => identifier::gtin_check(text),
                    field::LINE_ISBN => {
                        identifier::isbn10_check(text)
                            || identifier::isbn13_check(text)
                            || identifier::gtin_check(text)
                    }
                    field::LINE_PZN => identifier::pzn_check(text),
                    _ => true,
                };
                // A number whose check digit is right has not been rounded.
                (sound, !sound && identifier::is_lossy_number(text))
            }
            // Longer than any number with a check digit.
            None => (!has_check_digit(number), false),
        };
        if lossy {
            self.desk.note(finding::LOSSY_IDENTIFIER, number, value.at, value.length);
        } else if !sound {
            self.desk.state.doubt = true;
            self.desk.note(finding::BAD_CHECK_DIGIT, number, value.at, value.length);
        }
        let mut entry = self.text(number, value)?;
        if !sound {
            entry.field = field::LINE_OTHER_ID;
        }
        Some(entry)
    }

    /// A currency, a country, another code or a code word.
    fn code(&mut self, rule: &Rule, value: Raw) -> Option<Entry> {
        let mut room = None;
        let Some(text) = clean(self.fields, value, &mut room) else { return self.text(rule.field, value) };
        let known = match rule.transform {
            transform::ISO4217 => match code::currency(text).or_else(|| code::withdrawn_currency(text)) {
                Some(code) => pack_ascii(&code),
                None => None,
            },
            transform::ISO3166 => match code::country(text).or_else(|| code::country_alpha3(text)) {
                Some(code) => pack_ascii(&code),
                None => None,
            },
            transform::WORD => {
                let domain = vocabulary::domain_of(rule.field);
                if let Some(number) = vocabulary::word_number(domain, text) {
                    let mut entry = self.at(rule.field, value);
                    (entry.kind, entry.value) = (kind::WORD, u64::from(number));
                    return Some(entry);
                }
                if matches!(rule.field, field::ORDER_KIND | field::ORDER_REASON | field::ORDER_COPY) {
                    self.desk.note_grave(finding::UNKNOWN_CODE, rule.field, value.at, value.length);
                    return None;
                }
                pack_ascii(text)
            }
            _ => pack_ascii(text),
        };
        match known {
            Some(packed) => {
                let mut entry = self.at(rule.field, value);
                (entry.kind, entry.value) = (kind::ASCII, packed);
                Some(entry)
            }
            None => {
                if matches!(rule.transform, transform::ISO4217 | transform::ISO3166) {
                    self.desk.note(finding::UNKNOWN_CODE, rule.field, value.at, value.length);
                }
                self.as_written(rule.field, value)
            }
        }
    }

    /// A telephone number in E.164; what is none stays as written.
    fn phone(&mut self, number: u16, value: Raw) -> Option<Entry> {
        let mut room = None;
        let mut digits = [0u8; 16];
        let phone = clean(self.fields, value, &mut room).and_then(|text| phone::e164(text, &mut digits));
        match phone {
            Some(phone) => self.desk.copy_text(number, phone.as_bytes(), value.at, value.length),
            None => {
                self.desk.note(finding::UNKNOWN_IDENTIFIER, number, value.at, value.length);
                self.text(number, value)
            }
        }
    }

    fn flag(&mut self, rule: &Rule, value: Raw) -> Option<Entry> {
        let mut room = None;
        let text = clean(self.fields, value, &mut room)?;
        let values = Run { start: rule.argument, count: u16::from(rule.other.component_last) };
        let yes = self.channel.lists(values, text);
        let no = matches!(text, b"0" | b"false" | b"no" | b"nein" | b"N" | b"FALSE" | b"False");
        if !yes && !no {
            // What may mean "test" or "not to be executed" is nothing to be booked unseen.
            if rule.field == field::MESSAGE_TEST {
                self.desk.note_grave(finding::UNKNOWN_CODE, rule.field, value.at, value.length);
            } else {
                self.desk.note(finding::UNKNOWN_CODE, rule.field, value.at, value.length);
            }
            return None;
        }
        if yes && rule.field == field::MESSAGE_TEST {
            self.desk.note(finding::TEST_MESSAGE, rule.field, value.at, value.length);
        }
        let mut entry = self.at(rule.field, value);
        (entry.kind, entry.value) = (kind::FLAG, u64::from(yes));
        Some(entry)
    }

    fn count(&mut self, rule: &Rule, value: Raw) -> Option<Entry> {
        let mut room = None;
        let text = clean(self.fields, value, &mut room)?;
        match decimal::parse(text, Style::POINT) {
            Ok(d) if !d.is_negative() && d.scale() == 0 => {
                let mut entry = self.at(rule.field, value);
                (entry.kind, entry.value) = (kind::COUNT, d.mantissa().cast_unsigned());
                Some(entry)
            }
            Err(DecimalError::Empty) => None,
            _ => {
                self.desk.note(finding::INVALID_NUMBER, rule.field, value.at, value.length);
                None
            }
        }
    }

    /// A unit: its code; one that is not known is a text, where the line has a place for it.
    pub(super) fn unit(&mut self, rule: &Rule, value: Raw) -> Option<Entry> {
        let (mut room, mut utf8) = (None, None);
        let text = clean(self.fields, value, &mut room).unwrap_or(b"");
        let text =
            if charset::is_ascii(text) { text } else { in_utf8(text, self.fields.charset(), &mut utf8) };
        let mapped = match rule.flags & flag::BY_MAP {
            0 => None,
            _ => self.channel.map_entry(rule.argument, text).map(|entry| self.channel.text(entry.value)),
        };
        let found = match self.desk.state.unit {
            _ if mapped.is_some() => mapped.and_then(unit::by_code).map(|unit| (unit, false)),
            // Mostly the unit of the line before.
            Some((known, unit, exact)) if text.len() <= 8 && known == pack(text) => Some((unit, exact)),
            _ => {
                let found = self.fields.unit(text);
                self.desk.state.unit =
                    found.filter(|_| text.len() <= 8).map(|(unit, exact)| (pack(text), unit, exact));
                found
            }
        };
        let doubtful = found.is_some_and(|(code, exact)| exact && unit::is_doubtful(code));
        let Some((code, exact)) = found.filter(|_| !doubtful) else {
            if doubtful {
                self.desk.note_grave(finding::UNKNOWN_UNIT, rule.field, value.at, value.length);
            } else {
                self.desk.note(finding::UNKNOWN_UNIT, rule.field, value.at, value.length);
            }
            return if rule.field == field::LINE_UNIT {
                self.text(field::LINE_UNIT_TEXT, value)
            } else {
                None
            };
        };
        let mut entry = self.at(rule.field, value);
        entry.kind = kind::ASCII;
        entry.value = pack_ascii(code.as_str().as_bytes()).unwrap_or(0);
        entry.origin = if exact { origin::EXPLICIT } else { origin::MAPPED };
        Some(entry)
    }
}

/// Item numbers whose form is checked by a transform of their own.
const fn has_check_digit(number: u16) -> bool {
    matches!(number, field::LINE_GTIN | field::LINE_ISBN | field::LINE_PZN)
}

/// A short word in UTF-8, whatever set it is written in.
#[cold]
#[inline(never)]
fn in_utf8<'b>(text: &'b [u8], set: Charset, room: &'b mut Option<ValueBuffer>) -> &'b [u8] {
    let room = room.insert([0; VALUE_BYTES]);
    let done = charset::decode(text, charset::told(text, set), room);
    if done.read < text.len() { text } else { room.get(..done.written).unwrap_or(text) }
}

/// Line ends, tabs, NUL: no identifier holds them.
fn has_control(text: &[u8]) -> bool {
    text.iter().any(|byte| *byte < b' ')
}
