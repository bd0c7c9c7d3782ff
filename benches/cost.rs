//! The cost model: the time of a product, a route, a normal and a tracked figure in a month of a run,
//! measured on synthetic scenarios on one thread; and how well it predicts the time of the shipped ones.
//! `cargo bench --bench cost` prints the table of `src/guide/speed.md`, `cargo bench --bench cost -- --write`
//! writes it into that page.

mod support;

use corridor::plan::Plan;
use corridor::run::{Silent, run};
use corridor::sample::Process;
use corridor::yardstick::bound::draws;
use corridor::yardstick::made::Size;
use corridor::yardstick::stages::draws_and_model;
use std::fmt::Write as _;
use std::hint::black_box;
use support::{made, one_thread, shipped};

const RUNS: u64 = 1024;
const ROUNDS: usize = 5;
const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/speed.md");
const MARKS: [&str; 2] = ["<!-- cost: begin -->\n", "<!-- cost: end -->\n"];

/// Nanoseconds for each run and month, including the previous stages.
#[derive(Clone, Copy)]
struct Stages {
    draws: f64,
    model: f64,
    all: f64,
}

/// The parts of the cost model, in nanoseconds for a month of a run.
struct Costs {
    fixed: f64,
    product: f64,
    route: f64,
    normal: f64,
    figure: f64,
}

fn main() {
    let costs = measure();
    let table = table(&costs);
    anstream::print!("{table}");
    if std::env::args_os().any(|argument| argument == "--write") {
        write(&table);
    }
}

fn measure() -> Costs {
    let size = |products, routes, noises| {
        let plan = made(Size { products, routes, noises, runs: RUNS, months: 72 });
        (stages(&plan), figures_a_month(&plan))
    };
    let ((small, few), (large, many)) = (size(10, 4, 0), size(60, 4, 0));
    let ((routes, _), (noisy, _)) = (size(10, 12, 0), size(60, 4, 60));
    let of_model = |stages: Stages| stages.model - stages.draws;
    let product = (of_model(large) - of_model(small)) / 50.0;
    let route = (of_model(routes) - of_model(small)) / 8.0;
    Costs {
        product,
        route,
        normal: (noisy.draws - large.draws) / 60.0,
        figure: ((large.all - large.model) - (small.all - small.model)) / (many - few),
        fixed: (of_model(small) - 10.0 * product - 4.0 * route).max(0.0),
    }
}

/// The shortest of several times, because disturbances only make a time longer.
#[expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
fn nanoseconds<T>(plan: &Plan, work: impl Fn() -> T) -> f64 {
    let time = |_| {
        let clock = std::time::Instant::now();
        black_box(work());
        clock.elapsed().as_secs_f64() * 1e9
    };
    (0..ROUNDS).map(time).fold(f64::INFINITY, f64::min) / (RUNS as f64 * plan.info.horizon.months as f64)
}

fn stages(plan: &Plan) -> Stages {
    one_thread().install(|| Stages {
        draws: nanoseconds(plan, || draws(plan, RUNS)),
        model: nanoseconds(plan, || draws_and_model(plan, RUNS)),
        all: nanoseconds(plan, || run(plan, &Silent)),
    })
}

/// The number of tracked figures, monthly and yearly, per month.
fn figures_a_month(plan: &Plan) -> f64 {
    let horizon = plan.info.horizon;
    let metrics = plan.metrics().list().len();
    metrics as f64 * (horizon.months + horizon.years().len()) as f64 / horizon.months as f64
}

fn normals(plan: &Plan) -> f64 {
    let is_normal = |process: &Process| matches!(process, Process::Noise(_) | Process::Wander(_));
    plan.series.iter().filter(|series| is_normal(&series.process)).count() as f64
}

impl Costs {
    /// Nanoseconds of a month of a run.
    fn of(&self, plan: &Plan) -> f64 {
        let (products, routes) = (plan.corridor.products.len() as f64, plan.corridor.routes.len() as f64);
        self.fixed
            + products * self.product
            + routes * self.route
            + normals(plan) * self.normal
            + figures_a_month(plan) * self.figure
    }
}

fn table(costs: &Costs) -> String {
    let mut table = "| in a month of a run | ns |\n|---|---|\n".to_owned();
    for (what, ns) in [
        ("a product: demand, price, its share of capacity and money, its figures", costs.product),
        ("a route: capacity, freight, its order among the others, its figures", costs.route),
        ("a normal: the draw of a noise or a path, and its step", costs.normal),
        ("a tracked figure: its moments and its histogram", costs.figure),
        ("everything else in these scenarios", costs.fixed),
    ] {
        let _ = writeln!(table, "| {what} | {ns:.2} |");
    }
    table.push_str(
        "\n| scenario | products | routes | normals | figures | predicted, ns | measured, ns \
         |\n|---|---|---|---|---|---|---|\n",
    );
    for name in ["baseline", "bridge", "combined"] {
        let plan = shipped(name, RUNS);
        let _ = writeln!(
            table,
            "| `{name}` | {} | {} | {} | {:.0} | {:.0} | {:.0} |",
            plan.corridor.products.len(),
            plan.corridor.routes.len(),
            normals(&plan),
            figures_a_month(&plan),
            costs.of(&plan),
            stages(&plan).all,
        );
    }
    table
}

#[expect(clippy::disallowed_methods, reason = "this is how the page is refreshed")]
fn write(table: &str) {
    let page = std::fs::read_to_string(PAGE).expect("the guide has the page");
    let [before, rest] = page.split_once(MARKS[0]).map(<[&str; 2]>::from).expect("the page marks the table");
    let (_, after) = rest.split_once(MARKS[1]).expect("the page marks the end of the table");
    let page = format!("{before}{}{table}{}{after}", MARKS[0], MARKS[1]);
    std::fs::write(PAGE, page).expect("the page can be written");
}
