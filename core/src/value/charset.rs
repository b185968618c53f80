//! Character sets: bytes to UTF-8.
//!
//! A [`Charset`] is what a message declares, by name ([`from_label`]), by its UNB segment
//! ([`from_unoc`]) or by a byte order mark ([`from_bom`]). [`decode`] turns its bytes into
//! UTF-8 in the caller's buffer. A byte that means nothing becomes U+FFFD and is counted; a full
//! buffer is a state from which the caller goes on.
//!
//! How this works: ASCII runs are copied eight bytes at a time. The upper half of a single-byte
//! set is a table of code points, printed by the build script from `data/charsets.tsv`, each in
//! a static of its own so that a program carries only those it can reach. A new single-byte set
//! needs a column there, a variant and an arm in `Charset::upper`.

include!(concat!(env!("OUT_DIR"), "/charsets.rs"));

/// A character set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Charset {
    /// ISO 646, seven bits. A byte above 0x7F means nothing.
    Ascii,
    /// UTF-8 (RFC 3629).
    Utf8,
    /// ISO 8859-1, Western Europe. What mail and the web call so is mostly [`Charset::Windows1252`].
    Latin1,
    /// ISO 8859-2, Central Europe.
    Latin2,
    /// ISO 8859-3, Southern Europe.
    Latin3,
    /// ISO 8859-4, Northern Europe.
    Latin4,
    /// ISO 8859-5.
    Cyrillic,
    /// ISO 8859-6.
    Arabic,
    /// ISO 8859-7.
    Greek,
    /// ISO 8859-8.
    Hebrew,
    /// ISO 8859-9, Turkish.
    Latin5,
    /// ISO 8859-15, Latin-1 with the euro sign.
    Latin9,
    /// Windows code page 1250, Central Europe.
    Windows1250,
    /// Windows code page 1251, Cyrillic.
    Windows1251,
    /// Windows code page 1252, Western Europe.
    Windows1252,
    /// UTF-16, low byte first (RFC 2781).
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
}

/// What the upper half of a single-byte set means.
enum Upper {
    /// Nothing.
    Unassigned,
    /// The same as in Unicode (ISO 8859-1).
    Same,
    /// From 0xA0; 0x80 to 0x9F are the control characters of ISO 6429. 0 is unassigned.
    From160(&'static [u16; 96]),
    /// From 0x80. 0 is unassigned.
    From128(&'static [u16; 128]),
}

impl Charset {
    /// `None` where a character can be more than one byte.
    fn upper(self) -> Option<Upper> {
        Some(match self {
            Charset::Utf8 | Charset::Utf16Le | Charset::Utf16Be => return None,
            Charset::Ascii => Upper::Unassigned,
            Charset::Latin1 => Upper::Same,
            Charset::Latin2 => Upper::From160(&LATIN2),
            Charset::Latin3 => Upper::From160(&LATIN3),
            Charset::Latin4 => Upper::From160(&LATIN4),
            Charset::Cyrillic => Upper::From160(&CYRILLIC),
            Charset::Arabic => Upper::From160(&ARABIC),
            Charset::Greek => Upper::From160(&GREEK),
            Charset::Hebrew => Upper::From160(&HEBREW),
            Charset::Latin5 => Upper::From160(&LATIN5),
            Charset::Latin9 => Upper::From160(&LATIN9),
            Charset::Windows1250 => Upper::From128(&WINDOWS1250),
            Charset::Windows1251 => Upper::From128(&WINDOWS1251),
            Charset::Windows1252 => Upper::From128(&WINDOWS1252),
        })
    }
}

impl Upper {
    /// The code point of a byte from 0x80; `None` where it has none.
    fn code_point(&self, byte: u8) -> Option<u16> {
        match self {
            Upper::Unassigned => None,
            Upper::Same => Some(u16::from(byte)),
            Upper::From160(_) if byte < 0xA0 => Some(u16::from(byte)),
            Upper::From160(table) => table.get(usize::from(byte & 0x7F) - 0x20).copied(),
            Upper::From128(table) => table.get(usize::from(byte & 0x7F)).copied(),
        }
        .filter(|&code_point| code_point != 0)
    }
}

/// The character set of an EDIFACT syntax identifier (UNB S001, ISO 9735 code list 0001). `None`
/// for UNOX (ISO 2022 escapes) and for identifiers of other agencies.
///
/// UNOA and UNOB are [`Charset::Ascii`]: that UNOA has no lower case letters is not checked.
#[must_use]
pub fn from_unoc(identifier: &[u8]) -> Option<Charset> {
    Some(match identifier {
        b"UNOA" | b"UNOB" => Charset::Ascii,
        b"UNOC" => Charset::Latin1,
        b"UNOD" => Charset::Latin2,
        b"UNOE" => Charset::Cyrillic,
        b"UNOF" => Charset::Greek,
        b"UNOG" => Charset::Latin3,
        b"UNOH" => Charset::Latin4,
        b"UNOI" => Charset::Arabic,
        b"UNOJ" => Charset::Hebrew,
        b"UNOK" => Charset::Latin5,
        b"UNOW" | b"UNOY" => Charset::Utf8,
        _ => return None,
    })
}

/// Letters and digits of the longest label that is known.
const LABEL: usize = 18;

/// IANA names and aliases, letters and digits only, in lower case.
static LABELS: [(Charset, &str); 17] = [
    (Charset::Ascii, "ascii usascii us iso646us ansix341968 ansix341986 isoir6 cp367 ibm367 csascii"),
    (Charset::Utf8, "utf8 csutf8 unicode11utf8 cp65001"),
    (Charset::Latin1, "iso88591 iso885911987 latin1 l1 isoir100 cp819 ibm819 csisolatin1"),
    (Charset::Latin2, "iso88592 iso885921987 latin2 l2 isoir101 csisolatin2"),
    (Charset::Latin3, "iso88593 iso885931988 latin3 l3 isoir109 csisolatin3"),
    (Charset::Latin4, "iso88594 iso885941988 latin4 l4 isoir110 csisolatin4"),
    (Charset::Cyrillic, "iso88595 iso885951988 cyrillic isoir144 csisolatincyrillic"),
    (Charset::Arabic, "iso88596 iso885961987 arabic isoir127 ecma114 asmo708 csisolatinarabic"),
    (Charset::Greek, "iso88597 iso885971987 greek greek8 isoir126 ecma118 elot928 csisolatingreek"),
    (Charset::Hebrew, "iso88598 iso885981988 iso88598i hebrew isoir138 csisolatinhebrew"),
    (Charset::Latin5, "iso88599 iso885991989 latin5 l5 isoir148 csisolatin5"),
    (Charset::Latin9, "iso885915 latin9 l9 csiso885915"),
    (Charset::Windows1250, "windows1250 cp1250 xcp1250 cswindows1250"),
    (Charset::Windows1251, "windows1251 cp1251 xcp1251 cswindows1251"),
    (Charset::Windows1252, "windows1252 cp1252 xcp1252 cswindows1252 ansi"),
    (Charset::Utf16Le, "utf16le csutf16le utf16 csutf16"),
    (Charset::Utf16Be, "utf16be csutf16be"),
];

/// The character set of an IANA name or one of its aliases, as MIME, XML and HTTP write it. Case
/// and every character other than letters and digits do not count: `ISO_8859-1`, `iso-8859-1`
/// and `iso88591` are one label. `utf-16` alone means low byte first, as most writers do it;
/// look for a byte order mark first. `None` for a set that is not known here.
#[must_use]
pub fn from_label(label: &[u8]) -> Option<Charset> {
    let mut folded = [0_u8; LABEL];
    let mut length = 0;
    for byte in label.iter().filter(|byte| byte.is_ascii_alphanumeric()) {
        *folded.get_mut(length)? = byte.to_ascii_lowercase();
        length += 1;
    }
    let label = folded.get(..length).filter(|label| !label.is_empty())?;
    LABELS
        .iter()
        .find(|(_, names)| names.as_bytes().split(|&byte| byte == b' ').any(|name| name == label))
        .map(|&(charset, _)| charset)
}

/// The character set that a byte order mark at the very beginning of `text` declares, and how
/// many bytes it takes. [`decode`] does not look for it.
#[must_use]
pub fn from_bom(text: &[u8]) -> Option<(Charset, usize)> {
    match text {
        [0xEF, 0xBB, 0xBF, ..] => Some((Charset::Utf8, 3)),
        [0xFF, 0xFE, ..] => Some((Charset::Utf16Le, 2)),
        [0xFE, 0xFF, ..] => Some((Charset::Utf16Be, 2)),
        _ => None,
    }
}

/// The set that a text is in, as its bytes tell: declared as ASCII it may be UTF-8 or Latin-1; declared as
/// Latin-1 it is UTF-8 where all of it is, since nobody writes `Ã` with a symbol behind it.
#[must_use]
pub fn told(text: &[u8], declared: Charset) -> Charset {
    let western = matches!(declared, Charset::Latin1 | Charset::Latin9 | Charset::Windows1252);
    if is_ascii(text) || !(western || declared == Charset::Ascii) {
        return declared;
    }
    match utf8_error(text) {
        None => Charset::Utf8,
        Some(_) if western => declared,
        Some(_) => Charset::Latin1,
    }
}

/// No byte above 0x7F.
#[inline]
#[must_use]
pub fn is_ascii(text: &[u8]) -> bool {
    // The standard library looks at a word or more at a time.
    text.is_ascii()
}

/// Where `text` stops being UTF-8 (RFC 3629); `None` where all of it is.
#[must_use]
pub fn utf8_error(text: &[u8]) -> Option<usize> {
    core::str::from_utf8(text).err().map(|error| error.valid_up_to())
}

/// How far a decoder came.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Decoded {
    /// Bytes taken from the text. Less than its length: the buffer is full, or the text ends
    /// within a character (only [`decode_part`]).
    pub read: usize,
    /// Bytes of UTF-8 written; they always end at a character.
    pub written: usize,
    /// How many U+FFFD stand for what meant nothing.
    pub replaced: u32,
}

/// Turns `text` into UTF-8 in `out`. `text` ends where the message or the value ends: a
/// character that is cut off there becomes U+FFFD.
///
/// A full `out` is not an error: `read` tells where to go on. With room for four bytes every
/// call reads something. A byte order mark is a character like any other. Lone surrogates of
/// UTF-16 become U+FFFD.
pub fn decode(text: &[u8], charset: Charset, out: &mut [u8]) -> Decoded {
    let mut decoder = Decoder { rest: text, room: out, done: Decoded::default() };
    decoder.run(charset, true);
    decoder.done
}

/// As [`decode`], for text that goes on: a character that is cut off at the end is left unread
/// (1 to 3 bytes; the caller puts what follows behind them).
pub fn decode_part(text: &[u8], charset: Charset, out: &mut [u8]) -> Decoded {
    let mut decoder = Decoder { rest: text, room: out, done: Decoded::default() };
    decoder.run(charset, false);
    decoder.done
}

/// Length of the ASCII at the front of `text`, eight bytes at a time.
fn ascii_run(text: &[u8]) -> usize {
    let mut rest = text;
    while let Some((eight, behind)) = rest.split_first_chunk::<8>() {
        if u64::from_ne_bytes(*eight) & 0x8080_8080_8080_8080 != 0 {
            break;
        }
        rest = behind;
    }
    let words = text.len() - rest.len();
    words + rest.iter().take_while(|byte| byte.is_ascii()).count()
}

struct Decoder<'a> {
    rest: &'a [u8],
    room: &'a mut [u8],
    done: Decoded,
}

impl Decoder<'_> {
    fn run(&mut self, charset: Charset, is_end: bool) {
        match charset.upper() {
            Some(upper) => while self.single(&upper).is_some() {},
            None if charset == Charset::Utf8 => while self.utf8(is_end).is_some() {},
            None => {
                let big = charset == Charset::Utf16Be;
                while self.utf16(big, is_end).is_some() {}
            }
        }
    }

    /// Takes `count` bytes of the text as `bytes` of output; `None` where there is no room.
    fn put(&mut self, count: usize, bytes: &[u8]) -> Option<()> {
        self.room.get_mut(..bytes.len())?.copy_from_slice(bytes);
        self.room = core::mem::take(&mut self.room).get_mut(bytes.len()..)?;
        self.rest = self.rest.get(count..)?;
        self.done.read += count;
        self.done.written += bytes.len();
        Some(())
    }

    fn put_char(&mut self, count: usize, character: char) -> Option<()> {
        self.put(count, character.encode_utf8(&mut [0; 4]).as_bytes())
    }

    fn replace(&mut self, count: usize) -> Option<()> {
        self.put_char(count, char::REPLACEMENT_CHARACTER)?;
        self.done.replaced = self.done.replaced.saturating_add(1);
        Some(())
    }

    /// Copies what is the same in UTF-8. Never more than there is room for.
    fn copy(&mut self, count: usize) -> Option<()> {
        let bytes = self.rest.get(..count)?;
        self.put(count, bytes)
    }

    /// An ASCII run and one byte behind it.
    fn single(&mut self, upper: &Upper) -> Option<()> {
        let window = self.rest.get(..self.rest.len().min(self.room.len()))?;
        let run = ascii_run(window);
        if run > 0 {
            self.copy(run)?;
        }
        let &byte = self.rest.first()?;
        match upper.code_point(byte).and_then(|code_point| char::from_u32(code_point.into())) {
            // The window ended within the run: no room.
            _ if byte.is_ascii() => None,
            Some(character) => self.put_char(1, character),
            None => self.replace(1),
        }
    }

    /// A run of right UTF-8 and one wrong sequence behind it. A wrong sequence is the longest
    /// beginning of a character (Unicode §3.9, "maximal subpart").
    fn utf8(&mut self, is_end: bool) -> Option<()> {
        let window = self.rest.get(..self.rest.len().min(self.room.len()))?;
        let (valid, wrong) = match core::str::from_utf8(window) {
            Ok(_) => (window.len(), None),
            Err(error) => (error.valid_up_to(), Some(error.error_len())),
        };
        if valid > 0 {
            self.copy(valid)?;
        }
        match wrong {
            // Nothing is left, or no room is.
            None if valid == 0 => None,
            None => Some(()),
            Some(Some(length)) => self.replace(length),
            // Cut off, by the window or by the text? With more room the next turn sees more.
            Some(None) if self.rest.len() > self.room.len() => {
                let ahead = self.rest.get(..self.rest.len().min(4))?;
                match core::str::from_utf8(ahead) {
                    Err(error) if error.valid_up_to() == 0 => match error.error_len() {
                        Some(length) => self.replace(length),
                        None if is_end => self.replace(ahead.len()),
                        None => None,
                    },
                    // A whole character for which there is no room.
                    _ => None,
                }
            }
            Some(None) if is_end => self.replace(self.rest.len()),
            Some(None) => None,
        }
    }

    fn utf16(&mut self, big: bool, is_end: bool) -> Option<()> {
        let unit = |bytes: &[u8; 2]| {
            if big { u16::from_be_bytes(*bytes) } else { u16::from_le_bytes(*bytes) }
        };
        let Some((first, behind)) = self.rest.split_first_chunk::<2>() else {
            return if is_end && !self.rest.is_empty() { self.replace(1) } else { None };
        };
        let first = unit(first);
        if let Some(character) = char::from_u32(first.into()) {
            return self.put_char(2, character);
        }
        let is_high = first < 0xDC00;
        match behind.split_first_chunk::<2>().map(|(second, _)| unit(second)) {
            Some(second @ 0xDC00..=0xDFFF) if is_high => {
                let (high, low) = (u32::from(first & 0x3FF), u32::from(second & 0x3FF));
                match char::from_u32(0x1_0000 + (high << 10 | low)) {
                    Some(character) => self.put_char(4, character),
                    None => self.replace(4),
                }
            }
            None if is_high && !is_end => None,
            _ => self.replace(2),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    extern crate std;
    use super::*;
    use std::string::String;
    use std::vec::Vec;

    fn decoded(text: &[u8], charset: Charset) -> (String, u32) {
        let mut out = [0; 256];
        let done = decode(text, charset, &mut out);
        assert_eq!(done.read, text.len());
        (std::str::from_utf8(&out[..done.written]).unwrap().into(), done.replaced)
    }

    #[test]
    fn decodes_each_charset() {
        let cases: [(&[u8], Charset, &str, u32); 22] = [
            (b"Schraube M6", Charset::Ascii, "Schraube M6", 0),
            (b"K\xF6ln", Charset::Ascii, "K\u{FFFD}ln", 1),
            (b"K\xF6ln \x80", Charset::Latin1, "Köln \u{80}", 0),
            (b"\xB1\xA3", Charset::Latin2, "ąŁ", 0),
            (b"\xA1\xA5", Charset::Latin3, "Ħ\u{FFFD}", 1),
            (b"\xA2", Charset::Latin4, "ĸ", 0),
            (b"\xB0\xFF", Charset::Cyrillic, "Аџ", 0),
            (b"\xC7\xA1", Charset::Arabic, "ا\u{FFFD}", 1),
            (b"\xE1\x9F", Charset::Greek, "α\u{9F}", 0),
            (b"\xE0", Charset::Hebrew, "א", 0),
            (b"\xFD", Charset::Latin5, "ı", 0),
            (b"\xA4", Charset::Latin9, "€", 0),
            (b"\x80 \x9C", Charset::Windows1250, "€ ś", 0),
            (b"\xC0\x80", Charset::Windows1251, "АЂ", 0),
            (b"\x80\x81\xFF", Charset::Windows1252, "€\u{FFFD}ÿ", 1),
            ("Köln €😀".as_bytes(), Charset::Utf8, "Köln €😀", 0),
            (b"K\xF6ln", Charset::Utf8, "K\u{FFFD}ln", 1),
            (b"\xE2\x82", Charset::Utf8, "\u{FFFD}", 1),
            (b"\xED\xA0\x80", Charset::Utf8, "\u{FFFD}\u{FFFD}\u{FFFD}", 3),
            (b"K\0\xF6\0=\xD8\0\xDE", Charset::Utf16Le, "Kö😀", 0),
            (b"\0K\xD8\x3D\0A", Charset::Utf16Be, "K\u{FFFD}A", 1),
            (b"\0K\xDE\0\xD8", Charset::Utf16Be, "K\u{FFFD}\u{FFFD}", 2),
        ];
        for (bytes, charset, expected, replaced) in cases {
            assert_eq!(decoded(bytes, charset), (expected.into(), replaced), "{charset:?}");
        }
    }

    /// A buffer of any size gives the same text, piece by piece.
    #[test]
    fn a_full_buffer_is_a_state() {
        let texts: [(&[u8], Charset); 6] = [
            (b"K\xF6ln\x81 12345678901234567890 \x80", Charset::Windows1252),
            ("aäb€c😀d".as_bytes(), Charset::Utf8),
            (b"ok\xC3\xFF\xE2\x82x\xF0\x9F\x98", Charset::Utf8),
            (b"\xFF\xFE\xFD\xFC\xFB", Charset::Utf8),
            (b"K\0\xF6\0=\xD8\0\xDE=\xD8x", Charset::Utf16Le),
            (b"\xD0", Charset::Ascii),
        ];
        for (text, charset) in texts {
            let whole = decoded(text, charset);
            for size in 4..12 {
                let mut rest = text;
                let mut joined = String::new();
                let mut replaced = 0;
                while !rest.is_empty() {
                    let mut out = std::vec![0; size];
                    let done = decode(rest, charset, &mut out);
                    assert!(done.read > 0);
                    joined.push_str(std::str::from_utf8(&out[..done.written]).unwrap());
                    replaced += done.replaced;
                    rest = &rest[done.read..];
                }
                assert_eq!((joined, replaced), whole, "{charset:?} by {size}");
            }
        }
    }

    /// Text that arrives in two pieces, cut anywhere, gives the same text.
    #[test]
    fn a_cut_character_waits() {
        for (text, charset) in [
            ("aäb€c😀d".as_bytes(), Charset::Utf8),
            (&b"ok\xC3\xFF\xE2\x82x\xF0\x9F\x98"[..], Charset::Utf8),
            (b"K\0\xF6\0=\xD8\0\xDE", Charset::Utf16Le),
            (b"\xD8\x3D\xDE\0\0A", Charset::Utf16Be),
        ] {
            for cut in 0..=text.len() {
                let mut out = [0; 64];
                let first = decode_part(&text[..cut], charset, &mut out);
                assert!(cut - first.read < 4);
                let mut joined: Vec<u8> = out[..first.written].into();
                let second = decode(&text[first.read..], charset, &mut out);
                joined.extend_from_slice(&out[..second.written]);
                assert_eq!(joined, decoded(text, charset).0.as_bytes());
            }
        }
    }

    #[test]
    fn names() {
        for (name, charset) in [
            ("UNOA", Some(Charset::Ascii)),
            ("UNOC", Some(Charset::Latin1)),
            ("UNOK", Some(Charset::Latin5)),
            ("UNOW", Some(Charset::Utf8)),
            ("UNOY", Some(Charset::Utf8)),
            ("UNOX", None),
            ("UNOL", None),
            ("IATB", None),
            ("unoc", None),
        ] {
            assert_eq!(from_unoc(name.as_bytes()), charset, "{name}");
        }
        for (label, charset) in [
            ("iso-8859-1", Some(Charset::Latin1)),
            ("ISO_8859-1:1987", Some(Charset::Latin1)),
            ("latin1", Some(Charset::Latin1)),
            ("ISO-8859-15", Some(Charset::Latin9)),
            ("utf8", Some(Charset::Utf8)),
            ("\"UTF-8\"", Some(Charset::Utf8)),
            ("cp1252", Some(Charset::Windows1252)),
            ("windows-1252", Some(Charset::Windows1252)),
            ("US-ASCII", Some(Charset::Ascii)),
            ("utf-16", Some(Charset::Utf16Le)),
            ("UTF-16BE", Some(Charset::Utf16Be)),
            ("csISOLatinCyrillic", Some(Charset::Cyrillic)),
            ("iso-8859-11", None),
            ("latin", None),
            ("latin1 l1", None),
            ("shift_jis", None),
            ("", None),
            ("a label that is far too long to be one", None),
        ] {
            assert_eq!(from_label(label.as_bytes()), charset, "{label}");
        }
        assert_eq!(from_bom(b"\xEF\xBB\xBFUNA"), Some((Charset::Utf8, 3)));
        assert_eq!(from_bom(b"\xFF\xFEU\0"), Some((Charset::Utf16Le, 2)));
        assert_eq!(from_bom(b"UNA"), None);
    }

    #[test]
    fn finds_what_is_not_ascii_or_utf8() {
        let mut text = [b'a'; 40];
        assert!(is_ascii(&text));
        assert_eq!(ascii_run(&text), 40);
        for place in 0..40 {
            text[place] = 0xC3;
            assert!(!is_ascii(&text));
            assert_eq!(ascii_run(&text), place);
            assert_eq!(utf8_error(&text), Some(place));
            text[place] = b'a';
        }
        assert_eq!(utf8_error("Köln".as_bytes()), None);
    }
}
