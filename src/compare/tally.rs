//! Accumulators: for every figure its value in each scenario, and contrasts of those values run by run.

use super::steps::Steps;
use crate::results::Summary;
use crate::run::Spread;
use crate::sample::Design;
use crate::stats::{Bins, Histogram, Histograms, Moments, Replicates, YEAR_BITS};

/// All statistics that a comparison of some figures needs, in memory that doesn't grow with the runs.
///
/// A cell is a scenario's value of a figure, or a contrast: a weighted sum of differences between scenarios
/// in one run. Figures are consecutive; the cells of one are its scenarios and then its contrasts.
pub(super) struct Tally {
    scenarios: usize,
    contrasts: Vec<Steps>,
    moments: Vec<Moments>,
    spread: Spread,
    /// By index among a figure's cells, whether the whole distribution is computed.
    distributed: Vec<bool>,
    /// For every cell.
    histograms: Histograms,
    /// For every contrast of every figure, the number of runs above zero, and below.
    signs: Vec<[u64; 2]>,
}

impl Tally {
    /// For `figures` figures, with whole distributions of the scenarios for which `distributed` is true.
    pub(super) fn new(figures: usize, distributed: &[bool], contrasts: Vec<Steps>, design: Design) -> Self {
        let cells = figures * (distributed.len() + contrasts.len());
        let of_figure =
            distributed.iter().copied().chain(contrasts.iter().map(|contrast| contrast.is_distributed));
        Self {
            scenarios: distributed.len(),
            moments: vec![Moments::default(); cells],
            spread: Spread::new(design, cells),
            distributed: of_figure.collect(),
            histograms: Histograms::new(YEAR_BITS, cells),
            signs: vec![[0; 2]; figures * contrasts.len()],
            contrasts,
        }
    }

    /// Adds the next chunk: for every figure its value in each scenario, as columns of all runs that count,
    /// given the lengths of the replicates.
    pub(super) fn take(&mut self, figures: &[Vec<&[f64]>], lengths: &[usize]) {
        let (mut moments, mut replicates) =
            (Vec::with_capacity(self.moments.len()), Vec::with_capacity(self.moments.len()));
        let mut count = |moments: Moments, values: &[f64]| {
            replicates.push(Replicates::of(values, moments.mean(), lengths));
            moments
        };
        let mut values = Vec::new();
        for (figure, columns) in figures.iter().enumerate() {
            for (index, column) in columns.iter().enumerate() {
                moments.push(count(self.count(figure, index, column), column));
            }
            for contrast in 0..self.contrasts.len() {
                self.contrasts[contrast].sum(columns, &mut values);
                moments.push(count(self.count(figure, self.scenarios + contrast, &values), &values));
                let signs = &mut self.signs[figure * self.contrasts.len() + contrast];
                signs[0] += values.iter().filter(|x| **x > 0.0).count() as u64;
                signs[1] += values.iter().filter(|x| **x < 0.0).count() as u64;
            }
        }
        for (sum, more) in self.moments.iter_mut().zip(&moments) {
            sum.merge(more);
        }
        self.spread.add(&replicates);
    }

    /// Adds values of a cell.
    fn count(&mut self, figure: usize, index: usize, values: &[f64]) -> Moments {
        let moments = Moments::of(values);
        if self.distributed[index] {
            let cell = self.cell(figure, index);
            self.histograms.push(cell, values, moments.extremes().unwrap_or_default());
        }
        moments
    }

    /// The number of runs that count.
    pub(super) fn runs(&self) -> u64 {
        self.moments.first().map_or(0, Moments::count)
    }

    /// The distribution of a figure in a scenario.
    pub(super) fn value(&self, figure: usize, scenario: usize) -> Summary {
        self.summary(figure, scenario)
    }

    /// The distribution of a contrast of a figure.
    pub(super) fn contrast(&self, figure: usize, contrast: usize) -> Summary {
        self.summary(figure, self.scenarios + contrast)
    }

    /// The mean of a contrast and its standard error.
    pub(super) fn mean_and_error(&self, figure: usize, contrast: usize) -> (f64, f64) {
        let cell = self.cell(figure, self.scenarios + contrast);
        let moments = &self.moments[cell];
        (moments.mean(), self.spread.standard_error(cell, moments))
    }

    /// The numbers of runs in which a contrast is above zero, and below.
    pub(super) fn signs(&self, figure: usize, contrast: usize) -> [u64; 2] {
        self.signs[figure * self.contrasts.len() + contrast]
    }

    /// The mean of a figure in a scenario.
    pub(super) fn mean(&self, figure: usize, scenario: usize) -> f64 {
        self.moments[self.cell(figure, scenario)].mean()
    }

    /// The share of runs in which a contrast is larger than `least`, and the share in which it is less than
    /// −`least`; precise to a part of a histogram's bin (0.8% of the amount). `None` where its distribution
    /// isn't kept.
    pub(super) fn chances_beyond(&self, figure: usize, contrast: usize, least: f64) -> Option<[f64; 2]> {
        let [has_above, has_below] = self.signs(figure, contrast).map(|count| count > 0);
        if !has_above && !has_below {
            return Some([0.0; 2]);
        }
        let bins = self.histogram(figure, self.scenarios + contrast)?.to_bins();
        let above = if has_above { bins.share_of_at_least(least) } else { 0.0 };
        let below = if has_below { 1.0 - bins.share_of_at_least(-least) } else { 0.0 };
        Some([above, below])
    }

    /// The histogram of a figure in a scenario; empty where it isn't computed.
    pub(super) fn bins(&self, figure: usize, scenario: usize) -> Bins {
        self.histogram(figure, scenario).map_or_else(Bins::default, Histogram::to_bins)
    }

    fn summary(&self, figure: usize, index: usize) -> Summary {
        let cell = self.cell(figure, index);
        let moments = &self.moments[cell];
        let standard_error = self.spread.standard_error(cell, moments);
        Summary { standard_error, ..Summary::of(moments, self.histogram(figure, index)) }
    }

    fn histogram(&self, figure: usize, index: usize) -> Option<Histogram<'_>> {
        self.distributed[index].then(|| self.histograms.of(self.cell(figure, index)))
    }

    fn cell(&self, figure: usize, index: usize) -> usize {
        figure * self.width() + index
    }

    fn width(&self) -> usize {
        self.scenarios + self.contrasts.len()
    }
}
