//! `draws.parquet`: the inputs and figures of every single run: one row for each run, one column for each
//! input and for each metric of a year.
//!
//! The file is Apache Parquet, readable by pandas, polars, `DuckDB` and others: a column `run` of integers,
//! counted from 0, and columns of 64-bit floats without gaps, plainly encoded and compressed with Snappy. The
//! role and unit of the columns are in the file's key-value metadata, under [`COLUMNS_KEY`], as JSON. The
//! bytes depend only on the values and on the version of the program, not on a clock or on how the runs were
//! divided into chunks.

use super::open_file;
use parquet::basic::{Compression, Encoding, Repetition, Type as PhysicalType};
use parquet::column::reader::ColumnReader;
use parquet::data_type::{DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

/// The key under which the file's metadata describe the columns: `[{"name": …, "role": …, "unit": …}, …]`.
pub const COLUMNS_KEY: &str = "corridor.columns";

/// The column of run numbers.
pub const RUN_COLUMN: &str = "run";

/// The number of runs written together. With 150 columns a group is 10 MB, and only one group is held in
/// memory; smaller groups slow readers down, larger ones gain nothing.
const GROUP_RUNS: usize = 8192;

/// The role of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// An input of the run.
    Input,
    /// A figure of the run.
    Metric,
}

/// One column of `draws.parquet`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawColumn {
    /// The path of an input (`products.flour.growth`), or of a metric with its year (`volume@2028`).
    pub name: String,
    /// Input or metric.
    pub role: Role,
    /// The unit of the values.
    pub unit: String,
}

/// Why draws could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum DrawsError {
    /// The file system or the format refused.
    #[error("can't {action} the table of runs: {source}")]
    File {
        /// What was tried.
        action: &'static str,
        /// Why not.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// Two columns have the same name, or one has that of the run numbers.
    #[error("the table of runs has two columns `{0}`")]
    SameName(String),
    /// A chunk doesn't have one slice for each column, all of the same length.
    #[error("a chunk of the table of runs has {found} columns of one length, not {expected}")]
    Shape {
        /// The columns of the table.
        expected: usize,
        /// The columns of the chunk that are as long as its first.
        found: usize,
    },
    /// There is no such column.
    #[error("the table of runs has no column `{0}`")]
    NoColumn(String),
    /// It is not a Parquet file of this program.
    #[error("this is not a table of runs of this program")]
    Foreign,
}

fn failed<E: Into<Box<dyn std::error::Error + Send + Sync>>>(
    action: &'static str,
) -> impl FnOnce(E) -> DrawsError {
    move |source| DrawsError::File { action, source: source.into() }
}

/// Writes draws chunk by chunk, in the order of runs.
pub struct DrawsWriter<W: Write + Send> {
    file: SerializedFileWriter<W>,
    /// The runs of the incomplete group, column by column.
    group: Vec<Vec<f64>>,
    /// The number of runs in groups that are written.
    written: i64,
}

impl<W: Write + Send> DrawsWriter<W> {
    /// Begins a table. `notes` are stored in the file's metadata as they are, as key and value.
    ///
    /// # Errors
    /// If two columns have one name, or if the file system refuses.
    pub fn new(sink: W, columns: &[DrawColumn], notes: &[(&str, &str)]) -> Result<Self, DrawsError> {
        refuse_same_names(columns)?;
        let file = SerializedFileWriter::new(sink, schema(columns), Arc::new(properties(columns, notes)));
        let file = file.map_err(failed("begin"))?;
        Ok(Self { file, group: vec![Vec::with_capacity(GROUP_RUNS); columns.len()], written: 0 })
    }

    /// Adds the next runs: for every column, in order, its values. The bytes don't depend on how the runs are
    /// divided into chunks.
    ///
    /// # Errors
    /// If the chunk has a different shape from the table, or if the file system refuses.
    pub fn push(&mut self, chunk: &[&[f64]]) -> Result<(), DrawsError> {
        let runs = chunk.first().map_or(0, |column| column.len());
        let found = chunk.iter().filter(|column| column.len() == runs).count();
        if found != chunk.len() || found != self.group.len() {
            return Err(DrawsError::Shape { expected: self.group.len(), found });
        }
        let mut from = 0;
        while from < runs {
            let free = GROUP_RUNS - self.buffered();
            let to = (from + free).min(runs);
            for (column, values) in self.group.iter_mut().zip(chunk) {
                column.extend_from_slice(&values[from..to]);
            }
            if self.buffered() == GROUP_RUNS {
                self.write_group().map_err(failed("write"))?;
            }
            from = to;
        }
        Ok(())
    }

    /// Writes the remaining runs and the end of the file; returns the sink.
    ///
    /// # Errors
    /// If the file system refuses.
    pub fn finish(mut self) -> Result<W, DrawsError> {
        if self.buffered() > 0 {
            self.write_group().map_err(failed("write"))?;
        }
        self.file.into_inner().map_err(failed("finish"))
    }

    fn buffered(&self) -> usize {
        self.group.first().map_or(0, Vec::len)
    }

    fn write_group(&mut self) -> Result<(), ParquetError> {
        let end = self.written + i64::try_from(self.buffered()).unwrap_or(0);
        let runs: Vec<i64> = (self.written..end).collect();
        let mut group = self.file.next_row_group()?;
        if let Some(mut column) = group.next_column()? {
            column.typed::<Int64Type>().write_batch(&runs, None, None)?;
            column.close()?;
        }
        for values in &mut self.group {
            if let Some(mut column) = group.next_column()? {
                column.typed::<DoubleType>().write_batch(values, None, None)?;
                column.close()?;
            }
            values.clear();
        }
        group.close()?;
        self.written = end;
        Ok(())
    }
}

fn refuse_same_names(columns: &[DrawColumn]) -> Result<(), DrawsError> {
    let mut names = BTreeSet::from([RUN_COLUMN]);
    match columns.iter().find(|column| !names.insert(&column.name)) {
        Some(column) => Err(DrawsError::SameName(column.name.clone())),
        None => Ok(()),
    }
}

fn schema(columns: &[DrawColumn]) -> Arc<Type> {
    let field = |name: &str, kind: PhysicalType| {
        let field = Type::primitive_type_builder(name, kind).with_repetition(Repetition::REQUIRED).build();
        Arc::new(field.expect("a number without further meaning is a valid column"))
    };
    let mut fields = vec![field(RUN_COLUMN, PhysicalType::INT64)];
    fields.extend(columns.iter().map(|column| field(&column.name, PhysicalType::DOUBLE)));
    Arc::new(Type::group_type_builder("draws").with_fields(fields).build().expect("a flat table is valid"))
}

fn properties(columns: &[DrawColumn], notes: &[(&str, &str)]) -> WriterProperties {
    let described = serde_json::to_string(columns).expect("names, roles and units are plain text");
    let mut metadata = vec![KeyValue::new(COLUMNS_KEY.to_owned(), described)];
    metadata.extend(notes.iter().map(|&(key, value)| KeyValue::new(key.to_owned(), value.to_owned())));
    WriterProperties::builder()
        .set_created_by(concat!("corridor version ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_key_value_metadata(Some(metadata))
        // With 10,000 runs × 150 columns, of which a third have repeated values: 11 ms and 0.89 of the plain
        // size. Dictionaries (28 ms, 1.06) and byte stream splitting (15 ms, 0.91) are worse. Page statistics
        // would be useless, because runs have no order.
        .set_dictionary_enabled(false)
        .set_encoding(Encoding::PLAIN)
        .set_compression(Compression::SNAPPY)
        .set_statistics_enabled(EnabledStatistics::None)
        .set_offset_index_disabled(true)
        .build()
}

/// Reads a table of runs, column by column.
pub struct DrawsReader {
    file: SerializedFileReader<File>,
    columns: Vec<DrawColumn>,
}

impl DrawsReader {
    /// Opens a table that [`DrawsWriter`] wrote.
    ///
    /// # Errors
    /// If the file can't be read or isn't such a table.
    pub fn open(path: &Path) -> Result<Self, DrawsError> {
        let file = open_file(path).map_err(failed("open"))?;
        let file = SerializedFileReader::new(file).map_err(failed("read"))?;
        let described = note(&file, COLUMNS_KEY).ok_or(DrawsError::Foreign)?;
        let columns = serde_json::from_str(described).map_err(|_| DrawsError::Foreign)?;
        Ok(Self { file, columns })
    }

    /// The columns, in the order of the file, without that of the run numbers.
    pub fn columns(&self) -> &[DrawColumn] {
        &self.columns
    }

    /// The number of runs.
    pub fn runs(&self) -> u64 {
        u64::try_from(self.file.metadata().file_metadata().num_rows()).unwrap_or(0)
    }

    /// A note of the file's metadata.
    pub fn note(&self, key: &str) -> Option<&str> {
        note(&self.file, key)
    }

    /// The values of a column, in the order of runs.
    ///
    /// # Errors
    /// If there is no such column, or if the file can't be read.
    pub fn read(&self, name: &str) -> Result<Vec<f64>, DrawsError> {
        let schema = self.file.metadata().file_metadata().schema_descr();
        let index = schema.columns().iter().position(|column| column.name() == name);
        let index = index.ok_or_else(|| DrawsError::NoColumn(name.to_owned()))?;
        let mut values = Vec::new();
        for group in 0..self.file.num_row_groups() {
            let column = self.file.get_row_group(group).and_then(|group| group.get_column_reader(index));
            let ColumnReader::DoubleColumnReader(mut column) = column.map_err(failed("read"))? else {
                return Err(DrawsError::NoColumn(name.to_owned()));
            };
            let rows = self.file.metadata().row_group(group).num_rows();
            let rows = usize::try_from(rows).map_err(failed("read"))?;
            column.read_records(rows, None, None, &mut values).map_err(failed("read"))?;
        }
        Ok(values)
    }
}

fn note<'f>(file: &'f SerializedFileReader<File>, key: &str) -> Option<&'f str> {
    let notes = file.metadata().file_metadata().key_value_metadata()?;
    notes.iter().find(|note| note.key == key).and_then(|note| note.value.as_deref())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns() -> Vec<DrawColumn> {
        let column = |name: &str, role, unit: &str| DrawColumn { name: name.into(), role, unit: unit.into() };
        vec![
            column("products.flour.growth", Role::Input, "share/year"),
            column("volume@2028", Role::Metric, "t"),
        ]
    }

    fn values(runs: u32) -> Vec<Vec<f64>> {
        let first = (0..runs).map(|run| f64::from(run) / 7.0).collect();
        let second = (0..runs).map(|run| if run % 5 == 0 { f64::NAN } else { -f64::from(run) }).collect();
        vec![first, second]
    }

    fn write(values: &[Vec<f64>], chunk: usize) -> Vec<u8> {
        let mut writer = DrawsWriter::new(Vec::new(), &columns(), &[("corridor.seed", "7")]).expect("begins");
        for from in (0..values[0].len()).step_by(chunk) {
            let to = (from + chunk).min(values[0].len());
            let part: Vec<&[f64]> = values.iter().map(|column| &column[from..to]).collect();
            writer.push(&part).expect("takes the chunk");
        }
        writer.finish().expect("finishes")
    }

    fn open(bytes: &[u8]) -> Result<DrawsReader, DrawsError> {
        let mut file = tempfile::NamedTempFile::new().expect("a file");
        file.write_all(bytes).expect("writes");
        DrawsReader::open(file.path())
    }

    fn bits(values: &[f64]) -> Vec<u64> {
        values.iter().map(|x| x.to_bits()).collect()
    }

    #[test]
    fn what_is_written_is_read_back_to_the_bit() {
        for runs in [0, 1, 511, 8192, 20_000] {
            let values = values(runs);
            let reader = open(&write(&values, 512)).expect("is a table of runs");
            assert_eq!((reader.runs(), reader.columns()), (u64::from(runs), columns().as_slice()));
            assert_eq!(reader.note("corridor.seed"), Some("7"));
            for (column, values) in columns().iter().zip(&values) {
                assert_eq!(bits(&reader.read(&column.name).expect("reads")), bits(values), "{runs} runs");
            }
        }
    }

    #[test]
    fn the_bytes_do_not_depend_on_the_division_into_chunks() {
        let values = values(20_000);
        let whole = write(&values, 20_000);
        assert!([512, 1000, 8193].into_iter().all(|chunk| write(&values, chunk) == whole));
    }

    #[test]
    fn a_chunk_of_another_shape_is_refused() {
        let mut writer = DrawsWriter::new(Vec::new(), &columns(), &[]).expect("begins");
        assert!(matches!(writer.push(&[&[1.0]]), Err(DrawsError::Shape { expected: 2, found: 1 })));
        assert!(matches!(writer.push(&[&[1.0], &[1.0, 2.0]]), Err(DrawsError::Shape { .. })));
    }

    #[test]
    fn two_columns_of_one_name_are_refused() {
        let mut twice = columns();
        twice.push(twice[0].clone());
        assert!(matches!(DrawsWriter::new(Vec::new(), &twice, &[]), Err(DrawsError::SameName(_))));
        twice[2].name = RUN_COLUMN.into();
        assert!(matches!(DrawsWriter::new(Vec::new(), &twice, &[]), Err(DrawsError::SameName(_))));
    }

    #[test]
    fn what_is_no_table_of_runs_is_an_error_and_no_panic() {
        let good = write(&values(100), 512);
        assert!(open(b"").is_err() && open(b"PAR1 no more than that PAR1").is_err());
        assert!(open(&good[..good.len() - 9]).is_err());
        let reader = open(&good).expect("is a table of runs");
        assert!(matches!(reader.read("nothing"), Err(DrawsError::NoColumn(_))));
        assert!(matches!(reader.read(RUN_COLUMN), Err(DrawsError::NoColumn(_))));
    }

    #[test]
    fn a_writer_that_fails_is_an_error() {
        struct Full;
        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
                Err(std::io::ErrorKind::StorageFull.into())
            }
            fn flush(&mut self) -> std::io::Result<()> {
                Ok(())
            }
        }
        let written = DrawsWriter::new(Full, &columns(), &[]).and_then(|mut writer| {
            let values = values(20_000);
            writer.push(&values.iter().map(Vec::as_slice).collect::<Vec<_>>())?;
            writer.finish().map(drop)
        });
        assert!(matches!(written, Err(DrawsError::File { .. })));
    }
}
