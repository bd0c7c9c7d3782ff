//! Adding up: of every figure its value in each scenario, and contrasts of those values run by run.

use super::steps::Steps;
use crate::results::Summary;
use crate::run::Spread;
use crate::sample::Design;
use crate::stats::{Bins, Histogram, Histograms, Moments, Replicates, YEAR_BITS};

/// Of some figures everything that a comparison needs, in memory that doesn't grow with the runs.
///
/// A cell is a scenario's value of a figure, or a contrast: a weighted sum of differences between scenarios
/// in one run. Figures lie one behind the other; the cells of one are its scenarios and then its contrasts.
pub(super) struct Tally {
    scenarios: usize,
    contrasts: Vec<Steps>,
    moments: Vec<Moments>,
    spread: Spread,
    /// By place among a figure's cells, whether the whole distribution is asked for.
    told: Vec<bool>,
    /// Of every cell.
    histograms: Histograms,
    /// Of every contrast of every figure: runs above zero, and below.
    signs: Vec<[u64; 2]>,
}

impl Tally {
    /// Of so many figures. Of which scenarios the whole distribution is asked for, `told` says.
    pub(super) fn new(figures: usize, told: &[bool], contrasts: Vec<Steps>, design: Design) -> Self {
        let cells = figures * (told.len() + contrasts.len());
        let of_figure = told.iter().copied().chain(contrasts.iter().map(|contrast| contrast.is_told));
        Self {
            scenarios: told.len(),
            moments: vec![Moments::default(); cells],
            spread: Spread::new(design, cells),
            told: of_figure.collect(),
            histograms: Histograms::new(YEAR_BITS, cells),
            signs: vec![[0; 2]; figures * contrasts.len()],
            contrasts,
        }
    }

    /// Takes the next chunk: of every figure its value in each scenario, a column of all runs that count
    /// each, those of replicates of these lengths.
    pub(super) fn take(&mut self, figures: &[Vec<&[f64]>], lengths: &[usize]) {
        let (mut moments, mut replicates) =
            (Vec::with_capacity(self.moments.len()), Vec::with_capacity(self.moments.len()));
        let mut count = |moments: Moments, values: &[f64]| {
            replicates.push(Replicates::of(values, moments.mean(), lengths));
            moments
        };
        let mut room = Vec::new();
        for (figure, columns) in figures.iter().enumerate() {
            for (place, column) in columns.iter().enumerate() {
                moments.push(count(self.count(figure, place, column), column));
            }
            for contrast in 0..self.contrasts.len() {
                self.contrasts[contrast].sum(columns, &mut room);
                moments.push(count(self.count(figure, self.scenarios + contrast, &room), &room));
                let signs = &mut self.signs[figure * self.contrasts.len() + contrast];
                signs[0] += room.iter().filter(|x| **x > 0.0).count() as u64;
                signs[1] += room.iter().filter(|x| **x < 0.0).count() as u64;
            }
        }
        for (sum, more) in self.moments.iter_mut().zip(&moments) {
            sum.merge(more);
        }
        self.spread.add(&replicates);
    }

    /// Takes values of a cell.
    fn count(&mut self, figure: usize, place: usize, values: &[f64]) -> Moments {
        let moments = Moments::of(values);
        if self.told[place] {
            let cell = self.cell(figure, place);
            self.histograms.push(cell, values, moments.extremes().unwrap_or_default());
        }
        moments
    }

    /// Runs that count.
    pub(super) fn runs(&self) -> u64 {
        self.moments.first().map_or(0, Moments::count)
    }

    /// A figure in a scenario.
    pub(super) fn value(&self, figure: usize, scenario: usize) -> Summary {
        self.summary(figure, scenario)
    }

    /// A contrast of a figure.
    pub(super) fn contrast(&self, figure: usize, contrast: usize) -> Summary {
        self.summary(figure, self.scenarios + contrast)
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

    /// The mean of a figure in a scenario.
    pub(super) fn mean(&self, figure: usize, scenario: usize) -> f64 {
        self.moments[self.cell(figure, scenario)].mean()
    }

    /// The share of runs in which a contrast is larger than this, and less than its opposite; to a part of a
    /// histogram's bin (0.8% of the amount). `None` where its distribution isn't kept.
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

    /// How often a figure was seen where, in a scenario; nothing where that isn't asked for.
    pub(super) fn bins(&self, figure: usize, scenario: usize) -> Bins {
        self.histogram(figure, scenario).map_or_else(Bins::default, Histogram::to_bins)
    }

    fn summary(&self, figure: usize, place: usize) -> Summary {
        let cell = self.cell(figure, place);
        let moments = &self.moments[cell];
        let standard_error = self.spread.standard_error(cell, moments);
        Summary { standard_error, ..Summary::of(moments, self.histogram(figure, place)) }
    }

    fn histogram(&self, figure: usize, place: usize) -> Option<Histogram<'_>> {
        self.told[place].then(|| self.histograms.of(self.cell(figure, place)))
    }

    fn cell(&self, figure: usize, place: usize) -> usize {
        figure * self.width() + place
    }

    fn width(&self) -> usize {
        self.scenarios + self.contrasts.len()
    }
}
