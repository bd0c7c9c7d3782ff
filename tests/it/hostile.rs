//! Any scenario gives messages that are safe to show or figures that are finite, never a panic: mutations
//! of the shipped scenarios, and extreme numbers and durations.

use super::diagnostics::{read, words};
use corridor::diag::has_errors;
use corridor::run::{Silent, run};
use corridor::scenario::load_text;
use std::fmt::Write as _;
use std::path::Path;

/// Any mutation of a shipped scenario gives messages that are safe to show or figures that are finite, never
/// a panic.
#[test]
fn no_slip_of_the_keys_makes_the_program_panic() {
    let survived = mutate_all(64, 24);
    assert!(survived > 20, "only {survived} mutations still load: they test little");
}

/// A long version of the test: `cargo test --release --test it -- --ignored ten_thousands`.
#[test]
#[ignore = "takes minutes"]
fn no_slip_of_the_keys_makes_the_program_panic_in_ten_thousands_of_tries() {
    mutate_all(4000, 32);
}

/// Extreme numbers and durations: each gives finite figures, or an error that states why not.
#[test]
fn extreme_numbers_give_finite_figures_or_an_error() {
    let mut harmed = String::new();
    let base = read(Path::new("tests/bad/parts/small.toml"));
    for (what, layer) in [
        ("large", "products.flour.volume = \"1e30 t/year\"\nproducts.flour.price = \"1e30 USD/t\""),
        ("growing", "products.flour.growth = \"1e30 /year\"\nproducts.seeds.growth = \"-1e30 /year\""),
        ("growing at random", "products.flour.growth = \"normal(0, 1e30) /year\""),
        (
            "growing to a ceiling",
            "products.flour.growth = \"1e30 /year\"\nproducts.flour.ceiling = \"1e-30 kt/year\"",
        ),
        (
            "far above its ceiling",
            "products.flour.volume = \"1e30 t/year\"\nproducts.flour.ceiling = \"100 kt/year\"",
        ),
        ("without demand", "products.flour.volume = \"0 t/year\"\nproducts.seeds.volume = \"0 t/year\""),
        ("without capacity", "routes.rail.capacity = \"0 t/year\"\nroutes.road.capacity = \"0 t/year\""),
        ("without money", "finance.cash = \"0 USD/year\"\nproducts.flour.price = \"313 USD/t\""),
        ("noisy", "products.flour.noise = { sd_log = 20, persistence = 0.999 }"),
        ("noisier", "products.flour.noise = { sd_log = 1e30 }"),
        ("never open", "events.bridge.probability = 0"),
        ("late", "events.bridge.delay = \"1e30 months\"\nevents.bridge.ramp = \"1e30 months\""),
        ("long ago", "events.bridge.planned = \"0000-01\""),
        ("far away", "events.bridge.planned = \"9999-12\""),
        ("wild", "products.flour.volume = \"lognormal(median=1, sd_log=20) kt/year\""),
        ("in debt", "finance.credit = { limit = \"1e30 USD\", drawdown = \"1e30 USD/year\" }"),
        ("one month", "run.end = \"2025-01\""),
        ("twelve hundred months", "run.end = \"2124-12\""),
        ("one run", "run.runs = 1"),
    ] {
        let text = with_keys(&base, layer);
        match std::panic::catch_unwind(|| try_out("extreme.toml", &text, 40)) {
            Ok(Ok(_)) => {}
            Ok(Err(problem)) => drop(writeln!(harmed, "{what}: {problem}")),
            Err(_) => drop(writeln!(harmed, "{what}: it panics")),
        }
    }
    assert!(harmed.is_empty(), "{harmed}");
}

/// The same for what a scenario may add: each of [`ADDITIONS`] makes a plan and finite figures.
#[test]
fn extreme_happenings_and_extreme_money_give_finite_figures() {
    let mut harmed = String::new();
    let base = read(Path::new("tests/bad/parts/small.toml"));
    for addition in ADDITIONS.split("#### ").skip(1) {
        let text = format!("{base}\n{RICE}\n# {addition}");
        let harm = match std::panic::catch_unwind(|| try_out("extreme.toml", &text, 40)) {
            Ok(Ok(true)) => continue,
            Ok(Ok(false)) => words(&load_text("extreme.toml", &text)),
            Ok(Err(problem)) => problem,
            Err(_) => "it panics".to_owned(),
        };
        let _ = writeln!(harmed, "{addition}{harm}\n");
    }
    assert!(harmed.is_empty(), "{harmed}");
}

/// Its table is still open: the first lines of an addition belong to the rice.
const RICE: &str = r#"
[products.rice]
group  = "food"
volume = "5 kt/year"
price  = "400 USD/t"
"#;

const ADDITIONS: &str = r#"
#### a wild driver
driven_by = { d = 10 }
[drivers.d]
monthly_sd = 5

#### a driver at odds
driven_by = { d = -10 }
[drivers.d]
sd_log    = 5
half_life = "1e-30 months"

#### a slow driver
driven_by = { d = "normal(0, 1)" }
[drivers.d]
sd_log    = 5
half_life = "1e30 years"

#### prices without end
elasticity = -10
price_path = { monthly_sd = 5, growth = "500% /year" }

#### prices to nothing
elasticity = -10
price_path = { monthly_sd = 0, growth = "-500% /year" }

#### nothing to be had
supply       = "0 t/year"
supply_noise = { sd_log = 5 }
carry        = 1

#### nothing allowed
permitted = 0
carry     = 1
grant     = true

#### a gift of everything
[events.gift]
rate      = "10 /month"
effects.g = { on = "products.*.demand", pulse = "1e30 t" }

#### a gift that never comes
[events.gift]
rate      = "0 /year"
effects.g = { on = "finance.cash", pulse = "1e30 USD" }

#### less than nothing
[events.loss]
planned   = "2025-06"
effects.l = { on = "finance.cash", pulse = "-1e30 USD" }

#### shocks in a row
[shocks.s]
rate      = "10 /month"
duration  = "1e-30 months"
months    = ["feb"]
effects.c = { on = "routes.*.capacity", multiply = "uniform(0, 1000)" }
effects.d = { on = "products.*.demand", pulse = "1e30 t" }

#### a shock for ever
[shocks.s]
rate      = "uniform(0, 1) /year"
duration  = "lognormal(median=1, sd_log=5) months"
effects.s = { on = "finance.payments", set = 0 }

#### a dear project
[projects.p]
cost       = "1e30 USD"
overrun    = 1000
build_time = "1e-30 months"
effects.w  = { on = "products.*.demand", pulse = "1 kt", while = "building" }

#### a project for nothing
[projects.p]
cost       = "0 USD"
build_time = "1e30 years"
needs      = "bridge"
grant      = true
effects.w  = { on = "products.*.demand", multiply = 0, while = "building" }

#### a slow project
[projects.p]
cost       = "1 USD"
build_time = "1e30 years"
overrun    = "uniform(0, 1000)"

#### a loan shark
[finance.credit]
limit    = "1e30 USD"
interest = "100% /year"
maturity = "1e-30 months"
default  = { hazard = "10 /month", burden = 1e-30, power = 10 }
recovery = 1
discount = "100% /year"

#### a patient lender
[finance.credit]
limit      = "1e30 USD"
maturity   = "1e30 years"
default    = { hazard = "0 /month", power = 0 }
recovery   = 0
suspension = "1e30 years"

#### riches
[earnings.coal]
amount = "1e30 USD/month"
growth = "500% /year"
noise  = { sd_log = 5 }
[routes.sea]
capacity = "1e30 t/year"

#### paths that are almost one
noise      = { sd_log = 5 }
price_path = { monthly_sd = 5 }
[correlations]
"products.rice.noise ~ products.rice.price_path" = -0.999
"#;

/// The text with other values: `a.b = 1` on lines of their own replace or add `b` under `[a]`.
fn with_keys(base: &str, layer: &str) -> String {
    layer.lines().fold(base.to_owned(), |text, line| {
        let (path, value) = line.split_once(" = ").expect("key = value");
        let (table, key) = path.rsplit_once('.').expect("a key inside a table");
        let header = format!("[{table}]\n");
        let Some(at) = text.find(&header).map(|at| at + header.len()) else {
            return format!("{text}\n{line}\n");
        };
        let end = text[at..].find("\n[").map_or(text.len(), |end| at + end);
        let rest =
            text[at..end].lines().filter(|other| other.split_once('=').is_none_or(|(k, _)| k.trim() != key));
        let rest: Vec<&str> = rest.collect();
        format!("{}{key} = {value}\n{}\n{}", &text[..at], rest.join("\n"), &text[end..])
    })
}

/// Mutates every shipped scenario this many times; returns how many of the mutations still made a plan.
fn mutate_all(times: u64, runs: u64) -> usize {
    let (mut harmed, mut survived) = (String::new(), 0);
    for name in ["baseline", "bridge", "combined", "combined-tight", "expansion", "financing-limits"] {
        let file = format!("scenarios/{name}.toml");
        let text = read(Path::new(&file));
        for number in 0..times {
            let mutated = mutated(&text, number);
            let problem = match std::panic::catch_unwind(|| try_out(&file, &mutated, runs)) {
                Ok(Ok(made_a_plan)) => {
                    survived += usize::from(made_a_plan);
                    continue;
                }
                Ok(Err(problem)) => problem,
                Err(_) => "it panics".to_owned(),
            };
            let _ = writeln!(harmed, "{file}, mutation {number}: {problem}\n{}", difference(&text, &mutated));
        }
    }
    assert!(harmed.is_empty(), "{harmed}");
    survived
}

/// Loads a text, shows its problems, and if there is a plan, runs it and loads what it resolves to.
fn try_out(name: &str, text: &str, runs: u64) -> Result<bool, String> {
    let loaded = load_text(name, text);
    let words = words(&loaded);
    if words.contains(|c: char| c.is_control() && c != '\n') {
        return Err(format!("control characters are shown: {words:?}"));
    }
    let Some(mut plan) = loaded.plan else {
        let told = has_errors(&loaded.diagnostics);
        return if told { Ok(false) } else { Err("no plan and not a word why".to_owned()) };
    };
    let again = load_text("scenarios/resolved.toml", &loaded.resolved);
    if again.plan.as_ref() != Some(&plan) {
        return Err(format!("resolved, it loads to another plan\n{}", self::words(&again)));
    }
    plan.info.runs = runs;
    let result = run(&plan, &Silent).expect("nobody stops it");
    for metric in &result.metrics {
        for summary in metric.monthly.iter().chain(&metric.yearly) {
            // The error of a mean that is dominated by few runs is unknown.
            let figures = [summary.mean, summary.sd, summary.standard_error.max(0.0)];
            // A lender may lose; no other figure can be negative.
            let least = if metric.path.starts_with("lender.") { f64::MIN } else { 0.0 };
            if !figures.iter().chain(&summary.quantiles).all(|figure| figure.is_finite() && *figure >= least)
            {
                return Err(format!("{} is negative or not finite: {summary:?}", metric.path));
            }
        }
    }
    Ok(true)
}

/// What a typing error, a failed merge or an attacker may put after an equals sign.
const NASTY: &[&str] = &[
    "",
    r#""""#,
    "-1",
    "0",
    "1",
    "1e400",
    "nan",
    "-inf",
    "[]",
    "{}",
    r#""\u0000""#,
    r#""\u001b[2J""#,
    "true",
    "2025-01-01",
    "99999999999999999999",
    "-9223372036854775808",
    "0x7fffffffffffffff",
    r#""1e30 t/year""#,
    r#""0 t/year""#,
    r#""1e-300 to 1e30 t/year""#,
    r#""lognormal(median=1, sd_log=5) kt/year""#,
    r#""normal(0, 1e30) /year""#,
    r#""-1e30 /year""#,
    r#""1e30 /year""#,
    r#""0.000001 to 1e6 MUSD/year""#,
    r#""1e30 MUSD""#,
    r#""1e30 USD/t""#,
    r#""0 USD/t""#,
    r#""1e9 months""#,
    r#""uniform(0, 1e30) months""#,
    r#""0 to 1""#,
    "1.0",
    r#""100%""#,
    r#""0%""#,
    r#""beta(0.001, 0.001)""#,
    "\"é ü 漢字 \u{202e}\"",
    r#""truncate(truncate(truncate(normal(0, 1), min=0), min=0), min=0)""#,
    r#""mixture(1: 5, 1e30: 6)""#,
    r#""sample('baseline.toml') t/year""#,
    r#""sample('scenario.schema.json', column='\u001b')""#,
    r#""sample('../../../../../../dev/zero')""#,
    r#""sample(1, 2, file='it', column='x') t/year""#,
    "'''",
    r#"""""#,
    "{ value = 1 }",
    "{ value = {} }",
    r#"{ value = "5 to 10 kt/year", confidence = "low" }"#,
    "[[[[[[[[[]]]]]]]]]",
    "[1, 2, 3]",
    "[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1e5]",
    "[1e-300, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]",
    r#""food""#,
    r#""bridge""#,
    r#"["food"]"#,
    r#""2025-01""#,
    r#""9999-12""#,
    r#""0000-01""#,
    r#""products.*.demand""#,
    r#""products.*.permitted""#,
    r#"["bridge", "greenhouses"]"#,
    r#"["jul"]"#,
    "{ appetite = 1 }",
    "-0.5",
    "[true]",
    r#""*""#,
    r#""finance.cash""#,
    r#""volume""#,
    r#""events.bridge.started""#,
];

/// What a typing error inserts into a line.
const STRAY: &[&str] =
    &["\"", "]", "[", ".", "\u{0}", "\u{1b}", "=", "é", " ", "{", "9", "-", "#", "%", "\\"];

/// The mutation with this number, which never changes, so that a number in a report can be tried again.
fn mutated(text: &str, number: u64) -> String {
    // SplitMix64, which is random enough for this purpose.
    let pick = |salt: u64, below: usize| {
        let mut z = (number * 8 + salt).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % below.max(1) as u64).expect("it is below a usize")
    };
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let (place, other) = (pick(1, lines.len()), pick(2, lines.len()));
    match number % 8 {
        0 => return text[..text.floor_char_boundary(pick(3, text.len()))].to_owned(),
        1 => drop(lines.remove(place)),
        2 => lines.insert(other, lines[place].clone()),
        3 => lines.swap(place, other),
        4 => {
            let at = lines[place].floor_char_boundary(pick(3, lines[place].len() + 1));
            lines[place].insert_str(at, STRAY[pick(4, STRAY.len())]);
        }
        5 if number.is_multiple_of(5) => lines[place] = "very long ".repeat(5000),
        // Most lines are notes; the first line from here on that has a value gets another one.
        _ => {
            let skipped = lines.iter().skip(place).position(|line| line.contains(" = ")).unwrap_or(0);
            let line = &mut lines[place + skipped];
            if let Some((key, _)) = line.split_once(" = ") {
                *line = format!("{key} = {}", NASTY[pick(5, NASTY.len())]);
            }
        }
    }
    lines.join("\n")
}

/// The first lines that the mutation changed.
fn difference(text: &str, mutated: &str) -> String {
    let old: Vec<&str> = text.lines().collect();
    let new = mutated.lines().enumerate().filter(|(place, line)| old.get(*place) != Some(line));
    new.take(3).fold(String::new(), |mut shown, (place, line)| {
        let _ = writeln!(shown, "{:>4} {}", place + 1, &line[..line.floor_char_boundary(200)]);
        shown
    })
}
