//! The scale of each column of statuses: out of its list of choices, the key of its sheet and its cells. Changes no cell.

use std::collections::HashMap;

use super::{
    heading_text::lower_part,
    painted::Painted,
    status_legend::{Codes, KeyLine},
};
use crate::model::{Column, Meaning, Role, Scale, Status, Step, Table, TableKind, in_plain_form, is_word, kinds::Kind, says_none};

/// How many rows are asked for the colours of words.
const ROWS: usize = 2_000;
/// More different words than this are remarks, and only those that are known for statuses are taken.
const MOST_WORDS: usize = 30;
/// How many words a text has that may be a word of a scale, where it is not known for one.
const MOST_PARTS: usize = 3;

/// The colours that most cells of a word are painted in, by the column and the word.
#[derive(Debug, Default)]
pub(super) struct WordColours(HashMap<(usize, String), u32>);

impl WordColours {
    /// Out of the cells of a table and their colours by sheet row and column.
    pub(super) fn of(table: &Table, painted: &Painted) -> Self {
        let mut counts: HashMap<(usize, String), (usize, HashMap<u32, usize>)> = HashMap::new();
        for (at, column) in table.columns.iter().enumerate().filter(|(_, column)| column.role == Some(Role::Status)) {
            for row in table.rows.iter().take(ROWS).filter(|row| row.is_line() && row.source > 0) {
                let Some(text) = row.cells.get(at).map(|cell| &*cell.text).filter(|text| is_word(text)) else { continue };
                let (all, colours) = counts.entry((at, in_plain_form(text))).or_default();
                *all += 1;
                painted.get(row.source - 1, column.source as u16).into_iter().for_each(|fill| *colours.entry(fill).or_default() += 1);
            }
        }
        let most = |(all, colours): (usize, HashMap<u32, usize>)| {
            let (colour, count) = colours.into_iter().max_by_key(|&(colour, count)| (count, colour))?;
            (count * 3 >= all * 2).then_some(colour)
        };
        Self(counts.into_iter().filter_map(|(word, counted)| Some((word, most(counted)?))).collect())
    }
}

/// Gives the columns of statuses of a plan their scales.
pub(super) fn settle(table: &mut Table, codes: &Codes, colours: &WordColours) {
    if table.kind != TableKind::Plan {
        return;
    }
    let stated: Vec<usize> = (0..table.columns.len()).filter(|at| table.columns[*at].role == Some(Role::Status)).collect();
    for &at in &stated {
        // One column a status is ticked: the statuses are its headings.
        let ticked = stated.len() > 1 && Status::parse(lower_part(&table.columns[at].heading)).is_some();
        if !ticked && table.columns[at].kind == Kind::Status {
            table.columns[at].scale = scale(table, at, codes, colours);
        }
    }
}

/// The words in the cells of a column with the one status that all cells of each state, in the order they are met.
fn words(table: &Table, at: usize) -> Vec<(&str, Option<Status>)> {
    let mut words: Vec<(&str, Option<Status>)> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for cell in table.rows.iter().filter(|row| row.is_line()).filter_map(|row| row.cells.get(at)).filter(|cell| is_word(&cell.text)) {
        let text = cell.text.trim();
        let place = *places.entry(text).or_insert_with(|| {
            words.push((text, cell.status()));
            words.len() - 1
        });
        if words[place].1 != cell.status() {
            words[place].1 = None;
        }
    }
    words
}

fn scale(table: &Table, at: usize, codes: &Codes, colours: &WordColours) -> Scale {
    let column = &table.columns[at];
    let words = words(table, at);
    let stated: HashMap<String, Status> = words.iter().filter_map(|(word, status)| Some((in_plain_form(word), (*status)?))).collect();
    let step = |text: &str, also: &str, meaning: Meaning| Step {
        text: text.trim().into(),
        also: also.into(),
        meaning,
        colour: colours.0.get(&(at, in_plain_form(text))).copied(),
    };
    let means = |text: &str| stated.get(&in_plain_form(text)).copied().or_else(|| Kind::Status.value(text, None).status());
    let meaning = |text: &str| means(text).map_or(if says_none(text) { Meaning::NoStatus } else { Meaning::Untold }, Meaning::Status);
    let offered = column.choices.iter().map(|text| step(text, "", meaning(text)));
    let keyed = key(column, &words, codes).into_iter().map(|(text, also, status)| step(&text, &also, Meaning::Status(status)));
    let few = words.len() <= MOST_WORDS;
    let is_step = |text: &str, status: Status| {
        Status::of_word(text) == Some(status)
            || (few && text.split_whitespace().count() <= MOST_PARTS && Kind::Status.value(text, None).status() != Some(status))
    };
    let mut held: Vec<(&str, Status)> = words.iter().filter_map(|(text, status)| Some((*text, (*status)?))).collect();
    held.retain(|(text, status)| is_step(text, *status));
    held.sort_by_key(|(_, status)| *status);
    let held = held.into_iter().map(|(text, status)| step(text, "", Meaning::Status(status)));
    let scale = Scale::of(offered.chain(keyed).chain(held));
    // Words that everybody uses, in no colours of their own, say nothing of this plan.
    let usual = |step: &Step| step.colour.is_none() && step.also.is_empty() && Status::of_word(&step.text) == step.meaning.status();
    if column.choices.is_empty() && scale.steps().iter().all(usual) { Scale::default() } else { scale }
}

/// What a sheet's key says for a column that is written by it, in its order: what stands in the cells, what else stands for it, and the status.
fn key(column: &Column, words: &[(&str, Option<Status>)], codes: &Codes) -> Vec<(Box<str>, Box<str>, Status)> {
    let lines: Vec<KeyLine> = codes.lines().collect();
    let held = |text: &str| {
        words.iter().any(|(word, _)| in_plain_form(word) == in_plain_form(text))
            || column.choices.iter().any(|choice| in_plain_form(choice) == in_plain_form(text))
    };
    let (by_code, by_words) = (lines.iter().filter(|line| held(&line.code)).count(), lines.iter().filter(|line| held(&line.words)).count());
    if lines.len() < 2 || by_code + by_words == 0 {
        return Vec::new();
    }
    let line = |line: KeyLine| {
        if by_code >= by_words { (line.code, line.words, line.status) } else { (line.words, line.code, line.status) }
    };
    lines.into_iter().map(line).collect()
}
