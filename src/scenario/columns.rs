//! Numbers from CSV files that a scenario names: `sample('prices.csv', column='price')`.
//!
//! Files lie beside the scenario file that names them or below it, as its layers do. Each is read once, hashed with the
//! layers, and its numbers stand in the resolved scenario, which so needs no file.

use super::files::{self, Files, Folder};
use super::quantity::{Cell, ColumnError, Named};
use super::tree::{Table, Value};
use crate::diag::{FileId, Place, Sources, cut, list};
use crate::results::{FileHash, hash_hex};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What a scenario's files may name, and what was read because they named it.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// By scenario file.
    pub(super) folders: BTreeMap<FileId, Folder>,
    /// The files of numbers that were read, in that order.
    pub(super) read: Vec<FileHash>,
    /// Where texts come from.
    pub(super) files: Files,
    texts: BTreeMap<PathBuf, FileId>,
    /// By the place of a quantity that names files.
    named: BTreeMap<Place, Named>,
}

impl Columns {
    /// The folder of a scenario file; of a setting, that of the scenario.
    pub(super) fn folder(&self, file: FileId) -> &Folder {
        self.folders
            .get(&file)
            .or_else(|| self.folders.get(&FileId(0)))
            .expect("the scenario itself is added before anything is read from it")
    }

    /// Remembers how a quantity that names files is to be shown and written.
    pub(super) fn remember(&mut self, place: Place, named: Named) {
        self.named.insert(place, named);
    }

    /// A quantity that names files, as it is shown.
    pub(super) fn shown(&self, place: Place) -> Option<&str> {
        self.named.get(&place).map(|named| named.shown.as_str())
    }

    /// Puts the numbers of files into the texts that name them.
    pub(super) fn inline(&self, table: &mut Table) {
        for entry in &mut table.entries {
            match &mut entry.node.value {
                Value::Table(inner) => self.inline(inner),
                Value::Text(text) => {
                    if let Some(named) = self.named.get(&entry.node.place) {
                        text.clone_from(&named.resolved);
                    }
                }
                _ => {}
            }
        }
    }

    /// The numbers of a column of a file that is named in the scenario file `from`.
    pub(super) fn column(
        &mut self,
        sources: &mut Sources,
        from: FileId,
        path: &str,
        column: Option<&str>,
    ) -> Result<Vec<Cell>, ColumnError> {
        let file = self.text(sources, from, path)?;
        Sheet { name: path, file, text: &sources.file(file).text }.numbers(column)
    }

    /// The text of a file of numbers, read unless it was before.
    fn text(&mut self, sources: &mut Sources, from: FileId, path: &str) -> Result<FileId, ColumnError> {
        let Some(target) = self.folder(from).find(path, &self.files) else {
            let problem = ColumnError::file(format!("`{path}` lies outside the scenario's folder"));
            return Err(problem.help("samples lie beside or below the scenario; copy the file there"));
        };
        let known = self.files.canonical(&target);
        if let Some(file) = self.texts.get(&known) {
            return Ok(*file);
        }
        let text = self.files.read(&target).map_err(|error| cannot_read(&target, path, &error.source))?;
        let name = target.display().to_string();
        self.read.push(FileHash { path: name.clone(), sha256: hash_hex(text.as_bytes()) });
        let file = sources.add(name, &*text);
        self.texts.insert(known, file);
        Ok(file)
    }
}

fn cannot_read(target: &Path, path: &str, why: &std::io::Error) -> ColumnError {
    let near = files::neighbours(target, path, "csv");
    let problem = ColumnError::file(format!("can't read `{path}`: {why}"));
    problem.suggest(path, near.iter().map(String::as_str))
}

/// A CSV file. Its first line names the columns; a file of one column may do without.
struct Sheet<'s> {
    name: &'s str,
    file: FileId,
    text: &'s str,
}

impl Sheet<'_> {
    fn numbers(&self, column: Option<&str>) -> Result<Vec<Cell>, ColumnError> {
        let rows = self.rows()?;
        let Some((_, heads)) = rows.first() else {
            return Err(ColumnError::file(format!("`{}` is empty", self.name)));
        };
        let place = self.place_among(heads, column)?;
        let is_headless = column.is_none() && cell(&heads[0]).is_ok();
        let below = &rows[usize::from(!is_headless)..];
        if below.is_empty() {
            return Err(ColumnError::file(format!("`{}` has a heading and nothing below it", self.name)));
        }
        below.iter().map(|(start, row)| self.number(*start, row, place)).collect()
    }

    /// Every line that isn't empty, with the byte where it starts.
    fn rows(&self) -> Result<Vec<(usize, csv::StringRecord)>, ColumnError> {
        let mut options = csv::ReaderBuilder::new();
        // Short lines are told by their place below, which says more than the reader could.
        let mut reader =
            options.has_headers(false).flexible(true).trim(csv::Trim::All).from_reader(self.text.as_bytes());
        let failed = |error: csv::Error| ColumnError::file(format!("`{}` is no CSV: {error}", self.name));
        reader.records().map(|row| row.map(|row| (self.start(&row), row)).map_err(failed)).collect()
    }

    /// The reader counts the ends of lines and the blank lines before a row to it.
    fn start(&self, row: &csv::StringRecord) -> usize {
        let from =
            row.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(usize::MAX));
        let rest = self.text.get(from..).unwrap_or_default();
        self.text.len() - rest.trim_start_matches(['\r', '\n', '\u{feff}']).len()
    }

    /// The place of a column in every row.
    fn place_among(&self, heads: &csv::StringRecord, column: Option<&str>) -> Result<usize, ColumnError> {
        let names: Vec<&str> = heads.iter().collect();
        let Some(column) = column else {
            let message = format!("`{}` has {} columns: say which is meant", self.name, names.len());
            let problem = ColumnError::file(message);
            let example = names.last().copied().unwrap_or_default();
            return if names.len() == 1 {
                Ok(0)
            } else {
                Err(problem.help(format!("for example column='{example}'; it has {}", list(&names, 12))))
            };
        };
        let mut places = (0..names.len()).filter(|&place| names[place] == column);
        match (places.next(), places.next()) {
            (Some(place), None) => Ok(place),
            (Some(_), Some(_)) => {
                Err(ColumnError::column(format!("`{}` has several columns `{column}`", self.name)))
            }
            (None, _) => Err(self.no_column(&names, column)),
        }
    }

    fn no_column(&self, names: &[&str], column: &str) -> ColumnError {
        let problem = ColumnError::column(format!("`{}` has no column `{column}`", self.name));
        match names {
            [only] if only.contains([';', '\t']) => problem.help(COMMAS),
            names => problem.suggest(column, names.iter().copied()),
        }
    }

    fn number(&self, start: usize, row: &csv::StringRecord, place: usize) -> Result<Cell, ColumnError> {
        let text = row.get(place).unwrap_or_default();
        cell(text).map_err(|help| {
            let line = self.text.get(..start).unwrap_or_default().matches('\n').count() + 1;
            let what =
                if text.is_empty() { "nothing".to_owned() } else { format!("`{}`", cut(text, MOST_OF_CELL)) };
            let message = format!("line {line} of `{}` has {what} where a number belongs", self.name);
            ColumnError::file(message).help(help).see(self.cell_at(start, place))
        })
    }

    /// Where a cell stands; its whole line, where quotation marks make that hard to say.
    fn cell_at(&self, start: usize, place: usize) -> Place {
        let line = self.text.get(start..).unwrap_or_default().lines().next().unwrap_or_default();
        let whole = Place::new(self.file, start..start + line.len());
        let before: usize = line.split(',').take(place).map(|cell| cell.len() + 1).sum();
        match line.split(',').nth(place) {
            Some(cell) if !line.contains('"') && !cell.is_empty() => whole.part(before, cell.len()),
            _ => whole,
        }
    }
}

const COMMAS: &str = "columns are separated by commas; this file seems to have something else between them";

/// A cell's number, with or without a %; else what would be right.
fn cell(text: &str) -> Result<Cell, &'static str> {
    if text.is_empty() {
        return Err("leave out lines without a value");
    }
    let digits = text.strip_suffix('%').map(str::trim_end);
    match digits.unwrap_or(text).parse::<f64>() {
        Ok(value) if value.abs() <= 1e30 => Ok(Cell { value, percent: digits.is_some() }),
        Ok(_) => Err("numbers are finite, at most 1e30; leave out lines without a value"),
        Err(_) if text.contains(';') => Err(COMMAS),
        Err(_) if text.contains(',') => Err("write numbers with a point and without separators: 31.5, 1234"),
        Err(_) => Err("write numbers like 31.5, 1234 or 8%; leave out lines without a value"),
    }
}

/// Enough of a cell to know it by.
const MOST_OF_CELL: usize = 30;
