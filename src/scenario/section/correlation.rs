//! `[correlations]`: which noises and paths go together, as Cholesky factors.

use crate::diag::{Diagnostic, Place};
use crate::sample::{CorrelationMatrix, CorrelationSpec, Process};
use crate::scenario::field::Domain;
use crate::scenario::reader::{Context, Reader};
use crate::scenario::tree::{Entry, Value};
use crate::scenario::value::fixed;
use crate::units::Dimension;

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
    let matrix = matrix(&members, &within(&members));
    let cholesky = matrix.cholesky().ok();
    if cholesky.is_none() {
        let least: Vec<usize> = least_impossible(&matrix).into_iter().map(|row| members[row]).collect();
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

/// The matrix of these members, in their order; what no pair states is 0.
fn matrix(members: &[usize], pairs: &[&Pair]) -> CorrelationMatrix {
    let mut matrix = CorrelationMatrix::independent(members.len());
    for pair in pairs {
        let row = |end: usize| members.binary_search(&end).expect("a set holds both ends of its pairs");
        matrix.correlate(row(pair.ends.0), row(pair.ends.1), pair.correlation);
    }
    matrix
}

/// Of rows that can't hold together, some from which none can be left out. What is possible stays possible when a row is
/// left out, so one pass finds them.
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
            ends: (one, other),
            correlation,
            name: format!("{one} ~ {other}"),
            place: Place::new(FileId(0), 0..0),
        };
        stated.iter().map(pair).collect()
    }

    #[test]
    fn series_that_hang_together_make_one_set_in_their_own_order() {
        let stated = pairs(&[(4, 9, 0.1), (1, 2, 0.1), (2, 9, 0.1), (5, 6, 0.1)]);
        assert_eq!(connected(&stated.iter().collect::<Vec<_>>()), [vec![1, 2, 4, 9], vec![5, 6]]);
    }

    #[test]
    fn the_least_impossible_set_leaves_out_what_has_no_part_in_it() {
        let stated = [(0, 1, 0.5), (1, 2, 0.9), (2, 3, 0.9), (1, 3, -0.9), (3, 4, 0.1)];
        let pairs = pairs(&stated);
        let matrix = matrix(&[0, 1, 2, 3, 4], &pairs.iter().collect::<Vec<_>>());
        assert!(matrix.cholesky().is_err());
        assert_eq!(least_impossible(&matrix), [1, 2, 3]);
    }
}
