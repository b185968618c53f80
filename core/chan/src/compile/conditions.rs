//! What must hold: facts that tell a channel, conditions of rules, blocks and messages.

use super::{Compiler, Result, values};
use crate::error::{ErrorKind, nearest};
use crate::table::{Condition, Fact, Path, Run, Test, fact, operator, syntax};
use crate::words::{Line, Word};

/// Words that compare.
const OPERATORS: &str = "=, !=, in, not-in, present, absent, begins, ends, own or known-to MAP";

/// An operator and what it compares with.
pub struct Comparison {
    pub operator: u8,
    pub values: Run,
}

impl<'t> Compiler<'t, '_, '_> {
    /// `detect PATH [COMPARISON]` · rows: `detect header has COLUMN [| COLUMN]…`
    pub(super) fn detect(&mut self, mut line: Line<'t>) -> Result<()> {
        let what = self.word(&mut line, "a path")?;
        let whole = if self.head.syntax == syntax::FORM { "form" } else { "header" };
        let by_header = self.is_rows() && what.text == whole && !what.quoted;
        if by_header && self.head.dialect.headless != 0 {
            return Err(self.unexpected(what, "COLUMN = VALUE: these files have no header"));
        }
        if by_header {
            self.exactly(&mut line, "has")?;
            let mut next = Some(self.word(&mut line, "a column")?);
            while let Some(column) = next {
                self.column_fact(column, &mut line)?;
                next = self.maybe(&mut line)?;
            }
            return Ok(());
        }
        let (name, path) = if self.is_rows() {
            let has = line.peek().is_none_or(|word| word.text == "has" && !word.quoted);
            if has {
                let expected = match self.head.syntax {
                    syntax::FORM => "form has FIELD…, or FIELD = VALUE",
                    _ => "header has COLUMN…, or COLUMN = VALUE",
                };
                return Err(self.unexpected(what, expected));
            }
            (self.intern(what.text)?, self.column_path(what)?)
        } else if self.is_flat() {
            let written = self.flat_path(what)?;
            let row = self.row(written.record)?;
            (self.intern(written.record)?, self.place_in(row, written, what)?.path)
        } else {
            self.check_prefixes(what, what.text)?;
            (self.intern(what.text)?, Path::NONE)
        };
        let column = line.column();
        let comparison = match line.peek() {
            None => Comparison { operator: operator::EQUAL, values: Run::default() },
            Some(_) => self.comparison(&mut line)?,
        };
        let fits = operator::is_listed(comparison.operator) && comparison.operator != operator::UNEQUAL;
        if !fits && comparison.operator != operator::PRESENT {
            return Err(self.error(ErrorKind::UnexpectedWord, column, "=, in, begins, ends or present"));
        }
        let operator = if fits { comparison.operator } else { operator::EQUAL };
        self.end(&mut line)?;
        self.fact(Fact { kind: fact::VALUE, name, path, operator, values: comparison.values })
    }

    /// `COLUMN`, or `COLUMN | COLUMN…`: one of them is enough.
    fn column_fact(&mut self, word: Word<'t>, line: &mut Line<'t>) -> Result<()> {
        let path = self.fact_column(word)?;
        let start = self.pools.keys.len();
        while self.takes(line, "|")? {
            let other = self.word(line, "a column")?;
            self.fact_column(other)?;
            self.key(other.text)?;
        }
        let values = self.keys_from(start)?;
        self.fact(Fact { kind: fact::COLUMN, path, values, ..Fact::default() })
    }

    fn fact_column(&mut self, word: Word<'t>) -> Result<Path> {
        if !word.quoted && word.text.contains(['|']) {
            return Err(self.unexpected(word, "blanks around |"));
        }
        self.column_path(word)
    }

    pub(super) fn fact(&mut self, fact: Fact) -> Result<()> {
        self.pools.facts.push(fact).map(drop).ok_or_else(|| self.full())
    }

    /// What stands behind a path of a condition.
    pub(super) fn comparison(&mut self, line: &mut Line<'t>) -> Result<Comparison> {
        let word = self.word(line, OPERATORS)?;
        let start = self.pools.keys.len();
        let (operator, most) = match word.text {
            "=" => (operator::EQUAL, 1),
            "in" => (operator::EQUAL, usize::MAX),
            "!=" => (operator::UNEQUAL, 1),
            "not-in" => (operator::UNEQUAL, usize::MAX),
            "begins" => (operator::BEGINS, usize::MAX),
            "ends" => (operator::ENDS, usize::MAX),
            "present" => (operator::PRESENT, 0),
            "absent" => (operator::ABSENT, 0),
            "own" => (operator::OWN, 0),
            "known-to" => {
                let name = self.word(line, "the name of a map")?;
                let number = u16::try_from(self.map_by_name(name)?).map_err(|_| self.full())?;
                return Ok(Comparison {
                    operator: operator::MAPPED,
                    values: Run { start: number, count: 0 },
                });
            }
            _ => return Err(self.unexpected(word, OPERATORS)),
        };
        if operator == operator::EQUAL && most == 1 {
            if let Some(word) = line.peek().filter(|w| !w.quoted && w.text.starts_with('^')) {
                self.word(line, "a carried value")?;
                let carry = self.carried(word.text.trim_start_matches(['^']));
                let Some(carry) = carry else { return Err(self.unknown_carry(word)) };
                let start = u16::from(carry);
                return Ok(Comparison { operator: operator::CARRIED, values: Run { start, count: 0 } });
            }
        }
        if most > 0 {
            self.listed(line, most)?;
        }
        Ok(Comparison { operator, values: self.keys_from(start)? })
    }

    /// Values, up to the next key word: at least one of them.
    pub(super) fn listed(&mut self, line: &mut Line<'t>, most: usize) -> Result<()> {
        let mut count = 0;
        while count < most {
            match line.peek() {
                Some(word) if most == 1 || word.quoted || !values::is_key_word(word.text) => {
                    self.word(line, "a value")?;
                    if count > 0 {
                        self.not_misspelt(word)?;
                    }
                    self.key(word.text)?;
                    count += 1;
                }
                _ => break,
            }
        }
        if count == 0 {
            return Err(self.error(ErrorKind::UnexpectedEnd, line.column(), "a value"));
        }
        Ok(())
    }

    /// A further value that looks like a modifier is one with a slip; a value like that needs quotes.
    fn not_misspelt(&self, word: Word<'t>) -> Result<()> {
        let lower = word.text.len() > 3 && word.text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        if word.quoted || !lower {
            return Ok(());
        }
        match nearest(word.text, values::key_words()) {
            None => Ok(()),
            Some(near) => {
                let error = self.unexpected(word, "a value, in quotes if it looks like a modifier");
                Err(self.with_nearest(error, Some(near)))
            }
        }
    }

    /// `PATH COMPARISON [and PATH COMPARISON]…` below a node (trees).
    pub(super) fn tests(&mut self, line: &mut Line<'t>) -> Result<Run> {
        let start = u16::try_from(self.pools.tests.len()).map_err(|_| self.full())?;
        let mut count = 0;
        loop {
            let word = self.word(line, "a path")?;
            self.check_prefixes(word, word.text)?;
            let path = self.intern(word.text)?;
            let Comparison { operator, values } = self.comparison(line)?;
            self.pools.tests.push(Test { path, operator, values }).ok_or_else(|| self.full())?;
            count += 1;
            if !self.takes(line, "and")? && !self.takes(line, "when")? {
                return Ok(Run { start, count });
            }
        }
    }

    /// `PATH COMPARISON [and PATH COMPARISON]…` in a record (flat), behind `when`.
    pub(super) fn record_conditions(&mut self, line: &mut Line<'t>) -> Result<Run> {
        let mut run = Run::default();
        loop {
            let word = self.word(line, "a path")?;
            let path = if self.is_rows() {
                self.column_path(word)?
            } else {
                let written = self.flat_path(word)?;
                let row = self.row(written.record)?;
                self.place_in(row, written, word)?.path
            };
            let Comparison { operator, values } = self.comparison(line)?;
            self.add_condition(&mut run, Condition { path, operator, values })?;
            if !self.takes(line, "and")? && !self.takes(line, "when")? {
                return Ok(run);
            }
        }
    }

    /// Adds a condition to those of a rule or block; one has at most 255.
    pub(super) fn add_condition(&mut self, run: &mut Run, condition: Condition) -> Result<()> {
        let index = self.pools.conditions.push(condition).ok_or_else(|| self.full())?;
        if run.count == 0 {
            run.start = index;
        }
        run.count += 1;
        if run.count > 255 { Err(self.full()) } else { Ok(()) }
    }
}
