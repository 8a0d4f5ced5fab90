//! What every action has to say of itself: its words, its keys, its letter, what it needs. Says it of none.

use super::Shortcut;

/// What an action has to say of itself; one expression of each, beside its variant.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// Its words in a menu or on a button.
    pub text: &'static str,
    /// What it does, where its words do not say it all.
    tooltip: Option<&'static str>,
    pub shortcut: Option<Shortcut>,
    /// The letter that chooses it in its menu, if it stands in one.
    pub letter: Option<char>,
    /// What it needs to be done; the first that is missing is said.
    pub needs: &'static [Need],
    /// Whether its keys are heard while a cell or a field is typed in.
    pub is_heard_while_typing: bool,
    /// Whether the grid reads its keys itself.
    pub is_read_by_grid: bool,
}

/// Something an action needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Something that was done.
    Done,
    /// Something that was undone.
    Undone,
    /// Any table in the document.
    AnyTable,
    /// A plan in the document.
    Plan,
    /// The table it names.
    ItsTable,
    /// A table in view; the needs below are about it.
    Table,
    /// The cursor in it.
    Row,
    /// The cursor in an action.
    Action,
    /// The cursor in an action with a comment.
    Comment,
    /// The cursor in a column.
    Column,
    /// A cell, or the words of an approach.
    CellOrWords,
    Cells,
    Refs,
    Statuses,
    Leads,
    /// The cursor in a KPI.
    Kpi,
    /// A tracker, or values that are kept for a period.
    Periods,
    Charts,
    Filter,
    FrozenColumn,
    HiddenColumn,
    Note,
    /// Something that is looked for.
    Query,
    /// A summary in the workbook that states counts.
    Summary,
    /// A save into a workbook.
    Receipt,
    /// A plan or KPIs in the document.
    Reporting,
    /// A return that was frozen.
    Frozen,
}

impl Need {
    /// Why an action cannot be done without it.
    #[must_use]
    pub fn why_not(self) -> &'static str {
        match self {
            Self::Done => "Nothing was done yet",
            Self::Undone => "Nothing was undone",
            Self::AnyTable => "Nothing is open",
            Self::Plan => "There is no plan here",
            Self::ItsTable => "This table is gone",
            Self::Table => "Open a table first",
            Self::Row => "Choose a row first",
            Self::Action => "Only an action is duplicated",
            Self::Comment => "There is no comment here",
            Self::Column | Self::CellOrWords | Self::Cells => "Choose a cell first",
            Self::Refs => "There is no column of refs",
            Self::Statuses => "There is no column of statuses",
            Self::Leads => "There is no column of leads",
            Self::Kpi => "Only a KPI has a better way",
            Self::Periods => "Only a tracker, or a KPI table with current values, keeps periods",
            Self::Charts => "Only KPIs and the progress history have charts",
            Self::Filter => "Nothing is filtered",
            Self::FrozenColumn => "No column is frozen",
            Self::HiddenColumn => "No column is hidden",
            Self::Note => "No cell of this table has a note",
            Self::Query => "Nothing is looked for yet",
            Self::Summary => "This table has no summary of its own that states counts",
            Self::Receipt => "Save into a workbook first",
            Self::Reporting => "There is neither a plan nor a KPI here to report on",
            Self::Frozen => "Close a period first",
        }
    }
}

/// What an action has to say that has nothing but its words.
pub(super) const fn about(text: &'static str) -> About {
    About { text, tooltip: None, shortcut: None, letter: None, needs: &[], is_heard_while_typing: false, is_read_by_grid: false }
}

impl About {
    pub(super) const fn tooltip(self, what: &'static str) -> Self {
        Self { tooltip: Some(what), ..self }
    }

    pub(super) const fn keys(self, shortcut: Shortcut) -> Self {
        Self { shortcut: Some(shortcut), ..self }
    }

    pub(super) const fn letter(self, letter: char) -> Self {
        Self { letter: Some(letter), ..self }
    }

    pub(super) const fn needs(self, needs: &'static [Need]) -> Self {
        Self { needs, ..self }
    }

    pub(super) const fn heard_while_typing(self) -> Self {
        Self { is_heard_while_typing: true, ..self }
    }

    pub(super) const fn read_by_grid(self) -> Self {
        Self { is_read_by_grid: true, ..self }
    }

    /// What it does, with its keys.
    pub(super) fn whole_tooltip(self) -> String {
        let what = self.tooltip.unwrap_or(self.text.trim_end_matches('…'));
        match self.shortcut {
            Some(keys) => format!("{what} ({})", keys.words()),
            None => what.to_owned(),
        }
    }
}
