//! The register of assumptions as text: what `simulate check` prints.

use super::table::{Align, GAP, block};
use crate::diag::{cut, printable};
use crate::plan::Assumption;
use crate::units::format::number;

const HEADING: [&str; 5] = ["assumption", "as written", "mean", "90% interval", "source"];
const ALIGN: [Align; 5] = [Align::Left, Align::Left, Align::Right, Align::Right, Align::Left];

/// The register in blocks, one for each product, route, event and section, with the file that set it (beside
/// the source where it is another); at the end the numbers without a source.
pub fn text(assumptions: &[Assumption], width: usize) -> String {
    let widths = widths(assumptions, width);
    let by_owner = assumptions.chunk_by(|a, b| owner_and_key(&a.path).0 == owner_and_key(&b.path).0);
    let blocks = by_owner.map(|list| {
        let (owner, main_file) = (owner_and_key(&list[0].path).0, file(&list[0]));
        let rows = list.iter().map(|assumption| row(assumption, &main_file)).collect();
        format!("{}  ({main_file})\n{}", printable(owner), block(&widths, &ALIGN, rows))
    });
    let heading = block(&widths, &ALIGN, vec![HEADING.map(str::to_owned).to_vec()]);
    format!("{heading}{}\n{}", blocks.collect::<String>(), summary(assumptions))
}

/// The largest width of the column of names.
const MOST_KEY: usize = 36;

/// The widths of the columns: names and figures take what they need, value and source share the rest.
fn widths(assumptions: &[Assumption], width: usize) -> Vec<u16> {
    let rows: Vec<Vec<String>> =
        assumptions.iter().map(|assumption| row(assumption, &file(assumption))).collect();
    let widest = |column: usize| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        cells.chain([HEADING[column].len()]).max().unwrap_or(0)
    };
    // Pairs of correlated paths are longer than this, and are wrapped between the two.
    let (key, mean, interval) = (widest(0).min(MOST_KEY), widest(2), widest(3));
    let left = width.saturating_sub(key + mean + interval + 5 * usize::from(GAP)).max(24);
    let value = widest(1).min(left / 2);
    let narrow = |width: usize| u16::try_from(width).unwrap_or(u16::MAX);
    vec![narrow(key), narrow(value), narrow(mean), narrow(interval), narrow(left - value)]
}

fn file(assumption: &Assumption) -> String {
    printable(assumption.file.rsplit('/').next().unwrap_or_default())
}

/// `products.flour.noise.sd_log` belongs to `products.flour`, `finance.credit.limit` to `finance`.
fn owner_and_key(path: &str) -> (&str, &str) {
    let parts = if path.starts_with("finance") || path.starts_with("correlations") { 1 } else { 2 };
    let dot = path.match_indices('.').nth(parts - 1).map(|(dot, _)| path.split_at(dot));
    dot.map_or(("", path), |(owner, key)| (owner, key.strip_prefix('.').unwrap_or(key)))
}

fn row(assumption: &Assumption, main_file: &str) -> Vec<String> {
    let figures = assumption.figures.as_ref();
    let interval = figures.filter(|_| assumption.uncertain);
    let (source, file) = (short_source(assumption), file(assumption));
    let per_cent = if assumption.unit.starts_with('%') { "%" } else { "" };
    let show = |value: f64| format!("{}{per_cent}", number(value));
    vec![
        format!("  {}", printable(owner_and_key(&assumption.path).1)),
        short_value(assumption),
        figures.map_or(String::new(), |f| show(f.mean)),
        interval.map_or(String::new(), |f| format!("{} to {}", show(f.p05), show(f.p95))),
        if file == main_file { source } else { format!("{source} ({file})") },
    ]
}

/// The value as written; of a season only that it has twelve factors.
fn short_value(assumption: &Assumption) -> String {
    if assumption.written.starts_with('[') {
        "twelve factors".to_owned()
    } else {
        printable(&assumption.written)
    }
}

/// The most characters of a source on a screen.
const MOST_OF_SOURCE: usize = 36;

/// The source without its address, which is long; the CSV has it.
fn short_source(assumption: &Assumption) -> String {
    if assumption.lacks_source() {
        return "(none)".to_owned();
    }
    let words = assumption.source.split_whitespace().filter(|word| !word.contains("://"));
    let text = printable(&words.collect::<Vec<_>>().join(" "));
    let text = text.trim_end_matches([',', ';', ':', ' ']).to_owned();
    cut(&text, MOST_OF_SOURCE)
}

/// How many assumptions have a source, and which have none.
fn summary(assumptions: &[Assumption]) -> String {
    let bare: Vec<&str> = assumptions.iter().filter(|a| a.lacks_source()).map(|a| a.path.as_str()).collect();
    let count = format!("{}.\n", Evidence::of(assumptions).in_words());
    if bare.is_empty() {
        return count;
    }
    let lines: Vec<String> = bare.iter().map(|path| format!("  {}\n", printable(path))).collect();
    format!("{count}Without a source:\n{}", lines.concat())
}

/// How many numbers name no source.
pub fn without_source<'a>(assumptions: impl IntoIterator<Item = &'a Assumption>) -> usize {
    assumptions.into_iter().filter(|assumption| assumption.lacks_source()).count()
}

/// How many assumptions of a scenario have a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Evidence {
    /// All assumptions; known values of the past don't count as such.
    pub(super) all: usize,
    /// Those that are their author's judgement.
    pub(super) judgement: usize,
    /// Those that name no source.
    pub(super) bare: usize,
}

impl Evidence {
    pub(super) fn of(register: &[Assumption]) -> Self {
        let count = |is: fn(&Assumption) -> bool| register.iter().filter(|assumption| is(assumption)).count();
        Self {
            all: count(|assumption| !assumption.is_history()),
            judgement: count(|assumption| !assumption.is_history() && assumption.is_judgement()),
            bare: count(|assumption| !assumption.is_history() && assumption.lacks_source()),
        }
    }

    /// `83 assumptions: 43 name a source, 40 are judgement`; judgement doesn't count as a source.
    pub(super) fn in_words(self) -> String {
        let Self { all, judgement, bare } = self;
        let sourced = all - judgement - bare;
        let without = match bare {
            0 => String::new(),
            1 => ", 1 names no source".to_owned(),
            bare => format!(", {bare} name no source"),
        };
        format!(
            "{all} assumption{}: {sourced} name{} a source, {judgement} {} judgement{without}",
            plural(all),
            if sourced == 1 { "s" } else { "" },
            are(judgement)
        )
    }
}

fn are(count: usize) -> &'static str {
    if count == 1 { "is" } else { "are" }
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_has_an_owner_and_a_key() {
        assert_eq!(owner_and_key("products.flour.noise.sd_log"), ("products.flour", "noise.sd_log"));
        assert_eq!(owner_and_key("finance.credit.limit"), ("finance", "credit.limit"));
        assert_eq!(owner_and_key("correlations.products.a.noise"), ("correlations", "products.a.noise"));
        assert_eq!(owner_and_key("odd"), ("", "odd"));
    }

    #[test]
    fn judgement_is_no_source() {
        let words = |all, judgement, bare| Evidence { all, judgement, bare }.in_words();
        assert_eq!(words(83, 40, 0), "83 assumptions: 43 name a source, 40 are judgement");
        assert_eq!(words(3, 1, 1), "3 assumptions: 1 names a source, 1 is judgement, 1 names no source");
    }
}
