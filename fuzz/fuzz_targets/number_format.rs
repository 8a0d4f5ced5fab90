//! Any number in any number format: the first eight bytes are the number. Found are hangs; a fault in the formatter is caught where it is called.
#![no_main]

use std::sync::Once;

use libfuzzer_sys::fuzz_target;
use plandesk::model::show_number;

static CAUGHT: Once = Once::new();

fuzz_target!(|bytes: &[u8]| {
    // The fuzzer's own hook would end the process before the fault is caught.
    CAUGHT.call_once(|| std::panic::set_hook(Box::new(|_| {})));
    if let Some((number, format)) = bytes.split_first_chunk() {
        let _ = show_number(f64::from_le_bytes(*number), &String::from_utf8_lossy(format));
    }
});
