//! The arguments of the command line as they are typed.

mod requests;
mod values;

pub(super) use values::{DrawsOf, FolderName, Format, Instructions, Method, SavedName, Seed};

use crate::study::{Exactness, FigureOf};
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  simulate scenarios/bridge.toml                       run it; results go to output/bridge/
  simulate scenarios/bridge.toml --runs 100000         with less Monte Carlo error
  simulate scenarios/bridge.toml --precision 1%        as many runs as it takes
  simulate scenarios/bridge.toml --set events.bridge.planned=2028-06
                                                       what if it is planned for June 2028?
  simulate scenarios/*.toml --baseline baseline        all on the same random numbers, and what differs
  simulate compare scenarios/baseline.toml scenarios/bridge.toml
                                                       what difference does the bridge make?
  simulate check scenarios/bridge.toml                 what does it assume, from which sources?
  simulate replay scenarios/bridge.toml --run 42       one of the futures, month by month

A scenario is a regular file of at most 1 MiB, or - for standard input: cat a.toml | simulate -

Exit codes: 0 done, 1 failed while running or standard output could not be written,
2 the scenario or the command line is wrong, 130 stopped with Ctrl-C.";

const COMPARISONS: &str = "\
Examples:
  simulate compare scenarios/baseline.toml scenarios/bridge.toml
                                       what difference does the bridge make?
  simulate compare scenarios/*.toml --baseline baseline
                                       all of them against one
  simulate compare output/baseline output/bridge
                                       results that exist already
  simulate compare --on scenarios/baseline.toml --parts scenarios/expansion.toml scenarios/bridge.toml
                                       what does each add, alone and with the others?
  simulate compare scenarios/baseline.toml scenarios/bridge.toml --weights 0.4,0.6
                                       and one forecast of both

Differences are run by run: all scenarios use the same random numbers. The comparison goes to a folder of
its own under output/.";

const BENCHMARKS: &str = "\
Examples:
  simulate bench scenarios/combined.toml                  how fast is it here?
  simulate bench scenarios/combined.toml --save before    keep it in output/.bench/before.json
  simulate bench scenarios/combined.toml --against before has it become faster?

It takes 12 to 20 seconds a scenario, --quick about 6. Nothing else should run meanwhile.";

const DRIVERS: &str = "\
Examples:
  simulate sensitivity scenarios/bridge.toml
                                       total exports in the last whole year
  simulate sensitivity scenarios/bridge.toml --metric routes.road.throughput --year 2028
                                       another figure, another year
  simulate sensitivity scenarios/bridge.toml --method sobol
                                       with all interactions; takes many times as long
  simulate sensitivity output/bridge   from the runs of a result (its draws.parquet)

A share is the part by which the variance would fall, on average, if that input were known. Inputs that
depend on one another have one share together.";

const VERIFICATION: &str = "\
Examples:
  simulate verify output/bridge                is every file as it was written?
  simulate verify output/* --json              of many, for programs
  simulate verify output/bridge --recompute    and does this version reproduce every byte?

Exit codes: 0 whole, 1 damaged or incomplete (with --recompute also: not reproduced), 2 not a result, or one
of a version whose results this version can't read, or one that can't be recomputed from what is in its
folder.";

/// Runs thousands of possible futures of a trade corridor and writes tables and pictures: how much is
/// exported, of what, when, how sure that is, and what holds it back.
#[derive(Debug, Parser)]
#[command(
    name = "simulate",
    version,
    after_help = EXAMPLES,
    override_usage = "simulate [OPTIONS] SCENARIO.toml...\n       simulate COMMAND",
    subcommand_precedence_over_arg = true,
    arg_required_else_help = true,
    max_term_width = 100
)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    #[command(flatten)]
    pub(super) run: RunArgs,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Run scenarios (what happens without a command)
    #[command(after_help = EXAMPLES)]
    Run(RunArgs),
    /// Validate a scenario and print its assumptions with their sources; runs nothing
    Check(CheckArgs),
    /// Show one run of a scenario month by month: sampled inputs, events, exports, main constraints
    Replay(ReplayArgs),
    /// Compare scenarios run by run, or results in folders; or show what the parts of a scenario add
    #[command(after_help = COMPARISONS)]
    Compare(CompareArgs),
    /// Show what drives a figure: how much of its variance each assumption explains
    #[command(after_help = DRIVERS)]
    Sensitivity(SensitivityArgs),
    /// Measure how fast scenarios run on this machine, compared with reference implementations
    #[command(after_help = BENCHMARKS)]
    Bench(BenchArgs),
    /// Check whether results are complete and every file is as it was written
    #[command(after_help = VERIFICATION)]
    Verify(VerifyArgs),
    /// Print the JSON Schema of scenario files, for editors
    Schema,
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// What changes a scenario before it is read.
#[derive(Debug, Clone, Args)]
pub(super) struct LayerArgs {
    /// Lay another scenario file on top; may be given several times
    #[arg(long, value_name = "FILE")]
    pub(super) with: Vec<PathBuf>,
    /// Set one value on top of all files; may be given several times
    #[arg(long, value_name = "PATH=VALUE")]
    pub(super) set: Vec<String>,
}

/// `--out`.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct Out {
    /// Folder in which each result gets a folder of its own [default: output, and with --set or --with a
    /// folder whose name says what was changed]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// What is printed.
#[derive(Debug, Clone, Args)]
pub(super) struct PrintArgs {
    /// Print one JSON document instead of text
    #[arg(long)]
    pub(super) json: bool,
    /// Print nothing but problems
    #[arg(long, short)]
    pub(super) quiet: bool,
}

impl PrintArgs {
    /// Whether text is printed.
    pub(super) fn text(&self) -> bool {
        !self.json && !self.quiet
    }

    /// The document that `--json` prints; null without it, because it takes time and memory to make.
    pub(super) fn document(&self, make: impl FnOnce() -> serde_json::Value) -> serde_json::Value {
        if self.json { make() } else { serde_json::Value::Null }
    }
}

#[derive(Debug, Clone, Args)]
pub(super) struct RunArgs {
    /// Scenario files
    #[arg(value_name = "SCENARIO.toml")]
    pub(super) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) layers: LayerArgs,
    /// How many possible futures [default: that of the scenario, or 10,000]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_000_000_000))]
    pub(super) runs: Option<u64>,
    /// Run until the 95% Monte Carlo error of the mean of one figure is below this share of it, or below an
    /// amount like '500 t/year'; `--runs` is then the most [default: 10,000,000]
    #[arg(long, value_name = "SHARE%|AMOUNT")]
    pub(super) precision: Option<Exactness>,
    /// The figure of --precision: a metric and a year [default: volume in the last whole year]
    #[arg(long, value_name = "METRIC@YEAR", requires = "precision")]
    pub(super) precision_of: Option<FigureOf>,
    /// Seed of all draws: the same seed gives the same bytes; `random` picks one [default: that of the
    /// scenario]
    #[arg(long, value_name = "SEED", allow_negative_numbers = true)]
    pub(super) seed: Option<Seed>,
    /// Threads to run on; changes no result [default: all]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(super) threads: Option<u16>,
    #[command(flatten)]
    pub(super) out: Out,
    /// Kinds of pictures to draw
    #[arg(long, value_name = "KIND", value_delimiter = ',', default_values_t = [Format::Png, Format::Svg])]
    pub(super) format: Vec<Format>,
    /// Draw no pictures, and make no report
    #[arg(long)]
    pub(super) no_plots: bool,
    /// Figures of every single run in draws.parquet, beside its inputs [default: main, for up to 20,000 runs]
    #[arg(long, value_name = "WHICH")]
    pub(super) draws: Option<DrawsOf>,
    /// Write no draws.parquet
    #[arg(long, conflicts_with = "draws")]
    pub(super) no_draws: bool,
    /// Name of the scenario with which the others are compared [default: the first]
    #[arg(long, value_name = "NAME")]
    pub(super) baseline: Option<String>,
    /// Probability weights of several scenarios, in their order: gives one forecast of them all
    #[arg(long, value_name = "W,W", value_delimiter = ',')]
    pub(super) weights: Vec<f64>,
    /// The largest set of processor instructions; changes no result
    #[arg(long, hide = true, value_name = "WHICH")]
    pub(super) instructions: Option<Instructions>,
    /// Fail, and write nothing, if there is a warning, or a single invalid run (with a figure that is NaN,
    /// infinite, or below zero where none can be)
    #[arg(long)]
    pub(super) strict: bool,
    #[command(flatten)]
    pub(super) print: PrintArgs,
}

#[derive(Debug, Clone, Args)]
pub(super) struct CompareArgs {
    /// Scenario files, or folders of results; the others are compared with the first
    #[arg(value_name = "SCENARIO.toml", required_unless_present = "parts", conflicts_with = "parts")]
    pub(super) files: Vec<PathBuf>,
    /// Name of the scenario with which the others are compared, instead of the first
    #[arg(long, value_name = "NAME", conflicts_with = "parts")]
    pub(super) baseline: Option<String>,
    /// Run every combination of these scenario files, up to six, and show what each adds, alone and together
    #[arg(long, value_name = "SCENARIO.toml", num_args = 1.., requires = "on")]
    pub(super) parts: Vec<PathBuf>,
    /// The scenario that parts are laid on
    #[arg(long, value_name = "SCENARIO.toml", requires = "parts", conflicts_with = "files")]
    pub(super) on: Option<PathBuf>,
    /// Compare this metric as well, by its path; may be given several times
    #[arg(long, value_name = "PATH")]
    pub(super) metric: Vec<String>,
    /// Probability weights of the scenarios, in their order: gives one forecast of them all; weights are
    /// scaled to add up to one
    #[arg(long, value_name = "W,W", value_delimiter = ',', conflicts_with = "parts")]
    pub(super) weights: Vec<f64>,
    #[command(flatten)]
    pub(super) layers: LayerArgs,
    /// How many possible futures of each [default: that of the first scenario, or 10,000]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_000_000_000))]
    pub(super) runs: Option<u64>,
    /// Run until the 95% Monte Carlo error of the mean of one difference is below this share of it, or below
    /// an amount like '500 t/year', for every scenario; `--runs` is then the most [default: 10,000,000]
    #[arg(long, value_name = "SHARE%|AMOUNT", conflicts_with = "parts")]
    pub(super) precision: Option<Exactness>,
    /// The figure of --precision [default: volume in the last whole year]
    #[arg(long, value_name = "METRIC@YEAR", requires = "precision")]
    pub(super) precision_of: Option<FigureOf>,
    /// Seed of all draws [default: that of the first scenario]
    #[arg(long, value_name = "SEED", allow_negative_numbers = true)]
    pub(super) seed: Option<Seed>,
    /// Threads to run on; changes no result [default: all]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(super) threads: Option<u16>,
    #[command(flatten)]
    pub(super) out: Out,
    /// Name of the comparison's folder [default: made of the scenarios' names]
    #[arg(long, value_name = "NAME")]
    pub(super) name: Option<FolderName>,
    /// Kinds of pictures to draw
    #[arg(long, value_name = "KIND", value_delimiter = ',', default_values_t = [Format::Png, Format::Svg])]
    pub(super) format: Vec<Format>,
    /// Draw no pictures, and make no report
    #[arg(long)]
    pub(super) no_plots: bool,
    /// Fail, and write nothing, if there is a warning, or a single invalid run
    #[arg(long)]
    pub(super) strict: bool,
    #[command(flatten)]
    pub(super) print: PrintArgs,
}

#[derive(Debug, Clone, Args)]
pub(super) struct CheckArgs {
    /// Scenario files
    #[arg(value_name = "SCENARIO.toml", required = true)]
    pub(super) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) layers: LayerArgs,
    /// Fail if there is a warning, or a number without a source
    #[arg(long)]
    pub(super) strict: bool,
    #[command(flatten)]
    pub(super) print: PrintArgs,
}

#[derive(Debug, Clone, Args)]
pub(super) struct ReplayArgs {
    /// Scenario file, or the folder of a result
    #[arg(value_name = "SCENARIO.toml")]
    pub(super) file: PathBuf,
    /// Number of the run, counted from 0; it may lie beyond the number of runs
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    #[arg(value_parser = clap::value_parser!(u64).range(..=u64::MAX / 2))]
    pub(super) run: u64,
    #[command(flatten)]
    pub(super) layers: LayerArgs,
    /// Seed of all draws [default: that of the scenario]
    #[arg(long, value_name = "SEED", allow_negative_numbers = true)]
    pub(super) seed: Option<Seed>,
    /// Show this metric instead of the usual ones; may be given several times
    #[arg(long, value_name = "PATH")]
    pub(super) metric: Vec<String>,
    /// Print one JSON document instead of text
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Clone, Args)]
pub(super) struct SensitivityArgs {
    /// Scenario file, or a folder of results: its runs are taken as they are
    #[arg(value_name = "SCENARIO.toml")]
    pub(super) file: PathBuf,
    /// The metric to explain, by its path
    #[arg(long, value_name = "PATH", default_value = "volume")]
    pub(super) metric: String,
    /// The year in which it is explained [default: the last whole one]
    #[arg(long, value_name = "YEAR")]
    pub(super) year: Option<i32>,
    /// How shares of the variance are estimated
    #[arg(long, value_name = "METHOD", value_enum, default_value_t = Method::Data)]
    pub(super) method: Method,
    #[command(flatten)]
    pub(super) out: Out,
    /// Kinds of pictures to draw
    #[arg(long, value_name = "KIND", value_delimiter = ',', default_values_t = [Format::Png, Format::Svg])]
    pub(super) format: Vec<Format>,
    /// Write nothing: only print
    #[arg(long)]
    pub(super) no_plots: bool,
    /// Number of runs [default: that of the scenario, 4,096 at most; of each plan of `sobol` 2,048]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=10_000_000))]
    pub(super) runs: Option<u64>,
    #[command(flatten)]
    pub(super) layers: LayerArgs,
    /// Seed of all draws [default: that of the scenario]
    #[arg(long, value_name = "SEED", allow_negative_numbers = true)]
    pub(super) seed: Option<Seed>,
    /// Print one JSON document instead of text
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Clone, Args)]
pub(super) struct VerifyArgs {
    /// Folders of results: of runs, comparisons, or sensitivity analyses
    #[arg(value_name = "FOLDER", required = true)]
    pub(super) folders: Vec<PathBuf>,
    /// Also recompute each, from the scenarios in it or the results beside it, and compare every byte
    #[arg(long)]
    pub(super) recompute: bool,
    #[command(flatten)]
    pub(super) print: PrintArgs,
}

#[derive(Debug, Clone, Args)]
pub(super) struct BenchArgs {
    /// Scenario files
    #[arg(value_name = "SCENARIO.toml", required = true)]
    pub(super) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) layers: LayerArgs,
    /// Seed of all draws [default: that of the scenario]
    #[arg(long, value_name = "SEED", allow_negative_numbers = true)]
    pub(super) seed: Option<Seed>,
    /// Save the measurements under this name, in the folder .bench of --out
    #[arg(long, value_name = "NAME")]
    pub(super) save: Option<SavedName>,
    /// Compare with the measurements that were saved under this name
    #[arg(long, value_name = "NAME")]
    pub(super) against: Option<SavedName>,
    /// Folder of results
    #[arg(long, value_name = "DIR", default_value = "output")]
    pub(super) out: PathBuf,
    /// Measure for less time, and less exactly
    #[arg(long)]
    pub(super) quick: bool,
    /// Print one JSON document instead of text
    #[arg(long)]
    pub(super) json: bool,
}
