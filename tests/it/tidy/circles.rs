//! No circle among the modules of a folder: whoever reads one file must not have to read all of them first.

use super::*;

/// The folders whose modules import each other in one direction only.
const FREE: [&str; 7] = ["app", "charts", "edit", "layouts", "publish", "returns", "notes"];

#[test]
fn no_folder_holds_a_circle() {
    let sources = sources();
    for folder in FREE {
        assert_free(folder, sources.iter().filter(|file| file.name.split('/').next() == Some(folder)).collect(), &[folder]);
    }
}

#[test]
fn the_benches_hold_no_circle() {
    let folder = root().join("benches/plan");
    let mut files = Vec::new();
    collect(&folder, &mut files);
    let name = |path: &Path| path.file_name().expect("a file has a name").to_string_lossy().into_owned();
    let sources: Vec<Source> =
        files.iter().map(|path| Source::new(name(path), fs::read_to_string(path).expect("it can be read"))).collect();
    assert!(sources.len() > 2);
    assert_free("benches/plan", sources.iter().collect(), &[]);
}

#[test]
fn a_circle_is_found() {
    let file = |name: &str, text: &str| Source::new(name.to_owned(), text.to_owned());
    let files = [
        file("app/mod.rs", "mod a; mod b; mod c; pub use c::Thing;"),
        file("app/a.rs", "use super::b::f;"),
        file("app/b.rs", "use crate::{app::Thing, model::Row};"),
        file("app/c/inner.rs", "use super::super::a;"),
    ];
    assert_eq!(circle(&graph(&files.iter().collect::<Vec<_>>(), &["app"])), Some(vec!["a".to_owned(), "b".into(), "c".into(), "a".into()]));
    let open = [file("app/a.rs", "use super::b::f;"), file("app/b.rs", "use crate::model::Row;")];
    assert_eq!(circle(&graph(&open.iter().collect::<Vec<_>>(), &["app"])), None);
}

fn assert_free(name: &str, files: Vec<&Source>, at: &[&str]) {
    if let Some(circle) = circle(&graph(&files, at)) {
        unreachable!("a circle in {name}: {}", circle.join(" -> "));
    }
}

type Graph = BTreeMap<String, BTreeSet<String>>;

/// Which module of a folder imports which others of it. What the folder's own file exports again counts as the module it comes from.
fn graph(files: &[&Source], at: &[&str]) -> Graph {
    let depth = at.len();
    let module = |file: &Source| -> Vec<String> {
        let name = file.name.trim_end_matches(".rs").trim_end_matches("/mod");
        name.split('/').filter(|part| !matches!(*part, "main" | "mod")).map(str::to_owned).collect()
    };
    let child = |file: &Source| module(file).get(depth).cloned();
    let mut graph: Graph = files.iter().filter_map(|file| Some((child(file)?, BTreeSet::new()))).collect();
    let exported: BTreeMap<String, String> = files
        .iter()
        .filter(|file| child(file).is_none())
        .flat_map(|file| file.paths())
        .filter(|path| graph.contains_key(&path.segments[0]) && path.segments.len() > 1)
        .map(|path| (path.segments[path.segments.len() - 1].clone(), path.segments[0].clone()))
        .collect();
    for file in files {
        let Some(own) = child(file) else { continue };
        for path in file.paths() {
            let up = path.segments.iter().take_while(|segment| *segment == "super").count();
            let whole: Vec<String> = match path.segments[0].as_str() {
                "crate" => path.segments[1..].to_vec(),
                "super" => {
                    let module = module(file);
                    module[..module.len().saturating_sub(up)].iter().chain(&path.segments[up..]).cloned().collect()
                }
                _ => continue,
            };
            let inside = whole.iter().zip(at).filter(|(one, other)| one == other).count() == depth;
            let Some(first) = whole.get(depth).filter(|_| inside) else { continue };
            let to = if graph.contains_key(first) { first.clone() } else { exported.get(first).cloned().unwrap_or_default() };
            if to != own && graph.contains_key(&to) {
                graph.get_mut(&own).expect("it is one of them").insert(to);
            }
        }
    }
    graph
}

/// A way from a module back to itself, if there is one.
fn circle(graph: &Graph) -> Option<Vec<String>> {
    let mut done = BTreeSet::new();
    graph.keys().find_map(|start| visit(graph, start, &mut Vec::new(), &mut done))
}

fn visit(graph: &Graph, at: &str, way: &mut Vec<String>, done: &mut BTreeSet<String>) -> Option<Vec<String>> {
    if let Some(begin) = way.iter().position(|passed| passed == at) {
        return Some(way[begin..].iter().cloned().chain([at.to_owned()]).collect());
    }
    if done.contains(at) {
        return None;
    }
    way.push(at.to_owned());
    let found = graph.get(at).into_iter().flatten().find_map(|next| visit(graph, next, way, done));
    way.pop();
    done.insert(at.to_owned());
    found
}
