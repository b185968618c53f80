//! What the fuzzer has found before is read again: none of it may break a promise a second time.

use std::fs;
use std::path::Path;

#[path = "../fuzz/src/c_abi.rs"]
#[allow(dead_code)]
mod c_abi;
#[path = "../fuzz/src/checks.rs"]
#[allow(dead_code)]
mod checks;
#[path = "../fuzz/src/naive.rs"]
#[allow(dead_code)]
mod naive;

/// Replays the inputs of a target: its regressions and its seeds.
fn replay(target: &str, check: fn(&[u8])) {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz");
    for folder in ["regressions", "seeds"] {
        let Ok(files) = fs::read_dir(fuzz.join(folder).join(target)) else { continue };
        for file in files {
            let path = file.expect("a readable folder").path();
            println!("{}", path.display());
            check(&fs::read(&path).expect("a readable file"));
        }
    }
}

#[test]
fn segments() {
    replay("segments", checks::segments);
}

#[test]
fn edifact() {
    replay("edifact", checks::edifact);
}

#[test]
fn json() {
    replay("json", checks::json);
}

#[test]
fn csv() {
    replay("csv", checks::csv);
}

#[test]
fn form() {
    replay("form", checks::form);
}

#[test]
fn channel() {
    replay("channel", checks::channel);
}

#[test]
fn reader() {
    replay("reader", checks::reader);
}

#[test]
fn c_abi() {
    replay("c_abi", c_abi::c_abi);
}
