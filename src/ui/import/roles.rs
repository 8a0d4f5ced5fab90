//! The drop-downs above a sheet's columns: what each column of the table is, how sure that is, and why.

use eframe::egui::{Align, AtomExt, ComboBox, Layout, Rect, RichText, Role as Access, Ui, UiBuilder, WidgetInfo};

use super::{
    choices,
    words::{self, Surety},
};
use crate::{
    app::{
        command::{Command, ImportCommand},
        import::{Correct, Draft},
    },
    layouts::Heading,
    model::{Role, column_letters},
    ui::{icon, theme::Theme},
};

/// Draws the drop-down of a column; true when it has just got the keyboard, so that it can be scrolled into view.
pub(super) fn show(
    ui: &mut Ui,
    theme: &Theme,
    table: usize,
    draft: &Draft,
    heading: &Heading,
    rect: Rect,
    commands: &mut Vec<Command>,
) -> bool {
    let surety = Surety::of(heading.surety);
    let colour = match surety {
        Surety::Sure => theme.in_progress.mark,
        Surety::Likely => theme.muted,
        Surety::Guess => theme.minor_problems.mark,
    };
    let mut child =
        ui.new_child(UiBuilder::new().id_salt(("role", table, heading.column)).max_rect(rect).layout(Layout::left_to_right(Align::Center)));
    child.set_clip_rect(rect.intersect(ui.clip_rect()));
    if draft.left_out {
        child.disable();
    }
    child.spacing_mut().button_padding.x = 6.0;
    child.spacing_mut().item_spacing.x = 4.0;
    let present = heading.role;
    let text = (icon::text(surety.icon(), 14.0).color(colour), RichText::new(words::role(present)).atom_shrink(true));
    let combo = ComboBox::from_id_salt("role").selected_text(text).width(rect.width()).height(460.0).truncate();
    let usual = words::roles_of(draft.outline.kind);
    let rest = Role::ALL.into_iter().filter(|role| !usual.contains(role)).map(Some);
    let all = usual.iter().copied().map(Some).chain([None]).chain(rest);
    let all: Vec<(Option<Role>, &str)> = all.map(|role| (role, words::role(role))).collect();
    let (chosen, response) = choices::show(&mut child, combo, present, usual.len() + 1, &all);
    commands.extend(chosen.map(|role| Command::Import(ImportCommand::Correct(table, Correct::Role { column: heading.column, role }))));
    let letters = column_letters(u32::from(heading.column));
    let (role, word) = (words::role(present), surety.word());
    let name = if heading.words.is_empty() { "no heading" } else { heading.words.trim_end_matches(':') };
    response.widget_info(|| {
        WidgetInfo::labeled(Access::ComboBox, !draft.left_out, format!("Role of column {letters}, {name}: {role}, {word}"))
    });
    let focused = response.gained_focus();
    response.on_hover_ui(|ui| {
        ui.label(RichText::new(format!("{letters}: {name}")).strong());
        ui.label(format!("{role} ({word})"));
        ui.label(RichText::new(format!("{}.", heading.why.words())).color(theme.muted));
        if let Some(rival) = heading.rival {
            ui.label(RichText::new(format!("It may also be: {}.", words::role(rival))).color(theme.muted));
        }
    });
    focused
}
