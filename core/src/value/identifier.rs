//! Identifiers that carry a check digit, and numbers that a spreadsheet has spoiled.
//!
//! Every function takes the digits alone and answers whether they can be such an identifier.
//! None of them repairs anything: a wrong check digit says that something is wrong, not what.

/// The value of `text` if it is ASCII digits only.
fn is_digits(text: &[u8]) -> bool {
    text.iter().all(u8::is_ascii_digit)
}

/// Weights 3 and 1 in turn from the digit before the last one to the left; the sum with the last
/// digit is a multiple of ten (GS1 General Specifications §7.9.1).
fn has_gs1_check_digit(digits: &[u8]) -> bool {
    let mut weight = 1;
    let mut weighted = 0;
    for byte in digits.iter().rev() {
        weighted += u32::from(byte & 0x0F) * weight;
        weight = 4 - weight;
    }
    weighted.is_multiple_of(10)
}

/// A GTIN-8, GTIN-12, GTIN-13 or GTIN-14 with a right check digit (GS1 General Specifications
/// §7.9). All zeros are none, although they add up.
#[must_use]
pub fn gtin_check(digits: &[u8]) -> bool {
    matches!(digits.len(), 8 | 12 | 13 | 14)
        && is_digits(digits)
        && digits.iter().any(|&byte| byte != b'0')
        && has_gs1_check_digit(digits)
}

/// A GLN: 13 digits with a right check digit (GS1 General Specifications §7.9). All zeros are
/// none.
#[must_use]
pub fn gln_check(digits: &[u8]) -> bool {
    digits.len() == 13 && gtin_check(digits)
}

/// An ISBN-10, the last place `X` for ten (ISO 2108:1992, modulo 11). Hyphens and blanks between
/// the digits do not count.
#[must_use]
pub fn isbn10_check(text: &[u8]) -> bool {
    let mut sum: u32 = 0;
    let mut places: u32 = 0;
    for &byte in text {
        let value = match byte {
            b'-' | b' ' => continue,
            b'0'..=b'9' => u32::from(byte - b'0'),
            b'X' | b'x' if places == 9 => 10,
            _ => return false,
        };
        if places == 10 {
            return false;
        }
        sum += value * (10 - places);
        places += 1;
    }
    places == 10 && sum.is_multiple_of(11)
}

/// An ISBN-13: a GTIN-13 that begins with 978 or 979 (ISO 2108:2017). Hyphens and blanks between
/// the digits do not count.
#[must_use]
pub fn isbn13_check(text: &[u8]) -> bool {
    let mut digits = [0_u8; 13];
    let mut slots = digits.iter_mut();
    for &byte in text.iter().filter(|byte| !matches!(byte, b'-' | b' ')) {
        match slots.next() {
            Some(slot) => *slot = byte,
            None => return false,
        }
    }
    slots.next().is_none()
        && (digits.starts_with(b"978") || digits.starts_with(b"979"))
        && gtin_check(&digits)
}

/// A PZN-8: seven digits weighted 1 to 7, their sum modulo 11 is the eighth; a remainder of ten
/// is never given out (IFA, check digit calculation of the PZN).
#[must_use]
pub fn pzn_check(digits: &[u8]) -> bool {
    let Some((check, body)) = digits.split_last().filter(|(_, body)| body.len() == 7) else {
        return false;
    };
    let sum: u32 = (1..).zip(body).map(|(weight, byte)| weight * u32::from(byte & 0x0F)).sum();
    is_digits(digits) && sum > 0 && sum % 11 == u32::from(check & 0x0F)
}

/// A D-U-N-S number: nine digits. It has had no check digit since 2006.
#[must_use]
pub fn is_duns(digits: &[u8]) -> bool {
    digits.len() == 9 && is_digits(digits)
}

/// Has a spreadsheet written this long number in exponent form, so that its last digits are
/// gone? `4,00638E+12`, `8.71E+12`, `4E+12`: one digit, perhaps a fraction, `E+` and two digits
/// or more. `1E3` and `12E+45` can be article numbers and are not meant.
#[must_use]
pub fn is_lossy_number(text: &[u8]) -> bool {
    let [b'1'..=b'9', rest @ ..] = text.trim_ascii() else {
        return false;
    };
    let (fraction, exponent) = match rest.iter().position(|byte| matches!(byte, b'E' | b'e')) {
        Some(at) => rest.split_at_checked(at).unwrap_or_default(),
        None => return false,
    };
    let fraction_is_right = match fraction {
        [] => true,
        [b'.' | b',', digits @ ..] => !digits.is_empty() && is_digits(digits),
        _ => false,
    };
    match exponent {
        [_, b'+', digits @ ..] => fraction_is_right && digits.len() >= 2 && is_digits(digits),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gtins_and_glns() {
        let right =
            ["4006381333931", "40170725", "036000291452", "10012345678902", "4000862141404", "5412345678908"];
        for text in right {
            assert!(gtin_check(text.as_bytes()), "{text}");
        }
        let wrong = [
            "4006381333932",
            "400638133393",
            "",
            "40063813339310",
            "4OO6381333931",
            "0000000000000",
            "00000000",
            "123456789",
        ];
        for text in wrong {
            assert!(!gtin_check(text.as_bytes()), "{text}");
        }
        assert!(gln_check(b"4012345000009"));
        assert!(!gln_check(b"40170725"));
    }

    /// Every single wrong digit is found, wherever it stands.
    #[test]
    fn one_wrong_digit_is_found() {
        let right = *b"4006381333931";
        for place in 0..13 {
            for digit in b'0'..=b'9' {
                let mut text = right;
                if let Some(slot) = text.get_mut(place) {
                    *slot = digit;
                }
                assert_eq!(gtin_check(&text), text == right);
            }
        }
    }

    #[test]
    fn books() {
        for text in ["316148410X", "3-16-148410-X", "0-8044-2957-X", "080442957x"] {
            assert!(isbn10_check(text.as_bytes()), "{text}");
        }
        for text in ["3161484100", "X804429570", "31614841000", "316148410", "0804429573", ""] {
            assert!(!isbn10_check(text.as_bytes()), "{text}");
        }
        assert!(isbn13_check(b"9783161484100"));
        assert!(isbn13_check(b"978-3-16-148410-0"));
        assert!(!isbn13_check(b"9783161484101"));
        assert!(!isbn13_check(b"4006381333931"));
        assert!(!isbn13_check(b"978316148410"));
        assert!(!isbn13_check(b"97831614841000"));
    }

    #[test]
    fn medicines_and_companies() {
        assert!(pzn_check(b"04562798"));
        assert!(pzn_check(b"27580899"));
        for text in ["04562797", "4562798", "045627980", "0456279X", "00000000", ""] {
            assert!(!pzn_check(text.as_bytes()), "{text}");
        }
        assert!(is_duns(b"123456789"));
        assert!(!is_duns(b"12345678"));
        assert!(!is_duns(b"12345678X"));
    }

    #[test]
    fn spoiled_numbers() {
        for text in ["4,00638E+12", "8.71E+12", "4E+12", "8.71e+12", " 4,00638E+12 "] {
            assert!(is_lossy_number(text.as_bytes()), "{text}");
        }
        for text in [
            "1E3",
            "12E+45",
            "4006381333931",
            "E+12",
            "4,E+12",
            "4.5.6E+12",
            "4,5E+1",
            "4,5E12",
            "1E-05",
            "4,5E+1x",
            "0E+12",
            "",
        ] {
            assert!(!is_lossy_number(text.as_bytes()), "{text}");
        }
    }
}
