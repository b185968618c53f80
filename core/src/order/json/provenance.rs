//! Where each value stands in the message, under its JSON Pointer (RFC 6901).

use core::fmt::{Error as Failed, Write};

use super::{Done, Json, Key, Pieces, Visitor};
use crate::order::{Entry, Texts, origin};

/// Writes `"/lines/0/quantity/value":[at,length,"origin",confidence]` for every value.
pub struct Provenance<'j, 'w, 't, W> {
    json: &'j mut Json<'w, 't, W>,
    path: heapless::Vec<u8, 96>,
    marks: heapless::Vec<u8, 12>,
}

impl<'j, 'w, 't, W: Write> Provenance<'j, 'w, 't, W> {
    pub(super) const fn new(json: &'j mut Json<'w, 't, W>) -> Self {
        Provenance { json, path: heapless::Vec::new(), marks: heapless::Vec::new() }
    }

    fn push(&mut self, key: Key<'_>) -> Done {
        match key {
            Key::None => Ok(()),
            Key::Name(name) => {
                self.path.push(b'/').map_err(|_| Failed)?;
                self.path.extend_from_slice(name.as_bytes()).map_err(|_| Failed)
            }
            Key::Index(index) => {
                self.path.push(b'/').map_err(|_| Failed)?;
                let mut json = Json::new(&mut self.path, Texts::default());
                json.digits(u64::from(index))
            }
        }
    }
}

impl<W: Write> Visitor for Provenance<'_, '_, '_, W> {
    fn open(&mut self, key: Key<'_>, _: bool) -> Done {
        self.marks.push(self.path.len() as u8).map_err(|_| Failed)?;
        self.push(key)
    }

    fn close(&mut self, _: bool) -> Done {
        let length = self.marks.pop().ok_or(Failed)?;
        self.path.truncate(usize::from(length));
        Ok(())
    }

    fn value(&mut self, key: Key<'_>, value: &Entry, _: Pieces<'_>) -> Done {
        let length = self.path.len();
        self.push(key)?;
        self.json.key(Key::Name(core::str::from_utf8(&self.path).unwrap_or("")))?;
        self.json.out.write_str("[")?;
        self.json.digits(u64::from(value.at))?;
        self.json.out.write_str(",")?;
        self.json.digits(u64::from(value.length))?;
        self.json.out.write_str(",\"")?;
        self.json.out.write_str(origin::name(value.origin))?;
        self.json.out.write_str("\",")?;
        self.json.digits(u64::from(value.confidence))?;
        self.json.out.write_str("]")?;
        self.path.truncate(length);
        Ok(())
    }

    fn number(&mut self, _: Key<'_>, _: u32) -> Done {
        Ok(())
    }

    fn text(&mut self, _: Key<'_>, _: &str) -> Done {
        Ok(())
    }
}
