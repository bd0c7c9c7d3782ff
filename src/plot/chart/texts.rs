//! A visitor of all texts of a chart.

use super::{Chart, Label, Layer, Panel, Rows, XKind};

impl Chart {
    /// Calls `visit` with every text, to be read or changed.
    pub(in super::super) fn each_text(&mut self, visit: &mut impl FnMut(&mut String)) {
        [&mut self.title, &mut self.subtitle, &mut self.source, &mut self.y.unit]
            .into_iter()
            .for_each(&mut *visit);
        if let XKind::Numbers { unit, .. } = &mut self.x.kind {
            visit(unit);
        }
        self.layers.iter_mut().for_each(|layer| in_layer(layer, visit));
    }
}

fn in_layer(layer: &mut Layer, visit: &mut impl FnMut(&mut String)) {
    match layer {
        Layer::Band(band) => in_label(&mut band.label, visit),
        Layer::Line(line) | Layer::Steps(line) => in_label(&mut line.label, visit),
        Layer::Dots(dots) => in_label(&mut dots.label, visit),
        Layer::Intervals(intervals) => in_label(&mut intervals.label, visit),
        Layer::Areas(stack) | Layer::Bars(stack) => {
            stack.series.iter_mut().for_each(|series| visit(&mut series.label));
        }
        Layer::Marker(marker) => visit(&mut marker.label),
        Layer::Note(note) => visit(&mut note.text),
        Layer::Rows(rows) => in_rows(rows, visit),
        Layer::Panels(panels) => panels.iter_mut().for_each(|panel| in_panel(panel, visit)),
    }
}

fn in_label(label: &mut Option<Label>, visit: &mut impl FnMut(&mut String)) {
    if let Some(label) = label {
        visit(&mut label.text);
    }
}

fn in_rows(rows: &mut Rows, visit: &mut impl FnMut(&mut String)) {
    visit(&mut rows.column);
    rows.key.iter_mut().for_each(|key| visit(&mut key.text));
    for row in &mut rows.rows {
        [&mut row.name, &mut row.note, &mut row.before, &mut row.after, &mut row.value]
            .into_iter()
            .for_each(&mut *visit);
    }
}

fn in_panel(panel: &mut Panel, visit: &mut impl FnMut(&mut String)) {
    visit(&mut panel.title);
    visit(&mut panel.value);
    panel.layers.iter_mut().for_each(|layer| in_layer(layer, visit));
}
