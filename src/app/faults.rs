//! What becomes of a panic: its place goes to the log, and its words to whoever has to tell them. Stops none.

use std::{
    any::Any,
    panic::{PanicHookInfo, set_hook},
    sync::atomic::{AtomicBool, Ordering},
};

/// More of a panic's words than this tells nothing more.
const LONGEST: usize = 160;

/// Whether the last fault of the main thread was in what draws the window.
static IN_DRAWING: AtomicBool = AtomicBool::new(false);

/// Writes panics to the log. They are told in plain words elsewhere, not by where in the program they happened.
pub fn hear() {
    set_hook(Box::new(|fault: &PanicHookInfo<'_>| {
        let place = fault.location().map_or_else(String::new, |place| short(&place.to_string()));
        let thread = std::thread::current();
        if thread.name() == Some("main") {
            IN_DRAWING.store(["wgpu", "softbuffer"].iter().any(|name| place.contains(name)), Ordering::Relaxed);
        }
        log::error!("fault at {place} in {}: {}", thread.name().unwrap_or("a thread"), without_content(&words(fault.payload())));
    }));
}

/// Whether the last fault of the main thread was in what draws the window, as when a device is lost in the middle of a frame.
#[must_use]
pub fn was_in_drawing() -> bool {
    IN_DRAWING.load(Ordering::Relaxed)
}

/// A place in the source without the folders of the machine it was built on.
fn short(place: &str) -> String {
    let parts: Vec<&str> = place.split(['/', '\\']).collect();
    parts[parts.len().saturating_sub(4)..].join("/")
}

/// The words of a panic.
#[must_use]
pub fn words(fault: &(dyn Any + Send)) -> String {
    text_of(fault).unwrap_or("of an unknown kind").to_owned()
}

fn text_of(fault: &(dyn Any + Send)) -> Option<&str> {
    fault.downcast_ref::<String>().map(String::as_str).or_else(|| fault.downcast_ref::<&str>().copied())
}

/// The words up to the first thing they quote, which may be from a document.
fn without_content(words: &str) -> String {
    let end = words.find(['`', '"', '\'', '“']).unwrap_or(words.len());
    words[..end].chars().take(LONGEST).collect::<String>().replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_told_from_the_library_on() {
        assert_eq!(
            short("C:\\Users\\someone\\registry\\egui-wgpu-0.37.0\\src\\renderer.rs:10:3"),
            "registry/egui-wgpu-0.37.0/src/renderer.rs:10:3"
        );
        assert_eq!(short("src/ui/start.rs:5:1"), "src/ui/start.rs:5:1");
    }

    #[test]
    fn what_a_panic_quotes_is_not_told() {
        let said = "byte index 1 is not a char boundary; it is inside 'é' (bytes 0..2) of `Élise Marlpit`";
        assert_eq!(without_content(said), "byte index 1 is not a char boundary; it is inside ");
        assert_eq!(without_content("index out of bounds: the len is 3 but the index is 5").len(), 52);
    }
}
