//! One value of an order: 24 bytes, wherever it is kept.

use crate::value::date::Date;
use crate::value::decimal::Decimal;

/// What [`Entry::value`] is.
pub mod kind {
    /// An exact decimal: the mantissa; `scale` counts its places.
    pub const DECIMAL: u8 = 1;
    /// A date, packed.
    pub const DATE: u8 = 2;
    /// A code word of the vocabulary.
    pub const WORD: u8 = 3;
    /// An ASCII code of at most eight characters, first character in the low byte.
    pub const ASCII: u8 = 4;
    /// A non-negative integer.
    pub const COUNT: u8 = 5;
    /// 0 or 1.
    pub const FLAG: u8 = 6;
    /// Text that stands in the message at `at`; `scale` is the joint to the piece before.
    pub const TEXT: u8 = 7;
    /// Text in the scratch memory: its offset in the high half of `value`, its length in the low one.
    pub const SCRATCH: u8 = 8;
    /// Text of the channel's own table: offset and length as with `SCRATCH`.
    pub const CHANNEL: u8 = 9;
}

/// How a value came about.
pub mod origin {
    /// It stands in the message as it is.
    pub const EXPLICIT: u8 = 1;
    /// A code of the message was mapped.
    pub const MAPPED: u8 = 2;
    /// It comes from an outer record or envelope.
    pub const INHERITED: u8 = 3;
    /// It was computed from values of the message.
    pub const DERIVED: u8 = 4;
    /// It is absent in the message; the channel says what holds then.
    pub const DEFAULTED: u8 = 5;
    /// It was guessed, and says so.
    pub const GUESSED: u8 = 6;

    /// The name of an origin.
    #[must_use]
    pub const fn name(origin: u8) -> &'static str {
        match origin {
            EXPLICIT => "explicit",
            MAPPED => "mapped",
            INHERITED => "inherited",
            DERIVED => "derived",
            DEFAULTED => "defaulted",
            _ => "guessed",
        }
    }
}

/// One value of an order.
///
/// An internal form that may grow; read it through the views, or through the C functions.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[repr(C)]
pub struct Entry {
    /// The value, see [`kind`].
    pub value: u64,
    /// Where it stands in the (outermost) message, in bytes.
    pub at: u32,
    /// How many bytes there; 0: it does not stand in the message.
    pub length: u32,
    /// The field.
    pub field: u16,
    /// Numbers the instances of a repeated field or group, from 1.
    pub nth: u16,
    /// One of [`kind`].
    pub kind: u8,
    /// Places of a decimal; joint of a text.
    pub scale: u8,
    /// One of [`origin`].
    pub origin: u8,
    /// 0 to 100.
    pub confidence: u8,
}

impl Entry {
    /// What stands in the message as it is: the one value of its field.
    pub(crate) const STATED: Entry = Entry {
        value: 0,
        at: 0,
        length: 0,
        field: 0,
        nth: 1,
        kind: 0,
        scale: 0,
        origin: origin::EXPLICIT,
        confidence: 100,
    };

    /// The decimal, if it is one.
    #[must_use]
    pub fn decimal(&self) -> Option<Decimal> {
        if self.kind == kind::DECIMAL { Decimal::new(self.value.cast_signed(), self.scale) } else { None }
    }

    /// The date, if it is one.
    #[must_use]
    pub fn date(&self) -> Option<Date> {
        if self.kind == kind::DATE { Date::from_bits(self.value) } else { None }
    }

    /// The number of the code word, if it is one.
    #[must_use]
    pub fn word(&self) -> Option<u16> {
        if self.kind == kind::WORD { u16::try_from(self.value).ok() } else { None }
    }

    /// Is it a piece that continues the text before it?
    #[must_use]
    pub const fn is_continuation(&self) -> bool {
        matches!(self.kind, kind::TEXT | kind::SCRATCH) && self.scale != 0
    }

    /// Do two entries hold the same value (their places aside)?
    #[must_use]
    pub fn same_value(&self, other: &Entry, texts: &Texts<'_>) -> bool {
        match (self.decimal(), other.decimal()) {
            (Some(a), Some(b)) => return a.equals(b),
            (None, None) => {}
            _ => return false,
        }
        match (texts.bytes(self), texts.bytes(other)) {
            (Some(a), Some(b)) => a == b,
            (None, None) => self.kind == other.kind && self.value == other.value,
            _ => false,
        }
    }
}

/// Where the texts of entries are.
#[derive(Clone, Copy, Debug, Default)]
pub struct Texts<'a> {
    /// The outermost message.
    pub message: &'a [u8],
    /// The scratch memory.
    pub scratch: &'a [u8],
    /// The pool of the channel.
    pub channel: &'a [u8],
}

impl<'a> Texts<'a> {
    /// The text of one piece; `None` where the entry is not a text.
    #[must_use]
    pub fn bytes(&self, entry: &Entry) -> Option<&'a [u8]> {
        let from = |pool: &'a [u8]| {
            let at = (entry.value >> 32) as usize;
            let length = (entry.value & 0xFFFF_FFFF) as usize;
            pool.get(at..at.checked_add(length)?)
        };
        match entry.kind {
            kind::TEXT => {
                let at = entry.at as usize;
                self.message.get(at..at.checked_add(entry.length as usize)?)
            }
            kind::SCRATCH => from(self.scratch),
            kind::CHANNEL => from(self.channel),
            _ => None,
        }
    }

    /// The text of one piece as a string; the engine lets only UTF-8 in.
    #[must_use]
    pub fn str(&self, entry: &Entry) -> Option<&'a str> {
        core::str::from_utf8(self.bytes(entry)?).ok()
    }
}

/// Packs an ASCII code of at most eight characters.
#[must_use]
pub fn pack_ascii(text: &[u8]) -> Option<u64> {
    if text.len() > 8 || text.iter().any(|b| !(0x21..0x7F).contains(b)) {
        return None;
    }
    Some(ordnorm_chan::table::pack(text))
}

/// The characters of a packed code.
#[must_use]
pub fn unpack_ascii(value: u64) -> ([u8; 8], usize) {
    let bytes = value.to_le_bytes();
    (bytes, bytes.iter().position(|b| *b == 0).unwrap_or(8))
}
