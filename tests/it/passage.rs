//! Targets by date: the number of runs that have reached a threshold by each month, compared with runs
//! counted one by one.

use crate::support::{answers, head, plan};
use corridor::run::{Silent, replay, run};

const TARGETS: &str = "[targets.more]\nmetric = \"volume\"\nyear = 2027\nat_least = \"20 kt/year\"\n\
    [targets.full]\nmetric = \"routes.rail.utilisation\"\nyear = 2027\nat_least = \"95%\"\n\
    [targets.opened]\nmetric = \"events.road.started\"\nyear = 2027\nat_least = \"1\"\n\
    [targets.little]\nmetric = \"unmet\"\nyear = 2026\nat_most = \"1 kt/year\"\n";

fn scenario(runs: u64) -> String {
    head("2025-04", "2027-12", runs)
        + "[products.flour]\nvolume = \"10 to 30 kt/year\"\ngrowth = \"normal(10%, 10%) /year\"\n\
           noise = { sd_log = 0.3, persistence = 0.5 }\n\
           [routes.rail]\ncapacity = \"2 kt/month\"\n[routes.road]\ncapacity = \"1 kt/month\"\n\
           [events.road]\nplanned = \"2025-12\"\nprobability = \"60%\"\ndelay = \"uniform(0, 9) months\"\n\
           opens = [\"road\"]\n"
        + TARGETS
}

#[test]
fn counts_by_month_are_those_of_the_runs_one_by_one() {
    let plan = plan(&scenario(700));
    let result = run(&plan, &Silent).expect("nobody stops it");
    let replays: Vec<_> = (0..700).map(|number| replay(&plan, number)).collect();
    for target in &result.targets {
        let spec = &target.spec;
        let mut expected = vec![0_u64; 33];
        for replay in &replays {
            let values = |path: &str| replay.monthly(path).expect("targets name metrics");
            let last_year = |path: &str, month: usize| values(path)[month - 11..=month].iter().sum::<f64>();
            let amount = |month: usize| match spec.metric.as_str() {
                "events.road.started" => Some(values(&spec.metric)[month]),
                _ if month < 11 => None,
                "routes.rail.utilisation" => {
                    let moved = last_year("routes.rail.throughput", month);
                    Some(moved / last_year("routes.rail.capacity", month))
                }
                flow => Some(last_year(flow, month)),
            };
            let slack = 1e-9 * spec.threshold;
            let is_met = |x: f64| {
                if spec.at_least { x >= spec.threshold - slack } else { x <= spec.threshold + slack }
            };
            let first = (0..33).find(|&month| amount(month).is_some_and(is_met)).unwrap_or(33);
            expected.iter_mut().skip(first).for_each(|count| *count += 1);
        }
        assert_eq!(target.reached, expected, "{}", spec.name);
        assert!(
            expected[32] > 0 && expected[32] < 700 || spec.name == "little",
            "{} decides nothing",
            spec.name
        );
    }
}

#[test]
fn whoever_meets_a_target_in_its_year_has_reached_it_by_december() {
    let result = answers(&scenario(700)).0;
    for target in &result.targets {
        let december = result.months.iter().rposition(|month| month.start.year() == target.spec.year);
        let reached = target.reached[december.expect("the year is covered")];
        assert!(reached >= target.hits, "{}", target.spec.name);
        assert!(target.reached.is_sorted() && target.runs == 700);
    }
}

#[test]
fn a_certain_future_reaches_its_target_in_the_month_that_arithmetic_says() {
    // 1 kt a month, and 2 kt from January 2026: twelve months hold 15 kt first by March.
    let text = head("2025-01", "2026-12", 1)
        + "[products.flour]\nvolume = \"24 kt/year\"\n[routes.rail]\ncapacity = \"1 kt/month\"\n\
           [routes.road]\ncapacity = \"1 kt/month\"\n[events.road]\nplanned = \"2026-01\"\n\
           opens = [\"road\"]\n\
           [targets.more]\nmetric = \"volume\"\nyear = 2026\nat_least = \"15 kt/year\"\n\
           [targets.most]\nmetric = \"volume\"\nyear = 2026\nat_least = \"25 kt/year\"\n";
    let targets = answers(&text).0.targets;
    assert_eq!(targets[0].date_with_chance(0.5).map(|month| month.to_string()).as_deref(), Some("2026-03"));
    assert_eq!((targets[1].date_with_chance(0.5), targets[1].chance_by(23)), (None, 0.0));
}
