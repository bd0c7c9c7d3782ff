//! The screen that a comparison ends with.

use super::assumptions;
use super::targets::{dates, shared_targets, with_error};
use super::verdicts::verdicts;
use super::{labels, largest, last_year, shown_years};
use crate::compare::{Comparison, Difference, Dominance, FigureComparison, Pairs, differing};
use crate::diag::printable;
use crate::report::findings::{cause_in_words, main_constraint};
use crate::report::summary::Screen;
use crate::report::table::{Align, columns};
use crate::results::{RunResult, Summary, TargetResult};
use crate::units::Dimension;
use crate::units::format::{Scale, chance, count};
use std::collections::BTreeSet;

/// So many rows of volumes by year still fit a screen; of more, three years are shown.
const MOST_ROWS: usize = 18;
/// What is shown of the last year beside the total volume, if there is any of it in a scenario.
const FURTHER: [&str; 8] = [
    "value",
    "unmet",
    "unmet.finance",
    "unmet.logistics",
    "unmet.policy",
    "unmet.border",
    "finance.debt",
    "lender.npv",
];

/// The comparison as text.
pub fn text(comparison: &Comparison, screen: Screen) -> String {
    let page = Page { comparison, labels: labels(&comparison.scenarios), screen };
    let parts = [
        page.heading(),
        page.assumptions(),
        page.volumes(),
        page.further(),
        page.asked(),
        page.targets(),
        page.causes(),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

struct Page<'c> {
    comparison: &'c Comparison,
    labels: Vec<String>,
    screen: Screen,
}

impl Page<'_> {
    fn titled(&self, title: &str, table: &str, note: &str) -> String {
        let note =
            if note.is_empty() { String::new() } else { self.screen.faint(&self.screen.wrap(note)) + "\n" };
        format!("{}\n{table}{note}", self.screen.bold(title))
    }

    fn heading(&self) -> String {
        let others = self.labels[1..].join(", ");
        let title = self.screen.bold(&format!("{others} against {}", self.labels[0]));
        let info = &self.comparison.scenarios[0].info;
        let about = match &self.comparison.pairs {
            Pairs::Paired { runs: 1 } => format!(
                "One future of each, from {}, seed {}: it shows what could be, and nothing of how likely that is.",
                info.horizon.start.in_words(),
                info.seed
            ),
            Pairs::Paired { runs } => format!(
                "{} futures of each, from {}, seed {}. Run by run on the same random numbers: a difference is what the \
                 scenario changes, in the same future.",
                count(*runs),
                info.horizon.start.in_words(),
                info.seed
            ),
            Pairs::Unpaired { reason } => format!(
                "Compared as independent samples, because {}: errors of differences are larger than they would be run by \
                 run, and how a single future differs is not known.",
                printable(reason)
            ),
        };
        let found = self.years_left_out() + &self.verdicts();
        let changes = self.comparison.scenarios.iter().zip(&self.labels).flat_map(|(result, label)| {
            result.info.changes.iter().map(move |change| format!("{label} with {}\n", printable(change)))
        });
        format!("{title}\n{}\n{}{found}", self.screen.wrap(&about), changes.collect::<String>())
    }

    /// Years that some scenarios cover and others don't.
    fn years_left_out(&self) -> String {
        let all: BTreeSet<i32> =
            self.comparison.scenarios.iter().flat_map(|result| result.info.horizon.years()).collect();
        let is_compared = |year: &&i32| self.comparison.figure("volume", **year).is_some();
        let out: Vec<String> =
            all.iter().filter(|year| !is_compared(year)).map(ToString::to_string).collect();
        match out.as_slice() {
            [] => String::new(),
            [one] => self.screen.wrap(&format!("Left out: {one}, which not every scenario covers.")) + "\n",
            [first, .., last] => {
                let text = format!("Left out: {first} to {last}, which not every scenario covers.");
                self.screen.wrap(&text) + "\n"
            }
        }
    }

    fn verdicts(&self) -> String {
        let lines = verdicts(self.comparison, &self.labels);
        lines.iter().map(|line| self.screen.wrap(line) + "\n").collect()
    }

    fn assumptions(&self) -> String {
        let text = assumptions::text(&differing(&self.comparison.scenarios), &self.labels, self.screen);
        let brackets = if text.contains("Only in ") { "In brackets how many values. " } else { "" };
        let note = format!("{brackets}In full: assumptions.csv; register of each scenario: simulate check.");
        self.titled("Assumptions that differ", &text, if text == "none\n" { "" } else { &note })
    }

    fn volumes(&self) -> String {
        let mut years = shown_years(self.comparison);
        if years.len() * self.labels.len() > MOST_ROWS && years.len() > 3 {
            years = vec![years[0], years[years.len() / 2], years[years.len() - 1]];
        }
        let figures: Vec<&FigureComparison> =
            years.iter().filter_map(|&year| self.comparison.figure("volume", year)).collect();
        let scale = Scale::for_largest(Dimension::MASS, largest(&figures));
        let rows =
            figures.iter().flat_map(|figure| self.rows(figure, &figure.figure.year.to_string(), scale));
        let note = "Mean and range that holds nine in ten futures; difference to the first: its mean, the range that holds nine in \
                    ten of the futures' own differences, the Monte Carlo standard error of its mean, and in how many \
                    futures there is more. ▲ more whatever the amount (▼ less): at least as likely to reach it.";
        self.titled(&format!("Exports a year, {}", scale.unit), &self.table("year", rows.collect()), note)
    }

    fn further(&self) -> String {
        let Some(year) = last_year(self.comparison) else { return String::new() };
        let found = FURTHER.iter().filter_map(|path| self.comparison.figure(path, year));
        let rows: Vec<Vec<String>> = found
            .filter(|figure| figure.values.iter().any(|value| value.sd > 0.0 || value.mean != 0.0))
            .flat_map(|figure| {
                let scale = Scale::for_largest(figure.figure.dimension, largest(&[figure]));
                self.rows(figure, &format!("{}, {}", in_short(&figure.figure.path), scale.unit), scale)
            })
            .collect();
        if rows.is_empty() {
            return String::new();
        }
        let note = "Value at the border; unmet: wanted and not exported, and for want of what; debt: owed at the end of the year; \
                    lender: net present value of the lending so far.";
        self.titled(&format!("Further figures in {year}"), &self.table("figure", rows), note)
    }

    /// What `--metric` and `--precision-of` name, by year.
    fn asked(&self) -> String {
        let shown = self.comparison.asked.iter().filter(|path| *path != "volume");
        let tables: Vec<String> = shown.map(|path| self.asked_for(path)).collect();
        tables.into_iter().filter(|table| !table.is_empty()).collect::<Vec<_>>().join("\n")
    }

    fn asked_for(&self, path: &str) -> String {
        let years = shown_years(self.comparison);
        let figures: Vec<&FigureComparison> =
            years.iter().filter_map(|&year| self.comparison.figure(path, year)).collect();
        let Some(first) = figures.first() else { return String::new() };
        let scale = Scale::for_largest(first.figure.dimension, largest(&figures));
        let rows =
            figures.iter().flat_map(|figure| self.rows(figure, &figure.figure.year.to_string(), scale));
        let unit = if scale.unit.is_empty() { String::new() } else { format!(", {}", scale.unit) };
        let title = format!("{} ({}){unit}", printable(&first.figure.title), printable(path));
        self.titled(&title, &self.table("year", rows.collect()), "")
    }

    fn table(&self, first: &str, rows: Vec<Vec<String>>) -> String {
        let heading =
            [first, "scenario", "mean", "90% interval", "difference", "90% interval", "± MC", "more in", ""];
        let align = [
            Align::Left,
            Align::Left,
            Align::Right,
            Align::Right,
            Align::Right,
            Align::Right,
            Align::Right,
            Align::Right,
            Align::Left,
        ];
        columns(&heading, &align, rows, self.screen.width)
    }

    /// A row for each scenario; what they share stands in the first.
    fn rows(&self, figure: &FigureComparison, name: &str, scale: Scale) -> Vec<Vec<String>> {
        let decimals = scale.decimals(largest(&[figure]));
        let row = |scenario: usize| {
            let value = &figure.values[scenario];
            let mut row = vec![
                if scenario == 0 { name.to_owned() } else { String::new() },
                self.labels[scenario].clone(),
                scale.show_fixed(value.mean, decimals),
                interval(value, scale, decimals),
            ];
            match scenario.checked_sub(1).map(|place| &figure.differences[place]) {
                None => row.extend(["", "", "", "", ""].map(str::to_owned)),
                Some(difference) => row.extend(against(difference, scale, decimals)),
            }
            row
        };
        (0..self.labels.len()).map(row).collect()
    }

    /// Targets that more than one scenario has, or all if there is only one of each.
    fn targets(&self) -> String {
        let rows: Vec<Vec<String>> = shared_targets(&self.comparison.scenarios)
            .into_iter()
            .flat_map(|(title, of)| {
                let chances = of.iter().map(|target| target.map_or_else(dash, with_error));
                let dates = of.iter().map(|target| target.map_or_else(dash, dates));
                let is_reached = |target: &&TargetResult| target.date_with_chance(0.5).is_some();
                let chances = std::iter::once(printable(&title)).chain(chances).collect::<Vec<_>>();
                let dates = std::iter::once("   reached by: half / 90%".to_owned()).chain(dates).collect();
                let has_dates = of.iter().flatten().any(is_reached);
                std::iter::once(chances).chain(has_dates.then_some(dates))
            })
            .collect();
        if rows.is_empty() {
            return String::new();
        }
        let heading: Vec<&str> =
            std::iter::once("target").chain(self.labels.iter().map(String::as_str)).collect();
        let mut align = vec![Align::Right; heading.len()];
        align[0] = Align::Left;
        let table = columns(&heading, &align, rows, self.screen.width);
        self.titled("Targets", &table, "Chance in the target's year ± its Monte Carlo standard error. Reached by: the months by which half and nine in ten of all \
             futures have reached it at any time, counted over the last twelve months; a future may fall back later, so a \
             date can stand beside a smaller chance.")
    }

    fn causes(&self) -> String {
        let Some(year) = last_year(self.comparison) else { return String::new() };
        let row = |(result, label): (&RunResult, &String)| {
            let cause = main_constraint(result, year).map_or_else(
                || "demand alone".to_owned(),
                |(cause, runs, unmet)| {
                    format!(
                        "{} in {} of futures; {} of what is wanted",
                        cause_in_words(cause),
                        chance(runs),
                        chance(unmet)
                    )
                },
            );
            vec![label.clone(), cause]
        };
        let rows = self.comparison.scenarios.iter().zip(&self.labels).map(row).collect();
        let table =
            columns(&["scenario", "held back by"], &[Align::Left, Align::Left], rows, self.screen.width);
        self.titled(&format!("What holds exports back most in {year}"), &table, "")
    }
}

fn interval(value: &Summary, scale: Scale, decimals: usize) -> String {
    let (low, high) = value.interval_90();
    format!("{} to {}", scale.show_fixed(low, decimals), scale.show_fixed(high, decimals))
}

/// Difference, its interval, its error, how often it is above zero, and dominance.
fn against(difference: &Difference, scale: Scale, decimals: usize) -> [String; 5] {
    let range = difference.paired.as_ref().map_or_else(dash, |paired| {
        let (low, high) = paired.interval_90();
        format!("{} to {}", signed(scale, low, decimals), signed(scale, high, decimals))
    });
    let error = if difference.standard_error.is_nan() {
        dash()
    } else {
        scale.show_fixed(difference.standard_error, decimals + 1)
    };
    [
        signed(scale, difference.mean, decimals),
        range,
        error,
        if difference.above.is_nan() { dash() } else { chance(difference.above) },
        match difference.dominance {
            Dominance::Above => "▲".to_owned(),
            Dominance::Below => "▼".to_owned(),
            Dominance::Equal | Dominance::Neither => String::new(),
        },
    ]
}

/// With its sign; nothing has none.
pub(in crate::report) fn signed(scale: Scale, value: f64, decimals: usize) -> String {
    let text = scale.show_fixed(value, decimals);
    let is_nothing = text.chars().all(|c| !c.is_ascii_digit() || c == '0');
    match (is_nothing, value > 0.0) {
        (true, _) => text.trim_start_matches('-').to_owned(),
        (false, true) => format!("+{text}"),
        (false, false) => text,
    }
}

pub(super) fn dash() -> String {
    "—".to_owned()
}

fn in_short(path: &str) -> &str {
    match path {
        "value" => "value",
        "unmet" => "unmet",
        "unmet.finance" => "– money",
        "unmet.logistics" => "– room",
        "unmet.policy" => "– rules",
        "unmet.border" => "– no route",
        "finance.debt" => "debt",
        "lender.npv" => "lender",
        other => other,
    }
}
