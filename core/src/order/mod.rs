//! The canonical order: entries, findings, records, views, JSON.

mod entry;
mod finding;
mod record;

pub use entry::{Entry, Texts, kind, origin, pack_ascii, unpack_ascii};
pub use finding::{Finding, Shown};
pub use ordnorm_chan::vocabulary;
pub use record::{End, Event, Record, RecordKind, Verdict};
