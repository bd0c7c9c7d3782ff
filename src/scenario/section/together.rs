//! Groups of correlated members: the Cholesky factors of their matrices, and what to do with impossible ones.

use super::correlation::{Drawn, Pair};
use crate::diag::{Diagnostic, Span};
use crate::sample::{CorrelationMatrix, parameter_of_rank_correlation};
use crate::scenario::reader::Context;

/// The maximum number of members of one matrix: more are no analyst's estimate, and would slow down every
/// run.
const MOST_TOGETHER: usize = 100;
/// The number of changes of a repaired matrix that a warning shows, for stated and for unstated pairs each.
const MOST_SHOWN: usize = 6;
/// The smallest change that is shown; correlations are shown with two decimals.
const LEAST_SHOWN: f64 = 0.01;

/// A group of correlated inputs or series.
pub(super) struct Group {
    /// Indices among the inputs or the series, ascending.
    pub(super) members: Vec<usize>,
    /// The lower Cholesky factor of their matrix, row by row.
    pub(super) cholesky: Vec<f64>,
}

/// A group whose factor has not been computed yet.
struct Together<'p> {
    members: Vec<usize>,
    drawn: Drawn,
    pairs: Vec<&'p Pair>,
}

/// The change of one pair of a repaired matrix.
struct Change {
    name: String,
    /// Where it is stated; `None` for an unstated pair, whose correlation was 0.
    span: Option<Span>,
    from: f64,
    to: f64,
}

/// The groups that are connected by these pairs, which are all of inputs or all of series, each with its
/// factor.
pub(super) fn groups(pairs: &[Pair], drawn: Drawn, repair: bool, context: &mut Context<'_>) -> Vec<Group> {
    let pairs: Vec<&Pair> = pairs.iter().collect();
    let together = |members: Vec<usize>| {
        let pairs = within(&members, &pairs);
        Together { members, drawn, pairs }
    };
    connected(&pairs).into_iter().filter_map(|members| together(members).factored(repair, context)).collect()
}

/// The sets that are connected by pairs with a nonzero correlation, each ascending. Members that are in no
/// such pair need no matrix.
fn connected(pairs: &[&Pair]) -> Vec<Vec<usize>> {
    let mut sets: Vec<Vec<usize>> = Vec::new();
    for &&Pair { ends: (one, other), .. } in pairs.iter().filter(|pair| pair.correlation != 0.0) {
        let (touched, apart): (Vec<_>, Vec<_>) =
            sets.into_iter().partition(|set| set.contains(&one) || set.contains(&other));
        let mut set: Vec<usize> = touched.into_iter().flatten().chain([one, other]).collect();
        set.sort_unstable();
        set.dedup();
        sets = apart;
        sets.push(set);
    }
    sets.sort();
    sets
}

/// The pairs with both ends in a set.
fn within<'p>(set: &[usize], pairs: &[&'p Pair]) -> Vec<&'p Pair> {
    let both = |pair: &&&Pair| set.contains(&pair.ends.0) && set.contains(&pair.ends.1);
    pairs.iter().filter(both).copied().collect()
}

impl Together<'_> {
    /// The group with its factor, if necessary that of the nearest possible matrix. Reports a problem if the
    /// correlations are jointly impossible and must not be repaired.
    fn factored(self, repair: bool, context: &mut Context<'_>) -> Option<Group> {
        if self.members.len() > MOST_TOGETHER {
            context.report(self.too_many());
            return None;
        }
        let stated = self.matrix();
        let cholesky = stated.cholesky().ok().or_else(|| self.repaired(&stated, repair, context));
        if cholesky.is_none() {
            context.report(self.impossible(&stated));
        }
        cholesky.map(|cholesky| Group { members: self.members, cholesky })
    }

    /// The matrix of its members, in their order; unstated correlations are 0.
    fn matrix(&self) -> CorrelationMatrix {
        let mut matrix = CorrelationMatrix::independent(self.members.len());
        for pair in &self.pairs {
            let (one, other) = (self.row(pair.ends.0), self.row(pair.ends.1));
            matrix.correlate(one, other, self.drawn.parameter(pair.correlation));
        }
        matrix
    }

    fn row(&self, end: usize) -> usize {
        self.members.binary_search(&end).expect("a group holds both ends of its pairs")
    }

    fn too_many(&self) -> Diagnostic {
        let what = match self.drawn {
            Drawn::Once => "uncertain numbers",
            Drawn::Monthly => "series",
        };
        let members = self.members.len();
        let message =
            format!("{members} {what} are correlated with one another; the most is {MOST_TOGETHER}");
        let problem = Diagnostic::error(self.pairs[0].span, message);
        match self.drawn {
            Drawn::Once => problem.help("leave out those pairs that hardly matter"),
            Drawn::Monthly => problem.help("let what moves together for one reason follow one driver"),
        }
    }

    fn impossible(&self, matrix: &CorrelationMatrix) -> Diagnostic {
        let least: Vec<usize> = least_impossible(matrix).into_iter().map(|row| self.members[row]).collect();
        let pairs = within(&least, &self.pairs);
        let names: Vec<String> = pairs.iter().map(|pair| format!("`{}`", pair.name)).collect();
        let message = format!("these correlations are jointly impossible: {}", names.join(", "));
        let label = |pair: &Pair| format!("{}", pair.correlation);
        let (first, others) = pairs.split_first().expect("uncorrelated members are always possible");
        let problem = Diagnostic::error(first.span, message).label(label(first));
        let problem = others.iter().fold(problem, |problem, pair| problem.see(pair.span, label(pair)));
        let advice = if pairs.len() < least.len() * (least.len() - 1) / 2 {
            "pairs that aren't stated count as 0: state those between the same names too, or bring these \
             closer to 0"
        } else {
            "bring them closer to 0"
        };
        problem
            .help(format!("{advice}; `repair_correlations = true` in [run] uses the nearest possible ones"))
    }

    /// The factor of the nearest possible matrix, with a warning that lists the changes.
    fn repaired(
        &self,
        stated: &CorrelationMatrix,
        repair: bool,
        context: &mut Context<'_>,
    ) -> Option<Vec<f64>> {
        if !repair {
            return None;
        }
        let nearest = stated.nearest();
        let cholesky = nearest.cholesky().ok()?;
        let changes = self.changes(&nearest, context);
        context.report(repair_warning(&changes));
        for change in &changes {
            change.register(context);
        }
        Some(cholesky)
    }

    /// The change of every pair, the largest first.
    fn changes(&self, nearest: &CorrelationMatrix, context: &Context<'_>) -> Vec<Change> {
        let rows = 0..self.members.len();
        let mut changes: Vec<Change> = rows
            .flat_map(|other| (0..other).map(move |one| (one, other)))
            .map(|(one, other)| self.change(one, other, nearest.between(one, other), context))
            .collect();
        changes.sort_by(|a, b| b.size().total_cmp(&a.size()));
        changes
    }

    fn change(&self, one: usize, other: usize, nearest: f64, context: &Context<'_>) -> Change {
        let to = self.drawn.stated(nearest);
        let ends = (self.members[one], self.members[other]);
        if let Some(pair) = self.pairs.iter().find(|pair| pair.ends == ends) {
            Change { name: pair.name.clone(), span: Some(pair.span), from: pair.correlation, to }
        } else {
            let (one, other) = (self.drawn.name(ends.0, context), self.drawn.name(ends.1, context));
            Change { name: format!("{one} ~ {other}"), span: None, from: 0.0, to }
        }
    }
}

impl Drawn {
    /// The entry of the matrix for a stated correlation.
    fn parameter(self, stated: f64) -> f64 {
        match self {
            Self::Once => parameter_of_rank_correlation(stated),
            Self::Monthly => stated,
        }
    }

    /// The correlation that corresponds to an entry of the matrix.
    ///
    /// # Formula
    /// For inputs, ρ = 6/π·asin(r/2), the inverse of r = 2·sin(π·ρ/6).
    fn stated(self, parameter: f64) -> f64 {
        match self {
            Self::Once => 6.0 / std::f64::consts::PI * libm::asin(parameter / 2.0),
            Self::Monthly => parameter,
        }
    }

    fn name<'c>(self, member: usize, context: &'c Context<'_>) -> &'c str {
        match self {
            Self::Once => &context.inputs[member].path,
            Self::Monthly => &context.series[member].path,
        }
    }
}

impl Change {
    fn size(&self) -> f64 {
        (self.to - self.from).abs()
    }

    /// Notes in the register the value that is used for a stated correlation.
    fn register(&self, context: &mut Context<'_>) {
        let path = format!("correlations.{}", self.name);
        if let Some(stated) = context.assumptions.iter_mut().find(|assumption| assumption.path == path) {
            let gap = if stated.note.is_empty() { "" } else { " " };
            let used = format!("{gap}Used: {:.3}, from the nearest possible correlations.", self.to);
            stated.note.push_str(&used);
        }
    }

    fn in_words(&self) -> String {
        if self.size() < LEAST_SHOWN {
            return format!("{:.2} changes by less than {LEAST_SHOWN}", self.from);
        }
        format!("{:.2} becomes {:.2}", self.from, self.to)
    }
}

/// A warning about the changes of a repair, the largest first. Stated pairs are shown at their location in
/// the file.
fn repair_warning(changes: &[Change]) -> Diagnostic {
    let (stated, others): (Vec<&Change>, Vec<&Change>) =
        changes.iter().partition(|change| change.span.is_some());
    let worth_showing = |change: &&&Change| change.size() >= LEAST_SHOWN;
    let mut shown = stated.iter().take(MOST_SHOWN).filter_map(|change| Some((change.span?, *change)));
    let (first_span, first) = shown.next().expect("a group is connected by stated pairs");
    let message = "these correlations are jointly impossible: the nearest possible ones are used";
    let problem = Diagnostic::warning(first_span, message).label(first.in_words());
    let problem = shown
        .filter(|(_, change)| change.size() >= LEAST_SHOWN)
        .fold(problem, |problem, (span, change)| problem.see(span, change.in_words()));
    let others: Vec<String> = (others.iter().filter(worth_showing).take(MOST_SHOWN))
        .map(|change| format!("`{}` {}", change.name, change.in_words()))
        .collect();
    if others.is_empty() {
        return problem;
    }
    problem.help(format!("pairs that aren't stated also change: {}", others.join(", ")))
}

/// A minimal set of rows that are jointly impossible: without any one of them, the others are possible. A
/// possible set stays possible when a row is left out, so one pass over the rows finds such a set.
fn least_impossible(matrix: &CorrelationMatrix) -> Vec<usize> {
    let mut rows: Vec<usize> = (0..matrix.members()).collect();
    for row in 0..matrix.members() {
        let without: Vec<usize> = rows.iter().copied().filter(|&other| other != row).collect();
        if matrix.of(&without).cholesky().is_err() {
            rows = without;
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::FileId;

    fn pairs(stated: &[(usize, usize, f64)]) -> Vec<Pair> {
        let pair = |&(one, other, correlation): &(usize, usize, f64)| Pair {
            drawn: Drawn::Monthly,
            ends: (one, other),
            correlation,
            name: format!("{one} ~ {other}"),
            span: Span::new(FileId(0), 0..0),
        };
        stated.iter().map(pair).collect()
    }

    #[test]
    fn connected_members_form_one_ascending_set() {
        let stated = pairs(&[(4, 9, 0.1), (1, 2, 0.1), (2, 9, 0.1), (5, 6, 0.1)]);
        assert_eq!(connected(&stated.iter().collect::<Vec<_>>()), [vec![1, 2, 4, 9], vec![5, 6]]);
    }

    #[test]
    fn the_minimal_impossible_set_leaves_out_unrelated_rows() {
        let stated = pairs(&[(0, 1, 0.5), (1, 2, 0.9), (2, 3, 0.9), (1, 3, -0.9), (3, 4, 0.1)]);
        let all =
            Together { members: vec![0, 1, 2, 3, 4], drawn: Drawn::Monthly, pairs: stated.iter().collect() };
        assert!(all.matrix().cholesky().is_err());
        assert_eq!(least_impossible(&all.matrix()), [1, 2, 3]);
    }

    #[test]
    fn a_rank_correlation_is_recovered_from_its_parameter() {
        for rho in [-0.999, -0.4, 0.0, 0.6, 0.999] {
            let back = Drawn::Once.stated(Drawn::Once.parameter(rho));
            // A few roundings of numbers below one.
            assert!((back - rho).abs() < 1e-15, "{rho} comes back as {back}");
        }
    }
}
