//! Writing the files of a run's result, except its manifest and its single runs.

use super::Run;
use crate::attribution::Drivers;
use crate::report::charts::{self, Picture, driver_pictures};
use crate::report::html::run_report;
use crate::report::letters::stand_ins;
use crate::results::store::{
    DISTRIBUTION, DRAWS, REPORT, RESOLVED, Staging, assumptions_csv, distribution_csv, targets_csv,
    write_summary,
};
use crate::results::{FileHash, RunResult, hash_hex};
use crate::scenario::Loaded;
use crate::study::pictures::draw;
use crate::study::{Error, Host};

const SUMMARY: &str = "summary.csv";
const TARGETS: &str = "targets.csv";
const ASSUMPTIONS: &str = "assumptions.csv";

/// The tables that every result has.
pub(super) const TABLES_OF_ALL: [&str; 2] = [SUMMARY, ASSUMPTIONS];

/// The tables of this result, in the order in which they are listed.
pub(super) fn tables_in(result: &RunResult, has_draws: bool) -> Vec<String> {
    let others = tables(result).into_iter().map(|(path, _)| path);
    let all = std::iter::once(SUMMARY).chain(others).chain(has_draws.then_some(DRAWS));
    all.map(str::to_owned).collect()
}

/// Writes tables, page and pictures; gives the number of pictures.
pub(super) fn write_files(
    request: &Run,
    scenario: &Loaded,
    (result, drivers): (&RunResult, Option<&Drivers>),
    staging: &mut Staging,
    host: &dyn Host,
) -> Result<usize, Error> {
    let formats = &request.output.formats;
    let charts = if formats.is_empty() { Vec::new() } else { all_pictures(result, drivers) };
    let ((summary, tables), (pictures, page)) = rayon::join(
        || (staging.stream(SUMMARY, |file| write_summary(result, file)), tables(result)),
        || {
            rayon::join(
                || draw(&charts, formats, &stand_ins(result), host),
                || page(request, scenario, (result, drivers), &charts),
            )
        },
    );
    staging.keep(summary?);
    for (path, make) in tables {
        staging.write(path, &make(result))?;
    }
    staging.write(RESOLVED, scenario.resolved.as_bytes())?;
    let pictures = pictures?;
    for (path, bytes) in &pictures {
        staging.write(path, bytes)?;
    }
    if let Some(page) = page? {
        staging.write(REPORT, page.as_bytes())?;
    }
    Ok(pictures.len())
}

/// All pictures of a result, those of its drivers at the end.
fn all_pictures(result: &RunResult, drivers: Option<&Drivers>) -> Vec<Picture> {
    let mut all = charts::pictures(result);
    all.extend(drivers.map_or_else(Vec::new, |drivers| driver_pictures(&result.info, drivers)));
    all
}

/// The page of a result; `None` without pictures, because it consists of them.
fn page(
    request: &Run,
    scenario: &Loaded,
    (result, drivers): (&RunResult, Option<&Drivers>),
    charts: &[Picture],
) -> Result<Option<String>, Error> {
    if request.output.formats.is_empty() {
        return Ok(None);
    }
    let resolved = FileHash { path: RESOLVED.to_owned(), sha256: hash_hex(scenario.resolved.as_bytes()) };
    Ok(Some(run_report(result, charts, drivers, &resolved)?))
}

/// A table's file, and what makes it.
type Table = (&'static str, fn(&RunResult) -> Vec<u8>);

/// The other tables of a result.
fn tables(result: &RunResult) -> Vec<Table> {
    let all: [(Table, bool); 3] = [
        ((TARGETS, targets_csv), !result.targets.is_empty()),
        ((DISTRIBUTION, distribution_csv), !result.last_year.list().is_empty()),
        ((ASSUMPTIONS, assumptions_csv), true),
    ];
    all.into_iter().filter_map(|(table, is_there)| is_there.then_some(table)).collect()
}
