//! The charts below a KPI table or a history. Drawn from the same figures as the grid, so they follow each edit.

use eframe::egui::Ui;

use crate::{
    app::{command::Command, state::State},
    ui::theme::Theme,
};

/// The charts panel as its user left it.
#[derive(Debug, Default)]
pub struct ChartsPanel {}

impl ChartsPanel {
    /// Draws the charts of the table in view.
    pub fn show(&mut self, _ui: &mut Ui, _theme: &Theme, _state: &State, _commands: &mut Vec<Command>) {}
}
