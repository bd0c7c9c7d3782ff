//! Fans of several scenarios: over one another, and side by side.

use super::{MOST_FANS, Page, extremes};
use crate::compare::FigureComparison;
use crate::plot::{Band, Chart, Label, Layer, Panel, Strength, YAxis, theme};
use crate::report::charts::{in_title, mass_axis};
use crate::report::digits::Digits;
use crate::results::Summary;
use crate::units::Dimension;

impl Page<'_> {
    /// `Median exports in 2030: highest in Bridge, 33.3 kt; lowest in Baseline, 31.3 kt`.
    fn fans_title(&self) -> String {
        let last = self.last();
        let (top, bottom) = extremes(&last.values);
        let digits = Digits::of(Dimension::MASS, &last.values);
        let middle = |place: usize| digits.values.with_unit(last.values[place].median());
        if top == bottom {
            format!("Median exports in {} are {} in every scenario", self.year(), middle(top))
        } else {
            format!(
                "Median exports in {}: highest in {}, {}; lowest in {}, {}",
                self.year(),
                in_title(&self.names[top]),
                middle(top),
                in_title(&self.names[bottom]),
                middle(bottom)
            )
        }
    }

    /// Fans over one another while they can be distinguished; of more scenarios the medians.
    pub(super) fn fans(&self) -> Chart {
        let few = self.names.len() <= MOST_FANS;
        let what = if few {
            "Total exports by year: median, 50% interval (tint) and 90% interval (thin lines)"
        } else {
            "Total exports by year: median of each scenario"
        };
        let mut chart = self.chart(
            self.fans_title(),
            what,
            self.years_axis(),
            YAxis::volume(mass_axis(self.scale, self.per())),
        );
        for place in (0..self.names.len()).filter(|_| few) {
            let color = theme::palette(place);
            let wide = self.yearly(self.scale, |figure| figure.values[place].interval_90());
            chart.push(Band::new(wide, color, Strength::NineInTen).outlined());
            let half = self.yearly(self.scale, |figure| figure.values[place].interval_50());
            chart.push(Band::new(half, color, Strength::NineInTen));
        }
        for (place, name) in self.names.iter().enumerate() {
            let line = self.line(self.scale, |figure| figure.values[place].median(), theme::palette(place));
            chart.push(line.labelled(Label::new(name.clone()).with_value()));
            for part in self.parts_of_fan(place, self.names.len()) {
                chart.push(part);
            }
        }
        self.history(&mut chart);
        chart
    }

    /// The fans of many scenarios, side by side on one scale, each with the median of the first scenario.
    pub(super) fn fans_apart(&self) -> Option<Chart> {
        if self.names.len() <= MOST_FANS {
            return None;
        }
        let top = |figure: &&FigureComparison| {
            figure.values.iter().map(|value| value.interval_90().1).fold(0.0, f64::max)
        };
        let mut y = YAxis::volume(mass_axis(self.scale, self.per()));
        y.max = Some(self.volumes.iter().map(top).fold(0.0, f64::max) / self.scale.factor);
        let what = format!(
            "Total exports by year: median, 50% interval and 90% interval; black: the median of {}",
            self.names[0]
        );
        let mut chart = self.chart(self.fans_title(), &what, self.years_axis(), y);
        let digits = Digits::of(Dimension::MASS, &self.last().values);
        let panel = |(place, name): (usize, &String)| Panel {
            title: name.clone(),
            value: digits.values.show(self.last().values[place].median()),
            layers: self.fan(place),
        };
        chart.push(Layer::Panels(self.names.iter().enumerate().map(panel).collect()));
        Some(chart)
    }

    /// The bands of a scenario, the median of the first below its own.
    fn fan(&self, place: usize) -> Vec<Layer> {
        let color = theme::palette(place);
        let band = |pick: fn(&Summary) -> (f64, f64), strength| {
            let range = self.yearly(self.scale, |figure| pick(&figure.values[place]));
            Layer::Band(Band::new(range, color, strength))
        };
        let median =
            |of: usize, color| Layer::Line(self.line(self.scale, |figure| figure.values[of].median(), color));
        let mut layers =
            vec![band(Summary::interval_90, Strength::NineInTen), band(Summary::interval_50, Strength::Half)];
        layers.extend((place > 0).then(|| median(0, theme::INK)));
        layers.push(median(place, color));
        layers.extend(self.parts_of_fan(place, 1));
        layers
    }

    fn parts_of_fan(&self, place: usize, of: usize) -> Vec<Layer> {
        let range = |figure: &FigureComparison| figure.values[place].interval_90();
        self.parts_of_years(self.scale, (place, of), range, |figure| figure.values[place].median())
    }
}
