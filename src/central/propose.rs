//! What of a plan fills a form for certain, told by the form's own labels. Everything proposed is marked so; the rest waits for its owner.

use std::collections::{BTreeMap, HashSet};

use super::{
    figure::{Plan, rows_named},
    labels::{is_numbering, plain_label},
    mapping::{Count, Counted, Day, FormMapping, MappedCell, MappedRows, RowCell, Source},
    template::{Input, InputTable, Takes, Template},
    wishes,
};
use crate::{
    layouts::role_of_heading,
    model::{Role, Status, Table, TableKind, column_letters, in_plain_form},
};

/// What only a person can say, so that it is never proposed.
const DECLARES: [&str; 12] =
    ["confirm", "declar", "sign off", "sign-off", "signed", "signature", "section 151", "s151", "certif", "approv", "i agree", "tick"];
/// Labels that may be of anything: of a person, a project or the form itself.
const VAGUE: [&str; 16] = [
    "name",
    "title",
    "date",
    "status",
    "email",
    "e-mail",
    "telephone",
    "comments",
    "description",
    "ref",
    "type",
    "period",
    "year",
    "version",
    "position",
    "duration",
];
/// Labels of the day a form is filled in, and of the day its figures stand at.
const TODAY: [&str; 10] = [
    "date",
    "date of return",
    "return date",
    "date completed",
    "date of completion",
    "date submitted",
    "submission date",
    "date of submission",
    "date form completed",
    "today's date",
];
const AS_OF: [&str; 7] = ["as at", "as at date", "position as at", "data as at", "reporting date", "date of position", "figures as at"];
/// Words around what is counted.
const COUNTING: [&str; 14] =
    ["number", "no.", "no", "of", "count", "how", "many", "total", "actions", "action", "rated", "that", "are", "currently"];
/// How many inputs are listed one by one in a mapping that has none of its own.
const MOST_LISTED: usize = 2_000;
/// How many of the cells of a remembered mapping must be there for it to be of this form, in per cent.
const ALIKE: usize = 80;

/// A mapping of what is certain, with every other input that stands by itself to be mapped by its owner.
pub(crate) fn propose(template: &Template, plan: &Plan<'_>) -> FormMapping {
    let rows: Vec<MappedRows> = template.tables.iter().filter_map(|table| of_table(template, table, plan)).collect();
    let within = |input: &Input| {
        rows.iter().any(|rows| {
            let row = input.cell.0 + 1;
            rows.sheet == template.form.sheets[input.sheet].name && (rows.first_row..=rows.last_row).contains(&row)
        })
    };
    let alone = template.inputs.iter().filter(|input| input.explains.is_none() && !within(input)).take(MOST_LISTED);
    let cells = alone.map(|input| {
        let from = of_input(input, plan);
        MappedCell { cell: input.place.clone(), label: input.label.clone(), proposed: from.is_some(), from }
    });
    FormMapping { sheets: template.sheets(), cells: cells.collect(), rows, explanations: BTreeMap::new(), file_name: BTreeMap::new() }
}

/// Whether a mapping was made for a form of this shape: its sheets are called alike, and most of the mapped cells are there.
pub(crate) fn fitted(mapping: &FormMapping, template: &Template) -> bool {
    let mapped: Vec<&MappedCell> = mapping.cells.iter().filter(|mapped| mapped.from.is_some()).collect();
    let there = mapped.iter().filter(|mapped| wishes::find(template, mapped).is_ok()).count();
    mapping.sheets == template.sheets() && there * 100 >= mapped.len() * ALIKE
}

/// What fills a single input.
fn of_input(input: &Input, plan: &Plan<'_>) -> Option<Source> {
    let said = in_plain_form(&input.label);
    if !input.holds.is_empty() || DECLARES.iter().any(|word| said.contains(word)) {
        return None;
    }
    let name = input.labels.name_at_left().or(input.labels.heading())?;
    let plain = plain_label(name);
    of_kpi(input, plan).or_else(|| of_count(input, plan)).or_else(|| of_day(input, &plain)).or_else(|| of_field(input, &plain, plan))
}

/// A KPI's cell: the row by its ref or words at the left, the column by the heading above.
fn of_kpi(input: &Input, plan: &Plan<'_>) -> Option<Source> {
    let role = input.labels.above.iter().find_map(|heading| role_of_heading(heading, TableKind::Kpi))?;
    let column = match role {
        Role::Current | Role::Target | Role::Rating | Role::Comment | Role::Trend | Role::Unit => role.code(),
        // A RAG over KPIs is their rating.
        Role::Status => Role::Rating.code(),
        _ => return None,
    };
    let mut found = None;
    for label in &input.labels.left {
        for table in plan.document.of_kind(TableKind::Kpi) {
            match rows_named(table, label)[..] {
                [at] if found.is_none() => found = Some((table, at)),
                [_] | [] => {}
                _ => return None,
            }
        }
    }
    let (table, at) = found?;
    let row = &table.rows[at];
    let own = table.cell(row, Role::Ref).filter(|cell| !cell.is_blank()).or_else(|| table.cell(row, Role::Kpi))?;
    let cell = RowCell { table: Some(table.name.clone()), reference: own.text.to_string(), column: column.to_owned() };
    let alone = plan.row(None, &cell.reference).is_ok();
    Some(Source::Cell(RowCell { table: cell.table.filter(|_| !alone), ..cell }))
}

/// A count of actions by status.
fn of_count(input: &Input, plan: &Plan<'_>) -> Option<Source> {
    plan.document.of_kind(TableKind::Plan).next()?;
    if !matches!(input.takes, Takes::Number | Takes::Anything) {
        return None;
    }
    let words = |text: &str| plain_label(text).split(' ').map(str::to_owned).collect::<Vec<_>>();
    let name = words(input.labels.name_at_left().or(input.labels.heading())?);
    let heading: Vec<String> = input.labels.above.first().map(|heading| words(heading)).unwrap_or_default();
    let counts = |all: &[String]| all.iter().any(|word| matches!(&**word, "number" | "no." | "actions" | "count" | "many"));
    let of_actions = name.iter().chain(&heading).any(|word| matches!(&**word, "action" | "actions"));
    if !(counts(&name) || counts(&heading)) || !of_actions {
        return None;
    }
    let rest: Vec<&str> = name.iter().map(String::as_str).filter(|word| !COUNTING.contains(word)).collect();
    let share = input.format.contains('%');
    let of = |status| Some(Source::Count(Count { status, of: Counted::Actions, share }));
    match &*rest.join(" ") {
        "" if !share => of(None),
        "overdue" | "late" | "past end date" if !share => Some(Source::Count(Count { of: Counted::Overdue, ..Count::default() })),
        rest => of(Some(Status::of_word(rest)?)),
    }
}

fn of_day(input: &Input, plain: &str) -> Option<Source> {
    if !matches!(input.takes, Takes::Day | Takes::Anything) {
        return None;
    }
    if AS_OF.contains(&plain) {
        return Some(Source::Date(Day::AsOf));
    }
    // A date alone may be of anything, unless a day is asked for.
    let certain = TODAY.contains(&plain) && (plain != "date" || input.takes == Takes::Day);
    certain.then_some(Source::Date(Day::Today))
}

fn of_field(input: &Input, plain: &str, plan: &Plan<'_>) -> Option<Source> {
    if !matches!(input.takes, Takes::Words | Takes::Anything | Takes::Day) || VAGUE.contains(&plain) {
        return None;
    }
    let fields = plan.document.tables.iter().flat_map(|table| &table.fields);
    let mut found = fields.filter(|field| plain_label(&field.label) == plain && !field.cell.is_blank());
    if let (Some(field), None) = (found.next(), found.next()) {
        return Some(Source::Field(field.label.to_string()));
    }
    matches!(plain, "name of plan" | "plan name" | "plan title" | "title of plan").then(|| Source::Field("Plan name".to_owned()))
}

/// The rows of a table of the plan that fill those of a table of inputs: by the names in its rows, or in their order.
fn of_table(template: &Template, table: &InputTable, plan: &Plan<'_>) -> Option<MappedRows> {
    let candidates = plan.document.tables.iter().filter(|table| table.kind != TableKind::History);
    let fits = candidates.filter_map(|held| Some((of_columns(table, held)?, held)));
    // The first of those that fit best.
    let (columns, held) = fits.fold(None, |best: Option<(BTreeMap<String, String>, &Table)>, next| match &best {
        Some((columns, _)) if columns.len() >= next.0.len() => best,
        _ => Some(next),
    })?;
    let names = [Role::Ref, Role::Action, Role::Kpi, Role::Risk].map(Role::code);
    let names_itself = columns.values().any(|column| names.contains(&&**column));
    let named_in = named_in(template, table, held);
    if !(names_itself || named_in.is_some()) || (named_in.is_none() && columns.len() < 2) {
        return None;
    }
    Some(rows(table, held, columns, named_in, plan))
}

/// The rows of a table of the plan for those of a table of inputs, as far as its headings tell.
pub(crate) fn rows_offered(template: &Template, table: &InputTable, held: &Table, plan: &Plan<'_>) -> MappedRows {
    let columns = of_columns(table, held).unwrap_or_default();
    rows(table, held, columns, named_in(template, table, held), plan)
}

fn rows(table: &InputTable, held: &Table, columns: BTreeMap<String, String>, named_in: Option<String>, plan: &Plan<'_>) -> MappedRows {
    let is_plan = plan.table(None).is_ok_and(|plan| plan.id == held.id);
    MappedRows {
        sheet: table.sheet.clone(),
        first_row: table.rows.0 + 1,
        last_row: table.rows.1 + 1,
        table: (!is_plan).then(|| held.name.clone()),
        only: Vec::new(),
        named_in,
        columns,
        proposed: true,
    }
}

/// The columns of a table of inputs whose headings name a column that a table of the plan has, each of those once.
fn of_columns(table: &InputTable, held: &Table) -> Option<BTreeMap<String, String>> {
    let mut taken = HashSet::new();
    let columns: BTreeMap<String, String> = table
        .columns
        .iter()
        .filter_map(|(column, heading)| {
            let own = (0..held.columns.len()).find(|at| plain_label(&held.heading(*at)) == plain_label(heading));
            let role = || {
                let role = role_of_heading(heading, held.kind)?;
                held.column_named(role.code()).ok().map(|at| (at, role.code().to_owned()))
            };
            let (at, name) = match own {
                Some(at) => (
                    at,
                    held.columns[at]
                        .role
                        .filter(|role| held.column_named(role.code()) == Ok(at))
                        .map_or_else(|| held.heading(at), |role| role.code().to_owned()),
                ),
                None => role()?,
            };
            taken.insert(at).then(|| (column_letters(*column), name))
        })
        .collect();
    (!columns.is_empty()).then_some(columns)
}

/// The column to the left of a table of inputs in whose rows the form names rows of the plan.
fn named_in(template: &Template, table: &InputTable, held: &Table) -> Option<String> {
    let first = table.columns.first()?.0;
    let sheet = &template.form.sheets[table.at];
    (0..first).rev().find_map(|column| {
        let found = (table.rows.0..=table.rows.1).any(|row| {
            let name = template.form.text(table.at, sheet.first_of((row, column)));
            !is_numbering(&name) && wishes::named(held, name.trim()).len() == 1
        });
        found.then(|| column_letters(column))
    })
}
