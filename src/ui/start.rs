//! Starting the window on the system's desktop: one renderer after the other until one draws. Says how it ended, and starts no process.

use std::{
    cell::Cell,
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::Arc,
};

use eframe::{
    NativeOptions, UserEvent,
    egui::{self, IconData, ViewportBuilder, ViewportCommand},
};
use egui_winit::winit::{self, event_loop::EventLoop, platform::run_on_demand::EventLoopExtRunOnDemand};

use super::{
    Window,
    clipboard::Clipboard,
    dialogs::files::Files,
    drawing::{self, Watch},
    software, theme,
};
use crate::{
    app::{about::DrawnBy, faults, instance_inbox::InstanceInbox, jobs::Wake},
    store::{Folder, Renderer, Settings, renderer},
};

/// What is wished of a window.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    pub folder: Folder,
    pub files: Vec<PathBuf>,
    /// The only renderer to try.
    pub renderer: Option<Renderer>,
    /// Those that have failed.
    pub failed: Vec<Renderer>,
    /// Whether it takes the place of a window that handed its document on.
    pub takes_over: bool,
    pub calls: InstanceInbox,
}

/// How a window ended; where it was not by its user, also whether the document was handed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Its user closed it.
    Closed,
    /// The device it drew with is gone.
    DeviceLost { kept: bool },
    /// A fault in it, in words.
    Fault { reason: String, kept: bool },
    /// Drawing failed in a way that a process does not get over: these are left out in the next.
    Undrawn(Vec<Renderer>),
    /// None can be opened, and why.
    NoWindow(String),
}

/// Runs the window until it ends.
#[must_use]
pub fn run(wishes: &Wishes) -> Ended {
    let mut failed = wishes.failed.clone();
    let chosen = Settings::load(&wishes.folder).renderer;
    let order = match wishes.renderer {
        Some(named) => vec![named],
        None => renderer::to_try(&wishes.folder, chosen, &failed),
    };
    // There is one in the life of a process.
    let mut event_loop = match EventLoop::<UserEvent>::with_user_event().build() {
        Ok(event_loop) => event_loop,
        Err(error) => return Ended::NoWindow(error.to_string()),
    };
    let mut reasons = Vec::new();
    for renderer in order {
        let watch = Watch::default();
        renderer::mark_starting(&wishes.folder, renderer);
        let result = catch_unwind(AssertUnwindSafe(|| attempt(&mut event_loop, wishes, renderer, &watch)));
        renderer::unmark_starting(&wishes.folder);
        let kept = watch.has_kept();
        let reason = match result {
            // Some libraries end in a fault before they tell of the loss.
            Err(_) if watch.has_drawn() && faults::was_in_drawing() => return Ended::DeviceLost { kept },
            _ if watch.has_drawn() && watch.is_lost() => return Ended::DeviceLost { kept },
            Ok(Ok(())) if !watch.has_erred() || watch.has_drawn() => return Ended::Closed,
            Ok(Ok(())) => "its first frame failed".to_owned(),
            Ok(Err(error)) if watch.has_drawn() => return Ended::Fault { reason: error, kept },
            Ok(Err(error)) => error,
            Err(fault) if watch.has_drawn() => return Ended::Fault { reason: faults::words(&*fault), kept },
            Err(fault) => {
                failed.push(renderer);
                log::warn!("{} failed by a fault: {}", renderer.name(), faults::words(&*fault));
                return Ended::Undrawn(failed);
            }
        };
        log::warn!("{} failed: {reason}", renderer.name());
        failed.push(renderer);
        reasons.push(format!("{}: {reason}", renderer.name()));
    }
    Ended::NoWindow(if reasons.is_empty() { "every way to draw it has failed".to_owned() } else { reasons.join("; ") })
}

fn attempt(event_loop: &mut EventLoop<UserEvent>, wishes: &Wishes, renderer: Renderer, watch: &Watch) -> Result<(), String> {
    let viewport = ViewportBuilder::default()
        .with_title("plandesk")
        .with_app_id("plandesk")
        .with_inner_size([1280.0, 800.0])
        .with_min_inner_size([900.0, 560.0])
        .with_icon(icon());
    if renderer == Renderer::Processor {
        let begin = |ctx: &egui::Context| {
            log::info!("drawn with {}", renderer.name());
            let drawn_by = DrawnBy { renderer, device: String::new(), software: true };
            Started::new(wishes, ctx, watch, drawn_by)
        };
        return software::run(event_loop, viewport, begin).inspect_err(|_| watch.set_lost());
    }
    let begun = Cell::new(false);
    let create = |context: &eframe::CreationContext<'_>| -> Result<Box<dyn eframe::App + '_>, Box<dyn std::error::Error + Send + Sync>> {
        begun.set(true);
        let state = context.wgpu_render_state.as_ref().ok_or("there is no device")?;
        watch.hear(state, &context.egui_ctx);
        Ok(Box::new(Started::new(wishes, &context.egui_ctx, watch, drawing::drawn_by(renderer, state))))
    };
    let options = NativeOptions { viewport, wgpu_options: drawing::configuration(renderer, watch), ..NativeOptions::default() };
    let mut app = eframe::create_native("plandesk", options, Box::new(create), event_loop);
    event_loop.run_app_on_demand(&mut app).map_err(|error| error.to_string())?;
    drop(app);
    // What went wrong before is told to the log alone.
    if begun.get() { Ok(()) } else { Err(watch.why().unwrap_or("it could not be set up").to_owned()) }
}

/// The window, and what is seen of its drawing.
struct Started<'a> {
    window: Window,
    watch: &'a Watch,
    frames: u32,
    renderer: Renderer,
    folder: Folder,
}

impl<'a> Started<'a> {
    fn new(wishes: &Wishes, ctx: &egui::Context, watch: &'a Watch, drawn_by: DrawnBy) -> Self {
        let mut window = Window::new(ctx, wishes.folder.clone(), Files::default(), wishes.files.clone());
        window.clipboard = Clipboard::of_system();
        window.calls = wishes.calls.clone();
        let waker = ctx.clone();
        window.calls.wake_by(Wake(Arc::new(move || waker.request_repaint())));
        let renderer = drawn_by.renderer;
        if drawn_by.software {
            theme::keep_still(ctx);
        }
        window.state.view.tell_drawn_by(drawn_by);
        window.state.begin_keeping(wishes.takes_over);
        Self { window, watch, frames: 0, renderer, folder: wishes.folder.clone() }
    }

    /// Looks at what became of the frame before. False when the window is of no more use.
    fn goes_on(&mut self) -> bool {
        if self.watch.is_lost() || (!self.watch.has_drawn() && self.watch.has_erred()) {
            return false;
        }
        self.frames = self.frames.saturating_add(1);
        if self.frames == 2 {
            self.watch.set_drawn();
            renderer::unmark_starting(&self.folder);
            if renderer::remember(&self.folder, self.renderer).is_err() {
                log::warn!("what draws the window could not be remembered");
            }
        }
        true
    }

    /// Draws the window, unless it is of no more use.
    fn show(&mut self, ui: &mut egui::Ui, window: Option<&winit::window::Window>, is_first: bool) {
        if is_first && !self.goes_on() {
            ui.ctx().send_viewport_cmd(ViewportCommand::Close);
            return;
        }
        // Where it stands is asked of the system, which may be far away.
        self.window.show(ui, window.filter(|_| is_first));
        if self.frames == 1 {
            // Only the second frame tells whether the first came through.
            ui.ctx().request_repaint();
        }
    }
}

impl eframe::App for Started<'_> {
    fn logic(&mut self, ctx: &egui::Context, _: &mut eframe::Frame) {
        self.window.hear_starts(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, frame: &mut eframe::Frame) {
        self.show(ui, frame.winit_window().map(Arc::as_ref), true);
    }

    fn raw_input_hook(&mut self, ctx: &egui::Context, input: &mut egui::RawInput) {
        if self.renderer.is_software() {
            software::unsmoothed(ctx, input);
        }
    }

    fn persist_egui_memory(&self) -> bool {
        false
    }
}

impl software::Content for Started<'_> {
    fn logic(&mut self, ctx: &egui::Context) {
        self.window.hear_starts(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, window: &winit::window::Window, is_first: bool) {
        self.show(ui, Some(window), is_first);
    }
}

impl Drop for Started<'_> {
    fn drop(&mut self) {
        let state = &mut self.window.state;
        if state.tasks.is_closing() {
            state.tasks.close_kept();
        } else {
            // This may be on the way out of a fault, which another must not make worse.
            if catch_unwind(AssertUnwindSafe(|| state.hand_on())).is_ok_and(|kept| kept) {
                self.watch.set_kept();
            }
        }
    }
}

fn icon() -> IconData {
    let image = image::load_from_memory(include_bytes!("../../assets/icon-256.png")).expect("the bundled icon is a picture").into_rgba8();
    IconData { width: image.width(), height: image.height(), rgba: image.into_raw() }
}
