//! Tests of the whole program: what users can do, and properties that always hold.

#![expect(clippy::string_slice, reason = "tests cut texts that they have made or shipped themselves")]

mod architecture;
mod bench;
mod cli;
mod compare;
mod compare_cli;
mod compare_parts;
mod compare_several;
mod coverage;
mod determinism;
mod diagnostics;
mod draws;
mod figures;
mod foreign;
mod fuzz;
mod gallery;
mod health;
mod hostile;
mod laws;
mod mechanisms;
mod oracle;
mod part_years;
mod passage;
mod pictures;
mod precision;
mod random;
mod replay;
mod report;
mod repository;
mod sensitivity;
mod storage;
mod streams;
mod support;
mod twin;
mod yardstick;
