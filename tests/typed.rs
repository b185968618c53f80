//! Other people's structures: what `serde-json-core` writes from them without an allocator is an order of
//! the canonical form, and comes back with the same values.

use ordnorm::channel::{Options, Registry};
use ordnorm::normalize::{Memory, Reader};
use ordnorm::order::vocabulary::field;
use ordnorm::order::{Entry, Event, Finding, RecordKind, Verdict};
use serde::Serialize;

#[derive(Serialize)]
struct Typed<'a> {
    schema: &'a str,
    kind: &'a str,
    number: &'a str,
    lines: &'a [Line<'a>],
}

#[derive(Serialize)]
struct Line<'a> {
    items: [Item<'a>; 1],
    description: &'a str,
    quantity: Quantity<'a>,
}

#[derive(Serialize)]
struct Item<'a> {
    scheme: &'a str,
    value: &'a str,
}

#[derive(Serialize)]
struct Quantity<'a> {
    value: &'a str,
    unit: &'a str,
}

#[test]
fn typed_orders_are_read() {
    let line = |item, description, value| Line {
        items: [Item { scheme: "seller", value: item }],
        description,
        quantity: Quantity { value, unit: "KGM" },
    };
    // Quotes, line feeds and letters outside of ASCII: what a writer escapes a reader must take apart.
    let texts = ["plain", "12\" pipe", "two\nlines", "back\\slash", "Größe Ø 5 🌾"];
    let quantities = ["1", "0.50", "1000000", "2.125", "18"];
    let lines: [_; 5] = std::array::from_fn(|i| line("A-1", texts[i], quantities[i]));
    let order = Typed { schema: "ordnorm/1", kind: "order", number: "P \"1\"", lines: &lines };
    let mut buffer = [0; 4096];
    let length = serde_json_core::to_slice(&order, &mut buffer).expect("it fits");
    let message = &buffer[..length];

    let (mut entries, mut findings, mut scratch) = ([Entry::default(); 256], [Finding::NONE; 16], [0; 4096]);
    let memory = Memory { entries: &mut entries, findings: &mut findings, scratch: &mut scratch };
    let mut reader =
        Reader::new(message, Registry::builtin(), Options::default(), memory).expect("it is recognised");
    let (mut read, mut verdict) = (Vec::new(), None);
    while let Some(event) = reader.next().expect("it is well formed") {
        match event {
            Event::Record(record) if record.kind == RecordKind::Line => {
                let decimal =
                    record.entry(field::LINE_QUANTITY).and_then(Entry::decimal).expect("a quantity");
                let text = record.entry(field::LINE_DESCRIPTION).and_then(|e| record.texts.str(e));
                read.push((text.unwrap_or("").to_owned(), decimal.mantissa(), decimal.scale()));
            }
            Event::End(end) => verdict = Some(end.verdict),
            _ => {}
        }
    }
    let numbers = [(1, 0), (50, 2), (1_000_000, 0), (2125, 3), (18, 0)];
    let wanted: Vec<_> = texts
        .iter()
        .zip(numbers)
        .map(|(text, (mantissa, scale))| ((*text).to_owned(), mantissa, scale))
        .collect();
    assert_eq!(read, wanted);
    assert_eq!(verdict, Some(Verdict::Accepted));
}
