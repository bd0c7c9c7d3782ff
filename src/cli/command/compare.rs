//! `simulate compare`: the differences between scenarios.

use crate::cli::app::Failure;
use crate::cli::args::{CompareArgs, PrintArgs};
use crate::cli::console;
use crate::cli::host::Terminal;
use crate::cli::written::{print_notes, with_pictures};
use crate::diag::printable;
use crate::report::comparison::{json, mixed, parts, text};
use crate::report::precision;
use crate::results::Precision;
use crate::study::Compared;
use crate::units::format::count;
use serde_json::Value;

pub(in crate::cli) fn execute(args: &CompareArgs) -> Result<(), Failure> {
    let request = args.request();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(args.threads.map_or(0, usize::from)).build()?;
    let document = pool.install(|| {
        let found = request.execute(&Terminal { quiet: args.print.quiet })?;
        Ok::<_, Failure>(report(&args.print, &found))
    })?;
    if args.print.json {
        console::print_json(vec![document]);
    }
    Ok(())
}

/// Prints the text; gives the document that `--json` prints.
pub(super) fn report(print: &PrintArgs, found: &Compared) -> Value {
    print_notes(&found.written, print.text());
    if print.text() {
        print_tables(found);
        console::print(&closing(found));
    }
    let parts = found.parts.as_ref().map(|(parts, names)| (parts, names.as_slice()));
    let mixed = found.mixed.as_ref().map(|(weights, mixed)| (weights.as_slice(), mixed.as_slice()));
    print.document(|| {
        let mut document = json::document(&found.comparison, parts, mixed, found.written.folder.to_str());
        document["warnings"] = found.warnings.clone().into();
        document
    })
}

fn print_tables(found: &Compared) {
    let screen = console::screen();
    console::print(&text::text(&found.comparison, screen));
    if let Some((parts, names)) = &found.parts {
        let base = printable(&found.comparison.scenarios[0].info.name);
        console::print(&("\n".to_owned() + &parts::text(parts, &base, names, screen)));
    }
    if let Some((weights, mixed)) = &found.mixed {
        console::print(&("\n".to_owned() + &mixed::text(&found.comparison, weights, mixed, screen)));
    }
    if let Some(precision) = &found.precision {
        console::print(&(screen.wrap(&precision::text(&of_differences(precision))) + "\n"));
    }
    console::print("\n");
}

fn of_differences(precision: &Precision) -> Precision {
    Precision { metric: format!("the differences in {}", precision.metric), ..precision.clone() }
}

/// The files that were written, and the run time.
fn closing(found: &Compared) -> String {
    let others = if found.has_scenarios { &["scenarios/", "manifest.json"][..] } else { &["manifest.json"] };
    let (scenarios, runs) = (found.all().scenarios.len(), found.comparison.scenarios[0].info.runs);
    let timing = found.written.timing;
    let speed = format!(
        "{scenarios} scenarios of {} run{} in {:.2} s on {} threads; everything took {:.2} s",
        count(runs),
        if runs == 1 { "" } else { "s" },
        timing.runs_s,
        timing.threads,
        timing.load_s + timing.runs_s + timing.output_s,
    );
    format!("{}{}\n", with_pictures(&found.written, others), console::screen().wrap(&speed))
}
