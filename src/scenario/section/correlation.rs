//! `[correlations]`: which noises and paths go together, as Cholesky factors.

use crate::diag::{Diagnostic, Place};
use crate::sample::{CorrelationSpec, Process};
use crate::scenario::field::Domain;
use crate::scenario::reader::{Context, Reader};
use crate::scenario::tree::{Entry, Value};
use crate::scenario::value::fixed;
use crate::units::Dimension;

/// The least pivot that still counts as more than zero: below it rounding decides.
const LEAST_PIVOT: f64 = 1e-9;

/// More series than these in one matrix are no analyst's estimate, and would cost every month of every run.
const MOST_TOGETHER: usize = 100;

/// One stated pair.
struct Pair {
    /// Places among the series, the smaller first.
    ends: (usize, usize),
    correlation: f64,
    name: String,
    place: Place,
}

/// `[correlations]`, read when all series are known.
pub(in crate::scenario) fn correlations(
    root: &Reader<'_>,
    context: &mut Context<'_>,
) -> Vec<CorrelationSpec> {
    let Some(entry) = root.table.get("correlations") else { return Vec::new() };
    let Value::Table(table) = &entry.node.value else {
        context.report(
            Diagnostic::error(entry.node.place, "`correlations` holds pairs of names, each with a number")
                .help("for example: \"products.flour.noise ~ products.sugar.noise\" = 0.5"),
        );
        return Vec::new();
    };
    let pairs: Vec<Pair> = table.entries.iter().filter_map(|entry| pair(entry, context)).collect();
    let is_sound = all_different(&pairs, context) && pairs.len() == table.entries.len();
    // Without the pairs that are wrong the others may seem impossible: that can wait.
    if is_sound { sets(&pairs, context) } else { Vec::new() }
}

fn pair(entry: &Entry, context: &mut Context<'_>) -> Option<Pair> {
    let path = format!("correlations.{}", entry.key);
    let correlation = fixed(&entry.node, &path, Dimension::SHARE, Domain::Correlation, context);
    let parts: Vec<&str> = entry.key.split('~').map(str::trim).collect();
    let [one, other] = parts[..] else {
        let problem = Diagnostic::error(entry.key_place, format!("`{}` is no pair of names", entry.key));
        context.report(
            problem.help("write two names with a ~ between them: \"products.flour.noise ~ drivers.weather\""),
        );
        return None;
    };
    let (one_place, other_place) = (series(one, entry, context), series(other, entry, context));
    let (one_place, other_place) = (one_place?, other_place?);
    if one_place == other_place {
        let message = format!("`{one}` can't be correlated with itself");
        context.report(Diagnostic::error(entry.key_place, message).help("write two different names"));
        return None;
    }
    Some(Pair {
        ends: (one_place.min(other_place), one_place.max(other_place)),
        correlation: correlation?,
        name: entry.key.clone(),
        place: entry.key_place,
    })
}

/// The place of a noise or a path among the series.
fn series(name: &str, entry: &Entry, context: &mut Context<'_>) -> Option<usize> {
    let found = context.series.iter().position(|series| series.path == name && has_normals(&series.process));
    if found.is_none() {
        let known: Vec<String> = (context.series.iter().filter(|series| has_normals(&series.process)))
            .map(|series| series.path.clone())
            .collect();
        let place = part_of_key(entry, name, context);
        let problem = Diagnostic::error(place, format!("there is no noise or path `{name}`")).gap();
        context.report(if known.is_empty() {
            problem.help("no noise, price path or driver is stated in this scenario")
        } else {
            problem.suggest(name, known.iter().map(String::as_str))
        });
    }
    found
}

fn has_normals(process: &Process) -> bool {
    matches!(process, Process::Noise(_) | Process::Wander(_))
}

/// Where one of the two names stands within its key.
fn part_of_key(entry: &Entry, name: &str, context: &Context<'_>) -> Place {
    match context.sources.at(entry.key_place).find(name) {
        Some(from) => entry.key_place.part(from, name.len()),
        None => entry.key_place,
    }
}

/// Whether no pair is stated twice, in whatever order; a problem for each that is.
fn all_different(pairs: &[Pair], context: &mut Context<'_>) -> bool {
    let twins = pairs.iter().enumerate().filter_map(|(index, pair)| {
        let first = pairs[..index].iter().find(|other| other.ends == pair.ends)?;
        Some((pair, first))
    });
    let mut different = true;
    for (pair, first) in twins {
        different = false;
        let problem = Diagnostic::error(pair.place, format!("`{}` is stated twice", pair.name));
        context.report(problem.see(first.place, "the same pair").help(
            "the order of the two makes no difference; a layer that changes a pair writes it as the one below does",
        ));
    }
    different
}

/// The sets of series that hang together, each with its factor.
fn sets(pairs: &[Pair], context: &mut Context<'_>) -> Vec<CorrelationSpec> {
    // What doesn't go together needs no place in a matrix.
    let pairs: Vec<&Pair> = pairs.iter().filter(|pair| pair.correlation != 0.0).collect();
    let sets = connected(&pairs);
    sets.into_iter().filter_map(|members| together(members, &pairs, context)).collect()
}

/// The sets of series that hang together by pairs, each ascending.
fn connected(pairs: &[&Pair]) -> Vec<Vec<usize>> {
    let mut sets: Vec<Vec<usize>> = Vec::new();
    for &&Pair { ends: (one, other), .. } in pairs {
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

/// One set with its factor; a problem when its correlations can't hold together.
fn together(members: Vec<usize>, pairs: &[&Pair], context: &mut Context<'_>) -> Option<CorrelationSpec> {
    let within = |set: &[usize]| -> Vec<&Pair> {
        let both = |pair: &&&Pair| set.contains(&pair.ends.0) && set.contains(&pair.ends.1);
        pairs.iter().filter(both).copied().collect()
    };
    if members.len() > MOST_TOGETHER {
        let problem = Diagnostic::error(
            within(&members)[0].place,
            format!("{} series are correlated with one another; the most is {MOST_TOGETHER}", members.len()),
        );
        context.report(problem.help("what moves together because of one thing follows a driver"));
        return None;
    }
    let matrix = Matrix::new(&members, &within(&members));
    let everything: Vec<usize> = (0..members.len()).collect();
    let cholesky = matrix.factor(&everything);
    if cholesky.is_none() {
        let least: Vec<usize> =
            matrix.least_impossible(everything).into_iter().map(|row| members[row]).collect();
        context.report(impossible(&within(&least), least.len()));
    }
    cholesky.map(|cholesky| CorrelationSpec { members, cholesky })
}

fn impossible(pairs: &[&Pair], members: usize) -> Diagnostic {
    let names: Vec<String> = pairs.iter().map(|pair| format!("`{}`", pair.name)).collect();
    let message = format!("these correlations can't hold together: {}", names.join(", "));
    let label = |pair: &Pair| format!("{}", pair.correlation);
    let (first, others) =
        pairs.split_first().expect("series that aren't correlated can always hold together");
    let problem = Diagnostic::error(first.place, message).label(label(first));
    let problem = others.iter().fold(problem, |problem, pair| problem.see(pair.place, label(pair)));
    problem.help(if pairs.len() < members * (members - 1) / 2 {
        "pairs that aren't stated count as 0: state those between the same names too, or bring these nearer to 0"
    } else {
        "bring them nearer to 0"
    })
}

/// A matrix of correlations.
struct Matrix(Vec<Vec<f64>>);

impl Matrix {
    /// The matrix of these members, in their order; what no pair states is 0.
    fn new(members: &[usize], pairs: &[&Pair]) -> Self {
        let mut rows = vec![vec![0.0; members.len()]; members.len()];
        for (place, row) in rows.iter_mut().enumerate() {
            row[place] = 1.0;
        }
        for pair in pairs {
            let row = |end: usize| members.binary_search(&end).expect("a set holds both ends of its pairs");
            let (one, other) = (row(pair.ends.0), row(pair.ends.1));
            rows[one][other] = pair.correlation;
            rows[other][one] = pair.correlation;
        }
        Self(rows)
    }

    /// The lower Cholesky factor of these rows and columns, row by row; `None` when they aren't positive definite.
    ///
    /// # Formula
    /// L(i,j) = (R(i,j) − Σ L(i,k)·L(j,k)) / L(j,j) over k < j, and L(i,i) = √(1 − Σ L(i,k)²) over k < i.
    fn factor(&self, members: &[usize]) -> Option<Vec<f64>> {
        // Row i starts behind the rows of 1, 2, … i numbers.
        let at = |row: usize, column: usize| row * (row + 1) / 2 + column;
        let mut lower: Vec<f64> = Vec::with_capacity(at(members.len(), 0));
        for (row, &one) in members.iter().enumerate() {
            for (column, &other) in members[..row].iter().enumerate() {
                let shared: f64 = (0..column).map(|k| lower[at(row, k)] * lower[at(column, k)]).sum();
                lower.push((self.0[one][other] - shared) / lower[at(column, column)]);
            }
            let explained: f64 = (0..row).map(|k| lower[at(row, k)] * lower[at(row, k)]).sum();
            let pivot = 1.0 - explained;
            if pivot < LEAST_PIVOT {
                return None;
            }
            lower.push(libm::sqrt(pivot));
        }
        Some(lower)
    }

    /// Of rows that can't hold together, some from which none can be left out. What is possible stays possible when a
    /// row is left out, so one pass finds them.
    fn least_impossible(&self, mut members: Vec<usize>) -> Vec<usize> {
        for member in members.clone() {
            let without: Vec<usize> = members.iter().copied().filter(|&other| other != member).collect();
            if self.factor(&without).is_none() {
                members = without;
            }
        }
        members
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::FileId;

    fn pairs(stated: &[(usize, usize, f64)]) -> Vec<Pair> {
        let pair = |&(one, other, correlation): &(usize, usize, f64)| Pair {
            ends: (one, other),
            correlation,
            name: format!("{one} ~ {other}"),
            place: Place::new(FileId(0), 0..0),
        };
        stated.iter().map(pair).collect()
    }

    fn matrix(members: &[usize], stated: &[(usize, usize, f64)]) -> Matrix {
        Matrix::new(members, &pairs(stated).iter().collect::<Vec<_>>())
    }

    #[test]
    fn a_factor_times_itself_gives_the_correlations_back() {
        let matrix = matrix(&[2, 5, 7], &[(2, 5, 0.5), (2, 7, -0.3), (5, 7, 0.2)]);
        let lower = matrix.factor(&[0, 1, 2]).expect("these hold together");
        let row = |i: usize| &lower[i * (i + 1) / 2..=i * (i + 1) / 2 + i];
        let dot = |i: usize, j: usize| -> f64 { row(i).iter().zip(row(j)).map(|(a, b)| a * b).sum() };
        // Sums of at most three products of numbers below one: a few roundings of 1e-16.
        for (i, j, expected) in
            [(0, 0, 1.0), (1, 1, 1.0), (2, 2, 1.0), (0, 1, 0.5), (0, 2, -0.3), (1, 2, 0.2)]
        {
            assert!((dot(i, j) - expected).abs() < 1e-15, "{i}, {j}: {}", dot(i, j));
        }
    }

    #[test]
    fn a_series_behind_others_changes_nothing_of_their_factor() {
        let matrix = matrix(&[0, 1, 2], &[(0, 1, 0.6), (1, 2, 0.3)]);
        let (two, three) =
            (matrix.factor(&[0, 1]).expect("sound"), matrix.factor(&[0, 1, 2]).expect("sound"));
        assert_eq!(two, three[..3]);
    }

    #[test]
    fn series_that_hang_together_make_one_set_in_their_own_order() {
        let stated = pairs(&[(4, 9, 0.1), (1, 2, 0.1), (2, 9, 0.1), (5, 6, 0.1)]);
        assert_eq!(connected(&stated.iter().collect::<Vec<_>>()), [vec![1, 2, 4, 9], vec![5, 6]]);
    }

    #[test]
    fn the_least_impossible_set_leaves_out_what_has_no_part_in_it() {
        let stated = [(0, 1, 0.5), (1, 2, 0.9), (2, 3, 0.9), (1, 3, -0.9), (3, 4, 0.1)];
        let everything = vec![0, 1, 2, 3, 4];
        let matrix = matrix(&everything, &stated);
        assert_eq!(matrix.factor(&everything), None);
        assert_eq!(matrix.least_impossible(everything), [1, 2, 3]);
    }
}
