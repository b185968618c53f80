//! A record: the values of one header, party, line or summary.

use super::{Entry, Finding, Texts};
use ordnorm_chan::vocabulary::word;

/// Kinds of records.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum RecordKind {
    /// Values of the whole document, before its first line.
    Header = 1,
    /// A party of the document or of a line.
    Party = 2,
    /// An order line.
    Line = 3,
    /// Values of the whole document that came behind its first line.
    Summary = 4,
}

/// What may be done with an order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Verdict {
    /// Book it.
    Accepted = 1,
    /// A person must look.
    Review = 2,
    /// It cannot be processed as an order.
    Rejected = 3,
    /// It is not an order; its reason says what.
    NotAnOrder = 4,
}

impl Verdict {
    /// The word of the vocabulary.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Verdict::Accepted => "accepted",
            Verdict::Review => "review",
            Verdict::Rejected => "rejected",
            Verdict::NotAnOrder => "not_an_order",
        }
    }

    /// The number of the code word.
    #[must_use]
    pub const fn word(self) -> u16 {
        match self {
            Verdict::Accepted => word::VERDICT_ACCEPTED,
            Verdict::Review => word::VERDICT_REVIEW,
            Verdict::Rejected => word::VERDICT_REJECTED,
            Verdict::NotAnOrder => word::VERDICT_NOT_AN_ORDER,
        }
    }
}

/// A record as the reader hands it out; its memory is reused by the next step.
#[derive(Clone, Copy, Debug)]
pub struct Record<'r> {
    /// Its kind.
    pub kind: RecordKind,
    /// The number of the line (1, 2 …); of a party: the line that it belongs to, 0 = the document.
    pub line: u32,
    /// More of the same record follows: it did not fit into the memory for entries.
    pub partial: bool,
    /// Its values.
    pub entries: &'r [Entry],
    /// Where the texts of the values are.
    pub texts: Texts<'r>,
}

impl<'r> Record<'r> {
    /// The first entry of a field.
    #[must_use]
    pub fn entry(&self, field: u16) -> Option<&'r Entry> {
        self.entries.iter().find(|e| e.field == field)
    }
}

/// What a step of the reader gives.
#[derive(Clone, Copy, Debug)]
pub enum Event<'r> {
    /// An order begins; everything up to its end is provisional.
    Begin {
        /// The channel that reads it.
        channel: &'r str,
    },
    /// A record is complete.
    Record(Record<'r>),
    /// The memory for findings is nearly full: take them.
    Findings,
    /// The order is complete.
    End(End),
}

/// The end of an order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct End {
    /// What may be done with it.
    pub verdict: Verdict,
    /// The finding that decided, if it was one.
    pub cause: Option<Finding>,
    /// Content that no rule used.
    pub unknown: u32,
    /// Content that the channel lists as of no use.
    pub ignored: u32,
    /// Place of the first unknown content.
    pub first_at: Option<u32>,
    /// Lines that were read.
    pub lines: u32,
    /// Findings that did not fit into the memory.
    pub lost_findings: u32,
}
