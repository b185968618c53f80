//! The memory of a table.

use super::Draft;
use crate::table::{
    Carry, Case, Cell, Channel, Condition, Dialect, Fact, Map, MapEntry, Name, Node, Pairs, Path, Rule, Run,
    Section, Test, Text, Variant, hash,
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
        };
        const RULE: Rule = Rule {
            field: 0,
            source: Path::NONE,
            other: Path::NONE,
            transform: 0,
            flags: 0,
            argument: 0,
            conditions: 0,
            condition_count: 0,
            join: 0,
            fallback: 0,
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
            facts: [Fact { kind: 0, name: TEXT, path: Path::NONE, values: RUN }; 16],
            names: [Name { key: 0, text: TEXT, synonyms: RUN, flags: 0 }; N],
            hash: [0; 512],
            sections: [SECTION; 64],
            grid: [[0; 24]; N],
            cells: [CELL; 255],
            cases: [Case { key: 0, rules: RUN }; N],
            rules: [RULE; N],
            drafts: [Draft { kind: 0, block: 0, at: 0, key: 0, seq: 0, rule: RULE }; N],
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
    text: &'a mut [u8],
    keys: &'a mut [Text],
    facts: &'a mut [Fact],
    names: &'a mut [Name],
    hash: &'a mut [u8],
    sections: &'a mut [Section],
    grid: &'a mut [u8],
    cells: &'a mut [Cell],
    cases: &'a mut [Case],
    rules: &'a mut [Rule],
    drafts: &'a mut [Draft],
    conditions: &'a mut [Condition],
    maps: &'a mut [Map],
    map_entries: &'a mut [MapEntry],
    pairs: &'a mut [Pairs],
    required: &'a mut [u16],
    nodes: &'a mut [Node],
    parents: &'a mut [u16],
    variants: &'a mut [Variant],
    tests: &'a mut [Test],
    carries: &'a mut [Carry],
    privacy: &'a mut [Text],
}

/// A slice that is filled from its begin.
pub struct Pool<'a, T> {
    slots: &'a mut [T],
    used: usize,
}

impl<'a, T: Copy + Default> Pool<'a, T> {
    fn new(slots: &'a mut [T]) -> Self {
        Pool { slots, used: 0 }
    }

    /// Enters a value; its index, or `None` when the memory is full.
    pub fn push(&mut self, value: T) -> Option<u16> {
        let index = u16::try_from(self.used).ok()?;
        *self.slots.get_mut(self.used)? = value;
        self.used += 1;
        Some(index)
    }

    pub fn len(&self) -> usize {
        self.used
    }

    pub fn as_slice(&self) -> &[T] {
        self.slots.get(..self.used).unwrap_or(&[])
    }

    pub fn as_mut_slice(&mut self) -> &mut [T] {
        self.slots.get_mut(..self.used).unwrap_or(&mut [])
    }

    /// The value at an index; the default where there is none.
    pub fn get(&self, index: usize) -> T {
        self.as_slice().get(index).copied().unwrap_or_default()
    }

    /// Changes the value at an index.
    pub fn update(&mut self, index: usize, change: impl FnOnce(&mut T)) {
        if let Some(value) = self.as_mut_slice().get_mut(index) {
            change(value);
        }
    }

    fn finish(self) -> &'a [T] {
        let Pool { slots, used } = self;
        let slots: &'a [T] = slots;
        slots.get(..used).unwrap_or(&[])
    }
}

/// The pools of one compilation.
pub struct Pools<'a> {
    pub text: Pool<'a, u8>,
    pub keys: Pool<'a, Text>,
    pub facts: Pool<'a, Fact>,
    pub names: Pool<'a, Name>,
    hash: &'a mut [u8],
    pub sections: Pool<'a, Section>,
    pub grid: Pool<'a, u8>,
    pub cells: Pool<'a, Cell>,
    pub cases: Pool<'a, Case>,
    pub rules: Pool<'a, Rule>,
    pub drafts: Pool<'a, Draft>,
    pub conditions: Pool<'a, Condition>,
    pub maps: Pool<'a, Map>,
    pub map_entries: Pool<'a, MapEntry>,
    pub pairs: Pool<'a, Pairs>,
    pub required: Pool<'a, u16>,
    pub nodes: Pool<'a, Node>,
    pub parents: Pool<'a, u16>,
    pub variants: Pool<'a, Variant>,
    pub tests: Pool<'a, Test>,
    pub carries: Pool<'a, Carry>,
    pub privacy: Pool<'a, Text>,
}

impl<'a> Pools<'a> {
    pub fn new(arena: Arena<'a>) -> Pools<'a> {
        Pools {
            text: Pool::new(arena.text),
            keys: Pool::new(arena.keys),
            facts: Pool::new(arena.facts),
            names: Pool::new(arena.names),
            hash: arena.hash,
            sections: Pool::new(arena.sections),
            grid: Pool::new(arena.grid),
            cells: Pool::new(arena.cells),
            cases: Pool::new(arena.cases),
            rules: Pool::new(arena.rules),
            drafts: Pool::new(arena.drafts),
            conditions: Pool::new(arena.conditions),
            maps: Pool::new(arena.maps),
            map_entries: Pool::new(arena.map_entries),
            pairs: Pool::new(arena.pairs),
            required: Pool::new(arena.required),
            nodes: Pool::new(arena.nodes),
            parents: Pool::new(arena.parents),
            variants: Pool::new(arena.variants),
            tests: Pool::new(arena.tests),
            carries: Pool::new(arena.carries),
            privacy: Pool::new(arena.privacy),
        }
    }

    /// A piece of the text pool.
    pub fn text(&self, text: Text) -> &[u8] {
        let at = usize::from(text.at);
        self.text.as_slice().get(at..at + usize::from(text.length)).unwrap_or(&[])
    }

    /// Finds or enters a text.
    pub fn intern(&mut self, text: &[u8]) -> Option<Text> {
        let length = u16::try_from(text.len()).ok()?;
        if text.is_empty() {
            return Some(Text { at: 0, length: 0 });
        }
        let found = self.text.as_slice().windows(text.len()).position(|window| window == text);
        let at = match found {
            Some(at) => u16::try_from(at).ok()?,
            None => {
                let at = u16::try_from(self.text.len()).ok()?;
                for byte in text {
                    self.text.push(*byte)?;
                }
                at
            }
        };
        Some(Text { at, length })
    }

    /// A multiplier under which no two names share a place, and the table.
    fn hash_names(&mut self) -> (u64, usize) {
        let names = self.names.as_slice();
        let mut size = 16usize;
        while size < names.len() * 2 && size * 2 <= self.hash.len() {
            size *= 2;
        }
        loop {
            let mut seed = 0x9E37_79B9_7F4A_7C15u64;
            for _ in 0..256 {
                let Some(table) = self.hash.get_mut(..size) else { return (0, 0) };
                table.fill(0);
                let mut clash = false;
                for (name, row) in names.iter().zip(1u8..=255) {
                    match table.get_mut(hash(name.key, seed, size)) {
                        Some(place) if *place == 0 => *place = row,
                        _ => {
                            clash = true;
                            break;
                        }
                    }
                }
                if !clash {
                    return (seed, size);
                }
                seed = seed.wrapping_mul(0xD134_2543_DE82_EF95).wrapping_add(2) | 1;
            }
            if size * 2 > self.hash.len() {
                return (0, 0);
            }
            size *= 2;
        }
    }

    pub fn finish(
        mut self,
        name: Text,
        version: u16,
        syntax: u8,
        dialect: Dialect,
        group: Path,
    ) -> Channel<'a> {
        let (seed, size) = self.hash_names();
        let text = self.text.finish();
        let at = usize::from(name.at);
        let name = text.get(at..at + usize::from(name.length)).unwrap_or(&[]);
        let hash: &'a [u8] = self.hash;
        Channel {
            name: core::str::from_utf8(name).unwrap_or(""),
            version,
            syntax,
            dialect,
            text,
            keys: self.keys.finish(),
            facts: self.facts.finish(),
            names: self.names.finish(),
            hash: hash.get(..size).unwrap_or(&[]),
            seed,
            sections: self.sections.finish(),
            grid: self.grid.finish(),
            cells: self.cells.finish(),
            cases: self.cases.finish(),
            rules: self.rules.finish(),
            conditions: self.conditions.finish(),
            maps: self.maps.finish(),
            map_entries: self.map_entries.finish(),
            pairs: self.pairs.finish(),
            required: self.required.finish(),
            nodes: self.nodes.finish(),
            variants: self.variants.finish(),
            tests: self.tests.finish(),
            carries: self.carries.finish(),
            group,
            privacy: self.privacy.finish(),
        }
    }
}
