//! Direct labels at the right end of lines, bands and stacks, and how collisions between them are avoided.
//!
//! The preferred position of a label is level with its anchor. Labels that would collide are moved apart as
//! little as possible, in order; a thin leader then connects a label to its anchor. Labels that don't fit are
//! counted (`+3 more`). A line that ends well before the right edge (history) has its label at its own end.

use super::super::chart::{Chart, Form, Label, Layer, Stack};
use super::super::stack::Spans;
use super::super::theme::{Color, GREY, PAD, WIDTH};
use super::super::ticks::NumberFormat;
use super::{Align, Extent, Frame, Rule, Scale, Text, is_drawable};
use fit::Fitting;
use tag::NORMAL;

mod fit;
mod inside;
mod spread;
mod tag;

pub(super) use tag::NORMAL as NORMAL_LABEL;
pub(super) use tag::{SMALLER, Setting, Tag, names};

/// If labels take more lines than this, which hardly fit beside a plot, they are set wider.
const MANY_LINES: usize = 20;
/// The space between the plot and the labels, for leaders.
const GUTTER: f64 = 14.0;
/// A line after whose end more than this share of the time axis remains has its label inside the plot.
const EARLY: f64 = 0.15;
/// A label that moved less than this needs no leader.
const UNNOTICED: f64 = 4.0;

/// Texts and leaders with their positions.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed {
    pub(super) texts: Vec<Text>,
    pub(super) leaders: Vec<Rule>,
    setting: Setting,
}

/// All labels of a chart.
pub(super) fn tags(chart: &Chart, extent: &Extent, format: &NumberFormat) -> Vec<Tag> {
    let mut tags = Vec::new();
    for layer in &chart.layers {
        match layer {
            Layer::Areas(stack) | Layer::Bars(stack) => tags.extend(stack_tags(stack, layer, extent, format)),
            _ => tags.extend(layer_tag(layer, extent, format)),
        }
    }
    set(&mut tags, tag::WIDEST);
    if tags.iter().map(|tag| tag.lines.len()).sum::<usize>() > MANY_LINES {
        set(&mut tags, tag::WIDER);
    }
    tags
}

fn set(tags: &mut [Tag], width: f64) {
    let names = tag::names(tags, NORMAL, width, tag::MOST_LINES);
    for (tag, name) in tags.iter_mut().zip(&names) {
        tag.set(name, NORMAL, width, tag::MOST_LINES);
    }
}

/// The right edge of the plot that lets all labels fit beside it.
pub(super) fn left_of(tags: &[Tag]) -> f64 {
    let widest = tags
        .iter()
        .filter(|tag| !tag.is_inside())
        .flat_map(|tag| &tag.lines)
        .map(|line| NORMAL.kind.width(line))
        .fold(0.0, f64::max);
    if widest > 0.0 { WIDTH - PAD - widest.max(NORMAL.kind.width("+99 more")) - GUTTER } else { WIDTH - PAD }
}

fn layer_tag(layer: &Layer, extent: &Extent, format: &NumberFormat) -> Option<Tag> {
    match layer {
        Layer::Line(line) | Layer::Steps(line) => {
            point_tag(line.label.as_ref()?, line.color, &line.points, extent, format)
        }
        Layer::Dots(dots) => point_tag(dots.label.as_ref()?, dots.color, &dots.points, extent, format),
        Layer::Band(band) => range_tag(band.label.as_ref()?, band.color, &band.points, extent, format),
        Layer::Intervals(range) => {
            let tag = range_tag(range.label.as_ref()?, range.color, &range.points, extent, format)?;
            Some(Tag { bar: matches!(range.form, Form::Box(_)), ..tag })
        }
        Layer::Areas(_)
        | Layer::Bars(_)
        | Layer::Marker(_)
        | Layer::Note(_)
        | Layer::Rows(_)
        | Layer::Panels(_) => None,
    }
}

/// A label level with the last point.
fn point_tag(
    label: &Label,
    color: Color,
    points: &[(f64, f64)],
    extent: &Extent,
    format: &NumberFormat,
) -> Option<Tag> {
    let drawable = points.iter().copied().filter(|(x, y)| extent.holds(*x) && is_drawable(*y));
    let last = drawable.clone().max_by(|a, b| a.0.total_cmp(&b.0))?;
    let early = extent.last - last.0 > EARLY * (extent.x.1 - extent.x.0);
    let tag = Tag::new(&label.text, label.value.then(|| format.value(last.1)), color, last)?;
    let trail = if early { drawable.collect() } else { Vec::new() };
    Some(Tag { trail, bar: extent.bars, ..tag })
}

/// The label of a range, at its upper end; its value has the form `21–58`.
fn range_tag(
    label: &Label,
    color: Color,
    points: &[(f64, f64, f64)],
    extent: &Extent,
    format: &NumberFormat,
) -> Option<Tag> {
    let whole =
        points.iter().filter(|(x, low, high)| extent.holds(*x) && is_drawable(*low) && is_drawable(*high));
    let (x, low, high) = whole.max_by(|a, b| a.0.total_cmp(&b.0))?;
    let (low, high) = (low.min(*high), low.max(*high));
    let value = label.value.then(|| format.range(low, high));
    Tag::new(&label.text, value, color, (*x, high))
}

/// A label for each part that can be seen anywhere in the stack.
fn stack_tags(stack: &Stack, layer: &Layer, extent: &Extent, format: &NumberFormat) -> Vec<Tag> {
    let spans = Spans::of(stack, extent.limit);
    // Areas with a single x are drawn as a bar.
    let bar = matches!(layer, Layer::Bars(_)) || spans.x.len() == 1;
    let visible = (extent.y.1 - extent.y.0) * 1e-3;
    let tag = |(i, series): (usize, &super::super::chart::Series)| {
        let (low, high) = spans.last(i)?;
        let seen = spans.parts[i].iter().any(|(low, high)| high - low > visible);
        let signed = if low < 0.0 { low - high } else { high - low };
        let value = stack.values.then(|| format.value(signed));
        let at = (*spans.x.last()?, f64::midpoint(low, high));
        let tag = Tag::new(&series.label, value, series.color, at)?;
        seen.then_some(Tag { rank: high - low, bar, ..tag })
    };
    stack.series.iter().enumerate().filter_map(tag).collect()
}

/// Puts labels beside the plot without collisions.
pub(super) fn place(tags: &[Tag], frame: &Frame, x: &Scale, y: &Scale, bar: f64) -> Placed {
    let (inner, outer): (Vec<Tag>, Vec<Tag>) = tags.iter().cloned().partition(Tag::is_inside);
    let width = WIDTH - PAD - frame.right - GUTTER;
    // Labels may extend half a line above the plot, and half a line below.
    let Fitting { kept, dropped, setting } =
        Fitting::of(&outer, frame.bottom - frame.top + NORMAL.line, width);
    let mut ordered: Vec<(f64, &Tag)> = kept.iter().map(|tag| (y.at(tag.at.1), tag)).collect();
    // A stable sort: labels at the same height keep the order of their layers.
    ordered.sort_by(|a, b| a.0.total_cmp(&b.0));
    let wanted: Vec<(f64, f64)> =
        ordered.iter().map(|(center, tag)| (*center, tag.height(setting))).collect();
    let floor = frame.bottom + NORMAL.line / 2.0;
    let bottom = if dropped > 0 { floor - setting.line } else { floor };
    let centers = spread::spread(&wanted, frame.top - NORMAL.line / 2.0, bottom);
    let texts = inside::place(&inner, frame, x, y);
    let mut placed = Placed { texts, leaders: Vec::new(), setting };
    for ((anchor, tag), center) in ordered.iter().zip(centers) {
        let end = x.at(tag.at.0) + if tag.bar { bar / 2.0 } else { 0.0 };
        placed.add(tag, (end, *anchor), (frame.right + GUTTER, center));
    }
    if dropped > 0 {
        let text = format!("+{dropped} more");
        placed.texts.extend(setting.text(frame.right + GUTTER, floor - 4.0, GREY, &text));
    }
    placed
}

impl Placed {
    fn add(&mut self, tag: &Tag, anchor: (f64, f64), (left, center): (f64, f64)) {
        let setting = self.setting;
        let top = center - tag.height(setting) / 2.0;
        let color = tag.color.as_ink();
        for (i, line) in tag.lines.iter().enumerate() {
            let baseline = top + setting.line * (i as f64 + 0.77);
            let last = i + 1 == tag.lines.len();
            let (name, value) = if last { tag.parted(line) } else { (line.as_str(), "") };
            self.texts.extend(setting.text(left, baseline, color, name));
            let beside = setting.kind.width(name) + if name.is_empty() { 0.0 } else { setting.space() };
            let value = setting.text(left + beside, baseline, color, value);
            self.texts.extend(value.map(|value| Text { kind: setting.value(), ..value }));
        }
        let end = (left - 4.0, center);
        if (center - anchor.1).abs() > UNNOTICED || end.0 - anchor.0 > 2.0 * GUTTER {
            self.leaders.push(Rule { from: (anchor.0 + 3.0, anchor.1), to: end, dashed: false });
        }
    }
}

impl Setting {
    fn text(self, x: f64, baseline: f64, color: Color, words: &str) -> Option<Text> {
        let (align, kind, words) = (Align::Start, self.kind, words.to_owned());
        (!words.is_empty()).then_some(Text { x, baseline, align, kind, color, words })
    }
}
