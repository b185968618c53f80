//! The canonical JSON, written from entries.
//!
//! How this works. [`walk_head`] and [`walk_line`] know which member stands where (`walk.rs`); a [`Visitor`]
//! says what is done with it: [`Json`] writes members (`writer.rs`), [`Provenance`] writes their JSON Pointers
//! and places (`provenance.rs`). Nothing is kept, nothing is allocated. A new member of the canonical form is a
//! line in `walk.rs`.

mod provenance;
mod walk;
mod writer;

use core::fmt::{Error as Failed, Write};

use super::Entry;
use super::collect::{Entries, EntryIter, Order};

pub use provenance::Provenance;
pub use walk::{walk, walk_head, walk_line, walk_parties, walk_totals};
pub use writer::Json;

type Done = Result<(), Failed>;

/// A place in the tree: a member's name or an index.
#[derive(Clone, Copy, Debug)]
pub enum Key<'k> {
    /// The root, or a value in an array whose index does not matter.
    None,
    /// A member of an object.
    Name(&'k str),
    /// An element of an array.
    Index(u32),
}

/// What is done with the members of an order.
pub trait Visitor {
    /// An object or array begins.
    fn open(&mut self, key: Key<'_>, array: bool) -> Done;
    /// It ends.
    fn close(&mut self, array: bool) -> Done;
    /// A value, with its further pieces.
    fn value(&mut self, key: Key<'_>, value: &Entry, pieces: Pieces<'_>) -> Done;
    /// A number that no entry stands for.
    fn number(&mut self, key: Key<'_>, number: u32) -> Done;
    /// A fixed text.
    fn text(&mut self, key: Key<'_>, text: &str) -> Done;
}

/// The pieces that continue a text.
#[derive(Clone, Debug)]
pub struct Pieces<'a> {
    entries: EntryIter<'a>,
    field: u16,
    nth: u16,
    begun: bool,
}

impl<'a> Pieces<'a> {
    /// The further pieces of the first value of a field.
    fn of(entries: &Entries<'a>, head: &Entry) -> Pieces<'a> {
        Pieces { entries: entries.iter(), field: head.field, nth: head.nth, begun: false }
    }

    /// The further pieces of the value that an iterator has just given.
    fn behind(iter: &EntryIter<'a>, head: &Entry) -> Pieces<'a> {
        Pieces { entries: iter.clone(), field: head.field, nth: head.nth, begun: true }
    }

    /// No further pieces.
    #[must_use]
    pub fn none() -> Pieces<'a> {
        Pieces { entries: Entries::of(&[]).iter(), field: 0, nth: 0, begun: true }
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = &'a Entry;

    fn next(&mut self) -> Option<&'a Entry> {
        loop {
            let entry = self.entries.next()?;
            if entry.field != self.field {
                continue;
            }
            if entry.nth != self.nth {
                // One instance ends where the next one begins.
                if self.begun && !entry.is_continuation() {
                    return None;
                }
                continue;
            }
            if entry.is_continuation() {
                return Some(entry);
            }
            if self.begun {
                return None;
            }
            self.begun = true;
        }
    }
}

/// Writes an order as canonical JSON.
///
/// # Errors
/// The output refused a piece.
pub fn write<W: Write>(order: &Order<'_>, provenance: bool, out: &mut W) -> Done {
    let mut json = Json::new(out, order.texts());
    json.begin()?;
    walk(order, &mut json)?;
    let end = order.end().copied();
    json.end(end.as_ref(), order.findings())?;
    if provenance {
        json.open(Key::Name("provenance"), false)?;
        json.pointers(|pointers| walk(order, pointers))?;
        json.close(false)?;
    }
    json.finish()
}
