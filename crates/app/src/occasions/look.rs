//! Look at occasions: the desk's list, one with all that is on it, what could be put on it, and
//! what everybody may see.

use std::collections::BTreeMap;

use huiyin_domain::access::{Action, Actor, Scope, scope};
use huiyin_domain::case::{Owner, Value, Values};
use huiyin_domain::gift::{Gift, Sort};
use huiyin_domain::id::{CaseId, OccasionId, PersonId};
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use huiyin_store::cases::Loaded;
use huiyin_store::lists::{self, Filter, State};
use huiyin_store::occasions::{self, Counted, Line, LineState, Occasion};
use huiyin_store::{Tx, cases, gifts, persons};
use jiff::Timestamp;

use super::CASES_MAX;
use crate::administration::permit;
use crate::cases::names::named_places;
use crate::error::Thing;
use crate::venues::post_for;
use crate::{App, Error, Refusal};

const ROWS_MAX: i64 = 60;
const GIFTS_MAX: i64 = 100;
/// Fewer than this are not told as a figure: who they are could be guessed.
const COUNT_MIN: i64 = 10;

/// An occasion in a list.
#[derive(Debug, Clone)]
pub struct Listed {
    pub occasion: Occasion,
    pub place: Names,
    pub unit: Names,
    /// How many are on it, or were handed over.
    pub on: i64,
    pub delivered: i64,
}

impl Listed {
    /// How many were handed over, where everybody may know it.
    pub fn told(&self) -> Option<i64> {
        Some(self.delivered).filter(|count| *count >= COUNT_MIN)
    }
}

/// Who brings a thing along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bringer {
    Unit(Names),
    Person(String),
}

/// A thing on an occasion, or one that could be put on it.
#[derive(Debug, Clone)]
pub struct Item {
    pub case: CaseId,
    pub what: String,
    pub whom: String,
    pub sign: String,
    pub stage: String,
    /// The sort of thing, as the wall sorts them.
    pub sort: Option<String>,
    pub due_at: Option<Timestamp>,
    pub bringer: Bringer,
    pub place: Names,
}

/// A line of an occasion.
#[derive(Debug, Clone)]
pub struct Row {
    pub line: Line,
    pub thing: Item,
    /// It can still be handed over here.
    pub is_ready: bool,
}

/// An occasion as those see it who run it.
#[derive(Debug, Clone)]
pub struct Page {
    pub listed: Listed,
    pub rows: Vec<Row>,
}

/// The occasions of the places that the actor looks after.
pub async fn kept(app: &App, actor: &Actor) -> Result<Vec<Listed>, Error> {
    permit(actor, Action::OccasionsRun)?;
    let (inner, scope) = (app.clone(), scope(actor, Action::OccasionsRun));
    let read = move |tx: &mut Tx<'_>| {
        let found = occasions::in_scope(tx, &scope, ROWS_MAX)?;
        listed(&inner, tx, found)
    };
    app.store.read(read).await.map_err(Error::from)
}

/// What everybody may see: what is to come, then what was.
pub async fn list(app: &App, place: Option<PlaceCode>) -> Result<Vec<Listed>, Error> {
    let inner = app.clone();
    let read = move |tx: &mut Tx<'_>| {
        let mut found = occasions::coming(tx, place.as_ref(), ROWS_MAX)?;
        found.extend(occasions::past(tx, place.as_ref(), ROWS_MAX)?);
        listed(&inner, tx, found)
    };
    app.store.read(read).await.map_err(Error::from)
}

/// One of them, for everybody.
pub async fn show(app: &App, id: OccasionId) -> Result<Listed, Error> {
    let inner = app.clone();
    let read = move |tx: &mut Tx<'_>| one(&inner, tx, id);
    app.store.read(read).await.map_err(Error::from)
}

fn one(app: &App, tx: &mut Tx<'_>, id: OccasionId) -> Result<Listed, Error> {
    let found = occasions::counted(tx, id)?.into_iter().collect();
    let found = listed(app, tx, found)?.pop();
    Ok(found.ok_or(Refusal::NotFound(Thing::Occasion))?)
}

fn listed(app: &App, tx: &mut Tx<'_>, found: Vec<Counted>) -> Result<Vec<Listed>, Error> {
    let atlas = app.atlas(tx)?;
    let codes: Vec<PlaceCode> = found.iter().map(|one| one.occasion.place.clone()).collect();
    let named = named_places(tx, &codes)?;
    let found = found.into_iter().map(|one| {
        let place = named.iter().find(|place| place.code == one.occasion.place);
        let unit = atlas.unit(one.occasion.unit);
        Listed {
            place: place.map(|place| place.names.clone()).unwrap_or_default(),
            unit: unit.map(|unit| unit.names.clone()).unwrap_or_default(),
            on: one.on,
            delivered: one.delivered,
            occasion: one.occasion,
        }
    });
    Ok(found.collect())
}

/// Names that were looked up already: those of one page are few, and come again.
#[derive(Default)]
struct Known {
    places: BTreeMap<PlaceCode, Names>,
    people: BTreeMap<PersonId, String>,
}

impl Known {
    fn place(&mut self, tx: &mut Tx<'_>, code: &PlaceCode) -> Result<Names, Error> {
        if let Some(names) = self.places.get(code) {
            return Ok(names.clone());
        }
        let named = named_places(tx, std::slice::from_ref(code))?.pop();
        let names = named.map(|place| place.names).unwrap_or_default();
        Ok(self.places.entry(code.clone()).or_insert(names).clone())
    }

    fn person(&mut self, tx: &mut Tx<'_>, id: PersonId) -> Result<String, Error> {
        if let Some(name) = self.people.get(&id) {
            return Ok(name.clone());
        }
        let known = persons::by_id(tx, id)?;
        let name = known.map(|known| known.name).unwrap_or_default();
        Ok(self.people.entry(id).or_insert(name).clone())
    }
}

/// The occasion, when the actor runs occasions where it is.
fn mine(tx: &mut Tx<'_>, actor: &Actor, id: OccasionId) -> Result<Occasion, Error> {
    let found = occasions::read(tx, id)?;
    let found = found.filter(|one| post_for(actor, Action::OccasionsRun, &one.place).is_ok());
    Ok(found.ok_or(Refusal::NotFound(Thing::Occasion))?)
}

/// All that is on it, for those who run it.
pub async fn run(app: &App, actor: &Actor, id: OccasionId) -> Result<Page, Error> {
    permit(actor, Action::OccasionsRun)?;
    let (inner, actor) = (app.clone(), actor.clone());
    let read = move |tx: &mut Tx<'_>| {
        mine(tx, &actor, id)?;
        let (mut rows, mut known) = (Vec::new(), Known::default());
        for line in occasions::lines(tx, id)? {
            let held = cases::load(tx, &Scope::for_the_house(), line.case)?;
            let held = held.ok_or(Refusal::NotFound(Thing::Case))?;
            let kind = inner.kind_of(tx, held.view.kind_hash)?;
            let own = kind.occasion.as_ref();
            rows.push(Row {
                is_ready: line.state == LineState::On
                    && own.is_some_and(|own| own.takes(&held.view.stage)),
                thing: thing(&inner, tx, &mut known, held)?,
                line,
            });
        }
        Ok::<_, Error>(Page {
            listed: one(&inner, tx, id)?,
            rows,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}

/// Gifts in kind of which something is left where the occasion is, to take things from.
pub async fn stock(app: &App, actor: &Actor, id: OccasionId) -> Result<Vec<(Gift, i64)>, Error> {
    permit(actor, Action::OccasionsRun)?;
    let actor = actor.clone();
    let read = move |tx: &mut Tx<'_>| {
        let occasion = mine(tx, &actor, id)?;
        let stock = gifts::stock(tx, &occasion.place, (Sort::Goods, GIFTS_MAX))?;
        Ok::<_, Error>(stock)
    };
    app.store.read(read).await.map_err(Error::from)
}

/// What is looked for among what could be put on an occasion.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    pub stage: Option<String>,
    pub sort: Option<String>,
}

/// What could be put on it, what falls due first before the rest.
pub async fn candidates(
    app: &App,
    actor: &Actor,
    id: OccasionId,
    wanted: Wanted,
) -> Result<(Occasion, Vec<Item>), Error> {
    permit(actor, Action::OccasionsRun)?;
    let (inner, actor) = (app.clone(), actor.clone());
    let read = move |tx: &mut Tx<'_>| {
        let occasion = mine(tx, &actor, id)?;
        let filter = Filter {
            kind: Some(occasion.kind.clone()),
            place: Some(occasion.place.clone()),
            state: State::Open,
            stage: wanted.stage.clone(),
            ..Filter::default()
        };
        let scope = scope(&actor, Action::CaseList);
        let on_any = occasions::on_any(tx, &occasion.place)?;
        let (mut found, mut known) = (Vec::new(), Known::default());
        for row in lists::list(tx, &scope, &filter, None, CASES_MAX)?.rows {
            if on_any.contains(&row.id) {
                continue;
            }
            let Some(held) = cases::load(tx, &Scope::for_the_house(), row.id)? else {
                continue;
            };
            let kind = inner.kind_of(tx, held.view.kind_hash)?;
            if !kind
                .occasion
                .as_ref()
                .is_some_and(|own| own.takes(&held.view.stage))
            {
                continue;
            }
            let thing = thing(&inner, tx, &mut known, held)?;
            if wanted.sort.is_none() || wanted.sort == thing.sort {
                found.push(thing);
            }
        }
        Ok::<_, Error>((occasion, found))
    };
    app.store.read(read).await.map_err(Error::from)
}

fn thing(app: &App, tx: &mut Tx<'_>, known: &mut Known, held: Loaded) -> Result<Item, Error> {
    let kind = app.kind_of(tx, held.view.kind_hash)?;
    let text = |values: &Values, field: &str| {
        let value = values.get(field).and_then(Value::as_text);
        value.unwrap_or_default().to_owned()
    };
    let values = &held.view.values;
    let own = kind.occasion.as_ref();
    let what = own.map(|own| text(values, &own.what));
    let many = kind.collection.as_ref();
    let bringer = match held.view.owner {
        Owner::Unit(unit) => {
            let unit = app.atlas(tx)?.unit(unit).cloned();
            Bringer::Unit(unit.map(|unit| unit.names).unwrap_or_default())
        }
        Owner::Person(person) => Bringer::Person(known.person(tx, person)?),
    };
    Ok(Item {
        case: held.view.id,
        what: what.filter(|what| !what.is_empty()).unwrap_or(held.title),
        whom: many
            .map(|many| text(values, &many.whom))
            .unwrap_or_default(),
        sign: many
            .map(|many| text(values, &many.sign))
            .unwrap_or_default(),
        sort: kind
            .public_sort()
            .and_then(|field| values.get(field)?.word()),
        due_at: held.view.clock.as_ref().map(|clock| clock.due_at),
        place: known.place(tx, &held.view.place)?,
        stage: held.view.stage,
        bringer,
    })
}
