//! The assumptions in which scenarios differ.

use crate::results::{Assumption, RunResult};

/// A number that scenarios state differently, or that only some state.
#[derive(Debug, Clone, PartialEq)]
pub struct Differing<'r> {
    /// Its path.
    pub path: &'r str,
    /// What each scenario says; `None` where it says nothing.
    pub stated: Vec<Option<&'r Assumption>>,
}

impl Differing<'_> {
    /// Whether all scenarios state it.
    pub fn is_everywhere(&self) -> bool {
        self.stated.iter().all(Option::is_some)
    }
}

/// All of them, in the order of the first scenario and then of the others. Known values of the past are no assumptions.
pub fn differing(scenarios: &[RunResult]) -> Vec<Differing<'_>> {
    let mut paths: Vec<&str> = Vec::new();
    for assumption in scenarios.iter().flat_map(|result| &result.assumptions) {
        if !assumption.is_history() && !paths.contains(&assumption.path.as_str()) {
            paths.push(&assumption.path);
        }
    }
    let stated = |path: &str| -> Vec<Option<&Assumption>> {
        let of = |result: &'_ RunResult| -> Option<usize> {
            result.assumptions.iter().position(|assumption| assumption.path == path)
        };
        scenarios.iter().map(|result| of(result).map(|place| &result.assumptions[place])).collect()
    };
    let all = paths.into_iter().map(|path| Differing { path, stated: stated(path) });
    all.filter(|row| row.stated.windows(2).any(|pair| text(pair[0]) != text(pair[1]))).collect()
}

fn text(assumption: Option<&Assumption>) -> Option<(&str, &str)> {
    assumption.map(|assumption| (assumption.written.as_str(), assumption.unit.as_str()))
}
