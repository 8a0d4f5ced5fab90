//! A form that is open in the window to be filled: what fills each input, what may, and how it would stand. Writes no file.

use std::{collections::HashMap, path::PathBuf, sync::Arc};

use super::{
    form::Published,
    offers::{self, Offer},
    report::FillReport,
};
use crate::{
    app::passwords::WorkbookBytes,
    central::{FormMapping, MappedRows, Template, rows_offered},
    model::{Status, column_letters},
};

/// An input as the window lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormInput {
    pub place: String,
    pub label: String,
    /// What it takes, with its limit: `a choice from a list`, `words, at most 250 words`.
    pub takes: String,
    pub holds: String,
}

/// A table of inputs, and which rows of the plan fill it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormTable {
    /// Such as `Progress, rows 23 to 57`.
    pub words: String,
    /// Its columns: their letters and headings.
    pub columns: Vec<(String, String)>,
    sheet: String,
    rows: (u32, u32),
}

/// Which rows fill a table of inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowsWanted {
    All,
    /// Those with problems.
    Problems,
    /// Those that are not complete.
    Unfinished,
}

impl RowsWanted {
    /// Every choice, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::All, Self::Problems, Self::Unfinished];

    /// Its words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::All => "All rows",
            Self::Problems => "Only rows with problems",
            Self::Unfinished => "Only rows not complete",
        }
    }

    fn statuses(self) -> Vec<Status> {
        match self {
            Self::All => Vec::new(),
            Self::Problems => vec![Status::MajorProblems, Status::MinorProblems],
            Self::Unfinished => Status::ALL.into_iter().filter(|status| *status != Status::Complete).collect(),
        }
    }
}

/// What fills a table of inputs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilledRows {
    /// The table of the plan, by its place.
    pub from: usize,
    pub only: RowsWanted,
    /// For each column of the form's table, that of the plan's by its place.
    pub columns: Vec<Option<usize>>,
}

/// What its user says of a form that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormEdit {
    /// An input is filled by one of the offers; by nothing where none is given.
    Map(String, Option<usize>),
    /// An input holds these words.
    Words(String, String),
    /// A table of inputs is filled from a table of the plan, by its place among those; nothing where none is given.
    Rows(usize, Option<usize>),
    /// Which of its rows are.
    Only(usize, RowsWanted),
    /// A column of a table of inputs, by its letters, takes a column of the plan by its place; nothing where none is given.
    Column(usize, String, Option<usize>),
    /// A check, by its place, is explained so.
    Explain(String, String),
    /// Letters of the file name stand for this.
    Name(String, String),
}

/// What would become of an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormResult {
    Written(String),
    /// By which rule it is not.
    NotWritten(String),
}

/// A form that is being filled.
#[derive(Clone, Debug)]
pub struct OpenForm {
    pub path: PathBuf,
    pub(in crate::app) bytes: Arc<WorkbookBytes>,
    pub(in crate::app) template: Arc<Template>,
    pub(in crate::app) published: Arc<Published>,
    pub(in crate::app) mapping: FormMapping,
    /// Whether it is filled as it was before.
    pub remembered: bool,
    pub with_hidden: bool,
    /// How it would stand, once that is known.
    report: Option<Arc<FillReport>>,
    results: Arc<HashMap<String, FormResult>>,
    /// Whether what fills it changed since that was worked out.
    pub(in crate::app) is_stale: bool,
    /// Whether its user said anything of it.
    pub(in crate::app) is_edited: bool,
    inputs: Arc<[FormInput]>,
    tables: Arc<[FormTable]>,
    offers: Arc<[Offer]>,
}

impl OpenForm {
    /// Begins with what a mapping says.
    pub(in crate::app) fn new(
        path: PathBuf,
        bytes: Arc<WorkbookBytes>,
        template: Arc<Template>,
        published: Arc<Published>,
        (mapping, remembered): (FormMapping, bool),
    ) -> Self {
        let inputs = template.inputs.iter().filter(|input| input.explains.is_none()).map(|input| FormInput {
            place: input.place.clone(),
            label: input.label.clone(),
            takes: input.takes_words(),
            holds: input.holds.clone(),
        });
        let tables = template.tables.iter().map(|table| FormTable {
            words: format!("{}, rows {} to {}", table.sheet, table.rows.0 + 1, table.rows.1 + 1),
            columns: table.columns.iter().map(|(column, heading)| (column_letters(*column), heading.clone())).collect(),
            sheet: table.sheet.clone(),
            rows: (table.rows.0 + 1, table.rows.1 + 1),
        });
        let (inputs, tables) = (inputs.collect(), tables.collect());
        let offers = offers::of(&published.plan()).into();
        Self {
            path,
            bytes,
            template,
            published,
            mapping,
            remembered,
            with_hidden: false,
            report: None,
            results: Arc::default(),
            is_stale: true,
            is_edited: false,
            inputs,
            tables,
            offers,
        }
    }

    /// The inputs, in reading order.
    #[must_use]
    pub fn inputs(&self) -> Arc<[FormInput]> {
        Arc::clone(&self.inputs)
    }

    /// The tables of inputs.
    #[must_use]
    pub fn tables(&self) -> Arc<[FormTable]> {
        Arc::clone(&self.tables)
    }

    /// What may fill an input.
    #[must_use]
    pub fn offers(&self) -> Arc<[Offer]> {
        Arc::clone(&self.offers)
    }

    /// How it would stand; nothing while that is being worked out for the first time.
    #[must_use]
    pub fn report(&self) -> Option<&Arc<FillReport>> {
        self.report.as_ref()
    }

    /// What would stand in an input that is filled, or why it would not.
    #[must_use]
    pub fn result(&self, place: &str) -> Option<&FormResult> {
        self.results.get(place)
    }

    pub(in crate::app) fn set_report(&mut self, report: FillReport) {
        let left = report.not_written.iter().map(|left| (left.place.clone(), FormResult::NotWritten(left.rule.clone())));
        let written = report.written.iter().map(|written| (written.place.clone(), FormResult::Written(written.after.clone())));
        self.results = Arc::new(left.chain(written).collect());
        self.report = Some(Arc::new(report));
    }

    /// What fills an input: the place among the offers, or words of its owner's own; and whether that was proposed.
    #[must_use]
    pub fn filled_by(&self, place: &str) -> (Option<usize>, Option<&str>, bool) {
        let Some(mapped) = self.mapping.cell(place) else { return (None, None, false) };
        let Some(source) = &mapped.from else { return (None, None, false) };
        let at = self.offers.iter().position(|offer| offer.source == *source);
        let words = if let crate::central::Source::Text(text) = source { Some(text.as_str()) } else { None };
        (at, words, mapped.proposed)
    }

    /// What fills an input in words, where it is none of the offers.
    #[must_use]
    pub fn filled_in_words(&self, place: &str) -> Option<String> {
        self.mapping.cell(place)?.from.as_ref().map(offers::words)
    }

    /// What fills a table of inputs.
    #[must_use]
    pub fn rows_of(&self, table: usize) -> Option<FilledRows> {
        let rows = &self.mapping.rows[self.mapped_rows(table)?];
        let plan = self.published.plan();
        let held = plan.table_of(rows)?;
        let position = self.table_names().iter().position(|name| *name == held.name)?;
        let only = RowsWanted::ALL.into_iter().find(|wanted| wanted.statuses() == rows.only).unwrap_or(RowsWanted::All);
        let columns = self.tables[table].columns.iter();
        let columns = columns.map(|(letters, _)| rows.columns.get(letters).and_then(|name| held.column_named(name).ok()));
        Some(FilledRows { from: position, only, columns: columns.collect() })
    }

    /// Whether what fills a table of inputs was proposed, and how its rows are found: by names in the form, or in their order.
    #[must_use]
    pub fn rows_said(&self, table: usize) -> Option<String> {
        let rows = &self.mapping.rows[self.mapped_rows(table)?];
        let how = match &rows.named_in {
            Some(letters) => format!("Each row of the form is found by its name in column {letters}"),
            None => "The rows follow in their order".to_owned(),
        };
        Some(if rows.proposed { format!("{how}; proposed") } else { how })
    }

    /// The names of the tables of the plan that can fill a table of inputs.
    #[must_use]
    pub fn table_names(&self) -> Vec<String> {
        self.published.plan().document.tables.iter().map(|table| table.name.clone()).collect()
    }

    /// The headings of a table of the plan.
    #[must_use]
    pub fn headings(&self, table: usize) -> Vec<String> {
        let plan = self.published.plan();
        plan.document.tables.get(table).map(|table| (0..table.columns.len()).map(|at| table.heading(at)).collect()).unwrap_or_default()
    }

    /// The letters of the file name that only its owner knows, with what they stand for so far.
    #[must_use]
    pub fn name_letters(&self) -> Vec<(String, String)> {
        let asked = self.template.name.iter().flat_map(crate::central::NamePattern::asked);
        asked.map(|letters| (letters.to_owned(), self.mapping.file_name.get(letters).cloned().unwrap_or_default())).collect()
    }

    /// The explanation that was given of a check.
    #[must_use]
    pub fn explanation(&self, place: &str) -> &str {
        self.mapping.explanations.get(place).map_or("", String::as_str)
    }

    /// The file name it is offered under.
    #[must_use]
    pub fn file_name(&self) -> String {
        let asked = self.template.name.as_ref().map(|pattern| pattern.filled(&self.mapping.file_name, self.published.plan().today).0);
        let stem = self.path.file_stem().map_or_else(|| "Form".into(), |stem| stem.to_string_lossy());
        let ending = self.path.extension().map_or_else(|| "xlsx".into(), |ending| ending.to_string_lossy().to_lowercase());
        let name = asked.unwrap_or_else(|| format!("{stem} filled"));
        // What stands for something in brackets has no place in a name.
        let name: String = name.chars().filter(|c| !matches!(c, '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*')).collect();
        format!("{name}.{ending}")
    }

    /// Fills it from what of the plan is published now.
    pub(in crate::app) fn publish(&mut self, published: Arc<Published>, with_hidden: bool) {
        self.offers = offers::of(&published.plan()).into();
        (self.published, self.with_hidden, self.is_stale) = (published, with_hidden, true);
    }

    /// Takes in what its user says.
    pub(in crate::app) fn edit(&mut self, edit: FormEdit) {
        (self.is_stale, self.is_edited) = (true, true);
        match edit {
            FormEdit::Map(place, offer) => {
                let source = offer.and_then(|at| self.offers.get(at)).map(|offer| offer.source.clone());
                let label = self.label(&place);
                self.mapping.set(&place, &label, source);
            }
            FormEdit::Words(place, words) => {
                let label = self.label(&place);
                self.mapping.set(&place, &label, Some(crate::central::Source::Text(words)));
            }
            FormEdit::Rows(table, from) => self.fill_rows(table, from),
            FormEdit::Only(table, wanted) => {
                if let Some(at) = self.mapped_rows(table) {
                    (self.mapping.rows[at].only, self.mapping.rows[at].proposed) = (wanted.statuses(), false);
                }
            }
            FormEdit::Column(table, letters, column) => self.fill_column(table, letters, column),
            FormEdit::Explain(place, text) => _ = self.mapping.explanations.insert(place, text),
            FormEdit::Name(letters, text) => _ = self.mapping.file_name.insert(letters, text),
        }
    }

    fn label(&self, place: &str) -> String {
        self.inputs.iter().find(|input| input.place == place).map(|input| input.label.clone()).unwrap_or_default()
    }

    /// Where the rows of a table of inputs stand in the mapping.
    fn mapped_rows(&self, table: usize) -> Option<usize> {
        let table = self.tables.get(table)?;
        self.mapping.rows.iter().position(|rows| rows.sheet == table.sheet && (rows.first_row, rows.last_row) == table.rows)
    }

    fn fill_rows(&mut self, table: usize, from: Option<usize>) {
        let old = self.mapped_rows(table);
        old.into_iter().for_each(|at| drop(self.mapping.rows.remove(at)));
        let published = Arc::clone(&self.published);
        let plan = published.plan();
        let held = from.and_then(|at| plan.document.tables.get(at));
        if let (Some(held), Some(inputs)) = (held, self.template.tables.get(table)) {
            self.mapping.rows.push(MappedRows { proposed: false, ..rows_offered(&self.template, inputs, held, &plan) });
        }
    }

    fn fill_column(&mut self, table: usize, letters: String, column: Option<usize>) {
        let Some(at) = self.mapped_rows(table) else { return };
        let published = Arc::clone(&self.published);
        let plan = published.plan();
        let Some(held) = plan.table_of(&self.mapping.rows[at]) else { return };
        let named = column.map(|column| match held.columns.get(column).and_then(|held| held.role) {
            Some(role) if held.column_named(role.code()) == Ok(column) => role.code().to_owned(),
            _ => held.heading(column),
        });
        let rows = &mut self.mapping.rows[at];
        rows.proposed = false;
        match named {
            Some(name) => _ = rows.columns.insert(letters, name),
            None => _ = rows.columns.remove(&letters),
        }
    }
}
