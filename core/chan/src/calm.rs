//! What `nom` and `core` offer too, without their ways to panic: where an index is wrong, which it never
//! is, these do nothing. The optimiser cannot see that it never is, and firmware links no panic.

use nom::error::{Error, ErrorKind};
use nom::{Err, IResult};

/// A fixed text, as `nom::bytes::complete::tag`.
pub fn tag<'t>(wanted: &'static str) -> impl Fn(&'t str) -> IResult<&'t str, &'static str> {
    move |text| match text.strip_prefix(wanted) {
        Some(rest) => Ok((rest, wanted)),
        None => Err(Err::Error(Error::new(text, ErrorKind::Tag))),
    }
}

/// A number up to 255, as `nom::character::complete::u8`.
pub fn number(text: &str) -> IResult<&str, u8> {
    let end = text.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end).unwrap_or(("", text));
    match digits.parse() {
        Ok(number) => Ok((rest, number)),
        Err(_) => Err(Err::Error(Error::new(text, ErrorKind::Digit))),
    }
}

/// Sorts by a key (heap sort: in place, and never more than n log n); no two keys are equal.
pub fn sort_by_key<T: Copy, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    let mut begin = items.len() / 2;
    while begin > 0 {
        begin -= 1;
        sink(items, begin, &key);
    }
    let mut end = items.len();
    while end > 1 {
        end -= 1;
        exchange(items, 0, end);
        sink(items.get_mut(..end).unwrap_or(&mut []), 0, &key);
    }
}

/// Lets an item sink below those that are greater.
fn sink<T: Copy, K: Ord>(heap: &mut [T], begin: usize, key: &impl Fn(&T) -> K) {
    let mut at = begin;
    while let Some(left) = heap.get(2 * at + 1) {
        let right = heap.get(2 * at + 2).filter(|right| key(right) > key(left));
        let (greater, place) = right.map_or((left, 2 * at + 1), |right| (right, 2 * at + 2));
        if heap.get(at).is_none_or(|item| key(item) >= key(greater)) {
            return;
        }
        exchange(heap, at, place);
        at = place;
    }
}

fn exchange<T: Copy>(items: &mut [T], a: usize, b: usize) {
    let (Some(one), Some(other)) = (items.get(a).copied(), items.get(b).copied()) else { return };
    for (place, item) in [(a, other), (b, one)] {
        if let Some(slot) = items.get_mut(place) {
            *slot = item;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::vec::Vec;

    #[test]
    fn sorts_what_is_not() {
        for length in 0..70u32 {
            let mut items: Vec<u32> = (0..length).map(|i| (i * 37 + 11) % 71).collect();
            let mut expected = items.clone();
            expected.sort_unstable();
            sort_by_key(&mut items, |item| *item);
            assert_eq!(items, expected);
        }
    }

    #[test]
    fn numbers_end_at_255() {
        assert_eq!(number("255."), Ok((".", 255)));
        assert!(number("256").is_err() && number("").is_err() && number("x").is_err());
    }
}
