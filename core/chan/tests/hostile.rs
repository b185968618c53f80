//! No text takes the compiler down: no panic, no wrong index, bounded work.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::fmt::Write as _;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use common::{channel_files, extending, with};
use ordnorm_chan::{Storage, compile};
use proptest::prelude::*;

/// A text to begin with.
fn seed(number: usize) -> &'static str {
    static SEEDS: OnceLock<Vec<String>> = OnceLock::new();
    let seeds = SEEDS.get_or_init(|| {
        let folders = ["core/channels", "docs/paper"];
        folders.into_iter().flat_map(channel_files).map(|(_, text)| text).collect()
    });
    seeds.get(number % seeds.len()).map_or("", String::as_str)
}

/// How many texts are tried: `PROPTEST_CASES`, else enough for every day.
fn cases() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(1_000);
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// One change of a text.
#[derive(Clone, Debug)]
enum Change {
    DropLine(usize),
    SwapLines(usize, usize),
    CopyLine(usize, usize),
    DropWord(usize, usize),
    MoveWord(usize, usize, usize),
    Replace(usize, usize, String),
    Cut(usize),
}

fn change() -> impl Strategy<Value = Change> {
    let n = || 0usize..10_000;
    prop_oneof![
        n().prop_map(Change::DropLine),
        (n(), n()).prop_map(|(a, b)| Change::SwapLines(a, b)),
        (n(), n()).prop_map(|(a, b)| Change::CopyLine(a, b)),
        (n(), n()).prop_map(|(a, b)| Change::DropWord(a, b)),
        (n(), n(), n()).prop_map(|(a, b, c)| Change::MoveWord(a, b, c)),
        (n(), n(), "[A-Za-z0-9/.:\\[\\]^@+|*,=\" ]{0,12}")
            .prop_map(|(a, b, word)| Change::Replace(a, b, word)),
        n().prop_map(Change::Cut),
    ]
}

fn apply(text: &str, changes: &[Change]) -> String {
    let mut lines: Vec<String> = text.lines().map(String::from).collect();
    for change in changes {
        let count = lines.len().max(1);
        let words = |line: &String| line.split(' ').map(String::from).collect::<Vec<_>>();
        match change {
            Change::DropLine(a) if !lines.is_empty() => drop(lines.remove(a % count)),
            Change::SwapLines(a, b) if !lines.is_empty() => lines.swap(a % count, b % count),
            Change::CopyLine(a, b) if !lines.is_empty() => {
                let line = lines.get(a % count).cloned().unwrap_or_default();
                lines.insert(b % count, line);
            }
            Change::DropWord(a, b) | Change::Replace(a, b, _) => {
                let Some(line) = lines.get_mut(a % count) else { continue };
                let mut parts = words(line);
                let place = b % parts.len();
                match change {
                    Change::Replace(_, _, word) => parts.splice(place..=place, [word.clone()]).for_each(drop),
                    _ => drop(parts.remove(place)),
                }
                *line = parts.join(" ");
            }
            Change::MoveWord(a, b, c) => {
                let Some(line) = lines.get(a % count) else { continue };
                let parts = words(line);
                let word = parts.get(b % parts.len()).cloned().unwrap_or_default();
                if let Some(line) = lines.get_mut(c % count) {
                    line.push(' ');
                    line.push_str(&word);
                }
            }
            Change::Cut(a) => {
                let whole = lines.join("\n");
                let mut at = a * whole.len() / 10_000;
                while !whole.is_char_boundary(at) {
                    at -= 1;
                }
                lines = whole.get(..at).unwrap_or("").lines().map(String::from).collect();
            }
            _ => {}
        }
    }
    lines.join("\n")
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn changed_channels(number in 0usize..100, changes in prop::collection::vec(change(), 1..8)) {
        let text = apply(seed(number), &changes);
        // `with` looks at all indices of what compiles.
        let _ = with(&text, |_| ());
        let _ = extending(&[("base", include_str!("../../channels/edifact-orders.chan"))], &text, |_| ());
    }

    #[test]
    fn little_memory_is_an_error(number in 0usize..100, changes in prop::collection::vec(change(), 0..3)) {
        let text = apply(seed(number), &changes);
        let mut small = Box::new(Storage::<40>::new());
        if let Ok(channel) = compile(&text, &|_| None, small.arena()) {
            prop_assert!(channel.is_sound());
        }
        let mut tiny = Box::new(Storage::<0>::new());
        prop_assert!(compile(&text, &|_| None, tiny.arena()).is_err());
    }

    #[test]
    fn any_text(text in "\\PC{0,400}") {
        let _ = with(&text, |_| ());
        let _ = with(&format!("channel a\nsyntax json\nmessage at m\n{text}"), |_| ());
    }
}

/// Time for a text that is as bad as it can be; generous, since test machines are busy.
fn quickly(name: &str, text: &str) {
    let begin = Instant::now();
    let _ = with(text, |_| ());
    let took = begin.elapsed();
    assert!(took < Duration::from_secs(20), "{name}: {took:?} for {} bytes", text.len());
}

#[test]
fn bad_texts_end_soon() {
    let mut records = String::from("channel a\nsyntax edifact\n");
    for block in 0..60 {
        let _ = writeln!(records, "group on B{block} in header{}", if block > 0 { " group" } else { "" });
        for record in 0..4 {
            let _ = writeln!(records, "  order.other_number B{block}/{} first", record + 2);
        }
    }
    quickly("blocks", &records);

    let mut names = String::from("channel a\nsyntax edifact\n");
    for number in 0..250 {
        let _ = writeln!(names, "aside on X{number} in header when X{number}/1 = 1");
    }
    quickly("names", &names);

    let mut words = String::from("channel a\nsyntax edifact\nmap m");
    for number in 0..70_000 {
        let _ = write!(words, " {number}:v{number}");
    }
    quickly("one long line", &words);

    let mut deep = String::from("channel a\nsyntax json\nmessage at m\nheader\n");
    for number in 0..500 {
        let _ = writeln!(deep, "  note a{}/b/c/d/e/f/g/h/i/j/k subject a{number}/z/y/x/w/v/u", number % 200);
    }
    quickly("paths", &deep);

    let comments = format!("channel a\nsyntax csv\n{}", "# nothing\n".repeat(100_000));
    quickly("comments", &comments);

    let blanks = format!("channel a\nsyntax csv\n{}", " \t".repeat(500_000));
    quickly("blanks", &blanks);

    let mut uses = String::from("channel a\nsyntax edifact\nmap m");
    for number in 0..500 {
        let _ = write!(uses, " K{number}:V{number}");
    }
    uses.push_str("\nheader\n");
    for number in 0..900 {
        let _ = writeln!(uses, "  order.type A{}/{} map m weak", number % 200, number % 200 + 1);
    }
    quickly("uses of a map", &uses);
}

#[test]
fn a_large_channel_compiles_while_one_waits() {
    let mut text = String::from("channel a\nsyntax edifact\nqualifier DTM/1.1\nline on LIN\n");
    for number in 0..500 {
        let _ = writeln!(
            text,
            "  line.other_id R{}/{} when R{}/1 = {number}",
            number % 100,
            number % 20 + 1,
            number % 100
        );
    }
    let begin = Instant::now();
    with(&text, |channel| assert_eq!(channel.rules.len(), 500)).unwrap();
    assert!(begin.elapsed() < Duration::from_secs(1), "{:?}", begin.elapsed());
}
