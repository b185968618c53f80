//! The memory of a table: one piece that the caller owns, and what of it each pool gets.

use super::drafts::Draft;
use super::notes::Notes;
use super::pools::{Pool, Pools};
use crate::table::{
    Carry, Case, Cell, Condition, Fact, Field, Map, MapEntry, Name, Namespace, Node, Opening, Pairs, Path,
    Rule, Run, Section, Test, Text, Variant,
};

/// Memory for a channel of at most `N` rules, in one piece that the caller owns.
///
/// 128 is enough for most channels, 512 for the largest that are known.
pub struct Storage<const N: usize> {
    text: [[u8; 32]; N],
    keys: [[Text; 4]; N],
    facts: [Fact; 16],
    names: [Name; N],
    hash: [u8; 512],
    sections: [Section; 64],
    grid: [[u8; 24]; N],
    cells: [Cell; 255],
    cases: [Case; N],
    rules: [Rule; N],
    drafts: [Draft; N],
    conditions: [Condition; N],
    maps: [Map; 64],
    map_entries: [[MapEntry; 2]; N],
    pairs: [Pairs; 32],
    required: [u16; N],
    nodes: [[Node; 2]; N],
    parents: [[u16; 2]; N],
    variants: [Variant; 16],
    tests: [Test; 32],
    carries: [Carry; 24],
    privacy: [Text; 32],
    fields: [Field; N],
    namespaces: [Namespace; 8],
    openings: [Opening; 32],
    interned: [[Text; 4]; N],
    notes: Notes,
}

impl<const N: usize> Storage<N> {
    /// Empty memory.
    #[must_use]
    pub const fn new() -> Self {
        const TEXT: Text = Text { at: 0, length: 0 };
        const RUN: Run = Run { start: 0, count: 0 };
        const MAP_ENTRY: MapEntry = MapEntry { key: TEXT, value: TEXT, word: 0, also_field: 0, also_word: 0 };
        const NODE: Node = Node {
            key: 0,
            name: TEXT,
            child: 0,
            next: 0,
            rules: RUN,
            slot: 0,
            slots_first: 0,
            slots_count: 0,
            section: 255,
            flags: 0,
            namespace: 0,
        };
        const SECTION: Section = Section {
            kind: 0,
            parent: 0,
            group: 0,
            depth: 0,
            required: RUN,
            constants: RUN,
            rules: RUN,
            defaults: RUN,
            conditions: RUN,
        };
        const CELL: Cell = Cell {
            owner: 0,
            opens: 255,
            conditions: RUN,
            otherwise: 0,
            rules: RUN,
            cases: RUN,
            qualifier: Path::NONE,
            pairs: 0,
            common: RUN,
        };
        Storage {
            text: [[0; 32]; N],
            keys: [[TEXT; 4]; N],
            facts: [Fact { kind: 0, name: TEXT, path: Path::NONE, operator: 0, values: RUN }; 16],
            names: [Name { key: 0, text: TEXT, synonyms: RUN, flags: 0, fields: RUN }; N],
            hash: [0; 512],
            sections: [SECTION; 64],
            grid: [[0; 24]; N],
            cells: [CELL; 255],
            cases: [Case { key: 0, rules: RUN }; N],
            rules: [Rule::NONE; N],
            drafts: [Draft::EMPTY; N],
            conditions: [Condition { path: Path::NONE, operator: 0, values: RUN }; N],
            maps: [Map { entries: RUN, otherwise: 0 }; 64],
            map_entries: [[MAP_ENTRY; 2]; N],
            pairs: [Pairs { first: 0, last: 0, value: 0, qualifier: 0 }; 32],
            required: [0; N],
            nodes: [[NODE; 2]; N],
            parents: [[0; 2]; N],
            variants: [Variant { node: 0, root: 0, section: 0, roles_first: 0, roles_count: 0, tests: RUN };
                16],
            tests: [Test { path: TEXT, operator: 0, values: RUN }; 32],
            carries: [Carry { parent: 0, item: TEXT, value: TEXT, key: TEXT, matches: Path::NONE }; 24],
            privacy: [TEXT; 32],
            fields: [Field { name: TEXT, offset: 0, length: 0 }; N],
            namespaces: [Namespace { prefix: TEXT, names: RUN }; 8],
            openings: [Opening { node: 0, root: 0, section: 255, tests: RUN }; 32],
            interned: [[TEXT; 4]; N],
            notes: Notes::new(),
        }
    }

    /// The memory, ready to be filled.
    pub fn arena(&mut self) -> Arena<'_> {
        let pools = Pools {
            text: Pool::new(self.text.as_flattened_mut()),
            keys: Pool::new(self.keys.as_flattened_mut()),
            facts: Pool::new(&mut self.facts),
            names: Pool::new(&mut self.names),
            hash: &mut self.hash,
            sections: Pool::new(&mut self.sections),
            grid: Pool::new(self.grid.as_flattened_mut()),
            cells: Pool::new(&mut self.cells),
            cases: Pool::new(&mut self.cases),
            rules: Pool::new(&mut self.rules),
            drafts: Pool::new(&mut self.drafts),
            conditions: Pool::new(&mut self.conditions),
            maps: Pool::new(&mut self.maps),
            map_entries: Pool::new(self.map_entries.as_flattened_mut()),
            pairs: Pool::new(&mut self.pairs),
            required: Pool::new(&mut self.required),
            nodes: Pool::new(self.nodes.as_flattened_mut()),
            parents: Pool::new(self.parents.as_flattened_mut()),
            variants: Pool::new(&mut self.variants),
            tests: Pool::new(&mut self.tests),
            carries: Pool::new(&mut self.carries),
            privacy: Pool::new(&mut self.privacy),
            fields: Pool::new(&mut self.fields),
            namespaces: Pool::new(&mut self.namespaces),
            openings: Pool::new(&mut self.openings),
            interned: self.interned.as_flattened_mut(),
        };
        Arena { pools, notes: &mut self.notes }
    }
}

impl<const N: usize> Default for Storage<N> {
    fn default() -> Self {
        Storage::new()
    }
}

/// Borrowed memory for one channel.
pub struct Arena<'a> {
    pub(super) pools: Pools<'a>,
    pub(super) notes: &'a mut Notes,
}
