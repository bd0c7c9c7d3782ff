//! Writing the folder of a comparison.

use super::{Compare, Compared, Found};
use crate::compare::{Mixed, Precise};
use crate::report::charts::compared::{View, pictures};
use crate::report::comparison::tables;
use crate::report::html::comparison_report;
use crate::report::letters::stand_ins;
use crate::results::store::{COMPARISON, Kind, REPORT, Staging};
use crate::results::{Health, Manifest, Precision, Timing};
use crate::study::clock::Clock;
use crate::study::manifest::manifest;
use crate::study::output::commit;
use crate::study::pictures::draw;
use crate::study::{Error, Host};

const ASSUMPTIONS: &str = "assumptions.csv";

impl Found {
    fn view(&self) -> View<'_> {
        View {
            comparison: &self.comparison,
            parts: self.parts.as_ref().map(|(parts, names)| (parts, names.as_slice())),
            mixed: self.mixed.as_ref().map(|(_, mixed)| volumes(mixed)),
        }
    }

    fn tables(&self) -> Vec<(&'static str, Vec<u8>)> {
        let mut all = vec![
            (COMPARISON, tables::comparison_csv(self.all())),
            (ASSUMPTIONS, tables::assumptions_csv(&self.comparison)),
        ];
        if self.comparison.scenarios.iter().any(|result| !result.targets.is_empty()) {
            all.push(("targets.csv", tables::targets_csv(&self.comparison)));
        }
        if let Some((parts, names)) = &self.parts {
            all.push(("contributions.csv", tables::contributions_csv(parts, names)));
        }
        if let Some((_, mixed)) = &self.mixed {
            all.push(("mixed.csv", tables::mixed_csv(&self.comparison, mixed)));
        }
        all
    }

    fn manifest(&self, name: &str, precision: Option<Precision>) -> Manifest {
        let info = &self.comparison.scenarios[0].info;
        Manifest {
            scenario: name.to_owned(),
            title: format!("Comparison with {}", info.title),
            precision,
            question: self.repeat.as_ref().map(|repeat| repeat.question.clone()),
            ..manifest(info, self.inputs.clone(), self.worst_health())
        }
    }

    /// The invalid runs of the scenario that has most of them.
    fn worst_health(&self) -> Health {
        let worst = self.comparison.scenarios.iter().max_by_key(|result| result.health.invalid);
        worst.map(|result| result.health.clone()).unwrap_or_default()
    }

    fn reached(&self, precise: &Precise) -> Precision {
        Precision {
            metric: precise.metric.clone(),
            year: precise.year,
            wanted: precise.wanted.number(),
            found: self.comparison.precision(precise),
            unit: precise.wanted.unit().to_owned(),
            runs: self.comparison.scenarios[0].info.runs,
        }
    }
}

/// The total volume, which comes first in a mixture.
fn volumes(mixed: &[Mixed]) -> &[Mixed] {
    let others = mixed.iter().position(|mixed| mixed.path != "volume");
    &mixed[..others.unwrap_or(mixed.len())]
}

impl Compare {
    /// Writes the folder.
    pub(super) fn write(&self, found: Found, host: &dyn Host) -> Result<Compared, Error> {
        let clock = Clock::start();
        let name = self.name.clone().unwrap_or_else(|| found.name.clone());
        let (staging, tables, pictures) = self.stage(&found, &name, host)?;
        let timing = Timing {
            load_s: found.load_s,
            runs_s: found.runs_s,
            output_s: clock.seconds(),
            threads: rayon::current_num_threads(),
        };
        let precision = found.precise.as_ref().map(|precise| found.reached(precise));
        let manifest = found.manifest(&name, precision.clone());
        let written = commit(staging, manifest, timing, (tables, pictures), host)?;
        let Found { comparison, parts, mixed, warnings, resolved, .. } = found;
        let has_scenarios = !resolved.is_empty();
        Ok(Compared { comparison, parts, mixed, precision, warnings, written, has_scenarios })
    }

    /// Writes the files, which are not in their place yet; gives the names of the tables and the number of
    /// pictures.
    pub(super) fn stage(
        &self,
        found: &Found,
        name: &str,
        host: &dyn Host,
    ) -> Result<(Staging, Vec<String>, usize), Error> {
        let mut staging = self.output.begin(name, Kind::Comparison, &[COMPARISON, ASSUMPTIONS], host)?;
        let formats = &self.output.formats;
        let charts = if formats.is_empty() { Vec::new() } else { pictures(found.view()) };
        let stand_ins: Vec<_> = found.all().scenarios.iter().flat_map(stand_ins).collect();
        let again = found.repeat.as_ref().map(|repeat| repeat.again.clone()).unwrap_or_default();
        let (pictures, page) = rayon::join(
            || draw(&charts, formats, &stand_ins, host),
            || comparison_report(found.view(), &charts, &again),
        );
        let pictures = pictures?;
        if !formats.is_empty() {
            staging.write(REPORT, page?.as_bytes())?;
        }
        let tables = found.tables();
        for (path, bytes) in &tables {
            staging.write(path, bytes)?;
        }
        for (path, bytes) in &pictures {
            staging.write(path, bytes)?;
        }
        for (name, text) in &found.resolved {
            staging.write(&format!("scenarios/{name}.toml"), text.as_bytes())?;
        }
        Ok((staging, tables.iter().map(|(path, _)| (*path).to_owned()).collect(), pictures.len()))
    }
}
