//! Wrapping text, listing names, and finding the nearest of several names.

use super::printable;

/// The text with some blanks replaced by line breaks, so that no line is longer than `width` unless a single
/// word is.
pub fn wrap(text: &str, width: usize) -> String {
    let (mut wrapped, mut used) = (String::new(), 0);
    for word in text.split(' ') {
        let length = word.chars().count();
        let fits = used + 1 + length <= width;
        wrapped.push_str(if used == 0 {
            ""
        } else if fits {
            " "
        } else {
            "\n"
        });
        wrapped.push_str(word);
        used = if fits && used > 0 { used + 1 + length } else { length };
    }
    wrapped
}

/// Names in back quotes, joined by commas; those after the first `most` are only counted.
pub fn list(names: &[&str], most: usize) -> String {
    let mut text: Vec<String> =
        names.iter().take(most).map(|name| format!("`{}`", printable(name))).collect();
    if names.len() > most {
        text.push(format!("{} more", names.len() - most));
    }
    text.join(", ")
}

/// The known name of which `given` is probably a misspelling; `None` if none is near.
///
/// A name is near if its Damerau–Levenshtein distance is at most a third of the length, or if it differs only
/// in case.
pub fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A very long name is not a misspelling, and comparing it would let a bad file consume much time.
    if given.len() > 100 {
        return None;
    }
    let allowed = (given.chars().count() / 3).max(1);
    known
        .into_iter()
        // An entry with exactly this name can't be what was meant.
        .filter(|name| *name != given)
        .map(|name| (distance(given, name), name))
        .filter(|&(distance, _)| distance <= allowed)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, name)| name)
}

/// Advice on an unknown name: the nearest known name, or if none is near, all of them. `None` if there are no
/// known names.
pub fn suggestion<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let known: Vec<&str> = known.into_iter().collect();
    match nearest(given, known.iter().copied()) {
        Some(name) => Some(format!("did you mean `{}`?", printable(name))),
        None if known.is_empty() => None,
        None => Some(format!("known here: {}", list(&known, 12))),
    }
}

fn distance(a: &str, b: &str) -> usize {
    if a.eq_ignore_ascii_case(b) { 0 } else { strsim::damerau_levenshtein(a, b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_word() {
        let known = ["capacity", "freight", "accepts"];
        assert_eq!(nearest("capcity", known), Some("capacity"));
        assert_eq!(nearest("Freight", known), Some("freight"));
        assert_eq!(nearest("price", known), None);
        assert_eq!(nearest(&"x".repeat(5000), known), None);
    }

    #[test]
    fn lines_break_at_blanks_and_words_stay_whole() {
        assert_eq!(wrap("a bb ccc dddddd e", 6), "a bb\nccc\ndddddd\ne");
        assert_eq!(wrap("capacity of the road", 100), "capacity of the road");
    }
}
