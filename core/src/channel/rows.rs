//! Rows to records: the engine of separated values.
//!
//! The header says which column is what; a row is a line. Rows of the same group value (an order number)
//! that follow each other are one order; its header and its parties come from its first row, and a later
//! row that says something else is a finding. An order whose rows are not adjacent is told in each of its
//! parts: the file is gone through once for group values that come again. One beyond the least and the
//! greatest so far is new; otherwise a small Bloom filter says "perhaps", and what finding out costs is
//! limited, so that the time stays linear.

use ordnorm_chan::table::{Channel, Path, Run, pack, section, syntax, transform};
use ordnorm_chan::vocabulary::finding;

use super::desk::Desk;
use super::detect::{Choice, Seen, choose};
use super::fire::{Fields, Firing};
use super::slot::Slot;
use super::{Registry, Signal};
use crate::limits::{COLUMNS, SLOTS};
use crate::order::RecordKind;
use crate::syntax::Raw;
use crate::syntax::csv::{self, Csv, Row};
use crate::value::charset::{self, Charset};
use crate::value::decimal::Style;
use crate::value::unit;

/// Separators that are tried when the channel does not name one.
const SEPARATORS: [u8; 4] = [b';', b'\t', b',', b'|'];
/// Bits of the filter of group values.
const FILTER: usize = 2048;
/// Group values that are remembered because they come again.
const REPEATS: usize = 8;

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Phase {
    /// The next row decides what happens.
    #[default]
    Next,
    /// An order begins with the row in hand.
    Begin,
    /// Its parties go out.
    Roles,
    /// The row in hand becomes a line.
    Line,
    /// The order ends; the row in hand (if any) begins the next one.
    End,
    /// Its end is to be handed out.
    Ending,
    /// Nothing is left.
    Done,
}

/// What rests between two steps.
#[derive(Clone, Copy, Debug)]
pub struct RowsState {
    csv: Csv,
    channel: usize,
    choice: Choice,
    phase: Phase,
    /// Name of each column + 1, 0 = nobody knows it.
    columns: [u8; COLUMNS],
    column_count: u32,
    header: (u32, u32),
    charset: Charset,
    guessed: bool,
    row: Row,
    slots: [Slot; SLOTS],
    /// Unknown cells of the row: how many, and the first one.
    unknown: (u32, Raw),
    /// The column of the first unknown cell with content.
    unknown_column: u32,
    /// The unknown columns have been told for this order.
    unknown_told: bool,
    /// The group value of the order in work.
    group: Raw,
    /// The order's first row.
    first: u32,
    first_hash: u64,
    order: bool,
    role: u8,
    /// Group values of the orders so far.
    met: Met,
    /// Bytes that were read again.
    again: u32,
    orders: u32,
    row_in_hand: bool,
    /// How many cells behind the last column rows of this file usually have: separators behind every row.
    excess: Option<u32>,
    /// Names that a rule reads, one bit each.
    names_read: u64,
    /// Places of group values that come again, though other rows stand between.
    repeats: [(u32, u32); REPEATS],
    /// How many: more than there are places means that every one may.
    repeat_count: usize,
}

/// Group values that have been met.
#[derive(Clone, Copy, Debug)]
struct Met {
    filter: [u64; FILTER / 64],
    /// The least and the greatest: most files are sorted, and what lies outside is new.
    least: Raw,
    greatest: Raw,
}

impl Met {
    const NOTHING: Met = Met {
        filter: [0; FILTER / 64],
        least: Raw { at: 0, length: 0, flags: 0, token: 0 },
        greatest: Raw { at: 0, length: 0, flags: 0, token: 0 },
    };

    /// Meets a value: has it perhaps been met before?
    fn perhaps(&mut self, bytes: &[u8], key: Raw) -> bool {
        let hash = fnv(0xCBF2_9CE4_8422_2325, key.of(bytes));
        let mut perhaps = true;
        for part in [hash, hash >> 16, hash >> 32] {
            let bit = (part as usize) % FILTER;
            if let Some(word) = self.filter.get_mut(bit / 64) {
                perhaps &= *word >> (bit % 64) & 1 == 1;
                *word |= 1 << (bit % 64);
            }
        }
        let rank = |raw: Raw| (raw.length, raw.of(bytes));
        let first = self.greatest.length == 0;
        let below = first || rank(key) < rank(self.least);
        let above = first || rank(key) > rank(self.greatest);
        if below {
            self.least = key;
        }
        if above {
            self.greatest = key;
        }
        perhaps && !below && !above
    }
}

/// The group value of the next row, empty where it has none; `None` at the end.
fn next_key(csv: &mut Csv, bytes: &[u8], columns: &[u8; COLUMNS], channel: &Channel<'_>) -> Option<Raw> {
    let mut key = Raw::default();
    csv.next_row(bytes, |column, cell| {
        if columns.get(column as usize) == Some(&channel.group.element) {
            key = cell;
        }
    })?;
    Some(key)
}

/// The values of one row.
struct RowFields<'b> {
    bytes: &'b [u8],
    slots: &'b [Slot],
    quote: u8,
    charset: Charset,
}

impl Fields for RowFields<'_> {
    fn bytes(&self) -> &[u8] {
        self.bytes
    }

    fn get(&self, path: Path) -> Option<Raw> {
        self.slots.get(usize::from(path.element).checked_sub(1)?)?.raw()
    }

    fn unescape(&self, value: Raw, out: &mut [u8]) -> Option<usize> {
        csv::unescape(value.of(self.bytes), self.quote, out)
    }

    fn charset(&self) -> Charset {
        self.charset
    }

    fn style(&self) -> Style {
        Style::UNKNOWN
    }

    fn unit(&self, text: &[u8]) -> Option<(unit::Unit, bool)> {
        // Words first: STK is a code of its own, and people mean Stück.
        match unit::by_word(text) {
            Some(code) => Some((code, code.as_str().as_bytes() == text)),
            None => unit::by_code(text).map(|code| (code, true)),
        }
    }
}

/// Which name each column has: the first of its words that stands in the header.
fn resolve(
    channel: &Channel<'_>,
    csv: &Csv,
    bytes: &[u8],
    set: Charset,
    columns: &mut [u8; COLUMNS],
) -> Option<Row> {
    columns.fill(0);
    let mut reader = *csv;
    // How good the match of each name is: its place among the synonyms.
    let mut best = [u8::MAX; SLOTS];
    reader.next_row(bytes, |column, cell| {
        let mut text = [0u8; 96];
        let cell = cell.of(bytes);
        let decoded = charset::decode(cell, set, &mut text);
        let cell = text.get(..decoded.written).unwrap_or(&[]);
        for (row, name) in channel.names.iter().enumerate() {
            let Some(place) = best.get_mut(row) else { continue };
            let own = csv::same_header(channel.text(name.text), cell) && name.synonyms.count == 0;
            let found = name
                .synonyms
                .of(channel.keys)
                .iter()
                .position(|key| csv::same_header(channel.text(*key), cell));
            let rank = match found {
                Some(rank) => rank.min(250) as u8,
                None if own => 0,
                None => continue,
            };
            if rank >= *place {
                continue;
            }
            let taken = columns.get(column as usize).copied().unwrap_or(1) != 0;
            if taken {
                continue;
            }
            // A better word of the same name: the column that it had is free again.
            for other in columns.iter_mut().filter(|other| usize::from(**other) == row + 1) {
                *other = 0;
            }
            *place = rank;
            if let Some(column) = columns.get_mut(column as usize) {
                *column = (row + 1) as u8;
            }
            break;
        }
    })
}

/// The names that rules read, one bit each: other columns are looked at, but nobody takes their values.
fn names_read(channel: &Channel<'_>) -> u64 {
    let bit = |path: Path| 1u64.checked_shl(u32::from(path.element).wrapping_sub(1)).unwrap_or(0);
    let rules = channel.rules.iter().fold(0, |bits, rule| {
        // `other` of a flag holds its values.
        let other =
            if matches!(rule.transform, transform::FLAG | transform::EXPECT) { 0 } else { bit(rule.other) };
        bits | bit(rule.source) | other
    });
    channel.conditions.iter().fold(rules | bit(channel.group), |bits, condition| bits | bit(condition.path))
}

/// Do a channel's facts hold for a header?
fn recognises(channel: &Channel<'_>, columns: &[u8; COLUMNS]) -> bool {
    !channel.facts.is_empty()
        && channel.facts.iter().all(|fact| columns.iter().any(|c| *c != 0 && *c == fact.path.element))
}

/// Shows in which cell of the header each fact holds.
#[cold]
fn show(
    number: usize,
    channel: &Channel<'_>,
    csv: Csv,
    bytes: &[u8],
    columns: &[u8; COLUMNS],
    seen: &mut dyn FnMut(Seen),
) {
    for (index, fact) in channel.facts.iter().enumerate() {
        let mut found = Raw::default();
        let mut reader = csv;
        let named = |column: u32| columns.get(column as usize) == Some(&fact.path.element);
        reader.next_row(bytes, |column, cell| {
            if named(column) {
                found = cell;
            }
        });
        let holds = found.length > 0;
        let (at, length, separator) = (found.at, found.length, csv.separator);
        seen(Seen { channel: number, fact: index, holds, at, length, separator });
    }
}

impl RowsState {
    /// Looks which channel and separator fit the header; what was looked at goes to `seen`.
    ///
    /// # Errors
    /// None does, or two do equally well.
    pub fn detect(
        bytes: &[u8],
        registry: &Registry<'_>,
        wanted: Option<usize>,
        mut seen: Option<&mut dyn FnMut(Seen)>,
    ) -> Result<RowsState, Choice> {
        let begin = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        let guess = charset::utf8_error(bytes).is_some();
        let set = if guess { Charset::Windows1252 } else { Charset::Utf8 };
        let (named, begin) = match csv::sep_line(bytes, begin) {
            Some((separator, behind)) => (Some(separator), behind),
            None => (None, begin),
        };
        // A channel that the caller names reads what it knows, though what tells it from others is not there.
        let tries = if wanted.is_some() { 2 } else { 1 };
        for (attempt, separator) in (0..tries).flat_map(|t| SEPARATORS.map(|s| (t, s))) {
            let mut columns = [0; COLUMNS];
            let reader = |channel: &Channel<'_>| {
                let separator = named.unwrap_or(match channel.dialect.separator {
                    0 => separator,
                    own => own,
                });
                Csv::new(begin as u32, separator, channel.dialect.quote)
            };
            let choice = match wanted {
                Some(number) => {
                    let holds = registry.get(number).is_some_and(|channel| {
                        resolve(channel, &reader(channel), bytes, set, &mut columns);
                        let knows = columns.iter().filter(|column| **column != 0).count() > 1;
                        recognises(channel, &columns) || (attempt > 0 && knows)
                    });
                    if holds { Choice::One(number) } else { Choice::None }
                }
                None => choose(registry, |number, channel| {
                    channel.syntax == syntax::CSV && {
                        let csv = reader(channel);
                        resolve(channel, &csv, bytes, set, &mut columns);
                        if let Some(seen) = &mut seen {
                            show(number, channel, csv, bytes, &columns, seen);
                        }
                        recognises(channel, &columns)
                    }
                }),
            };
            let number = match choice {
                Choice::One(number) | Choice::Preferred(number, _) => number,
                Choice::Ambiguous(..) => return Err(choice),
                Choice::None => continue,
            };
            let channel = registry.get(number).ok_or(Choice::None)?;
            let mut csv = reader(channel);
            let header = resolve(channel, &csv, bytes, set, &mut columns).ok_or(Choice::None)?;
            let declared = charset::from_label(channel.text(channel.dialect.charset));
            let mut skip = csv;
            skip.next_row(bytes, |_, _| {});
            csv.at = skip.at;
            return Ok(RowsState {
                csv,
                channel: number,
                choice,
                phase: Phase::Next,
                columns,
                column_count: header.fields,
                header: (header.start, header.end),
                charset: declared.filter(|_| guess).unwrap_or(set),
                guessed: guess && declared.is_none(),
                row: Row::default(),
                slots: [Slot::default(); SLOTS],
                unknown: (0, Raw::default()),
                unknown_column: 0,
                unknown_told: false,
                group: Raw::default(),
                first: 0,
                first_hash: 0,
                order: false,
                role: 0,
                met: Met::NOTHING,
                again: 0,
                orders: 0,
                row_in_hand: false,
                excess: None,
                names_read: names_read(channel),
                repeats: [(0, 0); REPEATS],
                repeat_count: 0,
            });
        }
        Err(Choice::None)
    }

    /// How the channel was chosen.
    #[must_use]
    pub const fn choice(&self) -> Choice {
        self.choice
    }

    /// Does one step.
    pub fn step(&mut self, bytes: &[u8], registry: &Registry<'_>, desk: &mut Desk<'_>) -> Signal {
        let channel = registry.channel(self.channel);
        loop {
            let signal = match self.phase {
                Phase::Next => self.next(bytes, channel),
                Phase::Begin => self.begin(bytes, channel, desk),
                Phase::Roles => self.roles(bytes, channel, desk),
                Phase::Line => self.line(bytes, channel, desk),
                Phase::End => self.end(desk),
                Phase::Ending => {
                    self.order = false;
                    self.phase = if self.row_in_hand { Phase::Begin } else { Phase::Done };
                    Some(Signal::End)
                }
                Phase::Done => Some(Signal::Done),
            };
            if let Some(signal) = signal {
                return signal;
            }
        }
    }

    /// Reads a row's cells into the slots of their names.
    fn read(&mut self, bytes: &[u8]) -> bool {
        self.slots.fill(Slot::default());
        self.unknown = (0, Raw::default());
        let (columns, slots, unknown) = (&self.columns, &mut self.slots, &mut self.unknown);
        let names_read = self.names_read;
        let mut unknown_column = 0;
        let row = self.csv.next_row(bytes, |column, cell| {
            let name = columns.get(column as usize).copied().unwrap_or(0);
            let slot = usize::from(name).checked_sub(1).and_then(|n| slots.get_mut(n));
            let is_read = slot.is_some() && names_read >> (name.wrapping_sub(1) & 63) & 1 == 1;
            if let Some(slot) = slot {
                *slot = Slot::of(cell);
            }
            if !is_read && cell.length > 0 {
                if unknown.0 == 0 {
                    unknown.1 = cell;
                    unknown_column = column;
                }
                unknown.0 += 1;
            }
        });
        self.unknown_column = unknown_column;
        match row {
            Some(row) => {
                self.row = row;
                true
            }
            None => false,
        }
    }

    fn next(&mut self, bytes: &[u8], channel: &Channel<'_>) -> Option<Signal> {
        loop {
            if !self.read(bytes) {
                self.row_in_hand = false;
                if self.order {
                    self.phase = Phase::End;
                } else if self.orders == 0 {
                    // A header and nothing else is an order without lines.
                    self.row.start = self.csv.at;
                    self.phase = Phase::Begin;
                } else {
                    self.phase = Phase::Done;
                }
                return None;
            }
            if self.row.filled > 0 {
                break;
            }
        }
        self.row_in_hand = true;
        let key = self.fields(bytes).get(channel.group);
        let same = match key {
            None => true,
            Some(key) => key.of(bytes) == self.group.of(bytes),
        };
        self.phase = match (self.order, same) {
            (true, true) => Phase::Line,
            (true, false) => Phase::End,
            (false, _) => Phase::Begin,
        };
        None
    }

    fn fields<'b>(&'b self, bytes: &'b [u8]) -> RowFields<'b> {
        RowFields { bytes, slots: &self.slots, quote: self.csv.quote, charset: self.charset }
    }

    fn fire(&self, run: Run, number: u8, bytes: &[u8], channel: &Channel<'_>, desk: &mut Desk<'_>) {
        if run.count > 0 {
            let mut fields = self.fields(bytes);
            Firing { channel, fields: &mut fields, desk, section: number }.run(run);
        }
    }

    fn begin(&mut self, bytes: &[u8], channel: &Channel<'_>, desk: &mut Desk<'_>) -> Option<Signal> {
        if !self.order {
            self.order = true;
            self.orders += 1;
            return Some(Signal::Begin(self.channel));
        }
        desk.begin_order();
        desk.start_section(0);
        self.unknown_told = false;
        self.role = 0;
        self.group = self.fields(bytes).get(channel.group).unwrap_or_default();
        self.first = self.row.start;
        self.first_hash = self.document_hash(bytes, channel);
        if self.guessed {
            desk.note(finding::CHARSET_GUESSED, 0, self.header.0, self.header.1 - self.header.0);
        }
        if self.orders == 1 {
            self.find_repeats(bytes, channel);
        }
        self.notice_split(bytes, channel, desk);
        let header = channel.sections.first().copied().unwrap_or_default();
        if self.choice.is_preferred() {
            desk.note(finding::LOADED_CHANNEL, 0, self.header.0, self.header.1 - self.header.0);
        }
        self.fire(header.constants, 0, bytes, channel, desk);
        if self.row_in_hand {
            self.fire(header.rules, 0, bytes, channel, desk);
        }
        self.phase = Phase::Roles;
        None
    }

    /// Goes through the file once for group values that come again though other rows stand between.
    ///
    /// A small filter says "perhaps": what is remembered may not come again, but nothing that does is missed.
    #[inline(never)] // A filter of its own lies in its frame.
    fn find_repeats(&mut self, bytes: &[u8], channel: &Channel<'_>) {
        if !channel.group.is_some() {
            return;
        }
        let mut csv = self.csv;
        csv.at = self.row.start;
        let (mut met, mut before) = (Met::NOTHING, Raw::default());
        while let Some(key) = next_key(&mut csv, bytes, &self.columns, channel) {
            if key.length == 0 || key.of(bytes) == before.of(bytes) {
                continue;
            }
            before = key;
            if met.perhaps(bytes, key) {
                if let Some(place) = self.repeats.get_mut(self.repeat_count) {
                    *place = (key.at, key.length);
                }
                self.repeat_count += 1;
            }
        }
    }

    /// Are the rows of this order not adjacent? Both parts say so.
    fn notice_split(&mut self, bytes: &[u8], channel: &Channel<'_>, desk: &mut Desk<'_>) {
        let key = self.group;
        if key.length == 0 {
            return;
        }
        let perhaps = self.met.perhaps(bytes, key);
        if (perhaps && self.stands(bytes, channel, key, false)) || self.comes_again(bytes, channel, key) {
            let field = channel.rules.iter().find(|r| r.source == channel.group).map_or(0, |r| r.field);
            desk.note(finding::SPLIT_ORDER, field, key.at, key.length);
        }
    }

    /// Does a group value come again behind other rows?
    fn comes_again(&mut self, bytes: &[u8], channel: &Channel<'_>, key: Raw) -> bool {
        let wanted = key.of(bytes);
        if self.repeat_count > REPEATS {
            return self.stands(bytes, channel, key, true);
        }
        let known = self.repeats.get(..self.repeat_count).unwrap_or(&[]);
        known.iter().any(|(at, length)| {
            let later = Raw { at: *at, length: *length, ..Raw::default() };
            later.at > key.at && later.of(bytes) == wanted
        })
    }

    /// Reads the file again, up to the row in hand or (`ahead`) behind this order, for a group value. When
    /// that has cost too much, the answer is yes: an order that may be split is not booked unseen.
    fn stands(&mut self, bytes: &[u8], channel: &Channel<'_>, key: Raw, ahead: bool) -> bool {
        let (from, to) =
            if ahead { (self.csv.at, bytes.len() as u32) } else { (self.header.1, self.row.start) };
        if self.again as usize > bytes.len().saturating_mul(4) {
            return true;
        }
        self.again = self.again.saturating_add(to.saturating_sub(from));
        let mut csv = self.csv;
        csv.at = from;
        // Rows of this order that follow at once are its own.
        let mut own = ahead;
        while csv.at < to {
            let Some(other) = next_key(&mut csv, bytes, &self.columns, channel) else { break };
            let found = other.of(bytes) == key.of(bytes);
            own &= found;
            if found && !own {
                return true;
            }
        }
        false
    }

    /// Numbers of the sections that are read from an order's first row.
    fn document_sections<'c>(channel: &'c Channel<'_>) -> impl Iterator<Item = (u8, Run)> + 'c {
        (0u8..=255).zip(channel.sections).filter(|(_, s)| s.kind != section::LINE).map(|(n, s)| (n, s.rules))
    }

    /// A hash of everything in a row that belongs to the document.
    fn document_hash(&self, bytes: &[u8], channel: &Channel<'_>) -> u64 {
        let fields = self.fields(bytes);
        let mut hash = 0xCBF2_9CE4_8422_2325;
        for (_, run) in Self::document_sections(channel) {
            for rule in run.of(channel.rules) {
                let value = fields.get(rule.source);
                hash = fnv(hash, value.map_or(&[][..], |v| v.of(bytes)));
            }
        }
        hash
    }

    /// A later row that says something else about the document than the first one.
    #[cold]
    #[inline(never)] // A copy of the state lies in its frame.
    fn compare(&self, bytes: &[u8], channel: &Channel<'_>, desk: &mut Desk<'_>) {
        let mut first = *self;
        first.csv.at = self.first;
        if !first.read(bytes) {
            return;
        }
        let (one, other) = (first.fields(bytes), self.fields(bytes));
        for (_, run) in Self::document_sections(channel) {
            for rule in run.of(channel.rules) {
                let Some(value) = other.get(rule.source) else { continue };
                let known = one.get(rule.source).map_or(&[][..], |v| v.of(bytes));
                if known != value.of(bytes) {
                    desk.note(finding::CONFLICTING_VALUES, rule.field, value.at, value.length);
                }
            }
        }
    }

    /// Parties of fixed roles, then the header.
    fn roles(&mut self, bytes: &[u8], channel: &Channel<'_>, desk: &mut Desk<'_>) -> Option<Signal> {
        while let Some(open) = channel.sections.get(usize::from(self.role)).copied() {
            let number = self.role;
            self.role += 1;
            if open.kind != section::PARTY || !self.row_in_hand {
                continue;
            }
            let mut fields = self.fields(bytes);
            let record = Firing { channel, fields: &mut fields, desk, section: number }.role(&open);
            if let Some(record) = record {
                return Some(Signal::complete(RecordKind::Party, 0, record.start));
            }
        }
        self.finish_section(0, bytes, channel, desk);
        self.phase = if self.row_in_hand { Phase::Line } else { Phase::End };
        desk.document_record()
    }

    /// Defaults and required fields.
    fn finish_section(&self, number: u8, bytes: &[u8], channel: &Channel<'_>, desk: &mut Desk<'_>) {
        let Some(open) = channel.sections.get(usize::from(number)).copied() else { return };
        let mut fields = self.fields(bytes);
        Firing { channel, fields: &mut fields, desk, section: number }.defaults(open.defaults);
        if self.row_in_hand {
            desk.require(open.required.of(channel.required), self.row.start, self.row.end - self.row.start);
        }
    }

    /// The row in hand becomes a line.
    fn line(&mut self, bytes: &[u8], channel: &Channel<'_>, desk: &mut Desk<'_>) -> Option<Signal> {
        self.phase = Phase::Next;
        let number = channel.sections.iter().position(|s| s.kind == section::LINE)? as u8;
        let open = channel.sections.get(usize::from(number)).copied()?;
        desk.open_section(&open);
        self.check_row(bytes, channel, desk);
        if self.row.start != self.first && self.document_hash(bytes, channel) != self.first_hash {
            self.compare(bytes, channel, desk);
        }
        self.fire(open.constants, number, bytes, channel, desk);
        self.fire(open.rules, number, bytes, channel, desk);
        self.finish_section(number, bytes, channel, desk);
        desk.close_section(&open)
    }

    /// Cells that are missing, too many, unknown, or with an open quote.
    fn check_row(&mut self, bytes: &[u8], channel: &Channel<'_>, desk: &mut Desk<'_>) {
        let (at, length) = (self.row.start, self.row.end - self.row.start);
        // Separators behind every row are a habit of the writer; behind one row they are a cell too many.
        if self.row.end as usize >= bytes.len() {
            // Nobody can tell whether it ends here or was cut.
            desk.note(finding::UNTERMINATED, 0, self.row.end, 0);
        }
        let excess = self.row.fields.saturating_sub(self.column_count);
        let usual = self.usual_excess(bytes, excess);
        if excess > 0 && excess != usual {
            desk.note(finding::LONG_RECORD, 0, at, length);
        }
        if self.row.fields < self.column_count {
            let missing =
                self.columns.get(self.row.fields as usize..self.column_count as usize).unwrap_or(&[]);
            let wanted = missing.iter().any(|name| *name != 0);
            desk.note_as(finding::SHORT_RECORD, if wanted { 2 } else { 1 }, at, length);
        }
        if let Some(quote) = self.row.open_quote {
            let field = self.field_at(quote, channel);
            desk.note(finding::MALFORMED, field, quote, 1);
        }
        if self.unknown.0 == 0 {
            return;
        }
        let cell = self.unknown.1;
        if self.unknown_column >= self.column_count {
            desk.unknown(self.unknown.0, false, cell.at, cell.length);
            if excess == usual {
                desk.note(finding::LONG_RECORD, 0, at, length);
            }
            return;
        }
        let name = self.header_cell(bytes);
        desk.unknown(self.unknown.0, false, cell.at, cell.length);
        if !self.unknown_told {
            self.unknown_told = true;
            desk.note_document(finding::UNMAPPED_CONTENT, name.at, name.length);
        }
    }

    /// What is a habit shows in two rows that follow each other.
    fn usual_excess(&mut self, bytes: &[u8], excess: u32) -> u32 {
        let (mut csv, columns) = (self.csv, self.column_count);
        *self.excess.get_or_insert_with(|| match csv.next_row(bytes, |_, _| {}) {
            Some(next) if next.fields.saturating_sub(columns) != excess => 0,
            _ => excess,
        })
    }

    /// The header cell of the first unknown cell.
    fn header_cell(&self, bytes: &[u8]) -> Raw {
        let mut csv = self.csv;
        csv.at = self.header.0;
        let mut found = Raw::default();
        csv.next_row(bytes, |column, cell| {
            if column == self.unknown_column {
                found = cell;
            }
        });
        found
    }

    /// The field that a place of the row belongs to.
    fn field_at(&self, at: u32, channel: &Channel<'_>) -> u16 {
        let holds = |cell: Raw| cell.at <= at && at < cell.at + cell.length;
        let slot = self.slots.iter().position(|slot| slot.raw().is_some_and(holds));
        let Some(slot) = slot else { return 0 };
        channel.rules.iter().find(|r| usize::from(r.source.element) == slot + 1).map_or(0, |r| r.field)
    }

    fn end(&mut self, desk: &mut Desk<'_>) -> Option<Signal> {
        self.phase = Phase::Ending;
        desk.close_document()
    }
}

/// FNV-1a over more bytes, eight at a time.
fn fnv(hash: u64, bytes: &[u8]) -> u64 {
    let mix = |h: u64, word: u64| (h ^ word).wrapping_mul(0x0100_0000_01B3).rotate_left(29);
    let mut rest = bytes;
    let mut hash = mix(hash, bytes.len() as u64);
    while let Some((chunk, tail)) = rest.split_first_chunk::<8>() {
        hash = mix(hash, u64::from_le_bytes(*chunk));
        rest = tail;
    }
    if rest.is_empty() { hash } else { mix(hash, pack(rest)) }
}
