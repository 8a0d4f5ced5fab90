//! The notes pane, the summary, and the way from both to a cell.

use plandesk::notes::Code;

use super::*;

#[test]
fn a_click_on_a_note_goes_to_its_cell() {
    let mut gui = window();
    ctrl_shift(&mut gui, Key::M);
    assert!(sees_part(&gui, "Notes ("));
    let note = gui.state().state.notes().find(|note| note.message.contains("goes from 33 to 35")).unwrap().message.clone();
    click_containing(&mut gui, &format!("Note: {note}"));
    assert_eq!(here(&gui), "May 18, Not Started");
    click_containing(&mut gui, "Good Neighbours Plan 34");
    // On its very words too.
    click(&mut gui, &note);
    assert_eq!(here(&gui), "May 18, Not Started");
    assert!(sees(&gui, "7 periods"));
    ctrl_shift(&mut gui, Key::M);
    assert!(!sees_part(&gui, "Notes ("));
}

#[test]
fn a_click_on_a_notes_other_address_goes_there() {
    let mut gui = window();
    ctrl_shift(&mut gui, Key::M);
    let note = gui.state().state.notes().find(|note| note.code == Code::RepeatedPassage).unwrap().clone();
    click_containing(&mut gui, &format!("Note: {}", note.message));
    assert_eq!(here(&gui), "Comment, 3.4.1");
    click_containing(&mut gui, &format!("Also: {}", note.also.unwrap().address));
    assert_eq!(here(&gui), "Comment, 2.2.1");
}

#[test]
fn every_note_of_the_sample_and_of_a_fixture_leads_to_its_table() {
    for open in [Vec::new(), vec![PathBuf::from(RECOMMENDATIONS)]] {
        let mut gui = window_of(Folder::nowhere(), Vec::new(), open);
        settle(&mut gui);
        let notes: Vec<_> = gui.state().state.notes().cloned().collect();
        assert!(!notes.is_empty());
        for note in notes {
            gui.state_mut().state.run(Command::GoTo(note.place.clone()));
            gui.run();
            assert_eq!(gui.state().state.table_id(), note.place.table, "{}", note.message);
            assert_ne!(here(&gui), "", "{}", note.message);
            if let Some(also) = note.also {
                gui.state_mut().state.run(Command::GoTo(also.clone()));
                gui.run();
                assert_eq!(gui.state().state.table_id(), also.table, "{}", note.message);
                assert_ne!(here(&gui), "", "{}", note.message);
            }
        }
    }
}

#[test]
fn the_overdue_link_goes_to_the_first_overdue_line() {
    let mut gui = window();
    click(&mut gui, "10 lines are past their end date");
    assert_eq!(here(&gui), "End, 1.1.2");
}

#[test]
fn the_summary_shows_counts_changes_and_what_differs() {
    let mut gui = window();
    click(&mut gui, "Summary");
    for words in ["34 actions, 35 status lines", "Since Oct 18", "Stated in the plan", "Overdue at the plan's review date, 31 January 2019"]
    {
        assert!(sees(&gui, words), "{words}");
    }
    for stated in ["5 (−3)  differs", "1 (−1)", "15 (−9)  differs", "14 (+11)  differs"] {
        assert!(sees(&gui, stated), "{stated}");
    }
    for rated in ["On target 2", "Near target 3", "Not rated 3", "Not rated 8"] {
        assert!(sees(&gui, rated), "{rated}");
    }
    let late = ["1.1.2", "1.3.1", "1.3.2", "1.3.3", "2.2.1", "2.4.2", "3.1.3", "3.3.3", "3.4.1", "4.3.1"];
    for reference in late {
        assert!(sees_part(&gui, &format!("{reference}  ended ")), "{reference}");
    }
    click_containing(&mut gui, "1.3.2  ended Dec-17, in progress");
    assert_eq!(here(&gui), "End, 1.3.2");
}

#[test]
fn another_review_date_changes_what_is_overdue() {
    let mut gui = window();
    click(&mut gui, "Summary");
    type_in_field(&mut gui, "Jan-19", "Jan-18");
    press(&mut gui, &[Key::Enter]);
    assert!(sees(&gui, "Overdue at the plan's review date, 31 January 2018"));
    assert!(sees_part(&gui, "1.3.2  ended ") && !sees_part(&gui, "1.1.2  ended "));
    click(&mut gui, "Good Neighbours Plan 34");
    assert!(sees(&gui, "1 line is past its end date"));
    ctrl(&mut gui, Key::Z);
    assert!(sees(&gui, "10 lines are past their end date"));
}
