//! Pages and pictures: made of the figures, and as good as new while the figures are the same.

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

/// Pages and pictures of the result that is there, if the same version made it and it holds the same scenario
/// and figures as the new one; none if the new one has some itself.
pub(super) fn earlier_pages(target: &Path, new: &Manifest) -> Vec<FileHash> {
    let Ok(old) = manifest::read(target) else { return Vec::new() };
    let is_same = (&old.version, old.stream_version) == (&new.version, new.stream_version)
        && figures(&old.files) == figures(&new.files)
        && !new.files.iter().any(is_page);
    old.files.into_iter().filter(|file| is_same && is_page(file)).collect()
}

/// The files that pages are made of, in an order of their own. The table of single runs may be there or not.
fn figures(files: &[FileHash]) -> Vec<(&str, &str)> {
    let figures = files.iter().filter(|file| !is_page(file) && file.path != DRAWS);
    let mut figures: Vec<(&str, &str)> =
        figures.map(|file| (file.path.as_str(), file.sha256.as_str())).collect();
    figures.sort_unstable();
    figures
}
