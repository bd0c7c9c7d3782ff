//! The bundled font: measuring, wrapping, shortening and cleaning text.
//!
//! Widths come from the font itself, so that a layout is the same for PNG and SVG. This module never draws;
//! untrusted text passes through [`clean`] before it is measured.

use std::sync::LazyLock;

use crate::diag::{cut, printable};
use ab_glyph::{Font, FontRef, GlyphId};

use unicode_width::UnicodeWidthChar;

use crate::units::typography::unbroken;

/// The maximum length of a text, which is cut before anything else is done with it: nothing longer can be
/// shown.
const LONGEST: usize = 600;
const ELLIPSIS: char = '…';

/// The font of all charts, for pages that show their SVG and want to bring the font along (`@font-face`,
/// TrueType).
pub static INTER_REGULAR: &[u8] = include_bytes!("fonts/Inter-Regular.subset.ttf");
/// Its bold face.
pub static INTER_BOLD: &[u8] = include_bytes!("fonts/Inter-Bold.subset.ttf");

static FONTS: LazyLock<[FontRef<'static>; 2]> = LazyLock::new(|| {
    let read = |bytes| {
        FontRef::try_from_slice(bytes).expect("the font is part of the binary and every test reads it")
    };
    [read(INTER_REGULAR), read(INTER_BOLD)]
});

/// Weight and size of a text, in logical pixels per em.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Type {
    pub(super) bold: bool,
    pub(super) size: f64,
}

impl Type {
    pub(super) const fn regular(size: f64) -> Self {
        Self { bold: false, size }
    }

    pub(super) const fn bold(size: f64) -> Self {
        Self { bold: true, size }
    }

    pub(super) fn font(self) -> &'static FontRef<'static> {
        &FONTS[usize::from(self.bold)]
    }

    /// Width of a text in logical pixels.
    pub(super) fn width(self, text: &str) -> f64 {
        let font = self.font();
        let advances = advances(font, text).map(|(_, advance)| f64::from(advance)).sum::<f64>();
        advances * self.size
    }

    /// The text in at most `lines` lines of at most `width`; the last one ends with an ellipsis if not all
    /// fits.
    pub(super) fn wrap(self, text: &str, width: f64, lines: usize) -> Vec<String> {
        let mut wrapped: Vec<String> = Vec::new();
        for word in self.words(text, width) {
            for piece in self.pieces(&word, width) {
                self.append(&mut wrapped, piece, width);
            }
        }
        if wrapped.len() > lines {
            let rest = wrapped.split_off(lines.max(1) - 1).join(" ");
            wrapped.push(self.shorten(&rest, width));
        }
        wrapped
    }

    /// As [`Type::wrap`], with lines of about the same length; no word is broken for that.
    pub(super) fn wrap_evenly(self, text: &str, width: f64, lines: usize) -> Vec<String> {
        let widest = self.wrap(text, width, lines);
        let words = self.words(text, width);
        let longest_word = words.iter().map(|word| self.width(word)).fold(0.4 * width, f64::max);
        let narrower =
            (1..60).map(|step| width - f64::from(step) * 8.0).take_while(|narrow| *narrow >= longest_word);
        let even = narrower
            .map(|narrow| self.wrap(text, narrow, usize::MAX))
            .take_while(|w| w.len() == widest.len());
        even.last().unwrap_or(widest)
    }

    /// The text, or as many of its words as fit with an ellipsis; only a first word that is too long is cut
    /// inside.
    pub(super) fn shorten(self, text: &str, width: f64) -> String {
        if self.width(text) <= width {
            return text.to_owned();
        }
        let mut kept = String::new();
        for c in text.chars() {
            kept.push(c);
            if self.width(&kept) + self.width("…") > width {
                kept.pop();
                break;
            }
        }
        if !text.strip_prefix(&kept).is_some_and(|rest| rest.starts_with(' ')) {
            kept.truncate(kept.trim_end().rfind(' ').unwrap_or(kept.len()));
        }
        kept.truncate(kept.trim_end_matches([' ', ',', '.', '-']).len());
        kept.push(ELLIPSIS);
        kept
    }

    /// The units that stay together on a line: words, and numbers with the words after them if both fit.
    fn words(self, text: &str, width: f64) -> Vec<String> {
        let split = |words: String| {
            if self.width(&words) <= width {
                vec![words]
            } else {
                words.split(' ').map(str::to_owned).collect()
            }
        };
        unbroken(text).into_iter().flat_map(split).collect()
    }

    fn append(self, lines: &mut Vec<String>, piece: String, width: f64) {
        match lines.last_mut() {
            Some(line) if self.width(line) + self.width(" ") + self.width(&piece) <= width => {
                line.push(' ');
                line.push_str(&piece);
            }
            _ => lines.push(piece),
        }
    }

    /// A word, divided if it is wider than a line: after a point or a slash if it has one.
    fn pieces(self, word: &str, width: f64) -> Vec<String> {
        if self.width(word) <= width {
            return vec![word.to_owned()];
        }
        let mut pieces = vec![String::new()];
        let mut used = 0.0;
        for c in word.chars() {
            let advance = self.width(c.encode_utf8(&mut [0; 4]));
            if used + advance > width && used > 0.0 {
                let rest = pieces.last_mut().map_or_else(String::new, behind_last_point);
                used = self.width(&rest);
                pieces.push(rest);
            }
            used += advance;
            if let Some(piece) = pieces.last_mut() {
                piece.push(c);
            }
        }
        pieces
    }
}

/// Cuts a piece after its last point or slash, unless that leaves little, and returns the rest.
fn behind_last_point(piece: &mut String) -> String {
    let end = piece.rfind(['.', '/']).map(|at| at + 1).filter(|end| 3 * end > piece.len());
    piece.split_off(end.unwrap_or(piece.len()))
}

/// Whether the font has a letter.
pub(super) fn has_glyph(c: char) -> bool {
    FONTS.iter().all(|font| font.glyph_id(c).0 != 0)
}

/// Whether a character only changes the letter before it: accents and other marks, variation selectors,
/// joiners.
pub(super) fn is_mark(c: char) -> bool {
    is_joiner(c) || (!has_glyph(c) && UnicodeWidthChar::width(c) == Some(0))
}

/// Whether a character controls how letters join, in Persian, in Indic scripts and in emoji.
const fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}')
}

/// The expected width, in em, of a letter that our font lacks in a viewer's font: one for wide letters of
/// East Asia and emoji, zero for marks, and slightly more than our own letters for others.
fn expected_advance(c: char) -> f32 {
    match UnicodeWidthChar::width(c) {
        Some(0) => 0.0,
        Some(2) => 1.0,
        _ => 0.65,
    }
}

/// Each character's glyph and its advance in em, kerning included. For a character that the font lacks it is
/// the expected width in another font, from which an SVG viewer will take it.
pub(super) fn advances(font: &FontRef<'static>, text: &str) -> impl Iterator<Item = (GlyphId, f32)> {
    let em = font.units_per_em().unwrap_or(1.0);
    let mut glyphs = text.chars().map(|c| (c, font.glyph_id(c))).peekable();
    std::iter::from_fn(move || {
        let (c, glyph) = glyphs.next()?;
        if glyph.0 == 0 {
            return Some((glyph, expected_advance(c)));
        }
        let kern = glyphs.peek().map_or(0.0, |(_, next)| font.kern_unscaled(glyph, *next));
        Some((glyph, (font.h_advance_unscaled(glyph) + kern) / em))
    })
}

/// Untrusted text made safe to show: [`printable`], with very long texts cut.
pub(super) fn clean(text: &str) -> String {
    printable(&cut(text, LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: Type = Type::regular(13.0);

    #[test]
    fn a_wrapped_text_keeps_its_words_and_its_width() {
        let text = "Total exports by sea and by rail, all products, scenario: port reopens in 2027";
        let lines = BODY.wrap(text, 160.0, 9);
        assert_eq!(lines.join(" "), text);
        assert!(lines.len() > 2 && lines.iter().all(|line| BODY.width(line) <= 160.0));
    }

    #[test]
    fn a_path_is_cut_behind_its_points() {
        let lines = BODY.wrap("products.farm-equipment.driven_by.appetite", 210.0, 9);
        assert_eq!(lines, ["products.farm-equipment.", "driven_by.appetite"]);
        assert!(BODY.wrap(&"x".repeat(90), 100.0, 99).iter().all(|line| BODY.width(line) <= 100.0));
    }

    #[test]
    fn a_number_and_its_unit_stay_on_one_line() {
        let text =
            "In Dec 2030 the median future exports 2.62 kt; half of all futures lie between 1.33 and 4.61";
        for width in 60..600 {
            let lines = BODY.wrap_evenly(text, f64::from(width), 40);
            assert!(!lines.iter().any(|line| line.ends_with("2.62")), "{width}: {lines:?}");
        }
    }

    #[test]
    fn what_does_not_fit_ends_with_an_ellipsis() {
        for text in ["one two three four five six seven eight nine ten", &"x".repeat(120)] {
            let lines = BODY.wrap(text, 60.0, 2);
            assert_eq!(lines.len(), 2);
            assert!(
                lines[1].ends_with('…') && lines.iter().all(|line| BODY.width(line) <= 60.0),
                "{lines:?}"
            );
        }
    }

    #[test]
    fn even_wrapping_takes_no_more_lines_and_avoids_a_lonely_last_word() {
        let text = "Exports reach their target in six of ten futures";
        let width = BODY.width(text) - 5.0;
        let lines = BODY.wrap_evenly(text, width, 2);
        assert_eq!(lines.len(), 2);
        assert!(BODY.width(&lines[1]) > 0.6 * BODY.width(&lines[0]), "{lines:?}");
    }

    #[test]
    fn cleaning_replaces_what_could_break_or_turn_a_line() {
        assert_eq!(clean("a\u{0}b\u{1b}c\nd\u{202e}e\u{ffff}"), "a\u{fffd}b\u{fffd}c d\u{fffd}e\u{fffd}");
        assert_eq!(clean("Зерно → 粮食 €"), "Зерно → 粮食 €");
        assert!(clean(&"y".repeat(100_000)).chars().count() <= LONGEST + 1);
    }

    #[test]
    fn the_font_has_the_signs_that_charts_use() {
        for c in "0123456789,.%−–—…+<>≥→é".chars() {
            assert_ne!(BODY.font().glyph_id(c).0, 0, "{c:?}");
        }
    }
}
