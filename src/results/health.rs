//! Invalid runs: counted, the first of them located, and left out of every figure.

use serde::{Deserialize, Serialize};

/// The number of invalid runs that are located; further ones are only counted.
pub const MOST_LOCATED: usize = 10;

/// The number of invalid runs, and the location of the first of them.
///
/// A run is invalid when any metric in any month or year isn't finite, or is negative (by more than rounding)
/// where that is impossible. All figures of a result are those of the other runs, as if the invalid ones had
/// never been run.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Health {
    /// The number of invalid runs.
    pub invalid: u64,
    /// The first of them, by run number; at most [`MOST_LOCATED`].
    pub located: Vec<Fault>,
}

/// The first invalid figure of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fault {
    /// The run's number, counted from 0: the argument of `simulate replay --run`.
    pub run: u64,
    /// The month or year: `2027-03`, `2027`.
    pub period: String,
    /// The path of the metric.
    pub metric: String,
    /// Its value. Files hold it as text, because JSON has no NaN and no infinities.
    #[serde(with = "text")]
    pub value: f64,
}

/// Numbers as text: `NaN`, `inf`, `-12.5`.
mod text {
    use serde::{Deserialize as _, Deserializer, Serializer};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference to every field")]
    pub(super) fn serialize<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&value.to_string())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nan_and_infinity_survive_a_file() {
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -12.5] {
            let fault = Fault { run: 7, period: "2027".to_owned(), metric: "volume".to_owned(), value };
            let text = serde_json::to_string(&fault).expect("it can be written");
            let read: Fault = serde_json::from_str(&text).expect("it can be read");
            assert_eq!(read.value.to_bits(), value.to_bits(), "{text}");
        }
    }
}
