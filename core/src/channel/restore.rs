//! Orders that have been read before: what the earlier reading found is taken over.
//!
//! The canonical form carries its verdict, its findings and the counts of what was not used. Reading it
//! again must not make an order better than it was: findings are told again with the places of the first
//! message, and the verdict is never better than the earlier one. Codes that the earlier reading had are
//! not found a second time.

use ordnorm_chan::vocabulary::{self, finding};

use super::desk::{Desk, Origin};
use super::tree::{Named, lookup, next_named};
use crate::check::LINES;
use crate::order::{Finding, Shown, Verdict};
use crate::syntax::Raw;
use crate::syntax::json::Walker;
use crate::value::decimal::{Style, parse};

fn number(value: Option<Raw>, bytes: &[u8]) -> Option<u32> {
    let decimal = parse(value?.of(bytes), Style::POINT).ok().filter(|d| d.scale() == 0)?;
    u32::try_from(decimal.mantissa()).ok()
}

/// Which of two verdicts lets less happen.
fn worse(a: Verdict, b: Verdict) -> Verdict {
    let rank = |verdict: Verdict| match verdict {
        Verdict::Accepted => 0,
        Verdict::Review => 1,
        Verdict::Rejected => 2,
        Verdict::NotAnOrder => 3,
    };
    if rank(a) >= rank(b) { a } else { b }
}

/// The verdict that stands there: of several the worst, and one that nobody knows is for a person.
fn earlier_verdict(order: Walker, bytes: &[u8]) -> Option<Verdict> {
    let mut walker = order;
    let level = walker.depth;
    let mut found = None;
    while let Some(named) =
        next_named(&mut walker, bytes, level, &mut Raw::default(), |name| name == b"verdict")
    {
        let text = match named {
            Named::Leaf(value) => value.of(bytes),
            Named::Object(_) => b"",
        };
        let verdict = match text {
            b"accepted" => Verdict::Accepted,
            b"rejected" => Verdict::Rejected,
            b"not_an_order" => Verdict::NotAnOrder,
            _ => Verdict::Review,
        };
        found = Some(found.map_or(verdict, |before| worse(before, verdict)));
    }
    found
}

/// Takes over what stands in the canonical order that has just been opened.
pub fn take_over(order: Walker, bytes: &[u8], desk: &mut Desk<'_>) {
    let verdict = earlier_verdict(order, bytes);
    if let Some(count) = number(lookup(order, bytes, b"unmapped/ignored"), bytes) {
        desk.state.tally.ignored(count);
    }
    if let Some(count) = number(lookup(order, bytes, b"unmapped/unknown"), bytes).filter(|count| *count > 0) {
        let first = number(lookup(order, bytes, b"unmapped/first_at"), bytes);
        desk.state.tally.unknown(count, first.unwrap_or(0));
    }
    if let Some(verdict) = verdict {
        desk.state.tally.earlier_verdict(verdict);
    }
    let mut walker = order;
    let level = walker.depth;
    let mut codes = 0u64;
    while let Some(named) =
        next_named(&mut walker, bytes, level, &mut Raw::default(), |name| name == b"findings")
    {
        let Named::Object(item) = named else { continue };
        let text = |name: &[u8]| lookup(item, bytes, name);
        let Some(code) = text(b"code").and_then(|c| vocabulary::finding_by_name(c.of(bytes))) else {
            // What a later version found, a person must look at.
            if !matches!(text(b"severity").map(|s| s.of(bytes)), Some(b"info" | b"warning")) {
                desk.state.tally.earlier_verdict(worse(verdict.unwrap_or(Verdict::Review), Verdict::Review));
            }
            continue;
        };
        let field = text(b"field").and_then(|f| core::str::from_utf8(f.of(bytes)).ok());
        let (default, _) = vocabulary::finding_effect(code);
        let severity = match text(b"severity").map(|s| s.of(bytes)) {
            Some(b"error") => 2,
            Some(b"warning") => 1,
            Some(b"info") => 0,
            _ => default as u8,
        };
        let shown = |value: Option<Raw>| match (value, desk.origin) {
            (Some(v), Origin::Message(base)) => Shown::json_text(base + v.at, v.length),
            _ => Shown::ELSEWHERE,
        };
        let (expected, found) = (shown(text(b"expected")), shown(text(b"found")));
        let note = Finding {
            expected,
            found,
            at: number(text(b"at"), bytes).unwrap_or(0),
            length: number(text(b"length"), bytes).unwrap_or(0),
            line: number(text(b"line"), bytes).unwrap_or(0),
            code,
            field: match field {
                Some("lines") => LINES,
                Some(name) => vocabulary::by_name(name).unwrap_or(0),
                None => 0,
            },
            severity,
        };
        if code != finding::DEFAULTED {
            codes |= 1u64.checked_shl(u32::from(code)).unwrap_or(0);
        }
        desk.take_over(note);
    }
    for code in 0..64 {
        if codes >> code & 1 == 1 {
            desk.state.tally.earlier_finding(code);
        }
    }
}
