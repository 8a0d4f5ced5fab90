//! Return templates: a document to the pages of a workbook, or to those of paper. Writes no bytes and changes no document.

mod beside;
mod board;
mod changes;
mod chart_data;
mod counting;
mod cover;
mod exceptions;
mod headline;
mod history;
mod kpi;
mod list;
mod live_counts;
mod long_rows;
mod loose;
mod names;
mod notes;
mod paper;
mod parts;
mod placement;
mod plan;
mod properties;
mod publish;
mod reading;
mod rules;
mod scales;
mod scores;
mod sheet;
mod statuses;
mod style;
mod table;

pub use changes::summary as changes_summary;
pub use live_counts::counted_anew;
pub use paper::{PrintedTable, printed_summary, printed_table};
pub use style::fill;

use crate::{
    insight::{AsOf, Report},
    model::Document,
    paper::Paper,
    workbook::{Page, Properties},
};

/// The pages of a workbook, and what it says of itself.
type Pages = for<'doc> fn(&Report<'doc>) -> (Vec<Page<'doc>>, Properties);

/// One kind of return.
#[derive(Debug)]
pub struct Template {
    /// By which it is chosen without a window.
    pub code: &'static str,
    /// As shown in a list.
    pub name: &'static str,
    /// What its file is called, after the name of the plan.
    pub file: &'static str,
    /// What it is, in one sentence.
    pub about: &'static str,
    /// Its pages as a workbook, and what that says of itself; `None` for one that is of paper only.
    pub pages: Option<Pages>,
    /// Its pages of paper.
    pub paper: fn(&Report<'_>) -> Paper,
}

impl PartialEq for Template {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Template {}

/// Every return there is.
pub const ALL: &[Template] = &[board::TEMPLATE, exceptions::TEMPLATE, changes::TEMPLATE, publish::TEMPLATE, paper::ONE_PAGE];

/// The return of a code.
#[must_use]
pub fn template(code: &str) -> Option<&'static Template> {
    ALL.iter().find(|template| template.code == code)
}

/// The usual return, the one for a board.
#[must_use]
pub fn board() -> &'static Template {
    &ALL[0]
}

/// The return that is to be published.
#[must_use]
pub fn publication() -> &'static Template {
    const { &publish::TEMPLATE }
}

/// The pages of the usual return, compared with no other.
#[must_use]
pub fn pages(document: &Document, as_of: AsOf) -> (Vec<Page<'_>>, Properties) {
    board::pages(&Report::of(document, as_of, None))
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use super::*;
    use crate::{insight::seed, workbook::Content};

    /// What the cover says is past its end, with the count beside it.
    fn past_their_end(document: &Document, as_of: AsOf) -> Option<(String, f64)> {
        let (pages, _) = pages(document, as_of);
        let cells = &pages[0].cells;
        let (at, words) = cells.iter().enumerate().find_map(|(at, cell)| match &cell.content {
            Content::Owned(words) if words.starts_with("Past their end") => Some((at, words.clone())),
            _ => None,
        })?;
        let Content::Stored(count) = &cells[at + 1].content else { return None };
        Some((words, count.number))
    }

    #[test]
    fn the_cover_says_how_many_are_past_their_end_and_when_that_is_judged() {
        let mut document = seed::document();
        let at_review = ("Past their end at the plan's review date, 31 January 2019, as this was written".to_owned(), 10.0);
        let as_of = AsOf { given: None, today: Some(Date::constant(2026, 11, 27)) };
        assert_eq!(past_their_end(&document, as_of), Some(at_review));
        document.tables[0].fields.pop();
        let written = past_their_end(&document, as_of).map(|(words, _)| words);
        assert_eq!(written.as_deref(), Some("Past their end when this was written, 27 November 2026"));
        assert_eq!(past_their_end(&document, AsOf::default()), None);
    }

    #[test]
    fn every_template_has_a_name_of_its_own_and_takes_the_empty_document() {
        for (at, template) in ALL.iter().enumerate() {
            assert!(ALL[..at].iter().all(|other| other.name != template.name && other.code != template.code), "{}", template.name);
            let document = Document::default();
            let report = Report::of(&document, AsOf::default(), None);
            assert!(!(template.paper)(&report).blocks.is_empty(), "{}", template.name);
            let Some(pages) = template.pages else { continue };
            let (pages, properties) = pages(&report);
            assert!(!pages.is_empty(), "{}", template.name);
            assert_eq!(&*properties.title, "Untitled plan");
        }
    }
}
