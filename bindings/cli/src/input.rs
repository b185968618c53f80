//! The bytes of a message: a small file is read, a large one is mapped, standard input is read.

use std::fs::File;
use std::io::{self, Read};

use memmap2::Mmap;

/// Messages have at most 4 GiB.
const MOST: u64 = u32::MAX as u64;
/// From this size on a file is mapped into memory.
const MAPPED: u64 = 16 << 20;

/// A message.
pub enum Input {
    /// In memory.
    Held(Vec<u8>),
    /// A file that is mapped.
    Mapped(Mmap),
}

/// Opens a file, or standard input as `-`; what is wrong, in words.
pub fn open(name: &str) -> Result<Input, String> {
    if name == "-" {
        return read(io::stdin().lock());
    }
    let file = File::open(name).map_err(|e| in_words(&e))?;
    let about = file.metadata().map_err(|e| in_words(&e))?;
    if about.is_dir() {
        return Err("this is a directory, not a file".to_owned());
    }
    if about.is_file() && about.len() > MOST {
        return Err(TOO_LARGE.to_owned());
    }
    if !about.is_file() || about.len() < MAPPED {
        return read(file);
    }
    map(&file).map(Input::Mapped).map_err(|e| in_words(&e))
}

const TOO_LARGE: &str = "a message has at most 4 GiB (byte 4294967295)";

fn read(from: impl Read) -> Result<Input, String> {
    let mut bytes = Vec::new();
    from.take(MOST + 1).read_to_end(&mut bytes).map_err(|e| in_words(&e))?;
    if bytes.len() as u64 > MOST {
        return Err(TOO_LARGE.to_owned());
    }
    Ok(Input::Held(bytes))
}

#[allow(unsafe_code)]
fn map(file: &File) -> io::Result<Mmap> {
    // SAFETY: the map is read only and lives no longer than the `Input` that owns it. What nobody can
    // promise is that no other process changes the file meanwhile: the reader takes any bytes, looks at
    // every offset with a check and never relies on having seen the same byte before; a file that is cut
    // short under our hands ends this process with a bus error and nothing worse.
    let map = unsafe { Mmap::map(file)? };
    #[cfg(unix)]
    let _ = map.advise(memmap2::Advice::Sequential);
    Ok(map)
}

fn in_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "this file may not be read (permission denied)".to_owned(),
        _ => error.to_string(),
    }
}

impl Input {
    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Input::Held(bytes) => bytes,
            Input::Mapped(map) => map,
        }
    }

    /// The range has been read: its pages need not stay in memory.
    #[allow(unsafe_code)]
    pub fn release(&self, from: usize, to: usize) {
        #[cfg(unix)]
        if let Input::Mapped(map) = self {
            let (from, to) = (from & !0xF_FFFF, to & !0xF_FFFF);
            if from < to && to <= map.len() {
                // SAFETY: the pages of a read-only map of a file are dropped; whoever looks at them again
                // gets the same bytes from the file.
                let _ = unsafe {
                    map.unchecked_advise_range(memmap2::UncheckedAdvice::DontNeed, from, to - from)
                };
            }
        }
        #[cfg(not(unix))]
        let _ = (from, to);
    }
}
