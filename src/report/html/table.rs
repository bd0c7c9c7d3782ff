//! A table that can be read without the script, and sorted and filtered with it.

use crate::diag::printable;

/// Rows under named columns. The first cell of a row names it.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    pub(super) caption: String,
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Row>,
    pub(super) note: String,
    pub(super) filter: Option<Filter>,
    pub(super) is_sortable: bool,
}

/// A column's heading and kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) title: String,
    pub(super) kind: Kind,
}

/// What a column holds, which decides its width and alignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Words,
    Number,
    Prose,
}

impl Kind {
    /// Whether its cells need a class in the stylesheet.
    pub(super) fn is_special(self) -> bool {
        self != Self::Words
    }

    /// Its class in the stylesheet.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Number => "number",
            Self::Prose => "prose",
        }
    }
}

/// The cells of a row, and the filter's mark that it has, if any.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub(super) cells: Vec<Cell>,
    pub(super) mark: &'static str,
}

/// The filter of a table: by words, and by marks with their labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Filter {
    pub(super) label: String,
    pub(super) marks: Vec<(&'static str, String)>,
}

/// One cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cell {
    pub(super) words: Vec<Piece>,
    /// A highlighted mark behind the words.
    pub(super) tag: Option<&'static str>,
    /// Smaller text below the words.
    pub(super) aside: Vec<Piece>,
    /// A patch of colour before the words, as CSS writes it.
    pub(super) colour: Option<String>,
    /// The number that it is sorted by; without it, its words.
    pub(super) key: Option<f64>,
}

/// A part of a cell's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Words(String),
    /// A link, which the page doesn't fetch. Only its host is shown, because addresses are long.
    Link {
        address: String,
        host: String,
    },
}

impl Table {
    /// A table without columns and rows.
    pub fn new(caption: &str) -> Self {
        let (columns, rows, note) = Default::default();
        Self { caption: printable(caption), columns, rows, note, filter: None, is_sortable: true }
    }

    /// Adds columns of a few words each.
    #[must_use]
    pub fn words(self, titles: &[&str]) -> Self {
        self.columns(titles, Kind::Words)
    }

    /// Adds columns of numbers, aligned to the right.
    #[must_use]
    pub fn numbers(self, titles: &[&str]) -> Self {
        self.columns(titles, Kind::Number)
    }

    /// Adds columns of whole sentences, which get most of the width.
    #[must_use]
    pub fn prose(self, titles: &[&str]) -> Self {
        self.columns(titles, Kind::Prose)
    }

    fn columns(mut self, titles: &[&str], kind: Kind) -> Self {
        self.columns.extend(titles.iter().map(|title| Column { title: printable(title), kind }));
        self
    }

    /// Sets the note below the table.
    #[must_use]
    pub fn noted(self, note: &str) -> Self {
        Self { note: printable(note), ..self }
    }

    /// Adds a filter by words, and by marks: each with the label of its checkbox.
    #[must_use]
    pub fn filtered(self, label: &str, marks: &[(&'static str, &str)]) -> Self {
        let marks = marks.iter().map(|&(mark, words)| (mark, printable(words))).collect();
        Self { filter: Some(Filter { label: printable(label), marks }), ..self }
    }

    /// Switches sorting off, because the order of the rows has a meaning.
    #[must_use]
    pub fn unsorted(self) -> Self {
        Self { is_sortable: false, ..self }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: Vec<Cell>) {
        self.marked_row("", cells);
    }

    /// Adds a row with one of the filter's marks.
    pub fn marked_row(&mut self, mark: &'static str, cells: Vec<Cell>) {
        self.rows.push(Row { cells, mark });
    }

    /// Whether it has no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl Cell {
    /// Words.
    pub fn words(text: &str) -> Self {
        Self { words: vec![Piece::Words(printable(text))], ..Self::default() }
    }

    /// Words in which web addresses become links.
    pub fn linked(text: &str) -> Self {
        Self { words: linked(text), ..Self::default() }
    }

    /// A number as it is shown, and the number itself to sort by.
    pub fn number(shown: &str, value: f64) -> Self {
        Self { key: value.is_finite().then_some(value), ..Self::words(shown) }
    }

    /// The same with a patch of colour before it, that of its line in the charts.
    #[must_use]
    pub fn coloured(self, css: &str) -> Self {
        Self { colour: Some(printable(css)), ..self }
    }

    /// The same with words below, in which addresses become links.
    #[must_use]
    pub fn with_aside(self, text: &str) -> Self {
        Self { aside: linked(text), ..self }
    }

    /// The same with a highlighted mark.
    #[must_use]
    pub fn tagged(self, tag: &'static str) -> Self {
        Self { tag: Some(tag), ..self }
    }
}

/// Splits a text into words and addresses. Only what begins with `https://` or `http://` is an address: links
/// with other schemes, such as `javascript:`, would be dangerous.
fn linked(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text.trim();
    while let Some(start) = ["https://", "http://"].iter().filter_map(|scheme| rest.find(scheme)).min() {
        let (before, from) = rest.split_at(start);
        let word = from.split(char::is_whitespace).next().unwrap_or_default();
        // The punctuation of the sentence isn't part of the address.
        let address = word.trim_end_matches([',', ';', '.', ':', ')', '"', '\'']);
        if !before.is_empty() {
            pieces.push(Piece::Words(printable(before)));
        }
        pieces.push(link(address));
        rest = from.strip_prefix(address).unwrap_or_default();
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(printable(rest)));
    }
    pieces
}

fn link(address: &str) -> Piece {
    let path = address.split_once("://").map_or(address, |(_, path)| path);
    let host = path.split(['/', '?', '#']).next().unwrap_or(path);
    let host = host.strip_prefix("www.").unwrap_or(host);
    Piece::Link { address: printable(address), host: printable(host) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_a_text_become_links_and_nothing_else_does() {
        let words = |text: &str| Piece::Words(text.to_owned());
        let link =
            |address: &str, host: &str| Piece::Link { address: address.to_owned(), host: host.to_owned() };
        assert_eq!(
            linked("NK News, 2025, https://www.a.example/b?c=1&d=2, and (http://e.example)."),
            [
                words("NK News, 2025, "),
                link("https://www.a.example/b?c=1&d=2", "a.example"),
                words(", and ("),
                link("http://e.example", "e.example"),
                words(").")
            ]
        );
        for text in ["javascript:alert(1)", "data:text/html,x", "judgement", "//a.example"] {
            assert_eq!(linked(text), [words(text)]);
        }
        assert_eq!(linked("https://"), [link("https://", "")]);
        assert_eq!(linked("  "), []);
    }

    #[test]
    fn nan_is_not_sorted_as_a_number() {
        assert_eq!(Cell::number("–", f64::NAN).key, None);
        assert_eq!(Cell::number("1,200", 1200.4).key, Some(1200.4));
    }
}
