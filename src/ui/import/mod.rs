//! The import under review in place of the document: its sheets, what is read from them and what that becomes. Corrects by commands.

mod cells;
mod choices;
mod extents;
mod footer;
mod frames;
mod geometry;
mod preview;
mod roles;
mod sheet;
mod sheets;
mod words;

use eframe::egui::{CentralPanel, Frame, Label, Layout, Margin, Panel, RichText, Stroke, Ui, vec2};

use self::sheet::SheetView;
use super::theme::{self, Theme};
use crate::app::{command::Command, import::Import, state::State};

/// The view as its user left it.
#[derive(Debug, Default)]
pub struct ImportView {
    sheet: SheetView,
    preview: preview::Preview,
}

impl ImportView {
    /// Draws the import under review.
    pub fn show(&mut self, ui: &mut Ui, theme: &Theme, state: &State, import: &Import, commands: &mut Vec<Command>) {
        let bar = |margin: Margin| Frame::new().fill(theme.panel).inner_margin(margin);
        Panel::top("import title").frame(bar(Margin::symmetric(16, 8))).show(ui, |ui| title(ui, theme, import, commands));
        Panel::bottom("import footer")
            .frame(bar(Margin::symmetric(16, 10)))
            .show(ui, |ui| footer::show(ui, theme, state, import, commands));
        let side = Panel::left("import sheets").exact_size(212.0).resizable(false).frame(bar(Margin::same(8)));
        side.show(ui, |ui| sheets::show(ui, theme, import, commands));
        let right = Panel::right("import table").exact_size(264.0).resizable(false).frame(bar(Margin::ZERO));
        right.show(ui, |ui| extents::show(ui, theme, import, commands));
        let half = (ui.available_height() * 0.44).max(120.0);
        let below = Panel::bottom("import preview").default_size(half).size_range(120.0..=1200.0).resizable(true);
        below.frame(Frame::new().fill(theme.background)).show(ui, |ui| self.preview.show(ui, theme, import, commands));
        CentralPanel::default().frame(Frame::new().fill(theme.background)).show(ui, |ui| self.sheet.show(ui, theme, import, commands));
    }
}

/// What is reviewed, and the mapping it was read by.
fn title(ui: &mut Ui, theme: &Theme, import: &Import, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        ui.set_min_height(30.0);
        ui.label(RichText::new(format!("Import of {}", import.name)).font(theme::semibold(theme::TITLE_SIZE)));
        let tables = words::count(import.reading.tables.len(), "table", "tables");
        let sheets = words::count(import.grids.len(), "sheet", "sheets");
        ui.label(RichText::new(format!("{tables} from {sheets}")).color(theme.muted));
        if !import.is_up_to_date() {
            ui.label(RichText::new("Reading again…").color(theme.muted));
        }
        let Some(mapping) = &import.mapping else { return };
        ui.with_layout(Layout::right_to_left(eframe::egui::Align::Center), |ui| {
            let forget = Command::ForgetMapping;
            if ui.button(forget.text()).on_hover_text("Read it by the program's own judgement, now and from now on").clicked() {
                commands.push(forget);
            }
            let words = RichText::new(format!("Read by the mapping “{mapping}”")).color(theme.muted);
            ui.add(Label::new(words).truncate());
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
