//! Segments to records: the engine of flat notations.
//!
//! The interchange, groups and messages are those of the notation. Each message is read with the channel
//! whose facts hold on its first segment. A segment looks its cell up by
//! name and open section, closes sections down to the cell's owner, opens one where it is an opener, and
//! fires the cell's rules. Every step that hands something out leaves the segment pending and comes back.
//!
//! Here stand the state, the steps, and what a segment does to the sections. The rest:
//!
//! | file | what |
//! |---|---|
//! | `envelope.rs` | what stands between messages, and the counts and references of the notation |
//! | `cells.rs` | the rules of a cell on its segment: qualifiers, pairs, and what is left |
//! | `fields.rs` | the values of a segment, as rules ask for them |
//! | `fixed.rs` | records of fixed layout, which have no envelope |

mod cells;
mod envelope;
mod fields;
#[cfg(feature = "fixed")]
mod fixed;

use ordnorm_chan::table::{Channel, known, section, syntax};
use ordnorm_chan::vocabulary::finding;

use super::desk::Desk;
use super::fire::{Firing, holds};
use super::{Registry, Signal};
use crate::limits::TOKENS;
use crate::syntax::segments::{self, Segments, Step};
use crate::syntax::{Raw, SyntaxError, SyntaxErrorKind};
use cells::Taken;
pub use envelope::Part;
use fields::SegmentFields;

/// Where the reader of an interchange stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Phase {
    /// Between messages.
    #[default]
    Outside,
    /// A message's channel is known; its order begins.
    Opening,
    /// Inside a message.
    Inside,
    /// The message has ended; its sections close.
    Closing,
    /// What follows the message decides whether the interchange is complete.
    Trailing,
    /// The order's end is to be handed out.
    Ending,
}

/// What rests between two steps.
#[derive(Clone, Copy, Debug, Default)]
pub struct FlatState {
    reader: Segments,
    phase: Phase,
    /// The segment that was read has not been dealt with.
    pending: bool,
    /// Number of the channel.
    channel: usize,
    /// It goes before a built-in one that fits as well.
    preferred: bool,
    /// The open section.
    section: u8,
    /// UNB and UNG of the interchange: offset + 1, 0 = none.
    interchange: u32,
    group: u32,
    /// The message: its UNH, and the segments so far.
    message: u32,
    segments: u32,
    /// Its type (0065), or its first record (fixed). As a token it is none of the segment's in work: the place behind the last one.
    kind: Raw,
    /// Messages and groups of the interchange so far.
    messages: u32,
    group_messages: u32,
    groups: u32,
    /// The order's own message + 1, while what it inherits is read; 0 = nothing is.
    resume: u32,
    /// The character set identifier of UNB is not known.
    unknown_charset: bool,
    /// The order in work has had an end segment.
    complete: bool,
    /// The last segment of the bytes had no terminator.
    unterminated: Option<(u32, u32)>,
    started: bool,
    /// The segment that was said to be late last.
    late: u32,
    /// A segment between orders that the next order must know of.
    loose: Option<(u16, u32, u32)>,
    /// Segments before the next message that belong to none.
    strays: u32,
    /// What follows the lines has begun.
    summary: bool,
}

impl FlatState {
    /// The begin of a message of this notation.
    #[must_use]
    pub fn of(notation: u8) -> FlatState {
        FlatState { reader: Segments::of(notation), ..FlatState::default() }
    }

    /// Are its records those of a fixed layout?
    #[cfg(feature = "fixed")]
    const fn has_records(&self) -> bool {
        self.reader.notation == syntax::FIXED
    }

    /// Does one step.
    pub fn step(&mut self, bytes: &[u8], registry: &Registry<'_>, desk: &mut Desk<'_>) -> Signal {
        if !self.started {
            self.started = true;
            self.reader.begin(bytes);
        }
        loop {
            let signal = match self.phase {
                #[cfg(feature = "fixed")]
                Phase::Outside if self.has_records() => self.records_outside(bytes, registry, desk),
                #[cfg(feature = "fixed")]
                Phase::Inside if self.has_records() => self.records_inside(bytes, registry, desk),
                #[cfg(feature = "fixed")]
                Phase::Trailing if self.has_records() => {
                    self.phase = Phase::Ending;
                    continue;
                }
                Phase::Outside => self.outside(bytes, registry, desk),
                Phase::Opening => {
                    self.open_message(bytes, registry, desk);
                    continue;
                }
                Phase::Inside => self.inside(bytes, registry, desk),
                Phase::Closing => self.close_message(registry, desk),
                Phase::Trailing => {
                    self.look_behind(bytes, desk);
                    continue;
                }
                Phase::Ending => {
                    self.phase = Phase::Outside;
                    Some(Signal::End)
                }
            };
            if let Some(signal) = signal {
                return signal;
            }
        }
    }

    /// Reads the next segment unless one is pending; `false` at the end of the bytes.
    fn read(&mut self, bytes: &[u8], desk: &mut Desk<'_>) -> bool {
        if self.pending {
            return true;
        }
        if self.phase != Phase::Inside {
            return self.read_on(bytes, desk);
        }
        // Inside of a message: mostly one segment right behind the other.
        let step = self.reader.next_segment(bytes);
        if step == Ok(Step::Segment) && self.reader.skipped.1 == 0 && !self.reader.segment.unterminated {
            self.pending = true;
            return true;
        }
        self.arrived(step, bytes, desk) && self.read_on(bytes, desk)
    }

    /// The same, whatever stands there.
    #[inline(never)]
    fn read_on(&mut self, bytes: &[u8], desk: &mut Desk<'_>) -> bool {
        while !self.pending {
            let outside = self.phase == Phase::Outside || self.phase == Phase::Trailing;
            if outside {
                self.reader.begin(bytes);
            }
            let step = self.reader.next_segment(bytes);
            if !self.arrived(step, bytes, desk) {
                return false;
            }
        }
        true
    }

    /// Takes note of what the reader found; `false` at the end of the bytes.
    fn arrived(&mut self, step: Result<Step, SyntaxError>, bytes: &[u8], desk: &mut Desk<'_>) -> bool {
        match step {
            Ok(Step::Segment) => self.pending = true,
            Ok(Step::End) => {
                self.note_skipped(desk);
                return false;
            }
            Err(error) => {
                let length = self.reader.position().saturating_sub(error.at);
                if error.kind != SyntaxErrorKind::TooLong {
                    self.unterminated = Some((error.at, length));
                    return false;
                }
                desk.note(finding::CAPACITY_EXCEEDED, 0, error.at, length);
                self.segments += 1;
            }
        }
        self.note_skipped(desk);
        let s = &self.reader.segment;
        if self.pending && s.unterminated {
            self.unterminated = Some((s.start, (bytes.len() as u32).saturating_sub(s.start)));
        }
        true
    }

    /// Bytes that belong to no segment.
    fn note_skipped(&mut self, desk: &mut Desk<'_>) {
        let (at, length) = self.reader.skipped;
        if length > 0 {
            desk.note(finding::SKIPPED_BYTES, 0, at, length);
            self.reader.skipped = (0, 0);
        }
    }

    /// One segment inside of a message.
    fn inside(&mut self, bytes: &[u8], registry: &Registry<'_>, desk: &mut Desk<'_>) -> Option<Signal> {
        let channel = registry.channel(self.channel);
        let envelope = envelope::of(self.reader.notation);
        loop {
            let fresh = !self.pending;
            if !self.read(bytes, desk) {
                return self.break_off(bytes, desk);
            }
            let segment = &self.reader.segment;
            let tag = self.reader.segment.tag(bytes);
            match envelope.part(tag) {
                Part::MessageEnd if self.resume != 0 => {
                    // What is inherited ends; the order's own message begins.
                    self.reader.seek(self.resume - 1);
                    (self.resume, self.segments) = (0, 0);
                    let _ = self.reader.next_segment(bytes);
                    continue;
                }
                Part::MessageEnd => {
                    if segment.unterminated && segment.last_element() == 0 {
                        return self.break_off(bytes, desk);
                    }
                    self.segments += 1;
                    self.check_message_end(bytes, desk);
                    if self.reader.segment.unterminated {
                        desk.note(finding::UNTERMINATED, 0, self.reader.segment.end, 0);
                        self.unterminated = None;
                    }
                    self.complete = true;
                    self.pending = false;
                    self.phase = Phase::Closing;
                    return None;
                }
                Part::Message if self.segments == 0 => {}
                Part::Content => {}
                _ => return self.break_off(bytes, desk),
            }
            if segment.unterminated {
                return self.break_off(bytes, desk);
            }
            if let Some(at) = self.wrong_tag_separator(bytes).filter(|_| fresh) {
                desk.note(finding::MALFORMED, 0, at, 1);
            }
            if let Some(signal) = self.segment(tag, bytes, channel, desk) {
                return Some(signal);
            }
        }
    }

    /// The message ends without UNT.
    fn break_off(&mut self, bytes: &[u8], desk: &mut Desk<'_>) -> Option<Signal> {
        let (at, length) = match self.unterminated.take() {
            Some(place) => {
                self.pending = false;
                place
            }
            None if self.pending => (self.reader.segment.start, 0),
            None => (bytes.len() as u32, 0),
        };
        desk.note(finding::TRUNCATED, 0, at, length);
        desk.state.tally.cut_short();
        self.phase = Phase::Closing;
        None
    }

    /// Deals with the pending segment; a signal means that it is pending still.
    fn segment(
        &mut self,
        key: u64,
        bytes: &[u8],
        channel: &Channel<'_>,
        desk: &mut Desk<'_>,
    ) -> Option<Signal> {
        let tag = self.reader.segment.token(0)?;
        #[cfg(feature = "fixed")]
        let found = if self.has_records() {
            fixed::row_of(tag.of(bytes), channel)
        } else {
            channel.row_of(key, tag.of(bytes))
        };
        #[cfg(not(feature = "fixed"))]
        let found = channel.row_of(key, tag.of(bytes));
        let row = match found {
            Some(row) => row,
            None => match self.broken_row(bytes, tag, channel) {
                Some(row) => row,
                None => {
                    self.not_named(None, channel, desk);
                    return None;
                }
            },
        };
        #[cfg(feature = "fixed")]
        if self.has_records() {
            self.lay_out(row, bytes, channel);
        }
        let (mut number, mut cell) = Self::look_up(row, self.section, channel);
        let mut used = 0;
        while number != 0 && cell.conditions.count != 0 {
            let mut fields = SegmentFields::new(bytes, self, 0).laid_out(row, channel);
            let conditions = cell.conditions.of(channel.conditions);
            if conditions.iter().all(|c| holds(channel, c, &mut fields, desk.options.own)) {
                used = fields.used;
                break;
            }
            number = cell.otherwise;
            cell = Self::cell(number, channel);
        }
        if number == 0 {
            self.not_named(Some(row), channel, desk);
            return None;
        }
        if cell.opens == 255 && self.section != cell.owner {
            self.note_late(row, cell.owner, channel, desk);
        }
        while self.section != cell.owner {
            if let Some(signal) = self.close_section(channel, desk) {
                return Some(signal);
            }
        }
        if cell.opens != 255 {
            let opened = channel.sections.get(usize::from(cell.opens)).copied().unwrap_or_default();
            if opened.kind == section::LINE {
                if let Some(signal) = self.header_out(channel, desk) {
                    return Some(signal);
                }
            }
            if let Some(signal) = self.make_room(desk) {
                return Some(signal);
            }
            self.open_section(cell.opens, bytes, channel, desk);
        } else if let Some(signal) = self.make_room(desk) {
            return Some(signal);
        }
        self.fire(cell, Taken { row, place: self.section, used }, bytes, channel, desk);
        self.segments += 1;
        self.pending = false;
        None
    }

    /// A line's own segments stand before its groups (ISO 9735-1 §7.5: the sequence of the message type).
    /// One that comes behind a group is taken, and said to be late.
    fn note_late(&mut self, row: usize, owner: u8, channel: &Channel<'_>, desk: &mut Desk<'_>) {
        let in_line = channel.sections.get(usize::from(owner)).is_some_and(|s| s.kind == section::LINE);
        let weighty = channel.names.get(row).is_some_and(|n| n.flags & known::WEIGHTY != 0);
        if self.reader.notation == syntax::EDIFACT
            && in_line
            && weighty
            && self.late != self.reader.segment.start
        {
            let s = &self.reader.segment;
            self.late = s.start;
            desk.note(finding::LATE_VALUE, 0, s.start, (s.end - s.start).saturating_sub(1));
        }
    }

    /// A tag with a line break in it (`D⏎TM`).
    #[cold]
    fn broken_row(&self, bytes: &[u8], tag: Raw, channel: &Channel<'_>) -> Option<usize> {
        if tag.flags == 0 {
            return None;
        }
        let mut buffer = [0u8; 8];
        let length = segments::unescape(tag.of(bytes), 0, &mut buffer)?;
        channel.row(buffer.get(..length)?)
    }

    /// Nobody names the segment here: it closes nothing and is counted.
    #[cold]
    fn not_named(&mut self, row: Option<usize>, channel: &Channel<'_>, desk: &mut Desk<'_>) {
        let s = &self.reader.segment;
        // `ignore *`: whatever is not named is of no use.
        let row = row.or_else(|| channel.row(b"*"));
        let flags = row.and_then(|row| channel.names.get(row)).map_or(0, |name| name.flags);
        if flags & known::IGNORED != 0 {
            desk.state.tally.ignored(1);
        } else {
            let length = (s.end - s.start).saturating_sub(1);
            // What the header knows may begin another order whose message segments are lost.
            let of_header = row.is_some_and(|row| Self::look_up(row, 0, channel).0 != 0);
            desk.unknown(1, of_header || flags & known::WEIGHTY != 0, s.start, length);
        }
        self.segments += 1;
        self.pending = false;
    }

    /// Hands a part of the open record out when the segment's values might not fit.
    fn make_room(&mut self, desk: &mut Desk<'_>) -> Option<Signal> {
        // Each token with content gives two entries at the most.
        let enough = |tokens: usize| desk.room() >= tokens * 2 + 8;
        if enough(TOKENS) || enough(self.reader.segment.filled().count_ones() as usize) {
            return None;
        }
        desk.part()
    }

    fn open_section(&mut self, number: u8, bytes: &[u8], channel: &Channel<'_>, desk: &mut Desk<'_>) {
        let Some(opened) = channel.sections.get(usize::from(number)) else { return };
        self.section = number;
        desk.open_section(opened);
        match opened.kind {
            section::SUMMARY => self.summary = true,
            section::LINE if self.summary => {
                // What follows the lines has been read already: declared counts may be missed.
                let s = &self.reader.segment;
                desk.note(finding::MALFORMED, 0, s.start, (s.end - s.start).saturating_sub(1));
            }
            _ => {}
        }
        self.fire_constants(opened.constants, bytes, channel, desk);
    }

    /// Closes the open section; a record that ends with it is handed out.
    fn close_section(&mut self, channel: &Channel<'_>, desk: &mut Desk<'_>) -> Option<Signal> {
        let open = channel.sections.get(usize::from(self.section))?;
        self.finish_section(self.section, Some(self.reader.segment.start), channel, desk);
        self.section = open.parent;
        desk.close_section(open)
    }

    /// The header goes out before the first line.
    fn header_out(&mut self, channel: &Channel<'_>, desk: &mut Desk<'_>) -> Option<Signal> {
        if desk.state.header_out {
            return None;
        }
        self.finish_section(0, None, channel, desk);
        desk.document_record()
    }

    /// Defaults of a section, and its required fields where it ends at `end`.
    fn finish_section(&self, number: u8, end: Option<u32>, channel: &Channel<'_>, desk: &mut Desk<'_>) {
        let Some(open) = channel.sections.get(usize::from(number)) else { return };
        if open.defaults.count != 0 {
            let mut fields = SegmentFields::new(&[], self, 0);
            Firing { channel, fields: &mut fields, desk, section: number }.defaults(open.defaults);
        }
        if let Some(at) = end {
            desk.require(open.required.of(channel.required), at, 0);
        }
    }

    /// The message has ended: everything that is open closes.
    fn close_message(&mut self, registry: &Registry<'_>, desk: &mut Desk<'_>) -> Option<Signal> {
        let channel = registry.channel(self.channel);
        while self.section != 0 {
            if let Some(signal) = self.close_section(channel, desk) {
                return Some(signal);
            }
        }
        if desk.state.depth > 0 {
            self.finish_section(0, Some(self.message), channel, desk);
            if let Some(signal) = desk.close_document() {
                return Some(signal);
            }
        }
        self.phase = Phase::Trailing;
        None
    }
}
