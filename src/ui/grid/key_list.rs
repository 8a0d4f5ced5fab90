//! The keys of the grid and its editors as their user is told of them. Takes none of them.

/// Some keys and what they do.
#[derive(Clone, Copy, Debug)]
pub struct Keys {
    /// As they are shown: `Ctrl+Home`.
    pub keys: &'static [&'static str],
    pub what: &'static str,
}

const fn keys(keys: &'static [&'static str], what: &'static str) -> Keys {
    Keys { keys, what }
}

/// What the keys do while the cursor is in a cell.
pub const IN_GRID: &[Keys] = &[
    keys(&["Up", "Down", "Left", "Right"], "Go to the next cell"),
    keys(&["Ctrl+Up", "Ctrl+Down", "Ctrl+Left", "Ctrl+Right"], "Go to where what is filled ends"),
    keys(&["Shift+Up", "Shift+Down", "Shift+Left", "Shift+Right"], "Select more or fewer cells"),
    keys(&["Enter", "Shift+Enter"], "Go down or up"),
    keys(&["Tab", "Shift+Tab"], "Go right or left"),
    keys(&["Home", "End"], "Go to the first or last cell of the row"),
    keys(&["Ctrl+Home", "Ctrl+End"], "Go to the first or last cell of the table"),
    keys(&["PageUp", "PageDown"], "Go a screen up or down"),
    keys(&["F2", "Alt+Down"], "Edit the cell, or open its list"),
    keys(&["F6"], "Go to the next part of the window, or back to the grid"),
];

/// What the keys do while a text is typed in a cell.
pub const IN_EDITOR: &[Keys] = &[
    keys(&["Enter", "Shift+Enter"], "Keep the text and go down or up"),
    keys(&["Tab", "Shift+Tab"], "Keep the text and go right or left"),
    keys(&["Ctrl+Enter"], "Keep the text in every selected cell"),
    keys(&["Alt+Enter"], "Begin a new line"),
    keys(&["Escape"], "Leave the cell as it was"),
];

/// What the keys do in the list of a cell.
pub const IN_LIST: &[Keys] = &[
    keys(&["Up", "Down"], "Go to the next choice"),
    keys(&["A to Z"], "Go to the next choice that begins with the letter"),
    keys(&["Enter", "Tab"], "Take the choice"),
    keys(&["Escape"], "Leave the cell as it was"),
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::app::command::ALL;

    #[test]
    fn no_key_of_the_grid_is_a_commands_key() {
        let commands: HashSet<String> = ALL.iter().filter_map(|command| Some(command.shortcut()?.words())).collect();
        for list in [IN_GRID, IN_EDITOR, IN_LIST] {
            let names = list.iter().flat_map(|keys| keys.keys);
            let mut seen = HashSet::new();
            for name in names {
                assert!(!commands.contains(*name), "{name} is a command's");
                assert!(seen.insert(name), "{name} is told twice");
            }
        }
    }
}
