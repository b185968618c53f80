//! Separated values: RFC 4180 and its cousins.
//!
//! ```text
//! file    = [sep-line] record… [0x1A]  record = field (separator field)* line-end
//! field   = quoted | formula | plain   quoted = quote (text | quote quote)* quote
//! formula = "=" quote text quote
//! ```
//!
//! How this works. One row at a time; every field is told to the caller with its number, so that only the
//! columns that somebody wants are kept. Line ends are CRLF, LF or CR, also mixed. A quote counts only at
//! the begin of a field (blanks before it apart); inside of a plain field it is an inch mark. A quote
//! whose end is not found is an ordinary character and reported, so that it cannot eat the rest of the
//! file; looking for ends in vain is paid from a budget, so that the time stays linear.

use super::{HIGH, LOW, ONES, Raw, raw};
use crate::limits::SEGMENT_BYTES;

/// Bytes of a text that a spreadsheet writes as a formula: item numbers, not descriptions.
const FORMULA_BYTES: usize = 256;

/// The reader: a cursor without a borrow.
#[derive(Clone, Copy, Debug)]
pub struct Csv {
    /// Offset of the next row.
    pub at: u32,
    /// Between fields.
    pub separator: u8,
    /// Around fields.
    pub quote: u8,
    /// Bytes that were looked at in vain for the end of a quote.
    wasted: u32,
}

/// A row that was read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Row {
    /// Offset of its first byte.
    pub start: u32,
    /// Offset behind its last byte, without the line end.
    pub end: u32,
    /// Fields.
    pub fields: u32,
    /// Fields with content.
    pub filled: u32,
    /// A quote whose end was not found.
    pub open_quote: Option<u32>,
}

impl Csv {
    /// A reader from an offset on.
    #[must_use]
    pub const fn new(at: u32, separator: u8, quote: u8) -> Csv {
        Csv { at, separator, quote: if quote == 0 { b'"' } else { quote }, wasted: 0 }
    }

    /// The same reader from another offset on.
    #[must_use]
    pub const fn from(mut self, at: u32) -> Csv {
        self.at = at;
        self
    }

    /// Reads the next row that is not blank and tells each field; `None` at the end.
    pub fn next_row(&mut self, bytes: &[u8], mut field: impl FnMut(u32, Raw)) -> Option<Row> {
        let mut at = self.at as usize;
        while let Some(b'\r' | b'\n') = bytes.get(at) {
            at += 1;
        }
        if at >= bytes.len() || ends_here(bytes, at) {
            self.at = bytes.len() as u32;
            return None;
        }
        let mut row = Row { start: at as u32, ..Row::default() };
        loop {
            let (value, behind) = self.field(bytes, at, &mut row);
            row.filled += u32::from(value.length > 0);
            field(row.fields, value);
            row.fields += 1;
            at = behind;
            match bytes.get(at) {
                Some(byte) if *byte == self.separator => at += 1,
                _ => break,
            }
        }
        row.end = at as u32;
        if bytes.get(at..at + 2) == Some(b"\r\n") {
            at += 2;
        } else if at < bytes.len() {
            at += 1;
        }
        self.at = at as u32;
        Some(row)
    }

    /// One field, blanks around it taken off, and the offset of what ends it.
    fn field(&mut self, bytes: &[u8], begin: usize, row: &mut Row) -> (Raw, usize) {
        let mut at = begin;
        while let Some(b' ') = bytes.get(at) {
            at += 1;
        }
        if let Some(found) = self.formula(bytes, at) {
            return found;
        }
        if bytes.get(at) == Some(&self.quote) && (self.wasted as usize) < bytes.len() * 4 + SEGMENT_BYTES {
            match self.quoted(bytes, at + 1) {
                Ok(found) => return found,
                Err(looked) => {
                    self.wasted = self.wasted.saturating_add(looked as u32);
                    row.open_quote = row.open_quote.or(Some(at as u32));
                }
            }
        }
        let end = self.plain_end(bytes, at);
        let value = Raw { at: at as u32, length: (end - at) as u32, flags: 0, token: 0 };
        (value.trimmed(bytes), end)
    }

    /// `="00123"`: a spreadsheet's way to write a text that looks like a number.
    fn formula(&self, bytes: &[u8], at: usize) -> Option<(Raw, usize)> {
        if bytes.get(at) != Some(&b'=') || bytes.get(at + 1) != Some(&self.quote) {
            return None;
        }
        let begin = at + 2;
        let rest = bytes.get(begin..begin + FORMULA_BYTES).or_else(|| bytes.get(begin..))?;
        let end = begin + rest.iter().position(|byte| *byte == self.quote)?;
        match bytes.get(end + 1) {
            None | Some(b'\r' | b'\n') => {}
            Some(byte) if *byte == self.separator => {}
            Some(_) => return None,
        }
        Some((self.inside(bytes, begin, end, raw::STRING), end + 1))
    }

    /// Offset of the separator or line end behind a plain field: eight bytes at a time.
    #[inline]
    fn plain_end(&self, bytes: &[u8], from: usize) -> usize {
        let mut at = from;
        let mut rest = bytes.get(from..).unwrap_or(&[]);
        while let Some((chunk, tail)) = rest.split_first_chunk::<8>() {
            let word = u64::from_le_bytes(*chunk);
            // The high bit of every byte that is not the wanted one.
            let differs = |byte: u8| {
                let x = word ^ (ONES * u64::from(byte));
                (x & LOW).wrapping_add(LOW) | x
            };
            let stops = !(differs(self.separator) & differs(b'\r') & differs(b'\n')) & HIGH;
            if stops != 0 {
                return at + (stops.trailing_zeros() / 8) as usize;
            }
            at += 8;
            rest = tail;
        }
        let stops = |b: &u8| *b == self.separator || matches!(b, b'\r' | b'\n');
        at + rest.iter().position(stops).unwrap_or(rest.len())
    }

    /// The inside of a quoted field; `Err` with the bytes looked at where it does not end properly.
    fn quoted(&self, bytes: &[u8], begin: usize) -> Result<(Raw, usize), usize> {
        let mut at = begin;
        let mut flags = raw::STRING;
        loop {
            let rest = bytes.get(at..).unwrap_or(&[]);
            let Some(place) = rest.iter().position(|b| *b == self.quote) else {
                return Err(rest.len() + at - begin);
            };
            at += place;
            if at - begin > SEGMENT_BYTES {
                return Err(at - begin);
            }
            if bytes.get(at + 1) == Some(&self.quote) {
                flags |= raw::ESCAPED;
                at += 2;
                continue;
            }
            let mut behind = at + 1;
            while let Some(b' ') = bytes.get(behind) {
                behind += 1;
            }
            return match bytes.get(behind) {
                None | Some(b'\r' | b'\n') => Ok((self.inside(bytes, begin, at, flags), behind)),
                Some(byte) if *byte == self.separator => Ok((self.inside(bytes, begin, at, flags), behind)),
                Some(_) => Err(behind - begin),
            };
        }
    }

    fn inside(&self, bytes: &[u8], begin: usize, end: usize, flags: u8) -> Raw {
        let text = bytes.get(begin..end).unwrap_or(&[]);
        // `"=""00123"""`: the same text of a spreadsheet, in a quoted field.
        if let [b'=', first, second, inner @ .., third, last] = text {
            let is_formula = [first, second, third, last].into_iter().all(|byte| *byte == self.quote);
            if is_formula && !inner.contains(&self.quote) {
                let (at, length) = ((begin + 3) as u32, inner.len() as u32);
                return Raw { at, length, flags: raw::STRING, token: 0 }.trimmed(bytes);
            }
        }
        Raw { at: begin as u32, length: (end - begin) as u32, flags, token: 0 }.trimmed(bytes)
    }
}

/// Takes doubled quotes apart; the length, `None` where the room is too small.
#[must_use]
pub fn unescape(text: &[u8], quote: u8, out: &mut [u8]) -> Option<usize> {
    let mut length = 0;
    let mut rest = text.iter().peekable();
    while let Some(byte) = rest.next() {
        if *byte == quote && rest.peek() == Some(&&quote) {
            let _ = rest.next();
        }
        *out.get_mut(length)? = *byte;
        length += 1;
    }
    Some(length)
}

/// Does nothing stand here but the end mark of an old file system?
fn ends_here(bytes: &[u8], at: usize) -> bool {
    matches!(bytes.get(at..), Some([0x1A] | [0x1A, b'\n' | b'\r'] | [0x1A, b'\r', b'\n']))
}

/// The separator that a first line `sep=;` names, and the offset behind that line. The line may be quoted,
/// and have the separators of its columns behind it: a spreadsheet that saved the file again took it for a
/// row.
#[must_use]
pub fn sep_line(bytes: &[u8], from: usize) -> Option<(u8, usize)> {
    let rest = bytes.get(from..)?;
    let is_quoted = rest.first() == Some(&b'"');
    let text = if is_quoted { rest.get(1..)? } else { rest };
    let (separator, behind) = match text {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', separator, behind @ ..] => (*separator, behind),
        _ => return None,
    };
    let behind = if is_quoted { behind.strip_prefix(b"\"")? } else { behind };
    let columns = behind.iter().take_while(|b| matches!(**b, b';' | b',' | b'\t' | b'|' | b' ')).count();
    let behind = behind.get(columns..).unwrap_or(&[]);
    let ends = behind.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
    if ends == 0 && !behind.is_empty() {
        return None;
    }
    Some((separator, bytes.len() - behind.len() + ends))
}

/// Are two headers the same, their case, blanks and punctuation apart?
#[must_use]
pub fn same_header(a: &[u8], b: &[u8]) -> bool {
    letters(a).eq(letters(b)) && letters(a).next().is_some()
}

/// Letters and digits in lower case, in UTF-8.
fn letters(text: &[u8]) -> impl Iterator<Item = u8> + '_ {
    let mut before = 0;
    text.iter().filter_map(move |byte| {
        let first = core::mem::replace(&mut before, *byte);
        match byte {
            b'A'..=b'Z' => Some(byte | 0x20),
            b'a'..=b'z' | b'0'..=b'9' => Some(*byte),
            // U+00C0 to U+00DE are U+00E0 to U+00FE in lower case.
            0x80..=0x9E if first == 0xC3 => Some(byte + 0x20),
            0x80.. => Some(*byte),
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::string::{String, ToString};
    use std::vec::Vec;

    fn rows(text: &str) -> Vec<Vec<String>> {
        let mut csv = Csv::new(0, b',', b'"');
        let mut all = Vec::new();
        loop {
            let mut row: Vec<String> = Vec::new();
            let done = csv.next_row(text.as_bytes(), |_, raw| {
                let mut out = [0u8; 64];
                let bytes = raw.of(text.as_bytes());
                let n = if raw.flags & raw::ESCAPED != 0 {
                    unescape(bytes, b'"', &mut out).unwrap()
                } else {
                    bytes.len()
                };
                let text = if raw.flags & raw::ESCAPED != 0 { out.get(..n).unwrap() } else { bytes };
                row.push(core::str::from_utf8(text).unwrap().to_string());
            });
            if done.is_none() {
                return all;
            }
            all.push(row);
        }
    }

    #[test]
    fn the_spectrum() {
        assert_eq!(rows("a,b\r\n1,\"x, y\"\n"), [["a", "b"], ["1", "x, y"]]);
        assert_eq!(rows("1,\"ha \"\"ha\"\" ha\"\r3,"), [["1", "ha \"ha\" ha"], ["3", ""]]);
        assert_eq!(rows("\"a\nb\",c"), [["a\nb", "c"]]);
        assert_eq!(rows("Rohr 1/2\",5"), [["Rohr 1/2\"", "5"]]);
        assert_eq!(rows("\"open,1\n2,3"), std::vec![std::vec!["\"open", "1"], std::vec!["2", "3"]]);
        assert_eq!(rows("\n\n"), Vec::<Vec<String>>::new());
    }

    #[test]
    fn texts_of_a_spreadsheet() {
        assert_eq!(rows("=\"00123\",5\n"), [["00123", "5"]]);
        assert_eq!(rows("\"=\"\"00123\"\"\",5\n"), [["00123", "5"]]);
        assert_eq!(rows("=A1,=\"x\"&B2\n"), [["=A1", "=\"x\"&B2"]]);
        assert_eq!(rows("a,b\n\u{1a}"), [["a", "b"]]);
        assert_eq!(rows("a,b\r\n\u{1a}\r\n"), [["a", "b"]]);
        assert_eq!(rows("a,b\n\u{1a}c,d"), [["a", "b"], ["\u{1a}c", "d"]]);
    }

    #[test]
    fn the_separator_is_named_in_a_first_line() {
        for line in ["sep=;\r\n", "SEP=;\n", "\"sep=;\"\n", "sep=;;;;\n", "\"sep=;\";;\r"] {
            assert_eq!(sep_line(line.as_bytes(), 0), Some((b';', line.len())), "{line:?}");
        }
        assert_eq!(sep_line(b"sep=\t\n", 0), Some((b'\t', 6)));
        for line in ["sep=;a\n", "separator;b\n", "sep", "\"sep=;\n"] {
            assert_eq!(sep_line(line.as_bytes(), 0), None, "{line:?}");
        }
    }

    #[test]
    fn headers_fold() {
        assert!(same_header(b"Bestell-Nr.", b"bestellnr"));
        assert!(same_header("STÜCKZAHL".as_bytes(), "Stückzahl".as_bytes()));
        assert!(!same_header(b"", b"."));
    }

    #[test]
    fn many_open_quotes_take_linear_time() {
        let text = ";\"".repeat(200_000);
        let mut csv = Csv::new(0, b';', b'"');
        let mut fields = 0;
        csv.next_row(text.as_bytes(), |_, _| fields += 1);
        assert!(fields > 100_000);
    }
}
