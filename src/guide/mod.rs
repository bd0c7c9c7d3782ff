//! The guide, shown with the library's documentation: the texts are those in `src/guide/`.

#[doc = include_str!("model.md")]
pub mod model {}

#[doc = include_str!("scenario-format.md")]
pub mod scenario_format {}

#[doc = include_str!("reference.md")]
pub mod reference {}

#[doc = include_str!("comparison.md")]
pub mod comparison {}

#[doc = include_str!("sensitivity.md")]
pub mod sensitivity {}

#[doc = include_str!("determinism.md")]
pub mod determinism {}

#[doc = include_str!("results.md")]
pub mod results {}

#[doc = include_str!("speed.md")]
pub mod speed {}

#[doc = include_str!("changes.md")]
pub mod changes {}

#[doc = include_str!("architecture.md")]
pub mod architecture {}
