//! Small charts in rows and columns: each has its own plot, title and numbers; the unit is written once.

use super::super::apart::tell_apart;
use super::super::chart::{Chart, Panel};
use super::super::text::{Type, clean};
use super::super::theme::{self, INK, PAD, WIDTH};
use super::super::ticks::{self, NumberFormat, Ticks};
use super::x_axis::XTicks;
use super::{Align, Extent, Frame, HEAD_GAP, Layout, Rule, Scale, Text, Zero, margins, markers, small};

/// More can't be read; the rest is counted.
const MOST: usize = 20;
/// From one panel to the next.
const GAP: f64 = 20.0;
/// What title and dates take of a panel.
const ABOVE: f64 = 21.0;
const BELOW: f64 = 19.0;
const NUMBER_GAP: f64 = 6.0;
const LONGEST_VALUE: f64 = 70.0;
/// Steps between grid lines, at most.
const MOST_STEPS: usize = 3;
/// So wide that no date is left out before the first and the last are picked.
const ANY_WIDTH: f64 = 1e4;
const NAME: Type = Type::bold(theme::SMALL);
const SMALLER_NAME: Type = Type::bold(theme::SMALL_LABEL);
const VALUE: Type = Type::regular(theme::SMALL);
const NUMBER: Type = Type::regular(theme::SMALL_LABEL);

pub(super) fn lay_out(chart: &Chart, all: &[Panel]) -> Layout {
    let mut texts = Vec::new();
    let top = margins::head(chart, &mut texts) + HEAD_GAP - 3.0 + markers::ROW;
    let bottom = margins::foot(chart, &mut texts);
    let shown = &all[..all.len().min(MOST)];
    let frame = Frame { left: PAD, right: WIDTH - PAD, top: top - HEAD_GAP + 6.0, bottom };
    let parts: Vec<Part> = shown.iter().map(|panel| Part::of(chart, panel)).collect();
    let largest =
        parts.iter().map(|part| part.extent.y.0.abs().max(part.extent.y.1.abs())).fold(0.0, f64::max);
    let (x, y) = (Scale::new((0.0, 1.0), (frame.left, frame.right)), Scale::new((0.0, 1.0), (bottom, top)));
    let format = NumberFormat::scaled(&ticks::nice(0.0, largest, MOST_STEPS), chart.y.numbers, largest);
    let mut layout = Layout { texts, ..Layout::bare(chart, frame, x, y, format) };
    let unit = VALUE.shorten(&format.unit(&clean(&chart.y.unit)), WIDTH * 0.5);
    layout.texts.push(small(PAD, top - HEAD_GAP, Align::Start, unit));
    if shown.len() < all.len() {
        let rest = format!("+{} more", all.len() - shown.len());
        layout.texts.push(small(WIDTH - PAD, top - HEAD_GAP, Align::End, rest));
    }
    let cells = (0..shown.len()).map(|i| cell(frame, shown.len(), i));
    for ((title, part), (panel, cell)) in titles(frame, shown).iter().zip(&parts).zip(shown.iter().zip(cells))
    {
        layout.head_of(title, &panel.value, cell);
        layout.add(chart, part, cell, largest);
    }
    layout
}

/// All titles, those that begin alike cut so that they stay apart.
fn titles(frame: Frame, shown: &[Panel]) -> Vec<String> {
    let whole: Vec<String> = shown.iter().map(|panel| clean(&panel.title)).collect();
    let whole: Vec<&str> = whole.iter().map(String::as_str).collect();
    let room = |i: usize| room_for_title(cell(frame, shown.len(), i), &value(&shown[i].value));
    tell_apart(&whole, |i, title| SMALLER_NAME.width(title) <= room(i))
}

fn value(text: &str) -> String {
    VALUE.shorten(&clean(text), LONGEST_VALUE)
}

/// A title gives way to the value behind it.
fn room_for_title(cell: Frame, value: &str) -> f64 {
    cell.right - cell.left - VALUE.width(value) - NUMBER_GAP
}

/// What a panel covers.
struct Part {
    extent: Extent,
    ticks: Ticks,
}

impl Part {
    fn of(chart: &Chart, panel: &Panel) -> Self {
        let (x, y) = (chart.x.clone(), chart.y.clone());
        let alone = Chart { layers: panel.layers.clone(), ..Chart::new("", x, y) };
        let extent = Extent::of(&alone);
        Self { extent, ticks: ticks::nice(extent.y.0, extent.y.1, MOST_STEPS) }
    }
}

/// The place of one panel among `count`: row by row, wider than high.
fn cell(frame: Frame, count: usize, i: usize) -> Frame {
    let columns = match count {
        0..=2 => count.max(1),
        3..=6 => 3,
        7..=16 => 4,
        _ => 5,
    };
    let rows = count.div_ceil(columns);
    let (width, height) = (frame.right - frame.left + GAP, frame.bottom - frame.top);
    let (width, height) = (width / columns as f64, height / rows as f64);
    let (left, top) = (frame.left + (i % columns) as f64 * width, frame.top + (i / columns) as f64 * height);
    Frame { left, right: left + width - GAP, top, bottom: top + height }
}

impl Layout {
    fn add(&mut self, chart: &Chart, part: &Part, cell: Frame, largest: f64) {
        let format = NumberFormat::scaled(&part.ticks, chart.y.numbers, largest);
        let written: Vec<String> = part.ticks.values.iter().map(|value| format.tick(*value)).collect();
        let widest = written.iter().map(|number| NUMBER.width(number)).fold(0.0, f64::max);
        let left = cell.left + widest + NUMBER_GAP;
        let frame = Frame { left, top: cell.top + ABOVE, bottom: cell.bottom - BELOW, ..cell };
        let x = Scale::new(part.extent.x, (frame.left, frame.right));
        let last = part.ticks.values[part.ticks.values.len() - 1];
        let y = Scale::new((part.ticks.values[0], last), (frame.bottom, frame.top));
        let mut small_one = Self::bare(chart, frame, x, y, format);
        let slot = part.extent.slot / (part.extent.x.1 - part.extent.x.0) * (frame.right - frame.left);
        small_one.bar = (slot * 0.68).clamp(1.0, 72.0);
        for (value, number) in part.ticks.values.iter().zip(written) {
            let height = small_one.rule(*value, part.ticks.step);
            let text = small(frame.left - NUMBER_GAP, height + 3.9, Align::End, number);
            self.texts.push(Text { kind: NUMBER, ..text });
        }
        let all_dates = XTicks::of(chart, &part.extent, Scale::new(part.extent.x, (0.0, ANY_WIDTH)));
        self.dates_of(&all_dates, frame, x);
        self.panels.push(small_one);
    }

    fn head_of(&mut self, title: &str, words: &str, cell: Frame) {
        let value = value(words);
        let room = room_for_title(cell, &value);
        let kind = if NAME.width(title) <= room { NAME } else { SMALLER_NAME };
        let name = kind.shorten(title, room);
        let baseline = cell.top + 12.0;
        let beside = cell.left + kind.width(&name) + NUMBER_GAP;
        let text = |x, kind, words| Text { x, baseline, align: Align::Start, kind, color: INK, words };
        self.texts.extend([text(cell.left, kind, name), text(beside, VALUE, value)]);
    }

    /// A grid line, or the zero line; says how high it stands.
    fn rule(&mut self, value: f64, step: f64) -> f64 {
        let (y, Frame { left, right, .. }) = (self.y.at(value), self.frame);
        let (from, to) = ((left, y), (right, y));
        self.grid.push(Rule { from, to, dashed: false });
        if value.abs() < step * 1e-6 {
            self.zeros.push(Zero { from, to, strong: false });
        }
        y
    }

    /// The first and the last date, within the panel; between them there is little room.
    fn dates_of(&mut self, ticks: &XTicks, frame: Frame, x: Scale) {
        let Some((first, rest)) = ticks.ticks.split_first() else { return };
        let shown = std::iter::once(first).chain(rest.last());
        let mut free_from = frame.left;
        for tick in shown {
            let half = NUMBER.width(&tick.text) / 2.0;
            let middle = x.at(tick.x).min(frame.right - half).max(frame.left + half);
            if middle - half >= free_from {
                let text = small(middle, frame.bottom + 13.0, Align::Middle, tick.text.clone());
                self.texts.push(Text { kind: NUMBER, ..text });
                free_from = middle + half + NUMBER_GAP;
            }
        }
    }
}
