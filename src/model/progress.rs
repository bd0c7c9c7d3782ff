//! Progress: how far events, projects and shocks, which have effects, have come this month.

use super::corridor::Corridor;
use super::project::Projects;
use super::timeline::Timeline;
use crate::batch::{Inputs, Lanes};
use crate::plan::{CorridorSpec, EventId, ProjectId, ShockId, Trigger};

/// The progress of all triggers of `N` runs: events, then finished projects, then building, then shocks.
#[derive(Debug, Clone)]
pub(super) struct Progress<const N: usize> {
    /// s, the mean progress over this month, 0..=1.
    pub(super) share: Vec<Lanes<N>>,
    /// d, the share of the whole that falls into this month, 0..=1.
    pub(super) portion: Vec<Lanes<N>>,
    /// By event: months from the start to the full effect.
    event_ramp: Vec<Lanes<N>>,
    /// By project: months from the end of building to the full effect.
    project_ramp: Vec<Lanes<N>>,
}

/// The index of a trigger in [`Progress`].
#[inline(always)]
pub(super) fn index(spec: &CorridorSpec, trigger: Trigger) -> usize {
    let (events, projects) = (spec.events.len(), spec.projects.len());
    match trigger {
        Trigger::Event(EventId(e)) => e,
        Trigger::Project(ProjectId(p)) => events + p,
        Trigger::Building(ProjectId(p)) => events + projects + p,
        Trigger::Shock(ShockId(s)) => events + 2 * projects + s,
    }
}

impl<const N: usize> Progress<N> {
    pub(super) fn new(spec: &CorridorSpec) -> Self {
        let (events, projects) = (spec.events.len(), spec.projects.len());
        let zeros = |count| vec![Lanes::ZERO; count];
        let all = events + 2 * projects + spec.shocks.len();
        Self {
            share: zeros(all),
            portion: zeros(all),
            event_ramp: zeros(events),
            project_ramp: zeros(projects),
        }
    }

    /// Progress with given values.
    #[cfg(test)]
    pub(super) fn of(share: Vec<Lanes<N>>, portion: Vec<Lanes<N>>) -> Self {
        Self { share, portion, event_ramp: Vec::new(), project_ramp: Vec::new() }
    }

    /// Starts a new batch of runs.
    pub(super) fn begin(&mut self, corridor: &Corridor, inputs: &Inputs<N>) {
        for (ramp, event) in self.event_ramp.iter_mut().zip(&corridor.spec.events) {
            *ramp = inputs.value(event.ramp_months);
        }
        for (ramp, project) in self.project_ramp.iter_mut().zip(&corridor.spec.projects) {
            *ramp = inputs.value(project.ramp_months);
        }
    }

    /// Progress in the month `step`.
    #[inline(always)]
    pub(super) fn step(
        &mut self,
        corridor: &Corridor,
        inputs: &Inputs<N>,
        timeline: &Timeline<N>,
        projects: &Projects<N>,
        step: usize,
    ) {
        let (shares, portions) = (&mut self.share, &mut self.portion);
        let (events, built) = (timeline.events.len(), timeline.projects.len());
        for (e, dates) in timeline.events.iter().enumerate() {
            shares[e] = mean_progress(dates.start, dates.end, self.event_ramp[e], step);
            portions[e] = match corridor.spec.events[e].lasts_months {
                Some(_) => portion(dates.start, dates.end, step),
                None => starts_within(dates.start, step),
            };
        }
        for (p, dates) in timeline.projects.iter().enumerate() {
            shares[events + p] = mean_progress(dates.end, Lanes::NEVER, self.project_ramp[p], step);
            portions[events + p] = starts_within(dates.end, step);
            shares[events + built + p] = projects.last_pace(p);
            portions[events + built + p] = projects.last_portion(p);
        }
        for (s, shock) in corridor.spec.shocks.iter().enumerate() {
            shares[events + 2 * built + s] = inputs.shock(shock.on);
            portions[events + 2 * built + s] = inputs.shock(shock.spread);
        }
    }
}

/// The mean over the month `step` of a progress that rises from 0 at the start to 1 after the ramp and falls
/// to 0 at the end. Between ramp and end it is exactly 1: otherwise a rounding error would leave a tiny
/// capacity on a closed route.
#[inline(always)]
fn mean_progress<const N: usize>(start: Lanes<N>, end: Lanes<N>, ramp: Lanes<N>, step: usize) -> Lanes<N> {
    let month = step as f64;
    if start.all(|start| start >= month + 1.0) {
        return Lanes::ZERO;
    }
    let is_full =
        (start + ramp).zip(end, |full, end| f64::from(u8::from(full <= month && end >= month + 1.0)));
    if is_full.all(|is_full| is_full > 0.5) {
        return Lanes::ONE;
    }
    let mut progress = Lanes::ZERO;
    for run in 0..N {
        let is_full = is_full.0[run] > 0.5;
        let (start, end, ramp) = (start.0[run], end.0[run], ramp.0[run]);
        let until = |moment: f64| earned(moment.min(end), start, ramp);
        let mean = (until(month + 1.0) - until(month)).clamp(0.0, 1.0);
        progress.0[run] = if is_full { 1.0 } else { mean };
    }
    progress
}

/// The time-integral of progress up to a moment.
///
/// # Formula
/// Progress rises linearly from 0 at the start to 1 after `ramp` months; its integral is x²/(2·ramp) on the
/// ramp and x − ramp/2 after it, where x is the time since the start. A month's mean progress is the
/// difference of two values, so that a delay of half a month counts as half a month.
#[inline(always)]
fn earned(moment: f64, start: f64, ramp: f64) -> f64 {
    let since = moment - start;
    if since.is_nan() || since <= 0.0 {
        0.0
    } else if since < ramp {
        since * since / (2.0 * ramp)
    } else {
        since - ramp / 2.0
    }
}

/// The share of the time from start to end that falls into the month `step`; 1 in the month of the start if
/// that time is zero.
#[inline(always)]
fn portion<const N: usize>(start: Lanes<N>, end: Lanes<N>, step: usize) -> Lanes<N> {
    let (from, to) = (step as f64, step as f64 + 1.0);
    let starts = starts_within(start, step);
    let mut portion = Lanes::ZERO;
    for run in 0..N {
        let (start, end) = (start.0[run], end.0[run]);
        let inside = (end.min(to) - start.max(from)).max(0.0);
        // Where it never starts, `whole` is ∞ − ∞ = NaN, which isn't above 0, and `starts` is 0.
        let whole = end - start;
        portion.0[run] = if whole > 0.0 { (inside / whole).min(1.0) } else { starts.0[run] };
    }
    portion
}

/// 1 where a moment lies in the month `step`.
#[inline(always)]
fn starts_within<const N: usize>(moment: Lanes<N>, step: usize) -> Lanes<N> {
    let (from, to) = (step as f64, step as f64 + 1.0);
    moment.map(|moment| f64::from(u8::from(moment >= from && moment < to)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn progress(start: f64, end: f64, ramp: f64, step: usize) -> f64 {
        mean_progress(Lanes([start]), Lanes([end]), Lanes([ramp]), step).0[0]
    }

    #[test]
    fn what_has_no_ramp_counts_by_the_share_of_the_month() {
        let at = |step| progress(3.25, f64::INFINITY, 0.0, step);
        assert_eq!((at(2), at(3), at(4)), (0.0, 0.75, 1.0));
    }

    #[test]
    fn a_ramp_rises_linearly_and_ends_at_one() {
        let total: f64 = (0..10).map(|step| progress(2.0, f64::INFINITY, 4.0, step)).sum();
        assert!((total - 6.0).abs() < 1e-12, "eight months less half a ramp: {total}");
        assert_eq!(progress(2.0, f64::INFINITY, 4.0, 2), 0.125);
        assert_eq!(progress(2.0, f64::INFINITY, 4.0, 6), 1.0);
    }

    #[test]
    fn what_lasts_ends_and_what_never_starts_does_nothing() {
        let at = |step| progress(1.0, 2.5, 0.0, step);
        assert_eq!((at(0), at(1), at(2), at(3)), (0.0, 1.0, 0.5, 0.0));
        assert_eq!(progress(f64::INFINITY, f64::INFINITY, 3.0, 500), 0.0);
        assert_eq!(progress(-30.0, f64::INFINITY, 3.0, 0), 1.0);
    }

    #[test]
    fn the_portions_of_an_event_add_up_to_one() {
        let at = |start: f64, end: f64, step| portion(Lanes([start]), Lanes([end]), step).0[0];
        assert_eq!([0, 1, 2, 3].map(|step| at(0.5, 3.0, step)), [0.2, 0.4, 0.4, 0.0]);
        assert_eq!([0, 1, 2].map(|step| at(1.5, 1.5, step)), [0.0, 1.0, 0.0]);
        assert_eq!(at(f64::INFINITY, f64::INFINITY, 7), 0.0);
    }
}
