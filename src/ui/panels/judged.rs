//! When ends are judged, said beside what is counted as overdue, with the way to change it. Judges nothing.

use eframe::egui::{Color32, CursorIcon, FontId, Response, Role, Sense, TextFormat, TextStyle, Ui, WidgetInfo, text::LayoutJob};

use crate::{
    app::command::{Command, ViewCommand},
    ui::{focus, theme::Theme},
};

/// Says when ends are judged, such as `at the plan's review date, 31 January 2019: change`, and asks for another date when it is clicked.
pub(super) fn show(ui: &mut Ui, theme: &Theme, when: &str, commands: &mut Vec<Command>) -> Response {
    let font = TextStyle::Body.resolve(ui.style());
    let mut job = LayoutJob::default();
    append(&mut job, &together(when), &font, theme.muted);
    append(&mut job, "change", &font, theme.accent);
    // One block, which goes to the next line as a whole: a link in pieces would be reached by the keyboard in pieces.
    job.wrap.max_width = ui.max_rect().width();
    let galley = ui.painter().layout_job(job);
    let (rect, link) = ui.allocate_exact_size(galley.size(), Sense::click());
    ui.painter().galley(rect.min, galley, theme.muted);
    let link = link.on_hover_cursor(CursorIcon::PointingHand);
    focus::ring(ui, &link);
    link.widget_info(|| WidgetInfo::labeled(Role::Link, true, format!("{when}: change")));
    if link.clicked() {
        commands.push(Command::View(ViewCommand::AskAsOf));
    }
    link.on_hover_text(Command::View(ViewCommand::AskAsOf).tooltip())
}

fn append(job: &mut LayoutJob, words: &str, font: &FontId, colour: Color32) {
    job.append(words, 0.0, TextFormat::simple(font.clone(), colour));
}

/// The words up to what is clicked, which stays on one line with the date.
fn together(when: &str) -> String {
    let date = when.rfind(", ").map_or(when.len(), |at| at + 2);
    format!("{}{}:\u{a0}", &when[..date], when[date..].replace(' ', "\u{a0}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_breaks_before_the_date_and_not_within_it() {
        assert_eq!(together("at the review date, 3 May 2019"), "at the review date, 3\u{a0}May\u{a0}2019:\u{a0}");
        assert_eq!(together("at its own"), "at its own:\u{a0}");
    }
}
