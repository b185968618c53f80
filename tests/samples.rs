//! Behaviour as data: every sample gives its expected orders.

use std::fs;
use std::path::Path;

use ordnorm::chan::{Storage, compile};
use ordnorm::channel::{Options, Registry};
use ordnorm_tests::{differences, read, samples};
use serde_json::Value;

/// Runs the cases of a folder; `input` is the ending of the message files.
fn run(channel: &str, input: &str) {
    let folder = samples(channel);
    let mut cases: Vec<_> = fs::read_dir(&folder)
        .unwrap_or_else(|e| panic!("{}: {e}", folder.display()))
        .map(|f| f.expect("a readable folder").file_name().to_string_lossy().into_owned())
        .filter_map(|name| name.strip_suffix(input).map(str::to_owned))
        .collect();
    cases.sort();
    assert!(!cases.is_empty(), "{}: no cases", folder.display());
    let only = std::env::var("CASE").unwrap_or_default();
    let mut failed = Vec::new();
    for case in cases.iter().filter(|case| case.contains(&only)) {
        let problems = check(&folder, case, input);
        if !problems.is_empty() {
            failed.push(format!("{channel}/{case}\n    {}", problems.join("\n    ")));
        }
    }
    assert!(failed.is_empty(), "{} of {} cases differ:\n{}", failed.len(), cases.len(), failed.join("\n"));
    println!("{channel}: {} cases", cases.len());
}

fn check(folder: &Path, case: &str, input: &str) -> Vec<String> {
    let message = fs::read(folder.join(format!("{case}{input}"))).expect("a readable sample");
    let expected: Vec<Value> = fs::read_to_string(folder.join(format!("{case}.json")))
        .expect("expected orders beside the sample")
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| serde_json::from_str(line).expect("expected orders are JSON"))
        .collect();
    let arguments = fs::read_to_string(folder.join(format!("{case}.args"))).unwrap_or_default();
    let mut options = Options::default();
    if let Some(locale) = arguments.trim().strip_prefix("--locale ") {
        options.locale(locale).expect("a known locale");
    }
    let text = fs::read_to_string(folder.join(format!("{case}.chan"))).unwrap_or_default();
    let mut storage = Box::new(Storage::<256>::new());
    let loaded: Vec<_> = (!text.is_empty())
        .then(|| compile(&text, &|_| None, storage.arena()).unwrap_or_else(|e| panic!("{case}.chan: {e}")))
        .into_iter()
        .collect();
    let got = match read(&message, Registry::with(&loaded), options) {
        Ok(got) => got,
        Err(error) => return vec![format!("not read: {error}")],
    };
    if got.len() != expected.len() {
        return vec![format!("expected {} orders, got {}", expected.len(), got.len())];
    }
    let mut out = Vec::new();
    for (number, (e, g)) in expected.iter().zip(&got).enumerate() {
        out.extend(differences(e, g).into_iter().map(|d| format!("order {}: {d}", number + 1)));
    }
    out
}

#[test]
fn edifact_orders() {
    run("edifact-orders", ".edi");
}

#[test]
fn whatsapp_order() {
    run("whatsapp-order", ".payload.json");
}

#[test]
fn csv_order() {
    run("csv-order", ".csv");
}

#[test]
fn oci_cart() {
    run("oci-cart", ".form");
}

/// The canonical form reads back to itself.
#[test]
fn ordnorm_json() {
    run("ordnorm-json", ".json");
}

#[test]
fn x12_orders() {
    run("x12-orders", ".x12");
}

#[test]
fn tradacoms_orders() {
    run("tradacoms-orders", ".tradacoms");
}

#[test]
fn idoc_orders() {
    run("idoc-orders", ".idoc");
}

#[test]
fn schedules() {
    run("edifact-schedule", ".edi");
    run("x12-schedule", ".x12");
    run("vda-4905", ".vda");
}
