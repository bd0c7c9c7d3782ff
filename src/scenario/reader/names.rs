//! Keys that hold months or refer to names of other sections.

use super::{Context, Reader};
use crate::diag::{Diagnostic, nearest};
use crate::plan::Milestone;
use crate::scenario::field::{Kind, MONTHS_OF_YEAR, short_month};
use crate::scenario::register;
use crate::scenario::tree::{Node, Value};
use crate::scenario::value::Stated;
use crate::time::Month;

impl Reader<'_> {
    /// A month, with or without evidence.
    pub(in crate::scenario) fn month(&self, key: &str, context: &mut Context<'_>) -> Option<Month> {
        let stated = self.stated(key, context)?;
        self.month_of(key, &stated, context)
    }

    fn month_of(&self, key: &str, stated: &Stated<'_>, context: &mut Context<'_>) -> Option<Month> {
        let Value::Text(text) = &stated.value.value else {
            self.wrong(key, stated.value, "a month in quotes", context);
            return None;
        };
        match text.trim().parse::<Month>() {
            Ok(month) => Some(month),
            Err(error) => {
                context.report(
                    Diagnostic::error(stated.value.span, format!("`{text}` is no month"))
                        .help(error.to_string()),
                );
                None
            }
        }
    }

    /// A month that is an assumption and is entered in the register.
    pub(in crate::scenario) fn assumed_month(&self, key: &str, context: &mut Context<'_>) -> Option<Month> {
        let stated = self.stated(key, context)?;
        let month = self.month_of(key, &stated, context)?;
        context.assumptions.push(register::plain(&self.path_of(key), &stated, context));
        Some(month)
    }

    /// Months of the year, January first; all of them when the key is missing.
    pub(in crate::scenario) fn months_of_year(&self, key: &str, context: &mut Context<'_>) -> [bool; 12] {
        let Some(stated) = self.stated(key, context) else { return [true; 12] };
        let names = self.texts_in(key, stated.value, "a list of months of the year", context);
        let mut chosen = [false; 12];
        for (name, node) in &names {
            match month_of_year(name) {
                Some(month) if chosen[month] => {
                    let message = format!("`{name}` is in `{}` already", self.path_of(key));
                    context.report(Diagnostic::error(node.span, message));
                }
                Some(month) => chosen[month] = true,
                None => report_no_month(name, node, context),
            }
        }
        if let Value::Array(items) = &stated.value.value
            && items.is_empty()
        {
            let message = format!("`{}` names no month: it would never happen", self.path_of(key));
            context.report(Diagnostic::error(stated.value.span, message).help("leave it out for all months"));
        }
        let written = names.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
        let entry = register::plain(&self.path_of(key), &stated, context);
        context.assumptions.push(crate::plan::Assumption { written, ..entry });
        chosen
    }

    /// A reference to a name of another section.
    pub(in crate::scenario) fn name(&self, key: &str, context: &mut Context<'_>) -> Option<usize> {
        let node = self.node(key)?;
        let Kind::Name(section) = self.field(key).kind else { unreachable!("`{key}` is a name") };
        let text = self.text(key, context)?;
        context.resolve(section, &text, node.span)
    }

    /// References to names of another section.
    pub(in crate::scenario) fn name_list(&self, key: &str, context: &mut Context<'_>) -> Option<Vec<usize>> {
        let node = self.node(key)?;
        let Kind::Names(section) = self.field(key).kind else { unreachable!("`{key}` is a list of names") };
        let names = self.texts_in(key, node, "a list of names", context);
        Some(names.into_iter().filter_map(|(name, node)| context.resolve(section, name, node.span)).collect())
    }

    /// References to events and projects: one name, or a list.
    pub(in crate::scenario) fn milestones(&self, key: &str, context: &mut Context<'_>) -> Vec<Milestone> {
        let Some(node) = self.node(key) else { return Vec::new() };
        let names = match &node.value {
            Value::Text(name) => vec![(name.as_str(), node)],
            _ => self.texts_in(key, node, "a name or a list of names", context),
        };
        names.into_iter().filter_map(|(name, node)| context.milestone(name, node.span)).collect()
    }

    /// The texts of a list, each with its node.
    pub(super) fn texts_in<'n>(
        &self,
        key: &str,
        node: &'n Node,
        expected: &str,
        context: &mut Context<'_>,
    ) -> Vec<(&'n str, &'n Node)> {
        let Value::Array(items) = &node.value else {
            self.wrong(key, node, expected, context);
            return Vec::new();
        };
        // Only the first item that is not a text is reported.
        if let Some(item) = items.iter().find(|item| !matches!(item.value, Value::Text(_))) {
            self.wrong(key, item, expected, context);
        }
        let text = |item: &'n Node| match &item.value {
            Value::Text(text) => Some((text.as_str(), item)),
            _ => None,
        };
        items.iter().filter_map(text).collect()
    }
}

fn report_no_month(name: &str, node: &Node, context: &mut Context<'_>) {
    let problem = Diagnostic::error(node.span, format!("`{name}` is no month of the year"));
    let known = MONTHS_OF_YEAR.iter().flat_map(|month| [*month, short_month(month)]);
    context.report(match nearest(&name.to_ascii_lowercase(), known) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => problem.help("months are written `jan`, `feb`, … or `january`, `february`, …"),
    });
}

/// The index in the year, from 0, of a month's name, which may be abbreviated to three letters or more.
fn month_of_year(name: &str) -> Option<usize> {
    let name = name.trim().to_ascii_lowercase();
    let is_long_enough = name.len() >= 3;
    MONTHS_OF_YEAR.iter().position(|month| is_long_enough && month.starts_with(&name))
}
