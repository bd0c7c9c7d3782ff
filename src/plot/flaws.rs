//! Finds flaws in a picture that a reader would notice, for tests of charts.

use std::cell::RefCell;
use std::rc::Rc;

use plotters::prelude::DrawingArea;

use super::bounds::Bounds;
use super::chart::Chart;
use super::draw;
use super::layout::{Layout, Text};
use super::theme::{HEIGHT, PAD, WIDTH};

/// Texts of a chart that cover one another or are cut, and texts, lines and surfaces that extend beyond the
/// picture, in words; empty if everything is readable.
///
/// ```
/// use corridor::plot::{self, Chart, XAxis, YAxis};
///
/// let chart = |title: &str| Chart::new(title, XAxis::dates(), YAxis::volume("tonnes"));
/// assert!(plot::flaws(&chart("Exports double")).is_empty());
/// let long = "Exports of everything that there is ".repeat(12);
/// assert_eq!(plot::flaws(&chart(&long)).len(), 1);
/// ```
#[must_use]
pub fn flaws(chart: &Chart) -> Vec<String> {
    let layout = Layout::of(chart);
    let mut flaws = outside(chart, &layout);
    let texts = layout.texts;
    for (i, text) in texts.iter().enumerate() {
        let words = &text.words;
        if words.contains('…') {
            flaws.push(format!("{words:?} is cut"));
        }
        if text.left() < PAD - 15.0
            || text.right() > WIDTH - PAD / 2.0 + 1.0
            || !(text.kind.size * 0.72..=HEIGHT).contains(&text.baseline)
        {
            flaws.push(format!("{words:?} leaves the picture"));
        }
        let covered = texts[..i].iter().filter(|other| overlap(text, other));
        flaws.extend(covered.map(|other| format!("{words:?} covers {:?}", other.words)));
    }
    flaws
}

/// The shapes that would be drawn outside the picture, in words.
fn outside(chart: &Chart, layout: &Layout) -> Vec<String> {
    let bounds = Rc::new(RefCell::new(Bounds::default()));
    match draw::chart(&DrawingArea::from(&bounds), chart, layout) {
        Ok(()) => bounds.borrow().flaws(),
        Err(error) => vec![error.to_string()],
    }
}

/// Whether two texts overlap. Letters extend about 0.75 em above their baseline and 0.2 em below.
pub(super) fn overlap(a: &Text, b: &Text) -> bool {
    let beside = |a: &Text, b: &Text| a.right() <= b.left() + 0.5;
    let above = |a: &Text, b: &Text| a.baseline + a.kind.size * 0.2 <= b.baseline - b.kind.size * 0.72;
    !(a.words.is_empty() || b.words.is_empty() || beside(a, b) || beside(b, a) || above(a, b) || above(b, a))
}
