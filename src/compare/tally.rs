//! Adding up: of every figure its value in each scenario, and contrasts of those values run by run.

use super::steps::Steps;
use crate::results::Summary;
use crate::run::Spread;
use crate::sample::Design;
use crate::stats::{Bins, Histogram, Moments};

/// Bins to a factor of two, as a power of two: as in the yearly figures of a run.
const BITS: u32 = 8;

/// Of some figures everything that a comparison needs, in memory that doesn't grow with the runs.
///
/// A cell is a scenario's value of a figure, or a contrast: a weighted sum of differences between scenarios in one run. Figures lie
/// one behind the other; the cells of one are its scenarios and then its contrasts.
pub(super) struct Tally {
    scenarios: usize,
    contrasts: Vec<Steps>,
    moments: Vec<Moments>,
    spread: Spread,
    /// Of every cell whose whole distribution is asked for.
    histograms: Vec<Option<Histogram>>,
    /// Of every contrast of every figure: runs above zero, and below.
    signs: Vec<[u64; 2]>,
    chunk: u64,
}

impl Tally {
    /// Of so many figures. Of which scenarios the whole distribution is asked for, `told` says.
    pub(super) fn new(
        figures: usize,
        told: &[bool],
        contrasts: Vec<Steps>,
        design: Design,
        most_runs: u64,
    ) -> Self {
        let cells = figures * (told.len() + contrasts.len());
        let of_figure = told.iter().copied().chain(contrasts.iter().map(|contrast| contrast.is_told));
        let of_figure: Vec<Option<Histogram>> =
            of_figure.map(|is_told| is_told.then(|| Histogram::new(BITS))).collect();
        Self {
            scenarios: told.len(),
            moments: vec![Moments::default(); cells],
            spread: Spread::new(design, most_runs, cells),
            histograms: (0..figures).flat_map(|_| of_figure.clone()).collect(),
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
            for ((steps, histogram), signs) in
                self.contrasts.iter().zip(&mut histograms[self.scenarios..]).zip(signs)
            {
                steps.sum(columns, &mut room);
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

    /// How often a figure was seen where, in a scenario; nothing where that isn't asked for.
    pub(super) fn bins(&self, figure: usize, scenario: usize) -> Bins {
        let histogram = self.histograms[self.cell(figure, scenario)].as_ref();
        histogram.map_or_else(Bins::default, Histogram::to_bins)
    }

    fn summary(&self, cell: usize) -> Summary {
        let moments = &self.moments[cell];
        let standard_error = self.spread.standard_error(cell, moments);
        Summary { standard_error, ..Summary::of(moments, self.histograms[cell].as_ref()) }
    }

    fn cell(&self, figure: usize, place: usize) -> usize {
        figure * self.width() + place
    }

    fn width(&self) -> usize {
        self.scenarios + self.contrasts.len()
    }
}

fn count(values: &[f64], histogram: &mut Option<Histogram>) -> Moments {
    let moments = Moments::of(values);
    if let Some(histogram) = histogram {
        histogram.push(values, moments.extremes().unwrap_or_default());
    }
    moments
}
