//! The texts that diagnostics refer to: scenario files and command-line settings.

use std::ops::Range;

/// The index of a text in [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub usize);

/// A location: a range of bytes in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The text.
    pub file: FileId,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A location from a byte range.
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        Self { file, start: range.start, end: range.end }
    }

    /// The part of this location that starts at its byte `from` and is `len` bytes long, limited to the
    /// location.
    #[must_use]
    pub fn part(self, from: usize, len: usize) -> Self {
        let start = self.start.saturating_add(from).min(self.end);
        Self { file: self.file, start, end: start.saturating_add(len).min(self.end) }
    }
}

/// A text and its names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// The path as the user wrote it, or `--set`.
    pub name: String,
    /// The path under which results record it, which doesn't depend on how the path was written.
    pub recorded: String,
    /// The whole text.
    pub text: String,
}

/// All texts of one loaded scenario, by [`FileId`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// Adds a text and returns its id.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        let name = name.into();
        self.add_as(name.clone(), name, text)
    }

    /// Adds a text that results record under another name than messages use.
    pub fn add_as(
        &mut self,
        name: impl Into<String>,
        recorded: impl Into<String>,
        text: impl Into<String>,
    ) -> FileId {
        self.files.push(SourceFile { name: name.into(), recorded: recorded.into(), text: text.into() });
        FileId(self.files.len() - 1)
    }

    /// The text of an id.
    pub fn file(&self, FileId(index): FileId) -> &SourceFile {
        &self.files[index]
    }

    /// The text at a location; empty if the location is not on character boundaries.
    pub fn at(&self, span: Span) -> &str {
        self.file(span.file).text.get(span.start..span.end).unwrap_or("")
    }

    /// Line and column of a location's start, both from 1; the column counts characters.
    pub fn line_and_column(&self, span: Span) -> (usize, usize) {
        let text = &self.file(span.file).text;
        let before = text.get(..span.start).unwrap_or(text);
        let line = before.rsplit('\n').next().unwrap_or_default();
        (before.matches('\n').count() + 1, line.chars().count() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_from_one_in_characters() {
        let mut sources = Sources::default();
        let file = sources.add("a.toml", "é = 1\nbridge = 2\n");
        let span = Span::new(file, 7..13);
        assert_eq!(sources.at(span), "bridge");
        assert_eq!(sources.line_and_column(span), (2, 1));
        assert_eq!(sources.line_and_column(span.part(3, 2)), (2, 4));
        assert_eq!(sources.line_and_column(Span::new(file, 99..100)), (3, 1));
    }
}
