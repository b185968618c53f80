//! Compiles `core/channels/*.chan` and prints the tables as Rust statics.
//!
//! The table types print as Rust through `Debug`: they are plain structs of numbers.

use std::error::Error;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

use ordnorm_chan::table::Channel;
use ordnorm_chan::{Storage, compile};

/// Writes `channels.rs` into `OUT_DIR`.
pub fn write() -> Result<(), Box<dyn Error>> {
    let folder: PathBuf = [&env::var("CARGO_MANIFEST_DIR")?, "channels"].iter().collect();
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files: Vec<PathBuf> =
        fs::read_dir(&folder)?.map(|f| f.map(|f| f.path())).collect::<Result<_, _>>()?;
    files.retain(|path| path.extension().is_some_and(|e| e == "chan"));
    files.sort();
    let mut sources: Vec<(String, &'static str)> = Vec::new();
    for path in &files {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        sources.push((name, Box::leak(fs::read_to_string(path)?.into_boxed_str())));
    }
    let base = |name: &str| sources.iter().find(|(n, _)| n == name).map(|(_, text)| *text);
    let mut out = String::from("use ordnorm_chan::table::*;\n");
    let mut all = String::new();
    let mut texts = String::new();
    for ((name, text), path) in sources.iter().zip(&files) {
        let mut storage = Box::new(Storage::<1024>::new());
        let channel =
            compile(text, &base, storage.arena()).map_err(|e| format!("{}: {e}", path.display()))?;
        if channel.name != name {
            return Err(format!("{}: the channel calls itself {}", path.display(), channel.name).into());
        }
        let constant = name.to_uppercase().replace('-', "_");
        let feature = syntax_feature(&channel);
        writeln!(out, "{feature}\n/// The built-in channel `{name}`.")?;
        writeln!(out, "pub static {constant}: Channel<'static> = {};", printed(&channel))?;
        writeln!(all, "    {feature}\n    &{constant},")?;
        writeln!(texts, "    {feature}\n    (\"{name}\", include_str!({:?})),", path.display().to_string())?;
    }
    writeln!(out, "/// All built-in channels.\npub static ALL: &[&Channel<'static>] = &[\n{all}];")?;
    writeln!(out, "/// Their texts, by name.\npub static SOURCES: &[(&str, &str)] = &[\n{texts}];")?;
    let path: PathBuf = [&env::var("OUT_DIR")?, "channels.rs"].iter().collect();
    Ok(fs::write(path, out)?)
}

fn syntax_feature(channel: &Channel<'_>) -> String {
    let name = ordnorm_chan::table::syntax::NAMES.get(usize::from(channel.syntax)).copied().unwrap_or("");
    format!("#[cfg(feature = {name:?})]")
}

fn printed(c: &Channel<'_>) -> String {
    format!(
        "Channel {{ name: {:?}, version: {}, syntax: {}, dialect: {:?}, text: &{:?}, keys: &{:?}, facts: &{:?}, \
         names: &{:?}, hash: &{:?}, seed: {}, sections: &{:?}, grid: &{:?}, cells: &{:?}, cases: &{:?}, \
         rules: &{:?}, conditions: &{:?}, maps: &{:?}, map_entries: &{:?}, pairs: &{:?}, required: &{:?}, \
         nodes: &{:?}, variants: &{:?}, tests: &{:?}, carries: &{:?}, group: {:?}, \
         message_first: {}, message_last: {}, fields: &{:?}, namespaces: &{:?}, openings: &{:?}, \
         privacy: &{:?} }}",
        c.name,
        c.version,
        c.syntax,
        c.dialect,
        c.text,
        c.keys,
        c.facts,
        c.names,
        c.hash,
        c.seed,
        c.sections,
        c.grid,
        c.cells,
        c.cases,
        c.rules,
        c.conditions,
        c.maps,
        c.map_entries,
        c.pairs,
        c.required,
        c.nodes,
        c.variants,
        c.tests,
        c.carries,
        c.group,
        c.message_first,
        c.message_last,
        c.fields,
        c.namespaces,
        c.openings,
        c.privacy
    )
}
