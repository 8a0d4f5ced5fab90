//! Refs as numbers: the one proposed for a new row, and those that a table's order asks for. Changes nothing itself.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fmt,
};

use crate::model::{Role, RowId, RowKind, Table, TableId};

/// Where refs are put in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    pub table: TableId,
    /// The approach; `None` for the whole table.
    pub section: Option<RowId>,
}

/// A ref that ends in a number: `1.2.3`, `A4`, `2.1.`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Numbered {
    /// What stands before the first digit.
    head: String,
    parts: Vec<u32>,
    /// Whether its owner ends it with a full stop.
    stop: bool,
}

impl Numbered {
    /// Reads a ref; `None` when it is not made of numbers, or has zeros that counting on would lose.
    #[must_use]
    pub(crate) fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let digits = text.find(|c: char| c.is_ascii_digit())?;
        let (head, rest) = text.split_at(digits);
        let whole = rest.strip_suffix('.').unwrap_or(rest);
        let plain = |part: &str| (part == "0" || !part.starts_with('0')).then(|| part.parse().ok()).flatten();
        let parts: Option<Vec<u32>> = whole.split('.').map(plain).collect();
        Some(Self { head: head.to_owned(), parts: parts?, stop: whole.len() < rest.len() })
    }

    /// Of how many numbers it is made.
    #[must_use]
    pub(crate) fn depth(&self) -> usize {
        self.parts.len()
    }

    /// Whether it begins with letters.
    #[must_use]
    pub(crate) fn has_head(&self) -> bool {
        !self.head.is_empty()
    }

    fn parent(&self) -> &[u32] {
        &self.parts[..self.parts.len() - 1]
    }

    fn last(&self) -> u32 {
        self.parts.last().copied().unwrap_or(0)
    }

    fn with(&self, parts: Vec<u32>) -> Self {
        Self { parts, ..self.clone() }
    }
}

impl fmt::Display for Numbered {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: Vec<String> = self.parts.iter().map(ToString::to_string).collect();
        write!(out, "{}{}{}", self.head, parts.join("."), if self.stop { "." } else { "" })
    }
}

/// A ref as it is compared: without the stop at its end, in lower case.
#[must_use]
pub(crate) fn plain(reference: &str) -> String {
    reference.trim().trim_end_matches('.').to_lowercase()
}

/// The next ref after one that no row of a table has.
#[must_use]
pub(crate) fn next_free(table: &Table, after: &Numbered) -> Numbered {
    let column = table.role_position(Role::Ref);
    let taken: HashSet<String> = column
        .into_iter()
        .flat_map(|at| table.rows.iter().filter_map(move |row| row.cells.get(at)))
        .map(|cell| plain(&cell.text))
        .collect();
    let numbers = after.last().saturating_add(1)..;
    let mut free = numbers.map(|last| after.with([after.parent(), &[last]].concat()));
    free.find(|reference| !taken.contains(&plain(&reference.to_string()))).unwrap_or_else(|| after.clone())
}

/// The ref proposed for a row of a kind that is about to stand at a position; `None` where nothing shows how refs are made.
#[must_use]
pub(crate) fn propose(table: &Table, at: usize, kind: RowKind) -> Option<String> {
    let column = table.role_position(Role::Ref)?;
    let numbered = |at: usize| Numbered::read(&table.rows[at].cells.get(column)?.text);
    let is_heading = |at: &usize| matches!(table.rows[*at].kind, RowKind::Section | RowKind::Group);
    let in_section = |at: &usize| table.rows[*at].kind != RowKind::Section;
    let of = |wanted: RowKind| move |at: &usize| table.rows[*at].kind == wanted;
    let first = |reference: Numbered| reference.with([reference.parent(), &[0]].concat());
    let like = match kind {
        RowKind::Entry => {
            let before = (0..at).rev().take_while(|at| !is_heading(at)).filter(of(kind)).find_map(numbered);
            let after = || (at..table.rows.len()).take_while(|at| !is_heading(at)).filter(of(kind)).find_map(numbered).map(first);
            let heading = || {
                let above = (0..at).rev().find(is_heading).filter(of(RowKind::Group))?;
                numbered(above).map(|group| group.with([&*group.parts, &[0]].concat()))
            };
            before.or_else(after).or_else(heading)
        }
        RowKind::Group => {
            let before = (0..at).rev().take_while(in_section).filter(of(kind)).find_map(numbered);
            let after = || (at..table.rows.len()).take_while(in_section).filter(of(kind)).find_map(numbered).map(first);
            // The first group of a new approach: the number after the highest.
            let fresh = || {
                let groups = (0..table.rows.len()).filter(of(kind)).filter_map(numbered).filter(|group| group.depth() == 2);
                groups.max_by_key(|group| group.parts[0]).map(|group| group.with(vec![group.parts[0] + 1, 0]))
            };
            before.or_else(after).or_else(fresh)
        }
        RowKind::Section | RowKind::Line | RowKind::Total => None,
    }?;
    Some(next_free(table, &like).to_string())
}

/// A row whose ref is not the one its place asks for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Misplaced {
    pub row: RowId,
    /// The approach it stands in; `None` above the first.
    pub section: Option<RowId>,
    pub from: String,
    pub to: String,
}

/// The rows whose refs are out of order, with the refs that would put them in order. What is no number, or blank, is left alone.
#[must_use]
pub(crate) fn misplaced(table: &Table) -> Vec<Misplaced> {
    let held = held(table);
    let restarts = restarts(&held);
    let numbers = if restarts { HashMap::new() } else { section_numbers(&held) };
    let zero: HashSet<(&str, &[u32])> = held.iter().filter(|row| row.is.last() == 0).map(|row| (&*row.is.head, row.is.parent())).collect();
    let mut next: HashMap<(usize, &str, Vec<u32>), u32> = HashMap::new();
    let mut group: Option<(usize, Vec<u32>)> = None;
    let mut misplaced = Vec::new();
    for row in &held {
        let under = group
            .as_ref()
            .filter(|(heading, parts)| row.kind == RowKind::Entry && row.heading == Some(*heading) && parts.len() + 1 == row.is.depth());
        let parent = under.map_or_else(
            || {
                let mut parent = row.is.parent().to_vec();
                parent.first_mut().into_iter().zip(numbers.get(&row.section)).for_each(|(first, number)| *first = *number);
                parent
            },
            |(_, parts)| parts.clone(),
        );
        let begin = if zero.contains(&(&*row.is.head, &*parent)) { 0 } else { 1 };
        let counted = next.entry((if restarts { row.section } else { 0 }, &row.is.head, parent.clone())).or_insert(begin);
        let parts = [&*parent, &[*counted]].concat();
        *counted += 1;
        if row.kind == RowKind::Group {
            group = Some((row.at, parts.clone()));
        }
        if parts != row.is.parts {
            let (from, to) = (row.is.to_string(), row.is.with(parts).to_string());
            misplaced.push(Misplaced { row: table.rows[row.at].id, section: row.section_row.map(|at| table.rows[at].id), from, to });
        }
    }
    misplaced
}

/// A row with a numbered ref, and where it stands.
struct Held {
    at: usize,
    kind: RowKind,
    /// Which section it stands in, counted from the top.
    section: usize,
    section_row: Option<usize>,
    /// The group heading above it in its section.
    heading: Option<usize>,
    is: Numbered,
}

fn held(table: &Table) -> Vec<Held> {
    let Some(column) = table.role_position(Role::Ref) else { return Vec::new() };
    let (mut section, mut section_row, mut heading) = (0, None, None);
    let mut held = Vec::new();
    for (at, row) in table.rows.iter().enumerate() {
        match row.kind {
            RowKind::Section => (section, section_row, heading) = (section + 1, Some(at), None),
            RowKind::Group => heading = Some(at),
            RowKind::Entry => {}
            RowKind::Line | RowKind::Total => continue,
        }
        let is = row.cells.get(column).and_then(|cell| Numbered::read(&cell.text));
        held.extend(is.map(|is| Held { at, kind: row.kind, section, section_row, heading, is }));
    }
    held
}

/// Whether refs begin anew under each section: most sections after the first begin with a ref that the first has.
fn restarts(held: &[Held]) -> bool {
    let Some(opening) = held.first().map(|row| row.section) else { return false };
    let known: HashSet<&Numbered> = held.iter().filter(|row| row.section == opening).map(|row| &row.is).collect();
    let begins: Vec<&Held> = held.windows(2).filter(|pair| pair[0].section != pair[1].section).map(|pair| &pair[1]).collect();
    begins.iter().filter(|row| known.contains(&row.is)).count() * 2 > begins.len()
}

/// The number each section's refs begin with, in rising order; none where sections are not what the first number tells.
fn section_numbers(held: &[Held]) -> HashMap<usize, u32> {
    let mut votes: BTreeMap<(usize, u32), usize> = BTreeMap::new();
    for row in held.iter().filter(|row| row.is.depth() > 1 && row.section > 0) {
        *votes.entry((row.section, row.is.parts[0])).or_default() += 1;
    }
    let mut by_votes: Vec<((usize, u32), usize)> = votes.iter().map(|(&place, &count)| (place, count)).collect();
    by_votes.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    let mut numbers: BTreeMap<usize, u32> = BTreeMap::new();
    let (mut heard, mut agreed) = (HashSet::new(), 0);
    for ((section, number), count) in by_votes {
        if heard.insert(section) {
            agreed += count;
        }
        if !numbers.contains_key(&section) && !numbers.values().any(|&taken| taken == number) {
            numbers.insert(section, number);
        }
    }
    if agreed * 2 <= votes.values().sum::<usize>() {
        return HashMap::new();
    }
    for section in votes.keys().map(|&(section, _)| section) {
        if !numbers.contains_key(&section) {
            let free = (1..).find(|number| !numbers.values().any(|taken| taken == number)).unwrap_or(1);
            numbers.insert(section, free);
        }
    }
    let mut rising: Vec<u32> = numbers.values().copied().collect();
    rising.sort_unstable();
    numbers.into_keys().zip(rising).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::seed;
    use crate::model::{Cell, Row};

    /// A plan of refs: `#` is an approach, `*1.1` a group, anything else an action; `_` has no ref.
    fn plan(refs: &str) -> Table {
        let mut table = seed::plan_of(&[]);
        table.rows.clear();
        for reference in refs.split(' ') {
            if reference == "#" {
                seed::push_section(&mut table);
                continue;
            }
            seed::push_action(&mut table, [reference.trim_start_matches('*').trim_matches('_'), "Do it", "", "", "", ""]);
            if reference.starts_with('*') {
                table.rows.iter_mut().next_back().into_iter().for_each(|row: &mut Row| row.kind = RowKind::Group);
            }
        }
        table
    }

    #[test]
    fn refs_out_of_order_are_told_with_those_that_would_be_in_order() {
        for (refs, expected) in [
            ("# *1.1 1.1.1 1.1.2 *1.2 1.2.1 # *2.1 2.1.1", ""),
            ("# *1.1 1.1.2 1.1.1 *1.2 1.2.1", "1.1.2>1.1.1 1.1.1>1.1.2"),
            ("# *1.1 1.1.1 1.1.3 1.1.4", "1.1.3>1.1.2 1.1.4>1.1.3"),
            ("# *1.2 1.2.1 1.2.2 *1.1 1.1.1", "1.2>1.1 1.2.1>1.1.1 1.2.2>1.1.2 1.1>1.2 1.1.1>1.2.1"),
            ("# *1.1 1.1.1 *1.2 1.1.2 1.2.1", "1.1.2>1.2.1 1.2.1>1.2.2"),
            ("# *2.1 2.1.1 # *1.1 1.1.1 1.1.2", "2.1>1.1 2.1.1>1.1.1 1.1>2.1 1.1.1>2.1.1 1.1.2>2.1.2"),
            ("# *1.1 1.1.1 # *2.1 2.1.1 *1.2 1.2.1", "1.2>2.2 1.2.1>2.2.1"),
            ("# *1.1 1.1.1 # *1.2 1.2.1 1.2.2 *2.1", "1.2>2.1 1.2.1>2.1.1 1.2.2>2.1.2 2.1>2.2"),
            ("# 1 2 3 # 1 3 2 # 1 2", "3>2 2>3"),
            ("1 2 _ 4 note A1 A3", "4>3 A3>A2"),
            ("# 1.1 1.3 # 2.1 2.2", "1.3>1.2"),
            ("1.0 1.1 1.2 2.0 2.1", ""),
            ("01 02 04", ""),
        ] {
            let said: Vec<String> = misplaced(&plan(refs)).into_iter().map(|row| format!("{}>{}", row.from, row.to)).collect();
            assert_eq!(said.join(" "), expected, "{refs}");
        }
    }

    #[test]
    fn a_new_row_gets_the_next_ref_that_is_free() {
        for (refs, at, kind, expected) in [
            ("# *1.1 1.1.1 1.1.2", 4, RowKind::Entry, Some("1.1.3")),
            ("# *1.1 1.1.1 1.1.2", 3, RowKind::Entry, Some("1.1.3")),
            ("# *1.1 1.1.1 _", 4, RowKind::Entry, Some("1.1.2")),
            ("# *1.1 *1.2 1.2.1", 2, RowKind::Entry, Some("1.1.1")),
            ("# *1.1 *1.2 1.2.1", 3, RowKind::Entry, Some("1.2.2")),
            ("# *1.1 1.1.1 *1.2", 3, RowKind::Group, Some("1.3")),
            ("# *1.1 1.1.1 #", 4, RowKind::Group, Some("2.1")),
            ("1 2. 3.", 2, RowKind::Entry, Some("4.")),
            ("# 1.1 1.2 #", 4, RowKind::Entry, None),
            ("one two", 2, RowKind::Entry, None),
            ("# *1.1 1.1.1", 3, RowKind::Line, None),
        ] {
            assert_eq!(propose(&plan(refs), at, kind).as_deref(), expected, "{refs} at {at}");
        }
        let mut table = plan("1 2");
        table.rows[1].cells[0] = Cell::number(2.0, "General");
        assert_eq!(propose(&table, 2, RowKind::Entry).as_deref(), Some("3"));
    }
}
