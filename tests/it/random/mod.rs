//! Random corridors with every mechanism of the model.

mod genes;
mod happening;
mod money;
mod trade;

pub(crate) use genes::Genes;
pub(crate) use happening::number_of;

use corridor::batch::{InputId, Number, SeriesId};
use corridor::dist::Distribution;
use corridor::model::Corridor;
use corridor::plan::Plan;
use corridor::plan::RunInfo;
use corridor::plan::{
    CorridorSpec, DriverId, DriverSpec, EventId, GroupSpec, LoadingSpec, Milestone, Path, ProjectId,
};
use corridor::sample::{
    CorrelationSpec, Design, InputSpec, NoiseSpec, Process, SeriesSpec, Spread, WanderSpec,
};
use corridor::scenario::parse_quantity;
use corridor::time::{Horizon, Month};
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

/// Makes a random plan, within the ranges that the front end accepts.
struct Maker<'a> {
    genes: Genes<'a>,
    inputs: Vec<InputSpec>,
    series: Vec<SeriesSpec>,
    counts: Counts,
}

/// The numbers of entries that others refer to.
#[derive(Default)]
struct Counts {
    groups: usize,
    drivers: usize,
    events: usize,
    projects: usize,
    /// Whether there is any.
    credit: bool,
    /// Whether what is later in the file comes first.
    backwards: bool,
}

/// The number of genes for a corridor of nearly the largest size; after the last gene, all decisions are the
/// simplest.
pub(crate) const GENES: usize = 800;

pub(crate) fn random_plan(genes: &[f64]) -> Plan {
    let mut maker =
        Maker { genes: Genes::new(genes), inputs: Vec::new(), series: Vec::new(), counts: Counts::default() };
    let corridor = maker.corridor();
    let correlations = maker.correlations();
    let info = RunInfo {
        name: "random".to_owned(),
        title: "Random".to_owned(),
        description: String::new(),
        changes: Vec::new(),
        as_of: None,
        weight: None,
        horizon: corridor.horizon,
        runs: 8,
        seed: 1,
    };
    Plan {
        info,
        corridor,
        inputs: maker.inputs,
        series: maker.series,
        design: Design::Random,
        copulas: Vec::new(),
        correlations,
        targets: Vec::new(),
        assumptions: Vec::new(),
        choices: Vec::new(),
        history: Vec::new(),
    }
}

/// Checks this number of random plans. The generator is fixed and nothing is stored, so that every run of the
/// tests uses the same plans; a failing plan is first shrunk to a simple one. The check gets some genes of
/// its own.
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
        let [groups, products, routes] = [3, 5, 4].map(|most| 1 + self.genes.pick(most));
        let [drivers, events, projects, shocks] = [3, 4, 4, 3].map(|most| self.genes.pick(most));
        self.counts =
            Counts { groups, drivers, events, projects, credit: false, backwards: self.genes.happens(0.3) };
        let base_age_months = self.genes.between(0.0, 12.0);
        let group = |g: usize| GroupSpec { name: format!("g{g}"), title: format!("G{g}") };
        let mut spec = CorridorSpec {
            horizon,
            base_age_months,
            groups: (0..groups).map(group).collect(),
            products: (0..products).map(|p| self.product(p, base_age_months)).collect(),
            routes: (0..routes).map(|r| self.route(r)).collect(),
            finance: self.genes.happens(0.7).then(|| self.finance()),
            drivers: (0..drivers).map(|d| self.driver(d, base_age_months)).collect(),
            events: (0..events).map(|e| self.event(e)).collect(),
            projects: (0..projects).map(|j| self.project(j)).collect(),
            shocks: Vec::new(),
            effects: Vec::new(),
        };
        spec.effects = self.effects(&spec);
        for k in 0..shocks {
            self.shock(k, &mut spec);
        }
        spec
    }

    fn driver(&mut self, d: usize, age_months: f64) -> DriverSpec {
        let path = self.path(&format!("d{d}"), age_months);
        DriverSpec { name: format!("d{d}"), title: format!("D{d}"), path }
    }

    fn path(&mut self, path: &str, age_months: f64) -> Path {
        let reverts = self.genes.happens(0.6);
        let half_life = reverts.then(|| self.number(&format!("{path}.half_life"), 0.5, 24.0));
        let spread = if reverts && self.genes.happens(0.5) {
            Spread::Stationary(self.number(&format!("{path}.sd_log"), 0.0, 0.6))
        } else {
            Spread::Monthly(self.number(&format!("{path}.monthly_sd"), 0.0, 0.15))
        };
        let SeriesId(log) = self.place();
        let process = Process::Wander(WanderSpec { spread, half_life_months: half_life, age_months });
        self.series.push(SeriesSpec { path: path.to_owned(), process });
        Path { log: SeriesId(log), variance: SeriesId(log + 1) }
    }

    /// The index of the next series.
    fn place(&self) -> SeriesId {
        SeriesId(self.series.iter().map(SeriesSpec::width).sum())
    }

    /// Mostly nothing, sometimes some of the drivers, in the order of the file.
    fn loadings(&mut self, path: &str) -> Vec<LoadingSpec> {
        let mut loadings = Vec::new();
        for d in 0..self.counts.drivers {
            if self.genes.happens(0.25) {
                let loading = self.number(&format!("{path}.driven_by.d{d}"), -2.0, 2.0);
                loadings.push(LoadingSpec { driver: DriverId(d), loading });
            }
        }
        loadings
    }

    /// An event or a project, if there is any.
    fn milestone(&mut self) -> Option<Milestone> {
        let count = self.counts.events + self.counts.projects;
        (count > 0).then(|| self.nth_milestone(count))
    }

    fn nth_milestone(&mut self, count: usize) -> Milestone {
        let place = self.genes.pick(count);
        if place < self.counts.events {
            Milestone::Event(EventId(place))
        } else {
            Milestone::Project(ProjectId(place - self.counts.events))
        }
    }

    /// What an event or a project waits for. Each waits only for what is earlier in a common order, so that
    /// nothing waits for itself.
    fn waits_for(&mut self, own: Milestone, chance: f64) -> Vec<Milestone> {
        let backwards = self.counts.backwards;
        let rank = |milestone: Milestone| match milestone {
            Milestone::Event(EventId(e)) => 2 * e,
            Milestone::Project(ProjectId(j)) => 2 * j + 1,
        };
        let earlier = |other| if backwards { rank(other) > rank(own) } else { rank(other) < rank(own) };
        let events = (0..self.counts.events).map(|e| Milestone::Event(EventId(e)));
        let projects = (0..self.counts.projects).map(|j| Milestone::Project(ProjectId(j)));
        let others: Vec<Milestone> = events.chain(projects).filter(|&other| earlier(other)).collect();
        others.into_iter().filter(|_| self.genes.happens(chance)).collect()
    }

    /// Fixed, or drawn in every run.
    fn number(&mut self, path: &str, low: f64, high: f64) -> Number {
        if self.genes.happens(0.4) {
            self.drawn(path, low, high)
        } else {
            Number::Fixed(self.genes.between(low, high))
        }
    }

    /// Mostly the default.
    fn number_or(&mut self, usual: f64, chance: f64, path: &str, low: f64, high: f64) -> Number {
        if self.genes.happens(chance) { self.number(path, low, high) } else { Number::Fixed(usual) }
    }

    fn drawn(&mut self, path: &str, low: f64, high: f64) -> Number {
        self.inputs.push(InputSpec { path: path.to_owned(), distribution: uniform(low, high) });
        Number::Drawn(InputId(self.inputs.len() - 1))
    }

    fn noise(&mut self, path: &str) -> Option<SeriesId> {
        if !self.genes.happens(0.4) {
            return None;
        }
        let (sd_log, persistence) = (self.genes.between(0.0, 0.8), self.genes.between(0.0, 0.95));
        let noise = NoiseSpec { sd_log: Number::Fixed(sd_log), persistence: Number::Fixed(persistence) };
        let place = self.place();
        self.series.push(SeriesSpec { path: path.to_owned(), process: Process::Noise(noise) });
        Some(place)
    }

    /// At most two groups of correlated series.
    fn correlations(&mut self) -> Vec<CorrelationSpec> {
        if !self.genes.happens(0.4) {
            return Vec::new();
        }
        let mut groups = [Vec::new(), Vec::new()];
        for (place, series) in self.series.iter().enumerate() {
            if matches!(series.process, Process::Noise(_) | Process::Wander(_)) && self.genes.happens(0.8) {
                groups[self.genes.pick(2)].push(place);
            }
        }
        let groups = groups.into_iter().filter(|members| members.len() > 1);
        groups
            .map(|members| CorrelationSpec { cholesky: cholesky(&mut self.genes, members.len()), members })
            .collect()
    }
}

/// Rows of length one: a triangle times its mirror image is then a matrix of correlations.
fn cholesky(genes: &mut Genes<'_>, size: usize) -> Vec<f64> {
    let mut triangle = Vec::new();
    for row in 0..size {
        let mut numbers: Vec<f64> = (0..row).map(|_| genes.between(-1.0, 1.0)).collect();
        numbers.push(genes.between(0.3, 1.0));
        let length = numbers.iter().map(|x| x * x).sum::<f64>().sqrt();
        triangle.extend(numbers.iter().map(|x| x / length));
    }
    triangle
}

pub(crate) fn uniform(low: f64, high: f64) -> Distribution {
    let text = format!("uniform({low:?}, {high:?})");
    parse_quantity(&text).expect("two bounds make a uniform distribution").distribution
}
