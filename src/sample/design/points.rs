//! The uniforms of one input, run by run.

use super::sobol::Directions;
use super::{latin, sobol};
use crate::rng::{Stream, uniform};

/// What the rows of an input's stream are for. Row 0 has a word for every run; it alone is the random design,
/// and it fills the digits that the other designs leave open.
const RUNS: u64 = 0;
pub(super) const ORDER: u64 = 1;
pub(super) const SCRAMBLE: u64 = 2;

/// Where the uniforms of an input come from.
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
                place(*stream, latin::strata(*stream, first_run), first_run, out);
            }
            Self::Sobol(stream, directions) => {
                place(*stream, sobol::points(*stream, directions), first_run, out);
            }
        }
    }
}

/// The first digits of a uniform, from the highest bit of a word on, and how many they are.
pub(super) struct Digits {
    pub(super) word: u64,
    pub(super) count: u32,
}

/// The uniforms that begin with these digits; the stream has the others.
fn place(stream: Stream, mut digits: impl FnMut(u64) -> Digits, first_run: u64, out: &mut [f64]) {
    let row = stream.row(RUNS);
    for (run, u) in (first_run..).zip(out) {
        let Digits { word, count } = digits(run);
        *u = uniform(word | row.word(run) >> count);
    }
}
