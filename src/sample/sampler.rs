//! The sampler: fills the inputs of one batch after another.

use super::copula::Copula;
use super::design::Points;
use super::series::Series;
use super::{CopulaSpec, CorrelationSpec, InputSpec, Layout, SeriesSpec, correlation};
use crate::batch::{Inputs, Lanes};
use crate::dist::Distribution;
use std::sync::Arc;

/// Samples the inputs of batches of `N` runs.
///
/// In each month all series draw first, then correlated shocks are mixed, then the series advance: so no
/// series depends on the order in which they are computed.
#[derive(Debug, Clone)]
pub struct Sampler<'a, const N: usize> {
    /// Shared by all copies.
    inputs: Arc<[(Points, &'a Distribution)]>,
    copulas: Vec<Copula<'a>>,
    series: Vec<Series<'a, N>>,
    correlations: &'a [CorrelationSpec],
    /// This month's draw of each series: a standard normal or a uniform.
    draws: Vec<Lanes<N>>,
    sampled: Inputs<N>,
    first_run: u64,
    next_step: u64,
}

impl<'a, const N: usize> Sampler<'a, N> {
    /// A sampler of these inputs and series under a seed. Correlations refer to series by their index in
    /// `series`, copulas to inputs by theirs in `inputs`; none is in two groups. The layout contains the
    /// names of these inputs.
    pub fn new(
        seed: u64,
        inputs: &'a [InputSpec],
        series: &'a [SeriesSpec],
        correlations: &'a [CorrelationSpec],
        copulas: &'a [CopulaSpec],
        layout: &Layout,
    ) -> Self {
        let laid_out = |input: &'a InputSpec| (layout.points(seed, &input.path), &input.distribution);
        let values = series.iter().map(SeriesSpec::width).sum();
        Self {
            inputs: inputs.iter().map(laid_out).collect(),
            copulas: copulas.iter().map(Copula::new).collect(),
            series: series.iter().map(|spec| Series::new(seed, spec)).collect(),
            correlations,
            draws: vec![Lanes::ZERO; series.len()],
            sampled: Inputs::new(inputs.len(), values),
            first_run: 0,
            next_step: 0,
        }
    }

    /// Samples the per-run inputs of the runs `first_run`, `first_run + 1`, … All series are zero until the
    /// first step.
    pub fn begin(&mut self, first_run: u64) -> &Inputs<N> {
        (self.first_run, self.next_step) = (first_run, 0);
        for ((points, _), uniforms) in self.inputs.iter().zip(&mut self.sampled.per_run) {
            points.fill(first_run, &mut uniforms.0);
        }
        for copula in &self.copulas {
            copula.join(&mut self.sampled.per_run);
        }
        for ((_, distribution), values) in self.inputs.iter().zip(&mut self.sampled.per_run) {
            let uniforms = values.0;
            distribution.fill(&uniforms, &mut values.0);
        }
        self.sampled.monthly.fill(Lanes::ZERO);
        for series in &mut self.series {
            series.begin(&self.sampled);
        }
        &self.sampled
    }

    /// The inputs that were sampled last.
    pub fn dealt(&self) -> &Inputs<N> {
        &self.sampled
    }

    /// Samples the series of the next month.
    #[inline(always)]
    pub fn step(&mut self) -> &Inputs<N> {
        for (series, draw) in self.series.iter().zip(&mut self.draws) {
            *draw = series.draw(self.first_run, self.next_step);
        }
        for group in self.correlations {
            correlation::mix(&group.members, &group.cholesky, &mut self.draws);
        }
        let mut rest = self.sampled.monthly.as_mut_slice();
        for (series, &draw) in self.series.iter_mut().zip(&self.draws) {
            let (own, others) = rest.split_at_mut(series.width());
            series.step(self.first_run, self.next_step, draw, own);
            rest = others;
        }
        self.next_step += 1;
        &self.sampled
    }
}
