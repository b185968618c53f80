//! The memory of a table: one piece that the caller owns, and what of it each pool gets.

use super::drafts::Draft;
use super::notes::Notes;
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
        Arena {
            text: self.text.as_flattened_mut(),
            keys: self.keys.as_flattened_mut(),
            facts: &mut self.facts,
            names: &mut self.names,
            hash: &mut self.hash,
            sections: &mut self.sections,
            grid: self.grid.as_flattened_mut(),
            cells: &mut self.cells,
            cases: &mut self.cases,
            rules: &mut self.rules,
            drafts: &mut self.drafts,
            conditions: &mut self.conditions,
            maps: &mut self.maps,
            map_entries: self.map_entries.as_flattened_mut(),
            pairs: &mut self.pairs,
            required: &mut self.required,
            nodes: self.nodes.as_flattened_mut(),
            parents: self.parents.as_flattened_mut(),
            variants: &mut self.variants,
            tests: &mut self.tests,
            carries: &mut self.carries,
            privacy: &mut self.privacy,
            fields: &mut self.fields,
            namespaces: &mut self.namespaces,
            openings: &mut self.openings,
            interned: self.interned.as_flattened_mut(),
            notes: &mut self.notes,
        }
    }
}

impl<const N: usize> Default for Storage<N> {
    fn default() -> Self {
        Storage::new()
    }
}

/// Borrowed memory for one channel.
pub struct Arena<'a> {
    pub(super) text: &'a mut [u8],
    pub(super) keys: &'a mut [Text],
    pub(super) facts: &'a mut [Fact],
    pub(super) names: &'a mut [Name],
    pub(super) hash: &'a mut [u8],
    pub(super) sections: &'a mut [Section],
    pub(super) grid: &'a mut [u8],
    pub(super) cells: &'a mut [Cell],
    pub(super) cases: &'a mut [Case],
    pub(super) rules: &'a mut [Rule],
    pub(super) drafts: &'a mut [Draft],
    pub(super) conditions: &'a mut [Condition],
    pub(super) maps: &'a mut [Map],
    pub(super) map_entries: &'a mut [MapEntry],
    pub(super) pairs: &'a mut [Pairs],
    pub(super) required: &'a mut [u16],
    pub(super) nodes: &'a mut [Node],
    pub(super) parents: &'a mut [u16],
    pub(super) variants: &'a mut [Variant],
    pub(super) tests: &'a mut [Test],
    pub(super) carries: &'a mut [Carry],
    pub(super) privacy: &'a mut [Text],
    pub(super) fields: &'a mut [Field],
    pub(super) namespaces: &'a mut [Namespace],
    pub(super) openings: &'a mut [Opening],
    pub(super) interned: &'a mut [Text],
    pub(super) notes: &'a mut Notes,
}
