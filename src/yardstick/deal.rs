//! Naive sampling: with a generator that advances from draw to draw, one run after the other.
//!
//! It uses the same distributions as [`crate::sample`], but different draws.

use super::twin::Draws;
use crate::batch::{InputId, Number};
use crate::dist::{StudentT, normal_cdf};
use crate::plan::Plan;
use crate::sample::{
    CopulaFamily, CopulaSpec, CorrelationSpec, NoiseSpec, Process, RecurrenceSpec, SeriesSpec, Spread,
    WanderSpec,
};
use rand::RngExt as _;
use rand::rngs::SmallRng;
use rand_distr::{ChiSquared, Distribution as _, Exp1, StandardNormal};

/// Samples the inputs of one run.
pub(super) fn draw(plan: &Plan, random: &mut SmallRng) -> Draws {
    let mut per_run: Vec<f64> = plan.inputs.iter().map(|input| input.distribution.sample(random)).collect();
    for copula in &plan.copulas {
        join(plan, copula, &mut per_run, random);
    }
    let mut series: Vec<Series<'_>> = plan.series.iter().map(Series::new).collect();
    let months = 0..plan.info.horizon.months;
    let monthly = months.map(|step| month(plan, &mut series, &per_run, step, random)).collect();
    Draws { per_run, monthly }
}

/// Draws the inputs of a copula again, as dependent ones.
fn join(plan: &Plan, copula: &CopulaSpec, per_run: &mut [f64], random: &mut SmallRng) {
    let mut z: Vec<f64> = copula.members.iter().map(|_| StandardNormal.sample(random)).collect();
    mix(&copula.cholesky, &mut z);
    let uniforms: Vec<f64> = match copula.family {
        CopulaFamily::Gaussian => z.into_iter().map(normal_cdf).collect(),
        CopulaFamily::T { df } => {
            // Degrees of freedom are checked when a scenario is read; the fallback is the normal
            // distribution.
            let scale = ChiSquared::new(df).map_or(1.0, |squares| (df / squares.sample(random)).sqrt());
            z.into_iter().map(|z| StudentT::new(df).cdf(z * scale)).collect()
        }
    };
    for (&InputId(index), u) in copula.members.iter().zip(uniforms) {
        per_run[index] = plan.inputs[index].distribution.quantile(u);
    }
}

/// z = L·ε
fn mix(cholesky: &[f64], values: &mut [f64]) {
    for i in (0..values.len()).rev() {
        let row = &cholesky[i * (i + 1) / 2..][..=i];
        values[i] = row.iter().zip(&*values).map(|(factor, value)| factor * value).sum();
    }
}

/// All series of one month.
fn month(
    plan: &Plan,
    series: &mut [Series<'_>],
    per_run: &[f64],
    step: usize,
    random: &mut SmallRng,
) -> Vec<f64> {
    let mut shocks: Vec<f64> = series.iter().map(|series| series.shock(random)).collect();
    for CorrelationSpec { members, cholesky } in &plan.correlations {
        let mut z: Vec<f64> = members.iter().map(|&member| shocks[member]).collect();
        mix(cholesky, &mut z);
        members.iter().zip(z).for_each(|(&member, z)| shocks[member] = z);
    }
    let mut values = Vec::new();
    for (series, shock) in series.iter_mut().zip(shocks) {
        series.step(per_run, step, shock, random, &mut values);
    }
    values
}

/// The state of a series.
struct Series<'a> {
    spec: &'a SeriesSpec,
    x: f64,
    variance: f64,
    duration: f64,
    remaining: f64,
    sizes: Vec<f64>,
}

fn value(number: Number, per_run: &[f64]) -> f64 {
    match number {
        Number::Fixed(value) => value,
        Number::Drawn(InputId(index)) => per_run[index],
        // A series has the same parameters in all months.
        Number::Monthly(_) => 0.0,
    }
}

impl<'a> Series<'a> {
    fn new(spec: &'a SeriesSpec) -> Self {
        let sizes = if let Process::Recurrence(spec) = &spec.process { spec.sizes.len() } else { 0 };
        Self { spec, x: 0.0, variance: 0.0, duration: 1.0, remaining: 0.0, sizes: vec![0.0; sizes] }
    }

    fn shock(&self, random: &mut SmallRng) -> f64 {
        match self.spec.process {
            Process::Noise(_) | Process::Wander(_) => StandardNormal.sample(random),
            Process::Uniform => random.random(),
            Process::Recurrence(_) => Exp1.sample(random),
        }
    }

    fn step(
        &mut self,
        per_run: &[f64],
        step: usize,
        shock: f64,
        random: &mut SmallRng,
        values: &mut Vec<f64>,
    ) {
        match &self.spec.process {
            Process::Noise(noise) => values.push(self.noise(*noise, per_run, step, shock)),
            Process::Wander(wander) => {
                self.wander(*wander, per_run, step, shock);
                values.extend([self.x, self.variance]);
            }
            Process::Uniform => values.push(shock),
            Process::Recurrence(recurrence) => {
                let rate = value(recurrence.rate, per_run);
                self.recurrence(recurrence, (rate, step), shock, random, values);
            }
        }
    }

    fn noise(&mut self, spec: NoiseSpec, per_run: &[f64], step: usize, z: f64) -> f64 {
        let (sd, rho) = (value(spec.sd_log, per_run), value(spec.persistence, per_run));
        self.x = if step == 0 { sd * z } else { rho * self.x + sd * (1.0 - rho * rho).sqrt() * z };
        self.x - sd * sd / 2.0
    }

    fn wander(&mut self, spec: WanderSpec, per_run: &[f64], step: usize, z: f64) {
        let rho = spec.half_life_months.map(|months| 0.5_f64.powf(1.0 / value(months, per_run).max(1e-6)));
        let accumulated = |months: f64| rho.map_or(months, |rho| 1.0 - rho.powf(2.0 * months));
        let q = match spec.spread {
            Spread::Stationary(sd) => value(sd, per_run) * accumulated(1.0).sqrt(),
            Spread::Monthly(sd) => value(sd, per_run),
        };
        if step == 0 {
            self.variance = q * q * accumulated(spec.age_months) / accumulated(1.0);
            self.x = self.variance.sqrt() * z;
        } else {
            let rho = rho.unwrap_or(1.0);
            self.x = rho * self.x + q * z;
            self.variance = rho * rho * self.variance + q * q;
        }
    }

    fn recurrence(
        &mut self,
        spec: &RecurrenceSpec,
        (rate, step): (f64, usize),
        exponential: f64,
        random: &mut SmallRng,
        values: &mut Vec<f64>,
    ) {
        let open = spec.months.iter().filter(|&&open| open).count() as f64;
        let can_start = spec.months[(step + spec.first_month) % 12];
        let wait = if can_start { exponential / (rate * 12.0 / open) } else { f64::INFINITY };
        let old = self.take(1.0);
        let old_share = old / self.duration;
        if wait >= 1.0 - old {
            values.extend([old, old_share]);
            values.extend_from_slice(&self.sizes);
            return;
        }
        self.duration = spec.duration_months.sample(random).max(1e-9);
        self.remaining = self.duration;
        let new = self.take(1.0 - old - wait);
        let share = old_share + new / self.duration;
        values.extend([old + new, share]);
        for (size, (_, distribution)) in self.sizes.iter_mut().zip(&spec.sizes) {
            let drawn = distribution.sample(random);
            values.push(drawn + (*size - drawn) * old_share / share);
            *size = drawn;
        }
    }

    /// Uses up the part of an occurrence that fits into `available` months.
    fn take(&mut self, available: f64) -> f64 {
        let on = self.remaining.min(available);
        self.remaining -= on;
        on
    }
}
