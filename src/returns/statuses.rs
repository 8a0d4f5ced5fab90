//! The statuses of a return: coloured by their own words, and offered in its owner's words. Decides no status.

use std::{collections::HashMap, ops::Range};

use super::{placement::Placement, sheet::Sheet, style::Style};
use crate::{
    model::{Column, Role, RowKind, Status, Table, excel::LONGEST_LITERAL, kinds::Kind},
    workbook::{Area, Choices, Coloured},
};

/// The most words of one conditional format, and the most of one status.
const WORDS_A_RULE: usize = 20;
const MOST_WORDS: usize = 100;
/// The most words of its owner's beside the statuses that are offered, and the longest.
const MOST_OTHERS: usize = 8;
const LONGEST_WORD: usize = 40;
/// A text of more words than this is a remark, and not offered.
const MOST_PARTS: usize = 3;
/// The words for a rating beside those for an action.
const COLOURS: [(&str, Status); 10] = [
    ("Red", Status::MajorProblems),
    ("Amber", Status::MinorProblems),
    ("Yellow", Status::MinorProblems),
    ("Green", Status::InProgress),
    ("Blue", Status::Complete),
    ("Grey", Status::NotStarted),
    ("R", Status::MajorProblems),
    ("A", Status::MinorProblems),
    ("G", Status::InProgress),
    ("B", Status::Complete),
];

/// Colours each status between two sheet rows by its word, so that the colour follows when the word is changed.
pub(crate) fn colour(sheet: &mut Sheet<'_>, table: &Table, (first_row, last_row): (u32, u32)) {
    for (at, column) in table.columns.iter().enumerate() {
        let words = Words::of(table, at);
        let states = matches!(column.role, Some(Role::Status | Role::Rating)) || column.kind == Kind::Status;
        if (words.0.is_empty() && !states) || first_row > last_row {
            continue;
        }
        let column = at as u16;
        let area = Area { first_row, first_column: column, last_row, last_column: column };
        // Its owner's colours come first; what has none has the usual ones.
        let own = own_colours(&table.columns[at]);
        for (status, colour, words) in &own {
            let look = sheet.look_in(Style::Status(*status), *colour);
            sheet.page.coloured.push(Coloured { area, words: words.clone(), look });
        }
        let is_own = |word: &String| own.iter().any(|(_, _, words)| words.iter().any(|held| held.eq_ignore_ascii_case(word)));
        for status in Status::ALL {
            let look = Style::Status(status).look();
            let mut rules = words.for_colour(status);
            rules.retain(|word| !is_own(word));
            sheet.page.coloured.extend(rules.chunks(WORDS_A_RULE).map(|words| Coloured { area, words: words.to_vec(), look }));
        }
    }
}

/// The words of a column's scale that its owner paints in colours, by status and colour.
fn own_colours(column: &Column) -> Vec<(Status, u32, Vec<String>)> {
    let mut own: Vec<(Status, u32, Vec<String>)> = Vec::new();
    for step in column.scale.steps() {
        let (Some(status), Some(colour)) = (step.meaning.status(), step.colour) else { continue };
        match own.iter_mut().find(|(held, painted, words)| (*held, *painted) == (status, colour) && words.len() < WORDS_A_RULE) {
            Some((_, _, words)) => words.push(step.text.to_string()),
            None => own.push((status, colour, vec![step.text.to_string()])),
        }
    }
    own
}

/// Offers in each column that has choices what its owner offers there, and in the status column the statuses in its owner's words.
pub(crate) fn offer(sheet: &mut Sheet<'_>, table: &Table, placement: &Placement, rows: Range<usize>) {
    let status = table.role_position(Role::Status);
    for (at, column) in table.columns.iter().enumerate() {
        let values = if !column.choices.is_empty() {
            column.choices.iter().map(ToString::to_string).collect()
        } else if !column.scale.is_empty() {
            fitting(column.offered().into_iter().map(|choice| choice.text.to_string()))
        } else if Some(at) == status {
            Words::of(table, at).to_choose()
        } else {
            continue;
        };
        if !fits(&values) {
            continue;
        }
        for run in runs(table, rows.clone()) {
            let column = at as u16;
            let area = Area {
                first_row: placement.rows[run.start],
                first_column: column,
                last_row: placement.rows[run.end - 1],
                last_column: column,
            };
            sheet.page.choices.push(Choices { area, values: values.clone() });
        }
    }
}

/// The words that Excel takes as a list, as many as there is room for.
fn fitting(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut values: Vec<String> = Vec::new();
    for word in words {
        values.push(word);
        if !fits(&values) {
            values.pop();
        }
    }
    values
}

/// Whether a text is short enough to be known by as a word, rather than a remark.
pub(crate) fn is_word(text: &str) -> bool {
    text.trim().chars().nth(LONGEST_WORD).is_none() && !text.trim().contains('\n')
}

/// Whether Excel takes a list as it is: it holds no comma within a value, and is not too long.
fn fits(values: &[String]) -> bool {
    let length: usize = values.iter().map(|value| value.encode_utf16().count() + 1).sum();
    !values.is_empty()
        && length <= LONGEST_LITERAL
        && !values.iter().any(|value| value.contains([',', '"', '\n']) || value.trim().is_empty())
}

/// The rows between two sections, by position.
fn runs(table: &Table, rows: Range<usize>) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut from = rows.start;
    let sections = rows.clone().filter(|&at| table.rows[at].kind == RowKind::Section);
    for at in sections.chain([rows.end]) {
        if from < at {
            runs.push(from..at);
        }
        from = at + 1;
    }
    runs
}

/// How a word was met in a column: where first, how often, and as which status.
struct Met {
    order: usize,
    count: usize,
    status: Option<Status>,
}

/// The words in a column, the commonest first, each with its status.
struct Words(Vec<(String, Option<Status>)>);

impl Words {
    fn of(table: &Table, at: usize) -> Self {
        let column = &table.columns[at];
        let mut counts: HashMap<&str, Met> = HashMap::new();
        let choices = column.choices.iter().chain(column.scale.steps().iter().map(|step| &step.text));
        let choices = choices.map(|choice| (&**choice, column.status_in(choice)));
        let cells = table.rows.iter().filter_map(|row| row.cells.get(at)).filter(|cell| !cell.is_blank());
        let rates = matches!(column.role, Some(Role::Rating | Role::Status)) || names_colours(table, at);
        let cells = cells.map(|cell| (&*cell.text, cell.status().or_else(|| if rates { Status::parse(&cell.text) } else { None })));
        for (order, (text, status)) in cells.chain(choices).enumerate() {
            if status.is_none() && column.role != Some(Role::Status) {
                continue;
            }
            let word = text.trim();
            if is_word(word) {
                counts.entry(word).or_insert(Met { order, count: 0, status }).count += 1;
            }
        }
        let mut words: Vec<(&str, Met)> = counts.into_iter().collect();
        words.sort_by_key(|(_, met)| (std::cmp::Reverse(met.count), met.order));
        Self(words.into_iter().map(|(word, met)| (word.to_owned(), met.status)).collect())
    }

    /// The words that have the colour of a status: its owner's, this program's and, for what is so called, the colour's name.
    fn for_colour(&self, status: Status) -> Vec<String> {
        let own = self.0.iter().filter(|(_, held)| *held == Some(status)).map(|(word, _)| word.as_str());
        let colours = COLOURS.iter().filter(|(word, held)| *held == status && Status::parse(word) == Some(status)).map(|(word, _)| *word);
        let mut words: Vec<String> = Vec::new();
        for word in own.take(MOST_WORDS).chain([status.word()]).chain(colours) {
            if !words.iter().any(|held| held.eq_ignore_ascii_case(word)) {
                words.push(word.to_owned());
            }
        }
        words
    }

    /// One word a status, in the order of the key, then what else its owner writes.
    fn to_choose(&self) -> Vec<String> {
        let clean = |word: &str| word.trim_start_matches(['-', '–', '•', ' ']).trim().to_owned();
        let word_for = |status: Status| {
            let own = self.0.iter().find(|(word, held)| *held == Some(status) && Status::parse(word) == Some(status));
            own.map_or_else(|| status.word().to_owned(), |(word, _)| clean(word))
        };
        let mut values: Vec<String> = Status::ALL.map(word_for).into();
        let others = self.0.iter().filter(|(word, status)| status.is_none() && word.split_whitespace().count() <= MOST_PARTS);
        for (word, _) in others.take(MOST_OTHERS) {
            values.push(clean(word));
            if !fits(&values) {
                values.pop();
            }
        }
        values
    }
}

/// Whether a column of its owner's holds the names of colours alone, as a risk's RAG does.
fn names_colours(table: &Table, at: usize) -> bool {
    let is_colour = |text: &str| COLOURS.iter().any(|(word, _)| word.eq_ignore_ascii_case(text.trim()));
    let cells = || table.rows.iter().filter(|row| row.is_line()).filter_map(|row| row.cells.get(at)).filter(|cell| !cell.is_blank());
    matches!(table.columns[at].role, None | Some(Role::Score)) && cells().next().is_some() && cells().all(|cell| is_colour(&cell.text))
}
