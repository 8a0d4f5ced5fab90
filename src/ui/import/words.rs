//! The plain words of an import: roles, kinds, how sure a column is. Draws nothing.

use lucide_icons::Icon;

use crate::{
    app::import::SURE_ENOUGH,
    model::{Role, RowKind, TableKind},
};

/// What a role is called by those who keep plans.
#[must_use]
pub(super) fn role(role: Option<Role>) -> &'static str {
    let Some(role) = role else { return "Owner's own column" };
    match role {
        Role::Ref => "Reference",
        Role::Action => "Action",
        Role::Start => "Start date",
        Role::End => "End date",
        Role::EarlierEnd => "Earlier end date",
        Role::Completed => "Date completed",
        Role::Measure => "Measure of success",
        Role::Lead => "Lead officer",
        Role::Status => "RAG status",
        Role::Comment => "Comment or update",
        Role::Kpi => "Indicator (KPI)",
        Role::Current => "Current value",
        Role::Target => "Target",
        Role::Period => "Value of a period",
        Role::Theme => "Theme or objective",
        Role::Description => "Description",
        Role::Progress => "Progress in per cent",
        Role::Priority => "Priority",
        Role::Budget => "Budget or cost",
        Role::Unit => "Unit",
        Role::Polarity => "Which way is good",
        Role::Tolerance => "Tolerance",
        Role::Rating => "RAG rating",
        Role::Trend => "Direction of travel",
        Role::Risk => "Risk",
        Role::Likelihood => "Likelihood",
        Role::Impact => "Impact",
        Role::Score => "Risk score",
        Role::Mitigation => "Mitigation",
    }
}

/// The roles that columns of a kind of table usually play, offered first.
#[must_use]
pub(super) fn roles_of(kind: TableKind) -> &'static [Role] {
    use Role::{
        Action, Budget, Comment, Completed, Current, Description, EarlierEnd, End, Impact, Kpi, Lead, Likelihood, Measure, Mitigation,
        Period, Polarity, Priority, Progress, Rating, Ref, Risk, Score, Start, Status, Target, Theme, Tolerance, Trend, Unit,
    };
    match kind {
        TableKind::Plan => &[
            Ref,
            Theme,
            Action,
            Description,
            Start,
            End,
            EarlierEnd,
            Completed,
            Measure,
            Lead,
            Status,
            Progress,
            Priority,
            Budget,
            Comment,
        ],
        TableKind::Kpi => &[Ref, Theme, Kpi, Description, Unit, Polarity, Tolerance, Current, Target, Period, Rating, Trend, Lead, Comment],
        TableKind::History => &[Status, Period],
        TableKind::Register => &[Ref, Risk, Description, Likelihood, Impact, Score, Mitigation, Lead, End, Status, Comment],
    }
}

/// What a kind of table is called.
#[must_use]
pub(super) fn kind(kind: TableKind) -> &'static str {
    match kind {
        TableKind::Plan => "Plan",
        TableKind::Kpi => "KPI table",
        TableKind::History => "Progress tracker",
        TableKind::Register => "Register",
    }
}

/// The kinds in the order they are offered.
pub(super) const KINDS: [TableKind; 4] = [TableKind::Plan, TableKind::Kpi, TableKind::History, TableKind::Register];

/// The icon of a kind of table.
#[must_use]
pub(super) fn icon(kind: TableKind) -> Icon {
    match kind {
        TableKind::Plan => Icon::ListChecks,
        TableKind::Kpi => Icon::Target,
        TableKind::History => Icon::History,
        TableKind::Register => Icon::Table2,
    }
}

/// What a kind of row is called in a kind of table.
#[must_use]
pub(super) fn row(row: RowKind, table: TableKind) -> &'static str {
    match (row, table) {
        (RowKind::Section, _) => "Section",
        (RowKind::Group, _) => "Group",
        (RowKind::Entry, TableKind::Plan) => "Action",
        (RowKind::Entry, TableKind::Kpi) => "KPI",
        (RowKind::Entry, TableKind::History) => "Status",
        (RowKind::Entry, TableKind::Register) => "Row",
        (RowKind::Line, _) => "Line",
        (RowKind::Total, _) => "Total",
    }
}

/// How sure a column's role is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Surety {
    Sure,
    Likely,
    Guess,
}

impl Surety {
    /// Of a surety from 0 to 1.
    #[must_use]
    pub(super) fn of(surety: f32) -> Self {
        match surety {
            0.85.. => Self::Sure,
            SURE_ENOUGH.. => Self::Likely,
            _ => Self::Guess,
        }
    }

    /// In a word.
    #[must_use]
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Sure => "sure",
            Self::Likely => "likely",
            Self::Guess => "guess",
        }
    }

    /// A shape of its own.
    #[must_use]
    pub(super) fn icon(self) -> Icon {
        match self {
            Self::Sure => Icon::CircleCheck,
            Self::Likely => Icon::CircleDot,
            Self::Guess => Icon::CircleQuestionMark,
        }
    }
}

/// `1 table`, `2 tables`, `1,204 tables`.
#[must_use]
pub(super) fn count(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", figure(count), if count == 1 { one } else { many })
}

/// A number with commas between thousands.
#[must_use]
pub(super) fn figure(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_role_has_words_of_its_own() {
        let words: HashSet<&str> = Role::ALL.into_iter().map(Some).chain([None]).map(role).collect();
        assert_eq!(words.len(), Role::ALL.len() + 1);
    }

    #[test]
    fn counts_are_words() {
        assert_eq!(
            [count(1, "row", "rows"), count(0, "row", "rows"), count(1_204_000, "row", "rows")],
            ["1 row", "0 rows", "1,204,000 rows"]
        );
        assert_eq!([0.9, 0.7, 0.69].map(|surety| Surety::of(surety).word()), ["sure", "likely", "guess"]);
    }
}
