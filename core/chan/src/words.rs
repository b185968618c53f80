//! Lines and words of a channel file.
//!
//! A line that begins in column 1 is a statement, an indented one is a rule of the block above it.
//! `#` at the begin of a word starts a comment. A word is a run of anything but blanks, or a text in
//! double quotes; there are no escapes (a text with a double quote in it is not needed).

use nom::branch::alt;
use nom::bytes::complete::{take_till, take_till1};
use nom::sequence::delimited;
use nom::{IResult, Parser};

use crate::calm::tag;

/// A word and where it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Word<'t> {
    /// Its text, without quotes.
    pub text: &'t str,
    /// Column in bytes, from 1.
    pub column: u32,
    /// Did it stand in quotes? Then it is never a key word.
    pub quoted: bool,
}

/// What is left of a line.
#[derive(Clone, Copy, Debug)]
pub struct Line<'t> {
    whole: &'t str,
    rest: &'t str,
    /// Line number, from 1.
    pub number: u32,
    /// Is it indented?
    pub indented: bool,
}

/// A quote without its end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OpenQuote;

fn quoted(text: &str) -> IResult<&str, &str> {
    delimited(tag("\""), take_till(|c| c == '"'), tag("\"")).parse(text)
}

fn bare(text: &str) -> IResult<&str, &str> {
    take_till1(|c: char| c == ' ' || c == '\t').parse(text)
}

fn word(text: &str) -> IResult<&str, &str> {
    alt((quoted, bare)).parse(text)
}

impl<'t> Line<'t> {
    /// A line of a file.
    #[must_use]
    pub fn new(text: &'t str, number: u32) -> Line<'t> {
        let whole = text.trim_end_matches(['\r', '\n', ' ', '\t']);
        Line { whole, rest: whole, number, indented: whole.starts_with([' ', '\t']) }
    }

    /// Is there nothing in it?
    #[must_use]
    pub fn is_blank(&self) -> bool {
        let rest = self.rest.trim_start_matches([' ', '\t']);
        rest.is_empty() || rest.starts_with('#')
    }

    /// Column of what comes next, from 1.
    #[must_use]
    pub fn column(&self) -> u32 {
        let rest = self.rest.trim_start_matches([' ', '\t']);
        u32::try_from(self.whole.len().saturating_sub(rest.len())).unwrap_or(u32::MAX).saturating_add(1)
    }

    /// The next word, and the line moves behind it.
    ///
    /// # Errors
    /// A quote that is not closed.
    pub fn next_word(&mut self) -> Result<Option<Word<'t>>, OpenQuote> {
        if self.is_blank() {
            return Ok(None);
        }
        let column = self.column();
        let start = self.rest.trim_start_matches([' ', '\t']);
        let is_quoted = start.starts_with('"');
        match word(start) {
            Ok((rest, text)) if !is_quoted || rest.len() + text.len() + 2 == start.len() => {
                self.rest = rest;
                Ok(Some(Word { text, column, quoted: is_quoted }))
            }
            _ => Err(OpenQuote),
        }
    }

    /// What follows the word before without a blank between them (`"a b":c`).
    pub fn glued(&mut self) -> Option<Word<'t>> {
        if self.rest.is_empty() || self.rest.starts_with([' ', '\t']) {
            return None;
        }
        let column = self.column();
        let end = self.rest.find([' ', '\t']).unwrap_or(self.rest.len());
        let (text, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        Some(Word { text, column, quoted: false })
    }

    /// The whole line.
    #[must_use]
    pub fn whole(&self) -> &'t str {
        self.whole
    }

    /// The word that begins in a column.
    #[must_use]
    pub fn word_at(&self, column: u32) -> Option<Word<'t>> {
        let begin = usize::try_from(column).ok()?.checked_sub(1)?;
        let mut line = Line { rest: self.whole.get(begin..)?, ..*self };
        line.next_word().ok().flatten()
    }

    /// The line from its begin.
    #[must_use]
    pub fn rewound(&self) -> Line<'t> {
        Line { rest: self.whole, ..*self }
    }

    /// The next word, without moving.
    #[must_use]
    pub fn peek(&self) -> Option<Word<'t>> {
        let mut copy = *self;
        copy.next_word().ok().flatten()
    }
}

/// The lines of a file that are not blank.
pub fn lines(text: &str) -> Lines<'_> {
    Lines { rest: Some(text.strip_prefix('\u{feff}').unwrap_or(text)), number: 0 }
}

/// What [`lines`] gives.
#[derive(Clone, Copy, Debug)]
pub struct Lines<'t> {
    rest: Option<&'t str>,
    /// The number of the line before.
    number: u32,
}

impl<'t> Iterator for Lines<'t> {
    type Item = Line<'t>;

    fn next(&mut self) -> Option<Line<'t>> {
        loop {
            let rest = self.rest?;
            // `['\n']`, here and elsewhere: a single `char` is looked for with a function that may panic.
            let (line, behind) = match rest.split_once(['\n']) {
                Some((line, behind)) => (line, Some(behind)),
                None => (rest, None),
            };
            self.rest = behind;
            self.number += 1;
            let line = Line::new(line, self.number);
            if !line.is_blank() {
                return Some(line);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn words_columns_and_comments() {
        let mut line = Line::new("  note \"a b\" x # rest\r", 7);
        assert!(line.indented);
        assert_eq!(line.next_word().unwrap().unwrap(), Word { text: "note", column: 3, quoted: false });
        assert_eq!(line.next_word().unwrap().unwrap(), Word { text: "a b", column: 8, quoted: true });
        assert_eq!(line.next_word().unwrap().unwrap().text, "x");
        assert_eq!(line.next_word().unwrap(), None);
    }

    #[test]
    fn an_open_quote_is_an_error() {
        assert_eq!(Line::new("x \"abc", 1).peek().unwrap().text, "x");
        let mut line = Line::new("\"abc", 1);
        assert_eq!(line.next_word(), Err(OpenQuote));
        assert_eq!(Line::new("\"\"", 1).next_word().unwrap().unwrap().text, "");
    }

    #[test]
    fn what_follows_a_quote_without_a_blank() {
        let mut line = Line::new("\"a b\":c d", 1);
        assert_eq!(line.next_word().unwrap().unwrap().text, "a b");
        assert_eq!(line.glued().unwrap(), Word { text: ":c", column: 6, quoted: false });
        assert_eq!(line.glued(), None);
        assert_eq!(line.next_word().unwrap().unwrap().text, "d");
    }
}
