//! A table: its header values, columns and rows, each addressed by an id that survives moves.

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    Cell, Hiding, HighestId, Rows, Rule, Scale, Value, When, column_letters,
    kinds::{Kind, parse_when},
    words::in_plain_form,
};

/// Names a table within its document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TableId(pub u32);

/// Names a row within its table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RowId(pub u32);

/// Names a column within its table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ColumnId(pub u32);

/// What a table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TableKind {
    /// Actions under approaches or recommendations.
    Plan,
    /// Indicators with a current value and a target.
    Kpi,
    /// Status counts, one column a period.
    History,
    /// Any other table, kept as it is.
    Register,
}

impl TableKind {
    /// Every kind, in the order they are listed.
    pub const ALL: [Self; 4] = [Self::Plan, Self::Kpi, Self::History, Self::Register];

    /// Its name in the JSON of `check`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Kpi => "kpi",
            Self::History => "history",
            Self::Register => "register",
        }
    }
}

/// What a column means to the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Ref,
    Action,
    Start,
    End,
    Measure,
    Lead,
    Status,
    Comment,
    Kpi,
    Current,
    Target,
    /// An earlier reading, headed by its period.
    Period,
    /// The theme, objective or recommendation an action serves.
    Theme,
    /// What an action, KPI or risk means, beside its name.
    Description,
    /// How much of an action is done, in per cent.
    Progress,
    Priority,
    Budget,
    Unit,
    /// Which way is good.
    Polarity,
    Tolerance,
    /// A KPI's RAG as its owner stated it.
    Rating,
    /// The direction of travel.
    Trend,
    Risk,
    Likelihood,
    Impact,
    Score,
    Mitigation,
    /// An end that was agreed before the one that decides: the original of a revised date.
    EarlierEnd,
    /// When an action was done.
    Completed,
}

/// The code of a column that plays no role.
pub const OTHER: &str = "other";

impl Role {
    /// Every role, in the order a choice of them is offered.
    pub const ALL: [Self; 29] = [
        Self::Ref,
        Self::Theme,
        Self::Action,
        Self::Description,
        Self::Start,
        Self::End,
        Self::EarlierEnd,
        Self::Completed,
        Self::Measure,
        Self::Lead,
        Self::Status,
        Self::Progress,
        Self::Priority,
        Self::Budget,
        Self::Comment,
        Self::Kpi,
        Self::Unit,
        Self::Polarity,
        Self::Tolerance,
        Self::Current,
        Self::Target,
        Self::Period,
        Self::Rating,
        Self::Trend,
        Self::Risk,
        Self::Likelihood,
        Self::Impact,
        Self::Score,
        Self::Mitigation,
    ];

    /// Its name in files and in the JSON of `check`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Ref => "ref",
            Self::Action => "action",
            Self::Start => "start",
            Self::End => "end",
            Self::Measure => "measure",
            Self::Lead => "lead",
            Self::Status => "status",
            Self::Comment => "comment",
            Self::Kpi => "kpi",
            Self::Current => "current",
            Self::Target => "target",
            Self::Period => "period",
            Self::Theme => "theme",
            Self::Description => "description",
            Self::Progress => "progress",
            Self::Priority => "priority",
            Self::Budget => "budget",
            Self::Unit => "unit",
            Self::Polarity => "polarity",
            Self::Tolerance => "tolerance",
            Self::Rating => "rating",
            Self::Trend => "trend",
            Self::Risk => "risk",
            Self::Likelihood => "likelihood",
            Self::Impact => "impact",
            Self::Score => "score",
            Self::Mitigation => "mitigation",
            Self::EarlierEnd => "earlier_end",
            Self::Completed => "completed",
        }
    }

    /// The kind of column that plays it.
    #[must_use]
    pub fn kind(self) -> Kind {
        match self {
            Self::Ref => Kind::Ref,
            Self::Start | Self::End | Self::EarlierEnd | Self::Completed => Kind::Date,
            Self::Status => Kind::Status,
            Self::Current | Self::Target | Self::Period | Self::Progress | Self::Tolerance => Kind::Figure,
            Self::Budget | Self::Likelihood | Self::Impact | Self::Score => Kind::Number,
            Self::Action
            | Self::Measure
            | Self::Lead
            | Self::Comment
            | Self::Kpi
            | Self::Theme
            | Self::Description
            | Self::Priority
            | Self::Unit
            | Self::Polarity
            | Self::Rating
            | Self::Trend
            | Self::Risk
            | Self::Mitigation => Kind::Paragraph,
        }
    }
}

/// A labelled value outside the columns: a header field, an approach or its objective.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// As its owner wrote it, without the colon.
    pub label: Box<str>,
    pub cell: Cell,
    /// Where the value was read, zero-based row and column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<(u32, u32)>,
    /// Whether its owner hid it in the workbook, by its row, its column or its sheet.
    #[serde(default, skip_serializing_if = "is_false")]
    pub hidden: bool,
}

/// Labels of the date a table is reviewed at, in lower case, the plainest first.
const REVIEW: [&str; 6] = ["review date", "plan review date", "date of review", "next review date", "date of next review", "next review"];

/// The RAG key with the counts its owner stated.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    pub title: Box<str>,
    /// One line a status, such as `Not Started` with `5 (-3)`.
    pub lines: Vec<Field>,
}

/// One column.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Column {
    pub id: ColumnId,
    /// As its owner wrote it; empty where the table has no header row.
    pub heading: Box<str>,
    pub role: Option<Role>,
    pub kind: Kind,
    /// In points, as drawn at 100 %.
    pub width: f32,
    /// Where it was read, zero-based.
    #[serde(default)]
    pub source: u32,
    /// Whether its owner hid it in the workbook.
    #[serde(default, skip_serializing_if = "is_false")]
    pub hidden: bool,
    /// The values its owner's workbook offers in it, from a data-validation list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Box<str>>,
    /// Its owner's statuses, in a column of statuses.
    #[serde(default, skip_serializing_if = "Scale::is_empty")]
    pub scale: Scale,
}

/// What a row is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowKind {
    /// An approach or a recommendation; its words are in `fields`.
    Section,
    /// A heading above actions, such as 1.1.
    Group,
    /// An action's or a KPI's first line.
    #[default]
    Entry,
    /// A line that continues the entry above it.
    Line,
    /// The sums below a table; no action or KPI of its own.
    Total,
}

impl RowKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Section, Self::Group, Self::Entry, Self::Line, Self::Total];

    /// Its name in the JSON of `check`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Section => "section",
            Self::Group => "group",
            Self::Entry => "entry",
            Self::Line => "line",
            Self::Total => "total",
        }
    }
}

/// One row; its cells stand in the order of the table's columns.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Row {
    pub id: RowId,
    pub kind: RowKind,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cells: Vec<Cell>,
    /// A section's labelled words: its title first, then the objective or the comments from service.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
    /// The one-based sheet row it was read from; 0 when it was added here.
    #[serde(default)]
    pub source: u32,
    /// The sheet it was read from, where that is not its table's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<Arc<str>>,
    /// Whether its owner hid it in the workbook, by hand.
    #[serde(default, skip_serializing_if = "is_false")]
    pub hidden: bool,
    /// Whether only a filter of the workbook keeps it out of sight there.
    #[serde(default, skip_serializing_if = "is_false")]
    pub filtered: bool,
}

/// A note its owner attached to a cell in Excel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Remark {
    pub row: RowId,
    pub column: ColumnId,
    /// Its words, after its author's name where one is given.
    pub text: Box<str>,
}

impl Row {
    /// Whether it is an action or one of its lines, rather than a heading.
    #[must_use]
    pub fn is_line(&self) -> bool {
        matches!(self.kind, RowKind::Entry | RowKind::Line)
    }
}

/// One table of a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Table {
    pub id: TableId,
    pub name: String,
    pub kind: TableKind,
    /// The sheet it was read from and is written to.
    pub sheet: String,
    /// Whether it lies on its side in that sheet: each of its rows was read from a column there, and each of its columns from a row.
    #[serde(default, skip_serializing_if = "is_false")]
    pub turned: bool,
    /// A banner above the columns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Field>,
    /// The labelled values above the columns.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Summary>,
    pub columns: Vec<Column>,
    /// The one-based sheet row of the lowest of its headings; 0 where it has none or was made here.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub heading_row: u32,
    pub rows: Rows,
    /// Rating rules that differ from the usual one, by KPI.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub rules: BTreeMap<RowId, Rule>,
    /// The notes attached to its cells in Excel, in reading order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<Remark>,
    /// What its owner hid of it by whole sheets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hidden: Vec<Hiding>,
    /// The ids of rows that are gone,
    #[serde(default, skip_serializing_if = "HighestId::is_none")]
    pub given_rows: HighestId,
    /// and of columns.
    #[serde(default, skip_serializing_if = "HighestId::is_none")]
    pub given_columns: HighestId,
}

fn is_false(value: &bool) -> bool {
    !value
}

fn is_zero(value: &u32) -> bool {
    *value == 0
}

impl Table {
    /// A table of a kind, still without a name.
    #[must_use]
    pub fn new(kind: TableKind, columns: Vec<Column>, rows: impl Into<Rows>) -> Self {
        Self {
            id: TableId(0),
            name: String::new(),
            kind,
            sheet: String::new(),
            turned: false,
            title: None,
            fields: Vec::new(),
            summary: None,
            columns,
            heading_row: 0,
            rows: rows.into(),
            rules: BTreeMap::new(),
            remarks: Vec::new(),
            hidden: Vec::new(),
            given_rows: HighestId::default(),
            given_columns: HighestId::default(),
        }
    }

    /// The header field with a label, in any case.
    #[must_use]
    pub fn field(&self, label: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.label.eq_ignore_ascii_case(label))
    }

    /// What it is called in full: a plan by its own name, otherwise by its banner, otherwise by its sheet.
    #[must_use]
    pub fn title(&self) -> &str {
        let named = self.field("Name").or_else(|| self.field("Plan")).or(self.title.as_ref());
        named.map(|field| &*field.cell.text).filter(|text| !text.is_empty()).unwrap_or(&self.name)
    }

    /// The header field that says when it is reviewed.
    #[must_use]
    pub fn review_field(&self) -> Option<&Field> {
        let labelled = |label: &str| self.fields.iter().find(|field| in_plain_form(&field.label) == label);
        // A review alone may be about anything, unless a date stands beside it.
        REVIEW.into_iter().find_map(labelled).or_else(|| labelled("review").filter(|field| dated(field).is_some()))
    }

    /// The date it is reviewed at, when its header states one: the last day of what is named.
    #[must_use]
    pub fn review_date(&self) -> Option<Date> {
        self.review_field().and_then(dated).and_then(When::last_day)
    }

    /// Where a row stands now.
    #[must_use]
    pub fn position(&self, id: RowId) -> Option<usize> {
        self.rows.position(id)
    }

    /// The row with an id.
    #[must_use]
    pub fn row(&self, id: RowId) -> Option<&Row> {
        self.position(id).map(|at| &self.rows[at])
    }

    /// Where a column stands now.
    #[must_use]
    pub fn column_position(&self, id: ColumnId) -> Option<usize> {
        self.columns.iter().position(|column| column.id == id)
    }

    /// Where the first column of a role stands.
    #[must_use]
    pub fn role_position(&self, role: Role) -> Option<usize> {
        self.columns.iter().position(|column| column.role == Some(role))
    }

    /// A row's cell in the first column of a role.
    #[must_use]
    pub fn cell<'row>(&self, row: &'row Row, role: Role) -> Option<&'row Cell> {
        row.cells.get(self.role_position(role)?)
    }

    /// What a row is called: its ref, otherwise its first words.
    #[must_use]
    pub fn name_of(&self, row: &Row) -> String {
        if let Some(field) = row.fields.first() {
            return field.cell.text.to_string();
        }
        let named = [Role::Ref, Role::Action, Role::Kpi, Role::Risk].into_iter().filter_map(|role| self.role_position(role));
        let text =
            named.filter_map(|at| row.cells.get(at)).chain(row.cells.iter()).find(|cell| !cell.is_blank()).map_or("", |cell| &*cell.text);
        shorten(text, 60)
    }

    /// The entry a row belongs to: itself, or the one it continues.
    #[must_use]
    pub fn entry_of(&self, position: usize) -> Option<&Row> {
        self.rows.range(..=position)?.iter().rev().map(|row| &**row).find(|row| row.kind == RowKind::Entry)
    }

    /// The heading of a column as shown: its own without the colon; where it has none, `Status` or the sheet's letters.
    #[must_use]
    pub fn heading(&self, column: usize) -> String {
        self.columns.get(column).map_or_else(String::new, |c| match (&*c.heading, c.role) {
            ("", Some(Role::Status)) => "Status".to_owned(),
            ("", _) if self.turned => format!("Row {}", c.source + 1),
            ("", _) => format!("Column {}", column_letters(c.source)),
            (heading, _) => heading.trim_end_matches(':').to_owned(),
        })
    }

    /// Ids for new rows, in order; no row of this table has had one of them.
    pub fn new_row_ids(&self) -> impl Iterator<Item = RowId> + use<> {
        self.given_rows.free(self.rows.iter().map(|row| row.id.0)).map(RowId)
    }

    /// The id the next row added gets.
    #[must_use]
    pub fn next_row_id(&self) -> RowId {
        self.new_row_ids().next().unwrap_or_default()
    }

    /// The id the next column added gets; no column of this table has had it.
    #[must_use]
    pub fn next_column_id(&self) -> ColumnId {
        self.given_columns.free(self.columns.iter().map(|column| column.id.0)).map(ColumnId).next().unwrap_or_default()
    }

    /// A row of blank cells that fits the columns; a continuation line's ref, action and dates join the line above.
    #[must_use]
    pub fn blank_row(&self, id: RowId, kind: RowKind) -> Row {
        let cell = |column: &Column| match (kind, column.role) {
            (RowKind::Line, Some(Role::Ref | Role::Action | Role::Start | Role::End | Role::EarlierEnd | Role::Kpi)) => Cell::merged(),
            _ => Cell::default(),
        };
        let fields = if kind == RowKind::Section {
            let like = self.rows.iter().rev().find(|row| row.kind == RowKind::Section);
            like.map_or_else(
                || vec![Field { label: "Approach".into(), ..Field::default() }, Field { label: "Objective".into(), ..Field::default() }],
                |row| row.fields.iter().map(|field| Field { label: field.label.clone(), ..Field::default() }).collect(),
            )
        } else {
            Vec::new()
        };
        let cells = if kind == RowKind::Section { Vec::new() } else { self.columns.iter().map(cell).collect() };
        Row { id, kind, cells, fields, ..Row::default() }
    }

    /// How many lines, this one included, a cell reaches down over (a vertical merge).
    #[must_use]
    pub fn merged_lines(&self, row: usize, column: usize) -> usize {
        1 + self.rows[row + 1..]
            .iter()
            .take_while(|below| below.kind == RowKind::Line && below.cells.get(column).is_some_and(|cell| cell.value == Value::Merged))
            .count()
    }
}

/// The date a header field states, also where only its words do.
fn dated(field: &Field) -> Option<When> {
    field.cell.when().or_else(|| parse_when(&field.cell.text))
}

/// Whether two headings differ only in the time they are of: `Q1 RAG` and `Q2 RAG`, `Autumn review` and `Spring review`.
pub(super) fn same_series(a: &str, b: &str) -> bool {
    const TIMES: [&str; 16] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "spring", "summer", "autumn", "winter"];
    let timeless = |heading: &str| {
        let words = heading.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
        let kept = words.filter(|word| {
            !word.is_empty()
                && !word.contains(|c: char| c.is_ascii_digit())
                && !TIMES.iter().any(|time| word.starts_with(time))
                && !matches!(&**word, "aut" | "spr" | "sum")
        });
        kept.collect::<Vec<_>>()
    };
    a != b && timeless(a) == timeless(b)
}

/// The first words of a text, cut at a word with an ellipsis.
fn shorten(text: &str, most: usize) -> String {
    let line = text.lines().next().unwrap_or("");
    if line.chars().count() <= most {
        return line.to_owned();
    }
    let cut: String = line.chars().take(most).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end_matches([',', ';', ' ']))
}
