//! What parts add: a waterfall of their Shapley values, and what each adds alone and as the last.

use super::Page;
use crate::compare::{Contrast, Contributions};
use crate::plot::{Chart, Mark, Row, Rows, XAxis, theme};
use crate::report::charts::{in_title, mass_unit};
use crate::report::comparison::parts::{Split, split};
use crate::stats::estimate::Z_95;

/// From the scenario without any part to that with all, by the Shapley value of each.
pub(super) fn waterfall(page: &Page<'_>, found: &Contributions, names: &[String]) -> Option<Chart> {
    let split = split(found, "volume", None)?;
    let Split { shares, scale, digits, ends, year, .. } = &split;
    let at = |value: f64| value / scale.factor;
    let total = |name: String, value: f64| {
        Row::new(name)
            .with(Mark::Bar { from: 0.0, to: at(value), color: theme::TOTAL })
            .valued(digits.values.show(value))
            .carrying(at(value))
            .strong()
    };
    let base = page.names[0].clone();
    let mut rows = vec![total(base.clone(), ends[0])];
    let mut sum = ends[0];
    for (name, part) in names.iter().zip(&shares.parts) {
        let step = part.share.summary.mean;
        rows.push(step_row(name, &part.share, sum, &split).carrying(at(sum + step)));
        sum += step;
    }
    let mut last = total("with all of them".to_owned(), ends[1]);
    last.carry = None;
    rows.push(last);
    let title = format!("{} in {year}", title(&split, names));
    let x = XAxis { from: Some(0.0), ..XAxis::numbers(format!("{} in {year}", mass_unit(*scale))) };
    let mut chart = Chart::of_rows(title, x, Rows::of(rows).headed("mean"));
    let what = format!(
        "Mean exports without and with all parts, and what each part adds to {base}: its Shapley value (fair \
         share), with its 95% Monte Carlo interval"
    );
    page.sign(&mut chart, &what);
    Some(chart)
}

fn step_row(name: &str, share: &Contrast, sum: f64, split: &Split<'_>) -> Row {
    let factor = split.scale.factor;
    let step = share.summary.mean;
    let half = Z_95 * share.summary.standard_error;
    let color = if step < 0.0 { theme::LOSS } else { theme::GAIN };
    let end = sum + step;
    Row::new(name)
        .with(Mark::Bar { from: sum / factor, to: end / factor, color })
        .with(Mark::Whisker { low: (end - half) / factor, high: (end + half) / factor, color: theme::INK })
        .valued(split.digits.values.signed(step))
}

/// `financing-limits takes away 14.1 kt, expansion adds 4.0 kt on average`.
fn title(split: &Split<'_>, names: &[String]) -> String {
    let mut parts: Vec<(&String, f64)> =
        names.iter().zip(&split.shares.parts).map(|(name, part)| (name, part.share.summary.mean)).collect();
    parts.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    let say = |(name, step): &(&String, f64)| {
        let verb = if *step < 0.0 { "takes away" } else { "adds" };
        format!("{} {verb} {}", in_title(name), split.digits.values.with_unit(step.abs()))
    };
    parts.iter().take(2).map(say).collect::<Vec<_>>().join(", ") + " on average"
}

/// What each part adds alone, and what it adds when all others are there.
pub(super) fn alone_and_last(page: &Page<'_>, found: &Contributions, names: &[String]) -> Option<Chart> {
    let split = split(found, "volume", None)?;
    if names.len() < 2 {
        return None;
    }
    let Split { shares, scale, digits, year, .. } = &split;
    let at = |contrast: &Contrast| contrast.summary.mean / scale.factor;
    let row = |(name, part): (&String, &crate::compare::Part)| {
        let (alone, last) = (at(&part.alone), at(&part.last));
        let show = |contrast: &Contrast| digits.values.signed(contrast.summary.mean);
        let ends = if alone <= last {
            (show(&part.alone), show(&part.last))
        } else {
            (show(&part.last), show(&part.alone))
        };
        Row::new(name.clone())
            .with(Mark::Bar { from: alone, to: last, color: theme::GRID })
            .with(Mark::Dot { at: alone, color: theme::LOW })
            .with(Mark::Dot { at: last, color: theme::HIGH })
            .ends(ends.0, ends.1)
    };
    let rows = Rows::of(names.iter().zip(&shares.parts).map(row).collect())
        .keyed("alone", theme::LOW)
        .keyed("when all others are there", theme::HIGH);
    let beyond = &shares.interaction.summary;
    let size = digits.values.with_unit(beyond.mean.abs());
    let title = match (beyond.mean.abs() <= Z_95 * beyond.standard_error, beyond.mean > 0.0) {
        (true, _) => {
            "The effect of all parts together is not significantly different from the sum of each alone"
                .to_owned()
        }
        (false, true) => {
            format!("Together the parts add {size} more in {year}, on average, than the sum of each alone")
        }
        (false, false) => {
            format!("Together the parts add {size} less in {year}, on average, than the sum of each alone")
        }
    };
    let x = XAxis::difference(format!("{} in {year}", mass_unit(*scale)));
    let mut chart = Chart::of_rows(title, x, rows);
    page.sign(
        &mut chart,
        &format!("What each part adds to mean exports, alone on {} and as the last of all", page.names[0]),
    );
    Some(chart)
}
