//! Circular waiting: events and projects that wait for one another in a cycle never start.

use super::timeline::Timeline;
use crate::diag::Diagnostic;
use crate::plan::{EventId, Milestone, ProjectId};
use crate::scenario::reader::{Context, Reader};

/// Which members wait for which others: events first, then projects, each by its index in this list.
struct Waiting {
    for_whom: Vec<Vec<usize>>,
    events: usize,
}

/// Reports events and projects that wait for themselves, directly or through others. Each cycle is reported
/// once, at its first member.
pub(super) fn refuse_cycles(
    events: &[(String, Reader<'_>)],
    projects: &[(String, Reader<'_>)],
    read: &Timeline,
    context: &mut Context<'_>,
) {
    // An entry that is not a table has been reported and is missing from the list, so the indices don't match
    // the names.
    if (events.len(), projects.len()) != (context.names("events").len(), context.names("projects").len()) {
        return;
    }
    let waiting = Waiting::new(read);
    let members: Vec<&(String, Reader<'_>)> = events.iter().chain(projects).collect();
    for (first, (name, reader)) in members.iter().enumerate() {
        let Some(cycle) = waiting.cycle_through(first) else { continue };
        let names: Vec<&str> = cycle.iter().map(|&member| members[member].0.as_str()).collect();
        let who = waiting.kind_of(&cycle);
        let message = format!("{who} wait for one another in a cycle: {} → {name}", names.join(" → "));
        let key = if first < waiting.events { "after" } else { "needs" };
        context.report(Diagnostic::error(reader.span_of(key), message));
    }
}

impl Waiting {
    fn new(read: &Timeline) -> Self {
        let events = read.events.len();
        let index = |milestone: &Milestone| match *milestone {
            Milestone::Event(EventId(event)) => event,
            Milestone::Project(ProjectId(project)) => events + project,
        };
        let of_events = read.events.iter().map(|event| &event.after);
        let of_projects = read.projects.iter().map(|project| &project.needs);
        let for_whom = of_events.chain(of_projects).map(|waits| waits.iter().map(index).collect()).collect();
        Self { for_whom, events }
    }

    fn kind_of(&self, cycle: &[usize]) -> &'static str {
        let events = cycle.iter().filter(|&&member| member < self.events).count();
        match events {
            0 => "projects",
            events if events == cycle.len() => "events",
            _ => "events and projects",
        }
    }

    /// The shortest cycle through this member and later ones, if there is any.
    fn cycle_through(&self, first: usize) -> Option<Vec<usize>> {
        let mut before: Vec<Option<usize>> = vec![None; self.for_whom.len()];
        let mut reached = vec![first];
        let mut next = 0;
        while let Some(&member) = reached.get(next) {
            for &other in &self.for_whom[member] {
                if other == first {
                    return Some(Self::path(first, member, &before));
                }
                if other > first && before[other].is_none() {
                    before[other] = Some(member);
                    reached.push(other);
                }
            }
            next += 1;
        }
        None
    }

    /// The path from the first member to the last; `before` holds the member from which each was reached.
    fn path(first: usize, last: usize, before: &[Option<usize>]) -> Vec<usize> {
        let mut path = vec![last];
        let mut member = last;
        while member != first {
            member = before[member].expect("every member but the first was reached from another");
            path.push(member);
        }
        path.reverse();
        path
    }
}
