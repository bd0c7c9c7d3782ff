//! Small charts side by side: the same question asked about many things, each on its own scale.

use super::layer::Layer;

/// A small chart among others of its kind. It has the axes of the whole; the y axis covers its own data.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// Stands above it, in one line or, where some are long, in up to three.
    pub title: String,
    /// Stands behind the title: a last value.
    pub value: String,
    /// Drawn in this order, later ones on top. Labels, markers and notes have no room and are left out.
    pub layers: Vec<Layer>,
}
