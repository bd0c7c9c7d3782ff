//! Style, script and fonts of every page, and the policy that allows these and nothing else.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

/// The one script. A page without it can still be read.
pub(super) const SCRIPT: &str = include_str!("script.js");

const STYLE: &str = include_str!("style.css");
/// The charts' font in a format for browsers, with tabular figures, which tables need and charts don't.
const REGULAR: &[u8] = include_bytes!("fonts/Inter-Regular.woff2");
const BOLD: &[u8] = include_bytes!("fonts/Inter-Bold.woff2");

/// The stylesheet, with the fonts inside.
pub(super) fn style() -> String {
    [face(400, REGULAR), face(700, BOLD), STYLE.to_owned()].concat()
}

fn face(weight: u16, font: &[u8]) -> String {
    let font = STANDARD.encode(font);
    format!(
        "@font-face{{font-family:Inter;font-weight:{weight};\
         src:url(data:font/woff2;base64,{font}) format('woff2')}}\n"
    )
}

/// The content security policy of a page with this style and this script: nothing from outside, and inline
/// only these two.
pub(super) fn policy(style: &str, script: &str) -> String {
    format!(
        "default-src 'none'; style-src '{}'; script-src '{}'; font-src data:; base-uri 'none'; form-action \
         'none'",
        hash(style),
        hash(script)
    )
}

/// The hash of a text as a policy states it: `sha256-…`.
fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_named_by_the_base64_of_its_sha_256() {
        // The example of the specification, Content Security Policy Level 2, section 4.2.4.
        assert_eq!(hash("alert('Hello, world.');"), "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=");
    }
}
