//! The header of a table: where it stands, what each column is called, and which channel that tells.
//!
//! Mostly it is the first line. Titles may stand above it; what they say nobody reads, so that each order
//! of the file tells them. Where a channel says that there is no header, columns have their places.

use ordnorm_chan::table::{Channel, Fact, fact, syntax};

use super::RowsState;
use crate::channel::Registry;
use crate::channel::detect::{Choice, Seen, choose, fact_columns, has};
use crate::channel::names::{names_ignored, names_read};
use crate::limits::{COLUMNS, HEADER_BYTES, HEADER_LINES, SLOTS};
use crate::syntax::Raw;
use crate::syntax::csv::{self, Csv, Row};
use crate::value::charset::{self, Charset};

/// Separators that are tried when neither the channel nor the file names one.
const SEPARATORS: [u8; 4] = [b';', b'\t', b',', b'|'];

/// A line that may be the header, read with one separator.
struct Look<'b> {
    bytes: &'b [u8],
    set: Charset,
    /// Offset of the line.
    at: u32,
    /// It is the first one of the file.
    is_first: bool,
    separator: u8,
    /// The file names the separator, which then goes before the channel's own.
    is_named: bool,
}

impl Look<'_> {
    fn reader(&self, channel: &Channel<'_>) -> Csv {
        let separator = match channel.dialect.separator {
            0 => self.separator,
            _ if self.is_named => self.separator,
            own => own,
        };
        Csv::new(self.at, separator, channel.dialect.quote)
    }

    /// Which name each column has; the first row.
    fn columns(&self, channel: &Channel<'_>, columns: &mut [u8; COLUMNS]) -> Option<Row> {
        if channel.dialect.headless == 0 {
            return resolve(channel, &self.reader(channel), self.bytes, self.set, columns);
        }
        for (number, column) in (0u8..).zip(columns.iter_mut()) {
            *column = if usize::from(number) < channel.names.len() { number + 1 } else { 0 };
        }
        if self.is_first { self.reader(channel).next_row(self.bytes, |_, _| {}) } else { None }
    }

    /// A reader that stands at the first row behind the header.
    fn behind(&self, channel: &Channel<'_>) -> Csv {
        let mut reader = self.reader(channel);
        if channel.dialect.headless == 0 {
            reader.next_row(self.bytes, |_, _| {});
        }
        reader
    }

    /// Where a fact looks: the header cell of a column, or a column's cell in the first row.
    fn cell(&self, channel: &Channel<'_>, fact: &Fact, columns: &[u8; COLUMNS]) -> Option<Raw> {
        let is_value = fact.kind == fact::VALUE;
        let mut reader = if is_value { self.behind(channel) } else { self.reader(channel) };
        let mut found = None;
        reader.next_row(self.bytes, |column, cell| {
            let name = columns.get(column as usize).copied().unwrap_or(0);
            let named = name != 0
                && if is_value {
                    name == fact.path.element
                } else {
                    fact_columns(channel, fact).any(|row| row + 1 == usize::from(name))
                };
            if named && found.is_none() {
                found = Some(cell);
            }
        });
        found
    }

    fn holds(&self, channel: &Channel<'_>, fact: &Fact, columns: &[u8; COLUMNS]) -> bool {
        if fact.kind == fact::COLUMN {
            return fact_columns(channel, fact)
                .any(|row| columns.iter().any(|name| usize::from(*name) == row + 1));
        }
        let cell = self.cell(channel, fact, columns).filter(|cell| cell.length > 0);
        cell.is_some_and(|cell| fact.values.count == 0 || has(channel, fact, cell.of(self.bytes)))
    }

    /// Do a channel's facts hold?
    fn recognises(&self, channel: &Channel<'_>, columns: &[u8; COLUMNS]) -> bool {
        !channel.facts.is_empty() && channel.facts.iter().all(|fact| self.holds(channel, fact, columns))
    }

    /// Is a channel that the caller names able to read this? What tells it from others may be missing.
    fn serves(&self, channel: &Channel<'_>, columns: &mut [u8; COLUMNS], attempt: u8) -> bool {
        let Some(row) = self.columns(channel, columns) else { return false };
        if self.recognises(channel, columns) {
            return true;
        }
        if channel.dialect.headless != 0 {
            return attempt > 0 || row.fields as usize == channel.names.len();
        }
        attempt > 0 && columns.iter().filter(|column| **column != 0).count() > 1
    }

    /// Shows where each fact holds.
    #[cold]
    fn show(
        &self,
        number: usize,
        channel: &Channel<'_>,
        columns: &[u8; COLUMNS],
        seen: &mut dyn FnMut(Seen),
    ) {
        let separator = self.reader(channel).separator;
        for (index, fact) in channel.facts.iter().enumerate() {
            let holds = self.holds(channel, fact, columns);
            let found = self.cell(channel, fact, columns).unwrap_or_default();
            let (at, length) = (found.at, found.length);
            seen(Seen { channel: number, fact: index, holds, at, length, separator });
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

/// Offsets of the lines that may be the header: the first ones that are not blank.
fn first_lines(bytes: &[u8], begin: usize) -> heapless::Vec<u32, HEADER_LINES> {
    let mut lines = heapless::Vec::new();
    let mut at = begin;
    let is_end = |byte: &u8| matches!(byte, b'\r' | b'\n');
    loop {
        let rest = bytes.get(at..).unwrap_or(&[]);
        at += rest.iter().take_while(|byte| is_end(byte)).count();
        let is_near = lines.is_empty() || at - begin <= HEADER_BYTES;
        if at >= bytes.len() || !is_near || lines.push(at as u32).is_err() {
            return lines;
        }
        let rest = bytes.get(at..).unwrap_or(&[]);
        at += rest.iter().position(is_end).unwrap_or(rest.len());
    }
}

impl RowsState {
    /// Looks which channel, line and separator fit; what was looked at goes to `seen`.
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
        // What the file names may be wrong: then its header tells.
        let separators =
            || named.into_iter().map(|s| (s, true)).chain(SEPARATORS.into_iter().map(|s| (s, false)));
        let lines = first_lines(bytes, begin);
        // A channel that the caller names reads what it knows, though what tells it from others is not there.
        let tries = if wanted.is_some() { 2 } else { 1 };
        let mut columns = [0; COLUMNS];
        for attempt in 0..tries {
            for (line, at) in lines.iter().copied().enumerate() {
                for (separator, is_named) in separators() {
                    let look = Look { bytes, set, at, is_first: line == 0, separator, is_named };
                    let choice = match wanted {
                        Some(number) => {
                            let channel = registry.channel(number);
                            let serves = look.serves(channel, &mut columns, attempt);
                            if serves { Choice::One(number) } else { Choice::None }
                        }
                        None => choose(registry, |number, channel| {
                            channel.syntax == syntax::CSV
                                && look.columns(channel, &mut columns).is_some()
                                && {
                                    let fits = look.recognises(channel, &columns);
                                    if let Some(seen) = seen.as_mut().filter(|_| fits || look.is_first) {
                                        look.show(number, channel, &columns, seen);
                                    }
                                    fits
                                }
                        }),
                    };
                    match choice {
                        Choice::One(number) | Choice::Preferred(number, _) => {
                            let channel = registry.get(number).ok_or(Choice::None)?;
                            let header = look.columns(channel, &mut columns).ok_or(Choice::None)?;
                            let above = lines.first().copied().filter(|_| line > 0);
                            let mut state = RowsState::at(&look, channel, header, columns, above);
                            (state.channel, state.choice) = (number, choice);
                            return Ok(state);
                        }
                        Choice::Ambiguous(..) => return Err(choice),
                        Choice::None => {}
                    }
                }
            }
        }
        Err(Choice::None)
    }

    /// The state at the first row; titles stand from `above` on.
    fn at(
        look: &Look<'_>,
        channel: &Channel<'_>,
        header: Row,
        columns: [u8; COLUMNS],
        above: Option<u32>,
    ) -> RowsState {
        let headless = channel.dialect.headless != 0;
        let csv = look.behind(channel);
        let declared = charset::from_label(channel.text(channel.dialect.charset));
        let guessed = look.set == Charset::Windows1252;
        let mut state = RowsState {
            columns,
            column_count: if headless { channel.names.len() as u32 } else { header.fields },
            header: if headless { (look.at, look.at) } else { (header.start, header.end) },
            charset: declared.filter(|_| guessed).unwrap_or(look.set),
            guessed: guessed && declared.is_none(),
            names_read: names_read(channel),
            names_ignored: names_ignored(channel),
            sum_bytes: RowsState::first_bytes(channel),
            ..RowsState::before(csv)
        };
        if let Some(from) = above {
            let titles = look.bytes.get(..look.at as usize).unwrap_or(&[]);
            let mut reader = csv.from(from);
            while let Some(row) = reader.next_row(titles, |_, _| {}) {
                if row.filled > 0 && state.titles == 0 {
                    state.title.0 = row.start;
                }
                state.title.1 = if row.filled > 0 { row.end } else { state.title.1 };
                state.titles += row.filled;
            }
        }
        state
    }
}
