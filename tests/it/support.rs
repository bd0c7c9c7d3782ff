//! What the numerical tests share: plans from text, runs one by one, tolerances, and corridors made at random.

use corridor::batch::{InputId, Lanes, Number, SeriesId};
use corridor::diag::{Style, has_errors, render};
use corridor::dist::Distribution;
use corridor::model::{
    Change, Corridor, CorridorSpec, CreditSpec, EffectSpec, EventId, EventSpec, FinanceSpec, GroupId,
    GroupSpec, Ledger, ProductId, ProductSpec, RouteId, RouteSpec, Start, Target, World,
};
use corridor::results::{RunInfo, RunResult, Summary};
use corridor::run::{Plan, Silent, run};
use corridor::sample::{InputSpec, NoiseSpec, Sampler, SeriesSpec};
use corridor::scenario::{Loaded, Request, load, load_text, parse_quantity};
use corridor::time::{Horizon, Month};
use corridor::units::Dimension;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

/// Closed forms and the scalar twin against the model, relative: a run is some thousands of operations, each good to
/// 1e-16 or (the exponential) to 5e-16, and 72 compounded steps multiply the latter by no more than 72.
pub(crate) const RELATIVE: f64 = 1e-9;

/// Below this a difference is rounding whatever the value is: what a subtraction of tonnes (up to 1e6) or dollars (up to
/// 1e9) leaves, times 2^-52, with a factor of ten to spare. Shares: that many tonnes on a route of ten tonnes.
pub(crate) fn rounding(dimension: Dimension) -> f64 {
    match dimension {
        Dimension::MASS => 1e-8,
        Dimension::MONEY => 1e-5,
        _ => 1e-9,
    }
}

/// Sampled means may lie this many standard errors off: 1 of 16,000 correct checks would fail, once and for all, as
/// the seed is fixed.
pub(crate) const STANDARD_ERRORS: f64 = 4.0;

/// Whether two figures agree but for rounding.
pub(crate) fn agrees(found: f64, expected: f64, rounding: f64) -> bool {
    (found - expected).abs() <= RELATIVE * found.abs().max(expected.abs()) + rounding
}

/// Fails unless a deterministic figure is its closed form.
#[track_caller]
pub(crate) fn assert_is(found: f64, expected: f64, what: &str) {
    // A billionth of the figure, or of a thousandth of a tonne, dollar or month.
    assert!(agrees(found, expected, 1e-12), "{what}: found {found:?}, expected {expected:?}");
}

/// Fails unless a sampled figure lies within four standard errors of its expectation.
#[track_caller]
pub(crate) fn assert_near(found: f64, expected: f64, standard_error: f64, what: &str) {
    let off = (found - expected) / standard_error;
    assert!(off.abs() <= STANDARD_ERRORS, "{what}: found {found}, expected {expected}: {off:.2} se off");
}

/// The plan of a scenario that has to be in order.
#[track_caller]
pub(crate) fn plan(text: &str) -> Plan {
    checked(load_text("test.toml", text))
}

/// The plan of a shipped scenario.
pub(crate) fn shipped(name: &str) -> Plan {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
    checked(load(&Request { file, ..Request::default() }).expect("shipped scenarios can be read"))
}

/// All shipped scenarios.
pub(crate) const SHIPPED: [&str; 6] = [
    "baseline.toml",
    "bridge.toml",
    "combined-tight.toml",
    "combined.toml",
    "expansion.toml",
    "financing-limits.toml",
];

#[track_caller]
fn checked(loaded: Loaded) -> Plan {
    let problems = render(&loaded.diagnostics, &loaded.sources, Style { colour: false, width: 110 });
    assert!(!has_errors(&loaded.diagnostics), "{problems}");
    loaded.plan.expect("without errors there is a plan")
}

/// The results of a scenario, with short ways to its figures.
pub(crate) struct Answers(pub(crate) RunResult);

/// Runs a scenario. One run is enough where nothing is uncertain: every mean is then the figure itself.
#[track_caller]
pub(crate) fn answers(text: &str) -> Answers {
    Answers(run(&plan(text), &Silent).expect("nobody stops it"))
}

impl Answers {
    /// A metric's means, month by month.
    #[track_caller]
    pub(crate) fn months(&self, path: &str) -> Vec<f64> {
        let metric = self.0.metric(path).unwrap_or_else(|| panic!("no metric {path}"));
        metric.monthly.iter().map(|summary| summary.mean).collect()
    }

    /// A metric in one month (0 is the first).
    #[track_caller]
    pub(crate) fn month(&self, path: &str, step: usize) -> f64 {
        self.months(path)[step]
    }

    /// A metric in a calendar year.
    #[track_caller]
    pub(crate) fn year(&self, path: &str, year: i32) -> Summary {
        *self.0.year(path, year).unwrap_or_else(|| panic!("no metric {path} in {year}"))
    }
}

/// `[scenario]` and `[run]`.
pub(crate) fn head(start: &str, end: &str, runs: u64) -> String {
    format!(
        "scenario.title = \"Test\"\n[run]\nstart = \"{start}\"\nend = \"{end}\"\nruns = {runs}\nseed = 7\n"
    )
}

/// Every metric of `N` runs in every month and in every year.
pub(crate) struct Table<const N: usize> {
    pub(crate) months: Vec<Vec<Lanes<N>>>,
    pub(crate) years: Vec<Vec<Lanes<N>>>,
}

/// Runs `N` runs of a plan and keeps everything.
pub(crate) fn table<const N: usize>(plan: &Plan, corridor: &Corridor, first_run: u64) -> Table<N> {
    let mut sampler = Sampler::<N>::new(plan.info.seed, &plan.inputs, &plan.series);
    let mut world = World::<N>::new(corridor);
    let mut year = Ledger::new(&corridor.metrics);
    let mut table = Table { months: Vec::new(), years: Vec::new() };
    world.begin(sampler.begin(first_run));
    let horizon = corridor.spec.horizon;
    for step in 0..horizon.months {
        let month = world.step(sampler.step());
        table.months.push(month.values().to_vec());
        year.add_month(month, &corridor.metrics);
        if step + 1 == horizon.months || horizon.month(step + 1).year() != horizon.month(step).year() {
            year.close(&corridor.metrics);
            table.years.push(year.values().to_vec());
            year.clear();
        }
    }
    table
}

/// Numbers from 0 to 1 that decide what a random corridor looks like. Smaller is plainer, and when they run out
/// all are 0, so that proptest's shrinking leads to simple corridors.
pub(crate) struct Genes<'a>(std::slice::Iter<'a, f64>);

impl<'a> Genes<'a> {
    pub(crate) fn new(genes: &'a [f64]) -> Self {
        Self(genes.iter())
    }

    pub(crate) fn next(&mut self) -> f64 {
        self.0.next().copied().unwrap_or(0.0)
    }

    /// True with chance `p`.
    pub(crate) fn happens(&mut self, p: f64) -> bool {
        self.next() > 1.0 - p
    }

    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.next()
    }

    /// One of so many places.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small count")]
    pub(crate) fn pick(&mut self, count: usize) -> usize {
        ((self.next() * count as f64) as usize).min(count - 1)
    }

    fn whole(&mut self, low: i32, high: i32) -> i32 {
        low + i32::try_from(self.pick(usize::try_from(high - low + 1).unwrap_or(1))).unwrap_or(0)
    }

    fn season(&mut self) -> [f64; 12] {
        if !self.happens(0.5) {
            return [1.0; 12];
        }
        let factors: [f64; 12] = std::array::from_fn(|_| self.between(0.2, 2.0));
        let mean = factors.iter().sum::<f64>() / 12.0;
        factors.map(|factor| factor / mean)
    }
}

/// Makes a random plan: groups, products, routes, events, effects, money, credit and noise, all within the ranges
/// that the front end lets through.
struct Maker<'a> {
    genes: Genes<'a>,
    inputs: Vec<InputSpec>,
    series: Vec<SeriesSpec>,
}

/// So many genes make a corridor of the largest size.
pub(crate) const GENES: usize = 400;

pub(crate) fn random_plan(genes: &[f64]) -> Plan {
    let mut maker = Maker { genes: Genes::new(genes), inputs: Vec::new(), series: Vec::new() };
    let corridor = maker.corridor();
    let info = RunInfo {
        name: "random".to_owned(),
        title: "Random".to_owned(),
        description: String::new(),
        changes: Vec::new(),
        as_of: None,
        horizon: corridor.horizon,
        runs: 8,
        seed: 1,
    };
    Plan {
        info,
        corridor,
        inputs: maker.inputs,
        series: maker.series,
        targets: Vec::new(),
        assumptions: Vec::new(),
        history: Vec::new(),
    }
}

/// Checks so many random plans. The generator is fixed and nothing is stored, so that every run of the tests sees the
/// same plans; what fails is shrunk to a plain one first. The check gets some genes of its own.
#[track_caller]
pub(crate) fn check_random_plans(
    cases: u32,
    check: impl Fn(&Plan, &Corridor, &mut Genes<'_>) -> Result<(), String>,
) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let genes = |count: usize| proptest::collection::vec(0.0..1.0f64, count);
    let outcome = runner.run(&(genes(GENES), genes(20)), |(genes, own)| {
        let plan = random_plan(&genes);
        let corridor = Corridor::new(plan.corridor.clone());
        check(&plan, &corridor, &mut Genes::new(&own))
            .map_err(|reason| TestCaseError::fail(format!("{reason}\n{plan:#?}")))
    });
    if let Err(TestError::Fail(reason, _)) = outcome {
        panic!("{reason}");
    }
}

impl Maker<'_> {
    fn corridor(&mut self) -> CorridorSpec {
        let start = Month::new(2025, 1).expect("a month").plus(self.genes.whole(0, 11));
        let horizon = Horizon { start, months: 6 + self.genes.pick(20) };
        let counts = [3, 5, 4].map(|most| 1 + self.genes.pick(most));
        let events = self.genes.pick(4);
        let base_age_months = self.genes.between(0.0, 12.0);
        let group = |g: usize| GroupSpec { name: format!("g{g}"), title: format!("G{g}") };
        let groups: Vec<GroupSpec> = (0..counts[0]).map(group).collect();
        let products = (0..counts[1]).map(|p| self.product(p, groups.len(), events)).collect();
        let routes = (0..counts[2]).map(|r| self.route(r, groups.len(), events)).collect();
        let finance = self.genes.happens(0.6).then(|| self.finance(groups.len()));
        let events: Vec<EventSpec> = (0..events).map(|e| self.event(e)).collect();
        let mut spec = CorridorSpec {
            horizon,
            base_age_months,
            groups,
            products,
            routes,
            events,
            effects: Vec::new(),
            finance,
        };
        if !spec.events.is_empty() {
            spec.effects = (0..self.genes.pick(7)).map(|_| self.effect(&spec)).collect();
        }
        spec
    }

    fn product(&mut self, p: usize, groups: usize, events: usize) -> ProductSpec {
        let genes = &mut self.genes;
        let (group, priority) = (GroupId(genes.pick(groups)), 1 + [0, 1, 2][genes.pick(3)]);
        let start = match genes.pick(4) {
            3 if events > 0 => Start::Event(EventId(genes.pick(events))),
            2 => Start::Month(genes.whole(-4, 12)),
            _ => Start::Base,
        };
        let ceiling_t = genes.happens(0.5).then(|| Number::Fixed(genes.between(1.0, 3000.0)));
        let season = genes.season();
        ProductSpec {
            name: format!("p{p}"),
            title: format!("P{p}"),
            group,
            priority,
            start,
            level_t: self.number(&format!("p{p}.level"), 0.0, 1000.0),
            growth: self.number(&format!("p{p}.growth"), -0.1, 0.1),
            ceiling_t,
            price_usd_per_t: self.number(&format!("p{p}.price"), 0.0, 2000.0),
            season,
            noise: self.noise(&format!("p{p}.noise")),
        }
    }

    fn route(&mut self, r: usize, groups: usize, events: usize) -> RouteSpec {
        let capacity_t = if self.genes.happens(0.1) {
            Number::Fixed(0.0)
        } else {
            self.number(&format!("r{r}.c"), 1.0, 2000.0)
        };
        let genes = &mut self.genes;
        let opener = (events > 0 && genes.happens(0.4)).then(|| EventId(genes.pick(events)));
        RouteSpec {
            name: format!("r{r}"),
            title: format!("R{r}"),
            accepts: (0..groups).map(|_| !genes.happens(0.35)).collect(),
            capacity_t,
            // Whole steps of 50, so that two routes are often equally dear.
            freight_usd_per_t: Number::Fixed(50.0 * genes.pick(4) as f64),
            availability: Number::Fixed(1.0 - genes.between(0.0, 0.5)),
            season: genes.season(),
            opened_by: opener.into_iter().collect(),
        }
    }

    fn event(&mut self, e: usize) -> EventSpec {
        let after = (e > 0 && self.genes.happens(0.5)).then(|| EventId(self.genes.pick(e)));
        let planned = (after.is_none() || self.genes.happens(0.5)).then(|| self.genes.whole(-3, 15));
        let chance = self
            .genes
            .happens(0.4)
            .then(|| (Number::Fixed(self.genes.next()), self.drawn(&format!("e{e}.occurs"), 0.0, 1.0)));
        EventSpec {
            name: format!("e{e}"),
            title: format!("E{e}"),
            planned,
            after,
            delay_months: self.number(&format!("e{e}.delay"), 0.0, 8.0),
            chance,
            ramp_months: self.number(&format!("e{e}.ramp"), 0.0, 8.0),
            lasts_months: self.genes.happens(0.4).then(|| self.number(&format!("e{e}.lasts"), 0.0, 9.0)),
        }
    }

    fn effect(&mut self, spec: &CorridorSpec) -> EffectSpec {
        let genes = &mut self.genes;
        let event = EventId(genes.pick(spec.events.len()));
        let product = ProductId(genes.pick(spec.products.len()));
        let route = RouteId(genes.pick(spec.routes.len()));
        let mut targets = vec![
            (Target::Demand(product), 500.0),
            (Target::Ceiling(product), 500.0),
            (Target::Price(product), 500.0),
            (Target::Capacity(route), 500.0),
            (Target::Freight(route), 100.0),
        ];
        if let Some(finance) = &spec.finance {
            targets.push((Target::Cash, 3e5));
            if let Some(credit) = &finance.credit {
                targets.push((Target::CreditLimit, 3e5));
                targets.extend(credit.drawdown_usd.map(|_| (Target::CreditDrawdown, 3e4)));
            }
        }
        let (target, size) = targets[genes.pick(targets.len())];
        let change = match genes.pick(3) {
            0 => Change::Multiply(Number::Fixed(genes.between(0.0, 3.0))),
            1 => Change::Add(Number::Fixed(genes.between(-size, size))),
            _ => Change::Set(Number::Fixed(genes.between(0.0, 2.0 * size))),
        };
        EffectSpec { event, targets: vec![target], change }
    }

    fn finance(&mut self, groups: usize) -> FinanceSpec {
        let credit = self.genes.happens(0.6).then(|| CreditSpec {
            limit_usd: self.number("credit.limit", 0.0, 2e6),
            drawdown_usd: self.genes.happens(0.5).then(|| self.number("credit.drawdown", 0.0, 2e5)),
            groups: (0..groups).map(|_| !self.genes.happens(0.4)).collect(),
        });
        FinanceSpec {
            cash_usd: self.number("cash", 0.0, 1e6),
            growth: self.number("cash.growth", -0.05, 0.05),
            noise: self.noise("cash.noise"),
            credit,
        }
    }

    /// Fixed, or drawn in every run.
    fn number(&mut self, path: &str, low: f64, high: f64) -> Number {
        if self.genes.happens(0.4) {
            self.drawn(path, low, high)
        } else {
            Number::Fixed(self.genes.between(low, high))
        }
    }

    fn drawn(&mut self, path: &str, low: f64, high: f64) -> Number {
        self.inputs.push(InputSpec { path: path.to_owned(), distribution: uniform(low, high) });
        Number::Drawn(InputId(self.inputs.len() - 1))
    }

    fn noise(&mut self, path: &str) -> Option<SeriesId> {
        if !self.genes.happens(0.5) {
            return None;
        }
        let (sd_log, persistence) = (self.genes.between(0.0, 0.8), self.genes.between(0.0, 0.95));
        let noise = NoiseSpec { sd_log: Number::Fixed(sd_log), persistence: Number::Fixed(persistence) };
        self.series.push(SeriesSpec { path: path.to_owned(), noise });
        Some(SeriesId(self.series.len() - 1))
    }
}

pub(crate) fn uniform(low: f64, high: f64) -> Distribution {
    let text = format!("uniform({low:?}, {high:?})");
    parse_quantity(&text).expect("two bounds make a uniform distribution").distribution
}
