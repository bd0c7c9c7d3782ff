//! The uniforms of one input, run by run.

use super::sobol::Directions;
use super::{latin, sobol};
use crate::rng::{Stream, uniform};

/// The purpose of the rows of an input's stream. Row 0 has a word for every run; the random design uses only
/// it, and the other designs fill their remaining digits from it.
const RUNS: u64 = 0;
pub(super) const ORDER: u64 = 1;
pub(super) const SCRAMBLE: u64 = 2;

/// The source of the uniforms of an input.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::sample) enum Points {
    Random(Stream),
    LatinHypercube(Stream),
    Sobol(Stream, Directions),
}

impl Points {
    /// Fills `out` with uniforms in (0, 1) for the runs `first_run`, `first_run + 1`, ….
    pub(in crate::sample) fn fill(&self, first_run: u64, out: &mut [f64]) {
        match self {
            Self::Random(stream) => stream.fill(first_run, RUNS, out),
            Self::LatinHypercube(stream) => {
                from_digits(*stream, latin::strata(*stream, first_run), first_run, out);
            }
            Self::Sobol(stream, directions) => {
                from_digits(*stream, sobol::points(*stream, directions), first_run, out);
            }
        }
    }
}

/// The first digits of a uniform, from the highest bit of a word on, and their number.
pub(super) struct Digits {
    pub(super) word: u64,
    pub(super) count: u32,
}

/// Fills `out` with uniforms that begin with these digits and continue with those of the stream.
fn from_digits(stream: Stream, mut digits: impl FnMut(u64) -> Digits, first_run: u64, out: &mut [f64]) {
    let row = stream.row(RUNS);
    for (run, u) in (first_run..).zip(out) {
        let Digits { word, count } = digits(run);
        *u = uniform(word | row.word(run) >> count);
    }
}
