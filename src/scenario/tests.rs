//! Tests of the plans that sections are turned into.

use super::load_text;
use crate::batch::{InputId, Number, SeriesId};
use crate::plan::Plan;
use crate::plan::{Change, EventId, Milestone, Start, Trigger};
use crate::sample::{CopulaFamily, Design, Process, Spread, parameter_of_rank_correlation};

/// The plan of a small scenario with these lines added.
fn plan(added: &str) -> Plan {
    let base = r#"
        scenario.title = "Small"
        run.start = "2025-04"
        run.end = "2026-12"
        run.base_year = 2024
        groups = { food = {}, inputs = {} }
        products.flour.group = "food"
        products.flour.volume = "12 kt/year"
        products.seeds.group = "inputs"
        products.seeds.volume = "1 kt/year"
        routes.rail.capacity = "300 kt/year"
    "#;
    let loaded = load_text("small.toml", &format!("{base}\n{added}"));
    let style = crate::diag::Style { colour: false, width: 100 };
    let words = crate::diag::render(&loaded.diagnostics, &loaded.sources, style);
    loaded.plan.unwrap_or_else(|| panic!("{words}"))
}

#[test]
fn every_series_starts_after_all_indices_of_those_before_it() {
    let plan = plan(
        r#"
        drivers.appetite = { sd_log = 0.3, half_life = "18 months" }
        [products.rice]
        group      = "food"
        volume     = "1 kt/year"
        driven_by  = { appetite = 1 }
        noise      = { sd_log = 0.3 }
        price_path = { monthly_sd = 0.06 }
        [shocks.flood]
        rate       = "0.3 /year"
        duration   = "1 to 6 months"
        effects.up = { on = "products.rice.demand", add = "1 to 2 kt/year" }
        [finance]
        cash       = "1 MUSD/year"
        noise      = { sd_log = 0.3 }
        "#,
    );
    let paths: Vec<&str> = plan.series.iter().map(|series| series.path.as_str()).collect();
    let expected = [
        "drivers.appetite",
        "products.rice.noise",
        "products.rice.price_path",
        "shocks.flood",
        "finance.noise",
    ];
    assert_eq!(paths, expected);
    let rice = &plan.corridor.products[2];
    assert_eq!(plan.corridor.drivers[0].path.variance, SeriesId(1));
    assert_eq!(rice.noise, Some(SeriesId(2)));
    assert_eq!(rice.price.path.map(|path| (path.log, path.variance)), Some((SeriesId(3), SeriesId(4))));
    assert_eq!((plan.corridor.shocks[0].on, plan.corridor.shocks[0].spread), (SeriesId(5), SeriesId(6)));
    // The flood takes three indices: two for its state and one for its size.
    assert_eq!(plan.corridor.finance.and_then(|finance| finance.cash.noise), Some(SeriesId(8)));
}

#[test]
fn paths_have_been_moving_since_the_middle_of_the_base_year() {
    let plan = plan("products.flour.price_path = { sd_log = 0.3, half_life = \"18 months\" }");
    let Process::Wander(spec) = &plan.series[0].process else { panic!("{:?}", plan.series) };
    // From the start of July 2024 to the middle of April 2025.
    assert_eq!(spec.age_months, 9.5);
    assert_eq!(spec.spread, Spread::Stationary(Number::Fixed(0.3)));
    assert_eq!(spec.half_life_months, Some(Number::Fixed(18.0)));
}

#[test]
fn uncertain_numbers_of_a_shock_are_drawn_for_each_occurrence_and_entered_in_the_register() {
    let plan = plan(
        r#"
        [shocks.flood]
        rate       = "0.3 /year"
        duration   = "1 to 6 months"
        months     = ["jul", "aug"]
        effects.a  = { on = "routes.rail.capacity", multiply = 0.5 }
        effects.b  = { on = "routes.rail.capacity", multiply = "uniform(0, 1)" }
        effects.c  = { on = "products.flour.demand", pulse = "1 to 2 kt" }
        "#,
    );
    let changes: Vec<Change> = plan.corridor.effects.iter().map(|effect| effect.change).collect();
    let expected = [
        Change::Multiply(Number::Fixed(0.5)),
        Change::Multiply(Number::Monthly(SeriesId(2))),
        Change::Pulse(Number::Monthly(SeriesId(3))),
    ];
    assert_eq!(changes, expected);
    let Process::Recurrence(flood) = &plan.series[0].process else { panic!("{:?}", plan.series) };
    let names: Vec<&str> = flood.sizes.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["shocks.flood.effects.b.multiply", "shocks.flood.effects.c.pulse"]);
    let open: Vec<usize> = (0..12).filter(|&month| flood.months[month]).collect();
    assert_eq!((open, flood.first_month), (vec![6, 7], 3));
    assert_eq!(plan.inputs, [], "nothing of it is drawn once for a run");
    for path in [names[0], names[1], "shocks.flood.duration", "shocks.flood.rate", "shocks.flood.months"] {
        assert!(plan.assumptions.iter().any(|assumption| assumption.path == path), "{path}");
    }
}

#[test]
fn waiting_goes_through_events_and_projects() {
    let plan = plan(
        r#"
        events.talks = { rate = "0.6 /year" }
        events.feast = { after = ["talks", "dam"], planned = "2025-01" }
        products.oil = { group = "food", from = "dam", initial = "1 kt/year" }
        [projects.dam]
        cost        = "5 MUSD"
        build_time  = "2 years"
        needs       = "talks"
        probability = 0.5
        [projects.dam.effects.work]
        on    = "groups.inputs.demand"
        add   = "1 kt/year"
        while = "building"
        "#,
    );
    let (talks, feast, dam) =
        (&plan.corridor.events[0], &plan.corridor.events[1], &plan.corridor.projects[0]);
    let dam_is_finished = Milestone::Project(crate::plan::ProjectId(0));
    assert_eq!((talks.planned, talks.after.as_slice()), (None, [].as_slice()));
    let wait = talks.wait.expect("it has a rate");
    assert!(matches!(wait.rate, Number::Fixed(rate) if (rate - 0.05).abs() < 1e-15), "{wait:?}");
    assert_eq!(plan.inputs[0].path, "events.talks.wait");
    assert_eq!(
        (feast.planned, feast.after.as_slice()),
        (Some(-3), [dam.needs[0], dam_is_finished].as_slice())
    );
    assert_eq!(dam.needs, [Milestone::Event(EventId(0))]);
    assert_eq!(dam.chance.map(|chance| chance.uniform), Some(Number::Drawn(InputId(1))));
    assert_eq!(plan.corridor.products[2].start, Start::Milestone(dam_is_finished));
    assert!(matches!(plan.corridor.effects[0].trigger, Trigger::Building(_)));
}

#[test]
fn credit_pays_for_anything_or_for_what_is_listed() {
    let tied = |lists: &str| {
        let plan = plan(&format!(
            "projects.dam = {{ cost = \"5 MUSD\", build_time = \"2 years\" }}\n\
             finance = {{ cash = \"1 MUSD/year\", credit = {{ limit = \"1 MUSD\", {lists} }} }}"
        ));
        let credit = plan.corridor.finance.and_then(|finance| finance.credit).expect("it has credit");
        (credit.groups, credit.projects)
    };
    assert_eq!(tied(""), (vec![true, true], vec![true]));
    assert_eq!(tied("groups = [\"inputs\"]"), (vec![false, true], vec![false]));
    assert_eq!(tied("projects = [\"dam\"]"), (vec![false, false], vec![true]));
    assert_eq!(tied("groups = [\"food\"], projects = [\"dam\"]"), (vec![true, false], vec![true]));
    assert_eq!(tied("groups = [], projects = []"), (vec![false, false], vec![false]));
}

#[test]
fn earnings_make_cash_optional() {
    let plan = plan("earnings.coal = { amount = \"12 MUSD/year\", share = 0.1 }\nfinance = {}");
    let finance = plan.corridor.finance.expect("it has finance");
    assert_eq!(finance.cash.level_usd, Number::Fixed(0.0));
    assert_eq!(finance.earnings[0].level_usd, Number::Fixed(1e6));
    assert_eq!((finance.earnings[0].share, finance.payments), (Number::Fixed(0.1), Number::Fixed(1.0)));
}

#[test]
fn correlated_series_are_members_in_the_order_of_the_plan() {
    let plan = plan(
        r#"
        drivers.weather = { monthly_sd = 0.1 }
        products.flour.noise = { sd_log = 0.3 }
        products.flour.driven_by.weather = 1
        products.seeds.noise = { sd_log = 0.3 }
        [correlations]
        "products.seeds.noise ~ drivers.weather"      = 0.6
        "products.flour.noise ~ products.seeds.noise" = 0
        "#,
    );
    let [set] = &plan.correlations[..] else { panic!("{:?}", plan.correlations) };
    assert_eq!(set.members, [0, 2], "a correlation of 0 is none");
    assert_eq!(set.cholesky, [1.0, 0.6, 0.8]);
}

/// Two correlated uncertain numbers of different shapes, and an uncorrelated one.
const TOGETHER: &str = r#"
    products.flour.growth  = "normal(5%, 3%) /year"
    routes.rail.freight    = "20 to 90 USD/t"
    products.seeds.growth  = "normal(5%, 3%) /year"
    [correlations]
    "routes.rail.freight ~ products.flour.growth" = 0.6
"#;

#[test]
fn uncertain_numbers_that_go_together_share_a_copula() {
    let plan = plan(TOGETHER);
    let paths: Vec<&str> = plan.inputs.iter().map(|input| input.path.as_str()).collect();
    assert_eq!(paths, ["products.flour.growth", "products.seeds.growth", "routes.rail.freight"]);
    let [copula] = &plan.copulas[..] else { panic!("{:?}", plan.copulas) };
    assert_eq!(copula.members, [InputId(0), InputId(2)]);
    let r = parameter_of_rank_correlation(0.6);
    assert_eq!(copula.cholesky, [1.0, r, libm::sqrt(1.0 - r * r)]);
    assert_eq!(copula.family, CopulaFamily::Gaussian);
    assert_eq!(plan.correlations, [], "no series has to do with it");
    let stated = plan.assumptions.iter().find(|assumption| assumption.path.starts_with("correlations."));
    assert_eq!(stated.map(|assumption| assumption.written.as_str()), Some("0.6"));
}

#[test]
fn a_stated_rank_correlation_is_that_of_the_draws_however_they_are_distributed() {
    const WIDTH: usize = 8;
    const RUNS: usize = 4096;
    let plan = plan(TOGETHER);
    let layout = plan.layout();
    let mut sampler = plan.sampler::<WIDTH>(&layout);
    let mut drawn = [Vec::new(), Vec::new()];
    for batch in 0..RUNS / WIDTH {
        let inputs = sampler.begin((batch * WIDTH) as u64);
        drawn[0].extend(inputs.per_run[0].0);
        drawn[1].extend(inputs.per_run[2].0);
    }
    let spearman = correlation(&ranks(&drawn[0]), &ranks(&drawn[1]));
    // Fisher's z has a standard error of √((1 + ρ²/2)/(n − 3)), so ρ = 0.6 one of 0.011. Four of them: 1 in
    // 16,000 seeds fails.
    assert!((spearman - 0.6).abs() < 0.044, "{spearman}");
}

fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&one, &other| values[one].total_cmp(&values[other]));
    let mut ranks = vec![0.0; values.len()];
    for (rank, index) in order.into_iter().enumerate() {
        ranks[index] = rank as f64;
    }
    ranks
}

fn correlation(one: &[f64], other: &[f64]) -> f64 {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let product = |one: &[f64], other: &[f64]| {
        let (of_one, of_other) = (mean(one), mean(other));
        one.iter().zip(other).map(|(x, y)| (x - of_one) * (y - of_other)).sum::<f64>()
    };
    product(one, other) / libm::sqrt(product(one, one) * product(other, other))
}

#[test]
fn what_decides_about_an_event_can_be_correlated() {
    let plan = plan(
        r#"
        events.talks = { rate = "0.5 /year" }
        events.visit = { planned = "2025-06", probability = 0.5 }
        [correlations]
        "events.talks.wait ~ events.visit.occurs" = -0.5
        "#,
    );
    assert_eq!(plan.copulas.iter().map(|copula| copula.members.len()).collect::<Vec<_>>(), [2]);
}

#[test]
fn the_run_says_how_numbers_are_laid_out_and_how_they_go_together() {
    let with = |run: &str| plan(&format!("{run}\n{TOGETHER}"));
    let plain = with("");
    assert_eq!((plain.design, plain.copulas[0].family), (Design::Random, CopulaFamily::Gaussian));
    for design in Design::ALL {
        assert_eq!(with(&format!("run.sampling = \"{}\"", design.name())).design, design);
    }
    let family = |run: &str| with(run).copulas[0].family;
    assert_eq!(family("run.copula = \"t\""), CopulaFamily::T { df: 4.0 });
    assert_eq!(family("run.copula = \"t\"\nrun.copula_freedom = 7"), CopulaFamily::T { df: 7.0 });
}

#[test]
fn correlations_are_repaired_when_the_run_says_so() {
    let added = r#"
        run.repair_correlations = true
        products.oil = { group = "food", volume = "1 kt/year" }
        products."*".growth = "normal(5%, 3%) /year"
        [correlations]
        "products.flour.growth ~ products.seeds.growth" = 0.9
        "products.seeds.growth ~ products.oil.growth"   = 0.9
    "#;
    let [copula] = &plan(added).copulas[..] else { panic!("there is one group") };
    let between_the_first = copula.cholesky[1];
    assert!(between_the_first > 0.6 && between_the_first < 0.9, "{between_the_first}");
    let plan = plan(added);
    let stated = plan.assumptions.iter().filter(|assumption| assumption.path.starts_with("correlations."));
    let used: Vec<bool> = stated.map(|stated| stated.note.contains("Used: 0.")).collect();
    assert_eq!(used, [true, true], "the register shows both");
}

#[test]
fn a_pair_of_correlated_paths_in_a_layer_above_replaces_the_one_below() {
    let base = "[correlations]\n\"a ~ b\" = 0.5";
    let mut tree = super::tree::parse(crate::diag::FileId(0), base, &mut Vec::new());
    let above = super::tree::parse(crate::diag::FileId(0), &base.replace("0.5", "0.2"), &mut Vec::new());
    super::overlay::merge(&mut tree, above);
    let pairs = tree.table("correlations").expect("it has pairs");
    assert_eq!(pairs.entries.len(), 1);
}
