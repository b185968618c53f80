//! What the library reads: orders with the place of every value.

use std::fs;
use std::ops::Range;
use std::path::Path;

use ordnorm::channel::{Options, Registry};
use ordnorm::normalize::{Memory, Reader};
use ordnorm::order::vocabulary;
use ordnorm::order::{Entry, Event, Finding, RecordKind, Texts, Verdict};

/// A value: its field, what it is, where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    pub field: u16,
    pub shown: String,
    pub at: usize,
    pub end: usize,
}

/// A record: the document, a party, a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub kind: RecordKind,
    pub line: u32,
    pub values: Vec<Value>,
}

#[derive(Clone, Debug)]
pub struct Order {
    pub verdict: Verdict,
    pub records: Vec<Record>,
    /// Findings above `info`: code, line, place.
    pub grave: Vec<(&'static str, u32, Range<usize>)>,
}

impl Order {
    pub fn is_flagged(&self) -> bool {
        self.verdict != Verdict::Accepted || !self.grave.is_empty()
    }

    pub fn values(&self) -> impl Iterator<Item = &Value> {
        self.records.iter().flat_map(|record| &record.values)
    }
}

/// Memory for reading, taken once.
pub struct Room {
    pub entries: Vec<Entry>,
    pub findings: Vec<Finding>,
    pub scratch: Vec<u8>,
    /// The last reading ended with an error.
    pub stopped: bool,
}

impl Room {
    pub fn new() -> Room {
        Room {
            entries: vec![Entry::default(); 1_024],
            findings: vec![Finding::NONE; 128],
            scratch: vec![0; 1 << 15],
            stopped: false,
        }
    }

    pub fn read(&mut self, message: &[u8]) -> Vec<Order> {
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

pub fn samples(channel: &str, ending: &str) -> Vec<(String, Vec<u8>)> {
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
