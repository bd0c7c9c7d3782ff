//! Names in titles, and colours by names.

use crate::plot::{Color, theme};
use crate::results::RunResult;

/// The most characters of a name in a title, which has to hold the finding as well.
const LONGEST: usize = 95;

/// A name in a title: a long one is cut between words, so that the finding fits.
pub(super) fn in_title(name: &str) -> String {
    if name.chars().count() <= LONGEST {
        return name.to_owned();
    }
    let cut: String = name.chars().take(LONGEST).collect();
    let whole_words = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
    format!("{}…", whole_words.trim_end_matches([' ', ',', ';', ':', '.', '-']))
}

/// The colour of an event or a project, by its index: it follows from its name, so that layers which add
/// others before it don't change it. Where an earlier one has that colour, the next free one is taken.
pub(super) fn event_color(result: &RunResult, index: usize) -> Color {
    let names: Vec<&str> = result.events.iter().map(|event| event.name.as_str()).collect();
    theme::palette(slots(&names)[index])
}

fn slots(names: &[&str]) -> Vec<usize> {
    let mut taken: Vec<usize> = Vec::new();
    for name in names {
        let first = slot(name);
        let free = (first..first + theme::COLORS)
            .map(|slot| slot % theme::COLORS)
            .find(|slot| !taken.contains(slot));
        taken.push(free.unwrap_or(first));
    }
    taken
}

/// The FNV-1a hash of the name, which is the same in every build.
fn slot(name: &str) -> usize {
    let hash =
        name.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash as usize % theme::COLORS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_in_a_title_ends_between_words() {
        let name = "A road over the river and the hills to the port at the end of the long bay, \
                    and the bridges that it needs on its way";
        let short = in_title(name);
        assert!(short.ends_with('…') && short.chars().count() <= LONGEST + 1, "{short}");
        assert!(name.starts_with(short.trim_end_matches('…')));
        assert_eq!(in_title("Bridge"), "Bridge");
    }

    #[test]
    fn an_event_keeps_its_colour_when_others_are_added_and_no_two_share_one() {
        let alone = slots(&["bridge"]);
        let all = slots(&["bridge", "port", "road", "rail", "dam"]);
        assert_eq!(alone[0], all[0]);
        let many: Vec<String> = (0..theme::COLORS).map(|i| format!("event-{i}")).collect();
        let mut found = slots(&many.iter().map(String::as_str).collect::<Vec<_>>());
        found.sort_unstable();
        assert_eq!(found, (0..theme::COLORS).collect::<Vec<_>>());
    }
}
