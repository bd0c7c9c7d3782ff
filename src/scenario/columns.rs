//! Numbers from CSV files that a scenario names: `sample('prices.csv', column='price')`.
//!
//! The files must be in the folder of the scenario file that names them or below it, like its layers. Each is
//! read once and hashed with the layers. Its numbers are copied into the resolved scenario, which therefore
//! needs no other file.

use super::files::{self, Files, Folder};
use super::quantity::{Cell, ColumnError, Named};
use super::sheet::Sheet;
use super::tree::{Table, Value};
use crate::diag::{FileId, Sources, Span};
use crate::results::{FileHash, hash_hex};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The folders that a scenario's files may refer to, and the data files that were read.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// The folder of each scenario file.
    pub(super) folders: BTreeMap<FileId, Folder>,
    /// The data files that were read, in the order of reading.
    pub(super) read: Vec<FileHash>,
    /// The texts of files read so far.
    pub(super) files: Files,
    texts: BTreeMap<PathBuf, FileId>,
    /// The quantities that name files, by their location.
    named: BTreeMap<Span, Named>,
}

impl Columns {
    /// The folder of a scenario file; for a `--set` setting, the folder of the scenario.
    pub(super) fn folder(&self, file: FileId) -> &Folder {
        self.folders
            .get(&file)
            .or_else(|| self.folders.get(&FileId(0)))
            .expect("the scenario itself is added before anything is read from it")
    }

    /// Stores how a quantity that names files is shown, and how it is written to the resolved scenario.
    pub(super) fn remember(&mut self, span: Span, named: Named) {
        self.named.insert(span, named);
    }

    /// The text shown for a quantity that names files; `None` for any other.
    pub(super) fn shown(&self, span: Span) -> Option<&str> {
        self.named.get(&span).map(|named| named.shown.as_str())
    }

    /// Writes the numbers of data files into the quantities that name the files.
    pub(super) fn inline(&self, table: &mut Table) {
        for entry in &mut table.entries {
            match &mut entry.node.value {
                Value::Table(inner) => self.inline(inner),
                Value::Text(text) => {
                    if let Some(named) = self.named.get(&entry.node.span) {
                        text.clone_from(&named.resolved);
                    }
                }
                _ => {}
            }
        }
    }

    /// The numbers in a column of a data file that the scenario file `from` names.
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

    /// The text of a data file, read on first use.
    fn text(&mut self, sources: &mut Sources, from: FileId, path: &str) -> Result<FileId, ColumnError> {
        let Some(target) = self.folder(from).find(path, &self.files) else {
            let problem = ColumnError::file(format!("`{path}` lies outside the scenario's folder"));
            return Err(problem.help(
                "data files must be in the scenario's folder or below it; copy the file \
                there",
            ));
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
