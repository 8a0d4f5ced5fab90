//! Any bytes opened as a workbook, and its grids read as plans.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plandesk::{layouts, workbook};

// A panic inside a library is caught by the program, and is no find.
fuzz_target!(init: std::panic::set_hook(Box::new(|_| {})), |bytes: &[u8]| {
    if let Ok((grids, _)) = workbook::open("fuzzed.csv", bytes, &|_| true) {
        let outlines = layouts::outline(&grids);
        let _ = layouts::read(grids, &outlines);
    }
});
