//! From raw pointers to references, in one place.
//!
//! What the header asks of a caller, and what every `SAFETY` comment here rests on: a pointer is NULL or
//! points to as many bytes as its size says; blocks stay where they are while they are in use; a block
//! is used by one thread at a time.

use ordnorm::order::{Entry, Finding, Part};

use crate::status::{ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_NULL, Outcome, stop};

/// What blocks begin at a multiple of.
pub(crate) const ALIGNMENT: usize = 8;

/// Checks that a block is there and aligned.
pub fn check_block(block: *const u8) -> Outcome {
    if block.is_null() {
        return stop(ORDNORM_ERROR_NULL);
    }
    if block.align_offset(ALIGNMENT) != 0 {
        return stop(ORDNORM_ERROR_ALIGNMENT);
    }
    Ok(())
}

/// Checks that outputs have a place.
pub fn check_out<T>(place: *mut T) -> Outcome {
    if place.is_null() { stop(ORDNORM_ERROR_NULL) } else { Ok(()) }
}

/// Writes an output that has been checked; the place need not be aligned.
///
/// # Safety
/// `place` points to a `T`.
pub unsafe fn put<T>(place: *mut T, value: T) {
    // SAFETY: the caller of the C function says that it points to a T; NULL was refused before.
    unsafe { place.write_unaligned(value) }
}

/// The bytes of an input; NULL only with length 0.
///
/// # Safety
/// `bytes` points to `length` bytes that live for `'a` and do not change.
pub unsafe fn input<'a>(bytes: *const u8, length: u32) -> Outcome<&'a [u8]> {
    if length == 0 {
        return Ok(&[]);
    }
    if bytes.is_null() {
        return stop(ORDNORM_ERROR_NULL);
    }
    // SAFETY: not NULL; the caller of the C function says that it points to so many bytes.
    Ok(unsafe { core::slice::from_raw_parts(bytes, length as usize) })
}

/// Values of which every pattern of bits is one.
///
/// # Safety
/// The type holds integers only.
pub unsafe trait Plain: Copy {}
// SAFETY: integers, as their files show.
unsafe impl Plain for u8 {}
// SAFETY: as above.
unsafe impl Plain for Entry {}
// SAFETY: as above.
unsafe impl Plain for Finding {}
// SAFETY: as above.
unsafe impl Plain for Part {}

/// Cuts a block into slices.
pub struct Carver {
    at: *mut u8,
    left: usize,
}

impl Carver {
    /// A block of `size` bytes that is checked.
    pub const fn new(block: *mut u8, size: usize) -> Carver {
        Carver { at: block, left: size }
    }

    /// The next `count` values; what they are is whatever stands there. `None` where they do not fit.
    ///
    /// # Safety
    /// Nothing else uses the block's bytes for `'a`, and the block's begin is aligned.
    pub unsafe fn take<'a, T: Plain>(&mut self, count: usize) -> Option<&'a mut [T]> {
        // The slices of larger alignment are taken first, so that no gaps arise.
        let bytes = count.checked_mul(size_of::<T>())?;
        self.left = self.left.checked_sub(bytes)?;
        let begin = self.at.cast::<T>();
        // SAFETY: the end of the slice is at most the end of the block, as just checked.
        self.at = unsafe { self.at.add(bytes) };
        // SAFETY: aligned, inside of the block, nobody else's; the caller's bytes are values of T.
        Some(unsafe { core::slice::from_raw_parts_mut(begin, count) })
    }

    /// How many bytes are left.
    pub const fn left(&self) -> usize {
        self.left
    }
}
