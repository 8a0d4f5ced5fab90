//! Days of completion that do not go with the status beside them, as notes. Says nothing of a column in which days still to come are planned.

use jiff::civil::Date;

use super::Judged;
use super::lines::{Line, columns_of};
use crate::model::{Cell, Role, Status, Table, in_plain_form, listed};
use crate::notes::{Code, Note, Noted, Place, Severity};

/// Up to how many lines are said of one by one.
const SINGLE: usize = 3;
/// From how many unfinished lines with a day on it may be that the column holds ends.
const MANY: usize = 3;

/// A line with a day of completion that its status speaks against.
struct Against<'table> {
    line: &'table Line,
    /// Where the day stands.
    row: usize,
    column: usize,
}

/// Adds the notes on a plan's days of completion.
pub(super) fn collect(table: &Table, lines: &[Line], judged: Option<Judged>, notes: &mut Noted) {
    let Some(judged) = judged else { return };
    // A plan's only date is its end, whatever its heading says of it; it is overdue that tells what is unfinished then.
    let only = columns_of(table, Role::End).into_iter().filter(|&column| says_done(&table.columns[column].heading));
    for column in columns_of(table, Role::Completed).into_iter().chain(only) {
        let (mut early, late) = against(table, lines, column, judged.day);
        if table.columns[column].role == Some(Role::End) {
            early.clear();
        }
        say(table, &early, notes, |what, heading| match what {
            What::One { name, status, text } => format!("{name} is “{status}”, though “{heading}” says that it was done {text}"),
            What::Many { count, names } => format!("{count} lines are not complete, though “{heading}” says when they were done: {names}"),
        });
        say(table, &late, notes, |what, heading| match what {
            What::One { name, text, .. } => format!("{name} is complete, though “{heading}” says {text}, after {}", judged.words()),
            What::Many { count, names } => {
                format!("{count} lines are complete, though “{heading}” gives days after {}: {names}", judged.words())
            }
        });
    }
}

/// Whether a heading asks when something was done.
fn says_done(heading: &str) -> bool {
    in_plain_form(heading).split(' ').any(|word| matches!(word, "actual" | "completed" | "closed" | "achieved" | "delivered"))
        && !in_plain_form(heading).ends_with(" by")
}

/// The unfinished lines with a day of completion that is past, and the complete ones whose day is still to come; none where the column
/// holds planned days.
fn against<'table>(table: &Table, lines: &'table [Line], column: usize, day: Date) -> (Vec<Against<'table>>, Vec<Against<'table>>) {
    let (mut early, mut late) = (Vec::new(), Vec::new());
    let (mut dated, mut blank) = (0, 0);
    for line in lines.iter().filter(|line| !line.status.is_stopped()) {
        let is_complete = line.status == Status::Complete;
        let found = line.rows.clone().find_map(|row| Some((row, table.rows[row].cells.get(column).and_then(Cell::when)?)));
        let Some((row, when)) = found else {
            blank += usize::from(!is_complete);
            continue;
        };
        let past = when.last_day().is_some_and(|last| last <= day);
        let to_come = when.first_day().is_some_and(|first| first > day);
        match (is_complete, past, to_come) {
            (true, _, true) => late.push(Against { line, row, column }),
            (true, ..) => dated += 1,
            (false, true, _) => early.push(Against { line, row, column }),
            // A day that is still to come is when it is to end.
            (false, _, true) => return (Vec::new(), Vec::new()),
            (false, ..) => {}
        }
    }
    if early.len() >= MANY && early.len() > dated + blank {
        early.clear();
    }
    (early, late)
}

/// What is said of one line, or of many.
enum What<'a> {
    One { name: &'a str, status: &'a str, text: &'a str },
    Many { count: usize, names: &'a str },
}

/// A note for each of a few lines, or one for all of many.
fn say(table: &Table, found: &[Against<'_>], notes: &mut Noted, words: impl Fn(What<'_>, &str) -> String) {
    let hint = "Set the status or the day of completion right; until then the status counts";
    let name = |found: &Against<'_>| table.name_of(&table.rows[found.line.entry]);
    let place = |found: &Against<'_>| Place::cell(table, found.row, found.column);
    let Some(first) = found.first() else { return };
    let heading = table.heading(first.column);
    if found.len() > SINGLE {
        let names = listed(&found.iter().map(name).collect::<Vec<_>>());
        let message = words(What::Many { count: found.len(), names: &names }, &heading);
        let note = Note::new(Severity::Warning, Code::CompletionDate, place(first), message, hint);
        notes.push(note.of_all(found.iter().map(place)));
        return;
    }
    for one in found {
        let text = |row: usize, column: usize| table.rows[row].cells.get(column).map_or("", |cell| &*cell.text);
        let (status, text) = (text(one.line.at, one.line.column), text(one.row, one.column));
        let message = words(What::One { name: &name(one), status, text }, &heading);
        let note = Note::new(Severity::Warning, Code::CompletionDate, place(one), message, hint);
        notes.push(note.and(Place::cell(table, one.line.at, one.line.column)));
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Basis, lines::lines, seed};
    use super::*;
    use crate::model::{Column, ColumnId};

    /// The notes on actions with a status and a day of completion each.
    fn said(rows: &[(&str, &str)]) -> String {
        let texts: Vec<[&str; 6]> = rows.iter().map(|(status, _)| ["1", "Dig", "", "Aug-18", *status, ""]).collect();
        let mut table = seed::plan_of(&texts);
        let kind = Role::Completed.kind();
        let column = Column {
            id: ColumnId(99),
            heading: "Date completed".into(),
            role: Some(Role::Completed),
            kind,
            source: 6,
            ..Column::default()
        };
        table.columns.push(column);
        let mut days = rows.iter();
        for at in 0..table.rows.len() {
            if table.rows[at].is_line() {
                let (_, text) = days.next().expect("a day for each line");
                table.rows[at].cells.push(kind.enter(text));
            }
        }
        let judged = Judged { day: Date::constant(2019, 1, 31), basis: Basis::Plan };
        let mut notes = Noted::default();
        collect(&table, &lines(&table), Some(judged), &mut notes);
        notes.iter().map(|note| format!("{} {}", note.place.address, note.cells.len())).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn a_day_of_completion_is_held_against_the_status() {
        let done = ("Complete", "12/11/2018");
        for (rows, expected) in [
            (&[done, ("In progress", "01/12/2018"), ("Not started", "")][..], "Plan!G20 0"),
            (&[done, ("Not started", "Nov-18")], "Plan!G20 0"),
            (&[done, ("Complete", "01/03/2019")], "Plan!G20 0"),
            (&[done, ("Cancelled", "01/12/2018"), ("On hold", "01/12/2018")], ""),
            (&[done, ("In progress", "Jan-19")], "Plan!G20 0"),
            (&[done, ("In progress", "01/12/2018"), ("In progress", "01/03/2019")], ""),
            (&[("In progress", "01/12/2018"), ("Not started", "02/12/2018"), ("In progress", "03/12/2018")], ""),
            (&[("In progress", "01/12/2018"), ("In progress", "")], "Plan!G19 0"),
        ] {
            assert_eq!(said(rows), expected, "{rows:?}");
        }
        let many = [[done; 5], [("In progress", "01/12/2018"); 5]].concat();
        assert_eq!(said(&many), "Plan!G24 5");
    }
}
