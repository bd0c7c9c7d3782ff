//! More capacity, money or permission: when it never lowers exports, and when it does.
//!
//! Every law excludes the mechanisms that would violate it. Carried demand: what is exported now isn't
//! demanded again. Elastic demand: a higher freight of additional tonnes on more expensive routes lowers
//! later demand. Projects that cost money: they compete with goods, and what they open opens sooner. Cash
//! carried over and debt: what is spent now is missing, or owed, later. Separate tests show those that are
//! not obvious.

use super::units::scale;
use super::{CASES, Seen, Verdict, at_most, drop_effects};
use crate::random::{Genes, check_random_plans};
use crate::support::{answers, assert_is, head};
use corridor::batch::Number;
use corridor::model::Corridor;
use corridor::plan::Plan;
use corridor::plan::{Change, EffectSpec, EventId, EventSpec, ProductId, Target, Trigger};
use corridor::units::Dimension;

fn never_lowers(before: &Plan, after: &Plan, paths: &[String]) -> Verdict {
    let (corridor, larger) = (Corridor::new(before.corridor.clone()), Corridor::new(after.corridor.clone()));
    let (seen, more) = (Seen::new(before, &corridor), Seen::new(after, &larger));
    paths.iter().try_for_each(|path| at_most(&seen.months(path), &more.months(path), Dimension::MASS, path))
}

/// The paths of all products' volumes.
fn volumes(plan: &Plan) -> Vec<String> {
    plan.corridor.products.iter().map(|product| format!("products.{}.volume", product.name)).collect()
}

fn with_capacities(plan: &Plan, genes: &mut Genes<'_>) -> Plan {
    let mut plan = plan.clone();
    for r in 0..plan.corridor.routes.len() {
        let capacity = plan.corridor.routes[r].capacity_t;
        plan.corridor.routes[r].capacity_t = scale(&mut plan, capacity, 1.0 + 2.0 * genes.next());
    }
    plan
}

fn with_cash(plan: &Plan, genes: &mut Genes<'_>) -> Plan {
    let mut plan = plan.clone();
    let Some(cash) = plan.corridor.finance.as_ref().map(|finance| finance.cash.level_usd) else {
        return plan;
    };
    let cash = scale(&mut plan, cash, 1.0 + genes.next());
    if let Some(finance) = &mut plan.corridor.finance {
        finance.cash.level_usd = cash;
    }
    plan
}

/// With inelastic demand.
fn inelastic(plan: &Plan) -> Plan {
    let mut plan = plan.clone();
    plan.corridor.products.iter_mut().for_each(|product| product.elasticity = None);
    plan
}

/// Without money, where every project is built at its own pace.
fn without_money(plan: &Plan) -> Plan {
    let mut plan = without_carry(plan);
    plan.corridor.finance = None;
    drop_effects(&mut plan, |on| {
        let money = matches!(on, Target::Cash | Target::Earnings(_) | Target::Payments);
        money || matches!(on, Target::CreditLimit | Target::CreditDrawdown)
    });
    plan
}

/// Without carried demand, and with projects that a third party pays for.
fn without_carry(plan: &Plan) -> Plan {
    let mut plan = plan.clone();
    for product in &mut plan.corridor.products {
        product.carry = None;
    }
    for project in &mut plan.corridor.projects {
        (project.grant, project.credit_only) = (true, false);
    }
    plan
}

/// Without credit, and without cash carried over.
fn without_debt(plan: &Plan) -> Plan {
    let mut plan = without_carry(plan);
    if let Some(finance) = &mut plan.corridor.finance {
        (finance.credit, finance.keep) = (None, Number::Fixed(0.0));
    }
    drop_effects(&mut plan, |on| matches!(on, Target::CreditLimit | Target::CreditDrawdown));
    plan
}

/// With one product alone.
fn with_one_product(plan: &Plan) -> Plan {
    let mut plan = inelastic(&without_debt(plan));
    plan.corridor.products.truncate(1);
    drop_effects(&mut plan, |on| match on {
        Target::Demand(p)
        | Target::Ceiling(p)
        | Target::Price(p)
        | Target::Supply(p)
        | Target::Permitted(p) => *p != ProductId(0),
        _ => false,
    });
    plan
}

/// With an event from the start of the run, and its effect.
fn with_effect(plan: &Plan, target: Target, change: Change) -> Plan {
    let mut plan = plan.clone();
    let event = EventId(plan.corridor.events.len());
    plan.corridor.events.push(EventSpec {
        name: "always".to_owned(),
        title: "Always".to_owned(),
        planned: Some(-1),
        after: Vec::new(),
        delay_months: Number::Fixed(0.0),
        wait: None,
        chance: None,
        ramp_months: Number::Fixed(0.0),
        lasts_months: None,
    });
    plan.corridor.effects.push(EffectSpec { trigger: Trigger::Event(event), targets: vec![target], change });
    plan
}

// More capacity. Without money every route passes on what it can't take, and less so when it is larger; so
// each product's volume rises with every capacity, for any priorities and any accepted groups. With money
// that can't be carried over, and one price, the routes are a knapsack filled from the cheapest, and more
// capacity is again never worse.

#[test]
fn where_money_is_no_matter_more_room_never_lowers_any_volume() {
    check_random_plans(CASES, |plan, _, genes| {
        let plan = inelastic(&without_money(plan));
        never_lowers(&plan, &with_capacities(&plan, genes), &volumes(&plan))
    });
}

#[test]
fn where_all_goods_cost_the_same_and_go_anywhere_more_room_never_lowers_the_total() {
    check_random_plans(CASES, |plan, _, genes| {
        let mut plan = inelastic(&without_debt(plan));
        drop_effects(&mut plan, |on| matches!(on, Target::Price(_)));
        for product in &mut plan.corridor.products {
            product.grant = false;
            product.price.level_usd_per_t = Number::Fixed(700.0);
            (product.price.growth, product.price.path) = (Number::Fixed(0.0), None);
            product.price.drivers.clear();
        }
        for route in &mut plan.corridor.routes {
            route.accepts.fill(true);
        }
        never_lowers(&plan, &with_capacities(&plan, genes), &["volume".to_owned()])
    });
}

// A single product has no competitors: it ships all that capacity, money, rules and the seller allow, filling
// the routes from the cheapest.

#[test]
fn more_of_anything_never_lowers_the_volume_of_a_product_that_is_alone() {
    check_random_plans(CASES, |plan, _, genes| {
        let plan = with_one_product(plan);
        let product = &plan.corridor.products[0];
        let more = Change::Multiply(Number::Fixed(1.0 + genes.next()));
        let mut larger = vec![
            with_capacities(&plan, genes),
            with_cash(&plan, genes),
            with_effect(&plan, Target::Permitted(ProductId(0)), more),
            with_effect(&plan, Target::Demand(ProductId(0)), more),
        ];
        larger.extend(product.supply.map(|_| with_effect(&plan, Target::Supply(ProductId(0)), more)));
        larger.extend(plan.corridor.finance.as_ref().map(|_| with_effect(&plan, Target::Payments, more)));
        larger.iter().try_for_each(|larger| never_lowers(&plan, larger, &volumes(&plan)))
    });
}

#[test]
fn a_lower_price_never_lowers_the_volume_of_a_product_that_is_alone() {
    check_random_plans(CASES, |plan, _, genes| {
        let plan = with_one_product(plan);
        let less = Change::Multiply(Number::Fixed(genes.next()));
        never_lowers(&plan, &with_effect(&plan, Target::Price(ProductId(0)), less), &volumes(&plan))
    });
}

#[test]
fn a_higher_price_never_raises_what_is_wanted_where_one_route_carries_everything() {
    check_random_plans(CASES, |plan, _, genes| {
        // On several routes fewer tonnes would pay less freight.
        let mut plan = without_money(plan);
        plan.corridor.routes.truncate(1);
        drop_effects(
            &mut plan,
            |on| matches!(on, Target::Capacity(route) | Target::Freight(route) if route.0 > 0),
        );
        let product = genes.pick(plan.corridor.products.len());
        let more = Change::Multiply(Number::Fixed(1.0 + genes.next()));
        let dearer = with_effect(&plan, Target::Price(ProductId(product)), more);
        let wanted = format!("products.{}.wanted", plan.corridor.products[product].name);
        never_lowers(&dearer, &plan, &[wanted])
    });
}

#[test]
fn more_room_can_lower_the_total_where_goods_compete_for_money() {
    // 10 USD. With a capacity of a tenth of a tonne the machines (10 USD/t) leave 9 USD for 4.5 t of grain (1
    // + 1 USD/t); with a capacity of a tonne they leave nothing.
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
    // 10 USD of credit, no cash. In February the price falls from 10 to 1 USD/t: what was spent before is
    // missing then.
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
    // Wheat is paid in cash and takes the train; seed, on credit, must fly at 10 USD/t and is at its limit by
    // February.
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

// More cash, without credit or with credit for all goods that is never paid back: everything that is served
// before the money runs out doesn't depend on how much there is, what comes after gets nothing, and more cash
// moves that point on and draws less. Tied credit breaks it: other goods, now paid in cash, take the capacity
// of those that credit pays for, which must take a more expensive route, draw more, and reach the limit
// sooner. Debt service breaks it: what is bought on credit now is owed when demand is higher. So does a
// default, after which a borrower short of cash may be better off. And gifts, or goods that cost nothing,
// have less capacity left if more of the rest is paid for. With elastic demand, more tonnes on more expensive
// routes raise the average freight and lower demand.

#[test]
fn where_nothing_is_free_more_cash_never_lowers_any_volume_if_credit_is_for_all_and_never_due() {
    check_random_plans(CASES, |plan, _, genes| {
        let mut plan = without_carry(&inelastic(plan));
        for product in &mut plan.corridor.products {
            product.grant = false;
        }
        drop_effects(&mut plan, |on| matches!(on, Target::Freight(_)));
        for (r, route) in plan.corridor.routes.iter_mut().enumerate() {
            route.freight_usd_per_t = Number::Fixed(50.0 + 25.0 * (r % 3) as f64);
        }
        let Some(finance) = &mut plan.corridor.finance else { return Ok(()) };
        if let Some(credit) = &mut finance.credit {
            credit.groups.fill(true);
            (credit.maturity_months, credit.default) = (None, None);
        }
        let richer = with_cash(&plan, genes);
        never_lowers(&plan, &richer, &volumes(&plan))?;
        let corridors = [&plan, &richer].map(|plan| Corridor::new(plan.corridor.clone()));
        if corridors[0].metrics.position("finance.debt").is_none() {
            return Ok(());
        }
        let debt = |plan: &Plan, corridor: &Corridor| Seen::new(plan, corridor).months("finance.debt");
        at_most(&debt(&richer, &corridors[1]), &debt(&plan, &corridors[0]), Dimension::MONEY, "debt")
    });
}

#[test]
fn more_room_can_lower_a_later_volume_where_unmet_demand_is_carried() {
    // A train a month late: 10 t in January, or 20 t in February when nothing went before.
    let february = |capacity: &str| {
        let text = head("2025-01", "2025-02", 1)
            + &format!(
                r#"
                [products.flour]
                volume = "10 t/month"
                carry = 1
                [routes.rail]
                capacity = "{capacity}"
                [events.trains]
                planned = "2025-02"
                effects.more = {{ on = "routes.rail.capacity", set = "100 t/month" }}
                "#
            );
        answers(&text).month("volume", 1)
    };
    assert_is(february("1 t/month"), 19.0, "little room in January");
    assert_is(february("10 t/month"), 10.0, "enough room in January");
}

#[test]
fn more_credit_can_lower_a_later_volume_where_it_is_paid_back() {
    // In February the price falls from 10 to 1 USD/t. Who could buy on credit in January owes it then.
    let volumes = |limit: &str| {
        let text = head("2025-01", "2025-02", 1)
            + &format!(
                r#"
                [products.flour]
                volume = "100 t/month"
                price = "10 USD/t"
                [routes.rail]
                capacity = "1 kt/month"
                [events.glut]
                planned = "2025-02"
                effects.price = {{ on = "products.flour.price", set = "1 USD/t" }}
                [finance]
                cash = "10 USD/month"
                credit = {{ limit = "{limit}", maturity = "1 month" }}
                [events.closed]
                planned = "2025-02"
                effects.line = {{ on = "finance.credit.limit", set = "0 USD" }}
                "#
            );
        answers(&text).months("volume").iter().sum::<f64>()
    };
    assert_is(volumes("0 USD"), 11.0, "no credit");
    assert_is(volumes("10 USD"), 2.0, "some credit");
}
