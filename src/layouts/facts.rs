//! What is known of the columns of a table before any of them has a role: headings, and counts of what stands below. Judges nothing.

use super::{
    content::{ColumnContent, SAMPLE},
    figure_facts::FigureFacts,
    header::{Label, spoken_role},
    heading_rows::sequence_headings,
    heading_text::plain,
    status_legend::Codes,
    words::{Subject, Surety, spelt_out},
};
use crate::{
    model::{Role, TableKind},
    workbook::RawSheet,
};

/// How many rows are asked for codes of a key.
const CODED: usize = 60;
/// How many rows above the first one may be its headings.
const HEADING_ROWS: u32 = 3;

/// One column.
#[derive(Clone, Debug)]
pub(super) struct ColumnFacts {
    pub label: Label,
    /// Its heading as shown.
    pub words: String,
    /// The same in plain form.
    pub plain: String,
    /// The lower of two headings in plain form, shortened words in full.
    pub said: String,
    /// The role its heading names, and how surely.
    pub spoken: Option<(Role, Surety)>,
    pub content: ColumnContent,
    /// What its figures are, in a table of indicators.
    pub figures: FigureFacts,
    /// How many of its first cells hold codes of a key.
    pub coded: usize,
    /// Whether its heading is one of a sequence along the row: weeks, days, numbers.
    pub in_sequence: bool,
    /// The role that its heading and its cells speak for by themselves.
    pub claim: Option<Role>,
}

impl ColumnFacts {
    /// Whether it has no heading at all.
    pub(super) fn is_unheaded(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether most of its cells hold words.
    pub(super) fn is_wordy(&self, share: f32) -> bool {
        self.content.mostly(self.content.long + self.content.short, share)
    }

    /// The average number of words in a filled cell.
    pub(super) fn average(&self) -> f32 {
        self.content.words as f32 / self.content.filled.max(1) as f32
    }
}

/// The columns of one table.
#[derive(Clone, Debug)]
pub(super) struct TableFacts {
    pub kind: TableKind,
    pub subject: Option<Subject>,
    pub columns: Vec<ColumnFacts>,
    /// How many rows were looked at.
    pub rows: usize,
}

impl TableFacts {
    /// Learns what the headings say and what stands under them. `rows` are the first and last sheet row below the header.
    pub(super) fn of(grid: &RawSheet, labels: &[Label], kind: TableKind, subject: Option<Subject>, rows: (u32, u32)) -> Self {
        let ends = (labels.first().map_or(0, |label| label.column), labels.last().map_or(0, |label| label.column));
        let codes = Codes::around(grid, rows, ends);
        let from = grid.rows.partition_point(|row| row.row < rows.0);
        let first = &grid.rows[from..];
        let in_sequence = sequence_headings(grid, (rows.0.saturating_sub(HEADING_ROWS), rows.0.saturating_sub(1)));
        // What stands above the headings is no sequence of theirs.
        let heads = |label: &Label, text: &str| &*label.child == text || label.parent.split(": ").any(|part| part == text);
        let body = || first.iter().take_while(|row| row.row <= rows.1);
        let figures = |column: u16| if subject == Some(Subject::Kpi) { FigureFacts::of(body(), column) } else { FigureFacts::default() };
        let column = |label: &Label| {
            let cells = first.iter().take(CODED).take_while(|row| row.row <= rows.1).filter_map(|row| row.cell(label.column));
            let words = label.words();
            ColumnFacts {
                plain: plain(&words),
                said: spelt_out(if label.child.is_empty() { &label.parent } else { &label.child }),
                spoken: spoken_role(label, subject),
                content: ColumnContent::of(grid, label.column, rows),
                figures: figures(label.column),
                coded: cells.filter(|cell| codes.knows(&cell.text)).count(),
                in_sequence: in_sequence.iter().any(|(column, text)| *column == label.column && heads(label, text)),
                claim: None,
                label: label.clone(),
                words,
            }
        };
        let count = first.iter().take(SAMPLE).take_while(|row| row.row <= rows.1).count();
        Self { kind, subject, columns: labels.iter().map(column).collect(), rows: count }
    }

    /// Whether it is a plan.
    pub(super) fn is_plan(&self) -> bool {
        self.kind == TableKind::Plan
    }

    /// Whether a column claims a role.
    pub(super) fn claims(&self, role: Role) -> bool {
        self.columns.iter().any(|column| column.claim == Some(role))
    }

    /// The positions of the columns that claim a role.
    pub(super) fn claiming(&self, role: Role) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.columns.iter().enumerate().filter(move |(_, column)| column.claim == Some(role)).map(|(at, _)| at)
    }

    /// The first column that claims one of some roles.
    pub(super) fn first_of(&self, roles: &[Role]) -> Option<usize> {
        self.columns.iter().position(|column| column.claim.is_some_and(|role| roles.contains(&role)))
    }

    /// Whether nothing heads any of its columns.
    pub(super) fn is_headless(&self) -> bool {
        self.columns.iter().all(ColumnFacts::is_unheaded)
    }
}
