//! Starting the window on the system's desktop.

use std::{
    path::PathBuf,
    sync::atomic::{AtomicBool, Ordering},
};

use eframe::{
    NativeOptions,
    egui::{IconData, ViewportBuilder},
};

use super::{Window, clipboard::Clipboard, dialogs::files::Files};
use crate::app::Folder;

/// Runs the window until it is closed. `drawn` is set once the window has shown something.
///
/// # Errors
/// When no window can be opened: the reason, in words.
pub fn run(files: Vec<PathBuf>, drawn: &AtomicBool) -> Result<(), String> {
    let viewport = ViewportBuilder::default()
        .with_title("plandesk")
        .with_app_id("plandesk")
        .with_inner_size([1280.0, 800.0])
        .with_min_inner_size([900.0, 560.0])
        .with_icon(icon());
    let options = NativeOptions { viewport, ..NativeOptions::default() };
    let create = |context: &eframe::CreationContext<'_>| -> Result<Box<dyn eframe::App + '_>, Box<dyn std::error::Error + Send + Sync>> {
        let mut window = Window::new(&context.egui_ctx, Folder::of_user(), Files::default(), files);
        window.clipboard = Clipboard::of_system();
        Ok(Box::new(Started { window, drawn }))
    };
    eframe::run_native("plandesk", options, Box::new(create)).map_err(|error| error.to_string())
}

/// The window, and the mark that it has been drawn.
struct Started<'a> {
    window: Window,
    drawn: &'a AtomicBool,
}

impl eframe::App for Started<'_> {
    fn ui(&mut self, ui: &mut eframe::egui::Ui, frame: &mut eframe::Frame) {
        self.window.ui(ui, frame);
        self.drawn.store(true, Ordering::Relaxed);
    }

    fn persist_egui_memory(&self) -> bool {
        false
    }
}

fn icon() -> IconData {
    let image = image::load_from_memory(include_bytes!("../../assets/icon-256.png")).expect("the bundled icon is a picture").into_rgba8();
    IconData { width: image.width(), height: image.height(), rgba: image.into_raw() }
}
