//! Prints the tables of the value room from `core/data/*.tsv`.
//!
//! A data file is lines of fields with a tab between; a line that begins with `#` is a comment.

use std::error::Error;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Writes the tables into `OUT_DIR`.
pub fn write() -> Outcome<()> {
    save("charsets.rs", &charsets(&load("charsets.tsv")?)?)?;
    Ok(())
}

/// The rows of a data file.
fn load(name: &str) -> Outcome<Vec<Vec<String>>> {
    let path: PathBuf = [&env::var("CARGO_MANIFEST_DIR")?, "data", name]
        .iter()
        .collect();
    println!("cargo::rerun-if-changed={}", path.display());
    let text = fs::read_to_string(&path)?;
    let lines = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    Ok(lines
        .map(|line| line.split('\t').map(str::to_owned).collect())
        .collect())
}

fn save(name: &str, text: &str) -> Outcome<()> {
    let path: PathBuf = [&env::var("OUT_DIR")?, name].iter().collect();
    Ok(fs::write(path, text)?)
}

/// One table for each column; ISO 8859 begins at 0xA0, a Windows code page at 0x80.
fn charsets(rows: &[Vec<String>]) -> Outcome<String> {
    let (head, rows) = rows.split_first().ok_or("charsets.tsv is empty")?;
    if rows.len() != 128 {
        return Err("charsets.tsv: a row for each byte from 80 to FF is expected".into());
    }
    let mut text = String::new();
    for (column, name) in head.iter().enumerate().skip(1) {
        let skipped = if name.starts_with("windows") { 0 } else { 32 };
        let size = 128 - skipped;
        write!(text, "static {}: [u16; {size}] = [", name.to_uppercase())?;
        for row in rows.iter().skip(skipped) {
            let field = row
                .get(column)
                .ok_or_else(|| format!("{name}: a field is missing"))?;
            let code_point = if field == "-" {
                0
            } else {
                u16::from_str_radix(field, 16)?
            };
            write!(text, "{code_point},")?;
        }
        writeln!(text, "];")?;
    }
    Ok(text)
}
