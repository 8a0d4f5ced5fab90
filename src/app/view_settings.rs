//! Doing what the commands of the View menu say: themes, sizes, and how a table is looked at. Changes no document.

use std::sync::LazyLock;

use std::path::{Path, PathBuf};

use super::{
    Appearance, Frozen, Renderer, Settings, TableView,
    command::{Command, Cursor, FileCommand, ImportCommand},
    import::Source,
    state::State,
};
use crate::{
    model::{ColumnId, Table},
    store::{ColumnKey, Zoom},
};

/// How a table is looked at of which nothing is remembered.
static USUAL: LazyLock<TableView> = LazyLock::new(TableView::default);

impl State {
    /// How a table is looked at.
    #[must_use]
    pub fn view_of(&self, table: &Table) -> &TableView {
        self.remembered.views.of(self.workspace.document.name(), &table.name).unwrap_or(&USUAL)
    }

    /// Changes a setting, and remembers it.
    pub(super) fn set(&mut self, change: impl FnOnce(&mut Settings)) {
        if !self.remembered.set(change) {
            self.prompts.said = "The choice could not be kept for next time".to_owned();
        }
    }

    pub(super) fn draw_with(&mut self, renderer: Option<Renderer>) {
        self.prompts.said = "From the next start on, the window is drawn that way".to_owned();
        self.set(|settings| settings.renderer = renderer);
    }

    /// How the window looks: where the system is followed and shows strong contrasts, so does the window.
    #[must_use]
    pub fn appearance(&self) -> Appearance {
        match self.remembered.settings.theme {
            Appearance::System if self.view.high_contrast => Appearance::HighContrast,
            chosen => chosen,
        }
    }

    /// Remembers the folder of what was chosen in a file dialog.
    pub fn keep_folder(&mut self, chosen: &Command) {
        let path = match chosen {
            Command::File(FileCommand::OpenFiles(paths)) | Command::Import(ImportCommand::AddFiles(paths)) => paths.first(),
            Command::File(FileCommand::SaveTo(path) | FileCommand::ExportTo(path) | FileCommand::PictureTo(path)) => Some(path),
            _ => None,
        };
        self.remembered.keep_folder_of(path.map(PathBuf::as_path));
    }

    /// The file that is open, or one of the workbooks it was read from.
    #[must_use]
    pub fn open_file(&self) -> Option<&Path> {
        let sources = self.workspace.document.tables.iter().filter_map(|table| self.workspace.origins.get(&table.id));
        let mut files = sources.filter_map(|source| match source {
            Source::File(path) => Some(&**path),
            Source::Sample | Source::Pasted(_) => None,
        });
        self.workspace.path.as_deref().or_else(|| files.next())
    }

    /// Shows the cursor's column again if it was put away, as when a note leads there.
    pub(super) fn unhide_cursor(&mut self) {
        let Some(column) = self.cursor_column() else { return };
        self.look_at_table(|table, view| {
            let column = table.columns.iter().find(|known| known.id == column);
            view.hidden.retain(|key| column.is_none_or(|column| !key.is(column)));
        });
    }

    pub(super) fn zoom(&mut self, zoom: Zoom) {
        self.prompts.said = format!("Zoom {} %", zoom.percent());
        self.set(|settings| settings.zoom = zoom);
    }

    /// The cursor's column in the table in view.
    pub(super) fn cursor_column(&self) -> Option<ColumnId> {
        self.view.cursor.filter(|cursor| Some(cursor.table) == self.table_id()).and_then(|cursor| cursor.column)
    }

    pub(super) fn freeze(&mut self, column: Option<ColumnId>) {
        let Some(column) = column.or(self.cursor_column()) else { return };
        self.look_at_table(|table, view| {
            let column = table.columns.iter().find(|known| known.id == column);
            view.frozen = column.map_or(Frozen::Usual, |column| Frozen::To(ColumnKey::of(column)));
        });
    }

    pub(super) fn unfreeze(&mut self) {
        self.look_at_table(|_, view| view.frozen = Frozen::Off);
    }

    pub(super) fn show_columns(&mut self) {
        self.look_at_table(|_, view| view.hidden.clear());
    }

    /// Puts a column away; the cursor moves on to one that is in sight.
    pub(super) fn hide(&mut self, column: Option<ColumnId>) {
        let Some((id, table)) = column.or(self.cursor_column()).zip(self.table()) else { return };
        let Some(at) = table.column_position(id) else { return };
        let view = self.view_of(table);
        let mut others = (at + 1..table.columns.len()).chain((0..at).rev());
        let Some(next) = others.find(|&other| !view.hides(&table.columns[other])) else {
            self.prompts.said = "The last column in view cannot be hidden".to_owned();
            return;
        };
        let (next, words) = (table.columns[next].id, format!("Hid the column {}", table.heading(at)));
        self.look_at_table(|table, view| view.hidden.push(ColumnKey::of(&table.columns[at])));
        self.view.cursor =
            self.view.cursor.map(|cursor| if cursor.column == Some(id) { Cursor { column: Some(next), ..cursor } } else { cursor });
        self.prompts.said = words;
    }

    /// Changes how the table in view is looked at, and remembers it.
    fn look_at_table(&mut self, change: impl FnOnce(&Table, &mut TableView)) {
        let Some(table) = self.table() else { return };
        let before = self.view_of(table);
        let mut view = before.clone();
        change(table, &mut view);
        if view == *before {
            return;
        }
        let (document, table) = (self.workspace.document.name().to_owned(), table.name.clone());
        self.remembered.views.set(&document, &table, view);
        self.keep_views();
    }

    /// Remembers how tables are looked at for the next run.
    pub(super) fn keep_views(&mut self) {
        if self.remembered.views.save(&self.remembered.folder).is_err() {
            self.prompts.said = "The choice could not be kept for next time".to_owned();
        }
    }
}
