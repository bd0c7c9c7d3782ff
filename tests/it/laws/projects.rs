//! Projects: their costs, their pace, and what they wait for.

use super::{CASES, RUNS, Seen, Verdict, at_most, equal, zip};
use crate::random::check_random_plans;
use corridor::plan::{Milestone, ProjectSpec};
use corridor::units::Dimension;

/// Checks every project of random plans; its figures are found by their names.
fn check_projects(check: impl Fn(&Seen<'_>, &ProjectSpec, &dyn Fn(&str) -> String) -> Verdict) {
    check_random_plans(CASES, |plan, corridor, _| {
        let seen = Seen::new(plan, corridor);
        corridor.spec.projects.iter().try_for_each(|project| {
            check(&seen, project, &|metric| format!("projects.{}.{metric}", project.name))
        })
    });
}

/// The cost of a project including its overrun.
fn whole_cost(seen: &Seen<'_>, project: &ProjectSpec) -> Vec<f64> {
    zip(&seen.number(project.cost_usd), &seen.number(project.overrun), |cost, overrun| cost * overrun)
}

#[test]
fn nobody_spends_more_on_a_project_than_it_costs_nor_faster_than_it_can_be_built() {
    check_projects(|seen, project, path| {
        let cost = whole_cost(seen, project);
        at_most(&seen.so_far(&path("spent")), &cost, Dimension::MONEY, "spent so far, cost")?;
        let months = seen.number(project.build_months);
        let fastest = zip(&seen.number(project.cost_usd), &months, |cost, months| cost / months);
        let pace = seen.sum([path("spent"), path("unfunded")]);
        at_most(&pace, &fastest, Dimension::MONEY, "pace")
    });
}

#[test]
fn a_project_is_as_far_as_its_cost_is_spent_and_finished_when_all_of_it_is() {
    check_projects(|seen, project, path| {
        let (cost, spent) = (whole_cost(seen, project), seen.so_far(&path("spent")));
        let (progress, finished) = (seen.months(&path("progress")), seen.months(&path("finished")));
        for (at, &progress) in progress.iter().enumerate() {
            let all_spent = spent[at] >= cost[at] * (1.0 - 1e-9);
            let is_right = if cost[at] > 0.0 {
                (progress - spent[at] / cost[at]).abs() < 1e-9 && all_spent == (finished[at] == 1.0)
            } else {
                progress == finished[at]
            };
            if !is_right {
                return Err(format!("{progress:?} with {:?} of {:?} spent", spent[at], cost[at]));
            }
        }
        // A finished project stays finished, and spends no more money.
        let before = seen.month_before(&path("finished"));
        at_most(&before, &finished, Dimension::SHARE, "finished before, finished")?;
        let later = zip(&before, &seen.months(&path("spent")), |finished, spent| finished * spent);
        at_most(&later, &vec![0.0; later.len()], Dimension::MONEY, "spent after the end")
    });
}

#[test]
fn no_project_is_begun_before_what_it_needs_is_there() {
    check_projects(|seen, project, path| {
        let spent = seen.months(&path("spent"));
        for need in &project.needs {
            let ready = match need {
                Milestone::Project(other) => {
                    let name = &seen.corridor.spec.projects[other.0].name;
                    seen.month_before(&format!("projects.{name}.finished"))
                }
                Milestone::Event(other) => {
                    seen.months(&format!("events.{}.started", seen.corridor.spec.events[other.0].name))
                }
            };
            let early = zip(&spent, &ready, |spent, ready| spent * (1.0 - ready));
            at_most(&early, &vec![0.0; early.len()], Dimension::MONEY, "spent too early")?;
        }
        Ok(())
    });
}

#[test]
fn a_gift_is_built_as_fast_as_it_can_be_whatever_money_there_is() {
    check_projects(|seen, project, path| {
        let nothing = vec![0.0; seen.table.months.len() * RUNS];
        let is_paid_for = project.grant || seen.corridor.spec.finance.is_none();
        if is_paid_for {
            return equal(&seen.months(&path("unfunded")), &nothing, Dimension::MONEY, "unfunded");
        }
        Ok(())
    });
}
