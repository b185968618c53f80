//! The way of a message: from bytes to records, one step at a time.
//!
//! [`Reader`] is a state machine in the caller's memory. Each call of [`Reader::next`] hands out one
//! event; what it shows is valid until the next call. Nothing is final before [`Event::End`].

use crate::channel::desk::{Desk, DeskState, Origin};
use crate::channel::{Options, Registry, Signal};
use crate::order::{Entry, Event, Finding, Order, Record, Texts};

#[cfg(feature = "edifact")]
use crate::channel::flat::FlatState;
#[cfg(feature = "json")]
use crate::channel::tree::TreeState;

/// Why a message cannot be read at all.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Error {
    /// What is wrong.
    pub kind: ErrorKind,
    /// Where, in bytes.
    pub at: u32,
}

/// Kinds of errors.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// There is nothing but blanks.
    Empty,
    /// No channel recognises the message.
    NotRecognised,
    /// Two channels recognise it equally well.
    Ambiguous,
    /// The channel that the caller names is not there, or its notation is not built in.
    UnknownChannel,
    /// Messages are at most 4 GiB.
    TooLarge,
    /// The memory for entries or findings is smaller than the least.
    TooLittleMemory,
    /// Not well formed in its notation.
    Malformed,
}

impl ErrorKind {
    /// In words.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            ErrorKind::Empty => "the message is empty",
            ErrorKind::NotRecognised => "no channel recognises this message",
            ErrorKind::Ambiguous => "two channels recognise this message equally well",
            ErrorKind::UnknownChannel => "no channel of this name",
            ErrorKind::TooLarge => "a message has at most 4 GiB",
            ErrorKind::TooLittleMemory => "at least 64 entries and 16 findings are needed",
            ErrorKind::Malformed => "the message is not well formed",
        }
    }
}

impl core::fmt::Display for Error {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{} (byte {})", self.kind.text(), self.at)
    }
}

impl core::error::Error for Error {}

/// The least number of entries.
pub const MIN_ENTRIES: usize = 64;
/// The least number of findings.
pub const MIN_FINDINGS: usize = 16;

/// Memory that the caller lends.
#[derive(Debug)]
pub struct Memory<'a> {
    /// For the values of the records that are open: 64 at the least; 256 hold most documents' headers
    /// and parties in one piece.
    pub entries: &'a mut [Entry],
    /// For findings between two events: 16 at the least.
    pub findings: &'a mut [Finding],
    /// For texts that must be decoded: as long as the longest record's texts.
    pub scratch: &'a mut [u8],
}

/// The engine at work, by notation.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::large_enum_variant)] // It rests in the caller's memory, not on the stack.
enum Engine {
    #[cfg(feature = "edifact")]
    Flat(FlatState),
    #[cfg(feature = "json")]
    Tree(TreeState),
    None,
}

/// What is to be done before the next step.
#[derive(Clone, Copy, Debug)]
enum After {
    Nothing,
    Cut(usize),
    CutPart(usize),
}

/// Reads a message, event by event.
#[derive(Debug)]
pub struct Reader<'a> {
    message: &'a [u8],
    registry: Registry<'a>,
    options: Options<'a>,
    memory: Memory<'a>,
    desk: DeskState,
    engine: Engine,
    after: After,
    channel: usize,
    signal: Signal,
    orders: u32,
}

impl<'a> Reader<'a> {
    /// Looks what the message is and makes ready to read it.
    ///
    /// # Errors
    /// No channel recognises the message, or the memory is too small.
    pub fn new(
        message: &'a [u8],
        registry: Registry<'a>,
        options: Options<'a>,
        memory: Memory<'a>,
    ) -> Result<Reader<'a>, Error> {
        let mut reader = Reader {
            message,
            registry,
            options,
            memory,
            desk: DeskState::default(),
            engine: Engine::None,
            after: After::Nothing,
            channel: 0,
            signal: Signal::Done,
            orders: 0,
        };
        reader.start()?;
        Ok(reader)
    }

    fn start(&mut self) -> Result<(), Error> {
        if u32::try_from(self.message.len()).is_err() {
            return Err(Error { kind: ErrorKind::TooLarge, at: 0 });
        }
        if self.memory.entries.len() < MIN_ENTRIES || self.memory.findings.len() < MIN_FINDINGS {
            return Err(Error { kind: ErrorKind::TooLittleMemory, at: 0 });
        }
        let begin = self.message.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(self.message);
        let first = begin.trim_ascii_start();
        self.engine = match first.first() {
            None => return Err(Error { kind: ErrorKind::Empty, at: 0 }),
            #[cfg(feature = "json")]
            Some(b'{' | b'[') => Engine::Tree(TreeState::default()),
            #[cfg(feature = "edifact")]
            _ => Engine::Flat(FlatState::default()),
        };
        Ok(())
    }

    /// The message.
    #[must_use]
    pub const fn message(&self) -> &'a [u8] {
        self.message
    }

    /// The findings since the event before.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        self.memory.findings.get(..self.desk.found as usize).unwrap_or(&[])
    }

    /// The name of the channel that reads the order in work.
    #[must_use]
    pub fn channel(&self) -> &'a str {
        self.registry.get(self.channel).map_or("", |c| c.name)
    }

    fn texts(&self) -> Texts<'_> {
        let pool = self.registry.get(self.channel).map_or(&[][..], |c| c.text);
        Texts { message: self.message, scratch: self.memory.scratch, channel: pool }
    }

    /// The next event; `None` when the message has been read.
    ///
    /// # Errors
    /// The message turns out not to be what it seemed.
    #[allow(clippy::should_implement_trait)] // It lends what it shows.
    pub fn next(&mut self) -> Result<Option<Event<'_>>, Error> {
        if !self.advance()? {
            return Ok(None);
        }
        Ok(self.event())
    }

    /// Does a step and notes what it gave; `false` when the message has been read.
    fn advance(&mut self) -> Result<bool, Error> {
        self.desk.found = 0;
        self.signal = self.step();
        match self.signal {
            Signal::Begin(channel) => {
                self.channel = channel;
                self.orders += 1;
            }
            Signal::Record { kind, start, open, .. } => {
                let end = self.desk.top as usize;
                let entries = self.memory.entries.get(start..end).unwrap_or(&[]);
                self.desk.tally.record(kind, entries);
                self.after = if open { After::CutPart(start) } else { After::Cut(start) };
            }
            Signal::End => self.close_order(),
            Signal::Content => {}
            Signal::Unrecognised(at) => return Err(Error { kind: ErrorKind::NotRecognised, at }),
            Signal::Done => return Ok(false),
        }
        Ok(true)
    }

    /// What the last step gave, once more.
    #[must_use]
    pub fn event(&self) -> Option<Event<'_>> {
        match self.signal {
            Signal::Begin(_) => Some(Event::Begin { channel: self.channel() }),
            Signal::Record { kind, line, start, partial, .. } => {
                let end = self.desk.top as usize;
                let entries = self.memory.entries.get(start..end).unwrap_or(&[]);
                Some(Event::Record(Record { kind, line, partial, entries, texts: self.texts() }))
            }
            Signal::End => Some(Event::End(self.desk.tally.end(self.options.min_confidence))),
            Signal::Content | Signal::Unrecognised(_) | Signal::Done => None,
        }
    }

    /// Reads the next order as a whole; `false` when there is none.
    ///
    /// # Errors
    /// As [`Reader::next`].
    pub fn collect(&mut self, order: &mut Order<'a>) -> Result<bool, Error> {
        order.clear();
        loop {
            let (event, channel, findings) = match self.next_with_findings()? {
                Some(found) => found,
                None => return Ok(false),
            };
            order.take(&event, channel, findings);
            if matches!(event, Event::End(_)) {
                return Ok(true);
            }
        }
    }

    /// The next event, the channel, and the findings that came with it.
    fn next_with_findings(&mut self) -> Result<Option<(Event<'_>, &'a str, &[Finding])>, Error> {
        if !self.advance()? {
            return Ok(None);
        }
        Ok(self.event().map(|event| (event, self.channel(), self.findings())))
    }

    /// Checks of the whole order.
    fn close_order(&mut self) {
        let mut tally = self.desk.tally;
        let findings = &mut *self.memory.findings;
        let found = &mut self.desk.found;
        tally.close(|tally, note, review| {
            tally.finding(&note, review);
            match findings.get_mut(*found as usize) {
                Some(place) => {
                    *place = note;
                    *found += 1;
                }
                None => tally.lose_finding(),
            }
        });
        self.desk.tally = tally;
    }

    fn step(&mut self) -> Signal {
        let pool = self.registry.get(self.channel).map_or(&[][..], |c| c.text);
        let mut desk = Desk {
            state: &mut self.desk,
            entries: self.memory.entries,
            findings: self.memory.findings,
            scratch: self.memory.scratch,
            scratch_base: 0,
            origin: Origin::Message(0),
            message: self.message,
            pool,
            options: &self.options,
        };
        match core::mem::replace(&mut self.after, After::Nothing) {
            After::Nothing => {}
            After::Cut(start) => desk.cut(start),
            After::CutPart(start) => desk.cut_part(start),
        }
        match &mut self.engine {
            #[cfg(feature = "edifact")]
            Engine::Flat(state) => state.step(self.message, &self.registry, &mut desk),
            #[cfg(feature = "json")]
            Engine::Tree(state) => state.step(self.message, &self.registry, &mut desk),
            Engine::None => Signal::Done,
        }
    }
}
