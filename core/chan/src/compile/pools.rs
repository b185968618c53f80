//! What is filled while a channel is compiled.

use super::drafts::Draft;
use crate::table::{
    Carry, Case, Cell, Channel, Condition, Dialect, Fact, Field, Map, MapEntry, Name, Namespace, Node,
    Opening, Pairs, Path, Rule, Section, Test, Text, Variant, hash,
};

/// How many places are looked at for a text that stands in the pool already. A text that finds no
/// place among them is simply entered again, so that hostile texts cost memory, not time.
const LOOKS: usize = 8;

/// A slice that is filled from its begin.
pub struct Pool<'a, T> {
    slots: &'a mut [T],
    used: usize,
}

impl<'a, T: Copy + Default> Pool<'a, T> {
    pub fn new(slots: &'a mut [T]) -> Self {
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

    fn finish(&mut self) -> &'a [T] {
        let slots: &'a mut [T] = core::mem::take(&mut self.slots);
        slots.get(..self.used).unwrap_or(&[])
    }
}

/// The pools of one compilation.
pub struct Pools<'a> {
    pub text: Pool<'a, u8>,
    pub keys: Pool<'a, Text>,
    pub facts: Pool<'a, Fact>,
    pub names: Pool<'a, Name>,
    pub hash: &'a mut [u8],
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
    pub fields: Pool<'a, Field>,
    pub namespaces: Pool<'a, Namespace>,
    pub openings: Pool<'a, Opening>,
    pub interned: &'a mut [Text],
}

impl<'a> Pools<'a> {
    /// Forgets the texts of another channel.
    pub fn clear(&mut self) {
        self.interned.fill(Text::default());
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
            return Some(Text::default());
        }
        let size = self.interned.len();
        let start = usize::try_from(fingerprint(text) % u64::try_from(size.max(1)).ok()?).ok()?;
        let mut free = None;
        for look in 0..LOOKS {
            let place = (start + look) % size.max(1);
            let known = self.interned.get(place).copied().unwrap_or_default();
            if known.length == 0 {
                free = Some(place);
                break;
            }
            if known.length == length && self.text(known) == text {
                return Some(known);
            }
        }
        let entered = Text { at: u16::try_from(self.text.len()).ok()?, length };
        for byte in text {
            self.text.push(*byte)?;
        }
        if let Some(place) = free.and_then(|place| self.interned.get_mut(place)) {
            *place = entered;
        }
        Some(entered)
    }

    /// A multiplier under which as few names as possible share a place, and the table's size. The
    /// engine looks at the next place where one is taken, so any multiplier is right; a good one is fast.
    fn hash_names(&mut self) -> (u64, usize) {
        let count = self.names.len();
        let mut size = 16usize;
        while size < count * 2 && size * 2 <= self.hash.len() {
            size *= 2;
        }
        let mut best = (0x9E37_79B9_7F4A_7C15u64, usize::MAX, size);
        'sizes: loop {
            let mut seed = 0x9E37_79B9_7F4A_7C15u64;
            for _ in 0..64 {
                let clashes = self.enter_names(seed, size);
                if clashes < best.1 {
                    best = (seed, clashes, size);
                }
                if clashes == 0 {
                    break 'sizes;
                }
                seed = seed.wrapping_mul(0xD134_2543_DE82_EF95).wrapping_add(2) | 1;
            }
            if size * 2 > self.hash.len() {
                break;
            }
            size *= 2;
        }
        let (seed, _, size) = best;
        self.enter_names(seed, size);
        (seed, size)
    }

    /// Enters all names into the table; how many did not get their own place.
    fn enter_names(&mut self, seed: u64, size: usize) -> usize {
        let Some(table) = self.hash.get_mut(..size) else { return usize::MAX };
        table.fill(0);
        let mut clashes = 0;
        for (name, row) in self.names.as_slice().iter().zip(1u8..=255) {
            let mut place = hash(name.key, seed, size);
            while table.get(place).is_some_and(|taken| *taken != 0) {
                clashes += 1;
                place = (place + 1) & (size - 1);
            }
            if let Some(entry) = table.get_mut(place) {
                *entry = row;
            }
        }
        clashes
    }

    /// The finished table.
    #[inline(never)]
    pub fn finish(&mut self, head: &Head) -> Channel<'a> {
        let (seed, size) = self.hash_names();
        let text = self.text.finish();
        let at = usize::from(head.name.at);
        let name = text.get(at..at + usize::from(head.name.length)).unwrap_or(&[]);
        let hash: &'a mut [u8] = core::mem::take(&mut self.hash);
        Channel {
            name: core::str::from_utf8(name).unwrap_or(""),
            version: head.version,
            syntax: head.syntax,
            dialect: head.dialect,
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
            group: head.group,
            message_first: head.message.0,
            message_last: head.message.1,
            fields: self.fields.finish(),
            namespaces: self.namespaces.finish(),
            openings: self.openings.finish(),
            privacy: self.privacy.finish(),
        }
    }
}

/// What a channel has but once.
#[derive(Clone, Copy, Default)]
pub struct Head {
    pub name: Text,
    pub version: u16,
    pub syntax: u8,
    pub dialect: Dialect,
    pub group: Path,
    /// Rows + 1 of the records that open and end a message.
    pub message: (u8, u8),
}

/// FNV-1a, folded.
fn fingerprint(text: &[u8]) -> u64 {
    let mut state = 0xCBF2_9CE4_8422_2325u64;
    for byte in text {
        state = (state ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3);
    }
    state ^ (state >> 29)
}
