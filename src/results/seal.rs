//! Seals: the last entry of a JSON document is the SHA-256 of the rest of its text.
//!
//! A manifest protects the other files of a result by their hashes; its seal protects the manifest itself.

use super::manifest::hash_hex;
use crate::diag::escaped_json;
use serde::Serialize;

/// The text between the document and the hash.
const HEAD: &str = ",\n  \"seal\": \"";
/// The text after the hash.
const TAIL: &str = "\"\n}\n";

/// A document as indented JSON whose last entry, `seal`, is the SHA-256 of the text before that entry.
pub fn sealed(document: &impl Serialize) -> String {
    // Sealed documents have text as keys and finite numbers, so writing them can't fail.
    let text = escaped_json(&serde_json::to_string_pretty(document).unwrap_or_default());
    let body = text.strip_suffix("\n}").unwrap_or(&text);
    format!("{body}{HEAD}{}{TAIL}", hash_hex(body.as_bytes()))
}

/// Whether a text is exactly what [`sealed`] wrote.
pub fn is_sealed(text: &str) -> bool {
    let parts = text.rsplit_once(HEAD).and_then(|(body, rest)| Some((body, rest.strip_suffix(TAIL)?)));
    parts.is_some_and(|(body, seal)| seal == hash_hex(body.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_changed_bit_of_a_sealed_document_is_noticed() {
        let text = sealed(&serde_json::json!({ "a": [1, 2], "b": "x" }));
        assert!(is_sealed(&text), "{text}");
        assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok_and(|value| value["b"] == "x"));
        for index in 0..text.len() {
            for bit in 0..8 {
                let mut bytes = text.clone().into_bytes();
                bytes[index] ^= 1 << bit;
                let changed = String::from_utf8(bytes);
                assert!(!changed.is_ok_and(|text| is_sealed(&text)), "byte {index}, bit {bit}");
            }
        }
        assert!(!is_sealed("") && !is_sealed(text.trim_end()) && !is_sealed(&format!("{text}\n")));
    }
}
