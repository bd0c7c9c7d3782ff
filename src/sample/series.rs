//! A monthly series of a batch: its stream and the process that its draws drive.

use super::noise::Noise;
use super::recurrence::Recurrence;
use super::wander::Wander;
use super::{Process, SeriesSpec};
use crate::batch::{Inputs, Lanes};
use crate::kernel;
use crate::rng::Stream;

/// One series of `N` runs.
#[derive(Debug, Clone)]
pub(super) struct Series<'a, const N: usize> {
    stream: Stream,
    width: usize,
    state: State<'a, N>,
}

/// The state of each process.
#[derive(Debug, Clone)]
enum State<'a, const N: usize> {
    Noise(Noise<N>),
    Wander(Wander<N>),
    Uniform,
    Recurrence(Recurrence<'a, N>),
}

impl<'a, const N: usize> Series<'a, N> {
    pub(super) fn new(seed: u64, spec: &'a SeriesSpec) -> Self {
        let state = match &spec.process {
            Process::Noise(noise) => State::Noise(Noise::new(*noise)),
            Process::Wander(wander) => State::Wander(Wander::new(*wander)),
            Process::Uniform => State::Uniform,
            Process::Recurrence(recurrence) => {
                State::Recurrence(Recurrence::new(seed, &spec.path, recurrence))
            }
        };
        Self { stream: Stream::new(seed, &spec.path), width: spec.width(), state }
    }

    /// The number of its values in a month.
    #[inline(always)]
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Sets the parameters of a batch and returns to the start.
    pub(super) fn begin(&mut self, inputs: &Inputs<N>) {
        match &mut self.state {
            State::Noise(noise) => noise.begin(inputs),
            State::Wander(wander) => wander.begin(inputs),
            State::Uniform => {}
            State::Recurrence(recurrence) => recurrence.begin(inputs),
        }
    }

    /// A month's draw: a standard normal if the process is driven by one, otherwise a uniform.
    #[inline(always)]
    pub(super) fn draw(&self, first_run: u64, step: u64) -> Lanes<N> {
        let mut draw = Lanes::ZERO;
        self.stream.fill(first_run, step, &mut draw.0);
        if let State::Noise(_) | State::Wander(_) = self.state {
            kernel::standard_normal_in_place(&mut draw.0);
        }
        draw
    }

    /// Advances by a month, driven by `draw`, and writes its values. Steps must come in order, from 0.
    #[inline(always)]
    pub(super) fn step(&mut self, first_run: u64, step: u64, draw: Lanes<N>, values: &mut [Lanes<N>]) {
        match &mut self.state {
            State::Noise(noise) => values[0] = noise.step(step, draw),
            State::Wander(wander) => [values[0], values[1]] = wander.step(step, draw),
            State::Uniform => values[0] = draw,
            State::Recurrence(recurrence) => recurrence.step(first_run, step, draw, values),
        }
    }
}
