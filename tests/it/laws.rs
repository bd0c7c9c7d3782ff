//! What must hold in every corridor, checked on random ones.
//!
//! Each law sees the same random plans at every run of the tests (fixed seed, nothing stored), `CASES` of them unless
//! it says otherwise, with eight runs each. A plan has up to 5 products in 3 groups, 4 routes, 3 events with 6 effects,
//! money and credit in most; numbers are fixed or drawn, products and cash may have noise.

use crate::support::{
    Genes, Table, agrees, answers, assert_is, check_random_plans, head, random_plan, rounding, table, uniform,
};
use corridor::batch::{InputId, Number};
use corridor::model::{Change, Corridor, EffectSpec, EventId, EventSpec, Kind, ProductSpec, Start, Target};
use corridor::run::Plan;
use corridor::sample::InputSpec;
use corridor::units::Dimension;

const CASES: u32 = 400;
const RUNS: usize = 8;
const CAUSES: [&str; 3] = ["unmet.logistics", "unmet.finance", "unmet.border"];

/// What a law says when it is broken.
type Verdict = Result<(), String>;

/// The figures of a plan, by path.
struct Seen<'a> {
    corridor: &'a Corridor,
    table: Table<RUNS>,
}

impl<'a> Seen<'a> {
    fn new(plan: &Plan, corridor: &'a Corridor) -> Self {
        Self { corridor, table: table(plan, corridor, 0) }
    }

    /// A metric over all months and all runs, in one row.
    fn months(&self, path: &str) -> Vec<f64> {
        let place = self.corridor.metrics.position(path).unwrap_or_else(|| panic!("no metric {path}"));
        self.table.months.iter().flat_map(|month| month[place].0).collect()
    }

    fn sum(&self, paths: impl IntoIterator<Item = String>) -> Vec<f64> {
        let mut sum = vec![0.0; self.table.months.len() * RUNS];
        for path in paths {
            for (sum, value) in sum.iter_mut().zip(self.months(&path)) {
                *sum += value;
            }
        }
        sum
    }

    /// The prefixes of everything that has a trade block.
    fn traded(&self) -> Vec<String> {
        let groups = self.corridor.spec.groups.iter().map(|group| format!("groups.{}.", group.name));
        std::iter::once(String::new()).chain(groups).chain(self.products()).collect()
    }

    fn products(&self) -> Vec<String> {
        self.corridor.spec.products.iter().map(|product| format!("products.{}.", product.name)).collect()
    }
}

fn paths(prefixes: &[String], name: &str) -> Vec<String> {
    prefixes.iter().map(|prefix| format!("{prefix}{name}")).collect()
}

/// Equal in every month and run, but for rounding.
fn equal(left: &[f64], right: &[f64], dimension: Dimension, what: &str) -> Verdict {
    let off = left.iter().zip(right).position(|(l, r)| !agrees(*l, *r, rounding(dimension)));
    off.map_or(Ok(()), |at| Err(differs(left, right, at, what)))
}

/// Nowhere above, but for rounding.
fn at_most(left: &[f64], right: &[f64], dimension: Dimension, what: &str) -> Verdict {
    let off = left.iter().zip(right).position(|(l, r)| l > r && !agrees(*l, *r, rounding(dimension)));
    off.map_or(Ok(()), |at| Err(differs(left, right, at, what)))
}

fn differs(left: &[f64], right: &[f64], at: usize, what: &str) -> String {
    format!("{what}: {:?} and {:?} in month {}, run {}", left[at], right[at], at / RUNS, at % RUNS)
}

#[test]
fn what_is_wanted_is_exported_or_unmet_for_a_cause() {
    check_random_plans(CASES, |plan, corridor, _| {
        let seen = Seen::new(plan, corridor);
        for prefix in seen.traded() {
            let of = |name: &str| format!("{prefix}{name}");
            let served = seen.sum([of("volume"), of("unmet")]);
            equal(&served, &seen.months(&of("wanted")), Dimension::MASS, &of("volume + unmet, wanted"))?;
            let causes = seen.sum(CAUSES.map(of));
            equal(&causes, &seen.months(&of("unmet")), Dimension::MASS, &of("causes, unmet"))?;
        }
        Ok(())
    });
}

#[test]
fn products_add_up_to_their_groups_and_to_the_total() {
    check_random_plans(CASES, |plan, corridor, _| {
        let seen = Seen::new(plan, corridor);
        for name in ["wanted", "volume", "value", "unmet", CAUSES[0], CAUSES[1], CAUSES[2]] {
            let dimension = if name == "value" { Dimension::MONEY } else { Dimension::MASS };
            let total = seen.months(name);
            equal(&seen.sum(paths(&seen.products(), name)), &total, dimension, name)?;
            for (g, group) in corridor.spec.groups.iter().enumerate() {
                let members = corridor.spec.products.iter().filter(|product| product.group.0 == g);
                let members = members.map(|product| format!("products.{}.{name}", product.name));
                let path = format!("groups.{}.{name}", group.name);
                equal(&seen.sum(members), &seen.months(&path), dimension, &path)?;
            }
        }
        Ok(())
    });
}

#[test]
fn nothing_is_negative_and_everything_is_a_number() {
    check_random_plans(CASES, |plan, corridor, _| {
        let seen = Seen::new(plan, corridor);
        for (place, metric) in corridor.metrics.list().iter().enumerate() {
            // Unmet is a difference, and each cause what is left of one: rounding may take them below zero.
            let least = if metric.path.contains("unmet") { -1e-9 } else { 0.0 };
            let most = if metric.dimension == Dimension::SHARE { 1.0 + 1e-9 } else { f64::MAX };
            for period in seen.table.months.iter().chain(&seen.table.years) {
                let value = period[place].0.into_iter().find(|value| !(least..=most).contains(value));
                if let Some(value) = value {
                    return Err(format!("{} is {value:?}", metric.path));
                }
            }
        }
        Ok(())
    });
}

#[test]
fn no_route_carries_more_than_it_can_and_together_they_carry_everything() {
    check_random_plans(CASES, |plan, corridor, _| {
        let seen = Seen::new(plan, corridor);
        let routes: Vec<String> =
            corridor.spec.routes.iter().map(|route| format!("routes.{}.", route.name)).collect();
        for route in &routes {
            let (moved, capacity) =
                (seen.months(&format!("{route}throughput")), seen.months(&format!("{route}capacity")));
            at_most(&moved, &capacity, Dimension::MASS, route)?;
        }
        equal(&seen.sum(paths(&routes, "throughput")), &seen.months("volume"), Dimension::MASS, "volume")
    });
}

#[test]
fn money_balances() {
    check_random_plans(CASES, |plan, corridor, _| {
        if corridor.spec.finance.is_none() {
            return Ok(());
        }
        let (seen, money) = (Seen::new(plan, corridor), Dimension::MONEY);
        let spent = seen.months("finance.spent");
        let funds = seen.sum(["finance.cash".to_owned(), "finance.drawn".to_owned()]);
        at_most(&spent, &funds, money, "spent, cash + drawn")?;
        // Freight comes on top of the value at the border.
        at_most(&seen.months("value"), &spent, money, "value, spent")?;
        let mut debt = seen.months("finance.drawn");
        for at in RUNS..debt.len() {
            debt[at] += debt[at - RUNS];
        }
        equal(&debt, &seen.months("finance.debt"), money, "all that was drawn, debt")?;
        // Credit is drawn for what cash can't pay, so there is no cash left where it is drawn.
        for ((drawn, spent), cash) in
            seen.months("finance.drawn").iter().zip(&spent).zip(seen.months("finance.cash"))
        {
            if *drawn > rounding(money) && !agrees(spent - drawn, cash, rounding(money)) {
                return Err(format!("drawn {drawn:?} with {cash:?} of cash and {spent:?} spent"));
            }
        }
        Ok(())
    });
}

#[test]
fn freight_and_value_make_up_what_is_spent_where_freight_is_the_same_everywhere() {
    check_random_plans(CASES, |plan, corridor, _| {
        if corridor.spec.finance.is_none() {
            return Ok(());
        }
        let mut plan = plan.clone();
        let is_freight = |target: &Target| matches!(target, Target::Freight(_));
        plan.corridor.effects.retain(|effect| !effect.targets.iter().any(is_freight));
        for route in &mut plan.corridor.routes {
            route.freight_usd_per_t = Number::Fixed(75.0);
        }
        let corridor = Corridor::new(plan.corridor.clone());
        let seen = Seen::new(&plan, &corridor);
        let (value, volume) = (seen.months("value"), seen.months("volume"));
        let landed: Vec<f64> =
            value.iter().zip(volume).map(|(value, volume)| value + 75.0 * volume).collect();
        equal(&landed, &seen.months("finance.spent"), Dimension::MONEY, "value + freight, spent")
    });
}

#[test]
fn debt_stays_below_a_limit_that_does_not_fall_and_pays_only_for_its_groups() {
    check_random_plans(CASES, |plan, _, genes| {
        let mut plan = plan.clone();
        let changes_limit = |target: &Target| matches!(target, Target::CreditLimit);
        plan.corridor.effects.retain(|effect| !effect.targets.iter().any(changes_limit));
        let Some(credit) = plan.corridor.finance.as_mut().and_then(|finance| finance.credit.as_mut()) else {
            return Ok(());
        };
        let limit = genes.between(0.0, 2e5);
        credit.limit_usd = Number::Fixed(limit);
        let corridor = Corridor::new(plan.corridor.clone());
        let seen = Seen::new(&plan, &corridor);
        let debt = seen.months("finance.debt");
        at_most(&debt, &vec![limit; debt.len()], Dimension::MONEY, "debt, limit")?;
        // No route is dearer than 150 USD a tonne unless effects make it so.
        if !plan.corridor.effects.is_empty() {
            return Ok(());
        }
        let creditable = corridor.spec.finance.as_ref().and_then(|finance| finance.credit.as_ref());
        let creditable = |g: usize| creditable.is_some_and(|credit| credit.groups[g]);
        let mut most = vec![0.0; debt.len()];
        for (g, group) in corridor.spec.groups.iter().enumerate() {
            if !creditable(g) {
                continue;
            }
            let value = seen.months(&format!("groups.{}.value", group.name));
            let volume = seen.months(&format!("groups.{}.volume", group.name));
            for ((most, value), volume) in most.iter_mut().zip(value).zip(volume) {
                *most += value + 150.0 * volume;
            }
        }
        at_most(&seen.months("finance.drawn"), &most, Dimension::MONEY, "drawn, goods that credit may pay")
    });
}

#[test]
fn years_are_made_of_their_months() {
    check_random_plans(CASES, |plan, corridor, _| {
        let seen = Seen::new(plan, corridor);
        let mut first = 0;
        for year in &seen.table.years {
            let calendar = |step: usize| corridor.spec.horizon.month(step).year();
            let last =
                (first..seen.table.months.len()).take_while(|&s| calendar(s) == calendar(first)).count()
                    + first;
            let months = &seen.table.months[first..last];
            for (place, metric) in corridor.metrics.list().iter().enumerate() {
                for run in 0..RUNS {
                    let sum = |place: usize| months.iter().map(|month| month[place].0[run]).sum::<f64>();
                    let expected = match metric.kind {
                        Kind::Flow => sum(place),
                        Kind::Stock => months[months.len() - 1][place].0[run],
                        Kind::Ratio { over, under } if sum(under) > 0.0 => sum(over) / sum(under),
                        Kind::Ratio { .. } => 0.0,
                        Kind::Binds { .. } => continue,
                    };
                    let found = year[place].0[run];
                    if !agrees(found, expected, rounding(metric.dimension)) {
                        return Err(format!("{} in a year: {found:?}, its months {expected:?}", metric.path));
                    }
                }
            }
            first = last;
        }
        Ok(())
    });
}

#[test]
fn at_most_one_cause_binds_and_it_is_the_one_with_the_most_unmet() {
    check_random_plans(CASES, |plan, corridor, _| {
        let seen = Seen::new(plan, corridor);
        let place = |path: String| corridor.metrics.position(&path).expect("it is a metric");
        let names = ["logistics", "finance", "border"];
        let (binds, unmet) =
            (names.map(|n| place(format!("binds.{n}"))), names.map(|n| place(format!("unmet.{n}"))));
        let wanted = place("wanted".to_owned());
        for period in seen.table.months.iter().chain(&seen.table.years) {
            for run in 0..RUNS {
                let most = unmet.map(|place| period[place].0[run]).into_iter().fold(0.0, f64::max);
                let some = most > 0.01 * period[wanted].0[run];
                let count = binds.map(|place| period[place].0[run]).into_iter().sum::<f64>();
                let right = (0..3).all(|c| period[binds[c]].0[run] == 0.0 || period[unmet[c]].0[run] >= most);
                if (count > 0.5) != some || count > 1.5 || !right {
                    return Err(format!("{count} causes bind, the most unmet for one is {most:?}"));
                }
            }
        }
        Ok(())
    });
}

/// The same number, larger by a factor.
fn scale(inputs: &mut Vec<InputSpec>, number: &mut Number, factor: f64) {
    *number = match *number {
        Number::Fixed(value) => Number::Fixed(value * factor),
        // A copy: two numbers never share an input, but the old one stays as it was. Its name keeps the draws.
        Number::Drawn(InputId(place)) => {
            let InputSpec { path, distribution } = inputs[place].clone();
            inputs.push(InputSpec { path, distribution: distribution.scaled(factor) });
            Number::Drawn(InputId(inputs.len() - 1))
        }
    };
}

fn with_capacities(plan: &Plan, genes: &mut Genes<'_>) -> Plan {
    let mut plan = plan.clone();
    for route in &mut plan.corridor.routes {
        scale(&mut plan.inputs, &mut route.capacity_t, 1.0 + 2.0 * genes.next());
    }
    plan
}

fn never_lowers(before: &Plan, after: &Plan, paths: &[String]) -> Verdict {
    let (corridor, larger) = (Corridor::new(before.corridor.clone()), Corridor::new(after.corridor.clone()));
    let (seen, more) = (Seen::new(before, &corridor), Seen::new(after, &larger));
    paths.iter().try_for_each(|path| at_most(&seen.months(path), &more.months(path), Dimension::MASS, path))
}

// More room. Without money every route passes on what it can't take, and passes on less when it is larger; so each
// product's volume rises with every capacity, whatever the priorities and whoever accepts what. With money that can't
// be carried over, and one product, the routes are a knapsack filled from the cheapest: again more room is never
// worse. Two things break the law, each in a test below: goods that compete for money at different prices, and credit,
// which can be spent too early.

#[test]
fn where_money_is_no_matter_more_room_never_lowers_any_volume() {
    check_random_plans(CASES, |plan, _, genes| {
        let mut plan = plan.clone();
        plan.corridor.finance = None;
        plan.corridor.effects.retain(|effect| !on_money(effect));
        let volumes: Vec<String> =
            plan.corridor.products.iter().map(|p| format!("products.{}.volume", p.name)).collect();
        never_lowers(&plan, &with_capacities(&plan, genes), &volumes)
    });
}

#[test]
fn where_all_goods_cost_the_same_and_go_anywhere_more_room_never_lowers_the_total() {
    check_random_plans(CASES, |plan, _, genes| {
        let mut plan = plan.clone();
        if let Some(finance) = &mut plan.corridor.finance {
            finance.credit = None;
        }
        let is_price = |target: &Target| matches!(target, Target::Price(_));
        let no_credit = |target: &Target| matches!(target, Target::CreditLimit | Target::CreditDrawdown);
        plan.corridor.effects.retain(|effect| !effect.targets.iter().any(|t| is_price(t) || no_credit(t)));
        for product in &mut plan.corridor.products {
            product.price_usd_per_t = Number::Fixed(700.0);
        }
        for route in &mut plan.corridor.routes {
            route.accepts.fill(true);
        }
        never_lowers(&plan, &with_capacities(&plan, genes), &["volume".to_owned()])
    });
}

#[test]
fn more_room_can_lower_the_total_where_goods_compete_for_money() {
    // 10 USD. With a tenth of a tonne of room the machines (10 USD/t) leave 9 USD for 4.5 t of grain (1 + 1 USD/t);
    // with a tonne of room they leave nothing.
    let total = |capacities: [&str; 2]| {
        let text = head("2025-01", "2025-01", 1)
            + &format!(
                r#"
                [groups]
                machines = {{}}
                grain = {{}}
                [products.machine]
                group = "machines"
                volume = "10 t/month"
                price = "10 USD/t"
                [products.wheat]
                group = "grain"
                volume = "10 t/month"
                price = "1 USD/t"
                [routes]
                air = {{ accepts = ["machines"], capacity = "{}" }}
                rail = {{ accepts = ["grain"], capacity = "{}", freight = "1 USD/t" }}
                [finance]
                cash = "10 USD/month"
                "#,
                capacities[0], capacities[1]
            );
        answers(&text).month("volume", 0)
    };
    assert_is(total(["0.1 t/month", "10 t/month"]), 4.6, "little room");
    assert_is(total(["1 t/month", "100 t/month"]), 1.0, "ten times the room");
}

#[test]
fn more_room_can_lower_the_total_where_credit_can_be_spent_too_early() {
    // 10 USD of credit, no cash. In February the price falls from 10 to 1 USD/t: what was spent before is missing then.
    let total = |capacity: &str| {
        let text = head("2025-01", "2025-02", 1)
            + &format!(
                r#"
                [products.flour]
                volume = "9 t/month"
                price = "10 USD/t"
                [routes.rail]
                capacity = "{capacity}"
                [events.glut]
                planned = "2025-02"
                effects.price = {{ on = "products.flour.price", set = "1 USD/t" }}
                effects.trains = {{ on = "routes.rail.capacity", multiply = 100 }}
                [finance]
                cash = "0 USD/month"
                credit = {{ limit = "10 USD" }}
                "#
            );
        answers(&text).months("volume").iter().sum::<f64>()
    };
    assert_is(total("0.1 t/month"), 9.1, "little room");
    assert_is(total("1 t/month"), 1.0, "ten times the room");
}

#[test]
fn more_cash_can_lower_the_total_where_credit_is_tied() {
    // Wheat is paid in cash and takes the train; seed, on credit, must fly at 10 USD/t and is at its limit by February.
    let total = |cash: &str| {
        let text = head("2025-01", "2025-02", 1)
            + &format!(
                r#"
                [groups]
                food = {{}}
                inputs = {{}}
                [products]
                wheat = {{ group = "food", volume = "1 t/month", price = "1 USD/t", priority = 1 }}
                seed = {{ group = "inputs", volume = "1 t/month", price = "1 USD/t", priority = 2 }}
                [routes]
                rail = {{ capacity = "1 t/month" }}
                air = {{ capacity = "1 t/month", freight = "9 USD/t" }}
                [events.slump]
                planned = "2025-02"
                effects.cash = {{ on = "finance.cash", multiply = 0 }}
                [finance]
                cash = "{cash}"
                credit = {{ limit = "2 USD", groups = ["inputs"] }}
                "#
            );
        answers(&text).months("volume").iter().sum::<f64>()
    };
    assert_is(total("0 USD/month"), 2.0, "no cash");
    assert_is(total("1 USD/month"), 1.2, "some cash");
}

fn on_money(effect: &EffectSpec) -> bool {
    let money = |t: &Target| matches!(t, Target::Cash | Target::CreditLimit | Target::CreditDrawdown);
    effect.targets.iter().any(money)
}

// More cash, without credit or with credit for all goods: everything that is served before the money runs out
// doesn't depend on how much there is, what comes after gets nothing, and more cash moves that point on and draws
// less. Tied credit breaks it: other goods, now paid in cash, take the room of those that credit pays for, which must
// take a dearer route, draw more, and reach the limit sooner.

#[test]
fn more_cash_never_lowers_any_volume_where_credit_is_for_all_goods() {
    check_random_plans(CASES, |plan, _, genes| {
        let mut plan = plan.clone();
        let Some(finance) = &mut plan.corridor.finance else { return Ok(()) };
        if let Some(credit) = &mut finance.credit {
            credit.groups.fill(true);
        }
        let mut richer = plan.clone();
        if let Some(finance) = &mut richer.corridor.finance {
            scale(&mut richer.inputs, &mut finance.cash_usd, 1.0 + genes.next());
        }
        let volumes: Vec<String> =
            plan.corridor.products.iter().map(|p| format!("products.{}.volume", p.name)).collect();
        never_lowers(&plan, &richer, &volumes)?;
        let (before, after) = (Corridor::new(plan.corridor.clone()), Corridor::new(richer.corridor.clone()));
        let debt = |plan: &Plan, corridor: &Corridor| Seen::new(plan, corridor).months("finance.debt");
        at_most(&debt(&richer, &after), &debt(&plan, &before), Dimension::MONEY, "debt")
    });
}

// Units. The model has none of its own but the least ceiling (1e-9 t) and what the rounding allows.

#[test]
fn counting_in_kilotonnes_changes_nothing_but_the_numbers() {
    check_random_plans(CASES, |plan, corridor, _| {
        let mut kilo = plan.clone();
        let (inputs, spec) = (&mut kilo.inputs, &mut kilo.corridor);
        for product in &mut spec.products {
            scale(inputs, &mut product.level_t, 1e-3);
            scale(inputs, &mut product.price_usd_per_t, 1e3);
            if let Some(ceiling) = &mut product.ceiling_t {
                scale(inputs, ceiling, 1e-3);
            }
        }
        for route in &mut spec.routes {
            scale(inputs, &mut route.capacity_t, 1e-3);
            scale(inputs, &mut route.freight_usd_per_t, 1e3);
        }
        for effect in &mut spec.effects {
            let factor = match effect.targets[0] {
                Target::Demand(_) | Target::Ceiling(_) | Target::Capacity(_) => 1e-3,
                Target::Price(_) | Target::Freight(_) => 1e3,
                Target::Cash | Target::CreditLimit | Target::CreditDrawdown => 1.0,
            };
            if let Change::Add(x) | Change::Set(x) = &mut effect.change {
                scale(inputs, x, factor);
            }
        }
        let kilo_corridor = Corridor::new(kilo.corridor.clone());
        let (tonnes, kilotonnes) = (Seen::new(plan, corridor), Seen::new(&kilo, &kilo_corridor));
        for metric in corridor.metrics.list() {
            let factor = if metric.dimension == Dimension::MASS { 1e3 } else { 1.0 };
            let scaled: Vec<f64> = kilotonnes.months(&metric.path).iter().map(|x| x * factor).collect();
            equal(&tonnes.months(&metric.path), &scaled, metric.dimension, &metric.path)?;
        }
        Ok(())
    });
}

// What isn't there changes nothing, to the bit.

fn same_to_the_bit(before: &Plan, after: &Plan) -> Verdict {
    let (corridor, extended) =
        (Corridor::new(before.corridor.clone()), Corridor::new(after.corridor.clone()));
    let (seen, again) = (Seen::new(before, &corridor), Seen::new(after, &extended));
    let bits = |values: Vec<f64>| values.into_iter().map(f64::to_bits).collect::<Vec<u64>>();
    for metric in corridor.metrics.list() {
        let (left, right) = (seen.months(&metric.path), again.months(&metric.path));
        if bits(left.clone()) != bits(right.clone()) {
            let at = left.iter().zip(&right).position(|(l, r)| l.to_bits() != r.to_bits()).unwrap_or(0);
            return Err(differs(&left, &right, at, &metric.path));
        }
    }
    Ok(())
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
        for (path, high) in [("nothing.delay", 9.0), ("nothing.occurs", 1.0)] {
            more.inputs.push(InputSpec { path: path.to_owned(), distribution: uniform(0.0, high) });
        }
        let inputs = more.inputs.len();
        let drawn = |place: usize| Number::Drawn(InputId(place));
        more.corridor.events.push(EventSpec {
            name: "nothing".to_owned(),
            title: "Nothing".to_owned(),
            planned: Some(2),
            after: (!plan.corridor.events.is_empty() && genes.happens(0.5)).then_some(EventId(0)),
            delay_months: drawn(inputs - 2),
            chance: Some((Number::Fixed(0.5), drawn(inputs - 1))),
            ramp_months: Number::Fixed(3.0),
            lasts_months: None,
        });
        same_to_the_bit(plan, &more)
    });
}

#[test]
fn random_plans_are_of_every_kind() {
    // The laws say nothing if the plans are all alike: money, room and the border must each bind in many.
    let mut counts = std::collections::BTreeMap::<&str, u32>::new();
    let counted = std::cell::RefCell::new(&mut counts);
    check_random_plans(CASES, |plan, corridor, _| {
        let seen = Seen::new(plan, corridor);
        for path in ["binds.logistics", "binds.finance", "binds.border"] {
            if seen.months(path).contains(&1.0) {
                *counted.borrow_mut().entry(path).or_default() += 1;
            }
        }
        if corridor.metrics.position("finance.debt").is_some() {
            let draws = seen.months("finance.drawn").iter().any(|drawn| *drawn > 1.0);
            *counted.borrow_mut().entry("draws credit").or_default() += u32::from(draws);
        }
        Ok(())
    });
    assert!(counts.len() == 4 && counts.values().all(|count| *count > CASES / 10), "{counts:?}");
    assert_eq!(random_plan(&[]).corridor.products.len(), 1, "no genes make the plainest corridor");
}
