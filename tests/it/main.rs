//! The one integration binary: a module per subject.
#![expect(clippy::unwrap_used, reason = "a test stops at the first thing that fails")]

mod return_pages;
mod returns;
