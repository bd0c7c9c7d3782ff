//! Makes labels fit if there are too many for the height of the plot.
//!
//! First the letters are made smaller, then long names lose their last lines one after another, then whole
//! labels are dropped, the least important first, and counted.

use super::tag::{MOST_LINES, NORMAL, SMALLER, Setting, Tag, names};

/// The labels that fit, and how they are set.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fitting {
    pub(super) kept: Vec<Tag>,
    pub(super) dropped: usize,
    pub(super) setting: Setting,
}

impl Fitting {
    /// Fits the labels into the height `available` from the top of the first label to the bottom of the last.
    pub(super) fn of(tags: &[Tag], available: f64, width: f64) -> Self {
        let whole = Self { kept: tags.to_vec(), dropped: 0, setting: NORMAL };
        if whole.height() <= available {
            return whole;
        }
        let mut fitting = whole.set_smaller(width);
        fitting.shorten(available, width);
        fitting.drop_lowest(available);
        fitting
    }

    fn height(&self) -> f64 {
        let lines: usize = self.kept.iter().map(|tag| tag.lines.len()).sum();
        (lines + usize::from(self.dropped > 0)) as f64 * self.setting.line
    }

    fn set_smaller(mut self, width: f64) -> Self {
        let names = names(&self.kept, SMALLER, width, MOST_LINES);
        for (tag, name) in self.kept.iter_mut().zip(&names) {
            tag.set(name, SMALLER, width, MOST_LINES);
        }
        Self { setting: SMALLER, ..self }
    }

    /// Shortens labels by their last lines, the longest first and the last of equal ones first, until all
    /// fit.
    fn shorten(&mut self, available: f64, width: f64) {
        for lines in (1..MOST_LINES).rev() {
            let names = names(&self.kept, self.setting, width, lines);
            for last in (0..self.kept.len()).rev() {
                if self.height() <= available {
                    return;
                }
                if self.kept[last].lines.len() > lines {
                    self.kept[last].set(&names[last], self.setting, width, lines);
                }
            }
        }
    }

    /// Drops the labels with the lowest rank until the rest fits; of equal ranks, the last is dropped first.
    fn drop_lowest(&mut self, available: f64) {
        while !self.kept.is_empty() && self.height() > available {
            let ranks = self.kept.iter().enumerate().rev();
            let lowest = ranks.min_by(|a, b| a.1.rank.total_cmp(&b.1.rank)).map_or(0, |(i, _)| i);
            self.kept.remove(lowest);
            self.dropped += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::theme::GREY;

    const LONG: &str = "a name that is so long that it takes two lines";

    fn tags(count: i32) -> Vec<Tag> {
        let tag = |rank: f64| Tag {
            rank,
            ..Tag::new(LONG, Some("12".into()), GREY, (0.0, rank)).expect("it has a name")
        };
        (0..count).map(|i| tag(f64::from(i))).collect()
    }

    #[test]
    fn too_many_labels_lose_the_thinnest_parts_and_count_them() {
        let fitting = Fitting::of(&tags(30), 11.0 * SMALLER.line, 90.0);
        assert_eq!((fitting.kept.len(), fitting.dropped), (10, 20));
        let whole = |tag: &Tag| tag.lines.len() == 1 && tag.lines[0].ends_with("… 12") && tag.rank >= 20.0;
        assert!(fitting.kept.iter().all(whole), "{fitting:?}");
    }

    #[test]
    fn letters_shrink_before_a_name_is_cut_and_only_as_many_names_are_cut_as_must_be() {
        let tags = tags(12);
        let (normal, smaller) = (24.0 * NORMAL.line, 24.0 * SMALLER.line);
        assert_eq!(Fitting::of(&tags, normal, 176.0).setting, NORMAL);
        let small = Fitting::of(&tags, smaller, 176.0);
        assert!(small.setting == SMALLER && small.kept.iter().all(|tag| tag.lines.len() == 2), "{small:?}");
        let cut = Fitting::of(&tags, smaller - 3.0 * SMALLER.line, 176.0);
        assert_eq!(cut.kept.iter().filter(|tag| tag.lines.len() == 1).count(), 3);
    }
}
