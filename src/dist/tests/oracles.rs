//! Values from independent implementations: mpmath 1.3 with forty digits, and the crate statrs.

use super::{Distribution, built, uniforms};

/// Quantiles to forty digits: distribution, level, value.
const QUANTILES: [(&str, f64, f64); 43] = [
    ("student(0, 1, df=1.5)", 1e-9, -521_946.942_733_437_23),
    ("student(0, 1, df=1.5)", 0.01, -11.197_316_179_568_398),
    ("student(0, 1, df=1.5)", 0.3, -0.651_795_482_602_357_1),
    ("student(0, 1, df=4)", 1e-9, -234.027_610_406_118_92),
    ("student(0, 1, df=4)", 0.01, -3.746_947_387_979_197),
    ("student(0, 1, df=4)", 0.3, -0.568_649_063_049_705_5),
    ("student(0, 1, df=30)", 1e-9, -8.445_862_796_274_243),
    ("student(0, 1, df=30)", 0.01, -2.457_261_542_400_591_5),
    ("student(0, 1, df=30)", 0.3, -0.530_019_003_906_504_5),
    ("student(0, 1, df=1000)", 1e-9, -6.053_690_272_079_834),
    ("student(0, 1, df=1000)", 0.01, -2.330_082_674_755_513),
    ("student(0, 1, df=1000)", 0.3, -0.524_567_707_309_227),
    ("gamma(0.3, 2)", 1e-9, 1.394_539_819_281_872_6e-30),
    ("gamma(0.3, 2)", 0.25, 0.013_799_605_138_110_928),
    ("gamma(0.3, 2)", 0.999, 9.237_872_085_582_667),
    ("gamma(2.5, 2)", 1e-9, 0.000_812_289_565_665_654_1),
    ("gamma(2.5, 2)", 0.25, 2.674_602_809_432_163),
    ("gamma(2.5, 2)", 0.999, 20.515_005_652_432_876),
    ("gamma(100, 2)", 1e-9, 102.286_604_457_674_84),
    ("gamma(100, 2)", 0.25, 186.171_667_674_243_48),
    ("gamma(100, 2)", 0.999, 267.540_527_822_757_2),
    ("gamma(5000, 2)", 1e-9, 9_174.959_205_410_734),
    ("gamma(5000, 2)", 0.25, 9_904.252_843_514_732),
    ("gamma(5000, 2)", 0.999, 10_442.730_565_410_178),
    ("beta(0.5, 0.7)", 1e-9, 1.569_752_867_602_128_9e-18),
    ("beta(0.5, 0.7)", 0.25, 0.096_176_661_294_596_2),
    ("beta(3, 900)", 1e-9, 2.017_697_572_473_622_6e-6),
    ("beta(3, 900)", 0.25, 0.001_915_256_152_577_222),
    ("gumbel(3, 2)", 1e-9, -3.062_514_045_168_350_6),
    ("logistic(3, 2)", 1e-9, -38.446_531_671_892_82),
    ("weibull(1.5, 12)", 1e-9, 1.200_000_000_4e-5),
    ("pareto(5, 1.2)", 1e-9, 5.000_000_004_166_667),
    ("exponential(8)", 1e-9, 8.000_000_004_000_001e-9),
    ("gumbel(3, 2)", 0.3, 2.628_746_482_275_268_6),
    ("logistic(3, 2)", 0.3, 1.305_404_279_225_592_7),
    ("weibull(1.5, 12)", 0.3, 6.035_264_578_988_62),
    ("pareto(5, 1.2)", 0.3, 6.730_618_439_542_098_5),
    ("exponential(8)", 0.3, 2.853_399_551_509_858_7),
    ("gumbel(3, 2)", 0.999_999, 30.631_020_115_870_62),
    ("logistic(3, 2)", 0.999_999, 30.631_019_115_870_036),
    ("weibull(1.5, 12)", 0.999_999, 69.091_698_962_637_41),
    ("pareto(5, 1.2)", 0.999_999, 499_999.999_988_018_7),
    ("exponential(8)", 0.999_999, 110.524_084_463_484_14),
];

#[test]
fn quantiles_agree_with_forty_digits() {
    for (name, u, exact) in QUANTILES {
        let x = built(name).quantile(u);
        // 1 − 0.999999 as a float has a relative error of 1e-11, but the exact value has the same error.
        assert!((x / exact - 1.0).abs() < 1e-11, "{name} at {u}: {x} {exact}");
    }
}

/// P(X ≤ k) to 16 digits: distribution, k, probability. The large ones are sums of a million terms.
const CHANCES: [(&str, f64, f64); 25] = [
    ("poisson(0.3)", 0.0, 0.740_818_220_681_717_9),
    ("poisson(0.3)", 2.0, 0.996_400_506_816_910_5),
    ("poisson(50)", 20.0, 1.235_187_221_871_001_6e-6),
    ("poisson(50)", 50.0, 0.537_516_690_853_147_6),
    ("poisson(50)", 90.0, 0.999_999_875_549_105_1),
    ("binomial(12, 0.3)", 0.0, 0.013_841_287_201_000_002),
    ("binomial(12, 0.3)", 3.0, 0.492_515_773_435),
    ("binomial(12, 0.3)", 11.0, 0.999_999_468_559),
    ("binomial(1000, 0.001)", 0.0, 0.367_695_424_770_964_06),
    ("binomial(1000, 0.001)", 1.0, 0.735_758_913_030_187_3),
    ("binomial(1000, 0.001)", 8.0, 0.999_998_906_390_479_5),
    ("negative-binomial(2.5, 0.2)", 0.0, 0.017_888_543_819_998_32),
    ("negative-binomial(2.5, 0.2)", 10.0, 0.611_462_627_833_338_6),
    ("negative-binomial(2.5, 0.2)", 60.0, 0.999_955_445_101_545_7),
    ("negative-binomial(0.05, 0.001)", 0.0, 0.707_945_784_384_137_9),
    ("negative-binomial(0.05, 0.001)", 40.0, 0.873_431_867_644_686_4),
    ("negative-binomial(0.05, 0.001)", 4_000.0, 0.999_790_721_369_870_8),
    ("poisson(1e6)", 994_000.0, 9.546_144_076_148_135e-10),
    ("poisson(1e6)", 1e6, 0.500_265_961_486_283_7),
    ("poisson(1e6)", 1_005_000.0, 0.999_999_708_110_753_3),
    ("poisson(1e9)", 999_810_268.0, 9.864_581_792_049_717e-10),
    ("poisson(1e9)", 999_968_378.0, 0.158_665_022_504_619_4),
    ("poisson(1e9)", 1e9, 0.500_008_410_441_739),
    ("poisson(1e9)", 1_000_063_244.0, 0.977_247_216_136_032),
    ("binomial(1e9, 0.5)", 5e8, 0.500_012_615_662_606_9),
];

#[test]
fn chances_of_counts_agree_with_sixteen_digits() {
    for (name, k, exact) in CHANCES {
        let p = built(name).cdf(k);
        // A million rounding errors add up.
        let tolerance = if k > 1e5 { 1e-11 } else { 1e-13 };
        assert!((p - exact).abs() < tolerance * exact.max(0.1), "{name} at {k}: {p} {exact}");
    }
}

/// Compares the cdf of statrs with the level and with our cdf, and its mean and variance with ours, where it
/// has them.
fn agree(text: &str, cdf: &dyn Fn(f64) -> f64, moments: (Option<f64>, Option<f64>), tolerance: f64) {
    let distribution = built(text);
    for u in uniforms().filter(|u| (1e-6..1.0 - 1e-6).contains(u)) {
        let x = distribution.quantile(u);
        assert!((cdf(x) - u).abs() < tolerance, "{text} at {u}: {}", cdf(x));
        assert!((cdf(x) - distribution.cdf(x)).abs() < tolerance, "{text} at {u}");
    }
    known_moments(&distribution, text, moments);
}

fn known_moments(distribution: &Distribution, text: &str, (mean, variance): (Option<f64>, Option<f64>)) {
    if let Some(mean) = mean.filter(|mean| mean.is_finite()) {
        assert!((distribution.mean() - mean).abs() <= 1e-12 * mean.abs(), "{text}: {mean}");
    }
    if let Some(variance) = variance {
        // statrs computes the variance of a narrow Weibull as a small difference of large numbers.
        let sd = libm::sqrt(variance);
        assert!(distribution.sd() == sd || (distribution.sd() / sd - 1.0).abs() < 1e-9, "{text}: {sd}");
    }
}

/// Each line: constructor of statrs, as many texts as it has parameters for.
macro_rules! agree {
    ($oracle:ident, $tolerance:expr, $([$($parameter:expr),*] $text:expr),+ $(,)?) => {
        $({
            let oracle = oracle::$oracle::new($($parameter),*).expect("valid");
            agree($text, &|x| oracle.cdf(x), (oracle.mean(), oracle.variance()), $tolerance);
        })+
    };
}

#[test]
fn statrs_agrees_on_smooth_laws() {
    use statrs::distribution::{self as oracle, ContinuousCDF};
    use statrs::statistics::Distribution as _;
    agree!(Normal, 1e-10, [0.08, 0.05] "normal(8%, 5%)", [-5.0, 0.001] "normal(-5, 0.001)");
    agree!(LogNormal, 1e-10, [libm::log(12.0), 1.0] "lognormal(12, sd_log=1)");
    agree!(Uniform, 1e-14, [2.0, 6.0] "uniform(2, 6)");
    agree!(Triangular, 1e-14, [0.0, 30.0, 4.0] "triangular(0, 4, 30)");
    agree!(Beta, 1e-10, [2.0, 5.0] "beta(2, 5)", [0.5, 0.7] "beta(0.5, 0.7)", [1.0, 1.0] "beta(1, 1)");
    agree!(Beta, 1e-10, [30.0, 2.0] "beta(30, 2)", [400.0, 250.0] "beta(400, 250)");
    agree!(Gamma, 1e-10, [2.5, 0.25] "gamma(2.5, 4)", [1.0, 1.0] "gamma(1, 1)", [0.5, 1.0] "gamma(0.5, 1)");
    agree!(Gamma, 1e-10, [40.0, 10.0] "gamma(40, 0.1)", [900.0, 1.0] "gamma(900, 1)");
    agree!(Weibull, 1e-12, [1.5, 12.0] "weibull(1.5, 12)", [0.5, 3.0] "weibull(0.5, 3)");
    agree!(Weibull, 1e-12, [3.6, 1e3] "weibull(3.6, 1000)", [50.0, 1.0] "weibull(50, 1)");
    agree!(Exp, 1e-14, [0.125] "exponential(8)", [4.0] "exponential(0.25)");
    agree!(Pareto, 1e-12, [5.0, 3.0] "pareto(5, 3)", [1.0, 1.2] "pareto(1, 1.2)",
        [2.0, 40.0] "pareto(2, 40)");
    agree!(Gumbel, 1e-14, [30.0, 5.0] "gumbel(30, 5)", [-4.0, 0.5] "gumbel(-4, 0.5)");
    agree!(StudentsT, 1e-10, [0.08, 0.05, 4.0] "student(8%, 5%, df=4)", [0.0, 1.0, 1.5] "student(0, 1, 1.5)");
    agree!(StudentsT, 1e-10, [0.0, 1.0, 30.0] "student(0, 1, \
         30)", [-5.0, 0.1, 900.0] "student(-5, 0.1, 900)");
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of thousands")]
fn whole(k: f64) -> u64 {
    k as u64
}

/// Each line: constructor of statrs, its parameters, our text; `$shift` is what its counts begin with.
macro_rules! agree_on_counts {
    ($oracle:ident, $shift:expr, $([$($parameter:expr),*] $text:expr),+ $(,)?) => {
        $({
            let oracle = oracle::$oracle::new($($parameter),*).expect("valid");
            let distribution = built($text);
            for u in uniforms() {
                let k = distribution.quantile(u);
                let p = oracle.cdf(whole(k) + $shift);
                assert!((p - distribution.cdf(k)).abs() < 1e-9, "{} at {k}: {p}", $text);
            }
        })+
    };
}

#[test]
fn statrs_agrees_on_counts() {
    use statrs::distribution::{self as oracle, DiscreteCDF};
    agree_on_counts!(Poisson, 0, [3.5] "poisson(3.5)", [0.01] "poisson(0.01)", [50.0] "poisson(50)");
    agree_on_counts!(Poisson, 0, [12_345.6] "poisson(12345.6)");
    agree_on_counts!(Binomial, 0, [0.3, 12] "binomial(12, 30%)", [0.99, 100] "binomial(100, 0.99)");
    agree_on_counts!(Binomial, 0, [0.001, 1000] "binomial(1000, 0.001)",
        [0.5, 20_000] "binomial(20000, 0.5)");
    agree_on_counts!(NegativeBinomial, 0, [3.0, 0.2] "negative-binomial(3, 20%)");
    agree_on_counts!(NegativeBinomial, 0, [2.5, 0.01] "negative-binomial(2.5, 0.01)");
    // statrs counts all trials, including the successful one.
    agree_on_counts!(Geometric, 1, [0.25] "geometric(25%)", [0.001] "geometric(0.001)");
    agree_on_counts!(Bernoulli, 0, [0.3] "bernoulli(30%)");
}
