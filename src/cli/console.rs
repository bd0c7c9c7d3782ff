//! The only place that prints.

use crate::diag;
use crate::report::summary::Screen;
use console::Term;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal as _, Write as _};
use std::sync::OnceLock;

/// Text narrower than this is unreadable as a table; wider than this, the eye loses the line.
const WIDTHS: std::ops::RangeInclusive<usize> = 60..=120;
/// Width where there is no terminal to ask.
const PLAIN_WIDTH: usize = 100;

/// The first failure to write to standard output; after it nothing more is written.
static FAILED: OnceLock<io::Error> = OnceLock::new();

/// Writes to standard output: all that goes there passes through here. Whether it could be written is asked once, at the end
/// ([`finish`]): results are complete by then, whatever has become of what is said about them.
pub(super) fn print(text: &str) {
    if FAILED.get().is_none() {
        remember(anstream::stdout().write_all(text.as_bytes()));
    }
}

/// Why not all of standard output could be written. A reader that has gone away (`| head`) is no failure.
pub(super) fn finish() -> Option<&'static io::Error> {
    remember(io::stdout().flush());
    FAILED.get().filter(|error| error.kind() != io::ErrorKind::BrokenPipe)
}

fn remember(written: io::Result<()>) {
    if let Err(error) = written {
        // Of several failures the first one says why.
        let _ = FAILED.set(error);
    }
}

/// Writes one JSON document: the only one there is, or all of them in a list.
pub(super) fn print_json(mut documents: Vec<serde_json::Value>) {
    let document =
        if documents.len() == 1 { documents.remove(0) } else { serde_json::Value::Array(documents) };
    print(&diag::escaped_json(&format!("{document:#}\n")));
}

/// Writes to standard error. That it can't be written has nowhere to be said.
pub(super) fn print_error(text: &str) {
    let _ = anstream::stderr().write_all(text.as_bytes());
}

/// Says on standard error what is wrong, outside of scenario files.
pub(super) fn error(message: &str) {
    print_error(&format!("error: {}\n", diag::message(message)));
}

/// Says what is wrong, and what may have been meant.
pub(super) fn error_with_guess(message: &str, meant: Option<&str>) {
    error(message);
    if let Some(meant) = meant {
        print_error(&format!("  did you mean {}?\n", diag::message(meant)));
    }
}

/// How standard output is to look.
pub(super) fn screen() -> Screen {
    Screen { width: width(&Term::stdout()), colour: true }
}

/// How diagnostics, which go to standard error, are to look. Colours are taken out by [`print_error`] where they
/// aren't wanted.
pub(super) fn diagnostic_style() -> diag::Style {
    diag::Style { colour: true, width: width(&Term::stderr()).max(80) }
}

/// The width of a terminal, in bounds, or what `COLUMNS` says, which goes first; where there is neither, a width that reads well.
fn width(terminal: &Term) -> usize {
    let known = || terminal.is_term().then(|| terminal.size_checked()).flatten();
    let width = asked_width().or_else(|| known().map(|(_, columns)| usize::from(columns)));
    width.unwrap_or(PLAIN_WIDTH).clamp(*WIDTHS.start(), *WIDTHS.end())
}

#[expect(clippy::disallowed_methods, reason = "the console is where the surroundings are looked at")]
fn asked_width() -> Option<usize> {
    std::env::var("COLUMNS").ok()?.parse().ok()
}

/// Says on a terminal that something takes a while; nothing in a pipe.
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
    // What the title takes is lost to the bar.
    bar.set_message(diag::printable(title).chars().take(32).collect::<String>());
    bar
}
