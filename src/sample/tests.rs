//! Tests of the whole sampler, and helpers that the tests of its processes share.

use super::*;
use crate::batch::Number::{Drawn, Fixed};
use crate::batch::{InputId, Lanes, Number};
use crate::dist::Distribution;

/// Runs in a batch of [`observe`].
pub(super) const WIDTH: usize = 64;

pub(super) fn series(path: &str, process: Process) -> SeriesSpec {
    SeriesSpec { path: path.to_owned(), process }
}

/// Samples batches month by month, and shows the series of each month with its number.
pub(super) fn observe(
    series: &[SeriesSpec],
    correlations: &[CorrelationSpec],
    (batches, months): (u64, usize),
    mut see: impl FnMut(usize, &[Lanes<WIDTH>]),
) {
    let mut sampler = Sampler::new(11, &[], series, correlations, &[], &layout(Design::Random, &[]));
    for batch in 0..batches {
        sampler.begin(batch * WIDTH as u64);
        for month in 0..months {
            see(month, &sampler.step().monthly);
        }
    }
}

/// An estimate is at most five of its standard errors away from the expected value: a false alarm in 1 of 1.7
/// million.
#[track_caller]
pub(super) fn agrees(estimate: f64, exact: f64, standard_error: f64) {
    let errors = (estimate - exact) / standard_error;
    assert!(errors.abs() < 5.0, "{estimate} for {exact}: {errors:.1} standard errors");
}

fn noise(path: &str, sd: Number) -> SeriesSpec {
    series(path, Process::Noise(NoiseSpec { sd_log: sd, persistence: Fixed(0.6) }))
}

fn wander(path: &str, spread: Spread, half_life_months: Option<Number>) -> SeriesSpec {
    series(path, Process::Wander(WanderSpec { spread, half_life_months, age_months: 7.5 }))
}

fn correlated_pair(r: f64) -> CorrelationSpec {
    CorrelationSpec { members: vec![0, 1], cholesky: vec![1.0, r, libm::sqrt(1.0 - r * r)] }
}

fn layout(design: Design, inputs: &[InputSpec]) -> Layout {
    Layout::new(design, inputs.iter().map(|input| input.path.as_str()))
}

/// Two inputs and one series of each kind, some of them correlated.
fn everything() -> (Vec<InputSpec>, Vec<SeriesSpec>, CorrelationSpec) {
    let input = |path: &str, low, high| InputSpec {
        path: path.to_owned(),
        distribution: Distribution::interval(low, high).expect("low is less than high"),
    };
    let inputs = vec![input("rate", 0.1, 0.4), input("half-life", 6.0, 30.0)];
    let unit = Distribution::unit_uniform;
    let flood = RecurrenceSpec {
        rate: Drawn(InputId(0)),
        months: [true, true, true, false, false, false, false, true, true, true, true, true],
        first_month: 3,
        duration_months: unit().scaled(3.0),
        sizes: vec![("flood.depth".to_owned(), unit()), ("flood.cost".to_owned(), unit().scaled(9.0))],
    };
    let series = vec![
        noise("demand", Fixed(0.2)),
        series("flood", Process::Recurrence(flood)),
        wander("oil", Spread::Stationary(Fixed(0.3)), Some(Drawn(InputId(1)))),
        series("luck", Process::Uniform),
        wander("gold", Spread::Monthly(Fixed(0.04)), None),
    ];
    let cholesky = vec![1.0, 0.5, 0.75_f64.sqrt(), 0.2, 0.1, 0.95_f64.sqrt()];
    (inputs, series, CorrelationSpec { members: vec![0, 2, 4], cholesky })
}

/// Every bit of every input and series of 32 runs over 40 months, run by run, sampled `N` runs at a time.
fn draw<const N: usize>(design: Design, family: CopulaFamily) -> Vec<Vec<u64>> {
    let (inputs, series, group) = everything();
    let groups = [group];
    let (members, cholesky) = (vec![InputId(1), InputId(0)], vec![1.0, 0.6, 0.8]);
    let copulas = [CopulaSpec { members, cholesky, family }];
    let layout = layout(design, &inputs);
    let mut sampler = Sampler::<N>::new(5, &inputs, &series, &groups, &copulas, &layout);
    let mut runs = vec![Vec::new(); 32];
    for first in (0..32).step_by(N) {
        let batch = &mut runs[first..first + N];
        record(batch, &sampler.begin(first as u64).per_run);
        for _ in 0..40 {
            record(batch, &sampler.step().monthly);
        }
    }
    runs
}

fn record<const N: usize>(runs: &mut [Vec<u64>], values: &[Lanes<N>]) {
    for value in values {
        for (run, x) in runs.iter_mut().zip(value.0) {
            run.push(x.to_bits());
        }
    }
}

#[test]
fn a_run_is_the_same_to_the_bit_in_batches_of_any_width() {
    for design in Design::ALL {
        for family in [CopulaFamily::Gaussian, CopulaFamily::T { df: 3.5 }] {
            let alone = draw::<1>(design, family);
            assert_eq!(alone, draw::<8>(design, family));
            assert_eq!(alone, draw::<32>(design, family));
        }
    }
}

#[test]
fn a_batch_does_not_depend_on_the_one_before() {
    let (inputs, series, group) = everything();
    let groups = [group];
    let mut sampler = Sampler::<8>::new(5, &inputs, &series, &groups, &[], &layout(Design::Random, &inputs));
    let mut draw = || {
        let mut runs = vec![Vec::new(); 8];
        record(&mut runs, &sampler.begin(16).monthly);
        for _ in 0..40 {
            record(&mut runs, &sampler.step().monthly);
        }
        runs
    };
    let first = draw();
    assert_eq!(first, draw());
    let values = 8;
    assert!(first.iter().all(|run| run[..values].iter().all(|&bits| bits == 0)), "all is zero at the start");
}

#[test]
fn series_are_consecutive_each_with_its_values() {
    let (_, series, _) = everything();
    let counts: Vec<usize> = series.iter().map(SeriesSpec::width).collect();
    assert_eq!(counts, [1, 4, 2, 1, 2]);
    let luck: usize = counts[..3].iter().sum();
    let alone = [series[3].clone()];
    let mut draws = Vec::new();
    observe(&alone, &[], (1, 3), |_, monthly| draws.push(monthly[0]));
    let (inputs, ..) = everything();
    let mut sampler = Sampler::<WIDTH>::new(11, &inputs, &series, &[], &[], &layout(Design::Random, &inputs));
    sampler.begin(0);
    for draw in draws {
        assert_eq!(sampler.step().monthly[luck], draw);
        assert!(draw.0.iter().all(|&u| u > 0.0 && u < 1.0));
    }
}

#[test]
fn correlated_shocks_have_the_stated_correlation() {
    // Between a noise and a path, at step 0, where both are their z times a constant. A correlation of r has
    // the standard error (1 − r²)/√n.
    let pair = [noise("a", Fixed(0.2)), wander("b", Spread::Monthly(Fixed(0.1)), None)];
    let (r, n) = (0.54, 64_000.0);
    let (mut sums, mut products) = ([0.0; 2], [0.0; 3]);
    observe(&pair, &[correlated_pair(r)], (1000, 1), |_, monthly| {
        for (x, y) in monthly[0].0.into_iter().zip(monthly[1].0) {
            sums = [sums[0] + x, sums[1] + y];
            products = [products[0] + x * x, products[1] + y * y, products[2] + x * y];
        }
    });
    let [mean_x, mean_y] = sums.map(|sum| sum / n);
    let sd = |squares: f64, mean: f64| (squares / n - mean * mean).sqrt();
    let covariance = products[2] / n - mean_x * mean_y;
    let estimate = covariance / (sd(products[0], mean_x) * sd(products[1], mean_y));
    agrees(estimate, r, (1.0 - r * r) / n.sqrt());
}

#[test]
fn a_series_added_to_a_group_changes_no_draw_of_those_above() {
    let three =
        [noise("a", Fixed(0.2)), noise("b", Fixed(0.1)), wander("c", Spread::Monthly(Fixed(0.1)), None)];
    let mut group = correlated_pair(0.54);
    let paths = |series: &[SeriesSpec], group: &CorrelationSpec| {
        let mut paths = Vec::new();
        observe(series, std::slice::from_ref(group), (2, 12), |_, monthly| {
            paths.push([monthly[0], monthly[1]]);
        });
        paths
    };
    let two = paths(&three[..2], &group);
    group.members.push(2);
    group.cholesky.extend([0.3, -0.4, 0.75_f64.sqrt()]);
    assert_eq!(paths(&three, &group), two);
}

#[test]
fn the_first_of_a_group_moves_as_it_would_alone() {
    let pair = [noise("a", Fixed(0.2)), noise("b", Fixed(0.2))];
    let (mut alone, mut together) = (Vec::new(), Vec::new());
    observe(&pair, &[], (1, 12), |_, monthly| alone.push((monthly[0], monthly[1])));
    observe(&pair, &[correlated_pair(0.54)], (1, 12), |_, monthly| together.push((monthly[0], monthly[1])));
    for ((a, b), (same, other)) in alone.into_iter().zip(together) {
        assert_eq!(a, same);
        assert_ne!(b, other);
    }
}
