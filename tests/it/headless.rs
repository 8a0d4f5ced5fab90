//! The command line as a script meets it: exit codes, lines on stderr, files written.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Output, Stdio},
};

use serde_json::Value as Json;

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/sample.xlsx");

/// The program in a folder of its own, without a desktop.
fn program(folder: &Path) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_plandesk"));
    program.current_dir(folder).env("PLANDESK_CONFIG", folder.join("config"));
    for session in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"] {
        program.env_remove(session);
    }
    program
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    program(folder).args(arguments).output().expect("the program starts")
}

fn json(output: &Output) -> Json {
    serde_json::from_slice(&output.stdout).expect("it prints JSON")
}

/// The one line on stderr of a run that exits with 2.
fn refusal(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    let said = String::from_utf8(output.stderr).expect("it prints UTF-8");
    assert_eq!((output.status.code(), said.lines().count()), (Some(2), 1), "{arguments:?}: {said}");
    said.trim_end().strip_prefix("plandesk: ").expect("it says who speaks").to_owned()
}

#[test]
fn check_prints_the_sample_for_people_and_as_json() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let people = run(folder.path(), &["check", SAMPLE]);
    assert!(people.status.success() && people.stderr.is_empty());
    let checked = json(&run(folder.path(), &["check", SAMPLE, "--json"]));
    assert_eq!((&checked["counts"]["actions"], &checked["counts"]["lines"]), (&34.into(), &35.into()));
    let overdue = |arguments: &[&str]| json(&run(folder.path(), arguments))["overdue"].as_array().map(Vec::len);
    assert_eq!(overdue(&["check", SAMPLE, "--json", "--as-of", "1999-01-01"]), Some(0));
}

#[test]
fn a_file_converted_both_ways_says_the_same() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (from, to) in [(SAMPLE, "own.plandesk"), ("own.plandesk", "return.xlsx"), (SAMPLE, "UPPER.XLSX")] {
        let output = run(folder.path(), &["convert", from, "-o", to]);
        assert!(output.status.success(), "{from} to {to}: {}", String::from_utf8_lossy(&output.stderr));
    }
    let first = json(&run(folder.path(), &["check", SAMPLE, "--json"]));
    let mut again = json(&run(folder.path(), &["check", "own.plandesk", "--json"]));
    // A file of ours has no sheets to account for.
    again["accounted"] = first["accounted"].clone();
    assert_eq!(again, first);
    let back = json(&run(folder.path(), &["check", "return.xlsx", "--json"]));
    for part in ["counts", "overdue", "ratings"] {
        assert_eq!(back[part], first[part], "{part}");
    }
}

#[test]
fn what_cannot_be_done_is_one_line_and_exit_2() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path();
    let whole = fs::read(SAMPLE).expect("the sample is there");
    fs::write(at.join("text.xlsx"), "Ref,Action\n1,Plan").expect("a file is written");
    fs::write(at.join("empty.xlsx"), "").expect("a file is written");
    fs::write(at.join("cut.xlsx"), &whole[..whole.len() / 2]).expect("a file is written");
    fs::write(at.join("newer.plandesk"), r#"{"plandesk":99}"#).expect("a file is written");
    fs::write(at.join("cut.plandesk"), r#"{"plandesk":1,"docu"#).expect("a file is written");
    for name in ["none.xlsx", "text.xlsx", "empty.xlsx", "cut.xlsx", "newer.plandesk", "cut.plandesk", "."] {
        for arguments in [&["check", name][..], &["check", name, "--json"], &["convert", name, "-o", "out.xlsx"], &[name]] {
            let said = refusal(at, arguments);
            let advises = said.contains(". ") || said.contains("; update");
            assert!(said.starts_with(&format!("{name}: ")) && said.ends_with('.') && advises, "{said}");
        }
    }
    assert!(!at.join("out.xlsx").exists());
    assert!(refusal(at, &["check", SAMPLE, "--as-of", "soon"]).starts_with("--as-of soon: this is not a date."));
    assert!(refusal(at, &["check", SAMPLE, "--as-of", "2018-02-30"]).starts_with("--as-of 2018-02-30: "));
    assert!(refusal(at, &["convert", SAMPLE, "-o", "out.docx"]).contains("none of .plandesk, .xlsx and .pdf"));
    assert!(refusal(at, &["convert", SAMPLE, "-o", "none/out.xlsx"]).contains("its folder does not exist"));
    assert!(refusal(at, &["convert", SAMPLE, "-o", SAMPLE]).contains("the file that is read"));
    assert_eq!(fs::read(SAMPLE).expect("the sample is there"), whole);
}

#[test]
fn without_a_desktop_the_sample_is_checked_and_its_return_written() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = run(folder.path(), &[]);
    let said = String::from_utf8(output.stdout).expect("it prints UTF-8");
    assert!(output.status.success() && output.stderr.is_empty());
    let checked = String::from_utf8(run(folder.path(), &["check", SAMPLE]).stdout).expect("it prints UTF-8");
    assert!(said.starts_with(&checked));
    let written: Vec<_> = fs::read_dir(folder.path()).expect("the folder is there").map(|file| file.expect("a file").file_name()).collect();
    let [name] = &written[..] else { unreachable!("one file is written: {written:?}") };
    let name = name.to_str().expect("its name is UTF-8");
    assert!(name.ends_with(" return.xlsx") && said.contains(name));
    if cfg!(target_os = "linux") {
        assert!(said.contains("libvulkan1") && said.contains("libxkbcommon-x11-0"));
    }
    assert!(run(folder.path(), &["check", name]).status.success());
}

#[test]
fn a_reader_that_stops_reading_is_no_failure() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for arguments in [&["check", SAMPLE][..], &["check", SAMPLE, "--json"]] {
        let mut child =
            program(folder.path()).args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
        let mut line = String::new();
        let read = BufReader::with_capacity(1, child.stdout.take().expect("stdout is piped")).read_line(&mut line);
        assert!(read.is_ok());
        let output = child.wait_with_output().expect("it ends");
        assert!(output.status.success() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn a_workbook_is_read_as_it_was_corrected_in_the_window() {
    use plandesk::{layouts, store, workbook};
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("plan.csv");
    let text = "Ref,Action,Quux,Status\n1,Build,East,Complete\n2,Plant,West,Not started\n";
    fs::write(&file, text).expect("the workbook is written");
    let (grids, _) = workbook::open("plan.csv", text.as_bytes(), &|_| true).expect("it can be read");
    let mut outline = layouts::outline(&grids).remove(0);
    outline.choose(2, Some(plandesk::model::Role::Theme));
    let mut table = layouts::Correction::new(&grids, outline);
    table.corrected = true;
    let mut mappings = store::Mappings::default();
    mappings.put(layouts::Mapping { name: "Wards".to_owned(), tables: vec![table] });
    mappings.save(&store::Folder::at(&folder.path().join("config"))).expect("the mapping is kept");
    let checked = json(&run(folder.path(), &["check", "plan.csv", "--json"]));
    let notes = checked["notes"].as_array().expect("there are notes");
    assert!(notes.iter().any(|note| note["code"] == "mapping_applied"), "{notes:?}");
}

#[test]
fn several_files_are_checked_each_by_itself_and_one_that_cannot_be_read_leaves_the_others() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("empty.xlsx"), "").expect("a file is written");
    fs::write(folder.path().join("plan.csv"), "Ref,Action,End,Status\n1,Build,31/03/2018,In progress\n").expect("a file is written");
    let arguments = ["check", "empty.xlsx", "plan.csv", SAMPLE, "none.xlsx"];
    let output = run(folder.path(), &arguments);
    let [said, complained] = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    assert_eq!(output.status.code(), Some(2));
    let lines: Vec<&str> = complained.lines().collect();
    assert!(
        lines.len() == 2 && lines[0].starts_with("plandesk: empty.xlsx: ") && lines[1].starts_with("plandesk: none.xlsx: "),
        "{lines:?}"
    );
    assert!(said.starts_with("empty.xlsx\n==========\n\nNot read: empty.xlsx: "), "{said}");
    let alone = String::from_utf8_lossy(&run(folder.path(), &["check", "plan.csv"]).stdout).into_owned();
    assert!(said.contains(&format!("\nplan.csv\n========\n\n{alone}\n{SAMPLE}\n")), "{said}");
    let several = json(&run(folder.path(), &[&arguments[..], &["--json"]].concat()));
    let files = several["files"].as_array().expect("there are files");
    let named: Vec<_> = files.iter().map(|file| file["file"].as_str().expect("a name")).collect();
    assert_eq!(named, &arguments[1..]);
    assert!(files[0]["error"].as_str().is_some_and(|error| error.starts_with("empty.xlsx: ")) && files[0].get("report").is_none());
    for at in [1, 2] {
        assert_eq!(files[at]["report"], json(&run(folder.path(), &["check", named[at], "--json"])), "{}", named[at]);
    }
}

#[test]
fn a_script_can_fail_on_warnings_or_on_what_is_overdue() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let plan = |name: &str, end: &str, status: &str| {
        let text = format!("Ref,Action,End,Status\n1,Build a shed,{end},{status}\n2,Plant a hedge,On-going,In progress\n");
        fs::write(folder.path().join(name), text).expect("a file is written");
    };
    plan("clean.csv", "31/03/2018", "Complete");
    plan("late.csv", "31/03/2018", "In progress");
    plan("odd.csv", "31/03/2018", "Sideways");
    for (arguments, code) in [
        (&["clean.csv", "--fail-on", "warning", "--fail-on", "overdue"][..], 0),
        (&["late.csv"], 0),
        (&["late.csv", "--fail-on", "overdue"], 1),
        (&["late.csv", "--fail-on", "overdue", "--as-of", "2018-03-31"], 0),
        (&["late.csv", "--fail-on", "overdue", "--as-of", "2018-04-01"], 1),
        (&["late.csv", "--fail-on", "warning"], 1),
        (&["odd.csv", "--fail-on", "warning"], 1),
        (&["odd.csv", "--fail-on", "overdue", "--as-of", "2018-03-31"], 0),
        (&["clean.csv", "late.csv", "--fail-on", "warning,overdue", "--json"], 1),
        (&["late.csv", "none.xlsx", "--fail-on", "overdue"], 2),
        (&["late.csv", "--fail-on", "rain"], 2),
        (&[], 2),
    ] {
        let output = run(folder.path(), &[&["check"], arguments].concat());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), said.is_empty()), (Some(code), code != 2), "{arguments:?}: {said}");
    }
}

#[test]
fn what_is_overdue_says_which_day_it_is_judged_at() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let plan = "Review date:,Jan-19\n\nRef,Action,End,Status\n1,Build a shed,31/12/2018,In progress\n2,Plant a hedge,Jan-19,In progress\n";
    fs::write(folder.path().join("plan.csv"), plan).expect("a file is written");
    fs::write(folder.path().join("undated.csv"), plan.replace("Jan-19\n\n", "\n\n")).expect("a file is written");
    let said = |arguments: &[&str]| String::from_utf8_lossy(&run(folder.path(), arguments).stdout).into_owned();
    let today = || jiff::Zoned::now().date();
    let begun = today();
    for (arguments, title, late) in [
        (&["check", "plan.csv"][..], "Overdue at the plan's review date, 31 January 2019".to_owned(), &["1"][..]),
        (&["check", "plan.csv", "--as-of", "2019-02-01"], "Overdue at the date given, 1 February 2019".to_owned(), &["1", "2"]),
        (&["check", "undated.csv"], format!("Overdue today, {}", begun.strftime("%-d %B %Y")), &["1", "2"]),
        (&["check", "plan.csv", "--as-of", "2018-01-01"], "Overdue at the date given, 1 January 2018".to_owned(), &[]),
    ] {
        let words = said(arguments);
        if today() != begun {
            // Past the harness, which keeps to itself what a test that passes prints.
            writeln!(std::io::stderr(), "skipped in part, as midnight went by").unwrap();
            return;
        }
        let below: Vec<&str> = words.lines().skip_while(|line| **line != title).skip(1).take_while(|line| !line.is_empty()).collect();
        assert!(!below.is_empty(), "{arguments:?}: {words}");
        let listed: Vec<&str> = below.iter().filter_map(|line| line.trim().split_once(": ended ")).map(|(name, _)| name).collect();
        assert_eq!((&*listed, late.is_empty()), (late, below == ["  Nothing"]), "{arguments:?}: {words}");
    }
    let checked = json(&run(folder.path(), &["check", "plan.csv", "--json"]));
    assert_eq!(checked["judged"], serde_json::json!([{"table": checked["tables"][0]["name"], "day": "2019-01-31", "by": "plan"}]));
    let message =
        checked["notes"].as_array().expect("notes").iter().find(|note| note["code"] == "overdue").expect("one")["message"].clone();
    assert_eq!(message, "1 is past its end, 31/12/2018, at the plan's review date, 31 January 2019, and is in progress");
}

/// A plan in a file of its own: one action in sight, one in a hidden row.
fn plan_file(folder: &Path, name: &str) {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("Action Plan").unwrap();
    sheet.write_row(0, 0, ["Ref", "Action", "Lead officer", "RAG status", "Comment"]).unwrap();
    sheet.write_row(1, 0, ["1.1", "Plant trees", "Jo", "Complete", "Seen"]).unwrap();
    sheet.write_row(2, 0, ["1.2", "Secret talks", "Al", "In progress", "Secret"]).unwrap();
    sheet.set_row_hidden(2).unwrap();
    book.save(folder.join(name)).unwrap();
}

fn said(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn convert_says_what_is_in_a_return_and_what_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    plan_file(at, "plan.xlsx");
    let actions = |file: &str| json(&run(at, &["check", file, "--json"]))["counts"]["actions"].clone();
    let told = said(&run(at, &["convert", "plan.xlsx", "-o", "return.xlsx", "--as-of", "2027-03-31"]));
    assert_eq!(
        told,
        "In it:\n  “Action Plan”: 1 action\nLeft out, because it is hidden in the workbook:\n  row 3 of “Action Plan”\nWrote return.xlsx.\n"
    );
    assert_eq!(actions("return.xlsx"), 1);
    let told = said(&run(at, &["convert", "plan.xlsx", "-o", "whole.xlsx", "--with-hidden"]));
    assert!(told.contains("“Action Plan”: 2 actions\nIn it, although hidden in the workbook:\n  row 3 of “Action Plan”"), "{told}");
    assert_eq!(actions("whole.xlsx"), 2);
    let told = said(&run(at, &["convert", "plan.xlsx", "-o", "plan.plandesk"]));
    assert!(told.contains("“Action Plan”: 2 actions\nKept in it, although hidden in the workbook:\n  row 3"), "{told}");
    said(&run(at, &["convert", "plan.plandesk", "-o", "again.xlsx"]));
    assert_eq!(actions("again.xlsx"), 1, "what is hidden is so after it was kept");
    assert!(refusal(at, &["convert", "plan.xlsx", "-o", "new.xlsx", "--as-of", "soon"]).starts_with("--as-of soon: this is not a date."));
    assert!(!at.join("new.xlsx").exists());
}

#[test]
fn the_day_a_return_stands_at_is_on_its_cover() {
    let folder = tempfile::tempdir().unwrap();
    plan_file(folder.path(), "plan.xlsx");
    let day = |arguments: &[&str]| {
        said(&run(folder.path(), &[&["convert", "plan.xlsx", "-o", "return.xlsx", "--force"], arguments].concat()));
        let bytes = fs::read(folder.path().join("return.xlsx")).unwrap();
        let (grids, _) = plandesk::workbook::open("return.xlsx", &bytes, &|_| true).unwrap();
        grids[0].rows[1].text(1).to_owned()
    };
    assert!(day(&[]).starts_with("as at "), "today, where the plan states no review date");
    assert_eq!(day(&["--as-of", "2027-03-31"]), "as at 31 March 2027");
}

#[test]
fn a_plan_that_is_hidden_whole_is_not_written_as_an_empty_return() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().set_name("Notes").unwrap();
    let sheet = book.add_worksheet().set_name("Plan").unwrap();
    sheet.write_row(0, 0, ["Ref", "Action", "Lead officer", "RAG status", "Comment"]).unwrap();
    sheet.write_row(1, 0, ["1.1", "Talks that go on for longer than a list of words does", "Jo", "Complete", "Seen"]).unwrap();
    sheet.set_hidden(true);
    book.save(at.join("plan.xlsx")).unwrap();
    let told = refusal(at, &["convert", "plan.xlsx", "-o", "return.xlsx"]);
    assert!(told.starts_with("plan.xlsx: all of it is hidden in the workbook") && told.contains("--with-hidden"), "{told}");
    assert!(!at.join("return.xlsx").exists());
    said(&run(at, &["convert", "plan.xlsx", "-o", "return.xlsx", "--with-hidden"]));
    said(&run(at, &["convert", "plan.xlsx", "-o", "plan.plandesk"]));
}

#[test]
fn a_file_with_nothing_in_it_is_not_written_as_an_empty_return() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let empty = plandesk::store::encode(&plandesk::model::Document::default(), &[]).unwrap();
    fs::write(at.join("empty.plandesk"), empty).unwrap();
    let told = refusal(at, &["convert", "empty.plandesk", "-o", "return.xlsx"]);
    assert!(told.starts_with("empty.plandesk: it holds no table and no text"), "{told}");
    assert!(!at.join("return.xlsx").exists());
}

#[test]
fn a_file_that_is_open_in_a_window_is_not_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    plan_file(at, "plan.xlsx");
    said(&run(at, &["convert", "plan.xlsx", "-o", "plan.plandesk"]));
    assert!(!at.join("~$plan.plandesk").exists(), "nothing is left beside it");
    let open = plandesk::store::FileLock::take(&at.join("plan.plandesk")).unwrap();
    let told = refusal(at, &["convert", "plan.xlsx", "-o", "plan.plandesk"]);
    assert!(told.contains("another window of plandesk on this computer has it open. Close it there"), "{told}");
    drop(open);
    said(&run(at, &["convert", "plan.xlsx", "-o", "plan.plandesk"]));
}

#[test]
fn only_its_own_earlier_return_is_replaced_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    plan_file(at, "plan.xlsx");
    plan_file(at, "other.xlsx");
    let write = |from: &str, to: &str| run(at, &["convert", from, "-o", to]);
    for to in ["return.xlsx", "plan.plandesk"] {
        said(&write("plan.xlsx", to));
        // Its plan was changed meanwhile, and is the same document.
        let mut book = rust_xlsxwriter::Workbook::new();
        book.add_worksheet().write_row(0, 0, ["Ref", "Action", "RAG status"]).unwrap().write_row(1, 0, ["1", "Dig", "Complete"]).unwrap();
        book.save(at.join("plan.xlsx")).unwrap();
        said(&write("plan.xlsx", to));
        let before = fs::read(at.join(to)).unwrap();
        let told = refusal(at, &["convert", "other.xlsx", "-o", to]);
        assert!(told.contains("another document, so it was left as it is") && told.contains("--force"), "{told}");
        assert_eq!(fs::read(at.join(to)).unwrap(), before);
        said(&run(at, &["convert", "other.xlsx", "-o", to, "--force"]));
        plan_file(at, "plan.xlsx");
    }
    // Other people's files, and one of ours that was worked in.
    fs::copy(SAMPLE, at.join("budget.xlsx")).unwrap();
    fs::write(at.join("notes.plandesk"), "notes").unwrap();
    fs::write(at.join("empty.xlsx"), "").unwrap();
    assert!(refusal(at, &["convert", "plan.xlsx", "-o", "budget.xlsx"]).contains("no return written by plandesk"));
    assert!(refusal(at, &["convert", "plan.xlsx", "-o", "notes.plandesk"]).contains("plandesk did not write it"));
    said(&write("plan.xlsx", "empty.xlsx"));
    let (document, notes) = plandesk::store::decode(&fs::read(at.join("plan.plandesk")).unwrap()).unwrap();
    fs::write(at.join("plan.plandesk"), plandesk::store::encode(&document, &notes).unwrap()).unwrap();
    assert!(refusal(at, &["convert", "plan.xlsx", "-o", "plan.plandesk"]).contains("it was saved by somebody"));
}

#[test]
fn a_return_that_somebody_typed_in_is_not_replaced_unasked() {
    use std::io::{Cursor, Read, Write};
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    plan_file(at, "plan.xlsx");
    said(&run(at, &["convert", "plan.xlsx", "-o", "return.xlsx"]));
    let bytes = fs::read(at.join("return.xlsx")).unwrap();
    let mut zip = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
    let mut saved = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for part in 0..zip.len() {
        let mut file = zip.by_index(part).unwrap();
        if file.name().unwrap() != "docProps/core.xml" {
            saved.raw_copy_file(file).unwrap();
            continue;
        }
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        let from = text.find("<dcterms:modified").unwrap();
        text.replace_range(from.., &text[from..].replace("Z</dcterms:modified>", "1Z</dcterms:modified>"));
        saved.start_file("docProps/core.xml", zip::write::SimpleFileOptions::default()).unwrap();
        saved.write_all(text.as_bytes()).unwrap();
    }
    fs::write(at.join("return.xlsx"), saved.finish().unwrap().into_inner()).unwrap();
    assert!(refusal(at, &["convert", "plan.xlsx", "-o", "return.xlsx"]).contains("somebody saved it since"));
}

#[test]
fn the_samples_return_replaces_its_own_and_no_other_file() {
    let folder = tempfile::tempdir().unwrap();
    said(&run(folder.path(), &[]));
    said(&run(folder.path(), &[]));
    let name = fs::read_dir(folder.path())
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .find(|name| name.ends_with(".xlsx"));
    fs::copy(SAMPLE, folder.path().join(name.unwrap())).unwrap();
    let output = run(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("the sample's return was not written over it"));
}
