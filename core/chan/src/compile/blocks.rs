//! Messages, carried values, and the headings of blocks.

use heapless::Vec;

use super::layers::Span;
use super::{Compiler, Result, Stop, drafts};
use crate::error::ErrorKind;
use crate::table::{Carry, Rule, Run, Variant, known, section, syntax, transform};
use crate::vocabulary::{self as vocabulary, domain, field, group};
use crate::words::{Line, Word};

/// Records that open one block.
const OPENERS: usize = 8;
/// Records that a block keeps.
const KEPT: usize = 24;
/// Blocks that one block stands in.
const PARENTS: usize = 12;
/// How deep blocks stand in each other, the header among them: what the engine can open.
pub const OPEN_SECTIONS: u8 = 8;

/// A block of rules: `header`, `party on NAD in header line` …
#[derive(Clone, Default)]
pub struct Block {
    /// Where its heading stands.
    pub layer: u8,
    pub line: u32,
    pub heading: Span,
    /// One of [`section`].
    pub kind: u8,
    /// The group of the vocabulary that it opens.
    pub group: u8,
    /// The reading of the message that it belongs to.
    pub variant: u8,
    /// The block whose rules it has: itself, or the one that its heading is stacked upon.
    pub first: u8,
    /// Its first record or path as written.
    pub opener: Span,
    /// Rows of the records that open it.
    pub openers: Vec<u8, OPENERS, u8>,
    /// Rows that stay inside though no rule names them.
    pub keep: Vec<u8, KEPT, u8>,
    /// Rows that end it; if there are any, nothing else does.
    pub until: Vec<u8, OPENERS, u8>,
    /// Names of the blocks that it stands in: their columns in the heading.
    pub inside: Vec<u32, OPENERS, u8>,
    /// Those blocks.
    pub parents: Vec<u8, PARENTS, u8>,
    /// Conditions of its opening (flat).
    pub conditions: Run,
    /// The node that opens it (trees), 0 = none.
    pub place: u16,
    /// The node that its paths start from: the place itself, or a tree of its own.
    pub root: u16,
    /// Conditions of its opening (trees).
    pub tests: Run,
    /// The fixed role of a party that is written `party.ROLE.field`.
    pub role: u16,
    /// Fields that must be there.
    pub required: Vec<u16, 12, u8>,
}

impl Block {
    /// The word that its heading begins with.
    pub fn name(&self) -> &'static str {
        match self.kind {
            section::HEADER => "header",
            section::PARTY => "party",
            section::LINE => "line",
            section::SUMMARY => "summary",
            section::ASIDE => "aside",
            section::ENVELOPE => "envelope",
            _ if self.group == vocabulary::group::NONE => "group",
            _ => vocabulary::group_name(self.group),
        }
    }
}

/// A carried value.
pub struct Carried {
    name: Span,
    variant: u8,
    keyed: bool,
}

/// What a heading says.
#[derive(Clone, Copy)]
pub struct Heading<'t> {
    name: &'t str,
    opener: Option<&'t str>,
    line: Line<'t>,
}

/// One place of a heading (`at PATH as ROLE`).
#[derive(Clone, Copy)]
struct At {
    /// The column of its path.
    column: u32,
    role: u16,
}

/// Does this word begin a block?
pub fn is_block(name: &str) -> bool {
    kind_of(name) != section::GROUP || name == "group" || vocabulary::group_by_name(name.as_bytes()).is_some()
}

fn kind_of(name: &str) -> u8 {
    match name {
        "header" => section::HEADER,
        "party" => section::PARTY,
        "line" => section::LINE,
        "summary" => section::SUMMARY,
        "aside" => section::ASIDE,
        "envelope" => section::ENVELOPE,
        _ => section::GROUP,
    }
}

/// Words that begin a clause of a heading.
fn is_clause(word: &Word<'_>) -> bool {
    !word.quoted && matches!(word.text, "on" | "at" | "in" | "keep" | "until" | "when" | "and" | "as")
}

impl<'t> Compiler<'t, '_, '_> {
    /// `message at PATH [when …]` (trees) · `message by COLUMN` (rows) · `message on RECORD [until RECORD]`
    pub(super) fn message(&mut self, mut line: Line<'t>) -> Result<()> {
        const EXPECTED: &str = "at PATH (trees), by COLUMN (rows), on RECORD (records)";
        let how = self.word(&mut line, EXPECTED)?;
        let what = self.word(&mut line, "a place")?;
        match how.text {
            "by" if self.is_rows() => {
                self.head.group = self.column_path(what)?;
                self.end(&mut line)
            }
            "on" if self.is_flat() && !self.is_rows() => {
                self.head.message.0 = self.row(what.text)?.saturating_add(1);
                if self.takes(&mut line, "until")? {
                    let last = self.word(&mut line, "a record")?;
                    self.head.message.1 = self.row(last.text)?.saturating_add(1);
                }
                self.end(&mut line)
            }
            "at" if !self.is_flat() => self.variant(what, line),
            _ => Err(self.unexpected(how, EXPECTED)),
        }
    }

    /// One reading of a message node.
    fn variant(&mut self, what: Word<'t>, mut line: Line<'t>) -> Result<()> {
        let node = self.node(0, what)?;
        let variants = self.pools.variants.as_slice();
        let is_first = variants.iter().all(|v| v.node != node);
        let is_hidden = variants.iter().any(|v| v.node == node && v.tests.count == 0);
        if is_hidden {
            return Err(self.error(ErrorKind::Unreachable, what.column, "a condition at the message above"));
        }
        // The first reading uses the node itself, further ones a tree of their own.
        let root = if is_first { node } else { self.new_tree()? };
        self.pools.nodes.update(usize::from(node), |n| n.flags |= known::MESSAGE);
        let tests = if self.takes(&mut line, "when")? { self.tests(&mut line)? } else { Run::default() };
        self.end(&mut line)?;
        let variant = Variant { node, root, tests, ..Variant::default() };
        self.pools.variants.push(variant).ok_or_else(|| self.full())?;
        self.add_header()
    }

    /// Every message has a header, whether or not the channel has rules for it.
    pub(super) fn add_header(&mut self) -> Result<()> {
        let variant = self.current_variant();
        let first = self.next_block();
        let layer = self.layer;
        let header = Block { layer, kind: section::HEADER, variant, first, ..Block::default() };
        self.add_block(&header)
    }

    /// Enters a block.
    #[inline(never)]
    pub(super) fn add_block(&mut self, block: &Block) -> Result<()> {
        self.notes.blocks.push(block.clone()).map_err(|_| self.full())
    }

    fn next_block(&self) -> u8 {
        u8::try_from(self.notes.blocks.len()).unwrap_or(u8::MAX)
    }

    fn current_variant(&self) -> u8 {
        u8::try_from(self.pools.variants.len().saturating_sub(1)).unwrap_or(0)
    }

    pub(super) fn header_of(&self, variant: u8) -> Option<u8> {
        let found = self.notes.blocks.iter().position(|b| b.kind == section::HEADER && b.variant == variant);
        found.and_then(|place| u8::try_from(place).ok())
    }

    /// `carry PATH as NAME [key LEAF = PATH]`
    pub(super) fn carry(&mut self, mut line: Line<'t>) -> Result<()> {
        let what = self.word(&mut line, "a path")?;
        let number = self.current_variant();
        if self.pools.variants.len() == 0 {
            return Err(self.error(ErrorKind::Missing, what.column, "message at PATH above it"));
        }
        self.exactly(&mut line, "as")?;
        let name = self.word(&mut line, "a name")?;
        let is_known = |c: &Carried| self.piece(c.name) == name.text && (c.variant == number || !c.keyed);
        if self.notes.carries.iter().any(is_known) {
            return Err(self.error(ErrorKind::Repeated, name.column, "a name of its own"));
        }
        let variant = self.pools.variants.get(usize::from(number));
        self.check_prefixes(what, what.text)?;
        let (parent, rest) = self.beside(variant.node, what)?;
        let (item, value) = rest.split_once(['/']).unwrap_or((rest, ""));
        let mut carry =
            Carry { parent, item: self.intern(item)?, value: self.intern(value)?, ..Carry::default() };
        let keyed = self.takes(&mut line, "key")?;
        if keyed {
            let key = self.word(&mut line, "the key below the item")?;
            carry.key = self.intern(key.text)?;
            self.exactly(&mut line, "=")?;
            let matches = self.word(&mut line, "a path of the message")?;
            let leaf = self.node(variant.root, matches)?;
            carry.matches = self.slot(leaf, variant.root, matches.column)?;
        }
        self.end(&mut line)?;
        self.pools.nodes.update(usize::from(parent), |n| n.flags |= known::CARRIES);
        self.pools.carries.push(carry).ok_or_else(|| self.full())?;
        let carried = Carried { name: self.span(name.text), variant: number, keyed };
        self.notes.carries.push(carried).map_err(|_| self.full())
    }

    /// The number of a carried value that this reading of the message may use.
    pub(super) fn carried(&self, name: &str) -> Option<u8> {
        self.carried_in(name, self.current_variant())
    }

    pub(super) fn carried_in(&self, name: &str, variant: u8) -> Option<u8> {
        let is_it = |c: &Carried| self.piece(c.name) == name && (c.variant == variant || !c.keyed);
        let place = self.notes.carries.iter().position(is_it)?;
        u8::try_from(place).ok()
    }

    pub(super) fn unknown_carry(&self, word: Word<'t>) -> Stop {
        let error = self.error(ErrorKind::UnknownName, word.column, "the name of a carried value");
        let names = self.notes.carries.iter().map(|c| self.piece(c.name));
        self.suggest(error, word.text.trim_start_matches(['^']), names)
    }

    /// The names of the blocks that a block stands in.
    fn inside_of<'b>(&self, block: &'b Block) -> impl Iterator<Item = Word<'t>> + Clone + use<'b, 't> {
        let line = Line::new(self.piece(block.heading), block.line);
        block.inside.iter().filter_map(move |column| line.word_at(*column))
    }

    /// The block whose heading stands in this line, if it is one that stands already.
    pub(super) fn block_at(&self, layer: u8, line: &Line<'t>) -> Option<usize> {
        let own = self.notes.blocks.iter().find(|b| b.layer == layer && b.line == line.number);
        if let Some(block) = own {
            return Some(usize::from(block.first));
        }
        let heading = Heading::read(*line)?;
        let found = self.notes.blocks.iter().find(|b| {
            b.name() == heading.name
                && b.layer < layer
                && b.role == 0
                && heading.opener.is_none_or(|opener| opener == self.piece(b.opener))
                && heading.has_parents(self.inside_of(b))
        })?;
        Some(usize::from(found.first))
    }

    /// A heading: `party on NAD in header line keep … when … until …` · `line at PATH [as ROLE] …`
    #[inline(never)]
    pub(super) fn block(&mut self, word: Word<'t>, mut line: Line<'t>) -> Result<()> {
        // A message that this layer adds has a header of its own.
        let own_header =
            self.header_of(self.current_variant()).and_then(|h| self.notes.blocks.get(usize::from(h)));
        let own_header =
            word.text == "header" && own_header.is_some_and(|h| h.layer == self.layer && h.line == 0);
        if !own_header && self.block_at(self.layer, &line.rewound()).is_some() {
            // An extension writes on in a block of its base.
            self.open_heading = None;
            return Ok(());
        }
        let kind = kind_of(word.text);
        if self.pools.variants.len() == 0 && !self.is_flat() {
            return Err(self.error(ErrorKind::Missing, word.column, "message at PATH above it"));
        }
        if kind == section::HEADER {
            return self.header(word, line);
        }
        if self.is_rows() && kind != section::LINE && !self.has_sums(kind) {
            let expected = "header, line or summary; a party is written party.ROLE.FIELD there";
            return Err(self.unexpected(word, expected));
        }
        let mut block = Block {
            layer: self.layer,
            line: self.line,
            heading: self.span(line.whole()),
            kind,
            group: vocabulary::group_by_name(word.text.as_bytes()).unwrap_or(0),
            variant: self.current_variant(),
            first: self.next_block(),
            ..Block::default()
        };
        let mut places: Vec<At, PARENTS> = Vec::new();
        let mut condition = None;
        let records = self.is_flat() && !self.is_rows();
        while let Some(clause) = self.maybe(&mut line)? {
            match clause.text {
                "on" if records => {
                    block.opener = line.peek().map_or(Span::EMPTY, |w| self.span(w.text));
                    self.rows_into(&mut line, &mut block.openers)?;
                }
                "keep" if records => self.rows_into(&mut line, &mut block.keep)?,
                "until" if records => self.rows_into(&mut line, &mut block.until)?,
                "at" if !self.is_flat() => self.places(&mut line, &mut places)?,
                "in" if !self.is_rows() => self.parents_into(&mut line, &mut block)?,
                "when" if records => {
                    condition = line.peek();
                    block.conditions = self.record_conditions(&mut line)?;
                }
                "when" if self.has_sums(kind) => block.conditions = self.record_conditions(&mut line)?,
                "when" if !self.is_flat() => block.tests = self.tests(&mut line)?,
                _ => return Err(self.unexpected(clause, "on, at, in, keep, until or when")),
            }
        }
        if let Some(word) = condition {
            self.is_of_openers(word, &block)?;
        }
        if records && block.openers.is_empty() && kind != section::ENVELOPE {
            return Err(self.error(ErrorKind::Missing, line.column(), "on RECORD"));
        }
        if self.has_sums(kind) {
            return self.sums(&line, block);
        }
        if self.is_flat() {
            self.open_heading = None;
            self.mark_kept(&block);
            return self.add_block(&block);
        }
        if places.is_empty() {
            return Err(self.error(ErrorKind::Missing, line.column(), "at PATH"));
        }
        self.blocks_at(&block, &places)
    }

    /// Is it a block of rows that are no lines but sums of them?
    fn has_sums(&self, kind: u8) -> bool {
        self.head.syntax == syntax::CSV && kind == section::SUMMARY
    }

    /// `summary when COLUMN …`: headings that follow each other share the rules below them.
    fn sums(&mut self, line: &Line<'t>, mut block: Block) -> Result<()> {
        if block.conditions.count == 0 {
            return Err(self.error(ErrorKind::Missing, line.column(), "when COLUMN …"));
        }
        let number = self.next_block();
        let stacked = self.open_heading.and_then(|open| self.notes.blocks.get(usize::from(open)));
        block.first = stacked.filter(|b| b.kind == section::SUMMARY).map_or(number, |b| b.first);
        self.open_heading = Some(number);
        self.add_block(&block)
    }

    /// The header is there from the start; its heading says where its rules stand.
    fn header(&mut self, word: Word<'t>, mut line: Line<'t>) -> Result<()> {
        self.end(&mut line)?;
        self.open_heading = None;
        let (layer, number) = (self.layer, self.line);
        let header =
            self.header_of(self.current_variant()).and_then(|h| self.notes.blocks.get_mut(usize::from(h)));
        match header {
            Some(header) if header.line == 0 => {
                (header.layer, header.line) = (layer, number);
                Ok(())
            }
            _ => Err(self.error(ErrorKind::Repeated, word.column, "one header for each message")),
        }
    }

    /// A condition of a block looks at the record that opens it.
    fn is_of_openers(&mut self, word: Word<'t>, block: &Block) -> Result<()> {
        let written = self.flat_path(word)?;
        let row = self.row(written.record)?;
        if block.openers.contains(&row) {
            return Ok(());
        }
        Err(self.error(ErrorKind::BadPath, word.column, "a place of the record that opens the block"))
    }

    /// What stands with a price, an allowance or a schedule is about its money or goods: its loss is an error.
    fn mark_kept(&mut self, block: &Block) {
        if matches!(block.group, group::PRICE | group::ALLOWANCE | group::SCHEDULE) {
            for row in &block.keep {
                self.pools.names.update(usize::from(*row), |n| n.flags |= known::WEIGHTY);
            }
        }
    }

    fn rows_into<const N: usize>(&mut self, line: &mut Line<'t>, list: &mut Vec<u8, N, u8>) -> Result<()> {
        let mut count = 0;
        while let Some(word) = line.peek().filter(|word| !is_clause(word)) {
            self.word(line, "a record")?;
            if word.text.contains(['/', '[']) {
                return Err(self.error(ErrorKind::BadPath, word.column, "the name of a record"));
            }
            let row = self.row(word.text)?;
            list.push(row).map_err(|_| self.full())?;
            count += 1;
        }
        if count == 0 {
            return Err(self.error(ErrorKind::UnexpectedEnd, line.column(), "a record"));
        }
        Ok(())
    }

    /// `PATH [as ROLE], PATH [as ROLE] …`
    fn places(&mut self, line: &mut Line<'t>, places: &mut Vec<At, PARENTS>) -> Result<()> {
        loop {
            let path = self.word(line, "a path")?;
            let mut more = path.text.ends_with(',');
            let mut role = 0;
            if self.takes(line, "as")? {
                let word = self.word(line, "a role")?;
                let name = word.text.trim_end_matches([',']);
                more = name.len() < word.text.len();
                role = vocabulary::word_number(domain::ROLE, name.as_bytes())
                    .ok_or_else(|| self.unknown_word(word, domain::ROLE, name))?;
            }
            places.push(At { column: path.column, role }).map_err(|_| self.full())?;
            if !more {
                return Ok(());
            }
        }
    }

    /// Names of blocks; which ones they are is known when all are read.
    fn parents_into(&mut self, line: &mut Line<'t>, block: &mut Block) -> Result<()> {
        let first = self.word(line, "a block")?;
        block.inside.push(first.column).map_err(|_| self.full())?;
        while let Some(word) = line.peek().filter(|word| !is_clause(word)) {
            self.word(line, "a block")?;
            block.inside.push(word.column).map_err(|_| self.full())?;
        }
        Ok(())
    }

    /// One block for each place of a heading. Headings that follow each other share the rules below.
    fn blocks_at(&mut self, heading: &Block, places: &[At]) -> Result<()> {
        let line = Line::new(self.piece(heading.heading), heading.line);
        if let Some(second) = heading.inside.get(1).and_then(|column| line.word_at(*column)) {
            return Err(self.unexpected(second, "one block; a further heading for another one"));
        }
        let base = match heading.inside.first().and_then(|column| line.word_at(*column)) {
            Some(word) => self.block_of_name(word, heading.variant)?,
            None => self.header_of(heading.variant).unwrap_or(0),
        };
        let from = self.home(usize::from(base));
        for at in places {
            let number = self.next_block();
            let Some(mut path) = line.word_at(at.column) else { continue };
            path.text = path.text.trim_end_matches([',']);
            let place = self.node(from, path)?;
            if place == from {
                return Err(self.error(ErrorKind::BadPath, path.column, "a path below the block around it"));
            }
            let stacked = self.open_heading.and_then(|open| self.notes.blocks.get(usize::from(open)));
            let shared = stacked
                .filter(|b| b.name() == heading.name() && b.variant == heading.variant)
                .map(|b| b.first);
            let root = match shared {
                Some(first) => self.shared_root(first)?,
                None if heading.tests.count > 0 => self.new_tree()?,
                None => place,
            };
            let opener = self.span(path.text);
            self.add_block(heading)?;
            if let Some(block) = self.notes.blocks.last_mut() {
                (block.opener, block.place, block.root) = (opener, place, root);
                block.first = shared.unwrap_or(number);
                // There was none before.
                let _ = block.parents.push(base);
            }
            self.open_heading = Some(number);
            if at.role != 0 {
                if heading.kind != section::PARTY {
                    return Err(self.error(ErrorKind::WrongBlock, path.column, "a party"));
                }
                self.role_constant(number, at.role)?;
            }
        }
        Ok(())
    }

    /// The tree of blocks that share their rules: one of its own, so that no other rule reaches into it.
    fn shared_root(&mut self, first: u8) -> Result<u16> {
        let (place, root) = self.notes.blocks.get(usize::from(first)).map_or((0, 0), |b| (b.place, b.root));
        if place != root {
            return Ok(root);
        }
        let made = self.new_tree()?;
        if let Some(block) = self.notes.blocks.get_mut(usize::from(first)) {
            block.root = made;
        }
        Ok(made)
    }

    pub(super) fn role_constant(&mut self, block: u8, role: u16) -> Result<()> {
        let rule = Rule {
            field: field::PARTY_ROLE,
            transform: transform::CONSTANT,
            argument: role,
            ..Rule::default()
        };
        self.draft(drafts::kind::CONSTANT, block, 0, 0, rule)
    }

    /// The nearest block of a name above.
    fn block_of_name(&self, word: Word<'t>, variant: u8) -> Result<u8> {
        let found = self
            .notes
            .blocks
            .iter()
            .rposition(|b| b.name() == word.text && b.variant == variant && b.role == 0);
        match found.and_then(|place| self.notes.blocks.get(place)) {
            Some(block) => Ok(block.first),
            None => Err(self.unknown_block(word)),
        }
    }

    fn unknown_block(&self, word: Word<'t>) -> Stop {
        let error = self.error(ErrorKind::UnknownName, word.column, "a block of this channel");
        self.suggest(error, word.text, self.notes.blocks.iter().map(Block::name))
    }

    /// Finds the blocks that others stand in (flat), and refuses what could never open.
    pub(super) fn join_blocks(&mut self) -> Result<()> {
        if !self.is_flat() {
            return Ok(());
        }
        for place in 0..self.notes.blocks.len() {
            let parents = self.parents_of(place)?;
            if let Some(block) = self.notes.blocks.get_mut(place) {
                block.parents = parents;
            }
        }
        for place in 0..self.notes.blocks.len() {
            let Some(block) = self.notes.blocks.get(place) else { continue };
            let hides = |other: &&Block| {
                other.conditions.count == 0
                    && other.parents.iter().any(|p| block.parents.contains(p))
                    && other.openers.iter().any(|row| block.openers.contains(row))
            };
            if block.kind != section::HEADER && self.notes.blocks.iter().take(place).any(|b| hides(&b)) {
                (self.layer, self.line) = (block.layer, block.line);
                let expected = "a record of its own, or a condition at the block above that it opens";
                return Err(self.error(ErrorKind::Unreachable, 1, expected));
            }
        }
        Ok(())
    }

    fn parents_of(&mut self, place: usize) -> Result<Vec<u8, PARENTS, u8>> {
        let mut parents = Vec::new();
        let Some(block) = self.notes.blocks.get(place) else { return Ok(parents) };
        let (layer, line, kind, variant) = (block.layer, block.line, block.kind, block.variant);
        let own = self.notes.blocks.get(place).map(|block| block.name());
        for i in 0..block.inside.len() {
            let block = self.notes.blocks.get(place);
            let Some(word) = block.and_then(|b| self.inside_of(b).nth(i)) else { continue };
            let known = parents.len();
            for (number, other) in (0u8..=255).zip(self.notes.blocks.iter()) {
                // A line in a line stands in those above it, not in itself.
                let above = usize::from(number) < place || own != Some(word.text);
                if above && other.name() == word.text && other.role == 0 && !parents.contains(&number) {
                    parents.push(number).map_err(|_| self.full())?;
                }
            }
            if parents.len() == known {
                (self.layer, self.line) = (layer, line);
                return Err(self.unknown_block(word));
            }
        }
        if parents.is_empty() && kind != section::HEADER {
            let header = self.header_of(variant).unwrap_or(0);
            parents.push(header).map_err(|_| self.full())?;
        }
        Ok(parents)
    }
}

impl<'t> Heading<'t> {
    /// The name and opener of a heading; `None` where the line is none.
    fn read(mut line: Line<'t>) -> Option<Heading<'t>> {
        let name = line.next_word().ok().flatten()?.text;
        let copy = line;
        let opener = match line.next_word().ok().flatten() {
            None => None,
            Some(word) if matches!(word.text, "on" | "at") => Some(line.next_word().ok().flatten()?.text),
            Some(word) if word.text == "in" => None,
            Some(_) => return None,
        };
        is_block(name).then_some(Heading { name, opener, line: copy })
    }

    /// Does its `in` clause name these blocks? Without one it does not matter.
    fn has_parents<'n>(&self, inside: impl Iterator<Item = Word<'n>> + Clone) -> bool {
        let mut line = self.line;
        while let Some(word) = line.next_word().ok().flatten() {
            if word.text != "in" {
                continue;
            }
            let mut named = 0;
            while let Some(word) = line.peek().filter(|word| !is_clause(word)) {
                if !inside.clone().any(|known| known.text == word.text) {
                    return false;
                }
                named += 1;
                let _ = line.next_word();
            }
            return named == inside.count();
        }
        true
    }
}
