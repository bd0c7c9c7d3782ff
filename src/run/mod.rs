//! Running a plan: chunks of runs on all threads, merged in one fixed order.
//!
//! [`Plan`](crate::plan::Plan) is everything that decides a result; [`run`] is a pure function of it: neither
//! threads nor interruptions can change a bit. `run` prints nothing and reads no clock; an [`Observer`] can
//! show progress and stop it. [`run_to_goal`] finds out how many runs a [`Goal`] takes; the result is that of
//! [`run`] with that number. [`central_run`] computes the deterministic case, [`replay`] one run alone, to
//! the same bits and with all of its figures. [`run_keeping`] passes some figures of every single run, with
//! its inputs, to a [`Collector`], chunk by chunk; [`run_together`] does so for several plans at once, run by
//! run on the same random numbers. [`redraws`] recomputes runs with some of their random numbers drawn again;
//! [`occurrences`] returns when shocks were on in each run.

mod batches;
mod central;
mod chunk;
mod columns;
mod draws;
mod engine;
mod fault;
mod goal;
mod job;
mod kept;
mod levels;
mod observer;
mod occurrences;
mod outcome;
mod paths;

mod redraw;
mod replay;
mod restore;
mod shares;
mod spread;
mod tails;
mod target;

pub use batches::LANES;
pub(crate) use batches::{Batches, ROOM};
pub use central::central_run;
pub use draws::{Draws, draws, read_draws};
pub use engine::{Stopped, Task, run, run_keeping, run_to_goal, run_together};
pub use goal::{Goal, GoalError};
pub use job::Detail;
pub use kept::{Collector, Kept, KeptRuns, Nothing, YearlyFigure};
pub use observer::{Observer, Silent};
pub use occurrences::{Occurrences, occurrences};
pub use paths::{YearlyPath, yearly_paths};

pub use redraw::{Streams, redrawn, redraws};
pub use replay::{DrawnInput, Replay, replay};
pub use restore::restore;
pub use spread::Spread;
