//! The assumptions in which scenarios differ, on the terminal.

use super::figures::titled;
use super::text::dash;
use crate::compare::{Comparison, Differing, differing};
use crate::diag::printable;
use crate::report::summary::Screen;
use crate::report::table::{Align, columns, total, widths};
use crate::results::Assumption;

/// Assumptions that scenarios state differently: so many are shown.
const MOST_ASSUMPTIONS: usize = 15;

/// Scenarios by their places, and what only they have: its name and how many numbers.
type Owned = (Vec<usize>, Vec<(String, usize)>);

/// What is stated by all and isn't the same, and what only some state.
pub(super) fn text(comparison: &Comparison, labels: &[String], screen: Screen) -> String {
    let title = "Assumptions that differ";
    let all = differing(&comparison.scenarios);
    if all.is_empty() {
        return titled(title, "none\n", "", screen);
    }
    let (stated, partly): (Vec<_>, Vec<_>) = all.iter().partition(|row| row.is_everywhere());
    let mut text = stated_by_all(&stated, labels, screen);
    for line in only_in_some(&partly, labels) {
        text += &(screen.wrap(&line) + "\n");
    }
    titled(
        title,
        &text,
        "Sources and files: assumptions.csv, register of each scenario: simulate check.",
        screen,
    )
}

/// A column for each scenario, or a list where they don't fit.
fn stated_by_all(stated: &[&Differing<'_>], labels: &[String], screen: Screen) -> String {
    if stated.is_empty() {
        return String::new();
    }
    let shown = &stated[..stated.len().min(MOST_ASSUMPTIONS)];
    let rows: Vec<Vec<String>> = shown.iter().map(|row| in_columns(row)).collect();
    let heading: Vec<&str> = std::iter::once("assumption").chain(labels.iter().map(String::as_str)).collect();
    let mut text = if total(&widths(&heading, &rows)) <= screen.width {
        columns(&heading, &vec![Align::Left; heading.len()], rows, screen.width)
    } else {
        shown.iter().map(|row| as_list(row, labels, screen)).collect()
    };
    if stated.len() > MOST_ASSUMPTIONS {
        text = text + "and " + &(stated.len() - MOST_ASSUMPTIONS).to_string() + " more\n";
    }
    text
}

/// What each scenario says; only the first where another says the same.
fn in_columns(row: &Differing<'_>) -> Vec<String> {
    let first = row.stated[0].map(|assumption| &assumption.written);
    let said = row.stated.iter().enumerate().map(|(place, stated)| match stated {
        Some(assumption) if place > 0 && Some(&assumption.written) == first => "the same".to_owned(),
        Some(assumption) => printable(&assumption.written),
        None => dash(),
    });
    std::iter::once(printable(row.path)).chain(said).collect()
}

/// Its name, and below it each value with those who state it.
///
/// ```text
/// finance.cash
///   40 to 60 MUSD/year: baseline, bridge
///   10 to 20 MUSD/year: financing-limits
/// ```
fn as_list(row: &Differing<'_>, labels: &[String], screen: Screen) -> String {
    let mut values: Vec<(&Assumption, Vec<&str>)> = Vec::new();
    for (stated, label) in row.stated.iter().zip(labels) {
        let Some(stated) = stated else { continue };
        match values.iter_mut().find(|(known, _)| known.written == stated.written) {
            Some((_, who)) => who.push(label),
            None => values.push((stated, vec![label])),
        }
    }
    let narrow = Screen { width: screen.width - 4, ..screen };
    let line = |(stated, who): (&Assumption, Vec<&str>)| {
        let line = narrow.wrap(&format!("{}: {}", printable(&stated.written), who.join(", ")));
        format!("  {}\n", line.replace('\n', "\n    "))
    };
    format!("{}\n{}", printable(row.path), values.into_iter().map(line).collect::<String>())
}

/// `Only in bridge: events.bridge (6 numbers), routes.road (4)`, for each set of scenarios that states something alone.
fn only_in_some(rows: &[&Differing<'_>], labels: &[String]) -> Vec<String> {
    let mut groups: Vec<Owned> = Vec::new();
    for row in rows {
        let who: Vec<usize> = (0..row.stated.len()).filter(|&place| row.stated[place].is_some()).collect();
        let owner = row.path.splitn(3, '.').take(2).collect::<Vec<_>>().join(".");
        let at = groups.iter().position(|(others, _)| *others == who).unwrap_or_else(|| {
            groups.push((who, Vec::new()));
            groups.len() - 1
        });
        match groups[at].1.iter_mut().find(|(name, _)| *name == owner) {
            Some((_, numbers)) => *numbers += 1,
            None => groups[at].1.push((owner, 1)),
        }
    }
    let line = |(who, owners): Owned| {
        let who: Vec<&str> = who.iter().map(|&place| labels[place].as_str()).collect();
        let what: Vec<String> =
            owners.iter().map(|(name, numbers)| format!("{} ({numbers})", printable(name))).collect();
        format!("Only in {}: {}", who.join(" and "), what.join(", "))
    };
    groups.into_iter().map(line).collect()
}
