//! The texts around every plot: title and subtitle above, source below.

use super::super::chart::Chart;
use super::super::text::{Type, clean};
use super::super::theme::{self, GREY, HEIGHT, INK, PAD, WIDTH};
use super::{Align, Text};

const TITLE_LINE: f64 = 26.0;
const LONG_TITLE_LINE: f64 = 20.0;
const SUBTITLE_LINE: f64 = 18.0;
const SOURCE_LINE: f64 = 14.0;

/// Places title and subtitle; returns the y of their lower end.
pub(super) fn head(chart: &Chart, texts: &mut Vec<Text>) -> f64 {
    let subtitle = Type::regular(theme::SUBTITLE);
    let mut baseline = PAD - 6.0;
    let (title, leading, lines) = title_of(&clean(&chart.title));
    for line in lines {
        baseline += leading;
        texts.push(Text { x: PAD, baseline, align: Align::Start, kind: title, color: INK, words: line });
    }
    for (i, line) in
        subtitle.wrap_evenly(&clean(&chart.subtitle), WIDTH - 2.0 * PAD, 2).into_iter().enumerate()
    {
        baseline += if i == 0 { SUBTITLE_LINE + 4.0 } else { SUBTITLE_LINE };
        texts.push(Text { x: PAD, baseline, align: Align::Start, kind: subtitle, color: GREY, words: line });
    }
    baseline + 12.0
}

/// A title in two lines, or in three lines of smaller letters if it is too long for two, because its last
/// words hold a number.
fn title_of(text: &str) -> (Type, f64, Vec<String>) {
    let (normal, smaller) = (Type::bold(theme::TITLE), Type::bold(theme::LONG_TITLE));
    let lines = normal.wrap_evenly(text, WIDTH - 2.0 * PAD, 2);
    if lines.iter().all(|line| !line.ends_with('…')) || text.ends_with('…') {
        return (normal, TITLE_LINE, lines);
    }
    (smaller, LONG_TITLE_LINE, smaller.wrap_evenly(text, WIDTH - 2.0 * PAD, 3))
}

/// Places the source; returns the lowest y for the dates above it.
pub(super) fn foot(chart: &Chart, texts: &mut Vec<Text>) -> f64 {
    let kind = Type::regular(theme::SOURCE);
    let lines = kind.wrap(&clean(&chart.source), WIDTH - 2.0 * PAD, 2);
    let mut baseline = HEIGHT - 16.0;
    for line in lines.iter().rev() {
        texts.push(Text { x: PAD, baseline, align: Align::Start, kind, color: GREY, words: line.clone() });
        baseline -= SOURCE_LINE;
    }
    baseline - if lines.is_empty() { 0.0 } else { 4.0 }
}
