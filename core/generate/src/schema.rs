//! The JSON Schema of the canonical order: `docs/ordnorm.schema.json`.

use crate::Tables;
use std::collections::BTreeMap;
use std::fmt::Write;

/// A node of the schema tree that the JSON paths span.
#[derive(Default)]
struct Node {
    array: bool,
    leaf: Option<String>,
    children: BTreeMap<String, Node>,
}

pub fn print(t: &Tables) -> String {
    let mut root = Node::default();
    for f in &t.fields {
        if f.scope == "L" && f.json.contains("items[].") {
            continue;
        }
        insert(&mut root, &f.json, leaf(t, f));
        if f.scope == "DL" {
            insert(&mut root, &format!("lines[].{}", f.json), leaf(t, f));
        }
    }
    for path in ["lines[].items[].scheme", "lines[].items[].value"] {
        insert(&mut root, path, r#"{"type":"string"}"#.into());
    }
    for change in ["quantity_change", "quantity_before"] {
        for part in ["unit", "unit_text"] {
            insert(&mut root, &format!("lines[].{change}.{part}"), r#"{"type":"string"}"#.into());
        }
    }
    insert(&mut root, "lines[].seq", r#"{"type":"integer","minimum":0}"#.into());
    copy(&mut root, "parties", &["lines", "parties"]);
    party_extras(&mut root);
    prices(&mut root);
    for path in ["schema", "channel"] {
        insert(&mut root, path, r#"{"type":"string"}"#.into());
    }
    insert(&mut root, "verdict", words(t, "verdict", true));
    insert(&mut root, "unmapped.unknown", r#"{"type":"integer","minimum":0}"#.into());
    insert(&mut root, "unmapped.ignored", r#"{"type":"integer","minimum":0}"#.into());
    insert(&mut root, "unmapped.first_at", r#"{"type":"integer","minimum":0}"#.into());
    let codes: Vec<String> = t.codes.iter().map(|c| format!("{:?}", c.name)).collect();
    insert(&mut root, "findings[].code", format!("{{\"enum\":[{}]}}", codes.join(",")));
    insert(&mut root, "findings[].severity", r#"{"enum":["info","warning","error"]}"#.into());
    for name in ["field", "expected", "found"] {
        insert(&mut root, &format!("findings[].{name}"), r#"{"type":"string"}"#.into());
    }
    for name in ["line", "at", "length"] {
        insert(&mut root, &format!("findings[].{name}"), r#"{"type":"integer","minimum":0}"#.into());
    }
    insert(&mut root, "provenance", r#"{"type":"object"}"#.into());
    let mut o = String::from(
        "{\n\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\n\"$id\":\"ordnorm/1\",\n\"title\":\"The canonical order\",\n\"description\":\"Generated from core/vocabulary.tsv\",\n\"required\":[\"schema\",\"channel\",\"verdict\"],\n",
    );
    object(&root, &mut o, 0);
    o.push_str("\n}\n");
    o
}

fn leaf(t: &Tables, f: &crate::Field) -> String {
    match f.value.as_str() {
        "decimal" => r#"{"type":"string","pattern":"^-?[0-9]+(\\.[0-9]+)?$"}"#.into(),
        "date" => r#"{"type":"string"}"#.into(),
        "flag" => r#"{"type":"boolean"}"#.into(),
        "count" => r#"{"type":"integer","minimum":0}"#.into(),
        "word" if f.chan == "order.kind" => words(t, "kind", true),
        "word" if f.chan == "order.reason" => words(t, "reason", true),
        _ => r#"{"type":"string","minLength":1}"#.into(),
    }
}

fn words(t: &Tables, domain: &str, closed: bool) -> String {
    let list: Vec<String> =
        t.words.iter().filter(|w| w.domain == domain).map(|w| format!("{:?}", w.word)).collect();
    if closed { format!("{{\"enum\":[{}]}}", list.join(",")) } else { r#"{"type":"string"}"#.into() }
}

fn insert(root: &mut Node, path: &str, leaf: String) {
    let mut node = root;
    for part in path.split('.') {
        let (name, array) = match part.strip_suffix("[]") {
            Some(name) => (name, true),
            None => (part, false),
        };
        node = node.children.entry(name.to_owned()).or_default();
        node.array |= array;
    }
    node.leaf = Some(leaf);
}

fn duplicate(node: &Node) -> Node {
    Node {
        array: node.array,
        leaf: node.leaf.clone(),
        children: node.children.iter().map(|(k, v)| (k.clone(), duplicate(v))).collect(),
    }
}

fn copy(root: &mut Node, from: &str, to: &[&str]) {
    let Some(source) = root.children.get(from).map(duplicate) else { return };
    let mut node = root;
    for name in to {
        node = node.children.entry((*name).to_owned()).or_default();
    }
    *node = source;
}

fn party_extras(root: &mut Node) {
    for path in ["parties", "lines.parties"] {
        let mut node = &mut *root;
        for name in path.split('.') {
            node = node.children.entry(name.to_owned()).or_default();
        }
        if let Some(contact) = node.children.get("contact").map(duplicate) {
            node.children.insert("contacts".into(), Node { array: true, ..contact });
        }
        node.children.insert(
            "names".into(),
            Node { array: true, leaf: Some(r#"{"type":"string"}"#.into()), ..Node::default() },
        );
    }
}

fn prices(root: &mut Node) {
    let Some(lines) = root.children.get_mut("lines") else { return };
    if let Some(price) = lines.children.get("price").map(duplicate) {
        lines.children.insert("prices".into(), Node { array: true, ..price });
    }
}

fn object(node: &Node, o: &mut String, depth: usize) {
    let pad = " ".repeat(depth);
    let _ =
        write!(o, "{pad}\"type\":\"object\",\n{pad}\"additionalProperties\":false,\n{pad}\"properties\":{{");
    for (i, (name, child)) in node.children.iter().enumerate() {
        let _ = write!(o, "{}\n{pad} {name:?}:", if i == 0 { "" } else { "," });
        let open = if child.array { "{\"type\":\"array\",\"items\":" } else { "" };
        o.push_str(open);
        match &child.leaf {
            Some(leaf) if child.children.is_empty() => o.push_str(leaf),
            _ => {
                o.push_str("{\n");
                object(child, o, depth + 2);
                o.push('}');
            }
        }
        if child.array {
            o.push('}');
        }
    }
    o.push('}');
}
