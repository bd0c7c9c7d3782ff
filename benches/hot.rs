//! A small part of the hot loop that does the same work every time, whose instructions `benches/instructions`
//! counts.
//!
//! `hot draws`, `hot model` and `hot run` compute 512 runs of `combined.toml` on one thread. Instructions are
//! counted inside [`counted`]. Without an argument (as `cargo bench` calls it) it prints a note and does
//! nothing.

mod support;

use corridor::plan::Plan;
use corridor::run::{Silent, run};
use corridor::yardstick::bound::draws;
use corridor::yardstick::stages::draws_and_model;
use std::hint::black_box;
use support::{one_thread, shipped};

const RUNS: u64 = 512;

fn main() {
    let what = std::env::args_os().nth(1).unwrap_or_default();
    let work: fn(&Plan) = match what.to_str() {
        Some("draws") => |plan| {
            black_box(draws(plan, RUNS));
        },
        Some("model") => |plan| {
            black_box(draws_and_model(plan, RUNS));
        },
        Some("run") => |plan| {
            black_box(run(plan, &Silent)).ok();
        },
        _ => {
            anstream::println!("instructions of the hot loop are counted by benches/instructions");
            return;
        }
    };
    let plan = shipped("combined", RUNS);
    one_thread().install(|| counted(work, &plan));
}

/// The instructions of this function are counted, by its name.
#[inline(never)]
fn counted(work: fn(&Plan), plan: &Plan) {
    black_box(work)(black_box(plan));
}
