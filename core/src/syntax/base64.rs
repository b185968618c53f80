//! Base64 (RFC 4648), as it comes in messages: line breaks and blanks between, padding there or not, the
//! URL alphabet too. Anything else is a fault with its place.

/// Why a text is not base64.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// A character outside of the alphabet at this offset.
    Character(usize),
    /// The room is too small.
    Full,
    /// A single character is left over at the end.
    Incomplete,
}

fn value(byte: u8) -> Option<u32> {
    Some(u32::from(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    }))
}

/// Decodes a text; the number of bytes.
///
/// # Errors
/// The first fault.
pub fn decode(text: &[u8], out: &mut [u8]) -> Result<usize, Fault> {
    let mut bits = 0u32;
    let mut count = 0u32;
    let mut length = 0;
    for (at, byte) in text.iter().enumerate() {
        if matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'=') {
            continue;
        }
        bits = (bits << 6) | value(*byte).ok_or(Fault::Character(at))?;
        count += 6;
        if count >= 8 {
            count -= 8;
            *out.get_mut(length).ok_or(Fault::Full)? = (bits >> count) as u8;
            length += 1;
        }
    }
    if count == 6 { Err(Fault::Incomplete) } else { Ok(length) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let mut out = [0u8; 16];
        assert_eq!(decode(b"VU5B\r\n Kys=", &mut out), Ok(5));
        assert_eq!(out.get(..5), Some(&b"UNA++"[..]));
        assert_eq!(decode(b"VU5BKys", &mut out), Ok(5));
        assert_eq!(decode(b"VU*B", &mut out), Err(Fault::Character(2)));
        assert_eq!(decode(b"V", &mut out), Err(Fault::Incomplete));
        assert_eq!(decode(b"VU5BVU5B", &mut [0; 2]), Err(Fault::Full));
    }
}
