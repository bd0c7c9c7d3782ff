//! The pictures of a comparison, as data. A scenario has the same colour in all of them: that of its place.

mod parts;

use super::{Picture, end_of, mass_axis, mass_unit};
use crate::compare::{Comparison, Contributions, Difference, FigureComparison, Mixed, Pairs};
use crate::plot::{
    Band, Chart, Color, Dots, Label, Line, Mark, Marker, Row, Rows, Strength, Weight, XAxis, YAxis, theme,
};
use crate::report::comparison::targets::shared_targets;
use crate::report::comparison::{largest, last_year, shown_years};
use crate::results::{Summary, TargetResult};
use crate::units::Dimension;
use crate::units::format::{Scale, chance, count};

/// So many fans can be told apart when they lie on one another; of more scenarios only medians are drawn.
const MOST_FANS: usize = 3;
/// Targets that get a picture of their own.
const MOST_TARGETS: usize = 6;

/// A comparison, and what else was asked of it.
#[derive(Debug, Clone, Copy)]
pub struct View<'c> {
    /// The comparison.
    pub comparison: &'c Comparison,
    /// What parts add, with their names.
    pub parts: Option<(&'c Contributions, &'c [String])>,
    /// One forecast of all scenarios.
    pub mixed: Option<&'c [Mixed]>,
}

/// All pictures of a comparison, in the order in which they are best looked at.
pub fn pictures(view: View<'_>) -> Vec<Picture> {
    let Some(page) = Page::of(view.comparison) else { return Vec::new() };
    let all = [
        ("exports-by-year", Some(page.fans())),
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

    /// The last year that is shown: there is one.
    fn last(&self) -> &'c FigureComparison {
        self.volumes[self.volumes.len() - 1]
    }

    fn year(&self) -> i32 {
        last_year(self.comparison).unwrap_or_default()
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
        self.volumes.iter().map(point).collect()
    }

    fn line(&self, scale: Scale, of: impl Fn(&FigureComparison) -> f64, color: Color) -> Line {
        let points =
            self.yearly(scale, |figure| (of(figure), 0.0)).into_iter().map(|(x, y, _)| (x, y)).collect();
        let mut line = Line::new(points, color);
        line.weight = Weight::Strong;
        line
    }

    /// `Bridge: 33.3 kt in 2030 in the median future, the most; Baseline: 31.3 kt, the least`.
    fn fans(&self) -> Chart {
        let last = self.last();
        let (top, bottom) = extremes(&last.values);
        let middle = |place: usize| self.scale.show_with_unit(last.values[place].median());
        let title = if top == bottom {
            format!("Half of all futures lie above {} in {}, in every scenario", middle(top), self.year())
        } else {
            format!(
                "{}: {} in {} in the median future, the most; {}: {}, the least",
                self.names[top],
                middle(top),
                self.year(),
                self.names[bottom],
                middle(bottom)
            )
        };
        let few = self.names.len() <= MOST_FANS;
        let what = if few {
            "Total exports by year: medians, tints for half of all futures, thin lines for nine in ten"
        } else {
            "Total exports by year: the median future of each scenario"
        };
        let mut chart = self.chart(title, what, XAxis::years(), YAxis::volume(mass_axis(self.scale, "year")));
        for place in (0..self.names.len()).filter(|_| few) {
            let color = theme::palette(place);
            let wide = self.yearly(self.scale, |figure| figure.values[place].interval_90());
            chart.push(Band::new(wide, color, Strength::NineInTen).outlined());
            let half = self.yearly(self.scale, |figure| figure.values[place].interval_50());
            chart.push(Band::new(half, color, Strength::NineInTen));
        }
        for (place, name) in self.names.iter().enumerate() {
            let line = self.line(self.scale, |figure| figure.values[place].median(), theme::palette(place));
            chart.push(line.labelled(Label::new(name.clone()).with_value()));
        }
        self.history(&mut chart);
        chart
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

    /// Each scenario less the first, by year; with bands where there are few.
    fn differences(&self) -> Option<Chart> {
        let others = self.names.len() - 1;
        let figures = || self.volumes.iter().flat_map(|figure| &figure.differences);
        let size = figures().map(|difference| reach(difference, others < MOST_FANS)).fold(0.0, f64::max);
        if size == 0.0 {
            return None;
        }
        let scale = Scale::for_largest(Dimension::MASS, size);
        let bands = others < MOST_FANS && matches!(self.comparison.pairs, Pairs::Paired { .. });
        let what = if bands {
            format!(
                "Difference to {} by year, run by run: mean, tints for half and for nine in ten of all futures",
                self.names[0]
            )
        } else {
            format!("Mean difference to {} by year", self.names[0])
        };
        let y = YAxis::difference(mass_axis(scale, "year"));
        let mut chart = self.chart(self.difference_title(), &what, XAxis::years(), y);
        for place in (0..others).filter(|_| bands) {
            let color = theme::palette(place + 1);
            let of = |pick: fn(&Summary) -> (f64, f64)| {
                self.yearly(scale, |figure| {
                    figure.differences[place].paired.as_ref().map_or((0.0, 0.0), pick)
                })
            };
            chart.push(Band::new(of(Summary::interval_90), color, Strength::NineInTen));
            chart.push(Band::new(of(Summary::interval_50), color, Strength::Half));
        }
        for place in 0..others {
            let line = self.line(scale, |figure| figure.differences[place].mean, theme::palette(place + 1));
            chart.push(line.labelled(Label::new(self.names[place + 1].clone()).with_value()));
        }
        Some(chart)
    }

    /// `Financing limits takes 10.4 kt from exports in 2030, Bridge adds 2.9 kt`.
    fn difference_title(&self) -> String {
        let differences = &self.last().differences;
        let mut order: Vec<usize> = (0..differences.len()).collect();
        order.sort_by(|&a, &b| differences[b].mean.abs().total_cmp(&differences[a].mean.abs()));
        let say = |(rank, place): (usize, usize)| {
            let difference = differences[place].mean;
            let size = Scale::for_largest(Dimension::MASS, difference.abs()).show_with_unit(difference.abs());
            let name = &self.names[place + 1];
            let year = if rank == 0 { format!(" in {}", self.year()) } else { String::new() };
            match (difference == 0.0, difference > 0.0) {
                (true, _) => format!("{name} changes nothing{year}"),
                (_, true) => format!("{name} adds {size}{year}"),
                (_, false) => format!("{name} takes away {size}{year}"),
            }
        };
        order.into_iter().take(2).enumerate().map(say).collect::<Vec<_>>().join(", ")
    }

    /// The last year in every scenario, one row each.
    fn intervals(&self) -> Chart {
        let last = self.last();
        let factor = self.scale.factor;
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
                .ends("", self.scale.show(value.median()))
        };
        let rows = Rows::of(last.values.iter().enumerate().map(row).collect());
        let (top, bottom) = extremes(&last.values);
        let spread = |place: usize| {
            let (low, high) = last.values[place].interval_90();
            format!("{} to {}", self.scale.show(low), self.scale.show_with_unit(high))
        };
        let title =
            format!("In {} nine in ten futures lie from {} in {}", self.year(), spread(top), self.names[top]);
        let title = if top == bottom {
            title
        } else {
            format!("{title}, from {} in {}", spread(bottom), self.names[bottom])
        };
        let mut chart = Chart::of_rows(
            title,
            XAxis::numbers(format!("{} in {}", mass_unit(self.scale), self.year())),
            rows,
        );
        self.sign(
            &mut chart,
            "Dot and number for the median, box for half of all futures, line for nine in ten",
        );
        chart
    }

    /// The chance that the last year's exports are at least so much.
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
            self.names[best],
            at(worst),
            self.names[worst]
        );
        let unit = format!("{} in {}", mass_unit(self.scale), self.year());
        let what = "Chance that exports are at least so much";
        let mut chart = self.chart(
            format!("Chance of at least {title}"),
            what,
            XAxis::numbers(unit),
            YAxis::share("chance"),
        );
        for (place, bins) in last.bins.iter().enumerate() {
            let points = (0..=STEPS).map(|step| {
                let x = most * f64::from(step) / f64::from(STEPS);
                (x / self.scale.factor, bins.share_of_at_least(x))
            });
            let line = Line::new(points.collect(), theme::palette(place));
            chart.push(line.labelled(Label::new(self.names[place].clone())));
        }
        chart.push(Marker {
            x: level / self.scale.factor,
            label: format!("median of {}", self.names[0]),
            dashed: true,
        });
        Some(chart)
    }

    /// One fan of all scenarios together.
    fn mixed(&self, mixed: &[Mixed]) -> Chart {
        let shown: Vec<&Mixed> = mixed
            .iter()
            .filter(|mixed| self.volumes.iter().any(|figure| figure.figure.year == mixed.year))
            .collect();
        let band = |low: usize, high: usize, strength, label: &str| {
            let point = |mixed: &&Mixed| {
                let q = mixed.quantiles;
                (f64::from(mixed.year), q[low] / self.scale.factor, q[high] / self.scale.factor)
            };
            Band::new(shown.iter().map(point).collect(), theme::palette(0), strength).labelled(label)
        };
        let last = shown.last().map_or([0.0; 7], |mixed| mixed.quantiles);
        let title = format!(
            "All scenarios together: {} in {}; half of all futures lie between {} and {}",
            self.scale.show_with_unit(last[3]),
            self.year(),
            self.scale.show(last[2]),
            self.scale.show(last[4])
        );
        let what = "Total exports by year, if each scenario comes true with the chance that is its weight";
        let mut chart = self.chart(title, what, XAxis::years(), YAxis::volume(mass_axis(self.scale, "year")));
        chart.push(band(0, 6, Strength::NineInTen, "nine in ten"));
        chart.push(band(2, 4, Strength::Half, "half of all futures"));
        let median =
            shown.iter().map(|mixed| (f64::from(mixed.year), mixed.quantiles[3] / self.scale.factor));
        let mut line =
            Line::new(median.collect(), theme::palette(0)).labelled(Label::new("median").with_value());
        line.weight = Weight::Strong;
        chart.push(line);
        self.history(&mut chart);
        chart
    }

    /// When each shared target is reached, for the first targets whose chance differs most between scenarios.
    fn targets(&self) -> Vec<Picture> {
        let mut shared = shared_targets(&self.comparison.scenarios);
        let gap = |of: &[Option<&TargetResult>]| {
            let chances = || of.iter().flatten().map(|target| target.chance());
            chances().fold(0.0, f64::max) - chances().fold(1.0, f64::min)
        };
        shared.sort_by(|a, b| gap(&b.1).total_cmp(&gap(&a.1)));
        let picture = |(title, of): (String, Vec<Option<&TargetResult>>)| {
            let name = of.iter().flatten().next().map(|target| target.spec.name.clone())?;
            Some(Picture { name: format!("target-{name}"), chart: self.target(&title, &of) })
        };
        shared.into_iter().take(MOST_TARGETS).filter_map(picture).collect()
    }

    fn target(&self, title: &str, of: &[Option<&TargetResult>]) -> Chart {
        let said: Vec<String> = of
            .iter()
            .zip(&self.names)
            .filter_map(|(target, name)| {
                target.map(|target| format!("{} in {name}", chance(target.chance_by(usize::MAX))))
            })
            .collect();
        let said = if said.len() > 3 { Vec::new() } else { said };
        let title = if said.is_empty() { title.to_owned() } else { format!("{title}: {}", said.join(", ")) };
        let what =
            "Chance to have reached it by then; what is stated for a year counts by the last twelve months";
        let mut chart = self.chart(title, what, XAxis::dates(), YAxis::share("chance"));
        for (place, target) in of.iter().enumerate() {
            let Some(target) = target else { continue };
            let months = self.comparison.scenarios[place].months.iter().enumerate();
            let points = months.map(|(step, period)| (end_of(period), target.chance_by(step))).collect();
            let mut line = Line::new(points, theme::palette(place));
            line.weight = Weight::Strong;
            chart.push(line.labelled(Label::new(self.names[place].clone()).with_value()));
        }
        chart
    }
}

/// What scenarios are called in pictures: as on their page.
fn names(comparison: &Comparison) -> Vec<String> {
    crate::report::comparison::titles(&comparison.scenarios)
}

/// The places of the largest and of the smallest median.
fn extremes(values: &[Summary]) -> (usize, usize) {
    let by = |a: &usize, b: &usize| values[*a].median().total_cmp(&values[*b].median());
    // Of equal ones the first counts as the largest, too: then there is nothing to tell apart.
    let most = (0..values.len()).rev().max_by(by).unwrap_or(0);
    (most, (0..values.len()).min_by(by).unwrap_or(0))
}

/// How far a difference reaches on an axis.
fn reach(difference: &Difference, with_bands: bool) -> f64 {
    let ends = difference.paired.filter(|_| with_bands).map_or((0.0, 0.0), |paired| paired.interval_90());
    difference.mean.abs().max(ends.0.abs()).max(ends.1.abs())
}
