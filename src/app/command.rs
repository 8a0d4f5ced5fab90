//! Every action a user can take, each with its words, its keys and its tooltip.

mod cells;
mod find;
mod keys;
mod menu;

use std::path::PathBuf;

use jiff::civil::Date;

pub use self::{
    cells::OnCells,
    find::Find,
    keys::Shortcut,
    menu::{Menu, MenuEntry, Within},
};

use super::{
    Appearance, Renderer, TextSize,
    arrangement::Filter,
    deleting::Fate,
    file_extension::Written,
    import::{Correct, ReviewPlace, Source},
};
use crate::{
    edit::Change,
    model::{ColumnId, RowId, RowKind, Status, TableId},
    notes::Place,
};

/// What the middle of the window shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    Summary,
    Table(TableId),
}

/// What stands in the pane on the right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pane {
    Details,
    Notes,
}

/// The cell the user is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub table: TableId,
    pub row: RowId,
    /// `None` in a section, whose words are not in columns.
    pub column: Option<ColumnId>,
}

/// One action.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    New,
    Open,
    OpenFiles(Vec<PathBuf>),
    OpenSample,
    /// Reads the workbook again and shows how.
    ReviewImport,
    /// The same of another of the workbooks that the document was read from.
    ReviewWorkbook(Source),
    AddFromWorkbook,
    AddFiles(Vec<PathBuf>),
    /// Reviews a pasted text as a table; an empty one asks the clipboard for it.
    PasteTable(String),
    LookAt(ReviewPlace),
    /// Corrects a table under review, by position.
    CorrectImport(usize, Correct),
    /// Reads the cells that are selected in the sheet under review as a table.
    ReadAsTable,
    /// The name the corrections are remembered under.
    RememberImport(Option<String>),
    /// Forgets the mapping the workbook under review was read by.
    ForgetMapping,
    AcceptImport,
    CancelImport,
    Save,
    SaveAs,
    /// Asks where to save instead of where it was refused, with a file name to begin with.
    SaveElsewhere(String),
    SaveTo(PathBuf),
    /// Writes under a name that was offered instead of the chosen one; one that is taken is asked about.
    WriteInstead(Written, PathBuf),
    ExportReturn,
    /// Asks where the return goes instead of where it was refused.
    ExportElsewhere(String),
    ExportTo(PathBuf),
    /// Whether what is hidden in the workbook is to be in what is about to be written.
    WithHidden(bool),
    /// Goes on to where the return is written.
    WriteReturn,
    /// Goes on to the page that is printed.
    PrintPage,
    /// Writes the return over a file that is there.
    Replace(PathBuf),
    /// Prints what is in view, by way of the browser.
    Print,
    /// Takes a file that is gone off the list of recent ones.
    ForgetRecent(PathBuf),
    /// Closes the bar that says who had a workbook open.
    CloseHeld,
    /// Saves a chart's picture: a file name to begin with, and the PNG.
    SavePicture(String, Vec<u8>),
    PictureTo(PathBuf),
    Quit,
    /// Goes on with what was asked about, leaving unsaved work behind.
    DiscardAndContinue,
    /// Saves first, then goes on with what was asked about.
    SaveAndContinue,
    /// Stays with the document.
    KeepWorking,
    /// Goes on with what was asked about, leaving the import under review behind.
    DiscardImport,
    /// Stays with the import under review.
    KeepReviewing,
    CancelJob,
    DismissError,
    Undo,
    Redo,
    /// Edits as one undo step, with its name.
    Edit(String, Vec<Change>),
    AddAction,
    AddLine,
    AddGroup,
    AddSection,
    DeleteRow,
    /// Deletes the headings that were asked about; what becomes of the rows below them.
    DeleteHeading(Fate),
    MoveRowUp,
    MoveRowDown,
    /// Moves a row of the table in view, with what belongs to it, to stand before another row, or last.
    PlaceRow {
        row: RowId,
        before: Option<RowId>,
    },
    DuplicateRow,
    /// Puts the refs of the approach in order, or of the whole table where that is what is out of order.
    RenumberRefs,
    /// Leaves refs that are out of order.
    LeaveRefs,
    /// Adds a dated update to the comment of the action; an empty one asks for its words.
    AddUpdate(String),
    /// Copies the current column of a KPI table into a new period column.
    RecordPeriod,
    Show(View),
    NextView,
    PreviousView,
    GoTo(Place),
    Select(Cursor),
    Cells(OnCells),
    Find(Find),
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
    NextNote,
    PreviousNote,
    ShowPalette,
    ShowShortcuts,
    ShowLog,
    ShowAbout,
    /// What draws the window from the next start on; `None` is what works best.
    DrawWith(Option<Renderer>),
    /// Brings back the work that a window which ended has left.
    RestoreKept,
    DiscardKept,
    /// Leaves it for another start.
    LeaveKept,
    /// Closes what stands over the window: the palette, the list of shortcuts, what is said about the program.
    CloseHelp,
    /// Something to say in the status bar.
    Say(String),
    Fail(String),
}

/// The commands with a place in a menu, in menu order.
pub const ALL: &[Command] = &[
    Command::New,
    Command::Open,
    Command::OpenSample,
    Command::ReviewImport,
    Command::AddFromWorkbook,
    Command::Save,
    Command::SaveAs,
    Command::ExportReturn,
    Command::Print,
    Command::Quit,
    Command::Undo,
    Command::Redo,
    Command::Cells(OnCells::Cut),
    Command::Cells(OnCells::Copy),
    Command::Cells(OnCells::Paste(String::new())),
    Command::PasteTable(String::new()),
    Command::Cells(OnCells::Clear),
    Command::Cells(OnCells::FillDown),
    Command::Cells(OnCells::FillRight),
    Command::Cells(OnCells::Today),
    Command::Cells(OnCells::SelectAll),
    Command::Cells(OnCells::SelectRow),
    Command::Cells(OnCells::SelectColumn),
    Command::Find(Find::Open),
    Command::Find(Find::OpenReplace),
    Command::Find(Find::Next),
    Command::Find(Find::Previous),
    Command::Cells(OnCells::SetStatus(Status::NotStarted)),
    Command::Cells(OnCells::SetStatus(Status::MajorProblems)),
    Command::Cells(OnCells::SetStatus(Status::MinorProblems)),
    Command::Cells(OnCells::SetStatus(Status::InProgress)),
    Command::Cells(OnCells::SetStatus(Status::Complete)),
    Command::Cells(OnCells::SetLead(None)),
    Command::Cells(OnCells::MoveDates(None)),
    Command::AddAction,
    Command::AddLine,
    Command::AddGroup,
    Command::AddSection,
    Command::DeleteRow,
    Command::MoveRowUp,
    Command::MoveRowDown,
    Command::DuplicateRow,
    Command::RenumberRefs,
    Command::AddUpdate(String::new()),
    Command::RecordPeriod,
    Command::Show(View::Summary),
    Command::NextView,
    Command::PreviousView,
    Command::TogglePane(Pane::Details),
    Command::TogglePane(Pane::Notes),
    Command::ToggleCharts,
    Command::ToggleFilterBar,
    Command::ClearFilter,
    Command::AskAsOf,
    Command::FoldHere,
    Command::FoldAll,
    Command::UnfoldAll,
    Command::NextNote,
    Command::PreviousNote,
    Command::FitColumn(None),
    Command::FreezeTo(None),
    Command::Unfreeze,
    Command::HideColumn(None),
    Command::ShowColumns,
    Command::MoveColumnLeft,
    Command::MoveColumnRight,
    Command::ToggleCompact,
    Command::ZoomIn,
    Command::ZoomOut,
    Command::ZoomUsual,
    Command::SetTextSize(TextSize::Small),
    Command::SetTextSize(TextSize::Usual),
    Command::SetTextSize(TextSize::Large),
    Command::SetTextSize(TextSize::Largest),
    Command::SetAppearance(Appearance::Light),
    Command::SetAppearance(Appearance::Dark),
    Command::SetAppearance(Appearance::HighContrast),
    Command::SetAppearance(Appearance::System),
    Command::ShowPalette,
    Command::ShowShortcuts,
    Command::ShowLog,
    Command::ShowAbout,
];

impl Command {
    /// Its words in a menu or on a button.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "a table of one line a command")]
    pub fn text(&self) -> &'static str {
        match self {
            Self::New => "New plan",
            Self::Open | Self::OpenFiles(_) => "Open…",
            Self::OpenSample => "Open the sample plan",
            Self::ReviewImport | Self::ReviewWorkbook(_) => "Review import…",
            Self::AddFromWorkbook | Self::AddFiles(_) => "Add tables from a workbook…",
            Self::PasteTable(_) => "Paste as a table…",
            Self::LookAt(_) => "ReviewPlace at a table",
            Self::CorrectImport(_, Correct::LeaveOut(true)) => "Leave this table out",
            Self::CorrectImport(_, Correct::LeaveOut(false)) => "Take this table in again",
            Self::CorrectImport(_, Correct::Reset) => "Undo its corrections",
            Self::CorrectImport(_, Correct::Remove) => "Remove this table",
            Self::CorrectImport(..) => "Correct the table",
            Self::ReadAsTable => "Read as a table",
            Self::RememberImport(_) => "Remember these corrections as",
            Self::ForgetMapping => "Forget this mapping",
            Self::AcceptImport => "Accept import",
            Self::CancelImport => "Cancel import",
            Self::Save | Self::SaveTo(_) => "Save",
            Self::SaveAs | Self::SaveElsewhere(_) => "Save as…",
            Self::ExportReturn | Self::ExportTo(_) => "Export return…",
            Self::ExportElsewhere(_) => "Export under another name…",
            Self::WithHidden(_) => "With what is hidden in the workbook",
            Self::WriteReturn => "Write the return…",
            Self::PrintPage => "Print the page",
            Self::Replace(_) => "Replace it",
            Self::Print => "Print…",
            Self::ForgetRecent(_) => "Remove from recent files",
            Self::CloseHeld => "Go on with it",
            Self::SavePicture(..) | Self::PictureTo(_) | Self::WriteInstead(Written::Picture, _) => "Save as PNG",
            Self::WriteInstead(Written::Document, _) => "Save as a plandesk file",
            Self::WriteInstead(Written::Return, _) => "Export the return",
            Self::Quit => "Close plandesk",
            Self::DiscardAndContinue => "Discard changes",
            Self::SaveAndContinue => "Save changes",
            Self::KeepWorking => "Keep working",
            Self::DiscardImport => "Discard",
            Self::KeepReviewing => "Keep reviewing",
            Self::CancelJob => "Cancel",
            Self::DismissError => "Close",
            Self::Undo => "Undo",
            Self::Redo => "Redo",
            Self::Edit(..) => "Edit",
            Self::AddAction => "Add row below",
            Self::AddLine => "Add continuation line",
            Self::AddGroup => "Add group heading",
            Self::AddSection => "Add approach",
            Self::DeleteRow => "Delete row",
            Self::DeleteHeading(fate) => fate.text(),
            Self::MoveRowUp => "Move row up",
            Self::MoveRowDown => "Move row down",
            Self::PlaceRow { .. } => "Move row",
            Self::DuplicateRow => "Duplicate action",
            Self::RenumberRefs => "Renumber refs",
            Self::LeaveRefs => "Leave as they are",
            Self::AddUpdate(_) => "Add update",
            Self::RecordPeriod => "Record current values as a period",
            Self::NextView => "Next table",
            Self::PreviousView => "Previous table",
            Self::Show(View::Summary) => "Summary",
            Self::Show(View::Table(_)) => "Show table",
            Self::GoTo(_) | Self::Select(_) => "Go to cell",
            Self::Cells(command) => command.text(),
            Self::Find(command) => command.text(),
            Self::SetAsOf(Some(_)) => "Judge at this date",
            Self::SetAsOf(None) => "Use review dates",
            Self::AskAsOf => "Date that ends are judged at…",
            Self::ToggleFilterBar => "Filter",
            Self::SetFilter(_) => "Filter rows",
            Self::ClearFilter => "Show all rows",
            Self::Fold(_) | Self::FoldHere => "Close or open this heading",
            Self::FoldAll => "Close all headings",
            Self::UnfoldAll => "Open all headings",
            Self::Sort(_, false) => "Sort A to Z",
            Self::Sort(_, true) => "Sort Z to A",
            Self::TogglePane(Pane::Details) => "Details pane",
            Self::TogglePane(Pane::Notes) => "Notes pane",
            Self::ToggleCharts => "Charts",
            Self::SetAppearance(appearance) => appearance_text(*appearance),
            Self::SetTextSize(size) => size_text(*size),
            Self::ZoomIn => "Zoom in",
            Self::ZoomOut => "Zoom out",
            Self::ZoomUsual => "Zoom to 100 %",
            Self::ToggleCompact => "Compact rows",
            Self::FreezeTo(_) => "Freeze to this column",
            Self::Unfreeze => "Unfreeze",
            Self::MoveColumnLeft => "Move column left",
            Self::MoveColumnRight => "Move column right",
            Self::PlaceColumn { .. } => "Move column",
            Self::HideColumn(_) => "Hide column",
            Self::ShowColumns => "Show hidden columns",
            Self::FitColumn(_) => "Fit column to its texts",
            Self::NextNote => "Next note",
            Self::PreviousNote => "Previous note",
            Self::ShowPalette => "Find a command…",
            Self::ShowShortcuts => "Keyboard shortcuts",
            Self::ShowLog => "Show log",
            Self::ShowAbout => "About plandesk",
            Self::DrawWith(None) => "What works best",
            Self::DrawWith(Some(renderer)) => renderer.words(),
            Self::RestoreKept => "Restore",
            Self::DiscardKept => "Discard them",
            Self::LeaveKept => "Decide later",
            Self::CloseHelp => "Close this",
            Self::Say(_) | Self::Fail(_) => "Message",
        }
    }

    /// Whether it adds, takes away, moves or numbers rows.
    #[must_use]
    pub fn is_on_rows(&self) -> bool {
        matches!(
            self,
            Self::AddAction
                | Self::AddLine
                | Self::AddGroup
                | Self::AddSection
                | Self::DeleteRow
                | Self::DeleteHeading(_)
                | Self::MoveRowUp
                | Self::MoveRowDown
                | Self::PlaceRow { .. }
                | Self::DuplicateRow
                | Self::RenumberRefs
                | Self::LeaveRefs
        )
    }

    /// Whether it is about writing a return or printing a page.
    #[must_use]
    pub fn is_on_publishing(&self) -> bool {
        matches!(
            self,
            Self::ExportReturn
                | Self::ExportElsewhere(_)
                | Self::ExportTo(_)
                | Self::WriteInstead(Written::Return, _)
                | Self::Replace(_)
                | Self::WithHidden(_)
                | Self::WriteReturn
                | Self::Print
                | Self::PrintPage
        )
    }

    /// Whether it is about which rows are in sight, or in which order they stand.
    #[must_use]
    pub fn is_on_sight(&self) -> bool {
        matches!(
            self,
            Self::ToggleFilterBar
                | Self::SetFilter(_)
                | Self::ClearFilter
                | Self::Fold(_)
                | Self::FoldHere
                | Self::FoldAll
                | Self::UnfoldAll
                | Self::Sort(..)
        )
    }

    /// Whether its keys are heard while a cell or a field is typed in.
    #[must_use]
    pub fn is_heard_while_typing(&self) -> bool {
        let files = matches!(self, Self::New | Self::Save | Self::SaveAs | Self::Open | Self::ExportReturn | Self::Print | Self::Quit);
        files || matches!(self, Self::Find(_) | Self::ShowPalette | Self::ShowShortcuts)
    }

    /// What it does, with its keys, for a tooltip.
    #[must_use]
    pub fn tooltip(&self) -> String {
        let what = match self {
            Self::CloseHeld => "Close this message; it stays among the notes",
            Self::New => "Begin a plan with one action to type in",
            Self::Print => "Open the table or the summary in view as a page in your browser, which prints it",
            Self::Open => "Open a workbook or a plandesk file",
            Self::ReviewImport => "See how the workbook was read, and correct it",
            Self::AddFromWorkbook => "Add the tables of another workbook to this document",
            Self::ReadAsTable => "Read the selected cells as a table, the first of their rows as its headings",
            Self::CorrectImport(_, Correct::LeaveOut(true) | Correct::Remove) => "Its cells are then kept in notes",
            Self::CorrectImport(_, Correct::Reset) => "Read it as the program would",
            Self::ForgetMapping => "Read it by the program's own judgement, now and from now on",
            Self::CancelImport => "Leave the document as it was",
            Self::PasteTable(_) => "Read what was copied from a sheet, a document or a page as a table",
            Self::Save => "Save this document",
            Self::ExportReturn => "Write the Excel return for the board",
            Self::AddAction => "Add a row below this one",
            Self::Cells(command) => command.about(),
            Self::AddLine => "Add a line that continues this action",
            Self::DeleteRow => "Delete this row and its continuation lines",
            Self::Sort(_, false) => "Sort the rows of each group by this column, the least first",
            Self::Sort(_, true) => "Sort the rows of each group by this column, the greatest first",
            Self::ToggleFilterBar => "Choose which rows are shown",
            Self::AskAsOf => "Choose the date that tells what is overdue",
            Self::FoldHere => "Close the heading above over its rows, or open it again",
            Self::DuplicateRow => "Copy this action and its continuation lines, not started and without its comments",
            Self::RenumberRefs => "Number the refs in their order; texts that speak of them follow",
            Self::AddUpdate(_) => "Add a dated update to the comment of this action",
            Self::RecordPeriod => "Keep today's values as an earlier period, so that the trend can be drawn",
            Self::ToggleCompact => "Show three lines of each text at most; the details pane has all of it",
            Self::FreezeTo(_) => "Keep the columns up to this one in view",
            Self::Unfreeze => "Let every column scroll",
            Self::HideColumn(_) => "Put this column out of sight; it stays in the document",
            Self::FitColumn(_) => "Make this column as wide as its texts",
            Self::NextNote => "Go to the next cell of this table that has a note",
            Self::PreviousNote => "Go to the cell before this one that has a note",
            Self::ShowLog => "Open the text file in which plandesk writes what went wrong",
            Self::DrawWith(_) => "Draw the window this way from the next start on",
            other => other.text().trim_end_matches('…'),
        };
        match self.shortcut() {
            Some(keys) => format!("{what} ({})", keys.words()),
            None => what.to_owned(),
        }
    }
}

fn appearance_text(appearance: Appearance) -> &'static str {
    match appearance {
        Appearance::Light => "Light theme",
        Appearance::Dark => "Dark theme",
        Appearance::HighContrast => "High contrast theme",
        Appearance::System => "Theme of the system",
    }
}

fn size_text(size: TextSize) -> &'static str {
    match size {
        TextSize::Small => "Small text",
        TextSize::Usual => "Usual text size",
        TextSize::Large => "Large text",
        TextSize::Largest => "Largest text",
    }
}

/// The kind of row a command adds, if it adds one.
#[must_use]
pub fn adds(command: &Command) -> Option<RowKind> {
    match command {
        Command::AddAction => Some(RowKind::Entry),
        Command::AddLine => Some(RowKind::Line),
        Command::AddGroup => Some(RowKind::Group),
        Command::AddSection => Some(RowKind::Section),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_two_commands_share_keys_or_words() {
        let (mut keys, mut words) = (HashSet::new(), HashSet::new());
        for command in ALL {
            assert!(words.insert(command.text()), "{}", command.text());
            if let Some(shortcut) = command.shortcut() {
                assert!(keys.insert(shortcut), "{}", shortcut.words());
            }
        }
    }
}
