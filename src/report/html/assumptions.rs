//! The register of assumptions as a table: every number with its source; judgement and missing sources are
//! marked.

use super::table::{Cell, Table};
use crate::plan::Assumption;
use crate::units::format::number;

const JUDGEMENT: &str = "judgement";
const BARE: &str = "bare";

/// Every number that the scenario states, in the order of the scenario.
pub(super) fn table(register: &[Assumption]) -> Table {
    let mut table = Table::new("Every number of the scenario")
        .words(&["assumption"])
        .numbers(&["mean", "90% interval"])
        .prose(&["source"])
        .words(&["confidence"])
        .filtered("Find", &[(JUDGEMENT, "judgement only"), (BARE, "without a source")])
        .noted(
            "Below each name: the value as written in the scenario; below each source: the author's note.",
        );
    for assumption in register {
        table.marked_row(mark(assumption), row(assumption));
    }
    table
}

fn mark(assumption: &Assumption) -> &'static str {
    match assumption {
        bare if bare.lacks_source() => BARE,
        judged if judged.is_judgement() => JUDGEMENT,
        _ => "",
    }
}

fn row(assumption: &Assumption) -> Vec<Cell> {
    let figures = assumption.figures.as_ref();
    let mean = figures
        .map_or_else(Cell::default, |f| Cell::number(&number(f.mean), f.mean).with_aside(&assumption.unit));
    let uncertain = figures.filter(|_| assumption.uncertain);
    let range = uncertain.map_or_else(Cell::default, |f| {
        Cell::number(&format!("{} to {}", number(f.p05), number(f.p95)), f.p95)
    });
    vec![
        Cell::words(&assumption.path).with_aside(&assumption.written),
        mean,
        range,
        source(assumption).with_aside(&assumption.note),
        Cell::words(&assumption.confidence),
    ]
}

/// The source, with a tag for judgement and for a missing source.
fn source(assumption: &Assumption) -> Cell {
    if assumption.lacks_source() {
        return Cell::default().tagged("no source");
    }
    // Of `judgement, after X` the tag has the first word, the cell the rest.
    match assumption.behind_judgement() {
        Some(more) => Cell::linked(more.trim_start_matches([',', ';', ':', ' '])).tagged(JUDGEMENT),
        None => Cell::linked(assumption.source.trim()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(source: &str) -> Assumption {
        Assumption {
            path: "products.flour.growth".to_owned(),
            written: "2% to 5% /year".to_owned(),
            unit: "%/year".to_owned(),
            figures: None,
            uncertain: true,
            source: source.to_owned(),
            note: String::new(),
            confidence: "low".to_owned(),
            file: "a.toml".to_owned(),
        }
    }

    #[test]
    fn judgement_and_missing_sources_are_marked() {
        let marks = ["", "judgement", " Judgement, after FAO 2024", "judgment", "FAO 2024"].map(|source| {
            let assumption = from(source);
            (mark(&assumption), super::source(&assumption).tag)
        });
        let judged = (JUDGEMENT, Some(JUDGEMENT));
        assert_eq!(marks, [(BARE, Some("no source")), judged, judged, judged, ("", None)]);
        assert_eq!(super::source(&from("judgement, after FAO")).words, Cell::linked("after FAO").words);
    }
}
