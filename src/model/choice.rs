//! What the cells of a column can be chosen from: the words its owner offers, and the statuses. Changes no cell.

use std::sync::LazyLock;

use super::{
    Cell, Column, Role, Status, Table, Value,
    kinds::Kind,
    table::same_series,
    words::{WORDS, in_plain_form},
};

/// One of the words a cell can be chosen from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub text: Box<str>,
    /// The status it states, in a column of statuses.
    pub status: Option<Status>,
    /// The colour its owner paints it in, 0xRRGGBB.
    pub colour: Option<u32>,
}

/// A choice that typed letters fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    /// Its place among the choices.
    pub at: usize,
    /// Another word for it, where that is what fits.
    pub by: Option<&'static str>,
}

/// Owners' words for statuses, as they are compared with what is typed.
static SYNONYMS: LazyLock<Vec<(Box<str>, &'static str, Status)>> = LazyLock::new(|| {
    let mut words: Vec<_> = WORDS.statuses.iter().map(|(word, status)| (compared(word).into(), &**word, *status)).collect();
    // The shortest is the one that is told.
    words.sort_by_key(|(_, word, _): &(Box<str>, &str, Status)| (word.len(), *word));
    words
});

impl Column {
    /// Whether its cells are chosen from a list.
    #[must_use]
    pub fn offers(&self) -> bool {
        self.kind == Kind::Status || !self.choices.is_empty()
    }

    /// What its cells can be chosen from: its owner's words, and those of the statuses that none of them stands for.
    #[must_use]
    pub fn offered(&self) -> Vec<Choice> {
        let states = |text: &str| if self.kind == Kind::Status { self.status_in(text) } else { None };
        let mut all: Vec<Choice> = Vec::new();
        for text in self.scale.steps().iter().map(|step| &step.text).chain(&self.choices) {
            // Most lists are of a dozen words.
            if self.scale.is_empty() || !all.iter().any(|choice| in_plain_form(&choice.text) == in_plain_form(text)) {
                all.push(Choice { text: text.clone(), status: states(text), colour: self.scale.step(text).and_then(|step| step.colour) });
            }
        }
        if self.kind == Kind::Status {
            let missing = Status::ALL.into_iter().filter(|status| !all.iter().any(|choice| choice.status == Some(*status)));
            let missing: Vec<Choice> =
                missing.map(|status| Choice { text: status.word().into(), status: Some(status), colour: None }).collect();
            let place = |choice: &Choice| choice.status.map_or(Status::ALL.len(), |status| status as usize);
            // A scale in the usual order stays in it.
            let is_usual = !self.scale.is_empty() && all.is_sorted_by_key(place);
            all.extend(missing);
            if is_usual {
                all.sort_by_key(place);
            }
        }
        all
    }

    /// The word it has for a status: its owner's where one is offered, else the usual one.
    #[must_use]
    pub fn word_for(&self, status: Status) -> &str {
        let offered = || self.choices.iter().find(|text| self.status_in(text) == Some(status));
        self.scale.word_for(status).map(|step| &step.text).or_else(offered).map_or(status.word(), |text| text)
    }

    /// The cell that typing a text makes; an offered word for a status stays its owner's.
    #[must_use]
    pub fn enter(&self, typed: &str) -> Cell {
        if self.kind != Kind::Status {
            return self.kind.enter(typed);
        }
        let own = || self.choices.iter().find(|text| in_plain_form(text) == in_plain_form(typed));
        let text = self.scale.step_for(typed).map(|step| &step.text).or_else(own);
        text.map_or_else(|| self.kind.enter(typed), |text| self.in_own_words(text.clone()))
    }
}

impl Column {
    /// A cell of a text in its owner's words.
    fn in_own_words(&self, text: Box<str>) -> Cell {
        let value = match self.status_in(&text) {
            Some(status) => Value::Status(status),
            None if text.is_empty() => Value::Blank,
            None => Value::Text,
        };
        Cell { text, value, ..Cell::default() }
    }
}

impl Table {
    /// The column that a new status goes to: the first of statuses, or the latest in use where there is one a quarter.
    #[must_use]
    pub fn status_column(&self) -> Option<usize> {
        let of = |at: &usize| self.columns[*at].role == Some(Role::Status) && self.columns[*at].kind == Kind::Status;
        let (first, last) = ((0..self.columns.len()).find(of)?, (0..self.columns.len()).rfind(of)?);
        let used = |at: &usize| self.rows.iter().any(|row| row.cells.get(*at).is_some_and(|cell| cell.status().is_some()));
        let latest = || (first..=last).rev().filter(of).find(used);
        let series = same_series(&self.columns[first].heading, &self.columns[last].heading);
        Some(latest().filter(|_| series).unwrap_or(first))
    }
}

/// The choices that typed letters fit best, in their order: where several do, none of them is meant for sure. What fits a choice as a whole
/// comes before what only begins it, its own words before other words for its status, and those before words within it.
#[must_use]
pub fn fits(choices: &[Choice], typed: &str) -> Vec<Fit> {
    let typed = compared(typed);
    if typed.is_empty() {
        return Vec::new();
    }
    // Of several that a letter begins, one whose status the letter stands for is meant.
    let stands = |choice: &Choice| SYNONYMS.iter().any(|(word, _, of)| Some(*of) == choice.status && **word == *typed);
    let own = |fits: &dyn Fn(&str) -> bool| -> Vec<Fit> {
        let fitting = choices.iter().enumerate().filter(|(_, choice)| fits(&compared(&choice.text)));
        let all: Vec<Fit> = fitting.map(|(at, _)| Fit { at, by: None }).collect();
        let mut meant = all.iter().filter(|fit| typed.chars().nth(1).is_none() && stands(&choices[fit.at]));
        match (meant.next(), meant.next()) {
            (Some(one), None) => vec![one.clone()],
            _ => all,
        }
    };
    let other = |fits: &dyn Fn(&str) -> bool| -> Vec<Fit> {
        let word = |status: Status| SYNONYMS.iter().find(|(compared, _, of)| *of == status && fits(compared)).map(|(_, word, _)| *word);
        let fitting = choices.iter().enumerate().filter_map(|(at, choice)| Some(Fit { at, by: Some(word(choice.status?)?) }));
        fitting.collect()
    };
    let is = |word: &str| word == typed;
    let begins = |word: &str| word.starts_with(&*typed);
    let within = |word: &str| word.match_indices(&*typed).any(|(at, _)| word[..at].ends_with(|c: char| !c.is_alphanumeric()));
    let steps: [&dyn Fn() -> Vec<Fit>; 5] = [&|| own(&is), &|| own(&begins), &|| other(&is), &|| other(&begins), &|| own(&within)];
    steps.iter().map(|step| step()).find(|fits| !fits.is_empty()).unwrap_or_default()
}

/// A text as it is compared with what is typed: in lower case, hyphens as spaces, and without the marks and spaces around it.
#[must_use]
pub fn compared(text: &str) -> String {
    let spaced = text.replace(['-', '–', '—', '‐', '‑', '_'], " ");
    in_plain_form(spaced.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '•' | '*' | '·')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(kind: Kind, choices: &[&str]) -> Column {
        Column { kind, choices: choices.iter().map(|text| (*text).into()).collect(), ..Column::default() }
    }

    /// The words that typed letters fit.
    fn found(column: &Column, typed: &str) -> Vec<Box<str>> {
        let choices = column.offered();
        fits(&choices, typed).into_iter().map(|fit| choices[fit.at].text.clone()).collect()
    }

    #[test]
    fn letters_fit_a_status_by_every_word_for_it() {
        let statuses = column(Kind::Status, &[]);
        for (typed, expected) in [
            ("complete", "Complete"),
            ("c", "Complete"),
            ("amb", "Minor problems"),
            ("a", "Minor problems"),
            ("in p", "In progress"),
            ("In-P", "In progress"),
            ("  in  p", "In progress"),
            ("- compl", "Complete"),
            ("i", "In progress"),
            ("r", "Major problems"),
            ("red", "Major problems"),
            ("G", "In progress"),
            ("b", "Complete"),
            ("n", "Not started"),
            ("not st", "Not started"),
            ("started", "In progress"),
            ("mi", "Minor problems"),
            ("major p", "Major problems"),
            ("on tr", "In progress"),
            ("done", "Complete"),
            ("100", "Complete"),
            ("off track", "Major problems"),
        ] {
            assert_eq!(found(&statuses, typed), [expected.into()], "{typed}");
        }
        for (typed, expected) in [("m", &["Major problems", "Minor problems"][..]), ("problem", &["Major problems", "Minor problems"])] {
            assert_eq!(found(&statuses, typed).iter().map(|text| &**text).collect::<Vec<_>>(), expected, "{typed}");
        }
        for typed in ["", " ", "-", "zz", "completed it", "87%"] {
            assert!(found(&statuses, typed).is_empty(), "{typed}");
        }
    }

    #[test]
    fn every_beginning_of_every_word_fits_what_it_stands_for() {
        let statuses = column(Kind::Status, &[]);
        for (word, _, status) in SYNONYMS.iter() {
            for (end, _) in word.char_indices().skip(1).chain([(word.len(), ' ')]) {
                let typed = &word[..end];
                let found = found(&statuses, typed);
                let own = |text: &str| compared(text).starts_with(typed.trim());
                let displayed: Vec<&Box<str>> = found.iter().filter(|text| own(text)).collect();
                let exact = SYNONYMS.iter().find(|(other, ..)| **other == *typed.trim()).map(|(.., status)| *status);
                let meant = exact.unwrap_or(*status).word();
                assert!(!displayed.is_empty() || found.iter().any(|text| **text == *meant), "{typed} of {word}: {found:?}");
            }
        }
    }

    #[test]
    fn the_owners_words_are_offered_kept_and_found() {
        let own = column(Kind::Status, &["On Track", "Behind", "Done", "On hold"]);
        let offered: Vec<(String, Option<Status>)> = own.offered().into_iter().map(|choice| (choice.text.into(), choice.status)).collect();
        let expected = [
            ("On Track", Some(Status::InProgress)),
            ("Behind", Some(Status::MinorProblems)),
            ("Done", Some(Status::Complete)),
            ("On hold", Some(Status::OnHold)),
            ("Not started", Some(Status::NotStarted)),
            ("Major problems", Some(Status::MajorProblems)),
            ("Cancelled", Some(Status::Cancelled)),
        ];
        assert_eq!(offered, expected.map(|(text, status)| (text.to_owned(), status)));
        for (typed, expected) in [("amb", "Behind"), ("complete", "Done"), ("on h", "On hold"), ("r", "Major problems"), ("d", "Done")] {
            assert_eq!(found(&own, typed), [expected.into()], "{typed}");
        }
        assert_eq!(found(&own, "on").len(), 2);
        let entered = own.enter("on track");
        assert_eq!((&*entered.text, entered.status()), ("On Track", Some(Status::InProgress)));
        assert_eq!((own.word_for(Status::Complete), own.word_for(Status::NotStarted)), ("Done", "Not started"));
        assert_eq!(&*own.enter("complete").text, "Complete", "what is typed elsewhere is not translated");
        let leads = column(Kind::Paragraph, &["Housing Team", "Housing Manager", "Policy Officer (Homes)", "H"]);
        for (typed, count) in [("hou", 2), ("housing m", 1), ("h", 1), ("officer", 1), ("homes", 1), ("omes", 0), ("amber", 0)] {
            assert_eq!(found(&leads, typed).len(), count, "{typed}");
        }
    }
}
