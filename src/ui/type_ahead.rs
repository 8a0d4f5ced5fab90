//! Letters typed in an open drop-down: as one string they find the choice they begin, which then has the keyboard. Chooses nothing.

use eframe::egui::{Event, Key, Label, Modifiers, Response, RichText, Sense, Ui};

use crate::model::choice::{Choice, fits};

/// What was typed while a drop-down is open, and what it fits.
#[derive(Debug)]
pub(super) struct Letters {
    /// The one choice that fits, where that has just changed.
    found: Option<usize>,
}

/// The letters of a drop-down, and the pass they were last looked at in: those of one that was closed meanwhile are forgotten.
#[derive(Clone, Debug, Default)]
struct Kept {
    letters: String,
    pass: u64,
}

impl Letters {
    /// Hears what is typed and shows it; called before the choices are drawn.
    pub(super) fn hear(ui: &mut Ui, choices: &[Choice]) -> Self {
        let id = ui.scope_id().with("letters");
        let pass = ui.ctx().cumulative_pass_nr();
        let kept: Kept = ui.data(|data| data.get_temp(id)).unwrap_or_default();
        let before = if kept.pass + 1 < pass { String::new() } else { kept.letters };
        let mut letters = before.clone();
        ui.input_mut(|input| {
            // A space is a letter here; for a choice that has the keyboard it would be a click.
            input.events.retain(|event| match event {
                Event::Text(text) if !letters.is_empty() || !text.trim().is_empty() => {
                    letters.push_str(text);
                    false
                }
                Event::Key { key: Key::Backspace, pressed: true, modifiers: Modifiers::NONE, .. } => {
                    letters.pop();
                    false
                }
                Event::Key { key: Key::Space, pressed: true, .. } => letters.is_empty(),
                _ => true,
            });
        });
        let changed = letters != before;
        let found = match &fits(choices, &letters)[..] {
            [fit] => Some(fit.at),
            _ => None,
        };
        if !letters.is_empty() {
            show(ui, &letters, changed && found.is_none());
        }
        ui.data_mut(|data| data.insert_temp(id, Kept { letters, pass }));
        Self { found: found.filter(|_| changed) }
    }

    /// Gives the choice that fits the keyboard, once it is drawn.
    pub(super) fn follow(&self, at: usize, response: &Response) {
        if self.found == Some(at) {
            response.request_focus();
            response.scroll_to_me(None);
        }
    }
}

/// The letters, which have the keyboard while no choice fits them, so that Enter chooses none.
fn show(ui: &mut Ui, letters: &str, holds: bool) {
    let shown = ui.add(Label::new(RichText::new(letters).strong()).sense(Sense::CLICK));
    ui.ctx().accesskit_node_builder(shown.id, |node| node.set_value(format!("Typed: {letters}")));
    if holds {
        shown.request_focus();
    }
}

/// Choices of words alone.
pub(super) fn of_words<'a>(words: impl IntoIterator<Item = &'a str>) -> Vec<Choice> {
    words.into_iter().map(|text| Choice { text: text.into(), status: None, colour: None }).collect()
}
