//! Which channel reads a message: facts that must all hold.
//!
//! A channel whose facts are a superset of another's goes before it; two that nothing tells apart are
//! ambiguous. There are no weights to tune.

use ordnorm_chan::table::{Channel, Fact, Run, syntax};

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
        channel.syntax == syntax::EDIFACT
            && !channel.facts.is_empty()
            && channel.facts.iter().all(|fact| {
                let segment = match channel.text(fact.name) {
                    b"UNH" => Some(unh),
                    b"UNB" => unb.as_ref(),
                    _ => None,
                };
                segment.is_some_and(|segment| {
                    let place = if fact.path.is_some() { fact.path } else { ordnorm_chan::table::Path::single(0, 1) };
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
