//! What the colours of a workbook mean: by its own key or its own words where it has them, otherwise by their hue.

use std::collections::HashMap;

use crate::{
    model::Status,
    notes::{Code, Note, Place, Severity},
    workbook::{RawRow, RawSheet},
};

/// How many cells a row of a key has at most.
const KEY_CELLS: usize = 6;
/// How many cells of a colour are asked what it means.
const ENOUGH: usize = 60;

/// The statuses that colours stand for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Colours(HashMap<u32, Status>);

impl Colours {
    /// Learns from every cell that is painted and states a status, or is painted beside a cell that states one.
    pub(super) fn of(grids: &[RawSheet]) -> Self {
        let mut votes: HashMap<u32, HashMap<Status, usize>> = HashMap::new();
        let mut asked: HashMap<u32, usize> = HashMap::new();
        // A colour is clear after some dozen cells; a plan has thousands.
        let mut asks = |fill: u32| {
            let count = asked.entry(fill).or_default();
            *count += 1;
            *count <= ENOUGH
        };
        let mut vote = |fill: u32, status: Status| *votes.entry(fill).or_default().entry(status).or_default() += 1;
        for grid in grids {
            for cell in grid.edges().flat_map(|row| &row.cells) {
                if let Some(fill) = cell.fill.filter(|fill| asks(*fill))
                    && let Some(status) = said(&cell.text)
                {
                    vote(fill, status);
                }
            }
            for (ink, status) in grid.edges().filter(|row| row.cells.len() <= KEY_CELLS).flat_map(inks) {
                if asks(ink) {
                    vote(ink, status);
                }
            }
            for painted in &grid.painted {
                let row = grid.position(painted.row).map(|at| &grid.rows[at]);
                // A swatch, then its words.
                let beside = row.and_then(|row| row.cell(painted.column + 1)).filter(|cell| cell.fill != Some(painted.fill));
                if let Some(status) = beside.and_then(|cell| said(&cell.text)) {
                    vote(painted.fill, status);
                }
            }
        }
        let most = |votes: HashMap<Status, usize>| {
            votes.into_iter().max_by_key(|&(status, count)| (count, !status.is_stopped(), status)).map(|(status, _)| status)
        };
        Self(votes.into_iter().filter_map(|(fill, votes)| Some((fill, most(votes)?))).collect())
    }

    /// The status a colour stands for; `None` for white, grey and other colours that say nothing.
    pub(super) fn status(&self, fill: u32) -> Option<Status> {
        self.0.get(&fill).copied().or_else(|| by_hue(fill))
    }
}

/// The colours of the signs in a row of a key, each with the status that is stated beside it.
fn inks(row: &RawRow) -> impl Iterator<Item = (u32, Status)> {
    row.cells.iter().filter_map(|cell| {
        let words = cell.text.trim_start_matches(|c: char| !c.is_alphanumeric());
        let words = match row.cell(cell.column + 1) {
            _ if words.len() < cell.text.len() && !words.is_empty() => words,
            Some(beside) if is_sign(&cell.text) => &beside.text,
            _ => return None,
        };
        Some((cell.font.colour()?, said(words)?))
    })
}

/// The status a cell of a key states: `Complete`, `Green = on track`, `Red: not started`.
fn said(text: &str) -> Option<Status> {
    if text.len() > 90 {
        return None;
    }
    let after = text.split_once(['=', ':', '–', '-']).map(|(_, meaning)| meaning.trim()).filter(|meaning| meaning.len() > 2);
    let first = |text: &str| Status::parse(text.split([',', ';', '(', '/']).next().unwrap_or(""));
    // The letter or name of a colour says no more than the colour does.
    after.and_then(first).or_else(|| Status::parse(text).filter(|_| text.trim().len() > 1 && !is_colour_word(text)))
}

fn is_colour_word(text: &str) -> bool {
    ["red", "amber", "yellow", "green", "blue", "grey", "gray", "white"].iter().any(|word| text.trim().eq_ignore_ascii_case(word))
}

/// Red, amber, green, blue and grey by hue.
pub(super) fn by_hue(fill: u32) -> Option<Status> {
    let [r, g, b] = [fill >> 16 & 0xFF, fill >> 8 & 0xFF, fill & 0xFF].map(|part| part as f32 / 255.0);
    let (most, least) = (r.max(g).max(b), r.min(g).min(b));
    let spread = most - least;
    if spread < 0.08 {
        // A mid grey is a status; near white or black is a shade of the page.
        return (0.35..0.88).contains(&most).then_some(Status::NotStarted);
    }
    let hue = match most {
        _ if most == r => 60.0 * (((g - b) / spread) % 6.0),
        _ if most == g => 60.0 * ((b - r) / spread + 2.0),
        _ => 60.0 * ((r - g) / spread + 4.0),
    };
    let hue = if hue < 0.0 { hue + 360.0 } else { hue };
    match hue {
        h if !(16.0..335.0).contains(&h) => Some(Status::MajorProblems),
        h if h < 66.0 => Some(Status::MinorProblems),
        h if h < 170.0 => Some(Status::InProgress),
        h if h < 255.0 => Some(Status::Complete),
        _ => None,
    }
}

/// Whether a text is a sign alone, such as a dot or a flag.
pub(super) fn is_sign(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.len() <= 12 && text.chars().all(|c| !c.is_alphanumeric() && !c.is_ascii() || c == ' ')
}

/// The name of the colour a KPI's rating is painted in.
pub(super) fn colour_word(status: Status) -> &'static str {
    match status {
        Status::MajorProblems => "Red",
        Status::MinorProblems => "Amber",
        Status::InProgress => "Green",
        Status::Complete => "Blue",
        Status::NotStarted | Status::OnHold | Status::Cancelled => "Grey",
    }
}

/// The note that so many statuses of a column were read from the colours of its cells, or of the signs in them.
pub(super) fn by_colour(heading: &str, count: usize, of: &str, first: Place) -> Note {
    let statuses = if count == 1 { "status was" } else { "statuses were" };
    let message = format!("{count} {statuses} in “{heading}” read from the colour of the {of} alone.");
    let hint = "Check the first few; the word is written beside the colour from now on, for those who cannot see it.";
    Note::new(Severity::Info, Code::StatusFromColour, first, message, hint)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::{Painted, RawCell, RawRow};

    #[test]
    fn usual_colours_are_told_by_hue() {
        for (fill, status) in [
            (0xFF0000, Some(Status::MajorProblems)),
            (0xFFC7CE, Some(Status::MajorProblems)),
            (0xFFC000, Some(Status::MinorProblems)),
            (0xFFFF00, Some(Status::MinorProblems)),
            (0xFFEB9C, Some(Status::MinorProblems)),
            (0x00B050, Some(Status::InProgress)),
            (0x92D050, Some(Status::InProgress)),
            (0xC6EFCE, Some(Status::InProgress)),
            (0x00B0F0, Some(Status::Complete)),
            (0x0070C0, Some(Status::Complete)),
            (0xBFBFBF, Some(Status::NotStarted)),
            (0xF2F2F2, None),
            (0x7030A0, None),
        ] {
            assert_eq!(by_hue(fill), status, "{fill:06X}");
        }
    }

    #[test]
    fn a_key_says_what_colours_mean() {
        let cell = |column, text: &str, fill| RawCell { column, text: text.into(), fill, ..RawCell::default() };
        let rows = vec![
            RawRow { row: 0, cells: vec![cell(0, "Complete", Some(0x00B050))] },
            RawRow { row: 1, cells: vec![cell(1, "Not started", None)] },
            RawRow { row: 2, cells: vec![cell(0, "Amber = in progress", Some(0xFFC000))] },
        ];
        let painted = vec![Painted { row: 1, column: 0, fill: 0xFF0000 }];
        let colours = Colours::of(&[RawSheet { rows, painted, ..RawSheet::default() }]);
        let read = [0x00B050, 0xFF0000, 0xFFC000, 0x0070C0].map(|fill| colours.status(fill));
        assert_eq!(read, [Some(Status::Complete), Some(Status::NotStarted), Some(Status::InProgress), Some(Status::Complete)]);
    }
}
