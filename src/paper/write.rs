//! Pages to the bytes of a tagged PDF, held to PDF/UA-1. Lays nothing out.

use krilla::{
    Document, SerializeSettings,
    color::rgb,
    configure::{Accessibility, ConfigurationBuilder},
    destination::XyzDestination,
    geom::{Path, PathBuilder, Point, Rect},
    metadata::{Metadata, PageLayout},
    num::NormalizedF32,
    outline::{Outline, OutlineNode},
    page::PageSettings,
    paint::{Fill, FillRule, LineCap, LineJoin, Stroke},
    surface::Surface,
    tagging::{Artifact, ArtifactType, BBox, ContentTag, SpanTag},
};

use super::{
    PaperError, Progress,
    blocks::Colour,
    fonts::{ASCENT, DESCENT},
    layout::{Laid, UNTITLED},
    lines::Line,
    pages::{Bookmark, Page},
    shaping::Shaper,
    strips::{Ink, Item, Owner},
    tags::Tags,
};
use crate::model::Sign;

/// Writes the pages.
pub(super) fn bytes(mut laid: Laid<'_>, progress: Progress<'_>) -> Result<Vec<u8>, PaperError> {
    let refused = |why: &dyn std::fmt::Debug| PaperError::Refused(format!("{why:?}"));
    let configuration =
        ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish().map_err(|error| refused(&error))?;
    let settings =
        SerializeSettings { compress_content_streams: true, configuration, enable_tagging: true, ..SerializeSettings::default() };
    let mut document = Document::new_with(settings);
    let (width, height) = laid.paper.page_size();
    let count = laid.pages.len().max(1) as f32;
    for (number, page) in laid.pages.iter().enumerate() {
        if !progress(number as f32 / count * 0.8) {
            return Err(PaperError::Cancelled);
        }
        let size = PageSettings::from_wh(width, height).ok_or_else(|| refused(&"a page without a size"))?;
        let mut drawn = document.start_page_with(size);
        let mut surface = drawn.surface();
        draw(&mut surface, page, number, &laid.shaper, &mut laid.tags);
        surface.finish();
        drawn.finish();
    }
    document.set_tag_tree(laid.tags.tree());
    document.set_outline(outline(&laid.bookmarks));
    document.set_metadata(metadata(&laid));
    if !progress(0.9) {
        return Err(PaperError::Cancelled);
    }
    let bytes = document.finish().map_err(|error| PaperError::Refused(error.to_string() + &told(&error)))?;
    if progress(1.0) { Ok(bytes) } else { Err(PaperError::Cancelled) }
}

/// What a validation found, for whoever reports it.
fn told(error: &krilla::error::KrillaError) -> String {
    match error {
        krilla::error::KrillaError::Validation(found) => found.iter().take(3).map(|(error, _)| format!("; {error:?}")).collect(),
        _ => String::new(),
    }
}

fn metadata(laid: &Laid<'_>) -> Metadata {
    let paper = laid.paper;
    let mut metadata = Metadata::new()
        .title(if paper.title.trim().is_empty() { UNTITLED.to_owned() } else { paper.title.clone() })
        .language(paper.language.clone())
        .creator("plandesk".to_owned())
        .page_layout(PageLayout::OneColumn);
    if !paper.author.is_empty() {
        metadata = metadata.authors(vec![paper.author.clone()]);
    }
    let own = (!paper.identity.is_empty()).then(|| sentinel(&paper.identity));
    let keywords: Vec<String> = own.into_iter().chain((!paper.marking.is_empty()).then(|| paper.marking.clone())).collect();
    if !keywords.is_empty() {
        metadata = metadata.keywords(keywords);
    }
    metadata
}

/// The keyword by which a paper of a document is known again.
fn sentinel(identity: &str) -> String {
    format!("plandesk return of {identity}")
}

/// Whether a PDF was written here from the document of an identity, and nobody added to it since.
pub(super) fn is_own(bytes: &[u8], identity: &str) -> bool {
    let find = |what: &[u8]| bytes.windows(what.len()).filter(|window| *window == what).take(2).count();
    // What is added to a PDF comes with an end of its own; what is written anew keeps its words packed.
    !identity.is_empty() && find(sentinel(identity).as_bytes()) > 0 && find(b"%%EOF") == 1
}

/// Headings as bookmarks, each within the one of a higher level before it.
fn outline(bookmarks: &[Bookmark]) -> Outline {
    let mut outline = Outline::new();
    let mut at = 0;
    while at < bookmarks.len() {
        outline.push_child(node(bookmarks, &mut at));
    }
    outline
}

fn node(bookmarks: &[Bookmark], at: &mut usize) -> OutlineNode {
    let mark = &bookmarks[*at];
    let mut node = OutlineNode::new(mark.text.clone(), XyzDestination::new(mark.page, Point::from_xy(0.0, (mark.y - 8.0).max(0.0))))
        .with_open(mark.level == 1);
    *at += 1;
    while bookmarks.get(*at).is_some_and(|next| next.level > mark.level) {
        node.push_child(self::node(bookmarks, at));
    }
    node
}

fn draw(surface: &mut Surface<'_>, page: &Page, number: usize, shaper: &Shaper, tags: &mut Tags) {
    let mut rest = page.items.as_slice();
    while let Some(first) = rest.first() {
        let alone = actual(first).is_some();
        let together = rest.iter().take_while(|item| same(item.owner, first.owner) && !alone && actual(item).is_none()).count().max(1);
        let (group, after) = rest.split_at(together);
        rest = after;
        begin(surface, first, number, tags);
        for item in group {
            ink(surface, item, shaper);
        }
        surface.end_tagged();
    }
}

/// The text an item stands for, where its glyphs are not in the order of reading.
fn actual(item: &Item) -> Option<&str> {
    match &item.ink {
        Ink::Text { line, .. } => line.actual.as_deref(),
        Ink::Rect { .. } | Ink::Stroke { .. } | Ink::Sign { .. } => None,
    }
}

fn same(one: Owner, other: Owner) -> bool {
    match (one, other) {
        (Owner::Figure(one, _), Owner::Figure(other, _)) => one == other,
        (one, other) => one == other,
    }
}

/// Says what the things that are drawn next belong to.
fn begin(surface: &mut Surface<'_>, item: &Item, page: usize, tags: &mut Tags) {
    let artifact = |kind| ContentTag::Artifact(Artifact::with_kind(kind));
    let content = ContentTag::Span(SpanTag::empty().with_actual_text(actual(item)));
    match item.owner {
        Owner::Tag(tag) => tags.hold(tag, surface.start_tagged(content)),
        Owner::Figure(tag, [left, top, width, height]) => {
            tags.hold(tag, surface.start_tagged(content));
            if let Some(rect) = Rect::from_xywh(left, top, width, height) {
                tags.frame(tag, BBox::new(page, rect));
            }
        }
        Owner::Layout => {
            surface.start_tagged(artifact(ArtifactType::Layout));
        }
        Owner::Header => {
            surface.start_tagged(artifact(ArtifactType::Header));
        }
        Owner::Footer => {
            surface.start_tagged(artifact(ArtifactType::Footer));
        }
    }
}

fn ink(surface: &mut Surface<'_>, item: &Item, shaper: &Shaper) {
    let (x, y) = (item.x, item.y);
    match &item.ink {
        Ink::Text { line, colour } => text(surface, (x, y), line, *colour, shaper),
        Ink::Rect { width, height, fill } => {
            let corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)];
            filled(surface, &corners, *fill);
        }
        Ink::Stroke { points, colour, width } => {
            let points: Vec<(f32, f32)> = points.iter().map(|(right, down)| (x + right, y + down)).collect();
            stroked(surface, open(&points), *colour, *width);
        }
        Ink::Sign { radius, signed } => sign(surface, (x, y), *radius, signed.sign, signed.colour),
    }
}

fn text(surface: &mut Surface<'_>, (x, y): (f32, f32), line: &Line, colour: Colour, shaper: &Shaper) {
    surface.set_stroke(None);
    surface.set_fill(Some(fill(colour)));
    let base = y + (line.height - (ASCENT + DESCENT) * line.size) / 2.0 + ASCENT * line.size;
    let mut left = x;
    for run in line.runs.iter().filter(|run| !run.glyphs.is_empty()) {
        let font = shaper.fonts.face(run.face).font.clone();
        surface.draw_glyphs(Point::from_xy(left, base), &run.glyphs, font, &run.text, line.size, false);
        left += run.width * line.size;
    }
}

fn fill(colour: Colour) -> Fill {
    Fill { paint: paint(colour).into(), opacity: NormalizedF32::ONE, rule: FillRule::NonZero }
}

fn paint(Colour(rgb): Colour) -> rgb::Color {
    let [_, red, green, blue] = rgb.to_be_bytes();
    rgb::Color::new(red, green, blue)
}

fn filled(surface: &mut Surface<'_>, points: &[(f32, f32)], colour: Colour) {
    if let Some(path) = closed(points) {
        surface.set_stroke(None);
        surface.set_fill(Some(fill(colour)));
        surface.draw_path(&path);
    }
}

fn stroked(surface: &mut Surface<'_>, path: Option<Path>, colour: Colour, width: f32) {
    if let Some(path) = path {
        surface.set_fill(None);
        surface.set_stroke(Some(Stroke {
            paint: paint(colour).into(),
            width,
            line_cap: LineCap::Butt,
            line_join: LineJoin::Round,
            ..Stroke::default()
        }));
        surface.draw_path(&path);
    }
}

fn open(points: &[(f32, f32)]) -> Option<Path> {
    let mut path = PathBuilder::new();
    let (first, rest) = points.split_first()?;
    path.move_to(first.0, first.1);
    for (x, y) in rest {
        path.line_to(*x, *y);
    }
    path.finish()
}

fn closed(points: &[(f32, f32)]) -> Option<Path> {
    let mut path = PathBuilder::new();
    let (first, rest) = points.split_first()?;
    path.move_to(first.0, first.1);
    for (x, y) in rest {
        path.line_to(*x, *y);
    }
    path.close();
    path.finish()
}

/// The shapes of the window's statuses.
fn sign(surface: &mut Surface<'_>, centre: (f32, f32), radius: f32, sign: Sign, colour: Colour) {
    let at = |(x, y): (f32, f32)| (centre.0 + x * radius, centre.1 + y * radius);
    let thin = radius * 0.28;
    match sign {
        Sign::HollowCircle => stroked(surface, circle(centre, radius - thin / 2.0), colour, thin),
        Sign::Triangle => filled(surface, &[(0.0, -1.0), (1.0, 0.8), (-1.0, 0.8)].map(at), colour),
        Sign::Diamond => filled(surface, &[(0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)].map(at), colour),
        Sign::HalfCircle => {
            stroked(surface, circle(centre, radius - thin / 2.0), colour, thin);
            let inner = radius - thin / 2.0;
            let half: Vec<(f32, f32)> = (0..=12_u8)
                .map(|step| {
                    let angle = std::f32::consts::FRAC_PI_2 + std::f32::consts::PI * f32::from(step) / 12.0;
                    (centre.0 + angle.cos() * inner, centre.1 - angle.sin() * inner)
                })
                .collect();
            filled(surface, &half, colour);
        }
        Sign::Tick => {
            stroked(surface, circle(centre, radius - thin / 2.0), colour, thin);
            stroked(surface, open(&[(-0.45, 0.0), (-0.1, 0.38), (0.48, -0.35)].map(at)), colour, radius * 0.32);
        }
        Sign::Bars => {
            for side in [-0.45_f32, 0.45] {
                let corners = [(side - 0.225, -0.85), (side + 0.225, -0.85), (side + 0.225, 0.85), (side - 0.225, 0.85)];
                filled(surface, &corners.map(at), colour);
            }
        }
        Sign::Struck => {
            stroked(surface, circle(centre, radius - thin / 2.0), colour, thin);
            stroked(surface, open(&[(-0.6, 0.6), (0.6, -0.6)].map(at)), colour, thin);
        }
    }
}

/// A circle as four curves.
fn circle((x, y): (f32, f32), radius: f32) -> Option<Path> {
    let bend = radius * 0.5523;
    let mut path = PathBuilder::new();
    path.move_to(x + radius, y);
    path.cubic_to(x + radius, y + bend, x + bend, y + radius, x, y + radius);
    path.cubic_to(x - bend, y + radius, x - radius, y + bend, x - radius, y);
    path.cubic_to(x - radius, y - bend, x - bend, y - radius, x, y - radius);
    path.cubic_to(x + bend, y - radius, x + radius, y - bend, x + radius, y);
    path.close();
    path.finish()
}
