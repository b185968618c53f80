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
    save("units.rs", &units()?)?;
    save("codes.rs", &codes()?)?;
    Ok(())
}

/// The rows of a data file.
fn load(name: &str) -> Outcome<Vec<Vec<String>>> {
    let path: PathBuf = [&env::var("CARGO_MANIFEST_DIR")?, "data", name].iter().collect();
    println!("cargo::rerun-if-changed={}", path.display());
    let text = fs::read_to_string(&path)?;
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    Ok(lines.map(|line| line.split('\t').map(str::to_owned).collect()).collect())
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
            let field = row.get(column).ok_or_else(|| format!("{name}: a field is missing"))?;
            let code_point = if field == "-" { 0 } else { u16::from_str_radix(field, 16)? };
            write!(text, "{code_point},")?;
        }
        writeln!(text, "];")?;
    }
    Ok(text)
}

/// A code of at most three letters as an array, zeros behind it.
fn packed(code: &str) -> Outcome<[u8; 3]> {
    let mut packed = [0; 3];
    if code.is_empty() || code.len() > 3 || !code.is_ascii() {
        return Err(format!("{code:?} is not a code of one to three characters").into());
    }
    packed.iter_mut().zip(code.bytes()).for_each(|(slot, byte)| *slot = byte);
    Ok(packed)
}

fn field(row: &[String], column: usize) -> Outcome<&str> {
    Ok(row.get(column).ok_or_else(|| format!("{row:?}: field {column} is missing"))?)
}

/// A sorted table of anything; a row that comes twice is an error.
fn table<T: Ord + std::fmt::Debug>(name: &str, of: &str, mut rows: Vec<T>) -> Outcome<String> {
    rows.sort();
    if let Some((twice, _)) = rows.iter().zip(rows.iter().skip(1)).find(|(a, b)| a == b) {
        return Err(format!("{name}: {twice:?} comes twice").into());
    }
    Ok(format!("static {name}: [{of}; {}] = {rows:?};\n", rows.len()))
}

/// The UNECE codes, the words as one string with the end of each, and the lists of aliases.
fn units() -> Outcome<String> {
    let codes: Vec<[u8; 3]> =
        load("units.tsv")?.iter().map(|row| packed(field(row, 0)?)).collect::<Outcome<_>>()?;
    let known = |code: &str| match packed(code)? {
        code if codes.contains(&code) => Ok(code),
        _ => Err(Box::<dyn Error>::from(format!("{code} is not a UNECE unit"))),
    };
    let mut words: Vec<(String, [u8; 3])> = Vec::new();
    for row in load("unit_words.tsv")? {
        words.push((field(&row, 0)?.to_owned(), known(field(&row, 1)?)?));
    }
    words.sort();
    words.dedup_by(|a, b| a.0 == b.0 && a.1 == b.1);
    let mut ends = Vec::new();
    let mut all = String::new();
    for (word, _) in &words {
        all.push_str(word);
        ends.push(u16::try_from(all.len())?);
    }
    if let Some((twice, _)) = words.iter().zip(words.iter().skip(1)).find(|(a, b)| a.0 == b.0) {
        return Err(format!("unit_words.tsv: {:?} has two units", twice.0).into());
    }
    let units: Vec<[u8; 3]> = words.iter().map(|(_, unit)| *unit).collect();
    let mut text = format!("static WORDS: &[u8] = &{:?};\n", all.as_bytes());
    writeln!(text, "static WORD_ENDS: [u16; {}] = {ends:?};", ends.len())?;
    writeln!(text, "static WORD_UNITS: [[u8; 3]; {}] = {units:?};", units.len())?;
    for (name, list) in [("EDIFACT_LEGACY", "edifact"), ("X12", "x12")] {
        let mut rows = Vec::new();
        for row in load("unit_aliases.tsv")? {
            if field(&row, 0)? == list {
                rows.push((packed(field(&row, 1)?)?, known(field(&row, 2)?)?));
            }
        }
        text += &table(name, "([u8; 3], [u8; 3])", rows)?;
    }
    Ok(text + &table("CODES", "[u8; 3]", codes)?)
}

/// A bit for each pair of letters, `AA` the lowest bit of the first word.
fn pairs(name: &str, codes: impl Iterator<Item = Outcome<String>>) -> Outcome<String> {
    let mut words = [0_u32; (26 * 26_usize).div_ceil(32)];
    for code in codes {
        let code = code?.to_ascii_uppercase();
        let [first @ b'A'..=b'Z', second @ b'A'..=b'Z'] = code.as_bytes() else {
            return Err(format!("{name}: {code:?} is not two letters").into());
        };
        let bit = usize::from(first - b'A') * 26 + usize::from(second - b'A');
        *words.get_mut(bit / 32).ok_or("a bit too many")? |= 1 << (bit % 32);
    }
    Ok(format!("static {name}: [u32; {}] = {words:?};\n", words.len()))
}

/// Currencies, countries, languages.
fn codes() -> Outcome<String> {
    let mut text = String::new();
    for (name, status) in [("CURRENCIES", "active"), ("WITHDRAWN_CURRENCIES", "withdrawn")] {
        let mut rows = Vec::new();
        for row in load("currencies.tsv")? {
            if field(&row, 1)? == status {
                rows.push(packed(field(&row, 0)?)?);
            }
        }
        text += &table(name, "[u8; 3]", rows)?;
    }
    let countries = load("countries.tsv")?;
    text += &pairs("COUNTRIES", countries.iter().map(|row| Ok(field(row, 0)?.to_owned())))?;
    let mut alpha3 = Vec::new();
    for row in &countries {
        let [first, second, _] = packed(field(row, 0)?)?;
        alpha3.push((packed(field(row, 1)?)?, [first, second]));
    }
    text += &table("COUNTRIES_ALPHA3", "([u8; 3], [u8; 2])", alpha3)?;
    let languages = load("languages.tsv")?;
    text += &pairs("LANGUAGES", languages.iter().map(|row| Ok(field(row, 0)?.to_owned())))?;
    Ok(text)
}
