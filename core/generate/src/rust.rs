//! The Rust tables: `core/chan/src/vocabulary/tables.rs`.

use crate::Tables;
use std::fmt::Write;

pub fn print(t: &Tables) -> String {
    let mut o = String::from(
        "// Generated from core/vocabulary.tsv, core/words.tsv and core/findings.tsv.\n\
         // Change those and run: cargo run -p ordnorm-generate\n\
         #![cfg_attr(rustfmt, rustfmt_skip)]\n\n\
         use super::{Effect, Facts, FindingFacts, Severity, WordFacts};\n\n",
    );
    o.push_str("/// Field numbers.\npub mod field {\n");
    for f in &t.fields {
        let _ = writeln!(o, "    /// `{}`: {}", f.chan, f.meaning);
        let _ = writeln!(o, "    pub const {}: u16 = {};", f.constant, f.number);
    }
    o.push_str("}\n\n/// Numbers of the code words.\npub mod word {\n");
    for w in &t.words {
        let _ = writeln!(o, "    /// `{}` ({})", w.word, w.domain);
        let _ = writeln!(o, "    pub const {}: u16 = {};", constant(w), w.number);
    }
    o.push_str("}\n\n/// Numbers of the finding codes.\npub mod finding {\n");
    for c in &t.codes {
        let _ = writeln!(o, "    /// {}", c.text);
        let _ = writeln!(o, "    pub const {}: u16 = {};", c.name.to_uppercase(), c.number);
    }
    o.push_str("}\n\n/// Numbers of the repeated groups.\npub mod group {\n    /// Not in a group.\n    pub const NONE: u8 = 0;\n");
    for (i, g) in t.groups().iter().enumerate() {
        let _ = writeln!(o, "    /// `{g}`");
        let _ = writeln!(o, "    pub const {}: u8 = {};", g.to_uppercase(), i + 1);
    }
    let _ = writeln!(
        o,
        "    /// How many there are, `NONE` among them.\n    pub const COUNT: usize = {};",
        t.groups().len() + 1
    );
    o.push_str("}\n\n/// Numbers of the domains of code words.\npub mod domain {\n    /// No domain.\n    pub const NONE: u8 = 0;\n");
    for (i, d) in t.domains().iter().enumerate() {
        let _ = writeln!(o, "    /// `{d}`");
        let _ = writeln!(o, "    pub const {}: u8 = {};", d.to_uppercase(), i + 1);
    }
    o.push_str("}\n\n");
    let last = t.fields.last().map_or(0, |f| f.number);
    let _ = writeln!(o, "/// The highest field number.\npub const LAST_FIELD: u16 = {last};\n");
    let _ = writeln!(o, "pub(super) static FACTS: [Facts; {}] = [", last + 1);
    for n in 0..=last {
        match t.fields.iter().find(|f| f.number == n) {
            None => o.push_str("    Facts::NONE,\n"),
            Some(f) => {
                let group = t.groups().iter().position(|g| *g == f.group).map_or(0, |i| i + 1);
                let _ = writeln!(
                    o,
                    "    Facts::new(b'{}', b'{}', b'{}', b'{}', {}, {}),",
                    letter(&f.value),
                    f.class.chars().next().unwrap_or('-'),
                    if f.scope == "DL" { 'B' } else { f.scope.chars().next().unwrap_or('-') },
                    f.nature.chars().next().unwrap_or('-'),
                    f.many,
                    group,
                );
            }
        }
    }
    o.push_str("];\n\n");
    let _ = writeln!(o, "pub(super) static NAMES: [&str; {}] = [", last + 1);
    for n in 0..=last {
        let _ = writeln!(o, "    {:?},", t.fields.iter().find(|f| f.number == n).map_or("", |f| &f.chan));
    }
    o.push_str("];\n\n");
    let _ = writeln!(o, "pub(super) static JSON_PATHS: [&str; {}] = [", last + 1);
    for n in 0..=last {
        let _ = writeln!(o, "    {:?},", t.fields.iter().find(|f| f.number == n).map_or("", |f| &f.json));
    }
    o.push_str("];\n\n");
    let _ = writeln!(o, "pub(super) static WORDS: [WordFacts; {}] = [", t.words.len());
    for w in &t.words {
        let domain = t.domains().iter().position(|d| *d == w.domain).map_or(0, |i| i + 1);
        let _ =
            writeln!(o, "    WordFacts {{ number: {}, domain: {domain}, word: {:?} }},", w.number, w.word);
    }
    o.push_str("];\n\n");
    // What the engine asks stands apart from the texts, which firmware does not link.
    let last_code = t.codes.iter().map(|c| c.number).max().unwrap_or(0);
    let _ = writeln!(o, "pub(super) static EFFECTS: [Effect; {}] = [", last_code + 1);
    for n in 0..=last_code {
        let code = t.codes.iter().find(|c| c.number == n);
        let severity = match code.map_or("error", |c| c.severity.as_str()) {
            "error" => "Error",
            "warning" => "Warning",
            _ => "Info",
        };
        let review = code.is_none_or(|c| c.effect == "review");
        let _ = writeln!(o, "    Effect {{ severity: Severity::{severity}, review: {review} }},");
    }
    o.push_str("];\n\n");
    let _ = writeln!(o, "pub(super) static FINDINGS: [FindingFacts; {}] = [", t.codes.len());
    for c in &t.codes {
        let _ = writeln!(
            o,
            "    FindingFacts {{ number: {}, name: {:?}, text: {:?} }},",
            c.number, c.name, c.text
        );
    }
    o.push_str("];\n\npub(super) static GROUP_NAMES: &[&str] = &[\"\"");
    for g in t.groups() {
        let _ = write!(o, ", {g:?}");
    }
    o.push_str("];\n");
    o
}

/// `KIND_ORDER`, `ROLE_BUYER` …
pub fn constant(w: &crate::Word) -> String {
    format!("{}_{}", w.domain, w.word).to_uppercase()
}

fn letter(value: &str) -> char {
    match value {
        "text" => 't',
        "word" => 'w',
        "code" => 'c',
        "decimal" => 'n',
        "date" => 'd',
        "flag" => 'f',
        "count" => 'k',
        other => panic!("unknown value type {other}"),
    }
}
