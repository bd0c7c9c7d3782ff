//! The terminal as the host of a study: progress, notes, and Ctrl-C.

use super::{console, interrupt};
use crate::diag::{Diagnostic, Sources, render};
use crate::run::Observer;
use crate::study::Host;
use indicatif::ProgressBar;

/// The terminal.
pub(super) struct Terminal {
    /// Whether no progress is shown.
    pub(super) quiet: bool,
}

impl Host for Terminal {
    fn observe(&self, runs: u64, what: &str) -> Box<dyn Observer + '_> {
        interrupt::stop_in_order();
        Box::new(Watch(if self.quiet { ProgressBar::hidden() } else { console::progress(runs, what) }))
    }

    fn wants_stop(&self) -> bool {
        interrupt::requested()
    }

    fn begins_writing(&self) {
        interrupt::stop_in_order();
    }

    fn note(&self, text: &str) {
        console::print_error(text);
    }

    fn warnings(&self, diagnostics: &[Diagnostic], sources: &Sources) {
        if !diagnostics.is_empty() {
            console::print_error(&render(diagnostics, sources, console::diagnostic_style()));
        }
    }
}

/// Shows progress and passes Ctrl-C on.
struct Watch(ProgressBar);

impl Drop for Watch {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

impl Observer for Watch {
    fn round_begins(&self, runs: u64) {
        self.0.set_length(runs);
    }

    fn runs_done(&self, done: u64) {
        self.0.set_position(done);
    }

    fn wants_stop(&self) -> bool {
        interrupt::requested()
    }
}
