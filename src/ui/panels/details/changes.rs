//! What was changed in a row since the document was opened, the latest first.

use eframe::egui::{Label, RichText, Ui};

use super::heading;
use crate::{
    edit::{Trace, Traced},
    model::{Row, Table},
    ui::theme::Theme,
};

/// How many changes are shown.
const MOST: usize = 40;
/// How much of a text is shown, in characters.
const LONG: usize = 100;

/// Draws the list.
pub(super) fn show(ui: &mut Ui, theme: &Theme, table: &Table, row: &Row, traces: &[Trace]) {
    heading(ui, "Changes in this document");
    if traces.is_empty() {
        ui.weak("None since it was opened");
    }
    for trace in traces.iter().take(MOST) {
        ui.add_space(2.0);
        ui.add(Label::new(line(table, row, &trace.what)).wrap());
        ui.add(Label::new(RichText::new(&trace.step).small().color(theme.muted)).truncate());
    }
    if traces.len() > MOST {
        ui.weak(format!("and {} earlier", traces.len() - MOST));
    }
}

fn line(table: &Table, row: &Row, what: &Traced) -> String {
    let went = |label: &str, from: &str, to: &str| {
        // What was only added to is told by what was added.
        match to.strip_prefix(from).filter(|_| !from.is_empty()) {
            Some(added) => format!("{label}: added {}", quoted(added.trim())),
            None => format!("{label}: {} → {}", quoted(from), quoted(to)),
        }
    };
    match what {
        Traced::Cell { column, from, to } => {
            let label = table.column_position(*column).map_or_else(|| "A removed column".to_owned(), |at| table.heading(at));
            went(&label, from, to)
        }
        Traced::Field { at, from, to } => went(row.fields.get(*at).map_or("Words", |field| &*field.label), from, to),
        Traced::Added => "Added".to_owned(),
        Traced::Moved => "Moved".to_owned(),
    }
}

fn quoted(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONG) {
        _ if line.is_empty() => "blank".to_owned(),
        Some((end, _)) => format!("“{}…”", line[..end].trim_end()),
        None => format!("“{line}”"),
    }
}
