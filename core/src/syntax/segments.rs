//! Segments: EDIFACT (ISO 9735), ANSI X12, TRADACOMS. One walk reads them all.
//!
//! ```text
//! segment = tag (element-separator element)* terminator
//! element = component (component-separator component)*
//! ```
//!
//! How this works. 64 bytes at a time become one word of bits, a bit for every byte that may be a
//! separator, a release character or a control character; the bits are walked and the end of each token
//! is noted. The tag is token 0. Line breaks between segments are read over, inside a token they are
//! marked and taken out when the token is asked for, as are release characters. To add a special
//! character, touch `Specials` and the walk in [`Segments::next_segment`].
//!
//! Which characters these are is told by the notation: see `edifact.rs` (UNA, UNB), `x12.rs` (ISA),
//! `tradacoms.rs`.
//!
//! A segment has at most [`TOKENS`] tokens and [`SEGMENT_BYTES`] bytes; what is longer is read over up to
//! its terminator and reported.

use ordnorm_chan::table::{pack, pack_at, syntax};

use super::{Raw, SyntaxError, SyntaxErrorKind, raw};
use crate::limits::{ELEMENTS, SEGMENT_BYTES, TOKENS};
use crate::value::charset::Charset;

/// The characters that separate (EDIFACT: UNA, ISO 9735-1 §8; X12: ISA).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Service {
    /// Between components.
    pub component: u8,
    /// Between elements.
    pub element: u8,
    /// Before a character that is no separator; 0 = not in use.
    pub release: u8,
    /// Between repetitions (version 4); 0 = not in use.
    pub repetition: u8,
    /// Behind a segment.
    pub terminator: u8,
    /// Behind a tag (TRADACOMS); 0 = the element separator.
    pub tag: u8,
}

impl Service {
    /// Those that hold where the message says nothing.
    #[must_use]
    pub const fn of(notation: u8) -> Service {
        match notation {
            syntax::X12 => Service {
                component: b'>',
                element: b'*',
                release: 0,
                repetition: 0,
                terminator: b'~',
                tag: 0,
            },
            syntax::TRADACOMS => Service { tag: b'=', ..Service::EDIFACT },
            _ => Service::EDIFACT,
        }
    }

    /// ISO 9735-1 §8.
    pub const EDIFACT: Service =
        Service { component: b':', element: b'+', release: b'?', repetition: 0, terminator: b'\'', tag: 0 };
}

/// Places for tokens and what is behind the last one: one word of bits.
const PLACES: usize = TOKENS + 1;
const MASK: usize = PLACES - 1;

/// One segment: where its tokens stand.
#[derive(Clone, Copy, Debug)]
pub struct Segment {
    /// Offset of its tag.
    pub start: u32,
    /// Offset behind its terminator.
    pub end: u32,
    /// Where each token begins, from `start`; behind the last one, where a next one would.
    begins: [u16; PLACES],
    /// First token of each element; element 0 is the tag. Behind the last one: how many tokens.
    elements: [u8; ELEMENTS],
    /// How many tokens.
    count: u8,
    /// How many elements, the tag among them.
    element_count: u8,
    /// Tokens that hold something.
    filled: u64,
    /// Tokens that need unescaping.
    escaped: u64,
    /// Tokens that begin a repetition of their element.
    repeated: u64,
    /// More tokens than the limit.
    pub overlong: bool,
    /// Fixed records: content that no field of the layout holds.
    pub beyond: bool,
    /// The terminator is missing (end of the message).
    pub unterminated: bool,
}

impl Default for Segment {
    fn default() -> Self {
        Segment {
            start: 0,
            end: 0,
            begins: [0; PLACES],
            elements: [0; ELEMENTS],
            count: 0,
            element_count: 0,
            filled: 0,
            escaped: 0,
            repeated: 0,
            overlong: false,
            beyond: false,
            unterminated: false,
        }
    }
}

impl Segment {
    /// The span of a token.
    #[inline]
    #[must_use]
    pub fn token(&self, index: usize) -> Option<Raw> {
        if index >= usize::from(self.count) {
            return None;
        }
        // `count` is at most `TOKENS`: the masks change nothing, and spare the checks.
        let place = index & MASK;
        let (begin, behind) = (*self.begins.get(place)?, *self.begins.get((place + 1) & MASK)?);
        Some(Raw {
            at: self.start + u32::from(begin),
            length: u32::from(behind.saturating_sub(begin).saturating_sub(1)),
            flags: (self.escaped >> place & 1) as u8 * raw::ESCAPED,
            token: place as u8,
        })
    }

    /// A token that holds something.
    #[inline]
    #[must_use]
    pub fn content(&self, index: usize) -> Option<Raw> {
        if index < PLACES && self.filled >> (index & MASK) & 1 == 1 { self.token(index) } else { None }
    }

    /// The tag as a number.
    #[inline]
    #[must_use]
    pub fn tag(&self, bytes: &[u8]) -> u64 {
        match self.token(0) {
            Some(tag) if tag.flags == 0 => pack_at(bytes, tag.at as usize, tag.length as usize),
            Some(tag) => broken_tag(tag, bytes),
            None => 0,
        }
    }

    /// The tokens of an element (1-based; 0 is the tag): first, and behind the last.
    #[inline]
    #[must_use]
    pub fn element(&self, number: usize) -> (usize, usize) {
        if number >= usize::from(self.element_count) {
            return (0, 0);
        }
        let token = |element: usize| self.elements.get(element).copied().unwrap_or(self.count);
        (usize::from(token(number)), usize::from(token(number + 1)))
    }

    /// A component of an element, both 1-based.
    #[inline]
    #[must_use]
    pub fn component(&self, element: usize, component: usize) -> Option<Raw> {
        self.token(self.place(element, component)?)
    }

    /// The token of a component of an element, both 1-based.
    #[inline]
    #[must_use]
    pub fn place(&self, element: usize, component: usize) -> Option<usize> {
        let (first, behind) = self.element(element);
        let index = first + component.wrapping_sub(1);
        // The components of a repetition are not those of the element (ISO 9735-1 §8.7).
        let repeats = self.repeated != 0 && (first + 1..=index).any(|token| self.begins_repetition(token));
        if index < behind && !repeats { Some(index) } else { None }
    }

    /// How many elements there are, without the tag.
    #[must_use]
    pub fn last_element(&self) -> usize {
        usize::from(self.element_count).saturating_sub(1)
    }

    /// Does a repetition of its element begin with this token?
    #[must_use]
    pub fn begins_repetition(&self, token: usize) -> bool {
        self.repeated >> (token & 63) & 1 == 1
    }

    /// A record that is one token.
    #[cfg(feature = "fixed")]
    pub(super) fn whole(&mut self, start: u32, end: u32, length: usize) {
        (self.start, self.end) = (start, end);
        (self.count, self.element_count) = (1, 1);
        let [first, next, ..] = &mut self.begins;
        (*first, *next) = (0, (length + 1) as u16);
        (self.filled, self.escaped, self.repeated) = (0, 0, 0);
        (self.overlong, self.beyond) = (false, false);
    }

    /// Fixed records: which fields of its layout hold something, and whether anything else does.
    #[cfg(feature = "fixed")]
    pub fn lay_out(&mut self, filled: u64, beyond: bool) {
        (self.filled, self.beyond) = (filled, beyond);
    }

    /// The byte behind the tag.
    #[must_use]
    pub fn behind_tag(&self, bytes: &[u8]) -> Option<u8> {
        let tag = self.token(0)?;
        bytes.get((tag.at + tag.length) as usize).copied()
    }

    /// Bits of the tokens that hold something, without the tag.
    #[inline]
    #[must_use]
    pub fn filled(&self) -> u64 {
        self.filled & !1
    }
}

/// A gateway may have broken a tag into two lines.
#[cold]
fn broken_tag(tag: Raw, bytes: &[u8]) -> u64 {
    let mut buffer = [0u8; 8];
    let length = unescape(tag.of(bytes), 0, &mut buffer).unwrap_or(0);
    pack(buffer.get(..length).unwrap_or(&[]).trim_ascii())
}

/// What the reader gives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// A segment; it stands in [`Segments::segment`].
    Segment,
    /// The end of the bytes.
    End,
}

/// The reader: a cursor without a borrow, so that it can rest anywhere.
#[derive(Clone, Copy, Debug)]
pub struct Segments {
    /// The notation: one of [`syntax`].
    pub notation: u8,
    /// The segment that was read last.
    pub segment: Segment,
    /// The service characters in force.
    pub service: Service,
    /// The character set in force.
    pub charset: Charset,
    /// EDIFACT: the repetition separator that a UNA names; it counts from syntax version 4 on.
    pub(super) advised: Option<u8>,
    /// EDIFACT: the UNA belongs to the interchange that comes next.
    pub(super) fresh: bool,
    /// Where the next segment begins.
    pub(super) at: u32,
    /// The block whose bits are kept, and those of its bits that are not walked yet.
    block: u32,
    bits: u64,
    /// Fixed records: characters of each one where no line breaks stand between them, 0 = lines.
    #[cfg(feature = "fixed")]
    pub(super) block_length: u16,
    /// Bytes that belong to no segment were read over: where, how many.
    pub skipped: (u32, u32),
}

impl Default for Segments {
    fn default() -> Self {
        Segments::of(syntax::EDIFACT)
    }
}

impl Segments {
    /// A reader of a notation, at the begin of the bytes, with the notation's usual characters.
    #[must_use]
    pub fn of(notation: u8) -> Segments {
        Segments {
            notation,
            segment: Segment::default(),
            service: Service::of(notation),
            charset: Charset::Ascii,
            advised: None,
            fresh: false,
            at: 0,
            block: u32::MAX,
            bits: 0,
            #[cfg(feature = "fixed")]
            block_length: 0,
            skipped: (0, 0),
        }
    }
}

/// How a segment ends.
struct Ending {
    /// Behind its last token.
    at: usize,
    /// Where the next one may begin.
    behind: usize,
    /// There is a terminator.
    terminated: bool,
    /// A release character is the last byte of all.
    released: bool,
}

/// The characters that the walk stops at.
#[derive(Clone, Copy)]
struct Specials([u8; 5]);

impl Specials {
    #[inline]
    fn new(s: &Service) -> Specials {
        // A character that is not in use stands for the terminator once more.
        let used = |c: u8| if c == 0 { s.terminator } else { c };
        // TRADACOMS has a tag separator and no repetitions.
        let fifth = if s.tag == 0 { s.repetition } else { s.tag };
        Specials([s.component, s.element, s.terminator, used(s.release), used(fifth)])
    }

    /// The bits of the 64 bytes from `begin` on.
    #[inline]
    fn load(&self, bytes: &[u8], begin: usize) -> u64 {
        let rest = bytes.get(begin..).unwrap_or(&[]);
        match rest.first_chunk::<64>() {
            Some(block) => self.block(block),
            None => self.load_last(rest),
        }
    }

    /// Behind the end stand letters, which are nothing special.
    #[cold]
    fn load_last(&self, rest: &[u8]) -> u64 {
        let filler = (b'A'..=b'F').find(|letter| !self.0.contains(letter)).unwrap_or(b' ');
        let mut padded = [filler; 64];
        if let Some(front) = padded.get_mut(..rest.len()) {
            front.copy_from_slice(rest);
        }
        self.block(&padded)
    }

    /// One bit for each of 64 bytes that is special or a control character.
    ///
    /// A function of its own: inlined into the walk, its first loop would not become vector compares.
    #[inline(never)]
    fn block(&self, block: &[u8; 64]) -> u64 {
        let [a, b, c, d, e] = self.0;
        let mut marks = [0u8; 64];
        for (mark, x) in marks.iter_mut().zip(block) {
            *mark = u8::from((*x == a) | (*x == b) | (*x == c) | (*x == d) | (*x == e) | (*x < 0x20));
        }
        let mut bits = 0u64;
        let mut shift = 0;
        let mut rest: &[u8] = &marks;
        while let Some((chunk, tail)) = rest.split_first_chunk::<8>() {
            // The multiplication gathers eight marks in the top byte.
            bits |= (u64::from_le_bytes(*chunk).wrapping_mul(0x0102_0408_1020_4080) >> 56) << shift;
            shift += 8;
            rest = tail;
        }
        bits
    }
}

impl Segments {
    /// Offset of what comes next.
    #[must_use]
    pub const fn position(&self) -> u32 {
        self.at
    }

    /// Goes to an offset, which must be the begin of a segment.
    pub fn seek(&mut self, at: u32) {
        self.at = at;
        self.block = u32::MAX;
    }

    /// Takes service characters that stand between messages into force (UNA, ISA): `true` where some do.
    pub fn begin(&mut self, bytes: &[u8]) -> bool {
        match self.notation {
            syntax::X12 if cfg!(feature = "x12") => self.read_isa(bytes),
            syntax::EDIFACT => {
                let advised = self.read_una(bytes);
                if !advised {
                    self.read_usual(bytes);
                }
                advised
            }
            _ => false,
        }
    }

    /// Reads the next segment into [`Segments::segment`].
    ///
    /// # Errors
    /// The text ends with a release character, or a segment is longer than its limit; the reader stands
    /// behind it then and can go on.
    pub fn next_segment(&mut self, bytes: &[u8]) -> Result<Step, SyntaxError> {
        #[cfg(feature = "fixed")]
        if self.notation == syntax::FIXED {
            return self.next_record(bytes);
        }
        let Some(start) = self.skip_to_segment(bytes) else { return Ok(Step::End) };
        let specials = Specials::new(&self.service);
        // Everything that the walk touches is local, so that it can stay in registers.
        let Service { component, element, release, repetition, terminator, tag } = self.service;
        let mut block = self.block as usize;
        let mut bits = self.bits;
        if block != start & !63 {
            block = start & !63;
            bits = specials.load(bytes, block);
        }
        bits &= u64::MAX << (start & 63);
        let Segment { begins, elements, .. } = &mut self.segment;
        // The tag is element 0.
        let (mut count, mut element_count, mut begin) = (0usize, 1usize, start);
        let (mut filled, mut escaped, mut repeated) = (0u64, 0u64, 0u64);
        // Where the last token that has a place ends, if there are more.
        let mut cut = usize::MAX;
        let ending = loop {
            while bits == 0 {
                block += 64;
                if block >= bytes.len() {
                    break;
                }
                bits = specials.load(bytes, block);
            }
            if bits == 0 {
                let end = start + bytes.get(start..).unwrap_or(&[]).trim_ascii_end().len();
                break Ending { at: end, behind: bytes.len(), terminated: false, released: false };
            }
            let at = block + bits.trailing_zeros() as usize;
            bits &= bits.wrapping_sub(1);
            let byte = bytes.get(at).copied().unwrap_or(0);
            let opens_element = byte == element;
            if byte == component || opens_element {
                filled |= u64::from(at > begin) << (count & MASK);
                begin = at + 1;
                match (begins.get_mut(count + 1), elements.get_mut(element_count)) {
                    (Some(next), Some(first)) if count + 1 < TOKENS => {
                        *next = (begin - start) as u16;
                        count += 1;
                        // Written for every token, kept only where an element begins: no branch.
                        *first = count as u8;
                        element_count += usize::from(opens_element);
                    }
                    _ => cut = cut.min(at),
                }
            } else if byte == terminator {
                break Ending { at, behind: at + 1, terminated: true, released: false };
            } else if byte == release && release != 0 {
                // The character behind it is data, whatever it is (ISO 9735-1 §10.2).
                let data = at + 1;
                if data >= bytes.len() {
                    break Ending { at, behind: bytes.len(), terminated: true, released: true };
                }
                escaped |= 1 << (count & MASK);
                if data & !63 != block {
                    block = data & !63;
                    bits = specials.load(bytes, block);
                }
                bits &= !(1u64 << (data & 63));
            } else if byte == repetition && repetition != 0 {
                filled |= u64::from(at > begin) << (count & MASK);
                begin = at + 1;
                match begins.get_mut(count + 1) {
                    Some(next) if count + 1 < TOKENS => {
                        *next = (begin - start) as u16;
                        count += 1;
                        repeated |= 1 << count;
                    }
                    _ => cut = cut.min(at),
                }
            } else if cfg!(feature = "tradacoms") && byte == tag && tag != 0 {
                // Behind the tag only; further ones are data.
                if element_count == 1 && count == 0 {
                    filled |= u64::from(at > begin);
                    begin = at + 1;
                    if let (Some(next), Some(first)) = (begins.get_mut(1), elements.get_mut(1)) {
                        *next = (begin - start) as u16;
                        (count, *first, element_count) = (1, 1, 2);
                    }
                }
            } else {
                // A control character: mostly a line break that some gateway has put in.
                escaped |= 1 << (count & MASK);
            }
        };
        let Ending { at, behind, terminated, released } = ending;
        let last = at.min(cut);
        if let Some(next) = begins.get_mut(count + 1) {
            *next = (last + 1 - start) as u16;
        }
        filled |= u64::from(last > begin) << (count & MASK);
        count += 1;
        if let Some(behind) = elements.get_mut(element_count) {
            *behind = count as u8;
        }
        let s = &mut self.segment;
        (s.start, s.end) = (start as u32, behind as u32);
        (s.filled, s.escaped, s.repeated) = (filled, escaped, repeated);
        (s.count, s.element_count) = (count as u8, element_count as u8);
        (s.overlong, s.unterminated) = (cut < at, !terminated);
        (self.block, self.bits, self.at) = (block as u32, bits, behind as u32);
        if at - start > SEGMENT_BYTES {
            return Err(SyntaxError { kind: SyntaxErrorKind::TooLong, at: start as u32 });
        }
        if released {
            return Err(SyntaxError { kind: SyntaxErrorKind::UnexpectedEnd, at: at as u32 });
        }
        Ok(Step::Segment)
    }

    /// Skips what stands between segments; the offset of the next tag, or `None` at the end.
    ///
    /// Line breaks are nothing to speak of; other control characters, blanks and stray terminators are
    /// noted in [`Segments::skipped`].
    #[inline]
    pub(super) fn skip_to_segment(&mut self, bytes: &[u8]) -> Option<usize> {
        let at = self.at as usize;
        match bytes.get(at) {
            Some(byte) if byte.is_ascii_uppercase() => Some(at),
            None => None,
            Some(_) => self.skip_noise(bytes, at),
        }
    }

    #[cold]
    fn skip_noise(&mut self, bytes: &[u8], from: usize) -> Option<usize> {
        let mut at = from;
        while let Some(byte) = bytes.get(at) {
            let noise = match byte {
                b'\r' | b'\n' => false,
                // Segments are indented at times.
                b' ' | b'\t' if self.notation != syntax::EDIFACT => false,
                0..=0x20 | 0x7F => true,
                _ if *byte == self.service.terminator || *byte == b'\'' => true,
                0xEF if bytes.get(at..at + 3) == Some(b"\xEF\xBB\xBF") => {
                    at += 3;
                    continue;
                }
                // The rest of a terminator of several bytes.
                0x80..=0xBF if self.service.terminator >= 0xC2 => {
                    at += 1;
                    continue;
                }
                // A comment, up to the end of its line.
                b'/' if self.notation == syntax::X12 && bytes.get(at + 1) == Some(&b'/') => {
                    let rest = bytes.get(at..).unwrap_or(&[]);
                    let length = rest.iter().position(|b| matches!(b, b'\r' | b'\n')).unwrap_or(rest.len());
                    if self.skipped.1 == 0 {
                        self.skipped.0 = at as u32;
                    }
                    at += length;
                    self.skipped.1 = at as u32 - self.skipped.0;
                    continue;
                }
                _ => break,
            };
            if noise {
                if self.skipped.1 == 0 {
                    self.skipped.0 = at as u32;
                }
                self.skipped.1 = (at + 1) as u32 - self.skipped.0;
            }
            at += 1;
        }
        self.at = at as u32;
        if at < bytes.len() { Some(at) } else { None }
    }
}

/// Takes release characters and line breaks out of a token; returns the length.
///
/// `None`: the room is too small.
#[must_use]
pub fn unescape(token: &[u8], release: u8, out: &mut [u8]) -> Option<usize> {
    let mut length = 0;
    let mut rest = token.iter();
    while let Some(byte) = rest.next() {
        let byte = match byte {
            b'\r' | b'\n' => continue,
            _ if *byte == release && release != 0 => match rest.next() {
                Some(byte) => byte,
                None => break,
            },
            _ => byte,
        };
        *out.get_mut(length)? = *byte;
        length += 1;
    }
    Some(length)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use std::string::String;
    use std::vec::Vec;

    fn read(text: &str) -> Vec<Vec<Vec<String>>> {
        let mut reader = Segments::default();
        let bytes = text.as_bytes();
        let mut all = Vec::new();
        while reader.next_segment(bytes).unwrap() == Step::Segment {
            let s = reader.segment;
            let mut elements = Vec::new();
            for e in 0..=s.last_element() {
                let (first, behind) = s.element(e);
                let tokens = (first..behind).map(|t| {
                    let mut out = [0u8; 256];
                    let n =
                        unescape(s.token(t).unwrap().of(bytes), reader.service.release, &mut out).unwrap();
                    String::from_utf8_lossy(&out[..n]).into_owned()
                });
                elements.push(tokens.collect());
            }
            all.push(elements);
        }
        all
    }

    #[test]
    fn elements_components_and_releases() {
        assert_eq!(read("FTX+AAI+++10?+10=20'"), [[["FTX"], ["AAI"], [""], [""], ["10+10=20"]]]);
        assert_eq!(read("A+a??'B+b???'c'")[0][1], ["a?"]);
        assert_eq!(read("A+a??'B+b???'c'")[1][1], ["b?'c"]);
        assert_eq!(read("DTM+2:20:102'\r\nQTY+1'")[0][1], ["2", "20", "102"]);
    }

    #[test]
    fn long_segments_cross_blocks() {
        let text = std::format!("FTX+AAI+++{}:{}'LIN+1'", "x".repeat(100), "y".repeat(60));
        let got = read(&text);
        assert_eq!(got[0][4][0].len(), 100);
        assert_eq!(got[0][4][1].len(), 60);
        assert_eq!(got[1][0][0], "LIN");
    }

    #[test]
    fn a_release_at_the_end_is_an_error() {
        let mut reader = Segments::default();
        let error = reader.next_segment(b"BGM+a?").unwrap_err();
        assert_eq!((error.kind, error.at), (SyntaxErrorKind::UnexpectedEnd, 5));
    }
}
