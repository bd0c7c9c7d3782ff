//! Memory and load from `/proc`; `None` on systems without it.

use crate::results::store::read_text;
use std::path::Path;

/// The most memory that this process has used so far, in KiB.
pub(super) fn peak_kib() -> Option<u64> {
    let status = read_text(Path::new("/proc/self/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

/// Processes that were running or waiting to run, averaged over the last minute.
pub(super) fn load() -> Option<f64> {
    let load = read_text(Path::new("/proc/loadavg")).ok()?;
    load.split_whitespace().next()?.parse().ok()
}
