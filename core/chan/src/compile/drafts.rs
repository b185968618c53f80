//! Rules on their way into the table: sorted by where they belong, found by halving.

use super::{Compiler, EVERYWHERE, Result};
use crate::calm::sort_by_key;
use crate::table::{Rule, Run, flag, joint, shape, transform};

/// A rule and where it belongs.
#[derive(Clone, Copy, Debug, Default)]
pub struct Draft {
    /// One of [`kind`].
    pub kind: u8,
    /// The block that it stands in.
    pub block: u8,
    /// Row of its record (flat), or the node that it fires with (trees).
    pub at: u16,
    /// Its qualifier, 0 = none, all ones = each pair.
    pub key: u64,
    /// Its place in the text.
    pub seq: u16,
    pub layer: u8,
    pub line: u32,
    pub rule: Rule,
    /// The rules of a node are one run, whatever block they stand in.
    by_node: bool,
}

/// Kinds of drafts, in the order in which they are laid out.
pub mod kind {
    /// Fires when its section opens.
    pub const CONSTANT: u8 = 0;
    /// Fires with its record or node.
    pub const PLAIN: u8 = 1;
    /// Fires with its section as a whole (rows of CSV, parties of a fixed role).
    pub const SECTION: u8 = 2;
    /// Gives a default when its section closes.
    pub const DEFAULT: u8 = 3;
}

type Place = (u8, u8, u16, u64);

impl Draft {
    pub const EMPTY: Draft = Draft {
        kind: 0,
        block: 0,
        at: 0,
        key: 0,
        seq: 0,
        layer: 0,
        line: 0,
        rule: Rule::NONE,
        by_node: false,
    };

    fn place(&self) -> Place {
        (self.kind, if self.by_node { 0 } else { self.block }, self.at, self.key)
    }
}

impl Compiler<'_, '_, '_> {
    /// Enters a rule.
    pub(super) fn draft(&mut self, kind: u8, block: u8, at: u16, key: u64, rule: Rule) -> Result<()> {
        let seq = u16::try_from(self.pools.drafts.len()).map_err(|_| self.full())?;
        let by_node = kind == self::kind::PLAIN && !self.is_flat();
        let draft = Draft { kind, block, at, key, seq, layer: self.layer, line: self.line, rule, by_node };
        self.pools.drafts.push(draft).map(drop).ok_or_else(|| self.full())
    }

    /// Sorts the drafts; from now on runs can be asked for.
    pub(super) fn sort_drafts(&mut self) -> Result<()> {
        self.sort();
        if self.is_flat() {
            self.copy_common_cases()?;
            self.sort();
        }
        Ok(())
    }

    fn sort(&mut self) {
        // What a rule lists as of no use stands behind all that is used.
        let is_ignore = |d: &Draft| d.rule.transform == transform::IGNORE;
        sort_by_key(self.pools.drafts.as_mut_slice(), |d| (d.place(), is_ignore(d), d.seq));
        self.sorted = self.pools.drafts.len();
    }

    /// Rules that hold for a qualifier in every block join the block's own ones for it, since only one
    /// case of a record is looked up.
    fn copy_common_cases(&mut self) -> Result<()> {
        let common =
            self.range((kind::PLAIN, EVERYWHERE, 0, 0), (kind::PLAIN, EVERYWHERE, u16::MAX, u64::MAX));
        for index in common {
            let draft = self.pools.drafts.get(index);
            if draft.key == 0 {
                continue;
            }
            for block in 0..self.notes.blocks.len() {
                let block = u8::try_from(block).unwrap_or(u8::MAX);
                if self.run_at(kind::PLAIN, block, draft.at, draft.key).count > 0 {
                    self.pools.drafts.push(Draft { block, ..draft }).ok_or_else(|| self.full())?;
                }
            }
        }
        Ok(())
    }

    /// Lays the rules out as they are sorted, each with what the engine wants to know of it at once.
    pub(super) fn lay_rules_out(&mut self) -> Result<()> {
        for index in 0..self.pools.drafts.len() {
            let mut rule = self.pools.drafts.get(index).rule;
            let behind = self.pools.drafts.as_slice().get(index + 1..).unwrap_or(&[]);
            let tails = || behind.iter().map(|d| d.rule).take_while(|r| r.flags & flag::TAIL != 0);
            rule.tails = u8::try_from(tails().count()).map_err(|_| self.full())?;
            rule.shape = shape_of(&rule, tails().any(|tail| tail.transform == transform::PIECE));
            self.pools.rules.push(rule).ok_or_else(|| self.full())?;
        }
        Ok(())
    }

    fn range(&self, from: Place, to: Place) -> core::ops::Range<usize> {
        // Copies that were pushed since stand behind what is sorted: they are not found.
        let drafts = self.pools.drafts.as_slice();
        let drafts = drafts.get(..self.sorted).unwrap_or(drafts);
        let start = drafts.partition_point(|d| d.place() < from);
        let end = drafts.partition_point(|d| d.place() <= to);
        start..end.max(start)
    }

    fn run(&self, from: Place, to: Place) -> Run {
        let range = self.range(from, to);
        let start = u16::try_from(range.start).unwrap_or(0);
        Run { start, count: u16::try_from(range.len()).unwrap_or(0) }
    }

    /// The drafts of one kind and block as a run of rules.
    pub(super) fn run_of(&self, kind: u8, block: u8) -> Run {
        self.run((kind, block, 0, 0), (kind, block, u16::MAX, u64::MAX))
    }

    /// Those of one record and qualifier.
    pub(super) fn run_at(&self, kind: u8, block: u8, at: u16, key: u64) -> Run {
        self.run((kind, block, at, key), (kind, block, at, key))
    }

    /// Those that fire with a node.
    pub(super) fn run_of_node(&self, node: u16) -> Run {
        self.run((kind::PLAIN, 0, node, 0), (kind::PLAIN, 0, node, u64::MAX))
    }

    /// The drafts of one record in a block, of all qualifiers.
    pub(super) fn drafts_of(&self, block: u8, row: u8) -> &[Draft] {
        let row = u16::from(row);
        let range = self.range((kind::PLAIN, block, row, 0), (kind::PLAIN, block, row, u64::MAX));
        self.pools.drafts.as_slice().get(range).unwrap_or(&[])
    }
}

/// The bits of [`Rule::shape`].
fn shape_of(rule: &Rule, pieces: bool) -> u8 {
    let single = rule.source.is_single() && transform::is_named(rule.transform);
    let sets_more = rule.flags & flag::BY_MAP != 0 && rule.transform == transform::MAP;
    let joined = rule.flags & flag::ALL != 0 && rule.join != joint::NONE;
    let plain = rule.tails == 0 && !sets_more && !joined && rule.transform != transform::UNIT;
    let bit = |holds: bool, bit: u8| if holds { bit } else { 0 };
    bit(single, shape::SINGLE) | bit(pieces, shape::PIECES) | bit(plain, shape::PLAIN)
}
