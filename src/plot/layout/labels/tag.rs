//! One label: its words, set in lines, and its preferred position.

use super::super::super::apart::distinguish;
use super::super::super::text::{Type, clean};
use super::super::super::theme::{self, Color};

/// The typographic setting of labels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in super::super) struct Setting {
    pub(in super::super) kind: Type,
    /// The distance from one line to the next.
    pub(in super::super) line: f64,
}

impl Setting {
    /// The type of values, which are lighter than names, so that a name that ends with a number is distinct
    /// from its value.
    pub(in super::super) fn value(self) -> Type {
        Type::regular(self.kind.size)
    }

    /// The space between a name and its value.
    pub(in super::super) fn space(self) -> f64 {
        self.kind.width(" ") + (self.kind.width("0") - self.value().width("0"))
    }
}

pub(in super::super) const NORMAL: Setting = Setting { kind: Type::bold(theme::LABEL), line: 15.5 };
/// For many labels.
pub(in super::super) const SMALLER: Setting = Setting { kind: Type::bold(theme::SMALL_LABEL), line: 13.0 };
pub(super) const WIDEST: f64 = 176.0;
/// For many long names.
pub(super) const WIDER: f64 = 240.0;
/// The maximum number of lines, as many as a name of ninety letters takes.
pub(super) const MOST_LINES: usize = 4;

/// A label and its preferred position.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct Tag {
    /// The end of its line or bar, in data coordinates.
    pub(super) at: (f64, f64),
    pub(super) name: String,
    pub(super) value: Option<String>,
    pub(in super::super) lines: Vec<String>,
    pub(super) color: Color,
    /// The label with the lowest rank is dropped first if they don't all fit.
    pub(super) rank: f64,
    /// Whether the anchor is a bar's side rather than a point.
    pub(super) bar: bool,
    /// The points of a line that ends early, which its label must not cover.
    pub(super) trail: Vec<(f64, f64)>,
}

impl Tag {
    /// A label that is never dropped before others; `None` without text.
    pub(in super::super) fn new(
        name: &str,
        value: Option<String>,
        color: Color,
        at: (f64, f64),
    ) -> Option<Self> {
        let name = clean(name);
        let lines = set(NORMAL.kind, &name, value.as_deref(), WIDEST, MOST_LINES);
        let (rank, bar, trail) = (f64::MAX, false, Vec::new());
        (!lines.is_empty()).then_some(Self { at, name, value, lines, color, rank, bar, trail })
    }

    /// Sets the words again, in another size or with fewer lines.
    pub(in super::super) fn set(&mut self, name: &str, setting: Setting, width: f64, lines: usize) {
        self.lines = set(setting.kind, name, self.value.as_deref(), width, lines);
    }

    /// Whether a name and this label's value fit.
    fn fits(&self, name: &str, setting: Setting, width: f64, lines: usize) -> bool {
        let whole = format!("{name} {}", self.value.as_deref().unwrap_or(""));
        setting.kind.wrap(&whole, width, lines + 1).len() <= lines
    }

    /// Splits the last line into the end of the name and the value.
    pub(in super::super) fn parted<'l>(&self, line: &'l str) -> (&'l str, &'l str) {
        let value = self.value.as_deref().filter(|value| line.ends_with(*value)).unwrap_or("");
        let (name, value) = line.split_at(line.len() - value.len());
        (name.trim_end(), value)
    }

    pub(super) fn is_inside(&self) -> bool {
        !self.trail.is_empty()
    }

    pub(super) fn height(&self, setting: Setting) -> f64 {
        setting.line * self.lines.len() as f64
    }
}

/// The names of labels for this number of lines; those that begin alike are shortened so that they remain
/// distinct.
pub(in super::super) fn names(tags: &[Tag], setting: Setting, width: f64, lines: usize) -> Vec<String> {
    let whole: Vec<&str> = tags.iter().map(|tag| tag.name.as_str()).collect();
    distinguish(&whole, |i, name| tags[i].fits(name, setting, width, lines))
}

/// Name and value in a few lines; a name that is too long is shortened so that its value fits.
fn set(kind: Type, name: &str, value: Option<&str>, width: f64, lines: usize) -> Vec<String> {
    let Some(value) = value else { return kind.wrap_evenly(name, width, lines) };
    let whole = format!("{name} {value}");
    if kind.wrap(&whole, width, lines + 1).len() <= lines {
        return kind.wrap_evenly(&whole, width, lines);
    }
    let mut kept = kind.wrap(name, width, usize::MAX);
    let rest = kept.split_off(lines.min(kept.len()).max(1) - 1).join(" ");
    let name = kind.shorten(&rest, width - kind.width(value) - kind.width(" "));
    kept.push(kind.shorten(&format!("{name} {value}"), width));
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_shortened_for_its_value() {
        let lines = set(NORMAL.kind, &"very long product name ".repeat(6), Some("12.4"), WIDEST, 2);
        assert!(lines.len() == 2 && lines[1].ends_with("… 12.4"), "{lines:?}");
        assert!(lines.iter().all(|line| NORMAL.kind.width(line) <= WIDEST), "{lines:?}");
    }

    #[test]
    fn a_name_is_cut_between_words() {
        let lines = set(NORMAL.kind, "Storehouses and silos at the border crossings", Some("12%"), WIDEST, 1);
        assert_eq!(lines, ["Storehouses and… 12%"]);
    }
}
