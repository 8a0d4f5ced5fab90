//! Formulas that cells share, given to each of the cells as its own. Leaves what they show.

use std::collections::HashSet;

use super::{
    Axis, CannotShift, Shift,
    adjust::{Context, displaced},
    cells::unshared,
    decoded::Decoded,
    frames::Job,
    markup::{Step, Tag, Walk},
    shared::{Cursor, Groups},
};

/// A sheet in which the cells that share a formula with one of `heads`, the first cells of their groups, have formulas of their own.
///
/// # Errors
/// When the markup is broken.
pub(crate) fn unshare(source: &str, heads: &HashSet<(u32, u32)>) -> Result<String, CannotShift> {
    let nothing = Shift::new(Axis::Rows, 0, 0, Vec::new())?;
    let context = Context { shift: &nothing, moved_sheet: "", sheets: &[], sheet: "", own: false };
    let groups = Groups::find(source, &context)?;
    let mut job = Job::new(source, context);
    let mut walk = Walk::new(source, false);
    let (mut cursor, mut cells, mut open) = (Cursor::default(), false, None);
    loop {
        match walk.next()? {
            Step::Open(tag) => match tag.name {
                "sheetData" => cells = !tag.empty,
                "row" if cells => cursor.row(&tag, source),
                "c" if cells => drop(cursor.cell(tag.value("r"))),
                "f" if cells && tag.empty => own(&mut job, &groups, heads, &tag, (tag.end, tag.end), &cursor),
                "f" if cells => open = Some(tag),
                _ => {}
            },
            Step::Close { name: "f", start, end } => {
                if let Some(tag) = open.take() {
                    own(&mut job, &groups, heads, &tag, (start, end), &cursor);
                }
            }
            Step::Close { name: "sheetData", .. } | Step::Done => return Ok(job.patch.applied(source)),
            Step::Close { .. } => {}
        }
    }
}

/// Gives a cell its own formula where it shares that of one of `heads`; its content and its element end at the bytes given.
fn own(job: &mut Job<'_>, groups: &Groups<'_>, heads: &HashSet<(u32, u32)>, tag: &Tag<'_>, (to, end): (usize, usize), cursor: &Cursor) {
    let shares = tag.value("si").filter(|_| tag.value("t") == Some("shared"));
    let group = shares.and_then(|number| groups.of(number, tag.start, cursor.row, cursor.column));
    let Some(group) = group.filter(|group| heads.contains(&(group.row, group.column))) else { return };
    let stated = Decoded::of(job.raw((tag.end, to)), tag.end).text;
    let away = |at: u32, from: u32| i64::from(at) - i64::from(from);
    let text = if stated.trim().is_empty() {
        displaced(&group.text, away(cursor.row, group.row), away(cursor.column, group.column))
    } else {
        stated.into_owned()
    };
    job.patch.replace(tag.start, end, &unshared(tag, &text));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_cell_of_a_group_has_a_formula_of_its_own() {
        let sheet = |one: &str, two: &str, three: &str| {
            format!(
                "<worksheet><sheetData><row r=\"1\"><c r=\"A1\">{one}<v>1</v></c><c r=\"B1\"><f t=\"shared\" ref=\"B1:B2\" si=\"1\">C1</f></c></row>\
                 <row r=\"2\"><c r=\"A2\" s=\"4\">{two}<v>2</v></c><c r=\"B2\"><f t=\"shared\" si=\"1\"/></c></row><row r=\"3\"><c r=\"A3\">{three}\
                 </c></row></sheetData></worksheet>"
            )
        };
        let shared =
            sheet("<f t=\"shared\" ref=\"A1:A3\" si=\"0\">C1&amp;$D$1</f>", "<f t=\"shared\" si=\"0\"/>", "<f t=\"shared\" si=\"0\"></f>");
        let own = sheet("<f>C1&amp;$D$1</f>", "<f>C2&amp;$D$1</f>", "<f>C3&amp;$D$1</f>");
        assert_eq!(unshare(&shared, &HashSet::from([(0, 0)])).as_deref(), Ok(&*own));
        assert_eq!(unshare(&shared, &HashSet::from([(1, 0)])).as_deref(), Ok(&*shared));
    }
}
