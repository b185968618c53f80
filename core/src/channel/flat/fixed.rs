//! Fixed records: which record is meant, where a message begins and ends, which channel reads it.
//!
//! There is no envelope: a message begins with the record that its channel says (`message on EDI_DC40`) and
//! ends before the next one, or with its last record (`until 519`).

use ordnorm_chan::table::{Channel, Field, Path, Text, syntax};
use ordnorm_chan::vocabulary::finding;

use super::{FlatState, Phase};
use crate::channel::desk::Desk;
use crate::channel::detect::{self, Choice, Seen};
use crate::channel::{Registry, Signal};
use crate::syntax::fixed;
use crate::syntax::segments::{Segments, Step};
use crate::value::charset;

/// The row of a record of a channel: by its name, without the version behind it, or by a further name.
pub(super) fn row_of(record: &[u8], channel: &Channel<'_>) -> Option<usize> {
    let widths = channel.dialect.name_widths.iter().filter(|width| **width > 0);
    widths.map(|width| fixed::characters(record, 0, usize::from(*width)).trim_ascii()).find_map(|name| {
        let versioned = || {
            let (front, version) =
                name.split_at_checked(name.len().checked_sub(usize::from(channel.dialect.version_digits))?)?;
            let has_one = !version.is_empty() && version.iter().all(u8::is_ascii_digit);
            channel.row(front).filter(|_| has_one)
        };
        let further = || {
            channel
                .names
                .iter()
                .position(|n| n.synonyms.of(channel.keys).iter().any(|key| channel.text(*key) == name))
        };
        channel.row(name).or_else(versioned).or_else(further)
    })
}

/// The channel of the message that begins with a record; `seen` hears of each fact.
///
/// `length`: only channels whose records are so many characters long.
pub fn message(
    registry: &Registry<'_>,
    record: &[u8],
    start: u32,
    length: Option<u16>,
    mut seen: impl FnMut(Seen),
) -> Choice {
    detect::choose(registry, |number, channel| {
        let framed = length.is_none_or(|length| channel.dialect.record_length == length);
        if channel.syntax != syntax::FIXED || channel.facts.is_empty() || !framed {
            return false;
        }
        let Some(row) = row_of(record, channel) else { return false };
        let mut all = channel.message_first == 0 || usize::from(channel.message_first) == row + 1;
        for (index, fact) in channel.facts.iter().enumerate() {
            let named = channel.row(channel.text(fact.name)) == Some(row);
            let place = if fact.path.is_some() { fact.path } else { Path::single(0, 1) };
            let value = match place.element {
                0 => fixed::value(record, start, &NAME, 0),
                element => {
                    channel.field(row, element).and_then(|field| fixed::value(record, start, field, element))
                }
            };
            let value = value.filter(|_| named);
            let text = value.map(|v| {
                record.get(v.at.saturating_sub(start) as usize..).and_then(|r| r.get(..v.length as usize))
            });
            let holds = value.is_some()
                && (fact.values.count == 0 || detect::has(channel, fact, text.flatten().unwrap_or(&[])));
            let (at, length) = value.map_or((0, 0), |v| (v.at, v.length));
            seen(Seen { channel: number, fact: index, holds, at, length, separator: 0 });
            all &= holds;
        }
        all
    })
}

/// The begin of a record, where its name stands.
const NAME: Field = Field { name: Text { at: 0, length: 0 }, offset: 0, length: 10 };

impl FlatState {
    /// Looks whether the bytes are records of one of the channels (of `wanted`, where the caller names one).
    #[must_use]
    pub fn of_records(
        bytes: &[u8],
        registry: &Registry<'_>,
        wanted: Option<usize>,
        mut seen: impl FnMut(Seen),
    ) -> (Option<FlatState>, Choice) {
        let channels = || registry.iter().enumerate().filter(|(_, c)| c.syntax == syntax::FIXED);
        let named = || channels().filter(|(number, _)| wanted.is_none_or(|wanted| wanted == *number));
        let mut tried = None;
        for length in named().map(|(_, channel)| channel.dialect.record_length) {
            if tried == Some(length) {
                continue;
            }
            tried = Some(length);
            let mut state = FlatState::of(syntax::FIXED);
            state.reader.in_blocks(length, bytes);
            let start = state.reader.next_segment(bytes);
            if start != Ok(Step::Segment) {
                continue;
            }
            let choice = match wanted {
                Some(number) => Choice::One(number),
                None => message(
                    registry,
                    record(&state.reader, bytes),
                    state.reader.segment.start,
                    Some(length),
                    &mut seen,
                ),
            };
            if choice != Choice::None {
                state.reader.seek(0);
                return (Some(state), choice);
            }
        }
        (None, Choice::None)
    }

    /// Between messages.
    pub(super) fn records_outside(
        &mut self,
        bytes: &[u8],
        registry: &Registry<'_>,
        desk: &mut Desk<'_>,
    ) -> Option<Signal> {
        if !self.read(bytes, desk) {
            return Some(self.done(bytes));
        }
        let segment = self.reader.segment;
        let found = match self.wanted(registry, desk) {
            Some(number) => Choice::One(number),
            None => message(registry, record(&self.reader, bytes), segment.start, None, |_| {}),
        };
        self.preferred = found.is_preferred();
        match found {
            Choice::One(channel) | Choice::Preferred(channel, _) => {
                (self.message, self.segments, self.channel) = (segment.start, 0, channel);
                self.messages += 1;
                // Conditions may look at all of it.
                self.kind = segment.token(0).unwrap_or_default();
                self.phase = Phase::Opening;
                return Some(Signal::Begin(channel));
            }
            Choice::Ambiguous(..) => return Some(Signal::Ambiguous(segment.start)),
            Choice::None if self.messages == 0 => return Some(Signal::Unrecognised(segment.start)),
            Choice::None => {
                // It belongs to no message: the next order must not be booked unseen.
                self.strays = self.strays.saturating_add(1);
                let length = segment.end - segment.start;
                self.loose = self.loose.or(Some((finding::UNMAPPED_CONTENT, segment.start, length)));
                self.pending = false;
            }
        }
        None
    }

    /// Inside of a message.
    pub(super) fn records_inside(
        &mut self,
        bytes: &[u8],
        registry: &Registry<'_>,
        desk: &mut Desk<'_>,
    ) -> Option<Signal> {
        let channel = registry.channel(self.channel);
        loop {
            let more = self.read(bytes, desk);
            if let Some(declared) = charset::from_label(channel.text(channel.dialect.charset)) {
                self.reader.charset = declared;
            }
            let row = row_of(record(&self.reader, bytes), channel).filter(|_| more);
            let begins = |row: usize| row + 1 == usize::from(channel.message_first) && self.segments > 0;
            if !more || row.is_some_and(begins) {
                if channel.message_last != 0 {
                    return self.break_off(bytes, desk);
                }
                self.complete = true;
                self.phase = Phase::Closing;
                return None;
            }
            let unterminated = self.reader.segment.unterminated;
            let end = self.reader.segment.end;
            if let Some(signal) = self.segment(0, bytes, channel, desk) {
                return Some(signal);
            }
            if unterminated && self.reader.has_blocks() {
                self.pending = false;
                self.unterminated = None;
                desk.note_document(finding::TRUNCATED, end, 0);
                desk.state.tally.cut_short();
            } else if unterminated {
                // The last record has no end: its last value may have been cut, and records may be missing
                // unless it is the one that ends a message.
                if row.is_some_and(|row| row + 1 == usize::from(channel.message_last)) {
                    desk.note_document(finding::UNTERMINATED, end, 0);
                } else {
                    desk.note_as(finding::UNTERMINATED, 2, end, 0);
                }
                self.unterminated = None;
            }
            if row.is_some_and(|row| row + 1 == usize::from(channel.message_last)) {
                self.complete = true;
                self.phase = Phase::Closing;
                return None;
            }
        }
    }

    /// Notes which fields of the record in work hold something.
    pub(super) fn lay_out(&mut self, row: usize, bytes: &[u8], channel: &Channel<'_>) {
        let Some(name) = channel.names.get(row) else { return };
        let (text, fields) = (record(&self.reader, bytes), name.fields.of(channel.fields));
        let start = self.reader.segment.start;
        let mut filled = 0u64;
        for (field, number) in fields.iter().zip(1u8..=63) {
            filled |= u64::from(fixed::value(text, start, field, number).is_some()) << number;
        }
        let widest = channel.dialect.name_widths.iter().copied().max().unwrap_or(0);
        let more = fixed::has_more(text, fields, usize::from(channel.dialect.head.max(widest)));
        self.reader.segment.lay_out(filled, more);
    }
}

/// The record in work.
pub(super) fn record<'b>(reader: &Segments, bytes: &'b [u8]) -> &'b [u8] {
    reader.segment.token(0).map_or(&[], |all| all.of(bytes))
}
