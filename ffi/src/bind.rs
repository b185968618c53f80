//! Values into the caller's own struct, COBOL copybook or Pascal record, column by column.
//!
//! To add a form: its constant, its check in [`Plan::check`], its writing in [`write`].

use ordnorm::order::kind;
use ordnorm::value::date::Precision;
use ordnorm::value::decimal::Decimal;

use crate::get::{date_numbers, decimal, scaled};
use crate::held::PARTY_BIT;
use crate::raw;
use crate::status::*;
use crate::view::{Value, Values, View, field_number, party_of_role};

/// Column of the record that is bound.
pub const ORDNORM_OF_RECORD: u32 = 0;
/// Column of the document, whatever record is bound.
pub const ORDNORM_OF_DOCUMENT: u32 = 1;
/// Column of the document's first party of the column's role.
pub const ORDNORM_OF_PARTY: u32 = 2;
/// Column of the bound line's own first party of the column's role.
pub const ORDNORM_OF_LINE_PARTY: u32 = 3;

/// Form: 4 bytes, a signed number of the machine; a decimal in units of `10^-scale`.
pub const ORDNORM_AS_I32: u32 = 1;
/// Form: 8 bytes, a signed number of the machine; a decimal in units of `10^-scale`.
pub const ORDNORM_AS_I64: u32 = 2;
/// Form: UTF-8 text of any value, ended by NUL, which is one of the `capacity` bytes.
pub const ORDNORM_AS_TEXT: u32 = 3;
/// Form: UTF-8 text of any value, padded with blanks (COBOL `PIC X`).
pub const ORDNORM_AS_PADDED: u32 = 4;
/// Form: packed decimal of `digits` digits with `scale` of them behind the mark (COBOL `COMP-3`); a sign
/// is always there (C or D).
pub const ORDNORM_AS_PACKED: u32 = 5;
/// Form: zoned decimal, one ASCII digit a byte, negative with 40 hex added to the last one (COBOL `PIC S9
/// DISPLAY` of GnuCOBOL and Micro Focus); `digits` = `capacity`.
pub const ORDNORM_AS_ZONED: u32 = 6;
/// Form: 8 characters YYYYMMDD, then blanks; a time of day is not part of it.
pub const ORDNORM_AS_DAY: u32 = 7;
/// Form: 4 bytes, a code as `ordnorm_get_code` gives it.
pub const ORDNORM_AS_CODE: u32 = 8;

/// Indicator: the value was written.
pub const ORDNORM_BOUND_OK: u32 = 0;
/// Indicator: there is no such value; the column is zero or blank.
pub const ORDNORM_BOUND_ABSENT: u32 = 1;
/// Indicator: the text was cut, between two characters.
pub const ORDNORM_BOUND_TRUNCATED: u32 = 2;
/// Indicator: the number would have to be rounded, or the date is not known to the day; the column is zero
/// or blank.
pub const ORDNORM_BOUND_INEXACT: u32 = 3;
/// Indicator: the number does not fit; the column is zero.
pub const ORDNORM_BOUND_RANGE: u32 = 4;
/// Indicator: the value is of a type that the form cannot hold; the column is zero or blank.
pub const ORDNORM_BOUND_TYPE: u32 = 5;

/// `indicator` of a column without one.
const NO_INDICATOR: u32 = u32::MAX;
/// Digits of the largest number.
const MOST_DIGITS: u32 = 18;

/// One column of `ordnorm_bind`.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Column {
    /// Which record it comes from: ORDNORM_OF_RECORD …
    pub record: u32,
    /// The role of the party, for ORDNORM_OF_PARTY and ORDNORM_OF_LINE_PARTY, else 0.
    pub role: u32,
    /// The field: ORDNORM_LINE_QUANTITY …
    pub field: u32,
    /// The scheme, type or kind that it must have, as with `ordnorm_select`; 0 = any.
    pub selector: u32,
    /// Which value of the field, from 1; 0 is taken as 1.
    pub nth: u32,
    /// What is written: ORDNORM_AS_I32 …
    pub form: u32,
    /// Where in the target, in bytes (`offsetof`).
    pub offset: u32,
    /// How many bytes there (`sizeof`).
    pub capacity: u32,
    /// Digits of a packed or zoned number, 1 to 18.
    pub digits: u32,
    /// Places behind the decimal mark, 0 to 18.
    pub scale: u32,
    /// Where in the target a 4-byte indicator ORDNORM_BOUND_… goes; ORDNORM_NO_INDICATOR: nowhere.
    pub indicator: u32,
}

impl Column {
    /// Does it go together?
    fn check(&self, size: u32) -> Outcome {
        field_number(self.field)?;
        let inside = |at: u32, bytes: u32| at.checked_add(bytes).is_some_and(|end| end <= size);
        if !inside(self.offset, self.capacity)
            || (self.indicator != NO_INDICATOR && !inside(self.indicator, 4))
        {
            return stop(ORDNORM_ERROR_COLUMN_PLACE);
        }
        let digits = (1..=MOST_DIGITS).contains(&self.digits);
        let fits = self.scale <= MOST_DIGITS
            && match self.form {
                ORDNORM_AS_I32 | ORDNORM_AS_CODE => self.capacity == 4,
                ORDNORM_AS_I64 => self.capacity == 8,
                ORDNORM_AS_TEXT | ORDNORM_AS_PADDED => self.capacity > 0,
                ORDNORM_AS_PACKED => digits && self.capacity == self.digits / 2 + 1,
                ORDNORM_AS_ZONED => digits && self.capacity == self.digits,
                ORDNORM_AS_DAY => self.capacity >= 8,
                _ => false,
            };
        if fits { Ok(()) } else { stop(ORDNORM_ERROR_COLUMN_FORM) }
    }

    /// The value that it shows; `None` where its record is absent.
    fn value<'a>(&self, view: &View<'a>, record: u32) -> Outcome<Value<'a>> {
        let values = self.values(view, record)?;
        let field = field_number(self.field)?;
        let nth = self.nth.max(1);
        let nth = if self.selector == 0 { nth } else { values.select(field, self.selector, nth)? };
        values.value(field, nth)
    }

    fn values<'a>(&self, view: &View<'a>, record: u32) -> Outcome<Values<'a>> {
        let View::Order(order) = view else {
            return if self.record == ORDNORM_OF_RECORD {
                view.record(record)
            } else {
                stop(ORDNORM_ERROR_COLUMN_RECORD)
            };
        };
        let line = match self.record {
            ORDNORM_OF_RECORD => return view.record(record),
            ORDNORM_OF_DOCUMENT => return view.record(0),
            ORDNORM_OF_PARTY => 0,
            ORDNORM_OF_LINE_PARTY if record & PARTY_BIT == 0 && record > 0 => record,
            _ => return stop(ORDNORM_ERROR_COLUMN_RECORD),
        };
        match party_of_role(order, line, self.role) {
            Some(number) => view.record(number | PARTY_BIT),
            None => stop(ORDNORM_ABSENT),
        }
    }
}

/// What a column without a value holds.
fn clear(form: u32, out: &mut [u8]) {
    let filler = match form {
        ORDNORM_AS_PADDED | ORDNORM_AS_DAY => b' ',
        ORDNORM_AS_ZONED => b'0',
        _ => 0,
    };
    out.fill(filler);
    if let (ORDNORM_AS_PACKED, Some(last)) = (form, out.last_mut()) {
        *last = 0x0C;
    }
}

/// Writes a value into its column; the indicator.
fn write(column: &Column, value: &Value<'_>, out: &mut [u8]) -> u32 {
    match column.form {
        ORDNORM_AS_TEXT | ORDNORM_AS_PADDED => text(value, column.form == ORDNORM_AS_TEXT, out),
        ORDNORM_AS_DAY => day(value, out),
        ORDNORM_AS_CODE => match value.code() {
            Some(0) => ORDNORM_BOUND_RANGE,
            Some(code) => {
                copy(&code.to_ne_bytes(), out);
                ORDNORM_BOUND_OK
            }
            None => ORDNORM_BOUND_TYPE,
        },
        _ => match decimal(value) {
            Some(decimal) => number(column, decimal, out),
            None => ORDNORM_BOUND_TYPE,
        },
    }
}

/// Copies as much as there is room for, which is all: `copy_from_slice` would panic.
fn copy(bytes: &[u8], out: &mut [u8]) {
    for (place, byte) in out.iter_mut().zip(bytes) {
        *place = *byte;
    }
}

fn number(column: &Column, decimal: Decimal, out: &mut [u8]) -> u32 {
    let scaled = match scaled(decimal, column.scale) {
        Ok(scaled) => scaled,
        Err(Stop(ORDNORM_ERROR_WOULD_ROUND)) => return ORDNORM_BOUND_INEXACT,
        Err(_) => return ORDNORM_BOUND_RANGE,
    };
    let mut rest = scaled.unsigned_abs();
    let mut digit = || {
        let digit = (rest % 10) as u8;
        rest /= 10;
        digit
    };
    match column.form {
        ORDNORM_AS_I32 => match i32::try_from(scaled) {
            Ok(small) => copy(&small.to_ne_bytes(), out),
            Err(_) => return ORDNORM_BOUND_RANGE,
        },
        ORDNORM_AS_I64 => copy(&scaled.to_ne_bytes(), out),
        _ if scaled.unsigned_abs() >= 10u64.pow(column.digits.min(MOST_DIGITS)) => {
            return ORDNORM_BOUND_RANGE;
        }
        ORDNORM_AS_PACKED => {
            // Two digits a byte, the sign in the last half.
            let mut low = if scaled < 0 { 0x0D } else { 0x0C };
            for place in out.iter_mut().rev() {
                *place = low | digit() << 4;
                low = digit();
            }
            // With an even number of digits the first half byte is one digit too many.
            if let (0, Some(first)) = (column.digits % 2, out.first_mut()) {
                *first &= 0x0F;
            }
        }
        _ => {
            for place in out.iter_mut().rev() {
                *place = b'0' + digit();
            }
            if let (true, Some(last)) = (scaled < 0, out.last_mut()) {
                *last += 0x40;
            }
        }
    }
    ORDNORM_BOUND_OK
}

fn day(value: &Value<'_>, out: &mut [u8]) -> u32 {
    let Some(date) = value.entry.date() else { return ORDNORM_BOUND_TYPE };
    if date.precision() < Precision::Day {
        return ORDNORM_BOUND_INEXACT;
    }
    let mut rest = date_numbers(date).0;
    for place in out.iter_mut().take(8).rev() {
        *place = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    ORDNORM_BOUND_OK
}

/// Copies text up to the last character that fits.
fn text(value: &Value<'_>, ended: bool, out: &mut [u8]) -> u32 {
    let room = out.len() - usize::from(ended && !out.is_empty());
    let Some(out) = out.get_mut(..room) else { return ORDNORM_BOUND_RANGE };
    let mut length = 0usize;
    let mut places = out.iter_mut();
    let mut put = |bytes: &[u8]| {
        length += bytes.len();
        for (byte, place) in bytes.iter().zip(places.by_ref()) {
            *place = *byte;
        }
    };
    if value.is_text() {
        value.pieces(|joint, piece| {
            put(joint.as_bytes());
            put(piece);
        });
    } else if value.entry.kind == kind::DECIMAL {
        put(decimal(value).unwrap_or(Decimal::ZERO).write(&mut [0; 24]).as_bytes());
    } else {
        other_text(value, &mut put);
    }
    if length <= room {
        return ORDNORM_BOUND_OK;
    }
    // The bytes behind the last whole character are taken back.
    let blank = if ended { 0 } else { b' ' };
    let whole = out.utf8_chunks().next().map_or(0, |chunk| chunk.valid().len());
    if whole + 4 > room {
        for place in out.iter_mut().skip(whole) {
            *place = blank;
        }
    }
    ORDNORM_BOUND_TRUNCATED
}

#[cfg(feature = "names")]
fn other_text(value: &Value<'_>, put: &mut dyn FnMut(&[u8])) {
    let mut buffer = [0u8; 48];
    let mut sink = crate::sink::Sink::new(&mut buffer);
    crate::get::text(value, &mut sink);
    let length = sink.len();
    put(buffer.get(..length).unwrap_or(&[]));
}

/// Without names there are only dates and codes as written.
#[cfg(not(feature = "names"))]
fn other_text(value: &Value<'_>, put: &mut dyn FnMut(&[u8])) {
    if let Some(date) = value.entry.date() {
        put(date.write(&mut [0; 32]).as_bytes());
    } else if value.entry.kind == kind::ASCII {
        let (bytes, length) = ordnorm::order::unpack_ascii(value.entry.value);
        put(bytes.get(..length).unwrap_or(&[]));
    }
}

/// Fills the caller's own struct, copybook or record from one record of an order.
///
/// `record` is 0 for the document, 1 … for a line, or a party's record. `columns` has `count` columns of
/// `column_size` bytes (`sizeof (ordnorm_column)`). Every column is written: what is absent, would have
/// to be rounded or does not fit is zero or blank, and its indicator says so. `flawed` is the number of
/// columns whose indicator is neither ORDNORM_BOUND_OK nor ORDNORM_BOUND_ABSENT: look at it.
///
/// Memory: `order` is an order of `ordnorm_read`, or a state at ORDNORM_RECORD with record 0 and columns of
/// ORDNORM_OF_RECORD; `target` is `target_size` bytes of the caller's, of any alignment.
/// NULL: nothing may be NULL; `columns` only with count 0, `target` only with size 0.
/// Threads: any number may look at one order.
/// Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_HANDLE, ORDNORM_ERROR_NOT_OPEN,
/// ORDNORM_ERROR_RECORD, ORDNORM_ERROR_NUMBER, ORDNORM_ERROR_COLUMN_SIZE, ORDNORM_ERROR_COLUMN_PLACE,
/// ORDNORM_ERROR_COLUMN_FORM, ORDNORM_ERROR_COLUMN_RECORD; with an error nothing is written.
/// Since: 1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ordnorm_bind(
    order: *const u8,
    record: u32,
    columns: *const Column,
    count: u32,
    column_size: u32,
    target: *mut u8,
    target_size: u32,
    flawed: *mut u32,
) -> u32 {
    let run = || -> Outcome {
        raw::check_out(flawed)?;
        if (columns.is_null() && count > 0) || (target.is_null() && target_size > 0) {
            return stop(ORDNORM_ERROR_NULL);
        }
        if (column_size as usize) < size_of::<Column>() {
            return stop(ORDNORM_ERROR_COLUMN_SIZE);
        }
        // SAFETY: the caller's block.
        let view = unsafe { View::of(order) }?;
        view.record(record)?;
        let column_at = |index: u32| {
            let at = columns.cast::<u8>().wrapping_add(index as usize * column_size as usize);
            // SAFETY: the caller says that there are so many columns of this size.
            unsafe { at.cast::<Column>().read_unaligned() }
        };
        for index in 0..count {
            let column = column_at(index);
            column.check(target_size)?;
            match column.value(&view, record) {
                Ok(_) | Err(Stop(ORDNORM_ABSENT)) => {}
                Err(error) => return Err(error),
            }
        }
        let mut bad = 0;
        for index in 0..count {
            let column = column_at(index);
            // SAFETY: checked: the column lies inside of the target, which is the caller's.
            let out = unsafe {
                core::slice::from_raw_parts_mut(target.add(column.offset as usize), column.capacity as usize)
            };
            clear(column.form, out);
            let indicator = match column.value(&view, record) {
                Ok(value) => write(&column, &value, out),
                Err(_) => ORDNORM_BOUND_ABSENT,
            };
            bad += u32::from(indicator > ORDNORM_BOUND_ABSENT);
            if column.indicator != NO_INDICATOR {
                // SAFETY: checked: four bytes inside of the target.
                unsafe { raw::put(target.add(column.indicator as usize).cast::<u32>(), indicator) };
            }
        }
        // SAFETY: checked.
        unsafe { raw::put(flawed, bad) };
        Ok(())
    };
    status(run())
}
