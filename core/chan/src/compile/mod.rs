//! From text to table.
//!
//! How this works. A channel may extend others, so its text is a stack of *layers*, the base first.
//! Three passes go over all of them: `declare` reads everything that others refer to (maps, columns,
//! qualifiers, layouts, blocks, the message), `rules` turns each rule line into *drafts* (a rule and
//! where it belongs), and `flat` or `tree` lays the sorted drafts out for the engine: as a grid of cells
//! by record name and section, or as a tree of nodes. To add a statement, touch `declare` and the file
//! beside it that fits; to add a transform or a modifier of rules, touch `values`; what the engine sees
//! is in [`crate::table`].
//!
//! Work is bounded. A text has at most 1 MiB. Lines and words are read a fixed number of times; a text is entered by its hash;
//! drafts are sorted once and found by halving; records, blocks and sections have fixed limits (250, 64
//! and 64), so that the grid costs at most 250 × 64 × 64 looks however hostile the text is. Whatever is
//! full ends the compilation with [`ErrorKind::TooLarge`].
//!
//! So is the stack. What is noted while a channel is compiled lies in the caller's memory (`notes`), a
//! result carries a mark and not the fault, and what a pass or a kind of line needs stands in a frame of
//! its own (`#[inline(never)]`), of which only one is open. `tests/firmware/run` measures the deepest way.

mod blocks;
mod conditions;
mod declare;
mod drafts;
mod flat;
mod layers;
mod maps;
mod notes;
mod pools;
mod records;
mod rules;
mod scopes;
mod storage;
mod target;
mod tree;
mod values;

pub use storage::{Arena, Storage};

use core::cell::Cell;

use crate::error::{ChannelError, ErrorKind, Near, nearest};
use crate::table::{Channel, Run, Text, syntax};
use crate::words::{Line, Word};
use layers::Layers;
use notes::Notes;
use pools::{Head, Pools};

/// The most blocks a channel may have.
const BLOCKS: usize = 64;
/// The block number of rules that hold for a record in every block.
const EVERYWHERE: u8 = 255;

/// The compilation has ended; [`Compiler::fault`] says why. It is a mark only, so that the many results
/// on the stack stay small.
struct Stop;

type Result<T> = core::result::Result<T, Stop>;

struct Compiler<'t, 'm, 'a> {
    layers: Layers<'t>,
    name: &'t str,
    pools: &'m mut Pools<'a>,
    notes: &'m mut Notes,
    head: Head,
    /// The layer whose `syntax` statement has been read, + 1.
    syntax_layer: u8,
    /// The block whose heading has just been read: the next one may share its rules.
    open_heading: Option<u8>,
    /// How many drafts are sorted.
    sorted: usize,
    /// The layer and line that are read.
    layer: u8,
    line: u32,
    /// The fault that was found last.
    fault: Cell<ChannelError>,
}

/// Compiles a channel into the memory of `storage`.
///
/// `text` is the channel file; `base` gives the text of a channel that it extends, by name. The table
/// lives as long as the storage; nothing else is kept. Time is linear in the text, plus a constant that
/// depends on the limits only; no allocation, no recursion, little stack.
///
/// # Errors
/// The first fault, with its line and column.
#[inline(never)]
pub fn compile<'a>(
    text: &str,
    base: &dyn Fn(&str) -> Option<&'static str>,
    mut storage: Arena<'a>,
) -> core::result::Result<Channel<'a>, ChannelError> {
    let mut compiler = Compiler::new(&mut storage);
    if compiler.read(text, base).is_err() {
        return Err(compiler.fault.get());
    }
    let head = compiler.head;
    let channel = storage.pools.finish(&head);
    debug_assert!(channel.is_sound(), "a table whose indices are wrong");
    Ok(channel)
}

impl<'t, 'm, 'a> Compiler<'t, 'm, 'a> {
    fn new(storage: &'m mut Arena<'a>) -> Compiler<'t, 'm, 'a> {
        let Arena { pools, notes } = storage;
        pools.clear();
        notes.clear();
        Compiler {
            layers: Layers::default(),
            name: "",
            pools,
            notes,
            head: Head::default(),
            syntax_layer: 0,
            open_heading: None,
            sorted: 0,
            layer: 0,
            line: 1,
            fault: Cell::new(ChannelError {
                kind: ErrorKind::Missing,
                line: 1,
                column: 1,
                expected: "",
                nearest: None,
                layer: 0,
            }),
        }
    }

    fn read(&mut self, text: &'t str, base: &dyn Fn(&str) -> Option<&'static str>) -> Result<()> {
        self.stack(text, base)?;
        self.declare()?;
        self.rules()?;
        self.lay_out()
    }

    fn is_flat(&self) -> bool {
        syntax::is_flat(self.head.syntax)
    }

    /// Do values have names of their own instead of records?
    fn is_rows(&self) -> bool {
        matches!(self.head.syntax, syntax::CSV | syntax::FORM | syntax::SMS)
    }

    /// An error at a place of the line that is read.
    fn error(&self, kind: ErrorKind, column: u32, expected: &'static str) -> Stop {
        let layer = self.layers.last().saturating_sub(self.layer);
        self.fault.set(ChannelError { kind, line: self.line, column, expected, nearest: None, layer });
        Stop
    }

    /// An error that is the fault of the channel as a whole.
    fn fault(&self, kind: ErrorKind, line: u32, column: u32, expected: &'static str) -> Stop {
        self.fault.set(ChannelError { kind, line, column, expected, nearest: None, layer: 0 });
        Stop
    }

    /// An error, with the nearest of some names.
    fn suggest<'n>(&self, error: Stop, wanted: &str, names: impl Iterator<Item = &'n str>) -> Stop {
        self.with_nearest(error, nearest(wanted, names))
    }

    fn with_nearest(&self, error: Stop, name: Option<&str>) -> Stop {
        let nearest = name.and_then(Near::new);
        self.fault.set(ChannelError { nearest, ..self.fault.get() });
        error
    }

    #[cold]
    fn full(&self) -> Stop {
        self.error(ErrorKind::TooLarge, 1, "a smaller channel or more memory")
    }

    fn word(&self, line: &mut Line<'t>, expected: &'static str) -> Result<Word<'t>> {
        match self.maybe(line)? {
            Some(word) => Ok(word),
            None => Err(self.error(ErrorKind::UnexpectedEnd, line.column(), expected)),
        }
    }

    fn maybe(&self, line: &mut Line<'t>) -> Result<Option<Word<'t>>> {
        let column = line.column();
        line.next_word().map_err(|_| self.error(ErrorKind::OpenQuote, column, "a closing \""))
    }

    /// One word that must stand there.
    fn exactly(&self, line: &mut Line<'t>, wanted: &'static str) -> Result<()> {
        let word = self.word(line, wanted)?;
        if word.text == wanted && !word.quoted { Ok(()) } else { Err(self.unexpected(word, wanted)) }
    }

    /// Takes the next word if it is this key word.
    fn takes(&self, line: &mut Line<'t>, wanted: &str) -> Result<bool> {
        if line.peek().is_some_and(|word| word.text == wanted && !word.quoted) {
            self.maybe(line)?;
            return Ok(true);
        }
        Ok(false)
    }

    /// A number that must stand there.
    fn number<T: core::str::FromStr>(&self, line: &mut Line<'t>, expected: &'static str) -> Result<T> {
        let word = self.word(line, expected)?;
        word.text.parse().map_err(|_| self.unexpected(word, expected))
    }

    fn end(&self, line: &mut Line<'t>) -> Result<()> {
        match self.maybe(line)? {
            None => Ok(()),
            Some(word) => Err(self.unexpected(word, "the end of the line")),
        }
    }

    fn unexpected(&self, word: Word<'t>, expected: &'static str) -> Stop {
        self.error(ErrorKind::UnexpectedWord, word.column, expected)
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

    /// The run of keys from `start` to the last one.
    fn keys_from(&self, start: usize) -> Result<Run> {
        let count = self.pools.keys.len().saturating_sub(start);
        match (u16::try_from(start), u16::try_from(count)) {
            (Ok(start), Ok(count)) => Ok(Run { start, count }),
            _ => Err(self.full()),
        }
    }

    #[inline(never)]
    fn lay_out(&mut self) -> Result<()> {
        self.sort_drafts()?;
        if self.is_flat() && !self.is_rows() {
            self.build_grid()?;
        } else {
            self.build_sections()?;
        }
        self.lay_rules_out()?;
        self.head.name = self.intern(self.name)?;
        Ok(())
    }

    /// The fields that a block must have, as a run.
    fn required_of(&mut self, block: usize) -> Result<Run> {
        let start = self.pools.required.len();
        let count = self.notes.blocks.get(block).map_or(0, |b| b.required.len());
        for i in 0..count {
            let field = self.notes.blocks.get(block).and_then(|b| b.required.get(i)).copied().unwrap_or(0);
            self.pools.required.push(field).ok_or_else(|| self.full())?;
        }
        Ok(Run { start: u16::try_from(start).unwrap_or(0), count: u16::try_from(count).unwrap_or(0) })
    }
}
