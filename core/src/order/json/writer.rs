//! Members as text: names, numbers, escapes, findings.

use core::fmt::Write;

use ordnorm_chan::table::joint;
use ordnorm_chan::vocabulary;

use super::{Done, Key, Pieces, Provenance, Visitor};
use crate::order::{End, Entry, Finding, Shown, Texts, entry::unpack_ascii, kind};
use crate::value::date::Date;
use crate::value::decimal::Decimal;

/// Writes members.
pub struct Json<'w, 't, W> {
    pub(super) out: &'w mut W,
    texts: Texts<'t>,
    comma: bool,
}

impl<'w, 't, W: Write> Json<'w, 't, W> {
    /// A writer for values whose texts are in `texts`.
    pub const fn new(out: &'w mut W, texts: Texts<'t>) -> Self {
        Json { out, texts, comma: false }
    }

    /// Does a comma come before the next member? What [`Json::resume`] wants to know.
    #[must_use]
    pub const fn comma(&self) -> bool {
        self.comma
    }

    /// Goes on behind members that another writer has written.
    pub const fn resume(out: &'w mut W, texts: Texts<'t>, comma: bool) -> Self {
        Json { out, texts, comma }
    }

    /// The object begins.
    ///
    /// # Errors
    /// The output refused a piece.
    pub fn begin(&mut self) -> Done {
        self.comma = false;
        self.out.write_str("{")
    }

    /// The object ends.
    ///
    /// # Errors
    /// The output refused a piece.
    pub fn finish(&mut self) -> Done {
        self.out.write_str("}")
    }

    /// Verdict, findings and what was not used.
    ///
    /// # Errors
    /// The output refused a piece.
    pub fn end(&mut self, end: Option<&End>, findings: &[Finding]) -> Done {
        let Some(end) = end else { return Ok(()) };
        self.text(Key::Name("verdict"), end.verdict.name())?;
        if !findings.is_empty() {
            self.open(Key::Name("findings"), true)?;
            for finding in findings {
                self.finding(finding)?;
            }
            self.close(true)?;
        }
        self.unmapped(end)
    }

    /// What was not used.
    ///
    /// # Errors
    /// The output refused a piece.
    pub fn unmapped(&mut self, end: &End) -> Done {
        self.open(Key::Name("unmapped"), false)?;
        self.number(Key::Name("unknown"), end.unknown)?;
        self.number(Key::Name("ignored"), end.ignored)?;
        if let Some(first) = end.first_at {
            self.number(Key::Name("first_at"), first)?;
        }
        self.close(false)
    }

    /// One of the findings.
    ///
    /// # Errors
    /// The output refused a piece.
    pub fn finding(&mut self, finding: &Finding) -> Done {
        self.open(Key::None, false)?;
        self.text(Key::Name("code"), vocabulary::finding_name(finding.code))?;
        self.text(Key::Name("severity"), finding.severity().name())?;
        match finding.field {
            0 => {}
            crate::check::LINES => self.text(Key::Name("field"), "lines")?,
            number => self.text(Key::Name("field"), vocabulary::name(number))?,
        }
        if finding.line > 0 {
            self.number(Key::Name("line"), finding.line)?;
        }
        self.number(Key::Name("at"), finding.at)?;
        self.number(Key::Name("length"), finding.length)?;
        let two = matches!(
            finding.code,
            vocabulary::finding::AMBIGUOUS_DECIMAL | vocabulary::finding::AMBIGUOUS_DATE
        );
        if two && !matches!(finding.expected.kind, 0 | 255) {
            self.key(Key::Name("found"))?;
            self.out.write_str("\"")?;
            self.shown(&finding.expected)?;
            self.out.write_str("|")?;
            self.shown(&finding.found)?;
            return self.quote_and_close();
        }
        for (name, shown) in [("expected", &finding.expected), ("found", &finding.found)] {
            if shown.kind != 0 && shown.kind != Shown::ELSEWHERE.kind {
                self.key(Key::Name(name))?;
                self.out.write_str("\"")?;
                self.shown(shown)?;
                self.out.write_str("\"")?;
            }
        }
        if finding.found.kind == 0
            && quotes_its_place(finding.code)
            && (1..=FOUND_BYTES as u32).contains(&finding.length)
        {
            self.key(Key::Name("found"))?;
            self.out.write_str("\"")?;
            self.shown(&Shown::text(finding.at, finding.length))?;
            self.out.write_str("\"")?;
        }
        self.close(false)
    }

    fn quote_and_close(&mut self) -> Done {
        self.out.write_str("\"")?;
        self.close(false)
    }

    /// A small value, inside of quotes.
    fn shown(&mut self, shown: &Shown) -> Done {
        let entry = Entry { value: shown.value, kind: shown.kind, scale: shown.scale, ..Entry::default() };
        match shown.kind {
            kind::TEXT if shown.scale == 1 => {
                let (at, length) = ((shown.value >> 32) as usize, (shown.value & 0xFFFF_FFFF) as usize);
                let text = self.texts.message.get(at..at + length).unwrap_or(&[]);
                self.out.write_str(core::str::from_utf8(text).unwrap_or(""))
            }
            kind::TEXT => {
                let at = (shown.value >> 32) as usize;
                let length = ((shown.value & 0xFFFF_FFFF) as usize).min(FOUND_BYTES);
                let text = self.texts.message.get(at..at + length).unwrap_or(&[]);
                for chunk in text.utf8_chunks() {
                    self.escaped(chunk.valid())?;
                    if !chunk.invalid().is_empty() {
                        self.out.write_str("\u{FFFD}")?;
                    }
                }
                Ok(())
            }
            kind::COUNT => self.digits(shown.value),
            _ => self.plain(&entry),
        }
    }

    pub(super) fn key(&mut self, key: Key<'_>) -> Done {
        if self.comma {
            self.out.write_str(",")?;
        }
        self.comma = true;
        if let Key::Name(name) = key {
            self.out.write_str("\"")?;
            self.out.write_str(name)?;
            self.out.write_str("\":")?;
        }
        Ok(())
    }

    pub(super) fn digits(&mut self, number: u64) -> Done {
        let mut buffer = [0u8; 20];
        let mut rest = number;
        let mut begin = buffer.len();
        for place in buffer.iter_mut().rev() {
            *place = b'0' + (rest % 10) as u8;
            rest /= 10;
            begin -= 1;
            if rest == 0 {
                break;
            }
        }
        let digits = buffer.get(begin..).unwrap_or(&[]);
        self.out.write_str(core::str::from_utf8(digits).unwrap_or("0"))
    }

    /// Text inside of quotes.
    fn escaped(&mut self, text: &str) -> Done {
        let mut rest = text;
        while let Some(place) = rest.bytes().position(|b| b < 0x20 || b == b'"' || b == b'\\') {
            let (clean, tail) = rest.split_at_checked(place).unwrap_or((rest, ""));
            self.out.write_str(clean)?;
            let byte = tail.as_bytes().first().copied().unwrap_or(b' ');
            match byte {
                b'"' => self.out.write_str("\\\"")?,
                b'\\' => self.out.write_str("\\\\")?,
                b'\n' => self.out.write_str("\\n")?,
                b'\r' => self.out.write_str("\\r")?,
                b'\t' => self.out.write_str("\\t")?,
                _ => {
                    self.out.write_str("\\u00")?;
                    for nibble in [byte >> 4, byte & 15] {
                        let digit = if nibble < 10 { b'0' + nibble } else { b'a' + nibble - 10 };
                        self.out.write_char(char::from(digit))?;
                    }
                }
            }
            rest = tail.get(1..).unwrap_or("");
        }
        self.out.write_str(rest)
    }

    /// A value without quotes around it.
    fn plain(&mut self, value: &Entry) -> Done {
        match value.kind {
            kind::DECIMAL => {
                let mut buffer = [0u8; 24];
                let text = value.decimal().unwrap_or(Decimal::ZERO).write(&mut buffer);
                self.out.write_str(text)
            }
            kind::DATE => {
                let mut buffer = [0u8; 32];
                match Date::from_bits(value.value) {
                    Some(date) => self.out.write_str(date.write(&mut buffer)),
                    None => Ok(()),
                }
            }
            kind::WORD => self.out.write_str(vocabulary::word_text(value.value as u16)),
            kind::ASCII => {
                let (bytes, length) = unpack_ascii(value.value);
                self.escaped(core::str::from_utf8(bytes.get(..length).unwrap_or(&[])).unwrap_or(""))
            }
            _ => self.escaped(self.texts.str(value).unwrap_or("")),
        }
    }

    /// The places of the values that a walk goes through, each under its JSON Pointer.
    ///
    /// # Errors
    /// The output refused a piece.
    pub fn pointers(&mut self, walk: impl FnOnce(&mut Provenance<'_, 'w, 't, W>) -> Done) -> Done {
        walk(&mut Provenance::new(self))
    }
}

/// The most bytes of the message that a finding quotes.
const FOUND_BYTES: usize = 80;

/// Findings that quote what stood there.
const fn quotes_its_place(code: u16) -> bool {
    use vocabulary::finding as f;
    matches!(
        code,
        f::INVALID_DATE
            | f::INVALID_NUMBER
            | f::LOSSY_IDENTIFIER
            | f::AMBIGUOUS_DATE
            | f::UNKNOWN_UNIT
            | f::UNKNOWN_CODE
    )
}

impl<W: Write> Visitor for Json<'_, '_, W> {
    fn open(&mut self, key: Key<'_>, array: bool) -> Done {
        self.key(key)?;
        self.comma = false;
        self.out.write_str(if array { "[" } else { "{" })
    }

    fn close(&mut self, array: bool) -> Done {
        self.comma = true;
        self.out.write_str(if array { "]" } else { "}" })
    }

    fn value(&mut self, key: Key<'_>, value: &Entry, pieces: Pieces<'_>) -> Done {
        self.key(key)?;
        match value.kind {
            kind::COUNT => return self.digits(value.value),
            kind::FLAG => return self.out.write_str(if value.value == 0 { "false" } else { "true" }),
            _ => {}
        }
        self.out.write_str("\"")?;
        self.plain(value)?;
        for piece in pieces {
            self.escaped(joint::text(piece.scale))?;
            self.plain(piece)?;
        }
        self.out.write_str("\"")
    }

    fn number(&mut self, key: Key<'_>, number: u32) -> Done {
        self.key(key)?;
        self.digits(u64::from(number))
    }

    fn text(&mut self, key: Key<'_>, text: &str) -> Done {
        self.key(key)?;
        self.out.write_str("\"")?;
        self.escaped(text)?;
        self.out.write_str("\"")
    }
}
