//! The output of `simulate bench`: one screen, or one JSON document.

mod json;
mod text;

pub use json::json;
pub use text::text;
