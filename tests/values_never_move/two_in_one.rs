//! Two files in one.

use ordnorm::order::Verdict;

use crate::reading::{Order, Room, samples};

/// The orders of two files in one are the orders of the first and those of the second, at their places.
fn two_in_one(channel: &str, ending: &str) {
    let mut room = Room::new();
    let all: Vec<_> = samples(channel, ending)
        .into_iter()
        .map(|(name, bytes)| {
            let orders = room.read(&bytes);
            (name, bytes, orders)
        })
        .filter(|(_, _, orders)| !orders.is_empty() && orders.iter().all(|o| o.verdict == Verdict::Accepted))
        .collect();
    let mut faults = Vec::new();
    for (first, a, a_orders) in &all {
        // Without its last terminator, what follows belongs to its last segment.
        if !matches!(a.trim_ascii_end().last(), Some(b'\'' | b'~' | b'}')) {
            continue;
        }
        for (second, b, b_orders) in &all {
            let mark = b.strip_prefix(b"\xEF\xBB\xBF").map_or(0, |_| 3);
            let both = [a.as_slice(), b"\n", &b[mark..]].concat();
            let shift = a.len() + 1 - mark;
            let moved = |order: &Order| {
                let mut order = order.clone();
                for value in order.records.iter_mut().flat_map(|r| &mut r.values).filter(|v| v.end > v.at) {
                    value.at += shift;
                    value.end += shift;
                }
                order
            };
            let expected: Vec<Order> = a_orders.iter().cloned().chain(b_orders.iter().map(moved)).collect();
            let got = room.read(&both);
            let same = got.len() == expected.len()
                && got.iter().zip(&expected).all(|(g, e)| g.is_flagged() || g.records == e.records);
            if !same {
                faults.push(format!(
                    "{first} and {second}: {} orders, expected {}",
                    got.len(),
                    expected.len()
                ));
            }
        }
    }
    assert!(
        faults.is_empty(),
        "{} of {} pairs:\n{}",
        faults.len(),
        all.len() * all.len(),
        faults[..faults.len().min(20)].join("\n")
    );
}

#[test]
fn two_edifact_files() {
    two_in_one("edifact-orders", ".edi");
}

#[test]
fn two_webhooks() {
    two_in_one("whatsapp-order", ".payload.json");
}
