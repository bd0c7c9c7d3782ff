//! What several parts add, alone and together: each part's fair share of what all of them change.

use super::outcome::Contrast;
use super::pairing::Pairing;

/// All combinations of some parts, from none to all: combination `i` has part `p` where bit `p` of `i` is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subsets {
    parts: usize,
}

impl Subsets {
    /// Of at most six parts: 64 scenarios.
    pub const MOST_PARTS: usize = 6;

    /// Of so many parts.
    pub fn of(parts: usize) -> Self {
        Self { parts: parts.min(Self::MOST_PARTS) }
    }

    /// How many combinations there are.
    pub fn count(self) -> usize {
        1 << self.parts
    }

    /// The parts of a combination.
    pub fn parts_of(self, combination: usize) -> impl Iterator<Item = usize> {
        (0..self.parts).filter(move |part| combination >> part & 1 == 1)
    }

    /// The contrasts that [`Shares::of`] reads, in its order: what all parts change together, and what of it goes beyond the sum of
    /// what each changes alone; then of every part its share, what it changes alone, and what it changes as the last of all.
    ///
    /// # Formula
    /// Share of part i: Σ over combinations S without i of |S|!·(n − |S| − 1)!/n!·(v(S + i) − v(S)), the mean of what i changes
    /// when it joins, over all orders in which parts can join (Shapley 1953). Shares add up to v(all) − v(none).
    pub fn contrasts(self) -> Vec<Vec<f64>> {
        let all = self.count() - 1;
        let mut contrasts = vec![self.step(0, all), self.interaction()];
        for part in 0..self.parts {
            let bit = 1 << part;
            contrasts.extend([self.share(bit), self.step(0, bit), self.step(all & !bit, all)]);
        }
        contrasts
    }

    /// From one combination to another.
    fn step(self, from: usize, to: usize) -> Vec<f64> {
        let mut weights = vec![0.0; self.count()];
        weights[from] -= 1.0;
        weights[to] += 1.0;
        weights
    }

    fn interaction(self) -> Vec<f64> {
        let mut weights = self.step(0, self.count() - 1);
        for part in 0..self.parts {
            weights[0] += 1.0;
            weights[1 << part] -= 1.0;
        }
        weights
    }

    fn share(self, bit: usize) -> Vec<f64> {
        let mut weights = vec![0.0; self.count()];
        for others in (0..self.count()).filter(|combination| combination & bit == 0) {
            let joining = self.weight(others.count_ones() as usize);
            weights[others | bit] += joining;
            weights[others] -= joining;
        }
        weights
    }

    /// The chance that exactly these others, of which there are so many, have joined before: s!·(n − s − 1)!/n!.
    fn weight(self, others: usize) -> f64 {
        let factorial = |n: usize| (1..=n).map(|k| k as f64).product::<f64>();
        factorial(others) * factorial(self.parts - others - 1) / factorial(self.parts)
    }
}

/// What a part changes about a figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// Its share of what all parts change together.
    pub share: Contrast,
    /// What it changes when it is the only part.
    pub alone: Contrast,
    /// What it changes when all other parts are there already.
    pub last: Contrast,
}

/// A figure, split among the parts that change it.
#[derive(Debug, Clone, PartialEq)]
pub struct Shares {
    /// What all parts change together.
    pub together: Contrast,
    /// What goes beyond the sum of what each part changes alone: above zero they need one another, below zero they do the same
    /// work, or stand in each other's way.
    pub interaction: Contrast,
    /// Of every part.
    pub parts: Vec<Part>,
}

impl Shares {
    /// A figure of a pairing of all [`Subsets`], whose [contrasts](Subsets::contrasts) begin at `first`.
    pub fn of(pairing: &Pairing, subsets: Subsets, figure: usize, first: usize) -> Self {
        let contrast = |contrast: usize| pairing.contrast(figure, first + contrast);
        let part = |part: usize| {
            let [share, alone, last] = [2, 3, 4].map(|place| contrast(3 * part + place));
            Part { share, alone, last }
        };
        Self {
            together: contrast(0),
            interaction: contrast(1),
            parts: (0..subsets.parts).map(part).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What each contrast makes of a value for each combination.
    fn apply(parts: usize, value: impl Fn(usize) -> f64) -> Vec<f64> {
        let subsets = Subsets::of(parts);
        let sum = |weights: &Vec<f64>| weights.iter().enumerate().map(|(s, w)| w * value(s)).sum();
        subsets.contrasts().iter().map(sum).collect()
    }

    #[test]
    fn two_parts_share_what_they_do_together_equally() {
        // Alone 3 and 5, together 12: each gets half of the 4 that neither does alone.
        let found = apply(2, |s| [10.0, 13.0, 15.0, 22.0][s]);
        assert_eq!(found, [12.0, 4.0, 5.0, 3.0, 7.0, 7.0, 5.0, 9.0]);
    }

    #[test]
    fn shares_add_up_whatever_the_parts_do() {
        for parts in 1..=Subsets::MOST_PARTS {
            let value = |s: usize| libm::sin(7.0 * s as f64) * 100.0;
            let found = apply(parts, value);
            let shares: f64 = (0..parts).map(|part| found[2 + 3 * part]).sum();
            // Sums of 64 terms of up to 100.
            assert!((shares - found[0]).abs() < 1e-11, "{parts} parts: {shares} and {}", found[0]);
        }
    }

    #[test]
    fn a_part_that_changes_nothing_gets_nothing_and_twins_get_the_same() {
        // The first two do the same, the third nothing.
        let found = apply(3, |s| f64::from((s & 3).count_ones()).powi(2));
        for (share, expected) in [(found[2], 2.0), (found[5], 2.0), (found[8], 0.0)] {
            assert!((share - expected).abs() < 1e-14, "{share}, not {expected}");
        }
    }

    #[test]
    fn combinations_name_their_parts() {
        let subsets = Subsets::of(3);
        assert_eq!(subsets.count(), 8);
        assert_eq!(subsets.parts_of(5).collect::<Vec<_>>(), [0, 2]);
    }
}
