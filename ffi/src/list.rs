//! The verdict, the findings, the current record, the channels, the versions.

use ordnorm::order::{Event, RecordKind};

use crate::raw;
use crate::state::State;
use crate::status::*;
use crate::view::View;

/// Record: values of the whole document, before its first line.
pub const ORDNORM_RECORD_HEADER: u32 = 1;
/// Record: a party of the document or of a line.
pub const ORDNORM_RECORD_PARTY: u32 = 2;
/// Record: an order line.
pub const ORDNORM_RECORD_LINE: u32 = 3;
/// Record: values of the whole document that came behind its first line.
pub const ORDNORM_RECORD_SUMMARY: u32 = 4;

/// Severity: worth knowing.
pub const ORDNORM_SEVERITY_INFO: u32 = 0;
/// Severity: something to look at; the order can be booked.
pub const ORDNORM_SEVERITY_WARNING: u32 = 1;
/// Severity: the order must not be booked unseen.
pub const ORDNORM_SEVERITY_ERROR: u32 = 2;

/// The field of a finding about the lines as a whole.
pub const ORDNORM_LINES: u32 = 65535;

/// What the current record of a state is: its kind ORDNORM_RECORD_…, its line (of a party: the line that
/// it belongs to, 0 = the document), and `partial` 1 where more of the same record follows.
///
/// Memory: `state` is a state at ORDNORM_RECORD.
/// NULL: nothing may be NULL.
/// Threads: one thread at a time for each state.
/// Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_HANDLE, ORDNORM_ERROR_NOT_OPEN,
/// ORDNORM_ERROR_RECORD
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_record(
    state: *const u8,
    kind: *mut u32,
    line: *mut u32,
    partial: *mut u32,
) -> u32 {
    let run = || -> Outcome {
        raw::check_out(kind)?;
        raw::check_out(line)?;
        raw::check_out(partial)?;
        // SAFETY: the caller's block.
        let View::State(state) = unsafe { View::of(state) }? else { return stop(ORDNORM_ERROR_HANDLE) };
        let Some(Event::Record(record)) = state.reader()?.event() else { return stop(ORDNORM_ERROR_RECORD) };
        let number = match record.kind {
            RecordKind::Header => ORDNORM_RECORD_HEADER,
            RecordKind::Party => ORDNORM_RECORD_PARTY,
            RecordKind::Line => ORDNORM_RECORD_LINE,
            RecordKind::Summary => ORDNORM_RECORD_SUMMARY,
        };
        // SAFETY: checked.
        unsafe {
            raw::put(kind, number);
            raw::put(line, record.line);
            raw::put(partial, u32::from(record.partial));
        }
        Ok(())
    };
    status(run())
}

/// What may be done with an order: ORDNORM_VERDICT_ACCEPTED (book it), _REVIEW (a person must look),
/// _REJECTED, _NOT_AN_ORDER. Finding 0 is the one that decided, if it was one.
///
/// Memory: `order` is an order of `ordnorm_read`, or a state at ORDNORM_VERDICT.
/// NULL: nothing may be NULL.
/// Threads: any number may look at one order.
/// Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_HANDLE, ORDNORM_ERROR_NOT_OPEN,
/// ORDNORM_ERROR_RECORD
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_verdict(order: *const u8, verdict: *mut u32) -> u32 {
    let run = || -> Outcome {
        raw::check_out(verdict)?;
        // SAFETY: the caller's block.
        let end = unsafe { View::of(order) }?.end()?;
        // SAFETY: checked.
        unsafe { raw::put(verdict, u32::from(end.verdict.word())) };
        Ok(())
    };
    status(run())
}

/// How much of the message was not used: content that no rule knows, and content that the channel lists
/// as of no use to an order.
///
/// Memory: as with `ordnorm_verdict`.
/// NULL: nothing may be NULL.
/// Threads: any number may look at one order.
/// Errors: as with `ordnorm_verdict`
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_unmapped(order: *const u8, unknown: *mut u32, ignored: *mut u32) -> u32 {
    let run = || -> Outcome {
        raw::check_out(unknown)?;
        raw::check_out(ignored)?;
        // SAFETY: the caller's block.
        let end = unsafe { View::of(order) }?.end()?;
        // SAFETY: checked.
        unsafe {
            raw::put(unknown, end.unknown);
            raw::put(ignored, end.ignored);
        }
        Ok(())
    };
    status(run())
}

/// How many findings there are: of an order all, of a state those of the last step.
///
/// Memory: `order` is an order of `ordnorm_read`, or a state with an open message.
/// NULL: nothing may be NULL.
/// Threads: any number may look at one order.
/// Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_HANDLE, ORDNORM_ERROR_NOT_OPEN
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_finding_count(order: *const u8, count: *mut u32) -> u32 {
    let run = || -> Outcome {
        raw::check_out(count)?;
        // SAFETY: the caller's block.
        let found = unsafe { View::of(order) }?.findings()?.len() as u32;
        // SAFETY: checked.
        unsafe { raw::put(count, found) };
        Ok(())
    };
    status(run())
}

/// A finding: its code ORDNORM_FOUND_…, severity ORDNORM_SEVERITY_…, field (0 = none, ORDNORM_LINES = the
/// lines as a whole) and line (0 = the document).
///
/// `index` counts from 1; 0 is the finding that decided the verdict.
///
/// Memory: as with `ordnorm_finding_count`.
/// NULL: nothing may be NULL.
/// Threads: any number may look at one order.
/// Errors: ORDNORM_ABSENT, ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_HANDLE,
/// ORDNORM_ERROR_NOT_OPEN, ORDNORM_ERROR_RECORD
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_finding(
    order: *const u8,
    index: u32,
    code: *mut u32,
    severity: *mut u32,
    field: *mut u32,
    line: *mut u32,
) -> u32 {
    let run = || -> Outcome {
        raw::check_out(code)?;
        raw::check_out(severity)?;
        raw::check_out(field)?;
        raw::check_out(line)?;
        // SAFETY: the caller's block.
        let finding = unsafe { View::of(order) }?.finding(index)?;
        // SAFETY: checked.
        unsafe {
            raw::put(code, u32::from(finding.code));
            raw::put(severity, u32::from(finding.severity));
            raw::put(field, u32::from(finding.field));
            raw::put(line, finding.line);
        }
        Ok(())
    };
    status(run())
}

/// Where in the message a finding stands, in bytes.
///
/// Memory: as with `ordnorm_finding_count`.
/// NULL: nothing may be NULL.
/// Threads: any number may look at one order.
/// Errors: as with `ordnorm_finding`
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_finding_place(
    order: *const u8,
    index: u32,
    at: *mut u32,
    length: *mut u32,
) -> u32 {
    let run = || -> Outcome {
        raw::check_out(at)?;
        raw::check_out(length)?;
        // SAFETY: the caller's block.
        let finding = unsafe { View::of(order) }?.finding(index)?;
        // SAFETY: checked.
        unsafe {
            raw::put(at, finding.at);
            raw::put(length, finding.length);
        }
        Ok(())
    };
    status(run())
}

/// The name of the channel that read an order, or reads the open message.
///
/// Memory: as with `ordnorm_finding_count`; the name lives as long as the channel and does not end with
/// NUL.
/// NULL: nothing may be NULL.
/// Threads: any number may look at one order.
/// Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_HANDLE, ORDNORM_ERROR_NOT_OPEN
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_channel(order: *const u8, name: *mut *const u8, length: *mut u32) -> u32 {
    let run = || -> Outcome {
        raw::check_out(name)?;
        raw::check_out(length)?;
        // SAFETY: the caller's block.
        let found = unsafe { View::of(order) }?.channel()?;
        // SAFETY: checked.
        unsafe {
            raw::put(name, found.as_ptr());
            raw::put(length, found.len() as u32);
        }
        Ok(())
    };
    status(run())
}

/// How many channels a state reads with: the loaded and the built-in ones.
///
/// Memory: `state` as with `ordnorm_init`.
/// NULL: nothing may be NULL.
/// Threads: one thread at a time for each state.
/// Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_HANDLE
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_channel_count(state: *mut u8, count: *mut u32) -> u32 {
    let run = || -> Outcome {
        raw::check_out(count)?;
        // SAFETY: the caller's block.
        let found = unsafe { State::of(state) }?.registry().len() as u32;
        // SAFETY: checked.
        unsafe { raw::put(count, found) };
        Ok(())
    };
    status(run())
}

/// The name of a channel by its number, from 0; loaded channels come first.
///
/// Memory: `state` as with `ordnorm_init`; the name lives as long as the channel and does not end with
/// NUL.
/// NULL: nothing may be NULL.
/// Threads: one thread at a time for each state.
/// Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_HANDLE, ORDNORM_ERROR_NUMBER
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_channel_name(
    state: *mut u8,
    number: u32,
    name: *mut *const u8,
    length: *mut u32,
) -> u32 {
    let run = || -> Outcome {
        raw::check_out(name)?;
        raw::check_out(length)?;
        // SAFETY: the caller's block.
        let registry = unsafe { State::of(state) }?.registry();
        let Some(channel) = registry.get(number as usize) else { return stop(ORDNORM_ERROR_NUMBER) };
        // SAFETY: checked.
        unsafe {
            raw::put(name, channel.name.as_ptr());
            raw::put(length, channel.name.len() as u32);
        }
        Ok(())
    };
    status(run())
}

/// The version of the ABI that the library has; a program compares it with ORDNORM_ABI_VERSION.
///
/// Memory: none.
/// NULL: nothing can be NULL.
/// Threads: any.
/// Errors: none; it returns a version, not a status.
/// Since: 1
#[unsafe(no_mangle)]
pub extern "C" fn ordnorm_abi_version() -> u32 {
    ORDNORM_ABI_VERSION
}

/// The version of the library, `0.1.0`.
///
/// Memory: the text lives for ever and does not end with NUL.
/// NULL: nothing may be NULL.
/// Threads: any.
/// Errors: ORDNORM_ERROR_NULL
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_version(text: *mut *const u8, length: *mut u32) -> u32 {
    // SAFETY: the caller's outputs.
    unsafe { give(env!("CARGO_PKG_VERSION"), text, length) }
}

/// Gives a text of the library.
///
/// # Safety
/// The outputs are NULL or the caller's.
pub(crate) unsafe fn give(found: &'static str, text: *mut *const u8, length: *mut u32) -> u32 {
    if text.is_null() || length.is_null() {
        return ORDNORM_ERROR_NULL;
    }
    // SAFETY: checked.
    unsafe {
        raw::put(text, found.as_ptr());
        raw::put(length, found.len() as u32);
    }
    ORDNORM_OK
}
