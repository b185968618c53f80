//! The rooms of the core (docs/design.md): who may know whom.

use std::fs;
use std::path::{Path, PathBuf};

/// A room, and what it may name of the crate.
const ROOMS: [(&str, &[&str]); 5] = [
    ("value", &["limits", "value"]),
    ("syntax", &["limits", "syntax", "value"]),
    ("order", &["check", "limits", "order", "value"]),
    ("check", &["check", "limits", "order", "value"]),
    ("channel", &["channel", "check", "limits", "order", "syntax", "value"]),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of the core") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// The rooms that a text names, `crate::room` wherever it stands.
fn named(text: &str) -> impl Iterator<Item = &str> {
    text.split("crate::").skip(1).map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
        &rest[..end]
    })
}

#[test]
fn no_room_knows_what_it_must_not() {
    let mut looked_at = 0;
    for (room, may) in ROOMS {
        let mut files = Vec::new();
        sources(&Path::new("../core/src").join(room), &mut files);
        assert!(!files.is_empty(), "{room} is empty");
        for file in files {
            let text = fs::read_to_string(&file).expect("a source");
            for name in named(&text) {
                looked_at += 1;
                assert!(may.contains(&name), "{} knows {name}", file.display());
            }
        }
    }
    assert!(looked_at > 50, "only {looked_at} names were found");
}

#[test]
fn the_language_and_its_tables_know_nothing_of_the_core() {
    let mut files = Vec::new();
    sources(Path::new("../core/chan/src"), &mut files);
    for file in files {
        let text = fs::read_to_string(&file).expect("a source");
        assert!(!text.contains("use ordnorm::"), "{} knows the core", file.display());
    }
}
