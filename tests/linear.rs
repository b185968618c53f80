//! Work grows with the length of the message, not faster, whatever stands in it.
//!
//! Messages of one hostile shape are read at n, 2n, 4n and 8n. From the smallest to the largest the time may
//! grow by 2.6 a doubling at most; a quadratic one grows by 4. Times on a machine that does other things
//! too are noisy, so the best of several is taken, and a shape that seems too slow gets more chances before
//! it fails.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use ordnorm::channel::{Options, Registry};
use ordnorm::normalize::{Memory, Reader};
use ordnorm::order::{Entry, Event, Finding, Order, OrderMemory, Part, json};

/// What a doubling may cost.
const GROWTH: f64 = 2.6;

/// Memory for a whole order.
type Kept = (Vec<Entry>, Vec<Part>, Vec<Finding>, Vec<u8>);

/// A name, and the message for an n.
type Shape<'s> = (&'s str, &'s dyn Fn(usize) -> Vec<u8>);

struct Room {
    entries: Vec<Entry>,
    findings: Vec<Finding>,
    scratch: Vec<u8>,
    /// Room for whole orders, which are read and written as JSON then.
    whole: Option<Kept>,
}

impl Room {
    fn new(whole: bool) -> Room {
        let room = || {
            (
                vec![Entry::default(); 1 << 19],
                vec![Part::default(); 1 << 17],
                vec![Finding::NONE; 1 << 16],
                vec![0; 1 << 20],
            )
        };
        Room {
            entries: vec![Entry::default(); 1_024],
            findings: vec![Finding::NONE; 64],
            scratch: vec![0; 1 << 16],
            whole: whole.then(room),
        }
    }

    /// Reads a message to its end; the time it took.
    fn time(&mut self, message: &[u8]) -> Duration {
        let memory =
            Memory { entries: &mut self.entries, findings: &mut self.findings, scratch: &mut self.scratch };
        let begin = Instant::now();
        let mut seen = 0usize;
        if let Ok(mut reader) = Reader::new(message, Registry::builtin(), Options::default(), memory) {
            if let Some((entries, parts, findings, texts)) = &mut self.whole {
                let mut order = Order::new(message, OrderMemory { entries, parts, findings, texts });
                let mut text = String::with_capacity(1 << 22);
                while let Ok(true) = reader.collect(&mut order) {
                    text.clear();
                    json::write(&order, true, &mut text).expect("a String takes everything");
                    seen += text.len();
                }
            }
            while let Ok(Some(event)) = reader.next() {
                seen += match event {
                    Event::Record(record) => record.entries.len(),
                    _ => 1,
                };
            }
        }
        std::hint::black_box(seen);
        begin.elapsed()
    }

    fn best(&mut self, message: &[u8], times: u32) -> f64 {
        (0..times).map(|_| self.time(message)).min().unwrap_or_default().as_secs_f64()
    }
}

/// Growth over three doublings, as the cost of one.
fn growth(best: &[f64; 4]) -> f64 {
    (best[3] / best[0].max(1e-6)).cbrt()
}

fn linear(whole: bool, shapes: &[Shape<'_>]) {
    let mut room = Room::new(whole);
    let mut faults = Vec::new();
    for (name, shape) in shapes {
        // Large enough that the smallest takes 0.3 ms.
        let mut n = if whole { 512 } else { 64 };
        while room.best(&shape(n), 3) < 3e-4 && n < 1 << 17 {
            n *= 2;
        }
        // The best time of each size: other work on the machine only adds.
        let messages = [1, 2, 4, 8].map(|k| shape(n * k));
        let mut times = [f64::MAX; 4];
        for _ in 0..12 {
            for (best, message) in times.iter_mut().zip(&messages) {
                *best = best.min(room.best(message, 3));
            }
            // Good enough, or bad beyond all noise.
            if growth(&times) <= GROWTH || times[3] > 0.5 {
                break;
            }
        }
        let growth = growth(&times);
        let length = messages[3].len();
        let speed = length as f64 / times[3] / 1e6;
        println!("{name:44} n = {n:6}: {growth:.2} a doubling, {speed:6.1} MB/s at {length} bytes");
        if growth > GROWTH {
            faults.push(format!("{name}: {growth:.2} a doubling from n = {n}: {times:?} s"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

const FRONT: &str = "UNB+UNOC:3+A:14+B:14+260101:1200+1'UNH+1+ORDERS:D:96A:UN'BGM+220+P1+9'";

/// An EDIFACT order with something n times in its header, or in its only line.
fn edifact(header: &str, line: &str, n: usize) -> Vec<u8> {
    let mut text = FRONT.to_owned();
    let number = |text: &str, i: usize| text.replace('#', &i.to_string());
    for i in 0..n {
        text += &number(header, i);
    }
    text += "LIN+1++4000862141404:EN'QTY+21:5:PCE'";
    for i in 0..n {
        text += &number(line, i);
    }
    text += "UNS+S'UNT+9+1'UNZ+1+1'";
    text.into_bytes()
}

#[test]
fn edifact_shapes() {
    linear(
        false,
        &[
            ("one line of n FTX", &|n| edifact("", "FTX+AAI+++some text of number #'", n)),
            ("header of n FTX", &|n| edifact("FTX+AAI+++some text of number #'", "", n)),
            ("n NAD", &|n| edifact("NAD+BY+#::91++NAME #'", "", n)),
            ("n NAD of one line", &|n| edifact("", "NAD+DP+#::91++NAME #'", n)),
            ("n contacts of one party", &|n| edifact("CTA+OC+:NAME #'COM+#:TE'", "", n)),
            ("n repeated DTM", &|n| edifact("DTM+137:20260101:102'", "", n)),
            ("n different DTM of one line", &|n| edifact("", "DTM+2:202601#:102'", n)),
            ("n repeated QTY", &|n| edifact("", "QTY+21:#:PCE'", n)),
            ("n repeated PRI", &|n| edifact("", "PRI+AAA:#'", n)),
            ("n PRI of a kind that repeats", &|n| edifact("", "PRI+CAL:#'", n)),
            ("n PIA", &|n| edifact("", "PIA+5+A#:SA+B#:IN'", n)),
            ("n IMD", &|n| edifact("", "IMD+F++:::PIECE #'", n)),
            ("n RFF with their dates", &|n| edifact("RFF+CT:#'DTM+171:20260101:102'", "", n)),
            ("n RFF of one line", &|n| edifact("", "RFF+CT:#'", n)),
            ("n ALC with amounts", &|n| edifact("ALC+C'MOA+8:#'PCD+3:5'", "", n)),
            ("n split deliveries", &|n| edifact("", "LOC+7+P#::92'QTY+11:#'DTM+2:20260101:102'", n)),
            ("n PAT", &|n| edifact("PAT+22++5:3:D:#'PCD+12:2'", "", n)),
            ("n CUX", &|n| edifact("CUX+2:EUR:9'", "", n)),
            ("n unknown segments", &|n| edifact("ZZZ+#:1+X'", "ZZZ+#'", n)),
            ("n lines", &|n| edifact("", "LIN+#++4000862141404:EN'QTY+21:5'", n)),
            ("n empty segments", &|n| edifact("'", "", n)),
            ("one segment of n components", &|n| edifact("", &format!("FTX+AAI+++{}'", "a:".repeat(n)), 1)),
            ("one segment of n elements", &|n| edifact("", &format!("FTX{}'", "+a".repeat(n)), 1)),
            ("one value of n bytes", &|n| edifact("", &format!("FTX+AAI+++{}'", "a".repeat(n)), 1)),
            ("a value of n releases", &|n| edifact("", &format!("FTX+AAI+++{}'", "?+".repeat(n)), 1)),
            ("a value of n line breaks", &|n| edifact("", &format!("FTX+AAI+++a{}'", "\n".repeat(n)), 1)),
            ("a value that never ends", &|n| [FRONT.as_bytes(), &b"FTX+".repeat(n)].concat()),
            ("n messages", &|n| {
                let mut text = FRONT[..35].to_owned();
                for i in 0..n {
                    let _ = write!(text, "UNH+{i}+ORDERS:D:96A:UN'BGM+220+P{i}+9'LIN+1'QTY+21:1'UNT+5+{i}'");
                }
                (text + &format!("UNZ+{n}+1'")).into_bytes()
            }),
            ("n messages of another kind", &|n| {
                let mut text = FRONT[..35].to_owned();
                for i in 0..n {
                    let _ = write!(text, "UNH+{i}+INVOIC:D:96A:UN'BGM+380+P{i}+9'UNT+3+{i}'");
                }
                (text + &format!("UNZ+{n}+1'")).into_bytes()
            }),
            ("n interchanges", &|n| {
                let one = format!("{FRONT}LIN+1'QTY+21:1'UNT+5+1'UNZ+1+1'\n");
                one.repeat(n).into_bytes()
            }),
            ("n UNB without an end", &|n| "UNB+UNOC:3+A+B+260101:1200+1'".repeat(n).into_bytes()),
            ("n UNA", &|n| ["UNA:+.? '".repeat(n), FRONT.to_owned()].concat().into_bytes()),
            ("n UNA between UNH", &|n| "UNA:+.? 'UNH+1+ORDERS:D:96A:UN'".repeat(n).into_bytes()),
            ("n blanks", &|n| [" ".repeat(n * 8), FRONT.to_owned()].concat().into_bytes()),
            ("n UNA and blanks in turn", &|n| ["UNA:+.? '", &" ".repeat(8)].concat().repeat(n).into_bytes()),
            ("n separators only", &|n| ["UNH+1", &"+:".repeat(n)].concat().into_bytes()),
        ],
    );
}

/// Whole orders and their JSON: looking up lines, parties and groups must not go through all of them.
#[test]
fn whole_orders() {
    linear(
        true,
        &[
            ("whole: n lines", &|n| edifact("", "LIN+#++4000862141404:EN'QTY+21:5'", n)),
            ("whole: n lines with a party each", &|n| edifact("", "LIN+#'QTY+21:5'NAD+DP+#::91++N'", n)),
            ("whole: n parties and n lines", &|n| edifact("NAD+DP+#::91++N'", "LIN+#'QTY+21:5'", n)),
            ("whole: one line of n parties", &|n| edifact("", "NAD+DP+#::91++N'", n)),
            ("whole: one line of n notes", &|n| edifact("", "FTX+AAI+++text #'", n)),
            ("whole: one line of n references", &|n| edifact("", "RFF+CT:#'", n)),
            ("whole: one line of n schedules", &|n| {
                edifact("", "LOC+7+P#::92'QTY+11:#'DTM+2:20260101:102'", n)
            }),
            ("whole: one line of n prices", &|n| edifact("", "PRI+CAL:#'", n)),
            ("whole: one line of n items", &|n| edifact("", "PIA+5+A#:SA'", n)),
            ("whole: n allowances", &|n| edifact("ALC+C'MOA+8:#'", "", n)),
            ("whole: n discounts", &|n| edifact("PAT+22++5:3:D:#'PCD+12:2'", "", n)),
            ("whole: one party of n contacts", &|n| {
                edifact("", "", 0).splice_header(&"CTA+OC+:N'COM+1:TE'".repeat(n))
            }),
            ("whole: n items of a webhook", &|n| webhook("", "", "", &vec![ITEM; n].join(","))),
            ("whole: n rows", &|n| {
                let rows = many(n, |i| format!("4711;{i};A-{i};5\n"));
                ["Bestellnummer;Pos;Artikelnummer;Menge\n".to_owned(), rows].concat().into_bytes()
            }),
            ("whole: n findings", &|n| edifact("", "QTY+21:x#'", n)),
        ],
    );
}

trait SpliceHeader {
    fn splice_header(self, party: &str) -> Vec<u8>;
}

impl SpliceHeader for Vec<u8> {
    /// A party with something in it, before the first line.
    fn splice_header(mut self, party: &str) -> Vec<u8> {
        let at = FRONT.len();
        self.splice(at..at, format!("NAD+BY+1::91++N'{party}").into_bytes());
        self
    }
}

/// A webhook with the members of its `value`, its message, its order and its items.
fn webhook(value: &str, message: &str, order: &str, items: &str) -> Vec<u8> {
    format!(
        "{{\"object\":\"whatsapp_business_account\",\"entry\":[{{\"id\":\"1\",\"changes\":[{{\"field\":\"messages\",\
         \"value\":{{{value}\"messages\":[{{\"from\":\"491713920001\",\"id\":\"wamid.1\",\"timestamp\":\"1773129600\",\
         {message}\"type\":\"order\",\"order\":{{{order}\"product_items\":[{items}]}}}}]}}}}]}}]}}"
    )
    .into_bytes()
}

const ITEM: &str = "{\"product_retailer_id\":\"A\",\"quantity\":3,\"item_price\":12.5,\"currency\":\"EUR\"}";

fn many(n: usize, one: impl Fn(usize) -> String) -> String {
    (0..n).map(one).collect()
}

#[test]
fn json_shapes() {
    let contact = |i: usize| format!("{{\"profile\":{{\"name\":\"N{i}\"}},\"wa_id\":\"{i}\"}}");
    linear(
        false,
        &[
            ("n items", &|n| webhook("", "", "", &vec![ITEM; n].join(","))),
            ("n duplicate members of a message", &|n| webhook("", &"\"id\":\"w\",".repeat(n), "", ITEM)),
            ("n duplicate members of an item", &|n| {
                webhook("", "", "", &format!("{{{}\"quantity\":1}}", "\"quantity\":1,".repeat(n)))
            }),
            ("n unknown members", &|n| webhook("", &many(n, |i| format!("\"u{i}\":{i},")), "", ITEM)),
            ("n unknown objects", &|n| {
                webhook("", &many(n, |i| format!("\"u{i}\":{{\"a\":[1,{{}}]}},")), "", ITEM)
            }),
            ("n unknown members of an item", &|n| {
                webhook("", "", "", &format!("{{{}\"quantity\":1}}", many(n, |i| format!("\"u{i}\":{i},"))))
            }),
            ("n carried contacts", &|n| {
                let list = (0..n).map(contact).collect::<Vec<_>>().join(",");
                webhook(&format!("\"contacts\":[{list}],"), "", "", ITEM)
            }),
            ("n contacts and n messages", &|n| {
                let list = (0..n).map(contact).collect::<Vec<_>>().join(",");
                let one = |i: usize| {
                    format!(
                        "{{\"from\":\"{i}\",\"id\":\"w{i}\",\"type\":\"order\",\"order\":{{\"product_items\":[{ITEM}]}}}}"
                    )
                };
                let messages = (0..n).map(one).collect::<Vec<_>>().join(",");
                webhook(&format!("\"contacts\":[{list}],\"messages\":[{messages}],"), "", "", ITEM)
            }),
            ("n metadata", &|n| {
                webhook(&"\"metadata\":{\"display_phone_number\":\"1\"},".repeat(n), "", "", ITEM)
            }),
            ("n messages arrays", &|n| {
                webhook(&"\"messages\":[{\"id\":\"w\",\"type\":\"order\"}],".repeat(n), "", "", ITEM)
            }),
            ("a message with its type at the far end", &|n| {
                webhook(
                    "",
                    &format!("\"order\":{{\"product_items\":[{}]}},", vec![ITEM; n].join(",")),
                    "",
                    ITEM,
                )
            }),
            ("n entries", &|n| {
                let one = "{\"changes\":[{\"value\":{\"messages\":[{\"id\":\"w\",\"type\":\"text\"}]}}]}";
                format!("{{\"object\":\"whatsapp_business_account\",\"entry\":[{}]}}", vec![one; n].join(","))
                    .into_bytes()
            }),
            ("n objects before the name of the document", &|n| {
                let one = "{\"changes\":[{\"value\":{\"messages\":[{\"id\":\"w\",\"type\":\"text\"}]}}]}";
                format!("{{\"entry\":[{}],\"object\":\"whatsapp_business_account\"}}", vec![one; n].join(","))
                    .into_bytes()
            }),
            ("n documents", &|n| [webhook("", "", "", ITEM), b"\n".to_vec()].concat().repeat(n)),
            ("n documents that nobody knows", &|n| {
                [webhook("", "", "", ITEM), b"\n{\"a\":1}".repeat(n)].concat()
            }),
            ("n times the deepest nesting", &|n| {
                let deep = format!("{}1{}", "[".repeat(50), "]".repeat(50));
                webhook("", &many(n, |_| format!("\"u\":{deep},")), "", ITEM)
            }),
            ("n brackets too deep", &|n| "[".repeat(n * 8).into_bytes()),
            ("n objects too deep", &|n| "{\"a\":".repeat(n).into_bytes()),
            ("a string of n escapes", &|n| {
                webhook("", &format!("\"text\":{{\"body\":\"{}\"}},", "\\u00e4".repeat(n)), "", ITEM)
            }),
            ("a string that never ends", &|n| ["{\"a\":\"", &"\\\"".repeat(n)].concat().into_bytes()),
            ("n blanks", &|n| ["{", &" ".repeat(n * 8)].concat().into_bytes()),
            ("a number of n digits", &|n| webhook("", &format!("\"u\":{},", "1".repeat(n)), "", ITEM)),
            ("a quantity of n digits", &|n| {
                webhook("", "", "", &format!("{{\"quantity\":{}}}", "1".repeat(n)))
            }),
            ("the canonical form with n lines", &|n| {
                let line = |i: usize| format!("{{\"seq\":{i},\"quantity\":{{\"value\":\"{i}\"}}}}");
                let lines = (1..=n).map(line).collect::<Vec<_>>().join(",");
                canonical(&format!("\"lines\":[{lines}],\"verdict\":\"accepted\""))
            }),
            ("the canonical form with n findings", &|n| {
                let finding = "{\"code\":\"unknown_code\",\"severity\":\"info\",\"at\":1,\"length\":2}";
                let findings = vec![finding; n].join(",");
                canonical(&format!("\"lines\":[],\"verdict\":\"review\",\"findings\":[{findings}]"))
            }),
        ],
    );
}

fn canonical(rest: &str) -> Vec<u8> {
    format!(
        "{{\"schema\":\"ordnorm/1\",\"channel\":\"ordnorm-json\",\"kind\":\"order\",\"number\":\"1\",{rest}}}"
    )
    .into_bytes()
}

#[test]
fn csv_shapes() {
    let head = "Bestellnummer;Pos;Artikelnummer;Menge;Bezeichnung\n";
    let rows =
        move |n: usize, one: &dyn Fn(usize) -> String| [head.to_owned(), many(n, one)].concat().into_bytes();
    linear(
        false,
        &[
            ("n rows of one order", &|n| rows(n, &|i| format!("4711;{i};A-{i};5;x\n"))),
            ("n orders", &|n| rows(n, &|i| format!("{i};1;A-{i};5;x\n"))),
            ("n orders whose rows are not adjacent", &|n| {
                rows(n, &|i| format!("{};1;A-{i};5;x\n", i % (n / 2 + 1)))
            }),
            ("two orders in turn", &|n| rows(n, &|i| format!("{};1;A-{i};5;x\n", i % 2))),
            ("n open quotes", &|n| rows(n, &|i| format!("4711;{i};A;5;\"x\n"))),
            ("n quotes in one cell", &|n| rows(1, &|_| format!("4711;1;A;5;\"{}\"\n", "\"\"".repeat(n)))),
            ("n quotes that do not end", &|n| rows(1, &|_| format!("4711;1;A;5;{}\n", "\"a;".repeat(n)))),
            ("n quotes that end oddly", &|n| rows(1, &|_| format!("4711;1;A;5;{}\n", "\"a\"b;".repeat(n)))),
            ("n open quotes and blanks", &|n| rows(n, &|_| "4711;1;A;5;  \"  \n".to_owned())),
            ("n blank lines", &|n| rows(n, &|_| "\n\r\n".to_owned())),
            ("n separators", &|n| rows(1, &|_| ";".repeat(n))),
            ("n rows of separators", &|n| rows(n, &|_| ";;;;\n".to_owned())),
            ("a header of n columns", &|n| {
                let names = many(n, |i| format!(";c{i}"));
                format!("Bestellnummer;Artikelnummer;Menge{names}\n4711;A;5\n").into_bytes()
            }),
            ("a header of one long name", &|n| {
                format!("Bestellnummer;Artikelnummer;Menge;{}\n4711;A;5;x\n", "c".repeat(n)).into_bytes()
            }),
            ("n long rows", &|n| rows(n, &|_| "4711;1;A;5;x;y;z\n".to_owned())),
            ("n short rows", &|n| rows(n, &|_| "4711\n".to_owned())),
            ("n rows that are sums", &|n| rows(n, &|i| format!("4711;;Summe;{i};\n"))),
            ("n headers", &|n| rows(n, &|_| head.to_owned())),
            ("n sums between orders", &|n| rows(n, &|i| format!("{i};1;A;5;x\nSumme;;;5;\n"))),
            ("n rows without a number", &|n| rows(n, &|_| ";1;A;5;x\n".to_owned())),
            ("a line of n bytes that is no header", &|n| "x".repeat(n * 8).into_bytes()),
            ("UTF-16", &|n| {
                let text = rows(n.min(900), &|i| format!("4711;{i};A;5;x\n"));
                [b"\xFF\xFE".to_vec(), text.iter().flat_map(|b| [*b, 0]).collect()].concat()
            }),
        ],
    );
}

/// X12, TRADACOMS and records of fixed layout.
#[test]
fn other_edi_shapes() {
    let isa = "ISA*00*          *00*          *ZZ*S              *ZZ*R              *240229*0339*U*00401*000000001*0*P*>~GS*PO*S*R*20240229*0339*1*X*004010~";
    let x12 = |body: String| format!("{isa}{body}GE*1*1~IEA*1*000000001~").into_bytes();
    let set = |body: &str| format!("ST*850*1~BEG*00*SA*P1**20240228~{body}SE*4*1~");
    let trade = |orders: String, header: &str| {
        format!(
            "STX=ANA:1+1:A+2:B+240301:101500+1'MHD=1+ORDHDR:9'TYP=0430'{header}MTR=3'{orders}MHD=9+ORDTLR:9'OFT=1'MTR=3'END=3'"
        )
        .into_bytes()
    };
    let order = "MHD=2+ORDERS:9'ORD=1::240301'OLD=1+4000862141404++++5'OTR=1'MTR=5'";
    // As large as what orders inherit may be.
    let header = format!("SDT=4012345000009+{}'", "x".repeat(3_900));
    let control = format!("EDI_DC40  {:29}ORDERS05{:52}ORDERS\n", "", "");
    let line = format!("E2EDP01{:56}00010{:6}5.000{:10}PCE\n", "", "", "");
    let wide = format!("E2EDP01{:56}00010{}\n", "", "ü".repeat(900));
    linear(
        false,
        &[
            ("X12: lines", &|n| x12(set(&"PO1*1*4*EA*17.06*PE*VN*V1~".repeat(n * 40)))),
            ("X12: lines in lines", &|n| {
                x12(set(&("PO1*1*4*EA*1~".to_owned() + &"SLN*1**I*4*EA~".repeat(n * 40))))
            }),
            ("X12: pairs", &|n| {
                x12(set(&format!("PO1*1*4*EA*1*PE{}~", "*VN*V1*ZZ*".repeat(10)).repeat(n * 10)))
            }),
            ("X12: transaction sets", &|n| x12(set("PO1*1*4*EA*1*PE*VN*V1~").repeat(n * 20))),
            ("X12: interchanges without end", &|n| isa.repeat(n * 20).into_bytes()),
            ("X12: comments", &|n| (isa.to_owned() + &"// x\n".repeat(n * 200)).into_bytes()),
            ("TRADACOMS: orders", &|n| trade(order.repeat(n * 20), "")),
            ("TRADACOMS: orders that inherit much", &|n| trade(order.repeat(n), &header)),
            ("TRADACOMS: header messages", &|n| trade("MHD=1+ORDHDR:9'TYP=0430'MTR=3'".repeat(n * 20), "")),
            ("TRADACOMS: header messages without end", &|n| {
                trade("MHD=1+ORDHDR:9'MHD=2+ORDERS:9'".repeat(n * 20), "")
            }),
            ("records: lines", &|n| format!("{control}{}", line.repeat(n * 20)).into_bytes()),
            ("records: letters of two bytes", &|n| format!("{control}{}", wide.repeat(n)).into_bytes()),
            ("records: messages", &|n| control.repeat(n * 20).into_bytes()),
            ("records: unknown ones", &|n| format!("{control}{}", "Z2EDK99 x\n".repeat(n * 60)).into_bytes()),
        ],
    );
}

#[test]
fn form_shapes() {
    let item = |i: usize| format!("NEW_ITEM-DESCRIPTION[{i}]=x&NEW_ITEM-QUANTITY[{i}]=5&");
    let all = move |n: usize, one: &dyn Fn(usize) -> String| {
        ["NEW_ITEM-DESCRIPTION[1]=a&NEW_ITEM-QUANTITY[1]=1&".to_owned(), many(n, one)].concat().into_bytes()
    };
    linear(
        false,
        &[
            ("n items", &|n| all(n, &|i| item(i + 1))),
            ("n fields of one item", &|n| all(n, &|i| format!("NEW_ITEM-ZZ{i}[1]=x&"))),
            ("a field n times", &|n| all(n, &|_| "NEW_ITEM-QUANTITY[1]=5&".to_owned())),
            ("n unknown fields", &|n| all(n, &|i| format!("a{i}=b&"))),
            ("n empty pairs", &|n| all(n, &|_| "&&=&".to_owned())),
            ("a value of n bytes", &|n| all(1, &|_| format!("NEW_ITEM-PRICE[1]={}", "x".repeat(n)))),
            ("a value of n escapes", &|n| all(1, &|_| format!("NEW_ITEM-PRICE[1]={}", "%41+".repeat(n)))),
            ("n inputs", &|n| {
                let input = |i: usize| format!("<input name='NEW_ITEM-QUANTITY[{}]' value=5>", i + 1);
                ["<form>".to_owned(), many(n, input), "</form>".to_owned()].concat().into_bytes()
            }),
            ("n tags that do not end", &|n| ["<form>", &"<a ".repeat(n)].concat().into_bytes()),
            ("n comments that do not end", &|n| ["<form>", &"<!-- ".repeat(n)].concat().into_bytes()),
            ("n scripts", &|n| ["<form>", &"<script>'<'</script>".repeat(n)].concat().into_bytes()),
            ("n ampersands", &|n| format!("<input name=a value='{}'>", "&a".repeat(n)).into_bytes()),
        ],
    );
}
