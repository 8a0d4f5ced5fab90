//! What is looked at, and how: the table in view, the cursor, what is selected, looked for and filtered. Changes no document.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::{
    app::{
        arrangement::{Arrangement, Sight},
        command::{Cursor, Pane, View},
        find::Finding,
        range::{Copied, Selection, tally::Tally},
    },
    model::{ColumnId, TableId, TableKind},
    store::{self, Renderer},
};

/// What draws the window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawnBy {
    pub renderer: Renderer,
    /// What the driver calls the graphics card, or the program that stands in for one.
    pub device: String,
    pub software: bool,
}

/// What is looked at.
#[derive(Debug)]
pub struct ViewState {
    /// What the middle of the window shows.
    pub(in crate::app) shown: View,
    pub(in crate::app) cursor: Option<Cursor>,
    /// How the rows of each table are shown.
    pub(in crate::app) arrangements: HashMap<TableId, Arrangement>,
    pub(in crate::app) sight: Sight,
    /// Whether the filter stands above the grid.
    pub(in crate::app) filter_bar: bool,
    /// Whether the keyboard is to go to the filter.
    pub(in crate::app) wants_filter: bool,
    /// What is selected beside the cursor's cell; see `selected`.
    pub(in crate::app) selection: Option<Selection>,
    pub(in crate::app) tally: Tally,
    /// The last cells copied here, with the text they were put on the clipboard as.
    pub(in crate::app) copied: Option<Copied>,
    /// What waits to be put on the clipboard.
    pub(in crate::app) to_clipboard: Option<Copied>,
    /// What is looked for, while it is.
    pub(in crate::app) finding: Option<Finding>,
    /// The date given here to judge ends at, instead of review dates.
    pub(in crate::app) as_of: Option<Date>,
    pub(in crate::app) pane: Option<Pane>,
    pub(in crate::app) charts: bool,
    /// Whether the timeline stands below a plan.
    pub(in crate::app) timeline: bool,
    /// A column to be made as wide as its texts once the grid, which can measure them, is drawn.
    pub(in crate::app) wants_fit: Option<ColumnId>,
    /// How often the words of an update were asked for, which the details then do.
    pub(in crate::app) updates_asked: u64,
    /// Whether the system shows strong contrasts.
    pub(in crate::app) high_contrast: bool,
    /// What draws the window, once it is known.
    pub(in crate::app) drawn_by: Option<DrawnBy>,
}

impl ViewState {
    /// What the middle of the window shows.
    #[must_use]
    pub fn shown(&self) -> View {
        self.shown
    }

    /// The cell the cursor is in.
    #[must_use]
    pub fn cursor(&self) -> Option<Cursor> {
        self.cursor
    }

    /// Whether the filter stands above the grid.
    #[must_use]
    pub fn has_filter_bar(&self) -> bool {
        self.filter_bar
    }

    /// How much is selected.
    #[must_use]
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// What is looked for, while it is.
    #[must_use]
    pub fn finding(&self) -> Option<&Finding> {
        self.finding.as_ref()
    }

    /// The date given here to judge ends at, instead of review dates.
    #[must_use]
    pub fn as_of(&self) -> Option<Date> {
        self.as_of
    }

    /// What stands in the pane on the right.
    #[must_use]
    pub fn pane(&self) -> Option<Pane> {
        self.pane
    }

    /// Whether charts stand below a table of a kind: below a plan they are asked for.
    #[must_use]
    pub fn shows_charts(&self, kind: TableKind) -> bool {
        match kind {
            TableKind::Kpi | TableKind::History => self.charts,
            TableKind::Plan => self.timeline,
            TableKind::Register => false,
        }
    }

    /// Shows the charts of a table, or puts them away.
    pub(in crate::app) fn toggle_charts(&mut self, kind: TableKind) {
        match kind {
            TableKind::Kpi | TableKind::History => self.charts = !self.charts,
            TableKind::Plan => self.timeline = !self.timeline,
            TableKind::Register => {}
        }
    }

    /// How often the words of an update were asked for, which the details then do.
    #[must_use]
    pub fn updates_asked(&self) -> u64 {
        self.updates_asked
    }

    pub(super) fn new() -> Self {
        Self {
            shown: View::Summary,
            cursor: None,
            arrangements: HashMap::new(),
            sight: Sight::default(),
            filter_bar: false,
            wants_filter: false,
            selection: None,
            tally: Tally::default(),
            copied: None,
            to_clipboard: None,
            finding: None,
            as_of: None,
            pane: None,
            charts: true,
            timeline: false,
            wants_fit: None,
            updates_asked: 0,
            high_contrast: store::high_contrast(),
            drawn_by: None,
        }
    }

    /// Opens a pane, or closes it where it is open.
    pub(in crate::app) fn toggle_pane(&mut self, pane: Pane) {
        self.pane = if self.pane == Some(pane) { None } else { Some(pane) };
    }

    /// Moves the cursor, and lets go of what was selected.
    pub(in crate::app) fn select(&mut self, cursor: Cursor) {
        (self.cursor, self.selection) = (Some(cursor), None);
    }

    /// Keeps what draws the window, once it is known.
    pub fn tell_drawn_by(&mut self, drawn_by: DrawnBy) {
        self.drawn_by = Some(drawn_by);
    }

    /// Takes what waits to be put on the clipboard.
    pub fn take_copied(&mut self) -> Option<Copied> {
        self.to_clipboard.take()
    }

    /// Whether the keyboard was to go to the filter, which it now has.
    pub fn take_wanted_filter(&mut self) -> bool {
        std::mem::take(&mut self.wants_filter)
    }

    /// Takes the column that was to be made as wide as its texts.
    pub fn take_wanted_fit(&mut self) -> Option<ColumnId> {
        self.wants_fit.take()
    }

    /// Asks again whether the system shows strong contrasts, as after something else had the keyboard.
    pub fn look_at_system(&mut self) {
        self.tell_high_contrast(store::high_contrast());
    }

    /// Keeps whether the system shows strong contrasts.
    pub fn tell_high_contrast(&mut self, strong: bool) {
        self.high_contrast = strong;
    }
}
