//! A protective marking: the words its owner puts on every page, and the sensitivity label in a workbook's properties. Finds no place.

use serde::{Deserialize, Serialize};

/// What a document is marked with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marking {
    /// As its owner wrote them, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<Box<str>>,
    #[serde(default, skip_serializing_if = "Label::is_empty")]
    pub label: Label,
}

/// A name and a value.
pub type Named = (Box<str>, Box<str>);

/// A sensitivity label as a workbook keeps it, in two places.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// The document properties, whose names begin with `MSIP_Label_`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub properties: Vec<Named>,
    /// The labels of the newer place, each with its attributes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<Vec<Named>>,
}

/// Where a text stands that may be a marking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// In the header or footer of a page.
    OnPage,
    /// In a cell outside the tables.
    Alone,
    /// Alone in a row of a table, where a plain word is more likely a heading.
    InTable,
}

/// How the names of a label's properties begin.
pub const LABEL: &str = "MSIP_Label_";

/// The longest text that is looked at, in bytes, and the longest marking that is kept.
const LONGEST: usize = 300;
/// The longest marking as it is shown, in characters: a page's header holds 255.
const SHOWN: usize = 200;
/// The most lines that are kept.
const MOST: usize = 8;

/// The words that make a text a classification, the gravest first, each with its rank.
const HEADS: [(&[&str], u8); 15] = [
    (&["TOP", "SECRET"], 7),
    (&["SECRET"], 6),
    (&["OFFICIAL", "SENSITIVE"], 5),
    (&["OFFICIALSENSITIVE"], 5),
    (&["IN", "CONFIDENCE"], 4),
    (&["CONFIDENTIAL"], 4),
    (&["RESTRICTED"], 4),
    (&["PROTECT"], 3),
    (&["NOT", "PROTECTIVELY", "MARKED"], 1),
    (&["UNCLASSIFIED"], 1),
    (&["NOT", "CLASSIFIED"], 1),
    (&["NO", "PROTECTIVE", "MARKING"], 1),
    (&["INTERNAL", "USE", "ONLY"], 1),
    (&["OFFICIAL", "USE", "ONLY"], 2),
    (&["OFFICIAL"], 2),
];
/// The words that begin what is said of a paper's handling, whatever its classification.
const HANDLING: [&[&str]; 7] = [
    &["NOT", "FOR", "PUBLICATION"],
    &["NOT", "FOR", "DISCLOSURE"],
    &["NOT", "FOR", "CIRCULATION"],
    &["NOT", "FOR", "DISTRIBUTION"],
    &["EXEMPT", "FROM", "PUBLICATION"],
    &["EXEMPT", "INFORMATION"],
    &["LIMITED", "CIRCULATION"],
];
/// Words that stand beside a classification and belong to it.
const BESIDE: &[&str] = &[
    "AND",
    "AS",
    "BOARD",
    "CABINET",
    "CARE",
    "CHILDREN",
    "COMMERCIAL",
    "COMMERCIALLY",
    "COMMITTEE",
    "COMPLETE",
    "COMPLETED",
    "COUNCIL",
    "DATA",
    "DRAFT",
    "EXTERNAL",
    "EYES",
    "FINANCIAL",
    "FOR",
    "HIGHLY",
    "HMG",
    "HR",
    "INFORMATION",
    "INTERNAL",
    "INVESTIGATION",
    "LEGAL",
    "LIMITED",
    "LOCSEN",
    "MANAGEMENT",
    "MARKET",
    "MEDICAL",
    "NHS",
    "OF",
    "ONCE",
    "ONLY",
    "PARTNER",
    "PARTNERS",
    "PERSONAL",
    "POLICY",
    "PRIVATE",
    "PUBLIC",
    "PUBLICATION",
    "PUBLISHED",
    "RECIPIENTS",
    "RELEASE",
    "SENSITIVE",
    "SOCIAL",
    "STAFF",
    "STRICTLY",
    "THE",
    "THIS",
    "TO",
    "UK",
    "UNTIL",
    "USE",
    "VERY",
    "WHEN",
    "WITH",
    "WITHOUT",
    "ATTACHMENTS",
    "LOCAL",
    "REFERRAL",
    "NAMED",
];
/// Words before a marking that only say what it is.
const BEFORE: &[&str] = &[
    "PROTECTIVE",
    "MARKING",
    "MARKED",
    "CLASSIFICATION",
    "CLASSIFIED",
    "SECURITY",
    "GOVERNMENT",
    "GSC",
    "SENSITIVITY",
    "LABEL",
    "LEVEL",
    "DOCUMENT",
    "STATUS",
    "HANDLING",
];

/// What a text says as a marking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Said<'text> {
    words: &'text str,
    /// None for what only says how it is handled.
    rank: Option<u8>,
}

impl Marking {
    /// A marking of the lines that were found, or none where nothing was.
    #[must_use]
    pub fn of(lines: impl IntoIterator<Item = Box<str>>, label: Label) -> Option<Self> {
        let mut marking = Self { lines: Vec::new(), label };
        lines.into_iter().for_each(|line| marking.add(&line));
        let name = marking.label.name().filter(|name| marking.lines.is_empty() || rank(name).is_some()).map(str::to_owned);
        name.into_iter().for_each(|name| marking.add(&name));
        (!marking.lines.is_empty() || !marking.label.is_empty()).then_some(marking)
    }

    /// The marking in a text, in its owner's own words; none where it holds none.
    #[must_use]
    pub fn in_text(text: &str, stands: Stands) -> Option<&str> {
        if text.len() > LONGEST {
            return None;
        }
        let on_page = || amid(text).filter(|_| stands == Stands::OnPage);
        let said = whole(text).or_else(|| in_pieces(text)).or_else(|| contained(text)).or_else(on_page)?;
        let capitals = !said.words.chars().any(char::is_lowercase);
        let several = tokens(said.words).len() > 1;
        let fits = match (stands, said.rank) {
            (Stands::OnPage, _) => true,
            // `Protect` is a heading of many plans.
            (_, Some(3)) => several,
            (Stands::Alone, _) => true,
            (Stands::InTable, Some(5 | 7 | 1)) => several || capitals,
            (Stands::InTable, Some(2)) => capitals,
            (Stands::InTable, None) => several,
            (Stands::InTable, Some(_)) => false,
        };
        fits.then_some(said.words)
    }

    /// Whether a text says no more than that a marking follows: `Classification:`.
    #[must_use]
    pub fn is_label(text: &str) -> bool {
        const NAMES: [&str; 5] = ["MARKING", "CLASSIFICATION", "SENSITIVITY", "HANDLING", "MARKED"];
        let all = tokens(text);
        all.iter().all(|(token, ..)| BEFORE.contains(&&**token)) && all.iter().any(|(token, ..)| NAMES.contains(&&**token))
    }

    /// Whether a marking is a classification, rather than words on its handling.
    #[must_use]
    pub fn is_classification(words: &str) -> bool {
        rank(words).is_some()
    }

    /// The words that stand on every page: the gravest classification, then what is said of its handling. Empty where only a label
    /// without a name is known.
    #[must_use]
    pub fn words(&self) -> String {
        let gravest = self.lines.iter().filter_map(|line| Some((rank(line)?, line.chars().count(), line))).max();
        let handled = self.lines.iter().filter(|line| rank(line).is_none());
        let mut shown: Vec<&str> = gravest.into_iter().map(|(.., line)| &**line).collect();
        for line in handled {
            if !shown.iter().any(|other| other.to_uppercase().contains(&line.to_uppercase())) {
                shown.push(line);
            }
        }
        shown.join(" | ").chars().take(SHOWN).collect()
    }

    /// What is said of it: its words, or that there is a label without a name.
    #[must_use]
    pub fn told(&self) -> String {
        let words = self.words();
        if words.is_empty() { "with a sensitivity label that has no name".to_owned() } else { words }
    }

    /// This marking and another on one document.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        // Of two labels the one of the graver marking holds.
        let graver = other.gravest() > self.gravest();
        if self.label.is_empty() || (graver && !other.label.is_empty()) {
            self.label = other.label;
        }
        other.lines.iter().for_each(|line| self.add(line));
        self
    }

    /// The marking of a document that two are put together in.
    #[must_use]
    pub fn both(one: Option<Self>, other: Option<Self>) -> Option<Self> {
        match (one, other) {
            (Some(one), Some(other)) => Some(one.and(other)),
            (one, other) => one.or(other),
        }
    }

    fn gravest(&self) -> Option<u8> {
        self.lines.iter().filter_map(|line| rank(line)).max()
    }

    fn add(&mut self, line: &str) {
        let line: String = line.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(SHOWN).collect();
        let known = self.lines.iter().any(|held| held.to_uppercase() == line.to_uppercase());
        if !line.is_empty() && !known && self.lines.len() < MOST {
            self.lines.push(line.into());
        }
    }
}

impl Label {
    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.properties.is_empty() && self.entries.is_empty()
    }

    /// What it is called; none where it is not in force, or has a number in place of a name.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        let off = |held: &str| {
            let id = held.strip_suffix("_Name").unwrap_or(held);
            self.properties.iter().any(|(name, value)| **name == *format!("{id}_Enabled") && value.eq_ignore_ascii_case("false"))
        };
        let named = self.properties.iter().find(|(name, _)| name.ends_with("_Name") && !off(name));
        let is_number = |value: &str| value.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
        named.map(|(_, value)| value.trim()).filter(|value| !value.is_empty() && !is_number(value))
    }
}

/// The words of a text in capitals, each with where it stands.
fn tokens(text: &str) -> Vec<(String, usize, usize)> {
    let mut found: Vec<(String, usize, usize)> = Vec::new();
    let mut from = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (from, c.is_alphanumeric()) {
            (None, true) => from = Some(at),
            (Some(start), false) => {
                found.push((text[start..at].to_uppercase(), start, at));
                from = None;
            }
            _ => {}
        }
    }
    found
}

/// Where a run of words begins among others.
fn find(tokens: &[(String, usize, usize)], words: &[&str]) -> Option<usize> {
    tokens.windows(words.len()).position(|run| run.iter().zip(words).all(|((token, ..), word)| token == word))
}

/// A text that is a marking from its beginning to its end.
fn whole(text: &str) -> Option<Said<'_>> {
    let all = tokens(text);
    let before = all.iter().take_while(|(token, ..)| BEFORE.contains(&&**token)).count();
    // `Not protectively marked` and `Marked OFFICIAL` share a word.
    let own = &all[before.min(all.len())..];
    let (first, last) = (own.first()?, own.last()?);
    let open = |c: char| (c == ')' && text[first.1..].contains('(')) || (c == ']' && text[first.1..].contains('['));
    let end = last.2 + text[last.2..].chars().take_while(|c| open(*c)).count();
    let words = &text[first.1..end];
    if HANDLING.iter().any(|head| find(own, head) == Some(0)) || (own.len() == 1 && first.0 == "EXEMPT") {
        return Some(Said { words, rank: None });
    }
    let (head, rank) =
        HEADS.iter().filter_map(|(head, rank)| Some(((find(own, head)?, head.len()), *rank))).max_by_key(|(_, rank)| *rank)?;
    let belongs = |at: usize| {
        let token = &*own[at].0;
        (head.0..head.0 + head.1).contains(&at) || BESIDE.contains(&token) || HEADS.iter().any(|(head, _)| head.contains(&token))
    };
    // What nobody writes by chance may go on with anything short.
    let plain = matches!(rank, 5 | 7) && head.0 == 0 && own.len() <= 8;
    (plain || (0..own.len()).all(belongs)).then_some(Said { words, rank: Some(rank) })
}

/// A marking between other words of a page's header: `OFFICIAL - Wrenbridge Council`.
fn in_pieces(text: &str) -> Option<Said<'_>> {
    const MOST_PIECES: usize = 12;
    let mut cuts = vec![0];
    for (at, c) in text.char_indices() {
        let dash = matches!(c, '-' | '–' | '—') && text[..at].ends_with(' ') && text[at + c.len_utf8()..].starts_with(' ');
        if dash || matches!(c, '|' | '•' | '·' | ';' | '\n' | '\t' | ',') {
            cuts.extend([at, at + c.len_utf8()]);
        }
    }
    cuts.push(text.len());
    cuts.truncate(MOST_PIECES * 2);
    let pieces = || (0..cuts.len() / 2).flat_map(|from| (from..cuts.len() / 2).rev().map(move |to| (from, to)));
    let found = pieces().filter_map(|(from, to)| whole(&text[cuts[from * 2]..cuts[to * 2 + 1]]));
    found.max_by_key(|said| (said.rank.unwrap_or(0), said.words.len()))
}

/// The few phrases that are a marking wherever they stand, in capitals.
fn contained(text: &str) -> Option<Said<'_>> {
    let all = tokens(text);
    let sure = HEADS.iter().filter(|(head, rank)| head.len() > 1 && matches!(rank, 1 | 5 | 7)).map(|(head, rank)| (*head, Some(*rank)));
    let sure = sure.chain(HANDLING.iter().filter(|head| head.len() == 3).map(|head| (*head, None)));
    let found = sure.filter_map(|(head, rank)| {
        let at = find(&all, head)?;
        let words = &text[all[at].1..all[at + head.len() - 1].2];
        (words.len() <= 40 && !words.chars().any(char::is_lowercase)).then_some(Said { words, rank })
    });
    found.max_by_key(|said| said.rank)
}

/// One word in capitals amid others that are not, as in a page's header.
fn amid(text: &str) -> Option<Said<'_>> {
    if !text.chars().any(char::is_lowercase) {
        return None;
    }
    let single = |word: &str| HEADS.iter().find(|(head, rank)| *rank != 3 && **head == [word]).map(|(_, rank)| *rank);
    text.split_whitespace().filter_map(|word| Some(Said { words: word, rank: Some(single(word)?) })).max_by_key(|said| said.rank)
}

/// How grave a line is; none for one that is no classification.
fn rank(line: &str) -> Option<u8> {
    whole(line).or_else(|| in_pieces(line))?.rank
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markings_are_known_in_their_local_variants() {
        for (text, words) in [
            ("OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE"),
            ("Official Sensitive", "Official Sensitive"),
            ("OFFICIAL - SENSITIVE: PERSONAL", "OFFICIAL - SENSITIVE: PERSONAL"),
            ("[OFFICIAL-SENSITIVE (COMMERCIAL)]", "OFFICIAL-SENSITIVE (COMMERCIAL)"),
            ("**OFFICIAL**", "OFFICIAL"),
            ("UK OFFICIAL-SENSITIVE when completed", "UK OFFICIAL-SENSITIVE when completed"),
            ("Classification: OFFICIAL", "OFFICIAL"),
            ("NOT PROTECTIVELY MARKED", "NOT PROTECTIVELY MARKED"),
            ("Protective marking: Not protectively marked", "Not protectively marked"),
            ("RESTRICTED - POLICY", "RESTRICTED - POLICY"),
            ("Confidential", "Confidential"),
            ("Private & Confidential", "Private & Confidential"),
            ("STRICTLY PRIVATE AND CONFIDENTIAL", "STRICTLY PRIVATE AND CONFIDENTIAL"),
            ("Commercial in confidence", "Commercial in confidence"),
            ("OFFICIAL - Wrenbridge Council", "OFFICIAL"),
            ("Climate plan 2026 | OFFICIAL - SENSITIVE | Draft", "OFFICIAL - SENSITIVE | Draft"),
            ("Handle as OFFICIAL-SENSITIVE at all times, please, also at home", "OFFICIAL-SENSITIVE"),
            ("CONFIDENTIAL Board papers of May", "CONFIDENTIAL"),
            ("Not for publication", "Not for publication"),
            (
                "NOT FOR PUBLICATION by virtue of paragraph 3 of Schedule 12A",
                "NOT FOR PUBLICATION by virtue of paragraph 3 of Schedule 12A",
            ),
            ("TOP SECRET", "TOP SECRET"),
        ] {
            assert_eq!(Marking::in_text(text, Stands::OnPage), Some(words), "{text}");
        }
        for text in [
            "",
            "Climate Action Plan 2026/27",
            "The official opening of the park",
            "Secret garden project",
            "Protect the green belt",
            "Restricted funds are spent by March",
            "Page 1 of 3",
            "Wrenbridge Council",
            "Public health",
            "Exempt accommodation plan",
        ] {
            assert_eq!(Marking::in_text(text, Stands::OnPage), None, "{text}");
        }
    }

    #[test]
    fn a_plain_word_in_a_table_is_a_heading() {
        for text in ["Confidential", "Protect", "PROTECT", "Official", "Exempt", "SECRET"] {
            assert_eq!(Marking::in_text(text, Stands::InTable), None, "{text}");
        }
        assert_eq!(Marking::in_text("OFFICIAL", Stands::InTable), Some("OFFICIAL"));
        assert_eq!(Marking::in_text("PROTECT", Stands::Alone), None, "an aim of many plans");
        assert_eq!(Marking::in_text("PROTECT - PERSONAL", Stands::Alone), Some("PROTECT - PERSONAL"));
        assert_eq!(Marking::in_text("Restricted", Stands::Alone), Some("Restricted"));
    }

    #[test]
    fn the_gravest_is_shown_with_what_is_said_of_its_handling() {
        let lines = ["OFFICIAL", "Not for publication", "official", "OFFICIAL-SENSITIVE"].map(Box::from);
        let marking = Marking::of(lines, Label::default()).unwrap();
        assert_eq!(marking.words(), "OFFICIAL-SENSITIVE | Not for publication");
        let secret = Marking::of(["SECRET".into()], Label::default());
        assert_eq!(Marking::both(Some(marking), secret).unwrap().words(), "SECRET | Not for publication");
        assert_eq!(Marking::of([], Label::default()), None);
    }

    #[test]
    fn a_label_is_called_by_its_name_while_it_is_in_force() {
        let label = |enabled: &str, name: &str| Label {
            properties: vec![("MSIP_Label_1_Enabled".into(), enabled.into()), ("MSIP_Label_1_Name".into(), name.into())],
            entries: Vec::new(),
        };
        assert_eq!(Marking::of([], label("true", "General")).unwrap().words(), "General");
        assert_eq!(Marking::of([], label("false", "General")).unwrap().words(), "");
        assert_eq!(Marking::of([], label("true", "defa4170-0d19-0005")).unwrap().words(), "");
        assert_eq!(Marking::of(["OFFICIAL".into()], label("true", "General")).unwrap().words(), "OFFICIAL");
        assert_eq!(Marking::of(["OFFICIAL".into()], label("true", "OFFICIAL-SENSITIVE")).unwrap().words(), "OFFICIAL-SENSITIVE");
    }
}
