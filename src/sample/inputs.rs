//! The sampler: fills the inputs of one batch after another.

use super::process::{Noise, SeriesSpec};
use crate::batch::Inputs;
use crate::dist::Distribution;
use crate::rng::Stream;

/// One per-run input: a name, which is the key of its stream, and what it is drawn from.
#[derive(Debug, Clone, PartialEq)]
pub struct InputSpec {
    /// The path of the quantity in the scenario.
    pub path: String,
    /// In base units.
    pub distribution: Distribution,
}

/// Deals inputs to batches of `N` runs.
#[derive(Debug, Clone)]
pub struct Sampler<'a, const N: usize> {
    inputs: Vec<(Stream, &'a Distribution)>,
    series: Vec<Noise<N>>,
    dealt: Inputs<N>,
    first_run: u64,
    next_step: u64,
}

impl<'a, const N: usize> Sampler<'a, N> {
    /// A sampler of these inputs and series under a seed.
    pub fn new(seed: u64, inputs: &'a [InputSpec], series: &[SeriesSpec]) -> Self {
        let keyed = |input: &'a InputSpec| (Stream::new(seed, &input.path), &input.distribution);
        Self {
            inputs: inputs.iter().map(keyed).collect(),
            series: series.iter().map(|spec| Noise::new(seed, spec)).collect(),
            dealt: Inputs::new(inputs.len(), series.len()),
            first_run: 0,
            next_step: 0,
        }
    }

    /// Deals the per-run inputs of the runs `first_run`, `first_run + 1`, …
    pub fn begin(&mut self, first_run: u64) -> &Inputs<N> {
        (self.first_run, self.next_step) = (first_run, 0);
        let mut uniforms = [0.0; N];
        for ((stream, distribution), values) in self.inputs.iter().zip(&mut self.dealt.per_run) {
            stream.fill(first_run, 0, &mut uniforms);
            distribution.fill(&uniforms, &mut values.0);
        }
        for noise in &mut self.series {
            noise.begin(&self.dealt);
        }
        &self.dealt
    }

    /// Deals the shocks of the next month.
    pub fn step(&mut self) -> &Inputs<N> {
        for (noise, factor) in self.series.iter_mut().zip(&mut self.dealt.monthly) {
            *factor = noise.step(self.first_run, self.next_step);
        }
        self.next_step += 1;
        &self.dealt
    }
}
