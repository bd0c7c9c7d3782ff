//! From arguments to requests.

use super::{
    CheckArgs, CompareArgs, DrawsOf, Format, LayerArgs, Method, Out, ReplayArgs, RunArgs, Seed,
    SensitivityArgs,
};
use crate::study::{self, Check, Compare, Layers, Output, Replay, Run, Sensitivity, SingleRuns};

impl LayerArgs {
    pub(in crate::cli) fn layers(&self) -> Layers {
        Layers { with: self.with.clone(), set: self.set.clone() }
    }
}

impl Seed {
    /// The seed; `random` is drawn here.
    pub(in crate::cli) fn value(self) -> u64 {
        match self {
            Self::Fixed(seed) => seed,
            // Scenario files hold whole numbers of 63 bits.
            Self::Random => rand::random::<u64>() >> 1,
        }
    }
}

impl Out {
    fn output(&self, formats: &[Format], no_plots: bool) -> Output {
        let formats = if no_plots { &[] } else { formats };
        Output { folder: self.out.clone(), formats: formats.iter().map(|&format| format.into()).collect() }
    }
}

impl From<Format> for study::Format {
    fn from(format: Format) -> Self {
        match format {
            Format::Png => Self::Png,
            Format::Svg => Self::Svg,
        }
    }
}

impl RunArgs {
    pub(in crate::cli) fn request(&self) -> Run {
        Run {
            files: self.files.clone(),
            layers: self.layers.layers(),
            runs: self.runs,
            seed: self.seed.map(Seed::value),
            precision: self.precision.clone(),
            precision_of: self.precision_of.clone(),
            output: self.out.output(&self.format, self.no_plots),
            single_runs: match self.draws {
                _ if self.no_draws => SingleRuns::None,
                None => SingleRuns::Usual,
                Some(DrawsOf::Main) => SingleRuns::Main,
                Some(DrawsOf::All) => SingleRuns::All,
            },
            explain: self.print.text(),
            baseline: self.baseline.clone(),
            weights: self.weights.clone(),
            strict: self.strict,
        }
    }
}

impl CompareArgs {
    pub(in crate::cli) fn request(&self) -> Compare {
        Compare {
            files: self.files.clone(),
            parts: self.on.clone().map(|base| (base, self.parts.clone())),
            baseline: self.baseline.clone(),
            metrics: self.metric.clone(),
            weights: self.weights.clone(),
            layers: self.layers.layers(),
            runs: self.runs,
            seed: self.seed.map(Seed::value),
            precision: self.precision.clone(),
            precision_of: self.precision_of.clone(),
            output: self.out.output(&self.format, self.no_plots),
            name: self.name.as_ref().map(|name| name.0.clone()),
            strict: self.strict,
            ..Compare::default()
        }
    }
}

impl SensitivityArgs {
    pub(in crate::cli) fn request(&self) -> Sensitivity {
        Sensitivity {
            file: self.file.clone(),
            metric: self.metric.clone(),
            year: self.year,
            method: match self.method {
                Method::Data => study::Method::Data,
                Method::Sobol => study::Method::Sobol,
            },
            layers: self.layers.layers(),
            runs: self.runs,
            seed: self.seed.map(Seed::value),
            output: self.out.output(&self.format, self.no_plots),
        }
    }
}

impl ReplayArgs {
    pub(in crate::cli) fn request(&self) -> Replay {
        Replay {
            file: self.file.clone(),
            run: self.run,
            layers: self.layers.layers(),
            seed: self.seed.map(Seed::value),
            metrics: self.metric.clone(),
        }
    }
}

impl CheckArgs {
    pub(in crate::cli) fn request(&self) -> Check {
        Check { files: self.files.clone(), layers: self.layers.layers(), strict: self.strict }
    }
}
