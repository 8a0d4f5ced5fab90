//! Any number in any number format: the first eight bytes are the number.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plandesk::model::show_number;

fuzz_target!(|bytes: &[u8]| {
    if let Some((number, format)) = bytes.split_first_chunk() {
        let _ = show_number(f64::from_le_bytes(*number), &String::from_utf8_lossy(format));
    }
});
