//! What saving edits into the workbook of a large plan takes, against its parts unpacked and packed again by the zip library alone.

use std::{
    hint::black_box,
    io::{self, Cursor},
};

use plandesk::{
    app::write_back::{ToWrite, write_back},
    edit::{Change, apply},
    model::{Cell, Document, Role, TableKind},
    workbook::patch::Allowed,
};
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::{Pair, made::Words};

/// At most this many times what it takes to pack the parts again, which whoever writes a whole workbook does.
const BOUND: f64 = 1.0;

/// Measures one cell and 1,000; false when one is over its bound.
pub(crate) fn measure(file: &[u8]) -> bool {
    let base = crate::read(file);
    let mut within = true;
    for (name, cells) in [("save one", 1), ("save 1,000", 1_000)] {
        let now = edited(&base, cells);
        let wanted = ToWrite { base: &base.tables, now: &now, outside: &[], allowed: Allowed::default(), over_theirs: None };
        let written = write_back("plan.xlsx", file, &wanted, &|_| true).expect("the plan can be written");
        assert_eq!((written.receipt.written.len(), written.receipt.refused.len()), (cells, 0), "each edit is written");
        let pair = Pair::measure(
            || black_box(packed_again(file).len()),
            || black_box(write_back("plan.xlsx", file, &wanted, &|_| true).expect("it was just written").bytes.len()),
        );
        within &= pair.print(name, "the zip library packing the same parts again", BOUND);
    }
    within
}

/// The plan with so many comments typed anew, all over it.
fn edited(base: &Document, cells: usize) -> Document {
    let (mut now, mut words) = (base.clone(), Words(13));
    let table = base.of_kind(TableKind::Plan).next().expect("the plan was read");
    let column = table.columns[table.role_position(Role::Comment).expect("it has comments")].id;
    for at in 0..cells {
        let row = table.rows[at * table.rows.len() / cells].id;
        let change = Change::SetCell { table: table.id, row, column, cell: Cell::text(words.text(38)) };
        apply(&mut now, change).expect("the row is there");
    }
    now
}

/// The floor: every part unpacked and packed again.
fn packed_again(file: &[u8]) -> Vec<u8> {
    let mut zip = ZipArchive::new(Cursor::new(file)).expect("it is a workbook");
    let mut again = ZipWriter::new(Cursor::new(Vec::with_capacity(file.len())));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for at in 0..zip.len() {
        let mut part = zip.by_index(at).expect("the part is there");
        let name = part.name().expect("its name is text").into_owned();
        again.start_file(name, options).expect("memory can be written");
        io::copy(&mut part, &mut again).expect("the part is sound");
    }
    again.finish().expect("memory can be written").into_inner()
}
