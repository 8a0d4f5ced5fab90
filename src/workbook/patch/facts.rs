//! What of a sheet decides whether a cell of it may be written, and in which style: formulas, merges, protection, conditional formats.

use std::collections::{HashMap, HashSet};

use memchr::memmem;

use super::{
    sheet::{Broken, Met, walk},
    tag::Tag,
};
use crate::workbook::{
    Merge,
    parts::{XmlStep, range, walk as walk_parts},
};

/// The most ranges of one kind that are remembered; a cell past them counts as within none.
const MOST_RANGES: usize = 100_000;

/// What gives a cell its value, beside what is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Formula {
    /// The text of the formula, as it is written; empty where it is shared with another cell.
    Own(String),
    /// It is the first of several cells that share a formula.
    Shared(String),
}

/// The text of a cell that holds one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum HeldText {
    /// Its place among the texts that cells share.
    Shared(usize),
    Own(String),
}

/// A cell as it is held.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Held {
    pub style: Option<usize>,
    pub formula: Option<Formula>,
    pub text: Option<HeldText>,
    /// The number that it holds, where it holds one.
    pub number: Option<f64>,
}

/// What is known of a sheet.
#[derive(Debug, Default)]
pub(super) struct SheetFacts {
    /// The cells that were asked about.
    cells: HashMap<(u32, u32), Held>,
    /// The styles of whole rows that were asked about,
    rows: HashMap<u32, usize>,
    /// and of runs of columns, both ends included.
    columns: Vec<(u32, u32, usize)>,
    merges: Vec<Merge>,
    /// Where conditional formats hold.
    conditional: Vec<Merge>,
    /// Formulas that fill more than their own cell.
    arrays: Vec<Merge>,
    pub protected: bool,
    /// Whether any cell has a formula.
    pub has_formulas: bool,
}

impl SheetFacts {
    /// Reads a sheet for what is to be asked of some of its cells.
    ///
    /// # Errors
    /// When the sheet is broken.
    pub(super) fn read(part: &[u8], asked: &HashSet<(u32, u32)>) -> Result<Self, Broken> {
        let text = std::str::from_utf8(part).map_err(|_| Broken)?;
        let asked_rows: HashSet<u32> = asked.iter().map(|(row, _)| *row).collect();
        let mut facts = Self::default();
        let mut in_ranges = false;
        facts.formulas(text);
        walk(part, &|row| asked_rows.contains(&row), |met| {
            match met {
                Met::Row { row, tag, .. } if asked_rows.contains(&row) => {
                    let tag = Tag::new(&text[tag]);
                    if tag.is("customFormat")
                        && let Some(style) = tag.number("s")
                    {
                        facts.rows.insert(row, style);
                    }
                }
                Met::Cell { row, column, whole, tag } => {
                    if asked.contains(&(row, column)) {
                        let tag = Tag::new(&text[tag]);
                        let formula = formula_tag(&text[whole.clone()], tag.as_str());
                        let formula = formula.map(|formula| formula_of(&formula, &text[whole.clone()]));
                        let held = Held {
                            style: tag.number("s"),
                            formula,
                            text: text_of(&tag, &text[whole.clone()]),
                            number: number_of(&tag, &text[whole]),
                        };
                        facts.cells.insert((row, column), held);
                    }
                }
                Met::Outside { tag } => {
                    let tag = Tag::new(&text[tag]);
                    in_ranges = false;
                    match tag.name().rsplit(':').next().unwrap_or_default() {
                        "col" => {
                            if let (Some(first), Some(last), Some(style)) =
                                (tag.number::<u32>("min"), tag.number::<u32>("max"), tag.number("style"))
                            {
                                facts.columns.push((first.saturating_sub(1), last.saturating_sub(1), style));
                            }
                        }
                        "mergeCell" => {
                            tag.get("ref").and_then(|text| range(&text)).into_iter().for_each(|area| push(&mut facts.merges, area));
                        }
                        "conditionalFormatting" => tag.get("sqref").iter().for_each(|text| push_all(&mut facts.conditional, text)),
                        // The ranges of newer conditional formats stand in an element of their own; those of validations do too, and do no harm.
                        "sqref" => in_ranges = true,
                        "sheetProtection" => facts.protected = tag.is("sheet"),
                        _ => {}
                    }
                }
                Met::Text { at } if in_ranges => push_all(&mut facts.conditional, &text[at]),
                Met::Row { .. } | Met::RowEnd { .. } | Met::Data(_) | Met::DataEnd { .. } | Met::Text { .. } => {}
            }
            true
        })?;
        Ok(facts)
    }

    /// Finds the formulas that fill ranges, and whether there is any formula at all.
    fn formulas(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let is_formula = |at: usize| {
            let name = &text[at + 1..text[at..].find(['>', ' ', '/', '\n', '\r', '\t']).map_or(text.len(), |end| at + end).max(at + 1)];
            name.rsplit(':').next() == Some("f")
        };
        let tag = |at: usize| text[..at].rfind('<').filter(|at| is_formula(*at));
        let whole = |at: usize| Tag::new(&text[at..text[at..].find('>').map_or(text.len(), |end| at + end + 1)]);
        self.has_formulas = has_formulas(bytes);
        if self.has_formulas {
            for kind in ["array", "dataTable"] {
                let starts = memmem::find_iter(bytes, kind).filter_map(tag);
                starts.filter_map(|at| array(&whole(at))).for_each(|area| push(&mut self.arrays, area));
            }
        }
    }

    /// A cell that was asked about; nothing where the sheet has none there.
    pub(super) fn cell(&self, place: (u32, u32)) -> Option<&Held> {
        self.cells.get(&place)
    }

    /// The places of the shared texts that cells which were asked about hold.
    pub(super) fn shared(&self) -> HashSet<usize> {
        let shared = |held: &Held| match held.text {
            Some(HeldText::Shared(at)) => Some(at),
            Some(HeldText::Own(_)) | None => None,
        };
        self.cells.values().filter_map(shared).collect()
    }

    /// The style of a cell, or the one that a cell there would have.
    pub(super) fn style(&self, place: (u32, u32)) -> usize {
        match self.cells.get(&place) {
            Some(held) => held.style.unwrap_or(0),
            None => {
                let of_column = || self.columns.iter().find(|(first, last, _)| (*first..=*last).contains(&place.1)).map(|column| column.2);
                self.rows.get(&place.0).copied().or_else(of_column).unwrap_or(0)
            }
        }
    }

    /// The merge that covers a cell which is not its first.
    pub(super) fn covered(&self, place: (u32, u32)) -> Option<&Merge> {
        self.merges.iter().find(|merge| within(merge, place) && merge.first != (place.0, place.1 as u16))
    }

    /// Whether a formula of another cell, or of a whole range, fills a cell.
    pub(super) fn array(&self, place: (u32, u32)) -> Option<&Merge> {
        self.arrays.iter().find(|area| within(area, place))
    }

    /// Whether a conditional format holds in a cell.
    pub(super) fn is_conditional(&self, place: (u32, u32)) -> bool {
        self.conditional.iter().any(|area| within(area, place))
    }
}

/// Whether any cell of a sheet has a formula.
pub(super) fn has_formulas(part: &[u8]) -> bool {
    ["<f>", "<f ", ":f>", ":f "].iter().any(|name| memmem::find(part, name.as_bytes()).is_some())
}

/// Whether a cell lies in a range.
pub(super) fn within(area: &Merge, (row, column): (u32, u32)) -> bool {
    (area.first.0..=area.last.0).contains(&row) && (u32::from(area.first.1)..=u32::from(area.last.1)).contains(&column)
}

fn push(areas: &mut Vec<Merge>, area: Merge) {
    if areas.len() < MOST_RANGES {
        areas.push(area);
    }
}

fn push_all(areas: &mut Vec<Merge>, text: &str) {
    text.split_whitespace().filter_map(range).for_each(|area| push(areas, area));
}

/// The tag of the formula of a cell.
fn formula_tag(whole: &str, tag: &str) -> Option<Tag> {
    let inner = &whole[tag.len()..];
    let mut rest = inner;
    while let Some(at) = rest.find('<') {
        let tag = &rest[at..rest[at..].find('>').map_or(rest.len(), |end| at + end + 1)];
        let found = Tag::new(tag);
        if found.name().rsplit(':').next() == Some("f") {
            return Some(found);
        }
        rest = &rest[at + 1..];
    }
    None
}

fn array(tag: &Tag) -> Option<Merge> {
    let kind = tag.get("t")?;
    if !matches!(&*kind, "array" | "dataTable") {
        return None;
    }
    range(&tag.get("ref")?)
}

fn formula_of(tag: &Tag, whole: &str) -> Formula {
    let from = whole.find(tag.as_str()).map_or(whole.len(), |at| at + tag.as_str().len());
    let text = if tag.is_empty() { "" } else { &whole[from..whole[from..].find('<').map_or(whole.len(), |end| from + end)] };
    let text = quick_xml::escape::unescape(text).map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned);
    let leads = tag.get("t").as_deref() == Some("shared") && tag.get("ref").is_some();
    if leads { Formula::Shared(text) } else { Formula::Own(text) }
}

/// The text that a cell holds, where it is no number.
fn text_of(tag: &Tag, whole: &str) -> Option<HeldText> {
    match &*tag.get("t")? {
        "s" => inner(whole, "v").trim().parse().ok().map(HeldText::Shared),
        "str" => Some(HeldText::Own(inner(whole, "v"))),
        "inlineStr" => Some(HeldText::Own(inner(whole, "t"))),
        _ => None,
    }
}

/// The number that a cell holds.
fn number_of(tag: &Tag, whole: &str) -> Option<f64> {
    tag.get("t").is_none_or(|kind| kind == "n").then(|| inner(whole, "v").trim().parse().ok())?
}

/// The text of the elements of a name in a cell.
fn inner(whole: &str, name: &str) -> String {
    let (mut text, mut inside) = (String::new(), false);
    walk_parts(whole.as_bytes(), |step| match step {
        XmlStep::Open(element) => inside |= element.name() == name,
        XmlStep::Close(closed) => inside &= closed != name,
        XmlStep::Text(piece) if inside => text.push_str(piece),
        XmlStep::Text(_) => {}
    });
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_keeps_a_cell_from_being_written_is_found() {
        let part = "<worksheet><cols><col min=\"3\" max=\"4\" style=\"7\"/></cols><sheetData><row r=\"1\" s=\"5\" customFormat=\"1\">\
            <c r=\"A1\" s=\"2\"><f>SUM(B1,&quot;&amp;&quot;)</f><v>1</v></c><c r=\"B1\"><f t=\"array\" ref=\"B1:B3\">X</f></c></row><row r=\"2\">\
            <c r=\"A2\"><f t=\"shared\" ref=\"A2:A9\" si=\"0\">B2</f></c></row></sheetData><sheetProtection sheet=\"1\"/>\
            <mergeCells><mergeCell ref=\"C3:D4\"/></mergeCells><conditionalFormatting sqref=\"G2:G9 H1\"/>\
            <extLst><x14:conditionalFormatting><xm:sqref>J1:J2</xm:sqref></x14:conditionalFormatting></extLst></worksheet>";
        let asked = HashSet::from([(0, 0), (0, 1), (0, 5), (1, 0), (1, 3), (5, 9)]);
        let facts = SheetFacts::read(part.as_bytes(), &asked).unwrap();
        assert_eq!(facts.cell((0, 0)).unwrap().formula, Some(Formula::Own("SUM(B1,\"&\")".to_owned())));
        assert_eq!(facts.cell((1, 0)).unwrap().formula, Some(Formula::Shared("B2".to_owned())));
        assert_eq!([(0, 0), (0, 5), (1, 3), (5, 9)].map(|place| facts.style(place)), [2, 5, 7, 0]);
        assert!(facts.array((2, 1)).is_some() && facts.array((3, 1)).is_none());
        assert!(facts.covered((3, 3)).is_some() && facts.covered((2, 2)).is_none());
        assert!(facts.is_conditional((0, 7)) && facts.is_conditional((1, 9)) && !facts.is_conditional((0, 6)));
        assert!(facts.protected && facts.has_formulas);
    }
}
