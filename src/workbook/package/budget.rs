//! What the cells of all sheets may take together, spent while they are read. Knows no cell and no sheet.

use super::{MAX_CELL_TEXT, MAX_CELLS, MAX_TEXT, OpenError, grouped};

/// What has been read. A text that many cells share is small in the file and large in a grid, so only this bounds it.
#[derive(Debug, Default)]
pub struct Budget {
    cells: usize,
    text: usize,
    longest: usize,
}

impl Budget {
    /// Takes a cell in; false when there have been too many, or too much text.
    pub fn spend(&mut self, text: &str) -> bool {
        self.cells += 1;
        self.text += text.len();
        self.longest = self.longest.max(text.len());
        self.cells <= MAX_CELLS && self.text <= MAX_TEXT && self.longest <= MAX_CELL_TEXT
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
            Self { text, .. } if *text > MAX_TEXT => {
                Err(OpenError::TooLarge(format!("its cells hold more than {} million characters", MAX_TEXT / 1_000_000)))
            }
            Self { longest, .. } if *longest > MAX_CELL_TEXT => Err(Self::too_long()),
            _ => Ok(()),
        }
    }

    /// The refusal of a text that no cell holds.
    pub fn too_long() -> OpenError {
        OpenError::TooLarge(format!("one of its cells holds more than {} million characters", MAX_CELL_TEXT / 1_000_000))
    }
}
