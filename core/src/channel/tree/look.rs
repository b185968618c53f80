//! Looking ahead: what stands further on in the document is asked for before it is read.
//!
//! A [`Walker`] is a cursor without a borrow, so that a copy of it runs ahead while the engine's own stays.
//! It is done for three things: which reading of a message or node holds ([`test_holds`]), values that are
//! carried into messages from beside them ([`TreeState::collect_carried`]), and what an earlier reading
//! has found (`restore.rs`). Each is one level and once, so that the time stays linear.

use ordnorm_chan::table::{Channel, Test, known, operator};
use ordnorm_chan::vocabulary::finding;

use super::TreeState;
use crate::channel::desk::Desk;
use crate::channel::fire::compare;
use crate::channel::slot::Slot;
use crate::syntax::Raw;
use crate::syntax::json::{Item, Walker};

/// A value that is carried into messages.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Carried {
    /// Number of the carry in the channel.
    pub(super) carry: u8,
    pub(super) key: Slot,
    pub(super) value: Slot,
}

/// A member that was looked for.
#[derive(Clone, Copy)]
pub(in crate::channel) enum Named {
    Leaf(Raw),
    Object(Walker),
}

/// The next member with a wanted name among the children at `level`; arrays are transparent.
///
/// `name` is its name; inside of an array it stays that of the array.
pub(in crate::channel) fn next_named(
    walker: &mut Walker,
    bytes: &[u8],
    level: u8,
    name: &mut Raw,
    is_wanted: impl Fn(&[u8]) -> bool,
) -> Option<Named> {
    let mut inside = walker.depth > level;
    loop {
        match walker.next(bytes) {
            Item::End => return None,
            Item::Close => {
                if walker.depth < level {
                    return None;
                }
                inside = walker.depth > level;
            }
            Item::Leaf { key, value } => {
                if inside || is_wanted(key.of(bytes)) {
                    if let Some(value) = value {
                        *name = if inside { *name } else { key };
                        return Some(Named::Leaf(value));
                    }
                }
            }
            Item::Open { key, array, .. } => {
                if !inside {
                    if !is_wanted(key.of(bytes)) {
                        walker.skip(bytes);
                        continue;
                    }
                    *name = key;
                }
                if array {
                    inside = true;
                    continue;
                }
                let at = *walker;
                walker.skip(bytes);
                return Some(Named::Object(at));
            }
        }
    }
}

/// The first value of a path below an object that has just been opened.
pub(in crate::channel) fn lookup(object: Walker, bytes: &[u8], path: &[u8]) -> Option<Raw> {
    let mut walker = object;
    let mut steps = path.split(|b| *b == b'/').peekable();
    while let Some(step) = steps.next() {
        let level = walker.depth;
        let found = next_named(&mut walker, bytes, level, &mut Raw::default(), |name| name == step)?;
        match found {
            Named::Leaf(value) if steps.peek().is_none() => return Some(value),
            Named::Object(at) if steps.peek().is_some() => walker = at,
            _ => return None,
        }
    }
    None
}

/// Does a test of a reading or opening hold for the value at its path?
pub(super) fn test_holds(
    channel: &Channel<'_>,
    test: &Test,
    value: Option<Raw>,
    bytes: &[u8],
    carried: &[Carried],
    own: &[&str],
) -> bool {
    let text = value.map(|v| v.of(bytes));
    match test.operator {
        operator::PRESENT => value.is_some(),
        operator::ABSENT => value.is_none(),
        operator::CARRIED => text.is_some_and(|t| holds_carried(carried, test.values.start, t, bytes)),
        operator => compare(channel, operator, test.values, text, own),
    }
}

/// Is a text one of the values that are carried under this number?
pub(super) fn holds_carried(carried: &[Carried], number: u16, text: &[u8], bytes: &[u8]) -> bool {
    carried.iter().any(|c| u16::from(c.carry) == number && c.value.raw().is_some_and(|v| v.of(bytes) == text))
}

impl TreeState {
    /// Collects values from the children of a node that has just been opened, for the messages below it.
    pub(super) fn collect_carried(
        &mut self,
        parent: u16,
        bytes: &[u8],
        channel: &Channel<'_>,
        desk: &mut Desk<'_>,
    ) {
        if Self::node(parent, channel).is_none_or(|n| n.flags & known::CARRIES == 0) {
            return;
        }
        // Those of this node's last opening go, those of nodes around it stay.
        let mut kept = 0;
        for index in 0..usize::from(self.carried_count) {
            let Some(carried) = self.carried.get(index).copied() else { break };
            let of = channel.carries.get(usize::from(carried.carry)).map(|carry| carry.parent);
            if let (true, Some(place)) = (of != Some(parent), self.carried.get_mut(kept)) {
                *place = carried;
                kept += 1;
            }
        }
        self.carried_count = kept as u8;
        let wanted = || channel.carries.iter().zip(0u8..).filter(|(carry, _)| carry.parent == parent);
        let mut walker = self.walker;
        let level = walker.depth;
        let is_wanted = |name: &[u8]| wanted().any(|(carry, _)| channel.text(carry.item) == name);
        let mut name = Raw::default();
        while let Some(item) = next_named(&mut walker, bytes, level, &mut name, is_wanted) {
            for (carry, number) in wanted().filter(|(c, _)| channel.text(c.item) == name.of(bytes)) {
                let find = |path: &[u8]| match item {
                    Named::Leaf(value) if path.is_empty() => Some(value),
                    Named::Object(at) if !path.is_empty() => lookup(at, bytes, path),
                    _ => None,
                };
                let Some(value) = find(channel.text(carry.value)) else { continue };
                let key = if carry.key.length == 0 { None } else { find(channel.text(carry.key)) };
                let made = Carried {
                    carry: number,
                    key: key.map(Slot::of).unwrap_or_default(),
                    value: Slot::of(value),
                };
                match self.carried.get_mut(usize::from(self.carried_count)) {
                    Some(place) => {
                        *place = made;
                        self.carried_count += 1;
                    }
                    None => return desk.note(finding::CAPACITY_EXCEEDED, 0, value.at, value.length),
                }
            }
        }
    }
}
