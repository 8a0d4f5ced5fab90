//! A whole chart as a picture, drawn without a window or a graphics card. Gives pixels, PNG bytes and SVG text, never writes a file.

use std::collections::HashMap;

use eframe::egui::{Color32, ColorImage, Context, Frame, Margin, Pos2, RawInput, Rect, Sense, TextureId, Ui, Vec2, ViewportId, vec2};
use image::{ExtendedColorType, ImageEncoder as _, ImageError, codecs::png::PngEncoder};

use super::super::{
    raster,
    theme::{LIGHT, TITLE_SIZE, install, semibold},
};
use super::{bullet, control, multiples, svg, timeline, tracker, trend};
use crate::charts::{ChartData, TimelineOrder};

/// Pixels to a point, so that a picture is sharp in a document.
const SCALE: f32 = 2.0;
/// How wide a picture is, in points.
const WIDTH: f32 = 960.0;
/// How high a chart that fits any height is, in points.
const HEIGHT: f32 = 360.0;
/// Around the chart, in points.
const EDGE: f32 = 20.0;
/// The title, in points.
const TITLE: f32 = 34.0;
/// The size of the letters of a marking, and the least where it is long, in points.
const MARKED: f32 = 15.0;
const LEAST_MARKED: f32 = 6.0;
/// A line with the protective marking, above the chart and below it, in points.
const MARKING: f32 = 24.0;
/// The most KPIs in one picture, so that it fits in memory and on a page.
const MOST_ROWS: usize = 200;
/// The same of histories.
const MOST_PANELS: usize = 60;
/// The same of lines of a timeline.
const MOST_LINES: usize = 120;

/// A chart as a picture: all of it, with its title and what its document is marked with, in the light appearance. For the clipboard,
/// hand it to `Context::copy_image`.
#[must_use]
pub fn of(chart: &ChartData, marking: &str) -> ColorImage {
    let drawn = drawn(chart, marking);
    let primitives = drawn.ctx.tessellate(drawn.shapes, SCALE);
    let [width, height] = [drawn.size.x, drawn.size.y].map(|side| (side * SCALE).round() as usize);
    raster::draw(&primitives, &drawn.textures, [width, height], SCALE, LIGHT.background)
}

/// The same as the text of an SVG file, with every figure of the chart in words.
#[must_use]
pub fn svg(chart: &ChartData, marking: &str) -> String {
    let drawn = drawn(chart, marking);
    svg::svg(&drawn.shapes, drawn.size, LIGHT.background, chart.title(), &chart.text())
}

/// A chart as it was drawn, before it becomes pixels or text.
struct Drawn {
    ctx: Context,
    size: Vec2,
    shapes: Vec<eframe::egui::epaint::ClippedShape>,
    textures: HashMap<TextureId, ColorImage>,
}

fn drawn(chart: &ChartData, marking: &str) -> Drawn {
    let inside = match chart {
        ChartData::Bullet(chart) => bullet::height(chart.rows.len().min(MOST_ROWS)) + 4.0,
        ChartData::Multiples(chart) => multiples::height(chart.panels.len().min(MOST_PANELS), WIDTH - EDGE * 2.0),
        ChartData::Control(_) => HEIGHT + 80.0,
        ChartData::Timeline(chart) => timeline::height(chart, MOST_LINES),
        ChartData::Trend(_) | ChartData::Tracker(_) => HEIGHT,
    };
    let marked = if marking.is_empty() { 0.0 } else { MARKING * 2.0 };
    let size = vec2(WIDTH, inside + TITLE + EDGE * 2.0 + marked + if cut_off(chart).is_some() { MARKING } else { 0.0 });
    let ctx = Context::default();
    install(&ctx);
    ctx.set_theme(eframe::egui::Theme::Light);
    let mut textures = HashMap::new();
    // Fonts are ready in the second pass, and axes settled in the third.
    pass(&ctx, size, &mut textures, |_| {});
    pass(&ctx, size, &mut textures, |ui| contents(ui, chart, inside, marking));
    let shapes = pass(&ctx, size, &mut textures, |ui| contents(ui, chart, inside, marking));
    Drawn { ctx, size, shapes, textures }
}

/// A picture as the bytes of a PNG file.
///
/// # Errors
/// When the picture is empty or too large to encode.
pub fn png(picture: &ColorImage) -> Result<Vec<u8>, ImageError> {
    let pixels: Vec<u8> = picture.pixels.iter().flat_map(Color32::to_srgba_unmultiplied).collect();
    let [width, height] = picture.size.map(|side| u32::try_from(side).unwrap_or(u32::MAX));
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes).write_image(&pixels, width, height, ExtendedColorType::Rgba8)?;
    Ok(bytes)
}

/// The words of a marking in the middle of a line.
fn mark(ui: &mut Ui, words: &str) {
    if !words.is_empty() {
        let (line, _) = ui.allocate_exact_size(vec2(ui.available_width(), MARKING), Sense::hover());
        let mut at = MARKED;
        let mut galley = ui.painter().layout_no_wrap(words.to_owned(), semibold(at), LIGHT.text);
        // A long one is made smaller, as none of it may be lost.
        while galley.rect.width() > line.width() && at > LEAST_MARKED {
            at -= 1.0;
            galley = ui.painter().layout_no_wrap(words.to_owned(), semibold(at), LIGHT.text);
        }
        ui.painter().galley(line.center() - galley.rect.size() / 2.0, galley, LIGHT.text);
    }
}

fn contents(ui: &mut Ui, chart: &ChartData, inside: f32, marking: &str) {
    Frame::new().inner_margin(Margin::same(EDGE as i8)).show(ui, |ui| {
        mark(ui, marking);
        let title = eframe::egui::RichText::new(chart.title()).font(semibold(TITLE_SIZE)).color(LIGHT.text);
        ui.scope(|ui| {
            ui.set_height(TITLE - ui.spacing().item_spacing.y);
            ui.add(eframe::egui::Label::new(title).truncate());
        });
        let room = vec2(ui.available_width(), inside);
        ui.allocate_ui(room, |ui| match chart {
            ChartData::Bullet(chart) => bullet::whole(ui, &LIGHT, &chart.rows[..chart.rows.len().min(MOST_ROWS)]),
            ChartData::Multiples(chart) => multiples::whole(ui, &LIGHT, &chart.panels[..chart.panels.len().min(MOST_PANELS)]),
            ChartData::Trend(chart) => trend(ui, &LIGHT, chart, false),
            ChartData::Control(chart) => control(ui, &LIGHT, chart, false),
            ChartData::Tracker(chart) => tracker(ui, &LIGHT, chart, false),
            ChartData::Timeline(chart) => timeline::whole(ui, &LIGHT, chart, MOST_LINES),
        });
        if let Some(words) = cut_off(chart) {
            ui.colored_label(LIGHT.muted, words);
        }
        mark(ui, marking);
    });
}

/// What a picture does not show of a chart, for want of room; nothing where it shows all.
fn cut_off(chart: &ChartData) -> Option<String> {
    let (drawn, all, what) = match chart {
        ChartData::Bullet(chart) => (MOST_ROWS, chart.rows.len(), "KPIs"),
        ChartData::Multiples(chart) => (MOST_PANELS, chart.panels.len() + chart.left_out, "KPIs"),
        ChartData::Timeline(chart) => (MOST_LINES, chart.lines(TimelineOrder::Approach).len(), "lines"),
        ChartData::Trend(_) | ChartData::Control(_) | ChartData::Tracker(_) => return None,
    };
    (all > drawn).then(|| format!("The first {drawn} of {all} {what}"))
}

/// Runs one pass, keeps the textures it made and returns its shapes.
fn pass(
    ctx: &Context,
    size: Vec2,
    textures: &mut HashMap<TextureId, ColorImage>,
    mut draw: impl FnMut(&mut Ui),
) -> Vec<eframe::egui::epaint::ClippedShape> {
    let mut input = RawInput { screen_rect: Some(Rect::from_min_size(Pos2::ZERO, size)), ..RawInput::default() };
    input.viewports.entry(ViewportId::ROOT).or_default().native_pixels_per_point = Some(SCALE);
    input.max_texture_side = Some(4096);
    let mut output = ctx.run_ui(input, |ui| draw(ui));
    raster::take_textures(textures, &mut std::mem::take(&mut output.textures_delta));
    output.shapes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::{ALL, Subject};
    use crate::insight::{AsOf, Insight, seed};

    #[test]
    fn every_chart_becomes_a_png() {
        let document = seed::document();
        let insight = Insight::of(&document, AsOf::default());
        let mut drawn = 0;
        for table in &document.tables {
            let subject = Subject { table: table.id, row: table.rows.get(5).map(|row| row.id) };
            for chart in ALL {
                let Some(data) = (chart.of)(&document, &insight, subject) else { continue };
                let picture = of(&data, "");
                let inked = picture.pixels.iter().filter(|&&pixel| pixel != LIGHT.background).count();
                assert!(inked > picture.pixels.len() / 100, "{} of {} is nearly empty", chart.name, table.name);
                assert!(picture.pixels.iter().all(Color32::is_opaque));
                let bytes = png(&picture).expect("it encodes");
                assert!(bytes.starts_with(b"\x89PNG"));
                let drawing = svg(&data, "OFFICIAL");
                assert!(drawing.contains(">OFFICIAL</text>") && drawing.matches("<text ").count() > 3, "{drawing}");
                for line in data.text().lines() {
                    let said = line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
                    assert!(drawing.contains(&said), "“{line}” is to be in the words of {}", chart.name);
                }
                drawn += 1;
            }
        }
        assert_eq!(drawn, 10);
    }

    #[test]
    fn a_marking_is_drawn_above_the_chart_and_below_it() {
        let document = seed::document();
        let insight = Insight::of(&document, AsOf::default());
        let subject = Subject { table: document.tables[2].id, row: None };
        let chart = ALL.iter().find_map(|chart| (chart.of)(&document, &insight, subject)).expect("a chart");
        let (plain, marked) = (of(&chart, ""), of(&chart, "OFFICIAL-SENSITIVE"));
        let taller = (MARKING * 2.0 * SCALE) as usize;
        assert_eq!(marked.size, [plain.size[0], plain.size[1] + taller]);
        let inked = |from: usize, to: usize| {
            let rows = &marked.pixels[from * marked.size[0]..to * marked.size[0]];
            rows.iter().filter(|pixel| **pixel != LIGHT.background).count()
        };
        let (edge, line) = ((EDGE * SCALE) as usize, (MARKING * SCALE) as usize);
        assert!(inked(edge, edge + line) > 200 && inked(marked.size[1] - edge - line, marked.size[1] - edge) > 200);
        assert!(of(&chart, &"OFFICIAL-SENSITIVE ".repeat(10)).size[0] == plain.size[0]);
    }
}
