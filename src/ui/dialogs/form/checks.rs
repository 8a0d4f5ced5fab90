//! The checks of a form that are not met, each with what the form says and a field for its explanation. Judges none.

use eframe::egui::{Label, RichText, ScrollArea, Ui};

use super::typed;
use crate::{
    app::{
        command::Command,
        fill_template::{CheckTold, FormEdit, OpenForm},
    },
    ui::theme::{self, Theme},
};

/// Lists the checks that are not met.
pub(super) fn show(ui: &mut Ui, theme: &Theme, form: &OpenForm, height: f32, commands: &mut Vec<Command>) {
    let Some(report) = form.report() else {
        ui.label(RichText::new("The form is being tried…").color(theme.muted));
        return;
    };
    if report.checks.is_empty() {
        let words = match report.all_checks {
            0 => "No formula of the form could be told to be a check.".to_owned(),
            all => format!("All {all} checks of the form are met."),
        };
        ui.label(RichText::new(words).color(theme.muted));
        return;
    }
    ScrollArea::vertical().max_height(height).auto_shrink([false, false]).show(ui, |ui| {
        for check in &report.checks {
            ui.push_id(&check.place, |ui| one(ui, theme, form, check, commands));
        }
    });
}

fn one(ui: &mut Ui, theme: &Theme, form: &OpenForm, check: &CheckTold, commands: &mut Vec<Command>) {
    let name = if check.label.is_empty() { check.place.clone() } else { format!("{}  {}", check.place, check.label) };
    ui.add(Label::new(RichText::new(name).font(theme::semibold(14.0))).wrap());
    if let Some(why) = &check.untold {
        ui.add(
            Label::new(
                RichText::new(format!("It could not be worked out here ({why}). Excel does when it opens the form.")).color(theme.muted),
            )
            .wrap(),
        );
        ui.add_space(8.0);
        return;
    }
    ui.add(Label::new(RichText::new(format!("The form says: {}", check.says)).color(theme.major_problems.mark)).wrap());
    ui.horizontal(|ui| {
        let label = ui.label("Explanation");
        let width = (ui.available_width() - 24.0).max(120.0);
        let edit = |typed| FormEdit::Explain(check.place.clone(), typed);
        let field =
            typed(ui, &format!("explanation {}", check.place), form.explanation(&check.place), width, edit, commands).labelled_by(label.id);
        ui.ctx().accesskit_node_builder(field.id, |node| node.set_label(format!("Explanation of {} {}", check.place, check.label)));
    });
    let where_to = match &check.cell {
        Some(cell) => format!("It is written into {cell}."),
        None => "The form has no cell for it: it is kept in the report, to be sent with the form.".to_owned(),
    };
    ui.label(RichText::new(where_to).color(theme.muted));
    ui.add_space(8.0);
}
