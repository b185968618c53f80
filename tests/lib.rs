//! What the tests share: reading a message as a user would, and comparing orders.

use std::path::{Path, PathBuf};

use ordnorm::chan::{Storage, compile};
use ordnorm::channel::{Options, Registry};
use ordnorm::normalize::{Error, Memory, Reader};
use ordnorm::order::{Entry, Finding, Order, OrderMemory, Part, json};
use serde_json::Value;

/// The folder of a sample channel.
pub fn samples(channel: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(channel)
}

/// Reads a message and gives its orders as canonical JSON.
///
/// # Errors
/// No channel recognises it.
pub fn read(message: &[u8], registry: Registry<'_>, options: Options<'_>) -> Result<Vec<Value>, Error> {
    let mut entries = vec![Entry::default(); 1024];
    let mut findings = vec![Finding::NONE; 1024];
    let mut scratch = vec![0u8; 1 << 18];
    let memory = Memory { entries: &mut entries, findings: &mut findings, scratch: &mut scratch };
    let mut reader = Reader::new(message, registry, options, memory)?;
    let mut kept = (
        vec![Entry::default(); 1 << 16],
        vec![Part::default(); 1 << 14],
        vec![Finding::NONE; 1 << 13],
        vec![0u8; 1 << 20],
    );
    let mut order = Order::new(
        message,
        OrderMemory { entries: &mut kept.0, parts: &mut kept.1, findings: &mut kept.2, texts: &mut kept.3 },
    );
    let mut orders = Vec::new();
    while reader.collect(&mut order)? {
        assert_eq!(order.full(), None, "the tests give enough memory");
        let mut text = String::new();
        json::write(&order, false, &mut text).expect("a String takes everything");
        orders.push(serde_json::from_str(&text).unwrap_or_else(|e| panic!("not JSON ({e}): {text}")));
    }
    Ok(orders)
}

/// Compiles a channel and reads a message with it beside the built-in ones.
pub fn orders(channel: &str, message: &str) -> Vec<Value> {
    let mut storage = Box::new(Storage::<128>::new());
    let channel = match compile(channel, &|_| None, storage.arena()) {
        Ok(channel) => channel,
        Err(error) => panic!("{error}\n{channel}"),
    };
    read(message.as_bytes(), Registry::with(&[channel]), Options::default()).expect("it is read")
}

/// Compares an order with the expected one, by the rules of `samples/README.md`; the differences.
pub fn differences(expected: &Value, got: &Value) -> Vec<String> {
    let mut out = Vec::new();
    let empty = serde_json::Map::new();
    let (e, g) = (expected.as_object().unwrap_or(&empty), got.as_object().unwrap_or(&empty));
    for key in e.keys().chain(g.keys().filter(|k| !e.contains_key(*k))) {
        match key.as_str() {
            "findings" | "unmapped" | "provenance" => {}
            _ => compare(key, e.get(key), g.get(key), &mut out),
        }
    }
    findings(e.get("findings"), g.get("findings"), &mut out);
    match e.get("unmapped").and_then(Value::as_object) {
        Some(members) => {
            for (name, value) in members {
                compare(
                    &format!("unmapped.{name}"),
                    Some(value),
                    g.get("unmapped").and_then(|u| u.get(name)),
                    &mut out,
                );
            }
        }
        None => {
            let unknown =
                g.get("unmapped").and_then(|u| u.get("unknown")).and_then(Value::as_u64).unwrap_or(0);
            if unknown != 0 {
                out.push(format!("unmapped.unknown: expected 0, got {unknown}"));
            }
        }
    }
    out
}

fn compare(path: &str, expected: Option<&Value>, got: Option<&Value>, out: &mut Vec<String>) {
    match (expected, got) {
        (Some(Value::Object(e)), Some(Value::Object(g))) => {
            for key in e.keys().chain(g.keys().filter(|k| !e.contains_key(*k))) {
                compare(&format!("{path}.{key}"), e.get(key), g.get(key), out);
            }
        }
        (Some(Value::Array(e)), Some(Value::Array(g))) => {
            for i in 0..e.len().max(g.len()) {
                compare(&format!("{path}[{i}]"), e.get(i), g.get(i), out);
            }
        }
        _ if expected == got => {}
        _ => {
            let show = |v: Option<&Value>| v.map_or("absent".to_owned(), Value::to_string);
            out.push(format!("{path}: expected {}, got {}", show(expected), show(got)));
        }
    }
}

/// Each expected finding must be met by one of its own.
fn findings(expected: Option<&Value>, got: Option<&Value>, out: &mut Vec<String>) {
    let list = |v: Option<&Value>| v.and_then(Value::as_array).cloned().unwrap_or_default();
    let mut rest = list(got);
    for wanted in list(expected) {
        let meets =
            |f: &Value| wanted.as_object().is_some_and(|w| w.iter().all(|(k, v)| f.get(k) == Some(v)));
        match rest.iter().position(meets) {
            Some(place) => drop(rest.remove(place)),
            None => out.push(format!("finding missing: {wanted}")),
        }
    }
    out.extend(rest.iter().map(|f| format!("finding not expected: {f}")));
}

/// The Rust example of the README compiles and runs.
#[doc = include_str!("../README.md")]
#[cfg(doctest)]
pub struct Readme;
