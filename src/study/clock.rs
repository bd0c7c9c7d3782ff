//! Measuring run time.

use std::time::Instant;

/// A stopwatch. No result depends on it: it only fills `timings.json`.
#[derive(Debug, Clone, Copy)]
pub struct Clock(Instant);

impl Clock {
    #[expect(
        clippy::disallowed_methods,
        reason = "how long things took is reported beside results, never in them"
    )]
    /// Starts a stopwatch.
    #[must_use]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Seconds of wall time since the start.
    pub fn seconds(&self) -> f64 {
        self.0.elapsed().as_secs_f64()
    }
}
