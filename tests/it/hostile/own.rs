//! `.plandesk` files that ask for more than they hold, each checked by the program in a process of its own, whose time and memory are measured.

use std::{fmt::Write as _, path::Path};

use super::measured::{Checked, MEMORY, SECONDS, check_by};

/// A file with so many columns, and these rows.
fn file(columns: usize, rows: &str) -> String {
    let columns: Vec<String> =
        (1..=columns).map(|id| format!("{{\"id\":{id},\"heading\":\"\",\"role\":null,\"kind\":\"paragraph\",\"width\":80.0}}")).collect();
    format!(
        "{{\"plandesk\":1,\"document\":{{\"tables\":[{{\"id\":1,\"name\":\"T\",\"kind\":\"plan\",\"sheet\":\"S\",\"columns\":[{}],\"rows\":[{rows}]}}]}}}}",
        columns.join(",")
    )
}

fn rows(ids: impl Iterator<Item = u32>, cells: &str) -> String {
    let mut rows = ids.fold(String::new(), |mut rows, id| {
        write!(rows, "{{\"id\":{id},\"kind\":\"entry\",\"cells\":[{cells}]}},").unwrap();
        rows
    });
    rows.pop();
    rows
}

/// The files, and the words of the refusal where one is refused.
fn files() -> Vec<(&'static str, String, Option<&'static str>)> {
    let x = "{\"text\":\"x\",\"value\":\"text\"}";
    let table = |id: u32| format!("{{\"id\":{id},\"name\":\"\",\"kind\":\"plan\",\"sheet\":\"\",\"columns\":[],\"rows\":[]}}");
    let tables = |count: u32| {
        let tables: Vec<String> = (1..=count).map(table).collect();
        format!("{{\"plandesk\":1,\"document\":{{\"tables\":[{}]}}}}", tables.join(","))
    };
    let notes = vec!["{\"severity\":\"info\",\"code\":\"macros\",\"place\":{\"address\":\"\"},\"message\":\"\"}"; 10_000].join(",");
    let noted = file(1, &rows(1..2, x)).replacen("\"document\"", &format!("\"notes\":[{notes}],\"document\""), 1);
    let padded = file(10_000, "")
        .replacen("\"columns\"", &format!("\"rows\":[{}],\"columns\"", rows(1..2_000, "")), 1)
        .replace(",\"rows\":[]}", "}");
    let deep = format!("{{\"plandesk\":1,\"document\":{}", "[".repeat(1_000_000));
    vec![
        ("ids of 2^31", file(1, &rows([1, 1 << 31].into_iter(), x)), None),
        ("ids of 2^32", file(1, &rows([u32::MAX, 7].into_iter(), x)), None),
        ("ids past 2^32", file(1, &rows(1..2, x)).replace("\"id\":1,\"kind\"", "\"id\":99999999999,\"kind\""), Some("damaged")),
        ("padding", file(10_000, &rows(1..2_000, "")), Some("asks for far more memory")),
        ("much padding", file(20_000, &rows(1..50_000, "")), Some("asks for far more memory")),
        ("padding before the columns", padded, Some("asks for far more memory")),
        ("blank cells", file(1_000, &rows(1..3_000, &vec!["{}"; 1_000].join(","))), Some("asks for far more memory")),
        ("columns", file(100_000, ""), Some("more than 20,000 columns")),
        ("tables", tables(200_000), Some("more than 5,000 tables")),
        ("many tables", tables(5_000), None),
        ("rows", file(1, &rows(1..100_000, "")), None),
        ("notes", noted, None),
        ("lists in lists", deep, Some("damaged")),
    ]
}

/// Runs the program on a file.
fn check(path: &Path, json: bool) -> Checked {
    check_by(Path::new(env!("CARGO_BIN_EXE_plandesk")), path, json, SECONDS)
}

#[test]
fn a_file_of_ours_takes_no_more_than_its_size_warrants() {
    let folder = tempfile::tempdir().unwrap();
    let mut wrong = Vec::new();
    for (name, file, refused) in files() {
        let path = folder.path().join("hostile.plandesk");
        std::fs::write(&path, file).unwrap();
        for json in [false, true] {
            let Checked { code, said, memory: peak, .. } = check(&path, json);
            let as_expected = match refused {
                Some(words) => code == Some(2) && said.contains(words) && said.lines().count() == 1,
                None => code == Some(0) && said.is_empty(),
            };
            if !as_expected || peak > MEMORY {
                wrong.push(format!("{name} (json: {json}): {code:?}, {} MB, {said}", peak >> 10));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn nothing_of_a_file_of_ours_orders_a_terminal_about() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("evil.plandesk");
    let evil = "\\u001b[31m\\n\\u0000evil\\u202e\\u009b2J";
    std::fs::write(&path, file(1, &rows(1..2, "{\"text\":\"x\",\"value\":\"text\"}")).replace("\"T\"", &format!("\"{evil}\""))).unwrap();
    for json in [false, true] {
        let Checked { code, printed, said, .. } = check(&path, json);
        assert_eq!((code, said.as_str()), (Some(0), ""));
        let harmful = |letter: char| letter != '\n' && (letter.is_control() || letter == '\u{202e}');
        assert!(printed.contains("evil") && !printed.contains(harmful), "{printed:?}");
    }
}
