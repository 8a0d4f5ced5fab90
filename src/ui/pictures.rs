//! Pictures of the window as it should look, drawn on the processor and compared with those in `tests/pictures`. Needs no graphics card.
//!
//! `UPDATE_EXPECT=1 cargo test pictures` makes them anew; look at each before it is kept.

use std::{cell::RefCell, collections::VecDeque, fs, path::Path, rc::Rc};

use eframe::egui::{Color32, ColorImage, Event, Id, Key, TexturesDelta, Ui, UiBuilder, epaint::ClippedPrimitive, vec2};
use egui_kittest::{Harness, TestRenderer, kittest::Queryable};
use jiff::civil::Date;

use super::{Files, Window, plot::picture, raster};
use crate::{
    app::{
        command::{Command, EditCommand, FileCommand, FindCommand, HelpCommand, ImportCommand, Pane, View, ViewCommand},
        find::Query,
    },
    edit::Change,
    model::TableKind,
    store::{Appearance, Folder, TextSize},
};

/// The window's size in points, which are pixels here.
pub(super) const SIZE: [usize; 2] = [1100, 680];
/// How much a channel of a pixel may differ, and how many pixels may differ by more: processors round differently.
const MOST_DIFFERENCE: u8 = 24;
const MOST_PIXELS: usize = 200;

/// A window with the sample, and the textures that its passes have made.
pub(super) struct Pictured {
    gui: Harness<'static, Option<Window>>,
    textures: Textures,
}

/// Keeps the textures, as a graphics card would, and what of them is new since the last frame that was taken.
#[derive(Clone, Default)]
struct Textures(Rc<RefCell<(raster::Textures, TexturesDelta)>>);

impl TestRenderer for Textures {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        let (held, new) = &mut *self.0.borrow_mut();
        new.append(delta.clone());
        raster::take_textures(held, delta);
    }
}

impl Drop for Pictured {
    fn drop(&mut self) {
        self.textures.0.borrow_mut().1.clear();
    }
}

impl Pictured {
    /// A window as it begins, on a day that does not go by.
    pub(super) fn new() -> Self {
        let textures = Textures::default();
        let draw = |ui: &mut Ui, window: &mut Option<Window>| {
            let ctx = ui.ctx().clone();
            let window =
                window.get_or_insert_with(|| Window::new(&ctx, Folder::nowhere(), Files::Given(VecDeque::new(), None), Vec::new()));
            let all = UiBuilder::new().max_rect(ctx.content_rect());
            window.draw(&mut Ui::new(ctx, Id::unique("whole window"), all));
        };
        let size = vec2(SIZE[0] as f32, SIZE[1] as f32);
        let builder = Harness::builder().with_size(size).with_pixels_per_point(1.0).with_max_steps(40);
        let mut pictured = Self { gui: builder.renderer(textures.clone()).build_ui_state(draw, None), textures };
        pictured.run(Command::View(ViewCommand::SetAppearance(Appearance::Light)));
        pictured.run(Command::View(ViewCommand::SetAsOf(Some(Date::constant(2026, 11, 27)))));
        pictured.run(Command::Help(HelpCommand::Say("Ready".to_owned())));
        pictured
    }

    fn window(&mut self) -> &mut Window {
        self.gui.state_mut().as_mut().expect("the first pass makes it")
    }

    pub(super) fn run(&mut self, command: Command) -> &mut Self {
        self.window().state.run(command);
        self.gui.run();
        self
    }

    pub(super) fn press(&mut self, key: Key) -> &mut Self {
        self.gui.key_press(key);
        self.gui.run();
        self
    }

    /// Hands on events as they come from the system.
    pub(super) fn hear(&mut self, events: impl IntoIterator<Item = Event>) -> &mut Self {
        events.into_iter().for_each(|event| self.gui.event(event));
        self.gui.run();
        self
    }

    pub(super) fn click(&mut self, label: &str) -> &mut Self {
        self.gui.get_by_label(label).click();
        self.gui.run();
        self
    }

    /// Shows the first table of a kind.
    fn show(&mut self, kind: TableKind) -> &mut Self {
        let id = self.window().state.workspace.document().of_kind(kind).next().expect("the sample has one").id;
        self.run(Command::View(ViewCommand::Show(View::Table(id))))
    }

    /// Waits until no job is under way.
    fn settle(&mut self) -> &mut Self {
        for _ in 0..100_000 {
            if self.window().state.tasks.job().is_none() {
                break;
            }
            self.gui.step();
            std::thread::yield_now();
        }
        assert!(self.window().state.tasks.job().is_none(), "the job ends");
        self.gui.run();
        self
    }

    pub(super) fn picture(&self) -> ColorImage {
        raster::draw(&self.primitives(), &self.textures.0.borrow().0, SIZE, 1.0, Color32::BLACK)
    }

    fn primitives(&self) -> Vec<ClippedPrimitive> {
        self.gui.ctx.tessellate(self.gui.output().shapes.clone(), 1.0)
    }

    /// What is to be drawn, and what of the textures is new since this was asked last.
    pub(super) fn frame(&self) -> (Vec<ClippedPrimitive>, TexturesDelta) {
        (self.primitives(), std::mem::take(&mut self.textures.0.borrow_mut().1))
    }

    /// Compares the window with its picture of this name.
    fn looks_like(&self, name: &str) {
        let picture = self.picture();
        let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures").join(format!("{name}.png"));
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::create_dir_all(kept.parent().expect("it has a folder")).expect("the folder is there");
            fs::write(&kept, picture::png(&picture).expect("it encodes")).expect("it is written");
            return;
        }
        let differing = fs::read(&kept).ok().map_or(usize::MAX, |bytes| differing(&picture, &bytes));
        if differing > MOST_PIXELS {
            let found = std::env::temp_dir().join(format!("{name}.png"));
            fs::write(&found, picture::png(&picture).expect("it encodes")).expect("it is written");
            let (found, kept) = (found.display(), kept.display());
            unreachable!("{differing} pixels differ: the window is in {found}, and should look like {kept}");
        }
    }
}

/// How many pixels of a picture differ from a kept one; all of them where it is of another size.
fn differing(picture: &ColorImage, kept: &[u8]) -> usize {
    let kept = image::load_from_memory(kept).expect("it is a picture").into_rgba8();
    if [kept.width() as usize, kept.height() as usize] != picture.size {
        return usize::MAX;
    }
    let differs = |pixel: &Color32, kept: &image::Rgba<u8>| {
        let found = pixel.to_srgba_unmultiplied();
        found.iter().zip(kept.0).any(|(found, kept)| found.abs_diff(kept) > MOST_DIFFERENCE)
    };
    picture.pixels.iter().zip(kept.pixels()).filter(|(pixel, kept)| differs(pixel, kept)).count()
}

#[test]
fn a_plan_in_each_appearance() {
    let mut window = Pictured::new();
    window.looks_like("plan");
    window.run(Command::View(ViewCommand::SetAppearance(Appearance::Dark))).looks_like("plan dark");
    window.run(Command::View(ViewCommand::SetAppearance(Appearance::HighContrast))).looks_like("plan high contrast");
}

#[test]
fn a_plan_in_the_largest_text() {
    Pictured::new().run(Command::View(ViewCommand::SetTextSize(TextSize::Largest))).looks_like("plan largest text");
}

#[test]
fn the_summary_the_kpis_and_the_progress() {
    let mut window = Pictured::new();
    window.run(Command::View(ViewCommand::Show(View::Summary))).looks_like("summary");
    window.show(TableKind::Kpi).press(Key::ArrowDown).looks_like("kpis");
    window.show(TableKind::History).looks_like("progress");
}

#[test]
fn the_panes_beside_the_plan() {
    let mut window = Pictured::new();
    window.press(Key::ArrowDown).press(Key::ArrowDown).press(Key::ArrowDown);
    window.run(Command::View(ViewCommand::TogglePane(Pane::Details))).looks_like("details");
    window.run(Command::View(ViewCommand::TogglePane(Pane::Notes))).looks_like("notes");
}

#[test]
fn what_stands_over_the_window() {
    let mut window = Pictured::new();
    window.click("Row").looks_like("menu");
    window.press(Key::Escape).run(Command::Help(HelpCommand::ShowPalette)).looks_like("palette");
    window.press(Key::Escape).run(Command::Help(HelpCommand::Fail("The file is gone.".to_owned()))).looks_like("failure");
    window.press(Key::Escape);
    window.run(Command::Edit(EditCommand::Make("Set the marking".to_owned(), vec![Change::SetMarking(None)])));
    window.run(Command::File(FileCommand::Quit)).looks_like("unsaved work");
}

#[test]
fn what_is_looked_for_and_filtered() {
    let mut window = Pictured::new();
    window.run(Command::View(ViewCommand::ToggleFilterBar)).run(Command::Find(FindCommand::Open));
    window.run(Command::Find(FindCommand::For(Query { text: "plan".to_owned(), ..Query::default() }))).looks_like("find");
}

#[test]
fn an_import_under_review() {
    Pictured::new().run(Command::Import(ImportCommand::Review)).settle().looks_like("import");
}

#[test]
fn a_picture_that_differs_is_seen() {
    let window = Pictured::new();
    let mut picture = window.picture();
    let kept = picture::png(&picture).expect("it encodes");
    assert_eq!(differing(&picture, &kept), 0);
    picture.pixels[..500].fill(Color32::RED);
    assert!(differing(&picture, &kept) >= 500);
}
