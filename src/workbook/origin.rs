//! Whose return a workbook is, by the mark in its properties, and whether it was saved elsewhere since. Reads no cell.

use super::{
    package::{Package, PackageKind},
    parts::{XmlStep, properties, walk},
    sentinels,
};

/// Where a return came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The identity of its document.
    pub of: String,
    /// Whether another program has saved it since.
    pub changed: bool,
}

/// The origin of a workbook; none for one that no return was written into.
#[must_use]
pub fn origin(bytes: &[u8]) -> Option<Origin> {
    let package = Package::open(bytes, &|| true).ok().filter(|package| package.kind() == PackageKind::Xlsx)?;
    let own = properties(package.part("docProps/custom.xml").unwrap_or_default());
    let (_, of) = own.into_iter().find(|(name, _)| **name == *sentinels::RETURN_OF)?;
    let (mut times, mut within) = ([String::new(), String::new()], None);
    walk(package.part("docProps/core.xml").unwrap_or_default(), |step| match step {
        XmlStep::Open(element) => within = ["created", "modified"].iter().position(|name| *name == element.name()),
        XmlStep::Text(text) => within.into_iter().for_each(|at: usize| times[at].push_str(text)),
        XmlStep::Close(_) => within = None,
    });
    let [created, modified] = times;
    Some(Origin { of: of.into(), changed: created.is_empty() || created != modified })
}
