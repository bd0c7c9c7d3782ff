//! The lognormal distribution: the product of many small factors; positive, with a long upper tail. Also the
//! 90% interval `5 to 10`, which is a lognormal if both ends are positive and a normal otherwise.

use super::error::{arguments, number, require};
use super::law::Law;
use super::parameter::{Parameter, Range};
use super::registry::{Family, Form};
use super::special::{exp, exp_in_place, normal_cdf, standard_normal, standard_normal_in_place};
use super::{DistError, Distribution, normal};

/// z with Φ(z) = 0.95.
const Z95: f64 = 1.644_853_626_951_472_2;
/// The largest standard deviation of the logarithm: with a larger one, extreme draws would exceed the range
/// of f64.
const LARGEST_SD_LOG: f64 = 20.0;
/// The largest plausible `sd_log`, with which the 95% quantile is 3,700 times the median.
const MOST_SD_LOG: f64 = 5.0;

const MEDIAN: Parameter =
    Parameter::value("median", Range::Positive, "the value that is exceeded in half of the cases");

pub(super) const FAMILY: Family = Family {
    name: "lognormal",
    also: &[],
    summary: "Positive, with a long upper tail; given by the value that is exceeded in half of the cases and \
              the one that is exceeded in one of twenty. `sd_log` is the standard deviation of ln x, which \
              is about the relative standard deviation if that is small. `sd_log` = 0 or `sd` = 0 makes it a \
              constant.",
    formula: "x = median · exp(sd_log · z), z standard normal; p95 = median · exp(1.645 sd_log); \
              mean = median · exp(sd_log² / 2); sd = mean · √(exp(sd_log²) - 1)",
    forms: &[
        Form {
            parameters: &[
                MEDIAN,
                Parameter::value("p95", Range::Number, "the value that is exceeded in one of twenty cases"),
            ],
            example: "lognormal(40, p95=110)",
            build: |given| {
                let [median, p95] = arguments(given)?;
                from_p95(median, p95)
            },
        },
        Form {
            parameters: &[
                MEDIAN,
                Parameter::ratio(
                    "sd_log",
                    Range::Between(0.0, MOST_SD_LOG),
                    "the standard deviation of ln x",
                ),
            ],
            example: "lognormal(median=12, sd_log=1.0)",
            build: |given| {
                let [median, sd_log] = arguments(given)?;
                Ok(LogNormal::or_constant(median, sd_log))
            },
        },
        Form {
            parameters: &[
                Parameter::value("mean", Range::Positive, "the mean"),
                Parameter::value("sd", Range::NotNegative, "the standard deviation"),
            ],
            example: "lognormal(mean=50, sd=20)",
            build: |given| {
                let [mean, sd] = arguments(given)?;
                from_mean(mean, sd)
            },
        },
    ],
};

fn from_p95(median: f64, p95: f64) -> Result<Distribution, DistError> {
    require(p95 > median, 1, "p95", "greater than `median`")?;
    let sd_log = log_ratio(p95, median) / Z95;
    require(sd_log <= LARGEST_SD_LOG, 1, "p95", "at most 1e14 times `median`")?;
    Ok(LogNormal::or_constant(median, sd_log))
}

/// `sd_log`² = ln(1 + (sd / mean)²), median = mean / √(1 + (sd / mean)²).
fn from_mean(mean: f64, sd: f64) -> Result<Distribution, DistError> {
    let ratio = sd / mean;
    require(ratio <= 1e80, 1, "sd", "at most 1e80 times `mean`")?;
    let square = ratio * ratio;
    Ok(LogNormal::or_constant(mean / libm::sqrt(1.0 + square), libm::sqrt(libm::log1p(square))))
}

/// Builds a 90% interval: 5% of the values are below `p05`, 5% above `p95`.
pub(super) fn interval(p05: f64, p95: f64) -> Result<Distribution, DistError> {
    number(0, "p05", p05)?;
    number(1, "p95", p95)?;
    require(p95 > p05, 1, "p95", "greater than `p05`")?;
    if p05 <= 0.0 {
        return Ok(normal::build(0.5 * (p05 + p95), (p95 - p05) / (2.0 * Z95)));
    }
    let sd_log = log_ratio(p95, p05) / (2.0 * Z95);
    require(sd_log <= LARGEST_SD_LOG, 1, "p95", "at most 1e28 times `p05`")?;
    Ok(LogNormal::or_constant(libm::sqrt(p05) * libm::sqrt(p95), sd_log))
}

/// ln(top / bottom), accurate for two close numbers.
fn log_ratio(top: f64, bottom: f64) -> f64 {
    libm::log1p((top - bottom) / bottom)
}

/// Accuracy: quantile to about 1e-15 · (1 + `sd_log`·|z|) relative, cdf to 2e-16 relative in z.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct LogNormal {
    median: f64,
    sd_log: f64,
}

impl LogNormal {
    fn or_constant(median: f64, sd_log: f64) -> Distribution {
        if sd_log == 0.0 { Distribution::constant(median) } else { Self { median, sd_log }.into() }
    }
}

impl Law for LogNormal {
    fn quantile(&self, u: f64) -> f64 {
        self.median * exp(self.sd_log * standard_normal(u))
    }

    fn cdf(&self, x: f64) -> f64 {
        if x <= 0.0 { 0.0 } else { normal_cdf(libm::log(x / self.median) / self.sd_log) }
    }

    fn mean(&self) -> f64 {
        self.median * libm::exp(0.5 * self.sd_log * self.sd_log)
    }

    fn sd(&self) -> f64 {
        self.mean() * libm::sqrt(libm::expm1(self.sd_log * self.sd_log))
    }

    fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }

    fn scaled(self, factor: f64) -> Self {
        Self { median: self.median * factor, sd_log: self.sd_log }
    }

    fn fill(&self, values: &mut [f64]) {
        standard_normal_in_place(values);
        for x in values.iter_mut() {
            *x *= self.sd_log;
        }
        exp_in_place(values);
        for x in values {
            *x *= self.median;
        }
    }
}
