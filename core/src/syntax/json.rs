//! JSON, RFC 8259, strict.
//!
//! How this works. [`validate`] goes through a whole document once and finds the first fault; nothing is
//! handed out before that, so that a document cut anywhere is known to be cut. [`Walker`] then goes
//! through it as often as it is asked, without checking again: `next` gives one item, `skip` runs over the
//! rest of an object or array at scanning speed. Numbers stay text, strings stay escaped until a rule asks.
//! Depth is limited to [`DEPTH`], no recursion: one bit a level says whether it is an object.

use super::{HIGH, LOW, ONES, Raw, SyntaxError, SyntaxErrorKind, raw};
use crate::limits::DEPTH;
use crate::value::charset;

/// Offset of the first byte from `at` on that ends a run of plain string bytes: `"`, `\`, or a control
/// character.
#[inline]
fn string_stop(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    let mut rest = bytes.get(from..).unwrap_or(&[]);
    while let Some((chunk, tail)) = rest.split_first_chunk::<8>() {
        let word = u64::from_le_bytes(*chunk);
        let zero = |x: u64| ((x & LOW).wrapping_add(LOW)) | x;
        let quote = zero(word ^ (ONES * b'"' as u64));
        let slash = zero(word ^ (ONES * b'\\' as u64));
        let printable = (word & LOW).wrapping_add(0x6060_6060_6060_6060) | word;
        let stops = !(quote & slash & printable) & HIGH;
        if stops != 0 {
            return at + (stops.trailing_zeros() / 8) as usize;
        }
        at += 8;
        rest = tail;
    }
    at + rest.iter().position(|b| matches!(b, b'"' | b'\\' | 0..=0x1F)).unwrap_or(rest.len())
}

fn skip_blanks(bytes: &[u8], mut at: usize) -> usize {
    while let Some(b' ' | b'\n' | b'\r' | b'\t') = bytes.get(at) {
        at += 1;
    }
    at
}

/// A byte order mark at the very begin is read over.
#[must_use]
pub fn after_bom(bytes: &[u8]) -> usize {
    if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 }
}

const fn fault(kind: SyntaxErrorKind, at: usize) -> SyntaxError {
    SyntaxError { kind, at: at as u32 }
}

/// What may come next while a document is checked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Want {
    Value,
    FirstValueOrEnd,
    KeyOrEnd,
    Key,
    CommaOrEnd,
}

/// Checks one document that begins at `from`; the offset behind it.
///
/// # Errors
/// The first fault and its byte.
pub fn validate(bytes: &[u8], from: usize) -> Result<usize, SyntaxError> {
    let mut at = skip_blanks(bytes, from);
    let mut depth = 0usize;
    let mut objects = 0u64;
    let mut want = Want::Value;
    loop {
        at = skip_blanks(bytes, at);
        let Some(byte) = bytes.get(at).copied() else {
            return Err(fault(SyntaxErrorKind::UnexpectedEnd, at));
        };
        match want {
            Want::Value | Want::FirstValueOrEnd => match byte {
                b'{' | b'[' => {
                    if depth == DEPTH {
                        return Err(fault(SyntaxErrorKind::TooDeep, at));
                    }
                    let object = byte == b'{';
                    objects = (objects << 1) | u64::from(object);
                    depth += 1;
                    want = if object { Want::KeyOrEnd } else { Want::FirstValueOrEnd };
                    at += 1;
                    continue;
                }
                b']' if want == Want::FirstValueOrEnd => {
                    depth -= 1;
                    objects >>= 1;
                    at += 1;
                }
                b'"' => at = check_string(bytes, at)?,
                b't' => at = literal(bytes, at, b"true")?,
                b'f' => at = literal(bytes, at, b"false")?,
                b'n' => at = literal(bytes, at, b"null")?,
                _ => at = check_number(bytes, at)?,
            },
            Want::KeyOrEnd | Want::Key => match byte {
                b'"' => {
                    at = skip_blanks(bytes, check_string(bytes, at)?);
                    match bytes.get(at) {
                        Some(b':') => at += 1,
                        Some(_) => return Err(fault(SyntaxErrorKind::UnexpectedByte, at)),
                        None => return Err(fault(SyntaxErrorKind::UnexpectedEnd, at)),
                    }
                    want = Want::Value;
                    continue;
                }
                b'}' if want == Want::KeyOrEnd => {
                    depth -= 1;
                    objects >>= 1;
                    at += 1;
                }
                _ => return Err(fault(SyntaxErrorKind::UnexpectedByte, at)),
            },
            Want::CommaOrEnd => match (byte, objects & 1 == 1) {
                (b',', object) => {
                    at += 1;
                    want = if object { Want::Key } else { Want::Value };
                    continue;
                }
                (b'}', true) | (b']', false) => {
                    depth -= 1;
                    objects >>= 1;
                    at += 1;
                }
                _ => return Err(fault(SyntaxErrorKind::UnexpectedByte, at)),
            },
        }
        if depth == 0 {
            return Ok(at);
        }
        want = Want::CommaOrEnd;
    }
}

fn literal(bytes: &[u8], at: usize, word: &[u8]) -> Result<usize, SyntaxError> {
    for (offset, wanted) in word.iter().enumerate() {
        match bytes.get(at + offset) {
            Some(byte) if byte == wanted => {}
            Some(_) => return Err(fault(SyntaxErrorKind::UnexpectedByte, at + offset)),
            None => return Err(fault(SyntaxErrorKind::UnexpectedEnd, at + offset)),
        }
    }
    Ok(at + word.len())
}

/// `[-] int [frac] [exp]`, RFC 8259 §6.
fn check_number(bytes: &[u8], from: usize) -> Result<usize, SyntaxError> {
    let mut at = from;
    let digits = |mut at: usize| {
        let first = at;
        while let Some(b'0'..=b'9') = bytes.get(at) {
            at += 1;
        }
        if at > first {
            Ok(at)
        } else if at >= bytes.len() {
            Err(fault(SyntaxErrorKind::UnexpectedEnd, at))
        } else {
            Err(fault(SyntaxErrorKind::BadNumber, at))
        }
    };
    match bytes.get(at) {
        Some(b'-') => at += 1,
        Some(b'0'..=b'9') => {}
        _ => return Err(fault(SyntaxErrorKind::UnexpectedByte, at)),
    }
    at = if bytes.get(at) == Some(&b'0') { at + 1 } else { digits(at)? };
    if let Some(b'0'..=b'9') = bytes.get(at) {
        return Err(fault(SyntaxErrorKind::BadNumber, at));
    }
    if bytes.get(at) == Some(&b'.') {
        at = digits(at + 1)?;
    }
    if let Some(b'e' | b'E') = bytes.get(at) {
        at += 1;
        if let Some(b'+' | b'-') = bytes.get(at) {
            at += 1;
        }
        at = digits(at)?;
    }
    Ok(at)
}

/// A string with its quotes: escapes, control characters, UTF-8.
fn check_string(bytes: &[u8], open: usize) -> Result<usize, SyntaxError> {
    let begin = open + 1;
    let mut at = begin;
    loop {
        at = string_stop(bytes, at);
        match bytes.get(at) {
            Some(b'"') => break,
            Some(b'\\') => at = check_escape(bytes, at)?,
            Some(_) => return Err(fault(SyntaxErrorKind::ControlCharacter, at)),
            None => return Err(fault(SyntaxErrorKind::UnexpectedEnd, at)),
        }
    }
    let text = bytes.get(begin..at).unwrap_or(&[]);
    if !charset::is_ascii(text) {
        if let Some(place) = charset::utf8_error(text) {
            return Err(fault(SyntaxErrorKind::BadUtf8, begin + place));
        }
    }
    Ok(at + 1)
}

fn hex(bytes: &[u8], at: usize) -> Result<u32, SyntaxError> {
    let mut value = 0;
    for offset in 0..4 {
        let digit = match bytes.get(at + offset) {
            Some(b @ b'0'..=b'9') => b - b'0',
            Some(b @ b'a'..=b'f') => b - b'a' + 10,
            Some(b @ b'A'..=b'F') => b - b'A' + 10,
            Some(_) => return Err(fault(SyntaxErrorKind::BadEscape, at + offset)),
            None => return Err(fault(SyntaxErrorKind::UnexpectedEnd, at + offset)),
        };
        value = value * 16 + u32::from(digit);
    }
    Ok(value)
}

/// An escape; lone surrogates are refused, since they are no text (RFC 8259 §8.2).
fn check_escape(bytes: &[u8], at: usize) -> Result<usize, SyntaxError> {
    match bytes.get(at + 1) {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(at + 2),
        Some(b'u') => match hex(bytes, at + 2)? {
            0xD800..=0xDBFF => {
                match (bytes.get(at + 6), bytes.get(at + 7)) {
                    (Some(b'\\'), Some(b'u')) => {}
                    (None, _) | (Some(b'\\'), None) => {
                        return Err(fault(SyntaxErrorKind::UnexpectedEnd, bytes.len()));
                    }
                    _ => return Err(fault(SyntaxErrorKind::BadEscape, at)),
                }
                match hex(bytes, at + 8)? {
                    0xDC00..=0xDFFF => Ok(at + 12),
                    _ => Err(fault(SyntaxErrorKind::BadEscape, at)),
                }
            }
            0xDC00..=0xDFFF => Err(fault(SyntaxErrorKind::BadEscape, at)),
            _ => Ok(at + 6),
        },
        Some(_) => Err(fault(SyntaxErrorKind::BadEscape, at + 1)),
        None => Err(fault(SyntaxErrorKind::UnexpectedEnd, at + 1)),
    }
}

/// Takes the escapes out of a string; the length, `None` where the room is too small.
#[must_use]
pub fn unescape(text: &[u8], out: &mut [u8]) -> Option<usize> {
    let mut length = 0;
    let mut at = 0;
    let mut put = |byte: u8| -> Option<()> {
        *out.get_mut(length)? = byte;
        length += 1;
        Some(())
    };
    while let Some(byte) = text.get(at).copied() {
        if byte != b'\\' {
            put(byte)?;
            at += 1;
            continue;
        }
        let escape = text.get(at + 1).copied().unwrap_or(b'\\');
        at += 2;
        match escape {
            b'b' => put(8)?,
            b'f' => put(12)?,
            b'n' => put(b'\n')?,
            b'r' => put(b'\r')?,
            b't' => put(b'\t')?,
            b'u' => {
                let mut code = hex(text, at).unwrap_or(0xFFFD);
                at += 4;
                if (0xD800..0xDC00).contains(&code) {
                    let low = hex(text, at + 2).unwrap_or(0);
                    at += 6;
                    code = 0x10000 + ((code - 0xD800) << 10) + (low.wrapping_sub(0xDC00) & 0x3FF);
                }
                let mut utf8 = [0u8; 4];
                let c = char::from_u32(code).unwrap_or('\u{FFFD}');
                for byte in c.encode_utf8(&mut utf8).bytes() {
                    put(byte)?;
                }
            }
            other => put(other)?,
        }
    }
    Some(length)
}

/// One item of a document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Item {
    /// An object or array begins; the key is empty inside of arrays.
    Open {
        /// The member's name.
        key: Raw,
        /// An array.
        array: bool,
        /// Offset of the bracket.
        at: u32,
    },
    /// The innermost object or array ends.
    Close,
    /// A value; `null` and `""` are `None`.
    Leaf {
        /// The member's name.
        key: Raw,
        /// The value, without quotes.
        value: Option<Raw>,
    },
    /// The end of the document, or of the bytes.
    End,
}

/// Goes through a document that has been checked (or a prefix of one).
#[derive(Clone, Copy, Debug, Default)]
pub struct Walker {
    /// Offset of what comes next.
    pub at: u32,
    /// How deep.
    pub depth: u8,
    /// One bit a level: an object.
    objects: u64,
}

impl Walker {
    /// A walker before a document.
    #[must_use]
    pub const fn new(at: u32) -> Walker {
        Walker { at, depth: 0, objects: 0 }
    }

    /// The next item.
    #[inline]
    pub fn next(&mut self, bytes: &[u8]) -> Item {
        let mut at = self.at as usize;
        while let Some(b' ' | b'\n' | b'\r' | b'\t' | b',') = bytes.get(at) {
            at += 1;
        }
        let mut key = Raw::default();
        if self.depth > 0 && self.objects & 1 == 1 {
            match bytes.get(at) {
                Some(b'}') => return self.close(at),
                Some(b'"') => {}
                _ => return Item::End,
            }
            let (name, behind) = string(bytes, at);
            key = name;
            at = skip_blanks(bytes, behind);
            if bytes.get(at) != Some(&b':') {
                return Item::End;
            }
            at = skip_blanks(bytes, at + 1);
        }
        match bytes.get(at).copied() {
            Some(bracket @ (b'{' | b'[')) => {
                self.objects = (self.objects << 1) | u64::from(bracket == b'{');
                self.depth = self.depth.saturating_add(1);
                self.at = (at + 1) as u32;
                Item::Open { key, array: bracket == b'[', at: at as u32 }
            }
            Some(b']') if self.depth > 0 => self.close(at),
            Some(b'"') => {
                let (value, behind) = string(bytes, at);
                if behind > bytes.len() {
                    return Item::End;
                }
                self.at = behind as u32;
                let value = value.trimmed(bytes);
                Item::Leaf { key, value: if value.length == 0 { None } else { Some(value) } }
            }
            Some(_) => {
                let begin = at;
                while let Some(byte) = bytes.get(at) {
                    if matches!(byte, b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t') {
                        break;
                    }
                    at += 1;
                }
                if at >= bytes.len() && self.depth > 0 {
                    return Item::End;
                }
                self.at = at as u32;
                let value =
                    Raw { at: begin as u32, length: (at - begin) as u32, flags: raw::NUMBER, token: 0 };
                let text = value.of(bytes);
                let literal = matches!(text.first(), Some(b't' | b'f'));
                let value = Raw { flags: if literal { 0 } else { raw::NUMBER }, ..value };
                Item::Leaf { key, value: if text == b"null" { None } else { Some(value) } }
            }
            None => Item::End,
        }
    }

    fn close(&mut self, at: usize) -> Item {
        self.depth = self.depth.saturating_sub(1);
        self.objects >>= 1;
        self.at = (at + 1) as u32;
        Item::Close
    }

    /// A walker that has just opened the object whose bracket stands at `at`, among what this one reads.
    #[must_use]
    pub const fn reopened(self, at: u32) -> Walker {
        Walker { at: at + 1, depth: self.depth.saturating_add(1), objects: (self.objects << 1) | 1 }
    }

    /// Runs over the rest of the innermost object or array.
    pub fn skip(&mut self, bytes: &[u8]) {
        let mut at = self.at as usize;
        let mut open = 1u32;
        loop {
            match bytes.get(at) {
                Some(b'"') => {
                    at += 1;
                    loop {
                        at = string_stop(bytes, at);
                        match bytes.get(at) {
                            Some(b'\\') => at += 2,
                            Some(b'"') | None => break,
                            Some(_) => at += 1,
                        }
                    }
                }
                Some(b'{' | b'[') => open += 1,
                Some(b'}' | b']') => {
                    open -= 1;
                    if open == 0 {
                        let _ = self.close(at);
                        return;
                    }
                }
                Some(_) => {}
                None => {
                    self.at = bytes.len() as u32;
                    return;
                }
            }
            at += 1;
        }
    }
}

/// The inside of a string that opens at `open`, and the offset behind its quote.
#[inline]
fn string(bytes: &[u8], open: usize) -> (Raw, usize) {
    let begin = open + 1;
    let mut at = begin;
    let mut flags = raw::STRING;
    loop {
        at = string_stop(bytes, at);
        match bytes.get(at) {
            Some(b'\\') => {
                flags |= raw::ESCAPED;
                at += 2;
            }
            Some(b'"') => break,
            Some(_) => at += 1,
            None => {
                // A prefix: the string is not complete.
                return (Raw { at: begin as u32, length: 0, flags, token: 0 }, bytes.len() + 1);
            }
        }
    }
    (Raw { at: begin as u32, length: (at - begin) as u32, flags, token: 0 }, at + 1)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::unreachable)]
    use super::*;

    fn error(text: &str) -> (SyntaxErrorKind, u32) {
        let e = validate(text.as_bytes(), 0).unwrap_err();
        (e.kind, e.at)
    }

    #[test]
    fn faults_have_their_place() {
        use SyntaxErrorKind as K;
        assert_eq!(error("{\"a\":01}"), (K::BadNumber, 6));
        assert_eq!(error("{\"a\":1.}"), (K::BadNumber, 7));
        assert_eq!(error("{\"a\":+1}"), (K::UnexpectedByte, 5));
        assert_eq!(error("[1,]"), (K::UnexpectedByte, 3));
        assert_eq!(error("[,1]"), (K::UnexpectedByte, 1));
        assert_eq!(error("{\"a\" 1}"), (K::UnexpectedByte, 5));
        assert_eq!(error("{\"a\":1"), (K::UnexpectedEnd, 6));
        assert_eq!(error("\"\\ud83d\""), (K::BadEscape, 1));
        assert_eq!(error("\"\\u+12a\""), (K::BadEscape, 3));
        assert_eq!(error("\"a\nb\""), (K::ControlCharacter, 2));
        assert_eq!(error("[nul]"), (K::UnexpectedByte, 4));
        assert_eq!(error("{]"), (K::UnexpectedByte, 1));
    }

    #[test]
    fn depth_is_limited() {
        let deep = "[".repeat(DEPTH) + &"]".repeat(DEPTH);
        assert_eq!(validate(deep.as_bytes(), 0), Ok(deep.len()));
        assert_eq!(error(&"[".repeat(DEPTH + 1)).0, SyntaxErrorKind::TooDeep);
        assert_eq!(error(&"{\"a\":".repeat(100_000)).0, SyntaxErrorKind::TooDeep);
    }

    #[test]
    fn escapes_become_text() {
        let mut out = [0u8; 32];
        let n = unescape(br#"\u00e4\ud83d\udc4d\n\/"#, &mut out).unwrap();
        assert_eq!(core::str::from_utf8(&out[..n]).unwrap(), "ä👍\n/");
    }

    #[test]
    fn items_and_skipping() {
        let bytes = br#"{"a":{"x":"}","y":[1,2]},"b":null,"c":"t"}"#;
        let mut w = Walker::new(0);
        assert!(matches!(w.next(bytes), Item::Open { array: false, .. }));
        assert!(matches!(w.next(bytes), Item::Open { .. }));
        w.skip(bytes);
        assert!(matches!(w.next(bytes), Item::Leaf { value: None, .. }));
        let Item::Leaf { key, value } = w.next(bytes) else { unreachable!() };
        assert_eq!(key.of(bytes), b"c");
        assert_eq!(value.unwrap().of(bytes), b"t");
        assert_eq!(w.next(bytes), Item::Close);
        assert_eq!(w.next(bytes), Item::End);
    }
}
