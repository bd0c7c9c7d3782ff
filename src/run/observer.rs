//! Who watches a run.

/// Watches a run from outside. All methods have empty bodies, so that an observer writes only what it needs.
pub trait Observer: Sync {
    /// Another round begins, after which so many runs will be done.
    fn round_begins(&self, _runs: u64) {}

    /// So many runs are done. Called from the thread that merged them, in no fixed rhythm.
    fn runs_done(&self, _done: u64) {}

    /// Whether the run is to stop. Asked before every chunk.
    fn wants_stop(&self) -> bool {
        false
    }
}

/// Watches nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Observer for Silent {}
