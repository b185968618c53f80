//! The judge: reads broken files and asks the three questions.

use std::collections::HashMap;
use std::ops::Range;

use ordnorm::order::{Verdict, vocabulary};

use crate::mutants::Mutant;
use crate::reading::{Order, Record, Room, Value};

/// The ground that the values of an order may stand on.
#[derive(Clone, Debug, Default)]
pub struct Ground {
    /// The document's own bytes, the envelope among them: lines are not part of it.
    pub document: Vec<Range<usize>>,
    /// Each line's bytes.
    pub lines: Vec<Range<usize>>,
}

pub fn within(value: &Value, ranges: &[Range<usize>]) -> bool {
    ranges.iter().any(|range| value.at >= range.start && value.end <= range.end)
}

pub fn show(value: &Value, bytes: &[u8]) -> String {
    let text = bytes.get(value.at..value.end).unwrap_or(b"").escape_ascii();
    format!("{} = {} from {}..{} {text}", vocabulary::name(value.field), value.shown, value.at, value.end)
}

/// Own ground. Values without a place were not read from the file.
pub fn own_ground(order: &Order, ground: &Ground, bytes: &[u8], faults: &mut Vec<String>) {
    for record in &order.records {
        for value in record.values.iter().filter(|v| v.end > v.at) {
            let own = match record.line {
                0 => within(value, &ground.document),
                line => ground
                    .lines
                    .get(line as usize - 1)
                    .is_some_and(|l| within(value, std::slice::from_ref(l))),
            };
            if !own {
                faults.push(format!(
                    "{:?} {} on foreign ground: {}",
                    record.kind,
                    record.line,
                    show(value, bytes)
                ));
            }
        }
    }
}

/// A value with the numbers of its order and record.
pub type Home<'v> = (usize, usize, &'v Value);

/// Same value: each value of an order without findings stood in the sample's reading.
pub fn same_values(mutant: &Mutant, order: &Order, sample: &[Order], faults: &mut Vec<String>) {
    // By place: the order, the record and the value there.
    let mut known: HashMap<(usize, usize), Vec<Home<'_>>> = HashMap::new();
    for (number, order) in sample.iter().enumerate() {
        for (record_number, record) in order.records.iter().enumerate() {
            for value in &record.values {
                known.entry((value.at, value.end)).or_default().push((number, record_number, value));
            }
        }
    }
    for record in &order.records {
        let mut home: Option<(usize, usize)> = None;
        for value in record.values.iter().filter(|v| v.end > v.at) {
            let Some(place) = mutant.back(value.at, value.end) else { continue };
            if mutant.moved.iter().any(|range| range.contains(&place.0)) {
                continue;
            }
            let there = known.get(&place).map_or(&[][..], Vec::as_slice);
            let twins: Vec<_> = there.iter().filter(|(_, _, v)| v.field == value.field).collect();
            if twins.is_empty() {
                if !was_seen(sample, record, value, place) {
                    let other: Vec<_> = there.iter().map(|(_, _, v)| vocabulary::name(v.field)).collect();
                    faults
                        .push(format!("was not read before (but {other:?}): {}", show(value, &mutant.bytes)));
                }
                continue;
            }
            if !twins.iter().any(|(_, _, v)| v.shown == value.shown) {
                faults.push(format!("was {}: {}", twins[0].2.shown, show(value, &mutant.bytes)));
                continue;
            }
            let homes: Vec<_> = twins.iter().map(|(order, record, _)| (*order, *record)).collect();
            match home {
                None if homes.len() == 1 => home = homes.first().copied(),
                Some(home) if !homes.contains(&home) => {
                    let of = format!("{:?} {}", record.kind, record.line);
                    faults.push(format!("{of}: of another record: {}", show(value, &mutant.bytes)));
                }
                _ => {}
            }
        }
    }
}

/// The sample's reading did not take this value, and that is known: it had the same one from another place
/// (the date that every row repeats), or a finding about it (the second of two), or about its line.
pub fn was_seen(sample: &[Order], record: &Record, value: &Value, place: (usize, usize)) -> bool {
    sample.iter().any(|order| {
        let same = |v: &Value| v.field == value.field && v.shown == value.shown;
        // The delivery order's date stands in where the message has no date of its own: by rule.
        let weak = value.field == vocabulary::field::ORDER_ISSUED;
        let told = |(_, line, at): &(&str, u32, Range<usize>)| {
            (at.start < place.1 && place.0 < at.end) || (record.line != 0 && *line == record.line)
        };
        weak || order.records.iter().any(|r| r.kind == record.kind && r.values.iter().any(same))
            || order.grave.iter().any(told)
    })
}

/// How a notation is split.
pub type Split = fn(&[u8]) -> Vec<Ground>;

pub struct Judge {
    pub room: Room,
    pub split: Split,
    pub mutants: usize,
    pub unflagged: usize,
    pub faults: Vec<String>,
}

impl Judge {
    pub fn new(split: Split) -> Judge {
        Judge { room: Room::new(), split, mutants: 0, unflagged: 0, faults: Vec::new() }
    }

    pub fn judge(&mut self, case: &str, mutant: &Mutant, sample: &[Order]) {
        self.mutants += 1;
        let orders = self.room.read(&mutant.bytes);
        let grounds = (self.split)(&mutant.bytes);
        let mut faults = Vec::new();
        for order in &orders {
            match ground_of(order, &grounds) {
                Some(ground) => own_ground(order, ground, &mutant.bytes, &mut faults),
                // Garbage between interchanges can make the splitting here differ from the reader's: the
                // order has to be flagged then.
                None => {
                    if !order.is_flagged() && order.values().any(|v| v.end > v.at) {
                        faults.push("an order on nobody's ground".to_owned());
                    }
                }
            }
            if !order.is_flagged() {
                self.unflagged += 1;
                same_values(mutant, order, sample, &mut faults);
            }
        }
        if mutant.adds && sample.iter().all(|order| !order.is_flagged()) {
            let clean = orders.iter().all(|order| !order.is_flagged());
            let count = |orders: &[Order]| orders.iter().map(|o| o.values().count()).sum::<usize>();
            if clean && count(&orders) < count(sample) {
                faults.push("an addition made values disappear".to_owned());
            }
        }
        self.report(case, mutant, faults);
    }

    /// A cut file: an accepted order is whole.
    /// `may_end`: what stands before the cut is a whole file too.
    pub fn judge_cut(&mut self, case: &str, bytes: &[u8], end: usize, sample: &[Order], may_end: bool) {
        self.mutants += 1;
        let mut mutant = Mutant::named(format!("cut at {end}"));
        mutant.keep(bytes, 0..end);
        let orders = self.room.read(&mutant.bytes);
        let grounds = (self.split)(&mutant.bytes);
        let mut faults = Vec::new();
        for (number, order) in orders.iter().enumerate() {
            if let Some(ground) = ground_of(order, &grounds) {
                own_ground(order, ground, &mutant.bytes, &mut faults);
            }
            if order.verdict != Verdict::Accepted {
                continue;
            }
            self.unflagged += 1;
            let whole = sample.get(number).is_some_and(|s| s.records == order.records);
            if !whole && !may_end {
                faults.push(format!("order {number} is accepted and not whole, findings {:?}", order.grave));
            }
        }
        let silent = !self.room.stopped && orders.iter().all(|order| order.verdict == Verdict::Accepted);
        if silent && orders.len() < sample.len() && !may_end {
            faults.push(format!(
                "{} orders of {} are lost without a word",
                sample.len() - orders.len(),
                sample.len()
            ));
        }
        self.report(case, &mutant, faults);
    }

    pub fn report(&mut self, case: &str, mutant: &Mutant, faults: Vec<String>) {
        if let Some(first) = faults.first() {
            let file = mutant.bytes.escape_ascii().to_string().replace("\\n", "\n        ");
            let shown: String = file.chars().take(1_500).collect();
            self.faults.push(format!(
                "{case}: {}: {first} ({} faults)\n        {shown}",
                mutant.name,
                faults.len()
            ));
        }
    }

    pub fn done(self, what: &str) {
        println!("{what}: {} broken files, {} orders without a finding", self.mutants, self.unflagged);
        let most = std::env::var("FAULTS").ok().and_then(|n| n.parse().ok()).unwrap_or(12);
        let shown: Vec<_> = self.faults.iter().take(most).cloned().collect();
        assert!(self.faults.is_empty(), "{} faults in {what}:\n{}", self.faults.len(), shown.join("\n"));
    }
}

/// The message that an order was read from: the one on whose ground most of its values stand.
pub fn ground_of<'g>(order: &Order, grounds: &'g [Ground]) -> Option<&'g Ground> {
    let count = |ground: &Ground| {
        order
            .values()
            .filter(|v| v.end > v.at && (within(v, &ground.document) || within(v, &ground.lines)))
            .count()
    };
    // Envelopes belong to several: the last of the best would be the wrong one only for empty messages.
    grounds.iter().map(|g| (count(g), g)).filter(|(n, _)| *n > 0).max_by_key(|(n, _)| *n).map(|(_, g)| g)
}
