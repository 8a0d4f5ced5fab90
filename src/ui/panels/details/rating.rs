//! A KPI's rating, why it is so, and the rule behind it, which can be changed here.

use eframe::egui::{Align, ComboBox, DragValue, Frame, Id, Label, Layout, Margin, RichText, Role as AccessRole, Ui, WidgetInfo, vec2};

use crate::{
    app::{
        command::{Command, EditCommand},
        state::State,
    },
    edit::Change,
    insight::{figure_of, rule_of, stated_rule},
    model::{Figure, Polarity, Role, Row, Shortfall, Table, Unit},
    ui::{
        grid::rating_tone,
        theme::{self, Theme},
        type_ahead::{Letters, of_words},
    },
};

/// A KPI's rating, why, and the rule behind it, which can be changed here.
pub(super) fn show(ui: &mut Ui, theme: &Theme, state: &State, table: &Table, row: &Row, commands: &mut Vec<Command>) {
    let Some(rated) = state.workspace.insight().rating(table.id, row.id) else { return };
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
        let name = rule_label(ui, theme, "Amber within");
        let of_percent = table.cell(row, Role::Target).and_then(figure_of).is_some_and(is_percent);
        // A distance in the target's own unit may be of any size.
        let (suffix, most) = match rule.shortfall {
            Shortfall::Relative => (" %", 100.0),
            Shortfall::Points if of_percent => (" points", 100.0),
            Shortfall::Points => ("", f64::MAX),
        };
        ui.add(DragValue::new(&mut rule.tolerance).range(0.0..=most).clamp_existing_to_range(false).speed(0.5).suffix(suffix))
            .labelled_by(name);
    });
    let stated = stated_rule(table, row);
    // What is shown is not used where the owner's tolerance does not say how far it goes.
    let unused = stated.is_none() && !table.rules.contains_key(&row.id);
    let wanted = unused && ui.button("Rate by this rule").clicked();
    if rule != old || wanted {
        let kept = (Some(rule) != stated).then_some(rule);
        let name = format!("Change the rule of {}", table.name_of(row));
        commands.push(Command::Edit(EditCommand::Make(name, vec![Change::SetRule { table: table.id, row: row.id, rule: kept }])));
    }
}

fn is_percent(figure: Figure) -> bool {
    matches!(figure, Figure::Amount { unit: Unit::Percent, .. })
}

/// The label of a part of the rule, so that their controls stand in line.
fn rule_label(ui: &mut Ui, theme: &Theme, words: &str) -> Id {
    let size = vec2(92.0, 28.0);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_width(size.x);
        ui.label(RichText::new(words).small().color(theme.muted)).id
    })
    .inner
}

fn choice<T: PartialEq + Copy>(ui: &mut Ui, theme: &Theme, label: &str, value: &mut T, choices: &[(T, &str)]) {
    let present = choices.iter().find(|(choice, _)| choice == value).map_or("", |(_, words)| words);
    ui.horizontal(|ui| {
        let name = rule_label(ui, theme, label);
        let chosen = ComboBox::from_id_salt(label).selected_text(present).width(170.0).show_ui(ui, |ui| {
            let letters = Letters::hear(ui, &of_words(choices.iter().map(|(_, words)| *words)));
            for (at, (choice, words)) in choices.iter().enumerate() {
                letters.follow(at, &ui.selectable_value(value, *choice, *words));
            }
        });
        chosen.response.widget_info(|| WidgetInfo::labeled(AccessRole::ComboBox, true, format!("{label}: {present}")));
        chosen.response.labelled_by(name);
    });
}
