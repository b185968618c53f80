//! Orders that come again in the same input.

use ordnorm_chan::vocabulary::field;

use crate::limits::RECENT;
use crate::order::{Entry, Texts};

/// Numbers of the orders that were read last, as hashes; the order in work stands last.
#[derive(Clone, Copy, Debug, Default)]
pub struct Recent {
    keys: [u32; RECENT],
    next: u8,
}

impl Recent {
    /// Takes the number of the order in work; has it been read before?
    #[must_use]
    pub fn takes(&mut self, record: &[Entry], texts: &Texts<'_>) -> bool {
        let find = |number: u16| record.iter().find(|e| e.field == number);
        let (Some(number), Some(kind)) = (find(field::ORDER_NUMBER), find(field::ORDER_KIND)) else {
            return false;
        };
        // FNV-1a; 0 means that a place is free.
        let text = texts.bytes(number).unwrap_or(b"").iter();
        let add = |hash: u32, byte: &u8| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
        let key = text.fold(0x811C_9DC5 ^ kind.value as u32, add).max(1);
        if self.keys.contains(&key) {
            return true;
        }
        if let Some(place) = self.keys.get_mut(usize::from(self.next)) {
            *place = key;
            self.next = usize::from(self.next + 1).checked_rem(RECENT).unwrap_or(0) as u8;
        }
        false
    }
}
