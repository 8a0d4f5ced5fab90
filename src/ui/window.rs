//! The window: what stands where, and the way from keys and clicks to commands.

use std::{
    collections::{BTreeSet, HashMap},
    path::PathBuf,
};

use eframe::egui::{self, CentralPanel, Event, Frame, Key, Margin, Modifiers, Panel, Popup, Ui, ViewportCommand};
use egui_winit::winit;

use super::{
    access_keys::Letters,
    cell_marks::CellMarks,
    clipboard::Clipboard,
    dialogs::{self, files::Files},
    entries::WhyNot,
    find_bar::FindBar,
    focus,
    grid::{self, GridView},
    import::{self, ImportView},
    panels::{self, charts::ChartsPanel, details::DetailsPanel, notes::NotesPanel},
    placement::Placement,
    queue::{Keyboard, Queue},
    shortcuts,
    theme::{self, Theme},
};
use crate::{
    app::{
        command::{ALL, CellCommand, Command, FileCommand, HelpCommand, ImportCommand, Pane, View},
        instance_inbox::InstanceInbox,
        jobs::Wake,
        state::State,
    },
    insight::Rating,
    model::{ColumnId, RowId, Table, TableId},
    store::{Appearance, Folder, OpenText, TextSize},
};

/// The program's window.
#[derive(Debug)]
pub struct Window {
    pub state: State,
    grids: HashMap<TableId, GridView>,
    cell_marks: CellMarks,
    notes: NotesPanel,
    details: DetailsPanel,
    grids_of: u64,
    charts: ChartsPanel,
    import: ImportView,
    /// Whether the clipboard was asked for the table that is waited for.
    asked_to_paste: bool,
    files: Files,
    /// What later starts ask of this window.
    pub calls: InstanceInbox,
    /// The files they brought.
    called: Vec<Vec<PathBuf>>,
    /// Whether the window was to be closed, which the next pass asks about.
    asked_to_close: bool,
    /// Where copied cells go.
    pub(super) clipboard: Clipboard,
    find: FindBar,
    letters: Letters,
    placement: Placement,
    title: String,
    shown: Option<(Appearance, TextSize)>,
    finder: dialogs::help::Finder,
    /// The header field being typed in the summary.
    draft: panels::summary::Draft,
}

impl Window {
    /// A window with the sample open, or with files that are opened at once.
    #[must_use]
    pub fn new(ctx: &egui::Context, folder: Folder, files: Files, open: Vec<PathBuf>) -> Self {
        theme::install(ctx);
        ctx.add_plugin(Queue::default());
        let waker = ctx.clone();
        let mut state = State::new(folder, Wake(std::sync::Arc::new(move || waker.request_repaint())));
        if !open.is_empty() {
            state.run(Command::File(FileCommand::OpenFiles(open)));
        }
        Self {
            state,
            grids: HashMap::new(),
            grids_of: Default::default(),
            cell_marks: CellMarks::default(),
            notes: NotesPanel::default(),
            details: DetailsPanel::default(),
            charts: ChartsPanel::default(),
            import: ImportView::default(),
            asked_to_paste: false,
            files,
            calls: InstanceInbox::default(),
            called: Vec::new(),
            asked_to_close: false,
            clipboard: Clipboard::default(),
            find: FindBar::default(),
            letters: Letters::default(),
            placement: Placement::default(),
            title: String::new(),
            shown: None,
            finder: Default::default(),
            draft: Default::default(),
        }
    }

    fn is_editing(&self) -> bool {
        self.state.table_id().and_then(|id| self.grids.get(&id)).is_some_and(GridView::is_editing)
    }

    /// Whether something stands over the window and has the keys to itself.
    fn is_asking(&self) -> bool {
        self.state.prompts.ask().is_some()
            || self.state.prompts.failed().is_some()
            || self.state.prompts.help().is_some()
            || self.files.is_typing()
    }

    /// Commands from keys that mean the same everywhere.
    fn shortcuts(&self, ui: &Ui) -> Vec<Command> {
        if self.is_asking() {
            return Vec::new();
        }
        let reviewing = self.state.review.import().is_some();
        let editing = self.is_editing();
        let typing = editing || ui.memory(|memory| memory.focused().is_some_and(|id| id != grid::id())) && ui.ctx().text_edit_focused();
        // F6 leads from anywhere back to the grid; there, it leads on to the rest of the window. In a review it leads to the sheet and the preview.
        let in_grid = ui.memory(|memory| memory.has_focus(grid::id()));
        let next = if reviewing { Some(import::next_part(ui)) } else { (!in_grid).then(grid::id) };
        if let Some(next) = next
            && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::F6))
        {
            ui.memory_mut(|memory| memory.request_focus(next));
        }
        let mut commands = Vec::new();
        for (keys, command) in ALL.iter().filter_map(|command| Some((command.shortcut()?, command))) {
            let about = command.about();
            if typing && !about.is_heard_while_typing {
                continue;
            }
            if reviewing
                && !matches!(
                    command,
                    Command::File(FileCommand::New | FileCommand::Open | FileCommand::Quit)
                        | Command::Help(HelpCommand::ShowPalette | HelpCommand::ShowShortcuts)
                )
            {
                continue;
            }
            if matches!(command, Command::Cells(_)) && (!in_grid || about.is_read_by_grid) {
                continue;
            }
            if shortcuts::take(ui, keys) {
                commands.push(command.clone());
            }
        }
        commands
    }

    /// Keeps what is being typed, so that saving, exporting or closing does not pass it by.
    fn keep_edit(&mut self) -> Vec<Command> {
        let View::Table(id) = self.state.view.shown() else {
            let tables = &self.state.workspace.document().tables;
            let field = tables.iter().find_map(|table| panels::summary::keep(table, &mut self.draft));
            let marking = panels::summary::keep_marking(self.state.workspace.document(), &mut self.draft);
            return field.into_iter().chain(marking).collect();
        };
        let (Some(table), Some(grid)) = (self.state.workspace.document().table(id), self.grids.get_mut(&id)) else { return Vec::new() };
        if let Some(kept) = panels::details::keep(&mut self.details, table) {
            return vec![kept];
        }
        let (marks, ratings, closed) = Default::default();
        let shown = grid::Shown { pattern: None, out_of_sight: &[], ..shown(&self.state, table, &marks, &ratings, &closed, &|_| None) };
        grid.keep_edit(&shown)
    }

    /// What is being typed and stands in no cell yet.
    fn open_texts(&self) -> Vec<OpenText> {
        let document = self.state.workspace.document();
        let of_grid = |(id, grid): (&TableId, &GridView)| grid.open_text(document.table(*id)?);
        let grids = self.grids.iter().filter_map(of_grid);
        grids.chain(self.draft.open_texts(document)).chain(self.details.open_texts(document)).collect()
    }

    /// Opens the editors again that a window which ended had open.
    fn reopen(&mut self) {
        for text in self.state.workspace.take_again() {
            match text {
                OpenText::Cell { table: id, row, column, field, text, choice } => {
                    let Some(table) = self.state.workspace.document().table(id) else { continue };
                    let (marks, ratings, closed) = Default::default();
                    let shown = shown(&self.state, table, &marks, &ratings, &closed, &|_| None);
                    self.grids.entry(id).or_default().reopen(&shown, (row, column, field), text, choice);
                }
                OpenText::Detail { table, row, column, text } => self.details.reopen_field((table, row, column), text),
                OpenText::Update { table, row, text } => self.details.reopen_update((table, row), text),
                OpenText::Header { table, at, text } => self.draft.reopen_field(table, at, text),
                OpenText::Marking { text } => self.draft.reopen_marking(text),
            }
        }
    }

    /// A table on the clipboard: one that was asked for, or one pasted where no cell and no field takes it.
    fn pasted(&mut self, ui: &Ui) -> Option<Command> {
        if self.is_asking() {
            return None;
        }
        let wanted = self.state.review.wants_paste();
        if wanted && !std::mem::replace(&mut self.asked_to_paste, true) {
            ui.ctx().send_viewport_cmd(ViewportCommand::RequestPaste);
        }
        let free = !self.is_editing() && !ui.ctx().text_edit_focused() && ui.memory(|memory| !memory.has_focus(grid::id()));
        let is_table = |text: &str| text.lines().filter(|line| line.contains('\t')).nth(1).is_some();
        let at = ui
            .input(|input| input.events.iter().position(|event| matches!(event, Event::Paste(text) if wanted || (free && is_table(text)))));
        // Whoever goes on with something else has nothing on the clipboard.
        let gone_on = ui.input(|input| input.events.iter().any(|event| matches!(event, Event::Key { .. } | Event::PointerButton { .. })));
        if at.is_some() || gone_on {
            self.state.review.stop_waiting_for_paste();
            self.asked_to_paste = false;
        }
        match at.map(|at| ui.input_mut(|input| input.events.remove(at))) {
            Some(Event::Paste(text)) => Some(Command::Import(ImportCommand::PasteTable(text))),
            _ => None,
        }
    }

    /// Files dropped on the window or given by a later start, and the wish to close it.
    fn outside(&mut self, ui: &Ui) -> Vec<Command> {
        let mut commands = Vec::new();
        let dropped: Vec<PathBuf> = ui.input(|input| input.raw.dropped_files.iter().map(dialogs::files::path_of).collect());
        if !dropped.is_empty() {
            commands.push(Command::File(FileCommand::OpenFiles(dropped)));
        }
        commands.extend(self.called.drain(..).map(|paths| Command::File(FileCommand::OpenFiles(paths))));
        if std::mem::take(&mut self.asked_to_close) {
            commands.push(Command::File(FileCommand::Quit));
        }
        commands
    }

    fn apply_appearance(&mut self, ctx: &egui::Context) {
        let title = self.state.workspace.title();
        if self.title != title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
        if ctx.input(|input| input.events.iter().any(|event| matches!(event, Event::WindowFocused(true)))) {
            self.state.view.look_at_system();
            self.state.look_at_file_soon();
        }
        let (appearance, size) = (self.state.appearance(), self.state.remembered.settings().text_size);
        if self.shown != Some((appearance, size)) {
            self.shown = Some((appearance, size));
            theme::choose(ctx, appearance, size.factor());
        }
        // A new document begins with grids of its own.
        if self.grids_of != self.state.workspace.document_number() {
            self.grids_of = self.state.workspace.document_number();
            self.grids.clear();
            self.details = DetailsPanel::default();
            self.draft = Default::default();
        }
        if self.state.tasks.is_closing() {
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
    }

    /// Hears later starts of the program and the wish to close it, also while the window is hidden.
    pub fn hear_starts(&mut self, ctx: &egui::Context) {
        if ctx.input(|input| input.viewport().close_requested()) && !self.state.tasks.is_closing() {
            // It closes by the command, once nothing is under way and nothing is left to be asked, which is to be seen.
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            if ctx.input(|input| input.viewport().minimized) == Some(true) {
                ctx.send_viewport_cmd(ViewportCommand::Minimized(false));
                ctx.send_viewport_cmd(ViewportCommand::Focus);
            }
            self.asked_to_close = true;
            ctx.request_repaint();
        }
        for files in self.calls.take() {
            ctx.send_viewport_cmd(ViewportCommand::Minimized(false));
            ctx.send_viewport_cmd(ViewportCommand::Focus);
            if !files.is_empty() {
                self.called.push(files);
            }
        }
    }

    /// Draws everything, and keeps watch of where the system's window stands, where there is one.
    pub fn show(&mut self, ui: &mut Ui, window: Option<&winit::window::Window>) {
        self.draw(ui);
        if let Some(window) = window {
            self.placement.follow(ui.ctx(), window, &mut self.state);
        }
    }

    /// Draws everything and does what its user asked for.
    pub fn draw(&mut self, ui: &mut Ui) {
        self.state.poll();
        self.apply_appearance(ui.ctx());
        self.reopen();
        let theme = Theme::of(ui.ctx(), self.state.appearance());
        let mut commands = self.outside(ui);
        if self.is_asking() {
            self.letters = Letters::default();
        } else {
            self.letters.read(ui);
        }
        commands.extend(self.pasted(ui));
        commands.extend(self.shortcuts(ui));
        if !commands.is_empty() {
            let kept = self.keep_edit();
            commands.splice(0..0, kept);
            // What follows asks whether anything is unsaved.
            let texts = self.open_texts();
            self.state.set_texts(texts);
        }
        let bar = |margin: Margin| Frame::new().fill(theme.panel).inner_margin(margin);
        Panel::top("menu")
            .frame(bar(Margin::symmetric(8, 2)))
            .show(ui, |ui| panels::menu::show(ui, &self.state, &mut self.letters, &mut commands));
        match self.state.review.import() {
            Some(import) => self.import.show(ui, &theme, &self.state, import, &mut commands),
            None => {
                // A review begins anew each time.
                self.import = ImportView::default();
                self.draw_document(ui, &theme, &mut commands);
            }
        }
        dialogs::show(ui.ctx(), &theme, &mut self.state, &mut self.files, &mut commands);
        dialogs::help::show(&mut self.finder, ui.ctx(), &theme, &self.state, &mut commands);
        if !commands.is_empty() {
            // What they change is drawn at once, not with the next key.
            ui.ctx().request_repaint();
        }
        if commands
            .iter()
            .any(|command| matches!(command, Command::File(FileCommand::Save | FileCommand::SaveAs | FileCommand::SaveAndContinue)))
        {
            commands.splice(0..0, self.details.keep_updates(self.state.workspace.document()));
        }
        for command in commands {
            match command {
                // The clipboard answers with what it holds, which the grid then pastes.
                Command::Cells(CellCommand::Paste(text)) if text.is_empty() => {
                    ui.memory_mut(|memory| memory.request_focus(grid::id()));
                    ui.ctx().send_viewport_cmd(ViewportCommand::RequestPaste);
                }
                command => self.state.run(command),
            }
        }
        if let Some(Err(why)) = self.state.tasks.take_page().map(|page| self.files.open(&page)) {
            self.state.run(Command::Help(HelpCommand::Say(String::new())));
            self.state.run(Command::Help(HelpCommand::Fail(why)));
        }
        if let Some(copied) = self.state.view.take_copied() {
            self.clipboard.put(ui.ctx(), &copied);
        }
        let texts = self.open_texts();
        if self.state.set_texts(texts) {
            ui.ctx().request_repaint();
        }
        Queue::set_keyboard(ui.ctx(), self.keyboard(ui));
    }

    /// What has the keyboard now.
    fn keyboard(&self, ui: &Ui) -> Keyboard {
        if self.letters.are_open() || Popup::is_any_open(ui.ctx()) {
            return Keyboard::Widgets;
        }
        let in_grid = ui.memory(|memory| memory.has_focus(grid::id())) && !self.is_asking() && self.state.review.import().is_none();
        let grid = self.state.table_id().and_then(|id| self.grids.get(&id));
        match (in_grid, grid.is_some_and(GridView::is_editing)) {
            (true, false) => Keyboard::Cells,
            (true, true) if grid.is_some_and(GridView::is_choosing) => Keyboard::List,
            (true, true) => Keyboard::Text,
            (false, _) if ui.ctx().text_edit_focused() => Keyboard::Text,
            (false, _) => Keyboard::Widgets,
        }
    }

    /// The document with everything around it.
    fn draw_document(&mut self, ui: &mut Ui, theme: &Theme, commands: &mut Vec<Command>) {
        let bar = |margin: Margin| Frame::new().fill(theme.panel).inner_margin(margin);
        Panel::top("toolbar").frame(bar(Margin::symmetric(8, 4))).show(ui, |ui| panels::toolbar::show(ui, theme, &self.state, commands));
        Panel::bottom("status")
            .frame(bar(Margin::symmetric(12, 4)))
            .show(ui, |ui| panels::status_bar::show(ui, theme, &self.state, commands));
        if self.state.prompts.held().is_some() {
            Panel::top("held").frame(Frame::new()).show(ui, |ui| panels::lock_banner::show(ui, theme, &self.state, commands));
        }
        // A small or much enlarged window leaves the greater part to the grid.
        let wide = ui.ctx().content_rect().width();
        let side = Panel::left("sidebar").exact_size((wide * 0.25).clamp(140.0, 240.0)).resizable(false).frame(bar(Margin::same(8)));
        side.show(ui, |ui| panels::sidebar::show(ui, theme, &self.state, commands));
        if let Some(pane) = self.state.view.pane() {
            let right = Panel::right("pane")
                .default_size(340.0)
                .size_range((wide * 0.3).min(260.0)..=(wide * 0.4).min(520.0))
                .frame(bar(Margin::same(0)));
            right.show(ui, |ui| match pane {
                Pane::Notes => panels::notes::show(&mut self.notes, ui, theme, &self.state, commands),
                Pane::Details => panels::details::show(&mut self.details, ui, theme, &self.state, commands),
            });
        }
        match self.state.view.shown() {
            View::Summary => {
                let middle = CentralPanel::default().frame(Frame::new().fill(theme.background));
                middle.show(ui, |ui| panels::summary::show(ui, theme, &self.state, &mut self.draft, commands));
            }
            View::Table(id) => self.draw_table(ui, theme, id, commands),
        }
        focus::edge(ui, "pane");
        focus::edge(ui, "charts");
    }

    fn draw_table(&mut self, ui: &mut Ui, theme: &Theme, id: TableId, commands: &mut Vec<Command>) {
        self.charts.show(ui, theme, &self.state, commands);
        let frame = Frame::new().fill(theme.background);
        CentralPanel::default().frame(frame).show(ui, |ui| {
            let Some(table) = self.state.workspace.document().table(id) else {
                ui.centered_and_justified(|ui| ui.label("This table is gone. Choose another on the left."));
                return;
            };
            panels::table_title::show(ui, theme, &self.state, table, commands);
            panels::filter::show(ui, theme, &self.state, table, commands);
            if self.state.view.take_wanted_filter() {
                ui.memory_mut(|memory| memory.request_focus(panels::filter::words_id()));
            }
            self.find.show(ui, theme, &self.state, commands);
            panels::renumber::show(ui, theme, &self.state, table, commands);
            self.cell_marks.update(&self.state, table);
            let CellMarks { marks, ratings, .. } = &self.cell_marks;
            let none = BTreeSet::new();
            let fit = self.state.view.take_wanted_fit();
            let closed = self.state.arrangement().map_or(&none, |arrangement| &arrangement.closed);
            let why_not = |command: &Command| self.state.why_not(command);
            let shown = shown(&self.state, table, marks, ratings, closed, &why_not);
            let grid = self.grids.entry(id).or_default();
            commands.extend(grid.show(ui, theme, &shown));
            commands.extend(fit.and_then(|column| grid.fit_column(ui, &shown, column)));
        });
    }
}

/// What the grid shows of a table.
fn shown<'a>(
    state: &'a State,
    table: &'a Table,
    marks: &'a grid::Marks,
    ratings: &'a HashMap<RowId, (Rating, Option<ColumnId>)>,
    closed: &'a BTreeSet<RowId>,
    why_not: WhyNot<'a>,
) -> grid::Shown<'a> {
    grid::Shown {
        document: state.workspace.document(),
        table,
        revision: state.workspace.revision(),
        cursor: state.view.cursor(),
        selection: state.selected(),
        pattern: state.view.finding().and_then(|finding| finding.pattern.as_ref()),
        zoom: state.remembered.settings().zoom.factor(),
        compact: state.remembered.settings().compact_rows,
        view: state.view_of(table),
        marks,
        ratings,
        out_of_sight: &state.out_of_sight().rows,
        closed,
        why_not,
    }
}
