//! The pictures of a comparison, as data. A scenario has the same colour in all of them: that of its place.

mod fans;
mod parts;

use super::{Picture, end_of, in_title, mass_axis, mass_unit};
use crate::compare::{Comparison, Contributions, Difference, FigureComparison, Mixed, Pairs};
use crate::plot::{
    Band, Chart, Color, Dots, Label, Layer, Line, Mark, Marker, Note, Panel, Row, Rows, Strength, Weight,
    XAxis, YAxis, theme,
};
use crate::report::comparison::targets::shared_targets;
use crate::report::comparison::{largest, last_year, shown_years};
use crate::report::digits::Digits;
use crate::results::{Summary, TargetResult};
use crate::units::Dimension;
use crate::units::format::{Format, Scale, chance, count};

/// So many fans can be told apart when they lie on one another; of more scenarios only medians are drawn.
const MOST_FANS: usize = 3;
/// So many curves can have their names beside them.
const MOST_NOTES: usize = 6;
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

    /// The known past, as far as the first scenario states it.
    fn history(&self, chart: &mut Chart) {
        let known = self.comparison.scenarios[0].history_of("volume");
        let points: Vec<(f64, f64)> =
            known.iter().map(|&(year, value)| (f64::from(year), value / self.scale.factor)).collect();
        if !points.is_empty() {
            chart.push(Dots { points, color: theme::INK, label: Some(Label::new("known")) });
        }
    }

    /// Each scenario less the first, by year, with bands where runs are pairs; more than a few stand side by side.
    fn differences(&self) -> Option<Chart> {
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
            format!(
                "Difference to {base} by year, run by run: mean, tints for half and for nine in ten of all futures"
            )
        } else {
            format!("Mean difference to {base} by year")
        };
        let mut y = YAxis::difference(mass_axis(scale, "year"));
        let parts: Vec<Vec<Layer>> = (0..others).map(|place| self.difference(place, scale, bands)).collect();
        let one_scale = others >= MOST_FANS;
        if one_scale {
            let ends =
                || figures().flat_map(|difference| ends(difference, bands)).map(|value| value / scale.factor);
            (y.min, y.max) = (Some(ends().fold(0.0, f64::min)), Some(ends().fold(0.0, f64::max)));
        }
        let mut chart = self.chart(self.difference_title(), &what, XAxis::years(), y);
        if one_scale {
            let last = |place: usize| self.last().differences[place].mean;
            let format = Digits::of_differences(scale, &self.last().differences).values;
            let panel = |(place, layers): (usize, Vec<Layer>)| Panel {
                title: self.names[place + 1].clone(),
                value: format.signed(last(place)),
                layers,
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
        }
        Some(chart)
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

    /// `Financing limits takes away 10.4 kt in 2030 on average, Bridge adds 2.9 kt on average`.
    fn difference_title(&self) -> String {
        let differences = &self.last().differences;
        let digits = Digits::of_differences(self.scale, differences);
        let mut order: Vec<usize> = (0..differences.len()).collect();
        order.sort_by(|&a, &b| differences[b].mean.abs().total_cmp(&differences[a].mean.abs()));
        let say = |(rank, place): (usize, usize)| {
            let difference = differences[place].mean;
            let size = digits.values.with_unit(difference.abs());
            let name = in_title(&self.names[place + 1]);
            let year = if rank == 0 { format!(" in {}", self.year()) } else { String::new() };
            match (difference == 0.0, difference > 0.0) {
                (true, _) => format!("{name} changes nothing{year}"),
                (_, true) => format!("{name} adds {size}{year} on average"),
                (_, false) => format!("{name} takes away {size}{year} on average"),
            }
        };
        order.into_iter().take(2).enumerate().map(say).collect::<Vec<_>>().join(", ")
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
                .ends("", digits.values.show(value.median()))
        };
        let rows = Rows::of(last.values.iter().enumerate().map(row).collect());
        let (top, bottom) = extremes(&last.values);
        let spread = |place: usize| {
            let (low, high) = last.values[place].interval_90();
            format!("{} to {}", digits.values.show(low), digits.values.with_unit(high))
        };
        let title = format!(
            "In {} nine in ten futures lie from {} in {}",
            self.year(),
            spread(top),
            in_title(&self.names[top])
        );
        let title = if top == bottom {
            title
        } else {
            format!("{title}, from {} in {}", spread(bottom), in_title(&self.names[bottom]))
        };
        let mut chart = Chart::of_rows(
            title,
            XAxis {
                from: Some(0.0),
                ..XAxis::numbers(format!("{} in {}", mass_unit(self.scale), self.year()))
            },
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
            in_title(&self.names[best]),
            at(worst),
            in_title(&self.names[worst])
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

    /// All curves end near zero, where their names would stand in a heap: so each has its name at a height of its own.
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
        let format = Format::in_unit(self.scale, last[6], [last[4] - last[2]]);
        let title = format!(
            "All scenarios together: a median of {} in {}; half of all futures lie between {}",
            format.with_unit(last[3]),
            self.year(),
            format.between((last[2], last[4]))
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
        let by_the_year = of.iter().flatten().any(|target| target.counts_from > 0);
        let counted = if by_the_year {
            "; a year's figure counts from the twelfth month on, as that of the last twelve"
        } else {
            ""
        };
        let what = format!("Chance that it has ever been reached by the end of the month{counted}");
        let mut chart =
            self.chart(self.target_title(title, of), &what, XAxis::dates(), YAxis::share("chance"));
        let start = self.comparison.scenarios[0].info.horizon.start;
        chart.x.from = Some(start.as_years());
        for (place, target) in of.iter().enumerate() {
            let Some(target) = target else { continue };
            let months = self.comparison.scenarios[place].months.iter().enumerate().skip(target.counts_from);
            let points = months.map(|(step, period)| (end_of(period), target.chance_by(step))).collect();
            let line = Line {
                weight: Weight::Strong,
                dashed: place % 2 == 1,
                ..Line::new(points, theme::palette(place))
            };
            chart.push(Layer::Steps(line.labelled(Label::new(self.names[place].clone()).with_value())));
        }
        chart
    }

    /// `Exports double: 69% in Bridge, the most; 12% in Baseline, the least`.
    fn target_title(&self, title: &str, of: &[Option<&TargetResult>]) -> String {
        let end = |target: &TargetResult| target.chance_by(usize::MAX);
        let mut said: Vec<(f64, &String)> = of
            .iter()
            .zip(&self.names)
            .filter_map(|(target, name)| target.map(|target| (end(target), name)))
            .collect();
        said.sort_by(|a, b| b.0.total_cmp(&a.0));
        let say = |(p, name): &(f64, &String)| format!("{} in {}", chance(*p), in_title(name));
        let title = in_title(title);
        match &said[..] {
            [] => title,
            [only] => format!("{title}: {}", say(only)),
            [first, .., last] if chance(first.0) == chance(last.0) => {
                format!("{title}: {} in every scenario", chance(first.0))
            }
            [first, last] => format!("{title}: {}, {}", say(first), say(last)),
            [first, .., last] => format!("{title}: {}, the most; {}, the least", say(first), say(last)),
        }
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
    ends(difference, with_bands).map(f64::abs).into_iter().fold(0.0, f64::max)
}

/// Its mean, and the ends of what is drawn around it.
fn ends(difference: &Difference, with_bands: bool) -> [f64; 3] {
    let (low, high) =
        difference.paired.filter(|_| with_bands).map_or((0.0, 0.0), |paired| paired.interval_90());
    [difference.mean, low, high]
}
