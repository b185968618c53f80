//! Which channel reads a message: facts that must all hold.
//!
//! A channel whose facts are a superset of another's goes before it; two that nothing tells apart are
//! ambiguous. There are no weights to tune.

#[cfg(feature = "flat")]
use ordnorm_chan::table::Path;
#[cfg(any(feature = "csv", feature = "form"))]
use ordnorm_chan::table::fact;
use ordnorm_chan::table::{Channel, Fact, Run, syntax};

use super::Registry;
#[cfg(feature = "flat")]
use crate::syntax::segments::{Segments, Step};

/// Is a value one that a fact asks for?
#[cfg(any(feature = "flat", feature = "json", feature = "csv", feature = "form"))]
pub fn has(channel: &Channel<'_>, fact: &Fact, value: &[u8]) -> bool {
    super::fire::compare(channel, fact.operator, fact.values, Some(value), &[])
}

/// Does fact `b` hold wherever fact `a` holds?
fn implies(a: &Fact, a_of: &Channel<'_>, b: &Fact, b_of: &Channel<'_>) -> bool {
    if a.kind != b.kind {
        return false;
    }
    #[cfg(any(feature = "csv", feature = "form"))]
    if a.kind == fact::COLUMN {
        // A column is found by one of its words: each word of `a` must find that of `b` too.
        let mut words = column_words(a_of, a).peekable();
        let same = |word: &[u8]| column_words(b_of, b).any(|other| same_word(a_of, word, other));
        return words.peek().is_some() && words.all(same);
    }
    if a_of.text(a.name) != b_of.text(b.name) || (b.path.is_some() && a.path != b.path) {
        return false;
    }
    let values = |run: Run, of: &Channel<'_>| run.of(of.keys).len();
    if values(b.values, b_of) == 0 {
        return true;
    }
    values(a.values, a_of) > 0
        && a.values.of(a_of.keys).iter().all(|value| b_of.lists(b.values, a_of.text(*value)))
}

/// Are two words the same name of a column, or of a form field?
#[cfg(any(feature = "csv", feature = "form"))]
fn same_word(channel: &Channel<'_>, a: &[u8], b: &[u8]) -> bool {
    #[cfg(feature = "csv")]
    if channel.syntax == syntax::CSV {
        return crate::syntax::csv::same_header(a, b);
    }
    let _ = channel;
    a.eq_ignore_ascii_case(b)
}

/// The words that the column of a fact is found by in a header.
pub fn column_words<'c>(channel: &'c Channel<'_>, fact: &Fact) -> impl Iterator<Item = &'c [u8]> + use<'c> {
    fact_columns(channel, fact).filter_map(|row| channel.names.get(row)).flat_map(|name| {
        let synonyms = name.synonyms.of(channel.keys);
        let own = Some(name).filter(|_| synonyms.is_empty()).map(|name| channel.text(name.text));
        own.into_iter().chain(synonyms.iter().map(|word| channel.text(*word)))
    })
}

/// The columns of which a fact asks for one: their places in [`Channel::names`].
pub fn fact_columns<'c>(channel: &'c Channel<'_>, fact: &Fact) -> impl Iterator<Item = usize> + use<'c> {
    let others = fact.values.of(channel.keys).iter().filter_map(move |key| {
        let wanted = channel.text(*key);
        channel.names.iter().position(|name| channel.text(name.text) == wanted)
    });
    usize::from(fact.path.element).checked_sub(1).into_iter().chain(others)
}

/// Are the facts of `a` a true superset of those of `b`?
#[must_use]
pub fn is_stronger(a: &Channel<'_>, b: &Channel<'_>) -> bool {
    let covers = |x: &Channel<'_>, y: &Channel<'_>| {
        y.facts.iter().all(|fact| x.facts.iter().any(|other| implies(other, x, fact, y)))
    };
    covers(a, b) && !covers(b, a)
}

/// The outcome of choosing among channels.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Choice {
    /// This one.
    One(usize),
    /// This loaded one, before a built-in one that fits as well.
    Preferred(usize, usize),
    /// Nothing tells these two apart.
    Ambiguous(usize, usize),
    /// None.
    None,
}

impl Choice {
    /// The channel that is taken, if one is.
    #[must_use]
    pub const fn taken(self) -> Option<usize> {
        match self {
            Choice::One(number) | Choice::Preferred(number, _) => Some(number),
            Choice::Ambiguous(..) | Choice::None => None,
        }
    }

    /// Was a loaded channel taken before a built-in one that fits as well?
    #[must_use]
    pub const fn is_preferred(self) -> bool {
        matches!(self, Choice::Preferred(..))
    }
}

/// The most channels that may fit without one being stronger than another.
const RIVALS: usize = 8;

/// Chooses among the channels for which `holds` says that all their facts hold.
pub fn choose(registry: &Registry<'_>, mut holds: impl FnMut(usize, &Channel<'_>) -> bool) -> Choice {
    // Those that no other one is stronger than.
    let mut best: heapless::Vec<usize, RIVALS> = heapless::Vec::new();
    for (number, channel) in registry.iter().enumerate() {
        if !holds(number, channel) {
            continue;
        }
        let of = |other: &usize| registry.get(*other);
        if best.iter().filter_map(of).any(|other| is_stronger(other, channel)) {
            continue;
        }
        best.retain(|other| of(other).is_some_and(|other| !is_stronger(channel, other)));
        // With more rivals than that it stays ambiguous, whoever they are.
        let _ = best.push(number);
    }
    // Loaded ones have the lower numbers.
    let pair = (best.first().copied(), best.get(1).copied());
    match pair {
        (None, _) => Choice::None,
        (Some(one), None) => Choice::One(one),
        (Some(one), Some(other)) if registry.is_loaded(one) && !registry.is_loaded(other) => {
            Choice::Preferred(one, other)
        }
        (Some(one), Some(other)) => Choice::Ambiguous(one, other),
    }
}

/// A fact of a channel that was looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Seen {
    /// Number of the channel.
    pub channel: usize,
    /// Number of the fact in [`Channel::facts`].
    pub fact: usize,
    /// Does it hold?
    pub holds: bool,
    /// What stands in the message where the fact looks.
    pub at: u32,
    /// How many bytes; 0: nothing stands there.
    pub length: u32,
    /// The separator that was tried (separated values), else 0.
    pub separator: u8,
}

/// The notation of a message, by its first bytes; `None`: there is nothing but blanks.
///
/// What looks like no other notation may be separated values: their header must tell.
#[must_use]
pub fn notation(bytes: &[u8]) -> Option<u8> {
    let begin = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let noise = |byte: &u8| *byte <= 0x20 || *byte == b'\'';
    let skip = |text: &'_ [u8]| text.iter().take_while(|byte| noise(byte)).count();
    let mut first = begin.get(skip(begin)..).unwrap_or(&[]);
    // Comments before an interchange.
    while first.starts_with(b"//") {
        let line = first.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(first.len());
        first = first.get(line..).unwrap_or(&[]);
        first = first.get(skip(first)..).unwrap_or(&[]);
    }
    match first {
        [] => None,
        [b'{' | b'[', ..] => Some(syntax::JSON),
        [b'U', b'N', b'A' | b'B' | b'G' | b'H', ..] => Some(syntax::EDIFACT),
        [b'I', b'S', b'A', separator, ..] if !separator.is_ascii_alphanumeric() && *separator != b' ' => {
            Some(syntax::X12)
        }
        [b'S', b'T', b'X', b'=' | b'+', ..] | [b'M', b'H', b'D', b'=' | b'+', ..] => Some(syntax::TRADACOMS),
        #[cfg(feature = "form")]
        _ if crate::syntax::form::is_html(begin) || crate::syntax::form::is_body(begin) => Some(syntax::FORM),
        _ => Some(syntax::CSV),
    }
}

/// Says which channel reads a message and why: each fact that was looked at goes to `seen`.
///
/// This is the choice that the engines make themselves. A fact of which `seen` hears nothing has nothing
/// to look at in the message; a fact may be looked at more than once. An interchange of many messages is
/// judged by its first one. UTF-16 must have been turned into UTF-8.
pub fn rank(bytes: &[u8], registry: &Registry<'_>, mut seen: impl FnMut(Seen)) -> Choice {
    match notation(bytes) {
        #[cfg(feature = "json")]
        Some(syntax::JSON) => {
            let from = crate::syntax::json::after_bom(bytes);
            let end = match crate::syntax::json::validate(bytes, from) {
                Ok(end) => end,
                Err(error) => error.at as usize,
            };
            let text = bytes.get(..end).unwrap_or(bytes);
            Held::look(registry, text, from as u32, &mut seen).choice(registry)
        }
        #[cfg(feature = "flat")]
        Some(notation @ (syntax::EDIFACT | syntax::X12 | syntax::TRADACOMS)) => {
            first_message(bytes, notation, registry, seen)
        }
        #[cfg(feature = "fixed")]
        Some(syntax::CSV) if records(bytes, registry, &mut |_| {}) != Choice::None => {
            records(bytes, registry, &mut seen)
        }
        #[cfg(feature = "csv")]
        Some(syntax::CSV) => match super::rows::RowsState::detect(bytes, registry, None, Some(&mut seen)) {
            Ok(state) => state.choice(),
            Err(choice) => choice,
        },
        #[cfg(feature = "form")]
        Some(syntax::FORM) => match super::form::FormState::detect(bytes, registry, None, Some(&mut seen)) {
            Ok(state) => state.choice(),
            Err(choice) => choice,
        },
        _ => {
            let _ = (registry, &mut seen);
            Choice::None
        }
    }
}

/// The channel of records of fixed layout.
#[cfg(feature = "fixed")]
fn records(bytes: &[u8], registry: &Registry<'_>, seen: &mut impl FnMut(Seen)) -> Choice {
    super::flat::FlatState::of_records(bytes, registry, None, seen).1
}

/// The channel of an interchange's first message.
#[cfg(feature = "flat")]
fn first_message(bytes: &[u8], notation: u8, registry: &Registry<'_>, seen: impl FnMut(Seen)) -> Choice {
    use super::flat::Part;
    let mut reader = Segments::of(notation);
    let (mut interchange, mut group) = (0, 0);
    let begun = reader.begin(bytes);
    if notation == syntax::X12 && !begun {
        return Choice::None;
    }
    while reader.next_segment(bytes) == Ok(Step::Segment) {
        let segment = reader.segment;
        match Part::of(&reader, bytes) {
            Part::Interchange => interchange = segment.start + 1,
            Part::Group => group = segment.start + 1,
            Part::Message => {
                let choice = message(registry, bytes, [interchange, group], &mut reader, |_| {});
                // Messages that stand around the orders are no orders.
                if choice != Choice::None || notation != syntax::TRADACOMS {
                    reader.seek(segment.start);
                    let _ = reader.next_segment(bytes);
                    return message(registry, bytes, [interchange, group], &mut reader, seen);
                }
            }
            _ => {}
        }
    }
    Choice::None
}

/// The channel of the message whose first segment has been read, by it and the segments around it.
#[cfg(feature = "flat")]
#[inline(never)]
pub fn message(
    registry: &Registry<'_>,
    bytes: &[u8],
    around: [u32; 2],
    reader: &mut Segments,
    mut seen: impl FnMut(Seen),
) -> Choice {
    let notation = reader.notation;
    let [interchange, group] = around;
    let places = [reader.segment.start + 1, interchange, group];
    choose(registry, |number, channel| {
        if channel.syntax != notation || channel.facts.is_empty() {
            return false;
        }
        let mut holds_all = true;
        for (index, fact) in channel.facts.iter().enumerate() {
            // Nearly all facts are about the message's own segment, which has just been read.
            let found = places.into_iter().filter(|at| *at != 0).any(|at| {
                if reader.segment.start + 1 != at {
                    reader.seek(at - 1);
                    if reader.next_segment(bytes) != Ok(Step::Segment) {
                        return false;
                    }
                }
                let tag = reader.segment.token(0).map_or(&[][..], |tag| tag.of(bytes).trim_ascii());
                tag == channel.text(fact.name)
            });
            let place = if fact.path.is_some() { fact.path } else { Path::single(0, 1) };
            let value = reader.segment.component(usize::from(place.element), usize::from(place.component));
            let value = value.filter(|_| found).map(|value| value.trimmed(bytes));
            let holds = value.is_some_and(|v| fact.values.count == 0 || has(channel, fact, v.of(bytes)));
            let (at, length) = value.map_or((0, 0), |v| (v.at, v.length));
            seen(Seen { channel: number, fact: index, holds, at, length, separator: 0 });
            holds_all &= holds;
        }
        holds_all
    })
}

/// The most facts of all channels of tree notations together.
#[cfg(feature = "json")]
const FACTS: usize = 512;
/// The most levels of a fact's path.
#[cfg(feature = "json")]
const FACT_DEPTH: usize = 16;

/// Which facts of the registry's JSON channels a document holds.
#[cfg(feature = "json")]
pub struct Held {
    bits: [u64; FACTS / 64],
}

#[cfg(feature = "json")]
impl Held {
    /// Goes through a document (or a prefix of one) once.
    #[must_use]
    pub fn in_document(registry: &Registry<'_>, bytes: &[u8], from: u32) -> Held {
        Held::look(registry, bytes, from, &mut |_| {})
    }

    fn look(registry: &Registry<'_>, bytes: &[u8], from: u32, seen: &mut impl FnMut(Seen)) -> Held {
        use crate::syntax::json::{Item, Walker};
        let mut held = Held { bits: [0; FACTS / 64] };
        let (inner, last) = Held::names(registry);
        let mut walker = Walker::new(from);
        let mut keys = [crate::syntax::Raw::default(); FACT_DEPTH];
        loop {
            match walker.next(bytes) {
                Item::Open { key, .. } => {
                    let depth = usize::from(walker.depth) - 1;
                    // Arrays are transparent: their elements have no names, so no path ends in one.
                    if key.length > 0 && inner >> name_bit(key.of(bytes)) & 1 == 0 {
                        walker.skip(bytes);
                    } else if let Some(place) = keys.get_mut(depth) {
                        *place = key;
                    }
                }
                Item::Close => {
                    if walker.depth == 0 {
                        return held;
                    }
                }
                Item::Leaf { key, value } => {
                    let depth = usize::from(walker.depth);
                    let text = key.of(bytes);
                    if depth < FACT_DEPTH && last >> name_bit(text) & 1 == 1 {
                        let value = value.unwrap_or_default();
                        held.leaf(registry, bytes, keys.get(..depth).unwrap_or(&[]), text, value, seen);
                    }
                    if depth == 0 {
                        return held;
                    }
                }
                Item::End => return held,
            }
        }
    }

    /// The facts of all JSON channels: number of the fact among all of them, of its channel, in its channel.
    fn facts<'r, 'a: 'r>(
        registry: &'r Registry<'a>,
    ) -> impl Iterator<Item = (usize, (usize, usize), &'a Channel<'a>, &'a Fact)> + 'r {
        let mut number = 0;
        registry.iter().enumerate().filter(|(_, c)| c.syntax == syntax::JSON).flat_map(
            move |(place, channel)| {
                let first = number;
                number += channel.facts.len();
                channel.facts.iter().enumerate().map(move |(i, fact)| (first + i, (place, i), channel, fact))
            },
        )
    }

    /// One bit for each name that stands inside of a fact's path, and one for each that may end it.
    fn names(registry: &Registry<'_>) -> (u64, u64) {
        Self::facts(registry).fold((0, 0), |(mut inner, mut last), (_, _, channel, fact)| {
            let mut steps = channel.text(fact.name).rsplit(|b| *b == b'/');
            last |= steps.next().map_or(0, |step| 1 << name_bit(step));
            inner |= steps.fold(0, |bits, step| bits | 1 << name_bit(step));
            (inner, last)
        })
    }

    fn leaf(
        &mut self,
        registry: &Registry<'_>,
        bytes: &[u8],
        keys: &[crate::syntax::Raw],
        name: &[u8],
        value: crate::syntax::Raw,
        seen: &mut impl FnMut(Seen),
    ) {
        for (number, (place, index), channel, fact) in Self::facts(registry) {
            let path = channel.text(fact.name);
            let mut steps = path.rsplit(|b| *b == b'/');
            if steps.next() != Some(name) {
                continue;
            }
            // From the inside out; levels without a name are elements of arrays, the outermost is the root.
            let mut outer = keys.iter().skip(1).rev().filter(|k| k.length > 0);
            let same = steps.all(|step| outer.next().is_some_and(|key| key.of(bytes) == step));
            if !same || outer.next().is_some() {
                continue;
            }
            let holds = fact.values.count == 0 || has(channel, fact, value.of(bytes));
            seen(Seen {
                channel: place,
                fact: index,
                holds,
                at: value.at,
                length: value.length,
                separator: 0,
            });
            if holds {
                if let Some(word) = self.bits.get_mut(number / 64) {
                    *word |= 1 << (number % 64);
                }
            }
        }
    }

    /// Do all facts of a channel hold?
    #[must_use]
    pub fn all_of(&self, registry: &Registry<'_>, wanted: &Channel<'_>) -> bool {
        let mut any = false;
        for (number, _, channel, _) in Self::facts(registry) {
            if core::ptr::eq(channel.facts, wanted.facts) && channel.name == wanted.name {
                any = true;
                if self.bits.get(number / 64).copied().unwrap_or(0) >> (number % 64) & 1 == 0 {
                    return false;
                }
            }
        }
        any
    }

    /// The channel of the document.
    #[must_use]
    pub fn choice(&self, registry: &Registry<'_>) -> Choice {
        choose(registry, |_, channel| channel.syntax == syntax::JSON && self.all_of(registry, channel))
    }
}

#[cfg(feature = "json")]
fn name_bit(name: &[u8]) -> u32 {
    let first = name.first().map_or(0, |b| u32::from(*b));
    let last = name.last().map_or(0, |b| u32::from(*b));
    (first.wrapping_mul(7) ^ last.wrapping_mul(31) ^ name.len() as u32) & 63
}
