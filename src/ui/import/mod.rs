//! The import under review in place of the document: its sheets, what is read from them and what that becomes. Corrects by commands.

mod cells;
mod choices;
mod extents;
mod footer;
mod frames;
mod geometry;
mod keys;
mod notes;
mod preview;
mod roles;
mod select;
mod selected;
mod sheet;
mod sheets;
mod words;

use std::sync::Arc;

use eframe::egui::{Align, CentralPanel, Frame, Id, Label, Layout, Margin, Panel, RichText, ScrollArea, Stroke, Ui, vec2};

use self::sheet::SheetView;
use super::theme::{self, Theme};
use crate::{
    app::{
        command::{Command, ImportCommand},
        import::Import,
        state::State,
    },
    workbook::RawSheet,
};

/// The view as its user left it.
#[derive(Debug, Default)]
pub(super) struct ImportView {
    /// The workbook it was left in.
    of: Arc<Vec<RawSheet>>,
    sheet: SheetView,
    preview: preview::Preview,
}

impl ImportView {
    /// Draws the import under review.
    pub(super) fn show(&mut self, ui: &mut Ui, theme: &Theme, state: &State, import: &Import, commands: &mut Vec<Command>) {
        if !Arc::ptr_eq(&self.of, &import.grids) {
            *self = Self { of: Arc::clone(&import.grids), ..Self::default() };
        }
        let bar = |margin: Margin| Frame::new().fill(theme.panel).inner_margin(margin);
        Panel::top("import title").frame(bar(Margin::symmetric(16, 8))).show(ui, |ui| title(ui, theme, state, import, commands));
        Panel::bottom("import footer")
            .frame(bar(Margin::symmetric(16, 10)))
            .show(ui, |ui| footer::show(ui, theme, state, import, commands));
        let left = Panel::left("import sheets").exact_size(212.0).resizable(false).frame(bar(Margin::same(8)));
        left.show(ui, |ui| sheets::show(ui, theme, state, import, commands));
        let right = Panel::right("import table").exact_size(264.0).resizable(false).frame(bar(Margin::ZERO));
        right.show(ui, |ui| side(ui, theme, import, commands));
        let half = (ui.available_height() * 0.44).max(120.0);
        let below = Panel::bottom("import preview").default_size(half).size_range(120.0..=1200.0).resizable(true);
        below.frame(Frame::new().fill(theme.background)).show(ui, |ui| self.preview.show(ui, theme, import, commands));
        CentralPanel::default().frame(Frame::new().fill(theme.background)).show(ui, |ui| self.sheet.show(ui, theme, import, commands));
    }
}

/// Where the keyboard is led to: the sheet, and from there the preview.
#[must_use]
pub(super) fn next_part(ui: &Ui) -> Id {
    if ui.memory(|memory| memory.has_focus(sheet::id())) { preview::id() } else { sheet::id() }
}

/// What is reviewed, and the mapping it was read by.
fn title(ui: &mut Ui, theme: &Theme, state: &State, import: &Import, commands: &mut Vec<Command>) {
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.set_min_height(30.0);
        if let Some(mapping) = &import.mapping {
            let forget = Command::Import(ImportCommand::ForgetMapping);
            if ui.button(forget.text()).on_hover_text(forget.tooltip()).clicked() {
                commands.push(forget);
            }
            // The name of the workbook has the first right to the room.
            ui.scope(|ui| {
                ui.set_max_width(ui.available_width() * 0.4);
                ui.add(Label::new(RichText::new(format!("Read by the mapping “{mapping}”")).color(theme.muted)).truncate());
            });
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let size = about(state, import).join("  ·  ");
            let words = ui.painter().layout_no_wrap(size.clone(), theme::plain(theme::GRID_SIZE), theme.muted).size().x;
            ui.scope(|ui| {
                ui.set_max_width((ui.available_width() - words - 16.0).max(120.0));
                let name = RichText::new(format!("Import of {}", import.name)).font(theme::semibold(theme::TITLE_SIZE));
                ui.add(Label::new(name).truncate());
            });
            ui.add(Label::new(RichText::new(size).color(theme.muted)).truncate());
        });
    });
}

/// How much was found, whether it is being read, and what else there is to review.
fn about(state: &State, import: &Import) -> Vec<String> {
    let tables = words::count(import.reading.tables.len(), "table", "tables");
    let mut about = vec![format!("{tables} from {}", words::count(import.grids.len(), "sheet", "sheets"))];
    let workbooks = state.workspace.workbooks();
    if let Some(at) = workbooks.iter().position(|source| **source == import.source)
        && workbooks.len() > 1
    {
        about.push(format!("workbook {} of {}", at + 1, workbooks.len()));
    }
    if !state.review.to_add().is_empty() {
        about.push(format!("then {}", words::count(state.review.to_add().len(), "more workbook", "more workbooks")));
    }
    if !import.is_up_to_date() {
        about.push("reading again…".to_owned());
    }
    about
}

/// What stands on the right: the table looked at, what is selected, and what was noticed. It scrolls where a small window cuts it off.
fn side(ui: &mut Ui, theme: &Theme, import: &Import, commands: &mut Vec<Command>) {
    ScrollArea::vertical().id_salt("import side").auto_shrink(false).show(ui, |ui| {
        Frame::new().inner_margin(Margin::symmetric(14, 8)).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 5.0;
            extents::show(ui, theme, import, commands);
            rule(ui, theme);
            selected::show(ui, theme, import, commands);
            rule(ui, theme);
            notes::show(ui, theme, import);
        });
    });
}

/// A heading in a side panel.
fn heading(ui: &mut Ui, theme: &Theme, words: &str) {
    ui.add_space(4.0);
    ui.label(RichText::new(words).font(theme::semibold(13.0)).color(theme.text));
}

/// A hairline over the width there is.
fn rule(ui: &mut Ui, theme: &Theme) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 9.0), eframe::egui::Sense::HOVER);
    ui.painter().hline(rect.x_range(), rect.center().y, Stroke::new(1.0, theme.hairline));
}
