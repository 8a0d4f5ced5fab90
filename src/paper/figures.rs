//! Drawings with what they show in words, as one strip. Draws nothing that was not asked for.

use super::{
    blocks::{Drawing, Figure, Shape},
    fonts::Weight,
    layout::Layout,
    lines::{Type, shortened},
    shaping::Letters,
    strips::{Ink, Item, Owner, Strip},
    tags::Kind,
};
use crate::model::kinds::Side;

impl Layout<'_> {
    pub(super) fn figure(&mut self, figure: &Figure) -> Strip {
        let Drawing { width, height, shapes } = &figure.drawing;
        let tag = self.tags.add(None, Kind::Figure(figure.alt.clone()));
        let owner = Owner::Figure(tag, [0.0, 0.0, *width, *height]);
        let items = shapes.iter().map(|shape| self.shape(shape, owner)).collect();
        Strip { height: *height, gap: 8.0, items, ..Strip::default() }
    }

    fn shape(&mut self, shape: &Shape, owner: Owner) -> Item {
        match shape {
            Shape::Rect { x, y, width, height, fill } => {
                Item { owner, x: *x, y: *y, ink: Ink::Rect { width: *width, height: *height, fill: *fill } }
            }
            Shape::Line { points, colour, width } => {
                Item { owner, x: 0.0, y: 0.0, ink: Ink::Stroke { points: points.clone(), colour: *colour, width: *width } }
            }
            Shape::Sign { x, y, radius, signed } => Item { owner, x: *x, y: *y, ink: Ink::Sign { radius: *radius, signed: *signed } },
            Shape::Text { x, y, text, size, strong, colour, side, most } => {
                let weight = if *strong { Weight::Semibold } else { Weight::Regular };
                let line = shortened(&mut self.shaper, text, Type { size: *size, letters: Letters { weight, tabular: true } }, *most);
                let left = match side {
                    Side::Left => *x,
                    Side::Centre => x - line.width / 2.0,
                    Side::Right => x - line.width,
                };
                Item { owner, x: left, y: y - line.height / 2.0, ink: Ink::Text { line, colour: *colour } }
            }
        }
    }
}
