//! Events, projects and shocks, with the routes that they open and the effects that they have.

use super::about::Timing;
use super::effect::{Draws, Scene, effects};
use super::event::{event, project};
use super::shock::{Sizes, recurrence, shock};
use super::waiting::refuse_cycles;
use crate::diag::Diagnostic;
use crate::plan::{
    EffectSpec, EventId, EventSpec, Milestone, ProductSpec, ProjectId, ProjectSpec, RouteId, ShockId,
    ShockSpec, Trigger,
};
use crate::scenario::reader::{Context, Reader};

/// All events, projects and shocks of a corridor, and their consequences.
#[derive(Default)]
pub(in crate::scenario) struct Timeline {
    pub(in crate::scenario) events: Vec<EventSpec>,
    pub(in crate::scenario) projects: Vec<ProjectSpec>,
    pub(in crate::scenario) shocks: Vec<ShockSpec>,
    pub(in crate::scenario) effects: Vec<EffectSpec>,
    /// The milestones that open routes.
    pub(in crate::scenario) opens: Vec<(Milestone, RouteId)>,
}

/// Reads `[events.NAME]`, `[projects.NAME]` and `[shocks.NAME]`.
pub(in crate::scenario) fn timeline(
    root: &Reader<'_>,
    products: &[ProductSpec],
    timing: Timing,
    context: &mut Context<'_>,
) -> Timeline {
    let mut read = Timeline::default();
    let scene = Scene { products, finance: root.table.table("finance") };
    let events = root.tables("events", context);
    for (index, (name, reader)) in events.iter().enumerate() {
        let id = EventId(index);
        read.events.push(event(name.clone(), reader, timing, context));
        read.open(Milestone::Event(id), reader, context);
        read.effects.extend(effects(reader, Trigger::Event(id), &scene, &mut Draws::Once, context));
    }
    let projects = root.tables("projects", context);
    for (index, (name, reader)) in projects.iter().enumerate() {
        let id = ProjectId(index);
        refuse_same_name(name, reader, root, context);
        read.projects.push(project(name.clone(), reader, root, timing, context));
        read.open(Milestone::Project(id), reader, context);
        read.effects.extend(effects(reader, Trigger::Project(id), &scene, &mut Draws::Once, context));
    }
    for (index, (name, reader)) in root.tables("shocks", context).into_iter().enumerate() {
        let recurrence = recurrence(&reader, timing, context);
        let mut sizes = Sizes::new(context);
        let trigger = Trigger::Shock(ShockId(index));
        read.effects.extend(effects(&reader, trigger, &scene, &mut Draws::EachTime(&mut sizes), context));
        read.shocks.push(shock(name, &reader, recurrence, sizes, context));
    }
    refuse_cycles(&events, &projects, &read, context);
    read
}

impl Timeline {
    fn open(&mut self, milestone: Milestone, reader: &Reader<'_>, context: &mut Context<'_>) {
        let routes = reader.name_list("opens", context).unwrap_or_default();
        self.opens.extend(routes.into_iter().map(|route| (milestone, RouteId(route))));
    }
}

/// Reports a project with the name of an event: references to milestones would be ambiguous.
fn refuse_same_name(name: &str, project: &Reader<'_>, root: &Reader<'_>, context: &mut Context<'_>) {
    let Some(event) = root.table.table("events").and_then(|events| events.get(name)) else { return };
    let problem = Diagnostic::error(project.span, format!("`{name}` is an event and a project"))
        .see(event.key_span, "the event")
        .help("give one of them another name: others wait for both by name");
    context.report(problem);
}
