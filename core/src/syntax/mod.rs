//! Readers: how the bytes of a notation become records or nodes. None of them knows what an order is.

pub mod base64;
#[cfg(feature = "csv")]
pub mod csv;
#[cfg(feature = "flat")]
mod edifact;
#[cfg(feature = "fixed")]
pub mod fixed;
#[cfg(feature = "form")]
pub mod form;
#[cfg(feature = "json")]
pub mod json;
#[cfg(feature = "flat")]
pub mod segments;
#[cfg(feature = "flat")]
mod x12;

/// Eight bytes as one word: a one in each, all but the high bits, the high bits.
#[cfg(any(feature = "json", feature = "csv"))]
const ONES: u64 = 0x0101_0101_0101_0101;
#[cfg(any(feature = "json", feature = "csv"))]
const LOW: u64 = 0x7F7F_7F7F_7F7F_7F7F;
#[cfg(any(feature = "json", feature = "csv"))]
const HIGH: u64 = 0x8080_8080_8080_8080;

/// A piece of the message as the reader found it; nothing is decoded yet.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Raw {
    /// Offset in the bytes that the reader reads.
    pub at: u32,
    /// Length in bytes.
    pub length: u32,
    /// Bits of [`raw`].
    pub flags: u8,
    /// The reader's own number of it.
    pub token: u8,
}

/// Bits of [`Raw::flags`].
pub mod raw {
    /// Needs the notation's unescaping before it is text.
    pub const ESCAPED: u8 = 1;
    /// Written as a number (JSON).
    pub const NUMBER: u8 = 2;
    /// Written as a string (JSON).
    pub const STRING: u8 = 4;
}

impl Raw {
    /// Its bytes.
    #[must_use]
    pub fn of<'b>(&self, bytes: &'b [u8]) -> &'b [u8] {
        let at = self.at as usize;
        bytes.get(at..at.saturating_add(self.length as usize)).unwrap_or(&[])
    }

    /// Without blanks, tabs and line breaks around it.
    #[must_use]
    pub fn trimmed(self, bytes: &[u8]) -> Raw {
        let text = self.of(bytes);
        let front = text.len() - text.trim_ascii_start().len();
        let length = text.trim_ascii().len();
        Raw { at: self.at + front as u32, length: length as u32, ..self }
    }
}

/// What is wrong with a notation, and where.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SyntaxError {
    /// What.
    pub kind: SyntaxErrorKind,
    /// Byte offset.
    pub at: u32,
}

/// Kinds of syntax errors.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum SyntaxErrorKind {
    /// The text ends inside of a record or node.
    UnexpectedEnd,
    /// A byte that cannot stand here.
    UnexpectedByte,
    /// An escape that is none.
    BadEscape,
    /// Not UTF-8.
    BadUtf8,
    /// A control character inside of a string.
    ControlCharacter,
    /// A number that is none.
    BadNumber,
    /// Nested deeper than [`limits::DEPTH`](crate::limits::DEPTH).
    TooDeep,
    /// A record longer than its limit.
    TooLong,
    /// Something stands behind the end.
    TrailingBytes,
    /// A quote is not closed.
    OpenQuote,
}

impl SyntaxErrorKind {
    /// In words.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            SyntaxErrorKind::UnexpectedEnd => "the message ends too early",
            SyntaxErrorKind::UnexpectedByte => "a byte that cannot stand here",
            SyntaxErrorKind::BadEscape => "an escape that is none",
            SyntaxErrorKind::BadUtf8 => "not UTF-8",
            SyntaxErrorKind::ControlCharacter => "a control character inside of a string",
            SyntaxErrorKind::BadNumber => "a number that is none",
            SyntaxErrorKind::TooDeep => "nested too deep",
            SyntaxErrorKind::TooLong => "a record longer than the limit",
            SyntaxErrorKind::TrailingBytes => "something stands behind the end",
            SyntaxErrorKind::OpenQuote => "a quote is not closed",
        }
    }
}
