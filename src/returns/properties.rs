//! What a return says of itself: its title, its owner, its marking with the label it stands for. Lays nothing out.

use crate::{
    model::{Document, Label, Marking},
    workbook::{Properties, sentinels},
};

/// What a return says of itself; `subject` is what kind of return it is.
pub(super) fn of(document: &Document, subject: &str) -> Properties {
    let owner = document.field("Owner").map_or("", |field| &field.cell.text);
    Properties {
        title: document.name().to_owned(),
        subject: subject.to_owned(),
        author: owner.to_owned(),
        comment: "Written by plandesk".to_owned(),
        marking: document.marking.as_ref().map_or_else(String::new, Marking::words),
        custom: custom(document),
        labels: label(document).map_or_else(Vec::new, |label| label.entries.clone()),
    }
}

fn label(document: &Document) -> Option<&Label> {
    document.marking.as_ref().map(|marking| &marking.label)
}

/// The properties of its sensitivity label, and whose return it is.
fn custom(document: &Document) -> Vec<(String, String)> {
    let labelled = label(document).into_iter().flat_map(|label| &label.properties);
    let own = (!document.identity.is_empty()).then(|| (sentinels::RETURN_OF.to_owned(), document.identity.to_string()));
    labelled.map(|(name, value)| (name.to_string(), value.to_string())).chain(own).collect()
}
