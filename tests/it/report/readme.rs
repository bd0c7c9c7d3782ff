//! The README: the pictures that it shows exist.

use std::path::Path;

#[test]
#[expect(clippy::disallowed_methods, reason = "the file itself is tested")]
fn every_picture_that_the_readme_shows_is_in_the_gallery_and_the_gallery_is_small() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(here.join("README.md")).expect("there is one");
    let shown: Vec<&str> =
        readme.split("](output/gallery/").skip(1).filter_map(|rest| Some(rest.split_once(')')?.0)).collect();
    assert!(shown.len() >= 6, "{shown:?}");
    for name in &shown {
        assert!(here.join("output/gallery").join(name).is_file(), "{name}: .ci/gallery makes it");
    }
    let files = std::fs::read_dir(here.join("output/gallery")).expect("there is a gallery");
    let sizes = files.map(|file| file.and_then(|file| file.metadata()).expect("it can be read").len());
    assert!(sizes.sum::<u64>() < 500_000);
}
