//! What stands around the cells of a sheet part: hidden columns, merges, lists of choices, rules and links. Never reads a cell.

use super::{
    book::Book,
    filter::{Filter, Filters},
    icons::Icons,
    page_texts::page_texts,
    refs::{range, ranges, split_sheet},
    rules::{Rule, Written},
    styles::Repaint,
    xml::{Element, XmlStep, walk},
};
use crate::workbook::{
    Merge, Offered, RawSheet,
    merges::Runs,
    package::{Beside, Budget},
};

/// The most choices of one list.
const MOST_CHOICES: usize = 1000;
/// The most texts of headers and footers.
const MOST_PAGE_TEXTS: usize = 100;
/// The longest formula of a rule, in bytes. Excel takes 8,192 characters.
const LONGEST_FORMULA: usize = 8_192;

/// What stands around a sheet's cells.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Surroundings {
    pub hidden_columns: Vec<u16>,
    pub merges: Vec<Merge>,
    pub lists: Vec<List>,
    pub rules: Vec<Rule>,
    /// A cell and the relation that names where its link leads.
    pub links: Vec<((u32, u16), String)>,
    pub filters: Vec<Filter>,
    /// The last row that is kept in sight while the others scroll.
    pub frozen: Option<u32>,
    /// Whether a filter keeps rows out of sight, be it one that stands nowhere in the sheet.
    pub is_filtered: bool,
    /// The texts of its pages' headers and footers.
    pub page_texts: Vec<String>,
}

/// The headers and footers of a page: of odd, even and first ones.
const PAGE_TEXTS: [&str; 6] = ["oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"];

/// A list of choices as it is written.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct List {
    pub ranges: Vec<Merge>,
    pub source: String,
}

/// What is being read.
#[derive(Default)]
struct Met {
    list: Option<List>,
    ranges: Vec<Merge>,
    rules: Vec<Written>,
    /// Whether the rule that is open was taken in.
    in_rule: bool,
    /// Whether the ranges of rules stand behind these, as those of the newer kinds do.
    ranges_follow: bool,
    /// Whether the value of an icon is being read.
    in_value: bool,
    hidden: Runs,
    filters: Filters,
    page: String,
    /// Where text belongs just now.
    into: Belongs,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Belongs {
    #[default]
    Nothing,
    Source,
    ListRanges,
    RuleRanges,
    RuleFormula,
    IconValue,
    Page,
}

impl Surroundings {
    /// Reads a sheet part, of which the cells at `data` are left out. `repaints` are the colours that filters name by number.
    /// What is past the budget is left out.
    pub(crate) fn read(part: &[u8], data: &std::ops::Range<usize>, repaints: &[Repaint], budget: &mut Budget) -> Self {
        let mut around = Self::default();
        let mut hidden = Runs::default();
        for piece in [&part[..data.start], &part[data.end.min(part.len())..]] {
            let mut met = Met { hidden, ..Met::default() };
            walk(piece, |step| match step {
                XmlStep::Open(element) => {
                    met.filters.open(&element, repaints);
                    around.open(&element, &mut met, budget);
                }
                XmlStep::Text(text) => met.text(text, budget),
                XmlStep::Close(name) => {
                    met.filters.close(name);
                    around.close(name, &mut met);
                }
            });
            around.filters.append(&mut met.filters.found);
            hidden = met.hidden;
        }
        around.hidden_columns = hidden.columns();
        around
    }

    fn open(&mut self, element: &Element<'_>, met: &mut Met, budget: &mut Budget) {
        match element.name() {
            "sheetPr" => self.is_filtered = element.is("filterMode"),
            name if PAGE_TEXTS.contains(&name) => met.into = Belongs::Page,
            "pane" if element.get("state").is_some_and(|state| state.starts_with("frozen")) => {
                self.frozen = element.number::<u32>("ySplit").and_then(|rows| rows.checked_sub(1));
            }
            "col" if element.is("hidden") || element.number("width") == Some(0.0) => {
                let from = element.number("min").unwrap_or(1_usize).max(1);
                let to = element.number("max").unwrap_or(from).max(1);
                met.hidden.add(from - 1, to - 1);
            }
            "mergeCell" => {
                let merge = element.get("ref").and_then(|text| range(&text));
                self.merges.extend(merge.filter(|merge| budget.take(Beside::Merges, usize::from(merge.last.1 - merge.first.1) + 1)));
            }
            "dataValidation" if element.get("type").as_deref() == Some("list") => {
                let ranges = ranges(&element.get("sqref").unwrap_or_default());
                let fits = budget.take(Beside::Offered, ranges.len().max(1));
                met.list = fits.then(|| List { ranges, source: String::new() });
            }
            "formula1" if met.list.is_some() => met.into = Belongs::Source,
            "sqref" if met.list.is_some() => met.into = Belongs::ListRanges,
            "sqref" if met.ranges_follow => met.into = Belongs::RuleRanges,
            "conditionalFormatting" => {
                let stated = element.get("sqref");
                met.ranges_follow = stated.is_none();
                met.ranges = ranges(&stated.unwrap_or_default());
            }
            "cfRule" => {
                met.in_rule = budget.take(Beside::Rules, met.ranges.len().max(1));
                met.rules.extend(met.in_rule.then(|| Written::of(element)));
            }
            "iconSet" | "cfvo" | "cfIcon" | "formula" if !met.in_rule => {}
            "iconSet" => met.rules.last_mut().into_iter().for_each(|rule| rule.icons = Icons::of(element)),
            "cfvo" => {
                met.in_value = true;
                met.icons().into_iter().for_each(|icons| icons.threshold(element));
            }
            "cfIcon" => met.icons().into_iter().for_each(|icons| icons.icon(element)),
            "f" if met.in_value => met.into = Belongs::IconValue,
            "formula" => {
                met.rules.last_mut().into_iter().for_each(|rule| rule.formulas.push(String::new()));
                met.into = Belongs::RuleFormula;
            }
            "hyperlink" => {
                let at = element.get("ref").and_then(|text| range(&text)).map(|range| range.first);
                let link = at.zip(element.get("id")).filter(|_| budget.take(Beside::Attached, 1));
                self.links.extend(link);
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str, met: &mut Met) {
        match name {
            "dataValidation" => self.lists.extend(met.list.take()),
            "formula1" | "formula" => met.into = Belongs::Nothing,
            "sqref" => met.into = Belongs::Nothing,
            "f" if met.in_value => met.into = Belongs::Nothing,
            "cfvo" => met.in_value = false,
            name if PAGE_TEXTS.contains(&name) => {
                met.into = Belongs::Nothing;
                let room = MOST_PAGE_TEXTS.saturating_sub(self.page_texts.len());
                self.page_texts.extend(page_texts(&std::mem::take(&mut met.page)).into_iter().take(room));
            }
            "conditionalFormatting" => {
                met.ranges_follow = false;
                let ranges = std::mem::take(&mut met.ranges);
                self.rules.extend(met.rules.drain(..).filter_map(|rule| rule.read(&ranges)));
            }
            _ => {}
        }
    }
}

impl Met {
    /// The icons of the rule that is open.
    fn icons(&mut self) -> Option<&mut Icons> {
        self.rules.last_mut()?.icons.as_mut()
    }

    fn text(&mut self, text: &str, budget: &mut Budget) {
        match (self.into, &mut self.list) {
            (Belongs::Source, Some(list)) => list.source.push_str(text),
            (Belongs::ListRanges, Some(list)) => {
                let more = ranges(text);
                if budget.take(Beside::Offered, more.len()) {
                    list.ranges.extend(more);
                }
            }
            (Belongs::RuleRanges, _) => {
                let more = ranges(text);
                if budget.take(Beside::Rules, more.len()) {
                    self.ranges.extend(more);
                }
            }
            (Belongs::IconValue, _) => self.icons().into_iter().for_each(|icons| icons.value(text)),
            (Belongs::Page, _) => self.page.push_str(text),
            (Belongs::RuleFormula, _) => {
                let formula = self.rules.last_mut().and_then(|rule| rule.formulas.last_mut());
                let fits = |formula: &&mut String| formula.len() + text.len() <= LONGEST_FORMULA;
                formula.filter(fits).into_iter().for_each(|formula| formula.push_str(text));
            }
            _ => {}
        }
    }
}

/// What a sheet's lists offer, once every sheet is read. A list that leads nowhere offers nothing.
pub(crate) fn offered(lists: &[List], sheet: usize, book: &Book, grids: &[RawSheet], budget: &mut Budget) -> Vec<Offered> {
    let mut offered = |list: &List| {
        let choices = if list.ranges.is_empty() { Vec::new() } else { choices(&list.source, sheet, book, grids) };
        let fits = !choices.is_empty() && budget.take(Beside::Choices, choices.len());
        fits.then(|| Offered { ranges: list.ranges.clone(), choices })
    };
    lists.iter().filter_map(&mut offered).collect()
}

fn choices(source: &str, sheet: usize, book: &Book, grids: &[RawSheet]) -> Vec<Box<str>> {
    let source = source.trim().trim_start_matches('=');
    if let Some(inline) = source.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        let inline = inline.replace("\"\"", "\"");
        let choices = inline.split(',').map(str::trim).filter(|choice| !choice.is_empty());
        return choices.map(Box::from).take(MOST_CHOICES).collect();
    }
    let refers = book.name(source, sheet).unwrap_or(source);
    let (named, area) = split_sheet(refers);
    let grid = match named {
        Some(name) => grids.iter().find(|grid| grid.sheet.eq_ignore_ascii_case(&name)),
        None => book.sheets.get(sheet).and_then(|own| grids.iter().find(|grid| grid.sheet == own.name)),
    };
    let (Some(grid), Some(area)) = (grid, range(area)) else { return Vec::new() };
    let from = grid.rows.partition_point(|row| row.row < area.first.0);
    let rows = grid.rows[from..].iter().take_while(|row| row.row <= area.last.0);
    let cells = rows.flat_map(|row| row.cells.iter().filter(|cell| (area.first.1..=area.last.1).contains(&cell.column)));
    cells.map(|cell| cell.text.trim().into()).take(MOST_CHOICES).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_around_the_cells_is_read() {
        let head = "<worksheet><cols><col min=\"2\" max=\"3\" hidden=\"1\"/><col min=\"5\" max=\"5\"/>\
            <col min=\"7\" max=\"7\" width=\"0\" customWidth=\"1\"/></cols>";
        let tail = "<mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells>\
            <conditionalFormatting sqref=\"G5:G9\"><cfRule type=\"cellIs\" dxfId=\"0\" priority=\"2\" operator=\"equal\">\
            <formula>\"R&amp;D\"</formula></cfRule><cfRule type=\"dataBar\" priority=\"1\"/></conditionalFormatting>\
            <dataValidations><dataValidation type=\"list\" sqref=\"G5:G9 H5\"><formula1>\"Red, Amber,Green\"</formula1></dataValidation>\
            <dataValidation type=\"whole\" sqref=\"A1\"><formula1>1</formula1></dataValidation></dataValidations>\
            <hyperlinks><hyperlink ref=\"C3\" r:id=\"rId1\"/><hyperlink ref=\"C4\" location=\"Sheet2!A1\"/></hyperlinks>\
            <headerFooter differentFirst=\"1\"><oddHeader>&amp;C&amp;BOFFICIAL</oddHeader><firstFooter>&amp;LNot for publication</firstFooter></headerFooter>\
            <extLst><ext><x14:dataValidations><x14:dataValidation type=\"list\"><x14:formula1><xm:f>Lists!$A$1:$A$3</xm:f></x14:formula1>\
            <xm:sqref>F5:F9</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>";
        let data = "<sheetData><row/></sheetData>";
        let part = format!("{head}{data}{tail}");
        let around = Surroundings::read(part.as_bytes(), &(head.len()..head.len() + data.len()), &[], &mut Budget::default());
        assert_eq!(around.hidden_columns, [1, 2, 6], "a column without width is out of sight too");
        assert_eq!(around.page_texts, ["OFFICIAL", "Not for publication"]);
        assert_eq!(around.merges, [Merge { first: (0, 0), last: (1, 1) }]);
        assert_eq!((around.rules.len(), around.rules[0].priority), (1, 2));
        assert_eq!(around.links, [((2, 2), "rId1".to_owned())]);
        let sources: Vec<(&str, usize)> = around.lists.iter().map(|list| (&*list.source, list.ranges.len())).collect();
        assert_eq!(sources, [("\"Red, Amber,Green\"", 2), ("Lists!$A$1:$A$3", 1)]);
        let offered = offered(&around.lists, 0, &Book::default(), &[], &mut Budget::default());
        assert_eq!((offered.len(), offered[0].choices.len(), &*offered[0].choices[1]), (1, 3, "Amber"));
    }
}
