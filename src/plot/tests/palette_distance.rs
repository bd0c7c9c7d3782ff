//! The distances between the colours of the palette for readers with normal and with colour-blind sight.

use super::super::Color;
use super::super::theme::{self, palette};

const COLORS: usize = 20;

type Matrix = [[f64; 3]; 3];
const NORMAL: Matrix = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
/// Machado, Oliveira and Fernandes (2009), severity 1.
const PROTAN: Matrix = [
    [0.152_286, 1.052_583, -0.204_868],
    [0.114_503, 0.786_281, 0.099_216],
    [-0.003_882, -0.048_116, 1.051_998],
];
const DEUTAN: Matrix = [
    [0.367_322, 0.860_646, -0.227_968],
    [0.280_085, 0.672_501, 0.047_413],
    [-0.011_820, 0.042_940, 0.968_881],
];

fn linear(c: u8) -> f64 {
    let c = f64::from(c) / 255.0;
    if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
}

/// The CIELAB coordinates of a colour as perceived with this kind of sight.
fn lab(color: Color, sight: &Matrix) -> [f64; 3] {
    let rgb = [color.r, color.g, color.b].map(linear);
    let see = |row: &[f64; 3]| row.iter().zip(rgb).map(|(share, c)| share * c).sum::<f64>().clamp(0.0, 1.0);
    let [red, green, blue] = [see(&sight[0]), see(&sight[1]), see(&sight[2])];
    let mix = |r: f64, g: f64, b: f64| r * red + g * green + b * blue;
    let f = |t: f64| if t > 0.008_856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 };
    let x = f(mix(0.4124, 0.3576, 0.1805) / 0.950_47);
    let y = f(mix(0.2126, 0.7152, 0.0722));
    let z = f(mix(0.0193, 0.1192, 0.9505) / 1.088_83);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

fn distance(a: Color, b: Color) -> f64 {
    let seen = |sight: &Matrix| {
        lab(a, sight).iter().zip(lab(b, sight)).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
    };
    [NORMAL, PROTAN, DEUTAN].iter().map(seen).fold(f64::INFINITY, f64::min)
}

#[test]
fn neighbours_differ_for_every_sight_and_in_grey() {
    for i in 0..COLORS {
        let (a, b) = (palette(i), palette(i + 1));
        assert!(distance(a, b) > 24.0, "{i}: {}", distance(a, b));
        let grey = (lab(a, &NORMAL)[0] - lab(b, &NORMAL)[0]).abs();
        assert!(grey > 12.0, "{i}: {grey}");
    }
}

#[test]
fn any_two_colours_are_distinguishable() {
    for i in 0..COLORS {
        assert!((0..i).all(|j| distance(palette(i), palette(j)) > 10.0), "{i}");
    }
}

/// Contrast on white by the formula of WCAG 2.2, with the exact curve of sRGB.
fn contrast(color: Color) -> f64 {
    let luminance = 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b);
    1.05 / (luminance + 0.05)
}

#[test]
fn every_line_and_mark_has_a_contrast_of_three_to_one_on_white_and_every_text_of_four_and_a_half() {
    let marks = (0..COLORS).map(palette);
    let named = [theme::LOW, theme::HIGH, theme::GAIN, theme::LOSS, theme::TOTAL, theme::OTHER, theme::AXIS];
    for color in marks.chain(named).chain([theme::MARKER]) {
        assert!(contrast(color) >= 3.0, "{} has {}", color.css(), contrast(color));
        assert!(contrast(color.as_ink()) >= 4.5, "{} as a text", color.css());
        // The polynomial that replaces it is accurate to 2%.
        assert!((color.contrast_on_white() / contrast(color) - 1.0).abs() < 0.02, "{}", color.css());
    }
    for color in [theme::INK, theme::GREY] {
        assert!(contrast(color) >= 4.5, "{}", color.css());
    }
}

#[test]
fn what_adds_and_what_takes_away_and_what_is_low_and_high_differ_for_every_sight_and_in_grey() {
    for (a, b) in [(theme::LOW, theme::HIGH), (theme::GAIN, theme::LOSS)] {
        assert!(distance(a, b) > 24.0, "{}", distance(a, b));
        assert!((lab(a, &NORMAL)[0] - lab(b, &NORMAL)[0]).abs() > 12.0);
    }
}

/// Exports and the causes of unmet demand, by their indices in the palette. Those that are zero are left out
/// of the picture, so any two may be neighbours.
#[test]
fn what_may_stand_next_to_each_other_differs_in_grey() {
    const USED: [usize; 6] = [0, 5, 4, 1, 6, 15];
    for (i, a) in USED.into_iter().enumerate() {
        for b in &USED[..i] {
            let grey = (lab(palette(a), &NORMAL)[0] - lab(palette(*b), &NORMAL)[0]).abs();
            assert!(grey > 4.5, "{a} and {b}: {grey}");
            assert!(distance(palette(a), palette(*b)) > 10.0, "{a} and {b}");
        }
    }
}
