//! The keys of an action, and how they are written. Hears none of them.

/// A key with what is held down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Shortcut {
    pub ctrl: bool,
    pub alt: bool,
    pub shift: bool,
    /// The key's name as shown: `S`, `Plus`, `Up`.
    pub key: &'static str,
}

impl Shortcut {
    /// As shown in a menu: `Ctrl+Shift+S`.
    #[must_use]
    pub fn words(self) -> String {
        let held = [(self.ctrl, "Ctrl+"), (self.alt, "Alt+"), (self.shift, "Shift+")];
        let held: String = held.into_iter().filter(|(held, _)| *held).map(|(_, word)| word).collect();
        format!("{held}{}", if self.key == "Semicolon" { ";" } else { self.key })
    }
}

pub(super) const fn plain(key: &'static str) -> Shortcut {
    Shortcut { ctrl: false, alt: false, shift: false, key }
}

pub(super) const fn shift(key: &'static str) -> Shortcut {
    Shortcut { ctrl: false, alt: false, shift: true, key }
}

pub(super) const fn ctrl(key: &'static str) -> Shortcut {
    Shortcut { ctrl: true, alt: false, shift: false, key }
}

pub(super) const fn ctrl_shift(key: &'static str) -> Shortcut {
    Shortcut { ctrl: true, alt: false, shift: true, key }
}

pub(super) const fn ctrl_alt(key: &'static str) -> Shortcut {
    Shortcut { ctrl: true, alt: true, shift: false, key }
}

pub(super) const fn alt_shift(key: &'static str) -> Shortcut {
    Shortcut { ctrl: false, alt: true, shift: true, key }
}
