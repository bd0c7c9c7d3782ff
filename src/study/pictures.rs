//! Drawing pictures in every format that is asked for.

use super::{Error, Host};
use crate::plot;
use crate::report::charts::Picture;
use crate::report::letters;
use rayon::prelude::*;
use std::fmt;

/// A kind of picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Pixels, twice as many as shown.
    Png,
    /// Lines, sharp at any size.
    Svg,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Png, Self::Svg];
}

impl fmt::Display for Format {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Png => "png",
            Self::Svg => "svg",
        })
    }
}

/// Titles, and the names that stand in for those whose letters the pictures' font lacks.
pub(super) type StandIns = [(String, String)];

/// Draws every picture in every format, in parallel; stops between two of them when asked to. Notes once which letters no PNG
/// can show.
pub(super) fn draw(
    pictures: &[Picture],
    formats: &[Format],
    stand_ins: &StandIns,
    host: &dyn Host,
) -> Result<Vec<(String, Vec<u8>)>, Error> {
    if formats.contains(&Format::Png) {
        let lacking = plot::lacking(pictures.iter().map(|picture| &picture.chart));
        if let Some(warning) = &letters::warn(&lacking) {
            host.note(warning);
        }
    }
    let jobs: Vec<(&Picture, Format)> =
        pictures.iter().flat_map(|picture| formats.iter().map(move |&format| (picture, format))).collect();
    let draw_one = |&(picture, format): &(&Picture, Format)| {
        if host.wants_stop() {
            return Err(Error::Stopped);
        }
        let bytes = match format {
            Format::Png => plot::png_with(&picture.chart, stand_ins)?,
            Format::Svg => plot::svg(&picture.chart)?.into_bytes(),
        };
        Ok((format!("plots/{}.{format}", picture.name), bytes))
    };
    jobs.par_iter().map(draw_one).collect()
}
