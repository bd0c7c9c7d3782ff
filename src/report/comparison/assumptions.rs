//! The assumptions that differ, on the terminal: the value in each scenario, its source and its file.

use super::text::dash;
use crate::compare::Differing;
use crate::diag::printable;
use crate::plan::Assumption;
use crate::report::summary::Screen;
use crate::report::table::{Align, GAP, block};

/// The most assumptions, of those that all scenarios state, that are shown.
const MOST_ASSUMPTIONS: usize = 15;
/// The widest that the columns of names and of values may be, as shares of the screen.
const NAMES: f64 = 0.3;
const VALUES: f64 = 0.3;

/// Scenarios by their indices, and what only they have: names with numbers of values, and files.
type Owned = (Vec<usize>, Vec<(String, usize)>, Vec<String>);

/// The block without its title. `labels` are the names of the scenarios.
pub(super) fn text(all: &[Differing<'_>], labels: &[String], screen: Screen) -> String {
    if all.is_empty() {
        return "none\n".to_owned();
    }
    let (stated, partly): (Vec<_>, Vec<_>) = all.iter().partition(|row| row.is_everywhere());
    let shown = &stated[..stated.len().min(MOST_ASSUMPTIONS)];
    let blocks: Vec<(String, Vec<[String; 3]>)> =
        shown.iter().map(|row| (printable(row.path), stated_by(row, labels))).collect();
    let widths = widths(&blocks, screen.width);
    let mut parts: Vec<String> = Vec::new();
    for (path, rows) in blocks {
        let rows = rows.into_iter().map(|[who, what, source]| vec![who, what, source]);
        // A table that wraps its cells removes leading blanks, so the indent is added afterwards.
        let table = block(&widths, &[Align::Left; 3], rows.collect()).replace('\n', "\n  ");
        parts.push(format!("{path}\n  {}\n", table.trim_end()));
    }
    if stated.len() > MOST_ASSUMPTIONS {
        parts.push(format!("and {} more, in assumptions.csv\n", stated.len() - MOST_ASSUMPTIONS));
    }
    parts.extend(only_in_some(&partly, labels).into_iter().map(|line| screen.wrap(&line) + "\n"));
    parts.concat()
}

/// Scenarios, value and source: scenarios that state the same share a row.
fn stated_by(row: &Differing<'_>, labels: &[String]) -> Vec<[String; 3]> {
    let mut rows: Vec<(Vec<&str>, &Assumption)> = Vec::new();
    for (label, stated) in labels.iter().zip(&row.stated) {
        let Some(assumption) = stated else { continue };
        let same = |other: &Assumption| {
            (&other.written, &other.source, &other.file)
                == (&assumption.written, &assumption.source, &assumption.file)
        };
        match rows.iter_mut().find(|(_, other)| same(other)) {
            Some((who, _)) => who.push(label),
            None => rows.push((vec![label], assumption)),
        }
    }
    let show = |(who, assumption): (Vec<&str>, &Assumption)| {
        [who.join(", "), written(assumption), format!("{} ({})", source(assumption), file(assumption))]
    };
    rows.into_iter().map(show).collect()
}

fn written(assumption: &Assumption) -> String {
    if assumption.written.is_empty() { "\"\"".to_owned() } else { printable(&assumption.written) }
}

/// The source up to its first full stop or semicolon.
fn source(assumption: &Assumption) -> String {
    let source = assumption.source.trim();
    let first =
        source.split_once(". ").or_else(|| source.split_once("; ")).map_or(source, |(first, _)| first);
    if source.is_empty() { dash() } else { printable(first.trim_end_matches('.')) }
}

fn file(assumption: &Assumption) -> String {
    printable(assumption.file.rsplit('/').next().unwrap_or_default())
}

/// The widths of names and values, up to a share of the screen; sources have the rest.
fn widths(blocks: &[(String, Vec<[String; 3]>)], screen: usize) -> [u16; 3] {
    let widest = |column: usize| {
        let cells = blocks.iter().flat_map(|(_, rows)| rows).map(|row| row[column].chars().count());
        cells.max().unwrap_or(0)
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of a screen's width"
    )]
    let most = |share: f64| (share * screen as f64) as usize;
    let (names, values) = (widest(0).min(most(NAMES)), widest(1).min(most(VALUES)));
    let rest = screen.saturating_sub(names + values + 4 * usize::from(GAP)).max(16);
    [names, values, rest].map(|width| u16::try_from(width).unwrap_or(u16::MAX))
}

/// `Only in bridge: events.bridge (6), routes.road (4); from bridge.toml`, for each set of scenarios that
/// alone states something.
fn only_in_some(rows: &[&Differing<'_>], labels: &[String]) -> Vec<String> {
    let mut groups: Vec<Owned> = Vec::new();
    for row in rows {
        let who: Vec<usize> = (0..row.stated.len()).filter(|&index| row.stated[index].is_some()).collect();
        let owner = row.path.splitn(3, '.').take(2).collect::<Vec<_>>().join(".");
        let at = groups.iter().position(|(others, ..)| *others == who).unwrap_or_else(|| {
            groups.push((who, Vec::new(), Vec::new()));
            groups.len() - 1
        });
        let (_, owners, files) = &mut groups[at];
        match owners.iter_mut().find(|(name, _)| *name == owner) {
            Some((_, values)) => *values += 1,
            None => owners.push((owner, 1)),
        }
        let named = row.stated.iter().flatten().map(|assumption| file(assumption));
        files.extend(named);
        files.sort_unstable();
        files.dedup();
    }
    let line = |(who, owners, files): Owned| {
        let who: Vec<&str> = who.iter().map(|&index| labels[index].as_str()).collect();
        let what: Vec<String> =
            owners.iter().map(|(name, values)| format!("{} ({values})", printable(name))).collect();
        format!("Only in {}: {}; from {}", who.join(" and "), what.join(", "), files.join(", "))
    };
    groups.into_iter().map(line).collect()
}
