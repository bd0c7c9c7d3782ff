//! The scalar twin: the model once more, plain and slow, and the real one against it.
//!
//! Written from the guide, not from the model. One run at a time, one `f64` at a time, no lanes, no masks, nothing
//! prepared. It shares the specs, the draws and the names of metrics with the model, and no arithmetic: where the model
//! keeps something clever (integrals of progress, masks of order), the twin does the obvious (trapezes, a sorted list).

mod dates;
mod figures;
mod money;
mod trade;

use crate::random::check_random_plans;
use crate::support::{SHIPPED, Table, agrees, answers, assert_is, head, plan, rounding, shipped, table};
use corridor::batch::{InputId, Inputs, Number, SeriesId};
use corridor::model::{Corridor, CorridorSpec, DriverId, LoadingSpec, Path, Trigger};
use corridor::model::{EventId, ShockId};
use corridor::run::Plan;
use corridor::units::Dimension;
use figures::Figures;
use money::Loan;
use rayon::prelude::*;
use std::fmt::Write as _;

/// No month's demand, supply, price, cash or credit is more.
const MOST: f64 = 1e30;

/// What one run was dealt.
#[derive(Default)]
struct Draws {
    per_run: Vec<f64>,
    /// By month, then place.
    monthly: Vec<Vec<f64>>,
}

/// Deals to `N` runs together, and gives each its own draws.
fn deal<const N: usize>(plan: &Plan, first_run: u64) -> Vec<Draws> {
    let layout = plan.layout();
    let mut sampler = plan.sampler::<N>(&layout);
    let mut runs: Vec<Draws> = (0..N).map(|_| Draws::default()).collect();
    let dealt: &Inputs<N> = sampler.begin(first_run);
    for (run, draws) in runs.iter_mut().enumerate() {
        draws.per_run = dealt.per_run.iter().map(|values| values.0[run]).collect();
    }
    for _ in 0..plan.info.horizon.months {
        let dealt = sampler.step();
        for (run, draws) in runs.iter_mut().enumerate() {
            draws.monthly.push(dealt.monthly.iter().map(|values| values.0[run]).collect());
        }
    }
    runs
}

/// One run: what it is made of, and what stands from one month to the next.
struct Twin<'a> {
    spec: &'a CorridorSpec,
    draws: &'a Draws,
    step: usize,
    /// Start and end of every event, as far as they are known; infinite for never and not yet.
    event_dates: Vec<(f64, f64)>,
    work_starts: Vec<f64>,
    /// When each project was finished.
    finished: Vec<f64>,
    /// What was spent on each project: in all, and last month.
    spent: Vec<f64>,
    spent_last: Vec<f64>,
    potential: Vec<f64>,
    unmet_last: Vec<f64>,
    kept: f64,
    debt: f64,
    arrears: f64,
    loans: Vec<Loan>,
    /// The first month after the last suspension.
    suspended_until: usize,
    defaulted: f64,
    /// Net present value of all that was repaid and drawn.
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
            unmet_last: vec![0.0; spec.products.len()],
            kept: 0.0,
            debt: 0.0,
            arrears: 0.0,
            loans: Vec::new(),
            suspended_until: 0,
            defaulted: 0.0,
            flows_npv: 0.0,
        };
        twin.potential = spec.products.iter().map(|product| twin.first_potential(product)).collect();
        twin
    }

    fn value(&self, number: Number) -> f64 {
        match number {
            Number::Fixed(value) => value,
            Number::Drawn(InputId(place)) => self.draws.per_run[place],
            Number::Monthly(series) => self.series(series),
        }
    }

    fn series(&self, SeriesId(place): SeriesId) -> f64 {
        self.draws.monthly[self.step][place]
    }

    fn noise(&self, series: Option<SeriesId>) -> f64 {
        series.map_or(1.0, |series| self.series(series).exp())
    }

    /// e^(a·x − a²·v/2)
    fn follow(&self, path: Path, a: f64) -> f64 {
        f64::exp(a * self.series(path.log) - a * a * self.series(path.variance) / 2.0)
    }

    fn driven(&self, loadings: &[LoadingSpec]) -> f64 {
        let driver = |DriverId(place): DriverId| self.spec.drivers[place].path;
        loadings.iter().map(|on| self.follow(driver(on.driver), self.value(on.loading))).product()
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
        let mut market = self.market(&mut month);
        let mut purse = self.open_purse(&mut month.money, &mut month.income);
        self.allocate(&mut month, &mut market, &mut purse);
        self.close_purse(&mut month.money);
        for e in 0..self.spec.events.len() {
            let started = if self.event_dates[e].0 < self.step as f64 + 1.0 { 1.0 } else { 0.0 };
            month.events.push((started, self.progress(Trigger::Event(EventId(e)))));
        }
        let shocks = 0..self.spec.shocks.len();
        month.shocks = shocks.map(|k| self.progress(Trigger::Shock(ShockId(k)))).collect();
        // Effects of this month are those of its start: ceilings before projects.
        self.grow();
        self.move_on(&mut month);
        self.unmet_last = month.products.iter().map(figures::Trade::unmet).collect();
        self.step += 1;
        month
    }
}

/// All figures of a twin's run: months, then years.
fn twin_run(spec: &CorridorSpec, draws: &Draws) -> (Vec<Figures>, Vec<Figures>) {
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
    (months, years)
}

/// Says where the model and the twin differ in some runs of a plan; the places are those of the twin's names.
fn difference<const N: usize>(plan: &Plan, corridor: &Corridor, first_run: u64) -> Result<(), String> {
    let model: Table<N> = table(plan, corridor, first_run);
    let metrics = corridor.metrics.list();
    let draws = deal::<N>(plan, first_run);
    let mut places = Vec::new();
    let (months, _) = twin_run(&corridor.spec, &draws[0]);
    months[0].tell(&corridor.spec, |path, _| places.push(corridor.metrics.position(&path.to_string())));
    let places: Vec<usize> =
        places.into_iter().map(|place| place.expect("the model knows the path")).collect();
    assert_eq!(places.len(), metrics.len(), "the twin tells every metric");
    let off_by: Vec<f64> = places.iter().map(|&place| rounding(metrics[place].dimension)).collect();
    let is_mass: Vec<bool> =
        places.iter().map(|&place| metrics[place].dimension == Dimension::MASS).collect();
    let wanted = corridor.metrics.position("wanted").expect("it is a metric");
    for (run, draws) in draws.iter().enumerate() {
        let (months, years) = twin_run(&corridor.spec, draws);
        let periods = months.iter().zip(&model.months).chain(years.iter().zip(&model.years));
        for (period, (twin, model)) in periods.enumerate() {
            // Rounding is that of up to a million tonnes; what is nearly free can be wanted by the billion.
            let millions = f64::max(1.0, model[wanted].0[run] / 1e6);
            let (mut next, mut off) = (0, String::new());
            twin.tell(&corridor.spec, |path, expected| {
                let value = model[places[next]].0[run];
                let rounding = off_by[next] * if is_mass[next] { millions } else { 1.0 };
                if !agrees(value, expected, rounding) {
                    let _ = write!(off, "\n  {path}: {value:?}, twin {expected:?}");
                }
                next += 1;
            });
            if !off.is_empty() {
                return Err(format!("run {}, period {period}:{off}", first_run + run as u64));
            }
        }
    }
    Ok(())
}

/// Checks so many batches of `N` runs, on all threads.
fn agree<const N: usize>(name: &str, batches: u64) {
    let plan = shipped(name);
    let corridor = Corridor::new(plan.corridor.clone());
    let check = |batch: u64| difference::<N>(&plan, &corridor, batch * N as u64);
    if let Err(off) = (0..batches).into_par_iter().map(check).collect::<Result<Vec<()>, String>>() {
        panic!("{name}: {off}");
    }
}

// 1,024 runs of every shipped scenario with the lanes that the program uses, 64 with each of the others: their
// equality to the bit is checked apart.

#[test]
fn the_model_is_its_scalar_twin_on_every_shipped_scenario() {
    for name in SHIPPED {
        agree::<32>(name, 32);
        agree::<8>(name, 8);
        agree::<1>(name, 64);
    }
}

#[test]
fn the_model_is_its_scalar_twin_on_random_corridors() {
    // Shipped scenarios are rarely short of room or at a closed border, random ones often are. 1,500 corridors, 8 runs each.
    check_random_plans(1500, |plan, corridor, _| difference::<8>(plan, corridor, 0));
}

#[test]
fn a_run_is_the_same_to_the_bit_alone_and_among_others() {
    for name in SHIPPED {
        let plan = shipped(name);
        let corridor = Corridor::new(plan.corridor.clone());
        let same = |batch: u64| {
            let first = batch * 32;
            let wide = bits(&table::<32>(&plan, &corridor, first));
            let narrow = (0..4).flat_map(|part| bits(&table::<8>(&plan, &corridor, first + part * 8)));
            let single = (0..32).flat_map(|run| bits(&table::<1>(&plan, &corridor, first + run)));
            assert!(wide == narrow.collect::<Vec<_>>(), "{name}: 8 lanes differ from 32");
            assert!(wide == single.collect::<Vec<_>>(), "{name}: 1 lane differs from 32");
        };
        (0..8).into_par_iter().for_each(same);
    }
}

/// Every figure of every run, as bits.
fn bits<const N: usize>(table: &Table<N>) -> Vec<Vec<u64>> {
    let periods = || table.months.iter().chain(&table.years).flatten();
    (0..N).map(|run| periods().map(|values| values.0[run].to_bits()).collect()).collect()
}

#[test]
fn a_result_is_the_mean_and_the_spread_of_the_twins_runs() {
    // 70 runs are two full batches and a part of one; the first and the last year are partial.
    let text = head("2025-05", "2026-08", 70)
        + r#"
        [products.flour]
        volume = "80 to 120 t/month"
        price = "300 USD/t"
        noise = { sd_log = 0.4, persistence = 0.5 }
        [routes.rail]
        capacity = "110 t/month"
        [events.strike]
        planned = "2025-09"
        probability = 0.5
        lasts = "uniform(0, 5) months"
        effects.less = { on = "routes.rail.capacity", multiply = 0.3 }
        [finance]
        cash = "30 kUSD/month"
        "#;
    let (plan, answers) = (plan(&text), answers(&text));
    let spec = &plan.corridor;
    let runs: Vec<(Vec<Figures>, Vec<Figures>)> =
        (0..70).flat_map(|run| deal::<1>(&plan, run)).map(|draws| twin_run(spec, &draws)).collect();
    let check = |path: &str, of: &dyn Fn(&Figures) -> f64| {
        for (place, year) in [2025, 2026].into_iter().enumerate() {
            let values: Vec<f64> = runs.iter().map(|(_, years)| of(&years[place])).collect();
            let mean = values.iter().sum::<f64>() / 70.0;
            let variance = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / 69.0;
            let found = answers.year(path, year);
            assert_is(found.mean, mean, path);
            assert_is(found.sd, variance.sqrt(), path);
            assert_is(found.standard_error, (variance / 70.0).sqrt(), path);
        }
    };
    check("volume", &|year| year.products[0].volume);
    check("unmet.finance", &|year| year.products[0].finance);
    check("routes.rail.throughput", &|year| year.routes[0].moved);
    check("finance.spent", &|year| year.money.spent);
    check("events.strike.progress", &|year| year.events[0].1);
}
