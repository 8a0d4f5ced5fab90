//! Whether a row is one of headings: by known words, by sequences of dates, weeks or letters along it, and by what stands below.

use super::words::{is_period, known, role_of};
use crate::{
    model::{Role, Status, is_date_format},
    workbook::{RawCell, RawRow, RawSheet},
};

/// A row has headings up to this many cells, those of a sequence left out.
const WIDEST: usize = 120;
/// The longest heading, in characters.
const LONGEST: usize = 160;
/// How many single letters side by side make a sequence, such as those of weekdays. Of numbers it is three.
const LETTERS: usize = 5;
/// How many rows below tell what stands under a heading.
const BELOW: usize = 12;

/// How many distinct roles a row's cells name, when it may be a row of headings; 0 when it is none. `mending` forgives typing errors.
pub(super) fn headings_in(grid: &RawSheet, at: usize, mending: bool) -> usize {
    let row = &grid.rows[at];
    // Every row is asked: one that begins with 1.2.1 is told at once.
    let numbered = row
        .cells
        .first()
        .is_some_and(|cell| cell.text.contains('.') && cell.text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'));
    if numbered || row.cells.len() < 2 || !row.cells.iter().all(|cell| may_be_heading(cell) || is_day(cell)) {
        return 0;
    }
    let text = |cell: &&RawCell| cell.stored.is_none();
    // `Complete` heads a column now and then, and fills one often.
    let stated = |cell: &&RawCell| Status::parse(&cell.text).is_none();
    let mut roles: Vec<Role> = row.cells.iter().filter(text).filter(stated).filter_map(|cell| known(&cell.text)).collect();
    let exact = distinct(&mut roles);
    let marked = is_marked(grid, at);
    if exact == 0 && !mending && !marked {
        return 0;
    }
    let in_sequence = sequences(row);
    let apart = |at: &usize| !in_sequence[*at];
    let cells: Vec<&RawCell> = (0..row.cells.len()).filter(apart).map(|at| &row.cells[at]).collect();
    // A day heads a column where it is one of several in order, or where no days stand below.
    let heads = |cell: &&&RawCell| is_day(cell) && !differs_below(grid, at, cell.column);
    if cells.len() > WIDEST || cells.iter().any(|cell| heads(&cell)) {
        return 0;
    }
    let least = if mending { 0.55 } else { 0.6 };
    let loose = row.cells.iter().filter(text).filter_map(|cell| role_of(&cell.text, None).filter(|(_, surety)| *surety >= least));
    let mut roles: Vec<Role> = loose.map(|(role, _)| role).chain(roles).collect();
    let periods = cells.iter().filter(|cell| is_period(&cell.text)).count();
    let named = roles.len() + periods;
    let all = distinct(&mut roles) + usize::from(periods > 0 || cells.len() < row.cells.len());
    if marked && exact > 0 {
        return all.max(exact).max(2);
    }
    // Words of a plan's own text may be headings elsewhere, so most of the row must be.
    if named * 5 >= cells.len() * 2 && (exact >= 1 || mending) { all.max(exact) } else { 0 }
}

/// Whether panes, a filter or an Excel table mark a row as one of headings, which stand over something in words of their own.
pub(super) fn is_marked(grid: &RawSheet, at: usize) -> bool {
    let row = &grid.rows[at];
    let words = row.cells.iter().filter(|cell| cell.stored.is_none()).count();
    grid.heads.binary_search(&row.row).is_ok() && words * 2 >= row.cells.len() && row.cells.len() >= 2 && at + 1 < grid.rows.len()
}

fn distinct(roles: &mut Vec<Role>) -> usize {
    roles.sort_unstable();
    roles.dedup();
    roles.len()
}

/// Whether a cell could be a heading: short words, a year, or a date that names a period.
pub(super) fn may_be_heading(cell: &RawCell) -> bool {
    match &cell.stored {
        None => {
            let short = cell.text.len() <= LONGEST || (cell.text.len() <= LONGEST * 2 && cell.text.chars().count() <= LONGEST);
            short && !cell.text.ends_with(". ")
        }
        Some(stored) => {
            (1990.0..2100.0).contains(&stored.number)
                || (is_date_format(&stored.format) && !stored.format.contains(['d', 'D']))
                || stored.number.fract() == 0.0 && stored.number < 60.0
        }
    }
}

/// Whether a cell holds a day.
fn is_day(cell: &RawCell) -> bool {
    cell.stored.as_ref().is_some_and(|stored| is_date_format(&stored.format))
}

/// Whether something stands below a cell, and most of it is no day.
fn differs_below(grid: &RawSheet, at: usize, column: u16) -> bool {
    let below: Vec<bool> = grid.rows[at + 1..].iter().take(BELOW).filter_map(|row| row.cell(column)).map(is_day).collect();
    !below.is_empty() && below.iter().filter(|day| **day).count() * 2 < below.len()
}

/// What a cell is in a sequence: its number, or the number behind the words that it shares with its neighbours.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Step<'a> {
    Number(f64),
    Counted(&'a str, u32),
    Letter,
    Other,
}

fn step(cell: &RawCell) -> Step<'_> {
    if let Some(stored) = &cell.stored {
        return Step::Number(stored.number);
    }
    let text = cell.text.trim();
    let mut characters = text.chars();
    if characters.next().is_some_and(char::is_alphabetic) && characters.all(|c| c == '.') {
        return Step::Letter;
    }
    let stem = text.trim_end_matches(|c: char| c.is_ascii_digit());
    match text[stem.len()..].parse() {
        Ok(number) if stem.len() <= 12 => Step::Counted(stem.trim_end(), number),
        _ => Step::Other,
    }
}

/// Whether two neighbours and the step between them go on from the two before.
fn goes_on(before: Step<'_>, cell: Step<'_>, next: Step<'_>) -> bool {
    match (before, cell, next) {
        (Step::Number(a), Step::Number(b), Step::Number(c)) => {
            let (first, second) = (b - a, c - b);
            // Months are 28 to 31 days, quarters 90 to 92.
            first > 0.0 && second > 0.0 && (first - second).abs() <= if first >= 28.0 { 3.0 } else { 0.0 }
        }
        (Step::Counted(stem, a), Step::Counted(same, b), Step::Counted(again, c)) => {
            stem == same && same == again && b == a + 1 && c == b + 1
        }
        _ => false,
    }
}

/// Which cells of a row stand in a sequence along it: days a week apart, `1`…`52`, `Wk 1`…`Wk 12`, the letters of weekdays.
pub(super) fn sequences(row: &RawRow) -> Vec<bool> {
    let steps: Vec<Step<'_>> = row.cells.iter().map(step).collect();
    let beside = |at: usize| row.cells[at].column == row.cells[at - 1].column + 1;
    let mut found = vec![false; steps.len()];
    for at in 2..steps.len() {
        if goes_on(steps[at - 2], steps[at - 1], steps[at]) {
            found[at - 2..=at].fill(true);
        }
    }
    let mut run = 0;
    for at in 0..=steps.len() {
        let letter = steps.get(at) == Some(&Step::Letter) && (run == 0 || beside(at));
        if letter {
            run += 1;
            continue;
        }
        if run >= LETTERS {
            found[at - run..at].fill(true);
        }
        run = usize::from(steps.get(at) == Some(&Step::Letter));
    }
    found
}

/// The headings of some rows that stand in a sequence, by their columns.
pub(super) fn sequence_headings(grid: &RawSheet, rows: (u32, u32)) -> Vec<(u16, &str)> {
    let from = grid.rows.partition_point(|row| row.row < rows.0);
    let heads = grid.rows[from..].iter().take_while(|row| row.row <= rows.1);
    heads
        .flat_map(|row| sequences(row).into_iter().zip(&row.cells).filter(|(found, _)| *found).map(|(_, cell)| (cell.column, &*cell.text)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook;

    fn found(texts: &str) -> String {
        let grid = workbook::pasted("Plan", &format!("{texts}\nend\tend"));
        sequences(&grid.rows[0]).iter().map(|found| if *found { 'x' } else { '.' }).collect()
    }

    #[test]
    fn weeks_numbers_and_letters_in_a_row_are_a_sequence() {
        assert_eq!(found("Task\tWk 1\tWk 2\tWk 3\tNote"), ".xxx.");
        assert_eq!(found("Task\t1\t2\t3\t4"), ".xxxx");
        assert_eq!(found("Task\tM\tT\tW\tT\tF"), ".xxxxx");
        assert_eq!(found("R\tA\tG\tTotal"), "....", "three letters are no week");
        assert_eq!(found("Ref\t3\t9\t4"), "....");
    }

    #[test]
    fn a_day_heads_what_is_no_day() {
        let heads = |text: &str| headings_in(&workbook::pasted("Plan", text), 0, false);
        let sheet = "Ref\tAction\tLead\tDue\tStatus\t30/09/2026\n1\tDig\tJo\t01/01/2027\tGreen\tStarted well";
        assert!(heads(sheet) >= 4, "{}", heads(sheet));
    }
}
