//! Holds ARCHITECTURE.md to the source: every file and name that its walks and tables speak of is there, and every list of all is whole.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use plandesk::{
    charts,
    model::{Role, RowKind, Status, TableKind},
    notes::{Code, Severity},
    returns,
};

/// Sections of ARCHITECTURE.md whose words in code type are files and names of this source.
const SECTIONS: [&str; 4] = ["## Entry points", "## Threads", "## Walks", "## Registries"];
/// What stands for any name: the file of something that is to be added.
const ANY: &str = "x.rs";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| unreachable!("{}: {error}", path.display()))
}

/// The words in code type of the sections, each with the line it stands in.
fn quoted() -> Vec<(String, String)> {
    let page = text(&root().join("ARCHITECTURE.md"));
    let mut quoted = Vec::new();
    for section in SECTIONS {
        let lines = page.lines().skip_while(|line| *line != section).skip(1).take_while(|line| !line.starts_with("## "));
        let before = quoted.len();
        for line in lines {
            quoted.extend(line.split('`').skip(1).step_by(2).map(|word| (word.to_owned(), line.to_owned())));
        }
        assert!(quoted.len() > before, "{section} is not there, or speaks of nothing");
    }
    quoted
}

/// Whether a word in code type is a file or a folder.
fn is_path(word: &str) -> bool {
    word.contains('/') || [".rs", ".md", ".json", ".toml", ".nsi"].iter().any(|ending| word.ends_with(ending))
}

/// Where a file or a folder is: below the source, or below the project.
fn found(word: &str) -> Option<PathBuf> {
    [root().join("src"), root().to_owned()].into_iter().map(|folder| folder.join(word)).find(|path| path.exists())
}

fn sources() -> String {
    let (mut folders, mut all) = (vec![root().join("src")], String::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                all.push_str(&text(&path));
            }
        }
    }
    all
}

/// Whether a source declares a name: an item of it, or a variant or a field on a line of its own.
fn declares(source: &str, name: &str) -> bool {
    let items = ["fn", "enum", "struct", "const", "static", "trait", "mod", "type"];
    source.lines().map(str::trim_start).any(|line| {
        let words: Vec<&str> = line.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty()).collect();
        let is_item = words.windows(2).any(|pair| items.contains(&pair[0]) && pair[1] == name);
        let is_variant = line.starts_with(name) && line[name.len()..].starts_with([',', '(', ' ', '{', ':']);
        is_item || is_variant
    })
}

#[test]
fn every_file_that_the_map_speaks_of_is_there() {
    let mut missing = Vec::new();
    for (word, line) in quoted().into_iter().filter(|(word, _)| is_path(word)) {
        let there = match word.strip_suffix(ANY).filter(|folder| folder.is_empty() || folder.ends_with('/')) {
            // What is to be added stands among files of its kind.
            Some(folder) => found(folder).is_some_and(|folder| folder.is_dir()),
            None => found(&word).is_some(),
        };
        if !there {
            missing.push(format!("`{word}` in: {line}"));
        }
    }
    assert!(missing.is_empty(), "ARCHITECTURE.md speaks of what is not there:\n{}", missing.join("\n"));
}

#[test]
fn every_name_that_the_map_speaks_of_is_declared() {
    let all = sources();
    let mut missing = Vec::new();
    for (word, line) in quoted().into_iter().filter(|(word, _)| !is_path(word)) {
        let path: Vec<&str> = word.split("::").collect();
        let is_name = path.iter().all(|part| part.chars().all(|c| c.is_alphanumeric() || c == '_') && !part.is_empty());
        // What the standard library or a command line is called is none of ours.
        if !is_name || ["Arc", "check", "ALL"].contains(&&*word) {
            continue;
        }
        // A module may be a folder or a file.
        let is_module = path.iter().all(|part| all.contains(&format!("mod {part};")));
        if !is_module && !path.last().is_some_and(|name| declares(&all, name)) {
            missing.push(format!("`{word}` in: {line}"));
        }
    }
    assert!(missing.is_empty(), "ARCHITECTURE.md speaks of names that are not there:\n{}", missing.join("\n"));
}

/// The names of the files of a folder that declare a constant.
fn declaring(folder: &str, constant: &str) -> BTreeSet<String> {
    let files = fs::read_dir(root().join("src").join(folder)).unwrap().map(|entry| entry.unwrap().path());
    let files = files.filter(|path| path.extension().is_some_and(|ending| ending == "rs"));
    let declaring = files.filter(|path| text(path).contains(&format!("const {constant}:")));
    declaring.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect()
}

/// The modules that a slice `ALL` takes a constant from.
fn listed(file: &str, constant: &str) -> BTreeSet<String> {
    let source = text(&root().join("src").join(file));
    let all = source.lines().find(|line| line.contains("const ALL: ")).unwrap();
    let list = all.split_once("= ").unwrap().1;
    list.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'))
        .filter_map(|part| part.strip_suffix(&format!("::{constant}")))
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_chart_and_every_return_is_listed() {
    assert_eq!(declaring("charts", "CHART"), listed("charts/mod.rs", "CHART"));
    assert_eq!(declaring("returns", "TEMPLATE"), listed("returns/mod.rs", "TEMPLATE"));
    let using = text(&root().join("docs/using.md"));
    for chart in charts::ALL {
        assert!(using.contains(chart.label), "docs/using.md does not speak of the chart {}", chart.label);
    }
    for template in returns::ALL {
        assert!(using.contains(template.name), "docs/using.md does not speak of {}", template.name);
    }
}

/// The variants of an enum, but those that stand for what a newer version wrote.
fn variants(file: &str, name: &str) -> usize {
    let source = text(&root().join("src").join(file));
    let body = source.split_once(&format!("pub enum {name} {{\n")).unwrap().1.split_once("\n}").unwrap().0;
    let lines: Vec<&str> = body.lines().map(str::trim).collect();
    let is_variant = |at: usize| lines[at].starts_with(char::is_uppercase) && (at == 0 || lines[at - 1] != "#[serde(other)]");
    (0..lines.len()).filter(|&at| is_variant(at)).count()
}

#[test]
fn every_list_of_all_is_whole() {
    assert_eq!(variants("notes.rs", "Code"), Code::ALL.len());
    assert_eq!(variants("notes.rs", "Severity"), Severity::ALL.len());
    assert_eq!(variants("model/table.rs", "Role"), Role::ALL.len());
    assert_eq!(variants("model/table.rs", "RowKind"), RowKind::ALL.len());
    assert_eq!(variants("model/table.rs", "TableKind"), TableKind::ALL.len());
    assert_eq!(variants("model/status.rs", "Status"), Status::ALL.len());
}

#[test]
fn every_kind_of_column_has_its_file_and_every_note_its_line() {
    let source = text(&root().join("src/model/kinds/mod.rs"));
    // Each kind says in whose file a text becomes a value.
    let value = source.split_once("pub fn value(").unwrap().1.split_once("\n    }").unwrap().0;
    for line in value.lines().filter(|line| line.trim_start().starts_with("Self::")) {
        let module = line.split_once("=> ").and_then(|(_, call)| call.split_once("::value")).unwrap().0;
        assert!(found(&format!("model/kinds/{module}.rs")).is_some(), "{line}");
    }
    let documented = text(&root().join("docs/check-json.md"));
    for code in Code::ALL {
        assert!(documented.contains(&format!("| `{}` ", code.name())), "docs/check-json.md does not list {}", code.name());
    }
}
