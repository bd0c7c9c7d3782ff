//! The screen that a comparison ends with.

use super::figures::titled;
use super::verdicts::{deterministic_case, verdicts};
use super::{assumptions, figures, labels, last_year, targets, year_in_words};
use crate::compare::{Comparison, Pairs, differing};
use crate::diag::printable;
use crate::report::findings::main_constraint;
use crate::report::summary::Screen;
use crate::report::table::{Align, columns};
use crate::results::RunResult;
use crate::units::format::{chance, count};
use std::collections::BTreeSet;

/// The comparison as text.
pub fn text(comparison: &Comparison, screen: Screen) -> String {
    let page = Page { comparison, labels: labels(&comparison.scenarios), screen };
    let labels = &page.labels;
    let parts = [
        page.heading(),
        page.assumptions(),
        figures::volumes(comparison, labels, screen) + &page.deterministic_case(),
        figures::further(comparison, labels, screen),
        figures::asked(comparison, labels, screen),
        targets::text(comparison, labels, screen),
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
        titled(title, table, note, self.screen)
    }

    fn heading(&self) -> String {
        let others = self.labels[1..].join(", ");
        let title = self.screen.wrap(&format!("{others} against {}", self.labels[0]));
        let title = self.screen.bold(&title);
        let info = &self.comparison.scenarios[0].info;
        let about = match &self.comparison.pairs {
            Pairs::Paired { runs: 1 } => format!(
                "One future of each, from {}, seed {}: a possible course, which says nothing about \
                 probabilities.",
                info.horizon.start.in_words(),
                info.seed
            ),
            Pairs::Paired { runs } => format!(
                "{} futures of each, from {}, seed {}. Run by run on the same random numbers: a difference \
                 is what the scenario changes in the same future.",
                count(*runs),
                info.horizon.start.in_words(),
                info.seed
            ),
            Pairs::Unpaired { reason } => format!(
                "Compared as independent samples, because {}: the errors of differences are larger than they \
                 would be run by run, and the differences of single futures are unknown.",
                printable(reason)
            ),
        };
        let findings = self.years_left_out() + &self.verdicts();
        let changes = self.comparison.scenarios.iter().zip(&self.labels).flat_map(|(result, label)| {
            result.info.changes.iter().map(move |change| format!("{label} with {}\n", printable(change)))
        });
        format!("{title}\n{}\n{}{findings}", self.screen.wrap(&about), changes.collect::<String>())
    }

    /// Years of which the scenarios don't cover the same months.
    fn years_left_out(&self) -> String {
        let all: BTreeSet<i32> =
            self.comparison.scenarios.iter().flat_map(|result| result.info.horizon.years()).collect();
        let is_compared = |year: &&i32| self.comparison.figure("volume", **year).is_some();
        let out: Vec<String> =
            all.iter().filter(|year| !is_compared(year)).map(ToString::to_string).collect();
        match out.as_slice() {
            [] => String::new(),
            [one] => {
                let text = format!("Left out: {one}, of which not every scenario covers the same months.");
                self.screen.wrap(&text) + "\n"
            }
            [first, .., last] => {
                let text = format!(
                    "Left out: {first} to {last}, of which not every scenario covers the same months."
                );
                self.screen.wrap(&text) + "\n"
            }
        }
    }

    fn verdicts(&self) -> String {
        let lines = verdicts(self.comparison, &self.labels);
        lines.iter().map(|line| self.screen.wrap(line) + "\n").collect()
    }

    fn deterministic_case(&self) -> String {
        let text = deterministic_case(self.comparison, &self.labels);
        text.map_or_else(String::new, |text| self.screen.wrap(&text) + "\n")
    }

    fn assumptions(&self) -> String {
        let text = assumptions::text(&differing(&self.comparison.scenarios), &self.labels, self.screen);
        let brackets = if text.contains("Only in ") { "In brackets: number of values. " } else { "" };
        let note = format!("{brackets}In full: assumptions.csv; register of each scenario: simulate check.");
        self.titled("Assumptions that differ", &text, if text == "none\n" { "" } else { &note })
    }

    fn causes(&self) -> String {
        let Some(year) = last_year(self.comparison) else { return String::new() };
        let row = |(result, label): (&RunResult, &String)| {
            let cause = main_constraint(result, year).map_or_else(
                || "demand alone".to_owned(),
                |(cause, runs, unmet)| {
                    format!("{} in {} of futures; {} of demand", cause.label(), chance(runs), chance(unmet))
                },
            );
            vec![label.clone(), cause]
        };
        let rows = self.comparison.scenarios.iter().zip(&self.labels).map(row).collect();
        let table =
            columns(&["scenario", "main constraint"], &[Align::Left, Align::Left], rows, self.screen.width);
        let when = year_in_words(self.comparison, year);
        let note = "Share of futures in which this cause leaves most demand unmet or in backlog, and the \
                    mean share of demand that it leaves unmet.";
        self.titled(&format!("Main constraint in {when}"), &table, note)
    }
}

pub(super) fn dash() -> String {
    "—".to_owned()
}
