//! What a KPI's owner rates it in a column of their own, and where that contradicts its figures.

use super::rating::{Rated, Rating};
use crate::model::{RowId, RowKind, Table, TableKind, in_plain_form};
use crate::notes::{Code, Note, Noted, Place, Severity};

/// Words of a rating, in lower case.
const WORDS: [(&str, Rating); 33] = [
    ("green", Rating::Green),
    ("g", Rating::Green),
    ("on target", Rating::Green),
    ("target met", Rating::Green),
    ("met", Rating::Green),
    ("achieved", Rating::Green),
    ("exceeded", Rating::Green),
    ("above target", Rating::Green),
    ("meeting target", Rating::Green),
    ("🟢", Rating::Green),
    ("✓", Rating::Green),
    ("✔", Rating::Green),
    ("amber", Rating::Amber),
    ("a", Rating::Amber),
    ("yellow", Rating::Amber),
    ("near target", Rating::Amber),
    ("within tolerance", Rating::Amber),
    ("slightly below target", Rating::Amber),
    ("🟡", Rating::Amber),
    ("🟠", Rating::Amber),
    ("red", Rating::Red),
    ("r", Rating::Red),
    ("off target", Rating::Red),
    ("not met", Rating::Red),
    ("target not met", Rating::Red),
    ("missed", Rating::Red),
    ("not achieved", Rating::Red),
    ("below target", Rating::Red),
    ("outside tolerance", Rating::Red),
    ("🔴", Rating::Red),
    ("✗", Rating::Red),
    ("✘", Rating::Red),
    ("grey", Rating::Grey),
];

/// The rating that a text states; `None` for other words.
pub(super) fn of(text: &str) -> Option<Rating> {
    let text = in_plain_form(text);
    let text = text.split(['(', '-', '–', ':']).next().unwrap_or("").trim().trim_end_matches(['.', '↑', '↓', '→', '↔', ' ']);
    WORDS.iter().find(|(words, _)| *words == text).map(|(_, rating)| *rating)
}

/// Adds a note for each KPI that its owner rates otherwise than its figures do: green and off target, red and on target, or any other
/// where the owner's own thresholds decide.
pub(super) fn conflicts<'a>(table: &Table, rated: impl Fn(RowId) -> Option<&'a Rated>, notes: &mut Noted) {
    if table.kind != TableKind::Kpi {
        return;
    }
    let columns = super::kpi_columns::KpiColumns::of(table);
    for (at, row) in table.rows.iter().enumerate().filter(|(_, row)| row.kind == RowKind::Entry) {
        let reading = columns.read(row);
        let Some((column, cell)) = reading.rating else { continue };
        let (Some(said), Some(rated)) = (of(&cell.text), rated(row.id)) else { continue };
        let contradicts = match (said, rated.rating) {
            (Rating::Grey, _) | (_, Rating::Grey) => false,
            (said, found) if rated.by_thresholds => said != found,
            (Rating::Green, Rating::Red) | (Rating::Red, Rating::Green) => true,
            _ => false,
        };
        if contradicts {
            let message = format!(
                "{} is rated {} by its owner; by its figures it is {}: {}",
                table.name_of(row),
                cell.text.trim(),
                rated.rating.word().to_lowercase(),
                rated.why
            );
            let note =
                Note::new(Severity::Warning, Code::RatingConflict, Place::cell(table, at, column), message, "See which of them is right");
            notes.push(match reading.current {
                Some((current, _)) => note.and(Place::cell(table, at, current)),
                None => note,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn owners_words_for_a_rating_are_read() {
        for (text, rating) in [
            ("Green", Some(Rating::Green)),
            ("A", Some(Rating::Amber)),
            ("Red ↓", Some(Rating::Red)),
            ("Green - on target", Some(Rating::Green)),
            ("Not met", Some(Rating::Red)),
            ("On track", None),
            ("Monthly", None),
        ] {
            assert_eq!(of(text), rating, "{text}");
        }
    }
}
