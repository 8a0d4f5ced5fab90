//! A table of the plan as a published one: sections and groups as columns, a row a line, what was merged repeated. Writes no cell.

use super::{
    cells, holds,
    notes::{About, Notes},
    one_line,
    sheet::{NOT_APPLICABLE, Sheet, is_blank, text},
};
use crate::{
    insight::{KpiStanding, Report},
    model::{Cell, Field, Role, Row, RowId, RowKind, Table, TableKind, Value, listed},
    returns::list::owned,
    workbook::Content,
};

/// The heading of the column of groups, and of a section's words without a label.
const GROUP: &str = "Group";
const SECTION: &str = "Section";

/// Whether a table has anything to publish.
pub(super) fn is_worth_a_sheet(table: &Table) -> bool {
    !table.columns.is_empty() || !table.rows.is_empty()
}

/// The sheet of a table.
pub(super) fn sheet<'doc>(report: &Report<'doc>, table: &'doc Table, (name, title): (String, String), notes: &mut Notes) -> Sheet<'doc> {
    let mut sheet = Sheet::new(name, title);
    sheet.holds = format!("{}: {}", one_line(table.title()), holds(report, table));
    let as_at = report.as_at();
    let when = if as_at.is_empty() { String::new() } else { format!(", as at {as_at}") };
    sheet.say(format!("This sheet holds one table: {}{when}.", holds(report, table)));
    let mut above = Above::of(table);
    let kpis = Kpis::of(report, table);
    let owners = (0..table.columns.len()).map(|at| one_line(&table.heading(at)));
    let headings: Vec<String> = above.headings().chain(owners).chain(kpis.headings(notes)).collect();
    let width = above.width();
    sheet.headings(headings);
    for row in table.rows.iter() {
        match row.kind {
            RowKind::Section => {
                sheet.rows.extend(above.flush(table, &kpis));
                above.open_section(row);
            }
            RowKind::Group => above.open_group(table, row, &mut sheet.rows, &kpis),
            RowKind::Entry | RowKind::Line | RowKind::Total => {
                let before = sheet.rows.last().map(|cells| &cells[width..width + table.columns.len()]);
                let own = line(table, row, before);
                if own.iter().any(|content| !is_blank(content)) {
                    let heads = if row.kind == RowKind::Total { above.none() } else { above.cells() };
                    sheet.rows.push(heads.into_iter().chain(own).chain(kpis.cells(row)).collect());
                }
            }
        }
    }
    sheet.rows.extend(above.flush(table, &kpis));
    let dropped: Vec<String> = sheet.drop_blank_columns().into_iter().map(|heading| format!("“{heading}”")).collect();
    if !dropped.is_empty() && !sheet.rows.is_empty() {
        sheet.say(format!("Left out, as nothing is recorded in them: {}.", listed(&dropped)));
    }
    sheet
}

/// The cells of a row; what is merged, and what a further line of an action does not say anew, is repeated from the row above.
fn line<'doc>(table: &'doc Table, row: &'doc Row, before: Option<&[Content<'doc>]>) -> Vec<Content<'doc>> {
    let above = |at: usize| before.and_then(|cells| cells.get(at)).cloned().unwrap_or(Content::Blank);
    let cell = |(at, column): (usize, &'doc crate::model::Column)| {
        let Some(cell) = row.cells.get(at) else { return Content::Blank };
        let goes_on = row.kind == RowKind::Line && is_of_whole_action(column.role);
        match cell.value {
            Value::Merged => above(at),
            Value::Blank if goes_on => above(at),
            _ => cells::of(cell, column),
        }
    };
    table.columns.iter().enumerate().map(|(at, column)| cell((at, column))).collect()
}

/// Whether what stands in a column of a role holds for all lines of an action.
fn is_of_whole_action(role: Option<Role>) -> bool {
    let whole = [Role::Ref, Role::Theme, Role::Action, Role::Kpi, Role::Start, Role::End, Role::EarlierEnd, Role::Lead, Role::Priority];
    role.is_some_and(|role| whole.contains(&role))
}

/// The sections and groups that a row stands below, as columns before its own.
struct Above<'doc> {
    /// The labels of the sections' words, in the order they are met.
    labels: Vec<String>,
    has_groups: bool,
    section: Vec<Content<'doc>>,
    /// The groups that are open, the outer first, each with how deep its ref is.
    groups: Vec<(usize, String)>,
    /// Whether no row stands below the last of them yet.
    pending: bool,
}

impl<'doc> Above<'doc> {
    fn of(table: &'doc Table) -> Self {
        let mut labels: Vec<String> = Vec::new();
        for field in table.rows.iter().filter(|row| row.kind == RowKind::Section).flat_map(|row| words(row)) {
            let label = label(field);
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
        let loose = table.rows.iter().any(|row| row.kind == RowKind::Section && words(row).next().is_none());
        if loose && labels.is_empty() {
            labels.push(SECTION.to_owned());
        }
        let has_groups = table.rows.iter().any(|row| row.kind == RowKind::Group);
        Self { labels, has_groups, section: Vec::new(), groups: Vec::new(), pending: false }
    }

    fn width(&self) -> usize {
        self.labels.len() + usize::from(self.has_groups)
    }

    fn headings(&self) -> impl Iterator<Item = String> {
        self.labels.iter().cloned().chain(self.has_groups.then(|| GROUP.to_owned())).collect::<Vec<_>>().into_iter()
    }

    /// What stands before a row that is below none of them.
    fn none(&self) -> Vec<Content<'doc>> {
        vec![text(NOT_APPLICABLE); self.width()]
    }

    /// What stands before a row now, which is below them.
    fn cells(&mut self) -> Vec<Content<'doc>> {
        self.pending = false;
        self.named()
    }

    fn named(&self) -> Vec<Content<'doc>> {
        let mut cells = self.section.clone();
        cells.resize(self.labels.len(), text(NOT_APPLICABLE));
        if self.has_groups {
            let groups: Vec<&str> = self.groups.iter().map(|(_, words)| words.as_str()).collect();
            cells.push(if groups.is_empty() { text(NOT_APPLICABLE) } else { owned(groups.join("; ")) });
        }
        cells
    }

    /// A row of its own for headings that nothing stands below.
    fn flush(&mut self, table: &Table, kpis: &Kpis<'_>) -> Option<Vec<Content<'doc>>> {
        if !std::mem::take(&mut self.pending) {
            return None;
        }
        let rest = table.columns.len() + kpis.width();
        Some(self.named().into_iter().chain(std::iter::repeat_n(text(NOT_APPLICABLE), rest)).collect())
    }

    fn open_section(&mut self, row: &'doc Row) {
        self.groups.clear();
        self.section = vec![text(NOT_APPLICABLE); self.labels.len()];
        let mut said: Vec<(usize, Vec<Content<'doc>>)> = Vec::new();
        for field in words(row) {
            let Some(at) = self.labels.iter().position(|label| *label == self::label(field)) else { continue };
            match said.iter_mut().find(|(held, _)| *held == at) {
                Some((_, all)) => all.push(cells::of_field(&field.cell)),
                None => said.push((at, vec![cells::of_field(&field.cell)])),
            }
        }
        for (at, mut all) in said {
            // A label that is there twice has its words one after the other.
            self.section[at] =
                if all.len() == 1 { all.remove(0) } else { owned(all.iter().filter_map(shown).collect::<Vec<_>>().join("; ")) };
        }
        if words(row).next().is_none()
            && let Some(first) = self.section.first_mut()
        {
            *first = owned(row.cells.iter().map(|cell| cell.text.trim()).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" "));
        }
        self.pending = true;
    }

    fn open_group(&mut self, table: &'doc Table, row: &'doc Row, rows: &mut Vec<Vec<Content<'doc>>>, kpis: &Kpis<'_>) {
        let depth = depth(table, row);
        // A heading right below another that is less deep is within it.
        let within = self.groups.last().is_some_and(|(outer, _)| *outer < depth);
        if self.pending && !within && !self.groups.is_empty() {
            rows.extend(self.flush(table, kpis));
        }
        self.groups.retain(|(outer, _)| *outer < depth);
        self.groups.push((depth, group_words(table, row)));
        self.pending = true;
    }
}

/// The words of a section that are filled.
fn words(row: &Row) -> impl Iterator<Item = &Field> {
    row.fields.iter().filter(|field| !field.cell.is_blank())
}

fn label(field: &Field) -> String {
    let label = one_line(field.label.trim().trim_end_matches(':'));
    if label.is_empty() { SECTION.to_owned() } else { label }
}

/// How deep a group is, by the numbers of its ref: 1 for `1`, 2 for `1.1`.
fn depth(table: &Table, row: &Row) -> usize {
    let reference =
        table.cell(row, Role::Ref).or_else(|| row.cells.iter().find(|cell| !cell.is_blank())).map_or("", |cell| cell.text.trim());
    let number = reference.split_whitespace().next().unwrap_or("");
    number.split('.').filter(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit())).count().max(1)
}

/// The words of a group: its ref and its name, then whatever else its row holds, each below its heading.
fn group_words(table: &Table, row: &Row) -> String {
    let name = [Role::Ref, Role::Action, Role::Theme, Role::Kpi];
    let filled = || row.cells.iter().zip(&table.columns).enumerate().filter(|(_, (cell, _))| !cell.is_blank());
    let is_name = |at: usize, role: Option<Role>| at == 0 || role.is_some_and(|role| name.contains(&role));
    let shown = |cell: &Cell, column| shown(&cells::of(cell, column)).unwrap_or_default();
    let first = filled().filter(|(at, (_, column))| is_name(*at, column.role)).map(|(_, (cell, column))| shown(cell, column));
    let first: Vec<String> = first.collect();
    let rest = filled().filter(|(at, (_, column))| !is_name(*at, column.role));
    let rest =
        rest.map(
            |(at, (cell, column))| {
                if first.is_empty() { shown(cell, column) } else { format!("{}: {}", one_line(&table.heading(at)), shown(cell, column)) }
            },
        );
    std::iter::once(first.join(" ")).filter(|first| !first.is_empty()).chain(rest).collect::<Vec<_>>().join("; ")
}

/// What a cell shows, in words.
fn shown(content: &Content<'_>) -> Option<String> {
    match content {
        Content::Text(text) => Some(one_line(text)),
        Content::Owned(text) | Content::Link { text, .. } => Some(one_line(text)),
        Content::Stored(stored) => Some(crate::model::show_number(stored.number, &stored.format)),
        Content::Formula { .. } | Content::Blank => None,
    }
}

/// What is worked out for the KPIs of a table, as columns behind its own.
struct Kpis<'report> {
    standings: std::collections::HashMap<RowId, &'report KpiStanding>,
}

impl<'report> Kpis<'report> {
    fn of(report: &'report Report<'_>, table: &Table) -> Self {
        let of_table = report.kpis.iter().filter(|kpi| table.kind == TableKind::Kpi && kpi.place.table == Some(table.id));
        Self { standings: of_table.filter_map(|kpi| Some((kpi.place.row?, kpi))).collect() }
    }

    fn width(&self) -> usize {
        if self.standings.is_empty() { 0 } else { 4 }
    }

    fn headings(&self, notes: &mut Notes) -> Vec<String> {
        if self.standings.is_empty() {
            return Vec::new();
        }
        let refs = notes.refer(|about| matches!(about, About::Ratings | About::Assumed | About::NotRated));
        let rating = format!("Rating worked out {refs}");
        vec![rating, "Reason for the rating".to_owned(), "Earlier figure".to_owned(), "Change since the earlier figure".to_owned()]
    }

    fn cells<'doc>(&self, row: &Row) -> Vec<Content<'doc>> {
        if self.standings.is_empty() {
            return Vec::new();
        }
        let Some(kpi) = self.standings.get(&row.id) else { return vec![text(NOT_APPLICABLE); 4] };
        let since = one_line(&kpi.since);
        let earlier =
            if kpi.previous.is_empty() || since.is_empty() { kpi.previous.clone() } else { format!("{} ({since})", kpi.previous) };
        vec![text(kpi.rated.rating.word()), owned(kpi.rated.why.clone()), owned(earlier), text(kpi.travel.word())]
    }
}
