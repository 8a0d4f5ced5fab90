//! The list of notes: what was noticed, where, and what to do. A click goes there.

use std::sync::Arc;

use eframe::egui::{
    Color32, CursorIcon, Frame, Margin, Painter, Pos2, RichText, Role, ScrollArea, Sense, Shape, Stroke, Ui, UiBuilder, WidgetInfo, vec2,
};

use crate::{
    app::{
        command::{Command, ViewCommand},
        state::State,
    },
    insight::Insight,
    notes::{Note, Place, Severity},
    ui::{
        focus,
        theme::{self, Theme},
    },
};

/// The list as it was drawn last.
#[derive(Debug, Default)]
pub(crate) struct NotesPanel {
    /// The height of each note, in points; measured when the notes or the width change.
    heights: Vec<f32>,
    of: Option<(Arc<Insight>, f32)>,
}

/// Draws the list.
pub(crate) fn show(panel: &mut NotesPanel, ui: &mut Ui, theme: &Theme, state: &State, commands: &mut Vec<Command>) {
    let notes = state.workspace.notes();
    let count = notes.len();
    Frame::new().inner_margin(Margin::symmetric(16, 12)).show(ui, |ui| {
        ui.label(RichText::new(format!("Notes ({count})")).font(theme::semibold(16.0)));
        if let Some(when) = state.workspace.insight().judged_when() {
            ui.horizontal_wrapped(|ui| super::judged::show(ui, theme, &format!("Ends are judged {when}"), commands));
        }
    });
    if count == 0 {
        Frame::new().inner_margin(Margin::symmetric(16, 0)).show(ui, |ui| {
            ui.weak("Everything that was checked adds up.");
        });
        return;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    // Notes in view are drawn; heights differ, so a long list is shown in part with a way to the rest.
    ScrollArea::vertical().auto_shrink(false).show_viewport(ui, |ui, view| {
        let of = (Arc::clone(state.workspace.insight()), ui.available_width());
        if panel.of.as_ref().is_none_or(|held| !Arc::ptr_eq(&held.0, &of.0) || held.1 != of.1) {
            panel.heights.clear();
            panel.of = Some(of);
        }
        let top = ui.cursor().top();
        for (at, note) in notes.take(MOST).enumerate() {
            let y = ui.cursor().top() - top;
            // A short list is drawn whole, so that a screen reader can walk through it.
            if let Some(&height) = panel.heights.get(at).filter(|height| count > SHORT && (y > view.bottom() || y + **height < view.top()))
            {
                ui.add_space(height);
                continue;
            }
            commands.extend(entry(ui, theme, at, note).map(|place| Command::View(ViewCommand::GoTo(place.clone()))));
            if at == panel.heights.len() {
                panel.heights.push(ui.cursor().top() - top - y);
            }
        }
        if count > MOST {
            ui.weak(format!("and {} more; mend some of these and they will follow.", count - MOST));
        }
    });
}

/// How many notes are drawn at most.
const MOST: usize = 300;
/// How many further places of a note are listed.
const LISTED: usize = 60;
/// Up to how many notes all are drawn, also those out of view.
const SHORT: usize = 60;

/// One note; the place to go to when it was clicked.
fn entry<'note>(ui: &mut Ui, theme: &Theme, at: usize, note: &'note Note) -> Option<&'note Place> {
    let mut clicked = None;
    let builder = UiBuilder::new().id_salt(("note", at)).sense(Sense::click());
    let response = ui
        .scope_builder(builder, |ui| {
            let response = ui.response();
            let fill = if response.hovered() { theme.hovered } else { theme.panel };
            Frame::new().fill(fill).inner_margin(Margin { left: 40, right: 16, top: 8, bottom: 10 }).show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.spacing_mut().item_spacing.y = 3.0;
                // The words are part of what is clicked.
                ui.style_mut().interaction.selectable_labels = false;
                mark(ui.painter(), ui.max_rect().left_top() + vec2(-16.0, 9.0), note.severity, theme);
                ui.add(eframe::egui::Label::new(&note.message).wrap());
                if !note.hint.is_empty() {
                    ui.add(eframe::egui::Label::new(RichText::new(&note.hint).small().color(theme.muted)).wrap());
                }
                ui.horizontal_wrapped(|ui| {
                    ui.spacing_mut().item_spacing.x = 12.0;
                    ui.label(RichText::new(&note.place.address).small().color(theme.accent));
                    for place in note.also.iter().chain(note.cells.iter().skip(1).take(LISTED)) {
                        clicked = if second(ui, theme, place) { Some(place) } else { clicked };
                    }
                    if note.cells.len() > LISTED + 1 {
                        ui.label(RichText::new(format!("and {} more", note.cells.len() - LISTED - 1)).small().color(theme.muted));
                    }
                });
            });
        })
        .response;
    let line = response.rect;
    ui.painter().hline(line.x_range(), line.bottom(), Stroke::new(1.0, theme.hairline));
    focus::ring(ui, &response);
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, format!("Note: {} {}", note.message, note.place.address)));
    clicked.or_else(|| response.clicked().then_some(&note.place))
}

/// The address of another place of a note; true when it was clicked.
fn second(ui: &mut Ui, theme: &Theme, place: &Place) -> bool {
    let words = RichText::new(&place.address).small().color(theme.accent);
    let response = ui.add(eframe::egui::Label::new(words).sense(Sense::click())).on_hover_cursor(CursorIcon::PointingHand);
    focus::ring(ui, &response);
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, format!("Also: {}", place.address)));
    response.clicked()
}

/// The mark of a severity: a ring, a diamond, a triangle.
fn mark(painter: &Painter, centre: Pos2, severity: Severity, theme: &Theme) {
    let polygon = |points: [(f32, f32); 4], colour: Color32| {
        let points = points.map(|(x, y)| centre + vec2(x, y)).into();
        painter.add(Shape::convex_polygon(points, colour, Stroke::NONE));
    };
    match severity {
        Severity::Info => {
            painter.circle_stroke(centre, 5.0, Stroke::new(1.5, theme.muted));
        }
        Severity::Warning => polygon([(0.0, -6.0), (6.0, 0.0), (0.0, 6.0), (-6.0, 0.0)], theme.minor_problems.mark),
        Severity::Problem => polygon([(0.0, -6.0), (6.0, 5.0), (-6.0, 5.0), (0.0, -6.0)], theme.major_problems.mark),
    }
}
