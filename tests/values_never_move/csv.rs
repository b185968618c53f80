//! Separated values: rows and cells, and what is broken in them.

use std::collections::HashMap;
use std::ops::Range;

use ordnorm::order::RecordKind;

use crate::judge::{Ground, Judge};
use crate::mutants::Mutant;
use crate::reading::{Order, Record, Value, samples};

#[derive(Clone, Debug)]
struct Row {
    whole: Range<usize>,
    cells: Vec<Range<usize>>,
}

/// The separator of a sample: the one that its first line has most of.
fn separator(bytes: &[u8]) -> u8 {
    let line = bytes.split(|b| matches!(b, b'\r' | b'\n')).find(|l| !is_sep_line(l)).unwrap_or(b"");
    let count = |c: &u8| line.iter().filter(|b| *b == c).count();
    b";\t,|".iter().copied().max_by_key(count).unwrap_or(b';')
}

fn is_sep_line(line: &[u8]) -> bool {
    line.starts_with(b"sep=") || line.starts_with(b"\"sep=")
}

/// Rows and cells; a quote counts at the begin of a cell and where it is closed before the file ends.
fn rows(bytes: &[u8], separator: u8) -> Vec<Row> {
    let mut all = Vec::new();
    let (mut begin, mut cell, mut at) = (0, 0, 0);
    let mut cells = Vec::new();
    while at <= bytes.len() {
        let byte = bytes.get(at).copied();
        if byte == Some(b'"') && bytes[cell..at].iter().all(|b| *b == b' ') {
            if let Some(end) = quote_end(bytes, at + 1, separator) {
                at = end;
                continue;
            }
        }
        match byte {
            Some(b) if b == separator => {
                cells.push(cell..at);
                cell = at + 1;
            }
            None | Some(b'\r' | b'\n') => {
                cells.push(cell..at);
                if at > begin {
                    all.push(Row {
                        whole: begin..(at + 1).min(bytes.len()),
                        cells: std::mem::take(&mut cells),
                    });
                }
                cells.clear();
                (begin, cell) = (at + 1, at + 1);
            }
            _ => {}
        }
        at += 1;
    }
    all
}

fn quote_end(bytes: &[u8], mut at: usize, separator: u8) -> Option<usize> {
    loop {
        match bytes.get(at)? {
            b'"' if bytes.get(at + 1) == Some(&b'"') => at += 2,
            b'"' => {
                let behind = at + 1 + bytes[at + 1..].iter().take_while(|b| **b == b' ').count();
                return match bytes.get(behind) {
                    None | Some(b'\r' | b'\n') => Some(behind),
                    Some(b) if *b == separator => Some(behind),
                    Some(_) => None,
                };
            }
            _ => at += 1,
        }
    }
}

/// Any row may be a line of any order: what must hold is that a line keeps to one row, see
/// `keeps_to_one_row`.
fn split(bytes: &[u8]) -> Vec<Ground> {
    let whole = 0..bytes.len();
    let lines = std::iter::repeat_n(whole.clone(), 10_000).collect();
    vec![Ground { document: vec![whole], lines }]
}

/// The values of a line stand in one row, each row is one line at most, and the document's values stand in
/// a row of the same order.
fn keep_to_their_rows(orders: &[Order], bytes: &[u8], separator: u8) -> Vec<String> {
    let all = rows(bytes, separator);
    let row_of = |v: &Value| all.iter().position(|row| v.at >= row.whole.start && v.end <= row.whole.end);
    let mut faults = Vec::new();
    // The order that each row is a line of.
    let mut used: HashMap<usize, usize> = HashMap::new();
    let located = |record: &Record| -> Vec<Option<usize>> {
        let mut rows: Vec<_> = record.values.iter().filter(|v| v.end > v.at).map(row_of).collect();
        rows.dedup();
        rows
    };
    for (number, order) in orders.iter().enumerate() {
        for record in order.records.iter().filter(|r| r.kind == RecordKind::Line) {
            match located(record).as_slice() {
                [Some(row)] if !used.contains_key(row) => drop(used.insert(*row, number)),
                [] => {}
                other => faults.push(format!("line {} stands in rows {other:?}", record.line)),
            }
        }
    }
    for (number, order) in orders.iter().enumerate() {
        for record in order.records.iter().filter(|r| r.kind != RecordKind::Line) {
            for row in located(record) {
                // A row without any line value is nobody's line.
                if row.is_none_or(|row| used.get(&row).is_some_and(|other| *other != number)) {
                    faults.push(format!("order {number} has a value of row {row:?}"));
                }
            }
        }
    }
    faults
}

/// The samples without those in UTF-16, where places are those of the whole message.
fn samples_of_bytes() -> Vec<(String, Vec<u8>)> {
    let mut all = samples("csv-order", ".csv");
    all.retain(|(_, bytes)| !bytes.starts_with(b"\xFF\xFE") && !bytes.starts_with(b"\xFE\xFF"));
    all
}

#[test]
fn values_never_move() {
    let mut judge = Judge::new(split);
    for (name, bytes) in samples_of_bytes() {
        let sample = judge.room.read(&bytes);
        let separator = separator(&bytes);
        let all = rows(&bytes, separator);
        let mut mutants = Vec::new();
        let header = usize::from(is_sep_line(&bytes));
        // What a row is may depend on its cells: a sum, the header again, a title.
        let has_other_rows =
            ["sum-row", "header-again", "title-row"].iter().any(|kind| name.starts_with(kind));
        for (number, row) in all.iter().enumerate() {
            let range = row.whole.clone();
            if number == header {
                // Another header is another file.
                continue;
            }
            mutants.push(Mutant::replaced(format!("without row {number}"), &bytes, range.clone(), b""));
            mutants.push(Mutant::doubled(format!("row {number} twice"), &bytes, range.clone()));
            for other in all.iter().skip(number + 1) {
                let name = format!("rows {number} and at {} swapped", other.whole.start);
                let mut mutant = Mutant::swapped(name, &bytes, range.clone(), other.whole.clone());
                mutant.moved.push(0..bytes.len());
                mutants.push(mutant);
            }
            for (column, cell) in row.cells.iter().enumerate() {
                let label = format!("cell {number}/{column}");
                let gap = cell.start..(cell.end + 1).min(range.end);
                mutants.push(Mutant::replaced(format!("without {label}"), &bytes, gap.clone(), b""));
                mutants.push(Mutant::doubled(format!("{label} twice"), &bytes, gap));
                if let Some(next) = row.cells.get(column + 1) {
                    let mut mutant =
                        Mutant::swapped(format!("{label} swapped"), &bytes, cell.clone(), next.clone());
                    mutant.moved = vec![cell.clone(), next.clone()];
                    mutants.push(mutant);
                }
                // A new quote would close one that the sample has left open.
                let open = bytes.iter().filter(|b| **b == b'"').count() % 2 == 1;
                for new in ["", "\"", "x", "1.234", "\"\"\"", "a\nb", "-1", "4711", "\"1;2,3\t4|5\""] {
                    if open && new.contains('"') {
                        continue;
                    }
                    mutants.push(Mutant::replaced(
                        format!("{label} = {new:?}"),
                        &bytes,
                        cell.clone(),
                        new.as_bytes(),
                    ));
                }
            }
        }
        // A new column that nobody knows, empty in every row: each value stays.
        let mut wide = Mutant::named("an empty column".to_owned());
        let mut at = 0;
        for (number, row) in all.iter().enumerate() {
            let end = row.cells.last().map_or(row.whole.end, |cell| cell.end);
            if is_sep_line(&bytes[row.whole.clone()]) {
                continue;
            }
            wide.keep(&bytes, at..end);
            wide.write(&[separator]);
            if number == 0 {
                wide.write(b"Zzz");
            }
            at = end;
        }
        wide.keep(&bytes, at..bytes.len());
        wide.adds = true;
        mutants.push(wide);
        for mutant in &mut mutants {
            if has_other_rows {
                mutant.moved.push(0..bytes.len());
            }
            judge.judge(&name, mutant, &sample);
            let orders = judge.room.read(&mutant.bytes);
            let faults = keep_to_their_rows(&orders, &mutant.bytes, separator);
            judge.report(&name, mutant, faults);
        }
    }
    judge.done("CSV");
}

/// A row that ends anywhere looks like a row: a file of separated values has no end mark. What can be asked
/// is that no value stands outside of its row.
#[test]
fn files_cut_anywhere() {
    let mut judge = Judge::new(split);
    for (name, bytes) in samples_of_bytes() {
        let sample = judge.room.read(&bytes);
        let separator = separator(&bytes);
        for end in 0..bytes.len() {
            judge.judge_cut(&name, &bytes, end, &sample, true);
            let orders = judge.room.read(&bytes[..end]);
            let faults = keep_to_their_rows(&orders, &bytes[..end], separator);
            let mut mutant = Mutant::named(format!("cut at {end}"));
            mutant.keep(&bytes, 0..end);
            judge.report(&name, &mutant, faults);
        }
    }
    judge.done("CSV files that were cut");
}
