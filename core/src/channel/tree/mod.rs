//! Nodes to records: the engine of tree notations.
//!
//! A document is checked whole before anything of it is handed out. Then it is walked: a known name goes
//! down the channel's node tree, an unknown one is skipped and counted. A leaf fires its rules at once or
//! waits in a slot until the node closes that needs it. Two things need a look ahead, each one level and
//! once: values *carried* into messages from beside them, and the conditions that tell which reading of a
//! message holds. An order ends when the next message opens or the document ends, so that what stands
//! between belongs to somebody.
//!
//! Here stand the state, the steps, the stack and the walk through a document. The rest:
//!
//! | file | what |
//! |---|---|
//! | `members.rs` | what becomes of a leaf, an object, an array |
//! | `messages.rs` | orders: their begin, their readings, their records, their end |
//! | `look.rs` | looking ahead: paths, tests, carried values |
//! | `fields.rs` | the values of a node, as rules ask for them |

mod fields;
mod look;
mod members;
mod messages;

use ordnorm_chan::table::{Channel, Node, known};
use ordnorm_chan::vocabulary::finding;

use super::desk::Desk;
use super::detect::{Choice, Held};
use super::slot::Slot;
use super::{Registry, Signal};
use crate::limits::{CARRIED, NODES, SLOTS};
use crate::syntax::json::{self, Item, Walker};
use crate::syntax::{Raw, SyntaxError, SyntaxErrorKind};
use look::Carried;
pub(super) use look::{Named, lookup, next_named};
use members::Place;

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
    /// Children that have been met, one bit for each of the first 64.
    seen: u64,
}

impl Open {
    const fn new(node: u16, outer: u8) -> Open {
        Open { node, outer, array: false, ignored: false, section: 255, opening: 0, at: 0, seen: 0 }
    }
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
    /// The fault has been told; nothing behind it can be read.
    broken: bool,
    /// The member that was marked as seen last.
    marked: u32,
    /// Unknown content before the first message: count, ignored, first place.
    before: (u32, u32, u32),
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
            broken: false,
            marked: u32::MAX,
            fault: None,
            before: (0, 0, 0),
        }
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
                let place = Place { key: Raw::default(), at, before: &before };
                if let Some(signal) = self.choose(number, from, place, text, channel, desk) {
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
                        if array {
                            if let Some(root) = self.stack.first_mut() {
                                root.array = true;
                            }
                            continue;
                        }
                        if Self::node(0, channel).is_some_and(|n| n.flags & known::MESSAGE == 0) {
                            self.collect_carried(0, text, channel, desk);
                        } else {
                            self.depth = 0;
                            let signal = self.meet_message(0, at, text, channel, desk);
                            if signal.is_some() || self.phase != Phase::Walking {
                                return signal;
                            }
                        }
                        continue;
                    }
                    let place = Place { key, at, before: &before };
                    if let Some(signal) = self.open(text, place, array, channel, desk) {
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
                self.broken = true;
                self.phase = Phase::Roles;
                self.role = 0;
                self.depth = self.message_depth;
                return None;
            }
            desk.note(code, 0, at, 0);
            desk.state.tally.cut_short();
        }
        let fault = self.fault.take();
        let broken = core::mem::take(&mut self.broken) || fault.is_some();
        self.walker.at = if broken { u32::MAX } else { self.end };
        if self.order {
            self.phase = Phase::Ending;
            return None;
        }
        self.phase = Phase::Between;
        // No order is there to say it: what was cut off may have been one.
        fault.map(|(at, _)| Signal::Malformed(at))
    }
}
