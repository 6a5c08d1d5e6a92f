//! Ctrl-C and SIGTERM while changes are carried out: the first ends the work cleanly, the second at once.
//!
//! What is under way when it ends cleanly is the executor's business.

use gwchain_aws::Stop;

use crate::output;

/// Exit code of a program that was ended by Ctrl-C.
pub const CODE: u8 = 130;

/// Sets `stop` at the first signal; never returns.
pub async fn watch(stop: Stop) {
    signal().await;
    stop.now();
    // Whether anybody reads it makes no difference.
    let _ = output::print_beside("ending: calls under way come to their end; once more ends at once\n");
    signal().await;
    #[expect(clippy::exit, reason = "the user asks for the second time")]
    std::process::exit(CODE.into());
}

#[cfg(unix)]
async fn signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut end) = signal(SignalKind::terminate()) else {
        return interrupt().await;
    };
    tokio::select! {
        () = interrupt() => {}
        _ = end.recv() => {}
    }
}

#[cfg(not(unix))]
async fn signal() {
    interrupt().await;
}

async fn interrupt() {
    if tokio::signal::ctrl_c().await.is_err() {
        // Nobody can end it then.
        std::future::pending::<()>().await;
    }
}
