//! Shared by the numerical tests: plans from text, runs one by one, tolerances.

use corridor::batch::Lanes;
use corridor::diag::{Style, has_errors, render};
use corridor::dist::Distribution;
use corridor::model::{Corridor, Ledger, World};
use corridor::plan::Plan;
use corridor::results::{RunResult, Summary};
use corridor::run::{Silent, run};
use corridor::sample::InputSpec;
use corridor::scenario::{Loaded, Request, load, load_text};
use corridor::units::Dimension;

/// Closed forms and the scalar twin against the model, relative: a run is some thousands of operations, each
/// good to 1e-16 or (the exponential) to 5e-16, and 72 compounded steps multiply the latter by no more than
/// 72.
pub(crate) const RELATIVE: f64 = 1e-9;

/// Below this a difference is a rounding error for any value: the error of a subtraction of tonnes (up to
/// 1e6) or dollars (up to 1e9), times 2^-52, with a safety factor of ten. For shares: that many tonnes on a
/// route of ten tonnes.
pub(crate) fn rounding(dimension: Dimension) -> f64 {
    match dimension {
        Dimension::MASS => 1e-8,
        Dimension::MONEY => 1e-5,
        _ => 1e-9,
    }
}

/// Sampled means may be off by this many standard errors: 1 of 16,000 correct checks would fail,
/// reproducibly, because the seed is fixed.
pub(crate) const STANDARD_ERRORS: f64 = 4.0;

/// Whether two figures agree except for rounding.
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

/// The plan of a scenario that must be valid.
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

/// Runs a scenario. One run is enough if nothing is uncertain: every mean is then the figure itself.
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
    let layout = plan.layout();
    let mut sampler = plan.sampler::<N>(&layout);
    let mut world = World::<N>::new(corridor);
    let (mut month, mut year) = (Ledger::new(&corridor.metrics), Ledger::new(&corridor.metrics));
    let mut table = Table { months: Vec::new(), years: Vec::new() };
    world.begin(sampler.begin(first_run));
    let horizon = corridor.spec.horizon;
    for step in 0..horizon.months {
        world.step(sampler.step(), &mut month);
        table.months.push(month.values().to_vec());
        year.add_month(&month, &corridor.metrics);
        if step + 1 == horizon.months || horizon.month(step + 1).year() != horizon.month(step).year() {
            year.close_year(&month, &corridor.metrics);
            table.years.push(year.values().to_vec());
            year.begin_year();
        }
    }
    table
}

/// Gives an input values that the front end would refuse.
pub(crate) fn spoil(plan: &mut Plan, path: &str, values: &[(f64, f64)]) {
    let input: &mut InputSpec = plan.inputs.iter_mut().find(|input| input.path == path).expect("it is drawn");
    input.distribution = Distribution::discrete(values).expect("weights and values are numbers");
}
