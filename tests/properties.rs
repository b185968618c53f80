//! What holds for every message, right or broken.
//!
//! Messages are the samples with a few bytes changed, pieces put together at random, and plain noise. The
//! same checks run under the fuzzer (`fuzz/src/checks.rs`); here they run a little, everywhere, always.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use ordnorm::channel::{Options, Registry};
use ordnorm::normalize::{Memory, Reader};
use ordnorm::order::{Entry, Event, Finding, Order, OrderMemory, Part, RecordKind, Texts, Verdict, json};
use ordnorm_tests::differences;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::Value;

#[path = "../fuzz/src/checks.rs"]
#[allow(dead_code)]
mod checks;
#[path = "../fuzz/src/naive.rs"]
#[allow(dead_code)]
mod naive;

use checks::Sizes;

/// Every sample: its name and bytes.
fn all_samples() -> &'static [(String, Vec<u8>)] {
    static SAMPLES: OnceLock<Vec<(String, Vec<u8>)>> = OnceLock::new();
    SAMPLES.get_or_init(|| {
        let mut all = Vec::new();
        for (channel, ending) in [
            ("edifact-orders", ".edi"),
            ("whatsapp-order", ".payload.json"),
            ("csv-order", ".csv"),
            ("ordnorm-json", ".json"),
            ("oci-cart", ".form"),
        ] {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(channel);
            for file in fs::read_dir(folder).expect("samples") {
                let path = file.expect("a readable folder").path();
                let name = path.file_name().expect("a file").to_string_lossy().into_owned();
                if name.ends_with(ending) {
                    all.push((format!("{channel}/{name}"), fs::read(&path).expect("a readable sample")));
                }
            }
        }
        all.sort();
        all
    })
}

/// A message that shows itself as text where a test fails.
#[derive(Clone)]
struct Message(Vec<u8>);

impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0.escape_ascii())
    }
}

/// One change of a message.
#[derive(Clone, Debug)]
enum Change {
    Set(Index, u8),
    Insert(Index, Vec<u8>),
    Remove(Index, usize),
    Double(Index, usize),
    Cut(Index),
}

fn change() -> impl Strategy<Value = Change> {
    let telling = select(&b"'+:?\r\n \"{}[],;\\0195\x00\xEF\xC3\xFF"[..]);
    prop_oneof![
        3 => (any::<Index>(), telling.clone()).prop_map(|(at, byte)| Change::Set(at, byte)),
        1 => (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Change::Set(at, byte)),
        2 => (any::<Index>(), vec(telling, 1..4)).prop_map(|(at, bytes)| Change::Insert(at, bytes)),
        2 => (any::<Index>(), 1usize..40).prop_map(|(at, length)| Change::Remove(at, length)),
        2 => (any::<Index>(), 1usize..80).prop_map(|(at, length)| Change::Double(at, length)),
        1 => any::<Index>().prop_map(Change::Cut),
    ]
}

fn changed(mut bytes: Vec<u8>, changes: &[Change]) -> Vec<u8> {
    for change in changes {
        if bytes.is_empty() {
            break;
        }
        match change {
            Change::Set(at, byte) => {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            Change::Insert(at, new) => {
                let at = at.index(bytes.len());
                bytes.splice(at..at, new.iter().copied());
            }
            Change::Remove(at, length) => {
                let at = at.index(bytes.len());
                let end = (at + length).min(bytes.len());
                bytes.drain(at..end);
            }
            Change::Double(at, length) => {
                let at = at.index(bytes.len());
                let end = (at + length).min(bytes.len());
                let piece = bytes[at..end].to_vec();
                bytes.splice(end..end, piece);
            }
            Change::Cut(at) => bytes.truncate(at.index(bytes.len())),
        }
    }
    bytes
}

/// A sample with up to three changes.
fn message() -> impl Strategy<Value = Message> {
    (any::<Index>(), vec(change(), 0..4)).prop_map(|(sample, changes)| {
        let samples = all_samples();
        Message(changed(samples[sample.index(samples.len())].1.clone(), &changes))
    })
}

/// An EDIFACT message of segments with releases, repetitions, line breaks and noise.
fn segments() -> impl Strategy<Value = Message> {
    let piece = prop_oneof![
        8 => "[A-Z0-9]{1,6}".prop_map(String::into_bytes),
        3 => select(vec![&b"+"[..], b":", b"'", b"*", b"?+", b"??", b"?'", b"?:", b"?*", b"?A", b"'\r\n", b"'\n"])
            .prop_map(<[u8]>::to_vec),
        1 => select(vec![&b"\n"[..], b"\r\n", b" ", b"\t", b"\xC3\xA4", b"\x00", b"'' '", b"?\n", b"\xEF\xBB\xBF"])
            .prop_map(<[u8]>::to_vec),
        1 => "[a-z ]{60,70}".prop_map(String::into_bytes),
    ];
    let una = select(vec![&b""[..], b"UNA:+.? '", b"UNA*|,! ~", b"UNA:+.?*'"]);
    (una, vec(piece, 0..60)).prop_map(|(una, pieces)| {
        let mut bytes = una.to_vec();
        if !una.is_empty() {
            bytes.extend(b"UNB");
        }
        bytes.extend(pieces.concat());
        Message(bytes)
    })
}

/// A JSON text of any value, and as often as not something broken in it.
fn document() -> impl Strategy<Value = Message> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        any::<i64>().prop_map(|n| n.to_string()),
        select(vec!["-0", "0.10", "1e5", "1E-2", "-1.5e+30", "12345678901234567890123"])
            .prop_map(str::to_owned),
        "\\PC{0,8}".prop_map(|text| Value::String(text).to_string()),
        select(vec![
            r#""\u00e4""#,
            r#""\ud83d\udc4d""#,
            r#"" x ""#,
            r#""\u0000""#,
            r#""\/\b\f\n\r\t""#,
            r#""\\\"""#
        ])
        .prop_map(str::to_owned),
    ];
    let blank = select(vec!["", "", "", " ", "\n", "\t\r\n"]);
    let tree = leaf.prop_recursive(5, 40, 5, move |inner| {
        let blank = blank.clone();
        prop_oneof![
            (vec(inner.clone(), 0..5), blank.clone())
                .prop_map(|(list, b)| format!("[{b}{}{b}]", list.join(","))),
            (vec(("[a-c]{1,2}", inner), 0..5), blank).prop_map(|(members, b)| {
                let members: Vec<_> =
                    members.iter().map(|(k, v)| format!("{b}\"{k}\"{b}:{b}{v}{b}")).collect();
                format!("{{{}}}", members.join(","))
            }),
        ]
    });
    (tree, vec(change(), 0..2)).prop_map(|(text, changes)| Message(changed(text.into_bytes(), &changes)))
}

/// A text of separated values.
fn table() -> impl Strategy<Value = Message> {
    let cell = prop_oneof![
        4 => "[a-z0-9]{0,5}".prop_map(String::into_bytes),
        2 => "\"[a-z;,]{0,5}(\"\")?[a-z\n]{0,3}\"".prop_map(String::into_bytes),
        1 => select(vec![&b"\""[..], b"a\"b", b"\"a\"b", b" \"a\" ", b"\"", b"\"\"", b"  "]).prop_map(<[u8]>::to_vec),
    ];
    let end = select(vec![&b"\n"[..], b"\r\n", b"\r", b"\n\n", b""]);
    let row = (vec(cell, 0..6), select(&b";\t,|"[..]), end)
        .prop_map(|(cells, separator, end)| [cells.join(&separator), end.to_vec()].concat());
    vec(row, 0..8).prop_map(|rows| Message(rows.concat()))
}

/// The body of a form post, or markup.
fn fields() -> impl Strategy<Value = Message> {
    let piece = prop_oneof![
        4 => "[a-z0-9]{0,5}".prop_map(String::into_bytes),
        4 => select(vec![&b"&"[..], b"=", b"+", b"%", b"%41", b"%C3%BC", b"%zz", b" ", b"\n", b";", b"[1]"])
            .prop_map(<[u8]>::to_vec),
        3 => select(vec![&b"<input "[..], b"<form>", b"</form>", b">", b" name=", b" value=", b"\"", b"'", b"&amp;",
            b"&#228;", b"&foo;", b"<!--", b"-->", b"<script>", b"</script>", b"<textarea name=a>", b"</textarea>"])
            .prop_map(<[u8]>::to_vec),
    ];
    (select(vec![&b""[..], b"<form>", b"\xEF\xBB\xBF"]), vec(piece, 0..40))
        .prop_map(|(front, pieces)| Message([front.to_vec(), pieces.concat()].concat()))
}

/// An order's JSON, and whether anything did not fit.
fn orders(message: &[u8], sizes: Sizes) -> Option<Vec<(String, bool)>> {
    let mut orders = Vec::new();
    checks::read(message, Registry::builtin(), Options::default(), sizes, &mut |order| {
        let mut text = String::new();
        json::write(order, true, &mut text).expect("a String takes everything");
        let lost = order.end().is_none_or(|end| end.lost_findings > 0);
        let tight = text.contains("\"capacity_exceeded\"") || order.full().is_some() || lost;
        orders.push((text, tight));
    })?;
    Some(orders)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Spans lie inside the message, texts are UTF-8, records come in their sequence, JSON is JSON: see
    /// `checks::read`.
    #[test]
    fn changed_samples_keep_the_promises(Message(message) in message()) {
        checks::read(&message, Registry::builtin(), Options::default(), Sizes::AMPLE, &mut |_| {});
    }

    /// Less memory gives the same orders, or says that something did not fit.
    #[test]
    fn a_larger_buffer_never_changes_a_success(
        Message(message) in message(),
        entries in 64usize..300,
        findings in 16usize..64,
        scratch in 0usize..4_000,
    ) {
        let ample = orders(&message, Sizes::AMPLE);
        let small = orders(&message, Sizes { entries, findings, scratch, ..Sizes::AMPLE });
        match (ample, small) {
            (Some(ample), Some(small)) => {
                prop_assert_eq!(ample.len(), small.len());
                for ((ample, _), (small, tight)) in ample.iter().zip(&small) {
                    if !tight {
                        prop_assert_eq!(ample, small);
                    }
                }
            }
            (None, None) => {}
            // UTF-16 needs room for the whole message.
            (ample, small) => prop_assert!(small.is_none() && ample.is_some() && scratch < 2 * message.len()),
        }
    }

    /// An order kept in too little memory says so, in its JSON too.
    #[test]
    fn an_order_that_did_not_fit_is_not_accepted(
        Message(message) in message(),
        kept in 0usize..60,
        parts in 0usize..6,
        notes in 0usize..4,
        texts in 0usize..60,
    ) {
        let sizes = Sizes { kept, parts, notes, texts, ..Sizes::AMPLE };
        checks::read(&message, Registry::builtin(), Options::default(), sizes, &mut |order| {
            if order.full().is_some() {
                let mut text = String::new();
                json::write(order, false, &mut text).expect("a String takes everything");
                assert!(!text.contains("\"verdict\":\"accepted\""), "{:?}: {text}", order.full());
            }
        });
    }

    #[test]
    fn what_is_streamed_is_what_is_collected(Message(message) in message(), entries in 64usize..200) {
        prop_assert_eq!(streamed(&message, entries), collected(&message, entries));
    }

    #[test]
    fn canonical_json_conforms_to_its_schema(Message(message) in message()) {
        for (text, _) in orders(&message, Sizes::AMPLE).unwrap_or_default() {
            let value: Value = serde_json::from_str(&text).expect("JSON");
            let mut faults = Vec::new();
            conforms(schema(), &value, "", &mut faults);
            prop_assert!(faults.is_empty(), "{faults:?} in {text}");
        }
    }

    /// The canonical form is a channel like any other: reading it gives the same order.
    #[test]
    fn canonical_json_reads_back(Message(message) in message()) {
        for (text, _) in orders(&message, Sizes::AMPLE).unwrap_or_default() {
            let mut first: Value = serde_json::from_str(&text).expect("JSON");
            let again = orders(text.as_bytes(), Sizes::AMPLE).expect("a known channel");
            prop_assert_eq!(again.len(), 1, "{}", text);
            let mut second: Value = serde_json::from_str(&again[0].0).expect("JSON");
            for order in [&mut first, &mut second] {
                let order = order.as_object_mut().expect("an object");
                order.remove("provenance");
                order.remove("channel");
            }
            let (there, back) = (differences(&first, &second), differences(&second, &first));
            prop_assert!(there.is_empty() && back.is_empty(), "{there:?} {back:?}");
            prop_assert_eq!(&first["unmapped"], &second["unmapped"]);
        }
    }

    #[test]
    fn two_edifact_readers_agree(Message(bytes) in segments()) {
        checks::edifact(&bytes);
    }

    #[test]
    fn two_edifact_readers_agree_on_changed_samples(Message(bytes) in message()) {
        checks::edifact(&bytes);
    }

    #[test]
    fn two_json_readers_agree(Message(bytes) in document()) {
        checks::json(&bytes);
    }

    #[test]
    fn two_json_readers_agree_on_changed_samples(Message(bytes) in message()) {
        checks::json(&bytes);
    }

    #[test]
    fn two_csv_readers_agree(Message(bytes) in table()) {
        checks::csv(&bytes);
    }

    #[test]
    fn two_form_readers_agree(Message(bytes) in fields()) {
        checks::form(&bytes);
    }

    #[test]
    fn fields_may_stand_in_any_order(pairs in vec((0u8..4, 1u32..30), 1..24), turns in vec(any::<Index>(), 24)) {
        let mut known = vec!["NEW_ITEM-DESCRIPTION[31]=x".to_owned()];
        for (field, index) in pairs {
            let name = ["DESCRIPTION", "QUANTITY", "VENDORMAT", "PRICE"][usize::from(field)];
            let pair = format!("NEW_ITEM-{name}[{index}]={}", u32::from(field) * 100 + index);
            if !known.contains(&pair) {
                known.push(pair);
            }
        }
        let lines = |pairs: &[String]| {
            let orders = orders(pairs.join("&").as_bytes(), Sizes::AMPLE).expect("a form");
            let order: Value = serde_json::from_str(&orders[0].0).expect("JSON");
            order["lines"].clone()
        };
        let before = lines(&known);
        for (place, turn) in turns.iter().enumerate().take(known.len()) {
            let other = turn.index(known.len());
            known.swap(place, other);
        }
        assert_eq!(before, lines(&known), "{known:?}");
    }

    #[test]
    fn noise_is_never_an_accepted_order(Message(bytes) in vec(any::<u8>(), 0..600).prop_map(Message), channel in 0usize..7) {
        let names = ["edifact-orders", "whatsapp-order", "csv-order", "ordnorm-json", "oci-cart"];
        let options = Options { channel: names.get(channel).copied(), ..Options::default() };
        checks::read(&bytes, Registry::builtin(), options, Sizes::AMPLE, &mut |order| {
            assert_ne!(order.end().expect("an end").verdict, Verdict::Accepted);
        });
    }
}

/// A record as it was handed out, its parts put together.
type Told = (RecordKind, u32, Vec<String>);

fn tell(entry: &Entry, texts: &Texts<'_>) -> String {
    let text = texts.str(entry);
    let value = if text.is_some() { 0 } else { entry.value };
    let Entry { field, nth, at, length, scale, origin, confidence, .. } = *entry;
    format!("{field}.{nth} {value} {text:?} {scale} {at}+{length} {origin} {confidence}")
}

/// Parts of one record follow each other, other records may stand between: a party of a line, say.
fn streamed(message: &[u8], size: usize) -> Option<Vec<Told>> {
    let (mut entries, mut findings, mut scratch) =
        (vec![Entry::default(); size], vec![Finding::NONE; 512], vec![0; 1 << 17]);
    let memory = Memory { entries: &mut entries, findings: &mut findings, scratch: &mut scratch };
    let mut reader = Reader::new(message, Registry::builtin(), Options::default(), memory).ok()?;
    let mut told: Vec<Told> = Vec::new();
    let mut document: Option<usize> = None;
    let mut open: Option<usize> = None;
    while let Ok(Some(event)) = reader.next() {
        match event {
            Event::Begin { .. } => (document, open) = (None, None),
            Event::Record(record) => {
                let values: Vec<_> = record.entries.iter().map(|e| tell(e, &record.texts)).collect();
                let of_document = matches!(record.kind, RecordKind::Header | RecordKind::Summary);
                let place = if of_document { &mut document } else { &mut open };
                match *place {
                    Some(index) => told[index].2.extend(values),
                    None => {
                        let kind = if of_document { RecordKind::Header } else { record.kind };
                        *place = Some(told.len());
                        told.push((kind, record.line, values));
                    }
                }
                if !of_document && !record.partial {
                    open = None;
                }
            }
            Event::End(_) | Event::Findings => {}
        }
    }
    Some(told)
}

fn collected(message: &[u8], size: usize) -> Option<Vec<Told>> {
    let mut told = Vec::new();
    let sizes = Sizes { entries: size, ..Sizes::AMPLE };
    let (mut entries, mut findings, mut scratch) =
        (vec![Entry::default(); size], vec![Finding::NONE; 512], vec![0; 1 << 17]);
    let memory = Memory { entries: &mut entries, findings: &mut findings, scratch: &mut scratch };
    let mut reader = Reader::new(message, Registry::builtin(), Options::default(), memory).ok()?;
    let (mut kept, mut parts) = (vec![Entry::default(); sizes.kept], vec![Part::default(); sizes.parts]);
    let (mut notes, mut texts) = (vec![Finding::NONE; sizes.notes], vec![0; sizes.texts]);
    let memory =
        OrderMemory { entries: &mut kept, parts: &mut parts, findings: &mut notes, texts: &mut texts };
    let mut order = Order::new(message, memory);
    while let Ok(true) = reader.collect(&mut order) {
        assert_eq!(order.full(), None);
        let mut document = None;
        for record in order.records() {
            let values: Vec<_> = record.entries.iter().map(|e| tell(e, &order.texts())).collect();
            let of_document = matches!(record.kind, RecordKind::Header | RecordKind::Summary);
            if of_document && document.is_some() {
                // The parts of the document hang on its first one.
                continue;
            }
            let kind = if of_document { RecordKind::Header } else { record.kind };
            if of_document {
                document = Some(told.len());
            }
            told.push((kind, record.line, values));
        }
    }
    Some(told)
}

fn schema() -> &'static Value {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    SCHEMA.get_or_init(|| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/ordnorm.schema.json");
        serde_json::from_str(&fs::read_to_string(path).expect("the schema")).expect("the schema is JSON")
    })
}

/// Checks a value against the words of JSON Schema that ours uses; an unknown word is a fault of this check.
fn conforms(schema: &Value, value: &Value, path: &str, faults: &mut Vec<String>) {
    let words = schema.as_object().expect("a schema is an object");
    for (word, wanted) in words {
        let holds = match word.as_str() {
            "$schema" | "$id" | "title" | "description" => true,
            "type" => match wanted.as_str().expect("one type") {
                "object" => value.is_object(),
                "array" => value.is_array(),
                "string" => value.is_string(),
                "integer" => value.is_i64() || value.is_u64(),
                "boolean" => value.is_boolean(),
                other => panic!("type {other}"),
            },
            "required" => {
                let names = wanted.as_array().expect("names");
                names.iter().all(|name| value.get(name.as_str().expect("a name")).is_some())
            }
            "additionalProperties" => {
                let known = words.get("properties").and_then(Value::as_object).expect("properties");
                value.as_object().is_none_or(|members| members.keys().all(|key| known.contains_key(key)))
            }
            "properties" => {
                for (name, inner) in wanted.as_object().expect("properties") {
                    if let Some(member) = value.get(name) {
                        conforms(inner, member, &format!("{path}/{name}"), faults);
                    }
                }
                true
            }
            "items" => {
                for (number, item) in value.as_array().into_iter().flatten().enumerate() {
                    conforms(wanted, item, &format!("{path}/{number}"), faults);
                }
                true
            }
            "minLength" => {
                value.as_str().is_none_or(|text| text.chars().count() as u64 >= wanted.as_u64().unwrap_or(0))
            }
            "enum" => wanted.as_array().expect("values").contains(value),
            "minimum" => value.as_i64().is_none_or(|number| number >= wanted.as_i64().unwrap_or(0)),
            "pattern" => {
                assert_eq!(wanted, "^-?[0-9]+(\\.[0-9]+)?$", "a pattern that this check does not know");
                value.as_str().is_none_or(is_decimal)
            }
            other => panic!("{other}: a word that this check does not know"),
        };
        if !holds {
            faults.push(format!("{path}: {word} {wanted}: {value}"));
        }
    }
}

fn is_decimal(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    match text.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(text),
    }
}

/// The samples as they are, all of them.
#[test]
fn samples_keep_the_promises() {
    for (name, message) in all_samples() {
        println!("{name}");
        for (text, _) in orders(message, Sizes::AMPLE).unwrap_or_default() {
            let mut faults = Vec::new();
            conforms(schema(), &serde_json::from_str(&text).expect("JSON"), "", &mut faults);
            assert!(faults.is_empty(), "{name}: {faults:?}");
        }
        checks::edifact(message);
        checks::json(message);
        checks::csv(message);
        checks::form(message);
    }
}

/// A segment with more components than there is room for: its elements are not taken from one another.
#[test]
fn overlong_segments_never_shift() {
    for components in [60, 63, 64, 65, 127, 128, 254, 255, 256, 257, 300, 511, 512, 600] {
        let message = format!(
            "UNH+1+ORDERS:D:96A:UN'BGM+220{}+P1+9'LIN+1++4000862141404:EN'QTY+21:5'UNS+S'UNT+6+1'",
            ":".repeat(components)
        );
        for (text, _) in orders(message.as_bytes(), Sizes::AMPLE).expect("known") {
            let order: Value = serde_json::from_str(&text).expect("JSON");
            let number = order.get("number").and_then(Value::as_str);
            assert!(matches!(number, None | Some("P1")), "{components} components: the number is {number:?}");
        }
    }
}

/// RFC 8259, and where readers of JSON are known to differ: `y` well formed, `n` not.
#[test]
fn rfc_8259_edges() {
    let cases: &[(char, &[u8])] = &[
        ('y', b"[]"),
        ('y', b"{}"),
        ('y', b" [ ] "),
        ('y', b"\t\r\n{}\n"),
        ('y', b"0"),
        ('y', b"-0"),
        ('y', b"\"\""),
        ('y', b"null"),
        ('y', b"true"),
        ('y', b"false"),
        ('y', b"1e1"),
        ('y', b"1E+1"),
        ('y', b"0e1"),
        ('y', b"0.0"),
        ('y', b"-0.0e-0"),
        ('y', b"[1,2]"),
        ('y', b"{\"\":0}"),
        ('y', b"{\"a\":1,\"a\":2}"),
        ('y', b"\"\\u0000\""),
        ('y', b"\"\\ud83d\\udc4d\""),
        ('y', b"\"\\uD83D\\uDC4D\""),
        ('y', b"\"\x7f\""),
        ('y', b"\"\xC3\xA4\""),
        ('y', b"\"\xE2\x80\xA8\""),
        ('y', b"\"\xF4\x8F\xBF\xBF\""),
        ('y', b"\"\\/\""),
        ('y', b"[\"\\\\\"]"),
        ('y', b"\"\\\\u0041\""),
        ('y', b"123456789012345678901234567890"),
        ('y', b"1e400"),
        ('y', b"\"\xEF\xBF\xBF\""),
        ('n', b""),
        ('n', b" "),
        ('n', b"["),
        ('n', b"]"),
        ('n', b"{"),
        ('n', b"}"),
        ('n', b"[1,]"),
        ('n', b"[,1]"),
        ('n', b"[1,,2]"),
        ('n', b"[1 2]"),
        ('n', b"[1:2]"),
        ('n', b"[1}"),
        ('n', b"{\"a\":1]"),
        ('n', b"{\"a\"}"),
        ('n', b"{\"a\":}"),
        ('n', b"{:1}"),
        ('n', b"{a:1}"),
        ('n', b"{1:1}"),
        ('n', b"{'a':1}"),
        ('n', b"{\"a\":1,}"),
        ('n', b"{\"a\":1 \"b\":2}"),
        ('n', b"{,}"),
        ('n', b"{\"a\",1}"),
        ('n', b"01"),
        ('n', b"-01"),
        ('n', b"-"),
        ('n', b"+1"),
        ('n', b".5"),
        ('n', b"1."),
        ('n', b"1.e1"),
        ('n', b"1e"),
        ('n', b"1e+"),
        ('n', b"1e1.0"),
        ('n', b"0x1"),
        ('n', b"1_0"),
        ('n', b"--1"),
        ('n', b"NaN"),
        ('n', b"Infinity"),
        ('n', b"-Infinity"),
        ('n', b"nul"),
        ('n', b"nulll"),
        ('n', b"True"),
        ('n', b"TRUE"),
        ('n', b"\""),
        ('n', b"\"a"),
        ('n', b"'a'"),
        ('n', b"\"\n\""),
        ('n', b"\"\t\""),
        ('n', b"\"\x00\""),
        ('n', b"\"\x1f\""),
        ('n', b"\"\\\""),
        ('n', b"\"\\a\""),
        ('n', b"\"\\x41\""),
        ('n', b"\"\\0\""),
        ('n', b"\"\\u\""),
        ('n', b"\"\\u12\""),
        ('n', b"\"\\u12g4\""),
        ('n', b"\"\\U0041\""),
        ('n', b"\"\\ud800\""),
        ('n', b"\"\\udc00\""),
        ('n', b"\"\\ud800\\u0041\""),
        ('n', b"\"\\ud800\\ud800\""),
        ('n', b"\"\\udc4d\\ud83d\""),
        ('n', b"\"\\ud83d\\\""),
        ('n', b"\"\xC0\xAF\""),
        ('n', b"\"\xED\xA0\x80\""),
        ('n', b"\"\xF4\x90\x80\x80\""),
        ('n', b"\"\xFF\""),
        ('n', b"\"\xC3\""),
        ('n', b"\"\x80\""),
        ('n', b"\xEF\xBB\xBF"),
        ('n', b"[\xC3\xA4]"),
        ('n', b"\xC2\xA0[]"),
        ('n', b"\x0C[]"),
        ('n', b"\x0B[]"),
        ('n', b"[]]"),
        ('n', b"[] []"),
        ('n', b"{}x"),
        ('n', b"1 2"),
        ('n', b"/**/[]"),
        ('n', b"[]//"),
        ('n', b"[1]#"),
        ('n', b"\x00[]"),
        ('n', b"[]\x00"),
        ('n', b"[\"a\",\n4\n,1,1  "),
        ('n', b"{\"a\":/*x*/1}"),
        ('n', b"[*]"),
        ('n', b"[\"\\u00A\"]"),
        ('n', b"[- 1]"),
        ('n', b"[1 000.0]"),
        ('n', b"\\u0022a\\u0022"),
        ('n', b"{\"a\":\"b\"}}"),
        ('n', b"{\"a\":\"b\",\"c\"}"),
        ('n', b"\"a\" \"b\""),
    ];
    for (kind, bytes) in cases {
        let shown = String::from_utf8_lossy(bytes);
        let rest = |end: usize| bytes[end..].iter().all(|b| b" \t\r\n".contains(b));
        let accepted = ordnorm::syntax::json::validate(bytes, 0).is_ok_and(rest);
        assert_eq!(accepted, *kind == 'y', "{shown:?}");
        checks::json(bytes);
    }
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    let limit = ordnorm::limits::DEPTH;
    assert!(ordnorm::syntax::json::validate(nested(limit).as_bytes(), 0).is_ok());
    assert!(ordnorm::syntax::json::validate(nested(limit + 1).as_bytes(), 0).is_err());
}
