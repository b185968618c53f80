//! Other libraries at the same work on the same bytes, beside ours, in one run.
//!
//! The others give their caller a typed order with a hand-written structure for just this file: number,
//! date, parties, lines with article, quantity, unit and price. Ours reads any order of the notation with
//! every value's place and all checks. `tokens` is what each does before anything is typed.

use std::hint::black_box;
use std::time::{Duration, Instant};

use ordnorm_benches::generate::{self, Locale};
use ordnorm_benches::measure::{self, Room};

/// Orders typed by hand from `edifact-rs` segments; nobody reads the fields but the optimiser.
#[allow(dead_code)]
mod edifact {
    use edifact_rs::{Segment, from_bytes};

    #[derive(Debug, Default)]
    pub struct Line {
        pub number: String,
        pub gtin: String,
        pub items: Vec<(String, String)>,
        pub description: Option<String>,
        pub quantity: Option<(f64, String)>,
        pub amount: Option<f64>,
        pub price: Option<f64>,
        pub date: Option<String>,
    }

    #[derive(Debug, Default)]
    pub struct Order {
        pub number: String,
        pub currency: String,
        pub dates: Vec<(String, String)>,
        pub parties: Vec<(String, String, Option<String>)>,
        pub lines: Vec<Line>,
        pub declared: usize,
    }

    fn text(segment: &Segment<'_>, element: usize, component: usize) -> String {
        segment.component_str(element, component).unwrap_or_default().to_owned()
    }

    fn number(segment: &Segment<'_>, element: usize, component: usize) -> Option<f64> {
        segment.component_str(element, component)?.parse().ok()
    }

    /// Every component is looked at.
    pub fn tokens(bytes: &[u8]) -> u64 {
        let mut count = 0;
        for segment in from_bytes(bytes) {
            let segment = segment.expect("well formed");
            let mut at = 0;
            while let Some(element) = segment.get_element(at) {
                for component in element.components() {
                    std::hint::black_box(component);
                    count += 1;
                }
                at += 1;
            }
        }
        count
    }

    pub fn orders(bytes: &[u8]) -> u64 {
        let mut order = Order::default();
        let mut count = 0;
        for segment in from_bytes(bytes) {
            let s = segment.expect("well formed");
            let line = order.lines.last_mut();
            match (s.tag(), line) {
                ("UNH", _) => order = Order::default(),
                ("BGM", _) => order.number = text(&s, 1, 0),
                ("CUX", None) => order.currency = text(&s, 0, 1),
                ("DTM", None) => order.dates.push((text(&s, 0, 0), text(&s, 0, 1))),
                ("DTM", Some(line)) => line.date = Some(text(&s, 0, 1)),
                ("NAD", None) => {
                    let name = s.component_str(3, 0).map(str::to_owned);
                    order.parties.push((text(&s, 0, 0), text(&s, 1, 0), name));
                }
                ("LIN", _) => {
                    order.lines.push(Line {
                        number: text(&s, 0, 0),
                        gtin: text(&s, 2, 0),
                        ..Line::default()
                    });
                }
                ("PIA", Some(line)) => line.items.push((text(&s, 1, 0), text(&s, 1, 1))),
                ("IMD", Some(line)) => line.description = Some(text(&s, 2, 3)),
                ("QTY", Some(line)) if s.component_str(0, 0) == Some("21") => {
                    line.quantity = number(&s, 0, 1).map(|q| (q, text(&s, 0, 2)));
                }
                ("MOA", Some(line)) if s.component_str(0, 0) == Some("203") => line.amount = number(&s, 0, 1),
                ("PRI", Some(line)) => line.price = number(&s, 0, 1),
                ("CNT", _) => order.declared = number(&s, 0, 1).unwrap_or_default() as usize,
                ("UNT", _) => {
                    assert_eq!(order.declared, order.lines.len());
                    std::hint::black_box(&order);
                    count += order.lines.len() as u64;
                }
                _ => {}
            }
        }
        count
    }
}

/// The WhatsApp order as `serde_json` types.
#[allow(dead_code)]
mod webhook {
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    pub struct Hook<'a> {
        #[serde(borrow)]
        pub object: &'a str,
        pub entry: Vec<Entry<'a>>,
    }
    #[derive(Debug, Deserialize)]
    pub struct Entry<'a> {
        #[serde(borrow)]
        pub changes: Vec<Change<'a>>,
    }
    #[derive(Debug, Deserialize)]
    pub struct Change<'a> {
        #[serde(borrow)]
        pub value: Value<'a>,
    }
    #[derive(Debug, Deserialize)]
    pub struct Value<'a> {
        #[serde(borrow)]
        pub contacts: Vec<Contact<'a>>,
        pub messages: Vec<Message<'a>>,
    }
    #[derive(Debug, Deserialize)]
    pub struct Contact<'a> {
        #[serde(borrow)]
        pub profile: Profile<'a>,
        pub wa_id: &'a str,
    }
    #[derive(Debug, Deserialize)]
    pub struct Profile<'a> {
        #[serde(borrow)]
        pub name: &'a str,
    }
    #[derive(Debug, Deserialize)]
    pub struct Message<'a> {
        #[serde(borrow)]
        pub from: &'a str,
        pub id: &'a str,
        pub timestamp: &'a str,
        pub r#type: &'a str,
        pub order: Option<Order<'a>>,
    }
    #[derive(Debug, Deserialize)]
    pub struct Order<'a> {
        #[serde(borrow)]
        pub text: Option<&'a str>,
        pub product_items: Vec<Item<'a>>,
    }
    #[derive(Debug, Deserialize)]
    pub struct Item<'a> {
        #[serde(borrow)]
        pub product_retailer_id: &'a str,
        pub quantity: u32,
        pub item_price: f64,
        pub currency: &'a str,
    }

    /// Checked and looked at, nothing kept.
    pub fn tokens(bytes: &[u8]) -> u64 {
        let stream = serde_json::Deserializer::from_slice(bytes).into_iter::<serde::de::IgnoredAny>();
        stream.map(|hook| hook.expect("well formed")).count() as u64
    }

    pub fn orders(bytes: &[u8]) -> u64 {
        let mut count = 0;
        for hook in serde_json::Deserializer::from_slice(bytes).into_iter::<Hook<'_>>() {
            let hook = hook.expect("well formed");
            std::hint::black_box(&hook);
            let messages = hook.entry.iter().flat_map(|e| &e.changes).flat_map(|c| &c.value.messages);
            count +=
                messages.filter_map(|m| m.order.as_ref()).map(|o| o.product_items.len() as u64).sum::<u64>();
        }
        count
    }
}

/// A row as `csv` and `serde` give it.
#[allow(dead_code)]
mod rows {
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    pub struct Row<'a> {
        order_number: &'a str,
        order_date: &'a str,
        delivery_date: &'a str,
        customer_number: &'a str,
        line: u32,
        sku: &'a str,
        gtin: &'a str,
        description: &'a str,
        quantity: f64,
        unit: &'a str,
        net_price: f64,
        currency: &'a str,
    }

    pub fn tokens(bytes: &[u8]) -> u64 {
        let mut reader = csv::Reader::from_reader(bytes);
        let mut record = csv::ByteRecord::new();
        let mut count = 0;
        while reader.read_byte_record(&mut record).expect("well formed") {
            for field in &record {
                std::hint::black_box(field);
                count += 1;
            }
        }
        count
    }

    pub fn orders(bytes: &[u8]) -> u64 {
        let mut reader = csv::Reader::from_reader(bytes);
        let headers = reader.byte_headers().expect("a header").clone();
        let mut record = csv::ByteRecord::new();
        let mut count = 0;
        while reader.read_byte_record(&mut record).expect("well formed") {
            let row: Row<'_> = record.deserialize(Some(&headers)).expect("a row");
            std::hint::black_box(&row);
            count += 1;
        }
        count
    }
}

type Pass = Box<dyn FnMut(&[u8]) -> u64>;

struct Contest {
    file: &'static str,
    bytes: Vec<u8>,
    passes: Vec<(&'static str, Pass)>,
}

fn ours() -> Pass {
    let mut room = Room::default();
    Box::new(move |bytes| measure::records(bytes, &mut room).lines)
}

fn main() {
    let seconds = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(10);
    let table = black_box(measure::table());
    let mut contests = [
        Contest {
            file: "edifact",
            bytes: generate::edifact(1 << 20),
            passes: vec![
                ("floor", Box::new(move |b| measure::floor(b, &table))),
                ("chain", Box::new(move |b| measure::chain(b, &table))),
                ("ordnorm tokens", Box::new(measure::edifact_tokens)),
                ("edifact-rs tokens", Box::new(edifact::tokens)),
                ("ordnorm records", ours()),
                ("edifact-rs typed by hand", Box::new(edifact::orders)),
            ],
        },
        Contest {
            file: "json",
            bytes: generate::webhooks(1 << 20),
            passes: vec![
                ("floor", Box::new(move |b| measure::floor(b, &table))),
                ("ordnorm items", Box::new(measure::json_items)),
                ("serde_json ignored", Box::new(webhook::tokens)),
                ("ordnorm records", ours()),
                ("serde_json typed", Box::new(webhook::orders)),
            ],
        },
        Contest {
            file: "csv-english",
            bytes: generate::csv(Locale::English, 1 << 20),
            passes: vec![
                ("floor", Box::new(move |b| measure::floor(b, &table))),
                ("ordnorm fields", Box::new(|b| measure::csv_fields(b, b','))),
                ("csv fields", Box::new(rows::tokens)),
                ("ordnorm records", ours()),
                ("csv with serde", Box::new(rows::orders)),
            ],
        },
    ];
    let mut best: Vec<Vec<Duration>> = contests.iter().map(|c| vec![Duration::MAX; c.passes.len()]).collect();
    let end = Instant::now() + Duration::from_secs(seconds);
    while Instant::now() < end {
        for (contest, best) in contests.iter_mut().zip(&mut best) {
            for ((_, pass), best) in contest.passes.iter_mut().zip(best) {
                let begin = Instant::now();
                black_box(pass(black_box(&contest.bytes)));
                *best = begin.elapsed().min(*best);
            }
        }
    }
    for (contest, best) in contests.iter().zip(&best) {
        for ((name, _), best) in contest.passes.iter().zip(best) {
            let speed = contest.bytes.len() as f64 / best.as_secs_f64() / 1e6;
            println!("{:12} {:26} {speed:>6.0} MB/s", contest.file, name);
        }
    }
}
