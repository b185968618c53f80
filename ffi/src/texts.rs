//! Names and sentences for numbers.

use ordnorm::chan::vocabulary;
use ordnorm::order::{Finding, Shown, kind};

use crate::get;
use crate::list::{ORDNORM_LINES, give};
use crate::sink::{self, Sink};
use crate::status::{self, *};
use crate::view::View;

/// What a finding shows: the expected value, or the first of two readings.
pub const ORDNORM_SHOWN_EXPECTED: u32 = 1;
/// What a finding shows: what was found, or the second of two readings.
pub const ORDNORM_SHOWN_FOUND: u32 = 2;

/// The most bytes of the message that a finding quotes.
const QUOTED: usize = 80;

/// Gives a name, or says that there is none.
///
/// # Safety
/// The outputs are NULL or the caller's.
unsafe fn name(found: &'static str, text: *mut *const u8, length: *mut u32) -> u32 {
    if found.is_empty() {
        return ORDNORM_ERROR_NUMBER;
    }
    // SAFETY: the caller's outputs.
    unsafe { give(found, text, length) }
}

/// A number of 16 bits; larger ones have no name.
fn short(number: u32) -> u16 {
    u16::try_from(number).unwrap_or(0)
}

/// A status in words.
///
/// Memory: the text lives for ever and does not end with NUL.
/// NULL: nothing may be NULL.
/// Threads: any.
/// Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_NUMBER
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_status_text(status: u32, text: *mut *const u8, length: *mut u32) -> u32 {
    // SAFETY: the caller's outputs.
    unsafe { name(status::text(status), text, length) }
}

/// The name of a field (`line.quantity`), as channels write it.
///
/// Memory: the text lives for ever and does not end with NUL.
/// NULL: nothing may be NULL.
/// Threads: any.
/// Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_NUMBER
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_field_name(field: u32, text: *mut *const u8, length: *mut u32) -> u32 {
    let found = if field == ORDNORM_LINES { "lines" } else { vocabulary::name(short(field)) };
    // SAFETY: the caller's outputs.
    unsafe { name(found, text, length) }
}

/// The number of a field by its name.
///
/// Memory: `text` is `length` bytes.
/// NULL: `text` only with length 0; `field` must not be NULL.
/// Threads: any.
/// Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_NUMBER
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_field_number(text: *const u8, length: u32, field: *mut u32) -> u32 {
    let run = || -> Outcome {
        crate::raw::check_out(field)?;
        // SAFETY: the caller's bytes.
        let text = unsafe { crate::raw::input(text, length) }?;
        let found = core::str::from_utf8(text).ok().and_then(vocabulary::by_name);
        let Some(number) = found else { return stop(ORDNORM_ERROR_NUMBER) };
        // SAFETY: checked.
        unsafe { crate::raw::put(field, u32::from(number)) };
        Ok(())
    };
    status::status(run())
}

/// A code word (`buyer`) of its number, as `ordnorm_get_code` and `ordnorm_verdict` give it.
///
/// Memory: the text lives for ever and does not end with NUL.
/// NULL: nothing may be NULL.
/// Threads: any.
/// Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_NUMBER (codes as written too: their characters are in them)
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_code_text(code: u32, text: *mut *const u8, length: *mut u32) -> u32 {
    // SAFETY: the caller's outputs.
    unsafe { name(vocabulary::word_text(short(code)), text, length) }
}

/// The name of a finding code (`count_mismatch`).
///
/// Memory: the text lives for ever and does not end with NUL.
/// NULL: nothing may be NULL.
/// Threads: any.
/// Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_NUMBER
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_finding_name(code: u32, text: *mut *const u8, length: *mut u32) -> u32 {
    // SAFETY: the caller's outputs.
    unsafe { name(vocabulary::finding_name(short(code)), text, length) }
}

/// A finding in a sentence, with its field, line and values, for a log or a clerk.
///
/// Memory: as with `ordnorm_finding_count`; `buffer` has `capacity` bytes.
/// NULL: `buffer` only with capacity 0, which asks for the size.
/// Threads: any number may look at one order.
/// Errors: ORDNORM_OUTPUT_FULL, and as with `ordnorm_finding`
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_finding_text(
    order: *const u8,
    index: u32,
    buffer: *mut u8,
    capacity: u32,
    needed: *mut u32,
) -> u32 {
    let run = || -> Outcome {
        // SAFETY: the caller's block.
        let view = unsafe { View::of(order) }?;
        let finding = view.finding(index)?;
        let message = view.message();
        let write = |sink: &mut Sink<'_>| {
            sentence(&finding, message, sink);
            Ok(())
        };
        // SAFETY: the caller's buffer.
        unsafe { sink::fill(buffer, capacity, needed, write) }
    };
    status::status(run())
}

/// A value that a finding shows: ORDNORM_SHOWN_EXPECTED or ORDNORM_SHOWN_FOUND.
///
/// What was found quotes at most 80 bytes of the message; bytes that are not UTF-8 are shown as U+FFFD.
///
/// Memory: as with `ordnorm_finding_text`.
/// NULL: as with `ordnorm_finding_text`.
/// Threads: any number may look at one order.
/// Errors: ORDNORM_OUTPUT_FULL, ORDNORM_ABSENT, ORDNORM_ERROR_NUMBER, and as with `ordnorm_finding`
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_finding_value(
    order: *const u8,
    index: u32,
    which: u32,
    buffer: *mut u8,
    capacity: u32,
    needed: *mut u32,
) -> u32 {
    let run = || -> Outcome {
        // SAFETY: the caller's block.
        let view = unsafe { View::of(order) }?;
        let finding = view.finding(index)?;
        let value = match which {
            ORDNORM_SHOWN_EXPECTED => finding.expected,
            ORDNORM_SHOWN_FOUND => finding.found,
            _ => return stop(ORDNORM_ERROR_NUMBER),
        };
        if value.kind == 0 {
            return stop(ORDNORM_ABSENT);
        }
        let message = view.message();
        let write = |sink: &mut Sink<'_>| {
            shown(&value, message, sink);
            Ok(())
        };
        // SAFETY: the caller's buffer.
        unsafe { sink::fill(buffer, capacity, needed, write) }
    };
    status::status(run())
}

/// `line 3, line.quantity: a required value is absent (expected 2, found 3) at byte 17`
fn sentence(finding: &Finding, message: &[u8], sink: &mut Sink<'_>) {
    if finding.line > 0 {
        sink.push(b"line ");
        sink.number(u64::from(finding.line));
        sink.push(if finding.field == 0 { b": " } else { b", " });
    }
    if finding.field != 0 {
        let lines = u32::from(finding.field) == ORDNORM_LINES;
        sink.push(if lines { "lines" } else { vocabulary::name(finding.field) }.as_bytes());
        sink.push(b": ");
    }
    sink.push(vocabulary::finding_text(finding.code).as_bytes());
    let shows = [(&b"expected "[..], &finding.expected), (b"found ", &finding.found)];
    let mut open = false;
    for (word, value) in shows {
        if value.kind != 0 {
            sink.push(if open { b", " } else { b" (" });
            open = true;
            sink.push(word);
            shown(value, message, sink);
        }
    }
    if open {
        sink.push(b")");
    }
    sink.push(b", at byte ");
    sink.number(u64::from(finding.at));
}

/// A small value.
fn shown(value: &Shown, message: &[u8], sink: &mut Sink<'_>) {
    if value.kind != kind::TEXT {
        return get::plain(value, sink);
    }
    let at = (value.value >> 32) as usize;
    let length = ((value.value & 0xFFFF_FFFF) as usize).min(QUOTED);
    let text = at.checked_add(length).and_then(|end| message.get(at..end)).unwrap_or(&[]);
    for chunk in text.utf8_chunks() {
        sink.push(chunk.valid().as_bytes());
        if !chunk.invalid().is_empty() {
            sink.push("\u{FFFD}".as_bytes());
        }
    }
}
