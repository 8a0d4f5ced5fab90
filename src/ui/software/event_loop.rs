//! When a window that the processor draws is laid out anew: after events, all that have come at once, and when it asks for it.

use std::time::{Duration, Instant};

use eframe::{
    UserEvent,
    egui::{Context, ViewportBuilder, ViewportId},
};
use egui_winit::winit::{
    application::ApplicationHandler,
    event::WindowEvent,
    event_loop::{ActiveEventLoop, ControlFlow, EventLoop, EventLoopProxy},
    platform::run_on_demand::EventLoopExtRunOnDemand,
    window::WindowId,
};

use super::running::{Content, Running};

/// From the end of a frame to the next at least: a pointer may report a thousand places a second.
const PAUSE: Duration = Duration::from_millis(8);
/// The same for a frame that the window asks for by itself, as for a bar that moves on.
const CALM_PAUSE: Duration = Duration::from_millis(30);
/// The same while the window is hidden.
const HIDDEN_PAUSE: Duration = Duration::from_millis(100);
/// A system that has not asked for a frame by then does not show the window.
const UNSHOWN: Duration = Duration::from_millis(250);

/// Runs a window until it closes.
///
/// # Errors
/// Where it could not be opened, or the system no longer shows it.
pub(crate) fn run<C: Content>(
    event_loop: &mut EventLoop<UserEvent>,
    viewport: ViewportBuilder,
    begin: impl FnOnce(&Context) -> C,
) -> Result<(), String> {
    let proxy = event_loop.create_proxy();
    let mut looped = Looped { proxy, viewport, begin: Some(begin), running: None, due: None, last: None, asked: None, error: None };
    event_loop.run_app_on_demand(&mut looped).map_err(|error| error.to_string())?;
    looped.error.map_or(Ok(()), Err)
}

struct Looped<C, B> {
    proxy: EventLoopProxy<UserEvent>,
    viewport: ViewportBuilder,
    begin: Option<B>,
    running: Option<Running<C>>,
    /// When the next frame is due.
    due: Option<Instant>,
    /// When the last one ended.
    last: Option<Instant>,
    /// When the system was asked to say that it takes a frame, where it wants to be.
    asked: Option<Instant>,
    error: Option<String>,
}

impl<C: Content, B: FnOnce(&Context) -> C> Looped<C, B> {
    /// Notes that a frame is wanted, no sooner than this long after the last.
    fn want(&mut self, when: Instant, pause: Duration) {
        let is_hidden = self.running.as_ref().is_some_and(Running::is_minimized);
        let pause = if is_hidden { HIDDEN_PAUSE } else { pause };
        let when = self.last.map_or(when, |last| when.max(last + pause));
        self.due = Some(self.due.map_or(when, |due| due.min(when)));
    }

    fn frame(&mut self, event_loop: &ActiveEventLoop) {
        let Some(running) = &mut self.running else { return };
        (self.due, self.asked) = (None, None);
        let result = running.frame(event_loop);
        self.last = Some(Instant::now());
        self.end_frame(event_loop, result);
    }

    fn end_frame(&mut self, event_loop: &ActiveEventLoop, result: Result<(), String>) {
        let is_closed = self.running.as_ref().is_none_or(|running| running.is_closed);
        self.error = result.err();
        if is_closed || self.error.is_some() {
            // It is to be gone while the loop still runs.
            self.running = None;
            event_loop.exit();
        }
    }

    /// Draws if it is time to, and sleeps until it is.
    fn go_on(&mut self, event_loop: &ActiveEventLoop) {
        let now = Instant::now();
        if self.due.is_some_and(|due| due <= now) {
            if !is_paced(event_loop) {
                self.frame(event_loop);
            } else if let Some(running) = &mut self.running {
                match self.asked {
                    None => {
                        running.window.request_redraw();
                        self.asked = Some(now);
                    }
                    Some(asked) if asked + UNSHOWN <= now => {
                        running.hidden_pass(event_loop);
                        (self.due, self.asked, self.last) = (None, Some(now), Some(now));
                        self.end_frame(event_loop, Ok(()));
                    }
                    Some(_) => {}
                }
            }
        }
        let wakes = self.due.map(|due| self.asked.map_or(due, |asked| asked + UNSHOWN));
        event_loop.set_control_flow(wakes.map_or(ControlFlow::Wait, ControlFlow::WaitUntil));
    }
}

/// Whether the system says when it takes a frame: a compositor may take none of a window that it does not show, and whoever waits for
/// it to waits for ever.
fn is_paced(event_loop: &ActiveEventLoop) -> bool {
    #[cfg(target_os = "linux")]
    {
        use egui_winit::winit::platform::wayland::ActiveEventLoopExtWayland;
        event_loop.is_wayland()
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = event_loop;
        false
    }
}

impl<C: Content, B: FnOnce(&Context) -> C> ApplicationHandler<UserEvent> for Looped<C, B> {
    fn resumed(&mut self, event_loop: &ActiveEventLoop) {
        let Some(begin) = self.begin.take() else { return };
        match Running::open(event_loop, &self.proxy, &self.viewport, begin) {
            Ok(running) => self.running = Some(running),
            Err(error) => {
                self.error = Some(error);
                event_loop.exit();
            }
        }
        self.want(Instant::now(), PAUSE);
    }

    fn user_event(&mut self, _: &ActiveEventLoop, event: UserEvent) {
        let Some(running) = &mut self.running else { return };
        match event {
            UserEvent::RequestRepaint { viewport_id, when, cumulative_pass_nr } => {
                let passes = running.ctx.cumulative_pass_nr_for(viewport_id);
                // What was asked for before that was seen to since.
                if viewport_id == ViewportId::ROOT && (passes == cumulative_pass_nr || passes == cumulative_pass_nr + 1) {
                    self.want(when, CALM_PAUSE);
                }
            }
            UserEvent::AccessKitActionRequest(event) => {
                if running.hear_access(event.window_event) {
                    self.want(Instant::now(), PAUSE);
                }
            }
        }
    }

    fn window_event(&mut self, event_loop: &ActiveEventLoop, id: WindowId, event: WindowEvent) {
        // A way to draw that was tried before may have left a window, whose end is heard in the same loop.
        let Some(running) = self.running.as_mut().filter(|running| running.window.id() == id) else { return };
        match event {
            WindowEvent::RedrawRequested => {
                // Where it is paced, this is the answer to what was asked.
                if self.asked.is_none() {
                    running.expose();
                }
                self.frame(event_loop);
            }
            WindowEvent::Destroyed => {
                self.running = None;
                event_loop.exit();
            }
            event => {
                let is_resized = matches!(event, WindowEvent::Resized(_));
                if running.hear(&event) || is_resized {
                    self.want(Instant::now(), PAUSE);
                }
                // While a window is sized by its edge, Windows lets nothing else happen.
                if cfg!(windows) && is_resized {
                    self.frame(event_loop);
                }
            }
        }
    }

    fn about_to_wait(&mut self, event_loop: &ActiveEventLoop) {
        self.go_on(event_loop);
    }
}
