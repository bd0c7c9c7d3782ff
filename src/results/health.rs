//! Runs that went wrong: counted, the first of them located, and left out of every figure.

use serde::{Deserialize, Serialize};

/// So many runs that went wrong are located; the rest is only counted.
pub const MOST_LOCATED: usize = 10;

/// How many runs went wrong, and where the first of them did.
///
/// A run has gone wrong when any metric in any month or year is no finite number, or is below zero (by more
/// than rounding) where nothing can be. All figures of a result are those of the other runs, as if it had
/// never been run.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Health {
    /// Runs that went wrong.
    pub invalid: u64,
    /// The first of them, by number of the run; at most [`MOST_LOCATED`].
    pub located: Vec<Fault>,
}

/// The first figure of a run that went wrong.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fault {
    /// The run's number, counted from 0: what `simulate replay --run` takes.
    pub run: u64,
    /// The month or year: `2027-03`, `2027`.
    pub period: String,
    /// The path of the metric.
    pub metric: String,
    /// Its value. Files hold it as text, since JSON has no number for what is none.
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
    fn what_is_no_number_survives_a_file() {
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -12.5] {
            let fault = Fault { run: 7, period: "2027".to_owned(), metric: "volume".to_owned(), value };
            let text = serde_json::to_string(&fault).expect("it can be written");
            let read: Fault = serde_json::from_str(&text).expect("it can be read");
            assert_eq!(read.value.to_bits(), value.to_bits(), "{text}");
        }
    }
}
