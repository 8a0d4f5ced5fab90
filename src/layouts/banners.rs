//! Which rows of a table are headings over others: sections, groups and the words said of a section. Reads no other cells.

use std::collections::{HashMap, HashSet};

use super::{
    outline::Outline,
    status_legend::is_key_line,
    words::{Opening, is_numbered_section, is_remark, is_total, opening},
};
use crate::{
    model::{Role, TableKind},
    workbook::{RawCell, RawRow, RawSheet},
};

/// What a lone row says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Banner {
    Section,
    Group,
    /// An objective or description of the section above.
    Detail,
}

/// How many rows are asked how they look.
const LOOKED: usize = 2000;
/// The most words of a heading that is told by being short.
const SHORT: usize = 4;
/// More looks than this are decoration.
const MOST_LOOKS: usize = 12;

/// How a banner looks, to tell one level of them from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct RowLook {
    labelled: bool,
    merged: bool,
    bold: bool,
    fill: Option<u32>,
}

/// The banners of a table by their sheet rows. `name` is the column its entries are called by.
pub(super) fn banners(grid: &RawSheet, outline: &Outline, name: u16) -> HashMap<u32, Banner> {
    let from = grid.rows.partition_point(|row| row.row < outline.first.0);
    let rows = grid.rows[from..].iter().take_while(|row| row.row <= outline.last.0);
    let header = |row: &RawRow| outline.header.is_some_and(|(first, last)| (first..=last).contains(&row.row));
    let usual = usual_look(grid, outline, name);
    let merges = Merges::of(grid, name);
    let mut found: Vec<(u32, RowLook, bool)> = Vec::new();
    for row in rows.clone().filter(|row| !header(row)) {
        if let Some((look, detail)) = banner(outline, row, (name, &merges), usual) {
            found.push((row.row, look, detail));
        }
    }
    let refs = outline.column_of(Role::Ref).is_some();
    // Where headings are told by how they look, a plain name alone is an entry, unless all entries have a ref.
    if refs || found.is_empty() {
        let known: HashSet<u32> = found.iter().map(|(row, ..)| *row).collect();
        let alone = alone(grid, outline, name).into_iter().filter(|row| !known.contains(&row.row) && !merges.covers(row.row));
        found.extend(alone.filter_map(|row| {
            let cell = row.cell(name)?;
            Some((row.row, RowLook { labelled: false, merged: false, bold: cell.bold, fill: cell.fill }, false))
        }));
        found.sort_unstable_by_key(|(row, ..)| *row);
    }
    // A plain text in the last row heads nothing.
    let plain = |look: &RowLook| !look.labelled && !look.merged && !look.bold && look.fill.is_none();
    let ends = |row: u32| next_filled(grid, row).is_none_or(|next| next > outline.last.0);
    while found.last().is_some_and(|(row, look, detail)| plain(look) && !detail && ends(*row)) {
        found.pop();
    }
    levels(grid, &found)
}

/// The merges of a sheet, for looking them up by row.
struct Merges {
    /// The last column of each merge within one row, by its first cell.
    wide: HashMap<(u32, u16), u16>,
    /// The merges that reach down over the column of names, as first and last row, in order.
    over_names: Vec<(u32, u32)>,
}

impl Merges {
    fn of(grid: &RawSheet, name: u16) -> Self {
        let wide = grid.merges.iter().filter(|merge| merge.first.0 == merge.last.0).map(|merge| (merge.first, merge.last.1)).collect();
        let tall = grid.merges.iter().filter(|merge| merge.last.0 > merge.first.0 && (merge.first.1..=merge.last.1).contains(&name));
        let mut over_names: Vec<(u32, u32)> = tall.map(|merge| (merge.first.0, merge.last.0)).collect();
        over_names.sort_unstable();
        Self { wide, over_names }
    }

    /// Whether a merge from a row above covers the name in a row.
    fn covers(&self, row: u32) -> bool {
        let at = self.over_names.partition_point(|(first, _)| *first < row);
        self.over_names[..at].last().is_some_and(|(_, last)| row <= *last)
    }
}

/// How the names of the rows look that say more than their name: in bold or not, and in which colour.
pub(super) fn full_looks(grid: &RawSheet, outline: &Outline, name: u16) -> Vec<(bool, Option<u32>)> {
    let from = grid.rows.partition_point(|row| row.row < outline.body());
    let rows = grid.rows[from..].iter().take(LOOKED).take_while(|row| row.row <= outline.last.0);
    let mut looks: Vec<(bool, Option<u32>)> = Vec::new();
    for row in rows.filter(|row| within(row, outline).nth(2).is_some()) {
        let look = row.cell(name).map(|cell| (cell.bold, cell.fill));
        looks.extend(look.filter(|look| !looks.contains(look)));
    }
    looks
}

/// The look of the cells that entries are called by.
fn usual_look(grid: &RawSheet, outline: &Outline, name: u16) -> (bool, Option<u32>) {
    let from = grid.rows.partition_point(|row| row.row < outline.body());
    let rows = grid.rows[from..].iter().take_while(|row| row.row <= outline.last.0).filter(|row| within(row, outline).count() >= 3);
    let looks: Vec<(bool, Option<u32>)> = rows.take(60).filter_map(|row| row.cell(name)).map(|cell| (cell.bold, cell.fill)).collect();
    let bold = looks.iter().filter(|(bold, _)| *bold).count() * 2 > looks.len();
    let filled: Vec<u32> = looks.iter().filter_map(|(_, fill)| *fill).collect();
    let fill = (filled.len() * 2 > looks.len()).then(|| filled[0]);
    (bold, fill)
}

fn within<'row>(row: &'row RawRow, outline: &Outline) -> impl Iterator<Item = &'row RawCell> {
    let (first, last) = (outline.first.1, outline.last.1);
    row.cells.iter().filter(move |cell| (first..=last).contains(&cell.column))
}

/// The look of a row that is a banner, and whether it says something of the section above.
fn banner(outline: &Outline, row: &RawRow, (name, merges): (u16, &Merges), usual: (bool, Option<u32>)) -> Option<(RowLook, bool)> {
    let mut cells = within(row, outline);
    let (cell, more) = (cells.next()?, cells.count());
    if more > 1 || is_total(&cell.text) {
        return None;
    }
    let reach = merges.wide.get(&(row.row, cell.column)).map_or(0, |last| usize::from(last - cell.column) + 1);
    let merged = reach >= 3.max(outline.columns.len() / 2).min(outline.columns.len().max(2));
    let opened = opening(&cell.text);
    let labelled = opened.is_some() || is_numbered_section(&cell.text);
    let look = RowLook { labelled, merged, bold: cell.bold, fill: cell.fill };
    let leads = cell.column <= name;
    if more == 1 {
        // `Approach:` with its words beside it, or `Priority 1` where refs stand with its title where actions do.
        let beside = row.cell(name).is_some() && cell.column < name && labelled;
        return ((opened.is_some() && leads) || beside).then_some((look, matches!(opened, Some((Opening::Detail, ..)))));
    }
    let covered = merges.covers(row.row);
    let remark = (is_remark(&cell.text) && !merged && !cell.bold) || is_key_line(&cell.text);
    if !leads || covered || (remark && !labelled) {
        return None;
    }
    let stands_out = (cell.bold && !usual.0) || (cell.fill.is_some() && cell.fill != usual.1);
    let before_names = cell.column < name && cell.text.chars().count() > 3 && !super::content::is_ref(&cell.text);
    let is = merged || labelled || before_names || stands_out;
    is.then_some((look, matches!(opened, Some((Opening::Detail, ..)))))
}

/// The rows of a plan or of indicators that say a name alone where all others say far more, and that a second sign tells from an entry
/// without details: it has no ref where the others have, a blank row parts it from what is above, or it is far shorter than their names.
fn alone<'grid>(grid: &'grid RawSheet, outline: &Outline, name: u16) -> Vec<&'grid RawRow> {
    if !matches!(outline.kind, TableKind::Plan | TableKind::Kpi) || outline.columns.len() < 4 {
        return Vec::new();
    }
    let from = grid.rows.partition_point(|row| row.row < outline.body());
    let rows = grid.rows[from..].iter().take_while(|row| row.row <= outline.last.0).filter(|row| row.cell(name).is_some());
    let named: Vec<(&RawRow, usize)> = rows.take(LOOKED).map(|row| (row, within(row, outline).count())).collect();
    let (lone, rest): (Vec<_>, Vec<_>) = named.iter().partition(|(_, count)| *count == 1);
    let full = rest.iter().filter(|(_, count)| *count * 2 > outline.columns.len()).count();
    if lone.is_empty() || full < 3 || full < rest.len() {
        return Vec::new();
    }
    let words = |row: &RawRow| row.text(name).split_whitespace().count();
    let average = rest.iter().map(|(row, _)| words(row)).sum::<usize>() / rest.len();
    let reference = outline.column_of(Role::Ref).filter(|reference| *reference != name);
    let refs = reference.is_some_and(|place| rest.iter().filter(|(row, _)| row.cell(place).is_some()).count() * 5 >= rest.len() * 4);
    let follows = |at: usize| at == 0 || named[at].0.row == named[at - 1].0.row + 1;
    let few = lone.len() * 2 <= full;
    let gaps = (0..named.len()).filter(|&at| named[at].1 > 1 && !follows(at)).count();
    let is_heading = |at: usize| {
        let (row, count) = named[at];
        let short = words(row) <= SHORT && words(row) * 2 <= average;
        let last = at + 1 == named.len();
        count == 1 && !last && row.text(name).chars().count() <= 60 && (short || (few && (refs || (gaps * 4 < full && !follows(at)))))
    };
    (0..named.len()).filter(|&at| is_heading(at)).map(|at| named[at].0).collect()
}

/// Tells sections from the groups and descriptions below them by their looks.
fn levels(grid: &RawSheet, found: &[(u32, RowLook, bool)]) -> HashMap<u32, Banner> {
    let mut looks: Vec<RowLook> = Vec::new();
    for (_, look, detail) in found {
        if !detail && looks.len() <= MOST_LOOKS && !looks.contains(look) {
            looks.push(*look);
        }
    }
    let follows = |at: usize| at > 0 && next_filled(grid, found[at - 1].0) == Some(found[at].0);
    let outer = looks.first().copied();
    let count = |look: RowLook| found.iter().filter(|(_, other, detail)| !detail && *other == look).count();
    let each_described = |inner: RowLook| {
        let at: Vec<usize> = (0..found.len()).filter(|&at| found[at].1 == inner && !found[at].2).collect();
        Some(at.len()) == outer.map(count) && at.iter().all(|&at| follows(at) && Some(found[at - 1].1) == outer)
    };
    let nested =
        |look: RowLook| (0..found.len()).any(|at| found[at].1 == look && !found[at].2 && follows(at) && Some(found[at - 1].1) == outer);
    let any_labelled = found.iter().any(|(_, look, detail)| look.labelled && !detail);
    let of = |look: RowLook| match outer {
        Some(outer) if look == outer => Banner::Section,
        // A sheet painted in every colour says nothing by them.
        _ if looks.len() > MOST_LOOKS => Banner::Section,
        // One level may differ from banner to banner in its fill alone.
        Some(outer) if look.labelled == outer.labelled && look.labelled && !nested(look) => Banner::Section,
        Some(_) if !look.labelled && each_described(look) && look.fill.is_none() => Banner::Detail,
        Some(outer) if !nested(look) && look.merged == outer.merged && look.bold == outer.bold && !any_labelled => Banner::Section,
        Some(_) => Banner::Group,
        None => Banner::Section,
    };
    let kinds: Vec<Banner> = looks.iter().map(|look| of(*look)).collect();
    let kind = |look: &RowLook| looks.iter().position(|known| known == look).map_or(Banner::Section, |at| kinds[at]);
    found.iter().map(|(row, look, detail)| (*row, if *detail { Banner::Detail } else { kind(look) })).collect()
}

fn next_filled(grid: &RawSheet, row: u32) -> Option<u32> {
    let at = grid.rows.partition_point(|other| other.row <= row);
    grid.rows.get(at).map(|row| row.row)
}
