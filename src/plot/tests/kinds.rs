//! Charts of rows, axes of numbers, differences, several fans, and the values for a page's pointer.

use super::*;

/// Rows with every kind of mark, for unusual numbers of rows, values and texts.
pub(super) fn odd_rows() -> Vec<Chart> {
    let long = "long name ".repeat(12) + &"x".repeat(120);
    let mut charts = Vec::new();
    for count in [0, 1, 2, 7, 24, 90] {
        for (i, text) in ["flour", FOREIGN, &long, ""].into_iter().enumerate() {
            for value in [0.0, 7.0, -3.0, 1e12, 5e-324, f64::MAX, f64::NAN] {
                let axes =
                    [XAxis::numbers(text), XAxis::share(text), XAxis::difference(text), XAxis::dates()];
                let mut chart = Chart::of_rows(text, axes[i].clone(), rows(count, value, text));
                for x in [0.0, 0.1, value] {
                    chart.push(Marker { x, label: text.to_owned(), dashed: false });
                }
                charts.push(chart);
            }
        }
    }
    charts.extend([0, 1, 3, 14, 40].into_iter().flat_map(odd_panels));
    charts
}

/// Small charts with every kind of layer, on every kind of axis.
fn odd_panels(count: usize) -> Vec<Chart> {
    let long = "long name ".repeat(12) + &"x".repeat(120);
    let panel = |text: &str, values: &[f64]| Panel {
        title: text.to_owned(),
        value: text.to_owned(),
        layers: every_layer(values, text),
    };
    let values: [&[f64]; 5] =
        [&[], &[0.0; 9], &[-4.0, 2.0, -1.0], &[1e12, 2e12], &[f64::MAX, f64::NAN, 1e-9]];
    let axes = [
        (XAxis::dates(), YAxis::volume("tonnes")),
        (XAxis::years(), YAxis::share(&long)),
        (XAxis::numbers("tonnes"), YAxis::heights("likely")),
        (XAxis::difference(FOREIGN), YAxis::difference(FOREIGN)),
    ];
    let chart = |(i, (x, y)): (usize, (XAxis, YAxis))| {
        let text = ["flour", FOREIGN, &long, ""][i];
        let panels = (0..count).map(|k| panel(text, values[(i + k) % values.len()])).collect();
        Chart::of_panels(text, x, y, panels)
    };
    axes.into_iter().enumerate().map(chart).collect()
}

fn rows(count: usize, value: f64, text: &str) -> Rows {
    let one = |i: usize| {
        let (low, high) = (value * 0.4, value * (1.0 + i as f64 * 0.1));
        Row::new(format!("{text} {i}"))
            .noted(text)
            .with(Mark::Bar { from: low, to: high, color: palette(i) })
            .with(Mark::Box { low, high, color: palette(1), strength: Strength::Half })
            .with(Mark::Whisker { low: low - 1.0, high, color: theme::INK })
            .with(Mark::Dot { at: value, color: theme::INK })
            .ends(text, "45.8")
            .carrying(high)
    };
    let rows = Rows::of((0..count).map(one).collect());
    rows.keyed(text, theme::LOW).keyed("input high", theme::HIGH)
}

fn tornado(count: usize) -> Chart {
    let row = |i: usize| {
        let reach = 20.0 / (i as f64 + 1.0);
        Row::new(format!("Growth of the demand for product number {i}"))
            .noted("judgement")
            .with(Mark::Bar { from: 40.0, to: 40.0 - reach, color: theme::LOW })
            .with(Mark::Bar { from: 40.0, to: 40.0 + reach, color: theme::HIGH })
            .ends(format!("{:.1}", 40.0 - reach), format!("{:.1}", 40.0 + reach))
    };
    let rows = Rows::of((0..count).map(row).collect());
    let rows = rows.keyed("input low", theme::LOW).keyed("input high", theme::HIGH);
    let mut chart = Chart::of_rows("Demand matters most", XAxis::numbers("thousand tonnes"), rows);
    chart.push(Marker { x: 40.0, label: "mean 40.0".to_owned(), dashed: false });
    chart
}

fn texts_of(chart: &Chart) -> Vec<String> {
    Layout::of(chart).texts.into_iter().map(|text| text.words).collect()
}

#[test]
fn twenty_four_rows_show_every_name_whole_with_its_second_text() {
    let texts = texts_of(&tornado(24));
    let names = texts.iter().filter(|text| text.starts_with("Growth"));
    assert_eq!(names.count(), 24);
    assert_eq!(texts.iter().filter(|text| *text == "judgement").count(), 24);
    assert_eq!(texts.iter().filter(|text| text.ends_with("more")).count(), 0);
}

#[test]
fn a_name_is_whole_if_two_lines_fit() {
    let texts = texts_of(&tornado(8));
    assert!(texts.iter().all(|text| !text.contains('…')), "{texts:?}");
}

#[test]
fn rows_that_do_not_fit_are_counted() {
    let layout = Layout::of(&tornado(60));
    let shown = layout.rows.len();
    assert!((24..40).contains(&shown), "{shown}");
    assert!(layout.texts.iter().any(|text| text.words == format!("+{} more", 60 - shown)));
}

#[test]
fn a_bar_of_a_row_is_painted_between_its_values() {
    let chart = tornado(3);
    let layout = Layout::of(&chart);
    let canvas = encode::paint(&chart).expect("every chart can be drawn");
    let painted = |value: f64| pixel(&canvas, layout.x.at(value), layout.rows[0]);
    assert_eq!(painted(25.0), [theme::LOW.r, theme::LOW.g, theme::LOW.b]);
    assert_eq!(painted(55.0), [theme::HIGH.r, theme::HIGH.g, theme::HIGH.b]);
    assert_eq!(pixel(&canvas, layout.x.at(27.0), layout.rows[2]), [255; 3]);
}

#[test]
fn an_axis_of_numbers_reaches_from_the_first_value_to_the_last_and_names_its_unit_once() {
    let mut chart = Chart::new("How much", XAxis::numbers("thousand tonnes"), YAxis::heights("likely"));
    let points: Vec<_> = (0..60).map(|i| (f64::from(i), f64::from(i * (60 - i)))).collect();
    chart.push(Line::new(points, palette(0)));
    let layout = Layout::of(&chart);
    assert!((layout.x.at(0.0) - layout.frame.left).abs() < 1e-9);
    assert!((layout.x.at(59.0) - layout.frame.right).abs() < 1e-9);
    let texts = texts_of(&chart);
    assert_eq!(texts.iter().filter(|text| text.contains("thousand tonnes")).count(), 1);
    assert!(texts.contains(&"50".to_owned()), "{texts:?}");
    assert!(layout.grid.is_empty(), "heights have no numbers to be read off");
}

#[test]
fn differences_have_signs_and_a_strong_line_at_zero() {
    let mut chart = Chart::new("What changes", XAxis::years(), YAxis::difference("thousand tonnes"));
    let line = Line::new(vec![(2025.0, -4.0), (2030.0, 16.0)], palette(0));
    chart.push(line.labelled(Label::new("bridge").with_value()));
    let (layout, texts) = (Layout::of(&chart), texts_of(&chart));
    for text in ["−5", "0", "+5", "+16.0"] {
        assert!(texts.contains(&text.to_owned()), "{text} in {texts:?}");
    }
    assert!(layout.zeros.len() == 1 && layout.zeros[0].strong);
    assert!((layout.zeros[0].from.1 - layout.y.at(0.0)).abs() < 1e-9);
}

/// Medians of `count` fans that end close together.
fn fans(count: usize) -> Chart {
    let mut chart = Chart::new("Six ways to go", XAxis::years(), YAxis::volume("thousand tonnes"));
    for i in 0..count {
        let end = 30.0 + i as f64 * 0.7;
        let ends = [(2025.0, 20.0, 21.0), (2030.0, end - 9.0, end + 9.0)];
        chart.push(Band::new(ends.to_vec(), palette(i), Strength::NineInTen).outlined());
        let line = Line::new(vec![(2025.0, 20.5), (2030.0, end)], palette(i));
        chart
            .push(line.labelled(Label::new(format!("scenario {i} with a name of some length")).with_value()));
    }
    chart
}

#[test]
fn up_to_fourteen_lines_that_end_together_keep_their_whole_names() {
    for count in 6..=14 {
        let texts = texts_of(&fans(count));
        assert!(
            texts.iter().all(|text| !text.ends_with("more") && !text.contains('…')),
            "{count}: {texts:?}"
        );
    }
}

#[test]
fn an_outlined_band_leaves_its_inside_white() {
    let mut chart = fans(1);
    chart.layers.truncate(1);
    let layout = Layout::of(&chart);
    let canvas = encode::paint(&chart).expect("every chart can be drawn");
    let (x, inside) = (layout.x.at(2029.5), layout.y.at(27.3));
    assert_eq!(pixel(&canvas, x, inside), [255; 3]);
}

#[test]
fn the_words_of_notes_keep_clear_of_each_other_and_of_lines() {
    let mut chart = Chart::new("Chances", XAxis::numbers("thousand tonnes"), YAxis::share("chance"));
    chart.push(Line::new((0..=50).map(|i| (f64::from(i), 1.0 - f64::from(i) / 50.0)).collect(), palette(0)));
    for x in [24.0, 25.0, 26.0] {
        let text = format!("{x} thousand tonnes or more");
        chart.push(Note::new(x, 1.0 - x / 50.0, text, palette(0)));
    }
    let layout = Layout::of(&chart);
    let notes: Vec<&Text> = layout.texts.iter().filter(|text| text.words.ends_with("or more")).collect();
    assert_eq!(notes.len(), 3);
    for (i, note) in notes.iter().enumerate() {
        assert!(notes[..i].iter().all(|other| !overlap(note, other)), "{notes:?}");
        // The line falls from the upper left to the lower right; at both ends of the words it passes on one
        // side.
        let line = |x: f64| {
            layout.y.at(1.0)
                + (x - layout.frame.left) / (layout.frame.right - layout.frame.left)
                    * (layout.y.at(0.0) - layout.y.at(1.0))
        };
        let (above, below) = (line(note.left()) > note.baseline, line(note.right()) < note.baseline - 9.0);
        assert!(above || below, "{note:?}");
    }
}

#[test]
fn a_pointer_reads_what_is_drawn_where_it_is_drawn() {
    let mut chart = Chart::new("Exports", XAxis::dates(), YAxis::volume("thousand tonnes"));
    chart.push(Band::new(vec![(2025.04, 10.0, 30.0)], palette(1), Strength::Half).labelled("half"));
    chart.push(Line::new(vec![(2025.04, 20.0), (2025.25, f64::NAN)], palette(0)).labelled("median"));
    chart.push(Layer::Bars(stack(2, &[4.0, 0.0], "part ")));
    chart.push(Line::new(vec![(2025.04, 20.0)], palette(0)));
    let (layout, hover) = (Layout::of(&chart), hover(&chart));
    let read: Vec<_> =
        hover.points.iter().map(|p| (p.label.as_str(), p.at.as_str(), p.value.as_str())).collect();
    let expected = [
        ("half", "Jan 2025", "10.0–30.0"),
        ("median", "Jan 2025", "20.0"),
        ("part 0", "end of Dec 2024", "4.0"),
        ("part 1", "end of Dec 2024", "4.0"),
    ];
    assert_eq!(read, expected);
    assert!((hover.points[1].y - layout.y.at(20.0)).abs() <= 0.05);
    assert!((hover.points[1].x - layout.x.at(2025.04)).abs() <= 0.05);
    assert_eq!(hover.points[1].color, palette(0).css());
}

#[test]
fn a_pointer_finds_every_row_with_its_ends() {
    let hover = hover(&tornado(3));
    assert_eq!(hover.along, Along::Rows);
    assert_eq!((hover.points.len(), hover.points[0].value.as_str()), (3, "20.0 to 60.0"));
    assert!(hover.points[0].at.ends_with("number 0") && hover.points[0].label == "judgement");
}

#[test]
fn for_any_chart_a_pointer_reads_finite_positions_and_clean_texts() {
    for chart in odd_charts() {
        for point in hover(&chart).points {
            assert!(point.x.is_finite() && point.y.is_finite(), "{point:?}");
            assert!(
                !point.label.contains(['\u{1b}', '\u{202e}']) && !point.at.contains('\u{1b}'),
                "{point:?}"
            );
        }
    }
}

#[test]
fn small_charts_have_their_own_scales_and_one_unit() {
    let one = |high: f64| {
        let line = Line::new(vec![(2025.0, 0.0), (2030.0, high)], palette(0));
        Panel { title: format!("to {high}"), value: "12".to_owned(), layers: vec![line.into()] }
    };
    let panels = vec![one(2e7), one(4e8)];
    let chart = Chart::of_panels("Two", XAxis::years(), YAxis::volume("tonnes"), panels);
    let layout = Layout::of(&chart);
    let ends = layout.panels.iter().zip([2e7, 4e8]).map(|(panel, high)| panel.y.at(high) - panel.frame.top);
    assert!(ends.into_iter().all(|from_top| from_top.abs() < 1e-9));
    let texts = texts_of(&chart);
    assert_eq!(texts.iter().filter(|text| text.contains("tonnes")).collect::<Vec<_>>(), ["million tonnes"]);
    assert!(texts.contains(&"20".to_owned()) && texts.contains(&"400".to_owned()), "{texts:?}");
}

#[test]
fn small_charts_that_do_not_fit_are_counted() {
    let texts = texts_of(&odd_panels(40)[0]);
    assert!(texts.contains(&"+15 more".to_owned()), "{texts:?}");
}
