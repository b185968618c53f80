//! The channels of `docs/channels.md` read what they are there to show.

use ordnorm_tests::orders;
use serde_json::json;

/// A channel of the documentation, by its name.
fn documented(name: &str) -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/channels.md");
    let text = std::fs::read_to_string(path).expect("docs/channels.md");
    let mut blocks = text.split("```chan\n").skip(1).filter_map(|piece| piece.split("```").next());
    blocks.find(|block| block.starts_with(&format!("channel {name} "))).expect("the channel").to_owned()
}

#[test]
fn the_examples_of_the_documentation_read_what_they_are_for() {
    let message = json!({"order": {
        "number": "7", "roles": {"payer": "P2"},
        "buyer": {"name": "Muster AG", "address": {"city": "Köln"}},
        "shipping": {"name": "Lager", "day": "2026-03-01", "time": "10:00"},
        "parties": [{"id": "P1", "name": "Niemand"}, {"id": "P2", "name": "Zahler"}],
        "items": [{"no": "1", "amount": {"value": 2, "unit": "KGM"},
                   "parts": [{"amount": {"value": 3, "unit": "H87"}}]}],
    }});
    let got = &orders(&documented("parties"), &message.to_string())[0];
    assert_eq!(got["delivery"], json!({"requested": "2026-03-01T10:00"}), "{got}");
    let roles: Vec<_> = got["parties"].as_array().expect("parties").iter().map(|p| &p["role"]).collect();
    assert_eq!(roles, ["buyer", "payer", "ship_to"], "{got}");
    assert_eq!(got["lines"][1], json!({"seq": 2, "parent": "1", "quantity": {"value": "3", "unit": "H87"}}));

    let message = "UNH+1+ORDERS:D:96A:UN'BGM+220+P1+9'LIN+1'QTY+21:5:KGM'LOC+7+LAGER'QTY+11:2:KGM'DTM+2:20260301:102'\
                   LOC+5+X'UNS+S'CNT+2:1'UNT+11+1'";
    let got = &orders(&documented("sections"), message)[0];
    let schedules = json!([{"date": "2026-03-01", "quantity": "2", "location": "LAGER"}]);
    assert_eq!(got["lines"][0]["schedules"], schedules, "{got}");
    assert_eq!(got["totals"], json!({"lines": "1"}), "{got}");
}
