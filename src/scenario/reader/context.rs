//! The state of reading a scenario: problems, draws and assumptions found so far, and the names to resolve
//! references.

use crate::batch::{InputId, Number, SeriesId};
use crate::diag::{Diagnostic, FileId, Sources, Span};
use crate::dist::Distribution;
use crate::plan::Assumption;
use crate::plan::{EventId, Milestone, ProjectId};
use crate::sample::{InputSpec, Process, SeriesSpec};
use crate::scenario::columns::Columns;
use crate::scenario::field::one_of;
use std::collections::BTreeMap;

/// The state of reading a scenario.
pub(in crate::scenario) struct Context<'a> {
    pub(in crate::scenario) sources: &'a mut Sources,
    pub(in crate::scenario) columns: &'a mut Columns,
    pub(in crate::scenario) diagnostics: Vec<Diagnostic>,
    pub(in crate::scenario) inputs: Vec<InputSpec>,
    pub(in crate::scenario) series: Vec<SeriesSpec>,
    pub(in crate::scenario) assumptions: Vec<Assumption>,
    /// The names of each section, to resolve references.
    pub(in crate::scenario) names: BTreeMap<&'static str, Vec<String>>,
    /// The file that set each path according to the `[origin]` of a resolved scenario, by the resolved file
    /// and the path.
    pub(in crate::scenario) origin: BTreeMap<(FileId, String), String>,
    /// The paths that layers remove, with the location of the `remove`.
    removed: &'a BTreeMap<String, Span>,
}

impl<'a> Context<'a> {
    /// A context in which nothing has been read.
    pub(in crate::scenario) fn new(
        sources: &'a mut Sources,
        columns: &'a mut Columns,
        removed: &'a BTreeMap<String, Span>,
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
    /// Adds a problem to the list.
    pub(in crate::scenario) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// The names of a section, in the order of their indices.
    pub(in crate::scenario) fn names(&self, section: &str) -> &[String] {
        self.names.get(section).map_or(&[], Vec::as_slice)
    }

    fn index_among(&self, section: &str, name: &str) -> Option<usize> {
        self.names(section).iter().position(|known| known == name)
    }

    /// The index of a name in its section; reports a problem if there is none.
    pub(in crate::scenario) fn resolve(&mut self, section: &str, name: &str, span: Span) -> Option<usize> {
        let found = self.index_among(section, name);
        if found.is_none() {
            self.report_unknown(one_of(section), &[section], name, span);
        }
        found
    }

    /// The event or the project of a name; reports a problem if there is neither.
    pub(in crate::scenario) fn milestone(&mut self, name: &str, span: Span) -> Option<Milestone> {
        let event = self.index_among("events", name).map(|event| Milestone::Event(EventId(event)));
        let project =
            || self.index_among("projects", name).map(|project| Milestone::Project(ProjectId(project)));
        let found = event.or_else(project);
        if found.is_none() {
            self.report_unknown("event or project", &["events", "projects"], name, span);
        }
        found
    }

    fn report_unknown(&mut self, what: &str, sections: &[&str], name: &str, span: Span) {
        let known = sections.iter().flat_map(|section| self.names(section)).map(String::as_str);
        let problem = Diagnostic::error(span, format!("there is no {what} `{name}`")).gap();
        let problem = problem.suggest(name, known);
        let paths = sections.iter().map(|section| format!("{section}.{name}"));
        let problem = paths.fold(problem, |problem, path| self.with_removal(problem, &path));
        self.report(problem);
    }

    /// Extends the problem that nothing is at this path: if a `remove` removed it, points at that.
    pub(in crate::scenario) fn with_removal(&self, problem: Diagnostic, path: &str) -> Diagnostic {
        let removes_it =
            |gone: &str| path.strip_prefix(gone).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        match self.removed.iter().find(|(gone, _)| removes_it(gone)) {
            Some((_, span)) => {
                problem.see(*span, "removed here").help("keep it, or remove what needs it as well")
            }
            None => problem,
        }
    }

    /// Adds an input that is drawn once for a run.
    pub(in crate::scenario) fn add_input(&mut self, path: &str, distribution: Distribution) -> Number {
        self.inputs.push(InputSpec { path: path.to_owned(), distribution });
        Number::Drawn(InputId(self.inputs.len() - 1))
    }

    /// Adds a monthly series. Returns the first of the indices that it takes.
    pub(in crate::scenario) fn add_series(&mut self, path: String, process: Process) -> SeriesId {
        let first = self.next_series();
        self.series.push(SeriesSpec { path, process });
        first
    }

    /// The first index that the next series will take.
    pub(in crate::scenario) fn next_series(&self) -> SeriesId {
        SeriesId(self.series.iter().map(SeriesSpec::width).sum())
    }
}
