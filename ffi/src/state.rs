//! A state: options, and a message that is being read.

use ordnorm::chan::table::Channel;
use ordnorm::channel::{Options, Registry};
use ordnorm::normalize::{ErrorKind, MIN_ENTRIES, MIN_FINDINGS, Memory, Reader};
use ordnorm::order::{Entry, Event, Finding};
use ordnorm::value::decimal::Style;

use crate::raw::{self, Carver};
use crate::status::*;

/// Bytes of an `ordnorm_state`, with headroom for later versions; `ordnorm_state_size` says what this
/// version needs.
pub const ORDNORM_STATE_BYTES: u32 = 12288;
/// The least bytes of work.
pub const ORDNORM_LEAST_WORK: u32 = 3072;
/// Bytes of work that are enough for nearly every message.
pub const ORDNORM_GOOD_WORK: u32 = 32768;

/// Option, number 0 to 100: values of less confidence send an order to review (80).
pub const ORDNORM_OPTION_MIN_CONFIDENCE: u32 = 1;
/// Option, number: how numbers are written where the message does not say it, `ORDNORM_NUMBERS_…`.
pub const ORDNORM_OPTION_NUMBERS: u32 = 2;
/// Option, number: 1 = `03/04/2026` is 3 April, 2 = it is 4 March, 0 = it is not known.
pub const ORDNORM_OPTION_DAY_FIRST: u32 = 3;
/// Option, bytes: a language and region (`de-DE`), which sets the two options above.
pub const ORDNORM_OPTION_LOCALE: u32 = 4;
/// Option, bytes: read as the channel of this name instead of detecting one; no bytes: detect.
pub const ORDNORM_OPTION_CHANNEL: u32 = 5;
/// Option, bytes: the block of `ordnorm_channels_init`, whose channels go before the built-in ones; no
/// bytes: none.
pub const ORDNORM_OPTION_CHANNELS: u32 = 6;

/// Numbers: not known; what may be read in two ways is absent, with a finding.
pub const ORDNORM_NUMBERS_UNKNOWN: u32 = 0;
/// Numbers: `1234.50`
pub const ORDNORM_NUMBERS_POINT: u32 = 1;
/// Numbers: `1234,50`
pub const ORDNORM_NUMBERS_COMMA: u32 = 2;
/// Numbers: `1,234.50`
pub const ORDNORM_NUMBERS_POINT_GROUPED: u32 = 3;
/// Numbers: `1.234,50`
pub const ORDNORM_NUMBERS_COMMA_GROUPED: u32 = 4;

/// What a state begins with.
pub(crate) const MARK: u32 = 0x6F52_4E01;

/// What a state is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// No message.
    Ready,
    /// A message is being read.
    Open,
    /// It has been read.
    Done,
    /// It cannot be read.
    Failed(u32),
}

/// A state.
#[repr(C, align(8))]
pub(crate) struct State {
    mark: u32,
    phase: Phase,
    options: Options<'static>,
    loaded: &'static [Channel<'static>],
    message: &'static [u8],
    work: *mut u8,
    work_size: u32,
    /// Orders that have been given.
    pub taken: u32,
    /// `ordnorm_next` stands inside of an order.
    pub inside: bool,
    /// Place of the last document that was said not to be recognised.
    passed: Option<u32>,
    /// Place of the error.
    error_at: u32,
    reader: Reader<'static>,
}

const _: () = assert!(size_of::<State>() <= ORDNORM_STATE_BYTES as usize);

impl State {
    /// The state in a block.
    ///
    /// # Safety
    /// The block is NULL or the caller's, and nothing else uses it for `'a`.
    pub unsafe fn of<'a>(block: *mut u8) -> Outcome<&'a mut State> {
        raw::check_block(block)?;
        // SAFETY: not NULL and aligned; a block has four bytes at the least.
        if unsafe { block.cast::<u32>().read() } != MARK {
            return stop(ORDNORM_ERROR_HANDLE);
        }
        // SAFETY: the mark was set by `ordnorm_init`, which wrote a whole state.
        Ok(unsafe { &mut *block.cast::<State>() })
    }

    /// The reader of the open message.
    pub fn reader(&self) -> Outcome<&Reader<'static>> {
        match self.phase {
            Phase::Open | Phase::Done => Ok(&self.reader),
            Phase::Failed(error) => stop(error),
            Phase::Ready => stop(ORDNORM_ERROR_NOT_OPEN),
        }
    }

    /// The reader, to go on with; a state where there is nothing to read.
    pub fn reader_mut(&mut self) -> Outcome<&mut Reader<'static>> {
        match self.phase {
            Phase::Open => Ok(&mut self.reader),
            Phase::Done => stop(ORDNORM_END),
            Phase::Failed(error) => stop(error),
            Phase::Ready => stop(ORDNORM_ERROR_NOT_OPEN),
        }
    }

    /// The message is open.
    pub const fn message(&self) -> &'static [u8] {
        self.message
    }

    /// The channels that a message is read with.
    pub fn registry(&self) -> Registry<'static> {
        Registry::with(self.loaded)
    }

    /// Notes the outcome of a step.
    pub fn settle<T>(&mut self, result: Result<T, ordnorm::normalize::Error>) -> Outcome<T> {
        match result {
            Ok(value) => Ok(value),
            Err(error) => {
                self.error_at = error.at;
                // What stands behind a document that nobody knows can be read; else it is the end.
                if error.kind == ErrorKind::NotRecognised && matches!(self.phase, Phase::Open) {
                    self.passed = Some(error.at);
                } else {
                    self.phase = Phase::Failed(of_error(error));
                }
                stop(of_error(error))
            }
        }
    }

    /// Is it a document that the caller has heard of already?
    pub fn has_told(&self, error: ordnorm::normalize::Error) -> bool {
        error.kind == ErrorKind::NotRecognised && self.passed.is_some_and(|place| error.at <= place)
    }

    /// Does a block lie over this state, or over its work?
    pub fn overlaps(&self, block: *const u8, size: usize) -> bool {
        let (begin, end) = (block as usize, (block as usize).saturating_add(size));
        let over = |at: usize, length: usize| begin < at.saturating_add(length) && at < end;
        over(core::ptr::from_ref(self) as usize, size_of::<State>())
            || over(self.work as usize, self.work_size as usize)
    }

    /// The message has been read.
    pub fn finish(&mut self) {
        self.phase = Phase::Done;
    }

    /// Begins the message anew.
    pub fn reopen(&mut self) -> Outcome {
        self.phase = Phase::Ready;
        let size = self.work_size as usize;
        let least = MIN_ENTRIES * size_of::<Entry>() + MIN_FINDINGS * size_of::<Finding>();
        if size < ORDNORM_LEAST_WORK as usize || size < least {
            return stop(ORDNORM_ERROR_WORK);
        }
        let entries = (size / 2 / size_of::<Entry>()).max(MIN_ENTRIES);
        let findings = (size / 8 / size_of::<Finding>()).max(MIN_FINDINGS);
        let mut carver = Carver::new(self.work, size);
        // SAFETY: the block was checked when it was lent; its slices live until the state is opened anew.
        let pieces = unsafe { (carver.take(entries), carver.take(findings)) };
        // SAFETY: as above.
        let scratch = unsafe { carver.take(carver.left()) };
        let ((Some(entries), Some(findings)), Some(scratch)) = (pieces, scratch) else {
            return stop(ORDNORM_ERROR_WORK);
        };
        let memory = Memory { entries, findings, scratch };
        self.reader.lend(memory);
        let registry = self.registry();
        let made = self.reader.restart(self.message, registry, self.options);
        self.settle(made)?;
        self.phase = Phase::Open;
        Ok(())
    }
}

/// As large as a state, for who measures a library of a machine that is not this one.
#[cfg(feature = "panic-proof")]
#[unsafe(no_mangle)]
static ORDNORM_STATE_PROBE: [u8; size_of::<State>()] = [0; size_of::<State>()];

/// Bytes that a state needs.
///
/// `features` is reserved: 0. The size is at most `ORDNORM_STATE_BYTES`.
///
/// Memory: none.
/// NULL: nothing can be NULL.
/// Threads: any.
/// Errors: none; it returns a size, not a status.
/// Since: 1
#[unsafe(no_mangle)]
pub extern "C" fn ordnorm_state_size(features: u32) -> u32 {
    let _ = features;
    size_of::<State>() as u32
}

/// Makes a state out of bytes; the macro `ORDNORM_INIT` passes size and version.
///
/// Memory: `state` is `state_size` bytes of the caller's, aligned to 8; it must not be moved afterwards.
/// It needs no end: it holds nothing but bytes.
/// NULL: `state` must not be NULL.
/// Threads: one thread at a time for each state.
/// Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_VERSION, ORDNORM_ERROR_STATE_SIZE
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_init(state: *mut u8, state_size: u32, abi_version: u32) -> u32 {
    let run = || -> Outcome {
        raw::check_block(state)?;
        if abi_version != ORDNORM_ABI_VERSION {
            return stop(ORDNORM_ERROR_VERSION);
        }
        if (state_size as usize) < size_of::<State>() {
            return stop(ORDNORM_ERROR_STATE_SIZE);
        }
        let place = state.cast::<State>();
        let memory = Memory { entries: &mut [], findings: &mut [], scratch: &mut [] };
        // SAFETY: not NULL, aligned, large enough. Field by field, for a state is larger than a stack may be.
        unsafe {
            (&raw mut (*place).mark).write(MARK);
            (&raw mut (*place).phase).write(Phase::Ready);
            (&raw mut (*place).options).write(Options::default());
            (&raw mut (*place).loaded).write(&[]);
            (&raw mut (*place).message).write(&[]);
            (&raw mut (*place).work).write(core::ptr::null_mut());
            (&raw mut (*place).work_size).write(0);
            (&raw mut (*place).taken).write(0);
            (&raw mut (*place).inside).write(false);
            (&raw mut (*place).passed).write(None);
            (&raw mut (*place).error_at).write(0);
            (&raw mut (*place).reader).write(Reader::idle(memory));
        }
        Ok(())
    };
    status(run())
}

/// Sets an option that is a number.
///
/// It holds for messages that are opened afterwards, until it is set again.
///
/// Memory: `state` as with `ordnorm_init`.
/// NULL: `state` must not be NULL.
/// Threads: one thread at a time for each state.
/// Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_HANDLE, ORDNORM_ERROR_OPTION
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_set_number(state: *mut u8, option: u32, value: u32) -> u32 {
    let run = || -> Outcome {
        // SAFETY: the caller's block.
        let options = &mut unsafe { State::of(state) }?.options;
        match (option, value) {
            (ORDNORM_OPTION_MIN_CONFIDENCE, 0..=100) => options.min_confidence = value as u8,
            (ORDNORM_OPTION_NUMBERS, ORDNORM_NUMBERS_UNKNOWN) => options.style = None,
            (ORDNORM_OPTION_NUMBERS, ORDNORM_NUMBERS_POINT) => options.style = Some(Style::POINT),
            (ORDNORM_OPTION_NUMBERS, ORDNORM_NUMBERS_COMMA) => options.style = Some(Style::COMMA),
            (ORDNORM_OPTION_NUMBERS, ORDNORM_NUMBERS_POINT_GROUPED) => {
                options.style = Some(Style::POINT_GROUPED)
            }
            (ORDNORM_OPTION_NUMBERS, ORDNORM_NUMBERS_COMMA_GROUPED) => {
                options.style = Some(Style::COMMA_GROUPED)
            }
            (ORDNORM_OPTION_DAY_FIRST, 0) => options.day_first = None,
            (ORDNORM_OPTION_DAY_FIRST, 1) => options.day_first = Some(true),
            (ORDNORM_OPTION_DAY_FIRST, 2) => options.day_first = Some(false),
            _ => return stop(ORDNORM_ERROR_OPTION),
        }
        Ok(())
    };
    status(run())
}

/// Sets an option that is bytes.
///
/// It holds for messages that are opened afterwards, until it is set again.
///
/// Memory: the bytes are not copied: they must stay as they are while a message is read, and the block
/// of channels as long as orders that were read with it are used.
/// NULL: `state` must not be NULL; `bytes` only with length 0.
/// Threads: one thread at a time for each state; a block of channels may serve several states.
/// Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_HANDLE, ORDNORM_ERROR_OPTION,
/// ORDNORM_ERROR_UTF8
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_set_bytes(
    state: *mut u8,
    option: u32,
    bytes: *const u8,
    length: u32,
) -> u32 {
    let run = || -> Outcome {
        // SAFETY: the caller's block.
        let state = unsafe { State::of(state) }?;
        // SAFETY: the caller's bytes.
        let given: &'static [u8] = unsafe { raw::input(bytes, length) }?;
        match option {
            ORDNORM_OPTION_LOCALE => {
                let Some((style, day_first)) = crate::locale::read(given) else {
                    return stop(ORDNORM_ERROR_OPTION);
                };
                (state.options.style, state.options.day_first) = (style, day_first);
            }
            ORDNORM_OPTION_CHANNEL => match core::str::from_utf8(given) {
                Ok("") => state.options.channel = None,
                Ok(name) => state.options.channel = Some(name),
                Err(_) => return stop(ORDNORM_ERROR_UTF8),
            },
            ORDNORM_OPTION_CHANNELS if given.is_empty() => state.loaded = &[],
            #[cfg(feature = "compiler")]
            ORDNORM_OPTION_CHANNELS => {
                // SAFETY: the caller's block, which stays as it is.
                state.loaded = unsafe { crate::channels::loaded(bytes, length) }?;
            }
            _ => return stop(ORDNORM_ERROR_OPTION),
        }
        Ok(())
    };
    status(run())
}

/// Opens a message.
///
/// What was open before is forgotten. `base` is the offset of `message` in the whole input and `last`
/// says that it ends here: this version takes whole messages, so that `base` is NULL or points to 0 and
/// `last` is 1.
///
/// Memory: `message` must stay as it is while it is read and while orders of it are used. `work` is
/// `work_size` bytes of the caller's, aligned to 8, at least `ORDNORM_LEAST_WORK`; it belongs to the
/// state until another message is opened. More work never changes what is read without it; less of it
/// hands records out in parts, or leaves a text out with a finding.
/// NULL: `state` and `work` must not be NULL; `message` only with length 0; `base` may be NULL.
/// Threads: one thread at a time for each state.
/// Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_HANDLE, ORDNORM_ERROR_LAST,
/// ORDNORM_ERROR_WORK, ORDNORM_MORE_SCRATCH (a UTF-16 message, which is turned into UTF-8 in the work:
/// open it again with more), ORDNORM_ERROR_EMPTY, ORDNORM_ERROR_NOT_RECOGNISED, ORDNORM_ERROR_AMBIGUOUS,
/// ORDNORM_ERROR_UNKNOWN_CHANNEL, ORDNORM_ERROR_MALFORMED
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_open(
    state: *mut u8,
    message: *const u8,
    length: u32,
    base: *const u64,
    last: u32,
    work: *mut u8,
    work_size: u32,
) -> u32 {
    let run = || -> Outcome {
        // SAFETY: the caller's block.
        let state = unsafe { State::of(state) }?;
        // What was open is forgotten, whatever comes of it.
        (state.phase, state.taken, state.inside, state.passed) = (Phase::Ready, 0, false, None);
        // SAFETY: NULL, or the caller says that it points to a u64.
        if last != 1 || (!base.is_null() && unsafe { base.read_unaligned() } != 0) {
            return stop(ORDNORM_ERROR_LAST);
        }
        raw::check_block(work)?;
        // SAFETY: the caller's bytes, which stay as they are.
        state.message = unsafe { raw::input(message, length) }?;
        (state.work, state.work_size) = (work, work_size);
        state.reopen()
    };
    status(run())
}

/// Goes on to the next event of the open message: an order begins (ORDNORM_BEGIN), a record is ready
/// (ORDNORM_RECORD), an order ends (ORDNORM_VERDICT), the message has been read (ORDNORM_END).
///
/// The records of an order are provisional until its verdict. What the functions show of a state (its
/// record, findings, verdict) holds until the next call. Behind a document that no channel recognises
/// (ORDNORM_ERROR_NOT_RECOGNISED) the next call goes on.
///
/// Memory: `state` as with `ordnorm_init`.
/// NULL: `state` must not be NULL.
/// Threads: one thread at a time for each state.
/// Errors: never ORDNORM_OK, but the states above, ORDNORM_NOTES, and ORDNORM_ERROR_NULL,
/// ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_HANDLE, ORDNORM_ERROR_NOT_OPEN, ORDNORM_ERROR_NOT_RECOGNISED,
/// ORDNORM_ERROR_AMBIGUOUS, ORDNORM_ERROR_UNKNOWN_CHANNEL, ORDNORM_ERROR_MALFORMED
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_next(state: *mut u8) -> u32 {
    // SAFETY: the caller's block.
    status(unsafe { State::of(state) }.and_then(step))
}

/// One step; always a stop.
fn step(state: &mut State) -> Outcome {
    let code = match state.reader_mut()?.next() {
        Ok(Some(Event::Begin { .. })) => ORDNORM_BEGIN,
        Ok(Some(Event::Record(_))) => ORDNORM_RECORD,
        Ok(Some(Event::Findings)) => ORDNORM_NOTES,
        Ok(Some(Event::End(_))) => ORDNORM_VERDICT,
        Ok(None) => ORDNORM_END,
        Err(error) => return state.settle(Err(error)),
    };
    match code {
        ORDNORM_END => state.finish(),
        ORDNORM_VERDICT => {
            state.inside = false;
            state.taken = state.taken.saturating_add(1);
        }
        _ => state.inside = true,
    }
    stop(code)
}

/// The byte of the message at which the last error stands.
///
/// Memory: `at` is the caller's.
/// NULL: nothing may be NULL.
/// Threads: one thread at a time for each state.
/// Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_HANDLE
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_error_at(state: *mut u8, at: *mut u32) -> u32 {
    let run = || -> Outcome {
        // SAFETY: the caller's block.
        let state = unsafe { State::of(state) }?;
        raw::check_out(at)?;
        // SAFETY: checked.
        unsafe { raw::put(at, state.error_at) };
        Ok(())
    };
    status(run())
}

/// Which channel reads a message: its number, for `ordnorm_channel_name`.
///
/// The first order of the message decides. Afterwards no message is open.
///
/// Memory: as with `ordnorm_open`; nothing is kept.
/// NULL: as with `ordnorm_open`; `channel` must not be NULL.
/// Threads: one thread at a time for each state.
/// Errors: as with `ordnorm_open` and `ordnorm_next`
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_detect(
    state: *mut u8,
    message: *const u8,
    length: u32,
    work: *mut u8,
    work_size: u32,
    channel: *mut u32,
) -> u32 {
    let run = || -> Outcome {
        raw::check_out(channel)?;
        // SAFETY: the caller's blocks.
        let opened = unsafe { ordnorm_open(state, message, length, core::ptr::null(), 1, work, work_size) };
        if opened != ORDNORM_OK {
            return stop(opened);
        }
        // SAFETY: the caller's block.
        let state = unsafe { State::of(state) }?;
        let found = loop {
            match step(state) {
                Err(Stop(ORDNORM_BEGIN)) => {
                    break state.registry().find(state.reader()?.channel().as_bytes());
                }
                Err(Stop(ORDNORM_RECORD | ORDNORM_NOTES | ORDNORM_VERDICT)) => {}
                Err(Stop(ORDNORM_END)) | Ok(()) => break None,
                other => return other,
            }
        };
        state.phase = Phase::Ready;
        let Some(number) = found else { return stop(ORDNORM_ERROR_NOT_RECOGNISED) };
        // SAFETY: checked.
        unsafe { raw::put(channel, number as u32) };
        Ok(())
    };
    status(run())
}
