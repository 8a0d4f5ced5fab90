//! Sheets made at random out of owners' words: whatever stands where, reading ends, and every filled cell is accounted for.

use plandesk::{
    model::Stored,
    workbook::{Merge, Painted, RawCell, RawRow, RawSheet},
};
use proptest::prelude::*;

/// Words that mean something to the reader, and some that do not.
const WORDS: [&str; 48] = [
    "Ref",
    "Action",
    "Lead officer",
    "End date",
    "Start",
    "RAG",
    "Status",
    "Comment",
    "Measure",
    "KPI",
    "Target",
    "Current",
    "Q1",
    "Q2",
    "Aug 17",
    "2023/24",
    "Risk",
    "Likelihood",
    "Impact",
    "Score",
    "Mitigation",
    "Approach:",
    "Objective: to help",
    "Priority 1: Homes",
    "1.1",
    "1.1.1",
    "2",
    "Complete",
    "In progress",
    "Not started",
    "Red",
    "G",
    "✓",
    "Total",
    "Note: provisional",
    "Key",
    "C = Complete, N = Not started",
    "Name:",
    "Review date: Jan-19",
    "Dec 2018",
    "TBC",
    "79%",
    "↑",
    "A longer text about homes made warmer for people on every street",
    "Housing Manager",
    "e.g. a date",
    "–",
    "é☂",
];

fn cell() -> impl Strategy<Value = RawCell> {
    let number = prop_oneof![Just((42_948.0, "mmm-yy")), Just((12.0, "General")), Just((0.5, "0%")), Just((-3.25, "£#,##0.00"))];
    let text = (0..WORDS.len()).prop_map(|at| (WORDS[at].to_owned(), None));
    let stored =
        number.prop_map(|(number, format)| (plandesk::model::show_number(number, format), Some(Stored { number, format: format.into() })));
    let fill = prop_oneof![6 => Just(None), 1 => Just(Some(0xFF_0000)), 1 => Just(Some(0x92_D050))];
    (prop_oneof![6 => text, 1 => stored], fill, prop::bool::weighted(0.15)).prop_map(|((text, stored), fill, bold)| RawCell {
        text: text.into(),
        stored,
        fill,
        bold,
        ..RawCell::default()
    })
}

fn grid(number: usize) -> impl Strategy<Value = RawSheet> {
    let row = (1..4_u32, prop::collection::btree_map(0..9_u16, cell(), 1..9));
    let merge = ((0..40_u32, 0..9_u16), (0..4_u32, 0..5_u16))
        .prop_map(|(first, (down, right))| Merge { first, last: (first.0 + down, first.1 + right) });
    let painted = (0..40_u32, 0..9_u16).prop_map(|(row, column)| Painted { row, column, fill: 0xFF_C000 });
    (prop::collection::vec(row, 0..24), prop::collection::vec(merge, 0..6), prop::collection::vec(painted, 0..6), any::<bool>()).prop_map(
        move |(rows, merges, mut painted, dense)| {
            let mut at = 0;
            let rows = rows.into_iter().map(|(gap, cells)| {
                at += if dense { 1 } else { gap };
                let cells = cells.into_iter().map(|(column, cell)| RawCell { column, ..cell }).collect();
                RawRow { row: at, cells }
            });
            painted.sort_by_key(|painted| (painted.row, painted.column));
            RawSheet { sheet: format!("Sheet {number}"), rows: rows.collect(), merges, painted, ..RawSheet::default() }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_cell_of_any_sheet_is_accounted_for(first in grid(1), second in grid(2)) {
        let filled = first.filled() + second.filled();
        let reading = crate::read_workbook(vec![first, second]);
        let counted = reading.accounted;
        prop_assert_eq!((counted.cells, counted.unread), (filled, 0));
        prop_assert_eq!(counted.in_tables + counted.in_fields + counted.in_notes, filled);
        for table in &reading.tables {
            prop_assert!(table.rows.iter().all(|row| row.cells.len() == table.columns.len() || !row.fields.is_empty()));
        }
    }
}
