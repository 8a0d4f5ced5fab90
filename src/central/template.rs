//! A form as those read it who fill it in: its inputs with their labels and limits, its checks, the name it asks for. Fills in nothing.

use std::collections::{BTreeSet, HashMap};

use super::{
    checks::{self, Check},
    file_name::NamePattern,
    labels::{Around, Labels},
    limits::{Limit, limit_in, says_percent, says_thousands},
    open_cells::{self, is_placeholder},
};
use crate::{
    model::{in_plain_form, place_of},
    workbook::patch::form::{Form, FormValue, Trial, ValidationKind},
};

/// The most inputs of a form.
const MOST_INPUTS: usize = 20_000;

/// What a cell is asked to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Takes {
    /// One of a list.
    Choice,
    Number,
    Day,
    Words,
    /// Whatever is typed.
    Anything,
}

/// A cell that is to be filled in.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Input {
    /// Such as `Progress!E8`.
    pub place: String,
    /// What it is called, in the form's own words.
    pub label: String,
    pub takes: Takes,
    pub limit: Option<Limit>,
    /// What stands in it; empty where nothing does, or what only holds a place.
    pub holds: String,
    /// The check that it explains, by its place.
    pub explains: Option<String>,
    pub(super) sheet: usize,
    pub(super) cell: (u32, u32),
    pub(super) labels: Labels,
    /// Whether its label says that thousands of pounds are counted, or its sheet does of all money.
    pub(super) thousands: bool,
    pub(super) sheet_thousands: bool,
    pub(super) percent: bool,
    /// Whether a validation says what it takes.
    pub(super) ruled: bool,
    pub(super) format: std::sync::Arc<str>,
}

/// Rows of inputs of the same columns, one below the other.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct InputTable {
    pub sheet: String,
    /// Zero-based, both included.
    pub rows: (u32, u32),
    /// The columns of its inputs with their headings.
    pub columns: Vec<(u32, String)>,
    pub(super) at: usize,
}

/// A form.
#[derive(Clone, Debug)]
pub(crate) struct Template {
    pub(crate) form: Form,
    /// In reading order, sheet by sheet.
    pub inputs: Vec<Input>,
    pub tables: Vec<InputTable>,
    pub name: Option<NamePattern>,
    by_place: HashMap<(usize, u32, u32), usize>,
    open: Vec<BTreeSet<(u32, u32)>>,
    /// The input that asks for the explanations of all checks.
    general: Option<(usize, (u32, u32))>,
}

impl Input {
    /// What it takes, with its limit: `words, at most 250 words`.
    pub(crate) fn takes_words(&self) -> String {
        let takes = match self.takes {
            Takes::Choice => "a choice from its list",
            Takes::Number if self.thousands => "a number, in £000",
            Takes::Number => "a number",
            Takes::Day => "a day",
            Takes::Words => "words",
            Takes::Anything => "anything",
        };
        self.limit.map_or_else(|| takes.to_owned(), |limit| format!("{takes}, {}", limit.words()))
    }
}

impl Template {
    /// Reads a form for what is to be filled in.
    pub(crate) fn of(form: Form) -> Self {
        let colour = open_cells::input_colour(&form);
        let open: Vec<BTreeSet<(u32, u32)>> =
            form.sheets.iter().enumerate().map(|(at, sheet)| open_cells::of_sheet(&form, at, sheet, colour)).collect();
        let checks = checks::all(&form, &open);
        let explains: HashMap<&str, &str> =
            checks.iter().filter_map(|check| Some((check.explained_in.as_ref()?.0.as_str(), check.place.as_str()))).collect();
        let mut inputs = Vec::new();
        for (at, sheet) in form.sheets.iter().enumerate() {
            let around = Around { form: &form, at, sheet, open: &open[at] };
            let sheet_thousands = says_thousands_of_all(&form, at);
            let cells = open[at].iter().filter(|place| !is_spare(&around, **place));
            inputs.extend(cells.take(MOST_INPUTS.saturating_sub(inputs.len())).map(|place| {
                let mut input = input(&around, *place, sheet_thousands);
                input.explains = explains.get(input.place.as_str()).map(|check| (*check).to_owned());
                input
            }));
        }
        let asks = |input: &&mut Input| input.explains.is_none() && checks::asks_for_all(&input.labels);
        let general = inputs.iter_mut().find(asks).filter(|_| checks.iter().any(|check| check.explained_in.is_none()));
        let general = general.map(|input| {
            input.explains = Some("all checks".to_owned());
            (input.sheet, input.cell)
        });
        let by_place = inputs.iter().enumerate().map(|(at, input)| ((input.sheet, input.cell.0, input.cell.1), at)).collect();
        let (tables, name) = (tables(&form, &inputs), NamePattern::of(&form));
        Self { inputs, tables, name, by_place, open, general, form }
    }

    /// The input at a place.
    pub(crate) fn input(&self, sheet: usize, (row, column): (u32, u32)) -> Option<&Input> {
        self.by_place.get(&(sheet, row, column)).map(|at| &self.inputs[*at])
    }

    /// The input at a place as it is written: `Progress!E8`, `'Sign off'!$B$3`.
    pub(crate) fn input_at(&self, place: &str) -> Option<&Input> {
        let (sheet, cell) = place.rsplit_once('!')?;
        let bare = sheet.strip_prefix('\'').and_then(|sheet| sheet.strip_suffix('\''));
        let name = bare.map_or_else(|| sheet.to_owned(), |sheet| sheet.replace("''", "'"));
        let (row, column) = crate::workbook::cell_at(cell)?;
        self.input(self.form.sheet(&name)?.0, (row, u32::from(column)))
    }

    /// The checks as they are with other values in some cells: sheet, row, column, value.
    pub(super) fn checks_with(&self, values: &[(usize, u32, u32, FormValue)], progress: &dyn Fn() -> bool) -> Vec<Check> {
        let form = Trial::of(&self.form, values, progress).into_form(&self.form);
        let mut checks = checks::all(&form, &self.open);
        let general = self.general.map(|(sheet, cell)| (place_of(&form.sheets[sheet].name, cell.0, cell.1), form.text(sheet, cell)));
        checks::share(&mut checks, general.as_ref());
        checks
    }

    /// Whether a colour can warn of a cell: it is not the one that its makers gave it, and no choice from a list, which may be a rating.
    pub(crate) fn can_warn(&self, sheet: &str, place: (u32, u32), text: &str, fill: Option<u32>) -> bool {
        let Some((at, held)) = self.form.sheet(sheet) else { return false };
        let cell = held.cells.get(&place);
        let own = cell.and_then(|cell| self.form.look(cell)?.fill);
        let of_formula = cell.is_some_and(|cell| cell.formula.is_some()) && crate::model::Status::parse(text).is_none();
        own != fill && (of_formula || self.input(at, place).is_some_and(|input| text.is_empty() || input.takes != Takes::Choice))
    }

    /// The names of its sheets that are in sight.
    pub(crate) fn sheets(&self) -> Vec<String> {
        self.form.sheets.iter().filter(|sheet| !sheet.hidden).map(|sheet| sheet.name.clone()).collect()
    }
}

/// Whether a cell is open and asks for nothing: it has no words around it, no list and no colour.
fn is_spare(around: &Around<'_>, place: (u32, u32)) -> bool {
    let cell = around.sheet.cells.get(&place);
    let filled = cell.is_some_and(|cell| cell.value != FormValue::Blank || around.form.look(cell).is_some_and(|look| look.fill.is_some()));
    if filled || around.sheet.validation(place).is_some() {
        return false;
    }
    let labels = around.of(place);
    labels.left.is_empty() && labels.above.is_empty()
}

fn input(around: &Around<'_>, place: (u32, u32), sheet_thousands: bool) -> Input {
    let Around { form, at, sheet, .. } = around;
    let labels = around.of(place);
    let look = sheet.cells.get(&place).and_then(|cell| form.look(cell));
    let format = look.map_or_else(|| crate::model::General.into(), |look| look.format.clone());
    let text = form.text(*at, place);
    let rule = sheet.validation(place);
    let is_day = crate::model::is_date_format(&format);
    let takes = match rule.map(|rule| rule.kind) {
        Some(ValidationKind::List) => Takes::Choice,
        Some(ValidationKind::Whole | ValidationKind::Decimal) => Takes::Number,
        Some(ValidationKind::Date) => Takes::Day,
        Some(ValidationKind::TextLength) => Takes::Words,
        _ if is_day => Takes::Day,
        _ if &*format == "@" => Takes::Words,
        _ if format.contains(['0', '#']) => Takes::Number,
        _ => Takes::Anything,
    };
    let said = [sheet.prompt(place), rule.map(|rule| rule.error.as_str())];
    // A limit stands in the words that are nearest: of a prompt, what holds the place, beside it, then its labels.
    let nearest = said.into_iter().flatten().chain(is_placeholder(&text).then_some(text.as_str()));
    let near: Vec<&str> = nearest.chain(labels.beside.iter().map(String::as_str)).collect();
    let own = labels.left.iter().take(2).chain(&labels.above).map(String::as_str);
    let limit = matches!(takes, Takes::Words | Takes::Anything).then(|| near.into_iter().chain(own).find_map(limit_in)).flatten();
    let named = || labels.left.iter().take(2).chain(&labels.above);
    Input {
        place: place_of(&sheet.name, place.0, place.1),
        label: labels.name(),
        takes,
        limit,
        holds: if is_placeholder(&text) { String::new() } else { text },
        explains: None,
        sheet: *at,
        cell: place,
        thousands: named().any(|words| says_thousands(words)) || said.into_iter().flatten().any(says_thousands),
        sheet_thousands,
        ruled: rule.is_some(),
        percent: format.contains('%') || named().any(|words| says_percent(words)),
        format,
        labels,
    }
}

/// Whether a sheet, or the form's guidance, says that all money is counted in thousands.
fn says_thousands_of_all(form: &Form, at: usize) -> bool {
    let says = |sheet: usize| {
        let cells = form.sheets[sheet].cells.values().filter(|cell| matches!(cell.value, FormValue::Text(_)));
        cells.map(|cell| in_plain_form(&form.shown(cell))).any(|text| {
            let all = [
                "all figures",
                "all financial",
                "figures in",
                "figures are in",
                "amounts in",
                "enter in",
                "round to",
                "rounded to",
                "all data",
            ];
            says_thousands(&text) && all.iter().any(|words| text.contains(words))
        })
    };
    let guidance = |name: &str| {
        let name = in_plain_form(name);
        ["guid", "note", "intro", "instruct", "start", "cover", "read"].iter().any(|word| name.contains(word))
    };
    says(at) || (0..form.sheets.len()).any(|sheet| !form.sheets[sheet].hidden && guidance(&form.sheets[sheet].name) && says(sheet))
}

/// The rows of inputs that stand below each other in the same columns, at least two columns wide and two rows high.
fn tables(form: &Form, inputs: &[Input]) -> Vec<InputTable> {
    let mut rows: Vec<(usize, u32, Vec<&Input>)> = Vec::new();
    for input in inputs.iter().filter(|input| input.explains.is_none()) {
        match rows.iter_mut().rev().take(1).find(|(sheet, row, _)| (*sheet, *row) == (input.sheet, input.cell.0)) {
            Some((.., row)) => row.push(input),
            None => rows.push((input.sheet, input.cell.0, vec![input])),
        }
    }
    let columns = |row: &[&Input]| row.iter().map(|input| input.cell.1).collect::<Vec<u32>>();
    let goes_on = |above: &(usize, u32, Vec<&Input>), below: &(usize, u32, Vec<&Input>)| {
        above.0 == below.0 && above.1 + 1 == below.1 && columns(&above.2) == columns(&below.2) && headings(&above.2) == headings(&below.2)
    };
    let runs = rows
        .chunk_by(goes_on)
        .filter(|run| run.len() >= 2 && run[0].2.len() >= 2 && run[0].2.iter().all(|input| !input.labels.above.is_empty()));
    runs.map(|run| {
        let columns = run[0].2.iter().map(|input| (input.cell.1, input.labels.above[0].clone())).collect();
        let sheet = form.sheets[run[0].0].name.clone();
        InputTable { sheet, rows: (run[0].1, run[run.len() - 1].1), columns, at: run[0].0 }
    })
    .collect()
}

fn headings<'a>(row: &[&'a Input]) -> Vec<&'a str> {
    row.iter().map(|input| input.labels.above.first().map_or("", String::as_str)).collect()
}
