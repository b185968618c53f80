//! A bar on the terminal for input that takes longer than a second.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// How far the reading has come.
pub struct Progress {
    bar: Option<ProgressBar>,
    length: u64,
    begun: Instant,
    wanted: bool,
    far: u64,
}

/// Bytes between two looks at the clock.
const STEP: u64 = 1 << 20;

impl Progress {
    /// Standard error is a terminal, and orders do not go to the same one.
    pub fn new(length: usize) -> Progress {
        let wanted = std::io::stderr().is_terminal() && !std::io::stdout().is_terminal();
        Progress { bar: None, length: length as u64, begun: Instant::now(), wanted, far: 0 }
    }

    /// The reading has come to this byte.
    pub fn at(&mut self, at: usize) {
        let at = at as u64;
        if !self.wanted || at < self.far + STEP {
            return;
        }
        self.far = at;
        if self.bar.is_none() && self.begun.elapsed() > Duration::from_secs(1) {
            let style = ProgressStyle::with_template(
                "{bar:40} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left",
            );
            let bar = ProgressBar::new(self.length).with_elapsed(self.begun.elapsed());
            self.bar = Some(match style {
                Ok(style) => bar.with_style(style),
                Err(_) => bar,
            });
        }
        if let Some(bar) = &self.bar {
            bar.set_position(at);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
