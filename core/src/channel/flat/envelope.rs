//! The envelope (ISO 9735-1: UNB, UNG, UNH … UNT, UNE, UNZ): what stands around messages, and its counts.
//!
//! UNB and UNG are remembered as offsets. They are read again where their values are wanted: for the order
//! that begins ([`FlatState::open_message`]), and for the reference that the closing segment repeats
//! ([`FlatState::check_envelope`]). What follows a message is looked at before its order ends, since UNE and
//! UNZ belong to the last order of theirs ([`FlatState::look_behind`]).

use ordnorm_chan::table::{pack, section, syntax};
use ordnorm_chan::vocabulary::finding;

use super::{FlatState, Phase};
use crate::channel::desk::Desk;
use crate::channel::detect::{self, Choice};
use crate::channel::{Registry, Signal};
use crate::limits::TOKENS;
use crate::order::Shown;
use crate::syntax::Raw;
use crate::syntax::edifact::{Segment, Step};
use crate::value::decimal::{self, Style};

pub(super) const UN: u64 = pack(b"UN");
pub(super) const UNB: u64 = pack(b"UNB");
pub(super) const UNG: u64 = pack(b"UNG");
pub(super) const UNH: u64 = pack(b"UNH");
pub(super) const UNT: u64 = pack(b"UNT");
pub(super) const UNE: u64 = pack(b"UNE");
pub(super) const UNZ: u64 = pack(b"UNZ");

impl FlatState {
    /// Between messages.
    pub(super) fn outside(
        &mut self,
        bytes: &[u8],
        registry: &Registry<'_>,
        desk: &mut Desk<'_>,
    ) -> Option<Signal> {
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
                    let length = (segment.end - segment.start).saturating_sub(1);
                    self.loose = Some((finding::COUNT_MISMATCH, segment.start, length));
                }
                self.interchange = 0;
            }
            UNH => {
                self.message = segment.start;
                let kind = segment.component(2, 1).map(|kind| kind.trimmed(bytes)).unwrap_or_default();
                self.kind = Raw { token: TOKENS as u8, ..kind };
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
            _ => {
                // It belongs to no message: the next order must not be booked unseen.
                let length = (segment.end - segment.start).saturating_sub(1);
                self.strays = self.strays.saturating_add(1);
                self.loose = self.loose.or(Some((finding::UNMAPPED_CONTENT, segment.start, length)));
            }
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
    pub(super) fn open_message(&mut self, bytes: &[u8], registry: &Registry<'_>, desk: &mut Desk<'_>) {
        let channel = registry.channel(self.channel);
        desk.begin_order();
        self.section = 0;
        (self.complete, self.summary) = (false, false);
        self.phase = Phase::Inside;
        desk.start_section(0);
        let s = self.reader.segment;
        if self.preferred {
            desk.note(finding::LOADED_CHANNEL, 0, s.start, s.end - s.start);
        }
        if self.interchange == 0 {
            desk.note(finding::NO_ENVELOPE, 0, s.start, s.end - s.start);
        }
        if let Some((code, at, length)) = self.loose.take() {
            desk.note(code, 0, at, length);
            if self.strays > 0 {
                desk.unknown(core::mem::take(&mut self.strays), false, at, length);
            }
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

    /// UNT: the number of segments and the reference (ISO 9735-1, UNT 0074 and 0062).
    pub(super) fn check_message_end(&mut self, bytes: &[u8], desk: &mut Desk<'_>) {
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

    /// Looks at what follows the message: the end of the interchange belongs to its last order.
    pub(super) fn look_behind(&mut self, bytes: &[u8], desk: &mut Desk<'_>) {
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
                UNB | UNG | UNH | UNE | UNZ if !segment.unterminated => break,
                _ if !segment.unterminated => {
                    // A segment that belongs to no message: whoever books this order must look.
                    desk.unknown(1, true, segment.start, (segment.end - segment.start).saturating_sub(1));
                }
                tag => {
                    // The rest of a segment that was cut off; that of a UNH is an order of its own.
                    if self.interchange != 0 && self.complete {
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
    match declared.map(|d| d.mantissa()).filter(|count| *count >= 0) {
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
