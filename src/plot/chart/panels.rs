//! Small charts side by side: the same chart for many items, each on its own scale.

use super::layer::Layer;

/// A small chart among others of its kind. It has the axes of the whole; the y axis covers its own data.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// The text above it, in one line or, if some are long, in up to three.
    pub title: String,
    /// A last value, written after the title.
    pub value: String,
    /// Drawn in this order, later ones on top. Labels, markers and notes are left out for lack of space.
    pub layers: Vec<Layer>,
}
