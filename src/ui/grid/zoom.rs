//! Enlarging the grid: the wheel with Ctrl held, and everything measured in it. Remembers nothing between runs.

use eframe::egui::{Event, MouseWheelUnit, Rect, Ui};

use super::{GridView, Shown, galleys::Fit};
use crate::app::command::{Command, ViewCommand};

/// How many lines of a text a compact row shows.
const COMPACT: usize = 3;
/// How far a touchpad is moved for one step, in points.
const STEP: f32 = 40.0;

/// How far a touchpad has moved towards the next step of the zoom, in points.
#[derive(Debug, Default)]
pub(super) struct Wheel(f32);

impl Wheel {
    /// Takes the turns of the wheel over the grid while Ctrl is held.
    pub(super) fn turn(&mut self, ui: &Ui, body: Rect, commands: &mut Vec<Command>) {
        if !ui.rect_contains_pointer(body) || ui.ctx().any_popup_open() {
            return;
        }
        let turns: Vec<f32> = ui.input(|input| {
            let turned = |event: &Event| match event {
                Event::MouseWheel { unit, delta, modifiers, .. } if modifiers.command => Some(match unit {
                    MouseWheelUnit::Point => delta.y,
                    MouseWheelUnit::Line | MouseWheelUnit::Page => delta.y.signum() * STEP,
                }),
                _ => None,
            };
            input.events.iter().filter_map(turned).collect()
        });
        for turn in turns {
            self.0 += turn;
            while self.0.abs() >= STEP {
                commands.push(if self.0 > 0.0 { Command::View(ViewCommand::ZoomIn) } else { Command::View(ViewCommand::ZoomOut) });
                self.0 -= STEP.copysign(self.0);
            }
        }
    }
}

impl GridView {
    /// A length of the grid as enlarged, in points.
    pub(super) fn scaled(&self, points: f32) -> f32 {
        points * self.fit.scale
    }

    /// Takes in another zoom or height of rows, and keeps the place. True when it is another.
    pub(super) fn refit(&mut self, shown: &Shown<'_>) -> bool {
        let fit = Fit { scale: shown.zoom, lines: if shown.compact { COMPACT } else { usize::MAX } };
        if self.fit == fit {
            return false;
        }
        let (row, scale) = (self.heights.row_at(self.y), fit.scale / self.fit.scale);
        self.fit = fit;
        self.heights.forget();
        self.x *= scale;
        self.kept_row = Some(row);
        true
    }
}
