//! Numbers from CSV files that a scenario names: `sample('prices.csv', column='price')`.
//!
//! Files lie beside the scenario file that names them or below it, as its layers do. Each is read once, hashed with the
//! layers, and its numbers stand in the resolved scenario, which so needs no file.

use super::files::{self, Files, Folder};
use super::quantity::{Cell, ColumnError, Named};
use super::sheet::Sheet;
use super::tree::{Table, Value};
use crate::diag::{FileId, Place, Sources};
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
        let recorded = self.folder(from).recorded(path);
        self.read.push(FileHash { path: recorded.clone(), sha256: hash_hex(text.as_bytes()) });
        let file = sources.add_as(target.display().to_string(), recorded, &*text);
        self.texts.insert(known, file);
        Ok(file)
    }
}

fn cannot_read(target: &Path, path: &str, why: &std::io::Error) -> ColumnError {
    let near = files::neighbours(target, path, "csv");
    let problem = ColumnError::file(format!("can't read `{path}`: {why}"));
    problem.suggest(path, near.iter().map(String::as_str))
}
