//! The elementary functions of the hot loop, on slices, with the same bits on every machine.
//!
//! The standard library's `exp` and `ln` call the platform's mathematics library, which uses different
//! instructions on different processors, and so gives different last bits. The functions here use only + − ×
//! ÷ and square roots, which IEEE 754 defines exactly, and the crate `libm` (pure Rust) for the rare tails.
//! They never fuse a multiplication with an addition. Loops have no branches, so that the compiler can
//! vectorise them; the crate `multiversion` compiles them for several processors and selects one at run time,
//! which changes no bit ([`allow`] restricts the selection, for tests).

mod columns;
mod exp;
mod ln;
mod normal;
mod processor;

pub(crate) use columns::{add_in_place, count_up_to, mark_between, scale_in_place, share_into, sum_into};
pub use exp::{exp, exp_in_place};
pub use ln::{ln, ln_in_place};
pub use normal::{standard_normal, standard_normal_in_place};
pub use processor::{Instructions, allow};
pub(crate) use processor::{allowed, for_every_processor};
