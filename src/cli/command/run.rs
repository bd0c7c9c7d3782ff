//! `simulate FILE…`: runs scenarios.

use crate::cli::app::Failure;
use crate::cli::args::RunArgs;
use crate::cli::console;
use crate::cli::host::Terminal;
use crate::cli::written::{print_notes, with_pictures};
use crate::diag::printable;
use crate::kernel;
use crate::report::{json, precision, summary};
use crate::study::{Difference, Done, Run};
use crate::units::format::{count, number};
use serde_json::Value;

pub(in crate::cli) fn execute(args: &RunArgs) -> Result<(), Failure> {
    if let Some(most) = args.instructions {
        kernel::allow(most.into());
    }
    let request = args.request();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(args.threads.map_or(0, usize::from)).build()?;
    let documents = pool.install(|| run(args, &request))?;
    if args.print.json {
        console::print_json(documents);
    }
    Ok(())
}

/// Runs the scenarios and prints each when it is done; gives the documents that `--json` prints.
fn run(args: &RunArgs, request: &Run) -> Result<Vec<Value>, Failure> {
    let host = Terminal { quiet: args.print.quiet };
    let mut documents = Vec::new();
    let difference = request.execute(&host, &mut |done| {
        if !documents.is_empty() && args.print.text() {
            console::print("\n");
        }
        print(args, &done);
        documents.push(args.print.document(|| document(&done)));
    })?;
    match difference {
        Difference::Alone => {}
        Difference::NotCompared => print_why_not_compared(args),
        Difference::Compared(found) => {
            if args.print.text() {
                console::print("\n");
            }
            documents.push(super::compare::report(&args.print, &found));
        }
    }
    Ok(documents)
}

fn document(done: &Done<'_>) -> Value {
    let mut document = json::run(done.result, done.precision.as_ref(), done.written.folder.to_str());
    document["warnings"] = json::warnings(&done.scenario.diagnostics, &done.scenario.sources).into();
    document
}

/// Prints the summary, invalid runs, the files that were written and the run time. Invalid runs are printed
/// even with `--quiet`.
fn print(args: &RunArgs, done: &Done<'_>) {
    let screen = console::screen();
    let invalid = done.invalid.as_ref().map_or_else(String::new, |invalid| {
        let text = screen.wrap(&printable(&invalid.text));
        format!("{text}\nTo see it: {}\n", printable(&invalid.command))
    });
    if args.print.text() {
        console::print(&summary::text(done.result, screen));
        let drivers = done.drivers.as_ref();
        console::print(&drivers.map_or_else(String::new, |drivers| summary::drivers(drivers, screen)));
        console::print(&invalid);
        let cost = done.precision.as_ref();
        console::print(
            &cost.map_or_else(String::new, |reached| screen.wrap(&precision::text(reached)) + "\n"),
        );
        console::print(&with_pictures(&done.written, &["resolved.toml", "manifest.json"]));
        console::print(&if done.is_alone { speed(done) } else { String::new() });
    } else {
        console::print_error(&invalid);
    }
    print_notes(&done.written, args.print.text());
}

fn print_why_not_compared(args: &RunArgs) {
    if args.print.text() {
        console::print(&console::screen().wrap(
            "\nNot compared: seed, runs, sampling or first month of the scenarios differ, and without the \
             single runs of each (--draws main) they can't be compared. simulate compare gives all of them \
             the same settings.\n",
        ));
    }
}

/// The run time.
fn speed(done: &Done<'_>) -> String {
    let (runs, timing) = (done.result.info.runs, done.written.timing);
    let speed = format!(
        "{} run{} in {:.2} s on {} threads ({} runs/s); everything took {:.2} s",
        count(runs),
        if runs == 1 { "" } else { "s" },
        timing.runs_s,
        timing.threads,
        number(runs as f64 / timing.runs_s.max(1e-9)),
        timing.load_s + timing.runs_s + timing.output_s,
    );
    console::screen().wrap(&speed) + "\n"
}
