//! What an explanation leaves in a folder: a table and pictures.

use crate::cli::app::Failure;
use crate::cli::args::SensitivityArgs;
use crate::cli::work::{Clock, draw};
use crate::cli::{console, interrupt};
use crate::diag::printable;
use crate::report::charts::driver_pictures;
use crate::report::drivers::{Drivers, drivers_csv};
use crate::results::store::{DRIVERS, Kind, Staging};
use crate::results::{FileHash, Health, Manifest, Timing};
use crate::rng::STREAM_VERSION;
use crate::run::Plan;

/// Writes `<scenario>-drivers/` and says so; nothing where no pictures are wanted.
pub(super) fn put_out(
    args: &SensitivityArgs,
    (plan, inputs): (&Plan, Vec<FileHash>),
    found: &Drivers,
    runs_s: f64,
) -> Result<(), Failure> {
    if args.no_plots {
        return Ok(());
    }
    let clock = Clock::start();
    let name = format!("{}-drivers", plan.info.name);
    interrupt::stop_in_order();
    let mut staging = Staging::open(&args.out, &name, Kind::Drivers)?;
    staging.write(DRIVERS, &drivers_csv(found))?;
    let pictures = draw(&driver_pictures(&plan.info, found), &args.format)?;
    for (path, bytes) in &pictures {
        staging.write(path, bytes)?;
    }
    let timing =
        Timing { load_s: 0.0, runs_s, output_s: clock.seconds(), threads: rayon::current_num_threads() };
    let folder = staging.commit(manifest((plan, inputs), name, timing))?;
    if !args.json {
        let count = match pictures.len() {
            0 => String::new(),
            count => format!(", {count} pictures in plots/"),
        };
        let folder = printable(&folder.display().to_string());
        let text = format!("Written to {folder}/: {DRIVERS}, manifest.json{count}");
        console::print(&format!("\n{}\n", console::screen().wrap(&text)));
    }
    Ok(())
}

fn manifest((plan, inputs): (&Plan, Vec<FileHash>), name: String, timing: Timing) -> Manifest {
    let info = &plan.info;
    Manifest {
        program: "corridor".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        stream_version: STREAM_VERSION,
        scenario: name,
        title: format!("What drives {}", info.title),
        start: info.horizon.start.to_string(),
        end: info.horizon.month(info.horizon.months - 1).to_string(),
        seed: info.seed,
        runs: info.runs,
        precision: None,
        health: Health::default(),
        draws: Vec::new(),
        targets: Vec::new(),
        inputs,
        files: Vec::new(),
        timing,
    }
}
