//! A proxy on loopback between a program and the AWS server: it names and counts calls, lets some fail by a schedule,
//! and stops the program at a call of choice. It understands no call.
//!
//! ```no_run
//! use gwchain_tests::testbed::aws::AwsServer;
//! use gwchain_tests::testbed::aws::proxy::{Cut, Fault, FaultProxy, Moment, Schedule, run};
//!
//! let server = AwsServer::empty();
//! let proxy = FaultProxy::before(&server);
//! let plugin = || {
//!     let mut command = std::process::Command::new("kubectl-gwchain");
//!     command.args(["apply", "--yes"]).envs(proxy.environment());
//!     command
//! };
//! // Half of all calls are throttled, some answers get lost.
//! proxy.set(Schedule::seeded(7).with(Fault::Throttle, 50).with(Fault::ResetAfter, 5));
//! run(plugin(), None);
//! // Ended by SIGKILL when its tenth call has been carried out and is not answered yet.
//! proxy.set(Schedule::none());
//! run(plugin(), Some((&proxy, Cut { call: 10, moment: Moment::After })));
//! assert_eq!(proxy.calls().len(), 10);
//! ```

mod answer;
mod call;
mod fault;
mod run;
mod serve;
mod state;

use std::collections::BTreeMap;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::JoinHandle;

use tokio::sync::oneshot;

pub use self::call::{Call, Outcome};
pub use self::fault::{Fault, Schedule};
pub use self::run::{Cut, Ended, run};
pub use self::state::Moment;
use self::state::State;
use super::AwsServer;

/// A running proxy. It ends with this value, and so do the connections through it.
#[derive(Debug)]
pub struct FaultProxy {
    state: Arc<State>,
    url: String,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl FaultProxy {
    /// One in front of a server, which lets everything through at first.
    pub fn before(server: &AwsServer) -> Self {
        let host = server.url().strip_prefix("http://").expect("the server's URL is plain HTTP");
        Self::to(host.parse().expect("the server is on a loopback address"))
    }

    /// The same, in front of anything that speaks HTTP.
    pub fn to(upstream: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("there are free ports");
        let address = listener.local_addr().expect("it is bound");
        let state = Arc::new(State::new(upstream));
        let (stop, stopped) = oneshot::channel();
        let shared = Arc::clone(&state);
        let thread = std::thread::spawn(move || serve::until(stopped, listener, shared));
        Self { state, url: format!("http://{address}"), stop: Some(stop), thread: Some(thread) }
    }

    /// Where it answers: the endpoint of every service.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Environment variables for programs that are to call through it.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        super::environment(&self.url)
    }

    /// What happens to calls from now on. Forgets the calls so far, so that the schedule starts from its beginning.
    pub fn set(&self, schedule: Schedule) {
        self.state.set(schedule);
    }

    /// Forgets the calls so far; the schedule starts from its beginning.
    pub fn reset(&self) {
        self.state.reset();
    }

    /// Calls since the last reset, in the order in which they came.
    pub fn calls(&self) -> Vec<Call> {
        self.state.calls()
    }

    /// How often each call was made, by names such as `ec2:DescribeSubnets`.
    pub fn counts(&self) -> BTreeMap<String, usize> {
        let mut out = BTreeMap::new();
        for call in self.calls() {
            *out.entry(call.name).or_default() += 1;
        }
        out
    }

    /// Does something at the call of that number, counted from one since the last reset, and ends its connection
    /// without an answer. `After`: the server has carried it out.
    pub fn at_call(&self, number: usize, moment: Moment, hook: impl FnOnce() + Send + 'static) {
        self.state.at_call(number, moment, Box::new(hook));
    }
}

impl Drop for FaultProxy {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
