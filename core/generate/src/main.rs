//! Writes everything that follows from `core/vocabulary.tsv`, `core/words.tsv` and
//! `core/findings.tsv`: the Rust tables, the C constants, the JSON Schema and the field table.
//!
//! `cargo run -p ordnorm-generate` writes; with `--check` it only compares and fails on drift.

mod c;
mod docs;
mod rust;
mod schema;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// One row of `core/vocabulary.tsv`.
pub struct Field {
    pub number: u16,
    pub constant: String,
    pub chan: String,
    pub json: String,
    pub value: String,
    pub class: String,
    pub many: bool,
    pub group: String,
    pub scope: String,
    pub nature: String,
    pub since: String,
    pub meaning: String,
}

/// One row of `core/words.tsv`.
pub struct Word {
    pub number: u16,
    pub domain: String,
    pub word: String,
}

/// One row of `core/findings.tsv`.
pub struct Code {
    pub number: u16,
    pub name: String,
    pub severity: String,
    pub effect: String,
    pub text: String,
}

/// All three tables.
pub struct Tables {
    pub fields: Vec<Field>,
    pub words: Vec<Word>,
    pub codes: Vec<Code>,
}

impl Tables {
    /// The groups in order of their first appearance; the number of a group is its place + 1.
    pub fn groups(&self) -> Vec<&str> {
        distinct(self.fields.iter().map(|f| f.group.as_str()))
    }

    /// The domains of the code words, numbered like the groups.
    pub fn domains(&self) -> Vec<&str> {
        distinct(self.words.iter().map(|w| w.domain.as_str()))
    }
}

fn distinct<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen: Vec<&str> = Vec::new();
    for name in names {
        if name != "-" && !seen.contains(&name) {
            seen.push(name);
        }
    }
    seen
}

fn rows(path: &Path) -> Vec<Vec<String>> {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    text.lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .skip(1)
        .map(|line| line.split('\t').map(str::to_owned).collect())
        .collect()
}

fn number(text: &str) -> u16 {
    text.parse().unwrap_or_else(|_| panic!("not a number: {text}"))
}

fn read(core: &Path) -> Tables {
    let fields = rows(&core.join("vocabulary.tsv")).into_iter().map(|r| {
        assert_eq!(r.len(), 12, "12 columns wanted: {r:?}");
        assert!(r[1].len() <= 24, "{}: a constant has at most 24 characters (copybooks)", r[1]);
        Field {
            number: number(&r[0]),
            constant: r[1].clone(),
            chan: r[2].clone(),
            json: r[3].clone(),
            value: r[4].clone(),
            class: r[5].clone(),
            many: r[6] == "many",
            group: r[7].clone(),
            scope: r[8].clone(),
            nature: r[9].clone(),
            since: r[10].clone(),
            meaning: r[11].clone(),
        }
    });
    let words = rows(&core.join("words.tsv")).into_iter().map(|r| Word {
        number: number(&r[0]),
        domain: r[1].clone(),
        word: r[2].clone(),
    });
    let codes = rows(&core.join("findings.tsv")).into_iter().map(|r| Code {
        number: number(&r[0]),
        name: r[1].clone(),
        severity: r[2].clone(),
        effect: r[3].clone(),
        text: r[4].clone(),
    });
    let tables = Tables { fields: fields.collect(), words: words.collect(), codes: codes.collect() };
    ascending(tables.fields.iter().map(|f| f.number), "vocabulary.tsv");
    ascending(tables.words.iter().map(|w| w.number), "words.tsv");
    ascending(tables.codes.iter().map(|c| c.number), "findings.tsv");
    tables
}

fn ascending(numbers: impl Iterator<Item = u16>, file: &str) {
    let mut last = 0;
    for number in numbers {
        assert!(number > last, "{file}: {number} does not follow {last}");
        last = number;
    }
}

fn main() -> ExitCode {
    let check = std::env::args().any(|a| a == "--check");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let tables = read(&root.join("core"));
    let files: Vec<(PathBuf, String)> = vec![
        (root.join("core/chan/src/vocabulary/tables.rs"), rust::print(&tables)),
        (root.join("ffi/src/constants.rs"), c::print(&tables)),
        (root.join("docs/ordnorm.schema.json"), schema::print(&tables)),
        (root.join("docs/vocabulary.md"), docs::print(&tables)),
    ];
    let mut drift = false;
    for (path, text) in files {
        let shown = path.strip_prefix(&root).unwrap_or(&path).display().to_string();
        if fs::read_to_string(&path).ok().as_deref() == Some(&text) {
            continue;
        }
        if check {
            eprintln!("{shown}: differs from core/*.tsv; run: cargo run -p ordnorm-generate");
            drift = true;
        } else {
            fs::write(&path, text).unwrap_or_else(|e| panic!("{shown}: {e}"));
            println!("{shown}: written");
        }
    }
    if drift { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
