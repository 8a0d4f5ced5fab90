//! Papers of every kind of content laid out and read back: nothing overlaps, nothing is lost, and all of it is tagged.

use super::{
    blocks::{Block, Cell, Colour, Column, Drawing, Figure, Look, Orientation, Palette, Paper, Row, Shape, Signed, Table, Tile},
    layout::Layout,
    read_back::{Pdf, Tag},
    strips::Ink,
    *,
};
use crate::{
    app::open::open_bytes,
    insight::{AsOf, Report},
    model::{Document, Sign, kinds::Side},
    publish::seen,
    returns,
};

fn paper(blocks: Vec<Block>) -> Paper {
    let palette = Palette { text: Colour(0), muted: Colour(1), accent: Colour(2), hairline: Colour(3), panel: Colour(4) };
    Paper {
        title: "Plan".to_owned(),
        author: "M. Pike".to_owned(),
        language: "en-GB".to_owned(),
        marking: "OFFICIAL-SENSITIVE".to_owned(),
        running: "Plan, as at 31 January 2019".to_owned(),
        identity: "a1b2".to_owned(),
        orientation: Orientation::Landscape,
        palette,
        blocks,
    }
}

fn heading(level: u8, text: &str) -> Block {
    Block::Heading { level, text: text.to_owned() }
}

fn table(texts: &[[&str; 3]]) -> Block {
    let columns = vec![Column::fitted("Ref", Side::Left).naming(), Column::shared("Action", 2.0), Column::shared("Comment", 1.0)];
    let rows = texts.iter().map(|texts| Row::Cells(texts.map(Cell::of).into())).collect();
    Block::Table(Table { summary: "Actions.".to_owned(), columns, rows })
}

/// Lays a paper out and fails where anything on a page lies over another text or beyond its edges; how many pages there are.
fn laid(paper: &Paper) -> usize {
    let mut layout = Layout::of(paper);
    layout.lay_all(&mut |_| true).unwrap();
    let (width, height) = paper.page_size();
    let laid = layout.finish();
    for (number, page) in laid.pages.iter().enumerate() {
        let mut boxes: Vec<(f32, f32, f32, f32, String)> = Vec::new();
        for item in &page.items {
            let Ink::Text { line, .. } = &item.ink else { continue };
            let text: String = line.runs.iter().map(|run| run.text.as_str()).collect();
            if text.trim().is_empty() {
                continue;
            }
            // Letters reach over their line's box by nothing; lines may touch.
            let held = (item.x, item.y + 0.5, item.x + line.width, item.y + line.height - 0.5, text);
            assert!(held.0 >= 0.0 && held.2 <= width + 0.1 && held.1 >= 0.0 && held.3 <= height, "page {}: {held:?}", number + 1);
            boxes.push(held);
        }
        boxes.sort_by(|a, b| a.1.total_cmp(&b.1));
        for (at, one) in boxes.iter().enumerate() {
            for other in boxes[at + 1..].iter().take_while(|other| other.1 < one.3) {
                let apart = one.2 <= other.0 + 0.2 || other.2 <= one.0 + 0.2;
                assert!(apart, "page {}: {one:?} lies over {other:?}", number + 1);
            }
        }
    }
    laid.pages.len()
}

fn read(paper: &Paper) -> Pdf {
    Pdf::read(&pdf(paper, &mut |_| true).unwrap())
}

fn words(tags: &[Tag]) -> String {
    tags.iter().map(Tag::words).collect::<Vec<_>>().join(" ")
}

/// A text without its spaces, as lines may be broken anywhere between them.
fn packed(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn a_paper_is_tagged_in_the_order_it_is_read() {
    let alt = "Bar: 3 complete.".to_owned();
    let drawing = Drawing {
        width: 100.0,
        height: 20.0,
        shapes: vec![
            Shape::Rect { x: 0.0, y: 0.0, width: 60.0, height: 20.0, fill: Colour(9) },
            Shape::Text {
                x: 30.0,
                y: 10.0,
                text: "3".to_owned(),
                size: 9.0,
                strong: true,
                colour: Colour(0),
                side: Side::Centre,
                most: 50.0,
            },
            Shape::Sign { x: 80.0, y: 10.0, radius: 4.0, signed: Signed { sign: Sign::Tick, colour: Colour(5) } },
            Shape::Line { points: vec![(0.0, 0.0), (10.0, 10.0)], colour: Colour(5), width: 1.0 },
        ],
    };
    let tile = Tile { label: "Complete".to_owned(), figure: "3".to_owned(), sign: None, about: "of 5 lines".to_owned() };
    let paper = paper(vec![
        heading(1, "Plan"),
        Block::Facts(vec![("Owner".to_owned(), "M. Pike".to_owned())]),
        heading(4, "Actions"),
        Block::Paragraph { look: Look::Plain, text: "Words.".to_owned() },
        table(&[["1.1", "Dig", ""], ["1.2", "Mend", "Late"]]),
        Block::Tiles(vec![tile]),
        Block::Figure(Figure { drawing, alt: alt.clone() }),
        Block::List(vec!["One point".to_owned()]),
    ]);
    laid(&paper);
    let pdf = read(&paper);
    assert_eq!((pdf.language(), pdf.page_count()), ("en-GB".to_owned(), 1));
    assert_eq!(pdf.bookmarks(), [(0, "Plan".to_owned()), (1, "Actions".to_owned())]);
    let tags = pdf.tags().remove(0).below;
    let expected = "Plan Owner M. Pike Actions Words. Ref Action Comment 1.1 Dig 1.2 Mend Late Complete 3 of 5 lines 3 • One point";
    assert_eq!(words(&tags), expected);
    let kinds: Vec<&str> = tags.iter().map(|tag| &*tag.kind).collect();
    // No level of headings is passed over.
    assert_eq!(kinds, ["H1", "L", "H2", "P", "Table", "L", "Figure", "L"]);
    let mut heads = Vec::new();
    tags[4].all("TH", &mut heads);
    let heads: Vec<(&str, &str)> = heads.iter().map(|tag| (&*tag.about, tag.text.trim())).collect();
    assert_eq!(heads, [("Column", "Ref"), ("Column", "Action"), ("Column", "Comment"), ("Row", "1.1"), ("Row", "1.2")]);
    let mut cells = Vec::new();
    tags[4].all("TD", &mut cells);
    assert_eq!(cells.len(), 4, "a blank cell is a cell");
    assert_eq!((&*tags[4].about, &*tags[6].about), ("Actions.", &*alt));
}

#[test]
fn the_marking_and_the_number_stand_on_each_page_outside_the_tags() {
    let row = ["1", "Dig", "Later"];
    let paper = paper(vec![heading(1, "Plan"), table(&[row; 120])]);
    let pages = laid(&paper);
    let pdf = read(&paper);
    assert!(pages > 2 && pdf.page_count() == pages);
    for (number, text) in pdf.page_texts().iter().enumerate() {
        assert_eq!(text.matches("OFFICIAL-SENSITIVE").count(), 2, "top and bottom");
        assert!(text.contains(&format!("Page {} of {pages}", number + 1)), "{text}");
        assert_eq!(text.matches("Comment").count(), 1, "the header row is repeated");
    }
    let words = words(&pdf.tags());
    assert!(!words.contains("OFFICIAL") && words.matches("Comment").count() == 1, "and heard once");
}

#[test]
fn no_content_overlaps_or_is_lost() {
    let long = "Every service gives its figures to the board by the end of the month. ".repeat(460);
    assert!(long.len() > 32_000);
    let lines = (1..=30).map(|line| format!("{line}. Met the wardens")).collect::<Vec<_>>().join("\n");
    let word = "Llanfairpwllgwyngyll".repeat(60);
    let scripts = "Cynllun gweithredu’r cyngor: tŷ, ŵyn — 计划进展良好 خطة العمل لعام 2024 תוכנית 🔴 ✅ ½ €5m";
    for (name, text) in [("long", &*long), ("lines", &*lines), ("word", &*word), ("scripts", scripts), ("blank", "")] {
        let paper = paper(vec![
            heading(1, if name == "long" { "Plan" } else { text }),
            Block::Paragraph { look: Look::Muted, text: text.to_owned() },
            table(&[["1", text, "Short"], [text, "Short", text]]),
            Block::Columns(vec![vec![table(&[["1", text, ""]])], vec![Block::List(vec![text.to_owned()])]]),
            Block::Facts(vec![(text.to_owned(), text.to_owned())]),
        ]);
        laid(&paper);
        let said = packed(&words(&read(&paper).tags()));
        let expected = 7 + usize::from(name != "long");
        let times = if text.is_empty() { expected } else { said.matches(&packed(text)).count() };
        assert!(times >= expected, "{name}: {times} of {expected}");
    }
}

#[test]
fn two_thousand_actions_are_laid_out_and_can_be_cancelled() {
    let comment = "The second wave has begun, and hosts for the other streets are sought with the help of the wardens.";
    let rows: Vec<[&str; 3]> = (0..2_000).map(|_| ["1.2.3", "Extend the scheme to more streets of the borough", comment]).collect();
    let paper = paper(vec![heading(1, "Plan"), table(&rows)]);
    assert!(laid(&paper) > 50);
    for after in [0, 3, 30] {
        let mut heard = 0;
        let stopped = pdf(&paper, &mut |_| {
            heard += 1;
            heard <= after
        });
        assert!(matches!(stopped, Err(PaperError::Cancelled)), "after {after}");
        assert_eq!(heard, after + 1, "it stops at once");
    }
    let mut last = 0.0;
    pdf(&paper, &mut |done| {
        assert!(done >= last - 0.001 && done <= 1.0, "{done} after {last}");
        last = done;
        true
    })
    .unwrap();
}

#[test]
fn a_pdf_is_known_again_until_something_is_added() {
    let mut bytes = pdf(&paper(vec![heading(1, "Plan")]), &mut |_| true).unwrap();
    assert!(is_own(&bytes, "a1b2") && !is_own(&bytes, "ffff") && !is_own(&bytes, "") && !is_own(b"%PDF", "a1b2"));
    bytes.extend(b"\n5 0 obj\n<</Type/Annot>>\nendobj\n%%EOF\n");
    assert!(!is_own(&bytes, "a1b2"));
}

#[test]
fn every_return_of_every_shape_of_workbook_fits_its_pages() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/shapes");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ["xlsx", "xls", "ods", "csv", "tsv"].iter().any(|kind| ending == *kind)));
    files.sort();
    assert!(files.len() > 50);
    let as_of = AsOf { given: Some(jiff::civil::Date::constant(2026, 6, 30)), today: None };
    let mut documents: Vec<Document> = files
        .iter()
        .map(|path| open_bytes(&path.display().to_string(), &std::fs::read(path).unwrap(), &|_| true).unwrap().document)
        .collect();
    documents.push(Document::default());
    for document in &documents {
        let document = seen(document);
        let report = Report::of(&document, as_of, None);
        for template in returns::ALL {
            let paper = (template.paper)(&report);
            let pages = laid(&paper);
            assert!(pages == 1 || template.code != "one-page", "{} takes {pages} pages", document.name());
        }
    }
}
