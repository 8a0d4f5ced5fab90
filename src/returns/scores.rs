//! The colours of risk scores: by the owner's own ratings beside them, else by the usual matrix of five by five, which is said. Rates nothing.

use super::{sheet::Sheet, style::Style};
use crate::{
    model::{Role, Row, Status, Table},
    workbook::{Area, Banded, keys::Part, worked_out},
};

/// The bands of the usual matrix of likelihood and impact from 1 to 5: green below 8, amber to 14, red from 15 on.
const MATRIX: [(f64, f64, Status); 3] =
    [(1.0, 7.0, Status::InProgress), (8.0, 14.0, Status::MinorProblems), (15.0, 25.0, Status::MajorProblems)];
/// The highest likelihood and impact of that matrix.
const HIGHEST: f64 = 5.0;
/// Said below a register whose scores are coloured by it.
const MATRIX_SAID: &str = "Scores are coloured by the usual matrix of five by five (15 and more red, 8 to 14 amber, below 8 green), as no rating \
     stands beside them.";

/// Colours the scores of a table that stands in the rows from the first to the last, and says what that rests on where its owner does not.
pub(super) fn colour(sheet: &mut Sheet<'_>, table: &Table, (first_row, last_row): (u32, u32)) {
    let Some(at) = table.role_position(Role::Score).filter(|_| first_row <= last_row) else { return };
    let own = own_bands(table, at);
    let assumed = own.is_none() && is_five_by_five(table, at);
    let bands = match own {
        Some(bands) => bands,
        None if assumed => MATRIX.iter().map(|&(from, to, status)| (from, to, status, None)).collect(),
        None => return,
    };
    let column = at as u16;
    let area = Area { first_row, first_column: column, last_row, last_column: column };
    for (from, to, status, colour) in bands {
        let style = Style::Status(status);
        let look = colour.map_or_else(|| style.look(), |colour| sheet.look_in(style, colour));
        sheet.page.banded.push(Banded { area, from, to, look });
    }
    if assumed {
        sheet.next += 1;
        sheet.text(sheet.next, 0, MATRIX_SAID, Style::Remark);
        sheet.key_beside(sheet.next, table.id, Part::Said, &worked_out::sums([MATRIX_SAID]));
        sheet.next += 1;
    }
}

/// A band of scores, from and to, with the status of its colour and the owner's own colour for it.
type Band = (f64, f64, Status, Option<u32>);

/// The scores that each of the owner's ratings stands beside, where no two ratings share a stretch; none where no rating stands there.
fn own_bands(table: &Table, score: usize) -> Option<Vec<Band>> {
    let mut bands: Vec<Band> = Vec::new();
    for row in table.rows.iter().filter(|row| row.is_line()) {
        let Some(amount) = row.cells.get(score).and_then(|cell| cell.amount()) else { continue };
        let Some((status, colour)) = rating(table, row) else { continue };
        match bands.iter_mut().find(|(.., held, _)| *held == status) {
            Some((from, to, ..)) => (*from, *to) = (from.min(amount), to.max(amount)),
            None => bands.push((amount, amount, status, colour)),
        }
    }
    bands.sort_by(|a, b| a.0.total_cmp(&b.0));
    (!bands.is_empty() && bands.windows(2).all(|pair| pair[0].1 < pair[1].0)).then_some(bands)
}

/// How a row is rated beside its score: the first column that holds ratings, other than the score.
fn rating(table: &Table, row: &Row) -> Option<(Status, Option<u32>)> {
    table.columns.iter().zip(&row.cells).find_map(|(column, cell)| {
        let rates = matches!(column.role, None | Some(Role::Rating | Role::Status));
        let status = cell.status().or_else(|| Status::parse(cell.text.trim())).filter(|_| rates && !cell.is_blank())?;
        let step = column.scale.steps().iter().find(|step| step.text.trim() == cell.text.trim());
        Some((status, step.and_then(|step| step.colour)))
    })
}

/// Whether every score is the product of a likelihood and an impact of at most five.
fn is_five_by_five(table: &Table, score: usize) -> bool {
    let (Some(likelihood), Some(impact)) = (table.role_position(Role::Likelihood), table.role_position(Role::Impact)) else { return false };
    let mut scores = 0;
    let fits = table.rows.iter().filter(|row| row.is_line()).all(|row| {
        let amount = |at: usize| row.cells.get(at).and_then(|cell| cell.amount());
        match (amount(likelihood), amount(impact), amount(score)) {
            (Some(one), Some(other), Some(product)) => {
                scores += 1;
                one <= HIGHEST && other <= HIGHEST && (one * other - product).abs() < 1e-9
            }
            (_, _, score) => score.is_none(),
        }
    });
    fits && scores > 0
}
