//! The positions of the parts of a stack, which layout and drawing share.
//!
//! Positive values are stacked upwards from zero, negative ones downwards. This module never draws.

use super::chart::Stack;
use super::layout::is_drawable;

/// A part's lower and upper edge.
pub(super) type Span = (f64, f64);

/// A stack with sorted x and cumulated values.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Spans {
    /// The drawable x, in increasing order.
    pub(super) x: Vec<f64>,
    /// The parts, by series and then by x.
    pub(super) parts: Vec<Vec<Span>>,
}

impl Spans {
    /// The parts at every x up to a limit, on both sides of zero.
    pub(super) fn of(stack: &Stack, limit: f64) -> Self {
        let mut order: Vec<usize> = (0..stack.x.len()).filter(|&i| stack.x[i].abs() <= limit).collect();
        order.sort_by(|&a, &b| stack.x[a].total_cmp(&stack.x[b]));
        let mut edges = vec![(0.0, 0.0); order.len()];
        let mut part = |values: &[f64]| {
            order.iter().zip(&mut edges).map(|(&i, edge)| pile(edge, values.get(i))).collect()
        };
        let parts = stack.series.iter().map(|series| part(&series.values)).collect();
        Self { x: order.iter().map(|&i| stack.x[i]).collect(), parts }
    }

    /// A series' part at the last x.
    pub(super) fn last(&self, series: usize) -> Option<Span> {
        self.parts.get(series)?.last().copied()
    }
}

/// Adds a value on top of the stack (or below it) and returns its span.
fn pile(edge: &mut (f64, f64), value: Option<&f64>) -> Span {
    let value = value.copied().filter(|v| is_drawable(*v)).unwrap_or(0.0);
    let from = if value < 0.0 { &mut edge.0 } else { &mut edge.1 };
    let start = *from;
    *from += value;
    (start.min(*from), start.max(*from))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::{Series, theme};

    #[test]
    fn positives_rise_negatives_hang_and_missing_values_count_as_nothing() {
        let series = |values: &[f64]| Series {
            label: String::new(),
            color: theme::palette(0),
            values: values.to_vec(),
        };
        let stack = Stack {
            x: vec![2.0, 1.0, f64::NAN],
            series: vec![series(&[3.0, 1.0]), series(&[-1.0]), series(&[2.0, f64::NAN])],
            values: false,
        };
        let spans = Spans::of(&stack, 9999.0);
        assert_eq!(spans.x, [1.0, 2.0]);
        assert_eq!(
            spans.parts,
            [[(0.0, 1.0), (0.0, 3.0)], [(1.0, 1.0), (-1.0, 0.0)], [(1.0, 1.0), (3.0, 5.0)]]
        );
    }
}
