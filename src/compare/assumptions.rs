//! The assumptions in which scenarios differ, and all other differences in what they state.

use crate::plan::Assumption;
use crate::results::RunResult;

/// A path that scenarios state differently, or that only some state.
#[derive(Debug, Clone, PartialEq)]
pub struct Differing<'r> {
    /// Its path.
    pub path: &'r str,
    /// What each scenario states; `None` where it states nothing.
    pub stated: Vec<Option<&'r Assumption>>,
    /// Whether it is in the register of any of them; otherwise it is a setting: a title, a route, what a
    /// target asks.
    pub is_assumption: bool,
}

impl Differing<'_> {
    /// Whether all scenarios state it.
    pub fn is_everywhere(&self) -> bool {
        self.stated.iter().all(Option::is_some)
    }
}

/// All differing paths, numbers first, in the order of the first scenario and then of the others. Known
/// values of the past aren't assumptions.
pub fn differing(scenarios: &[RunResult]) -> Vec<Differing<'_>> {
    let mut paths: Vec<&str> = Vec::new();
    let numbers = scenarios.iter().flat_map(|result| &result.assumptions);
    for assumption in numbers.chain(scenarios.iter().flat_map(|result| &result.choices)) {
        if !assumption.is_history() && !paths.contains(&assumption.path.as_str()) {
            paths.push(&assumption.path);
        }
    }
    let stated = |path: &str| -> Vec<Option<&Assumption>> {
        scenarios.iter().map(|result| stated_by(result, path)).collect()
    };
    let registered = |path: &str| {
        scenarios.iter().flat_map(|result| &result.assumptions).any(|assumption| assumption.path == path)
    };
    let all = paths.into_iter().map(|path| Differing {
        path,
        stated: stated(path),
        is_assumption: registered(path),
    });
    all.filter(|row| row.stated.windows(2).any(|pair| text(pair[0]) != text(pair[1]))).collect()
}

/// What a scenario states for a path: a number in one scenario may be something else in another.
fn stated_by<'r>(result: &'r RunResult, path: &str) -> Option<&'r Assumption> {
    result.assumptions.iter().chain(&result.choices).find(|assumption| assumption.path == path)
}

fn text(assumption: Option<&Assumption>) -> Option<(&str, &str)> {
    assumption.map(|assumption| (assumption.written.as_str(), assumption.unit.as_str()))
}
