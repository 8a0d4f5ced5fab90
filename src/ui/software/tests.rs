//! Windows drawn bit by bit, as they are used: after each step the picture is as if it were drawn at once, and little was drawn.

use eframe::egui::{Color32, Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, Pos2, TexturesDelta, TouchPhase, pos2, vec2};

use super::canvas::Canvas;
use crate::{
    app::command::{Command, ViewCommand},
    store::{Appearance, TextSize},
    ui::{
        pictures::{Pictured, SIZE},
        raster::Area,
    },
};

/// A window and its picture, kept from frame to frame.
struct Kept {
    window: Pictured,
    canvas: Canvas,
}

impl Kept {
    fn new() -> Self {
        let mut kept = Self { window: Pictured::new(), canvas: Canvas::new(Color32::BLACK) };
        assert_eq!(kept.drawn(), 1.0, "the first frame is drawn wholly");
        assert_eq!(kept.drawn(), 0.0, "and nothing of one that is the same");
        kept
    }

    /// Draws the window as it is now: how much of it was drawn again. What was not drawn is as if it had been.
    fn drawn(&mut self) -> f32 {
        let before = self.canvas.picture().clone();
        let (primitives, mut delta) = self.window.frame();
        let damage = self.canvas.draw(&primitives, &mut delta, SIZE, 1.0);
        assert!(self.canvas.picture().pixels == self.window.picture().pixels, "what is kept is what is drawn at once");
        if before.size == SIZE {
            for (at, (now, before)) in self.canvas.picture().pixels.iter().zip(&before.pixels).enumerate() {
                let [x, y] = [at % SIZE[0], at / SIZE[0]].map(|place| i32::try_from(place).unwrap());
                let is_drawn = damage.iter().any(|area| (area.left..area.right).contains(&x) && (area.top..area.bottom).contains(&y));
                assert!(now == before || is_drawn, "{x}, {y} changed without being damaged");
            }
        }
        let pixels: usize = damage.iter().map(|area| area.width() * area.height()).sum();
        pixels as f32 / (SIZE[0] * SIZE[1]) as f32
    }

    fn hear(&mut self, events: impl IntoIterator<Item = Event>) -> f32 {
        self.window.hear(events);
        self.drawn()
    }

    fn press(&mut self, key: Key) -> f32 {
        self.window.press(key);
        self.drawn()
    }
}

fn pointer(x: f32, y: f32) -> [Event; 1] {
    [Event::PointerMoved(pos2(x, y))]
}

fn click(at: Pos2) -> [Event; 3] {
    let button =
        |pressed| Event::PointerButton { pos: at, button: eframe::egui::PointerButton::Primary, pressed, modifiers: Modifiers::NONE };
    [Event::PointerMoved(at), button(true), button(false)]
}

#[test]
fn a_pointer_that_moves_within_what_it_hovers_draws_nothing() {
    let mut kept = Kept::new();
    let entered = kept.hear(pointer(400.0, 300.0));
    assert!(entered < 0.2, "{entered}");
    for step in 1..6 {
        assert_eq!(kept.hear(pointer(400.0 + step as f32, 300.0)), 0.0);
    }
    let other = kept.hear(pointer(90.0, 150.0));
    assert!(other > 0.0 && other < 0.2, "what is hovered is marked: {other}");
}

#[test]
fn what_changes_is_drawn_again_and_little_else() {
    let mut kept = Kept::new();
    kept.hear(click(pos2(400.0, 300.0)));
    let arrow = kept.press(Key::ArrowDown);
    assert!(arrow > 0.0 && arrow < 0.5, "an arrow key: {arrow}");
    kept.press(Key::F2);
    let letter = kept.hear([Event::Text("w".to_owned())]);
    assert!(letter > 0.0 && letter < 0.1, "a letter: {letter}");
    kept.press(Key::Escape);
    let wheel = Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, -7.0),
        phase: TouchPhase::Move,
        source: MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    };
    let scrolled = kept.hear([wheel]);
    assert!(scrolled > 0.1 && scrolled < 0.9, "the wheel: {scrolled}");
    kept.window.click("Row");
    let menu = kept.drawn();
    assert!(menu > 0.0 && menu < 0.4, "a menu: {menu}");
    kept.press(Key::Escape);
}

#[test]
fn what_changes_everywhere_is_drawn_everywhere() {
    let mut kept = Kept::new();
    kept.window.run(Command::View(ViewCommand::SetAppearance(Appearance::Dark)));
    assert!(kept.drawn() > 0.95);
    // New letters come into the texture beside those that stand.
    kept.window.run(Command::View(ViewCommand::SetTextSize(TextSize::Largest)));
    assert!(kept.drawn() > 0.5);
    kept.window.run(Command::View(ViewCommand::SetTextSize(TextSize::Usual)));
    kept.drawn();
}

#[test]
fn a_window_of_another_size_is_drawn_anew() {
    let (window, mut canvas) = (Pictured::new(), Canvas::new(Color32::BLACK));
    let (primitives, mut delta) = window.frame();
    canvas.draw(&primitives, &mut delta, SIZE, 1.0);
    for size in [[640, 480], [1, 1], [1100, 680]] {
        assert_eq!(canvas.draw(&primitives, &mut TexturesDelta::default(), size, 1.0), [Area::of(size)]);
        assert_eq!(canvas.picture().size, size);
        assert!(canvas.draw(&primitives, &mut TexturesDelta::default(), size, 1.0).is_empty());
    }
    assert!(canvas.picture().pixels == window.picture().pixels);
}
