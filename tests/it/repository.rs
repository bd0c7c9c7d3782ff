//! The rules of the repository itself: the entries at its top level.

use std::collections::BTreeSet;
use std::path::Path;

/// What the top level holds, besides files whose name begins with a dot and the build's own `target`.
const TOP_LEVEL: &[&str] =
    &["Cargo.lock", "Cargo.toml", "LICENSE", "README.md", "benches", "output", "scenarios", "src", "tests"];

#[test]
fn the_top_level_holds_the_agreed_names_and_nothing_else() {
    let entries = Path::new(env!("CARGO_MANIFEST_DIR")).read_dir().expect("the repository can be listed");
    let found: BTreeSet<String> = entries
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with('.') && name != "target")
        .collect();
    let agreed: BTreeSet<String> = TOP_LEVEL.iter().map(|&name| name.to_owned()).collect();
    assert_eq!(found, agreed, "settings of tools belong into dot-files, long documents into src/guide/");
}
