//! `draws.parquet`, written while the runs are computed.

use super::Error;
use super::run::SingleRuns;
use crate::plan::Plan;
use crate::results::store::{
    DRAWS, DrawColumn, DrawsError, DrawsWriter, Role, Staging, StreamedFile, base_unit,
};
use crate::rng::STREAM_VERSION;
use crate::run::{Collector, Kept, KeptRuns};

/// The most runs that are written without a request: of a large scenario they take some 60 MB.
const MOST_UNASKED: u64 = 20_000;

/// What is kept of the runs of a plan; nothing where no table of them is to be written.
pub(super) fn kept(wanted: SingleRuns, plan: &Plan, has_goal: bool) -> Kept {
    // With a precision to reach, the number of runs may turn out to be small.
    let is_long = plan.info.runs > MOST_UNASKED && !has_goal;
    match wanted {
        SingleRuns::None => Kept::default(),
        SingleRuns::Usual if is_long => Kept::default(),
        SingleRuns::Usual | SingleRuns::Main => Kept::main(plan, &plan.metrics()),
        SingleRuns::All => Kept::all(plan, &plan.metrics()),
    }
}

/// The table while it is written.
pub(super) struct DrawsFile {
    /// `None` where no table is to be written.
    writer: Option<DrawsWriter<StreamedFile>>,
    columns: Vec<DrawColumn>,
    /// The unit of each column in base units.
    factors: Vec<f64>,
    most_runs: u64,
    runs: u64,
    failure: Option<DrawsError>,
}

impl DrawsFile {
    pub(super) fn create(
        wanted: SingleRuns,
        plan: &Plan,
        kept: &Kept,
        staging: &Staging,
    ) -> Result<Self, Error> {
        let (columns, factors) = columns(plan, kept);
        let is_wanted = !columns.is_empty();
        Ok(Self {
            writer: if is_wanted { Some(begin(plan, &columns, staging)?) } else { None },
            columns,
            factors,
            most_runs: if wanted == SingleRuns::Usual { MOST_UNASKED } else { u64::MAX },
            runs: 0,
            failure: None,
        })
    }

    /// Adds the table to the result, unless nobody asked for it and it is too long; gives its columns, if it
    /// is added.
    pub(super) fn finish(self, staging: &mut Staging) -> Result<Vec<DrawColumn>, Error> {
        if let Some(failure) = self.failure {
            return Err(failure.into());
        }
        let Some(writer) = self.writer else { return Ok(Vec::new()) };
        let file = writer.finish()?;
        if self.runs > self.most_runs {
            staging.discard(file)?;
            return Ok(Vec::new());
        }
        staging.keep(file);
        Ok(self.columns)
    }

    fn push(&mut self, runs: &KeptRuns) -> Result<(), DrawsError> {
        let Some(writer) = &mut self.writer else { return Ok(()) };
        let in_units =
            |(column, factor): (&[f64], &f64)| -> Vec<f64> { column.iter().map(|x| x / factor).collect() };
        let columns: Vec<Vec<f64>> = runs.columns().zip(&self.factors).map(in_units).collect();
        writer.push(&columns.iter().map(Vec::as_slice).collect::<Vec<_>>())
    }
}

impl Collector for DrawsFile {
    fn take(&mut self, runs: &[KeptRuns]) {
        for part in runs {
            self.runs += part.runs() as u64;
            if self.failure.is_none() && self.runs <= self.most_runs {
                self.failure = self.push(part).err();
            }
        }
    }
}

fn begin(plan: &Plan, columns: &[DrawColumn], staging: &Staging) -> Result<DrawsWriter<StreamedFile>, Error> {
    let notes = [
        ("corridor.scenario", plan.info.name.clone()),
        ("corridor.seed", plan.info.seed.to_string()),
        ("corridor.streams", STREAM_VERSION.to_string()),
        ("corridor.design", plan.design.name().to_owned()),
    ];
    let notes = notes.each_ref().map(|(key, value)| (*key, value.as_str()));
    Ok(DrawsWriter::new(staging.create(DRAWS)?, columns, &notes)?)
}

/// The columns of the table, and the unit of each in base units. Inputs are in the units of the scenario,
/// figures in base units.
fn columns(plan: &Plan, kept: &Kept) -> (Vec<DrawColumn>, Vec<f64>) {
    let metrics = plan.metrics();
    let years = plan.info.horizon.years();
    let inputs = plan.inputs.iter().filter(|_| kept.inputs).map(|input| {
        let unit = plan.stated_unit(&input.path);
        (DrawColumn { name: input.path.clone(), role: Role::Input, unit: unit.text }, unit.factor)
    });
    let figures = kept.figures.iter().map(|figure| {
        let metric = &metrics.list()[figure.metric];
        let name = format!("{}@{}", metric.path, years[figure.year]);
        let unit = base_unit(metric.dimension).to_owned();
        (DrawColumn { name, role: Role::Metric, unit }, 1.0)
    });
    inputs.chain(figures).unzip()
}
