//! Form fields: the values of a line stand in fields of one index.

use std::ops::Range;

use ordnorm::order::RecordKind;

use crate::reading::{Order, Room, samples};

/// The pairs of a form post.
fn pairs(bytes: &[u8]) -> Vec<Range<usize>> {
    let mut at = 0;
    bytes
        .split(|byte| *byte == b'&')
        .map(|pair| {
            let range = at..at + pair.len();
            at += pair.len() + 1;
            range
        })
        .collect()
}

/// The index in the name of the field that a place lies in.
fn index_at(bytes: &[u8], at: usize) -> Option<u32> {
    let pair = pairs(bytes).into_iter().find(|pair| pair.contains(&at))?;
    let name = String::from_utf8_lossy(bytes[pair].split(|byte| *byte == b'=').next()?)
        .replace("%5B", "[")
        .replace("%5D", "]")
        .replace("LONGTEXT_", "LONGTEXT[");
    let digits = name.split('[').nth(1)?;
    digits.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// Each line keeps to one index, and the indices rise.
fn keep_to_their_index(orders: &[Order], bytes: &[u8]) -> Vec<String> {
    let mut faults = Vec::new();
    for order in orders {
        let mut before = None;
        for record in &order.records {
            let values = record.values.iter().filter(|value| value.end > value.at);
            let mut indices: Vec<_> = values.map(|value| index_at(bytes, value.at)).collect();
            indices.dedup();
            match (record.kind, indices.as_slice()) {
                (RecordKind::Line, [Some(index)]) if before.is_none_or(|before| *index > before) => {
                    before = Some(*index)
                }
                // A part without its value, a number that is none.
                (_, []) => {}
                (RecordKind::Line, other) => {
                    faults.push(format!("line {} has indices {other:?}", record.line))
                }
                (_, other) => faults.push(format!("the document has values of lines: {other:?}")),
            }
        }
    }
    faults
}

#[test]
fn values_never_move() {
    let mut room = Room::new();
    let (mut count, mut faults) = (0, Vec::new());
    for (name, bytes) in samples("oci-cart", ".form") {
        if bytes.first() == Some(&b'<') {
            continue;
        }
        let all = pairs(&bytes);
        let piece = |number: usize| bytes[all[number].clone()].to_vec();
        let whole: Vec<Vec<u8>> = (0..all.len()).map(piece).collect();
        let mut mutants = vec![whole.clone()];
        for first in 0..whole.len() {
            let mut without = whole.clone();
            without.remove(first);
            mutants.push(without);
            for other in 0..whole.len() {
                let mut swapped = whole.clone();
                swapped.swap(first, other);
                mutants.push(swapped);
                let mut doubled = whole.clone();
                doubled.insert(other, piece(first));
                mutants.push(doubled);
            }
            for (from, to) in [("1", "2"), ("%5B2", "%5B11"), ("10", "1"), ("=", "=1"), ("%5B", "%5B0")] {
                let mut renamed = whole.clone();
                renamed[first] = String::from_utf8_lossy(&whole[first]).replacen(from, to, 1).into_bytes();
                mutants.push(renamed);
            }
        }
        for mutant in mutants {
            let bytes = mutant.join(&b'&');
            count += 1;
            for fault in keep_to_their_index(&room.read(&bytes), &bytes) {
                faults.push(format!("{name}: {fault}\n    {}", bytes.escape_ascii()));
            }
        }
    }
    println!("forms: {count} broken messages");
    assert!(count > 1_000);
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults[..faults.len().min(12)].join("\n"));
}
