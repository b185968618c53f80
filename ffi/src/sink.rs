//! Text into the caller's buffer: measured first, so that nothing is written where it does not fit.

use crate::raw;
use crate::status::{ORDNORM_ERROR_NULL, ORDNORM_OUTPUT_FULL, Outcome, stop};

/// Takes text: counts it, and copies as much as there is room for.
pub struct Sink<'a> {
    out: core::slice::IterMut<'a, u8>,
    length: usize,
}

impl<'a> Sink<'a> {
    /// A sink with room.
    pub fn new(out: &'a mut [u8]) -> Sink<'a> {
        Sink { out: out.iter_mut(), length: 0 }
    }

    /// Bytes that it has taken.
    pub const fn len(&self) -> usize {
        self.length
    }

    /// Takes a piece.
    pub fn push(&mut self, bytes: &[u8]) {
        self.length = self.length.saturating_add(bytes.len());
        // The bytes first: a zip takes from its left side even when the right one is at its end.
        for (byte, place) in bytes.iter().zip(self.out.by_ref()) {
            *place = *byte;
        }
    }

    /// Takes a number in decimal digits.
    pub fn number(&mut self, number: u64) {
        let mut digits = [0u8; 20];
        let mut rest = number;
        let mut begin = digits.len();
        for place in digits.iter_mut().rev() {
            *place = b'0' + (rest % 10) as u8;
            rest /= 10;
            begin = begin.saturating_sub(1);
            if rest == 0 {
                break;
            }
        }
        self.push(digits.get(begin..).unwrap_or(&[]));
    }
}

impl core::fmt::Write for Sink<'_> {
    fn write_str(&mut self, text: &str) -> core::fmt::Result {
        self.push(text.as_bytes());
        Ok(())
    }
}

/// Lets `write` fill the caller's buffer, and says how much was needed.
///
/// # Safety
/// `buffer` points to `capacity` bytes, `needed` to a `u32`.
pub unsafe fn fill(
    buffer: *mut u8,
    capacity: u32,
    needed: *mut u32,
    write: impl Fn(&mut Sink<'_>) -> Outcome,
) -> Outcome {
    raw::check_out(needed)?;
    if buffer.is_null() && capacity > 0 {
        return stop(ORDNORM_ERROR_NULL);
    }
    let mut sink = Sink { out: [].iter_mut(), length: 0 };
    write(&mut sink)?;
    let length = sink.length;
    if length > capacity as usize {
        // SAFETY: checked above; the caller says that it points to a u32.
        unsafe { raw::put(needed, u32::try_from(length).unwrap_or(u32::MAX)) };
        return stop(ORDNORM_OUTPUT_FULL);
    }
    if length > 0 {
        // SAFETY: not NULL as capacity > 0; the caller says that it points to so many bytes.
        let out = unsafe { core::slice::from_raw_parts_mut(buffer, length) };
        write(&mut Sink { out: out.iter_mut(), length: 0 })?;
    }
    // SAFETY: as above.
    unsafe { raw::put(needed, length as u32) };
    Ok(())
}
