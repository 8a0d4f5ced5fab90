//! The copies that programs which keep folders in step leave beside a workbook when two people saved it. Tells them by their names; touches none.

use std::path::Path;

use super::file_lock;

/// So many names of a folder are looked at.
const MOST: usize = 5_000;
/// What Windows calls a computer by itself: a beginning, and how many capitals and digits follow.
const COMPUTERS: [(&str, usize, usize); 4] = [("DESKTOP-", 4, 11), ("LAPTOP-", 4, 11), ("WIN-", 8, 11), ("PC-", 4, 11)];
/// How a name ends that people give their computer.
const OWN_COMPUTERS: [&str; 8] =
    ["'s pc", "'s laptop", "'s computer", "'s macbook", "'s macbook air", "'s macbook pro", "s-macbook-pro", "s-mbp"];
/// The longest name of a computer.
const LONGEST: usize = 15;

/// A copy beside a workbook that others saved at the same time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConflictCopy {
    /// Beside the workbook stands such a copy of it.
    Beside(String),
    /// The workbook is itself such a copy of the one named.
    Of(String),
}

/// The copies that stand beside a workbook, by their names in order.
#[must_use]
pub fn conflict_copies(workbook: &Path) -> Vec<ConflictCopy> {
    let Some((own, ending)) = workbook.file_name().and_then(|name| name.to_str()).and_then(parts) else { return Vec::new() };
    let folder = workbook.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let computer = file_lock::computer();
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().take(MOST);
    let named = entries.filter_map(|entry| {
        let name = entry.file_name().into_string().ok()?;
        let (stem, _) = parts(&name).filter(|(_, other)| other.eq_ignore_ascii_case(ending))?;
        let found = if is_copy(stem, own, &computer) {
            ConflictCopy::Beside
        } else if is_copy(own, stem, &computer) {
            ConflictCopy::Of
        } else {
            return None;
        };
        entry.file_type().is_ok_and(|kind| kind.is_file()).then(|| found(name.clone()))
    });
    let mut found: Vec<ConflictCopy> = named.collect();
    found.sort_by(|one, other| one.name().cmp(other.name()));
    found
}

impl ConflictCopy {
    /// The name of the other file.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Beside(name) | Self::Of(name) => name,
        }
    }
}

/// The name of a file, and its ending.
fn parts(name: &str) -> Option<(&str, &str)> {
    name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty())
}

/// Whether a name is that of another with what such a program adds to it.
fn is_copy(name: &str, of: &str, computer: &str) -> bool {
    let halves = name.split_at_checked(of.len());
    let Some((_, added)) = halves.filter(|(begin, added)| !added.is_empty() && begin.eq_ignore_ascii_case(of)) else { return false };
    let lower = added.to_lowercase();
    in_brackets(&lower).is_some_and(|words| words.contains("conflicted copy") || words.starts_with("sfconflict "))
        || lower.strip_prefix("_conf").is_some_and(|rest| in_brackets(rest).is_some_and(is_digits))
        || lower.strip_prefix(".sync-conflict-").or_else(|| lower.strip_prefix("_conflict-")).is_some_and(begins_with_day)
        || lower == ".conflict"
        || lower.strip_prefix('_').and_then(|rest| rest.strip_suffix("_conflict")).is_some_and(|rest| rest.matches('-').count() >= 3)
        || added.strip_prefix('-').is_some_and(|rest| is_computer(rest, computer))
}

/// What stands in brackets, where there is nothing around them.
fn in_brackets(text: &str) -> Option<&str> {
    text.trim_start().strip_prefix('(')?.strip_suffix(')')
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text begins with a day such as `20261127` and its time.
fn begins_with_day(text: &str) -> bool {
    text.split_once('-').is_some_and(|(day, time)| day.len() == 8 && is_digits(day) && time.get(..6).is_some_and(is_digits))
}

/// Whether a text is the name of a computer, which OneDrive puts behind that of the file, with a number where there are several. A council's
/// plans end in `-Q3`, `-FY2026-27` and `-V2` far more often, so that only what can hardly be anything else is taken for one.
fn is_computer(text: &str, own: &str) -> bool {
    let unnumbered = text.rsplit_once('-').filter(|(_, number)| number.len() <= 2 && is_digits(number)).map(|(name, _)| name);
    [Some(text), unnumbered].into_iter().flatten().any(|name| {
        let lower = name.to_lowercase().replace('’', "'");
        let default = |(begin, least, most): (&str, usize, usize)| {
            name.strip_prefix(begin).is_some_and(|rest| (least..=most).contains(&rest.len()) && rest.bytes().all(is_capital_or_digit))
        };
        (!own.is_empty() && name.eq_ignore_ascii_case(own))
            || COMPUTERS.into_iter().any(default)
            || OWN_COMPUTERS.iter().any(|end| lower.len() > end.len() && lower.ends_with(end))
            || is_asset(name)
    })
}

fn is_capital_or_digit(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit()
}

/// Whether a text is a name as councils number their computers: `CCC-LT04512`.
fn is_asset(name: &str) -> bool {
    let Some((begin, number)) = name.rsplit_once('-') else { return false };
    let letters = number.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = &number[letters..];
    name.len() <= LONGEST
        && (1..=4).contains(&letters)
        && digits.len() >= 4
        && is_digits(digits)
        && !(digits.len() == 4 && ["19", "20"].contains(&&digits[..2]))
        && !begin.is_empty()
        && begin.bytes().all(|byte| byte == b'-' || is_capital_or_digit(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_such_programs_add_to_a_name_is_known_and_nothing_else() {
        for added in [
            " (Jane's conflicted copy 2026-11-27)",
            " (conflicted copy 2026-11-27 101112)",
            " (DESKTOP-AB12CD3's conflicted copy 2026-11-27 (1))",
            " (SFConflict jane@council.gov.uk 2026-11-27-10-11-12)",
            "_conf(1)",
            ".sync-conflict-20261127-101112-ABCDEFG",
            "_conflict-20261127-101112",
            ".Conflict",
            "_NAS-2_Nov-27-101112-2026_Conflict",
            "-DESKTOP-AB12",
            "-DESKTOP-AB12CD3",
            "-LAPTOP-0A1B2C3D-2",
            "-Jane's PC",
            "-Jane’s MacBook Pro",
            "-CCC-LT04512",
            "-councilpc",
        ] {
            assert!(is_copy(&format!("Plan{added}"), "Plan", "COUNCILPC"), "{added}");
            assert!(!is_copy("Plan", &format!("Plan{added}"), "COUNCILPC"), "{added}");
            assert!(!is_copy(&format!("Planning{added}"), "Plan", "COUNCILPC"), "{added}");
        }
        for added in [
            "",
            " (2)",
            " (conflict of interest)",
            " - conflicted",
            "_conference",
            "_conf(draft)",
            "_conflict-resolution",
            " (before plandesk, 26 Nov 2026)",
            "-Q3",
            "-V2",
            "-2026",
            "-FY2026-27",
            "-FY26-Q3",
            "-FINAL",
            "-WARD-2026",
            "-DOC-00123",
            "-PHASE-A2026",
            "-desktop-version",
            "-DESKTOP-version",
            "-Housing",
            "-COPY-2",
        ] {
            assert!(!is_copy(&format!("Plan{added}"), "Plan", "COUNCILPC"), "{added}");
        }
        assert!(!is_copy("Plan-", "Plan", "") && !is_copy("Plän", "Pla", ""));
    }

    #[test]
    fn a_folder_is_looked_through_for_copies_of_the_same_kind() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let copies = ["PLAN-DESKTOP-AB12.XLSX", "Plan (Jane's conflicted copy 2026-11-27).xlsx"];
        for name in ["Plan.xlsx", "Plan-DESKTOP-AB12.docx", "Plan return.xlsx", "~$Plan.xlsx"].into_iter().chain(copies) {
            std::fs::write(at(name), "x").unwrap();
        }
        std::fs::create_dir(at("Plan_conf(1).xlsx")).unwrap();
        let found = conflict_copies(&at("Plan.xlsx"));
        assert_eq!(found, copies.map(|name| ConflictCopy::Beside(name.to_owned())));
        assert_eq!(conflict_copies(&at(copies[0])), [ConflictCopy::Of("Plan.xlsx".to_owned())]);
        assert_eq!(conflict_copies(&at("none/Plan.xlsx")), []);
    }
}
