//! The sheets of a return as small pictures below one another: fills, texts and what its charts are called. Works out nothing.

use eframe::egui::{
    Color32, CornerRadius, FontId, Rect, RichText, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use crate::{
    app::preview::{CellPreview, SheetPreview},
    ui::theme::{self, Theme},
};

/// A character of a sheet, in points.
const CHARACTER: f32 = 4.2;
/// A line of a sheet, in points.
const LINE: f32 = 11.0;
const TEXT: f32 = 8.5;
/// The ground and the text of every sheet, whatever the theme: those of paper.
const PAPER: Color32 = theme::LIGHT.background;
const INK: Color32 = theme::LIGHT.text;

/// Shows them.
pub(super) fn show(ui: &mut Ui, theme: &Theme, sheets: &[SheetPreview], height: f32) {
    ScrollArea::both().id_salt("pages").max_height(height).min_scrolled_height(height).auto_shrink([false, false]).show(ui, |ui| {
        for sheet in sheets {
            let charts = match &sheet.charts[..] {
                [] => String::new(),
                charts => format!(" · charts: {}", charts.join(", ")),
            };
            let rows = format!("{} {}", sheet.rows, if sheet.rows == 1 { "row" } else { "rows" });
            ui.label(RichText::new(format!("{}  ({rows}{charts})", sheet.name)).font(theme::semibold(13.0)));
            picture(ui, theme, sheet);
            ui.add_space(10.0);
        }
    });
}

fn picture(ui: &mut Ui, theme: &Theme, sheet: &SheetPreview) {
    let ends = |sizes: &[f32], scale: f32| {
        sizes.iter().fold(vec![0.0], |mut ends, size| {
            ends.push(ends[ends.len() - 1] + size * scale);
            ends
        })
    };
    let (columns, rows) = (ends(&sheet.widths, CHARACTER), ends(&sheet.heights, LINE));
    let size = vec2(columns[columns.len() - 1].max(40.0), rows[rows.len() - 1].max(LINE));
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, format!("Preview of the sheet {}", sheet.name)));
    let painter = ui.painter_at(rect);
    painter.rect(rect, CornerRadius::ZERO, PAPER, Stroke::new(1.0, theme.outline), StrokeKind::Inside);
    for cell in &sheet.cells {
        let (left, right) = (columns.get(usize::from(cell.column)), columns.get(usize::from(cell.column + cell.across)));
        let (top, bottom) = (rows.get(cell.row as usize), rows.get(cell.row as usize + 1));
        if let (Some(left), Some(right), Some(top), Some(bottom)) = (left, right, top, bottom) {
            let at = Rect::from_min_max(rect.min + vec2(*left, *top), rect.min + vec2(*right, *bottom));
            if ui.is_rect_visible(at) {
                paint(&painter, at, cell);
            }
        }
    }
}

fn paint(painter: &eframe::egui::Painter, at: Rect, cell: &CellPreview) {
    let colour = |rgb: u32| {
        let [_, red, green, blue] = rgb.to_be_bytes();
        Color32::from_rgb(red, green, blue)
    };
    if let Some(fill) = cell.look.fill {
        painter.rect_filled(at, CornerRadius::ZERO, colour(fill));
    }
    if cell.look.border {
        painter.rect_stroke(at, CornerRadius::ZERO, Stroke::new(0.5, theme::LIGHT.hairline), StrokeKind::Inside);
    }
    if cell.text.is_empty() {
        return;
    }
    let size = if cell.look.size > 12 { TEXT * 1.4 } else { TEXT };
    let font = if cell.look.bold { theme::semibold(size) } else { FontId::proportional(size) };
    let ink = cell.look.colour.map_or(INK, colour);
    let width = if cell.look.wrap { at.width() - 4.0 } else { f32::INFINITY };
    let galley = painter.layout(cell.text.clone(), font, ink, width.max(8.0));
    let inside = if cell.look.wrap { at } else { painter.clip_rect() };
    painter.with_clip_rect(inside).galley(pos2(at.left() + 2.0, at.top() + 1.0), galley, ink);
}
