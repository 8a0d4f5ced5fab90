//! What the cells of all sheets may take together, spent while they are read. Knows no cell and no sheet.

use super::{
    MAX_ATTACHED, MAX_ATTACHED_TEXT, MAX_CELL_TEXT, MAX_CELLS, MAX_CHOICES, MAX_HIDDEN, MAX_MERGES, MAX_NAMES, MAX_OFFERED, MAX_ROWS,
    MAX_RULES, MAX_TEXT, OpenError, grouped,
};
use crate::notes::{Code, Note, Place, Severity};

/// What has been read. A text that many cells share is small in the file and large in a grid, so only this bounds it.
#[derive(Debug, Default)]
pub struct Budget {
    cells: usize,
    text: usize,
    longest: usize,
    rows: usize,
    beside: [Spent; Beside::ALL.len()],
}

/// How much was taken of one thing, and how much was left out.
#[derive(Clone, Copy, Debug, Default)]
struct Spent {
    taken: usize,
    cut: usize,
}

/// What stands beside the texts of cells. Past its limit it is left out, and a note says so: the cells are worth reading without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    Merges,
    Attached,
    AttachedText,
    Offered,
    Choices,
    Rules,
    Names,
    Hidden,
}

impl Beside {
    const ALL: [Self; 8] =
        [Self::Merges, Self::Attached, Self::AttachedText, Self::Offered, Self::Choices, Self::Rules, Self::Names, Self::Hidden];

    fn most(self) -> usize {
        match self {
            Self::Merges => MAX_MERGES,
            Self::Attached => MAX_ATTACHED,
            Self::AttachedText => MAX_ATTACHED_TEXT,
            Self::Offered => MAX_OFFERED,
            Self::Choices => MAX_CHOICES,
            Self::Rules => MAX_RULES,
            Self::Names => MAX_NAMES,
            Self::Hidden => MAX_HIDDEN,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Merges => "columns in merged ranges",
            Self::Attached => "notes, comments and links on its cells",
            Self::AttachedText => "letters in the notes on its cells",
            Self::Offered => "ranges with lists of choices",
            Self::Choices => "choices in its lists",
            Self::Rules => "ranges with conditional formats",
            Self::Names => "names of ranges",
            Self::Hidden => "hidden rows",
        }
    }
}

impl Budget {
    /// Takes so much of what stands beside cells; false when that is past the limit, so that it is to be left out.
    pub fn take(&mut self, what: Beside, count: usize) -> bool {
        let spent = &mut self.beside[what as usize];
        let fits = spent.taken.saturating_add(count) <= what.most();
        *(if fits { &mut spent.taken } else { &mut spent.cut }) += count;
        fits
    }

    /// What was left out of a file, a note each.
    #[must_use]
    pub fn notes(&self, file: &str) -> Vec<Note> {
        let past = Beside::ALL.into_iter().zip(self.beside).filter(|(_, spent)| spent.cut > 0);
        let note = |(what, spent): (Beside, Spent)| {
            let (most, cut, words) = (grouped(what.most()), grouped(spent.cut), what.words());
            let message = format!("The workbook has more than {most} {words}; {cut} were left out. Its cells were read all the same.");
            Note::new(Severity::Warning, Code::PastLimit, Place::address(file), message, "Take out what is not needed in Excel.")
        };
        past.map(note).collect()
    }

    /// Takes a cell in; false when there have been too many, or too much text. `begins` where it is the first of its row.
    pub fn spend(&mut self, text: &str, begins: bool) -> bool {
        self.rows += usize::from(begins);
        self.cells += 1;
        self.text += text.len();
        self.longest = self.longest.max(text.len());
        self.cells <= MAX_CELLS && self.rows <= MAX_ROWS && self.text <= MAX_TEXT && self.longest <= MAX_CELL_TEXT
    }

    /// Adds what was spent apart, on the cells of a piece of a sheet.
    pub fn add(&mut self, spent: Self) {
        self.cells += spent.cells;
        self.text += spent.text;
        self.rows += spent.rows;
        self.longest = self.longest.max(spent.longest);
    }

    /// Why no more can be read.
    ///
    /// # Errors
    /// When there were too many cells, or too much text.
    pub fn check(&self) -> Result<(), OpenError> {
        match self {
            Self { cells, .. } if *cells > MAX_CELLS => {
                Err(OpenError::TooLarge(format!("it has more than {} filled cells", grouped(MAX_CELLS))))
            }
            Self { rows, .. } if *rows > MAX_ROWS => {
                Err(OpenError::TooLarge(format!("it has more than {} filled rows", grouped(MAX_ROWS))))
            }
            Self { text, .. } if *text > MAX_TEXT => {
                Err(OpenError::TooLarge(format!("its cells hold more than {} million characters", MAX_TEXT / 1_000_000)))
            }
            Self { longest, .. } if *longest > MAX_CELL_TEXT => Err(Self::too_long()),
            _ => Ok(()),
        }
    }

    /// The refusal of a text that no cell holds.
    #[must_use]
    pub fn too_long() -> OpenError {
        OpenError::TooLarge(format!("one of its cells holds more than {} million characters", MAX_CELL_TEXT / 1_000_000))
    }
}
