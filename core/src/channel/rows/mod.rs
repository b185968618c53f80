//! Rows to records: the engine of separated values.
//!
//! The header says which column is what (`header.rs`); a row is a line. Rows of the same group value (an order
//! number) that follow each other are one order; its header and its parties come from its first row, and a
//! later row that says something else is a finding. An order whose rows are not adjacent is told in each of
//! its parts (`groups.rs`). Two kinds of rows are no lines: the header where it stands again, which is of no
//! use, and sums, which belong to the document.

mod groups;
mod header;

use ordnorm_chan::table::{Channel, Condition, Path, Run, operator, section};
use ordnorm_chan::vocabulary::finding;

use super::desk::Desk;
use super::detect::Choice;
use super::fire::{self, Fields, Firing};
use super::names;
use super::slot::Slot;
use super::{Registry, Signal};
use crate::limits::{COLUMNS, SLOTS};
use crate::order::RecordKind;
use crate::syntax::csv::{self, Csv, Row};
use crate::syntax::{Raw, raw};
use crate::value::charset::Charset;
use crate::value::decimal::Style;
use crate::value::unit;
use groups::{Met, REPEATS, fnv};

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
    /// The row in hand is the sum of others.
    Sum,
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
    /// Names that the channel lists as of no use.
    names_ignored: u64,
    /// Cells of no use that the order has not been told of yet.
    ignored: u32,
    /// Where titles stand above the header, and how many cells they fill.
    title: (u32, u32),
    titles: u32,
    /// The section of the row in hand where it is a sum.
    sum: Option<u8>,
    /// First bytes of the words that make a row a sum, one bit for several of them.
    sum_bytes: FirstBytes,
    /// Places of group values that come again, though other rows stand between.
    repeats: [(u32, u32); REPEATS],
    /// How many: more than there are places means that every one may.
    repeat_count: usize,
}

/// The bytes that some words begin with: a bit for each of ASCII, others share theirs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct FirstBytes {
    low: u64,
    high: u64,
}

impl FirstBytes {
    const ALL: FirstBytes = FirstBytes { low: u64::MAX, high: u64::MAX };

    fn of(text: &[u8]) -> FirstBytes {
        let Some(first) = text.first() else { return FirstBytes::ALL };
        let bit = 1 << (first & 63);
        if first & 64 == 0 { FirstBytes { low: bit, high: 0 } } else { FirstBytes { low: 0, high: bit } }
    }

    fn add(&mut self, word: &[u8]) {
        let more = FirstBytes::of(word);
        (self.low, self.high) = (self.low | more.low, self.high | more.high);
    }

    /// May a text be one of the words, or begin with one?
    fn has(&self, text: &[u8]) -> bool {
        let wanted = FirstBytes::of(text);
        self.low & wanted.low | self.high & wanted.high != 0
    }
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
        names::unit_of(text)
    }
}

impl RowsState {
    /// Before the first row.
    fn before(csv: Csv) -> RowsState {
        RowsState {
            csv,
            channel: 0,
            choice: Choice::None,
            phase: Phase::Next,
            columns: [0; COLUMNS],
            column_count: 0,
            header: (0, 0),
            charset: Charset::Utf8,
            guessed: false,
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
            names_read: 0,
            names_ignored: 0,
            ignored: 0,
            title: (0, 0),
            titles: 0,
            sum: None,
            sum_bytes: FirstBytes { low: 0, high: 0 },
            repeats: [(0, 0); REPEATS],
            repeat_count: 0,
        }
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
                Phase::Next => self.next(bytes, channel, desk),
                Phase::Begin => self.begin(bytes, channel, desk),
                Phase::Roles => self.roles(bytes, channel, desk),
                Phase::Line => self.line(bytes, channel, desk),
                Phase::Sum => self.sum(bytes, channel, desk),
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
        let (names_read, names_ignored) = (self.names_read, self.names_ignored);
        let (mut unknown_column, mut ignored) = (0, 0);
        let row = self.csv.next_row(bytes, |column, cell| {
            let name = columns.get(column as usize).copied().unwrap_or(0);
            let slot = usize::from(name).checked_sub(1).and_then(|n| slots.get_mut(n));
            let has = |names: u64| name != 0 && names >> (name.wrapping_sub(1) & 63) & 1 == 1;
            let is_read = slot.is_some() && has(names_read);
            if let Some(slot) = slot {
                *slot = Slot::of(cell);
            }
            if !is_read && cell.length > 0 {
                if has(names_ignored) {
                    ignored += 1;
                    return;
                }
                if unknown.0 == 0 {
                    unknown.1 = cell;
                    unknown_column = column;
                }
                unknown.0 += 1;
            }
        });
        self.unknown_column = unknown_column;
        let Some(row) = row else { return false };
        self.row = row;
        self.ignored = if self.is_header(bytes, row) { row.filled } else { ignored };
        true
    }

    /// Is a row the header once more? Files are put together, and lists are printed page by page.
    fn is_header(&self, bytes: &[u8], row: Row) -> bool {
        let span = |from: u32, to: u32| bytes.get(from as usize..to as usize).unwrap_or(&[]);
        let (header, row) = (span(self.header.0, self.header.1), span(row.start, row.end));
        !header.is_empty() && row.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(row) == header
    }

    /// The section of a row that is a sum: the first one whose conditions hold.
    fn sum_of(
        channel: &Channel<'_>,
        sum_bytes: FirstBytes,
        mut fields: RowFields<'_>,
        own: &[&str],
    ) -> Option<u8> {
        if sum_bytes == FirstBytes::default() {
            return None;
        }
        let mut sections = (0u8..=255).zip(channel.sections).filter(|(_, s)| s.kind == section::SUMMARY);
        let found = sections.find(|(_, s)| {
            let conditions = s.conditions.of(channel.conditions);
            // Hardly any cell begins as one of the words does.
            let cell = conditions.first().and_then(|condition| fields.get(condition.path));
            let begins = |cell: Raw| cell.flags & raw::ESCAPED != 0 || sum_bytes.has(cell.of(fields.bytes));
            if sum_bytes != FirstBytes::ALL && !cell.is_some_and(begins) {
                return false;
            }
            // What is there or not is quickly seen.
            let is_quick = |c: &&Condition| matches!(c.operator, operator::PRESENT | operator::ABSENT);
            let quick = conditions.iter().filter(is_quick);
            let slow = conditions.iter().filter(|c| !is_quick(c));
            quick.chain(slow).all(|condition| fire::holds(channel, condition, &mut fields, own))
        });
        found.map(|(number, _)| number)
    }

    /// First bytes of the words that the first conditions of sums ask for; all where they ask otherwise.
    fn first_bytes(channel: &Channel<'_>) -> FirstBytes {
        let mut bytes = FirstBytes::default();
        for section in channel.sections.iter().filter(|s| s.kind == section::SUMMARY) {
            let Some(condition) = section.conditions.of(channel.conditions).first() else { continue };
            match condition.operator {
                operator::EQUAL | operator::BEGINS => {
                    let words = condition.values.of(channel.keys).iter();
                    words.for_each(|word| bytes.add(channel.text(*word)));
                }
                operator::MAPPED => {
                    let map = channel.maps.get(usize::from(condition.values.start));
                    let entries = map.map_or(&[][..], |map| map.entries.of(channel.map_entries));
                    entries.iter().for_each(|entry| bytes.add(channel.text(entry.key)));
                }
                _ => bytes = FirstBytes::ALL,
            }
        }
        bytes
    }

    /// Does a row stand apart from those of the orders: a header, a sum?
    fn is_apart(&self, bytes: &[u8], channel: &Channel<'_>, row: Row, own: &[&str]) -> bool {
        if self.is_header(bytes, row) {
            return true;
        }
        if self.sum_bytes == FirstBytes::default() {
            return false;
        }
        let mut slots = [Slot::default(); SLOTS];
        let mut csv = self.csv.from(row.start);
        csv.next_row(bytes, |column, cell| {
            let name = self.columns.get(column as usize).copied().unwrap_or(0);
            if let Some(slot) = usize::from(name).checked_sub(1).and_then(|n| slots.get_mut(n)) {
                *slot = Slot::of(cell);
            }
        });
        let fields = RowFields { slots: &slots, ..self.fields(bytes) };
        Self::sum_of(channel, self.sum_bytes, fields, own).is_some()
    }

    fn next(&mut self, bytes: &[u8], channel: &Channel<'_>, desk: &mut Desk<'_>) -> Option<Signal> {
        let mut ignored = 0;
        loop {
            if !self.read(bytes) {
                self.row_in_hand = false;
                if self.order {
                    desk.state.tally.ignored(ignored);
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
            ignored += self.ignored;
            if self.row.filled > 0 && !self.is_header(bytes, self.row) {
                break;
            }
        }
        self.ignored = ignored;
        self.row_in_hand = true;
        self.sum = Self::sum_of(channel, self.sum_bytes, self.fields(bytes), desk.options.own);
        let key = self.fields(bytes).get(channel.group).filter(|_| !self.is_sum_word(channel));
        let same = match key {
            None => true,
            Some(key) => key.of(bytes) == self.group.of(bytes),
        };
        self.phase = match (self.order, same) {
            (true, true) => self.becomes(),
            (true, false) => Phase::End,
            (false, _) => Phase::Begin,
        };
        None
    }

    /// Does the group value of a sum say only that it is one?
    fn is_sum_word(&self, channel: &Channel<'_>) -> bool {
        let section = self.sum.and_then(|number| channel.sections.get(usize::from(number)));
        let conditions = section.map_or(&[][..], |s| s.conditions.of(channel.conditions));
        conditions.iter().any(|condition| condition.path == channel.group)
    }

    /// What the row in hand becomes.
    const fn becomes(&self) -> Phase {
        if self.sum.is_some() { Phase::Sum } else { Phase::Line }
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
        if self.titles > 0 {
            // What stands above the table may be about each of its orders.
            let (at, length) = (self.title.0, self.title.1 - self.title.0);
            if self.orders == 1 {
                desk.unknown(self.titles, false, at, length);
            }
            desk.note(finding::UNMAPPED_CONTENT, 0, at, length);
        }
        if self.orders == 1 {
            self.find_repeats(bytes, channel, desk.options.own);
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

    /// Numbers of the sections that are read from an order's first row.
    fn document_sections<'c>(channel: &'c Channel<'_>) -> impl Iterator<Item = (u8, Run)> + 'c {
        let of_document = |kind: u8| !matches!(kind, section::LINE | section::SUMMARY);
        (0u8..=255).zip(channel.sections).filter(move |(_, s)| of_document(s.kind)).map(|(n, s)| (n, s.rules))
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
        self.phase = if self.row_in_hand { self.becomes() } else { Phase::End };
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

    /// The row in hand is the sum of others: its values belong to the document.
    fn sum(&mut self, bytes: &[u8], channel: &Channel<'_>, desk: &mut Desk<'_>) -> Option<Signal> {
        self.phase = Phase::Next;
        let number = self.sum?;
        let open = channel.sections.get(usize::from(number)).copied()?;
        desk.start_section(open.depth);
        self.check_end(bytes, channel, desk);
        self.fire(open.constants, number, bytes, channel, desk);
        self.fire(open.rules, number, bytes, channel, desk);
        self.finish_section(number, bytes, channel, desk);
        // What no rule of a sum takes may be what it comes to.
        let conditions = open.conditions.of(channel.conditions).iter();
        // That a cell is there does not say what it holds.
        let compared = conditions.filter(|condition| condition.operator != operator::PRESENT);
        let looked = compared.fold(names::bit(channel.group), |bits, c| bits | names::bit(c.path));
        let taken = names::names_of(channel, open.rules.of(channel.rules)) | looked;
        for (name, slot) in self.slots.iter().enumerate() {
            let is_read = self.names_read >> (name & 63) & 1 == 1 && taken >> (name & 63) & 1 == 0;
            match slot.raw().filter(|_| is_read) {
                Some(_) if self.names_ignored >> (name & 63) & 1 == 1 => desk.state.tally.ignored(1),
                Some(cell) => desk.unknown(1, true, cell.at, cell.length),
                None => {}
            }
        }
        if self.unknown.0 > 0 {
            desk.unknown(self.unknown.0, true, self.unknown.1.at, self.unknown.1.length);
        }
        None
    }

    /// A row that may have been cut, an open quote; what was of no use.
    fn check_end(&mut self, bytes: &[u8], channel: &Channel<'_>, desk: &mut Desk<'_>) {
        desk.state.tally.ignored(core::mem::take(&mut self.ignored));
        if self.row.end as usize >= bytes.len() {
            // Nobody can tell whether it ends here or was cut.
            desk.note(finding::UNTERMINATED, 0, self.row.end, 0);
        }
        if let Some(quote) = self.row.open_quote {
            let field = self.field_at(quote, channel);
            desk.note(finding::MALFORMED, field, quote, 1);
        }
    }

    /// Cells that are missing, too many, unknown, or with an open quote.
    fn check_row(&mut self, bytes: &[u8], channel: &Channel<'_>, desk: &mut Desk<'_>) {
        let (at, length) = (self.row.start, self.row.end - self.row.start);
        self.check_end(bytes, channel, desk);
        // Separators behind every row are a habit of the writer; behind one row they are a cell too many.
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
        let name = if self.header.0 < self.header.1 { self.header_cell(bytes) } else { cell };
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
