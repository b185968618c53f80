//! A value never moves: not to another line, not to another order, not to another field.
//!
//! Every sample is broken in many small ways: a segment, row or member is dropped, doubled, swapped with
//! its neighbour; unknown ones are put in; quantities and prices come twice with a component missing;
//! parties move behind lines; two files become one; the file is cut at every byte. Then the broken file is
//! read, and three things are asked. All three work with *places*: every value says where it stands.
//!
//! **Own ground (always).** The broken file is split by a few lines of this test into messages and lines:
//! the segments from one LIN to the next, the element of `product_items`, the row. A value of line *n* must
//! stand in the *n*-th of them, a value of the document outside of all, and both in one message or in its
//! envelope. No finding excuses a value from elsewhere.
//!
//! **Same value (unless flagged).** A mutation knows which bytes it has kept, so each place of the broken
//! file leads back to a place of the sample. If an order is accepted and has no finding above `info`, then
//! each of its values must have stood in the sample's reading too, at that place, in the same field, with
//! the same value; and the values of one record (a line, a party, the document) must come from one record
//! there. What is absent is absent: that is allowed. What a mutation wrote itself has no place in the
//! sample and is not asked for, nor is what it moved on purpose asked for its old record.
//! Control counts (UNT, CNT) give away most mutations. Therefore each mutation is read a second time with
//! these counts put right, so that the engine cannot lean on them.
//!
//! **Nothing is lost (additions).** A mutation that only adds content that no rule knows must leave every
//! value where it was.
//!
//! For a cut file: an order that is accepted has every value of the sample's order.

use std::collections::HashMap;
use std::fs;
use std::ops::Range;
use std::path::Path;

use ordnorm::channel::{Options, Registry};
use ordnorm::normalize::{Memory, Reader};
use ordnorm::order::vocabulary;
use ordnorm::order::{Entry, Event, Finding, RecordKind, Texts, Verdict};

// ---- reading -------------------------------------------------------------------------------------------

/// A value: its field, what it is, where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Value {
    field: u16,
    shown: String,
    at: usize,
    end: usize,
}

/// A record: the document, a party, a line.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Record {
    kind: RecordKind,
    line: u32,
    values: Vec<Value>,
}

#[derive(Clone, Debug)]
struct Order {
    verdict: Verdict,
    records: Vec<Record>,
    /// Findings above `info`: code, line, place.
    grave: Vec<(&'static str, u32, Range<usize>)>,
}

impl Order {
    fn is_flagged(&self) -> bool {
        self.verdict != Verdict::Accepted || !self.grave.is_empty()
    }

    fn values(&self) -> impl Iterator<Item = &Value> {
        self.records.iter().flat_map(|record| &record.values)
    }
}

/// Memory for reading, taken once.
struct Room {
    entries: Vec<Entry>,
    findings: Vec<Finding>,
    scratch: Vec<u8>,
    /// The last reading ended with an error.
    stopped: bool,
}

impl Room {
    fn new() -> Room {
        Room {
            entries: vec![Entry::default(); 1_024],
            findings: vec![Finding::NONE; 128],
            scratch: vec![0; 1 << 15],
            stopped: false,
        }
    }

    fn read(&mut self, message: &[u8]) -> Vec<Order> {
        let memory =
            Memory { entries: &mut self.entries, findings: &mut self.findings, scratch: &mut self.scratch };
        self.stopped = true;
        let Ok(mut reader) = Reader::new(message, Registry::builtin(), Options::default(), memory) else {
            return Vec::new();
        };
        let mut orders = Vec::new();
        let mut order = Order { verdict: Verdict::Rejected, records: Vec::new(), grave: Vec::new() };
        let (mut document, mut open) = (None, None);
        loop {
            let event = match reader.next() {
                Ok(Some(event)) => event,
                Ok(None) => break,
                Err(_) => return orders,
            };
            let mut ended = None;
            match event {
                Event::Begin { .. } => {
                    order.records.clear();
                    order.grave.clear();
                    (document, open) = (None, None);
                }
                Event::Record(record) => {
                    let values: Vec<_> = record.entries.iter().map(|e| value(e, &record.texts)).collect();
                    let of_document = matches!(record.kind, RecordKind::Header | RecordKind::Summary);
                    let place = if of_document { &mut document } else { &mut open };
                    let index = *place.get_or_insert_with(|| {
                        let kind = if of_document { RecordKind::Header } else { record.kind };
                        order.records.push(Record { kind, line: record.line, values: Vec::new() });
                        order.records.len() - 1
                    });
                    order.records[index].values.extend(values);
                    if !of_document && !record.partial {
                        open = None;
                    }
                }
                Event::End(end) => ended = Some(end.verdict),
                Event::Findings => {}
            }
            for finding in reader.findings().iter().filter(|f| f.severity > 0) {
                let at = finding.at as usize;
                let place = at..at + finding.length as usize;
                order.grave.push((vocabulary::finding_name(finding.code), finding.line, place));
            }
            if let Some(verdict) = ended {
                order.verdict = verdict;
                orders.push(order.clone());
            }
        }
        self.stopped = false;
        orders
    }
}

fn value(entry: &Entry, texts: &Texts<'_>) -> Value {
    let shown = match texts.str(entry) {
        Some(text) => format!("{text:?}"),
        None => format!("{}:{}/{}", entry.kind, entry.value, entry.scale),
    };
    let at = entry.at as usize;
    Value { field: entry.field, shown, at, end: at + entry.length as usize }
}

// ---- mutations -----------------------------------------------------------------------------------------

/// A broken file, and where its bytes come from.
#[derive(Clone, Debug, Default)]
struct Mutant {
    name: String,
    bytes: Vec<u8>,
    /// Begin in the file, begin in the sample, length; in sequence.
    kept: Vec<(usize, usize, usize)>,
    /// Places of the sample that were moved on purpose.
    moved: Vec<Range<usize>>,
    /// Only content that no rule knows was added.
    adds: bool,
}

impl Mutant {
    fn named(name: String) -> Mutant {
        Mutant { name, ..Mutant::default() }
    }

    fn keep(&mut self, sample: &[u8], range: Range<usize>) {
        if !range.is_empty() {
            self.kept.push((self.bytes.len(), range.start, range.len()));
            self.bytes.extend(&sample[range]);
        }
    }

    fn write(&mut self, new: &[u8]) {
        self.bytes.extend(new);
    }

    /// The sample with a range replaced.
    fn replaced(name: String, sample: &[u8], range: Range<usize>, new: &[u8]) -> Mutant {
        let mut mutant = Mutant::named(name);
        mutant.keep(sample, 0..range.start);
        mutant.write(new);
        mutant.keep(sample, range.end..sample.len());
        mutant
    }

    /// The sample with a range twice.
    fn doubled(name: String, sample: &[u8], range: Range<usize>) -> Mutant {
        let mut mutant = Mutant::named(name);
        mutant.keep(sample, 0..range.end);
        mutant.keep(sample, range.start..sample.len());
        mutant
    }

    /// The sample with two ranges (the first before the second) in each other's place.
    fn swapped(name: String, sample: &[u8], a: Range<usize>, b: Range<usize>) -> Mutant {
        let mut mutant = Mutant::named(name);
        mutant.keep(sample, 0..a.start);
        mutant.keep(sample, b.clone());
        mutant.keep(sample, a.end..b.start);
        mutant.keep(sample, a.clone());
        mutant.keep(sample, b.end..sample.len());
        mutant
    }

    /// The place in the sample of a place in the file; `None` where it was written anew, in part or whole.
    fn back(&self, at: usize, end: usize) -> Option<(usize, usize)> {
        let (begin, origin, length) = *self.kept.iter().rfind(|(begin, _, _)| *begin <= at)?;
        if end > begin + length {
            return None;
        }
        Some((origin + at - begin, origin + end - begin))
    }

    /// Writes over a range of the file; the bytes have no origin any more.
    fn overwrite(&mut self, range: Range<usize>, new: &[u8]) {
        let mut kept = Vec::new();
        let shift = |at: usize| at + new.len() - range.len();
        for (begin, origin, length) in std::mem::take(&mut self.kept) {
            let end = begin + length;
            if begin < range.start {
                kept.push((begin, origin, length.min(range.start - begin)));
            }
            if end > range.end {
                let from = begin.max(range.end);
                kept.push((shift(from), origin + from - begin, end - from));
            }
        }
        kept.retain(|(_, _, length)| *length > 0);
        self.kept = kept;
        self.bytes.splice(range, new.iter().copied());
    }
}

// ---- the judge -----------------------------------------------------------------------------------------

/// The ground that the values of an order may stand on.
#[derive(Clone, Debug, Default)]
struct Ground {
    /// The document's own bytes, the envelope among them: lines are not part of it.
    document: Vec<Range<usize>>,
    /// Each line's bytes.
    lines: Vec<Range<usize>>,
}

fn within(value: &Value, ranges: &[Range<usize>]) -> bool {
    ranges.iter().any(|range| value.at >= range.start && value.end <= range.end)
}

fn show(value: &Value, bytes: &[u8]) -> String {
    let text = bytes.get(value.at..value.end).unwrap_or(b"").escape_ascii();
    format!("{} = {} from {}..{} {text}", vocabulary::name(value.field), value.shown, value.at, value.end)
}

/// Own ground. Values without a place were not read from the file.
fn own_ground(order: &Order, ground: &Ground, bytes: &[u8], faults: &mut Vec<String>) {
    for record in &order.records {
        for value in record.values.iter().filter(|v| v.end > v.at) {
            let own = match record.line {
                0 => within(value, &ground.document),
                line => ground
                    .lines
                    .get(line as usize - 1)
                    .is_some_and(|l| within(value, std::slice::from_ref(l))),
            };
            if !own {
                faults.push(format!(
                    "{:?} {} on foreign ground: {}",
                    record.kind,
                    record.line,
                    show(value, bytes)
                ));
            }
        }
    }
}

/// A value with the numbers of its order and record.
type Home<'v> = (usize, usize, &'v Value);

/// Same value: each value of an order without findings stood in the sample's reading.
fn same_values(mutant: &Mutant, order: &Order, sample: &[Order], faults: &mut Vec<String>) {
    // By place: the order, the record and the value there.
    let mut known: HashMap<(usize, usize), Vec<Home<'_>>> = HashMap::new();
    for (number, order) in sample.iter().enumerate() {
        for (record_number, record) in order.records.iter().enumerate() {
            for value in &record.values {
                known.entry((value.at, value.end)).or_default().push((number, record_number, value));
            }
        }
    }
    for record in &order.records {
        let mut home: Option<(usize, usize)> = None;
        for value in record.values.iter().filter(|v| v.end > v.at) {
            let Some(place) = mutant.back(value.at, value.end) else { continue };
            if mutant.moved.iter().any(|range| range.contains(&place.0)) {
                continue;
            }
            let there = known.get(&place).map_or(&[][..], Vec::as_slice);
            let twins: Vec<_> = there.iter().filter(|(_, _, v)| v.field == value.field).collect();
            if twins.is_empty() {
                if !was_seen(sample, record, value, place) {
                    let other: Vec<_> = there.iter().map(|(_, _, v)| vocabulary::name(v.field)).collect();
                    faults
                        .push(format!("was not read before (but {other:?}): {}", show(value, &mutant.bytes)));
                }
                continue;
            }
            if !twins.iter().any(|(_, _, v)| v.shown == value.shown) {
                faults.push(format!("was {}: {}", twins[0].2.shown, show(value, &mutant.bytes)));
                continue;
            }
            let homes: Vec<_> = twins.iter().map(|(order, record, _)| (*order, *record)).collect();
            match home {
                None if homes.len() == 1 => home = homes.first().copied(),
                Some(home) if !homes.contains(&home) => {
                    let of = format!("{:?} {}", record.kind, record.line);
                    faults.push(format!("{of}: of another record: {}", show(value, &mutant.bytes)));
                }
                _ => {}
            }
        }
    }
}

/// The sample's reading did not take this value, and that is known: it had the same one from another place
/// (the date that every row repeats), or a finding about it (the second of two), or about its line.
fn was_seen(sample: &[Order], record: &Record, value: &Value, place: (usize, usize)) -> bool {
    sample.iter().any(|order| {
        let same = |v: &Value| v.field == value.field && v.shown == value.shown;
        // The delivery order's date stands in where the message has no date of its own: by rule.
        let weak = value.field == vocabulary::field::ORDER_ISSUED;
        let told = |(_, line, at): &(&str, u32, Range<usize>)| {
            (at.start < place.1 && place.0 < at.end) || (record.line != 0 && *line == record.line)
        };
        weak || order.records.iter().any(|r| r.kind == record.kind && r.values.iter().any(same))
            || order.grave.iter().any(told)
    })
}

/// How a notation is split.
type Split = fn(&[u8]) -> Vec<Ground>;

struct Judge {
    room: Room,
    split: Split,
    mutants: usize,
    unflagged: usize,
    faults: Vec<String>,
}

impl Judge {
    fn new(split: Split) -> Judge {
        Judge { room: Room::new(), split, mutants: 0, unflagged: 0, faults: Vec::new() }
    }

    fn judge(&mut self, case: &str, mutant: &Mutant, sample: &[Order]) {
        self.mutants += 1;
        let orders = self.room.read(&mutant.bytes);
        let grounds = (self.split)(&mutant.bytes);
        let mut faults = Vec::new();
        for order in &orders {
            match ground_of(order, &grounds) {
                Some(ground) => own_ground(order, ground, &mutant.bytes, &mut faults),
                // Garbage between interchanges can make the splitting here differ from the reader's: the
                // order has to be flagged then.
                None => {
                    if !order.is_flagged() && order.values().any(|v| v.end > v.at) {
                        faults.push("an order on nobody's ground".to_owned());
                    }
                }
            }
            if !order.is_flagged() {
                self.unflagged += 1;
                same_values(mutant, order, sample, &mut faults);
            }
        }
        if mutant.adds && sample.iter().all(|order| !order.is_flagged()) {
            let clean = orders.iter().all(|order| !order.is_flagged());
            let count = |orders: &[Order]| orders.iter().map(|o| o.values().count()).sum::<usize>();
            if clean && count(&orders) < count(sample) {
                faults.push("an addition made values disappear".to_owned());
            }
        }
        self.report(case, mutant, faults);
    }

    /// A cut file: an accepted order is whole.
    /// `may_end`: what stands before the cut is a whole file too.
    fn judge_cut(&mut self, case: &str, bytes: &[u8], end: usize, sample: &[Order], may_end: bool) {
        self.mutants += 1;
        let mut mutant = Mutant::named(format!("cut at {end}"));
        mutant.keep(bytes, 0..end);
        let orders = self.room.read(&mutant.bytes);
        let grounds = (self.split)(&mutant.bytes);
        let mut faults = Vec::new();
        for (number, order) in orders.iter().enumerate() {
            if let Some(ground) = ground_of(order, &grounds) {
                own_ground(order, ground, &mutant.bytes, &mut faults);
            }
            if order.verdict != Verdict::Accepted {
                continue;
            }
            self.unflagged += 1;
            let whole = sample.get(number).is_some_and(|s| s.records == order.records);
            if !whole && !may_end {
                faults.push(format!("order {number} is accepted and not whole, findings {:?}", order.grave));
            }
        }
        let silent = !self.room.stopped && orders.iter().all(|order| order.verdict == Verdict::Accepted);
        if silent && orders.len() < sample.len() && !may_end {
            faults.push(format!(
                "{} orders of {} are lost without a word",
                sample.len() - orders.len(),
                sample.len()
            ));
        }
        self.report(case, &mutant, faults);
    }

    fn report(&mut self, case: &str, mutant: &Mutant, faults: Vec<String>) {
        if let Some(first) = faults.first() {
            let file = mutant.bytes.escape_ascii().to_string().replace("\\n", "\n        ");
            let shown: String = file.chars().take(1_500).collect();
            self.faults.push(format!(
                "{case}: {}: {first} ({} faults)\n        {shown}",
                mutant.name,
                faults.len()
            ));
        }
    }

    fn done(self, what: &str) {
        println!("{what}: {} broken files, {} orders without a finding", self.mutants, self.unflagged);
        let most = std::env::var("FAULTS").ok().and_then(|n| n.parse().ok()).unwrap_or(12);
        let shown: Vec<_> = self.faults.iter().take(most).cloned().collect();
        assert!(self.faults.is_empty(), "{} faults in {what}:\n{}", self.faults.len(), shown.join("\n"));
    }
}

/// The message that an order was read from: the one on whose ground most of its values stand.
fn ground_of<'g>(order: &Order, grounds: &'g [Ground]) -> Option<&'g Ground> {
    let count = |ground: &Ground| {
        order
            .values()
            .filter(|v| v.end > v.at && (within(v, &ground.document) || within(v, &ground.lines)))
            .count()
    };
    // Envelopes belong to several: the last of the best would be the wrong one only for empty messages.
    grounds.iter().map(|g| (count(g), g)).filter(|(n, _)| *n > 0).max_by_key(|(n, _)| *n).map(|(_, g)| g)
}

fn samples(channel: &str, ending: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(channel);
    let only = std::env::var("CASE").unwrap_or_default();
    let mut all: Vec<_> = fs::read_dir(folder)
        .expect("samples")
        .map(|file| file.expect("a readable folder").path())
        .map(|path| (path.file_name().expect("a name").to_string_lossy().into_owned(), path))
        .filter(|(name, _)| name.ends_with(ending) && name.contains(&only))
        .map(|(name, path)| (name, fs::read(path).expect("a readable sample")))
        .collect();
    all.sort();
    all
}

// ---- EDIFACT -------------------------------------------------------------------------------------------

mod edifact {
    use super::{Ground, Mutant, Range};

    /// A segment: its bytes with the terminator, its tag, the service characters in force.
    #[derive(Clone, Debug)]
    pub struct Segment {
        pub range: Range<usize>,
        pub tag: String,
        pub service: [u8; 4],
    }

    /// Splits a file into segments: component, element, release, terminator as a UNA says or as usual.
    pub fn segments(bytes: &[u8]) -> Vec<Segment> {
        let mut service = *b":+?'";
        let mut all = Vec::new();
        let mut at = 0;
        while at < bytes.len() {
            let rest = &bytes[at..];
            let noise = rest[0] <= 0x20 || rest[0] == service[3] || rest[0] == 0x7F;
            if noise || rest.starts_with(b"\xEF\xBB\xBF") {
                at += if noise { 1 } else { 3 };
                continue;
            }
            if rest.starts_with(b"UNA") && rest.len() >= 9 {
                let follows = rest[9..].trim_ascii_start();
                if follows.is_empty() || follows.starts_with(b"UN") {
                    service = [rest[3], rest[4], if rest[6] == b' ' { 0 } else { rest[6] }, rest[8]];
                    at += 9;
                    continue;
                }
            }
            let mut end = at;
            while end < bytes.len() && bytes[end] != service[3] {
                end += if bytes[end] == service[2] && service[2] != 0 { 2 } else { 1 };
            }
            let end = (end + 1).min(bytes.len());
            let tag = bytes[at..end]
                .iter()
                .take_while(|b| ![service[0], service[1], service[3]].contains(b))
                .filter(|b| **b > 0x20)
                .map(|b| char::from(*b))
                .collect();
            all.push(Segment { range: at..end, tag, service });
            at = end;
        }
        all
    }

    /// Messages and their lines.
    pub fn split(bytes: &[u8]) -> Vec<Ground> {
        let mut grounds: Vec<Ground> = Vec::new();
        let (mut interchange, mut group) = (None, None);
        let (mut open, mut orders, mut summary) = (false, false, false);
        for segment in segments(bytes) {
            let Segment { range, tag, .. } = segment;
            match tag.as_str() {
                "UNB" => (interchange, group, open) = (Some(range), None, false),
                "UNG" => (group, open) = (Some(range), false),
                "UNE" => (group, open) = (None, false),
                "UNZ" => (interchange, group, open) = (None, None, false),
                "UNH" => {
                    // Only orders have lines; in other messages everything is the document's.
                    let text = &bytes[range.clone()];
                    orders = text.windows(6).any(|w| w == b"ORDERS" || w == b"ORDCHG");
                    let envelope = [interchange.clone(), group.clone()].into_iter().flatten();
                    let document = envelope.chain([range]).collect();
                    grounds.push(Ground { document, lines: Vec::new() });
                    (open, summary) = (true, false);
                }
                _ if !open => {}
                _ => {
                    let ground = grounds.last_mut().expect("a message is open");
                    // Before the first line it separates nothing, and a line behind it is a line.
                    summary = tag == "UNS" && !ground.lines.is_empty() || summary && tag != "LIN";
                    match (tag.as_str(), ground.lines.last_mut()) {
                        ("LIN", _) if orders => ground.lines.push(range),
                        (_, Some(line)) if !summary => line.end = range.end,
                        _ => ground.document.push(range),
                    }
                    open = tag != "UNT";
                }
            }
        }
        grounds
    }

    /// Where the group ends that this segment opens, if it opens one.
    pub fn group_end(all: &[Segment], opener: usize) -> Option<usize> {
        let ends: &[&str] = match all[opener].tag.as_str() {
            "LIN" => &["LIN", "UNS", "UNT", "UNH"],
            "NAD" => &["NAD", "LIN", "UNS", "UNT", "UNH", "CUX", "TOD", "ALC", "PAT", "TDT"],
            "CTA" => &["CTA", "NAD", "LIN", "UNS", "UNT", "UNH", "RFF", "CUX"],
            "RFF" | "LOC" | "ALC" | "PRI" | "SCC" | "PAT" | "TOD" | "TAX" | "CUX" | "TDT" | "PAC" => {
                &["RFF", "LOC", "ALC", "PRI", "SCC", "PAT", "TOD", "TAX", "NAD", "LIN", "UNS", "UNT", "UNH"]
            }
            _ => return None,
        };
        let next = all[opener + 1..].iter().find(|s| ends.contains(&s.tag.as_str()));
        Some(next.or(all.last()).map_or(0, |s| s.range.start))
    }

    /// A segment in the separators of its surroundings.
    pub fn written(text: &str, service: [u8; 4]) -> Vec<u8> {
        text.bytes()
            .map(|byte| match byte {
                b':' => service[0],
                b'+' => service[1],
                b'\'' => service[3],
                other => other,
            })
            .collect()
    }

    /// Puts the counts of UNT and CNT right where a mutation has made them wrong.
    pub fn with_right_counts(mutant: &Mutant) -> Mutant {
        let mut right = mutant.clone();
        right.name.push_str(", counts put right");
        // From the end, so that places before stay.
        let all = segments(&right.bytes);
        let mut edits: Vec<(Range<usize>, usize)> = Vec::new();
        let (mut count, mut lines, mut summary) = (0, 0, false);
        for segment in &all {
            count += 1;
            let bytes = &right.bytes[segment.range.clone()];
            let digits = |skip: usize| {
                let begin = segment.range.start + skip;
                let length =
                    right.bytes[begin..segment.range.end].iter().take_while(|b| b.is_ascii_digit()).count();
                begin..begin + length
            };
            match segment.tag.as_str() {
                "UNH" => (count, lines, summary) = (1, 0, false),
                "LIN" if !summary => lines += 1,
                "UNS" => summary = true,
                "UNT" if bytes.len() > 4 => edits.push((digits(4), count)),
                "CNT" if bytes.starts_with(&written("CNT+2:", segment.service)) => {
                    edits.push((digits(6), lines))
                }
                _ => {}
            }
        }
        for (range, number) in edits.into_iter().rev() {
            if !range.is_empty() && right.bytes[range.clone()] != *number.to_string().as_bytes() {
                right.overwrite(range, number.to_string().as_bytes());
            }
        }
        right
    }

    /// The segment without its component `number` (counted over all separators).
    pub fn without_component(segment: &[u8], service: [u8; 4], number: usize) -> Option<Vec<u8>> {
        let ends: Vec<usize> = (0..segment.len())
            .filter(|i| [service[0], service[1], service[3]].contains(&segment[*i]))
            .filter(|i| *i == 0 || segment[i - 1] != service[2])
            .collect();
        let (begin, end) = (*ends.get(number)? + 1, *ends.get(number + 1)?);
        Some([&segment[..begin], &segment[end..]].concat())
    }
}

#[test]
fn edifact_values_never_move() {
    let mut judge = Judge::new(edifact::split);
    for (name, bytes) in samples("edifact-orders", ".edi") {
        let sample = judge.room.read(&bytes);
        let all = edifact::segments(&bytes);
        let mut mutants = Vec::new();
        let tag = |i: usize| all[i].tag.clone();
        for (i, segment) in all.iter().enumerate() {
            let range = segment.range.clone();
            let mut without = Mutant::replaced(format!("without {} {i}", tag(i)), &bytes, range.clone(), b"");
            // Without its opener a group is part of the group before: nobody can tell. Its own ground is asked
            // for all the same, and the count of UNT tells.
            if let Some(end) = edifact::group_end(&all, i) {
                without.moved.push(range.end..end);
            }
            mutants.push(without);
            mutants.push(Mutant::doubled(format!("{} {i} twice", tag(i)), &bytes, range.clone()));
            if let Some(next) = all.get(i + 1) {
                let name = format!("{} {i} behind {}", tag(i), tag(i + 1));
                let mut mutant = Mutant::swapped(name, &bytes, range.clone(), next.range.clone());
                mutant.moved = vec![range.clone(), next.range.clone()];
                mutants.push(mutant);
            }
            let additions = [
                "ZZZ+9:1+X'",
                "QTY+21'",
                "QTY+21::PCE'",
                "PRI+AAA'",
                "PRI+AAA::::10'",
                "MOA+203'",
                "DTM+2::102'",
            ];
            for (number, text) in additions.iter().enumerate() {
                let new = edifact::written(text, segment.service);
                let name = format!("{text} behind {} {i}", tag(i));
                let mut mutant = Mutant::replaced(name, &bytes, range.end..range.end, &new);
                mutant.adds = number == 0;
                mutants.push(mutant);
            }
            if matches!(
                segment.tag.as_str(),
                "QTY" | "PRI" | "MOA" | "LIN" | "PIA" | "DTM" | "NAD" | "CUX" | "BGM"
            ) {
                for component in 0..6 {
                    let text = &bytes[range.clone()];
                    let Some(part) = edifact::without_component(text, segment.service, component) else {
                        break;
                    };
                    let name = format!("{} {i} twice, once without component {component}", tag(i));
                    mutants.push(Mutant::replaced(
                        format!("{name} behind"),
                        &bytes,
                        range.end..range.end,
                        &part,
                    ));
                    mutants.push(Mutant::replaced(name, &bytes, range.start..range.start, &part));
                }
            }
            if segment.tag == "NAD" {
                for target in all.iter().filter(|s| s.range.start > range.start) {
                    let mut mutant = Mutant::named(format!("NAD {i} moved to {}", target.range.end));
                    mutant.keep(&bytes, 0..range.start);
                    mutant.keep(&bytes, range.end..target.range.end);
                    mutant.keep(&bytes, range.clone());
                    mutant.keep(&bytes, target.range.end..bytes.len());
                    // What stood behind it is left to the party before.
                    let end = edifact::group_end(&all, i).unwrap_or(range.end);
                    mutant.moved.push(range.start..end.max(range.end));
                    mutants.push(mutant);
                }
            }
        }
        for ground in edifact::split(&bytes) {
            for pair in ground.lines.windows(2) {
                let (a, b) = (pair[0].clone(), pair[1].clone());
                mutants.push(Mutant::swapped(
                    format!("lines at {} and {} swapped", a.start, b.start),
                    &bytes,
                    a,
                    b,
                ));
            }
        }
        for mutant in &mutants {
            judge.judge(&name, mutant, &sample);
            judge.judge(&name, &edifact::with_right_counts(mutant), &sample);
        }
    }
    judge.done("EDIFACT");
}

#[test]
fn edifact_files_cut_anywhere() {
    let mut judge = Judge::new(edifact::split);
    for (name, bytes) in samples("edifact-orders", ".edi") {
        let sample = judge.room.read(&bytes);
        for end in 0..bytes.len() {
            // Between interchanges and between bare messages; the last terminator may be missing there.
            let begins = |rest: &[u8]| {
                let rest = rest.trim_ascii_start();
                ["UNA", "UNB", "UNH"].iter().any(|tag| rest.starts_with(tag.as_bytes()))
            };
            let rest = &bytes[end..];
            let behind = rest.get(1..).filter(|_| matches!(rest[0], b'\'' | b'~')).unwrap_or_default();
            let may_end = begins(rest) || begins(behind);
            judge.judge_cut(&name, &bytes, end, &sample, may_end);
        }
    }
    judge.done("EDIFACT files that were cut");
}

// ---- two files in one ----------------------------------------------------------------------------------

/// The orders of two files in one are the orders of the first and those of the second, at their places.
fn two_in_one(channel: &str, ending: &str) {
    let mut room = Room::new();
    let all: Vec<_> = samples(channel, ending)
        .into_iter()
        .map(|(name, bytes)| {
            let orders = room.read(&bytes);
            (name, bytes, orders)
        })
        .filter(|(_, _, orders)| !orders.is_empty() && orders.iter().all(|o| o.verdict == Verdict::Accepted))
        .collect();
    let mut faults = Vec::new();
    for (first, a, a_orders) in &all {
        // Without its last terminator, what follows belongs to its last segment.
        if !matches!(a.trim_ascii_end().last(), Some(b'\'' | b'~' | b'}')) {
            continue;
        }
        for (second, b, b_orders) in &all {
            let mark = b.strip_prefix(b"\xEF\xBB\xBF").map_or(0, |_| 3);
            let both = [a.as_slice(), b"\n", &b[mark..]].concat();
            let shift = a.len() + 1 - mark;
            let moved = |order: &Order| {
                let mut order = order.clone();
                for value in order.records.iter_mut().flat_map(|r| &mut r.values).filter(|v| v.end > v.at) {
                    value.at += shift;
                    value.end += shift;
                }
                order
            };
            let expected: Vec<Order> = a_orders.iter().cloned().chain(b_orders.iter().map(moved)).collect();
            let got = room.read(&both);
            let same = got.len() == expected.len()
                && got.iter().zip(&expected).all(|(g, e)| g.is_flagged() || g.records == e.records);
            if !same {
                faults.push(format!(
                    "{first} and {second}: {} orders, expected {}",
                    got.len(),
                    expected.len()
                ));
            }
        }
    }
    assert!(
        faults.is_empty(),
        "{} of {} pairs:\n{}",
        faults.len(),
        all.len() * all.len(),
        faults[..faults.len().min(20)].join("\n")
    );
}

#[test]
fn two_edifact_files_in_one() {
    two_in_one("edifact-orders", ".edi");
}

#[test]
fn two_webhooks_in_one() {
    two_in_one("whatsapp-order", ".payload.json");
}

// ---- JSON ----------------------------------------------------------------------------------------------

mod tree {
    use super::{Ground, Range};

    /// A value of a document and where it stands; members with the place of name and value together.
    #[derive(Clone, Debug)]
    pub struct Node {
        pub name: String,
        /// The member or element: name, colon and value.
        pub whole: Range<usize>,
        pub value: Range<usize>,
        pub children: Vec<Node>,
    }

    /// Parses as much as is well formed.
    pub fn documents(bytes: &[u8]) -> Vec<Node> {
        let mut at = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        let mut all = Vec::new();
        loop {
            blanks(bytes, &mut at);
            if at >= bytes.len() {
                return all;
            }
            let mut nodes = Vec::new();
            let begin = at;
            let whole = value(bytes, &mut at, begin, String::new(), &mut nodes);
            all.append(&mut nodes);
            if !whole {
                return all;
            }
        }
    }

    fn blanks(bytes: &[u8], at: &mut usize) {
        while bytes.get(*at).is_some_and(|b| b" \t\r\n".contains(b)) {
            *at += 1;
        }
    }

    fn string(bytes: &[u8], at: &mut usize) -> bool {
        *at += 1;
        loop {
            match bytes.get(*at) {
                None => return false,
                Some(b'\\') => *at += 2,
                Some(b'"') => {
                    *at += 1;
                    return true;
                }
                Some(_) => *at += 1,
            }
        }
    }

    /// Reads a value into `into`, an unfinished one too; `false` where the bytes end or make no sense.
    fn value(bytes: &[u8], at: &mut usize, begin: usize, name: String, into: &mut Vec<Node>) -> bool {
        let first = *at;
        let mut children = Vec::new();
        let whole = match bytes.get(*at) {
            Some(bracket @ (b'{' | b'[')) => {
                let object = *bracket == b'{';
                *at += 1;
                inner(bytes, at, object, &mut children)
            }
            Some(b'"') => string(bytes, at),
            Some(_) => {
                while bytes.get(*at).is_some_and(|b| !b" \t\r\n,]}".contains(b)) {
                    *at += 1;
                }
                *at > first
            }
            None => false,
        };
        let end = (*at).min(bytes.len());
        into.push(Node { name, whole: begin..end, value: first..end, children });
        whole
    }

    fn inner(bytes: &[u8], at: &mut usize, object: bool, children: &mut Vec<Node>) -> bool {
        let close = if object { b'}' } else { b']' };
        loop {
            blanks(bytes, at);
            match bytes.get(*at) {
                Some(byte) if *byte == close => {
                    *at += 1;
                    return true;
                }
                Some(b',') => {
                    *at += 1;
                    continue;
                }
                None => return false,
                _ => {}
            }
            let begin = *at;
            let mut name = String::new();
            if object {
                if bytes[*at] != b'"' || !string(bytes, at) {
                    return false;
                }
                let text = &bytes[begin..*at];
                name = serde_json::from_slice(text).unwrap_or_default();
                blanks(bytes, at);
                if bytes.get(*at) != Some(&b':') {
                    return false;
                }
                *at += 1;
                blanks(bytes, at);
            }
            if !value(bytes, at, begin, name, children) {
                return false;
            }
        }
    }

    /// Members of a name, arrays opened.
    pub fn named<'n>(node: &'n Node, name: &str) -> Vec<&'n Node> {
        let mut found = Vec::new();
        for child in node.children.iter().filter(|c| c.name == name) {
            let list = child.children.first().is_some_and(|c| c.name.is_empty());
            if list {
                found.extend(&child.children);
            } else {
                found.push(child);
            }
        }
        found
    }

    /// Each message, its lines, and what stands beside the messages.
    pub fn split(bytes: &[u8]) -> Vec<Ground> {
        let mut grounds = Vec::new();
        for document in documents(bytes) {
            let roots = if document.children.first().is_some_and(|c| c.name.is_empty()) {
                document.children.clone()
            } else {
                vec![document]
            };
            for root in &roots {
                let values = named(root, "entry").into_iter().flat_map(|e| named(e, "changes"));
                for value in values.flat_map(|c| named(c, "value")) {
                    let beside = ["contacts", "metadata"].into_iter().flat_map(|n| named(value, n));
                    let beside: Vec<_> = beside.map(|n| n.whole.clone()).collect();
                    for message in ["messages", "statuses"].into_iter().flat_map(|n| named(value, n)) {
                        let items =
                            named(message, "order").into_iter().flat_map(|o| named(o, "product_items"));
                        let items = items.filter(|i| bytes.get(i.value.start) == Some(&b'{'));
                        let lines: Vec<_> = items.map(|i| i.value.clone()).collect();
                        // The message without its lines, and what is carried into it.
                        let mut document = beside.clone();
                        let mut at = message.value.start;
                        for line in &lines {
                            document.push(at..line.start);
                            at = line.end;
                        }
                        document.push(at..message.value.end);
                        grounds.push(Ground { document, lines });
                    }
                }
            }
        }
        grounds
    }

    /// Every node below, depth first, with its parent's children and its place among them.
    pub fn each<'n>(nodes: &'n [Node], visit: &mut impl FnMut(&'n [Node], usize)) {
        for number in 0..nodes.len() {
            visit(nodes, number);
            each(&nodes[number].children, visit);
        }
    }
}

#[test]
fn json_values_never_move() {
    let mut judge = Judge::new(tree::split);
    for (name, bytes) in samples("whatsapp-order", ".payload.json") {
        let sample = judge.room.read(&bytes);
        let documents = tree::documents(&bytes);
        let mut mutants = Vec::new();
        tree::each(&documents, &mut |siblings, number| {
            let node = &siblings[number];
            let (range, label) = (node.whole.clone(), format!("{} at {}", node.name, node.whole.start));
            // With the comma behind or before it.
            let gap = match (number.checked_sub(1).and_then(|n| siblings.get(n)), siblings.get(number + 1)) {
                (_, Some(next)) => range.start..next.whole.start,
                (Some(before), None) => before.whole.end..range.end,
                (None, None) => range.clone(),
            };
            mutants.push(Mutant::replaced(format!("without {label}"), &bytes, gap, b""));
            let mut twice = Mutant::named(format!("{label} twice"));
            twice.keep(&bytes, 0..range.end);
            twice.write(b",");
            twice.keep(&bytes, range.start..bytes.len());
            mutants.push(twice);
            if let Some(next) = siblings.get(number + 1) {
                mutants.push(Mutant::swapped(
                    format!("{label} swapped"),
                    &bytes,
                    range.clone(),
                    next.whole.clone(),
                ));
            }
            if !node.name.is_empty() {
                for new in
                    ["\"zzz\":1,", "\"zzz\":{\"quantity\":7,\"id\":\"x\"},", "\"zzz\":[{\"item_price\":1}],"]
                {
                    let name = format!("{new} before {label}");
                    let mut mutant = Mutant::replaced(name, &bytes, range.start..range.start, new.as_bytes());
                    mutant.adds = true;
                    mutants.push(mutant);
                }
                for new in ["null", "\"\"", "{}", "[]", "true", "\"x\"", "-1", "[1,2]"] {
                    mutants.push(Mutant::replaced(
                        format!("{label} = {new}"),
                        &bytes,
                        node.value.clone(),
                        new.as_bytes(),
                    ));
                    let twin = format!("{:?}:{new},", node.name);
                    let name = format!("{twin} before {label}");
                    mutants.push(Mutant::replaced(name, &bytes, range.start..range.start, twin.as_bytes()));
                }
            }
        });
        for mutant in &mutants {
            judge.judge(&name, mutant, &sample);
        }
    }
    judge.done("JSON");
}

#[test]
fn json_files_cut_anywhere() {
    let mut judge = Judge::new(tree::split);
    for (name, bytes) in samples("whatsapp-order", ".payload.json") {
        let sample = judge.room.read(&bytes);
        for end in 0..bytes.len() {
            let before = serde_json::Deserializer::from_slice(&bytes[..end]);
            let may_end = before.into_iter::<serde_json::Value>().all(|document| document.is_ok());
            judge.judge_cut(&name, &bytes, end, &sample, may_end);
        }
    }
    judge.done("JSON files that were cut");
}

// ---- separated values ----------------------------------------------------------------------------------

mod rows {
    use super::{Ground, Range};

    #[derive(Clone, Debug)]
    pub struct Row {
        pub whole: Range<usize>,
        pub cells: Vec<Range<usize>>,
    }

    /// The separator of a sample: the one that its first line has most of.
    pub fn separator(bytes: &[u8]) -> u8 {
        let line =
            bytes.split(|b| matches!(b, b'\r' | b'\n')).find(|l| !l.starts_with(b"sep=")).unwrap_or(b"");
        let count = |c: &u8| line.iter().filter(|b| *b == c).count();
        b";\t,|".iter().copied().max_by_key(count).unwrap_or(b';')
    }

    /// Rows and cells; a quote counts at the begin of a cell and where it is closed before the file ends.
    pub fn rows(bytes: &[u8], separator: u8) -> Vec<Row> {
        let mut all = Vec::new();
        let (mut begin, mut cell, mut at) = (0, 0, 0);
        let mut cells = Vec::new();
        while at <= bytes.len() {
            let byte = bytes.get(at).copied();
            if byte == Some(b'"') && bytes[cell..at].iter().all(|b| *b == b' ') {
                if let Some(end) = quote_end(bytes, at + 1, separator) {
                    at = end;
                    continue;
                }
            }
            match byte {
                Some(b) if b == separator => {
                    cells.push(cell..at);
                    cell = at + 1;
                }
                None | Some(b'\r' | b'\n') => {
                    cells.push(cell..at);
                    if at > begin {
                        all.push(Row {
                            whole: begin..(at + 1).min(bytes.len()),
                            cells: std::mem::take(&mut cells),
                        });
                    }
                    cells.clear();
                    (begin, cell) = (at + 1, at + 1);
                }
                _ => {}
            }
            at += 1;
        }
        all
    }

    fn quote_end(bytes: &[u8], mut at: usize, separator: u8) -> Option<usize> {
        loop {
            match bytes.get(at)? {
                b'"' if bytes.get(at + 1) == Some(&b'"') => at += 2,
                b'"' => {
                    let behind = at + 1 + bytes[at + 1..].iter().take_while(|b| **b == b' ').count();
                    return match bytes.get(behind) {
                        None | Some(b'\r' | b'\n') => Some(behind),
                        Some(b) if *b == separator => Some(behind),
                        Some(_) => None,
                    };
                }
                _ => at += 1,
            }
        }
    }

    /// Any row may be a line of any order: what must hold is that a line keeps to one row, see
    /// `keeps_to_one_row`.
    pub fn split(bytes: &[u8]) -> Vec<Ground> {
        let whole = 0..bytes.len();
        let lines = std::iter::repeat_n(whole.clone(), 10_000).collect();
        vec![Ground { document: vec![whole], lines }]
    }
}

/// The values of a line stand in one row, each row is one line at most, and the document's values stand in
/// a row of the same order.
fn keep_to_their_rows(orders: &[Order], bytes: &[u8], separator: u8) -> Vec<String> {
    let all = rows::rows(bytes, separator);
    let row_of = |v: &Value| all.iter().position(|row| v.at >= row.whole.start && v.end <= row.whole.end);
    let mut faults = Vec::new();
    // The order that each row is a line of.
    let mut used: HashMap<usize, usize> = HashMap::new();
    let located = |record: &Record| -> Vec<Option<usize>> {
        let mut rows: Vec<_> = record.values.iter().filter(|v| v.end > v.at).map(row_of).collect();
        rows.dedup();
        rows
    };
    for (number, order) in orders.iter().enumerate() {
        for record in order.records.iter().filter(|r| r.kind == RecordKind::Line) {
            match located(record).as_slice() {
                [Some(row)] if !used.contains_key(row) => drop(used.insert(*row, number)),
                [] => {}
                other => faults.push(format!("line {} stands in rows {other:?}", record.line)),
            }
        }
    }
    for (number, order) in orders.iter().enumerate() {
        for record in order.records.iter().filter(|r| r.kind != RecordKind::Line) {
            for row in located(record) {
                // A row without any line value is nobody's line.
                if row.is_none_or(|row| used.get(&row).is_some_and(|other| *other != number)) {
                    faults.push(format!("order {number} has a value of row {row:?}"));
                }
            }
        }
    }
    faults
}

#[test]
fn csv_values_never_move() {
    let mut judge = Judge::new(rows::split);
    for (name, bytes) in samples("csv-order", ".csv") {
        if bytes.starts_with(b"\xFF\xFE") {
            // UTF-16: places are those of the whole message.
            continue;
        }
        let sample = judge.room.read(&bytes);
        let separator = rows::separator(&bytes);
        let all = rows::rows(&bytes, separator);
        let mut mutants = Vec::new();
        let header = usize::from(bytes.starts_with(b"sep="));
        for (number, row) in all.iter().enumerate() {
            let range = row.whole.clone();
            if number == header {
                // Another header is another file.
                continue;
            }
            mutants.push(Mutant::replaced(format!("without row {number}"), &bytes, range.clone(), b""));
            mutants.push(Mutant::doubled(format!("row {number} twice"), &bytes, range.clone()));
            for other in all.iter().skip(number + 1) {
                let name = format!("rows {number} and at {} swapped", other.whole.start);
                let mut mutant = Mutant::swapped(name, &bytes, range.clone(), other.whole.clone());
                mutant.moved.push(0..bytes.len());
                mutants.push(mutant);
            }
            for (column, cell) in row.cells.iter().enumerate() {
                let label = format!("cell {number}/{column}");
                let gap = cell.start..(cell.end + 1).min(range.end);
                mutants.push(Mutant::replaced(format!("without {label}"), &bytes, gap.clone(), b""));
                mutants.push(Mutant::doubled(format!("{label} twice"), &bytes, gap));
                if let Some(next) = row.cells.get(column + 1) {
                    let mut mutant =
                        Mutant::swapped(format!("{label} swapped"), &bytes, cell.clone(), next.clone());
                    mutant.moved = vec![cell.clone(), next.clone()];
                    mutants.push(mutant);
                }
                // A new quote would close one that the sample has left open.
                let open = bytes.iter().filter(|b| **b == b'"').count() % 2 == 1;
                for new in ["", "\"", "x", "1.234", "\"\"\"", "a\nb", "-1", "4711", "\"1;2,3\t4|5\""] {
                    if open && new.contains('"') {
                        continue;
                    }
                    mutants.push(Mutant::replaced(
                        format!("{label} = {new:?}"),
                        &bytes,
                        cell.clone(),
                        new.as_bytes(),
                    ));
                }
            }
        }
        // A new column that nobody knows, empty in every row: each value stays.
        let mut wide = Mutant::named("an empty column".to_owned());
        let mut at = 0;
        for (number, row) in all.iter().enumerate() {
            let end = row.cells.last().map_or(row.whole.end, |cell| cell.end);
            if bytes[row.whole.clone()].starts_with(b"sep=") {
                continue;
            }
            wide.keep(&bytes, at..end);
            wide.write(&[separator]);
            if number == 0 {
                wide.write(b"Zzz");
            }
            at = end;
        }
        wide.keep(&bytes, at..bytes.len());
        wide.adds = true;
        mutants.push(wide);
        for mutant in &mutants {
            judge.judge(&name, mutant, &sample);
            let orders = judge.room.read(&mutant.bytes);
            let faults = keep_to_their_rows(&orders, &mutant.bytes, separator);
            judge.report(&name, mutant, faults);
        }
    }
    judge.done("CSV");
}

/// A row that ends anywhere looks like a row: a file of separated values has no end mark. What can be asked
/// is that no value stands outside of its row.
#[test]
fn csv_files_cut_anywhere() {
    let mut judge = Judge::new(rows::split);
    for (name, bytes) in samples("csv-order", ".csv") {
        if bytes.starts_with(b"\xFF\xFE") {
            continue;
        }
        let sample = judge.room.read(&bytes);
        let separator = rows::separator(&bytes);
        for end in 0..bytes.len() {
            judge.judge_cut(&name, &bytes, end, &sample, true);
            let orders = judge.room.read(&bytes[..end]);
            let faults = keep_to_their_rows(&orders, &bytes[..end], separator);
            let mut mutant = Mutant::named(format!("cut at {end}"));
            mutant.keep(&bytes, 0..end);
            judge.report(&name, &mutant, faults);
        }
    }
    judge.done("CSV files that were cut");
}
