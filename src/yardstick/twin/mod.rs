//! The scalar twin: a second implementation of the model, plain and slow.
//!
//! It is written from [the guide](crate::guide::model), not from the model: one run at a time, one `f64` at a
//! time, without lanes, masks or preparation. It shares the specs, the draws and the names of metrics with
//! the model, but no arithmetic: where the model uses an efficient method (integrals of progress, masks of
//! order), the twin uses the obvious one (trapezoids, a sorted list). The tests compare the model with it
//! figure by figure; as a reference implementation it shows the cost of the same arithmetic without
//! optimisation.

mod dates;
mod figures;
mod landed;
mod money;
mod trade;

pub use figures::Figures;

use crate::batch::{InputId, Inputs, Number, SeriesId};
use crate::plan::Plan;
use crate::plan::{CorridorSpec, DriverId, EventId, LoadingSpec, Path, ShockId, Trigger};
use crate::sample::Sampler;
use money::Loan;

/// The upper bound of each month's demand, supply, price, cash and credit.
const MOST: f64 = 1e30;

/// The draws of one run.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Draws {
    /// One value for every [`InputId`].
    pub per_run: Vec<f64>,
    /// By month, then [`SeriesId`].
    pub monthly: Vec<Vec<f64>>,
}

/// Samples `N` runs together as the engine does, and returns the draws of each.
pub fn deal<const N: usize>(plan: &Plan, first_run: u64) -> Vec<Draws> {
    let layout = plan.layout();
    draw_with(&mut plan.sampler::<N>(&layout), plan.info.horizon.months, first_run)
}

/// The same as [`deal`], with an existing sampler.
pub(super) fn draw_with<const N: usize>(
    sampler: &mut Sampler<'_, N>,
    months: usize,
    first_run: u64,
) -> Vec<Draws> {
    let mut runs: Vec<Draws> = (0..N).map(|_| Draws::default()).collect();
    let inputs: &Inputs<N> = sampler.begin(first_run);
    for (run, draws) in runs.iter_mut().enumerate() {
        draws.per_run = inputs.per_run.iter().map(|values| values.0[run]).collect();
    }
    for _ in 0..months {
        let inputs = sampler.step();
        for (run, draws) in runs.iter_mut().enumerate() {
            draws.monthly.push(inputs.monthly.iter().map(|values| values.0[run]).collect());
        }
    }
    runs
}

/// One run: its inputs, and its state from one month to the next.
struct Twin<'a> {
    spec: &'a CorridorSpec,
    draws: &'a Draws,
    step: usize,
    /// Start and end of every event, as far as they are known; infinite for never and not yet.
    event_dates: Vec<(f64, f64)>,
    work_starts: Vec<f64>,
    /// The moment at which each project was finished.
    finished: Vec<f64>,
    /// The spending on each project: in total, and last month.
    spent: Vec<f64>,
    spent_last: Vec<f64>,
    potential: Vec<f64>,
    /// What is still wanted of each product from earlier months.
    waiting: Vec<f64>,
    /// Last month's tonnes, by product and then route; at first, those of the start.
    moved: Vec<Vec<f64>>,
    /// The freight in each product's landed price, and that at the start.
    landed: Vec<f64>,
    landed_at_start: Vec<f64>,
    kept: f64,
    debt: f64,
    arrears: f64,
    loans: Vec<Loan>,
    /// The first month after the last suspension.
    suspended_until: usize,
    defaulted: f64,
    /// Net present value of all repayments less all drawings.
    flows_npv: f64,
}

impl<'a> Twin<'a> {
    fn new(spec: &'a CorridorSpec, draws: &'a Draws) -> Self {
        let projects = spec.projects.len();
        let mut twin = Self {
            spec,
            draws,
            step: 0,
            event_dates: Vec::new(),
            work_starts: Vec::new(),
            finished: vec![f64::INFINITY; projects],
            spent: vec![0.0; projects],
            spent_last: vec![0.0; projects],
            potential: Vec::new(),
            waiting: vec![0.0; spec.products.len()],
            moved: vec![vec![0.0; spec.routes.len()]; spec.products.len()],
            landed: Vec::new(),
            landed_at_start: Vec::new(),
            kept: 0.0,
            debt: 0.0,
            arrears: 0.0,
            loans: Vec::new(),
            suspended_until: 0,
            defaulted: 0.0,
            flows_npv: 0.0,
        };
        twin.potential = spec.products.iter().map(|product| twin.first_potential(product)).collect();
        twin.begin_landed();
        twin
    }

    fn value(&self, number: Number) -> f64 {
        match number {
            Number::Fixed(value) => value,
            Number::Drawn(InputId(index)) => self.draws.per_run[index],
            Number::Monthly(series) => self.series(series),
        }
    }

    fn series(&self, SeriesId(index): SeriesId) -> f64 {
        self.draws.monthly[self.step][index]
    }

    fn noise(&self, series: Option<SeriesId>) -> f64 {
        series.map_or(1.0, |series| self.series(series).exp())
    }

    /// e^(a·x − a²·v/2)
    fn follow(&self, path: Path, a: f64) -> f64 {
        f64::exp(a * self.series(path.log) - a * a * self.series(path.variance) / 2.0)
    }

    fn driven(&self, loadings: &[LoadingSpec]) -> f64 {
        let driver = |DriverId(index): DriverId| self.spec.drivers[index].path;
        loadings.iter().map(|on| self.follow(driver(on.driver), self.value(on.loading))).product()
    }

    /// Noise and paths as factors, in the order of the output.
    fn factors(&self) -> Vec<f64> {
        let drivers = self.spec.drivers.iter().map(|driver| self.follow(driver.path, 1.0));
        let mut factors: Vec<f64> = drivers.collect();
        for product in &self.spec.products {
            let noises = [product.noise, product.supply.and_then(|supply| supply.noise)];
            factors.extend(noises.into_iter().flatten().map(|noise| self.noise(Some(noise))));
            factors.extend(product.price.path.map(|path| self.follow(path, 1.0)));
        }
        let finance = self.spec.finance.iter();
        let streams = finance.flat_map(|finance| std::iter::once(&finance.cash).chain(&finance.earnings));
        factors.extend(streams.filter_map(|stream| stream.noise).map(|noise| self.noise(Some(noise))));
        factors
    }

    /// Months since the middle of the base year.
    fn age_months(&self) -> f64 {
        self.spec.base_age_months + self.step as f64
    }

    /// The calendar month, January being 0.
    fn season(&self) -> usize {
        (self.spec.horizon.start.index_in_year() + self.step) % 12
    }

    fn month(&mut self) -> Figures {
        let mut month = Figures::of_a_month();
        self.look_ahead();
        let mut market = self.open_market(&mut month);
        self.land(&month, &market);
        self.ask(&mut month, &mut market);
        let mut purse = self.open_purse(&mut month.money, &mut month.income);
        self.allocate(&mut month, &mut market, &mut purse);
        self.moved = market.moved;
        self.close_purse(&mut month.money);
        for e in 0..self.spec.events.len() {
            let started = if self.event_dates[e].0 < self.step as f64 + 1.0 { 1.0 } else { 0.0 };
            month.events.push((started, self.progress(Trigger::Event(EventId(e)))));
        }
        let shocks = 0..self.spec.shocks.len();
        month.shocks = shocks.map(|k| self.progress(Trigger::Shock(ShockId(k)))).collect();
        month.factors = self.factors();
        // Effects of this month depend on the state at its start: so ceilings are applied before projects
        // advance.
        self.grow();
        self.move_on(&mut month);
        self.wait(&mut month);
        self.step += 1;
        month
    }
}

/// All figures of a run.
#[derive(Debug, Clone)]
pub struct TwinRun {
    /// Of every month.
    pub months: Vec<Figures>,
    /// Of every calendar year; the first and the last may be incomplete.
    pub years: Vec<Figures>,
}

/// Computes one run of a corridor from its draws: a value for every input and, month by month, for every
/// series.
pub fn twin_run(spec: &CorridorSpec, draws: &Draws) -> TwinRun {
    let mut twin = Twin::new(spec, draws);
    let (mut months, mut years) = (Vec::new(), vec![Figures::default()]);
    for month in spec.horizon.iter() {
        if month.index_in_year() == 0 && !months.is_empty() {
            years.push(Figures::default());
        }
        let figures = twin.month();
        if let Some(year) = years.last_mut() {
            year.add(&figures);
        }
        months.push(figures);
    }
    TwinRun { months, years }
}
