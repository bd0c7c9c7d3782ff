//! Results as CSV: one row for each metric and period, target and period, or assumption.

use crate::diag::printable;
use crate::plan::{Period, PeriodKind};
use crate::results::{MetricResult, QUANTILES, RunResult, Summary, TargetResult};
use crate::units::Dimension;
use rayon::prelude::*;
use std::borrow::Cow;
use std::io::{self, Write};

/// The number of metrics whose rows are formatted in parallel before they are written, so that the whole
/// table is never in memory.
const AT_ONCE: usize = 32;

/// Writes `summary.csv`: every metric in every month and year, in base units, with all digits.
///
/// # Errors
/// If the writer refuses.
pub fn write_summary(result: &RunResult, to: &mut impl Write) -> io::Result<()> {
    to.write_all(&csv_table(heading(), std::iter::empty()))?;
    for some in result.metrics.chunks(AT_ONCE) {
        let parts: Vec<Vec<u8>> = some.par_iter().map(|metric| summary_rows(result, metric)).collect();
        parts.iter().try_for_each(|part| to.write_all(part))?;
    }
    Ok(())
}

fn summary_rows(result: &RunResult, metric: &MetricResult) -> Vec<u8> {
    let months = result.months.iter().zip(&metric.monthly);
    let periods = months.chain(result.years.iter().zip(&metric.yearly));
    let mut writer = csv::Writer::from_writer(Vec::new());
    periods.for_each(|(period, summary)| summary_row(&mut writer, metric, period, summary));
    writer.into_inner().unwrap_or_default()
}

/// `p05` for 0.05.
pub(super) fn quantile_name(p: f64) -> String {
    format!("p{:02.0}", p * 100.0)
}

fn heading() -> Vec<String> {
    let first = ["metric", "unit", "period", "kind", "months", "mean", "sd"].map(str::to_owned);
    let quantiles = QUANTILES.map(quantile_name);
    let errors = QUANTILES.map(|p| format!("mc_error_{}", quantile_name(p)));
    let mut cells = [first.as_slice(), &quantiles, &["mc_error".to_owned()], &errors].concat();
    cells.push("central".to_owned());
    cells
}

fn summary_row(writer: &mut csv::Writer<Vec<u8>>, metric: &MetricResult, period: &Period, summary: &Summary) {
    write_fields(
        writer,
        [
            &metric.path,
            base_unit(metric.dimension),
            &period.label(),
            kind(period),
            &period.months.to_string(),
        ],
    );
    let figures = [summary.mean, summary.sd].into_iter().chain(summary.quantiles);
    let errors = std::iter::once(summary.standard_error).chain(summary.quantile_errors);
    let mut digits = Digits::default();
    for figure in figures.chain(errors).chain([summary.central]) {
        // With one run the error isn't known: the cell stays empty.
        write_fields(writer, [if figure.is_nan() { "" } else { digits.of(figure) }]);
    }
    write_row::<&str>(writer, []);
}

/// The shortest decimal digits that represent a number exactly, without an exponent: the same as `{}`, but
/// faster.
#[derive(Default)]
struct Digits {
    buffer: zmij::Buffer,
    /// Numbers that are too small or too large for the buffer.
    long: String,
}

impl Digits {
    fn of(&mut self, x: f64) -> &str {
        let digits = self.buffer.format(x);
        if !digits.contains('e') {
            return digits.strip_suffix(".0").unwrap_or(digits);
        }
        self.long = x.to_string();
        &self.long
    }
}

/// The name of [`distribution_csv`] in a result's folder.
pub const DISTRIBUTION: &str = "distribution.csv";

/// `distribution.csv`: the distribution of total exports in the last whole year: the share of all runs in
/// each filled bin, in tonnes, with all digits. The bin of zero has no width.
pub fn distribution_csv(result: &RunResult) -> Vec<u8> {
    let heading = ["low", "high", "share"].map(str::to_owned).to_vec();
    let bins = result.last_year.list().iter();
    csv_table(heading, bins.map(|bin| [bin.low, bin.high, bin.share].map(|x| x.to_string()).to_vec()))
}

/// The unit of a metric of this dimension in files.
pub fn base_unit(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::MASS => "t",
        Dimension::MONEY => "USD",
        Dimension::MONEY_PER_MASS => "USD/t",
        _ => "share",
    }
}

/// The columns of the chance of a period, and of the chance to have reached a target at least once by its
/// end.
pub(super) const CHANCE: [&str; 3] = ["chance", "chance_low", "chance_high"];
pub(super) const AT_LEAST_ONCE: [&str; 3] =
    ["chance_at_least_once_by", "at_least_once_low", "at_least_once_high"];

/// `targets.csv`: for each target its chances by month and by year, with their 95% Monte Carlo intervals.
///
/// `chance` is that of the period: for an amount, that the year's own figure meets the threshold, empty for
/// months and for parts of years that can't be compared with it; for an event, a project or a default, that
/// it has happened by the end of the period. `chance_at_least_once_by` is the chance to have met the
/// threshold in any month up to the end of the period, for an amount of a year by the sum of any twelve
/// consecutive months.
pub fn targets_csv(result: &RunResult) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let heading = ["target", "period", "kind", "months"].into_iter().chain(CHANCE).chain(AT_LEAST_ONCE);
    write_row(&mut writer, heading);
    for target in &result.targets {
        for (step, month) in result.months.iter().enumerate() {
            let own = target.spec.is_date().then(|| (target.chance_by(step), target.interval_by(step)));
            write_row(&mut writer, target_row(target, (month, step), own));
        }
        for (index, year) in result.years.iter().enumerate() {
            let count = target.yearly.get(index).copied().flatten();
            let own = target.chance_in(index).zip(count.map(|count| count.interval));
            let end = usize::try_from(year.last().months_since(result.info.horizon.start)).unwrap_or(0);
            write_row(&mut writer, target_row(target, (year, end), own));
        }
    }
    writer.into_inner().unwrap_or_default()
}

/// A row: a period, the index of its last month, and the chance of the period if it has one.
fn target_row(
    target: &TargetResult,
    (period, end): (&Period, usize),
    own: Option<(f64, (f64, f64))>,
) -> Vec<String> {
    let figures = |chance: f64, (low, high): (f64, f64)| [chance, low, high].map(|share| share.to_string());
    let own = own.map_or_else(Default::default, |(chance, interval)| figures(chance, interval));
    let first =
        [target.spec.name.clone(), period.label(), kind(period).to_owned(), period.months.to_string()];
    first.into_iter().chain(own).chain(figures(target.chance_by(end), target.interval_by(end))).collect()
}

fn kind(period: &Period) -> &'static str {
    match period.kind {
        PeriodKind::Month => "month",
        PeriodKind::Year => "year",
    }
}

/// `assumptions.csv`: the register.
pub fn assumptions_csv(result: &RunResult) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header = [
        "path",
        "written",
        "unit",
        "mean",
        "p05",
        "p95",
        "uncertain",
        "source",
        "note",
        "confidence",
        "file",
    ];
    write_row(&mut writer, header);
    for assumption in &result.assumptions {
        let figure = |pick: fn(&crate::plan::Figures) -> f64| {
            assumption.figures.as_ref().map(|figures| pick(figures).to_string()).unwrap_or_default()
        };
        let cells = [
            assumption.path.clone(),
            assumption.written.clone(),
            assumption.unit.clone(),
            figure(|f| f.mean),
            figure(|f| f.p05),
            figure(|f| f.p95),
            assumption.uncertain.to_string(),
            assumption.source.clone(),
            assumption.note.clone(),
            assumption.confidence.clone(),
            assumption.file.clone(),
        ];
        write_row(&mut writer, &cells);
    }
    writer.into_inner().unwrap_or_default()
}

/// A table in memory. Every row has as many cells as the heading.
pub fn csv_table(heading: Vec<String>, rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    std::iter::once(heading).chain(rows).for_each(|row| write_row(&mut writer, &row));
    writer.into_inner().unwrap_or_default()
}

/// Writes a row. Rows are written to memory and all have as many cells as the header, so this can't fail.
fn write_row<C: AsRef<str>>(writer: &mut csv::Writer<Vec<u8>>, cells: impl IntoIterator<Item = C>) {
    write_fields(writer, cells);
    let written = writer.write_record(None::<&str>);
    debug_assert!(written.is_ok(), "{written:?}");
}

/// Writes the next cells of a row, which [`write_row`] ends. Every cell of every table is written here.
fn write_fields<C: AsRef<str>>(writer: &mut csv::Writer<Vec<u8>>, cells: impl IntoIterator<Item = C>) {
    for cell in cells {
        let written = writer.write_field(harmless(cell.as_ref()).as_bytes());
        debug_assert!(written.is_ok(), "{written:?}");
    }
}

/// The content of a cell, made safe: without hidden characters, and without anything that a spreadsheet would
/// take for a formula. A text that begins like a formula, also after blanks or with full-width characters,
/// gets an apostrophe in front, unless it is a number.
fn harmless(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_')) {
        return text.into();
    }
    let text = printable(text);
    let first = text.trim_start().chars().next();
    let is_formula = first.is_some_and(|c| "=+-@＝＋－＠".contains(c)) && !is_number(&text);
    if is_formula { format!("'{text}").into() } else { text.into() }
}

/// The name in a cell: no name begins with an apostrophe of its own.
pub(super) fn name_in(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell)
}

/// Whether a text is a number as programs write it, with or without a %.
fn is_number(text: &str) -> bool {
    let digits = text.strip_suffix('%').unwrap_or(text);
    digits.parse::<f64>().is_ok_and(f64::is_finite)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_give_the_number_back_and_are_no_more_than_that_takes() {
        let mut digits = Digits::default();
        let mut check = |x: f64| {
            let text = digits.of(x);
            // The last digit may differ between two representations that are equally close.
            assert_eq!((text.parse(), text.len()), (Ok(x), x.to_string().len()), "{text}");
        };
        let mut x = 1.234e-320;
        while x < 1e300 {
            [x, -x, libm::round(x), libm::trunc(x * 1e3) / 1e3].into_iter().for_each(&mut check);
            x *= 1.37;
        }
        [0.0, -0.0, 1e15, 1e16, 1e17, 0.1 + 0.2, f64::MAX, f64::INFINITY].into_iter().for_each(check);
    }

    #[test]
    fn a_formula_in_any_cell_stays_text_and_numbers_stay_numbers() {
        for formula in [
            "=1+2",
            "+A1",
            "-2+3+cmd|' /C calc'!A0",
            "@SUM(1)",
            "\t=1",
            "\r=1",
            " =1",
            "＝1+2",
            "-",
            "-inf",
            "–1",
        ] {
            let text = harmless(formula);
            let begins = text.trim_start().chars().next().expect("it is not empty");
            assert!(!"=+-@＝".contains(begins) && !text.contains(['\t', '\r']), "{formula:?}: {text}");
        }
        for number in ["-1.5", "+2", "-0", "-15%", "1e-20", "-1e30", "0.25"] {
            assert_eq!(harmless(number), number);
        }
        assert_eq!(harmless("-15% to 35% /year"), "'-15% to 35% /year");
        assert_eq!(harmless("5 to 10 kt\u{1b}[0m"), "5 to 10 kt\u{FFFD}[0m");
        assert_eq!(harmless("ФТС России, 2024"), "ФТС России, 2024");
    }

    #[test]
    fn every_cell_of_a_table_passes_the_same_rule() {
        let row = || ["=a", "b", "@c"].map(str::to_owned).to_vec();
        let table = csv_table(row(), std::iter::once(row()));
        assert_eq!(String::from_utf8(table).expect("is text"), "'=a,b,'@c\n'=a,b,'@c\n");
    }
}
