//! Decimal numbers: text to an exact value and back.
//!
//! A [`Decimal`] is a mantissa and a scale, nothing else: `5.00` is 500 with scale 2 and stays
//! so, because a price written with two places says something that `5` does not. There is no
//! floating point and no rounding; what does not fit is an error.
//!
//! Which mark is the decimal mark is a fact about the sender, not about the number. [`Style`]
//! carries that fact. Where nobody knows it, [`Style::UNKNOWN`] decides what the digits alone
//! can decide and answers [`DecimalError::Ambiguous`] with both readings for the rest.
//!
//! This file is the number: how it calculates, compares and is written.

mod read;

use core::cmp::Ordering;
use core::fmt;

pub use read::{DecimalError, MAX_DIGITS, Style, parse, parse_json};

/// Greatest scale: 18 places behind the decimal mark.
pub const MAX_SCALE: u8 = 18;

/// An exact decimal number: `mantissa / 10^scale`, the scale as it was written.
///
/// `==` compares the writing (`5.0 != 5.00`); [`Decimal::equals`] compares the number.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Decimal {
    mantissa: i64,
    scale: u8,
}

/// 10^n for n of 0 to 18, as `i128` so that products of two `i64` fit.
const fn power_of_ten(n: u8) -> i128 {
    let mut value = 1;
    let mut i = 0;
    while i < n {
        value *= 10;
        i += 1;
    }
    value
}

impl Decimal {
    /// 0, without places.
    pub const ZERO: Decimal = Decimal { mantissa: 0, scale: 0 };
    /// 1, without places.
    pub const ONE: Decimal = Decimal { mantissa: 1, scale: 0 };

    /// `mantissa / 10^scale`; `None` where the scale is greater than [`MAX_SCALE`].
    #[must_use]
    pub const fn new(mantissa: i64, scale: u8) -> Option<Decimal> {
        if scale > MAX_SCALE { None } else { Some(Decimal { mantissa, scale }) }
    }

    /// A whole number.
    #[must_use]
    pub const fn whole(value: i64) -> Decimal {
        Decimal { mantissa: value, scale: 0 }
    }

    /// All digits as one whole number: 500 for `5.00`.
    #[inline]
    #[must_use]
    pub const fn mantissa(self) -> i64 {
        self.mantissa
    }

    /// Places behind the decimal mark as written: 2 for `5.00`.
    #[inline]
    #[must_use]
    pub const fn scale(self) -> u8 {
        self.scale
    }

    /// 0, `0.00`, `-0`.
    #[inline]
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.mantissa == 0
    }

    /// Less than zero.
    #[inline]
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.mantissa < 0
    }

    /// The sum, with the greater of the two scales; `None` where it does not fit.
    #[must_use]
    pub const fn checked_add(self, other: Decimal) -> Option<Decimal> {
        let (left, right, scale) = self.aligned(other);
        Decimal::fitted(left + right, scale as u16)
    }

    /// The difference, with the greater of the two scales; `None` where it does not fit.
    #[must_use]
    pub const fn checked_sub(self, other: Decimal) -> Option<Decimal> {
        let (left, right, scale) = self.aligned(other);
        Decimal::fitted(left - right, scale as u16)
    }

    /// The product, with the sum of the two scales; `None` where it does not fit. Zeros at the
    /// end are given up only where the product would not fit otherwise.
    #[must_use]
    pub const fn checked_mul(self, other: Decimal) -> Option<Decimal> {
        // Two i64 multiply into 127 bits.
        let product = self.mantissa as i128 * other.mantissa as i128;
        Decimal::fitted(product, self.scale as u16 + other.scale as u16)
    }

    /// Is it the same number? `5.0` equals `5.00`.
    #[must_use]
    pub const fn equals(self, other: Decimal) -> bool {
        let (left, right, _) = self.aligned(other);
        left == right
    }

    /// The order of the two numbers, whatever their scales.
    #[must_use]
    pub fn compare(self, other: Decimal) -> Ordering {
        let (left, right, _) = self.aligned(other);
        left.cmp(&right)
    }

    /// The same number with `scale` places; `None` where digits other than zero would be lost
    /// or the mantissa would not fit. Nothing is rounded.
    #[must_use]
    pub const fn to_scale(self, scale: u8) -> Option<Decimal> {
        if scale > MAX_SCALE {
            return None;
        }
        if scale >= self.scale {
            let mantissa = self.mantissa as i128 * power_of_ten(scale - self.scale);
            return match narrow(mantissa) {
                Some(mantissa) => Some(Decimal { mantissa, scale }),
                None => None,
            };
        }
        let mut mantissa = self.mantissa;
        let mut at = self.scale;
        while at > scale {
            if mantissa % 10 != 0 {
                return None;
            }
            mantissa /= 10;
            at -= 1;
        }
        Some(Decimal { mantissa, scale })
    }

    /// Writes the canonical text into `out` and returns it: `-0.5`, `5.00`, `1234`. At most 21
    /// bytes are used, at the end of `out`.
    pub fn write(self, out: &mut [u8; 24]) -> &str {
        let mut rest = self.mantissa.unsigned_abs();
        let mut start = out.len();
        let mut digits = 0;
        let mut slots = out.iter_mut().rev();
        let mut put = |byte| {
            if let Some(slot) = slots.next() {
                *slot = byte;
                start = start.saturating_sub(1);
            }
        };
        while rest > 0 || digits <= self.scale {
            if digits == self.scale && digits > 0 {
                put(b'.');
            }
            // A remainder of ten fits in a byte.
            put(b'0' + (rest % 10) as u8);
            rest /= 10;
            digits += 1;
        }
        if self.mantissa < 0 {
            put(b'-');
        }
        out.get(start..).and_then(|text| core::str::from_utf8(text).ok()).unwrap_or_default()
    }

    /// Both mantissas at the greater scale. 19 digits and 18 zeros stay below 2^127.
    const fn aligned(self, other: Decimal) -> (i128, i128, u8) {
        let (left, right) = (self.mantissa as i128, other.mantissa as i128);
        if self.scale == other.scale {
            (left, right, self.scale)
        } else if self.scale > other.scale {
            (left, right * power_of_ten(self.scale - other.scale), self.scale)
        } else {
            (left * power_of_ten(other.scale - self.scale), right, other.scale)
        }
    }

    /// Gives up zeros at the end of the fraction until mantissa and scale fit.
    const fn fitted(mut mantissa: i128, mut scale: u16) -> Option<Decimal> {
        loop {
            if scale <= MAX_SCALE as u16 {
                if let Some(mantissa) = narrow(mantissa) {
                    // Checked in the line above.
                    return Some(Decimal { mantissa, scale: scale as u8 });
                }
            }
            let (tenth, rest) = tenth(mantissa.unsigned_abs());
            if scale == 0 || rest != 0 {
                return None;
            }
            // A tenth of 2^127 fits.
            mantissa = if mantissa < 0 { -(tenth as i128) } else { tenth as i128 };
            scale -= 1;
        }
    }
}

/// A tenth and what is left of it, by limbs of 32 bits: a division of 128 bits is a function of the
/// compiler's runtime, which C programs would have to link.
const fn tenth(value: u128) -> (u128, u64) {
    let mut tenth = 0;
    let mut rest = 0;
    let mut shift = 128;
    while shift > 0 {
        shift -= 32;
        // Below 10 * 2^32.
        let limb = (rest << 32) | (value >> shift) as u32 as u64;
        tenth |= ((limb / 10) as u128) << shift;
        rest = limb % 10;
    }
    (tenth, rest)
}

const fn narrow(value: i128) -> Option<i64> {
    if value < i64::MIN as i128 || value > i64::MAX as i128 { None } else { Some(value as i64) }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.write(&mut [0; 24]))
    }
}

/// Moves the decimal mark `places` to the left: 12345 with two implied places is 123.45 (X12
/// type N2, TRADACOMS 9(n)V9(m)).
///
/// `None` where `d` has a mark of its own (its scale is not 0) or `places` is more than 18.
#[must_use]
pub const fn with_implied(d: Decimal, places: u8) -> Option<Decimal> {
    if d.scale != 0 { None } else { Decimal::new(d.mantissa, places) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    extern crate std;
    use super::*;
    use std::string::ToString;

    fn d(mantissa: i64, scale: u8) -> Decimal {
        Decimal::new(mantissa, scale).unwrap()
    }

    #[test]
    fn calculates_exactly() {
        assert_eq!(d(150, 2).checked_add(d(5, 1)), Some(d(200, 2)));
        assert_eq!(d(150, 2).checked_sub(d(2, 0)), Some(d(-50, 2)));
        assert_eq!(d(i64::MAX, 0).checked_add(d(1, 0)), None);
        assert_eq!(d(i64::MAX, 0).checked_add(d(0, 18)), Some(d(i64::MAX, 0)));
        assert_eq!(d(48, 0).checked_mul(d(69984, 2)), Some(d(3_359_232, 2)));
        assert_eq!(
            d(10_000_000_000, 10).checked_mul(d(10_000_000_000, 10)),
            Some(d(1_000_000_000_000_000_000, 18))
        );
        assert_eq!(d(1, 18).checked_mul(d(1, 1)), None);
        assert_eq!(d(i64::MIN, 18).checked_mul(d(i64::MIN, 18)), None);
        assert!(d(5, 0).equals(d(500, 2)));
        assert!(d(0, 0).equals(d(0, 18)));
        assert!(!d(5, 0).equals(d(501, 2)));
        assert!(d(i64::MIN, 0).equals(d(i64::MIN, 0)));
        assert_eq!(d(i64::MIN, 0).compare(d(i64::MAX, 18)), Ordering::Less);
        assert_eq!(d(500, 2).to_scale(0), Some(d(5, 0)));
        assert_eq!(d(501, 2).to_scale(1), None);
        assert_eq!(d(5, 0).to_scale(3), Some(d(5000, 3)));
        assert_eq!(d(i64::MAX, 0).to_scale(1), None);
        assert_eq!(d(5, 0).to_scale(19), None);
        assert_eq!(with_implied(d(12345, 0), 2), Some(d(12345, 2)));
        assert_eq!(with_implied(d(12345, 1), 2), None);
        assert_eq!(Decimal::new(1, 19), None);
    }

    #[test]
    fn writes_what_it_reads() {
        for (value, expected) in [
            (d(0, 0), "0"),
            (d(0, 2), "0.00"),
            (d(5, 1), "0.5"),
            (d(-5, 3), "-0.005"),
            (d(i64::MIN, 18), "-9.223372036854775808"),
            (d(i64::MIN, 0), "-9223372036854775808"),
            (d(-1, 18), "-0.000000000000000001"),
        ] {
            assert_eq!(value.to_string(), expected);
        }
    }
}
