//! How numbers and dates are written where a language is spoken.

use ordnorm::value::decimal::Style;

/// Languages that write a decimal point, and regions that do so unlike the rest of their language.
/// Unicode CLDR 45, `decimal` in `numbers/symbols`.
const POINT: [&[u8]; 16] = [
    b"en", b"ja", b"zh", b"ko", b"he", b"th", b"hi", b"ga", b"cy", b"mt", b"ms", b"fil", b"bn", b"ta", b"ur",
    b"gsw",
];
const POINT_REGIONS: [(&[u8], &[u8]); 8] = [
    (b"de", b"CH"),
    (b"de", b"LI"),
    (b"it", b"CH"),
    (b"es", b"MX"),
    (b"es", b"US"),
    (b"es", b"GT"),
    (b"es", b"PE"),
    (b"es", b"DO"),
];
const COMMA_REGIONS: [(&[u8], &[u8]); 2] = [(b"en", b"ZA"), (b"en", b"AT")];

/// Style of numbers and order of day and month of a locale (`de-DE`, `en_US`, `fr`); `None` where it is
/// not one.
pub fn read(locale: &[u8]) -> Option<(Option<Style>, Option<bool>)> {
    let locale = locale.split(|b| matches!(b, b'.' | b'@')).next().unwrap_or(&[]);
    let mut parts = locale.split(|b| matches!(b, b'-' | b'_'));
    let language = parts.next().unwrap_or(&[]);
    let region = parts.find(|part| part.len() == 2).unwrap_or(&[]);
    if !(2..=3).contains(&language.len())
        || !locale.iter().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(b))
    {
        return None;
    }
    let among = |list: &[(&[u8], &[u8])]| {
        list.iter().any(|(l, r)| l.eq_ignore_ascii_case(language) && r.eq_ignore_ascii_case(region))
    };
    let speaks_point = POINT.iter().any(|l| l.eq_ignore_ascii_case(language));
    let point = (speaks_point || among(&POINT_REGIONS)) && !among(&COMMA_REGIONS);
    let style = if point { Style::POINT_GROUPED } else { Style::COMMA_GROUPED };
    // The United States put the month first, and so do those who put the year before it; English
    // without a region may mean both.
    let english = language.eq_ignore_ascii_case(b"en");
    let year_first = [&b"ja"[..], b"zh", b"ko", b"hu"].iter().any(|l| l.eq_ignore_ascii_case(language));
    let day_first = match (english, region) {
        (_, b"US" | b"us") => Some(false),
        _ if year_first => Some(false),
        (true, b"") => None,
        _ => Some(true),
    };
    Some((Some(style), day_first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_and_regions() {
        assert_eq!(read(b"de-DE"), Some((Some(Style::COMMA_GROUPED), Some(true))));
        assert_eq!(read(b"de_CH.UTF-8"), Some((Some(Style::POINT_GROUPED), Some(true))));
        assert_eq!(read(b"en-US"), Some((Some(Style::POINT_GROUPED), Some(false))));
        assert_eq!(read(b"en"), Some((Some(Style::POINT_GROUPED), None)));
        assert_eq!(read(b""), None);
        assert_eq!(read(b"C"), None);
    }
}
