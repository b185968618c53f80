//! Tree notations: nodes and their paths.
//!
//! Every path of a channel is a way down a tree of nodes, which grows as paths are read. Blocks that
//! share their rules, or that open under a condition, have a tree of their own, whose root stands for
//! each of the nodes that open them.

use super::{Compiler, Result};
use crate::error::ErrorKind;
use crate::table::{Node, Path, known, pack, syntax};
use crate::words::Word;

/// Mark of a path that stands for a node until its rule is settled.
const PENDING: u8 = 251;
/// How deep a path may lead into a message: what the engine can have open.
const DEPTH: usize = 24;
/// The most nodes that stand side by side: they are searched one by one.
const SIBLINGS: usize = 250;

/// The node of a pending path.
pub fn pending_node(path: Path) -> Option<u16> {
    (path.element == PENDING).then(|| u16::from_le_bytes([path.element_last, path.component]))
}

/// Does a pending path lead into an open scope around the block?
pub fn is_outer(path: Path) -> bool {
    path.component_last == 1
}

fn pending(node: u16, outer: bool) -> Path {
    let [low, high] = node.to_le_bytes();
    Path { element: PENDING, element_last: low, component: high, component_last: u8::from(outer) }
}

impl<'t> Compiler<'t, '_, '_> {
    /// The root of a further tree.
    pub(super) fn new_tree(&mut self) -> Result<u16> {
        self.with_root()?;
        self.new_node(u16::MAX, "", 0)
    }

    fn with_root(&mut self) -> Result<()> {
        if self.pools.nodes.len() == 0 {
            self.new_node(u16::MAX, "", 0)?;
        }
        Ok(())
    }

    fn new_node(&mut self, parent: u16, name: &str, namespace: u8) -> Result<u16> {
        let text = self.intern(name)?;
        let node =
            Node { key: pack(name.as_bytes()), name: text, section: 255, namespace, ..Node::default() };
        let index = self.pools.nodes.push(node).ok_or_else(|| self.full())?;
        self.pools.parents.push(parent).ok_or_else(|| self.full())?;
        Ok(index)
    }

    /// The node of a path below another one; it is entered if it is new. `.` is the node itself.
    pub(super) fn node(&mut self, from: u16, word: Word<'t>) -> Result<u16> {
        self.with_root()?;
        let mut here = from;
        let mut depth = self.depth(from);
        for name in word.text.split(['/']).filter(|name| *name != ".") {
            if name.is_empty() {
                return Err(self.error(
                    ErrorKind::BadPath,
                    word.column,
                    "NAME/NAME…, or . for the node itself",
                ));
            }
            depth += 1;
            if depth > DEPTH {
                return Err(self.error(ErrorKind::BadPath, word.column, "a path of at most 24 nodes"));
            }
            here = self.child(here, name, word)?;
        }
        Ok(here)
    }

    fn depth(&self, node: u16) -> usize {
        self.ancestors(node).count()
    }

    fn child(&mut self, parent: u16, name: &'t str, word: Word<'t>) -> Result<u16> {
        let (namespace, name) = match name.split_once([':']).filter(|_| self.head.syntax == syntax::XML) {
            None => (0, name),
            Some((prefix, _)) if prefix.starts_with('@') => {
                return Err(self.error(ErrorKind::BadPath, word.column, "an attribute without a prefix"));
            }
            Some((prefix, local)) => (self.namespace_of(word, prefix)?, local),
        };
        let mut last = 0;
        let mut count = 0;
        let mut next = self.pools.nodes.get(usize::from(parent)).child;
        while next != 0 {
            let node = self.pools.nodes.get(usize::from(next));
            if node.namespace == namespace && self.pools.text(node.name) == name.as_bytes() {
                return Ok(next);
            }
            last = next;
            next = node.next;
            count += 1;
        }
        if count >= SIBLINGS {
            return Err(self.full());
        }
        let made = self.new_node(parent, name, namespace)?;
        if last == 0 {
            self.pools.nodes.update(usize::from(parent), |n| n.child = made);
        } else {
            self.pools.nodes.update(usize::from(last), |n| n.next = made);
        }
        Ok(made)
    }

    pub(super) fn parent(&self, node: u16) -> u16 {
        self.pools.parents.as_slice().get(usize::from(node)).copied().unwrap_or(u16::MAX)
    }

    /// A node and those above it, the innermost first.
    pub(super) fn ancestors(&self, node: u16) -> impl Iterator<Item = u16> + '_ {
        core::iter::successors(Some(node), |here| Some(self.parent(*here)))
            .take_while(|here| *here != u16::MAX)
    }

    pub(super) fn is_above(&self, node: u16, below: u16) -> bool {
        self.ancestors(below).any(|here| here == node)
    }

    /// The node whose children are looked at for a carried value, and the path below it: the innermost
    /// node of the path that is the message's own or stands above it.
    pub(super) fn beside(&mut self, message: u16, word: Word<'t>) -> Result<(u16, &'t str)> {
        self.with_root()?;
        let mut here = 0;
        let mut rest = word.text;
        while let Some((name, tail)) = rest.split_once(['/']) {
            let next = self.child(here, name, word)?;
            if !self.is_above(next, message) {
                break;
            }
            here = next;
            rest = tail;
        }
        Ok((here, rest))
    }

    /// The node that a block's paths start from.
    pub(super) fn home(&self, block: usize) -> u16 {
        let Some(info) = self.notes.blocks.get(block) else { return 0 };
        if info.root != 0 {
            return info.root;
        }
        // A party of a fixed role has the paths of the block that names it.
        let outer = info
            .parents
            .first()
            .filter(|_| info.role != 0)
            .and_then(|p| self.notes.blocks.get(usize::from(*p)));
        match outer {
            Some(outer) if outer.root != 0 => outer.root,
            _ => self.pools.variants.get(usize::from(info.variant)).root,
        }
    }

    /// A path below a node, pending until its rule is settled.
    pub(super) fn tree_path(&mut self, word: Word<'t>, from: u16) -> Result<Path> {
        let node = self.node(from, word)?;
        self.pools.nodes.update(usize::from(node), |n| n.flags |= known::LEAF);
        Ok(pending(node, false))
    }

    /// `^path`: a place of the block around this one.
    pub(super) fn outer_path(&mut self, word: Word<'t>, path: &'t str, block: usize) -> Result<Path> {
        let outer = self.notes.blocks.get(block).and_then(|b| b.parents.first()).copied();
        let Some(outer) = outer else { return Err(self.unknown_carry(word)) };
        let home = self.home(usize::from(outer));
        let node = self.node(home, Word { text: path, ..word })?;
        self.pools.nodes.update(usize::from(node), |n| n.flags |= known::LEAF);
        Ok(pending(node, true))
    }
}
