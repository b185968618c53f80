//! Form fields: the body of a form post, and the hidden inputs of an HTML form.
//!
//! ```text
//! body = pair ("&" pair)*                  pair  = name ["=" value]        (WHATWG URL, 5)
//! html = (markup | input | textarea)*      input = "<input" attribute* ">" (WHATWG HTML, 13.1.2)
//! ```
//!
//! How this works. Both give names with values, in the order of the message, and no copies: `+`, `%41` and
//! `&amp;` are taken out when a value is used ([`Text`]). In HTML the text of scripts, styles and comments
//! is no markup; of two attributes of one name the first holds; buttons and boxes that are not checked
//! send nothing. A list to choose from (`select`) is named, but what is chosen is not read. The reader goes
//! forward only and looks at each byte a fixed number of times.

use super::{Raw, raw};

/// Character references that are not ASCII: those of western names and units. Others are not read.
const REFERENCES: [(&[u8], u16); 44] = [
    (b"nbsp", 0xA0),
    (b"pound", 0xA3),
    (b"sect", 0xA7),
    (b"copy", 0xA9),
    (b"laquo", 0xAB),
    (b"reg", 0xAE),
    (b"deg", 0xB0),
    (b"plusmn", 0xB1),
    (b"sup2", 0xB2),
    (b"sup3", 0xB3),
    (b"acute", 0xB4),
    (b"micro", 0xB5),
    (b"middot", 0xB7),
    (b"raquo", 0xBB),
    (b"frac14", 0xBC),
    (b"frac12", 0xBD),
    (b"frac34", 0xBE),
    (b"Agrave", 0xC0),
    (b"Auml", 0xC4),
    (b"Aring", 0xC5),
    (b"AElig", 0xC6),
    (b"Ccedil", 0xC7),
    (b"Egrave", 0xC8),
    (b"Eacute", 0xC9),
    (b"Ouml", 0xD6),
    (b"times", 0xD7),
    (b"Oslash", 0xD8),
    (b"Uuml", 0xDC),
    (b"szlig", 0xDF),
    (b"agrave", 0xE0),
    (b"aacute", 0xE1),
    (b"acirc", 0xE2),
    (b"auml", 0xE4),
    (b"aring", 0xE5),
    (b"aelig", 0xE6),
    (b"ccedil", 0xE7),
    (b"egrave", 0xE8),
    (b"eacute", 0xE9),
    (b"ecirc", 0xEA),
    (b"ntilde", 0xF1),
    (b"ouml", 0xF6),
    (b"oslash", 0xF8),
    (b"uuml", 0xFC),
    (b"euro", 0x20AC),
];
/// Bytes that are looked at to tell the body of a form post.
const LOOK_BYTES: usize = 4096;
/// The longest character reference, between its `&` and its `;`.
const REFERENCE_BYTES: usize = 8;

/// The reader: a cursor without a borrow.
#[derive(Clone, Copy, Debug, Default)]
pub struct Form {
    /// Offset of the next pair, or of the markup around it.
    pub at: u32,
    /// The fields stand in HTML.
    pub is_html: bool,
    /// A form has been opened and not closed.
    is_open: bool,
    /// The message ends inside of markup.
    is_broken: bool,
}

/// A field of a form.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Pair {
    /// Its name.
    pub name: Raw,
    /// Its value, which may be empty.
    pub value: Raw,
    /// The value is not to be had here: a list to choose from.
    pub is_choice: bool,
}

/// Attributes of a tag that matter.
#[derive(Clone, Copy, Default)]
struct Tag {
    name: Option<Raw>,
    value: Option<Raw>,
    kind: Option<Raw>,
    is_checked: bool,
}

/// Is this the begin of HTML?
#[must_use]
pub fn is_html(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let names: [&[u8]; 6] = [b"<!doctype html", b"<html", b"<head", b"<body", b"<form", b"<input"];
    names.iter().any(|name| text.get(..name.len()).is_some_and(|t| t.eq_ignore_ascii_case(name)))
}

/// Does a message look like the body of a form post: a name, `=`, and no byte that such a body escapes?
#[must_use]
pub fn is_body(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii();
    let text = text.get(..LOOK_BYTES).unwrap_or(text);
    let pair = text.split(|byte| *byte == b'&').find(|pair| !pair.is_empty()).unwrap_or(&[]);
    let Some(equals) = pair.iter().position(|byte| *byte == b'=') else { return false };
    let (name, value) = pair.split_at_checked(equals).unwrap_or_default();
    let in_name = |b: &u8| b.is_ascii_alphanumeric() || b"-_.*+%~[]:/$".contains(b);
    let in_value = |b: &u8| *b > b' ' && !matches!(b, b'"' | b';' | b'<' | b'>' | b'|');
    !name.is_empty() && name.iter().all(in_name) && value.iter().all(in_value)
}

impl Form {
    /// A reader at the begin of a message.
    #[must_use]
    pub fn new(bytes: &[u8]) -> Form {
        let at = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        Form { at, is_html: is_html(bytes), is_open: false, is_broken: false }
    }

    /// When all has been read: did the message end before its form did?
    #[must_use]
    pub const fn is_cut(&self) -> bool {
        self.is_open || self.is_broken
    }

    /// Reads the next field; `None` at the end.
    pub fn next_pair(&mut self, bytes: &[u8]) -> Option<Pair> {
        if self.is_html { self.next_input(bytes) } else { self.next_of_body(bytes) }
    }

    fn next_of_body(&mut self, bytes: &[u8]) -> Option<Pair> {
        loop {
            let begin = self.at as usize;
            let rest = bytes.get(begin..).filter(|rest| !rest.is_empty())?;
            let length = rest.iter().position(|byte| *byte == b'&').unwrap_or(rest.len());
            let pair = rest.get(..length).unwrap_or(&[]);
            self.at = (begin + length + 1).min(bytes.len()) as u32;
            if pair.trim_ascii().is_empty() {
                continue;
            }
            let equals = pair.iter().position(|byte| *byte == b'=').unwrap_or(length);
            let name = self.span(bytes, begin, begin + equals);
            let value = self.span(bytes, (begin + equals + 1).min(begin + length), begin + length);
            return Some(Pair { name, value, is_choice: false });
        }
    }

    /// A piece of the message, blanks around it taken off.
    fn span(&self, bytes: &[u8], begin: usize, end: usize) -> Raw {
        let span = Raw { at: begin as u32, length: end.saturating_sub(begin) as u32, flags: 0, token: 0 };
        let span = span.trimmed(bytes);
        let is_escape = |b: &u8| if self.is_html { *b == b'&' } else { matches!(b, b'%' | b'+') };
        let flags = if span.of(bytes).iter().any(is_escape) { raw::ESCAPED } else { 0 };
        Raw { flags, ..span }
    }

    fn next_input(&mut self, bytes: &[u8]) -> Option<Pair> {
        loop {
            let begin = self.at as usize;
            let rest = bytes.get(begin..)?;
            let Some(open) = rest.iter().position(|byte| *byte == b'<') else {
                self.at = bytes.len() as u32;
                return None;
            };
            let behind = begin + open + 1;
            let rest = bytes.get(behind..).unwrap_or(&[]);
            if rest.starts_with(b"!--") {
                self.skip_to(bytes, behind + 3, b"-->");
                continue;
            }
            let closes = rest.first() == Some(&b'/');
            let from = behind + usize::from(closes);
            let rest = bytes.get(from..).unwrap_or(&[]);
            let length = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            let element = rest.get(..length).unwrap_or(&[]);
            if element.is_empty() && !rest.starts_with(b"!") && !rest.starts_with(b"?") {
                // A `<` that opens nothing.
                self.at = behind as u32;
                continue;
            }
            let Some((tag, end)) = self.tag(bytes, from + length) else {
                // The message ends in a tag.
                self.is_broken = true;
                self.at = bytes.len() as u32;
                return None;
            };
            self.at = end as u32;
            let is = |name: &[u8]| element.eq_ignore_ascii_case(name);
            if is(b"form") {
                self.is_open = !closes;
            } else if closes {
                // Nothing else matters that ends.
            } else if is(b"script") {
                self.skip_to(bytes, end, b"</script");
            } else if is(b"style") {
                self.skip_to(bytes, end, b"</style");
            } else if is(b"textarea") {
                let close = self.skip_to(bytes, end, b"</textarea");
                let value = self.span(bytes, end, close);
                if let Some(name) = tag.name.filter(|_| !self.is_broken) {
                    return Some(Pair { name, value, is_choice: false });
                }
            } else if is(b"select") || (is(b"input") && tag.sends(bytes)) {
                if let Some(name) = tag.name {
                    return Some(Pair {
                        name,
                        value: tag.value.unwrap_or_default(),
                        is_choice: is(b"select"),
                    });
                }
            }
        }
    }

    /// Goes to the next place of a text, capitals or not, where the reader goes on behind it; its offset.
    fn skip_to(&mut self, bytes: &[u8], from: usize, text: &[u8]) -> usize {
        let rest = bytes.get(from..).unwrap_or(&[]);
        let found = rest.windows(text.len()).position(|window| window.eq_ignore_ascii_case(text));
        self.is_broken |= found.is_none();
        let place = from + found.unwrap_or(rest.len());
        // The rest of a closing tag is read over as text: it opens nothing.
        self.at = (place + text.len()).min(bytes.len()) as u32;
        place
    }

    /// The attributes of a tag, and the offset behind it; `None` where it does not end.
    fn tag(&self, bytes: &[u8], from: usize) -> Option<(Tag, usize)> {
        let mut tag = Tag::default();
        let mut at = from;
        loop {
            while matches!(bytes.get(at)?, b' ' | b'\t' | b'\r' | b'\n' | 0x0C | b'/') {
                at += 1;
            }
            if bytes.get(at) == Some(&b'>') {
                return Some((tag, at + 1));
            }
            let begin = at;
            // An attribute's name has one byte at the least, be it what it may.
            at += 1;
            while !matches!(bytes.get(at)?, b' ' | b'\t' | b'\r' | b'\n' | 0x0C | b'/' | b'>' | b'=') {
                at += 1;
            }
            let attribute = bytes.get(begin..at)?;
            let mut behind = at;
            while matches!(bytes.get(behind)?, b' ' | b'\t' | b'\r' | b'\n' | 0x0C) {
                behind += 1;
            }
            let mut value = Raw::default();
            if bytes.get(behind) == Some(&b'=') {
                behind += 1;
                while matches!(bytes.get(behind)?, b' ' | b'\t' | b'\r' | b'\n' | 0x0C) {
                    behind += 1;
                }
                let rest = bytes.get(behind..)?;
                let (begin, end) = match rest.first()? {
                    quote @ (b'"' | b'\'') => {
                        let inside = rest.get(1..)?;
                        let length = inside.iter().position(|byte| byte == quote)?;
                        at = behind + length + 2;
                        (behind + 1, behind + 1 + length)
                    }
                    _ => {
                        let ends = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | 0x0C | b'>');
                        let length = rest.iter().position(ends)?;
                        at = behind + length;
                        (behind, behind + length)
                    }
                };
                value = self.span(bytes, begin, end);
            }
            tag.take(attribute, value);
        }
    }
}

impl Tag {
    fn take(&mut self, attribute: &[u8], value: Raw) {
        let place = match attribute {
            name if name.eq_ignore_ascii_case(b"name") => &mut self.name,
            name if name.eq_ignore_ascii_case(b"value") => &mut self.value,
            name if name.eq_ignore_ascii_case(b"type") => &mut self.kind,
            name => {
                self.is_checked |= name.eq_ignore_ascii_case(b"checked");
                return;
            }
        };
        *place = place.or(Some(value));
    }

    /// Does an input of this kind send its value?
    fn sends(&self, bytes: &[u8]) -> bool {
        let kind = self.kind.unwrap_or_default();
        let is = |name: &[u8]| kind.of(bytes).eq_ignore_ascii_case(name);
        let is_button = is(b"submit") || is(b"button") || is(b"image") || is(b"reset");
        let is_box = is(b"checkbox") || is(b"radio");
        !is_button && (!is_box || self.is_checked)
    }
}

/// The bytes of a name or a value, its escapes taken out.
#[derive(Clone, Debug)]
pub struct Text<'b> {
    rest: &'b [u8],
    is_html: bool,
    /// Further bytes of a character that is given, the next one lowest.
    pending: u32,
    /// An escape that is none has been met; its bytes were given as they stand.
    pub is_bad: bool,
}

impl<'b> Text<'b> {
    /// The text of a piece.
    #[must_use]
    pub const fn new(text: &'b [u8], is_html: bool) -> Text<'b> {
        Text { rest: text, is_html, pending: 0, is_bad: false }
    }

    /// `%41`, behind the `%`.
    fn percent(&mut self) -> u8 {
        let digit = |at: usize| self.rest.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        match (digit(0), digit(1)) {
            (Some(high), Some(low)) => {
                self.rest = self.rest.get(2..).unwrap_or(&[]);
                (high << 4 | low) as u8
            }
            _ => {
                self.is_bad = true;
                b'%'
            }
        }
    }

    /// `&amp;`, behind the `&`. An `&` that begins no reference stands for itself.
    fn reference(&mut self) -> u8 {
        let near = self.rest.get(..REFERENCE_BYTES + 1).unwrap_or(self.rest);
        let Some(end) = near.iter().position(|byte| *byte == b';') else { return b'&' };
        let name = near.get(..end).unwrap_or(&[]);
        let is_name = !name.is_empty() && name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'#');
        if !is_name {
            return b'&';
        }
        let Some(character) = character_of(name) else {
            self.is_bad = true;
            return b'&';
        };
        self.rest = self.rest.get(end + 1..).unwrap_or(&[]);
        let mut bytes = [0; 4];
        character.encode_utf8(&mut bytes);
        let word = u32::from_le_bytes(bytes);
        self.pending = word >> 8;
        word as u8
    }
}

/// The character that a reference names; `None` where it is not known, or none that may be named.
fn character_of(name: &[u8]) -> Option<char> {
    let number = |digits: &[u8], base: u32| {
        let text = core::str::from_utf8(digits).ok()?;
        u32::from_str_radix(text, base).ok().filter(|_| !digits.starts_with(b"+"))
    };
    let code = match name {
        b"amp" | b"AMP" => 0x26,
        b"lt" | b"LT" => 0x3C,
        b"gt" | b"GT" => 0x3E,
        b"quot" | b"QUOT" => 0x22,
        b"apos" => 0x27,
        [b'#', b'x' | b'X', digits @ ..] => number(digits, 16)?,
        [b'#', digits @ ..] => number(digits, 10)?,
        name => u32::from(REFERENCES.iter().find(|(known, _)| *known == name)?.1),
    };
    // 80 to 9F are control characters that writers of windows-1252 did not mean.
    char::from_u32(code).filter(|_| code != 0 && !(0x80..0xA0).contains(&code))
}

impl Iterator for Text<'_> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        if self.pending != 0 {
            let byte = self.pending as u8;
            self.pending >>= 8;
            return Some(byte);
        }
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(match (first, self.is_html) {
            (b'+', false) => b' ',
            (b'%', false) => self.percent(),
            (b'&', true) => self.reference(),
            (byte, _) => *byte,
        })
    }
}

/// Takes the escapes out; the length, `None` where the room is too small.
#[must_use]
pub fn unescape(text: &[u8], is_html: bool, out: &mut [u8]) -> Option<usize> {
    let mut length = 0;
    for byte in Text::new(text, is_html) {
        *out.get_mut(length)? = byte;
        length += 1;
    }
    Some(length)
}

/// Is one of its escapes none? Also a character that is named among bytes of another set: they cannot be
/// one text.
#[must_use]
pub fn is_bad(text: &[u8], is_html: bool) -> bool {
    let mut decoded = Text::new(text, is_html);
    let has_named = decoded.by_ref().filter(|byte| *byte >= 0x80).count();
    let raw = text.iter().filter(|byte| **byte >= 0x80).count();
    let mixed = is_html && has_named > raw && core::str::from_utf8(text).is_err();
    decoded.is_bad || mixed
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::string::String;
    use std::vec::Vec;

    fn pairs(message: &str) -> (Vec<(String, String)>, bool) {
        let bytes = message.as_bytes();
        let mut form = Form::new(bytes);
        let mut all = Vec::new();
        while let Some(pair) = form.next_pair(bytes) {
            let text =
                |raw: Raw| String::from_utf8(Text::new(raw.of(bytes), form.is_html).collect()).unwrap();
            all.push((text(pair.name), if pair.is_choice { "?".into() } else { text(pair.value) }));
        }
        (all, form.is_cut())
    }

    fn same(message: &str, wanted: &[(&str, &str)]) {
        let (got, _) = pairs(message);
        let got: Vec<(&str, &str)> = got.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        assert_eq!(got, wanted, "{message}");
    }

    #[test]
    fn bodies() {
        same("a=1&b=2", &[("a", "1"), ("b", "2")]);
        same("a&b=&=c&&", &[("a", ""), ("b", ""), ("", "c")]);
        same("a%5B1%5D=1.000&n=a+b%20c%26d", &[("a[1]", "1.000"), ("n", "a b c&d")]);
        same("a=b=c&x=%C3%BC;2\r\n", &[("a", "b=c"), ("x", "ü;2")]);
        same("p=100%&q=%zz%4", &[("p", "100%"), ("q", "%zz%4")]);
        same("", &[]);
    }

    #[test]
    fn inputs() {
        same("<input type=\"hidden\" name=\"a[1]\" value=\"x\">", &[("a[1]", "x")]);
        same("<INPUT value='a \"b\"' NAME=a TYPE=hidden/>", &[("a", "a \"b\"")]);
        same("<input name=a value=1 name=b value=2><input value=3>", &[("a", "1")]);
        same("<form><input\n name = 'a'\tvalue = b ></form>", &[("a", "b")]);
        same("<input name=a>", &[("a", "")]);
        same(
            "<input name=a value=\"&lt;&amp;&quot;&#39;&gt;&#228;&#xE4;&auml;&euro;\">",
            &[("a", "<&\"'>äää€")],
        );
        same("<input name=a value=\"R&D &unknown; &;\">", &[("a", "R&D &unknown; &;")]);
        same("<form><!-- <input name=a value=1> --><input name=b value=2></form>", &[("b", "2")]);
        same("<html><script>'<input name=a>'</SCRIPT><input name=b>", &[("b", "")]);
        same("<body><p title='>'>1 < 2<input name=b value='>'>", &[("b", ">")]);
        same("<form><textarea name=t>\n a &amp; b\n</textarea></form>", &[("t", "a & b")]);
        same("<form><select name=s><option value=1 selected>1</select></form>", &[("s", "?")]);
        same(
            "<input type=submit name=a><input type=checkbox name=b><input type=radio name=c value=1 checked>",
            &[("c", "1")],
        );
    }

    #[test]
    fn what_ends_too_early() {
        for cut in ["<form><input name=a value=1>", "<input name=a value='1", "<input name=a", "<form><!-- x"]
        {
            assert!(pairs(cut).1, "{cut}");
        }
        for whole in
            ["<form><input name=a></form>", "<input name=a value=1>", "a=1&b", "<html> 1 < 2 </html>"]
        {
            assert!(!pairs(whole).1, "{whole}");
        }
    }

    #[test]
    fn what_looks_like_a_form() {
        for body in ["a=1", "NEW_ITEM-QUANTITY%5B1%5D=1&x=", "&a=", "~OkCode=ADDI&x=a,b"] {
            assert!(is_body(body.as_bytes()), "{body}");
        }
        for other in ["", "a", "a;b\n1;2\n", "=1", "a b=1", "sep=;\na;b\n", "a=1,b\n2,3\n", "Text: x=1"] {
            assert!(!is_body(other.as_bytes()), "{other}");
        }
    }

    #[test]
    fn bad_escapes_are_known() {
        for text in ["%", "a%4", "%zz"] {
            assert!(is_bad(text.as_bytes(), false), "{text}");
        }
        for text in ["&foo;", "&#0;", "&#x80;", "&#55296;", "&#;"] {
            assert!(is_bad(text.as_bytes(), true), "{text}");
        }
        assert!(is_bad(b"\xFC&euro;", true) && !is_bad("ü&euro;".as_bytes(), true));
        assert!(!is_bad(b"R&D%", true) && !is_bad(b"a&b;%20", false));
    }
}
