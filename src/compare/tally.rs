//! Adding up: of every figure its value in each scenario, and contrasts of those values run by run.

use crate::results::Summary;
use crate::run::Spread;
use crate::sample::Design;
use crate::stats::{Histogram, Moments};

/// Bins to a factor of two, as a power of two: as in the yearly figures of a run.
const BITS: u32 = 8;

/// Of some figures everything that a comparison needs, in memory that doesn't grow with the runs.
///
/// A cell is a scenario's value of a figure, or a contrast: a weighted sum of the scenarios' values in one run. Figures lie one
/// behind the other; the cells of one are its scenarios and then its contrasts.
pub(super) struct Tally {
    scenarios: usize,
    contrasts: Vec<Vec<f64>>,
    moments: Vec<Moments>,
    spread: Spread,
    histograms: Vec<Histogram>,
    /// Of every contrast of every figure: runs above zero, and below.
    signs: Vec<[u64; 2]>,
    chunk: u64,
}

impl Tally {
    /// Of so many figures. Each contrast has a weight for each scenario.
    pub(super) fn new(
        figures: usize,
        scenarios: usize,
        contrasts: Vec<Vec<f64>>,
        design: Design,
        most_runs: u64,
    ) -> Self {
        let cells = figures * (scenarios + contrasts.len());
        Self {
            scenarios,
            moments: vec![Moments::default(); cells],
            spread: Spread::new(design, most_runs, cells),
            histograms: vec![Histogram::new(BITS); cells],
            signs: vec![[0; 2]; figures * contrasts.len()],
            contrasts,
            chunk: 0,
        }
    }

    /// Takes the next chunk: of every figure its value in each scenario, a column of all runs that count each.
    pub(super) fn take(&mut self, figures: &[Vec<&[f64]>]) {
        let mut moments = Vec::with_capacity(self.moments.len());
        let mut room = Vec::new();
        let width = self.width();
        for (figure, columns) in figures.iter().enumerate() {
            let histograms = &mut self.histograms[figure * width..][..width];
            let signs = &mut self.signs[figure * self.contrasts.len()..][..self.contrasts.len()];
            for (column, histogram) in columns.iter().zip(histograms.iter_mut()) {
                moments.push(count(column, histogram));
            }
            for ((weights, histogram), signs) in
                self.contrasts.iter().zip(&mut histograms[self.scenarios..]).zip(signs)
            {
                contrast(weights, columns, &mut room);
                moments.push(count(&room, histogram));
                signs[0] += room.iter().filter(|x| **x > 0.0).count() as u64;
                signs[1] += room.iter().filter(|x| **x < 0.0).count() as u64;
            }
        }
        for (sum, more) in self.moments.iter_mut().zip(&moments) {
            sum.merge(more);
        }
        self.spread.add(self.chunk, &moments);
        self.chunk += 1;
    }

    /// Runs that count.
    pub(super) fn runs(&self) -> u64 {
        self.moments.first().map_or(0, Moments::count)
    }

    /// A figure in a scenario.
    pub(super) fn value(&self, figure: usize, scenario: usize) -> Summary {
        self.summary(self.cell(figure, scenario))
    }

    /// A contrast of a figure.
    pub(super) fn contrast(&self, figure: usize, contrast: usize) -> Summary {
        self.summary(self.cell(figure, self.scenarios + contrast))
    }

    /// The mean of a contrast and its standard error.
    pub(super) fn mean_and_error(&self, figure: usize, contrast: usize) -> (f64, f64) {
        let cell = self.cell(figure, self.scenarios + contrast);
        let moments = &self.moments[cell];
        (moments.mean(), self.spread.standard_error(cell, moments))
    }

    /// Runs in which a contrast is above zero, and below.
    pub(super) fn signs(&self, figure: usize, contrast: usize) -> [u64; 2] {
        self.signs[figure * self.contrasts.len() + contrast]
    }

    /// How often a figure was seen where, in a scenario.
    pub(super) fn histogram(&self, figure: usize, scenario: usize) -> &Histogram {
        &self.histograms[self.cell(figure, scenario)]
    }

    fn summary(&self, cell: usize) -> Summary {
        let moments = &self.moments[cell];
        let standard_error = self.spread.standard_error(cell, moments);
        Summary { standard_error, ..Summary::of(moments, Some(&self.histograms[cell])) }
    }

    fn cell(&self, figure: usize, place: usize) -> usize {
        figure * self.width() + place
    }

    fn width(&self) -> usize {
        self.scenarios + self.contrasts.len()
    }
}

fn count(values: &[f64], histogram: &mut Histogram) -> Moments {
    let moments = Moments::of(values);
    histogram.push(values, moments.extremes().unwrap_or_default());
    moments
}

/// The weighted sum of some columns, run by run.
fn contrast(weights: &[f64], columns: &[&[f64]], sum: &mut Vec<f64>) {
    sum.clear();
    sum.resize(columns.first().map_or(0, |column| column.len()), 0.0);
    for (weight, column) in weights.iter().zip(columns).filter(|(weight, _)| **weight != 0.0) {
        for (sum, x) in sum.iter_mut().zip(*column) {
            *sum += weight * x;
        }
    }
}
