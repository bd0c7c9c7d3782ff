//! Sobol sequences with Owen's scrambling.
//!
//! # Formula
//! Point i of a dimension is the sum modulo 2 of the direction numbers of the ones in i: binary digits x₁ x₂
//! … of a number from 0 to 1. Owen's scrambling flips digit xₖ₊₁ or not, by a fair coin for each prefix x₁ …
//! xₖ: a tree of coins. A point is then uniform, and any 2ᵐ consecutive points from a multiple of 2ᵐ on still
//! have one in each of 2ᵐ strata.
//!
//! The coins are the bits of words of the input's stream. 30 digits distinguish the points of 2³⁰ runs of a
//! replicate. Later digits are shared by no two points, so Owen's scrambling replaces them by random digits:
//! those of the stream.
//!
//! References: S. Joe and F. Y. Kuo, SIAM Journal on Scientific Computing 30 (2008), for the direction
//! numbers, whose copyright notice is in their file; A. B. Owen, "Randomly permuted (t,m,s)-nets and
//! (t,s)-sequences" (1995); B. Burley, "Practical hash-based Owen scrambling", Journal of Computer Graphics
//! Techniques 9 (2020), for coins from a hash.

use super::Design;
use super::points::{Digits, SCRAMBLE};
use crate::rng::{Row, Stream};

/// Binary digits of a point.
const DIGITS: u32 = 30;
/// Levels of the tree of coins whose 63 coins fit into one word.
const LEVELS: u32 = 6;

const TABLE: &str = include_str!("sobol/new-joe-kuo-6.1024.txt");

/// The direction numbers of one dimension: for each binary digit of a point's number, the lowest first, the
/// digits to add.
pub(super) type Directions = [u32; DIGITS as usize];

/// The direction numbers of the 1,024 available dimensions.
pub(super) fn directions() -> impl Iterator<Item = Directions> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    std::iter::once(in_reverse()).chain(lines.map(from_line))
}

/// The first dimension: the digits of the point's number in reverse.
fn in_reverse() -> Directions {
    std::array::from_fn(|digit| 1 << (DIGITS - 1) >> digit)
}

/// The dimension of a line `d s a m₁ … mₛ` of the table.
///
/// # Formula
/// mₖ = 2 a₁ mₖ₋₁ ⊕ 2² a₂ mₖ₋₂ ⊕ … ⊕ 2ˢ⁻¹ aₛ₋₁ mₖ₋ₛ₊₁ ⊕ 2ˢ mₖ₋ₛ ⊕ mₖ₋ₛ; direction number k is mₖ/2ᵏ.
fn from_line(line: &str) -> Directions {
    let mut numbers = line.split_ascii_whitespace().skip(1).map(|number| {
        number.parse::<u32>().expect("the table has integers only, and a test reads all of it")
    });
    let (degree, inner) = (numbers.next().unwrap_or(0) as usize, numbers.next().unwrap_or(0));
    let mut m: Vec<u32> = numbers.collect();
    for k in degree..DIGITS as usize {
        let last = m[k - degree];
        let others = (1..degree).filter(|back| inner >> (degree - 1 - back) & 1 == 1);
        m.push(others.fold(last ^ last << degree, |sum, back| sum ^ m[k - back] << back));
    }
    std::array::from_fn(|k| m[k] << (DIGITS as usize - 1 - k))
}

/// Returns a function that gives the digits of each run's point, whose number is the run's index in its
/// replicate.
pub(super) fn points(stream: Stream, directions: &Directions) -> impl FnMut(u64) -> Digits {
    let scrambling = move |replicate| stream.within(replicate, SCRAMBLE);
    let mut replicate = 0;
    let mut coins = scrambling(replicate);
    move |run| {
        if Design::Sobol.replicate_of(run) != replicate {
            replicate = Design::Sobol.replicate_of(run);
            coins = scrambling(replicate);
        }
        let digits = scramble(point(run - replicate, directions), coins);
        Digits { word: u64::from(digits) << (u64::BITS - DIGITS), count: DIGITS }
    }
}

/// A point before it is scrambled.
fn point(number: u64, directions: &Directions) -> u32 {
    let mut digits = 0;
    for (digit, direction) in directions.iter().enumerate() {
        let is_one = (number >> digit & 1) as u32;
        digits ^= direction * is_one;
    }
    digits
}

/// Owen's scrambling of a point by a tree of coins: one word for each prefix of 0, 6, 12, … digits.
fn scramble(digits: u32, coins: Row) -> u32 {
    let mut scrambled = digits;
    for above in (0..DIGITS).step_by(LEVELS as usize) {
        let below = DIGITS - LEVELS - above;
        let prefix = u64::from(digits) >> (DIGITS - above);
        // The leading one distinguishes the prefix 01 from 1.
        let word = coins.word(1 << above | prefix);
        let group = digits >> below & ((1 << LEVELS) - 1);
        scrambled ^= flips(group, word) << below;
    }
    scrambled
}

/// The digits of a group that are flipped: the coin of the prefix b₁ … bₗ is bit 1b₁…bₗ of the word.
fn flips(group: u32, word: u64) -> u32 {
    (0..LEVELS).fold(0, |flips, level| {
        let node = 1 << level | group >> (LEVELS - level);
        flips << 1 | (word >> node & 1) as u32
    })
}

#[cfg(test)]
mod tests;
