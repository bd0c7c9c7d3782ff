//! Properties of every corridor, checked on random ones.
//!
//! Each law is checked on the same random plans at every run of the tests (fixed seed, nothing stored),
//! `CASES` of them unless stated otherwise, with eight runs each. A plan has up to 5 products in 3 groups, 4
//! routes, 3 events, 3 projects and 2 shocks with their effects, money and credit in most, and every other
//! mechanism of the model in some.

mod money;
mod more;
mod nothing;
mod projects;
mod units;

use crate::random::{check_random_plans, random_plan};
use crate::support::{Table, agrees, rounding, table};
use corridor::batch::Number;
use corridor::model::Corridor;
use corridor::plan::Plan;
use corridor::plan::{Cause, Change, EffectSpec, Kind, Start, Target};
use corridor::units::Dimension;

const CASES: u32 = 400;
const RUNS: usize = 8;

/// The message of a violated law.
type Verdict = Result<(), String>;

/// The figures of a plan, by path.
struct Seen<'a> {
    plan: &'a Plan,
    corridor: &'a Corridor,
    table: Table<RUNS>,
}

impl<'a> Seen<'a> {
    fn new(plan: &'a Plan, corridor: &'a Corridor) -> Self {
        Self { plan, corridor, table: table(plan, corridor, 0) }
    }

    /// A metric over all months and all runs, in one row.
    fn months(&self, path: &str) -> Vec<f64> {
        let place = self.corridor.metrics.position(path).unwrap_or_else(|| panic!("no metric {path}"));
        self.table.months.iter().flat_map(|month| month[place].0).collect()
    }

    /// A metric a month earlier; zero before the first month.
    fn month_before(&self, path: &str) -> Vec<f64> {
        let mut row = vec![0.0; RUNS];
        row.extend(self.months(path));
        row.truncate(row.len() - RUNS);
        row
    }

    /// A metric added up since the start of the run.
    fn so_far(&self, path: &str) -> Vec<f64> {
        let mut row = self.months(path);
        for at in RUNS..row.len() {
            row[at] += row[at - RUNS];
        }
        row
    }

    /// A number of the plan, the same in every month.
    fn number(&self, number: Number) -> Vec<f64> {
        let values = self.plan.sampler::<RUNS>(&self.plan.layout()).begin(0).value(number).0;
        self.table.months.iter().flat_map(|_| values).collect()
    }

    fn sum(&self, paths: impl IntoIterator<Item = String>) -> Vec<f64> {
        let mut sum = vec![0.0; self.table.months.len() * RUNS];
        for path in paths {
            for (sum, value) in sum.iter_mut().zip(self.months(&path)) {
                *sum += value;
            }
        }
        sum
    }

    /// The prefixes of everything that has a trade block.
    fn traded(&self) -> Vec<String> {
        let groups = self.corridor.spec.groups.iter().map(|group| format!("groups.{}.", group.name));
        std::iter::once(String::new()).chain(groups).chain(self.products()).collect()
    }

    fn products(&self) -> Vec<String> {
        self.corridor.spec.products.iter().map(|product| format!("products.{}.", product.name)).collect()
    }
}

fn paths(prefixes: &[String], name: &str) -> Vec<String> {
    prefixes.iter().map(|prefix| format!("{prefix}{name}")).collect()
}

/// Combines two rows element by element.
fn zip(left: &[f64], right: &[f64], f: impl Fn(f64, f64) -> f64) -> Vec<f64> {
    left.iter().zip(right).map(|(left, right)| f(*left, *right)).collect()
}

/// Removes the effects on some parameters.
fn drop_effects(plan: &mut Plan, on: impl Fn(&Target) -> bool) {
    plan.corridor.effects.retain(|effect: &EffectSpec| !effect.targets.iter().any(&on));
}

/// Equal in every month and run, except for rounding.
fn equal(left: &[f64], right: &[f64], dimension: Dimension, what: &str) -> Verdict {
    let off = left.iter().zip(right).position(|(l, r)| !agrees(*l, *r, rounding(dimension)));
    off.map_or(Ok(()), |at| Err(differs(left, right, at, what)))
}

/// Nowhere above, except for rounding.
fn at_most(left: &[f64], right: &[f64], dimension: Dimension, what: &str) -> Verdict {
    let off = left.iter().zip(right).position(|(l, r)| l > r && !agrees(*l, *r, rounding(dimension)));
    off.map_or(Ok(()), |at| Err(differs(left, right, at, what)))
}

fn differs(left: &[f64], right: &[f64], at: usize, what: &str) -> String {
    format!("{what}: {:?} and {:?} in month {}, run {}", left[at], right[at], at / RUNS, at % RUNS)
}

#[test]
fn what_is_wanted_is_exported_or_lost_for_a_cause_or_waits() {
    check_random_plans(CASES, |plan, corridor, _| {
        let seen = Seen::new(plan, corridor);
        for prefix in seen.traded() {
            let of = |name: &str| format!("{prefix}{name}");
            let waiting = of("waiting");
            let may_wait = corridor.metrics.position(&waiting).is_some();
            let stock = |of_month: &dyn Fn(&str) -> Vec<f64>| may_wait.then(|| of_month(&waiting));
            let mut served = seen.sum([of("volume"), of("unmet")]);
            let mut sought = seen.months(&of("wanted"));
            if let (Some(at_end), Some(before)) =
                (stock(&|path| seen.months(path)), stock(&|path| seen.month_before(path)))
            {
                served = zip(&served, &at_end, |served, waits| served + waits);
                sought = zip(&sought, &before, |wanted, waits| wanted + waits);
            }
            equal(
                &served,
                &sought,
                Dimension::MASS,
                &of("volume + unmet + waiting, wanted + waiting before"),
            )?;
            let causes = seen.sum(Cause::ALL.map(|cause| of(&cause.unmet())));
            equal(&causes, &seen.months(&of("unmet")), Dimension::MASS, &of("causes, unmet"))?;
        }
        Ok(())
    });
}

#[test]
fn in_every_year_too_what_is_wanted_is_exported_or_lost_or_waits() {
    check_random_plans(CASES, |plan, corridor, _| {
        let seen = Seen::new(plan, corridor);
        for prefix in seen.traded() {
            let place = |name: &str| corridor.metrics.position(&format!("{prefix}{name}"));
            let mut waited = [0.0; RUNS];
            for year in &seen.table.years {
                let of = |name: &str| place(name).map_or([0.0; RUNS], |place| year[place].0);
                let waits = of("waiting");
                for run in 0..RUNS {
                    let sought = of("wanted")[run] + waited[run];
                    let ends = of("volume")[run] + of("unmet")[run] + waits[run];
                    if !agrees(sought, ends, rounding(Dimension::MASS)) {
                        return Err(format!("{prefix}: {sought:?} sought in a year, {ends:?} accounted for"));
                    }
                }
                waited = waits;
            }
        }
        Ok(())
    });
}

#[test]
fn products_add_up_to_their_groups_and_to_the_total() {
    check_random_plans(CASES, |plan, corridor, _| {
        let seen = Seen::new(plan, corridor);
        let causes = Cause::ALL.map(Cause::unmet);
        let names =
            ["wanted", "volume", "value", "unmet"].into_iter().chain(causes.iter().map(String::as_str));
        for name in names {
            let dimension = if name == "value" { Dimension::MONEY } else { Dimension::MASS };
            equal(&seen.sum(paths(&seen.products(), name)), &seen.months(name), dimension, name)?;
            for (g, group) in corridor.spec.groups.iter().enumerate() {
                let members = corridor.spec.products.iter().filter(|product| product.group.0 == g);
                let members = members.map(|product| format!("products.{}.{name}", product.name));
                let path = format!("groups.{}.{name}", group.name);
                equal(&seen.sum(members), &seen.months(&path), dimension, &path)?;
            }
        }
        Ok(())
    });
}

#[test]
fn nothing_is_negative_and_everything_is_a_number() {
    check_random_plans(CASES, |plan, corridor, _| {
        let seen = Seen::new(plan, corridor);
        for (place, metric) in corridor.metrics.list().iter().enumerate() {
            let least = if metric.signed { f64::MIN } else { 0.0 };
            // The factors of noises and random paths have a mean of one, and no bound.
            let is_factor = [".level", "noise", ".price_path"].iter().any(|end| metric.path.ends_with(end));
            let is_share = metric.dimension == Dimension::SHARE && !is_factor;
            let most = if is_share { 1.0 + 1e-9 } else { f64::MAX };
            for period in seen.table.months.iter().chain(&seen.table.years) {
                let value = period[place].0.into_iter().find(|value| !(least..=most).contains(value));
                if let Some(value) = value {
                    return Err(format!("{} is {value:?}", metric.path));
                }
            }
        }
        Ok(())
    });
}

#[test]
fn no_route_carries_more_than_it_can_and_together_they_carry_everything() {
    check_random_plans(CASES, |plan, corridor, _| {
        let seen = Seen::new(plan, corridor);
        let routes: Vec<String> =
            corridor.spec.routes.iter().map(|route| format!("routes.{}.", route.name)).collect();
        for route in &routes {
            let (moved, capacity) =
                (seen.months(&format!("{route}throughput")), seen.months(&format!("{route}capacity")));
            at_most(&moved, &capacity, Dimension::MASS, route)?;
        }
        equal(&seen.sum(paths(&routes, "throughput")), &seen.months("volume"), Dimension::MASS, "volume")
    });
}

#[test]
fn nobody_gets_more_of_a_product_than_the_seller_offers_and_rules_let_through() {
    check_random_plans(CASES, |plan, _, _| {
        let mut plan = plan.clone();
        drop_effects(&mut plan, |on| matches!(on, Target::Supply(_) | Target::Permitted(_)));
        // Demand carried over is permitted and supplied like new demand.
        plan.corridor.products.iter_mut().for_each(|product| product.carry = None);
        for supply in plan.corridor.products.iter_mut().filter_map(|product| product.supply.as_mut()) {
            supply.noise = None;
        }
        let corridor = Corridor::new(plan.corridor.clone());
        let seen = Seen::new(&plan, &corridor);
        for product in &plan.corridor.products {
            let of = |metric: &str| seen.months(&format!("products.{}.{metric}", product.name));
            let permitted = seen.number(product.permitted);
            let allowed = zip(&of("wanted"), &permitted, |wanted, permitted| wanted * permitted);
            at_most(&of("volume"), &allowed, Dimension::MASS, "volume, permitted")?;
            let forbidden = zip(&of("wanted"), &permitted, |wanted, permitted| wanted * (1.0 - permitted));
            equal(&of("unmet.policy"), &forbidden, Dimension::MASS, "not permitted")?;
            let Some(supply) = product.supply else {
                at_most(&of("unmet.supply"), &vec![0.0; allowed.len()], Dimension::MASS, "no supply binds")?;
                continue;
            };
            let offered = seen.number(supply.level_t);
            at_most(&of("volume"), &offered, Dimension::MASS, "volume, supply")?;
            let missing = zip(&allowed, &offered, |allowed, offered| f64::max(0.0, allowed - offered));
            equal(&of("unmet.supply"), &missing, Dimension::MASS, "not supplied")?;
        }
        Ok(())
    });
}

#[test]
fn value_is_volume_at_the_price_of_the_month() {
    check_random_plans(CASES, |plan, corridor, _| {
        let seen = Seen::new(plan, corridor);
        for product in seen.products() {
            let of = |metric: &str| seen.months(&format!("{product}{metric}"));
            let value = zip(&of("volume"), &of("price"), |volume, price| volume * price);
            equal(&of("value"), &value, Dimension::MONEY, &product)?;
        }
        Ok(())
    });
}

#[test]
fn years_are_made_of_their_months() {
    check_random_plans(CASES, |plan, corridor, _| {
        let seen = Seen::new(plan, corridor);
        let mut first = 0;
        for year in &seen.table.years {
            let calendar = |step: usize| corridor.spec.horizon.month(step).year();
            let last =
                (first..seen.table.months.len()).take_while(|&s| calendar(s) == calendar(first)).count()
                    + first;
            let months = &seen.table.months[first..last];
            for (place, metric) in corridor.metrics.list().iter().enumerate() {
                for run in 0..RUNS {
                    let sum = |place: usize| months.iter().map(|month| month[place].0[run]).sum::<f64>();
                    let expected = match metric.kind {
                        Kind::Flow => sum(place),
                        Kind::Stock => months[months.len() - 1][place].0[run],
                        Kind::Mean => sum(place) / months.len() as f64,
                        Kind::Ratio { over, under } if sum(under) > 0.0 => sum(over) / sum(under),
                        Kind::Ratio { .. } => 0.0,
                        Kind::Binds { .. } => continue,
                    };
                    let found = year[place].0[run];
                    if !agrees(found, expected, rounding(metric.dimension)) {
                        return Err(format!("{} in a year: {found:?}, its months {expected:?}", metric.path));
                    }
                }
            }
            first = last;
        }
        Ok(())
    });
}

#[test]
fn at_most_one_cause_binds_and_it_is_the_one_with_the_most_lost_or_waiting() {
    check_random_plans(CASES, |plan, corridor, _| {
        let seen = Seen::new(plan, corridor);
        let place = |path: String| corridor.metrics.position(&path).expect("it is a metric");
        let (binds, unmet) =
            (Cause::ALL.map(|cause| place(cause.binds())), Cause::ALL.map(|cause| place(cause.unmet())));
        let wanted = place("wanted".to_owned());
        let waiting = corridor.metrics.position("waiting");
        for period in seen.table.months.iter().chain(&seen.table.years) {
            for run in 0..RUNS {
                let held = |c: usize| {
                    let waits = waiting.map_or(0.0, |total| period[total + 1 + c].0[run]);
                    period[unmet[c]].0[run] + waits
                };
                let most = (0..Cause::ALL.len()).map(held).fold(0.0, f64::max);
                let sought = match waiting {
                    None => period[wanted].0[run],
                    Some(total) => {
                        let exported = period[place("volume".to_owned())].0[run];
                        exported + period[place("unmet".to_owned())].0[run] + period[total].0[run]
                    }
                };
                let some = most > 0.01 * sought;
                let count = binds.map(|place| period[place].0[run]).into_iter().sum::<f64>();
                let right = (0..Cause::ALL.len()).all(|c| period[binds[c]].0[run] == 0.0 || held(c) >= most);
                if (count > 0.5) != some || count > 1.5 || !right {
                    return Err(format!("{count} causes bind, the most unmet for one is {most:?}"));
                }
            }
        }
        Ok(())
    });
}

/// The metrics, by a part of their paths, that must be positive in some month of some run.
const SEEN: [&str; 15] = [
    "binds.supply",
    "binds.policy",
    "binds.logistics",
    "binds.finance",
    "binds.border",
    "earnings.",
    "finance.kept",
    "finance.drawn",
    "finance.interest",
    "finance.arrears",
    "finance.defaulted",
    ".started",
    ".unfunded",
    ".finished",
    "shocks.",
];

/// A check for a mechanism in a plan.
type Has = fn(&Plan) -> bool;

/// The mechanisms that some plans must have.
const MADE: [(&str, Has); 13] = [
    ("a price that moves", |plan| plan.corridor.products.iter().any(|p| p.price.path.is_some())),
    ("demand that follows a driver", |plan| plan.corridor.products.iter().any(|p| !p.drivers.is_empty())),
    ("a price that follows a driver", |plan| {
        plan.corridor.products.iter().any(|p| !p.price.drivers.is_empty())
    }),
    ("elasticity", |plan| plan.corridor.products.iter().any(|p| p.elasticity.is_some())),
    ("carried demand", |plan| plan.corridor.products.iter().any(|p| p.carry.is_some())),
    ("a gift", |plan| plan.corridor.products.iter().any(|p| p.grant)),
    ("a product that waits", |plan| {
        plan.corridor.products.iter().any(|p| matches!(p.start, Start::Milestone(_)))
    }),
    ("a random wait", |plan| plan.corridor.events.iter().any(|e| e.wait.is_some())),
    ("an event after others", |plan| plan.corridor.events.iter().any(|e| !e.after.is_empty())),
    ("a project after others", |plan| plan.corridor.projects.iter().any(|p| !p.needs.is_empty())),
    ("a project on credit alone", |plan| plan.corridor.projects.iter().any(|p| p.credit_only)),
    ("a pulse", |plan| plan.corridor.effects.iter().any(|e| matches!(e.change, Change::Pulse(_)))),
    ("correlated series", |plan| !plan.correlations.is_empty()),
];

#[test]
fn random_plans_are_of_every_kind() {
    // The laws are meaningful only if the plans differ: each mechanism must be in many of them, and matter.
    let mut counts = std::collections::BTreeMap::<&str, u32>::new();
    let counted = std::cell::RefCell::new(&mut counts);
    check_random_plans(CASES, |plan, corridor, _| {
        let seen = Seen::new(plan, corridor);
        let matters = |part: &str| {
            let metrics = corridor.metrics.list().iter().filter(|metric| metric.path.contains(part));
            metrics.into_iter().any(|metric| seen.months(&metric.path).iter().any(|value| *value > 1e-3))
        };
        let found = SEEN.into_iter().filter(|part| matters(part));
        let made = MADE.into_iter().filter(|(_, has)| has(plan)).map(|(name, _)| name);
        for name in found.chain(made) {
            *counted.borrow_mut().entry(name).or_default() += 1;
        }
        Ok(())
    });
    let rare: Vec<_> = counts.iter().filter(|(_, count)| **count < CASES / 20).collect();
    assert!(counts.len() == SEEN.len() + MADE.len() && rare.is_empty(), "{counts:?}");
    assert_eq!(random_plan(&[]).corridor.products.len(), 1, "no genes make the plainest corridor");
}
