//! EDIFACT files: segments and messages by a few lines of this test, and what is broken in them.

use std::ops::Range;

use crate::judge::{Ground, Judge};
use crate::mutants::Mutant;
use crate::reading::samples;

/// A segment: its bytes with the terminator, its tag, the service characters in force.
#[derive(Clone, Debug)]
struct Segment {
    range: Range<usize>,
    tag: String,
    service: [u8; 4],
}

/// Splits a file into segments: component, element, release, terminator as a UNA says or as usual.
fn segments(bytes: &[u8]) -> Vec<Segment> {
    let mut service = *b":+?'";
    let mut all = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let noise = rest[0] <= 0x20 || rest[0] == service[3] || rest[0] == 0x7F;
        if noise || rest.starts_with(b"\xEF\xBB\xBF") {
            at += if noise { 1 } else { 3 };
            continue;
        }
        if rest.starts_with(b"UNA") && rest.len() >= 9 {
            let follows = rest[9..].trim_ascii_start();
            if follows.is_empty() || follows.starts_with(b"UN") {
                service = [rest[3], rest[4], if rest[6] == b' ' { 0 } else { rest[6] }, rest[8]];
                at += 9;
                continue;
            }
        }
        let mut end = at;
        while end < bytes.len() && bytes[end] != service[3] {
            end += if bytes[end] == service[2] && service[2] != 0 { 2 } else { 1 };
        }
        let end = (end + 1).min(bytes.len());
        let tag = bytes[at..end]
            .iter()
            .take_while(|b| ![service[0], service[1], service[3]].contains(b))
            .filter(|b| **b > 0x20)
            .map(|b| char::from(*b))
            .collect();
        all.push(Segment { range: at..end, tag, service });
        at = end;
    }
    all
}

/// Messages and their lines.
fn split(bytes: &[u8]) -> Vec<Ground> {
    let mut grounds: Vec<Ground> = Vec::new();
    let (mut interchange, mut group) = (None, None);
    let (mut open, mut orders, mut summary) = (false, false, false);
    for segment in segments(bytes) {
        let Segment { range, tag, .. } = segment;
        match tag.as_str() {
            "UNB" => (interchange, group, open) = (Some(range), None, false),
            "UNG" => (group, open) = (Some(range), false),
            "UNE" => (group, open) = (None, false),
            "UNZ" => (interchange, group, open) = (None, None, false),
            "UNH" => {
                // Only orders have lines; in other messages everything is the document's.
                let text = &bytes[range.clone()];
                orders = text.windows(6).any(|w| w == b"ORDERS" || w == b"ORDCHG");
                let envelope = [interchange.clone(), group.clone()].into_iter().flatten();
                let document = envelope.chain([range]).collect();
                grounds.push(Ground { document, lines: Vec::new() });
                (open, summary) = (true, false);
            }
            _ if !open => {}
            _ => {
                let ground = grounds.last_mut().expect("a message is open");
                // Before the first line it separates nothing, and a line behind it is a line.
                summary = tag == "UNS" && !ground.lines.is_empty() || summary && tag != "LIN";
                match (tag.as_str(), ground.lines.last_mut()) {
                    ("LIN", _) if orders => ground.lines.push(range),
                    (_, Some(line)) if !summary => line.end = range.end,
                    _ => ground.document.push(range),
                }
                open = tag != "UNT";
            }
        }
    }
    grounds
}

/// Where the group ends that this segment opens, if it opens one.
fn group_end(all: &[Segment], opener: usize) -> Option<usize> {
    let ends: &[&str] = match all[opener].tag.as_str() {
        "LIN" => &["LIN", "UNS", "UNT", "UNH"],
        "NAD" => &["NAD", "LIN", "UNS", "UNT", "UNH", "CUX", "TOD", "ALC", "PAT", "TDT"],
        "CTA" => &["CTA", "NAD", "LIN", "UNS", "UNT", "UNH", "RFF", "CUX"],
        "RFF" | "LOC" | "ALC" | "PRI" | "SCC" | "PAT" | "TOD" | "TAX" | "CUX" | "TDT" | "PAC" => {
            &["RFF", "LOC", "ALC", "PRI", "SCC", "PAT", "TOD", "TAX", "NAD", "LIN", "UNS", "UNT", "UNH"]
        }
        _ => return None,
    };
    let next = all[opener + 1..].iter().find(|s| ends.contains(&s.tag.as_str()));
    Some(next.or(all.last()).map_or(0, |s| s.range.start))
}

/// A segment in the separators of its surroundings.
fn written(text: &str, service: [u8; 4]) -> Vec<u8> {
    text.bytes()
        .map(|byte| match byte {
            b':' => service[0],
            b'+' => service[1],
            b'\'' => service[3],
            other => other,
        })
        .collect()
}

/// Puts the counts of UNT and CNT right where a mutation has made them wrong.
fn with_right_counts(mutant: &Mutant) -> Mutant {
    let mut right = mutant.clone();
    right.name.push_str(", counts put right");
    // From the end, so that places before stay.
    let all = segments(&right.bytes);
    let mut edits: Vec<(Range<usize>, usize)> = Vec::new();
    let (mut count, mut lines, mut summary) = (0, 0, false);
    for segment in &all {
        count += 1;
        let bytes = &right.bytes[segment.range.clone()];
        let digits = |skip: usize| {
            let begin = segment.range.start + skip;
            let length =
                right.bytes[begin..segment.range.end].iter().take_while(|b| b.is_ascii_digit()).count();
            begin..begin + length
        };
        match segment.tag.as_str() {
            "UNH" => (count, lines, summary) = (1, 0, false),
            "LIN" if !summary => lines += 1,
            "UNS" => summary = true,
            "UNT" if bytes.len() > 4 => edits.push((digits(4), count)),
            "CNT" if bytes.starts_with(&written("CNT+2:", segment.service)) => edits.push((digits(6), lines)),
            _ => {}
        }
    }
    for (range, number) in edits.into_iter().rev() {
        if !range.is_empty() && right.bytes[range.clone()] != *number.to_string().as_bytes() {
            right.overwrite(range, number.to_string().as_bytes());
        }
    }
    right
}

/// The segment without its component `number` (counted over all separators).
fn without_component(segment: &[u8], service: [u8; 4], number: usize) -> Option<Vec<u8>> {
    let ends: Vec<usize> = (0..segment.len())
        .filter(|i| [service[0], service[1], service[3]].contains(&segment[*i]))
        .filter(|i| *i == 0 || segment[i - 1] != service[2])
        .collect();
    let (begin, end) = (*ends.get(number)? + 1, *ends.get(number + 1)?);
    Some([&segment[..begin], &segment[end..]].concat())
}

#[test]
fn values_never_move() {
    let mut judge = Judge::new(split);
    for (name, bytes) in samples("edifact-orders", ".edi") {
        let sample = judge.room.read(&bytes);
        let all = segments(&bytes);
        let mut mutants = Vec::new();
        let tag = |i: usize| all[i].tag.clone();
        for (i, segment) in all.iter().enumerate() {
            let range = segment.range.clone();
            let mut without = Mutant::replaced(format!("without {} {i}", tag(i)), &bytes, range.clone(), b"");
            // Without its opener a group is part of the group before: nobody can tell. Its own ground is asked
            // for all the same, and the count of UNT tells.
            if let Some(end) = group_end(&all, i) {
                without.moved.push(range.end..end);
            }
            mutants.push(without);
            mutants.push(Mutant::doubled(format!("{} {i} twice", tag(i)), &bytes, range.clone()));
            if let Some(next) = all.get(i + 1) {
                let name = format!("{} {i} behind {}", tag(i), tag(i + 1));
                let mut mutant = Mutant::swapped(name, &bytes, range.clone(), next.range.clone());
                mutant.moved = vec![range.clone(), next.range.clone()];
                mutants.push(mutant);
            }
            let additions = [
                "ZZZ+9:1+X'",
                "QTY+21'",
                "QTY+21::PCE'",
                "PRI+AAA'",
                "PRI+AAA::::10'",
                "MOA+203'",
                "DTM+2::102'",
            ];
            for (number, text) in additions.iter().enumerate() {
                let new = written(text, segment.service);
                let name = format!("{text} behind {} {i}", tag(i));
                let mut mutant = Mutant::replaced(name, &bytes, range.end..range.end, &new);
                mutant.adds = number == 0;
                mutants.push(mutant);
            }
            if matches!(
                segment.tag.as_str(),
                "QTY" | "PRI" | "MOA" | "LIN" | "PIA" | "DTM" | "NAD" | "CUX" | "BGM"
            ) {
                for component in 0..6 {
                    let text = &bytes[range.clone()];
                    let Some(part) = without_component(text, segment.service, component) else {
                        break;
                    };
                    let name = format!("{} {i} twice, once without component {component}", tag(i));
                    mutants.push(Mutant::replaced(
                        format!("{name} behind"),
                        &bytes,
                        range.end..range.end,
                        &part,
                    ));
                    mutants.push(Mutant::replaced(name, &bytes, range.start..range.start, &part));
                }
            }
            if segment.tag == "NAD" {
                for target in all.iter().filter(|s| s.range.start > range.start) {
                    let mut mutant = Mutant::named(format!("NAD {i} moved to {}", target.range.end));
                    mutant.keep(&bytes, 0..range.start);
                    mutant.keep(&bytes, range.end..target.range.end);
                    mutant.keep(&bytes, range.clone());
                    mutant.keep(&bytes, target.range.end..bytes.len());
                    // What stood behind it is left to the party before.
                    let end = group_end(&all, i).unwrap_or(range.end);
                    mutant.moved.push(range.start..end.max(range.end));
                    mutants.push(mutant);
                }
            }
        }
        for ground in split(&bytes) {
            for pair in ground.lines.windows(2) {
                let (a, b) = (pair[0].clone(), pair[1].clone());
                mutants.push(Mutant::swapped(
                    format!("lines at {} and {} swapped", a.start, b.start),
                    &bytes,
                    a,
                    b,
                ));
            }
        }
        for mutant in &mutants {
            judge.judge(&name, mutant, &sample);
            judge.judge(&name, &with_right_counts(mutant), &sample);
        }
    }
    judge.done("EDIFACT");
}

#[test]
fn files_cut_anywhere() {
    let mut judge = Judge::new(split);
    for (name, bytes) in samples("edifact-orders", ".edi") {
        let sample = judge.room.read(&bytes);
        for end in 0..bytes.len() {
            // Between interchanges and between bare messages; the last terminator may be missing there.
            let begins = |rest: &[u8]| {
                let rest = rest.trim_ascii_start();
                ["UNA", "UNB", "UNH"].iter().any(|tag| rest.starts_with(tag.as_bytes()))
            };
            let rest = &bytes[end..];
            let behind = rest.get(1..).filter(|_| matches!(rest[0], b'\'' | b'~')).unwrap_or_default();
            let may_end = begins(rest) || begins(behind);
            judge.judge_cut(&name, &bytes, end, &sample, may_end);
        }
    }
    judge.done("EDIFACT files that were cut");
}
