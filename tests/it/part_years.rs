//! Partial years, causes that add up, headlines about all years, and the same figure for the same statement
//! everywhere.

use crate::compare_cli::{Scenarios, number, read, stdout, write};
use crate::support::plan;
use corridor::compare::{Comparison, Question, compare};
use corridor::plot::{self, Chart, Layer};
use corridor::report::charts::{Picture, compared, pictures};
use corridor::run::{Silent, run};
use serde_json::Value;

const PARTS: &str = "scenario.title = \"Parts\"\n\
    run = { start = \"2025-07\", end = \"2028-06\", runs = 400, seed = 3 }\n\
    [products.grain]\nvolume = \"10 to 20 kt/year\"\n[products.rice]\nvolume = \"2 to 4 kt/year\"\n\
    [routes.ferry]\ncapacity = \"12 kt/year\"\n[events.bridge]\nplanned = \"2026-02\"\n\
    delay = \"uniform(0, 30) months\"\n\
    [targets.much]\nmetric = \"volume\"\nyear = 2027\nat_least = \"12 kt/year\"\n\
    [targets.open]\nmetric = \"events.bridge.started\"\nyear = 2028\nat_least = 1\n";

fn picture<'p>(all: &'p [Picture], name: &str) -> &'p Chart {
    &all.iter().find(|picture| picture.name == name).expect("it is drawn").chart
}

/// The positions of the joined medians of whole years, and those of partial years.
fn places(chart: &Chart) -> (Vec<f64>, Vec<f64>) {
    let (mut joined, mut apart) = (Vec::new(), Vec::new());
    for layer in &chart.layers {
        match layer {
            Layer::Line(line) => joined.extend(line.points.iter().map(|point| point.0)),
            Layer::Dots(dots) => apart.extend(dots.points.iter().map(|point| point.0)),
            _ => {}
        }
    }
    (joined, apart)
}

#[test]
fn parts_of_years_stand_in_pictures_apart_from_whole_years_with_their_months_below() {
    let result = run(&plan(PARTS), &Silent).expect("nobody stops it");
    let all = pictures(&result);
    let chart = picture(&all, "exports-by-year");
    assert_eq!(places(chart), (vec![2026.0, 2027.0], vec![2025.0, 2028.0]));
    let svg = plot::svg(chart).expect("it can be drawn");
    assert!(svg.contains("Jul–Dec") && svg.contains("Jan–Jun"), "{svg}");
    assert!(chart.title.contains("in 2027"), "the last whole year is the last year: {}", chart.title);
    for picture in &all {
        let flaws = plot::flaws(&picture.chart);
        assert!(flaws.is_empty(), "{}: {flaws:?}", picture.name);
    }
}

#[test]
fn parts_of_years_are_sums_of_their_own_months_and_nothing_is_scaled_up() {
    let text = PARTS.replace("10 to 20", "6").replace("2 to 4", "3");
    let result = run(&plan(&text), &Silent).expect("nobody stops it");
    let mean = |year| result.year("volume", year).expect("it is covered").mean;
    for (year, kilotonnes) in [(2025, 4.5), (2026, 9.0), (2027, 9.0), (2028, 4.5)] {
        assert!((mean(year) - kilotonnes * 1e3).abs() < 1e-6, "{year}: {}", mean(year));
    }
}

#[test]
fn a_comparison_shows_parts_of_years_in_its_tables_files_and_pictures() {
    let here = parted();
    let text = here.compare(&["base.toml", "more.toml"]);
    assert!(text.contains("2025 (Jul–Dec)") && text.contains("2028 (Jan–Jun)"), "{text}");
    assert!(text.contains("Further figures in 2027"), "{text}");
    let document = document(&here, &["base.toml", "more.toml"]);
    let figures = document["figures"].as_array().expect("a list");
    let months = |year: i32| {
        let is_it = |figure: &&Value| figure["metric"] == "volume" && figure["year"] == year;
        figures.iter().find(is_it).map(|figure| figure["months"].clone())
    };
    assert_eq!([2025, 2026, 2028].map(months), [Some(6.into()), Some(12.into()), Some(6.into())]);
    let table = read(&here.out().join("base-vs-more/comparison.csv"));
    assert!(
        table.lines().any(|line| line.starts_with("volume,t,2025,base,") && line.ends_with(",6")),
        "{table}"
    );
}

#[test]
fn years_of_which_scenarios_cover_different_months_are_not_compared() {
    let here = parted();
    let short = format!("{}\n", PARTS.replace("2028-06", "2028-03"));
    write(&here.file("short"), &short);
    let text = here.compare(&["base.toml", "short.toml"]).replace('\n', " ");
    assert!(text.contains("Left out: 2028, of which not every scenario covers the same months."), "{text}");
    assert!(!text.contains("2028 (Jan"), "{text}");
}

fn parted() -> Scenarios {
    let here = Scenarios::new();
    write(&here.file("base"), PARTS);
    write(
        &here.file("more"),
        "extends = \"base.toml\"\nscenario.title = \"More\"\nroutes.ferry.capacity = \"13 kt/year\"\n",
    );
    here
}

fn document(here: &Scenarios, args: &[&str]) -> Value {
    serde_json::from_str(&here.compare(&[args, &["--json"]].concat())).expect("one document")
}

const CLOSED: &str = "scenario.title = \"Base\"\n\
    run = { start = \"2025-01\", end = \"2026-12\", runs = 20 }\n\
    [products.x]\nvolume = \"10 kt/year\"\n[routes.road]\ncapacity = \"20 kt/year\"\n";

#[test]
fn the_causes_of_unmet_demand_add_up_to_it_on_the_screen() {
    let here = Scenarios::new();
    write(&here.file("base"), CLOSED);
    let change = "extends = \"base.toml\"\nscenario.title = \"Short\"\nproducts.x.supply = \"9 kt/year\"\n\
        [events.shut]\nplanned = \"2026-07\"\nlasts = \"3 months\"\n\
        effects.e = { on = \"routes.road.capacity\", multiply = 0 }\n";
    write(&here.file("short"), change);
    let text = here.compare(&["base.toml", "short.toml"]);
    let lines: Vec<&str> = text.lines().collect();
    // Every figure has a row for each scenario; the second is that of `short`.
    let of = |name: &str| -> f64 {
        let place =
            lines.iter().position(|line| line.starts_with(name)).unwrap_or_else(|| panic!("{name}\n{text}"));
        lines[place + 1].split_whitespace().nth(1).and_then(|cell| cell.parse().ok()).expect("a number")
    };
    let causes: f64 = lines.iter().filter(|line| line.starts_with("– ")).map(|line| of(line)).sum();
    assert!(lines.iter().any(|line| line.starts_with("– supply, kt")), "{text}");
    assert!((causes - of("unmet, kt")).abs() < 1e-9 && causes > 3.0, "{causes}\n{text}");
}

/// Nearly all demand is lost in 2026, and almost none in 2027.
fn lost_early() -> Comparison {
    let base = CLOSED.replace("2026-12", "2027-12");
    let shut = format!(
        "{base}[events.shut]\nplanned = \"2026-01\"\nlasts = \"12 months\"\n\
         effects.e = {{ on = \"routes.road.capacity\", multiply = 0 }}\n"
    );
    compare(&[plan(&base), plan(&shut)], &Question::default(), &Silent).expect("they can be compared")
}

#[test]
fn the_headline_of_a_comparison_tells_of_all_years_and_of_the_one_with_the_largest_difference() {
    let comparison = lost_early();
    let screen = corridor::report::summary::Screen { width: 400, colour: false };
    let text = corridor::report::comparison::text::text(&comparison, screen);
    let headline =
        "exports 10.0 kt (± 0 at most) less than test in total; the largest difference is in 2026: −10.0 kt.";
    assert!(text.contains("From 2025 to 2027 ") && text.contains(headline), "{text}");
    let view = compared::View { comparison: &comparison, parts: None, mixed: None };
    let all = compared::pictures(view);
    let title = &picture(&all, "difference-by-year").title;
    assert!(title.contains("takes away 10.0 kt from 2025 to 2027"), "{title}");
}

#[test]
fn a_run_says_what_exports_come_to_over_all_years() {
    let text = CLOSED.replace("2026-12", "2027-12")
        + "[events.shut]\nplanned = \"2026-01\"\nlasts = \"12 months\"\n\
         effects.e = { on = \"routes.road.capacity\", multiply = 0 }\n";
    let result = run(&plan(&text), &Silent).expect("nobody stops it");
    let screen = corridor::report::summary::Screen { width: 400, colour: false };
    let text = corridor::report::summary::text(&result, screen);
    let said =
        "From 2025 to 2027 exports total 20 kt on average: most in 2027 (10 kt), least in 2026 (0 kt).";
    assert!(text.contains(said), "{text}");
}

/// The permitted exports vary from year to year, so that many futures reach an amount in some twelve months
/// but not in the year of the target.
const WANDERING: &str = "scenario.title = \"Wandering\"\n\
    run = { start = \"2025-01\", end = \"2027-12\", runs = 1000, seed = 3 }\n\
    [products.grain]\nvolume = \"10 kt/year\"\nnoise = { sd_log = 0.4, persistence = 0.8 }\n\
    [routes.ferry]\ncapacity = \"90 kt/year\"\n[events.bridge]\nplanned = \"2026-02\"\n\
    delay = \"uniform(0, 20) months\"\n\
    [targets.much]\nmetric = \"volume\"\nyear = 2027\nat_least = \"11 kt/year\"\n\
    [targets.open]\nmetric = \"events.bridge.started\"\nyear = 2026\nat_least = 1\n";

#[test]
fn a_target_has_the_same_chance_on_the_screen_in_every_file_on_the_page_and_in_the_pictures() {
    let here = Scenarios::new();
    write(&here.file("base"), WANDERING);
    write(&here.file("twin"), "extends = \"base.toml\"\nscenario.title = \"Twin\"\n");
    let screen = stdout(here.simulate().args(["base.toml", "--format", "svg", "--out", "o"]));
    let document: Value = serde_json::from_str(&stdout(here.simulate().args([
        "base.toml",
        "--json",
        "--no-plots",
        "--out",
        "p",
    ])))
    .expect("one document");
    let folder = here.out().join("base");
    let manifest: Value = serde_json::from_str(&read(&folder.join("manifest.json"))).expect("it is JSON");
    let compared: Value =
        serde_json::from_str(&here.compare(&["base.toml", "twin.toml", "--json"])).expect("one document");
    let result = run(&plan(WANDERING), &Silent).expect("nobody stops it");
    let (page, table) = (read(&folder.join("report.html")), read(&folder.join("targets.csv")));
    for (place, (name, year)) in [("much", "2027"), ("open", "2026")].into_iter().enumerate() {
        let target = &result.targets[place];
        let (chance, shown) = (target.chance(), corridor::units::format::chance(target.chance()));
        assert!(chance + 0.05 < target.chance_by(usize::MAX), "{name}: to be told apart");
        let title = &target.spec.title;
        assert!(
            screen.lines().any(|line| line.starts_with(title) && line.contains(&shown)),
            "{shown}\n{screen}"
        );
        let of_document = &document["targets"][place];
        assert_eq!(
            (number(&of_document["chance"]), number(&of_document["chance_by_year"][year])),
            (chance, chance)
        );
        assert_eq!(number(&manifest["targets"][place]["chance"]), chance);
        assert_eq!(number(&compared["targets"][place]["chances"]["base"]["chance"]), chance);
        let row = format!("{name},{year},year,12,{chance},");
        assert!(table.lines().any(|line| line.starts_with(&row)), "{row}\n{table}");
        assert!(
            page.contains(&format!("{title} {shown}")),
            "{title} {shown} stands beside the line of the picture"
        );
    }
}

#[test]
fn first_passage_stands_under_its_own_name_only() {
    let here = Scenarios::new();
    write(&here.file("base"), WANDERING);
    stdout(here.simulate().args(["base.toml", "--no-plots", "--out", "o"]));
    let result = run(&plan(WANDERING), &Silent).expect("nobody stops it");
    let table = read(&here.out().join("base/targets.csv"));
    let heading = "target,period,kind,months,chance,chance_low,chance_high,chance_at_least_once_by,\
                   at_least_once_low,at_least_once_high";
    assert_eq!(table.lines().next(), Some(heading));
    let once = result.targets[0].chance_by(35);
    let month = format!("much,2027-12,month,1,,,,{once},");
    assert!(table.contains(&month), "an amount of a year has no chance of a month: {month}\n{table}");
    let open = &result.targets[1];
    let by_month = format!("open,2026-06,month,1,{0},", open.chance_by(17));
    assert!(table.contains(&by_month), "an event has one: {by_month}\n{table}");
}

#[test]
fn a_target_about_a_date_may_stand_in_a_part_of_a_year_and_one_about_an_amount_may_not() {
    let result = run(&plan(PARTS), &Silent).expect("nobody stops it");
    let open = &result.targets[1];
    let by_june =
        result.month("events.bridge.started", "2028-06".parse().expect("a month")).expect("is covered");
    assert!((open.chance() - by_june.mean).abs() < 1e-12, "{} {}", open.chance(), by_june.mean);
    assert_eq!(result.targets[0].chance_in(0), None, "half a year isn't compared with an amount of a year");
    let refused = corridor::scenario::load_text("x.toml", &PARTS.replace("year = 2027", "year = 2028"));
    assert!(refused.plan.is_none());
}
