//! JSON documents: nodes with their places, and what is broken in them.

use std::ops::Range;

use crate::judge::{Ground, Judge};
use crate::mutants::Mutant;
use crate::reading::samples;

/// A value of a document and where it stands; members with the place of name and value together.
#[derive(Clone, Debug)]
struct Node {
    name: String,
    /// The member or element: name, colon and value.
    whole: Range<usize>,
    value: Range<usize>,
    children: Vec<Node>,
}

/// Parses as much as is well formed.
fn documents(bytes: &[u8]) -> Vec<Node> {
    let mut at = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let mut all = Vec::new();
    loop {
        blanks(bytes, &mut at);
        if at >= bytes.len() {
            return all;
        }
        let mut nodes = Vec::new();
        let begin = at;
        let whole = value(bytes, &mut at, begin, String::new(), &mut nodes);
        all.append(&mut nodes);
        if !whole {
            return all;
        }
    }
}

fn blanks(bytes: &[u8], at: &mut usize) {
    while bytes.get(*at).is_some_and(|b| b" \t\r\n".contains(b)) {
        *at += 1;
    }
}

fn string(bytes: &[u8], at: &mut usize) -> bool {
    *at += 1;
    loop {
        match bytes.get(*at) {
            None => return false,
            Some(b'\\') => *at += 2,
            Some(b'"') => {
                *at += 1;
                return true;
            }
            Some(_) => *at += 1,
        }
    }
}

/// Reads a value into `into`, an unfinished one too; `false` where the bytes end or make no sense.
fn value(bytes: &[u8], at: &mut usize, begin: usize, name: String, into: &mut Vec<Node>) -> bool {
    let first = *at;
    let mut children = Vec::new();
    let whole = match bytes.get(*at) {
        Some(bracket @ (b'{' | b'[')) => {
            let object = *bracket == b'{';
            *at += 1;
            inner(bytes, at, object, &mut children)
        }
        Some(b'"') => string(bytes, at),
        Some(_) => {
            while bytes.get(*at).is_some_and(|b| !b" \t\r\n,]}".contains(b)) {
                *at += 1;
            }
            *at > first
        }
        None => false,
    };
    let end = (*at).min(bytes.len());
    into.push(Node { name, whole: begin..end, value: first..end, children });
    whole
}

fn inner(bytes: &[u8], at: &mut usize, object: bool, children: &mut Vec<Node>) -> bool {
    let close = if object { b'}' } else { b']' };
    loop {
        blanks(bytes, at);
        match bytes.get(*at) {
            Some(byte) if *byte == close => {
                *at += 1;
                return true;
            }
            Some(b',') => {
                *at += 1;
                continue;
            }
            None => return false,
            _ => {}
        }
        let begin = *at;
        let mut name = String::new();
        if object {
            if bytes[*at] != b'"' || !string(bytes, at) {
                return false;
            }
            let text = &bytes[begin..*at];
            name = serde_json::from_slice(text).unwrap_or_default();
            blanks(bytes, at);
            if bytes.get(*at) != Some(&b':') {
                return false;
            }
            *at += 1;
            blanks(bytes, at);
        }
        if !value(bytes, at, begin, name, children) {
            return false;
        }
    }
}

/// Members of a name, arrays opened.
fn named<'n>(node: &'n Node, name: &str) -> Vec<&'n Node> {
    let mut found = Vec::new();
    for child in node.children.iter().filter(|c| c.name == name) {
        let list = child.children.first().is_some_and(|c| c.name.is_empty());
        if list {
            found.extend(&child.children);
        } else {
            found.push(child);
        }
    }
    found
}

/// Each message, its lines, and what stands beside the messages.
fn split(bytes: &[u8]) -> Vec<Ground> {
    let mut grounds = Vec::new();
    for document in documents(bytes) {
        let roots = if document.children.first().is_some_and(|c| c.name.is_empty()) {
            document.children.clone()
        } else {
            vec![document]
        };
        for root in &roots {
            let values = named(root, "entry").into_iter().flat_map(|e| named(e, "changes"));
            for value in values.flat_map(|c| named(c, "value")) {
                let beside = ["contacts", "metadata"].into_iter().flat_map(|n| named(value, n));
                let beside: Vec<_> = beside.map(|n| n.whole.clone()).collect();
                for message in ["messages", "statuses"].into_iter().flat_map(|n| named(value, n)) {
                    let items = named(message, "order").into_iter().flat_map(|o| named(o, "product_items"));
                    let items = items.filter(|i| bytes.get(i.value.start) == Some(&b'{'));
                    let lines: Vec<_> = items.map(|i| i.value.clone()).collect();
                    // The message without its lines, and what is carried into it.
                    let mut document = beside.clone();
                    let mut at = message.value.start;
                    for line in &lines {
                        document.push(at..line.start);
                        at = line.end;
                    }
                    document.push(at..message.value.end);
                    grounds.push(Ground { document, lines });
                }
            }
        }
    }
    grounds
}

/// Every node below, depth first, with its parent's children and its place among them.
fn each<'n>(nodes: &'n [Node], visit: &mut impl FnMut(&'n [Node], usize)) {
    for number in 0..nodes.len() {
        visit(nodes, number);
        each(&nodes[number].children, visit);
    }
}

#[test]
fn values_never_move() {
    let mut judge = Judge::new(split);
    for (name, bytes) in samples("whatsapp-order", ".payload.json") {
        let sample = judge.room.read(&bytes);
        let documents = documents(&bytes);
        let mut mutants = Vec::new();
        each(&documents, &mut |siblings, number| {
            let node = &siblings[number];
            let (range, label) = (node.whole.clone(), format!("{} at {}", node.name, node.whole.start));
            // With the comma behind or before it.
            let gap = match (number.checked_sub(1).and_then(|n| siblings.get(n)), siblings.get(number + 1)) {
                (_, Some(next)) => range.start..next.whole.start,
                (Some(before), None) => before.whole.end..range.end,
                (None, None) => range.clone(),
            };
            mutants.push(Mutant::replaced(format!("without {label}"), &bytes, gap, b""));
            let mut twice = Mutant::named(format!("{label} twice"));
            twice.keep(&bytes, 0..range.end);
            twice.write(b",");
            twice.keep(&bytes, range.start..bytes.len());
            mutants.push(twice);
            if let Some(next) = siblings.get(number + 1) {
                mutants.push(Mutant::swapped(
                    format!("{label} swapped"),
                    &bytes,
                    range.clone(),
                    next.whole.clone(),
                ));
            }
            if !node.name.is_empty() {
                for new in
                    ["\"zzz\":1,", "\"zzz\":{\"quantity\":7,\"id\":\"x\"},", "\"zzz\":[{\"item_price\":1}],"]
                {
                    let name = format!("{new} before {label}");
                    let mut mutant = Mutant::replaced(name, &bytes, range.start..range.start, new.as_bytes());
                    mutant.adds = true;
                    mutants.push(mutant);
                }
                for new in ["null", "\"\"", "{}", "[]", "true", "\"x\"", "-1", "[1,2]"] {
                    mutants.push(Mutant::replaced(
                        format!("{label} = {new}"),
                        &bytes,
                        node.value.clone(),
                        new.as_bytes(),
                    ));
                    let twin = format!("{:?}:{new},", node.name);
                    let name = format!("{twin} before {label}");
                    mutants.push(Mutant::replaced(name, &bytes, range.start..range.start, twin.as_bytes()));
                }
            }
        });
        for mutant in &mutants {
            judge.judge(&name, mutant, &sample);
        }
    }
    judge.done("JSON");
}

#[test]
fn files_cut_anywhere() {
    let mut judge = Judge::new(split);
    for (name, bytes) in samples("whatsapp-order", ".payload.json") {
        let sample = judge.room.read(&bytes);
        for end in 0..bytes.len() {
            let before = serde_json::Deserializer::from_slice(&bytes[..end]);
            let may_end = before.into_iter::<serde_json::Value>().all(|document| document.is_ok());
            judge.judge_cut(&name, &bytes, end, &sample, may_end);
        }
    }
    judge.done("JSON files that were cut");
}
