//! Distinct names for the scenarios of a comparison.

use std::path::{Path, PathBuf};

/// Distinct names of scenarios or results: where several have the same name, that of the parent folder is put
/// in front of each, as in `before-bridge` and `after-bridge`.
pub(super) fn distinct(names: &[String], files: &[PathBuf]) -> Vec<String> {
    let folders: Vec<Option<String>> = files.iter().map(|file| folder_of(file)).collect();
    // The same file, given twice, can't be distinguished by its folder: it gets a number below.
    let is_ambiguous = |name: &String, own: &Option<String>| {
        let mut others = names.iter().zip(&folders);
        others.any(|(other, folder)| other.to_lowercase() == name.to_lowercase() && folder != own)
    };
    let with_folder = |(name, own): (&String, &Option<String>)| match own {
        Some(folder) if is_ambiguous(name, own) => format!("{folder}-{name}"),
        _ => name.clone(),
    };
    let mut distinct: Vec<String> = Vec::new();
    for name in names.iter().zip(&folders).map(with_folder) {
        let numbered = (2_u64..).map(|number| format!("{name}-{number}"));
        let mut candidates = std::iter::once(name.clone()).chain(numbered);
        distinct.extend(candidates.find(|name| !distinct.contains(name)));
    }
    distinct
}

fn folder_of(file: &Path) -> Option<String> {
    let folder = file.canonicalize().ok()?.parent()?.file_name()?.to_string_lossy().into_owned();
    // The name of a result must not begin with a dot.
    Some(folder.trim_start_matches('.').to_owned()).filter(|folder| !folder.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scenarios_of_one_name_are_called_after_their_folders_and_others_keep_theirs() {
        let names = ["small", "Small", "x"].map(str::to_owned);
        let files = ["tests/bad/parts/small.toml", "scenarios/bridge.toml", "x.toml"].map(PathBuf::from);
        assert_eq!(distinct(&names, &files), ["parts-small", "scenarios-Small", "x"]);
        let [twin, file] = ["small", "tests/bad/parts/small.toml"];
        let twins = distinct(&[twin.to_owned(), twin.to_owned()], &[file.into(), file.into()]);
        assert_eq!(twins, ["small", "small-2"]);
    }
}
