//! `[shocks.NAME]`: their occurrences, and the sizes of their effects, which are drawn anew for each
//! occurrence.

use super::about::Timing;
use super::product::title_from;
use crate::batch::{Number, SeriesId};
use crate::diag::Diagnostic;
use crate::dist::Distribution;
use crate::plan::ShockSpec;
use crate::sample::{Process, RecurrenceSpec};
use crate::scenario::reader::{Context, Reader};

/// The numbers of a shock's effects: uncertain ones are drawn anew for each occurrence.
pub(super) struct Sizes {
    /// The index of the series that will hold the first of them, month by month.
    first: SeriesId,
    drawn: Vec<(String, Distribution)>,
}

impl Sizes {
    /// No numbers yet. The shock must be the next series that is added: its first two indices hold whether it
    /// is on.
    pub(super) fn new(context: &Context<'_>) -> Self {
        let SeriesId(on) = context.next_series();
        Self { first: SeriesId(on + 2), drawn: Vec::new() }
    }

    /// Adds a number.
    pub(super) fn add(&mut self, path: String, base: Distribution) -> Number {
        if let Some(value) = base.is_constant() {
            return Number::Fixed(value);
        }
        self.drawn.push((path, base));
        Number::Monthly(SeriesId(self.first.0 + self.drawn.len() - 1))
    }
}

/// The on–off renewal process of a shock: when it starts and how long it lasts. The sizes of its effects are
/// added later.
pub(super) fn recurrence(reader: &Reader<'_>, timing: Timing, context: &mut Context<'_>) -> RecurrenceSpec {
    RecurrenceSpec {
        rate: reader.number("rate", context).unwrap_or(Number::Fixed(0.0)),
        duration_months: reader
            .distribution("duration", context)
            .unwrap_or_else(|| Distribution::constant(1.0)),
        months: reader.months_of_year("months", context),
        first_month: timing.first_calendar_month(),
        sizes: Vec::new(),
    }
}

/// Adds a shock whose effects have been read.
pub(super) fn shock(
    name: String,
    reader: &Reader<'_>,
    recurrence: RecurrenceSpec,
    sizes: Sizes,
    context: &mut Context<'_>,
) -> ShockSpec {
    if !reader.has("effects") {
        let message = format!("`{}` changes nothing: it has no effects", reader.path);
        context.report(Diagnostic::warning(reader.span, message));
    }
    let spec = RecurrenceSpec { sizes: sizes.drawn, ..recurrence };
    let on = context.add_series(reader.path.clone(), Process::Recurrence(spec));
    ShockSpec {
        title: reader.text("title", context).unwrap_or_else(|| title_from(&name)),
        on,
        spread: SeriesId(on.0 + 1),
        name,
    }
}
