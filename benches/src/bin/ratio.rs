//! How fast orders are read, as a ratio to a plain scan of the same bytes in the same run.
//!
//! ```text
//! ratio [--seconds N] [--rounds N] [--only NAME] [--work WORK]
//! ```
//!
//! All work on all files is done in many short rounds, one after the other, so that a machine that slows
//! down for a moment slows everything down. A ratio is the median over the rounds. Exit code 1 when it got
//! slower than it was, 3 when it did not but a promise is not kept yet. `--work` does nothing but this one work, for profilers.

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use ordnorm::chan::table::syntax;
use ordnorm_benches::edi;
use ordnorm_benches::generate::{self, Locale};
use ordnorm_benches::measure::{self, Room, Seen};

/// Promise: EDIFACT to typed records, as a part of the speed of the *chained* scan; `RESULTS.md` says why
/// not of the other one.
const EDIFACT_RECORDS: f64 = 0.60;

/// What is reached, with room for a busy machine: below is a step back.
const EDIFACT_RECORDS_REACHED: f64 = 0.10;

/// Exit code: a promise is not kept, as before.
const PROMISE_OPEN: u8 = 3;

/// How far a file is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Work {
    Floor,
    Chain,
    Reader,
    Records,
    Text,
}

impl Work {
    const ALL: [Work; 5] = [Work::Floor, Work::Chain, Work::Reader, Work::Records, Work::Text];

    fn name(self) -> &'static str {
        match self {
            Work::Floor => "floor",
            Work::Chain => "chain",
            Work::Reader => "reader",
            Work::Records => "records",
            Work::Text => "text",
        }
    }
}

struct Subject {
    name: &'static str,
    make: fn() -> Vec<u8>,
    bytes: Vec<u8>,
    /// The reader alone; none: not measured.
    reader: Option<fn(&[u8]) -> u64>,
    text: bool,
    promise: Option<f64>,
}

fn subjects() -> Vec<Subject> {
    let edifact: fn(&[u8]) -> u64 = measure::edifact_tokens;
    vec![
        Subject {
            name: "edifact",
            make: || generate::edifact(1 << 20),
            bytes: Vec::new(),
            reader: Some(edifact),
            text: true,
            promise: Some(EDIFACT_RECORDS),
        },
        Subject {
            name: "edifact-200000-lines",
            make: || generate::edifact_long(200_000),
            bytes: Vec::new(),
            reader: Some(edifact),
            text: false,
            promise: None,
        },
        Subject {
            name: "x12",
            make: || edi::x12(1 << 20),
            bytes: Vec::new(),
            reader: Some(|bytes| measure::tokens(bytes, syntax::X12)),
            text: false,
            promise: None,
        },
        Subject {
            name: "tradacoms",
            make: || edi::tradacoms(1 << 20),
            bytes: Vec::new(),
            reader: Some(|bytes| measure::tokens(bytes, syntax::TRADACOMS)),
            text: false,
            promise: None,
        },
        Subject {
            name: "idoc",
            make: || edi::idoc(1 << 20),
            bytes: Vec::new(),
            reader: Some(|bytes| measure::tokens(bytes, syntax::FIXED)),
            text: false,
            promise: None,
        },
        Subject {
            name: "json",
            make: || generate::webhooks(1 << 20),
            bytes: Vec::new(),
            reader: Some(measure::json_items),
            text: true,
            promise: None,
        },
        Subject {
            name: "csv-german",
            make: || generate::csv(Locale::German, 1 << 20),
            bytes: Vec::new(),
            reader: Some(|bytes| measure::csv_fields(bytes, b';')),
            text: true,
            promise: None,
        },
        Subject {
            name: "csv-english",
            make: || generate::csv(Locale::English, 1 << 20),
            bytes: Vec::new(),
            reader: Some(|bytes| measure::csv_fields(bytes, b',')),
            text: true,
            promise: None,
        },
    ]
}

fn run(subject: &Subject, work: Work, table: &[u8; 256], room: &mut Room) -> Option<Duration> {
    let bytes = black_box(subject.bytes.as_slice());
    let begin = Instant::now();
    match work {
        Work::Floor => drop(black_box(measure::floor(bytes, table))),
        Work::Chain => drop(black_box(measure::chain(bytes, table))),
        Work::Reader => drop(black_box(subject.reader?(bytes))),
        Work::Records => drop(black_box(measure::records(bytes, room))),
        Work::Text if subject.text => drop(black_box(measure::text(bytes, room))),
        Work::Text => return None,
    }
    Some(begin.elapsed())
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

fn main() -> ExitCode {
    let mut seconds = 20u64;
    let mut rounds = u64::MAX;
    let mut only = None;
    let mut work = None;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let value = arguments.next().unwrap_or_default();
        match argument.as_str() {
            "--seconds" => seconds = value.parse().unwrap_or(seconds),
            "--rounds" => rounds = value.parse().unwrap_or(rounds),
            "--only" => only = Some(value),
            "--work" => work = Work::ALL.into_iter().find(|w| w.name() == value),
            _ => {
                eprintln!(
                    "usage: ratio [--seconds N] [--rounds N] [--only NAME] [--work floor|chain|reader|records|text]"
                );
                return ExitCode::from(2);
            }
        }
    }
    let table = black_box(measure::table());
    let mut room = Room::default();
    let mut subjects = subjects();
    subjects.retain(|s| only.as_ref().is_none_or(|name| s.name == name));
    for subject in &mut subjects {
        subject.bytes = (subject.make)();
    }
    // A notation that is not built in yet is left out.
    subjects.retain(|s| measure::is_known(&s.bytes, &mut room));
    let end = Instant::now() + Duration::from_secs(seconds);

    if let Some(work) = work {
        while Instant::now() < end && rounds > 0 {
            rounds -= 1;
            for subject in &subjects {
                run(subject, work, &table, &mut room);
            }
        }
        return ExitCode::SUCCESS;
    }

    let seen: Vec<Seen> = subjects.iter().map(|s| measure::records(&s.bytes, &mut room)).collect();
    // A large file would eat the time of the others: it takes part in every twentieth round.
    let mut times: Vec<[Vec<f64>; 5]> = subjects.iter().map(|_| Default::default()).collect();
    let mut round = 0u64;
    while Instant::now() < end && round < rounds {
        for (subject, times) in subjects.iter().zip(&mut times) {
            if subject.bytes.len() > 4 << 20 && !round.is_multiple_of(20) {
                continue;
            }
            for (work, times) in Work::ALL.into_iter().zip(times) {
                if let Some(time) = run(subject, work, &table, &mut room) {
                    times.push(time.as_secs_f64());
                }
            }
        }
        round += 1;
    }

    let (mut kept, mut back) = (true, false);
    println!(
        "{:22} {:>9} {:>10} {:>9} {:>9} {:>9}",
        "file", "work", "MB/s", "to floor", "to chain", "promise"
    );
    for ((subject, seen), times) in subjects.iter().zip(&seen).zip(&mut times) {
        let [floor, chain, ..] = &*times;
        let (floor, chain) = (floor.clone(), chain.clone());
        let size = subject.bytes.len() as f64;
        for (work, times) in Work::ALL.into_iter().zip(times) {
            if times.is_empty() {
                continue;
            }
            let ratio_to =
                |of: &[f64]| median(&mut times.iter().zip(of).map(|(t, f)| f / t).collect::<Vec<_>>());
            let (to_floor, ratio) = (ratio_to(&floor), ratio_to(&chain));
            let speed = size / median(times) / 1e6;
            let promise = subject.promise.filter(|_| work == Work::Records);
            let verdict = match promise {
                Some(promise) if ratio >= promise => "kept",
                Some(_) => "NOT KEPT",
                None => "",
            };
            kept &= promise.is_none_or(|p| ratio >= p);
            back |= promise.is_some() && ratio < EDIFACT_RECORDS_REACHED;
            let promise = promise.map_or(String::new(), |p| format!("{p:.2}"));
            println!(
                "{:22} {:>9} {speed:>10.0} {to_floor:>9.2} {ratio:>9.2} {promise:>9} {verdict:>12}",
                subject.name,
                work.name()
            );
        }
        println!(
            "{:22} {} orders ({} accepted), {} lines, {} values, {:.1} MB",
            "",
            seen.orders,
            seen.accepted,
            seen.lines,
            seen.entries,
            size / 1e6
        );
    }
    println!("{round} rounds");
    if back {
        println!("slower than the {EDIFACT_RECORDS_REACHED} of the chained scan that was reached");
        return ExitCode::FAILURE;
    }
    if kept { ExitCode::SUCCESS } else { ExitCode::from(PROMISE_OPEN) }
}
