//! The random decisions from which a corridor is built.

/// Numbers from 0 to 1 that determine a random corridor. Smaller numbers make it simpler, and after the last
/// one all are 0, so that proptest's shrinking leads to simple corridors.
pub(crate) struct Genes<'a>(std::slice::Iter<'a, f64>);

impl<'a> Genes<'a> {
    pub(crate) fn new(genes: &'a [f64]) -> Self {
        Self(genes.iter())
    }

    pub(crate) fn next(&mut self) -> f64 {
        self.0.next().copied().unwrap_or(0.0)
    }

    /// True with probability `p`.
    pub(crate) fn happens(&mut self, p: f64) -> bool {
        self.next() > 1.0 - p
    }

    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.next()
    }

    /// An index below this number.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small count")]
    pub(crate) fn pick(&mut self, count: usize) -> usize {
        ((self.next() * count as f64) as usize).min(count - 1)
    }

    pub(super) fn whole(&mut self, low: i32, high: i32) -> i32 {
        low + i32::try_from(self.pick(usize::try_from(high - low + 1).unwrap_or(1))).unwrap_or(0)
    }

    /// Factors by calendar month, with mean one.
    pub(super) fn season(&mut self) -> [f64; 12] {
        if !self.happens(0.5) {
            return [1.0; 12];
        }
        let factors: [f64; 12] = std::array::from_fn(|_| self.between(0.2, 2.0));
        let mean = factors.iter().sum::<f64>() / 12.0;
        factors.map(|factor| factor / mean)
    }
}
