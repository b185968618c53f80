//! A value that waits for its rule: a span and its flags in eight bytes, so that a state has room for many.

use crate::syntax::Raw;

/// A span in eight bytes: offset, and length with its flags in the low bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Slot {
    at: u32,
    /// Length × 8 + flags; a length of 0 = empty.
    packed: u32,
}

impl Slot {
    pub(super) fn of(raw: Raw) -> Slot {
        // A value longer than 512 MiB is cut.
        Slot { at: raw.at, packed: raw.length.min(0x1FFF_FFFF) << 3 | u32::from(raw.flags & 7) }
    }

    pub(super) fn raw(self) -> Option<Raw> {
        let length = self.packed >> 3;
        if length == 0 {
            return None;
        }
        Some(Raw { at: self.at, length, flags: (self.packed & 7) as u8, token: 0 })
    }
}
