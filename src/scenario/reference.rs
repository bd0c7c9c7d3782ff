//! The reference page of the guide, generated from the registries of keys, distributions and units.

use super::field::{Domain, EVIDENCE, Field, Kind, ROOT};
use crate::dist;
use crate::units::Unit;
use std::fmt::Write as _;

const HEADING: &str = "# Reference\n\n\
    Generated from the program's registries; a test checks that it is current. \
    Some layer must state the keys in **bold**.\n";

/// The page as Markdown.
pub fn reference() -> String {
    let mut text = String::from(HEADING);
    sections("", ROOT, &mut text);
    text.push_str("\n## Evidence beside a value\n");
    fields(EVIDENCE, &mut text);
    distributions(&mut text);
    let units: Vec<String> = Unit::spellings().map(|unit| format!("`{unit}`")).collect();
    line(
        &mut text,
        format!("\n## Units\n\n{}; joined by `/`: `kt/year`, `USD/t`, `% /year`.", units.join(", ")),
    );
    text
}

fn line(text: &mut String, words: impl AsRef<str>) {
    // Writing to a string can't fail.
    let _ = writeln!(text, "{}", words.as_ref());
}

/// A heading and a table for this list of fields, then for every table inside it.
fn sections(path: &str, list: &[Field], text: &mut String) {
    let heading = if path.is_empty() { "The whole file".to_owned() } else { format!("`[{path}]`") };
    line(text, format!("\n## {heading}"));
    fields(list, text);
    for field in list {
        let inside = if path.is_empty() { field.key.to_owned() } else { format!("{path}.{}", field.key) };
        match field.kind {
            Kind::Table(inner) => sections(&inside, inner, text),
            Kind::Tables(inner) => sections(&format!("{inside}.NAME"), inner, text),
            _ => {}
        }
    }
}

fn fields(list: &[Field], text: &mut String) {
    line(text, "\n| key | holds | meaning | example |\n|---|---|---|---|");
    for field in list {
        let key = if field.required { format!("**`{}`**", field.key) } else { format!("`{}`", field.key) };
        let example = if field.example.is_empty() { String::new() } else { format!("`{}`", field.example) };
        line(text, format!("| {key} | {} | {} | {example} |", holds(field.kind), field.meaning));
    }
}

fn holds(kind: Kind) -> String {
    match kind {
        Kind::Text => "text".to_owned(),
        Kind::Month => "month".to_owned(),
        Kind::Months => "a list of months of the year".to_owned(),
        Kind::Moment => "a month, or a name of `[events]` or `[projects]`".to_owned(),
        Kind::Milestones => "a name or a list of names of `[events]` and `[projects]`".to_owned(),
        Kind::Flag => "`true` or `false`".to_owned(),
        Kind::Word(words) => words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" or "),
        Kind::Count { .. } => "whole number".to_owned(),
        Kind::Weight => "number of zero or more".to_owned(),
        Kind::Quantity { dimension, domain } => format!("{dimension}, {}", domain.in_words()),
        Kind::Constant(dimension) => format!("{dimension}, the same in all runs"),
        Kind::AnyQuantity => "what its metric or parameter measures".to_owned(),
        Kind::Name(section) => format!("a name of `[{section}]`"),
        Kind::Names(section) => format!("names of `[{section}]`"),
        Kind::Loadings { section, domain } => {
            format!("names of `[{section}]`, each with a number {}", domain.in_words())
        }
        Kind::Correlations => {
            format!(
                "pairs of names, each with a number {}, the same in all runs",
                Domain::Correlation.in_words()
            )
        }
        Kind::Path(what) => format!("path of a {what}"),
        Kind::Season => "twelve numbers".to_owned(),
        Kind::Table(_) => "table".to_owned(),
        Kind::Tables(_) => "named tables".to_owned(),
        Kind::History => "years by metric".to_owned(),
        Kind::Files => "a file or a list of files".to_owned(),
        Kind::Texts => "a list of texts".to_owned(),
        Kind::Origin => "files by path".to_owned(),
    }
}

fn distributions(text: &mut String) {
    line(
        text,
        "\n## Distributions\n\nA plain number is the same in all runs; `a to b` is a 90% interval, \
         lognormal if both ends are positive, otherwise normal.",
    );
    for family in dist::families() {
        let also: Vec<String> = family.also.iter().map(|name| format!(", also `{name}`")).collect();
        line(text, format!("\n### `{}`{}\n\n{}", family.name, also.concat(), family.summary));
        if !family.formula.is_empty() {
            line(text, format!("\n```text\n{}\n```", family.formula));
        }
        for form in family.forms {
            let names: Vec<&str> = form.parameters.iter().map(|parameter| parameter.name).collect();
            line(
                text,
                format!("\n- `{}({})`, for example `{}`", family.name, names.join(", "), form.example),
            );
            for parameter in form.parameters {
                line(text, format!("  - {}", words(parameter)));
            }
        }
    }
}

/// A parameter: its meaning, its range, its default.
fn words(parameter: &dist::Parameter) -> String {
    let default = parameter.default.map_or(String::new(), |default| format!("; {default} unless given"));
    format!("`{}`: {}; {}{default}", parameter.name, parameter.meaning, parameter.range)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the test renews the page when asked to")]
    fn the_reference_page_is_fresh() {
        let page = concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/reference.md");
        if std::env::var_os("CORRIDOR_BLESS").is_some() {
            std::fs::write(page, reference()).expect("the page can be written");
        }
        let stored = std::fs::read_to_string(page).expect("the page is there");
        let fresh = reference();
        let differs = stored.lines().zip(fresh.lines()).find(|(stored, fresh)| stored != fresh);
        assert!(
            stored == fresh,
            "run CORRIDOR_BLESS=1 cargo test the_reference_page_is_fresh; differs: {differs:?}"
        );
    }
}
