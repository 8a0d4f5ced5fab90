//! A central body's form filled in the window: proposed, corrected by keys, checked, explained, saved and remembered.

use std::fs;

use super::*;
use crate::forms::drawn;

/// A window with the plan, and a form beside it that is answered with, then the name it is saved under.
fn opened(folder: &Path, form: &[u8]) -> Gui {
    fs::write(folder.join("plan.xlsx"), drawn::plan()).unwrap();
    fs::write(folder.join("form.xlsx"), form).unwrap();
    let answers = vec![folder.join("form.xlsx"), folder.join("out.xlsx")];
    let mut gui = window_of(Folder::at(&folder.join("config")), answers, vec![folder.join("plan.xlsx")]);
    settle(&mut gui);
    choose(&mut gui, "File", "Fill a template workbook…");
    tried(&mut gui);
    gui
}

/// Waits until it is known how the form would stand.
fn tried(gui: &mut Gui) {
    let is_tried = |gui: &Gui| {
        let state = &gui.state().state;
        state.tasks.job().is_none() && state.prompts.form().is_none_or(|form| form.report().is_some())
    };
    until(gui, "the form is tried", is_tried);
    settle(gui);
}

fn read(folder: &Path, sheet: &str, row: u32, column: u16) -> String {
    let bytes = fs::read(folder.join("out.xlsx")).unwrap();
    let (grids, _) = plandesk::workbook::open("out.xlsx", &bytes, &|_| true).unwrap();
    let grid = grids.iter().find(|grid| grid.sheet == sheet).unwrap();
    grid.position(row).map_or("", |at| grid.rows[at].text(column)).to_owned()
}

#[test]
fn a_form_is_corrected_explained_and_saved() {
    let folder = tempfile::tempdir().unwrap();
    let mut gui = opened(folder.path(), &drawn::finance_return());
    assert!(sees_part(&gui, "0 cells filled; 0 of 2 checks met, 2 ask for an explanation"));
    // An input is given a value of the plan by letters alone.
    for (label, words) in [("Insulation: Gross spend, Spend!B5", "1.1, budget"), ("Boilers: Gross spend, Spend!B6", "1.2, budget")] {
        gui.get_by_label(&format!("{label} is filled by: Leave as it is")).focus();
        gui.run();
        press(&mut gui, &[Key::Space]);
        type_text(&mut gui, words);
        press(&mut gui, &[Key::Enter]);
        tried(&mut gui);
    }
    assert!(sees_part(&gui, "→ 125") && sees_part(&gui, "→ 61"));
    assert!(sees_part(&gui, "2 cells filled; 1 of 2 checks met, 1 asks for an explanation"));
    click(&mut gui, "Checks (1)");
    assert!(sees(&gui, "The form says: Fail") && sees(&gui, "It is written into Validations!C3."));
    gui.get_by_label_contains("Explanation of Validations!B3").focus();
    gui.run();
    type_text(&mut gui, "A second street was added");
    press(&mut gui, &[Key::Tab]);
    tried(&mut gui);
    click(&mut gui, "Save the filled form…");
    settle(&mut gui);
    assert!(sees(&gui, "What was filled"), "{:?}", gui.state().state.prompts.failed());
    press(&mut gui, &[Key::Enter]);
    assert!(gui.state().state.prompts.ask().is_none());
    assert_eq!(read(folder.path(), "Spend", 4, 1), "125");
    assert_eq!(read(folder.path(), "Validations", 2, 2), "A second street was added");
    // The next edition is filled as this one was.
    fs::remove_file(folder.path().join("out.xlsx")).unwrap();
    let gui = opened(folder.path(), &drawn::finance_return());
    assert!(sees_part(&gui, "Filled as before") && sees_part(&gui, "2 cells filled"));
}

#[test]
fn tab_alone_leads_through_all_inputs() {
    let folder = tempfile::tempdir().unwrap();
    let mut gui = opened(folder.path(), &drawn::long_form(60));
    let last = "Question 60, Long!B60 is filled by: Leave as it is";
    assert!(!sees(&gui, last), "it is out of sight");
    for _ in 0..80 {
        press(&mut gui, &[Key::Tab]);
        if in_focus(&gui).is_some_and(|node| node.accesskit_node().label().is_some_and(|label| label == last)) {
            return;
        }
    }
    unreachable!("Tab came to {:?}", in_focus(&gui).and_then(|node| node.accesskit_node().label()));
}

#[test]
fn rows_of_the_plan_fill_rows_of_the_form_and_escape_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut gui = opened(folder.path(), &drawn::progress_report());
    click(&mut gui, "Tables (1)");
    assert!(sees(&gui, "Progress, rows 11 to 14 is filled from: Plan"), "proposed by its headings");
    assert!(sees(&gui, "RAG is filled by: RAG status"));
    gui.get_by_label_contains("Rows of Progress, rows 11 to 14").focus();
    gui.run();
    press(&mut gui, &[Key::Space]);
    type_text(&mut gui, "only rows with");
    press(&mut gui, &[Key::Enter]);
    tried(&mut gui);
    let report = gui.state().state.prompts.form().and_then(|form| form.report().cloned()).unwrap();
    let names = report.written.iter().filter(|written| written.place.starts_with("Progress!A")).map(|written| written.after.as_str());
    assert_eq!(names.collect::<Vec<_>>(), ["Replace the boilers", "Open the advice line"]);
    press(&mut gui, &[Key::Escape]);
    assert!(gui.state().state.prompts.form().is_none() && !folder.path().join("out.xlsx").exists());
}

#[test]
fn the_form_as_it_was_sent_is_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(at.join("plan.xlsx"), drawn::plan()).unwrap();
    fs::write(at.join("form.xlsx"), drawn::named_return()).unwrap();
    let before = fs::read(at.join("form.xlsx")).unwrap();
    let answers = vec![at.join("form.xlsx"), at.join("form.xlsx")];
    let mut gui = window_of(Folder::nowhere(), answers, vec![at.join("plan.xlsx")]);
    settle(&mut gui);
    choose(&mut gui, "File", "Fill a template workbook…");
    tried(&mut gui);
    click(&mut gui, "File name");
    assert!(sees_part(&gui, "The form asks to be named WHF3MI_RRR_MMYY"));
    click(&mut gui, "Save the filled form…");
    settle(&mut gui);
    assert!(gui.state().state.prompts.failed().is_some_and(|why| why.contains("the form as it was sent")));
    assert_eq!(fs::read(at.join("form.xlsx")).unwrap(), before);
}
