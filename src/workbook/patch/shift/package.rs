//! All parts of a package that a move on one sheet concerns, found by their relationships. Writes no package.

use std::collections::{HashMap, HashSet};

use super::{
    Around, CannotShift, PartKind, Said, Shift,
    decoded::Decoded,
    markup::{Step, Walk, local, text},
    shift_part,
};

/// What a move on one sheet changes in its package.
#[derive(Debug, Default)]
pub(crate) struct ShiftedPackage {
    /// The parts whose bytes differ, by the names they were given with.
    pub parts: Vec<(String, Vec<u8>)>,
    /// What is to be told, at most 1,000 a part.
    pub said: Vec<Said>,
    /// How much more there was.
    pub unsaid: usize,
    /// The part that holds the order of calculation, which no longer fits: it is to be dropped with its relationship and content type.
    pub drop: Option<String>,
}

/// One relationship of a part.
struct Relation {
    id: String,
    /// The last word of its type.
    kind: String,
    /// The part, as the package names it.
    part: String,
}

/// What a relationship of a sheet leads to.
fn of_sheet(kind: &str, moved: bool) -> Option<PartKind<'static>> {
    Some(match kind {
        "table" => PartKind::Table { on_moved_sheet: moved },
        "vmlDrawing" => PartKind::VmlDrawing { on_moved_sheet: moved },
        "drawing" => PartKind::Drawing { on_moved_sheet: moved },
        "ctrlProp" => PartKind::ControlProperties { on_moved_sheet: moved },
        "comments" if moved => PartKind::Comments,
        "threadedComment" if moved => PartKind::ThreadedComments,
        "tableSingleCells" if moved => PartKind::SingleCells,
        "pivotTable" if moved => PartKind::PivotTable,
        _ => return None,
    })
}

/// Works out every part of a package after rows or columns of the sheet in `moved_part` moved. `parts` gives the bytes of a part, `names`
/// are the names of all parts.
///
/// # Errors
/// When something is in the way; then nothing of the change may be kept.
pub(crate) fn shift_package(
    parts: &dyn Fn(&str) -> Option<Vec<u8>>,
    names: &[String],
    moved_part: &str,
    shift: &Shift,
) -> Result<ShiftedPackage, CannotShift> {
    let mut done = ShiftedPackage::default();
    if shift.is_identity() {
        return Ok(done);
    }
    let package = Package { parts, names: names.iter().map(|name| (plain(name), name.as_str())).collect() };
    let workbook = package.relations("")?.into_iter().find(|relation| relation.kind == "officeDocument");
    let workbook = workbook.map_or_else(|| "xl/workbook.xml".to_owned(), |relation| relation.part);
    let relations = package.relations(&workbook)?;
    let sheets = package.sheets(&workbook, &relations)?;
    let moved = plain(moved_part);
    let missing = || CannotShift::Missing { part: moved_part.to_owned() };
    let moved_sheet = sheets.iter().find(|sheet| plain(&sheet.part) == moved).ok_or_else(missing)?;
    let order: Vec<String> = sheets.iter().map(|sheet| sheet.name.clone()).collect();
    let around = Around { moved_sheet: &moved_sheet.name, sheets: &order };
    let mut work = vec![(workbook.clone(), PartKind::Workbook)];
    // The moved sheet's own parts come first, so that a part that two sheets share is its.
    let own = std::iter::once(moved_sheet).chain(sheets.iter().filter(|sheet| plain(&sheet.part) != moved));
    for sheet in own {
        let is_moved = plain(&sheet.part) == moved;
        let kind = if is_moved { PartKind::MovedSheet } else { PartKind::OtherSheet { name: &sheet.name } };
        work.push((sheet.part.clone(), kind));
        work.push((relations_of(&sheet.part), PartKind::Relationships));
        for relation in package.relations(&sheet.part)? {
            let Some(kind) = of_sheet(&relation.kind, is_moved) else { continue };
            if let PartKind::Drawing { .. } | PartKind::VmlDrawing { .. } = kind {
                work.push((relations_of(&relation.part), PartKind::Relationships));
                let charts = package.relations(&relation.part)?.into_iter().filter(|inner| matches!(&*inner.kind, "chart" | "chartEx"));
                work.extend(charts.map(|chart| (chart.part, PartKind::Chart)));
            }
            work.push((relation.part, kind));
        }
    }
    let caches = relations.iter().filter(|relation| relation.kind == "pivotCacheDefinition");
    work.extend(caches.map(|cache| (cache.part.clone(), PartKind::PivotCacheDefinition)));
    done.drop = relations.iter().find(|relation| relation.kind == "calcChain").and_then(|chain| package.named(&chain.part));
    let mut seen = HashSet::new();
    for (part, kind) in work {
        let Some(name) = package.named(&part).filter(|_| seen.insert(plain(&part))) else { continue };
        let Some(old) = (package.parts)(&name) else { continue };
        let new = shift_part(kind, &old, shift, around).map_err(|why| within(&name, kind, why))?;
        done.said.extend(new.said);
        done.unsaid += new.unsaid;
        if new.bytes != old {
            done.parts.push((name, new.bytes));
        }
    }
    Ok(done)
}

/// A refusal, with the part's name where it does not say by itself where it is.
fn within(part: &str, kind: PartKind<'_>, why: CannotShift) -> CannotShift {
    let part = match kind {
        PartKind::OtherSheet { name } => name.to_owned(),
        _ => part.to_owned(),
    };
    match why {
        CannotShift::Unreadable(_) | CannotShift::SeveralSheets { .. } | CannotShift::TooMany { .. } => {
            CannotShift::InPart { part, why: Box::new(why) }
        }
        CannotShift::WrongOrder { .. }
        | CannotShift::Missing { .. }
        | CannotShift::InPart { .. }
        | CannotShift::Full { .. }
        | CannotShift::ArrayFormula { .. }
        | CannotShift::DataTable { .. }
        | CannotShift::Merge { .. }
        | CannotShift::PivotTable { .. }
        | CannotShift::PivotSource { .. }
        | CannotShift::Table { .. } => why,
    }
}

/// A sheet of the workbook.
struct SheetPart {
    name: String,
    part: String,
}

struct Package<'a> {
    parts: &'a dyn Fn(&str) -> Option<Vec<u8>>,
    /// The names of all parts, by how they are compared.
    names: HashMap<String, &'a str>,
}

impl Package<'_> {
    /// A part's name as the package writes it.
    fn named(&self, part: &str) -> Option<String> {
        self.names.get(&plain(part)).map(|name| (*name).to_owned())
    }

    fn bytes(&self, part: &str) -> Option<Vec<u8>> {
        (self.parts)(&self.named(part)?)
    }

    /// The relationships of a part, or of the package itself, that stay within it.
    fn relations(&self, part: &str) -> Result<Vec<Relation>, CannotShift> {
        let list = relations_of(part);
        let Some(bytes) = self.bytes(&list) else { return Ok(Vec::new()) };
        let within = |why| CannotShift::InPart { part: list.clone(), why: Box::new(why) };
        let source = text(&bytes).map_err(within)?;
        let mut walk = Walk::new(source, false);
        let mut found = Vec::new();
        loop {
            match walk.next().map_err(within)? {
                Step::Open(tag) if tag.name == "Relationship" => {
                    let value = |name| tag.value(name).map(|value| Decoded::of(value, 0).text.into_owned());
                    let outside = value("TargetMode").is_some_and(|mode| mode.eq_ignore_ascii_case("External"));
                    if let (Some(id), Some(kind), Some(target), false) = (value("Id"), value("Type"), value("Target"), outside) {
                        let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                        found.push(Relation { id, kind, part: resolved(part, &target) });
                    }
                }
                Step::Open(_) | Step::Close { .. } => {}
                Step::Done => return Ok(found),
            }
        }
    }

    /// The sheets of the workbook in their order.
    fn sheets(&self, workbook: &str, relations: &[Relation]) -> Result<Vec<SheetPart>, CannotShift> {
        let bytes = self.bytes(workbook).ok_or_else(|| CannotShift::Missing { part: workbook.to_owned() })?;
        let within = |why| CannotShift::InPart { part: workbook.to_owned(), why: Box::new(why) };
        let by_id: HashMap<&str, &Relation> = relations.iter().map(|relation| (relation.id.as_str(), relation)).collect();
        let mut walk = Walk::new(text(&bytes).map_err(within)?, false);
        let mut found = Vec::new();
        loop {
            match walk.next().map_err(within)? {
                Step::Open(tag) if tag.name == "sheet" => {
                    let id = tag.attributes().find(|attribute| attribute.name.contains(':') && local(attribute.name) == "id");
                    let name = tag.value("name").map(|name| Decoded::of(name, 0).text.into_owned());
                    if let (Some(relation), Some(name)) = (id.and_then(|id| by_id.get(id.value)), name) {
                        found.push(SheetPart { name, part: relation.part.clone() });
                    }
                }
                Step::Open(_) | Step::Close { .. } => {}
                Step::Done => return Ok(found),
            }
        }
    }
}

/// The name of the relationships of a part.
fn relations_of(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, file)) => format!("{folder}/_rels/{file}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

/// How names of parts are compared: without a leading slash, and whatever their case.
fn plain(name: &str) -> String {
    name.trim_start_matches('/').replace('\\', "/").to_ascii_lowercase()
}

/// The part that a target names, seen from another part.
fn resolved(from: &str, target: &str) -> String {
    let target = unescaped(&target.replace('\\', "/"));
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let whole = if target.starts_with('/') { target } else { format!("{folder}/{target}") };
    let mut path: Vec<&str> = Vec::new();
    for step in whole.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.join("/")
}

/// A target without its `%20` and the like.
fn unescaped(target: &str) -> String {
    let mut bytes = Vec::with_capacity(target.len());
    let mut rest = target.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let code = (*first == b'%').then(|| behind.get(..2)).flatten();
        let code = code.and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &behind[2..] } else { behind };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| target.to_owned())
}
