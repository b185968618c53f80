//! `ordnorm`: order messages of any channel in, one canonical order a line out.

mod args;
mod channels;
mod detect;
mod explain;
mod input;
mod output;
mod progress;
mod reading;
mod wrong;

use std::cell::Cell;
use std::io::{ErrorKind, Write as _};
use std::process::ExitCode;

use ordnorm::channel::{Options, Registry};
use ordnorm::order::Verdict;

use args::Args;
use channels::Loaded;
use input::Input;
use output::Output;
use progress::Progress;
use reading::{Fault, Job};

/// Every order is accepted.
const ACCEPTED: u8 = 0;
/// At least one order is for a person.
const REVIEW: u8 = 1;
/// Nobody can read it, or it was not asked for in a way that makes sense.
const WRONG: u8 = 2;

fn main() -> ExitCode {
    let result = args::parse().and_then(|args| run(&args));
    ExitCode::from(result.unwrap_or_else(|message| complain(&message)))
}

/// Says what is wrong.
fn complain(message: &str) -> u8 {
    // Where standard error is gone nobody can be told.
    let _ = writeln!(std::io::stderr(), "ordnorm: {message}");
    WRONG
}

fn run(args: &Args) -> Result<u8, String> {
    let loaded = Loaded::read(&args.load)?;
    let registry = loaded.registry();
    if args.list {
        return Ok(show(&loaded.list()));
    }
    let own: Vec<&str> = args.own.iter().map(String::as_str).collect();
    let mut options = Options {
        min_confidence: args.min_confidence,
        channel: args.channel.as_deref(),
        own: &own,
        as_of: args.as_of,
        ..Options::default()
    };
    if let Some(name) = &args.locale {
        options.locale(name).map_err(|_| wrong::locale(name))?;
    }
    if let Some(name) = &args.channel {
        if registry.find(name.as_bytes()).is_none() {
            return Err(wrong::channel(name, &registry));
        }
    }
    let standard_input = ["-".to_owned()];
    let files = if args.files.is_empty() { &standard_input[..] } else { &args.files };
    let mut out = Output::new();
    let mut worst = ACCEPTED;
    for name in files {
        let called = if name == "-" { "standard input" } else { name.as_str() };
        let one = match input::open(name) {
            Err(what) => complain(&format!("{called}: {what}")),
            Ok(input) if args.detect => detect::show(called, &input, &loaded),
            Ok(input) if args.explain => explain::show(called, &input, &registry, &options),
            Ok(input) => orders(called, &input, args, &registry, &options, &mut out),
        };
        worst = worst.max(one);
    }
    if out.flush().is_err() {
        worst = worst.max(REVIEW);
    }
    Ok(worst)
}

/// Writes a text to standard output; where nobody reads it, that is all right.
fn show(text: &str) -> u8 {
    let _ = anstream::stdout().write_all(text.as_bytes());
    ACCEPTED
}

/// Writes the orders of one message.
fn orders(
    name: &str,
    input: &Input,
    args: &Args,
    registry: &Registry<'_>,
    options: &Options<'_>,
    out: &mut Output,
) -> u8 {
    let job = Job {
        input,
        registry: *registry,
        options: *options,
        provenance: args.provenance,
        most: reading::MOST,
    };
    let mut progress = Progress::new(input.bytes().len());
    let mut worst = ACCEPTED;
    let mut verdict = |verdict| {
        if verdict != Verdict::Accepted {
            worst = REVIEW;
        }
    };
    let wrong = Cell::new(ACCEPTED);
    let refused = |error| wrong.set(complain(&wrong::message(name, input.bytes(), error, options.channel)));
    let done = reading::write(&job, out, &mut progress, &mut verdict, &refused);
    drop(progress);
    // Orders go out before a complaint about what follows them.
    let flushed = out.flush();
    match done {
        Ok(0) if wrong.get() == ACCEPTED => complain(&format!("{name}: there is no message in it (byte 0)")),
        Ok(_) => match flushed {
            Err(error) => output_fault(&error),
            Ok(()) => worst.max(wrong.get()),
        },
        Err(Fault::Message(error)) => complain(&wrong::message(name, input.bytes(), error, options.channel)),
        Err(Fault::Output(error)) => output_fault(&error),
    }
}

/// The output took no more; a reader that has seen enough is no fault.
fn output_fault(error: &std::io::Error) -> u8 {
    match error.kind() {
        ErrorKind::BrokenPipe => std::process::exit(i32::from(REVIEW)),
        _ => complain(&format!("standard output: {error}")),
    }
}
