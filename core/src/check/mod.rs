//! What must agree in an order, and the verdict.
//!
//! Everything is counted while the records go by, so that nothing has to be kept: lines, quantities,
//! declared totals, the lowest confidence, the gravest finding.

use ordnorm_chan::vocabulary::{self, field, finding, word};

use crate::order::{Entry, Finding, RecordKind, Shown, Verdict};
use crate::value::decimal::Decimal;

/// A declared control value and where it stands.
#[derive(Clone, Copy, Debug, Default)]
struct Declared {
    value: Option<Decimal>,
    at: u32,
    length: u32,
}

impl Declared {
    const NONE: Declared = Declared { value: None, at: 0, length: 0 };
}

/// Counts and sums of the order in work.
#[derive(Clone, Copy, Debug)]
pub struct Tally {
    lines: u32,
    quantity: Decimal,
    /// A line without a quantity, or a sum that does not fit: the sum proves nothing.
    quantity_open: bool,
    declared_lines: Declared,
    declared_quantity: Declared,
    order_kind: u16,
    /// The document says that it is a copy or a test.
    set_apart: bool,
    has_reason: bool,
    lowest: u8,
    /// The finding that keeps the order from being accepted.
    cause: Option<Finding>,
    /// Content that cannot be read may hold lines.
    unread: bool,
    /// The message ended before its end mark.
    cut_short: bool,
    unknown: u32,
    ignored: u32,
    first_at: Option<u32>,
    lost: u32,
    /// The verdict of an earlier reading: this one is not better.
    earlier: Option<Verdict>,
    /// Who the parties of the document are, by role from buyer to payer; 0 = none so far.
    roles: [u16; 5],
    /// Findings of an earlier reading, one bit a code: they are not told again.
    known: u64,
}

impl Default for Tally {
    fn default() -> Self {
        Tally::EMPTY
    }
}

impl Tally {
    /// Nothing has been counted yet.
    pub const EMPTY: Tally = Tally {
        lines: 0,
        quantity: Decimal::ZERO,
        quantity_open: false,
        declared_lines: Declared::NONE,
        declared_quantity: Declared::NONE,
        order_kind: 0,
        set_apart: false,
        has_reason: false,
        lowest: 0,
        cause: None,
        unread: false,
        cut_short: false,
        unknown: 0,
        ignored: 0,
        first_at: None,
        lost: 0,
        earlier: None,
        roles: [0; 5],
        known: 0,
    };

    /// Takes a record's values into account.
    pub fn record(&mut self, record: RecordKind, entries: &[Entry]) {
        if self.lines == 0 && self.lowest == 0 {
            self.lowest = 100;
        }
        let mut quantity = None;
        for entry in entries {
            self.lowest = self.lowest.min(entry.confidence);
            match (record, entry.field) {
                (RecordKind::Line, field::LINE_QUANTITY) => quantity = entry.decimal(),
                (RecordKind::Header | RecordKind::Summary, _) => self.document_value(entry),
                _ => {}
            }
        }
        if record == RecordKind::Line {
            match quantity.and_then(|q| self.quantity.checked_add(q)) {
                Some(sum) => self.quantity = sum,
                None => self.quantity_open = true,
            }
        }
    }

    fn document_value(&mut self, entry: &Entry) {
        match entry.field {
            field::ORDER_KIND => self.order_kind = entry.word().unwrap_or(0),
            field::ORDER_REASON => self.has_reason = true,
            field::ORDER_COPY => self.set_apart = true,
            field::MESSAGE_TEST => self.set_apart |= entry.value != 0,
            field::TOTALS_LINES => {
                self.declared_lines = Declared { value: entry.decimal(), at: entry.at, length: entry.length };
            }
            field::TOTALS_QUANTITY => {
                self.declared_quantity =
                    Declared { value: entry.decimal(), at: entry.at, length: entry.length };
            }
            _ => {}
        }
    }

    /// Counts a line that has been closed.
    pub fn line(&mut self) {
        self.lines = self.lines.saturating_add(1);
    }

    /// Takes a finding into account.
    pub fn finding(&mut self, note: &Finding, review: bool) {
        if matches!(note.code, finding::UNSUPPORTED_CONTENT | finding::REFUSED_CONSTRUCT) {
            self.unread = true;
        }
        if review && (self.cause.is_none_or(|c| c.severity < note.severity)) {
            self.cause = Some(*note);
        }
    }

    /// Counts a finding that did not fit into the caller's memory.
    pub fn lose_finding(&mut self) {
        self.lost = self.lost.saturating_add(1);
    }

    /// Counts content that no rule used.
    pub fn unknown(&mut self, count: u32, at: u32) {
        self.unknown = self.unknown.saturating_add(count);
        self.first_at = Some(self.first_at.map_or(at, |first| first.min(at)));
    }

    /// Counts content that the channel lists as of no use.
    pub fn ignored(&mut self, count: u32) {
        // An order that was read before brings its count along.
        if self.earlier.is_none() {
            self.ignored = self.ignored.saturating_add(count);
        }
    }

    /// The message ended before its end mark: lines may be missing.
    pub fn cut_short(&mut self) {
        self.cut_short = true;
    }

    /// Findings of the order as a whole, through `add`.
    pub fn close(&mut self, mut add: impl FnMut(&mut Tally, Finding, bool)) {
        let mut note =
            |tally: &mut Tally, code: u16, number: u16, place: Declared, expected: Shown, found: Shown| {
                let (severity, review) = vocabulary::finding_effect(code);
                let note = Finding {
                    expected,
                    found,
                    at: place.at,
                    length: place.length,
                    line: 0,
                    code,
                    field: number,
                    severity: severity as u8,
                };
                add(tally, note, review);
            };
        let lines = Decimal::whole(i64::from(self.lines));
        if let Some(declared) = self.declared_lines.value {
            if !declared.equals(lines) {
                let place = self.declared_lines;
                let (expected, found) = (Shown::decimal(declared), Shown::count(u64::from(self.lines)));
                note(self, finding::COUNT_MISMATCH, field::TOTALS_LINES, place, expected, found);
            }
        }
        if let Some(declared) = self.declared_quantity.value {
            if !self.quantity_open && !declared.equals(self.quantity) {
                let place = self.declared_quantity;
                let (expected, found) = (Shown::decimal(declared), Shown::decimal(self.quantity));
                note(self, finding::TOTAL_MISMATCH, field::TOTALS_QUANTITY, place, expected, found);
            }
        }
        if self.order_kind == 0 && !self.has_reason && self.earlier.is_none() && self.cause.is_none() {
            let place = Declared::default();
            note(self, finding::MISSING_REQUIRED, field::ORDER_KIND, place, Shown::NONE, Shown::NONE);
        }
        if self.wants_lines() && self.lines == 0 && !self.cut_short && !self.unread && self.earlier.is_none()
        {
            note(self, finding::MISSING_REQUIRED, LINES, Declared::default(), Shown::NONE, Shown::NONE);
        }
    }

    /// What is wrong with a line, or with a part of it: what an order line must have when it is complete,
    /// and what its values cannot mean.
    #[must_use]
    pub fn line_faults(&self, entries: &[Entry], is_whole: Option<Whole>) -> [Option<LineFault>; 4] {
        let orders = self.wants_lines();
        let action = entries.iter().find(|e| e.field == field::LINE_ACTION);
        let is_action = |word: u16| action.is_some_and(|e| e.word() == Some(word));
        let adds = self.order_kind == word::KIND_CHANGE && is_action(word::ACTION_ADD);
        if !(orders || adds) {
            return [None; 4];
        }
        let absent = |number: u16| Some(LineFault::absent(number));
        // A new order has nothing that could be deleted, or refused.
        let contradicts = action.filter(|e| orders && (e.word().is_none() || is_action(word::ACTION_DELETE)));
        [
            is_whole.filter(|line| !line.has_quantity).and(absent(field::LINE_QUANTITY)),
            is_whole.filter(|line| !line.is_identified).and(absent(field::LINE_OTHER_ID)),
            entries.iter().find(is_implausible).map(|e| LineFault::of(finding::IMPLAUSIBLE_VALUE, e)),
            contradicts.map(|e| LineFault::of(finding::CONFLICTING_VALUES, e)),
        ]
    }

    /// Takes a party of the document into account: has another one had its role?
    pub fn repeats_role(&mut self, role: u16, identity: u16) -> bool {
        let place = role.checked_sub(word::ROLE_BUYER).and_then(|n| self.roles.get_mut(usize::from(n)));
        let Some(known) = place else { return false };
        if *known == 0 {
            *known = identity;
        }
        *known != identity
    }

    fn wants_lines(&self) -> bool {
        matches!(self.order_kind, word::KIND_ORDER | word::KIND_REPLACE | word::KIND_CART)
    }

    /// The message is one of the caller's own.
    pub fn own_message(&mut self) {
        self.order_kind = word::KIND_NOT_AN_ORDER;
    }

    /// An earlier reading came to this verdict.
    pub fn earlier_verdict(&mut self, verdict: Verdict) {
        self.earlier = Some(verdict);
    }

    /// An earlier reading had a finding of this code.
    pub fn earlier_finding(&mut self, code: u16) {
        self.known |= 1u64.checked_shl(u32::from(code)).unwrap_or(0);
    }

    /// Has an earlier reading told this already?
    #[must_use]
    pub fn is_known(&self, code: u16) -> bool {
        1u64.checked_shl(u32::from(code)).unwrap_or(0) & self.known != 0
    }

    /// What may be done with the order.
    #[must_use]
    pub fn verdict(&self, min_confidence: u8) -> Verdict {
        let own = self.own_verdict(min_confidence);
        match (self.earlier, own) {
            (Some(Verdict::NotAnOrder), _) => Verdict::NotAnOrder,
            (Some(Verdict::Rejected), Verdict::Accepted | Verdict::Review) => Verdict::Rejected,
            (Some(Verdict::Review), Verdict::Accepted) => Verdict::Review,
            _ => own,
        }
    }

    fn own_verdict(&self, min_confidence: u8) -> Verdict {
        if self.order_kind == word::KIND_NOT_AN_ORDER || (self.order_kind == 0 && self.has_reason) {
            return Verdict::NotAnOrder;
        }
        if self.cut_short || (self.wants_lines() && self.lines == 0 && !self.unread) {
            return Verdict::Rejected;
        }
        let bookable = matches!(
            self.order_kind,
            word::KIND_ORDER
                | word::KIND_CHANGE
                | word::KIND_REPLACE
                | word::KIND_CANCEL
                | word::KIND_SCHEDULE
        );
        let certain = self.lowest >= min_confidence || self.lowest == 0;
        if bookable && self.cause.is_none() && !self.set_apart && certain && self.lost == 0 {
            Verdict::Accepted
        } else {
            Verdict::Review
        }
    }

    /// The end of the order.
    #[must_use]
    pub fn end(&self, min_confidence: u8) -> crate::order::End {
        crate::order::End {
            verdict: self.verdict(min_confidence),
            cause: self.cause,
            unknown: self.unknown,
            ignored: self.ignored,
            first_at: self.first_at,
            lines: self.lines,
            lost_findings: self.lost,
        }
    }
}

/// What a complete line has, in all of its parts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Whole {
    /// How much is ordered.
    pub has_quantity: bool,
    /// What is ordered.
    pub is_identified: bool,
}

/// A quantity or a basis of nothing or less, a price or a free quantity below nothing.
fn is_implausible(entry: &&Entry) -> bool {
    let may_be_zero = match entry.field {
        field::LINE_QUANTITY | field::LINE_PRICE_BASIS => false,
        field::LINE_PRICE | field::LINE_FREE_QUANTITY => true,
        _ => return false,
    };
    entry.decimal().is_some_and(|d| d.is_negative() || (d.is_zero() && !may_be_zero))
}

/// What can be wrong with a single line, and where it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LineFault {
    /// The finding's code.
    pub code: u16,
    /// The field.
    pub field: u16,
    /// Offset in the message.
    pub at: u32,
    /// Length there, 0 = it is absent.
    pub length: u32,
}

impl LineFault {
    const fn absent(field: u16) -> LineFault {
        LineFault { code: finding::MISSING_REQUIRED, field, at: 0, length: 0 }
    }

    const fn of(code: u16, entry: &Entry) -> LineFault {
        LineFault { code, field: entry.field, at: entry.at, length: entry.length }
    }
}

/// The "field" of a finding about the lines as a whole.
pub const LINES: u16 = u16::MAX;
