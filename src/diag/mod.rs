//! Messages about what a person wrote: what is wrong, where, and what would be right.
//!
//! A [`Diagnostic`] is plain data with places in [`Sources`]; [`render`] turns a pile of them into text with
//! the lines underlined. Collects, never stops, never prints. Everything foreign that is shown passes through
//! [`printable`] or [`message()`], so that a scenario can't send control sequences to a terminal.

mod foreign;
mod render;
mod source;
mod words;

pub use foreign::{cut, escaped_json, escaped_toml, message, printable};
pub use render::{Style, render};
pub use source::{FileId, Place, SourceFile, Sources};
pub use words::{list, nearest, suggestion, wrap};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing runs until it is put right.
    Error,
    /// It runs, but probably not as meant.
    Warning,
}

/// A place with words beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// What is to be seen there; may be empty.
    pub text: String,
}

/// One problem, with every place that has to do with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub message: String,
    /// The first label is the place of the problem, the others explain it.
    pub labels: Vec<Label>,
    /// What would be right.
    pub help: Option<String>,
    /// Whether it says that something is missing. Where a file could not be read, that is no news.
    pub is_gap: bool,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(place: Place, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, place, message.into())
    }

    /// A warning at a place.
    pub fn warning(place: Place, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, place, message.into())
    }

    fn new(severity: Severity, place: Place, message: String) -> Self {
        Self {
            severity,
            message,
            labels: vec![Label { place, text: String::new() }],
            help: None,
            is_gap: false,
        }
    }

    /// Marks it as one that says that something is missing.
    #[must_use]
    pub fn gap(self) -> Self {
        Self { is_gap: true, ..self }
    }

    /// Says what is to be seen at the place of the problem.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        if let Some(first) = self.labels.first_mut() {
            first.text = text.into();
        }
        self
    }

    /// Points at another place that explains the problem.
    #[must_use]
    pub fn see(mut self, place: Place, text: impl Into<String>) -> Self {
        self.labels.push(Label { place, text: text.into() });
        self
    }

    /// Says what would be right.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Suggests the nearest of some known names, if one is near; else lists them.
    #[must_use]
    pub fn suggest<'a>(self, given: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match suggestion(given, known) {
            Some(help) => self.help(help),
            None => self,
        }
    }
}

/// How many of them are warnings.
pub fn warnings(diagnostics: &[Diagnostic]) -> usize {
    diagnostics.iter().filter(|d| d.severity == Severity::Warning).count()
}

/// Whether any of them is an error.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|d| d.severity == Severity::Error)
}
