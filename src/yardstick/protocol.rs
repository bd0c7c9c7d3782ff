//! The procedure of a benchmark: which numbers of threads and runs, how often, and how much work at a time.

/// The time that a benchmark of one scenario may take. It takes longer if the smallest piece of work doesn't
/// fit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effort {
    /// Seconds of running before anything is measured, so that clock rates and caches are in their usual
    /// state.
    pub warm_up_s: f64,
    /// The number of rounds in which everything is measured in turns.
    pub rounds: usize,
    /// Seconds for all rounds together.
    pub rounds_s: f64,
    /// Seconds for all numbers of runs together.
    pub sizes_s: f64,
    /// The number of times that pictures, tables and report are written.
    pub outputs: usize,
    /// The smallest number of runs that are measured at a time; others are multiples of it. A number below
    /// that of a chunk would take more time per run.
    pub least_runs: u64,
}

impl Effort {
    /// Takes 12 to 20 seconds.
    pub const USUAL: Self =
        Self { warm_up_s: 0.4, rounds: 9, rounds_s: 13.0, sizes_s: 4.0, outputs: 4, least_runs: 512 };
    /// Takes about 6 seconds.
    pub const QUICK: Self =
        Self { warm_up_s: 0.1, rounds: 6, rounds_s: 3.6, sizes_s: 0.6, outputs: 1, least_runs: 512 };

    /// The time that the engine may run in one turn, in seconds, given how many numbers of threads are
    /// measured.
    ///
    /// In each round the engine has a turn with each number of threads, and all reference implementations
    /// together take about as long as two of these: draws and model less than one, the twin and the naive
    /// implementation half of one each.
    pub fn turn_s(self, thread_counts: usize) -> f64 {
        self.rounds_s / self.rounds as f64 / (thread_counts as f64 + 2.2)
    }

    /// The number of runs that takes about this time, when a run takes `ns_per_run`; at least twice the
    /// smallest number.
    pub fn runs_in(self, seconds: f64, ns_per_run: f64) -> u64 {
        let pieces = whole(seconds * 1e9 / ns_per_run / self.least_runs as f64).clamp(2, 128);
        pieces * self.least_runs
    }
}

/// The number of runs for a slow reference implementation: as many as fit into the time and the memory, at
/// least eight.
pub fn few_runs(seconds: f64, ns_per_run: f64, bytes: u64, bytes_per_run: u64) -> u64 {
    let in_time = whole(seconds * 1e9 / ns_per_run);
    in_time.min(bytes / bytes_per_run.max(1)).clamp(8, 100_000)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a saturating conversion")]
fn whole(number: f64) -> u64 {
    number as u64
}

/// The numbers of runs that are measured if there is time.
pub const SIZES: [u64; 4] = [1_000, 10_000, 100_000, 1_000_000];

/// 1, 2, 3, 4, then powers of two, and finally all threads.
pub fn thread_counts(all: usize) -> Vec<usize> {
    let doubled = std::iter::successors(Some(8_usize), |threads| threads.checked_mul(2));
    let mut counts: Vec<usize> = (1..=4).chain(doubled).take_while(|&threads| threads < all).collect();
    counts.push(all.max(1));
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_of_threads_up_to_four_is_measured_and_then_each_double() {
        assert_eq!(thread_counts(1), [1]);
        assert_eq!(thread_counts(2), [1, 2]);
        assert_eq!(thread_counts(6), [1, 2, 3, 4, 6]);
        assert_eq!(thread_counts(32), [1, 2, 3, 4, 8, 16, 32]);
    }

    #[test]
    fn work_fits_into_its_time() {
        let effort = Effort::USUAL;
        // A run of 100 µs: 0.2 s are 2,000 runs, of which three times 512 are whole pieces.
        assert_eq!(effort.runs_in(0.2, 100_000.0), 1536);
        assert_eq!(effort.runs_in(0.2, 1e12), 1024);
        assert_eq!(effort.runs_in(0.2, 1.0), 65_536);
        assert_eq!(few_runs(0.1, 1e6, 1 << 20, 1 << 10), 100);
        assert_eq!(few_runs(0.1, 1e6, 1 << 14, 1 << 10), 16);
        let turns = effort.turn_s(2) * (2.0 + 2.2) * 9.0;
        assert!((turns - effort.rounds_s).abs() < 1e-12);
    }
}
