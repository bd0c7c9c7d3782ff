//! Names that begin alike and are too long: shortened in the middle, so that what tells them apart stays.

const ELLIPSIS: char = '…';

/// Each name as it is if it fits, or if its beginning alone tells it from the others; else its first words, an ellipsis
/// and everything from the first word that no other name shares. `fits` says whether a text has room.
pub(super) fn tell_apart(names: &[&str], fits: impl Fn(usize, &str) -> bool) -> Vec<String> {
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

/// How many first words are the same.
fn alike(a: &[&str], b: &[&str]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a == b).count()
}

/// Without the commas and dashes that an ellipsis makes needless.
fn ending_well(text: &str) -> &str {
    text.trim_end_matches([' ', ',', ';', ':', '.', '-'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told_apart(names: &[&str], room: usize) -> Vec<String> {
        tell_apart(names, |_, text| text.chars().count() <= room)
    }

    #[test]
    fn names_that_begin_alike_keep_what_tells_them_apart() {
        let names =
            ["Wheat flour, all kinds: growth of demand", "Wheat flour, all kinds: price in 2024", "Sugar"];
        let apart = told_apart(&names, 29);
        assert_eq!(apart, ["Wheat flour… growth of demand", "Wheat flour… price in 2024", "Sugar"]);
    }

    #[test]
    fn names_that_fit_or_differ_early_stay_whole() {
        let names = ["Wheat flour of the first kind", "Wheat bran of the second kind"];
        assert_eq!(told_apart(&names, 40), names);
        assert_eq!(told_apart(&names, 14), names);
        assert_eq!(told_apart(&["same name", "same name"], 4), ["same name"; 2]);
        assert_eq!(told_apart(&["", "a name", "a name that goes on"], 4), ["", "a name", "a… that goes on"]);
    }
}
