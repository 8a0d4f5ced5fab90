//! The sensitivity label of a workbook, from the two places it is kept in. Judges nothing.

use super::xml::{XmlStep, walk};
use crate::{
    model::{LABEL, Label, Named},
    workbook::package::Package,
};

/// The most properties and labels that are kept, and the longest value, in characters.
const MOST: usize = 100;
const LONGEST: usize = 255;
/// Properties beside the label's own that a labelling program writes.
const BESIDE: [&str; 2] = ["ClassificationContentMarking", "Sensitivity"];
/// What a label says of itself in the newer place.
const ATTRIBUTES: [&str; 7] = ["id", "enabled", "method", "siteId", "actionId", "contentBits", "removed"];

/// Reads the label of a package: its document properties, and the part that newer programs keep it in.
pub(crate) fn label(package: &Package) -> Label {
    let properties = properties(package.part("docProps/custom.xml").unwrap_or_default());
    Label { entries: entries(package.part("docMetadata/LabelInfo.xml").unwrap_or_default()), ..labelled(properties) }
}

/// The label that is among a workbook's properties.
pub(crate) fn labelled(properties: Vec<Named>) -> Label {
    let is_label = |name: &str| name.starts_with(LABEL) || BESIDE.iter().any(|beside| name.starts_with(beside));
    let properties = properties.into_iter().filter(|(name, _)| is_label(name)).take(MOST).collect();
    Label { properties, entries: Vec::new() }
}

/// The document properties that its owner or another program added, with their texts.
pub(crate) fn properties(part: &[u8]) -> Vec<Named> {
    let mut found: Vec<(String, String)> = Vec::new();
    walk(part, |step| match step {
        XmlStep::Open(element) if element.name() == "property" => found.push((element.get("name").unwrap_or_default(), String::new())),
        XmlStep::Text(text) => found.last_mut().into_iter().for_each(|(_, value)| value.push_str(text)),
        XmlStep::Open(_) | XmlStep::Close(_) => {}
    });
    let short = |text: &str| text.trim().chars().take(LONGEST).collect::<String>().into();
    found.iter().filter(|(name, _)| !name.is_empty()).map(|(name, value)| (short(name), short(value))).collect()
}

fn entries(part: &[u8]) -> Vec<Vec<Named>> {
    let mut entries = Vec::new();
    walk(part, |step| {
        if let XmlStep::Open(element) = step
            && element.name() == "label"
            && entries.len() < MOST
        {
            let short = |value: String| value.chars().take(LONGEST).collect::<String>().into();
            let given = |name: &&str| element.get(name).map(|value| ((*name).into(), short(value)));
            entries.push(ATTRIBUTES.iter().filter_map(given).collect());
        }
    });
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_and_labels_are_read_as_they_are_named() {
        let part = b"<Properties><property name=\"MSIP_Label_1_Name\" pid=\"2\"><vt:lpwstr>R&amp;D</vt:lpwstr></property>\
            <property name=\"Reviewed\"><vt:bool>true</vt:bool></property></Properties>";
        assert_eq!(properties(part), [("MSIP_Label_1_Name".into(), "R&D".into()), ("Reviewed".into(), "true".into())]);
        let part = b"<clbl:labelList><clbl:label id=\"{1}\" enabled=\"1\" siteId=\"{2}\" other=\"x\"/></clbl:labelList>";
        let named = |name: &str, value: &str| (name.into(), value.into());
        assert_eq!(entries(part), [[named("id", "{1}"), named("enabled", "1"), named("siteId", "{2}")]]);
    }
}
