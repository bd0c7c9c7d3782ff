//! `simulate replay FILE --run N`: one run, month by month.

use crate::cli::app::Failure;
use crate::cli::args::ReplayArgs;
use crate::cli::console;
use crate::cli::host::Terminal;
use crate::report::{json, replay};

pub(in crate::cli) fn execute(args: &ReplayArgs) -> Result<(), Failure> {
    let (plan, run) = args.request().execute(&Terminal { quiet: args.json })?;
    if args.json {
        console::print_json(vec![json::replay(&plan, &run, &args.metric)]);
    } else {
        console::print(&replay::text(&plan.info, &run, &args.metric, console::screen()));
    }
    Ok(())
}
