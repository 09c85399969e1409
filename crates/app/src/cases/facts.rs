//! Gathers what the rules must be told of the world around a case.

use huiyin_domain::access::{Action, Actor, HeldPost, Scope, Who, scope};
use huiyin_domain::case::{
    self, CaseView, Facts, Input, Kind, ProcedureFacts, ServiceFacts, Step, TargetCase, UnitFacts,
    Value,
};
use huiyin_domain::id::CaseId;
use huiyin_domain::place::PlaceCode;
use huiyin_store::{DbError, Tx, cases, follow_ups, menus, petitioners, posts, procedures};
use jiff::Timestamp;

use crate::almanac::Almanac;
use crate::atlas::Atlas;
use crate::{App, Error, errands};

/// About which step of which case facts are wanted.
pub(crate) struct About<'a> {
    pub kind: &'a Kind,
    /// None while the case is being opened.
    pub case: Option<&'a CaseView>,
    pub step: &'a Step,
    pub input: &'a Input,
    pub actor: &'a Actor,
    pub now: Timestamp,
}

/// Everything the rules of one step may ask.
pub(crate) fn gather(app: &App, tx: &mut Tx<'_>, about: &About<'_>) -> Result<Facts, Error> {
    let atlas = app.atlas(tx)?;
    let almanac = app.almanac(tx)?;
    let (item, place) = case::item_and_place(about.kind, about.case, about.step, about.input);
    let duty = item
        .as_ref()
        .zip(place.as_ref())
        .and_then(|(item, place)| atlas.duty(item, place))
        .cloned();
    let place_unit = place.as_ref().and_then(|place| atlas.place_unit(place));
    let owner = about.case.and_then(|case| case.owner.unit()).or(place_unit);
    let mut facts = Facts {
        duty,
        place_unit,
        above_unit: owner.and_then(|owner| atlas.above(owner)),
        partner_units: place
            .as_ref()
            .map(|place| atlas.partners(place))
            .unwrap_or_default(),
        accused_units: case::accused_units(about.kind, about.case, about.input),
        kinds: Some(app.kinds()),
        calendar: Some(almanac.calendar(place.as_ref(), None)),
        norms: Some(atlas.norms().clone()),
        ..Facts::default()
    };
    facts.actor_posts = posts_of(tx, about)?;
    if let Who::Person(person) = about.actor.who {
        facts.actor_open_claims = cases::open_claims(tx, person)?;
        if let Some(case) = about.case {
            facts.petitioner_person = petitioners::person_of(tx, case.id)?;
        }
    }
    if let Some(case) = about.case.filter(|case| case.closed_at.is_some()) {
        facts.awaits_call = follow_ups::tries_of_waiting(tx, case.id)?.is_some();
    }
    if let Some(target) = named_case(about.input) {
        let within = scope(about.actor, Action::CaseRead);
        facts.target = find_target(tx, &within, target)?;
    }
    facts.service = service(app, tx, about, place.as_ref())?;
    if about.kind.procedure_field().is_some() {
        facts.procedure = procedure(tx, about)?;
        if let Some(case) = about.case {
            facts.errand = errands::facts(tx, case.id)?;
        }
    }
    add_units((&atlas, &almanac), about, place.as_ref(), &mut facts);
    Ok(facts)
}

/// The posts of whoever acts. On the pages for residents people act from no post, and hold
/// theirs all the same.
fn posts_of(tx: &mut Tx<'_>, about: &About<'_>) -> Result<Vec<HeldPost>, DbError> {
    let person = match about.actor.who {
        _ if about.actor.is_staff() => return Ok(about.actor.posts.clone()),
        Who::Person(person) => Some(person),
        Who::Petitioner(case) => petitioners::person_of(tx, case)?,
        _ => None,
    };
    person.map_or(Ok(Vec::new()), |person| posts::held(tx, person, about.now))
}

/// The units that deciding may ask for, as far as they still exist.
fn add_units(
    (atlas, almanac): (&Atlas, &Almanac),
    about: &About<'_>,
    place: Option<&PlaceCode>,
    facts: &mut Facts,
) {
    let mut named = case::units_named(about.case, about.input);
    named.extend(facts.place_unit);
    named.extend(facts.above_unit);
    named.extend(&facts.partner_units);
    named.extend(about.actor.posts.iter().map(|post| post.unit));
    if let Some(duty) = &facts.duty {
        named.insert(duty.unit);
        named.extend(&duty.assisting);
    }
    for id in named {
        if let Some(unit) = atlas.unit(id).filter(|unit| unit.closed_at.is_none()) {
            let known = UnitFacts {
                category: unit.category,
                place: unit.place.clone(),
                calendar: Some(almanac.calendar(place, Some(id))),
            };
            facts.units.insert(id, known);
        }
    }
}

/// The service that the input names, when it can be ordered there and then.
fn service(
    app: &App,
    tx: &mut Tx<'_>,
    about: &About<'_>,
    place: Option<&PlaceCode>,
) -> Result<Option<ServiceFacts>, DbError> {
    let Some((id, place)) = case::service_named(about.input).zip(place) else {
        return Ok(None);
    };
    let found = menus::read(tx, id)?;
    let offered = found.filter(|found| found.is_offered(place, app.config.day(about.now)));
    Ok(offered.map(|service| ServiceFacts {
        venue: service.venue,
        pairs: service.pairs,
    }))
}

/// The procedure that the input names, when it is in the catalogue.
fn procedure(tx: &mut Tx<'_>, about: &About<'_>) -> Result<Option<ProcedureFacts>, DbError> {
    let Some(slug) = case::procedure_named(about.step, about.input) else {
        return Ok(None);
    };
    let kept = procedures::read(tx, slug)?;
    let kept = kept.filter(|kept| kept.closed_at.is_none());
    Ok(kept.map(|kept| ProcedureFacts {
        version: kept.version,
    }))
}

/// The other case that the input names.
fn named_case(input: &Input) -> Option<CaseId> {
    input.values.values().find_map(|value| match value {
        Value::Case(case) => Some(*case),
        _ => None,
    })
}

fn find_target(tx: &mut Tx<'_>, scope: &Scope, id: CaseId) -> Result<Option<TargetCase>, DbError> {
    Ok(cases::load(tx, scope, id)?.map(|found| TargetCase {
        id,
        is_open: found.view.closed_at.is_none(),
        kind: found.view.kind,
        merged_into: found.view.merged_into,
    }))
}
