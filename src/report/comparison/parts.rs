//! What parts add to a scenario, alone and together.

use super::{MATTERS_IN_WORDS, horizon, largest, last_year, shown_years, year_in_short, year_in_words};
use crate::compare::{Contrast, Contributions, Pair, Part, Shares};
use crate::report::digits::Digits;
use crate::report::summary::Screen;
use crate::report::table::{Align, columns};
use crate::stats::estimate::Z_95;
use crate::units::format::{Scale, chance, count};

/// The figure that is split: its place among those of a comparison, and its words.
pub(in crate::report) struct Split<'c> {
    pub(in crate::report) shares: &'c Shares,
    pub(in crate::report) title: String,
    /// The year in words.
    pub(in crate::report) year: String,
    pub(in crate::report) scale: Scale,
    pub(in crate::report) digits: Digits,
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

/// What each part adds to total exports, as text. Names are those of the parts, `base` that of what they are laid on.
pub fn text(found: &Contributions, base: &str, names: &[String], screen: Screen) -> String {
    let Some(split) = split(found, "volume", None) else { return String::new() };
    let page = Page { found, split, base, names, screen };
    let blocks = [page.shares(), page.beside(), page.by_year()];
    blocks.into_iter().filter(|block| !block.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Years side by side that fit a screen; of more, some are shown.
const MOST_YEARS: usize = 7;
/// Pairs of parts about which something is said, if they change one another by this share of what they do.
const MOST_SAID: usize = 3;
const WORTH_SAYING: f64 = 0.1;

struct Page<'c> {
    found: &'c Contributions,
    split: Split<'c>,
    base: &'c str,
    names: &'c [String],
    screen: Screen,
}

impl Page<'_> {
    /// The table of the last year, and what it says.
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
        let heading = ["part", "alone", "as the last", "fair share", "90% of futures", "more in"];
        let table = columns(&heading, &numbers(heading.len()), rows, self.screen.width);
        let about = format!(
            "From {} to {} {} with {}; means over {} futures of each of {} combinations.",
            digits.values.show(ends[0]),
            digits.values.show(ends[1]),
            scale.unit,
            if self.names.len() > 1 { "all parts" } else { "the part" },
            count(self.found.combinations.scenarios[0].sound_runs()),
            self.found.combinations.scenarios.len()
        );
        let note = format!(
            "± is half of the 95% Monte Carlo interval. Fair share (Shapley): what the part adds when it joins, averaged over \
             all orders in which the parts can join; shares add up to all together, before they are rounded to be shown. \
             90% of futures: the range that holds nine in ten of the futures' own shares. More in: in how many futures the \
             share is above zero, {MATTERS_IN_WORDS}."
        );
        format!(
            "{}\n{}\n{table}{}\n{}\n",
            self.title(&format!("What the parts add to {} in {year}: {title}, {}", self.base, scale.unit)),
            self.screen.wrap(&about),
            self.screen.wrap(&(self.over_all_years() + &verdict(&self.split, self.names))),
            self.screen.faint(&self.screen.wrap(&note))
        )
    }

    /// The part that adds or takes away most over all years: `From 2025 to 2030 money adds most: +12.3 kt in all, …`
    fn over_all_years(&self) -> String {
        let comparison = &self.found.combinations;
        let parts = (0..self.names.len())
            .filter_map(|part| Some((part, horizon::of_part(comparison, &self.found.shares, part)?)));
        let most = parts.max_by(|a, b| a.1.total.abs().total_cmp(&b.1.total.abs()));
        let Some((part, most)) = most.filter(|(_, most)| most.is_sure()) else { return String::new() };
        let format = horizon::format_of(comparison, &most);
        format!(
            "From {} {} changes most: {} {} in all, with its largest share in {}. In {}: ",
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

    /// What each adds alone, and when another part is there: whether parts need one another.
    fn beside(&self) -> String {
        let Split { shares, scale, year, .. } = &self.split;
        if self.names.len() < 2 {
            return String::new();
        }
        let row = |(place, part): (usize, &Part)| {
            let of_other = |other: usize| {
                let found = beside(shares, place, other);
                found.map_or_else(String::new, |contrast| self.mean(contrast))
            };
            let name = format!("{} {}", place + 1, self.names[place]);
            let others = (0..self.names.len()).map(of_other);
            [name, self.mean(&part.alone)].into_iter().chain(others).collect()
        };
        let rows = shares.parts.iter().enumerate().map(row).collect();
        let others = (1..=self.names.len()).map(|number| format!("with {number}"));
        let heading: Vec<String> =
            ["part".to_owned(), "alone".to_owned()].into_iter().chain(others).collect();
        let heading: Vec<&str> = heading.iter().map(String::as_str).collect();
        let table = columns(&heading, &numbers(heading.len()), rows, self.screen.width);
        let said: String = self.said_of_pairs().iter().map(|line| self.screen.wrap(line) + "\n").collect();
        let title = format!("What a part adds when one other is there, in {year}, {}", scale.unit);
        format!("{}\n{table}{said}", self.title(&title))
    }

    /// The pairs whose parts change one another most, as far as so many runs can tell.
    fn said_of_pairs(&self) -> Vec<String> {
        let mut pairs: Vec<&Pair> =
            self.split.shares.pairs.iter().filter(|pair| self.is_worth_saying(pair)).collect();
        pairs.sort_by(|a, b| b.beyond.summary.mean.abs().total_cmp(&a.beyond.summary.mean.abs()));
        pairs.into_iter().take(MOST_SAID).map(|pair| self.said_of(pair)).collect()
    }

    fn is_worth_saying(&self, pair: &Pair) -> bool {
        let alone = pair.parts.map(|part| self.split.shares.parts[part].alone.summary.mean.abs());
        // Of two parts that do something the smaller effect is what can be changed.
        let least = alone.into_iter().filter(|mean| *mean > 0.0).fold(f64::INFINITY, f64::min);
        let is_large = !least.is_finite() || pair.beyond.summary.mean.abs() > WORTH_SAYING * least;
        is_sure(&pair.beyond) && is_large
    }

    /// `expansion is worth little with money: it adds 0.3 ± 0.1 kt there, and 6.7 ± 0.1 kt alone.`
    fn said_of(&self, pair: &Pair) -> String {
        let alone = |place: usize| self.split.shares.parts[pair.parts[place]].alone.summary.mean;
        let one = usize::from(alone(1) > alone(0));
        let [name, other] = [one, 1 - one].map(|place| &self.names[pair.parts[place]]);
        let (there, by_itself) = (&pair.beside[one], &self.split.shares.parts[pair.parts[one]].alone);
        let unit = self.split.scale.unit;
        format!(
            "{name} {} with {other}: it adds {} {unit} there, and {} {unit} alone.",
            worth(there.summary.mean, by_itself.summary.mean),
            self.exact(there).trim_start_matches('+'),
            self.exact(by_itself).trim_start_matches('+')
        )
    }

    /// The fair share of every part in every year: when it matters.
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
            parts.map(|(place, name)| row(name, &|shares| shares.parts[place].share)).collect();
        if self.names.len() > 1 {
            rows.push(row("all together", &|shares| shares.together));
        }
        let in_short = |year| year_in_short(&self.found.combinations, year);
        let heading: Vec<String> =
            std::iter::once("part".to_owned()).chain(years.iter().map(|&year| in_short(year))).collect();
        let heading: Vec<&str> = heading.iter().map(String::as_str).collect();
        let table = columns(&heading, &numbers(heading.len()), rows, self.screen.width);
        let title = format!("When each matters: fair shares by year, {}", self.split.scale.unit);
        format!("{}\n{table}", self.title(&title))
    }

    fn title(&self, text: &str) -> String {
        self.screen.bold(&self.screen.wrap(text))
    }

    fn mean(&self, contrast: &Contrast) -> String {
        self.split.digits.values.signed(contrast.summary.mean)
    }

    /// The mean and half of its 95% Monte Carlo interval; a question mark where it isn't known.
    fn exact(&self, contrast: &Contrast) -> String {
        self.split.digits.exact(contrast.summary.mean, contrast.summary.standard_error)
    }

    fn range(&self, contrast: &Contrast) -> String {
        self.split.digits.values.signed_range(contrast.summary.interval_90())
    }
}

/// What a part changes when only another is there; `None` for itself.
fn beside(shares: &Shares, part: usize, other: usize) -> Option<&Contrast> {
    let pair = shares
        .pairs
        .iter()
        .find(|pair| part != other && pair.parts.contains(&part) && pair.parts.contains(&other))?;
    Some(&pair.beside[usize::from(pair.parts[1] == part)])
}

/// Some years, the first and the last among them.
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

/// Whether its mean is not zero, as far as so many runs can tell.
fn is_sure(contrast: &Contrast) -> bool {
    contrast.summary.mean.abs() > Z_95 * contrast.summary.standard_error
}

/// What another part makes of what one adds alone.
fn worth(there: f64, alone: f64) -> &'static str {
    match (alone > 0.0, there) {
        (true, there) if there.abs() < alone / 3.0 => "is worth little",
        (true, there) if there <= 0.0 => "does harm",
        (true, there) if there < alone => "is worth less",
        (_, there) if there > alone => "is worth more",
        _ => "takes more away",
    }
}

/// `expansion matters most (+6.7 kt on average). The parts need one another: together they add 1.2 kt more than the sum of each alone.`
fn verdict(split: &Split<'_>, names: &[String]) -> String {
    let Split { shares, digits, .. } = split;
    let size = |part: &Part| part.share.summary.mean.abs();
    let most = names.iter().zip(&shares.parts).max_by(|a, b| size(a.1).total_cmp(&size(b.1)));
    let leader = most.filter(|(_, part)| is_sure(&part.share)).map(|(name, part)| {
        let what = if names.len() > 1 { "matters most" } else { "matters" };
        format!(
            "{name} {what} ({} {} on average).",
            digits.values.signed(part.share.summary.mean),
            digits.values.unit()
        )
    });
    let leader =
        leader.unwrap_or_else(|| "No part changes anything, as far as so many runs can tell.".to_owned());
    if names.len() < 2 { leader } else { format!("{leader} {}", together(split)) }
}

/// Whether the parts do more or less together than each alone.
fn together(split: &Split<'_>) -> String {
    let Split { shares, digits, .. } = split;
    let beyond = &shares.interaction;
    if !is_sure(beyond) {
        return "What they do together is what each does alone, as far as so many runs can tell.".to_owned();
    }
    let size = digits.values.with_unit(beyond.summary.mean.abs());
    let sure: Vec<f64> = shares
        .parts
        .iter()
        .map(|part| &part.alone)
        .filter(|alone| is_sure(alone))
        .map(|alone| alone.summary.mean)
        .collect();
    let pull_one_way = sure.iter().all(|mean| *mean > 0.0) || sure.iter().all(|mean| *mean < 0.0);
    match (beyond.summary.mean > 0.0, pull_one_way) {
        (true, true) if sure.iter().all(|mean| *mean < 0.0) && !sure.is_empty() => {
            format!(
                "They do partly the same: together they take {size} less away on average than the sum of each alone."
            )
        }
        (true, true) => {
            format!(
                "They need one another: together they add {size} more on average than the sum of each alone."
            )
        }
        (true, false) => {
            format!(
                "One makes up for another: together they add {size} more on average than the sum of each alone."
            )
        }
        (false, true) => {
            format!(
                "They do partly the same: together they add {size} less on average than the sum of each alone."
            )
        }
        (false, false) => {
            format!(
                "One stands in the way of another: together they add {size} less on average than the sum of each alone."
            )
        }
    }
}
