//! `simulate check`: validates, prints the register of assumptions, runs nothing.

use super::{load_and_report, refuse_twice_standard_input, request};
use crate::cli::app::Failure;
use crate::cli::args::CheckArgs;
use crate::cli::console;
use crate::diag::printable;
use crate::report::{json, register};
use crate::scenario::Files;

pub(in crate::cli) fn execute(args: &CheckArgs) -> Result<(), Failure> {
    refuse_twice_standard_input(&args.files)?;
    let files = Files::default();
    let mut failed = false;
    let mut documents = Vec::new();
    for file in &args.files {
        match load_and_report(&request(file, &args.layers, &[], &files)) {
            Ok(loaded) => {
                let plan = loaded.plan.ok_or(Failure::Input)?;
                if args.print.json {
                    documents.push(json::register(&plan));
                } else if !args.print.quiet {
                    let heading = format!("{}: {}\n\n", file.display(), plan.info.title);
                    console::print(&printable(heading.trim_end()));
                    console::print("\n\n");
                    console::print(&register::text(&plan.assumptions, console::screen().width));
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
    Ok(())
}
