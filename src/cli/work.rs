//! What commands that compute have in common: a clock, progress, pictures in every format.

use super::app::Failure;
use super::args::Format;
use super::{console, interrupt};
use crate::plot;
use crate::report::charts::Picture;
use crate::run::Observer;
use indicatif::ProgressBar;
use rayon::prelude::*;
use std::time::Instant;

/// Shows progress and passes Ctrl-C on.
pub(super) struct Watch {
    bar: ProgressBar,
}

impl Watch {
    /// Of so many runs of something that is called this.
    pub(super) fn new(runs: u64, title: &str, quiet: bool) -> Self {
        interrupt::stop_in_order();
        Self { bar: if quiet { ProgressBar::hidden() } else { console::progress(runs, title) } }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

impl Observer for Watch {
    fn round_begins(&self, runs: u64) {
        self.bar.set_length(runs);
    }

    fn runs_done(&self, done: u64) {
        self.bar.set_position(done);
    }

    fn wants_stop(&self) -> bool {
        interrupt::requested()
    }
}

/// Draws every picture in every format, side by side; stops between two of them when asked to.
pub(super) fn draw(pictures: &[Picture], formats: &[Format]) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let jobs: Vec<(&Picture, Format)> =
        pictures.iter().flat_map(|picture| formats.iter().map(move |&format| (picture, format))).collect();
    let draw_one = |&(picture, format): &(&Picture, Format)| {
        if interrupt::requested() {
            return Err(Failure::Stopped);
        }
        let bytes = match format {
            Format::Png => plot::png(&picture.chart)?,
            Format::Svg => plot::svg(&picture.chart)?.into_bytes(),
        };
        Ok((format!("plots/{}.{format}", picture.name), bytes))
    };
    jobs.par_iter().map(draw_one).collect()
}

/// A stopwatch; clocks are read here at the edge and nowhere else.
pub(super) struct Clock(Instant);

impl Clock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the edge may read the clock: it only reports how long things took"
    )]
    pub(super) fn start() -> Self {
        Self(Instant::now())
    }

    pub(super) fn seconds(&self) -> f64 {
        self.0.elapsed().as_secs_f64()
    }
}
