//! Values of a record, typed.

use ordnorm::order::kind;
#[cfg(feature = "names")]
use ordnorm::order::{Shown, unpack_ascii};
use ordnorm::value::date::{Date, Precision};
use ordnorm::value::decimal::Decimal;

use crate::raw;
#[cfg(feature = "names")]
use crate::sink::{self, Sink};
use crate::status::*;
use crate::view::{Value, Values, View, field_number};

/// Field 0 of the getters: the `nth` value of the record, whatever its field.
pub const ORDNORM_ANY_FIELD: u32 = 0;

/// A value is text.
pub const ORDNORM_VALUE_TEXT: u32 = 1;
/// A value is an exact decimal.
pub const ORDNORM_VALUE_DECIMAL: u32 = 2;
/// A value is a date.
pub const ORDNORM_VALUE_DATE: u32 = 3;
/// A value is a code: a word of the vocabulary, or as written.
pub const ORDNORM_VALUE_CODE: u32 = 4;
/// A value is a count.
pub const ORDNORM_VALUE_COUNT: u32 = 5;
/// A value is a flag.
pub const ORDNORM_VALUE_FLAG: u32 = 6;

/// A date is known to the year: its day is YYYY0000.
pub const ORDNORM_PRECISION_YEAR: u32 = 1;
/// A date is known to the month: its day is YYYYMM00.
pub const ORDNORM_PRECISION_MONTH: u32 = 2;
/// A date is known to the ISO 8601 week: its day is YYYY00WW.
pub const ORDNORM_PRECISION_WEEK: u32 = 3;
/// A date is known to the day: YYYYMMDD.
pub const ORDNORM_PRECISION_DAY: u32 = 4;
/// A date is known to the minute.
pub const ORDNORM_PRECISION_MINUTE: u32 = 5;
/// A date is known to the second.
pub const ORDNORM_PRECISION_SECOND: u32 = 6;
/// The offset of a time whose sender gave no zone.
pub const ORDNORM_NO_OFFSET: i32 = 32767;

/// Origin: it stands in the message as it is.
pub const ORDNORM_ORIGIN_EXPLICIT: u32 = 1;
/// Origin: a code of the message was mapped.
pub const ORDNORM_ORIGIN_MAPPED: u32 = 2;
/// Origin: it comes from an outer record or envelope.
pub const ORDNORM_ORIGIN_INHERITED: u32 = 3;
/// Origin: it was computed from values of the message.
pub const ORDNORM_ORIGIN_DERIVED: u32 = 4;
/// Origin: it is absent in the message; the channel says what holds then.
pub const ORDNORM_ORIGIN_DEFAULTED: u32 = 5;
/// Origin: it was guessed.
pub const ORDNORM_ORIGIN_GUESSED: u32 = 6;

/// Finds a record in a block.
///
/// # Safety
/// The block is NULL or the caller's.
unsafe fn record<'a>(order: *const u8, number: u32) -> Outcome<Values<'a>> {
    // SAFETY: the caller's block.
    unsafe { View::of(order) }?.record(number)
}

/// Finds a value in a block.
///
/// # Safety
/// The block is NULL or the caller's.
unsafe fn value<'a>(order: *const u8, number: u32, field: u32, nth: u32) -> Outcome<Value<'a>> {
    // SAFETY: the caller's block.
    unsafe { record(order, number) }?.value(field_number(field)?, nth)
}

/// The type of a value.
const fn value_type(kind: u8) -> u32 {
    match kind {
        kind::DECIMAL => ORDNORM_VALUE_DECIMAL,
        kind::DATE => ORDNORM_VALUE_DATE,
        kind::WORD | kind::ASCII => ORDNORM_VALUE_CODE,
        kind::COUNT => ORDNORM_VALUE_COUNT,
        kind::FLAG => ORDNORM_VALUE_FLAG,
        _ => ORDNORM_VALUE_TEXT,
    }
}

/// The decimal, count or flag of a value.
pub(crate) fn decimal(value: &Value<'_>) -> Option<Decimal> {
    match value.entry.kind {
        kind::COUNT | kind::FLAG => i64::try_from(value.entry.value).ok().map(Decimal::whole),
        _ => value.entry.decimal(),
    }
}

/// Day, time, precision and offset as numbers.
pub(crate) fn date_numbers(date: Date) -> (u32, u32, u32, i32) {
    let low = u32::from(date.week().or(date.day()).unwrap_or(0));
    let day = u32::from(date.year()) * 10_000 + u32::from(date.month().unwrap_or(0)) * 100 + low;
    let part = |part: Option<u8>| u32::from(part.unwrap_or(0));
    let time = part(date.hour()) * 10_000 + part(date.minute()) * 100 + part(date.second());
    let precision = match date.precision() {
        Precision::Year => ORDNORM_PRECISION_YEAR,
        Precision::Month => ORDNORM_PRECISION_MONTH,
        Precision::Week => ORDNORM_PRECISION_WEEK,
        Precision::Day => ORDNORM_PRECISION_DAY,
        Precision::Minute => ORDNORM_PRECISION_MINUTE,
        Precision::Second => ORDNORM_PRECISION_SECOND,
    };
    (day, time, precision, date.offset().map_or(ORDNORM_NO_OFFSET, i32::from))
}

/// How many values of a field a record has; of field ORDNORM_ANY_FIELD: how many values.
///
/// Values of a repeated group (references, notes, allowances, prices, schedules …) are numbered by the
/// instance of the group, so that those of one instance have the same number: then this is the highest
/// number, and some of the numbers may be ORDNORM_ABSENT.
///
/// Memory: `order` is an order of `ordnorm_read`, or a state at ORDNORM_RECORD with record 0.
/// NULL: nothing may be NULL.
/// Threads: any number may look at one order.
/// Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_HANDLE, ORDNORM_ERROR_NOT_OPEN,
/// ORDNORM_ERROR_RECORD, ORDNORM_ERROR_NUMBER
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_count(order: *const u8, record: u32, field: u32, count: *mut u32) -> u32 {
    let run = || -> Outcome {
        raw::check_out(count)?;
        // SAFETY: the caller's block.
        let found = unsafe { self::record(order, record) }?.count(field_number(field)?);
        // SAFETY: checked.
        unsafe { raw::put(count, found) };
        Ok(())
    };
    status(run())
}

/// What the `index`th value of a record is (from 1, in the order of the message): its field, its number
/// there, and its type (`ORDNORM_VALUE_TEXT` …).
///
/// The getters give the value with field ORDNORM_ANY_FIELD and `index` as `nth`.
///
/// Memory: as with `ordnorm_count`.
/// NULL: nothing may be NULL.
/// Threads: any number may look at one order.
/// Errors: ORDNORM_ABSENT behind the last value, and as with `ordnorm_count`
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_entry(
    order: *const u8,
    record: u32,
    index: u32,
    field: *mut u32,
    nth: *mut u32,
    value_type: *mut u32,
) -> u32 {
    let run = || -> Outcome {
        raw::check_out(field)?;
        raw::check_out(nth)?;
        raw::check_out(value_type)?;
        // SAFETY: the caller's block.
        let values = unsafe { self::record(order, record) }?;
        let entry = values.value(0, index)?.entry;
        let number = values.number_of(entry);
        // SAFETY: checked.
        unsafe {
            raw::put(field, u32::from(entry.field));
            raw::put(nth, number);
            raw::put(value_type, self::value_type(entry.kind));
        }
        Ok(())
    };
    status(run())
}

/// Which number the `nth` value of a field has whose scheme, type, kind or status is `selector`: the id
/// of scheme `ORDNORM_CODE('0','0','8','8')` (a GLN), the reference of type ORDNORM_REFERENCE_CONTRACT,
/// the price of kind ORDNORM_PRICE_NET.
///
/// Memory: as with `ordnorm_count`.
/// NULL: nothing may be NULL.
/// Threads: any number may look at one order.
/// Errors: ORDNORM_ABSENT, and as with `ordnorm_count`; ORDNORM_ERROR_NUMBER where the field has no such
/// companion
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_select(
    order: *const u8,
    record: u32,
    field: u32,
    selector: u32,
    nth: u32,
    found: *mut u32,
) -> u32 {
    let run = || -> Outcome {
        raw::check_out(found)?;
        // SAFETY: the caller's block.
        let number = unsafe { self::record(order, record) }?.select(field_number(field)?, selector, nth)?;
        // SAFETY: checked.
        unsafe { raw::put(found, number) };
        Ok(())
    };
    status(run())
}

/// A decimal: `mantissa / 10^scale`, the scale as it was written (`5.00` is 500 and 2). Counts and flags
/// are decimals too.
///
/// Memory: as with `ordnorm_count`.
/// NULL: nothing may be NULL.
/// Threads: any number may look at one order.
/// Errors: ORDNORM_ABSENT, ORDNORM_ERROR_TYPE, and as with `ordnorm_count`
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_get_decimal(
    order: *const u8,
    record: u32,
    field: u32,
    nth: u32,
    mantissa: *mut i64,
    scale: *mut u32,
) -> u32 {
    let run = || -> Outcome {
        raw::check_out(mantissa)?;
        raw::check_out(scale)?;
        // SAFETY: the caller's block.
        let value = unsafe { value(order, record, field, nth) }?;
        let Some(decimal) = decimal(&value) else { return stop(ORDNORM_ERROR_TYPE) };
        // SAFETY: checked.
        unsafe {
            raw::put(mantissa, decimal.mantissa());
            raw::put(scale, u32::from(decimal.scale()));
        }
        Ok(())
    };
    status(run())
}

/// A decimal as a whole number of units of `10^-scale` (0 to 18): 22.50 at scale 4 is 225000. Nothing is
/// rounded.
///
/// Memory: as with `ordnorm_count`.
/// NULL: nothing may be NULL.
/// Threads: any number may look at one order.
/// Errors: ORDNORM_ABSENT, ORDNORM_ERROR_TYPE, ORDNORM_ERROR_WOULD_ROUND, ORDNORM_ERROR_RANGE, and as with
/// `ordnorm_count`
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_get_scaled(
    order: *const u8,
    record: u32,
    field: u32,
    nth: u32,
    scale: u32,
    number: *mut i64,
) -> u32 {
    let run = || -> Outcome {
        raw::check_out(number)?;
        // SAFETY: the caller's block.
        let value = unsafe { value(order, record, field, nth) }?;
        let Some(decimal) = decimal(&value) else { return stop(ORDNORM_ERROR_TYPE) };
        let scaled = scaled(decimal, scale)?;
        // SAFETY: checked.
        unsafe { raw::put(number, scaled) };
        Ok(())
    };
    status(run())
}

/// A decimal as a whole number of its `scale`th places.
pub(crate) fn scaled(decimal: Decimal, scale: u32) -> Outcome<i64> {
    let Ok(scale) = u8::try_from(scale) else { return stop(ORDNORM_ERROR_NUMBER) };
    if scale > ordnorm::value::decimal::MAX_SCALE {
        return stop(ORDNORM_ERROR_NUMBER);
    }
    match decimal.to_scale(scale) {
        Some(fitted) => Ok(fitted.mantissa()),
        None if scale < decimal.scale() => stop(ORDNORM_ERROR_WOULD_ROUND),
        None => stop(ORDNORM_ERROR_RANGE),
    }
}

/// A date: `day` is YYYYMMDD as a number, `time` hhmmss, `precision` ORDNORM_PRECISION_…, which says how
/// much of both is known, `offset` minutes east of UTC or ORDNORM_NO_OFFSET.
///
/// Memory: as with `ordnorm_count`.
/// NULL: nothing may be NULL.
/// Threads: any number may look at one order.
/// Errors: ORDNORM_ABSENT, ORDNORM_ERROR_TYPE, and as with `ordnorm_count`
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_get_date(
    order: *const u8,
    record: u32,
    field: u32,
    nth: u32,
    day: *mut u32,
    time: *mut u32,
    precision: *mut u32,
    offset: *mut i32,
) -> u32 {
    let run = || -> Outcome {
        raw::check_out(day)?;
        raw::check_out(time)?;
        raw::check_out(precision)?;
        raw::check_out(offset)?;
        // SAFETY: the caller's block.
        let value = unsafe { value(order, record, field, nth) }?;
        let Some(date) = value.entry.date() else { return stop(ORDNORM_ERROR_TYPE) };
        let (the_day, the_time, the_precision, the_offset) = date_numbers(date);
        // SAFETY: checked.
        unsafe {
            raw::put(day, the_day);
            raw::put(time, the_time);
            raw::put(precision, the_precision);
            raw::put(offset, the_offset);
        }
        Ok(())
    };
    status(run())
}

/// A code: the number of a word (`ORDNORM_ROLE_BUYER` …), or, as written, up to four characters as with
/// `ORDNORM_CODE('E','U','R',0)`; 0 where it is longer, which `ordnorm_get_text` gives.
///
/// Memory: as with `ordnorm_count`.
/// NULL: nothing may be NULL.
/// Threads: any number may look at one order.
/// Errors: ORDNORM_ABSENT, ORDNORM_ERROR_TYPE, and as with `ordnorm_count`
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_get_code(
    order: *const u8,
    record: u32,
    field: u32,
    nth: u32,
    code: *mut u32,
) -> u32 {
    let run = || -> Outcome {
        raw::check_out(code)?;
        // SAFETY: the caller's block.
        let value = unsafe { value(order, record, field, nth) }?;
        let Some(found) = value.code() else { return stop(ORDNORM_ERROR_TYPE) };
        // SAFETY: checked.
        unsafe { raw::put(code, found) };
        Ok(())
    };
    status(run())
}

/// A count.
///
/// Memory: as with `ordnorm_count`.
/// NULL: nothing may be NULL.
/// Threads: any number may look at one order.
/// Errors: ORDNORM_ABSENT, ORDNORM_ERROR_TYPE, ORDNORM_ERROR_RANGE, and as with `ordnorm_count`
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_get_count(
    order: *const u8,
    record: u32,
    field: u32,
    nth: u32,
    count: *mut u32,
) -> u32 {
    // SAFETY: the caller's block and output.
    status(unsafe { small(order, record, field, nth, kind::COUNT, count) })
}

/// A flag: 0 or 1.
///
/// Memory: as with `ordnorm_count`.
/// NULL: nothing may be NULL.
/// Threads: any number may look at one order.
/// Errors: ORDNORM_ABSENT, ORDNORM_ERROR_TYPE, and as with `ordnorm_count`
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_get_flag(
    order: *const u8,
    record: u32,
    field: u32,
    nth: u32,
    flag: *mut u32,
) -> u32 {
    // SAFETY: the caller's block and output.
    status(unsafe { small(order, record, field, nth, kind::FLAG, flag) })
}

/// A value of 32 bits.
///
/// # Safety
/// The block is NULL or the caller's.
unsafe fn small(order: *const u8, record: u32, field: u32, nth: u32, kind: u8, out: *mut u32) -> Outcome {
    raw::check_out(out)?;
    // SAFETY: the caller's block.
    let value = unsafe { value(order, record, field, nth) }?;
    if value.entry.kind != kind {
        return stop(ORDNORM_ERROR_TYPE);
    }
    let Ok(number) = u32::try_from(value.entry.value) else { return stop(ORDNORM_ERROR_RANGE) };
    // SAFETY: checked.
    unsafe { raw::put(out, number) };
    Ok(())
}

/// A value of any type as text: UTF-8, without a NUL at its end, written as in the canonical JSON.
///
/// Memory: as with `ordnorm_count`; `buffer` has `capacity` bytes.
/// NULL: `buffer` only with capacity 0, which asks for the size.
/// Threads: any number may look at one order.
/// Errors: ORDNORM_OUTPUT_FULL, ORDNORM_ABSENT, and as with `ordnorm_count`
/// Since: 1
#[cfg(feature = "names")]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_get_text(
    order: *const u8,
    record: u32,
    field: u32,
    nth: u32,
    buffer: *mut u8,
    capacity: u32,
    needed: *mut u32,
) -> u32 {
    let run = || -> Outcome {
        // SAFETY: the caller's block.
        let value = unsafe { value(order, record, field, nth) }?;
        let write = |sink: &mut Sink<'_>| {
            text(&value, sink);
            Ok(())
        };
        // SAFETY: the caller's buffer.
        unsafe { sink::fill(buffer, capacity, needed, write) }
    };
    status(run())
}

/// Writes a value as text.
#[cfg(feature = "names")]
pub(crate) fn text(value: &Value<'_>, sink: &mut Sink<'_>) {
    if value.is_text() {
        value.pieces(|joint, piece| {
            sink.push(joint.as_bytes());
            sink.push(piece);
        });
        return;
    }
    let shown = Shown { value: value.entry.value, kind: value.entry.kind, scale: value.entry.scale };
    plain(&shown, sink);
}

/// Writes a value that is no text.
#[cfg(feature = "names")]
pub(crate) fn plain(shown: &Shown, sink: &mut Sink<'_>) {
    match shown.kind {
        kind::DECIMAL => {
            if let Some(decimal) = Decimal::new(shown.value.cast_signed(), shown.scale) {
                sink.push(decimal.write(&mut [0; 24]).as_bytes());
            }
        }
        kind::DATE => {
            if let Some(date) = Date::from_bits(shown.value) {
                sink.push(date.write(&mut [0; 32]).as_bytes());
            }
        }
        kind::WORD => sink.push(ordnorm::chan::vocabulary::word_text(shown.value as u16).as_bytes()),
        kind::ASCII => {
            let (bytes, length) = unpack_ascii(shown.value);
            sink.push(bytes.get(..length).unwrap_or(&[]));
        }
        kind::FLAG => sink.push(if shown.value == 0 { b"false" } else { b"true" }),
        _ => sink.number(shown.value),
    }
}

/// A piece of a text without copying: most texts are one piece, and stand in the message.
///
/// `piece` counts from 1; between two pieces belongs what `ordnorm_get_text` puts there.
///
/// Memory: as with `ordnorm_count`; the bytes live as long as the message and the order, with a state
/// until the next `ordnorm_next`. They do not end with NUL.
/// NULL: nothing may be NULL.
/// Threads: any number may look at one order.
/// Errors: ORDNORM_ABSENT behind the last piece, ORDNORM_ERROR_TYPE, and as with `ordnorm_count`
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_text(
    order: *const u8,
    record: u32,
    field: u32,
    nth: u32,
    piece: u32,
    text: *mut *const u8,
    length: *mut u32,
) -> u32 {
    let run = || -> Outcome {
        raw::check_out(text)?;
        raw::check_out(length)?;
        // SAFETY: the caller's block.
        let value = unsafe { value(order, record, field, nth) }?;
        if !value.is_text() {
            return stop(ORDNORM_ERROR_TYPE);
        }
        let mut left = piece;
        let mut found = None;
        value.pieces(|_, bytes| {
            left = left.wrapping_sub(1);
            if left == 0 {
                // Their memory is the message's and the order's, not the closure's.
                found = Some((bytes.as_ptr(), bytes.len() as u32));
            }
        });
        let Some((at, count)) = found else { return stop(ORDNORM_ABSENT) };
        // SAFETY: checked.
        unsafe {
            raw::put(text, at);
            raw::put(length, count);
        }
        Ok(())
    };
    status(run())
}

/// Where a value comes from: its bytes in the message (`length` 0: it does not stand there), its origin
/// ORDNORM_ORIGIN_…, and its confidence, 0 to 100.
///
/// Memory: as with `ordnorm_count`.
/// NULL: nothing may be NULL.
/// Threads: any number may look at one order.
/// Errors: ORDNORM_ABSENT, and as with `ordnorm_count`
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_place(
    order: *const u8,
    record: u32,
    field: u32,
    nth: u32,
    at: *mut u32,
    length: *mut u32,
    origin: *mut u32,
    confidence: *mut u32,
) -> u32 {
    let run = || -> Outcome {
        raw::check_out(at)?;
        raw::check_out(length)?;
        raw::check_out(origin)?;
        raw::check_out(confidence)?;
        // SAFETY: the caller's block.
        let entry = unsafe { value(order, record, field, nth) }?.entry;
        // SAFETY: checked.
        unsafe {
            raw::put(at, entry.at);
            raw::put(length, entry.length);
            raw::put(origin, u32::from(entry.origin));
            raw::put(confidence, u32::from(entry.confidence));
        }
        Ok(())
    };
    status(run())
}
