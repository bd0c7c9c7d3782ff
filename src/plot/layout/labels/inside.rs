//! Labels of lines that end early: above the line's own end, or below it if there is no space above.

use super::super::super::text::Type;
use super::super::{Align, Frame, Scale, Text};
use super::Tag;
use super::tag::NORMAL;

const TYPE: Type = NORMAL.kind;
const LINE: f64 = NORMAL.line;
/// The space between a line and its label.
const GAP: f64 = 8.0;
const TRIES: u8 = 6;

/// Places each label clear of its own points and of the labels before it; a label without a free position is
/// left out.
pub(super) fn place(tags: &[Tag], frame: &Frame, x: &Scale, y: &Scale) -> Vec<Text> {
    let mut placed: Vec<Text> = Vec::new();
    for tag in tags {
        let text = TYPE.shorten(&tag.lines.join(" "), x.at(tag.at.0).max(frame.right - frame.left) / 2.0);
        let width = TYPE.width(&text);
        let right = (x.at(tag.at.0) + 4.0).max(frame.left + width);
        let (top, bottom) = covered(tag, (right - width, right), x, y);
        let tries = (0..TRIES).map(|i| f64::from(i) * LINE);
        let above = tries.clone().map(|by| top - GAP - by).filter(|baseline| *baseline - LINE > frame.top);
        let below = tries.map(|by| bottom + GAP + 9.0 + by).filter(|baseline| *baseline + 4.0 < frame.bottom);
        let place = |baseline| Text {
            x: right,
            baseline,
            align: Align::End,
            kind: TYPE,
            color: tag.color.as_ink(),
            words: text.clone(),
        };
        let free = |text: &Text| placed.iter().all(|other| is_clear(text, other));
        let found = above.chain(below).map(place).find(free);
        placed.extend(found);
    }
    placed
}

/// The highest and lowest pixel of the line in the horizontal range of its label.
fn covered(tag: &Tag, (left, right): (f64, f64), x: &Scale, y: &Scale) -> (f64, f64) {
    let beside = tag.trail.iter().filter(|p| (left - GAP..=right).contains(&x.at(p.0))).map(|p| y.at(p.1));
    let end = y.at(tag.at.1);
    beside.fold((end, end), |(top, bottom), y| (top.min(y), bottom.max(y)))
}

fn is_clear(a: &Text, b: &Text) -> bool {
    (a.baseline - b.baseline).abs() >= LINE || a.left() > b.x + GAP || b.left() > a.x + GAP
}
