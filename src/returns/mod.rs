//! Return templates: a document to the pages of a workbook. Writes no bytes and changes no document.

mod board;
mod chart_data;
mod cover;
mod history;
mod kpi;
mod live;
mod loose;
mod names;
mod parts;
mod plan;
mod reading;
mod rules;
mod sheet;
mod statuses;
mod style;
mod table;

pub use live::counted_anew;
pub use style::fill;

use jiff::civil::Date;

use crate::{
    model::Document,
    workbook::{Page, Properties},
};

/// One kind of return.
#[derive(Debug)]
pub struct Template {
    /// As shown in a menu.
    pub name: &'static str,
    /// What it is, in one sentence.
    pub about: &'static str,
    /// Its pages, and what the workbook says of itself. The date is the one the return stands at, where one is known.
    pub pages: for<'doc> fn(&'doc Document, Option<Date>) -> (Vec<Page<'doc>>, Properties),
}

/// Every return there is.
pub const ALL: &[Template] = &[board::TEMPLATE];

/// The pages of the usual return, the one for a board.
#[must_use]
pub fn pages(document: &Document, as_of: Option<Date>) -> (Vec<Page<'_>>, Properties) {
    (board::TEMPLATE.pages)(document, as_of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_has_a_name_of_its_own_and_takes_the_empty_document() {
        for (at, template) in ALL.iter().enumerate() {
            assert!(ALL[..at].iter().all(|other| other.name != template.name), "{}", template.name);
            let document = Document::default();
            let (pages, properties) = (template.pages)(&document, None);
            assert_eq!((pages.len(), &*properties.title), (1, "Untitled plan"));
        }
    }
}
