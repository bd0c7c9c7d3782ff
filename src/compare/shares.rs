//! What several parts add, alone and together: the share of each part in the joint effect, which is its
//! Shapley value (its fair share).

use super::outcome::Contrast;
use super::pairing::Pairing;
use super::steps::Steps;

/// All combinations of some parts, from none to all: combination `i` includes part `p` if bit `p` of `i` is
/// set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subsets {
    parts: usize,
}

impl Subsets {
    /// The largest number of parts: 64 scenarios.
    pub const MOST_PARTS: usize = 6;

    /// The combinations of `parts` parts.
    pub fn of(parts: usize) -> Self {
        Self { parts: parts.min(Self::MOST_PARTS) }
    }

    /// The number of combinations.
    pub fn count(self) -> usize {
        1 << self.parts
    }

    /// The parts of a combination.
    pub fn parts_of(self, combination: usize) -> impl Iterator<Item = usize> {
        (0..self.parts).filter(move |part| combination >> part & 1 == 1)
    }

    /// For every combination, whether its whole distribution is computed and not only its mean: for that
    /// without parts, those with a single part, and that with all; for all combinations if there are few.
    pub(super) fn distributed(self) -> Vec<bool> {
        let few = self.parts <= 3;
        (0..self.count()).map(|c| few || c.count_ones() <= 1 || c == self.count() - 1).collect()
    }

    /// The contrasts that [`Shares::of`] reads, in its order: each combination less the one without parts;
    /// the interaction, beyond the sum of what each part changes alone; then for every part its share, and
    /// what it changes when added last; then for every pair what they change beyond the sum of both, and what
    /// each changes when the other is present.
    ///
    /// # Formula
    /// The share of part i is its Shapley value: Σ over combinations S without i of |S|!·(n − |S| −
    /// 1)!/n!·(v(S + i) − v(S)), the mean of what i changes when it is added, over all orders in which parts
    /// can be added (Shapley 1953). The shares add up to v(all) − v(none).
    pub(super) fn contrasts(self) -> Vec<Steps> {
        let distributed = self.distributed();
        let against = (1..self.count()).map(|combination| {
            let steps = Steps::between(0, combination);
            if distributed[combination] { steps } else { steps.in_short() }
        });
        let all = self.count() - 1;
        let of_part = |bit: usize| [self.share(bit), Steps::between(all & !bit, all)];
        let of_pair = |[i, j]: [usize; 2]| {
            let all = [
                Steps::between(j, i | j).and(-1.0, 0, i),
                Steps::between(j, i | j),
                Steps::between(i, i | j),
            ];
            all.map(Steps::in_short)
        };
        let mut contrasts: Vec<Steps> = against.chain([self.interaction()]).collect();
        contrasts.extend((0..self.parts).flat_map(|part| of_part(1 << part)));
        contrasts.extend(self.pairs().into_iter().flat_map(|pair| of_pair(pair.map(|part| 1 << part))));
        contrasts
    }

    /// Any two parts, each pair once.
    pub fn pairs(self) -> Vec<[usize; 2]> {
        (0..self.parts).flat_map(|i| (i + 1..self.parts).map(move |j| [i, j])).collect()
    }

    fn interaction(self) -> Steps {
        let whole = Steps::between(0, self.count() - 1);
        (0..self.parts).fold(whole, |steps, part| steps.and(-1.0, 0, 1 << part))
    }

    fn share(self, bit: usize) -> Steps {
        let others = (0..self.count()).filter(|combination| combination & bit == 0);
        others.fold(Steps::none(), |steps, others| {
            steps.and(self.weight(others.count_ones() as usize), others, others | bit)
        })
    }

    /// The probability that exactly these others, `others` in number, were added before: s!·(n − s − 1)!/n!.
    fn weight(self, others: usize) -> f64 {
        let factorial = |n: usize| (1..=n).map(|k| k as f64).product::<f64>();
        factorial(others) * factorial(self.parts - others - 1) / factorial(self.parts)
    }
}

/// The effect of a part on a figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// Its share of the joint effect of all parts (its Shapley value).
    pub share: Contrast,
    /// Its effect when it is the only part.
    pub alone: Contrast,
    /// Its effect when all other parts are present.
    pub last: Contrast,
}

/// The effect of two parts: the means, their errors and signs, without quantiles.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// The indices of the two.
    pub parts: [usize; 2],
    /// The joint effect beyond the sum of what each changes alone.
    pub beyond: Contrast,
    /// The effect of each when only the other is present.
    pub beside: [Contrast; 2],
}

/// A figure, decomposed by the parts that change it.
#[derive(Debug, Clone, PartialEq)]
pub struct Shares {
    /// The joint effect of all parts. Its mean is defined as the sum of the shares' means, in order, to the
    /// bit. It equals the difference of the means up to the rounding of such sums.
    pub together: Contrast,
    /// The joint effect beyond the sum of what each part changes alone: above zero the parts need one
    /// another, below zero they substitute for, or hinder, one another.
    pub interaction: Contrast,
    /// For every part.
    pub parts: Vec<Part>,
    /// For any two parts.
    pub pairs: Vec<Pair>,
}

impl Shares {
    /// The shares of a figure, from a pairing of all [`Subsets`] with their [contrasts](Subsets::contrasts).
    pub(super) fn of(pairing: &Pairing, subsets: Subsets, figure: usize) -> Self {
        let contrast = |contrast: usize| pairing.contrast(figure, contrast);
        // The combination without parts has no contrast.
        let against = |combination: usize| contrast(combination - 1);
        let own = subsets.count() - 1;
        let part = |part: usize| {
            let [share, last] = [1, 2].map(|k| contrast(own + 2 * part + k));
            Part { share, alone: against(1 << part), last }
        };
        let pair = |(index, parts): (usize, [usize; 2])| {
            let [beyond, first, second] =
                [1, 2, 3].map(|k| contrast(own + 2 * subsets.parts + 3 * index + k));
            Pair { parts, beyond, beside: [first, second] }
        };
        let parts: Vec<Part> = (0..subsets.parts).map(part).collect();
        let mut together = against(subsets.count() - 1);
        together.summary.mean = parts.iter().map(|part| part.share.summary.mean).sum();
        Self {
            together,
            interaction: contrast(own),
            parts,
            pairs: subsets.pairs().into_iter().enumerate().map(pair).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The value of each contrast except the first ones (those of combinations), given a value for each
    /// combination.
    fn apply(parts: usize, value: impl Fn(usize) -> f64) -> Vec<f64> {
        let subsets = Subsets::of(parts);
        let values: Vec<f64> = (0..subsets.count()).map(value).collect();
        let columns: Vec<&[f64]> = values.iter().map(std::slice::from_ref).collect();
        let sum = |steps: &Steps| {
            let mut sum = Vec::new();
            steps.sum(&columns, &mut sum);
            sum[0]
        };
        subsets.contrasts().iter().skip(subsets.count() - 1).map(sum).collect()
    }

    #[test]
    fn two_parts_share_what_they_do_together_equally() {
        // Alone 3 and 5, together 12: each gets half of the interaction of 4.
        let found = apply(2, |s| [10.0, 13.0, 15.0, 22.0][s]);
        assert_eq!(found, [4.0, 5.0, 7.0, 7.0, 9.0, 4.0, 7.0, 9.0]);
    }

    #[test]
    fn shares_add_up_whatever_the_parts_do() {
        for parts in 1..=Subsets::MOST_PARTS {
            let value = |s: usize| libm::sin(7.0 * s as f64) * 100.0;
            let found = apply(parts, value);
            let shares: f64 = (0..parts).map(|part| found[1 + 2 * part]).sum();
            let whole = value((1 << parts) - 1) - value(0);
            // Sums of 64 terms of up to 100.
            assert!((shares - whole).abs() < 1e-11, "{parts} parts: {shares} and {whole}");
        }
    }

    #[test]
    fn a_part_that_changes_nothing_gets_exactly_zero_and_twins_get_equal_shares() {
        // The first two have the same effect, the third has none.
        let found = apply(3, |s| 0.1 + 0.7 * f64::from((s & 3).count_ones()).powi(2));
        for (share, expected) in [(found[1], 1.4), (found[3], 1.4)] {
            assert!((share - expected).abs() < 1e-14, "{share}, not {expected}");
        }
        assert_eq!((found[5], found[6]), (0.0, 0.0), "alone, as the last, as a share");
        assert_eq!((found[10], found[13]), (0.0, 0.0), "it has nothing to do with the others");
    }

    #[test]
    fn combinations_name_their_parts() {
        let subsets = Subsets::of(3);
        assert_eq!(subsets.count(), 8);
        assert_eq!(subsets.parts_of(5).collect::<Vec<_>>(), [0, 2]);
        assert_eq!(subsets.pairs(), [[0, 1], [0, 2], [1, 2]]);
    }
}
