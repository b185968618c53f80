//! Measures a linked image: flash by section, the largest stack frame, and on Thumb the deepest stack
//! below `_start` and each function that is named behind the image, by following every call.
//!
//! The frames come from `.stack_sizes` (LLVM: the function's address and its frame, ULEB128). Calls are
//! told from the instructions: BL and B.W of Thumb-2 are two half words that a linear walk finds.
//! Calls through a register are counted, not followed.

use std::collections::{BTreeMap, BTreeSet};

struct Image<'f> {
    file: &'f [u8],
    wide: bool,
    thumb: bool,
}

struct Section<'f> {
    name: String,
    address: u64,
    bytes: &'f [u8],
    size: u64,
    flags: u64,
    link: usize,
}

impl<'f> Image<'f> {
    fn number(&self, at: usize, size: usize) -> u64 {
        let bytes = self.file.get(at..at + size).unwrap_or(&[]);
        bytes.iter().rev().fold(0, |n, b| n << 8 | u64::from(*b))
    }

    fn sections(&self) -> Vec<Section<'f>> {
        let (table, each, count, names) = if self.wide {
            (self.number(0x28, 8), self.number(0x3A, 2), self.number(0x3C, 2), self.number(0x3E, 2))
        } else {
            (self.number(0x20, 4), self.number(0x2E, 2), self.number(0x30, 2), self.number(0x32, 2))
        };
        let head = |i: u64| (table + i * each) as usize;
        let word = if self.wide { 8 } else { 4 };
        let flags_at = 8;
        let address_at = flags_at + word;
        let offset_at = address_at + word;
        let size_at = offset_at + word;
        let link_at = size_at + word;
        let names = self.number(head(names) + offset_at, word);
        (0..count)
            .map(|i| {
                let at = head(i);
                let offset = self.number(at + offset_at, word) as usize;
                let size = self.number(at + size_at, word);
                let kind = self.number(at + 4, 4);
                let length = if kind == 8 { 0 } else { size as usize };
                Section {
                    name: text(self.file, (names + self.number(at, 4)) as usize),
                    address: self.number(at + address_at, word),
                    bytes: self.file.get(offset..offset + length).unwrap_or(&[]),
                    size,
                    flags: self.number(at + flags_at, word),
                    link: self.number(at + link_at, 4) as usize,
                }
            })
            .collect()
    }

    /// Address, size and name of each function.
    fn functions(&self, sections: &[Section<'f>]) -> BTreeMap<u64, (u64, String)> {
        let mut found = BTreeMap::new();
        let Some(table) = sections.iter().find(|s| s.name == ".symtab") else { return found };
        let names = sections.get(table.link).map_or(&[][..], |s| s.bytes);
        for symbol in table.bytes.chunks_exact(if self.wide { 24 } else { 16 }) {
            let read = |at: usize, size: usize| {
                symbol
                    .get(at..at + size)
                    .unwrap_or(&[])
                    .iter()
                    .rev()
                    .fold(0u64, |n, b| n << 8 | u64::from(*b))
            };
            let (info, value, size) = if self.wide {
                (read(4, 1), read(8, 8), read(16, 8))
            } else {
                (read(12, 1), read(4, 4), read(8, 4))
            };
            if info & 15 == 2 {
                let address = if self.thumb { value & !1 } else { value };
                found.insert(address, (size, text(names, read(0, 4) as usize)));
            }
        }
        found
    }
}

fn text(bytes: &[u8], at: usize) -> String {
    let rest = bytes.get(at..).unwrap_or(&[]);
    let end = rest.iter().position(|b| *b == 0).unwrap_or(0);
    String::from_utf8_lossy(rest.get(..end).unwrap_or(&[])).into_owned()
}

/// Where the BL and B.W of a function go, and how many calls go through a register.
fn calls(code: &[u8], address: u64) -> (BTreeSet<u64>, usize) {
    let mut targets = BTreeSet::new();
    let mut through = 0;
    let halves: Vec<u16> = code.chunks_exact(2).map(|h| u16::from_le_bytes([h[0], h[1]])).collect();
    let mut i = 0;
    while i < halves.len() {
        let first = halves[i];
        if first & 0xFF87 == 0x4780 {
            through += 1;
        }
        if first >> 11 < 0b11101 {
            i += 1;
            continue;
        }
        let second = halves.get(i + 1).copied().unwrap_or(0);
        let is_call = first >> 11 == 0b11110 && matches!(second >> 12 & 0b1101, 0b1101 | 0b1001);
        if is_call {
            let sign = i64::from(first >> 10 & 1);
            let j1 = !(i64::from(second >> 13 & 1) ^ sign) & 1;
            let j2 = !(i64::from(second >> 11 & 1) ^ sign) & 1;
            let offset = -sign << 24
                | j1 << 23
                | j2 << 22
                | i64::from(first & 0x3FF) << 12
                | i64::from(second & 0x7FF) << 1;
            targets.insert((address as i64 + 2 * i as i64 + 4 + offset) as u64);
        }
        i += 2;
    }
    (targets, through)
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().expect("a linked image");
    let starts: Vec<String> = std::iter::once(String::from("_start")).chain(arguments).collect();
    let file = std::fs::read(path).expect("a readable image");
    let image = Image { file: &file, wide: file.get(4) == Some(&2), thumb: file.get(18) == Some(&40) };
    let sections = image.sections();
    let (mut code, mut constants) = (0, 0);
    for section in sections.iter().filter(|s| s.flags & 2 != 0) {
        match (section.flags & 4 != 0, section.flags & 1 != 0) {
            (true, _) => code += section.size,
            (false, false) => constants += section.size,
            // Tables with addresses in them, which a position-independent image relocates.
            (false, true) if section.name.starts_with(".data.rel.ro") => constants += section.size,
            _ => {}
        }
    }
    let functions = image.functions(&sections);
    let word = if image.wide { 8 } else { 4 };
    let mut frames: BTreeMap<u64, u64> = BTreeMap::new();
    for section in sections.iter().filter(|s| s.name == ".stack_sizes") {
        let mut rest = section.bytes;
        while let Some((address, tail)) = rest.split_at_checked(word) {
            let address = address.iter().rev().fold(0u64, |n, b| n << 8 | u64::from(*b));
            let length = tail.iter().position(|b| b & 0x80 == 0).map_or(tail.len(), |end| end + 1);
            let (size, tail) = tail.split_at(length);
            let size = size.iter().rev().fold(0u64, |n, b| n << 7 | u64::from(b & 0x7F));
            frames.insert(if image.thumb { address & !1 } else { address }, size);
            rest = tail;
        }
    }
    let mut largest: Vec<(u64, &str)> = frames
        .iter()
        .filter(|(a, _)| **a != 0)
        .filter_map(|(a, size)| functions.get(a).map(|(_, name)| (*size, name.as_str())))
        .collect();
    largest.sort_unstable_by(|a, b| b.cmp(a));
    let (frame, frame_of) = largest.first().copied().unwrap_or((0, ""));
    let mut deepest = vec![String::from("-"); starts.len()];
    let mut way = Vec::new();
    if image.thumb {
        let mut graph: BTreeMap<u64, BTreeSet<u64>> = BTreeMap::new();
        let mut through = 0;
        for (address, (size, _)) in &functions {
            let Some(home) = sections
                .iter()
                .find(|s| s.flags & 4 != 0 && (s.address..s.address + s.size).contains(address))
            else {
                continue;
            };
            let at = (address - home.address) as usize;
            let code = home.bytes.get(at..at + *size as usize).unwrap_or(&[]);
            let (targets, count) = calls(code, *address);
            through += count;
            let inside = |t: &u64| functions.contains_key(t) && t != address;
            graph.insert(*address, targets.into_iter().filter(inside).collect());
        }
        let mut depth: BTreeMap<u64, (u64, Option<u64>)> = BTreeMap::new();
        let mut cycles = BTreeSet::new();
        for start in functions.keys() {
            visit(*start, &graph, &frames, &mut depth, &mut BTreeSet::new(), &mut cycles);
        }
        for (start, deepest) in starts.iter().zip(&mut deepest) {
            let mut at = functions.iter().find(|(_, (_, name))| name == start).map(|(a, _)| *a);
            if let Some((total, _)) = at.and_then(|s| depth.get(&s)) {
                *deepest = total.to_string();
            }
            while let Some(address) = at {
                let frame = frames.get(&address).copied().unwrap_or(0);
                way.push(format!("{frame:6} {}", functions.get(&address).map_or("", |f| f.1.as_str())));
                at = depth.get(&address).and_then(|d| d.1);
            }
        }
        if through > 0 {
            way.push(format!("{through} calls through registers are not followed"));
        }
        for address in cycles {
            way.push(format!("recursion through {}", functions.get(&address).map_or("", |f| f.1.as_str())));
        }
    }
    println!("{code} {constants} {} {frame} {} {frame_of}", code + constants, deepest.join(" "));
    for line in way {
        eprintln!("  {line}");
    }
    for (size, name) in largest.iter().take(6) {
        eprintln!("  frame {size:6} {name}");
    }
}

/// The deepest stack below a function.
fn visit(
    at: u64,
    graph: &BTreeMap<u64, BTreeSet<u64>>,
    frames: &BTreeMap<u64, u64>,
    depth: &mut BTreeMap<u64, (u64, Option<u64>)>,
    open: &mut BTreeSet<u64>,
    cycles: &mut BTreeSet<u64>,
) -> u64 {
    if let Some((known, _)) = depth.get(&at) {
        return *known;
    }
    if !open.insert(at) {
        cycles.insert(at);
        return 0;
    }
    let mut below = (0, None);
    for target in graph.get(&at).into_iter().flatten() {
        let under = visit(*target, graph, frames, depth, open, cycles);
        if under > below.0 {
            below = (under, Some(*target));
        }
    }
    open.remove(&at);
    let total = frames.get(&at).copied().unwrap_or(0) + below.0;
    depth.insert(at, (total, below.1));
    total
}
