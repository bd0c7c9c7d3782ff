//! `simulate sensitivity FILE`: what drives a figure.

use crate::cli::app::Failure;
use crate::cli::args::SensitivityArgs;
use crate::cli::console;
use crate::cli::host::Terminal;
use crate::cli::written::{print_notes, without_page};
use crate::report::drivers;

pub(in crate::cli) fn execute(args: &SensitivityArgs) -> Result<(), Failure> {
    let found = args.request().execute(&Terminal { quiet: args.json })?;
    if args.json {
        let mut document = drivers::json(&found.plan, &found.drivers);
        document["warnings"] = found.warnings.into();
        console::print_json(vec![document]);
    } else {
        console::print(&drivers::text(&found.plan, &found.drivers, console::screen()));
    }
    if let Some(written) = &found.written {
        print_notes(written, !args.json);
        if !args.json {
            console::print(&format!("\n{}", without_page(written, &["manifest.json"])));
        }
    }
    Ok(())
}
