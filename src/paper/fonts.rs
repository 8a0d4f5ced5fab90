//! The faces a paper is set in: the two that come with the program and, for what they lack, those of the system. Sets no text.

use std::{collections::HashMap, sync::Arc};

use harfrust::{FontRef, ShaperData, Tag};
use krilla::text::Font;

use super::system_fonts::SystemFonts;

/// Bytes of a font that many may hold.
pub(super) type Bytes = Arc<dyn AsRef<[u8]> + Send + Sync>;

const REGULAR: &[u8] = include_bytes!("../../assets/fonts/Inter-Regular.otf");
const SEMIBOLD: &[u8] = include_bytes!("../../assets/fonts/Inter-SemiBold.otf");

/// How far the letters of the bundled faces reach above and below the line they stand on, as parts of their size.
pub(super) const ASCENT: f32 = 0.96875;
pub(super) const DESCENT: f32 = 0.2415;

/// How strong letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Weight {
    Regular,
    Semibold,
}

/// A face by its place among those in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct FaceId(usize);

impl FaceId {
    /// Whether it is one of the two that come with the program.
    pub(super) fn is_bundled(self) -> bool {
        self.0 < 2
    }
}

/// A face that is in use.
pub(super) struct Face {
    bytes: Bytes,
    index: u32,
    pub shaper: ShaperData,
    pub font: Font,
}

impl Face {
    fn of(bytes: Bytes, index: u32) -> Option<Self> {
        let held: &[u8] = (*bytes).as_ref();
        let font = FontRef::from_index(held, index).ok()?;
        if !is_outlined(&font) || is_restricted(&font) {
            return None;
        }
        let shaper = ShaperData::new(&font);
        let font = Font::new(Arc::clone(&bytes).into(), index)?;
        Some(Self { bytes, index, shaper, font })
    }

    /// Its tables, which are looked up again each time as they borrow its bytes.
    pub(super) fn tables(&self) -> Option<FontRef<'_>> {
        FontRef::from_index((*self.bytes).as_ref(), self.index).ok()
    }
}

/// The faces in use, and what is known of characters that the bundled ones lack.
pub(super) struct Fonts {
    faces: Vec<Face>,
    system: Option<SystemFonts>,
    /// Which face of the system's has a character; none where no font does.
    others: HashMap<char, Option<FaceId>>,
    /// The faces of the system by their names, so that none is put into the file twice.
    named: HashMap<String, Option<FaceId>>,
}

impl Fonts {
    pub(super) fn new() -> Self {
        let faces = [REGULAR, SEMIBOLD].map(|bytes| Face::of(Arc::new(bytes), 0).expect("the bundled fonts are whole"));
        Self { faces: faces.into(), system: None, others: HashMap::new(), named: HashMap::new() }
    }

    pub(super) fn bundled(weight: Weight) -> FaceId {
        match weight {
            Weight::Regular => FaceId(0),
            Weight::Semibold => FaceId(1),
        }
    }

    pub(super) fn face(&self, id: FaceId) -> &Face {
        &self.faces[id.0]
    }

    /// A face of the system's that has a character, which the bundled ones lack.
    pub(super) fn with(&mut self, c: char) -> Option<FaceId> {
        if let Some(known) = self.others.get(&c) {
            return *known;
        }
        let found = self.find(c);
        self.others.insert(c, found);
        found
    }

    fn find(&mut self, c: char) -> Option<FaceId> {
        let system = self.system.get_or_insert_with(SystemFonts::new);
        // Of the fonts that have it, the first that may be put into a file.
        for found in system.having(c) {
            let id = match self.named.get(&found.name) {
                Some(id) => *id,
                None => {
                    let id = Face::of(found.bytes, found.index).map(|face| {
                        self.faces.push(face);
                        FaceId(self.faces.len() - 1)
                    });
                    self.named.insert(found.name, id);
                    id
                }
            };
            if id.is_some() {
                return id;
            }
        }
        None
    }
}

/// Whether its letters are outlines, rather than pictures alone.
fn is_outlined(font: &FontRef<'_>) -> bool {
    [b"glyf", b"CFF ", b"CFF2"].into_iter().any(|table| font.table_data(Tag::new(table)).is_some())
}

/// Whether its licence, as it says itself (`fsType` of its table OS/2), forbids to put it into a file.
fn is_restricted(font: &FontRef<'_>) -> bool {
    let table = font.table_data(Tag::new(b"OS/2"));
    table.and_then(|table| table.as_bytes().get(8..10).map(|kind| kind[1] & 0xF == 2)).unwrap_or(false)
}
