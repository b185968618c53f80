//! What a person should know about an order.

use ordnorm_chan::vocabulary::Severity;

/// A small value inside a finding.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[repr(C)]
pub struct Shown {
    /// The value, as in [`Entry::value`](crate::order::Entry::value).
    pub value: u64,
    /// One of [`kind`](crate::order::kind), 0 = nothing to show.
    pub kind: u8,
    /// Places of a decimal.
    pub scale: u8,
}

impl Shown {
    /// Nothing.
    pub const NONE: Shown = Shown { value: 0, kind: 0, scale: 0 };

    /// Nothing, and the place of the finding is not one of this message either.
    pub const ELSEWHERE: Shown = Shown { value: 0, kind: 255, scale: 0 };

    /// A text of the message that is the inside of a JSON string, escapes and all.
    #[must_use]
    pub const fn json_text(at: u32, length: u32) -> Shown {
        Shown { scale: 1, ..Shown::text(at, length) }
    }

    /// A count.
    #[must_use]
    pub const fn count(value: u64) -> Shown {
        Shown { value, kind: super::kind::COUNT, scale: 0 }
    }

    /// A decimal.
    #[must_use]
    pub const fn decimal(value: crate::value::decimal::Decimal) -> Shown {
        Shown { value: value.mantissa().cast_unsigned(), kind: super::kind::DECIMAL, scale: value.scale() }
    }

    /// A date.
    #[must_use]
    pub const fn date(value: crate::value::date::Date) -> Shown {
        Shown { value: value.to_bits(), kind: super::kind::DATE, scale: 0 }
    }

    /// A text of the message.
    #[must_use]
    pub const fn text(at: u32, length: u32) -> Shown {
        Shown { value: ((at as u64) << 32) | length as u64, kind: super::kind::TEXT, scale: 0 }
    }
}

/// Something found in a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(C)]
pub struct Finding {
    /// What was expected, or the first of two readings.
    pub expected: Shown,
    /// What was found, or the second of two readings.
    pub found: Shown,
    /// Where in the message, in bytes.
    pub at: u32,
    /// How many bytes.
    pub length: u32,
    /// The line (`seq`), 0 = the document.
    pub line: u32,
    /// The code (`vocabulary::finding`).
    pub code: u16,
    /// The field, 0 = none.
    pub field: u16,
    /// 0 info, 1 warning, 2 error.
    pub severity: u8,
}

impl Finding {
    /// An empty one, for filling memory.
    pub const NONE: Finding = Finding {
        expected: Shown::NONE,
        found: Shown::NONE,
        at: 0,
        length: 0,
        line: 0,
        code: 0,
        field: 0,
        severity: 0,
    };

    /// Was it found when the order was read for the first time? Then its place is one of that message.
    #[must_use]
    pub const fn is_of_earlier_reading(&self) -> bool {
        self.found.kind == Shown::ELSEWHERE.kind
            || (self.found.kind == super::kind::TEXT && self.found.scale == 1)
    }

    /// Its severity.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        match self.severity {
            0 => Severity::Info,
            1 => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

impl Default for Finding {
    fn default() -> Self {
        Finding::NONE
    }
}
