//! Words that are often misspelt, for essential 17. No dictionary: of an owner's words it finds only what is on its list.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use super::{
    Faults, MOST_PLACES, Standing,
    facts::{Facts, SheetFacts},
};
use crate::{model::place_of, workbook::sentinels};

/// Misspellings that are no word of their own, each with what is meant, from Wikipedia's list of common misspellings: those an action
/// plan may hold.
pub const MISSPELT: [(&str, &str); 65] = [
    ("abscence", "absence"),
    ("accomodation", "accommodation"),
    ("accross", "across"),
    ("acheive", "achieve"),
    ("acheived", "achieved"),
    ("acknowlege", "acknowledge"),
    ("addtional", "additional"),
    ("adress", "address"),
    ("agressive", "aggressive"),
    ("allmost", "almost"),
    ("alot", "a lot"),
    ("apparant", "apparent"),
    ("aquire", "acquire"),
    ("assesment", "assessment"),
    ("begining", "beginning"),
    ("beleive", "believe"),
    ("benifit", "benefit"),
    ("buisness", "business"),
    ("calender", "calendar"),
    ("catagory", "category"),
    ("comission", "commission"),
    ("commited", "committed"),
    ("committment", "commitment"),
    ("comittee", "committee"),
    ("commitee", "committee"),
    ("completly", "completely"),
    ("concensus", "consensus"),
    ("consistant", "consistent"),
    ("definately", "definitely"),
    ("develope", "develop"),
    ("developement", "development"),
    ("dissapoint", "disappoint"),
    ("embarass", "embarrass"),
    ("enviroment", "environment"),
    ("existance", "existence"),
    ("familar", "familiar"),
    ("finaly", "finally"),
    ("foriegn", "foreign"),
    ("goverment", "government"),
    ("gaurantee", "guarantee"),
    ("immediatly", "immediately"),
    ("implmentation", "implementation"),
    ("independant", "independent"),
    ("intial", "initial"),
    ("liase", "liaise"),
    ("maintainance", "maintenance"),
    ("managment", "management"),
    ("neccessary", "necessary"),
    ("occassion", "occasion"),
    ("occured", "occurred"),
    ("oppurtunity", "opportunity"),
    ("persue", "pursue"),
    ("posession", "possession"),
    ("prefered", "preferred"),
    ("priviledge", "privilege"),
    ("publically", "publicly"),
    ("recieve", "receive"),
    ("recieved", "received"),
    ("recomend", "recommend"),
    ("recomendation", "recommendation"),
    ("refered", "referred"),
    ("seperate", "separate"),
    ("succesful", "successful"),
    ("untill", "until"),
    ("wich", "which"),
];

static LISTED: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| MISSPELT.into_iter().collect());

/// The misspelt words of a text, each with what is meant.
pub fn misspelt(text: &str) -> impl Iterator<Item = (&str, &'static str)> {
    let words = text.split(|c: char| !c.is_alphabetic() && c != '\'').filter(|word| !word.is_empty());
    words.filter_map(|word| Some((word, *LISTED.get(&*word.to_lowercase())?)))
}

/// The words of the program must be right; those of its owner are theirs, and what looks wrong in them is named.
pub(super) fn checked(facts: &Facts) -> Standing {
    let own_sheet = |sheet: &&SheetFacts| sentinels::PUBLISHED.contains(&&*sheet.name);
    let theirs: Vec<Found<'_>> = facts.sheets.iter().filter(|sheet| !own_sheet(sheet)).flat_map(|sheet| found(facts, sheet)).collect();
    // The sheets of the program name tables of its owner.
    let known: HashSet<String> = theirs.iter().map(|found| found.word.to_lowercase()).collect();
    let own = facts.sheets.iter().filter(own_sheet).flat_map(|sheet| found(facts, sheet));
    let own: Faults =
        own.filter(|found| !known.contains(&found.word.to_lowercase())).map(|found| format!("{} is misspelt", found.words())).collect();
    let mut said =
        "Only the words that plandesk adds are checked. The other words are your own: check their spelling before you publish.".to_owned();
    if !theirs.is_empty() {
        let listed: Vec<String> = theirs.iter().take(MOST_PLACES).map(Found::words).collect();
        let more = theirs.len() - listed.len();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        said += &format!(" These look misspelt: {}{more}.", listed.join(", "));
    }
    match own.standing() {
        Standing::Met => Standing::MetAs(said),
        standing => standing,
    }
}

/// A misspelt word and where it stands.
struct Found<'facts> {
    word: &'facts str,
    meant: &'static str,
    place: String,
}

impl Found<'_> {
    fn words(&self) -> String {
        format!("{}: “{}” ({})", self.place, self.word, self.meant)
    }
}

fn found<'facts>(facts: &'facts Facts, sheet: &'facts SheetFacts) -> impl Iterator<Item = Found<'facts>> {
    sheet.cells().filter(|(_, cell)| !cell.is_number).flat_map(move |(row, cell)| {
        let place = move || place_of(&sheet.name, row, cell.column.into());
        misspelt(facts.text(cell)).map(move |(word, meant)| Found { word, meant, place: place() })
    })
}
