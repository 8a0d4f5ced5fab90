//! The 19 essentials, in the order of the Analysis Function's "Making spreadsheets accessible: a brief checklist of the basics".

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::{
    Check, Faults, Standing,
    facts::{CellFacts, Facts, SheetFacts},
    looks::{NO_FILL, contrast},
    spelling, tables,
};
use crate::{model::place_of, workbook::sentinels::PROGRAM};

/// The least contrast of letters and what is behind them: level AA of the Web Content Accessibility Guidelines 2.2, 1.4.3.
const LEAST_CONTRAST: f64 = 4.5;
/// Texts of links that say nothing of where they lead.
const SAYS_NOTHING: [&str; 8] = ["click here", "here", "link", "this link", "more", "read more", "this page", "download"];
/// How addresses begin.
const ADDRESSES: [&str; 4] = ["http://", "https://", "www.", "mailto:"];
/// Signs that stand for footnotes in print.
const FOOTNOTE_SIGNS: [char; 2] = ['†', '‡'];

/// Every one, in order.
pub(super) const ALL: [Check; 19] = [
    ("Tables are marked as tables", tables::marked),
    ("No cells are merged or split, and no table is within another", tables::unmerged),
    ("Tables have no blank rows or columns", tables::without_gaps),
    ("Each table has one header row, marked as such, of headings that differ", tables::one_header),
    ("Text is wrapped within its cell", tables::wrapped),
    ("Blank cells and shorthand are explained", tables::no_unexplained_blank),
    ("Notes are referred to as [note 1], and each is listed", notes),
    ("Links say in words where they lead, and lead there", links),
    ("Every sheet has its title in cell A1", titles),
    ("Nothing is in headers or footers, and nothing floats over cells", nothing_aside),
    ("Nothing is told by colour alone", no_colour_alone),
    ("Letters have a contrast of at least 4.5 to 1", contrasts),
    ("Each sheet has a name of its own", names),
    ("No sheet is blank", no_blank_sheet),
    ("Column A holds what is to be read first", tables::first_column_used),
    ("Tables begin at the left edge", tables::at_left_edge),
    ("Spelling is checked", spelling::checked),
    ("The document states its title, author and language", properties),
    ("The cursor is in cell A1 of the first sheet", cursor),
];

fn notes(facts: &Facts) -> Standing {
    let mut faults = Faults::default();
    let (mut listed, mut referred): (BTreeSet<u32>, BTreeMap<u32, String>) = (BTreeSet::new(), BTreeMap::new());
    for sheet in &facts.sheets {
        for (row, cell) in sheet.cells() {
            let text = facts.text(cell);
            let numbers = note_numbers(text);
            if facts.is_raised(cell) || text.contains(FOOTNOTE_SIGNS) {
                faults.add(format!("{}: a raised letter or a sign stands for a note", at(sheet, row, cell)));
            }
            match numbers[..] {
                // Its own row in the list of notes, with its words beside it.
                [number] if cell.column == 0 && text.trim().len() == format!("[note {number}]").len() => drop(listed.insert(number)),
                _ => {
                    for number in numbers {
                        referred.entry(number).or_insert_with(|| at(sheet, row, cell));
                    }
                }
            }
        }
    }
    for (number, place) in referred.iter().filter(|(number, _)| !listed.contains(number)) {
        faults.add(format!("{place}: [note {number}] is not listed"));
    }
    for number in listed.iter().filter(|number| !referred.contains_key(number)) {
        faults.add(format!("[note {number}] is listed, and nothing refers to it"));
    }
    faults.standing()
}

/// The notes that a text refers to.
fn note_numbers(text: &str) -> Vec<u32> {
    text.split("[note ").skip(1).filter_map(|rest| rest.split_once(']')?.0.parse().ok()).collect()
}

fn links(facts: &Facts) -> Standing {
    let mut faults = Faults::default();
    let names: HashSet<String> = facts.sheets.iter().map(|sheet| sheet.name.to_lowercase()).collect();
    for sheet in &facts.sheets {
        for link in &sheet.links {
            let (row, column) = link.area.first;
            let text = sheet.cell(row, column).map_or("", |cell| facts.text(cell)).trim().to_lowercase();
            let place = place_of(&sheet.name, row, column.into());
            if text.is_empty() {
                faults.add(format!("{place}: the link has no words"));
            } else if SAYS_NOTHING.contains(&text.trim_end_matches('.')) || ADDRESSES.iter().any(|begin| text.starts_with(begin)) {
                faults.add(format!("{place}: “{text}” does not say where the link leads"));
            }
            let to = link.inside.as_deref().and_then(|inside| inside.rsplit_once('!'));
            if let Some((to, _)) = to.filter(|(to, _)| !names.contains(&bare(to).to_lowercase())) {
                faults.add(format!("{place}: the link leads to the sheet {to}, which is not there"));
            }
        }
    }
    faults.standing()
}

/// A sheet's name as a link quotes it.
fn bare(name: &str) -> String {
    name.trim_start_matches('#').trim_start_matches('\'').trim_end_matches('\'').replace("''", "'")
}

fn titles(facts: &Facts) -> Standing {
    let untitled = |sheet: &&SheetFacts| {
        let title = sheet.cell(0, 0).filter(|cell| facts.is_filled(cell));
        title.is_none() || sheet.table_at(0, 0).is_some()
    };
    let faults: Faults = facts.sheets.iter().filter(untitled).map(|sheet| format!("{}: cell A1 holds no title", sheet.name)).collect();
    faults.standing()
}

fn nothing_aside(facts: &Facts) -> Standing {
    let mut faults = Faults::default();
    for sheet in &facts.sheets {
        for text in &sheet.page_texts {
            faults.add(format!("{}: its header or footer holds “{text}”", sheet.name));
        }
        for what in &sheet.floating {
            faults.add(format!("{}: it has {what}", sheet.name));
        }
    }
    faults.standing()
}

/// The same words in two colours, a painted cell without words, and signs, bars and scales of colours.
fn no_colour_alone(facts: &Facts) -> Standing {
    let mut faults = Faults::default();
    for sheet in &facts.sheets {
        for area in &sheet.scales {
            let place = place_of(&sheet.name, area.first.0, area.first.1.into());
            faults.add(format!("{place}: its colours are a scale, bars or signs with no words beside them"));
        }
        let mut colours: HashMap<(u16, &str), (u32, u32)> = HashMap::new();
        for (row, cell) in sheet.cells() {
            let (look, text) = (facts.looks.of(cell.look), facts.text(cell).trim());
            if text.is_empty() {
                if look.fill != NO_FILL {
                    faults.add(format!("{}: it is painted and says nothing in words", at(sheet, row, cell)));
                }
                continue;
            }
            // Headings and titles have looks of their own.
            let in_body = sheet.table_at(row, cell.column).is_some_and(|table| table.area.is_some_and(|area| row > area.first.0));
            let held = *colours.entry((cell.column, text)).or_insert((look.fill, look.ink));
            if in_body && held != (look.fill, look.ink) {
                faults.add(format!("{}: “{}” has another colour here than above", at(sheet, row, cell), shortened(text)));
            }
        }
    }
    faults.standing()
}

fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    text.chars().take(LONGEST).collect()
}

fn contrasts(facts: &Facts) -> Standing {
    let mut faults = Faults::default();
    for sheet in &facts.sheets {
        let mut seen: HashSet<(u32, u32)> = HashSet::new();
        for (row, cell) in sheet.cells().filter(|(_, cell)| facts.is_filled(cell)) {
            let look = facts.looks.of(cell.look);
            let found = contrast(look.ink, look.fill);
            if found < LEAST_CONTRAST && seen.insert((look.ink, look.fill)) {
                faults.add(format!("{}: the contrast of its letters is {found:.1} to 1", at(sheet, row, cell)));
            }
        }
        for (area, paint) in &sheet.painted {
            let found = contrast(paint.ink.unwrap_or(0), paint.fill.unwrap_or(NO_FILL));
            if found < LEAST_CONTRAST && seen.insert((paint.ink.unwrap_or(0), paint.fill.unwrap_or(NO_FILL))) {
                let place = place_of(&sheet.name, area.first.0, area.first.1.into());
                faults.add(format!("{place}: where a rule paints it, the contrast of its letters is {found:.1} to 1"));
            }
        }
        for table in sheet.tables.iter().filter(|table| !table.style.is_empty()) {
            faults.add(format!("{}: what the table style {} does to contrasts cannot be told; take it off", sheet.name, table.style));
        }
    }
    faults.standing()
}

fn names(facts: &Facts) -> Standing {
    let mut seen = HashSet::new();
    let twice = facts.sheets.iter().filter(|sheet| !seen.insert(sheet.name.trim().to_lowercase()));
    let faults: Faults = twice.map(|sheet| format!("{}: another sheet has this name", sheet.name)).collect();
    faults.standing()
}

fn no_blank_sheet(facts: &Facts) -> Standing {
    let blank = facts.sheets.iter().filter(|sheet| !sheet.cells().any(|(_, cell)| facts.is_filled(cell)));
    let faults: Faults = blank.map(|sheet| format!("{}: nothing stands on it", sheet.name)).collect();
    faults.standing()
}

fn properties(facts: &Facts) -> Standing {
    let said = [("title", &facts.title), ("author", &facts.author), ("language", &facts.language)];
    let faults: Faults =
        said.into_iter().filter(|(_, text)| text.is_empty()).map(|(what, _)| format!("the document states no {what}")).collect();
    match faults.standing() {
        Standing::Met if facts.author == PROGRAM => {
            let words = "Its author is given as plandesk, as the plan names no owner: put your organisation's name in Excel's File > Info.";
            Standing::MetAs(words.to_owned())
        }
        standing => standing,
    }
}

fn cursor(facts: &Facts) -> Standing {
    let mut faults = Faults::default();
    let Some(first) = facts.sheets.first() else { return Standing::Met };
    if facts.front != 0 {
        faults.add("another sheet than the first is in front".to_owned());
    }
    if first.cursor != (0, 0) || first.top_left != (0, 0) {
        let (row, column) = if first.cursor == (0, 0) { first.top_left } else { first.cursor };
        faults.add(format!("the first sheet opens at {}", place_of(&first.name, row, column.into())));
    }
    faults.standing()
}

fn at(sheet: &SheetFacts, row: u32, cell: &CellFacts) -> String {
    place_of(&sheet.name, row, cell.column.into())
}
