//! The formulas that depend on what was edited: asks Excel to work them out anew when it opens the workbook. Works out none itself.

use quick_xml::{Reader, events::Event};

use super::{PatchError, facts::has_formulas, parts::Parts, tag::Tag};

/// The elements of a workbook's part that follow the one about calculation.
const AFTER: [&str; 9] = [
    "oleSize",
    "customWorkbookViews",
    "pivotCaches",
    "smartTagPr",
    "smartTagTypes",
    "webPublishing",
    "fileRecoveryPr",
    "webPublishObjects",
    "extLst",
];

/// Has a workbook worked out anew when it is opened, where it has formulas and anything in it changed.
pub(super) fn ask_for(parts: &mut Parts<'_>) -> Result<(), PatchError> {
    if !parts.is_changed() {
        return Ok(());
    }
    let mut any = false;
    for sheet in parts.sheets() {
        any = any || has_formulas(&parts.read(&sheet)?);
    }
    if any {
        let part = parts.book_part().to_owned();
        let bytes = parts.read(&part)?;
        if let Some(changed) = std::str::from_utf8(&bytes).ok().map(|text| text.trim_start_matches('\u{feff}')).and_then(on_load) {
            parts.set_unless_same(&part, &bytes, changed.into_bytes());
        }
    }
    Ok(())
}

/// A workbook's part that asks for everything to be worked out on opening; nothing where it is not sound.
fn on_load(book: &str) -> Option<String> {
    let mut reader = Reader::from_str(book);
    reader.config_mut().check_end_names = false;
    let mut depth = 0_usize;
    loop {
        let from = usize::try_from(reader.buffer_position()).ok()?;
        let event = reader.read_event().ok()?;
        let to = usize::try_from(reader.buffer_position()).ok()?;
        let name = match &event {
            Event::Start(start) | Event::Empty(start) => start.local_name().as_ref().to_owned(),
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(put_in(book, from));
                }
                continue;
            }
            Event::Eof => return None,
            _ => continue,
        };
        if name == "calcPr" {
            let mut tag = Tag::new(&book[from..to]);
            tag.set("fullCalcOnLoad", "1");
            return Some(format!("{}{}{}", &book[..from], tag.as_str(), &book[to..]));
        }
        if depth == 1 && AFTER.contains(&&*name) {
            return Some(put_in(book, from));
        }
        depth += usize::from(matches!(event, Event::Start(_)));
    }
}

fn put_in(book: &str, at: usize) -> String {
    let prefix = book.find("workbook").and_then(|end| Some(&book[book[..end].rfind('<')? + 1..end])).unwrap_or("");
    format!("{}<{prefix}calcPr fullCalcOnLoad=\"1\"/>{}", &book[..at], &book[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workbook_is_worked_out_anew_on_opening() {
        let with = on_load("<workbook><sheets/><calcPr calcId=\"1\"/><extLst/></workbook>").unwrap();
        assert_eq!(with, "<workbook><sheets/><calcPr calcId=\"1\" fullCalcOnLoad=\"1\"/><extLst/></workbook>");
        let with = on_load("<?xml version=\"1.0\"?><x:workbook><x:sheets><x:sheet/></x:sheets><x:pivotCaches/></x:workbook>").unwrap();
        assert!(with.contains("</x:sheets><x:calcPr fullCalcOnLoad=\"1\"/><x:pivotCaches/>"), "{with}");
        let with = on_load("<workbook><sheets></sheets></workbook>").unwrap();
        assert_eq!(with, "<workbook><sheets></sheets><calcPr fullCalcOnLoad=\"1\"/></workbook>");
    }
}
