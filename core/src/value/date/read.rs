//! Text to a date, as a pattern says.
//!
//! A pattern of letters describes what a channel writes. The named patterns `iso`, `epoch`,
//! `epoch_ms`, `rfc2822` and `infer` stand for what letters cannot say.
//!
//! How this works: `Parts` collects what the text says, `Parts::date` checks it and packs it.
//! A new letter needs an arm in `field_length`, `has_field` and `Reader::field`, and a field in
//! `Parts`.

use super::Date;

/// What a text can hold: a date, or a first and a last one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Parsed {
    /// One date.
    Date(Date),
    /// From the first to the second one, both included.
    Period(Date, Date),
}

/// Why a text is not a date.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DateError {
    /// Nothing but blanks, or nothing but zeros (`00000000`, how SAP writes "none").
    Empty,
    /// Not of this pattern, or not in the calendar (30 February, week 53 of a year with 52).
    Invalid,
    /// Two readings: `03/04/2026`, or six digits that are a date either way round.
    Ambiguous,
}

/// Two-digit years: 70 to 99 are 1970 to 1999, 00 to 69 are 2000 to 2069.
pub const PIVOT: u16 = 70;

/// Reads a date as `pattern` says. Blanks around `text` do not count, blanks inside do.
///
/// | in the pattern | in the text |
/// |---|---|
/// | `YYYY` | year, four digits |
/// | `YY` | year, two digits: 70 to 99 are 19xx, 00 to 69 are 20xx |
/// | `MM` `DD` | month, day, two digits |
/// | `M` `D` | month, day, one or two digits |
/// | `WW` | ISO week |
/// | `hh` `mm` `ss` | time of day |
/// | `ZZZ` | zone: `+00`, `+0100`, `+01:00`, `Z`, `UTC`, `GMT`. Another word (`EDT`) or no zone at all leaves the offset absent |
/// | anything else | itself |
///
/// A field that comes a second time begins the end of a period: `YYYYMMDD-YYYYMMDD` is UNTDID
/// 2379 code 718, `YYYYMMDDYYYYMMDD` is 711, `YYMMDDhhmm-YYMMDDhhmm` is 713.
///
/// Named patterns, each the whole pattern:
/// - `iso`: ISO 8601 and RFC 3339. A year, month, week, day, or a day and a time behind `T` or a
///   blank, with or without separators; a fraction of up to nine digits is read over; offset as
///   in `ZZZ`. Two of them with `/` between are a period. The offset of a date without a time
///   (XML Schema) is read over.
/// - `epoch`, `epoch_ms`: seconds or milliseconds since 1970, as digits; the result is in UTC.
/// - `vda`: `YYMMDD`, where `YYMM00` is a month and `YY00WW` an ISO week (VDA 4905).
/// - `rfc2822`: `Fri, 22 Mar 2024 10:00:00 +0100` (RFC 5322 §3.3). The day of the week is not
///   checked: real mail has wrong ones.
/// - `infer`: the pattern is not known. 8 digits are `YYYYMMDD`, 10 `YYMMDDhhmm`, 12
///   `YYYYMMDDhhmm`, 14 the same with seconds; 6 are `YYMMDD` if that is a date and `DDMMYY` is
///   not or is the same one. `22.3.2024` is day, month, year. With `/` between (or `-` and the
///   year last) day and month must decide themselves. With `-` and the year first: as `iso`.
///
/// # Errors
/// [`DateError::Empty`], [`DateError::Invalid`] also for a period that ends before it begins,
/// [`DateError::Ambiguous`] only with `infer`.
#[inline]
pub fn parse(text: &[u8], pattern: &[u8]) -> Result<Parsed, DateError> {
    if pattern == b"YYYYMMDD" {
        if let Some(date) = parse_day(text) {
            return Ok(Parsed::Date(date));
        }
    }
    parse_by(text, pattern)
}

/// Eight digits and nothing else, the date of nearly every EDI message.
#[inline]
fn parse_day(text: &[u8]) -> Option<Date> {
    let text: &[u8; 8] = text.try_into().ok()?;
    let mut number: u32 = 0;
    let mut strange = false;
    for byte in text {
        let digit = byte.wrapping_sub(b'0');
        strange |= digit > 9;
        // Eight digits: below 2^32 even where one of them is none.
        number = number.wrapping_mul(10).wrapping_add(u32::from(digit));
    }
    if strange {
        return None;
    }
    Date::from_day((number / 10_000) as u16, (number / 100 % 100) as u8, (number % 100) as u8)
}

#[inline(never)]
fn parse_by(text: &[u8], pattern: &[u8]) -> Result<Parsed, DateError> {
    let text = text.trim_ascii();
    if text.iter().all(|&byte| byte == b'0') {
        return Err(DateError::Empty);
    }
    let parsed = match pattern {
        b"iso" => parse_iso(text),
        b"vda" => parse_vda(text),
        b"epoch" => parse_epoch(text, 1),
        b"epoch_ms" => parse_epoch(text, 1000),
        b"rfc2822" => parse_rfc2822(text),
        b"infer" => return parse_infer(text),
        _ => parse_pattern(text, pattern),
    };
    parsed.ok_or(DateError::Invalid)
}

/// What a text said, not yet checked.
#[derive(Clone, Copy, Default)]
struct Parts {
    year: Option<u16>,
    month: Option<u8>,
    day: Option<u8>,
    week: Option<u8>,
    hour: Option<u8>,
    minute: Option<u8>,
    second: Option<u8>,
    /// A zone was there; inside, its offset where it has one.
    zone: Option<Option<i16>>,
}

impl Parts {
    fn date(self) -> Option<Date> {
        let year = self.year?;
        let date = match (self.month, self.day, self.week) {
            (Some(month), Some(day), None) => Date::from_day(year, month, day),
            (Some(month), None, None) => Date::from_month(year, month),
            (None, None, Some(week)) => Date::from_week(year, week),
            (None, None, None) => Date::from_year(year),
            _ => None,
        }?;
        let date = match (self.hour, self.minute, self.second) {
            (None, None, None) => return Some(date),
            (Some(hour), Some(minute), second) => date.with_time(hour, minute, second),
            (Some(hour), None, None) => date.with_time(hour, 0, None),
            _ => None,
        }?;
        match self.zone {
            Some(Some(minutes)) => date.with_offset(minutes),
            _ => Some(date),
        }
    }
}

/// Reads from the front of a text.
struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn byte(&mut self, wanted: u8) -> Option<()> {
        match self.rest.split_first() {
            Some((&byte, rest)) if byte == wanted => {
                self.rest = rest;
                Some(())
            }
            _ => None,
        }
    }

    /// Between `least` and `most` digits (at most four), as many as there are.
    fn digits(&mut self, least: usize, most: usize) -> Option<u16> {
        let mut value = 0;
        let mut count = 0;
        while let Some((byte @ b'0'..=b'9', rest)) = self.rest.split_first().filter(|_| count < most) {
            value = value * 10 + u16::from(byte - b'0');
            count += 1;
            self.rest = rest;
        }
        (count >= least).then_some(value)
    }

    fn two(&mut self) -> Option<u8> {
        // Below 100.
        self.digits(2, 2).map(|value| value as u8)
    }

    fn letters(&mut self) -> &'a [u8] {
        let end = self.rest.iter().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, &[]));
        self.rest = rest;
        word
    }

    /// A zone: the offset where it has one. Nothing at all is no zone.
    fn zone(&mut self) -> Option<Option<i16>> {
        let Some(&first) = self.rest.first() else {
            return Some(None);
        };
        if first.is_ascii_alphabetic() {
            let word = self.letters();
            let is_utc = [&b"Z"[..], b"UTC", b"GMT", b"UT"].iter().any(|utc| word.eq_ignore_ascii_case(utc));
            return Some(is_utc.then_some(0));
        }
        self.offset().map(Some)
    }

    /// `+01`, `+0100`, `+01:00`.
    fn offset(&mut self) -> Option<i16> {
        let (sign, rest) = self.rest.split_first()?;
        let sign = match sign {
            b'+' => 1,
            b'-' => -1,
            _ => return None,
        };
        self.rest = rest;
        let hours = i16::from(self.two()?);
        let minutes = match self.rest {
            [b':', ..] => {
                self.byte(b':')?;
                self.two()?
            }
            [b'0'..=b'9', ..] => self.two()?,
            _ => 0,
        };
        (hours <= 23 && minutes <= 59).then(|| sign * (hours * 60 + i16::from(minutes)))
    }

    /// `hh:mm`, `hh:mm:ss`, `hhmm`, `hhmmss`, a fraction read over.
    fn time(&mut self, parts: &mut Parts) -> Option<()> {
        parts.hour = Some(self.two()?);
        let extended = self.byte(b':').is_some();
        parts.minute = Some(self.two()?);
        let has_second = if extended {
            self.byte(b':').is_some()
        } else {
            self.rest.first().is_some_and(u8::is_ascii_digit)
        };
        if has_second {
            parts.second = Some(self.two()?);
            if self.byte(b'.').is_some() || self.byte(b',').is_some() {
                let end = self.rest.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(self.rest.len());
                self.rest = self.rest.get(end..).filter(|_| (1..=9).contains(&end))?;
            }
        }
        Some(())
    }

    /// One field of a pattern.
    fn field(&mut self, letter: u8, count: usize, parts: &mut Parts) -> Option<()> {
        match (letter, count) {
            (b'Y', 4) => parts.year = Some(self.digits(4, 4)?),
            (b'Y', _) => parts.year = Some(full_year(self.digits(2, 2)?)),
            (b'M', 1) => parts.month = Some(self.digits(1, 2)? as u8),
            (b'M', _) => parts.month = Some(self.two()?),
            (b'D', 1) => parts.day = Some(self.digits(1, 2)? as u8),
            (b'D', _) => parts.day = Some(self.two()?),
            (b'W', _) => parts.week = Some(self.two()?),
            (b'h', _) => parts.hour = Some(self.two()?),
            (b'm', _) => parts.minute = Some(self.two()?),
            (b's', _) => parts.second = Some(self.two()?),
            (b'Z', _) => parts.zone = Some(self.zone()?),
            _ => return None,
        }
        Some(())
    }
}

const fn full_year(two_digits: u16) -> u16 {
    if two_digits < PIVOT { 2000 + two_digits } else { 1900 + two_digits }
}

/// Is this field there already? Then the end of a period begins.
const fn has_field(parts: &Parts, letter: u8) -> bool {
    match letter {
        b'Y' => parts.year.is_some(),
        b'M' => parts.month.is_some(),
        b'D' => parts.day.is_some(),
        b'W' => parts.week.is_some(),
        b'h' => parts.hour.is_some(),
        b'm' => parts.minute.is_some(),
        b's' => parts.second.is_some(),
        b'Z' => parts.zone.is_some(),
        _ => false,
    }
}

/// How many letters of `pattern` are the next field; 0 where the next byte is itself.
fn field_length(pattern: &[u8]) -> usize {
    match pattern {
        [b'Y', b'Y', b'Y', b'Y', ..] => 4,
        [b'Z', b'Z', b'Z', ..] => 3,
        [b'Y', b'Y', ..] | [b'M', b'M', ..] | [b'D', b'D', ..] | [b'W', b'W', ..] => 2,
        [b'h', b'h', ..] | [b'm', b'm', ..] | [b's', b's', ..] => 2,
        [b'M' | b'D', ..] => 1,
        _ => 0,
    }
}

fn parse_pattern(text: &[u8], mut pattern: &[u8]) -> Option<Parsed> {
    let mut reader = Reader { rest: text };
    let mut parts = Parts::default();
    let mut begin = None;
    while let Some((&letter, rest)) = pattern.split_first() {
        let count = field_length(pattern);
        if count == 0 {
            reader.byte(letter)?;
            pattern = rest;
            continue;
        }
        if has_field(&parts, letter) {
            if begin.is_some() {
                return None;
            }
            begin = Some(parts.date()?);
            parts = Parts::default();
        }
        reader.field(letter, count, &mut parts)?;
        pattern = pattern.get(count..)?;
    }
    if !reader.rest.is_empty() {
        return None;
    }
    finish(begin, parts.date()?)
}

/// One date, or a period that does not end before it begins.
fn finish(begin: Option<Date>, end: Date) -> Option<Parsed> {
    match begin {
        None => Some(Parsed::Date(end)),
        Some(begin) => (begin.days().0 <= end.days().1).then_some(Parsed::Period(begin, end)),
    }
}

fn parse_iso(text: &[u8]) -> Option<Parsed> {
    match text.iter().position(|&byte| byte == b'/') {
        None => read_iso(text).map(Parsed::Date),
        Some(at) => {
            let begin = read_iso(text.get(..at)?)?;
            finish(Some(begin), read_iso(text.get(at + 1..)?)?)
        }
    }
}

fn read_iso(text: &[u8]) -> Option<Date> {
    let mut reader = Reader { rest: text };
    let mut parts = Parts { year: Some(reader.digits(4, 4)?), ..Parts::default() };
    let mut weekday = None;
    match reader.rest {
        [] => return parts.date(),
        [b'0'..=b'9', ..] => {
            parts.month = Some(reader.two()?);
            parts.day = Some(reader.two()?);
        }
        [b'-', b'W', ..] | [b'W', ..] => {
            let _ = reader.byte(b'-');
            reader.byte(b'W')?;
            parts.week = Some(reader.two()?);
            let _ = reader.byte(b'-');
            weekday = reader.digits(0, 1)?.checked_sub(1);
        }
        _ => {
            reader.byte(b'-')?;
            parts.month = Some(reader.two()?);
            if reader.byte(b'-').is_some() {
                parts.day = Some(reader.two()?);
            }
        }
    }
    if let Some(weekday) = weekday {
        // A day of a week is a day.
        let week = parts.date().filter(|_| weekday < 7)?;
        let day = Date::from_day_number(week.days().0 + i32::from(weekday))?;
        parts = Parts { year: Some(day.year()), month: day.month(), day: day.day(), ..Parts::default() };
    }
    if let [b'T' | b't' | b' ', b'0'..=b'9', ..] = reader.rest {
        reader.rest = reader.rest.get(1..)?;
        reader.time(&mut parts)?;
    }
    if !reader.rest.is_empty() {
        let _ = reader.byte(b' ');
        let offset = match reader.rest {
            [b'Z' | b'z'] => {
                reader.rest = &[];
                0
            }
            _ => reader.offset()?,
        };
        parts.zone = Some(Some(offset));
    }
    // The offset of a bare date (XML Schema) tells nothing about the day.
    reader.rest.is_empty().then(|| parts.date()).flatten()
}

fn parse_epoch(text: &[u8], per_second: u64) -> Option<Parsed> {
    let mut value: u64 = 0;
    for &byte in text {
        if !byte.is_ascii_digit() {
            return None;
        }
        value = value.checked_mul(10)?.checked_add(u64::from(byte - b'0'))?;
    }
    let seconds = value / per_second;
    let date = Date::from_day_number(i32::try_from(seconds / 86_400).ok()?)?;
    let second_of_day = seconds % 86_400;
    // Each below 60.
    let (hour, minute, second) =
        ((second_of_day / 3600) as u8, (second_of_day / 60 % 60) as u8, (second_of_day % 60) as u8);
    date.with_time(hour, minute, Some(second))?.with_offset(0).map(Parsed::Date)
}

fn parse_rfc2822(text: &[u8]) -> Option<Parsed> {
    let mut reader = Reader { rest: text };
    if !reader.letters().is_empty() {
        let _ = reader.byte(b',');
    }
    reader.rest = reader.rest.trim_ascii_start();
    let mut parts = Parts { day: Some(reader.digits(1, 2)? as u8), ..Parts::default() };
    reader.rest = reader.rest.trim_ascii_start();
    parts.month = Some(month_of(reader.letters())?);
    reader.rest = reader.rest.trim_ascii_start();
    let (before, year) = (reader.rest.len(), reader.digits(2, 4)?);
    parts.year = Some(match before - reader.rest.len() {
        2 => full_year(year),
        // RFC 5322 §4.3: three digits are counted from 1900.
        3 => 1900 + year,
        _ => year,
    });
    reader.rest = reader.rest.trim_ascii_start();
    if reader.rest.is_empty() {
        return parts.date().map(Parsed::Date);
    }
    let hour = reader.digits(1, 2)? as u8;
    reader.byte(b':')?;
    parts.hour = Some(hour);
    parts.minute = Some(reader.two()?);
    if reader.byte(b':').is_some() {
        parts.second = Some(reader.two()?);
    }
    reader.rest = reader.rest.trim_ascii_start();
    parts.zone = Some(reader.zone()?);
    // A comment, `(CET)`, may follow.
    let rest = reader.rest.trim_ascii();
    if !rest.is_empty() && rest.first() != Some(&b'(') {
        return None;
    }
    parts.date().map(Parsed::Date)
}

fn month_of(word: &[u8]) -> Option<u8> {
    const MONTHS: [&[u8; 3]; 12] =
        [b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec"];
    let short = word.get(..3)?;
    (1..).zip(MONTHS).find(|(_, name)| short.eq_ignore_ascii_case(&name[..])).map(|(month, _)| month)
}

fn parse_infer(text: &[u8]) -> Result<Parsed, DateError> {
    let by = |pattern: &[u8]| parse_pattern(text, pattern).ok_or(DateError::Invalid);
    if text.iter().all(u8::is_ascii_digit) {
        return match text.len() {
            6 => match (by(b"YYMMDD"), by(b"DDMMYY")) {
                (Err(_), Err(_)) => Err(DateError::Invalid),
                (Ok(date), Err(_)) => Ok(date),
                (Ok(date), Ok(other)) if date == other => Ok(date),
                _ => Err(DateError::Ambiguous),
            },
            8 => by(b"YYYYMMDD"),
            10 => by(b"YYMMDDhhmm"),
            12 => by(b"YYYYMMDDhhmm"),
            14 => by(b"YYYYMMDDhhmmss"),
            _ => Err(DateError::Invalid),
        };
    }
    let digits = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(0);
    let mark = text.get(digits).copied().unwrap_or_default();
    match (digits, mark) {
        (1 | 2, b'.' | b'/' | b'-') => infer_written(text, mark),
        (4, b'/') => by(b"YYYY/M/D"),
        _ => parse_iso(text).ok_or(DateError::Invalid),
    }
}

/// `22.3.2024`, `03/22/2024`, `22-03-24 14:30`: two small numbers, a year, perhaps a time.
/// `YYMMDD`; without a day it is a month (`240300`), without a month an ISO week (`240012`): VDA 4905.
fn parse_vda(text: &[u8]) -> Option<Parsed> {
    let mut reader = Reader { rest: text };
    let year = Some(full_year(u16::from(reader.two()?)));
    let (month, day) = (reader.two()?, reader.two()?);
    let parts = match (month, day) {
        (0, week) => Parts { year, week: Some(week), ..Parts::default() },
        (month, 0) => Parts { year, month: Some(month), ..Parts::default() },
        (month, day) => Parts { year, month: Some(month), day: Some(day), ..Parts::default() },
    };
    reader.rest.is_empty().then(|| parts.date()).flatten().map(Parsed::Date)
}

fn infer_written(text: &[u8], mark: u8) -> Result<Parsed, DateError> {
    let read = || {
        let mut reader = Reader { rest: text };
        let first = reader.digits(1, 2)? as u8;
        reader.byte(mark)?;
        let second = reader.digits(1, 2)? as u8;
        reader.byte(mark)?;
        let before = reader.rest.len();
        let year = reader.digits(2, 4)?;
        let year = match before - reader.rest.len() {
            2 => full_year(year),
            4 => year,
            _ => return None,
        };
        let mut parts = Parts { year: Some(year), ..Parts::default() };
        if reader.byte(b' ').is_some() {
            reader.time(&mut parts)?;
        }
        reader.rest.is_empty().then_some((first, second, parts))
    };
    let (first, second, parts) = read().ok_or(DateError::Invalid)?;
    let day_first = Parts { day: Some(first), month: Some(second), ..parts }.date();
    let month_first = Parts { month: Some(first), day: Some(second), ..parts }.date();
    // `26-03-12`: the year may stand in front.
    let year_first = if mark == b'-' { parse_pattern(text, b"YY-MM-DD") } else { None };
    if year_first.is_some_and(|read| day_first.or(month_first).is_some_and(|d| read != Parsed::Date(d))) {
        return Err(DateError::Ambiguous);
    }
    match (day_first, month_first) {
        // Nobody writes month.day with points.
        (Some(date), _) if mark == b'.' => Ok(Parsed::Date(date)),
        (_, Some(_)) if mark == b'.' => Err(DateError::Invalid),
        (Some(date), other) if other.is_none() || other == Some(date) => Ok(Parsed::Date(date)),
        (None, Some(date)) => Ok(Parsed::Date(date)),
        (None, None) => Err(DateError::Invalid),
        _ => Err(DateError::Ambiguous),
    }
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use std::format;
    use std::string::{String, ToString};

    fn said(result: Result<Parsed, DateError>) -> String {
        let text = |date: Date| date.write(&mut [0; 32]).to_string();
        match result {
            Ok(Parsed::Date(date)) => text(date),
            Ok(Parsed::Period(from, to)) => format!("{} to {}", text(from), text(to)),
            Err(DateError::Empty) => "empty".into(),
            Err(DateError::Invalid) => "invalid".into(),
            Err(DateError::Ambiguous) => "ambiguous".into(),
        }
    }

    #[test]
    fn reads_each_pattern() {
        let cases = [
            ("YYYYMMDD", "20020830", "2002-08-30"),
            ("YYYYMMDD", " 20020830 ", "2002-08-30"),
            ("YYYYMMDD", "", "empty"),
            ("YYYYMMDD", "  ", "empty"),
            ("YYYYMMDD", "00000000", "empty"),
            ("YYYYMMDD", "20240230", "invalid"),
            ("YYYYMMDD", "20240229", "2024-02-29"),
            ("YYYYMMDD", "19000229", "invalid"),
            ("YYYYMMDD", "20000229", "2000-02-29"),
            ("YYYYMMDD", "20241301", "invalid"),
            ("YYYYMMDD", "2024030", "invalid"),
            ("YYYYMMDD", "202403011", "invalid"),
            ("YYYYMMDD", "2024 301", "invalid"),
            ("YYYYMMDD", "00010101", "0001-01-01"),
            ("YYYYMMDD", "00000101", "invalid"),
            ("YYMMDD", "971107", "1997-11-07"),
            ("YYMMDD", "700101", "1970-01-01"),
            ("YYMMDD", "691231", "2069-12-31"),
            ("DDMMYY", "220324", "2024-03-22"),
            ("YYYYMMDDhhmm", "200208301110", "2002-08-30T11:10"),
            ("YYYYMMDDhhmmss", "20020830111005", "2002-08-30T11:10:05"),
            ("YYYYMMDDhhmm", "202403222400", "2024-03-22T24:00"),
            ("YYYYMMDDhhmm", "202403222401", "invalid"),
            ("YYYYMMDDhhmm", "202403221260", "invalid"),
            ("YYYYMMDDhh", "2024032214", "2024-03-22T14:00"),
            ("YYYYMMDDhhmmZZZ", "202203221350+00", "2022-03-22T13:50Z"),
            ("YYYYMMDDhhmmZZZ", "202203221350+0100", "2022-03-22T13:50+01:00"),
            ("YYYYMMDDhhmmZZZ", "202203221350-03:30", "2022-03-22T13:50-03:30"),
            ("YYYYMMDDhhmmZZZ", "202203221350UTC", "2022-03-22T13:50Z"),
            ("YYYYMMDDhhmmZZZ", "202203221350EDT", "2022-03-22T13:50"),
            ("YYYYMMDDhhmmZZZ", "202203221350", "2022-03-22T13:50"),
            ("YYYYMMDDhhmmZZZ", "202203221350+24", "invalid"),
            ("YYYYMMDDhhmmZZZ", "202203221350?", "invalid"),
            ("YYYYMM", "202403", "2024-03"),
            ("YYYYWW", "202413", "2024-W13"),
            ("YYYYWW", "202053", "2020-W53"),
            ("YYYYWW", "202453", "invalid"),
            ("YYWW", "2413", "2024-W13"),
            ("YYYY", "2024", "2024"),
            ("D.M.YYYY", "5.3.2024", "2024-03-05"),
            ("D.M.YYYY", "05.03.2024", "2024-03-05"),
            ("DD.MM.YYYY", "5.3.2024", "invalid"),
            ("DD.MM.YYYY hh:mm", "05.03.2024 14:30", "2024-03-05T14:30"),
            ("hhmm", "1430", "invalid"),
            ("DDMM", "0503", "invalid"),
            ("YYYYMMDD-YYYYMMDD", "20240301-20240315", "2024-03-01 to 2024-03-15"),
            ("YYYYMMDD-YYYYMMDD", "20240315-20240301", "invalid"),
            ("YYYYMMDDYYYYMMDD", "2024030120240315", "2024-03-01 to 2024-03-15"),
            ("YYMMDDhhmm-YYMMDDhhmm", "2403010800-2403011600", "2024-03-01T08:00 to 2024-03-01T16:00"),
            ("YYYYWW-YYYYWW", "202413-202415", "2024-W13 to 2024-W15"),
            ("DD.MM.YYYY-DD.MM.YYYY", "01.03.2024-15.03.2024", "2024-03-01 to 2024-03-15"),
            ("YYYYYYYYYYYY", "202420252026", "invalid"),
        ];
        for (pattern, text, expected) in cases {
            let got = said(parse(text.as_bytes(), pattern.as_bytes()));
            assert_eq!(got, expected, "{text:?} as {pattern}");
        }
    }

    #[test]
    fn reads_named_patterns() {
        let cases = [
            ("iso", "2024-03-22", "2024-03-22"),
            ("iso", "20240322", "2024-03-22"),
            ("iso", "2024-03", "2024-03"),
            ("iso", "2024", "2024"),
            ("iso", "2024-W13", "2024-W13"),
            ("iso", "2024W13", "2024-W13"),
            ("iso", "2024-W13-1", "2024-03-25"),
            ("iso", "2024-W13-8", "invalid"),
            ("iso", "2024-03-22T12:00", "2024-03-22T12:00"),
            ("iso", "2024-03-22 12:00:05", "2024-03-22T12:00:05"),
            ("iso", "2024-03-22T12:00:05.123456789Z", "2024-03-22T12:00:05Z"),
            ("iso", "2024-03-22T12:00:05.1234567890Z", "invalid"),
            ("iso", "2024-03-22T12:00:05.Z", "invalid"),
            ("iso", "2024-03-22T12:00:05+0100", "2024-03-22T12:00:05+01:00"),
            ("iso", "2024-03-22T12:00:05+01:00", "2024-03-22T12:00:05+01:00"),
            ("iso", "2024-03-22 12:00:05 +0100", "2024-03-22T12:00:05+01:00"),
            ("iso", "2024-03-22T12:00:05-00:00", "2024-03-22T12:00:05Z"),
            ("iso", "20240322T120005Z", "2024-03-22T12:00:05Z"),
            ("iso", "20240322T1200", "2024-03-22T12:00"),
            ("iso", "2024-03-22+01:00", "2024-03-22"),
            ("iso", "2024-03-22Z", "2024-03-22"),
            ("iso", "2024-03-01/2024-03-15", "2024-03-01 to 2024-03-15"),
            ("iso", "2024-3-22", "invalid"),
            ("iso", "2024-02-30", "invalid"),
            ("iso", "2024-03-22T25:00", "invalid"),
            ("iso", "2024-03-22T", "invalid"),
            ("iso", "2024-03-22x", "invalid"),
            ("epoch", "1711108800", "2024-03-22T12:00:00Z"),
            ("epoch", "1", "1970-01-01T00:00:01Z"),
            ("epoch", "0", "empty"),
            ("epoch", "-1", "invalid"),
            ("epoch", "1711108800.5", "invalid"),
            ("epoch", "253402300799", "9999-12-31T23:59:59Z"),
            ("epoch", "253402300800", "invalid"),
            ("epoch", "99999999999999999999999", "invalid"),
            ("epoch_ms", "1711108800999", "2024-03-22T12:00:00Z"),
            ("rfc2822", "Fri, 22 Mar 2024 10:00:00 +0100", "2024-03-22T10:00:00+01:00"),
            ("rfc2822", "Mon, 22 Mar 2024 10:00:00 +0100 (CET)", "2024-03-22T10:00:00+01:00"),
            ("rfc2822", "22 march 24 9:05 GMT", "2024-03-22T09:05Z"),
            ("rfc2822", "22 Mar 2024 10:00:00 EST", "2024-03-22T10:00:00"),
            ("rfc2822", "22 Mar 2024", "2024-03-22"),
            ("rfc2822", "22 Mrz 2024 10:00", "invalid"),
            ("vda", "240322", "2024-03-22"),
            ("vda", "240300", "2024-03"),
            ("vda", "240012", "2024-W12"),
            ("vda", "240054", "invalid"),
            ("vda", "333333", "invalid"),
            ("infer", "20240322", "2024-03-22"),
            ("infer", "20240230", "invalid"),
            ("infer", "202403221200", "2024-03-22T12:00"),
            ("infer", "20240322120005", "2024-03-22T12:00:05"),
            ("infer", "2403221200", "2024-03-22T12:00"),
            ("infer", "240322", "ambiguous"),
            ("infer", "991231", "1999-12-31"),
            ("infer", "240324", "2024-03-24"),
            ("infer", "311299", "ambiguous"),
            ("infer", "999999", "invalid"),
            ("infer", "2024032", "invalid"),
            ("infer", "2024-03-22", "2024-03-22"),
            ("infer", "2024-03-22T12:00Z", "2024-03-22T12:00Z"),
            ("infer", "2024-W13", "2024-W13"),
            ("infer", "5.3.2024", "2024-03-05"),
            ("infer", "05.03.24", "2024-03-05"),
            ("infer", "05.03.2024 14:30", "2024-03-05T14:30"),
            ("infer", "05.13.2024", "invalid"),
            ("infer", "03/04/2026", "ambiguous"),
            ("infer", "25/04/2026", "2026-04-25"),
            ("infer", "04/25/2026", "2026-04-25"),
            ("infer", "04/04/2026", "2026-04-04"),
            ("infer", "32/13/2026", "invalid"),
            ("infer", "2026/4/25", "2026-04-25"),
            ("infer", "03-04-2026", "ambiguous"),
            ("infer", "25-04-2026", "2026-04-25"),
            ("infer", "26-03-12", "ambiguous"),
            ("infer", "03-04-26", "ambiguous"),
            ("infer", "31-12-99", "1999-12-31"),
            ("infer", "tomorrow", "invalid"),
        ];
        for (pattern, text, expected) in cases {
            let got = said(parse(text.as_bytes(), pattern.as_bytes()));
            assert_eq!(got, expected, "{text:?} as {pattern}");
        }
    }
}
