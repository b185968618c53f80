//! An order that `ordnorm_read` has collected in the caller's memory.
//!
//! How much room its values, records, findings and texts need is known only when it has been read. So
//! the block is first cut as most orders need it; where that does not do, the order is measured and
//! the block is cut as it needs, so that every block that can hold the order does.

use ordnorm::order::{Entry, Event, Finding, Order, OrderMemory, Part, kind};

use crate::raw::{self, Carver};
use crate::state::State;
use crate::status::*;

/// The bit of a record number that says that it is a party's.
pub(crate) const PARTY_BIT: u32 = 0x8000_0000;

/// What an order begins with.
pub(crate) const MARK: u32 = 0x6F52_4E02;
/// What it begins with while it is not whole.
const NO_MARK: u32 = 0;

/// An order in a block.
#[repr(C, align(8))]
pub(crate) struct Held {
    mark: u32,
    /// The order.
    pub order: Order<'static>,
}

impl Held {
    /// The order in a block.
    ///
    /// # Safety
    /// The block is NULL or the caller's, and nothing changes it for `'a`.
    pub unsafe fn of<'a>(block: *const u8) -> Outcome<&'a Held> {
        raw::check_block(block)?;
        // SAFETY: not NULL and aligned; a block has four bytes at the least.
        if unsafe { block.cast::<u32>().read() } != MARK {
            return stop(ORDNORM_ERROR_HANDLE);
        }
        // SAFETY: the mark was set by `ordnorm_read`, which wrote a whole order.
        Ok(unsafe { &*block.cast::<Held>() })
    }
}

/// How many of each an order needs.
#[derive(Clone, Copy, Default)]
struct Needs {
    entries: usize,
    parts: usize,
    findings: usize,
    texts: usize,
}

impl Needs {
    /// As most orders need it: nine tenths for values, the rest in equal parts.
    const fn usual(room: usize) -> Needs {
        let tenth = room / 10;
        Needs {
            entries: tenth * 7 / size_of::<Entry>(),
            parts: tenth / size_of::<Part>(),
            findings: tenth / size_of::<Finding>(),
            texts: tenth,
        }
    }

    const fn bytes(self) -> usize {
        size_of::<Held>()
            + self.entries * size_of::<Entry>()
            + self.findings * size_of::<Finding>()
            + self.parts * size_of::<Part>()
            + self.texts
    }
}

/// Goes on by one event and lets it be looked at: has the order ended? `None`: the message has been read.
///
/// A document that the caller has heard of is passed over.
fn advance(state: &mut State, look: &mut dyn FnMut(&Event<'_>, usize)) -> Outcome<Option<bool>> {
    loop {
        let reader = state.reader_mut()?;
        let error = match reader.advance() {
            Ok(false) => return Ok(None),
            Ok(true) => {
                let findings = reader.findings().len();
                let Some(event) = reader.event() else { return Ok(Some(false)) };
                look(&event, findings);
                return Ok(Some(matches!(event, Event::End(_))));
            }
            Err(error) => error,
        };
        if !state.has_told(error) {
            return state.settle(Err(error));
        }
    }
}

/// Goes over the orders that were taken before.
fn skip(state: &mut State) -> Outcome {
    state.reopen()?;
    let mut left = state.taken;
    while left > 0 {
        match advance(state, &mut |_, _| {})? {
            Some(ended) => left -= u32::from(ended),
            None => return stop(ORDNORM_END),
        }
    }
    Ok(())
}

/// Counts what the next order needs.
fn measure(state: &mut State) -> Outcome<Needs> {
    skip(state)?;
    let mut needs = Needs::default();
    let mut count = |event: &Event<'_>, findings: usize| {
        needs.findings += findings;
        let Event::Record(record) = event else { return };
        needs.entries += record.entries.len();
        needs.parts += 1;
        let decoded = record.entries.iter().filter(|e| matches!(e.kind, kind::SCRATCH | kind::CHANNEL));
        needs.texts += decoded.map(|e| record.texts.bytes(e).map_or(0, <[u8]>::len)).sum::<usize>();
    };
    loop {
        match advance(state, &mut count)? {
            Some(true) => return Ok(needs),
            Some(false) => {}
            None => return stop(ORDNORM_END),
        }
    }
}

/// Collects the next order in a block that is cut in this way; `false` where it does not fit.
///
/// # Safety
/// The block is aligned and the caller's.
unsafe fn collect(state: &mut State, block: *mut u8, size: usize, cut: Needs) -> Outcome<bool> {
    let Some(room) = size.checked_sub(size_of::<Held>()) else { return Ok(false) };
    // SAFETY: the head lies inside of the block.
    let mut carver = Carver::new(unsafe { block.add(size_of::<Held>()) }, room);
    // SAFETY: nothing else uses the block; larger alignments come first.
    let memory = unsafe {
        let entries = carver.take(cut.entries);
        let findings = carver.take(cut.findings);
        let parts = carver.take(cut.parts);
        let texts = carver.take(cut.texts);
        match (entries, findings, parts, texts) {
            (Some(entries), Some(findings), Some(parts), Some(texts)) => {
                OrderMemory { entries, parts, findings, texts }
            }
            _ => return Ok(false),
        }
    };
    let held = Held { mark: NO_MARK, order: Order::new(state.message(), memory) };
    // SAFETY: aligned, and inside of the block.
    unsafe { block.cast::<Held>().write(held) };
    // SAFETY: just written; nobody else uses it.
    let held = unsafe { &mut *block.cast::<Held>() };
    let done = loop {
        match state.reader_mut()?.collect(&mut held.order) {
            Err(error) if state.has_told(error) => {}
            done => break done,
        }
    };
    if !state.settle(done)? {
        state.finish();
        return stop(ORDNORM_END);
    }
    if held.order.full().is_some() {
        return Ok(false);
    }
    held.mark = MARK;
    state.taken = state.taken.saturating_add(1);
    Ok(true)
}

/// Reads the next order as a whole; ORDNORM_END when the message has no further one.
///
/// Look at `ordnorm_verdict` first: only an accepted order may be booked unseen. When the order does
/// not fit, ORDNORM_OUTPUT_FULL and its size are given, and the next call reads the same order again;
/// `order_size` 0 asks for the size. Either goes through the message from its begin: give room for most
/// orders, and more than asked for when it was too small, or a message of many orders takes its time
/// for each of them. Anything but ORDNORM_OK and ORDNORM_OUTPUT_FULL ends the loop, and only ORDNORM_END
/// says that all orders have been read; behind a document that no channel recognises
/// (ORDNORM_ERROR_NOT_RECOGNISED) the next call goes on.
///
/// Memory: `order` is `order_size` bytes of the caller's, aligned to 8; it must not be moved or copied
/// while it is used, and what stood there before is lost. The message and loaded channels must stay as
/// long. About 400 bytes a line, and 2 KB, hold most orders.
/// NULL: `state` and `needed` must not be NULL; `order` only with size 0.
/// Threads: one thread at a time for each state; a collected order may be looked at by many.
/// Errors: ORDNORM_END, ORDNORM_OUTPUT_FULL, ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT,
/// ORDNORM_ERROR_HANDLE, ORDNORM_ERROR_NOT_OPEN, ORDNORM_ERROR_NOT_RECOGNISED,
/// ORDNORM_ERROR_AMBIGUOUS, ORDNORM_ERROR_UNKNOWN_CHANNEL, ORDNORM_ERROR_MALFORMED,
/// ORDNORM_ERROR_ORDER_SIZE, ORDNORM_ERROR_EMPTY, ORDNORM_MORE_SCRATCH, ORDNORM_ERROR_INSIDE,
/// ORDNORM_ERROR_OVERLAP (with the state or its work)
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_read(
    state: *mut u8,
    order: *mut u8,
    order_size: u32,
    needed: *mut u32,
) -> u32 {
    let run = || -> Outcome {
        raw::check_out(needed)?;
        if order_size > 0 {
            raw::check_block(order)?;
        }
        // SAFETY: the caller's block.
        let state = unsafe { State::of(state) }?;
        let size = order_size as usize;
        state.reader_mut()?;
        if state.inside {
            return stop(ORDNORM_ERROR_INSIDE);
        }
        if size > 0 && state.overlaps(order, size) {
            return stop(ORDNORM_ERROR_OVERLAP);
        }
        if size >= size_of::<Held>() {
            let usual = Needs::usual(size - size_of::<Held>());
            // SAFETY: checked above.
            if unsafe { collect(state, order, size, usual) }? {
                // SAFETY: checked above.
                unsafe { raw::put(needed, order_size) };
                return Ok(());
            }
        }
        let needs = measure(state)?;
        let Ok(bytes) = u32::try_from(needs.bytes()) else { return stop(ORDNORM_ERROR_ORDER_SIZE) };
        skip(state)?;
        if bytes > order_size {
            // SAFETY: checked above.
            unsafe { raw::put(needed, bytes) };
            return stop(ORDNORM_OUTPUT_FULL);
        }
        // SAFETY: checked above.
        if unsafe { collect(state, order, size, needs) }? {
            // SAFETY: checked above.
            unsafe { raw::put(needed, bytes) };
            return Ok(());
        }
        stop(ORDNORM_ERROR_ORDER_SIZE)
    };
    status(run())
}

/// How many lines an order has; with a state at ORDNORM_VERDICT: had.
///
/// Memory: `order` is an order of `ordnorm_read`, or a state at ORDNORM_VERDICT.
/// NULL: nothing may be NULL.
/// Threads: any number may look at one order.
/// Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_HANDLE, ORDNORM_ERROR_RECORD
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_line_count(order: *const u8, count: *mut u32) -> u32 {
    let run = || -> Outcome {
        raw::check_out(count)?;
        // SAFETY: the caller's block.
        let view = unsafe { crate::view::View::of(order) }?;
        let lines = view.end()?.lines;
        // SAFETY: checked.
        unsafe { raw::put(count, lines) };
        Ok(())
    };
    status(run())
}

/// The record of a party: the `index`th (from 1) of the document (`line` 0) or of a line.
///
/// The record number goes wherever a line number goes, as `record`.
///
/// Memory: `order` is an order of `ordnorm_read`.
/// NULL: nothing may be NULL.
/// Threads: any number may look at one order.
/// Errors: ORDNORM_ABSENT, ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_HANDLE
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_party(order: *const u8, line: u32, index: u32, record: *mut u32) -> u32 {
    let run = || -> Outcome {
        raw::check_out(record)?;
        // SAFETY: the caller's block.
        let order = &unsafe { Held::of(order) }?.order;
        let found = index.checked_sub(1).and_then(|skip| order.party_numbers(line).nth(skip as usize));
        let Some(number) = found else { return stop(ORDNORM_ABSENT) };
        // SAFETY: checked.
        unsafe { raw::put(record, number | PARTY_BIT) };
        Ok(())
    };
    status(run())
}

/// The record of the first party of a role (`ORDNORM_ROLE_BUYER` …, or `ORDNORM_CODE` of a code as
/// written) of the document (`line` 0) or of a line.
///
/// A line without such a party of its own has none here: the document's party is not taken for it.
///
/// Memory: `order` is an order of `ordnorm_read`.
/// NULL: nothing may be NULL.
/// Threads: any number may look at one order.
/// Errors: ORDNORM_ABSENT, ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_HANDLE
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_party_by_role(
    order: *const u8,
    line: u32,
    role: u32,
    record: *mut u32,
) -> u32 {
    let run = || -> Outcome {
        raw::check_out(record)?;
        // SAFETY: the caller's block.
        let order = &unsafe { Held::of(order) }?.order;
        let Some(number) = crate::view::party_of_role(order, line, role) else { return stop(ORDNORM_ABSENT) };
        // SAFETY: checked.
        unsafe { raw::put(record, number | PARTY_BIT) };
        Ok(())
    };
    status(run())
}

/// Flag of `ordnorm_to_json`: with the place, origin and confidence of every value.
#[cfg(feature = "names")]
pub const ORDNORM_JSON_PROVENANCE: u32 = 1;

/// Writes an order as canonical JSON, UTF-8, without a NUL at its end.
///
/// `flags` is 0 or ORDNORM_JSON_PROVENANCE.
///
/// Memory: `order` is an order of `ordnorm_read`; `buffer` has `capacity` bytes.
/// NULL: `buffer` only with capacity 0, which asks for the size.
/// Threads: any number may look at one order.
/// Errors: ORDNORM_OUTPUT_FULL, ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_HANDLE,
/// ORDNORM_ERROR_NUMBER
/// Since: 1
#[cfg(feature = "names")]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_to_json(
    order: *const u8,
    flags: u32,
    buffer: *mut u8,
    capacity: u32,
    needed: *mut u32,
) -> u32 {
    let run = || -> Outcome {
        // SAFETY: the caller's block.
        let order = &unsafe { Held::of(order) }?.order;
        if flags > ORDNORM_JSON_PROVENANCE {
            return stop(ORDNORM_ERROR_NUMBER);
        }
        let write =
            |sink: &mut crate::sink::Sink<'_>| match ordnorm::order::json::write(order, flags != 0, sink) {
                Ok(()) => Ok(()),
                Err(_) => stop(ORDNORM_ERROR_RANGE),
            };
        // SAFETY: the caller's buffer.
        unsafe { crate::sink::fill(buffer, capacity, needed, write) }
    };
    status(run())
}
