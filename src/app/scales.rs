//! What the words of a column of statuses stand for, as its owner says it: what is asked about, and the changes that an answer makes.

use crate::{
    edit::Change,
    model::{ColumnId, Meaning, Role, Scale, Step, Table, in_plain_form, is_word, kinds::Kind},
};

/// A word of a scale while it is edited, with the number of cells it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edited {
    pub step: Step,
    pub cells: usize,
}

/// The columns of a table that have scales, by position.
#[must_use]
pub fn columns(table: &Table) -> Vec<usize> {
    (0..table.columns.len()).filter(|&at| table.columns[at].role == Some(Role::Status) && table.columns[at].kind == Kind::Status).collect()
}

/// The most words in its cells that a column without a scale is shown with.
const MOST_USUAL: usize = 30;

/// The words in the cells of a column that everybody uses for a status, in the order of the statuses, where no scale names them.
fn usual(table: &Table, column: usize) -> Vec<Step> {
    let scale = &table.columns[column].scale;
    let mut steps: Vec<Step> = Vec::new();
    for cell in table.rows.iter().filter(|row| row.is_line()).filter_map(|row| row.cells.get(column)).filter(|cell| is_word(&cell.text)) {
        let Some(status) = cell.status().filter(|_| steps.len() < MOST_USUAL) else { continue };
        let same = |step: &Step| in_plain_form(&step.text) == in_plain_form(&cell.text);
        if scale.step(&cell.text).is_none() && !steps.iter().any(same) {
            steps.push(Step { text: cell.text.trim().into(), meaning: Meaning::Status(status), ..Step::default() });
        }
    }
    steps.sort_by_key(|step| step.meaning.status());
    steps
}

/// The words of a column's scale in their order, those in its cells that everybody uses, then those that nobody has said the meaning of.
#[must_use]
pub fn words(table: &Table, column: usize) -> Vec<Edited> {
    let held = &table.columns[column];
    let unknown = table.unknown_words(column);
    let asked = unknown.iter().filter(|unknown| held.scale.step(unknown.text).is_none());
    let asked = asked.map(|unknown| Step { text: unknown.text.trim().into(), ..Step::default() });
    let steps = held.scale.steps().iter().cloned().chain(usual(table, column)).chain(asked);
    let mut words: Vec<Edited> = steps.map(|step| Edited { step, cells: 0 }).collect();
    let mut counts: std::collections::HashMap<String, usize> = std::collections::HashMap::new();
    for cell in table.rows.iter().filter(|row| row.is_line()).filter_map(|row| row.cells.get(column)).filter(|cell| !cell.is_blank()) {
        *counts.entry(in_plain_form(&cell.text)).or_default() += 1;
    }
    for word in &mut words {
        word.cells = counts.get(&in_plain_form(&word.step.text)).copied().unwrap_or(0);
    }
    words
}

/// The changes that give a column a scale and its cells what that says of their words; none where nothing changes.
#[must_use]
pub fn changes(table: &Table, column: ColumnId, scale: Scale) -> Vec<Change> {
    let Some(at) = table.column_position(column).filter(|&at| table.columns[at].scale != scale) else { return Vec::new() };
    let held = &table.columns[at];
    let mut changes = Vec::new();
    for row in table.rows.iter().filter(|row| row.is_line()) {
        let Some(cell) = row.cells.get(at).filter(|cell| !cell.is_blank()) else { continue };
        // What nothing is said of stays as it was read, by its colour or a remark behind it.
        if held.scale.meaning(&cell.text) == scale.meaning(&cell.text) {
            continue;
        }
        let meant = scale.meaning(&cell.text).map(Meaning::status);
        let value = match meant {
            Some(status) => status.map_or(crate::model::Value::Text, crate::model::Value::Status),
            None => Kind::Status.value(&cell.text, None),
        };
        if value != cell.value {
            let cell = crate::model::Cell { text: cell.text.clone(), value, ..crate::model::Cell::default() };
            changes.push(Change::SetCell { table: table.id, row: row.id, column, cell });
        }
    }
    changes.insert(0, Change::SetScale { table: table.id, column, scale });
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        edit::History,
        insight::{counts, seed},
        model::{Cell, Document, Status, Value},
    };

    fn plan(texts: &[&str]) -> Document {
        let rows: Vec<[&str; 6]> = texts.iter().map(|text| ["1", "Do it", "", "", *text, ""]).collect();
        let mut table = seed::plan_of(&rows);
        table.id = crate::model::TableId(1);
        // As they are read, not as they are typed.
        for (row, text) in table.rows.iter_mut().skip(1).zip(texts) {
            row.cells[4] = Kind::Status.read((*text).into(), None);
        }
        Document::of(vec![table])
    }

    #[test]
    fn one_answer_changes_all_cells_of_a_word_and_is_undone_as_one_step() {
        let mut document = plan(&["Parked", "Complete", "parked", "Humming along"]);
        let column = document.tables[0].columns[4].id;
        let asked: Vec<(String, usize)> =
            words(&document.tables[0], 4).into_iter().map(|word| (word.step.text.to_string(), word.cells)).collect();
        let expected = [("Complete", 1), ("Parked", 2), ("Humming along", 1)].map(|(word, cells)| (word.to_owned(), cells));
        assert_eq!(asked, expected, "what is asked about stands behind the words that everybody uses");
        let scale = Scale::of([
            Step { text: "Humming along".into(), meaning: Meaning::Status(Status::InProgress), ..Step::default() },
            Step { text: "Parked".into(), meaning: Meaning::Status(Status::NotStarted), ..Step::default() },
        ]);
        let before = document.clone();
        let mut history = History::saved();
        let made = changes(&document.tables[0], column, scale.clone());
        assert_eq!(made.len(), 4);
        history.make(&mut document, "Say what statuses mean", made);
        let lines = counts(&document.tables[0]).lines;
        assert_eq!((lines.get(Status::NotStarted), lines.get(Status::InProgress), lines.get(Status::Complete)), (2, 1, 1));
        assert!(document.tables[0].unknown_words(4).is_empty());
        assert_eq!(
            document.tables[0].columns[4].enter("humming along"),
            Cell { text: "Humming along".into(), value: Value::Status(Status::InProgress), ..Cell::default() }
        );
        assert!(changes(&document.tables[0], column, scale).is_empty());
        history.undo(&mut document);
        assert_eq!(document, before);
    }
}
