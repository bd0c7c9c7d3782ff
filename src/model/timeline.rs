//! Dates: when each event starts and ends, when work on each project may start and when it is finished.

use super::corridor::Corridor;
use crate::batch::{Inputs, Lanes, Number};
use crate::plan::{ChanceSpec, EventSpec, Milestone, ProjectSpec, WaitSpec};

/// The dates of one event or project in `N` runs, in months from the first; +∞ for never.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dates<const N: usize> {
    /// Start: of the event, or of work on the project.
    pub(super) start: Lanes<N>,
    /// End of the event; the moment in which the project is finished.
    pub(super) end: Lanes<N>,
    /// Months from the moment it may start to its start; +∞ if it never happens.
    lag: Lanes<N>,
}

/// All dates of `N` runs.
#[derive(Debug, Clone)]
pub(super) struct Timeline<const N: usize> {
    pub(super) events: Vec<Dates<N>>,
    pub(super) projects: Vec<Dates<N>>,
}

impl<const N: usize> Timeline<N> {
    pub(super) fn new(corridor: &Corridor) -> Self {
        let never = Dates { start: Lanes::NEVER, end: Lanes::NEVER, lag: Lanes::NEVER };
        Self {
            events: vec![never; corridor.spec.events.len()],
            projects: vec![never; corridor.spec.projects.len()],
        }
    }

    /// Sets the dates of a new batch of runs, as far as they are known before any project is built.
    pub(super) fn begin(&mut self, corridor: &Corridor, inputs: &Inputs<N>) {
        for (dates, event) in self.events.iter_mut().zip(&corridor.spec.events) {
            dates.lag = lag(event.delay_months, event.wait, event.chance, inputs);
        }
        for (dates, project) in self.projects.iter_mut().zip(&corridor.spec.projects) {
            dates.lag = lag(project.delay_months, None, project.chance, inputs);
            dates.end = Lanes::NEVER;
        }
        for &milestone in &corridor.order {
            self.set_date(milestone, corridor, inputs);
        }
    }

    /// Updates the dates of what waits for projects: finished projects now have dates.
    #[inline(always)]
    pub(super) fn step(&mut self, corridor: &Corridor, inputs: &Inputs<N>) {
        for &milestone in &corridor.late {
            self.set_date(milestone, corridor, inputs);
        }
    }

    /// Sets the start of a milestone, and the end of an event, from those of what it waits for.
    #[inline(always)]
    fn set_date(&mut self, milestone: Milestone, corridor: &Corridor, inputs: &Inputs<N>) {
        match milestone {
            Milestone::Event(id) => {
                let EventSpec { planned, after, lasts_months, .. } = &corridor.spec.events[id.0];
                let start = self.ready(*planned, after) + self.events[id.0].lag;
                self.events[id.0].start = start;
                self.events[id.0].end =
                    lasts_months.map_or(Lanes::NEVER, |lasts| start + inputs.value(lasts));
            }
            Milestone::Project(id) => {
                let ProjectSpec { planned, needs, .. } = &corridor.spec.projects[id.0];
                self.projects[id.0].start = self.ready(*planned, needs) + self.projects[id.0].lag;
            }
        }
    }

    /// The moment when it is planned and everything that it waits for is over.
    #[inline(always)]
    fn ready(&self, planned: Option<i32>, after: &[Milestone]) -> Lanes<N> {
        let earliest = match planned {
            Some(month) => f64::from(month),
            None if after.is_empty() => 0.0,
            None => f64::NEG_INFINITY,
        };
        after.iter().fold(Lanes::splat(earliest), |ready, &milestone| ready.max(self.over(milestone)))
    }

    /// The moment after which a milestone may start that waits for this one.
    #[inline(always)]
    fn over(&self, milestone: Milestone) -> Lanes<N> {
        match milestone {
            Milestone::Project(id) => self.projects[id.0].end,
            Milestone::Event(id) => {
                let Dates { start, end, .. } = self.events[id.0];
                end.zip(start, |end, start| if end < f64::INFINITY { end } else { start })
            }
        }
    }

    /// The moment from which a product that starts with it is wanted.
    #[inline(always)]
    fn moment(&self, milestone: Milestone) -> Lanes<N> {
        match milestone {
            Milestone::Project(id) => self.projects[id.0].end,
            Milestone::Event(id) => self.events[id.0].start,
        }
    }

    /// The share of the month `step` that lies after the moment of a milestone.
    #[inline(always)]
    pub(super) fn share_since(&self, milestone: Milestone, step: usize) -> Lanes<N> {
        share_of_month_after(self.moment(milestone), step)
    }
}

/// The share of the month `step` that lies after a moment.
#[inline(always)]
pub(super) fn share_of_month_after<const N: usize>(moment: Lanes<N>, step: usize) -> Lanes<N> {
    (Lanes::splat(step as f64 + 1.0) - moment).clamp(0.0, 1.0)
}

/// Delay and random wait, or +∞ where it never happens.
fn lag<const N: usize>(
    delay: Number,
    wait: Option<WaitSpec>,
    chance: Option<ChanceSpec>,
    inputs: &Inputs<N>,
) -> Lanes<N> {
    let mut lag = inputs.value(delay).max(Lanes::ZERO);
    if let Some(WaitSpec { rate, uniform }) = wait {
        let wait = |u: f64, rate: f64| if rate > 0.0 { -libm::log1p(-u) / rate } else { f64::INFINITY };
        lag += inputs.value(uniform).zip(inputs.value(rate), wait);
    }
    match chance {
        None => lag,
        Some(ChanceSpec { probability, uniform }) => {
            let happens = inputs.value(probability).above(inputs.value(uniform));
            Lanes::select(happens, lag, Lanes::NEVER)
        }
    }
}

/// 1 where a moment is before the end of the month `step`: what begins exactly at the end begins in the next
/// month.
#[inline(always)]
pub(super) fn has_begun<const N: usize>(moment: Lanes<N>, step: usize) -> Lanes<N> {
    Lanes::splat(step as f64 + 1.0).above(moment)
}

/// 1 where a moment is before or exactly at the end of the month `step`.
#[inline(always)]
pub(super) fn has_ended<const N: usize>(moment: Lanes<N>, step: usize) -> Lanes<N> {
    Lanes::splat(step as f64 + 1.0).at_least(moment)
}
