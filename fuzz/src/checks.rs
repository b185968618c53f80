//! What holds for any bytes. The fuzzer calls these with its own, an ordinary test with what the fuzzer
//! has found before: a broken promise is a panic here.

use ordnorm::chan::table::{Channel, Run, syntax};
use ordnorm::chan::{Storage, compile};
use ordnorm::channel::{Options, Registry, builtin};
use ordnorm::normalize::{Memory, Reader};
use ordnorm::order::{Entry, Event, Finding, Order, OrderMemory, Part, RecordKind, Verdict, json, kind};
use ordnorm::syntax::json::{Item, Walker, unescape, validate};
use ordnorm::syntax::segments::{self, Segments, Step};
use ordnorm::syntax::{Raw, csv, form, raw};
use serde_json::Value;

use crate::naive;

fn inside(raw: Raw, bytes: &[u8]) {
    let end = raw.at as usize + raw.length as usize;
    assert!(end <= bytes.len(), "a span ends at {end}, the message at {}", bytes.len());
}

/// The EDIFACT reader gives spans inside the message, comes to an end, and agrees with a naive one.
pub fn edifact(bytes: &[u8]) {
    let mut reader = Segments::default();
    let advised = reader.read_una(bytes);
    agrees(reader, advised, bytes);
}

/// The same for X12, whose characters stand in the ISA; for TRADACOMS and for records of fixed layout the
/// spans and the end only.
pub fn segments(bytes: &[u8]) {
    let mut x12 = Segments::of(syntax::X12);
    // Line breaks and comments between segments, repetitions and terminators of several bytes are not known
    // to the naive reader.
    let plain = |s: &segments::Service| s.terminator > b' ' && s.terminator < 0x80 && s.element > b' ';
    if x12.begin(bytes) && plain(&x12.service) && !bytes.windows(2).any(|w| w == b"//") {
        x12.service.repetition = 0;
        let from = x12.position() as usize;
        let odd = |b: &u8| *b < 0x20 || *b >= 0x7F || *b == b'\'';
        if !bytes[from..].iter().any(odd) && !bytes.contains(&b' ') {
            agrees(x12, true, bytes);
        }
    }
    for notation in [syntax::X12, syntax::TRADACOMS, syntax::FIXED] {
        for length in [0, 128] {
            let mut reader = Segments::of(notation);
            reader.begin(bytes);
            if notation == syntax::FIXED {
                reader.in_blocks(length, bytes);
            }
            let mut before = reader.position();
            loop {
                match reader.next_segment(bytes) {
                    Ok(Step::End) => break,
                    Ok(Step::Segment) => {
                        let s = &reader.segment;
                        assert!(s.start >= before && s.end > s.start && s.end as usize <= bytes.len());
                        for token in 0..=ordnorm::limits::TOKENS {
                            s.token(token).into_iter().for_each(|span| inside(span, bytes));
                        }
                        before = s.end;
                    }
                    Err(_) => {
                        assert!(reader.position() > before || reader.position() as usize >= bytes.len());
                        before = reader.position();
                        if before as usize >= bytes.len() {
                            break;
                        }
                    }
                }
            }
        }
    }
}

fn agrees(mut reader: Segments, advised: bool, bytes: &[u8]) {
    let service = reader.service;
    let from = reader.position() as usize;
    let mut fast: Vec<Option<naive::Segment>> = Vec::new();
    let mut whole = true;
    let mut before = from as u32;
    loop {
        match reader.next_segment(bytes) {
            Ok(Step::End) => break,
            Ok(Step::Segment) => {
                let s = &reader.segment;
                assert!(s.start >= before && s.end > s.start && s.end as usize <= bytes.len());
                before = s.end;
                if s.overlong {
                    // What is left of it is flagged as a whole; its spans are inside all the same.
                    for token in 0..=ordnorm::limits::TOKENS {
                        s.token(token).into_iter().for_each(|span| inside(span, bytes));
                    }
                    fast.push(None);
                    continue;
                }
                let mut elements = Vec::new();
                let mut token = 0;
                for number in 0..=s.last_element() {
                    let (first, behind) = s.element(number);
                    assert!(first == token && behind >= first, "tokens are in sequence");
                    let mut components = Vec::new();
                    while token < behind {
                        let span = s.token(token).expect("a token of its element");
                        inside(span, bytes);
                        assert!(span.at >= s.start && span.at + span.length <= s.end);
                        components.push(clean(span, bytes, service.release));
                        token += 1;
                    }
                    elements.push(components);
                }
                assert_eq!(s.token(token), None);
                if s.unterminated {
                    whole = false;
                } else {
                    fast.push(Some(elements));
                }
            }
            Err(_) => {
                // It stands behind the fault, or at the end.
                let at = reader.position();
                assert!(at > before, "a fault is passed");
                before = at;
                if at as usize >= bytes.len() {
                    whole = false;
                    break;
                }
                fast.push(None);
            }
        }
    }
    let used = [service.component, service.element, service.terminator, service.release];
    let odd = |b: &u8| b.is_ascii_alphanumeric() || *b <= 0x20 || *b >= 0x7F;
    let twice = (0..4).any(|i| used[i + 1..].contains(&used[i]));
    if advised && (used.iter().any(odd) || twice) {
        return;
    }
    let standard = naive::Service {
        component: service.component,
        element: service.element,
        release: Some(service.release).filter(|release| *release != 0),
        terminator: service.terminator,
    };
    let (slow, complete) = naive::edifact(&bytes[from..], standard);
    for (number, (fast, slow)) in fast.iter().zip(&slow).enumerate() {
        if let Some(fast) = fast {
            assert_eq!(fast, slow, "segment {number}");
        }
    }
    if fast.iter().all(Option::is_some) {
        assert_eq!(
            (fast.len(), whole),
            (slow.len(), complete),
            "the number of segments, and whether all is there"
        );
    }
}

fn clean(span: Raw, bytes: &[u8], release: u8) -> Vec<u8> {
    let text = span.of(bytes);
    if span.flags & raw::ESCAPED == 0 {
        return text.to_vec();
    }
    let mut out = vec![0; text.len()];
    let length = segments::unescape(text, release, &mut out).expect("it becomes no longer");
    out.truncate(length);
    out
}

/// The JSON reader accepts what `serde_json` accepts, and its values are the same.
pub fn json(bytes: &[u8]) {
    let ours = validate(bytes, 0);
    let theirs = serde_json::from_slice::<Value>(bytes);
    let end = match ours {
        Ok(end) => {
            assert!(end <= bytes.len());
            let rest = &bytes[end..];
            if !rest.iter().all(|b| matches!(b, b' ' | b'\n' | b'\r' | b'\t')) {
                assert!(theirs.is_err(), "something stands behind the document");
                return;
            }
            end
        }
        Err(error) => {
            assert!(error.at as usize <= bytes.len(), "a fault has its place");
            // A document within our limits is well formed for both or for neither.
            if error.kind != ordnorm::syntax::SyntaxErrorKind::TooDeep {
                assert!(theirs.is_err(), "{error:?}: but it is well formed");
            }
            // What stands before the fault can be walked.
            let _ = walk(&bytes[..error.at as usize]);
            return;
        }
    };
    match theirs {
        Ok(value) => {
            let walked = walk(&bytes[..end]).expect("a whole document");
            assert!(same(&walked, &value), "{walked} is not {value}");
        }
        // A number beyond an f64 is well formed all the same.
        Err(error) => assert!(error.to_string().starts_with("number out of range"), "accepted, but {error}"),
    }
}

/// A document as the walker tells it.
fn walk(bytes: &[u8]) -> Option<Value> {
    let mut walker = Walker::new(0);
    let mut open: Vec<(String, Value)> = Vec::new();
    let mut steps = 0;
    loop {
        steps += 1;
        assert!(steps <= 2 * bytes.len() + 2, "the walker comes to an end");
        let (key, value) = match walker.next(bytes) {
            Item::End => return None,
            Item::Open { key, array, at } => {
                assert!((at as usize) < bytes.len());
                let value =
                    if array { Value::Array(Vec::new()) } else { Value::Object(serde_json::Map::new()) };
                open.push((text(key, bytes), value));
                // Skipping ends where walking would.
                let mut skipping = walker;
                skipping.skip(bytes);
                assert!(skipping.at as usize <= bytes.len());
                continue;
            }
            Item::Close => open.pop()?,
            Item::Leaf { key, value } => {
                let leaf = match value {
                    None => Value::Null,
                    Some(raw) if raw.flags & raw::STRING != 0 => Value::String(text(raw, bytes)),
                    Some(raw) => {
                        serde_json::from_slice(raw.of(bytes)).unwrap_or(Value::String(text(raw, bytes)))
                    }
                };
                (text(key, bytes), leaf)
            }
        };
        match open.last_mut() {
            None => return Some(value),
            Some((_, Value::Array(list))) => list.push(value),
            Some((_, Value::Object(map))) => drop(map.insert(key, value)),
            Some(_) => unreachable!("only arrays and objects are open"),
        }
    }
}

fn text(raw: Raw, bytes: &[u8]) -> String {
    inside(raw, bytes);
    let text = raw.of(bytes);
    if raw.flags & raw::ESCAPED == 0 {
        return String::from_utf8_lossy(text).into_owned();
    }
    let mut out = vec![0; text.len() * 3 + 8];
    let length = unescape(text, &mut out).expect("it becomes no longer");
    out.truncate(length);
    String::from_utf8_lossy(&out).into_owned()
}

/// Blanks around a value do not count, and an empty one is none.
fn same(ours: &Value, theirs: &Value) -> bool {
    let trim = |text: &str| text.trim_matches(|c: char| c.is_ascii_whitespace()).to_owned();
    match (ours, theirs) {
        (Value::Null, Value::String(text)) => trim(text).is_empty(),
        (Value::String(a), Value::String(b)) => trim(a) == trim(b),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|((k, a), (l, b))| k == l && same(a, b))
        }
        _ => ours == theirs,
    }
}

/// The reader of separated values gives spans inside the file, comes to an end, and agrees with a naive one.
pub fn csv(bytes: &[u8]) {
    for separator in *b";\t,|" {
        let mut reader = csv::Csv::new(0, separator, b'"');
        let mut rows: Vec<Vec<Vec<u8>>> = Vec::new();
        let mut open_quote = false;
        let mut before = 0;
        loop {
            let mut cells: Vec<Vec<u8>> = Vec::new();
            let Some(row) = reader.next_row(bytes, |number, cell| {
                assert_eq!(number as usize, cells.len());
                inside(cell, bytes);
                let mut text = cell.of(bytes).to_vec();
                if cell.flags & raw::ESCAPED != 0 {
                    let length =
                        csv::unescape(cell.of(bytes), b'"', &mut text).expect("it becomes no longer");
                    text.truncate(length);
                }
                cells.push(text);
            }) else {
                break;
            };
            assert!(row.start >= before && row.end >= row.start && row.end as usize <= bytes.len());
            assert_eq!(row.fields as usize, cells.len());
            assert!(reader.at > row.start || reader.at as usize >= bytes.len(), "a row takes bytes");
            before = row.end;
            open_quote |= row.open_quote.is_some();
            rows.push(cells);
        }
        if let (Some(slow), false) = (naive::csv(bytes, separator), open_quote) {
            let trim = |rows: Vec<Vec<Vec<u8>>>| -> Vec<Vec<Vec<u8>>> {
                let trim = |cell: Vec<u8>| cell.trim_ascii().to_vec();
                rows.into_iter().map(|row| row.into_iter().map(trim).collect()).collect()
            };
            assert_eq!(trim(rows), trim(slow), "separator {:?}", char::from(separator));
        }
    }
}

/// The reader of forms gives spans inside the message that rise, comes to an end, and agrees with a naive one
/// about the body of a form post.
pub fn form(bytes: &[u8]) {
    let mut reader = form::Form::new(bytes);
    let is_html = reader.is_html;
    let mut pairs = Vec::new();
    let mut before = 0;
    while let Some(pair) = reader.next_pair(bytes) {
        assert!(reader.at > before && reader.at as usize <= bytes.len(), "a field takes bytes");
        before = reader.at;
        let text = |raw: Raw| {
            inside(raw, bytes);
            let text: Vec<u8> = form::Text::new(raw.of(bytes), is_html).collect();
            let mut out = vec![0; raw.length as usize];
            let length = form::unescape(raw.of(bytes), is_html, &mut out).expect("it becomes no longer");
            assert_eq!(out.get(..length), Some(&*text));
            if raw.flags & raw::ESCAPED == 0 {
                assert_eq!(text, raw.of(bytes), "nothing is to be taken out");
            }
            text
        };
        pairs.push((text(pair.name), text(pair.value)));
    }
    assert_eq!(reader.next_pair(bytes), None);
    if !is_html {
        let body = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        assert_eq!(pairs, naive::form(body));
    }
}

/// The channel compiler never panics, its faults have a place, and its tables point into themselves.
pub fn channel(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let base = |name: &str| builtin::SOURCES.iter().find(|(n, _)| *n == name).map(|(_, text)| *text);
    let mut storage = Box::new(Storage::<512>::new());
    let channel = match compile(text, &base, storage.arena()) {
        Ok(channel) => channel,
        Err(error) => {
            let _ = error.to_string();
            return;
        }
    };
    sound(&channel);
    // It reads whatever it is given.
    let only = [&channel];
    for message in [
        &include_bytes!("../../tests/samples/edifact-orders/sub-line.edi")[..],
        include_bytes!("../../tests/samples/whatsapp-order/order-in-reply.payload.json"),
        include_bytes!("../../tests/samples/csv-order/four-orders.csv"),
        include_bytes!("../../tests/samples/oci-cart/index-order.form"),
    ] {
        let sizes =
            Sizes { entries: 64, findings: 16, scratch: 256, kept: 256, parts: 32, notes: 64, texts: 512 };
        let options = Options { channel: Some(channel.name), ..Options::default() };
        let mut count = 0;
        let _ = read(message, Registry::only(&only), options, sizes, &mut |_| count += 1);
    }
}

fn sound(channel: &Channel<'_>) {
    let run = |what: &str, run: Run, length: usize| {
        let end = usize::from(run.start) + usize::from(run.count);
        assert!(run.count == 0 || end <= length, "{what}: {run:?} of {length}");
    };
    let c = channel;
    for key in c.keys {
        assert!(usize::from(key.at) + usize::from(key.length) <= c.text.len());
    }
    for rule in c.rules {
        let conditions = Run { start: rule.conditions, count: u16::from(rule.condition_count) };
        run("conditions of a rule", conditions, c.conditions.len());
        assert!(rule.fallback == 0 || usize::from(rule.fallback) <= c.keys.len());
        assert!(rule.field <= ordnorm::order::vocabulary::LAST_FIELD, "a field that is none");
    }
    for condition in c.conditions {
        run("values", condition.values, c.keys.len());
    }
    for map in c.maps {
        run("map", map.entries, c.map_entries.len());
    }
    for section in c.sections {
        assert!(usize::from(section.parent) < c.sections.len());
        run("required", section.required, c.required.len());
        for rules in [section.constants, section.rules, section.defaults] {
            run("rules of a section", rules, c.rules.len());
        }
    }
    for number in c.grid {
        assert!(usize::from(*number) < c.cells.len().max(1));
    }
    for cell in c.cells {
        assert!(usize::from(cell.owner) < c.sections.len().max(1));
        assert!(cell.opens == 255 || usize::from(cell.opens) < c.sections.len());
        assert!(usize::from(cell.otherwise) < c.cells.len());
        assert!(usize::from(cell.pairs) <= c.pairs.len());
        run("conditions of a cell", cell.conditions, c.conditions.len());
        run("cases", cell.cases, c.cases.len());
        run("rules of a cell", cell.rules, c.rules.len());
        run("common rules", cell.common, c.rules.len());
    }
    for case in c.cases {
        run("rules of a case", case.rules, c.rules.len());
    }
    for name in c.names {
        run("synonyms", name.synonyms, c.keys.len());
    }
    for (number, node) in c.nodes.iter().enumerate() {
        run("rules of a node", node.rules, c.rules.len());
        assert!(usize::from(node.child) < c.nodes.len() && usize::from(node.next) < c.nodes.len());
        assert!(node.child == 0 || usize::from(node.child) != number);
        assert!(node.section == 255 || usize::from(node.section) < c.sections.len());
    }
    for node in c.nodes {
        // Siblings come to an end.
        let (mut next, mut steps) = (node.child, 0);
        while next != 0 {
            next = c.nodes[usize::from(next)].next;
            steps += 1;
            assert!(steps <= c.nodes.len(), "siblings in a circle");
        }
    }
    for variant in c.variants {
        assert!(usize::from(variant.node) < c.nodes.len() && usize::from(variant.root) < c.nodes.len());
        run("tests", variant.tests, c.tests.len());
    }
    for fact in c.facts {
        run("values of a fact", fact.values, c.keys.len());
    }
}

/// How much memory a reader gets.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    pub entries: usize,
    pub findings: usize,
    pub scratch: usize,
    pub kept: usize,
    pub parts: usize,
    pub notes: usize,
    pub texts: usize,
}

impl Sizes {
    /// Enough for every sample.
    pub const AMPLE: Sizes = Sizes {
        entries: 2_048,
        findings: 512,
        scratch: 1 << 17,
        kept: 1 << 14,
        parts: 1 << 11,
        notes: 1 << 11,
        texts: 1 << 17,
    };
}

/// Reads a message record by record and as whole orders, and checks what holds for every message.
///
/// `order` sees each whole order; the number of orders.
pub fn read(
    message: &[u8],
    registry: Registry<'_>,
    options: Options<'_>,
    sizes: Sizes,
    order: &mut dyn FnMut(&Order<'_>),
) -> Option<usize> {
    let mut entries = vec![Entry::default(); sizes.entries];
    let mut findings = vec![Finding::NONE; sizes.findings];
    let mut scratch = vec![0; sizes.scratch];
    let streamed = stream(message, registry, options, &mut entries, &mut findings, &mut scratch);

    let memory = Memory { entries: &mut entries, findings: &mut findings, scratch: &mut scratch };
    let mut reader = Reader::new(message, registry, options, memory).ok()?;
    let mut kept = vec![Entry::default(); sizes.kept];
    let mut parts = vec![Part::default(); sizes.parts];
    let mut notes = vec![Finding::NONE; sizes.notes];
    let mut texts = vec![0; sizes.texts];
    let memory =
        OrderMemory { entries: &mut kept, parts: &mut parts, findings: &mut notes, texts: &mut texts };
    let mut whole = Order::new(message, memory);
    let mut ends = Vec::new();
    while let Ok(true) = reader.collect(&mut whole) {
        let end = *whole.end().expect("a whole order has its end");
        let mut text = String::new();
        json::write(&whole, true, &mut text).expect("a String takes everything");
        let value = serde_json::from_str::<Value>(&text);
        assert!(value.is_ok(), "{value:?}: {text}");
        order(&whole);
        ends.push((end.verdict, end.lines, end.unknown, whole.full().is_some()));
    }
    // The stream and the whole orders say the same, but that an order which did not fit is not accepted.
    let streamed = streamed.expect("the same message");
    assert_eq!(streamed.len(), ends.len());
    for (stream, (verdict, lines, unknown, full)) in streamed.iter().zip(&ends) {
        let wanted = if *full && stream.0 == Verdict::Accepted { Verdict::Review } else { stream.0 };
        assert_eq!((wanted, stream.1, stream.2), (*verdict, *lines, *unknown));
    }
    Some(ends.len())
}

type Ends = Vec<(Verdict, u32, u32)>;

fn stream(
    message: &[u8],
    registry: Registry<'_>,
    options: Options<'_>,
    entries: &mut [Entry],
    findings: &mut [Finding],
    scratch: &mut [u8],
) -> Option<Ends> {
    let memory = Memory { entries, findings, scratch };
    let mut reader = Reader::new(message, registry, options, memory).ok()?;
    let mut ends = Vec::new();
    let (mut open, mut lines, mut events) = (false, 0, 0usize);
    loop {
        let event = match reader.next() {
            Ok(Some(event)) => event,
            Ok(None) => break,
            Err(error) => {
                assert!(error.at as usize <= message.len());
                break;
            }
        };
        events += 1;
        assert!(events <= 16 * message.len() + 64, "it comes to an end");
        match event {
            Event::Begin { channel } => {
                assert!(!open && !channel.is_empty());
                (open, lines) = (true, 0);
            }
            Event::Record(record) => {
                assert!(open, "records stand between begin and end");
                if record.kind == RecordKind::Line && !record.partial {
                    lines += 1;
                    // A line in a line closes before the one around it.
                    assert!(record.line > 0 && record.line <= lines + 1, "lines are numbered as they open");
                }
                for entry in record.entries {
                    let end = entry.at as usize + entry.length as usize;
                    assert!(end <= message.len(), "a value ends at {end}, the message at {}", message.len());
                    assert!(entry.confidence <= 100 && entry.origin != 0 && entry.field != 0, "{entry:?}");
                    if matches!(entry.kind, kind::TEXT | kind::SCRATCH | kind::CHANNEL) {
                        let text = record.texts.bytes(entry).expect("a text has its bytes");
                        assert!(std::str::from_utf8(text).is_ok(), "texts are UTF-8");
                    }
                }
            }
            Event::End(end) => {
                assert!(open, "an end has its begin");
                open = false;
                if end.verdict == Verdict::Accepted {
                    assert_eq!(end.lines, lines, "lines that were counted and handed out");
                    assert_eq!(end.lost_findings, 0);
                }
                ends.push((end.verdict, end.lines, end.unknown));
            }
            Event::Findings => {}
        }
        for finding in reader.findings() {
            let end = finding.at as usize + finding.length as usize;
            let here = end <= message.len() || finding.is_of_earlier_reading();
            assert!(here, "{finding:?} in {} bytes", message.len());
        }
    }
    Some(ends)
}

/// Any bytes through the reader, with memory as small as the first eight bytes say.
pub fn reader(bytes: &[u8]) {
    let Some((control, message)) = bytes.split_first_chunk::<8>() else { return };
    let [entries, findings, scratch, kept, parts, notes, texts, wish] = control.map(usize::from);
    let sizes = Sizes {
        entries: 64 + entries * 4,
        findings: 16 + findings,
        scratch: scratch * scratch,
        kept: kept * 16,
        parts: parts * 2,
        notes,
        texts: texts * 16,
    };
    let channel = match wish % 8 {
        0 => Some("edifact-orders"),
        1 => Some("whatsapp-order"),
        2 => Some("csv-order"),
        3 => Some("ordnorm-json"),
        4 => Some("oci-cart"),
        _ => None,
    };
    let options = Options { channel, ..Options::default() };
    read(message, Registry::builtin(), options, sizes, &mut |_| {});
}
