//! Draws the shapes that tell statuses and ratings apart without colour. Chooses none.

use eframe::egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, pos2, vec2};

use crate::{
    insight::Rating,
    model::{Sign, Status},
};

/// Draws a status's shape. `radius` is in points.
pub fn status(painter: &Painter, centre: Pos2, radius: f32, status: Status, colour: Color32) {
    draw(painter, centre, radius, status.sign(), colour);
}

/// Draws a rating's shape.
pub fn rating(painter: &Painter, centre: Pos2, radius: f32, rating: Rating, colour: Color32) {
    draw(painter, centre, radius, rating.sign(), colour);
}

fn draw(painter: &Painter, centre: Pos2, radius: f32, sign: Sign, colour: Color32) {
    match sign {
        Sign::HollowCircle => circle(painter, centre, radius, colour),
        Sign::Triangle => triangle(painter, centre, radius, colour),
        Sign::Diamond => diamond(painter, centre, radius, colour),
        Sign::HalfCircle => {
            circle(painter, centre, radius, colour);
            half(painter, centre, radius, colour);
        }
        Sign::Tick => tick(painter, centre, radius, colour),
        Sign::Bars => bars(painter, centre, radius, colour),
        Sign::Struck => {
            circle(painter, centre, radius, colour);
            let reach = (radius - 0.75) * std::f32::consts::FRAC_1_SQRT_2;
            painter.line_segment([centre + vec2(-reach, reach), centre + vec2(reach, -reach)], Stroke::new(1.75, colour));
        }
    }
}

fn circle(painter: &Painter, centre: Pos2, radius: f32, colour: Color32) {
    painter.circle_stroke(centre, radius - 0.75, Stroke::new(1.5, colour));
}

fn triangle(painter: &Painter, centre: Pos2, radius: f32, colour: Color32) {
    let points = vec![centre + vec2(0.0, -radius), centre + vec2(radius, radius * 0.8), centre + vec2(-radius, radius * 0.8)];
    painter.add(Shape::convex_polygon(points, colour, Stroke::NONE));
}

fn diamond(painter: &Painter, centre: Pos2, radius: f32, colour: Color32) {
    let points = [(0.0, -radius), (radius, 0.0), (0.0, radius), (-radius, 0.0)].map(|(x, y)| centre + vec2(x, y));
    painter.add(Shape::convex_polygon(points.into(), colour, Stroke::NONE));
}

fn half(painter: &Painter, centre: Pos2, radius: f32, colour: Color32) {
    let arc = (0..=12).map(|step| {
        let angle = std::f32::consts::FRAC_PI_2 + std::f32::consts::PI * step as f32 / 12.0;
        pos2(centre.x + angle.cos() * (radius - 0.75), centre.y - angle.sin() * (radius - 0.75))
    });
    painter.add(Shape::convex_polygon(arc.collect(), colour, Stroke::NONE));
}

fn bars(painter: &Painter, centre: Pos2, radius: f32, colour: Color32) {
    for side in [-0.45, 0.45] {
        let bar = Rect::from_center_size(centre + vec2(side * radius, 0.0), vec2(radius * 0.45, radius * 1.7));
        painter.rect_filled(bar, 0.0, colour);
    }
}

fn tick(painter: &Painter, centre: Pos2, radius: f32, colour: Color32) {
    circle(painter, centre, radius, colour);
    let points = [(-0.45, 0.0), (-0.1, 0.38), (0.48, -0.35)].map(|(x, y)| centre + vec2(x, y) * radius);
    painter.add(Shape::line(points.into(), Stroke::new(1.75, colour)));
}
