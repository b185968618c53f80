//! What a rule line says behind its target: sources, transform, parts, modifiers.

use super::conditions::Comparison;
use super::maps::Use;
use super::target::{self, Target};
use super::{Compiler, Result};
use crate::error::ErrorKind;
use crate::path;
use crate::table::{Condition, Path, Rule, Run, flag, joint, known, section, syntax, transform};
use crate::words::{Line, Word};

/// The most alternatives, pieces and parts that one rule line may have.
pub const RULES_A_LINE: usize = 8;
/// The most decimals that a number may imply.
const MOST_PLACES: u8 = 18;

/// Names of number styles, for error texts.
pub const STYLES: &str = "a style: \".\" \",\" \",.\" \".,\" \".-\" either auto";
/// Patterns of dates, for error texts.
pub const PATTERN: &str =
    "a pattern such as YYYYMMDD or DD.MM.YYYY, iso, infer, epoch, epoch_ms, rfc2822 or vda";

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

/// Is it a pattern of dates? Letters of a pattern stand for digits, all else for itself.
pub fn is_pattern(text: &str) -> bool {
    let letters = |b: u8| {
        !b.is_ascii_alphabetic() || matches!(b, b'Y' | b'M' | b'D' | b'W' | b'h' | b'm' | b's' | b'Z' | b'T')
    };
    let named = matches!(text, "infer" | "iso" | "epoch" | "epoch_ms" | "rfc2822" | "vda");
    let has_date = text.bytes().any(|b| matches!(b, b'Y' | b'M' | b'D' | b'W' | b'h'));
    named || (has_date && text.is_ascii() && text.len() <= 64 && text.bytes().all(letters))
}

/// Modifiers of rules and clauses of headings.
const KEY_WORDS: &[&str] = &[
    "when", "and", "default", "join", "required", "first", "last", "all", "weak", "in", "keep", "until",
    "as", "on", "at", "by", "else", "|", "+",
];

/// Words that end a list of values: modifiers, clauses, parts.
pub fn is_key_word(word: &str) -> bool {
    KEY_WORDS.contains(&word) || target::part_words().any(|part| part == word)
}

/// All of them.
pub fn key_words() -> impl Iterator<Item = &'static str> {
    KEY_WORDS.iter().copied().chain(target::part_words())
}

/// A rule line while it is read.
pub struct Reading<'t> {
    pub target: Target<'t>,
    pub block: usize,
    /// The node that the block's paths start from (trees).
    pub home: u16,
    /// The node of the first source (trees), 0 = none.
    pub leaf: u16,
    /// Alternatives of the head.
    pub heads: heapless::Vec<Rule, RULES_A_LINE>,
    /// What belongs to the head: further pieces, then parts.
    pub parts: heapless::Vec<Rule, RULES_A_LINE>,
    /// Row and qualifier (flat).
    pub row: Option<u8>,
    pub key: u64,
    pub conditions: Run,
    pub default: u16,
    pub flags: u8,
    pub join: u8,
}

/// A path, and in flat notations the row and qualifier that it stands at.
pub type Source = (Path, Option<(u8, u64)>);

impl<'t> Reading<'t> {
    pub fn new(target: Target<'t>, block: usize, home: u16) -> Reading<'t> {
        Reading {
            target,
            block,
            home,
            leaf: 0,
            heads: heapless::Vec::new(),
            parts: heapless::Vec::new(),
            row: None,
            key: 0,
            conditions: Run::default(),
            default: 0,
            flags: 0,
            join: joint::NONE,
        }
    }
}

impl<'t> Compiler<'t, '_, '_> {
    /// `PATH [+ PATH]… [| PATH]…`
    pub(super) fn sources(&mut self, line: &mut Line<'t>, reading: &mut Reading<'t>) -> Result<()> {
        loop {
            let word = self.word(line, "a source")?;
            let source = self.head_source(word, reading)?;
            let flags = if reading.heads.is_empty() { 0 } else { flag::ELSE };
            let rule = Rule { field: reading.target.field, source, flags, ..Rule::default() };
            reading.heads.push(rule).map_err(|_| self.full())?;
            while self.takes(line, "+")? {
                let word = self.word(line, "a further piece")?;
                if reading.heads.len() > 1 {
                    return Err(self.unexpected(word, "pieces or alternatives, not both"));
                }
                let source = self.head_source(word, reading)?;
                let piece = Rule {
                    field: reading.target.field,
                    source,
                    transform: transform::PIECE,
                    flags: flag::TAIL,
                    ..Rule::default()
                };
                reading.parts.push(piece).map_err(|_| self.full())?;
            }
            let Some(bar) = line.peek().filter(|w| w.text == "|" && !w.quoted) else { return Ok(()) };
            self.word(line, "|")?;
            if !reading.parts.is_empty() {
                return Err(self.unexpected(bar, "pieces or alternatives, not both"));
            }
        }
    }

    /// A source of the head: in flat notations all of them stand in one record.
    fn head_source(&mut self, word: Word<'t>, reading: &mut Reading<'t>) -> Result<Path> {
        let (source, at) = self.source(word, reading.block, reading.home, 0)?;
        if let Some((row, key)) = at {
            match reading.row {
                None => (reading.row, reading.key) = (Some(row), key),
                Some(own) if own == row && (key == 0 || key == reading.key) => {}
                Some(_) => {
                    return Err(self.error(ErrorKind::BadPath, word.column, "a place of the same record"));
                }
            }
        }
        if reading.heads.is_empty() {
            reading.leaf = super::tree::pending_node(source).unwrap_or(0);
        }
        Ok(source)
    }

    /// A further source; in flat notations it must stand in the rule's own record. `@name` is an
    /// attribute of the value's own element.
    pub(super) fn same_record(&mut self, word: Word<'t>, reading: &Reading<'t>) -> Result<Path> {
        let (path, at) = self.source(word, reading.block, reading.home, reading.leaf)?;
        if let (Some((row, key)), Some(own)) = (at, reading.row) {
            if row != own || (key != 0 && key != reading.key) {
                return Err(self.error(ErrorKind::BadPath, word.column, "a place of the same record"));
            }
        }
        Ok(path)
    }

    /// A source as a path; for flat notations with its row and qualifier.
    /// A field of a form that has an index belongs to a line.
    fn index_has_line(&self, word: Word<'t>, path: Path, block: usize) -> Result<()> {
        let names = self.pools.names.as_slice();
        let name = usize::from(path.element).checked_sub(1).and_then(|row| names.get(row));
        let is_indexed = name.is_some_and(|name| name.flags & known::INDEXED != 0);
        let is_line = self.notes.blocks.get(block).is_some_and(|b| b.kind == section::LINE);
        if self.head.syntax == syntax::FORM && is_indexed && !is_line {
            return Err(self.error(ErrorKind::WrongBlock, word.column, "a field without an index"));
        }
        Ok(())
    }

    pub(super) fn source(&mut self, word: Word<'t>, block: usize, home: u16, leaf: u16) -> Result<Source> {
        if let Some(name) = word.text.strip_prefix('^') {
            let variant = self.notes.blocks.get(block).map_or(0, |b| b.variant);
            if let Some(number) = self.carried_in(name, variant) {
                return Ok((Path::single(Path::CARRY, number), None));
            }
            if self.is_flat() {
                return Err(self.unknown_carry(word));
            }
            return Ok((self.outer_path(word, name, block)?, None));
        }
        if self.is_rows() {
            let path = self.column_path(word)?;
            self.index_has_line(word, path, block)?;
            return Ok((path, None));
        }
        if !self.is_flat() {
            let from = if leaf != 0 && word.text.starts_with('@') { leaf } else { home };
            return Ok((self.tree_path(word, from)?, None));
        }
        let written = self.flat_path(word)?;
        let row = self.row(written.record)?;
        let place = self.place_in(row, written, word)?.path;
        let Some(qualifier) = written.qualifier else {
            if !place.is_some() {
                return Err(self.error(
                    ErrorKind::BadPath,
                    word.column,
                    "a place of the record, such as DTM/1.2",
                ));
            }
            return Ok((place, Some((row, 0))));
        };
        let key = self.qualifier_key(word, row, qualifier)?;
        let paired = self.pairs_of(row).is_some();
        if !paired && !place.is_some() {
            return Err(self.error(
                ErrorKind::BadPath,
                word.column,
                "a place of the record, such as DTM/1.2",
            ));
        }
        let path = if place.is_some() { place } else { Path::single(Path::PAIR, 1) };
        Ok((path, Some((row, key))))
    }

    /// What stands in brackets, as the key of a case.
    pub(super) fn qualifier_key(&self, word: Word<'t>, row: u8, qualifier: &str) -> Result<u64> {
        let paired = self.pairs_of(row).is_some();
        if !paired && self.qualifier_of(row).is_none() {
            let expected = "a qualifier or pairs statement for this record above";
            return Err(self.error(ErrorKind::Missing, word.column, expected));
        }
        match qualifier.len() {
            // Each pair, or any qualifier that has no rules of its own.
            0 => Ok(u64::MAX),
            1..=8 => Ok(crate::table::pack(qualifier.as_bytes())),
            _ => Err(self.error(ErrorKind::BadPath, word.column, "a qualifier of at most eight characters")),
        }
    }

    /// The transform and its arguments.
    pub(super) fn transform(&mut self, line: &mut Line<'t>, reading: &mut Reading<'t>) -> Result<()> {
        let number = reading.target.field;
        let mut rule = Rule { transform: target::natural(number), ..Rule::default() };
        if reading.target.by_map {
            rule.transform = transform::ITEM;
            const ITEM: &str = "item PATH MAP, or a field of one kind instead of line.item: line.gtin, line.seller_id, \
                                line.buyer_id";
            let word = self.word(line, ITEM)?;
            if word.text != "item" || word.quoted {
                return Err(self.unexpected(word, ITEM));
            }
        } else if let Some(word) = self.takes_transform(line, number)? {
            rule.transform = word;
        }
        self.arguments(line, reading, &mut rule, number)?;
        for head in &mut reading.heads {
            *head = Rule { field: head.field, source: head.source, flags: head.flags | rule.flags, ..rule };
        }
        Ok(())
    }

    /// Takes the name of a transform, if one stands there and fits the field.
    fn takes_transform(&self, line: &mut Line<'t>, number: u16) -> Result<Option<u8>> {
        let Some(word) = line.peek().filter(|w| !w.quoted) else { return Ok(None) };
        if target::part(number, word.text).is_some() {
            return Ok(None);
        }
        let found = (0u8..).zip(transform::NAMES).find(|(_, name)| *name == word.text);
        match found.filter(|(transform, _)| transform::is_named(*transform)) {
            Some((found, _)) => {
                self.word(line, "a transform")?;
                if target::fits(number, found) {
                    return Ok(Some(found));
                }
                Err(self.unexpected(word, "a transform for values of this field"))
            }
            None if is_key_word(word.text) => Ok(None),
            None => {
                let expected = match self.is_rows() {
                    true => "a transform or a modifier; a name with blanks stands in quotes",
                    false => "a transform or a modifier",
                };
                let error = self.unexpected(word, expected);
                let named = (0u8..).zip(transform::NAMES).filter(|(n, _)| transform::is_named(*n));
                let parts = target::parts_of(number);
                let names = parts.chain(named.map(|(_, name)| name)).chain(key_words());
                Err(self.suggest(error, word.text, names))
            }
        }
    }

    fn arguments(
        &mut self,
        line: &mut Line<'t>,
        reading: &Reading<'t>,
        rule: &mut Rule,
        number: u16,
    ) -> Result<()> {
        match rule.transform {
            transform::DECIMAL => self.decimal_arguments(line, rule),
            transform::DATE => self.date_arguments(line, reading, rule),
            transform::MAP => {
                let name = self.word(line, "the name of a map")?;
                rule.argument = self.map_used(name, number, Use::of_field(number))?;
                rule.flags |= flag::BY_MAP;
                Ok(())
            }
            transform::UNIT if self.takes(line, "map")? => {
                let name = self.word(line, "the name of a map")?;
                rule.argument = self.map_used(name, number, Use::Codes)?;
                rule.flags |= flag::BY_MAP;
                Ok(())
            }
            transform::ITEM => {
                // A path of the qualifier, unless the values stand in pairs.
                let paired = reading.heads.first().is_some_and(|h| h.source.element == Path::PAIR);
                if paired {
                    rule.other = Path::single(Path::PAIR, 2);
                } else {
                    let word = self.word(line, "the place of the item number's qualifier")?;
                    rule.other = self.same_record(word, reading)?;
                }
                let name = self.word(line, "the name of a map")?;
                rule.argument = self.map_used(name, number, Use::Items)?;
                rule.flags |= flag::BY_MAP;
                Ok(())
            }
            transform::FLAG => self.flag_arguments(line, rule),
            _ => Ok(()),
        }
    }

    /// `flag VALUE…`: the values that mean yes.
    fn flag_arguments(&mut self, line: &mut Line<'t>, rule: &mut Rule) -> Result<()> {
        let start = self.pools.keys.len();
        if line.peek().is_some_and(|w| w.quoted || !is_key_word(w.text)) {
            self.listed(line, usize::MAX)?;
        } else {
            self.key("true")?;
        }
        let values = self.keys_from(start)?;
        rule.argument = values.start;
        rule.other.component_last = u8::try_from(values.count).map_err(|_| self.full())?;
        Ok(())
    }

    /// `decimal [STYLE] [implied N]`
    fn decimal_arguments(&mut self, line: &mut Line<'t>, rule: &mut Rule) -> Result<()> {
        if let Some(number) = line.peek().and_then(|w| style(w.text)) {
            self.word(line, STYLES)?;
            rule.argument = u16::from(number);
        }
        if self.takes(line, "implied")? {
            const PLACES: &str = "a number of decimals, 1 to 18";
            let word = line.peek();
            let places: u8 = self.number(line, PLACES)?;
            if places == 0 || places > MOST_PLACES {
                return Err(word.map_or_else(|| self.full(), |word| self.unexpected(word, PLACES)));
            }
            rule.argument |= u16::from(places) << 8;
        }
        Ok(())
    }

    /// `date PATTERN` · `date MAP PATH` (the pattern by the code at another place)
    fn date_arguments(&mut self, line: &mut Line<'t>, reading: &Reading<'t>, rule: &mut Rule) -> Result<()> {
        let Some(word) = line.peek().filter(|w| w.quoted || !is_key_word(w.text)) else { return Ok(()) };
        self.word(line, PATTERN)?;
        if !word.quoted && self.is_map(word.text) {
            rule.argument = self.map_used(word, 0, Use::Patterns)?;
            rule.flags |= flag::BY_MAP;
            let place = self.word(line, "the place of the format code")?;
            rule.other = self.same_record(place, reading)?;
            return Ok(());
        }
        if !is_pattern(word.text) {
            return Err(self.unexpected(word, PATTERN));
        }
        rule.argument = self.key(word.text)?.saturating_add(1);
        Ok(())
    }

    pub(super) fn modifiers(&mut self, line: &mut Line<'t>, reading: &mut Reading<'t>) -> Result<()> {
        while let Some(word) = self.maybe(line)? {
            match word.text {
                "when" | "and" => self.rule_condition(line, reading)?,
                "default" => {
                    let value = self.word(line, "a value")?;
                    self.check_constant(reading.target.field, value)?;
                    reading.default = self.key(value.text)?.saturating_add(1);
                }
                "join" => self.join(line, reading)?,
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

    /// `join TEXT` · `join MAP PATH` (by a code beside each piece)
    fn join(&mut self, line: &mut Line<'t>, reading: &mut Reading<'t>) -> Result<()> {
        const JOINTS: &str = "\"\", \" \", \", \", line, or a map and the place of its code";
        let word = self.word(line, JOINTS)?;
        if !word.quoted && self.is_map(word.text) {
            let map = self.map_used(word, 0, Use::Joints)?;
            let place = self.word(line, "the place of the code")?;
            let other = self.same_record(place, reading)?;
            if reading.heads.iter().any(|h| h.transform != transform::TEXT) {
                return Err(self.unexpected(word, "a joint by a map for texts only"));
            }
            for head in &mut reading.heads {
                (head.join, head.other, head.argument) = (joint::MAPPED, other, map);
            }
            reading.join = joint::MAPPED;
            return Ok(());
        }
        reading.join = match word.text {
            "" => joint::PLAIN,
            " " => joint::BLANK,
            "line" | "\\n" => joint::LINE,
            ", " => joint::COMMA,
            _ => return Err(self.unexpected(word, JOINTS)),
        };
        Ok(())
    }

    pub(super) fn rule_condition(&mut self, line: &mut Line<'t>, reading: &mut Reading<'t>) -> Result<()> {
        let word = self.word(line, "a path")?;
        let path = match self.message_type(word, reading) {
            Some(path) => path,
            None => self.same_record(word, reading)?,
        };
        let Comparison { operator, values } = self.comparison(line)?;
        let mut run = reading.conditions;
        self.add_condition(&mut run, Condition { path, operator, values })?;
        reading.conditions = run;
        Ok(())
    }

    /// The message's type as its notation has it (EDIFACT 0065, X12 143, TRADACOMS TYPE), or a field of the
    /// record that opens the message (fixed records): conditions of any record may look at it.
    fn message_type(&self, word: Word<'t>, reading: &Reading<'t>) -> Option<Path> {
        let written = path::parse(word.text).filter(|_| self.is_flat())?;
        let own = reading.row.is_some_and(|row| {
            let text = self.pools.names.get(usize::from(row)).text;
            self.pools.text(text) == written.record.as_bytes()
        });
        let place = match self.head.syntax {
            syntax::EDIFACT => "UNH/2.1",
            syntax::X12 => "ST/1",
            syntax::TRADACOMS => "MHD/2.1",
            syntax::FIXED => {
                let row = self.head.message.0.checked_sub(1).filter(|_| !own)?;
                let name = self.pools.names.get(usize::from(row)).text;
                let field = self
                    .field_of(row, written.place?)
                    .filter(|_| self.pools.text(name) == written.record.as_bytes())?;
                return Some(Path::single(Path::TYPE, field.saturating_add(1)));
            }
            _ => return None,
        };
        if own || word.text != place { None } else { Some(Path::single(Path::TYPE, 1)) }
    }

    /// A part of a composite value: `unit PATH`, `kind = net`, `scheme PATH map NAME`.
    fn part(&mut self, line: &mut Line<'t>, word: Word<'t>, reading: &mut Reading<'t>) -> Result<()> {
        let Some(number) = target::part(reading.target.field, word.text) else {
            let error = self.unexpected(word, "a modifier, or a part of this field");
            let parts = target::parts_of(reading.target.field);
            return Err(self.suggest(error, word.text, KEY_WORDS.iter().copied().chain(parts)));
        };
        if reading.parts.iter().any(|p| p.field == number && p.transform != transform::PIECE) {
            return Err(self.error(ErrorKind::Repeated, word.column, "each part once"));
        }
        let mut rule = if self.takes(line, "=")? {
            let value = self.word(line, "a value")?;
            self.constant_rule(number, value)?
        } else {
            let value = self.word(line, "a source, or = VALUE")?;
            let source = self.same_record(value, reading)?;
            let mut rule =
                Rule { field: number, source, transform: target::natural(number), ..Rule::default() };
            if rule.transform == transform::UNIT {
                self.arguments(line, reading, &mut rule, number)?;
            } else {
                if let Some(transform) = self.takes_part_transform(line, reading.target.field, number)? {
                    rule.transform = transform;
                }
                self.arguments(line, reading, &mut rule, number)?;
            }
            if !source.is_single() && source.element <= Path::MOST && self.is_flat() {
                return Err(self.error(ErrorKind::BadPath, value.column, "one place"));
            }
            rule
        };
        rule.flags |= flag::TAIL;
        reading.parts.push(rule).map_err(|_| self.full())
    }

    /// The transform of a part: a word that is another part or a modifier is none.
    fn takes_part_transform(&self, line: &mut Line<'t>, head: u16, number: u16) -> Result<Option<u8>> {
        let Some(word) = line.peek() else { return Ok(None) };
        if target::part(head, word.text).is_some() || is_key_word(word.text) {
            return Ok(None);
        }
        self.takes_transform(line, number)
    }

    /// Do the names of a path carry known prefixes?
    pub(super) fn check_prefixes(&self, word: Word<'t>, path: &str) -> Result<()> {
        if self.head.syntax != syntax::XML {
            return Ok(());
        }
        for name in path.split(['/']) {
            if let Some((prefix, _)) = name.trim_start_matches(['@']).split_once([':']) {
                self.namespace_of(word, prefix)?;
            }
        }
        Ok(())
    }

    /// The number of a prefix that a path uses + 1.
    pub(super) fn namespace_of(&self, word: Word<'t>, prefix: &str) -> Result<u8> {
        self.namespace_number(prefix).ok_or_else(|| {
            let error =
                self.error(ErrorKind::UnknownName, word.column, "a prefix with a namespace statement");
            let known = self.pools.namespaces.as_slice().iter();
            let names = known.filter_map(|n| core::str::from_utf8(self.pools.text(n.prefix)).ok());
            self.suggest(error, prefix, names)
        })
    }
}
