//! A return as it was frozen: when, in which file, and how each action and KPI stood then. Only data; works out nothing.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{RowId, Status, TableId};

/// How a document stood at a return, kept so that later returns can be compared with it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FrozenReturn {
    /// The period, in its owner's words: `Q3 2026/27`.
    pub name: Box<str>,
    /// The day it stands at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_at: Option<Date>,
    /// The day it was frozen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frozen_on: Option<Date>,
    /// The name of the file that was written; empty where none was.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub file: Box<str>,
    /// The SHA-256 of that file as it was written, in hexadecimal.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub sha256: Box<str>,
    /// Whether its tables and rows are known by their ids. Those of a workbook get new ones each time it is read.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub has_ids: bool,
    /// Whether what its owner hid was in it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub with_hidden: bool,
    pub plans: Vec<FrozenPlan>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kpis: Vec<FrozenKpi>,
    /// The questions of the checklist that were passed over, each with the reason given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overridden: Vec<Overridden>,
}

/// A question of the checklist that was answered with no, and why the return went nevertheless.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overridden {
    /// The name of the question.
    pub check: Box<str>,
    pub reason: Box<str>,
}

/// One plan as it stood.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FrozenPlan {
    pub table: TableId,
    pub name: Box<str>,
    /// How many lines had each status, in the order of `Status::ALL`.
    pub lines: [usize; 7],
    /// How many lines were past their end; `None` where no day was known to judge them at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overdue: Option<usize>,
    pub actions: Vec<FrozenAction>,
}

/// One action as it stood.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FrozenAction {
    pub row: RowId,
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub reference: Box<str>,
    /// Its words, as far as a list shows them.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub words: Box<str>,
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub lead: Box<str>,
    /// The status of each of its lines that states one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statuses: Vec<Status>,
    /// Its end as its owner wrote it, and the last day of what that names.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub end: Box<str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_on: Option<Date>,
    /// A number of what its comments said, which tells whether they say something else now.
    #[serde(default)]
    pub comments: u64,
}

/// One KPI as it stood.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FrozenKpi {
    pub table: TableId,
    pub row: RowId,
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub reference: Box<str>,
    pub name: Box<str>,
    /// Its figure and its target as they were written.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub current: Box<str>,
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub target: Box<str>,
    /// Its figure as a number, in the target's unit where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<f64>,
    /// The code of its rating: `green`, `amber`, `red`, `grey`.
    pub rating: Box<str>,
}

impl FrozenReturn {
    /// What it is called where others are compared with it: `Q3 2026/27, as at 31 December 2026`.
    #[must_use]
    pub fn title(&self) -> String {
        match (&*self.name, self.as_at) {
            ("", Some(day)) => format!("the return as at {}", day.strftime("%-d %B %Y")),
            ("", None) => "an earlier return".to_owned(),
            (name, Some(day)) => format!("{name}, as at {}", day.strftime("%-d %B %Y")),
            (name, None) => name.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_called_by_its_period_and_its_day() {
        let day = Some(Date::constant(2026, 12, 31));
        for (name, as_at, expected) in [
            ("Q3 2026/27", day, "Q3 2026/27, as at 31 December 2026"),
            ("Q3 2026/27", None, "Q3 2026/27"),
            ("", day, "the return as at 31 December 2026"),
            ("", None, "an earlier return"),
        ] {
            assert_eq!(FrozenReturn { name: name.into(), as_at, ..FrozenReturn::default() }.title(), expected);
        }
    }
}
