//! What is wrong with a message, in words, and where.

use std::fmt::Write as _;

use ordnorm::chan::table::syntax;
use ordnorm::channel::{Registry, detect};
use ordnorm::normalize::{Error, ErrorKind};
use ordnorm::value::charset;

/// What files begin with that hold no order in any notation.
const KNOWN: [(&[u8], &str); 13] = [
    (b"\x89PNG", "a PNG image"),
    (b"\xFF\xD8\xFF", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"BM", "a BMP image"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive (Excel and Word files are such archives; save a table as CSV)"),
    (b"\x1F\x8B", "a gzip archive; unpack it first"),
    (b"\xD0\xCF\x11\xE0", "an old Excel, Word or Outlook file; save a table as CSV"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7FELF", "a program"),
    (b"SQLite format 3", "a database"),
];

/// `NAME: what (byte N, line L, column C)`.
pub fn message(name: &str, bytes: &[u8], error: Error, wanted: Option<&str>) -> String {
    let mut out = format!("{name}: ");
    match (error.kind, wanted) {
        (ErrorKind::NotRecognised | ErrorKind::Ambiguous, _) if kind_of(bytes).is_some() => {
            let _ = write!(out, "this is {}, not an order message", kind_of(bytes).unwrap_or(""));
        }
        (ErrorKind::Empty, _) if bytes.iter().any(|b| !b.is_ascii_whitespace()) => {
            out.push_str("there is no readable character in it");
        }
        (ErrorKind::NotRecognised, Some(channel)) => {
            let _ = write!(out, "this is not a message that the channel {channel} reads");
        }
        (ErrorKind::NotRecognised, None) => {
            let _ = write!(out, "{}; {}", error.kind.text(), looks(bytes));
        }
        (ErrorKind::Ambiguous, _) => {
            let _ = write!(out, "{}; --detect shows them, --channel NAME decides", error.kind.text());
        }
        (ErrorKind::Malformed, _) if error.at as usize >= bytes.len() => {
            out.push_str("the message is cut short");
        }
        (kind, _) => out.push_str(kind.text()),
    }
    let _ = write!(out, " ({})", place(bytes, error.at as usize));
    out
}

/// `byte N`, and in texts line and column.
pub fn place(bytes: &[u8], at: usize) -> String {
    let mut out = format!("byte {at}");
    if is_text(bytes) {
        let before = bytes.get(..at).unwrap_or(bytes);
        let line = before.iter().filter(|b| **b == b'\n').count() + 1;
        let from = before.iter().rposition(|b| *b == b'\n').map_or(0, |p| p + 1);
        let column = String::from_utf8_lossy(before.get(from..).unwrap_or(&[])).chars().count() + 1;
        let _ = write!(out, ", line {line}, column {column}");
    }
    out
}

/// How much of a message is looked at to tell what it is.
const LOOK: usize = 4096;

fn is_text(bytes: &[u8]) -> bool {
    let begin = bytes.get(..LOOK).unwrap_or(bytes);
    !begin.iter().any(|b| matches!(b, 0..=8 | 0xE..=0x1B))
}

fn kind_of(bytes: &[u8]) -> Option<&'static str> {
    KNOWN
        .iter()
        .find(|(begin, _)| bytes.starts_with(begin) && !(*begin == b"BM" && is_text(bytes)))
        .map(|(_, kind)| *kind)
}

/// What an unknown message looks like, and what can be done.
fn looks(bytes: &[u8]) -> &'static str {
    if !is_text(bytes) && charset::from_bom(bytes).is_none() {
        return "it is binary data";
    }
    match detect::notation(bytes) {
        Some(syntax::JSON) => "it looks like JSON, see --detect",
        Some(syntax::EDIFACT) => "it looks like EDIFACT, see --detect",
        _ => "if it is a table, --detect shows which columns are missing",
    }
}

/// A channel that is not there.
pub fn channel(name: &str, registry: &Registry<'_>) -> String {
    let mut out = format!("--channel {name}: there is no such channel");
    let near = |other: &str| {
        other.contains(name) || name.contains(other) || common(other, name) * 3 >= name.len() * 2
    };
    match registry.iter().find(|c| near(c.name)) {
        Some(channel) => {
            let _ = write!(out, "; did you mean {}?", channel.name);
        }
        None => out.push_str("; --list names them"),
    }
    out
}

/// Letters that two names have in common at their begin and end.
fn common(a: &str, b: &str) -> usize {
    let begin = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
    let end = a.bytes().rev().zip(b.bytes().rev()).take_while(|(x, y)| x == y).count();
    (begin + end).min(a.len()).min(b.len())
}

/// A locale that is not known.
pub fn locale(name: &str) -> String {
    format!(
        "--locale {name}: this locale is not known; it is a language and a country, such as de-DE or en-US"
    )
}
