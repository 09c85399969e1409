//! Look at lists that were brought, and at how each line of one stands.

use huiyin_domain::access::{Action, Actor, Scope, may_somewhere, scope};
use huiyin_domain::case::Value;
use huiyin_domain::id::{CaseId, CollectionId, UnitId};
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use huiyin_store::collections::{self, Collection};
use huiyin_store::{Tx, cases};
use jiff::Timestamp;

use crate::cases::names::named_places;
use crate::error::Thing;
use crate::{App, Error, Refusal};

const ROWS_MAX: i64 = 200;

/// A list with the names of who brought it, and where.
#[derive(Debug, Clone)]
pub struct Named {
    pub collection: Collection,
    pub unit: Names,
    pub place: Names,
}

/// How one line stands.
#[derive(Debug, Clone)]
pub struct Stand {
    pub number: i64,
    pub case: CaseId,
    /// The kind of which it is now: it may have been converted.
    pub kind: String,
    pub what: String,
    pub whom: String,
    pub sign: String,
    pub stage: String,
    pub outcome: Option<String>,
    pub closed_at: Option<Timestamp>,
}

/// A list with its lines.
#[derive(Debug, Clone)]
pub struct Page {
    pub named: Named,
    pub lines: Vec<Stand>,
    /// Whether the reader may open the cases themselves.
    pub may_read_cases: bool,
}

/// The lists that the actor may see: their own unit's, and all of the places whose cases they
/// look after.
pub async fn list(app: &App, actor: &Actor) -> Result<Vec<Named>, Error> {
    crate::administration::permit(actor, Action::CollectionsBring)?;
    let scope = scope(actor, Action::CollectionsBring);
    let (inner, actor) = (app.clone(), actor.clone());
    let read = move |tx: &mut Tx<'_>| {
        let mut found = collections::in_scope(tx, &scope, ROWS_MAX)?;
        found.retain(|one| concerns(&actor, one.unit, &one.place));
        named(&inner, tx, found)
    };
    app.store.read(read).await.map_err(Error::from)
}

/// One list, line by line.
pub async fn show(app: &App, actor: &Actor, id: CollectionId) -> Result<Page, Error> {
    crate::administration::permit(actor, Action::CollectionsBring)?;
    let (inner, actor) = (app.clone(), actor.clone());
    let read = move |tx: &mut Tx<'_>| {
        let found = collections::read(tx, id)?;
        let found = found.filter(|one| concerns(&actor, one.unit, &one.place));
        let found = found.ok_or(Refusal::NotFound(Thing::Collection))?;
        let lines = collections::lines(tx, id)?.into_iter();
        let lines = lines.map(|(number, case)| stand(&inner, tx, number, case));
        Ok::<_, Error>(Page {
            lines: lines.collect::<Result<Vec<_>, Error>>()?,
            may_read_cases: looks_after(&actor, &found.place),
            named: named(&inner, tx, vec![found])?
                .pop()
                .ok_or(Refusal::NotFound(Thing::Collection))?,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}

fn named(app: &App, tx: &mut Tx<'_>, found: Vec<Collection>) -> Result<Vec<Named>, Error> {
    let atlas = app.atlas(tx)?;
    let codes: Vec<PlaceCode> = found.iter().map(|one| one.place.clone()).collect();
    let places = named_places(tx, &codes)?;
    let found = found.into_iter().map(|collection| {
        let place = places.iter().find(|place| place.code == collection.place);
        let unit = atlas.unit(collection.unit);
        Named {
            unit: unit.map(|unit| unit.names.clone()).unwrap_or_default(),
            place: place.map(|place| place.names.clone()).unwrap_or_default(),
            collection,
        }
    });
    Ok(found.collect())
}

fn stand(app: &App, tx: &mut Tx<'_>, number: i64, case: CaseId) -> Result<Stand, Error> {
    let held = cases::load(tx, &Scope::for_the_house(), case)?;
    let held = held.ok_or(Refusal::NotFound(Thing::Case))?;
    let kind = app.kind_of(tx, held.view.kind_hash)?;
    let text = |field: &str| {
        let value = held.view.values.get(field).and_then(Value::as_text);
        value.unwrap_or_default().to_owned()
    };
    let own = kind.collection.as_ref();
    Ok(Stand {
        number,
        case,
        whom: own.map(|own| text(&own.whom)).unwrap_or_default(),
        sign: own.map(|own| text(&own.sign)).unwrap_or_default(),
        what: text(&kind.title_field),
        kind: held.view.kind,
        stage: held.view.stage,
        outcome: held.view.outcome,
        closed_at: held.view.closed_at,
    })
}

/// Whether a list is the actor's business: their unit brought it, or they look after the cases
/// of its place.
fn concerns(actor: &Actor, unit: UnitId, place: &PlaceCode) -> bool {
    let of_unit = actor.posts.iter().any(|post| post.unit == unit);
    (of_unit && may_somewhere(actor, Action::CollectionsBring)) || looks_after(actor, place)
}

fn looks_after(actor: &Actor, place: &PlaceCode) -> bool {
    let scope = scope(actor, Action::CaseList);
    scope.places().iter().any(|wide| place.is_within(wide))
}
