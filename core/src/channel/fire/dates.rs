//! Dates: by the pattern of the rule, of a code that stands beside them, or of the channel.

use ordnorm_chan::table::{Path, Rule, flag};
use ordnorm_chan::vocabulary::{field, finding};

use super::super::desk::{Desk, Several, ValueBuffer};
use super::{Fields, Firing, clean, policy};
use crate::order::{Entry, Shown, kind, origin};
use crate::syntax::Raw;
use crate::value::date::{self, DateError, Parsed};

impl<'c, F: Fields> Firing<'_, '_, 'c, F> {
    /// A date of one place.
    pub(super) fn date(&mut self, rule: &Rule, value: Raw) -> Option<Entry> {
        let pattern = self.pattern(rule);
        let mut room = None;
        match clean(self.fields, value, &mut room) {
            Some(text) => dated(self.desk, rule.field, text, pattern, value),
            None => {
                self.desk.note(finding::INVALID_DATE, rule.field, value.at, value.length);
                None
            }
        }
    }

    /// A date and its time at two places.
    pub(super) fn joined_date(&mut self, rule: &Rule) -> bool {
        let mut digits: ValueBuffer = [0; crate::limits::VALUE_BYTES];
        let mut length = 0;
        let mut whole: Option<Raw> = None;
        let (_, last) = self.fields.reach(rule.source);
        for component in rule.source.component..=last {
            let Some(value) = self.fields.get(Path::single(rule.source.element, component)) else { continue };
            self.fields.used(value);
            let mut room = None;
            let text = clean(self.fields, value, &mut room).unwrap_or(b"");
            if let Some(place) = digits.get_mut(length..length + text.len()) {
                place.copy_from_slice(text);
                length += text.len();
            }
            let end = value.at + value.length;
            whole = Some(whole.map_or(value, |w| Raw { length: end.saturating_sub(w.at), ..w }));
        }
        let Some(whole) = whole else { return false };
        let pattern = self.pattern(rule);
        let text = digits.get(..length).unwrap_or(&[]);
        match dated(self.desk, rule.field, text, pattern, whole) {
            Some(entry) => self.push_numbered(entry, policy(rule)),
            None => false,
        }
    }

    /// The pattern of a date: the rule's own, by the code at another place, or the channel's.
    pub(super) fn pattern(&mut self, rule: &Rule) -> Option<&'c [u8]> {
        if rule.flags & flag::BY_MAP == 0 {
            let text = match rule.argument {
                0 => self.channel.text(self.channel.dialect.date),
                key => self.channel.key(key - 1),
            };
            return Some(if text.is_empty() { b"infer" } else { text });
        }
        let code = self.fields.get(rule.other);
        if let Some(code) = code {
            self.fields.used(code);
        }
        let mut room = None;
        let text = match code {
            Some(code) => clean(self.fields, code, &mut room)?,
            None => b"",
        };
        self.channel.map_entry(rule.argument, text).map(|entry| self.channel.text(entry.value))
    }
}

/// A date, or the finding that it is none. Periods become an earliest and a latest date.
pub(super) fn dated(
    desk: &mut Desk<'_>,
    number: u16,
    text: &[u8],
    pattern: Option<&[u8]>,
    value: Raw,
) -> Option<Entry> {
    let parsed = match pattern {
        Some(pattern) => date::parse(text, pattern),
        None => Err(DateError::Invalid),
    };
    let (at, length) = desk.place(value.at, value.length);
    let make = |field: u16, date: date::Date| Entry {
        field,
        kind: kind::DATE,
        value: date.to_bits(),
        at,
        length,
        origin: origin::EXPLICIT,
        confidence: 100,
        nth: 1,
        scale: 0,
    };
    match parsed {
        Ok(Parsed::Date(date)) => Some(make(number, date)),
        Ok(Parsed::Period(first, last)) => {
            let (from, to) = match number {
                field::DELIVERY_REQUESTED => (field::DELIVERY_EARLIEST, field::DELIVERY_LATEST),
                field::DISPATCH_REQUESTED => (field::DISPATCH_EARLIEST, field::DISPATCH_LATEST),
                _ => {
                    desk.note(finding::INVALID_DATE, number, value.at, value.length);
                    return None;
                }
            };
            desk.push(make(from, first), Several::Flagged);
            Some(make(to, last))
        }
        Err(DateError::Empty) => None,
        Err(DateError::Ambiguous) => ambiguous_date(desk, number, text, value).map(|date| make(number, date)),
        Err(DateError::Invalid) => {
            desk.note(finding::INVALID_DATE, number, value.at, value.length);
            None
        }
    }
}

/// Day or month first: the caller's locale decides, else both readings are told and the value is absent.
#[cold]
fn ambiguous_date(desk: &mut Desk<'_>, number: u16, text: &[u8], value: Raw) -> Option<date::Date> {
    let digits = text.iter().all(u8::is_ascii_digit);
    let mark = |back: usize| text.get(text.len().saturating_sub(back)).copied();
    let year_first = date::parse(text, b"YY-MM-DD").is_ok() && desk.options.day_first.is_none();
    let (day_first, month_first): (&[u8], &[u8]) = if digits {
        (b"DDMMYY", b"YYMMDD")
    } else if year_first {
        (b"DD-MM-YY", b"YY-MM-DD")
    } else if mark(3) == Some(b'-') {
        (b"D-M-YY", b"M-D-YY")
    } else if mark(5) == Some(b'-') {
        (b"D-M-YYYY", b"M-D-YYYY")
    } else if mark(3) == Some(b'/') {
        (b"D/M/YY", b"M/D/YY")
    } else {
        (b"D/M/YYYY", b"M/D/YYYY")
    };
    let read = |pattern| match date::parse(text, pattern) {
        Ok(Parsed::Date(date)) => Some(date),
        _ => None,
    };
    let (a, b) = (read(day_first), read(month_first));
    if let Some(first) = desk.options.day_first {
        return if first { a } else { b };
    }
    let shown = |d: Option<date::Date>| d.map_or(Shown::NONE, Shown::date);
    let earlier_first = match (a, b) {
        (Some(a), Some(b)) => a.to_bits() <= b.to_bits(),
        _ => true,
    };
    let (first, second) = if earlier_first { (a, b) } else { (b, a) };
    desk.note_shown(finding::AMBIGUOUS_DATE, number, value.at, value.length, shown(first), shown(second));
    None
}
