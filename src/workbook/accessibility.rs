//! Whether everyone can read a workbook: the 19 essentials of the Analysis Function's guidance and what it advises, over the bytes as
//! they are written. Changes nothing, and knows nothing of plans.

mod advised;
mod essentials;
mod facts;
mod looks;
mod spelling;
mod tables;

pub use spelling::{MISSPELT, misspelt};

use self::facts::Facts;
use super::OpenError;

/// The most places that are listed of one thing.
const MOST_PLACES: usize = 8;

/// One thing that is asked of a workbook, and how it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Essential {
    /// Its number in the guidance's list, from 1; what is only advised is counted from 1 too.
    pub number: usize,
    /// What is asked, in one sentence without its stop.
    pub words: &'static str,
    pub standing: Standing,
}

/// How a workbook stands to what is asked of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    Met,
    /// Met in a sense that is said beside it.
    MetAs(String),
    /// Where it is not met and why, the first of them.
    NotMet(Vec<String>),
}

/// All that is said of a workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accessibility {
    /// The 19 essentials, in the guidance's order.
    pub essentials: Vec<Essential>,
    /// What the guidance advises beside them.
    pub advised: Vec<Essential>,
    /// The protective marking of the workbook, which is not to be published then; empty for none.
    pub marking: String,
}

impl Essential {
    /// Whether it is met, in whatever sense.
    #[must_use]
    pub fn is_met(&self) -> bool {
        !matches!(self.standing, Standing::NotMet(_))
    }

    /// What is said of it, a line each: the first tells whether it is met, the others where it is not.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let Self { number, words, standing } = self;
        match standing {
            Standing::Met => vec![format!("{number}. Met: {words}.")],
            Standing::MetAs(sense) => vec![format!("{number}. Met: {words}. {sense}")],
            Standing::NotMet(places) => {
                let first = format!("{number}. Not met: {words}.");
                std::iter::once(first).chain(places.iter().map(|place| format!("    {place}"))).collect()
            }
        }
    }
}

impl Accessibility {
    /// How many of the essentials are met, of how many: `19 of 19 essentials of accessible spreadsheets are met`.
    #[must_use]
    pub fn summary(&self) -> String {
        let met = self.essentials.iter().filter(|essential| essential.is_met()).count();
        format!("{met} of {} essentials of accessible spreadsheets are met", self.essentials.len())
    }

    /// What is said of its marking; none where it has none.
    #[must_use]
    pub fn marking_words(&self) -> Option<String> {
        let marked = !self.marking.is_empty();
        marked.then(|| format!("It is marked {}: do not publish it before its marking was reviewed and taken off.", self.marking))
    }

    /// All of it in words, a line each; of what is advised only what is not met.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let essentials = self.essentials.iter().flat_map(Essential::lines);
        let advised = self.advised.iter().filter(|advised| !advised.is_met());
        let advised = advised.flat_map(|advised| match &advised.standing {
            Standing::NotMet(places) => places.iter().map(|place| format!("Advised, and not so: {}. {place}", advised.words)).collect(),
            Standing::Met | Standing::MetAs(_) => Vec::new(),
        });
        std::iter::once(format!("{}.", self.summary())).chain(self.marking_words()).chain(essentials).chain(advised).collect()
    }
}

/// Checks a workbook (.xlsx). `wanted` is asked now and then, and returns false to cancel.
///
/// # Errors
/// When it is no workbook that can be read, or the check was cancelled.
pub fn accessibility(bytes: &[u8], wanted: &dyn Fn() -> bool) -> Result<Accessibility, OpenError> {
    let facts = Facts::read(bytes, wanted)?;
    let judged = |checks: &[Check]| -> Result<Vec<Essential>, OpenError> {
        let mut all = Vec::new();
        for (&(words, check), number) in checks.iter().zip(1..) {
            if !wanted() {
                return Err(OpenError::Cancelled);
            }
            all.push(Essential { number, words, standing: check(&facts) });
        }
        Ok(all)
    };
    Ok(Accessibility { essentials: judged(&essentials::ALL)?, advised: judged(&advised::ALL)?, marking: facts.marking.clone() })
}

/// What is asked, and how it is told whether it is met.
type Check = (&'static str, fn(&Facts) -> Standing);

/// The places where something is not met, as they are found.
#[derive(Default)]
struct Faults {
    listed: Vec<String>,
    more: usize,
}

impl Faults {
    fn add(&mut self, fault: String) {
        if self.listed.len() < MOST_PLACES {
            self.listed.push(fault);
        } else {
            self.more += 1;
        }
    }

    fn standing(mut self) -> Standing {
        if self.more > 0 {
            self.listed.push(format!("and {} more", self.more));
        }
        if self.listed.is_empty() { Standing::Met } else { Standing::NotMet(self.listed) }
    }
}

impl FromIterator<String> for Faults {
    fn from_iter<T: IntoIterator<Item = String>>(faults: T) -> Self {
        let mut all = Self::default();
        faults.into_iter().for_each(|fault| all.add(fault));
        all
    }
}
