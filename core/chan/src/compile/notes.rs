//! What is known of a channel while it is compiled: it lies in the caller's memory too, not on the stack.

use heapless::Vec;

use super::blocks::{Block, Carried};
use super::flat::CELLS;
use super::layers::Span;
use super::rules::Removed;
use super::scopes::{SLOTS, Slot};
use super::{BLOCKS, maps};
use crate::table::Path;

/// The most records whose qualifier is declared.
const QUALIFIERS: usize = 64;
/// The most sections of a channel.
const SECTIONS: usize = 64;

/// The notes of one compilation. All bytes zero are notes of nothing.
pub struct Notes {
    pub blocks: Vec<Block, BLOCKS>,
    /// Qualifier of a row, and the layer that says so.
    pub qualifiers: Vec<(u8, Path, u8), QUALIFIERS>,
    /// Rows with pairs, in the order of the pairs pool.
    pub paired: Vec<(u8, u8), 32>,
    /// Columns, with the layer that names them.
    pub columns: Vec<(u8, u8), 64>,
    /// Maps, in the order of their pool.
    pub maps: Vec<maps::Known, 64>,
    /// Names of carried values, in the order of their pool.
    pub carries: Vec<Carried, 24>,
    /// Senders that an extension is for.
    pub senders: Vec<Span, 16>,
    /// Rules of the base that an extension replaces or removes.
    pub removed: Vec<Removed, 64>,
    /// Slots of trees.
    pub slots: Vec<Slot, SLOTS>,
    /// Which block stands behind each section.
    pub order: Vec<u8, SECTIONS>,
    /// Row and block of each cell, to find a finished one again.
    pub made: Vec<(u8, u8), CELLS>,
}

impl Notes {
    pub const fn new() -> Notes {
        Notes {
            blocks: Vec::new(),
            qualifiers: Vec::new(),
            paired: Vec::new(),
            columns: Vec::new(),
            maps: Vec::new(),
            carries: Vec::new(),
            senders: Vec::new(),
            removed: Vec::new(),
            slots: Vec::new(),
            order: Vec::new(),
            made: Vec::new(),
        }
    }

    /// Forgets what was known of another channel.
    pub fn clear(&mut self) {
        self.blocks.clear();
        self.qualifiers.clear();
        self.paired.clear();
        self.columns.clear();
        self.maps.clear();
        self.carries.clear();
        self.senders.clear();
        self.removed.clear();
        self.slots.clear();
        self.order.clear();
        self.made.clear();
    }
}
