//! SVG: the picture as text, through plotters' SVG backend.
//!
//! plotters writes whole numbers only, so drawing is in tenths of a pixel to keep curves smooth. The opening
//! tag is written here because it defines the size of a tenth. Texts are cleaned before, and plotters escapes
//! them.

use plotters::prelude::{IntoDrawingArea as _, SVGBackend};

use super::PlotError;
use super::chart::Chart;
use super::draw::{self, UNITS};
use super::layout::Layout;
use super::text::{clean, has_glyph};
use super::theme::{HEIGHT, WIDTH};

/// The chart as an SVG document of 800 × 500 pixels.
///
/// # Errors
/// None that a chart can cause: all data and texts are accepted.
pub fn svg(chart: &Chart) -> Result<String, PlotError> {
    let layout = Layout::of(chart);
    let mut document = String::with_capacity(1 << 15);
    let failed = |error| PlotError::Draw { title: chart.title.clone(), source: Box::new(error) };
    {
        let area = SVGBackend::with_string(&mut document, draw::SIZE).into_drawing_area();
        draw::chart(&area, chart, &layout).map_err(failed)?;
        area.present().map_err(failed)?;
    }
    Ok(finished(&document, &chart.title, &layout))
}

/// Replaces plotters' opening tag by ours, and writes the width of each text into it: a viewer without Inter
/// then compresses its own font instead of exceeding the picture. Texts are in the order of the layout.
fn finished(document: &str, title: &str, layout: &Layout) -> String {
    const TEXT: &str = "<text ";
    let body = document.split_once('\n').map_or("", |(_, body)| body);
    let mut parts = body.split(TEXT);
    let mut out = opening_tag(title);
    out.push_str(parts.next().unwrap_or(""));
    for (part, text) in parts.zip(&layout.texts) {
        // plotters writes 209.99999999999997 for 210.
        let (before, after) = part.split_once(" font-size=\"").unwrap_or((part, ""));
        let after = after.split_once('"').map_or("", |(_, after)| after);
        // Line breaks around the words could count as spaces.
        let after = after.replacen(">\n", ">", 1).replacen("\n</text>", "</text>", 1);
        let (size, width) = (text.kind.size * UNITS, text.width() * UNITS);
        // The width of letters from the viewer's own fonts is unknown, and they would be stretched.
        let fit = if text.words.chars().all(has_glyph) {
            format!(" font-size=\"{size}\" textLength=\"{width:.0}\" lengthAdjust=\"spacingAndGlyphs\"")
        } else {
            format!(" font-size=\"{size}\"")
        };
        out.extend([TEXT, before, &fit, &after]);
    }
    out
}

fn opening_tag(title: &str) -> String {
    let (inner_width, inner_height) = (WIDTH * UNITS, HEIGHT * UNITS);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\" \
         viewBox=\"0 0 {inner_width} {inner_height}\" role=\"img\" aria-label=\"{}\">\n",
        escape(&clean(title))
    )
}

/// For an attribute between double quotes.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
