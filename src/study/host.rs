//! What a study needs from the program that it runs in.

use crate::diag::{Diagnostic, Sources};
use crate::run::{Observer, Silent};

/// The surroundings of a study: who sees its progress and its notes, and who can stop it.
pub trait Host: Sync {
    /// Watches `runs` futures of something that is called `what`. The observer is dropped when they are done.
    fn observe(&self, _runs: u64, _what: &str) -> Box<dyn Observer + '_> {
        Box::new(Silent)
    }

    /// Whether the study should stop. It is asked between pieces of work of at most some tenths of a second.
    fn wants_stop(&self) -> bool {
        false
    }

    /// Files are written from now on: a stop must wait until they are put in order.
    fn begins_writing(&self) {}

    /// Something that the user should know, as text that ends with a line break.
    fn note(&self, _text: &str) {}

    /// The warnings of a scenario without errors.
    fn warnings(&self, _diagnostics: &[Diagnostic], _sources: &Sources) {}
}

/// A host that shows nothing and never stops.
#[derive(Debug, Clone, Copy, Default)]
pub struct Quiet;

impl Host for Quiet {}
