//! The values of a node that closes, as rules ask for them.
//!
//! A path of the channel is a slot: the compiler has given one to each leaf that a rule of the node asks for.
//! [`Path::SELF`] is the leaf that has just been read, [`Path::CARRY`] a value that was carried in from
//! beside the message.

use ordnorm_chan::table::{Channel, Path};

use super::look::{Carried, holds_carried};
use crate::channel::fire::Fields;
use crate::channel::slot::Slot;
use crate::syntax::{Raw, json};
use crate::value::charset::Charset;
use crate::value::decimal::Style;
use crate::value::unit;

/// The values of a node that closes.
pub(super) struct NodeFields<'b> {
    pub(super) bytes: &'b [u8],
    pub(super) slots: &'b [Slot],
    pub(super) carried: &'b [Carried],
    pub(super) channel: &'b Channel<'b>,
    /// The leaf that closes.
    pub(super) leaf: Option<Raw>,
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
