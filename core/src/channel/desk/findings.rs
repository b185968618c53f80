//! Findings: what a person should look at, and what no rule used.
//!
//! The tally hears of each finding, so that the verdict does not depend on the room for them.

use ordnorm_chan::vocabulary::{self, finding};

use super::Desk;
use crate::order::{Finding, Shown};

impl Desk<'_> {
    /// Notes a finding with its default severity.
    pub fn note(&mut self, code: u16, number: u16, at: u32, length: u32) {
        self.note_shown(code, number, at, length, Shown::NONE, Shown::NONE);
    }

    /// Notes a finding with what was expected and found.
    #[inline(never)]
    pub fn note_shown(
        &mut self,
        code: u16,
        number: u16,
        at: u32,
        length: u32,
        expected: Shown,
        found: Shown,
    ) {
        let (severity, review) = vocabulary::finding_effect(code);
        let (at, length) = self.place(at, length);
        let line = self.level().map_or(0, |l| l.line);
        let note =
            Finding { expected, found, at, length, line, code, field: number, severity: severity as u8 };
        self.add(note, review);
    }

    /// Notes a finding with a severity of its own; only an error keeps the order from being accepted.
    #[cold]
    pub fn note_as(&mut self, code: u16, severity: u8, at: u32, length: u32) {
        let (at, length) = self.place(at, length);
        let line = self.line();
        self.add(Finding { at, length, line, code, severity, ..Finding::NONE }, severity == 2);
    }

    /// Notes a finding about the document while a line is in work.
    #[cold]
    pub fn note_document(&mut self, code: u16, at: u32, length: u32) {
        let (severity, review) = vocabulary::finding_effect(code);
        let (at, length) = self.place(at, length);
        self.add(Finding { at, length, code, severity: severity as u8, ..Finding::NONE }, review);
    }

    /// Notes a finding as an error, whatever its default severity is.
    #[cold]
    pub fn note_grave(
        &mut self,
        code: u16,
        number: u16,
        at: u32,
        length: u32,
        expected: Shown,
        found: Shown,
    ) {
        let (at, length) = self.place(at, length);
        let line = self.line();
        self.add(Finding { expected, found, at, length, line, code, field: number, severity: 2 }, true);
    }

    /// Adds a finding whose place is one of the outermost message.
    #[cold]
    pub fn add(&mut self, note: Finding, review: bool) {
        if self.state.tally.is_known(note.code) {
            return;
        }
        self.lay_down(note, review);
    }

    /// Adds a finding of an earlier reading.
    pub fn take_over(&mut self, note: Finding) {
        // A finding that was milder than usual did not keep the order from being accepted.
        let (usual, review) = vocabulary::finding_effect(note.code);
        self.lay_down(note, note.severity == 2 || (review && note.severity == usual as u8));
    }

    fn lay_down(&mut self, note: Finding, review: bool) {
        self.state.tally.finding(&note, review);
        match self.findings.get_mut(self.state.found as usize) {
            Some(place) => {
                *place = note;
                self.state.found += 1;
            }
            None => self.state.tally.lose_finding(),
        }
    }

    /// Counts content that no rule used; weighty content is a finding too.
    pub fn unknown(&mut self, count: u32, weighty: bool, at: u32, length: u32) {
        let (outer, _) = self.place(at, length);
        self.state.tally.unknown(count, outer);
        if weighty {
            self.note(finding::UNMAPPED_CONTENT, 0, at, length);
        }
    }
}
