//! What an entry is called where a ref names several: the ref with the theme or the section it is of. Only reads.

use std::collections::{HashMap, HashSet};

use crate::model::{Role, RowKind, Table};

/// The refs of a table that name more than one entry.
pub(super) struct EntryNames<'table> {
    table: &'table Table,
    repeated: HashSet<String>,
    /// The positions of its sections.
    sections: Vec<usize>,
}

impl<'table> EntryNames<'table> {
    pub(crate) fn of(table: &'table Table) -> Self {
        let mut counts: HashMap<String, usize> = HashMap::new();
        if table.role_position(Role::Ref).is_some() {
            let entries = table.rows.iter().filter(|row| row.kind == RowKind::Entry);
            entries.for_each(|row| *counts.entry(table.name_of(row)).or_default() += 1);
        }
        let sections = (0..table.rows.len()).filter(|&at| table.rows[at].kind == RowKind::Section).collect();
        Self { table, sections, repeated: counts.into_iter().filter(|(_, count)| *count > 1).map(|(name, _)| name).collect() }
    }

    /// The name of the entry in a row: with its theme, its section or its own words where its ref alone does not tell it.
    pub(crate) fn name(&self, at: usize) -> String {
        let (table, row) = (self.table, &self.table.rows[at]);
        let name = table.name_of(row);
        if !self.repeated.contains(&name) {
            return name;
        }
        let said = |role: Role| table.cell(row, role).map(|cell| first_words(&cell.text)).filter(|text| !text.is_empty());
        let section = || {
            let above = self.sections.partition_point(|section| *section < at).checked_sub(1)?;
            Some(first_words(&table.name_of(&table.rows[self.sections[above]]))).filter(|text| !text.is_empty())
        };
        let of = said(Role::Theme).or_else(section).or_else(|| said(Role::Action)).filter(|of| *of != name);
        of.map_or(name.clone(), |of| format!("{name} ({of})"))
    }
}

/// The first line of a text, as far as it is no longer than a name.
fn first_words(text: &str) -> String {
    let line = text.trim().lines().next().unwrap_or("");
    if line.chars().count() <= 40 { line.to_owned() } else { format!("{}…", line.chars().take(39).collect::<String>().trim_end()) }
}

#[cfg(test)]
mod tests {
    use super::super::seed;
    use super::*;

    #[test]
    fn a_ref_that_names_several_is_told_by_what_it_is_of() {
        let mut table = seed::plan_of(&[]);
        seed::push_section(&mut table);
        seed::push_action(&mut table, ["1", "Dig the pond", "", "", "", ""]);
        seed::push_section(&mut table);
        seed::push_action(&mut table, ["1", "Mend the gate", "", "", "", ""]);
        seed::push_action(&mut table, ["2", "Paint the hall", "", "", "", ""]);
        let names = EntryNames::of(&table);
        let last = table.rows.len() - 1;
        assert_eq!((names.name(last), names.name(last - 1)), ("2".to_owned(), "1 (Mend the gate)".to_owned()));
    }
}
