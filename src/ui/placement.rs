//! Where the window stands: as it stood in the last run, on a screen there is and no larger than that. Shows no window itself.

use std::time::{Duration, Instant};

use eframe::egui::{Context, ViewportCommand, pos2, vec2};
use egui_winit::winit::window::Window;

use crate::{app::state::State, store::WindowPlace};

/// How long a window that is moved about is left alone before its place is written down.
const PAUSE: Duration = Duration::from_secs(3);
/// What a frame takes around the inside, above it and at its sides, in pixels at 100 %.
const FRAME: (i64, i64) = (16, 40);
/// What a bar of the system's takes of a screen's height, in pixels at 100 %.
const TASK_BAR: i64 = 48;
/// The smallest inside that the window is laid out for, in points.
const LEAST: (f32, f32) = (900.0, 560.0);

/// A screen, in its own pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Screen {
    at: (i32, i32),
    size: (u32, u32),
    /// How much it is enlarged, in per cent.
    scale: u32,
}

/// What is known of the window's place.
#[derive(Debug, Default)]
pub(super) struct Placement {
    frames: u8,
    /// The last change that is not written down, and when it was seen.
    changed: Option<(WindowPlace, Instant)>,
}

impl Placement {
    /// Puts the window where it stood at its first frame, then keeps watch of where it goes. To be called once a frame.
    pub(super) fn follow(&mut self, ctx: &Context, window: &Window, state: &mut State) {
        let scale = (window.scale_factor() * 100.0).round() as u32;
        let size = window.inner_size();
        let at = window.outer_position().ok().map(|at| (at.x, at.y));
        let present = WindowPlace { at, size: (size.width, size.height), maximised: window.is_maximized(), scale };
        self.frames = self.frames.saturating_add(1);
        if self.frames == 1 {
            // The first is where a window goes whose own screen is gone.
            let screens = window.primary_monitor().into_iter().chain(window.available_monitors()).map(|screen| Screen {
                at: (screen.position().x, screen.position().y),
                size: (screen.size().width, screen.size().height),
                scale: (screen.scale_factor() * 100.0).round() as u32,
            });
            let screens: Vec<Screen> = screens.filter(|screen| screen.size.0 > 0 && screen.size.1 > 0).collect();
            put(ctx, state.remembered.settings().window, &present, &screens);
        } else if self.frames == 2 {
            // Asked for while it is still hidden, it would show for a moment as it was.
            if state.remembered.settings().window.is_some_and(|kept| kept.maximised) {
                ctx.send_viewport_cmd(ViewportCommand::Maximized(true));
            }
        } else if self.frames > 4 && window.is_minimized() != Some(true) {
            self.watch(ctx, present, state);
        }
    }

    fn watch(&mut self, ctx: &Context, present: WindowPlace, state: &mut State) {
        let place = remembered(present, state.remembered.settings().window);
        if state.remembered.settings().window == Some(place) {
            self.changed = None;
            return;
        }
        let since = match self.changed {
            Some((known, since)) if known == place => since,
            _ => Instant::now(),
        };
        self.changed = Some((place, since));
        if state.tasks.is_closing() || since.elapsed() >= PAUSE {
            state.remembered.keep_place(place);
            self.changed = None;
        } else {
            ctx.request_repaint_after(PAUSE);
        }
    }
}

/// What is kept of where a window is: while it fills its screen, how it stood before.
fn remembered(present: WindowPlace, known: Option<WindowPlace>) -> WindowPlace {
    match known {
        Some(known) if present.maximised => WindowPlace { maximised: true, ..known },
        _ => present,
    }
}

/// Moves and sizes a window that is still hidden.
fn put(ctx: &Context, kept: Option<WindowPlace>, present: &WindowPlace, screens: &[Screen]) {
    let Some((fitted, screen)) = fitted(kept.as_ref().unwrap_or(present), screens) else { return };
    let points = ctx.pixels_per_point();
    let inside = |pixels: (u32, u32)| vec2(pixels.0 as f32, pixels.1 as f32) / points;
    let room = inside(room(&screen));
    // A small screen that is much enlarged has less room than the least there otherwise is.
    ctx.send_viewport_cmd(ViewportCommand::MinInnerSize(vec2(LEAST.0, LEAST.1).min(room)));
    if let Some((x, y)) = fitted.at.filter(|_| fitted.at != present.at) {
        ctx.send_viewport_cmd(ViewportCommand::OuterPosition(pos2(x as f32, y as f32) / points));
    }
    if fitted.size != present.size {
        ctx.send_viewport_cmd(ViewportCommand::InnerSize(inside(fitted.size)));
    }
}

/// A place on the screen that most of it was on, wholly within that screen, with the screen; `None` where no screen is known.
fn fitted(kept: &WindowPlace, screens: &[Screen]) -> Option<(WindowPlace, Screen)> {
    let shared = |screen: &Screen| {
        let along = |at: i32, size: u32, from: i32, length: u32| {
            let (at, from) = (i64::from(at), i64::from(from));
            ((at + i64::from(size)).min(from + i64::from(length)) - at.max(from)).max(0)
        };
        let (x, y) = kept.at.unwrap_or((i32::MIN, i32::MIN));
        along(x, kept.size.0, screen.at.0, screen.size.0) * along(y, kept.size.1, screen.at.1, screen.size.1)
    };
    let first = *screens.first()?;
    // Of those that share nothing, the first stays.
    let screen = screens.iter().copied().fold(first, |best, screen| if shared(&screen) > shared(&best) { screen } else { best });
    let room = room(&screen);
    let scaled = |pixels: u32, most: u32| {
        let pixels = u64::from(pixels) * u64::from(screen.scale.max(1)) / u64::from(kept.scale.max(1));
        u32::try_from(pixels).unwrap_or(most).clamp(1, most)
    };
    let size = (scaled(kept.size.0, room.0), scaled(kept.size.1, room.1));
    let within = |at: i32, from: i32, free: u32| {
        let free = i32::try_from(free).unwrap_or(i32::MAX);
        at.clamp(from, from.saturating_add(free))
    };
    let at = kept.at.map(|(x, y)| (within(x, screen.at.0, room.0 - size.0), within(y, screen.at.1, room.1 - size.1)));
    Some((WindowPlace { at, size, maximised: kept.maximised, scale: screen.scale }, screen))
}

/// The largest inside of a window that a screen has room for, within its frame and beside the system's bar.
fn room(screen: &Screen) -> (u32, u32) {
    let less = |size: u32, taken: i64| {
        let left = i64::from(size) - taken * i64::from(screen.scale) / 100;
        u32::try_from(left).unwrap_or(0).max(size / 2).max(1)
    };
    (less(screen.size.0, FRAME.0), less(screen.size.1, FRAME.1 + TASK_BAR))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIN: Screen = Screen { at: (0, 0), size: (1920, 1080), scale: 100 };
    const LEFT: Screen = Screen { at: (-1280, 0), size: (1280, 1024), scale: 100 };

    fn kept(at: (i32, i32), size: (u32, u32)) -> WindowPlace {
        WindowPlace { at: Some(at), size, maximised: false, scale: 100 }
    }

    fn fit(kept: WindowPlace, screens: &[Screen]) -> ((i32, i32), (u32, u32)) {
        let (place, _) = fitted(&kept, screens).unwrap();
        (place.at.unwrap(), place.size)
    }

    #[test]
    fn a_window_stays_where_it_was_while_its_screen_is_there() {
        assert_eq!(fit(kept((100, 50), (1280, 800)), &[MAIN, LEFT]), ((100, 50), (1280, 800)));
        assert_eq!(fit(kept((-1200, 40), (1000, 700)), &[MAIN, LEFT]), ((-1200, 40), (1000, 700)));
    }

    #[test]
    fn a_window_whose_screen_is_gone_comes_to_the_one_there_is() {
        assert_eq!(fit(kept((-1200, 40), (1000, 700)), &[MAIN]), ((0, 40), (1000, 700)));
        assert_eq!(fit(kept((5000, 4000), (1280, 800)), &[MAIN]), ((1920 - 16 - 1280, 1080 - 88 - 800), (1280, 800)));
        assert_eq!(fit(kept((-32000, -32000), (1280, 800)), &[MAIN]), ((0, 0), (1280, 800)), "as it is while minimised");
    }

    #[test]
    fn a_window_is_never_larger_than_its_screen() {
        let small = Screen { size: (1024, 768), ..MAIN };
        assert_eq!(fit(kept((300, 200), (1900, 1000)), &[small]), ((0, 0), (1008, 680)));
        let enlarged = Screen { size: (1366, 768), scale: 150, ..MAIN };
        assert_eq!(fit(kept((0, 0), (1280, 800)), &[enlarged]).1, (1342, 636), "it was kept at 100 %");
    }

    #[test]
    fn whatever_was_kept_the_window_is_within_a_screen() {
        let screens = [MAIN, LEFT, Screen { at: (1920, -300), size: (3840, 2160), scale: 200 }, Screen { size: (640, 480), ..MAIN }];
        for x in (-9000..9000).step_by(700).chain([i32::MIN, i32::MAX]) {
            for y in (-5000..5000).step_by(900).chain([i32::MIN, i32::MAX]) {
                for size in [(0, 0), (300, 200), (1280, 800), (4000, 3000), (u32::MAX, u32::MAX)] {
                    for scale in [0, 100, 150] {
                        for count in 1..=screens.len() {
                            let (place, screen) = fitted(&WindowPlace { scale, ..kept((x, y), size) }, &screens[..count]).unwrap();
                            let at = place.at.unwrap();
                            let far = (i64::from(at.0) + i64::from(place.size.0), i64::from(at.1) + i64::from(place.size.1));
                            let most =
                                (i64::from(screen.at.0) + i64::from(screen.size.0), i64::from(screen.at.1) + i64::from(screen.size.1));
                            assert!(
                                at.0 >= screen.at.0 && at.1 >= screen.at.1 && far.0 <= most.0 && far.1 <= most.1,
                                "{place:?} on {screen:?}"
                            );
                            assert!(place.size.0 > 0 && place.size.1 > 0);
                        }
                    }
                }
            }
        }
        assert_eq!(fitted(&kept((0, 0), (1, 1)), &[]), None);
    }

    #[test]
    fn a_window_that_fills_its_screen_keeps_how_it_stood_before() {
        let before = kept((100, 50), (1280, 800));
        let full = WindowPlace { maximised: true, ..kept((0, 0), (1920, 1040)) };
        assert_eq!(remembered(full, Some(before)), WindowPlace { maximised: true, ..before });
        assert_eq!(remembered(full, None), full);
        assert_eq!(remembered(before, Some(full)), before);
    }
}
