//! A window while it is open: runs egui's passes, draws what they damaged and shows it. When it does so is the event loop's to say.

use std::{sync::Arc, time::Instant};

use eframe::{
    UserEvent,
    egui::{
        Color32, Context, Event, RawInput, TexturesDelta, Ui, ViewportBuilder, ViewportCommand, ViewportEvent, ViewportId, ViewportInfo,
        epaint::ClippedShape,
    },
};
use egui_winit::{
    ActionRequested, State, accesskit_winit, pixels_per_point, process_viewport_commands, update_viewport_info,
    winit::{
        event::WindowEvent,
        event_loop::{ActiveEventLoop, EventLoopProxy},
        window::Window,
    },
};

use super::{canvas::Canvas, surface::Surface, unsmoothed};
use crate::ui::raster::Area;

/// The most passes to a frame: egui asks for two more after whatever happens, and the events of a frame are parted into several.
const MOST_PASSES: usize = 6;
/// The first frames are of one pass, as each tells something of the window that the next is laid out by.
const SINGLE: u32 = 3;
/// The longest side of a texture; letters have one of their own.
const LONGEST_SIDE: usize = 8192;
/// So many frames that the system does not take, one after the other, tell that the window is of no more use.
const MOST_REFUSED: u32 = 20;

/// What a window shows.
pub(crate) trait Content {
    /// What is done in every pass, and while the window is hidden.
    fn logic(&mut self, ctx: &Context);

    /// Draws the window. A frame may take several passes: `is_first` tells that one begins.
    fn ui(&mut self, ui: &mut Ui, window: &Window, is_first: bool);
}

/// An open window.
pub(super) struct Running<C> {
    content: C,
    pub(super) ctx: Context,
    pub(super) window: Arc<Window>,
    state: State,
    info: ViewportInfo,
    /// What was heard while the window was hidden.
    unheard: RawInput,
    canvas: Canvas,
    surface: Surface,
    shapes: Vec<ClippedShape>,
    drawn: Option<(Vec<ClippedShape>, f32, [usize; 2])>,
    pixels_per_point: f32,
    textures: TexturesDelta,
    frames: u32,
    refused: u32,
    /// Whether what the system shows of the window is to be drawn anew, changed or not.
    is_exposed: bool,
    pub(super) is_closed: bool,
}

impl<C> Drop for Running<C> {
    fn drop(&mut self) {
        // What is not taken must be said not to be.
        self.textures.clear();
    }
}

/// The icon that egui-winit gives a window is the small one of its frame alone.
#[cfg(windows)]
fn give_taskbar_icon(window: &Window, viewport: &ViewportBuilder) {
    use egui_winit::winit::{platform::windows::WindowExtWindows, window::Icon};
    let icon = viewport.icon.as_ref().and_then(|icon| Icon::from_rgba(icon.rgba.clone(), icon.width, icon.height).ok());
    window.set_taskbar_icon(icon);
}

impl<C: Content> Running<C> {
    /// Opens a window, which stays hidden until it has something to show.
    pub(super) fn open(
        event_loop: &ActiveEventLoop,
        proxy: &EventLoopProxy<UserEvent>,
        viewport: &ViewportBuilder,
        begin: impl FnOnce(&Context) -> C,
    ) -> Result<Self, String> {
        let ctx = Context::default();
        ctx.options_mut(|options| options.max_passes = std::num::NonZeroUsize::MIN.saturating_add(1));
        let window =
            egui_winit::create_window(&ctx, event_loop, &viewport.clone().with_visible(false)).map_err(|error| error.to_string())?;
        #[cfg(windows)]
        give_taskbar_icon(&window, viewport);
        let window = Arc::new(window);
        let surface = Surface::new(event_loop.owned_display_handle(), window.clone()).map_err(|error| error.to_string())?;
        let mut info = ViewportInfo::default();
        update_viewport_info(&mut info, &ctx, &window, true);
        let pixels_per_point = pixels_per_point(&ctx, &window);
        ctx.input_mut(|input| {
            input.raw.viewports.insert(ViewportId::ROOT, info.clone());
            input.pixels_per_point = pixels_per_point;
        });
        let waking = proxy.clone();
        ctx.set_request_repaint_callback(move |asked| {
            let event = UserEvent::RequestRepaint {
                viewport_id: asked.viewport_id,
                when: Instant::now() + asked.delay,
                cumulative_pass_nr: asked.current_cumulative_pass_nr,
            };
            // The window may be gone.
            let _ = waking.send_event(event);
        });
        let scale = window.scale_factor() as f32;
        let theme = event_loop.system_theme();
        let mut state = State::new(ctx.clone(), ViewportId::ROOT, event_loop, Some(scale), theme, Some(LONGEST_SIDE));
        state.init_accesskit(event_loop, &window, proxy.clone());
        ctx.add_font_provider(Arc::new(egui_system_font_provider::SystemFontProvider::new()));
        Ok(Self {
            content: begin(&ctx),
            ctx,
            window,
            state,
            info,
            unheard: RawInput::default(),
            canvas: Canvas::new(Color32::BLACK),
            surface,
            shapes: Vec::new(),
            drawn: None,
            pixels_per_point,
            textures: TexturesDelta::default(),
            frames: 0,
            refused: 0,
            is_exposed: false,
            is_closed: false,
        })
    }

    /// Hears what happened to the window. True where a frame is to follow.
    pub(super) fn hear(&mut self, event: &WindowEvent) -> bool {
        match event {
            WindowEvent::CloseRequested => {
                self.info.events.push(ViewportEvent::Close);
                true
            }
            WindowEvent::Occluded(occluded) => {
                self.info.occluded = Some(*occluded);
                true
            }
            _ => self.state.on_window_event(&self.window, event).repaint,
        }
    }

    /// Hears what a screen reader asks for. True where a frame is to follow.
    pub(super) fn hear_access(&mut self, event: accesskit_winit::WindowEvent) -> bool {
        match event {
            accesskit_winit::WindowEvent::InitialTreeRequested => self.ctx.enable_accesskit(),
            accesskit_winit::WindowEvent::ActionRequested(request) => self.state.on_accesskit_action_request(request),
            accesskit_winit::WindowEvent::AccessibilityDeactivated => {
                self.ctx.disable_accesskit();
                return false;
            }
        }
        true
    }

    /// Whether it was minimised in the last frame. To ask the system is a journey to it and back, which is far on a remote desktop.
    pub(super) fn is_minimized(&self) -> bool {
        self.info.minimized == Some(true)
    }

    /// Notes that the system has lost what it showed of the window.
    pub(super) fn expose(&mut self) {
        self.is_exposed = true;
    }

    /// Runs as many passes as it takes until nothing changes, then shows the last.
    pub(super) fn frame(&mut self, event_loop: &ActiveEventLoop) -> Result<(), String> {
        update_viewport_info(&mut self.info, &self.ctx, &self.window, false);
        if self.info.visible() == Some(false) || self.info.minimized == Some(true) {
            self.hidden_pass(event_loop);
            return Ok(());
        }
        let most = if self.frames < SINGLE { 1 } else { MOST_PASSES };
        for pass in 0..most {
            if !self.pass(event_loop, pass == 0) || self.is_closed {
                break;
            }
        }
        if self.is_closed { Ok(()) } else { self.show() }
    }

    /// What goes on while nobody sees the window.
    pub(super) fn hidden_pass(&mut self, event_loop: &ActiveEventLoop) {
        let input = self.input();
        let is_asked_to_close = input.viewport().close_requested();
        let content = &mut self.content;
        let output = self.ctx.run_logic(&input, |ctx| content.logic(ctx));
        self.unheard = input;
        self.info.events.clear();
        self.state.handle_platform_output_with_event_loop(&self.window, event_loop, output.platform_output);
        let commands = output.viewport_commands.into_iter().filter(|(id, _)| *id == ViewportId::ROOT).flat_map(|(_, commands)| commands);
        self.follow(commands.collect(), is_asked_to_close);
    }

    fn input(&mut self) -> RawInput {
        let mut input = std::mem::take(&mut self.unheard);
        input.append(self.state.take_egui_input(&self.window));
        input.viewports = std::iter::once((ViewportId::ROOT, self.info.clone())).collect();
        unsmoothed(&self.ctx, &mut input);
        input
    }

    /// Lays the window out once. True where it is to be laid out again at once.
    fn pass(&mut self, event_loop: &ActiveEventLoop, is_first: bool) -> bool {
        let input = self.input();
        let is_asked_to_close = input.viewport().close_requested();
        let (content, window) = (&mut self.content, &self.window);
        let output = self.ctx.run_ui(input, |ui| {
            content.logic(ui.ctx());
            content.ui(ui, window, is_first);
        });
        self.info.events.clear();
        self.state.handle_platform_output_with_event_loop(&self.window, event_loop, output.platform_output);
        self.textures.append(output.textures_delta);
        self.shapes = output.shapes;
        self.pixels_per_point = output.pixels_per_point;
        let Some(root) = output.viewport_output.into_iter().find_map(|(id, output)| (id == ViewportId::ROOT).then_some(output)) else {
            return false;
        };
        self.follow(root.commands, is_asked_to_close) || root.repaint_delay.is_zero()
    }

    /// Does what the content asked of the window. True where that is to be heard at once.
    fn follow(&mut self, commands: Vec<ViewportCommand>, is_asked_to_close: bool) -> bool {
        if is_asked_to_close && !commands.contains(&ViewportCommand::CancelClose) {
            self.is_closed = true;
        }
        let mut asked = Vec::new();
        process_viewport_commands(&self.ctx, &mut self.info, commands, &self.window, &mut asked);
        for action in &asked {
            let event = match action {
                ActionRequested::Cut => Some(Event::Cut),
                ActionRequested::Copy => Some(Event::Copy),
                ActionRequested::Paste => self.pasted(),
                ActionRequested::Screenshot(_) | ActionRequested::PaintWhileHidden => None,
            };
            self.state.egui_input_mut().events.extend(event);
        }
        !asked.is_empty()
    }

    fn pasted(&mut self) -> Option<Event> {
        match self.state.clipboard_text().map(|text| text.replace("\r\n", "\n")) {
            Some(text) => (!text.is_empty()).then_some(Event::Paste(text)),
            None => self.state.clipboard_image().map(|image| Event::PasteImage(Arc::new(image))),
        }
    }

    /// Draws what the last pass changed, and shows it.
    fn show(&mut self) -> Result<(), String> {
        let size = self.window.inner_size();
        let size = [size.width as usize, size.height as usize];
        if size.contains(&0) {
            return Ok(());
        }
        let mut damage = self.draw(size);
        if std::mem::take(&mut self.is_exposed) || self.frames == 0 {
            damage = vec![Area::of(size)];
        }
        if !damage.is_empty() {
            self.window.pre_present_notify();
            match self.surface.show(self.canvas.picture(), damage) {
                Ok(()) => self.refused = 0,
                Err(error) => {
                    log::warn!("the window was not shown: {error}");
                    self.refused += 1;
                    self.is_exposed = true;
                    if self.frames == 0 || self.refused > MOST_REFUSED {
                        return Err(error.to_string());
                    }
                    self.ctx.request_repaint();
                }
            }
        }
        if self.frames == 0 {
            // Before it has something to show it would flash.
            self.window.set_visible(true);
        }
        self.frames = self.frames.saturating_add(1);
        Ok(())
    }

    /// Draws what the last pass changed, and tells where.
    fn draw(&mut self, size: [usize; 2]) -> Vec<Area> {
        let now = (std::mem::take(&mut self.shapes), self.pixels_per_point, size);
        if self.textures.is_empty() && self.drawn.as_ref() == Some(&now) {
            return Vec::new();
        }
        let primitives = self.ctx.tessellate(now.0.clone(), self.pixels_per_point);
        let damage = self.canvas.draw(&primitives, &mut self.textures, size, self.pixels_per_point);
        self.drawn = Some(now);
        damage
    }
}
