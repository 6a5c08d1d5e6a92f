//! Runs a program to its end, or to its end by SIGKILL at a call of choice.
//!
//! What it wrote and what AWS holds then, others judge.

use std::io::Read;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::{FaultProxy, Moment};

/// How long a program may run.
const DEADLINE: Duration = Duration::from_secs(180);

/// Where a program is killed.
#[derive(Debug, Clone, Copy)]
pub struct Cut {
    /// The call's number, from one.
    pub call: usize,
    /// Which side of it.
    pub moment: Moment,
}

/// How a program ended.
#[derive(Debug)]
pub struct Ended {
    /// Its code, or the signal.
    pub status: ExitStatus,
    /// What it wrote to its standard output.
    pub stdout: String,
    /// What it wrote to its standard error.
    pub stderr: String,
}

/// Runs a program without input. With a cut it is killed at that call of the proxy, counted from the last reset, unless
/// it ends before. Panics when it takes too long.
pub fn run(mut command: Command, cut: Option<(&FaultProxy, Cut)>) -> Ended {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let child: Arc<Mutex<Option<Child>>> = Arc::default();
    // The hook is set before the program starts, and waits for it if need be.
    let mut place = child.lock().expect("nobody else has it yet");
    if let Some((proxy, Cut { call, moment })) = cut {
        let child = Arc::clone(&child);
        proxy.at_call(call, moment, move || kill(&child));
    }
    let mut started = command.spawn().unwrap_or_else(|why| panic!("{}: {why}", command.get_program().display()));
    let stdout = read(started.stdout.take().expect("it is piped"));
    let stderr = read(started.stderr.take().expect("it is piped"));
    *place = Some(started);
    drop(place);
    let [stdout, stderr] = [stdout, stderr].map(|output| {
        output.recv_timeout(DEADLINE).unwrap_or_else(|_| {
            kill(&child);
            panic!("{command:?} does not end within {DEADLINE:?}")
        })
    });
    let ended = child.lock().expect("the hook does not panic").take().expect("it was put there").wait();
    Ended { status: ended.expect("it is a child of ours"), stdout, stderr }
}

fn kill(child: &Mutex<Option<Child>>) {
    if let Some(child) = child.lock().expect("nothing panics while it holds the lock").as_mut() {
        let _ = child.kill();
    }
}

/// All of an output, when it ends.
fn read(mut output: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = output.read_to_end(&mut bytes);
        sender.send(String::from_utf8_lossy(&bytes).into_owned())
    });
    receiver
}
