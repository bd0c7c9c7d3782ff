//! The scalar twin: the model once more, plain and slow, and the real one against it.
//!
//! One run at a time, one `f64` at a time, no lanes, no masks, nothing prepared. It shares the specs, the draws and
//! the names of metrics with the model, and no arithmetic: where the model keeps something clever (integrals of
//! progress, masks of order), the twin does the obvious (trapezes, a sorted list).

use crate::support::{
    SHIPPED, Table, agrees, answers, assert_is, check_random_plans, head, plan, rounding, shipped, table,
};
use corridor::batch::{InputId, Inputs, Number, SeriesId};
use corridor::model::{
    Change, Corridor, CorridorSpec, EventId, ProductId, ProductSpec, RouteId, RouteSpec, Start, Target,
};
use corridor::run::Plan;
use corridor::sample::Sampler;
use rayon::prelude::*;
use std::fmt::Arguments;

/// What one run was dealt.
#[derive(Default)]
struct Draws {
    per_run: Vec<f64>,
    /// By month, then series.
    monthly: Vec<Vec<f64>>,
}

/// Deals to `N` runs together, and gives each its own draws.
fn deal<const N: usize>(plan: &Plan, first_run: u64) -> Vec<Draws> {
    let mut sampler = Sampler::<N>::new(plan.info.seed, &plan.inputs, &plan.series);
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

/// What became of the demand for a product, a group or everything in a period.
#[derive(Clone, Copy, Default)]
struct Trade {
    wanted: f64,
    volume: f64,
    value: f64,
    logistics: f64,
    finance: f64,
    border: f64,
    unmet: f64,
}

impl Trade {
    fn add(&mut self, more: &Trade) {
        self.wanted += more.wanted;
        self.volume += more.volume;
        self.value += more.value;
        self.logistics += more.logistics;
        self.finance += more.finance;
        self.border += more.border;
        self.unmet += more.unmet;
    }
}

#[derive(Clone, Copy, Default)]
struct Traffic {
    moved: f64,
    capacity: f64,
}

#[derive(Clone, Copy, Default)]
struct Money {
    cash: f64,
    spent: f64,
    drawn: f64,
    debt: f64,
}

/// The figures of a month or a year.
#[derive(Clone, Default)]
struct Figures {
    products: Vec<Trade>,
    routes: Vec<Traffic>,
    money: Money,
    /// Whether it has started, and its progress.
    events: Vec<(f64, f64)>,
}

impl Figures {
    /// A year takes in a month: what flows adds up, what stands is replaced.
    fn add(&mut self, month: &Figures) {
        self.products.resize(month.products.len(), Trade::default());
        self.routes.resize(month.routes.len(), Traffic::default());
        for (year, month) in self.products.iter_mut().zip(&month.products) {
            year.add(month);
        }
        for (year, month) in self.routes.iter_mut().zip(&month.routes) {
            year.moved += month.moved;
            year.capacity += month.capacity;
        }
        self.money.cash += month.money.cash;
        self.money.spent += month.money.spent;
        self.money.drawn += month.money.drawn;
        self.money.debt = month.money.debt;
        self.events.clone_from(&month.events);
    }

    /// Tells every metric's path and value.
    fn tell(&self, spec: &CorridorSpec, mut put: impl FnMut(Arguments<'_>, f64)) {
        let sum = |wanted: &dyn Fn(&ProductSpec) -> bool| {
            let mut sum = Trade::default();
            for (product, trade) in spec.products.iter().zip(&self.products) {
                if wanted(product) {
                    sum.add(trade);
                }
            }
            sum
        };
        let total = sum(&|_| true);
        tell_trade(format_args!(""), &total, &mut put);
        for (g, group) in spec.groups.iter().enumerate() {
            tell_trade(
                format_args!("groups.{}.", group.name),
                &sum(&|product| product.group.0 == g),
                &mut put,
            );
        }
        for (product, trade) in spec.products.iter().zip(&self.products) {
            tell_trade(format_args!("products.{}.", product.name), trade, &mut put);
        }
        for (route, traffic) in spec.routes.iter().zip(&self.routes) {
            let used = if traffic.capacity > 0.0 { traffic.moved / traffic.capacity } else { 0.0 };
            put(format_args!("routes.{}.throughput", route.name), traffic.moved);
            put(format_args!("routes.{}.capacity", route.name), traffic.capacity);
            put(format_args!("routes.{}.utilisation", route.name), used);
        }
        if spec.finance.is_some() {
            put(format_args!("finance.cash"), self.money.cash);
            put(format_args!("finance.spent"), self.money.spent);
            put(format_args!("finance.drawn"), self.money.drawn);
            put(format_args!("finance.debt"), self.money.debt);
        }
        for (event, &(started, progress)) in spec.events.iter().zip(&self.events) {
            put(format_args!("events.{}.started", event.name), started);
            put(format_args!("events.{}.progress", event.name), progress);
        }
        let causes = [("logistics", total.logistics), ("finance", total.finance), ("border", total.border)];
        let mut worst = causes[0];
        for cause in causes {
            // Of equals the first is named.
            if cause.1 > worst.1 {
                worst = cause;
            }
        }
        for (name, lost) in causes {
            let binds = worst.0 == name && lost > total.wanted / 100.0;
            put(format_args!("binds.{name}"), if binds { 1.0 } else { 0.0 });
        }
    }
}

fn tell_trade(prefix: Arguments<'_>, trade: &Trade, put: &mut impl FnMut(Arguments<'_>, f64)) {
    put(format_args!("{prefix}wanted"), trade.wanted);
    put(format_args!("{prefix}volume"), trade.volume);
    put(format_args!("{prefix}value"), trade.value);
    put(format_args!("{prefix}unmet"), trade.unmet);
    put(format_args!("{prefix}unmet.logistics"), trade.logistics);
    put(format_args!("{prefix}unmet.finance"), trade.finance);
    put(format_args!("{prefix}unmet.border"), trade.border);
}

/// One run.
struct Twin<'a> {
    spec: &'a CorridorSpec,
    draws: &'a Draws,
    /// Start and end of every event, in months from the first; infinite for never.
    dates: Vec<(f64, f64)>,
    potential: Vec<f64>,
    debt: f64,
    step: usize,
}

impl<'a> Twin<'a> {
    fn new(spec: &'a CorridorSpec, draws: &'a Draws) -> Self {
        let mut twin = Self { spec, draws, dates: Vec::new(), potential: Vec::new(), debt: 0.0, step: 0 };
        twin.dates = (0..spec.events.len()).map(|e| twin.date(e)).collect();
        for product in &spec.products {
            let age_months = match product.start {
                Start::Base => spec.base_age_months,
                Start::Month(month) if month < 0 => f64::from(-month),
                Start::Month(_) | Start::Event(_) => 0.0,
            };
            let ceiling = product.ceiling_t.map(|ceiling| twin.value(ceiling));
            let level = twin.value(product.level_t);
            twin.potential.push(grown(level, twin.value(product.growth), age_months, ceiling));
        }
        twin
    }

    fn value(&self, number: Number) -> f64 {
        match number {
            Number::Fixed(value) => value,
            Number::Drawn(InputId(place)) => self.draws.per_run[place],
        }
    }

    fn noise(&self, series: Option<SeriesId>) -> f64 {
        series.map_or(1.0, |SeriesId(place)| self.draws.monthly[self.step][place])
    }

    /// Start and end of an event; what it waits for is worked out anew each time.
    fn date(&self, e: usize) -> (f64, f64) {
        let event = &self.spec.events[e];
        let mut earliest = event.planned.map_or(f64::NEG_INFINITY, f64::from);
        if let Some(EventId(other)) = event.after {
            let (start, end) = self.date(other);
            earliest = earliest.max(if self.spec.events[other].lasts_months.is_some() { end } else { start });
        }
        let happens = event.chance.is_none_or(|(p, u)| self.value(u) < self.value(p));
        let start = if happens { earliest + self.value(event.delay_months) } else { f64::INFINITY };
        let end = event.lasts_months.map_or(f64::INFINITY, |lasts| start + self.value(lasts));
        (start, end)
    }

    /// The mean of an event's progress over this month, by trapezes between the bends of its course.
    fn progress(&self, e: usize) -> f64 {
        let (start, end) = self.dates[e];
        let full = start + self.value(self.spec.events[e].ramp_months);
        let (from, to) = (self.step as f64, self.step as f64 + 1.0);
        let mut bends = vec![from];
        bends.extend([start, full, end].into_iter().filter(|&bend| from < bend && bend < to));
        bends.push(to);
        bends.sort_by(f64::total_cmp);
        let at = |moment: f64| if moment >= full { 1.0 } else { (moment - start) / (full - start) };
        let mut mean = 0.0;
        for piece in bends.windows(2) {
            let middle = f64::midpoint(piece[0], piece[1]);
            if start < middle && middle < end {
                mean += at(middle) * (piece[1] - piece[0]);
            }
        }
        mean
    }

    /// A parameter after its changes: all multiplications, then all additions, then all settings.
    fn changed(&self, target: Target, mut x: f64, progress: &[f64]) -> f64 {
        for round in 0..3 {
            for effect in self.spec.effects.iter().filter(|effect| effect.targets.contains(&target)) {
                let s = progress[effect.event.0];
                x = match (round, effect.change) {
                    (0, Change::Multiply(m)) => x * (1.0 + s * (self.value(m) - 1.0)),
                    (1, Change::Add(a)) => x + s * self.value(a),
                    (2, Change::Set(v)) => x + s * (self.value(v) - x),
                    _ => x,
                };
            }
        }
        if x < 0.0 { 0.0 } else { x }
    }

    /// The share of this month in which a product is wanted.
    fn active(&self, product: &ProductSpec) -> f64 {
        match product.start {
            Start::Base => 1.0,
            Start::Month(month) => {
                if i64::from(month) <= i64::try_from(self.step).unwrap_or(i64::MAX) {
                    1.0
                } else {
                    0.0
                }
            }
            Start::Event(EventId(e)) => (self.step as f64 + 1.0 - self.dates[e].0).clamp(0.0, 1.0),
        }
    }

    fn month(&mut self) -> Figures {
        let spec = self.spec;
        let season = (spec.horizon.start.index_in_year() + self.step) % 12;
        let progress: Vec<f64> = (0..spec.events.len()).map(|e| self.progress(e)).collect();
        let mut month = Figures::default();
        let mut prices = Vec::new();
        for (p, product) in spec.products.iter().enumerate() {
            let wanted = self.potential[p] * product.season[season] * self.noise(product.noise);
            let wanted = self.changed(Target::Demand(ProductId(p)), wanted, &progress) * self.active(product);
            month.products.push(Trade { wanted, unmet: wanted, ..Trade::default() });
            prices.push(self.changed(
                Target::Price(ProductId(p)),
                self.value(product.price_usd_per_t),
                &progress,
            ));
        }
        let mut freights = Vec::new();
        for (r, route) in spec.routes.iter().enumerate() {
            let built = self.value(route.capacity_t) * route.season[season] * self.value(route.availability);
            let open = if route.opened_by.is_empty() {
                1.0
            } else {
                route.opened_by.iter().map(|event| progress[event.0]).fold(0.0, f64::max)
            };
            let capacity = self.changed(Target::Capacity(RouteId(r)), built, &progress) * open;
            month.routes.push(Traffic { moved: 0.0, capacity });
            freights.push(self.changed(
                Target::Freight(RouteId(r)),
                self.value(route.freight_usd_per_t),
                &progress,
            ));
        }
        let mut purse = self.purse(&progress);
        month.money.cash = purse.cash;
        self.allocate(&mut month, &mut purse, &prices, &freights);
        self.debt += month.money.drawn;
        month.money.debt = self.debt;
        for (e, &progress) in progress.iter().enumerate() {
            let started = if self.dates[e].0 < self.step as f64 + 1.0 { 1.0 } else { 0.0 };
            month.events.push((started, progress));
        }
        self.grow(&progress);
        self.step += 1;
        month
    }

    fn purse(&self, progress: &[f64]) -> Purse {
        let Some(finance) = &self.spec.finance else { return Purse { cash: f64::INFINITY, credit: 0.0 } };
        let age_months = self.spec.base_age_months + self.step as f64;
        let trend = self.value(finance.cash_usd) * f64::exp(self.value(finance.growth) * age_months);
        let cash = self.changed(Target::Cash, trend * self.noise(finance.noise), progress);
        let mut credit = 0.0;
        if let Some(line) = &finance.credit {
            let limit = self.changed(Target::CreditLimit, self.value(line.limit_usd), progress);
            credit = f64::max(limit - self.debt, 0.0);
            if let Some(cap) = line.drawdown_usd {
                credit = credit.min(self.changed(Target::CreditDrawdown, self.value(cap), progress));
            }
        }
        Purse { cash, credit }
    }

    fn on_credit(&self, product: &ProductSpec) -> bool {
        let credit = self.spec.finance.as_ref().and_then(|finance| finance.credit.as_ref());
        credit.is_some_and(|credit| credit.groups[product.group.0])
    }

    /// By priority, over the open routes from the cheapest; within a class everybody is cut alike.
    fn allocate(&self, month: &mut Figures, purse: &mut Purse, prices: &[f64], freights: &[f64]) {
        let products = &self.spec.products;
        let mut priorities: Vec<u32> = products.iter().map(|product| product.priority).collect();
        priorities.sort_unstable();
        priorities.dedup();
        let mut cheapest_first: Vec<usize> = (0..freights.len()).collect();
        cheapest_first.sort_by(|&a, &b| freights[a].total_cmp(&freights[b]));
        cheapest_first.retain(|&r| month.routes[r].capacity > 0.0);
        let mut short_of_money = vec![false; products.len()];
        for priority in priorities {
            for &r in &cheapest_first {
                let takes = |route: &RouteSpec, p: usize| {
                    products[p].priority == priority && route.accepts[products[p].group.0]
                };
                let served: Vec<usize> =
                    (0..products.len()).filter(|&p| takes(&self.spec.routes[r], p)).collect();
                let (mut tonnes, mut cost_on_credit, mut cost_in_cash) = (0.0, 0.0, 0.0);
                for &p in &served {
                    let cost = month.products[p].unmet * (prices[p] + freights[r]);
                    tonnes += month.products[p].unmet;
                    if self.on_credit(&products[p]) { cost_on_credit += cost } else { cost_in_cash += cost }
                }
                let room_left = f64::max(month.routes[r].capacity - month.routes[r].moved, 0.0);
                let room = if tonnes > room_left { room_left / tonnes } else { 1.0 };
                let (money_credit, money_cash) = purse.shares(cost_on_credit, cost_in_cash);
                let mut bill = 0.0;
                for p in served {
                    let money = if self.on_credit(&products[p]) { money_credit } else { money_cash };
                    let trade = &mut month.products[p];
                    let shipped = trade.unmet * f64::min(room, money);
                    trade.unmet -= shipped;
                    trade.volume += shipped;
                    trade.value += shipped * prices[p];
                    month.routes[r].moved += shipped;
                    bill += shipped * (prices[p] + freights[r]);
                    // Where both are used up, but for rounding, the earlier verdict stands.
                    if room < money - 1e-9 {
                        short_of_money[p] = false;
                    } else if money < room - 1e-9 {
                        short_of_money[p] = true;
                    }
                }
                let drawn = purse.pay(bill);
                month.money.spent += bill;
                month.money.drawn += drawn;
            }
        }
        for (p, trade) in month.products.iter_mut().enumerate() {
            let has_route = cheapest_first.iter().any(|&r| self.spec.routes[r].accepts[products[p].group.0]);
            let cause = match (has_route, short_of_money[p]) {
                (false, _) => &mut trade.border,
                (true, true) => &mut trade.finance,
                (true, false) => &mut trade.logistics,
            };
            *cause = trade.unmet;
        }
    }

    /// Potential demand grows for a month, where the product is wanted at all.
    fn grow(&mut self, progress: &[f64]) {
        for (p, product) in self.spec.products.iter().enumerate() {
            if self.active(product) > 0.0 {
                let target = Target::Ceiling(ProductId(p));
                let ceiling =
                    product.ceiling_t.map(|ceiling| self.changed(target, self.value(ceiling), progress));
                self.potential[p] = grown(self.potential[p], self.value(product.growth), 1.0, ceiling);
            }
        }
    }
}

/// What is left to spend this month.
struct Purse {
    cash: f64,
    credit: f64,
}

impl Purse {
    /// The shares of what credit may pay for, and of the rest, that can be paid.
    fn shares(&self, cost_on_credit: f64, cost_in_cash: f64) -> (f64, f64) {
        let cost = cost_on_credit + cost_in_cash;
        if cost <= self.cash {
            return (1.0, 1.0);
        }
        let drawn = (cost - self.cash).min(self.credit).min(cost_on_credit);
        let by_cash = f64::min(1.0, self.cash / (cost - drawn));
        let by_cash = if cost - drawn > 0.0 { by_cash } else { 1.0 };
        let paid = drawn + by_cash * (cost_on_credit - drawn);
        (if cost_on_credit > 0.0 { f64::min(1.0, paid / cost_on_credit) } else { 1.0 }, by_cash)
    }

    /// Pays from cash, then from credit; gives what was drawn.
    fn pay(&mut self, bill: f64) -> f64 {
        let from_cash = bill.min(self.cash);
        let drawn = (bill - from_cash).min(self.credit);
        self.cash -= from_cash;
        self.credit -= drawn;
        drawn
    }
}

/// Logistic growth for some months. Above the ceiling it falls, whatever the sign of the growth.
fn grown(level: f64, growth: f64, months: f64, ceiling: Option<f64>) -> f64 {
    let Some(ceiling) = ceiling else { return level * f64::exp(growth * months) };
    if level == 0.0 {
        return 0.0;
    }
    let ceiling = ceiling.max(1e-9);
    let growth = if level > ceiling && growth * months < 0.0 { -growth } else { growth };
    ceiling / (1.0 + (ceiling / level - 1.0) * f64::exp(-growth * months))
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
    for (run, draws) in draws.iter().enumerate() {
        let (months, years) = twin_run(&corridor.spec, draws);
        let periods = months.iter().zip(&model.months).chain(years.iter().zip(&model.years));
        for (period, (twin, model)) in periods.enumerate() {
            let (mut next, mut found) = (0, Ok(()));
            twin.tell(&corridor.spec, |path, expected| {
                let value = model[places[next]].0[run];
                if !agrees(value, expected, off_by[next]) && found.is_ok() {
                    let run = first_run + run as u64;
                    found = Err(format!("run {run}, period {period}, {path}: {value:?}, twin {expected:?}"));
                }
                next += 1;
            });
            found?;
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
