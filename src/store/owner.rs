//! Who has a workbook open in a spreadsheet program, as told by the small file that program leaves beside it. Never touches the workbook.

use std::path::Path;

/// Where the wide name begins in Excel's file, after the single bytes and their padding.
const WIDE: usize = 0x37;
/// The longest name Excel keeps.
const LONGEST: usize = 54;
/// More than either file ever holds.
const MOST_BYTES: u64 = 4096;

/// Who has a workbook open, and in what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    pub name: String,
    pub program: &'static str,
}

impl std::fmt::Display for Owner {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} has it open in {}", self.name, self.program)
    }
}

/// Who has a workbook open, where the program they have it open in says so.
#[must_use]
pub fn owner(workbook: &Path) -> Option<Owner> {
    let name = workbook.file_name()?.to_string_lossy();
    let excel = beside(workbook, &format!("~${name}")).and_then(|bytes| excel_name(&bytes));
    if let Some(name) = excel {
        return Some(Owner { name, program: "Excel" });
    }
    let name = beside(workbook, &format!(".~lock.{name}#")).and_then(|bytes| office_name(&bytes))?;
    Some(Owner { name, program: "LibreOffice" })
}

fn beside(workbook: &Path, name: &str) -> Option<Vec<u8>> {
    let path = workbook.with_file_name(name);
    let about = std::fs::metadata(&path).ok().filter(|about| about.is_file() && about.len() <= MOST_BYTES);
    about.and_then(|_| std::fs::read(path).ok())
}

/// The name in Excel's file: a length and the name in single bytes, then both again in wide characters.
fn excel_name(bytes: &[u8]) -> Option<String> {
    wide_name(bytes).or_else(|| {
        let length = usize::from(*bytes.first()?);
        let name = bytes.get(1..=length).filter(|_| length <= LONGEST)?;
        said(&name.iter().map(|byte| char::from(*byte)).collect::<String>())
    })
}

fn wide_name(bytes: &[u8]) -> Option<String> {
    let (head, rest) = bytes.get(WIDE..)?.split_at_checked(2)?;
    let length = usize::from(u16::from_le_bytes([head[0], head[1]]));
    let name = rest.get(..length * 2).filter(|_| length <= LONGEST)?;
    let units: Vec<u16> = name.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    said(&String::from_utf16(&units).ok()?)
}

/// The name in LibreOffice's file: its owner's own first, else the account's, between commas.
fn office_name(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut fields = vec![String::new()];
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            ';' => break,
            ',' => fields.push(String::new()),
            letter => fields.last_mut()?.extend(if letter == '\\' { letters.next() } else { Some(letter) }),
        }
    }
    // Any other text with a comma in it is not one of these files.
    fields.iter().take(2).find_map(|name| said(name)).filter(|_| fields.len() >= 4)
}

/// A name that can be said: not nothing, and no control characters, which garbage has.
fn said(name: &str) -> Option<String> {
    let name = name.trim().trim_end_matches('\0').trim();
    (!name.is_empty() && !name.chars().any(char::is_control)).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn excel(single: &[u8], wide: &str) -> Vec<u8> {
        let mut bytes = vec![u8::try_from(single.len()).unwrap()];
        bytes.extend(single);
        bytes.resize(WIDE, b' ');
        let units: Vec<u16> = wide.encode_utf16().collect();
        bytes.extend(u16::try_from(units.len()).unwrap().to_le_bytes());
        bytes.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
        bytes.resize(165, b' ');
        bytes
    }

    #[test]
    fn excels_file_names_its_owner() {
        assert_eq!(excel_name(&excel(b"Jane Smith", "Jane Smith")).as_deref(), Some("Jane Smith"));
        assert_eq!(excel_name(&excel(b"?ukasz Wr?bel", "Łukasz Wróbel")).as_deref(), Some("Łukasz Wróbel"));
        let single = &excel(b"Zo\xEB Pike", "")[..WIDE];
        assert_eq!(excel_name(single).as_deref(), Some("Zoë Pike"), "an older Excel wrote single bytes alone");
    }

    #[test]
    fn cut_off_files_and_garbage_name_nobody_and_break_nothing() {
        let whole = excel(b"Jane Smith", "Jane Smith");
        for end in 0..whole.len() {
            let name = excel_name(&whole[..end]);
            assert!(name.is_none() || name.as_deref() == Some("Jane Smith"), "{end}: {name:?}");
        }
        for byte in 0..=255 {
            assert_eq!(excel_name(&[byte; 3]), None);
            assert_eq!(excel_name(&[byte; 165]).filter(|_| !(32..=54).contains(&byte)), None, "{byte}");
        }
        for text in ["", ",", ",,,,;", "a,b;", "Ref,Action\n1,Plan", "\u{1},\u{2},c,d,e;"] {
            assert_eq!(office_name(text.as_bytes()), None, "{text}");
        }
        assert_eq!(office_name(b"\xFF\xFE,a,b,c,d;"), None);
    }

    #[test]
    fn libreoffices_file_names_its_owner_or_the_account() {
        assert_eq!(office_name(b"Jane Smith,jsmith,PC-12,24.11.2026 10:03,file:///C:/x;").as_deref(), Some("Jane Smith"));
        assert_eq!(office_name(b",jsmith,PC-12,24.11.2026 10:03,file:///C:/x;").as_deref(), Some("jsmith"));
        assert_eq!(office_name(br"Smith\, Jane,jsmith,PC,24.11.2026 10:03,file:///;").as_deref(), Some("Smith, Jane"));
    }

    #[test]
    fn the_file_beside_a_workbook_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let workbook = folder.path().join("Plan für 2026.xlsx");
        assert_eq!(owner(&workbook), None);
        std::fs::write(folder.path().join(".~lock.Plan für 2026.xlsx#"), ",jsmith,PC,24.11.2026 10:03,file:///;").unwrap();
        assert_eq!(owner(&workbook).unwrap().to_string(), "jsmith has it open in LibreOffice");
        std::fs::write(folder.path().join("~$Plan für 2026.xlsx"), excel(b"Jane Smith", "Jane Smith")).unwrap();
        assert_eq!(owner(&workbook).unwrap().to_string(), "Jane Smith has it open in Excel");
    }
}
