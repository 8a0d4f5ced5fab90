//! What a mapping wants in which input of a form, each with its value of the plan; what leads nowhere is told. Converts nothing.

use super::{
    figure::{Plan, Worth, WorthValue, entries, rows_named},
    labels::plain_label,
    mapping::{FormMapping, MappedCell, MappedRows},
    template::{Input, Template},
};
use crate::model::{column_letters, listed, place_of};

/// A value for an input.
#[derive(Clone, Debug)]
pub(super) struct Wish<'a> {
    pub input: &'a Input,
    pub worth: Worth,
    pub proposed: bool,
}

/// A value that is not written, with the rule that does not take it, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NotWritten {
    pub place: String,
    pub label: String,
    pub value: String,
    pub rule: String,
    pub advice: String,
}

/// The most rows of one table.
const MOST_ROWS: u32 = 20_000;

/// Collects what a mapping wants.
pub(super) fn collect<'a>(
    template: &'a Template,
    mapping: &FormMapping,
    plan: &Plan<'_>,
    wishes: &mut Vec<Wish<'a>>,
    not_written: &mut Vec<NotWritten>,
) {
    for mapped in &mapping.cells {
        let Some(source) = &mapped.from else { continue };
        let missing = |value: String, rule: String, advice: &str| NotWritten {
            place: mapped.cell.clone(),
            label: mapped.label.clone(),
            value,
            rule,
            advice: advice.to_owned(),
        };
        let worth = plan.worth(source);
        let input = match find(template, mapped) {
            Ok(input) => input,
            Err(why) => {
                let value = worth.map(|worth| worth.text).unwrap_or_default();
                not_written.push(missing(value, why, "Map it to another cell of the form."));
                continue;
            }
        };
        match worth {
            Ok(worth) => wishes.push(Wish { input, worth, proposed: mapped.proposed }),
            Err(why) => not_written.push(missing(String::new(), why, "Choose another value of the plan for it.")),
        }
    }
    mapping.rows.iter().for_each(|rows| of_rows(template, rows, plan, wishes, not_written));
    // Of two values for one cell the last one said is meant.
    let mut seen = std::collections::HashSet::new();
    let mut at = wishes.len();
    while at > 0 {
        at -= 1;
        if !seen.insert(&wishes[at].input.place) {
            wishes.remove(at);
        }
    }
}

/// The input that a mapped cell means: the one at its place while it is called as it was, else the one of its sheet that is.
pub(super) fn find<'a>(template: &'a Template, mapped: &MappedCell) -> Result<&'a Input, String> {
    let at_place = template.input_at(&mapped.cell);
    let called = |input: &Input| mapped.label.is_empty() || plain_label(&input.label) == plain_label(&mapped.label);
    if let Some(input) = at_place.filter(|input| called(input)) {
        return Ok(input);
    }
    let sheet = mapped.cell.rsplit_once('!').map_or("", |(sheet, _)| sheet.trim_matches('\''));
    let on_sheet = template.form.sheet(sheet).map(|(at, _)| at);
    let mut named = template.inputs.iter().filter(|input| !mapped.label.is_empty() && Some(input.sheet) == on_sheet && called(input));
    if let (Some(input), None) = (named.next(), named.next()) {
        return Ok(input);
    }
    Err(match at_place {
        Some(input) => format!("the form calls this cell “{}” now, and no one other by its old label", input.label),
        None if on_sheet.is_none() => "the form has no such sheet".to_owned(),
        None => "the form does not let this cell be filled: it is locked, holds a formula, or is no input".to_owned(),
    })
}

fn of_rows<'a>(template: &'a Template, rows: &MappedRows, plan: &Plan<'_>, wishes: &mut Vec<Wish<'a>>, not_written: &mut Vec<NotWritten>) {
    let range = format!("{}!{}:{}", rows.sheet, rows.first_row, rows.last_row);
    let mut refuse = |value: String, rule: String, advice: &str| {
        not_written.push(NotWritten { place: range.clone(), label: String::new(), value, rule, advice: advice.to_owned() });
    };
    let table = match plan.table(rows.table.as_deref()) {
        Ok(table) => table,
        Err(why) => return refuse(String::new(), why, "Name another table of the plan."),
    };
    let Some((sheet, _)) = template.form.sheet(&rows.sheet) else {
        return refuse(String::new(), "the form has no such sheet".to_owned(), "Map the rows to a sheet of the form.");
    };
    let (first, last) = (rows.first_row.saturating_sub(1), rows.last_row.saturating_sub(1));
    let places = first..=last.min(first.saturating_add(MOST_ROWS));
    let fits: Vec<(u32, usize)> = match rows.named_in.as_deref().map(column_at) {
        Some(None) => return refuse(String::new(), "“named_in” is no letter of a column".to_owned(), "Write it as B."),
        Some(Some(column)) => places
            .filter_map(|row| {
                let name = template.form.text(sheet, template.form.sheets[sheet].first_of((row, column)));
                let name = name.trim();
                let found = if name.is_empty() { Vec::new() } else { named(table, name) };
                // A row that nobody of the plan is called by stays as it is.
                (found.len() == 1).then(|| (row, found[0]))
            })
            .collect(),
        None => {
            let all: Vec<usize> = entries(table, &rows.only).collect();
            let room = places.clone().count();
            let left: Vec<String> = all.iter().skip(room).map(|at| table.name_of(&table.rows[*at])).collect();
            if !left.is_empty() {
                let rule = format!("the form has {room} rows for this, and the plan has {}", all.len());
                refuse(listed(&left), rule, "Ask for more rows, or narrow the statuses.");
            }
            places.zip(all).collect()
        }
    };
    for (row, at) in fits {
        for (letters, column) in &rows.columns {
            let Some(place) = column_at(letters) else { continue };
            let cell = (row, place);
            let missing = |value: String, rule: String, advice: &str| NotWritten {
                place: place_of(&rows.sheet, row, place),
                label: table.name_of(&table.rows[at]),
                value,
                rule,
                advice: advice.to_owned(),
            };
            match (template.input(sheet, cell), plan.cell_of(table, at, column)) {
                (Some(input), Ok(worth)) if worth.value != WorthValue::Nothing => {
                    wishes.push(Wish { input, worth, proposed: rows.proposed });
                }
                // Nothing is said of blank cells of many rows.
                (Some(_), Ok(_)) => {}
                (None, Ok(worth)) => {
                    let rule = format!("{}{} is locked, holds a formula, or is no input", column_letters(place), row + 1);
                    not_written.push(missing(worth.text, rule, "Map another column of the form."));
                }
                (_, Err(why)) => not_written.push(missing(String::new(), why, "Choose another column of the plan.")),
            }
        }
    }
}

/// The rows that a name of the form means; one such as `1.2: Build the shed` by the ref that it begins with.
pub(super) fn named(table: &crate::model::Table, name: &str) -> Vec<usize> {
    let found = rows_named(table, name);
    let begins = || name.split_once(':').map(|(reference, _)| rows_named(table, reference.trim())).unwrap_or_default();
    if found.is_empty() { begins() } else { found }
}

/// The zero-based column of letters.
fn column_at(letters: &str) -> Option<u32> {
    crate::workbook::cell_at(&format!("{}1", letters.trim().to_ascii_uppercase())).map(|(_, column)| u32::from(column))
}
