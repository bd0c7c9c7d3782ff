//! Pages and pictures: they are computed from the figures, and remain valid while the figures are the same.

use super::{DRAWS, manifest};
use crate::results::{FileHash, Manifest};
use std::path::Path;

/// The page that shows a result.
pub const REPORT: &str = "report.html";
/// The folder of its pictures.
pub const PLOTS: &str = "plots/";

fn is_page(file: &FileHash) -> bool {
    file.path == REPORT || file.path.starts_with(PLOTS)
}

/// Pages and pictures of the existing result, if the same version wrote it and it has the same scenario and
/// figures as the new one; none if the new one has its own.
pub(super) fn earlier_pages(target: &Path, new: &Manifest) -> Vec<FileHash> {
    let Ok(old) = manifest::read(target) else { return Vec::new() };
    let is_same = (&old.version, old.stream_version) == (&new.version, new.stream_version)
        && figures(&old.files) == figures(&new.files)
        && !new.files.iter().any(is_page);
    old.files.into_iter().filter(|file| is_same && is_page(file)).collect()
}

/// The files from which pages are computed, sorted. The table of single runs is optional.
fn figures(files: &[FileHash]) -> Vec<(&str, &str)> {
    let figures = files.iter().filter(|file| !is_page(file) && file.path != DRAWS);
    let mut figures: Vec<(&str, &str)> =
        figures.map(|file| (file.path.as_str(), file.sha256.as_str())).collect();
    figures.sort_unstable();
    figures
}
