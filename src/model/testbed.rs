//! Small corridors.
