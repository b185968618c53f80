//! The field table: `docs/vocabulary.md`.

use crate::Tables;
use std::fmt::Write;

pub fn print(t: &Tables) -> String {
    let mut o = String::from(
        "# The canonical order, field by field\n\n\
         Generated from `core/vocabulary.tsv`, `core/words.tsv` and `core/findings.tsv`. Numbers are\n\
         never reused; the list only grows.\n\n\
         Class: – no personal data · B business identifier · P personal · S secret · T free text that\n\
         may contain any of them.\n\n\
         | no. | C constant `ORDNORM_…` | in a `.chan` file | JSON path | type | class | meaning |\n\
         |---|---|---|---|---|---|---|\n",
    );
    for f in &t.fields {
        let class = if f.class == "-" { "–" } else { &f.class };
        let _ = writeln!(
            o,
            "| {} | `{}` | `{}` | `{}` | {}{} | {class} | {} |",
            f.number,
            f.constant,
            f.chan,
            f.json,
            f.value,
            if f.many { ", repeatable" } else { "" },
            f.meaning
        );
    }
    o.push_str("\nA field that stands in a document and in a line too (`delivery.*`, `dispatch.*`, `note`, `reference`,\n`allowance`) is written with the prefix `line.` in a line block.\n\n## Code words\n\n| domain | words |\n|---|---|\n");
    for d in t.domains() {
        let words: Vec<String> = t
            .words
            .iter()
            .filter(|w| w.domain == d)
            .map(|w| format!("`{}` ({})", w.word, w.number))
            .collect();
        let _ = writeln!(o, "| {d} | {} |", words.join(" · "));
    }
    o.push_str("\n## Findings\n\nEvery finding of effect *review* keeps an order from being `accepted`.\n\n| no. | code | severity | effect | meaning |\n|---|---|---|---|---|\n");
    for c in &t.codes {
        let _ = writeln!(o, "| {} | `{}` | {} | {} | {} |", c.number, c.name, c.severity, c.effect, c.text);
    }
    o
}
