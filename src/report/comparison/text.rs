//! The screen that a comparison ends with.

use super::figures::titled;
use super::verdicts::verdicts;
use super::{figures, labels, last_year, shown_years, stated, targets};
use crate::compare::{Comparison, Mixed, Pairs};
use crate::diag::printable;
use crate::report::findings::{cause_in_words, main_constraint};
use crate::report::summary::Screen;
use crate::report::table::{Align, columns};
use crate::results::RunResult;
use crate::stats::estimate::Z_95;
use crate::units::Dimension;
use crate::units::format::{Scale, chance, count};

/// The comparison as text.
pub fn text(comparison: &Comparison, screen: Screen) -> String {
    let page = Page { comparison, labels: labels(&comparison.scenarios), screen };
    let labels = &page.labels;
    let parts = [
        page.heading(),
        stated::text(comparison, labels, screen),
        figures::volumes(comparison, labels, screen),
        figures::further(comparison, labels, screen),
        targets::text(comparison, labels, screen),
        page.causes(),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

/// A mixture of the scenarios as text.
pub fn mixed(comparison: &Comparison, weights: &[f64], mixed: &[Mixed], screen: Screen) -> String {
    let page = Page { comparison, labels: labels(&comparison.scenarios), screen };
    page.mixed(weights, mixed)
}

struct Page<'c> {
    comparison: &'c Comparison,
    labels: Vec<String>,
    screen: Screen,
}

impl Page<'_> {
    fn titled(&self, title: &str, table: &str, note: &str) -> String {
        titled(title, table, note, self.screen)
    }

    fn heading(&self) -> String {
        let others = self.labels[1..].join(", ");
        let title = self.screen.wrap(&format!("{others} against {}", self.labels[0]));
        let title = self.screen.bold(&title);
        let info = &self.comparison.scenarios[0].info;
        let about = match &self.comparison.pairs {
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
        let found = self.verdicts();
        let changes = self.comparison.scenarios.iter().zip(&self.labels).flat_map(|(result, label)| {
            result.info.changes.iter().map(move |change| format!("{label} with {}\n", printable(change)))
        });
        format!("{title}\n{}\n{}{found}", self.screen.wrap(&about), changes.collect::<String>())
    }

    fn verdicts(&self) -> String {
        let lines = verdicts(self.comparison, &self.labels);
        lines.iter().map(|line| self.screen.wrap(line) + "\n").collect()
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

    fn mixed(&self, weights: &[f64], mixed: &[Mixed]) -> String {
        let years = shown_years(self.comparison);
        let shown: Vec<&Mixed> = mixed.iter().filter(|mixed| years.contains(&mixed.year)).collect();
        let most = shown.iter().map(|mixed| mixed.quantiles[6]).fold(0.0, f64::max);
        let scale = Scale::for_largest(Dimension::MASS, most);
        let decimals = scale.decimals(most);
        let show = |value: f64| scale.show_fixed(value, decimals);
        let row = |mixed: &&Mixed| {
            vec![
                mixed.year.to_string(),
                show(mixed.quantiles[3]),
                format!("{} to {}", show(mixed.quantiles[0]), show(mixed.quantiles[6])),
                show(mixed.mean),
                scale.show_fixed(Z_95 * mixed.standard_error, decimals + 1),
            ]
        };
        let heading = ["year", "median", "90% interval", "mean", "± MC"];
        let align = [Align::Left, Align::Right, Align::Right, Align::Right, Align::Right];
        let table = columns(&heading, &align, shown.iter().map(row).collect(), self.screen.width);
        let weighted: Vec<String> = self
            .labels
            .iter()
            .zip(weights)
            .map(|(label, weight)| format!("{label} {}", chance(*weight)))
            .collect();
        let note = format!("Weights, which are judgement: {}.", weighted.join(", "));
        self.titled(&format!("One forecast of them all: exports a year, {}", scale.unit), &table, &note)
    }
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
