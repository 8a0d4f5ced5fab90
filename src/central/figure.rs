//! A value of a plan on its way into a form: looked up by what a mapping says, with what has to be said of it. Writes nothing.

use jiff::civil::Date;

use super::{
    limits::says_thousands,
    mapping::{Count, Counted, Day, MappedRows, RowCell, Source},
};
use crate::{
    insight::{Insight, Rating, figure_of},
    model::{
        Cell, Currency, Document, Figure, Grain, Role, Row, RowKind, Status, Table, TableKind, Unit, Value, When, in_plain_form,
        plain_reference, serial_from_date,
    },
};

/// What a plan says, and the days it is looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan<'a> {
    /// What of the plan may leave it.
    pub document: &'a Document,
    pub insight: &'a Insight,
    pub today: Date,
}

/// A value for a form.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Worth {
    pub value: WorthValue,
    /// As the plan shows it.
    pub text: String,
    /// What it rests on, where that is not plain.
    pub said: Vec<String>,
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum WorthValue {
    Nothing,
    Words,
    Number(f64),
    /// 1 is all.
    Share(f64),
    /// Money, in pounds.
    Pounds(f64),
    /// Money that the plan counts in thousands of pounds.
    Thousands(f64),
    /// Days since 30 December 1899.
    Day(f64),
    Status(Status),
    Rating(Rating),
}

impl Worth {
    fn new(value: WorthValue, text: impl Into<String>) -> Self {
        Self { value, text: text.into(), said: Vec::new() }
    }

    fn day(date: Date) -> Self {
        Self::new(WorthValue::Day(serial_from_date(date)), date.strftime("%d/%m/%Y").to_string())
    }
}

impl Plan<'_> {
    /// The day the plan is judged at, else today.
    pub(crate) fn as_of(&self) -> Date {
        self.insight.as_of.unwrap_or(self.today)
    }

    /// What a source gives.
    ///
    /// # Errors
    /// When it cannot be found: why, and what there is.
    pub(crate) fn worth(&self, source: &Source) -> Result<Worth, String> {
        match source {
            Source::Text(text) => Ok(Worth::new(if text.is_empty() { WorthValue::Nothing } else { WorthValue::Words }, text.clone())),
            Source::Date(Day::Today) => Ok(Worth::day(self.today)),
            Source::Date(Day::AsOf) => {
                let mut worth = Worth::day(self.as_of());
                if self.insight.as_of.is_none() {
                    worth.said.push("the plan states no one review date, so today was taken".to_owned());
                }
                Ok(worth)
            }
            Source::Count(count) => self.count(*count),
            Source::Field(label) => self.field(label),
            Source::Cell(cell) => self.cell(cell),
        }
    }

    fn count(&self, count: Count) -> Result<Worth, String> {
        let counts = &self.insight.counts;
        if self.document.of_kind(TableKind::Plan).next().is_none() {
            return Err("there is no plan whose actions could be counted".to_owned());
        }
        let tally = match count.of {
            Counted::Actions => &counts.actions,
            Counted::Lines => &counts.lines,
            Counted::Overdue => {
                let late = self.insight.overdue.len();
                let mut worth = Worth::new(WorthValue::Number(late as f64), late.to_string());
                worth.said.extend(self.insight.judged_when().map(|when| format!("counted {when}")));
                return Ok(worth);
            }
        };
        let all = if count.of == Counted::Actions { counts.action_count } else { counts.line_count };
        let number = count.status.map_or(all, |status| tally.get(status));
        let mut worth = if count.share && all > 0 {
            let share = number as f64 / all as f64;
            Worth::new(WorthValue::Share(share), crate::model::show_number(share, "0.0%"))
        } else if count.share {
            return Err("there is nothing of which a share could be taken".to_owned());
        } else {
            Worth::new(WorthValue::Number(number as f64), number.to_string())
        };
        if count.of == Counted::Actions && counts.without_status > 0 {
            worth.said.push(format!("{} of {} actions state no status", counts.without_status, counts.action_count));
        }
        Ok(worth)
    }

    fn field(&self, label: &str) -> Result<Worth, String> {
        let wanted = in_plain_form(label.trim_end_matches(':'));
        let fields = self.document.tables.iter().flat_map(|table| &table.fields);
        let found = fields.clone().find(|field| in_plain_form(field.label.trim_end_matches(':')) == wanted);
        if let Some(field) = found {
            return Ok(of_cell(&field.cell, &field.label, None));
        }
        if wanted == "plan name" || wanted == "name of plan" {
            return Ok(Worth::new(WorthValue::Words, self.document.name()));
        }
        let labels: Vec<String> = fields.map(|field| field.label.to_string()).take(20).collect();
        let there = if labels.is_empty() { "it has none above its tables".to_owned() } else { format!("it has {}", labels.join(", ")) };
        Err(format!("the plan has no field “{label}”; {there}"))
    }

    fn cell(&self, wanted: &RowCell) -> Result<Worth, String> {
        let (table, at) = self.row(wanted.table.as_deref(), &wanted.reference)?;
        self.cell_of(table, at, &wanted.column)
    }

    /// The cell of a row in a column named by its role or heading.
    pub(super) fn cell_of(&self, table: &Table, at: usize, column: &str) -> Result<Worth, String> {
        let row = &table.rows[at];
        let plain = in_plain_form(column);
        let rated = || self.insight.rating(table.id, row.id);
        let position = match table.column_named(column) {
            Ok(position) => position,
            Err(why) => {
                let rating = rated().filter(|_| matches!(&*plain, "rating" | "rag"));
                return rating
                    .map(|rated| Worth {
                        said: vec![rated.why.clone()],
                        ..Worth::new(WorthValue::Rating(rated.rating), rated.rating.word())
                    })
                    .ok_or(why);
            }
        };
        let role = table.columns[position].role;
        let cell = own_or_above(table, at, position);
        if role == Some(Role::Status)
            && let Some(status) = table.status_of(row)
        {
            return Ok(Worth::new(WorthValue::Status(status), cell.map_or(status.word(), |cell| &cell.text)));
        }
        let mut worth = cell.map_or_else(|| Worth::new(WorthValue::Nothing, ""), |cell| of_cell(cell, &table.heading(position), role));
        if role == Some(Role::Rating)
            && let Some(rating) = stated_rating(&worth.text)
        {
            worth.value = WorthValue::Rating(rating);
        }
        Ok(worth)
    }

    /// The row of a ref or of words.
    pub(super) fn row(&self, table: Option<&str>, reference: &str) -> Result<(&Table, usize), String> {
        let all = self.document.tables.iter();
        let tables: Vec<&Table> = match table {
            None => all.filter(|table| matches!(table.kind, TableKind::Plan | TableKind::Kpi | TableKind::Register)).collect(),
            Some(_) => vec![self.table(table)?],
        };
        let mut found = tables.iter().flat_map(|table| rows_named(table, reference).into_iter().map(|at| (*table, at)));
        match (found.next(), found.next()) {
            (Some(row), None) => Ok(row),
            (None, _) => Err(format!("no row has the ref or the words “{reference}”")),
            (Some(first), Some(second)) => Err(format!(
                "more than one row is called “{reference}” (in “{}” and “{}”); name the table as well",
                first.0.name, second.0.name
            )),
        }
    }

    /// The table whose rows a mapping wants.
    pub(crate) fn table_of(&self, rows: &MappedRows) -> Option<&Table> {
        self.table(rows.table.as_deref()).ok()
    }

    /// Whether only one row of all is called so.
    pub(crate) fn is_alone(&self, reference: &str) -> bool {
        self.row(None, reference).is_ok()
    }

    /// The table of a name; the plan where none is given.
    pub(super) fn table(&self, name: Option<&str>) -> Result<&Table, String> {
        let Some(name) = name else {
            let plan = self.document.of_kind(TableKind::Plan).next();
            return plan.ok_or_else(|| "there is no plan in it".to_owned());
        };
        let wanted = in_plain_form(name);
        let called = |table: &&Table| [&table.name, &*table.sheet, table.title()].iter().any(|name| in_plain_form(name) == wanted);
        self.document.tables.iter().find(called).ok_or_else(|| {
            let names: Vec<&str> = self.document.tables.iter().map(|table| table.name.as_str()).take(10).collect();
            format!("there is no table “{name}”; there is {}", names.join(", "))
        })
    }
}

/// The rows of a table that have a ref, or are called by words, where no ref is like it.
pub(super) fn rows_named(table: &Table, reference: &str) -> Vec<usize> {
    let entries = || table.rows.iter().enumerate().filter(|(_, row)| row.kind == RowKind::Entry);
    let holds = |role: Role, wanted: &str, plain: fn(&str) -> String| -> Vec<usize> {
        let Some(column) = table.role_position(role) else { return Vec::new() };
        entries()
            .filter(|(_, row)| row.cells.get(column).is_some_and(|cell| !cell.is_blank() && plain(&cell.text) == wanted))
            .map(|(at, _)| at)
            .collect()
    };
    let by_ref = holds(Role::Ref, &plain_reference(reference), plain_reference);
    if !by_ref.is_empty() {
        return by_ref;
    }
    let words = in_plain_form(reference);
    let named = [Role::Action, Role::Kpi, Role::Risk].into_iter().map(|role| holds(role, &words, in_plain_form));
    named.into_iter().find(|rows| !rows.is_empty()).unwrap_or_default()
}

/// The cell of a row; where it continues the one above it, that one.
fn own_or_above(table: &Table, at: usize, column: usize) -> Option<&Cell> {
    (0..=at).rev().map(|at| table.rows[at].cells.get(column)).find(|cell| cell.is_none_or(|cell| cell.value != Value::Merged)).flatten()
}

fn of_cell(cell: &Cell, heading: &str, role: Option<Role>) -> Worth {
    let text = cell.text.to_string();
    if cell.is_blank() {
        return Worth::new(WorthValue::Nothing, "");
    }
    match cell.value {
        Value::Status(status) => return Worth::new(WorthValue::Status(status), text),
        Value::When(when) => return of_when(when, text, role),
        _ => {}
    }
    let money = |pounds: f64| if says_thousands(heading) { WorthValue::Thousands(pounds) } else { WorthValue::Pounds(pounds) };
    let is_money = cell.format.as_deref().is_some_and(|format| format.contains('£')) || heading.contains('£');
    let mut said = Vec::new();
    let value = match figure_of(cell) {
        Some(Figure::Amount { amount, unit: Unit::Percent, .. }) => WorthValue::Share(amount),
        Some(Figure::Amount { amount, unit: Unit::Money(Currency::Pound), .. }) => money(amount),
        Some(Figure::Amount { amount, unit: Unit::Plain, .. }) if is_money || role == Some(Role::Budget) => {
            if !is_money {
                said.push("its column does not say in what it is counted; it was taken as pounds".to_owned());
            }
            money(amount)
        }
        Some(Figure::Amount { amount, unit: Unit::Plain | Unit::Points | Unit::Time(_) | Unit::OutOf(_), .. }) => {
            WorthValue::Number(amount)
        }
        _ => WorthValue::Words,
    };
    Worth { value, text, said }
}

fn of_when(when: When, text: String, role: Option<Role>) -> Worth {
    let day = if role == Some(Role::Start) { when.first_day() } else { when.last_day() };
    let Some(day) = day else { return Worth::new(WorthValue::Words, text) };
    let exact = matches!(when, When::On { grain: Grain::Day, .. });
    let side = if role == Some(Role::Start) { "first" } else { "last" };
    let said = (!exact).then(|| format!("“{text}” names no day, so its {side} day was taken where a day is asked for"));
    Worth { value: WorthValue::Day(serial_from_date(day)), text, said: said.into_iter().collect() }
}

/// The rating that an owner's word or letter states.
fn stated_rating(text: &str) -> Option<Rating> {
    Some(match &*in_plain_form(text) {
        "g" | "green" | "on target" => Rating::Green,
        "a" | "amber" | "near target" => Rating::Amber,
        "r" | "red" | "off target" => Rating::Red,
        "grey" | "gray" | "not rated" => Rating::Grey,
        _ => return None,
    })
}

/// The rows of a table that fill rows of a form: its entries, of which `only` these statuses where any are given.
pub(super) fn entries<'a>(table: &'a Table, only: &'a [Status]) -> impl Iterator<Item = usize> + 'a {
    let wanted =
        |row: &Row| row.kind == RowKind::Entry && (only.is_empty() || table.status_of(row).is_some_and(|status| only.contains(&status)));
    table.rows.iter().enumerate().filter(move |(_, row)| wanted(row)).map(|(at, _)| at)
}
