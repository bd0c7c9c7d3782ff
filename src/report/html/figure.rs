//! A picture on a page: drawn without its words, which the page sets itself, with its values in a table.

use super::table::{Cell, Table};
use crate::diag::printable;
use crate::plot::{self, Along, Chart, Hover, HoverPoint, PlotError, XKind};
use crate::units::typography::bound;
use serde::Serialize;

/// A chart, its title and what it shows, and its values.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The name of its file, as an id.
    pub(super) name: String,
    pub(super) title: String,
    pub(super) subtitle: String,
    /// Markup: the one text on a page that is not escaped again.
    pub(super) svg: String,
    pub(super) data: Table,
    /// The names of its lines with their colours, for screens on which the labels beside the lines are out of
    /// view.
    pub(super) legend: Vec<(String, String)>,
    /// The positions of the table's values in the picture, as JSON.
    pub(super) places: String,
}

impl Figure {
    /// Draws a chart; the name is that of its file, and unique on the page.
    ///
    /// # Errors
    /// None that a chart can cause.
    pub fn new(name: &str, chart: &Chart, subtitle: &str) -> Result<Self, PlotError> {
        let (name, words) = (id(name), String::new);
        // As HTML the texts stay readable on a narrow screen, where the picture shrinks.
        let bare = Chart { title: words(), subtitle: words(), source: words(), ..chart.clone() };
        let values = Values::of(plot::hover(&bare));
        Ok(Self {
            title: bound(&printable(&chart.title)),
            subtitle: bound(&printable(subtitle)),
            svg: named_by_heading(&plot::svg(&bare)?, &name),
            name,
            data: values.table(chart),
            legend: values.legend(),
            places: values.places(),
        })
    }

    /// Its id on the page.
    pub(super) fn name(&self) -> &str {
        &self.name
    }
}

/// An id without blanks or markup, because other elements refer to it.
fn id(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
}

/// Names a picture without a title by the heading above it.
fn named_by_heading(svg: &str, name: &str) -> String {
    svg.replacen("aria-label=\"\"", &format!("aria-labelledby=\"chart-{name}-title\""), 1)
}

/// Values by row and by series. A row holds the values of one position along the picture; in a chart of rows
/// it is one of those.
struct Values {
    along: Along,
    frame: [f64; 4],
    /// Name and position of each, in the order of positions.
    rows: Vec<(String, f64)>,
    series: Vec<String>,
    /// By row, then by series.
    points: Vec<Vec<Option<HoverPoint>>>,
}

impl Values {
    fn of(hover: Hover) -> Self {
        let (mut rows, mut series): (Vec<(String, f64, f64)>, Vec<String>) = Default::default();
        for point in &hover.points {
            let at = row_name(hover.along, point);
            if !rows.iter().any(|(known, ..)| *known == at) {
                let position = if hover.along == Along::Rows { point.y } else { point.x };
                rows.push((at, position, point.order));
            }
            let label = series_name(hover.along, point);
            if !series.iter().any(|known| known == label) {
                series.push(label.to_owned());
            }
        }
        rows.sort_by(|a, b| a.2.total_cmp(&b.2));
        let rows: Vec<(String, f64)> = rows.into_iter().map(|(at, position, _)| (at, position)).collect();
        let mut points = vec![vec![None; series.len()]; rows.len()];
        for point in hover.points {
            let row = rows.iter().position(|(at, _)| *at == row_name(hover.along, &point));
            let column = series.iter().position(|label| label == series_name(hover.along, &point));
            if let (Some(row), Some(column)) = (row, column) {
                points[row][column] = Some(point);
            }
        }
        Self { along: hover.along, frame: hover.frame, rows, series, points }
    }

    fn table(&self, chart: &Chart) -> Table {
        let labels: Vec<&str> = self.series.iter().map(String::as_str).collect();
        let (unit, at) = headings(chart, self.along);
        let mut table = Table::new(unit).words(&[at]).numbers(&labels).unsorted();
        for ((at, _), points) in self.rows.iter().zip(&self.points) {
            let value = |point: &Option<HoverPoint>| {
                point.as_ref().map_or_else(Cell::default, |point| Cell::words(&point.value))
            };
            table.row([Cell::words(at)].into_iter().chain(points.iter().map(value)).collect());
        }
        table
    }

    /// The legend of lines with different colours; empty for rows, whose names are at their left.
    fn legend(&self) -> Vec<(String, String)> {
        let color = |column: usize| self.points.iter().find_map(|points| points[column].as_ref());
        let named = self.series.iter().enumerate().filter(|(_, label)| !label.is_empty());
        let entry =
            |(column, label): (usize, &String)| Some((printable(label), printable(&color(column)?.color)));
        let legend: Vec<(String, String)> = named.filter_map(entry).collect();
        let is_distinct =
            (1..legend.len()).all(|index| legend[..index].iter().all(|(_, known)| *known != legend[index].1));
        if self.along == Along::X && is_distinct { legend } else { Vec::new() }
    }

    fn places(&self) -> String {
        let across = |point: &HoverPoint| if self.along == Along::Rows { point.x } else { point.y };
        let series = (0..self.series.len()).map(|column| {
            let points = || self.points.iter().map(|points| points[column].as_ref());
            let colors = points().map(|point| point.map_or("", |point| point.color.as_str()));
            Series {
                colors: one_if_equal(colors.collect()),
                at: points().map(|point| point.map(across)).collect(),
                x: (self.along == Along::Panels)
                    .then(|| points().map(|point| point.map(|point| point.x)).collect()),
            }
        });
        let rows = self.rows.iter().map(|(_, position)| *position).collect();
        let places = Places { along: self.along, frame: self.frame, rows, series: series.collect() };
        // Numbers and colours can always be written; a `<` would end the element that holds them.
        serde_json::to_string(&places).unwrap_or_default().replace('<', "\\u003c")
    }
}

/// The one colour of all values, or the colour of each where they differ.
fn one_if_equal(colors: Vec<&str>) -> Vec<&str> {
    let mut known = colors.iter().copied().filter(|color| !color.is_empty());
    match known.next() {
        Some(first) if known.all(|color| color == first) => vec![first],
        _ => colors,
    }
}

/// The name of a row; in a chart of rows with its note, if it has one.
fn row_name(along: Along, point: &HoverPoint) -> String {
    match along {
        Along::Rows if !point.label.is_empty() => format!("{} ({})", point.at, point.label),
        _ => point.at.clone(),
    }
}

fn series_name(along: Along, point: &HoverPoint) -> &str {
    if along == Along::Rows { "value" } else { &point.label }
}

/// The unit of a chart's values, and the heading of the first column of their table.
fn headings(chart: &Chart, along: Along) -> (&str, &str) {
    match &chart.x.kind {
        XKind::Numbers { unit, .. } if along == Along::Rows => (unit, ""),
        XKind::Dates => (&chart.y.unit, "month"),
        XKind::Years => (&chart.y.unit, "year"),
        XKind::Numbers { unit, .. } => (&chart.y.unit, unit),
    }
}

/// What the script needs in addition to the table.
#[derive(Serialize)]
struct Places<'v> {
    along: Along,
    frame: [f64; 4],
    rows: Vec<f64>,
    series: Vec<Series<'v>>,
}

#[derive(Serialize)]
struct Series<'v> {
    /// One colour for all values, or one for each.
    colors: Vec<&'v str>,
    at: Vec<Option<f64>>,
    /// Of small charts: the horizontal position of each value.
    #[serde(skip_serializing_if = "Option::is_none")]
    x: Option<Vec<Option<f64>>>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::{Layer, Line, Panel, XAxis, YAxis, theme};

    fn figure() -> Figure {
        let mut chart = Chart::new("A <b> finding", XAxis::years(), YAxis::volume("tonnes"));
        for (number, name) in ["oats", "rye"].into_iter().enumerate() {
            let points = (0..2 + number).map(|year| (2025.0 + year as f64, 1.0 + year as f64)).collect();
            chart.push(Line::new(points, theme::palette(number)).labelled(name));
        }
        Figure::new("harvest", &chart, "Two crops").expect("charts can be drawn")
    }

    #[test]
    fn the_table_has_a_row_for_each_place_and_a_column_for_each_series() {
        let table = figure().data;
        let headings: Vec<&str> = table.columns.iter().map(|column| column.title.as_str()).collect();
        assert_eq!(headings, ["year", "oats", "rye"]);
        assert_eq!(table.rows.len(), 3);
        assert_eq!(table.rows[2].cells, [Cell::words("2027"), Cell::default(), Cell::words("3.00")]);
    }

    #[test]
    fn every_value_of_the_table_has_its_place() {
        let figure = figure();
        let places: serde_json::Value = serde_json::from_str(&figure.places).expect("it is JSON");
        assert_eq!(places["rows"].as_array().map(Vec::len), Some(3));
        assert!(places["series"][0]["at"][2].is_null() && places["series"][1]["at"][2].is_number());
    }

    #[test]
    fn small_charts_have_a_column_each_and_places_of_their_own() {
        let panel = |title: &str, first: f64| Panel {
            title: title.to_owned(),
            value: String::new(),
            layers: vec![Layer::Line(Line::new(vec![(first, 1.0), (2026.0, 2.0)], theme::INK))],
        };
        let panels = vec![panel("oats", 2025.0), panel("rye", 2024.0)];
        let chart = Chart::of_panels("Two crops", XAxis::years(), YAxis::volume("tonnes"), panels);
        let figure = Figure::new("crops", &chart, "").expect("charts can be drawn");
        let titles: Vec<&str> = figure.data.columns.iter().map(|column| column.title.as_str()).collect();
        assert_eq!(titles, ["year", "oats", "rye"]);
        let rows: Vec<&[Cell]> = figure.data.rows.iter().map(|row| &row.cells[..]).collect();
        assert_eq!(rows[0], [Cell::words("2024"), Cell::default(), Cell::words("1.00")]);
        assert_eq!(rows.len(), 3);
        let places: serde_json::Value = serde_json::from_str(&figure.places).expect("it is JSON");
        let x = |series: usize| places["series"][series]["x"][2].as_f64().expect("it has a place");
        assert!(places["series"][0]["x"][0].is_null() && x(0) + 100.0 < x(1), "{places}");
    }

    #[test]
    fn the_words_of_a_chart_stand_in_its_heading_and_not_in_the_picture() {
        let Figure { title, svg, .. } = figure();
        assert_eq!(title, "A <b> finding");
        assert!(svg.contains("aria-labelledby=\"chart-harvest-title\"") && !svg.contains("finding"), "{svg}");
    }
}
