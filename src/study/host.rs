//! The interface between a study and the program that it runs in.

use crate::diag::{Diagnostic, Sources};
use crate::run::{Observer, Silent};

/// The program that a study runs in: it shows progress and notes, and can stop the study.
pub trait Host: Sync {
    /// An observer of `runs` futures, with `what` as their title. It is dropped when they are done.
    fn observe(&self, _runs: u64, _what: &str) -> Box<dyn Observer + '_> {
        Box::new(Silent)
    }

    /// Whether the study should stop. It is asked between pieces of work of at most some tenths of a second.
    fn wants_stop(&self) -> bool {
        false
    }

    /// Called before files are written: from then on a stop must wait until they are cleaned up.
    fn begins_writing(&self) {}

    /// A note for the user, as text that ends with a line break.
    fn note(&self, _text: &str) {}

    /// The warnings of a scenario without errors.
    fn warnings(&self, _diagnostics: &[Diagnostic], _sources: &Sources) {}
}

/// A host that shows nothing and never stops.
#[derive(Debug, Clone, Copy, Default)]
pub struct Quiet;

impl Host for Quiet {}
