//! Return templates: a document to the pages of a workbook. Writes no bytes and changes no document.

mod board;
mod chart_data;
mod cover;
mod history;
mod kpi;
mod names;
mod plan;
mod reading;
mod rules;
mod sheet;
mod style;
mod table;

pub use style::fill;

use crate::{
    insight::AsOf,
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
    /// Its pages, and what the workbook says of itself. The days are those it is judged at.
    pub pages: for<'doc> fn(&'doc Document, AsOf) -> (Vec<Page<'doc>>, Properties),
}

/// Every return there is.
pub const ALL: &[Template] = &[board::TEMPLATE];

/// The pages of the usual return, the one for a board.
#[must_use]
pub fn pages(document: &Document, as_of: impl Into<AsOf>) -> (Vec<Page<'_>>, Properties) {
    (board::TEMPLATE.pages)(document, as_of.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_has_a_name_of_its_own_and_takes_the_empty_document() {
        for (at, template) in ALL.iter().enumerate() {
            assert!(ALL[..at].iter().all(|other| other.name != template.name), "{}", template.name);
            let document = Document::default();
            let (pages, properties) = (template.pages)(&document, AsOf::default());
            assert_eq!((pages.len(), &*properties.title), (1, "Untitled plan"));
        }
    }
}
