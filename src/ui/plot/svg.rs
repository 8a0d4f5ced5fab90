//! Shapes as the text of an SVG file: words stay words, so that they can be read, searched and set in another face. Draws no chart.

use std::fmt::Write as _;

use eframe::egui::{
    Color32, CornerRadius, FontFamily, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2,
    epaint::{ClippedShape, ColorMode, Mesh, PathShape, PathStroke, RectShape, TextShape},
};

use super::super::theme::SEMIBOLD;

/// The faces words are set in where the first is not there.
const FACES: &str = "Inter, 'Segoe UI', 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif";

/// A drawing of a size in points with what it says for those who cannot see it.
#[must_use]
pub(super) fn svg(shapes: &[ClippedShape], size: Vec2, background: Color32, title: &str, words: &str) -> String {
    let mut out = Drawing { text: String::new(), clips: Vec::new() };
    let (width, height) = (size.x.ceil(), size.y.ceil());
    for ClippedShape { clip_rect, shape, .. } in shapes {
        let whole = Rect::from_min_size(Pos2::ZERO, size);
        let clip = clip_rect.intersect(whole);
        if clip.is_positive() {
            // What is cut nowhere needs no clip.
            let cut = (!clip.contains_rect(shape.visual_bounding_rect())).then(|| out.clip(clip));
            out.open(cut);
            out.shape(shape);
            out.close(cut);
        }
    }
    let mut page = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"title words\">\n<title id=\"title\">{}</title>\n<desc id=\"words\">{}</desc>\n",
        escaped(title),
        escaped(words)
    );
    if !out.clips.is_empty() {
        page += "<defs>\n";
        for (at, clip) in out.clips.iter().enumerate() {
            page += &format!("<clipPath id=\"c{at}\">{}</clipPath>\n", plain_rect(*clip));
        }
        page += "</defs>\n";
    }
    page += &format!("<rect width=\"100%\" height=\"100%\"{}/>\n", fill(background));
    page + &out.text + "</svg>\n"
}

/// A drawing as far as it is written.
struct Drawing {
    text: String,
    clips: Vec<Rect>,
}

impl Drawing {
    /// The number of a clip.
    fn clip(&mut self, clip: Rect) -> usize {
        let known = self.clips.iter().position(|known| *known == clip);
        known.unwrap_or_else(|| {
            self.clips.push(clip);
            self.clips.len() - 1
        })
    }

    fn open(&mut self, clip: Option<usize>) {
        if let Some(clip) = clip {
            self.put(format_args!("<g clip-path=\"url(#c{clip})\">\n"));
        }
    }

    fn close(&mut self, clip: Option<usize>) {
        if clip.is_some() {
            self.text.push_str("</g>\n");
        }
    }

    fn put(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing into a text cannot fail.
        let _ = self.text.write_fmt(text);
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Noop | Shape::Callback(_) => {}
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| self.shape(shape)),
            Shape::Circle(circle) => {
                let Pos2 { x, y } = circle.center;
                let (fill, line) = (fill(circle.fill), stroke(circle.stroke));
                self.put(format_args!("<circle cx=\"{x:.2}\" cy=\"{y:.2}\" r=\"{:.2}\"{fill}{line}/>\n", circle.radius));
            }
            Shape::Ellipse(ellipse) => {
                let (Pos2 { x, y }, radius) = (ellipse.center, ellipse.radius);
                let (fill, line) = (fill(ellipse.fill), stroke(ellipse.stroke));
                self.put(format_args!(
                    "<ellipse cx=\"{x:.2}\" cy=\"{y:.2}\" rx=\"{:.2}\" ry=\"{:.2}\"{fill}{line}/>\n",
                    radius.x, radius.y
                ));
            }
            Shape::LineSegment { points: [from, to], stroke: line } => {
                let line = stroke(*line);
                self.put(format_args!("<line x1=\"{:.2}\" y1=\"{:.2}\" x2=\"{:.2}\" y2=\"{:.2}\"{line}/>\n", from.x, from.y, to.x, to.y));
            }
            Shape::Path(path) => self.path(path),
            Shape::Rect(rect) => self.rect(rect),
            Shape::Text(text) => self.words(text),
            Shape::Mesh(mesh) => self.mesh(mesh),
            Shape::QuadraticBezier(curve) => {
                let [a, b, c] = curve.points;
                let (fill, line) = (fill(curve.fill), path_stroke(&curve.stroke));
                self.put(format_args!("<path d=\"M{:.2} {:.2}Q{:.2} {:.2} {:.2} {:.2}\"{fill}{line}/>\n", a.x, a.y, b.x, b.y, c.x, c.y));
            }
            Shape::CubicBezier(curve) => {
                let [a, b, c, d] = curve.points;
                let (fill, line) = (fill(curve.fill), path_stroke(&curve.stroke));
                self.put(format_args!(
                    "<path d=\"M{:.2} {:.2}C{:.2} {:.2} {:.2} {:.2} {:.2} {:.2}\"{fill}{line}/>\n",
                    a.x, a.y, b.x, b.y, c.x, c.y, d.x, d.y
                ));
            }
            // The charts draw none; were there one, its middle line would be all that is left out of.
            Shape::Band(_) => {}
        }
    }

    fn path(&mut self, path: &PathShape) {
        let points: Vec<String> = path.points.iter().map(|point| format!("{:.2},{:.2}", point.x, point.y)).collect();
        let name = if path.closed { "polygon" } else { "polyline" };
        let (fill, line) = (fill(path.fill), path_stroke(&path.stroke));
        self.put(format_args!("<{name} points=\"{}\"{fill}{line}/>\n", points.join(" ")));
    }

    fn rect(&mut self, shape: &RectShape) {
        // SVG strokes the middle of an edge.
        let half = shape.stroke.width / 2.0;
        let rect = match shape.stroke_kind {
            _ if shape.stroke.is_empty() => shape.rect,
            StrokeKind::Inside => shape.rect.shrink(half),
            StrokeKind::Middle => shape.rect,
            StrokeKind::Outside => shape.rect.expand(half),
        };
        let CornerRadius { nw, ne, sw, se } = shape.corner_radius;
        let radius = nw.max(ne).max(sw).max(se);
        let round = if radius > 0 { format!(" rx=\"{radius}\"") } else { String::new() };
        let (fill, line) = (fill(shape.fill), stroke(shape.stroke));
        let (Pos2 { x, y }, size) = (rect.min, rect.size());
        self.put(format_args!(
            "<rect x=\"{x:.2}\" y=\"{y:.2}\" width=\"{:.2}\" height=\"{:.2}\"{round}{fill}{line}/>\n",
            size.x.max(0.0),
            size.y.max(0.0)
        ));
    }

    /// Each row of words where it stands and as wide as it was laid out, whatever face there is.
    fn words(&mut self, shape: &TextShape) {
        let galley = &shape.galley;
        let Some(format) = galley.job.sections.first().map(|section| &section.format) else { return };
        let weight = match &format.font_id.family {
            FontFamily::Name(name) if **name == *SEMIBOLD => " font-weight=\"600\"",
            _ => "",
        };
        let own = if format.color == Color32::PLACEHOLDER { shape.fallback_color } else { format.color };
        let colour = fill(shape.override_text_color.unwrap_or(own).gamma_multiply(shape.opacity_factor));
        let size = format.font_id.size;
        for row in &galley.rows {
            let words: String = row.row.glyphs.iter().map(|glyph| glyph.chr).collect();
            let Some(first) = row.row.glyphs.iter().find(|glyph| !glyph.chr.is_whitespace()) else { continue };
            let last = row.row.glyphs.iter().rev().find(|glyph| !glyph.chr.is_whitespace()).unwrap_or(first);
            let at = shape.pos + row.pos.to_vec2() + first.pos.to_vec2();
            let width = last.pos.x + last.advance_width - first.pos.x;
            let turn = if shape.angle == 0.0 {
                String::new()
            } else {
                format!(" transform=\"rotate({:.2} {:.2} {:.2})\"", shape.angle.to_degrees(), shape.pos.x, shape.pos.y)
            };
            self.put(format_args!(
                "<text x=\"{:.2}\" y=\"{:.2}\" font-family=\"{FACES}\" font-size=\"{size}\"{weight} textLength=\"{width:.2}\" \
                 lengthAdjust=\"spacingAndGlyphs\"{colour}{turn}>{}</text>\n",
                at.x,
                at.y,
                escaped(words.trim())
            ));
        }
    }

    /// A mesh of plain colours, triangle by triangle.
    fn mesh(&mut self, mesh: &Mesh) {
        for corners in mesh.indices.as_chunks::<3>().0 {
            let [Some(a), Some(b), Some(c)] = corners.map(|at| mesh.vertices.get(at as usize)) else { continue };
            let corner = |vertex: &eframe::egui::epaint::Vertex| format!("{:.2},{:.2}", vertex.pos.x, vertex.pos.y);
            let fill = fill(a.color);
            self.put(format_args!("<polygon points=\"{} {} {}\"{fill}/>\n", corner(a), corner(b), corner(c)));
        }
    }
}

fn plain_rect(rect: Rect) -> String {
    let (Pos2 { x, y }, size) = (rect.min, rect.size());
    format!("<rect x=\"{x:.2}\" y=\"{y:.2}\" width=\"{:.2}\" height=\"{:.2}\"/>", size.x, size.y)
}

fn fill(colour: Color32) -> String {
    painted("fill", colour)
}

fn stroke(stroke: Stroke) -> String {
    if stroke.is_empty() { String::new() } else { format!("{} stroke-width=\"{:.2}\"", painted("stroke", stroke.color), stroke.width) }
}

fn path_stroke(line: &PathStroke) -> String {
    match line.color {
        ColorMode::Solid(colour) => stroke(Stroke::new(line.width, colour)),
        // Of a line in many colours nothing is drawn here; the charts have none.
        ColorMode::UV(_) => String::new(),
    }
}

/// A colour as an attribute, with its opacity where it is none that covers.
fn painted(name: &str, colour: Color32) -> String {
    let [red, green, blue, alpha] = colour.to_srgba_unmultiplied();
    match alpha {
        0 => format!(" {name}=\"none\""),
        255 => format!(" {name}=\"#{red:02x}{green:02x}{blue:02x}\""),
        alpha => format!(" {name}=\"#{red:02x}{green:02x}{blue:02x}\" {name}-opacity=\"{:.3}\"", f32::from(alpha) / 255.0),
    }
}

/// Words as they may stand in XML: no character that it forbids.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use eframe::egui::{pos2, vec2};

    use super::*;

    #[test]
    fn shapes_are_written_where_they_stand() {
        let whole = Rect::from_min_size(Pos2::ZERO, vec2(100.0, 50.0));
        let inside = Rect::from_min_size(pos2(10.0, 10.0), vec2(20.0, 10.0));
        let shapes = [
            Shape::rect_filled(inside, 0.0, Color32::RED),
            Shape::dashed_line(&[pos2(5.0, 5.0), pos2(35.0, 5.0)], Stroke::new(2.0, Color32::BLACK), 10.0, 5.0).into(),
            Shape::circle_filled(pos2(95.0, 45.0), 10.0, Color32::from_rgba_unmultiplied(0, 0, 255, 128)),
        ];
        let shapes: Vec<ClippedShape> = shapes.into_iter().map(|shape| ClippedShape::new(whole, shape)).collect();
        let text = svg(&shapes, whole.size(), Color32::WHITE, "A < B & “C”", "bell\u{7}");
        assert!(text.contains("<title id=\"title\">A &lt; B &amp; “C”</title>") && text.contains(">bell </desc>"), "{text}");
        assert!(text.contains("<rect x=\"10.00\" y=\"10.00\" width=\"20.00\" height=\"10.00\" fill=\"#ff0000\"/>"), "{text}");
        assert_eq!(text.matches("<line ").count(), 2, "each dash is a line: {text}");
        assert!(text.contains("fill=\"#0000ff\" fill-opacity=\"0.502\""), "{text}");
        assert!(text.contains("<g clip-path=\"url(#c0)\">"), "the circle reaches over the edge: {text}");
        assert_eq!(text.matches("clip-path=").count(), 1, "nothing else is cut: {text}");
    }
}
