//! Properties of every chart, including those with odd data and texts.

use super::flaws::overlap;
use super::layout::{Layout, Text};
use super::theme::{self, HEIGHT, PAD, WIDTH, palette};
use super::*;

mod kinds;
mod palette_distance;

const FOREIGN: &str = "<img src=x onerror=alert(1)> & \"'\u{0}\u{7}\u{1b}[31m ]]> \u{202e}粮食 \u{ffff}";

fn stack(series: usize, values: &[f64], label: &str) -> Stack {
    let x = (0_u16..).take(values.len()).map(|i| 2025.0 + f64::from(i)).collect();
    let one = |i| Series { label: format!("{label}{i}"), color: palette(i), values: values.to_vec() };
    Stack { x, series: (0..series).map(one).collect(), values: true }
}

/// One of each kind of layer, all with the same values and texts.
fn every_layer(values: &[f64], text: &str) -> Vec<Layer> {
    let points: Vec<(f64, f64)> =
        (0_u16..).zip(values).map(|(i, v)| (2025.0 + f64::from(i) / 12.0, *v)).collect();
    let ranges: Vec<_> = points.iter().map(|(x, y)| (*x, y - 1.0, y * 1.5)).collect();
    let label = Some(Label::new(text).with_value());
    let line = Line {
        dashed: true,
        ..Line::new(points.clone(), palette(1)).labelled(Label::new(text).with_value())
    };
    let band = |strength| Band { label: label.clone(), ..Band::new(ranges.clone(), palette(0), strength) };
    let box_of = |form| Intervals { points: ranges.clone(), color: palette(2), form, label: label.clone() };
    vec![
        band(Strength::NineInTen).into(),
        band(Strength::Half).into(),
        band(Strength::NineInTen).outlined().into(),
        line.clone().into(),
        Layer::Steps(line),
        Layer::Areas(stack(3, values, text)),
        Layer::Bars(stack(15, values, text)),
        Dots { points, color: theme::INK, label: label.clone() }.into(),
        box_of(Form::Whisker).into(),
        box_of(Form::Box(Strength::Half)).into(),
        Marker { x: 2025.5, label: text.to_owned(), dashed: true }.into(),
        Marker { x: 2025.01, label: text.to_owned(), dashed: false }.into(),
        Marker { x: f64::NAN, label: text.to_owned(), dashed: false }.into(),
        Note::new(2025.1, values.first().copied().unwrap_or(0.0), text, palette(3)).into(),
        Note::new(2025.1, f64::NAN, text, palette(3)).into(),
        Note::new(2025.2, 1.0, text, palette(3)).bare().into(),
    ]
}

/// Charts of single layers and of all layers, for odd values, axes and texts.
fn odd_charts() -> Vec<Chart> {
    let nasty = [f64::NAN, 3.0, f64::INFINITY, -2.0, f64::NEG_INFINITY, f64::MAX, 5e-324, 1e18];
    let values: [&[f64]; 8] =
        [&[], &[0.0], &[0.0; 24], &[7.0], &[-4.0, 2.0, -1.0], &[1e12, 2e12], &[1e-9], &nasty];
    let long = "long name ".repeat(12) + &"x".repeat(120);
    let mut charts = Vec::new();
    for (i, values) in values.into_iter().enumerate() {
        for text in ["flour", FOREIGN, &long, ""] {
            let axes = [
                (XAxis::dates(), YAxis::volume(text)),
                (XAxis::years(), YAxis::share(text)),
                (XAxis::dates(), YAxis::level(text)),
                (XAxis::numbers(text), YAxis::heights(text)),
                (XAxis::difference(text), YAxis::difference(text)),
            ];
            let layers = every_layer(values, text);
            let single = &layers[i % layers.len()..=i % layers.len()];
            for ((x, y), layers) in
                axes.into_iter().zip([single, &layers[..], &layers[..7], &layers[..], single])
            {
                let (subtitle, source) = (text.repeat(3), text.repeat(9));
                charts.push(Chart {
                    title: text.to_owned(),
                    subtitle,
                    source,
                    x,
                    y,
                    layers: layers.to_vec(),
                });
            }
        }
    }
    charts.extend(kinds::odd_rows());
    charts
}

fn fan() -> Chart {
    let mut chart = Chart::new("Exports double by 2030", XAxis::dates(), YAxis::volume("thousand tonnes"));
    "Total exports, scenario baseline, 10,000 runs".clone_into(&mut chart.subtitle);
    "Source: corridor".clone_into(&mut chart.source);
    chart.layers = every_layer(&[22.0, 24.0, 31.0, 38.0, 45.0], "median");
    chart
}

#[test]
fn every_odd_chart_becomes_a_picture() {
    for chart in odd_charts() {
        let svg = svg(&chart).expect("every chart can be drawn");
        assert!(well_formed(&svg), "{chart:?}\n{svg}");
        assert!(!svg.contains("NaN") && !svg.contains("inf,") && !svg.contains("<img"), "{svg}");
    }
}

#[test]
fn every_layer_becomes_a_png_whatever_its_data() {
    for values in [&[][..], &[0.0], &[f64::NAN, 1e12, -3.0], &[f64::MAX; 2]] {
        let mut chart = fan();
        chart.layers = every_layer(values, FOREIGN);
        let bytes = png(&chart).expect("every chart can be drawn");
        assert_eq!(bytes[1..4], *b"PNG");
        assert_eq!(bytes[16..24], [0, 0, 6, 64, 0, 0, 3, 232], "1600 × 1000");
    }
}

#[test]
fn the_same_chart_gives_the_same_bytes() {
    assert_eq!(
        png(&fan()).expect("every chart can be drawn"),
        png(&fan()).expect("every chart can be drawn")
    );
    assert_eq!(
        svg(&fan()).expect("every chart can be drawn"),
        svg(&fan()).expect("every chart can be drawn")
    );
}

#[test]
fn nothing_leaves_the_picture_at_any_scale() {
    let leaves = |flaw: &String| flaw.starts_with("a ");
    for size in [5e-324, 1e-300, 1e-21, 1e-9, 1.0, 1e18, 1e25, 1e299, f64::MAX] {
        for values in [[size, 2.5 * size, 2.0 * size], [-size, -2.0 * size, -size], [size; 3]] {
            for y in [YAxis::volume("t"), YAxis::level("t"), YAxis::difference("t"), YAxis::heights("t")] {
                let layers = every_layer(&values, "flour");
                let chart = Chart { layers, ..Chart::new("Flour", XAxis::dates(), y) };
                let flaws: Vec<String> = flaws(&chart).into_iter().filter(leaves).collect();
                assert!(flaws.is_empty(), "{values:?}: {flaws:?}");
            }
            let row = Row::new("flour").with(Mark::Bar { from: 0.0, to: values[1], color: palette(0) });
            let rows = Rows::of(vec![row.valued("12")]).headed("mean");
            let chart = Chart::of_rows("Flour", XAxis::numbers("t"), rows);
            assert_eq!(flaws(&chart), Vec::<String>::new(), "{values:?}");
        }
    }
}

#[test]
fn all_text_lies_inside_the_picture() {
    for chart in odd_charts() {
        for text in Layout::of(&chart).texts {
            let (left, right) = (text.left(), text.left() + text.width());
            assert!(left >= PAD - 15.0 && right <= WIDTH - PAD / 2.0 + 1.0, "{left} {right} {text:?}");
            assert!(text.baseline >= 12.0 && text.baseline <= HEIGHT - 6.0, "{text:?}");
        }
    }
}

#[test]
fn no_text_covers_another() {
    for chart in odd_charts() {
        let texts = Layout::of(&chart).texts;
        for (i, a) in texts.iter().enumerate() {
            let covered = texts[..i].iter().find(|b| overlap(a, b));
            assert_eq!(covered, None, "{a:?} in {:?} with {:?}", chart.y, chart.x);
        }
    }
}

#[test]
fn the_plot_keeps_a_good_part_of_the_picture() {
    for chart in odd_charts() {
        let frame = Layout::of(&chart).frame;
        assert!(frame.right - frame.left > 360.0 && frame.bottom - frame.top > 180.0, "{frame:?}");
    }
}

#[test]
fn a_chart_without_data_says_so() {
    let empty = Chart::new("Nothing", XAxis::dates(), YAxis::volume("tonnes"));
    assert!(svg(&empty).expect("every chart can be drawn").contains("no data"));
}

#[test]
fn a_label_stands_level_with_the_end_of_its_line() {
    let mut chart = fan();
    let ends = [(10.0, "low"), (40.0, "high"), (25.0, "middle")];
    chart.layers = ends
        .map(|(y, text)| Line::new(vec![(2025.0, 5.0), (2030.0, y)], palette(0)).labelled(text).into())
        .to_vec();
    let layout = Layout::of(&chart);
    for (y, name) in ends {
        let label = layout.texts.iter().find(|text| text.words == name).expect("the label is there");
        assert!((label.baseline - 4.0 - layout.y.at(y)).abs() < 1.0, "{label:?}");
    }
    assert!(layout.leaders.is_empty());
}

#[test]
fn a_thick_line_is_painted_where_it_should_be() {
    let mut chart = fan();
    chart.layers = vec![Line::new(vec![(2025.0, 20.0), (2030.0, 20.0)], palette(0)).into()];
    let layout = Layout::of(&chart);
    let canvas = encode::paint(&chart).expect("every chart can be drawn");
    let middle = f64::midpoint(layout.frame.left, layout.frame.right);
    assert_eq!(pixel(&canvas, middle, layout.y.at(20.0)), [0x00, 0x72, 0xB2]);
    assert_eq!(pixel(&canvas, middle, layout.y.at(20.0) - 6.0), [255; 3]);
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a position in the picture")]
fn pixel(canvas: &raster::Canvas, x: f64, y: f64) -> [u8; 3] {
    let start = ((y * 2.0) as usize * canvas.pixels().0 as usize + (x * 2.0) as usize) * 3;
    [canvas.rgb()[start], canvas.rgb()[start + 1], canvas.rgb()[start + 2]]
}

/// A strict check of XML: tags close in order, attributes are quoted, no raw `<`, `&` or control character.
fn well_formed(xml: &str) -> bool {
    let mut open = Vec::new();
    let mut rest = xml;
    while let Some((text, from)) = rest.split_once('<') {
        let Some((tag, behind)) = from.split_once('>') else { return false };
        rest = behind;
        let balanced = tag.matches('"').count() % 2 == 0 && !tag.contains('<');
        let name = tag.trim_start_matches('/').split([' ', '\n']).next().unwrap_or("");
        if !balanced
            || !clean_text(text)
            || !clean_text(tag)
            || (tag.starts_with('/') && open.pop() != Some(name))
        {
            return false;
        }
        if !tag.starts_with('/') && !tag.ends_with('/') {
            open.push(name);
        }
    }
    open.is_empty() && rest.trim().is_empty()
}

fn clean_text(text: &str) -> bool {
    let entities = ["lt;", "gt;", "amp;", "quot;", "apos;"];
    let raw = text.split('&').skip(1).any(|rest| !entities.iter().any(|entity| rest.starts_with(entity)));
    let forbidden = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{FFFE}' | '\u{FFFF}');
    !raw && !text.contains(['>', '<']) && !text.contains(forbidden)
}
