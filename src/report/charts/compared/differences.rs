//! What each scenario changes, by year.

use super::{MOST_FANS, Page};
use crate::compare::{Difference, FigureComparison, Pairs};
use crate::plot::{self, Band, Chart, Label, Layer, Panel, Strength, YAxis, theme};
use crate::report::charts::{in_title, mass_axis};
use crate::report::comparison::horizon::{self, Horizon};
use crate::report::digits::Digits;
use crate::results::Summary;
use crate::units::Dimension;
use crate::units::format::{Format, Scale};

impl Page<'_> {
    /// The difference of each scenario to the first by year, with bands where runs are pairs; many are side
    /// by side.
    pub(super) fn differences(&self) -> Option<Chart> {
        let others = self.names.len() - 1;
        let bands = matches!(self.comparison.pairs, Pairs::Paired { .. });
        let figures = || self.volumes.iter().flat_map(|figure| &figure.differences);
        let size = figures().map(|difference| reach(difference, bands)).fold(0.0, f64::max);
        if size == 0.0 {
            return None;
        }
        let scale = Scale::for_largest(Dimension::MASS, size);
        let base = &self.names[0];
        let what = if bands {
            format!("Difference to {base} by year, run by run: mean, 50% interval and 90% interval")
        } else {
            format!("Mean difference to {base} by year")
        };
        let mut y = YAxis::difference(mass_axis(scale, self.per()));
        let parts: Vec<Vec<Layer>> = (0..others).map(|index| self.difference(index, scale, bands)).collect();
        let one_scale = others >= MOST_FANS;
        if one_scale {
            let ends =
                || figures().flat_map(|difference| ends(difference, bands)).map(|value| value / scale.factor);
            (y.min, y.max) = (Some(ends().fold(0.0, f64::min)), Some(ends().fold(0.0, f64::max)));
        }
        let mut chart = self.chart(String::new(), &what, self.years_axis(), y);
        if one_scale {
            let last = |index: usize| self.last().differences[index].mean;
            let format = Digits::of_differences(scale, &self.last().differences).values;
            let panel = |(index, mut layers): (usize, Vec<Layer>)| {
                layers.extend(self.parts_of_differences(index, 1, scale, bands));
                let value = format.signed(last(index));
                Panel { title: self.names[index + 1].clone(), value, layers }
            };
            chart.push(Layer::Panels(parts.into_iter().enumerate().map(panel).collect()));
            let written = |index: usize| format!("{} {}", format.signed(last(index)), scale.unit);
            chart.title = self.difference_title(written);
            return Some(chart);
        }
        for (index, mut layers) in parts.into_iter().enumerate() {
            if let Some(Layer::Line(line)) = layers.last_mut() {
                line.label = Some(Label::new(self.names[index + 1].clone()).with_value());
            }
            for layer in layers {
                chart.push(layer);
            }
            for part in self.parts_of_differences(index, others, scale, bands) {
                chart.push(part);
            }
        }
        // The title has the digits of the labels, which are those of the axis.
        let labels = plot::hover(&chart).points;
        let label = |index: usize| labels.iter().rev().find(|point| point.label == self.names[index + 1]);
        let written = |index: usize| match label(index) {
            Some(point) => format!("{} {}", point.value, scale.unit),
            None => self.in_last_year(index),
        };
        chart.title = self.difference_title(written);
        Some(chart)
    }

    fn parts_of_differences(&self, index: usize, of: usize, scale: Scale, bands: bool) -> Vec<Layer> {
        let range = |figure: &FigureComparison| {
            let difference = &figure.differences[index];
            let paired = difference.paired.filter(|_| bands).map(|paired| paired.interval_90());
            paired.unwrap_or((difference.mean, difference.mean))
        };
        self.parts_of_years(scale, (index + 1, of), range, |figure| figure.differences[index].mean)
    }

    /// The bands of one difference, and its mean as the last layer.
    fn difference(&self, index: usize, scale: Scale, bands: bool) -> Vec<Layer> {
        let color = theme::palette(index + 1);
        let of = |pick: fn(&Summary) -> (f64, f64)| {
            self.yearly(scale, |figure| figure.differences[index].paired.as_ref().map_or((0.0, 0.0), pick))
        };
        let mean = self.line(scale, |figure| figure.differences[index].mean, color);
        let tints = [
            Band::new(of(Summary::interval_90), color, Strength::NineInTen),
            Band::new(of(Summary::interval_50), color, Strength::Half),
        ];
        tints.into_iter().filter(|_| bands).map(Layer::Band).chain([Layer::Line(mean)]).collect()
    }

    /// `Bridge adds 12.3 kt from 2025 to 2030 (+2.9 kt in 2030), Financing limits takes away 10.4 kt (−0.3
    /// kt)`.
    fn difference_title(&self, written: impl Fn(usize) -> String) -> String {
        let last = &self.last().differences;
        let all: Vec<Option<Horizon>> =
            (0..last.len()).map(|index| horizon::of_difference(self.comparison, index)).collect();
        // Of a single year that year is all there is.
        let total = |index: usize| all[index].as_ref().map_or(last[index].mean, |horizon| horizon.total);
        let mut order: Vec<usize> = (0..last.len()).collect();
        order.sort_by(|&a, &b| total(b).abs().total_cmp(&total(a).abs()));
        let named: Vec<f64> = order.iter().take(2).map(|&index| total(index).abs()).collect();
        let format = Format::new(Dimension::MASS, named.iter().copied(), named.iter().copied());
        let say = |(rank, index): (usize, usize)| {
            let (total, name) = (total(index), in_title(&self.names[index + 1]));
            let size = format.with_unit(total.abs());
            let is_first = rank == 0;
            let (when, of_last) = match &all[index] {
                None if is_first => (format!(" in {}", self.year()), String::new()),
                Some(_) if is_first => (
                    format!(" from {}", horizon::span(self.comparison)),
                    format!(" ({} in {})", written(index), self.year()),
                ),
                Some(_) => (String::new(), format!(" ({})", written(index))),
                None => Default::default(),
            };
            match (total == 0.0, total > 0.0) {
                (true, _) => format!("{name} changes nothing{when}"),
                (_, true) => format!("{name} adds {size}{when}{of_last} on average"),
                (_, false) => format!("{name} takes away {size}{when}{of_last} on average"),
            }
        };
        order.into_iter().take(2).enumerate().map(say).collect::<Vec<_>>().join(", ")
    }

    /// `+2.9 kt`
    fn in_last_year(&self, index: usize) -> String {
        let mean = self.last().differences[index].mean;
        let format = Format::new(Dimension::MASS, [mean], [mean]);
        format!("{} {}", format.signed(mean), format.unit())
    }
}

/// The largest absolute value that is drawn of a difference.
fn reach(difference: &Difference, with_bands: bool) -> f64 {
    ends(difference, with_bands).map(f64::abs).into_iter().fold(0.0, f64::max)
}

/// The mean of a difference and the ends of its bands.
fn ends(difference: &Difference, with_bands: bool) -> [f64; 3] {
    let (low, high) =
        difference.paired.filter(|_| with_bands).map_or((0.0, 0.0), |paired| paired.interval_90());
    [difference.mean, low, high]
}
