//! Whether a text speaks only of what is still to come. Word lists and small rules; where it is not plain, the answer is no.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use super::text::{sentences, words};
use crate::model::kinds::parse_when;

/// Phrases of what is to come.
const TO_COME: &[&str] = &[
    "will",
    "shall",
    "to be",
    "due to be",
    "due to start",
    "due to open",
    "due to launch",
    "due to complete",
    "due to begin",
    "due to finish",
    "plan to",
    "plans to",
    "planning to",
    "planned to",
    "planned for",
    "going to",
    "hope to",
    "hopes to",
    "hoping to",
    "scheduled for",
    "scheduled to",
    "aim to",
    "aims to",
    "aiming to",
    "expected to",
    "expect to",
    "intend to",
    "intends to",
    "looking to",
    "yet to",
];
/// Words of what goes on without being done.
const PENDING: &[&str] =
    &["being", "awaiting", "awaited", "pending", "underway", "under way", "in production", "in development", "next", "late"];
/// What follows `will` where it tells how a thing goes on that is done.
const GOES_ON: &[&str] = &[
    "no",
    "never",
    "continue",
    "remain",
    "keep",
    "still",
    "also",
    "now",
    "not",
    "monitored",
    "reviewed",
    "reported",
    "kept",
    "updated",
    "used",
    "part",
    "picked",
    "taken",
    "continued",
    "closed",
    "available",
    "evaluated",
    "shared",
    "merged",
    "covered",
    "replaced",
    "incorporated",
    "monitor",
    "review",
];
/// Words of what is done or there, unless `to`, `be` or their like stand before.
const DONE: &[&str] = &[
    "complete",
    "done",
    "finished",
    "closed",
    "live",
    "held",
    "met",
    "sent",
    "took",
    "taken",
    "began",
    "begun",
    "made",
    "built",
    "gave",
    "given",
    "went",
    "gone",
    "came",
    "found",
    "ran",
    "wrote",
    "written",
    "drawn",
    "chosen",
    "chose",
    "bought",
    "brought",
    "taught",
    "led",
    "won",
    "spoke",
    "sold",
    "grew",
    "became",
    "saw",
    "kept",
    "paid",
    "signed",
    "got",
    "left",
    "did",
    "was",
    "were",
    "had",
    "operational",
    "available",
    "achieved",
    "delivered",
    "launched",
    "in place",
    "in use",
    "up and running",
    "set up",
    "rolled out",
    "no longer",
    "signed off",
    "successful",
    "successfully",
    "let",
    "yes",
    "embedded",
    "business as usual",
    "now part",
];
/// Words in -ed that do not say that anything was done.
const NOT_DONE: &[&str] = &[
    "planned",
    "expected",
    "scheduled",
    "delayed",
    "postponed",
    "anticipated",
    "proposed",
    "intended",
    "required",
    "needed",
    "aimed",
    "based",
    "interested",
    "hoped",
    "projected",
    "deferred",
    "paused",
    "suspended",
    "stalled",
    "hundred",
    "indeed",
    "proceed",
    "succeed",
    "exceed",
    "combined",
    "detailed",
    "related",
    "limited",
    "awaited",
    "targeted",
    "anticipated",
    "unable",
];
/// Words after which a word of what is done is one of what is to be.
const BEFORE: &[&str] =
    &["to", "will", "be", "being", "not", "yet", "until", "when", "once", "nearly", "almost", "get", "before", "shall", "for"];

/// Whether each sentence is of what is to come or goes on, one at least of what is to come, and none of what is done.
pub(super) fn is_to_come(text: &str) -> bool {
    let mut to_come = false;
    for part in sentences(text).flat_map(|sentence| sentence.split(" - ")).flat_map(|part| part.split(" – ")) {
        let words = words(part);
        // A date or a heading such as `Update:` says nothing.
        if part.trim_end().ends_with(':') || parse_when(part.trim().trim_end_matches([':', '-', '–'])).is_some() || words.is_empty() {
            continue;
        }
        if is_done(&words) || goes_on(&words) {
            return false;
        }
        if has(&words, &COMING) {
            to_come = true;
        } else if !has(&words, &GOING_ON) && !is_under_way(&words) {
            return false;
        }
    }
    to_come
}

/// Phrases by their first word.
pub(super) type Phrases = HashMap<&'static str, Vec<&'static str>>;

/// A list of phrases by their first word.
pub(super) fn by_first_word(list: &[&'static str]) -> Phrases {
    let mut phrases = Phrases::new();
    list.iter().for_each(|phrase| phrases.entry(phrase.split(' ').next().unwrap_or_default()).or_default().push(phrase));
    phrases
}

static COMING: LazyLock<Phrases> = LazyLock::new(|| by_first_word(TO_COME));
static GOING_ON: LazyLock<Phrases> = LazyLock::new(|| by_first_word(PENDING));
static OF_DONE: LazyLock<Phrases> = LazyLock::new(|| by_first_word(DONE));

/// The phrases that stand in a sentence, with where.
fn found<'words>(words: &'words [String], phrases: &'words Phrases) -> impl Iterator<Item = (usize, &'static str)> + 'words {
    let stands = |at: usize, phrase: &str| phrase.split(' ').eq(words[at..].iter().take(phrase.split(' ').count()).map(String::as_str));
    let beginning = words.iter().enumerate().filter_map(|(at, word)| Some((at, phrases.get(word.as_str())?)));
    beginning.flat_map(move |(at, all)| all.iter().filter(move |phrase| stands(at, phrase)).map(move |phrase| (at, *phrase)))
}

/// Whether a phrase of a list stands in a sentence.
pub(super) fn has(words: &[String], phrases: &Phrases) -> bool {
    found(words, phrases).next().is_some()
}

/// Whether each `will` tells how a thing goes on that is done: `will continue`, `will be reviewed`, `will then be part of`.
fn goes_on(words: &[String]) -> bool {
    let mut wills = words.iter().enumerate().filter(|(_, word)| matches!(word.as_str(), "will" | "shall")).peekable();
    wills.peek().is_some() && wills.all(|(at, _)| words[at + 1..].iter().take(3).any(|word| GOES_ON.contains(&word.as_str())))
}

/// `is coordinating`, `are still checking`.
fn is_under_way(words: &[String]) -> bool {
    let is = words.iter().enumerate().filter(|(_, word)| matches!(word.as_str(), "is" | "are" | "am"));
    is.into_iter().any(|(at, _)| words[at + 1..].iter().take(2).any(|word| word.ends_with("ing") && word.len() > 4))
}

/// Whether a sentence says that something was done or is there.
pub(super) fn is_done(words: &[String]) -> bool {
    let before = |at: usize| at > 0 && BEFORE.contains(&words[at - 1].as_str());
    // Of a phrase that stands twice the first counts.
    let mut seen = HashSet::new();
    if found(words, &OF_DONE).any(|(at, phrase)| seen.insert(phrase) && !before(at)) {
        return true;
    }
    // After `to be` or `being`, what follows in -ed is still to be.
    let mut to_be = false;
    for (at, word) in words.iter().enumerate() {
        match word.as_str() {
            "be" | "being" => to_be = true,
            "has" | "have" | "ve" if !before(at) => {
                let said = words[at + 1..]
                    .iter()
                    .find(|word| !matches!(word.as_str(), "been" | "now" | "also" | "both" | "all" | "since" | "already"));
                // `have to`, `has yet to`, `has not`, `has been delayed`.
                if said.is_some_and(|word| !matches!(word.as_str(), "to" | "yet" | "not") && !NOT_DONE.contains(&word.as_str())) {
                    return true;
                }
            }
            word if is_past(word) && !to_be && !before(at) && !is_denied(words, at) => return true,
            _ => {}
        }
    }
    false
}

/// Whether a word of what is done stands behind a `not`: `has not been started`, `not yet fully delivered`.
fn is_denied(words: &[String], at: usize) -> bool {
    let between = |word: &&String| matches!(word.as_str(), "been" | "yet" | "fully" | "formally" | "all" | "quite" | "being");
    let said = words[..at].iter().rev().find(|word| !between(word));
    said.is_some_and(|word| matches!(word.as_str(), "not" | "never") || word.ends_with("n't") || word.ends_with("n’t"))
}

fn is_past(word: &str) -> bool {
    word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed") && !NOT_DONE.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_to_come_is_told_from_what_is_done() {
        for (text, expected) in [
            ("Scheme has been delayed but planned to complete in mid-June 2018.", true),
            (
                "The Guide is in production and the team are coordinating listings with 50 groups. Aiming to design and print by March.",
                true,
            ),
            ("Café will commence operation June 2018, the manager (and then cover) will monitor achievement of target.", true),
            ("Paving is running late; the square will open in mid-June 2018.", true),
            ("Text of the Handbook is being written. Layout comes next; we hope to have copies out before April.", true),
            ("Training is to be delivered in May", true),
            ("The launch is scheduled for 3 May", true),
            ("Started for one year on 1st April 2018, will then be part of the much wider service.", false),
            ("Running since 1st April 2018 on a one-year deal; after that it will move into the contract.", false),
            ("Nine learners are attending and it has been running since September. Will continue in summer.", false),
            ("Volunteers supported an arts project. We are awaiting an evaluation report.", false),
            ("Completed. The evaluation will be shared in May.", false),
            ("The guide is in place and will be printed again in May.", false),
            ("The group meets monthly. The next meeting will be in May.", false),
            ("Will continue to be delivered in summer term.", false),
            ("This will not go ahead.", false),
            ("Progress will be reviewed each quarter.", false),
            ("We will monitor how it is used.", false),
            ("Done - report to be published", false),
            ("The event was held and a second is planned for May", false),
            ("New assessment in place. It will be used by all teams.", false),
            ("Ongoing work using appropriate channels.", false),
            ("See 1.2", false),
            ("4 January 19 - to be designed in March", true),
            ("Not yet started, will begin in April", true),
            ("Awaiting funding. Training will be delivered in March.", true),
            ("In place. The group will report to the board", false),
            ("Now part of the annual programme - next event to be held in May 2019", false),
            ("Contract let. Mobilisation is due to start in April", false),
            ("Yes. We are going to keep this under review.", false),
            ("Pilot successful, roll-out to be considered", false),
            ("", false),
        ] {
            assert_eq!(is_to_come(text), expected, "{text}");
        }
    }
}
