//! What the channel language says is what the engines do: small channels, loaded at run time.

use ordnorm::chan::{Storage, compile};
use ordnorm::channel::{Options, Registry};
use ordnorm::normalize::{MIN_ENTRIES, MIN_FINDINGS, Memory, Reader};
use ordnorm::order::{Entry, Event, Finding, RecordKind};
use ordnorm_tests::{orders, read};
use serde_json::{Value, json};

const SHOP: &str = "
channel shop 1
syntax json
detect shop = demo
ignore shop
map basis HUNDRED:100 ONE:1 else reject
map units St:H87 else keep
message at orders
header
  order.kind   = order
  order.number no
  order.issued day + time date iso
line at items
  line.seller_id sku
  line.quantity  qty unit me map units
  line.price     price basis per map basis
party at people as buyer when kind = B
party at people as ship_to when kind in S B
  party.name name
  ignore kind
";

#[test]
fn dates_in_two_places_prices_per_code_and_units_by_map() {
    let message = json!({"shop": "demo", "orders": [{
        "no": "7", "day": "2026-03-10", "time": "08:30",
        "items": [{"sku": "A", "qty": "3", "me": "St", "price": "5", "per": "HUNDRED"}],
    }]});
    let got = orders(SHOP, &message.to_string());
    assert_eq!(got.len(), 1);
    assert_eq!(got[0]["issued"], "2026-03-10T08:30");
    assert_eq!(got[0]["lines"][0]["quantity"], json!({"value": "3", "unit": "H87", "unit_text": "St"}));
    assert_eq!(got[0]["lines"][0]["price"], json!({"value": "5", "basis": "100"}));
    assert_eq!(got[0]["verdict"], "accepted", "{}", got[0]);
}

#[test]
fn a_node_is_read_in_every_way_whose_conditions_hold() {
    let message = json!({"shop": "demo", "orders": [{
        "no": "7",
        "people": [{"kind": "S", "name": "Lager"}, {"name": "Muster AG", "kind": "B"}, {"kind": "X", "name": "?"}],
        "items": [{"sku": "A", "qty": "3"}, {"sku": "B", "qty": "4"}],
    }]});
    let got = orders(SHOP, &message.to_string());
    let parties: Vec<_> =
        got[0]["parties"].as_array().expect("parties").iter().map(|p| (&p["role"], &p["name"])).collect();
    let wanted = [
        (json!("ship_to"), json!("Lager")),
        (json!("buyer"), json!("Muster AG")),
        (json!("ship_to"), json!("Muster AG")),
    ];
    assert_eq!(parties, wanted.iter().map(|(a, b)| (a, b)).collect::<Vec<_>>());
    assert_eq!(got[0]["lines"].as_array().map(Vec::len), Some(2));
    assert_eq!(got[0]["unmapped"]["unknown"], 1, "{}", got[0]);
}

#[test]
fn a_unit_that_nobody_knows_stays_a_word() {
    let message = json!({"shop": "demo", "orders": [{"no": "7", "items": [{"sku": "A", "qty": 3, "me": "Gebinde", "price": "5", "per": "DOZEN"}]}]});
    let got = orders(SHOP, &message.to_string());
    assert_eq!(got[0]["lines"][0]["quantity"], json!({"value": "3", "unit_text": "Gebinde"}));
    // A basis that is not known makes no price of another basis.
    assert_eq!(got[0]["verdict"], "review", "{}", got[0]);
}

#[test]
fn a_partner_channel_holds_for_its_sender_only() {
    let base =
        |name: &str| ordnorm::channel::builtin::SOURCES.iter().find(|(n, _)| *n == name).map(|(_, t)| *t);
    let mut storage = Box::new(Storage::<512>::new());
    let text =
        "channel acme 1 extends edifact-orders for sender 4012345000009\n\nheader\n  remove order.type\n";
    let channel = compile(text, &base, storage.arena()).expect("the partner's channel");
    let message = |sender: &str| {
        format!(
            "UNB+UNOC:3+{sender}:14+5412345000013:14+240101:0900+7'UNH+1+ORDERS:D:96A:UN'BGM+220+P1+9'\
            LIN+1++4000862141404:EN'QTY+21:5'UNS+S'UNT+6+1'UNZ+1+7'"
        )
    };
    for (sender, name, kind) in
        [("4012345000009", "acme", Value::Null), ("4012345000016", "edifact-orders", json!("standard"))]
    {
        let got =
            read(message(sender).as_bytes(), Registry::with(&[channel]), Options::default()).expect("read");
        assert_eq!(got[0]["channel"], name);
        assert_eq!(got[0].get("type").cloned().unwrap_or_default(), kind);
        assert_eq!(got[0]["verdict"], "accepted", "{}", got[0]);
    }
}

const PARTS: &str = "
channel parts 1
syntax json
detect order/number
message at order
carry roles/payer as payer
carry order/terms/days as days
header
  order.kind   = order
  order.number number
  payment.days ^days
party at parties as payer when id = ^payer
  party.name   name
line at items
  line.number  no
  line.seller_id sku
  line.quantity qty
line at parts in line
  line.number  no
  line.parent  ^no
  line.seller_id sku
  line.quantity qty
";

/// A line stands before its sub-lines, whose values it must not get, and nothing of it is lost.
#[test]
fn lines_in_lines_are_lines_of_their_own() {
    let message = json!({"order": {"number": "7", "items": [
        {"no": "1", "parts": [{"no": "1a", "sku": "B", "qty": 2}, {"no": "1b", "sku": "C", "qty": 3}], "sku": "A", "qty": 5},
        {"no": "2", "sku": "D", "qty": 6},
    ]}});
    let got = orders(PARTS, &message.to_string());
    let lines: Vec<_> = got[0]["lines"].as_array().expect("lines").iter().collect();
    let numbers: Vec<_> = lines.iter().map(|l| l["number"].as_str().unwrap_or("")).collect();
    let quantities: Vec<_> = lines.iter().map(|l| l["quantity"]["value"].as_str().unwrap_or("")).collect();
    assert_eq!(numbers, ["1", "1a", "1b", "2"], "{}", got[0]);
    assert_eq!(quantities, ["5", "2", "3", "6"]);
    assert_eq!(lines[1]["parent"], "1");
    assert_eq!(got[0]["verdict"], "accepted", "{}", got[0]);
}

/// Values are carried from beside the message and from inside of it, in any order of the members.
#[test]
fn carried_values_come_from_the_root_and_from_the_message_itself() {
    let order = json!({"number": "7", "parties": [{"id": "P9", "name": "Zahler"}],
        "items": [{"sku": "A", "qty": 5}], "terms": {"days": 30}});
    let document = json!({"order": order, "roles": {"payer": "P9"}});
    let got = orders(PARTS, &document.to_string());
    assert_eq!(got[0]["parties"], json!([{"role": "payer", "name": "Zahler"}]), "{}", got[0]);
    assert_eq!(got[0]["payment"]["days"], json!(30), "{}", got[0]);
}

/// An array of documents is as good as each of them.
#[test]
fn documents_in_an_array_are_read() {
    let one = |number: &str| json!({"order": {"number": number, "items": [{"sku": "A", "qty": 5}]}});
    let got = orders(PARTS, &json!([one("1"), one("2"), one("3")]).to_string());
    let numbers: Vec<_> = got.iter().map(|o| o["number"].as_str().unwrap_or("")).collect();
    assert_eq!(numbers, ["1", "2", "3"]);
    assert!(got.iter().all(|o| o["verdict"] == "accepted"), "{got:?}");
}

/// Handed out in parts, a party of a line is still a party: its values are not the line's.
#[test]
fn parts_say_what_they_are_part_of() {
    let channel = "
channel parts 1
syntax json
detect shop = parts
ignore shop
message at orders
header
  order.kind   = order
  order.number no
line at items
  line.quantity qty
party at receiver as ship_to in line
  party.street street
";
    let streets: Vec<_> = (0..60).map(|n| format!("{n}")).collect();
    let message = json!({"shop": "parts", "orders": [{
        "no": "7", "items": [{"qty": "3", "receiver": {"street": streets}}],
    }]});
    let message = message.to_string();
    let mut storage = Box::new(Storage::<128>::new());
    let registry = [compile(channel, &|_| None, storage.arena()).expect("a channel")];
    let (mut entries, mut findings, mut scratch) =
        ([Entry::default(); MIN_ENTRIES], [Finding::NONE; MIN_FINDINGS], [0; 64]);
    let memory = Memory { entries: &mut entries, findings: &mut findings, scratch: &mut scratch };
    let registry = Registry::with(&registry);
    let mut reader =
        Reader::new(message.as_bytes(), registry, Options::default(), memory).expect("it is read");
    let mut records = Vec::new();
    while let Some(event) = reader.next().expect("it is read") {
        if let Event::Record(record) = event {
            records.push((record.kind, record.line, record.partial));
        }
    }
    let (line, party) = (RecordKind::Line, RecordKind::Party);
    assert_eq!(records[0].0, RecordKind::Header);
    assert_eq!(records[1..4], [(party, 1, true), (party, 1, false), (line, 1, false)]);
}

/// Two item numbers of which a file may have either, and a third one that nobody knows.
const EITHER: &str = "
channel either 1
syntax csv
detect header has own | theirs amount
column own    Own
column theirs Theirs Yours
column amount Amount
header
  order.kind = order
line
  line.seller_id own
  line.buyer_id  theirs
  line.quantity  amount
";

#[test]
fn one_of_several_columns_is_enough() {
    for (header, scheme) in [("Own", "seller"), ("Theirs", "buyer"), ("Yours", "buyer")] {
        let got = orders(EITHER, &format!("{header},Amount\nA,3\n"));
        assert_eq!(got[0]["channel"], "either");
        assert_eq!(got[0]["lines"][0]["items"], json!([{"scheme": scheme, "value": "A"}]));
        assert_eq!(got[0]["verdict"], "accepted", "{}", got[0]);
    }
    let mut storage = Box::new(Storage::<128>::new());
    let channel = compile(EITHER, &|_| None, storage.arena()).expect("a channel");
    for header in ["Ours,Amount", "Own,Theirs", "Amount"] {
        let message = format!("{header}\nA,3\n");
        assert!(
            read(message.as_bytes(), Registry::with(&[channel]), Options::default()).is_err(),
            "{header}"
        );
    }
}

/// Whoever asks for one column asks for more than one who takes either.
#[test]
fn a_column_is_more_than_one_of_several() {
    use ordnorm::channel::detect::is_stronger;
    let strict = EITHER.replace("channel either", "channel strict").replace("own | theirs", "own");
    let (mut a, mut b) = (Box::new(Storage::<128>::new()), Box::new(Storage::<128>::new()));
    let either = compile(EITHER, &|_| None, a.arena()).expect("a channel");
    let strict = compile(&strict, &|_| None, b.arena()).expect("a channel");
    assert!(is_stronger(&strict, &either) && !is_stronger(&either, &strict));
    let both = [either, strict];
    let got = |message: &[u8]| {
        let read = read(message, Registry::with(&both), Options::default()).expect("it is read");
        read[0]["channel"].clone()
    };
    assert_eq!(got(b"Own,Amount\nA,3\n"), "strict");
    assert_eq!(got(b"Theirs,Amount\nA,3\n"), "either");
}

/// Sums of rows are no lines, wherever their word stands; headings share the rules below them.
#[test]
fn a_sum_is_no_line() {
    let channel =
        format!("{EITHER}summary when own = Sum\nsummary when theirs begins Sum\n  totals.quantity amount\n");
    for sum in ["Sum,,8", ",Sum of all,8"] {
        let got = orders(&channel, &format!("Own,Theirs,Amount\nA,,3\nB,,5\n{sum}\n"));
        assert_eq!(got.len(), 1);
        assert_eq!(got[0]["lines"].as_array().map(Vec::len), Some(2));
        assert_eq!(got[0]["totals"], json!({"quantity": "8"}));
        assert_eq!(got[0]["verdict"], "accepted", "{}", got[0]);
    }
    let got = orders(&channel, "Own,Theirs,Amount\nA,,3\nB,,5\nSum,C,8\n");
    assert_eq!(got[0]["findings"][0]["code"], "unmapped_content", "{}", got[0]);
}

/// A column that is listed as of no use is counted apart.
#[test]
fn ignored_columns_are_counted_apart() {
    let channel = format!("{EITHER}ignore Weight\n").replace("column amount", "column Weight\ncolumn amount");
    let got = orders(&channel, "Own,Weight,Amount\nA,7,3\nB,,5\n");
    assert_eq!(got[0]["unmapped"], json!({"unknown": 0, "ignored": 1}));
    assert_eq!(got[0]["verdict"], "accepted", "{}", got[0]);
}

/// A form of one thing, and one of many; a field that an index belongs to is no field of the document.
#[test]
fn forms_of_one_thing_and_of_many() {
    let one = "
channel contact 1
syntax form
detect form has article
detect kind = order
header
  order.kind   kind
  order.number no
  party.buyer.name name
line
  line.seller_id article
  line.quantity  amount
";
    let got = orders(one, "no=7&kind=order&name=Muster+AG&article=A-1&amount=3&amount=3");
    assert_eq!(got[0]["channel"], "contact");
    assert_eq!(got[0]["number"], "7");
    assert_eq!(got[0]["parties"][0]["name"], "Muster AG");
    assert_eq!(
        got[0]["lines"],
        json!([{"seq": 1, "items": [{"scheme": "seller", "value": "A-1"}],
        "quantity": {"value": "3"}}])
    );
    assert_eq!(got[0]["findings"][0]["code"], "repeated_value", "{}", got[0]);
    assert_eq!(got[0]["verdict"], "accepted", "{}", got[0]);
    let many = "
channel rows 1
syntax form
detect form has item
column item  item[] article[]
column count count[]
column text  text_[]_de
header
  order.kind   = order
line
  line.seller_id   item
  line.quantity    count
  line.description text
";
    let got = orders(
        many,
        "item[3]=C&count[3]=3&text_3_de=drei&article[1]=A&COUNT[01]=1&text_1_de=eins&text_1_fr=un",
    );
    assert_eq!(
        got[0]["lines"],
        json!([
            {"seq": 1, "items": [{"scheme": "seller", "value": "A"}], "description": "eins", "quantity": {"value": "1"}},
            {"seq": 2, "items": [{"scheme": "seller", "value": "C"}], "description": "drei", "quantity": {"value": "3"}},
        ])
    );
    assert_eq!(got[0]["unmapped"]["unknown"], 1);
    let (mut a, wrong) =
        (Box::new(Storage::<128>::new()), "channel a\nsyntax form\nheader\n  order.number no[]\n");
    let error = compile(wrong, &|_| None, a.arena()).expect_err("an index");
    assert_eq!((error.line, error.column), (4, 16));
}

/// Lines that do not stand in their order are looked for, one after the other: that is limited, and told.
#[test]
fn a_form_in_disorder_costs_only_so_much() {
    let channel = "
channel rows 1
syntax form
detect form has item[]
ignore pad
header
  order.kind = order
line
  line.seller_id item[]
  line.quantity  count[]
";
    let form = |count: u32, pad: usize| {
        let mut form = format!("pad={}", "x".repeat(pad));
        for index in (1..=count).rev() {
            form += &format!("&item[{index}]=A{index}&count[{index}]=1");
        }
        form
    };
    let got = orders(channel, &form(300, 1000));
    assert_eq!(got[0]["lines"].as_array().map(Vec::len), Some(300));
    assert_eq!(got[0]["lines"][0]["items"][0]["value"], "A1");
    assert_eq!(got[0]["verdict"], "accepted", "{}", got[0]["findings"]);
    let got = orders(channel, &form(120, 1 << 20));
    assert_eq!(got[0]["verdict"], "rejected");
    assert_eq!(got[0]["findings"][0]["code"], "capacity_exceeded");
    assert_eq!(got[0]["lines"].as_array().map(Vec::len), Some(79));
}
