//! The known past before a forecast: known values, known zeros, and years without figures.

use crate::plot::{Chart, Dots, Form, Intervals, Label, Line, Note, Weight, theme};
use crate::report::findings::has_whole_years;
use crate::results::RunResult;

/// Known years of a metric, in the units of a chart.
pub(super) struct Past {
    /// Year and value, in their order.
    known: Vec<(i32, f64)>,
    /// Year, low and high, of values that are known within bounds only.
    ranges: Vec<(i32, f64, f64)>,
    /// The first year of the forecast.
    until: i32,
    /// Whether all months of that year are forecast: the last known year is then joined with it.
    is_until_whole: bool,
}

impl Past {
    /// Values are divided by `factor`. Empty where the forecast has no whole year: known whole years can't be
    /// compared with parts of years.
    pub(super) fn of(result: &RunResult, path: &str, factor: f64) -> Self {
        let until = result.info.horizon.start.year();
        let is_until_whole = result.info.horizon.covers_year(until);
        if !has_whole_years(result) {
            return Self { known: Vec::new(), ranges: Vec::new(), until, is_until_whole };
        }
        let known = result.history_of(path).into_iter().map(|(year, value)| (year, value / factor));
        let ranges = result.ranges_of(path).into_iter();
        let ranges = ranges.map(|(year, low, high)| (year, low / factor, high / factor)).collect();
        Self { known: known.collect(), ranges, until, is_until_whole }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    pub(super) fn highest(&self) -> f64 {
        let ends = self.ranges.iter().map(|range| range.2);
        self.known.iter().map(|point| point.1).chain(ends).fold(0.0, f64::max)
    }

    /// Known years as dots; consecutive years are joined, the last also with the forecast if that follows it.
    pub(super) fn draw_by_year(&self, chart: &mut Chart, first: Option<(f64, f64)>) {
        let Some(&(last_year, last)) = self.known.last() else { return };
        let mut joined = Line::new(self.with_gaps(), theme::INK);
        joined.weight = Weight::Thin;
        chart.push(joined);
        if let Some(first) = first.filter(|_| self.is_until_whole && last_year + 1 == self.until) {
            let mut bridge = Line::new(vec![(f64::from(last_year), last), first], theme::GREY);
            (bridge.dashed, bridge.weight) = (true, Weight::Thin);
            chart.push(bridge);
        }
        chart.push(self.bounds(0.0));
        let label = if self.is_a_range(last_year) { "known within bounds" } else { "known" };
        chart.push(Dots { label: Some(Label::new(label)), ..self.dots() });
        self.draw_notes(chart, 0.0);
    }

    /// Known years as levels of their monthly mean.
    pub(super) fn draw_by_month(&self, chart: &mut Chart) {
        for (index, &(year, value)) in self.known.iter().enumerate() {
            // From the middle of January, which the data of the chart then names, to a little before the
            // year's end, so that the label keeps clear of the fan.
            let start = f64::from(year) + 0.5 / 12.0;
            let ends = vec![(start, value), (f64::from(year) + 0.9, value)];
            let mut line = Line { weight: Weight::Strong, ..Line::new(ends, theme::INK) };
            if index + 1 == self.known.len() && value != 0.0 {
                line.label = Some(Label::new(format!("{year}, monthly mean")));
            }
            chart.push(line);
        }
        chart.push(self.bounds(0.45));
        self.draw_notes(chart, 0.45);
    }

    /// Points alone, for small charts.
    pub(super) fn dots(&self) -> Dots {
        Dots { points: self.points(), color: theme::INK, label: None }
    }

    /// Values that are stated as ranges, from the lower to the upper end.
    pub(super) fn bounds(&self, aside: f64) -> Intervals {
        let points =
            self.ranges.iter().map(|&(year, low, high)| (f64::from(year) + aside, low, high)).collect();
        Intervals { points, color: theme::INK, form: Form::Whisker, label: None }
    }

    fn is_a_range(&self, year: i32) -> bool {
        self.ranges.iter().any(|range| range.0 == year)
    }

    fn points(&self) -> Vec<(f64, f64)> {
        self.known.iter().map(|&(year, value)| (f64::from(year), value)).collect()
    }

    /// Notes on known zeros, whose dots on the axis would be overlooked, and on years without figures.
    fn draw_notes(&self, chart: &mut Chart, aside: f64) {
        for &(year, _) in self.known.iter().filter(|(_, value)| *value == 0.0) {
            chart.push(Note::new(f64::from(year) + aside, 0.0, "0", theme::INK));
        }
        for (from, to) in self.gaps() {
            let middle = f64::midpoint(f64::from(from), f64::from(to)) + aside;
            chart.push(Note::new(middle, 0.65 * self.highest(), no_figures(from, to), theme::GREY).bare());
        }
    }

    /// The first and the last year of every gap without figures between the first known year and the
    /// forecast.
    fn gaps(&self) -> Vec<(i32, i32)> {
        let next = self.known.iter().skip(1).map(|point| point.0).chain([self.until]);
        let pairs = self.known.iter().map(|point| point.0).zip(next);
        pairs.filter(|(year, next)| year + 1 < *next).map(|(year, next)| (year + 1, next - 1)).collect()
    }

    fn with_gaps(&self) -> Vec<(f64, f64)> {
        let gaps = self.gaps().into_iter().map(|(year, _)| (f64::from(year), f64::NAN));
        let mut points: Vec<(f64, f64)> = self.points().into_iter().chain(gaps).collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        points
    }
}

/// `no figures for 2022–23`.
fn no_figures(from: i32, to: i32) -> String {
    match to - from {
        0 => format!("no figure for {from}"),
        _ if from / 100 == to / 100 => format!("no figures for {from}–{:02}", to % 100),
        _ => format!("no figures for {from}–{to}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_without_figures_are_gaps_and_are_named() {
        let known = vec![(2019, 4.0), (2020, 5.0), (2021, 0.0)];
        let past = Past { known, ranges: Vec::new(), until: 2025, is_until_whole: true };
        assert_eq!(past.gaps(), [(2022, 2024)]);
        assert!(past.with_gaps().iter().any(|point| point.0 == 2022.0 && point.1.is_nan()));
        let whole = Past { known: vec![(2024, 1.0)], ..past };
        assert!(whole.gaps().is_empty());
    }

    #[test]
    fn a_gap_is_said_in_few_words() {
        assert_eq!(no_figures(2022, 2023), "no figures for 2022–23");
        assert_eq!(no_figures(2022, 2022), "no figure for 2022");
        assert_eq!(no_figures(1998, 2003), "no figures for 1998–2003");
    }
}
