//! Notes, comments and links of a sheet's cells, with their authors. Never opens what a link leads to.

use std::collections::{BTreeMap, HashMap};

use super::{
    book::{Relation, relations},
    refs::cell,
    xml::{XmlStep, walk},
};
use crate::workbook::{
    Attached,
    package::{Beside, Budget, Package},
};

type At = (u32, u16);

/// What is attached to the cells of a sheet; `links` are its cells with the relations their links lead by.
/// What is past the budget is left out.
pub(crate) fn attached(package: &Package, sheet: &str, links: &[(At, String)], budget: &mut Budget) -> Vec<Attached> {
    let relations = relations(package, sheet);
    let relations = &relations;
    let of = |kind: &'static str| {
        relations.iter().filter(move |relation| relation.kind == kind).filter_map(|relation| package.part(&relation.target))
    };
    let people = if relations.iter().any(|relation| relation.kind == "threadedComment") { people(package) } else { HashMap::new() };
    let mut texts: BTreeMap<At, String> = BTreeMap::new();
    for part in of("comments") {
        notes(part, budget).into_iter().for_each(|(at, text)| add(&mut texts, at, text));
    }
    // A thread also stands in the notes, as one text for older programs.
    let mut threads: BTreeMap<At, String> = BTreeMap::new();
    for part in of("threadedComment") {
        thread(part, &people, budget).into_iter().for_each(|(at, text)| add(&mut threads, at, text));
    }
    texts.extend(threads);
    let leads = relations.iter().rev().filter(|relation| relation.external && !links.is_empty());
    let leads: HashMap<&str, &Relation> = leads.map(|relation| (relation.id.as_str(), relation)).collect();
    for (at, id) in links {
        if let Some(target) = leads.get(id.as_str()).filter(|target| budget.take(Beside::AttachedText, target.target.len())) {
            add(&mut texts, *at, link(target));
        }
    }
    texts.into_iter().map(|((row, column), text)| Attached { row, column, text: text.into() }).collect()
}

fn add(texts: &mut BTreeMap<At, String>, at: At, text: String) {
    let known = texts.entry(at).or_default();
    if !known.is_empty() && !text.is_empty() {
        known.push('\n');
    }
    known.push_str(&text);
}

fn link(relation: &Relation) -> String {
    format!("Link: {}", relation.target)
}

/// The notes of a comments part.
fn notes(part: &[u8], budget: &mut Budget) -> Vec<(At, String)> {
    let (mut authors, mut found): (Vec<String>, Vec<(At, String)>) = (Vec::new(), Vec::new());
    let (mut inside, mut at, mut author, mut words) = ("", None, None, String::new());
    walk(part, |step| match step {
        XmlStep::Open(element) => match element.name() {
            "author" => (inside, words) = ("author", String::new()),
            "comment" => {
                at = element.get("ref").and_then(|text| cell(&text));
                author = element.number::<usize>("authorId");
                words.clear();
            }
            "t" => inside = "t",
            // How a text is pronounced is none of its words.
            "rPh" => inside = "",
            _ => {}
        },
        XmlStep::Text(text) if !inside.is_empty() => words.push_str(text),
        XmlStep::Text(_) => {}
        XmlStep::Close(name) => match name {
            "author" => {
                authors.push(std::mem::take(&mut words));
                inside = "";
            }
            "t" => inside = "",
            "comment" => {
                let author = author.take().and_then(|author| authors.get(author));
                found.extend(at.take().map(|at| (at, signed(author, &words))).filter(|(_, text)| is_within(budget, text)));
            }
            _ => {}
        },
    });
    found
}

/// Whether there is room for a note.
fn is_within(budget: &mut Budget, text: &str) -> bool {
    !text.is_empty() && budget.take(Beside::AttachedText, text.len()) && budget.take(Beside::Attached, 1)
}

/// The comments of a threads part, in their order.
fn thread(part: &[u8], people: &HashMap<String, String>, budget: &mut Budget) -> Vec<(At, String)> {
    let mut found = Vec::new();
    let (mut inside, mut at, mut person, mut words) = (false, None, None, String::new());
    walk(part, |step| match step {
        XmlStep::Open(element) => match element.name() {
            "threadedComment" => {
                at = element.get("ref").and_then(|text| cell(&text));
                person = element.get("personId");
            }
            "text" => (inside, words) = (true, String::new()),
            _ => {}
        },
        XmlStep::Text(text) if inside => words.push_str(text),
        XmlStep::Text(_) => {}
        XmlStep::Close("text") => inside = false,
        XmlStep::Close("threadedComment") => {
            let author = person.take().and_then(|person| people.get(&person));
            found.extend(at.take().map(|at| (at, signed(author, &words))).filter(|(_, text)| is_within(budget, text)));
        }
        XmlStep::Close(_) => {}
    });
    found
}

/// Words after their author's name, unless they begin with it.
fn signed(author: Option<&String>, words: &str) -> String {
    let words = words.trim();
    match author.map(|author| author.trim()).filter(|author| !author.is_empty() && !words.starts_with(author)) {
        Some(author) if !words.is_empty() && !author.starts_with("tc=") => format!("{author}: {words}"),
        _ => words.to_owned(),
    }
}

/// The names of those who wrote threads.
fn people(package: &Package) -> HashMap<String, String> {
    let mut people = HashMap::new();
    let parts = package.names().filter(|name| name.contains("/persons/"));
    for part in parts.filter_map(|name| package.part(name)) {
        walk(part, |step| {
            if let XmlStep::Open(element) = step
                && element.name() == "person"
            {
                people.extend(element.get("id").zip(element.get("displayName")));
            }
        });
    }
    people
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_begin_with_their_author() {
        let part = "<comments><authors><author>Priya Shah</author><author/></authors><commentList>\
            <comment ref=\"B2\" authorId=\"0\"><text><r><t>Priya Shah:</t></r><r><t>\nask &amp; tell</t></r></text></comment>\
            <comment ref=\"C3\" authorId=\"0\"><text><t>late</t></text></comment>\
            <comment ref=\"D4\" authorId=\"1\"><text><t>no name</t></text></comment><comment ref=\"E5\"><text/></comment></commentList></comments>";
        let texts: Vec<(At, String)> = notes(part.as_bytes(), &mut Budget::default());
        let expected = [((1, 1), "Priya Shah:\nask & tell"), ((2, 2), "Priya Shah: late"), ((3, 3), "no name")];
        assert_eq!(texts, expected.map(|(at, text)| (at, text.to_owned())));
    }

    #[test]
    fn a_thread_names_who_wrote_what() {
        let people = HashMap::from([("{1}".to_owned(), "Ana".to_owned())]);
        let part = "<ThreadedComments><threadedComment ref=\"B2\" personId=\"{1}\"><text>Why?</text></threadedComment>\
            <threadedComment ref=\"B2\" personId=\"{2}\"><text>Done.</text></threadedComment></ThreadedComments>";
        assert_eq!(
            thread(part.as_bytes(), &people, &mut Budget::default()),
            [((1, 1), "Ana: Why?".to_owned()), ((1, 1), "Done.".to_owned())]
        );
    }
}
