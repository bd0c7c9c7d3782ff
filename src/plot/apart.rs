//! Shortens names that are too long and begin alike in the middle, so that they remain distinguishable.

const ELLIPSIS: char = '…';

/// Each name unchanged if it fits, or if its beginning alone distinguishes it from the others; otherwise its
/// first words, an ellipsis and everything from the first word that no other name shares. `fits` returns
/// whether a text fits.
pub(super) fn distinguish(names: &[&str], fits: impl Fn(usize, &str) -> bool) -> Vec<String> {
    let words: Vec<Vec<&str>> = names.iter().map(|name| name.split_whitespace().collect()).collect();
    let one = |i: usize| {
        let own = &words[i];
        let shared = (0..names.len()).filter(|&j| words[j] != *own).map(|j| alike(own, &words[j])).max();
        let shared = shared.filter(|&shared| shared > 0 && shared < own.len())?;
        if fits(i, names[i]) || fits(i, &format!("{}{ELLIPSIS}", own[..=shared].join(" "))) {
            return None;
        }
        let end = own[shared..].join(" ");
        let cut = |kept: usize| format!("{}{ELLIPSIS} {end}", ending_well(&own[..kept].join(" ")));
        (1..shared).rev().map(cut).find(|text| fits(i, text)).or_else(|| Some(cut(1)))
    };
    (0..names.len()).map(|i| one(i).unwrap_or_else(|| names[i].to_owned())).collect()
}

/// The number of first words that two names share.
fn alike(a: &[&str], b: &[&str]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a == b).count()
}

/// The text without trailing commas and dashes, which are unnecessary before an ellipsis.
fn ending_well(text: &str) -> &str {
    text.trim_end_matches([' ', ',', ';', ':', '.', '-'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn distinguished(names: &[&str], width: usize) -> Vec<String> {
        distinguish(names, |_, text| text.chars().count() <= width)
    }

    #[test]
    fn names_that_begin_alike_keep_what_distinguishes_them() {
        let names =
            ["Wheat flour, all kinds: growth of demand", "Wheat flour, all kinds: price in 2024", "Sugar"];
        let apart = distinguished(&names, 29);
        assert_eq!(apart, ["Wheat flour… growth of demand", "Wheat flour… price in 2024", "Sugar"]);
    }

    #[test]
    fn names_that_fit_or_differ_early_stay_whole() {
        let names = ["Wheat flour of the first kind", "Wheat bran of the second kind"];
        assert_eq!(distinguished(&names, 40), names);
        assert_eq!(distinguished(&names, 14), names);
        assert_eq!(distinguished(&["same name", "same name"], 4), ["same name"; 2]);
        assert_eq!(
            distinguished(&["", "a name", "a name that goes on"], 4),
            ["", "a name", "a… that goes on"]
        );
    }
}
