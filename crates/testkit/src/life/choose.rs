//! Who does what next: a kind to bring in, a step that fits the stage, somebody who may take it.

use std::sync::Arc;

use huiyin_app::cases::Channel;
use huiyin_app::cases::read::CasePage;
use huiyin_domain::access::Actor;
use huiyin_domain::case::{Kind, Owner, Relation, Target, Value, Weight, Who};
use huiyin_domain::person::Role;
use rand::Rng;
use rand::seq::{IndexedRandom, IteratorRandom};
use rand_chacha::ChaCha8Rng;

use crate::town::{Texts, Town, Townsperson};

/// A kind to bring in: the first of the pages the most often.
pub(super) fn kind<'k>(kinds: &'k [Arc<Kind>], rng: &mut ChaCha8Rng) -> Option<&'k Arc<Kind>> {
    let weighted: Vec<(usize, &Arc<Kind>)> = kinds.iter().enumerate().collect();
    let weight = |(number, _): &(usize, &Arc<Kind>)| 1.0 / (1.0 + *number as f64).powf(1.1);
    weighted
        .choose_weighted(rng, weight)
        .ok()
        .map(|(_, kind)| *kind)
}

/// Somebody who may bring in a case of this kind, and the way it comes.
pub(super) fn opener(town: &Town, kind: &Kind, rng: &mut ChaCha8Rng) -> Option<(Actor, Channel)> {
    let by = &kind.open.by;
    let is_open_to_all = by.contains(&Who::Anyone) || by.contains(&Who::Petitioner);
    if is_open_to_all && rng.random_bool(0.6) {
        return Some((Actor::anyone(), Channel::Web));
    }
    // Of ten things that anyone may bring in, staff write four down: on the telephone, at the
    // door, at the desk.
    let by_staff = match is_open_to_all {
        true => vec![Role::Operator, Role::GridWorker, Role::Community],
        false => Vec::new(),
    };
    let roles: Vec<Role> = by
        .iter()
        .filter_map(|who| match who {
            Who::Post(role, _) => Some(*role),
            _ => None,
        })
        .chain(by_staff)
        .collect();
    let role = roles.choose(rng).copied();
    let person = town
        .people
        .iter()
        .filter(|person| person.role().is_some() && person.role() == role)
        .choose(rng);
    let Some(person) = person else {
        return is_open_to_all.then(|| (Actor::anyone(), Channel::Web));
    };
    let channel = match person.role() {
        Some(Role::Operator) => Channel::Hotline,
        Some(Role::GridWorker) => Channel::Door,
        _ => Channel::Desk,
    };
    Some((person.actor(), channel))
}

/// Steps that lead on from where the case stands, each with somebody who might take it, in the
/// order in which they are tried: the likelier first, but not always.
pub(super) fn steps(page: &CasePage, rng: &mut ChaCha8Rng) -> Vec<(String, Who)> {
    let matter = page.values.get(&page.kind.title_field);
    let matter = matter.and_then(Value::as_text).unwrap_or_default();
    let called_for = Texts::get().behind(matter).and_then(|text| text.step);
    // Once it has been taken, the case is of another kind.
    let called_for = called_for.filter(|step| page.kind.step(step).is_some());
    let mut wanted: Vec<(f64, String, Who)> = Vec::new();
    for step in &page.kind.steps {
        if !step.from.contains(&page.case.stage) {
            continue;
        }
        let weight = match step.weight {
            Weight::Main => 12.0,
            Weight::Plain => 2.0,
            Weight::Quiet => 0.5,
        };
        let staying = if step.to == Target::Stay { 0.35 } else { 1.0 };
        let sensible = match called_for {
            Some(name) if name == step.name => 20.0,
            _ if Texts::get().call_for(&step.name) => 0.05,
            Some(_) if step.weight == Weight::Main => 0.05,
            _ => 1.0,
        };
        for &who in &step.by {
            // The greater the weight, the nearer to one: a draw without replacement.
            let drawn = rng
                .random_range(0.0..1.0f64)
                .powf(1.0 / (weight * staying * sensible));
            wanted.push((drawn, step.name.clone(), who));
        }
    }
    wanted.sort_by(|a, b| b.0.total_cmp(&a.0));
    wanted
        .into_iter()
        .map(|(_, step, who)| (step, who))
        .collect()
}

/// Somebody in the town who stands towards the case as a step wants it.
pub(super) fn actor(town: &Town, who: Who, page: &CasePage, rng: &mut ChaCha8Rng) -> Option<Actor> {
    let case = &page.case;
    let person = match who {
        Who::Clock | Who::System | Who::Anyone => return None,
        Who::Petitioner => return (!page.kind.internal).then(|| Actor::petitioner(case.id)),
        Who::SignedIn => town.volunteers().choose(rng),
        Who::SignedInOwner => {
            let owner = case.owner.person()?;
            town.people.iter().find(|person| person.id == owner)
        }
        Who::Post(role, stands) => town
            .people
            .iter()
            .filter(|person| person.role() == Some(role) && holds(person, stands, page))
            .choose(rng),
    };
    person.map(Townsperson::actor)
}

fn holds(person: &Townsperson, stands: Relation, page: &CasePage) -> bool {
    let case = &page.case;
    person.posts.iter().any(|post| match stands {
        Relation::Any => true,
        Relation::Own => case.owner == Owner::Unit(post.unit),
        Relation::Called => case.calls.iter().any(|call| call.unit == post.unit),
        Relation::Opened => {
            case.opened_unit == Some(post.unit)
                && case.opened_role == Some(post.role)
                && case.place.is_within(&post.place)
        }
        Relation::Place | Relation::Above => case.place.is_within(&post.place),
    })
}
