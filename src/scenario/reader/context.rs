//! What reading a scenario gathers: problems, draws, assumptions; and the names that references are resolved by.

use crate::batch::{InputId, Number, SeriesId};
use crate::diag::{Diagnostic, FileId, Place, Sources};
use crate::dist::Distribution;
use crate::plan::Assumption;
use crate::plan::{EventId, Milestone, ProjectId};
use crate::sample::{InputSpec, Process, SeriesSpec};
use crate::scenario::columns::Columns;
use crate::scenario::field::one_of;
use std::collections::BTreeMap;

/// What reading a scenario gathers.
pub(in crate::scenario) struct Context<'a> {
    pub(in crate::scenario) sources: &'a mut Sources,
    pub(in crate::scenario) columns: &'a mut Columns,
    pub(in crate::scenario) diagnostics: Vec<Diagnostic>,
    pub(in crate::scenario) inputs: Vec<InputSpec>,
    pub(in crate::scenario) series: Vec<SeriesSpec>,
    pub(in crate::scenario) assumptions: Vec<Assumption>,
    /// Names by section, to resolve references.
    pub(in crate::scenario) names: BTreeMap<&'static str, Vec<String>>,
    /// Which file set which path, where a resolved scenario says so of its own values: by the resolved file and the path.
    pub(in crate::scenario) origin: BTreeMap<(FileId, String), String>,
    /// What layers take away, and where they say so.
    removed: &'a BTreeMap<String, Place>,
}

impl<'a> Context<'a> {
    /// Nothing read yet.
    pub(in crate::scenario) fn new(
        sources: &'a mut Sources,
        columns: &'a mut Columns,
        removed: &'a BTreeMap<String, Place>,
    ) -> Self {
        Self {
            sources,
            columns,
            removed,
            diagnostics: Vec::new(),
            inputs: Vec::new(),
            series: Vec::new(),
            assumptions: Vec::new(),
            names: BTreeMap::new(),
            origin: BTreeMap::new(),
        }
    }
}

impl Context<'_> {
    /// Notes a problem.
    pub(in crate::scenario) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// The names of a section, as references see them.
    pub(in crate::scenario) fn names(&self, section: &str) -> &[String] {
        self.names.get(section).map_or(&[], Vec::as_slice)
    }

    fn place_among(&self, section: &str, name: &str) -> Option<usize> {
        self.names(section).iter().position(|known| known == name)
    }

    /// The place of a name in its section; a problem when there is none.
    pub(in crate::scenario) fn resolve(&mut self, section: &str, name: &str, place: Place) -> Option<usize> {
        let found = self.place_among(section, name);
        if found.is_none() {
            self.report_unknown(one_of(section), &[section], name, place);
        }
        found
    }

    /// The event or the project of a name; a problem when there is neither.
    pub(in crate::scenario) fn milestone(&mut self, name: &str, place: Place) -> Option<Milestone> {
        let event = self.place_among("events", name).map(|event| Milestone::Event(EventId(event)));
        let project = || self.place_among("projects", name).map(|place| Milestone::Project(ProjectId(place)));
        let found = event.or_else(project);
        if found.is_none() {
            self.report_unknown("event or project", &["events", "projects"], name, place);
        }
        found
    }

    fn report_unknown(&mut self, what: &str, sections: &[&str], name: &str, place: Place) {
        let known = sections.iter().flat_map(|section| self.names(section)).map(String::as_str);
        let problem = Diagnostic::error(place, format!("there is no {what} `{name}`")).gap();
        let problem = problem.suggest(name, known);
        let paths = sections.iter().map(|section| format!("{section}.{name}"));
        let problem = paths.fold(problem, |problem, path| self.with_removal(problem, &path));
        self.report(problem);
    }

    /// The problem that there is nothing at this path; it points at the `remove` that took it away, if one did.
    pub(in crate::scenario) fn with_removal(&self, problem: Diagnostic, path: &str) -> Diagnostic {
        let took_it =
            |gone: &str| path.strip_prefix(gone).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        match self.removed.iter().find(|(gone, _)| took_it(gone)) {
            Some((_, place)) => {
                problem.see(*place, "taken away here").help("keep it, or take away what needs it as well")
            }
            None => problem,
        }
    }

    /// A new per-run input.
    pub(in crate::scenario) fn add_input(&mut self, path: &str, distribution: Distribution) -> Number {
        self.inputs.push(InputSpec { path: path.to_owned(), distribution });
        Number::Drawn(InputId(self.inputs.len() - 1))
    }

    /// A new monthly series: the first of the places that it takes.
    pub(in crate::scenario) fn add_series(&mut self, path: String, process: Process) -> SeriesId {
        let first = self.next_series();
        self.series.push(SeriesSpec { path, process });
        first
    }

    /// The first place that the next series will take.
    pub(in crate::scenario) fn next_series(&self) -> SeriesId {
        SeriesId(self.series.iter().map(SeriesSpec::places).sum())
    }
}
