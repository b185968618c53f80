//! Scopes of trees, and the sections of trees and rows.
//!
//! A rule fires when the innermost node closes that holds all its places: its *scope*. A place that is
//! the scope itself is its own text and needs no memory; every other place gets a *slot*, which holds
//! the span of the value while the scope is open. A slot belongs to one scope and is cleared when that
//! opens, so that no value of one line is left for the next. A scope that lies inside of another record
//! (a party, a line) moves out of it, since its value would end up there.

use heapless::Vec;

use super::blocks::{Block, OPEN_SECTIONS};
use super::drafts::kind;
use super::tree::{is_outer, pending_node};
use super::values::Reading;
use super::{Compiler, Result};
use crate::calm::sort_by_key;
use crate::error::ErrorKind;
use crate::table::{Opening, Path, Run, Section, known, section};

/// The most slots of a channel.
pub const SLOTS: usize = 64;
/// The most places of one rule.
const PLACES: usize = 24;

/// A slot: the place whose value it holds, and the scope that it belongs to.
#[derive(Clone, Copy)]
pub struct Slot {
    leaf: u16,
    scope: u16,
}

/// A path into an open scope around the rule's own.
const OUTER: u8 = 2;

/// The places of a rule.
#[derive(Default)]
struct Places {
    own: Vec<u16, PLACES>,
    /// One of them is carried into the message: the rule waits for its block's end.
    carried: bool,
}

impl<'t> Compiler<'t, '_, '_> {
    /// The path of a place's slot, which it gets if it has none.
    pub(super) fn slot(&mut self, leaf: u16, scope: u16, column: u32) -> Result<Path> {
        let known = self.notes.slots.iter().position(|slot| slot.leaf == leaf);
        let number = match known {
            Some(number) => {
                if self.notes.slots.get(number).is_some_and(|slot| slot.scope != scope) {
                    let expected = "rules of one scope: another rule needs this value elsewhere";
                    return Err(self.error(ErrorKind::BadPath, column, expected));
                }
                number
            }
            None => {
                self.notes.slots.push(Slot { leaf, scope }).map_err(|_| self.full())?;
                self.notes.slots.len() - 1
            }
        };
        let slot = u8::try_from(number + 1).unwrap_or(u8::MAX);
        self.pools.nodes.update(usize::from(leaf), |n| n.slot = slot);
        Ok(Path::single(slot, 1))
    }

    /// Finds the scope of a rule and turns its pending places into slots.
    pub(super) fn settle(&mut self, owner: u8, reading: &mut Reading<'t>) -> Result<(u8, u16)> {
        let places = self.places_of(reading)?;
        let is_role = self.notes.blocks.get(usize::from(owner)).is_some_and(|b| b.role != 0);
        let home = reading.home;
        let scope = match places.own.split_first() {
            _ if is_role || places.carried => home,
            None => home,
            Some((first, rest)) => {
                let common = rest.iter().fold(*first, |a, b| self.common(a, *b, home));
                self.outside_of_records(common, home)?
            }
        };
        let outer = self.outer_home(owner);
        for rule in reading.heads.iter_mut().chain(reading.parts.iter_mut()) {
            rule.source = self.settled(rule.source, scope, outer)?;
            rule.other = self.settled(rule.other, scope, outer)?;
        }
        let run = reading.conditions;
        for index in usize::from(run.start)..usize::from(run.start) + usize::from(run.count) {
            let path = self.pools.conditions.get(index).path;
            let path = self.settled(path, scope, outer)?;
            self.pools.conditions.update(index, |c| c.path = path);
        }
        Ok(if is_role { (kind::SECTION, 0) } else { (kind::PLAIN, scope) })
    }

    fn places_of(&self, reading: &Reading<'t>) -> Result<Places> {
        let mut places = Places::default();
        let run = reading.conditions;
        let conditions = run.of(self.pools.conditions.as_slice()).iter().map(|c| c.path);
        let rules =
            reading.heads.iter().chain(reading.parts.iter()).flat_map(|rule| [rule.source, rule.other]);
        for path in rules.chain(conditions) {
            places.carried |= path.element == Path::CARRY;
            let own = pending_node(path).filter(|node| !is_outer(path) && !places.own.contains(node));
            if let Some(node) = own {
                places.own.push(node).map_err(|_| self.full())?;
            }
        }
        Ok(places)
    }

    fn outer_home(&self, owner: u8) -> u16 {
        let block = self.notes.blocks.get(usize::from(owner));
        block.and_then(|b| b.parents.first()).map_or(0, |outer| self.home(usize::from(*outer)))
    }

    fn settled(&mut self, path: Path, scope: u16, outer: u16) -> Result<Path> {
        let Some(node) = pending_node(path) else { return Ok(path) };
        if is_outer(path) {
            let slot = self.slot(node, outer, 1)?;
            return Ok(Path { component: OUTER, component_last: OUTER, ..slot });
        }
        if node == scope {
            return Ok(Path::single(Path::SELF, 1));
        }
        self.slot(node, scope, 1)
    }

    /// The innermost node above both, not above `home`.
    fn common(&self, a: u16, b: u16, home: u16) -> u16 {
        self.ancestors(a)
            .take_while(|here| *here != home)
            .find(|here| self.is_above(*here, b))
            .unwrap_or(home)
    }

    /// The scope, moved out of the records that lie between it and its block.
    fn outside_of_records(&self, scope: u16, home: u16) -> Result<u16> {
        let mut outermost = scope;
        for here in self.ancestors(scope).take_while(|here| *here != home) {
            let record = self
                .notes
                .blocks
                .iter()
                .find(|b| b.place == here && matches!(b.kind, section::LINE | section::PARTY));
            match record {
                Some(record) if record.kind == section::LINE => {
                    return Err(self.error(ErrorKind::WrongBlock, 1, "a place outside of the lines"));
                }
                Some(_) => outermost = self.parent(here),
                None => {}
            }
        }
        Ok(outermost)
    }

    /// Sections of trees and rows, and the rules of the nodes.
    pub(super) fn build_sections(&mut self) -> Result<()> {
        self.order_sections()?;
        for number in 0..self.notes.order.len() {
            let place = self.notes.order.get(number).copied().unwrap_or(0);
            self.add_tree_section(usize::from(place))?;
        }
        if self.is_rows() {
            return Ok(());
        }
        self.join_variants();
        self.number_slots();
        for index in 0..self.pools.nodes.len() {
            let node = u16::try_from(index).unwrap_or(u16::MAX);
            let rules = self.run_of_node(node);
            self.pools.nodes.update(index, |n| n.rules = rules);
        }
        self.open_nodes()
    }

    /// Puts the blocks in the order of their sections: parties of fixed roles stand together, by message.
    fn order_sections(&mut self) -> Result<()> {
        let numbers = || (0u8..=255).zip(self.notes.blocks.iter());
        for (number, _) in numbers().filter(|(_, b)| b.role == 0) {
            self.notes.order.push(number).map_err(|_| self.full())?;
        }
        for variant in 0..self.pools.variants.len().max(1) {
            for (number, _) in numbers().filter(|(_, b)| b.role != 0 && usize::from(b.variant) == variant) {
                self.notes.order.push(number).map_err(|_| self.full())?;
            }
        }
        Ok(())
    }

    /// The number of a block's section.
    fn section_of(&self, block: usize) -> u8 {
        let place = self.notes.order.iter().position(|number| usize::from(*number) == block);
        place.and_then(|place| u8::try_from(place).ok()).unwrap_or(0)
    }

    fn add_tree_section(&mut self, place: usize) -> Result<()> {
        let Some(block) = self.notes.blocks.get(place) else { return Ok(()) };
        let (kind, group, first) = (block.kind, block.group, block.first);
        let conditions = if self.is_rows() { block.conditions } else { Run::default() };
        let own = self.section_of(place);
        let outer = block.parents.first().copied().unwrap_or(0);
        let parent = if kind == section::HEADER { own } else { self.section_of(usize::from(outer)) };
        // Blocks around it that share their rules may stand at different depths.
        let depth_of = |number: u8| self.pools.sections.get(usize::from(number)).depth;
        let around = self.notes.blocks.iter().enumerate().filter(|(_, b)| b.first == outer);
        let deepest = around.map(|(number, _)| depth_of(self.section_of(number))).max().unwrap_or(0);
        let depth = if kind == section::HEADER { 0 } else { deepest + 1 };
        if depth >= OPEN_SECTIONS {
            return Err(self.full());
        }
        let number = u8::try_from(place).unwrap_or(u8::MAX);
        let made = Section {
            kind,
            parent,
            group,
            depth,
            required: self.required_of(usize::from(first))?,
            constants: self.run_of(kind::CONSTANT, number),
            rules: self.run_of(kind::SECTION, first),
            defaults: self.run_of(kind::DEFAULT, first),
            conditions,
        };
        self.pools.sections.push(made).map(drop).ok_or_else(|| self.full())
    }

    fn join_variants(&mut self) {
        for number in 0..self.pools.variants.len() {
            let order = &self.notes.order;
            let block_at = |place: &u8| self.notes.blocks.get(usize::from(*place));
            let of = |b: &Block| usize::from(b.variant) == number;
            let is_role = |place: &u8| block_at(place).is_some_and(|b| of(b) && b.role != 0);
            let is_header = |place: &u8| block_at(place).is_some_and(|b| of(b) && b.kind == section::HEADER);
            let header = order.iter().position(is_header).unwrap_or(0);
            let first = order.iter().position(is_role).unwrap_or(0);
            let count = order.iter().filter(|place| is_role(place)).count();
            self.pools.variants.update(number, |v| {
                v.section = u8::try_from(header).unwrap_or(0);
                v.roles_first = u8::try_from(first).unwrap_or(0);
                v.roles_count = u8::try_from(count).unwrap_or(0);
            });
        }
    }

    /// Numbers the slots by their scopes, so that those of one scope are neighbours.
    fn number_slots(&mut self) {
        let mut order: Vec<u8, SLOTS> = Vec::new();
        let slots = &self.notes.slots;
        for (number, _) in (0u8..).zip(slots) {
            // There are as many places as slots.
            let _ = order.push(number);
        }
        sort_by_key(&mut order, |number| (slots.get(usize::from(*number)).map(|slot| slot.scope), *number));
        let mut new = [0u8; SLOTS + 1];
        for (old, number) in order.iter().zip(1u8..) {
            if let Some(entry) = new.get_mut(usize::from(*old) + 1) {
                *entry = number;
            }
        }
        for (old, number) in order.iter().zip(0u8..) {
            let Some(slot) = self.notes.slots.get(usize::from(*old)).copied() else { continue };
            self.pools.nodes.update(usize::from(slot.scope), |n| {
                if n.slots_count == 0 {
                    n.slots_first = number;
                }
                n.slots_count += 1;
            });
        }
        let renumber = |path: &mut Path| {
            if path.is_some() && usize::from(path.element) <= SLOTS {
                let slot = new.get(usize::from(path.element)).copied().unwrap_or(0);
                (path.element, path.element_last) = (slot, slot);
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

    /// Nodes that open sections. A node that has a tree of its own elsewhere must not have rules here.
    fn open_nodes(&mut self) -> Result<()> {
        for place in 0..self.notes.blocks.len() {
            let Some(block) = self.notes.blocks.get(place).filter(|b| b.place != 0) else { continue };
            (self.layer, self.line) = (block.layer, block.line);
            let (node, root, tests) = (block.place, block.root, block.tests);
            let section = self.section_of(place);
            let here = self.pools.nodes.get(usize::from(node));
            if here.section != 255 || (here.flags & known::CHOICE != 0 && tests.count == 0) {
                return Err(self.error(ErrorKind::Repeated, 1, "a condition at each block of this node"));
            }
            if root != node && (here.child != 0 || here.rules.count != 0 || here.slot != 0) {
                let expected = "no rule of another block that leads through this node";
                return Err(self.error(ErrorKind::BadPath, 1, expected));
            }
            if tests.count != 0 {
                let opening = Opening { node, root, section, tests };
                self.pools.openings.push(opening).ok_or_else(|| self.full())?;
                self.pools.nodes.update(usize::from(node), |n| n.flags |= known::CHOICE);
                continue;
            }
            let tree = self.pools.nodes.get(usize::from(root));
            self.pools.nodes.update(usize::from(node), |n| {
                n.section = section;
                if root != node {
                    (n.rules, n.slots_first, n.slots_count) =
                        (tree.rules, tree.slots_first, tree.slots_count);
                    n.flags |= tree.flags;
                }
            });
        }
        // Now that all have been looked at, their children are shared.
        for place in 0..self.notes.blocks.len() {
            let Some(block) = self.notes.blocks.get(place) else { continue };
            let (node, root, tests) = (block.place, block.root, block.tests);
            if node != 0 && root != node && tests.count == 0 {
                let child = self.pools.nodes.get(usize::from(root)).child;
                self.pools.nodes.update(usize::from(node), |n| n.child = child);
            }
        }
        Ok(())
    }
}
