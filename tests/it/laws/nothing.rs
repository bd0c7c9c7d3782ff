//! Mechanisms without effect change nothing, to the bit.

use super::{CASES, Seen, Verdict, differs};
use crate::random::{check_random_plans, uniform};
use corridor::batch::{InputId, Number, SeriesId};
use corridor::model::Corridor;
use corridor::plan::Plan;
use corridor::plan::{
    ChanceSpec, DriverId, DriverSpec, EventId, EventSpec, LoadingSpec, Milestone, Path, ProductSpec,
    ProjectSpec, ShockSpec, Start, SupplySpec,
};
use corridor::sample::{InputSpec, Process, RecurrenceSpec, SeriesSpec, Spread, WanderSpec};

fn same_to_the_bit(before: &Plan, after: &Plan) -> Verdict {
    let (corridor, extended) =
        (Corridor::new(before.corridor.clone()), Corridor::new(after.corridor.clone()));
    let (seen, again) = (Seen::new(before, &corridor), Seen::new(after, &extended));
    let bits = |values: &[f64]| values.iter().map(|value| value.to_bits()).collect::<Vec<u64>>();
    for metric in corridor.metrics.list() {
        let (left, right) = (seen.months(&metric.path), again.months(&metric.path));
        if bits(&left) != bits(&right) {
            let at = left.iter().zip(&right).position(|(l, r)| l.to_bits() != r.to_bits()).unwrap_or(0);
            return Err(differs(&left, &right, at, &metric.path));
        }
    }
    Ok(())
}

/// A number that is drawn for each run.
fn drawn(plan: &mut Plan, path: &str, high: f64) -> Number {
    plan.inputs.push(InputSpec { path: path.to_owned(), distribution: uniform(0.0, high) });
    Number::Drawn(InputId(plan.inputs.len() - 1))
}

/// Adds a series, and returns its first index.
fn series(plan: &mut Plan, path: &str, process: Process) -> SeriesId {
    let place = plan.series.iter().map(SeriesSpec::width).sum();
    plan.series.push(SeriesSpec { path: path.to_owned(), process });
    SeriesId(place)
}

fn wander(plan: &mut Plan) -> Path {
    let (spread, age_months) = (Spread::Monthly(Number::Fixed(0.2)), 6.0);
    let process = Process::Wander(WanderSpec { spread, half_life_months: None, age_months });
    let SeriesId(log) = series(plan, "nothing", process);
    Path { log: SeriesId(log), variance: SeriesId(log + 1) }
}

#[test]
fn a_product_that_nobody_wants_changes_no_other_figure() {
    check_random_plans(CASES, |plan, corridor, genes| {
        let mut more = plan.clone();
        let horizon = i32::try_from(corridor.spec.horizon.months).unwrap_or(0);
        let (start, level) = [(Start::Base, 0.0), (Start::Month(horizon), 500.0)][genes.pick(2)];
        let product = &corridor.spec.products[genes.pick(corridor.spec.products.len())];
        more.corridor.products.push(ProductSpec {
            name: "nothing".to_owned(),
            title: "Nothing".to_owned(),
            start,
            level_t: Number::Fixed(level),
            priority: 1 + [0, 1, 2, 3][genes.pick(4)],
            ..product.clone()
        });
        same_to_the_bit(plan, &more)
    });
}

#[test]
fn an_event_without_effects_changes_no_other_figure() {
    check_random_plans(CASES, |plan, _, genes| {
        let mut more = plan.clone();
        let after = !plan.corridor.events.is_empty() && genes.happens(0.5);
        let event = EventSpec {
            name: "nothing".to_owned(),
            title: "Nothing".to_owned(),
            planned: Some(2),
            after: if after { vec![Milestone::Event(EventId(0))] } else { Vec::new() },
            delay_months: drawn(&mut more, "nothing.delay", 9.0),
            wait: None,
            chance: Some(ChanceSpec {
                probability: Number::Fixed(0.5),
                uniform: drawn(&mut more, "nothing.occurs", 1.0),
            }),
            ramp_months: Number::Fixed(3.0),
            lasts_months: None,
        };
        more.corridor.events.push(event);
        same_to_the_bit(plan, &more)
    });
}

#[test]
fn a_project_that_is_never_begun_and_a_gift_without_effects_change_no_other_figure() {
    check_random_plans(CASES, |plan, _, genes| {
        let mut more = plan.clone();
        let never =
            ChanceSpec { probability: Number::Fixed(0.0), uniform: drawn(&mut more, "nothing.occurs", 1.0) };
        let grant = genes.happens(0.5);
        more.corridor.projects.push(ProjectSpec {
            name: "nothing".to_owned(),
            title: "Nothing".to_owned(),
            planned: None,
            needs: Vec::new(),
            delay_months: Number::Fixed(0.5),
            chance: (!grant).then_some(never),
            cost_usd: Number::Fixed(1e6),
            overrun: Number::Fixed(1.0),
            build_months: Number::Fixed(4.0),
            ramp_months: Number::Fixed(1.0),
            priority: 1 + [0, 1, 2, 3][genes.pick(4)],
            grant,
            credit_only: false,
        });
        if let Some(credit) = more.corridor.finance.as_mut().and_then(|finance| finance.credit.as_mut()) {
            credit.projects.push(true);
        }
        same_to_the_bit(plan, &more)
    });
}

#[test]
fn a_shock_without_effects_and_a_driver_that_nothing_follows_change_no_other_figure() {
    check_random_plans(CASES, |plan, _, _| {
        let mut more = plan.clone();
        let path = wander(&mut more);
        let (name, title) = ("nothing".to_owned(), "Nothing".to_owned());
        more.corridor.drivers.push(DriverSpec { name: name.clone(), title: title.clone(), path });
        let recurrence = RecurrenceSpec {
            rate: Number::Fixed(0.5),
            months: [true; 12],
            first_month: plan.corridor.horizon.start.index_in_year(),
            duration_months: uniform(1.0, 3.0),
            sizes: Vec::new(),
        };
        let SeriesId(on) = series(&mut more, "nothing.shock", Process::Recurrence(recurrence));
        more.corridor.shocks.push(ShockSpec { name, title, on: SeriesId(on), spread: SeriesId(on + 1) });
        same_to_the_bit(plan, &more)
    });
}

#[test]
fn a_mechanism_of_no_strength_changes_no_figure() {
    check_random_plans(CASES, |plan, _, _| {
        let mut more = plan.clone();
        let nothing = Number::Fixed(0.0);
        let path = wander(&mut more);
        let (name, title) = ("nothing".to_owned(), "Nothing".to_owned());
        more.corridor.drivers.push(DriverSpec { name, title, path });
        let driver = DriverId(more.corridor.drivers.len() - 1);
        for product in &mut more.corridor.products {
            product.drivers.push(LoadingSpec { driver, loading: nothing });
            product.price.drivers.push(LoadingSpec { driver, loading: nothing });
            product.elasticity.get_or_insert(nothing);
            product.carry.get_or_insert(nothing);
            product.supply.get_or_insert(SupplySpec { level_t: Number::Fixed(1e30), noise: None });
        }
        same_to_the_bit(plan, &more)
    });
}
