//! What a channel is when it is compiled: a handful of typed slices.
//!
//! The builder fills them into the caller's memory, `core/build` prints them as Rust statics; the
//! engine of `ordnorm` reads both the same way. There is no binary format. Everything refers by
//! index; the builder checks the indices once, and the engine reads them with `get`, so that a wrong
//! one would be an absent rule, never a fault.

mod codes;

pub use codes::{fact, flag, joint, known, operator, otherwise, section, shape, syntax, transform};

/// A piece of [`Channel::text`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Text {
    /// Offset in the pool.
    pub at: u16,
    /// Length in bytes.
    pub length: u16,
}

/// Where a value stands inside its record or scope.
///
/// Flat notations: elements and components, 1-based, each a range (`255` = to the last one).
/// CSV: `element` is the column's number in [`Channel::names`] + 1. Fixed records: `element` is the
/// field's number in its record's layout ([`Name::fields`]) + 1. Trees: `element` is a slot + 1;
/// `component` 1 means a slot of the rule's own scope, 2 one of an open scope around it (the value is
/// inherited). Values of `element` from [`Path::PAIR`] on are special.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Path {
    /// First element.
    pub element: u8,
    /// Last element.
    pub element_last: u8,
    /// First component.
    pub component: u8,
    /// Last component.
    pub component_last: u8,
}

impl Path {
    /// No place at all.
    pub const NONE: Path = Path { element: 0, element_last: 0, component: 0, component_last: 0 };
    /// The whole record.
    pub const WHOLE: Path = Path { element: 255, element_last: 255, component: 0, component_last: 0 };
    /// The largest number of an element that is named by itself.
    pub const MOST: u8 = 250;
    /// `element` of the message's type, which conditions of any record may look at (flat notations).
    pub const TYPE: u8 = 251;
    /// `element` of the pair that is looked at: `component` 1 is its value, 2 its qualifier.
    pub const PAIR: u8 = 252;
    /// `element` of the node that is being closed (trees): its own text, beside its attributes.
    pub const SELF: u8 = 253;
    /// `element` of a carried value; `component` is its number in [`Channel::carries`].
    pub const CARRY: u8 = 254;

    /// One single place.
    #[must_use]
    pub const fn single(element: u8, component: u8) -> Path {
        Path { element, element_last: element, component, component_last: component }
    }

    /// Is there a place?
    #[must_use]
    pub const fn is_some(self) -> bool {
        self.element != 0
    }

    /// Is it one token at the most?
    #[must_use]
    pub const fn is_single(self) -> bool {
        self.element == self.element_last && self.component == self.component_last
    }
}

/// Consecutive elements of another slice.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Run {
    /// Index of the first.
    pub start: u16,
    /// How many.
    pub count: u16,
}

impl Run {
    /// The elements that it names; none where the indices are wrong.
    #[inline]
    #[must_use]
    pub fn of<T>(self, slice: &[T]) -> &[T] {
        let start = usize::from(self.start);
        slice.get(start..start + usize::from(self.count)).unwrap_or(&[])
    }
}

/// One line of a channel: from a place to a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Rule {
    /// The target field.
    pub field: u16,
    /// Its source.
    pub source: Path,
    /// A second source that the transform needs (a format, a scheme).
    pub other: Path,
    /// One of [`transform`].
    pub transform: u8,
    /// Bits of [`flag`].
    pub flags: u8,
    /// What the transform needs: a style, a key, a map.
    pub argument: u16,
    /// All of them must hold: an index into [`Channel::conditions`].
    pub conditions: u16,
    /// How many conditions.
    pub condition_count: u8,
    /// What joins several pieces: 0 nothing is joined, else one of [`joint`].
    pub join: u8,
    /// Key of the default + 1; 0 = none.
    pub fallback: u16,
    /// How many rules behind it are its tails.
    pub tails: u8,
    /// Bits of [`shape`].
    pub shape: u8,
}

impl Rule {
    /// No rule.
    pub const NONE: Rule = Rule {
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
        tails: 0,
        shape: 0,
    };
}

/// What must hold for a rule, a section, a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Condition {
    /// What is looked at.
    pub path: Path,
    /// One of [`operator`].
    pub operator: u8,
    /// The values, a run of [`Channel::keys`].
    pub values: Run,
}

/// One pair of a map.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct MapEntry {
    /// The source's code.
    pub key: Text,
    /// The value as text (a pattern, a code).
    pub value: Text,
    /// The value as a code word, a field or a joint, 0 = none.
    pub word: u16,
    /// A second field that the key sets, 0 = none.
    pub also_field: u16,
    /// Its code word.
    pub also_word: u16,
}

/// A map and what happens with a code that it does not know.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Map {
    /// Its entries.
    pub entries: Run,
    /// One of [`otherwise`].
    pub otherwise: u8,
}

/// Which records a section holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Section {
    /// One of [`section`].
    pub kind: u8,
    /// The section that it stands in (itself for the root).
    pub parent: u8,
    /// The repeated group of the vocabulary that it opens, 0 = none.
    pub group: u8,
    /// How deep it stands (the root: 0).
    pub depth: u8,
    /// Fields that must be there at its end, a run of [`Channel::required`].
    pub required: Run,
    /// Rules that fire when it opens (constants).
    pub constants: Run,
    /// CSV: rules of a row; parties of a fixed role: their rules.
    pub rules: Run,
    /// Rules with a default, looked at when it closes.
    pub defaults: Run,
    /// Rows: a summary is a row for which these conditions hold.
    pub conditions: Run,
}

/// A record name, or a column with its other names.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Name {
    /// [`pack`] of the name.
    pub key: u64,
    /// The whole name.
    pub text: Text,
    /// Further names (columns), a run of [`Channel::keys`].
    pub synonyms: Run,
    /// Bits of [`known`].
    pub flags: u8,
    /// Fixed records: its layout, a run of [`Channel::fields`].
    pub fields: Run,
}

/// A field of a fixed record.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Field {
    /// Its name.
    pub name: Text,
    /// Offset in its record in characters, from 0.
    pub offset: u16,
    /// Length in characters.
    pub length: u16,
}

/// What happens with a record of one name in one section (flat notations).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Cell {
    /// The section that is current before the record is taken: deeper ones close.
    pub owner: u8,
    /// The section that it opens, 255 = none.
    pub opens: u8,
    /// Conditions of the opening.
    pub conditions: Run,
    /// The cell to take where they do not hold, 0 = none.
    pub otherwise: u8,
    /// Rules that always apply.
    pub rules: Run,
    /// Rules by qualifier, a run of [`Channel::cases`].
    pub cases: Run,
    /// Where the qualifier stands; [`Path::PAIR`]: in pairs.
    pub qualifier: Path,
    /// Number of the pairs + 1, 0 = none.
    pub pairs: u8,
    /// Rules for the record in every section.
    pub common: Run,
}

impl Cell {
    /// Nobody names the record.
    pub const NONE: Cell = Cell {
        owner: 0,
        opens: 255,
        conditions: Run { start: 0, count: 0 },
        otherwise: 0,
        rules: Run { start: 0, count: 0 },
        cases: Run { start: 0, count: 0 },
        qualifier: Path::NONE,
        pairs: 0,
        common: Run { start: 0, count: 0 },
    };
}

/// Rules of one qualifier.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Case {
    /// The qualifier, at most eight bytes, little endian. All ones: each pair; in a record without
    /// pairs any qualifier that has no case of its own.
    pub key: u64,
    /// Its rules.
    pub rules: Run,
}

/// Elements that come in pairs of a qualifier and a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Pairs {
    /// First element.
    pub first: u8,
    /// Last element (255: to the end).
    pub last: u8,
    /// Component of the value; 0: the value is the element behind the qualifier.
    pub value: u8,
    /// Component of the qualifier.
    pub qualifier: u8,
}

/// A node of a tree notation.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Node {
    /// [`pack`] of the name.
    pub key: u64,
    /// The whole name.
    pub name: Text,
    /// First child, 0 = none.
    pub child: u16,
    /// Next sibling, 0 = none.
    pub next: u16,
    /// Rules that fire when it closes.
    pub rules: Run,
    /// Its slot + 1, 0 = none.
    pub slot: u8,
    /// Slots to clear when it opens: from here …
    pub slots_first: u8,
    /// … so many.
    pub slots_count: u8,
    /// The section that it opens, 255 = none.
    pub section: u8,
    /// Bits of [`known`].
    pub flags: u8,
    /// XML: 0 = any namespace of the channel or none, else the number in [`Channel::namespaces`] + 1.
    pub namespace: u8,
}

/// One reading of a node that a block with conditions stands at (`party at PARTY when …`).
///
/// Every opening of a node whose tests hold reads the node once more, in the order of the slice: a
/// party with two roles is two parties.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Opening {
    /// The node.
    pub node: u16,
    /// The node whose children and rules hold for this reading.
    pub root: u16,
    /// The section that it opens.
    pub section: u8,
    /// Conditions, on paths below the node (a run of [`Channel::tests`]).
    pub tests: Run,
}

/// Namespaces that one prefix of the channel stands for (XML).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Namespace {
    /// The prefix, as paths of this channel write it; messages may use another one.
    pub prefix: Text,
    /// Its names, a run of [`Channel::keys`].
    pub names: Run,
}

/// One reading of a message node.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Variant {
    /// The message node.
    pub node: u16,
    /// The node whose children and rules hold for it.
    pub root: u16,
    /// Its header section.
    pub section: u8,
    /// Its fixed-role parties: sections from here …
    pub roles_first: u8,
    /// … so many.
    pub roles_count: u8,
    /// Conditions, on paths below the message node (a run of [`Channel::tests`]).
    pub tests: Run,
}

/// A condition on a path below a node, looked at before the node is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Test {
    /// `a/b/c` below the node.
    pub path: Text,
    /// One of [`operator`].
    pub operator: u8,
    /// The values.
    pub values: Run,
}

/// A value from beside a message that is handed into it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Carry {
    /// The node whose children it is collected from.
    pub parent: u16,
    /// Path of the repeated item below the parent.
    pub item: Text,
    /// Path of the value below the item.
    pub value: Text,
    /// Path of the key below the item; empty: the value holds for every message.
    pub key: Text,
    /// The message's value that must equal the key.
    pub matches: Path,
}

/// What tells a channel from others. All facts must hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Fact {
    /// One of [`fact`].
    pub kind: u8,
    /// Record name (flat), path (tree).
    pub name: Text,
    /// Place in the record (flat), column (CSV).
    pub path: Path,
    /// One of [`operator`], of those that compare.
    pub operator: u8,
    /// The values, a run of [`Channel::keys`]; empty: it is enough that it is there. Of a column: the names
    /// of those that may stand in its place.
    pub values: Run,
}

/// How a notation is written in this channel.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Dialect {
    /// CSV: the separator, 0 = told from the file.
    pub separator: u8,
    /// CSV: the quote, 0 = `"`.
    pub quote: u8,
    /// CSV: 1 = no header row, columns by position.
    pub headless: u8,
    /// JSON: 1 = the canonical form itself, whose findings, verdict and counts are taken over.
    pub canonical: u8,
    /// Style of numbers where a rule gives none (see `ordnorm::value::decimal::Style`).
    pub decimal: u8,
    /// Character set label, empty = told from the message.
    pub charset: Text,
    /// Pattern of dates where a rule gives none.
    pub date: Text,
    /// Fixed records: the first so many characters are the record's name (up to a blank); where no
    /// record has that name, the second number is tried. 0 = none.
    pub name_widths: [u8; 2],
    /// Fixed records: so many digits at the end of a name are a version, taken off where the whole
    /// name is not known.
    pub version_digits: u8,
    /// Fixed records: the first so many characters are the same in all of them, and of no use.
    pub head: u8,
    /// Fixed records: characters of a record where no line breaks stand between them, 0 = unknown.
    pub record_length: u16,
}

/// A compiled channel.
#[derive(Clone, Copy, Debug, Default)]
pub struct Channel<'t> {
    /// Its name.
    pub name: &'t str,
    /// Its version.
    pub version: u16,
    /// One of [`syntax`].
    pub syntax: u8,
    /// How the notation is written.
    pub dialect: Dialect,
    /// The pool of texts.
    pub text: &'t [u8],
    /// Pieces of the pool.
    pub keys: &'t [Text],
    /// What tells it from others.
    pub facts: &'t [Fact],
    /// Record names or columns.
    pub names: &'t [Name],
    /// Row of a name + 1 by its hash.
    pub hash: &'t [u8],
    /// Multiplier of the hash.
    pub seed: u64,
    /// The sections; the first is the header.
    pub sections: &'t [Section],
    /// Cell by row and section.
    pub grid: &'t [u8],
    /// The cells; the first stands for "not named".
    pub cells: &'t [Cell],
    /// Rules by qualifier.
    pub cases: &'t [Case],
    /// The rules.
    pub rules: &'t [Rule],
    /// Conditions of rules and sections.
    pub conditions: &'t [Condition],
    /// Code maps.
    pub maps: &'t [Map],
    /// Their entries.
    pub map_entries: &'t [MapEntry],
    /// Elements in pairs.
    pub pairs: &'t [Pairs],
    /// Required fields.
    pub required: &'t [u16],
    /// The tree; the first is the root.
    pub nodes: &'t [Node],
    /// Readings of message nodes.
    pub variants: &'t [Variant],
    /// Conditions of variants.
    pub tests: &'t [Test],
    /// Carried values.
    pub carries: &'t [Carry],
    /// CSV: the column that groups rows into orders.
    pub group: Path,
    /// Flat: row + 1 of the record that opens a message, 0 = the notation knows.
    pub message_first: u8,
    /// Flat: row + 1 of the record that ends it, 0 = the next one's begin or the end.
    pub message_last: u8,
    /// Layouts of fixed records.
    pub fields: &'t [Field],
    /// Namespaces of XML names.
    pub namespaces: &'t [Namespace],
    /// Readings of nodes that blocks with conditions stand at.
    pub openings: &'t [Opening],
    /// Notes on data protection, as written.
    pub privacy: &'t [Text],
}

impl Channel<'static> {
    /// A channel that reads nothing.
    pub const EMPTY: Channel<'static> = Channel {
        name: "",
        version: 0,
        syntax: 0,
        dialect: Dialect {
            separator: 0,
            quote: 0,
            headless: 0,
            canonical: 0,
            decimal: 0,
            charset: Text { at: 0, length: 0 },
            date: Text { at: 0, length: 0 },
            name_widths: [0; 2],
            version_digits: 0,
            head: 0,
            record_length: 0,
        },
        text: &[],
        keys: &[],
        facts: &[],
        names: &[],
        hash: &[],
        seed: 0,
        sections: &[],
        grid: &[],
        cells: &[],
        cases: &[],
        rules: &[],
        conditions: &[],
        maps: &[],
        map_entries: &[],
        pairs: &[],
        required: &[],
        nodes: &[],
        variants: &[],
        tests: &[],
        carries: &[],
        group: Path::NONE,
        message_first: 0,
        message_last: 0,
        fields: &[],
        namespaces: &[],
        openings: &[],
        privacy: &[],
    };
}

impl<'t> Channel<'t> {
    /// A piece of the pool.
    #[must_use]
    pub fn text(&self, text: Text) -> &'t [u8] {
        let at = usize::from(text.at);
        self.text.get(at..at + usize::from(text.length)).unwrap_or(&[])
    }

    /// A key by its number.
    #[must_use]
    pub fn key(&self, number: u16) -> &'t [u8] {
        self.keys.get(usize::from(number)).map_or(&[], |text| self.text(*text))
    }

    /// The row of a record name.
    #[must_use]
    #[inline]
    pub fn row(&self, name: &[u8]) -> Option<usize> {
        self.row_of(pack(name), name)
    }

    /// The row of a record name whose packed form is known.
    #[must_use]
    #[inline]
    pub fn row_of(&self, key: u64, name: &[u8]) -> Option<usize> {
        let mut place = hash(key, self.seed, self.hash.len());
        // Most names stand at their own place; a taken one sends them to the next.
        for _ in 0..self.hash.len() {
            let row = usize::from(*self.hash.get(place)?).checked_sub(1)?;
            let found = self.names.get(row)?;
            let same = found.key == key && usize::from(found.text.length) == name.len();
            if same && (name.len() <= 8 || self.text(found.text) == name) {
                return Some(row);
            }
            place = (place + 1) & (self.hash.len() - 1);
        }
        None
    }

    /// A field of a fixed record: `element` of a rule's path, in the layout of the record of this row.
    #[must_use]
    pub fn field(&self, row: usize, element: u8) -> Option<&'t Field> {
        let number = usize::from(element).checked_sub(1)?;
        let fields: &'t [Field] = self.fields;
        self.names.get(row)?.fields.of(fields).get(number)
    }

    /// Does a condition's list of values hold this one?
    #[must_use]
    pub fn lists(&self, values: Run, value: &[u8]) -> bool {
        values.of(self.keys).iter().any(|text| self.is(*text, value))
    }

    /// The entry of a map for a code.
    #[must_use]
    pub fn map_entry(&self, map: u16, code: &[u8]) -> Option<&'t MapEntry> {
        let map = self.maps.get(usize::from(map))?;
        let entries: &'t [MapEntry] = self.map_entries;
        map.entries.of(entries).iter().find(|entry| self.is(entry.key, code))
    }

    /// Is a piece of the pool this short text? Length and first byte mostly tell, which is faster than a
    /// call.
    #[inline]
    fn is(&self, text: Text, value: &[u8]) -> bool {
        usize::from(text.length) == value.len()
            && (value.is_empty() || self.text.get(usize::from(text.at)) == value.first())
            && self.text(text) == value
    }
}

/// A name as a number: its bytes, little endian; names longer than eight bytes are folded.
#[must_use]
#[inline]
pub const fn pack(name: &[u8]) -> u64 {
    let Some(last) = name.last_chunk::<8>() else { return pack_short(name) };
    let mut key = 0u64;
    let mut rest = name;
    while let Some((chunk, tail)) = rest.split_first_chunk::<8>() {
        key = key.rotate_left(13) ^ u64::from_le_bytes(*chunk);
        rest = tail;
    }
    // What is left over is folded together with what stands before it.
    if rest.is_empty() { key } else { key.rotate_left(13) ^ u64::from_le_bytes(*last) }
}

const fn pack_short(name: &[u8]) -> u64 {
    let mut key = 0u64;
    let mut shift = 0;
    let mut rest = name;
    while let Some((byte, tail)) = rest.split_first() {
        key |= (*byte as u64) << shift;
        shift += 8;
        rest = tail;
    }
    key
}

/// [`pack`] of a text that stands at a place of a longer one: a short one is mostly a single load.
#[must_use]
#[inline]
pub fn pack_at(bytes: &[u8], at: usize, length: usize) -> u64 {
    match bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        Some(chunk) if length < 8 => u64::from_le_bytes(*chunk) & ((1 << (length * 8)) - 1),
        _ => pack(bytes.get(at..at + length).unwrap_or(&[])),
    }
}

/// Place of a packed name in a table of `size` places (a power of two).
#[must_use]
#[inline]
pub const fn hash(key: u64, seed: u64, size: usize) -> usize {
    ((key.wrapping_mul(seed) >> 40) as usize) & size.wrapping_sub(1)
}
