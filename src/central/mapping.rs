//! Which value of a plan fills which cell of a form, as it is remembered and written in files. Looks nothing up.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::Status;

/// What fills a form.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormMapping {
    /// The names of the form's sheets, by which it is known again.
    #[serde(default)]
    pub sheets: Vec<String>,
    /// Single cells.
    #[serde(default)]
    pub cells: Vec<MappedCell>,
    /// Rows of a table of inputs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<MappedRows>,
    /// The explanations of checks that are not met, by the places of the checks.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub explanations: BTreeMap<String, String>,
    /// What stands for the letters of the file name that the form asks for, such as `RRR`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub file_name: BTreeMap<String, String>,
}

/// What fills a cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MappedCell {
    /// Such as `Progress!E8`.
    pub cell: String,
    /// What the form calls it, by which it is found again where it moved.
    #[serde(default)]
    pub label: String,
    /// Nothing where it stays as it is.
    #[serde(default)]
    pub from: Option<Source>,
    /// Whether the program proposed it, and nobody looked at it yet.
    #[serde(default, skip_serializing_if = "is_false")]
    pub proposed: bool,
}

/// Rows of a table of inputs that the rows of a table of the plan fill, one each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MappedRows {
    pub sheet: String,
    /// As Excel counts them, both included.
    pub first_row: u32,
    pub last_row: u32,
    /// The table of the plan, by its name; where it is left out, the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
    /// Only rows with these statuses; all where it is empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub only: Vec<Status>,
    /// The letters of the column of the form that names the row to take: by its ref or its words. Where it is left out, the rows follow in
    /// their order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub named_in: Option<String>,
    /// By the letters of the form's columns: the column of the plan, by its role or heading.
    pub columns: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub proposed: bool,
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Source {
    /// How many actions or lines have a status, or how many there are.
    Count(Count),
    /// A cell of a row, such as a KPI's current value.
    Cell(RowCell),
    /// A labelled value above the tables, such as `Owner`.
    Field(String),
    /// A day.
    Date(Day),
    /// The same words each time.
    Text(String),
}

/// A count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Count {
    /// All where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    #[serde(default)]
    pub of: Counted,
    /// Whether it is the share of all.
    #[serde(default, skip_serializing_if = "is_false")]
    pub share: bool,
}

/// What is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    /// An action with several lines counts once, by its worst status.
    #[default]
    Actions,
    Lines,
    /// Unfinished lines past their end; a status is not asked.
    Overdue,
}

/// A cell of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowCell {
    /// The table by its name; where it is left out, the first that has the row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
    /// The row by its ref, or by its words.
    #[serde(rename = "ref")]
    pub reference: String,
    /// The column by its role or heading; `rating` of a KPI without such a column is the one worked out.
    pub column: String,
}

/// A day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Day {
    Today,
    /// The day that the plan is judged at: the one given, its review date, or today.
    AsOf,
}

fn is_false(value: &bool) -> bool {
    !value
}

impl FormMapping {
    /// What is said for a cell.
    #[must_use]
    pub fn cell(&self, place: &str) -> Option<&MappedCell> {
        self.cells.iter().find(|mapped| mapped.cell == place)
    }

    /// The mapping once its owner filled a form with it: nothing of it is only proposed any more, and what explained the checks of that return
    /// explains no other.
    #[must_use]
    pub fn looked_at(mut self) -> Self {
        self.cells.iter_mut().for_each(|mapped| mapped.proposed = false);
        self.rows.iter_mut().for_each(|rows| rows.proposed = false);
        self.explanations.clear();
        self
    }

    /// Sets what fills a cell; nothing leaves it as it is.
    pub fn set(&mut self, place: &str, label: &str, from: Option<Source>) {
        let new = MappedCell { cell: place.to_owned(), label: label.to_owned(), from, proposed: false };
        match self.cells.iter_mut().find(|mapped| mapped.cell == place) {
            Some(held) => *held = new,
            None => self.cells.push(new),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_is_written_and_read_as_the_guide_says() {
        let text = r#"{
            "sheets": ["Return"],
            "cells": [
                {"cell": "Return!C5", "label": "Number of actions complete", "from": {"count": {"status": "complete"}}},
                {"cell": "Return!C6", "from": {"cell": {"ref": "KPI3", "column": "current"}}},
                {"cell": "Return!C7", "from": {"field": "Owner"}},
                {"cell": "Return!C8", "from": {"date": "today"}},
                {"cell": "Return!C9", "from": {"text": "Yes"}},
                {"cell": "Return!C10"}
            ],
            "rows": [{"sheet": "Actions", "first_row": 5, "last_row": 24, "only": ["major_problems"], "columns": {"B": "action", "C": "status"}}],
            "explanations": {"Checks!E4": "One grant came late"},
            "file_name": {"RRR": "007"}
        }"#;
        let mapping: FormMapping = serde_json::from_str(text).unwrap();
        assert_eq!(mapping.cells.len(), 6);
        assert_eq!(mapping.cells[1].from, Some(Source::Cell(RowCell { table: None, reference: "KPI3".into(), column: "current".into() })));
        assert_eq!(mapping.cells[5].from, None);
        let again: FormMapping = serde_json::from_str(&serde_json::to_string(&mapping).unwrap()).unwrap();
        assert_eq!(again, mapping);
        assert!(serde_json::from_str::<FormMapping>(r#"{"cells": [{"cell": "A!B1", "from": {"kpi": 3}}]}"#).is_err());
    }
}
