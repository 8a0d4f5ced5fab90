//! How the window and its grid are looked at: zoom, text size, themes, compact rows, frozen and hidden columns. The document stays as it is.

use eframe::egui::{MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, TouchPhase, pos2, vec2};
use plandesk::{
    edit::Change,
    model::{Row, RowId, RowKind},
    ui::theme::HIGH_CONTRAST,
};

use super::*;

const LEAD: &str = "Lead officer, 1.1.1: Community Life Manager";

fn height(gui: &Gui, label: &str) -> f32 {
    gui.get_by_label_contains(label).rect().height()
}

fn wheel(gui: &mut Gui, at: Pos2, lines: f32) {
    gui.hover_at(at);
    gui.run();
    gui.event(Event::MouseWheel {
        unit: MouseWheelUnit::Line,
        delta: vec2(0.0, lines),
        phase: TouchPhase::Move,
        source: MouseWheelSource::Wheel,
        modifiers: Modifiers::COMMAND,
    });
    gui.run();
}

#[test]
fn the_grid_is_zoomed_by_keys_and_wheel_and_stays_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut gui = window_of(Folder::at(folder.path()), Vec::new(), Vec::new());
    let ctrl_alt = Modifiers::COMMAND | Modifiers::ALT;
    let (cell, button) = (gui.get_by_label("Ref, 1.1.1: 1.1.1").rect(), gui.get_by_label("Open").rect());
    for _ in 0..5 {
        held(&mut gui, ctrl_alt, Key::Plus);
    }
    assert!(sees(&gui, "150 %") && sees(&gui, "Zoom 150 %"));
    let larger = gui.get_by_label("Ref, 1.1.1: 1.1.1").rect();
    assert!((larger.width() / cell.width() - 1.5).abs() < 0.05, "{cell} became {larger}");
    assert_eq!(gui.get_by_label("Open").rect(), button, "only the grid is zoomed");
    let at = larger.center();
    wheel(&mut gui, at, -1.0);
    assert!(sees(&gui, "140 %"));
    wheel(&mut gui, at, 1.0);
    wheel(&mut gui, at, 1.0);
    assert!(sees(&gui, "160 %"));
    drop(gui);
    let mut again = window_of(Folder::at(folder.path()), Vec::new(), Vec::new());
    assert!(sees(&again, "160 %"));
    held(&mut again, ctrl_alt, Key::Num0);
    assert!(sees(&again, "100 %"));
    assert_eq!(again.get_by_label("Ref, 1.1.1: 1.1.1").rect().size(), cell.size());
    for _ in 0..9 {
        held(&mut again, ctrl_alt, Key::Minus);
    }
    assert!(sees(&again, "50 %"), "no smaller than half");
    assert!(!again.state().state.workspace.is_unsaved());
    click(&mut again, LEAD);
    press(&mut again, &[Key::F2]);
    assert!(sees(&again, "Editing Lead officer"));
}

#[test]
fn zooming_keeps_the_row_in_view() {
    let mut gui = window();
    go(&mut gui, "3.1.2", Role::Lead);
    let place = here(&gui);
    for _ in 0..10 {
        held(&mut gui, Modifiers::COMMAND | Modifiers::ALT, Key::Plus);
        press(&mut gui, &[Key::ArrowRight, Key::ArrowLeft]);
        assert_eq!(here(&gui), place);
    }
}

#[test]
fn the_cursor_stays_in_sight_when_the_grid_gets_other_room() {
    let mut gui = window();
    let places = ["1.3.1", "1.3.3", "2.3.4", "3.4.1"];
    for (at, reference) in places.into_iter().enumerate() {
        go(&mut gui, reference, Role::End);
        for _ in 0..2 {
            ctrl_shift(&mut gui, Key::M);
            gui.run_steps(60);
            assert!(here(&gui).starts_with("End, "), "{reference}");
        }
        if at % 2 == 0 {
            choose(&mut gui, "View", "Compact rows");
        } else {
            held(&mut gui, Modifiers::COMMAND | Modifiers::ALT, Key::Plus);
        }
        gui.run_steps(60);
        assert!(here(&gui).starts_with("End, "), "{reference}");
    }
}

#[test]
fn the_whole_window_is_drawn_larger_and_stays_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut gui = window_of(Folder::at(folder.path()), Vec::new(), Vec::new());
    choose_deep(&mut gui, "View", "Text size", "Largest text");
    assert!((gui.ctx.zoom_factor() - 1.4).abs() < 0.01);
    drop(gui);
    let mut again = window_of(Folder::at(folder.path()), Vec::new(), Vec::new());
    assert!((again.ctx.zoom_factor() - 1.4).abs() < 0.01);
    choose_deep(&mut again, "View", "Text size", "Usual text size");
    assert!((again.ctx.zoom_factor() - 1.0).abs() < 0.01);
}

#[test]
fn high_contrast_is_chosen_and_remembered() {
    let folder = tempfile::tempdir().unwrap();
    let mut gui = window_of(Folder::at(folder.path()), Vec::new(), Vec::new());
    choose_deep(&mut gui, "View", "Theme", "High contrast theme");
    assert_eq!(gui.ctx.global_style().visuals.window_fill, HIGH_CONTRAST.background);
    drop(gui);
    let mut again = window_of(Folder::at(folder.path()), Vec::new(), Vec::new());
    assert_eq!(again.ctx.global_style().visuals.window_fill, HIGH_CONTRAST.background);
    choose_deep(&mut again, "View", "Theme", "Dark theme");
    assert_ne!(again.ctx.global_style().visuals.window_fill, HIGH_CONTRAST.background);
}

#[test]
fn compact_rows_show_three_lines_and_keep_the_whole_text_for_screen_readers() {
    let folder = tempfile::tempdir().unwrap();
    let mut gui = window_of(Folder::at(folder.path()), Vec::new(), Vec::new());
    let comment = "Comment, 1.1.1: ";
    let (full, label) = (height(&gui, comment), gui.get_by_label_contains(comment).accesskit_node().label());
    choose(&mut gui, "View", "Compact rows");
    assert!(full > 80.0 && height(&gui, comment) <= 3.0 * 19.0 + 12.0, "{full} became {}", height(&gui, comment));
    assert_eq!(gui.get_by_label_contains(comment).accesskit_node().label(), label);
    drop(gui);
    let mut again = window_of(Folder::at(folder.path()), Vec::new(), Vec::new());
    assert!(height(&again, comment) <= 3.0 * 19.0 + 12.0);
    choose(&mut again, "View", "Compact rows");
    assert_eq!(height(&again, comment), full);
}

#[test]
fn columns_stay_in_view_up_to_the_one_that_was_frozen() {
    let folder = tempfile::tempdir().unwrap();
    let mut gui = window_of(Folder::at(folder.path()), Vec::new(), Vec::new());
    let left = |gui: &Gui, heading: &str| gui.query_by_label(heading).map(|node| node.rect().left());
    for _ in 0..5 {
        held(&mut gui, Modifiers::COMMAND | Modifiers::ALT, Key::Plus);
    }
    click(&mut gui, "Ref, 1.1.1: 1.1.1");
    press(&mut gui, &[Key::Tab]);
    let before = left(&gui, "Action");
    choose_deep(&mut gui, "View", "Columns", "Freeze to this column");
    press(&mut gui, &[Key::End]);
    assert_eq!(left(&gui, "Action"), before, "it stays where it is");
    drop(gui);
    let mut again = window_of(Folder::at(folder.path()), Vec::new(), Vec::new());
    click(&mut again, "Ref, 1.1.1: 1.1.1");
    press(&mut again, &[Key::End]);
    assert_eq!(left(&again, "Action"), before, "and in the next run");
    choose_deep(&mut again, "View", "Columns", "Unfreeze");
    press(&mut again, &[Key::Home, Key::End]);
    assert_eq!(left(&again, "Ref"), None, "all of them scroll");
}

#[test]
fn a_column_is_put_away_passed_over_and_brought_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut gui = window_of(Folder::at(folder.path()), Vec::new(), Vec::new());
    gui.get_by_label("Lead officer").click_secondary();
    gui.run();
    click(&mut gui, "Hide column");
    assert!(!sees(&gui, "Lead officer") && sees(&gui, "1 column is hidden"));
    assert!(!gui.state().state.workspace.is_unsaved(), "it stays in the document");
    click(&mut gui, "RAG Status, 1.1.2: In Progress");
    press(&mut gui, &[Key::ArrowLeft]);
    let beside = here(&gui);
    assert!(!beside.is_empty() && !beside.starts_with("Lead officer"), "{beside}");
    press(&mut gui, &[Key::ArrowLeft]);
    assert_eq!(here(&gui), "End, 1.1.2");
    choose_deep(&mut gui, "View", "Columns", "Hide column");
    assert!(sees(&gui, "2 columns are hidden"));
    assert_ne!(here(&gui), "", "the cursor stays in sight");
    drop(gui);
    let mut again = window_of(Folder::at(folder.path()), Vec::new(), Vec::new());
    assert!(sees(&again, "2 columns are hidden") && !sees(&again, "Lead officer"));
    click(&mut again, OVERDUE);
    assert_eq!(here(&again), "End, 1.1.2", "what a link leads to is shown again");
    click(&mut again, "1 column is hidden");
    assert!(!sees_part(&again, "hidden"));
}

#[test]
fn the_last_column_is_not_put_away_and_rows_keep_their_headings() {
    let mut gui = window();
    click(&mut gui, LEAD);
    for _ in 0..plan(&gui).columns.len() {
        choose_deep(&mut gui, "View", "Columns", "Hide column");
    }
    assert!(sees(&gui, "The last column in view cannot be hidden"));
    assert_eq!(gui.query_all_by_role(accesskit::Role::ColumnHeader).count(), 1);
    choose_deep(&mut gui, "View", "Columns", "Show hidden columns");
    assert!(sees(&gui, LEAD));
}

#[test]
fn a_double_click_on_a_headings_edge_fits_the_column() {
    let mut gui = window();
    let before = plan(&gui).columns[plan(&gui).role_position(Role::Lead).unwrap()].width;
    let heading = gui.get_by_label("Lead officer").rect();
    let edge = pos2(heading.right() - 1.0, heading.center().y);
    gui.hover_at(edge);
    gui.run();
    let press = |pressed| Event::PointerButton { pos: edge, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE };
    in_one_frame(&mut gui, [true, false, true, false].map(press).into());
    let wide = |gui: &Gui| plan(gui).columns[plan(gui).role_position(Role::Lead).unwrap()].width;
    let fitted = wide(&gui);
    assert!(fitted > before, "{before} became {fitted}");
    ctrl(&mut gui, Key::Z);
    assert_eq!(wide(&gui), before);
    click(&mut gui, LEAD);
    choose_deep(&mut gui, "View", "Columns", "Fit column to its texts");
    assert_eq!(wide(&gui), fitted, "the keyboard's way does the same");
}

#[test]
fn slow_scrolling_does_not_drift_however_far_down() {
    let mut gui = window();
    let table = plan(&gui);
    let (id, first) = (table.id, table.next_row_id().0);
    let like = table.rows.iter().find(|row| row.kind == RowKind::Entry).unwrap().clone();
    // Some three million points, where single precision knows quarters of a point alone.
    let added =
        (0..20_000).map(|more| Change::InsertRow { table: id, at: usize::MAX, row: Row { id: RowId(first + more), ..like.clone() } });
    gui.state_mut().state.run(Command::Edit(EditCommand::Make("Many rows".to_owned(), added.collect())));
    gui.run();
    press(&mut gui, &[Key::ArrowDown]);
    ctrl(&mut gui, Key::End);
    press(&mut gui, &[Key::PageUp, Key::PageUp]);
    gui.hover_at(gui.get_by_role(accesskit::Role::Grid).rect().center());
    gui.run();
    let top = |gui: &Gui, label: &str| {
        let cells = gui.query_all_by_label(label);
        cells.map(|node| node.rect().top()).collect::<Vec<_>>()
    };
    let label = "Lead officer, 1.1.1: Community Life Manager";
    let before = top(&gui, label);
    for _ in 0..100 {
        gui.event(Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: vec2(0.0, 0.4),
            phase: TouchPhase::Move,
            source: MouseWheelSource::Wheel,
            modifiers: Modifiers::NONE,
        });
        gui.run();
    }
    let moved = top(&gui, label);
    assert!(moved.iter().any(|now| before.iter().any(|then| (now - then - 40.0).abs() < 0.01)), "{before:?} became {moved:?}");
}
