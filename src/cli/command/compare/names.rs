//! Names that tell the scenarios of a comparison apart.

use std::path::{Path, PathBuf};

/// The names of scenarios or results; where several have one name, each is called after the folder that it lies in as well:
/// `before-bridge` and `after-bridge`, whatever was typed.
pub(super) fn told_apart(names: &[String], files: &[PathBuf]) -> Vec<String> {
    let twins =
        |name: &String| names.iter().filter(|other| other.to_lowercase() == name.to_lowercase()).count();
    let with_folder = |(name, file): (&String, &PathBuf)| match folder_of(file) {
        Some(folder) if twins(name) > 1 => format!("{folder}-{name}"),
        _ => name.clone(),
    };
    let mut apart: Vec<String> = Vec::new();
    for name in names.iter().zip(files).map(with_folder) {
        let numbered = (2_u64..).map(|number| format!("{name}-{number}"));
        let mut candidates = std::iter::once(name.clone()).chain(numbered);
        apart.extend(candidates.find(|name| !apart.contains(name)));
    }
    apart
}

fn folder_of(file: &Path) -> Option<String> {
    let folder = file.canonicalize().ok()?.parent()?.file_name()?.to_string_lossy().into_owned();
    // The name of a result doesn't begin with a point.
    Some(folder.trim_start_matches('.').to_owned()).filter(|folder| !folder.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scenarios_of_one_name_are_called_after_their_folders_and_others_keep_theirs() {
        let names = ["small", "Small", "x"].map(str::to_owned);
        let files = ["tests/bad/parts/small.toml", "scenarios/bridge.toml", "x.toml"].map(PathBuf::from);
        assert_eq!(told_apart(&names, &files), ["parts-small", "scenarios-Small", "x"]);
        let [twin, file] = ["small", "tests/bad/parts/small.toml"];
        let twins = told_apart(&[twin.to_owned(), twin.to_owned()], &[file.into(), file.into()]);
        assert_eq!(twins, ["parts-small", "parts-small-2"]);
    }
}
