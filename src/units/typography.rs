//! Keeps a number and the word after it, such as `2.62 kt`, on one line.

/// The no-break space.
pub const NO_BREAK: char = '\u{a0}';

/// The words of a text, each number together with the word after it.
///
/// ```
/// use corridor::units::typography::unbroken;
/// assert_eq!(unbroken("exports 2.62 kt in 2030; half"), ["exports", "2.62 kt", "in", "2030;", "half"]);
/// ```
pub fn unbroken(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in text.split(|c: char| c.is_whitespace() && c != NO_BREAK).filter(|word| !word.is_empty()) {
        match words.last_mut() {
            Some(last) if is_number(last) && !is_number(word) => {
                last.push(' ');
                last.push_str(word);
            }
            _ => words.push(word.to_owned()),
        }
    }
    words
}

/// The text with no-break spaces between numbers and the words after them, for HTML pages.
pub fn bound(text: &str) -> String {
    let words = unbroken(text);
    words.iter().map(|words| words.replace(' ', &NO_BREAK.to_string())).collect::<Vec<_>>().join(" ")
}

/// Whether a word is a number: `2.62`, `-10,000`, `<0.1`. A year followed by a semicolon is not, because it
/// ends a clause.
fn is_number(word: &str) -> bool {
    let ends = word.chars().next_back().is_some_and(|c| c.is_ascii_digit());
    ends && word.chars().all(|c| c.is_ascii_digit() || "+-−–<>≥≤±.,'e".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stays_with_one_word_after_it_and_words_with_none() {
        assert_eq!(unbroken("owes 953 kUSD, one in 20 more"), ["owes", "953 kUSD,", "one", "in", "20 more"]);
        assert_eq!(unbroken("1 2 3"), ["1", "2", "3"]);
        assert_eq!(bound("between 5.27 and 91 kt"), "between 5.27\u{a0}and 91\u{a0}kt");
        assert!(unbroken("  ").is_empty());
    }
}
