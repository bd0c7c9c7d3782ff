//! The elementary functions of the hot loop, on slices, with the same bits on every machine.
//!
//! The standard library's `exp` and `ln` call the platform's mathematics library, which picks other
//! instructions, and so other last bits, on other processors. These use nothing but + − × ÷ and square roots,
//! which IEEE 754 fixes exactly, and the crate `libm` (pure Rust) for the rare tails. They never fuse a
//! multiplication with an addition. Loops are plain, without branches, so that the compiler makes vectors of
//! them; the crate `multiversion` compiles them for several processors and picks one when the program runs,
//! which changes no bit ([`allow`] holds it back, for tests).

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
