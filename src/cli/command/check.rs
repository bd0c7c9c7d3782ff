//! `simulate check`: validates, prints the register of assumptions, runs nothing.

use crate::cli::app::Failure;
use crate::cli::args::CheckArgs;
use crate::cli::console;
use crate::cli::host::Terminal;
use crate::diag::printable;
use crate::plan::Plan;
use crate::report::{json, register};
use crate::study::Checked;
use serde_json::Value;
use std::path::Path;

pub(in crate::cli) fn execute(args: &CheckArgs) -> Result<(), Failure> {
    let mut documents = Vec::new();
    args.request().execute(&Terminal { quiet: args.print.quiet }, &mut |checked| {
        let Some(plan) = &checked.scenario.plan else { return };
        if args.strict || !args.print.quiet {
            print_without_source(plan, checked.without_source);
        }
        documents.push(args.print.document(|| document(plan, &checked)));
        if args.print.text() {
            print_register(checked.file, plan);
        }
    })?;
    if args.print.json {
        console::print_json(documents);
    }
    Ok(())
}

/// One warning for all numbers without a source.
fn print_without_source(plan: &Plan, count: usize) {
    let numbers = if count == 1 { "1 number has".to_owned() } else { format!("{count} numbers have") };
    if count > 0 {
        let name = printable(&plan.info.name);
        console::print_error(&format!("warning: {numbers} no source in `{name}`\n"));
    }
}

fn document(plan: &Plan, checked: &Checked<'_>) -> Value {
    let mut document = json::register(plan);
    document["warnings"] = json::warnings(&checked.scenario.diagnostics, &checked.scenario.sources).into();
    document
}

fn print_register(file: &Path, plan: &Plan) {
    let heading = format!("{}: {}", file.display(), plan.info.title);
    console::print(&printable(&heading));
    console::print("\n\n");
    console::print(&register::text(&plan.assumptions, console::screen().width));
}
