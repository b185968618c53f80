//! Findings: what a person should look at, and what no rule used.
//!
//! The tally hears of each finding, so that the verdict does not depend on the room for them.

use ordnorm_chan::vocabulary::{self, finding};

use super::Desk;
use crate::check::Tally;
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
    pub fn note_grave(&mut self, code: u16, number: u16, at: u32, length: u32) {
        let (at, length) = self.place(at, length);
        let line = self.line();
        self.add(Finding { at, length, line, code, field: number, severity: 2, ..Finding::NONE }, true);
    }

    /// Adds a finding of its default severity, whose place is one of the outermost message.
    #[cold]
    pub fn add_usual(&mut self, note: Finding) {
        let (severity, review) = vocabulary::finding_effect(note.code);
        self.add(Finding { severity: severity as u8, ..note }, review);
    }

    /// Adds a finding whose place is one of the outermost message.
    #[cold]
    pub fn add(&mut self, note: Finding, review: bool) {
        add(&mut self.state.tally, &mut self.state.found, self.findings, note, review);
    }

    /// Adds a finding of an earlier reading.
    pub fn take_over(&mut self, note: Finding) {
        // A finding that was milder than usual did not keep the order from being accepted.
        let (usual, review) = vocabulary::finding_effect(note.code);
        let review = note.severity == 2 || (review && note.severity == usual as u8);
        lay_down(&mut self.state.tally, &mut self.state.found, self.findings, note, review);
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

/// Adds a finding to those in use, unless an earlier reading had its code.
pub fn add(tally: &mut Tally, found: &mut u32, findings: &mut [Finding], note: Finding, review: bool) {
    if !tally.is_known(note.code) {
        lay_down(tally, found, findings, note, review);
    }
}

fn lay_down(tally: &mut Tally, found: &mut u32, findings: &mut [Finding], note: Finding, review: bool) {
    tally.finding(&note, review);
    match findings.get_mut(*found as usize) {
        Some(place) => {
            *place = note;
            *found += 1;
        }
        None => tally.lose_finding(),
    }
}
