//! The register of assumptions as text: what `simulate check` prints.

use super::table::{Align, columns};
use crate::diag::printable;
use crate::results::Assumption;
use crate::units::format::number;

/// The register as a table, and a list of what rests on no source.
pub fn text(assumptions: &[Assumption], width: usize) -> String {
    let heading = ["assumption", "as written", "mean", "90% interval", "source", "file"];
    let align = [Align::Left, Align::Left, Align::Right, Align::Right, Align::Left, Align::Left];
    let table = columns(&heading, &align, assumptions.iter().map(row).collect(), width);
    format!("{table}\n{}", verdict(assumptions))
}

fn row(assumption: &Assumption) -> Vec<String> {
    let figures = assumption.figures.as_ref();
    let interval = figures.filter(|_| assumption.uncertain);
    vec![
        printable(&assumption.path),
        printable(&assumption.written),
        figures.map_or(String::new(), |f| number(f.mean)),
        interval.map_or(String::new(), |f| format!("{} to {}", number(f.p05), number(f.p95))),
        short_source(assumption),
        printable(assumption.file.rsplit('/').next().unwrap_or_default()),
    ]
}

/// The source without its address: addresses are long, and the CSV has them.
fn short_source(assumption: &Assumption) -> String {
    if assumption.lacks_source() {
        return "(none)".to_owned();
    }
    let words = assumption.source.split_whitespace().filter(|word| !word.contains("://"));
    let text = printable(&words.collect::<Vec<_>>().join(" "));
    let text = text.trim_end_matches([',', ';', ':', ' ']).to_owned();
    match text.char_indices().nth(40) {
        Some((cut, _)) => format!("{}…", text[..cut].trim_end()),
        None => text,
    }
}

fn verdict(assumptions: &[Assumption]) -> String {
    let bare: Vec<&str> = assumptions.iter().filter(|a| a.lacks_source()).map(|a| a.path.as_str()).collect();
    let judgement = assumptions.iter().filter(|a| a.is_judgement()).count();
    let count = format!("{} assumptions; {judgement} are judgement.", assumptions.len());
    if bare.is_empty() {
        return format!("{count}\nEvery one names its source.\n");
    }
    let lines: Vec<String> = bare.iter().map(|path| format!("  {}\n", printable(path))).collect();
    format!("{count}\n{} name no source:\n{}", bare.len(), lines.concat())
}
