//! Charts in the window: what they say, looking closer and back, series out of sight, and ends that are dragged.

use eframe::egui::{CursorIcon, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, Rect, TouchPhase, pos2};

use super::*;

/// A KPI table with a figure a month: one that is steady and then leaps, one with few figures.
const MONTHS: &str = "Ref,KPI,Good is,Apr-23,May-23,Jun-23,Jul-23,Aug-23,Sep-23,Oct-23,Nov-23,Dec-23,Jan-24,Feb-24,Mar-24,Target\n\
                      1,Homes visited,Higher,50,52,49,51,48,50,53,49,51,50,52,62,70\n\
                      2,Repairs on time,Higher,,,,,,,,,,91,92,93,90\n";

/// A window with those KPIs in view, the first of them chosen.
fn kpis() -> (tempfile::TempDir, Gui) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kpis.csv");
    std::fs::write(&path, MONTHS).unwrap();
    let mut gui = window_of(Folder::nowhere(), Vec::new(), vec![path]);
    settle(&mut gui);
    let id = gui.state().state.workspace.document().of_kind(TableKind::Kpi).next().unwrap().id;
    gui.state_mut().state.run(Command::View(ViewCommand::Show(View::Table(id))));
    gui.run();
    (folder, gui)
}

/// Where something is drawn that has these words in its name.
fn place_of(gui: &Gui, words: &str) -> Option<Rect> {
    gui.query_all_by_label_contains(words).next().map(|node| node.rect())
}

fn move_to(gui: &mut Gui, at: Pos2) {
    gui.event(Event::PointerMoved(at));
    gui.run();
}

fn button(gui: &mut Gui, at: Pos2, pressed: bool) {
    gui.event(Event::PointerButton { pos: at, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE });
    gui.run();
}

/// Turns the wheel over a place.
fn wheel(gui: &mut Gui, at: Pos2, lines: f32) {
    move_to(gui, at);
    let (unit, phase, source) = (MouseWheelUnit::Line, TouchPhase::Move, MouseWheelSource::Wheel);
    gui.event(Event::MouseWheel { unit, delta: vec2(0.0, lines), phase, source, modifiers: Modifiers::NONE });
    gui.run();
}

#[test]
fn a_history_is_zoomed_by_the_wheel_and_shown_whole_again() {
    let (_folder, mut gui) = kpis();
    click(&mut gui, "History of a KPI");
    let first = place_of(&gui, "Apr-23: 50, present target 70, off target").expect("every figure is named").center();
    let (from, to) = (first.x, place_of(&gui, "Mar-24: 62, target 70").expect("the last one too").center().x);
    assert!(!sees(&gui, "Show all"));
    wheel(&mut gui, pos2(to, first.y), 6.0);
    assert!(sees(&gui, "Show all") && place_of(&gui, "Apr-23: 50").is_none(), "the first is out of sight");
    assert!(place_of(&gui, "Mar-24: 62").is_some(), "what the pointer is at stays");
    click(&mut gui, "Show all");
    assert!(!sees(&gui, "Show all"));
    let again = place_of(&gui, "Apr-23: 50").expect("it is back").center();
    assert!((again.x - from).abs() < 0.5, "{again} {from}");
}

#[test]
fn a_history_is_read_by_keys_and_a_drag_moves_it() {
    let (_folder, mut gui) = kpis();
    click(&mut gui, "History of a KPI");
    let middle = place_of(&gui, "Aug-23: 48").unwrap().center();
    move_to(&mut gui, middle);
    assert!(sees_part(&gui, "48 falls short of the target of 70"), "the pointer reads it");
    button(&mut gui, middle, true);
    button(&mut gui, middle, false);
    move_to(&mut gui, pos2(10.0, 400.0));
    assert!(!sees_part(&gui, "48 falls short"));
    press(&mut gui, &[Key::ArrowRight, Key::ArrowRight]);
    assert!(sees_part(&gui, "52 falls short of the target of 70"), "the second figure");
    press(&mut gui, &[Key::Plus, Key::Plus, Key::Plus]);
    assert!(sees(&gui, "Show all"));
    let before = place_of(&gui, "Sep-23: 50").unwrap().center();
    button(&mut gui, before, true);
    move_to(&mut gui, before + vec2(40.0, 0.0));
    button(&mut gui, before + vec2(40.0, 0.0), false);
    // The pointer reads what it is at, in the same words.
    move_to(&mut gui, pos2(10.0, 400.0));
    let after = place_of(&gui, "Sep-23: 50").unwrap().center();
    assert!((after.x - before.x - 40.0).abs() < 1.5, "{before} {after}");
    press(&mut gui, &[Key::Home]);
    assert!(!sees(&gui, "Show all"));
}

#[test]
fn a_series_is_put_out_of_sight_by_its_name() {
    let (_folder, mut gui) = kpis();
    click(&mut gui, "History of a KPI");
    assert!(place_of(&gui, "Aug-23: 48").is_some());
    click(&mut gui, "Readings");
    assert!(place_of(&gui, "Aug-23: 48").is_none(), "they are not read out either");
    click(&mut gui, "Readings");
    assert!(place_of(&gui, "Aug-23: 48").is_some());
}

#[test]
fn a_control_chart_says_what_it_finds_and_where_there_is_too_little() {
    let (_folder, mut gui) = kpis();
    click(&mut gui, "Control chart (SPC)");
    assert!(sees_part(&gui, "Mar-24: 62, Special cause, improving: figures are higher: above the upper limit"));
    assert!(sees_part(&gui, "Apr-23: 50, common cause") && sees_part(&gui, "The limits rest on all 12 readings"));
    click_containing(&mut gui, "KPI, 2: Repairs on time");
    assert!(sees_part(&gui, "needs 7 readings at least, and 12 for limits that stand; there are 3"));
}

#[test]
fn all_histories_lead_to_their_kpis() {
    let (_folder, mut gui) = kpis();
    click(&mut gui, "All histories");
    assert!(sees_part(&gui, "Jan-24: 91, present target 90, on target") && sees_part(&gui, "Apr-23: 50"));
    gui.get_by(|node| node.role() == accesskit::Role::Button && node.label().is_some_and(|label| label.starts_with("2 Repairs on time")))
        .click();
    gui.run();
    let state = &gui.state().state;
    assert_eq!(state.view.cursor().map(|cursor| state.table().unwrap().position(cursor.row)), Some(Some(1)));
}

#[test]
fn a_chart_is_saved_as_a_drawing_with_its_words() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("chart.svg");
    let mut gui = window_of(Folder::nowhere(), vec![path.clone()], Vec::new());
    click(&mut gui, "KPIs 2023-24 13");
    click(&mut gui, "Save as SVG");
    settle(&mut gui);
    let text = std::fs::read_to_string(path).unwrap();
    assert!(text.starts_with("<?xml") && text.trim_end().ends_with("</svg>"));
    assert!(text.contains(">Near target</text>") && text.contains("current 90%, target 100%, near target"));
    assert!(sees(&gui, "Saved the picture to chart.svg"));
}

#[test]
fn an_end_is_moved_on_the_timeline_in_one_step() {
    let mut gui = window();
    assert!(!sees_part(&gui, "Good Neighbours Plan: timeline"), "it is asked for");
    ctrl_shift(&mut gui, Key::K);
    let bar = place_of(&gui, "1.1.2 Extend Doorstep Hosts to more streets: in progress, 1 May 2018 to 30 September 2018, past its end");
    let row = bar.expect("every action is named").center().y;
    let axis = place_of(&gui, "Good Neighbours Plan: timeline, 34 actions").unwrap();
    // The end stands somewhere on the row; the pointer shows where it takes hold of it.
    let mut x = axis.left();
    while gui.output().platform_output.cursor_icon != CursorIcon::ResizeHorizontal && x < axis.right() {
        x += 4.0;
        move_to(&mut gui, pos2(x, row));
    }
    assert!(x < axis.right(), "there is an end to take hold of");
    let before = cell(&gui, "1.1.2", Role::End);
    button(&mut gui, pos2(x, row), true);
    move_to(&mut gui, pos2(x + 60.0, row));
    assert!(sees_part(&gui, "New end: "), "it says where it would be");
    button(&mut gui, pos2(x + 60.0, row), false);
    gui.run();
    let moved = cell(&gui, "1.1.2", Role::End);
    assert!(moved != before && moved.len() == before.len(), "{before} became {moved}, a month as before");
    assert!(sees(&gui, &format!("Move the end of 1.1.2 to {moved}")));
    ctrl(&mut gui, Key::Z);
    assert_eq!(cell(&gui, "1.1.2", Role::End), before, "one step");
}

#[test]
fn the_timeline_is_ordered_by_lead() {
    let mut gui = window();
    ctrl_shift(&mut gui, Key::K);
    let at = |gui: &Gui, words: &str| place_of(gui, words).map(|rect| rect.top());
    let first = at(&gui, "1.1.1 Try out the Doorstep Hosts scheme");
    click(&mut gui, "By lead");
    assert_ne!(at(&gui, "1.1.1 Try out the Doorstep Hosts scheme"), first);
    click(&mut gui, "By approach");
    assert_eq!(at(&gui, "1.1.1 Try out the Doorstep Hosts scheme"), first);
}
