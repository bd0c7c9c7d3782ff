//! Charts, independent of the domain: a chart is plain data, which is rendered as PNG bytes or SVG text.
//!
//! This module deals with axes, lines, bands, stacks and labels. It is independent of corridors, products and
//! runs, never accesses a file, a clock or an environment variable, and never panics on any data or text:
//! numbers that can't be drawn are skipped, untrusted text is cleaned and escaped. The same chart always
//! gives the same bytes.
//!
//! Read in this order:
//! 1. [`chart`]: the plain data a caller fills in: axes, layers between them, or rows. [`theme`]: colours and
//!    sizes.
//! 2. `layout`: computes all positions, in logical pixels of an 800 × 500 picture; with `ticks` (nice
//!    numbers, dates) and `text` (the bundled font, measuring, wrapping).
//! 3. `draw`: draws a laid-out chart on any plotters [`DrawingBackend`](plotters::prelude::DrawingBackend).
//! 4. `raster` (a smooth RGB backend) with `encode` (PNG), and `vector` (plotters' SVG backend, in tenths of
//!    a pixel).
//! 5. `legible`: what a PNG shows instead of letters that the font lacks.
//! 6. [`flaws`](flaws()): what is unreadable in a laid-out chart. [`hover`](hover()): the values of a chart
//!    and their positions in the picture, for a page's pointer.
//!
//! # Examples
//! ```
//! use corridor::plot::{self, Chart, Label, Line, XAxis, YAxis, theme};
//!
//! let mut chart = Chart::new("Exports double by 2030", XAxis::dates(), YAxis::volume("thousand tonnes"));
//! let points = vec![(2025.0, 22.0), (2028.0, 31.0), (2030.0, 45.0)];
//! chart.push(Line::new(points, theme::palette(0)).labelled(Label::new("median").with_value()));
//! let svg = plot::svg(&chart).unwrap();
//! assert!(svg.starts_with("<svg") && svg.contains("median"));
//! assert_eq!(&plot::png(&chart).unwrap()[1..4], b"PNG");
//! ```

mod apart;
mod bounds;
mod draw;
mod encode;
mod flaws;
mod hover;
mod layout;
mod legible;
mod raster;
mod stack;
mod text;
mod ticks;
mod vector;

pub mod chart;
pub mod theme;

#[cfg(test)]
mod tests;

pub use chart::{
    Band, Chart, Dots, Form, Intervals, Key, Label, Layer, Line, Mark, Marker, Note, Numbers, Panel, Row,
    Rows, Series, Stack, Strength, Weight, XAxis, XKind, YAxis,
};
pub use encode::{PNG_SCALE, png, png_with};
pub use flaws::flaws;
pub use hover::{Along, Hover, HoverPoint, hover};
pub use legible::{Lacking, lacking, lacking_in};
pub use text::{INTER_BOLD, INTER_REGULAR};
pub use theme::Color;
pub use vector::svg;

/// Why a picture could not be made. Neither error has ever occurred, because both backends write to memory.
#[derive(Debug, thiserror::Error)]
pub enum PlotError {
    /// A drawing backend failed.
    #[error("the chart {title:?} could not be drawn")]
    Draw {
        /// Title of the chart.
        title: String,
        /// The error of the backend.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The PNG encoder failed.
    #[error("the chart {title:?} could not be encoded as PNG")]
    Encode {
        /// Title of the chart.
        title: String,
        /// The error of the encoder.
        source: png::EncodingError,
    },
}
