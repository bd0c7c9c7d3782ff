//! The pictures of a comparison, as data. A scenario has the same colour in all of them: that of its index.

mod differences;
mod fans;
mod parts;
mod targets;

use super::{Picture, in_title, mass_axis, mass_unit, years_of};
use crate::compare::{Comparison, Contributions, FigureComparison, Mixed, Pairs};
use crate::plan::Period;
use crate::plot::{
    Band, Chart, Color, Dots, Form, Intervals, Label, Layer, Line, Mark, Marker, Note, Row, Rows, Strength,
    Weight, XAxis, YAxis, theme,
};
use crate::report::comparison::{largest, last_year, period, shown_periods, shown_years, year_in_words};
use crate::report::digits::Digits;
use crate::results::Summary;
use crate::units::Dimension;
use crate::units::format::{Format, Scale, chance, count};

/// The most fans that can be distinguished when they lie on one another; of more scenarios only medians are
/// drawn.
const MOST_FANS: usize = 3;
/// The most curves that have their names beside them, and not at their ends: with more, a name would lie on
/// other curves.
const MOST_NOTES: usize = 3;
/// The width over which the marks of all scenarios for one part of a year are spread, in years.
const BESIDE: f64 = 0.5;
/// The most targets that get a picture of their own.
const MOST_TARGETS: usize = 6;

/// A comparison with everything that its pictures show.
#[derive(Debug, Clone, Copy)]
pub struct View<'c> {
    /// The comparison.
    pub comparison: &'c Comparison,
    /// What parts add, with their names.
    pub parts: Option<(&'c Contributions, &'c [String])>,
    /// One forecast of all scenarios.
    pub mixed: Option<&'c [Mixed]>,
}

/// All pictures of a comparison, in reading order.
pub fn pictures(view: View<'_>) -> Vec<Picture> {
    let Some(page) = Page::of(view.comparison) else { return Vec::new() };
    let all = [
        ("exports-by-year", Some(page.fans())),
        ("exports-by-year-each", page.fans_apart()),
        ("difference-by-year", page.differences()),
        ("exports-in-last-year", Some(page.intervals())),
        ("chance-to-reach", page.chances()),
        ("parts", view.parts.and_then(|(found, names)| parts::waterfall(&page, found, names))),
        (
            "parts-alone-and-last",
            view.parts.and_then(|(found, names)| parts::alone_and_last(&page, found, names)),
        ),
        ("one-forecast", view.mixed.map(|mixed| page.mixed(mixed))),
    ];
    let mut pictures: Vec<Picture> = all
        .into_iter()
        .filter_map(|(name, chart)| Some(Picture { name: name.to_owned(), chart: chart? }))
        .collect();
    pictures.extend(page.targets());
    pictures
}

/// What all pictures share.
struct Page<'c> {
    comparison: &'c Comparison,
    /// Total exports of the shown years.
    volumes: Vec<&'c FigureComparison>,
    names: Vec<String>,
    scale: Scale,
}

impl<'c> Page<'c> {
    /// `None` where no year is compared.
    fn of(comparison: &'c Comparison) -> Option<Self> {
        let years = shown_years(comparison);
        let volumes: Vec<_> =
            years.into_iter().filter_map(|year| comparison.figure("volume", year)).collect();
        let scale = Scale::for_largest(Dimension::MASS, largest(&volumes));
        (!volumes.is_empty()).then(|| Self { comparison, volumes, names: names(comparison), scale })
    }

    /// The year that titles are about: there is one.
    fn last(&self) -> &'c FigureComparison {
        let last = last_year(self.comparison);
        let found = self.volumes.iter().find(|figure| Some(figure.figure.year) == last);
        found.unwrap_or(&self.volumes[self.volumes.len() - 1])
    }

    /// The years that may be joined by a line, and the parts of years, which may not.
    fn by_coverage(&self) -> (Vec<&'c FigureComparison>, Vec<&'c FigureComparison>) {
        let year = |figure: &&FigureComparison| period(self.comparison, figure.figure.year);
        let is_whole = |figure: &&FigureComparison| year(figure).is_none_or(Period::is_whole_year);
        if !self.volumes.iter().any(&is_whole) {
            return (self.volumes.clone(), Vec::new());
        }
        self.volumes.iter().partition(|figure| is_whole(figure))
    }

    /// The period of an axis of volumes; it says so where a year is covered in part only.
    fn per(&self) -> &'static str {
        let is_whole = shown_periods(self.comparison).iter().all(Period::is_whole_year);
        if is_whole { "year" } else { "year, as far as it is covered" }
    }

    /// An axis of years, on which parts of years have their months below them.
    fn years_axis(&self) -> XAxis {
        years_of(&shown_periods(self.comparison))
    }

    /// The parts of years of one of several scenarios, each drawn by itself: joined with whole years they
    /// would look like growth.
    fn parts_of_years(
        &self,
        scale: Scale,
        (place, of): (usize, usize),
        range: impl Fn(&FigureComparison) -> (f64, f64),
        middle: impl Fn(&FigureComparison) -> f64,
    ) -> Vec<Layer> {
        let (_, parts) = self.by_coverage();
        let color = theme::palette(place);
        // Side by side, so that none covers another.
        let aside =
            if of > 1 { BESIDE * ((place % of) as f64 - (of as f64 - 1.0) / 2.0) / of as f64 } else { 0.0 };
        let x = |figure: &FigureComparison| f64::from(figure.figure.year) + aside;
        let whisker = |figure: &&FigureComparison| {
            let (low, high) = range(figure);
            (x(figure), low / scale.factor, high / scale.factor)
        };
        let dot = |figure: &&FigureComparison| (x(figure), middle(figure) / scale.factor);
        if parts.is_empty() {
            return Vec::new();
        }
        let whiskers = parts.iter().map(whisker).collect();
        vec![
            Layer::Intervals(Intervals { points: whiskers, color, form: Form::Whisker, label: None }),
            Layer::Dots(Dots { points: parts.iter().map(dot).collect(), color, label: None }),
        ]
    }

    /// The last year in words.
    fn year(&self) -> String {
        year_in_words(self.comparison, self.last().figure.year)
    }

    fn chart(&self, title: String, what: &str, x: XAxis, y: YAxis) -> Chart {
        let mut chart = Chart::new(title, x, y);
        self.sign(&mut chart, what);
        chart
    }

    fn sign(&self, chart: &mut Chart, what: &str) {
        let info = &self.comparison.scenarios[0].info;
        let about = match &self.comparison.pairs {
            Pairs::Paired { runs } => format!("{} runs of each, on the same random numbers", count(*runs)),
            Pairs::Unpaired { .. } => "Independent runs".to_owned(),
        };
        chart.subtitle = format!("{what}. {about}.");
        chart.source = format!(
            "corridor {}, seed {}. Assumptions that differ: assumptions.csv",
            env!("CARGO_PKG_VERSION"),
            info.seed
        );
    }

    fn yearly(&self, scale: Scale, ends: impl Fn(&FigureComparison) -> (f64, f64)) -> Vec<(f64, f64, f64)> {
        let point = |figure: &&FigureComparison| {
            let (low, high) = ends(figure);
            (f64::from(figure.figure.year), low / scale.factor, high / scale.factor)
        };
        self.by_coverage().0.iter().map(point).collect()
    }

    fn line(&self, scale: Scale, of: impl Fn(&FigureComparison) -> f64, color: Color) -> Line {
        let points =
            self.yearly(scale, |figure| (of(figure), 0.0)).into_iter().map(|(x, y, _)| (x, y)).collect();
        let mut line = Line::new(points, color);
        line.weight = Weight::Strong;
        line
    }

    /// The known past, as far as the first scenario states it.
    fn history(&self, chart: &mut Chart) {
        let known = self.comparison.scenarios[0].history_of("volume");
        let points: Vec<(f64, f64)> =
            known.iter().map(|&(year, value)| (f64::from(year), value / self.scale.factor)).collect();
        if !points.is_empty() {
            chart.push(Dots { points, color: theme::INK, label: Some(Label::new("known")) });
        }
    }

    /// The last year in every scenario, one row each.
    fn intervals(&self) -> Chart {
        let last = self.last();
        let (factor, digits) = (self.scale.factor, Digits::of(Dimension::MASS, &last.values));
        let row = |(place, value): (usize, &Summary)| {
            let color = theme::palette(place);
            let ((low, high), (lower, upper)) = (value.interval_90(), value.interval_50());
            Row::new(self.names[place].clone())
                .with(Mark::Whisker { low: low / factor, high: high / factor, color })
                .with(Mark::Box {
                    low: lower / factor,
                    high: upper / factor,
                    color,
                    strength: Strength::Half,
                })
                .with(Mark::Dot { at: value.median() / factor, color })
                .valued(self.scale.show(value.median()))
        };
        let rows = Rows::of(last.values.iter().enumerate().map(row).collect()).headed("median");
        let (top, bottom) = extremes(&last.values);
        let spread = |place: usize| {
            let (low, high) = last.values[place].interval_90();
            format!("{} to {}", digits.values.show(low), digits.values.with_unit(high))
        };
        let title = format!(
            "90% interval of exports in {}: {} in {}",
            self.year(),
            spread(top),
            in_title(&self.names[top])
        );
        let title = if top == bottom {
            title
        } else {
            format!("{title}, {} in {}", spread(bottom), in_title(&self.names[bottom]))
        };
        let mut chart = Chart::of_rows(
            title,
            XAxis {
                from: Some(0.0),
                ..XAxis::numbers(format!("{} in {}", mass_unit(self.scale), self.year()))
            },
            rows,
        );
        self.sign(&mut chart, "Dot and number: median; box: 50% interval; line: 90% interval");
        chart
    }

    /// The chance that exports of the last year reach each level.
    fn chances(&self) -> Option<Chart> {
        const STEPS: u32 = 80;
        let last = self.last();
        let most = last.values.iter().map(|value| value.quantiles[6]).fold(0.0, f64::max) * 1.15;
        if most <= 0.0 || last.bins.iter().any(|bins| bins.list().is_empty()) {
            return None;
        }
        let (best, worst) = extremes(&last.values);
        let level = last.values[0].median();
        let at = |place: usize| chance(last.bins[place].share_of_at_least(level));
        let title = format!(
            "{} in {}: {} in {}, {} in {}",
            self.scale.show_with_unit(level),
            self.year(),
            at(best),
            in_title(&self.names[best]),
            at(worst),
            in_title(&self.names[worst])
        );
        let unit = format!("{} in {}", mass_unit(self.scale), self.year());
        let what = "Chance that exports are at least the amount on the axis";
        let mut chart = self.chart(
            format!("Chance of at least {title}"),
            what,
            XAxis::numbers(unit),
            YAxis::share("chance"),
        );
        for (place, bins) in last.bins.iter().enumerate() {
            // Where nothing is exported in some futures, the curve falls at zero.
            let shares = (1..=STEPS).map(|step| f64::from(step) / f64::from(STEPS));
            let points = [0.0, 1e-6].into_iter().chain(shares).map(|share| {
                let x = most * share;
                (x / self.scale.factor, bins.share_of_at_least(x))
            });
            let mut line = Line::new(points.collect(), theme::palette(place));
            line.dashed = place % 2 == 1;
            if self.names.len() > MOST_NOTES {
                line.label = Some(Label::new(self.names[place].clone()));
            }
            chart.push(line);
        }
        self.names_along_curves(&mut chart);
        chart.push(Marker {
            x: level / self.scale.factor,
            label: format!("median of {}", self.names[0]),
            dashed: true,
        });
        Some(chart)
    }

    /// All curves end near zero, where their names would overlap: so each name has a height of its own.
    fn names_along_curves(&self, chart: &mut Chart) {
        let last = self.last();
        let count = last.bins.len();
        for place in (0..count).filter(|_| count <= MOST_NOTES) {
            let p = 0.85 - 0.75 * (place as f64 + 0.5) / count as f64;
            let [x] = last.bins[place].quantiles([1.0 - p]);
            let reached = last.bins[place].share_of_at_least(x);
            chart.push(Note::new(
                x / self.scale.factor,
                reached,
                self.names[place].as_str(),
                theme::palette(place),
            ));
        }
    }

    /// One fan of all scenarios together.
    fn mixed(&self, mixed: &[Mixed]) -> Chart {
        let (joined, apart) = self.by_coverage();
        let of = |years: &[&FigureComparison]| -> Vec<&Mixed> {
            let is_in = |mixed: &&Mixed| years.iter().any(|figure| figure.figure.year == mixed.year);
            mixed.iter().filter(is_in).collect()
        };
        let (shown, parts) = (of(&joined), of(&apart));
        let band = |low: usize, high: usize, strength, label: &str| {
            let point = |mixed: &&Mixed| {
                let q = mixed.quantiles;
                (f64::from(mixed.year), q[low] / self.scale.factor, q[high] / self.scale.factor)
            };
            Band::new(shown.iter().map(point).collect(), theme::palette(0), strength).labelled(label)
        };
        let last = shown.iter().find(|mixed| mixed.year == self.last().figure.year);
        let last = last.map_or([0.0; 7], |mixed| mixed.quantiles);
        let format = Format::in_unit(self.scale, last[6], [last[4] - last[2]]);
        let title = format!(
            "All scenarios together: median exports of {} in {}; 50% interval {} {}",
            format.with_unit(last[3]),
            self.year(),
            format.range((last[2], last[4])),
            format.unit()
        );
        let what = "Total exports by year, if each scenario comes true with its weight as probability";
        let mut chart =
            self.chart(title, what, self.years_axis(), YAxis::volume(mass_axis(self.scale, self.per())));
        chart.push(band(0, 6, Strength::NineInTen, "90% interval"));
        chart.push(band(2, 4, Strength::Half, "50% interval"));
        let median =
            shown.iter().map(|mixed| (f64::from(mixed.year), mixed.quantiles[3] / self.scale.factor));
        let mut line =
            Line::new(median.collect(), theme::palette(0)).labelled(Label::new("median").with_value());
        line.weight = Weight::Strong;
        chart.push(line);
        if !parts.is_empty() {
            let at = |mixed: &&Mixed, place: usize| mixed.quantiles[place] / self.scale.factor;
            let whisker = |mixed: &&Mixed| (f64::from(mixed.year), at(mixed, 0), at(mixed, 6));
            let (color, label) = (theme::palette(0), None);
            let whiskers = parts.iter().map(whisker).collect();
            chart.push(Intervals { points: whiskers, color, form: Form::Whisker, label: label.clone() });
            let medians = parts.iter().map(|mixed| (f64::from(mixed.year), at(mixed, 3))).collect();
            chart.push(Dots { points: medians, color, label });
        }
        self.history(&mut chart);
        chart
    }
}

/// The labels of the scenarios in pictures, the same as on their page.
fn names(comparison: &Comparison) -> Vec<String> {
    crate::report::comparison::titles(&comparison.scenarios)
}

/// The indices of the largest and of the smallest median.
fn extremes(values: &[Summary]) -> (usize, usize) {
    let by = |a: &usize, b: &usize| values[*a].median().total_cmp(&values[*b].median());
    // If all are equal, the first is both: callers then mention only one.
    let most = (0..values.len()).rev().max_by(by).unwrap_or(0);
    (most, (0..values.len()).min_by(by).unwrap_or(0))
}
