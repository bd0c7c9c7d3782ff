//! The names of rows: how they wrap, and the positions of their faint second texts.

use super::super::super::apart::distinguish;
use super::super::super::chart::Row;
use super::super::super::text::{Type, clean};
use super::super::super::theme::{self, GREY, INK, PAD};
use super::super::{Align, Text};

const NOTE: Type = Type::regular(theme::SMALL_LABEL);
/// The maximum width of the column of names.
const WIDEST: f64 = 236.0;
/// The minimum width of the column, so that `+99 more` fits below short names.
const NARROWEST: f64 = 64.0;
/// The space between a name and the second text beside it.
const BESIDE: f64 = 7.0;
/// Rows below this height have smaller letters.
const ROOMY: f64 = 16.0;
const MOST_LINES: usize = 4;
/// The distance from one line to the next, as a multiple of the font size.
const LEADING: f64 = 1.2;
/// The height of letters with their descenders, as a multiple of the font size.
const LETTERS: f64 = 0.95;
/// The maximum share of the column for a second text beside a name.
const NOTE_SHARE: f64 = 0.45;

/// All names, and the width of their column.
pub(super) struct Names {
    pub(super) width: f64,
    headings: Vec<Heading>,
}

/// A name in its lines. The second text is below the last line or beside it, whichever lets the whole name
/// fit.
struct Heading {
    kind: Type,
    lines: Vec<String>,
    note: String,
    beside: bool,
}

impl Names {
    /// The names set for rows of at least this height.
    pub(super) fn of(rows: &[Row], height: f64) -> Self {
        let whole: Vec<String> = rows.iter().map(|row| clean(&row.name)).collect();
        let whole: Vec<&str> = whole.iter().map(String::as_str).collect();
        let fits = |i: usize, name: &str| Heading::of(&rows[i], name, height).is_whole(name);
        let apart = distinguish(&whole, fits);
        let headings: Vec<Heading> =
            rows.iter().zip(&apart).map(|(row, name)| Heading::of(row, name, height)).collect();
        let width = headings.iter().map(Heading::width).fold(NARROWEST, f64::max);
        Self { width, headings }
    }

    /// The texts of one row, ending at the column's right edge.
    pub(super) fn texts(&self, row: usize, center: f64) -> Vec<Text> {
        self.headings[row].texts(PAD + self.width, center)
    }
}

impl Heading {
    /// The name, in smaller letters if the whole name fits only then.
    fn of(row: &Row, name: &str, height: f64) -> Self {
        let normal = Self::set(row, name, height, theme::LABEL);
        if height >= ROOMY && normal.is_whole(name) {
            return normal;
        }
        Self::set(row, name, height, theme::SMALL_LABEL)
    }

    fn set(row: &Row, name: &str, height: f64, size: f64) -> Self {
        let kind = if row.strong { Type::bold(size) } else { Type::regular(size) };
        let note = NOTE.shorten(&clean(&row.note), WIDEST * NOTE_SHARE);
        // The last line needs only the height of its letters.
        let lines = whole_lines((height / size - LETTERS) / LEADING + 1.0);
        let needed = kind.wrap(name, WIDEST, MOST_LINES).len();
        let beside = !note.is_empty() && needed + 1 > lines;
        let width = if beside { WIDEST - NOTE.width(&note) - BESIDE } else { WIDEST };
        let most = if note.is_empty() || beside { lines } else { lines - 1 };
        Self { kind, lines: kind.wrap_evenly(name, width, most), note, beside }
    }

    fn width(&self) -> f64 {
        let line = |(i, line): (usize, &String)| self.kind.width(line) + self.aside(i);
        let lines = self.lines.iter().enumerate().map(line);
        lines.fold(NOTE.width(&self.note), f64::max)
    }

    /// Whether the name is complete. A broken word counts as incomplete.
    fn is_whole(&self, name: &str) -> bool {
        self.lines.join(" ").split_whitespace().eq(name.split_whitespace())
    }

    /// The width that the second text takes from a line of the name.
    fn aside(&self, line: usize) -> f64 {
        if self.beside && line + 1 == self.lines.len() { NOTE.width(&self.note) + BESIDE } else { 0.0 }
    }

    fn texts(&self, right: f64, center: f64) -> Vec<Text> {
        let leading = self.kind.size * LEADING;
        let below = !self.beside && !self.note.is_empty();
        let top = center - (self.lines.len() + usize::from(below)) as f64 * leading / 2.0;
        let baseline = |line: usize| top + leading * (line as f64 + 0.78);
        let text = |right: f64, line: usize, kind, color, words: &String| {
            let (x, baseline, align, words) = (right, baseline(line), Align::End, words.clone());
            Text { x, baseline, align, kind, color, words }
        };
        let lines = self.lines.iter().enumerate();
        let name = |(i, line)| text(right - self.aside(i), i, self.kind, INK, line);
        let mut texts: Vec<Text> = lines.map(name).collect();
        let note_line = if below { self.lines.len() } else { self.lines.len().saturating_sub(1) };
        texts.extend((!self.note.is_empty()).then(|| text(right, note_line, NOTE, GREY, &self.note)));
        texts
    }
}

/// The number of lines that fit in a row, at least one.
fn whole_lines(height: f64) -> usize {
    (2..=MOST_LINES).rev().find(|&lines| height >= lines as f64).unwrap_or(1)
}
