//! Small charts in rows and columns: each has its own plot, title and numbers; the unit is written once.

use super::super::chart::{Chart, Panel};
use super::super::text::{Type, clean};
use super::super::theme::{self, INK, PAD, WIDTH};
use super::super::ticks::{self, NumberFormat, Ticks};
use super::labels::{NORMAL_LABEL, SMALLER, Setting, Tag, names};
use super::x_axis::XTicks;
use super::{Align, Extent, Frame, HEAD_GAP, Layout, Rule, Scale, Text, Zero, margins, markers, small};

/// The maximum number of panels that are readable; the rest are counted.
const MOST: usize = 25;
/// The space between panels.
const GAP: f64 = 20.0;
/// The heights of the title and of the dates of a panel.
const ABOVE: f64 = 21.0;
const BELOW: f64 = 19.0;
const NUMBER_GAP: f64 = 6.0;
/// The distance between numbers.
const LEAST_BETWEEN: f64 = 12.0;
/// The minimum height of a panel with titles of three lines.
const ROOMY: f64 = 96.0;
const LONGEST_VALUE: f64 = 70.0;
/// The maximum number of steps between grid lines.
const MOST_STEPS: usize = 3;
/// A width at which no date is left out before the first and the last are chosen.
const ANY_WIDTH: f64 = 1e4;
const VALUE: Type = Type::regular(theme::SMALL);
const NUMBER: Type = Type::regular(theme::SMALL_LABEL);

pub(super) fn lay_out(chart: &Chart, all: &[Panel]) -> Layout {
    let mut texts = Vec::new();
    let top = margins::head(chart, &mut texts) + HEAD_GAP - 3.0 + markers::ROW;
    let bottom = margins::foot(chart, &mut texts);
    let shown = &all[..all.len().min(MOST)];
    let frame = Frame { left: PAD, right: WIDTH - PAD, top: top - HEAD_GAP + 6.0, bottom };
    let parts = Part::of_all(chart, shown);
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
    let heads = Heads::of(shown, cell(frame, shown.len(), 0));
    for (i, part) in parts.iter().enumerate() {
        let cell = cell(frame, shown.len(), i);
        layout.head_of(&heads, i, cell);
        layout.add(chart, part, Frame { top: cell.top + heads.height(), ..cell }, largest);
    }
    layout
}

/// The titles of all panels with their values, in one setting.
struct Heads {
    setting: Setting,
    /// `None` for a panel without a title.
    tags: Vec<Option<Tag>>,
    /// The number of lines of the longest title.
    lines: usize,
}

impl Heads {
    /// Sets titles in one line if all fit, otherwise in smaller letters and more lines; those that begin
    /// alike are shortened so that they remain distinct.
    fn of(shown: &[Panel], cell: Frame) -> Self {
        let width = cell.right - cell.left;
        let most = if cell.bottom - cell.top > ROOMY { 3 } else { 2 };
        let normal = Self::set(shown, NORMAL_LABEL, width, 1);
        if normal.are_whole() { normal } else { Self::set(shown, SMALLER, width, most) }
    }

    fn set(shown: &[Panel], setting: Setting, width: f64, lines: usize) -> Self {
        let value = |panel: &Panel| {
            let value = VALUE.shorten(&clean(&panel.value), LONGEST_VALUE);
            (!value.is_empty()).then_some(value)
        };
        let mut tags: Vec<Option<Tag>> =
            shown.iter().map(|panel| Tag::new(&panel.title, value(panel), INK, (0.0, 0.0))).collect();
        let found: Vec<Tag> = tags.iter().flatten().cloned().collect();
        let apart = names(&found, setting, width, lines);
        for (tag, name) in tags.iter_mut().flatten().zip(&apart) {
            tag.set(name, setting, width, lines);
        }
        let lines = tags.iter().flatten().map(|tag| tag.lines.len()).max().unwrap_or(0);
        Self { setting, tags, lines }
    }

    fn are_whole(&self) -> bool {
        self.tags.iter().flatten().flat_map(|tag| &tag.lines).all(|line| !line.contains('…'))
    }

    /// Their height above every plot.
    fn height(&self) -> f64 {
        ABOVE + self.setting.line * self.lines.saturating_sub(1) as f64
    }
}

/// The range of data that a panel covers.
struct Part {
    extent: Extent,
    ticks: Ticks,
}

impl Part {
    /// The parts of all panels with a common x axis, so that the same position means the same time in all of
    /// them.
    fn of_all(chart: &Chart, shown: &[Panel]) -> Vec<Self> {
        let mut parts: Vec<Self> = shown.iter().map(|panel| Self::of(chart, panel)).collect();
        let ends = parts.iter().filter(|part| !part.extent.empty).map(|part| part.extent.x);
        let whole = ends.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
        for part in &mut parts {
            part.extent.x = whole.unwrap_or(part.extent.x);
        }
        parts
    }

    fn of(chart: &Chart, panel: &Panel) -> Self {
        let (x, y) = (chart.x.clone(), chart.y.clone());
        let alone = Chart { layers: panel.layers.clone(), ..Chart::new("", x, y) };
        let extent = Extent::of(&alone);
        Self { extent, ticks: ticks::nice(extent.y.0, extent.y.1, MOST_STEPS) }
    }
}

/// The frame of one panel among `count`: row by row, wider than high.
fn cell(frame: Frame, count: usize, i: usize) -> Frame {
    let columns = match count {
        0..=2 => count.max(1),
        4 => 2,
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
        let frame = Frame { left, top: cell.top, bottom: cell.bottom - BELOW, ..cell };
        let x = Scale::new(part.extent.x, (frame.left, frame.right));
        let last = part.ticks.values[part.ticks.values.len() - 1];
        let y = Scale::new((part.ticks.values[0], last), (frame.bottom, frame.top));
        let mut small_one = Self::bare(chart, frame, x, y, format);
        let slot = part.extent.slot / (part.extent.x.1 - part.extent.x.0) * (frame.right - frame.left);
        small_one.bar = (slot * 0.68).clamp(1.0, 72.0);
        let heights: Vec<f64> =
            part.ticks.values.iter().map(|value| small_one.rule(*value, part.ticks.step)).collect();
        for (i, number) in legible(&heights).into_iter().map(|i| (i, written[i].clone())) {
            let height = heights[i];
            let text = small(frame.left - NUMBER_GAP, height + 3.9, Align::End, number);
            self.texts.push(Text { kind: NUMBER, ..text });
        }
        let all_dates = XTicks::of(chart, &part.extent, Scale::new(part.extent.x, (0.0, ANY_WIDTH)));
        self.dates_of(&all_dates, frame, x);
        self.panels.push(small_one);
    }

    fn head_of(&mut self, heads: &Heads, i: usize, cell: Frame) {
        let (Some(tag), setting) = (&heads.tags[i], heads.setting) else { return };
        // Short titles are next to their plots.
        let missing = heads.lines - tag.lines.len();
        for (line, words) in tag.lines.iter().enumerate() {
            let baseline = cell.top + 12.0 + (missing + line) as f64 * setting.line;
            let last = line + 1 == tag.lines.len();
            let (name, value) = if last { tag.parted(words) } else { (words.as_str(), "") };
            let beside = setting.kind.width(name) + if name.is_empty() { 0.0 } else { setting.space() };
            let text = |x, kind, words: &str| {
                let words = words.to_owned();
                Text { x, baseline, align: Align::Start, kind, color: INK, words }
            };
            let parts = [(cell.left, setting.kind, name), (cell.left + beside, setting.value(), value)];
            let parts = parts.into_iter().filter(|(_, _, words)| !words.is_empty());
            self.texts.extend(parts.map(|(x, kind, words)| text(x, kind, words)));
        }
    }

    /// Adds a grid line, or the zero line; returns its y.
    fn rule(&mut self, value: f64, step: f64) -> f64 {
        let (y, Frame { left, right, .. }) = (self.y.at(value), self.frame);
        let (from, to) = ((left, y), (right, y));
        self.grid.push(Rule { from, to, dashed: false });
        if value.abs() < step * 1e-6 {
            self.zeros.push(Zero { from, to, strong: false });
        }
        y
    }

    /// Adds the first and the last date, within the panel; there is little space between them.
    fn dates_of(&mut self, ticks: &XTicks, frame: Frame, x: Scale) {
        let dates = ticks.with_years();
        let Some((first, rest)) = dates.split_first() else { return };
        let shown = std::iter::once(first).chain(rest.last());
        let mut free_from = frame.left;
        for tick in shown {
            let half = NUMBER.width(&tick.1) / 2.0;
            let middle = x.at(tick.0).min(frame.right - half).max(frame.left + half);
            if middle - half >= free_from {
                let text = small(middle, frame.bottom + 13.0, Align::Middle, tick.1.clone());
                self.texts.push(Text { kind: NUMBER, ..text });
                free_from = middle + half + NUMBER_GAP;
            }
        }
    }
}

/// The indices of numbers that don't overlap: the lowest, the highest, and those that fit between them.
fn legible(heights: &[f64]) -> Vec<usize> {
    let (Some(&first), Some(&top)) = (heights.first(), heights.last()) else { return Vec::new() };
    let mut last = first;
    let is_clear = |a: f64, b: f64| (a - b).abs() >= LEAST_BETWEEN;
    let mut shown = vec![0];
    for (i, &height) in heights.iter().enumerate().skip(1) {
        let is_top = i + 1 == heights.len();
        if is_clear(height, last) && (is_top || is_clear(height, top)) {
            shown.push(i);
            last = height;
        }
    }
    shown
}
