//! Any bytes opened as a workbook, to its grids.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plandesk::workbook;

// A panic inside a library is caught by the program, and is no find.
fuzz_target!(init: std::panic::set_hook(Box::new(|_| {})), |bytes: &[u8]| {
    let _ = workbook::open("fuzzed.csv", bytes, &|_| true);
});
