//! `kubectl gwchain ui`: the previewer, served from inside the program on loopback, with the manifests loaded.
//!
//! It reads and serves; nothing that the page does comes back.

#[cfg(feature = "ui")]
mod page;
#[cfg(feature = "ui")]
mod server;
#[cfg(feature = "ui")]
mod session;
#[cfg(feature = "ui")]
mod site;

use std::process::ExitCode;

use crate::args::UiArgs;
use crate::failure::Failure;
use crate::output;

/// Serves the page until it is stopped.
pub fn run(args: &UiArgs) -> ExitCode {
    match served(args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => output::fail(&failure, args.color),
    }
}

#[cfg(not(feature = "ui"))]
fn served(_: &UiArgs) -> Result<(), Failure> {
    Err(Failure::new(
        "this program was built without the page; in gwchain's repository: scripts/web build, then cargo build --release -p \
         kubectl-gwchain --features ui",
    ))
}

#[cfg(feature = "ui")]
fn served(args: &UiArgs) -> Result<(), Failure> {
    if args.input.selector.is_some() {
        return Err(Failure::new("the page shows Gateways by namespace: -l does not go with ui"));
    }
    // What can't be read at all is told here rather than in the page.
    let read = crate::input::sources(&args.input)?;
    let listener = server::listen()?;
    let site = site::Site::new(&listener, args.input.clone(), read)?;
    let url = site.url();
    output::print(&format!("{url}\n"))?;
    output::print_beside("serving until stopped with Ctrl-C; only this machine, only with this link\n")?;
    if !args.no_open {
        open(&url);
    }
    server::serve(listener, site)
}

/// Asks the desktop to show `url`; without one the printed link has to do.
#[cfg(feature = "ui")]
fn open(url: &str) {
    use std::process::{Command, Stdio};
    let (program, first): (&str, &[&str]) = match std::env::consts::OS {
        "macos" => ("open", &[]),
        "windows" => ("rundll32", &["url.dll,FileProtocolHandler"]),
        _ => ("xdg-open", &[]),
    };
    let mut command = Command::new(program);
    command.args(first).arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    // Its end is nobody's concern; a thread waits so that it leaves no zombie.
    if let Ok(mut child) = command.spawn() {
        std::thread::spawn(move || child.wait());
    }
}
