//! What of a plan may fill an input of a form, in words to be chosen from. Looks nothing up.

use crate::{
    central::{Count, Counted, Day, Plan, RowCell, Source},
    model::{Role, RowKind, Status, Table, TableKind},
};

/// Something that may fill an input.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    pub words: String,
    pub(super) source: Source,
}

/// The most that is offered: a list of more helps nobody.
const MOST: usize = 2_000;
/// The cells of a KPI and of an action that are offered.
const OF_KPI: [Role; 4] = [Role::Current, Role::Target, Role::Rating, Role::Comment];
const OF_ACTION: [Role; 6] = [Role::Status, Role::Comment, Role::End, Role::Lead, Role::Progress, Role::Budget];

/// What a plan offers: its fields, days, counts, KPIs and actions.
pub(super) fn of(plan: &Plan<'_>) -> Vec<Offer> {
    let mut sources = Vec::new();
    let fields = plan.document.tables.iter().flat_map(|table| &table.fields).filter(|field| !field.cell.is_blank());
    sources.extend(fields.map(|field| Source::Field(field.label.to_string())));
    sources.extend([Source::Date(Day::Today), Source::Date(Day::AsOf)]);
    let counts = |of: Counted, share: bool| {
        let all: Option<Option<Status>> = (!share).then_some(None);
        all.into_iter().chain(Status::ALL.into_iter().map(Some)).map(move |status| Source::Count(Count { status, of, share }))
    };
    if plan.document.of_kind(TableKind::Plan).next().is_some() {
        sources.extend(counts(Counted::Actions, false).chain(counts(Counted::Actions, true)).chain(counts(Counted::Lines, false)));
        sources.push(Source::Count(Count { of: Counted::Overdue, ..Count::default() }));
    }
    for table in plan.document.of_kind(TableKind::Kpi) {
        sources.extend(cells(plan, table, &OF_KPI));
    }
    for table in plan.document.of_kind(TableKind::Plan) {
        sources.extend(cells(plan, table, &OF_ACTION));
    }
    let mut offers: Vec<Offer> = Vec::new();
    for source in sources.into_iter().take(MOST) {
        let shown = plan.worth(&source).map(|worth| worth.text).unwrap_or_default();
        let words = words(&source);
        if !offers.iter().any(|offer| offer.source == source) {
            offers.push(Offer { words: if shown.is_empty() { words } else { format!("{words}: {}", short(&shown)) }, source });
        }
    }
    offers
}

/// The cells of the rows of a table that hold something.
fn cells(plan: &Plan<'_>, table: &Table, roles: &[Role]) -> Vec<Source> {
    let entries = table.rows.iter().filter(|row| row.kind == RowKind::Entry);
    let mut found = Vec::new();
    for row in entries.take(MOST / roles.len()) {
        let name = table.cell(row, Role::Ref).filter(|cell| !cell.is_blank());
        let name = name.or_else(|| table.cell(row, Role::Kpi)).or_else(|| table.cell(row, Role::Action));
        let Some(name) = name.filter(|cell| !cell.is_blank()) else { continue };
        let alone = plan.is_alone(&name.text);
        for role in roles {
            let own = table.cell(row, *role).is_some_and(|cell| !cell.is_blank());
            if own || (*role == Role::Rating && table.kind == TableKind::Kpi && table.role_position(Role::Rating).is_none()) {
                found.push(Source::Cell(RowCell {
                    table: (!alone).then(|| table.name.clone()),
                    reference: name.text.to_string(),
                    column: role.code().to_owned(),
                }));
            }
        }
    }
    found
}

/// What a source is called.
pub(super) fn words(source: &Source) -> String {
    match source {
        Source::Text(text) => format!("Fixed words: {}", short(text)),
        Source::Field(label) => label.clone(),
        Source::Date(Day::Today) => "Today".to_owned(),
        Source::Date(Day::AsOf) => "Day the plan is judged at".to_owned(),
        Source::Count(count) => {
            let of = match count.of {
                Counted::Actions => "actions",
                Counted::Lines => "lines",
                Counted::Overdue => return "Number of lines overdue".to_owned(),
            };
            let what = if count.share { "Share" } else { "Number" };
            match count.status {
                Some(status) => format!("{what} of {of}, {}", status.word().to_lowercase()),
                None => format!("{what} of {of}"),
            }
        }
        Source::Cell(cell) => {
            let table = cell.table.as_ref().map(|table| format!(" in {table}")).unwrap_or_default();
            format!("{}, {}{table}", short(&cell.reference), cell.column.replace('_', " "))
        }
    }
}

fn short(text: &str) -> String {
    const LONGEST: usize = 48;
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut short: String = words.chars().take(LONGEST).collect();
    if short.len() < words.len() {
        short.push('…');
    }
    short
}
