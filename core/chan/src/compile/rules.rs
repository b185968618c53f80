//! Indented lines: the rules of a block.
//!
//! `TARGET SOURCE [| SOURCE]… [TRANSFORM ARGUMENTS] [PART SOURCE]… [when …] [default V] [join T]
//! [first|last|all|weak] [required]`, `TARGET = VALUE`, `ignore PATH…`, `expect PATH in VALUE…`,
//! `content PATH [base64|qp] [charset LABEL] as NAME`; in a channel that extends another
//! `replace RULE` and `remove TARGET [SOURCE]`.

use super::blocks::Block;
use super::conditions::Comparison;
use super::drafts::kind;
use super::layers::Span;
use super::target::{Target, is_composite};
use super::values::Reading;
use super::{Compiler, EVERYWHERE, Result};
use crate::error::ErrorKind;
use crate::table::{Path, Rule, Run, flag, joint, known, operator, section, transform};
use crate::vocabulary::{self as vocabulary, domain, field};
use crate::words::{Line, Word};

/// A rule of the base that a later layer replaces or removes.
#[derive(Clone, Copy)]
pub struct Removed {
    layer: u8,
    line: u32,
    column: u32,
    block: u8,
    target: Span,
    /// Only the rule with this source.
    source: Option<Span>,
    found: bool,
}

impl<'t> Compiler<'t, '_, '_> {
    /// Reads all rules into drafts.
    #[inline(never)]
    pub(super) fn rules(&mut self) -> Result<()> {
        self.removals()?;
        let mut block = None;
        for (layer, mut line) in self.lines() {
            (self.layer, self.line) = (layer, line.number);
            if line.indented {
                let Some(block) = block else {
                    let column = line.column();
                    return Err(self.error(
                        ErrorKind::Missing,
                        column,
                        "a block above the rule, such as header",
                    ));
                };
                self.rule(line, block)?;
                continue;
            }
            let word = line.peek();
            let is_heading = word.is_some_and(|w| super::blocks::is_block(w.text));
            block = if is_heading { self.block_at(layer, &line) } else { None };
            if word.is_some_and(|w| w.text == "ignore") {
                self.word(&mut line, "ignore")?;
                self.ignored(line, None)?;
            }
        }
        match self.notes.removed.iter().find(|removed| !removed.found) {
            None => Ok(()),
            Some(removed) => {
                (self.layer, self.line) = (removed.layer, removed.line);
                Err(self.error(
                    ErrorKind::UnknownName,
                    removed.column,
                    "a rule of the channel that it extends",
                ))
            }
        }
    }

    /// Notes which rules later layers replace or remove.
    fn removals(&mut self) -> Result<()> {
        let mut block = None;
        for (layer, mut line) in self.lines() {
            (self.layer, self.line) = (layer, line.number);
            if !line.indented {
                block = self.block_at(layer, &line);
                continue;
            }
            let word = self.word(&mut line, "a target")?;
            if !matches!(word.text, "replace" | "remove") {
                continue;
            }
            let target = self.word(&mut line, "a target")?;
            let source = if word.text == "remove" { self.maybe(&mut line)?.map(|w| w.text) } else { None };
            let Some(block) = block.and_then(|b| u8::try_from(b).ok()).filter(|_| layer > 0) else {
                return Err(self.unexpected(word, "a block of a channel that this one extends"));
            };
            let removed = Removed {
                layer,
                line: self.line,
                column: target.column,
                block,
                target: self.span(target.text),
                source: source.map(|source| self.span(source)),
                found: false,
            };
            self.notes.removed.push(removed).map_err(|_| self.full())?;
        }
        Ok(())
    }

    /// Does a later layer replace or remove this rule?
    fn is_removed(&mut self, block: usize, target: &str, source: &str) -> bool {
        let found = self.notes.removed.iter().position(|removed| {
            removed.layer > self.layer
                && usize::from(removed.block) == block
                && self.piece(removed.target) == target
                && removed.source.is_none_or(|wanted| self.piece(wanted) == source)
        });
        let removed = found.and_then(|number| self.notes.removed.get_mut(number));
        removed.map(|removed| removed.found = true).is_some()
    }

    fn rule(&mut self, mut line: Line<'t>, block: usize) -> Result<()> {
        let mut word = self.word(&mut line, "a target")?;
        match word.text {
            "ignore" => return self.ignored(line, Some(block)),
            "content" => return self.content(line, block),
            "expect" => return self.expected(line, block),
            "remove" => {
                let name = self.word(&mut line, "a target")?;
                self.target(name, block)?;
                self.maybe(&mut line)?;
                return self.end(&mut line);
            }
            "replace" => word = self.word(&mut line, "a target")?,
            _ => {}
        }
        self.value_rule(line, word, block)
    }

    /// `TARGET SOURCE …` or `TARGET = VALUE`, behind the target.
    #[inline(never)]
    fn value_rule(&mut self, mut line: Line<'t>, word: Word<'t>, block: usize) -> Result<()> {
        let source = line.peek().map_or("", |w| w.text);
        if self.is_removed(block, word.text, source) {
            return Ok(());
        }
        let target = self.target(word, block)?;
        let owner = self.owner(block, target, word)?;
        if self.takes(&mut line, "=")? {
            return self.constant(line, owner, target);
        }
        let mut reading = Reading::new(target, usize::from(owner), self.home(block));
        self.sources(&mut line, &mut reading)?;
        self.transform(&mut line, &mut reading)?;
        self.modifiers(&mut line, &mut reading)?;
        self.finish_rule(&line, word, owner, &mut reading)
    }

    /// The block that a target's rules belong to: a party of a fixed role has one of its own.
    #[inline(never)]
    fn owner(&mut self, block: usize, target: Target<'t>, word: Word<'t>) -> Result<u8> {
        let place = u8::try_from(block).unwrap_or(u8::MAX);
        if target.role == 0 {
            return Ok(place);
        }
        if self.is_flat() && !self.is_rows() {
            return Err(self.error(ErrorKind::WrongBlock, word.column, "a block such as party on NAD"));
        }
        let variant = self.notes.blocks.get(block).map_or(0, |b| b.variant);
        let found = self.notes.blocks.iter().position(|b| b.role == target.role && b.variant == variant);
        if let Some(found) = found {
            return Ok(u8::try_from(found).unwrap_or(u8::MAX));
        }
        let mut parents = heapless::Vec::<_, _, u8>::new();
        parents.push(place).map_err(|_| self.full())?;
        let owner = u8::try_from(self.notes.blocks.len()).unwrap_or(u8::MAX);
        let role = Block {
            kind: section::PARTY,
            variant,
            first: owner,
            role: target.role,
            parents,
            ..Block::default()
        };
        self.add_block(&role)?;
        self.role_constant(owner, target.role)?;
        Ok(owner)
    }

    /// `TARGET = VALUE [weak]`
    fn constant(&mut self, mut line: Line<'t>, owner: u8, target: Target<'t>) -> Result<()> {
        let value = self.word(&mut line, "a value")?;
        let mut rule = self.constant_rule(target.field, value)?;
        if self.takes(&mut line, "weak")? {
            rule.flags |= flag::WEAK;
        }
        self.end(&mut line)?;
        if target.role != 0 {
            return self.draft(kind::SECTION, owner, 0, 0, rule);
        }
        // Each of the blocks that share their rules has it.
        for number in 0..self.notes.blocks.len() {
            if self.notes.blocks.get(number).is_some_and(|b| b.first == owner && b.role == 0) {
                let number = u8::try_from(number).unwrap_or(u8::MAX);
                self.draft(kind::CONSTANT, number, 0, 0, rule)?;
            }
        }
        Ok(())
    }

    /// A rule that gives a constant: a code word, a code, a text.
    pub(super) fn constant_rule(&mut self, number: u16, value: Word<'t>) -> Result<Rule> {
        let domain = vocabulary::domain_of(number);
        let word = vocabulary::word_number(domain, value.text.as_bytes()).unwrap_or(0);
        self.check_constant(number, value)?;
        let fallback = if word == 0 { self.key(value.text)?.saturating_add(1) } else { 0 };
        Ok(Rule {
            field: number,
            transform: transform::CONSTANT,
            argument: word,
            fallback,
            ..Rule::default()
        })
    }

    /// Is a text a value of the field?
    pub(super) fn check_constant(&self, number: u16, value: Word<'t>) -> Result<()> {
        let domain = vocabulary::domain_of(number);
        let is_strict = matches!(number, field::ORDER_KIND | field::ORDER_REASON | field::ORDER_COPY);
        let is_word = vocabulary::word_number(domain, value.text.as_bytes()).is_some();
        // Codes of standards are written in capitals and digits: a word that is none is a slip.
        let slip = domain != domain::NONE && value.text.bytes().any(|b| b.is_ascii_lowercase());
        if !is_word && (is_strict || slip) {
            return Err(self.unknown_word(value, domain, value.text));
        }
        let (fits, expected) = match vocabulary::facts(number).value() {
            vocabulary::ValueType::Decimal => {
                (super::maps::is_decimal(value.text.as_bytes()), "a number such as 12.5")
            }
            vocabulary::ValueType::Flag => (matches!(value.text, "true" | "false"), "true or false"),
            vocabulary::ValueType::Date | vocabulary::ValueType::Count => {
                (false, "a source: this field takes no constant")
            }
            _ => (!value.text.is_empty(), "a value"),
        };
        if fits { Ok(()) } else { Err(self.unexpected(value, expected)) }
    }

    #[inline(never)]
    fn finish_rule(
        &mut self,
        line: &Line<'t>,
        word: Word<'t>,
        owner: u8,
        reading: &mut Reading<'t>,
    ) -> Result<()> {
        if let Some((number, text)) = reading.target.fixed {
            let word = Word { text, column: word.column, quoted: false };
            let mut rule = self.constant_rule(number, word)?;
            rule.flags |= flag::TAIL;
            reading.parts.insert(0, rule).map_err(|_| self.full())?;
        }
        if reading.flags & flag::REQUIRED != 0 {
            let required =
                self.notes.blocks.get_mut(usize::from(owner)).map(|b| b.required.push(reading.target.field));
            if !matches!(required, Some(Ok(()))) {
                return Err(self.full());
            }
        }
        for head in &mut reading.heads {
            head.flags |= reading.flags;
            head.join = reading.join;
            head.conditions = reading.conditions.start;
            head.condition_count = u8::try_from(reading.conditions.count).map_err(|_| self.full())?;
            head.fallback = reading.default;
        }
        self.check_range(line, reading)?;
        let (kind, at) = match reading.row {
            Some(row) => (kind::PLAIN, u16::from(row)),
            None if self.is_flat() => (kind::SECTION, 0),
            None => self.settle(owner, reading)?,
        };
        self.mark_weighty(reading);
        for i in 0..reading.heads.len() {
            let Some(head) = reading.heads.get(i).copied() else { break };
            self.draft(kind, owner, at, reading.key, head)?;
            for part in &reading.parts {
                self.draft(kind, owner, at, reading.key, *part)?;
            }
        }
        if let (Some(head), true) = (reading.heads.first(), reading.default != 0) {
            self.draft(kind::DEFAULT, owner, 0, 0, *head)?;
        }
        Ok(())
    }

    /// A source with several places needs to say what becomes of them.
    fn check_range(&self, line: &Line<'t>, reading: &Reading<'t>) -> Result<()> {
        let several = |h: &&Rule| !h.source.is_single() && h.source.element <= Path::MOST;
        let Some(range) = reading.heads.iter().find(several).filter(|_| self.is_flat()) else {
            return Ok(());
        };
        let said = range.join != joint::NONE || range.flags & (flag::ALL | flag::FIRST | flag::LAST) != 0;
        if said || vocabulary::facts(range.field).is_many() {
            return Ok(());
        }
        let expected = "join, all, first or last: the source has several places";
        Err(self.error(ErrorKind::Missing, line.column(), expected))
    }

    /// The loss of what such a rule reads is an error.
    fn mark_weighty(&mut self, reading: &Reading<'t>) {
        if !vocabulary::facts(reading.target.field).is_weighty() {
            return;
        }
        let column = reading.heads.first().map(|h| h.source.element).filter(|_| self.is_rows());
        let row = reading.row.or_else(|| column.filter(|e| *e <= Path::MOST).and_then(|e| e.checked_sub(1)));
        match row {
            Some(row) => self.pools.names.update(usize::from(row), |n| n.flags |= known::WEIGHTY),
            None => self.pools.nodes.update(usize::from(reading.leaf), |n| n.flags |= known::WEIGHTY),
        }
    }

    /// `ignore PATH… [when …]`, in a block or everywhere.
    fn ignored(&mut self, mut line: Line<'t>, block: Option<usize>) -> Result<()> {
        let owner = block.and_then(|b| u8::try_from(b).ok()).unwrap_or(EVERYWHERE);
        let mut row = None;
        let first = self.pools.drafts.len();
        let mut next = Some(self.word(&mut line, "a path")?);
        while let Some(word) = next {
            if word.text == "when" && !word.quoted && self.is_flat() && !self.is_rows() {
                return self.ignored_when(line, row, first);
            }
            if self.is_rows() {
                let path = self.column_path(word)?;
                let row = usize::from(path.element.saturating_sub(1));
                self.pools.names.update(row, |n| n.flags |= known::IGNORED);
            } else if self.is_flat() {
                row = self.ignored_place(word, owner)?;
            } else {
                let home = block.map_or(0, |block| self.home(block));
                let node = self.node(home, word)?;
                self.pools.nodes.update(usize::from(node), |n| n.flags |= known::IGNORED);
            }
            next = self.maybe(&mut line)?;
        }
        Ok(())
    }

    /// One place of a record; its row, unless the whole record is of no use anywhere.
    fn ignored_place(&mut self, word: Word<'t>, owner: u8) -> Result<Option<u8>> {
        let written = self.flat_path(word)?;
        let row = self.row(written.record)?;
        if written.place.is_none() && written.qualifier.is_none() && owner == EVERYWHERE {
            self.pools.names.update(usize::from(row), |n| n.flags |= known::IGNORED);
            return Ok(None);
        }
        let place = self.place_in(row, written, word)?;
        let pair = written.qualifier.is_some() && self.pairs_of(row).is_some();
        let mut source = match place.path {
            path if path.is_some() => path,
            _ if pair => Path::single(Path::PAIR, 1),
            _ => Path::WHOLE,
        };
        if place.path.is_some() && !place.has_component {
            source.component_last = 255;
        }
        let key = match written.qualifier {
            None => 0,
            Some(text) => self.qualifier_key(word, row, text)?,
        };
        let rule = Rule { source, transform: transform::IGNORE, ..Rule::default() };
        self.draft(kind::PLAIN, owner, u16::from(row), key, rule)?;
        Ok(Some(row))
    }

    /// The conditions of the places that were entered since `first`.
    fn ignored_when(&mut self, mut line: Line<'t>, row: Option<u8>, first: usize) -> Result<()> {
        let Some(word) = line.peek() else {
            return Err(self.error(ErrorKind::UnexpectedEnd, line.column(), "a path"));
        };
        let written = self.flat_path(word)?;
        let own = Some(self.row(written.record)?) == row;
        let conditions = self.record_conditions(&mut line)?;
        let all = self.pools.drafts.as_slice().get(first..).unwrap_or(&[]).iter();
        if !own || all.clone().any(|d| Some(d.at) != row.map(u16::from)) {
            return Err(self.error(ErrorKind::BadPath, word.column, "a place of the record that is ignored"));
        }
        for draft in self.pools.drafts.as_mut_slice().iter_mut().skip(first) {
            draft.rule.conditions = conditions.start;
            draft.rule.condition_count = u8::try_from(conditions.count).unwrap_or(u8::MAX);
        }
        self.end(&mut line)
    }

    /// `expect PATH in VALUE… [else review]`: another value is noted and changes nothing, or a person looks.
    fn expected(&mut self, mut line: Line<'t>, block: usize) -> Result<()> {
        let word = self.word(&mut line, "a path")?;
        let home = self.home(block);
        let (source, at) = self.source(word, block, home, 0)?;
        let Some((row, key)) = at else {
            return Err(self.error(ErrorKind::BadPath, word.column, "a place of a record"));
        };
        let column = line.column();
        let Comparison { operator, values } = self.comparison(&mut line)?;
        if operator != operator::EQUAL {
            return Err(self.error(ErrorKind::UnexpectedWord, column, "in VALUE…"));
        }
        let mut flags = 0;
        if self.takes(&mut line, "else")? {
            self.exactly(&mut line, "review")?;
            flags = flag::REQUIRED;
        }
        self.end(&mut line)?;
        let count = u8::try_from(values.count).map_err(|_| self.full())?;
        let other = Path { component_last: count, ..Path::NONE };
        let rule = Rule {
            source,
            transform: transform::EXPECT,
            argument: values.start,
            other,
            flags,
            ..Rule::default()
        };
        let owner = u8::try_from(block).unwrap_or(u8::MAX);
        self.draft(kind::PLAIN, owner, u16::from(row), key, rule)
    }

    /// `content PATH [base64|qp] [charset LABEL] as NAME|detect [when …]`
    #[inline(never)]
    fn content(&mut self, mut line: Line<'t>, block: usize) -> Result<()> {
        let word = self.word(&mut line, "a source")?;
        let owner = u8::try_from(block).unwrap_or(u8::MAX);
        let target = Target { field: 0, role: 0, fixed: None, by_map: false };
        let mut reading = Reading::new(target, block, self.home(block));
        let (source, at) = self.source(word, block, reading.home, 0)?;
        let mut rule = Rule { source, transform: transform::CONTENT, ..Rule::default() };
        if let Some((row, key)) = at {
            (reading.row, reading.key) = (Some(row), key);
        }
        reading.heads.push(rule).map_err(|_| self.full())?;
        while let Some(word) = self.maybe(&mut line)? {
            match word.text {
                "base64" => rule.flags |= flag::BASE64,
                "qp" => rule.join = 1,
                "charset" => {
                    let label = self.word(&mut line, "the label of a character set")?;
                    rule.fallback = self.key(label.text)?.saturating_add(1);
                }
                "as" => {
                    let name = self.word(&mut line, "the name of a channel, or detect")?;
                    rule.argument =
                        if name.text == "detect" { 0 } else { self.key(name.text)?.saturating_add(1) };
                }
                "when" | "and" => self.rule_condition(&mut line, &mut reading)?,
                _ => return Err(self.unexpected(word, "base64, qp, charset LABEL, as NAME or when")),
            }
        }
        let conditions: Run = reading.conditions;
        rule.conditions = conditions.start;
        rule.condition_count = u8::try_from(conditions.count).map_err(|_| self.full())?;
        reading.heads.clear();
        reading.heads.push(rule).map_err(|_| self.full())?;
        let (kind, at) = match reading.row {
            Some(row) => (kind::PLAIN, u16::from(row)),
            None if self.is_flat() => (kind::SECTION, 0),
            None => self.settle(owner, &mut reading)?,
        };
        let rule = reading.heads.first().copied().unwrap_or(rule);
        self.draft(kind, owner, at, reading.key, rule)
    }

    /// A value of a repeated group outside of its block would be torn from the rest of the group.
    pub(super) fn is_apart(&self, block: usize, number: u16) -> bool {
        let group = vocabulary::facts(number).group();
        let is_free =
            matches!(group, vocabulary::group::NONE | vocabulary::group::PARTY | vocabulary::group::CONTACT);
        let in_group = self.notes.blocks.get(block).is_some_and(|b| b.group == group);
        !is_free && !in_group && !is_composite(number)
    }
}
