//! Files of many orders in rows.

use ordnorm::channel::{Options, Registry};
use ordnorm_tests::read;
use serde_json::Value;

fn verdicts(numbers: impl Iterator<Item = u32>) -> Vec<Value> {
    let mut file = "Bestellnummer;Pos;Artikelnummer;Menge\n".to_owned();
    for number in numbers {
        file += &format!("{number};1;A-1;5\n{number};2;A-2;7\n");
    }
    let orders = read(file.as_bytes(), Registry::builtin(), Options::default()).expect("it is read");
    orders.iter().map(|order| order["verdict"].clone()).collect()
}

/// However many they are: no order of a sorted file is taken for the rest of an earlier one.
#[test]
fn sorted_numbers_are_never_split_orders() {
    for numbers in [(4_500_000..4_503_000).collect::<Vec<u32>>(), (1..3_000).rev().collect()] {
        let count = numbers.len();
        assert_eq!(verdicts(numbers.into_iter()), vec![Value::from("accepted"); count]);
    }
}

/// Each part of an order whose rows are not adjacent is for a person.
#[test]
fn every_part_of_a_split_order_is_found() {
    let got = verdicts([10, 11, 12, 11, 13, 10].into_iter());
    assert_eq!(got, ["review", "review", "accepted", "review", "accepted", "review"]);
}

/// Nobody can tell a last row without its end from one that was cut: the order says so.
#[test]
fn a_row_without_its_end_is_told() {
    let file = "Bestellnummer;Pos;Artikelnummer;Menge\n4711;1;A-1;125\n4711;2;A-2;7\n";
    let header = file.find('\n').expect("a header") + 1;
    for end in header + 1..=file.len() {
        let cut = &file[..end];
        let orders = read(cut.as_bytes(), Registry::builtin(), Options::default()).expect("it is read");
        let findings = orders.last().map(|order| order["findings"].to_string()).unwrap_or_default();
        assert_eq!(findings.contains("unterminated"), !cut.ends_with('\n'), "{cut}: {findings}");
    }
}
