//! Which cells of a form are there to be filled in: by its locks, and where it locks nothing by their colour and their lists. Writes none.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    model::in_plain_form,
    workbook::patch::form::{Form, FormCell, FormSheet, FormValue},
};

/// What a key beside a colour says where that colour is for what is to be typed.
const INPUT_WORDS: [&str; 9] = [
    "input cell",
    "cells requiring input",
    "needs inputting",
    "data input",
    "cells to complete",
    "cells to be completed",
    "for completion",
    "enter data",
    "input required",
];

/// What stands in a cell until something is chosen.
const PLACEHOLDERS: [&str; 13] = [
    "please select",
    "select",
    "select...",
    "select…",
    "choose",
    "choose an item.",
    "please select an option",
    "please choose",
    "select an option",
    "select from list",
    "click here to enter text",
    "type here",
    "dd/mm/yyyy",
];

/// Whether a text only holds the place of what is to come.
pub(super) fn is_placeholder(text: &str) -> bool {
    let plain = in_plain_form(text);
    let marked = |from: char, to: char| plain.starts_with(from) && plain.ends_with(to);
    plain.is_empty()
        || marked('<', '>')
        || marked('[', ']')
        || PLACEHOLDERS.contains(&&*plain)
        || ["please select ", "select from ", "choose from ", "insert ", "enter your ", "enter the "]
            .iter()
            .any(|start| plain.starts_with(start))
}

/// The open cells of a sheet, in reading order.
pub(super) fn of_sheet(form: &Form, at: usize, sheet: &FormSheet, input_colour: Option<u32>) -> BTreeSet<(u32, u32)> {
    if sheet.hidden {
        return BTreeSet::new();
    }
    let stands_free =
        |place: &(u32, u32), cell: &FormCell| cell.formula.is_none() && sheet.first_of(*place) == *place && !sheet.is_hidden(*place);
    let unlocked = |cell: &FormCell| form.look(cell).is_some_and(|look| !look.locked);
    let by_lock: BTreeSet<(u32, u32)> =
        sheet.cells.iter().filter(|(place, cell)| unlocked(cell) && stands_free(place, cell)).map(|(place, _)| *place).collect();
    if sheet.protected || !by_lock.is_empty() {
        return by_lock;
    }
    let coloured = |cell: &FormCell| {
        let fill = form.look(cell).and_then(|look| look.fill);
        fill.is_some_and(|fill| input_colour.map_or_else(|| is_pale_yellow(fill), |colour| colour == fill))
    };
    let is_input = |place: &(u32, u32), cell: &FormCell| {
        let blank = || is_placeholder(&form.text(at, *place)) || matches!(cell.value, FormValue::Number(_));
        stands_free(place, cell) && (sheet.validation(*place).is_some() || (coloured(cell) && blank()))
    };
    sheet.cells.iter().filter(|(place, cell)| is_input(place, cell)).map(|(place, _)| *place).collect()
}

/// The colour that a form's own key gives to what is to be typed: of the key's cell, or of the one to its left.
pub(super) fn input_colour(form: &Form) -> Option<u32> {
    let mut found: BTreeMap<u32, usize> = BTreeMap::new();
    for (at, sheet) in form.sheets.iter().enumerate().filter(|(_, sheet)| !sheet.hidden) {
        for (place, cell) in sheet.cells.iter().filter(|(_, cell)| matches!(cell.value, FormValue::Text(_))) {
            let text = in_plain_form(&form.text(at, *place));
            if text.len() > 120 || !INPUT_WORDS.iter().any(|words| text.contains(words)) {
                continue;
            }
            let left = place.1.checked_sub(1).and_then(|column| sheet.cells.get(&sheet.first_of((place.0, column))));
            let fills = [Some(cell), left].into_iter().flatten().filter_map(|cell| form.look(cell)?.fill);
            fills.take(1).for_each(|fill| *found.entry(fill).or_default() += 1);
        }
    }
    found.into_iter().max_by_key(|(_, count)| *count).map(|(fill, _)| fill)
}

/// A light yellow, in which most forms paint what is to be typed.
fn is_pale_yellow(rgb: u32) -> bool {
    let (red, green, blue) = (rgb >> 16, (rgb >> 8) & 0xFF, rgb & 0xFF);
    red >= 0xF0 && green >= 0xE6 && blue <= 0xD8 && blue + 0x18 <= green
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_a_place_is_told_from_an_answer() {
        for text in ["", "< Select >", "Please select an option", "[Name of authority]", "Select…", "Enter the name of the project"] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in ["Selection panel agreed", "Amber", "0", "Entered in June"] {
            assert!(!is_placeholder(text), "{text}");
        }
        assert!(is_pale_yellow(0xFF_FFCC) && is_pale_yellow(0xFF_F2CC) && is_pale_yellow(0xFF_FF00));
        assert!(!is_pale_yellow(0xFF_C7CE) && !is_pale_yellow(0xD9_D9D9) && !is_pale_yellow(0xDD_EBF7));
    }
}
