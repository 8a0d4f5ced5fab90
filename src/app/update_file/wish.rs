//! One change as the list of them says it: which forms there are, and what is wrong with one that is none of these. Looks nothing up.

use serde::Deserialize;
use serde_json::{Map, Value as Json};

/// A row by its table and ref. The table may be left out where there is one plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RowName {
    #[serde(default)]
    pub table: Option<String>,
    #[serde(rename = "ref")]
    pub reference: String,
}

/// One change.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Wish {
    /// The cell at a place such as `Action Plan!G19`.
    Place {
        place: String,
        value: String,
    },
    /// The cell of a row in the column of a role, or of a heading.
    Cell {
        row: RowName,
        column: String,
        value: String,
    },
    InsertAfter {
        row: RowName,
        cells: Vec<(String, String)>,
    },
    Delete {
        row: RowName,
    },
    Move {
        row: RowName,
        after: String,
    },
}

impl Wish {
    /// What a change says.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn of(json: &Json) -> Result<Self, String> {
        let Some(object) = json.as_object() else {
            return Err("it is no object such as {\"place\": \"Plan!G19\", \"value\": \"Complete\"}".to_owned());
        };
        let known = |names: &[&str]| match object.keys().find(|key| !names.contains(&key.as_str())) {
            Some(key) => Err(format!("“{key}” is not known here")),
            None => Ok(()),
        };
        if object.contains_key("place") {
            known(&["place", "value"])?;
            return Ok(Self::Place { place: text(object, "place")?, value: value(object)? });
        }
        if let Some(row) = object.get("insert_after") {
            known(&["insert_after", "cells"])?;
            let cells = object.get("cells").and_then(Json::as_object).ok_or("“cells” is missing: {\"action\": \"…\"}")?;
            let cells: Result<_, String> = cells.iter().map(|(column, value)| Ok((column.clone(), written(value)?))).collect();
            return Ok(Self::InsertAfter { row: row_name(row)?, cells: cells? });
        }
        if let Some(row) = object.get("delete") {
            known(&["delete"])?;
            return Ok(Self::Delete { row: row_name(row)? });
        }
        if let Some(row) = object.get("move") {
            known(&["move", "after"])?;
            return Ok(Self::Move { row: row_name(row)?, after: text(object, "after")? });
        }
        if object.contains_key("ref") {
            known(&["table", "ref", "role", "column", "value"])?;
            let table = object.get("table").map(|_| text(object, "table")).transpose()?;
            let column = if object.contains_key("column") { text(object, "column")? } else { text(object, "role")? };
            return Ok(Self::Cell { row: RowName { table, reference: text(object, "ref")? }, column, value: value(object)? });
        }
        Err("it says neither “place”, “ref”, “insert_after”, “delete” nor “move”".to_owned())
    }
}

fn row_name(json: &Json) -> Result<RowName, String> {
    serde_json::from_value(json.clone()).map_err(|_| "a row is named as {\"table\": \"…\", \"ref\": \"…\"}".to_owned())
}

fn text(object: &Map<String, Json>, name: &str) -> Result<String, String> {
    object.get(name).and_then(Json::as_str).map(str::to_owned).ok_or_else(|| format!("“{name}” is missing, or no text"))
}

fn value(object: &Map<String, Json>) -> Result<String, String> {
    written(object.get("value").ok_or("“value” is missing")?)
}

/// A value as it would be typed.
fn written(json: &Json) -> Result<String, String> {
    match json {
        Json::String(text) => Ok(text.clone()),
        Json::Number(number) => Ok(number.to_string()),
        Json::Null => Ok(String::new()),
        Json::Bool(truth) => Ok(if *truth { "TRUE" } else { "FALSE" }.to_owned()),
        Json::Array(_) | Json::Object(_) => Err("a value is a text, a number or null".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_form_is_read_and_any_other_is_explained() {
        let row = |reference: &str| RowName { table: Some("Plan".to_owned()), reference: reference.to_owned() };
        let place = Wish::of(&json!({ "place": "Plan!G19", "value": 75 })).unwrap();
        assert_eq!(place, Wish::Place { place: "Plan!G19".to_owned(), value: "75".to_owned() });
        let cell = Wish::of(&json!({ "table": "Plan", "ref": "1.2", "role": "status", "value": null })).unwrap();
        assert_eq!(cell, Wish::Cell { row: row("1.2"), column: "status".to_owned(), value: String::new() });
        let moved = Wish::of(&json!({ "move": { "table": "Plan", "ref": "1.2" }, "after": "1.4" })).unwrap();
        assert_eq!(moved, Wish::Move { row: row("1.2"), after: "1.4".to_owned() });
        for (wrong, why) in [
            (json!(7), "it is no object"),
            (json!({ "place": "A1" }), "“value” is missing"),
            (json!({ "place": "A1", "value": [] }), "a value is a text"),
            (json!({ "place": "A1", "value": 1, "row": 2 }), "“row” is not known here"),
            (json!({ "delete": { "row": 3 } }), "a row is named as"),
            (json!({ "insert_after": { "ref": "1" } }), "“cells” is missing"),
            (json!({}), "it says neither"),
        ] {
            let said = Wish::of(&wrong).unwrap_err();
            assert!(said.starts_with(why), "{wrong}: {said}");
        }
    }
}
