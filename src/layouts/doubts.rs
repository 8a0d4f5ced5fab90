//! Columns whose role is nearly undecided, as notes: what each was taken for and what it may be instead. Changes no role.

use super::outline::{Heading, Outline};
use crate::{
    model::{Role, TableKind},
    notes::{Code, Note, Place, Severity},
    workbook::RawSheet,
};

/// The roles that figures rest on.
const TELLING: [Role; 9] =
    [Role::Action, Role::Kpi, Role::Status, Role::Start, Role::End, Role::Lead, Role::Current, Role::Target, Role::Rating];

/// A note for each column of a plan or of indicators that was hardly told from something else.
pub(super) fn notes(grid: &RawSheet, outline: &Outline) -> Vec<Note> {
    let telling = |role: Option<Role>| role.is_some_and(|role| TELLING.contains(&role));
    let doubted = |heading: &&Heading| heading.rival.is_some_and(|rival| telling(heading.role) || telling(rival));
    let row = outline.header.map_or(outline.first.0, |(_, last)| last);
    let note = |heading: &Heading| {
        let rival = heading.rival.flatten();
        let message = format!("{} was taken for {}; it may also be {}.", called(heading), said(heading.role), said(rival));
        let hint = "If that is wrong, choose what it is in File > Review import.";
        Note::new(Severity::Info, Code::DoubtfulColumn, Place::address(grid.place(row, heading.column)), message, hint)
    };
    let judged = matches!(outline.kind, TableKind::Plan | TableKind::Kpi);
    // One of two is enough where each may be what the other is.
    outline.columns.iter().filter(|_| judged).filter(doubted).filter(|heading| telling(heading.role)).map(note).collect()
}

fn called(heading: &Heading) -> String {
    let words = heading.words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() { "A column without a heading".to_owned() } else { format!("“{words}”") }
}

fn said(role: Option<Role>) -> String {
    role.map_or_else(|| "a column of your own".to_owned(), |role| format!("the {}", role.code().replace('_', " ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{layouts, workbook};

    #[test]
    fn what_is_nearly_undecided_is_said_once() {
        let text = "ID\tIssue\tDescription\tOwner\tDue\tStatus\n1\tThe gate sticks at night\tThe gate by the pond sticks in the frost\tAnn\t01/02/2027\tOpen\n\
                    2\tThe lamp is out again\tThe lamp by the hall is out most nights\tBob\t01/03/2027\tOpen";
        let grid = workbook::pasted("Issues", text);
        let outline = layouts::outline(std::slice::from_ref(&grid)).remove(0);
        let said: Vec<String> = notes(&grid, &outline).into_iter().map(|note| note.message.clone()).collect();
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].ends_with("was taken for the action; it may also be the description."), "{said:?}");
    }

    #[test]
    fn a_clear_plan_has_no_doubt() {
        let grid = workbook::pasted("Plan", "Ref\tAction\tLead\tStatus\n1\tDig\tAnn\tOpen\n2\tRake\tBob\tOpen");
        assert_eq!(notes(&grid, &layouts::outline(std::slice::from_ref(&grid))[0]), []);
    }
}
