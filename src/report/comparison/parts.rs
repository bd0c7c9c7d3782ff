//! What parts add to a scenario, alone and together, as text.

use super::{MATTERS_IN_WORDS, horizon, largest, last_year, shown_years, year_in_short, year_in_words};
use crate::compare::{Contrast, Contributions, Pair, Part, Shares};
use crate::report::digits::Digits;
use crate::report::summary::Screen;
use crate::report::table::{Align, columns};
use crate::stats::estimate::Z_95;
use crate::units::format::{Scale, chance, count};

/// A figure in a year that is split among the parts, and how it is written.
pub(in crate::report) struct Split<'c> {
    pub(in crate::report) shares: &'c Shares,
    pub(in crate::report) title: String,
    /// The year in words.
    pub(in crate::report) year: String,
    pub(in crate::report) scale: Scale,
    pub(in crate::report) digits: Digits,
    /// Its mean without any part, and with all.
    pub(in crate::report) ends: [f64; 2],
}

/// Splits a metric in a year, or in the last year that is shown.
pub(in crate::report) fn split<'c>(
    found: &'c Contributions,
    path: &str,
    year: Option<i32>,
) -> Option<Split<'c>> {
    let comparison = &found.combinations;
    let year = year.or_else(|| last_year(comparison))?;
    let is_it =
        |figure: &crate::compare::FigureComparison| figure.figure.path == path && figure.figure.year == year;
    let index = comparison.figures.iter().position(is_it)?;
    let figure = &comparison.figures[index];
    let scale = Scale::for_largest(figure.figure.dimension, largest(&[figure]));
    let shares = &found.shares[index];
    let parts = shares.parts.iter().flat_map(|part| [&part.share, &part.alone, &part.last]);
    let contrasts = parts.chain([&shares.together, &shares.interaction]);
    Some(Split {
        shares,
        title: figure.figure.title.clone(),
        year: year_in_words(comparison, year),
        scale,
        digits: Digits::of_contrasts(scale, contrasts),
        ends: [figure.values[0].mean, figure.values[figure.values.len() - 1].mean],
    })
}

/// What each part adds to total exports, as text. `names` are those of the parts, `base` is that of the
/// scenario they are laid on.
pub fn text(found: &Contributions, base: &str, names: &[String], screen: Screen) -> String {
    let Some(split) = split(found, "volume", None) else { return String::new() };
    let page = Page { found, split, base, names, screen };
    let blocks = [page.shares(), page.beside(), page.by_year()];
    blocks.into_iter().filter(|block| !block.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The most years side by side that fit a screen; of more, some are shown.
const MOST_YEARS: usize = 7;
/// The most pairs of parts that get a sentence.
const MOST_PAIRS: usize = 3;
/// A pair gets a sentence if its interaction is more than this share of the smaller effect.
const MENTIONED_FROM: f64 = 0.1;

struct Page<'c> {
    found: &'c Contributions,
    split: Split<'c>,
    base: &'c str,
    names: &'c [String],
    screen: Screen,
}

impl Page<'_> {
    /// The table of the last year, and its main findings.
    fn shares(&self) -> String {
        let Split { shares, scale, digits, ends, year, title } = &self.split;
        let mut rows: Vec<Vec<String>> =
            self.names.iter().zip(&shares.parts).map(|part| self.row(part)).collect();
        let blank = String::new;
        if self.names.len() > 1 {
            rows.push(self.whole("all together", &shares.together));
            let beyond = &shares.interaction;
            rows.push(vec![
                "beyond the sum of each alone".to_owned(),
                blank(),
                blank(),
                self.exact(beyond),
                self.range(beyond),
                blank(),
            ]);
        }
        let heading = ["part", "alone", "as the last", "Shapley value", "90% interval", "higher in"];
        let table = columns(&heading, &numbers(heading.len()), rows, self.screen.width);
        let about = format!(
            "From {} to {} {} with {}: means over {} futures of each of {} combinations.",
            digits.values.show(ends[0]),
            digits.values.show(ends[1]),
            scale.unit,
            if self.names.len() > 1 { "all parts" } else { "the part" },
            count(self.found.combinations.scenarios[0].sound_runs()),
            self.found.combinations.scenarios.len()
        );
        let note = format!(
            "±: half of the 95% Monte Carlo interval. Shapley value: the fair share of a part, what it adds \
             when it joins, averaged over all orders in which the parts can join; the values add up to all \
             together, but for rounding. 90% interval: of the Shapley values run by run. Higher in: share of \
             futures in which the value is above zero {MATTERS_IN_WORDS}."
        );
        format!(
            "{}\n{}\n{table}{}\n{}\n",
            self.title(&format!("What the parts add to {} in {year}: {title}, {}", self.base, scale.unit)),
            self.screen.wrap(&about),
            self.screen.wrap(&(self.over_all_years() + &verdict(&self.split, self.names))),
            self.screen.faint(&self.screen.wrap(&note))
        )
    }

    /// The part with the largest effect over all years: `From 2025 to 2030 money has the largest effect:
    /// +12.3 kt in total, …`
    fn over_all_years(&self) -> String {
        let comparison = &self.found.combinations;
        let parts = (0..self.names.len())
            .filter_map(|part| Some((part, horizon::of_part(comparison, &self.found.shares, part)?)));
        let most = parts.max_by(|a, b| a.1.total.abs().total_cmp(&b.1.total.abs()));
        let Some((part, most)) = most.filter(|(_, most)| most.is_significant()) else { return String::new() };
        let format = horizon::format_of(comparison, &most);
        format!(
            "From {} {} has the largest effect: {} {} in total, at its largest in {}. In {}: ",
            horizon::span(comparison),
            self.names[part],
            format.signed(most.total),
            format.unit(),
            horizon::peak(comparison, &most),
            self.split.year
        )
    }

    fn row(&self, (name, part): (&String, &Part)) -> Vec<String> {
        let Part { share, alone, last } = part;
        let mut row = vec![name.clone(), self.exact(alone), self.exact(last), self.exact(share)];
        row.extend([self.range(share), chance(share.chances[0])]);
        row
    }

    fn whole(&self, name: &str, whole: &Contrast) -> Vec<String> {
        let blank = String::new;
        vec![
            name.to_owned(),
            blank(),
            blank(),
            self.exact(whole),
            self.range(whole),
            chance(whole.chances[0]),
        ]
    }

    /// What each part adds alone, and together with one other part.
    fn beside(&self) -> String {
        let Split { shares, scale, year, .. } = &self.split;
        if self.names.len() < 2 {
            return String::new();
        }
        let row = |(index, part): (usize, &Part)| {
            let of_other = |other: usize| {
                let found = beside(shares, index, other);
                found.map_or_else(String::new, |contrast| self.mean(contrast))
            };
            let name = format!("{} {}", index + 1, self.names[index]);
            let others = (0..self.names.len()).map(of_other);
            [name, self.mean(&part.alone)].into_iter().chain(others).collect()
        };
        let rows = shares.parts.iter().enumerate().map(row).collect();
        let others = (1..=self.names.len()).map(|number| format!("with {number}"));
        let heading: Vec<String> =
            ["part".to_owned(), "alone".to_owned()].into_iter().chain(others).collect();
        let heading: Vec<&str> = heading.iter().map(String::as_str).collect();
        let table = columns(&heading, &numbers(heading.len()), rows, self.screen.width);
        let sentences: String = self.about_pairs().iter().map(|line| self.screen.wrap(line) + "\n").collect();
        let title = format!("What a part adds together with one other part in {year}, {}", scale.unit);
        format!("{}\n{table}{sentences}", self.title(&title))
    }

    /// Sentences about the pairs with the largest significant interactions.
    fn about_pairs(&self) -> Vec<String> {
        let mut pairs: Vec<&Pair> =
            self.split.shares.pairs.iter().filter(|pair| self.is_worth_mentioning(pair)).collect();
        pairs.sort_by(|a, b| b.beyond.summary.mean.abs().total_cmp(&a.beyond.summary.mean.abs()));
        pairs.into_iter().take(MOST_PAIRS).map(|pair| self.about_pair(pair)).collect()
    }

    fn is_worth_mentioning(&self, pair: &Pair) -> bool {
        let alone = pair.parts.map(|part| self.split.shares.parts[part].alone.summary.mean.abs());
        // The interaction is compared with the smaller effect that isn't zero, the one that it can change
        // most.
        let least = alone.into_iter().filter(|mean| *mean > 0.0).fold(f64::INFINITY, f64::min);
        let is_large = !least.is_finite() || pair.beyond.summary.mean.abs() > MENTIONED_FROM * least;
        is_significant(&pair.beyond) && is_large
    }

    /// `expansion adds little with money: 0.3 ± 0.1 kt, compared with 6.7 ± 0.1 kt alone.`
    fn about_pair(&self, pair: &Pair) -> String {
        let alone = |index: usize| self.split.shares.parts[pair.parts[index]].alone.summary.mean;
        let one = usize::from(alone(1) > alone(0));
        let [name, other] = [one, 1 - one].map(|index| &self.names[pair.parts[index]]);
        let (together, by_itself) = (&pair.beside[one], &self.split.shares.parts[pair.parts[one]].alone);
        let unit = self.split.scale.unit;
        format!(
            "{name} {} with {other}: {} {unit}, compared with {} {unit} alone.",
            effect(together.summary.mean, by_itself.summary.mean),
            self.exact(together),
            self.exact(by_itself)
        )
    }

    /// The Shapley value of every part in every year.
    fn by_year(&self) -> String {
        let years = some_of(&shown_years(&self.found.combinations));
        let splits: Vec<Split<'_>> =
            years.iter().filter_map(|&year| split(self.found, "volume", Some(year))).collect();
        if splits.len() < 2 {
            return String::new();
        }
        let row = |name: &str, of: &dyn Fn(&Shares) -> Contrast| {
            let means = splits.iter().map(|split| self.mean(&of(split.shares)));
            std::iter::once(name.to_owned()).chain(means).collect::<Vec<String>>()
        };
        let parts = self.names.iter().enumerate();
        let mut rows: Vec<Vec<String>> =
            parts.map(|(index, name)| row(name, &|shares| shares.parts[index].share)).collect();
        if self.names.len() > 1 {
            rows.push(row("all together", &|shares| shares.together));
        }
        let in_short = |year| year_in_short(&self.found.combinations, year);
        let heading: Vec<String> =
            std::iter::once("part".to_owned()).chain(years.iter().map(|&year| in_short(year))).collect();
        let heading: Vec<&str> = heading.iter().map(String::as_str).collect();
        let table = columns(&heading, &numbers(heading.len()), rows, self.screen.width);
        let title = format!("Shapley values by year, {}", self.split.scale.unit);
        format!("{}\n{table}", self.title(&title))
    }

    fn title(&self, text: &str) -> String {
        self.screen.bold(&self.screen.wrap(text))
    }

    fn mean(&self, contrast: &Contrast) -> String {
        self.split.digits.values.signed(contrast.summary.mean)
    }

    /// The mean and half of its 95% Monte Carlo interval; a question mark where that is unknown.
    fn exact(&self, contrast: &Contrast) -> String {
        self.split.digits.exact(contrast.summary.mean, contrast.summary.standard_error)
    }

    fn range(&self, contrast: &Contrast) -> String {
        self.split.digits.values.signed_range(contrast.summary.interval_90())
    }
}

/// What a part adds together with one other part; `None` for itself.
fn beside(shares: &Shares, part: usize, other: usize) -> Option<&Contrast> {
    let pair = shares
        .pairs
        .iter()
        .find(|pair| part != other && pair.parts.contains(&part) && pair.parts.contains(&other))?;
    Some(&pair.beside[usize::from(pair.parts[1] == part)])
}

/// At most [`MOST_YEARS`] years at equal distances, the last among them.
fn some_of(years: &[i32]) -> Vec<i32> {
    let step = years.len().saturating_sub(1).div_ceil(MOST_YEARS - 1).max(1);
    let mut some: Vec<i32> = years.iter().rev().step_by(step).copied().collect();
    some.reverse();
    some
}

/// Names on the left, numbers on the right.
fn numbers(columns: usize) -> Vec<Align> {
    let mut align = vec![Align::Right; columns];
    align[0] = Align::Left;
    align
}

/// Whether its mean is significantly different from zero.
fn is_significant(contrast: &Contrast) -> bool {
    contrast.summary.mean.abs() > Z_95 * contrast.summary.standard_error
}

/// What becomes of what a part adds alone when another part is there.
fn effect(together: f64, alone: f64) -> &'static str {
    match (alone > 0.0, together) {
        (true, together) if together.abs() < alone / 3.0 => "adds little",
        (true, together) if together <= 0.0 => "lowers exports",
        (true, together) if together < alone => "adds less",
        (true, _) => "adds more",
        (false, together) if together > 0.0 => "raises exports",
        (false, together) if together > alone => "takes away less",
        (false, _) => "takes away more",
    }
}

/// `expansion has the largest effect (+6.7 kt on average). The parts complement one another: together they
/// add 1.2 kt more on average than the sum of each alone.`
fn verdict(split: &Split<'_>, names: &[String]) -> String {
    let Split { shares, digits, .. } = split;
    let size = |part: &Part| part.share.summary.mean.abs();
    let most = names.iter().zip(&shares.parts).max_by(|a, b| size(a.1).total_cmp(&size(b.1)));
    let leader = most.filter(|(_, part)| is_significant(&part.share)).map(|(name, part)| {
        let what = if names.len() > 1 { "has the largest effect" } else { "has an effect" };
        format!(
            "{name} {what} ({} {} on average).",
            digits.values.signed(part.share.summary.mean),
            digits.values.unit()
        )
    });
    let leader = leader.unwrap_or_else(|| "No part changes exports significantly.".to_owned());
    if names.len() < 2 { leader } else { format!("{leader} {}", together(split)) }
}

/// Whether the parts do more or less together than each alone.
fn together(split: &Split<'_>) -> String {
    let Split { shares, digits, .. } = split;
    let beyond = &shares.interaction;
    if !is_significant(beyond) {
        return "The effect of all together is not significantly different from the sum of each alone."
            .to_owned();
    }
    let size = digits.values.with_unit(beyond.summary.mean.abs());
    let alone: Vec<f64> = shares
        .parts
        .iter()
        .map(|part| &part.alone)
        .filter(|alone| is_significant(alone))
        .map(|alone| alone.summary.mean)
        .collect();
    let have_one_sign = alone.iter().all(|mean| *mean > 0.0) || alone.iter().all(|mean| *mean < 0.0);
    match (beyond.summary.mean > 0.0, have_one_sign) {
        (true, true) if alone.iter().all(|mean| *mean < 0.0) && !alone.is_empty() => {
            format!(
                "Their effects overlap: together they take away {size} less on average than the sum of each \
                 alone."
            )
        }
        (true, true) => {
            format!(
                "They complement one another: together they add {size} more on average than the sum of each \
                 alone."
            )
        }
        (true, false) => {
            format!(
                "One offsets another: together they add {size} more on average than the sum of each alone."
            )
        }
        (false, true) => {
            format!(
                "Their effects overlap: together they add {size} less on average than the sum of each alone."
            )
        }
        (false, false) => {
            format!(
                "One limits another: together they add {size} less on average than the sum of each alone."
            )
        }
    }
}
