//! Units: the model has no absolute scale except the smallest ceiling (1e-9 t), the cent that is not due, and
//! the tolerances for rounding.

use super::{CASES, RUNS, Seen, drop_effects, equal};
use crate::random::{check_random_plans, number_of};
use corridor::batch::{InputId, Number, SeriesId};
use corridor::model::Corridor;
use corridor::plan::Plan;
use corridor::plan::{Change, Target};
use corridor::sample::{InputSpec, Process, SeriesSpec};
use corridor::units::Dimension;

/// The same number, larger by a factor.
pub(super) fn scale(plan: &mut Plan, number: Number, factor: f64) -> Number {
    match number {
        Number::Fixed(value) => Number::Fixed(value * factor),
        // A copy: two numbers never share an input, but the old one stays as it was. Its name keeps the
        // draws.
        Number::Drawn(InputId(place)) => {
            let InputSpec { path, distribution } = plan.inputs[place].clone();
            plan.inputs.push(InputSpec { path, distribution: distribution.scaled(factor) });
            Number::Drawn(InputId(plan.inputs.len() - 1))
        }
        Number::Monthly(series) => {
            scale_size(&mut plan.series, series, factor);
            number
        }
    }
}

/// Scales the size of a shock at an index of the monthly draws; only one effect uses it.
fn scale_size(series: &mut [SeriesSpec], SeriesId(place): SeriesId, factor: f64) {
    let mut first = 0;
    for series in series {
        let places = series.width();
        if let Process::Recurrence(recurrence) = &mut series.process
            && first <= place
            && place < first + places
        {
            let size = &mut recurrence.sizes[place - first - 2].1;
            *size = size.clone().scaled(factor);
        }
        first += places;
    }
}

/// The same plan in units of a thousand tonnes.
fn in_kilotonnes(plan: &Plan) -> Plan {
    let mut kilo = plan.clone();
    for p in 0..kilo.corridor.products.len() {
        let mut product = kilo.corridor.products[p].clone();
        product.level_t = scale(&mut kilo, product.level_t, 1e-3);
        product.ceiling_t = product.ceiling_t.map(|ceiling| scale(&mut kilo, ceiling, 1e-3));
        product.price.level_usd_per_t = scale(&mut kilo, product.price.level_usd_per_t, 1e3);
        if let Some(supply) = &mut product.supply {
            supply.level_t = scale(&mut kilo, supply.level_t, 1e-3);
        }
        kilo.corridor.products[p] = product;
    }
    for r in 0..kilo.corridor.routes.len() {
        let mut route = kilo.corridor.routes[r].clone();
        route.capacity_t = scale(&mut kilo, route.capacity_t, 1e-3);
        route.freight_usd_per_t = scale(&mut kilo, route.freight_usd_per_t, 1e3);
        kilo.corridor.routes[r] = route;
    }
    for e in 0..kilo.corridor.effects.len() {
        let mut effect = kilo.corridor.effects[e].clone();
        let factor = match effect.targets[0] {
            Target::Demand(_) | Target::Ceiling(_) | Target::Supply(_) | Target::Capacity(_) => 1e-3,
            Target::Price(_) | Target::Freight(_) => 1e3,
            _ => 1.0,
        };
        if !matches!(effect.change, Change::Multiply(_)) {
            let number = number_of(&mut effect.change);
            *number = scale(&mut kilo, *number, factor);
        }
        kilo.corridor.effects[e] = effect;
    }
    kilo
}

#[test]
fn counting_in_kilotonnes_changes_nothing_but_the_numbers() {
    check_random_plans(CASES, |plan, _, _| {
        let mut plan = plan.clone();
        // They may reduce a ceiling to the smallest possible one.
        drop_effects(&mut plan, |on| matches!(on, Target::Ceiling(_)));
        let kilo = in_kilotonnes(&plan);
        let [corridor, kilo_corridor] = [&plan, &kilo].map(|plan| Corridor::new(plan.corridor.clone()));
        let (tonnes, kilotonnes) = (Seen::new(&plan, &corridor), Seen::new(&kilo, &kilo_corridor));
        for metric in corridor.metrics.list() {
            let factor = match metric.dimension {
                Dimension::MASS => 1e3,
                Dimension::MONEY_PER_MASS => 1e-3,
                _ => 1.0,
            };
            let scaled: Vec<f64> = kilotonnes.months(&metric.path).iter().map(|x| x * factor).collect();
            assert_eq!(scaled.len(), RUNS * corridor.spec.horizon.months);
            equal(&tonnes.months(&metric.path), &scaled, metric.dimension, &metric.path)?;
        }
        Ok(())
    });
}
