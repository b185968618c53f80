//! Messages: a node that is an order of its own, from its opening to its last record.
//!
//! The order before a message ends first (`Phase::Ending`), so that what stands between two messages belongs
//! to somebody. Then the message's reading is known and its order begins ([`TreeState::open_message`]). When
//! its node closes, a content inside of it is handed out, then a party for each of its fixed roles
//! ([`TreeState::close_roles`]), then the rest ([`TreeState::close_message`]).

use core::ops::Range;

use ordnorm_chan::table::{Channel, Variant, transform};
use ordnorm_chan::vocabulary::finding;

use super::fields::NodeFields;
use super::look::{lookup, test_holds};
use super::{Open, Phase, TreeState};
use crate::channel::desk::Desk;
use crate::channel::fire::Firing;
use crate::channel::{Registry, Signal, restore};
use crate::order::RecordKind;
use crate::syntax::Raw;

impl TreeState {
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

    /// Hands out what the record in work has so far, to make room.
    #[cold]
    pub(super) fn part(&mut self, desk: &mut Desk<'_>) -> Option<Signal> {
        self.begin().or_else(|| desk.part())
    }

    pub(super) fn inside_message(&self) -> bool {
        self.message_depth != 0 && self.depth >= self.message_depth
    }

    /// A message node opens: the order before it ends first.
    pub(super) fn meet_message(
        &mut self,
        number: u16,
        at: u32,
        bytes: &[u8],
        channel: &Channel<'_>,
        desk: &mut Desk<'_>,
    ) -> Option<Signal> {
        self.collect_carried(number, bytes, channel, desk);
        let Some(variant) = self.reading(number, bytes, channel, desk.options.own) else {
            self.skip(bytes, at, false, channel, desk);
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
    pub(super) fn open_message(
        &mut self,
        bytes: &[u8],
        registry: &Registry<'_>,
        desk: &mut Desk<'_>,
    ) -> Option<Signal> {
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
        self.next_at = 0;
        self.push(Open::new(variant.root, self.section), channel);
        self.message_depth = self.depth;
        self.phase = Phase::Walking;
        desk.start_section(0);
        if channel.dialect.canonical != 0 {
            restore::take_over(self.walker, text, desk);
        }
        let constants =
            channel.sections.get(usize::from(self.section)).map(|s| s.constants).unwrap_or_default();
        self.fire(constants, None, self.section, text, channel, desk);
        None
    }

    /// A section ends with its node.
    pub(super) fn close_section(
        &mut self,
        number: u8,
        bytes: &[u8],
        channel: &Channel<'_>,
        desk: &mut Desk<'_>,
    ) -> Option<Signal> {
        let open = channel.sections.get(usize::from(number))?;
        self.finish_section(number, bytes, channel, desk);
        desk.close_section(open)
    }

    /// Defaults and required fields of a section.
    fn finish_section(&mut self, number: u8, bytes: &[u8], channel: &Channel<'_>, desk: &mut Desk<'_>) {
        let Some(open) = channel.sections.get(usize::from(number)).copied() else { return };
        let mut fields = NodeFields { bytes, slots: &self.slots, carried: &[], channel, leaf: None };
        Firing { channel, fields: &mut fields, desk, section: number }.defaults(open.defaults);
        desk.require(open.required.of(channel.required), self.walker.at.saturating_sub(1), 0);
    }

    /// The header goes out before the first line.
    pub(super) fn header_out(&mut self, desk: &mut Desk<'_>) -> Option<Signal> {
        if let Some(signal) = self.begin() {
            return Some(signal);
        }
        if desk.state.header_out {
            return None;
        }
        desk.document_record()
    }

    /// Parties of fixed roles: each is a record if it has more than its role.
    pub(super) fn close_roles(
        &mut self,
        bytes: &[u8],
        registry: &Registry<'_>,
        desk: &mut Desk<'_>,
    ) -> Option<Signal> {
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
            if let Some(record) = self.role(number, text, channel, desk) {
                return Some(Signal::complete(RecordKind::Party, 0, record.start));
            }
        }
        self.phase = Phase::Closing;
        None
    }

    /// Fires the parties of fixed roles and leaves them on the stack.
    fn keep_parties(&mut self, bytes: &[u8], channel: &Channel<'_>, variant: &Variant, desk: &mut Desk<'_>) {
        for number in variant.roles_first..variant.roles_first + variant.roles_count {
            if let Some(record) = self.role(number, bytes, channel, desk) {
                desk.keep_party(record);
            }
        }
    }

    fn role(
        &self,
        number: u8,
        bytes: &[u8],
        channel: &Channel<'_>,
        desk: &mut Desk<'_>,
    ) -> Option<Range<usize>> {
        let party = channel.sections.get(usize::from(number))?;
        let mut fields = self.fields(None, bytes, channel);
        Firing { channel, fields: &mut fields, desk, section: number }.role(party)
    }

    /// The message's own record.
    pub(super) fn close_message(
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
}
