//! The one integration binary: a module per subject.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first thing that fails")]

mod returns;
