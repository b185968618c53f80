//! The way of a message: from bytes to records, one step at a time.
//!
//! [`Reader`] is a state machine in the caller's memory. Each call of [`Reader::next`] hands out one
//! event; what it shows is valid until the next call. Nothing is final before [`Event::End`].

use ordnorm_chan::table::Channel;
#[cfg(any(feature = "flat", feature = "json", feature = "csv", feature = "form"))]
use ordnorm_chan::table::syntax;
use ordnorm_chan::vocabulary::{self, field, finding, word};

use crate::channel::desk::{Desk, DeskState, Inherited, Origin, findings};
use crate::channel::detect;
#[cfg(feature = "flat")]
use crate::channel::flat::FlatState;
#[cfg(feature = "form")]
use crate::channel::form::FormState;
#[cfg(feature = "csv")]
use crate::channel::rows::RowsState;
#[cfg(feature = "json")]
use crate::channel::tree::TreeState;
use crate::channel::{Options, Registry, Signal};
use crate::check::Recent;
use crate::limits::{NESTING, PARTIES};
use crate::order::{Entry, Event, Finding, Order, Record, RecordKind, Texts, kind, origin};
use crate::syntax::base64;
use crate::value::charset::{self, Charset};

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
    /// The scratch memory is smaller than the message needs: UTF-16 is turned into UTF-8 there.
    TooLittleScratch,
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
            ErrorKind::TooLittleScratch => "the scratch memory is too small for this message",
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
#[derive(Clone, Copy, Debug, Default)]
#[allow(clippy::large_enum_variant)] // It rests in the caller's memory, not on the stack.
enum Engine {
    #[cfg(feature = "flat")]
    Flat(FlatState),
    #[cfg(feature = "json")]
    Tree(TreeState),
    #[cfg(feature = "csv")]
    Rows(RowsState),
    #[cfg(feature = "form")]
    Form(FormState),
    #[default]
    None,
}

impl Engine {
    /// The engine for a message, by its first bytes, and by its header for separated values.
    fn for_message(bytes: &[u8], registry: &Registry<'_>, wanted: Option<usize>) -> Result<Engine, Error> {
        let Some(looks) = detect::notation(bytes) else {
            return Err(Error { kind: ErrorKind::Empty, at: 0 });
        };
        let named = wanted.and_then(|number| registry.get(number)).map(|channel| channel.syntax);
        // What looks like no other notation may be records of a fixed layout: a channel must know the first.
        #[cfg(feature = "fixed")]
        if named == Some(syntax::FIXED) || (named.is_none() && looks == syntax::CSV) {
            match FlatState::of_records(bytes, registry, wanted, |_| {}) {
                (_, detect::Choice::Ambiguous(..)) => {
                    return Err(Error { kind: ErrorKind::Ambiguous, at: 0 });
                }
                (Some(state), _) => return Ok(Engine::Flat(state)),
                _ => {}
            }
        }
        match named.unwrap_or(looks) {
            #[cfg(feature = "json")]
            syntax::JSON => return Ok(Engine::Tree(TreeState::default())),
            #[cfg(feature = "flat")]
            notation @ (syntax::EDIFACT | syntax::X12 | syntax::TRADACOMS) => {
                return Ok(Engine::Flat(FlatState::of(notation)));
            }
            #[cfg(feature = "csv")]
            syntax::CSV => {
                return match RowsState::detect(bytes, registry, wanted, None) {
                    Ok(state) => Ok(Engine::Rows(state)),
                    Err(detect::Choice::Ambiguous(..)) => Err(Error { kind: ErrorKind::Ambiguous, at: 0 }),
                    Err(_) => Err(Error { kind: ErrorKind::NotRecognised, at: 0 }),
                };
            }
            #[cfg(feature = "form")]
            syntax::FORM => {
                return match FormState::detect(bytes, registry, wanted, None) {
                    Ok(state) => Ok(Engine::Form(state)),
                    Err(detect::Choice::Ambiguous(..)) => Err(Error { kind: ErrorKind::Ambiguous, at: 0 }),
                    Err(_) => Err(Error { kind: ErrorKind::NotRecognised, at: 0 }),
                };
            }
            _ => {}
        }
        Err(Error { kind: ErrorKind::NotRecognised, at: 0 })
    }
}

/// Where the bytes of a frame are.
#[derive(Clone, Copy, Debug)]
enum Source {
    /// A part of the message.
    Message { at: u32, length: u32 },
    /// Decoded into scratch memory; the value stands in the message at `outer`.
    Scratch { at: u32, length: u32, outer: (u32, u32) },
}

/// What is to be done before the next step.
#[derive(Clone, Copy, Debug, Default)]
enum After {
    #[default]
    Nothing,
    Cut(usize),
    CutPart(usize),
}

/// A message, or one inside of it.
#[derive(Clone, Copy, Debug)]
struct Frame {
    engine: Engine,
    desk: DeskState,
    source: Source,
    after: After,
    /// The channel that reads it, once it is known.
    channel: usize,
    /// Scratch below this offset belongs to the frames around.
    scratch: u32,
    /// Parties of the message around, as entries: they go out behind the begin of each order.
    parties: [(u32, u32); PARTIES],
    party_count: u8,
    /// The next party to go out.
    party: u8,
    /// Entries of the message around: first and behind the last one.
    inherited: (u32, u32),
}

impl Frame {
    const fn new(engine: Engine, source: Source, scratch: u32) -> Frame {
        Frame {
            engine,
            desk: DeskState::EMPTY,
            source,
            after: After::Nothing,
            channel: 0,
            scratch,
            parties: [(0, 0); PARTIES],
            party_count: 0,
            party: 0,
            inherited: (0, 0),
        }
    }
}

/// Reads a message, event by event.
#[derive(Debug)]
pub struct Reader<'a> {
    message: &'a [u8],
    registry: Registry<'a>,
    options: Options<'a>,
    memory: Memory<'a>,
    /// The message, and the messages inside of each other; those behind `depth` are done with.
    frames: heapless::Vec<Frame, NESTING>,
    depth: usize,
    signal: Signal,
    recent: Recent,
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
        let mut reader = Reader::idle(memory);
        reader.restart(message, registry, options)?;
        Ok(reader)
    }

    /// A reader with nothing to read yet, see [`Reader::restart`].
    #[must_use]
    #[inline]
    pub fn idle(memory: Memory<'a>) -> Reader<'a> {
        Reader {
            message: &[],
            registry: Registry::only(&[]),
            options: Options::default(),
            memory,
            frames: heapless::Vec::new(),
            depth: 0,
            signal: Signal::Done,
            recent: Recent::default(),
        }
    }

    /// Makes ready to read another message in the same memory: in place, for a reader is large.
    ///
    /// # Errors
    /// As [`Reader::new`].
    pub fn restart(
        &mut self,
        message: &'a [u8],
        registry: Registry<'a>,
        options: Options<'a>,
    ) -> Result<(), Error> {
        (self.message, self.registry, self.options) = (message, registry, options);
        (self.depth, self.signal) = (0, Signal::Done);
        self.recent = Recent::default();
        self.start()
    }

    /// Lends other memory, before [`Reader::restart`].
    pub fn lend(&mut self, memory: Memory<'a>) {
        self.memory = memory;
        self.depth = 0;
    }

    fn start(&mut self) -> Result<(), Error> {
        let Ok(length) = u32::try_from(self.message.len()) else {
            return Err(Error { kind: ErrorKind::TooLarge, at: 0 });
        };
        if self.memory.entries.len() < MIN_ENTRIES || self.memory.findings.len() < MIN_FINDINGS {
            return Err(Error { kind: ErrorKind::TooLittleMemory, at: 0 });
        }
        let wanted = match self.options.channel {
            None => None,
            Some(name) => match self.registry.find(name.as_bytes()) {
                Some(number) => Some(number),
                None => return Err(Error { kind: ErrorKind::UnknownChannel, at: 0 }),
            },
        };
        let mut source = Source::Message { at: 0, length };
        let mut scratch = 0;
        if let Some((set @ (Charset::Utf16Le | Charset::Utf16Be), mark)) = charset::from_bom(self.message) {
            // The readers want bytes of ASCII: the whole message is turned into UTF-8 first.
            let text = self.message.get(mark..).unwrap_or(&[]);
            let done = charset::decode(text, set, self.memory.scratch);
            if done.read < text.len() {
                return Err(Error { kind: ErrorKind::TooLittleScratch, at: 0 });
            }
            scratch = done.written as u32;
            source = Source::Scratch { at: 0, length: scratch, outer: (0, length) };
        }
        let bytes = match source {
            Source::Message { .. } => self.message,
            Source::Scratch { .. } => self.memory.scratch.get(..scratch as usize).unwrap_or(&[]),
        };
        let engine = Engine::for_message(bytes, &self.registry, wanted)?;
        self.push(Frame::new(engine, source, scratch));
        Ok(())
    }

    fn push(&mut self, frame: Frame) -> bool {
        let done = match self.frames.get_mut(self.depth) {
            Some(place) => {
                *place = frame;
                true
            }
            None => self.frames.push(frame).is_ok(),
        };
        self.depth += usize::from(done);
        done
    }

    fn frame(&self) -> Option<&Frame> {
        self.frames.get(self.depth.checked_sub(1)?)
    }

    fn frame_mut(&mut self) -> Option<&mut Frame> {
        self.frames.get_mut(self.depth.checked_sub(1)?)
    }

    /// The message.
    #[must_use]
    pub const fn message(&self) -> &'a [u8] {
        self.message
    }

    /// The findings since the event before.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        let found = self.frame().map_or(0, |f| f.desk.found as usize);
        self.memory.findings.get(..found).unwrap_or(&[])
    }

    /// The name of the channel that reads the order in work.
    #[must_use]
    pub fn channel(&self) -> &'a str {
        self.frame().and_then(|f| self.registry.get(f.channel)).map_or("", |c| c.name)
    }

    fn texts(&self) -> Texts<'_> {
        let pool = self.frame().and_then(|f| self.registry.get(f.channel)).map_or(&[][..], |c| c.text);
        Texts { message: self.message, scratch: self.memory.scratch, channel: pool }
    }

    /// The next event; `None` when the message has been read.
    ///
    /// # Errors
    /// The message turns out not to be what it seemed. Behind a document that no channel recognises the
    /// next call goes on.
    #[allow(clippy::should_implement_trait)] // It lends what it shows.
    pub fn next(&mut self) -> Result<Option<Event<'_>>, Error> {
        if !self.advance()? {
            return Ok(None);
        }
        Ok(self.event())
    }

    /// Goes on to the next event, which [`Reader::event`] shows; `false` when the message has been read.
    ///
    /// With these two an event, its findings and its channel can be looked at together.
    ///
    /// # Errors
    /// As [`Reader::next`].
    pub fn advance(&mut self) -> Result<bool, Error> {
        if let Some(frame) = self.frame_mut() {
            frame.desk.found = 0;
        }
        loop {
            self.signal = match self.inherited_party() {
                Some(signal) => signal,
                None => self.step(),
            };
            let memory = &mut self.memory;
            let Some(frame) = self.depth.checked_sub(1).and_then(|i| self.frames.get_mut(i)) else {
                return Ok(false);
            };
            match self.signal {
                Signal::Begin(channel) => {
                    frame.channel = channel;
                    let own = self.registry.get(channel).is_some_and(has_envelope);
                    frame.party = if own { frame.party_count } else { 0 };
                }
                Signal::Record { kind, line, start, partial, open } => {
                    if start >= frame.desk.floor as usize {
                        if matches!(kind, RecordKind::Header | RecordKind::Summary) {
                            let pool = self.registry.channel(frame.channel).text;
                            let texts =
                                Texts { message: self.message, scratch: memory.scratch, channel: pool };
                            mark_own(&mut frame.desk, memory.entries, start, &texts, self.options.own);
                            let record = memory.entries.get(start..frame.desk.top as usize).unwrap_or(&[]);
                            if cfg!(feature = "nested") && self.recent.takes(record, &texts) {
                                note_again(&mut frame.desk, memory.findings, record);
                            }
                        }
                        let end = frame.desk.top as usize;
                        let entries = memory.entries.get(start..end).unwrap_or(&[]);
                        // The document, and the line itself while it stays open.
                        let inner = usize::from(frame.desk.depth) > 1 + usize::from(open);
                        frame.desk.tally.record(kind, line, partial, inner, entries);
                        frame.after = if open { After::CutPart(start) } else { After::Cut(start) };
                    }
                }
                Signal::End => {
                    close_order(&mut frame.desk, memory.findings);
                }
                Signal::Content => {
                    self.open_content();
                    continue;
                }
                Signal::Unrecognised(at) => return Err(self.refuse(ErrorKind::NotRecognised, at)),
                Signal::Ambiguous(at) => return Err(self.refuse(ErrorKind::Ambiguous, at)),
                Signal::Malformed(at) => return Err(self.refuse(ErrorKind::Malformed, at)),
                Signal::Done => {
                    if self.depth <= 1 {
                        return Ok(false);
                    }
                    self.depth -= 1;
                    continue;
                }
            }
            return Ok(true);
        }
    }

    /// The error of a message that cannot be read on, with its place in the whole; a content is left.
    #[cold]
    fn refuse(&mut self, kind: ErrorKind, at: u32) -> Error {
        let at = match self.frame().map(|frame| frame.source) {
            Some(Source::Message { at: begin, .. }) => begin + at,
            Some(Source::Scratch { outer, .. }) => outer.0,
            None => at,
        };
        if self.depth > 1 {
            self.depth -= 1;
        }
        Error { kind, at }
    }

    /// Parties of the message around go out behind the begin of an order.
    fn inherited_party(&mut self) -> Option<Signal> {
        let frame = self.frame_mut()?;
        let (start, _) =
            *frame.parties.get(..usize::from(frame.party_count))?.get(usize::from(frame.party))?;
        frame.party += 1;
        Some(Signal::complete(RecordKind::Party, 0, start as usize))
    }

    /// The event that [`Reader::advance`] has gone to.
    #[must_use]
    pub fn event(&self) -> Option<Event<'_>> {
        let frame = self.frame()?;
        match self.signal {
            Signal::Begin(_) => Some(Event::Begin { channel: self.channel() }),
            Signal::Record { kind, line, start, partial, .. } => {
                let end = if start < frame.desk.floor as usize {
                    let party = frame.parties.iter().find(|(first, _)| *first as usize == start);
                    party.map_or(start, |(_, end)| *end as usize)
                } else {
                    frame.desk.top as usize
                };
                let entries = self.memory.entries.get(start..end).unwrap_or(&[]);
                Some(Event::Record(Record { kind, line, partial, entries, texts: self.texts() }))
            }
            Signal::End => Some(Event::End(frame.desk.tally.end(self.options.min_confidence))),
            Signal::Content
            | Signal::Unrecognised(_)
            | Signal::Ambiguous(_)
            | Signal::Malformed(_)
            | Signal::Done => None,
        }
    }

    /// Reads the next order as a whole; `false` when there is none.
    ///
    /// # Errors
    /// As [`Reader::next`].
    pub fn collect(&mut self, order: &mut Order<'a>) -> Result<bool, Error> {
        order.clear();
        while self.advance()? {
            let (Some(event), channel) = (self.event(), self.channel()) else { continue };
            order.take(&event, channel, self.findings());
            if matches!(event, Event::End(_)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Borrows the bytes, the desk and the engine of the frame in work.
    fn step(&mut self) -> Signal {
        let Some(index) = self.depth.checked_sub(1) else { return Signal::Done };
        let (outer, frames) = match self.frames.split_at_mut_checked(index) {
            Some((outer, frames)) => (outer, frames),
            None => return Signal::Done,
        };
        let Some(frame) = frames.first_mut() else { return Signal::Done };
        let outer = outer.last().and_then(|o| self.registry.get(o.channel)).map_or("", |c| c.name);
        let (lower, scratch) = match self.memory.scratch.split_at_mut_checked(frame.scratch as usize) {
            Some(parts) => parts,
            None => return Signal::Done,
        };
        let (bytes, origin): (&[u8], Origin) = match frame.source {
            Source::Message { at, length } => {
                let (at, length) = (at as usize, length as usize);
                (self.message.get(at..at + length).unwrap_or(&[]), Origin::Message(at as u32))
            }
            Source::Scratch { at, length, outer } => (
                lower.get(at as usize..(at + length) as usize).unwrap_or(&[]),
                Origin::Scratch { base: at, at: outer.0, length: outer.1 },
            ),
        };
        let channel = self.registry.get(frame.channel);
        let (start, end) = frame.inherited;
        let mut desk = Desk {
            state: &mut frame.desk,
            entries: self.memory.entries,
            findings: self.memory.findings,
            scratch,
            scratch_base: frame.scratch,
            origin,
            message: self.message,
            pool: channel.map_or(&[], |c| c.text),
            options: &self.options,
            inherited: if end > start {
                let as_carrier = channel.is_some_and(has_envelope);
                Some(Inherited { start, end, channel: outer, as_carrier })
            } else {
                None
            },
        };
        match core::mem::take(&mut frame.after) {
            After::Nothing => {}
            After::Cut(start) => desk.cut(start),
            After::CutPart(start) => desk.cut_part(start),
        }
        match &mut frame.engine {
            #[cfg(feature = "flat")]
            Engine::Flat(state) => state.step(bytes, &self.registry, &mut desk),
            #[cfg(feature = "json")]
            Engine::Tree(state) => state.step(bytes, &self.registry, &mut desk),
            #[cfg(feature = "csv")]
            Engine::Rows(state) => state.step(bytes, &self.registry, &mut desk),
            #[cfg(feature = "form")]
            Engine::Form(state) => state.step(bytes, &self.registry, &mut desk),
            Engine::None => {
                let _ = bytes;
                Signal::Done
            }
        }
    }

    /// A message has a value that is itself a message: it is read next, in a frame of its own. Where that
    /// cannot be, the value is a finding, and the message around it is an order like any other.
    #[inline(never)] // Its frame is large, and seldom needed.
    fn open_content(&mut self) {
        let opened = self.try_content();
        let Some(frame) = self.frames.get_mut(match opened {
            Ok(()) => self.depth.saturating_sub(2),
            Err(_) => self.depth.saturating_sub(1),
        }) else {
            return;
        };
        let content = frame.desk.content.take();
        #[cfg(feature = "json")]
        if let Engine::Tree(state) = &mut frame.engine {
            state.content_done(opened.is_ok());
        }
        if let (Err(code), Some(content)) = (opened, content) {
            let (at, length) = match frame.source {
                Source::Message { at, .. } => (at + content.at, content.length),
                Source::Scratch { outer, .. } => outer,
            };
            let (severity, review) = vocabulary::finding_effect(code);
            let note = Finding { at, length, code, severity: severity as u8, ..Finding::NONE };
            let DeskState { tally, found, .. } = &mut frame.desk;
            findings::add(tally, found, self.memory.findings, note, review);
        }
    }

    /// Decodes the content and opens its frame; `Err` with the code of the finding.
    fn try_content(&mut self) -> Result<(), u16> {
        let frame = *self.frame().ok_or(finding::UNSUPPORTED_CONTENT)?;
        let content = frame.desk.content.ok_or(finding::UNSUPPORTED_CONTENT)?;
        if self.depth >= NESTING {
            return Err(finding::REFUSED_CONSTRUCT);
        }
        let channel = self.registry.get(frame.channel).ok_or(finding::UNSUPPORTED_CONTENT)?;
        let wanted = match content.channel {
            0 => None,
            key => Some(self.registry.find(channel.key(key - 1)).ok_or(finding::UNSUPPORTED_CONTENT)?),
        };
        let begin = frame.desk.scratch.max(frame.scratch);
        let (source, outer) = match frame.source {
            Source::Message { at, .. } => {
                let place = (at + content.at, content.length);
                (Source::Message { at: place.0, length: place.1 }, place)
            }
            Source::Scratch { at, outer, .. } => {
                (Source::Scratch { at: at + content.at, length: content.length, outer }, outer)
            }
        };
        let mut source = source;
        let mut scratch = begin;
        if content.escaped {
            let length = self.decode(source, scratch, |text, out| unescape(&frame.engine, text, out))?;
            source = Source::Scratch { at: scratch, length, outer };
            scratch += length;
        }
        if content.base64 {
            let length = self.decode(source, scratch, |text, out| match base64::decode(text, out) {
                Ok(length) => Ok(length),
                Err(base64::Fault::Full) => Err(finding::CAPACITY_EXCEEDED),
                Err(_) => Err(finding::UNSUPPORTED_CONTENT),
            })?;
            source = Source::Scratch { at: scratch, length, outer };
            scratch += length;
        }
        let bytes = self.source_bytes(source);
        let engine =
            Engine::for_message(bytes, &self.registry, wanted).map_err(|_| finding::UNSUPPORTED_CONTENT)?;
        // Once it is opened the message around is no order of its own: somebody must be able to read it.
        if wanted.is_none() && detect::rank(bytes, &self.registry, |_| {}).taken().is_none() {
            return Err(finding::UNSUPPORTED_CONTENT);
        }
        // The parties of the message around stay on the stack, behind its other values.
        if let Some(outer) = self.frame_mut() {
            outer.desk.scratch = scratch;
            #[cfg(feature = "json")]
            if let Engine::Tree(state) = &mut outer.engine {
                state.keep_for_content();
            }
        }
        let _ = self.step();
        self.enter(engine, source).ok_or(finding::UNSUPPORTED_CONTENT)
    }

    /// Opens the frame of a content.
    #[inline(never)] // It holds a frame on the stack, which the step before must not stand upon.
    fn enter(&mut self, engine: Engine, source: Source) -> Option<()> {
        let outer = self.frame_mut()?;
        let mut inner = Frame::new(engine, source, outer.desk.scratch);
        (inner.desk.floor, inner.desk.top) = (outer.desk.top, outer.desk.top);
        let (parties, count) = outer.desk.parties();
        // Header values end where the first party begins.
        let header_end = parties.first().filter(|_| count > 0).map_or(outer.desk.top, |(start, _)| *start);
        inner.inherited = (outer.desk.floor, header_end);
        (inner.parties, inner.party_count, inner.party) = (parties, count, count);
        // Whatever was found so far goes out with the first event of the message inside.
        inner.desk.found = core::mem::take(&mut outer.desk.found);
        self.push(inner);
        Some(())
    }

    fn source_bytes(&self, source: Source) -> &[u8] {
        let (pool, at, length) = match source {
            Source::Message { at, length } => (self.message, at, length),
            Source::Scratch { at, length, .. } => (&*self.memory.scratch, at, length),
        };
        pool.get(at as usize..(at + length) as usize).unwrap_or(&[])
    }

    /// Decodes bytes into the scratch memory from `begin` on.
    fn decode(
        &mut self,
        source: Source,
        begin: u32,
        how: impl Fn(&[u8], &mut [u8]) -> Result<usize, u16>,
    ) -> Result<u32, u16> {
        let (lower, upper) =
            self.memory.scratch.split_at_mut_checked(begin as usize).ok_or(finding::CAPACITY_EXCEEDED)?;
        let (pool, at, length) = match source {
            Source::Message { at, length } => (self.message, at, length),
            Source::Scratch { at, length, .. } => (&*lower, at, length),
        };
        let text = pool.get(at as usize..(at + length) as usize).unwrap_or(&[]);
        how(text, upper).map(|length| length as u32)
    }
}

/// The escapes of the notation that a content stands in.
fn unescape(engine: &Engine, text: &[u8], out: &mut [u8]) -> Result<usize, u16> {
    let length = match engine {
        #[cfg(feature = "json")]
        Engine::Tree(_) => crate::syntax::json::unescape(text, out),
        #[cfg(feature = "csv")]
        Engine::Rows(_) => crate::syntax::csv::unescape(text, b'"', out),
        #[cfg(feature = "form")]
        Engine::Form(state) => crate::syntax::form::unescape(text, state.is_html(), out),
        _ => {
            let _ = (text, out);
            None
        }
    };
    length.ok_or(finding::CAPACITY_EXCEEDED)
}

/// A message whose sender is the caller is not an order: somebody's own words came back.
fn mark_own(desk: &mut DeskState, entries: &mut [Entry], start: usize, texts: &Texts<'_>, own: &[&str]) {
    if own.is_empty() {
        return;
    }
    let record = entries.get(start..desk.top as usize).unwrap_or(&[]);
    let plain = |text: &str| -> usize { text.len() - text.trim_start_matches('+').len() };
    let same = |a: &str, b: &str| {
        a.get(plain(a)..).unwrap_or("").eq_ignore_ascii_case(b.get(plain(b)..).unwrap_or(""))
    };
    let sender = record.iter().find(|e| e.field == field::MESSAGE_SENDER);
    let Some(sender) = sender.filter(|e| texts.str(e).is_some_and(|t| own.iter().any(|o| same(o, t)))) else {
        return;
    };
    let made = |number: u16, word: u16| Entry {
        field: number,
        kind: kind::WORD,
        value: u64::from(word),
        origin: origin::DERIVED,
        confidence: 100,
        nth: 1,
        ..*sender
    };
    let found = [
        made(field::ORDER_KIND, word::KIND_NOT_AN_ORDER),
        made(field::ORDER_REASON, word::REASON_OWN_MESSAGE),
    ];
    for entry in found {
        let known = entries.get_mut(start..desk.top as usize).unwrap_or(&mut []);
        if let Some(place) = known.iter_mut().find(|e| e.field == entry.field) {
            *place = entry;
        } else if let Some(place) = entries.get_mut(desk.top as usize) {
            *place = entry;
            desk.top += 1;
        } else {
            // No room for the word: the verdict says it all the same.
            desk.tally.own_message();
        }
    }
}

/// Has a channel an envelope of its own: a sender, a message number?
fn has_envelope(channel: &Channel<'_>) -> bool {
    channel.rules.iter().any(|rule| matches!(rule.field, field::MESSAGE_ID | field::MESSAGE_SENDER))
}

/// Checks of the whole order.
#[inline(never)] // Its frame is large, and needed once an order.
/// An order of this number and kind stood in the same input.
#[cold]
fn note_again(desk: &mut DeskState, memory: &mut [Finding], record: &[Entry]) {
    let (code, field) = (finding::DUPLICATE_MESSAGE, field::ORDER_NUMBER);
    let (severity, review) = vocabulary::finding_effect(code);
    let (at, length) = record.iter().find(|e| e.field == field).map_or((0, 0), |e| (e.at, e.length));
    let note = Finding { at, length, code, field, severity: severity as u8, ..Finding::NONE };
    findings::add(&mut desk.tally, &mut desk.found, memory, note, review);
}

fn close_order(desk: &mut DeskState, memory: &mut [Finding]) {
    let mut tally = desk.tally;
    tally.close(|tally, note, review| findings::add(tally, &mut desk.found, memory, note, review));
    desk.tally = tally;
}
