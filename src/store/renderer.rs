//! The ways a window can be drawn, which of them worked last, and which one ended the program. Draws nothing itself.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Folder, WriteError};

const NAME: &str = "renderer.json";

/// Names the renderer that is being started, until it has drawn something.
const STARTING: &str = "renderer.starting";

/// A younger mark may be that of a window which is being started at the same time.
const LEFT_BEHIND: Duration = Duration::from_secs(5);

/// Counted up whenever `Renderer::here` changes: what worked was the first that did of other ones before that.
const ORDER: u32 = 2;

/// A way to draw the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Renderer {
    Dx12,
    Dx12Software,
    Vulkan,
    VulkanSoftware,
    Opengl,
    OpenglSoftware,
    /// Drawn by the program itself.
    Processor,
}

impl Renderer {
    /// Every one of them.
    pub const ALL: [Self; 7] =
        [Self::Dx12, Self::Dx12Software, Self::Vulkan, Self::VulkanSoftware, Self::Opengl, Self::OpenglSoftware, Self::Processor];

    /// Those of this system, in the order in which they are tried: a graphics card, whatever it is spoken to in; then the program
    /// itself, which draws only what changed; then the drivers that do without a card, each of which draws every pixel in every frame.
    #[must_use]
    pub fn here() -> &'static [Self] {
        if cfg!(windows) {
            &[Self::Dx12, Self::Processor, Self::Dx12Software]
        } else {
            &[Self::Vulkan, Self::Opengl, Self::Processor, Self::VulkanSoftware, Self::OpenglSoftware]
        }
    }

    /// Its name on the command line and in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Dx12 => "dx12",
            Self::Dx12Software => "dx12-software",
            Self::Vulkan => "vulkan",
            Self::VulkanSoftware => "vulkan-software",
            Self::Opengl => "opengl",
            Self::OpenglSoftware => "opengl-software",
            Self::Processor => "processor",
        }
    }

    /// The renderer of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|renderer| renderer.name() == name)
    }

    /// Its words in a menu.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Dx12 => "Direct3D 12",
            Self::Dx12Software => "Direct3D 12 without a graphics card",
            Self::Vulkan => "Vulkan",
            Self::VulkanSoftware => "Vulkan without a graphics card",
            Self::Opengl => "OpenGL",
            Self::OpenglSoftware => "OpenGL without a graphics card",
            Self::Processor => "The processor, without a graphics card",
        }
    }

    /// Whether the processor draws, without a graphics card.
    #[must_use]
    pub fn is_software(self) -> bool {
        match self {
            Self::Dx12Software | Self::VulkanSoftware | Self::OpenglSoftware | Self::Processor => true,
            Self::Dx12 | Self::Vulkan | Self::Opengl => false,
        }
    }
}

/// What worked last, and for which program and session: a profile that roams is at a desktop today and on a terminal server tomorrow,
/// and a newer program may do better.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
struct Worked {
    renderer: Option<Renderer>,
    version: String,
    session: String,
    /// The order it was found by.
    #[serde(default)]
    order: u32,
}

impl Worked {
    fn with(renderer: Option<Renderer>) -> Self {
        // Windows says `Console`, `RDP-Tcp#3` or `ICA-tcp#1`.
        let session = std::env::var("SESSIONNAME").unwrap_or_default();
        let session = session.split('#').next().unwrap_or_default().to_owned();
        Self { renderer, version: env!("CARGO_PKG_VERSION").to_owned(), session, order: ORDER }
    }
}

/// The renderers to try, best first: one that was chosen, then what worked last, then the rest. What failed is left out, and so is what
/// was being started when the program ended.
#[must_use]
pub fn to_try(folder: &Folder, chosen: Option<Renderer>, failed: &[Renderer]) -> Vec<Renderer> {
    let worked: Worked = folder.load(NAME);
    let worked = worked.renderer.filter(|_| worked == Worked::with(worked.renderer));
    let ended = folder.text_older_than(STARTING, LEFT_BEHIND).as_deref().and_then(Renderer::named);
    let mut order: Vec<Renderer> = Vec::new();
    for renderer in chosen.into_iter().chain(worked).chain(Renderer::here().iter().copied()) {
        if !order.contains(&renderer) && !failed.contains(&renderer) {
            order.push(renderer);
        }
    }
    if order.len() > 1 {
        order.retain(|renderer| Some(*renderer) != ended);
    }
    order
}

/// Marks a renderer as being started, so that one which ends the program is not tried again.
pub fn mark_starting(folder: &Folder, renderer: Renderer) {
    folder.put_text(STARTING, renderer.name());
}

/// Takes the mark away: the start was not ended by the renderer.
pub fn unmark_starting(folder: &Folder) {
    folder.remove(STARTING);
}

/// Remembers what has drawn the window.
///
/// # Errors
/// When the folder cannot be written.
pub fn remember(folder: &Folder, renderer: Renderer) -> Result<(), WriteError> {
    let worked = Worked::with(Some(renderer));
    if folder.load::<Worked>(NAME) == worked { Ok(()) } else { folder.save(NAME, &worked) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_worked_comes_first_and_what_failed_not_at_all() {
        let temporary = tempfile::tempdir().unwrap();
        let folder = Folder::at(temporary.path());
        assert_eq!(to_try(&folder, None, &[]), Renderer::here());
        remember(&folder, Renderer::Opengl).unwrap();
        let order = to_try(&folder, None, &[Renderer::Vulkan]);
        assert!(order[0] == Renderer::Opengl && !order.contains(&Renderer::Vulkan) && order.contains(&Renderer::VulkanSoftware));
        assert_eq!(to_try(&folder, Some(Renderer::Vulkan), &[])[..2], [Renderer::Vulkan, Renderer::Opengl]);
        std::fs::write(temporary.path().join(NAME), r#"{"renderer":"opengl","version":"0.0.1","session":""}"#).unwrap();
        assert_eq!(to_try(&folder, None, &[]), Renderer::here(), "a newer program tries anew");
        let (name, before) = (Renderer::VulkanSoftware.name(), env!("CARGO_PKG_VERSION"));
        std::fs::write(temporary.path().join(NAME), format!(r#"{{"renderer":"{name}","version":"{before}","session":""}}"#)).unwrap();
        assert_eq!(to_try(&folder, None, &[]), Renderer::here(), "and so does one that has another order");
    }

    #[test]
    fn a_graphics_card_comes_first_then_the_program_itself_then_drivers_without_a_card() {
        let rank = |renderer: &Renderer| match renderer {
            Renderer::Processor => 1,
            renderer if renderer.is_software() => 2,
            _ => 0,
        };
        assert!(Renderer::here().is_sorted_by_key(rank) && Renderer::here().contains(&Renderer::Processor));
        let folder = Folder::at(tempfile::tempdir().unwrap().path());
        let cards: Vec<Renderer> = Renderer::here().iter().copied().filter(|renderer| !renderer.is_software()).collect();
        assert_eq!(to_try(&folder, None, &cards)[0], Renderer::Processor);
        assert_eq!(to_try(&folder, Some(Renderer::Processor), &[])[0], Renderer::Processor);
    }

    #[test]
    fn what_ended_the_program_is_passed_over_even_if_it_was_chosen() {
        let temporary = tempfile::tempdir().unwrap();
        let folder = Folder::at(temporary.path());
        remember(&folder, Renderer::Vulkan).unwrap();
        mark_starting(&folder, Renderer::Vulkan);
        assert_eq!(to_try(&folder, None, &[])[0], Renderer::Vulkan, "that may be another window");
        let mark = std::fs::File::options().write(true).open(temporary.path().join(STARTING)).unwrap();
        mark.set_modified(std::time::SystemTime::now() - Duration::from_secs(60)).unwrap();
        assert!(!to_try(&folder, None, &[]).contains(&Renderer::Vulkan));
        assert!(!to_try(&folder, Some(Renderer::Vulkan), &[]).contains(&Renderer::Vulkan));
        unmark_starting(&folder);
        assert_eq!(to_try(&folder, None, &[])[0], Renderer::Vulkan);
    }

    #[test]
    fn each_has_a_name_of_its_own() {
        for renderer in Renderer::ALL {
            assert_eq!(Renderer::named(renderer.name()), Some(renderer));
            assert_eq!(serde_json::to_value(renderer).unwrap(), renderer.name());
        }
    }
}
