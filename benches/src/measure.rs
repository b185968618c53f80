//! One pass over a file, as far as one wants to go.
//!
//! Every function gives a number that depends on all the work, and takes what it needs as memory, so that
//! nothing is optimised away and no allocation is timed.

use std::fmt;
use std::hint::black_box;

use ordnorm::chan::table::syntax;
use ordnorm::channel::{Options, Registry};
use ordnorm::normalize::{Memory, Reader};
use ordnorm::order::{Entry, Event, Finding, Order, OrderMemory, Part, Verdict, json};
use ordnorm::syntax::csv::Csv;
use ordnorm::syntax::form::Form;
use ordnorm::syntax::json::{Item, Walker, validate};
use ordnorm::syntax::segments::{Segments, Step};

/// The floor: a table of 256 entries is asked for every byte and the answers are summed. No branch, no
/// state from one byte to the next.
#[inline(never)]
pub fn floor(bytes: &[u8], table: &[u8; 256]) -> u64 {
    let mut sum = 0u64;
    for byte in bytes {
        sum = sum.wrapping_add(u64::from(table[usize::from(*byte)]));
    }
    sum
}

/// A second floor: the same table, but each look-up waits for the one before, as in any reader that
/// decides byte by byte. No branch either.
#[inline(never)]
pub fn chain(bytes: &[u8], table: &[u8; 256]) -> u64 {
    let mut state = 0u8;
    for byte in bytes {
        state = table[usize::from(state ^ *byte)];
    }
    u64::from(state)
}

/// The table of [`floor`] and [`chain`]: bytes that mean something somewhere.
pub fn table() -> [u8; 256] {
    let mut table = [0u8; 256];
    for byte in *b"'+:?{}[]\",;\n\\" {
        table[usize::from(byte)] = 1;
    }
    table
}

/// The EDIFACT reader alone: every token is looked at. How many there were.
#[inline(never)]
pub fn edifact_tokens(bytes: &[u8]) -> u64 {
    tokens(bytes, syntax::EDIFACT)
}

/// The reader of another notation of segments or records alone: every token is looked at.
#[inline(never)]
pub fn tokens(bytes: &[u8], notation: u8) -> u64 {
    let mut reader = Segments::of(notation);
    reader.begin(bytes);
    let mut count = 0;
    while let Ok(Step::Segment) = reader.next_segment(bytes) {
        let mut token = 0;
        while let Some(raw) = reader.segment.token(token) {
            black_box(raw);
            token += 1;
        }
        count += token as u64;
    }
    count
}

/// The JSON reader alone: every document is checked, every item looked at. How many there were.
#[inline(never)]
pub fn json_items(bytes: &[u8]) -> u64 {
    let mut count = 0;
    let mut at = 0;
    while let Ok(end) = validate(bytes, at) {
        let mut walker = Walker::new(at as u32);
        loop {
            match black_box(walker.next(bytes)) {
                Item::End => break,
                Item::Close if walker.depth == 0 => break,
                _ => count += 1,
            }
        }
        at = end;
    }
    count
}

/// The reader of separated values alone: every field is looked at. How many there were.
#[inline(never)]
pub fn csv_fields(bytes: &[u8], separator: u8) -> u64 {
    let mut reader = Csv::new(0, separator, b'"');
    let mut count = 0;
    while let Some(row) = reader.next_row(bytes, |column, field| {
        black_box((column, field));
    }) {
        count += u64::from(row.fields);
    }
    count
}

/// The reader of forms alone: every field is looked at. How many there were.
#[inline(never)]
pub fn form_fields(bytes: &[u8]) -> u64 {
    let mut reader = Form::new(bytes);
    let mut count = 0;
    while let Some(pair) = reader.next_pair(bytes) {
        black_box(pair);
        count += 1;
    }
    count
}

/// Memory for the passes below, taken once.
#[derive(Debug)]
pub struct Room {
    entries: Vec<Entry>,
    findings: Vec<Finding>,
    scratch: Vec<u8>,
    kept: Vec<Entry>,
    parts: Vec<Part>,
    notes: Vec<Finding>,
    texts: Vec<u8>,
}

impl Default for Room {
    fn default() -> Self {
        Room {
            entries: vec![Entry::default(); 512],
            findings: vec![Finding::NONE; 64],
            scratch: vec![0; 16_384],
            kept: vec![Entry::default(); 16_384],
            parts: vec![Part::default(); 2_048],
            notes: vec![Finding::NONE; 256],
            texts: vec![0; 65_536],
        }
    }
}

/// What a pass saw.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Seen {
    /// Orders.
    pub orders: u64,
    /// Orders that were accepted.
    pub accepted: u64,
    /// Lines.
    pub lines: u64,
    /// Values.
    pub entries: u64,
    /// A hash over all of them.
    pub hash: u64,
}

fn mix(hash: u64, entry: &Entry) -> u64 {
    let place = u64::from(entry.at) << 32 | u64::from(entry.length);
    let what = u64::from(entry.field) << 32 | u64::from(entry.nth) << 16 | u64::from(entry.scale);
    (hash.rotate_left(5) ^ entry.value ^ place.rotate_left(17) ^ what).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Reader to canonical records: every value is hashed.
///
/// # Panics
/// No channel knows the file.
#[inline(never)]
pub fn records(bytes: &[u8], room: &mut Room) -> Seen {
    let memory =
        Memory { entries: &mut room.entries, findings: &mut room.findings, scratch: &mut room.scratch };
    let mut reader =
        Reader::new(bytes, Registry::builtin(), Options::default(), memory).expect("a file that is known");
    let mut seen = Seen::default();
    while let Some(event) = reader.next().expect("a file that is known") {
        match event {
            Event::Record(record) => {
                seen.entries += record.entries.len() as u64;
                for entry in record.entries {
                    seen.hash = mix(seen.hash, entry);
                }
            }
            Event::End(end) => {
                seen.orders += 1;
                seen.lines += u64::from(end.lines);
                seen.accepted += u64::from(end.verdict == Verdict::Accepted);
            }
            Event::Begin { .. } | Event::Findings => {}
        }
    }
    seen
}

/// Takes text and forgets it, but for its length and a sum of its bytes' first words.
#[derive(Default)]
struct Sink {
    length: u64,
    hash: u64,
}

impl fmt::Write for Sink {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.length += text.len() as u64;
        self.hash ^= text.as_bytes().first().map_or(0, |b| u64::from(*b));
        black_box(text);
        Ok(())
    }
}

/// Reader to the text of canonical orders; its length.
///
/// # Panics
/// No channel knows the file, or an order is larger than the room.
#[inline(never)]
pub fn text(bytes: &[u8], room: &mut Room) -> u64 {
    let memory =
        Memory { entries: &mut room.entries, findings: &mut room.findings, scratch: &mut room.scratch };
    let mut reader =
        Reader::new(bytes, Registry::builtin(), Options::default(), memory).expect("a file that is known");
    let kept = OrderMemory {
        entries: &mut room.kept,
        parts: &mut room.parts,
        findings: &mut room.notes,
        texts: &mut room.texts,
    };
    let mut order = Order::new(bytes, kept);
    let mut sink = Sink::default();
    while reader.collect(&mut order).expect("a file that is known") {
        assert_eq!(order.full(), None, "room for every order");
        json::write(&order, false, &mut sink).expect("a sink takes everything");
    }
    black_box(sink.hash);
    sink.length
}

/// Does a channel know this file?
pub fn is_known(bytes: &[u8], room: &mut Room) -> bool {
    let memory =
        Memory { entries: &mut room.entries, findings: &mut room.findings, scratch: &mut room.scratch };
    match Reader::new(bytes, Registry::builtin(), Options::default(), memory) {
        Ok(mut reader) => matches!(reader.next(), Ok(Some(_))),
        Err(_) => false,
    }
}
