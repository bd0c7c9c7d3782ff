//! The measurements: the run time of pieces of work, in rounds.

use crate::cli::app::Failure;
use crate::cli::host::Terminal;
use crate::cli::{console, interrupt, machine};
use crate::plan::Plan;
use crate::results::{RunResult, hash_hex};
use crate::run::run;
use crate::scenario::Loaded;
use crate::study::{Clock, Error, Host as _, write_for_nothing};
use crate::yardstick::Work;
use crate::yardstick::bound::draws;
use crate::yardstick::first_written::{bytes_per_run, first_written_work};
use crate::yardstick::protocol::{Effort, SIZES, few_runs, thread_counts};
use crate::yardstick::record::{Measured, OfSize, OnThreads, Repeated};
use crate::yardstick::scalar::scalar_runs;
use crate::yardstick::stages::draws_and_model;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::hint::black_box;

/// The most memory for the naive implementation, which stores every figure of every run.
const MOST_BYTES: u64 = 256 << 20;

/// A reference implementation that computes some runs of a plan.
type Reference = fn(&Plan, u64) -> Work;

/// Seconds that some work takes on a pool.
fn time<T: Send>(pool: &ThreadPool, work: impl FnOnce() -> T + Send) -> Result<f64, Failure> {
    if interrupt::requested() {
        return Err(Error::Stopped.into());
    }
    pool.install(|| {
        let clock = Clock::start();
        black_box(work());
        Ok(clock.seconds())
    })
}

/// A scenario that is measured.
struct Bench<'a> {
    plan: &'a Plan,
    effort: Effort,
    /// Pools by number of threads: one thread first, all last.
    pools: Vec<(u64, ThreadPool)>,
}

/// Makes all measurements of a scenario.
pub(super) fn measure(scenario: &Loaded, plan: &Plan, effort: Effort) -> Result<Measured, Failure> {
    interrupt::stop_in_order();
    let waiting = console::waiting(&format!("measuring {}", plan.info.name));
    let load = machine::load();
    let counts = thread_counts(std::thread::available_parallelism().map_or(1, usize::from));
    let pool = |threads: usize| Ok((threads as u64, ThreadPoolBuilder::new().num_threads(threads).build()?));
    let pools = counts.into_iter().map(pool).collect::<Result<Vec<_>, Failure>>()?;
    let bench = Bench { plan, effort, pools };
    let ns_per_run = bench.warm_up()?;
    // Memory is a high-water mark, so work that needs little is measured before work that needs much.
    let sizes = bench.sizes(ns_per_run)?;
    let result = bench.result(effort.least_runs)?;
    let mut measured = Measured {
        scenario: plan.info.name.clone(),
        title: plan.info.title_with_changes(),
        sha256: hash_hex(scenario.resolved.as_bytes()),
        months: plan.info.horizon.months as u64,
        metrics: result.metrics.len() as u64,
        stated_runs: plan.info.runs,
        cores: bench.pools.last().map_or(1, |(threads, _)| *threads),
        load,
        threads: Vec::new(),
        sizes,
        draws: Repeated::default(),
        draws_and_model: Repeated::default(),
        scalar_twin: Repeated::default(),
        first_written: Repeated::default(),
        output: bench.output(scenario, &result)?,
    };
    bench.prepare(&mut measured, ns_per_run)?;
    (0..effort.rounds).try_for_each(|_| bench.round(&mut measured))?;
    waiting.finish_and_clear();
    Ok(measured)
}

impl Bench<'_> {
    fn one(&self) -> &ThreadPool {
        &self.pools[0].1
    }

    fn all(&self) -> &ThreadPool {
        &self.pools[self.pools.len() - 1].1
    }

    fn with_runs(&self, runs: u64) -> Plan {
        let mut plan = self.plan.clone();
        plan.info.runs = runs;
        plan
    }

    fn result(&self, runs: u64) -> Result<RunResult, Failure> {
        let plan = self.with_runs(runs);
        let host = Terminal { quiet: true };
        Ok(self.all().install(|| run(&plan, &*host.observe(plan.info.runs, &plan.info.title)))?)
    }

    /// Seconds that this number of runs takes.
    fn engine(&self, pool: &ThreadPool, runs: u64) -> Result<f64, Failure> {
        let plan = self.with_runs(runs);
        let host = Terminal { quiet: true };
        let observer = host.observe(plan.info.runs, &plan.info.title);
        time(pool, || run(&plan, &*observer))
    }

    /// Warms up; gives the nanoseconds that one more run takes on one thread.
    fn warm_up(&self) -> Result<f64, Failure> {
        let (clock, runs) = (Clock::start(), self.effort.least_runs);
        while clock.seconds() < self.effort.warm_up_s {
            self.engine(self.all(), runs)?;
        }
        let few = Repeated { runs, seconds: vec![self.engine(self.one(), runs)?] };
        let work = Repeated { runs: 3 * runs, seconds: vec![self.engine(self.one(), 3 * runs)?] };
        Ok(OnThreads { threads: 1, few, work }.ns_per_run(u64::MAX)[0])
    }

    /// The engine on all threads with increasing numbers of runs, as far as time allows.
    fn sizes(&self, ns_per_run: f64) -> Result<Vec<OfSize>, Failure> {
        let threads = self.all().current_num_threads() as f64;
        let (mut left, mut ns_per_run) = (self.effort.sizes_s, ns_per_run / threads);
        let mut sizes: Vec<OfSize> = Vec::new();
        for runs in SIZES {
            let expected = ns_per_run * runs as f64 / 1e9;
            if expected > left && !sizes.is_empty() {
                sizes.push(OfSize { runs, seconds: None, expected_seconds: Some(expected), peak_kib: None });
                continue;
            }
            let seconds = self.engine(self.all(), runs)?;
            ns_per_run = seconds * 1e9 / runs as f64;
            left -= seconds;
            let peak_kib = machine::peak_kib();
            sizes.push(OfSize { runs, seconds: Some(seconds), expected_seconds: None, peak_kib });
        }
        Ok(sizes)
    }

    /// Pictures, tables and report, made on one thread in a hidden folder among the temporary files, and
    /// thrown away.
    fn output(&self, scenario: &Loaded, result: &RunResult) -> Result<Repeated, Failure> {
        let scratch = std::env::temp_dir();
        let once = |_| -> Result<f64, Failure> {
            let mut written = Ok(());
            let seconds = time(self.one(), || {
                written = write_for_nothing(scenario, result, &scratch, &Terminal { quiet: true });
            })?;
            Ok(written.map(|()| seconds)?)
        };
        let seconds = (0..self.effort.outputs).map(once).collect::<Result<_, _>>()?;
        Ok(Repeated { runs: self.plan.info.runs, seconds })
    }

    /// Chooses the number of runs of each measurement.
    fn prepare(&self, measured: &mut Measured, ns_per_run: f64) -> Result<(), Failure> {
        let turn_s = self.effort.turn_s(self.pools.len());
        let runs = self.effort.runs_in(turn_s, ns_per_run);
        let slow = |work: Reference, bytes: u64| -> Result<u64, Failure> {
            work(self.plan, 1);
            let ns_per_run = time(self.one(), || work(self.plan, 16))? * 1e9 / 16.0;
            Ok(few_runs(turn_s / 2.0, ns_per_run, MOST_BYTES, bytes))
        };
        let metrics = usize::try_from(measured.metrics).unwrap_or(usize::MAX);
        measured.scalar_twin.runs = slow(scalar_runs, 1)?;
        measured.first_written.runs = slow(first_written_work, bytes_per_run(self.plan, metrics))?;
        (measured.draws.runs, measured.draws_and_model.runs) = (runs, runs);
        for &(threads, _) in &self.pools {
            measured.threads.push(OnThreads {
                threads,
                few: Repeated { runs: self.effort.least_runs * threads, seconds: Vec::new() },
                work: Repeated { runs: runs * threads, seconds: Vec::new() },
            });
        }
        Ok(())
    }

    /// One round of all measurements, so that a temporary slowdown of the machine affects all of them.
    fn round(&self, measured: &mut Measured) -> Result<(), Failure> {
        for (on, (_, pool)) in measured.threads.iter_mut().zip(&self.pools) {
            on.few.seconds.push(self.engine(pool, on.few.runs)?);
            on.work.seconds.push(self.engine(pool, on.work.runs)?);
        }
        let references: [(&mut Repeated, Reference); 4] = [
            (&mut measured.draws, draws),
            (&mut measured.draws_and_model, draws_and_model),
            (&mut measured.scalar_twin, scalar_runs),
            (&mut measured.first_written, first_written_work),
        ];
        for (repeated, work) in references {
            repeated.seconds.push(time(self.one(), || work(self.plan, repeated.runs))?);
        }
        Ok(())
    }
}
