//! Who may take a step: `petitioner`, `anyone`, `signed-in`, `clock`, `system`,
//! or a role with its relation to the case: `dispatcher@place`, `handler@own`.
//!
//! A new relation is a variant of [`Relation`], its line in `RELATIONS` and its arm in `stands`.

use crate::access::{Actor, HeldPost, Who as ActorWho};
use crate::person::Role;
use crate::place::PlaceCode;
use crate::planted::{self, Fault};

use super::decision::Acting;
use super::facts::Facts;
use super::view::{CaseView, Owner};

/// How a post must stand towards the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// The post's unit owns the case.
    Own,
    /// The post's unit was called and not released.
    Called,
    /// The case lies in the post's place.
    Place,
    /// The post stands a level above the owner, over the case's place.
    Above,
    /// The case was opened from such a post: of this unit, in this role, for this place.
    Opened,
    /// However it stands.
    Any,
}

const RELATIONS: &[(&str, Relation)] = &[
    ("own", Relation::Own),
    ("called", Relation::Called),
    ("place", Relation::Place),
    ("above", Relation::Above),
    ("opened", Relation::Opened),
    ("any", Relation::Any),
];

/// Who may take a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Who {
    /// Whoever brought the case in.
    Petitioner,
    /// Anybody, known or not.
    Anyone,
    /// Somebody who has signed in: a neighbour, a volunteer.
    SignedIn,
    /// The signed-in person who owns the case now.
    SignedInOwner,
    /// Nobody: it happens when a clock runs out.
    Clock,
    /// Nobody: it follows from something that happened elsewhere.
    System,
    /// A post.
    Post(Role, Relation),
}

const SIMPLE: &[(&str, Who)] = &[
    ("petitioner", Who::Petitioner),
    ("anyone", Who::Anyone),
    ("signed-in", Who::SignedIn),
    ("signed-in@own", Who::SignedInOwner),
    ("clock", Who::Clock),
    ("system", Who::System),
];

impl std::str::FromStr for Who {
    type Err = String;

    /// Reads it; the error says what to write instead.
    fn from_str(text: &str) -> Result<Self, String> {
        if let Some(&(_, who)) = SIMPLE.iter().find(|(word, _)| *word == text) {
            return Ok(who);
        }
        let words = SIMPLE.iter().map(|(word, _)| *word);
        let Some((role, relation)) = text.split_once('@') else {
            return Err(format!(
                "write one of {}, or a role with its relation such as handler@own",
                words.collect::<Vec<_>>().join(", ")
            ));
        };
        let roles = || {
            Role::ALL
                .into_iter()
                .filter(|role| !role.is_administrator())
        };
        let found = roles().find(|known| known.word() == role);
        let relations = RELATIONS.iter();
        let stands = relations.clone().find(|(word, _)| *word == relation);
        match (found, stands) {
            (Some(role), Some(&(_, relation))) => Ok(Who::Post(role, relation)),
            (None, _) => Err(format!(
                "write one of the roles {}",
                roles().map(Role::word).collect::<Vec<_>>().join(", ")
            )),
            (_, None) => Err(format!(
                "write one of the relations {}",
                relations
                    .map(|(word, _)| *word)
                    .collect::<Vec<_>>()
                    .join(", ")
            )),
        }
    }
}

impl std::fmt::Display for Who {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some((word, _)) = SIMPLE.iter().find(|(_, who)| who == self) {
            return f.write_str(word);
        }
        let Who::Post(role, relation) = self else {
            return Ok(());
        };
        let word = RELATIONS.iter().find(|(_, known)| known == relation);
        write!(f, "{}@{}", role.word(), word.map_or("", |(word, _)| word))
    }
}

impl Who {
    /// Whether a person with hands may be this: neither a clock nor the product itself.
    pub fn is_person(self) -> bool {
        !matches!(self, Who::Clock | Who::System)
    }

    /// Whether it is a post, or the person who owns the case: somebody on duty.
    pub fn is_on_duty(self) -> bool {
        matches!(self, Who::Post(..) | Who::SignedInOwner)
    }

    /// Whether one can be this before there is a case.
    pub fn can_open(self) -> bool {
        !matches!(
            self,
            Who::Petitioner
                | Who::SignedInOwner
                | Who::Clock
                | Who::Post(
                    _,
                    Relation::Own | Relation::Called | Relation::Above | Relation::Opened
                )
        )
    }
}

/// Whether a step is open to this actor however they stand towards the case: as on a wall, from
/// which anybody who has signed in, or any post of a role, may take it.
pub fn is_open_to(by: &[Who], actor: &Actor) -> bool {
    by.iter().any(|&who| match who {
        Who::SignedIn => actor.person().is_some(),
        Who::Post(role, Relation::Any) => actor.posts.iter().any(|post| post.role == role),
        _ => false,
    })
}

/// In which capacity `actor` may do something that is `by` these; none when they may not.
/// Whoever may as petitioner or as owner acts as such, before any post of theirs counts.
pub(super) fn capacity(
    by: &[Who],
    actor: &Actor,
    case: Option<&CaseView>,
    place: Option<&PlaceCode>,
    facts: &Facts,
) -> Option<Acting> {
    by.iter().find_map(|&who| match who {
        Who::Petitioner => brought_it(actor, case, facts).then_some(Acting::Petitioner),
        Who::Anyone => Some(plain(actor)),
        Who::SignedIn => actor.person().map(Acting::Person),
        Who::SignedInOwner => actor
            .person()
            .filter(|&person| case.is_some_and(|case| case.owner == Owner::Person(person)))
            .map(Acting::Person),
        Who::Clock => (actor.who == ActorWho::Clock).then_some(Acting::Clock),
        Who::System => (actor.who == ActorWho::System).then_some(Acting::System),
        Who::Post(role, relation) => actor
            .posts
            .iter()
            .find(|post| post.role == role && stands(post, relation, case, place, facts))
            .map(|post| Acting::Post(post.clone())),
    })
}

fn brought_it(actor: &Actor, case: Option<&CaseView>, facts: &Facts) -> bool {
    match (actor.who, case) {
        (ActorWho::Petitioner(id), Some(case)) => id == case.id,
        (ActorWho::Person(person), Some(_)) => facts.petitioner_person == Some(person),
        _ => false,
    }
}

fn plain(actor: &Actor) -> Acting {
    match (actor.who, actor.posts.first()) {
        (_, Some(post)) => Acting::Post(post.clone()),
        (ActorWho::Person(person), None) => Acting::Person(person),
        (ActorWho::Service(token), None) => Acting::Service(token),
        (ActorWho::Petitioner(_), None) => Acting::Petitioner,
        (ActorWho::Clock, None) => Acting::Clock,
        (ActorWho::System, None) => Acting::System,
        (ActorWho::Anyone, None) => Acting::Anyone,
    }
}

fn stands(
    post: &HeldPost,
    relation: Relation,
    case: Option<&CaseView>,
    place: Option<&PlaceCode>,
    facts: &Facts,
) -> bool {
    match relation {
        Relation::Any => true,
        Relation::Place => place.is_some_and(|place| post.covers(place)),
        Relation::Own => case.is_some_and(|case| {
            case.owner == Owner::Unit(post.unit) || planted::is(Fault::StrangerLetIn)
        }),
        Relation::Called => case
            .and_then(|case| case.call_of(post.unit))
            .is_some_and(|call| call.state != super::view::CallState::Released),
        Relation::Opened => case.is_some_and(|case| {
            case.opened_unit == Some(post.unit)
                && case.opened_role == Some(post.role)
                && post.covers(&case.place)
        }),
        Relation::Above => {
            let owner = case.and_then(|case| case.owner.unit());
            let owner = owner.and_then(|unit| facts.units.get(&unit));
            facts.above_unit == Some(post.unit)
                || owner.is_some_and(|owner| post.place.level() < owner.place.level())
                    && place.is_some_and(|place| post.covers(place))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_go_both_ways() {
        for text in [
            "petitioner",
            "signed-in@own",
            "clock",
            "handler@own",
            "grid-worker@place",
        ] {
            assert_eq!(text.parse::<Who>().unwrap().to_string(), text);
        }
        for text in [
            "",
            "handler",
            "handler@home",
            "king@own",
            "auditor@any",
            "Petitioner",
        ] {
            assert!(text.parse::<Who>().is_err(), "{text}");
        }
    }
}
