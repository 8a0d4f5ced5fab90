//! The same indicators once a period, one below the other or a sheet each: the latest with figures counts; the others are marked as left out.

use std::collections::HashMap;

use super::{
    order::{Order, order},
    outline::{Heading, LeftOut, Outline, Sameness, grid_of},
    set_aside::is_total_alone,
    words::same_heading,
};
use crate::{
    model::{Role, TableKind, in_plain_form},
    workbook::{RawCell, RawRow, RawSheet},
};

/// The most tables of a workbook that are compared.
const MOST: usize = 100;
/// How many rows of each are looked at; a longer table is not cut.
const ROWS: usize = 3_000;
/// The most periods that stand one below the other.
const PARTS: usize = 60;
/// The fewest indicators that two periods share.
const LEAST: usize = 2;
/// The longest banner that names a period, in bytes.
const LONGEST: usize = 80;
/// How many lone texts above a table may name its period.
const ABOVE: usize = 12;

/// Cuts tables of indicators that stand one below the other, a period each, and marks all but the latest of each.
pub(super) fn mark(outlines: &mut Vec<Outline>, grids: &[RawSheet]) {
    let may_repeat = |outline: &Outline| {
        outline.kind == TableKind::Kpi && outline.key.is_none() && outline.turned.is_empty() && outline.column_of(Role::Kpi).is_some()
    };
    if !outlines.iter().any(may_repeat) {
        return;
    }
    let mut cut = Vec::with_capacity(outlines.len());
    for outline in std::mem::take(outlines) {
        let grid = grid_of(&outline, grids).filter(|_| may_repeat(&outline));
        match grid.and_then(|grid| parts(grid, &outline)) {
            Some(parts) => cut.extend(parts),
            None => cut.push(outline),
        }
    }
    *outlines = cut;
    let places = (0..outlines.len()).filter(|&at| may_repeat(&outlines[at])).take(MOST);
    let tables: Vec<Table<'_>> = places.filter_map(|at| Table::of(at, &outlines[at], grid_of(&outlines[at], grids)?)).collect();
    let found: Vec<(usize, LeftOut)> = groups(&tables).iter().flat_map(|group| left_out(group)).collect();
    for (at, why) in found {
        outlines[at].left_out = Some(why);
    }
}

/// The rows of a table in which an indicator stands once a period, each with the period beside it: all but the latest of each indicator
/// that holds figures.
pub(super) fn earlier_rows(grid: &RawSheet, outline: &Outline) -> Vec<u32> {
    if outline.kind != TableKind::Kpi || outline.key.is_some() {
        return Vec::new();
    }
    let lines = lines(grid, outline);
    let Some(column) = column_of_times(outline, &lines).filter(|_| !is_long(grid, outline)) else { return Vec::new() };
    let name = outline.column_of(Role::Kpi).unwrap_or(0);
    let figures = columns_of_figures(outline, column);
    let is_filled = |row: &RawRow| figures.iter().any(|column| row.cell(*column).is_some());
    let mut held: HashMap<String, Vec<(bool, Order, u32)>> = HashMap::new();
    for row in &lines {
        let Some(order) = time(row.text(column)) else { return Vec::new() };
        held.entry(in_plain_form(row.text(name))).or_default().push((is_filled(row), order, row.row));
    }
    let one_sort = |rows: &[(bool, Order, u32)]| rows.iter().all(|(_, order, _)| order.is_of_the_sort_of(rows[0].1));
    let once = |rows: &[(bool, Order, u32)]| (1..rows.len()).all(|at| rows[..at].iter().all(|(_, order, _)| *order != rows[at].1));
    let several = held.values().filter(|rows| rows.len() > 1).count();
    let told =
        several >= LEAST && several * 2 > held.len() && held.values().all(|rows| rows.len() <= PARTS && one_sort(rows) && once(rows));
    if !told {
        return Vec::new();
    }
    let mut earlier = Vec::new();
    for rows in held.values() {
        let latest = rows.iter().max_by_key(|(filled, order, _)| (*filled, *order)).map(|(.., row)| *row);
        earlier.extend(rows.iter().map(|(.., row)| *row).filter(|row| Some(*row) != latest));
    }
    earlier
}

/// The columns of a table that hold figures and ratings, but for one.
fn columns_of_figures(outline: &Outline, but: u16) -> Vec<u16> {
    let roles = [Role::Current, Role::Period, Role::Rating, Role::Status];
    let figures = outline.columns.iter().filter(|heading| heading.role.is_some_and(|role| roles.contains(&role)));
    figures.map(|heading| heading.column).filter(|column| *column != but).collect()
}

/// A table of indicators of one period.
struct Table<'grid> {
    at: usize,
    /// What its period is called: its banner, or its sheet.
    called: &'grid str,
    order: Order,
    /// The plain names of its indicators with their refs.
    names: HashMap<String, &'grid str>,
    /// Whether it holds figures or ratings.
    filled: bool,
}

impl<'grid> Table<'grid> {
    fn of(at: usize, outline: &Outline, grid: &'grid RawSheet) -> Option<Self> {
        let lines = lines(grid, outline);
        let (called, order) = time_above(grid, outline, lines.first()?.row)
            .or_else(|| time_beside(outline, &lines))
            .or_else(|| time_headed(outline, grid))
            .or_else(|| order(&grid.sheet).map(|order| (&*grid.sheet, order)))?;
        let figures = columns_of_figures(outline, u16::MAX);
        let filled = lines.iter().any(|row| figures.iter().any(|column| row.cell(*column).is_some()));
        Some(Self { at, called, order, names: names(outline, &lines), filled })
    }

    /// How many of its indicators another table has too.
    fn shared(&self, other: &Self) -> usize {
        let (fewer, more) = if self.names.len() <= other.names.len() { (self, other) } else { (other, self) };
        fewer.names.keys().filter(|name| more.names.contains_key(*name)).count()
    }
}

/// Whether a table has more rows than are looked at.
fn is_long(grid: &RawSheet, outline: &Outline) -> bool {
    let position = |row: u32| grid.rows.partition_point(|held| held.row < row);
    position(outline.last.0.saturating_add(1)).saturating_sub(position(outline.body())) >= ROWS
}

/// The rows of indicators of a table.
fn lines<'grid>(grid: &'grid RawSheet, outline: &Outline) -> Vec<&'grid RawRow> {
    let Some(name) = outline.column_of(Role::Kpi) else { return Vec::new() };
    let from = grid.rows.partition_point(|row| row.row < outline.body());
    let rows = grid.rows[from..].iter().take(ROWS).take_while(|row| row.row <= outline.last.0);
    let own = |row: &&RawRow| row.cells.len() > 1 && row.cell(name).is_some_and(|cell| !is_total_alone(&cell.text));
    rows.filter(own).filter(|row| !heads(outline, row)).collect()
}

fn names<'grid>(outline: &Outline, lines: &[&'grid RawRow]) -> HashMap<String, &'grid str> {
    let (name, reference) = (outline.column_of(Role::Kpi).unwrap_or(0), outline.column_of(Role::Ref));
    lines.iter().map(|row| (in_plain_form(row.text(name)), reference.map_or("", |column| row.text(column)))).collect()
}

/// Whether a row says the headings of a table again.
fn heads(outline: &Outline, row: &RawRow) -> bool {
    let says = |cell: &RawCell| {
        let heading = outline.columns.iter().find(|heading| heading.column == cell.column);
        heading.is_some_and(|heading| {
            heading.words.split(": ").any(|words| same_heading(words, &cell.text)) || same_heading(&heading.words, &cell.text)
        })
    };
    let own = || row.cells.iter().filter(|cell| (outline.first.1..=outline.last.1).contains(&cell.column));
    own().nth(1).is_some() && own().all(says)
}

/// The time that a text names, where it is short enough for a banner.
fn time(text: &str) -> Option<Order> {
    if text.len() <= LONGEST { order(text) } else { None }
}

/// The period named by a lone text above the first row of indicators, the nearest first.
fn time_above<'grid>(grid: &'grid RawSheet, outline: &Outline, first: u32) -> Option<(&'grid str, Order)> {
    let above = grid.rows.partition_point(|row| row.row < outline.above)..grid.rows.partition_point(|row| row.row < first);
    let lone = grid.rows[above].iter().rev().take(ABOVE).filter(|row| row.cells.len() <= 2);
    lone.flat_map(|row| &row.cells).find_map(|cell| Some((&*cell.text, time(&cell.text)?)))
}

/// The period that every row of a table names in one of its columns.
fn time_beside<'grid>(outline: &Outline, lines: &[&'grid RawRow]) -> Option<(&'grid str, Order)> {
    let column = column_of_times(outline, lines)?;
    let first = lines.first()?.text(column);
    lines.iter().all(|row| row.text(column) == first).then_some(())?;
    Some((first, time(first)?))
}

/// The period that the heading over its only column of figures names.
fn time_headed<'grid>(outline: &Outline, grid: &'grid RawSheet) -> Option<(&'grid str, Order)> {
    let mut figures = outline.columns.iter().filter(|heading| matches!(heading.role, Some(Role::Current | Role::Period)));
    let (column, None) = (figures.next()?.column, figures.next()) else { return None };
    let (_, last) = outline.header?;
    let text = grid.position(last).map(|at| grid.rows[at].text(column))?;
    Some((text, time(text)?))
}

/// The column in which every row names a period, among those before the figures.
fn column_of_times(outline: &Outline, lines: &[&RawRow]) -> Option<u16> {
    let free = |heading: &&Heading| matches!(heading.role, None | Some(Role::Theme | Role::Period)) && !heading.words.is_empty();
    let mut columns = outline.columns.iter().filter(free).map(|heading| heading.column);
    columns.find(|&column| !lines.is_empty() && lines.iter().all(|row| row.cell(column).is_some_and(|cell| time(&cell.text).is_some())))
}

/// The same indicators one below the other as a table each, where each is told by its period; `None` for any other table.
fn parts(grid: &RawSheet, outline: &Outline) -> Option<Vec<Outline>> {
    let lines = lines(grid, outline);
    if lines.len() < LEAST * 2 || is_long(grid, outline) {
        return None;
    }
    let starts = banners(grid, outline, &lines).or_else(|| turns(outline, &lines))?;
    let ends = starts.iter().skip(1).map(|start| start - 1).chain([outline.last.0]);
    let parts: Vec<Outline> =
        starts.iter().zip(ends).enumerate().map(|(at, (&start, end))| part(grid, outline, (at, start, end))).collect();
    let tables: Vec<Table<'_>> = parts.iter().enumerate().filter_map(|(at, part)| Table::of(at, part, grid)).collect();
    let one = tables.len() == parts.len() && matches!(&groups(&tables)[..], [group] if group.len() == tables.len());
    one.then_some(parts)
}

/// The rows of the banners that name a period each, over the indicators of each.
fn banners(grid: &RawSheet, outline: &Outline, lines: &[&RawRow]) -> Option<Vec<u32>> {
    let from = grid.rows.partition_point(|row| row.row < outline.above);
    let rows = grid.rows[from..].iter().take(ROWS).take_while(|row| row.row <= outline.last.0);
    let named = |row: &&RawRow| row.cells.len() <= 2 && row.cells.iter().any(|cell| time(&cell.text).is_some());
    let mut starts: Vec<u32> = Vec::new();
    for row in rows.filter(named) {
        // Of two banners with no row of indicators between them the lower one is nearer.
        let between = |start: u32| lines.iter().any(|line| (start..row.row).contains(&line.row));
        match starts.last_mut() {
            Some(last) if !between(*last) => *last = row.row,
            _ => starts.push(row.row),
        }
    }
    let first = lines.first()?.row;
    ((2..=PARTS).contains(&starts.len()) && starts[0] < first).then_some(starts)
}

/// The rows at which another period begins in the column that names it.
fn turns(outline: &Outline, lines: &[&RawRow]) -> Option<Vec<u32>> {
    let column = column_of_times(outline, lines)?;
    let mut starts: Vec<u32> = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for row in lines {
        let text = row.text(column);
        if seen.last() != Some(&text) {
            if seen.contains(&text) || seen.len() >= PARTS {
                return None;
            }
            seen.push(text);
            starts.push(row.row);
        }
    }
    (starts.len() >= 2).then_some(starts)
}

/// One period of a table: the first keeps its headings, which the others have where they say them again.
fn part(grid: &RawSheet, outline: &Outline, (at, start, end): (usize, u32, u32)) -> Outline {
    let from = grid.rows.partition_point(|row| row.row < start);
    let to = grid.rows.partition_point(|row| row.row <= end);
    let rows = &grid.rows[from..to.max(from)];
    let last =
        rows.iter().rev().find(|row| row.cells.iter().any(|cell| outline.columns.iter().any(|heading| heading.column == cell.column)));
    let last = last.map_or(end, |row| row.row);
    if at == 0 {
        // Its banner, like those of the others, is said of it.
        let first = outline.header.map_or(outline.first.0, |(first, _)| if start < first { first } else { outline.first.0 });
        return Outline { first: (first, outline.first.1), last: (last, outline.last.1), ..outline.clone() };
    }
    let banner = rows.first().filter(|row| row.cells.len() <= 2).map(|row| row.row);
    let mut said = rows.iter().filter(|row| heads(outline, row)).map(|row| row.row);
    let header = said.next().map(|first| (first, said.take_while(|row| *row <= first + 1).last().unwrap_or(first)));
    let first = header.map_or_else(|| rows.iter().map(|row| row.row).find(|row| Some(*row) != banner).unwrap_or(start), |(first, _)| first);
    Outline { header, first: (first, outline.first.1), last: (last, outline.last.1), above: start, ..outline.clone() }
}

/// Tables of the same indicators with a period each, all of one sort and no two of the same.
fn groups<'table, 'grid>(tables: &'table [Table<'grid>]) -> Vec<Vec<&'table Table<'grid>>> {
    let mut groups: Vec<Vec<&Table<'_>>> = Vec::new();
    for table in tables.iter().filter(|table| table.names.len() >= LEAST) {
        let like = |group: &&mut Vec<&Table<'_>>| {
            let (first, shared) = (group[0], group[0].shared(table));
            shared >= LEAST && shared * 2 > first.names.len().min(table.names.len()) && first.order.is_of_the_sort_of(table.order)
        };
        // Two of one period are of different places.
        let apart = |group: &&mut Vec<&Table<'_>>| group.iter().all(|other| other.order != table.order);
        match groups.iter_mut().filter(like).find(apart) {
            Some(group) => group.push(table),
            None => groups.push(vec![table]),
        }
    }
    groups.retain(|group| group.len() > 1);
    groups
}

/// Which tables of a group are left out: all but the latest that holds figures.
fn left_out(group: &[&Table<'_>]) -> Vec<(usize, LeftOut)> {
    let filled = group.iter().filter(|table| table.filled).max_by_key(|table| table.order);
    let Some(latest) = filled.or_else(|| group.iter().min_by_key(|table| table.order)) else { return Vec::new() };
    let of = |table: &&&Table<'_>| {
        let why = if table.order < latest.order { Sameness::Earlier } else { Sameness::Ahead };
        let (shared, actions) = (table.shared(latest), table.names.len());
        let left_out = LeftOut { why, of: latest.called.to_owned(), shared, actions, called: Some(table.called.into()) };
        (table.at, left_out)
    };
    group.iter().filter(|table| table.at != latest.at).map(|table| of(&table)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{layouts, workbook};

    const TABLE: &str = "No\tIndicator\tTarget\tActual\nA\tGates mended\t9\t8\nB\tPonds cleared\t4\t5";

    fn counted(sheets: &[(&str, &str)]) -> Vec<String> {
        let grids: Vec<RawSheet> = sheets.iter().map(|(name, text)| workbook::pasted(name, text)).collect();
        let outlines = layouts::outline(&grids);
        let kept = outlines.iter().filter(|outline| outline.left_out.is_none());
        kept.map(|outline| format!("{} {}-{}", outline.sheet, outline.first.0, outline.last.0)).collect()
    }

    #[test]
    fn of_periods_one_below_the_other_the_latest_counts() {
        let stacked = |banners: [&str; 2]| format!("{}\n{TABLE}\n\n{}\n{TABLE}", banners[0], banners[1]);
        assert_eq!(counted(&[("KPIs", &stacked(["Quarter 1", "Quarter 2"]))]), ["KPIs 6-8"]);
        assert_eq!(counted(&[("KPIs", &stacked(["As at 30 June 2026", "As at 31 March 2026"]))]), ["KPIs 1-3"]);
        assert_eq!(counted(&[("KPIs", &stacked(["North", "South"]))]).len(), 1, "places are no periods");
    }

    #[test]
    fn of_a_sheet_a_period_the_latest_with_figures_counts() {
        let blank = TABLE.replace("\t8", "").replace("\t5", "");
        assert_eq!(counted(&[("Q1", TABLE), ("Q2", TABLE), ("Q3", &blank)]), ["Q2 0-2"]);
        assert_eq!(counted(&[("May KPIs", TABLE), ("Apr KPIs", TABLE)]), ["May KPIs 0-2"]);
        assert_eq!(counted(&[("North Q1", TABLE), ("South Q1", TABLE)]).len(), 2);
        let other = TABLE.replace("Gates", "Lamps").replace("Ponds", "Drains");
        assert_eq!(counted(&[("Q1", TABLE), ("Q2", &other)]).len(), 2);
    }
}
