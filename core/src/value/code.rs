//! Code lists of ISO: currencies, countries, languages.
//!
//! Letters may come in any case; what comes back is in the case of the standard. The lists are
//! printed by the build script from `data/currencies.tsv`, `data/countries.tsv` and
//! `data/languages.tsv`: two letters as a set of bits, three letters sorted.

include!(concat!(env!("OUT_DIR"), "/codes.rs"));

/// An active currency (ISO 4217), in capitals. Withdrawn ones are none.
#[must_use]
pub fn currency(text: &[u8]) -> Option<[u8; 3]> {
    let code = capitals(text)?;
    CURRENCIES.binary_search(&code).ok().map(|_| code)
}

/// A currency that was withdrawn and still turns up (`DEM`, `HRK`), in capitals.
#[must_use]
pub fn withdrawn_currency(text: &[u8]) -> Option<[u8; 3]> {
    let code = capitals(text)?;
    WITHDRAWN_CURRENCIES.binary_search(&code).ok().map(|_| code)
}

/// A country (ISO 3166-1 alpha-2), in capitals.
#[must_use]
pub fn country(text: &[u8]) -> Option<[u8; 2]> {
    capitals(text).filter(|code| is_in(&COUNTRIES, code))
}

/// The alpha-2 code of a country's alpha-3 code: `DE` for `DEU`.
#[must_use]
pub fn country_alpha3(text: &[u8]) -> Option<[u8; 2]> {
    let code: [u8; 3] = capitals(text)?;
    let at = COUNTRIES_ALPHA3.binary_search_by_key(&code, |row| row.0).ok()?;
    COUNTRIES_ALPHA3.get(at).map(|row| row.1)
}

/// A language (ISO 639-1), in lower case.
#[must_use]
pub fn language(text: &[u8]) -> Option<[u8; 2]> {
    capitals(text)
        .filter(|code| is_in(&LANGUAGES, code))
        .map(|code| code.map(|byte| byte.to_ascii_lowercase()))
}

/// Exactly `N` letters, as capitals.
fn capitals<const N: usize>(text: &[u8]) -> Option<[u8; N]> {
    let code: [u8; N] = text.try_into().ok()?;
    code.iter().all(u8::is_ascii_alphabetic).then(|| code.map(|byte| byte.to_ascii_uppercase()))
}

/// Is the bit of these two capitals set? `AA` is the lowest bit of the first word.
fn is_in(set: &[u32], &[first, second]: &[u8; 2]) -> bool {
    // Both are capitals, so neither difference is negative.
    let bit = usize::from(first.wrapping_sub(b'A')) * 26 + usize::from(second.wrapping_sub(b'A'));
    set.get(bit / 32).is_some_and(|word| word >> (bit % 32) & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn currencies() {
        assert_eq!(currency(b"EUR"), Some(*b"EUR"));
        assert_eq!(currency(b"chf"), Some(*b"CHF"));
        for text in ["DEM", "HRK", "EU", "EURO", "", "E1R", "AAA"] {
            assert_eq!(currency(text.as_bytes()), None, "{text}");
        }
        assert_eq!(withdrawn_currency(b"DEM"), Some(*b"DEM"));
        assert_eq!(withdrawn_currency(b"hrk"), Some(*b"HRK"));
        assert_eq!(withdrawn_currency(b"EUR"), None);
    }

    #[test]
    fn countries() {
        assert_eq!(country(b"DE"), Some(*b"DE"));
        assert_eq!(country(b"zw"), Some(*b"ZW"));
        for text in ["XX", "AA", "ZZ", "DEU", "D", "", "4U"] {
            assert_eq!(country(text.as_bytes()), None, "{text}");
        }
        assert_eq!(country_alpha3(b"DEU"), Some(*b"DE"));
        assert_eq!(country_alpha3(b"che"), Some(*b"CH"));
        assert_eq!(country_alpha3(b"XYZ"), None);
        for (alpha3, alpha2) in COUNTRIES_ALPHA3 {
            assert_eq!(country(&alpha2), Some(alpha2));
            assert_eq!(country_alpha3(&alpha3), Some(alpha2));
        }
        let bits: u32 = COUNTRIES.iter().map(|word| word.count_ones()).sum();
        assert_eq!(bits, 249);
    }

    #[test]
    fn languages() {
        assert_eq!(language(b"DE"), Some(*b"de"));
        assert_eq!(language(b"pl"), Some(*b"pl"));
        assert_eq!(language(b"xx"), None);
        assert_eq!(language(b"deu"), None);
    }
}
