//! The seven statuses of an action: their names, and how the words owners write for them are read.

use serde::{Deserialize, Serialize};

use super::{
    kinds::parse_when,
    words::{WORDS, in_plain_form},
};

/// How an action stands: the five of the RAG key in its order, then those that are neither late nor done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    NotStarted,
    MajorProblems,
    MinorProblems,
    InProgress,
    Complete,
    /// Put off: paused, deferred.
    OnHold,
    /// Ended without being delivered: withdrawn, superseded, merged, no longer required.
    Cancelled,
}

/// The colours of a rating, which may stand two at a time.
const COLOURS: [&str; 7] = ["red", "amber", "green", "r", "a", "g", "yellow"];

/// The names of colours that a sentence on a status begins with.
const NAMES: [&str; 7] = ["red", "amber", "green", "blue", "grey", "gray", "yellow"];
/// Words that go on from a status to how long, why or until when.
const GO_ON: [&str; 10] = ["by", "for", "to", "within", "until", "due", "from", "since", "pending", "subject"];
/// Words that go on from what is on hold or cancelled to why, where or when.
const STOPPED_GO_ON: [&str; 12] = ["in", "into", "at", "on", "with", "and", "as", "after", "because", "following", "owing", "awaiting"];
/// What is so called has ended, well or not.
const CLOSED: [&str; 3] = ["closed", "ended", "concluded"];
/// How a text goes on that says what has ended did not end well.
const UNDELIVERED: [&str; 10] =
    ["not", "never", "without", "undelivered", "unachieved", "unmet", "unfinished", "unresolved", "unsuccessful", "incomplete"];
/// Arrows beside a status, which say where it is going.
const TRAVEL: &str = "↑↓→←↗↘↖↙↔↕⬆⬇➡⬅▲▼◄►▶◀△▽⇧⇩⇨⇦▴▾▸◂🡑🡓🡒🡐^\u{fe0f}";

/// The longest text that may be a status with a remark behind it, in bytes.
const LONGEST: usize = 48;

impl Status {
    /// Every status: those of the RAG key in its order, then on hold and cancelled.
    pub const ALL: [Self; 7] =
        [Self::NotStarted, Self::MajorProblems, Self::MinorProblems, Self::InProgress, Self::Complete, Self::OnHold, Self::Cancelled];
    /// The five of the RAG key, in its order.
    pub const RAG: [Self; 5] = [Self::NotStarted, Self::MajorProblems, Self::MinorProblems, Self::InProgress, Self::Complete];

    /// The word shown and written for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::NotStarted => "Not started",
            Self::MajorProblems => "Major problems",
            Self::MinorProblems => "Minor problems",
            Self::InProgress => "In progress",
            Self::Complete => "Complete",
            Self::OnHold => "On hold",
            Self::Cancelled => "Cancelled",
        }
    }

    /// Its name in files and in the JSON of `check`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NotStarted => "not_started",
            Self::MajorProblems => "major_problems",
            Self::MinorProblems => "minor_problems",
            Self::InProgress => "in_progress",
            Self::Complete => "complete",
            Self::OnHold => "on_hold",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether nothing is being done and nothing is to be: on hold, or cancelled.
    #[must_use]
    pub fn is_stopped(self) -> bool {
        matches!(self, Self::OnHold | Self::Cancelled)
    }

    /// Whether a line of it can be late: it is neither done nor stopped.
    #[must_use]
    pub fn can_be_overdue(self) -> bool {
        match self {
            Self::NotStarted | Self::MajorProblems | Self::MinorProblems | Self::InProgress => true,
            Self::Complete | Self::OnHold | Self::Cancelled => false,
        }
    }

    /// Whether it says that there are problems.
    #[must_use]
    pub fn is_problem(self) -> bool {
        matches!(self, Self::MajorProblems | Self::MinorProblems)
    }

    /// What a share of the work that is done says, 1 being all of it.
    #[must_use]
    pub fn of_share(share: f64) -> Option<Self> {
        Some(match share {
            share if share >= 1.0 => Self::Complete,
            share if share > 0.0 => Self::InProgress,
            share if share >= 0.0 => Self::NotStarted,
            _ => return None,
        })
    }

    /// Reads a status from an owner's words, letter or symbol (`- Complete`, `Minor Problem`, `G`, `✓`, `Amber - slipping`, `Green ↑`,
    /// `G (was A)`, `Completed late`); `None` when it is not one, or when it names two.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '•' | '.' | ':'));
        if text.is_empty() || text.len() > LONGEST {
            return None;
        }
        let text = in_plain_form(text);
        // `2 - In progress` is numbered for sorting.
        let numbered = text.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['.', ')', ':', '-', '–', ' ']);
        let text = if numbered.is_empty() || text.ends_with('%') { &*text } else { numbered };
        let whole = |text: &str| WORDS.statuses.get(text).copied().or_else(|| ended_otherwise(text));
        whole(text).or_else(|| Self::parse_parts(text)).or_else(|| {
            let bare = without_aside(without_travel(text));
            (bare.len() < text.len()).then(|| whole(bare).or_else(|| Self::parse_parts(bare)))?
        })
    }

    /// The status that a text is a word, a letter or a sign for, with nothing beside it.
    #[must_use]
    pub fn of_word(text: &str) -> Option<Self> {
        WORDS.statuses.get(&*in_plain_form(text)).copied()
    }

    /// Whether a text says in so many words that an action has stopped, or that it has no status: `On hold`, `Withdrawn in May`, `N/A`.
    #[must_use]
    pub fn says_stopped(text: &str) -> bool {
        let text = in_plain_form(text);
        let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
        begins_with_one(text, &WORDS.stopped) || Self::parse(text).is_some_and(Self::is_stopped)
    }

    /// Reads a status from the words a sentence in a status column begins with: `AMBER - 142 visits made, a month late`, `Delayed by less
    /// than 3 months`, `Merged with 3.2`. A sentence on completion may be about what is to come, so it states none.
    #[must_use]
    pub fn parse_sentence(text: &str) -> Option<Self> {
        let text = in_plain_form(text);
        let coloured = || {
            let colour = text.split(['-', '–', ':']).next().filter(|colour| colour.len() < text.len())?.trim();
            NAMES.contains(&colour).then(|| WORDS.statuses.get(colour).copied())?
        };
        let worded = || {
            let words: Vec<&str> = text.split(' ').collect();
            let dated = |count: usize| parse_when(&words[count..].join(" ")).is_some();
            (1..words.len().min(6)).rev().find_map(|count| {
                let first = words[..count].join(" ");
                let bare = first.trim_end_matches([',', ';', ':', '.', '-', '–', ' ']);
                let ends = bare.len() < first.len();
                match *WORDS.statuses.get(bare)? {
                    status if dated(count) => Some(status),
                    Self::Complete => None,
                    status if status.is_stopped() => {
                        let next = words[count];
                        let goes_on = GO_ON.contains(&next) || STOPPED_GO_ON.contains(&next) || next.starts_with(['-', '–', '(']);
                        (ends || goes_on).then_some(status)
                    }
                    status => GO_ON.contains(&words[count]).then_some(status),
                }
            })
        };
        coloured().or_else(worded)
    }

    /// Reads `Amber - slipping`, `🟢 on track` or `Complete (May 2018)`: the first part says it, and the rest says nothing else.
    fn parse_parts(text: &str) -> Option<Self> {
        let symbol = text.chars().next().filter(|c| !c.is_alphanumeric() && !c.is_ascii()).map(char::len_utf8);
        let at = symbol.or_else(|| text.find(['-', '–', ':', '/', '(', '=', ',', ';']))?;
        let trim = |part: &str| part.trim_matches(|c: char| !c.is_alphanumeric() && c.is_ascii() || c == '–' || c == '\u{fe0f}').to_owned();
        let (first, rest) = (trim(&text[..at]), trim(&text[at..]));
        let status = *WORDS.statuses.get(&*first)?;
        match WORDS.statuses.get(&*rest) {
            Some(other) if *other == status => Some(status),
            Some(other) => Self::of_two((&first, status), (&rest, *other)),
            // A lone letter may begin anything.
            None => (first.len() > 1 && Self::parse_parts(&rest).is_none_or(|other| other == status)).then_some(status),
        }
    }

    /// What two different words beside each other state: `Amber/Red` is as bad as the worse; of a colour and words, the words say more
    /// where they say that it is done, stopped or not begun, and the colour where it says that there are problems.
    fn of_two((first, status): (&str, Self), (rest, other): (&str, Self)) -> Option<Self> {
        let is_colour = |word: &str| COLOURS.contains(&word) || NAMES.contains(&word);
        let (colour, said) = match (is_colour(first), is_colour(rest)) {
            (true, true) => return (COLOURS.contains(&first) && COLOURS.contains(&rest)).then(|| status.min(other)),
            (true, false) => (status, other),
            (false, true) => (other, status),
            (false, false) => return None,
        };
        match (colour, said) {
            (_, said) if said.is_stopped() => Some(said),
            (colour, Self::Complete) => (!colour.is_problem()).then_some(Self::Complete),
            (Self::Complete, _) => None,
            (colour, said) => Some(if colour.is_problem() && !said.is_problem() { colour } else { said }),
        }
    }
}

/// Whether a text begins with one of some words, as words.
fn begins_with_one(text: &str, words: &[Box<str>]) -> bool {
    words.iter().any(|word| begins_with(text, word))
}

fn begins_with(text: &str, word: &str) -> bool {
    text.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// What is closed otherwise than by being delivered: `Closed - not delivered`, `Closed: superseded`.
fn ended_otherwise(text: &str) -> Option<Status> {
    let end = text.find(|c: char| !c.is_alphanumeric())?;
    let (first, rest) = (&text[..end], text[end..].trim_matches(|c: char| !c.is_alphanumeric()));
    let stopped = || WORDS.statuses.get(rest).is_some_and(|status| *status == Status::Cancelled);
    let undelivered = || {
        let next = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        UNDELIVERED.contains(&next) && !rest.starts_with("not yet")
    };
    let cancelled = || WORDS.statuses.iter().any(|(word, status)| *status == Status::Cancelled && begins_with(rest, word));
    let ended = CLOSED.contains(&first) && (undelivered() || cancelled());
    (ended || (WORDS.statuses.get(first) == Some(&Status::Complete) && first.len() > 1 && stopped())).then_some(Status::Cancelled)
}

/// A text without the arrows and marks of doubt around its words.
fn without_travel(text: &str) -> &str {
    let marks = |c: char| c.is_whitespace() || TRAVEL.contains(c) || matches!(c, '?' | '!' | '*');
    let bare = text.trim_matches(marks);
    let bracketed = bare.strip_suffix([')', ']']).and_then(|rest| rest.rfind(['(', '[']).map(|at| (&rest[..at], &rest[at + 1..])));
    let bare = bracketed.filter(|(_, within)| within.chars().all(marks)).map_or(bare, |(before, _)| before.trim_end_matches(marks));
    if bare.contains(char::is_alphanumeric) { bare } else { text }
}

/// A text without what it says of how it was before, or of whether it was done in time: `G (was A)`, `Completed late`.
fn without_aside(text: &str) -> &str {
    let trim = |part: &str| part.len() - part.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    for (at, _) in text.match_indices(|c: char| !c.is_alphanumeric()) {
        let first = text[..at].trim_end_matches(|c: char| !c.is_alphanumeric() && c.is_ascii() || c == '–');
        let rest = text[at + trim(&text[at..])..].trim_end_matches(|c: char| !c.is_alphanumeric());
        let Some(status) = WORDS.statuses.get(first) else { continue };
        let said = || rest.split(|c: char| !c.is_alphanumeric()).any(|word| WORDS.statuses.contains_key(word));
        let was = begins_with_one(rest, &WORDS.formerly) && said();
        if was || (*status == Status::Complete && first.len() > 1 && WORDS.timely.contains(rest)) {
            return first;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_begins_with_its_status() {
        for (text, status) in [
            ("AMBER - 142 visits made, target date missed by a month", Some(Status::MinorProblems)),
            ("Delayed by less than 3 months", Some(Status::MinorProblems)),
            ("Not started due to a vacant post", Some(Status::NotStarted)),
            ("Done 22/7/25", Some(Status::Complete)),
            ("Complete by the end of March", None),
            ("In progress but delayed", None),
            ("Merged with action 3.2 of the housing plan", Some(Status::Cancelled)),
            ("Deferred to 2028", Some(Status::OnHold)),
            ("On hold, awaiting the outcome of the bid", Some(Status::OnHold)),
            ("Withdrawn (no budget for it)", Some(Status::Cancelled)),
            ("Asked the supplier to quote", None),
        ] {
            assert_eq!(Status::parse_sentence(text), status, "{text}");
        }
    }

    #[test]
    fn what_has_stopped_is_told_from_a_remark() {
        for text in ["On hold", "- on hold", "Withdrawn", "No longer required", "Deferred to 2028", "N/A"] {
            assert!(Status::says_stopped(text), "{text}");
        }
        for text in ["", "Holding a workshop in May", "Nearly there", "Complete", "nan"] {
            assert!(!Status::says_stopped(text), "{text}");
        }
    }

    #[test]
    fn owners_words_are_read() {
        for (text, status) in [
            ("Complete", Status::Complete),
            (" Complete", Status::Complete),
            ("- Complete", Status::Complete),
            ("Not Started", Status::NotStarted),
            ("In  Progress", Status::InProgress),
            ("Minor Problem", Status::MinorProblems),
            ("g", Status::InProgress),
            ("Off track", Status::MajorProblems),
            ("Amber - slipping a little", Status::MinorProblems),
            ("🟢 On track", Status::InProgress),
            ("✓", Status::Complete),
            ("Complete (May 2018)", Status::Complete),
            ("2 - In progress", Status::InProgress),
            ("100%", Status::Complete),
            ("Amber/Red", Status::MajorProblems),
            ("Green/Amber", Status::MinorProblems),
            ("on hold", Status::OnHold),
            ("Paused", Status::OnHold),
            ("No longer required", Status::Cancelled),
            ("Closed", Status::Complete),
            ("Closed - not delivered", Status::Cancelled),
            ("Closed (superseded)", Status::Cancelled),
            ("Closed – merged with 3.2", Status::Cancelled),
            ("Completed - replaced the boiler", Status::Complete),
            ("Ended without delivery", Status::Cancelled),
            ("Complete – merged", Status::Cancelled),
            ("Completed late", Status::Complete),
            ("Delivered (on time)", Status::Complete),
            ("Incomplete", Status::InProgress),
            ("Green ↑", Status::InProgress),
            ("↓ Amber", Status::MinorProblems),
            ("Red (→)", Status::MajorProblems),
            ("Amber?", Status::MinorProblems),
            ("G (was A)", Status::InProgress),
            ("Amber - previously green", Status::MinorProblems),
            ("R [last quarter: A]", Status::MajorProblems),
            ("Green - Complete", Status::Complete),
            ("Amber: in progress", Status::MinorProblems),
            ("Amber (on hold)", Status::OnHold),
        ] {
            assert_eq!(Status::parse(text), Some(status), "{text}");
        }
        for text in
            ["", "In progress - delayed", "A - see below", "Complete the form", "Red - complete", "↑", "A from the list", "R/A/G", "N/A"]
        {
            assert_eq!(Status::parse(text), None, "{text}");
        }
    }
}
