//! `--explain`: the message as its reader saw it.
//!
//! The orders are read first; each value is a mark on the bytes that it came from. Then the message is
//! shown row by row (a segment, a row, a member of JSON), long rows folded: the bytes, below them a line
//! under those that were used, below that the fields, each beginning where its bytes begin. Findings stand
//! below the row that they are about. All of it can be read without colours.
//!
//! What no rule used is counted by the reader; it tells where the first of it stands, and where the gravest
//! of it do. Those places are marked with `???`.

mod rows;

use std::fmt::Write as _;
use std::io::Write as _;

use anstyle::{AnsiColor, Style};
use ordnorm::channel::{Options, Registry};
use ordnorm::normalize::Error;
use ordnorm::order::vocabulary::{self, field, finding, word};
use ordnorm::order::{
    End, Entry, Event, Finding, RecordKind, Shown, Texts, Verdict, kind, origin, unpack_ascii,
};
use unicode_width::UnicodeWidthChar;

use crate::input::Input;
use crate::progress::Progress;
use crate::reading::{Fault, Lent, Trail};
use crate::{ACCEPTED, REVIEW, complain, detect, wrong};
use rows::Row;

const DIM: Style = Style::new().dimmed();
const BOLD: Style = Style::new().bold();
const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default();
const INFO: Style = AnsiColor::Blue.on_default();
/// Neighbours have different colours.
const COLOURS: [Style; 4] = [
    AnsiColor::Cyan.on_default(),
    AnsiColor::Green.on_default(),
    AnsiColor::Magenta.on_default(),
    AnsiColor::Yellow.on_default(),
];

/// A longer message is nothing to look at.
const MOST: usize = 64 << 20;
/// Columns of the margin.
const MARGIN: usize = 17;
/// The most folded pieces of a row in which nothing was used.
const UNUSED: usize = 3;
/// The most characters of a value that are shown beside its field.
const VALUE: usize = 48;

/// A value of an order and the bytes that it came from.
struct Mark {
    at: usize,
    length: usize,
    label: String,
}

/// An order that was read.
struct Heading {
    /// Where its first value stands.
    at: usize,
    channel: String,
    kind: String,
    number: String,
    /// Why it is not an order.
    reason: String,
    /// It says that it is a test or a copy.
    apart: Option<&'static str>,
    /// The finding that says that it is not whole.
    broken: Option<u16>,
    end: Option<End>,
    /// Values that do not stand in the message.
    constants: Vec<String>,
    /// Findings without a place.
    notes: Vec<(String, u8)>,
}

/// What is shown.
#[derive(Default)]
struct Picture {
    marks: Vec<Mark>,
    headings: Vec<Heading>,
    /// Where each line begins, and its number.
    lines: Vec<(usize, u32)>,
    findings: Vec<(usize, usize, String, u8)>,
    /// Content that no rule used, as far as its places are known.
    unknown: Vec<(usize, usize)>,
}

/// Shows a message; the exit code.
pub fn show(name: &str, input: &Input, registry: &Registry<'_>, options: &Options<'_>) -> u8 {
    // Values of UTF-16 have no place of their own: what is shown is the text that the reader reads.
    let decoded = detect::decode(input.bytes());
    let message = decoded.as_deref().unwrap_or(input.bytes());
    if message.len() > MOST {
        return complain(&format!("{name}: --explain shows messages of at most 64 MiB (byte {MOST})"));
    }
    let mut picture = Picture::default();
    let wrong = std::cell::Cell::new(ACCEPTED);
    let refused = |error| wrong.set(complain(&wrong::message(name, message, error, options.channel)));
    let read = read(message, registry, options, &mut picture, &refused);
    if !picture.headings.is_empty() {
        let title = match decoded {
            Some(_) => format!("{name} (UTF-16, shown as UTF-8)"),
            None => name.to_owned(),
        };
        let text = draw(&title, message, &mut picture);
        let _ = anstream::stdout().write_all(text.as_bytes());
    }
    match read {
        Err(Fault::Message(error)) => refused(error),
        Err(Fault::Output(error)) => return complain(&format!("standard output: {error}")),
        Ok(()) if picture.headings.is_empty() && wrong.get() == ACCEPTED => {
            return complain(&format!("{name}: there is no message in it (byte 0)"));
        }
        Ok(()) => {}
    }
    let accepted = |h: &Heading| h.end.is_some_and(|end| end.verdict == Verdict::Accepted);
    let worst = if picture.headings.iter().all(accepted) { ACCEPTED } else { REVIEW };
    worst.max(wrong.get())
}

fn read(
    message: &[u8],
    registry: &Registry<'_>,
    options: &Options<'_>,
    picture: &mut Picture,
    refused: &dyn Fn(Error),
) -> Result<(), Fault> {
    let mut lent = Lent::new(message);
    let mut trail = Trail::new(message, *registry, *options, &mut lent, refused)?;
    let mut draw = |event: &Event<'_>, findings: &[Finding]| {
        picture.event(event);
        for finding in findings {
            picture.finding(finding, message);
        }
        Ok(())
    };
    while trail.order(&mut Progress::new(0), &mut draw)? {}
    Ok(())
}

impl Picture {
    fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Begin { channel } => self.headings.push(Heading {
                at: usize::MAX,
                channel: (*channel).to_owned(),
                kind: String::new(),
                number: String::new(),
                reason: String::new(),
                apart: None,
                broken: None,
                end: None,
                constants: Vec::new(),
                notes: Vec::new(),
            }),
            Event::Record(record) => {
                let mut first = usize::MAX;
                for entry in record.entries {
                    self.value(entry, &record.texts);
                    // The envelope's values stand in front of the first order of several.
                    let envelope =
                        (field::MESSAGE_INTERCHANGE..=field::MESSAGE_SUBJECT).contains(&entry.field);
                    if entry.length > 0 && !envelope {
                        first = first.min(entry.at as usize);
                    }
                }
                if record.kind == RecordKind::Line && first < usize::MAX {
                    self.lines.push((first, record.line));
                }
                if let Some(heading) = self.headings.last_mut() {
                    heading.at = heading.at.min(first);
                }
            }
            Event::End(end) => {
                if let Some(first) = end.first_at.filter(|_| end.unknown > 0) {
                    self.unknown.push((first as usize, 0));
                }
                if let Some(heading) = self.headings.last_mut() {
                    heading.end = Some(*end);
                }
            }
            Event::Findings => {}
        }
    }

    fn value(&mut self, entry: &Entry, texts: &Texts<'_>) {
        let name = vocabulary::name(entry.field);
        let value = value_text(entry, texts);
        if let Some(heading) = self.headings.last_mut() {
            match entry.field {
                field::ORDER_KIND => heading.kind.clone_from(&value),
                field::ORDER_NUMBER if heading.number.is_empty() => heading.number.clone_from(&value),
                field::ORDER_REASON => heading.reason.clone_from(&value),
                field::MESSAGE_TEST if entry.value != 0 => heading.apart = Some("it is a test"),
                field::ORDER_COPY => heading.apart = Some("it is a copy"),
                _ => {}
            }
            if entry.length == 0 {
                let mut note = format!("{name} = {value}");
                if matches!(entry.origin, origin::GUESSED | origin::DEFAULTED | origin::INHERITED) {
                    let _ = write!(note, " ({})", origin::name(entry.origin));
                }
                if !heading.constants.contains(&note) {
                    heading.constants.push(note);
                }
                return;
            }
        }
        let at = entry.at as usize;
        let length = entry.length as usize;
        let written = texts.message.get(at..at + length).unwrap_or(&[]);
        let mut label = name.to_owned();
        if written != value.as_bytes() {
            let short: String = value.chars().take(VALUE).collect();
            let more = if short.len() < value.len() { "…" } else { "" };
            let _ = write!(label, " = {}{more}", short.replace(char::is_control, " "));
        }
        if matches!(entry.origin, origin::GUESSED | origin::DEFAULTED | origin::INHERITED) {
            let _ = write!(label, " ({})", origin::name(entry.origin));
        }
        // Several values of the same bytes share a line.
        match self.marks.iter_mut().rev().take(16).find(|m| (m.at, m.length) == (at, length)) {
            Some(mark) => {
                if !mark.label.split(", ").any(|part| part == label) {
                    let _ = write!(mark.label, ", {label}");
                }
            }
            None => self.marks.push(Mark { at, length, label }),
        }
    }

    fn finding(&mut self, finding: &Finding, message: &[u8]) {
        let mut text = format!("{}: ", vocabulary::finding_name(finding.code));
        match finding.field {
            0 => {}
            ordnorm::check::LINES => text.push_str("lines: "),
            number => {
                let _ = write!(text, "{}: ", vocabulary::name(number));
            }
        }
        text.push_str(vocabulary::finding_text(finding.code));
        let two = [finding::AMBIGUOUS_DATE, finding::AMBIGUOUS_DECIMAL].contains(&finding.code);
        let words = if two { [" one is", " the other"] } else { [" expected", " found"] };
        for (word, shown) in words.into_iter().zip([&finding.expected, &finding.found]) {
            if shown.kind != 0 {
                let _ = write!(text, ",{word} {}", shown_text(shown, message));
            }
        }
        let (at, length) = (finding.at as usize, finding.length as usize);
        if finding.code == finding::UNMAPPED_CONTENT {
            self.unknown.push((at, length));
        }
        if matches!(finding.code, finding::TRUNCATED | finding::MALFORMED) {
            if let Some(heading) = self.headings.last_mut() {
                heading.broken = heading.broken.or(Some(finding.code));
            }
        }
        let _ = write!(text, " (byte {at})");
        if at == 0 && length == 0 {
            if finding.line > 0 {
                if let Some((at, _)) = self.lines.iter().rev().find(|(_, number)| *number == finding.line) {
                    self.findings.push((*at, 0, text.replace(" (byte 0)", ""), finding.severity));
                    return;
                }
                let _ = write!(text, ", line {}", finding.line);
            }
            let text = text.replace(" (byte 0)", "");
            if let Some(heading) = self.headings.last_mut() {
                heading.notes.push((text, finding.severity));
            }
            return;
        }
        self.findings.push((at, length, text, finding.severity));
    }
}

fn severity(severity: u8) -> (&'static str, Style) {
    match severity {
        0 => ("info", INFO),
        1 => ("warning", WARNING),
        _ => ("ERROR", ERROR),
    }
}

/// A value as canonical JSON would show it.
fn value_text(entry: &Entry, texts: &Texts<'_>) -> String {
    match entry.kind {
        kind::DECIMAL => {
            let mut buffer = [0; 24];
            entry.decimal().map_or_else(String::new, |d| d.write(&mut buffer).to_owned())
        }
        kind::DATE => {
            let mut buffer = [0; 32];
            entry.date().map_or_else(String::new, |d| d.write(&mut buffer).to_owned())
        }
        kind::WORD => vocabulary::word_text(entry.word().unwrap_or(0)).to_owned(),
        kind::ASCII => {
            let (bytes, length) = unpack_ascii(entry.value);
            String::from_utf8_lossy(bytes.get(..length).unwrap_or(&[])).into_owned()
        }
        kind::COUNT => entry.value.to_string(),
        kind::FLAG => (if entry.value == 0 { "false" } else { "true" }).to_owned(),
        _ => texts.str(entry).unwrap_or("").to_owned(),
    }
}

fn shown_text(shown: &Shown, message: &[u8]) -> String {
    if shown.kind == kind::TEXT {
        let at = (shown.value >> 32) as usize;
        let length = (shown.value & 0xFFFF_FFFF) as usize;
        return format!("\"{}\"", String::from_utf8_lossy(message.get(at..at + length).unwrap_or(&[])));
    }
    let entry = Entry { value: shown.value, kind: shown.kind, scale: shown.scale, ..Entry::default() };
    value_text(&entry, &Texts::default())
}

fn width() -> usize {
    let terminal = terminal_size::terminal_size().map(|(w, _)| usize::from(w.0));
    terminal.unwrap_or(110).clamp(60, 200) - MARGIN
}

fn draw(name: &str, message: &[u8], picture: &mut Picture) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{BOLD}{name}{BOLD:#}, {} bytes", message.len());
    let _ = writeln!(out, "{DIM}─── a value, with its field beside or below it   ^^^ a finding, told below");
    let _ = writeln!(
        out,
        "??? content that no rule uses: the first of it in each order, and where a finding says so"
    );
    let _ = writeln!(
        out,
        "··· other content that became no value: codes that choose a field, what the channel ignores, more of ???{DIM:#}"
    );
    picture.marks.sort_by_key(|mark| (mark.at, usize::MAX - mark.length));
    picture.findings.sort_by_key(|finding| finding.0);
    picture.lines.sort_unstable();
    let mut canvas = Canvas {
        out,
        message,
        utf8: std::str::from_utf8(message).is_ok(),
        width: width(),
        unknown: &picture.unknown,
        marks: picture.marks.iter().peekable(),
        open: Vec::new(),
    };
    let mut headings = picture.headings.iter().enumerate().peekable();
    let mut findings = picture.findings.iter().peekable();
    let mut lines = picture.lines.iter().peekable();
    let rows = rows::split(message);
    let last = rows.len().saturating_sub(1);
    for (index, row) in rows.iter().enumerate() {
        // What stands behind the last row is about it.
        let end = if index == last { usize::MAX } else { row.end };
        while let Some((number, heading)) = headings.next_if(|(_, h)| h.at < end) {
            draw_heading(number + 1, heading, &mut canvas.out);
        }
        let mut line = None;
        while let Some((_, number)) = lines.next_if(|(at, _)| *at < end) {
            line = line.or(Some(*number));
        }
        let mut here = Vec::new();
        while let Some(finding) = findings.next_if(|f| f.0 < end) {
            here.push(finding);
        }
        canvas.row(row, line, &here);
    }
    for (number, heading) in headings {
        draw_heading(number + 1, heading, &mut canvas.out);
    }
    canvas.out
}

fn draw_heading(number: usize, heading: &Heading, out: &mut String) {
    let verdict = heading.end.map_or("not complete", |end| end.verdict.name());
    let style = match heading.end.map(|end| end.verdict) {
        Some(Verdict::Accepted) => AnsiColor::Green.on_default().bold(),
        Some(Verdict::Review) => WARNING.bold(),
        _ => ERROR,
    };
    let kind = if heading.kind.is_empty() { vocabulary::word_text(word::KIND_ORDER) } else { &heading.kind };
    let title = format!("{number}. {kind} {}", heading.number);
    let _ = write!(out, "\n{BOLD}{}{BOLD:#}", title.trim_end());
    let _ = write!(out, ", channel {}: {style}{verdict}{style:#}", heading.channel);
    if let Some(end) = heading.end {
        out.push_str(&because(heading, &end));
        let _ = write!(out, ", {} line{}", end.lines, if end.lines == 1 { "" } else { "s" });
        if end.unknown > 0 {
            let _ = write!(out, ", {WARNING}{} unknown{WARNING:#}", end.unknown);
        }
    }
    out.push('\n');
    if !heading.constants.is_empty() {
        let text = format!("not in the message: {}", heading.constants.join(", "));
        for part in wrap(&text, width()) {
            let _ = writeln!(out, "{:MARGIN$}{part}", "");
        }
    }
    for (note, grade) in &heading.notes {
        let (word, style) = severity(*grade);
        for part in wrap(&format!("{word} {note}"), width()) {
            let _ = writeln!(out, "{:MARGIN$}{style}{part}{style:#}", "");
        }
    }
}

/// Why the verdict is what it is: how it comes about stands in `ordnorm::check`.
fn because(heading: &Heading, end: &End) -> String {
    let of = |code: u16| format!(" because of {}", vocabulary::finding_name(code));
    let kind = heading.kind.as_str();
    match (end.verdict, heading.broken, end.cause) {
        (Verdict::Accepted, ..) => String::new(),
        (Verdict::NotAnOrder, ..) if heading.reason.is_empty() => String::new(),
        (Verdict::NotAnOrder, ..) => format!(" ({})", heading.reason),
        (Verdict::Rejected, Some(code), _) => of(code),
        (Verdict::Rejected, ..) if end.lines == 0 => " because it has no line".to_owned(),
        (Verdict::Rejected, ..) => String::new(),
        (Verdict::Review, _, Some(cause)) => of(cause.code),
        (Verdict::Review, ..) => match (heading.apart, kind) {
            (_, "quote_request" | "cart" | "status_query" | "not_an_order") => {
                format!(" because a {kind} is for a person")
            }
            (Some(apart), _) => format!(" because {apart}"),
            (None, "") => " because nothing says what it is".to_owned(),
            (None, _) if end.lost_findings > 0 => " because there are more findings than fit".to_owned(),
            (None, _) => " because a value is less certain than --min-confidence wants".to_owned(),
        },
    }
}

/// A character on the screen and what it stands for.
struct Cell {
    shown: char,
    columns: usize,
    at: usize,
    /// It is content, not punctuation or a name.
    content: bool,
}

struct Canvas<'p> {
    out: String,
    message: &'p [u8],
    utf8: bool,
    width: usize,
    unknown: &'p [(usize, usize)],
    marks: std::iter::Peekable<std::slice::Iter<'p, Mark>>,
    /// Marks that reach over the end of the row before.
    open: Vec<&'p Mark>,
}

/// A piece of a mark in a folded row: columns, and the label where it begins.
struct Placed<'p> {
    from: usize,
    to: usize,
    /// Bytes of the whole mark.
    length: usize,
    label: Option<&'p str>,
    style: Style,
}

impl<'p> Canvas<'p> {
    fn row(&mut self, row: &Row, line: Option<u32>, findings: &[&(usize, usize, String, u8)]) {
        self.open.retain(|mark| mark.at + mark.length > row.start);
        while let Some(mark) = self.marks.next_if(|mark| mark.at < row.end) {
            self.open.push(mark);
        }
        let cells = self.cells(row);
        let indent = row.indent.min(self.width / 2);
        let pieces = fold(&cells, self.width - indent);
        let mut margin = match line {
            Some(number) => format!("{:>5} {:<9}│ ", row.number, format!("line {number}")),
            None => format!("{:>5} {:<9}│ ", row.number, ""),
        };
        let mut unused = 0;
        let mut hidden = 0;
        for piece in pieces {
            let (from, to) = (piece.first().map_or(0, |c| c.at), piece.last().map_or(0, |c| c.at + 1));
            let touched = self.open.iter().any(|m| m.at < to && m.at + m.length > from);
            unused = if touched { 0 } else { unused + 1 };
            if unused > UNUSED {
                hidden += to - from;
                continue;
            }
            self.elided(&mut hidden);
            self.piece(piece, indent, &margin, findings);
            margin = format!("{:15}│ ", "");
        }
        self.elided(&mut hidden);
        for (_, _, text, grade) in findings {
            let (word, style) = severity(*grade);
            for (number, part) in wrap(&format!("{word} {text}"), self.width).into_iter().enumerate() {
                let mark = if number == 0 { "▲" } else { " " };
                let _ = writeln!(self.out, "{:15}{style}{mark} {part}{style:#}", "");
            }
        }
    }

    /// Is it known that no rule used it?
    fn is_unknown(&self, at: usize) -> bool {
        self.unknown.iter().any(|(from, length)| match length {
            // Where only the begin is known, it reaches to the next punctuation.
            0 if at < *from => false,
            0 => self.message.get(*from..=at).is_some_and(|bytes| !bytes.iter().any(is_punctuation)),
            length => (*from..from + length).contains(&at),
        })
    }

    fn elided(&mut self, hidden: &mut usize) {
        if *hidden > 0 {
            let _ = writeln!(self.out, "{:15}│ {DIM}… {hidden} more bytes that became no value{DIM:#}", "");
            *hidden = 0;
        }
    }

    fn cells(&self, row: &Row) -> Vec<Cell> {
        let bytes = self.message.get(row.start..row.end).unwrap_or(&[]);
        let mut cells = Vec::with_capacity(bytes.len());
        let mut push = |at: usize, c: char| {
            let shown = match c {
                '\0'..='\x1F' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('·'),
                '\x7F' => '␡',
                c if c.width().is_none() => '·',
                c => c,
            };
            let content = c.is_alphanumeric() && row.is_content(at);
            cells.push(Cell { shown, columns: shown.width().unwrap_or(1), at, content });
        };
        if self.utf8 {
            let text = std::str::from_utf8(bytes).unwrap_or("");
            text.char_indices().for_each(|(place, c)| push(row.start + place, c));
        } else {
            // Latin-1 shows at least which bytes there are.
            bytes.iter().enumerate().for_each(|(place, b)| push(row.start + place, char::from(*b)));
        }
        cells
    }

    /// One piece of a row: its bytes, the line below them, the fields.
    fn piece(
        &mut self,
        cells: &[Cell],
        indent: usize,
        margin: &str,
        findings: &[&(usize, usize, String, u8)],
    ) {
        let placed = self.place(cells, indent);
        let mut text = String::new();
        let mut under = String::new();
        let mut column = indent;
        let mut style: Option<Style> = None;
        for cell in cells {
            let mark = placed.iter().rev().find(|p| p.from <= column && column < p.to);
            // A finding about more than a value does not hide the value.
            let most = mark.map_or(usize::MAX, |m| m.length);
            let fault = findings.iter().find(|f| f.0 <= cell.at && cell.at < f.0 + f.1 && f.1 <= most);
            let wanted = match (fault, mark) {
                (Some(fault), _) if fault.3 > 0 => severity(fault.3).1,
                (_, Some(mark)) => mark.style,
                _ => DIM,
            };
            if style != Some(wanted) {
                if let Some(style) = style {
                    let _ = write!(text, "{style:#}");
                }
                let _ = write!(text, "{wanted}");
                style = Some(wanted);
            }
            text.push(cell.shown);
            let below = match (fault, mark) {
                (_, None) if self.is_unknown(cell.at) => '?',
                (Some(fault), _) if fault.3 > 0 => '^',
                (_, Some(_)) => '─',
                _ if cell.content => '·',
                _ => ' ',
            };
            (0..cell.columns).for_each(|_| under.push(below));
            column += cell.columns;
        }
        if let Some(style) = style {
            let _ = write!(text, "{style:#}");
        }
        let _ = writeln!(self.out, "{DIM}{margin}{DIM:#}{:indent$}{text}", "");
        // A label beside the line must not seem to belong to a finding.
        let to = placed.last().map_or(0, |p| p.to - indent);
        let levels = levels(&placed, !under.chars().skip(to).any(|c| c == '^'));
        let empty = format!("{DIM}{:15}│{DIM:#} ", "");
        let first: String =
            levels.iter().filter(|(level, _)| *level == 0).map(|(_, p)| label_of(p, true)).collect();
        let under = under.trim_end();
        if !under.is_empty() || !first.is_empty() {
            let pad = if first.is_empty() { 0 } else { column - indent - under.chars().count() };
            let _ = writeln!(self.out, "{empty}{:indent$}{DIM}{under}{DIM:#}{:pad$}{first}", "", "");
        }
        let deepest = levels.iter().map(|(level, _)| *level).max().unwrap_or(0);
        for level in 1..=deepest {
            let mut row = String::new();
            let mut at = 0;
            for (own, placed) in &levels {
                if *own < level || placed.label.is_none() {
                    continue;
                }
                let _ = write!(row, "{:1$}", "", placed.from.saturating_sub(at));
                if *own == level {
                    row.push_str(&label_of(placed, false));
                    at = placed.from + label_width(placed);
                } else {
                    let style = placed.style;
                    let _ = write!(row, "{style}│{style:#}");
                    at = placed.from + 1;
                }
            }
            let _ = writeln!(self.out, "{empty}{row}");
        }
    }

    /// Which columns the marks take.
    fn place(&self, cells: &[Cell], indent: usize) -> Vec<Placed<'p>> {
        let mut placed = Vec::new();
        for (number, mark) in self.open.iter().enumerate() {
            let (mut column, mut from, mut to) = (indent, None, 0);
            for cell in cells {
                if mark.at <= cell.at && cell.at < mark.at + mark.length {
                    from = from.or(Some((column, cell.at)));
                    to = column + cell.columns;
                }
                column += cell.columns;
            }
            let Some((from, at)) = from else { continue };
            let style = COLOURS.get(number % COLOURS.len()).copied().unwrap_or_default();
            let length = mark.length;
            placed.push(Placed {
                from,
                to,
                length,
                label: (at == mark.at).then_some(mark.label.as_str()),
                style,
            });
        }
        placed
    }
}

/// What ends a value, in one notation or another.
fn is_punctuation(byte: &u8) -> bool {
    byte.is_ascii_control() || b"+:*'~,;|\"{}[]".contains(byte)
}

fn label_of(placed: &Placed<'_>, behind: bool) -> String {
    let (style, label) = (placed.style, placed.label.unwrap_or(""));
    if behind { format!("  {style}{label}{style:#}") } else { format!("{style}{label}{style:#}") }
}

fn label_width(placed: &Placed<'_>) -> usize {
    placed.label.map_or(0, |label| label.chars().map(|c| c.width().unwrap_or(0)).sum())
}

/// In which line below the bytes each label stands: the last one beside the line of marks (0), the others
/// as high as they can without touching another label or the stroke that leads to one.
fn levels<'a, 'p>(placed: &'a [Placed<'p>], beside: bool) -> Vec<(usize, &'a Placed<'p>)> {
    let mut out: Vec<(usize, &Placed<'_>)> = Vec::new();
    let labelled = placed.iter().filter(|p| p.label.is_some()).count();
    for mark in placed.iter().rev().filter(|p| p.label.is_some()) {
        if beside
            && out.is_empty()
            && placed.last().is_some_and(|last| std::ptr::eq(last, mark) || labelled == 1)
        {
            out.push((0, mark));
            continue;
        }
        let end = mark.from + label_width(mark) + 1;
        let mut level = 1;
        while out.iter().any(|(other, right)| *other >= level && right.from < end) {
            level += 1;
        }
        out.push((level, mark));
    }
    out.reverse();
    out
}

/// Cuts a row into pieces of at most so many columns, behind punctuation where there is some.
fn fold(cells: &[Cell], width: usize) -> Vec<&[Cell]> {
    let mut out = Vec::new();
    let mut rest = cells;
    loop {
        let (mut columns, mut count, mut good) = (0, 0, 0);
        for cell in rest {
            if columns + cell.columns > width {
                break;
            }
            columns += cell.columns;
            count += 1;
            if !cell.shown.is_alphanumeric() {
                good = count;
            }
        }
        if count == rest.len() {
            if !rest.is_empty() || out.is_empty() {
                out.push(rest);
            }
            return out;
        }
        let cut = if good > count / 2 { good } else { count.max(1) };
        let (piece, behind) = rest.split_at_checked(cut).unwrap_or((rest, &[]));
        out.push(piece);
        rest = behind;
    }
}

/// Cuts a text into lines.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut out = vec![String::new()];
    for word in text.split(' ') {
        let length = out.last().map_or(0, |line| line.chars().count());
        if length > 0 && length + 1 + word.chars().count() > width {
            out.push(String::new());
        }
        if let Some(line) = out.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    out
}
