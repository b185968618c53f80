//! The desk: where values and findings of the order in work are laid down.
//!
//! Entries are a stack in the caller's memory. A record (document, line, party) is a range at its top;
//! when it closes, the range is handed out and the stack is cut back, so that no line's value can reach
//! another line. [`DeskState`] is what rests between two steps; [`Desk`] borrows it together with the
//! memory while the engine works.
//!
//! Here stand the state and how values are laid down: one, or several as one piece, all or none; what happens
//! to a second value; texts that must be decoded. Records and sections stand in `records.rs`, findings in
//! `findings.rs`.

pub mod findings;
mod records;

use ordnorm_chan::table::joint;
use ordnorm_chan::vocabulary::{self, field, finding, group, word};

use crate::check::Tally;
use crate::limits::{LOOK_BACK, OPEN_RECORDS, OPEN_SECTIONS, PARTIES, VALUE_BYTES};
use crate::order::{Entry, Finding, Texts, kind, origin};
use crate::value::charset::{self, Charset};
use crate::value::unit::Unit;

use super::Options;

/// Words of the bitmap of fields.
const FIELD_WORDS: usize = (vocabulary::LAST_FIELD as usize + 64) / 64;

/// A record that is open.
#[derive(Clone, Copy, Debug, Default)]
struct Level {
    /// Its first entry.
    start: u32,
    /// Scratch in use when it opened.
    scratch: u32,
    /// The line that it is or belongs to, 0 = the document.
    line: u32,
    /// Fields that it has.
    seen: [u64; FIELD_WORDS],
    /// Instances of each repeated group so far.
    instances: [u16; group::COUNT],
}

impl Level {
    const EMPTY: Level =
        Level { start: 0, scratch: 0, line: 0, seen: [0; FIELD_WORDS], instances: [0; group::COUNT] };
}

/// A value that is itself a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// Its place in the bytes of the frame that found it.
    pub at: u32,
    /// Its length there.
    pub length: u32,
    /// Key of the channel's name + 1, 0 = to be detected.
    pub channel: u16,
    /// It is base64.
    pub base64: bool,
    /// It needs unescaping first.
    pub escaped: bool,
}

/// What rests between two steps.
#[derive(Clone, Copy, Debug)]
pub struct DeskState {
    /// Entries below this one belong to the message around this one.
    pub floor: u32,
    /// Entries in use.
    pub top: u32,
    levels: [Level; OPEN_RECORDS],
    /// Open records.
    pub depth: u8,
    /// Instance of its group that each open section stands for.
    sections: [u16; OPEN_SECTIONS],
    /// Findings in use.
    pub found: u32,
    /// Scratch in use.
    pub scratch: u32,
    /// Lines of this order so far.
    pub lines: u32,
    /// The header record has been handed out.
    pub header_out: bool,
    /// What is counted and checked.
    pub tally: Tally,
    /// A value that is itself a message.
    pub content: Option<Content>,
    /// The unit that was looked up last: its text, its code, whether they are the same.
    pub unit: Option<(u64, Unit, bool)>,
    /// An item number of the line in work does not say what is ordered: its check digit is wrong, or its
    /// qualifier is not known.
    pub doubt: bool,
    /// Parties that are kept for the message inside.
    kept: [(u32, u32); PARTIES],
    kept_count: u8,
}

/// Entries of a message around this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inherited<'d> {
    /// First entry.
    pub start: u32,
    /// Behind the last one.
    pub end: u32,
    /// The name of its channel.
    pub channel: &'d str,
    /// The message inside has an envelope of its own: this one is listed as a carrier.
    pub as_carrier: bool,
}

/// The carrier's field for a field of a message.
const fn carrier_field(number: u16) -> Option<u16> {
    Some(match number {
        field::MESSAGE_ID => field::CARRIER_ID,
        field::MESSAGE_SENDER => field::CARRIER_SENDER,
        field::MESSAGE_RECIPIENT => field::CARRIER_RECIPIENT,
        field::MESSAGE_SENT => field::CARRIER_SENT,
        field::MESSAGE_SUBJECT => field::CARRIER_SUBJECT,
        _ => return None,
    })
}

/// Where the bytes that are read come from.
#[derive(Clone, Copy, Debug)]
pub enum Origin {
    /// The outermost message, from this offset on.
    Message(u32),
    /// Scratch memory from this offset on; the value that was decoded stands at `at`.
    Scratch {
        /// Offset in the scratch memory.
        base: u32,
        /// Place of the encoded value in the message.
        at: u32,
        /// Its length there.
        length: u32,
    },
}

/// The state and the memory, borrowed for one step.
pub struct Desk<'d> {
    /// What rests between steps.
    pub state: &'d mut DeskState,
    /// Memory for entries.
    pub entries: &'d mut [Entry],
    /// Memory for findings.
    pub findings: &'d mut [Finding],
    /// Scratch memory, without what holds the bytes that are read.
    pub scratch: &'d mut [u8],
    /// Offset of `scratch` in the whole scratch memory.
    pub scratch_base: u32,
    /// Where the bytes come from.
    pub origin: Origin,
    /// The outermost message.
    pub message: &'d [u8],
    /// The pool of the channel.
    pub pool: &'d [u8],
    /// The caller's options.
    pub options: &'d Options<'d>,
    /// What the message around this one hands in.
    pub inherited: Option<Inherited<'d>>,
}

impl DeskState {
    /// Nothing has been laid down yet.
    pub const EMPTY: DeskState = DeskState {
        floor: 0,
        top: 0,
        levels: [Level::EMPTY; OPEN_RECORDS],
        depth: 0,
        sections: [0; OPEN_SECTIONS],
        found: 0,
        scratch: 0,
        lines: 0,
        header_out: false,
        tally: Tally::EMPTY,
        content: None,
        unit: None,
        doubt: false,
        kept: [(0, 0); PARTIES],
        kept_count: 0,
    };

    /// Parties that were kept for the message inside: first entry, and behind the last one.
    #[must_use]
    pub const fn parties(&self) -> ([(u32, u32); PARTIES], u8) {
        (self.kept, self.kept_count)
    }
}

impl<'d> Desk<'d> {
    /// Begins a new order: nothing is left of the one before.
    pub fn begin_order(&mut self) {
        let (found, floor, unit) = (self.state.found, self.state.floor, self.state.unit);
        *self.state =
            DeskState { found, floor, unit, top: floor, scratch: self.scratch_base, ..DeskState::EMPTY };
        self.open_record(0);
        self.inherit();
    }

    /// Takes over what the message around this one says about sender, time and reply.
    fn inherit(&mut self) {
        let Some(inherited) = self.inherited else { return };
        let mut number = 0;
        for index in inherited.start as usize..inherited.end as usize {
            let Some(mut entry) = self.entries.get(index).copied() else { return };
            if vocabulary::facts(entry.field).group() == group::CARRIER {
                // A carrier of the carrier: outermost first.
                while self.instances(group::CARRIER) < entry.nth {
                    self.new_instance(group::CARRIER);
                }
            } else if inherited.as_carrier {
                match carrier_field(entry.field) {
                    Some(field) => entry.field = field,
                    None => continue,
                }
                if number == 0 {
                    number = self.new_instance(group::CARRIER);
                    if let Some(mut channel) =
                        self.copy_text(field::CARRIER_CHANNEL, inherited.channel.as_bytes(), 0, 0)
                    {
                        (channel.nth, channel.origin) = (number, origin::INHERITED);
                        self.push(channel, Several::Flagged);
                    }
                }
                entry.nth = number;
            } else if !(field::MESSAGE_ID..=field::MESSAGE_SUBJECT).contains(&entry.field) {
                continue;
            }
            entry.origin = origin::INHERITED;
            self.push(entry, Several::Flagged);
        }
    }

    /// What was laid down since the stack had `top` entries stands around the message, and holds for others too.
    #[cfg(feature = "tradacoms")]
    pub fn inherited_from(&mut self, top: u32) {
        for entry in self.entries.get_mut(top as usize..self.state.top as usize).into_iter().flatten() {
            entry.origin = origin::INHERITED;
        }
    }

    /// Does the record in work have this field?
    #[must_use]
    pub fn has(&self, number: u16) -> bool {
        let word = self.level().and_then(|l| l.seen.get(usize::from(number >> 6))).copied().unwrap_or(0);
        word >> (number & 63) & 1 == 1
    }

    /// Has the text begun that a further piece belongs to: of this field, and of this instance of its group?
    #[must_use]
    pub fn has_begun(&self, piece: &Entry) -> bool {
        self.has(piece.field)
            && (vocabulary::facts(piece.field).group() == group::NONE || self.earlier(piece).is_some())
    }

    /// The field stood in the record in work, though its value is absent.
    pub fn mark(&mut self, number: u16) {
        self.set_seen(number);
    }

    /// Is the record's value of this field the same (or is there none)?
    #[must_use]
    pub fn agrees(&self, entry: &Entry) -> bool {
        let range = self.open_entries();
        let entries = self.entries.get(range).unwrap_or(&[]);
        entries
            .iter()
            .rev()
            .take(LOOK_BACK)
            .find(|e| e.field == entry.field)
            .is_some_and(|e| e.kind == entry.kind && e.value == entry.value)
    }

    /// A line has one net and one gross price: a second one, which is laid above the stack, is a finding.
    pub fn has_price_of_kind(&mut self, count: usize) -> bool {
        let kind_of = |e: &&Entry| e.field == field::LINE_PRICE_KIND;
        let parts = self.staged(count);
        let Some(wanted) = parts.iter().find(kind_of).and_then(Entry::word) else { return false };
        if !matches!(wanted, word::PRICE_NET | word::PRICE_GROSS) || !self.has(field::LINE_PRICE_KIND) {
            return false;
        }
        let entries = self.entries.get(self.open_entries()).unwrap_or(&[]);
        let near = || entries.iter().rev().take(LOOK_BACK);
        let Some(twin) = near().find(|e| kind_of(e) && e.word() == Some(wanted)) else { return false };
        let part = |of: u16| parts.iter().find(|e| e.field == of).map(|e| (e.value, e.scale));
        let same =
            [field::LINE_PRICE, field::LINE_PRICE_BASIS, field::LINE_PRICE_UNIT].into_iter().all(|of| {
                near().find(|e| e.field == of && e.nth == twin.nth).map(|e| (e.value, e.scale)) == part(of)
            });
        if let Some(head) = parts.first().copied() {
            self.note_again(same, &head);
        }
        true
    }

    fn set_seen(&mut self, number: u16) {
        if let Some(level) = self.level_mut() {
            if let Some(word) = level.seen.get_mut(usize::from(number >> 6)) {
                *word |= 1 << (number & 63);
            }
        }
    }

    /// Place in the outermost message of a place in the bytes that are read.
    #[must_use]
    pub fn place(&self, at: u32, length: u32) -> (u32, u32) {
        match self.origin {
            Origin::Message(base) => (base + at, length),
            Origin::Scratch { at, length, .. } => (at, length),
        }
    }

    /// Where texts are, for comparing values.
    #[must_use]
    pub fn texts(&self) -> Texts<'_> {
        Texts { message: self.message, scratch: &[], channel: self.pool }
    }

    /// Lays one value down; is it the one that holds?
    ///
    /// `policy` says which of several values does.
    #[inline]
    pub fn push(&mut self, entry: Entry, policy: Several) -> bool {
        self.stage(0, entry);
        self.keep(entry, 1, policy)
    }

    /// Lays a part of a value above the stack, where [`Desk::keep`] finds it.
    #[inline]
    pub fn stage(&mut self, part: usize, entry: Entry) {
        if let Some(place) = self.entries.get_mut(self.state.top as usize + part) {
            *place = entry;
        }
    }

    /// The parts that lie above the stack.
    #[must_use]
    pub fn staged(&self, count: usize) -> &[Entry] {
        let top = self.state.top as usize;
        self.entries.get(top..top + count).unwrap_or(&[])
    }

    /// Takes the parts above the stack in, all or none: `head` and what belongs to it.
    pub fn keep(&mut self, head: Entry, count: usize, policy: Several) -> bool {
        if self.room() < count {
            self.note(finding::CAPACITY_EXCEEDED, head.field, 0, 0);
            return false;
        }
        let facts = vocabulary::facts(head.field);
        if facts.is_many() {
            if policy == Several::First && self.holds_equal(&head) {
                return false;
            }
        } else if self.has(head.field) && !head.is_continuation() {
            // The numbers of a group's instances tell its values apart.
            if facts.group() == group::NONE || self.earlier(&head).is_some() {
                return self.again(head, count, policy);
            }
        }
        self.set_seen(head.field);
        let top = self.state.top as usize;
        self.state.top += count as u32;
        for part in top + 1..top + count {
            if let Some(field) = self.entries.get(part).map(|entry| entry.field) {
                self.set_seen(field);
            }
        }
        true
    }

    /// Does the record hold the same value of this field?
    fn holds_equal(&self, head: &Entry) -> bool {
        let texts = Texts { message: self.message, scratch: &[], channel: self.pool };
        let entries = self.entries.get(self.open_entries()).unwrap_or(&[]);
        entries.iter().rev().take(LOOK_BACK).any(|e| e.field == head.field && self.same(e, head, &texts))
    }

    /// The entry of the same field (and instance) that stands already.
    fn earlier(&self, head: &Entry) -> Option<usize> {
        let facts = vocabulary::facts(head.field);
        if facts.group() != group::NONE && !self.has(head.field) {
            return None;
        }
        let range = self.open_entries();
        let from = range.start.max(range.end.saturating_sub(LOOK_BACK));
        let found = self.entries.get(from..range.end)?.iter().rposition(|e| {
            e.field == head.field
                && !e.is_continuation()
                && (facts.group() == group::NONE || e.nth == head.nth)
        })?;
        Some(from + found)
    }

    /// A second value where one is allowed.
    #[cold]
    #[inline(never)]
    fn again(&mut self, head: Entry, count: usize, policy: Several) -> bool {
        let known = self.earlier(&head);
        // A derived value yields to one that says what it is.
        let weak = |e: &Entry| matches!(e.origin, origin::DERIVED | origin::INHERITED);
        let earlier = known.and_then(|index| self.entries.get(index)).copied();
        let policy = match earlier {
            Some(earlier) if weak(&earlier) && !weak(&head) => Several::Last,
            Some(earlier) if weak(&head) && !weak(&earlier) => Several::First,
            _ => policy,
        };
        let top = self.state.top as usize;
        match policy {
            Several::First => return false,
            Several::Last => {
                let (Some(index), Some((below, above))) = (known, self.entries.split_at_mut_checked(top))
                else {
                    return true;
                };
                // The whole value is replaced: what belongs to it stands right behind.
                let places = below.get_mut(index..).unwrap_or(&mut []);
                let mut pairs = places.iter_mut().zip(above.iter().take(count));
                return pairs.all(|(place, new)| {
                    let same = place.field == new.field;
                    if same {
                        *place = *new;
                    }
                    same
                });
            }
            Several::Flagged => {}
        }
        let same = known.is_some_and(|index| {
            let texts = Texts { message: self.message, scratch: &[], channel: self.pool };
            self.staged(count).iter().enumerate().all(|(offset, part)| {
                self.entries
                    .get(index + offset)
                    .is_some_and(|e| e.field == part.field && self.same(e, part, &texts))
            })
        });
        self.note_again(same, &head);
        false
    }

    fn note_again(&mut self, same: bool, head: &Entry) {
        let code = if same { finding::REPEATED_VALUE } else { finding::CONFLICTING_VALUES };
        let (severity, review) = vocabulary::finding_effect(code);
        let (at, length, line) = (head.at, head.length, self.line());
        let note =
            Finding { at, length, line, code, field: head.field, severity: severity as u8, ..Finding::NONE };
        self.add(note, review);
    }

    fn same(&self, a: &Entry, b: &Entry, texts: &Texts<'_>) -> bool {
        if a.kind == kind::SCRATCH || b.kind == kind::SCRATCH {
            return match (self.scratch_text(a), self.scratch_text(b)) {
                (Some(a), Some(b)) => a == b,
                _ => false,
            };
        }
        a.same_value(b, texts)
    }

    fn scratch_text(&self, entry: &Entry) -> Option<&[u8]> {
        if entry.kind != kind::SCRATCH {
            return self.texts().bytes(entry);
        }
        let at = ((entry.value >> 32) as usize).checked_sub(self.scratch_base as usize)?;
        self.scratch.get(at..at + (entry.value & 0xFFFF_FFFF) as usize)
    }

    /// The free scratch, and the offset in the whole memory at which it begins.
    pub fn free_scratch(&mut self) -> (&mut [u8], u32) {
        let from = self.state.scratch.max(self.scratch_base);
        let local = (from - self.scratch_base) as usize;
        (self.scratch.get_mut(local..).unwrap_or(&mut []), from)
    }

    /// An entry for a text in the bytes that are read, which needs no decoding.
    #[must_use]
    pub fn plain_text(&self, number: u16, at: u32, length: u32) -> Entry {
        let (outer, outer_length) = self.place(at, length);
        let mut entry =
            Entry { field: number, at: outer, length: outer_length, kind: kind::TEXT, ..Entry::STATED };
        if let Origin::Scratch { base, .. } = self.origin {
            entry.kind = kind::SCRATCH;
            entry.value = (u64::from(base + at) << 32) | u64::from(length);
        }
        entry
    }

    /// Writes decoded text into the scratch memory; `None` where it does not fit.
    pub fn scratch_entry(&mut self, number: u16, at: u32, length: u32, written: usize) -> Entry {
        let (outer, outer_length) = self.place(at, length);
        let from = self.state.scratch.max(self.scratch_base);
        self.state.scratch = from + written as u32;
        Entry {
            field: number,
            at: outer,
            length: outer_length,
            kind: kind::SCRATCH,
            value: (u64::from(from) << 32) | written as u64,
            ..Entry::STATED
        }
    }

    /// Decodes characters into the scratch memory.
    ///
    /// The charset's own faults become findings; what does not fit is `capacity_exceeded`, and the text
    /// is absent.
    pub fn decode_text(
        &mut self,
        number: u16,
        text: &[u8],
        set: Charset,
        at: u32,
        length: u32,
    ) -> Option<Entry> {
        let chosen = charset::told(text, set);
        if chosen != set {
            self.note(finding::CHARSET_GUESSED, number, at, length);
        }
        let (room, _) = self.free_scratch();
        let done = charset::decode(text, chosen, room);
        if done.read < text.len() {
            self.note(finding::CAPACITY_EXCEEDED, number, at, length);
            return None;
        }
        if done.replaced > 0 {
            self.note(finding::CHARSET_MISMATCH, number, at, length);
        }
        Some(self.scratch_entry(number, at, length, done.written))
    }

    /// Copies text that is UTF-8 already into the scratch memory.
    pub fn copy_text(&mut self, number: u16, text: &[u8], at: u32, length: u32) -> Option<Entry> {
        let (room, _) = self.free_scratch();
        match room.get_mut(..text.len()) {
            Some(place) => place.copy_from_slice(text),
            None => {
                self.note(finding::CAPACITY_EXCEEDED, number, at, length);
                return None;
            }
        }
        Some(self.scratch_entry(number, at, length, text.len()))
    }
}

/// Which of several values holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Several {
    /// The first one, and the others are findings.
    Flagged,
    /// The first one.
    First,
    /// The last one.
    Last,
}

/// A small buffer for values that are decoded before they are parsed.
pub type ValueBuffer = [u8; VALUE_BYTES];

/// Marks an entry as the continuation of the text before it.
#[must_use]
pub fn continued(mut entry: Entry, by: u8) -> Entry {
    entry.scale = if by == joint::NONE { joint::PLAIN } else { by };
    entry
}

/// Fields whose values are item or document identifiers, which spreadsheets like to round.
#[must_use]
pub const fn is_identifier(number: u16) -> bool {
    matches!(number, field::LINE_GTIN..=field::LINE_OTHER_ID | field::ORDER_NUMBER | field::PARTY_ID)
}
