//! Statements that stand in column 1: everything that rules refer to.

use super::{Compiler, Result, values};
use crate::error::ErrorKind;
use crate::table::{Fact, Namespace, Path, fact, operator, syntax};
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
    "record",
];

/// The notations, for error texts.
const NOTATIONS: &str =
    "a notation: edifact, x12, tradacoms, fixed, csv, form, json, xml, mime, sms, chatlog or text";

impl<'t> Compiler<'t, '_, '_> {
    /// Reads all statements: first what gives names to things, then what uses them.
    #[inline(never)]
    pub(super) fn declare(&mut self) -> Result<()> {
        self.pools.cells.push(Default::default());
        for (layer, line) in self.lines().filter(|(_, line)| !line.indented) {
            (self.layer, self.line) = (layer, line.number);
            self.naming(line)?;
        }
        for (layer, line) in self.lines() {
            (self.layer, self.line) = (layer, line.number);
            if line.indented {
                self.open_heading = None;
            } else {
                self.statement(line)?;
            }
        }
        if self.head.syntax == 0 {
            return Err(self.fault(ErrorKind::Missing, 1, 1, "syntax NAME"));
        }
        if self.notes.blocks.is_empty() {
            return Err(self.fault(ErrorKind::Missing, 1, 1, "message at PATH"));
        }
        self.join_blocks()?;
        self.senders()
    }

    /// Statements that the others may refer to, wherever they stand.
    #[inline(never)]
    fn naming(&mut self, mut line: Line<'t>) -> Result<()> {
        let word = self.word(&mut line, "a statement")?;
        if self.head.syntax == 0 && !matches!(word.text, "channel" | "syntax" | "privacy") {
            return Err(self.error(ErrorKind::Missing, word.column, "syntax NAME above it"));
        }
        match word.text {
            "channel" => self.channel(word, line),
            "syntax" => self.syntax(word, line),
            "namespace" => self.namespace(line),
            "column" => self.column(line),
            "layout" => self.layout(line),
            "record" => self.record_names(line),
            "map" => self.map(line),
            _ => Ok(()),
        }
    }

    #[inline(never)]
    fn statement(&mut self, mut line: Line<'t>) -> Result<()> {
        let word = self.word(&mut line, "a statement")?;
        if !super::blocks::is_block(word.text) {
            self.open_heading = None;
        }
        match word.text {
            "channel" | "syntax" | "namespace" | "column" | "layout" | "record" | "map" | "ignore" => Ok(()),
            "detect" => self.detect(line),
            "privacy" => self.privacy(line),
            "qualifier" => self.qualifier(line),
            "pairs" => self.pair_elements(line),
            "message" => self.message(line),
            "carry" => self.carry(line),
            name if super::blocks::is_block(name) => self.block(word, line),
            name if super::target::is_field(name) => {
                Err(self.unexpected(word, "a blank before it: a rule is an indented line below its block"))
            }
            _ => {
                let error = self.unexpected(word, "a statement or a block");
                Err(self.suggest(error, word.text, STATEMENTS.iter().copied()))
            }
        }
    }

    /// `channel NAME [VERSION] [extends BASE [for sender VALUE…]]`
    fn channel(&mut self, first: Word<'t>, mut line: Line<'t>) -> Result<()> {
        // The first line of each layer has been seen to be one.
        if line.number != self.first_line() {
            return Err(self.error(ErrorKind::Repeated, first.column, "one channel statement"));
        }
        self.name = self.word(&mut line, "the channel's name")?.text;
        self.head.version = 1;
        while let Some(word) = self.maybe(&mut line)? {
            match word.text {
                "extends" => {
                    self.word(&mut line, "the name of a channel")?;
                }
                "for" => {
                    self.exactly(&mut line, "sender")?;
                    let first = self.word(&mut line, "a sender")?;
                    self.notes.senders.push(self.span(first.text)).map_err(|_| self.full())?;
                    while let Some(value) = self.maybe(&mut line)? {
                        self.notes.senders.push(self.span(value.text)).map_err(|_| self.full())?;
                    }
                }
                number => match number.parse() {
                    Ok(version) => self.head.version = version,
                    Err(_) => return Err(self.unexpected(word, "a version, extends or for sender")),
                },
            }
        }
        Ok(())
    }

    /// `syntax NAME [OPTION VALUE]…`
    fn syntax(&mut self, first: Word<'t>, mut line: Line<'t>) -> Result<()> {
        let name = self.word(&mut line, NOTATIONS)?;
        let Some(number) = syntax::NAMES.iter().position(|n| !n.is_empty() && *n == name.text) else {
            let error = self.unexpected(name, NOTATIONS);
            let names = syntax::NAMES.iter().copied().filter(|n| !n.is_empty());
            return Err(self.suggest(error, name.text, names));
        };
        let number = u8::try_from(number).unwrap_or(0);
        if self.syntax_layer == self.layer + 1 {
            return Err(self.error(ErrorKind::Repeated, first.column, "one syntax statement"));
        }
        let is_first = self.head.syntax == 0;
        if !is_first && number != self.head.syntax {
            return Err(self.unexpected(name, "the notation of the channel that it extends"));
        }
        (self.head.syntax, self.syntax_layer) = (number, self.layer + 1);
        while let Some(option) = self.maybe(&mut line)? {
            self.syntax_option(option, &mut line)?;
        }
        if is_first && self.is_flat() { self.add_header() } else { Ok(()) }
    }

    fn syntax_option(&mut self, option: Word<'t>, line: &mut Line<'t>) -> Result<()> {
        const EXPECTED: &str = "charset, decimal or date; csv: separator, quote, header; fixed: name, head, version, length; json: form";
        let csv = self.is_rows();
        let fixed = self.head.syntax == syntax::FIXED;
        match option.text {
            "charset" => {
                let label = self.word(line, "the label of a character set")?;
                self.head.dialect.charset = self.intern(label.text)?;
            }
            "date" => {
                let pattern = self.word(line, values::PATTERN)?;
                if !values::is_pattern(pattern.text) {
                    return Err(self.unexpected(pattern, values::PATTERN));
                }
                self.head.dialect.date = self.intern(pattern.text)?;
            }
            "decimal" => {
                let value = self.word(line, values::STYLES)?;
                let style = values::style(value.text);
                self.head.dialect.decimal = style.ok_or_else(|| self.unexpected(value, values::STYLES))?;
            }
            "separator" if csv => self.head.dialect.separator = self.character(line)?,
            "quote" if csv => self.head.dialect.quote = self.character(line)?,
            "header" if csv => {
                let value = self.word(line, "yes or no")?;
                self.head.dialect.headless = match value.text {
                    "yes" => 0,
                    "no" => 1,
                    _ => return Err(self.unexpected(value, "yes or no")),
                };
            }
            "form" if self.head.syntax == syntax::JSON => {
                self.exactly(line, "canonical")?;
                self.head.dialect.canonical = 1;
            }
            "name" if fixed => {
                const WIDTH: &str = "how many characters of a record are its name";
                let first = self.number(line, WIDTH)?;
                let second = line.peek().and_then(|w| w.text.parse::<u8>().ok());
                if second.is_some() {
                    self.word(line, WIDTH)?;
                }
                self.head.dialect.name_widths = [first, second.unwrap_or(0)];
            }
            "head" if fixed => {
                self.head.dialect.head =
                    self.number(line, "how many characters of a record are no content")?;
            }
            "version" if fixed => {
                self.head.dialect.version_digits =
                    self.number(line, "how many digits of a name are a version")?;
            }
            "length" if fixed => {
                self.head.dialect.record_length = self.number(line, "the length of a record")?
            }
            _ => return Err(self.unexpected(option, EXPECTED)),
        }
        Ok(())
    }

    /// A separator: one ASCII character, `tab`, `none` or `auto`.
    fn character(&self, line: &mut Line<'t>) -> Result<u8> {
        const EXPECTED: &str = "one character, tab or auto";
        let word = self.word(line, EXPECTED)?;
        match (word.text, word.text.as_bytes()) {
            ("tab", _) => Ok(b'\t'),
            ("auto", _) => Ok(0),
            (_, [byte]) if byte.is_ascii() => Ok(*byte),
            _ => Err(self.unexpected(word, EXPECTED)),
        }
    }

    /// `privacy WORD…`: notes that are kept as they stand.
    fn privacy(&mut self, mut line: Line<'t>) -> Result<()> {
        while let Some(word) = self.maybe(&mut line)? {
            let text = self.intern(word.text)?;
            self.pools.privacy.push(text).ok_or_else(|| self.full())?;
        }
        Ok(())
    }

    /// `namespace PREFIX NAME…`
    fn namespace(&mut self, mut line: Line<'t>) -> Result<()> {
        let prefix = self.word(&mut line, "a prefix")?;
        if self.head.syntax != syntax::XML {
            return Err(self.unexpected(prefix, "a notation with namespaces"));
        }
        if self.namespace_number(prefix.text).is_some() {
            return Err(self.error(ErrorKind::Repeated, prefix.column, "a prefix of its own"));
        }
        let start = self.pools.keys.len();
        let first = self.word(&mut line, "the name of a namespace")?;
        self.key(first.text)?;
        while let Some(word) = self.maybe(&mut line)? {
            self.key(word.text)?;
        }
        let namespace = Namespace { prefix: self.intern(prefix.text)?, names: self.keys_from(start)? };
        self.pools.namespaces.push(namespace).map(drop).ok_or_else(|| self.full())
    }

    /// The number of a prefix + 1.
    pub(super) fn namespace_number(&self, prefix: &str) -> Option<u8> {
        let namespaces = self.pools.namespaces.as_slice();
        let place = namespaces.iter().position(|n| self.pools.text(n.prefix) == prefix.as_bytes())?;
        u8::try_from(place + 1).ok()
    }

    /// `for sender X`: the place is that of the base's own rule for `message.sender`.
    fn senders(&mut self) -> Result<()> {
        if self.notes.senders.is_empty() {
            return Ok(());
        }
        let mut place = None;
        for (layer, mut line) in self.lines() {
            if line.indented && line.next_word().ok().flatten().is_some_and(|w| w.text == "message.sender") {
                place = line.next_word().ok().flatten().map(|source| (layer, line.number, source)).or(place);
            }
        }
        let Some((layer, number, word)) = place.filter(|(_, _, word)| word.text != "=") else {
            return Err(self.fault(
                ErrorKind::Missing,
                1,
                1,
                "a rule for message.sender in the channel that it extends",
            ));
        };
        (self.layer, self.line) = (layer, number);
        let (name, path) = if self.is_rows() {
            return Err(self.fault(ErrorKind::BadPath, 1, 1, "a notation with an envelope"));
        } else if self.is_flat() {
            let written = self.flat_path(word)?;
            let row = self.row(written.record)?;
            (self.intern(written.record)?, self.place_in(row, written, word)?.path)
        } else {
            (self.intern(word.text)?, Path::NONE)
        };
        let start = self.pools.keys.len();
        for i in 0..self.notes.senders.len() {
            let sender = self.notes.senders.get(i).copied().unwrap_or_default();
            self.key(self.piece(sender))?;
        }
        let values = self.keys_from(start)?;
        self.fact(Fact { kind: fact::VALUE, name, path, operator: operator::EQUAL, values })
    }
}
