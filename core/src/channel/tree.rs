//! Nodes to records: the engine of tree notations.
//!
//! A document is checked whole before anything of it is handed out. Then it is walked: a known name goes
//! down the channel's node tree, an unknown one is skipped and counted. A leaf fires its rules at once or
//! waits in a slot until the node closes that needs it. Two things need a look ahead, each one level and
//! once: values *carried* into messages from beside them, and the conditions that tell which reading of a
//! message holds. An order ends when the next message opens or the document ends, so that what stands
//! between belongs to somebody.

use ordnorm_chan::table::{
    Channel, Node, Path, Run, Test, Variant, known, operator, pack, pack_at, section, transform,
};
use ordnorm_chan::vocabulary::finding;

use super::desk::Desk;
use super::detect::{Choice, Held};
use super::fire::{Fields, Firing, compare};
use super::{Registry, Signal, restore};
use crate::limits::{CARRIED, NODES, SLOTS};
use crate::order::RecordKind;
use crate::syntax::json::{self, Item, Walker};
use crate::syntax::{Raw, SyntaxError, SyntaxErrorKind, raw};
use crate::value::charset::Charset;
use crate::value::decimal::Style;
use crate::value::unit;

/// A span in eight bytes: offset, and length with its flags in the low bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Slot {
    at: u32,
    /// Length × 8 + flags, + 0; all zero = empty.
    packed: u32,
}

impl Slot {
    fn of(raw: Raw) -> Slot {
        // A value longer than 512 MiB is none.
        Slot { at: raw.at, packed: raw.length.min(0x1FFF_FFFF) << 3 | u32::from(raw.flags & 7) }
    }

    fn raw(self) -> Option<Raw> {
        let length = self.packed >> 3;
        if length == 0 {
            return None;
        }
        Some(Raw { at: self.at, length, flags: (self.packed & 7) as u8, token: 0 })
    }
}

/// A node that is open.
#[derive(Clone, Copy, Debug, Default)]
struct Open {
    /// Its number.
    node: u16,
    /// The section around it.
    outer: u8,
    /// An array: its elements are what the node stands for.
    array: bool,
    /// What is unknown in it is of no use.
    ignored: bool,
    /// The section that it opens, 255 = none.
    section: u8,
    /// The node is read in several ways: behind the opening that is in work, 0 = in one way.
    opening: u8,
    /// Offset of its bracket.
    at: u32,
}

impl Open {
    const fn new(node: u16, outer: u8) -> Open {
        Open { node, outer, array: false, ignored: false, section: 255, opening: 0, at: 0 }
    }
}

/// A value that is carried into messages.
#[derive(Clone, Copy, Debug, Default)]
struct Carried {
    carry: u8,
    key: Slot,
    value: Slot,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Phase {
    /// Between documents.
    #[default]
    Between,
    /// Inside of a document.
    Walking,
    /// A message node has been opened and the order before it has ended.
    Message,
    /// The message has closed: parties of fixed roles go out.
    Roles,
    /// Then the rest of it.
    Closing,
    /// The order's end is to be handed out.
    Ending,
}

/// What rests between two steps.
#[derive(Clone, Copy, Debug)]
pub struct TreeState {
    walker: Walker,
    phase: Phase,
    channel: usize,
    /// It goes before a built-in one that fits as well.
    preferred: bool,
    /// Behind the document.
    end: u32,
    stack: [Open; NODES],
    depth: u8,
    slots: [Slot; SLOTS],
    carried: [Carried; CARRIED],
    carried_count: u8,
    section: u8,
    /// The reading of the message in work.
    variant: u8,
    /// Stack depth of the message node.
    message_depth: u8,
    /// Next party of a fixed role.
    role: u8,
    /// An order is in work.
    order: bool,
    /// Its begin has been handed out.
    begun: bool,
    /// The content of the message has been dealt with.
    content_done: bool,
    /// The parties of the message are kept for the message inside.
    keeps: bool,
    /// A node that may be read in a further way: its number, behind which opening, its bracket.
    reopen: Option<(u16, u8, u32)>,
    /// The rules of the message node have been fired.
    rules_fired: bool,
    /// The next thing is a message that has been opened.
    next_at: u32,
    fault: Option<(u32, SyntaxErrorKind)>,
    /// Unknown content before the first message: count, ignored, first place.
    before: (u32, u32, u32),
    line: u32,
}

impl Default for TreeState {
    fn default() -> Self {
        TreeState {
            walker: Walker::default(),
            phase: Phase::default(),
            channel: 0,
            preferred: false,
            end: 0,
            stack: [Open::default(); NODES],
            depth: 0,
            slots: [Slot::default(); SLOTS],
            carried: [Carried::default(); CARRIED],
            carried_count: 0,
            section: 0,
            variant: 0,
            message_depth: 0,
            role: 0,
            order: false,
            begun: false,
            content_done: false,
            keeps: false,
            rules_fired: false,
            reopen: None,
            next_at: 0,
            fault: None,
            before: (0, 0, 0),
            line: 0,
        }
    }
}

/// The values of a node that closes.
struct NodeFields<'b> {
    bytes: &'b [u8],
    slots: &'b [Slot],
    carried: &'b [Carried],
    channel: &'b Channel<'b>,
    /// The leaf that closes.
    leaf: Option<Raw>,
}

impl Fields for NodeFields<'_> {
    fn bytes(&self) -> &[u8] {
        self.bytes
    }

    fn get(&self, path: Path) -> Option<Raw> {
        match path.element {
            Path::SELF => self.leaf,
            Path::CARRY => self.carried(path.component),
            slot => self.slots.get(usize::from(slot).checked_sub(1)?)?.raw(),
        }
    }

    fn reach(&self, path: Path) -> (u8, u8) {
        (path.element_last, path.component_last)
    }

    fn used(&mut self, _: Raw) {}

    fn ignore(&mut self, _: Path) {}

    fn unescape(&self, value: Raw, out: &mut [u8]) -> Option<usize> {
        json::unescape(value.of(self.bytes), out)
    }

    fn charset(&self) -> Charset {
        Charset::Utf8
    }

    fn style(&self) -> Style {
        Style::POINT
    }

    fn is_carried(&self, number: u16, text: &[u8]) -> bool {
        holds_carried(self.carried, number, text, self.bytes)
    }

    fn unit(&self, text: &[u8]) -> Option<(unit::Unit, bool)> {
        match unit::by_code(text) {
            Some(code) => Some((code, true)),
            None => unit::by_word(text).map(|code| (code, false)),
        }
    }
}

impl NodeFields<'_> {
    /// A carried value: the one without a key, or the one whose key the message names.
    fn carried(&self, number: u8) -> Option<Raw> {
        let carry = self.channel.carries.get(usize::from(number))?;
        let mut found = self.carried.iter().filter(|c| c.carry == number);
        if !carry.matches.is_some() {
            return found.next()?.value.raw();
        }
        let wanted = self.get(carry.matches)?;
        let wanted = wanted.of(self.bytes);
        found.find(|c| c.key.raw().is_some_and(|key| key.of(self.bytes) == wanted))?.value.raw()
    }
}

impl TreeState {
    /// Does one step.
    pub fn step(&mut self, bytes: &[u8], registry: &Registry<'_>, desk: &mut Desk<'_>) -> Signal {
        loop {
            let signal = match self.phase {
                Phase::Between => match self.next_document(bytes, registry, desk) {
                    Some(signal) => return signal,
                    None => continue,
                },
                Phase::Walking => self.walk(bytes, registry, desk),
                Phase::Message => self.open_message(bytes, registry, desk),
                Phase::Roles => self.close_roles(bytes, registry, desk),
                Phase::Closing => self.close_message(bytes, registry, desk),
                Phase::Ending => {
                    self.order = false;
                    self.phase = if self.next_at != 0 { Phase::Message } else { Phase::Between };
                    Some(Signal::End)
                }
            };
            if let Some(signal) = signal {
                return signal;
            }
        }
    }

    /// The bytes of the document: up to its fault, if it has one.
    fn readable<'b>(&self, bytes: &'b [u8]) -> &'b [u8] {
        bytes.get(..self.end as usize).unwrap_or(bytes)
    }

    /// Checks the next document and looks which channel reads it.
    fn next_document(
        &mut self,
        bytes: &[u8],
        registry: &Registry<'_>,
        desk: &mut Desk<'_>,
    ) -> Option<Signal> {
        let from = match self.walker.at {
            0 => json::after_bom(bytes),
            at => at as usize,
        };
        let blank = bytes.get(from..).unwrap_or(&[]).trim_ascii_start().len();
        if blank == 0 {
            return Some(Signal::Done);
        }
        let (end, fault) = match json::validate(bytes, from) {
            Ok(end) => (end, None),
            Err(SyntaxError { kind, at }) => (at as usize, Some((at, kind))),
        };
        self.end = end as u32;
        self.fault = fault;
        let readable = bytes.get(..end).unwrap_or(bytes);
        let chosen = match desk.options.channel.and_then(|name| registry.find(name.as_bytes())) {
            Some(number) => Choice::One(number),
            None => Held::in_document(registry, readable, from as u32).choice(registry),
        };
        self.walker = Walker::new(from as u32);
        self.depth = 0;
        self.next_at = 0;
        self.preferred = chosen.is_preferred();
        match chosen {
            Choice::One(number) | Choice::Preferred(number, _) => self.channel = number,
            Choice::Ambiguous(..) => return Some(Signal::Ambiguous(from as u32)),
            Choice::None => {
                // Nobody knows this document; a fault ends the reading.
                self.walker.at = if fault.is_some() { bytes.len() as u32 } else { end as u32 };
                return Some(Signal::Unrecognised((bytes.len() - blank) as u32));
            }
        }
        self.carried_count = 0;
        self.before = (0, 0, 0);
        self.phase = Phase::Walking;
        let channel = registry.channel(self.channel);
        // The root: what opens first.
        self.push(Open::new(0, 0), channel);
        None
    }

    fn push(&mut self, open: Open, channel: &Channel<'_>) -> bool {
        let Some(place) = self.stack.get_mut(usize::from(self.depth)) else { return false };
        *place = open;
        self.depth += 1;
        if let (Some(node), false) = (channel.nodes.get(usize::from(open.node)), open.array) {
            let first = usize::from(node.slots_first);
            if let Some(slots) = self.slots.get_mut(first..first + usize::from(node.slots_count)) {
                slots.fill(Slot::default());
            }
        }
        true
    }

    fn top(&self) -> Open {
        let index = usize::from(self.depth.saturating_sub(1));
        self.stack.get(index).copied().unwrap_or_default()
    }

    fn node<'a>(number: u16, channel: &Channel<'a>) -> Option<&'a Node> {
        channel.nodes.get(usize::from(number))
    }

    /// The child of a node by a member's name.
    fn child(bytes: &[u8], parent: u16, key: Raw, channel: &Channel<'_>) -> Option<u16> {
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
        while next != 0 {
            let node = Self::node(next, channel)?;
            let same = node.key == wanted && usize::from(node.name.length) == name.len();
            if same && (name.len() <= 8 || channel.text(node.name) == name) {
                return Some(next);
            }
            next = node.next;
        }
        None
    }

    /// Walks on until something is to be handed out.
    fn walk(&mut self, bytes: &[u8], registry: &Registry<'_>, desk: &mut Desk<'_>) -> Option<Signal> {
        let channel = registry.channel(self.channel);
        let text = self.readable(bytes);
        loop {
            if desk.room() < 24 && self.order {
                if let Some(signal) = self.part(desk) {
                    return Some(signal);
                }
            }
            let before = self.walker;
            if let Some((number, from, at)) = self.reopen.take() {
                self.walker = self.walker.reopened(at);
                if let Some(signal) = self.choose(number, from, at, before, text, channel, desk) {
                    self.reopen = Some((number, from, at));
                    return Some(signal);
                }
                continue;
            }
            match self.walker.next(text) {
                Item::End => return self.end_of_document(desk),
                Item::Leaf { key, value } => self.leaf(text, key, value, channel, desk),
                Item::Open { key, array, at } => {
                    if before.depth == 0 {
                        // The root itself; an array of documents is as good as each of them.
                        if Self::node(0, channel).is_some_and(|n| n.flags & known::MESSAGE != 0) && !array {
                            self.depth = 0;
                            let signal = self.meet_message(0, at, text, channel, desk);
                            if signal.is_some() || self.phase != Phase::Walking {
                                return signal;
                            }
                        }
                        continue;
                    }
                    if let Some(signal) = self.open(text, key, array, at, before, channel, desk) {
                        return Some(signal);
                    }
                    if self.phase != Phase::Walking {
                        return None;
                    }
                }
                Item::Close => {
                    if let Some(signal) = self.close(text, channel, desk) {
                        return Some(signal);
                    }
                    if self.phase != Phase::Walking {
                        return None;
                    }
                }
            }
        }
    }

    /// The begin of an order that waited whether it only carries another one.
    fn begin(&mut self) -> Option<Signal> {
        if core::mem::replace(&mut self.begun, true) { None } else { Some(Signal::Begin(self.channel)) }
    }

    /// The content can be read: the next step keeps the parties for it on the stack.
    pub fn keep_for_content(&mut self) {
        self.keeps = true;
    }

    /// The content of the message has been opened, or cannot be.
    pub fn content_done(&mut self, opened: bool) {
        self.content_done = true;
        self.keeps = false;
        if opened {
            // The message was only the envelope of the one inside: it is no order of its own.
            self.depth = self.message_depth.saturating_sub(1);
            self.message_depth = 0;
            self.order = false;
            self.phase = Phase::Walking;
        }
    }

    #[cold]
    fn part(&mut self, desk: &mut Desk<'_>) -> Option<Signal> {
        if let Some(signal) = self.begin() {
            return Some(signal);
        }
        let range = desk.open_entries();
        if range.is_empty() {
            return None;
        }
        let kind = match desk.state.depth {
            1 if desk.state.header_out => RecordKind::Summary,
            1 => RecordKind::Header,
            _ if self.line == desk.line() && self.line != 0 => RecordKind::Line,
            _ => RecordKind::Party,
        };
        Some(Signal::Record { kind, line: desk.line(), start: range.start, partial: true, open: true })
    }

    /// Counts content that no rule used.
    fn unknown(&mut self, at: u32, length: u32, channel: &Channel<'_>, desk: &mut Desk<'_>) {
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

    fn inside_message(&self) -> bool {
        self.message_depth != 0 && self.depth >= self.message_depth
    }

    fn ignored(&mut self, desk: &mut Desk<'_>) {
        if self.order {
            desk.state.tally.ignored(1);
        } else {
            self.before.1 += 1;
        }
    }

    /// A member that is a value.
    fn leaf(
        &mut self,
        bytes: &[u8],
        key: Raw,
        value: Option<Raw>,
        channel: &Channel<'_>,
        desk: &mut Desk<'_>,
    ) {
        let top = self.top();
        let number = if top.array { Some(top.node) } else { Self::child(bytes, top.node, key, channel) };
        let Some(value) = value else { return };
        let node = number.and_then(|n| Self::node(n, channel).map(|node| (n, node)));
        match node {
            Some((_, node)) if node.flags & known::LEAF != 0 || node.slot != 0 => {
                if node.slot != 0 {
                    self.keep(bytes, node.slot, value, channel, desk);
                }
                if node.rules.count != 0 && self.order {
                    self.fire(node.rules, Some(value), self.section, bytes, channel, desk);
                }
            }
            Some((_, node)) if node.flags & known::IGNORED != 0 => self.ignored(desk),
            _ => {
                let at = if key.length > 0 { key.at } else { value.at };
                let end = value.at + value.length;
                self.unknown(at, end.saturating_sub(at), channel, desk);
            }
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

    fn fire(
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
        let carried = self.carried.get(..usize::from(self.carried_count)).unwrap_or(&[]);
        let mut fields = NodeFields { bytes, slots: &self.slots, carried, channel, leaf };
        Firing { channel, fields: &mut fields, desk, section }.run(run);
    }

    /// A member that is an object or array.
    #[allow(clippy::too_many_arguments)]
    fn open(
        &mut self,
        bytes: &[u8],
        key: Raw,
        array: bool,
        at: u32,
        before: Walker,
        channel: &Channel<'_>,
        desk: &mut Desk<'_>,
    ) -> Option<Signal> {
        let top = self.top();
        let number = if top.array { Some(top.node) } else { Self::child(bytes, top.node, key, channel) };
        let node = number.and_then(|n| Self::node(n, channel).map(|node| (n, node)));
        let Some((number, node)) = node else {
            self.skip(bytes, key, at, false, channel, desk);
            return None;
        };
        if node.flags & known::CHOICE != 0 && !array {
            return self.choose(number, 0, at, before, bytes, channel, desk);
        }
        let chosen = node.flags & known::CHOICE != 0;
        let barren =
            node.child == 0 && node.section == 255 && !chosen && (!array || node.flags & known::LEAF == 0);
        let ignored = top.ignored || node.flags & known::IGNORED != 0;
        if barren {
            self.skip(bytes, key, at, ignored, channel, desk);
            return None;
        }
        if array {
            if !self.push(Open { array: true, ignored, ..Open::new(number, self.section) }, channel) {
                self.skip(bytes, key, at, false, channel, desk);
            }
            return None;
        }
        if node.flags & known::MESSAGE != 0 && !self.inside_message() {
            return self.meet_message(number, at, bytes, channel, desk);
        }
        let open = Open { ignored, section: node.section, at, ..Open::new(number, self.section) };
        self.enter(open, key, before, bytes, channel, desk)
    }

    /// Goes into an object: a line waits until the header has gone out.
    fn enter(
        &mut self,
        open: Open,
        key: Raw,
        before: Walker,
        bytes: &[u8],
        channel: &Channel<'_>,
        desk: &mut Desk<'_>,
    ) -> Option<Signal> {
        if open.section != 255 && self.order {
            let opened = channel.sections.get(usize::from(open.section)).copied().unwrap_or_default();
            if opened.kind == section::LINE {
                if let Some(signal) = self.header_out(desk) {
                    self.walker = before;
                    return Some(signal);
                }
            }
        }
        if !self.push(open, channel) {
            self.skip(bytes, key, open.at, false, channel, desk);
            return None;
        }
        if Self::node(open.node, channel).is_some_and(|n| n.flags & known::CARRIES != 0) {
            self.collect_carried(open.node, bytes, channel, desk);
        }
        if open.section != 255 && self.order {
            self.open_section(open.section, bytes, channel, desk);
        }
        None
    }

    /// Reads a node the way that the next opening says whose tests hold; if none does, it is unknown.
    #[allow(clippy::too_many_arguments)]
    fn choose(
        &mut self,
        number: u16,
        from: u8,
        at: u32,
        before: Walker,
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
                self.skip(bytes, Raw::default(), at, false, channel, desk);
            } else {
                // It has been read in some way already: nothing of it is unknown.
                self.walker.skip(bytes);
            }
            return None;
        };
        let open =
            Open { section: opening.section, opening: behind, at, ..Open::new(opening.root, self.section) };
        self.enter(open, Raw::default(), before, bytes, channel, desk)
    }

    fn open_section(&mut self, number: u8, bytes: &[u8], channel: &Channel<'_>, desk: &mut Desk<'_>) {
        let Some(opened) = channel.sections.get(usize::from(number)) else { return };
        self.section = number;
        desk.open_section(opened.depth);
        match opened.kind {
            section::LINE => {
                desk.state.lines += 1;
                self.line = desk.state.lines;
                desk.open_record(self.line);
            }
            section::PARTY => desk.open_record(desk.line()),
            _ => {}
        }
        self.fire(opened.constants, None, number, bytes, channel, desk);
    }

    /// Runs over an object or array that nobody wants.
    fn skip(
        &mut self,
        bytes: &[u8],
        key: Raw,
        at: u32,
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
            let begin = if key.length > 0 { key.at } else { at };
            self.unknown(begin, self.walker.at.saturating_sub(begin), channel, desk);
        }
    }

    /// Collects values from the children of a node, for the messages below it.
    fn collect_carried(&mut self, parent: u16, bytes: &[u8], channel: &Channel<'_>, desk: &mut Desk<'_>) {
        self.carried_count = 0;
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

    /// A message node opens: the order before it ends first.
    fn meet_message(
        &mut self,
        number: u16,
        at: u32,
        bytes: &[u8],
        channel: &Channel<'_>,
        desk: &mut Desk<'_>,
    ) -> Option<Signal> {
        let Some(variant) = self.reading(number, bytes, channel, desk.options.own) else {
            self.skip(bytes, Raw::default(), at, false, channel, desk);
            return None;
        };
        self.variant = variant;
        self.next_at = at + 1;
        if self.order {
            self.phase = Phase::Ending;
            return None;
        }
        self.phase = Phase::Message;
        None
    }

    /// Which reading of a message node holds: the first one whose tests do.
    fn reading(&self, number: u16, bytes: &[u8], channel: &Channel<'_>, own: &[&str]) -> Option<u8> {
        let carried = self.carried.get(..usize::from(self.carried_count)).unwrap_or(&[]);
        let mut known: (u16, Option<Raw>) = (u16::MAX, None);
        let place = channel.variants.iter().position(|variant| {
            variant.node == number
                && variant.tests.of(channel.tests).iter().all(|test| {
                    if known.0 != test.path.at {
                        known = (test.path.at, lookup(self.walker, bytes, channel.text(test.path)));
                    }
                    test_holds(channel, test, known.1, bytes, carried, own)
                })
        })?;
        u8::try_from(place).ok()
    }

    fn variant<'a>(&self, channel: &Channel<'a>) -> Variant {
        channel.variants.get(usize::from(self.variant)).copied().unwrap_or_default()
    }

    /// The order of a message begins.
    fn open_message(&mut self, bytes: &[u8], registry: &Registry<'_>, desk: &mut Desk<'_>) -> Option<Signal> {
        let channel = registry.channel(self.channel);
        let text = self.readable(bytes);
        let variant = self.variant(channel);
        if !self.order {
            self.order = true;
            self.content_done = false;
            // A message that only carries another one is no order: its begin waits.
            self.begun = !channel.rules.iter().any(|rule| rule.transform == transform::CONTENT);
            if self.begun {
                return Some(Signal::Begin(self.channel));
            }
        }
        desk.begin_order();
        if self.preferred {
            desk.note(finding::LOADED_CHANNEL, 0, 0, 0);
        }
        desk.state.tally.ignored(self.before.1);
        if self.before.0 > 0 {
            desk.state.tally.unknown(self.before.0, self.before.2);
        }
        self.before = (0, 0, 0);
        self.rules_fired = false;
        self.section = variant.section;
        self.line = 0;
        self.next_at = 0;
        self.push(Open::new(variant.root, self.section), channel);
        self.message_depth = self.depth;
        self.phase = Phase::Walking;
        desk.open_section(0);
        if channel.dialect.canonical != 0 {
            restore::take_over(self.walker, text, desk);
        }
        let constants =
            channel.sections.get(usize::from(self.section)).map(|s| s.constants).unwrap_or_default();
        self.fire(constants, None, self.section, text, channel, desk);
        None
    }

    /// An object or array closes.
    fn close(&mut self, bytes: &[u8], channel: &Channel<'_>, desk: &mut Desk<'_>) -> Option<Signal> {
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

    /// A section ends with its node.
    fn close_section(
        &mut self,
        number: u8,
        bytes: &[u8],
        channel: &Channel<'_>,
        desk: &mut Desk<'_>,
    ) -> Option<Signal> {
        let open = channel.sections.get(usize::from(number)).copied()?;
        self.finish_section(number, bytes, channel, desk);
        let line = desk.line();
        let kind = match open.kind {
            section::LINE => {
                desk.check_line();
                desk.state.tally.line();
                RecordKind::Line
            }
            section::PARTY => RecordKind::Party,
            _ => return None,
        };
        let range = desk.close_record();
        self.line = desk.line();
        Some(Signal::Record { kind, line, start: range.start, partial: false, open: false })
    }

    /// Defaults and required fields of a section.
    fn finish_section(&mut self, number: u8, bytes: &[u8], channel: &Channel<'_>, desk: &mut Desk<'_>) {
        let Some(open) = channel.sections.get(usize::from(number)).copied() else { return };
        let mut fields = NodeFields { bytes, slots: &self.slots, carried: &[], channel, leaf: None };
        let mut firing = Firing { channel, fields: &mut fields, desk, section: number };
        for rule in open.defaults.of(channel.rules) {
            firing.defaulted(rule);
        }
        for field in open.required.of(channel.required) {
            if !desk.has(*field) {
                desk.note(finding::MISSING_REQUIRED, *field, self.walker.at.saturating_sub(1), 0);
            }
        }
    }

    /// The header goes out before the first line.
    fn header_out(&mut self, desk: &mut Desk<'_>) -> Option<Signal> {
        if let Some(signal) = self.begin() {
            return Some(signal);
        }
        if desk.state.header_out {
            return None;
        }
        desk.document_record()
    }

    /// Parties of fixed roles: each is a record if it has more than its role.
    fn close_roles(&mut self, bytes: &[u8], registry: &Registry<'_>, desk: &mut Desk<'_>) -> Option<Signal> {
        let channel = registry.channel(self.channel);
        let text = self.readable(bytes);
        let variant = self.variant(channel);
        if self.role == 0 && !core::mem::replace(&mut self.rules_fired, true) {
            let node = Self::node(variant.root, channel).copied().unwrap_or_default();
            self.fire(node.rules, None, variant.section, text, channel, desk);
        }
        if desk.state.content.is_some() && !self.content_done {
            if self.begun {
                // Something of this message has been handed out already: it is an order of its own.
                self.content_done = true;
                if let Some(content) = desk.state.content.take() {
                    desk.note(finding::UNSUPPORTED_CONTENT, 0, content.at, content.length);
                }
            } else {
                if self.keeps {
                    self.keep_parties(text, channel, &variant, desk);
                }
                return Some(Signal::Content);
            }
        }
        if let Some(signal) = self.begin() {
            return Some(signal);
        }
        while self.role < variant.roles_count {
            let number = variant.roles_first + self.role;
            self.role += 1;
            let Some(open) = channel.sections.get(usize::from(number)).copied() else { continue };
            desk.open_record(0);
            desk.open_section(open.depth);
            self.fire(open.constants, None, number, text, channel, desk);
            let constants = desk.open_entries().len();
            self.fire(open.rules, None, number, text, channel, desk);
            let found = desk.open_entries().len() > constants;
            let range = desk.close_record();
            if found {
                return Some(Signal::Record {
                    kind: RecordKind::Party,
                    line: 0,
                    start: range.start,
                    partial: false,
                    open: false,
                });
            }
            desk.cut(range.start);
        }
        self.phase = Phase::Closing;
        None
    }

    /// Fires the parties of fixed roles and leaves them on the stack.
    fn keep_parties(&mut self, bytes: &[u8], channel: &Channel<'_>, variant: &Variant, desk: &mut Desk<'_>) {
        for number in variant.roles_first..variant.roles_first + variant.roles_count {
            let Some(open) = channel.sections.get(usize::from(number)).copied() else { continue };
            desk.open_record(0);
            self.fire(open.constants, None, number, bytes, channel, desk);
            let constants = desk.open_entries().len();
            self.fire(open.rules, None, number, bytes, channel, desk);
            let found = desk.open_entries().len() > constants;
            let range = desk.close_record();
            if found {
                desk.keep_party(range);
            } else {
                desk.cut(range.start);
            }
        }
    }

    /// The message's own record.
    fn close_message(
        &mut self,
        bytes: &[u8],
        registry: &Registry<'_>,
        desk: &mut Desk<'_>,
    ) -> Option<Signal> {
        let channel = registry.channel(self.channel);
        let text = self.readable(bytes);
        let variant = self.variant(channel);
        self.finish_section(variant.section, text, channel, desk);
        self.depth = self.message_depth.saturating_sub(1);
        self.message_depth = 0;
        self.phase = Phase::Walking;
        // It stays open: what follows the message may still be counted.
        desk.document_record()
    }

    /// The document ends, or what can be read of it.
    fn end_of_document(&mut self, desk: &mut Desk<'_>) -> Option<Signal> {
        if let (Some((at, kind)), true) = (self.fault, self.order) {
            let code =
                if kind == SyntaxErrorKind::UnexpectedEnd { finding::TRUNCATED } else { finding::MALFORMED };
            if self.message_depth != 0 {
                // Records that are open are not complete: they are dropped.
                while desk.state.depth > 1 {
                    let range = desk.close_record();
                    desk.cut(range.start);
                    desk.state.lines = desk.state.lines.saturating_sub(1);
                }
                self.section = 0;
                desk.note(code, 0, at, 0);
                desk.state.tally.cut_short();
                self.fault = None;
                self.phase = Phase::Roles;
                self.role = 0;
                self.depth = self.message_depth;
                return None;
            }
            desk.note(code, 0, at, 0);
            desk.state.tally.cut_short();
        }
        let fault = self.fault.take();
        self.walker.at = if fault.is_some() { u32::MAX } else { self.end };
        if self.order {
            self.phase = Phase::Ending;
            return None;
        }
        self.phase = Phase::Between;
        // No order is there to say it: what was cut off may have been one.
        fault.map(|(at, _)| Signal::Malformed(at))
    }
}

/// A member that was looked for.
#[derive(Clone, Copy)]
pub(super) enum Named {
    Leaf(Raw),
    Object(Walker),
}

/// The next member with a wanted name among the children at `level`; arrays are transparent.
///
/// `name` is its name; inside of an array it stays that of the array.
pub(super) fn next_named(
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
pub(super) fn lookup(object: Walker, bytes: &[u8], path: &[u8]) -> Option<Raw> {
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

fn test_holds(
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
fn holds_carried(carried: &[Carried], number: u16, text: &[u8], bytes: &[u8]) -> bool {
    carried.iter().any(|c| u16::from(c.carry) == number && c.value.raw().is_some_and(|v| v.of(bytes) == text))
}
