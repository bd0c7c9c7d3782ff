//! Ctrl-C: ends the program at once as long as nothing is being written, and in order from then on.

use super::console;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// The message after Ctrl-C.
pub(super) const STOPPED: &str = "stopped; the last complete result is as it was\n";
/// The exit code after Ctrl-C: 128 plus the number of the signal, by the convention of shells.
pub(super) const STOPPED_CODE: u8 = 130;

static STOP: AtomicBool = AtomicBool::new(false);
/// Whether something has begun that must be cleaned up. The lock is held while the program ends at once, so
/// that nothing can begin meanwhile.
static IN_ORDER: Mutex<bool> = Mutex::new(false);

/// From now on Ctrl-C (or a termination signal) ends the program at once, or requests a stop if
/// [`stop_in_order`] was called; a second one then ends it at once.
#[expect(
    clippy::exit,
    reason = "a thread that waits for a file or for standard input can't react to a request"
)]
pub(super) fn listen() {
    let handler = || {
        let in_order = IN_ORDER.lock().unwrap_or_else(PoisonError::into_inner);
        if !*in_order || STOP.swap(true, Ordering::SeqCst) {
            console::print_error(STOPPED);
            std::process::exit(STOPPED_CODE.into());
        }
    };
    // Where no handler can be set, Ctrl-C ends the program at once, which is safe as well.
    let _ = ctrlc::set_handler(handler);
}

/// From now on Ctrl-C is only a request: the caller checks [`requested`] often, and cleans up.
pub(super) fn stop_in_order() {
    *IN_ORDER.lock().unwrap_or_else(PoisonError::into_inner) = true;
}

/// Whether a stop was asked for.
pub(super) fn requested() -> bool {
    STOP.load(Ordering::SeqCst)
}
