//! The selected row in full: every value, a KPI's rating with its rule, and the notes on it.

use eframe::egui::{
    Align, ComboBox, DragValue, Frame, Label, Layout, Margin, RichText, Role as AccessRole, ScrollArea, Ui, WidgetInfo, vec2,
};

use crate::{
    app::{command::Command, state::State},
    edit::Change,
    insight::{rule_of, stated_rule},
    model::{Polarity, Role, Row, RowKind, Shortfall, Table, TableKind},
    ui::{
        grid::rating_tone,
        theme::{self, Theme},
    },
};

/// Draws the row the cursor is in.
pub fn show(ui: &mut Ui, theme: &Theme, state: &State, commands: &mut Vec<Command>) {
    let here = state.cursor.and_then(|cursor| {
        let table = state.document.table(cursor.table)?;
        Some((table, table.row(cursor.row)?))
    });
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        Frame::new().inner_margin(Margin::symmetric(16, 12)).show(ui, |ui| {
            let Some((table, row)) = here else {
                ui.label(RichText::new("Details").font(theme::semibold(16.0)));
                ui.weak("Select a row to see all of it here.");
                return;
            };
            ui.label(RichText::new(title(table, row)).font(theme::semibold(16.0)));
            if table.kind == TableKind::Kpi {
                rating(ui, theme, state, table, row, commands);
            }
            for field in &row.fields {
                value(ui, theme, &field.label, &field.cell.text);
            }
            for (at, cell) in row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank()) {
                value(ui, theme, &table.heading(at), &cell.text);
                if cell.formula {
                    ui.label(RichText::new("From a formula: the value its workbook last worked out").small().color(theme.muted));
                }
                let remark = table
                    .remarks
                    .iter()
                    .find(|remark| remark.row == row.id && Some(remark.column) == table.columns.get(at).map(|column| column.id));
                if let Some(remark) = remark {
                    ui.add(Label::new(RichText::new(format!("Note in the workbook: {}", remark.text)).small().color(theme.muted)).wrap());
                }
            }
            if row.hidden {
                ui.add_space(8.0);
                ui.label(RichText::new("This row is hidden in its workbook.").color(theme.muted));
            }
            let hidden: Vec<String> =
                (0..table.columns.len()).filter(|&at| table.columns[at].hidden).map(|at| format!("“{}”", table.heading(at))).collect();
            if !hidden.is_empty() {
                ui.add(
                    Label::new(RichText::new(format!("Hidden in its workbook: the column {}", hidden.join(", "))).color(theme.muted))
                        .wrap(),
                );
            }
            let notes: Vec<_> = state.notes().filter(|note| note.place.table == Some(table.id) && note.place.row == Some(row.id)).collect();
            if !notes.is_empty() {
                ui.add_space(8.0);
                ui.label(RichText::new("Notes on this row").font(theme::semibold(13.0)));
            }
            for note in notes {
                ui.add(Label::new(&note.message).wrap());
            }
        });
    });
}

/// What the row is called, by what it is.
fn title(table: &Table, row: &Row) -> String {
    let name = table.name_of(row);
    match (table.kind, row.kind) {
        (TableKind::Plan, RowKind::Entry) if table.role_position(Role::Ref).is_some() => format!("Action {name}"),
        (TableKind::Plan, RowKind::Line) => "Continuation line".to_owned(),
        (TableKind::Kpi, _) if table.role_position(Role::Ref).is_some() => format!("KPI {name}"),
        _ => name,
    }
}

fn value(ui: &mut Ui, theme: &Theme, label: &str, text: &str) {
    ui.add_space(4.0);
    ui.label(RichText::new(label).small().color(theme.muted));
    ui.add(Label::new(text).wrap().selectable(true));
}

/// A KPI's rating, why, and the rule behind it, which can be changed here.
fn rating(ui: &mut Ui, theme: &Theme, state: &State, table: &Table, row: &Row, commands: &mut Vec<Command>) {
    let Some(rated) = state.insight.rating(table.id, row.id) else { return };
    let tone = rating_tone(theme, rated.rating);
    Frame::new().fill(tone.fill).corner_radius(6).inner_margin(Margin::symmetric(10, 8)).show(ui, |ui| {
        ui.label(RichText::new(rated.rating.word()).font(theme::semibold(14.0)).color(tone.mark));
        ui.add(Label::new(&rated.why).wrap());
    });
    ui.add_space(6.0);
    ui.label(RichText::new("Rated by").font(theme::semibold(13.0)));
    let old = rule_of(table, row);
    let mut rule = old;
    choice(
        ui,
        theme,
        "Good is",
        &mut rule.polarity,
        &[
            (Polarity::FromTarget, "As the target says"),
            (Polarity::HigherIsBetter, "Higher"),
            (Polarity::LowerIsBetter, "Lower"),
            (Polarity::Maintain, "Held at the target"),
        ],
    );
    choice(
        ui,
        theme,
        "Shortfall in",
        &mut rule.shortfall,
        &[(Shortfall::Relative, "Per cent of the target"), (Shortfall::Points, "Points")],
    );
    ui.horizontal(|ui| {
        rule_label(ui, theme, "Amber within");
        let suffix = if rule.shortfall == Shortfall::Relative { " %" } else { " points" };
        let amount = ui.add(DragValue::new(&mut rule.tolerance).range(0.0..=100.0).speed(0.5).suffix(suffix));
        ui.ctx().accesskit_node_builder(amount.id, |node| node.set_label("Amber within"));
    });
    if rule != old {
        let kept = (rule != stated_rule(table, row)).then_some(rule);
        let name = format!("Change the rule of {}", table.name_of(row));
        commands.push(Command::Edit(name, vec![Change::SetRule { table: table.id, row: row.id, rule: kept }]));
    }
}

/// The label of a part of the rule, so that their controls stand in line.
fn rule_label(ui: &mut Ui, theme: &Theme, words: &str) {
    let size = vec2(92.0, 28.0);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_width(size.x);
        ui.label(RichText::new(words).small().color(theme.muted));
    });
}

fn choice<T: PartialEq + Copy>(ui: &mut Ui, theme: &Theme, label: &str, value: &mut T, choices: &[(T, &str)]) {
    let present = choices.iter().find(|(choice, _)| choice == value).map_or("", |(_, words)| words);
    ui.horizontal(|ui| {
        rule_label(ui, theme, label);
        let list = ComboBox::from_id_salt(label).selected_text(present).width(170.0).show_ui(ui, |ui| {
            for (choice, words) in choices {
                ui.selectable_value(value, *choice, *words);
            }
        });
        list.response.widget_info(|| WidgetInfo::labeled(AccessRole::ComboBox, true, format!("{label}: {present}")));
    });
}
