//! Known results: scenarios are run from text, and the results compared with formulas derived here.

use crate::support::{answers, assert_is, assert_near, head, plan};
use corridor::run::{Silent, run};

/// A deterministic scenario needs one run.
fn certain(start: &str, end: &str, rest: &str) -> String {
    head(start, end, 1) + rest
}

fn assert_months(found: &[f64], expected: impl Fn(usize) -> f64, what: &str) {
    for (t, &found) in found.iter().enumerate() {
        assert_is(found, expected(t), &format!("{what} in month {t}"));
    }
}

// ── Demand ─────────────────────────────────────────────────────────────────────────────────────

#[test]
fn demand_grows_to_its_ceiling_from_the_middle_of_the_base_year() {
    // From the middle of 2024 to the middle of April 2025: 9.5 months.
    let text = certain(
        "2025-04",
        "2028-03",
        r#"
        [products.flour]
        volume = "1200 t/year"
        growth = "12% /year"
        ceiling = "3600 t/year"
        price = "313 USD/t"
        season = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
        [routes.rail]
        capacity = "1 Mt/month"
        "#,
    )
    .replace("[run]", "[run]\nbase_year = 2024");
    let found = answers(&text);
    let logistic = |age: f64| 300.0 / (1.0 + (300.0 / 100.0 - 1.0) * f64::exp(-0.01 * age));
    let season = |t: usize| ((3 + t) % 12 + 1) as f64 / 6.5;
    let expected = |t: usize| logistic(9.5 + t as f64) * season(t);
    assert_months(&found.months("products.flour.wanted"), expected, "wanted");
    assert_months(&found.months("volume"), expected, "volume");
    assert_months(&found.months("value"), |t| 313.0 * expected(t), "price times volume");
    assert_months(&found.months("unmet"), |_| 0.0, "unmet");
}

#[test]
fn demand_without_a_ceiling_grows_exponentially() {
    let found = answers(&certain(
        "2025-01",
        "2027-12",
        r#"
        [products.up]
        volume = "100 t/month"
        growth = "24% /year"
        [products.down]
        volume = "100 t/month"
        growth = "-36% /year"
        [products.new]
        from = "2025-07"
        initial = "10 t/month"
        growth = "60% /year"
        [products.old]
        from = "2024-11"
        initial = "10 t/month"
        growth = "60% /year"
        [routes.rail]
        capacity = "1 Mt/month"
        "#,
    ));
    assert_months(&found.months("products.up.volume"), |t| 100.0 * f64::exp(0.02 * t as f64), "up");
    assert_months(&found.months("products.down.volume"), |t| 100.0 * f64::exp(-0.03 * t as f64), "down");
    let since = |t: usize| t as f64 - 6.0;
    let new = |t: usize| if t < 6 { 0.0 } else { 10.0 * f64::exp(0.05 * since(t)) };
    assert_months(&found.months("products.new.volume"), new, "new");
    assert_months(&found.months("products.old.volume"), |t| 10.0 * f64::exp(0.05 * (t as f64 + 2.0)), "old");
}

#[test]
fn a_product_that_an_event_starts_grows_from_then_on() {
    // The contract starts in the middle of March: half of March's demand, and growth from March on.
    let found = answers(&certain(
        "2025-01",
        "2026-12",
        r#"
        [products.seeds]
        from = "contract"
        initial = "40 t/month"
        growth = "12% /year"
        ceiling = "80 t/month"
        [routes.rail]
        capacity = "1 Mt/month"
        [events.contract]
        planned = "2025-02"
        delay = "1.5 months"
        "#,
    ));
    let expected = |t: usize| match t {
        0 | 1 => 0.0,
        2 => 20.0,
        _ => 80.0 / (1.0 + f64::exp(-0.01 * (t - 2) as f64)),
    };
    assert_months(&found.months("products.seeds.wanted"), expected, "seeds");
}

// ── Events ─────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_ramp_changes_capacity_by_its_mean_progress_in_each_month() {
    // Starts in the middle of month 3, full after 4 months: progress (t − 3.5) / 4, averaged over each month.
    let found = answers(&certain(
        "2025-01",
        "2025-12",
        r#"
        [products.flour]
        volume = "1000 t/month"
        [routes.rail]
        capacity = "10 t/month"
        [routes.road]
        capacity = "80 t/month"
        freight = "1 USD/t"
        [events.works]
        planned = "2025-04"
        delay = "0.5 months"
        ramp = "4 months"
        opens = ["road"]
        effects.more = { on = "routes.rail.capacity", set = "50 t/month" }
        "#,
    ));
    let progress =
        |t: usize| [0.0, 0.0, 0.0, 0.03125, 0.25, 0.5, 0.75, 0.96875].get(t).copied().unwrap_or(1.0);
    assert_months(&found.months("events.works.progress"), progress, "progress");
    assert_months(&found.months("events.works.started"), |t| if t < 3 { 0.0 } else { 1.0 }, "started");
    assert_months(&found.months("routes.rail.capacity"), |t| 10.0 + 40.0 * progress(t), "rail");
    assert_months(&found.months("routes.road.capacity"), |t| 80.0 * progress(t), "road");
    assert_months(&found.months("routes.rail.utilisation"), |_| 1.0, "rail is full");
    assert_months(&found.months("unmet.logistics"), |t| 990.0 - 120.0 * progress(t), "unmet");
    assert_months(&found.months("binds.logistics"), |_| 1.0, "binds");
}

#[test]
fn multiplications_come_before_additions_and_settings_and_the_file_order_counts_within() {
    // ((100 · 3 + 20 − 10) set half-way to 1000): the event `half` ends in the middle of the month.
    let found = answers(&certain(
        "2025-01",
        "2025-01",
        r#"
        [groups.food]
        [groups.other]
        [products."*"]
        group = "food"
        volume = "100 t/month"
        [products.flour]
        [products.machine]
        group = "other"
        [products.sugar]
        [routes.rail]
        capacity = "1 Mt/month"
        [events.half]
        planned = "2025-01"
        lasts = "0.5 months"
        effects.set = { on = "groups.food.demand", set = "1000 t/month" }
        [events.full]
        planned = "2024-01"
        effects.add = { on = "products.*.demand", add = "20 t/month" }
        effects.less = { on = "products.flour.demand", add = "-10 t/month" }
        effects.times = { on = "products.*.demand", multiply = 3 }
        [events.never]
        planned = "2030-01"
        effects.none = { on = "products.*.demand", multiply = 0 }
        "#,
    ));
    assert_is(found.month("products.flour.volume", 0), f64::midpoint(310.0, 1000.0), "flour");
    assert_is(
        found.month("products.sugar.volume", 0),
        f64::midpoint(320.0, 1000.0),
        "sugar: group by default",
    );
    assert_is(found.month("products.machine.volume", 0), 320.0, "machine: another group");
    assert_is(found.month("groups.food.volume", 0), 1315.0, "food");
}

#[test]
fn an_event_that_took_all_away_leaves_nothing_and_not_less() {
    let found = answers(&certain(
        "2025-01",
        "2025-03",
        r#"
        [products.flour]
        volume = "100 t/month"
        price = "10 USD/t"
        [routes.rail]
        capacity = "80 t/month"
        [events.ban]
        planned = "2025-02"
        lasts = "1 month"
        effects.trains = { on = "routes.rail.capacity", add = "-500 t/month" }
        effects.price = { on = "products.flour.price", add = "-500 USD/t" }
        "#,
    ));
    assert_eq!(found.months("routes.rail.capacity"), [80.0, 0.0, 80.0]);
    assert_eq!(found.months("volume"), [80.0, 0.0, 80.0]);
    assert_eq!(found.months("unmet.border"), [0.0, 100.0, 0.0], "a route without capacity is closed");
    assert_eq!(found.months("routes.rail.utilisation"), [1.0, 0.0, 1.0], "the share of nothing is nothing");
}

#[test]
fn what_follows_an_event_waits_for_its_end_and_its_own_plan() {
    let found = answers(&certain(
        "2025-01",
        "2026-12",
        r#"
        [products.flour]
        volume = "1 t/month"
        [routes.rail]
        capacity = "1 t/month"
        [events.third]
        after = "second"
        delay = "1 month"
        [events.second]
        after = "first"
        delay = "2 months"
        [events.first]
        planned = "2025-03"
        delay = "1 month"
        lasts = "4 months"
        [events.late]
        planned = "2026-06"
        after = "first"
        [events.orphan]
        after = "never"
        planned = "2025-01"
        [events.never]
        planned = "2025-01"
        probability = 0
        lasts = "1 month"
        "#,
    ));
    // first: 3 to 7; second: 9, and it stays; third: 10; late: 17.
    let from = |start: usize| move |t: usize| if t < start { 0.0 } else { 1.0 };
    assert_months(&found.months("events.first.started"), from(3), "first");
    let first = |t: usize| if (3..7).contains(&t) { 1.0 } else { 0.0 };
    assert_months(&found.months("events.first.progress"), first, "first's progress");
    assert_months(&found.months("events.second.started"), from(9), "second");
    assert_months(&found.months("events.third.progress"), from(10), "third");
    assert_months(&found.months("events.late.started"), from(17), "late");
    assert_months(&found.months("events.orphan.started"), |_| 0.0, "orphan");
    assert_months(&found.months("events.never.started"), |_| 0.0, "never");
}

#[test]
fn chances_and_delays_of_events_have_their_distributions() {
    const RUNS: u64 = 20_000;
    let text = head("2025-01", "2026-12", RUNS)
        + r#"
        [products.flour]
        volume = "1 t/month"
        [routes.rail]
        capacity = "1 t/month"
        [events.likely]
        planned = "2025-06"
        probability = 0.3
        [events.late]
        planned = "2025-01"
        delay = "uniform(0, 12) months"
        [events.later]
        after = "late"
        delay = "uniform(0, 12) months"
        [events.both]
        after = "likely"
        planned = "2025-06"
        probability = 0.5
        [events.spell]
        planned = "2025-02"
        delay = "uniform(0, 12) months"
        lasts = "uniform(1, 5) months"
        "#;
    let found = answers(&text);
    let chance = |path: &str, step: usize, p: f64| {
        let standard_error = f64::sqrt(p * (1.0 - p) / RUNS as f64);
        let found = found.month(&format!("events.{path}.started"), step);
        assert_near(found, p, standard_error, &format!("{path} by month {step}"));
    };
    assert_is(found.month("events.likely.started", 4), 0.0, "not before its month");
    chance("likely", 5, 0.3);
    chance("likely", 23, 0.3);
    chance("both", 23, 0.15);
    for step in [0, 2, 5, 8, 10] {
        let passed = (step + 1) as f64 / 12.0;
        chance("late", step, passed);
        // The sum of two uniform delays has a triangular density: x²/2 of the way up, 1 − (2 − x)²/2 down.
        chance("later", step, passed * passed / 2.0);
        chance("later", step + 12, 1.0 - (1.0 - passed) * (1.0 - passed) / 2.0);
    }
    assert_is(found.month("events.late.started", 11), 1.0, "all have started");
    // All spells lie inside the horizon and last 3 months on average, with a standard deviation of 4/√12.
    let spell: f64 = found.months("events.spell.progress").iter().sum();
    assert_near(spell, 3.0, 4.0 / f64::sqrt(12.0 * RUNS as f64), "months of the spell");
}

// ── Routes, priorities, money ──────────────────────────────────────────────────────────────────

#[test]
fn the_cheapest_route_comes_first_and_the_order_may_change() {
    let found = answers(&certain(
        "2025-01",
        "2025-02",
        r#"
        [products.flour]
        volume = "100 t/month"
        [routes.rail]
        capacity = "80 t/month"
        freight = "20 USD/t"
        availability = "75%"
        [routes.sea]
        capacity = "30 t/month"
        freight = "5 USD/t"
        [events.fees]
        planned = "2025-02"
        effects.fee = { on = "routes.sea.freight", add = "15.5 USD/t" }
        effects.rails = { on = "routes.rail.capacity", add = "15 t/month" }
        "#,
    ));
    assert_eq!(found.months("routes.sea.throughput"), [30.0, 25.0]);
    assert_eq!(found.months("routes.rail.throughput"), [60.0, 75.0]);
    assert_eq!(found.months("unmet.logistics"), [10.0, 0.0]);
    assert_eq!(found.months("routes.sea.utilisation"), [1.0, 25.0 / 30.0]);
}

#[test]
fn a_dearer_route_makes_money_end_sooner() {
    // 30 t at 10 + 5 cost 450 USD; the other 450 USD pay for 15 t at 10 + 20.
    let found = answers(&certain(
        "2025-01",
        "2025-01",
        r#"
        [products.flour]
        volume = "100 t/month"
        price = "10 USD/t"
        [routes.rail]
        capacity = "80 t/month"
        freight = "20 USD/t"
        [routes.sea]
        capacity = "30 t/month"
        freight = "5 USD/t"
        [finance]
        cash = "900 USD/month"
        "#,
    ));
    assert_is(found.month("volume", 0), 45.0, "volume");
    assert_is(found.month("value", 0), 450.0, "value is without freight");
    assert_is(found.month("finance.spent", 0), 900.0, "spent is with freight");
    assert_is(found.month("unmet.finance", 0), 55.0, "unmet");
    assert_is(found.month("binds.finance", 0), 1.0, "binds");
}

#[test]
fn priorities_come_in_order_and_a_class_is_cut_alike() {
    let text = |finance: &str| {
        let goods = r#"
        [products.sugar]
        priority = 2
        volume = "30 t/month"
        price = "4 USD/t"
        [products.oil]
        priority = 2
        volume = "90 t/month"
        price = "2 USD/t"
        [products.flour]
        priority = 1
        volume = "20 t/month"
        price = "1 USD/t"
        [products.corn]
        priority = 7
        volume = "10 t/month"
        price = "0 USD/t"
        [routes.rail]
        capacity = "60 t/month"
        "#;
        certain("2025-01", "2025-01", &format!("{goods}{finance}"))
    };
    // Capacity: 60 − 20 for 120 t, a third for each.
    let found = answers(&text(""));
    let volumes = ["flour", "sugar", "oil", "corn"].map(|p| format!("products.{p}.volume"));
    for (path, expected) in volumes.iter().zip([20.0, 10.0, 30.0, 0.0]) {
        assert_is(found.month(path, 0), expected, path);
    }
    assert_is(found.month("unmet.logistics", 0), 90.0, "unmet");
    // Money: 50 − 20 for 300 USD of the second class, a tenth for each; corn costs nothing and has capacity.
    let found = answers(&text("[finance]\ncash = \"50 USD/month\""));
    for (path, expected) in volumes.iter().zip([20.0, 3.0, 9.0, 10.0]) {
        assert_is(found.month(path, 0), expected, path);
    }
    assert_is(found.month("unmet.finance", 0), 108.0, "unmet");
}

#[test]
fn credit_is_drawn_up_to_its_limit_and_then_money_binds() {
    // 100 t cost 1200 USD a month.
    let text = |credit: &str| {
        let rest = r#"
        [products.flour]
        volume = "100 t/month"
        price = "10 USD/t"
        [routes.rail]
        capacity = "1000 t/month"
        freight = "2 USD/t"
        [finance]
        cash = "600 USD/month"
        credit = "#;
        certain("2025-01", "2025-05", &format!("{rest}{credit}\n"))
    };
    let found = answers(&text("{ limit = \"1500 USD\" }"));
    assert_months(&found.months("finance.drawn"), |t| [600.0, 600.0, 300.0, 0.0, 0.0][t], "drawn");
    assert_months(&found.months("finance.debt"), |t| [600.0, 1200.0, 1500.0, 1500.0, 1500.0][t], "debt");
    assert_months(&found.months("volume"), |t| [100.0, 100.0, 75.0, 50.0, 50.0][t], "volume");
    assert_months(&found.months("unmet.finance"), |t| [0.0, 0.0, 25.0, 50.0, 50.0][t], "unmet");
    assert_is(found.year("finance.debt", 2025).mean, 1500.0, "a year's debt is its last month's");
    assert_is(found.year("finance.drawn", 2025).mean, 1500.0, "a year's draws are the sum");
    let found = answers(&text("{ limit = \"1500 USD\", drawdown = \"4800 USD/year\" }"));
    assert_months(&found.months("finance.drawn"), |t| [400.0, 400.0, 400.0, 300.0, 0.0][t], "with a cap");
    assert_months(
        &found.months("volume"),
        |t| [1000.0, 1000.0, 1000.0, 900.0, 600.0][t] / 12.0,
        "with a cap",
    );
}

#[test]
fn without_credit_nothing_is_owed_not_even_a_rounding_error() {
    // The share that cash can pay is rounded, and so are the amounts: they may exceed the cash by a hair.
    let text = head("2025-01", "2025-12", 500)
        + r#"
        [products]
        wheat = { volume = "uniform(10, 20) t/month", price = "7 USD/t" }
        rye = { volume = "uniform(10, 20) t/month", price = "3 USD/t" }
        [routes.rail]
        capacity = "1 kt/month"
        freight = "1 USD/t"
        [finance]
        cash = "uniform(90, 100) USD/month"
        credit = { limit = "0 USD" }
        "#;
    let found = answers(&text);
    assert_eq!(found.months("finance.drawn"), [0.0; 12]);
    assert_eq!(found.months("finance.debt"), [0.0; 12]);
}

#[test]
fn tied_credit_pays_for_its_groups_only() {
    // Both want 100 USD; 100 of cash and 60 of credit for inputs: cash pays 100/140 of what credit doesn't.
    let text = |cash: &str| {
        let head = head("2025-01", "2025-01", 1);
        format!(
            r#"{head}
            [groups]
            food = {{}}
            inputs = {{}}
            [products]
            flour = {{ group = "food", volume = "10 t/month", price = "10 USD/t" }}
            seed = {{ group = "inputs", volume = "10 t/month", price = "10 USD/t" }}
            [routes.rail]
            capacity = "100 t/month"
            [finance]
            cash = "{cash}"
            credit = {{ limit = "60 USD", groups = ["inputs"] }}
            "#
        )
    };
    let found = answers(&text("100 USD/month"));
    assert_is(found.month("groups.food.volume", 0), 50.0 / 7.0, "food");
    assert_is(found.month("groups.inputs.volume", 0), 6.0 + 4.0 * 5.0 / 7.0, "inputs");
    assert_is(found.month("finance.drawn", 0), 60.0, "drawn");
    assert_is(found.month("finance.spent", 0), 160.0, "spent");
    let found = answers(&text("0 USD/month"));
    assert_is(found.month("groups.food.volume", 0), 0.0, "food without cash");
    assert_is(found.month("groups.inputs.volume", 0), 6.0, "inputs without cash");
    let found = answers(&text("180 USD/month"));
    assert_is(found.month("volume", 0), 20.0, "all is paid");
    assert_is(found.month("finance.drawn", 0), 20.0, "no more is drawn than cash is short of");
}

#[test]
fn cash_grows_from_the_base_year_and_what_is_left_is_gone() {
    let text = certain(
        "2025-01",
        "2025-12",
        r#"
        [products.flour]
        volume = "10 t/month"
        price = "10 USD/t"
        [routes.rail]
        capacity = "100 t/month"
        [finance]
        cash = "960 USD/year"
        growth = "24% /year"
        credit = { limit = "0 USD" }
        "#,
    )
    .replace("[run]", "[run]\nbase_year = 2024");
    let found = answers(&text);
    let cash = |t: usize| 80.0 * f64::exp(0.02 * (6.5 + t as f64));
    assert_months(&found.months("finance.cash"), cash, "cash");
    assert_months(&found.months("finance.spent"), |t| f64::min(cash(t), 100.0), "spent");
    assert_months(&found.months("finance.debt"), |_| 0.0, "debt");
}

#[test]
fn goods_that_no_open_route_accepts_stop_at_the_border() {
    let found = answers(&certain(
        "2025-01",
        "2025-04",
        r#"
        [groups.food]
        [groups.inputs]
        [groups.arms]
        [products]
        flour = { group = "food", volume = "10 t/month" }
        seed = { group = "inputs", volume = "20 t/month" }
        rifle = { group = "arms", volume = "5 t/month" }
        [routes.rail]
        accepts = ["food"]
        capacity = "6 t/month"
        [routes.road]
        accepts = ["inputs", "food"]
        capacity = "15 t/month"
        freight = "1 USD/t"
        [events.bridge]
        planned = "2025-03"
        opens = ["road"]
        "#,
    ));
    // Until March flour has a capacity of 6 t and seed no route at all; then both share the road: 15 t for
    // 24.
    assert_months(&found.months("products.seed.unmet.border"), |t| [20.0, 20.0, 0.0, 0.0][t], "seed, border");
    assert_months(&found.months("products.seed.unmet.logistics"), |t| [0.0, 0.0, 7.5, 7.5][t], "seed, room");
    assert_months(&found.months("products.flour.unmet.logistics"), |t| [4.0, 4.0, 1.5, 1.5][t], "flour");
    assert_months(&found.months("products.rifle.unmet.border"), |_| 5.0, "rifle");
    assert_months(&found.months("unmet.border"), |t| [25.0, 25.0, 5.0, 5.0][t], "all, border");
    assert_months(&found.months("binds.border"), |t| [1.0, 1.0, 0.0, 0.0][t], "the border binds");
    assert_months(&found.months("binds.logistics"), |t| [0.0, 0.0, 1.0, 1.0][t], "then room does");
}

#[test]
fn of_equals_the_first_in_the_file_is_used_and_the_first_cause_is_named() {
    let found = answers(&certain(
        "2025-01",
        "2025-01",
        r#"
        [groups.food]
        [groups.arms]
        [products]
        flour = { group = "food", volume = "18 t/month" }
        rifle = { group = "arms", volume = "5 t/month" }
        [routes."*"]
        accepts = ["food"]
        freight = "7 USD/t"
        [routes]
        rail = { capacity = "2 t/month" }
        road = { capacity = "20 t/month", freight = "9 USD/t" }
        sea = { capacity = "15 t/month" }
        [events.works]
        planned = "2025-01"
        effects.road = { on = "routes.road.capacity", multiply = 0 }
        effects.rail = { on = "routes.rail.capacity", multiply = 4 }
        "#,
    ));
    assert_is(found.month("routes.rail.throughput", 0), 8.0, "rail comes first in the file");
    assert_is(found.month("routes.sea.throughput", 0), 10.0, "and the sea takes the rest");
    assert_is(found.month("binds.border", 0), 1.0, "nothing else binds");
    let found = answers(&certain(
        "2025-01",
        "2025-01",
        r#"
        [groups.food]
        [groups.arms]
        [products]
        flour = { group = "food", volume = "18 t/month" }
        rifle = { group = "arms", volume = "5 t/month" }
        [routes.rail]
        accepts = ["food"]
        capacity = "13 t/month"
        "#,
    ));
    assert_is(found.month("unmet.logistics", 0), found.month("unmet.border", 0), "5 t for either cause");
    assert_is(found.month("binds.logistics", 0), 1.0, "the first is named");
    assert_is(found.month("binds.border", 0), 0.0, "and only one");
}

#[test]
fn an_event_can_raise_a_ceiling_for_a_while() {
    // At its ceiling demand is constant; under a higher one it grows towards that, and then it falls back.
    let found = answers(&certain(
        "2025-01",
        "2026-12",
        r#"
        [products.flour]
        volume = "100 t/month"
        growth = "60% /year"
        ceiling = "100 t/month"
        [routes.rail]
        capacity = "1 kt/month"
        [events.boom]
        planned = "2025-06"
        lasts = "10 months"
        effects.more = { on = "products.flour.ceiling", add = "100 t/month" }
        "#,
    ));
    let expected = |t: usize| {
        let booming = |months: f64| 200.0 / (1.0 + f64::exp(-0.05 * months));
        match t {
            0..=5 => 100.0,
            6..=15 => booming(t as f64 - 5.0),
            _ => 100.0 / (1.0 + (100.0 / booming(10.0) - 1.0) * f64::exp(-0.05 * (t as f64 - 15.0))),
        }
    };
    assert_months(&found.months("volume"), expected, "volume");
}

#[test]
fn when_room_and_money_are_both_used_up_the_first_reason_stands() {
    // The cash is spent on the train, while the more expensive ship is full of wheat. Whatever rounding
    // leaves of the cash and of the ship's capacity, machines are unserved for lack of money.
    let text = head("2025-01", "2025-12", 200)
        + r#"
        [groups.grain]
        [groups.machines]
        [products]
        wheat = { group = "grain", priority = 1, volume = "uniform(10, 20) t/month", price = "7 USD/t" }
        rye = { group = "grain", priority = 1, volume = "uniform(10, 20) t/month", price = "3 USD/t" }
        plough = { group = "machines", priority = 2, volume = "uniform(10, 20) t/month", price = "100 USD/t" }
        tractor = { group = "machines", priority = 2, volume = "uniform(10, 20) t/month", price = "130 USD/t" }
        [routes]
        rail = { accepts = ["machines"], capacity = "1 kt/month", freight = "1 USD/t" }
        sea = { capacity = "9 t/month", freight = "2 USD/t" }
        [finance]
        cash = "uniform(900, 1000) USD/month"
        noise = { sd_log = 0.1 }
        "#;
    let found = answers(&text);
    assert_months(&found.months("groups.machines.unmet.logistics"), |_| 0.0, "machines, room");
    assert!(found.month("groups.machines.unmet.finance", 0) > 5.0, "machines lack money");
}

#[test]
fn partial_years_have_the_months_that_they_have() {
    let found = answers(&certain(
        "2025-05",
        "2027-02",
        r#"
        [products.flour]
        volume = "100 t/month"
        season = [2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0]
        [routes.rail]
        capacity = "150 t/month"
        [events.bridge]
        planned = "2026-10"
        ramp = "12 months"
        "#,
    ));
    for (year, months, volume) in [(2025, 8, 700.0), (2026, 12, 1150.0), (2027, 2, 250.0)] {
        assert_is(found.year("volume", year).mean, volume, "volume");
        assert_is(found.year("routes.rail.capacity", year).mean, 150.0 * f64::from(months), "capacity");
        let used = volume / (150.0 * f64::from(months));
        assert_is(found.year("routes.rail.utilisation", year).mean, used, "utilisation");
    }
    assert_is(found.year("unmet.logistics", 2026).mean, 50.0, "January is too much for the railway");
    assert_is(found.year("binds.logistics", 2026).mean, 1.0, "50 of 1200 t are more than a hundredth");
    assert_is(found.year("events.bridge.progress", 2026).mean, 2.5 / 12.0, "December's mean progress");
    assert_eq!(found.0.years.iter().map(|year| year.months).collect::<Vec<_>>(), [8, 12, 2]);
}

// ── Chance ─────────────────────────────────────────────────────────────────────────────────────

/// The standard normal distribution function.
fn normal_cdf(z: f64) -> f64 {
    libm::erfc(-z / std::f64::consts::SQRT_2) / 2.0
}

/// E[min(W, c)^k], k = 1 or 2, of a lognormal W with mean 20 and coefficient of variation 0.3.
///
/// Of a lognormal with median m and log-sd s, E[W^k; W < c] = m^k·e^(k²s²/2)·Φ((ln(c/m) − k·s²)/s).
fn capped_moment(c: f64, k: f64) -> f64 {
    let variance = 1.09_f64.ln();
    let (sd, log_median) = (variance.sqrt(), 20.0_f64.ln() - variance / 2.0);
    let z = (c.ln() - log_median) / sd;
    let below = f64::exp(k * log_median + k * k * variance / 2.0) * normal_cdf(z - k * sd);
    below + c.powf(k) * (1.0 - normal_cdf(z))
}

/// Mean and standard deviation of 24 months of min(W, `before`), which become min(W, `after`) from one of the
/// months 7 to 18 on (January is 1), each equally likely. Months are independent once that month is known.
fn total(before: f64, after: f64) -> (f64, f64) {
    let (mean, square) = (|c| capped_moment(c, 1.0), |c| capped_moment(c, 2.0));
    let variance = |c| square(c) - mean(c) * mean(c);
    let outcomes = (7..=18).map(|opens| {
        let (closed, open) = (f64::from(opens - 1), f64::from(25 - opens));
        (closed * mean(before) + open * mean(after), closed * variance(before) + open * variance(after))
    });
    let outcomes: Vec<(f64, f64)> = outcomes.collect();
    let mean = outcomes.iter().map(|(mean, _)| mean / 12.0).sum::<f64>();
    let variance = outcomes.iter().map(|(m, v)| (v + (m - mean) * (m - mean)) / 12.0).sum::<f64>();
    (mean, variance.sqrt())
}

const RUNS: u64 = 20_000;

fn bottleneck(finance: &str) -> String {
    let scenario = r#"
        [products.flour]
        volume = "20 t/month"
        price = "1 USD/t"
        noise = { sd_log = 0.293560379208524, persistence = 0 }
        [routes.rail]
        capacity = "10 t/month"
        [events.works]
        planned = "2025-07"
        delay = "discrete(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11) months"
        effects.more = { on = "routes.rail.capacity", set = "25 t/month" }
        "#;
    format!("{}{scenario}{finance}\n", head("2025-01", "2026-12", RUNS))
}

#[test]
fn a_bottleneck_that_opens_some_day_has_the_expected_total() {
    let (mean, sd) = total(10.0, 25.0);
    assert!((mean - 354.3457).abs() < 5e-5, "the formula gives {mean}");
    let found: f64 = answers(&bottleneck("")).months("volume").iter().sum();
    assert_near(found, mean, sd / f64::sqrt(RUNS as f64), "24 months");
}

#[test]
fn a_bottleneck_gives_way_to_the_next_one() {
    // 18 USD at 1 USD a tonne: money binds where the railway no longer does.
    let (mean, sd) = total(10.0, 18.0);
    assert!((mean - 322.8890).abs() < 5e-5, "the formula gives {mean}");
    let found = answers(&bottleneck("[finance]\ncash = \"18 USD/month\""));
    assert_near(found.months("volume").iter().sum(), mean, sd / f64::sqrt(RUNS as f64), "24 months");
    // Money is lacking for demand beyond 18 t, whether the railway could carry it or not; capacity for the
    // rest.
    let (paid, carried) = (capped_moment(18.0, 1.0), capped_moment(10.0, 1.0));
    // What is lost varies less than what is wanted, whose sd is 6 t.
    let error = 6.0 / f64::sqrt(RUNS as f64);
    assert_near(found.month("unmet.finance", 0), 20.0 - paid, error, "money at the start");
    assert_near(found.month("unmet.logistics", 0), paid - carried, error, "room at the start");
    assert_near(found.month("unmet.finance", 23), 20.0 - paid, error, "money at the end");
    assert!(found.month("unmet.logistics", 23) < 1e-9, "room at the end");
}

#[test]
fn a_target_is_met_as_often_as_its_distribution_says() {
    // All is wanted in January: 20 t·exp(s·z − s²/2) of at least 22 t, and of at most 18 t.
    let text = head("2025-01", "2025-12", RUNS)
        + r#"
        [products.flour]
        volume = "20 t/year"
        season = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        noise = { sd_log = 0.3, persistence = 0.7 }
        [routes.rail]
        capacity = "1 kt/month"
        [targets]
        more = { metric = "volume", year = 2025, at_least = "22 t/year" }
        less = { metric = "volume", year = 2025, at_most = "18 t/year" }
        "#;
    let found = answers(&text);
    let below = |x: f64| normal_cdf((f64::ln(x / 20.0) + 0.045) / 0.3);
    for (target, p) in found.0.targets.iter().zip([1.0 - below(22.0), below(18.0)]) {
        assert_near(target.chance(), p, f64::sqrt(p * (1.0 - p) / RUNS as f64), &target.spec.name);
    }
    assert_eq!(found.0.targets.len(), 2);
}

#[test]
fn a_target_equal_to_what_a_full_route_moves_in_a_year_is_met() {
    for kilotonnes in 1..=100 {
        let plan = plan(&format!(
            "scenario.title = \"Full\"\n\
             run = {{ start = \"2025-01\", end = \"2025-12\", runs = 1 }}\n\
             products.grain.volume = \"200 kt/year\"\n\
             routes.rail.capacity = \"{kilotonnes} kt/year\"\n\
             targets.full = {{ metric = \"volume\", year = 2025, at_least = \"{kilotonnes} kt/year\" }}\n\
             targets.not-over = {{ metric = \"volume\", year = 2025, at_most = \"{kilotonnes} kt/year\" }}\n"
        ));
        let result = run(&plan, &Silent).expect("nobody stops it");
        for target in &result.targets {
            assert_eq!(target.hits, 1, "{kilotonnes} kt, {}", target.spec.name);
        }
    }
}
