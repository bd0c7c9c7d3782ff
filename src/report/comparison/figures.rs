//! Figures of several scenarios and their differences, on the terminal: as many columns as fit its width.

use super::text::dash;
use super::{MATTERS_IN_WORDS, is_there, largest, last_year, shown_years, year_in_short, year_in_words};
use crate::compare::{Comparison, Difference, Dominance, FigureComparison};
use crate::diag::printable;
use crate::plan::Cause;
use crate::report::digits::{Columns, Digits};
use crate::report::summary::{Screen, bar};
use crate::report::table::{Align, GAP, columns, total, widths};
use crate::results::Summary;
use crate::units::Dimension;
use crate::units::format::{Format, chance};

/// The most rows of volumes by year that fit a screen; where there are more, three years are shown.
const MOST_ROWS: usize = 18;
/// The figures of the last year beside the total volume, each shown if a scenario has any of it: value, unmet
/// demand and each of its causes, which add up to it, the backlog, and money.
fn further_paths() -> impl Iterator<Item = String> {
    let causes = Cause::ALL.into_iter().map(Cause::unmet);
    let others = |paths: &'static [&str]| paths.iter().map(|&path| path.to_owned());
    let behind = &["waiting", "finance.debt", "lender.npv"];
    others(&["value", "unmet"]).chain(causes).chain(others(behind))
}

/// The little chart takes what other columns leave, between these widths.
const BAR_WIDTHS: std::ops::RangeInclusive<usize> = 8..=24;

/// The columns, in their order; the heading of the first depends on the table.
const HEADING: [&str; 9] =
    ["", "scenario", "mean", "90% interval", "difference", "90% interval", "± MC", "higher in", ""];
const ALIGN: [Align; 9] = [
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
/// The little chart follows this column.
const BAR_BEHIND: usize = 3;
/// Choices of columns, from the widest to the narrowest, and whether the little chart is there, which shows
/// the interval as well.
const CHOICES: [(&[usize], bool); 8] = [
    (&[0, 1, 2, 3, 4, 5, 6, 7, 8], true),
    (&[0, 1, 2, 4, 5, 6, 7, 8], true),
    (&[0, 1, 2, 4, 5, 7, 8], true),
    (&[0, 1, 2, 3, 4, 5, 6, 7, 8], false),
    (&[0, 1, 2, 4, 5, 6, 7, 8], false),
    (&[0, 1, 2, 4, 5, 7, 8], false),
    (&[0, 1, 2, 4, 7, 8], false),
    (&[0, 1, 2, 4, 7], false),
];

/// Total exports by year.
pub(super) fn volumes(comparison: &Comparison, labels: &[String], screen: Screen) -> String {
    let mut years = shown_years(comparison);
    if years.len() * labels.len() > MOST_ROWS && years.len() > 3 {
        years = vec![years[0], years[years.len() / 2], years[years.len() - 1]];
    }
    let found: Vec<&FigureComparison> =
        years.iter().filter_map(|&year| comparison.figure("volume", year)).collect();
    let most = largest(&found);
    let columns = Columns::of(Dimension::MASS, &found);
    let name = |figure: &FigureComparison| year_in_short(comparison, figure.figure.year);
    let rows: Vec<Vec<String>> =
        found.iter().flat_map(|figure| rows(figure, &name(figure), labels, columns)).collect();
    let summaries: Vec<&Summary> = found.iter().flat_map(|figure| &figure.values).collect();
    let (table, shown) = table("year", &rows, Some((&summaries, most, columns.own.values)), screen);
    let note = note(shown);
    titled(&format!("Exports a year, {}", columns.unit()), &screen.with_bars(&table), &note, screen)
}

/// The note on the columns that are shown.
fn note((columns, has_bars): (&[usize], bool)) -> String {
    let of = |column: usize, words: &'static str| if columns.contains(&column) { words } else { "" };
    let bars = if has_bars { " Bars: ━ 50% interval, ─ 90% interval, ● median." } else { "" };
    format!(
        "Mean{}.{bars} Difference to the first scenario: mean{}{}. Higher in: share of futures in which the \
         scenario is higher {MATTERS_IN_WORDS}.{}",
        of(3, " and 90% interval"),
        of(5, " and 90% interval of the differences run by run"),
        of(6, "; ± MC: half of the 95% Monte Carlo interval of the mean difference"),
        of(8, DOMINANCE)
    )
}

/// What `▲` and `▼` mean.
const DOMINANCE: &str = " ▲ first-order dominance: at least as likely to reach any amount (▼: no more likely \
                         to reach any amount).";

/// Further figures of the last year: all amounts in one unit, all money in another.
pub(super) fn further(comparison: &Comparison, labels: &[String], screen: Screen) -> String {
    let Some(year) = last_year(comparison) else { return String::new() };
    let found: Vec<&FigureComparison> =
        further_paths().filter_map(|path| comparison.figure(&path, year)).filter(|f| is_there(f)).collect();
    let of = |dimension: Dimension| -> Columns {
        let alike = found.iter().copied().filter(|figure| figure.figure.dimension == dimension);
        Columns::of(dimension, &alike.collect::<Vec<_>>())
    };
    let (mass, money) = (of(Dimension::MASS), of(Dimension::MONEY));
    let row = |figure: &&FigureComparison| {
        let columns =
            if figure.figure.dimension == Dimension::MASS { mass.beside(money) } else { money.beside(mass) };
        rows(figure, &format!("{}, {}", in_short(&figure.figure.path), columns.unit()), labels, columns)
    };
    let all: Vec<Vec<String>> = found.iter().flat_map(row).collect();
    if all.is_empty() {
        return String::new();
    }
    let (table, _) = table("figure", &all, None, screen);
    let rare = if found.iter().any(|figure| figure.values.iter().any(is_rare)) { RARE } else { "" };
    let backlog = match comparison.figure("waiting", year) {
        None => "",
        Some(_) => "backlog: demand that waits for a later month and is not counted as unmet; ",
    };
    let note = format!(
        "Value at the border; unmet: unmet demand, below it by cause (the rows add up to it); {backlog}debt: \
         owed at the end of the year; lender: net present value of the lending so far.{rare}"
    );
    titled(&format!("Further figures in {}", year_in_words(comparison, year)), &table, &note, screen)
}

/// Whether it is zero in at least 95% of futures, and not in all.
fn is_rare(value: &Summary) -> bool {
    value.interval_90() == (0.0, 0.0) && value.mean != 0.0
}

const RARE: &str =
    " A 90% interval of 0 to 0 beside a mean: the figure is above zero in fewer than 5% of futures.";

/// What `--metric` and `--precision-of` name, by year.
pub(super) fn asked(comparison: &Comparison, labels: &[String], screen: Screen) -> String {
    let shown = comparison.asked.iter().filter(|path| *path != "volume");
    let tables = shown.filter_map(|path| asked_for(comparison, path, labels, screen));
    tables.collect::<Vec<_>>().join("\n")
}

fn asked_for(comparison: &Comparison, path: &str, labels: &[String], screen: Screen) -> Option<String> {
    let years = shown_years(comparison);
    let found: Vec<&FigureComparison> =
        years.iter().filter_map(|&year| comparison.figure(path, year)).collect();
    let first = &found.first()?.figure;
    let columns = Columns::of(first.dimension, &found);
    let rows: Vec<Vec<String>> = found
        .iter()
        .flat_map(|figure| rows(figure, &year_in_short(comparison, figure.figure.year), labels, columns))
        .collect();
    let unit = if columns.unit().is_empty() { String::new() } else { format!(", {}", columns.unit()) };
    let title = format!("{} ({}){unit}", printable(&first.title), printable(path));
    let (table, _) = table("year", &rows, None, screen);
    Some(titled(&title, &table, "", screen))
}

pub(super) fn titled(title: &str, table: &str, note: &str, screen: Screen) -> String {
    let note = if note.is_empty() { String::new() } else { screen.faint(&screen.wrap(note)) + "\n" };
    format!("{}\n{table}{note}", screen.bold(&screen.wrap(title)))
}

/// The widest choice of columns that fits, or the narrowest; also gives which it is. The little charts show
/// the summaries, one for each row, from zero to the largest value.
fn table(
    first: &str,
    rows: &[Vec<String>],
    bars: Option<(&[&Summary], f64, Format)>,
    screen: Screen,
) -> (String, (&'static [usize], bool)) {
    let heading = [&[first], &HEADING[1..]].concat();
    let full = widths(&heading, rows);
    let taken = |shown: &[usize]| total(&shown.iter().map(|&column| full[column]).collect::<Vec<_>>());
    let least = |has_bars: bool| if has_bars { BAR_WIDTHS.start() + usize::from(GAP) } else { 0 };
    let fits = |&&(shown, has_bars): &&(&[usize], bool)| {
        (bars.is_some() || !has_bars) && taken(shown) + least(has_bars) <= screen.width
    };
    let &(shown, has_bars) = CHOICES.iter().find(fits).unwrap_or(&CHOICES[CHOICES.len() - 1]);
    let pick = |row: &[String]| -> Vec<String> { shown.iter().map(|&column| row[column].clone()).collect() };
    let mut rows: Vec<Vec<String>> = rows.iter().map(|row| pick(row)).collect();
    let mut heading: Vec<String> = shown.iter().map(|&column| heading[column].to_owned()).collect();
    let mut align: Vec<Align> = shown.iter().map(|&column| ALIGN[column]).collect();
    if let Some((summaries, most, format)) = bars.filter(|_| has_bars) {
        let left = screen.width - taken(shown) - usize::from(GAP);
        let width = left.clamp(*BAR_WIDTHS.start(), *BAR_WIDTHS.end());
        let index = shown.iter().position(|&column| column > BAR_BEHIND).unwrap_or(shown.len());
        heading.insert(index, format!("0{:>width$}", format.show(most), width = width - 1));
        align.insert(index, Align::Left);
        for (row, summary) in rows.iter_mut().zip(summaries) {
            row.insert(index, bar(summary, most, width));
        }
    }
    let heading: Vec<&str> = heading.iter().map(String::as_str).collect();
    (columns(&heading, &align, rows, screen.width), (shown, has_bars))
}

/// A row for each scenario; the name of the figure is in the first row only.
fn rows(figure: &FigureComparison, name: &str, labels: &[String], columns: Columns) -> Vec<Vec<String>> {
    let row = |scenario: usize| {
        let value = &figure.values[scenario];
        let mut row = vec![
            if scenario == 0 { name.to_owned() } else { String::new() },
            labels[scenario].clone(),
            columns.own.values.show(value.mean),
            columns.own.values.range(value.interval_90()),
        ];
        match scenario.checked_sub(1).map(|other| &figure.differences[other]) {
            None => row.extend(["", "", "", "", ""].map(str::to_owned)),
            Some(difference) => row.extend(against(difference, columns.against)),
        }
        row
    };
    (0..labels.len()).map(row).collect()
}

/// Difference, its interval, its error, the share of futures in which it is positive, and dominance.
fn against(difference: &Difference, digits: Digits) -> [String; 5] {
    let range = difference.paired.as_ref();
    [
        digits.values.signed(difference.mean),
        range.map_or_else(dash, |paired| digits.values.signed_range(paired.interval_90())),
        digits.error(difference.standard_error),
        if difference.above.is_nan() { dash() } else { chance(difference.above) },
        match difference.dominance {
            Dominance::Above => "▲".to_owned(),
            Dominance::Below => "▼".to_owned(),
            Dominance::Equal | Dominance::Neither => String::new(),
        },
    ]
}

fn in_short(path: &str) -> String {
    match (path, path.strip_prefix("unmet.").and_then(Cause::of_name)) {
        (_, Some(cause)) => format!("– {}", cause.label()),
        ("waiting", _) => "backlog".to_owned(),
        ("finance.debt", _) => "debt".to_owned(),
        ("lender.npv", _) => "lender".to_owned(),
        (other, _) => other.to_owned(),
    }
}
