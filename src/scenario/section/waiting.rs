//! Rounds of waiting: what waits for itself never starts.

use super::happening::Happenings;
use crate::diag::Diagnostic;
use crate::plan::{EventId, Milestone, ProjectId};
use crate::scenario::reader::{Context, Reader};

/// Who waits for whom: events first, then projects, each by its place in this list.
struct Waiting {
    for_whom: Vec<Vec<usize>>,
    events: usize,
}

/// An event or a project that waits for itself, directly or in a round, never starts. Each round is told once, at its first member.
pub(super) fn refuse_rounds(
    events: &[(String, Reader<'_>)],
    projects: &[(String, Reader<'_>)],
    read: &Happenings,
    context: &mut Context<'_>,
) {
    // An entry that is no table has been reported and isn't among them: the places of the names would be off.
    if (events.len(), projects.len()) != (context.names("events").len(), context.names("projects").len()) {
        return;
    }
    let waiting = Waiting::new(read);
    let members: Vec<&(String, Reader<'_>)> = events.iter().chain(projects).collect();
    for (first, (name, reader)) in members.iter().enumerate() {
        let Some(round) = waiting.round_through(first) else { continue };
        let names: Vec<&str> = round.iter().map(|&member| members[member].0.as_str()).collect();
        let who = waiting.kind_of(&round);
        let message = format!("{who} wait for one another in a round: {} → {name}", names.join(" → "));
        let key = if first < waiting.events { "after" } else { "needs" };
        context.report(Diagnostic::error(reader.place_of(key), message));
    }
}

impl Waiting {
    fn new(read: &Happenings) -> Self {
        let events = read.events.len();
        let place = |milestone: &Milestone| match *milestone {
            Milestone::Event(EventId(event)) => event,
            Milestone::Project(ProjectId(project)) => events + project,
        };
        let of_events = read.events.iter().map(|event| &event.after);
        let of_projects = read.projects.iter().map(|project| &project.needs);
        let for_whom = of_events.chain(of_projects).map(|waits| waits.iter().map(place).collect()).collect();
        Self { for_whom, events }
    }

    fn kind_of(&self, round: &[usize]) -> &'static str {
        let events = round.iter().filter(|&&member| member < self.events).count();
        match events {
            0 => "projects",
            events if events == round.len() => "events",
            _ => "events and projects",
        }
    }

    /// The shortest round through this one and later ones, if there is any.
    fn round_through(&self, first: usize) -> Option<Vec<usize>> {
        let mut before: Vec<Option<usize>> = vec![None; self.for_whom.len()];
        let mut reached = vec![first];
        let mut next = 0;
        while let Some(&member) = reached.get(next) {
            for &other in &self.for_whom[member] {
                if other == first {
                    return Some(Self::way(first, member, &before));
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

    /// From the first to the last, by who was reached from whom.
    fn way(first: usize, last: usize, before: &[Option<usize>]) -> Vec<usize> {
        let mut way = vec![last];
        let mut member = last;
        while member != first {
            member = before[member].expect("every member but the first was reached from another");
            way.push(member);
        }
        way.reverse();
        way
    }
}
