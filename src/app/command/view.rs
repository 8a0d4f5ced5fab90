//! The actions on what is looked at and how, each with what it has to say of itself.

use jiff::civil::Date;

use super::{
    Cursor, Pane, View,
    about::{About, Need, about},
    keys::{alt_shift, ctrl, ctrl_alt, ctrl_shift, plain, shift},
};
use crate::{
    model::{ColumnId, RowId},
    notes::Place,
    store::{Appearance, Filter, Renderer, TextSize},
};

/// One action on what is looked at, on which rows and columns are in sight, or on how the window looks.
#[derive(Clone, Debug, PartialEq)]
pub enum ViewCommand {
    Show(View),
    Next,
    Previous,
    GoTo(Place),
    Select(Cursor),
    NextNote,
    PreviousNote,
    /// Judges ends at a date; `None` is each plan's own.
    SetAsOf(Option<Date>),
    /// Asks which date ends are judged at.
    AskAsOf,
    ToggleFilterBar,
    SetFilter(Filter),
    ClearFilter,
    /// Closes a heading over its rows, or opens it again.
    Fold(RowId),
    /// The same for the heading above the cursor.
    FoldHere,
    FoldAll,
    UnfoldAll,
    /// Sorts the rows by a column, the greatest first where it says so.
    Sort(ColumnId, bool),
    TogglePane(Pane),
    ToggleCharts,
    SetAppearance(Appearance),
    SetTextSize(TextSize),
    ZoomIn,
    ZoomOut,
    ZoomUsual,
    /// Three lines of each text at most, or all of it.
    ToggleCompact,
    /// Keeps the columns up to this one in view; `None` is the cursor's.
    FreezeTo(Option<ColumnId>),
    Unfreeze,
    /// Moves the cursor's column past the next one in sight.
    MoveColumnLeft,
    MoveColumnRight,
    /// Moves a column of the table in view to stand before another, or last.
    PlaceColumn {
        column: ColumnId,
        before: Option<ColumnId>,
    },
    /// Puts a column away; `None` is the cursor's.
    HideColumn(Option<ColumnId>),
    ShowColumns,
    /// Makes a column as wide as its texts; `None` is the cursor's.
    FitColumn(Option<ColumnId>),
    /// What draws the window from the next start on; `None` is what works best.
    DrawWith(Option<Renderer>),
}

/// What an action on the cursor's column needs.
const CURSOR_COLUMN: &[Need] = &[Need::Table, Need::Row, Need::Column];

impl ViewCommand {
    /// What it has to say of itself.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "a table of one block a command")]
    pub fn about(&self) -> About {
        match self {
            Self::Show(View::Summary) => about("Summary").letter('S'),
            Self::Show(View::Table(_)) => about("Show table").needs(&[Need::ItsTable]),
            Self::Next => about("Next table").keys(ctrl("PageDown")).letter('B'),
            Self::Previous => about("Previous table").keys(ctrl("PageUp")).letter('V'),
            Self::GoTo(_) | Self::Select(_) => about("Go to cell"),
            Self::NextNote => about("Next note")
                .tooltip("Go to the next cell of this table that has a note")
                .keys(plain("F7"))
                .letter('X')
                .needs(&[Need::Table, Need::Note]),
            Self::PreviousNote => about("Previous note")
                .tooltip("Go to the cell before this one that has a note")
                .keys(shift("F7"))
                .letter('P')
                .needs(&[Need::Table, Need::Note]),
            Self::SetAsOf(Some(_)) => about("Judge at this date"),
            Self::SetAsOf(None) => about("Use review dates"),
            Self::AskAsOf => about("Date that ends are judged at…")
                .tooltip("Choose the date that tells what is overdue")
                .letter('J')
                .needs(&[Need::Plan]),
            Self::ToggleFilterBar => {
                about("Filter").tooltip("Choose which rows are shown").keys(ctrl_shift("L")).letter('F').needs(&[Need::Table])
            }
            Self::SetFilter(_) => about("Filter rows"),
            Self::ClearFilter => about("Show all rows").letter('A').needs(&[Need::Table, Need::Filter]),
            Self::Fold(_) => about("Close or open this heading"),
            Self::FoldHere => about("Close or open this heading")
                .tooltip("Close the heading above over its rows, or open it again")
                .keys(alt_shift("Left"))
                .letter('H')
                .needs(&[Need::Table, Need::Row]),
            Self::FoldAll => about("Close all headings").letter('L').needs(&[Need::Table]),
            Self::UnfoldAll => about("Open all headings").letter('O').needs(&[Need::Table]),
            Self::Sort(_, false) => about("Sort A to Z").tooltip("Sort the rows of each group by this column, the least first"),
            Self::Sort(_, true) => about("Sort Z to A").tooltip("Sort the rows of each group by this column, the greatest first"),
            Self::TogglePane(Pane::Details) => about("Details pane").keys(ctrl_shift("D")).letter('D'),
            Self::TogglePane(Pane::Notes) => about("Notes pane").keys(ctrl_shift("M")).letter('N'),
            Self::ToggleCharts => about("Charts")
                .tooltip("Show the charts of this table below it, or the timeline of this plan")
                .keys(ctrl_shift("K"))
                .letter('C')
                .needs(&[Need::Charts]),
            Self::SetAppearance(Appearance::Light) => about("Light theme").letter('L'),
            Self::SetAppearance(Appearance::Dark) => about("Dark theme").letter('D'),
            Self::SetAppearance(Appearance::HighContrast) => about("High contrast theme").letter('H'),
            Self::SetAppearance(Appearance::System) => about("Theme of the system").letter('S'),
            Self::SetTextSize(TextSize::Small) => about("Small text").letter('S'),
            Self::SetTextSize(TextSize::Usual) => about("Usual text size").letter('U'),
            Self::SetTextSize(TextSize::Large) => about("Large text").letter('L'),
            Self::SetTextSize(TextSize::Largest) => about("Largest text").letter('G'),
            Self::ZoomIn => about("Zoom in").keys(ctrl_alt("Plus")).letter('I'),
            Self::ZoomOut => about("Zoom out").keys(ctrl_alt("Minus")).letter('O'),
            Self::ZoomUsual => about("Zoom to 100 %").keys(ctrl_alt("0")).letter('1'),
            Self::ToggleCompact => {
                about("Compact rows").tooltip("Show three lines of each text at most; the details pane has all of it").letter('M')
            }
            Self::FreezeTo(column) => about("Freeze to this column")
                .tooltip("Keep the columns up to this one in view")
                .letter('Z')
                .needs(needs_of_column(*column)),
            Self::Unfreeze => about("Unfreeze").tooltip("Let every column scroll").letter('U').needs(&[Need::Table, Need::FrozenColumn]),
            Self::MoveColumnLeft => about("Move column left").letter('L').needs(CURSOR_COLUMN),
            Self::MoveColumnRight => about("Move column right").letter('R').needs(CURSOR_COLUMN),
            Self::PlaceColumn { .. } => about("Move column"),
            Self::HideColumn(column) => about("Hide column")
                .tooltip("Put this column out of sight; it stays in the document")
                .letter('H')
                .needs(needs_of_column(*column)),
            Self::ShowColumns => about("Show hidden columns").letter('S').needs(&[Need::Table, Need::HiddenColumn]),
            Self::FitColumn(column) => about("Fit column to its texts")
                .tooltip("Make this column as wide as its texts")
                .letter('F')
                .needs(needs_of_column(*column)),
            Self::DrawWith(renderer) => about(renderer.map_or("What works best", Renderer::words))
                .tooltip("Draw the window this way from the next start on")
                .letter(renderer.map_or('W', letter_of)),
        }
    }
}

fn needs_of_column(column: Option<ColumnId>) -> &'static [Need] {
    if column.is_some() { &[Need::Table] } else { CURSOR_COLUMN }
}

fn letter_of(renderer: Renderer) -> char {
    match renderer {
        Renderer::Dx12 => 'D',
        Renderer::Dx12Software => '1',
        Renderer::Vulkan => 'V',
        Renderer::Opengl => 'O',
        Renderer::VulkanSoftware => 'U',
        Renderer::OpenglSoftware => 'P',
        Renderer::Processor => 'T',
    }
}
