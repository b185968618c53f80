//! Text to a number, as a style says.
//!
//! How this works: [`parse`] is a short loop for plain digits with at most one mark, which is
//! what nearly every message holds. Everything else goes to `parse_written`, which first finds
//! out what the marks mean and then reads. A new style needs a constant, an entry in
//! [`Style::from_bits`] and an arm in `Marks::meaning`.

use super::{Decimal, MAX_SCALE};

/// Most significant digits of a number that is read: 18 digits, which always fit in `i64`.
pub const MAX_DIGITS: usize = 18;

/// Why a text is not a number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DecimalError {
    /// Nothing but blanks.
    Empty,
    /// Not a number in this style: a strange character, a second mark, wrong groups.
    Invalid,
    /// More than 18 significant digits, or more than 18 places.
    TooManyDigits,
    /// `1.234` from a sender whose decimal mark is not known.
    Ambiguous {
        /// The mark separates groups: 1234.
        grouped: Decimal,
        /// The mark is the decimal mark: 1.234.
        fraction: Decimal,
    },
}

/// How a sender writes numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Style(u8);

const POINT_MARK: u8 = 0x01;
const COMMA_MARK: u8 = 0x02;
const GROUPS: u8 = 0x04;
const GUESS: u8 = 0x08;
const MINUS_BEHIND: u8 = 0x10;

impl Style {
    /// `.` is the decimal mark, nothing separates groups (X12, XML Schema, OCI).
    pub const POINT: Style = Style(POINT_MARK);
    /// `,` is the decimal mark, nothing separates groups.
    pub const COMMA: Style = Style(COMMA_MARK);
    /// One `.` or one `,` is the decimal mark, never a group (EDIFACT, ISO 9735 "decimal mark").
    pub const EITHER: Style = Style(POINT_MARK | COMMA_MARK);
    /// `1,234.50`, `1'234.50`, `1 234.50`: `.` is the decimal mark; groups of three may be
    /// separated by a comma, an apostrophe or a blank, one kind in one number.
    pub const POINT_GROUPED: Style = Style(POINT_MARK | GROUPS);
    /// `1.234,50`, `1'234,50`, `1 234,50`: the same with `,` as the decimal mark.
    pub const COMMA_GROUPED: Style = Style(COMMA_MARK | GROUPS);
    /// The sender's habit is not known: two different marks decide themselves, a repeated mark
    /// separates groups, and one mark with one to three digits before (no leading zero) and
    /// exactly three behind is [`DecimalError::Ambiguous`].
    pub const UNKNOWN: Style = Style(GROUPS | GUESS);

    /// The same style that also takes a minus behind the number (`10.500-`, SAP).
    #[must_use]
    pub const fn with_trailing_minus(self) -> Style {
        Style(self.0 | MINUS_BEHIND)
    }

    /// The style as a byte, for tables.
    #[must_use]
    pub const fn to_bits(self) -> u8 {
        self.0
    }

    /// The style of [`Style::to_bits`]; `None` for a byte that is none.
    #[must_use]
    pub const fn from_bits(bits: u8) -> Option<Style> {
        match bits & !MINUS_BEHIND {
            1 | 2 | 3 | 5 | 6 | 12 => Some(Style(bits)),
            _ => None,
        }
    }

    /// May `byte` be the decimal mark of a number that has no other mark?
    #[inline]
    const fn is_plain_mark(self, byte: u8) -> bool {
        (byte == b'.' && self.0 & POINT_MARK != 0) || (byte == b',' && self.0 & COMMA_MARK != 0)
    }
}

/// Reads a number.
///
/// `text` may have ASCII blanks around it; `-` or `+` may stand before the digits, and `-`
/// behind them with [`Style::with_trailing_minus`]. Leading zeros are read over (`0005` is 5),
/// digits may be missing on one side of the mark (`.5`, `5.`). There is no exponent.
///
/// # Errors
/// Every [`DecimalError`]; [`DecimalError::Ambiguous`] only with [`Style::UNKNOWN`].
#[inline]
pub fn parse(text: &[u8], style: Style) -> Result<Decimal, DecimalError> {
    match parse_plain(text, style) {
        Some(d) => Ok(d),
        None => parse_written(text, style),
    }
}

/// Up to 18 digits, at most one mark, at most a minus before: one loop. `None` means "look more
/// closely", not "wrong".
#[inline]
fn parse_plain(text: &[u8], style: Style) -> Option<Decimal> {
    let (negative, digits) = match text.split_first() {
        Some((b'-', rest)) => (true, rest),
        _ => (false, text),
    };
    let length = digits.len();
    if length > MAX_DIGITS + 1 {
        return None;
    }
    let mut mantissa: u64 = 0;
    let mut behind = usize::MAX;
    for (at, &byte) in digits.iter().enumerate() {
        let digit = byte.wrapping_sub(b'0');
        if digit < 10 {
            // At most 19 digits: below 2^64.
            mantissa = mantissa.wrapping_mul(10).wrapping_add(u64::from(digit));
        } else if behind == usize::MAX && style.is_plain_mark(byte) {
            behind = length - at - 1;
        } else {
            return None;
        }
    }
    let (count, scale) = if behind == usize::MAX { (length, 0) } else { (length - 1, behind) };
    if count == 0 || count > MAX_DIGITS {
        return None;
    }
    // At most 18 digits: far below i64::MAX; the scale is at most their count.
    let mantissa = mantissa as i64;
    Some(Decimal { mantissa: if negative { -mantissa } else { mantissa }, scale: scale as u8 })
}

/// What a character between the digits can be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Point,
    Comma,
    /// `'` and U+2019 (Switzerland).
    Apostrophe,
    /// Blank, U+00A0, U+2009, U+202F.
    Blank,
}

/// Takes one digit or mark from the front of `text`: its digit or mark, and the rest.
fn take(text: &[u8]) -> Option<(Result<u8, Mark>, &[u8])> {
    match text {
        [digit @ b'0'..=b'9', rest @ ..] => Some((Ok(digit - b'0'), rest)),
        [b'.', rest @ ..] => Some((Err(Mark::Point), rest)),
        [b',', rest @ ..] => Some((Err(Mark::Comma), rest)),
        [b'\'', rest @ ..] | [0xE2, 0x80, 0x99, rest @ ..] => Some((Err(Mark::Apostrophe), rest)),
        [b' ', rest @ ..]
        | [0xC2, 0xA0, rest @ ..]
        | [0xE2, 0x80, 0x89, rest @ ..]
        | [0xE2, 0x80, 0xAF, rest @ ..] => Some((Err(Mark::Blank), rest)),
        _ => None,
    }
}

/// The marks of one number, counted.
#[derive(Default)]
struct Marks {
    points: usize,
    commas: usize,
    apostrophes: usize,
    blanks: usize,
    /// The last point or comma.
    last: Option<Mark>,
    digits_before: usize,
    digits_behind: usize,
    starts_with_zero: bool,
}

/// Which mark is the decimal mark, and which one separates groups.
#[derive(Clone, Copy)]
struct Meaning {
    decimal: Option<Mark>,
    group: Option<Mark>,
}

impl Marks {
    fn count(mut text: &[u8]) -> Result<Marks, DecimalError> {
        let mut marks = Marks { starts_with_zero: text.first() == Some(&b'0'), ..Marks::default() };
        while !text.is_empty() {
            let (item, rest) = take(text).ok_or(DecimalError::Invalid)?;
            text = rest;
            match item {
                Ok(_) if marks.last.is_none() => marks.digits_before += 1,
                Ok(_) => marks.digits_behind += 1,
                Err(Mark::Apostrophe) => marks.apostrophes += 1,
                Err(Mark::Blank) => marks.blanks += 1,
                Err(mark) => {
                    if mark == Mark::Point {
                        marks.points += 1;
                    } else {
                        marks.commas += 1;
                    }
                    marks.last = Some(mark);
                    marks.digits_behind = 0;
                }
            }
        }
        Ok(marks)
    }

    /// Decides by the style; `Err` where the style has no room for these marks.
    fn meaning(&self, style: Style) -> Result<Meaning, DecimalError> {
        let bits = style.0 & !MINUS_BEHIND;
        let decimal = if bits & GUESS != 0 {
            // One mark alone is taken as the decimal mark here; `parse_written` asks whether it
            // could be a group too. A repeated mark separates groups.
            match (self.points, self.commas) {
                (0, 0) => None,
                (1, 0) => Some(Mark::Point),
                (0, 1) => Some(Mark::Comma),
                (_, 0) | (0, _) => None,
                (1, _) if self.last == Some(Mark::Point) => Some(Mark::Point),
                (_, 1) if self.last == Some(Mark::Comma) => Some(Mark::Comma),
                _ => return Err(DecimalError::Invalid),
            }
        } else if bits == Style::EITHER.0 {
            self.last
        } else if bits & COMMA_MARK != 0 {
            Some(Mark::Comma)
        } else {
            Some(Mark::Point)
        };
        let mut group = None;
        let seen = [
            (Mark::Point, self.points),
            (Mark::Comma, self.commas),
            (Mark::Apostrophe, self.apostrophes),
            (Mark::Blank, self.blanks),
        ];
        for (mark, times) in seen {
            if decimal == Some(mark) {
                if times > 1 {
                    return Err(DecimalError::Invalid);
                }
            } else if times > 0 {
                if bits & GROUPS == 0 || group.is_some() {
                    return Err(DecimalError::Invalid);
                }
                group = Some(mark);
            }
        }
        Ok(Meaning { decimal, group })
    }

    /// Could the one mark separate a group of thousands as well as a fraction?
    fn is_ambiguous(&self) -> bool {
        self.points + self.commas == 1
            && self.apostrophes + self.blanks == 0
            && self.digits_behind == 3
            && (1..=3).contains(&self.digits_before)
            && !self.starts_with_zero
    }
}

#[cold]
#[inline(never)]
fn parse_written(text: &[u8], style: Style) -> Result<Decimal, DecimalError> {
    let text = text.trim_ascii();
    let (mut negative, mut body) = match text {
        [] => return Err(DecimalError::Empty),
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    if style.0 & MINUS_BEHIND != 0 && body.len() == text.len() {
        if let Some((b'-', rest)) = body.split_last() {
            negative = true;
            body = rest;
        }
    }
    let marks = Marks::count(body)?;
    let meaning = marks.meaning(style)?;
    let value = read(body, negative, meaning)?;
    if style.0 & GUESS != 0 && marks.is_ambiguous() {
        let grouped = read(body, negative, Meaning { decimal: None, group: meaning.decimal })?;
        return Err(DecimalError::Ambiguous { grouped, fraction: value });
    }
    Ok(value)
}

/// Reads digits whose marks are known. Groups: one to three digits without a leading zero, then
/// three each, all before the decimal mark.
fn read(mut text: &[u8], negative: bool, meaning: Meaning) -> Result<Decimal, DecimalError> {
    let mut mantissa: i64 = 0;
    let mut significant = 0_usize;
    let mut scale = 0_usize;
    let mut digits = 0_usize;
    // Digits since the last group mark, and whether there was one.
    let mut run = 0_usize;
    let mut grouped = false;
    let mut in_fraction = false;
    let starts_with_zero = text.first() == Some(&b'0');
    while !text.is_empty() {
        let (item, rest) = take(text).ok_or(DecimalError::Invalid)?;
        text = rest;
        match item {
            Ok(digit) => {
                digits += 1;
                run += 1;
                scale += usize::from(in_fraction);
                significant += usize::from(significant > 0 || digit > 0);
                if significant <= MAX_DIGITS {
                    // At most 18 digits: below i64::MAX.
                    mantissa = mantissa * 10 + i64::from(digit);
                }
            }
            Err(_) if in_fraction => return Err(DecimalError::Invalid),
            Err(mark) => {
                let is_group = Some(mark) == meaning.group;
                let run_is_right = if grouped {
                    run == 3
                } else {
                    !is_group || ((1..=3).contains(&run) && !starts_with_zero)
                };
                if !run_is_right {
                    return Err(DecimalError::Invalid);
                }
                grouped |= is_group;
                in_fraction = !is_group;
                run = 0;
            }
        }
    }
    if digits == 0 || (grouped && !in_fraction && run != 3) {
        return Err(DecimalError::Invalid);
    }
    if significant > MAX_DIGITS || scale > usize::from(MAX_SCALE) {
        return Err(DecimalError::TooManyDigits);
    }
    // Checked in the line above.
    Ok(Decimal { mantissa: if negative { -mantissa } else { mantissa }, scale: scale as u8 })
}

/// Reads a number of JSON text, with its exponent (RFC 8259 §6).
///
/// ```text
/// number = [ minus ] int [ frac ] [ exp ]
/// int    = zero / ( digit1-9 *DIGIT )
/// frac   = decimal-point 1*DIGIT
/// exp    = e [ minus / plus ] 1*DIGIT
/// ```
///
/// The exponent moves the mark: `3.2e1` is 32, `1.50e1` is 15.0, `5e-2` is 0.05. `text` is the
/// token alone, without blanks.
///
/// # Errors
/// [`DecimalError::Empty`], [`DecimalError::Invalid`], and [`DecimalError::TooManyDigits`] for
/// what does not fit (`1e400`).
pub fn parse_json(text: &[u8]) -> Result<Decimal, DecimalError> {
    let (negative, body) = match text {
        [] => return Err(DecimalError::Empty),
        [b'-', rest @ ..] => (true, rest),
        _ => (false, text),
    };
    let (whole, mut rest) = take_digits(body);
    if whole.is_empty() || (whole.len() > 1 && whole.first() == Some(&b'0')) {
        return Err(DecimalError::Invalid);
    }
    let mut fraction: &[u8] = &[];
    if let [b'.', behind @ ..] = rest {
        (fraction, rest) = take_digits(behind);
        if fraction.is_empty() {
            return Err(DecimalError::Invalid);
        }
    }
    let mut exponent: i64 = 0;
    if let [b'e' | b'E', behind @ ..] = rest {
        let (minus, behind) = match behind {
            [b'-', behind @ ..] => (true, behind),
            [b'+', behind @ ..] => (false, behind),
            _ => (false, behind),
        };
        let (digits, behind) = take_digits(behind);
        if digits.is_empty() {
            return Err(DecimalError::Invalid);
        }
        for &byte in digits {
            exponent = exponent.saturating_mul(10).saturating_add(i64::from(byte & 0x0F));
        }
        exponent = if minus { -exponent } else { exponent };
        rest = behind;
    }
    if !rest.is_empty() {
        return Err(DecimalError::Invalid);
    }
    let mut mantissa: i64 = 0;
    let mut significant = 0_usize;
    for &byte in whole.iter().chain(fraction) {
        significant += usize::from(significant > 0 || byte != b'0');
        if significant > MAX_DIGITS {
            return Err(DecimalError::TooManyDigits);
        }
        mantissa = mantissa * 10 + i64::from(byte & 0x0F);
    }
    // A slice is never longer than i64::MAX.
    let mut scale = (fraction.len() as i64).saturating_sub(exponent);
    if mantissa == 0 {
        scale = scale.clamp(0, i64::from(MAX_SCALE));
    }
    while scale > i64::from(MAX_SCALE) && mantissa % 10 == 0 {
        mantissa /= 10;
        scale -= 1;
    }
    while scale < 0 {
        significant += 1;
        if significant > MAX_DIGITS {
            return Err(DecimalError::TooManyDigits);
        }
        mantissa *= 10;
        scale += 1;
    }
    let mantissa = if negative { -mantissa } else { mantissa };
    u8::try_from(scale)
        .ok()
        .and_then(|scale| Decimal::new(mantissa, scale))
        .ok_or(DecimalError::TooManyDigits)
}

fn take_digits(text: &[u8]) -> (&[u8], &[u8]) {
    let end = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, &[]))
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use std::format;
    use std::string::{String, ToString};

    /// Everything in one word: `5.00`, `empty`, `invalid`, `digits`, `1234|1.234`.
    fn said(result: Result<Decimal, DecimalError>) -> String {
        match result {
            Ok(d) => d.to_string(),
            Err(DecimalError::Empty) => "empty".into(),
            Err(DecimalError::Invalid) => "invalid".into(),
            Err(DecimalError::TooManyDigits) => "digits".into(),
            Err(DecimalError::Ambiguous { grouped, fraction }) => format!("{grouped}|{fraction}"),
        }
    }

    #[test]
    fn reads_each_style() {
        let sap = Style::POINT.with_trailing_minus();
        let cases = [
            (Style::POINT, "", "empty"),
            (Style::POINT, " \t\r\n", "empty"),
            (Style::POINT, "5.00", "5.00"),
            (Style::POINT, "-5", "-5"),
            (Style::POINT, "+5", "5"),
            (Style::POINT, "0005", "5"),
            (Style::POINT, ".5", "0.5"),
            (Style::POINT, "-.5", "-0.5"),
            (Style::POINT, "5.", "5"),
            (Style::POINT, "  12.50 ", "12.50"),
            (Style::POINT, "-0", "0"),
            (Style::POINT, "0.000", "0.000"),
            (Style::POINT, ".", "invalid"),
            (Style::POINT, "-", "invalid"),
            (Style::POINT, "--5", "invalid"),
            (Style::POINT, "+-5", "invalid"),
            (Style::POINT, "- 5", "invalid"),
            (Style::POINT, "5-", "invalid"),
            (Style::POINT, "1E3", "invalid"),
            (Style::POINT, "1,5", "invalid"),
            (Style::POINT, "1.2.3", "invalid"),
            (Style::POINT, "1 234", "invalid"),
            (Style::POINT, "1_000", "invalid"),
            (Style::POINT, "\u{0661}", "invalid"),
            (Style::POINT, "999999999999999999", "999999999999999999"),
            (Style::POINT, "1000000000000000000", "digits"),
            (Style::POINT, "0000000000000000000000007", "7"),
            (Style::POINT, "0.000000000000000001", "0.000000000000000001"),
            (Style::POINT, "0.0000000000000000001", "digits"),
            (Style::POINT, "1.000000000000000000", "digits"),
            (Style::COMMA, "12,5", "12.5"),
            (Style::COMMA, "12.5", "invalid"),
            (Style::COMMA, "1.234,5", "invalid"),
            (Style::EITHER, "12,50", "12.50"),
            (Style::EITHER, "12.50", "12.50"),
            (Style::EITHER, "1.234,50", "invalid"),
            (Style::EITHER, "1,234", "1.234"),
            (Style::EITHER, "1,2,3", "invalid"),
            (sap, "10.500-", "-10.500"),
            (sap, "  10.500- ", "-10.500"),
            (sap, "-10.500", "-10.500"),
            (sap, "-10.500-", "invalid"),
            (sap, "-", "invalid"),
            (sap, "10.500", "10.500"),
            (Style::POINT_GROUPED, "1,234.50", "1234.50"),
            (Style::POINT_GROUPED, "1'234.50", "1234.50"),
            (Style::POINT_GROUPED, "1\u{2019}234.50", "1234.50"),
            (Style::POINT_GROUPED, "1 234.50", "1234.50"),
            (Style::POINT_GROUPED, "1\u{A0}234\u{A0}567.5", "1234567.5"),
            (Style::POINT_GROUPED, "1\u{202F}234", "1234"),
            (Style::POINT_GROUPED, "1,234", "1234"),
            (Style::POINT_GROUPED, "-1,234,567", "-1234567"),
            (Style::POINT_GROUPED, "12,5", "invalid"),
            (Style::POINT_GROUPED, "1234,567", "invalid"),
            (Style::POINT_GROUPED, "1,23,456", "invalid"),
            (Style::POINT_GROUPED, "1,234 567", "invalid"),
            (Style::POINT_GROUPED, "1,234.5,6", "invalid"),
            (Style::POINT_GROUPED, "1.234,567", "invalid"),
            (Style::POINT_GROUPED, ",234", "invalid"),
            (Style::POINT_GROUPED, "0,123", "invalid"),
            (Style::POINT_GROUPED, "1,,234", "invalid"),
            (Style::POINT_GROUPED, "1,234,", "invalid"),
            (Style::POINT_GROUPED, "1.234", "1.234"),
            (Style::COMMA_GROUPED, "1.234,50", "1234.50"),
            (Style::COMMA_GROUPED, "1'234,50", "1234.50"),
            (Style::COMMA_GROUPED, "1.234", "1234"),
            (Style::COMMA_GROUPED, "1234,5", "1234.5"),
            (Style::COMMA_GROUPED, "12.5", "invalid"),
            (Style::UNKNOWN, "1234", "1234"),
            (Style::UNKNOWN, "12.5", "12.5"),
            (Style::UNKNOWN, "12,50", "12.50"),
            (Style::UNKNOWN, "1.234", "1234|1.234"),
            (Style::UNKNOWN, "-1,234", "-1234|-1.234"),
            (Style::UNKNOWN, "123.456", "123456|123.456"),
            (Style::UNKNOWN, "0.500", "0.500"),
            (Style::UNKNOWN, ".500", "0.500"),
            (Style::UNKNOWN, "1234.500", "1234.500"),
            (Style::UNKNOWN, "1.2345", "1.2345"),
            (Style::UNKNOWN, "1.234,50", "1234.50"),
            (Style::UNKNOWN, "1,234.50", "1234.50"),
            (Style::UNKNOWN, "1,234.567", "1234.567"),
            (Style::UNKNOWN, "1.234.567", "1234567"),
            (Style::UNKNOWN, "1.234.56", "invalid"),
            (Style::UNKNOWN, "1.234,567,890", "invalid"),
            (Style::UNKNOWN, "1.234.567,8", "1234567.8"),
            (Style::UNKNOWN, "1,234.567,8", "invalid"),
            (Style::UNKNOWN, "1 234,500", "1234.500"),
            (Style::UNKNOWN, "1\u{202F}234", "1234"),
            (Style::UNKNOWN, "1'234.500", "1234.500"),
            (Style::UNKNOWN, "0.123.456", "invalid"),
        ];
        for (style, text, expected) in cases {
            assert_eq!(said(parse(text.as_bytes(), style)), expected, "{text:?} as {style:?}");
        }
    }

    #[test]
    fn reads_json_numbers() {
        let cases = [
            ("", "empty"),
            ("0", "0"),
            ("-0", "0"),
            ("5.00", "5.00"),
            ("3.2e1", "32"),
            ("1.50e1", "15.0"),
            ("1E2", "100"),
            ("5e-2", "0.05"),
            ("-12.5E+0", "-12.5"),
            ("1e400", "digits"),
            ("1e99999999999999999999999", "digits"),
            ("1e-19", "digits"),
            ("100e-20", "0.000000000000000001"),
            ("0e400", "0"),
            ("0.0e-400", "0.000000000000000000"),
            ("1e17", "100000000000000000"),
            ("1e18", "digits"),
            ("1234567890123456789", "digits"),
            ("01", "invalid"),
            ("+1", "invalid"),
            (".5", "invalid"),
            ("5.", "invalid"),
            ("1e", "invalid"),
            ("1e+", "invalid"),
            ("1.5x", "invalid"),
            (" 1", "invalid"),
            ("-", "invalid"),
        ];
        for (text, expected) in cases {
            assert_eq!(said(parse_json(text.as_bytes())), expected, "{text:?}");
        }
    }

    #[test]
    fn fast_and_thorough_reader_agree() {
        let marks = ["", ".", ","];
        for style in [Style::POINT, Style::COMMA, Style::EITHER, Style::POINT_GROUPED] {
            for number in [0_u32, 5, 12, 123, 4567, 89_012] {
                for mark in marks {
                    for text in [
                        format!("{number}{mark}"),
                        format!("-{mark}{number}"),
                        format!("0{number}{mark}{number}"),
                    ] {
                        if let Some(fast) = parse_plain(text.as_bytes(), style) {
                            assert_eq!(
                                parse_written(text.as_bytes(), style),
                                Ok(fast),
                                "{text} as {style:?}"
                            );
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn styles_survive_a_table() {
        for style in [
            Style::POINT,
            Style::COMMA,
            Style::EITHER,
            Style::POINT_GROUPED,
            Style::COMMA_GROUPED,
            Style::UNKNOWN,
        ] {
            assert_eq!(Style::from_bits(style.to_bits()), Some(style));
            let minus = style.with_trailing_minus();
            assert_eq!(Style::from_bits(minus.to_bits()), Some(minus));
        }
        assert_eq!(Style::from_bits(0), None);
        assert_eq!(Style::from_bits(0xFF), None);
    }
}
