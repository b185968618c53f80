//! Form fields to records: the engine of forms.
//!
//! A form is one order. The first `[]` in a field's name stands for an index (`NEW_ITEM-QUANTITY[3]`,
//! `NEW_ITEM-LONGTEXT_3:132[]`), and each index is a line; lines go out by rising index, whatever is missing
//! in between. Names are the same without regard to case.
//!
//! How this works. The form is gone through once for everything that is not a line's: fields of the
//! document, unknown ones, the character set, whether the indices rise. Where they do, the lines are read on
//! the way; else each line is looked for in the whole form, which is limited. A field that stands twice is a
//! finding; nobody can tell which of two values was meant.

use ordnorm_chan::table::{Channel, Fact, Path, Run, fact, known, section, syntax};
use ordnorm_chan::vocabulary::finding;

use super::desk::Desk;
use super::detect::{Choice, Seen, choose, fact_columns, has};
use super::fire::{Fields, Firing};
use super::names;
use super::slot::Slot;
use super::{Registry, Signal};
use crate::limits::{FORM_AGAIN_BYTES, FORM_NAME_BYTES, SLOTS, VALUE_BYTES};
use crate::order::RecordKind;
use crate::syntax::Raw;
use crate::syntax::form::{self, Form, Pair, Text};
use crate::value::charset::{self, Charset};
use crate::value::decimal::Style;
use crate::value::unit;

/// What stands in a name for an index.
const INDEX: &[u8] = b"[]";

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Phase {
    /// The order begins.
    #[default]
    Begin,
    /// What belongs to the document.
    Document,
    /// Its parties go out.
    Roles,
    /// The next line.
    Line,
    /// The order ends.
    End,
    /// Its end is to be handed out.
    Ending,
    /// Nothing is left.
    Done,
}

/// What rests between two steps.
#[derive(Clone, Copy, Debug)]
pub struct FormState {
    form: Form,
    channel: usize,
    choice: Choice,
    phase: Phase,
    charset: Charset,
    /// Where each name has its index + 1, 0 = it has none.
    index_at: [u8; SLOTS],
    slots: [Slot; SLOTS],
    /// The index of the line to come.
    index: Option<u32>,
    /// Indices rise through the whole form.
    in_order: bool,
    /// Bytes that were read again.
    again: u64,
    role: u8,
    /// The first pair of the line in work.
    first: Raw,
    /// A field of the line (or of the document) that stands twice: its name, its second value.
    twice: Option<(u8, Raw)>,
    conflict: Option<(u8, Raw)>,
    /// A value with an escape that is none.
    bad: Option<(u8, Raw)>,
    /// Slots whose values a rule has used, one bit each.
    used: u64,
}

/// The fields of a line and of the document.
struct FormFields<'b> {
    bytes: &'b [u8],
    slots: &'b [Slot],
    is_html: bool,
    charset: Charset,
    used: u64,
}

impl Fields for FormFields<'_> {
    fn bytes(&self) -> &[u8] {
        self.bytes
    }

    fn get(&self, path: Path) -> Option<Raw> {
        self.slots.get(usize::from(path.element).checked_sub(1)?)?.raw()
    }

    fn used(&mut self, value: Raw) {
        let slot = self.slots.iter().position(|slot| slot.raw().is_some_and(|known| known.at == value.at));
        self.used |= slot.map_or(0, |slot| 1 << (slot & 63));
    }

    fn unescape(&self, value: Raw, out: &mut [u8]) -> Option<usize> {
        form::unescape(value.of(self.bytes), self.is_html, out)
    }

    fn charset(&self) -> Charset {
        self.charset
    }

    fn style(&self) -> Style {
        Style::UNKNOWN
    }

    fn unit(&self, text: &[u8]) -> Option<(unit::Unit, bool)> {
        names::unit_of(text)
    }
}

/// Where the index of a written name stands + 1, 0 = it has none.
fn index_of(name: &[u8]) -> u8 {
    let at = name.windows(INDEX.len()).position(|window| window == INDEX);
    at.and_then(|at| u8::try_from(at + 1).ok()).unwrap_or(0)
}

/// Is a field called so? Its index, where the written name has one.
fn matches_name(written: &[u8], index_at: u8, name: &[u8]) -> Option<Option<u32>> {
    let Some(at) = usize::from(index_at).checked_sub(1) else {
        return name.eq_ignore_ascii_case(written).then_some(None);
    };
    let (head, rest) = name.split_at_checked(at)?;
    let written_head = written.get(..at)?;
    // The last byte mostly tells.
    let same_last =
        head.last().map(u8::to_ascii_lowercase) == written_head.last().map(u8::to_ascii_lowercase);
    if !same_last || !head.eq_ignore_ascii_case(written_head) {
        return None;
    }
    let bare = rest.strip_prefix(b"[");
    let digits = bare.unwrap_or(rest);
    let length = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, behind) = digits.split_at_checked(length)?;
    let behind = if bare.is_some() { behind.strip_prefix(b"]")? } else { behind };
    // A tenth digit would be no index that anybody counts to.
    if !(1..=9).contains(&length) || !behind.eq_ignore_ascii_case(written.get(at + INDEX.len()..)?) {
        return None;
    }
    Some(Some(digits.iter().fold(0, |number, digit| number * 10 + u32::from(digit - b'0'))))
}

/// The name that a field has in the channel: its row, and its index.
fn find(channel: &Channel<'_>, index_at: &[u8; SLOTS], name: &[u8]) -> Option<(u8, Option<u32>)> {
    (0u8..=255).zip(channel.names).zip(index_at).find_map(|((row, known), index_at)| {
        if known.synonyms.count == 0 {
            return matches_name(channel.text(known.text), *index_at, name).map(|index| (row, index));
        }
        known.synonyms.of(channel.keys).iter().find_map(|key| {
            let written = channel.text(*key);
            matches_name(written, index_of(written), name).map(|index| (row, index))
        })
    })
}

/// Where the names of a channel have their indices.
fn indices(channel: &Channel<'_>) -> [u8; SLOTS] {
    let mut index_at = [0; SLOTS];
    for (place, name) in index_at.iter_mut().zip(channel.names) {
        *place = index_of(channel.text(name.text));
    }
    index_at
}

/// The name of a field without its escapes; `None` where it is longer than any that is known.
fn plain_name<'n>(name: &[u8], is_html: bool, room: &'n mut [u8; FORM_NAME_BYTES]) -> Option<&'n [u8]> {
    let length = form::unescape(name, is_html, room)?;
    room.get(..length).map(<[u8]>::trim_ascii)
}

/// Does nothing but blanks stand here?
fn is_blank(text: &[u8], is_html: bool) -> bool {
    Text::new(text, is_html).all(|byte| byte.is_ascii_whitespace())
}

/// The first field of a message that a fact asks for: its name and its value.
fn field_of(channel: &Channel<'_>, fact: &Fact, bytes: &[u8]) -> Option<Pair> {
    let index_at = indices(channel);
    let mut form = Form::new(bytes);
    while let Some(pair) = form.next_pair(bytes) {
        let mut room = [0; FORM_NAME_BYTES];
        let Some(name) = plain_name(pair.name.of(bytes), form.is_html, &mut room) else { continue };
        let found = find(channel, &index_at, name).map(|(row, _)| usize::from(row));
        if found.is_some_and(|found| fact_columns(channel, fact).any(|row| row == found)) {
            return Some(pair);
        }
    }
    None
}

/// Does a fact hold? What stands where it looks.
fn look(channel: &Channel<'_>, fact: &Fact, bytes: &[u8]) -> (bool, Raw) {
    let Some(pair) = field_of(channel, fact, bytes) else { return (false, Raw::default()) };
    if fact.kind == fact::COLUMN {
        return (true, pair.name);
    }
    let mut room = [0; VALUE_BYTES];
    let length = form::unescape(pair.value.of(bytes), form::is_html(bytes), &mut room);
    let text = length.and_then(|length| room.get(..length)).unwrap_or(&[]).trim_ascii();
    (!text.is_empty() && (fact.values.count == 0 || has(channel, fact, text)), pair.value)
}

impl FormState {
    /// Looks which channel fits; what was looked at goes to `seen`.
    ///
    /// # Errors
    /// None does, or two do equally well.
    pub fn detect(
        bytes: &[u8],
        registry: &Registry<'_>,
        wanted: Option<usize>,
        mut seen: Option<&mut dyn FnMut(Seen)>,
    ) -> Result<FormState, Choice> {
        let choice = match wanted {
            Some(number) => Choice::One(number),
            None => choose(registry, |number, channel| {
                if channel.syntax != syntax::FORM || channel.facts.is_empty() {
                    return false;
                }
                channel.facts.iter().enumerate().fold(true, |all, (index, fact)| {
                    let (holds, place) = look(channel, fact, bytes);
                    if let Some(seen) = &mut seen {
                        let (at, length) = (place.at, place.length);
                        seen(Seen { channel: number, fact: index, holds, at, length, separator: 0 });
                    }
                    all && holds
                })
            }),
        };
        let (Choice::One(number) | Choice::Preferred(number, _)) = choice else { return Err(choice) };
        Ok(FormState {
            form: Form::new(bytes),
            channel: number,
            choice,
            phase: Phase::Begin,
            charset: Charset::Utf8,
            index_at: indices(registry.channel(number)),
            slots: [Slot::default(); SLOTS],
            index: None,
            in_order: true,
            again: 0,
            role: 0,
            first: Raw::default(),
            twice: None,
            conflict: None,
            bad: None,
            used: 0,
        })
    }

    /// How the channel was chosen.
    #[must_use]
    pub const fn choice(&self) -> Choice {
        self.choice
    }

    /// Are the fields those of HTML? A content's escapes depend on it.
    #[must_use]
    pub const fn is_html(&self) -> bool {
        self.form.is_html
    }

    /// Does one step.
    pub fn step(&mut self, bytes: &[u8], registry: &Registry<'_>, desk: &mut Desk<'_>) -> Signal {
        let channel = registry.channel(self.channel);
        loop {
            let signal = match self.phase {
                Phase::Begin => {
                    self.phase = Phase::Document;
                    Some(Signal::Begin(self.channel))
                }
                Phase::Document => self.document(bytes, channel, desk),
                Phase::Roles => self.roles(bytes, channel, desk),
                Phase::Line => self.line(bytes, channel, desk),
                Phase::End => {
                    self.count_unused(false, channel, desk);
                    self.phase = Phase::Ending;
                    desk.close_document()
                }
                Phase::Ending => {
                    self.phase = Phase::Done;
                    Some(Signal::End)
                }
                Phase::Done => Some(Signal::Done),
            };
            if let Some(signal) = signal {
                return signal;
            }
        }
    }

    fn fields<'b>(&'b self, bytes: &'b [u8]) -> FormFields<'b> {
        FormFields { bytes, slots: &self.slots, is_html: self.form.is_html, charset: self.charset, used: 0 }
    }

    fn fire(&mut self, run: Run, number: u8, bytes: &[u8], channel: &Channel<'_>, desk: &mut Desk<'_>) {
        if run.count > 0 {
            let mut fields = self.fields(bytes);
            Firing { channel, fields: &mut fields, desk, section: number }.run(run);
            self.used |= fields.used;
        }
    }

    /// Counts values that no rule has used, such as a part whose value is absent: those of a line, or those of
    /// the document.
    fn count_unused(&self, indexed: bool, channel: &Channel<'_>, desk: &mut Desk<'_>) {
        for ((number, slot), name) in self.slots.iter().enumerate().zip(channel.names) {
            let is_here = (name.flags & known::INDEXED != 0) == indexed;
            if let Some(value) = slot.raw().filter(|_| is_here && self.used >> (number & 63) & 1 == 0) {
                desk.unknown(1, true, value.at, value.length);
            }
        }
    }

    /// Defaults and required fields.
    fn finish_section(&self, number: u8, bytes: &[u8], channel: &Channel<'_>, desk: &mut Desk<'_>) {
        let Some(open) = channel.sections.get(usize::from(number)).copied() else { return };
        let mut fields = self.fields(bytes);
        Firing { channel, fields: &mut fields, desk, section: number }.defaults(open.defaults);
        desk.require(open.required.of(channel.required), self.first.at, self.first.length);
    }

    /// The next field that the channel knows: its name's row, its index, the field.
    fn next_known(&mut self, bytes: &[u8], channel: &Channel<'_>) -> Option<(u8, Option<u32>, Pair)> {
        loop {
            let pair = self.form.next_pair(bytes)?;
            if let Some((row, index)) = self.row_of(bytes, channel, &pair) {
                return Some((row, index, pair));
            }
        }
    }

    fn row_of(&self, bytes: &[u8], channel: &Channel<'_>, pair: &Pair) -> Option<(u8, Option<u32>)> {
        let mut room = [0; FORM_NAME_BYTES];
        let name = plain_name(pair.name.of(bytes), self.form.is_html, &mut room)?;
        find(channel, &self.index_at, name)
    }

    /// Goes through the whole form: what belongs to the document, and what belongs to nothing.
    fn document(&mut self, bytes: &[u8], channel: &Channel<'_>, desk: &mut Desk<'_>) -> Option<Signal> {
        desk.begin_order();
        desk.start_section(0);
        if self.choice.is_preferred() {
            desk.note(finding::LOADED_CHANNEL, 0, 0, 0);
        }
        let (names_read, names_ignored) = (names::names_read(channel), names::names_ignored(channel));
        let (mut last, mut told) = (0, false);
        let mut is_utf8 = true;
        while let Some(pair) = self.form.next_pair(bytes) {
            let text = pair.value.of(bytes);
            is_utf8 = is_utf8 && is_in_utf8(text, self.form.is_html);
            let known = self.row_of(bytes, channel, &pair);
            let has = |names: u64| known.is_some_and(|(row, _)| names >> (row & 63) & 1 == 1);
            if pair.is_choice && !has(names_ignored) {
                // What was chosen stands in its options, which nobody reads.
                desk.note(finding::UNSUPPORTED_CONTENT, 0, pair.name.at, pair.name.length);
                continue;
            }
            if !has(names_read) {
                if !is_blank(text, self.form.is_html) {
                    if has(names_ignored) {
                        desk.state.tally.ignored(1);
                        continue;
                    }
                    // One finding for all that the order has.
                    desk.unknown(1, !told, pair.name.at, pair.name.length);
                    told = true;
                }
                continue;
            }
            match known {
                Some((_, Some(index))) => {
                    self.in_order &= index >= last || self.index.is_none();
                    last = index;
                    self.index = Some(self.index.map_or(index, |least| least.min(index)));
                }
                Some((row, None)) => self.fill(row, &pair, bytes),
                None => {}
            }
        }
        if !is_utf8 {
            let declared = charset::from_label(channel.text(channel.dialect.charset));
            self.charset = declared.unwrap_or(Charset::Windows1252);
            if declared.is_none() {
                desk.note(finding::CHARSET_GUESSED, 0, 0, 0);
            }
        }
        if self.form.is_cut() {
            // Fields of lines may be missing, and whole lines.
            desk.note(finding::TRUNCATED, 0, bytes.len() as u32, 0);
            desk.state.tally.cut_short();
        }
        self.form = Form::new(bytes);
        self.tell(channel, desk);
        let header = channel.sections.first().copied().unwrap_or_default();
        self.fire(header.constants, 0, bytes, channel, desk);
        self.fire(header.rules, 0, bytes, channel, desk);
        self.phase = Phase::Roles;
        None
    }

    /// Parties of fixed roles, then the header.
    fn roles(&mut self, bytes: &[u8], channel: &Channel<'_>, desk: &mut Desk<'_>) -> Option<Signal> {
        while let Some(open) = channel.sections.get(usize::from(self.role)).copied() {
            let number = self.role;
            self.role += 1;
            if open.kind != section::PARTY {
                continue;
            }
            let mut fields = self.fields(bytes);
            let record = Firing { channel, fields: &mut fields, desk, section: number }.role(&open);
            self.used |= fields.used;
            if let Some(record) = record {
                return Some(Signal::complete(RecordKind::Party, 0, record.start));
            }
        }
        self.finish_section(0, bytes, channel, desk);
        self.phase = Phase::Line;
        desk.document_record()
    }

    /// The next line, if it has any value.
    fn line(&mut self, bytes: &[u8], channel: &Channel<'_>, desk: &mut Desk<'_>) -> Option<Signal> {
        let lines = (0u8..=255).zip(channel.sections).find(|(_, s)| s.kind == section::LINE);
        let Some((number, open)) = lines else {
            self.phase = Phase::End;
            return None;
        };
        let has_lines = channel.names.iter().any(|name| name.flags & known::INDEXED != 0);
        if has_lines {
            let Some(index) = self.index else {
                self.phase = Phase::End;
                return None;
            };
            if !self.collect(index, bytes, channel, desk) {
                return None;
            }
        } else {
            // A form without indices orders one thing.
            self.phase = Phase::End;
        }
        desk.open_section(open);
        self.tell(channel, desk);
        self.fire(open.constants, number, bytes, channel, desk);
        self.fire(open.rules, number, bytes, channel, desk);
        self.finish_section(number, bytes, channel, desk);
        self.count_unused(true, channel, desk);
        desk.close_section(open)
    }

    /// Fills the slots with the fields of a line and finds the index of the next one; has it any value?
    fn collect(&mut self, index: u32, bytes: &[u8], channel: &Channel<'_>, desk: &mut Desk<'_>) -> bool {
        for (slot, name) in self.slots.iter_mut().zip(channel.names) {
            if name.flags & known::INDEXED != 0 {
                *slot = Slot::default();
            }
        }
        self.used &= !Self::indexed(channel);
        self.first = Raw::default();
        if !self.in_order {
            self.form = Form::new(bytes);
            self.again += bytes.len() as u64;
            if self.again > 16 * bytes.len() as u64 + FORM_AGAIN_BYTES as u64 {
                desk.note(finding::CAPACITY_EXCEEDED, 0, 0, 0);
                desk.state.tally.cut_short();
                self.phase = Phase::End;
                return false;
            }
        }
        self.index = None;
        loop {
            let before = self.form;
            let Some((row, found, pair)) = self.next_known(bytes, channel) else { break };
            let Some(found) = found else { continue };
            if found == index {
                if self.first.length == 0 {
                    self.first = pair.name;
                }
                self.fill(row, &pair, bytes);
            } else if self.in_order {
                self.form = before;
                self.index = Some(found);
                break;
            } else if found > index {
                self.index = Some(self.index.map_or(found, |least| least.min(found)));
            }
        }
        let names = self.slots.iter().zip(channel.names);
        names.filter(|(_, name)| name.flags & known::INDEXED != 0).any(|(slot, _)| slot.raw().is_some())
    }

    /// The slots of names that have an index, one bit each.
    fn indexed(channel: &Channel<'_>) -> u64 {
        let indexed = channel.names.iter().map(|name| u64::from(name.flags & known::INDEXED != 0));
        indexed.take(SLOTS).enumerate().fold(0, |bits, (row, is)| bits | is << row)
    }

    /// Takes a field's value, unless it has one.
    fn fill(&mut self, row: u8, pair: &Pair, bytes: &[u8]) {
        let is_html = self.form.is_html;
        let text = pair.value.of(bytes);
        let Some(slot) = self.slots.get_mut(usize::from(row)) else { return };
        if pair.is_choice || is_blank(text, is_html) {
            return;
        }
        if form::is_bad(text, is_html) {
            self.bad = self.bad.or(Some((row, pair.value)));
        }
        match slot.raw() {
            None => *slot = Slot::of(pair.value),
            Some(known) => {
                let same = Text::new(known.of(bytes), is_html).eq(Text::new(text, is_html));
                let place = if same { &mut self.twice } else { &mut self.conflict };
                *place = place.or(Some((row, pair.value)));
            }
        }
    }

    /// Tells what was wrong with the fields that were filled.
    fn tell(&mut self, channel: &Channel<'_>, desk: &mut Desk<'_>) {
        let found = [
            (finding::REPEATED_VALUE, self.twice.take()),
            (finding::CONFLICTING_VALUES, self.conflict.take()),
            (finding::MALFORMED, self.bad.take()),
        ];
        for (code, place) in found {
            if let Some((row, value)) = place {
                let is_its = |path: Path| path.element == row.wrapping_add(1);
                let field =
                    channel.rules.iter().find(|rule| is_its(rule.source)).map_or(0, |rule| rule.field);
                desk.note(code, field, value.at, value.length);
            }
        }
    }
}

/// Is a text UTF-8 when its escapes are taken out?
fn is_in_utf8(text: &[u8], is_html: bool) -> bool {
    let mut bytes = Text::new(text, is_html);
    while let Some(first) = bytes.next() {
        let length = match first {
            ..0x80 => continue,
            0xC2..=0xDF => 2,
            0xE0..=0xEF => 3,
            0xF0..=0xF4 => 4,
            _ => return false,
        };
        let mut character = [first, 0, 0, 0];
        for (place, byte) in character.iter_mut().take(length).skip(1).zip(bytes.by_ref()) {
            *place = byte;
        }
        if charset::utf8_error(character.get(..length).unwrap_or(&[])).is_some() {
            return false;
        }
    }
    true
}
