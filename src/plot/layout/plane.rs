//! Charts with two axes: numbers on the left, direct labels on the right.

use super::super::chart::{Chart, Numbers, XKind};
use super::super::text::clean;
use super::super::theme::{PAD, WIDTH};
use super::super::ticks::{self, NumberFormat, Ticks};
use super::x_axis::XTicks;
use super::{
    Align, Extent, Frame, HEAD_GAP, Layout, Rule, SMALL, Scale, Text, Zero, labels, margins, markers, notes,
    small,
};

/// The space between an axis number and the plot.
const NUMBER_GAP: f64 = 8.0;
/// The maximum number of steps between horizontal grid lines.
const MOST_STEPS: usize = 6;
const HEADROOM: f64 = 0.08;

pub(super) fn lay_out(chart: &Chart) -> Layout {
    let extent = Extent::of(chart);
    let mut texts = Vec::new();
    let head = margins::head(chart, &mut texts);
    let foot = margins::foot(chart, &mut texts);
    let y_ticks = ticks::nice(extent.y.0, extent.y.1, MOST_STEPS);
    let format = NumberFormat::of(&y_ticks, chart.y.numbers);
    let tags = labels::tags(chart, &extent, &format);
    let x = Scale::new(extent.x, (number_end(chart, &y_ticks, &format), labels::left_of(&tags)));
    let x_ticks = XTicks::of(chart, &extent, x);
    let unit = unit(chart, &format);
    let rows = markers::place(chart, &x, unit.right());
    let frame = Frame {
        left: x.pixels.0,
        right: x.pixels.1,
        top: head + HEAD_GAP - 3.0 + rows.count * markers::ROW,
        bottom: foot - x_ticks.height(),
    };
    let y = Scale::new(height(chart, &extent, &y_ticks), (frame.bottom, frame.top));
    texts.push(Text { baseline: frame.top - HEAD_GAP - rows.unit * markers::ROW, ..unit });
    let mut layout = Layout { format, texts, ..Layout::bare(chart, frame, x, y, x_ticks.format) };
    let slot = extent.slot / (extent.x.1 - extent.x.0) * (frame.right - frame.left);
    layout.bar = (slot * 0.68).clamp(1.0, 72.0);
    layout.number(chart, &y_ticks, &format);
    layout.date(&x_ticks, chart);
    layout.mark(rows.markers);
    layout.label(&tags);
    notes::place(chart, &mut layout);
    if extent.empty {
        layout.report_no_data();
    }
    layout
}

/// The range of y: from the first grid line to the last. For heights, which have no grid, it includes space
/// for texts above the highest.
fn height(chart: &Chart, extent: &Extent, ticks: &Ticks) -> (f64, f64) {
    let (low, high) = extent.y;
    if chart.y.numbers == Numbers::Hidden && high > low {
        return (low, high + HEADROOM * (high - low));
    }
    (ticks.values[0], ticks.values[ticks.values.len() - 1])
}

/// The left edge of the plot: right of the widest number.
fn number_end(chart: &Chart, ticks: &Ticks, format: &NumberFormat) -> f64 {
    if chart.y.numbers == Numbers::Hidden {
        return PAD;
    }
    PAD + NUMBER_GAP + ticks.values.iter().map(|v| SMALL.width(&format.tick(*v))).fold(0.0, f64::max)
}

fn unit(chart: &Chart, format: &NumberFormat) -> Text {
    let text = SMALL.shorten(&format.unit(&clean(&chart.y.unit)), WIDTH * 0.5);
    small(PAD, 0.0, Align::Start, text)
}

impl Layout {
    /// Adds the numbers, grid and zero line of the y axis.
    fn number(&mut self, chart: &Chart, ticks: &Ticks, format: &NumberFormat) {
        let Frame { left, right, .. } = self.frame;
        for value in &ticks.values {
            let y = self.y.at(*value);
            let (from, to) = ((left, y), (right, y));
            if value.abs() < ticks.step * 1e-6 {
                self.zeros.push(Zero { from, to, strong: chart.y.numbers.is_signed() });
            }
            if chart.y.numbers != Numbers::Hidden {
                self.grid.push(Rule { from, to, dashed: false });
                self.texts.push(small(left - NUMBER_GAP, y + 4.2, Align::End, format.tick(*value)));
            }
        }
    }

    fn date(&mut self, ticks: &XTicks, chart: &Chart) {
        self.texts.extend(ticks.texts(self.frame, self.x));
        if chart.x.kind != XKind::Years {
            self.x_ticks = ticks.ticks.iter().map(|tick| self.x.at(tick.x)).collect();
        }
    }

    fn label(&mut self, tags: &[labels::Tag]) {
        let placed = labels::place(tags, &self.frame, &self.x, &self.y, self.bar);
        self.texts.extend(placed.texts);
        self.leaders.extend(placed.leaders);
    }
}
