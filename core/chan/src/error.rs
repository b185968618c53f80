//! What is wrong with a channel file, and where.

use core::fmt;

/// A fault in a channel file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ChannelError {
    /// What is wrong.
    pub kind: ErrorKind,
    /// Line, from 1.
    pub line: u32,
    /// Column in bytes, from 1.
    pub column: u32,
    /// What was expected there.
    pub expected: &'static str,
    /// The nearest known name, if one is near.
    pub nearest: Option<Near>,
    /// 0: the file itself, 1 and up: the channel that it extends.
    pub layer: u8,
}

/// A short name that an error carries with it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Near {
    bytes: [u8; NEAR],
    length: u8,
}

/// The longest name that is suggested.
const NEAR: usize = 47;

impl Near {
    /// A name that is not longer than names are suggested.
    pub(crate) fn new(name: &str) -> Option<Near> {
        let mut near = Near { bytes: [0; NEAR], length: u8::try_from(name.len()).ok()? };
        near.bytes.get_mut(..name.len())?.copy_from_slice(name.as_bytes());
        Some(near)
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let bytes = self.bytes.get(..usize::from(self.length)).unwrap_or(&[]);
        core::str::from_utf8(bytes).unwrap_or("")
    }
}

impl fmt::Debug for Near {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

/// Kinds of faults in channel files.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A word that has no meaning here.
    UnexpectedWord,
    /// The line ends too early.
    UnexpectedEnd,
    /// No such field.
    UnknownField,
    /// No such record, column, map or block.
    UnknownName,
    /// No such code word.
    UnknownWord,
    /// The name stands there twice.
    Repeated,
    /// A path that is not one of this notation.
    BadPath,
    /// A part of a composite value stands apart from it.
    PartApart,
    /// The field does not belong into this block.
    WrongBlock,
    /// A concrete value for an unknown code would be a guess.
    ConcreteElse,
    /// Something that a channel needs is missing.
    Missing,
    /// The channel is larger than the memory for its table.
    TooLarge,
    /// The channel that this one extends is not there.
    UnknownBase,
    /// A quote is not closed.
    OpenQuote,
    /// The rule or block could never be used.
    Unreachable,
}

impl ErrorKind {
    /// The fault in words.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            ErrorKind::UnexpectedWord => "unexpected word",
            ErrorKind::UnexpectedEnd => "the line ends too early",
            ErrorKind::UnknownField => "unknown field",
            ErrorKind::UnknownName => "unknown name",
            ErrorKind::UnknownWord => "unknown code word",
            ErrorKind::Repeated => "this stands twice",
            ErrorKind::BadPath => "not a path of this notation",
            ErrorKind::PartApart => {
                "a part of a composite value must stand behind its value, in the same rule"
            }
            ErrorKind::WrongBlock => "this field does not belong into this block",
            ErrorKind::ConcreteElse => "an unknown code must not become a concrete value",
            ErrorKind::Missing => "something is missing",
            ErrorKind::TooLarge => "the channel does not fit into the memory for its table",
            ErrorKind::UnknownBase => "the channel that this one extends is not known",
            ErrorKind::OpenQuote => "a quote is not closed",
            ErrorKind::Unreachable => "this could never be used",
        }
    }
}

impl fmt::Display for ChannelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.kind.text())?;
        if !self.expected.is_empty() {
            write!(f, "; expected {}", self.expected)?;
        }
        if let Some(name) = self.nearest {
            write!(f, "; did you mean {}?", name.as_str())?;
        }
        if self.layer > 0 {
            f.write_str(" (in the channel that it extends)")?;
        }
        Ok(())
    }
}

impl core::error::Error for ChannelError {}

/// The nearest of some names, if at most a third of its letters differ. What both begin with, up to a
/// point, does not count: `line.discount` is not meant to be `line.amount`.
#[must_use]
pub fn nearest<'n>(wanted: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let mut best = None;
    let mut least = FAR;
    for name in names {
        let away = distance(wanted.as_bytes(), name.as_bytes());
        if away < least {
            least = away;
            best = Some(name);
        }
    }
    best.filter(|name| usize::from(least) * 3 <= own_part(wanted, name).max(3))
}

/// How long a name is without the parts before a point that another one has too.
fn own_part(wanted: &str, other: &str) -> usize {
    let common = wanted.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).map(|(a, _)| a);
    let shared = common.enumerate().filter(|(_, letter)| *letter == b'.').last().map_or(0, |(at, _)| at + 1);
    wanted.len() - shared
}

/// More than the distance of any two names.
const FAR: u8 = u8::MAX;

/// Edits (insert, delete, replace, swap of neighbours) between two names of at most 47 bytes.
fn distance(a: &[u8], b: &[u8]) -> u8 {
    if b.len() > NEAR || a.len() > NEAR {
        return FAR;
    }
    let mut before = [0u8; NEAR + 1];
    let mut last = [0u8; NEAR + 1];
    for (cell, i) in last.iter_mut().zip(0..) {
        *cell = i;
    }
    let mut previous = None;
    for (x, i) in a.iter().zip(1..) {
        let mut row = [0u8; NEAR + 1];
        if let Some(first) = row.first_mut() {
            *first = i;
        }
        let at = |row: &[u8], place: usize| row.get(place).copied().unwrap_or(FAR / 2);
        for (j, y) in b.iter().enumerate() {
            let mut least = at(&last, j) + u8::from(x != y);
            least = least.min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            let swapped = j > 0 && b.get(j - 1) == Some(x) && previous == Some(y);
            if swapped {
                least = least.min(at(&before, j - 1) + 1);
            }
            if let Some(cell) = row.get_mut(j + 1) {
                *cell = least;
            }
        }
        (before, last, previous) = (last, row, Some(x));
    }
    last.get(b.len()).copied().unwrap_or(FAR)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_near_name_is_found_and_a_far_one_is_not() {
        let names = ["line.quantity", "line.price", "order.number"];
        let near = |wanted| nearest(wanted, names.into_iter());
        assert_eq!(near("line.quantty"), Some("line.quantity"));
        assert_eq!(near("ordernumber"), Some("order.number"));
        assert_eq!(near("line.pirce"), Some("line.price"));
        assert_eq!(near("xyz"), None);
        assert_eq!(near("line.prune"), None);
        assert_eq!(near(&"x".repeat(1000)), None);
    }
}
