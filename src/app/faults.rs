//! What becomes of a panic: its place goes to the log, and its words to whoever has to tell them. Stops none.

use std::{
    any::Any,
    panic::{PanicHookInfo, set_hook},
};

/// More of a panic's words than this tells nothing more.
const LONGEST: usize = 160;

/// Writes panics to the log. They are told in plain words elsewhere, not by where in the program they happened.
pub fn hear() {
    set_hook(Box::new(|fault: &PanicHookInfo<'_>| {
        let place = fault.location().map_or_else(String::new, ToString::to_string);
        let thread = std::thread::current();
        log::error!("fault at {place} in {}: {}", thread.name().unwrap_or("a thread"), without_content(&words(fault.payload())));
    }));
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
    fn what_a_panic_quotes_is_not_told() {
        let said = "byte index 1 is not a char boundary; it is inside 'é' (bytes 0..2) of `Élise Marlpit`";
        assert_eq!(without_content(said), "byte index 1 is not a char boundary; it is inside ");
        assert_eq!(without_content("index out of bounds: the len is 3 but the index is 5").len(), 52);
    }
}
