//! Dated events: when they start, how far they have come.

use super::corridor::Corridor;
use super::spec::{EventId, EventSpec};
use crate::batch::{Inputs, Lanes};

/// The events of `N` runs.
#[derive(Debug, Clone)]
pub(super) struct Events<const N: usize> {
    /// Start, in months from the first; +∞ for never.
    start: Vec<Lanes<N>>,
    /// End; +∞ for never.
    end: Vec<Lanes<N>>,
    ramp: Vec<Lanes<N>>,
    /// Mean progress over this month, 0..=1.
    pub(super) progress: Vec<Lanes<N>>,
    /// 1 once it has started, by the end of this month.
    pub(super) started: Vec<Lanes<N>>,
}

impl<const N: usize> Events<N> {
    pub(super) fn new(count: usize) -> Self {
        let room = || vec![Lanes::ZERO; count];
        Self { start: room(), end: room(), ramp: room(), progress: room(), started: room() }
    }

    /// Dates of a new batch of runs.
    ///
    /// # Formula
    /// start = max(planned, end of `after`) + delay, or never; end = start + lasts, or never. An event that
    /// others wait for counts as over when it ends, and if it doesn't end, when it starts.
    pub(super) fn begin(&mut self, corridor: &Corridor, inputs: &Inputs<N>) {
        for &EventId(e) in &corridor.event_order {
            let event = &corridor.spec.events[e];
            let start = self.ready(event) + inputs.value(event.delay_months).max(Lanes::ZERO);
            let start = Lanes::select(occurs(event, inputs), start, Lanes::splat(f64::INFINITY));
            self.start[e] = start;
            self.ramp[e] = inputs.value(event.ramp_months);
            self.end[e] = match event.lasts_months {
                Some(lasts) => start + inputs.value(lasts),
                None => Lanes::splat(f64::INFINITY),
            };
        }
    }

    fn ready(&self, event: &EventSpec) -> Lanes<N> {
        let planned = event.planned.map_or(f64::NEG_INFINITY, f64::from);
        match event.after {
            None => Lanes::splat(planned),
            Some(EventId(a)) => {
                let over = self.end[a]
                    .zip(self.start[a], |end, start| if end < f64::INFINITY { end } else { start });
                over.max(Lanes::splat(planned))
            }
        }
    }

    /// Progress in the month `step`.
    pub(super) fn step(&mut self, step: usize) {
        let month = step as f64;
        for e in 0..self.start.len() {
            for run in 0..N {
                let (start, end, ramp) = (self.start[e].0[run], self.end[e].0[run], self.ramp[e].0[run]);
                let until = |moment: f64| earned(moment.min(end), start, ramp);
                self.progress[e].0[run] = (until(month + 1.0) - until(month)).clamp(0.0, 1.0);
                self.started[e].0[run] = f64::from(u8::from(start < month + 1.0));
            }
        }
    }

    /// The share of the month `step` that lies after the event's start.
    pub(super) fn share_since_start(&self, EventId(e): EventId, step: usize) -> Lanes<N> {
        (Lanes::splat(step as f64 + 1.0) - self.start[e]).clamp(0.0, 1.0)
    }
}

fn occurs<const N: usize>(event: &EventSpec, inputs: &Inputs<N>) -> Lanes<N> {
    match event.chance {
        None => Lanes::ONE,
        Some((probability, uniform)) => inputs.value(probability).above(inputs.value(uniform)),
    }
}

/// The time-integral of progress up to a moment.
///
/// # Formula
/// Progress rises linearly from 0 at the start to 1 after `ramp` months; its integral is x²/(2·ramp) on the ramp
/// and (time since the ramp's middle) after it. A month's mean progress is a difference of two values, so that a delay of
/// half a month counts as half a month.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn progress(start: f64, end: f64, ramp: f64, step: usize) -> f64 {
        let mut events = Events::<1>::new(1);
        (events.start[0], events.end[0], events.ramp[0]) = (Lanes([start]), Lanes([end]), Lanes([ramp]));
        events.step(step);
        events.progress[0].0[0]
    }

    #[test]
    fn an_event_without_a_ramp_counts_by_the_share_of_the_month() {
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
}
