//! A form filled from a plan as a mapping says: what is written where, what its rules do not take, and how its checks stand then. Writes no byte.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{
    checks::{Check, Verdict},
    convert::{Converted, convert},
    figure::{Plan, Worth, WorthValue},
    mapping::FormMapping,
    rules::{self, Given},
    template::Template,
    wishes::{self, NotWritten, Wish},
};
use crate::workbook::patch::{
    CellEdit, SheetEdits,
    form::{FormValue, OnError, Trial, ValidationKind},
};

/// How often values are laid into the form until none is refused any more.
const ROUNDS: usize = 5;

/// A cell that is written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Planned {
    pub place: String,
    pub label: String,
    pub before: String,
    pub after: String,
    /// What the value rests on.
    pub said: Vec<String>,
    /// Whether its source was proposed, and nobody looked at it yet.
    pub proposed: bool,
    sheet: usize,
    cell: (u32, u32),
    converted: Converted,
}

/// How a check that is not met is explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Explained {
    /// In the form, in this cell.
    InForm { place: String, text: String },
    /// Nowhere in the form: the explanation goes with it.
    Beside { text: String },
    /// Not yet; in this cell of the form, where it has one for it.
    Asked { place: Option<String> },
}

/// A check that is not met, or that could not be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unmet {
    pub check: Check,
    pub explained: Explained,
}

/// A form as it is to be written.
#[derive(Debug, Default)]
pub(crate) struct Filling {
    pub planned: Vec<Planned>,
    pub not_written: Vec<NotWritten>,
    /// What is written although the form warns of it: the place, and the rule.
    pub warned: Vec<NotWritten>,
    pub unmet: Vec<Unmet>,
    /// How many checks are met, and how many there are.
    pub checks: (usize, usize),
    /// The inputs in which nothing stands: their places and labels.
    pub blank: Vec<(String, String)>,
}

impl Filling {
    /// Fills a form.
    pub(crate) fn of(template: &Template, mapping: &FormMapping, plan: &Plan<'_>, progress: &dyn Fn() -> bool) -> Self {
        let (mut wishes, mut filling) = (Vec::new(), Self::default());
        wishes::collect(template, mapping, plan, &mut wishes, &mut filling.not_written);
        let mut settled = settle(template, &wishes, progress);
        let mut checks = template.checks_with(&settled.values(&wishes), progress);
        // What explains a check is written once it is known not to be met.
        let before = wishes.len();
        wishes.extend(explanations(template, mapping, &checks));
        if wishes.len() > before {
            settled = settle(template, &wishes, progress);
            checks = template.checks_with(&settled.values(&wishes), progress);
        }
        filling.take(template, &wishes, settled);
        filling.judge(mapping, checks);
        filling
    }

    fn take(&mut self, template: &Template, wishes: &[Wish<'_>], settled: Settled) {
        let mut written = HashSet::new();
        for (wish, outcome) in wishes.iter().zip(settled.outcomes) {
            let Wish { input, worth, proposed } = wish;
            let refused = |rule: String, advice: String| NotWritten {
                place: input.place.clone(),
                label: input.label.clone(),
                value: worth.text.clone(),
                rule,
                advice,
            };
            match outcome {
                Outcome::Written(converted, warns) => {
                    written.insert((input.sheet, input.cell));
                    self.warned
                        .extend(warns.map(|rule| refused(rule, "Explain it to the body that asks, or change the value.".to_owned())));
                    self.planned.push(Planned {
                        place: input.place.clone(),
                        label: input.label.clone(),
                        before: input.holds.clone(),
                        after: converted.text.clone(),
                        said: converted.said.clone(),
                        proposed: *proposed,
                        sheet: input.sheet,
                        cell: input.cell,
                        converted,
                    });
                }
                Outcome::Refused(rule, advice) => self.not_written.push(refused(rule, advice)),
            }
        }
        let left = template.inputs.iter().filter(|input| input.holds.is_empty() && input.explains.is_none());
        self.blank = left
            .filter(|input| !written.contains(&(input.sheet, input.cell)))
            .map(|input| (input.place.clone(), input.label.clone()))
            .collect();
    }

    fn judge(&mut self, mapping: &FormMapping, checks: Vec<Check>) {
        self.checks = (checks.iter().filter(|check| check.verdict == Verdict::Met).count(), checks.len());
        let given: HashMap<&str, &str> =
            mapping.explanations.iter().map(|(place, text)| (place.as_str(), text.trim())).filter(|(_, text)| !text.is_empty()).collect();
        let unmet = checks.into_iter().filter(|check| check.verdict != Verdict::Met);
        self.unmet = unmet
            .map(|check| {
                let explained = match (&check.explained_in, given.get(check.place.as_str())) {
                    (Some((place, text)), given) if !text.trim().is_empty() && (!check.shares_it || given.is_some()) => {
                        Explained::InForm { place: place.clone(), text: text.clone() }
                    }
                    (_, Some(text)) => Explained::Beside { text: (*text).to_owned() },
                    (cell, None) => Explained::Asked { place: cell.as_ref().map(|(place, _)| place.clone()) },
                };
                Unmet { check, explained }
            })
            .collect();
    }

    /// The cells to be written, sheet by sheet.
    pub(crate) fn edits(&self, template: &Template) -> Vec<SheetEdits> {
        let mut sheets: BTreeMap<usize, SheetEdits> = BTreeMap::new();
        for planned in &self.planned {
            let name = || template.form.sheets[planned.sheet].name.clone();
            let edits = sheets.entry(planned.sheet).or_insert_with(|| SheetEdits { sheet: name(), ..SheetEdits::default() });
            edits.cells.push(CellEdit {
                row: planned.cell.0,
                column: planned.cell.1,
                content: planned.converted.content.clone(),
                before: None,
                paint: None,
                like: None,
                label: None,
            });
        }
        sheets.into_values().collect()
    }

    /// Takes a cell out of what is written, as the workbook itself refuses it.
    pub(crate) fn refuse(&mut self, place: &str, rule: String) {
        let Some(at) = self.planned.iter().position(|planned| planned.place == place) else { return };
        let planned = self.planned.remove(at);
        let advice = "Fill it in Excel.".to_owned();
        self.not_written.push(NotWritten { place: planned.place, label: planned.label, value: planned.after, rule, advice });
    }
}

/// What became of a wish.
#[derive(Clone, Debug, PartialEq)]
enum Outcome {
    /// With the rule that warns of it, where one does.
    Written(Converted, Option<String>),
    Refused(String, String),
}

/// The wishes as far as the form takes them.
struct Settled {
    outcomes: Vec<Outcome>,
}

impl Settled {
    fn values(&self, wishes: &[Wish<'_>]) -> Vec<(usize, u32, u32, FormValue)> {
        let written = wishes.iter().zip(&self.outcomes).filter_map(|(wish, outcome)| match outcome {
            Outcome::Written(converted, _) => Some((wish.input.sheet, wish.input.cell.0, wish.input.cell.1, converted.value.clone())),
            Outcome::Refused(..) => None,
        });
        written.collect()
    }
}

/// Lays the values into the form again and again, as its lists and rules may read other cells, until none more is refused.
fn settle(template: &Template, wishes: &[Wish<'_>], progress: &dyn Fn() -> bool) -> Settled {
    let form = &template.form;
    let rule = |wish: &Wish<'_>| form.sheets[wish.input.sheet].validation(wish.input.cell);
    let asked: Vec<_> = wishes.iter().filter_map(|wish| Some((wish.input.sheet, wish.input.cell, rule(wish)?))).collect();
    let mut refused: HashMap<usize, Outcome> = HashMap::new();
    let mut settled = Settled { outcomes: Vec::new() };
    for round in 0..ROUNDS {
        let trial = Trial::of(form, &settled.values(&wishes[..settled.outcomes.len()]), progress);
        let mut given = trial.asked(&asked, progress).into_iter();
        let outcomes: Vec<Outcome> = wishes
            .iter()
            .enumerate()
            .map(|(at, wish)| {
                let given = rule(wish).and_then(|_| given.next());
                let outcome = refused.get(&at).cloned().unwrap_or_else(|| judge(template, wish, given.as_ref(), round > 0));
                if matches!(outcome, Outcome::Refused(..)) {
                    refused.insert(at, outcome.clone());
                }
                outcome
            })
            .collect();
        let same = outcomes == settled.outcomes;
        settled.outcomes = outcomes;
        if same || !progress() {
            break;
        }
    }
    settled
}

/// What becomes of a wish by what its cell takes now. Bounds and rules are asked once its value is laid there.
fn judge(template: &Template, wish: &Wish<'_>, given: Option<&Given>, laid: bool) -> Outcome {
    let Wish { input, worth, .. } = wish;
    let rule = template.form.sheets[input.sheet].validation(input.cell);
    let choices = match (rule, given) {
        (Some(rule), Some((Ok(choices), _))) if rule.kind == ValidationKind::List => Some(choices.as_slice()),
        _ => None,
    };
    if let Some(limit) = input.limit.filter(|limit| !limit.advised && limit.length(&worth.text) > limit.most) {
        let rule = format!("it takes {}, and this has {}", limit.words(), limit.length(&worth.text));
        return Outcome::Refused(rule, "Shorten it in the plan, or map other words.".to_owned());
    }
    let mut converted = match convert(&template.form, input, worth, choices) {
        Ok(converted) => converted,
        // Excel would take any value where a rule only warns.
        Err(why) => return Outcome::Refused(why.rule, why.advice),
    };
    if let Some(limit) = input.limit.filter(|limit| limit.advised && limit.length(&worth.text) > limit.most) {
        converted.said.push(format!("{}, and this has {}", limit.words(), limit.length(&worth.text)));
    }
    let (Some(rule), Some(given), true) = (rule, given, laid) else { return Outcome::Written(converted, None) };
    match rules::refused(rule, given, &converted.value, &converted.text) {
        None => Outcome::Written(converted, None),
        Some(why) if rule.on_error == OnError::Warns => Outcome::Written(converted, Some(why)),
        Some(why) => Outcome::Refused(why, "Change it in the plan, or map another value.".to_owned()),
    }
}

/// What explains checks that are not met, as wishes for the cells of the form that are there for it. A cell for several names each.
fn explanations<'a>(template: &'a Template, mapping: &FormMapping, checks: &[Check]) -> Vec<Wish<'a>> {
    let mut wishes: Vec<Wish<'a>> = Vec::new();
    for check in checks.iter().filter(|check| check.verdict != Verdict::Met) {
        let text = mapping.explanations.get(&check.place).map(|text| text.trim()).filter(|text| !text.is_empty());
        let input = check.explained_in.as_ref().and_then(|(place, _)| template.input_at(place));
        let (Some(text), Some(input)) = (text, input) else { continue };
        let text = if check.shares_it { format!("{}: {text}", check.place) } else { text.to_owned() };
        match wishes.iter_mut().find(|wish| wish.input.place == input.place) {
            Some(wish) => wish.worth.text = format!("{}\n{text}", wish.worth.text),
            None => wishes.push(Wish { input, worth: Worth { value: WorthValue::Words, text, said: Vec::new() }, proposed: false }),
        }
    }
    wishes
}
