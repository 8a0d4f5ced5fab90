//! Holds the source to ARCHITECTURE.md: who imports whom, which room an outside crate keeps to, and the habits a machine can see.

mod circles;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

const MOST_LINES: usize = 600;

#[test]
fn imports_follow_the_table_of_modules() {
    let law = Law::read();
    check(|file| {
        let may = law.modules.get(file.module()).cloned().unwrap_or_default();
        let uses = file.paths().into_iter().filter_map(|path| Some((path.line, file.ours(&path, &law)?)));
        let broken = uses.filter(|(_, path)| !allowed(path, file.module(), &may));
        broken.map(|(line, path)| (line, format!("`{}` may not import `{}`", file.module(), path.join("::")))).collect()
    });
}

#[test]
fn no_module_exports_again_what_is_of_another() {
    let law = Law::read();
    check(|file| {
        let ours = file.exported().into_iter().filter_map(|path| Some((path.line, file.ours(&path, &law)?)));
        let smuggled = ours.filter(|(_, path)| path[0] != file.module());
        smuggled.map(|(line, path)| (line, format!("`{}` is had from its own module, not from this one", path.join("::")))).collect()
    });
    let file = Source::new(
        "app/open.rs".into(),
        "pub use crate::store::Folder;\npub(super) use super::read::shown;\nuse crate::store::read;".into(),
    );
    let exported: Vec<String> = file.exported().iter().map(|path| path.segments.join("::")).collect();
    assert_eq!(exported, ["crate::store::Folder", "super::read::shown"]);
}

#[test]
fn what_comes_from_outside_keeps_to_its_room() {
    let law = Law::read();
    check(|file| {
        let mut broken = Vec::new();
        for path in file.paths() {
            let rooms = law.rooms.iter().find(|(outside, _)| path.segments.join("::").starts_with_path(outside));
            if let Some((outside, rooms)) = rooms
                && !rooms.iter().any(|room| file.name == *room || (room.ends_with('/') && file.name.starts_with(room)))
            {
                broken.push((path.line, format!("`{outside}` belongs in {}", rooms.join(", "))));
            }
        }
        broken
    });
}

#[test]
fn every_file_opens_with_a_sentence_about_itself_and_stays_short() {
    check(|file| {
        let mut broken = Vec::new();
        let first = file.text.lines().next().unwrap_or("");
        if !(first.starts_with("//! ") && first.ends_with('.')) {
            broken.push((1, "a file opens with one `//!` sentence: what it owns and what it never does".to_owned()));
        }
        let lines = file.text.lines().count();
        if lines > MOST_LINES {
            broken.push((lines, format!("a file has at most {MOST_LINES} lines: this one is about more than one subject")));
        }
        broken
    });
}

#[test]
fn nothing_is_unwrapped_outside_tests() {
    check(|file| {
        let unwraps = file.tokens.windows(3).filter(|w| w[0].text == "." && w[1].text == "unwrap" && w[2].text == "(");
        unwraps.map(|w| (w[1].line, "no `unwrap` outside tests: `expect` states why it cannot fail".to_owned())).collect()
    });
}

#[test]
fn the_table_lists_the_modules_there_are() {
    let law = Law::read();
    let lib = fs::read_to_string(root().join("src/lib.rs")).expect("the library is there");
    let declared: BTreeSet<&str> = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let listed: BTreeSet<&str> = law.modules.keys().map(String::as_str).filter(|name| *name != "main").collect();
    let unknown: Vec<&&str> = declared.difference(&listed).collect();
    assert!(unknown.is_empty(), "ARCHITECTURE.md does not list the modules {unknown:?}");
    let missing: Vec<&&str> = listed.difference(&declared).collect();
    assert!(missing.is_empty(), "ARCHITECTURE.md lists modules that are not there: {missing:?}");
}

#[test]
fn paths_are_found_however_they_are_written() {
    let source = "use crate::{model::{Cell, kinds::Kind as K}, store};\n// crate::ui\n#[cfg(test)]\nmod tests { use crate::ui; }\n\
                  fn f<'a>() { \"crate::ui\"; 'x'; r#\"crate::\"ui\"#; super::super::charts::draw(); std::fs::read(); }";
    let file = Source::new("app/open.rs".into(), source.into());
    let paths: Vec<String> = file.paths().iter().map(|path| format!("{} {}", path.line, path.segments.join("::"))).collect();
    let expected =
        ["1 crate::model::Cell", "1 crate::model::kinds::Kind", "1 crate::store", "5 super::super::charts::draw", "5 std::fs::read"];
    assert_eq!(paths, expected);
    let charts = &file.paths()[3];
    assert_eq!(file.ours(charts, &Law::read()), Some(vec!["charts".to_owned(), "draw".to_owned()]));
}

/// Fails with every broken line of the source, as `file:line: what`.
fn check(broken_in: impl Fn(&Source) -> Vec<(usize, String)>) {
    let mut broken = Vec::new();
    for file in sources() {
        broken.extend(broken_in(&file).into_iter().map(|(line, what)| format!("src/{}:{line}: {what}", file.name)));
    }
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

fn allowed(path: &[String], own: &str, may: &[String]) -> bool {
    path[0] == own || may.iter().any(|allowed| path.join("::").starts_with_path(allowed))
}

trait StartsWithPath {
    /// Whether a path is another one, or goes on from it.
    fn starts_with_path(&self, start: &str) -> bool;
}

impl StartsWithPath for String {
    fn starts_with_path(&self, start: &str) -> bool {
        self.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    }
}

/// The tables of ARCHITECTURE.md.
struct Law {
    /// A module and the paths it may import.
    modules: BTreeMap<String, Vec<String>>,
    /// An outside path and the files or folders it keeps to.
    rooms: BTreeMap<String, Vec<String>>,
}

impl Law {
    fn read() -> Self {
        let text = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md is there");
        let law = Self { modules: table(&text, "| module |"), rooms: table(&text, "| from outside |") };
        assert!(law.modules.len() > 5 && law.rooms.len() > 5, "the tables of ARCHITECTURE.md were not found");
        law
    }
}

/// The table that begins with a heading: the name in its first column, the paths in its last.
fn table(text: &str, heading: &str) -> BTreeMap<String, Vec<String>> {
    let rows = text.lines().skip_while(|line| !line.starts_with(heading)).skip(2).take_while(|line| line.starts_with('|'));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split('|').collect();
        let quoted = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
        let name = quoted(cells[0]).first().expect("the first column names something").clone();
        (name, quoted(cells[cells.len() - 1]).iter().flat_map(|path| spread(path)).collect())
    })
    .collect()
}

/// `a::{b, c}` as `a::b` and `a::c`.
fn spread(path: &str) -> Vec<String> {
    match path.split_once("::{") {
        Some((start, rest)) => rest.trim_end_matches('}').split(',').map(|end| format!("{start}::{}", end.trim())).collect(),
        None => vec![path.to_owned()],
    }
}

struct Token {
    text: String,
    line: usize,
}

struct UsePath {
    segments: Vec<String>,
    line: usize,
}

/// A file of `src/` without its comments, texts and tests.
struct Source {
    /// From `src/` on.
    name: String,
    text: String,
    tokens: Vec<Token>,
}

impl Source {
    fn new(name: String, text: String) -> Self {
        let tokens = without_tests(tokens(&text));
        Self { name, text, tokens }
    }

    /// The module it belongs to: the first folder, or the file.
    fn module(&self) -> &str {
        match self.name.as_str() {
            // Beside `main`, in the program and not in the library.
            "console.rs" | "window.rs" => "main",
            name => name.split('/').next().unwrap_or("").trim_end_matches(".rs"),
        }
    }

    /// How many modules it is below the crate.
    fn depth(&self) -> usize {
        match self.name.as_str() {
            "lib.rs" | "main.rs" => 0,
            name => name.trim_end_matches("/mod.rs").split('/').count(),
        }
    }

    /// Where a path leads within the crate; `None` for one that leads out of it or stays in its module.
    fn ours(&self, path: &UsePath, law: &Law) -> Option<Vec<String>> {
        let up = path.segments.iter().take_while(|segment| *segment == "super").count();
        let rest = match path.segments[0].as_str() {
            "crate" | "plandesk" => &path.segments[1..],
            "super" if up >= self.depth() => &path.segments[up..],
            _ => return None,
        };
        rest.first().filter(|first| law.modules.contains_key(*first)).map(|_| rest.to_vec())
    }

    /// Every path written in it, with the lists of `use` spread out.
    fn paths(&self) -> Vec<UsePath> {
        let mut paths = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            let starts = is_word(&self.tokens[at].text) && self.tokens.get(at + 1).is_some_and(|next| next.text == "::");
            let goes_on = at > 0 && self.tokens[at - 1].text == "::";
            at = if starts && !goes_on { self.path(at, &[], &mut paths) } else { at + 1 };
        }
        paths
    }

    /// The paths of what it exports again.
    fn exported(&self) -> Vec<UsePath> {
        let text = |at: usize| self.tokens.get(at).map_or("", |token| token.text.as_str());
        let mut paths = Vec::new();
        for at in (0..self.tokens.len()).filter(|&at| text(at) == "pub") {
            let closed = (at..self.tokens.len()).find(|&to| text(to) == ")").filter(|_| text(at + 1) == "(");
            let next = closed.unwrap_or(at) + 1;
            if text(next) == "use" {
                self.path(next + 1, &[], &mut paths);
            }
        }
        paths
    }

    /// Collects the paths that begin at a token; returns the token after them.
    fn path(&self, mut at: usize, before: &[String], paths: &mut Vec<UsePath>) -> usize {
        let text = |at: usize| self.tokens.get(at).map_or("", |token| token.text.as_str());
        let line = self.tokens[at].line;
        let mut segments = before.to_vec();
        loop {
            match text(at) {
                "{" => {
                    at += 1;
                    while !matches!(text(at), "}" | "") {
                        at = if text(at) == "," { at + 1 } else { self.path(at, &segments, paths) };
                    }
                    return at + 1;
                }
                word if is_word(word) => segments.push(word.to_owned()),
                // Generic arguments and globs end what is known of a path.
                _ => {
                    at += 1;
                    break;
                }
            }
            at += 1;
            if text(at) != "::" {
                break;
            }
            at += 1;
        }
        paths.push(UsePath { segments, line });
        if text(at) == "as" && !before.is_empty() { at + 2 } else { at }
    }
}

fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every source file but those that are only built for tests.
fn sources() -> Vec<Source> {
    let mut files = Vec::new();
    collect(&root().join("src"), &mut files);
    let read = |path: &PathBuf| fs::read_to_string(path).expect("a source file can be read");
    let only_tests: BTreeSet<PathBuf> = files.iter().flat_map(|path| test_modules(path, &read(path))).collect();
    // The files of a module of tests are tests as well.
    files.retain(|path| !only_tests.contains(path) && !only_tests.iter().any(|tests| path.starts_with(tests.with_extension(""))));
    let name = |path: &Path| path.strip_prefix(root().join("src")).expect("it is in src").display().to_string().replace('\\', "/");
    files.iter().map(|path| Source::new(name(path), read(path))).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("src can be listed") {
        let path = entry.expect("src can be listed").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files.sort();
}

/// The files of modules declared right after `#[cfg(test)]`.
fn test_modules(path: &Path, text: &str) -> Vec<PathBuf> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let declared = lines.windows(2).filter(|pair| pair[0] == "#[cfg(test)]").filter_map(|pair| pair[1].strip_suffix(';'));
    let folder = if path.ends_with("mod.rs") { path.with_file_name("") } else { path.with_extension("") };
    declared.filter_map(|line| line.split_once("mod ")).map(|(_, name)| folder.join(format!("{name}.rs"))).collect()
}

/// The words and signs of a source, without comments and texts.
fn tokens(source: &str) -> Vec<Token> {
    let chars: Vec<char> = source.chars().collect();
    let (mut tokens, mut at, mut line) = (Vec::new(), 0, 1);
    while at < chars.len() {
        let end = match token_end(&chars, at) {
            (end, true) => {
                tokens.push(Token { text: chars[at..end].iter().collect(), line });
                end
            }
            (end, false) => end,
        };
        line += chars[at..end].iter().filter(|c| **c == '\n').count();
        at = end;
    }
    tokens
}

/// Where the token at a place ends, and whether it is one that counts.
fn token_end(chars: &[char], at: usize) -> (usize, bool) {
    let rest = &chars[at..];
    let starts = |text: &str| text.chars().enumerate().all(|(i, c)| rest.get(i) == Some(&c));
    let word = |from: usize| rest[from..].iter().take_while(|c| c.is_alphanumeric() || **c == '_').count() + from;
    match rest[0] {
        '/' if starts("//") => (at + rest.iter().take_while(|c| **c != '\n').count(), false),
        '/' if starts("/*") => (at + block_comment(rest), false),
        '"' => (at + text(rest, 0), false),
        'b' | 'c' if rest.get(1) == Some(&'"') => (at + text(rest, 1), false),
        'r' | 'b' | 'c' if let Some(end) = raw_text(rest) => (at + end, false),
        '\'' => (at + character(rest), false),
        ':' if starts("::") => (at + 2, true),
        c if c.is_alphanumeric() || c == '_' => (at + word(0), true),
        c => (at + 1, !c.is_whitespace()),
    }
}

fn block_comment(rest: &[char]) -> usize {
    let (mut deep, mut at) = (0, 0);
    while at < rest.len() {
        match (rest[at], rest.get(at + 1)) {
            ('/', Some('*')) => (deep, at) = (deep + 1, at + 2),
            ('*', Some('/')) => (deep, at) = (deep - 1, at + 2),
            _ => at += 1,
        }
        if deep == 0 {
            break;
        }
    }
    at
}

/// The length of a text in double quotes that opens at a place.
fn text(rest: &[char], open: usize) -> usize {
    let mut at = open + 1;
    while at < rest.len() && rest[at] != '"' {
        at += if rest[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(rest.len())
}

/// The length of `r"…"`, `r#"…"#` and their byte forms; `None` when it is none of them.
fn raw_text(rest: &[char]) -> Option<usize> {
    let start = rest.iter().position(|c| !matches!(c, 'b' | 'c'))?;
    if start > 1 || rest.get(start) != Some(&'r') {
        return None;
    }
    let hashes = rest[start + 1..].iter().take_while(|c| **c == '#').count();
    let open = start + 1 + hashes;
    if rest.get(open) != Some(&'"') {
        return None;
    }
    let closes = |at: usize| rest[at] == '"' && rest[at + 1..].iter().take(hashes).filter(|c| **c == '#').count() == hashes;
    (open + 1..rest.len()).find(|&at| closes(at)).map(|at| at + 1 + hashes)
}

/// The length of a character, or of a lifetime's mark.
fn character(rest: &[char]) -> usize {
    match (rest.get(1), rest.get(2)) {
        (Some('\\'), _) => rest.iter().skip(3).position(|c| *c == '\'').map_or(1, |at| at + 4),
        (Some(_), Some('\'')) => 3,
        _ => 1,
    }
}

/// The tokens without the items that are only built for tests.
fn without_tests(tokens: Vec<Token>) -> Vec<Token> {
    let mark = ["#", "[", "cfg", "(", "test", ")", "]"];
    let mut kept = Vec::new();
    let mut rest = tokens.into_iter().peekable();
    while let Some(token) = rest.next() {
        kept.push(token);
        let marked = kept.len() >= mark.len() && kept[kept.len() - mark.len()..].iter().map(|t| t.text.as_str()).eq(mark);
        if marked {
            kept.truncate(kept.len() - mark.len());
            skip_item(&mut rest);
        }
    }
    kept
}

/// Goes past the end of an item: its semicolon or the end of its block.
fn skip_item(rest: &mut impl Iterator<Item = Token>) {
    let mut deep = 0_usize;
    for token in rest {
        match token.text.as_str() {
            "{" | "(" | "[" => deep += 1,
            "}" if deep == 1 => return,
            "}" | ")" | "]" => deep = deep.saturating_sub(1),
            ";" if deep == 0 => return,
            _ => {}
        }
    }
}
