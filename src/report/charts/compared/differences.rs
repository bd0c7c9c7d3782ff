//! What each scenario changes, by year.

use super::{MOST_FANS, Page};
use crate::compare::{Difference, FigureComparison, Pairs};
use crate::plot::{Band, Chart, Label, Layer, Panel, Strength, YAxis, theme};
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
        let parts: Vec<Vec<Layer>> = (0..others).map(|place| self.difference(place, scale, bands)).collect();
        let one_scale = others >= MOST_FANS;
        if one_scale {
            let ends =
                || figures().flat_map(|difference| ends(difference, bands)).map(|value| value / scale.factor);
            (y.min, y.max) = (Some(ends().fold(0.0, f64::min)), Some(ends().fold(0.0, f64::max)));
        }
        let mut chart = self.chart(self.difference_title(), &what, self.years_axis(), y);
        if one_scale {
            let last = |place: usize| self.last().differences[place].mean;
            let format = Digits::of_differences(scale, &self.last().differences).values;
            let panel = |(place, mut layers): (usize, Vec<Layer>)| {
                layers.extend(self.parts_of_differences(place, 1, scale, bands));
                let value = format.signed(last(place));
                Panel { title: self.names[place + 1].clone(), value, layers }
            };
            chart.push(Layer::Panels(parts.into_iter().enumerate().map(panel).collect()));
            return Some(chart);
        }
        for (place, mut layers) in parts.into_iter().enumerate() {
            if let Some(Layer::Line(line)) = layers.last_mut() {
                line.label = Some(Label::new(self.names[place + 1].clone()).with_value());
            }
            for layer in layers {
                chart.push(layer);
            }
            for part in self.parts_of_differences(place, others, scale, bands) {
                chart.push(part);
            }
        }
        Some(chart)
    }

    fn parts_of_differences(&self, place: usize, of: usize, scale: Scale, bands: bool) -> Vec<Layer> {
        let range = |figure: &FigureComparison| {
            let difference = &figure.differences[place];
            let paired = difference.paired.filter(|_| bands).map(|paired| paired.interval_90());
            paired.unwrap_or((difference.mean, difference.mean))
        };
        self.parts_of_years(scale, (place + 1, of), range, |figure| figure.differences[place].mean)
    }

    /// The bands of one difference, and its mean as the last layer.
    fn difference(&self, place: usize, scale: Scale, bands: bool) -> Vec<Layer> {
        let color = theme::palette(place + 1);
        let of = |pick: fn(&Summary) -> (f64, f64)| {
            self.yearly(scale, |figure| figure.differences[place].paired.as_ref().map_or((0.0, 0.0), pick))
        };
        let mean = self.line(scale, |figure| figure.differences[place].mean, color);
        let tints = [
            Band::new(of(Summary::interval_90), color, Strength::NineInTen),
            Band::new(of(Summary::interval_50), color, Strength::Half),
        ];
        tints.into_iter().filter(|_| bands).map(Layer::Band).chain([Layer::Line(mean)]).collect()
    }

    /// `Bridge adds 12.3 kt from 2025 to 2030 (+2.9 kt in 2030), Financing limits takes away 10.4 kt (−0.3
    /// kt)`.
    fn difference_title(&self) -> String {
        let last = &self.last().differences;
        let all: Vec<Option<Horizon>> =
            (0..last.len()).map(|place| horizon::of_difference(self.comparison, place)).collect();
        // Of a single year that year is all there is.
        let total = |place: usize| all[place].as_ref().map_or(last[place].mean, |horizon| horizon.total);
        let mut order: Vec<usize> = (0..last.len()).collect();
        order.sort_by(|&a, &b| total(b).abs().total_cmp(&total(a).abs()));
        let say = |(rank, place): (usize, usize)| {
            let (total, name) = (total(place), in_title(&self.names[place + 1]));
            let size = Scale::for_largest(Dimension::MASS, total.abs()).show_with_unit(total.abs());
            let is_first = rank == 0;
            let (when, of_last) = match &all[place] {
                None if is_first => (format!(" in {}", self.year()), String::new()),
                Some(_) if is_first => {
                    (format!(" from {}", horizon::span(self.comparison)), self.in_last_year(place, true))
                }
                Some(_) => (String::new(), self.in_last_year(place, false)),
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

    /// ` (+2.9 kt in 2030)`
    fn in_last_year(&self, place: usize, with_year: bool) -> String {
        let mean = self.last().differences[place].mean;
        let format = Format::new(Dimension::MASS, [mean], [mean]);
        let year = if with_year { format!(" in {}", self.year()) } else { String::new() };
        format!(" ({} {}{year})", format.signed(mean), format.unit())
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
