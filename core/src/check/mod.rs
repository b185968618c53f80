//! What must agree in an order, and the verdict.
//!
//! Everything is counted while the records go by, so that nothing has to be kept: lines, quantities,
//! declared totals, the lowest confidence, the gravest finding.

mod money;
mod recent;

use ordnorm_chan::vocabulary::{self, field, finding, word};

use crate::order::{Entry, Finding, RecordKind, Shown, Verdict};
use crate::value::decimal::Decimal;

pub use recent::Recent;

/// A declared control value and where it stands.
#[derive(Clone, Copy, Debug, Default)]
struct Declared {
    mantissa: i64,
    at: u32,
    /// 0 = nothing is declared.
    length: u16,
    scale: u8,
}

impl Declared {
    const NONE: Declared = Declared { mantissa: 0, at: 0, length: 0, scale: 0 };

    fn of(entry: &Entry) -> Declared {
        // What was taken from elsewhere (a default) has no place: it declares nothing.
        entry.decimal().map_or(Declared::NONE, |value| Declared {
            mantissa: value.mantissa(),
            at: entry.at,
            length: entry.length as u16,
            scale: value.scale(),
        })
    }

    /// The declared value, if it is another one.
    fn unlike(&self, counted: Decimal) -> Option<Decimal> {
        let declared = Decimal::new(self.mantissa, self.scale)?;
        Some(declared).filter(|value| self.length > 0 && !value.equals(counted))
    }
}

/// What parts of a line that have been handed out already say about its split deliveries.
#[derive(Clone, Copy, Debug)]
struct Parts {
    /// The line, 0 = none.
    line: u32,
    quantity: Declared,
    splits: Decimal,
}

/// Counts and sums of the order in work.
#[derive(Clone, Copy, Debug)]
pub struct Tally {
    lines: u32,
    /// Lines that stand in other lines.
    inner_lines: u32,
    quantity: Decimal,
    /// A line without a quantity, or a sum that does not fit: the sum proves nothing.
    quantity_open: bool,
    declared_lines: Declared,
    declared_quantity: Declared,
    /// The sum of the lines' amounts, and how many have one.
    net: Decimal,
    amounts: u32,
    declared_net: Declared,
    /// Something is added to or taken from the sum of the lines.
    net_open: bool,
    order_kind: u16,
    parts: Parts,
    /// The document says that it is a copy or a test.
    set_apart: bool,
    has_reason: bool,
    /// The document names the order that it is about.
    has_object: bool,
    lowest: u8,
    /// The finding that keeps the order from being accepted; code 0 = none.
    cause: Finding,
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
        inner_lines: 0,
        quantity: Decimal::ZERO,
        quantity_open: false,
        declared_lines: Declared::NONE,
        declared_quantity: Declared::NONE,
        net: Decimal::ZERO,
        amounts: 0,
        declared_net: Declared::NONE,
        net_open: false,
        parts: Parts { line: 0, quantity: Declared::NONE, splits: Decimal::ZERO },
        order_kind: 0,
        set_apart: false,
        has_reason: false,
        has_object: false,
        lowest: 0,
        cause: Finding::NONE,
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
    ///
    /// `inner`: the line stands in another one, so that control values do not count it.
    pub fn record(&mut self, record: RecordKind, line: u32, partial: bool, inner: bool, entries: &[Entry]) {
        if partial && record == RecordKind::Line {
            self.parts = self.with_parts(line, entries);
        }
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
        if record == RecordKind::Line && !inner {
            match quantity.and_then(|q| self.quantity.checked_add(q)) {
                Some(sum) => self.quantity = sum,
                None => self.quantity_open = true,
            }
            if !self.net_open {
                // A line in parts may hold more than is seen here.
                self.net_open |= partial || self.parts.line == line;
                self.add_amount(entries);
            }
        }
    }

    fn document_value(&mut self, entry: &Entry) {
        match entry.field {
            field::ORDER_KIND => self.order_kind = entry.word().unwrap_or(0),
            field::ORDER_REASON => self.has_reason = true,
            field::ORDER_PREVIOUS_NUMBER | field::ORDER_SELLER_NUMBER => self.has_object = true,
            field::ORDER_COPY => self.set_apart = true,
            field::MESSAGE_TEST => self.set_apart |= entry.value != 0,
            field::TOTALS_LINES => self.declared_lines = Declared::of(entry),
            field::TOTALS_QUANTITY => self.declared_quantity = Declared::of(entry),
            field::TOTALS_NET => self.declared_net = Declared::of(entry),
            field::ALLOWANCE_KIND..=field::ALLOWANCE_CODE
            | field::TOTALS_ALLOWANCES
            | field::TOTALS_CHARGES => self.net_open = true,
            _ => {}
        }
    }

    /// What the parts of a line say, these entries among them.
    fn with_parts(&self, line: u32, entries: &[Entry]) -> Parts {
        let known = Some(self.parts).filter(|parts| parts.line == line);
        let mut parts = known.unwrap_or(Parts { line, quantity: Declared::NONE, splits: Decimal::ZERO });
        for entry in entries {
            match entry.field {
                field::LINE_QUANTITY => parts.quantity = Declared::of(entry),
                // A sum that does not fit is no quantity that a line has.
                field::SCHEDULE_QUANTITY => {
                    let sum = entry.decimal().and_then(|part| parts.splits.checked_add(part));
                    parts.splits = sum.unwrap_or(parts.splits);
                }
                _ => {}
            }
        }
        parts
    }

    /// The quantity of a line whose split deliveries come to something else.
    fn wrong_splits(&self, line: u32, entries: &[Entry]) -> Option<LineFault> {
        let parts = self.with_parts(line, entries);
        if parts.splits.is_zero() {
            return None;
        }
        let quantity = parts.quantity.unlike(parts.splits)?;
        Some(LineFault {
            code: finding::TOTAL_MISMATCH,
            field: field::LINE_QUANTITY,
            at: parts.quantity.at,
            length: u32::from(parts.quantity.length),
            expected: Shown::decimal(quantity),
            found: Shown::decimal(parts.splits),
        })
    }

    /// What a line adds to the sum of all: its declared amount, else what its quantity and price come to.
    fn add_amount(&mut self, entries: &[Entry]) {
        self.amounts = self.amounts.saturating_add(1);
        match money::amount(entries).and_then(|amount| self.net.checked_add(amount)) {
            Some(sum) => self.net = sum,
            None => self.net_open = true,
        }
    }

    /// Counts a line that has been closed; `inner`: it stands in another one.
    pub fn line(&mut self, inner: bool) {
        self.lines = self.lines.saturating_add(1);
        self.inner_lines = self.inner_lines.saturating_add(u32::from(inner));
    }

    /// Takes a finding into account.
    pub fn finding(&mut self, note: &Finding, review: bool) {
        if matches!(note.code, finding::UNSUPPORTED_CONTENT | finding::REFUSED_CONSTRUCT) {
            self.unread = true;
        }
        if review && (self.cause.code == 0 || self.cause.severity < note.severity) {
            self.cause = *note;
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
                    length: u32::from(place.length),
                    line: 0,
                    code,
                    field: number,
                    severity: severity as u8,
                };
                add(tally, note, review);
            };
        let counted = self.lines.saturating_sub(self.inner_lines);
        let lines = Decimal::whole(i64::from(counted));
        if let Some(declared) = self.declared_lines.unlike(lines) {
            let place = self.declared_lines;
            let (expected, found) = (Shown::decimal(declared), Shown::count(u64::from(counted)));
            note(self, finding::COUNT_MISMATCH, field::TOTALS_LINES, place, expected, found);
        }
        if let Some(declared) = self.declared_quantity.unlike(self.quantity).filter(|_| !self.quantity_open) {
            let place = self.declared_quantity;
            let (expected, found) = (Shown::decimal(declared), Shown::decimal(self.quantity));
            note(self, finding::TOTAL_MISMATCH, field::TOTALS_QUANTITY, place, expected, found);
        }
        // Without an amount of every line, or with something added to it, the sum proves nothing.
        let proves = !self.net_open && self.amounts > 0 && self.amounts == counted;
        let is_near = |declared: &Decimal| money::is_near(*declared, self.net, counted);
        if let Some(declared) = self.declared_net.unlike(self.net).filter(|d| proves && !is_near(d)) {
            let place = self.declared_net;
            let (expected, found) = (Shown::decimal(declared), Shown::decimal(self.net));
            note(self, finding::TOTAL_MISMATCH, field::TOTALS_NET, place, expected, found);
        }
        if self.order_kind == 0 && !self.has_reason && self.earlier.is_none() && self.cause.code == 0 {
            let place = Declared::default();
            note(self, finding::MISSING_REQUIRED, field::ORDER_KIND, place, Shown::NONE, Shown::NONE);
        }
        if self.order_kind == word::KIND_CHANGE && !self.has_object && self.earlier.is_none() {
            let place = Declared::default();
            note(
                self,
                finding::MISSING_REQUIRED,
                field::ORDER_PREVIOUS_NUMBER,
                place,
                Shown::NONE,
                Shown::NONE,
            );
        }
        if self.wants_lines() && self.lines == 0 && !self.cut_short && !self.unread && self.earlier.is_none()
        {
            note(self, finding::MISSING_REQUIRED, LINES, Declared::default(), Shown::NONE, Shown::NONE);
        }
    }

    /// What is wrong with a line, or with a part of it: what an order line must have when it is complete,
    /// and what its values cannot mean. `check` goes from 0 to [`Tally::LINE_CHECKS`].
    #[must_use]
    pub fn line_fault(
        &self,
        check: u8,
        line: u32,
        entries: &[Entry],
        is_whole: Option<Whole>,
    ) -> Option<LineFault> {
        let action = || entries.iter().find(|e| e.field == field::LINE_ACTION);
        let is_action = |word: u16| action().is_some_and(|e| e.word() == Some(word));
        let orders = self.wants_lines();
        if check == 6 {
            let plans = self.order_kind == word::KIND_SCHEDULE && self.parts.line != line;
            return is_whole.filter(|_| plans).and_then(|_| undated(entries)).map(|e| LineFault {
                at: e.at,
                length: e.length,
                ..LineFault::absent(field::SCHEDULE_DATE)
            });
        }
        if !(orders || self.order_kind == word::KIND_CHANGE && is_action(word::ACTION_ADD)) {
            return None;
        }
        match check {
            0 => is_whole.filter(|line| !line.has_quantity).map(|_| LineFault::absent(field::LINE_QUANTITY)),
            1 => is_whole.filter(|line| !line.is_identified).map(|_| LineFault::absent(field::LINE_OTHER_ID)),
            2 => entries.iter().find(is_implausible).map(|e| LineFault::of(finding::IMPLAUSIBLE_VALUE, e)),
            // A new order has nothing that could be deleted, or refused.
            3 => action()
                .filter(|e| orders && (e.word().is_none() || is_action(word::ACTION_DELETE)))
                .map(|e| LineFault::of(finding::CONFLICTING_VALUES, e)),
            4 => is_whole
                .filter(|_| self.parts.line != line)
                .and_then(|_| money::wrong_amount(entries))
                .map(|e| LineFault::of(finding::TOTAL_MISMATCH, e)),
            _ => is_whole.and_then(|_| self.wrong_splits(line, entries)),
        }
    }

    /// How many checks of a line there are.
    pub const LINE_CHECKS: u8 = 7;
    /// The field without which a check has nothing to look at, 0 = none.
    pub const ASKS: [u16; Tally::LINE_CHECKS as usize] =
        [0, 0, 0, field::LINE_ACTION, field::LINE_AMOUNT, field::SCHEDULE_QUANTITY, field::SCHEDULE_QUANTITY];

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
        if bookable && self.cause.code == 0 && !self.set_apart && certain && self.lost == 0 {
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
            cause: Some(self.cause).filter(|cause| cause.code != 0),
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

/// A quantity of a plan without a day, which is neither backlog nor wanted at once.
fn undated(entries: &[Entry]) -> Option<&Entry> {
    let of_plan = |e: &&Entry| (field::SCHEDULE_DATE..=field::SCHEDULE_STATUS).contains(&e.field);
    let (mut nth, mut quantity, mut is_dated) = (0, None, false);
    for entry in entries.iter().filter(of_plan) {
        if entry.nth != nth {
            if quantity.is_some() && !is_dated {
                return quantity;
            }
            (nth, quantity, is_dated) = (entry.nth, None, false);
        }
        match entry.field {
            field::SCHEDULE_QUANTITY => quantity = Some(entry),
            field::SCHEDULE_DATE => is_dated = true,
            field::SCHEDULE_STATUS => {
                let undated = [word::STATUS_BACKLOG, word::STATUS_IMMEDIATE];
                is_dated |= entry.word().is_some_and(|status| undated.contains(&status));
            }
            _ => {}
        }
    }
    quantity.filter(|_| !is_dated)
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
    /// What the sender says, and what the line comes to.
    pub expected: Shown,
    /// See there.
    pub found: Shown,
}

impl LineFault {
    const fn absent(field: u16) -> LineFault {
        let code = finding::MISSING_REQUIRED;
        LineFault { code, field, at: 0, length: 0, expected: Shown::NONE, found: Shown::NONE }
    }

    const fn of(code: u16, entry: &Entry) -> LineFault {
        let (field, at, length) = (entry.field, entry.at, entry.length);
        LineFault { code, field, at, length, expected: Shown::NONE, found: Shown::NONE }
    }
}

/// The "field" of a finding about the lines as a whole.
pub const LINES: u16 = u16::MAX;
