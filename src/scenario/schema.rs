//! The JSON Schema of scenario files, made from the same fields as the reader.
//!
//! It follows draft 7, which editors support: they complete keys, show their meaning and underline mistakes.

use super::field::{Domain, EVIDENCE, Field, Kind, MONTHS_OF_YEAR, ROOT, short_month};
use serde_json::{Map, Value, json};

/// The schema of a scenario file.
///
/// # Panics
/// Never: a table's schema is an object.
pub fn schema() -> Value {
    let mut schema = table(ROOT, false);
    let object = schema.as_object_mut().expect("a table's schema is an object");
    object.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
    object.insert("title".to_owned(), json!("A scenario of a trade corridor"));
    object.insert("definitions".to_owned(), definitions());
    // A layer may state only some of the sections, so no section is required in a single file.
    object.shift_remove("required");
    schema
}

/// The schema as the text that `simulate schema` prints.
pub fn schema_text() -> String {
    let mut text = serde_json::to_string_pretty(&schema()).unwrap_or_default();
    text.push('\n');
    text
}

fn definitions() -> Value {
    let evidence = |value: Value| {
        let mut properties = Map::new();
        properties.insert("value".to_owned(), value);
        for field in &EVIDENCE[1..] {
            properties.insert(field.key.to_owned(), described(field));
        }
        properties["confidence"]["enum"] = json!(["low", "medium", "high"]);
        json!({
            "type": "object", "properties": properties, "required": ["value"], "additionalProperties": false
        })
    };
    let with_evidence = |value: Value| json!({ "anyOf": [value.clone(), evidence(value)] });
    json!({
        "quantity": with_evidence(json!({ "type": ["number", "string"] })),
        "month": with_evidence(json!({ "type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$" })),
        "season": with_evidence(json!({
            "type": "array", "items": { "type": "number", "minimum": 0 }, "minItems": 12, "maxItems": 12
        })),
        "months": with_evidence(json!({
            "type": "array", "items": { "enum": months_of_year() }, "minItems": 1, "uniqueItems": true
        })),
    })
}

/// The short names, then the long ones except `may`, which is the same in both.
fn months_of_year() -> Vec<&'static str> {
    let long = MONTHS_OF_YEAR.into_iter().filter(|month| month.len() > 3);
    MONTHS_OF_YEAR.iter().map(|month| short_month(month)).chain(long).collect()
}

/// A table's schema. A layer may leave out keys that another one states, so only the schema of evidence has
/// `required` keys; the others are checked by the reader.
fn table(fields: &[Field], named: bool) -> Value {
    let properties: Map<String, Value> =
        fields.iter().map(|field| (field.key.to_owned(), described(field))).collect();
    let object = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    if named { json!({ "type": "object", "additionalProperties": object }) } else { object }
}

fn described(field: &Field) -> Value {
    let mut schema = kind(field.kind);
    if let Some(object) = schema.as_object_mut() {
        let example =
            if field.example.is_empty() { String::new() } else { format!(" Example: {}", field.example) };
        let range = range(field.kind);
        object.insert("description".to_owned(), json!(format!("{}{range}{example}", field.meaning)));
    }
    schema
}

/// The range of its numbers in words, if it is limited.
fn range(kind: Kind) -> String {
    match kind {
        Kind::Quantity { domain, .. } | Kind::Loadings { domain, .. } if domain != Domain::Any => {
            format!(" Must be {}.", domain.in_words())
        }
        _ => String::new(),
    }
}

fn kind(kind: Kind) -> Value {
    let strings = || json!({ "type": "array", "items": { "type": "string" } });
    // In draft 7 keywords beside a `$ref` are ignored, so the `$ref` is put into an `allOf`.
    let reference = |name: &str| json!({ "allOf": [{ "$ref": format!("#/definitions/{name}") }] });
    match kind {
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Word(words) => json!({ "type": "string", "enum": words }),
        Kind::Text | Kind::Name(_) | Kind::Path(_) | Kind::Moment => json!({ "type": "string" }),
        Kind::Month => reference("month"),
        Kind::Count { min, max } => json!({ "type": "integer", "minimum": min, "maximum": max }),
        Kind::Weight => json!({ "type": "number", "minimum": 0 }),
        Kind::Quantity { .. } | Kind::Constant(_) | Kind::AnyQuantity => reference("quantity"),
        Kind::Season => reference("season"),
        Kind::Months => reference("months"),
        Kind::Loadings { .. } | Kind::Correlations => json!({
            "type": "object", "additionalProperties": { "$ref": "#/definitions/quantity" }
        }),
        Kind::Names(_) | Kind::Texts => strings(),
        Kind::Files | Kind::Milestones => json!({ "anyOf": [{ "type": "string" }, strings()] }),
        Kind::Table(fields) => table(fields, false),
        Kind::Tables(fields) => table(fields, true),
        Kind::History => json!({
            "type": "object",
            "additionalProperties": {
                "type": "object", "additionalProperties": { "$ref": "#/definitions/quantity" }
            }
        }),
        Kind::Origin => json!({ "type": "object", "additionalProperties": { "type": "string" } }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_in_the_schema_with_its_meaning() {
        fn visit(fields: &[Field], schema: &Value) {
            for field in fields {
                let here = &schema["properties"][field.key];
                let text = here["description"].as_str().expect(field.key);
                assert!(text.starts_with(field.meaning), "{}", field.key);
                match field.kind {
                    Kind::Table(inner) => visit(inner, here),
                    Kind::Tables(inner) => visit(inner, &here["additionalProperties"]),
                    _ => {}
                }
            }
        }
        visit(ROOT, &schema());
    }
}
