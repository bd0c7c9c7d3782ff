//! What is explained together, and its columns in the runs.

use super::Kind;
use crate::run::{Draws, Occurrences, Plan, Streams, occurrences};
use crate::sample::{CopulaSpec, Process, SeriesSpec};
use crate::sensitivity::spearman;
use crate::stats::settled;

/// Columns that a fit sees at a time; more of them it sees too little of.
const MOST_COLUMNS: usize = 6;
/// Names of a group that are spelled out.
const MOST_NAMES: usize = 3;

/// What is explained together: independent of everything else that is drawn.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Group {
    pub(super) kind: Kind,
    /// The paths that belong to it; of the months, what they are called.
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

/// All that is drawn: inputs one by one, but for those of an event, a project or a shock, which stand together with what it draws
/// while the months go by; what a copula ties together; and the months.
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
    groups.extend(months(plan));
    groups
}

/// The group to which a path belongs: `events.bridge.delay` to `events.bridge`; `products.flour.growth` to itself.
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

/// The months: noise, and random paths; one group if shocks of both are correlated.
fn months(plan: &Plan) -> Vec<Group> {
    let places = |wanted: fn(&SeriesSpec) -> bool| -> Vec<usize> {
        (0..plan.series.len()).filter(|&place| wanted(&plan.series[place])).collect()
    };
    let noise = places(|series| matches!(series.process, Process::Noise(_) | Process::Uniform));
    let paths = places(|series| matches!(series.process, Process::Wander(_)));
    let has_both = |members: &[usize]| {
        members.iter().any(|place| noise.contains(place)) && members.iter().any(|place| paths.contains(place))
    };
    if plan.correlations.iter().any(|group| has_both(&group.members)) {
        return vec![months_group("noise of the months and random paths", [noise, paths].concat())];
    }
    let parts = [("noise of the months", noise), ("random paths", paths)];
    parts
        .into_iter()
        .filter(|(_, series)| !series.is_empty())
        .map(|(name, s)| months_group(name, s))
        .collect()
}

/// The months as one group; of no streams if nothing is drawn for them.
pub(super) fn all_months(plan: &Plan) -> Group {
    match &months(plan)[..] {
        [one] => one.clone(),
        parts => {
            let series = parts.iter().flat_map(|part| part.streams.series.clone()).collect();
            months_group("noise of the months and random paths", series)
        }
    }
}

fn months_group(name: &str, series: Vec<usize>) -> Group {
    Group { streams: Streams { inputs: Vec::new(), series }, ..Group::new(Kind::Months, name) }
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
    /// What is explained, without rounding: runs at a bound all have one value.
    figure: Vec<f64>,
}

impl<'d> Data<'d> {
    pub(super) fn new(plan: &'d Plan, draws: &'d Draws, year: i32) -> Self {
        let year = plan.info.horizon.years().iter().position(|&covered| covered == year);
        let shocks = year.map_or_else(Vec::new, |year| occurrences(plan, year, &draws.numbers));
        let figure = settled(draws.figures.first().cloned().into_iter().collect());
        Self { plan, draws, shocks, figure: figure.into_iter().next().unwrap_or_default() }
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

    /// What shocks did, and inputs; without those that are the same in every run.
    fn all_columns(&self, group: &Group) -> impl Iterator<Item = &[f64]> {
        let series = group.streams.series.iter().map(|&place| self.plan.series[place].path.as_str());
        let shocks = series.flat_map(|path| self.shocks.iter().filter(move |shock| shock.path == path));
        let when = shocks.flat_map(|shock| shock.columns.iter().map(Vec::as_slice));
        let dealt = group.streams.inputs.iter().map(|&place| self.input(place));
        when.chain(dealt).filter(|column| column.iter().any(|x| *x != column[0]))
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
