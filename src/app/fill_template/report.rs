//! What is told of a form that was filled: cell by cell, and check by check, as words and as JSON. Fills nothing.

use serde::Serialize;

use crate::model::harmless;

/// An input that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WrittenInput {
    pub place: String,
    pub label: String,
    pub before: String,
    pub after: String,
    /// What the value rests on, where that is not plain.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub said: Vec<String>,
    /// Whether its source was proposed, and nobody looked at it yet.
    pub proposed: bool,
}

/// A value that was not written, or that the form warns of: with the rule, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Leftover {
    pub place: String,
    pub label: String,
    pub value: String,
    pub rule: String,
    pub advice: String,
}

/// A check of the form that is not met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CheckTold {
    pub place: String,
    pub label: String,
    /// What the form says there.
    pub says: String,
    /// Why it could not be told whether it is met, where it could not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub untold: Option<String>,
    /// The explanation that was given; nothing where one is asked for.
    pub explanation: Option<String>,
    /// The cell of the form where it is explained; nothing where it has none, and the explanation is kept here alone.
    pub cell: Option<String>,
}

/// The file name that the form asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AskedName {
    pub pattern: String,
    /// Where the form asks for it.
    pub place: String,
    /// Without its ending, filled as far as it is known.
    pub name: String,
    /// Whether all of it is known.
    pub whole: bool,
    /// What of it only its owner can say, such as `RRR`.
    pub asked: Vec<String>,
}

/// What became of a form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FillReport {
    pub written: Vec<WrittenInput>,
    pub not_written: Vec<Leftover>,
    /// What was written although a rule of the form warns of it.
    pub warned: Vec<Leftover>,
    /// The checks that are not met, or could not be told.
    pub checks: Vec<CheckTold>,
    /// How many checks are met, of how many.
    pub met: usize,
    pub all_checks: usize,
    /// The inputs in which nothing stands: their places and labels.
    pub blank: Vec<(String, String)>,
    /// Cells that the form's own colours warn of, with what stands there.
    pub painted: Vec<(String, String)>,
    pub recalculated: Vec<(String, String)>,
    /// Formulas whose values Excel works out when it opens the workbook, with the reason.
    pub not_recalculated: Vec<(String, String)>,
    pub name: Option<AskedName>,
    /// The parts of the workbook that changed, and how many did not.
    pub changed: Vec<String>,
    pub kept: usize,
    /// What is to be known of the plan that it was filled from.
    pub about_plan: Vec<String>,
}

/// The most lines of a section.
const MOST_LINES: usize = 200;

/// Lines under a title.
pub type FillSection = (&'static str, Vec<String>);

impl FillReport {
    /// Whether nothing is left to do: all was written, and each check that is not met is explained.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.not_written.is_empty() && self.open_checks() == 0
    }

    /// How many checks wait for an explanation.
    #[must_use]
    pub fn open_checks(&self) -> usize {
        self.checks.iter().filter(|check| check.explanation.is_none() && check.untold.is_none()).count()
    }

    /// In one line: `12 cells filled, 2 not written; 7 of 8 checks met`.
    #[must_use]
    pub fn summary(&self) -> String {
        let cells = if self.written.len() == 1 { "1 cell filled".to_owned() } else { format!("{} cells filled", self.written.len()) };
        let not = if self.not_written.is_empty() { String::new() } else { format!(", {} not written", self.not_written.len()) };
        let checks = match self.all_checks {
            0 => "the form makes no checks that could be told here".to_owned(),
            all => format!("{} of {all} checks met", self.met),
        };
        format!("{cells}{not}; {checks}")
    }

    /// All of it, under titles.
    #[must_use]
    pub fn sections(&self) -> Vec<FillSection> {
        let left = |left: &Leftover| {
            let value = if left.value.is_empty() { String::new() } else { format!(" “{}”:", short(&left.value)) };
            format!("{}{value} {}. {}", named(&left.place, &left.label), left.rule, left.advice)
        };
        let written = |input: &WrittenInput| {
            let said = if input.said.is_empty() { String::new() } else { format!(" ({})", input.said.join("; ")) };
            let proposed = if input.proposed { ", proposed" } else { "" };
            format!("{} is now “{}”{said}{proposed}", named(&input.place, &input.label), short(&input.after))
        };
        let (untold, unmet): (Vec<_>, Vec<_>) = self.checks.iter().partition(|check| check.untold.is_some());
        let (explained, open): (Vec<_>, Vec<_>) = unmet.into_iter().partition(|check| check.explanation.is_some());
        let kept: Vec<String> = self.not_recalculated.iter().map(|(place, why)| format!("{place}: {why}")).collect();
        let painted = |(place, text): &(String, String)| {
            if text.is_empty() { format!("{place} (blank)") } else { format!("{place}: {}", short(text)) }
        };
        let sections: [FillSection; 10] = [
            ("Checks not met, which ask for an explanation", open.into_iter().map(asked).collect()),
            ("Checks not met, explained", explained.into_iter().map(explained_line).collect()),
            ("Checks that could not be worked out here; Excel does when it opens the form", untold.into_iter().map(untold_line).collect()),
            ("Not written", self.not_written.iter().map(left).collect()),
            ("Written, although the form warns", self.warned.iter().map(left).collect()),
            ("Coloured as a warning by the form's own rules", self.painted.iter().map(painted).collect()),
            ("Written", self.written.iter().map(written).collect()),
            ("Inputs still blank", runs(&self.blank)),
            ("Formulas that Excel works out when it opens the form", kept),
            ("About the plan", self.about_plan.clone()),
        ];
        sections.into_iter().filter(|(_, lines)| !lines.is_empty()).map(|(title, lines)| (title, cut(lines))).collect()
    }

    /// All of it for a terminal.
    #[must_use]
    pub fn words(&self) -> String {
        let mut lines = vec![format!("{}.", self.summary())];
        if let Some(name) = &self.name {
            lines.push(format!("The form asks to be named {} ({}).", name.pattern, name.place));
        }
        for (title, section) in self.sections() {
            lines.push(format!("{title}:"));
            lines.extend(section.iter().map(|line| format!("  {line}")));
        }
        lines.iter().map(|line| harmless(line).into_owned()).collect::<Vec<_>>().join("\n")
    }
}

fn asked(check: &CheckTold) -> String {
    let how = match &check.cell {
        Some(cell) => format!("Explain it in {cell}"),
        None => "Correct it, or explain it beside the form".to_owned(),
    };
    format!("{}: “{}”. {how}.", named(&check.place, &check.label), short(&check.says))
}

fn explained_line(check: &CheckTold) -> String {
    let text = check.explanation.as_deref().map(short).unwrap_or_default();
    let how = match &check.cell {
        Some(cell) => format!("explained in {cell}: “{text}”"),
        None => format!("the form has no cell for it, so the explanation is kept here: “{text}”"),
    };
    format!("{}: “{}”; {how}", named(&check.place, &check.label), short(&check.says))
}

fn untold_line(check: &CheckTold) -> String {
    format!("{}: {}", named(&check.place, &check.label), check.untold.as_deref().unwrap_or_default())
}

/// Inputs by their places, those below each other that are called alike together: `Progress!C32:C57 (Project status)`.
fn runs(blank: &[(String, String)]) -> Vec<String> {
    let mut runs: Vec<(&str, String, u32, u32, &str)> = Vec::new();
    for (place, label) in blank {
        let Some((sheet, cell)) = place.rsplit_once('!') else { continue };
        let digits = cell.find(|c: char| c.is_ascii_digit()).unwrap_or(cell.len());
        let (letters, row) = (&cell[..digits], cell[digits..].parse::<u32>().unwrap_or(0));
        let run = runs.iter_mut().rev().take(64).find(|run| run.0 == sheet && run.1 == letters && run.3 + 1 == row && run.4 == label);
        match run {
            Some(run) => run.3 = row,
            None => runs.push((sheet, letters.to_owned(), row, row, label)),
        }
    }
    let words = |(sheet, letters, first, last, label): &(&str, String, u32, u32, &str)| {
        let place = if first == last { format!("{sheet}!{letters}{first}") } else { format!("{sheet}!{letters}{first}:{letters}{last}") };
        named(&place, label)
    };
    runs.iter().map(words).collect()
}

fn named(place: &str, label: &str) -> String {
    if label.is_empty() { place.to_owned() } else { format!("{place} ({})", short(label)) }
}

/// A text as it is quoted.
fn short(text: &str) -> String {
    const LONGEST: usize = 100;
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut short: String = words.chars().take(LONGEST).collect();
    if short.len() < words.len() {
        short.push('…');
    }
    short
}

fn cut(mut lines: Vec<String>) -> Vec<String> {
    let more = lines.len().saturating_sub(MOST_LINES);
    lines.truncate(MOST_LINES);
    lines.extend((more > 0).then(|| format!("and {more} more")));
    lines
}
