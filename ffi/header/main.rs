//! Writes `ffi/include/ordnorm.h`, or with `--check` says that the committed one differs.
//! `cargo run -p ordnorm-header`

use std::path::Path;
use std::process::ExitCode;

/// In the order in which a reader wants them.
const SOURCES: [&str; 9] = [
    "status.rs",
    "state.rs",
    "held.rs",
    "list.rs",
    "get.rs",
    "bind.rs",
    "channels.rs",
    "texts.rs",
    "constants.rs",
];

fn main() -> ExitCode {
    let check = std::env::args().nth(1).is_some_and(|a| a == "--check");
    match header() {
        Ok(text) if check => match same(&text) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => failed(&error),
        },
        Ok(text) => match std::fs::write(path(), text) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => failed(&error.to_string()),
        },
        Err(error) => failed(&error),
    }
}

fn failed(error: &str) -> ExitCode {
    eprintln!("{error}");
    ExitCode::FAILURE
}

fn path() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../include/ordnorm.h")
}

/// The header as the sources want it.
fn header() -> Result<String, String> {
    let ffi = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let config = cbindgen::Config::from_file(ffi.join("cbindgen.toml"))?;
    let mut builder = cbindgen::Builder::new().with_config(config);
    for source in SOURCES {
        builder = builder.with_src(ffi.join("src").join(source));
    }
    let mut out = Vec::new();
    builder.generate().map_err(|e| e.to_string())?.write(&mut out);
    let text = String::from_utf8(out).map_err(|e| e.to_string())?.replace('…', "...");
    match text.lines().find(|line| !line.is_ascii()) {
        Some(line) => Err(format!("not ASCII: {line}")),
        None => Ok(text),
    }
}

fn same(text: &str) -> Result<(), String> {
    let committed = std::fs::read_to_string(path()).map_err(|e| e.to_string())?;
    if committed == text {
        return Ok(());
    }
    let line = committed.lines().zip(text.lines()).take_while(|(a, b)| a == b).count() + 1;
    Err(format!("include/ordnorm.h differs in line {line}: cargo run -p ordnorm-header"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_header_is_the_generated_one() {
        assert_eq!(same(&header().unwrap()), Ok(()));
    }

    /// Every function says what a C programmer must know.
    #[test]
    fn every_function_is_documented() {
        let text = header().unwrap();
        let functions: Vec<&str> =
            text.split("\n/**").skip(1).filter(|part| part.contains("*/\nuint32_t ordnorm_")).collect();
        assert!(functions.len() > 30);
        for function in functions {
            for word in ["Memory:", "NULL:", "Threads:", "Errors:", "Since:"] {
                assert!(function.contains(word), "{word} is missing: {function}");
            }
        }
    }
}
