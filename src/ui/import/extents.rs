//! The table under review on the right of an import: its kind, where it stands and whether it is left out. Reads nothing itself.

use eframe::egui::{Align, Button, ComboBox, DragValue, Label, Layout, Response, RichText, Role, Ui, WidgetInfo, vec2};

use super::{choices, heading, words};
use crate::{
    app::{
        command::{Command, ImportCommand},
        import::{Correct, Draft, Extent, Import},
    },
    model::{TableKind, column_letters},
    ui::theme::Theme,
    workbook::RawSheet,
};

/// The most rows a heading takes.
const MOST_HEADINGS: u32 = 6;

/// Draws the controls.
pub(super) fn show(ui: &mut Ui, theme: &Theme, import: &Import, commands: &mut Vec<Command>) {
    heading(ui, theme, "This table");
    match import.draft() {
        Some((at, draft)) => table(ui, theme, import, at, draft, commands),
        None => {
            let words = "No table was found on this sheet. What stands on it is kept in notes, unless you select a table's cells.";
            ui.add(Label::new(RichText::new(words).color(theme.muted)).wrap());
        }
    }
}

/// The controls of one table.
fn table(ui: &mut Ui, theme: &Theme, import: &Import, at: usize, draft: &Draft, commands: &mut Vec<Command>) {
    let mut push = |correct: Correct| commands.push(Command::Import(ImportCommand::Correct(at, correct)));
    ui.add_enabled_ui(!draft.left_out, |ui| {
        line(ui, theme, "Kind", |ui| kind(ui, draft.outline.kind, &mut push));
        let extent = draft.extent();
        for control in controls(extent, import.grids.get(import.look.sheet).map_or((0, 0), filled_to)) {
            line(ui, theme, control.name, |ui| {
                if let Some(value) = stepper(ui, &control) {
                    push(Correct::Extent((control.set)(extent, value)));
                }
            });
        }
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        let out = if draft.is_drawn() { Correct::Remove } else { Correct::LeaveOut(!draft.left_out) };
        let reset = (draft.is_corrected() && !draft.is_drawn()).then_some(Correct::Reset);
        for correct in [Some(out), reset].into_iter().flatten() {
            let command = Command::Import(ImportCommand::Correct(at, correct));
            if ui.button(command.text()).on_hover_text(command.tooltip()).clicked() {
                push(correct);
            }
        }
    });
}

/// A label and what stands right of it.
fn line(ui: &mut Ui, theme: &Theme, name: &str, add: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        ui.label(RichText::new(name).color(theme.muted));
        ui.with_layout(Layout::right_to_left(Align::Center), add);
    });
}

fn kind(ui: &mut Ui, present: TableKind, push: &mut impl FnMut(Correct)) {
    let combo = ComboBox::from_id_salt("kind of table").selected_text(words::kind(present)).width(150.0);
    let all = words::KINDS.map(|kind| (kind, words::kind(kind)));
    let (chosen, response) = choices::show(ui, combo, present, all.len(), &all);
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, format!("Kind of table: {}", words::kind(present))));
    response.on_hover_text("What the rows of the table are");
    chosen.into_iter().for_each(|kind| push(Correct::Kind(kind)));
}

/// One number of an extent, as its owner counts.
struct Control {
    name: &'static str,
    hint: &'static str,
    value: u32,
    range: (u32, u32),
    letters: bool,
    set: fn(Extent, u32) -> Extent,
}

/// How an edge can be set besides.
const EDGE: &str = "Type it here, or drag the edge of the frame in the sheet";

/// The last row and column of a sheet with anything in them.
fn filled_to(sheet: &RawSheet) -> (u32, u16) {
    let column = sheet.rows.iter().filter_map(|row| row.cells.last()).map(|cell| cell.column).max();
    (sheet.rows.last().map_or(0, |row| row.row), column.unwrap_or(0))
}

/// What can be set of an extent on a sheet that is filled up to here.
fn controls(extent: Extent, filled: (u32, u16)) -> Vec<Control> {
    let top = extent.header.map_or(extent.first.0, |(first, _)| first);
    let headings = extent.header.map_or(0, |(first, last)| last - first + 1);
    let rows = (1, filled.0.max(extent.last.0) + 1);
    let columns = (1, u32::from(filled.1.max(extent.last.1)) + 1);
    let control = |name, hint, value, range, letters, set| Control { name, hint, value, range, letters, set };
    let mut controls = vec![
        control("First row", EDGE, extent.first.0 + 1, (rows.0, extent.last.0 + 1), false, |extent, row| Extent {
            first: (row - 1, extent.first.1),
            ..extent
        }),
        control("Last row", EDGE, extent.last.0 + 1, (extent.first.0 + 1, rows.1), false, |extent, row| Extent {
            last: (row - 1, extent.last.1),
            ..extent
        }),
        control("First column", EDGE, u32::from(extent.first.1) + 1, (columns.0, u32::from(extent.last.1) + 1), true, |extent, column| {
            Extent { first: (extent.first.0, (column - 1) as u16), ..extent }
        }),
        control("Last column", EDGE, u32::from(extent.last.1) + 1, (u32::from(extent.first.1) + 1, columns.1), true, |extent, column| {
            Extent { last: (extent.last.0, (column - 1) as u16), ..extent }
        }),
        control(
            "Heading rows",
            "How many rows its headings take; 0 where it has none",
            headings,
            (0, MOST_HEADINGS),
            false,
            |extent, count| {
                let first = extent.header.map_or(extent.first.0, |(first, _)| first);
                Extent { header: count.checked_sub(1).map(|more| (first, first + more)), ..extent }
            },
        ),
    ];
    if headings > 0 {
        controls.push(control(
            "Headings from",
            "The first row of its headings",
            top + 1,
            (extent.first.0 + 1, extent.last.0 + 1),
            false,
            |extent, row| {
                let count = extent.header.map_or(0, |(first, last)| last - first);
                Extent { header: Some((row - 1, row - 1 + count)), ..extent }
            },
        ));
    }
    controls
}

/// A number or letters between two buttons; the new value when it was changed.
fn stepper(ui: &mut Ui, control: &Control) -> Option<u32> {
    ui.spacing_mut().item_spacing.x = 2.0;
    let (least, most) = control.range;
    let mut value = control.value;
    let button = |ui: &mut Ui, sign: &str, words: &str, enabled: bool| -> Response {
        let button = Button::new(sign).min_size(vec2(26.0, 26.0));
        let response = ui.add_enabled(enabled, button);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, format!("{}, {words}", control.name)));
        response
    };
    // From the right, where the layout begins.
    if button(ui, "+", "one more", value < most).clicked() {
        value += 1;
    }
    let letters = control.letters;
    let drag = DragValue::new(&mut value)
        .range(least..=most)
        .speed(0.1)
        .update_while_editing(false)
        .min_size(vec2(54.0, 26.0))
        .custom_formatter(move |number, _| if letters { column_letters((number as u32).saturating_sub(1)) } else { format!("{number:.0}") })
        .custom_parser(move |text| if letters { column_number(text) } else { text.trim().parse().ok() });
    let shown = if letters { column_letters(control.value.saturating_sub(1)) } else { control.value.to_string() };
    let response = ui.add(drag).on_hover_text(control.hint);
    response.widget_info(|| WidgetInfo::labeled(Role::SpinButton, true, format!("{}: {shown}", control.name)));
    if button(ui, "−", "one less", value > least).clicked() {
        value -= 1;
    }
    (value != control.value).then_some(value)
}

/// The number of a column's letters: `A` is 1.
fn column_number(letters: &str) -> Option<f64> {
    let letters = letters.trim();
    if letters.is_empty() || letters.len() > 3 || !letters.bytes().all(|letter| letter.is_ascii_alphabetic()) {
        return letters.parse().ok();
    }
    Some(f64::from(letters.bytes().fold(0_u32, |number, letter| number * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_numbers_and_back() {
        for number in [1_u32, 26, 27, 52, 702, 703, 16_384] {
            assert_eq!(column_number(&column_letters(number - 1)), Some(f64::from(number)));
        }
        assert_eq!((column_number("c"), column_number("12"), column_number("?")), (Some(3.0), Some(12.0), None));
    }
}
