//! What is explained together, and its columns in the runs.

use super::Kind;
use crate::plan::Plan;
use crate::run::{Draws, Occurrences, Streams, YearlyPath, occurrences, yearly_paths};
use crate::sample::{CopulaSpec, Process};
use crate::sensitivity::{score, spearman};
use crate::stats::settled;

/// Columns that a fit sees at a time; more of them it sees too little of.
const MOST_COLUMNS: usize = 6;
/// Names of a group that are spelled out.
const MOST_NAMES: usize = 3;

/// What is explained together: independent of everything else that is drawn.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Group {
    pub(super) kind: Kind,
    /// The paths that belong to it.
    pub(super) names: Vec<String>,
    pub(super) streams: Streams,
}

impl Group {
    fn new(kind: Kind, name: &str) -> Self {
        Self { kind, names: vec![name.to_owned()], streams: Streams::default() }
    }

    /// How it is called.
    pub(super) fn path(&self) -> String {
        let named = self.names.iter().take(MOST_NAMES).map(String::as_str).collect::<Vec<_>>().join(" ~ ");
        match self.names.len().saturating_sub(MOST_NAMES) {
            0 => named,
            more => format!("{named} ~ {more} more"),
        }
    }
}

/// All that is drawn: inputs one by one, but for those of an event, a project or a shock, which stand
/// together with what it draws while the months go by; what a copula ties together; and each noise and random
/// path, but for those whose shocks are correlated, which stand together.
pub(super) fn groups(plan: &Plan) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (place, input) in plan.inputs.iter().enumerate() {
        group_of(&mut groups, &input.path).streams.inputs.push(place);
    }
    for (place, series) in plan.series.iter().enumerate() {
        if let Process::Recurrence(_) = series.process {
            group_of(&mut groups, &series.path).streams.series.push(place);
        }
    }
    for copula in &plan.copulas {
        join(&mut groups, copula);
    }
    groups.extend(paths(plan));
    groups
}

/// The group to which a path belongs: `events.bridge.delay` to `events.bridge`; `products.flour.growth` to
/// itself.
fn group_of<'g>(groups: &'g mut Vec<Group>, path: &str) -> &'g mut Group {
    let happens = ["events.", "projects.", "shocks."].iter().any(|section| path.starts_with(section));
    let name =
        if happens { path.splitn(3, '.').take(2).collect::<Vec<_>>().join(".") } else { path.to_owned() };
    let kind = if happens { Kind::Happening } else { Kind::Number };
    let place = groups.iter().position(|group| group.names[0] == name).unwrap_or_else(|| {
        groups.push(Group::new(kind, &name));
        groups.len() - 1
    });
    &mut groups[place]
}

/// Makes one group of all that have a member of a copula.
fn join(groups: &mut Vec<Group>, copula: &CopulaSpec) {
    let has_member =
        |group: &Group| copula.members.iter().any(|input| group.streams.inputs.contains(&input.0));
    let (joined, others): (Vec<Group>, Vec<Group>) = groups.drain(..).partition(has_member);
    *groups = others;
    let mut all = Group { kind: Kind::Together, names: Vec::new(), streams: Streams::default() };
    for group in joined {
        all.names.extend(group.names);
        all.streams.inputs.extend(group.streams.inputs);
        all.streams.series.extend(group.streams.series);
    }
    groups.push(all);
}

/// Noise and random paths, those whose shocks are correlated as one.
fn paths(plan: &Plan) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (place, series) in plan.series.iter().enumerate() {
        if !matches!(series.process, Process::Recurrence(_)) {
            let mut group = Group::new(Kind::Path, &series.path);
            group.streams.series.push(place);
            groups.push(group);
        }
    }
    for correlated in &plan.correlations {
        let is_member =
            |group: &Group| group.streams.series.iter().any(|place| correlated.members.contains(place));
        let (joined, others): (Vec<Group>, Vec<Group>) = groups.into_iter().partition(is_member);
        groups = others;
        let mut all = Group { kind: Kind::Path, names: Vec::new(), streams: Streams::default() };
        for group in joined {
            all.names.extend(group.names);
            all.streams.series.extend(group.streams.series);
        }
        groups.extend((!all.names.is_empty()).then_some(all));
    }
    groups
}

/// Events and projects, by the path of their group, and the metrics that tell whether they have happened.
pub(super) fn milestones(plan: &Plan) -> Vec<(String, String)> {
    let spec = &plan.corridor;
    let events = spec.events.iter().map(|event| (format!("events.{}", event.name), "started"));
    let projects = spec.projects.iter().map(|project| (format!("projects.{}", project.name), "finished"));
    events.chain(projects).map(|(group, what)| (group.clone(), format!("{group}.{what}"))).collect()
}

/// Runs, and what is known about them.
pub(super) struct Data<'d> {
    pub(super) plan: &'d Plan,
    draws: &'d Draws,
    shocks: Vec<Occurrences>,
    paths: Vec<YearlyPath>,
    /// For every path its score: the combination of its years that the figure follows best.
    scores: Vec<(Vec<usize>, Vec<f64>)>,
    /// What is explained, without rounding: runs at a bound all have one value.
    figure: Vec<f64>,
}

impl<'d> Data<'d> {
    pub(super) fn new(plan: &'d Plan, draws: &'d Draws, year: i32) -> Self {
        let year = plan.info.horizon.years().iter().position(|&covered| covered == year);
        let shocks = year.map_or_else(Vec::new, |year| occurrences(plan, year, &draws.numbers));
        let paths = year.map_or_else(Vec::new, |year| yearly_paths(plan, year, &draws.numbers));
        let figure = settled(draws.figures.first().cloned().into_iter().collect());
        let figure = figure.into_iter().next().unwrap_or_default();
        let mut data = Self { plan, draws, shocks, paths, scores: Vec::new(), figure };
        data.scores = groups(plan)
            .into_iter()
            .filter(|group| group.kind == Kind::Path)
            .map(|group| (group.streams.series.clone(), score(&data.years_of(&group), data.figure())))
            .collect();
        data
    }

    /// The yearly means of a group's paths; without those that are the same in every run.
    fn years_of(&self, group: &Group) -> Vec<&[f64]> {
        let paths = self.paths.iter().filter(|path| group.streams.series.contains(&path.series));
        let columns = paths.flat_map(|path| path.columns.iter().map(Vec::as_slice));
        columns.filter(|column| column.iter().any(|x| *x != column[0])).collect()
    }

    /// A path's mean over the year in question; of several that are correlated there is no one such number.
    pub(super) fn level(&self, group: &Group) -> Option<&[f64]> {
        let &[series] = group.streams.series.as_slice() else { return None };
        let path = self.paths.iter().find(|path| group.kind == Kind::Path && path.series == series)?;
        path.columns.last().map(Vec::as_slice)
    }

    /// The figure that is explained.
    pub(super) fn figure(&self) -> &[f64] {
        &self.figure
    }

    pub(super) fn input(&self, place: usize) -> &'d [f64] {
        &self.draws.inputs[place]
    }

    /// Whether anything of a group differs from run to run.
    pub(super) fn varies(&self, group: &Group) -> bool {
        self.all_columns(group).next().is_some()
    }

    /// The columns from which a group is explained.
    pub(super) fn columns(&self, group: &Group) -> Vec<&[f64]> {
        let mut columns: Vec<&[f64]> = self.all_columns(group).collect();
        if columns.len() > MOST_COLUMNS && group.kind == Kind::Happening {
            let strength = |column: &&[f64]| spearman(column, self.figure()).value.abs();
            columns.sort_by(|a, b| strength(b).total_cmp(&strength(a)));
            columns.truncate(MOST_COLUMNS);
        }
        columns
    }

    /// What shocks did, inputs, and scores of paths; without those that are the same in every run.
    fn all_columns(&self, group: &Group) -> impl Iterator<Item = &[f64]> {
        let series = group.streams.series.iter().map(|&place| self.plan.series[place].path.as_str());
        let shocks = series.flat_map(|path| self.shocks.iter().filter(move |shock| shock.path == path));
        let when = shocks.flat_map(|shock| shock.columns.iter().map(Vec::as_slice));
        let dealt = group.streams.inputs.iter().map(|&place| self.input(place));
        let of_path = |(series, _): &&(Vec<usize>, Vec<f64>)| {
            group.kind == Kind::Path && *series == group.streams.series
        };
        let score = self.scores.iter().filter(of_path).map(|(_, score)| score.as_slice());
        when.chain(dealt).chain(score).filter(|column| column.iter().any(|x| *x != column[0]))
    }

    /// 1 where an event or a project has happened by the year, or a shock was on in it, and 0 elsewhere.
    pub(super) fn happened(&self, group: &Group) -> Option<Vec<f64>> {
        let path = group.names.first().filter(|_| group.kind == Kind::Happening)?;
        let shock = self.shocks.iter().find(|shock| shock.path == *path).map(|shock| &shock.columns[0]);
        let milestone = milestones(self.plan).iter().position(|(milestone, _)| milestone == path);
        let column = shock.or_else(|| self.draws.figures.get(1 + milestone?))?;
        Some(column.iter().map(|&x| f64::from(u8::from(x > 0.0))).collect())
    }
}
