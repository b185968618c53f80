//! Phone numbers: to E.164.
//!
//! A number is only turned into E.164 where its country is certain: it begins with `+` or `00`,
//! or it is digits alone as WhatsApp writes them, or the caller says from which country the
//! message comes. Whether somebody answers there is not known.

/// Digits of an E.164 number at most (ITU-T E.164 §6).
pub const MAX_DIGITS: usize = 15;

/// Digits that a number must have to be taken for an international one.
pub const MIN_DIGITS: usize = 8;

/// The E.164 form of an international number, `+` and 8 to 15 digits, in `out`.
///
/// `text` begins with `+` or `00`, or is digits alone that do not begin with 0 (WhatsApp's
/// `from`). `tel:` and `whatsapp:` may stand before it. Blanks, U+00A0, U+202F, `-`, `/`, `.`
/// and parentheses do not count; a `(0)` behind the country code is left out. `None` for a
/// national number and for anything that holds other characters.
pub fn e164<'a>(text: &[u8], out: &'a mut [u8; 16]) -> Option<&'a str> {
    let text = without_scheme(text);
    let is_plain = text.first()? != &b'0' && text.iter().all(u8::is_ascii_digit);
    match text {
        [b'+', rest @ ..] | [b'0', b'0', rest @ ..] => write(b"", rest, out),
        _ if is_plain => write(b"", text, out),
        _ => None,
    }
}

/// As [`e164`], and a number with a leading 0 is taken for a national one of the country with
/// this country code (digits, `49`). The 0 is left out, but not in Italy, San Marino and the
/// Vatican (`39`, `378`, `379`), where it belongs to the number.
pub fn e164_with<'a>(text: &[u8], country_code: &[u8], out: &'a mut [u8; 16]) -> Option<&'a str> {
    if country_code.is_empty() || !country_code.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let text = without_scheme(text);
    let opened = text.strip_prefix(b"(").unwrap_or(text);
    match opened {
        [b'0', b'0', ..] => e164(text, out),
        [b'0', ..] if keeps_zero(country_code) => write(country_code, opened, out),
        [b'0', rest @ ..] => write(country_code, rest, out),
        _ => e164(text, out),
    }
}

/// Without blanks around it and the scheme of a URI (RFC 3966 and what messengers send).
fn without_scheme(text: &[u8]) -> &[u8] {
    let text = text.trim_ascii();
    for scheme in [&b"tel:"[..], b"whatsapp:"] {
        match text.split_at_checked(scheme.len()) {
            Some((before, rest)) if before.eq_ignore_ascii_case(scheme) => return rest,
            _ => {}
        }
    }
    text
}

/// Countries whose national numbers keep their leading 0 behind the country code.
fn keeps_zero(country_code: &[u8]) -> bool {
    matches!(country_code, b"39" | b"378" | b"379")
}

/// `+`, the country code and the digits of `number`.
fn write<'a>(country_code: &[u8], mut number: &[u8], out: &'a mut [u8; 16]) -> Option<&'a str> {
    let (plus, digits) = out.split_first_mut()?;
    *plus = b'+';
    let mut length = country_code.len();
    digits.get_mut(..length)?.copy_from_slice(country_code);
    loop {
        number = match number {
            [] => break,
            // `+49 (0) 170`: said for readers at home.
            [b'(', b'0', b')', rest @ ..] if length > 0 && !keeps_zero(digits.get(..length)?) => rest,
            [digit @ b'0'..=b'9', rest @ ..] => {
                *digits.get_mut(length)? = *digit;
                length += 1;
                rest
            }
            [b' ' | b'-' | b'/' | b'.' | b'(' | b')', rest @ ..]
            | [0xC2, 0xA0, rest @ ..]
            | [0xE2, 0x80, 0xAF, rest @ ..] => rest,
            _ => return None,
        };
    }
    if length < MIN_DIGITS || digits.first() == Some(&b'0') {
        return None;
    }
    core::str::from_utf8(out.get(..=length)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn international_numbers() {
        let cases = [
            ("+49 170 1234567", Some("+491701234567")),
            ("0049 170/1234567", Some("+491701234567")),
            ("+49 (0) 170-123.4567", Some("+491701234567")),
            ("+39 (0)6 1234 5678", Some("+390612345678")),
            ("+49\u{A0}170\u{202F}1234567", Some("+491701234567")),
            ("491701234567", Some("+491701234567")),
            ("tel:+49-170-1234567", Some("+491701234567")),
            ("whatsapp:+491701234567", Some("+491701234567")),
            (" +15551234567 ", Some("+15551234567")),
            ("123456789012345", Some("+123456789012345")),
            ("1234567890123456", None),
            ("1234567", None),
            ("0170 1234567", None),
            ("(0170) 1234567", None),
            ("555 123 4567", None),
            ("+0170 1234567", None),
            ("000491701234567", None),
            ("<WHATSAPP_USER_PHONE_NUMBER>", None),
            ("+49 170 CALLME", None),
            ("++491701234567", None),
            ("+49170+1234567", None),
            ("+49\u{AD}1701234567", None),
            ("+", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(e164(text.as_bytes(), &mut [0; 16]), expected, "{text}");
        }
    }

    #[test]
    fn national_numbers() {
        let cases = [
            ("0170 1234567", "49", Some("+491701234567")),
            ("(0170) 1234567", "49", Some("+491701234567")),
            ("06 1234 5678", "39", Some("+390612345678")),
            ("0041 44 123 45 67", "49", Some("+41441234567")),
            ("+41 44 123 45 67", "49", Some("+41441234567")),
            ("170 1234567", "49", None),
            ("0170 1234567", "", None),
            ("0170 1234567", "DE", None),
            ("0170", "49", None),
        ];
        for (text, code, expected) in cases {
            assert_eq!(e164_with(text.as_bytes(), code.as_bytes(), &mut [0; 16]), expected, "{text}");
        }
    }
}
