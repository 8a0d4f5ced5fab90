//! What `check --explain` prints: for each column of each table as it was found, its role and all that speaks for and against it.

use std::fmt::Write as _;

use crate::{
    layouts::{Heading, Outline},
    model::{OTHER, Role, column_letters, harmless},
};

/// The evidence behind every column, the strongest first; empty where no workbook was read.
#[must_use]
pub fn explain(outlines: &[Outline]) -> String {
    let mut out = String::new();
    for outline in outlines {
        let head = match outline.header {
            Some((first, last)) if first == last => format!("headings in row {}", first + 1),
            Some((first, last)) => format!("headings in rows {} to {}", first + 1, last + 1),
            None => "no headings".to_owned(),
        };
        let rows = format!("rows {} to {}", outline.body() + 1, outline.last.0 + 1);
        put(&mut out, &format!("\n{}: {}, {head}, {rows}", outline.sheet, outline.kind.code()));
        outline.columns.iter().for_each(|heading| column(&mut out, &column_letters(u32::from(heading.column)), heading));
        outline.turned.iter().for_each(|heading| column(&mut out, &format!("{}", u32::from(heading.column) + 1), heading));
    }
    out
}

/// One column under its letters, or one row of a table on its side under its number.
fn column(out: &mut String, letters: &str, heading: &Heading) {
    let words = heading.words.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = if words.is_empty() { "(no heading)" } else { &words };
    let sure = (heading.surety * 100.0).round();
    put(out, &format!("  {letters:<3} {words}: {}, {sure} % sure. {}.", code(heading.role), heading.why.words()));
    let mut evidence: Vec<_> = heading.evidence.iter().collect();
    evidence.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
    for one in evidence {
        put(out, &format!("        {:+5.1}  {:<12} {}", one.weight, code(one.role), one.reason.words()));
    }
    if let Some(rival) = heading.rival {
        put(out, &format!("        It may also be: {}", code(rival)));
    }
}

fn code(role: Option<Role>) -> &'static str {
    role.map_or(OTHER, Role::code)
}

fn put(out: &mut String, line: &str) {
    writeln!(out, "{}", harmless(line)).expect("a string takes what is written to it");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{layouts, workbook};

    #[test]
    fn every_column_is_explained_with_its_evidence() {
        let text =
            "Ref\tAction\tOriginal due date\tRevised due date\tStatus\n1\tDig\t01/01/2026\t\tGreen\n2\tRake\t01/02/2026\t01/03/2026\tRed";
        let said = explain(&layouts::outline(&[workbook::pasted("Plan", text)]));
        assert!(said.contains("Plan: plan, headings in row 1, rows 2 to 3"), "{said}");
        assert!(said.contains("C   Original due date: earlier_end"), "{said}");
        assert!(said.contains("A revised date takes its place"), "{said}");
        assert!(said.contains("+9.5  status"), "{said}");
    }
}
