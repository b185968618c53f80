//! Indented lines: the rules of a block.
//!
//! `TARGET SOURCE [| SOURCE]… [TRANSFORM ARGUMENTS] [PART SOURCE]… [when …] [default V] [join T]
//! [first|last|all] [required]`, `TARGET = VALUE`, `ignore PATH…`, `content PATH [base64] [as NAME]`;
//! in a channel that extends another `replace RULE` and `remove TARGET`.

use super::target::{self, Target};
use super::{Block, Compiler, Draft, EVERYWHERE, Result, draft};
use crate::error::{ErrorKind, nearest};
use crate::table::{Condition, Path, Rule, Run, flag, joint, known, section, transform};
use crate::vocabulary::{self as vocabulary, field};
use crate::words::{Line, Word};

/// The most alternatives, parts and rows that one rule line may have.
const RULES_A_LINE: usize = 8;

/// Names of number styles, for error texts.
pub const STYLES: &str = "a style: \".\" \",\" \",.\" \".,\" either auto";

/// A number style by its name: the decimal mark, before it the grouping mark if there is one.
pub fn style(name: &str) -> Option<u8> {
    Some(match name {
        "." => 1, // the bits of `ordnorm::value::decimal::Style`
        "," => 2,
        "either" => 3,
        ",." => 5,
        ".," => 6,
        "auto" => 12,
        ".-" => 17,
        _ => return None,
    })
}

/// Words that end a list of values or rows.
pub fn is_key_word(word: &str) -> bool {
    matches!(
        word,
        "when"
            | "and"
            | "default"
            | "join"
            | "required"
            | "first"
            | "last"
            | "all"
            | "weak"
            | "in"
            | "keep"
            | "until"
            | "as"
            | "on"
            | "at"
            | "|"
            | "unit"
            | "unit_text"
            | "basis"
            | "kind"
            | "currency"
            | "tax_included"
            | "scheme"
            | "type"
            | "line"
            | "subject"
            | "language"
            | "name"
            | "days"
            | "by"
    )
}

/// Words that begin a clause of a heading.
pub fn is_clause(word: &str) -> bool {
    matches!(word, "on" | "at" | "in" | "keep" | "until" | "when" | "and")
}

/// A rule line while it is read.
struct Reading<'t> {
    target: Target<'t>,
    /// Alternatives of the head.
    heads: heapless::Vec<Rule, RULES_A_LINE>,
    parts: heapless::Vec<Rule, RULES_A_LINE>,
    /// Row and qualifier (flat).
    row: Option<u8>,
    key: u64,
    conditions: Run,
    default: u16,
    flags: u8,
    join: u8,
}

impl<'t> Compiler<'t, '_> {
    /// Reads all rules into drafts.
    pub(super) fn rules(&mut self) -> Result<()> {
        let mut block = None;
        let lines = self.lines();
        for (layer, mut line) in lines {
            self.layer = layer;
            if !line.indented {
                block = self.block_at(layer, &line);
                if block.is_none() && line.peek().is_some_and(|w| w.text == "ignore") {
                    self.word(&mut line, "ignore")?;
                    self.ignored(line, None)?;
                }
                continue;
            }
            match block {
                Some(block) => self.rule(line, block)?,
                None => {
                    let column = line.column();
                    return Err(self.error(
                        ErrorKind::Missing,
                        &line,
                        column,
                        "a block above the rule, such as header",
                    ));
                }
            }
        }
        Ok(())
    }

    fn rule(&mut self, mut line: Line<'t>, block: usize) -> Result<()> {
        let mut word = self.word(&mut line, "a target")?;
        match word.text {
            "ignore" => return self.ignored(line, Some(block)),
            "content" => return self.content(line, block),
            "expect" => return self.expected(line, block),
            "remove" => {
                let name = self.word(&mut line, "a target")?;
                return self.target(&line, name, block).map(drop);
            }
            "replace" => word = self.word(&mut line, "a target")?,
            _ => {}
        }
        if self.is_removed(word.text, block) {
            return Ok(());
        }
        let target = self.target(&line, word, block)?;
        let owner = self.owner(block, target)?;
        if line.peek().is_some_and(|w| w.text == "=" && !w.quoted) {
            self.word(&mut line, "=")?;
            return self.constant(line, owner, target);
        }
        let mut reading = Reading {
            target,
            heads: heapless::Vec::new(),
            parts: heapless::Vec::new(),
            row: None,
            key: 0,
            conditions: Run::default(),
            default: 0,
            flags: 0,
            join: joint::NONE,
        };
        self.sources(&mut line, &mut reading)?;
        self.transform(&mut line, &mut reading)?;
        self.modifiers(&mut line, &mut reading)?;
        self.finish_rule(&line, word, owner, reading)
    }

    /// Does a later layer replace or remove the rules of this target in this block?
    fn is_removed(&self, target: &str, block: usize) -> bool {
        let lines = self.lines();
        let mut inside = false;
        for (layer, mut line) in lines {
            if layer <= self.layer {
                continue;
            }
            if !line.indented {
                inside = self.block_at(layer, &line) == Some(block);
            } else if inside {
                let first = line.next_word().ok().flatten().map_or("", |w| w.text);
                let second = line.next_word().ok().flatten().map_or("", |w| w.text);
                if matches!(first, "replace" | "remove") && second == target {
                    return true;
                }
            }
        }
        false
    }

    /// The block that a target's rules belong to: a party of a fixed role has one of its own.
    fn owner(&mut self, block: usize, target: Target<'t>) -> Result<u8> {
        let place = u8::try_from(block).unwrap_or(u8::MAX);
        if target.role == 0 {
            return Ok(place);
        }
        let variant = self.blocks.get(block).map_or(0, |b| b.variant);
        let found = self.blocks.iter().position(|b| b.role == target.role && b.variant == variant);
        if let Some(found) = found {
            return Ok(u8::try_from(found).unwrap_or(u8::MAX));
        }
        let mut parents = heapless::Vec::new();
        parents.push(place).map_err(|_| self.full())?;
        let role = Block {
            name: "party",
            kind: section::PARTY,
            variant,
            role: target.role,
            parents,
            ..Block::default()
        };
        self.blocks.push(role).map_err(|_| self.full())?;
        let owner = u8::try_from(self.blocks.len().saturating_sub(1)).unwrap_or(u8::MAX);
        let rule = Rule {
            field: field::PARTY_ROLE,
            transform: transform::CONSTANT,
            argument: target.role,
            ..Rule::default()
        };
        self.draft(draft::CONSTANT, owner, 0, 0, rule)?;
        Ok(owner)
    }

    fn draft(&mut self, kind: u8, block: u8, at: u16, key: u64, rule: Rule) -> Result<()> {
        let seq = u16::try_from(self.pools.drafts.len()).unwrap_or(u16::MAX);
        let draft = Draft { kind, block, at, key, seq, rule };
        self.pools.drafts.push(draft).map(drop).ok_or_else(|| self.full())
    }

    /// `TARGET = VALUE`
    fn constant(&mut self, mut line: Line<'t>, owner: u8, target: Target<'t>) -> Result<()> {
        let value = self.word(&mut line, "a value")?;
        let mut rule = self.constant_rule(&line, target.field, value)?;
        if line.peek().is_some_and(|w| w.text == "weak") {
            self.word(&mut line, "weak")?;
            rule.flags |= flag::WEAK;
        }
        self.end(&mut line)?;
        let kind = if target.role == 0 { draft::CONSTANT } else { draft::SECTION };
        self.draft(kind, owner, 0, 0, rule)
    }

    fn constant_rule(&mut self, line: &Line<'t>, number: u16, value: Word<'t>) -> Result<Rule> {
        let domain = vocabulary::domain_of(number);
        let word = vocabulary::word_number(domain, value.text.as_bytes()).unwrap_or(0);
        if word == 0 && matches!(number, field::ORDER_KIND | field::ORDER_REASON | field::ORDER_COPY) {
            return Err(self.unknown_word(line, value, domain, value.text));
        }
        let fallback = if word == 0 { self.key(value.text)?.saturating_add(1) } else { 0 };
        Ok(Rule {
            field: number,
            transform: transform::CONSTANT,
            argument: word,
            fallback,
            ..Rule::default()
        })
    }

    pub(super) fn end(&self, line: &mut Line<'t>) -> Result<()> {
        match self.maybe(line)? {
            None => Ok(()),
            Some(word) => Err(self.unexpected(line, word, "the end of the line")),
        }
    }

    /// `PATH [| PATH]…`
    fn sources(&mut self, line: &mut Line<'t>, reading: &mut Reading<'t>) -> Result<()> {
        loop {
            let word = self.word(line, "a source")?;
            let (source, at) = self.source(line, word)?;
            if let Some((row, key)) = at {
                if reading.row.is_some_and(|r| r != row) || (reading.row.is_some() && reading.key != key) {
                    return Err(self.error(
                        ErrorKind::BadPath,
                        line,
                        word.column,
                        "a place of the same record",
                    ));
                }
                reading.row = Some(row);
                reading.key = key;
            }
            let flags = if reading.heads.is_empty() { 0 } else { flag::ELSE };
            let rule = Rule { field: reading.target.field, source, flags, ..Rule::default() };
            reading.heads.push(rule).map_err(|_| self.full())?;
            if line.peek().is_none_or(|w| w.text != "|") {
                return Ok(());
            }
            self.word(line, "|")?;
        }
    }

    /// A source as a path; for flat notations with its row and qualifier.
    pub(super) fn source(&mut self, line: &Line<'t>, word: Word<'t>) -> Result<(Path, Option<(u8, u64)>)> {
        if let Some(name) = word.text.strip_prefix('^') {
            let found = self.carries.iter().position(|c| *c == name);
            let Some(number) = found.and_then(|n| u8::try_from(n).ok()) else {
                return Err(self.error(
                    ErrorKind::UnknownName,
                    line,
                    word.column,
                    "the name of a carried value",
                ));
            };
            return Ok((Path::single(Path::CARRY, number), None));
        }
        if self.is_rows() {
            return Ok((self.column_path(word.text)?, None));
        }
        if !self.is_flat() {
            return Ok((self.tree_path(word.text)?, None));
        }
        let written = self.flat_path(line, word)?;
        let row = self.row(written.record)?;
        let Some(qualifier) = written.qualifier else {
            return Ok((written.path, Some((row, 0))));
        };
        let paired = self.paired.contains(&row);
        if !paired && !self.qualifiers.iter().any(|(r, _)| *r == row) {
            let expected = "a qualifier or pairs statement for this record above";
            return Err(self.error(ErrorKind::Missing, line, word.column, expected));
        }
        if qualifier.len() > 8 {
            return Err(self.error(
                ErrorKind::BadPath,
                line,
                word.column,
                "a qualifier of at most eight characters",
            ));
        }
        let path = if paired && !written.path.is_some() { Path::single(Path::PAIR, 1) } else { written.path };
        let key = if qualifier.is_empty() { u64::MAX } else { crate::table::pack(qualifier.as_bytes()) };
        Ok((path, Some((row, key))))
    }

    /// The transform and its arguments.
    fn transform(&mut self, line: &mut Line<'t>, reading: &mut Reading<'t>) -> Result<()> {
        let mut rule = Rule { transform: target::natural(reading.target.field), ..Rule::default() };
        let is_part = |w: &Word<'t>| target::part(reading.target.field, w.text).is_some();
        let named = line.peek().filter(|w| !w.quoted && !is_part(w));
        let number = named.and_then(|w| transform::NAMES.iter().position(|n| *n == w.text));
        match number.and_then(|n| u8::try_from(n).ok()) {
            Some(number)
                if !matches!(
                    number,
                    transform::CONSTANT | transform::IGNORE | transform::CONTENT | transform::EXPECT
                ) =>
            {
                self.word(line, "a transform")?;
                rule.transform = number;
            }
            _ if named.is_some_and(|w| !is_key_word(w.text)) => {
                let word = self.word(line, "a transform")?;
                let mut error = self.unexpected(line, word, "a transform or a modifier");
                error.nearest = nearest(word.text, transform::NAMES.into_iter());
                return Err(error);
            }
            _ => {}
        }
        if reading.target.by_map {
            rule.transform = transform::ITEM;
        }
        match rule.transform {
            transform::DECIMAL => self.decimal_arguments(line, &mut rule)?,
            transform::DATE => self.date_arguments(line, reading, &mut rule)?,
            transform::MAP => {
                let name = self.word(line, "the name of a map")?;
                rule.argument = self.map_number(line, name, reading.target.field)?;
                rule.flags |= flag::BY_MAP;
            }
            transform::ITEM => {
                // A path of the qualifier, unless the values stand in pairs.
                let paired = reading.heads.first().is_some_and(|h| h.source.element == Path::PAIR);
                if paired {
                    rule.other = Path::single(Path::PAIR, 2);
                } else {
                    let word = self.word(line, "the place of the item number's qualifier")?;
                    rule.other = self.same_record(line, word, reading)?;
                }
                let name = self.word(line, "the name of a map")?;
                rule.argument = self.map_number(line, name, reading.target.field)?;
                rule.flags |= flag::BY_MAP;
            }
            transform::FLAG => {
                let start = u16::try_from(self.pools.keys.len()).unwrap_or(0);
                let mut count = 0u16;
                while let Some(word) = line.peek().filter(|w| w.quoted || !is_key_word(w.text)) {
                    self.word(line, "a value")?;
                    self.key(word.text)?;
                    count += 1;
                }
                if count == 0 && !self.is_flat() {
                    self.key("true")?;
                    count = 1;
                }
                rule.argument = start;
                rule.other.component_last = u8::try_from(count).unwrap_or(u8::MAX);
            }
            _ => {}
        }
        for head in &mut reading.heads {
            *head = Rule { field: head.field, source: head.source, flags: head.flags | rule.flags, ..rule };
        }
        Ok(())
    }

    /// `decimal [STYLE] [implied N]`
    fn decimal_arguments(&mut self, line: &mut Line<'t>, rule: &mut Rule) -> Result<()> {
        if let Some(number) = line.peek().and_then(|w| style(w.text)) {
            self.word(line, STYLES)?;
            rule.argument = u16::from(number);
        }
        if line.peek().is_some_and(|w| w.text == "implied") {
            self.word(line, "implied")?;
            let word = self.word(line, "a number of places")?;
            let places: u8 =
                word.text.parse().map_err(|_| self.unexpected(line, word, "a number of places"))?;
            rule.argument |= u16::from(places) << 8;
        }
        Ok(())
    }

    /// `date PATTERN` · `date MAP PATH` (the pattern by the code at another place)
    fn date_arguments(&mut self, line: &mut Line<'t>, reading: &Reading<'t>, rule: &mut Rule) -> Result<()> {
        let Some(word) = line.peek().filter(|w| w.quoted || !is_key_word(w.text)) else { return Ok(()) };
        self.word(line, "a pattern or a map")?;
        match self.maps.iter().position(|m| *m == word.text) {
            Some(number) => {
                rule.argument = u16::try_from(number).unwrap_or(0);
                rule.flags |= flag::BY_MAP;
                let place = self.word(line, "the place of the format code")?;
                rule.other = self.same_record(line, place, reading)?;
            }
            None => rule.argument = self.key(word.text)?.saturating_add(1),
        }
        Ok(())
    }

    /// The number of a map; its values become code words of the field that uses it.
    fn map_number(&mut self, line: &Line<'t>, name: Word<'t>, field: u16) -> Result<u16> {
        let Some(number) = self.maps.iter().position(|m| *m == name.text) else {
            return Err(self.error(ErrorKind::UnknownName, line, name.column, "the name of a map"));
        };
        let domain = vocabulary::domain_of(field);
        let run = self.pools.maps.get(number).entries;
        for i in 0..usize::from(run.count) {
            let index = usize::from(run.start) + i;
            let entry = self.pools.map_entries.get(index);
            let word = vocabulary::word_number(domain, self.pools.text(entry.value)).unwrap_or(0);
            if entry.word == 0 && word != 0 {
                self.pools.map_entries.update(index, |e| e.word = word);
            } else if entry.word != word && word != 0 {
                return Err(self.error(
                    ErrorKind::Repeated,
                    line,
                    name.column,
                    "a map of its own for each kind of code",
                ));
            } else if word == 0
                && matches!(field, field::ORDER_KIND | field::ORDER_REASON | field::ORDER_COPY)
            {
                return Err(self.error(
                    ErrorKind::UnknownWord,
                    line,
                    name.column,
                    "a map of code words of this field",
                ));
            }
        }
        Ok(u16::try_from(number).unwrap_or(0))
    }

    /// A further source; in flat notations it must stand in the rule's own record.
    fn same_record(&mut self, line: &Line<'t>, word: Word<'t>, reading: &Reading<'t>) -> Result<Path> {
        let (path, at) = self.source(line, word)?;
        if let (Some((row, key)), Some(own)) = (at, reading.row) {
            if row != own || (key != 0 && key != reading.key) {
                return Err(self.error(ErrorKind::BadPath, line, word.column, "a place of the same record"));
            }
        }
        Ok(path)
    }

    fn modifiers(&mut self, line: &mut Line<'t>, reading: &mut Reading<'t>) -> Result<()> {
        while let Some(word) = self.maybe(line)? {
            match word.text {
                "when" | "and" => {
                    let condition = self.rule_condition(line, reading)?;
                    let index = self.pools.conditions.push(condition).ok_or_else(|| self.full())?;
                    if reading.conditions.count == 0 {
                        reading.conditions.start = index;
                    }
                    reading.conditions.count += 1;
                }
                "default" => {
                    let value = self.word(line, "a value")?;
                    let domain = vocabulary::domain_of(reading.target.field);
                    if domain != 0 && vocabulary::word_number(domain, value.text.as_bytes()).is_none() {
                        return Err(self.unknown_word(line, value, domain, value.text));
                    }
                    reading.default = self.key(value.text)?.saturating_add(1);
                }
                "join" => {
                    let text = self.word(line, "what stands between the pieces")?;
                    reading.join = match text.text {
                        "" => joint::PLAIN,
                        " " => joint::BLANK,
                        "line" | "\\n" => joint::LINE,
                        ", " => joint::COMMA,
                        _ => return Err(self.unexpected(line, text, "\"\", \" \", \", \" or line")),
                    };
                }
                "required" => reading.flags |= flag::REQUIRED,
                "first" => reading.flags |= flag::FIRST,
                "last" => reading.flags |= flag::LAST,
                "all" => reading.flags |= flag::ALL,
                "weak" => reading.flags |= flag::WEAK,
                _ => self.part(line, word, reading)?,
            }
        }
        Ok(())
    }

    fn rule_condition(&mut self, line: &mut Line<'t>, reading: &Reading<'t>) -> Result<Condition> {
        let word = self.word(line, "a path")?;
        let path = self.same_record(line, word, reading)?;
        let (operator, values) = self.comparison(line)?;
        Ok(Condition { path, operator, values })
    }

    /// A part of a composite value: `unit PATH`, `kind = net`, `scheme PATH map NAME`.
    fn part(&mut self, line: &mut Line<'t>, word: Word<'t>, reading: &mut Reading<'t>) -> Result<()> {
        let Some(number) = target::part(reading.target.field, word.text) else {
            return Err(self.unexpected(line, word, "a modifier, or a part of this field"));
        };
        let value = self.word(line, "a source, or = VALUE")?;
        let mut rule = if value.text == "=" && !value.quoted {
            let value = self.word(line, "a value")?;
            self.constant_rule(line, number, value)?
        } else {
            let source = self.same_record(line, value, reading)?;
            let mut rule =
                Rule { field: number, source, transform: target::natural(number), ..Rule::default() };
            if rule.transform == transform::FLAG {
                rule.argument = self.key("true")?;
                rule.other.component_last = 1;
            }
            match line.peek().map(|w| w.text) {
                Some("map") => {
                    self.word(line, "map")?;
                    let name = self.word(line, "the name of a map")?;
                    rule.argument = self.map_number(line, name, number)?;
                    rule.transform = transform::MAP;
                    rule.flags |= flag::BY_MAP;
                }
                Some("decimal") => {
                    self.word(line, "decimal")?;
                    self.decimal_arguments(line, &mut rule)?;
                }
                Some(name @ ("text" | "code" | "word")) => {
                    self.word(line, "a transform")?;
                    let number = transform::NAMES.iter().position(|n| *n == name).unwrap_or(0);
                    rule.transform = u8::try_from(number).unwrap_or(0);
                }
                _ => {}
            }
            rule
        };
        rule.flags |= flag::TAIL;
        reading.parts.push(rule).map_err(|_| self.full())
    }

    fn finish_rule(
        &mut self,
        line: &Line<'t>,
        word: Word<'t>,
        owner: u8,
        mut reading: Reading<'t>,
    ) -> Result<()> {
        if let Some((number, text)) = reading.target.fixed {
            let word = Word { text, column: word.column, quoted: false };
            let mut rule = self.constant_rule(line, number, word)?;
            rule.flags |= flag::TAIL;
            reading.parts.insert(0, rule).map_err(|_| self.full())?;
        }
        if reading.flags & flag::REQUIRED != 0 {
            let required =
                self.blocks.get_mut(usize::from(owner)).map(|b| b.required.push(reading.target.field));
            if !matches!(required, Some(Ok(()))) {
                return Err(self.full());
            }
        }
        for head in &mut reading.heads {
            head.flags |= reading.flags;
            head.join = reading.join;
            head.conditions = reading.conditions.start;
            head.condition_count = u8::try_from(reading.conditions.count).unwrap_or(u8::MAX);
            head.fallback = reading.default;
        }
        if let Some(range) =
            reading.heads.iter().find(|h| !h.source.is_single() && h.source.element < Path::PAIR)
        {
            let several = range.join != 0 || range.flags & (flag::ALL | flag::FIRST | flag::LAST) != 0;
            if self.is_flat() && !several && !vocabulary::facts(range.field).is_many() {
                return Err(self.error(
                    ErrorKind::Missing,
                    line,
                    line.column(),
                    "join, all, first or last: the source has several places",
                ));
            }
        }
        let kind = if self.is_rows() { draft::SECTION } else { draft::PLAIN };
        let (kind, at) = match reading.row {
            Some(row) => (kind, u16::from(row)),
            None if self.is_flat() => (kind, 0),
            None => self.settle(owner, &mut reading.heads, &mut reading.parts)?,
        };
        let weighty = vocabulary::facts(reading.target.field).is_weighty();
        if let (Some(row), true) = (reading.row, weighty) {
            self.pools.names.update(usize::from(row), |n| n.flags |= known::WEIGHTY);
        }
        for head in &reading.heads {
            self.draft(kind, owner, at, reading.key, *head)?;
            for part in &reading.parts {
                self.draft(kind, owner, at, reading.key, *part)?;
            }
        }
        if let (Some(head), true) = (reading.heads.first(), reading.default != 0) {
            self.draft(draft::DEFAULT, owner, 0, 0, *head)?;
        }
        Ok(())
    }

    /// `expect PATH in VALUE…`: another value is noted and changes nothing.
    fn expected(&mut self, mut line: Line<'t>, block: usize) -> Result<()> {
        let word = self.word(&mut line, "a path")?;
        let (source, at) = self.source(&line, word)?;
        let (_, values) = self.comparison(&mut line)?;
        self.end(&mut line)?;
        let count = u8::try_from(values.count).map_err(|_| self.full())?;
        let other = Path { component_last: count, ..Path::NONE };
        let rule =
            Rule { source, transform: transform::EXPECT, argument: values.start, other, ..Rule::default() };
        let owner = u8::try_from(block).unwrap_or(u8::MAX);
        match at {
            Some((row, key)) => self.draft(draft::PLAIN, owner, u16::from(row), key, rule),
            None => Err(self.error(ErrorKind::BadPath, &line, word.column, "a place of a record")),
        }
    }

    /// `ignore PATH… [when …]`, in a block or everywhere.
    fn ignored(&mut self, mut line: Line<'t>, block: Option<usize>) -> Result<()> {
        let owner = block.and_then(|b| u8::try_from(b).ok()).unwrap_or(EVERYWHERE);
        let mut conditions = Run::default();
        let mut copy = line;
        while let Some(word) = self.maybe(&mut copy)? {
            if word.text == "when" && !word.quoted {
                let condition = self.condition(&mut copy)?;
                conditions.start = self.pools.conditions.push(condition).ok_or_else(|| self.full())?;
                conditions.count = 1;
                self.end(&mut copy)?;
            }
        }
        while let Some(word) = self.maybe(&mut line)? {
            if word.text == "when" && !word.quoted {
                break;
            }
            let mut rule = Rule {
                transform: transform::IGNORE,
                conditions: conditions.start,
                condition_count: u8::try_from(conditions.count).unwrap_or(0),
                ..Rule::default()
            };
            if self.is_flat() && !self.is_rows() {
                let written = self.flat_path(&line, word)?;
                let row = self.row(written.record)?;
                let whole = !written.path.is_some();
                if whole && written.qualifier.is_none() && block.is_none() {
                    self.pools.names.update(usize::from(row), |n| n.flags |= known::IGNORED);
                    continue;
                }
                rule.source = if whole { Path::WHOLE } else { written.path };
                if !whole && !written.has_component {
                    rule.source.component_last = 255;
                }
                let key = match written.qualifier {
                    None => 0,
                    Some("") => u64::MAX,
                    Some(text) => crate::table::pack(text.as_bytes()),
                };
                self.draft(draft::PLAIN, owner, u16::from(row), key, rule)?;
            } else if self.is_rows() {
                let row = self.row(word.text)?;
                self.pools.names.update(usize::from(row), |n| n.flags |= known::IGNORED);
            } else {
                let node = match block {
                    Some(block) => self.block_node(block, word.text)?,
                    None => self.node(0, word.text)?,
                };
                self.pools.nodes.update(usize::from(node), |n| n.flags |= known::IGNORED);
            }
        }
        Ok(())
    }

    /// `content PATH [base64] [as NAME|detect] [when …]`
    fn content(&mut self, mut line: Line<'t>, block: usize) -> Result<()> {
        let word = self.word(&mut line, "a source")?;
        let (source, at) = self.source(&line, word)?;
        let mut rule = Rule { source, transform: transform::CONTENT, ..Rule::default() };
        let mut conditions = Run::default();
        while let Some(word) = self.maybe(&mut line)? {
            match word.text {
                "base64" => rule.flags |= flag::BASE64,
                "as" => {
                    let name = self.word(&mut line, "the name of a channel, or detect")?;
                    rule.argument =
                        if name.text == "detect" { 0 } else { self.key(name.text)?.saturating_add(1) };
                }
                "when" | "and" => {
                    let condition = self.condition(&mut line)?;
                    let index = self.pools.conditions.push(condition).ok_or_else(|| self.full())?;
                    if conditions.count == 0 {
                        conditions.start = index;
                    }
                    conditions.count += 1;
                }
                _ => return Err(self.unexpected(&line, word, "base64, as NAME or when")),
            }
        }
        rule.conditions = conditions.start;
        rule.condition_count = u8::try_from(conditions.count).unwrap_or(u8::MAX);
        let owner = u8::try_from(block).unwrap_or(u8::MAX);
        let kind = if self.is_rows() { draft::SECTION } else { draft::PLAIN };
        if self.is_flat() {
            let (row, key) = at.unwrap_or((0, 0));
            return self.draft(kind, owner, u16::from(row), key, rule);
        }
        let mut heads: heapless::Vec<Rule, RULES_A_LINE> = heapless::Vec::new();
        heads.push(rule).map_err(|_| self.full())?;
        let (kind, at) = self.settle(owner, &mut heads, &mut heapless::Vec::new())?;
        for head in &heads {
            self.draft(kind, owner, at, 0, *head)?;
        }
        Ok(())
    }
}
