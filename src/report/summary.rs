//! The screen that a run ends with: yearly totals, main constraints, targets.

use super::digits::Digits;
use super::driven::{what_drives, what_would_move};
use super::findings::{
    CHANCE_IN_WORDS, FIRST_IN_WORDS, condition, deterministic_case, held_back, left_by_a_cause,
    over_all_years, year_of,
};
use super::register::Evidence;
use super::table::{Align, GAP, columns};
use crate::attribution::Drivers;
use crate::diag::{printable, wrap};
use crate::plan::Period;
use crate::results::{RunResult, Summary, TargetResult};
use crate::units::Dimension;
use crate::units::format::{chance, chance_range, count};

/// The width of a screen, and whether it has colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Screen {
    /// Columns to fill at most.
    pub width: usize,
    /// With terminal colours.
    pub colour: bool,
}

impl Screen {
    /// Breaks a text at blanks so that no line is wider than the screen.
    pub fn wrap(self, text: &str) -> String {
        wrap(text, self.width)
    }

    pub(super) fn bold(self, text: &str) -> String {
        if !self.colour {
            return text.to_owned();
        }
        let style = anstyle::Style::new().bold();
        format!("{style}{text}{style:#}")
    }

    /// A text with its little charts in colour.
    pub(super) fn with_bars(self, text: &str) -> String {
        if !self.colour {
            return text.to_owned();
        }
        let style = anstyle::AnsiColor::Cyan.on_default();
        let (begin, end) = (style.render().to_string(), style.render_reset().to_string());
        let (mut coloured, mut inside) = (String::with_capacity(2 * text.len()), false);
        for symbol in text.chars() {
            if BAR.contains(&symbol) != inside {
                inside = !inside;
                coloured += if inside { &begin } else { &end };
            }
            coloured.push(symbol);
        }
        if inside { coloured + &end } else { coloured }
    }

    pub(super) fn faint(self, text: &str) -> String {
        if !self.colour {
            return text.to_owned();
        }
        let style = anstyle::Style::new().dimmed();
        format!("{style}{text}{style:#}")
    }
}

/// The symbols of the little charts: median, 50% interval, 90% interval.
const BAR: [char; 3] = ['●', '━', '─'];

/// The summary of a run as text.
pub fn text(result: &RunResult, screen: Screen) -> String {
    let mut parts = vec![heading(result, screen), years(result, screen) + &in_words(result, screen)];
    if !result.targets.is_empty() {
        parts.push(targets(result, screen));
    }
    parts.push(evidence(result, screen));
    parts.join("\n")
}

/// What drives the result, in a few sentences; an empty text where nothing is uncertain.
pub fn drivers(drivers: &Drivers, screen: Screen) -> String {
    let sentences: Vec<String> =
        [what_drives(drivers), what_would_move(drivers)].into_iter().flatten().collect();
    if sentences.is_empty() {
        return String::new();
    }
    let text = printable(&sentences.join(" ")).replace('\u{a0}', " ");
    format!("\n{}\n{}\n", screen.bold("What drives it"), screen.wrap(&text))
}

fn heading(result: &RunResult, screen: Screen) -> String {
    let info = &result.info;
    let last = result.months.last().map_or(info.horizon.start, |period| period.start);
    let changes: Vec<String> =
        info.changes.iter().map(|change| format!("with {}\n", printable(change))).collect();
    format!(
        "{}\n{}{} possible future{}, {} to {}, seed {}\n",
        screen.bold(&printable(&info.title)),
        changes.concat(),
        count(info.runs),
        if info.runs == 1 { "" } else { "s" },
        info.horizon.start.in_words(),
        last.in_words(),
        info.seed
    )
}

/// The little chart in each year's row takes what the other columns leave, between these widths.
const BAR_WIDTHS: std::ops::RangeInclusive<usize> = 8..=24;

fn years(result: &RunResult, screen: Screen) -> String {
    let Some(metric) = result.metric("volume") else { return String::new() };
    let largest =
        metric.yearly.iter().map(|summary| summary.quantiles[6].max(summary.mean)).fold(0.0, f64::max);
    let digits = Digits::of(Dimension::MASS, &metric.yearly);
    let held_back: Vec<String> = result.years.iter().map(|period| held_back(result, period)).collect();
    let figures: Vec<Vec<String>> =
        result.years.iter().zip(&metric.yearly).map(|(p, summary)| figures(p, summary, digits)).collect();
    let bar_width = bar_width(&figures, &held_back, screen.width);
    let bars = metric.yearly.iter().map(|summary| bar(summary, largest, bar_width));
    let rows = figures.into_iter().zip(bars).zip(held_back).map(|((mut row, bar), held_back)| {
        row.extend([bar, held_back]);
        row
    });
    let bar_heading = format!("0{:>width$}", digits.values.show(largest), width = bar_width - 1);
    let heading = [FIGURES.as_slice(), &[bar_heading.as_str(), HELD_BACK]].concat();
    let align =
        [Align::Left, Align::Right, Align::Right, Align::Right, Align::Right, Align::Left, Align::Left];
    let table = columns(&heading, &align, rows.collect(), screen.width);
    let title = format!("Exports a year, {}", digits.values.unit());
    let note = format!(
        "± MC: half of the 95% Monte Carlo interval of the mean. Bars: ━ 50% interval, ─ 90% interval, ● \
         median. Main constraint: the cause that leaves most demand {}, and the share of futures in which it \
         does.",
        left_by_a_cause(result)
    );
    let table = screen.with_bars(&table);
    format!("{}\n{table}{}\n", screen.bold(&title), screen.faint(&screen.wrap(&note)))
}

/// Sentences about all years and about the deterministic case.
fn in_words(result: &RunResult, screen: Screen) -> String {
    let sentences = [over_all_years(result), deterministic_case(result)];
    sentences.into_iter().flatten().map(|text| screen.wrap(&text) + "\n").collect()
}

const FIGURES: [&str; 5] = ["year", "median", "90% interval", "mean", "± MC"];
const HELD_BACK: &str = "main constraint";

/// What the figures and the last column leave of the width.
fn bar_width(figures: &[Vec<String>], held_back: &[String], width: usize) -> usize {
    let widest =
        |cells: &mut dyn Iterator<Item = &str>| cells.map(|cell| cell.chars().count()).max().unwrap_or(0);
    let column = |c: usize| widest(&mut figures.iter().map(|row| row[c].as_str()).chain([FIGURES[c]]));
    let taken: usize = (0..FIGURES.len()).map(|c| column(c) + usize::from(GAP)).sum();
    let last = widest(&mut held_back.iter().map(String::as_str).chain([HELD_BACK]));
    width.saturating_sub(taken + last + 2 * usize::from(GAP)).clamp(*BAR_WIDTHS.start(), *BAR_WIDTHS.end())
}

fn figures(period: &Period, summary: &Summary, digits: Digits) -> Vec<String> {
    vec![
        period.in_short(),
        digits.values.show(summary.median()),
        digits.values.range(summary.interval_90()),
        digits.values.show(summary.mean),
        digits.error(summary.standard_error),
    ]
}

/// A small chart of one summary, from zero to the largest value that is shown: `  ──━━●━━━────`.
pub(super) fn bar(summary: &Summary, largest: f64, width: usize) -> String {
    let last = (width - 1) as f64;
    let column = |value: f64| if largest > 0.0 { (value / largest).clamp(0.0, 1.0) * last } else { 0.0 };
    let [low, _, lower, middle, upper, _, high] = summary.quantiles.map(column).map(f64::round);
    let symbol = |column: usize| match column as f64 {
        x if x == middle => BAR[0],
        x if (lower..=upper).contains(&x) => BAR[1],
        x if (low..=high).contains(&x) => BAR[2],
        _ => ' ',
    };
    (0..width).map(symbol).collect()
}

fn targets(result: &RunResult, screen: Screen) -> String {
    let row = |target: &TargetResult| {
        let half = target.first_with_chance(0.5, &result.years);
        vec![
            printable(&target.spec.title),
            condition(result, target),
            year_of(result, target.spec.year),
            chance(target.chance()),
            chance_range(target.interval),
            half.map_or_else(|| "—".to_owned(), |period| period.in_words()),
        ]
    };
    let heading = ["target", "that is", "in", "chance", "95% MC interval", "≥ 50% first in"];
    let align = [Align::Left, Align::Left, Align::Left, Align::Right, Align::Right, Align::Left];
    let table = columns(&heading, &align, result.targets.iter().map(row).collect(), screen.width);
    let note = format!("{CHANCE_IN_WORDS}. ≥ 50% first in: {FIRST_IN_WORDS}.");
    format!("{}\n{table}{}\n", screen.bold("Targets"), screen.faint(&screen.wrap(&note)))
}

/// How many assumptions have a source and how many are judgement.
fn evidence(result: &RunResult, screen: Screen) -> String {
    let text = format!("{} (simulate check lists them)", Evidence::of(&result.assumptions).in_words());
    screen.wrap(&text) + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(quantiles: [f64; 7]) -> Summary {
        Summary {
            mean: 1.0,
            sd: 0.0,
            quantiles,
            standard_error: 0.0,
            quantile_errors: [0.0; 7],
            central: 1.0,
        }
    }

    #[test]
    fn a_bar_shows_interval_half_and_median() {
        assert_eq!(
            bar(&summary([0.0, 1.0, 5.0, 10.0, 15.0, 20.0, 23.0]), 23.0, 24),
            "─────━━━━━●━━━━━────────"
        );
        assert_eq!(bar(&summary([0.0; 7]), 0.0, 24).trim_end(), "●");
    }

    #[test]
    fn text_is_wrapped_at_blanks() {
        let screen = Screen { width: 8, colour: false };
        assert_eq!(screen.wrap("one two three"), "one two\nthree");
    }
}
