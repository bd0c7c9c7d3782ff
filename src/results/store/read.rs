//! A result read from its folder.

use super::ours::is_inside;
use super::tables::DISTRIBUTION;
use super::{DRAWS, DrawsError, DrawsReader, Kind, MANIFEST, manifest, open_file};
use crate::results::manifest::hex;
use crate::results::{FileHash, Manifest, QUANTILES, Summary};
use crate::stats::{Bin, Bins};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader};
use std::path::{Path, PathBuf};

/// The name of the resolved scenario in a result's folder.
pub const RESOLVED: &str = "resolved.toml";

/// Why a folder can't be read as a result.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It has no manifest of this program.
    #[error("{} is not a result of this program: it has no {MANIFEST}", folder.display())]
    Foreign {
        /// The folder.
        folder: PathBuf,
    },
    /// It contains a result of another kind.
    #[error("{} is not the result of a run: it holds {held}", folder.display())]
    OtherKind {
        /// The folder.
        folder: PathBuf,
        /// The kind of the result.
        held: Kind,
    },
    /// It was written by an older version of the program, without a seal.
    #[error(
        "{} was written by version {version} of the program in an earlier format, \
         which this version ({}) doesn't read; run the scenario again",
        folder.display(), env!("CARGO_PKG_VERSION")
    )]
    Older {
        /// The folder.
        folder: PathBuf,
        /// The version that wrote it.
        version: String,
    },
    /// It was written by a version of the program with another format.
    #[error(
        "{} was written by version {version} of the program in another format, \
         which this version ({}) doesn't read; read it with that version, or run the \
         scenario again",
        folder.display(), env!("CARGO_PKG_VERSION")
    )]
    Other {
        /// The folder.
        folder: PathBuf,
        /// The version that wrote it.
        version: String,
    },
    /// The manifest lists a file outside of its folder, or one behind a link.
    #[error("{}: {MANIFEST} lists `{path}`, which is not in this folder; nothing is read", folder.display())]
    Outside {
        /// The folder.
        folder: PathBuf,
        /// The path in the manifest.
        path: String,
    },
    /// A file differs from the manifest.
    #[error(
        "{} was changed or lost after the run: it differs from {MANIFEST} or its seal; \
         run the scenario again",
        path.display()
    )]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// The file has a different form from what this version of the program writes.
    #[error(
        "{} doesn't have the form that this version of the program writes ({what}); run the scenario again",
        path.display()
    )]
    Format {
        /// The file.
        path: PathBuf,
        /// What differs.
        what: String,
    },
    /// The file system refused.
    #[error("can't read {}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The reason.
        source: io::Error,
    },
}

/// The folder of a result in which every byte is unchanged.
#[derive(Debug, Clone)]
pub struct StoredResult {
    folder: PathBuf,
    manifest: Manifest,
}

/// The figures of a metric, from its rows in `summary.csv`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MetricRows {
    /// By month.
    pub monthly: Vec<Summary>,
    /// By year.
    pub yearly: Vec<Summary>,
}

/// The chances of a target and the bounds of their intervals, from its rows in `targets.csv`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TargetRows {
    /// By month: the chance to have reached it at least once by then.
    pub monthly: Vec<[f64; 3]>,
    /// By year: the chance of the year's own figure; NaN where it has none.
    pub yearly: Vec<[f64; 3]>,
}

impl StoredResult {
    /// Opens a result and compares every file with the manifest.
    ///
    /// # Errors
    /// If it isn't the result of a run, if another version wrote it, or if a byte of it has changed.
    pub fn open(folder: &Path) -> Result<Self, ReadError> {
        let manifest = Self::open_once(folder)
            // Another run may just have replaced this result by its own.
            .or_else(|_| Self::open_once(folder))?;
        Ok(Self { folder: folder.to_owned(), manifest })
    }

    fn open_once(folder: &Path) -> Result<Manifest, ReadError> {
        let manifest = manifest::read(folder)?;
        match Kind::of(&manifest.files) {
            Some(Kind::Run) => {}
            Some(held) => return Err(ReadError::OtherKind { folder: folder.to_owned(), held }),
            None => return Err(ReadError::Foreign { folder: folder.to_owned() }),
        }
        manifest.files.iter().try_for_each(|file| verify(folder, file))?;
        manifest::read_timings(folder)?;
        Ok(manifest)
    }

    /// Its manifest.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The scenario as it was run.
    pub fn resolved(&self) -> PathBuf {
        self.folder.join(RESOLVED)
    }

    /// The table of its single runs, if it has one.
    ///
    /// # Errors
    /// If it can't be read.
    pub fn draws(&self) -> Option<Result<DrawsReader, DrawsError>> {
        let is_there = self.manifest.files.iter().any(|file| file.path == DRAWS);
        is_there.then(|| DrawsReader::open(&self.folder.join(DRAWS)))
    }

    /// Every metric in every month and year, by its path.
    ///
    /// # Errors
    /// If the table doesn't have the form that this version writes.
    pub fn metrics(&self) -> Result<BTreeMap<String, MetricRows>, ReadError> {
        let mut table = Rows::open(&self.folder.join("summary.csv"))?;
        let columns = SummaryColumns::of(&table)?;
        let mut metrics: BTreeMap<String, MetricRows> = BTreeMap::new();
        while let Some(row) = table.next()? {
            let summary = columns.summary(&table, &row)?;
            let rows = metrics.entry(row[columns.metric].to_owned()).or_default();
            if &row[columns.kind] == "month" { &mut rows.monthly } else { &mut rows.yearly }.push(summary);
        }
        Ok(metrics)
    }

    /// The distribution of total exports in the last whole year; empty if the result doesn't contain it.
    ///
    /// # Errors
    /// If the table doesn't have the form that this version writes.
    pub fn last_year(&self) -> Result<Bins, ReadError> {
        let mut bins = Vec::new();
        if !self.manifest.files.iter().any(|file| file.path == DISTRIBUTION) {
            return Ok(Bins::default());
        }
        let mut table = Rows::open(&self.folder.join(DISTRIBUTION))?;
        let [low, high, share] = [table.column("low")?, table.column("high")?, table.column("share")?];
        while let Some(row) = table.next()? {
            let number = |column| table.number(&row, column);
            bins.push(Bin { low: number(low)?, high: number(high)?, share: number(share)? });
        }
        Ok(Bins::new(bins))
    }

    /// The chances of every target, by its name, with the bounds of their intervals; empty without targets.
    ///
    /// # Errors
    /// If the table doesn't have the form that this version writes.
    pub fn targets(&self) -> Result<BTreeMap<String, TargetRows>, ReadError> {
        let mut targets: BTreeMap<String, TargetRows> = BTreeMap::new();
        if self.manifest.targets.is_empty() {
            return Ok(targets);
        }
        let mut table = Rows::open(&self.folder.join("targets.csv"))?;
        let (name, kind) = (table.column("target")?, table.column("kind")?);
        let columns = |names: [&str; 3]| -> Result<[usize; 3], ReadError> {
            let [one, two, three] = names.map(|name| table.column(name));
            Ok([one?, two?, three?])
        };
        let (in_period, at_least_once) =
            (columns(super::tables::CHANCE)?, columns(super::tables::AT_LEAST_ONCE)?);
        while let Some(row) = table.next()? {
            let numbers = |columns: [usize; 3]| -> Result<[f64; 3], ReadError> {
                let [one, two, three] = columns.map(|column| table.number(&row, column));
                Ok([one?, two?, three?])
            };
            let rows = targets.entry(super::tables::name_in(&row[name]).to_owned()).or_default();
            if &row[kind] == "month" {
                rows.monthly.push(numbers(at_least_once)?);
            } else {
                rows.yearly.push(numbers(in_period)?);
            }
        }
        Ok(targets)
    }
}

/// Compares a file with its hash.
pub(super) fn verify(folder: &Path, file: &FileHash) -> Result<(), ReadError> {
    let path = folder.join(&file.path);
    if !lies_in(folder, Path::new(&file.path)) {
        return Err(ReadError::Outside { folder: folder.to_owned(), path: file.path.clone() });
    }
    match hash_file(&path) {
        Ok(found) if found == file.sha256 => Ok(()),
        Ok(_) => Err(ReadError::Changed { path }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(ReadError::Changed { path }),
        Err(source) => Err(ReadError::Io { path, source }),
    }
}

/// Whether a path stays in its folder: no root, no `..`, and no link along the way.
fn lies_in(folder: &Path, path: &Path) -> bool {
    let is_link = |part: &Path| folder.join(part).symlink_metadata().is_ok_and(|found| found.is_symlink());
    let parts = path.ancestors().filter(|part| !part.as_os_str().is_empty());
    is_inside(path) && !parts.into_iter().any(is_link)
}

/// The SHA-256 of a file, in hexadecimal, without holding it in memory.
pub(super) fn hash_file(path: &Path) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut file = BufReader::with_capacity(1 << 16, open_file(path)?);
    loop {
        let bytes = file.fill_buf()?;
        if bytes.is_empty() {
            return Ok(hex(&hash.finalize()));
        }
        hash.update(bytes);
        let read = bytes.len();
        file.consume(read);
    }
}

/// A CSV file, row by row.
struct Rows {
    path: PathBuf,
    reader: csv::Reader<File>,
    heading: csv::StringRecord,
}

impl Rows {
    fn open(path: &Path) -> Result<Self, ReadError> {
        let format = |error: csv::Error| ReadError::Format { path: path.to_owned(), what: error.to_string() };
        let mut reader = csv::Reader::from_reader(open_file(path).map_err(|error| format(error.into()))?);
        let heading = reader.headers().map_err(format)?.clone();
        Ok(Self { path: path.to_owned(), reader, heading })
    }

    fn malformed(&self, what: String) -> ReadError {
        ReadError::Format { path: self.path.clone(), what }
    }

    fn column(&self, name: &str) -> Result<usize, ReadError> {
        let index = self.heading.iter().position(|column| column == name);
        index.ok_or_else(|| self.malformed(format!("there is no column `{name}`")))
    }

    fn next(&mut self) -> Result<Option<csv::StringRecord>, ReadError> {
        let mut row = csv::StringRecord::new();
        match self.reader.read_record(&mut row) {
            Ok(is_row) => Ok(is_row.then_some(row)),
            Err(error) => Err(self.malformed(error.to_string())),
        }
    }

    /// The number in a cell; NaN for an empty cell.
    fn number(&self, row: &csv::StringRecord, column: usize) -> Result<f64, ReadError> {
        match &row[column] {
            "" => Ok(f64::NAN),
            cell => cell.parse().map_err(|_| self.malformed(format!("`{cell}` is not a number"))),
        }
    }
}

/// The columns of the parts of a summary.
struct SummaryColumns {
    metric: usize,
    kind: usize,
    mean: usize,
    sd: usize,
    error: usize,
    central: usize,
    quantiles: [usize; QUANTILES.len()],
    quantile_errors: [usize; QUANTILES.len()],
}

impl SummaryColumns {
    fn of(table: &Rows) -> Result<Self, ReadError> {
        let mut quantiles = [0; QUANTILES.len()];
        let mut quantile_errors = [0; QUANTILES.len()];
        for (index, p) in QUANTILES.into_iter().enumerate() {
            let name = super::tables::quantile_name(p);
            quantile_errors[index] = table.column(&format!("mc_error_{name}"))?;
            quantiles[index] = table.column(&name)?;
        }
        Ok(Self {
            metric: table.column("metric")?,
            kind: table.column("kind")?,
            mean: table.column("mean")?,
            sd: table.column("sd")?,
            error: table.column("mc_error")?,
            central: table.column("central")?,
            quantiles,
            quantile_errors,
        })
    }

    fn summary(&self, table: &Rows, row: &csv::StringRecord) -> Result<Summary, ReadError> {
        let number = |column: usize| table.number(row, column);
        let all = |columns: [usize; QUANTILES.len()]| -> Result<[f64; QUANTILES.len()], ReadError> {
            let mut numbers = [0.0; QUANTILES.len()];
            for (found, column) in numbers.iter_mut().zip(columns) {
                *found = number(column)?;
            }
            Ok(numbers)
        };
        Ok(Summary {
            mean: number(self.mean)?,
            sd: number(self.sd)?,
            quantiles: all(self.quantiles)?,
            standard_error: number(self.error)?,
            quantile_errors: all(self.quantile_errors)?,
            central: number(self.central)?,
        })
    }
}
