//! Drawing pictures in all requested formats.

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

/// Titles, and the names that replace those with letters that the font of the pictures lacks.
pub(super) type StandIns = [(String, String)];

/// Draws every picture in every format, in parallel; stops between two of them on request. Notes once which
/// letters the PNG pictures can't show.
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
