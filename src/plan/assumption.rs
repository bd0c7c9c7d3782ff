//! The register of assumptions: every number that a scenario states, with its source.

use serde::Serialize;

/// Summary of an assumption's distribution, in the unit of [`Assumption::unit`].
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Figures {
    /// Mean of the draws.
    pub mean: f64,
    /// The 5% quantile.
    pub p05: f64,
    /// The 95% quantile.
    pub p95: f64,
}

/// One number of a scenario, as written and as drawn.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Assumption {
    /// Its path: `products.flour.growth`.
    pub path: String,
    /// The value as written in the file.
    pub written: String,
    /// The unit in which the figures here are given: that of the written value.
    pub unit: String,
    /// Mean, 5% and 95% quantile of its distribution; `None` for a value that is not a single number (a
    /// month, a season).
    pub figures: Option<Figures>,
    /// Whether its value differs from run to run.
    pub uncertain: bool,
    /// The source; empty when none is stated.
    pub source: String,
    /// The author's remark; empty when there is none.
    pub note: String,
    /// The author's confidence: `low`, `medium`, `high`, or empty.
    pub confidence: String,
    /// The file that set it.
    pub file: String,
}

impl Assumption {
    /// Whether it is a known value of the past, which is not an assumption.
    pub fn is_history(&self) -> bool {
        self.path.starts_with("history.")
    }

    /// Whether no source is stated for it.
    pub fn lacks_source(&self) -> bool {
        self.source.trim().is_empty()
    }

    /// Whether it is its author's judgement: the source says so.
    pub fn is_judgement(&self) -> bool {
        self.behind_judgement().is_some()
    }

    /// What its source states after the word `judgement`, in either spelling; `None` if the source doesn't
    /// begin with that word.
    pub fn behind_judgement(&self) -> Option<&str> {
        let source = self.source.trim();
        let behind = |word: &str| {
            let (first, rest) = source.split_at_checked(word.len())?;
            first.eq_ignore_ascii_case(word).then_some(rest)
        };
        behind("judgement").or_else(|| behind("judgment"))
    }
}
