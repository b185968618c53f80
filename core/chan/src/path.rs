//! Paths of flat notations: `NAD/2.1`, `QTY[21]/1.2`, `PIA/2..5.1`, `NAD/4.*`, `COM[TE]`, `PIA[]`.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_till, take_till1};
use nom::character::complete::u8 as number;
use nom::combinator::{map, opt, value};
use nom::sequence::{delimited, preceded};
use nom::{IResult, Parser};

use crate::table::Path;

/// A path as written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Written<'t> {
    /// The record.
    pub record: &'t str,
    /// What stands in brackets: a qualifier, or nothing for each pair.
    pub qualifier: Option<&'t str>,
    /// The place; [`Path::NONE`] where only the record (and its qualifier) is named.
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

fn place(text: &str) -> IResult<&str, Path> {
    map((range, opt(preceded(tag("."), range))), |((element, element_last), component)| {
        let (component, component_last) = component.unwrap_or((1, 1));
        Path { element, element_last, component, component_last }
    })
    .parse(text)
}

fn qualifier(text: &str) -> IResult<&str, &str> {
    delimited(tag("["), take_till(|c| c == ']'), tag("]")).parse(text)
}

fn written(text: &str) -> IResult<&str, Written<'_>> {
    map(
        (take_till1(|c| c == '/' || c == '['), opt(qualifier), opt(preceded(tag("/"), place))),
        |(record, qualifier, path)| Written {
            record,
            qualifier,
            path: path.unwrap_or(Path::NONE),
            has_component: names_component(text),
        },
    )
    .parse(text)
}

/// Does a single dot (not the two of a range) stand behind the slash?
fn names_component(text: &str) -> bool {
    let place = text.split_once('/').map_or("", |(_, place)| place).as_bytes();
    (0..place.len()).any(|i| {
        let at = |i: usize| place.get(i) == Some(&b'.');
        at(i) && !at(i + 1) && (i == 0 || !at(i - 1))
    })
}

/// Reads a flat path; `None` where it is not one.
#[must_use]
pub fn parse(text: &str) -> Option<Written<'_>> {
    match written(text) {
        Ok(("", written)) => {
            let p = written.path;
            let sound = p.element <= p.element_last && p.component <= p.component_last;
            let named = text.contains('/');
            let zero = named && (p.element == 0 || p.component == 0);
            if sound && !zero { Some(written) } else { None }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn forms_of_paths() {
        let w = parse("QTY[21]/1.2").unwrap();
        assert_eq!((w.record, w.qualifier, w.path), ("QTY", Some("21"), Path::single(1, 2)));
        assert_eq!(parse("NAD/4.*").unwrap().path.component_last, 255);
        assert_eq!(parse("PIA/2..6.1").unwrap().path.element_last, 6);
        assert_eq!(parse("BGM/2").unwrap().path, Path::single(2, 1));
        assert_eq!(parse("COM[TE]").unwrap().path, Path::NONE);
        assert_eq!(parse("PIA[]").unwrap().qualifier, Some(""));
        assert!(parse("QTY/0.1").is_none());
        assert!(parse("QTY/x").is_none());
        assert!(parse("QTY/5..3").is_none());
    }
}
