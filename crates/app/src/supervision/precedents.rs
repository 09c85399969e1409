//! Precedents: this item in this place was ruled to that unit, on that day, by whom and why.
//! Kept with the step that its kind calls a ruling; why is read from the entry, so that what
//! is erased there is gone here too.

use std::collections::BTreeMap;

use huiyin_domain::access::{Action, Actor, Scope, scope};
use huiyin_domain::case::{Decision, See, Values};
use huiyin_domain::id::CaseId;
use huiyin_domain::names::Names;
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_domain::unit::ItemCode;
use huiyin_store::rulings::{self, NewRuling};
use huiyin_store::{DbError, Tx};
use jiff::Timestamp;

pub use huiyin_store::rulings::{Ruling, Sought};

use crate::cases::names::named_places;
use crate::{App, Error, Refusal};

/// So many stand on one page.
pub const PAGE: usize = 50;
/// So many stand beside the dispatching of a case.
const BESIDE_MAX: i64 = 3;

/// Where the next page begins: behind this ruling.
pub type After = (Timestamp, CaseId);

/// A ruling with what was said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Precedent {
    pub ruling: Ruling,
    /// Why, in the words of whoever ruled; empty once it is erased.
    pub reason: String,
    /// Whether the duty list says the same by now.
    pub is_duty: bool,
}

/// Precedents, with the names that they speak of.
#[derive(Debug, Clone, Default)]
pub struct Reply {
    pub precedents: Vec<Precedent>,
    pub places: BTreeMap<PlaceCode, Names>,
    pub next: Option<After>,
}

/// Keeps what a step has ruled. A case without an item is a precedent for nothing.
pub(crate) fn keep(tx: &mut Tx<'_>, decision: &Decision, now: Timestamp) -> Result<(), DbError> {
    let after = &decision.after;
    let (Some(unit), Some(item)) = (decision.ruled_for, &after.item) else {
        return Ok(());
    };
    let place = near(&after.place);
    let ruling = NewRuling {
        case: after.id,
        entry: after.version,
        at: now,
        item,
        place: &place,
        unit,
    };
    rulings::insert(tx, &ruling)
}

/// The community of a place: whoever's door it was says nothing about who is in charge.
fn near(place: &PlaceCode) -> PlaceCode {
    place.at(Level::Community).unwrap_or_else(|| place.clone())
}

/// The precedents of what the actor supervises, the newest first.
pub async fn list(
    app: &App,
    actor: &Actor,
    sought: Sought,
    after: Option<After>,
) -> Result<Reply, Error> {
    let scope = scope(actor, Action::SupervisionRead);
    if scope.is_nothing() {
        return Err(Refusal::NotPermitted.into());
    }
    let inner = app.clone();
    let read = move |tx: &mut Tx<'_>| -> Result<Reply, Error> {
        let limit = i64::try_from(PAGE).unwrap_or(i64::MAX);
        let mut found = rulings::newest(tx, &scope, &sought, after, limit + 1)?;
        let is_more = found.len() > PAGE;
        found.truncate(PAGE);
        let last = found.last().map(|ruling| (ruling.at, ruling.case));
        Ok(Reply {
            next: last.filter(|_| is_more),
            ..told(&inner, tx, found)?
        })
    };
    app.store.read(read).await.map_err(Error::from)
}

/// What was ruled for this item in the community of this place, for whoever dispatches there.
pub async fn beside(
    app: &App,
    actor: &Actor,
    item: &ItemCode,
    place: &PlaceCode,
) -> Result<Reply, Error> {
    let scope: Scope = scope(actor, Action::SupervisionRead);
    if scope.is_nothing() {
        return Ok(Reply::default());
    }
    let sought = Sought {
        item: Some(item.clone()),
        place: Some(near(place)),
    };
    let inner = app.clone();
    let read = move |tx: &mut Tx<'_>| -> Result<Reply, Error> {
        let found = rulings::newest(tx, &scope, &sought, None, BESIDE_MAX)?;
        told(&inner, tx, found)
    };
    app.store.read(read).await.map_err(Error::from)
}

fn told(app: &App, tx: &mut Tx<'_>, found: Vec<Ruling>) -> Result<Reply, Error> {
    let atlas = app.atlas(tx)?;
    let codes = found.iter().flat_map(|ruling| ruling.place.told_by());
    let codes: Vec<PlaceCode> = codes.collect();
    let places = named_places(tx, &codes)?.into_iter();
    let precedents = found.into_iter().map(|ruling| {
        let duty = atlas.duty(&ruling.item, &ruling.place);
        Ok(Precedent {
            is_duty: duty.is_some_and(|duty| duty.unit == ruling.unit),
            reason: reason(app, &ruling)?,
            ruling,
        })
    });
    Ok(Reply {
        precedents: precedents.collect::<Result<_, Error>>()?,
        places: places.map(|place| (place.code, place.names)).collect(),
        next: None,
    })
}

/// The texts of the entry in which it was ruled, as far as they are not for the owner alone.
fn reason(app: &App, ruling: &Ruling) -> Result<String, Error> {
    let Some(text) = &ruling.text else {
        return Ok(String::new());
    };
    let said: Values =
        serde_json::from_str(text).map_err(|fault| Error::broken("reading a ruling", fault))?;
    let kinds = app.kinds();
    let kind = kinds.by_slug(&ruling.kind);
    let is_shared = |name: &str| {
        let field = kind.and_then(|kind| kind.field(name));
        field.is_some_and(|field| field.see >= See::Handlers)
    };
    let said = said.iter().filter(|(name, _)| is_shared(name));
    let texts = said.filter_map(|(_, value)| value.as_text());
    Ok(texts.collect::<Vec<_>>().join(" "))
}
