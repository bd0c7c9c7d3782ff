//! Text about the files that a study has written.

use super::console;
use crate::diag::printable;
use crate::results::store::{Note, REPORT};
use crate::study::Written;

/// The folder, its tables, these other files, and the pictures with the page that shows them.
pub(super) fn with_pictures(written: &Written, others: &[&str]) -> String {
    let pictures = match written.pictures {
        0 => String::new(),
        count => format!(", {count} pictures in plots/; {REPORT} shows it all"),
    };
    listed(written, others, &pictures)
}

/// The same without a page.
pub(super) fn without_page(written: &Written, others: &[&str]) -> String {
    let pictures = match written.pictures {
        0 => String::new(),
        count => format!(", {count} pictures in plots/"),
    };
    listed(written, others, &pictures)
}

fn listed(written: &Written, others: &[&str], pictures: &str) -> String {
    let folder = printable(&written.folder.display().to_string());
    let tables = written.tables.iter().map(String::as_str);
    let files: Vec<&str> = tables.chain(others.iter().copied()).collect();
    console::screen().wrap(&format!("Written to {folder}/: {}{pictures}", files.join(", "))) + "\n"
}

/// Prints notes on files that were in the folder already: always if files of an earlier result were kept,
/// others only with text.
pub(super) fn print_notes(written: &Written, is_text: bool) {
    let folder = written.folder.display();
    for note in &written.notes {
        if is_text || matches!(note, Note::Kept { .. }) {
            console::print_error(&format!("{}\n", printable(&format!("note: in {folder}: {note}"))));
        }
    }
}
