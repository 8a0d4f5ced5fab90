//! The wheel in one step: egui spreads a turn of it over many frames, each of which would be drawn. Scrolls nothing itself.

use eframe::egui::{Context, Event, MouseWheelUnit, RawInput, TouchPhase};

/// egui takes a turn of fewer points than these as it is.
const AS_IT_IS: f32 = 7.5;
/// A turn that is longer than this many parts is egui's to spread.
const MOST_PARTS: f32 = 400.0;

/// Parts each turn of the wheel into such as egui takes at once.
pub(crate) fn unsmoothed(ctx: &Context, input: &mut RawInput) {
    if !input.events.iter().any(|event| matches!(event, Event::MouseWheel { .. })) {
        return;
    }
    let line = ctx.options(|options| options.input_options.line_scroll_speed);
    let page = input.screen_rect.map_or(0.0, |screen| screen.height());
    let mut events = Vec::with_capacity(input.events.len());
    for event in std::mem::take(&mut input.events) {
        match event {
            Event::MouseWheel { unit, delta, phase: TouchPhase::Move, source, modifiers } => {
                let points = match unit {
                    MouseWheelUnit::Point => delta,
                    MouseWheelUnit::Line => delta * line,
                    MouseWheelUnit::Page => delta * page,
                };
                let parts = (points.length() / AS_IT_IS).ceil().clamp(1.0, MOST_PARTS);
                let part =
                    Event::MouseWheel { unit: MouseWheelUnit::Point, delta: points / parts, phase: TouchPhase::Move, source, modifiers };
                events.extend(std::iter::repeat_n(part, parts as usize));
            }
            event => events.push(event),
        }
    }
    input.events = events;
}

#[cfg(test)]
mod tests {
    use eframe::egui::{Modifiers, MouseWheelSource, Ui, Vec2, vec2};

    use super::*;

    #[test]
    fn a_turn_of_the_wheel_is_scrolled_in_one_pass() {
        let ctx = Context::default();
        let wheel = |delta: Vec2| Event::MouseWheel {
            unit: MouseWheelUnit::Line,
            delta,
            phase: TouchPhase::Move,
            source: MouseWheelSource::Unknown,
            modifiers: Modifiers::NONE,
        };
        for lines in [1.0, -3.0, 0.1] {
            let mut input = RawInput { events: vec![wheel(vec2(0.0, lines))], ..RawInput::default() };
            unsmoothed(&ctx, &mut input);
            let line = ctx.options(|options| options.input_options.line_scroll_speed);
            let mut scrolled = Vec2::ZERO;
            ctx.run_ui(input, |ui| scrolled = ui.input(|input| input.smooth_scroll_delta)).textures_delta.clear();
            assert!((scrolled.y - lines * line).abs() < 0.01, "{scrolled} of {lines} lines");
            let after = |ui: &mut Ui| assert_eq!(ui.input(|input| input.smooth_scroll_delta), Vec2::ZERO);
            ctx.run_ui(RawInput::default(), after).textures_delta.clear();
        }
    }
}
