//! EDIFACT, ISO 9735 syntax versions 1 to 4: the service characters.
//!
//! ```text
//! interchange = [UNA] UNB (UNG message… UNE)… | message… UNZ      ISO 9735-1 §7
//! ```

use super::segments::{Segments, Service};
use crate::value::charset::{self, Charset};

impl Segments {
    /// Reads a UNA service string advice at the cursor, if one stands there (ISO 9735-1 §8.1).
    ///
    /// It counts only where `UNB`, `UNG` or `UNH` follows, line breaks apart: `UNA+` may be data.
    pub fn read_una(&mut self, bytes: &[u8]) -> bool {
        if self.skip_to_segment(bytes).is_none() {
            return false;
        }
        let rest = bytes.get(self.at as usize..).unwrap_or(&[]);
        let Some((advice, behind)) = rest.split_first_chunk::<9>() else { return false };
        let [b'U', b'N', b'A', component, element, _, release, repetition, terminator] = *advice else {
            return false;
        };
        let follows = behind.trim_ascii_start();
        if !follows.is_empty() && !follows.starts_with(b"UN") {
            return false;
        }
        // Letters and digits cannot separate anything, nor one character two things.
        let separators = [component, element, terminator];
        let sound = separators.iter().all(|c| !c.is_ascii_alphanumeric() && *c != 0);
        if !sound || component == element || element == terminator || component == terminator {
            return false;
        }
        let in_use = |c: u8| if c == b' ' || c.is_ascii_alphanumeric() { 0 } else { c };
        self.service = Service {
            component,
            element,
            release: in_use(release),
            repetition: in_use(repetition),
            terminator,
            tag: 0,
        };
        self.advised = Some(in_use(repetition));
        self.fresh = true;
        self.service.repetition = 0;
        self.seek(self.at + 9);
        true
    }

    /// Goes back to the usual service characters where an interchange begins that is written with them,
    /// though the one before it had others.
    pub fn read_usual(&mut self, bytes: &[u8]) {
        let Some(at) = self.skip_to_segment(bytes) else { return };
        let usual = matches!(bytes.get(at..at + 4), Some(b"UNB+" | b"UNG+" | b"UNH+"));
        if self.service.element != b'+' && usual {
            self.service = Service::EDIFACT;
            self.advised = None;
            self.seek(at as u32);
        }
    }

    /// The service characters hold for the UNB that comes next, too.
    pub fn keep_advice(&mut self) {
        self.fresh = true;
    }

    /// Takes the syntax identifier of a UNB (S001) into force: character set and version.
    ///
    /// Returns whether the character set is known.
    pub fn enter_interchange(&mut self, bytes: &[u8]) -> bool {
        let version = self.segment.component(1, 2).map_or(0, |r| r.of(bytes).first().copied().unwrap_or(0));
        // A UNA holds for its own interchange; one that follows with the usual characters has none.
        let usual = Service { release: self.service.release, repetition: 0, ..Service::EDIFACT };
        if !core::mem::take(&mut self.fresh) && (Service { repetition: 0, ..self.service }) == usual {
            self.advised = None;
            self.service.release = Service::EDIFACT.release;
        }
        self.service.repetition = if version >= b'4' { self.advised.unwrap_or(b'*') } else { 0 };
        self.seek(self.position());
        let identifier = self.segment.component(1, 1).map_or(&[][..], |r| r.of(bytes));
        match charset::from_unoc(identifier) {
            Some(set) => {
                self.charset = set;
                true
            }
            None => {
                self.charset = Charset::Ascii;
                false
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::segments::Step;
    use super::*;
    use std::string::String;
    use std::vec::Vec;

    fn last_segment(text: &str) -> Vec<String> {
        let mut reader = Segments::default();
        let bytes = text.as_bytes();
        reader.read_una(bytes);
        let mut all = Vec::new();
        while reader.next_segment(bytes).unwrap() == Step::Segment {
            let s = reader.segment;
            let token = |t| s.token(t).map(|t| String::from_utf8_lossy(t.of(bytes)).into_owned());
            all = (0..).map_while(token).collect();
        }
        all
    }

    #[test]
    fn the_service_string_rules() {
        assert_eq!(last_segment("UNA*|,! ~UNB|UNOA*3~"), ["UNB", "UNOA", "3"]);
        assert_eq!(last_segment("UNA:+.  'UNH+1'FTX+why?'"), ["FTX", "why?"]);
    }
}
