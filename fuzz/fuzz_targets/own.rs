//! Any bytes opened as a file of the program's own; what is read is written and read again alike.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plandesk::store;

fuzz_target!(|bytes: &[u8]| {
    if let Ok((document, notes)) = store::decode(bytes) {
        let written = store::encode(&document, &notes).expect("what was read can be written");
        let (again, noted) = store::decode(&written).expect("what was written can be read");
        assert_eq!(again.tables.len(), document.tables.len());
        assert!(noted.len() <= notes.len());
    }
});
