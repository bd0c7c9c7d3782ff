//! Names of result folders.

use crate::results::hash_hex;

/// The longest name, in bytes: longer ones leave no space for the hidden names beside the folder.
const MOST_BYTES: usize = 200;

/// Whether a result can have a folder of this name: on no system may it refer to another folder, or be
/// hidden.
pub fn is_folder_name(name: &str) -> bool {
    let is_plain = |c: char| !c.is_control() && !"/\\:*?\"<>|".contains(c);
    (1..=MOST_BYTES).contains(&name.len())
        && name.chars().all(is_plain)
        && !name.starts_with(['.', ' '])
        && !name.ends_with(['.', ' '])
}

/// A name of at most `most` characters: a longer one ends with the beginning of its own SHA-256, so that
/// different names stay different and equal names stay equal.
pub fn shortened(name: &str, most: usize) -> String {
    if name.chars().count() <= most {
        return name.to_owned();
    }
    let hash: String = hash_hex(name.as_bytes()).chars().take(8).collect();
    let kept: String = name.chars().take(most.saturating_sub(hash.len() + 1)).collect();
    format!("{}~{hash}", kept.trim_end_matches(['.', ' ', '-', '+', '~']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_elsewhere_or_are_no_names_are_refused() {
        for name in ["bridge", "a-vs-b", "Brücke 2", "x.y", "bridge-with-finance.cash=1 MUSD"] {
            assert!(is_folder_name(name), "{name}");
        }
        for name in ["", ".", "..", "../x", "/x", "a/b", "a\\b", "c:x", ".hidden", "end.", "end ", "a\nb"] {
            assert!(!is_folder_name(name), "{name:?}");
        }
        assert!(!is_folder_name(&"x".repeat(201)));
    }

    #[test]
    fn long_names_that_differ_at_the_end_stay_different() {
        let long = "scenario ".repeat(20);
        let [a, b] = ["a", "b"].map(|end| shortened(&(long.clone() + end), 60));
        assert!(a != b && a.chars().count() <= 60, "{a} {b}");
        assert_eq!(shortened("bridge", 60), "bridge");
    }
}
