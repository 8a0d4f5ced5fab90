//! How a renderer is asked of the system, and what becomes of the device it draws with. Decides nothing about which is used.

use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicBool, AtomicU32, Ordering},
};

use eframe::{
    egui::Context,
    egui_wgpu::{RenderState, WgpuConfiguration, WgpuSetup, WgpuSetupCreateNew},
    wgpu::{self, Adapter, Backends, DeviceLostReason, DeviceType},
};

use crate::{app::about::DrawnBy, store::Renderer};

/// So many errors of the device tell that it is of no more use.
const ERRORS_AT_MOST: u32 = 20;
/// More of an error's words than this are not written down.
const LONGEST: usize = 400;

/// What is known of the device, shared with what tells of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Watch(Arc<Seen>);

#[derive(Debug, Default)]
struct Seen {
    drawn: AtomicBool,
    lost: AtomicBool,
    kept: AtomicBool,
    errors: AtomicU32,
    /// Why no device was found.
    why: OnceLock<String>,
}

impl Watch {
    /// Whether a frame has come through without an error.
    pub(super) fn has_drawn(&self) -> bool {
        self.0.drawn.load(Ordering::Relaxed)
    }

    /// Notes that frames come through.
    pub(super) fn set_drawn(&self) {
        self.0.drawn.store(true, Ordering::Relaxed);
    }

    /// Whether the document was handed on.
    pub(super) fn has_kept(&self) -> bool {
        self.0.kept.load(Ordering::Relaxed)
    }

    /// Notes that the document was handed on.
    pub(super) fn set_kept(&self) {
        self.0.kept.store(true, Ordering::Relaxed);
    }

    /// Whether the device is gone: after a remote session is taken up again, a driver was updated or the card reset.
    pub(super) fn is_lost(&self) -> bool {
        self.0.lost.load(Ordering::Relaxed)
    }

    /// Whether the device has made an error.
    pub(super) fn has_erred(&self) -> bool {
        self.is_lost() || self.0.errors.load(Ordering::Relaxed) > 0
    }

    /// Notes that the window can no longer be shown.
    pub(super) fn set_lost(&self) {
        self.0.lost.store(true, Ordering::Relaxed);
    }

    /// Why no device was found, where that is known.
    pub(super) fn why(&self) -> Option<&str> {
        self.0.why.get().map(String::as_str)
    }

    /// Hears of the loss and of errors of a device, which would otherwise end the program.
    pub(super) fn hear(&self, state: &RenderState, ctx: &Context) {
        let (seen, waking) = (self.0.clone(), ctx.clone());
        state.device.set_device_lost_callback(move |reason, words| match reason {
            // By its own program, at the end.
            DeviceLostReason::Destroyed => {}
            DeviceLostReason::Unknown => {
                log::error!("the graphics device was lost: {}", shortened(&words));
                seen.lost.store(true, Ordering::Relaxed);
                waking.request_repaint();
            }
        });
        let (seen, waking) = (self.0.clone(), ctx.clone());
        state.device.on_uncaptured_error(Arc::new(move |error: wgpu::Error| {
            if seen.errors.fetch_add(1, Ordering::Relaxed) + 1 >= ERRORS_AT_MOST {
                seen.lost.store(true, Ordering::Relaxed);
            } else {
                log::error!("the graphics device: {}", shortened(&error.to_string()));
            }
            waking.request_repaint();
        }));
    }
}

fn shortened(words: &str) -> String {
    words.chars().take(LONGEST).collect()
}

/// Asks for one renderer, and for no other.
pub(super) fn configuration(renderer: Renderer, watch: &Watch) -> WgpuConfiguration {
    let mut setup = WgpuSetupCreateNew::without_display_handle();
    setup.instance_descriptor.backends = backends(renderer);
    let seen = watch.0.clone();
    setup.native_adapter_selector = Some(Arc::new(move |adapters, surface| {
        let fits = |adapter: &&Adapter| {
            let software = adapter.get_info().device_type == DeviceType::Cpu;
            software == renderer.is_software() && surface.is_none_or(|surface| adapter.is_surface_supported(surface))
        };
        // A card that saves power suits a program that mostly stands still.
        let by_power = |adapter: &&Adapter| adapter.get_info().device_type != DeviceType::IntegratedGpu;
        let all: Vec<String> = adapters.iter().map(|adapter| adapter.get_info().name).collect();
        let chosen = adapters.iter().filter(fits).min_by_key(by_power).cloned();
        chosen.ok_or_else(|| {
            let why = format!("the system offers none, only: {}", if all.is_empty() { "nothing".to_owned() } else { all.join(", ") });
            seen.why.get_or_init(|| why).clone()
        })
    }));
    WgpuConfiguration { wgpu_setup: WgpuSetup::CreateNew(setup), ..WgpuConfiguration::default() }
}

fn backends(renderer: Renderer) -> Backends {
    match renderer {
        Renderer::Dx12 | Renderer::Dx12Software => Backends::DX12,
        Renderer::Vulkan | Renderer::VulkanSoftware => Backends::VULKAN,
        Renderer::Opengl | Renderer::OpenglSoftware => Backends::GL,
        Renderer::Processor => Backends::empty(),
    }
}

/// What draws, as the driver calls it.
pub(super) fn drawn_by(renderer: Renderer, state: &RenderState) -> DrawnBy {
    let about = state.adapter.get_info();
    log::info!("drawn with {}: {} ({:?}), driver {} {}", renderer.name(), about.name, about.device_type, about.driver, about.driver_info);
    DrawnBy { renderer, device: about.name, software: about.device_type == DeviceType::Cpu }
}
