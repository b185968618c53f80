//! The values of one segment, as rules ask for them.
//!
//! A path of the channel is an element and a component; the reader keeps the segment's tokens, and
//! [`SegmentFields`] finds the token of a path in them. It also keeps in two sets of bits which tokens a
//! rule has used and which ones the channel lists as of no use: what is in neither is told by
//! [`SegmentFields::left`].

#[cfg(feature = "fixed")]
use ordnorm_chan::table::Field;
use ordnorm_chan::table::{Channel, Path, syntax};

use super::FlatState;
use crate::channel::fire::Fields;
use crate::limits::TOKENS;
use crate::syntax::Raw;
use crate::syntax::segments::{self, Segment, Segments};
use crate::value::charset::Charset;
use crate::value::decimal::Style;
use crate::value::unit;

/// The values of one segment.
pub(super) struct SegmentFields<'b> {
    bytes: &'b [u8],
    reader: &'b Segments,
    /// The message's type.
    kind: Raw,
    /// Tokens that rules have used.
    pub(super) used: u64,
    /// Tokens that are listed as of no use.
    pub(super) ignored: u64,
    /// All of the record is.
    whole: bool,
    /// The record has a layout: its values are no tokens.
    is_special: bool,
    /// Tokens of the pair that is looked at: value and qualifier.
    pub(super) pair: (usize, usize),
    /// Fixed records: the layout.
    #[cfg(feature = "fixed")]
    layout: &'b [Field],
    /// Fixed records: the layout of the record that opens the message.
    #[cfg(feature = "fixed")]
    opening: &'b [Field],
}

impl<'b> SegmentFields<'b> {
    #[inline]
    pub(super) fn new(bytes: &'b [u8], state: &'b FlatState, used: u64) -> Self {
        SegmentFields {
            bytes,
            reader: &state.reader,
            kind: state.kind,
            used,
            ignored: 0,
            whole: false,
            is_special: false,
            pair: (0, 0),
            #[cfg(feature = "fixed")]
            layout: &[],
            #[cfg(feature = "fixed")]
            opening: &[],
        }
    }

    #[inline]
    pub(super) fn segment(&self) -> &'b Segment {
        &self.reader.segment
    }

    /// Fixed records: the fields of the record of this row.
    #[inline]
    #[cfg_attr(not(feature = "fixed"), allow(unused_mut, unused_variables))]
    pub(super) fn laid_out(mut self, row: usize, channel: &Channel<'b>) -> Self {
        #[cfg(feature = "fixed")]
        if self.reader.notation == syntax::FIXED {
            self.lay_out(row, channel);
        }
        self
    }

    #[cfg(feature = "fixed")]
    #[cold]
    fn lay_out(&mut self, row: usize, channel: &Channel<'b>) {
        let layout = |row: Option<usize>| {
            row.and_then(|row| channel.names.get(row)).map_or(&[][..], |name| name.fields.of(channel.fields))
        };
        self.is_special = true;
        self.layout = layout(Some(row));
        self.opening = layout(usize::from(channel.message_first).checked_sub(1));
    }

    /// What the layout does not know is of no use either (`ignore RECORD`).
    pub(super) const fn passes_over(&self) -> bool {
        self.whole
    }

    /// A token with its content.
    pub(super) fn token(&self, index: usize) -> Option<Raw> {
        #[cfg(feature = "fixed")]
        if self.is_special {
            let field = self.layout.get(index.checked_sub(1)?)?;
            let record = super::fixed::record(self.reader, self.bytes);
            return crate::syntax::fixed::value(record, self.segment().start, field, index as u8);
        }
        self.segment().token(index)
    }

    /// The content of a token.
    #[inline]
    fn content(&self, token: usize) -> Option<Raw> {
        let raw = self.segment().content(token)?;
        // Blanks around a value are rare.
        let text = raw.of(self.bytes);
        match (text.first(), text.last()) {
            (Some(first), Some(last)) if *first > b' ' && *last > b' ' && *last != 0xA0 => Some(raw),
            (None, _) => None,
            _ => {
                // X12 is padded with U+00A0 at times.
                let mut raw = raw.trimmed(self.bytes);
                while let Some(shorter) = raw.of(self.bytes).strip_suffix("\u{A0}".as_bytes()) {
                    raw.length = shorter.trim_ascii_end().len() as u32;
                }
                if raw.length == 0 { None } else { Some(raw) }
            }
        }
    }

    /// Values that are no element of the segment: of a pair, of the message, of a record's layout.
    #[cold]
    fn special(&self, path: Path) -> Option<Raw> {
        match path.element {
            Path::PAIR => {
                let token = if path.component == 1 { self.pair.0 } else { self.pair.1 };
                if self.is_special { self.token(token) } else { self.content(token) }
            }
            #[cfg(feature = "fixed")]
            Path::TYPE if self.is_special => {
                let field = self.opening.get(usize::from(path.component).checked_sub(1)?)?;
                let token = TOKENS as u8;
                crate::syntax::fixed::value(self.kind.of(self.bytes), self.kind.at, field, token)
            }
            Path::TYPE => Some(self.kind).filter(|kind| kind.length > 0),
            element => self.token(usize::from(element)),
        }
    }

    /// The last element, or field of the layout.
    pub(super) fn last_element(&self) -> usize {
        #[cfg(feature = "fixed")]
        if self.is_special {
            return self.layout.len();
        }
        self.segment().last_element()
    }

    /// The tokens of an element: first, and behind the last.
    pub(super) fn element(&self, number: usize) -> (usize, usize) {
        if self.is_special { (number, number + 1) } else { self.segment().element(number) }
    }

    /// Tokens with content that nobody asked for.
    #[inline]
    pub(super) fn left(&self) -> u64 {
        self.segment().filled() & !(self.used | self.ignored)
    }
}

impl Fields for SegmentFields<'_> {
    fn bytes(&self) -> &[u8] {
        self.bytes
    }

    #[inline]
    fn get(&self, path: Path) -> Option<Raw> {
        if self.is_special | (path.element > Path::MOST) {
            return self.special(path);
        }
        self.content(self.segment().place(usize::from(path.element), usize::from(path.component))?)
    }

    fn reach(&self, path: Path) -> (u8, u8) {
        let last = (self.last_element() as u8).min(path.element_last);
        let most = if path.component_last == 255 && !self.is_special {
            TOKENS as u8
        } else if self.is_special {
            1
        } else {
            path.component_last
        };
        (last, most)
    }

    #[inline]
    fn used(&mut self, raw: Raw) {
        self.used |= 1 << (raw.token & 63);
    }

    fn ignore(&mut self, path: Path) {
        if path.element == 255 {
            self.ignored |= self.segment().filled();
            self.whole = true;
            return;
        }
        if path.element == Path::PAIR {
            let (value, qualifier) = self.pair;
            self.ignored |= (1u64.checked_shl(value as u32).unwrap_or(0))
                | (1u64.checked_shl(qualifier as u32).unwrap_or(0));
            return;
        }
        #[cfg(feature = "fixed")]
        if self.is_special {
            for element in path.element..=path.element_last.min(TOKENS as u8) {
                self.ignored |= 1u64.checked_shl(u32::from(element)).unwrap_or(0);
            }
            return;
        }
        let (last, most) = self.reach(path);
        for element in path.element..=last {
            let (first, behind) = self.segment().element(usize::from(element));
            let from = first + usize::from(path.component) - 1;
            let to = behind.min(first + usize::from(most));
            for token in from..to {
                self.ignored |= 1u64.checked_shl(token as u32).unwrap_or(0);
            }
        }
    }

    fn unescape(&self, raw: Raw, out: &mut [u8]) -> Option<usize> {
        segments::unescape(raw.of(self.bytes), self.reader.service.release, out)
    }

    fn charset(&self) -> Charset {
        self.reader.charset
    }

    fn style(&self) -> Style {
        if self.reader.notation == syntax::EDIFACT { Style::EITHER } else { Style::POINT }
    }

    fn unit(&self, text: &[u8]) -> Option<(unit::Unit, bool)> {
        if self.reader.notation == syntax::X12 {
            return unit::x12(text).map(|code| (code, code.as_str().as_bytes() == text));
        }
        match unit::by_code(text) {
            Some(code) => Some((code, true)),
            None => unit::edifact_legacy(text).or_else(|| unit::by_word(text)).map(|code| (code, false)),
        }
    }
}
