//! Units of measure: codes and words to UNECE Recommendation 20 and 21.
//!
//! A [`Unit`] is always a code of those two lists; a package of Recommendation 21 has its `X`
//! before it, as in EN 16931. Four doors lead to it, because the same letters mean different
//! things in different lists (`PA` is a packet, or a pail in X12): [`by_code`] for the lists
//! themselves, [`edifact_legacy`] and [`x12`] for other code lists, [`by_word`] for what people
//! write. Which door is right is known by the caller; none of them guesses.
//!
//! How this works: the tables are printed by the build script from `data/units.tsv`,
//! `data/unit_aliases.tsv` and `data/unit_words.tsv`, each sorted and in statics of its own. A
//! new word is a line there.

include!(concat!(env!("OUT_DIR"), "/units.rs"));

/// A code of UNECE Recommendation 20 or 21: two or three capital letters or digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Unit([u8; 3]);

impl Unit {
    /// `H87`, one piece.
    pub const PIECE: Unit = Unit(*b"H87");

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let end = self.0.iter().position(|&byte| byte == 0).unwrap_or(self.0.len());
        let code = self.0.get(..end).unwrap_or_default();
        core::str::from_utf8(code).unwrap_or_default()
    }

    /// The code as three bytes, a zero behind a code of two.
    #[must_use]
    pub const fn to_bytes(self) -> [u8; 3] {
        self.0
    }
}

/// One to three bytes, zeros behind them.
fn packed(text: &[u8]) -> Option<[u8; 3]> {
    match *text {
        [a] => Some([a, 0, 0]),
        [a, b] => Some([a, b, 0]),
        [a, b, c] => Some([a, b, c]),
        _ => None,
    }
}

/// A code as a number of the same order, quicker to compare.
const fn number([a, b, c]: [u8; 3]) -> u32 {
    u32::from_be_bytes([0, a, b, c])
}

/// The unit with exactly this code: `KGM`, `H87`, `XPX`. Lower case is no code, and neither is a
/// package without its `X`.
#[must_use]
pub fn by_code(text: &[u8]) -> Option<Unit> {
    let code = packed(text)?;
    CODES.binary_search_by_key(&number(code), |&row| number(row)).ok().map(|_| Unit(code))
}

/// The unit of an EDIFACT code that is not in Recommendation 20 any more, or never was, but is
/// written all the same: `PCE` and `PCS` are pieces, `CT` is a carton. Ask [`by_code`] first.
#[must_use]
pub fn edifact_legacy(text: &[u8]) -> Option<Unit> {
    look_up(&EDIFACT_LEGACY, text)
}

/// The unit of a code of X12 data element 355. Codes without one in Recommendation 20 (`MX`,
/// mixed) have none here.
#[must_use]
pub fn x12(text: &[u8]) -> Option<Unit> {
    look_up(&X12, text)
}

fn look_up(table: &'static [([u8; 3], [u8; 3])], text: &[u8]) -> Option<Unit> {
    let code = packed(text)?;
    let at = table.binary_search_by_key(&number(code), |row| number(row.0)).ok()?;
    table.get(at).map(|row| Unit(row.1))
}

/// A code of Recommendation 20 that people write for something else: `STK` is a stick of cigarettes, not
/// Stück, `PAL` a pascal, `KI` a kilogram per millimetre, `KT` a kit, `GL` a gram per litre.
#[must_use]
pub fn is_doubtful(code: Unit) -> bool {
    matches!(code.as_str(), "GL" | "KI" | "KT" | "PAL" | "STK")
}

/// Bytes of the longest word that is looked up.
const LONGEST_WORD: usize = 24;

/// The unit that a word stands for, in German, English, French, Italian, Spanish, Dutch or
/// Polish: `Stk.`, `Stück`, `PCS`, `bouteilles`, `m²`. `text` is UTF-8 without blanks around it;
/// case does not count, nor does a dot at the end. Words with more than one meaning (`VE`,
/// `ton`) have none here.
#[must_use]
pub fn by_word(text: &[u8]) -> Option<Unit> {
    let text = text.strip_suffix(b".").unwrap_or(text);
    let mut folded = [0_u8; LONGEST_WORD];
    let word = fold(text, &mut folded)?;
    let (mut low, mut high) = (0, WORD_ENDS.len());
    // Halves the range each time.
    while low < high {
        let middle = low.midpoint(high);
        let start = middle.checked_sub(1).map_or(Some(0), word_end)?;
        let candidate = WORDS.get(start..word_end(middle)?)?;
        match candidate.cmp(word) {
            core::cmp::Ordering::Equal => return WORD_UNITS.get(middle).copied().map(Unit),
            core::cmp::Ordering::Less => low = middle + 1,
            core::cmp::Ordering::Greater => high = middle,
        }
    }
    None
}

fn word_end(word: usize) -> Option<usize> {
    WORD_ENDS.get(word).copied().map(usize::from)
}

/// Lower case of ASCII and of the letters up to U+017F, whose UTF-8 is two bytes in both cases.
fn fold<'a>(text: &[u8], out: &'a mut [u8; LONGEST_WORD]) -> Option<&'a [u8]> {
    let word = out.get_mut(..text.len()).filter(|word| !word.is_empty())?;
    let mut before = 0_u8;
    for (slot, &byte) in word.iter_mut().zip(text) {
        let is_odd = byte & 1 == 1;
        *slot = match before {
            // U+00C0 to U+00DE without the multiplication sign.
            0xC3 if (0x80..=0x9E).contains(&byte) && byte != 0x97 => byte + 0x20,
            // U+0100 to U+0137: capitals are even.
            0xC4 if byte <= 0xB7 && !is_odd => byte + 1,
            // U+0139 to U+0148: capitals are odd. U+013F is the last of its lead byte.
            0xC4 if (0xB9..=0xBE).contains(&byte) && is_odd => byte + 1,
            0xC5 if (0x81..=0x88).contains(&byte) && is_odd => byte + 1,
            // U+014A to U+0177: capitals are even.
            0xC5 if (0x8A..=0xB7).contains(&byte) && !is_odd => byte + 1,
            // U+0179 to U+017E: capitals are odd.
            0xC5 if (0xB9..=0xBE).contains(&byte) && is_odd => byte + 1,
            _ => byte.to_ascii_lowercase(),
        };
        before = byte;
    }
    Some(word)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    extern crate std;
    use super::*;
    use std::string::String;

    fn said(unit: Option<Unit>) -> String {
        unit.map_or("-".into(), |unit| unit.as_str().into())
    }

    #[test]
    fn codes_are_exact() {
        for code in ["KGM", "H87", "C62", "XPX", "EA", "10", "MTR", "X1"] {
            assert_eq!(said(by_code(code.as_bytes())), code);
        }
        for text in ["kgm", "PCE", "PX", "", "KGMX", "K", "KG\0", "\0\0\0", "XXX"] {
            assert_eq!(by_code(text.as_bytes()), None, "{text}");
        }
        assert_eq!(by_code(b"H87"), Some(Unit::PIECE));
    }

    #[test]
    fn other_lists() {
        assert_eq!(said(edifact_legacy(b"PCE")), "H87");
        assert_eq!(said(edifact_legacy(b"PCS")), "H87");
        assert_eq!(said(edifact_legacy(b"PA")), "XPA");
        assert_eq!(edifact_legacy(b"KGM"), None);
        for (code, unit) in [
            ("EA", "EA"),
            ("PA", "XPL"),
            ("PL", "XPX"),
            ("GR", "GRM"),
            ("GM", "GM"),
            ("01", "LBR"),
            ("MX", "-"),
            ("", "-"),
        ] {
            assert_eq!(said(x12(code.as_bytes())), unit, "{code}");
        }
    }

    #[test]
    fn words_in_any_case() {
        let cases = [
            ("Stk.", "H87"),
            ("Stück", "H87"),
            ("STÜCK", "H87"),
            ("Stueck", "H87"),
            ("pcs", "H87"),
            ("each", "EA"),
            ("Kiste", "XCS"),
            ("Karton", "XCT"),
            ("Krt", "XCT"),
            ("Kart.", "XCT"),
            ("Palette", "XPX"),
            ("Pal", "XPX"),
            ("Säcke", "XSA"),
            ("kg", "KGM"),
            ("KG", "KGM"),
            ("Liter", "LTR"),
            ("lfm", "LM"),
            ("qm", "MTK"),
            ("m²", "MTK"),
            ("m3", "MTQ"),
            ("Dtzd.", "DZN"),
            ("Rolle", "XRO"),
            ("Flaschen", "XBO"),
            ("boîtes", "XBX"),
            ("PIÈCES", "H87"),
            ("scatole", "XBX"),
            ("SŁOIK", "XJR"),
            ("opakowań", "XPK"),
            ("PĘCZEK", "XBH"),
            ("VE", "-"),
            ("ton", "-"),
            ("", "-"),
            (".", "-"),
            ("Stk..", "-"),
            ("a word that is far too long", "-"),
        ];
        for (word, unit) in cases {
            assert_eq!(said(by_word(word.as_bytes())), unit, "{word}");
        }
    }

    /// Each word of the table is found, also in capitals.
    #[test]
    fn every_word_is_found() {
        let mut start = 0;
        for (end, unit) in WORD_ENDS.iter().zip(WORD_UNITS) {
            let word = WORDS.get(start..usize::from(*end)).unwrap();
            start = usize::from(*end);
            assert_eq!(by_word(word), Some(Unit(unit)));
            let capitals = std::str::from_utf8(word).unwrap().to_uppercase();
            assert_eq!(by_word(capitals.as_bytes()), Some(Unit(unit)), "{capitals}");
            assert!(by_code(Unit(unit).as_str().as_bytes()).is_some());
        }
    }

    /// The tables go to flash.
    #[test]
    fn tables_stay_small() {
        assert!(size_of_val(&CODES) <= 7 * 1024);
        assert!(WORDS.len() + size_of_val(&WORD_ENDS) + size_of_val(&WORD_UNITS) <= 8 * 1024);
        assert!(size_of_val(&X12) + size_of_val(&EDIFACT_LEGACY) <= 1024);
    }
}
