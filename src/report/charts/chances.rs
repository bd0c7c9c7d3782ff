//! The distribution of total exports in the last year, and the chance that each level is reached.

use super::{MAIN, mass_unit, new_chart};
use crate::plot::{Chart, Color, Layer, Line, Marker, Note, Series, Stack, Weight, XAxis, YAxis, theme};
use crate::report::digits::Digits;
use crate::report::findings::{last_year, volume};
use crate::results::{RunResult, Summary};
use crate::units::Dimension;
use crate::units::format::{Format, Scale, chance};

/// Bars of the distribution.
const BARS: u32 = 40;
/// Points of the curve of chances.
const STEPS: u32 = 160;
/// The second level in a title is the one whose chance is nearest to this.
const UNLIKELY: f64 = 0.2;
/// The most levels whose chances are written beside the curve.
const MOST_LEVELS: usize = 8;

/// What both pictures share.
struct Year<'r> {
    result: &'r RunResult,
    summary: &'r Summary,
    when: String,
    scale: Scale,
    /// Where the axis ends, in tonnes: few futures lie beyond.
    end: f64,
}

impl<'r> Year<'r> {
    /// `None` where all futures are the same, or nothing is exported.
    fn of(result: &'r RunResult) -> Option<Self> {
        let (year, when) = last_year(result);
        let summary = volume(result, year)?;
        let [end] = result.last_year.quantiles([0.995]);
        let is_spread = summary.sd > 0.0 && end > 0.0;
        let scale = Scale::for_largest(Dimension::MASS, end);
        is_spread.then_some(Self { result, summary, when, scale, end })
    }

    fn axis(&self) -> XAxis {
        XAxis { from: Some(0.0), ..XAxis::numbers(format!("{} in {}", mass_unit(self.scale), self.when)) }
    }

    fn format(&self) -> Format {
        Digits::of(Dimension::MASS, [self.summary]).values
    }

    fn reached(&self, level: f64) -> f64 {
        self.result.last_year.share_of_at_least(level)
    }

    /// Round levels with chances from 10% to 95%, and those chances: below 10% the curve is so flat that a
    /// text would lie on it.
    fn round_levels(&self) -> Vec<(f64, f64)> {
        let end = self.end / self.scale.factor;
        let steps =
            (-300..300).flat_map(|power| [1.0, 2.0, 5.0].map(|mantissa| mantissa * 10_f64.powi(power)));
        let levels = |step: f64| -> Vec<(f64, f64)> {
            let all = (1..=1000).map(|i| f64::from(i) * step).take_while(|level| *level <= end);
            let read = all.map(|level| (level, self.reached(level * self.scale.factor)));
            read.filter(|(_, p)| (0.10..=0.95).contains(p)).collect()
        };
        let coarse_enough = |step: &f64| end / step <= 1000.0;
        steps.filter(coarse_enough).map(levels).find(|levels| levels.len() <= MOST_LEVELS).unwrap_or_default()
    }
}

/// The share of all futures by their exports, in bars of one width.
pub(super) fn distribution(result: &RunResult) -> Option<Chart> {
    let year = Year::of(result)?;
    let factor = year.scale.factor;
    let width = year.end / f64::from(BARS);
    let mut y = YAxis::share("share of all futures");
    y.max = None;
    let what = format!(
        "Share of all futures by their total exports, in steps of {}; darkest: 50% interval, lighter: 90% \
         interval",
        year.scale.show_with_unit(width)
    );
    let mut chart = new_chart(distribution_title(&year), &what, result, year.axis(), y);
    let bars: Vec<(f64, f64)> = (0..BARS)
        .map(|bar| f64::from(bar) * width)
        .map(|from| (from + 0.5 * width, year.reached(from) - year.reached(from + width)))
        .collect();
    chart.push(Layer::Bars(stack(&bars, &year)));
    let median = year.summary.median();
    let label = format!("median {}", year.format().show(median));
    chart.push(Marker { x: median / factor, label, dashed: false });
    Some(chart)
}

/// Bars in three tints: outside of the 90% interval, inside of it, inside of the 50% interval.
fn stack(bars: &[(f64, f64)], year: &Year<'_>) -> Stack {
    let color = theme::palette(MAIN);
    // Even the lightest stands out from white with a contrast of 3:1.
    let tints: [Color; 3] = [color.mixed(theme::PAPER, 0.25), color, color.mixed(theme::INK, 0.55)];
    let is_in = |(low, high): (f64, f64), x: f64| (low..=high).contains(&x);
    let ring = |x: f64| {
        usize::from(is_in(year.summary.interval_90(), x)) + usize::from(is_in(year.summary.interval_50(), x))
    };
    let series = |(index, color): (usize, Color)| {
        let value = |&(x, share): &(f64, f64)| if ring(x) == index { share } else { 0.0 };
        Series { label: String::new(), color, values: bars.iter().map(value).collect() }
    };
    let x = bars.iter().map(|bar| bar.0 / year.scale.factor).collect();
    Stack { x, series: tints.into_iter().enumerate().map(series).collect(), values: false }
}

/// `Exports in 2030: 90% interval 4 to 98 kt, 50% interval 21 to 62 kt`.
fn distribution_title(year: &Year<'_>) -> String {
    let range = |ends: (f64, f64)| format!("{} {}", year.format().range(ends), year.format().unit());
    format!(
        "Exports in {}: 90% interval {}, 50% interval {}",
        year.when,
        range(year.summary.interval_90()),
        range(year.summary.interval_50())
    )
}

/// The chance that exports reach each level, with the chances of some round levels written beside it.
pub(super) fn to_reach(result: &RunResult) -> Option<Chart> {
    let year = Year::of(result)?;
    let factor = year.scale.factor;
    let levels = year.round_levels();
    let what = "Chance that total exports of the year are at least the amount on the axis";
    let mut chart = new_chart(reach_title(&year, &levels), what, result, year.axis(), YAxis::share("chance"));
    // Where nothing is exported in some futures, the curve falls at zero.
    let barely = year.end * 1e-6;
    let steps = (1..=STEPS).map(|step| year.end * f64::from(step) / f64::from(STEPS));
    let points = [0.0, barely].into_iter().chain(steps);
    let mut line = Line::new(points.map(|x| (x / factor, year.reached(x))).collect(), theme::palette(MAIN));
    line.weight = Weight::Strong;
    chart.push(line);
    for (level, p) in levels {
        let words = format!("{} reach {}", chance(p), year.scale.show_with_unit(level * factor));
        chart.push(Note::new(level, p, words, theme::palette(MAIN)));
    }
    Some(chart)
}

/// `Exports of at least 20 kt in 2030 have a chance of 76%, of at least 80 kt one of 12%`.
fn reach_title(year: &Year<'_>, levels: &[(f64, f64)]) -> String {
    let say = |level: f64| year.scale.show_with_unit(level * year.scale.factor);
    let unlikely = |(_, p): &&(f64, f64)| (p - UNLIKELY).abs();
    let other = levels.iter().skip(1).min_by(|a, b| unlikely(a).total_cmp(&unlikely(b)));
    match (levels.first(), other) {
        (Some((low, p)), Some((high, q))) => format!(
            "Exports of at least {} in {} have a chance of {}, of at least {} one of {}",
            say(*low),
            year.when,
            chance(*p),
            say(*high),
            chance(*q)
        ),
        (Some((level, p)), None) => {
            format!("Exports of at least {} in {} have a chance of {}", say(*level), year.when, chance(*p))
        }
        (None, _) => format!("Exports in {} lie within a narrow range", year.when),
    }
}
