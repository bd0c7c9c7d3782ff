//! Shares from runs that are made again with some of their numbers drawn anew.

use super::group::{Data, Group, groups};
use super::{Drivers, Kind, LARGEST, Method, central, period};
use crate::plan::Metric;
use crate::plan::Plan;
use crate::run::{Draws, Observer, Stopped, Streams, YearlyFigure, redraws};
use crate::sensitivity::{Index, PickFreeze};
use crate::stats::{Moments, settled};

/// Explains a figure by a pick-freeze design of so many runs: for every group they are computed again with
/// other numbers for it, and once with other numbers for all. Correlations and ends are those of the draws,
/// the first of whose figures it is.
///
/// # Errors
/// [`Stopped`] when the observer asked for it.
pub fn by_redrawing(
    plan: &Plan,
    draws: &Draws,
    (metric, year): (&Metric, i32),
    (figure, runs): (YearlyFigure, u64),
    observer: &dyn Observer,
) -> Result<Drivers, Stopped> {
    let data = Data::new(plan, draws, year);
    let groups: Vec<Group> =
        groups(plan).into_iter().filter(|group| group.kind == Kind::Path || data.varies(group)).collect();
    let again: Vec<Streams> =
        std::iter::once(Streams::all(plan)).chain(groups.iter().map(|group| group.streams.clone())).collect();
    let columns = settled(redraws(plan, runs, figure, &again, observer)?);
    let (ends, mixed) = columns.split_at(2);
    let design = PickFreeze::new(&ends[0], &ends[1]);
    let mut order: Vec<usize> = (0..groups.len()).collect();
    let first: Vec<Index> = mixed.iter().map(|mixed| design.first(mixed)).collect();
    order.sort_by(|&a, &b| first[b].raw().total_cmp(&first[a].raw()));
    let small = order.iter().skip(LARGEST).map(|&group| mixed[group].as_slice());
    let row = |(group, mixed): (&Group, &Vec<f64>)| super::Driver {
        total: Some(design.total(mixed)),
        ..data.driver(group, design.first(mixed))
    };
    let mut found = Drivers {
        metric: metric.clone(),
        year: period(plan, year),
        figure: Moments::of(data.figure()),
        central: central(plan, metric, year),
        method: Method::Sobol { runs, plans: columns.len() },
        list: groups.iter().zip(mixed).map(row).collect(),
        small: design.sum(small),
        interactions: design.rest(mixed.iter().map(Vec::as_slice)),
        remainder: Index::nothing(),
    };
    found.sort();
    Ok(found)
}
