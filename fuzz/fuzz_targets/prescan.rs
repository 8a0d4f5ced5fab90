//! Any bytes through the checks that stand before the libraries: the parts of a zip, and the records of an older workbook.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plandesk::workbook::{legacy::Legacy, package::Package};

fuzz_target!(|bytes: &[u8]| {
    let _ = Package::open(bytes, &|| true);
    let _ = Legacy::open(bytes, "VelvetSweatshop");
});
