//! The C constants: `ffi/src/constants.rs`, from which cbindgen writes the `#define`s.

use crate::Tables;
use crate::rust::constant;
use std::fmt::Write;

pub fn print(t: &Tables) -> String {
    let mut o = String::from(
        "// Generated from core/vocabulary.tsv, core/words.tsv and core/findings.tsv.\n\
         // Change those and run: cargo run -p ordnorm-generate\n\
         #![cfg_attr(rustfmt, rustfmt_skip)]\n\n",
    );
    for f in &t.fields {
        let _ = writeln!(o, "/// Field `{}` ({}): {}.", f.chan, f.value, f.meaning);
        let _ = writeln!(o, "pub const ORDNORM_{}: u32 = {};", f.constant, f.number);
    }
    for w in &t.words {
        let _ = writeln!(o, "/// Code word `{}`.", w.word);
        let _ = writeln!(o, "pub const ORDNORM_{}: u32 = {};", constant(w), w.number);
    }
    for c in &t.codes {
        let _ = writeln!(o, "/// Finding `{}` ({}): {}.", c.name, c.severity, c.text);
        let _ = writeln!(o, "pub const ORDNORM_FOUND_{}: u32 = {};", c.name.to_uppercase(), c.number);
    }
    o
}
