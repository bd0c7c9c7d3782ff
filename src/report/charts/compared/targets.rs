//! Targets of several scenarios.

use super::{MOST_TARGETS, Page};
use crate::plot::{Chart, Label, Layer, Line, Weight, XAxis, YAxis, theme};
use crate::report::charts::dates::{course_of, what_is_drawn, with_year};
use crate::report::charts::{Picture, in_title};
use crate::report::comparison::targets::shared_targets;
use crate::results::TargetResult;
use crate::units::format::chance;

impl Page<'_> {
    /// The chance of a shared target over time, for the targets whose chance differs most between scenarios.
    pub(super) fn targets(&self) -> Vec<Picture> {
        let mut shared = shared_targets(&self.comparison.scenarios);
        let gap = |of: &[Option<&TargetResult>]| {
            let chances = || of.iter().flatten().map(|target| target.chance());
            chances().fold(0.0, f64::max) - chances().fold(1.0, f64::min)
        };
        shared.sort_by(|a, b| gap(&b.1).total_cmp(&gap(&a.1)));
        let picture = |(title, of): (String, Vec<Option<&TargetResult>>)| {
            let name = of.iter().flatten().next().map(|target| target.spec.name.clone())?;
            Some(Picture { name: format!("target-{name}"), chart: self.target(&title, &of) })
        };
        shared.into_iter().take(MOST_TARGETS).filter_map(picture).collect()
    }

    fn target(&self, title: &str, of: &[Option<&TargetResult>]) -> Chart {
        let known: Vec<&TargetResult> = of.iter().copied().flatten().collect();
        // It is one target, so its first result stands for all, unless the scenarios ask for different
        // things.
        let is_date = |target: &&TargetResult| target.spec.is_date();
        let is_alike = known.windows(2).all(|pair| is_date(&pair[0]) == is_date(&pair[1]));
        let drawn = if is_alike { &known[..known.len().min(1)] } else { &known[..] };
        let what = format!("{}; number: in the target's year", what_is_drawn(drawn));
        let mut chart =
            self.chart(self.target_title(title, of), &what, XAxis::dates(), YAxis::share("chance"));
        let start = self.comparison.scenarios[0].info.horizon.start;
        chart.x.from = Some(start.as_years());
        for (index, target) in of.iter().enumerate() {
            let Some(target) = target else { continue };
            let result = &self.comparison.scenarios[index];
            let line = Line {
                weight: Weight::Strong,
                dashed: index % 2 == 1,
                ..Line::new(course_of(target, result), theme::palette(index))
            };
            let label = format!("{} {}", self.names[index], with_year(target, result));
            chart.push(Layer::Steps(line.labelled(Label::new(label))));
        }
        chart
    }

    /// `Exports double: highest chance 69%, in Bridge; lowest 12%, in Baseline`.
    fn target_title(&self, title: &str, of: &[Option<&TargetResult>]) -> String {
        let mut said: Vec<(f64, &String)> = of
            .iter()
            .zip(&self.names)
            .filter_map(|(target, name)| target.map(|target| (target.chance(), name)))
            .collect();
        said.sort_by(|a, b| b.0.total_cmp(&a.0));
        let say = |(p, name): &(f64, &String)| format!("{} in {}", chance(*p), in_title(name));
        let title = in_title(title);
        match &said[..] {
            [] => title,
            [only] => format!("{title}: {}", say(only)),
            [first, .., last] if chance(first.0) == chance(last.0) => {
                format!("{title}: {} in every scenario", chance(first.0))
            }
            [first, last] => format!("{title}: {}, {}", say(first), say(last)),
            [first, .., last] => format!(
                "{title}: highest chance {}, in {}; lowest {}, in {}",
                chance(first.0),
                in_title(first.1),
                chance(last.0),
                in_title(last.1)
            ),
        }
    }
}
