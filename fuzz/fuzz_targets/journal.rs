//! Any bytes read as a journal of unsaved work, and what it says made to happen again; the document that comes of it can be saved.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plandesk::{
    app::Replayed,
    store::{self, Kept},
};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(kept) = Kept::of(bytes) {
        let document = Replayed::of(kept).document;
        store::encode(&document, &[]).expect("what is kept can be written");
    }
});
