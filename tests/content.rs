//! Messages inside of messages: opened on demand, decoded into scratch, with sender and time handed in.

use ordnorm::chan::{Storage, compile};
use ordnorm::channel::{Options, Registry};
use ordnorm::normalize::ErrorKind;
use ordnorm_tests::read;
use serde_json::{Value, json};

const GATEWAY: &str = "
channel gateway 1
syntax json
detect gateway = demo
ignore gateway
message at messages
header
  order.kind      = order
  message.id      id
  message.sender  from
  message.sent    at date iso
  party.buyer.id  from scheme = email
  content body as detect when encoding absent
  content body base64 as detect when encoding = base64
  ignore encoding
";

const EDIFACT: &str = "UNB+UNOC:3+4012345000009:14+5412345000013:14+240101:0900+7'UNH+1+ORDERS:D:96A:UN'\
    BGM+220+P1+9'LIN+1++4000862141404:EN'QTY+21:5'UNS+S'UNT+6+1'UNZ+1+7'";

fn orders(message: &Value) -> Vec<Value> {
    let mut storage = Box::new(Storage::<128>::new());
    let channel = compile(GATEWAY, &|_| None, storage.arena()).expect("the gateway compiles");
    read(message.to_string().as_bytes(), Registry::with(&[channel]), Options::default()).expect("it is read")
}

fn base64(text: &[u8]) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    text.chunks(3)
        .map(|chunk| {
            let bits = chunk.iter().fold(0u32, |b, x| b << 8 | u32::from(*x)) << (8 * (3 - chunk.len()));
            (0..4)
                .map(|i| {
                    if i <= chunk.len() { DIGITS[(bits >> (18 - 6 * i) & 63) as usize] as char } else { '=' }
                })
                .collect::<String>()
        })
        .collect()
}

fn envelope(body: &str, encoding: Option<&str>) -> Value {
    let mut message =
        json!({"id": "m-1", "from": "einkauf@muster.example", "at": "2026-03-10T08:00:00Z", "body": body});
    if let Some(encoding) = encoding {
        message["encoding"] = json!(encoding);
    }
    json!({"gateway": "demo", "messages": [message]})
}

#[test]
fn an_interchange_in_base64_keeps_its_own_envelope_and_names_its_carrier() {
    let got = orders(&envelope(&base64(EDIFACT.as_bytes()), Some("base64")));
    assert_eq!(got.len(), 1, "{got:?}");
    assert_eq!(got[0]["channel"], "edifact-orders");
    assert_eq!(got[0]["verdict"], "accepted", "{}", got[0]);
    assert_eq!(got[0]["message"]["sender"], "4012345000009");
    assert_eq!(
        got[0]["carriers"],
        json!([{"channel": "gateway", "id": "m-1", "sender": "einkauf@muster.example", "sent": "2026-03-10T08:00:00Z"}])
    );
    assert_eq!(got[0]["lines"][0]["quantity"]["value"], "5");
}

#[test]
fn rows_without_an_envelope_take_the_sender_of_the_message_around() {
    let got = orders(&envelope("Bestellnummer;Artikelnummer;Menge\n4711;A-1;3\n4712;A-2;\"4\"\n", None));
    assert_eq!(got.len(), 2, "{got:?}");
    for (order, number) in got.iter().zip(["4711", "4712"]) {
        assert_eq!(order["channel"], "csv-order");
        assert_eq!(order["number"], number);
        assert_eq!(order["message"]["sender"], "einkauf@muster.example");
        assert_eq!(order["message"]["id"], "m-1");
        assert_eq!(order["parties"][0]["ids"][0]["value"], "einkauf@muster.example");
        assert_eq!(order["verdict"], "accepted", "{order}");
    }
}

#[test]
fn several_messages_keep_their_own_senders() {
    let mut message = envelope("Bestellnummer;Artikelnummer;Menge\n1;A;3\n", None);
    let mut second = envelope(&base64(EDIFACT.as_bytes()), Some("base64"))["messages"][0].clone();
    second["id"] = json!("m-2");
    second["from"] = json!("lager@beispiel.example");
    message["messages"].as_array_mut().expect("an array").push(second);
    let got = orders(&message);
    assert_eq!(got.len(), 2, "{got:?}");
    assert_eq!(got[0]["message"]["sender"], "einkauf@muster.example");
    assert_eq!(got[1]["carriers"][0]["sender"], "lager@beispiel.example");
    assert!(got[1].get("parties").is_none(), "{}", got[1]);
}

#[test]
fn what_nobody_can_read_is_for_a_person() {
    for (body, encoding) in
        [("%PDF-1.7 ...", None), ("not base64 !!", Some("base64")), ("Bitte 3 Kisten", None)]
    {
        let got = orders(&envelope(body, encoding));
        assert_eq!(got.len(), 1, "{got:?}");
        assert_eq!(got[0]["verdict"], "review", "{}", got[0]);
        assert_eq!(got[0]["channel"], "gateway");
        assert_eq!(got[0]["findings"][0]["code"], "unsupported_content");
        assert_eq!(got[0]["parties"][0]["ids"][0]["value"], "einkauf@muster.example");
    }
}

#[test]
fn nesting_has_a_limit_with_an_error_of_its_own() {
    let mut body = EDIFACT.to_owned();
    for depth in 1..=6 {
        let message = envelope(&body, None);
        let got = orders(&message);
        assert_eq!(got.len(), 1);
        if depth < 4 {
            assert_eq!(got[0]["channel"], "edifact-orders", "depth {depth}: {}", got[0]);
            assert_eq!(got[0]["verdict"], "accepted");
        } else {
            assert_eq!(got[0]["verdict"], "review", "depth {depth}");
            let codes: Vec<_> =
                got[0]["findings"].as_array().expect("findings").iter().map(|f| &f["code"]).collect();
            assert!(codes.contains(&&json!("refused_construct")), "{codes:?}");
        }
        body = message.to_string();
    }
}

#[test]
fn a_known_notation_without_a_channel_is_for_a_person_too() {
    for body in ["{\"hello\": 1}", "[1, 2]", "UNA:+.? 'UNB+UNOC:3+1:14+2:14+240101:0900+7'UNZ+0+7'"] {
        let got = orders(&envelope(body, None));
        assert_eq!(got.len(), 1, "{body}: {got:?}");
        assert_eq!(got[0]["verdict"], "review", "{}", got[0]);
        assert_eq!(got[0]["findings"][0]["code"], "unsupported_content", "{}", got[0]);
    }
}

#[test]
fn an_unknown_document_behind_a_known_one_is_told() {
    let known = envelope(EDIFACT, None).to_string();
    let mut storage = Box::new(Storage::<128>::new());
    let channel = compile(GATEWAY, &|_| None, storage.arena()).expect("the gateway compiles");
    for rest in ["{\"hello\":1}", "garbage", "]"] {
        let message = format!("{known}\n {rest}");
        let error = read(message.as_bytes(), Registry::with(&[channel]), Options::default())
            .expect_err("nobody knows the second document");
        assert_eq!(error.at as usize, known.len() + 2, "{rest}");
    }
}

#[test]
fn a_document_that_is_cut_before_its_first_message_is_told() {
    let known = envelope(EDIFACT, None).to_string();
    let mut storage = Box::new(Storage::<128>::new());
    let channel = compile(GATEWAY, &|_| None, storage.arena()).expect("the gateway compiles");
    let cut = "{\"gateway\":\"demo\",\"mess";
    for message in [cut.to_owned(), format!("{known}\n{cut}")] {
        let error = read(message.as_bytes(), Registry::with(&[channel]), Options::default())
            .expect_err("what was cut off may have been an order");
        assert_eq!((error.kind, error.at as usize), (ErrorKind::Malformed, message.len()));
    }
}

#[test]
fn a_content_that_is_cut_before_its_first_message_is_told() {
    let inner = "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"changes\":[{\"value\":{\"mess";
    let mut storage = Box::new(Storage::<128>::new());
    let channel = compile(GATEWAY, &|_| None, storage.arena()).expect("the gateway compiles");
    let message = envelope(inner, None).to_string();
    let got = read(message.as_bytes(), Registry::with(&[channel]), Options::default());
    let told = match &got {
        Ok(orders) => !orders.is_empty() && orders.iter().all(|order| order["verdict"] != "accepted"),
        Err(error) => error.at as usize <= message.len(),
    };
    assert!(told, "{got:?}");
}
