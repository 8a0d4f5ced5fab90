//! What moves on a sheet, tried element by element, and on random grids against a plain model.

mod around;
mod formulas;
mod grid;
mod parts;
mod whole;

use super::{Around, Axis, CannotShift, PartKind, Placed, Shift, Shifted, shift_part};

const NEW: Placed = Placed::New { like: None };

fn old(from: u32, to: u32) -> Vec<Placed> {
    (from..=to).map(Placed::Old).collect()
}

/// `count` new rows before the row with this number, as Excel counts.
fn insert(before: u32, count: usize) -> Shift {
    Shift::new(Axis::Rows, before - 1, 0, vec![NEW; count]).expect("a shift")
}

/// Without the rows from one number to another.
fn delete(from: u32, to: u32) -> Shift {
    Shift::new(Axis::Rows, from - 1, to - from + 1, Vec::new()).expect("a shift")
}

/// The row of one number cut and put in before another, both as they are numbered before.
fn moved(row: u32, before: u32) -> Shift {
    let (row, before) = (row - 1, before - 1);
    let order =
        if row < before { [old(row + 1, before - 1), old(row, row)].concat() } else { [old(row, row), old(before, row - 1)].concat() };
    Shift::new(Axis::Rows, row.min(before), order.len() as u32, order).expect("a shift")
}

fn columns(shift: &Shift) -> Shift {
    Shift::new(Axis::Columns, shift.first, shift.old_count, shift.order.clone()).expect("a shift")
}

fn sheets() -> Vec<String> {
    ["One", "Plan", "Three", "It's R&D", "Far"].map(str::to_owned).to_vec()
}

fn part(kind: PartKind<'_>, xml: &str, shift: &Shift) -> Result<Shifted, CannotShift> {
    shift_part(kind, xml.as_bytes(), shift, Around { moved_sheet: "Plan", sheets: &sheets() })
}

fn text(kind: PartKind<'_>, xml: &str, shift: &Shift) -> String {
    let shifted = part(kind, xml, shift).unwrap_or_else(|refusal| panic!("{xml}: {refusal}"));
    String::from_utf8(shifted.bytes).expect("UTF-8")
}

/// A worksheet with this in it, and what of it is there after a change.
fn sheet(inner: &str, shift: &Shift) -> String {
    let (head, foot) = ("<worksheet xmlns=\"m\">", "</worksheet>");
    let out = text(PartKind::MovedSheet, &format!("{head}{inner}{foot}"), shift);
    out.strip_prefix(head).and_then(|out| out.strip_suffix(foot)).expect("the worksheet").to_owned()
}

fn refusal(inner: &str, shift: &Shift) -> String {
    let xml = format!("<worksheet>{inner}</worksheet>");
    part(PartKind::MovedSheet, &xml, shift).err().unwrap_or_else(|| panic!("{inner} was moved")).to_string()
}
