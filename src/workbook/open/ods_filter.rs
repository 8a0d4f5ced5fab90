//! The filters of an OpenDocument spreadsheet: which range of which sheet, and what each column asks of its rows. Hides nothing.

use crate::workbook::parts::{Comparison, Criterion, Element, Filter, Listed, XmlStep, range, walk};

/// What the ranges begin with.
const RANGES: &[u8] = b"<table:database-ranges";
/// The most filters, and the most values one lists.
const MOST: usize = 200;
const MOST_VALUES: usize = 20_000;

/// The filters of a content part, each with its sheet.
pub(crate) fn filters(content: &[u8]) -> Vec<(String, Filter)> {
    let mut found: Vec<(String, Filter)> = Vec::new();
    let mut open = false;
    // The ranges stand behind the sheets, which are not looked at for them.
    let from = content.windows(RANGES.len()).rposition(|window| window == RANGES).unwrap_or(content.len());
    walk(&content[from..], |step| match step {
        XmlStep::Open(element) => match element.name() {
            "database-range" => {
                let over = element.get("target-range-address").and_then(|address| address_of(&address)).filter(|_| found.len() < MOST);
                open = over.is_some();
                found.extend(over);
            }
            name if open => {
                let columns = found.last_mut().map(|(_, filter)| &mut filter.columns);
                columns.into_iter().for_each(|columns| see(columns, name, &element));
            }
            _ => {}
        },
        XmlStep::Close("database-range") => open = false,
        XmlStep::Close(_) | XmlStep::Text(_) => {}
    });
    found
}

/// What an element within a filter adds to what its columns ask.
fn see(columns: &mut Vec<(u16, Criterion)>, name: &str, element: &Element<'_>) {
    match name {
        // One of several conditions is not told from another.
        "filter-or" => columns.push((0, Criterion::Untold)),
        "filter-condition" if columns.len() < MOST => {
            let value = element.get("value").unwrap_or_default();
            columns.extend(element.number("field-number").zip(Some(condition(element.get("operator").as_deref(), value))));
        }
        "filter-set-item" => {
            if let Some((_, Criterion::Listed(listed))) = columns.last_mut()
                && listed.texts.len() < MOST_VALUES
            {
                add(listed, &element.get("value").unwrap_or_default());
            }
        }
        _ => {}
    }
}

fn condition(operator: Option<&str>, value: String) -> Criterion {
    let comparison = match operator {
        Some("=") => {
            let mut listed = Listed::default();
            add(&mut listed, &value);
            return Criterion::Listed(listed);
        }
        Some("empty") => return Criterion::Listed(Listed { blank: true, ..Listed::default() }),
        Some("!empty") => return Criterion::Compared(true, vec![(Comparison::NotEqual, String::new())]),
        Some("!=") => Comparison::NotEqual,
        Some("<") => Comparison::Less,
        Some("<=") => Comparison::LessOrEqual,
        Some(">") => Comparison::Greater,
        Some(">=") => Comparison::GreaterOrEqual,
        _ => return Criterion::Untold,
    };
    Criterion::Compared(true, vec![(comparison, value)])
}

fn add(listed: &mut Listed, value: &str) {
    listed.blank |= value.is_empty();
    listed.texts.insert(value.trim().to_lowercase());
}

/// A range such as `'Action plan'.A3:'Action plan'.G11`, and its sheet.
fn address_of(address: &str) -> Option<(String, Filter)> {
    // A sheet's name may hold colons and full stops, but no cell does.
    let split = |at: usize| Some((address[..at].rsplit_once('.')?, address[at + 1..].rsplit_once('.')?));
    let (sheet, range) = address.match_indices(':').find_map(|(at, _)| {
        let ((sheet, first), (_, last)) = split(at)?;
        Some((sheet, range(&format!("{first}:{last}"))?))
    })?;
    let sheet = sheet.trim_start_matches('$');
    let bare = sheet.strip_prefix('\'').and_then(|sheet| sheet.strip_suffix('\''));
    let sheet = bare.map_or_else(|| sheet.to_owned(), |sheet| sheet.replace("''", "'"));
    Some((sheet, Filter { range, columns: Vec::new() }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::Merge;

    #[test]
    fn filters_are_read_with_their_sheets() {
        let part = b"<office:spreadsheet><table:table/><table:database-ranges>\
            <table:database-range table:target-range-address=\"&apos;Action Plan&apos;.A3:&apos;Action Plan&apos;.G11\"><table:filter>\
            <table:filter-and><table:filter-condition table:value=\"Complete\" table:operator=\"=\" table:field-number=\"4\">\
            <table:filter-set-item table:value=\"Not started\"/></table:filter-condition></table:filter-and></table:filter></table:database-range>\
            <table:database-range table:target-range-address=\"KPIs.A1:KPIs.C9\"><table:filter>\
            <table:filter-condition table:value=\"9\" table:operator=\"match\" table:field-number=\"1\"/></table:filter></table:database-range>\
            </table:database-ranges></office:spreadsheet>";
        let read = filters(part);
        let (sheet, filter) = &read[0];
        assert_eq!((&**sheet, filter.range), ("Action Plan", Merge { first: (2, 0), last: (10, 6) }));
        let (4, Criterion::Listed(listed)) = &filter.columns[0] else { unreachable!("values of the fifth column") };
        assert!(listed.texts.contains("complete") && listed.texts.contains("not started") && !listed.blank);
        assert_eq!((&*read[1].0, &read[1].1.columns[..]), ("KPIs", &[(1, Criterion::Untold)][..]));
        assert_eq!(filters(b"<office:spreadsheet/>"), []);
    }
}
