//! Which channel reads a message: facts that must all hold.
//!
//! A channel whose facts are a superset of another's goes before it; two that nothing tells apart are
//! ambiguous. There are no weights to tune.

use ordnorm_chan::table::{Channel, Fact, Run};

use super::Registry;
#[cfg(feature = "edifact")]
use crate::syntax::edifact::{Edifact, Segment, Step};

/// Does fact `b` hold wherever fact `a` holds?
fn implies(a: &Fact, a_of: &Channel<'_>, b: &Fact, b_of: &Channel<'_>) -> bool {
    if a.kind != b.kind || a_of.text(a.name) != b_of.text(b.name) {
        return false;
    }
    if b.path.is_some() && a.path != b.path {
        return false;
    }
    let values = |run: Run, of: &Channel<'_>| run.of(of.keys).len();
    if values(b.values, b_of) == 0 {
        return true;
    }
    values(a.values, a_of) > 0
        && a.values.of(a_of.keys).iter().all(|value| b_of.lists(b.values, a_of.text(*value)))
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
    /// Nothing tells these two apart.
    Ambiguous(usize, usize),
    /// None.
    None,
}

/// Chooses among the channels for which `holds` says that all their facts hold.
pub fn choose(registry: &Registry<'_>, mut holds: impl FnMut(usize, &Channel<'_>) -> bool) -> Choice {
    let mut best: Option<usize> = None;
    let mut rival: Option<usize> = None;
    for (number, channel) in registry.iter().enumerate() {
        if !holds(number, channel) {
            continue;
        }
        let Some(current) = best.and_then(|b| registry.get(b)) else {
            best = Some(number);
            continue;
        };
        if is_stronger(channel, current) {
            best = Some(number);
            rival = rival.filter(|r| registry.get(*r).is_some_and(|r| !is_stronger(channel, r)));
        } else if !is_stronger(current, channel) {
            // On equal facts a loaded channel goes before a built-in one.
            let loaded = registry.is_loaded(best.unwrap_or(0));
            if loaded == registry.is_loaded(number) {
                rival = Some(number);
            }
        }
    }
    match (best, rival) {
        (Some(best), None) => Choice::One(best),
        (Some(best), Some(rival)) => Choice::Ambiguous(best, rival),
        _ => Choice::None,
    }
}

/// The channel of an EDIFACT message, by its UNH and the UNB of its interchange.
#[cfg(feature = "edifact")]
pub fn message(
    registry: &Registry<'_>,
    bytes: &[u8],
    unh: &Segment,
    interchange: u32,
    reader: &mut Edifact,
) -> Option<usize> {
    let mut unb = None;
    if interchange != 0 {
        reader.seek(interchange - 1);
        if reader.next_segment(bytes) == Ok(Step::Segment) {
            unb = Some(reader.segment);
        }
    }
    let choice = choose(registry, |_, channel| {
        channel.syntax == ordnorm_chan::table::syntax::EDIFACT
            && !channel.facts.is_empty()
            && channel.facts.iter().all(|fact| {
                let segment = match channel.text(fact.name) {
                    b"UNH" => Some(unh),
                    b"UNB" => unb.as_ref(),
                    _ => None,
                };
                segment.is_some_and(|segment| {
                    let place =
                        if fact.path.is_some() { fact.path } else { ordnorm_chan::table::Path::single(0, 1) };
                    let value = segment.component(usize::from(place.element), usize::from(place.component));
                    value.is_some_and(|v| {
                        let text = v.trimmed(bytes).of(bytes);
                        fact.values.count == 0 || channel.lists(fact.values, text)
                    })
                })
            })
    });
    match choice {
        Choice::One(number) | Choice::Ambiguous(number, _) => Some(number),
        Choice::None => None,
    }
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
        use crate::syntax::json::{Item, Walker};
        let mut held = Held { bits: [0; FACTS / 64] };
        let names = held.last_names(registry);
        let mut walker = Walker::new(from);
        let mut keys = [crate::syntax::Raw::default(); FACT_DEPTH];
        loop {
            match walker.next(bytes) {
                Item::Open { key, array, .. } => {
                    let depth = usize::from(walker.depth) - 1;
                    // Arrays are transparent: their elements have the array's name, or none.
                    let _ = array;
                    if let Some(place) = keys.get_mut(depth) {
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
                    if depth < FACT_DEPTH && names >> name_bit(text) & 1 == 1 {
                        let value = value.map_or(&[][..], |v| v.of(bytes));
                        held.leaf(registry, bytes, keys.get(..depth).unwrap_or(&[]), text, value);
                    }
                    if depth == 0 {
                        return held;
                    }
                }
                Item::End => return held,
            }
        }
    }

    fn facts<'r, 'a: 'r>(
        registry: &'r Registry<'a>,
    ) -> impl Iterator<Item = (usize, &'a Channel<'a>, &'a Fact)> + 'r {
        let mut number = 0;
        registry.iter().filter(|c| c.syntax == ordnorm_chan::table::syntax::JSON).flat_map(move |channel| {
            let first = number;
            number += channel.facts.len();
            channel.facts.iter().enumerate().map(move |(i, fact)| (first + i, channel, fact))
        })
    }

    /// One bit for each name that a fact's path may end with.
    fn last_names(&self, registry: &Registry<'_>) -> u64 {
        Self::facts(registry).fold(0, |bits, (_, channel, fact)| {
            let path = channel.text(fact.name);
            let last = path.rsplit(|b| *b == b'/').next().unwrap_or(path);
            bits | 1 << name_bit(last)
        })
    }

    fn leaf(
        &mut self,
        registry: &Registry<'_>,
        bytes: &[u8],
        keys: &[crate::syntax::Raw],
        name: &[u8],
        value: &[u8],
    ) {
        for (number, channel, fact) in Self::facts(registry) {
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
            if fact.values.count == 0 || channel.lists(fact.values, value) {
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
        for (number, channel, _) in Self::facts(registry) {
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
        choose(registry, |_, channel| {
            channel.syntax == ordnorm_chan::table::syntax::JSON && self.all_of(registry, channel)
        })
    }
}

#[cfg(feature = "json")]
fn name_bit(name: &[u8]) -> u32 {
    let first = name.first().map_or(0, |b| u32::from(*b));
    let last = name.last().map_or(0, |b| u32::from(*b));
    (first.wrapping_mul(7) ^ last.wrapping_mul(31) ^ name.len() as u32) & 63
}
