//! What an explanation leaves in a folder: a table and pictures.

use crate::attribution::Drivers;
use crate::cli::app::Failure;
use crate::cli::args::SensitivityArgs;
use crate::cli::work::{Clock, draw};
use crate::cli::{console, interrupt, place};
use crate::diag::printable;
use crate::plan::Plan;
use crate::report::charts::driver_pictures;
use crate::report::drivers::drivers_csv;
use crate::results::store::{DRIVERS, Kind, MANIFEST, PLOTS, Staging, TIMINGS};
use crate::results::{FileHash, Health, MANIFEST_FORMAT, Manifest, Timing};
use crate::rng::STREAM_VERSION;

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
    let folder = format!("{}-drivers", args.out.name(&plan.info.name, &args.file, &args.layers));
    interrupt::stop_in_order();
    let mut staging = Staging::open(args.out.folder(), &folder, Kind::Drivers)?;
    staging.reserve(&[DRIVERS, PLOTS, MANIFEST, TIMINGS])?;
    staging.write(DRIVERS, &drivers_csv(found))?;
    let title = (plan.info.title.clone(), plan.info.name.clone());
    let pictures = draw(&driver_pictures(&plan.info, found), &args.format, &[title])?;
    for (path, bytes) in &pictures {
        staging.write(path, bytes)?;
    }
    let timing =
        Timing { load_s: 0.0, runs_s, output_s: clock.seconds(), threads: rayon::current_num_threads() };
    if interrupt::requested() {
        return Err(Failure::Stopped);
    }
    let committed = staging.commit(manifest((plan, inputs), name), &timing)?;
    place::say_notes(&committed, !args.json);
    let folder = committed.folder;
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

fn manifest((plan, inputs): (&Plan, Vec<FileHash>), name: String) -> Manifest {
    let info = &plan.info;
    Manifest {
        program: "corridor".to_owned(),
        format: MANIFEST_FORMAT,
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
    }
}
