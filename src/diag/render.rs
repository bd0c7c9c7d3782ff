//! Diagnostics as text, rendered in the style of the Rust compiler.

use super::foreign::characters;
use super::{Diagnostic, FileId, Label, Severity, Sources, message, wrap};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

/// The format of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether to use terminal colours.
    pub colour: bool,
    /// The maximum number of columns.
    pub width: usize,
}

/// The maximum number of problems shown; the rest are only counted, because a broken file can cause
/// thousands.
const MOST_SHOWN: usize = 40;

/// All problems in the order of files and locations, each with its lines underlined, followed by a count.
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, style: Style) -> String {
    let renderer = if style.colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(style.width);
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort_by_key(|d| (d.labels.first().map(|label| label.span), d.severity));
    let mut text = String::new();
    for diagnostic in sorted.iter().take(MOST_SHOWN) {
        text.push_str(&render_one(diagnostic, sources, &renderer, style.width));
        text.push_str("\n\n");
    }
    text.push_str(&tally(diagnostics));
    text
}

fn render_one(diagnostic: &Diagnostic, sources: &Sources, renderer: &Renderer, width: usize) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    // The renderer cuts source lines to the width but doesn't wrap messages, which the terminal would break
    // within words.
    let words = |text: &str, before: &str| wrap(&message(text), width.saturating_sub(before.len()));
    let title = words(&diagnostic.message, "warning: ");
    let mut group = level.primary_title(title).elements(snippets(diagnostic, sources));
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(words(help, "9999 = help: ")));
    }
    let report: [Group<'_>; 1] = [group];
    renderer.render(&report)
}

/// One snippet for each file that has a label, starting with the file of the problem.
fn snippets<'a>(
    diagnostic: &'a Diagnostic,
    sources: &'a Sources,
) -> Vec<Snippet<'a, annotate_snippets::Annotation<'a>>> {
    let mut files: Vec<FileId> = Vec::new();
    for label in &diagnostic.labels {
        if !files.contains(&label.span.file) {
            files.push(label.span.file);
        }
    }
    files.into_iter().map(|file| snippet(file, diagnostic, sources)).collect()
}

fn snippet<'a>(
    file: FileId,
    diagnostic: &'a Diagnostic,
    sources: &'a Sources,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let source = sources.file(file);
    let mut snippet = Snippet::source(same_length(&source.text)).path(message(&source.name));
    for (index, label) in diagnostic.labels.iter().enumerate().filter(|(_, l)| l.span.file == file) {
        let kind = if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        let mut annotation = kind.span(span_within(label, &source.text));
        if !label.text.is_empty() {
            annotation = annotation.label(message(&label.text));
        }
        snippet = snippet.annotation(annotation);
    }
    snippet
}

/// The maximum number of bytes that are underlined: for a longer span, its start is enough.
const MOST_UNDERLINED: usize = 60;

/// The label's bytes, moved to character boundaries inside the text, as the renderer requires, and cut to fit
/// on a line.
fn span_within(label: &Label, text: &str) -> std::ops::Range<usize> {
    let start = text.floor_char_boundary(label.span.start.min(text.len()));
    let end = label.span.end.min(start.saturating_add(MOST_UNDERLINED));
    start..text.ceil_char_boundary(end.clamp(start, text.len()))
}

/// The source with hidden characters replaced by question marks, so that every other byte keeps its offset.
fn same_length(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for (c, is_hidden) in characters(text) {
        if is_hidden && !matches!(c, '\n' | '\r' | '\t') {
            safe.extend(std::iter::repeat_n('?', c.len_utf8()));
        } else {
            safe.push(c);
        }
    }
    safe
}

fn tally(diagnostics: &[Diagnostic]) -> String {
    let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
    let warnings = diagnostics.len() - errors;
    let plural = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    let mut parts = Vec::new();
    if errors > 0 {
        parts.push(plural(errors, "error"));
    }
    if warnings > 0 {
        parts.push(plural(warnings, "warning"));
    }
    let hidden = diagnostics.len().saturating_sub(MOST_SHOWN);
    let more = if hidden > 0 { format!(" ({hidden} not shown)") } else { String::new() };
    format!("{}{more}\n", parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Span;

    const PLAIN: Style = Style { colour: false, width: 100 };

    #[test]
    fn a_message_shows_the_file_the_line_and_the_span() {
        let mut sources = Sources::default();
        let file = sources.add("bridge.toml", "[routes.road]\ncapcity = \"1 kt/month\"\n");
        let problem =
            Diagnostic::error(Span::new(file, 14..21), "unknown key `capcity`").label("not known here");
        let text = render(&[problem.suggest("capcity", ["capacity"])], &sources, PLAIN);
        assert_eq!(
            text,
            "error: unknown key `capcity`\n \
             --> bridge.toml:2:1\n  |\n\
             2 | capcity = \"1 kt/month\"\n  \
               | ^^^^^^^ not known here\n  |\n  \
               = help: did you mean `capacity`?\n\n1 error\n"
        );
    }

    #[test]
    fn hostile_text_and_hostile_spans_are_rendered_safely() {
        let mut sources = Sources::default();
        let file = sources.add("e\u{1b}[2J.toml", "t = \"\u{1b}[31m é \u{202e}\"\n");
        for range in [0..0, 3..500, 7..8, 10..11, 400..500, 0..18] {
            let problem = Diagnostic::error(Span::new(file, range), "odd \u{1b}[2J").label("here\u{7}");
            let text = render(&[problem], &sources, PLAIN);
            assert!(!text.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{text:?}");
        }
    }
}
