//! Untrusted text in every output: which characters are shown, what replaces the others, and how long a
//! message may be.
//!
//! Everything that a person wrote (titles, sources, names, files, arguments) passes through here before it is
//! shown. A character is *hidden* if it is invisible in its position and could change how the rest is read:
//! control characters (which start escape sequences), bidirectional controls, zero-width and other invisible
//! format characters, Unicode tags, and code points that are not characters. Joiners and variation selectors
//! are kept where a script or an emoji needs them, and count as hidden elsewhere.

use std::fmt::Write as _;

/// The maximum number of characters of a message, of one of its labels, or of the file's name above an
/// excerpt. The rest is replaced by an ellipsis.
const MOST_OF_MESSAGE: usize = 1000;
/// The maximum number of characters of a name or value that a message shows in back quotes.
const MOST_OF_QUOTE: usize = 60;

/// The text on one line and safe to show: hidden characters become U+FFFD, line breaks and tabs become
/// blanks.
pub fn printable(text: &str) -> String {
    let shown = |(c, is_hidden)| match c {
        '\n' | '\r' | '\t' => ' ',
        _ if is_hidden => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    characters(text).map(shown).collect()
}

/// A message that is safe to show: [`printable`], with long quotations, and then the whole, cut and ended by
/// an ellipsis.
pub fn message(text: &str) -> String {
    let text = printable(text);
    let parts = text.split('`').enumerate();
    let parts: Vec<String> = parts
        .map(|(number, part)| if number % 2 == 1 { cut(part, MOST_OF_QUOTE) } else { part.to_owned() })
        .collect();
    cut(&parts.join("`"), MOST_OF_MESSAGE)
}

/// The first `most` characters, followed by an ellipsis if there are more.
pub fn cut(text: &str, most: usize) -> String {
    match text.chars().nth(most) {
        Some(_) => format!("{}…", text.chars().take(most).collect::<String>().trim_end()),
        None => text.to_owned(),
    }
}

/// A JSON document in which hidden characters are escaped (`\u202e`): its content is unchanged, and a person
/// can see them. Line breaks, which can only occur between values, are kept.
pub fn escaped_json(document: &str) -> String {
    escaped(document, |c, text| {
        for unit in c.encode_utf16(&mut [0; 2]) {
            // Writing to a string can't fail.
            let _ = write!(text, "\\u{unit:04x}");
        }
    })
}

/// Text for a basic string of TOML, with hidden characters escaped. All others are kept, including those that
/// TOML requires to be escaped, which the caller must escape.
pub fn escaped_toml(text: &str) -> String {
    escaped(text, |c, text| {
        let _ = match u32::from(c) {
            code @ ..=0xFFFF => write!(text, "\\u{code:04X}"),
            code => write!(text, "\\U{code:08X}"),
        };
    })
}

fn escaped(text: &str, escape: impl Fn(char, &mut String)) -> String {
    let mut shown = String::with_capacity(text.len());
    for (c, is_hidden) in characters(text) {
        if is_hidden && c != '\n' {
            escape(c, &mut shown);
        } else {
            shown.push(c);
        }
    }
    shown
}

/// Every character, and whether it is hidden in its position.
pub(super) fn characters(text: &str) -> impl Iterator<Item = (char, bool)> {
    let mut rest = text.chars().peekable();
    // The first character is treated as if it followed a line break, with which nothing joins.
    let mut before = '\n';
    std::iter::from_fn(move || {
        let c = rest.next()?;
        let is_hidden = match c {
            '\u{200C}' | '\u{200D}' => !rest.peek().is_some_and(|&after| joins(before) && joins(after)),
            c if is_selector(c) => !is_selectable(before),
            c => is_invisible(c),
        };
        before = if is_hidden { '\n' } else { c };
        Some((c, is_hidden))
    })
}

/// Whether a joiner may be next to the character: letters of the scripts that are written with joiners
/// (Arabic and Syriac to Myanmar, Khmer, Mongolian, the forms of Arabic letters), and emoji.
fn joins(c: char) -> bool {
    matches!(c,
        '\u{0620}'..='\u{109F}'
        | '\u{1780}'..='\u{17B3}' | '\u{17B6}'..='\u{18AA}'
        | '\u{A8E0}'..='\u{A8FF}'
        | '\u{FB50}'..='\u{FDCF}' | '\u{FE70}'..='\u{FEFC}')
        || is_emoji(c)
        || c == '\u{FE0F}'
}

/// Whether the character is an emoji, or a sign that emoji are composed of.
fn is_emoji(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}')
}

/// Whether the character selects one of several forms of the character before it.
fn is_selector(c: char) -> bool {
    matches!(c, '\u{180B}'..='\u{180D}' | '\u{180F}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Whether the character can have several forms: keys such as `1` and `#`, and characters beyond Latin, Greek
/// and Cyrillic.
fn is_selectable(c: char) -> bool {
    !is_selector(c) && (c.is_ascii_digit() || matches!(c, '#' | '*' | '©' | '®') || c >= '\u{1000}')
}

/// Whether the character is invisible, or reverses what follows, in any position.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
            | '\u{FDD0}'..='\u{FDEF}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{E0FFF}')
        || u32::from(c) & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One character of each hidden kind.
    const HIDDEN: [char; 12] = [
        '\u{0}',
        '\u{1b}',
        '\u{7f}',
        '\u{9b}',
        '\u{202e}',
        '\u{2066}',
        '\u{200b}',
        '\u{feff}',
        '\u{ad}',
        '\u{2028}',
        '\u{e0041}',
        '\u{10ffff}',
    ];

    #[test]
    fn escape_sequences_and_direction_marks_are_made_harmless() {
        assert_eq!(printable("a\u{1b}[31mb\u{202e}c\nd"), "a\u{FFFD}[31mb\u{FFFD}c d");
    }

    #[test]
    fn hidden_characters_are_replaced_in_the_first_the_middle_and_the_last_position() {
        for c in HIDDEN {
            assert_eq!(printable(&format!("{c}м{c}ост{c}")), "\u{FFFD}м\u{FFFD}ост\u{FFFD}", "{c:?}");
        }
    }

    #[test]
    fn texts_of_every_script_are_shown_as_they_are() {
        for text in [
            "ФТС России",
            "다리가 열린다",
            "الجسر مفتوح",
            "می\u{200c}خواهم",
            "क्\u{200d}ष",
            "👩\u{200d}🚀 🏳\u{fe0f}\u{200d}🌈",
            "👍🏽",
            "1\u{fe0f}\u{20e3}",
            "e\u{301}",
            "葛\u{e0100}",
            "שלום",
            "1–2 → 3 €",
        ] {
            assert_eq!(
                (printable(text).as_str(), escaped_json(text).as_str(), message(text).as_str()),
                (text, text, text)
            );
        }
    }

    #[test]
    fn joiners_and_selectors_that_join_and_select_nothing_are_hidden() {
        for text in
            ["a\u{200d}b", "м\u{200c}ост", "\u{200d}👩", "👩\u{200d}", "a\u{fe0f}", "👍\u{fe0f}\u{fe0f}"]
        {
            assert!(printable(text).contains('\u{FFFD}'), "{text:?}");
        }
    }

    #[test]
    fn an_escaped_document_has_the_same_content_and_shows_what_was_hidden() {
        let text: String = HIDDEN.iter().collect::<String>() + "é \" \\ \n";
        let document = serde_json::json!({ "title": text });
        let escaped = escaped_json(&format!("{document:#}"));
        assert!(!characters(&escaped).any(|(c, is_hidden)| is_hidden && c != '\n'), "{escaped:?}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&escaped).expect("is JSON"), document);
    }

    #[test]
    fn what_is_escaped_for_toml_reads_back() {
        let text: String = HIDDEN.iter().collect();
        let document = format!("x = \"{}\"", escaped_toml(&text));
        let read: toml::Table = document.parse().expect("is TOML");
        assert_eq!(read["x"].as_str(), Some(text.as_str()));
    }

    #[test]
    fn long_names_and_long_messages_end_with_an_ellipsis() {
        let long = "щ".repeat(200_000);
        let shown = message(&format!("`{long}` can't be a name; `corn` can"));
        assert!(shown.chars().count() < 200 && shown.ends_with("…` can't be a name; `corn` can"), "{shown}");
        assert_eq!(message(&long).chars().count(), MOST_OF_MESSAGE + 1);
        assert_eq!((cut("щит", 3).as_str(), cut("щит", 2).as_str()), ("щит", "щи…"));
    }
}
