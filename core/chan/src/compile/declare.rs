//! Statements that stand in column 1: everything that rules refer to.

use super::{Block, Compiler, Result, fault};
use crate::error::{ErrorKind, nearest};
use crate::path;
use crate::table::{
    Carry, Condition, Fact, Map, MapEntry, Pairs, Path, Run, Test, Text, Variant, fact, known, operator,
    otherwise, section, syntax,
};
use crate::vocabulary::{self as vocabulary, domain};
use crate::words::{Line, Word};

/// Words that begin a statement, for "did you mean".
const STATEMENTS: &[&str] = &[
    "channel",
    "syntax",
    "detect",
    "privacy",
    "namespace",
    "column",
    "qualifier",
    "pairs",
    "map",
    "ignore",
    "message",
    "carry",
    "header",
    "envelope",
    "party",
    "line",
    "summary",
    "aside",
    "group",
    "reference",
    "allowance",
    "schedule",
    "note",
    "contact",
    "price",
    "discount",
    "attribute",
    "attachment",
    "carrier",
    "layout",
];

impl<'t> Compiler<'t, '_> {
    /// Reads all statements.
    pub(super) fn declare(&mut self) -> Result<()> {
        self.pools.cells.push(Default::default());
        let lines = self.lines();
        for (layer, line) in lines {
            self.layer = layer;
            if !line.indented {
                self.statement(line)?;
            }
        }
        if self.syntax == 0 {
            return Err(fault(ErrorKind::Missing, 1, 1, "syntax NAME"));
        }
        self.join_blocks()?;
        self.senders()?;
        if self.blocks.is_empty() {
            return Err(fault(ErrorKind::Missing, 1, 1, "a block of rules, such as header"));
        }
        Ok(())
    }

    fn statement(&mut self, mut line: Line<'t>) -> Result<()> {
        let word = self.word(&mut line, "a statement")?;
        match word.text {
            "channel" => self.channel(line),
            "syntax" => self.syntax(line),
            "detect" => self.detect(line),
            "privacy" | "namespace" | "layout" => self.remark(word, line),
            "column" => self.column(line),
            "qualifier" => self.qualifier(line),
            "pairs" => self.pair_elements(line),
            "map" => self.map(line),
            "ignore" => Ok(()),
            "message" => self.message(line),
            "carry" => self.carry(line),
            _ => self.block(word, line),
        }
    }

    /// `channel NAME VERSION [extends BASE [for sender VALUE…]]`
    fn channel(&mut self, mut line: Line<'t>) -> Result<()> {
        self.name = self.word(&mut line, "the channel's name")?.text;
        self.version = 1;
        while let Some(word) = self.maybe(&mut line)? {
            match word.text {
                "extends" => {
                    self.word(&mut line, "the name of a channel")?;
                }
                "for" => {
                    let sender = self.word(&mut line, "sender VALUE")?;
                    if sender.text != "sender" {
                        return Err(self.unexpected(&line, sender, "sender"));
                    }
                    while let Some(value) = self.maybe(&mut line)? {
                        self.senders.push(value.text).map_err(|_| self.full())?;
                    }
                }
                number => match number.parse() {
                    Ok(version) => self.version = version,
                    Err(_) => return Err(self.unexpected(&line, word, "a version, extends or for sender")),
                },
            }
        }
        Ok(())
    }

    /// `syntax NAME [separator C] [quote C] [header yes|no] [charset LABEL] [decimal STYLE] [date PATTERN]`
    fn syntax(&mut self, mut line: Line<'t>) -> Result<()> {
        let name = self.word(&mut line, "the name of a notation")?;
        let Some(number) = syntax::NAMES.iter().position(|n| !n.is_empty() && *n == name.text) else {
            let mut error = self.unexpected(&line, name, "the name of a notation");
            error.nearest = nearest(name.text, syntax::NAMES.into_iter());
            return Err(error);
        };
        self.syntax = u8::try_from(number).unwrap_or(0);
        while let Some(option) = self.maybe(&mut line)? {
            let value = self.word(&mut line, "a value")?;
            match option.text {
                "separator" => self.dialect.separator = character(value.text),
                "quote" => self.dialect.quote = character(value.text),
                "header" => self.dialect.headless = u8::from(value.text == "no"),
                "form" => self.dialect.canonical = u8::from(value.text == "canonical"),
                "charset" => self.dialect.charset = self.intern(value.text)?,
                "date" => self.dialect.date = self.intern(value.text)?,
                "decimal" => match super::rules::style(value.text) {
                    Some(style) => self.dialect.decimal = style,
                    None => return Err(self.unexpected(&line, value, super::rules::STYLES)),
                },
                _ => {
                    return Err(self.unexpected(
                        &line,
                        option,
                        "separator, quote, header, charset, decimal or date",
                    ));
                }
            }
        }
        if self.is_flat() { self.add_header() } else { Ok(()) }
    }

    /// A statement whose text is kept as it stands.
    fn remark(&mut self, first: Word<'t>, mut line: Line<'t>) -> Result<()> {
        if first.text != "privacy" {
            return Ok(());
        }
        while let Some(word) = self.maybe(&mut line)? {
            let text = self.intern(word.text)?;
            self.pools.privacy.push(text).ok_or_else(|| self.full())?;
        }
        Ok(())
    }

    /// `detect PATH = VALUE` · `detect PATH in VALUE…` · `detect PATH` · `detect header has COLUMN…`
    fn detect(&mut self, mut line: Line<'t>) -> Result<()> {
        let what = self.word(&mut line, "a path")?;
        if self.is_rows() {
            if what.text != "header" {
                return Err(self.unexpected(&line, what, "header has COLUMN…"));
            }
            let has = self.word(&mut line, "has")?;
            if has.text != "has" {
                return Err(self.unexpected(&line, has, "has"));
            }
            while let Some(column) = self.maybe(&mut line)? {
                let path = self.column_path(column.text)?;
                self.fact(Fact { kind: fact::COLUMN, path, ..Fact::default() })?;
            }
            return Ok(());
        }
        let (name, path) = if self.is_flat() {
            let written = self.flat_path(&line, what)?;
            self.row(written.record)?;
            (self.intern(written.record)?, written.path)
        } else {
            (self.intern(what.text)?, Path::NONE)
        };
        let (_, values) = self.comparison(&mut line)?;
        self.fact(Fact { kind: fact::VALUE, name, path, values })
    }

    fn fact(&mut self, fact: Fact) -> Result<()> {
        self.pools.facts.push(fact).map(drop).ok_or_else(|| self.full())
    }

    /// `= VALUE`, `in VALUE…`, `!= VALUE`, `present`, `absent`; nothing means `present`.
    pub(super) fn comparison(&mut self, line: &mut Line<'t>) -> Result<(u8, Run)> {
        let Some(word) = line.peek() else { return Ok((operator::PRESENT, Run::default())) };
        let start = u16::try_from(self.pools.keys.len()).unwrap_or(0);
        let (operator, most) = match word.text {
            "=" => (operator::EQUAL, 1),
            "in" => (operator::EQUAL, usize::MAX),
            "!=" => (operator::UNEQUAL, 1),
            "not-in" => (operator::UNEQUAL, usize::MAX),
            "present" => (operator::PRESENT, 0),
            "absent" => (operator::ABSENT, 0),
            _ => return Err(self.unexpected(line, word, "=, !=, in, not-in, present or absent")),
        };
        self.word(line, "an operator")?;
        let mut count = 0u16;
        while usize::from(count) < most {
            match line.peek() {
                Some(word) if count == 0 || word.quoted || !super::rules::is_key_word(word.text) => {
                    self.word(line, "a value")?;
                    self.key(word.text)?;
                    count += 1;
                }
                _ => break,
            }
        }
        if most > 0 && count == 0 {
            return Err(self.error(ErrorKind::UnexpectedEnd, line, line.column(), "a value"));
        }
        Ok((operator, Run { start, count }))
    }

    /// `column NAME SYNONYM…`
    fn column(&mut self, mut line: Line<'t>) -> Result<()> {
        let name = self.word(&mut line, "a column's name")?;
        if !self.is_rows() {
            return Err(self.unexpected(&line, name, "a notation with columns"));
        }
        let row = usize::from(self.row(name.text)?);
        let start = u16::try_from(self.pools.keys.len()).unwrap_or(0);
        let mut count = 0;
        while let Some(synonym) = self.maybe(&mut line)? {
            self.key(synonym.text)?;
            count += 1;
        }
        self.pools.names.update(row, |n| n.synonyms = Run { start, count });
        Ok(())
    }

    /// The place of a column, which is entered if it is new.
    pub(super) fn column_path(&mut self, name: &str) -> Result<Path> {
        let row = self.row(name)?;
        Ok(Path::single(row.saturating_add(1), 1))
    }

    pub(super) fn flat_path(&self, line: &Line<'t>, word: Word<'t>) -> Result<path::Written<'t>> {
        path::parse(word.text).ok_or_else(|| {
            self.error(ErrorKind::BadPath, line, word.column, "RECORD/ELEMENT.COMPONENT, such as DTM/1.2")
        })
    }

    /// `qualifier DTM/1.1 QTY/1.1 …`
    fn qualifier(&mut self, mut line: Line<'t>) -> Result<()> {
        while let Some(word) = self.maybe(&mut line)? {
            let written = self.flat_path(&line, word)?;
            let row = self.row(written.record)?;
            self.qualifiers.push((row, written.path)).map_err(|_| self.full())?;
        }
        Ok(())
    }

    /// `pairs PIA/2..6 1 by 2` (components) · `pairs PO1/6..` (a qualifier, then its value)
    fn pair_elements(&mut self, mut line: Line<'t>) -> Result<()> {
        let word = self.word(&mut line, "RECORD/FIRST..LAST")?;
        let written = self.flat_path(&line, word)?;
        let row = self.row(written.record)?;
        let mut pairs =
            Pairs { first: written.path.element, last: written.path.element_last, value: 0, qualifier: 0 };
        if let Some(value) = self.maybe(&mut line)? {
            pairs.value = value.text.parse().map_err(|_| self.unexpected(&line, value, "a component"))?;
            let by = self.word(&mut line, "by")?;
            if by.text != "by" {
                return Err(self.unexpected(&line, by, "by"));
            }
            let qualifier = self.word(&mut line, "a component")?;
            pairs.qualifier =
                qualifier.text.parse().map_err(|_| self.unexpected(&line, qualifier, "a component"))?;
        }
        self.pools.pairs.push(pairs).ok_or_else(|| self.full())?;
        self.paired.push(row).map_err(|_| self.full())
    }

    /// `map NAME KEY:VALUE… [else keep|review|reject|as-written]`
    fn map(&mut self, mut line: Line<'t>) -> Result<()> {
        let name = self.word(&mut line, "the map's name")?;
        let again = self.maps.iter().position(|m| *m == name.text);
        let start = u16::try_from(self.pools.map_entries.len()).unwrap_or(0);
        let mut map = Map { entries: Run { start, count: 0 }, otherwise: otherwise::KEEP };
        while let Some(word) = self.maybe(&mut line)? {
            if word.text == "else" && !word.quoted {
                let policy = self.word(&mut line, "keep, review, reject or as-written")?;
                map.otherwise = match policy.text {
                    "keep" => otherwise::KEEP,
                    "review" => otherwise::REVIEW,
                    "reject" => otherwise::REJECT,
                    "as-written" => otherwise::AS_WRITTEN,
                    _ => {
                        let kind = ErrorKind::ConcreteElse;
                        return Err(self.error(
                            kind,
                            &line,
                            policy.column,
                            "keep, review, reject or as-written",
                        ));
                    }
                };
                continue;
            }
            let Some((key, value)) = word.text.split_once(':') else {
                return Err(self.unexpected(&line, word, "KEY:VALUE or else"));
            };
            let entry = self.map_entry(&line, word, key, value)?;
            self.pools.map_entries.push(entry).ok_or_else(|| self.full())?;
            map.entries.count += 1;
        }
        match again {
            // An extension replaces the map of its base.
            Some(number) => self.pools.maps.update(number, |m| *m = map),
            None => {
                self.pools.maps.push(map).ok_or_else(|| self.full())?;
                self.maps.push(name.text).map_err(|_| self.full())?;
            }
        }
        Ok(())
    }

    /// `KEY:VALUE` or `KEY:VALUE+FIELD=VALUE`; the word of a value is looked up when a rule uses it.
    fn map_entry(&mut self, line: &Line<'t>, word: Word<'t>, key: &str, value: &str) -> Result<MapEntry> {
        let (value, also) = match value.split_once('+') {
            Some((value, also)) if also.contains('=') => (value, Some(also)),
            _ => (value, None),
        };
        let mut entry =
            MapEntry { key: self.intern(key)?, value: self.intern(value)?, ..MapEntry::default() };
        // A value that is a field's name (item numbers by qualifier) is that field.
        entry.word = vocabulary::by_name(value).filter(|_| value.contains('.')).unwrap_or(0);
        if let Some((name, value)) = also.and_then(|also| also.split_once('=')) {
            let long = [("copy", vocabulary::field::ORDER_COPY), ("reason", vocabulary::field::ORDER_REASON)];
            let field = vocabulary::by_name(name)
                .or_else(|| long.iter().find(|(short, _)| *short == name).map(|(_, field)| *field));
            let Some(field) = field else {
                return Err(self.error(ErrorKind::UnknownField, line, word.column, "VALUE+FIELD=VALUE"));
            };
            let Some(number) = vocabulary::word_number(vocabulary::domain_of(field), value.as_bytes()) else {
                return Err(self.unknown_word(line, word, vocabulary::domain_of(field), value));
            };
            entry.also_field = field;
            entry.also_word = number;
        }
        Ok(entry)
    }

    pub(super) fn unknown_word(
        &self,
        line: &Line<'t>,
        word: Word<'t>,
        domain: u8,
        value: &str,
    ) -> crate::ChannelError {
        let mut error = self.error(ErrorKind::UnknownWord, line, word.column, "a code word of this field");
        error.nearest = nearest(value, vocabulary::words_of(domain));
        error
    }

    /// `message at PATH [when PATH op VALUE]…` (trees) · `message by COLUMN` (rows) · `message on RECORD`
    fn message(&mut self, mut line: Line<'t>) -> Result<()> {
        let how = self.word(&mut line, "at PATH, by COLUMN or on RECORD")?;
        let what = self.word(&mut line, "a place")?;
        match how.text {
            "by" if self.is_rows() => {
                self.group = self.column_path(what.text)?;
                Ok(())
            }
            "on" if self.is_flat() => {
                self.row(what.text)?;
                Ok(())
            }
            "at" if !self.is_flat() => self.variant(what, line),
            _ => Err(self.unexpected(&line, how, "at PATH (trees), by COLUMN (rows), on RECORD (records)")),
        }
    }

    fn variant(&mut self, what: Word<'t>, mut line: Line<'t>) -> Result<()> {
        let node = self.node(0, what.text)?;
        let first = self.pools.variants.as_slice().iter().all(|v| v.node != node);
        // The first reading uses the node itself, further ones a tree of their own.
        let root = if first { node } else { self.new_node(u16::MAX, what.text)? };
        self.pools.nodes.update(usize::from(node), |n| n.flags |= known::MESSAGE);
        let start = u16::try_from(self.pools.tests.len()).unwrap_or(0);
        let mut count = 0;
        while let Some(word) = self.maybe(&mut line)? {
            if !matches!(word.text, "when" | "and") {
                return Err(self.unexpected(&line, word, "when"));
            }
            let path = self.word(&mut line, "a path")?;
            let path = self.intern(path.text)?;
            let (operator, values) = self.comparison(&mut line)?;
            self.pools.tests.push(Test { path, operator, values }).ok_or_else(|| self.full())?;
            count += 1;
        }
        let tests = Run { start, count };
        let variant = Variant { node, root, tests, ..Variant::default() };
        self.pools.variants.push(variant).ok_or_else(|| self.full())?;
        self.add_header()
    }

    /// Every message has a header, whether or not the channel has rules for it.
    fn add_header(&mut self) -> Result<()> {
        let variant = self.current_variant();
        let block = Block { name: "header", kind: section::HEADER, variant, ..Block::default() };
        self.blocks.push(block).map_err(|_| self.full())
    }

    pub(super) fn current_variant(&self) -> u8 {
        u8::try_from(self.pools.variants.len().saturating_sub(1)).unwrap_or(0)
    }

    /// `carry PATH as NAME [key LEAF = PATH]`
    fn carry(&mut self, mut line: Line<'t>) -> Result<()> {
        let what = self.word(&mut line, "a path")?;
        let word = self.word(&mut line, "as NAME")?;
        if word.text != "as" {
            return Err(self.unexpected(&line, word, "as"));
        }
        let name = self.word(&mut line, "a name")?;
        let number = usize::from(self.current_variant());
        if self.pools.variants.len() == 0 {
            return Err(self.error(ErrorKind::Missing, &line, what.column, "message at PATH above it"));
        }
        let variant = self.pools.variants.get(number);
        let (parent, rest) = self.beside(variant.node, what.text)?;
        let (item, value) = rest.split_once('/').unwrap_or((rest, ""));
        let mut carry = Carry {
            parent,
            item: self.intern(item)?,
            value: self.intern(value)?,
            key: Text::default(),
            matches: Path::NONE,
        };
        if let Some(word) = self.maybe(&mut line)? {
            if word.text != "key" {
                return Err(self.unexpected(&line, word, "key LEAF = PATH"));
            }
            let key = self.word(&mut line, "the key below the item")?;
            carry.key = self.intern(key.text)?;
            let equals = self.word(&mut line, "=")?;
            if equals.text != "=" {
                return Err(self.unexpected(&line, equals, "="));
            }
            let matches = self.word(&mut line, "a path of the message")?;
            let leaf = self.node(variant.root, matches.text)?;
            carry.matches = self.slot(leaf)?;
        }
        self.pools.nodes.update(usize::from(parent), |n| n.flags |= known::CARRIES);
        self.pools.carries.push(carry).ok_or_else(|| self.full())?;
        self.carries.push(name.text).map_err(|_| self.full())
    }

    /// The block whose heading stands in this line, if it is one that stands already.
    pub(super) fn block_at(&self, layer: u8, line: &Line<'t>) -> Option<usize> {
        if let Some(place) = self.blocks.iter().position(|b| b.layer == layer && b.line == line.number) {
            return Some(place);
        }
        let mut copy = *line;
        let name = copy.next_word().ok().flatten()?.text;
        let opener = match copy.next_word().ok().flatten() {
            None => None,
            Some(word) if matches!(word.text, "on" | "at") => Some(copy.next_word().ok().flatten()?.text),
            Some(_) => return None,
        };
        self.blocks.iter().position(|b| {
            b.name == name
                && b.layer < layer
                && opener.is_none_or(|wanted| {
                    b.openers.iter().any(|row| {
                        let text = self.pools.names.get(usize::from(*row)).text;
                        self.pools.text(text) == wanted.as_bytes()
                    })
                })
        })
    }

    /// A heading: `party on NAD in header line keep … when … until …` · `line at PATH [as ROLE]`
    fn block(&mut self, word: Word<'t>, mut line: Line<'t>) -> Result<()> {
        if self.block_at(self.layer, &line.rewound()).is_some() {
            return Ok(());
        }
        let kind = match word.text {
            "header" => section::HEADER,
            "party" => section::PARTY,
            "line" => section::LINE,
            "summary" => section::SUMMARY,
            "aside" => section::ASIDE,
            "envelope" => section::ENVELOPE,
            _ => section::GROUP,
        };
        let group = vocabulary::group_by_name(word.text.as_bytes()).unwrap_or(0);
        if kind == section::GROUP && group == 0 && word.text != "group" {
            let mut error = self.unexpected(&line, word, "a statement or a block");
            error.nearest = nearest(word.text, STATEMENTS.iter().copied());
            return Err(error);
        }
        if kind == section::HEADER {
            // The header is there from the start; its heading says where its rules stand.
            self.end(&mut line)?;
            let (layer, number) = (self.layer, line.number);
            let header =
                self.header_of(self.current_variant()).and_then(|h| self.blocks.get_mut(usize::from(h)));
            return match header {
                Some(header) => {
                    (header.layer, header.line) = (layer, number);
                    Ok(())
                }
                None => Err(self.error(ErrorKind::Missing, &line, word.column, "message at PATH above it")),
            };
        }
        let mut block = Block {
            name: word.text,
            layer: self.layer,
            line: line.number,
            kind,
            group,
            variant: self.current_variant(),
            ..Block::default()
        };
        while let Some(clause) = self.maybe(&mut line)? {
            match clause.text {
                "on" if self.is_flat() => self.rows_into(&mut line, |b| &mut b.openers, &mut block)?,
                "keep" if self.is_flat() => self.rows_into(&mut line, |b| &mut b.keep, &mut block)?,
                "until" if self.is_flat() => self.rows_into(&mut line, |b| &mut b.until, &mut block)?,
                "at" if !self.is_flat() => self.nodes_into(&mut line, &mut block)?,
                "in" => self.parents_into(&mut line, &mut block)?,
                "when" | "and" if self.is_flat() => {
                    let condition = self.condition(&mut line)?;
                    let index = self.pools.conditions.push(condition).ok_or_else(|| self.full())?;
                    if block.conditions.count == 0 {
                        block.conditions.start = index;
                    }
                    block.conditions.count += 1;
                }
                _ => return Err(self.unexpected(&line, clause, "on, at, in, keep, until or when")),
            }
        }
        if self.header_of(block.variant).is_none() {
            return Err(self.error(ErrorKind::Missing, &line, word.column, "message at PATH above it"));
        }
        self.blocks.push(block).map_err(|_| self.full())
    }

    fn header_of(&self, variant: u8) -> Option<u8> {
        let found = self.blocks.iter().position(|b| b.kind == section::HEADER && b.variant == variant);
        found.and_then(|place| u8::try_from(place).ok())
    }

    fn rows_into<const N: usize>(
        &mut self,
        line: &mut Line<'t>,
        list: impl for<'b> Fn(&'b mut Block<'t>) -> &'b mut heapless::Vec<u8, N>,
        block: &mut Block<'t>,
    ) -> Result<()> {
        let mut count = 0;
        while let Some(word) = line.peek() {
            if super::rules::is_clause(word.text) {
                break;
            }
            self.word(line, "a record")?;
            let row = self.row(word.text)?;
            list(block).push(row).map_err(|_| self.full())?;
            count += 1;
        }
        if count == 0 {
            return Err(self.error(ErrorKind::UnexpectedEnd, line, line.column(), "a record"));
        }
        Ok(())
    }

    /// `PATH [as ROLE], PATH [as ROLE] …`
    fn nodes_into(&mut self, line: &mut Line<'t>, block: &mut Block<'t>) -> Result<()> {
        let root = self.pools.variants.get(usize::from(block.variant)).root;
        let base = match line_parent(*line) {
            Some(name) => {
                self.blocks.iter().rev().find(|b| b.name == name).and_then(|b| b.nodes.first().copied())
            }
            None => None,
        };
        let from = base.map_or(root, |(node, _)| node);
        loop {
            let word = self.word(line, "a path")?;
            let text = word.text.trim_end_matches(',');
            let mut more = text.len() < word.text.len();
            let node = self.node(from, text)?;
            let mut role = 0;
            if line.peek().is_some_and(|w| w.text == "as") {
                self.word(line, "as")?;
                let word = self.word(line, "a role")?;
                let name = word.text.trim_end_matches(',');
                more = name.len() < word.text.len();
                role = vocabulary::word_number(domain::ROLE, name.as_bytes())
                    .ok_or_else(|| self.unknown_word(line, word, domain::ROLE, name))?;
            }
            block.nodes.push((node, role)).map_err(|_| self.full())?;
            if !more {
                return Ok(());
            }
        }
    }

    /// Names of blocks; which ones they are is known when all are read.
    fn parents_into(&mut self, line: &mut Line<'t>, block: &mut Block<'t>) -> Result<()> {
        while let Some(word) = line.peek().filter(|word| !super::rules::is_clause(word.text)) {
            self.word(line, "a block")?;
            block.inside.push(word).map_err(|_| self.full())?;
        }
        Ok(())
    }

    /// Finds the blocks that others stand in.
    fn join_blocks(&mut self) -> Result<()> {
        for place in 0..self.blocks.len() {
            let Some(block) = self.blocks.get(place).cloned() else { continue };
            let mut parents: heapless::Vec<u8, 12> = heapless::Vec::new();
            for word in &block.inside {
                let known = parents.len();
                for (number, other) in (0u8..=255).zip(self.blocks.iter()) {
                    if other.name == word.text && other.variant == block.variant && other.role == 0 {
                        parents.push(number).map_err(|_| self.full())?;
                    }
                }
                if parents.len() == known {
                    self.layer = block.layer;
                    let mut error =
                        fault(ErrorKind::UnknownName, block.line, word.column, "a block of this channel");
                    error.layer =
                        u8::try_from(self.layers.len()).unwrap_or(1).saturating_sub(1) - block.layer;
                    return Err(error);
                }
            }
            if parents.is_empty() && block.kind != section::HEADER {
                if let Some(header) = self.header_of(block.variant) {
                    parents.push(header).map_err(|_| self.full())?;
                }
            }
            if let Some(block) = self.blocks.get_mut(place) {
                block.parents = parents;
            }
        }
        Ok(())
    }

    /// What stands behind `when`.
    pub(super) fn condition(&mut self, line: &mut Line<'t>) -> Result<Condition> {
        let word = self.word(line, "a path")?;
        let (path, _) = self.source(line, word)?;
        let (operator, values) = self.comparison(line)?;
        Ok(Condition { path, operator, values })
    }

    /// `for sender X`: the place is that of the base's own rule for `message.sender`.
    fn senders(&mut self) -> Result<()> {
        if self.senders.is_empty() {
            return Ok(());
        }
        let lines = self.lines();
        let mut place = None;
        for (_, mut line) in lines {
            if line.indented && line.next_word().ok().flatten().is_some_and(|w| w.text == "message.sender") {
                place = line.next_word().ok().flatten().map(|source| (line, source));
            }
        }
        let Some((line, word)) = place else {
            return Err(fault(
                ErrorKind::Missing,
                1,
                1,
                "a rule for message.sender in the channel that it extends",
            ));
        };
        let (name, path) = if self.is_flat() && !self.is_rows() {
            let written = self.flat_path(&line, word)?;
            (self.intern(written.record)?, written.path)
        } else if self.is_rows() {
            return Err(fault(ErrorKind::BadPath, 1, 1, "a notation with an envelope"));
        } else {
            (self.intern(word.text)?, Path::NONE)
        };
        let start = u16::try_from(self.pools.keys.len()).unwrap_or(0);
        let senders = self.senders.clone();
        for sender in &senders {
            self.key(sender)?;
        }
        let count = u16::try_from(senders.len()).unwrap_or(0);
        self.fact(Fact { kind: fact::VALUE, name, path, values: Run { start, count } })
    }
}

/// The name behind ` in ` of a heading, if there is one.
fn line_parent(mut line: Line<'_>) -> Option<&str> {
    while let Ok(Some(word)) = line.next_word() {
        if word.text == "in" {
            return line.next_word().ok().flatten().map(|w| w.text);
        }
    }
    None
}

/// A separator: one character, or `tab`.
fn character(text: &str) -> u8 {
    match text {
        "tab" => b'\t',
        "auto" => 0,
        _ => text.bytes().next().unwrap_or(0),
    }
}
