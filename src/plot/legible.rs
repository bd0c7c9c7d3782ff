//! Letters that the bundled font lacks, and what a PNG shows instead of them.
//!
//! A viewer of SVG or HTML takes such letters from its own fonts. A PNG depends on the program alone, so that
//! it is the same on every machine: it shows a name in plain letters if there is one, and otherwise the
//! script in brackets.

use std::collections::{BTreeMap, BTreeSet};

use super::chart::Chart;
use super::text::{clean, has_glyph, is_mark};

/// Letters that can't be drawn, by script.
pub type Lacking = BTreeMap<&'static str, BTreeSet<char>>;

/// The scripts, with their first and last letters.
const SCRIPTS: [(u32, u32, &str); 33] = [
    (0x0370, 0x03FF, "Greek"),
    (0x0400, 0x052F, "Cyrillic"),
    (0x0530, 0x058F, "Armenian"),
    (0x0590, 0x05FF, "Hebrew"),
    (0x0600, 0x06FF, "Arabic"),
    (0x0700, 0x074F, "Syriac"),
    (0x0750, 0x077F, "Arabic"),
    (0x08A0, 0x08FF, "Arabic"),
    (0x0900, 0x097F, "Devanagari"),
    (0x0980, 0x09FF, "Bengali"),
    (0x0A00, 0x0A7F, "Gurmukhi"),
    (0x0A80, 0x0AFF, "Gujarati"),
    (0x0B80, 0x0BFF, "Tamil"),
    (0x0C00, 0x0C7F, "Telugu"),
    (0x0E00, 0x0E7F, "Thai"),
    (0x0F00, 0x0FFF, "Tibetan"),
    (0x1000, 0x109F, "Myanmar"),
    (0x10A0, 0x10FF, "Georgian"),
    (0x1100, 0x11FF, "Hangul"),
    (0x1200, 0x139F, "Ethiopic"),
    (0x1780, 0x17FF, "Khmer"),
    (0x1800, 0x18AF, "Mongolian"),
    (0x1F00, 0x1FFF, "Greek"),
    (0x2E80, 0x2FDF, "Han"),
    (0x3040, 0x309F, "Hiragana"),
    (0x30A0, 0x30FF, "Katakana"),
    (0x3130, 0x318F, "Hangul"),
    (0x3400, 0x9FFF, "Han"),
    (0xAC00, 0xD7FF, "Hangul"),
    (0xF900, 0xFAFF, "Han"),
    (0xFB50, 0xFEFC, "Arabic"),
    (0x1F000, 0x1FAFF, "emoji"),
    (0x20000, 0x3FFFF, "Han"),
];

/// The script of a letter: `Hangul`, `emoji`; `symbol` if it is in no script of the table.
fn script(c: char) -> &'static str {
    let code = u32::from(c);
    let found = SCRIPTS.iter().find(|(first, last, _)| (*first..=*last).contains(&code));
    found.map_or("symbol", |(_, _, name)| name)
}

/// The letters of some charts that no PNG can show.
pub fn lacking<'c>(charts: impl IntoIterator<Item = &'c Chart>) -> Lacking {
    let mut found = Lacking::new();
    for chart in charts {
        chart.clone().each_text(&mut |text| note(&mut found, text));
    }
    found
}

/// The letters of some texts that no PNG can show.
pub fn lacking_in<'t>(texts: impl IntoIterator<Item = &'t str>) -> Lacking {
    let mut found = Lacking::new();
    texts.into_iter().for_each(|text| note(&mut found, text));
    found
}

fn note(found: &mut Lacking, text: &str) {
    for c in clean(text).chars().filter(|c| !has_glyph(*c) && !is_mark(*c)) {
        found.entry(script(c)).or_default().insert(c);
    }
}

/// The chart with texts that a PNG can show. `stand_ins` are titles, each with the name that may replace it.
pub(super) fn legible(chart: &Chart, stand_ins: &[(String, String)]) -> Chart {
    let mut chart = chart.clone();
    chart.each_text(&mut |text| {
        if !clean(text).chars().all(has_glyph) {
            *text = in_plain_letters(text, stand_ins);
        }
    });
    chart
}

/// A text in plain letters: `두만강 다리: 20 kt` becomes `tumen-bridge: 20 kt` if there is a name, and otherwise
/// `[Hangul]: 20 kt`.
fn in_plain_letters(text: &str, stand_ins: &[(String, String)]) -> String {
    let is_needed = |title: &&(String, String)| !title.0.chars().all(has_glyph);
    let mut known: Vec<&(String, String)> = stand_ins.iter().filter(is_needed).collect();
    // Longer titles are replaced first, because a title may be part of another.
    known.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.cmp(b)));
    let named = known.iter().fold(text.to_owned(), |text, (title, name)| text.replace(title.as_str(), name));
    let mut words: Vec<String> = Vec::new();
    for word in clean(&named).split(' ').map(in_brackets) {
        // Several words of one script become one bracket.
        let goes_on = |last: &String| last.starts_with('[') && word.starts_with(last.as_str());
        if words.last().is_some_and(goes_on) {
            words.pop();
        }
        words.push(word);
    }
    words.join(" ")
}

/// A word with the script in brackets instead of letters that the font lacks.
fn in_brackets(word: &str) -> String {
    let mut out = String::new();
    let mut open = None;
    for c in word.chars().filter(|c| has_glyph(*c) || !is_mark(*c)) {
        let gap = (!has_glyph(c)).then(|| script(c));
        match gap {
            Some(script) if open != gap => out.extend(["[", script, "]"]),
            Some(_) => {}
            None => out.push(c),
        }
        open = gap;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::{Label, Line, XAxis, YAxis, theme};
    use super::*;

    fn chart() -> Chart {
        let mut chart = Chart::new("두만강 다리: 20 kt", XAxis::dates(), YAxis::volume("tonnes"));
        let line = Line::new(vec![(2025.0, 1.0)], theme::INK).labelled(Label::new("小麦 🚢 Łódź Қазақстан"));
        chart.push(line);
        chart
    }

    #[test]
    fn letters_that_the_font_lacks_are_named_with_their_scripts() {
        let found = lacking([&chart()]);
        assert_eq!(found.keys().copied().collect::<Vec<_>>(), ["Han", "Hangul", "emoji"]);
        assert_eq!(found["Han"], BTreeSet::from(['小', '麦']));
    }

    #[test]
    fn a_png_writes_the_name_where_there_is_one_and_else_the_script() {
        let names = [("두만강 다리".to_owned(), "tumen-bridge".to_owned())];
        let mut shown = Vec::new();
        legible(&chart(), &names).each_text(&mut |text| shown.push(text.clone()));
        assert_eq!(shown[0], "tumen-bridge: 20 kt");
        assert_eq!(shown[4], "[Han] [emoji] Łódź Қазақстан");
        legible(&chart(), &[]).each_text(&mut |text| shown.push(text.clone()));
        assert_eq!(shown[5], "[Hangul]: 20 kt");
    }

    #[test]
    fn what_the_font_has_stays_as_it_is() {
        let mut plain = chart();
        plain.each_text(&mut |text| *text = "Việt Nam, Україна ґ, Ελλάδα, Știință".to_owned());
        assert_eq!(legible(&plain, &[]), plain);
        assert!(lacking([&plain]).is_empty());
    }
}
