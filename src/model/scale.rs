//! The scale of a column of statuses: its owner's words, letters and colours, in their order, and what each stands for. Changes no cell.

use serde::{Deserialize, Serialize};

use super::{
    Column, Row, Status, Table, Value,
    kinds::Kind,
    words::{WORDS, in_plain_form},
};

/// The most words of a scale.
pub(super) const MOST_STEPS: usize = 60;
/// The longest word of one, in characters; what is longer is a remark.
const LONGEST: usize = 60;

/// What a word of a scale stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    /// Nobody has said yet.
    #[default]
    Untold,
    /// No status: `N/A`.
    NoStatus,
    #[serde(untagged)]
    Status(Status),
}

impl Meaning {
    /// Every meaning, in the order they are offered.
    pub const ALL: [Self; 9] = [
        Self::Status(Status::NotStarted),
        Self::Status(Status::MajorProblems),
        Self::Status(Status::MinorProblems),
        Self::Status(Status::InProgress),
        Self::Status(Status::Complete),
        Self::Status(Status::OnHold),
        Self::Status(Status::Cancelled),
        Self::NoStatus,
        Self::Untold,
    ];

    /// The status, where it is one.
    #[must_use]
    pub fn status(self) -> Option<Status> {
        match self {
            Self::Status(status) => Some(status),
            Self::NoStatus | Self::Untold => None,
        }
    }

    /// The words for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Status(status) => status.word(),
            Self::NoStatus => "No status",
            Self::Untold => "Not said yet",
        }
    }
}

/// One word of a scale.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// As it stands in cells: a word, a letter or a sign.
    pub text: Box<str>,
    /// What its key says of it, or the letter or sign that stands for it there.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub also: Box<str>,
    pub meaning: Meaning,
    /// The colour its owner paints it in, 0xRRGGBB.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub colour: Option<u32>,
}

/// The words of a column of statuses, in their owner's order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Scale(Vec<Step>);

impl Scale {
    /// A scale of these words; of a word that is there twice the first counts, and what is no word is left out.
    #[must_use]
    pub fn of(steps: impl IntoIterator<Item = Step>) -> Self {
        let mut scale = Self::default();
        for step in steps {
            if is_word(&step.text) && scale.0.len() < MOST_STEPS && scale.step(&step.text).is_none() {
                scale.0.push(step);
            }
        }
        scale
    }

    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Its words, in order.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// The word that a text is.
    #[must_use]
    pub fn step(&self, text: &str) -> Option<&Step> {
        let text = in_plain_form(text);
        self.0.iter().find(|step| in_plain_form(&step.text) == text)
    }

    /// The word that a text is, or that its key says the text of.
    #[must_use]
    pub fn step_for(&self, text: &str) -> Option<&Step> {
        let compared = in_plain_form(text);
        self.step(text).or_else(|| self.0.iter().find(|step| !step.also.is_empty() && in_plain_form(&step.also) == compared))
    }

    /// What a text in a cell stands for, where the scale says it.
    #[must_use]
    pub fn meaning(&self, text: &str) -> Option<Meaning> {
        self.step_for(text).map(|step| step.meaning).filter(|meaning| *meaning != Meaning::Untold)
    }

    /// The first word for a status.
    #[must_use]
    pub fn word_for(&self, status: Status) -> Option<&Step> {
        self.0.iter().find(|step| step.meaning == Meaning::Status(status))
    }
}

/// Whether a text may be a word of a scale rather than a remark.
#[must_use]
pub fn is_word(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.chars().nth(LONGEST).is_none() && !text.contains('\n')
}

/// Whether a text is generally said where there is no status to be had.
#[must_use]
pub fn says_none(text: &str) -> bool {
    WORDS.no_status.contains(&*in_plain_form(text))
}

/// A word in the cells of a column of statuses that nobody has said the meaning of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown<'table> {
    pub text: &'table str,
    /// The rows it stands in, by position.
    pub rows: Vec<usize>,
}

impl Column {
    /// What a text in one of its cells stands for: by its scale, or else by the words that are generally used.
    #[must_use]
    pub fn status_in(&self, text: &str) -> Option<Status> {
        match self.scale.meaning(text) {
            Some(meaning) => meaning.status(),
            None => Kind::Status.value(text, None).status(),
        }
    }
}

impl Table {
    /// The words in the cells of a column of statuses that state none and of which its scale says nothing, in the order they are met.
    #[must_use]
    pub fn unknown_words(&self, column: usize) -> Vec<Unknown<'_>> {
        let Some(scale) = self.columns.get(column).filter(|column| column.kind == Kind::Status).map(|column| &column.scale) else {
            return Vec::new();
        };
        let mut found: Vec<Unknown<'_>> = Vec::new();
        let mut places: std::collections::HashMap<String, usize> = std::collections::HashMap::new();
        let text = |row: &'_ Row| row.cells.get(column).is_some_and(|cell| cell.value == Value::Text && !cell.text.trim().is_empty());
        for (at, row) in self.rows.iter().enumerate().filter(|(_, row)| row.is_line() && text(row)) {
            let text = &*row.cells[column].text;
            let place = *places.entry(in_plain_form(text)).or_insert_with(|| {
                found.push(Unknown { text, rows: Vec::new() });
                found.len() - 1
            });
            found[place].rows.push(at);
        }
        found.retain(|unknown| scale.meaning(unknown.text).is_none() && !says_none(unknown.text));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(text: &str, also: &str, meaning: Meaning) -> Step {
        Step { text: text.into(), also: also.into(), meaning, colour: None }
    }

    #[test]
    fn a_scale_says_what_its_words_and_those_of_its_key_mean() {
        let scale = Scale::of([
            step("G", "Going well", Meaning::Status(Status::InProgress)),
            step("Parked up", "", Meaning::Status(Status::OnHold)),
            step("g", "", Meaning::NoStatus),
            step("-", "", Meaning::NoStatus),
            step("Hm", "", Meaning::Untold),
            step("two\nlines", "", Meaning::NoStatus),
        ]);
        assert_eq!(scale.steps().len(), 4);
        for (text, meaning) in [
            ("g", Some(Meaning::Status(Status::InProgress))),
            ("going  well", Some(Meaning::Status(Status::InProgress))),
            ("PARKED UP", Some(Meaning::Status(Status::OnHold))),
            ("-", Some(Meaning::NoStatus)),
            ("Hm", None),
            ("Complete", None),
        ] {
            assert_eq!(scale.meaning(text), meaning, "{text}");
        }
    }

    #[test]
    fn a_scale_comes_back_out_of_a_file() {
        for meaning in Meaning::ALL {
            let scale = Scale::of([Step { colour: Some(0x00_B050), ..step("Word", "W", meaning) }]);
            let written = serde_json::to_string(&scale).unwrap();
            assert_eq!(serde_json::from_str::<Scale>(&written).unwrap(), scale, "{written}");
        }
    }
}
