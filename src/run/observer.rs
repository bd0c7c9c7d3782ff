//! Observers of a run.

/// Observes a run from outside. All methods have default bodies, so that an observer implements only what it
/// needs.
pub trait Observer: Sync {
    /// A round begins, after which `runs` runs will be done.
    fn round_begins(&self, _runs: u64) {}

    /// `done` runs are done. Called from the thread that merged them, at irregular intervals.
    fn runs_done(&self, _done: u64) {}

    /// Whether the run is to stop. Asked before every chunk.
    fn wants_stop(&self) -> bool {
        false
    }
}

/// An observer that does nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Observer for Silent {}
