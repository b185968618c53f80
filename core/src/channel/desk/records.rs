//! Records and sections: ranges at the top of the stack.
//!
//! A record opens on top of the others and keeps where its entries and texts begin; when it closes, its range
//! is handed out, and the stack is cut back when the driver comes again. Sections open inside of records. A
//! section of a group has no instance until its first value asks for one.

use ordnorm_chan::table::{Section, section};
use ordnorm_chan::vocabulary::{field, finding};

use super::{Desk, Level, Several};
use crate::channel::Signal;
use crate::check::{LineFault, Tally, Whole};
use crate::order::{Entry, Finding, RecordKind, origin};

impl Desk<'_> {
    /// Keeps a closed party record on the stack, for the message inside.
    pub fn keep_party(&mut self, range: core::ops::Range<usize>) {
        if let Some(place) = self.state.kept.get_mut(usize::from(self.state.kept_count)) {
            *place = (range.start as u32, range.end as u32);
            self.state.kept_count += 1;
        }
    }

    /// Opens a record on top of the others.
    pub fn open_record(&mut self, line: u32) {
        let level = Level { start: self.state.top, scratch: self.state.scratch, line, ..Level::default() };
        if let Some(place) = self.state.levels.get_mut(usize::from(self.state.depth)) {
            *place = level;
            self.state.depth += 1;
        } else {
            self.note(finding::CAPACITY_EXCEEDED, 0, 0, 0);
        }
    }

    pub(super) fn level(&self) -> Option<&Level> {
        self.state.levels.get(usize::from(self.state.depth.saturating_sub(1)))
    }

    pub(super) fn level_mut(&mut self) -> Option<&mut Level> {
        let index = usize::from(self.state.depth.saturating_sub(1));
        self.state.levels.get_mut(index)
    }

    /// The line of the record in work, 0 = the document.
    #[must_use]
    pub fn line(&self) -> u32 {
        self.level().map_or(0, |l| l.line)
    }

    /// The entries of the record in work.
    #[must_use]
    pub fn open_entries(&self) -> core::ops::Range<usize> {
        self.level().map_or(0, |l| l.start) as usize..self.state.top as usize
    }

    /// The document's record so far, which stays open: its header, and later its summary.
    pub fn document_record(&mut self) -> Option<Signal> {
        let kind = self.document_kind();
        self.state.header_out = true;
        let range = self.open_entries();
        if range.is_empty() {
            return None;
        }
        Some(Signal::Record { kind, line: 0, start: range.start, partial: false, open: true })
    }

    /// The document's last record; `None` where nothing has come since it was handed out.
    pub fn close_document(&mut self) -> Option<Signal> {
        let kind = self.document_kind();
        let range = self.close_record();
        if range.is_empty() { None } else { Some(Signal::complete(kind, 0, range.start)) }
    }

    /// What the record in work has so far goes out, to make room; `None` where it has nothing.
    #[cold]
    pub fn part(&mut self) -> Option<Signal> {
        let range = self.open_entries();
        if range.is_empty() {
            return None;
        }
        let line = self.line();
        let around = usize::from(self.state.depth).checked_sub(2);
        let kind = match around.and_then(|level| self.state.levels.get(level)) {
            None => self.document_kind(),
            // A line has a number of its own, a party that of the record around it.
            Some(around) if around.line != line => RecordKind::Line,
            Some(_) => RecordKind::Party,
        };
        if kind == RecordKind::Line {
            self.check_values(None);
        }
        Some(Signal::Record { kind, line, start: range.start, partial: true, open: true })
    }

    fn document_kind(&self) -> RecordKind {
        if self.state.header_out { RecordKind::Summary } else { RecordKind::Header }
    }

    /// Opens a section; a line or a party is a record.
    pub fn open_section(&mut self, opened: &Section) {
        self.start_section(opened.depth);
        match opened.kind {
            section::LINE => {
                self.state.lines += 1;
                let around = self.around();
                self.open_record(self.state.lines);
                if let Some(number) = around {
                    let parent = Entry { field: field::LINE_PARENT, origin: origin::DERIVED, ..number };
                    self.push(parent, Several::Flagged);
                }
            }
            section::PARTY => self.open_record(self.line()),
            _ => {}
        }
    }

    /// The number of the line in work, which one that opens now is a part of.
    fn around(&self) -> Option<Entry> {
        let entries = self.entries.get(self.open_entries())?;
        entries.iter().find(|e| self.state.depth > 1 && e.field == field::LINE_NUMBER).copied()
    }

    /// Ends a section; the record of a line or a party goes out.
    pub fn close_section(&mut self, open: &Section) -> Option<Signal> {
        let line = self.line();
        let kind = match open.kind {
            section::LINE => {
                self.check_line();
                self.state.tally.line(self.state.depth > 2);
                RecordKind::Line
            }
            section::PARTY => {
                self.check_party();
                RecordKind::Party
            }
            _ => return None,
        };
        Some(Signal::complete(kind, line, self.close_record().start))
    }

    /// Notes which of these fields the record in work does not have.
    pub fn require(&mut self, fields: &[u16], at: u32, length: u32) {
        for number in fields {
            if !self.has(*number) {
                self.note(finding::MISSING_REQUIRED, *number, at, length);
            }
        }
    }

    /// Checks of a line that is complete: what an order line must have.
    fn check_line(&mut self) {
        let has = |number: u16| self.has(number);
        let quantities = [
            field::LINE_QUANTITY,
            field::SCHEDULE_QUANTITY,
            field::LINE_QUANTITY_CHANGE,
            field::SCHEDULE_CUMULATIVE,
        ];
        let named = (field::LINE_GTIN..field::LINE_OTHER_ID).any(has);
        let otherwise = !self.state.doubt && (has(field::LINE_OTHER_ID) || has(field::LINE_DESCRIPTION));
        let whole =
            Whole { has_quantity: quantities.into_iter().any(has), is_identified: named || otherwise };
        self.state.doubt = false;
        self.check_items();
        self.check_values(Some(whole));
    }

    /// A line orders one article: two different numbers that the world agrees on are two of them.
    fn check_items(&mut self) {
        if !self.has(field::LINE_GTIN) {
            return;
        }
        let entries = self.entries.get(self.open_entries()).unwrap_or(&[]);
        let number = |e: &Entry| {
            let text = self.scratch_text(e).unwrap_or(b"");
            let zeros = text.iter().take_while(|digit| **digit == b'0').count();
            text.get(zeros..)
        };
        let mut all = entries.iter().filter(|e| e.field == field::LINE_GTIN);
        let Some(first) = all.next() else { return };
        if let Some(Entry { field, at, length, .. }) = all.find(|e| number(e) != number(first)).copied() {
            let (code, line) = (finding::CONFLICTING_VALUES, self.line());
            self.add_usual(Finding { at, length, line, code, field, ..Finding::NONE });
        }
    }

    /// Checks of the values that are laid down, before they go out.
    fn check_values(&mut self, whole: Option<Whole>) {
        for check in 0..Tally::LINE_CHECKS {
            // Most lines have nothing that could be wrong in these ways.
            let asks = Tally::ASKS.get(usize::from(check)).copied().unwrap_or(0);
            if asks != 0 && !self.has(asks) {
                continue;
            }
            let entries = self.entries.get(self.open_entries()).unwrap_or(&[]);
            let Some(fault) = self.state.tally.line_fault(check, self.line(), entries, whole) else {
                continue;
            };
            // An earlier reading has said why it is absent.
            let told = [finding::AMBIGUOUS_DECIMAL, finding::INVALID_NUMBER];
            if fault.field == field::LINE_QUANTITY
                && fault.length == 0
                && told.iter().any(|code| self.state.tally.is_known(*code))
            {
                continue;
            }
            let LineFault { code, field, at, length, expected, found } = fault;
            let line = self.line();
            self.add_usual(Finding { at, length, line, code, field, expected, found, ..Finding::NONE });
        }
    }

    /// Checks of a party that is complete: the document has one buyer, one seller, one delivery address,
    /// one for the invoice, one payer. Lines may go to others.
    fn check_party(&mut self) {
        if self.line() != 0 {
            return;
        }
        let entries = self.entries.get(self.open_entries()).unwrap_or(&[]);
        let find = |number: u16| entries.iter().find(|e| e.field == number);
        let Some((entry, role)) = find(field::PARTY_ROLE).and_then(|e| Some((*e, e.word()?))) else { return };
        let who = find(field::PARTY_ID).or_else(|| find(field::PARTY_NAME));
        let text = who.and_then(|e| self.scratch_text(e)).unwrap_or(b"");
        let hash = text.iter().fold(1u16, |h, b| h.rotate_left(5) ^ h.wrapping_mul(31) ^ u16::from(*b));
        if self.state.tally.repeats_role(role, hash.max(1)) {
            let (code, field) = (finding::CONFLICTING_VALUES, field::PARTY_ROLE);
            self.add_usual(Finding { at: entry.at, length: entry.length, code, field, ..Finding::NONE });
        }
    }

    /// Closes the record in work and gives its range; the caller cuts the stack when it has been seen.
    pub fn close_record(&mut self) -> core::ops::Range<usize> {
        let range = self.open_entries();
        self.state.depth = self.state.depth.saturating_sub(1);
        range
    }

    /// Cuts the stack back to `start`, and the scratch that the cut entries used.
    pub fn cut(&mut self, start: usize) {
        self.state.top = start as u32;
        // The level of the closed record tells where its texts began.
        if let Some(level) = self.state.levels.get(usize::from(self.state.depth)) {
            self.state.scratch = level.scratch.max(self.scratch_base);
        }
    }

    /// Cuts a part of the open record that has been handed out.
    pub fn cut_part(&mut self, start: usize) {
        self.state.top = start as u32;
        if let Some(level) = self.level_mut() {
            level.start = start as u32;
            self.state.scratch = level.scratch;
        }
    }

    /// Free entries.
    #[must_use]
    pub fn room(&self) -> usize {
        self.entries.len().saturating_sub(self.state.top as usize)
    }

    /// Starts a section at a depth: its group has no instance yet.
    pub fn start_section(&mut self, depth: u8) {
        if let Some(instance) = self.state.sections.get_mut(usize::from(depth)) {
            *instance = 0;
        }
    }

    pub(super) fn instances(&self, number: u8) -> u16 {
        self.level().and_then(|level| level.instances.get(usize::from(number))).copied().unwrap_or(u16::MAX)
    }

    /// The number of a new instance of a group.
    pub fn new_instance(&mut self, number: u8) -> u16 {
        match self.level_mut().and_then(|level| level.instances.get_mut(usize::from(number))) {
            Some(count) => {
                *count = count.saturating_add(1);
                *count
            }
            None => 1,
        }
    }

    /// The instance of a group that the section at `depth` stands for; it gets one when it has none.
    pub fn section_instance(&mut self, depth: u8, number: u8) -> u16 {
        let index = usize::from(depth);
        match self.state.sections.get(index).copied() {
            Some(0) | None => {
                let instance = self.new_instance(number);
                if let Some(place) = self.state.sections.get_mut(index) {
                    *place = instance;
                }
                instance
            }
            Some(instance) => instance,
        }
    }
}
