//! Paths of flat notations: `NAD/2.1`, `QTY[21]/1.2`, `PIA/2..5.1`, `NAD/4.*`, `COM[TE]`, `PIA[]`,
//! `SDQ[]/key`, `E2EDK02[001]/BELNR`.

use nom::branch::alt;
use nom::bytes::complete::{take_till, take_till1};
use nom::combinator::{map, opt, rest, value};
use nom::sequence::{delimited, preceded};
use nom::{IResult, Parser};

use crate::calm::{number, tag};
use crate::table::Path;

/// A path as written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Written<'t> {
    /// The record.
    pub record: &'t str,
    /// What stands in brackets: a qualifier, or nothing for each pair.
    pub qualifier: Option<&'t str>,
    /// What stands behind the slash: a place, or the name of a field.
    pub place: Option<&'t str>,
}

/// A place in a record by its numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place {
    /// The numbers.
    pub path: Path,
    /// A component is named: else the first one is meant, or (to be ignored) all of them.
    pub has_component: bool,
}

/// `3`, `3..5`, `3..`, `*`.
fn range(text: &str) -> IResult<&str, (u8, u8)> {
    alt((
        value((1, 255), tag("*")),
        map((number, preceded(tag(".."), opt(number))), |(first, last)| (first, last.unwrap_or(255))),
        map(number, |only| (only, only)),
    ))
    .parse(text)
}

fn numbers(text: &str) -> IResult<&str, Place> {
    map((range, opt(preceded(tag("."), range))), |((element, element_last), component)| {
        let has_component = component.is_some();
        let (component, component_last) = component.unwrap_or((1, 1));
        Place { path: Path { element, element_last, component, component_last }, has_component }
    })
    .parse(text)
}

fn qualifier(text: &str) -> IResult<&str, &str> {
    delimited(tag("["), take_till(|c| c == ']'), tag("]")).parse(text)
}

fn written(text: &str) -> IResult<&str, Written<'_>> {
    map(
        (take_till1(|c| c == '/' || c == '['), opt(qualifier), opt(preceded(tag("/"), rest))),
        |(record, qualifier, place)| Written { record, qualifier, place },
    )
    .parse(text)
}

/// Reads a flat path; `None` where it is not one.
#[must_use]
pub fn parse(text: &str) -> Option<Written<'_>> {
    match written(text) {
        Ok(("", written)) if written.place != Some("") => Some(written),
        _ => None,
    }
}

/// Reads the numbers of a place; `None` where they are none, or out of range.
#[must_use]
pub fn place(text: &str) -> Option<Place> {
    let (_, place) = numbers(text).ok().filter(|(rest, _)| rest.is_empty())?;
    let sound = |first: u8, last: u8| {
        first > 0 && first <= Path::MOST && first <= last && (last <= Path::MOST || last == 255)
    };
    let p = place.path;
    let is_single_255 = |first: u8, last: u8| first == 255 && last == 255;
    let fine = sound(p.element, p.element_last) && sound(p.component, p.component_last);
    if fine && !is_single_255(p.element, p.element_last) { Some(place) } else { None }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn forms_of_paths() {
        let w = parse("QTY[21]/1.2").unwrap();
        assert_eq!((w.record, w.qualifier, w.place), ("QTY", Some("21"), Some("1.2")));
        assert_eq!(parse("COM[TE]").unwrap().place, None);
        assert_eq!(parse("PIA[]").unwrap().qualifier, Some(""));
        assert_eq!(parse("SDQ[]/key").unwrap().place, Some("key"));
        assert!(parse("QTY/").is_none());
        assert!(parse("/1").is_none());
        assert!(parse("QTY[21").is_none());
        assert!(parse("QTY[21]x").is_none());
    }

    #[test]
    fn forms_of_places() {
        assert_eq!(place("1.2").unwrap().path, Path::single(1, 2));
        assert_eq!(place("4.*").unwrap().path.component_last, 255);
        assert_eq!(place("2..6.1").unwrap().path.element_last, 6);
        assert_eq!(place("6..").unwrap().path.element_last, 255);
        assert_eq!(place("2").unwrap(), Place { path: Path::single(2, 1), has_component: false });
        for wrong in ["0.1", "1.0", "x", "5..3", "251", "252", "255", "1.252", "256", "1.2.3", "1.", ""] {
            assert!(place(wrong).is_none(), "{wrong}");
        }
    }
}
