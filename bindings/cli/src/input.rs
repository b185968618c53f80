//! The bytes of a message: a small file is read, a large one is mapped, standard input is read.

use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;
#[cfg(unix)]
use std::sync::mpsc::RecvTimeoutError;
use std::sync::mpsc::Sender;
use std::thread::JoinHandle;
use std::time::Duration;

use memmap2::Mmap;

/// Messages have at most 4 GiB.
const MOST: u64 = u32::MAX as u64;
/// From this size on a file is mapped into memory.
const MAPPED: u64 = 16 << 20;

/// How often the pages of a mapped file are given back: a scan of memory comes 20 to 40 MiB far meanwhile.
const PAUSE: Duration = Duration::from_millis(20);

/// A message.
pub enum Input {
    /// In memory.
    Held(Vec<u8>),
    /// A file that is mapped.
    Mapped(Mapped),
}

/// A mapped file, of which little is in memory at any time.
pub struct Mapped {
    map: Arc<Mmap>,
    /// Dropped first: the thread that gives pages back ends.
    keeper: Option<(Sender<()>, JoinHandle<()>)>,
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
fn map(file: &File) -> io::Result<Mapped> {
    // SAFETY: the map is read only and lives no longer than the `Mapped` that owns it. What nobody can
    // promise is that no other process changes the file meanwhile: the reader takes any bytes, looks at
    // every offset with a check and never relies on having seen the same byte before; a file that is cut
    // short under our hands ends this process with a bus error and nothing worse.
    let map = Arc::new(unsafe { Mmap::map(file)? });
    let keeper = keep_small(&map);
    Ok(Mapped { map, keeper })
}

/// Gives the pages of a mapped file back all the time, so that a large file does not fill the memory.
#[cfg(unix)]
#[allow(unsafe_code)]
fn keep_small(map: &Arc<Mmap>) -> Option<(Sender<()>, JoinHandle<()>)> {
    let _ = map.advise(memmap2::Advice::Sequential);
    let (sender, receiver) = std::sync::mpsc::channel::<()>();
    let map = Arc::clone(map);
    let work = move || {
        while receiver.recv_timeout(PAUSE) == Err(RecvTimeoutError::Timeout) {
            // SAFETY: the pages of a read-only map of a file are dropped; whoever looks at them again gets
            // the same bytes from the file.
            let _ = unsafe { map.unchecked_advise(memmap2::UncheckedAdvice::DontNeed) };
        }
    };
    // Without the thread the file is read all the same, in more memory.
    std::thread::Builder::new().spawn(work).ok().map(|thread| (sender, thread))
}

#[cfg(not(unix))]
fn keep_small(_: &Arc<Mmap>) -> Option<(Sender<()>, JoinHandle<()>)> {
    None
}

impl Drop for Mapped {
    fn drop(&mut self) {
        if let Some((sender, thread)) = self.keeper.take() {
            drop(sender);
            let _ = thread.join();
        }
    }
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
            Input::Mapped(mapped) => &mapped.map,
        }
    }
}
