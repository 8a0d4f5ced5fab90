//! Whether a text says of itself that a thing is not done, as in `Not yet complete`. Where it also tells of something done, the answer is no.

use std::sync::LazyLock;

use super::tense::{Phrases, by_first_word, has, is_done};
use super::text::{sentences, words};

/// What is said to be not so, or not yet.
const DONE: &[&str] = &[
    "complete",
    "completed",
    "started",
    "begun",
    "commenced",
    "done",
    "finished",
    "delivered",
    "implemented",
    "achieved",
    "actioned",
    "progressed",
    "undertaken",
    "happened",
    "begin",
    "start",
    "finalised",
    "approved",
    "appointed",
    "recruited",
];
/// What may stand between `not` and that.
const BETWEEN: &[&str] = &["yet", "been", "fully", "be", "now", "formally", "all", "quite"];
/// Phrases that say it by themselves.
const PHRASES: &[&str] = &[
    "delayed until",
    "delayed to",
    "delayed due",
    "delayed because",
    "delayed by",
    "has been delayed",
    "is delayed",
    "postponed until",
    "postponed to",
    "yet to be",
    "yet to start",
    "yet to begin",
    "yet to commence",
    "has yet to",
    "have yet to",
    "still to be",
    "still to do",
    "still to start",
    "still awaiting",
    "still waiting",
    "still needs",
    "still need to",
    "still in progress",
    "still underway",
    "still under way",
    "still outstanding",
    "still open",
    "still incomplete",
    "remains outstanding",
    "remains incomplete",
    "remains to be",
    "is outstanding",
    "is incomplete",
    "is ongoing",
    "work ongoing",
    "work continues",
    "work is continuing",
    "in progress",
    "on track to",
    "on track for",
    "on target to",
    "on target for",
    "on course to",
    "expected to complete",
    "expected to finish",
    "expected to be complete",
    "expected to be completed",
    "due to complete",
    "due to finish",
    "due for completion",
    "cannot be completed",
    "could not be completed",
    "unable to complete",
    "unable to start",
    "no progress",
];
/// What a thing that is done may still be doing.
const GOES_ON: &[&str] = &[
    "meeting",
    "running",
    "operating",
    "monitoring",
    "reporting",
    "providing",
    "offering",
    "using",
    "attending",
    "growing",
    "improving",
    "having",
    "living",
];

/// What is still being done to a thing that is there.
const KEPT_UP: &[&str] =
    &["used", "delivered", "monitored", "offered", "run", "held", "reviewed", "provided", "met", "updated", "maintained", "reported"];

static SAID: LazyLock<Phrases> = LazyLock::new(|| by_first_word(PHRASES));

/// Whether a text says that something is not done, and tells of nothing that is.
pub(super) fn denies(text: &str) -> bool {
    let mut denied = false;
    for sentence in sentences(text) {
        let words = words(sentence);
        if is_done(&words) {
            return false;
        }
        denied |= denies_in(&words);
    }
    denied
}

fn denies_in(words: &[String]) -> bool {
    has(words, &SAID)
        || words.iter().enumerate().any(|(at, word)| {
            let next = words.get(at + 1).map_or("", String::as_str);
            match word.as_str() {
                "not" | "never" | "hasn't" | "hasn’t" | "isn't" | "isn’t" | "wasn't" | "wasn’t" | "haven't" | "haven’t" => {
                    let said = words[at + 1..].iter().find(|word| !BETWEEN.contains(&word.as_str()));
                    said.is_some_and(|said| DONE.contains(&said.as_str()))
                }
                "still" if next == "being" => words.get(at + 2).is_some_and(|said| !KEPT_UP.contains(&said.as_str())),
                "still" => next.len() > 4 && next.ends_with("ing") && !GOES_ON.contains(&next),
                _ => false,
            }
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_done_is_told_from_what_is() {
        for (text, expected) in [
            ("Not yet finished: the lease is with the lawyers", true),
            ("Works have not begun", true),
            ("The survey has not yet been undertaken.", true),
            ("Delayed to the autumn because of flooding", true),
            ("The team is still drafting the brief", true),
            ("On course to open in May 2027", true),
            ("Remains outstanding", true),
            ("Has not been started yet", true),
            ("Interviews are still being arranged", true),
            ("The leaflet is still being used", false),
            ("It hasn't started", true),
            ("The depot will no longer be needed.", false),
            ("Not required to be completed by this team", false),
            ("The forum is still meeting each month", false),
            ("Report sent in March. The second phase has not started.", false),
            ("Finished in June; a further audit is yet to be agreed", false),
            ("Adopted and will run until 2030", false),
            ("", false),
        ] {
            assert_eq!(denies(text), expected, "{text}");
        }
    }
}
