//! From text to table.
//!
//! How this works. A channel may extend others, so its text is a stack of *layers*, the base first.
//! Three passes go over all of them: `declare` reads everything that others refer to (maps, columns,
//! qualifiers, blocks, the message), `rules` turns each rule line into *drafts* (a rule and where it
//! belongs), and `flat` or `tree` lays the sorted drafts out for the engine: as a grid of cells by
//! record name and section, or as a tree of nodes. To add a statement, touch `declare`; to add a
//! modifier of rules, touch `rules`; what the engine sees is in [`crate::table`].

mod declare;
mod flat;
mod rules;
mod storage;
mod target;
mod tree;

pub use storage::{Arena, Storage};

use heapless::Vec;

use crate::error::{ChannelError, ErrorKind};
use crate::table::{Channel, Dialect, Path, Rule, Run, Text, syntax};
use crate::words::{self, Line, Word};
use storage::Pools;

/// The most blocks a channel may have.
const BLOCKS: usize = 64;
/// The most records whose qualifier is declared.
const QUALIFIERS: usize = 64;
/// How many channels may extend each other.
const LAYERS: usize = 4;

type Result<T> = core::result::Result<T, ChannelError>;

/// A block of rules: `header`, `party on NAD in header line` …
#[derive(Clone, Debug, Default)]
struct Block<'t> {
    /// The word that it begins with.
    name: &'t str,
    /// Where its heading stands.
    layer: u8,
    line: u32,
    /// One of [`crate::table::section`].
    kind: u8,
    /// The group of the vocabulary that it opens.
    group: u8,
    /// The reading of the message that it belongs to.
    variant: u8,
    /// Rows of the records that open it.
    openers: Vec<u8, 8>,
    /// Rows that stay inside though no rule names them.
    keep: Vec<u8, 24>,
    /// Rows that end it; if there are any, nothing else does.
    until: Vec<u8, 8>,
    /// Names of the blocks that it stands in.
    inside: Vec<Word<'t>, 8>,
    /// Those blocks.
    parents: Vec<u8, 12>,
    /// Conditions of its opening.
    conditions: Run,
    /// Nodes that open it, each with its role (trees).
    nodes: Vec<(u16, u16), 12>,
    /// The fixed role of a party that is written `party.ROLE.field`.
    role: u16,
    /// Fields that must be there.
    required: Vec<u16, 12>,
}

/// A rule and where it belongs.
#[derive(Clone, Copy, Debug, Default)]
pub struct Draft {
    kind: u8,
    block: u8,
    at: u16,
    key: u64,
    seq: u16,
    rule: Rule,
}

/// Kinds of drafts, in the order in which they are laid out.
mod draft {
    /// Fires when its section opens.
    pub const CONSTANT: u8 = 0;
    /// Fires with its record or node.
    pub const PLAIN: u8 = 1;
    /// Fires with its section as a whole (rows of CSV, parties of a fixed role).
    pub const SECTION: u8 = 2;
    /// Gives a default when its section closes.
    pub const DEFAULT: u8 = 3;
}

/// The block number of rules that hold for a record in every block.
const EVERYWHERE: u8 = 255;

struct Compiler<'t, 'a> {
    layers: Vec<&'t str, LAYERS>,
    pools: Pools<'a>,
    name: &'t str,
    version: u16,
    syntax: u8,
    dialect: Dialect,
    group: Path,
    blocks: Vec<Block<'t>, BLOCKS>,
    /// Qualifier of a row.
    qualifiers: Vec<(u8, Path), QUALIFIERS>,
    /// Rows with pairs, in the order of the pairs pool.
    paired: Vec<u8, 32>,
    /// Names of maps, in the order of their pool.
    maps: Vec<&'t str, 64>,
    /// Names of carried values, in the order of their pool, with their reading.
    carries: Vec<&'t str, 24>,
    /// Where each sender of an extension is known from.
    senders: Vec<&'t str, 16>,
    /// The layer whose line is read.
    layer: u8,
}

/// Compiles a channel into the memory of `storage`.
///
/// `text` is the channel file; `base` gives the text of a channel that it extends, by name. The table
/// lives as long as the storage; nothing else is kept. Time is linear in the text times the number of
/// its names; no allocation.
///
/// # Errors
/// The first fault, with its line and column.
pub fn compile<'a>(
    text: &str,
    base: &dyn Fn(&str) -> Option<&'static str>,
    storage: Arena<'a>,
) -> core::result::Result<Channel<'a>, ChannelError> {
    let mut layers: Vec<&str, LAYERS> = Vec::new();
    let mut top = text;
    loop {
        if layers.insert(0, top).is_err() {
            return Err(fault(ErrorKind::TooLarge, 1, 1, "at most four channels that extend each other"));
        }
        match extended(top)? {
            None => break,
            Some((name, line)) => match base(name.text) {
                Some(text) => top = text,
                None => {
                    return Err(fault(ErrorKind::UnknownBase, line, name.column, "the name of a channel"));
                }
            },
        }
    }
    let mut compiler = Compiler::new(layers, storage);
    compiler.declare()?;
    compiler.rules()?;
    compiler.lay_out()
}

/// The name behind `extends` in the first line of a channel.
fn extended(text: &str) -> Result<Option<(Word<'_>, u32)>> {
    let missing = |line| fault(ErrorKind::Missing, line, 1, "channel NAME VERSION");
    let Some(mut line) = words::lines(text).next() else { return Err(missing(1)) };
    let number = line.number;
    if line.next_word().ok().flatten().is_none_or(|word| word.text != "channel") {
        return Err(missing(number));
    }
    while let Ok(Some(word)) = line.next_word() {
        if word.text == "extends" {
            return match line.next_word() {
                Ok(Some(name)) => Ok(Some((name, number))),
                _ => Err(fault(ErrorKind::UnexpectedEnd, number, line.column(), "the name of a channel")),
            };
        }
    }
    Ok(None)
}

const fn fault(kind: ErrorKind, line: u32, column: u32, expected: &'static str) -> ChannelError {
    ChannelError { kind, line, column, expected, nearest: None, layer: 0 }
}

impl<'t, 'a> Compiler<'t, 'a> {
    fn new(layers: Vec<&'t str, LAYERS>, storage: Arena<'a>) -> Compiler<'t, 'a> {
        Compiler {
            layers,
            pools: Pools::new(storage),
            name: "",
            version: 0,
            syntax: 0,
            dialect: Dialect::default(),
            group: Path::NONE,
            blocks: Vec::new(),
            qualifiers: Vec::new(),
            paired: Vec::new(),
            maps: Vec::new(),
            carries: Vec::new(),
            senders: Vec::new(),
            layer: 0,
        }
    }

    /// All lines of all layers, the base first.
    fn lines(&self) -> impl Iterator<Item = (u8, Line<'t>)> + use<'t> {
        let layers = self.layers.clone();
        let count = layers.len();
        layers.into_iter().enumerate().take(count).flat_map(|(layer, text)| {
            words::lines(text).map(move |line| (u8::try_from(layer).unwrap_or(u8::MAX), line))
        })
    }

    fn is_flat(&self) -> bool {
        syntax::is_flat(self.syntax)
    }

    fn is_rows(&self) -> bool {
        matches!(self.syntax, syntax::CSV | syntax::FORM)
    }

    /// An error at a place of the layer that is read.
    fn error(&self, kind: ErrorKind, line: &Line<'_>, column: u32, expected: &'static str) -> ChannelError {
        let last = self.layers.len().saturating_sub(1);
        let layer = u8::try_from(last).unwrap_or(0).saturating_sub(self.layer);
        ChannelError { kind, line: line.number, column, expected, nearest: None, layer }
    }

    fn full(&self) -> ChannelError {
        let line = Line::new("", 1);
        self.error(ErrorKind::TooLarge, &line, 1, "a smaller channel or more memory")
    }

    fn word(&self, line: &mut Line<'t>, expected: &'static str) -> Result<Word<'t>> {
        match self.maybe(line)? {
            Some(word) => Ok(word),
            None => Err(self.error(ErrorKind::UnexpectedEnd, line, line.column(), expected)),
        }
    }

    fn maybe(&self, line: &mut Line<'t>) -> Result<Option<Word<'t>>> {
        let column = line.column();
        line.next_word().map_err(|_| self.error(ErrorKind::OpenQuote, line, column, "a closing \""))
    }

    fn unexpected(&self, line: &Line<'t>, word: Word<'t>, expected: &'static str) -> ChannelError {
        self.error(ErrorKind::UnexpectedWord, line, word.column, expected)
    }

    /// Puts a text into the pool, or finds it there.
    fn intern(&mut self, text: &str) -> Result<Text> {
        self.pools.intern(text.as_bytes()).ok_or_else(|| self.full())
    }

    /// Puts a text into the pool and its place among the keys.
    fn key(&mut self, text: &str) -> Result<u16> {
        let text = self.intern(text)?;
        self.pools.keys.push(text).ok_or_else(|| self.full())
    }

    /// The row of a record name; it is entered if it is new.
    fn row(&mut self, name: &str) -> Result<u8> {
        let bytes = name.as_bytes();
        let found = self.pools.names.as_slice().iter().position(|n| self.pools.text(n.text) == bytes);
        let row = match found {
            Some(row) => Some(row),
            None => {
                let text = self.intern(name)?;
                let key = crate::table::pack(bytes);
                let name = crate::table::Name { key, text, ..Default::default() };
                self.pools.names.push(name).map(usize::from)
            }
        };
        row.and_then(|row| u8::try_from(row).ok()).filter(|row| *row < 250).ok_or_else(|| self.full())
    }

    fn lay_out(mut self) -> Result<Channel<'a>> {
        let flat = self.is_flat();
        self.pools.drafts.as_mut_slice().sort_unstable_by_key(|d| {
            (d.kind, if flat || d.kind != draft::PLAIN { d.block } else { 0 }, d.at, d.key, d.seq)
        });
        if flat && !self.is_rows() {
            self.build_grid()?;
        } else {
            self.build_sections()?;
        }
        for i in 0..self.pools.drafts.len() {
            let rule = self.pools.drafts.get(i).rule;
            self.pools.rules.push(rule).ok_or_else(|| self.full())?;
        }
        let name = self.intern(self.name)?;
        let (version, syntax, dialect, group) = (self.version, self.syntax, self.dialect, self.group);
        Ok(self.pools.finish(name, version, syntax, dialect, group))
    }

    /// The drafts of one kind and block as a run of rules.
    fn run_of(&self, kind: u8, block: u8) -> Run {
        self.run_where(|d| d.kind == kind && d.block == block)
    }

    fn run_where(&self, holds: impl Fn(&Draft) -> bool) -> Run {
        let drafts = self.pools.drafts.as_slice();
        let start = drafts.iter().position(&holds).unwrap_or(0);
        let count = drafts.iter().filter(|d| holds(d)).count();
        Run { start: u16::try_from(start).unwrap_or(0), count: u16::try_from(count).unwrap_or(0) }
    }

    /// The fields that a block must have, as a run.
    fn required_of(&mut self, block: usize) -> Result<Run> {
        let fields = self.blocks.get(block).map(|b| b.required.clone()).unwrap_or_default();
        let start = self.pools.required.len();
        for field in &fields {
            self.pools.required.push(*field).ok_or_else(|| self.full())?;
        }
        Ok(Run { start: u16::try_from(start).unwrap_or(0), count: u16::try_from(fields.len()).unwrap_or(0) })
    }
}
