//! A cell's rules on its segment: which ones fire, and what of the segment is left.
//!
//! A cell is what the channel says of a segment in one section. Its rules fire in this order: those of the
//! segment itself, those that all its qualifiers share, then the *case* of its qualifier, or one case for
//! each *pair* of a value and its qualifier where the channel says that the segment comes in pairs (PIA, COM).
//! Tokens that no rule has used and no list has named are counted ([`leftover`]).

use ordnorm_chan::table::{Cell, Channel, Path, Run, known, pack, pack_at, section};
use ordnorm_chan::vocabulary::finding;

use super::FlatState;
use super::fields::SegmentFields;
use crate::channel::desk::Desk;
use crate::channel::fire::{Fields, Firing};
use crate::limits::TOKENS;
use crate::syntax::Raw;

/// How a segment is taken.
pub(super) struct Taken {
    /// Its row.
    pub(super) row: usize,
    /// The section that it belongs to.
    pub(super) place: u8,
    /// Tokens that conditions have asked for.
    pub(super) used: u64,
}

impl FlatState {
    pub(super) fn fire_constants(
        &mut self,
        run: Run,
        bytes: &[u8],
        channel: &Channel<'_>,
        desk: &mut Desk<'_>,
    ) {
        if run.count == 0 {
            return;
        }
        let mut fields = SegmentFields::new(bytes, self, 0);
        Firing { channel, fields: &mut fields, desk, section: self.section }.run(run);
    }

    /// Fires the rules of a section on the segment, without opening or closing anything.
    pub(super) fn fire_in(&mut self, place: u8, bytes: &[u8], channel: &Channel<'_>, desk: &mut Desk<'_>) {
        let Some(tag) = self.reader.segment.token(0) else { return };
        let Some(row) = channel.row(tag.of(bytes)) else { return };
        let cell = Self::look_up(row, place, channel).1;
        self.fire(cell, Taken { row, place, used: 0 }, bytes, channel, desk);
    }

    /// The cell of a row in a section, and its number; 0 where nobody names the row.
    #[inline]
    pub(super) fn look_up<'c>(row: usize, place: u8, channel: &'c Channel<'_>) -> (u8, &'c Cell) {
        let number =
            channel.grid.get(row * channel.sections.len() + usize::from(place)).copied().unwrap_or(0);
        (number, Self::cell(number, channel))
    }

    #[inline]
    pub(super) fn cell<'c>(number: u8, channel: &'c Channel<'_>) -> &'c Cell {
        channel.cells.get(usize::from(number)).unwrap_or(&Cell::NONE)
    }

    /// Fires a cell's rules on the segment and counts what is left of it.
    pub(super) fn fire(
        &mut self,
        cell: &Cell,
        taken: Taken,
        bytes: &[u8],
        channel: &Channel<'_>,
        desk: &mut Desk<'_>,
    ) {
        let Taken { row, place, used } = taken;
        let aside = channel.sections.get(usize::from(place)).is_some_and(|s| s.kind == section::ASIDE);
        if aside {
            desk.state.tally.ignored(1);
            return;
        }
        let segment = &self.reader.segment;
        #[cfg(feature = "tradacoms")]
        let before = desk.state.top;
        let mut fields = SegmentFields::new(bytes, self, used).laid_out(row, channel);
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
        #[cfg(feature = "tradacoms")]
        if self.resume != 0 {
            desk.inherited_from(before);
        }
        let left = fields.left();
        if left != 0 || segment.overlong || segment.beyond {
            let weighty = channel.names.get(row).is_some_and(|n| n.flags & known::WEIGHTY != 0);
            leftover(&fields, left, unmatched && cell.rules.count == 0, weighty, desk);
        }
        if fields.ignored & segment.filled() & !fields.used != 0 {
            desk.state.tally.ignored(1);
        }
    }
}

/// Content of a segment that no rule used.
#[cold]
fn leftover(fields: &SegmentFields<'_>, left: u64, whole: bool, weighty: bool, desk: &mut Desk<'_>) {
    let (segment, bytes) = (fields.segment(), fields.bytes());
    let (at, length) = (segment.start, (segment.end - segment.start).saturating_sub(1));
    if whole || segment.overlong {
        desk.unknown(1, weighty, at, length);
        if segment.overlong {
            desk.note(finding::CAPACITY_EXCEEDED, 0, at, length);
        }
        return;
    }
    // Blanks are nothing that could be lost.
    let has_content = |token: &Raw| left >> (token.token & 63) & 1 == 1 && token.trimmed(bytes).length > 0;
    let tokens = || (0..TOKENS).filter_map(|index| fields.token(index)).filter(has_content);
    if let Some(token) = tokens().next() {
        desk.unknown(tokens().count() as u32, weighty, token.at, token.length);
    }
    if segment.beyond && !fields.passes_over() {
        desk.unknown(1, weighty, at, length);
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
    let mut lists = false;
    let last = firing.fields.last_element().min(usize::from(pairs.last));
    let mut element = usize::from(pairs.first);
    while element <= last {
        let (first, behind) = firing.fields.element(element);
        if pairs.value == 0 {
            let (value, end) = firing.fields.element(element + 1);
            if value < end {
                pair(cell, (value, first), &mut lists, firing);
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
                pair(cell, (at(pairs.value), at(pairs.qualifier)), &mut lists, firing);
                start = next;
            }
        }
        element += 1;
    }
}

fn pair(
    cell: &Cell,
    tokens: (usize, usize),
    lists: &mut bool,
    firing: &mut Firing<'_, '_, '_, SegmentFields<'_>>,
) {
    firing.fields.pair = tokens;
    let qualifier = firing.fields.get(Path::single(Path::PAIR, 2));
    let key = qualifier.map_or(0, |q| qualifier_key(firing.fields, q));
    let cases = cell.cases.of(firing.channel.cases);
    let any = cases.iter().find(|case| case.key == u64::MAX);
    // A list of pairs: each one is an instance of its group.
    if any.is_some() && core::mem::replace(lists, true) {
        firing.new_instance();
    }
    if let Some(case) = cases.iter().find(|case| case.key == key && qualifier.is_some()) {
        if let Some(qualifier) = qualifier {
            firing.fields.used(qualifier);
        }
        firing.run(case.rules);
        firing.ignore(case.rules);
    }
    if let Some(any) = any {
        firing.run(any.rules);
        firing.ignore(any.rules);
    }
}
