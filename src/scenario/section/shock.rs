//! `[shocks.NAME]`: what comes and goes, and what is drawn anew each time.

use super::about::Timing;
use super::product::title_from;
use crate::batch::{Number, SeriesId};
use crate::diag::Diagnostic;
use crate::dist::Distribution;
use crate::plan::ShockSpec;
use crate::sample::{Process, RecurrenceSpec};
use crate::scenario::reader::{Context, Reader};

/// The numbers of a shock's effects: those that are uncertain are drawn anew for each occurrence.
pub(super) struct Sizes {
    /// The place in which the first of them will lie, month by month.
    first: SeriesId,
    drawn: Vec<(String, Distribution)>,
}

impl Sizes {
    /// None yet. The shock's series must be the next that is added: its first two places tell when it is on.
    pub(super) fn new(context: &Context<'_>) -> Self {
        let SeriesId(on) = context.next_series();
        Self { first: SeriesId(on + 2), drawn: Vec::new() }
    }

    /// One more number.
    pub(super) fn add(&mut self, path: String, base: Distribution) -> Number {
        if let Some(value) = base.is_constant() {
            return Number::Fixed(value);
        }
        self.drawn.push((path, base));
        Number::Monthly(SeriesId(self.first.0 + self.drawn.len() - 1))
    }
}

/// When it comes and how long it stays; the sizes of its effects are still to be read.
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

/// A shock, whose effects have been read.
pub(super) fn shock(
    name: String,
    reader: &Reader<'_>,
    recurrence: RecurrenceSpec,
    sizes: Sizes,
    context: &mut Context<'_>,
) -> ShockSpec {
    if !reader.has("effects") {
        let message = format!("`{}` changes nothing: it has no effects", reader.path);
        context.report(Diagnostic::warning(reader.place, message));
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
