//! Running a plan: chunks of runs on all threads, merged in one fixed order.
//!
//! [`Plan`] is everything that decides a result; [`run`] is a pure function of it: threads and interruptions can't
//! change a bit. `run` prints nothing and reads no clock; whoever wants to see progress or to stop it passes an
//! [`Observer`]. [`replay`] computes one run alone, to the same bits, and keeps all of its figures; [`draws`] keeps some figures
//! of all runs, with what was dealt.

mod chunk;
mod columns;
mod draws;
mod engine;
mod fault;
mod observer;
mod outcome;
mod plan;
mod replay;
mod spread;
mod target;

pub use draws::{Draws, YearlyFigure, draws};
pub use engine::{Stopped, run};
pub use observer::{Observer, Silent};
pub use plan::Plan;
pub use replay::{DrawnInput, Replay, replay};
