//! The real window, driven by keys and pointer through its accessibility tree.

use std::{collections::VecDeque, path::PathBuf};

use egui_kittest::{Harness, kittest::Queryable};
use plandesk::{
    model::{Role, Status, TableKind},
    store::Folder,
    ui::{Files, Window},
};

use eframe::egui::{Event, Key, Modifiers};

fn window(answers: Vec<PathBuf>) -> Harness<'static, Window> {
    let files = Files::Given(VecDeque::from(answers), None);
    let build = |context: &mut eframe::CreationContext<'_>| Window::new(&context.egui_ctx, Folder::nowhere(), files, Vec::new());
    let mut harness = Harness::builder().with_size([1280.0, 720.0]).with_max_steps(40).build_eframe(build);
    harness.run();
    harness
}

fn press(harness: &mut Harness<'_, Window>, keys: &[Key]) {
    for key in keys {
        harness.key_press(*key);
        harness.run();
    }
}

fn ctrl(harness: &mut Harness<'_, Window>, key: Key) {
    harness.key_press_modifiers(Modifiers::COMMAND, key);
    harness.run();
}

fn type_text(harness: &mut Harness<'_, Window>, text: &str) {
    harness.event(Event::Text(text.to_owned()));
    harness.run();
}

fn click(harness: &mut Harness<'_, Window>, label: &str) {
    harness.get_by_label(label).click();
    harness.run();
}

/// The text of an action's cell, by its ref.
fn cell(harness: &Harness<'_, Window>, reference: &str, role: Role) -> String {
    let document = &harness.state().state.document;
    let table = document.of_kind(TableKind::Plan).next().unwrap();
    let row = table.rows.iter().find(|row| table.cell(row, Role::Ref).is_some_and(|cell| &*cell.text == reference)).unwrap();
    table.cell(row, role).unwrap().text.to_string()
}

#[test]
fn a_status_is_chosen_by_keys_and_the_counts_follow() {
    let mut harness = window(Vec::new());
    assert!(harness.query_by_label("Complete 14").is_some());
    click(&mut harness, "RAG Status, 1.1.2: In Progress");
    press(&mut harness, &[Key::F2]);
    assert!(harness.query_by_label("Choose Complete").is_some());
    press(&mut harness, &[Key::ArrowDown, Key::Enter]);
    assert_eq!(cell(&harness, "1.1.2", Role::Status), "Complete");
    assert!(harness.query_by_label("Complete 15").is_some() && harness.query_by_label("In progress 14").is_some());
    assert_eq!(harness.state().state.insight.counts.lines.get(Status::Complete), 15);
    ctrl(&mut harness, Key::Z);
    assert_eq!(cell(&harness, "1.1.2", Role::Status), "In Progress");
    ctrl(&mut harness, Key::Y);
    assert_eq!(cell(&harness, "1.1.2", Role::Status), "Complete");
}

#[test]
fn typing_replaces_a_cell_and_escape_leaves_it() {
    let mut harness = window(Vec::new());
    click(&mut harness, "Lead officer, 1.1.1: Community Life Manager");
    type_text(&mut harness, "N");
    type_text(&mut harness, "ew lead");
    press(&mut harness, &[Key::Escape]);
    assert_eq!(cell(&harness, "1.1.1", Role::Lead), "Community Life Manager");
    type_text(&mut harness, "New lead");
    press(&mut harness, &[Key::Tab]);
    assert_eq!(cell(&harness, "1.1.1", Role::Lead), "New lead");
    assert!(harness.state().state.title().starts_with('•'), "the title shows unsaved work");
    press(&mut harness, &[Key::ArrowLeft, Key::Delete]);
    assert_eq!(cell(&harness, "1.1.1", Role::Lead), "");
    ctrl(&mut harness, Key::Z);
    ctrl(&mut harness, Key::Z);
    assert_eq!(cell(&harness, "1.1.1", Role::Lead), "Community Life Manager");
    assert!(!harness.state().state.is_unsaved());
}

#[test]
fn f6_leads_out_of_the_grid_and_back() {
    let mut harness = window(Vec::new());
    click(&mut harness, "RAG Status, 1.1.2: In Progress");
    let in_grid = |harness: &Harness<'_, Window>| harness.ctx.memory(|memory| memory.has_focus(plandesk::ui::grid::id()));
    assert!(in_grid(&harness));
    press(&mut harness, &[Key::F6]);
    assert!(!in_grid(&harness), "the keyboard is elsewhere");
    press(&mut harness, &[Key::Tab]);
    assert!(!in_grid(&harness), "Tab walks through the window");
    press(&mut harness, &[Key::F6]);
    assert!(in_grid(&harness));
}
