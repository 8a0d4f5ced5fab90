//! Whether the figures of a table are written with a decimal comma: told by those that can be read one way only. Changes no text.

use crate::model::{
    Cell, Table,
    kinds::{Decimal, Kind, decimal_of},
};

/// Reads the figures of a table again where their decimals are marked by a comma.
pub(super) fn settle(table: &mut Table) {
    let counted: Vec<usize> =
        (0..table.columns.len()).filter(|&at| matches!(table.columns[at].kind, Kind::Figure | Kind::Number)).collect();
    let is_written = |cell: &&Cell| cell.format.is_none() && !cell.is_blank();
    let (mut commas, mut points) = (0_usize, 0_usize);
    for row in table.rows.iter().filter(|row| !row.cells.is_empty()) {
        for cell in counted.iter().filter_map(|&at| row.cells.get(at)).filter(is_written) {
            match decimal_of(&cell.text) {
                Some(Decimal::Comma) => commas += 1,
                Some(Decimal::Point) => points += 1,
                None => {}
            }
        }
    }
    if commas == 0 || points > 0 {
        return;
    }
    for row in table.rows.iter_mut() {
        for &at in &counted {
            if let Some(cell) = row.cells.get_mut(at).filter(|cell| is_written(&&**cell)) {
                cell.value = table.columns[at].kind.value_with_commas(&cell.text);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Column, ColumnId, Figure, Row, RowId, TableKind, Unit, Value};

    #[test]
    fn one_figure_that_can_be_read_one_way_only_tells_of_the_others() {
        let read = |texts: &[&str]| {
            let column = Column { id: ColumnId(1), kind: Kind::Figure, ..Column::default() };
            let row =
                |(text, id): (&&str, u32)| Row { id: RowId(id), cells: vec![Kind::Figure.read((*text).into(), None)], ..Row::default() };
            let mut table = Table::new(TableKind::Kpi, vec![column], texts.iter().zip(1..).map(row).collect::<Vec<_>>());
            settle(&mut table);
            table.rows.iter().map(|row| row.cells[0].value).collect::<Vec<_>>()
        };
        let amount = |amount, unit| Value::Figure(Figure::Amount { amount, unit, arrow: None });
        assert_eq!(
            read(&["93,5 %", "1.310", "12,5"]),
            [amount(0.935, Unit::Percent), amount(1310.0, Unit::Plain), amount(12.5, Unit::Plain)]
        );
        assert_eq!(read(&["1,310", "12.5"]), [amount(1310.0, Unit::Plain), amount(12.5, Unit::Plain)]);
        assert_eq!(read(&["1,310"]), [amount(1310.0, Unit::Plain)]);
    }
}
