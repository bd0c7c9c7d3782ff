//! A result read back from its folder.

use super::tables::DISTRIBUTION;
use super::{DRAWS, DrawsError, DrawsReader, MANIFEST, open_file};
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
    /// It holds no manifest of this program.
    #[error("{} is no result of this program: it has no {MANIFEST} of a run", folder.display())]
    Foreign {
        /// The folder.
        folder: PathBuf,
    },
    /// A file is not what the manifest says.
    #[error("{} was changed or lost after the run: it isn't what {MANIFEST} says; run the scenario again", path.display())]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// Another version of the program wrote it, in a way that this one doesn't read.
    #[error("{} isn't as this version of the program writes it ({what}); run the scenario again", path.display())]
    Format {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// The file system refused.
    #[error("can't read {}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
}

/// A result's folder in which every byte is as it was written.
#[derive(Debug, Clone)]
pub struct StoredResult {
    folder: PathBuf,
    manifest: Manifest,
}

/// The figures of a metric, as its rows in `summary.csv`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MetricRows {
    /// By month.
    pub monthly: Vec<Summary>,
    /// By year.
    pub yearly: Vec<Summary>,
}

impl StoredResult {
    /// Opens a result and holds every file against the manifest.
    ///
    /// # Errors
    /// If it is no result, or if a byte of it has changed.
    pub fn open(folder: &Path) -> Result<Self, ReadError> {
        let foreign = || ReadError::Foreign { folder: folder.to_owned() };
        let manifest = super::folder::read_manifest(folder).ok_or_else(foreign)?;
        if !manifest.files.iter().any(|file| file.path == RESOLVED) {
            return Err(foreign());
        }
        for file in &manifest.files {
            verify(folder, file)?;
        }
        Ok(Self { folder: folder.to_owned(), manifest })
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
    /// If the table isn't as this version writes it.
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

    /// How total exports of the last whole year are distributed; empty where the result doesn't say.
    ///
    /// # Errors
    /// If the table isn't as this version writes it.
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

    /// For every target by its name the chance that it had been reached by each month, with the ends of its interval; none without
    /// targets.
    ///
    /// # Errors
    /// If the table isn't as this version writes it.
    pub fn reached(&self) -> Result<BTreeMap<String, Vec<[f64; 3]>>, ReadError> {
        let mut chances: BTreeMap<String, Vec<[f64; 3]>> = BTreeMap::new();
        if self.manifest.targets.is_empty() {
            return Ok(chances);
        }
        let mut table = Rows::open(&self.folder.join("targets.csv"))?;
        let name = table.column("target")?;
        let [chance, low, high] = [table.column("chance")?, table.column("low")?, table.column("high")?];
        while let Some(row) = table.next()? {
            let number = |column| table.number(&row, column);
            let figures = [number(chance)?, number(low)?, number(high)?];
            chances.entry(super::tables::name_in(&row[name]).to_owned()).or_default().push(figures);
        }
        Ok(chances)
    }
}

fn verify(folder: &Path, file: &FileHash) -> Result<(), ReadError> {
    let path = folder.join(&file.path);
    match hash_file(&path) {
        Ok(found) if found == file.sha256 => Ok(()),
        Ok(_) => Err(ReadError::Changed { path }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(ReadError::Changed { path }),
        Err(source) => Err(ReadError::Io { path, source }),
    }
}

/// The SHA-256 of a file, in hexadecimal, without holding it in memory.
fn hash_file(path: &Path) -> io::Result<String> {
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

    fn wrong(&self, what: String) -> ReadError {
        ReadError::Format { path: self.path.clone(), what }
    }

    fn column(&self, name: &str) -> Result<usize, ReadError> {
        let place = self.heading.iter().position(|column| column == name);
        place.ok_or_else(|| self.wrong(format!("there is no column `{name}`")))
    }

    fn next(&mut self) -> Result<Option<csv::StringRecord>, ReadError> {
        let mut row = csv::StringRecord::new();
        match self.reader.read_record(&mut row) {
            Ok(is_row) => Ok(is_row.then_some(row)),
            Err(error) => Err(self.wrong(error.to_string())),
        }
    }

    /// A cell's number; an empty cell is not known.
    fn number(&self, row: &csv::StringRecord, column: usize) -> Result<f64, ReadError> {
        match &row[column] {
            "" => Ok(f64::NAN),
            cell => cell.parse().map_err(|_| self.wrong(format!("`{cell}` is no number"))),
        }
    }
}

/// Where the parts of a summary stand in a row.
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
        for (place, p) in QUANTILES.into_iter().enumerate() {
            let name = super::tables::quantile_name(p);
            quantile_errors[place] = table.column(&format!("mc_error_{name}"))?;
            quantiles[place] = table.column(&name)?;
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
