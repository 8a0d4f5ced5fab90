//! A cell of the plan as it is published: dates as dates in one form, per cent as numbers, statuses and signs in words. Reads no table.

use super::sheet::{DAY, MONTH, NOT_AVAILABLE, text};
use crate::{
    model::{Arrow, Cell, Column, Figure, General, Grain, Role, Status, Stored, Unit, Value, When, serial_from_date},
    workbook::Content,
};

/// Signs that say something by their colour or their shape, and the words for them.
const SIGNS: [(&str, &str); 10] = [
    ("🔴🟥", "Red"),
    ("🟠🟧", "Amber"),
    ("🟡🟨", "Yellow"),
    ("🟢🟩", "Green"),
    ("🔵🟦", "Blue"),
    ("✓✔☑✅", "Yes"),
    ("✗✘☒❌☐", "No"),
    ("↑⬆▲↗", "Up"),
    ("↓⬇▼↘", "Down"),
    ("→↔⇔➡", "No change"),
];
/// The first year of which every day is the same in Excel and in the calendar.
const FIRST_YEAR: i16 = 1901;
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// What is published of a cell of a column; blank where nothing stands in it.
pub(super) fn of<'doc>(cell: &'doc Cell, column: &Column) -> Content<'doc> {
    let words = cell.text.trim();
    match cell.value {
        Value::Status(status) => Content::Owned(status_words(words, status)),
        _ if column.role == Some(Role::Rating) && !has_word(words) => match Status::parse(words) {
            Some(status) => Content::Owned(lettered(colour_word(status), words)),
            None => of_field(cell),
        },
        _ => of_field(cell),
    }
}

/// The same of a value outside the columns.
pub(super) fn of_field(cell: &Cell) -> Content<'_> {
    let words = cell.text.trim();
    let number = |number: f64, format: &str| Content::Stored(Stored { number, format: format.into() });
    match cell.value {
        Value::When(When::On { date, grain }) if date.year() >= FIRST_YEAR && is_date_alone(cell) => match grain {
            Grain::Day => return number(serial_from_date(date), DAY),
            Grain::Month => return number(serial_from_date(date.first_of_month()), MONTH),
            Grain::Year => {}
        },
        Value::Number(amount) => match cell.stored() {
            Some(stored) => return number(amount, &without_colours(&stored.format)),
            None if words.parse() == Ok(amount) => return number(amount, General),
            None => {}
        },
        Value::Figure(figure) => {
            if let Some(shown) = of_figure(cell, figure) {
                return shown;
            }
        }
        Value::Blank | Value::Merged | Value::Text | Value::When(_) | Value::Status(_) => {}
    }
    let is_sign = |sign: &str| words.chars().all(|c| sign.contains(c) || c == '\u{fe0f}');
    match words {
        "" => Content::Blank,
        dashes if dashes.chars().all(|c| matches!(c, '-' | '–' | '—' | '.' | '…')) => text(NOT_AVAILABLE),
        signs => match SIGNS.iter().find(|(sign, _)| is_sign(sign)) {
            Some((_, word)) => text(word),
            None => Content::Text(signs),
        },
    }
}

/// A figure as a number, where its text is no more than that number.
fn of_figure<'doc>(cell: &Cell, figure: Figure) -> Option<Content<'doc>> {
    let words = cell.text.trim();
    if let Figure::Direction(arrow) = figure {
        let word = match arrow {
            Arrow::Up => "Up",
            Arrow::Down => "Down",
            Arrow::Level => "No change",
        };
        return (!words.chars().any(char::is_alphabetic)).then(|| text(word));
    }
    let Figure::Amount { amount, unit, arrow: None } = figure else { return None };
    if let Some(stored) = cell.stored() {
        return Some(Content::Stored(Stored { number: stored.number, format: without_colours(&stored.format).into() }));
    }
    let (bare, format) = match unit {
        Unit::Percent => (words.strip_suffix('%')?.trim(), percent(words)),
        Unit::Plain => (words, General),
        Unit::Points | Unit::Money(_) | Unit::Time(_) | Unit::OutOf(_) => return None,
    };
    bare.parse::<f64>().is_ok().then(|| Content::Stored(Stored { number: amount, format: format.into() }))
}

/// The format that shows per cent with as many decimals as a text has.
fn percent(words: &str) -> &'static str {
    match words.split_once('.').map_or(0, |(_, decimals)| decimals.chars().take_while(char::is_ascii_digit).count()) {
        0 => "0%",
        1 => "0.0%",
        _ => "0.00%",
    }
}

/// A number format without the colours it may give, as these say something by colour alone and may be hard to see.
fn without_colours(format: &str) -> String {
    const COLOURS: [&str; 8] = ["[red]", "[blue]", "[green]", "[yellow]", "[cyan]", "[magenta]", "[white]", "[black]"];
    let mut plain = format.to_owned();
    for colour in COLOURS {
        while let Some(at) = plain.to_ascii_lowercase().find(colour) {
            plain.replace_range(at..at + colour.len(), "");
        }
    }
    if plain.is_empty() { General.to_owned() } else { plain }
}

/// Whether a cell holds a date and no other words: what else it says must stay.
fn is_date_alone(cell: &Cell) -> bool {
    if cell.format.is_some() {
        return cell.stored().is_some();
    }
    let words = cell.text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    words
        .map(str::to_lowercase)
        .all(|word| matches!(&*word, "st" | "nd" | "rd" | "th") || word.get(..3).is_some_and(|begin| MONTHS.contains(&begin)))
}

/// A status in words: its owner's where these are words, otherwise the program's with its owner's letter.
fn status_words(words: &str, status: Status) -> String {
    if has_word(words) {
        let kept: String =
            words.chars().filter(|c| c.is_alphanumeric() || c.is_whitespace() || c.is_ascii_punctuation() || is_mark(*c)).collect();
        return super::one_line(kept.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—')));
    }
    lettered(status.word(), words)
}

/// A word with the letter or number that its owner wrote for it.
fn lettered(word: &str, written: &str) -> String {
    let letters: String = written.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    if letters.is_empty() { word.to_owned() } else { format!("{word} ({letters})") }
}

/// The colour that a rating stands for.
fn colour_word(status: Status) -> &'static str {
    match status {
        Status::NotStarted | Status::OnHold | Status::Cancelled => "Grey",
        Status::MajorProblems => "Red",
        Status::MinorProblems => "Amber",
        Status::InProgress => "Green",
        Status::Complete => "Blue",
    }
}

/// Whether a text has a word: two letters side by side.
fn has_word(text: &str) -> bool {
    let letters: Vec<bool> = text.chars().map(char::is_alphabetic).collect();
    letters.windows(2).any(|pair| pair[0] && pair[1])
}

/// Dashes, quotes and signs of money.
fn is_mark(c: char) -> bool {
    matches!(c, '–' | '—' | '‘' | '’' | '“' | '”' | '…' | '£' | '€')
}
