//! Values of arguments, parsed.

use crate::kernel;
use crate::results::store::{NAME_RULE, is_folder_name};
use clap::ValueEnum;

/// The name of a benchmark that is kept, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) struct SavedName(pub(in crate::cli) String);

impl std::str::FromStr for SavedName {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        let good = (1..=100).contains(&text.len()) && !text.starts_with('.') && text.chars().all(is_plain);
        let name = good.then(|| Self(text.to_owned()));
        name.ok_or(
            "a name has up to 100 letters, digits, hyphens, underscores and points, and no point in front",
        )
    }
}

/// The name of a result's folder, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) struct FolderName(pub(in crate::cli) String);

impl std::str::FromStr for FolderName {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if is_folder_name(text) { Ok(Self(text.to_owned())) } else { Err(NAME_RULE) }
    }
}

/// How shares of the variance are estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Method {
    /// From the runs that are made anyway
    Data,
    /// From further runs in which one group of inputs is resampled at a time; also gives shares with all
    /// interactions, and costs runs × (groups + 2)
    Sobol,
}

/// A kind of picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Format {
    /// Pixels, twice as many as shown
    Png,
    /// Lines, sharp at any size
    Svg,
}

impl std::fmt::Display for Format {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            Self::Png => "png",
            Self::Svg => "svg",
        })
    }
}

/// The largest set of processor instructions that may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Instructions {
    /// Those that every processor of this architecture has
    Portable,
    /// AVX2 as well
    Avx2,
    /// All that the processor has and that help
    All,
}

impl From<Instructions> for kernel::Instructions {
    fn from(most: Instructions) -> Self {
        match most {
            Instructions::Portable => Self::Portable,
            Instructions::Avx2 => Self::Avx2,
            Instructions::All => Self::All,
        }
    }
}

/// Which yearly figures of single runs are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum DrawsOf {
    /// Totals, products, routes, credit, what has happened, and the metrics of targets
    Main,
    /// Every metric
    All,
}

/// A seed as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Seed {
    /// This one.
    Fixed(u64),
    /// A random one.
    Random,
}

impl std::str::FromStr for Seed {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "random" {
            return Ok(Self::Random);
        }
        match text.parse::<u64>() {
            Ok(seed) if i64::try_from(seed).is_ok() => Ok(Self::Fixed(seed)),
            _ => Err(format!("a seed is a whole number from 0 to {}, or `random`", i64::MAX)),
        }
    }
}
