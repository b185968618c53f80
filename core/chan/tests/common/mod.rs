//! What the tests of the channel language share.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};

use ordnorm_chan::table::Channel;
use ordnorm_chan::{ChannelError, Storage, compile};

/// Memory for any channel of the tests.
pub type Memory = Box<Storage<1024>>;

/// Compiles a text and looks at the table.
pub fn with<T>(text: &str, look: impl FnOnce(&Channel<'_>) -> T) -> Result<T, ChannelError> {
    extending(&[], text, look)
}

/// Compiles a text that may extend others.
pub fn extending<T>(
    bases: &[(&'static str, &'static str)],
    text: &str,
    look: impl FnOnce(&Channel<'_>) -> T,
) -> Result<T, ChannelError> {
    let mut memory: Memory = Box::new(Storage::new());
    let known: Vec<(&'static str, &'static str)> = bases.to_vec();
    let base = move |name: &str| known.iter().find(|(n, _)| *n == name).map(|(_, text)| *text);
    let channel = compile(text, &base, memory.arena())?;
    assert!(channel.is_sound(), "indices of the table");
    Ok(look(&channel))
}

/// The error of a text that must have one.
pub fn error_of(text: &str) -> ChannelError {
    match with(text, |_| ()) {
        Ok(()) => panic!("no error in:\n{text}"),
        Err(error) => error,
    }
}

/// A folder of the repository.
pub fn folder(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// The channel files of a folder, with their texts, by name.
pub fn channel_files(path: &str) -> Vec<(String, String)> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder(path))
        .expect("the folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "chan"))
        .collect();
    files.sort();
    let name = |path: &PathBuf| path.file_stem().expect("a name").to_string_lossy().into_owned();
    files.iter().map(|path| (name(path), std::fs::read_to_string(path).expect("a text"))).collect()
}
