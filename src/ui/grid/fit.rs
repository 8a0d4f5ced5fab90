//! How wide a column must be for its texts. Changes no column itself.

use eframe::egui::{Align, Ui};

use super::{
    GridView, PAD_X, Shown,
    columns::NARROWEST,
    font,
    galleys::{Fit, galley},
};
use crate::{
    app::command::{Command, EditCommand},
    edit::Change,
    model::{ColumnId, RowKind, Value},
    ui::theme,
};

/// The widest a column becomes by fitting, in points: paragraphs wrap beyond.
const WIDEST: f32 = 460.0;
/// How many of a column's texts are measured: the longest by their letters.
const MEASURED: usize = 40;

impl GridView {
    /// The edit that makes a column as wide as its heading and its texts.
    pub fn fit_column(&self, ui: &Ui, shown: &Shown<'_>, column: ColumnId) -> Option<Command> {
        let table = shown.table;
        let at = table.column_position(column)?;
        let width = |text: &str, font| galley(ui, text, font, Align::LEFT, f32::INFINITY, Fit::default()).size().x;
        let held =
            |row: &&crate::model::Row| row.kind != RowKind::Group && row.cells.get(at).is_some_and(|cell| cell.value != Value::Merged);
        let mut rows: Vec<_> = table.rows.iter().filter(held).collect();
        rows.sort_by_key(|row| std::cmp::Reverse(row.cells[at].text.len()));
        let texts = rows.iter().take(MEASURED).map(|row| {
            let inset = if row.cells[at].status().is_some() || shown.ratings.contains_key(&row.id) { 34.0 } else { 0.0 };
            width(&row.cells[at].text, font(row)) + inset
        });
        let wide = texts.fold(width(&table.heading(at), theme::semibold(13.0)), f32::max) + 2.0 * PAD_X + 4.0;
        let change = Change::SetWidth { table: table.id, column, width: wide.ceil().clamp(NARROWEST, WIDEST) };
        Some(Command::Edit(EditCommand::Make(format!("Fit column {}", table.heading(at)), vec![change])))
    }
}
