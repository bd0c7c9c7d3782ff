//! Parameters: which ones are refused, which form they select, and that every family documents its own.

use super::*;

#[test]
fn a_wrong_parameter_is_named_by_its_position() {
    let wrong = [
        ("normal(NaN, 1)", 0),
        ("normal(0, -1)", 1),
        ("normal(0, inf)", 1),
        ("normal(2e30, 1)", 0),
        ("lognormal(0, 1)", 0),
        ("lognormal(40, 40)", 1),
        ("lognormal(1, 1e20)", 1),
        ("lognormal(40, sd_log=-1)", 1),
        ("lognormal(40, sd_log=21)", 1),
        ("lognormal(mean=-1, sd=1)", 0),
        ("lognormal(mean=1, sd=NaN)", 1),
        ("uniform(2, 1)", 1),
        ("uniform(NaN, 1)", 0),
        ("triangular(0, 5, 4)", 1),
        ("triangular(0, 0, -1)", 2),
        ("pert(0, -1, 4)", 1),
        ("pert(0, 1, 4, -1)", 3),
        ("pert(0, 1, 4, lambda=NaN)", 3),
        ("beta(0, 1)", 0),
        ("beta(1, inf)", 1),
        ("beta(1, 1, 1, 0)", 3),
        ("gamma(0.01, 1)", 0),
        ("gamma(1, 0)", 1),
        ("gamma(mean=1, sd=5)", 1),
        ("gamma(mean=1, sd=0.001)", 1),
        ("weibull(0.05, 1)", 0),
        ("weibull(1, -1)", 1),
        ("exponential(0)", 0),
        ("pareto(0, 2)", 0),
        ("pareto(1, 1)", 1),
        ("gumbel(0, -1)", 1),
        ("logistic(inf, 1)", 0),
        ("student(0, 1, 1)", 2),
        ("student(0, 1, 10001)", 2),
        ("poisson(-1)", 0),
        ("poisson(1000000001)", 0),
        ("binomial(2.5, 0.5)", 0),
        ("binomial(2, 1.5)", 1),
        ("negative-binomial(0, 0.5)", 0),
        ("negative-binomial(1, 0)", 1),
        ("negative-binomial(1, 1e-6)", 1),
        ("negative-binomial(mean=1e9, size=1)", 1),
        ("geometric(0)", 0),
        ("bernoulli(NaN)", 0),
        ("sample(1, inf)", 1),
        ("quantiles(p10=1, p0=0)", 1),
        ("quantiles(p10=1, p50=NaN)", 1),
        ("quantiles(p90=1, p10=2)", 0),
        ("quantiles(p10=1, p90=2, p50=3)", 1),
        ("quantiles(p10=1, p90=2, min=1)", 2),
        ("quantiles(p10=1, p90=2, max=2)", 3),
        ("quantiles(p10=1, p90=2, max=NaN)", 3),
    ];
    for (text, argument) in wrong {
        let error = parse(text).expect_err(text);
        assert_eq!(error.argument, Some(argument), "{text}: {error}");
        assert!(error.message.contains("must be"), "{text}: {error}");
    }
}

#[test]
fn wrong_parts_and_bounds_are_named_by_their_position() {
    let argument = |result: Result<Distribution, DistError>| result.expect_err("wrong").argument;
    assert_eq!(argument(Distribution::interval(5.0, 5.0)), Some(1));
    assert_eq!(argument(Distribution::interval(f64::NAN, 5.0)), Some(0));
    assert_eq!(argument(Distribution::interval(1e-300, 5.0)), Some(1));
    assert_eq!(argument(Distribution::discrete(&[])), None);
    assert_eq!(argument(Distribution::discrete(&[(1.0, 0.0), (0.0, 1.0)])), Some(1));
    assert_eq!(argument(Distribution::discrete(&[(1.0, f64::INFINITY)])), Some(0));
    assert_eq!(argument(Distribution::empirical(&[])), None);
    assert_eq!(argument(Distribution::quantiles(&[(0.5, 1.0)], f64::NEG_INFINITY, f64::INFINITY)), None);
    assert_eq!(argument(Distribution::mixture(Vec::new())), None);
    assert_eq!(argument(Distribution::mixture(vec![(1.0, mixture()), (-1.0, mixture())])), Some(1));
    let not_a_number = vec![(1.0, mixture()), (1.0, Distribution::constant(f64::NAN))];
    assert_eq!(argument(Distribution::mixture(not_a_number)), Some(1));
    assert_eq!(argument(Distribution::mixture(vec![(1.0, built("uniform(0, 1)")); 101])), Some(100));
    assert_eq!(argument(mixture().truncated(f64::NAN, 1.0)), Some(1));
    assert_eq!(argument(mixture().truncated(0.0, 1e31)), Some(2));
    assert_eq!(argument(mixture().truncated(2.0, 1.0)), Some(2));
    assert_eq!(argument(built("normal(0, 1)").truncated(5.0, 6.0)), None);
    let cut_once = built("normal(0, 1)").truncated(0.0, 1.0).expect("valid");
    assert_eq!(argument(cut_once.truncated(2.0, 3.0)), None);
}

#[test]
fn arguments_choose_the_first_form_they_fit() {
    let chosen = |name: &str, positional, named: &[&str]| {
        let form = family(name)?.form_for(positional, named)?;
        Some(form.parameters.iter().map(|parameter| parameter.name).collect::<Vec<_>>().join(" "))
    };
    assert_eq!(chosen("lognormal", 2, &[]).as_deref(), Some("median p95"));
    assert_eq!(chosen("lognormal", 1, &["sd_log"]).as_deref(), Some("median sd_log"));
    assert_eq!(chosen("lognormal", 0, &["sd", "mean"]).as_deref(), Some("mean sd"));
    assert_eq!(chosen("lognormal", 2, &["median"]), None);
    assert_eq!(chosen("lognormal", 0, &["median", "median"]), None);
    assert_eq!(chosen("pert", 3, &[]).as_deref(), Some("min mode max lambda"));
    assert_eq!(chosen("pert", 2, &["lambda"]), None);
    assert_eq!(chosen("pert", 9, &[]), None);
    assert_eq!(chosen("beta", 2, &["max", "min"]).as_deref(), Some("alpha beta min max"));
    assert_eq!(chosen("mixture", 2, &[]), None);
    assert!(family("gauss").is_none());
    assert_eq!(family("pert").expect("known").forms[0].parameters[3].kind, Kind::Shape);
}

#[test]
fn every_name_is_one_family_and_every_parameter_is_told_of_and_checked() {
    let names: Vec<&str> = families()
        .iter()
        .flat_map(|family| [family.name].into_iter().chain(family.also.iter().copied()))
        .collect();
    for (i, name) in names.iter().enumerate() {
        assert!(!names[..i].contains(name), "{name} is two families");
        assert!(family(name).is_some_and(|family| family.name == *name || family.also.contains(name)));
    }
    for family in families() {
        assert!(!family.summary.is_empty() && !family.formula.is_empty(), "{}", family.name);
        for form in family.forms {
            let nothing = vec![f64::NAN; form.parameters.len()];
            let error = form.distribution(&nothing).expect_err("NaN is in no range");
            let first = &form.parameters[0];
            assert_eq!(error, DistError::at(0, format!("`{}` must be {}", first.name, first.range)));
            for parameter in form.parameters {
                assert!(!parameter.meaning.is_empty(), "{} {}", family.name, parameter.name);
                assert!(parameter.default.is_none_or(|default| parameter.range.contains(default)));
            }
        }
    }
}
