//! What a channel is when it is compiled: a handful of typed slices.
//!
//! The builder fills them into the caller's memory, `core/build` prints them as Rust statics; the
//! engine of `ordnorm` reads both the same way. There is no binary format. Everything refers by
//! index; the builder checks the indices once, and the engine reads them with `get`, so that a wrong
//! one would be an absent rule, never a fault.

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
    #[must_use]
    pub fn of<T>(self, slice: &[T]) -> &[T] {
        let start = usize::from(self.start);
        slice.get(start..start + usize::from(self.count)).unwrap_or(&[])
    }
}

/// The notations.
pub mod syntax {
    /// ISO 9735.
    pub const EDIFACT: u8 = 1;
    /// ANSI X12.
    pub const X12: u8 = 2;
    /// TRADACOMS.
    pub const TRADACOMS: u8 = 3;
    /// Records by offset.
    pub const FIXED: u8 = 4;
    /// Separated values (RFC 4180 and its cousins).
    pub const CSV: u8 = 5;
    /// Form fields.
    pub const FORM: u8 = 6;
    /// RFC 8259.
    pub const JSON: u8 = 7;
    /// XML 1.0.
    pub const XML: u8 = 8;
    /// Internet mail.
    pub const MIME: u8 = 9;
    /// Short messages.
    pub const SMS: u8 = 10;
    /// Exported chats.
    pub const CHATLOG: u8 = 11;
    /// Free text.
    pub const TEXT: u8 = 12;
    /// Names, in the order of the numbers.
    pub const NAMES: [&str; 13] = [
        "",
        "edifact",
        "x12",
        "tradacoms",
        "fixed",
        "csv",
        "form",
        "json",
        "xml",
        "mime",
        "sms",
        "chatlog",
        "text",
    ];

    /// Do records follow each other (else nodes stand in each other)?
    #[must_use]
    pub const fn is_flat(syntax: u8) -> bool {
        matches!(syntax, EDIFACT | X12 | TRADACOMS | FIXED | CSV | FORM | SMS)
    }
}

/// How values become fields.
pub mod transform {
    /// Text as it stands.
    pub const TEXT: u8 = 0;
    /// A decimal; the argument is its style.
    pub const DECIMAL: u8 = 1;
    /// A date; the argument is its pattern, or a map of patterns.
    pub const DATE: u8 = 2;
    /// A code word by a map.
    pub const MAP: u8 = 3;
    /// A code as written.
    pub const CODE: u8 = 4;
    /// A GTIN, check digit verified.
    pub const GTIN: u8 = 5;
    /// An ISBN, check digit verified.
    pub const ISBN: u8 = 6;
    /// A currency.
    pub const ISO4217: u8 = 7;
    /// A country.
    pub const ISO3166: u8 = 8;
    /// A telephone number.
    pub const E164: u8 = 9;
    /// A unit.
    pub const UNIT: u8 = 10;
    /// A flag: the listed keys mean yes.
    pub const FLAG: u8 = 11;
    /// A non-negative integer.
    pub const COUNT: u8 = 12;
    /// A constant of the channel.
    pub const CONSTANT: u8 = 13;
    /// Known and of no use.
    pub const IGNORE: u8 = 14;
    /// A message of another channel.
    pub const CONTENT: u8 = 15;
    /// A code of the canonical form itself (a word, else as written).
    pub const WORD: u8 = 16;
    /// An item number by its qualifier: the argument is a map to item fields.
    pub const ITEM: u8 = 17;
    /// A global location number or another party id, checked by its scheme.
    pub const PARTY_ID: u8 = 18;
    /// One of the listed values is expected; another one is a note, not a value.
    pub const EXPECT: u8 = 19;
    /// In a tail only: a further piece of the value before it (`A + B`), which is put behind it, with
    /// the head's [`joint`] between them, before the whole is converted.
    pub const PIECE: u8 = 20;
    /// Names, in the order of the numbers.
    pub const NAMES: [&str; 21] = [
        "text", "decimal", "date", "map", "code", "gtin", "isbn", "iso4217", "iso3166", "e164", "unit",
        "flag", "count", "constant", "ignore", "content", "word", "item", "id", "expect", "piece",
    ];
    /// May a rule name it? The others belong to statements of their own.
    #[must_use]
    pub const fn is_named(transform: u8) -> bool {
        !matches!(transform, CONSTANT | IGNORE | CONTENT | EXPECT | PIECE)
    }
}

/// Bits of [`Rule::flags`].
pub mod flag {
    /// Belongs to the rule before it, which it follows atomically (a unit behind its quantity).
    pub const TAIL: u8 = 1;
    /// Tried only where the rule before it gave nothing (`A | B`).
    pub const ELSE: u8 = 2;
    /// Of several values the last one holds.
    pub const LAST: u8 = 4;
    /// Of several values the first one holds, without a finding.
    pub const FIRST: u8 = 8;
    /// With [`FIRST`] and [`LAST`]: the value yields to that of any other rule.
    pub const WEAK: u8 = FIRST | LAST;
    /// All values hold: joined, or each one.
    pub const ALL: u8 = 16;
    /// [`Rule::argument`](super::Rule::argument) is a map.
    pub const BY_MAP: u8 = 32;
    /// Must be there when its record closes.
    pub const REQUIRED: u8 = 64;
    /// The value is base64 (content).
    pub const BASE64: u8 = 128;
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
}

/// What stands between joined pieces.
pub mod joint {
    /// Not a continuation.
    pub const NONE: u8 = 0;
    /// Nothing.
    pub const PLAIN: u8 = 1;
    /// One blank.
    pub const BLANK: u8 = 2;
    /// One line feed.
    pub const LINE: u8 = 3;
    /// A comma and a blank.
    pub const COMMA: u8 = 4;
    /// By a code that stands beside the piece: [`Rule::other`](super::Rule::other) is its place,
    /// [`Rule::argument`](super::Rule::argument) a map whose words are joints; an unknown code is one
    /// blank.
    pub const MAPPED: u8 = 5;
    /// Names, in the order of the numbers.
    pub const NAMES: [&str; 5] = ["", "none", "blank", "line", "comma"];
    /// The text of a joint.
    #[must_use]
    pub const fn text(joint: u8) -> &'static str {
        match joint {
            BLANK => " ",
            LINE => "\n",
            COMMA => ", ",
            _ => "",
        }
    }
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

/// Operators of conditions.
pub mod operator {
    /// The value is one of the listed ones.
    pub const EQUAL: u8 = 0;
    /// It is none of them.
    pub const UNEQUAL: u8 = 1;
    /// There is a value.
    pub const PRESENT: u8 = 2;
    /// There is none.
    pub const ABSENT: u8 = 3;
    /// The value begins with one of the listed ones.
    pub const BEGINS: u8 = 4;
    /// It ends with one of them.
    pub const ENDS: u8 = 5;
    /// It is one of the caller's own identities.
    pub const OWN: u8 = 6;
    /// The map with the number `values.start` has an entry for it.
    pub const MAPPED: u8 = 7;
    /// It is one of the carried values with the number `values.start`.
    pub const CARRIED: u8 = 8;
    /// Does it compare with the listed values (else `values` is something else)?
    #[must_use]
    pub const fn is_listed(operator: u8) -> bool {
        matches!(operator, EQUAL | UNEQUAL | BEGINS | ENDS)
    }
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

/// What happens with a code that a map does not know.
pub mod otherwise {
    /// Kept as written, with an info finding.
    pub const KEEP: u8 = 0;
    /// Kept as written, with an error finding.
    pub const REVIEW: u8 = 1;
    /// Absent, with an error finding.
    pub const REJECT: u8 = 2;
    /// Kept as written, without a finding: the codes of the standard itself.
    pub const AS_WRITTEN: u8 = 3;
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
}

/// Kinds of sections.
pub mod section {
    /// The document.
    pub const HEADER: u8 = 0;
    /// A party.
    pub const PARTY: u8 = 1;
    /// A line.
    pub const LINE: u8 = 2;
    /// What follows the lines.
    pub const SUMMARY: u8 = 3;
    /// A group inside one of them.
    pub const GROUP: u8 = 4;
    /// Known and of no use.
    pub const ASIDE: u8 = 5;
    /// The envelope.
    pub const ENVELOPE: u8 = 6;
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

/// Bits of [`Name::flags`] and [`Node::flags`].
pub mod known {
    /// The loss of its content is an error.
    pub const WEIGHTY: u8 = 1;
    /// Known and of no use.
    pub const IGNORED: u8 = 2;
    /// The node opens a message.
    pub const MESSAGE: u8 = 4;
    /// Values of this node's children are carried into messages.
    pub const CARRIES: u8 = 8;
    /// The leaf has a slot of its own or rules.
    pub const LEAF: u8 = 16;
    /// The node is read as each [`Opening`](super::Opening) whose tests hold, else it is unknown.
    pub const CHOICE: u8 = 32;
    /// The column's name holds `[]` in the place of an index (`NEW_ITEM-QUANTITY[]`).
    pub const INDEXED: u8 = 64;
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
    /// The values, a run of [`Channel::keys`]; empty: it is enough that it is there.
    pub values: Run,
}

/// Kinds of facts.
pub mod fact {
    /// A place of a record or node has one of the values.
    pub const VALUE: u8 = 0;
    /// The header has the column.
    pub const COLUMN: u8 = 1;
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
        values.of(self.keys).iter().any(|text| same(self.text(*text), value))
    }

    /// The entry of a map for a code.
    #[must_use]
    pub fn map_entry(&self, map: u16, code: &[u8]) -> Option<&'t MapEntry> {
        let map = self.maps.get(usize::from(map))?;
        let entries: &'t [MapEntry] = self.map_entries;
        map.entries.of(entries).iter().find(|entry| same(self.text(entry.key), code))
    }
}

/// Are two short texts equal? Their first bytes mostly tell, which is faster than a call.
#[inline]
fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.first() == b.first() && a == b
}

/// A name as a number: its bytes, little endian; names longer than eight bytes are folded.
#[must_use]
#[inline]
pub const fn pack(name: &[u8]) -> u64 {
    let mut key = 0u64;
    let mut rest = name;
    while let Some((chunk, tail)) = rest.split_first_chunk::<8>() {
        key = key.rotate_left(13) ^ u64::from_le_bytes(*chunk);
        rest = tail;
    }
    let mut last = 0u64;
    let mut shift = 0;
    while let Some((byte, tail)) = rest.split_first() {
        last |= (*byte as u64) << shift;
        shift += 8;
        rest = tail;
    }
    if name.len() < 8 { last } else { key.rotate_left(shift) ^ last }
}

/// [`pack`] of a short text that stands at a place of a longer one: mostly a single load.
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
