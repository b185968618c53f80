//! Members and elements: what a node of the channel does with a leaf, an object or an array.
//!
//! A leaf fires its rules at once ([`TreeState::leaf`]) or waits in a slot for the node that needs it. An
//! object or array opens a node ([`TreeState::open`]): it is pushed on the stack with the section that it
//! stands for, or skipped and counted. A node that may be read in several ways is read once for each of its
//! openings whose tests hold: when it closes, the walker goes back to its bracket ([`TreeState::choose`]).

use ordnorm_chan::table::{Channel, Node, Path, Run, known, pack, pack_at, section};
use ordnorm_chan::vocabulary::{self, finding};

use super::fields::NodeFields;
use super::look::{lookup, test_holds};
use super::{Open, Phase, TreeState};
use crate::channel::Signal;
use crate::channel::desk::Desk;
use crate::channel::fire::Firing;
use crate::channel::slot::Slot;
use crate::syntax::json::{self, Item, Walker};
use crate::syntax::{Raw, raw};

/// The place of an object or array that has just been opened.
#[derive(Clone, Copy)]
pub(super) struct Place<'w> {
    /// Its name; empty for an element.
    pub(super) key: Raw,
    /// Offset of its bracket.
    pub(super) at: u32,
    /// The walker in front of it: it goes back there when something is to be handed out first.
    pub(super) before: &'w Walker,
}

impl Place<'_> {
    /// Where it begins, with its name.
    const fn begin(&self) -> u32 {
        if self.key.length > 0 { self.key.at } else { self.at }
    }
}

impl TreeState {
    /// The node of a member or element, its number, and whether its object has had that member already.
    fn member<'c>(&mut self, bytes: &[u8], key: Raw, channel: &Channel<'c>) -> Option<(u16, &'c Node, bool)> {
        let top = self.top();
        if top.array {
            return Some((top.node, Self::node(top.node, channel)?, false));
        }
        let (number, place) = Self::child(bytes, top.node, key, channel)?;
        let bit = 1u64.checked_shl(place).unwrap_or(0);
        // A member that waits is met again.
        let repeated = top.seen & bit != 0 && self.marked != key.at;
        self.marked = key.at;
        if let Some(top) = self.stack.get_mut(usize::from(self.depth.saturating_sub(1))) {
            top.seen |= bit;
        }
        Some((number, Self::node(number, channel)?, repeated))
    }

    /// The child of a node by a member's name, and its place among the children.
    fn child(bytes: &[u8], parent: u16, key: Raw, channel: &Channel<'_>) -> Option<(u16, u32)> {
        let mut buffer;
        let (name, wanted) = if key.flags & raw::ESCAPED == 0 {
            (key.of(bytes), pack_at(bytes, key.at as usize, key.length as usize))
        } else {
            buffer = [0u8; 64];
            let length = json::unescape(key.of(bytes), &mut buffer)?;
            let name = buffer.get(..length)?;
            (name, pack(name))
        };
        let mut next = Self::node(parent, channel)?.child;
        let mut place = 0;
        while next != 0 {
            let node = Self::node(next, channel)?;
            let same = node.key == wanted && usize::from(node.name.length) == name.len();
            if same && (name.len() <= 8 || channel.text(node.name) == name) {
                return Some((next, place));
            }
            (next, place) = (node.next, place + 1);
        }
        None
    }

    /// Counts content that no rule used.
    pub(super) fn unknown(&mut self, at: u32, length: u32, channel: &Channel<'_>, desk: &mut Desk<'_>) {
        if self.top().ignored {
            return self.ignored(desk);
        }
        if !self.order {
            self.before.2 = if self.before.0 == 0 { at } else { self.before.2 };
            self.before.0 += 1;
            return;
        }
        let in_line = {
            let mut here = self.section;
            loop {
                match channel.sections.get(usize::from(here)) {
                    Some(s) if s.kind == section::LINE => break true,
                    Some(s) if s.kind == section::GROUP => here = s.parent,
                    _ => break false,
                }
            }
        };
        desk.unknown(1, in_line && self.inside_message(), at, length);
    }

    /// Counts content that the channel lists as of no use.
    pub(super) fn ignored(&mut self, desk: &mut Desk<'_>) {
        if self.order {
            desk.state.tally.ignored(1);
        } else {
            self.before.1 += 1;
        }
    }

    /// A member that is a value.
    pub(super) fn leaf(
        &mut self,
        bytes: &[u8],
        key: Raw,
        value: Option<Raw>,
        channel: &Channel<'_>,
        desk: &mut Desk<'_>,
    ) {
        let Some(value) = value else { return };
        match self.member(bytes, key, channel) {
            Some((_, node, repeated)) if node.flags & known::LEAF != 0 || node.slot != 0 => {
                if repeated && self.order {
                    self.note_repeated(node, value, channel, desk);
                }
                if node.slot != 0 {
                    self.keep(bytes, node.slot, value, channel, desk);
                }
                if node.rules.count != 0 && self.order {
                    self.fire(node.rules, Some(value), self.section, bytes, channel, desk);
                }
            }
            Some((_, node, _)) if node.flags & known::IGNORED != 0 => self.ignored(desk),
            _ => {
                let at = if key.length > 0 { key.at } else { value.at };
                let end = value.at + value.length;
                self.unknown(at, end.saturating_sub(at), channel, desk);
            }
        }
    }

    /// A member that stands twice in one object (RFC 8259 §4). Where one value is allowed, laying it down
    /// tells it; where several are, it would be one more.
    fn note_repeated(&mut self, node: &Node, value: Raw, channel: &Channel<'_>, desk: &mut Desk<'_>) {
        let field = node.rules.of(channel.rules).first().map_or(0, |rule| rule.field);
        if vocabulary::facts(field).is_many() {
            desk.note(finding::CONFLICTING_VALUES, field, value.at, value.length);
        }
    }

    /// Puts a value into its slot; a second one is a finding.
    fn keep(&mut self, bytes: &[u8], slot: u8, value: Raw, channel: &Channel<'_>, desk: &mut Desk<'_>) {
        let Some(place) = self.slots.get_mut(usize::from(slot) - 1) else { return };
        let Some(known) = place.raw() else {
            *place = Slot::of(value);
            return;
        };
        let same = known.of(bytes) == value.of(bytes);
        let code = if same { finding::REPEATED_VALUE } else { finding::CONFLICTING_VALUES };
        // A slot that only a condition looks at may be filled more than once.
        let rule = channel.rules.iter().find(|r| [r.source, r.other].contains(&Path::single(slot, 1)));
        if let (Some(rule), true) = (rule, self.order) {
            desk.note(code, rule.field, value.at, value.length);
        }
    }

    /// Fires rules on the node in work, or on the leaf that has been read.
    pub(super) fn fire(
        &self,
        run: Run,
        leaf: Option<Raw>,
        section: u8,
        bytes: &[u8],
        channel: &Channel<'_>,
        desk: &mut Desk<'_>,
    ) {
        if run.count == 0 {
            return;
        }
        let mut fields = self.fields(leaf, bytes, channel);
        Firing { channel, fields: &mut fields, desk, section }.run(run);
    }

    /// The values of the node in work, or of a leaf.
    pub(super) fn fields<'b>(
        &'b self,
        leaf: Option<Raw>,
        bytes: &'b [u8],
        channel: &'b Channel<'b>,
    ) -> NodeFields<'b> {
        let carried = self.carried.get(..usize::from(self.carried_count)).unwrap_or(&[]);
        NodeFields { bytes, slots: &self.slots, carried, channel, leaf }
    }

    /// A member that is an object or array.
    pub(super) fn open(
        &mut self,
        bytes: &[u8],
        place: Place<'_>,
        array: bool,
        channel: &Channel<'_>,
        desk: &mut Desk<'_>,
    ) -> Option<Signal> {
        let Some((number, node, repeated)) = self.member(bytes, place.key, channel) else {
            self.skip(bytes, place.begin(), false, channel, desk);
            return None;
        };
        if repeated && self.order {
            // Lines of two lists of the same name: which one holds?
            desk.note(finding::CONFLICTING_VALUES, 0, place.key.at, place.key.length);
        }
        if node.flags & known::CHOICE != 0 && !array {
            return self.choose(number, 0, place, bytes, channel, desk);
        }
        let chosen = node.flags & known::CHOICE != 0;
        let barren =
            node.child == 0 && node.section == 255 && !chosen && (!array || node.flags & known::LEAF == 0);
        let ignored = self.top().ignored || node.flags & known::IGNORED != 0;
        if barren {
            self.skip(bytes, place.begin(), ignored, channel, desk);
            return None;
        }
        if array {
            if !self.push(Open { array: true, ignored, ..Open::new(number, self.section) }, channel) {
                self.skip(bytes, place.begin(), false, channel, desk);
            }
            return None;
        }
        if node.flags & known::MESSAGE != 0 && !self.inside_message() {
            return self.meet_message(number, place.at, bytes, channel, desk);
        }
        let at = place.at;
        let open = Open { ignored, section: node.section, at, ..Open::new(number, self.section) };
        self.enter(open, place.begin(), place.before, bytes, channel, desk)
    }

    /// Goes into an object: a line waits until the header has gone out.
    fn enter(
        &mut self,
        open: Open,
        begin: u32,
        before: &Walker,
        bytes: &[u8],
        channel: &Channel<'_>,
        desk: &mut Desk<'_>,
    ) -> Option<Signal> {
        if open.section != 255 && self.order {
            let opened = channel.sections.get(usize::from(open.section)).copied().unwrap_or_default();
            if opened.kind == section::LINE {
                if let Some(signal) = self.header_out(desk) {
                    self.walker = *before;
                    return Some(signal);
                }
            }
        }
        if !self.push(open, channel) {
            self.skip(bytes, begin, false, channel, desk);
            return None;
        }
        self.collect_carried(open.node, bytes, channel, desk);
        if open.section != 255 && self.order {
            self.open_section(open.section, bytes, channel, desk);
        }
        None
    }

    /// Reads a node the way that the next opening says whose tests hold; if none does, it is unknown.
    pub(super) fn choose(
        &mut self,
        number: u16,
        from: u8,
        place: Place<'_>,
        bytes: &[u8],
        channel: &Channel<'_>,
        desk: &mut Desk<'_>,
    ) -> Option<Signal> {
        let own = desk.options.own;
        let carried = self.carried.get(..usize::from(self.carried_count)).unwrap_or(&[]);
        let walker = self.walker;
        let found = (1u8..).zip(channel.openings).skip(usize::from(from)).find(|(_, opening)| {
            opening.node == number
                && opening.tests.of(channel.tests).iter().all(|test| {
                    let value = lookup(walker, bytes, channel.text(test.path));
                    test_holds(channel, test, value, bytes, carried, own)
                })
        });
        let Some((behind, opening)) = found else {
            if from == 0 {
                self.skip(bytes, place.at, false, channel, desk);
            } else {
                // It has been read in some way already: nothing of it is unknown.
                self.walker.skip(bytes);
            }
            return None;
        };
        let at = place.at;
        let open =
            Open { section: opening.section, opening: behind, at, ..Open::new(opening.root, self.section) };
        self.enter(open, at, place.before, bytes, channel, desk)
    }

    pub(super) fn open_section(
        &mut self,
        number: u8,
        bytes: &[u8],
        channel: &Channel<'_>,
        desk: &mut Desk<'_>,
    ) {
        let Some(opened) = channel.sections.get(usize::from(number)) else { return };
        self.section = number;
        desk.open_section(opened);
        self.fire(opened.constants, None, number, bytes, channel, desk);
    }

    /// Runs over an object or array that nobody wants; `begin`: from where on it is counted.
    pub(super) fn skip(
        &mut self,
        bytes: &[u8],
        begin: u32,
        ignored: bool,
        channel: &Channel<'_>,
        desk: &mut Desk<'_>,
    ) {
        // Empty ones hold nothing.
        let mut look = self.walker;
        let empty = look.next(bytes) == Item::Close;
        self.walker.skip(bytes);
        if empty {
            return;
        }
        if ignored {
            self.ignored(desk);
        } else {
            self.unknown(begin, self.walker.at.saturating_sub(begin), channel, desk);
        }
    }

    /// An object or array closes.
    pub(super) fn close(
        &mut self,
        bytes: &[u8],
        channel: &Channel<'_>,
        desk: &mut Desk<'_>,
    ) -> Option<Signal> {
        if self.depth == self.message_depth && self.message_depth != 0 && !self.top().array {
            self.phase = Phase::Roles;
            self.role = 0;
            return None;
        }
        let top = self.top();
        if top.array {
            self.depth = self.depth.saturating_sub(1);
            return None;
        }
        let node = Self::node(top.node, channel).copied().unwrap_or_default();
        if self.order && node.rules.count != 0 {
            self.fire(node.rules, None, self.section, bytes, channel, desk);
        }
        self.depth = self.depth.saturating_sub(1);
        if top.opening != 0 {
            let of = |n: u8| channel.openings.get(usize::from(n)).map(|o| o.node);
            // The node itself is the one that its opening stands for.
            self.reopen = of(top.opening - 1).map(|node| (node, top.opening, top.at));
        }
        if top.section == 255 || !self.order {
            return None;
        }
        let signal = self.close_section(top.section, bytes, channel, desk);
        self.section = top.outer;
        signal
    }
}
