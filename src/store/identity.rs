//! By what a document is known again in the files written from it: a number of where it came from, which tells nothing else.

use std::{
    path::Path,
    time::{SystemTime, UNIX_EPOCH},
};

use crate::model::stable_hash;

/// The identity of what is read from a file: the same for that file whatever it holds, another for a file elsewhere.
#[must_use]
pub fn identity(path: &Path) -> String {
    let whole = path.canonicalize().unwrap_or_else(|_| path.into());
    format!("{:016x}", stable_hash(whole.as_os_str().as_encoded_bytes().iter().copied()))
}

/// The identity of a document that came from no file: another each time.
#[must_use]
pub fn new_identity() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |passed| passed.as_nanos());
    format!("{:016x}", stable_hash(now.to_le_bytes().into_iter().chain(std::process::id().to_le_bytes())))
}

/// The identity of two documents that are one.
#[must_use]
pub fn both(one: &str, other: &str) -> String {
    format!("{:016x}", stable_hash(one.bytes().chain(other.bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_keeps_its_identity_and_shares_it_with_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.xlsx");
        std::fs::write(&path, "first").unwrap();
        let first = identity(&path);
        std::fs::write(&path, "second").unwrap();
        assert_eq!(identity(&folder.path().join(".").join("plan.xlsx")), first);
        assert_ne!(identity(&folder.path().join("other.xlsx")), first);
    }
}
