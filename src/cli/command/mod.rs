//! One file for each command.

pub(super) mod bench;
pub(super) mod check;
pub(super) mod compare;
pub(super) mod replay;
pub(super) mod run;
pub(super) mod sensitivity;
pub(super) mod verify;
