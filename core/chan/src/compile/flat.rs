//! Flat notations: sections, cells, grid.
//!
//! A block that stands in several others becomes a section in each of them. For every record name and
//! section, the record is taken by the innermost open section that names it: as the opener of a section
//! inside it, or by its own rules; else that section closes and the next one out is asked. What nobody
//! names closes nothing (cell 0). All this is decided here, once; the engine looks a cell up and closes
//! down to its owner.

use heapless::Vec;

use super::blocks::OPEN_SECTIONS;
use super::drafts::kind;
use super::{Compiler, EVERYWHERE, Result};
use crate::error::ErrorKind;
use crate::table::{Case, Cell, Path, Run, Section, section, transform};

/// The most cells of a channel.
pub const CELLS: usize = 255;
/// The most candidates for one record in one section.
const CANDIDATES: usize = 12;

impl Compiler<'_, '_, '_> {
    pub(super) fn build_grid(&mut self) -> Result<()> {
        self.refuse_unreachable()?;
        self.build_flat_sections()?;
        self.notes.made.push((u8::MAX, u8::MAX)).map_err(|_| self.full())?;
        for row in 0..self.pools.names.len() {
            let row = u8::try_from(row).unwrap_or(u8::MAX);
            for place in 0..self.notes.order.len() {
                let cell = self.cell_for(row, place)?;
                self.pools.grid.push(cell).ok_or_else(|| self.full())?;
            }
        }
        Ok(())
    }

    /// A rule for a record that always opens another block, or that ends this one, would never fire.
    fn refuse_unreachable(&mut self) -> Result<()> {
        for index in 0..self.pools.drafts.len() {
            let draft = self.pools.drafts.get(index);
            if draft.kind != kind::PLAIN
                || draft.block == EVERYWHERE
                || draft.rule.transform == transform::IGNORE
            {
                continue;
            }
            // Its own opener: the record that opens it.
            let own = self.notes.blocks.get(usize::from(draft.block));
            if own.is_some_and(|block| block.openers.iter().any(|row| u16::from(*row) == draft.at)) {
                continue;
            }
            let taken = self.notes.blocks.iter().zip(0u8..).any(|(inner, number)| {
                number != draft.block
                    && inner.conditions.count == 0
                    && inner.parents.contains(&draft.block)
                    && inner.openers.iter().any(|row| u16::from(*row) == draft.at)
            });
            if taken {
                (self.layer, self.line) = (draft.layer, draft.line);
                return Err(self.error(ErrorKind::Unreachable, 1, "a record that opens no other block"));
            }
        }
        Ok(())
    }

    /// Expands the blocks: one section for each place where a block may stand.
    fn build_flat_sections(&mut self) -> Result<()> {
        let header = self.notes.blocks.iter().position(|b| b.kind == section::HEADER).unwrap_or(0);
        self.add_section(header, 0)?;
        let mut here = 0;
        while let Some(outer) = self.notes.order.get(here).copied() {
            for block in 0..self.notes.blocks.len() {
                let inner = self.notes.blocks.get(block);
                if inner.is_some_and(|b| b.kind != section::HEADER && b.parents.contains(&outer)) {
                    self.add_section(block, here)?;
                }
            }
            here += 1;
        }
        Ok(())
    }

    fn add_section(&mut self, block: usize, parent: usize) -> Result<()> {
        let outer = self.pools.sections.get(parent);
        let info = self.notes.blocks.get(block).map(|b| (b.kind, b.group)).unwrap_or_default();
        let number = u8::try_from(block).unwrap_or(u8::MAX);
        let depth = if self.notes.order.is_empty() { 0 } else { outer.depth + 1 };
        if depth >= OPEN_SECTIONS {
            return Err(self.full());
        }
        let made = Section {
            kind: info.0,
            parent: u8::try_from(parent).unwrap_or(0),
            group: info.1,
            depth,
            required: self.required_of(block)?,
            constants: self.run_of(kind::CONSTANT, number),
            rules: Run::default(),
            defaults: self.run_of(kind::DEFAULT, number),
            conditions: Run::default(),
        };
        self.pools.sections.push(made).ok_or_else(|| self.full())?;
        self.notes.order.push(number).map_err(|_| self.full())
    }

    /// The cell for a record in a section; 0 where nobody names it.
    fn cell_for(&mut self, row: u8, place: usize) -> Result<u8> {
        let mut candidates: Vec<(u8, Option<u8>), CANDIDATES> = Vec::new();
        let mut here = place;
        'outwards: loop {
            let owner = u8::try_from(here).unwrap_or(u8::MAX);
            for (inner, block) in self.notes.order.iter().enumerate() {
                let stands_here = usize::from(self.pools.sections.get(inner).parent) == here && inner != here;
                let Some(info) = self.notes.blocks.get(usize::from(*block)) else { continue };
                if stands_here && info.openers.contains(&row) {
                    let opens = u8::try_from(inner).ok();
                    candidates.push((owner, opens)).map_err(|_| self.full())?;
                    if info.conditions.count == 0 {
                        break 'outwards;
                    }
                }
            }
            let block = self.notes.order.get(here).copied().unwrap_or(0);
            let Some(info) = self.notes.blocks.get(usize::from(block)) else { break };
            // Its own opener opens it anew.
            if self.names(block, row) && !info.openers.contains(&row) {
                candidates.push((owner, None)).map_err(|_| self.full())?;
                break;
            }
            if !info.until.is_empty() && !info.until.contains(&row) && !info.openers.contains(&row) {
                break;
            }
            if here == 0 {
                break;
            }
            here = usize::from(self.pools.sections.get(here).parent);
        }
        let mut otherwise = 0;
        while let Some((owner, opens)) = candidates.pop() {
            otherwise = self.cell(row, owner, opens, otherwise)?;
        }
        Ok(otherwise)
    }

    /// Has a block rules for a record, or does it keep it?
    fn names(&self, block: u8, row: u8) -> bool {
        let keeps = self.notes.blocks.get(usize::from(block)).is_some_and(|b| b.keep.contains(&row));
        keeps || !self.drafts_of(block, row).is_empty()
    }

    fn cell(&mut self, row: u8, owner: u8, opens: Option<u8>, otherwise: u8) -> Result<u8> {
        let taker = self.notes.order.get(usize::from(opens.unwrap_or(owner))).copied().unwrap_or(0);
        let opened = opens.unwrap_or(255);
        let mut cell = Cell { owner, opens: opened, otherwise, ..Cell::default() };
        if opens.is_some() {
            cell.conditions =
                self.notes.blocks.get(usize::from(taker)).map(|b| b.conditions).unwrap_or_default();
        }
        if let Some(known) = self.notes.made.iter().position(|pair| *pair == (row, taker)) {
            let same = self.pools.cells.get(known);
            (cell.rules, cell.cases, cell.qualifier) = (same.rules, same.cases, same.qualifier);
            (cell.pairs, cell.common) = (same.pairs, same.common);
        } else {
            self.fill_cell(&mut cell, row, taker)?;
        }
        let twin = self.pools.cells.as_slice().iter().zip(self.notes.made.iter()).position(|(c, pair)| {
            *pair == (row, taker) && (c.owner, c.opens, c.otherwise) == (owner, opened, otherwise)
        });
        if let Some(twin) = twin {
            return u8::try_from(twin).map_err(|_| self.full());
        }
        self.notes.made.push((row, taker)).map_err(|_| self.full())?;
        let index = self.pools.cells.push(cell).ok_or_else(|| self.full())?;
        u8::try_from(index).map_err(|_| self.full())
    }

    /// The rules of a record in a block, by qualifier.
    fn fill_cell(&mut self, cell: &mut Cell, row: u8, block: u8) -> Result<()> {
        let at = u16::from(row);
        cell.rules = self.run_at(kind::PLAIN, block, at, 0);
        cell.common = self.run_at(kind::PLAIN, EVERYWHERE, at, 0);
        if let Some(pairs) = self.pairs_of(row) {
            cell.pairs = pairs;
            cell.qualifier = Path::single(Path::PAIR, 2);
        } else if let Some(path) = self.qualifier_of(row) {
            cell.qualifier = path;
        }
        let start = self.pools.cases.len();
        for taker in [block, EVERYWHERE] {
            let mut from = 0;
            while let Some(draft) = self.drafts_of(taker, row).get(from) {
                let key = draft.key;
                let rules = self.run_at(kind::PLAIN, taker, at, key);
                from += usize::from(rules.count.max(1));
                // What holds everywhere has been copied into the block's own case, if it has one.
                let is_own = taker == EVERYWHERE && self.run_at(kind::PLAIN, block, at, key).count > 0;
                if key != 0 && !is_own {
                    self.pools.cases.push(Case { key, rules }).ok_or_else(|| self.full())?;
                }
            }
        }
        let count = self.pools.cases.len().saturating_sub(start);
        cell.cases =
            Run { start: u16::try_from(start).unwrap_or(0), count: u16::try_from(count).unwrap_or(0) };
        Ok(())
    }
}
