//! The canonical order: entries, findings, records, views, JSON.

mod collect;
mod entry;
mod finding;
pub mod json;
mod record;

pub use collect::{Entries, EntryIter, Full, Kept, Order, OrderMemory, Part};
pub use entry::{Entry, Texts, kind, origin, pack_ascii, unpack_ascii};
pub use finding::{Finding, Shown};
pub use ordnorm_chan::vocabulary;
pub use record::{End, Event, Record, RecordKind, Verdict};
