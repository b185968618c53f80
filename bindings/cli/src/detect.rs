//! `--detect`: which channels fit a message, and why.

use std::fmt::Write as _;
use std::io::Write as _;

use anstyle::{AnsiColor, Style};
use ordnorm::chan::table::{Channel, fact, syntax};
use ordnorm::channel::Registry;
use ordnorm::channel::detect::{Choice, Seen, column_words, is_stronger, notation, rank};
use ordnorm::value::charset::{self, Charset};

use crate::channels::{Loaded, fact_text, lossy};
use crate::input::Input;
use crate::{ACCEPTED, complain, wrong};

const NAME: Style = Style::new().bold();
const YES: Style = AnsiColor::Green.on_default();
const NO: Style = AnsiColor::Red.on_default();

/// The most bytes of a value that are shown.
const SHOWN: usize = 60;

/// What was seen of one channel.
struct Seat<'a> {
    number: usize,
    channel: &'a Channel<'a>,
    /// For each separator that was tried: what was seen of each fact.
    tries: Vec<(u8, Vec<Option<Seen>>)>,
}

impl Seat<'_> {
    fn take(&mut self, seen: Seen) {
        let place = match self.tries.iter().position(|(separator, _)| *separator == seen.separator) {
            Some(place) => place,
            None => {
                self.tries.push((seen.separator, vec![None; self.channel.facts.len()]));
                self.tries.len() - 1
            }
        };
        let fact = self.tries.get_mut(place).and_then(|(_, facts)| facts.get_mut(seen.fact));
        if let Some(fact) = fact.filter(|f| f.is_none_or(|before| !before.holds)) {
            *fact = Some(seen);
        }
    }

    /// The try in which most facts hold.
    fn best(&self) -> Vec<Option<Seen>> {
        let held = |facts: &[Option<Seen>]| facts.iter().flatten().filter(|s| s.holds).count();
        let best = self.tries.iter().rev().max_by_key(|(_, facts)| held(facts));
        best.map_or_else(|| vec![None; self.channel.facts.len()], |(_, facts)| facts.clone())
    }

    fn held(&self) -> usize {
        self.best().iter().flatten().filter(|seen| seen.holds).count()
    }

    fn fits(&self) -> bool {
        self.held() == self.channel.facts.len() && !self.channel.facts.is_empty()
    }
}

/// Prints the ranking for a message; the exit code.
pub fn show(name: &str, input: &Input, loaded: &Loaded) -> u8 {
    let decoded = decode(input.bytes());
    let bytes = decoded.as_deref().unwrap_or(input.bytes());
    let registry = loaded.registry();
    let Some(looks) = notation(bytes) else {
        return complain(&format!("{name}: the message is empty (byte 0)"));
    };
    let mut seats: Vec<Seat<'_>> = registry
        .iter()
        .enumerate()
        .filter(|(_, channel)| channel.syntax == looks)
        .map(|(number, channel)| Seat { number, channel, tries: Vec::new() })
        .collect();
    let choice = rank(bytes, &registry, |seen| {
        if let Some(seat) = seats.iter_mut().find(|seat| seat.number == seen.channel) {
            seat.take(seen);
        }
    });
    seats.sort_by_key(|seat| {
        (choice.taken() != Some(seat.number), !seat.fits(), std::cmp::Reverse(seat.held()), seat.number)
    });
    let text = ranking(name, bytes, &registry, loaded, choice, &seats);
    let _ = anstream::stdout().write_all(text.as_bytes());
    match choice {
        Choice::One(_) | Choice::Preferred(..) => ACCEPTED,
        Choice::Ambiguous(..) => complain(&format!("{name}: two channels fit equally well")),
        Choice::None => complain(&format!("{name}: no channel recognises this message")),
    }
}

/// A message of UTF-16 as UTF-8.
pub fn decode(bytes: &[u8]) -> Option<Vec<u8>> {
    match charset::from_bom(bytes)? {
        (set @ (Charset::Utf16Le | Charset::Utf16Be), mark) => {
            let text = bytes.get(mark..)?;
            let mut out = vec![0; text.len() * 2];
            let done = charset::decode(text, set, &mut out);
            out.truncate(done.written);
            Some(out)
        }
        _ => None,
    }
}

fn ranking(
    name: &str,
    bytes: &[u8],
    registry: &Registry<'_>,
    loaded: &Loaded,
    choice: Choice,
    seats: &[Seat<'_>],
) -> String {
    let mut out = String::new();
    let called = |number: usize| registry.get(number).map_or("", |c| c.name);
    let _ = match choice {
        Choice::One(number) => writeln!(out, "{name}: read as {NAME}{}{NAME:#}", called(number)),
        Choice::Preferred(number, other) => writeln!(
            out,
            "{name}: read as {NAME}{}{NAME:#}; {} fits as well, but a loaded channel goes before a built-in one",
            called(number),
            called(other)
        ),
        Choice::Ambiguous(one, other) => writeln!(
            out,
            "{name}: {NO}ambiguous{NO:#}, {NAME}{}{NAME:#} and {NAME}{}{NAME:#} fit equally well: --channel NAME \
             decides, or one more fact in one of them",
            called(one),
            called(other)
        ),
        Choice::None => writeln!(out, "{name}: {NO}no channel recognises this message{NO:#}"),
    };
    for seat in seats {
        let mark = if choice.taken() == Some(seat.number) { ">" } else { " " };
        let (held, all) = (seat.held(), seat.channel.facts.len());
        let _ = write!(out, "{mark} {NAME}{}{NAME:#} ({}): ", seat.channel.name, loaded.origin(seat.number));
        let _ = match (seat.fits(), all) {
            (_, 0) => writeln!(out, "is never detected, only named"),
            (true, 1) => writeln!(out, "fits{}", why_not(seat, choice, registry)),
            (true, n) => writeln!(out, "fits, all {n} facts hold{}", why_not(seat, choice, registry)),
            (false, n) => writeln!(out, "does not fit, {held} of {n} facts hold"),
        };
        for (fact, seen) in seat.channel.facts.iter().zip(seat.best()) {
            let text = fact_text(seat.channel, fact);
            let _ = match seen {
                Some(seen) if seen.holds => {
                    writeln!(out, "    {YES}yes{YES:#} {text}: {}", found(bytes, &seen))
                }
                _ if fact.kind == fact::COLUMN => {
                    let words: Vec<_> = column_words(seat.channel, fact).map(lossy).collect();
                    let what = if seat.channel.syntax == syntax::FORM { "field" } else { "column" };
                    writeln!(out, "    {NO}no {NO:#} {text}: no {what} is called {}", words.join(", "))
                }
                Some(seen) if seen.length > 0 => {
                    writeln!(out, "    {NO}no {NO:#} {text}: found {}", found(bytes, &seen))
                }
                _ => writeln!(out, "    {NO}no {NO:#} {text}: nothing stands there"),
            };
        }
    }
    let others = registry.len() - seats.len();
    let looks = notation(bytes).and_then(|n| syntax::NAMES.get(usize::from(n))).copied().unwrap_or("");
    if others > 0 {
        let what =
            if looks == "csv" { "separated values (csv), for want of another notation" } else { looks };
        let _ = writeln!(
            out,
            "  The message looks like {what}; {others} channels of other notations were not asked."
        );
    }
    out
}

/// Why a channel that fits is not the one.
fn why_not(seat: &Seat<'_>, choice: Choice, registry: &Registry<'_>) -> String {
    match choice.taken().and_then(|number| registry.get(number)) {
        Some(taken) if choice.taken() != Some(seat.number) && is_stronger(taken, seat.channel) => {
            format!("; {} asks for the same and for more", taken.name)
        }
        _ => String::new(),
    }
}

fn found(bytes: &[u8], seen: &Seen) -> String {
    let at = seen.at as usize;
    let value = bytes.get(at..at + seen.length as usize).unwrap_or(&[]);
    let shown = String::from_utf8_lossy(value.get(..SHOWN).unwrap_or(value)).replace(char::is_control, "·");
    let more = if value.len() > SHOWN { "…" } else { "" };
    format!("\"{shown}{more}\" ({})", wrong::place(bytes, at))
}
