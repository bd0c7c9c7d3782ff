//! What commands that compute have in common: a clock, progress, pictures in every format.

use super::app::Failure;
use super::args::Format;
use super::{console, interrupt};
use crate::plot;
use crate::report::charts::Picture;
use crate::report::letters;
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

/// Passes Ctrl-C on, and shows nothing.
pub(super) struct Stop;

impl Observer for Stop {
    fn wants_stop(&self) -> bool {
        interrupt::requested()
    }
}

/// Titles, and the names that stand in for those whose letters the pictures' font lacks.
pub(super) type StandIns = [(String, String)];

/// Draws every picture in every format, side by side; stops between two of them when asked to. Says once which letters no PNG
/// can show.
pub(super) fn draw(
    pictures: &[Picture],
    formats: &[Format],
    stand_ins: &StandIns,
) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    if formats.contains(&Format::Png) {
        let lacking = plot::lacking(pictures.iter().map(|picture| &picture.chart));
        if let Some(warning) = &letters::warn(&lacking) {
            console::print_error(warning);
        }
    }
    let jobs: Vec<(&Picture, Format)> =
        pictures.iter().flat_map(|picture| formats.iter().map(move |&format| (picture, format))).collect();
    let draw_one = |&(picture, format): &(&Picture, Format)| {
        if interrupt::requested() {
            return Err(Failure::Stopped);
        }
        let bytes = match format {
            Format::Png => plot::png_with(&picture.chart, stand_ins)?,
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
