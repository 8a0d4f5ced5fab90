//! One decision for all columns of a table: of every way to give them roles, the one for which most speaks as a whole.

use std::collections::BTreeMap;

use super::evidence::{Evidence, Reason, weight};
use crate::model::Role;

/// How many part decisions are carried on from column to column.
const BEAM: usize = 200;
/// The most other roles of a column that are weighed.
const MOST_CHOICES: usize = 8;
/// What speaks against giving a role twice that only one column can be said to play.
const TWICE: f32 = 30.0;
/// What speaks for a table whose rows have a name.
const NAMED: f32 = 12.0;
/// Points of a decision that is quite sure.
const SURE: f32 = 10.0;
/// How much nearer the front of the table counts, where all else is equal.
const EARLIER: f32 = 0.001;
/// Roles that one column alone can play, however they are headed.
const ALONE: [Role; 4] = [Role::Ref, Role::Action, Role::Kpi, Role::Risk];

/// What was decided of a column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Decision {
    pub role: Option<Role>,
    /// By how much the whole is better than the best whole in which this column is something else, 0 to 1.
    pub surety: f32,
    pub reason: Reason,
    /// What else it may be, where that is nearly as good.
    pub rival: Option<Option<Role>>,
}

/// A role a column may have.
#[derive(Clone, Copy, Debug)]
struct Choice {
    role: Option<Role>,
    weight: f32,
    repeats: bool,
}

/// Which roles are taken: by columns that may share them, and by those that may not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Taken {
    shared: u32,
    sole: u32,
}

impl Taken {
    /// These with one more, and what that costs.
    fn with(self, choice: &Choice) -> (Self, f32) {
        let Some(role) = choice.role else { return (self, 0.0) };
        let bit = 1_u32 << role as u32;
        let alone = ALONE.contains(&role);
        // Any number of columns may hold periods.
        let twice = role != Role::Period && (self.sole & bit != 0 || (self.shared & bit != 0 && (alone || !choice.repeats)));
        let mut taken = self;
        if choice.repeats && !alone {
            taken.shared |= bit;
        } else {
            taken.sole |= bit;
        }
        (taken, if twice { TWICE } else { 0.0 })
    }

    fn has(self, role: Role) -> bool {
        (self.shared | self.sole) & (1_u32 << role as u32) != 0
    }
}

/// A way to give roles to the columns so far: its weight, and which choice each of them took.
#[derive(Clone, Debug, Default)]
struct Whole {
    weight: f32,
    taken: Vec<u8>,
}

/// Decides what each column is. `naming` is the role that names the rows of such a table.
pub(super) fn decide(evidence: &[Vec<Evidence>], naming: Option<Role>) -> Vec<Decision> {
    let choices: Vec<Vec<Choice>> = evidence.iter().enumerate().map(|(at, evidence)| choices(evidence, at)).collect();
    let best = whole(&choices, naming, None);
    let decided = |at: usize| usize::from(best.taken[at]);
    (0..choices.len())
        .map(|at| {
            let choice = choices[at][decided(at)];
            // Where nothing else is likely, the next whole need not be looked for.
            let other = choices[at].iter().enumerate().filter(|(place, _)| *place != decided(at)).map(|(_, other)| other.weight);
            let open = choices.len() <= MOST_COMPARED && other.fold(f32::MIN, f32::max) > choice.weight - CLEAR;
            let next = open.then(|| whole(&choices, naming, Some((at, decided(at)))));
            let own = weight(&evidence[at], choice.role).max(0.0);
            let margin = next.as_ref().map_or(own.max(SURE / 2.0), |next| best.weight - next.weight);
            let rival = next.filter(|_| margin < CLOSE).map(|next| choices[at][usize::from(next.taken[at])].role);
            let surety = (margin.min(if choice.role.is_some() { own } else { own.max(SURE / 2.0) }) / SURE).clamp(0.0, 0.99);
            Decision { role: choice.role, surety, reason: reason(&evidence[at], choice.role), rival }
        })
        .collect()
}

/// A choice so many points better than any other of its column is not doubted.
const CLEAR: f32 = 6.0;
/// In a wider table no other wholes are looked for.
const MOST_COMPARED: usize = 60;
/// A whole is nearly as good as another within so many points.
const CLOSE: f32 = 2.5;

/// The roles that something speaks for, the strongest first, and none.
fn choices(evidence: &[Evidence], at: usize) -> Vec<Choice> {
    let none = Choice { role: None, weight: weight(evidence, None), repeats: true };
    let mut choices = vec![none];
    for one in evidence.iter().filter(|one| one.role.is_some() && one.weight > 0.0) {
        if choices.iter().all(|choice| choice.role != one.role) {
            let repeats = evidence.iter().any(|other| other.role == one.role && other.repeats);
            let weight = weight(evidence, one.role) - at.min(1000) as f32 * EARLIER;
            choices.push(Choice { role: one.role, weight, repeats });
        }
    }
    choices.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    choices.truncate(MOST_CHOICES);
    if choices.iter().all(|choice| choice.role.is_some()) {
        choices.push(none);
    }
    choices
}

/// The best whole; `without` is a column and the choice that it may not take.
fn whole(choices: &[Vec<Choice>], naming: Option<Role>, without: Option<(usize, usize)>) -> Whole {
    let mut wholes: BTreeMap<Taken, Whole> = BTreeMap::from([(Taken::default(), Whole::default())]);
    for (at, choices) in choices.iter().enumerate() {
        let mut next: BTreeMap<Taken, Whole> = BTreeMap::new();
        for (taken, whole) in &wholes {
            for (place, choice) in choices.iter().enumerate().filter(|(place, _)| without != Some((at, *place))) {
                let (taken, cost) = taken.with(choice);
                let weight = whole.weight + choice.weight - cost;
                let better = next.get(&taken).is_none_or(|other| weight > other.weight);
                if better {
                    let mut steps = whole.taken.clone();
                    steps.push(place as u8);
                    next.insert(taken, Whole { weight, taken: steps });
                }
            }
        }
        wholes = best_of(next);
    }
    let ended = |(taken, whole): (Taken, Whole)| {
        let named = naming.is_some_and(|role| taken.has(role));
        Whole { weight: whole.weight + if named { NAMED } else { 0.0 }, ..whole }
    };
    let all = wholes.into_iter().map(ended);
    all.max_by(|a, b| a.weight.total_cmp(&b.weight).then_with(|| b.taken.cmp(&a.taken))).unwrap_or_default()
}

/// The best part decisions, as many as are carried on.
fn best_of(wholes: BTreeMap<Taken, Whole>) -> BTreeMap<Taken, Whole> {
    if wholes.len() <= BEAM {
        return wholes;
    }
    let mut sorted: Vec<(Taken, Whole)> = wholes.into_iter().collect();
    sorted.sort_by(|(_, a), (_, b)| b.weight.total_cmp(&a.weight).then_with(|| a.taken.cmp(&b.taken)));
    sorted.truncate(BEAM);
    sorted.into_iter().collect()
}

/// What weighs most for a role.
fn reason(evidence: &[Evidence], role: Option<Role>) -> Reason {
    let own = evidence.iter().filter(|one| one.role == role && one.weight > 0.0);
    let against = evidence.iter().filter(|one| role.is_none() && one.weight < 0.0).map(|one| (one.reason, -one.weight));
    let all = own.map(|one| (one.reason, one.weight)).chain(against);
    all.max_by(|a, b| a.1.total_cmp(&b.1)).map_or(Reason::HeadingUnknown, |(reason, _)| reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(evidence: &[Vec<Evidence>], naming: Option<Role>) -> Vec<Option<Role>> {
        decide(evidence, naming).iter().map(|decision| decision.role).collect()
    }

    fn headed(role: Role, weight: f32) -> Evidence {
        Evidence::also(role, weight, Reason::HeadingKnown)
    }

    #[test]
    fn the_whole_decides_not_each_column() {
        let two = [vec![headed(Role::Action, 9.5), headed(Role::Theme, 8.0)], vec![headed(Role::Action, 9.0)]];
        assert_eq!(roles(&two, Some(Role::Action)), [Some(Role::Theme), Some(Role::Action)]);
    }

    #[test]
    fn a_role_that_only_content_speaks_for_is_given_once() {
        let once = || vec![Evidence::once(Role::Comment, 7.0, Reason::BehindStatuses)];
        assert_eq!(roles(&[once(), once()], None), [Some(Role::Comment), None]);
        assert_eq!(roles(&[once(), vec![headed(Role::Comment, 9.0)]], None), [None, Some(Role::Comment)]);
        let twice = [vec![headed(Role::Lead, 9.0)], vec![headed(Role::Lead, 8.0)]];
        assert_eq!(roles(&twice, None), [Some(Role::Lead), Some(Role::Lead)]);
    }

    #[test]
    fn a_table_without_a_name_takes_what_may_stand_in() {
        let described = [vec![headed(Role::Description, 9.5), Evidence::once(Role::Action, 12.0, Reason::NamesRows)]];
        assert_eq!(roles(&described, Some(Role::Action)), [Some(Role::Action)]);
    }

    #[test]
    fn what_is_nearly_undecided_has_a_rival() {
        let close = [vec![headed(Role::Lead, 6.0), headed(Role::Theme, 5.0)]];
        let decision = decide(&close, None)[0];
        assert_eq!((decision.role, decision.rival), (Some(Role::Lead), Some(Some(Role::Theme))));
        let clear = decide(&[vec![headed(Role::Lead, 9.5)]], None)[0];
        assert_eq!((clear.rival, clear.surety > 0.9), (None, true));
    }
}
