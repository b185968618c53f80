//! X12 files: segments and transaction sets by a few lines of this test, and what is broken in them.

use std::ops::Range;

use crate::judge::{Ground, Judge};
use crate::mutants::Mutant;
use crate::reading::samples;

/// A segment: its bytes with the terminator, its tag, element separator and terminator in force.
#[derive(Clone, Debug)]
struct Segment {
    range: Range<usize>,
    tag: String,
    separators: [u8; 2],
}

/// Splits a file into segments: the characters stand in the ISA, at their places.
fn segments(bytes: &[u8]) -> Vec<Segment> {
    let mut separators = *b"*~";
    let mut all = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        if rest[0] <= 0x20 || rest[0] == separators[1] {
            at += 1;
            continue;
        }
        if rest.starts_with(b"ISA") && rest.len() > 105 {
            separators = [rest[3], rest[105]];
        }
        let length = rest.iter().position(|b| *b == separators[1]).map_or(rest.len(), |end| end + 1);
        let text = rest[..length].iter().take_while(|b| !separators.contains(b) && **b > 0x20);
        let tag = text.map(|b| char::from(*b)).collect();
        all.push(Segment { range: at..at + length, tag, separators });
        at += length;
    }
    all
}

/// Transaction sets and their lines.
fn split(bytes: &[u8]) -> Vec<Ground> {
    let mut grounds: Vec<Ground> = Vec::new();
    let (mut interchange, mut group) = (None, None);
    let (mut open, mut orders, mut summary) = (false, false, false);
    for Segment { range, tag, .. } in segments(bytes) {
        match tag.as_str() {
            "ISA" => (interchange, group, open) = (Some(range), None, false),
            "GS" => (group, open) = (Some(range), false),
            "GE" => (group, open) = (None, false),
            "IEA" => (interchange, group, open) = (None, None, false),
            "ST" => {
                let text = &bytes[range.clone()];
                orders = [b"850", b"860", b"875"].iter().any(|set| text.windows(3).any(|w| w == *set));
                let envelope = [interchange.clone(), group.clone()].into_iter().flatten();
                let document = envelope.chain([range]).collect();
                grounds.push(Ground { document, lines: Vec::new() });
                (open, summary) = (true, false);
            }
            _ if !open => {}
            _ => {
                let ground = grounds.last_mut().expect("a transaction set is open");
                let opens = matches!(tag.as_str(), "PO1" | "POC" | "G68" | "SLN");
                summary =
                    matches!(tag.as_str(), "CTT" | "G76") && !ground.lines.is_empty() || summary && !opens;
                match (opens && orders, ground.lines.last_mut()) {
                    (true, None) if tag == "SLN" => ground.document.push(range),
                    (true, _) => ground.lines.push(range),
                    (_, Some(line)) if !summary => line.end = range.end,
                    _ => ground.document.push(range),
                }
                open = tag != "SE";
            }
        }
    }
    grounds
}

/// Where the loop ends that this segment opens, if it opens one.
fn loop_end(all: &[Segment], opener: usize) -> Option<usize> {
    let ends: &[&str] = match all[opener].tag.as_str() {
        "PO1" | "POC" | "G68" => &["PO1", "POC", "G68", "CTT", "G76", "SE", "ST"],
        "SLN" => &["SLN", "PO1", "POC", "CTT", "SE", "ST"],
        "N1" | "N9" | "PER" | "SAC" => &["N1", "N9", "SAC", "PO1", "POC", "G68", "CTT", "G76", "SE", "ST"],
        _ => return None,
    };
    let next = all[opener + 1..].iter().find(|s| ends.contains(&s.tag.as_str()));
    Some(next.or(all.last()).map_or(0, |s| s.range.start))
}

fn written(text: &str, separators: [u8; 2]) -> Vec<u8> {
    text.bytes()
        .map(|b| {
            if b == b'*' {
                separators[0]
            } else if b == b'~' {
                separators[1]
            } else {
                b
            }
        })
        .collect()
}

/// Puts the counts of SE and CTT right where a mutation has made them wrong.
fn with_right_counts(mutant: &Mutant) -> Mutant {
    let mut right = mutant.clone();
    right.name.push_str(", counts put right");
    let mut edits: Vec<(Range<usize>, usize)> = Vec::new();
    let (mut count, mut lines) = (0, 0);
    for segment in &segments(&right.bytes) {
        count += 1;
        let first = || {
            let begin = segment.range.start + segment.tag.len() + 1;
            let rest = right.bytes.get(begin..segment.range.end).unwrap_or_default();
            begin..begin + rest.iter().take_while(|b| b.is_ascii_digit()).count()
        };
        match segment.tag.as_str() {
            "ST" => (count, lines) = (1, 0),
            "PO1" | "POC" => lines += 1,
            "SE" => edits.push((first(), count)),
            "CTT" => edits.push((first(), lines)),
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

/// The segment without its element `number`.
fn without_element(segment: &[u8], separators: [u8; 2], number: usize) -> Option<Vec<u8>> {
    let ends: Vec<usize> = (0..segment.len()).filter(|i| separators.contains(&segment[*i])).collect();
    let (begin, end) = (*ends.get(number)? + 1, *ends.get(number + 1)?);
    Some([&segment[..begin], &segment[end..]].concat())
}

/// Samples whose ISA has its characters at their places: the others are the reader's own business. A line in
/// a line has the number of that one: it is on foreign ground by intent.
fn plain_samples() -> impl Iterator<Item = (String, Vec<u8>)> {
    let plain = |bytes: &[u8]| {
        let place = bytes.starts_with(b"ISA") && bytes.len() > 106 && bytes[103] == bytes[3];
        place && bytes[105].is_ascii() && !bytes[..106].contains(&b'\n')
    };
    let released = |bytes: &[u8]| bytes.windows(4).any(|w| w == b"ISX*");
    let nested = |bytes: &[u8]| bytes.windows(4).any(|w| w == b"SLN*");
    let fits = move |bytes: &[u8]| plain(bytes) && !released(bytes) && !nested(bytes);
    samples("x12-orders", ".x12").into_iter().filter(move |(_, bytes)| fits(bytes))
}

#[test]
fn values_never_move() {
    let mut judge = Judge::new(split);
    for (name, bytes) in plain_samples() {
        let sample = judge.room.read(&bytes);
        let all = segments(&bytes);
        let mut mutants = Vec::new();
        let tag = |i: usize| all[i].tag.clone();
        for (i, segment) in all.iter().enumerate() {
            let range = segment.range.clone();
            // The characters of the interchange stand in its ISA: without it, it is none.
            if segment.tag == "ISA" {
                continue;
            }
            let mut without = Mutant::replaced(format!("without {} {i}", tag(i)), &bytes, range.clone(), b"");
            if let Some(end) = loop_end(&all, i) {
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
            for (number, text) in ["ZZZ*9*X~", "PO1~", "AMT*1~", "DTM*002~", "SCH*5~"].iter().enumerate() {
                let new = written(text, segment.separators);
                let name = format!("{text} behind {} {i}", tag(i));
                let mut mutant = Mutant::replaced(name, &bytes, range.end..range.end, &new);
                mutant.adds = number == 0;
                mutants.push(mutant);
            }
            if matches!(
                segment.tag.as_str(),
                "PO1" | "POC" | "SLN" | "BEG" | "N1" | "DTM" | "CUR" | "SCH" | "SDQ"
            ) {
                for element in 0..10 {
                    let Some(part) = without_element(&bytes[range.clone()], segment.separators, element)
                    else {
                        break;
                    };
                    let name = format!("{} {i} twice, once without element {element}", tag(i));
                    let behind =
                        Mutant::replaced(format!("{name} behind"), &bytes, range.end..range.end, &part);
                    mutants.push(behind);
                    mutants.push(Mutant::replaced(name, &bytes, range.start..range.start, &part));
                }
            }
        }
        for ground in split(&bytes) {
            for pair in ground.lines.windows(2) {
                let (a, b) = (pair[0].clone(), pair[1].clone());
                let name = format!("lines at {} and {} swapped", a.start, b.start);
                mutants.push(Mutant::swapped(name, &bytes, a, b));
            }
        }
        for mutant in &mutants {
            judge.judge(&name, mutant, &sample);
            judge.judge(&name, &with_right_counts(mutant), &sample);
        }
    }
    judge.done("X12");
}

#[test]
fn files_cut_anywhere() {
    let mut judge = Judge::new(split);
    for (name, bytes) in plain_samples() {
        let sample = judge.room.read(&bytes);
        let terminator = bytes[105];
        for end in 0..bytes.len() {
            let rest = &bytes[end..];
            let begins = |rest: &[u8]| rest.trim_ascii_start().starts_with(b"ISA");
            let may_end =
                begins(rest) || rest.get(1..).is_some_and(|behind| rest[0] == terminator && begins(behind));
            judge.judge_cut(&name, &bytes, end, &sample, may_end);
        }
    }
    judge.done("X12 files that were cut");
}
