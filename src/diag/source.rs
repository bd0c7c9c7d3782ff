//! The texts that messages point into: scenario files and command-line settings.

use std::ops::Range;

/// Which text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub usize);

/// A range of bytes in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The text.
    pub file: FileId,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Place {
    /// A place from a byte range.
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        Self { file, start: range.start, end: range.end }
    }

    /// The part of this place that starts `from` bytes in and is `len` bytes long, kept inside it.
    #[must_use]
    pub fn part(self, from: usize, len: usize) -> Self {
        let start = self.start.saturating_add(from).min(self.end);
        Self { file: self.file, start, end: start.saturating_add(len).min(self.end) }
    }
}

/// One text and what to call it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// The path as the person would write it, or `--set`.
    pub name: String,
    /// What results call it: the same however the path was written.
    pub recorded: String,
    /// The whole text.
    pub text: String,
}

/// All the texts of one loading, by [`FileId`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// Keeps a text and gives its id.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        let name = name.into();
        self.add_as(name.clone(), name, text)
    }

    /// Keeps a text that results call otherwise than messages do.
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

    /// What stands at a place; empty when the place isn't on character borders.
    pub fn at(&self, place: Place) -> &str {
        self.file(place.file).text.get(place.start..place.end).unwrap_or("")
    }

    /// Line and column of a place's start, both from 1; the column counts characters.
    pub fn line_and_column(&self, place: Place) -> (usize, usize) {
        let text = &self.file(place.file).text;
        let before = text.get(..place.start).unwrap_or(text);
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
        let place = Place::new(file, 7..13);
        assert_eq!(sources.at(place), "bridge");
        assert_eq!(sources.line_and_column(place), (2, 1));
        assert_eq!(sources.line_and_column(place.part(3, 2)), (2, 4));
        assert_eq!(sources.line_and_column(Place::new(file, 99..100)), (3, 1));
    }
}
