//! The twin's calendar: when events and projects happen, how far they have come, and what that changes.

use super::{MOST, Twin};
use crate::batch::Number;
use crate::plan::{
    ChanceSpec, Change, EventId, Milestone, ProductSpec, ProjectId, ShockId, Start, Target, Trigger,
};

impl Twin<'_> {
    /// The latest of the planned month and of everything that has to be over first; the start of the run if
    /// there is neither.
    fn earliest(&self, planned: Option<i32>, after: &[Milestone]) -> f64 {
        let planned = planned.map(f64::from);
        let over = after.iter().map(|&milestone| self.over(milestone));
        planned.into_iter().chain(over).reduce(f64::max).unwrap_or(0.0)
    }

    /// The moment after which others may start.
    fn over(&self, milestone: Milestone) -> f64 {
        match milestone {
            Milestone::Project(ProjectId(p)) => self.finished[p],
            Milestone::Event(EventId(e)) => {
                let (start, end) = self.event_dates(e);
                if self.spec.events[e].lasts_months.is_some() { end } else { start }
            }
        }
    }

    fn happens(&self, chance: Option<ChanceSpec>) -> bool {
        chance.is_none_or(|chance| self.value(chance.uniform) < self.value(chance.probability))
    }

    /// Start and end of an event, in months from the first; infinite for never. The dates of everything it
    /// waits for are recomputed each time.
    fn event_dates(&self, e: usize) -> (f64, f64) {
        let event = &self.spec.events[e];
        if !self.happens(event.chance) {
            return (f64::INFINITY, f64::INFINITY);
        }
        let mut start = self.earliest(event.planned, &event.after) + self.value(event.delay_months);
        if let Some(wait) = event.wait {
            let rate = self.value(wait.rate);
            start += if rate > 0.0 { -(1.0 - self.value(wait.uniform)).ln() / rate } else { f64::INFINITY };
        }
        let end = event.lasts_months.map_or(f64::INFINITY, |lasts| start + self.value(lasts));
        (start, end)
    }

    /// The moment at which work on a project may begin.
    fn work_start(&self, p: usize) -> f64 {
        let project = &self.spec.projects[p];
        if !self.happens(project.chance) {
            return f64::INFINITY;
        }
        self.earliest(project.planned, &project.needs) + self.value(project.delay_months)
    }

    /// Sets all dates as known at the start of the month: what waits for an unfinished project has none yet.
    pub(super) fn look_ahead(&mut self) {
        self.event_dates = (0..self.spec.events.len()).map(|e| self.event_dates(e)).collect();
        self.work_starts = (0..self.spec.projects.len()).map(|p| self.work_start(p)).collect();
    }

    /// The share of this month after a moment.
    pub(super) fn since(&self, moment: f64) -> f64 {
        (self.step as f64 + 1.0 - moment).clamp(0.0, 1.0)
    }

    /// Whether a moment is in this month.
    fn is_now(&self, moment: f64) -> bool {
        self.step as f64 <= moment && moment < self.step as f64 + 1.0
    }

    /// The share of this month in which a product is wanted.
    pub(super) fn active(&self, product: &ProductSpec) -> f64 {
        match product.start {
            Start::Base => 1.0,
            Start::Month(month) => self.since(f64::from(month)),
            Start::Milestone(Milestone::Event(EventId(e))) => self.since(self.event_dates[e].0),
            Start::Milestone(Milestone::Project(ProjectId(p))) => self.since(self.finished[p]),
        }
    }

    /// How far something is open that any of these opens.
    pub(super) fn opened_by(&self, milestones: &[Milestone]) -> f64 {
        let come = milestones.iter().map(|milestone| match milestone {
            Milestone::Event(event) => self.progress(Trigger::Event(*event)),
            Milestone::Project(project) => self.progress(Trigger::Project(*project)),
        });
        if milestones.is_empty() { 1.0 } else { come.fold(0.0, f64::max) }
    }

    /// The mean of a progress over this month, by the trapezoidal rule between its breakpoints.
    fn mean_progress(&self, start: f64, ramp: f64, end: f64) -> f64 {
        let full = start + ramp;
        let (from, to) = (self.step as f64, self.step as f64 + 1.0);
        let mut breaks = vec![from];
        breaks.extend([start, full, end].into_iter().filter(|&moment| from < moment && moment < to));
        breaks.push(to);
        breaks.sort_by(f64::total_cmp);
        let at = |moment: f64| if moment >= full { 1.0 } else { (moment - start) / ramp };
        let mut mean = 0.0;
        for piece in breaks.windows(2) {
            let middle = f64::midpoint(piece[0], piece[1]);
            if start < middle && middle < end {
                mean += at(middle) * (piece[1] - piece[0]);
            }
        }
        mean
    }

    /// s: the progress of what an effect follows, this month.
    pub(super) fn progress(&self, trigger: Trigger) -> f64 {
        match trigger {
            Trigger::Event(EventId(e)) => {
                let (start, end) = self.event_dates[e];
                self.mean_progress(start, self.value(self.spec.events[e].ramp_months), end)
            }
            Trigger::Project(ProjectId(p)) => {
                let ramp = self.value(self.spec.projects[p].ramp_months);
                self.mean_progress(self.finished[p], ramp, f64::INFINITY)
            }
            Trigger::Building(ProjectId(p)) => {
                let project = &self.spec.projects[p];
                let fastest = self.value(project.cost_usd) / self.value(project.build_months);
                without_remainder(share(self.spent_last[p], fastest))
            }
            Trigger::Shock(ShockId(k)) => self.series(self.spec.shocks[k].on),
        }
    }

    /// d: the share of the whole that falls into this month.
    fn portion(&self, trigger: Trigger) -> f64 {
        match trigger {
            Trigger::Event(EventId(e)) => {
                let (start, end) = self.event_dates[e];
                let whole = end - start;
                if self.spec.events[e].lasts_months.is_none() || whole == 0.0 {
                    return if self.is_now(start) { 1.0 } else { 0.0 };
                }
                let (from, to) = (self.step as f64, self.step as f64 + 1.0);
                share(end.min(to) - start.max(from), whole).max(0.0)
            }
            Trigger::Project(ProjectId(p)) => {
                if self.is_now(self.finished[p]) {
                    1.0
                } else {
                    0.0
                }
            }
            Trigger::Building(ProjectId(p)) => {
                without_remainder(share(self.spent_last[p], self.whole_cost(p)))
            }
            Trigger::Shock(ShockId(k)) => self.series(self.spec.shocks[k].spread),
        }
    }

    /// A parameter after its changes: all multiplications, then all additions, settings, pulses.
    pub(super) fn changed(&self, target: Target, mut x: f64) -> f64 {
        for round in 0..4 {
            for effect in self.spec.effects.iter().filter(|effect| effect.targets.contains(&target)) {
                let s = || self.progress(effect.trigger);
                let value = |number: Number| self.value(number);
                x = match (round, effect.change) {
                    (0, Change::Multiply(m)) => x * (1.0 + s() * (value(m) - 1.0)),
                    (1, Change::Add(a)) => x + s() * value(a),
                    (2, Change::Set(v)) => x + s() * (value(v) - x),
                    (3, Change::Pulse(a)) => x + self.portion(effect.trigger) * value(a),
                    _ => x,
                };
            }
        }
        let most = if matches!(target, Target::Permitted(_) | Target::Payments) { 1.0 } else { MOST };
        x.clamp(0.0, most)
    }
}

/// A part as a share of a whole; zero if the whole is zero.
fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// A share, or 0 if it is only the rounding error of exhausted cash.
fn without_remainder(share: f64) -> f64 {
    if share < 1e-9 { 0.0 } else { share }
}
