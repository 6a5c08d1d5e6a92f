//! A line on stderr while something takes long.
//!
//! Nobody sees it in a pipe, in a log, or when the work is done at once.

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// How long nothing is shown.
const PATIENCE: Duration = Duration::from_millis(500);
/// How often the line changes.
const BEAT: Duration = Duration::from_millis(250);

/// How many objects have been read so far.
#[derive(Clone, Debug, Default)]
pub struct Count(Arc<AtomicUsize>);

impl Count {
    /// Counts more.
    #[cfg(feature = "live")]
    pub fn add(&self, objects: usize) {
        self.0.fetch_add(objects, Ordering::Relaxed);
    }

    fn shown(&self) -> String {
        match self.0.load(Ordering::Relaxed) {
            0 => String::new(),
            objects => format!("{objects} objects, "),
        }
    }
}

/// Shows progress until it is dropped.
#[derive(Debug)]
pub struct Progress(Option<(Sender<()>, JoinHandle<()>)>);

impl Progress {
    /// Begins work that `what` describes. Somebody who types at stdin is not disturbed.
    pub fn start(what: &'static str, reads_stdin: bool) -> Self {
        Self::counting(what, reads_stdin, Count::default())
    }

    /// The same, with the number of objects.
    pub fn counting(what: &'static str, reads_stdin: bool, count: Count) -> Self {
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
                let _ = write!(io::stderr(), "\r{what} … {}{} s", count.shown(), start.elapsed().as_secs());
                wait = BEAT;
            }
            if wait == BEAT {
                let _ = write!(io::stderr(), "\r{:width$}\r", "", width = what.len() + 40);
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
