//! Diagnostics: problems in what a person wrote, with their location and a correction.
//!
//! A [`Diagnostic`] is plain data with locations in [`Sources`]; [`render`] turns a list of them into text
//! with the lines underlined. This module neither prints nor stops the program. All untrusted text that is
//! shown passes through [`printable`] or [`message()`], so that a scenario can't send control sequences to a
//! terminal.

mod foreign;
mod render;
mod source;
mod words;

pub use foreign::{cut, escaped_json, escaped_toml, message, printable};
pub use render::{Style, render};
pub use source::{FileId, SourceFile, Sources, Span};
pub use words::{list, nearest, suggestion, wrap};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The scenario can't be run until it is corrected.
    Error,
    /// The scenario can be run, but is probably not as intended.
    Warning,
}

/// A location with a text beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The location that is underlined.
    pub span: Span,
    /// The text beside it; may be empty.
    pub text: String,
}

/// One problem, with every location that it concerns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Whether it prevents running.
    pub severity: Severity,
    /// The problem, in one line.
    pub message: String,
    /// The first label is at the problem, the others explain it.
    pub labels: Vec<Label>,
    /// How to correct it.
    pub help: Option<String>,
    /// Whether it reports that something is missing. Such reports are dropped if a file could not be read.
    pub is_gap: bool,
}

impl Diagnostic {
    /// An error at a location.
    pub fn error(span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, span, message.into())
    }

    /// A warning at a location.
    pub fn warning(span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, span, message.into())
    }

    fn new(severity: Severity, span: Span, message: String) -> Self {
        Self {
            severity,
            message,
            labels: vec![Label { span, text: String::new() }],
            help: None,
            is_gap: false,
        }
    }

    /// Marks it as a report that something is missing.
    #[must_use]
    pub fn gap(self) -> Self {
        Self { is_gap: true, ..self }
    }

    /// Sets the text beside the location of the problem.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        if let Some(first) = self.labels.first_mut() {
            first.text = text.into();
        }
        self
    }

    /// Adds another location that explains the problem.
    #[must_use]
    pub fn see(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Sets how to correct the problem.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Suggests the nearest of the known names; if none is near, lists them.
    #[must_use]
    pub fn suggest<'a>(self, given: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match suggestion(given, known) {
            Some(help) => self.help(help),
            None => self,
        }
    }
}

/// The number of warnings among them.
pub fn warnings(diagnostics: &[Diagnostic]) -> usize {
    diagnostics.iter().filter(|d| d.severity == Severity::Warning).count()
}

/// Whether any of them is an error.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|d| d.severity == Severity::Error)
}
