//! What speaks for a role of a column and against it: pieces of evidence, each with its weight and its reason. Finds and decides nothing.

use serde::{Deserialize, Serialize};

use crate::model::Role;

/// One thing that speaks for a role of a column, or against it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evidence {
    /// `None` where it speaks for a column of the owner's own.
    pub role: Option<Role>,
    /// In points: a heading that is one of the known words weighs 9.5; below 0 it speaks against the role.
    pub weight: f32,
    pub reason: Reason,
    /// Whether the role may be given though another column has it too.
    pub repeats: bool,
}

impl Evidence {
    /// Evidence for a role that one column alone plays.
    #[must_use]
    pub const fn once(role: Role, weight: f32, reason: Reason) -> Self {
        Self { role: Some(role), weight, reason, repeats: false }
    }

    /// Evidence for a role that other columns may play too.
    #[must_use]
    pub const fn also(role: Role, weight: f32, reason: Reason) -> Self {
        Self { role: Some(role), weight, reason, repeats: true }
    }

    /// Evidence for a column of the owner's own.
    #[must_use]
    pub const fn own(weight: f32, reason: Reason) -> Self {
        Self { role: None, weight, reason, repeats: true }
    }

    /// Evidence against a role.
    #[must_use]
    pub const fn against(role: Role, weight: f32, reason: Reason) -> Self {
        Self { role: Some(role), weight: -weight, reason, repeats: false }
    }
}

/// The weight of all that speaks for a role, less what speaks against it.
pub(super) fn weight(evidence: &[Evidence], role: Option<Role>) -> f32 {
    evidence.iter().filter(|one| one.role == role).map(|one| one.weight).sum()
}

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $words:literal,)*) => {
        /// A reason for or against a role, as it is kept in remembered mappings.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Reason {
            $($(#[$doc])* $name,)*
            /// Its owner chose it.
            #[serde(alias = "You chose it")]
            Chosen,
            /// One of another version of the program.
            #[default]
            #[serde(other)]
            Unknown,
        }

        impl Reason {
            /// Every reason that a rule gives.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// In a few plain words.
            #[must_use]
            pub fn words(self) -> &'static str {
                match self {
                    $(Self::$name => $words,)*
                    Self::Chosen => "You chose it",
                    Self::Unknown => "It was remembered",
                }
            }
        }
    };
}

reasons! {
    HeadingKnown = "Its heading says so",
    HeadingContains = "Its heading contains words that say so",
    HeadingUnknown = "Its heading is none of the known words",
    HeadingOwn = "Its heading is known as the owner's own",
    OverHeadingOwn = "What stands over its heading is known as the owner's own",
    Period = "Its heading names a period",
    PeriodElsewhere = "It names a period in a table of no indicators",
    Pounds = "Its heading is in pounds",
    PerCent = "It is headed in per cent",
    Comparator = "It is what the indicator is compared with",
    Money = "It holds amounts of money",
    NoMoney = "It holds no amounts of money",
    NoIndicators = "It is no table of indicators",
    Dates = "It holds dates",
    Numbers = "It holds numbers",
    Figures = "It holds figures",
    FiguresNoRating = "It holds figures rather than ratings",
    Percentages = "It holds percentages",
    Levels = "It holds levels rather than words",
    Statuses = "It holds statuses",
    Ratings = "It holds ratings",
    People = "It holds names or posts",
    Arrows = "It holds arrows",
    Ways = "It says which way is good",
    Travel = "It says whether it got better",
    References = "It holds references",
    Texts = "It holds texts",
    LongTexts = "It holds long texts",
    LongTextsNoStatus = "It holds long texts rather than statuses",
    LongTextsNoRating = "It holds long texts rather than ratings",
    WordsNoStatus = "It holds words rather than statuses",
    WordsNoReference = "It holds words rather than references",
    WordsNoDates = "It holds words rather than dates",
    PriorityWords = "It is headed priority and holds words",
    HeadedAndHeld = "Its heading and what it holds say so",
    StatusColours = "Its cells are in the colours of statuses",
    Marks = "It holds nothing but ticks",
    Ticked = "It is ticked where that is the status",
    Unheaded = "It has no heading; what stands in it says so",
    NumbersRows = "It numbers the rows",
    Shared = "Several actions share what it says",
    BehindStatuses = "It holds long texts behind the statuses",
    BehindFigures = "It holds long texts behind the figures",
    NumbersNamed = "It numbers what another column names",
    BesideActions = "It stands beside another column of actions",
    Answered = "It is what the actions of another column answer",
    NamesRows = "No other column names the rows of the table",
    OtherNamesRows = "Another column names the rows",
    OtherSurer = "Another column plays this role more surely",
    NobodyElseLeads = "No other column says who leads",
    OnlyActual = "It is the only actual value",
    FirstFigures = "It is the first column of figures",
    LaterCurrent = "A later column holds the current value",
    PastOnce = "It says when something was done",
    Completed = "It says when a row was completed",
    Reviewed = "It says when a row is looked at again",
    Original = "A revised date takes its place",
    Person = "Its heading asks for a person",
    DatedRemarks = "It holds what was said on a day",
    Threshold = "It holds the figures of its colour",
    Deviation = "It stands before the figures and is never below nothing",
    Beginning = "It is where the figure began",
    WordsNoTarget = "It holds words, and another column the targets",
    Across = "Its periods stand in rows and its indicators in columns",
    TimeChart = "It is a column of a chart over time",
    StatusCounts = "It is a table of status counts by period",
    FarRight = "It stands far to the right, where columns are kept as they are",
    Return = "The return says so",
    AddedToReturn = "Added to the return",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_reasons_have_the_same_words() {
        let words: std::collections::HashSet<&str> = Reason::ALL.iter().map(|reason| reason.words()).collect();
        assert_eq!(words.len(), Reason::ALL.len());
    }

    #[test]
    fn what_an_earlier_version_remembered_is_read() {
        let read = |text: &str| serde_json::from_str::<Reason>(text).unwrap();
        assert_eq!(read("\"You chose it\""), Reason::Chosen);
        assert_eq!(read("\"chosen\""), Reason::Chosen);
        assert_eq!(read("\"Its heading says so\""), Reason::Unknown);
        assert_eq!(read(&serde_json::to_string(&Reason::Dates).unwrap()), Reason::Dates);
    }
}
