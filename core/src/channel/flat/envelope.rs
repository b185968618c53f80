//! The envelope: what stands around messages, and its counts.
//!
//! | | interchange | group | message |
//! |---|---|---|---|
//! | EDIFACT (ISO 9735-1) | UNB … UNZ | UNG … UNE | UNH … UNT |
//! | X12 (X12.5, X12.6) | ISA … IEA | GS … GE | ST … SE |
//! | TRADACOMS | STX … END | messages from …HDR to …TLR | MHD … MTR |
//!
//! The segments that open an interchange and a group are remembered as offsets. They are read again where
//! their values are wanted: for the order that begins ([`FlatState::open_message`]), and for the reference
//! that the closing segment repeats ([`FlatState::check_envelope`]). What follows a message is looked at
//! before its order ends, since the ends of the group and of the interchange belong to the last order of
//! theirs ([`FlatState::look_behind`]).

use ordnorm_chan::table::{pack, section, syntax};
use ordnorm_chan::vocabulary::finding;

use super::{FlatState, Phase};
use crate::channel::desk::Desk;
use crate::channel::detect::{self, Choice};
use crate::channel::{Registry, Signal};
use crate::limits::{INHERITED_BYTES, INHERITED_SEGMENTS, TOKENS};
use crate::order::Shown;
use crate::syntax::Raw;
use crate::syntax::segments::{Segment, Segments, Service, Step};
use crate::value::decimal::{self, Style};

/// What a segment is to the envelope.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// Opens an interchange (UNB).
    Interchange,
    /// Opens a group of messages (UNG).
    Group,
    /// Opens a message (UNH).
    Message,
    /// Closes a message (UNT).
    MessageEnd,
    /// Closes a group (UNE).
    GroupEnd,
    /// Closes an interchange (UNZ).
    InterchangeEnd,
    /// Of the message's content.
    Content,
}

/// The segments of a notation's envelope.
pub(super) struct Envelope {
    interchange: u64,
    group: u64,
    message: u64,
    message_end: u64,
    group_end: u64,
    interchange_end: u64,
    /// Where interchange, group and message have the reference that their ends repeat in element 2.
    references: [u8; 3],
    /// Where a message says what it is.
    kind: (u8, u8),
}

const EDIFACT: Envelope = Envelope {
    interchange: pack(b"UNB"),
    group: pack(b"UNG"),
    message: pack(b"UNH"),
    message_end: pack(b"UNT"),
    group_end: pack(b"UNE"),
    interchange_end: pack(b"UNZ"),
    references: [5, 5, 1],
    kind: (2, 1),
};

#[cfg(feature = "x12")]
const X12: Envelope = Envelope {
    interchange: pack(b"ISA"),
    group: pack(b"GS"),
    message: pack(b"ST"),
    message_end: pack(b"SE"),
    group_end: pack(b"GE"),
    interchange_end: pack(b"IEA"),
    references: [13, 6, 2],
    kind: (1, 1),
};

#[cfg(feature = "tradacoms")]
const TRADACOMS: Envelope = Envelope {
    interchange: pack(b"STX"),
    group: u64::MAX,
    message: pack(b"MHD"),
    message_end: pack(b"MTR"),
    group_end: u64::MAX,
    interchange_end: pack(b"END"),
    references: [0, 0, 0],
    kind: (2, 1),
};

/// The envelope of a notation.
pub(super) const fn of(notation: u8) -> &'static Envelope {
    match notation {
        #[cfg(feature = "x12")]
        syntax::X12 => &X12,
        #[cfg(feature = "tradacoms")]
        syntax::TRADACOMS => &TRADACOMS,
        _ => &EDIFACT,
    }
}

impl Part {
    /// What the segment is that a reader has read.
    pub fn of(reader: &Segments, bytes: &[u8]) -> Part {
        of(reader.notation).part(reader.segment.tag(bytes))
    }
}

impl Envelope {
    /// What is a segment of this name?
    #[inline]
    pub(super) fn part(&self, tag: u64) -> Part {
        // Nearly every segment is content.
        let all = [
            self.message_end,
            self.message,
            self.interchange,
            self.interchange_end,
            self.group,
            self.group_end,
        ];
        if !all.contains(&tag) {
            return Part::Content;
        }
        match tag {
            _ if tag == self.message_end => Part::MessageEnd,
            _ if tag == self.message => Part::Message,
            _ if tag == self.interchange => Part::Interchange,
            _ if tag == self.interchange_end => Part::InterchangeEnd,
            _ if tag == self.group => Part::Group,
            _ => Part::GroupEnd,
        }
    }

    /// Where a message says what it is: element and component.
    pub(super) const fn kind(&self) -> (usize, usize) {
        (self.kind.0 as usize, self.kind.1 as usize)
    }
}

impl FlatState {
    /// Between messages.
    #[inline(never)]
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
        if let Some(at) = self.wrong_tag_separator(bytes) {
            return Some(Signal::Malformed(at));
        }
        match self.part(bytes) {
            Part::Interchange => {
                self.enter_interchange(bytes);
                self.interchange = segment.start + 1;
                (self.messages, self.groups, self.group, self.group_messages) = (0, 0, 0, 0);
            }
            Part::Group => {
                self.group = segment.start + 1;
                self.groups += 1;
                self.group_messages = 0;
            }
            Part::GroupEnd => self.group = 0,
            Part::InterchangeEnd => {
                // An interchange that ends before its messages: the next order must not be booked unseen.
                let count = segment.component(1, 1).map(|r| r.trimmed(bytes).of(bytes));
                let empty = count.is_none_or(|c| c.iter().all(|digit| *digit == b'0'));
                if self.messages == 0 && !empty || self.interchange == 0 {
                    let length = (segment.end - segment.start).saturating_sub(1);
                    self.loose = Some((finding::COUNT_MISMATCH, segment.start, length));
                }
                self.interchange = 0;
            }
            Part::Message => {
                if self.is_around(bytes) {
                    self.pass_around(bytes, None);
                    return None;
                }
                self.message = segment.start;
                let (element, component) = of(self.reader.notation).kind();
                let kind =
                    segment.component(element, component).map(|kind| kind.trimmed(bytes)).unwrap_or_default();
                self.kind = Raw { token: TOKENS as u8, ..kind };
                self.segments = 0;
                let found = match self.wanted(registry, desk) {
                    Some(number) => Choice::One(number),
                    None => {
                        let around = [self.interchange, self.group];
                        detect::message(registry, bytes, around, &mut self.reader, |_| {})
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
            _ if self.is_service(bytes) => {}
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

    /// The channel that the caller names, where it is one of this notation.
    pub(super) fn wanted(&self, registry: &Registry<'_>, desk: &Desk<'_>) -> Option<usize> {
        let named = registry.find(desk.options.channel?.as_bytes())?;
        Some(named).filter(|number| registry.channel(*number).syntax == self.reader.notation)
    }

    /// The end of the bytes between messages. An interchange without a message, or a part of a segment that
    /// no order could say anything of, was cut off: there may have been an order.
    pub(super) fn done(&mut self, bytes: &[u8]) -> Signal {
        let begun = core::mem::take(&mut self.interchange) != 0 && self.messages == 0;
        match self.unterminated.take() {
            Some((at, _)) if !begun => Signal::Malformed(at),
            None if !begun => Signal::Done,
            _ => Signal::Malformed(bytes.len() as u32),
        }
    }

    /// Opens the header and takes the envelope's values into it.
    #[inline(never)]
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
        if self.interchange == 0 && self.reader.notation != syntax::FIXED {
            desk.note(finding::NO_ENVELOPE, 0, s.start, s.end - s.start);
        }
        if let Some((code, at, length)) = self.loose.take() {
            desk.note(code, 0, at, length);
            if self.strays > 0 {
                desk.unknown(core::mem::take(&mut self.strays), false, at, length);
            }
        }
        self.resume = 0;
        if cfg!(feature = "tradacoms") {
            self.inherit_from(bytes, desk);
        }
        let envelope = channel.sections.iter().position(|s| s.kind == section::ENVELOPE);
        if let (Some(envelope), true) = (envelope, self.interchange != 0) {
            let resume = self.reader.segment.start;
            let group = if self.reader.notation == syntax::TRADACOMS { 0 } else { self.group };
            for at in [self.interchange, group] {
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
        if self.resume != 0 {
            self.reader.seek(self.group.saturating_sub(1));
            let _ = self.reader.next_segment(bytes);
            self.pending = false;
        }
    }

    /// TRADACOMS: is the message that begins one of those that stand around the orders (`ORDHDR`, `ORDTLR`,
    /// `RSGRSG`)?
    fn is_around(&self, bytes: &[u8]) -> bool {
        if !cfg!(feature = "tradacoms") {
            return false;
        }
        let kind = self.reader.segment.component(2, 1).map_or(&[][..], |kind| kind.trimmed(bytes).of(bytes));
        let around = kind.ends_with(b"HDR") || kind.ends_with(b"TLR") || kind == b"RSGRSG";
        around && self.reader.notation == syntax::TRADACOMS
    }

    /// Reads over a message that stands around the orders. What follows from it: a header begins a group of
    /// orders, a trailer says how many there were (OFT FTOR).
    #[cold]
    #[inline(never)]
    fn pass_around(&mut self, bytes: &[u8], mut desk: Option<&mut Desk<'_>>) {
        let begin = self.reader.segment;
        let kind = begin.component(2, 1).map_or(&[][..], |kind| kind.trimmed(bytes).of(bytes));
        self.messages += 1;
        if kind.ends_with(b"HDR") {
            (self.group, self.group_messages) = (begin.start + 1, 0);
        }
        let mut segments = 1u32;
        self.pending = false;
        while self.reader.next_segment(bytes) == Ok(Step::Segment) && !self.reader.segment.unterminated {
            let segment = self.reader.segment;
            segments += 1;
            match self.part(bytes) {
                Part::Content => {
                    if segment.tag(bytes) == pack(b"OFT") {
                        self.declared(u64::from(self.group_messages), bytes, desk.as_deref_mut());
                    }
                }
                Part::MessageEnd => {
                    self.declared(u64::from(segments), bytes, desk.as_deref_mut());
                    if kind.ends_with(b"TLR") {
                        self.group = 0;
                    }
                    return;
                }
                _ => break,
            }
        }
        // It has no end; what stands here is looked at again.
        self.pending = self.reader.segment.start != begin.start;
        let (at, length) = (begin.start, (begin.end - begin.start).saturating_sub(1));
        match desk {
            Some(desk) => desk.note(finding::TRUNCATED, 0, at, length),
            None => self.loose = self.loose.or(Some((finding::TRUNCATED, at, length))),
        }
    }

    /// A count that stands around the orders: a mismatch is told to the order at hand, or to the next one.
    fn declared(&mut self, real: u64, bytes: &[u8], desk: Option<&mut Desk<'_>>) {
        let segment = self.reader.segment;
        if let Some(desk) = desk {
            check_count(&segment, real, bytes, desk);
        } else if wrong_count(&segment, real, bytes) {
            let length = (segment.end - segment.start).saturating_sub(1);
            self.loose = self.loose.or(Some((finding::COUNT_MISMATCH, segment.start, length)));
        }
    }

    /// TRADACOMS: an order inherits what the header message of its file says; the header's segments are
    /// read as the first ones of the order.
    #[inline(never)]
    fn inherit_from(&mut self, bytes: &[u8], desk: &mut Desk<'_>) {
        let own = self.reader.segment;
        let Some(from) = self.group.checked_sub(1).filter(|_| self.reader.notation == syntax::TRADACOMS)
        else {
            return;
        };
        self.reader.seek(from);
        let mut end = None;
        for number in 0..INHERITED_SEGMENTS {
            if self.reader.next_segment(bytes) != Ok(Step::Segment) {
                break;
            }
            match self.part(bytes) {
                Part::Message if number == 0 => {}
                Part::Content => {}
                Part::MessageEnd => {
                    end = Some(self.reader.segment.end);
                    break;
                }
                // It has no end of its own.
                _ => break,
            }
        }
        match end.filter(|end| *end <= own.start && end - from <= INHERITED_BYTES) {
            Some(_) => self.resume = own.start + 1,
            None => desk.note(finding::CAPACITY_EXCEEDED, 0, from, own.start.saturating_sub(from)),
        }
        self.reader.seek(own.start);
        let _ = self.reader.next_segment(bytes);
    }

    /// The part of the envelope that the segment in work is.
    pub(super) fn part(&self, bytes: &[u8]) -> Part {
        Part::of(&self.reader, bytes)
    }

    /// TRADACOMS: where something else than `=` stands behind a tag.
    pub(super) fn wrong_tag_separator(&self, bytes: &[u8]) -> Option<u32> {
        if !cfg!(feature = "tradacoms") {
            return None;
        }
        let Service { tag, terminator, .. } = self.reader.service;
        let behind = self.reader.segment.behind_tag(bytes)?;
        let token = self.reader.segment.token(0)?;
        (tag != 0 && behind != tag && behind != terminator).then_some(token.at + token.length)
    }

    /// X12 segments that stand between messages: ISX names a release character, TA1 acknowledges another
    /// interchange.
    fn is_service(&mut self, bytes: &[u8]) -> bool {
        if !cfg!(feature = "x12") {
            return false;
        }
        let tag = if self.reader.notation == syntax::X12 { self.reader.segment.tag(bytes) } else { 0 };
        if tag == pack(b"ISX") {
            self.reader.enter_extension(bytes);
        }
        tag == pack(b"ISX") || tag == pack(b"TA1")
    }

    /// The service characters and the character set of the interchange that begins.
    fn enter_interchange(&mut self, bytes: &[u8]) {
        if self.reader.notation != syntax::EDIFACT {
            return;
        }
        if self.interchange != 0 {
            self.reader.keep_advice();
        }
        self.unknown_charset = !self.reader.enter_interchange(bytes);
    }

    /// The end of a message: the number of its segments and its reference (ISO 9735-1, UNT 0074 and 0062).
    pub(super) fn check_message_end(&mut self, bytes: &[u8], desk: &mut Desk<'_>) {
        let unt = self.reader.segment;
        check_count(&unt, u64::from(self.segments), bytes, desk);
        self.check_envelope(self.message + 1, 2, bytes, desk);
    }

    /// Looks at what follows the message: the end of the interchange belongs to its last order.
    #[inline(never)]
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
            match self.part(bytes) {
                Part::Message if !segment.unterminated && self.is_around(bytes) => {
                    self.pass_around(bytes, Some(&mut *desk));
                    continue;
                }
                Part::GroupEnd if self.group != 0 => {
                    check_count(&segment, u64::from(self.group_messages), bytes, desk);
                    self.check_envelope(self.group, 1, bytes, desk);
                    self.group = 0;
                }
                Part::InterchangeEnd if self.interchange != 0 => {
                    let declared = if self.groups > 0 { self.groups } else { self.messages };
                    check_count(&segment, u64::from(declared), bytes, desk);
                    self.check_envelope(self.interchange, 0, bytes, desk);
                    self.interchange = 0;
                }
                Part::Interchange if self.interchange != 0 && self.complete => {
                    desk.note(finding::TRUNCATED, 0, segment.start, 0);
                    self.interchange = 0;
                    break;
                }
                Part::Content if !segment.unterminated && self.is_service(bytes) => {}
                Part::Content if !segment.unterminated => {
                    // A segment that belongs to no message: whoever books this order must look.
                    desk.unknown(1, true, segment.start, (segment.end - segment.start).saturating_sub(1));
                }
                Part::MessageEnd if !segment.unterminated => {
                    desk.unknown(1, true, segment.start, (segment.end - segment.start).saturating_sub(1));
                }
                _ if !segment.unterminated => break,
                part => {
                    // The rest of a segment that was cut off; that of a UNH is an order of its own.
                    if self.interchange != 0 && self.complete {
                        desk.note(finding::TRUNCATED, 0, segment.start, segment.end - segment.start);
                        if part != Part::Message {
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

    /// The reference of an end against that of what it ends.
    #[inline(never)]
    fn check_envelope(&mut self, opened: u32, which: usize, bytes: &[u8], desk: &mut Desk<'_>) {
        let element = of(self.reader.notation).references.get(which).copied().map_or(0, usize::from);
        if element == 0 {
            return;
        }
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

/// The count that a segment declares in element 1.
fn count_of(segment: &Segment, bytes: &[u8]) -> Option<(Raw, Option<u64>)> {
    let value = segment.component(1, 1)?.trimmed(bytes);
    let declared = decimal::parse(value.of(bytes), Style::POINT).ok().filter(|d| d.scale() == 0);
    Some((value, declared.and_then(|d| u64::try_from(d.mantissa()).ok())))
}

fn wrong_count(segment: &Segment, real: u64, bytes: &[u8]) -> bool {
    count_of(segment, bytes).is_some_and(|(_, declared)| declared != Some(real))
}

/// A declared count (element 1) against the real one.
fn check_count(segment: &Segment, real: u64, bytes: &[u8], desk: &mut Desk<'_>) {
    match count_of(segment, bytes) {
        Some((value, Some(count))) if count != real => desk.note_shown(
            finding::COUNT_MISMATCH,
            0,
            value.at,
            value.length,
            Shown::count(count),
            Shown::count(real),
        ),
        Some((value, None)) => desk.note(finding::INVALID_NUMBER, 0, value.at, value.length),
        _ => {}
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
