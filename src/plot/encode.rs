//! PNG: the picture as RGB bytes, compressed fast.

use std::cell::RefCell;
use std::rc::Rc;

use plotters::prelude::DrawingArea;
use png::{BitDepth, ColorType, Compression, Encoder, EncodingError, FilterType};

use super::chart::Chart;
use super::layout::Layout;
use super::legible::legible;
use super::raster::Canvas;
use super::theme::{HEIGHT, WIDTH};
use super::{PlotError, draw};

/// Pixels per logical pixel, for sharp pictures on high-density screens and in print.
pub const PNG_SCALE: u32 = 2;

/// The chart as a PNG picture of 1600 × 1000 pixels.
///
/// # Errors
/// None that a chart can cause: all data and texts are accepted.
pub fn png(chart: &Chart) -> Result<Vec<u8>, PlotError> {
    png_with(chart, &[])
}

/// As [`png`](fn@png), with (title, name) pairs: a name replaces a title whose letters the font lacks.
///
/// # Errors
/// See [`png`](fn@png).
pub fn png_with(chart: &Chart, stand_ins: &[(String, String)]) -> Result<Vec<u8>, PlotError> {
    let painted = paint(&legible(chart, stand_ins))?;
    encode(&painted).map_err(|source| PlotError::Encode { title: chart.title.clone(), source })
}

/// The chart as pixels.
pub(super) fn paint(chart: &Chart) -> Result<Canvas, PlotError> {
    // A drawing area borrows its backend, and the canvas is used again afterwards.
    let canvas = Rc::new(RefCell::new(Canvas::white(WIDTH, HEIGHT, PNG_SCALE)));
    draw::chart(&DrawingArea::from(&canvas), chart, &Layout::of(chart))
        .map_err(|error| PlotError::Draw { title: chart.title.clone(), source: Box::new(error) })?;
    let blank = Canvas::white(0.0, 0.0, 1);
    Ok(canvas.replace(blank))
}

/// Encodes the pixels. Charts are mostly flat, so differences between neighbours are mostly zero, which suits
/// the fast compressor. Measured on a fan chart: fast with this filter 212 kB in 2 ms, default compression
/// without filter 125 kB in 20 ms.
fn encode(canvas: &Canvas) -> Result<Vec<u8>, EncodingError> {
    let (width, height) = canvas.pixels();
    let mut bytes = Vec::with_capacity(1 << 18);
    let mut encoder = Encoder::new(&mut bytes, width, height);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Fast);
    encoder.set_filter(FilterType::Paeth);
    encoder.write_header()?.write_image_data(canvas.rgb())?;
    Ok(bytes)
}
