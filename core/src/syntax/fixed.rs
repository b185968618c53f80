//! Records of fixed layout: SAP IDoc files, VDA, and whatever a channel lays out.
//!
//! A record is a line, or so many characters where no line breaks stand between records. What its fields
//! are is told by the channel's layout, in characters from 0: a UTF-8 letter of two bytes is one character,
//! and where the bytes are no UTF-8, each byte is one.

use ordnorm_chan::table::Field;

use super::segments::{Segments, Step};
use super::{Raw, SyntaxError, SyntaxErrorKind};
use crate::limits::SEGMENT_BYTES;
use crate::value::charset::Charset;

impl Segments {
    /// Records are so many characters long where the bytes begin with as many without a line break.
    pub fn in_blocks(&mut self, length: u16, bytes: &[u8]) {
        let from = bytes.len() - after_bom(bytes).len();
        let first = bytes.get(from..).unwrap_or(&[]);
        let whole = usize::from(length);
        let block = first.get(..whole).unwrap_or(first);
        let broken =
            block.iter().any(|byte| is_break(*byte)) || first.get(whole).is_some_and(|b| is_break(*b));
        self.block_length = if broken || length == 0 || first.len() <= whole { 0 } else { length };
    }

    /// Do no line breaks stand between the records?
    #[must_use]
    pub const fn has_blocks(&self) -> bool {
        self.block_length != 0
    }

    /// Reads the next record into [`Segments::segment`]: one token that is all of it.
    pub(super) fn next_record(&mut self, bytes: &[u8]) -> Result<Step, SyntaxError> {
        let mut at = self.at as usize;
        if at == 0 {
            at = bytes.len() - after_bom(bytes).len();
        }
        let rest = |at: usize| bytes.get(at..).unwrap_or(&[]);
        let (text, behind) = if self.block_length == 0 {
            // Empty lines are none, nor is the mark that ends a file of old systems.
            at += rest(at).iter().take_while(|b| is_break(**b) || **b == 0x1A).count();
            let length = rest(at).iter().position(|b| is_break(*b)).unwrap_or(rest(at).len());
            let text = rest(at).get(..length).unwrap_or(&[]);
            self.segment.unterminated = at + length >= bytes.len();
            (text, at + length + usize::from(!self.segment.unterminated))
        } else {
            let text = characters(rest(at), 0, usize::from(self.block_length));
            self.segment.unterminated =
                at + text.len() >= bytes.len() && text.len() < usize::from(self.block_length);
            (text, at + text.len())
        };
        self.at = behind as u32;
        if text.is_empty() {
            return Ok(Step::End);
        }
        if text.len() > SEGMENT_BYTES {
            return Err(SyntaxError { kind: SyntaxErrorKind::TooLong, at: at as u32 });
        }
        // Nothing says in what characters it is written.
        self.charset = if core::str::from_utf8(text).is_ok() { Charset::Utf8 } else { Charset::Ascii };
        self.segment.whole(at as u32, behind as u32, text.len());
        Ok(Step::Segment)
    }
}

const fn is_break(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n')
}

fn after_bom(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

/// So many characters of a record from an offset on, both in characters; fewer where it ends before.
#[must_use]
pub fn characters(record: &[u8], offset: usize, length: usize) -> &[u8] {
    record.get(span(record, offset, length)).unwrap_or(&[])
}

/// The bytes of so many characters.
fn span(record: &[u8], offset: usize, length: usize) -> core::ops::Range<usize> {
    let plain = record.get(..offset + length).unwrap_or(record).is_ascii();
    let text = if plain { None } else { core::str::from_utf8(record).ok() };
    let Some(text) = text else {
        let end = record.len().min(offset + length);
        return offset.min(end)..end;
    };
    let mut places = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let Some(from) = places.nth(offset) else { return 0..0 };
    let to = if length == 0 { from } else { places.nth(length - 1).unwrap_or(text.len()) };
    from..to
}

/// The value of a field of a record that begins at `start`; `None` where it is blank.
#[must_use]
pub fn value(record: &[u8], start: u32, field: &Field, token: u8) -> Option<Raw> {
    let place = span(record, usize::from(field.offset), usize::from(field.length));
    let text = record.get(place.clone())?;
    let front = text.len() - text.trim_ascii_start().len();
    let length = text.trim_ascii().len();
    if length == 0 {
        return None;
    }
    Some(Raw { at: start + (place.start + front) as u32, length: length as u32, flags: 0, token })
}

/// Is there content that no field of a layout holds? Characters before `head` do not count.
#[must_use]
pub fn has_more(record: &[u8], fields: &[Field], head: usize) -> bool {
    let end = record.len();
    let mut at = head;
    // Each round leaves a field or a gap behind: at most two for each field.
    for _ in 0..=fields.len() * 2 {
        if at >= end {
            return false;
        }
        let covers =
            |f: &&Field| usize::from(f.offset) <= at && at < usize::from(f.offset) + usize::from(f.length);
        if let Some(field) = fields.iter().find(covers) {
            at = usize::from(field.offset) + usize::from(field.length);
            continue;
        }
        let next = fields.iter().map(|f| usize::from(f.offset)).filter(|offset| *offset > at).min();
        let gap = next.unwrap_or(end) - at;
        if characters(record, at, gap).iter().any(|byte| *byte > b' ') {
            return true;
        }
        at += gap;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use ordnorm_chan::table::Text;

    #[test]
    fn offsets_count_characters() {
        assert_eq!(characters(b"ABCDEF", 2, 3), b"CDE");
        assert_eq!(characters("AÜCDEF".as_bytes(), 2, 3), b"CDE");
        assert_eq!(characters(b"A\xDCCDEF", 2, 3), b"CDE");
        assert_eq!(characters(b"AB", 2, 3), b"");
        assert_eq!(characters(b"ABC", 2, 3), b"C");
    }

    #[test]
    fn content_outside_of_the_layout_is_seen() {
        let field = |offset, length| Field { name: Text::default(), offset, length };
        let fields = [field(5, 3), field(3, 2)];
        assert!(!has_more(b"ABCddfff   ", &fields, 3));
        assert!(has_more(b"ABCddfff  x", &fields, 3));
        assert!(has_more(b"ABCddfff", &fields, 2));
        assert!(!has_more(b"ABC", &fields, 3));
    }
}
