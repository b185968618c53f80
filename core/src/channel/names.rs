//! Which names of a channel (columns, form fields) its rules read, as bits of a word.

use ordnorm_chan::table::{Channel, Path, Rule, Run, known, transform};

use crate::value::unit::{self, Unit};

/// The bit of a path's name.
pub fn bit(path: Path) -> u64 {
    1u64.checked_shl(u32::from(path.element).wrapping_sub(1)).unwrap_or(0)
}

/// The names that some rules read, one bit each.
pub fn names_of(channel: &Channel<'_>, rules: &[Rule]) -> u64 {
    rules.iter().fold(0, |bits, rule| {
        // `other` of a flag holds its values.
        let other =
            if matches!(rule.transform, transform::FLAG | transform::EXPECT) { 0 } else { bit(rule.other) };
        let conditions = Run { start: rule.conditions, count: u16::from(rule.condition_count) };
        bits | bit(rule.source) | other | names_in(channel, conditions)
    })
}

/// The names that some conditions look at, one bit each.
pub fn names_in(channel: &Channel<'_>, conditions: Run) -> u64 {
    conditions.of(channel.conditions).iter().fold(0, |bits, condition| bits | bit(condition.path))
}

/// The names that anything reads: other columns are looked at, but nobody takes their values.
pub fn names_read(channel: &Channel<'_>) -> u64 {
    let all = Run { start: 0, count: channel.conditions.len() as u16 };
    names_of(channel, channel.rules) | names_in(channel, all) | bit(channel.group)
}

/// The names that the channel lists as of no use, one bit each.
pub fn names_ignored(channel: &Channel<'_>) -> u64 {
    let ignored = channel.names.iter().map(|name| u64::from(name.flags & known::IGNORED != 0));
    ignored.take(64).enumerate().fold(0, |bits, (row, is)| bits | is << row)
}

/// The unit of a word or a code, and whether the text is its code.
#[must_use]
pub fn unit_of(text: &[u8]) -> Option<(Unit, bool)> {
    // Words first: STK is a code of its own, and people mean Stück.
    match unit::by_word(text) {
        Some(code) => Some((code, code.as_str().as_bytes() == text)),
        None => unit::by_code(text).map(|code| (code, true)),
    }
}
