//! The effects of parts: exactly zero for parts without effect, and sums that hold to the bit.

use crate::support::{head, plan};
use corridor::compare::{Contributions, Question, Subsets, contributions};
use corridor::plan::Plan;
use corridor::run::Silent;

const RUNS: u64 = 2048;
const MONEY: usize = 0;
const IDLE: usize = 1;

#[test]
fn a_part_without_effect_changes_exactly_nothing() {
    let found = three_parts();
    let of_idle = |path: &str| path.starts_with("events.idle");
    for (figure, shares) in found.combinations.figures.iter().zip(&found.shares) {
        if of_idle(&figure.figure.path) {
            continue;
        }
        let name = figure.figure.name();
        let idle = &shares.parts[IDLE];
        for contrast in [idle.share, idle.alone, idle.last] {
            assert_eq!((contrast.summary.mean, contrast.summary.sd), (0.0, 0.0), "{name}");
            assert_eq!((contrast.chances, contrast.summary.standard_error), ([0.0; 2], 0.0), "{name}");
        }
        for pair in shares.pairs.iter().filter(|pair| pair.parts.contains(&IDLE)) {
            assert_eq!((pair.beyond.summary.mean, pair.beyond.chances), (0.0, [0.0; 2]), "{name}");
        }
    }
}

#[test]
fn shares_add_up_to_the_difference_to_the_bit() {
    let found = three_parts();
    assert!(found.shares.len() > 10);
    for (figure, shares) in found.combinations.figures.iter().zip(&found.shares) {
        let sum: f64 = shares.parts.iter().map(|part| part.share.summary.mean).sum();
        let whole = figure.differences.last().expect("all parts against none");
        let name = figure.figure.name();
        assert_eq!(sum.to_bits(), shares.together.summary.mean.to_bits(), "{name}");
        assert_eq!(sum.to_bits(), whole.mean.to_bits(), "{name}");
        // Means of values of up to 1e8.
        let values = figure.values[7].mean - figure.values[0].mean;
        assert!((sum - values).abs() <= 1e-12 * figure.values[7].mean.abs().max(1.0) * 1e3, "{name}");
    }
}

#[test]
fn pairs_say_what_one_part_is_worth_with_another() {
    let found = three_parts();
    let place =
        found.combinations.figures.iter().position(|f| f.figure.name() == "volume@2027").expect("is there");
    let v: Vec<f64> = found.combinations.figures[place].values.iter().map(|value| value.mean).collect();
    let pair = found.shares[place].pairs.iter().find(|pair| pair.parts == [MONEY, 2]).expect("is there");
    // Sums of 2,048 values of some thousand tonnes in another order.
    let is = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-8, "{found}, not {expected}");
    is(pair.beyond.summary.mean, v[5] - v[4] - v[1] + v[0]);
    is(pair.beside[0].summary.mean, v[5] - v[4]);
    is(pair.beside[1].summary.mean, v[5] - v[1]);
    assert!(pair.beyond.summary.mean > 1000.0, "money and room need one another");
}

/// Money, an event without effect, and capacity.
fn three_parts() -> Contributions {
    let combination = |number: usize| {
        let has = |part: usize| Subsets::of(3).parts_of(number).any(|other| other == part);
        scenario(has(MONEY), has(IDLE), has(2))
    };
    let plans: Vec<Plan> = (0..8).map(combination).collect();
    contributions(&plans, 3, &Question::default(), &Silent).expect("nobody stops it")
}

fn scenario(money: bool, idle: bool, room: bool) -> Plan {
    let cash = if money { "90 MUSD/year" } else { "2 to 4 MUSD/year" };
    let capacity = if room { "1000 kt/year" } else { "6 kt/year" };
    let event =
        "[events.idle]\nplanned = \"2026-01\"\ndelay = \"uniform(0, 12) months\"\nprobability = \"60%\"\n";
    plan(
        &(head("2026-01", "2027-12", RUNS)
            + &format!(
                "[products.flour]\nvolume = \"10 to 14 kt/year\"\nprice = \"300 USD/t\"\n\
                 [products.sugar]\nvolume = \"1 to 3 kt/year\"\nprice = \"500 USD/t\"\n\
                 [routes.rail]\ncapacity = \"{capacity}\"\n[finance]\ncash = \"{cash}\"\n"
            )
            + if idle { event } else { "" }),
    )
}
