//! How often 95% intervals of means, quantiles and chances cover the true value, under every design. The fast
//! part runs with the other tests; the tables of the guide are printed by `cargo test --release --locked
//! --test it coverage -- --ignored --nocapture --test-threads 1`.

#![expect(clippy::print_stdout, reason = "the tables are printed for the guide")]

use crate::support::{head, plan};
use corridor::dist::Distribution;
use corridor::plan::Plan;
use corridor::plan::TargetSpec;
use corridor::results::{QUANTILES, RunResult};
use corridor::run::{Detail, Kept, Nothing, Silent, Task, run_together};
use corridor::sample::{BLOCK_RUNS, Design, InputSpec, Layout, Sampler};
use corridor::scenario::parse_quantity;
use corridor::stats::estimate::Z_95;
use corridor::stats::{Moments, Replicates};

/// The number of intervals, one for each seed.
const SEEDS: u64 = 1_500;

/// What an input is.
const LAWS: [(&str, &str); 6] = [
    ("normal", "normal(100, 10)"),
    ("uniform", "uniform(10, 20)"),
    ("lognormal, log-sd 0.5", "lognormal(median=12, sd_log=0.5)"),
    ("lognormal, log-sd 0.8", "lognormal(median=12, sd_log=0.8)"),
    ("lognormal, log-sd 1.0", "lognormal(median=12, sd_log=1)"),
    ("lognormal, log-sd 1.2", "lognormal(median=12, sd_log=1.2)"),
];

fn law(text: &str) -> Distribution {
    parse_quantity(text).expect("it is a distribution").distribution
}

/// The mean of a law's first runs under a design, and its error.
fn mean_of(law: &Distribution, design: Design, seed: u64, runs: u64) -> (f64, f64) {
    let inputs = [InputSpec { path: "x".to_owned(), distribution: law.clone() }];
    let layout = Layout::new(design, ["x"]);
    let mut sampler = Sampler::<32>::new(seed, &inputs, &[], &[], &[], &layout);
    let (mut moments, mut replicates) = (Moments::default(), Replicates::default());
    for first_run in (0..runs).step_by(512) {
        let block: Vec<u64> = (first_run..(first_run + BLOCK_RUNS).min(runs)).collect();
        let mut values: Vec<f64> =
            block.chunks(32).flat_map(|batch| sampler.begin(batch[0]).per_run[0].0).collect();
        values.truncate(block.len());
        let of_block = Moments::of(&values);
        moments.merge(&of_block);
        if design != Design::Random {
            replicates.merge(&Replicates::of(&values, of_block.mean(), &design.lengths(&block)));
        }
    }
    let error = if design == Design::Random { moments.mean_error() } else { replicates.mean_error() };
    (moments.mean(), error.for_intervals())
}

/// The share of the seeds whose interval covers the mean, and of those that give no interval.
fn coverage_of_means(law: &Distribution, design: Design, runs: u64) -> (f64, f64) {
    let (mut covered, mut unknown) = (0, 0);
    for seed in 0..SEEDS {
        let (mean, error) = mean_of(law, design, 300_000 + seed, runs);
        covered += u32::from((mean - law.mean()).abs() <= Z_95 * error);
        unknown += u32::from(error.is_nan());
    }
    let known = SEEDS as f64 - f64::from(unknown);
    (f64::from(covered) / known, f64::from(unknown) / SEEDS as f64)
}

/// Of 1,500 intervals with a coverage of 95%, 93% to 97% cover the true value except with a probability of
/// 0.05% a row; the seeds are fixed, so this risk is taken only once. Fewer than 1 in 300 give no interval.
#[test]
fn intervals_of_means_cover_what_they_say_under_every_design_from_512_runs_on() {
    for design in Design::ALL {
        for (name, text) in LAWS {
            for runs in [512, 1_000] {
                let (covered, unknown) = coverage_of_means(&law(text), design, runs);
                assert!(
                    (0.93..=0.97).contains(&covered) && unknown < 0.0034,
                    "{name}, {design:?}, {runs} runs: {covered} and {unknown} unknown"
                );
            }
        }
    }
}

/// A Pareto law of shape 1.05: neither its variance nor its fourth moment is finite.
const PARETO: &str = "pareto(min=5, shape=1.05)";

#[test]
fn an_input_without_a_fourth_moment_leaves_no_error_to_what_follows_it_without_end() {
    for design in Design::ALL {
        let result = years_of(&Plan { design, ..month(PARETO, "", 512) });
        let volume = result.year("volume", 2025).expect("2025 is covered");
        assert!(volume.standard_error.is_nan() && volume.mean > 0.0, "{design:?}: {volume:?}");
    }
}

#[test]
fn what_is_capped_has_an_error_however_heavy_the_tail_of_its_input() {
    let result = years_of(&month_through(PARETO, "", "20", 512));
    let error = |metric| result.year(metric, 2025).expect("2025 is covered").standard_error;
    assert!(error("volume") > 0.0 && error("wanted").is_nan(), "{} {}", error("volume"), error("wanted"));
}

/// Prints the guide's table of means.
#[test]
#[ignore = "takes minutes"]
fn table_of_means() {
    const RUNS: [u64; 5] = [512, 1_024, 4_096, 8_192, 65_536];
    println!("| law | design | {} |", RUNS.map(|runs| runs.to_string()).join(" | "));
    for (name, text) in LAWS {
        for design in Design::ALL {
            let cell = |runs| format!("{:.1}%", 100.0 * coverage_of_means(&law(text), design, runs).0);
            println!("| {name} | `{}` | {} |", design.name(), RUNS.map(cell).join(" | "));
        }
    }
}

/// A month of a product with one law, alone or with rice and monthly noise.
fn month(text: &str, more: &str, runs: u64) -> Plan {
    month_through(text, more, "1e9", runs)
}

/// The same with a route of this many kt a month.
fn month_through(text: &str, more: &str, capacity: &str, runs: u64) -> Plan {
    plan(
        &(head("2025-01", "2025-01", runs)
            + &format!(
                "[products.flour]\nvolume = \"{text} kt/month\"\n{more}[routes.rail]\n\
                    capacity = \"{capacity} kt/month\"\n"
            )),
    )
}

const MORE: &str = "noise = { sd_log = 0.2 }\n[products.rice]\nvolume = \"uniform(5, 25) kt/month\"\n";

fn at_least(threshold: f64) -> TargetSpec {
    TargetSpec {
        name: "more".to_owned(),
        title: "More".to_owned(),
        metric: "volume".to_owned(),
        year: 2025,
        at_least: true,
        threshold,
    }
}

fn years_of(plan: &Plan) -> RunResult {
    let task = Task { plan, detail: Detail::Years, kept: Kept::default() };
    run_together(&[task], None, &mut Nothing, &Silent).expect("nobody stops it").remove(0)
}

/// Prints the guide's table of quantiles and chances. The true value for two products comes from 4,000,000
/// independent runs.
#[test]
#[ignore = "takes minutes"]
fn table_of_quantiles_and_chances() {
    const CHANCES: [f64; 4] = [0.002, 0.02, 0.2, 0.5];
    println!("| figure | design | runs | p05 | p50 | p95 | 0.2% | 2% | 20% | 50% |");
    for (name, more) in [("one input", ""), ("two inputs and noise", MORE)] {
        let text = "lognormal(median=12, sd_log=0.8)";
        let mut truth = month(text, more, 4_000_000);
        truth.info.seed = 77;
        let truth = if more.is_empty() { None } else { Some(sorted(&truth)) };
        let quantile = |p: f64| match &truth {
            None => law(text).quantile(p) * 1_000.0,
            Some(values) => at_share(values, p),
        };
        for design in Design::ALL {
            for runs in [512, 4_096, 16_384] {
                let mut plan = Plan { design, ..month(text, more, runs) };
                plan.targets = CHANCES.map(|p| at_least(quantile(1.0 - p))).to_vec();
                let mut covered = [0_u32; 7];
                for seed in 0..SEEDS {
                    plan.info.seed = 300_000 + seed;
                    let result = years_of(&plan);
                    let found = result.year("volume", 2025).expect("2025 is covered");
                    for (place, k) in [0, 3, 6].into_iter().enumerate() {
                        let off = found.quantiles[k] - quantile(QUANTILES[k]);
                        covered[place] += u32::from(off.abs() <= Z_95 * found.quantile_errors[k]);
                    }
                    for (place, (target, p)) in result.targets.iter().zip(CHANCES).enumerate() {
                        covered[3 + place] += u32::from((target.interval.0..=target.interval.1).contains(&p));
                    }
                }
                let cells = covered.map(|n| format!("{:.1}%", 100.0 * f64::from(n) / SEEDS as f64));
                println!("| {name} | `{}` | {runs} | {} |", design.name(), cells.join(" | "));
            }
        }
    }
}

/// The values of all runs of a plan, ascending.
fn sorted(plan: &Plan) -> Vec<f64> {
    struct Values(Vec<f64>);
    impl corridor::run::Collector for Values {
        fn take(&mut self, runs: &[corridor::run::KeptRuns]) {
            self.0.extend(runs[0].figures().next().unwrap_or_default());
        }
    }
    let metrics = plan.metrics();
    let metric = metrics.position("volume").expect("there is a volume");
    let kept = Kept { inputs: false, figures: vec![corridor::run::YearlyFigure { metric, year: 0 }] };
    let mut values = Values(Vec::new());
    let task = Task { plan, detail: Detail::Moments, kept };
    run_together(&[task], None, &mut values, &Silent).expect("nobody stops it");
    values.0.sort_unstable_by(f64::total_cmp);
    values.0
}

/// The value below which this share of sorted values lies.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index")]
fn at_share(sorted: &[f64], p: f64) -> f64 {
    sorted[(p * sorted.len() as f64) as usize]
}
