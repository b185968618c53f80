//! ANSI X12: the service characters, which stand in the ISA segment (X12.5, X12.6).
//!
//! ```text
//! interchange = ISA [ISX] [TA1…] (GS (ST … SE)… GE)… IEA
//! ```
//!
//! An ISA has 106 characters, and its separators have fixed places. Real ones do not always: they are
//! padded with other blanks, not padded at all, one character short, or broken into lines. So places count
//! where all of them fit, else elements are counted: the sixteenth ends with the component separator, and
//! what follows it ends every segment.

use super::segments::{Segments, Service};
use crate::value::charset::Charset;

/// Where the element separators of an ISA stand.
const PLACES: [usize; 16] = [3, 6, 17, 20, 31, 34, 50, 53, 69, 76, 81, 83, 89, 99, 101, 103];
/// Elements of an ISA.
const ELEMENTS: usize = 16;
/// The most bytes of an ISA that is counted: padded with characters of two bytes and broken into lines.
const ISA_BYTES: usize = 256;

impl Segments {
    /// Takes the service characters of the ISA that comes next into force; `false` where none does.
    pub fn read_isa(&mut self, bytes: &[u8]) -> bool {
        let Some(at) = self.skip_to_segment(bytes) else { return false };
        let rest = bytes.get(at..).unwrap_or(&[]);
        let rest = rest.get(..ISA_BYTES).unwrap_or(rest);
        let Some(found) = characters(rest) else { return false };
        self.service = found;
        self.charset = Charset::Ascii;
        self.seek(at as u32);
        true
    }

    /// ISX: the release character of the interchange (release 7040 and later).
    pub fn enter_extension(&mut self, bytes: &[u8]) {
        let release = self.segment.component(1, 1).map(|r| r.of(bytes)).unwrap_or(&[]);
        if let [release] = release {
            if separates(*release) {
                self.service.release = *release;
                self.seek(self.position());
            }
        }
    }
}

/// May a character separate anything? Letters, digits and blanks may not.
const fn separates(byte: u8) -> bool {
    !byte.is_ascii_alphanumeric() && byte != b' ' && byte != 0
}

/// The service characters of an ISA.
fn characters(isa: &[u8]) -> Option<Service> {
    let at = |place: usize| isa.get(place).copied().unwrap_or(0);
    let element = at(3);
    if !isa.starts_with(b"ISA") || !separates(element) {
        return None;
    }
    let by_place = PLACES.iter().all(|place| at(*place) == element) && at(105) != element;
    let last = if by_place {
        104
    } else {
        let mut separators = isa.iter().enumerate().filter(|(_, byte)| **byte == element);
        let last = separators.nth(ELEMENTS - 1)?.0 + 1;
        // Broken into lines there: the component separator is no line break where something follows it.
        let broken = matches!(at(last), b'\r' | b'\n');
        last + if broken {
            isa.get(last..)?.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count()
        } else {
            0
        }
    };
    let (component, terminator) = (at(last), at(last + 1));
    let sound =
        separates(component) && separates(terminator) && component != element && terminator != element;
    if !sound || terminator == component {
        return None;
    }
    Some(Service {
        component,
        element,
        release: 0,
        repetition: repetition(isa, element).filter(|r| *r != component && *r != terminator).unwrap_or(0),
        terminator,
        tag: 0,
    })
}

/// The repetition separator: ISA11, from version 00402 on (before, it names a standard: `U`).
fn repetition(isa: &[u8], element: u8) -> Option<u8> {
    let mut elements = isa.split(|byte| *byte == element);
    let [separator] = *elements.nth(11)? else { return None };
    let version = elements.next()?.trim_ascii();
    let later = version >= b"00402".as_slice() && version.iter().all(u8::is_ascii_digit);
    Some(separator).filter(|byte| later && separates(*byte) && *byte != element)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use ordnorm_chan::table::syntax;

    const ISA: &str = "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *210301*1200*U*00401*000000001*0*T*:~";

    fn read(isa: &str) -> Option<(u8, u8, u8, u8)> {
        let mut reader = Segments::of(syntax::X12);
        let found = reader.read_isa(isa.as_bytes());
        let s = reader.service;
        found.then_some((s.element, s.component, s.repetition, s.terminator))
    }

    #[test]
    fn by_place_and_by_counting() {
        let usual = Some((b'*', b':', 0, b'~'));
        assert_eq!(read(ISA), usual);
        // Not padded, one character short, in other blanks, in lines.
        assert_eq!(read("ISA*00**00**ZZ*S*ZZ*R*210301*1200*U*00401*1*0*T*:~"), usual);
        assert_eq!(read(&ISA.replacen("SENDER ", "SENDER", 1)), usual);
        assert_eq!(read(&ISA.replace(' ', "\u{A0}")), usual);
        assert_eq!(read(&std::format!("{}\r\n{}", &ISA[..80], &ISA[80..])), usual);
        assert_eq!(read("ISA*00*"), None);
        assert_eq!(read("ISAAC*00"), None);
    }

    #[test]
    fn every_character_may_separate() {
        for (element, terminator) in
            [("*", "\n"), ("|", "\r"), ("\x7F", "\x15"), ("\x1D", "\x1C"), ("^", "|")]
        {
            let isa = ISA.replace('~', terminator).replace('*', element);
            let want = (element.as_bytes()[0], b':', 0, terminator.as_bytes()[0]);
            assert_eq!(read(&isa), Some(want), "{element:?} {terminator:?}");
        }
    }

    #[test]
    fn repetitions_where_the_version_has_them() {
        assert_eq!(read(&ISA.replace("*U*00401*", "*^*00501*")).unwrap().2, b'^');
        assert_eq!(read(&ISA.replace("*U*00401*", "*^*00401*")).unwrap().2, 0);
        assert_eq!(read(&ISA.replace("*U*00401*", "*U*00403*")).unwrap().2, 0);
    }
}
