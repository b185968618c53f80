//! Records and sections: ranges at the top of the stack.
//!
//! A record opens on top of the others and keeps where its entries and texts begin; when it closes, its range
//! is handed out, and the stack is cut back when the driver comes again. Sections open inside of records. A
//! section of a group has no instance until its first value asks for one.

use ordnorm_chan::vocabulary::{self, field, finding};

use super::{Desk, Level};
use crate::channel::Signal;
use crate::check::LineFault;
use crate::order::{Finding, RecordKind};

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
        let later = core::mem::replace(&mut self.state.header_out, true);
        let kind = if later { RecordKind::Summary } else { RecordKind::Header };
        let range = self.open_entries();
        if range.is_empty() {
            return None;
        }
        Some(Signal::Record { kind, line: 0, start: range.start, partial: false, open: true })
    }

    /// Checks of a line that is complete: what an order line must have.
    pub fn check_line(&mut self) {
        let entries = self.entries.get(self.open_entries()).unwrap_or(&[]);
        let quantity = self.has(field::LINE_QUANTITY) || self.has(field::SCHEDULE_QUANTITY);
        let other = self.has(field::LINE_QUANTITY_CHANGE) || self.has(field::SCHEDULE_CUMULATIVE);
        let faults = self.state.tally.line_faults(entries, quantity || other, self.state.doubt);
        self.state.doubt = false;
        for fault in faults.into_iter().flatten() {
            // An earlier reading has said why it is absent.
            let told = [finding::AMBIGUOUS_DECIMAL, finding::INVALID_NUMBER];
            if fault.field == field::LINE_QUANTITY
                && fault.length == 0
                && told.iter().any(|code| self.state.tally.is_known(*code))
            {
                continue;
            }
            let (severity, review) = vocabulary::finding_effect(fault.code);
            let LineFault { code, field, at, length } = fault;
            let (line, severity) = (self.line(), severity as u8);
            self.add(Finding { at, length, line, code, field, severity, ..Finding::NONE }, review);
        }
    }

    /// Checks of a party that is complete: the document has one buyer, one seller, one delivery address,
    /// one for the invoice, one payer. Lines may go to others.
    pub fn check_party(&mut self) {
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
            let (severity, review) = vocabulary::finding_effect(finding::CONFLICTING_VALUES);
            let (code, at, length) = (finding::CONFLICTING_VALUES, entry.at, entry.length);
            let (field, severity) = (field::PARTY_ROLE, severity as u8);
            self.add(Finding { at, length, code, field, severity, ..Finding::NONE }, review);
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
    pub fn open_section(&mut self, depth: u8) {
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
