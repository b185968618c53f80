//! The vocabulary of the canonical order: field numbers, code words, finding codes.
//!
//! It is declared once, in `core/vocabulary.tsv`, `core/words.tsv` and `core/findings.tsv`; the file
//! `tables.rs` beside this one is generated from them. What firmware needs (types, groups, classes)
//! is four bytes a field; the names stand in tables of their own, which the linker drops when nobody
//! asks for a name.

mod tables;

pub use tables::{LAST_FIELD, domain, field, finding, group, word};

/// What a field holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ValueType {
    /// UTF-8 text.
    Text,
    /// A word of the vocabulary, else a code as written.
    Word,
    /// A short ASCII code.
    Code,
    /// An exact decimal.
    Decimal,
    /// A date, with precision and zone.
    Date,
    /// Yes or no.
    Flag,
    /// A non-negative integer.
    Count,
}

/// The facts about a field that the engine needs, packed into six bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Facts {
    value: u8,
    class: u8,
    scope: u8,
    nature: u8,
    many: bool,
    group: u8,
}

impl Facts {
    pub(crate) const NONE: Facts = Facts::new(b't', b'-', b'-', b'-', false, 0);

    pub(crate) const fn new(value: u8, class: u8, scope: u8, nature: u8, many: bool, group: u8) -> Facts {
        Facts { value, class, scope, nature, many, group }
    }

    /// The type of the value.
    #[must_use]
    pub const fn value(self) -> ValueType {
        match self.value {
            b'w' => ValueType::Word,
            b'c' => ValueType::Code,
            b'n' => ValueType::Decimal,
            b'd' => ValueType::Date,
            b'f' => ValueType::Flag,
            b'k' => ValueType::Count,
            _ => ValueType::Text,
        }
    }

    /// The privacy class: `-`, `B`, `P`, `S` or `T`.
    #[must_use]
    pub const fn class(self) -> u8 {
        self.class
    }

    /// May it stand in a document's header or summary?
    #[must_use]
    pub const fn is_of_document(self) -> bool {
        matches!(self.scope, b'D' | b'B')
    }

    /// May it stand in a line?
    #[must_use]
    pub const fn is_of_line(self) -> bool {
        matches!(self.scope, b'L' | b'B')
    }

    /// Does it belong to a party?
    #[must_use]
    pub const fn is_of_party(self) -> bool {
        self.scope == b'P'
    }

    /// Is the loss of such content an error (quantity, price, date, party, line, allowance)?
    #[must_use]
    pub const fn is_weighty(self) -> bool {
        self.nature != b'-'
    }

    /// May it occur more than once in its record or group?
    #[must_use]
    pub const fn is_many(self) -> bool {
        self.many
    }

    /// The number of the repeated group that it belongs to (`group::NONE`: none).
    #[must_use]
    pub const fn group(self) -> u8 {
        self.group
    }
}

/// How grave a finding is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[repr(u8)]
pub enum Severity {
    /// Worth knowing.
    Info = 0,
    /// Something to look at; the order can be booked.
    Warning = 1,
    /// The order must not be booked unseen.
    Error = 2,
}

impl Severity {
    /// `info`, `warning` or `error`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

pub(crate) struct WordFacts {
    number: u16,
    domain: u8,
    word: &'static str,
}

pub(crate) struct Effect {
    severity: Severity,
    review: bool,
}

pub(crate) struct FindingFacts {
    number: u16,
    name: &'static str,
    text: &'static str,
}

/// The facts about a field; unknown numbers have the facts of a plain text.
#[must_use]
pub fn facts(field: u16) -> Facts {
    match tables::FACTS.get(usize::from(field)) {
        Some(facts) => *facts,
        None => Facts::NONE,
    }
}

/// The name of a field as `.chan` files write it; empty for an unknown number.
#[must_use]
pub fn name(field: u16) -> &'static str {
    tables::NAMES.get(usize::from(field)).copied().unwrap_or("")
}

/// The JSON path of a field (`lines[].price.basis`); empty for an unknown number.
#[must_use]
pub fn json_path(field: u16) -> &'static str {
    tables::JSON_PATHS.get(usize::from(field)).copied().unwrap_or("")
}

/// The field of a name, if there is one.
#[must_use]
pub fn by_name(wanted: &str) -> Option<u16> {
    let place = tables::NAMES.iter().position(|name| !name.is_empty() && *name == wanted)?;
    u16::try_from(place).ok()
}

/// All field names, in the order of their numbers.
pub fn names() -> impl Iterator<Item = &'static str> {
    tables::NAMES.iter().copied().filter(|name| !name.is_empty())
}

/// The text of a code word; empty for an unknown number.
#[must_use]
pub fn word_text(number: u16) -> &'static str {
    tables::WORDS.iter().find(|w| w.number == number).map_or("", |w| w.word)
}

/// The number of a code word in its domain.
#[must_use]
pub fn word_number(domain: u8, text: &[u8]) -> Option<u16> {
    tables::WORDS.iter().find(|w| w.domain == domain && w.word.as_bytes() == text).map(|w| w.number)
}

/// The words of a domain.
pub fn words_of(domain: u8) -> impl Iterator<Item = &'static str> {
    tables::WORDS.iter().filter(move |w| w.domain == domain).map(|w| w.word)
}

/// The domain of the words that a field takes (`domain::NONE`: it takes none).
#[must_use]
pub const fn domain_of(field: u16) -> u8 {
    match field {
        field::ORDER_KIND => domain::KIND,
        field::ORDER_REASON => domain::REASON,
        field::ORDER_TYPE => domain::TYPE,
        field::ORDER_COPY => domain::COPY,
        field::ORDER_RESPONSE => domain::RESPONSE,
        field::PARTY_ROLE => domain::ROLE,
        field::PARTY_ID_SCHEME | field::PARTY_ENDPOINT_SCHEME => domain::SCHEME,
        field::REFERENCE_TYPE => domain::REFERENCE,
        field::ALLOWANCE_KIND => domain::ALLOWANCE,
        field::LINE_ACTION => domain::ACTION,
        field::LINE_PRICE_KIND => domain::PRICE,
        field::SCHEDULE_STATUS => domain::STATUS,
        _ => domain::NONE,
    }
}

/// The number of a repeated group by its name.
#[must_use]
pub fn group_by_name(wanted: &[u8]) -> Option<u8> {
    let place = tables::GROUP_NAMES.iter().position(|name| !name.is_empty() && name.as_bytes() == wanted)?;
    u8::try_from(place).ok()
}

/// The name of a repeated group by its number.
#[must_use]
pub fn group_name(number: u8) -> &'static str {
    tables::GROUP_NAMES.get(usize::from(number)).copied().unwrap_or("")
}

/// The name of a finding code (`count_mismatch`).
#[must_use]
pub fn finding_name(code: u16) -> &'static str {
    tables::FINDINGS.iter().find(|f| f.number == code).map_or("", |f| f.name)
}

/// What a finding code says, in a sentence.
#[must_use]
pub fn finding_text(code: u16) -> &'static str {
    tables::FINDINGS.iter().find(|f| f.number == code).map_or("", |f| f.text)
}

/// The number of a finding code by its name.
#[must_use]
pub fn finding_by_name(name: &[u8]) -> Option<u16> {
    tables::FINDINGS.iter().find(|f| f.name.as_bytes() == name).map(|f| f.number)
}

/// The default severity of a finding code, and whether it keeps an order from being accepted.
#[must_use]
pub fn finding_effect(code: u16) -> (Severity, bool) {
    match tables::EFFECTS.get(usize::from(code)) {
        Some(effect) => (effect.severity, effect.review),
        None => (Severity::Error, true),
    }
}
