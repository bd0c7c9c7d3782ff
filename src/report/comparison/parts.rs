//! What parts add to a scenario, alone and together.

use super::text::signed;
use super::{largest, last_year};
use crate::compare::{Contrast, Contributions, Shares};
use crate::report::summary::Screen;
use crate::report::table::{Align, columns};
use crate::stats::estimate::Z_95;
use crate::units::format::{Scale, chance, count};

/// The figure that is split: its place among those of a comparison, and its words.
pub(in crate::report) struct Split<'c> {
    pub(in crate::report) shares: &'c Shares,
    pub(in crate::report) title: String,
    pub(in crate::report) year: i32,
    pub(in crate::report) scale: Scale,
    pub(in crate::report) decimals: usize,
    /// What it is without any part, and with all.
    pub(in crate::report) ends: [f64; 2],
}

/// A metric in a year, or in the last that is shown.
pub(in crate::report) fn split<'c>(
    found: &'c Contributions,
    path: &str,
    year: Option<i32>,
) -> Option<Split<'c>> {
    let comparison = &found.combinations;
    let year = year.or_else(|| last_year(comparison))?;
    let is_it =
        |figure: &crate::compare::FigureComparison| figure.figure.path == path && figure.figure.year == year;
    let place = comparison.figures.iter().position(is_it)?;
    let figure = &comparison.figures[place];
    let scale = Scale::for_largest(figure.figure.dimension, largest(&[figure]));
    let shares = &found.shares[place];
    let steps = shares.parts.iter().map(|part| &part.share).chain([&shares.together]);
    let largest_step = steps.map(|contrast| contrast.summary.mean.abs()).fold(0.0, f64::max);
    Some(Split {
        shares,
        title: figure.figure.title.clone(),
        year,
        scale,
        decimals: scale.decimals(largest_step),
        ends: [figure.values[0].mean, figure.values[figure.values.len() - 1].mean],
    })
}

/// What each part adds to total exports in the last year, as text. Names are those of the parts, `base` that of what they are
/// laid on.
pub fn text(found: &Contributions, base: &str, names: &[String], screen: Screen) -> String {
    let Some(split) = split(found, "volume", None) else { return String::new() };
    let Split { shares, scale, decimals, ends, .. } = &split;
    let show = |contrast: &Contrast| {
        let Contrast { summary, .. } = contrast;
        let half = Z_95 * summary.standard_error;
        format!("{} ± {}", signed(*scale, summary.mean, *decimals), scale.show_fixed(half, *decimals))
    };
    let mut rows: Vec<Vec<String>> = names
        .iter()
        .zip(&shares.parts)
        .map(|(name, part)| {
            vec![name.clone(), show(&part.alone), show(&part.last), show(&part.share), more_in(&part.share)]
        })
        .collect();
    let nothing = String::new;
    rows.push(vec![
        "all together".to_owned(),
        nothing(),
        nothing(),
        show(&shares.together),
        more_in(&shares.together),
    ]);
    rows.push(vec![
        "beyond the sum of each alone".to_owned(),
        nothing(),
        nothing(),
        show(&shares.interaction),
        nothing(),
    ]);
    let heading = ["part", "alone", "as the last", "fair share", "more in"];
    let align = [Align::Left, Align::Right, Align::Right, Align::Right, Align::Right];
    let table = columns(&heading, &align, rows, screen.width);
    let title = screen
        .bold(&format!("What the parts add to {base} in {}: {}, {}", split.year, split.title, scale.unit));
    let about = format!(
        "From {} to {} {} with all parts; means over {} futures of each of {} combinations.",
        scale.show_fixed(ends[0], *decimals),
        scale.show_fixed(ends[1], *decimals),
        scale.unit,
        count(found.combinations.scenarios[0].sound_runs()),
        found.combinations.scenarios.len()
    );
    let note = "± is half of the 95% Monte Carlo interval. Fair share (Shapley): what the part adds when it joins, averaged over all \
                orders in which the parts can join; shares add up to all together. Beyond the sum: above zero the parts need \
                one another, below zero they do the same work or stand in each other's way. More in: in how many futures the share is above zero.";
    format!(
        "{title}\n{}\n{table}{}\n{}\n",
        screen.wrap(&about),
        screen.wrap(&verdict(&split, names)),
        screen.faint(&screen.wrap(note))
    )
}

fn more_in(contrast: &Contrast) -> String {
    chance(contrast.chances[0])
}

/// `The parts need one another: together they add 1.2 kt more than each alone.`
fn verdict(split: &Split<'_>, names: &[String]) -> String {
    let Split { shares, scale, decimals, .. } = split;
    let beyond = &shares.interaction.summary;
    let size = scale.show_fixed(beyond.mean.abs(), *decimals);
    let most = names
        .iter()
        .zip(&shares.parts)
        .max_by(|a, b| a.1.share.summary.mean.abs().total_cmp(&b.1.share.summary.mean.abs()));
    let leader = most.map_or_else(String::new, |(name, part)| {
        format!(
            "{name} matters most ({} {}). ",
            signed(*scale, part.share.summary.mean, *decimals),
            scale.unit
        )
    });
    let together = if beyond.mean.abs() <= Z_95 * beyond.standard_error || names.len() < 2 {
        "What they do together is what each does alone, as far as so many runs can tell.".to_owned()
    } else if beyond.mean > 0.0 {
        format!(
            "The parts need one another: together they add {size} {} more than the sum of each alone.",
            scale.unit
        )
    } else {
        format!(
            "Together they add {size} {} less than the sum of each alone: they do the same work, or one stands in the way of \
             another.",
            scale.unit
        )
    };
    leader + &together
}
