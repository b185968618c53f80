//! Public samples of others: every file gives its orders, says what it is, or is refused with a place.
//!
//! `corpus.tsv` says what each file gives. The files themselves are not part of the project, since many come
//! without a licence: `ORDNORM_CORPUS=FOLDER cargo test -p ordnorm-tests --test corpus -- --ignored` compares
//! them; with `ORDNORM_CORPUS_WRITE=1` the table is written anew, to be read before it is kept.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use ordnorm::channel::{Options, Registry};
use ordnorm_tests::read;
use serde_json::Value;

const FOLDERS: [&str; 6] = ["edifact", "x12", "tradacoms", "idoc", "vda", "csv"];

/// What a file gives: channel, kind (or reason), verdict and the number of lines of each order.
fn told(bytes: &[u8]) -> String {
    let orders = match read(bytes, Registry::builtin(), Options::default()) {
        Ok(orders) => orders,
        Err(error) => return format!("refused: {error}"),
    };
    let word = |order: &Value, name: &str| order[name].as_str().unwrap_or("-").to_owned();
    let one = |order: &Value| {
        let what = if order["reason"].is_null() { word(order, "kind") } else { word(order, "reason") };
        let lines = order["lines"].as_array().map_or(0, Vec::len);
        let found = order["findings"].as_array().map_or(&[][..], Vec::as_slice);
        let grave = found.iter().filter(|f| f["severity"] == "error").map(|f| word(f, "code"));
        let mut grave: Vec<String> = grave.collect();
        grave.sort();
        grave.dedup();
        let mut out = format!("{} {what} {} {lines}", word(order, "channel"), word(order, "verdict"));
        if !grave.is_empty() {
            let _ = write!(out, " ({})", grave.join(" "));
        }
        out
    };
    orders.iter().map(one).collect::<Vec<_>>().join("; ")
}

#[test]
#[ignore = "needs the folder of public samples: ORDNORM_CORPUS"]
fn public_samples() {
    let folder = env::var("ORDNORM_CORPUS").expect("ORDNORM_CORPUS names the folder of public samples");
    let mut table = String::from("file\twhat it gives\n");
    for name in FOLDERS {
        let folder = Path::new(&folder).join(name);
        let files = fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
        let mut files: Vec<_> = files.map(|file| file.expect("a readable folder").file_name()).collect();
        files.sort();
        for file in files {
            let file = file.to_string_lossy().into_owned();
            // What describes the samples is none.
            if file.starts_with("MANIFEST") || file.ends_with(".json") {
                continue;
            }
            let bytes = fs::read(folder.join(&file)).expect("a readable sample");
            let _ = writeln!(table, "{name}/{file}\t{}", told(&bytes));
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus.tsv");
    if env::var("ORDNORM_CORPUS_WRITE").is_ok() {
        fs::write(&path, &table).expect("a writable table");
    }
    let known = fs::read_to_string(&path).expect("corpus.tsv");
    let differ: Vec<_> = table.lines().filter(|line| !known.lines().any(|k| k == *line)).collect();
    assert!(differ.is_empty(), "not as in corpus.tsv:\n{}", differ.join("\n"));
    assert_eq!(known.lines().count(), table.lines().count(), "files of corpus.tsv are missing");
}
