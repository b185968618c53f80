//! Rows of one order that are not adjacent: group values that come again.
//!
//! The file is gone through once for them. One beyond the least and the greatest so far is new; otherwise a
//! small Bloom filter says "perhaps", and what finding out costs is limited, so that the time stays linear.

use ordnorm_chan::table::{Channel, pack};
use ordnorm_chan::vocabulary::finding;

use super::RowsState;
use crate::channel::desk::Desk;
use crate::limits::COLUMNS;
use crate::syntax::Raw;
use crate::syntax::csv::{Csv, Row};

/// Bits of the filter of group values.
const FILTER: usize = 2048;
/// Group values that are remembered because they come again.
pub(super) const REPEATS: usize = 8;

/// Group values that have been met.
#[derive(Clone, Copy, Debug)]
pub(super) struct Met {
    filter: [u64; FILTER / 64],
    /// The least and the greatest: most files are sorted, and what lies outside is new.
    least: Raw,
    greatest: Raw,
}

impl Met {
    pub(super) const NOTHING: Met = Met {
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

/// The next row and its group value, empty where it has none; `None` at the end.
fn next_key(
    csv: &mut Csv,
    bytes: &[u8],
    columns: &[u8; COLUMNS],
    channel: &Channel<'_>,
) -> Option<(Row, Raw)> {
    let mut key = Raw::default();
    let row = csv.next_row(bytes, |column, cell| {
        if columns.get(column as usize) == Some(&channel.group.element) {
            key = cell;
        }
    })?;
    Some((row, key))
}

impl RowsState {
    /// Goes through the file once for group values that come again though other rows stand between.
    ///
    /// A small filter says "perhaps": what is remembered may not come again, but nothing that does is missed.
    #[inline(never)] // A filter of its own lies in its frame.
    pub(super) fn find_repeats(&mut self, bytes: &[u8], channel: &Channel<'_>, own: &[&str]) {
        if !channel.group.is_some() {
            return;
        }
        let mut csv = self.csv;
        csv.at = self.row.start;
        let (mut met, mut before) = (Met::NOTHING, Raw::default());
        while let Some((row, key)) = next_key(&mut csv, bytes, &self.columns, channel) {
            if key.length == 0 || key.of(bytes) == before.of(bytes) || self.is_apart(bytes, channel, row, own)
            {
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
    pub(super) fn notice_split(&mut self, bytes: &[u8], channel: &Channel<'_>, desk: &mut Desk<'_>) {
        let key = self.group;
        if key.length == 0 {
            return;
        }
        let perhaps = self.met.perhaps(bytes, key);
        let own = desk.options.own;
        let before = perhaps && self.stands(bytes, channel, key, false, own);
        if before || self.comes_again(bytes, channel, key, own) {
            let field = channel.rules.iter().find(|r| r.source == channel.group).map_or(0, |r| r.field);
            desk.note(finding::SPLIT_ORDER, field, key.at, key.length);
        }
    }

    /// Does a group value come again behind other rows?
    fn comes_again(&mut self, bytes: &[u8], channel: &Channel<'_>, key: Raw, own: &[&str]) -> bool {
        let wanted = key.of(bytes);
        if self.repeat_count > REPEATS {
            return self.stands(bytes, channel, key, true, own);
        }
        let known = self.repeats.get(..self.repeat_count).unwrap_or(&[]);
        known.iter().any(|(at, length)| {
            let later = Raw { at: *at, length: *length, ..Raw::default() };
            later.at > key.at && later.of(bytes) == wanted
        })
    }

    /// Reads the file again, up to the row in hand or (`ahead`) behind this order, for a group value. When
    /// that has cost too much, the answer is yes: an order that may be split is not booked unseen.
    fn stands(&mut self, bytes: &[u8], channel: &Channel<'_>, key: Raw, ahead: bool, own: &[&str]) -> bool {
        let (from, to) =
            if ahead { (self.csv.at, bytes.len() as u32) } else { (self.header.1, self.row.start) };
        if self.again as usize > bytes.len().saturating_mul(4) {
            return true;
        }
        self.again = self.again.saturating_add(to.saturating_sub(from));
        let mut csv = self.csv;
        csv.at = from;
        // Rows of this order that follow at once are its own.
        let mut same = ahead;
        while csv.at < to {
            let Some((row, other)) = next_key(&mut csv, bytes, &self.columns, channel) else { break };
            let found = other.of(bytes) == key.of(bytes);
            if !found && self.is_apart(bytes, channel, row, own) {
                continue;
            }
            same &= found;
            if found && !same {
                return true;
            }
        }
        false
    }
}

/// FNV-1a over more bytes, eight at a time.
pub(super) fn fnv(hash: u64, bytes: &[u8]) -> u64 {
    let mix = |h: u64, word: u64| (h ^ word).wrapping_mul(0x0100_0000_01B3).rotate_left(29);
    let mut rest = bytes;
    let mut hash = mix(hash, bytes.len() as u64);
    while let Some((chunk, tail)) = rest.split_first_chunk::<8>() {
        hash = mix(hash, u64::from_le_bytes(*chunk));
        rest = tail;
    }
    if rest.is_empty() { hash } else { mix(hash, pack(rest)) }
}
