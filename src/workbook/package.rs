//! A zipped workbook's parts, unpacked once and checked. Never trusts a size, a count or a name that the file states.

mod budget;
mod encoding;
mod label;
mod limits;
mod markup;
mod ods;
mod xlsb;
mod xlsx;

use std::{
    collections::{HashMap, HashSet},
    io::{Cursor, Read},
};

use zip::{ZipArchive, read::ZipFileEntry, result::ZipError};

pub use budget::{Beside, Budget};
pub use label::with_label;
pub use limits::*;
pub(super) use markup::{after_aside, openings};

use super::OpenError;

/// From how many bytes on a part is worth a thread of its own.
const LARGE: u64 = 4 << 20;

/// Which reader a package is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackageKind {
    /// .xlsx, .xlsm
    Xlsx,
    /// .xlsb
    Xlsb,
    /// .ods
    Ods,
}

struct Part {
    name: String,
    bytes: Vec<u8>,
}

/// The parts of a zipped workbook that a reader needs.
pub struct Package {
    parts: Vec<Part>,
    /// By lower-case name with plain slashes.
    places: HashMap<String, usize>,
    /// The names of all parts, of those too that no reader needs.
    names: Vec<String>,
    kind: PackageKind,
}

impl Package {
    /// Unpacks the parts a reader needs. `progress` is asked before each part and returns false to cancel.
    ///
    /// # Errors
    /// When it is no workbook, cannot be unpacked, has a password or could harm the program.
    pub fn open(bytes: &[u8], progress: &dyn Fn() -> bool) -> Result<Self, OpenError> {
        Self::open_parts(bytes, &|_| true, progress)
    }

    /// The same without the sheets and the texts: what describes the workbook.
    ///
    /// # Errors
    /// As `open`.
    pub fn open_description(bytes: &[u8], progress: &dyn Fn() -> bool) -> Result<Self, OpenError> {
        Self::open_parts(bytes, &|name| !may_be_large(name), progress)
    }

    fn open_parts(bytes: &[u8], wanted: &dyn Fn(&str) -> bool, progress: &dyn Fn() -> bool) -> Result<Self, OpenError> {
        let mut zip = read_directory(bytes)?;
        let mut needed = needed(bytes, &zip)?;
        needed.retain(|at| zip.by_index_data(*at).is_ok_and(|entry| entry.name().is_ok_and(|name| wanted(&name))));
        let mut parts = unpack_all(&mut zip, &needed, progress)?;
        into_utf8(&mut parts)?;
        let places = parts.iter().enumerate().map(|(at, part)| (part_key(&part.name), at)).collect();
        let names = zip.file_names().flatten().map(|name| name.replace('\\', "/")).collect();
        let mut package = Self { parts, places, names, kind: PackageKind::Xlsx };
        package.kind = package.find_kind()?;
        match package.kind {
            PackageKind::Xlsx => xlsx::check(&package)?,
            PackageKind::Xlsb => xlsb::check(&mut package)?,
            PackageKind::Ods => ods::check(&package)?,
        }
        Ok(package)
    }

    #[must_use]
    pub fn kind(&self) -> PackageKind {
        self.kind
    }

    /// A part by its name, with or without a leading slash, in any case.
    #[must_use]
    pub fn part(&self, name: &str) -> Option<&[u8]> {
        self.places.get(&part_key(name)).map(|at| self.parts[*at].bytes.as_slice())
    }

    /// The names of all parts, of those too that were left out because no reader needs them.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// Lets go of the bytes of a part that is read and not asked for again.
    pub(crate) fn release(&mut self, name: &str) {
        self.replace(name, Vec::new());
    }

    /// Puts other bytes in the place of a part; nothing happens when there is no such part.
    pub(crate) fn replace(&mut self, name: &str, bytes: Vec<u8>) {
        if let Some(at) = self.places.get(&part_key(name)) {
            self.parts[*at].bytes = bytes;
        }
    }

    /// A package of one text that holds all of a spreadsheet, as Flat ODS does.
    ///
    /// # Errors
    /// When it is too large or could harm the program.
    pub fn flat(bytes: &[u8]) -> Result<Self, OpenError> {
        let parts = vec![Part { name: "content.xml".to_owned(), bytes: ods::without_pictures(bytes)? }];
        let package = Self { places: [("content.xml".to_owned(), 0)].into(), parts, names: Vec::new(), kind: PackageKind::Ods };
        ods::check(&package)?;
        Ok(package)
    }

    fn find_kind(&self) -> Result<PackageKind, OpenError> {
        let other = self.part("mimetype").is_some_and(|mime| mime.starts_with(b"application/vnd.oasis.opendocument.text"));
        if self.part("word/document.xml").is_some() {
            Err(OpenError::Document("a Word document"))
        } else if self.part("ppt/presentation.xml").is_some() {
            Err(OpenError::Document("a presentation"))
        } else if other {
            Err(OpenError::Document("a text document"))
        } else if self.part("mimetype").is_some_and(|mime| mime.starts_with(b"application/vnd.oasis.opendocument.spreadsheet")) {
            Ok(PackageKind::Ods)
        } else if self.part("xl/workbook.bin").is_some() {
            Ok(PackageKind::Xlsb)
        } else if xlsx::workbook_name(self).is_some() {
            Ok(PackageKind::Xlsx)
        } else {
            Err(OpenError::NotAWorkbook)
        }
    }
}

/// A part's name as parts are compared: from the root, with plain slashes, in lower case.
pub(super) fn part_key(name: &str) -> String {
    name.trim_start_matches(['/', '\\']).replace('\\', "/").to_ascii_lowercase()
}

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// The zip's directory, each entry of which takes some 300 bytes, so that they are counted before it is read.
fn read_directory(bytes: &[u8]) -> Result<Archive<'_>, OpenError> {
    if bytes.windows(4).filter(|window| *window == b"PK\x01\x02").nth(MAX_ENTRIES).is_some() {
        return Err(strange(&format!("it has more than {} parts", grouped(MAX_ENTRIES))));
    }
    let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    if zip.has_duplicate_names() {
        return Err(same_name());
    }
    Ok(zip)
}

/// Which entries are needed, once all are checked against each other. Nothing is unpacked for it.
fn needed(bytes: &[u8], zip: &Archive<'_>) -> Result<Vec<usize>, OpenError> {
    let (mut needed, mut names, mut extents) = (Vec::new(), HashSet::new(), Vec::new());
    let mut total = 0;
    for at in 0..zip.len() {
        let entry = zip.by_index_data(at).map_err(|error| broken(&error))?;
        let name = entry.name().map_err(|error| broken(&error))?.into_owned();
        if name.split(['/', '\\']).any(|folder| folder == "..") {
            return Err(strange("a part of it is named as if it were outside the file"));
        }
        if name.len() > MAX_PART_NAME {
            return Err(strange("the name of a part of it is far too long"));
        }
        if !names.insert(part_key(&name)) {
            return Err(same_name());
        }
        extents.push(extent(bytes, &entry)?);
        if is_needed(&name) {
            check_size(&name, &entry)?;
            total += entry.size();
            needed.push(at);
        }
    }
    extents.sort_unstable();
    if extents.windows(2).any(|pair| pair[0].1 > pair[1].0) {
        return Err(strange("its parts overlap"));
    }
    if total > MAX_TOTAL {
        return Err(OpenError::TooLarge(format!("it would unpack to more than {} MB", MAX_TOTAL >> 20)));
    }
    Ok(needed)
}

/// Where an entry begins and ends in the file.
fn extent(bytes: &[u8], entry: &ZipFileEntry<'_>) -> Result<(u64, u64), OpenError> {
    let start = entry.header_start();
    let header = usize::try_from(start).ok().and_then(|start| bytes.get(start..start.checked_add(30)?));
    let lengths = header.filter(|header| header.starts_with(b"PK\x03\x04")).map(|header| {
        let length = |at: usize| u64::from(u16::from_le_bytes([header[at], header[at + 1]]));
        30 + length(26) + length(28)
    });
    let end = lengths.and_then(|lengths| start.checked_add(lengths)?.checked_add(entry.compressed_size()));
    match end.filter(|end| *end <= bytes.len() as u64) {
        Some(end) => Ok((start, end)),
        None => Err(OpenError::Damaged("a part of it is missing, so it may not have been copied completely".to_owned())),
    }
}

/// Whether a reader needs a part: what describes the workbook and its sheets, and none of the macros, links, pictures and so on.
fn is_needed(name: &str) -> bool {
    const LEFT_OUT: [&str; 15] = [
        "activex",
        "charts",
        "ctrlprops",
        "customui",
        "customxml",
        "diagrams",
        "drawings",
        "embeddings",
        "externallinks",
        "macrosheets",
        "media",
        "pivotcache",
        "pivottables",
        "printersettings",
        "slicers",
    ];
    const ODS: [&str; 5] = ["mimetype", "content.xml", "styles.xml", "meta.xml", "meta-inf/manifest.xml"];
    const BINARY: [&str; 3] = ["xl/workbook.bin", "xl/styles.bin", "xl/sharedstrings.bin"];
    let name = part_key(name);
    let (folders, _) = name.rsplit_once('/').unwrap_or(("", &name));
    // What a link leads to is named; the values that came over it are not read.
    let link = folders.ends_with("externallinks/_rels");
    if !link && folders.split('/').any(|folder| LEFT_OUT.contains(&folder)) {
        return false;
    }
    let sheet = name.starts_with("xl/worksheets/") && name.ends_with(".bin");
    let markup = [".xml", ".rels"].iter().any(|ending| name.ends_with(ending));
    markup || sheet || ODS.contains(&name.as_str()) || BINARY.contains(&name.as_str())
}

/// Whether a part may be large: the sheets and the texts; the others describe these.
fn may_be_large(name: &str) -> bool {
    let name = part_key(name);
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    folder.ends_with("worksheets")
        || folder.ends_with("comments")
        || ["sharedstrings", "content.xml", "/sheet"].iter().any(|p| name.contains(p))
}

fn check_size(name: &str, entry: &ZipFileEntry<'_>) -> Result<(), OpenError> {
    let most = if may_be_large(name) { MAX_PART } else { MAX_SMALL_PART };
    if entry.size() > most {
        return Err(too_large(most));
    }
    if entry.size() > RATIO_FROM && entry.size() / entry.compressed_size().max(1) > MAX_RATIO {
        return Err(strange(&format!("a part of it would unpack to more than {MAX_RATIO} times its size")));
    }
    Ok(())
}

/// Unpacks entries: the largest on a thread of its own, since it takes as long as the others together.
fn unpack_all(zip: &mut Archive<'_>, needed: &[usize], progress: &dyn Fn() -> bool) -> Result<Vec<Part>, OpenError> {
    let size = |at: usize| zip.by_index_data(at).map_or(0, |entry| entry.size());
    let largest = needed.iter().copied().max_by_key(|at| size(*at)).filter(|at| size(*at) >= LARGE);
    let mut own = zip.clone();
    std::thread::scope(|scope| {
        let mut apart = largest.map(|at| (at, scope.spawn(move || unpack(&mut own, at))));
        let mut parts = Vec::with_capacity(needed.len());
        for at in needed {
            if !progress() {
                return Err(OpenError::Cancelled);
            }
            // Its place is kept, for the order of parts is the file's.
            let empty = Part { name: String::new(), bytes: Vec::new() };
            parts.push(if Some(*at) == largest { empty } else { unpack(zip, *at)? });
        }
        if let Some((at, thread)) = apart.take()
            && let Some(place) = needed.iter().position(|needed| *needed == at)
        {
            parts[place] = thread.join().map_err(|_| strange("a part of it cannot be unpacked"))??;
        }
        Ok(parts)
    })
}

/// The parts in UTF-8, which may make them larger.
fn into_utf8(parts: &mut [Part]) -> Result<(), OpenError> {
    let markup = |part: &&mut Part| [".xml", ".rels"].iter().any(|ending| part_key(&part.name).ends_with(ending));
    for part in parts.iter_mut().filter(markup) {
        if let Some(bytes) = encoding::to_utf8(&part.bytes) {
            part.bytes = bytes;
        }
        let most = if may_be_large(&part.name) { MAX_PART } else { MAX_SMALL_PART };
        if part.bytes.len() as u64 > most {
            return Err(too_large(most));
        }
    }
    if parts.iter().map(|part| part.bytes.len() as u64).sum::<u64>() > MAX_TOTAL {
        return Err(OpenError::TooLarge(format!("it would unpack to more than {} MB", MAX_TOTAL >> 20)));
    }
    Ok(())
}

/// Unpacks one entry into exactly the room that it says it takes.
fn unpack(zip: &mut Archive<'_>, at: usize) -> Result<Part, OpenError> {
    let file = zip.by_index(at).map_err(|error| broken(&error))?;
    let name = file.name().map_err(|error| broken(&error))?.replace('\\', "/");
    let size = file.size();
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    let read = file.take(size + 1).read_to_end(&mut bytes);
    match read {
        Ok(_) if bytes.len() as u64 == size => Ok(Part { name, bytes }),
        Ok(_) => Err(strange("a part of it has another size than it says")),
        Err(_) => Err(OpenError::Damaged(format!("its part “{}” cannot be unpacked", shortened(&name)))),
    }
}

/// A name that fits a message.
fn shortened(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(60).collect()
}

fn broken(error: &ZipError) -> OpenError {
    match error {
        ZipError::UnsupportedArchive(reason) if *reason == ZipError::PASSWORD_REQUIRED => OpenError::Password,
        _ => OpenError::Damaged("it may not have been copied completely".to_owned()),
    }
}

fn same_name() -> OpenError {
    strange("two of its parts have the same name")
}

/// The refusal of what no spreadsheet program writes.
pub(super) fn strange(what: &str) -> OpenError {
    OpenError::Strange(what.to_owned())
}

/// The refusal of what takes too many bytes.
pub(super) fn too_large(most: u64) -> OpenError {
    OpenError::TooLarge(format!("a part of it would unpack to more than {} MB", most >> 20))
}

/// A count with commas, as people write it.
pub(super) fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
