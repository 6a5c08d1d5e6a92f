//! The terminal: colours, width, and streams that may have been closed.
//!
//! It does not know what it prints.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};
use gwchain_core::render::{Paint, Style, clean};

use crate::args::Color;
use crate::failure::{self, Failure};

/// Whether `stream` takes colours.
pub fn paint(stream: &impl anstream::stream::RawStream, color: Color) -> Paint {
    let choice = match color {
        Color::Auto => AutoStream::choice(stream),
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    };
    if choice == ColorChoice::Never { Paint::Plain } else { Paint::Ansi }
}

/// Columns of the terminal that stdout is; `None` when it is none.
pub fn width() -> Option<usize> {
    let (width, _) = io::stdout().is_terminal().then(terminal_size::terminal_size).flatten()?;
    Some(width.0.into())
}

/// Prints `text`; a reader that has seen enough (`| head`) is no failure.
pub fn print(text: &str) -> Result<(), Failure> {
    written(io::stdout().lock().write_all(text.as_bytes()), "stdout")
}

/// Prints `text` beside the output.
pub fn print_beside(text: &str) -> Result<(), Failure> {
    written(io::stderr().lock().write_all(text.as_bytes()), "stderr")
}

fn written(result: io::Result<()>, stream: &str) -> Result<(), Failure> {
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::new(format!("{stream}: {error}"))),
        _ => Ok(()),
    }
}

/// Says what stopped the command.
pub fn fail(failure: &Failure, color: Color) -> ExitCode {
    let stream = io::stderr();
    let head = paint(&stream, color).paint(Style::Error, "error");
    // When stderr is gone too, the exit code is all that is left to say.
    let _ = print_beside(&format!("{head}: {}\n", clean(&failure.to_string())));
    ExitCode::from(failure::CODE)
}

/// Prints the version.
pub fn version() -> ExitCode {
    let text = format!(
        "kubectl-gwchain {}\nfollows: AWS Load Balancer Controller v3.5, Gateway API v1.6\n",
        env!("CARGO_PKG_VERSION")
    );
    match print(&text) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => fail(&failure, Color::Auto),
    }
}
