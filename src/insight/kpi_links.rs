//! The KPIs that a row speaks of: by number, as in `KPI3` or `KPIs 3 and 5`, or by their own wording. Only reads.

use std::collections::BTreeSet;

use super::text::words;
use crate::model::{Document, Role, Row, RowId, RowKind, Table, TableId, TableKind, in_plain_form};

/// A KPI that a row speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KpiLink {
    pub table: TableId,
    pub row: RowId,
}

/// How many rows of a table are asked which KPIs they speak of.
const ASKED: usize = 20_000;

/// How many words a KPI's wording needs before finding it in a text tells anything.
const WORDS: usize = 4;

/// The KPIs that rows of a table speak of, in document order.
#[must_use]
pub fn kpi_links<'a>(document: &Document, table: &Table, rows: impl IntoIterator<Item = &'a Row>) -> Vec<KpiLink> {
    let texts: Vec<&str> = rows
        .into_iter()
        .flat_map(|row| row.cells.iter().map(|cell| &*cell.text).chain(row.fields.iter().map(|field| &*field.cell.text)))
        .filter(|text| !text.is_empty())
        .collect();
    let numbers: BTreeSet<String> = texts.iter().flat_map(|text| numbers(text)).collect();
    let whole = texts.iter().map(|text| words(text).join(" ")).collect::<Vec<_>>().join(" | ");
    let mut links = Vec::new();
    for kpis in document.of_kind(TableKind::Kpi).filter(|kpis| kpis.id != table.id) {
        let named = |row: &&Row| {
            let reference = kpis.cell(row, Role::Ref).map(|cell| number(&in_plain_form(&cell.text)).to_owned());
            let wording = kpis.cell(row, Role::Kpi).map(|cell| words(&cell.text)).filter(|words| words.len() >= WORDS);
            reference.is_some_and(|reference| numbers.contains(&reference)) || wording.is_some_and(|words| whole.contains(&words.join(" ")))
        };
        let found = kpis.rows.iter().filter(|row| row.kind == RowKind::Entry).filter(named);
        links.extend(found.map(|row| KpiLink { table: kpis.id, row: row.id }));
    }
    links
}

/// The entries of other tables that speak of a KPI, in document order: where `kpi_links` leads from.
#[must_use]
pub fn speaking_of(document: &Document, kpis: &Table, row: &Row) -> Vec<KpiLink> {
    let reference = kpis.cell(row, Role::Ref).map(|cell| number(&in_plain_form(&cell.text)).to_owned()).filter(|number| !number.is_empty());
    let wording = kpis.cell(row, Role::Kpi).map(|cell| words(&cell.text)).filter(|words| words.len() >= WORDS).map(|words| words.join(" "));
    let speaks = |text: &str| {
        let numbered = reference.as_ref().is_some_and(|reference| says_kpi(text) && numbers(text).contains(reference));
        numbered || wording.as_ref().is_some_and(|wording| text.len() >= wording.len() && words(text).join(" ").contains(wording))
    };
    let mut links: Vec<KpiLink> = Vec::new();
    for table in document.tables.iter().filter(|table| matches!(table.kind, TableKind::Plan | TableKind::Register)) {
        let mut entry = None;
        for row in table.rows.iter().take(ASKED).filter(|row| row.is_line()) {
            entry = if row.kind == RowKind::Entry { Some(row.id) } else { entry };
            let link = entry.map(|row| KpiLink { table: table.id, row }).filter(|link| links.last() != Some(link));
            links.extend(link.filter(|_| row.cells.iter().any(|cell| speaks(&cell.text))));
        }
    }
    links
}

/// Whether a text may name a KPI by its number.
fn says_kpi(text: &str) -> bool {
    text.as_bytes().windows(3).any(|letters| letters.eq_ignore_ascii_case(b"kpi"))
}

/// A KPI's number without the word before it: of `kpi3`, `kpi 3` and `3`.
fn number(reference: &str) -> &str {
    reference.strip_prefix("kpi").unwrap_or(reference).trim_matches(['.', ' '])
}

/// The numbers a text names KPIs by.
fn numbers(text: &str) -> Vec<String> {
    let mut numbers = Vec::new();
    let mut led = false;
    for word in words(text) {
        let glued = word.strip_prefix("kpi").filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        let bare = led.then_some(&*word).filter(|word| word.starts_with(|c: char| c.is_ascii_digit()));
        let found = glued.or(bare).map(str::to_owned);
        led = matches!(&*word, "kpi" | "kpis") || found.is_some() || (led && matches!(&*word, "and" | "or"));
        numbers.extend(found);
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::super::seed;
    use super::*;

    #[test]
    fn kpis_are_found_by_number_and_by_wording() {
        for (text, expected) in
            [("KPI3; KPI5", "3 5"), ("Feeds KPIs 2 and 4, in 2 wards", "2 4"), ("kpi 1.", "1"), ("3 of 5 people", ""), ("KPI", "")]
        {
            assert_eq!(numbers(text).join(" "), expected, "{text}");
        }
        let document = seed::document();
        let kpis = &document.of_kind(TableKind::Kpi).next().unwrap().clone();
        let mut plan = seed::plan_of(&[]);
        plan.id = TableId(99);
        let wording = kpis.cell(&kpis.rows[1], Role::Kpi).unwrap().text.to_string();
        seed::push_action(&mut plan, ["1.1.1", &format!("As in KPI 1: {wording}, and more"), "", "", "", ""]);
        let rows = std::slice::from_ref(&plan.rows[plan.rows.len() - 1]);
        let named: Vec<RowId> =
            kpi_links(&document, &plan, rows).into_iter().filter(|link| link.table == kpis.id).map(|link| link.row).collect();
        assert!(named.contains(&kpis.rows[0].id), "by number: {named:?}");
        let action = KpiLink { table: plan.id, row: plan.rows[plan.rows.len() - 1].id };
        let mut document = document.clone();
        document.tables.push(plan);
        assert_eq!(speaking_of(&document, kpis, &kpis.rows[0]).last(), Some(&action), "and back");
    }
}
