//! A message cut into the rows that a person reads: segments, rows of a table, members of JSON.

use ordnorm::chan::table::syntax;
use ordnorm::channel::detect::notation;
use ordnorm::syntax::segments::{Segments, Step};

/// A row.
pub struct Row {
    /// Its number as an editor counts it, or the number of the segment.
    pub number: usize,
    /// First byte.
    pub start: usize,
    /// Behind its last byte.
    pub end: usize,
    /// Columns that it is moved to the right.
    pub indent: usize,
    /// Content begins here: in front of it stand names.
    content: usize,
}

impl Row {
    /// May the byte be content?
    pub fn is_content(&self, at: usize) -> bool {
        at >= self.content
    }
}

/// Lines longer than this are no reading matter.
const LONG: usize = 160;

/// Cuts a message.
pub fn split(bytes: &[u8]) -> Vec<Row> {
    match notation(bytes) {
        Some(syntax::EDIFACT) => segments(bytes),
        Some(syntax::JSON) if bytes.split(|b| *b == b'\n').any(|line| line.len() > LONG) => members(bytes),
        Some(syntax::JSON) => lines(bytes, true),
        _ => lines(bytes, false),
    }
}

fn lines(bytes: &[u8], json: bool) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut start = 0;
    for (index, line) in bytes.split_inclusive(|b| *b == b'\n').enumerate() {
        let end = start + line.len();
        let kept =
            start + line.strip_suffix(b"\n").map_or(line, |l| l.strip_suffix(b"\r").unwrap_or(l)).len();
        let content = match json {
            true => start + value_of(line),
            // The header holds names.
            false if index == 0 => end,
            false => start,
        };
        if !line.trim_ascii().is_empty() {
            rows.push(Row { number: index + 1, start, end: kept.max(start), indent: 0, content });
        }
        start = end;
    }
    rows
}

/// Where the value begins in a line `"name": value`.
fn value_of(line: &[u8]) -> usize {
    let Some(open) = line.iter().position(|b| !b.is_ascii_whitespace()) else { return 0 };
    if line.get(open) != Some(&b'"') {
        return 0;
    }
    let mut escaped = false;
    for (place, byte) in line.iter().enumerate().skip(open + 1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => {
                let rest = line.get(place + 1..).unwrap_or(&[]);
                let named = rest.trim_ascii_start().first() == Some(&b':');
                return if named { place + 1 } else { 0 };
            }
            _ => {}
        }
    }
    0
}

/// JSON without line breaks: one member a row.
fn members(bytes: &[u8]) -> Vec<Row> {
    let mut rows = Vec::new();
    let (mut start, mut depth, mut in_string, mut escaped) = (0, 0usize, false, false);
    let mut cut = |start: &mut usize, end: usize, depth: usize| {
        let line = bytes.get(*start..end).unwrap_or(&[]);
        if line.iter().any(|b| !b.is_ascii_whitespace()) {
            let skipped = line.len() - line.trim_ascii_start().len();
            let kept = line.trim_ascii();
            let from = *start + skipped;
            let number = rows.len() + 1;
            rows.push(Row {
                number,
                start: from,
                end: from + kept.len(),
                indent: 2 * depth,
                content: from + value_of(kept),
            });
        }
        *start = end;
    };
    for (place, byte) in bytes.iter().enumerate() {
        if in_string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_string = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_string = true,
            b'{' | b'[' => {
                cut(&mut start, place + 1, depth);
                depth += 1;
            }
            b',' => cut(&mut start, place + 1, depth),
            b'}' | b']' => {
                cut(&mut start, place, depth);
                depth = depth.saturating_sub(1);
                // What follows the bracket is cut with it.
                cut(&mut start, place + 1, depth);
            }
            _ => {}
        }
    }
    cut(&mut start, bytes.len(), depth);
    // A comma behind a bracket stands in its row.
    let mut joined: Vec<Row> = Vec::with_capacity(rows.len());
    for row in rows {
        match joined.last_mut() {
            Some(last) if bytes.get(row.start..row.end) == Some(b",") => last.end = row.end,
            _ => joined.push(Row { number: joined.len() + 1, ..row }),
        }
    }
    joined
}

/// One segment a row; what stands between two of them belongs to the second.
fn segments(bytes: &[u8]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut reader = Segments::default();
    let mut seen = 0;
    loop {
        reader.read_una(bytes);
        let end = match reader.next_segment(bytes) {
            Ok(Step::Segment) => reader.segment.end as usize,
            Ok(Step::End) => break,
            // A segment that is too long, or the rest.
            Err(_) => reader.position() as usize,
        };
        if end <= seen {
            break;
        }
        push(bytes, seen, end, &mut rows);
        seen = end;
    }
    push(bytes, seen, bytes.len(), &mut rows);
    rows
}

/// Bytes of a service string advice.
const UNA: usize = 9;

fn push(bytes: &[u8], from: usize, to: usize, rows: &mut Vec<Row>) {
    let mut from = from;
    let begin = bytes.get(from..to).unwrap_or(&[]);
    let advice = from + begin.len() - begin.trim_ascii_start().len();
    if begin.trim_ascii_start().starts_with(b"UNA") && advice + UNA < to {
        rows.push(Row {
            number: rows.len() + 1,
            start: advice,
            end: advice + UNA,
            indent: 0,
            content: usize::MAX,
        });
        from = advice + UNA;
    }
    let row = bytes.get(from..to).unwrap_or(&[]);
    let blank = row.len() - row.trim_ascii_start().len();
    if blank == row.len() {
        return;
    }
    let start = from + blank;
    let end = start + row.trim_ascii().len();
    let content = if row.get(blank..).is_some_and(|r| r.starts_with(b"UNA")) { end } else { start + 3 };
    rows.push(Row { number: rows.len() + 1, start, end, indent: 0, content });
}
