//! Any bytes as separated values, to their grid.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plandesk::workbook;

fuzz_target!(|bytes: &[u8]| {
    if let Ok((grids, _)) = workbook::open("fuzzed.csv", bytes, &|_| true) {
        assert_eq!(grids.len(), 1);
        assert!(grids[0].rows.is_sorted_by_key(|row| row.row));
    }
    let _ = workbook::pasted("fuzzed", &String::from_utf8_lossy(bytes));
});
