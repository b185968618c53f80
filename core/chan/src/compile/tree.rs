//! Tree notations (nodes, slots) and rows of separated values (sections only).
//!
//! A rule fires when the innermost node closes that holds all its places. A rule of one place without a
//! condition fires with the leaf itself and needs no memory; every other place gets a *slot*, which
//! holds the span of the value while the node is open.

use super::{Block, Compiler, Result, draft};
use crate::table::{Node, Path, Rule, Run, Section, known, section};

/// Mark of a path that stands for a node until its rule is settled.
const PENDING: u8 = 251;
/// The most slots of a channel.
const SLOTS: usize = 64;

impl<'t> Compiler<'t, '_> {
    pub(super) fn new_node(&mut self, parent: u16, name: &str) -> Result<u16> {
        let text = self.intern(name)?;
        let node =
            Node { key: crate::table::pack(name.as_bytes()), name: text, section: 255, ..Node::default() };
        let index = self.pools.nodes.push(node).ok_or_else(|| self.full())?;
        self.pools.parents.push(parent).ok_or_else(|| self.full())?;
        Ok(index)
    }

    /// The node of a path below another one; it is entered if it is new. `.` is the node itself.
    pub(super) fn node(&mut self, from: u16, path: &str) -> Result<u16> {
        if self.pools.nodes.len() == 0 {
            self.new_node(u16::MAX, "")?;
        }
        let mut here = from;
        for name in path.split('/').filter(|name| !name.is_empty() && *name != ".") {
            here = self.child(here, name)?;
        }
        Ok(here)
    }

    fn child(&mut self, parent: u16, name: &str) -> Result<u16> {
        let mut last = 0;
        let mut next = self.pools.nodes.get(usize::from(parent)).child;
        while next != 0 {
            let node = self.pools.nodes.get(usize::from(next));
            if self.pools.text(node.name) == name.as_bytes() {
                return Ok(next);
            }
            last = next;
            next = node.next;
        }
        let made = self.new_node(parent, name)?;
        if last == 0 {
            self.pools.nodes.update(usize::from(parent), |n| n.child = made);
        } else {
            self.pools.nodes.update(usize::from(last), |n| n.next = made);
        }
        Ok(made)
    }

    fn parent(&self, node: u16) -> u16 {
        self.pools.parents.as_slice().get(usize::from(node)).copied().unwrap_or(u16::MAX)
    }

    /// The innermost node above `message` that the path shares, and the rest of the path.
    pub(super) fn beside(&mut self, message: u16, path: &'t str) -> Result<(u16, &'t str)> {
        let mut here = 0;
        let mut rest = path;
        while let Some((name, tail)) = rest.split_once('/') {
            let next = self.child(here, name)?;
            if next == message || !self.is_above(next, message) {
                break;
            }
            here = next;
            rest = tail;
        }
        Ok((here, rest))
    }

    fn is_above(&self, node: u16, below: u16) -> bool {
        let mut here = below;
        while here != u16::MAX {
            if here == node {
                return true;
            }
            here = self.parent(here);
        }
        false
    }

    /// The path of a leaf's slot, which it gets if it has none.
    pub(super) fn slot(&mut self, leaf: u16) -> Result<Path> {
        let slot = match self.pools.nodes.get(usize::from(leaf)).slot {
            0 => {
                let taken = self.pools.nodes.as_slice().iter().map(|n| n.slot).max().unwrap_or(0);
                if usize::from(taken) >= SLOTS {
                    return Err(self.full());
                }
                self.pools.nodes.update(usize::from(leaf), |n| n.slot = taken.saturating_add(1));
                taken.saturating_add(1)
            }
            slot => slot,
        };
        Ok(Path::single(slot, 1))
    }

    /// The node below a block's own.
    pub(super) fn block_node(&mut self, block: usize, path: &str) -> Result<u16> {
        let from = self.home(block);
        self.node(from, path)
    }

    /// The node that a block's paths start from.
    fn home(&self, block: usize) -> u16 {
        let Some(info) = self.blocks.get(block) else { return 0 };
        if let Some((node, _)) = info.nodes.first() {
            return *node;
        }
        match info.parents.first() {
            Some(parent) if info.role != 0 => self.home_of_role(usize::from(*parent)),
            _ => self.pools.variants.get(usize::from(info.variant)).root,
        }
    }

    fn home_of_role(&self, block: usize) -> u16 {
        let Some(info) = self.blocks.get(block) else { return 0 };
        match info.nodes.first() {
            Some((node, _)) => *node,
            None => self.pools.variants.get(usize::from(info.variant)).root,
        }
    }

    /// A tree path, pending until its rule is settled (`settle` knows the block).
    pub(super) fn tree_path(&mut self, path: &str) -> Result<Path> {
        // The text is kept among the keys: which node it is depends on the block.
        let key = self.key(path)?;
        let [low, high] = key.to_le_bytes();
        Ok(Path { element: PENDING, element_last: low, component: high, component_last: 0 })
    }

    /// Finds the node at which a rule fires and turns its pending places into slots.
    pub(super) fn settle<const N: usize>(
        &mut self,
        owner: u8,
        heads: &mut heapless::Vec<Rule, N>,
        parts: &mut heapless::Vec<Rule, N>,
    ) -> Result<(u8, u16)> {
        let home = self.home(usize::from(owner));
        let mut leaves: heapless::Vec<u16, 24> = heapless::Vec::new();
        let mut carried = false;
        let conditions = heads
            .first()
            .map_or(Run::default(), |h| Run { start: h.conditions, count: u16::from(h.condition_count) });
        for rule in heads.iter().chain(parts.iter()) {
            for path in [rule.source, rule.other] {
                carried |= path.element == Path::CARRY;
                if path.element == PENDING {
                    let leaf = self.pending(home, path)?;
                    self.remember(&mut leaves, leaf)?;
                }
            }
        }
        for condition in 0..usize::from(conditions.count) {
            let condition = self.pools.conditions.get(usize::from(conditions.start) + condition);
            if condition.path.element == PENDING {
                let leaf = self.pending(home, condition.path)?;
                self.remember(&mut leaves, leaf)?;
            }
        }
        let role = self.blocks.get(usize::from(owner)).is_some_and(|b| b.role != 0);
        let alone = leaves.len() == 1 && !carried && !role;
        for rule in heads.iter_mut().chain(parts.iter_mut()) {
            rule.source = self.settled(home, rule.source, alone)?;
            rule.other = self.settled(home, rule.other, alone)?;
        }
        for i in 0..usize::from(conditions.count) {
            let index = usize::from(conditions.start) + i;
            let path = self.pools.conditions.get(index).path;
            let path = self.settled(home, path, alone)?;
            self.pools.conditions.update(index, |c| c.path = path);
        }
        if role {
            return Ok((draft::SECTION, 0));
        }
        let fires = match (carried, leaves.split_first()) {
            (false, Some((first, rest))) => rest.iter().fold(*first, |a, b| self.common(a, *b, home)),
            _ => home,
        };
        Ok((draft::PLAIN, if alone { fires } else { self.scope_of(fires, &leaves) }))
    }

    /// A leaf cannot be the scope of several places unless they all stand below it.
    fn scope_of(&self, node: u16, leaves: &[u16]) -> u16 {
        if leaves.contains(&node) && leaves.len() > 1 && !leaves.iter().all(|l| self.is_above(node, *l)) {
            return self.parent(node);
        }
        node
    }

    fn remember(&self, leaves: &mut heapless::Vec<u16, 24>, leaf: u16) -> Result<()> {
        if leaves.contains(&leaf) {
            return Ok(());
        }
        leaves.push(leaf).map_err(|_| self.full())
    }

    fn pending(&mut self, home: u16, path: Path) -> Result<u16> {
        let key = u16::from_le_bytes([path.element_last, path.component]);
        let text = self.pools.keys.get(usize::from(key));
        let mut buffer = [0u8; 128];
        let bytes = self.pools.text(text);
        let length = bytes.len();
        match buffer.get_mut(..length) {
            Some(copy) => copy.copy_from_slice(bytes),
            None => return Err(self.full()),
        }
        let path = core::str::from_utf8(buffer.get(..length).unwrap_or(&[])).unwrap_or("");
        let leaf = self.node(home, path)?;
        self.pools.nodes.update(usize::from(leaf), |n| n.flags |= known::LEAF);
        Ok(leaf)
    }

    fn settled(&mut self, home: u16, path: Path, alone: bool) -> Result<Path> {
        if path.element != PENDING {
            return Ok(path);
        }
        let leaf = self.pending(home, path)?;
        if alone { Ok(Path::single(Path::SELF, 1)) } else { self.slot(leaf) }
    }

    /// The innermost node above both, not above `home`.
    fn common(&self, a: u16, b: u16, home: u16) -> u16 {
        let mut here = a;
        while here != u16::MAX && here != home {
            if self.is_above(here, b) {
                return here;
            }
            here = self.parent(here);
        }
        home
    }

    /// Sections of trees and rows, and the rules of the nodes.
    pub(super) fn build_sections(&mut self) -> Result<()> {
        for (place, block) in self.blocks.clone().iter().enumerate() {
            let number = u8::try_from(place).unwrap_or(u8::MAX);
            let parent = if block.kind == section::HEADER {
                number
            } else {
                block.parents.first().copied().unwrap_or(0)
            };
            let depth = match block.kind {
                section::HEADER => 0,
                _ => self.pools.sections.get(usize::from(parent)).depth.saturating_add(1),
            };
            let required = self.required_of(place)?;
            let made = Section {
                kind: block.kind,
                parent,
                group: block.group,
                depth,
                required,
                constants: self.run_of(draft::CONSTANT, number),
                rules: self.run_of(draft::SECTION, number),
                defaults: self.run_of(draft::DEFAULT, number),
            };
            self.pools.sections.push(made).ok_or_else(|| self.full())?;
        }
        if self.is_rows() {
            return Ok(());
        }
        self.join_variants();
        self.number_slots();
        for index in 0..self.pools.nodes.len() {
            let at = u16::try_from(index).unwrap_or(u16::MAX);
            let rules = self.run_where(|d| d.kind == draft::PLAIN && d.at == at);
            self.pools.nodes.update(index, |n| n.rules = rules);
        }
        self.open_sections()
    }

    fn join_variants(&mut self) {
        for number in 0..self.pools.variants.len() {
            let of = |b: &&Block<'_>| usize::from(b.variant) == number;
            let header = self.blocks.iter().position(|b| of(&b) && b.kind == section::HEADER).unwrap_or(0);
            let first = self.blocks.iter().position(|b| of(&b) && b.role != 0).unwrap_or(0);
            let count = self.blocks.iter().filter(|b| of(b) && b.role != 0).count();
            self.pools.variants.update(number, |v| {
                v.section = u8::try_from(header).unwrap_or(0);
                v.roles_first = u8::try_from(first).unwrap_or(0);
                v.roles_count = u8::try_from(count).unwrap_or(0);
            });
        }
    }

    /// Nodes that open sections; further nodes of a block share the first one's children.
    fn open_sections(&mut self) -> Result<()> {
        for (place, block) in self.blocks.clone().iter().enumerate() {
            let number = u8::try_from(place).unwrap_or(u8::MAX);
            let Some((first, _)) = block.nodes.first().copied() else { continue };
            let pattern = self.pools.nodes.get(usize::from(first));
            for (turn, (node, role)) in block.nodes.iter().enumerate() {
                let mut opened = number;
                if turn > 0 {
                    self.pools.nodes.update(usize::from(*node), |n| {
                        (n.child, n.rules, n.slot) = (pattern.child, pattern.rules, pattern.slot);
                        (n.slots_first, n.slots_count) = (pattern.slots_first, pattern.slots_count);
                        n.flags |= pattern.flags;
                    });
                }
                if *role != 0 {
                    // The role is a constant of a section of its own.
                    let at = self.pools.drafts.len();
                    let rule = Rule {
                        field: crate::vocabulary::field::PARTY_ROLE,
                        transform: crate::table::transform::CONSTANT,
                        argument: *role,
                        ..Rule::default()
                    };
                    let seq = u16::try_from(at).unwrap_or(u16::MAX);
                    let draft = super::Draft { kind: u8::MAX, block: number, at: 0, key: 0, seq, rule };
                    self.pools.drafts.push(draft).ok_or_else(|| self.full())?;
                    let mut section = self.pools.sections.get(place);
                    section.constants = Run { start: seq, count: 1 };
                    let index = self.pools.sections.push(section).ok_or_else(|| self.full())?;
                    opened = u8::try_from(index).map_err(|_| self.full())?;
                }
                self.pools.nodes.update(usize::from(*node), |n| n.section = opened);
            }
        }
        Ok(())
    }

    /// Numbers the slots in the order of the tree, so that those below a node are neighbours.
    fn number_slots(&mut self) {
        let mut new = [0u8; SLOTS + 1];
        let mut count = 0u8;
        for index in 0..self.pools.nodes.len() {
            let root = self.pools.parents.get(index) == u16::MAX;
            if !root {
                continue;
            }
            let top = u16::try_from(index).unwrap_or(u16::MAX);
            let mut here = top;
            let mut down = true;
            loop {
                let node = self.pools.nodes.get(usize::from(here));
                if down {
                    if node.slot != 0 {
                        count = count.saturating_add(1);
                        if let Some(entry) = new.get_mut(usize::from(node.slot)) {
                            *entry = count;
                        }
                    }
                    let first = count;
                    self.pools.nodes.update(usize::from(here), |n| n.slots_first = first);
                    if node.child != 0 {
                        here = node.child;
                        continue;
                    }
                }
                self.pools
                    .nodes
                    .update(usize::from(here), |n| n.slots_count = count.saturating_sub(n.slots_first));
                if here == top {
                    break;
                }
                down = node.next != 0;
                here = if down { node.next } else { self.parent(here) };
            }
        }
        let renumber = |path: &mut Path| {
            if path.element != 0 && usize::from(path.element) <= SLOTS {
                let slot = new.get(usize::from(path.element)).copied().unwrap_or(0);
                *path = Path::single(slot, 1);
            }
        };
        for node in self.pools.nodes.as_mut_slice() {
            node.slot = new.get(usize::from(node.slot)).copied().unwrap_or(0);
        }
        for draft in self.pools.drafts.as_mut_slice() {
            renumber(&mut draft.rule.source);
            renumber(&mut draft.rule.other);
        }
        for condition in self.pools.conditions.as_mut_slice() {
            renumber(&mut condition.path);
        }
        for carry in self.pools.carries.as_mut_slice() {
            renumber(&mut carry.matches);
        }
    }
}
