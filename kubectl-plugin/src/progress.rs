//! A line on stderr while something takes long.
//!
//! Nobody sees it in a pipe, in a log, or when the work is done at once.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// How long nothing is shown.
const PATIENCE: Duration = Duration::from_millis(500);
/// How often the line changes.
const BEAT: Duration = Duration::from_millis(250);

/// Shows progress until it is dropped.
#[derive(Debug)]
pub struct Progress(Option<(Sender<()>, JoinHandle<()>)>);

impl Progress {
    /// Begins work that `what` describes. Somebody who types at stdin is not disturbed.
    pub fn start(what: &'static str, reads_stdin: bool) -> Self {
        let is_typing = reads_stdin && io::stdin().is_terminal();
        if is_typing || !io::stderr().is_terminal() {
            return Self(None);
        }
        let (done, waiting) = channel();
        let show = move || {
            let start = Instant::now();
            let mut wait = PATIENCE;
            while waiting.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                // A terminal that can't be written to only loses its progress.
                let _ = write!(io::stderr(), "\r{what} … {} s", start.elapsed().as_secs());
                wait = BEAT;
            }
            if wait == BEAT {
                let _ = write!(io::stderr(), "\r{:width$}\r", "", width = what.len() + 24);
            }
        };
        Self(Some((done, thread::spawn(show))))
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((done, shown)) = self.0.take() {
            drop(done);
            let _ = shown.join();
        }
    }
}
