//! What a clerk must look at before it is booked: each of these messages has been accepted once, or could
//! be. None may be, and the finding says why.

use ordnorm::channel::{Options, Registry};
use ordnorm::normalize::{Memory, Reader};
use ordnorm::order::{Entry, Finding, Order, OrderMemory, Part, json};
use ordnorm_tests::read;
use serde_json::Value;

fn verdict_and_codes(message: &str) -> Vec<(String, Vec<String>)> {
    let orders = read(message.as_bytes(), Registry::builtin(), Options::default()).expect("it is read");
    let code = |finding: &Value| finding["code"].as_str().unwrap_or_default().to_owned();
    let codes =
        |order: &Value| order["findings"].as_array().map_or(Vec::new(), |f| f.iter().map(code).collect());
    orders.iter().map(|o| (o["verdict"].as_str().unwrap_or_default().to_owned(), codes(o))).collect()
}

/// The first order is not accepted, for this reason.
fn flagged(name: &str, message: &str, code: &str) -> Option<String> {
    let got = verdict_and_codes(message);
    let (verdict, codes) = got.first()?;
    let right = verdict != "accepted" && codes.iter().any(|c| c == code);
    (!right).then(|| format!("{name}: {verdict}, {codes:?}, wanted {code}"))
}

/// A whole interchange around some segments of an order; the count of UNT is right.
fn interchange(segments: &str, behind_message: &str, behind_interchange: &str) -> String {
    let count = segments.matches('\'').count() + 3;
    format!(
        "UNB+UNOC:4+4012345000009:14+5412345000013:14+240101:0900+1'UNH+1+ORDERS:D:96A:UN'BGM+220+P1+9'\
         {segments}UNT+{count}+1'{behind_message}UNZ+1+1'{behind_interchange}"
    )
}

const LINE: &str = "LIN+1++4000862141404:EN'QTY+21:5:PCE'";

#[test]
fn edifact_orders_that_need_a_look() {
    let order = |segments: &str| interchange(segments, "", "");
    let change = |begin: &str| {
        let line = order(LINE).replace("ORDERS:", "ORDCHG:").replace("BGM+220+P1+9'", begin);
        line.replace("UNT+5+", &format!("UNT+{}+", 4 + begin.matches('\'').count()))
    };
    let cases = [
        (
            "a segment behind the message",
            interchange(LINE, "LIN+2++4012345001013:EN'", ""),
            "unmapped_content",
        ),
        ("a segment behind the interchange", interchange(LINE, "", "QTY+21:9'"), "unmapped_content"),
        (
            "segments before the message",
            interchange(LINE, "", "").replace("UNH+1", "QTY+21:9'UNH+1"),
            "unmapped_content",
        ),
        (
            "a line behind the totals",
            order(&format!("{LINE}UNS+S'CNT+2:1'LIN+2++4012345001013:EN'QTY+21:6'")),
            "malformed",
        ),
        ("a line of nothing", order("LIN+1'QTY+21:5:PCE'UNS+S'"), "missing_required"),
        (
            "a wrong check digit and nothing else",
            order("LIN+1++4000862141405:EN'QTY+21:5:PCE'"),
            "missing_required",
        ),
        ("two delivery addresses", order(&format!("NAD+DP+A::91'NAD+DP+B::91'{LINE}")), "conflicting_values"),
        (
            "a deleted line in a new order",
            order("LIN+1+2+4000862141404:EN'QTY+21:5:PCE'"),
            "conflicting_values",
        ),
        ("a price below nothing", order(&format!("{LINE}PRI+AAA:-10'")), "implausible_value"),
        ("a price for nothing", order(&format!("{LINE}PRI+AAA:10:CT:NTP:0:PCE'")), "implausible_value"),
        ("the count of lines in another place", order(&format!("{LINE}CNT+2:5'")), "unmapped_content"),
        (
            "two orders that are glued",
            order(&format!("{LINE}BGM+220+P2+9'LIN+2++4012345001013:EN'QTY+21:7'")),
            "unmapped_content",
        ),
        ("number and qualifier exchanged", order("LIN+1++EN:4000862141404'QTY+21:5:PCE'"), "unknown_code"),
        (
            "a new order that says it is a change",
            order(LINE).replace("BGM+220+P1+9", "BGM+230+P1+9"),
            "unknown_code",
        ),
        ("a change that says it is a new order", change("BGM+230+C1+9'RFF+ON:P1'"), "unknown_code"),
        ("a change of nothing", change("BGM+230+C1+4'"), "missing_required"),
        ("a part of a message", order(LINE).replace("D:96A:UN'", "D:96A:UN++2:F'"), "unknown_code"),
        ("a price per tonne", order(&format!("{LINE}PRI+AAA:10:PT'")), "unknown_code"),
        ("a provisional price", order(&format!("{LINE}PRI+AAA:10:PV'")), "unknown_code"),
        ("an amount of another price", order(&format!("{LINE}MOA+203:60'PRI+AAA:10'")), "total_mismatch"),
        (
            "an amount of another basis",
            order(&format!("{LINE}MOA+203:50'PRI+AAA:10:::100'")),
            "total_mismatch",
        ),
        ("a sum of other amounts", order(&format!("{LINE}MOA+203:50'UNS+S'MOA+79:60'")), "total_mismatch"),
        (
            "splits of another quantity",
            order(&format!("{LINE}LOC+7+A::91'QTY+11:2'LOC+7+B::91'QTY+11:4'")),
            "total_mismatch",
        ),
        (
            "two articles in a line",
            order("LIN+1++4000862141404:EN'PIA+1+4012345001013:EN'QTY+21:5'"),
            "conflicting_values",
        ),
        ("five pascal", order("LIN+1++4000862141404:EN'QTY+21:5:PAL'"), "unknown_unit"),
        (
            "packages that are counted aside",
            order(&format!("{LINE}PAC+1++CT'QTY+52:10'")),
            "unmapped_content",
        ),
        ("a test mark that is not known", order(LINE).replace("0900+1'", "0900+1++++++2'"), "unknown_code"),
    ];
    let wrong: Vec<_> =
        cases.iter().filter_map(|(name, message, code)| flagged(name, message, code)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A second repetition (syntax version 4) is no component of the first.
#[test]
fn repetitions_are_not_components() {
    let message = interchange("LIN+1++4000862141404:EN'QTY+21:5*21'", "", "");
    let orders = read(message.as_bytes(), Registry::builtin(), Options::default()).expect("it is read");
    assert_eq!(orders[0]["lines"][0]["quantity"]["value"], "5");
    assert_eq!(orders[0]["lines"][0]["quantity"]["unit"], Value::Null);
    assert_eq!(orders[0]["verdict"], "review", "{}", orders[0]);
}

#[test]
fn rows_that_need_a_look() {
    let header = "Bestellnr;Pos;Artikelnr;Menge;Einheit;Preis\n";
    let first = |rows: &str| format!("{header}{rows}");
    let cases = [
        (
            "a year that may stand in front",
            "Bestellnr;Artikelnr;Menge;Liefertermin\nP1;A;5;26-03-12\n".to_owned(),
            "ambiguous_date",
        ),
        ("kilograms per millimetre", first("P1;1;A;5;KI;1\n"), "unknown_unit"),
        (
            "a total of another price",
            "Bestellnr;Artikelnr;Menge;Preis;Betrag\nP1;A;5;1,50;8,00\n".to_owned(),
            "total_mismatch",
        ),
        ("a sum that looks like an order", first("Summe;;;5;;7,50\n"), "missing_required"),
        ("a sum that looks like a line", first("P1;1;A;5;Stk;1\n;;;5;;7,50\n"), "missing_required"),
        ("an article of two lines", first("P1;1;\"A1;5;Stk;1,50\nP1;2;A2\";6;Stk;2\n"), "malformed"),
        (
            "the first part of a split order",
            first("P2;1;A;5;Stk;1\nP1;1;B;5;Stk;1\nP2;2;C;1;Stk;1\n"),
            "split_order",
        ),
    ];
    let wrong: Vec<_> =
        cases.iter().filter_map(|(name, message, code)| flagged(name, message, code)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Separators behind some rows only: the rows without are right, and those with are told.
#[test]
fn a_cell_too_many_is_told_where_it_is() {
    let got = verdict_and_codes("Bestellnr;Artikelnr;Menge\nP1;A;5;\nP2;B;6\nP3;C;7\n");
    let accepted: Vec<_> = got.iter().map(|(verdict, _)| verdict == "accepted").collect();
    assert_eq!(accepted, [false, true, true], "{got:?}");
}

#[test]
fn documents_that_need_a_look() {
    let order = |middle: &str| {
        format!(
            "{{\"schema\":\"ordnorm/1\",\"kind\":\"order\",\"number\":\"1\",{middle}\
             \"lines\":[{{\"items\":[{{\"scheme\":\"seller\",\"value\":\"A\"}}],\"quantity\":{{\"value\":\"5\"}}}}]}}"
        )
    };
    let accepted = |middle: &str| verdict_and_codes(&order(middle))[0].0 == "accepted";
    assert!(accepted(""));
    assert!(!accepted("\"verdict\":\"accepted\",\"verdict\":\"rejected\","));
    assert!(!accepted("\"verdict\":\"perhaps\","));
    assert!(!accepted("\"findings\":[{\"code\":\"found_later\",\"severity\":\"error\"}],"));
    assert!(!accepted("\"lines\":[],"), "two lists of lines");
    let nul = order("").replace("\"value\":\"A\"", "\"value\":\"A\\u0000B\"");
    assert_eq!(flagged("a NUL in an article", &nul, "malformed"), None);
}

/// A line that is handed out in parts keeps all of them, and the parties that come between.
#[test]
fn little_memory_loses_nothing() {
    let splits: String = (0..40).map(|n| format!("LOC+7+A{n}'QTY+11:1'")).collect();
    let segments =
        format!("{LINE}{splits}NAD+DP+4012345000009::9++Anna'LIN+2++4012345001013:EN'QTY+21:6:PCE'");
    let message = interchange(&segments, "", "");
    let text = |entries: usize| {
        let (mut entries, mut findings, mut scratch) =
            (vec![Entry::default(); entries], vec![Finding::NONE; 64], vec![0; 4096]);
        let memory = Memory { entries: &mut entries, findings: &mut findings, scratch: &mut scratch };
        let mut reader = Reader::new(message.as_bytes(), Registry::builtin(), Options::default(), memory)
            .expect("it is recognised");
        let (mut kept, mut parts) = (vec![Entry::default(); 4096], vec![Part::default(); 512]);
        let (mut notes, mut texts) = (vec![Finding::NONE; 64], vec![0; 4096]);
        let memory =
            OrderMemory { entries: &mut kept, parts: &mut parts, findings: &mut notes, texts: &mut texts };
        let mut order = Order::new(message.as_bytes(), memory);
        assert!(reader.collect(&mut order).expect("it is well formed"));
        let mut text = String::new();
        json::write(&order, false, &mut text).expect("a String takes everything");
        text
    };
    let large = text(4096);
    let parsed: Value = serde_json::from_str(&large).expect("it is JSON");
    assert_eq!(parsed["lines"][0]["parties"][0]["name"], "Anna", "{large}");
    assert_eq!(parsed["lines"][0]["schedules"].as_array().map(Vec::len), Some(40), "{large}");
    for entries in [64, 80, 100, 150] {
        let got = text(entries);
        assert!(got == large, "{entries} entries:\n{got}\n{large}");
    }
}
