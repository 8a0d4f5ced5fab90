//! Any bytes opened as a workbook, to its grids.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plandesk::workbook;

fuzz_target!(|bytes: &[u8]| {
    let _ = workbook::open("fuzzed.csv", bytes, &|_| true);
});
