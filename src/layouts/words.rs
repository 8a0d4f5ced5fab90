//! What owners' words mean: headings, section labels, totals, from `assets/words.json`. Knows nothing of where they stand.

use std::{
    cell::RefCell,
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use serde::Deserialize;

use super::{
    edit_distance::alike,
    heading_text::{apart, asks_who, plain},
};
use crate::model::{Role, kinds::parse_when};

/// What a table is about, so far as it changes what a heading means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Subject {
    Plan,
    Kpi,
    Risk,
}

/// The words of owners, as the files of them state them.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Words {
    roles: HashMap<Role, Vec<String>>,
    within: HashMap<Subject, HashMap<Role, Vec<String>>>,
    sections: HashSet<String>,
    details: HashSet<String>,
    pub totals: HashSet<String>,
    keys: HashSet<String>,
    remarks: HashSet<String>,
    pub examples: Vec<String>,
    pub superseded: Vec<String>,
    fillers: HashSet<String>,
    others: HashSet<String>,
    /// Names of sheets that hold nothing but what other cells choose from.
    lists: HashSet<String>,
    /// Words that mean something by themselves alone, not within other words.
    alone: HashSet<String>,
    /// What is asked in headings of whole sentences, in the order it is looked for.
    hints: Vec<(Role, Vec<String>)>,
    /// Words for what an indicator is compared with.
    comparators: HashSet<String>,
    /// What owners shorten, and the whole word.
    short: HashMap<String, String>,
}

/// All of them.
pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let read = |text: &str| serde_json::from_str::<Words>(text).expect("the bundled words are valid, as a test shows");
    let mut words = read(include_str!("../../assets/words.json"));
    words.add(read(include_str!("../../assets/words_exports.json")));
    words.add(read(include_str!("../../assets/words_welsh.json")));
    words
});

impl Words {
    /// Adds the words of another list. A heading that means something already keeps its meaning.
    fn add(&mut self, other: Self) {
        let known: HashSet<String> = self.roles.values().flatten().cloned().collect();
        for (role, words) in other.roles {
            self.roles.entry(role).or_default().extend(words.into_iter().filter(|word| !known.contains(word)));
        }
        for (subject, roles) in other.within {
            let own = self.within.entry(subject).or_default();
            roles.into_iter().for_each(|(role, words)| own.entry(role).or_default().extend(words));
        }
        self.totals.extend(other.totals);
        self.examples.extend(other.examples);
        self.superseded.extend(other.superseded);
        self.keys.extend(other.keys);
        self.others.extend(other.others.into_iter().filter(|word| !known.contains(word)));
    }
}

type Phrases = HashMap<&'static str, Role>;

static ROLES: LazyLock<Phrases> = LazyLock::new(|| phrases(&WORDS.roles));
static WITHIN: LazyLock<HashMap<Subject, Phrases>> =
    LazyLock::new(|| WORDS.within.iter().map(|(&subject, roles)| (subject, phrases(roles))).collect());

/// The words that headings are made of, by their length, for mending a typing error.
static SPELT: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| ROLES.keys().flat_map(|phrase| phrase.split(' ')).filter(|word| word.len() >= LEAST_MENDED).collect());

fn phrases(roles: &'static HashMap<Role, Vec<String>>) -> Phrases {
    roles.iter().flat_map(|(&role, words)| words.iter().map(move |word| (word.as_str(), role))).collect()
}

/// No heading is longer before a bracket, its spaces included.
const LONGEST: usize = 160;
/// The shortest word whose spelling is mended, in letters.
const LEAST_MENDED: usize = 5;
/// Nouns that are remarks whoever makes them.
const REMARKS: [&str; 8] = ["comment", "comments", "remark", "remarks", "notes", "commentary", "update", "updates"];
/// Words that put the noun a heading is about before them.
const PREPOSITIONS: [&str; 11] = ["of", "since", "for", "to", "against", "on", "by", "in", "from", "with", "per"];

/// What a heading may count: `6 mth update`.
const TIMES: [&str; 8] = ["mth", "mths", "month", "months", "monthly", "week", "weeks", "year"];

/// How surely a heading names a role, 0 to 1.
pub(super) type Surety = f32;

/// The heading is a sentence that asks for it.
pub(super) const HINTED: Surety = 0.62;

/// The heading is one of the known words.
pub(super) const EXACT: Surety = 0.95;

/// How many headings are remembered, with what they were found to name: a row of them is asked for again and again.
const MOST_ASKED: usize = 4_096;

/// What a heading was found to be.
#[derive(Clone, Copy, Default)]
struct Asked {
    /// In a table about nothing known, and about each subject.
    roles: [Option<Option<(Role, Surety)>>; 4],
    period: Option<bool>,
}

thread_local! {
    static ASKED: RefCell<HashMap<Box<str>, Asked>> = RefCell::default();
}

/// What is remembered of a heading.
fn asked(heading: &str) -> Asked {
    ASKED.with_borrow(|asked| asked.get(heading).copied().unwrap_or_default())
}

fn remember(heading: &str, found: impl FnOnce(&mut Asked)) {
    if heading.len() > LONGEST {
        return;
    }
    ASKED.with_borrow_mut(|asked| {
        if asked.len() >= MOST_ASKED {
            asked.clear();
        }
        found(asked.entry(heading.into()).or_default());
    });
}

/// The role a heading names in a table about a subject, and how surely.
pub(super) fn role_of(heading: &str, subject: Option<Subject>) -> Option<(Role, Surety)> {
    let at = match subject {
        None => 0,
        Some(Subject::Plan) => 1,
        Some(Subject::Kpi) => 2,
        Some(Subject::Risk) => 3,
    };
    asked(heading).roles[at].unwrap_or_else(|| {
        let found = role_named(heading, subject);
        remember(heading, |asked| asked.roles[at] = Some(found));
        found
    })
}

fn role_named(heading: &str, subject: Option<Subject>) -> Option<(Role, Surety)> {
    let words = heading_words(heading)?;
    if let Some(role) = exact(&words, subject) {
        return Some((role, EXACT));
    }
    if is_other(&words) || asks_who(&words) {
        return None;
    }
    // `R/A/G/C`: the letters a status is stated in.
    if words.len() >= 3 && words.split(['/', ' ', ',']).all(|letter| matches!(letter, "r" | "a" | "g" | "b" | "c" | "y" | "n")) {
        return Some((Role::Status, EXACT));
    }
    let whole = in_full(&words);
    let spelt_out = || whole.as_deref().and_then(|whole| exact(whole, subject)).map(|role| (role, 0.85));
    let loose = || loose(whole.as_deref().unwrap_or(&words), subject);
    let found = spelt_out().or_else(loose).or_else(|| {
        let (mended, role) = mended(&words, subject)?;
        (mended != words).then_some((role, 0.7))
    });
    // A word or two in a sentence say less than what the sentence asks.
    found.filter(|(_, surety)| *surety >= HINTED).or_else(|| Some((hinted(&words, subject)?, HINTED))).or(found)
}

/// The role of a heading that is a whole sentence, by what it asks: `Who could lead on this?`, `So that children…`.
fn hinted(words: &str, subject: Option<Subject>) -> Option<Role> {
    let fits = |role: Role| match role {
        Role::Mitigation => subject == Some(Subject::Risk),
        Role::Target => subject == Some(Subject::Kpi),
        _ => true,
    };
    let whole = |at: usize, hint: &str| {
        let apart = |beside: Option<char>| beside.is_none_or(|c| !c.is_alphanumeric());
        apart(words[..at].chars().next_back()) && apart(words[at + hint.len()..].chars().next())
    };
    let says = |hint: &str| words.match_indices(hint).any(|(at, _)| whole(at, hint));
    WORDS.hints.iter().find(|(role, hints)| fits(*role) && hints.iter().any(|hint| says(hint))).map(|(role, _)| *role)
}

/// A heading in plain form with its shortened words in full.
pub(super) fn spelt_out(heading: &str) -> String {
    let words = plain(heading);
    in_full(&words).unwrap_or(words)
}

/// The same, where it has any: `Deliv. conf.`, `Scheme mgr`.
fn in_full(words: &str) -> Option<String> {
    // `Y.T.D.` is one word too.
    let initials = |word: &str| word.len() >= 4 && word.split('.').all(|part| part.len() <= 1) && word.contains('.');
    let undotted = |word: &str| initials(word).then(|| word.replace('.', ""));
    let full = |word: &str| WORDS.short.get(word.trim_end_matches('.')).cloned().or_else(|| undotted(word));
    words.split(' ').any(|word| full(word).is_some()).then(|| {
        let spelt = |word: &str| full(word).unwrap_or_else(|| word.to_owned());
        words.split(' ').map(spelt).collect::<Vec<_>>().join(" ")
    })
}

/// The role of a heading that is one of the known words in any subject, for telling header rows from others quickly.
pub(super) fn known(heading: &str) -> Option<Role> {
    let words = heading_words(heading)?;
    exact(&words, None).or_else(|| WITHIN.values().find_map(|phrases| phrases.get(words.as_str()).copied()))
}

/// Whether a heading is known as one of the owner's own, whatever words are in it.
pub(super) fn is_other(heading: &str) -> bool {
    WORDS.others.contains(heading) || WORDS.others.contains(&plain(heading))
}

/// Whether a heading names what an indicator is compared with: `Peer group median`.
pub(super) fn is_comparator(heading: &str) -> bool {
    plain(heading).split([' ', '/']).any(|word| WORDS.comparators.contains(word))
}

/// A text in plain form, where it may be a heading at all.
fn heading_words(heading: &str) -> Option<String> {
    // Every cell of a plan is asked, so that most are turned away before anything is made of them.
    let long = heading.len() > LONGEST && !heading.as_bytes()[..LONGEST].iter().any(|byte| matches!(byte, b'(' | b'<' | b'['));
    // `2025/26 target` and `6 mth update` are headings, `30 homes made warmer` is not.
    let counted = heading.starts_with(|first: char| first.is_ascii_digit())
        && !heading.split_whitespace().next().is_some_and(|first| heading.len() <= 40 && first.len() >= 4 && is_period(first))
        && !heading.split_whitespace().nth(1).is_some_and(|unit| TIMES.contains(&&*plain(unit)));
    if long || counted {
        return None;
    }
    let words = plain(&apart(heading));
    (!words.is_empty() && words.len() <= 80).then_some(words)
}

fn exact(words: &str, subject: Option<Subject>) -> Option<Role> {
    let within = |words: &str| subject.and_then(|subject| WITHIN.get(&subject)?.get(words)).or_else(|| ROLES.get(words)).copied();
    // `Dead line` is the word written apart.
    within(words)
        .or_else(|| within(words.strip_suffix('.')?))
        .or_else(|| if words.len() > 6 && words.contains(' ') { within(&words.replace(' ', "")) } else { None })
}

/// A known phrase within a heading: without fillers, or as the noun it is about, or the longest at its end or its start.
fn loose(words: &str, subject: Option<Subject>) -> Option<(Role, Surety)> {
    let dated = |word: &&str| !(matches!(*word, "as" | "at" | "-" | "–" | "@") || (word.len() > 1 && is_period(word)));
    let undated: Vec<&str> = words.split(' ').filter(dated).collect();
    if undated.len() < words.split(' ').count()
        && !undated.is_empty()
        && let Some(role) = exact(&undated.join(" "), subject)
    {
        return Some((role, 0.85));
    }
    let bare: Vec<&str> = undated.into_iter().filter(|word| !WORDS.fillers.contains(*word)).collect();
    if bare.is_empty() {
        return None;
    }
    // `Project ID` is a reference, whatever it refers to.
    if bare.len() <= 3
        && matches!(bare[bare.len() - 1], "id" | "no" | "no." | "#" | "ref" | "ref." | "number" | "reference" | "code")
        && bare.len() > 1
    {
        return Some((Role::Ref, 0.85));
    }
    let joined = bare.join(" ");
    if let Some(role) = exact(&joined, subject) {
        return Some((role, 0.9));
    }
    // `Progress against the plan` is about progress.
    if let Some(at) = bare.iter().position(|word| PREPOSITIONS.contains(word)).filter(|&at| at > 0)
        && !WORDS.alone.contains(&bare[..at].join(" "))
        && let Some((role, surety)) =
            exact(&bare[..=at].join(" "), subject).map(|role| (role, 0.85)).or_else(|| within(&bare[..at], subject))
    {
        return Some((role, surety - 0.05));
    }
    within(&bare, subject)
}

/// The longest known phrase at the end of these words, else at their start, else between.
fn within(words: &[&str], subject: Option<Subject>) -> Option<(Role, Surety)> {
    let count = words.len();
    // `Contract manager remarks` are remarks.
    let rated = || words.iter().any(|word| exact(word, subject) == Some(Role::Status));
    if count > 1 && words.last().is_some_and(|last| REMARKS.contains(last)) && exact(&words.join(" "), subject).is_none() && !rated() {
        return Some((Role::Comment, 0.68));
    }
    for length in (1..=count).rev() {
        let share = length as f32 / count as f32;
        let starts = [count - length, 0].into_iter().chain(1..count - length);
        for start in starts {
            let phrase = words[start..start + length].join(" ");
            // A lone letter or sign says nothing within other words.
            let says = phrase.len() > 2 && (length == count || !WORDS.alone.contains(&phrase));
            if says && let Some(role) = exact(&phrase, subject) {
                return Some((role, 0.5 + 0.35 * share));
            }
        }
    }
    // `Action/milestone` is two headings for one column.
    let first = words.first().filter(|_| count == 1)?.split(['/', '&']).next()?;
    exact(first.trim(), subject).map(|role| (role, 0.75))
}

/// The words with their typing errors mended, and the role they then name.
fn mended(words: &str, subject: Option<Subject>) -> Option<(String, Role)> {
    let mend = |word: &str| -> String {
        let known = word.len() < LEAST_MENDED || SPELT.contains(word) || WORDS.others.contains(word);
        let begins =
            |known: &str| known.as_bytes()[0] == word.as_bytes()[0] || known.as_bytes()[..2].iter().rev().eq(&word.as_bytes()[..2]);
        // `issued` is no typing error of `issue`.
        let inflected = |known: &str| known.starts_with(word) || word.starts_with(known);
        let close = |known: &&&str| begins(known) && !inflected(known) && alike(known, word);
        let close = || SPELT.iter().filter(close).min().map(|known| (*known).to_owned());
        if known { word.to_owned() } else { close().unwrap_or_else(|| word.to_owned()) }
    };
    let mended = words.split(' ').map(mend).collect::<Vec<_>>().join(" ");
    let role = exact(&mended, subject).or_else(|| loose(&mended, subject).map(|(role, _)| role))?;
    Some((mended, role))
}

/// Whether two headings are the same words; what stands in brackets behind a known one may differ.
pub(super) fn same_heading(a: &str, b: &str) -> bool {
    let first = |text: &str| text.chars().find(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase());
    if first(a) != first(b) {
        return false;
    }
    let bare = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches(':').to_lowercase();
    a == b || bare(a) == bare(b) || (plain(a) == plain(b) && known(a).is_some())
}

/// Words that may stand beside a period without changing it.
const BESIDE_PERIODS: [&str; 29] = [
    "date",
    "this",
    "last",
    "previous",
    "12m",
    "12",
    "to",
    "rolling",
    "months",
    "month",
    "ending",
    "ended",
    "outturn",
    "out-turn",
    "actual",
    "actuals",
    "result",
    "results",
    "performance",
    "value",
    "figure",
    "data",
    "ytd",
    "baseline",
    "quarter",
    "qtr",
    "year",
    "end",
    "fy",
];

/// Whether a heading names a period: `Aug 17`, `Q2 2023-24`, `2022/23 outturn`.
pub(super) fn is_period(heading: &str) -> bool {
    if heading.len() > 40 || !heading.bytes().any(|byte| byte.is_ascii_digit()) && heading.len() > 14 {
        return false;
    }
    asked(heading).period.unwrap_or_else(|| {
        let found = names_period(heading);
        remember(heading, |asked| asked.period = Some(found));
        found
    })
}

fn names_period(heading: &str) -> bool {
    let words = plain(heading);
    let parts: Vec<&str> =
        words.split([' ', ',', ':']).filter(|part| !matches!(*part, "" | "-" | "–") && !BESIDE_PERIODS.contains(part)).collect();
    // `Quarter 3` is numbered; a bare number is not a period.
    let quarterly = ["quarter", "qtr", "q"].iter().any(|start| words.starts_with(start));
    let ordinal = |word: &str| quarterly && matches!(word, "1" | "2" | "3" | "4");
    let month =
        |word: &str| word.len() >= 3 && parse_when(&format!("{word} 2020")).is_some_and(|_| word.bytes().all(|b| b.is_ascii_alphabetic()));
    let year = |word: &str| {
        let digits = word.trim_start_matches("fy");
        digits.parse::<u16>().is_ok_and(|year| (1990..2100).contains(&year) || (word.len() > digits.len() && year < 100))
    };
    let quarter = |word: &str| matches!(word, "q1" | "q2" | "q3" | "q4" | "qtr1" | "qtr2" | "qtr3" | "qtr4" | "h1" | "h2");
    let short_year = |word: &str| word.len() == 2 && word.bytes().all(|byte| byte.is_ascii_digit());
    let one = |word: &str| quarter(word) || month(word) || year(word) || ordinal(word);
    let span = |word: &str| {
        let (first, rest) = word.split_once(['-', '/', '–']).unwrap_or(("", ""));
        let following = || short_year(first) && short_year(rest) && first.parse::<u8>().ok().map(|year| year + 1) == rest.parse().ok();
        (one(first.trim_start_matches("fy")) && (one(rest) || short_year(rest))) || following()
    };
    let fits = |word: &&str| one(word) || span(word) || short_year(word) || parse_when(word).is_some_and(|_| word.contains(['-', '/']));
    parts.iter().any(|word| one(word) || span(word) || (word.contains(['-', '/']) && parse_when(word).is_some())) && parts.iter().all(fits)
}

/// What a label outside the columns opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    /// An approach or a recommendation.
    Section,
    /// Its objective, or the comments from service.
    Detail,
}

/// Splits `Approach: words` into its label and words, when the label opens a section or a detail.
pub(super) fn opening(text: &str) -> Option<(Opening, &str, &str)> {
    let (label, words) = text.split_once(':')?;
    Some((opens(label)?, label.trim(), words.trim()))
}

/// What a label without its colon opens: `Approach`, `Recommendation 2`.
fn opens(label: &str) -> Option<Opening> {
    if label.len() > 40 {
        return None;
    }
    let plain = plain(label);
    let word = plain.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' '));
    if WORDS.sections.contains(word) {
        Some(Opening::Section)
    } else if WORDS.details.contains(word) {
        Some(Opening::Detail)
    } else {
        None
    }
}

/// Whether a text begins with a section's word and a number: `Priority 1 – Safer streets`, `Theme A`.
pub(super) fn is_numbered_section(text: &str) -> bool {
    let plain = plain(text);
    let words: Vec<&str> = plain.split(' ').take(3).collect();
    let numbered = |word: &str| {
        let word = word.trim_end_matches([':', '.', ',', '-', '–', ')']);
        !word.is_empty()
            && (word.chars().all(|c| c.is_ascii_digit() || c == '.')
                || word.len() == 1
                || matches!(word, "one" | "two" | "three" | "four" | "five" | "six" | "ii" | "iii" | "iv" | "vi"))
    };
    let known = |words: &[&str]| WORDS.sections.contains(&words.join(" ")) || WORDS.details.contains(&words.join(" "));
    (words.len() >= 2 && known(&words[..1]) && numbered(words[1])) || (words.len() >= 3 && known(&words[..2]) && numbered(words[2]))
}

/// Whether a row's first words say that it holds sums: `Total`, `Total budget`, `Average`.
pub(super) fn is_total(text: &str) -> bool {
    // Every row is asked, so that most are turned away before anything is made of them.
    let may = text.trim_start().starts_with(['T', 't', 'G', 'g', 'S', 's', 'O', 'o', 'A', 'a', 'M', 'm'])
        || text.trim_end().ends_with(['l', 'L', ':']);
    if text.len() > 64 || !may {
        return false;
    }
    let plain = plain(text);
    WORDS.totals.contains(&plain)
        || (plain.ends_with(" total") && plain.len() < 60)
        || ["total ", "totals ", "grand total", "sub-total", "subtotal"].iter().any(|start| plain.starts_with(start) && plain.len() < 40)
        || [" subtotal", " sub-total", " sub total"].iter().any(|end| plain.ends_with(end) && plain.len() < 60)
}

/// Whether a sheet of this name holds lists that other cells choose from.
pub(super) fn holds_lists(sheet: &str) -> bool {
    WORDS.lists.contains(&plain(&apart(sheet)))
}

/// Whether a text heads a key to the colours.
pub(super) fn is_key(text: &str) -> bool {
    let plain = plain(text);
    WORDS.keys.contains(&plain) || (plain.ends_with(" key") && plain.len() <= 30)
}

/// Whether a text below a table is a remark on it: `Source: …`, `Note 1`, `* provisional`.
pub(super) fn is_remark(text: &str) -> bool {
    let start = text.trim_start();
    if start.starts_with(['*', '†', '¹', '²']) {
        return true;
    }
    let plain = plain(start);
    let label = plain.split([':', '-', '–']).next().unwrap_or("").trim().trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    (label.len() < plain.len() || plain.len() < 12) && WORDS.remarks.contains(label) || is_key(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(heading: &str) -> Option<Role> {
        role_of(heading, None).map(|(role, _)| role)
    }

    #[test]
    fn owners_headings_have_their_roles() {
        for (heading, expected) in [
            ("Ref:", Some(Role::Ref)),
            ("#", Some(Role::Ref)),
            ("Measure/outcome:", Some(Role::Measure)),
            ("Lead officer:", Some(Role::Lead)),
            ("RAG Status:", Some(Role::Status)),
            ("Current Performance (Q2 Figures)", Some(Role::Current)),
            ("Target for Direction of Travel", Some(Role::Target)),
            ("Actions (please provide 3 or 4)", Some(Role::Action)),
            ("Target date agreed", Some(Role::End)),
            ("Performance measure 2023", Some(Role::Kpi)),
            ("Risk Title", Some(Role::Risk)),
            ("Who’s responsible?", Some(Role::Lead)),
            ("Sttaus", Some(Role::Status)),
            ("Responsable officer", Some(Role::Lead)),
            ("Progress against the action plan", Some(Role::Comment)),
            ("What will we do?", Some(Role::Action)),
            ("Name of lead officer", Some(Role::Lead)),
            ("Colour of the bin", None),
            ("Raised by", None),
            ("Location", None),
            ("Project ID", Some(Role::Ref)),
            ("2025/26 target", Some(Role::Target)),
            ("Update Oct 2025", Some(Role::Comment)),
            ("30 officers", None),
            ("", None),
        ] {
            assert_eq!(role(heading), expected, "{heading}");
        }
    }

    #[test]
    fn a_heading_means_what_its_table_is_about() {
        for (heading, subject, expected) in [
            ("RAG", Subject::Plan, Role::Status),
            ("RAG", Subject::Kpi, Role::Rating),
            ("Description", Subject::Risk, Role::Risk),
            ("Actions", Subject::Risk, Role::Mitigation),
            ("Recommendation", Subject::Plan, Role::Action),
        ] {
            assert_eq!(role_of(heading, Some(subject)).map(|(role, _)| role), Some(expected), "{heading}");
        }
    }

    #[test]
    fn no_word_has_two_roles() {
        for roles in [&WORDS.roles].into_iter().chain(WORDS.within.values()) {
            let mut seen = HashMap::new();
            for (role, words) in roles {
                for word in words {
                    assert_eq!(seen.insert(word, role), None, "{word}");
                    assert_eq!(*word, plain(word), "words are in plain form");
                }
            }
        }
    }

    #[test]
    fn labels_open_sections_and_details() {
        assert_eq!(opening("Approach:"), Some((Opening::Section, "Approach", "")));
        assert_eq!(opening("Recommendation 2: Do: this"), Some((Opening::Section, "Recommendation 2", "Do: this")));
        assert_eq!(opening("Comments from Service:"), Some((Opening::Detail, "Comments from Service", "")));
        assert_eq!(opening("Owner: A Person"), None);
        assert!(is_numbered_section("Priority 1 – Safer streets") && is_numbered_section("Theme A") && !is_numbered_section("Priority"));
    }

    #[test]
    fn periods_are_told_from_other_headings() {
        for heading in [
            "Aug 17",
            "Q2 2023-24",
            "Q1",
            "Quarter 3",
            "2022/23 outturn",
            "Apr",
            "April 2023",
            "2021-22",
            "Q4 Actual",
            "Mar-24",
            "Q4 24/25",
            "FY24",
        ] {
            assert!(is_period(heading), "{heading}");
        }
        for heading in ["Target", "Actual", "Year end target", "Q1 target", "March to May review", "1.1", "Ref"] {
            assert!(!is_period(heading), "{heading}");
        }
    }
}
