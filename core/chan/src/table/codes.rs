//! Numbers that stand for things in a table: notations, transforms, operators, kinds of sections.

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
    /// the head's [`joint`](super::joint) between them, before the whole is converted.
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

/// Bits of [`super::Rule::flags`].
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
    /// [`Rule::argument`](super::super::Rule::argument) is a map.
    pub const BY_MAP: u8 = 32;
    /// Must be there when its record closes.
    pub const REQUIRED: u8 = 64;
    /// The value is base64 (content).
    pub const BASE64: u8 = 128;
}

/// Bits of [`super::Rule::shape`]: what the engine would else find out for every value.
pub mod shape {
    /// One value of one place is converted.
    pub const SINGLE: u8 = 1;
    /// Some of its tails are further pieces of the value.
    pub const PIECES: u8 = 2;
    /// Nothing belongs to its value: no tails, nothing joined, no second field.
    pub const PLAIN: u8 = 4;
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
    /// By a code that stands beside the piece: [`Rule::other`](super::super::Rule::other) is its place,
    /// [`Rule::argument`](super::super::Rule::argument) a map whose words are joints; an unknown code is one
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

/// Bits of [`super::Name::flags`] and [`super::Node::flags`].
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
    /// The node is read as each [`Opening`](super::super::Opening) whose tests hold, else it is unknown.
    pub const CHOICE: u8 = 32;
    /// The column's name holds `[]` in the place of an index (`NEW_ITEM-QUANTITY[]`).
    pub const INDEXED: u8 = 64;
}

/// Kinds of facts.
pub mod fact {
    /// A place of a record or node has one of the values.
    pub const VALUE: u8 = 0;
    /// The header has the column.
    pub const COLUMN: u8 = 1;
}
