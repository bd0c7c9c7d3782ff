//! The existing entry at the path of a result.

use super::error::failed;
use super::manifest::{self, Listing};
use super::ours::Ours;
use super::{Kind, MANIFEST, StoreError};
use std::collections::BTreeSet;
use std::fs::{self, Metadata};
use std::io;
use std::path::Path;

/// The number of entries of a foreign folder that are listed in a message.
const MOST_NAMED: usize = 5;

/// Fails if the target can't be replaced by a result of this kind. A missing or empty folder, or an older
/// result, can be replaced.
pub(super) fn examine(target: &Path, kind: Kind) -> Result<(), StoreError> {
    let path = target.to_owned();
    let found = match target.symlink_metadata() {
        Ok(found) => found,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed("examine", target)(error)),
    };
    if found.is_symlink() {
        return Err(StoreError::Link { path });
    }
    if !found.is_dir() {
        return Err(StoreError::InTheWay { path, what: what_it_is(&found) });
    }
    let held = entries(target)?;
    if held.is_empty() {
        return Ok(());
    }
    let Some(ours) = Ours::of(target) else { return Err(StoreError::Foreign { path, held: named(held) }) };
    if let Some(held) = kind_of(target).filter(|held| *held != kind) {
        return Err(StoreError::OtherKind { path, held });
    }
    let folders: BTreeSet<&Path> = ours.paths().filter_map(Path::parent).collect();
    let full =
        |inside: &&Path| if inside.as_os_str().is_empty() { path.clone() } else { target.join(inside) };
    let protected = folders.iter().map(full).find(|folder| is_protected(folder));
    protected.map_or(Ok(()), |path| Err(StoreError::ReadOnly { path }))
}

/// Fails if something that isn't ours has one of these names. A folder may have the name of a folder.
pub(super) fn refuse_taken(target: &Path, paths: &[&str]) -> Result<(), StoreError> {
    let ours = Ours::of(target).unwrap_or_default();
    for path in paths {
        let full = target.join(path);
        let Ok(found) = full.symlink_metadata() else { continue };
        let is_folder_for_ours = found.is_dir() && path.ends_with('/');
        if !is_folder_for_ours && (!ours.names(Path::new(path)) || path.ends_with('/')) {
            return Err(StoreError::InTheWay { path: full, what: what_it_is(&found) });
        }
    }
    Ok(())
}

fn kind_of(target: &Path) -> Option<Kind> {
    Listing::parse(&manifest::text(&target.join(MANIFEST)).ok()?)?.kind()
}

fn entries(folder: &Path) -> Result<Vec<String>, StoreError> {
    let entries = fs::read_dir(folder).map_err(failed("list", folder))?.flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    Ok(names)
}

fn named(mut names: Vec<String>) -> Vec<String> {
    let more = names.len().saturating_sub(MOST_NAMED);
    names.truncate(MOST_NAMED);
    names.extend((more > 0).then(|| format!("{more} more")));
    names
}

/// Whether nothing in a folder can be replaced.
#[cfg(unix)]
fn is_protected(folder: &Path) -> bool {
    use rustix::fs::{Access, access};
    folder.is_dir() && access(folder, Access::WRITE_OK).is_err()
}

#[cfg(not(unix))]
fn is_protected(folder: &Path) -> bool {
    folder.metadata().is_ok_and(|found| found.permissions().readonly())
}

/// The kind of an entry of a folder, for messages.
pub(super) fn what_it_is(found: &Metadata) -> &'static str {
    match found {
        _ if found.is_symlink() => "is a link",
        _ if found.is_dir() => "is a folder",
        _ if found.is_file() => "is a file",
        _ => "is neither a file nor a folder",
    }
}
