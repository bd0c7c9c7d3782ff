//! `simulate check`: validates, prints the register of assumptions, runs nothing.

use super::{load_and_report, refuse_twice_standard_input, request};
use crate::cli::app::Failure;
use crate::cli::args::CheckArgs;
use crate::cli::console;
use crate::diag::{printable, warnings};
use crate::plan::Plan;
use crate::report::{json, register};
use crate::scenario::{Files, Loaded};
use serde_json::Value;
use std::path::Path;

pub(in crate::cli) fn execute(args: &CheckArgs) -> Result<(), Failure> {
    refuse_twice_standard_input(&args.files)?;
    let files = Files::default();
    let (mut failed, mut doubted) = (false, false);
    let mut documents = Vec::new();
    for file in &args.files {
        match load_and_report(&request(file, &args.layers, &[], &files)) {
            Ok(loaded) => {
                let plan = loaded.plan.as_ref().ok_or(Failure::Input)?;
                let is_said = args.strict || !args.print.quiet;
                doubted |= (is_said && say_without_source(plan)) | (warnings(&loaded.diagnostics) > 0);
                documents.push(args.print.document(|| document(plan, &loaded)));
                if args.print.text() {
                    print_register(file, plan);
                }
            }
            Err(Failure::Input) => failed = true,
            Err(other) => return Err(other),
        }
    }
    if failed {
        return Err(Failure::Input);
    }
    if args.print.json {
        console::print_json(documents);
    }
    if args.strict && doubted {
        console::error("with --strict a warning is an error");
        return Err(Failure::Input);
    }
    Ok(())
}

/// One warning for all numbers without a source, however many they are; gives whether there are any.
fn say_without_source(plan: &Plan) -> bool {
    let count = register::without_source(&plan.assumptions);
    let numbers = if count == 1 { "1 number has".to_owned() } else { format!("{count} numbers have") };
    if count > 0 {
        let name = printable(&plan.info.name);
        console::print_error(&format!("warning: {numbers} no source in `{name}`\n"));
    }
    count > 0
}

fn document(plan: &Plan, loaded: &Loaded) -> Value {
    let mut document = json::register(plan);
    document["warnings"] = json::warnings(&loaded.diagnostics, &loaded.sources).into();
    document
}

fn print_register(file: &Path, plan: &Plan) {
    let heading = format!("{}: {}", file.display(), plan.info.title);
    console::print(&printable(&heading));
    console::print("\n\n");
    console::print(&register::text(&plan.assumptions, console::screen().width));
}
