//! The pictures of runs, comparisons and drivers: nothing is cut or covered, and special cases are labelled.

use crate::support::{SHIPPED, head, plan, shipped};
use corridor::attribution::{drivers, figures};
use corridor::compare::{Question, compare};
use corridor::plan::Plan;
use corridor::plot::{self, Chart, Layer};
use corridor::report::charts::{Picture, compared, driver_pictures, pictures};
use corridor::results::RunResult;
use corridor::run::{Silent, draws, run};

fn result(plan: &Plan, runs: u64) -> RunResult {
    let mut plan = plan.clone();
    plan.info.runs = runs;
    run(&plan, &Silent).expect("nobody stops it")
}

fn picture<'p>(all: &'p [Picture], name: &str) -> &'p Chart {
    let found = all.iter().find(|picture| picture.name == name);
    let names: Vec<&str> = all.iter().map(|picture| picture.name.as_str()).collect();
    &found.unwrap_or_else(|| panic!("{name} is not among {names:?}")).chart
}

fn assert_readable(of: &str, all: &[Picture]) {
    let flaws: Vec<String> = all
        .iter()
        .flat_map(|picture| {
            plot::flaws(&picture.chart).into_iter().map(|flaw| format!("{}: {flaw}", picture.name))
        })
        .collect();
    assert!(flaws.is_empty(), "{of}:\n{}", flaws.join("\n"));
}

#[test]
fn no_picture_of_a_shipped_scenario_cuts_or_covers_a_text() {
    for name in SHIPPED {
        assert_readable(name, &pictures(&result(&shipped(name), 300)));
    }
}

#[test]
fn no_picture_of_a_comparison_of_the_shipped_scenarios_cuts_or_covers_a_text() {
    for count in [2, 3, SHIPPED.len()] {
        let plans: Vec<Plan> = SHIPPED[..count].iter().map(|name| shipped(name)).collect();
        let plans: Vec<Plan> = plans.into_iter().map(with_runs).collect();
        let comparison = compare(&plans, &Question::default(), &Silent).expect("they can be compared");
        let view = compared::View { comparison: &comparison, parts: None, mixed: None };
        assert_readable(&format!("{count} scenarios"), &compared::pictures(view));
    }
}

fn with_runs(mut plan: Plan) -> Plan {
    plan.info.runs = 300;
    plan
}

/// A number of products with names of this kind, on one route.
fn many_products(count: usize, name: &str, route: &str) -> Plan {
    let product = |number: usize| {
        let volume = 2 * (count - number);
        let range = format!("{volume} to {} kt/year", 3 * volume);
        format!("[products.p{number}]\ntitle = \"{name} number {number}\"\nvolume = \"{range}\"\n")
    };
    let products: Vec<String> = (0..count).map(product).collect();
    let text = head("2025-01", "2028-12", 200) + &products.concat();
    plan(&(text + &format!("[routes.road]\ntitle = \"{route}\"\ncapacity = \"9 kt/month\"\n")))
}

#[test]
fn twelve_long_names_are_read_whole() {
    let plan = many_products(12, "Fish and seafood of the north", "Road");
    assert_readable("twelve", &pictures(&result(&plan, 200)));
}

#[test]
fn twenty_four_products_and_a_route_of_ninety_letters_are_read_whole() {
    let route = "The road over the long bridge and through the hills to the harbour at the end of the bays";
    assert!((88..=92).contains(&route.len()));
    assert_readable("twenty-four", &pictures(&result(&many_products(24, "Kind of grain", route), 200)));
}

#[test]
fn the_pictures_that_people_ask_for_are_there() {
    let all = pictures(&result(&shipped("combined.toml"), 300));
    for name in [
        "single-futures",
        "exports-in-last-year",
        "exports-chance-to-reach",
        "value-by-year",
        "each-product-by-month",
        "money",
        "money-default-by-date",
        "lender-result-by-year",
        "route-throughput-by-year",
        "route-use-by-month",
    ] {
        assert!(!picture(&all, name).title.is_empty(), "{name}");
    }
    let baseline = pictures(&result(&shipped("baseline.toml"), 300));
    assert!(
        picture(&baseline, "money").title.contains("median spending"),
        "money is shown without credit as well"
    );
}

#[test]
fn a_single_route_has_its_throughput_and_its_use() {
    let all = pictures(&result(&many_products(2, "Grain", "Ferry"), 200));
    assert!(picture(&all, "route-throughput-by-year").title.starts_with("Ferry: median throughput "));
    assert!(picture(&all, "route-use-by-month").title.starts_with("Ferry is full in at least 5% of futures"));
}

#[test]
fn single_futures_are_the_first_runs_and_the_same_bits_as_alone() {
    let plan = shipped("bridge.toml");
    let result = result(&plan, 300);
    assert_eq!(result.singles.iter().map(|single| single.run).collect::<Vec<_>>(), [0, 1, 2, 3, 4, 5]);
    let alone = corridor::run::replay(&plan, 3);
    assert_eq!(result.singles[3].yearly, alone.yearly("volume").expect("it is observed"));
}

#[test]
fn the_distribution_of_the_last_year_holds_all_futures_and_its_median() {
    let result = result(&shipped("baseline.toml"), 2000);
    let whole: f64 = result.last_year.list().iter().map(|bin| bin.share).sum();
    let median = result.year("volume", 2030).expect("it is covered").median();
    assert!((whole - 1.0).abs() < 1e-9, "{whole}");
    assert!((result.last_year.share_of_at_least(median) - 0.5).abs() < 0.02);
}

const ONE: &str =
    "[products.grain]\nvolume = \"10 to 20 kt/year\"\n[routes.ferry]\ncapacity = \"9 kt/month\"\n";

#[test]
fn one_run_is_called_one_future() {
    let all = pictures(&result(&plan(&(head("2025-01", "2027-12", 1) + ONE)), 1));
    let title = &picture(&all, "exports-by-year").title;
    assert!(title.starts_with("One future: ") && title.ends_with(" in 2027"), "{title}");
    assert_readable("one run", &all);
}

#[test]
fn nothing_is_said_to_be_nothing() {
    let text = head("2025-01", "2027-12", 100) + &ONE.replace("10 to 20 kt/year", "0 kt/year");
    let all = pictures(&result(&plan(&text), 100));
    let chart = picture(&all, "exports-by-year");
    assert_eq!(chart.title, "Nothing is exported in 2027");
    assert!(plot::svg(chart).expect("it can be drawn").contains("nothing is exported in any future"));
    assert_readable("nothing", &all);
}

const PAST: &str =
    "[history.volume]\n2024 = \"22 kt/year\"\n2020 = \"0 t/year\"\n2021 = \"10 to 20 kt/year\"\n";

#[test]
fn the_past_is_in_the_order_of_the_years_whatever_the_order_of_the_file() {
    let result = result(&plan(&(head("2025-01", "2027-12", 100) + ONE + PAST)), 100);
    let years: Vec<i32> = result.history_of("volume").into_iter().map(|(year, _)| year).collect();
    assert_eq!(years, [2020, 2021, 2024]);
    let all = pictures(&result);
    let title = &picture(&all, "exports-by-year").title;
    assert!(title.starts_with("Median exports fall to"), "held against 2024, the last: {title}");
}

#[test]
fn the_past_shows_its_zeros_its_gaps_and_its_bounds() {
    let result = result(&plan(&(head("2025-01", "2027-12", 100) + ONE + PAST)), 100);
    let [(2021, low, high)] = result.ranges_of("volume")[..] else { panic!("{:?}", result.history) };
    assert!((low - 10_000.0).abs() < 1.0 && (high - 20_000.0).abs() < 1.0, "{low} to {high}");
    let all = pictures(&result);
    for name in ["exports-by-year", "exports-by-month"] {
        let svg = plot::svg(picture(&all, name)).expect("it can be drawn");
        assert!(svg.contains("no figures for 2022–23"), "{name}");
        assert!(
            picture(&all, name).layers.iter().any(|layer| matches!(layer, Layer::Intervals(_))),
            "{name}"
        );
    }
    assert_readable("past", &all);
}

#[test]
fn a_target_about_an_amount_is_drawn_year_by_year_and_says_the_chance_of_its_year() {
    let text = head("2025-01", "2027-12", 100)
        + ONE
        + "[targets.more]\ntitle = \"More\"\nmetric = \"volume\"\nat_least = \"12 kt/year\"\nyear = 2027\n";
    let result = result(&plan(&text), 100);
    assert_eq!(result.targets[0].counts_from, 11);
    let all = pictures(&result);
    let chart = picture(&all, "targets-by-date");
    let steps = chart.layers.iter().find_map(|layer| match layer {
        Layer::Steps(line) => Some(line.points.clone()),
        _ => None,
    });
    let chance = |year: usize| result.targets[0].chance_in(year).expect("every year is whole");
    let expected = vec![(2025.0, chance(0)), (2026.0, chance(1)), (2027.0, chance(2)), (2028.0, chance(2))];
    assert_eq!((steps, chance(2)), (Some(expected), result.targets[0].chance()));
    let shown = corridor::units::format::chance(chance(2));
    assert_eq!(chart.title, format!("More: a chance of {shown} in 2027"));
}

#[test]
fn what_drives_exports_is_drawn_as_shares_and_as_a_tornado() {
    let plan = with_runs(shipped("combined.toml"));
    let metrics = plan.metrics();
    let volume = metrics.position("volume").expect("there is always a total");
    let wanted = figures(&plan, metrics.list(), volume, 5);
    let drawn = draws(&plan, &wanted, &Silent).expect("nobody stops it");
    let found = drivers(&plan, &drawn, &metrics.list()[volume], 2030).expect("there are enough runs");
    let all = driver_pictures(&plan.info, &found);
    assert!(picture(&all, "drivers").title.contains(" alone explains "));
    let title = &picture(&all, "drivers-tornado").title;
    assert!(title.contains(" moves mean exports in 2030 from "), "{title}");
    assert_readable("drivers", &all);
}

/// One product on two routes, with a volume, a horizon and everything else that pictures are made of.
fn extreme(volume: &str, (start, end): (&str, &str), runs: u64, title: &str) -> Plan {
    // A stock is known at the end of any partial year.
    let year = end.split('-').next().unwrap_or_default();
    let text = head(start, end, runs)
        + &format!(
            r#"
[products.flour]
title = "{title}"
volume = "{volume}"
noise = {{ sd_log = 0.35, persistence = 0.6 }}
price = "313 USD/t"
[products.corn]
volume = "0 t/year"
price = "210 USD/t"
[routes.rail]
title = "{title}"
capacity = "1e30 t/month"
[routes.road]
capacity = "0.3 to 0.6 kt/month"
[projects.port]
cost = "6 MUSD"
build_time = "9 months"
planned = "{start}"
[finance]
cash = "2 to 6 MUSD/year"
payments = 0.9
[targets.ten]
title = "{title}"
metric = "finance.kept"
year = {year}
at_least = "1 MUSD"
"#
        );
    plan(&text)
}

#[test]
fn whatever_the_scale_the_horizon_and_the_runs_no_picture_leaves_its_edges_or_covers_a_text() {
    let years = ("2025-01", "2026-12");
    let long = "A name of some length that says what it is and where it comes from";
    let cases = [
        ("tiny", extreme("1e-20 to 3e-20 t/year", years, 50, "Flour")),
        ("small", extreme("1e-9 t/year", years, 50, "Flour")),
        ("huge", extreme("1e25 to 3e25 t/year", years, 50, "Flour")),
        ("nothing", extreme("0 t/year", years, 50, "Flour")),
        ("one month", extreme("10 to 20 kt/year", ("2025-03", "2025-03"), 50, "Flour")),
        ("one run", extreme("10 to 20 kt/year", years, 1, "Flour")),
        ("600 months", extreme("10 to 20 kt/year", ("2025-01", "2074-12"), 20, "Flour")),
        ("long titles", extreme("10 to 20 kt/year", years, 50, long)),
    ];
    for (name, plan) in cases {
        assert_readable(name, &pictures(&result(&plan, plan.info.runs)));
    }
}

#[test]
fn two_hundred_products_leave_no_edge() {
    let all = pictures(&result(&many_products(200, "Kind of grain", "Road"), 20));
    let leaves = |flaw: &String| flaw.contains("leaves the picture");
    for picture in &all {
        let flaws: Vec<String> = plot::flaws(&picture.chart).into_iter().filter(leaves).collect();
        assert!(flaws.is_empty(), "{}: {flaws:?}", picture.name);
    }
}
