//! Segments to records: the engine of flat notations.
//!
//! The interchange, groups and messages are those of the notation (ISO 9735-1: UNB, UNG, UNH … UNT, UNE,
//! UNZ). Each message is read with the channel whose facts hold on its UNH. A segment looks its cell up by
//! name and open section, closes sections down to the cell's owner, opens one where it is an opener, and
//! fires the cell's rules. Every step that hands something out leaves the segment pending and comes back.

use ordnorm_chan::table::{Cell, Channel, Path, Run, known, pack, pack_at, section, syntax};
use ordnorm_chan::vocabulary::{field, finding};

use super::desk::Desk;
use super::detect::Choice;
use super::fire::{Fields, Firing, holds};
use super::{Registry, Signal, detect};
use crate::order::{RecordKind, Shown};
use crate::syntax::edifact::{self, Edifact, Segment, Step};
use crate::syntax::{Raw, SyntaxError, SyntaxErrorKind};
use crate::value::charset::Charset;
use crate::value::decimal::{self, Style};
use crate::value::unit;

const UN: u64 = pack(b"UN");
const UNB: u64 = pack(b"UNB");
const UNG: u64 = pack(b"UNG");
const UNH: u64 = pack(b"UNH");
const UNT: u64 = pack(b"UNT");
const UNE: u64 = pack(b"UNE");
const UNZ: u64 = pack(b"UNZ");

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
    reader: Edifact,
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
    /// Messages and groups of the interchange so far.
    messages: u32,
    group_messages: u32,
    groups: u32,
    /// The character set identifier of UNB is not known.
    unknown_charset: bool,
    /// The order in work has had an end segment.
    complete: bool,
    /// Something was handed out at all.
    any: bool,
    /// The line that is open.
    line: u32,
    /// The last segment of the bytes had no terminator.
    unterminated: Option<(u32, u32)>,
    started: bool,
    /// The segment that was said to be late last.
    late: u32,
    /// A segment between orders that the next order must know of.
    loose: Option<(u32, u32)>,
}

/// How a segment is taken.
struct Taken {
    /// Its row.
    row: usize,
    /// The section that it belongs to.
    place: u8,
    /// Tokens that conditions have asked for.
    used: u64,
}

/// The values of one segment.
struct SegmentFields<'b> {
    bytes: &'b [u8],
    reader: &'b Edifact,
    used: u64,
    ignored: u64,
    /// Tokens of the pair that is looked at: value and qualifier.
    pair: (usize, usize),
}

impl<'b> SegmentFields<'b> {
    #[inline]
    fn new(bytes: &'b [u8], reader: &'b Edifact, used: u64) -> Self {
        SegmentFields { bytes, reader, used, ignored: 0, pair: (0, 0) }
    }

    #[inline]
    fn segment(&self) -> &'b Segment {
        &self.reader.segment
    }

    /// Tokens with content that nobody asked for.
    #[inline]
    fn left(&self) -> u64 {
        self.segment().filled() & !(self.used | self.ignored)
    }
}

impl Fields for SegmentFields<'_> {
    fn bytes(&self) -> &[u8] {
        self.bytes
    }

    #[inline]
    fn get(&self, path: Path) -> Option<Raw> {
        let token = match path.element {
            Path::PAIR if path.component == 1 => self.pair.0,
            Path::PAIR => self.pair.1,
            element => self.segment().place(usize::from(element), usize::from(path.component))?,
        };
        let raw = self.segment().content(token)?;
        // Blanks around a value are rare.
        let text = raw.of(self.bytes);
        match (text.first(), text.last()) {
            (Some(first), Some(last)) if *first > b' ' && *last > b' ' => Some(raw),
            (None, _) => None,
            _ => {
                let raw = raw.trimmed(self.bytes);
                if raw.length == 0 { None } else { Some(raw) }
            }
        }
    }

    fn reach(&self, path: Path) -> (u8, u8) {
        let last = (self.segment().last_element() as u8).min(path.element_last);
        let most = if path.component_last == 255 { crate::limits::TOKENS as u8 } else { path.component_last };
        (last, most)
    }

    #[inline]
    fn used(&mut self, raw: Raw) {
        self.used |= 1 << (raw.token & 63);
    }

    fn ignore(&mut self, path: Path) {
        if path.element == 255 {
            self.ignored |= self.segment().filled();
            return;
        }
        let (last, most) = self.reach(path);
        for element in path.element..=last {
            let (first, behind) = self.segment().element(usize::from(element));
            let from = first + usize::from(path.component) - 1;
            let to = behind.min(first + usize::from(most));
            for token in from..to {
                self.ignored |= 1u64.checked_shl(token as u32).unwrap_or(0);
            }
        }
    }

    fn unescape(&self, raw: Raw, out: &mut [u8]) -> Option<usize> {
        edifact::unescape(raw.of(self.bytes), self.reader.service.release, out)
    }

    fn charset(&self) -> Charset {
        self.reader.charset
    }

    fn style(&self) -> Style {
        Style::EITHER
    }

    fn unit(&self, text: &[u8]) -> Option<(unit::Unit, bool)> {
        match unit::by_code(text) {
            Some(code) => Some((code, true)),
            None => unit::edifact_legacy(text).or_else(|| unit::by_word(text)).map(|code| (code, false)),
        }
    }
}

impl FlatState {
    /// Does one step.
    pub fn step(&mut self, bytes: &[u8], registry: &Registry<'_>, desk: &mut Desk<'_>) -> Signal {
        if !self.started {
            self.started = true;
            self.reader.read_una(bytes);
        }
        loop {
            let signal = match self.phase {
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
            if outside && !self.reader.read_una(bytes) {
                self.reader.read_usual(bytes);
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

    /// Between messages.
    fn outside(&mut self, bytes: &[u8], registry: &Registry<'_>, desk: &mut Desk<'_>) -> Option<Signal> {
        if !self.read(bytes, desk) {
            return Some(self.done(bytes));
        }
        let segment = self.reader.segment;
        match self.reader.segment.tag(bytes) {
            UNB => {
                if self.interchange != 0 {
                    self.reader.keep_advice();
                }
                self.unknown_charset = !self.reader.enter_interchange(bytes);
                self.interchange = segment.start + 1;
                (self.messages, self.groups, self.group, self.group_messages) = (0, 0, 0, 0);
            }
            UNG => {
                self.group = segment.start + 1;
                self.groups += 1;
                self.group_messages = 0;
            }
            UNE => self.group = 0,
            UNZ => {
                // An interchange that ends before its messages: the next order must not be booked unseen.
                let count = segment.component(1, 1).map(|r| r.trimmed(bytes).of(bytes));
                let empty = count.is_none_or(|c| c.iter().all(|digit| *digit == b'0'));
                if self.messages == 0 && !empty || self.interchange == 0 {
                    self.loose = Some((segment.start, (segment.end - segment.start).saturating_sub(1)));
                }
                self.interchange = 0;
            }
            UNH => {
                self.message = segment.start;
                self.segments = 0;
                let wanted = desk.options.channel.and_then(|name| registry.find(name.as_bytes()));
                let wanted = wanted.filter(|n| registry.get(*n).is_some_and(|c| c.syntax == syntax::EDIFACT));
                let found = match wanted {
                    Some(number) => Choice::One(number),
                    None => {
                        detect::message(registry, bytes, &segment, self.interchange, &mut self.reader, |_| {})
                    }
                };
                // Detection has read the envelope again: back to the message.
                self.reader.seek(segment.start);
                self.pending = false;
                let _ = self.reader.next_segment(bytes);
                self.pending = true;
                self.messages += 1;
                self.group_messages += 1;
                self.any = true;
                self.preferred = found.is_preferred();
                match found {
                    Choice::One(channel) | Choice::Preferred(channel, _) => {
                        self.channel = channel;
                        self.phase = Phase::Opening;
                        return Some(Signal::Begin(channel));
                    }
                    Choice::Ambiguous(..) => return Some(Signal::Ambiguous(segment.start)),
                    Choice::None => {
                        self.pending = false;
                        desk.unknown(1, false, segment.start, segment.end - segment.start);
                    }
                }
                return None;
            }
            _ => desk.unknown(1, false, segment.start, segment.end - segment.start),
        }
        self.pending = false;
        None
    }

    /// The end of the bytes between messages. An interchange without a message, or a part of a segment that
    /// no order could say anything of, was cut off: there may have been an order.
    fn done(&mut self, bytes: &[u8]) -> Signal {
        let begun = core::mem::take(&mut self.interchange) != 0 && self.messages == 0;
        match self.unterminated.take() {
            Some((at, _)) if !begun => Signal::Malformed(at),
            None if !begun => Signal::Done,
            _ => Signal::Malformed(bytes.len() as u32),
        }
    }

    /// Opens the header and takes the envelope's values into it.
    fn open_message(&mut self, bytes: &[u8], registry: &Registry<'_>, desk: &mut Desk<'_>) {
        let channel = registry.channel(self.channel);
        desk.begin_order();
        self.section = 0;
        self.line = 0;
        self.complete = false;
        self.phase = Phase::Inside;
        desk.open_section(0);
        let s = self.reader.segment;
        if self.preferred {
            desk.note(finding::LOADED_CHANNEL, 0, s.start, s.end - s.start);
        }
        if self.interchange == 0 {
            desk.note(finding::NO_ENVELOPE, 0, s.start, s.end - s.start);
        }
        if let Some((at, length)) = self.loose.take() {
            desk.note(finding::COUNT_MISMATCH, 0, at, length);
        }
        let envelope = channel.sections.iter().position(|s| s.kind == section::ENVELOPE);
        if let (Some(envelope), true) = (envelope, self.interchange != 0) {
            let resume = self.reader.segment.start;
            for at in [self.interchange, self.group] {
                if at == 0 {
                    continue;
                }
                self.reader.seek(at - 1);
                if self.reader.next_segment(bytes) == Ok(Step::Segment) {
                    if self.unknown_charset && at == self.interchange {
                        if let Some(set) = self.reader.segment.component(1, 1) {
                            desk.note(finding::CHARSET_GUESSED, 0, set.at, set.length);
                        }
                    }
                    self.fire_in(envelope as u8, bytes, channel, desk);
                }
            }
            self.reader.seek(resume);
            let _ = self.reader.next_segment(bytes);
        }
        let constants = channel.sections.first().map(|s| s.constants).unwrap_or_default();
        self.fire_constants(constants, bytes, channel, desk);
    }

    fn fire_constants(&mut self, run: Run, bytes: &[u8], channel: &Channel<'_>, desk: &mut Desk<'_>) {
        if run.count == 0 {
            return;
        }
        let mut fields = SegmentFields::new(bytes, &self.reader, 0);
        Firing { channel, fields: &mut fields, desk, section: self.section }.run(run);
    }

    /// Fires the rules of a section on the segment, without opening or closing anything.
    fn fire_in(&mut self, place: u8, bytes: &[u8], channel: &Channel<'_>, desk: &mut Desk<'_>) {
        let Some(tag) = self.reader.segment.token(0) else { return };
        let Some(row) = channel.row(tag.of(bytes)) else { return };
        let cell = Self::look_up(row, place, channel).1;
        self.fire(cell, Taken { row, place, used: 0 }, bytes, channel, desk);
    }

    /// The cell of a row in a section, and its number; 0 where nobody names the row.
    #[inline]
    fn look_up<'c>(row: usize, place: u8, channel: &'c Channel<'_>) -> (u8, &'c Cell) {
        let number =
            channel.grid.get(row * channel.sections.len() + usize::from(place)).copied().unwrap_or(0);
        (number, Self::cell(number, channel))
    }

    #[inline]
    fn cell<'c>(number: u8, channel: &'c Channel<'_>) -> &'c Cell {
        channel.cells.get(usize::from(number)).unwrap_or(&Cell::NONE)
    }

    /// One segment inside of a message.
    fn inside(&mut self, bytes: &[u8], registry: &Registry<'_>, desk: &mut Desk<'_>) -> Option<Signal> {
        let channel = registry.channel(self.channel);
        loop {
            if !self.read(bytes, desk) {
                return self.break_off(bytes, desk);
            }
            let segment = &self.reader.segment;
            let tag = self.reader.segment.tag(bytes);
            // Service segments begin with UN, and hardly any others do.
            match if tag & 0xFFFF == UN { tag } else { 0 } {
                UNT => {
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
                UNB | UNZ | UNE | UNG => return self.break_off(bytes, desk),
                UNH if self.segments > 0 => return self.break_off(bytes, desk),
                _ => {}
            }
            if segment.unterminated {
                return self.break_off(bytes, desk);
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
        let row = match channel.row_of(key, tag.of(bytes)) {
            Some(row) => row,
            None => match self.broken_row(bytes, tag, channel) {
                Some(row) => row,
                None => {
                    self.not_named(None, channel, desk);
                    return None;
                }
            },
        };
        let (mut number, mut cell) = Self::look_up(row, self.section, channel);
        let mut used = 0;
        while number != 0 && cell.conditions.count != 0 {
            let mut fields = SegmentFields::new(bytes, &self.reader, 0);
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
        if in_line && weighty && self.late != self.reader.segment.start {
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
        let length = edifact::unescape(tag.of(bytes), 0, &mut buffer)?;
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
            desk.unknown(1, flags & known::WEIGHTY != 0, s.start, length);
        }
        self.segments += 1;
        self.pending = false;
    }

    /// Hands a part of the open record out when the segment's values might not fit.
    fn make_room(&mut self, desk: &mut Desk<'_>) -> Option<Signal> {
        let wanted = self.reader.segment.filled().count_ones() as usize * 2 + 8;
        if desk.room() >= wanted {
            return None;
        }
        self.part(desk)
    }

    #[cold]
    fn part(&mut self, desk: &mut Desk<'_>) -> Option<Signal> {
        let range = desk.open_entries();
        if range.is_empty() {
            return None;
        }
        let kind = match desk.state.depth {
            1 if desk.state.header_out => RecordKind::Summary,
            1 => RecordKind::Header,
            _ => self.open_kind(desk),
        };
        Some(Signal::Record { kind, line: desk.line(), start: range.start, partial: true, open: true })
    }

    fn open_kind(&self, desk: &Desk<'_>) -> RecordKind {
        if desk.state.depth == 2 && self.line != 0 { RecordKind::Line } else { RecordKind::Party }
    }

    fn open_section(&mut self, number: u8, bytes: &[u8], channel: &Channel<'_>, desk: &mut Desk<'_>) {
        let Some(opened) = channel.sections.get(usize::from(number)) else { return };
        self.section = number;
        desk.open_section(opened.depth);
        match opened.kind {
            section::LINE => {
                desk.state.lines += 1;
                self.line = desk.state.lines;
                desk.open_record(self.line);
            }
            section::PARTY => desk.open_record(self.line),
            _ => {}
        }
        self.fire_constants(opened.constants, bytes, channel, desk);
    }

    /// Closes the open section; a record that ends with it is handed out.
    fn close_section(&mut self, channel: &Channel<'_>, desk: &mut Desk<'_>) -> Option<Signal> {
        let open = channel.sections.get(usize::from(self.section)).copied()?;
        let line = desk.line();
        if open.defaults.count != 0 {
            let bytes: &[u8] = &[];
            let mut fields = SegmentFields::new(bytes, &self.reader, 0);
            let mut firing = Firing { channel, fields: &mut fields, desk, section: self.section };
            for rule in open.defaults.of(channel.rules) {
                firing.defaulted(rule);
            }
        }
        for number in open.required.of(channel.required) {
            if !desk.has(*number) {
                let s = &self.reader.segment;
                desk.note(finding::MISSING_REQUIRED, *number, s.start, 0);
            }
        }
        self.section = open.parent;
        let kind = match open.kind {
            section::LINE => {
                desk.check_line();
                desk.state.tally.line();
                self.line = 0;
                RecordKind::Line
            }
            section::PARTY => RecordKind::Party,
            _ => return None,
        };
        let range = desk.close_record();
        Some(Signal::Record { kind, line, start: range.start, partial: false, open: false })
    }

    /// The header goes out before the first line.
    fn header_out(&mut self, channel: &Channel<'_>, desk: &mut Desk<'_>) -> Option<Signal> {
        if desk.state.header_out {
            return None;
        }
        self.header_defaults(channel, desk);
        desk.document_record()
    }

    fn header_defaults(&mut self, channel: &Channel<'_>, desk: &mut Desk<'_>) {
        let defaults = channel.sections.first().map(|s| s.defaults).unwrap_or_default();
        let bytes: &[u8] = &[];
        let mut fields = SegmentFields::new(bytes, &self.reader, 0);
        let mut firing = Firing { channel, fields: &mut fields, desk, section: 0 };
        for rule in defaults.of(channel.rules) {
            firing.defaulted(rule);
        }
    }

    /// Fires a cell's rules on the segment and counts what is left of it.
    fn fire(&mut self, cell: &Cell, taken: Taken, bytes: &[u8], channel: &Channel<'_>, desk: &mut Desk<'_>) {
        let Taken { row, place, used } = taken;
        let aside = channel.sections.get(usize::from(place)).is_some_and(|s| s.kind == section::ASIDE);
        if aside {
            desk.state.tally.ignored(1);
            return;
        }
        let segment = &self.reader.segment;
        let mut fields = SegmentFields::new(bytes, &self.reader, used);
        let mut unmatched = false;
        {
            let mut firing = Firing { channel, fields: &mut fields, desk, section: place };
            if cell.rules.count != 0 {
                firing.run(cell.rules);
            }
            if cell.common.count != 0 {
                firing.run(cell.common);
            }
            if cell.pairs != 0 {
                pairs(cell, &mut firing);
            } else if cell.cases.count != 0 {
                unmatched = !qualified(cell, &mut firing);
            }
            if firing.fields.left() != 0 {
                firing.ignore(cell.rules);
                firing.ignore(cell.common);
            }
        }
        let left = fields.left();
        if left != 0 || segment.overlong {
            let weighty = channel.names.get(row).is_some_and(|n| n.flags & known::WEIGHTY != 0);
            leftover(segment, left, unmatched && cell.rules.count == 0, weighty, desk);
        }
        if fields.ignored & segment.filled() & !fields.used != 0 {
            desk.state.tally.ignored(1);
        }
    }

    /// UNT: the number of segments and the reference (ISO 9735-1, UNT 0074 and 0062).
    fn check_message_end(&mut self, bytes: &[u8], desk: &mut Desk<'_>) {
        let unt = self.reader.segment;
        let end = unt.end;
        check_count(&unt, u64::from(self.segments), bytes, desk);
        let reference = unt.component(2, 1).map(|r| r.trimmed(bytes));
        self.reader.seek(self.message);
        if self.reader.next_segment(bytes) == Ok(Step::Segment) {
            let own = self.reader.segment.component(1, 1).map(|r| r.trimmed(bytes));
            check_reference(own, reference, &unt, bytes, desk);
        }
        self.reader.seek(end);
        self.reader.segment = unt;
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
            self.header_defaults(channel, desk);
            let required = channel.sections.first().map(|s| s.required).unwrap_or_default();
            for number in required.of(channel.required) {
                if !desk.has(*number) {
                    desk.note(finding::MISSING_REQUIRED, *number, self.message, 0);
                }
            }
            let kind = if desk.state.header_out { RecordKind::Summary } else { RecordKind::Header };
            let range = desk.close_record();
            self.phase = Phase::Closing;
            if !range.is_empty() {
                return Some(Signal::Record {
                    kind,
                    line: 0,
                    start: range.start,
                    partial: false,
                    open: false,
                });
            }
        }
        self.phase = Phase::Trailing;
        None
    }

    /// Looks at what follows the message: the end of the interchange belongs to its last order.
    fn look_behind(&mut self, bytes: &[u8], desk: &mut Desk<'_>) {
        self.phase = Phase::Ending;
        loop {
            self.phase = Phase::Trailing;
            let more = self.read(bytes, desk);
            self.phase = Phase::Ending;
            if !more {
                if self.interchange != 0 && self.complete {
                    desk.note(finding::TRUNCATED, 0, bytes.len() as u32, 0);
                    self.unterminated = None;
                }
                break;
            }
            let segment = self.reader.segment;
            match self.reader.segment.tag(bytes) {
                UNE if self.group != 0 => {
                    check_count(&segment, u64::from(self.group_messages), bytes, desk);
                    self.check_envelope(self.group, 5, bytes, desk);
                    self.group = 0;
                }
                UNZ if self.interchange != 0 => {
                    let declared = if self.groups > 0 { self.groups } else { self.messages };
                    check_count(&segment, u64::from(declared), bytes, desk);
                    self.check_envelope(self.interchange, 5, bytes, desk);
                    self.interchange = 0;
                }
                UNB if self.interchange != 0 && self.complete => {
                    desk.note(finding::TRUNCATED, 0, segment.start, 0);
                    self.interchange = 0;
                    break;
                }
                tag => {
                    // The rest of a segment that was cut off; that of a UNH is an order of its own.
                    if segment.unterminated && self.interchange != 0 && self.complete {
                        desk.note(finding::TRUNCATED, 0, segment.start, segment.end - segment.start);
                        if tag != UNH {
                            self.unterminated = None;
                            self.pending = false;
                        }
                    }
                    break;
                }
            }
            if segment.unterminated {
                desk.note(finding::UNTERMINATED, 0, segment.end, 0);
                self.unterminated = None;
            }
            self.pending = false;
        }
    }

    /// The reference of UNZ or UNE against that of UNB or UNG.
    fn check_envelope(&mut self, opened: u32, element: usize, bytes: &[u8], desk: &mut Desk<'_>) {
        let closing = self.reader.segment;
        let resume = self.reader.position();
        let reference = closing.component(2, 1).map(|r| r.trimmed(bytes));
        self.reader.seek(opened.saturating_sub(1));
        if self.reader.next_segment(bytes) == Ok(Step::Segment) {
            let own = self.reader.segment.component(element, 1).map(|r| r.trimmed(bytes));
            check_reference(own, reference, &closing, bytes, desk);
        }
        self.reader.seek(resume);
        self.reader.segment = closing;
    }
}

/// A declared count (element 1) against the real one.
fn check_count(segment: &Segment, real: u64, bytes: &[u8], desk: &mut Desk<'_>) {
    let Some(value) = segment.component(1, 1).map(|r| r.trimmed(bytes)) else { return };
    let declared = decimal::parse(value.of(bytes), Style::POINT).ok().filter(|d| d.scale() == 0);
    match declared.map(|d| d.mantissa()) {
        Some(count) if count.cast_unsigned() == real => {}
        Some(count) => desk.note_shown(
            finding::COUNT_MISMATCH,
            0,
            value.at,
            value.length,
            Shown::count(count.cast_unsigned()),
            Shown::count(real),
        ),
        None => desk.note(finding::INVALID_NUMBER, 0, value.at, value.length),
    }
}

fn check_reference(
    own: Option<Raw>,
    reference: Option<Raw>,
    closing: &Segment,
    bytes: &[u8],
    desk: &mut Desk<'_>,
) {
    let text = |raw: Option<Raw>| raw.map_or(&[][..], |r| r.of(bytes));
    if text(own) == text(reference) {
        return;
    }
    let shown = |raw: Option<Raw>| match raw {
        Some(r) if r.length > 0 => {
            let (at, length) = desk.place(r.at, r.length);
            Shown::text(at, length)
        }
        _ => Shown::NONE,
    };
    let (expected, found) = (shown(own), shown(reference));
    let place = match reference {
        Some(r) if r.length > 0 => (r.at, r.length),
        _ => (closing.start, (closing.end - closing.start).saturating_sub(1)),
    };
    desk.note_shown(finding::REFERENCE_MISMATCH, 0, place.0, place.1, expected, found);
}

/// Content of a segment that no rule used.
#[cold]
fn leftover(segment: &Segment, left: u64, whole: bool, weighty: bool, desk: &mut Desk<'_>) {
    let (at, length) = (segment.start, (segment.end - segment.start).saturating_sub(1));
    if whole || segment.overlong {
        desk.unknown(1, weighty, at, length);
        if segment.overlong {
            desk.note(finding::CAPACITY_EXCEEDED, field::ORDER_KIND, at, length);
        }
        return;
    }
    if left == 0 {
        return;
    }
    if let Some(token) = segment.token(left.trailing_zeros() as usize) {
        desk.unknown(left.count_ones(), weighty, token.at, token.length);
    }
}

/// A qualifier as a case's key.
fn qualifier_key<F: Fields>(fields: &F, value: Raw) -> u64 {
    let text = value.of(fields.bytes());
    if value.flags == 0 {
        return pack_at(fields.bytes(), value.at as usize, value.length as usize);
    }
    let mut buffer = [0u8; 16];
    match fields.unescape(value, &mut buffer) {
        Some(length) => pack(buffer.get(..length).unwrap_or(&[])),
        None => pack(text),
    }
}

/// Fires the case of the segment's qualifier; is there one?
fn qualified(cell: &Cell, firing: &mut Firing<'_, '_, '_, SegmentFields<'_>>) -> bool {
    let Some(value) = firing.fields.get(cell.qualifier) else { return false };
    firing.fields.used(value);
    let key = qualifier_key(firing.fields, value);
    let cases = cell.cases.of(firing.channel.cases);
    let own = cases.iter().find(|case| case.key == key);
    // `R[]` in a record without pairs: any qualifier that has no rules of its own.
    match own.or_else(|| cases.iter().find(|case| case.key == u64::MAX)) {
        Some(case) => {
            firing.run(case.rules);
            if firing.fields.left() != 0 {
                firing.ignore(case.rules);
            }
            true
        }
        None => false,
    }
}

/// Fires the cases of each pair of the segment.
fn pairs(cell: &Cell, firing: &mut Firing<'_, '_, '_, SegmentFields<'_>>) {
    let Some(pairs) = firing.channel.pairs.get(usize::from(cell.pairs) - 1).copied() else { return };
    let last = firing.fields.segment().last_element().min(usize::from(pairs.last));
    let mut element = usize::from(pairs.first);
    while element <= last {
        let (first, behind) = firing.fields.segment().element(element);
        if pairs.value == 0 {
            let (value, end) = firing.fields.segment().element(element + 1);
            if value < end {
                pair(cell, (value, first), firing);
            }
            element += 2;
            continue;
        }
        // One pair for each repetition of the element.
        let mut start = first;
        for token in first..behind {
            let next = token + 1;
            if next == behind || firing.fields.segment().begins_repetition(next) {
                let at = |component: u8| {
                    let place = start + usize::from(component) - 1;
                    if place < next { place } else { usize::MAX }
                };
                pair(cell, (at(pairs.value), at(pairs.qualifier)), firing);
                start = next;
            }
        }
        element += 1;
    }
}

fn pair(cell: &Cell, tokens: (usize, usize), firing: &mut Firing<'_, '_, '_, SegmentFields<'_>>) {
    firing.fields.pair = tokens;
    let qualifier = firing.fields.get(Path::single(Path::PAIR, 2));
    let key = qualifier.map_or(0, |q| qualifier_key(firing.fields, q));
    let cases = cell.cases.of(firing.channel.cases);
    if let Some(case) = cases.iter().find(|case| case.key == key && qualifier.is_some()) {
        if let Some(qualifier) = qualifier {
            firing.fields.used(qualifier);
        }
        firing.run(case.rules);
        firing.ignore(case.rules);
    }
    if let Some(any) = cases.iter().find(|case| case.key == u64::MAX) {
        firing.run(any.rules);
        firing.ignore(any.rules);
    }
}
