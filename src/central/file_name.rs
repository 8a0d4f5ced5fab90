//! The file name that a form asks for in its guidance, with what of it is known filled in. Names no file itself.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::{
    model::in_plain_form,
    workbook::patch::form::{Form, FormValue},
};

/// What leads to a name.
const LEADS: [&str; 12] = [
    "file name",
    "filename",
    "name the file",
    "name the excel",
    "name your file",
    "name of the file",
    "save the file as",
    "save this file as",
    "save as",
    "saved as",
    "named as follows",
    "naming convention",
];
/// How many cells after the one that speaks of a name are looked at.
const AFTER: usize = 3;
/// The longest name.
const LONGEST: usize = 120;
/// Words in a name that stand for something else.
const STANDS_FOR: [&str; 16] = [
    "lacode",
    "la code",
    "laname",
    "la name",
    "localauthority",
    "local authority",
    "authority",
    "authorityname",
    "councilname",
    "council",
    "onscode",
    "ons code",
    "name",
    "code",
    "date",
    "hwb",
];

/// A name as it is asked for, and a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NamePattern {
    /// As it is written in the form: `HSF7MI_RRR_MMYY`.
    pub written: String,
    /// Where in the form.
    pub place: String,
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Fixed(String),
    /// A day, in these letters: `MMYY`.
    Day(String),
    /// Something that only its owner knows: `RRR`.
    Asked(String),
}

impl NamePattern {
    /// The name that a form asks for.
    pub(super) fn of(form: &Form) -> Option<Self> {
        for sheet in form.sheets.iter().filter(|sheet| !sheet.hidden) {
            let texts: Vec<((u32, u32), String)> = sheet
                .cells
                .iter()
                .filter(|(_, cell)| matches!(cell.value, FormValue::Text(_)))
                .map(|(place, cell)| (*place, form.shown(cell)))
                .collect();
            for (at, (place, text)) in texts.iter().enumerate() {
                let plain = in_plain_form(text);
                let Some(lead) = LEADS.iter().filter_map(|lead| plain.find(lead)).min() else { continue };
                // What stands behind the words that lead to it, else what the next cells say.
                let own = text.char_indices().nth(plain[..lead].chars().count()).map_or("", |(byte, _)| &text[byte..]);
                let next = texts[at + 1..].iter().take(AFTER).map(|(_, text)| text.as_str());
                if let Some((written, pieces)) = std::iter::once(own).chain(next).find_map(pattern) {
                    return Some(Self { written, place: crate::model::place_of(&sheet.name, place.0, place.1), pieces });
                }
            }
        }
        None
    }

    /// What of it only its owner can say.
    pub(crate) fn asked(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| if let Piece::Asked(letters) = piece { Some(letters.as_str()) } else { None })
    }

    /// The name without its ending, filled as far as it is known, and whether all of it is.
    pub(crate) fn filled(&self, known: &BTreeMap<String, String>, day: Date) -> (String, bool) {
        let mut whole = true;
        let name = self.pieces.iter().map(|piece| match piece {
            Piece::Fixed(text) => text.clone(),
            Piece::Day(letters) => written_day(letters, day),
            Piece::Asked(letters) => {
                let given = known.get(letters).map(|given| given.trim()).filter(|given| !given.is_empty());
                whole &= given.is_some();
                given.unwrap_or(letters).to_owned()
            }
        });
        let name: String = name.collect();
        (name, whole)
    }
}

/// A name in a text, taken apart: one with a part that stands for something.
fn pattern(text: &str) -> Option<(String, Vec<Piece>)> {
    let breaks = |c: char| c.is_whitespace() || matches!(c, '"' | '“' | '”' | '‘' | '’' | ',' | ';' | '\'');
    let mut open = 0_i32;
    // A space within brackets belongs to the name.
    let is_break = |c: char| {
        match c {
            '[' | '<' | '{' => open += 1,
            ']' | '>' | '}' => open -= 1,
            _ => {}
        }
        open <= 0 && breaks(c)
    };
    text.split(is_break).map(trimmed).filter(|word| word.len() <= LONGEST && word.contains(['_', '-', '[', '<', '{'])).find_map(|word| {
        let stem =
            word.rsplit_once('.').filter(|(_, end)| matches!(&*end.to_lowercase(), "xlsx" | "xlsm" | "xls")).map_or(word, |(stem, _)| stem);
        let pieces = pieces(stem);
        let stands = pieces.iter().any(|piece| !matches!(piece, Piece::Fixed(_)));
        (stands && pieces.len() > 1).then(|| (stem.to_owned(), pieces))
    })
}

fn trimmed(word: &str) -> &str {
    let word = word.trim_matches(|c: char| matches!(c, '.' | ':' | '(' | ')'));
    word.trim()
}

/// The pieces of a name, between its underscores, hyphens and brackets.
fn pieces(name: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let fixed = |pieces: &mut Vec<Piece>, text: &str| match pieces.last_mut() {
        Some(Piece::Fixed(before)) => before.push_str(text),
        _ => pieces.push(Piece::Fixed(text.to_owned())),
    };
    let mut rest = name;
    while !rest.is_empty() {
        let bracket = rest.starts_with(['[', '<', '{']).then(|| rest.find([']', '>', '}'])).flatten();
        if let Some(end) = bracket {
            let close = rest[end..].chars().next().map_or(1, char::len_utf8);
            let inner = &rest[1..end];
            pieces.push(if is_day(inner) { Piece::Day(inner.to_ascii_uppercase()) } else { Piece::Asked(rest[..end + close].to_owned()) });
            rest = &rest[end + close..];
            continue;
        }
        let end = rest.find(['_', '-', '[', '<', '{', ' ', '.']).unwrap_or(rest.len());
        if end == 0 {
            let width = rest.chars().next().map_or(1, char::len_utf8);
            fixed(&mut pieces, &rest[..width]);
            rest = &rest[width..];
            continue;
        }
        let part = &rest[..end];
        if is_day(part) {
            pieces.push(Piece::Day(part.to_ascii_uppercase()));
        } else if is_repeated(part) || STANDS_FOR.contains(&&*part.to_lowercase()) {
            pieces.push(Piece::Asked(part.to_owned()));
        } else {
            fixed(&mut pieces, part);
        }
        rest = &rest[end..];
    }
    pieces
}

/// Letters that stand for a day: `MMYY`, `ddmmyyyy`.
fn is_day(part: &str) -> bool {
    let upper = part.to_ascii_uppercase();
    let runs = runs(&upper);
    upper.len() >= 4
        && runs.iter().any(|(letter, _)| *letter == 'Y')
        && runs.iter().all(|(letter, count)| matches!((letter, count), ('D', 2) | ('M', 2 | 3) | ('Y', 2 | 4)))
}

/// One capital letter again and again: `RRR`, `XXXX`.
fn is_repeated(part: &str) -> bool {
    let first = part.chars().next().filter(char::is_ascii_uppercase);
    part.len() >= 2 && first.is_some_and(|first| part.chars().all(|c| c == first))
}

fn runs(text: &str) -> Vec<(char, usize)> {
    let mut runs: Vec<(char, usize)> = Vec::new();
    for c in text.chars() {
        match runs.last_mut() {
            Some((last, count)) if *last == c => *count += 1,
            _ => runs.push((c, 1)),
        }
    }
    runs
}

fn written_day(letters: &str, day: Date) -> String {
    let runs = runs(letters).into_iter();
    let written = runs.map(|run| match run {
        ('D', _) => format!("{:02}", day.day()),
        ('M', 3) => day.strftime("%b").to_string(),
        ('M', _) => format!("{:02}", day.month()),
        ('Y', 4) => format!("{:04}", day.year()),
        _ => format!("{:02}", day.year().rem_euclid(100)),
    });
    written.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_taken_apart_and_filled() {
        let day = jiff::civil::date(2025, 8, 4);
        let known = BTreeMap::from([("RRR".to_owned(), "007".to_owned()), ("[LA name]".to_owned(), "Mereshire".to_owned())]);
        for (text, written, name, whole) in [
            (
                "Filename: HSF7MI_RRR_MMYY (where RRR is your LA code), for example HSF7MI_007_0825",
                "HSF7MI_RRR_MMYY",
                "HSF7MI_007_0825",
                true,
            ),
            ("“ASCFR_XXX_2526.xlsx”", "ASCFR_XXX_2526", "ASCFR_XXX_2526", false),
            ("save as BCF-[LA name]-Q2-YYYYMMDD.", "BCF-[LA name]-Q2-YYYYMMDD", "BCF-Mereshire-Q2-20250804", true),
            ("UKSPF_<code>_MMMYY", "UKSPF_<code>_MMMYY", "UKSPF_<code>_Aug25", false),
        ] {
            let (found, pieces) = pattern(text).unwrap();
            assert_eq!(found, written);
            let pattern = NamePattern { written: found, place: String::new(), pieces };
            assert_eq!(pattern.filled(&known, day), (name.to_owned(), whole), "{text}");
        }
        for text in ["Save the file as a copy first", "year-end figures", "your self-assessment_form"] {
            assert_eq!(pattern(text), None, "{text}");
        }
    }
}
