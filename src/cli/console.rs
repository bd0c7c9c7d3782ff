//! The only module that prints.

use crate::diag;
use crate::report::summary::Screen;
use console::Term;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal as _, Write as _};
use std::sync::OnceLock;

/// Narrower tables are unreadable, and wider lines hard to follow.
const WIDTHS: std::ops::RangeInclusive<usize> = 60..=120;
/// Width where there is no terminal.
const PLAIN_WIDTH: usize = 100;

/// The first failure to write to standard output; after it nothing more is written.
static FAILED: OnceLock<io::Error> = OnceLock::new();

/// Writes to standard output: everything that goes there passes through here. A failure is reported once, at
/// the end ([`finish`]): the results are complete by then, even if the text about them could not be written.
pub(super) fn print(text: &str) {
    if FAILED.get().is_none() {
        remember(anstream::stdout().write_all(text.as_bytes()));
    }
}

/// The failure to write to standard output, if any. A reader that has closed the pipe (`| head`) doesn't
/// count.
pub(super) fn finish() -> Option<&'static io::Error> {
    remember(io::stdout().flush());
    FAILED.get().filter(|error| error.kind() != io::ErrorKind::BrokenPipe)
}

fn remember(written: io::Result<()>) {
    if let Err(error) = written {
        // Of several failures the first one is the cause.
        let _ = FAILED.set(error);
    }
}

/// Writes one JSON document: the only one, or a list of all.
pub(super) fn print_json(mut documents: Vec<serde_json::Value>) {
    let document =
        if documents.len() == 1 { documents.remove(0) } else { serde_json::Value::Array(documents) };
    print(&diag::escaped_json(&format!("{document:#}\n")));
}

/// Writes to standard error. A failure to do so can't be reported anywhere.
pub(super) fn print_error(text: &str) {
    let _ = anstream::stderr().write_all(text.as_bytes());
}

/// Prints an error that isn't about a location in a scenario file.
pub(super) fn error(message: &str) {
    print_error(&format!("error: {}\n", diag::message(message)));
}

/// Prints an error, and what was probably meant.
pub(super) fn error_with_guess(message: &str, meant: Option<&str>) {
    error(message);
    if let Some(meant) = meant {
        print_error(&format!("  did you mean {}?\n", diag::message(meant)));
    }
}

/// Width and colours of standard output.
pub(super) fn screen() -> Screen {
    Screen { width: width(&Term::stdout()), colour: true }
}

/// Width and colours of diagnostics, which go to standard error. Colours are removed by [`print_error`] where
/// standard error isn't a terminal.
pub(super) fn diagnostic_style() -> diag::Style {
    diag::Style { colour: true, width: width(&Term::stderr()).max(80) }
}

/// The width that `COLUMNS` states, else that of the terminal, else [`PLAIN_WIDTH`]; within [`WIDTHS`].
fn width(terminal: &Term) -> usize {
    let known = || terminal.is_term().then(|| terminal.size_checked()).flatten();
    let width = asked_width().or_else(|| known().map(|(_, columns)| usize::from(columns)));
    width.unwrap_or(PLAIN_WIDTH).clamp(*WIDTHS.start(), *WIDTHS.end())
}

#[expect(clippy::disallowed_methods, reason = "the console is the module that reads the environment")]
fn asked_width() -> Option<usize> {
    std::env::var("COLUMNS").ok()?.parse().ok()
}

/// A spinner on a terminal while something takes time; nothing in a pipe.
pub(super) fn waiting(what: &str) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let spinner = ProgressBar::new_spinner().with_message(diag::printable(what));
    spinner.enable_steady_tick(std::time::Duration::from_millis(100));
    spinner
}

/// A progress bar on a terminal; nothing in a pipe.
pub(super) fn progress(runs: u64, title: &str) -> ProgressBar {
    let target =
        if io::stderr().is_terminal() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(Some(runs), target);
    let template = "{msg} {wide_bar} {human_pos} of {human_len} futures, {eta} left";
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.set_style(style.progress_chars("━━─"));
    // The title is cut, because its width is taken from the bar.
    bar.set_message(diag::printable(title).chars().take(32).collect::<String>());
    bar
}
