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

mod blocks;
mod conditions;
mod declare;
mod drafts;
mod flat;
mod maps;
mod pools;
mod records;
mod rules;
mod scopes;
mod storage;
mod target;
mod tree;
mod values;

pub use storage::{Arena, Storage};

use heapless::Vec;

use crate::error::{ChannelError, ErrorKind};
use crate::table::{Channel, Dialect, Path, Run, Text, syntax};
use crate::words::{self, Line, Word};
use blocks::Block;
use pools::{Head, Pools};
use scopes::Slot;

/// The most blocks a channel may have.
const BLOCKS: usize = 64;
/// The most records whose qualifier is declared.
const QUALIFIERS: usize = 64;
/// How many channels may extend each other.
const LAYERS: usize = 4;
/// The largest text of a channel in bytes: a thousand times a usual one.
const TEXT_BYTES: usize = 1 << 20;
/// The block number of rules that hold for a record in every block.
const EVERYWHERE: u8 = 255;

type Result<T> = core::result::Result<T, ChannelError>;

struct Compiler<'t, 'a> {
    layers: Vec<&'t str, LAYERS>,
    pools: Pools<'a>,
    name: &'t str,
    version: u16,
    syntax: u8,
    /// The layer whose `syntax` statement has been read, + 1.
    syntax_layer: u8,
    dialect: Dialect,
    group: Path,
    /// Rows + 1 of the records that open and end a message.
    message: (u8, u8),
    blocks: Vec<Block<'t>, BLOCKS>,
    /// The block whose heading has just been read: the next one may share its rules.
    open_heading: Option<u8>,
    /// Qualifier of a row, and the layer that says so.
    qualifiers: Vec<(u8, Path, u8), QUALIFIERS>,
    /// Rows with pairs, in the order of the pairs pool.
    paired: Vec<(u8, u8), 32>,
    /// Columns, with the layer that names them.
    columns: Vec<(u8, u8), 64>,
    /// Maps, in the order of their pool.
    maps: Vec<maps::Known<'t>, 64>,
    /// Names of carried values, in the order of their pool.
    carries: Vec<blocks::Carried<'t>, 24>,
    /// Senders that an extension is for.
    senders: Vec<&'t str, 16>,
    /// Rules of the base that an extension replaces or removes.
    removed: Vec<rules::Removed<'t>, 64>,
    /// Slots of trees.
    slots: Vec<Slot, { scopes::SLOTS }>,
    /// How many drafts are sorted.
    sorted: usize,
    /// The layer and line that are read.
    layer: u8,
    line: u32,
}

/// Compiles a channel into the memory of `storage`.
///
/// `text` is the channel file; `base` gives the text of a channel that it extends, by name. The table
/// lives as long as the storage; nothing else is kept. Time is linear in the text, plus a constant that
/// depends on the limits only; no allocation, no recursion.
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
        if top.len() > TEXT_BYTES {
            return Err(fault(ErrorKind::TooLarge, 1, 1, "a text of at most 1 MiB"));
        }
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
    let channel = compiler.lay_out()?;
    debug_assert!(channel.is_sound(), "a table whose indices are wrong");
    Ok(channel)
}

/// The name behind `extends` in the first line of a channel.
fn extended(text: &str) -> Result<Option<(Word<'_>, u32)>> {
    let Some(mut line) = words::lines(text).next() else {
        return Err(fault(ErrorKind::Missing, 1, 1, "channel NAME VERSION"));
    };
    let number = line.number;
    let first = line.next_word().ok().flatten();
    if line.indented || first.is_none_or(|word| word.text != "channel") {
        return Err(fault(ErrorKind::Missing, number, 1, "channel NAME VERSION"));
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
            syntax_layer: 0,
            dialect: Dialect::default(),
            group: Path::NONE,
            message: (0, 0),
            blocks: Vec::new(),
            open_heading: None,
            qualifiers: Vec::new(),
            paired: Vec::new(),
            columns: Vec::new(),
            maps: Vec::new(),
            carries: Vec::new(),
            senders: Vec::new(),
            removed: Vec::new(),
            slots: Vec::new(),
            sorted: 0,
            layer: 0,
            line: 1,
        }
    }

    /// All lines of all layers, the base first.
    fn lines(&self) -> impl Iterator<Item = (u8, Line<'t>)> + use<'t> {
        let layers = self.layers.clone();
        // By number: to drop an iterator over a heapless vector may panic.
        (0u8..)
            .map_while(move |layer| layers.get(usize::from(layer)).map(|text| (layer, *text)))
            .flat_map(|(layer, text)| words::lines(text).map(move |line| (layer, line)))
    }

    fn is_flat(&self) -> bool {
        syntax::is_flat(self.syntax)
    }

    /// Do values have names of their own instead of records?
    fn is_rows(&self) -> bool {
        matches!(self.syntax, syntax::CSV | syntax::FORM | syntax::SMS)
    }

    /// An error at a place of the line that is read.
    fn error(&self, kind: ErrorKind, column: u32, expected: &'static str) -> ChannelError {
        let last = u8::try_from(self.layers.len()).unwrap_or(1).saturating_sub(1);
        let layer = last.saturating_sub(self.layer);
        ChannelError { kind, line: self.line, column, expected, nearest: None, layer }
    }

    #[cold]
    fn full(&self) -> ChannelError {
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

    fn unexpected(&self, word: Word<'t>, expected: &'static str) -> ChannelError {
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

    fn lay_out(mut self) -> Result<Channel<'a>> {
        self.sort_drafts()?;
        if self.is_flat() && !self.is_rows() {
            self.build_grid()?;
        } else {
            self.build_sections()?;
        }
        self.lay_rules_out()?;
        let head = Head {
            name: self.intern(self.name)?,
            version: self.version,
            syntax: self.syntax,
            dialect: self.dialect,
            group: self.group,
            message: self.message,
        };
        Ok(self.pools.finish(head))
    }

    /// The fields that a block must have, as a run.
    fn required_of(&mut self, block: usize) -> Result<Run> {
        let start = self.pools.required.len();
        let count = self.blocks.get(block).map_or(0, |b| b.required.len());
        for i in 0..count {
            let field = self.blocks.get(block).and_then(|b| b.required.get(i)).copied().unwrap_or(0);
            self.pools.required.push(field).ok_or_else(|| self.full())?;
        }
        Ok(Run { start: u16::try_from(start).unwrap_or(0), count: u16::try_from(count).unwrap_or(0) })
    }
}
