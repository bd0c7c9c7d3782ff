//! Ctrl-C: a flag that the engine asks for between chunks.

use std::sync::atomic::{AtomicBool, Ordering};

static STOP: AtomicBool = AtomicBool::new(false);

/// From now on Ctrl-C (and a termination signal) asks for a stop; a second one ends the program at once.
#[expect(clippy::exit, reason = "a second Ctrl-C means at once; results are only ever put in place whole")]
pub(super) fn listen() {
    let handler = || {
        if STOP.swap(true, Ordering::SeqCst) {
            std::process::exit(130);
        }
    };
    // Where no handler can be set, Ctrl-C ends the program at once, which is safe as well.
    let _ = ctrlc::set_handler(handler);
}

/// Whether a stop was asked for.
pub(super) fn requested() -> bool {
    STOP.load(Ordering::SeqCst)
}
