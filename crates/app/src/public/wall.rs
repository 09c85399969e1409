//! The wall: public cases of one kind, newest first, without anybody's name.

use std::collections::BTreeMap;

use huiyin_domain::access::Actor;
use huiyin_domain::case::{Kind, Show};
use huiyin_domain::id::CaseId;
use huiyin_domain::names::Names;
use huiyin_domain::place::{Level, PlaceCode};
use huiyin_store::public_cases::{self, Wanted};
use huiyin_store::{DbError, Tx};

use crate::cases::names::named_places;
use crate::error::Thing;
use crate::identity::my_cases::my_cases;
use crate::{App, Error, Refusal};

use super::case::PublicCase;

const ROWS_MAX: usize = 60;

/// What is wanted of the wall.
#[derive(Debug, Clone)]
pub struct Request {
    pub kind: String,
    /// Only what lies within this place.
    pub place: Option<PlaceCode>,
    /// Only this sort of thing.
    pub sort: Option<String>,
    /// Only cases in this stage.
    pub stage: Option<String>,
    /// Only what is still open.
    pub open_only: bool,
    /// Behind this case.
    pub after: Option<CaseId>,
    pub limit: usize,
}

/// A page of the wall.
#[derive(Debug, Clone, Default)]
pub struct Reply {
    pub cases: Vec<PublicCase>,
    pub places: BTreeMap<PlaceCode, Names>,
    pub next: Option<CaseId>,
    /// How many are open where one looks, by the sort of thing.
    pub sorts: BTreeMap<String, i64>,
    /// How many are open in the place and in each around it, the nearest first.
    pub around: Vec<(PlaceCode, Names, i64)>,
}

/// Reads a page of the wall.
pub async fn wall(app: &App, request: Request) -> Result<Reply, Error> {
    let kinds = app.kinds();
    let shown = |kind: &Kind| kind.public.show != Show::Never;
    if !kinds.by_slug(&request.kind).is_some_and(|kind| shown(kind)) {
        return Err(Refusal::NotFound(Thing::Kind).into());
    }
    let limit = request.limit.clamp(1, ROWS_MAX);
    let read = move |tx: &mut Tx<'_>| -> Result<Reply, DbError> {
        let wanted = Wanted {
            kind: request.kind,
            open_only: request.open_only,
            stage: request.stage,
            place: request.place,
            item: None,
            sort: request.sort,
            before: request.after,
        };
        let (sorts, around) = counted(tx, &wanted.kind, wanted.place.as_ref())?;
        let fetch = i64::try_from(limit).unwrap_or(i64::MAX - 1) + 1;
        let mut cases = public_cases::list(tx, &wanted, fetch)?;
        let more = cases.len() > limit;
        cases.truncate(limit);
        let codes: Vec<PlaceCode> = cases.iter().map(|case| case.place.clone()).collect();
        let places = named_places(tx, &codes)?;
        Ok(Reply {
            next: cases.last().filter(|_| more).map(|case| case.id),
            places: places
                .into_iter()
                .map(|place| (place.code, place.names))
                .collect(),
            sorts,
            around,
            cases,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}

type Counted = (BTreeMap<String, i64>, Vec<(PlaceCode, Names, i64)>);

/// What waits where somebody looks, and around it: what is near comes first.
fn counted(tx: &mut Tx<'_>, kind: &str, place: Option<&PlaceCode>) -> Result<Counted, DbError> {
    let sorts = public_cases::count_open(tx, kind, place)?;
    let sorts = sorts
        .into_iter()
        .filter_map(|(sort, count)| Some((sort?, count)));
    let sorts = sorts.collect();
    let codes = place.map(PlaceCode::with_ancestors).unwrap_or_default();
    let named = named_places(tx, &codes)?;
    let mut around = Vec::new();
    for code in codes {
        let Some(place) = named.iter().find(|place| place.code == code) else {
            continue;
        };
        let counts = public_cases::count_open(tx, kind, Some(&code))?;
        let count = counts.iter().map(|(_, count)| count).sum();
        around.push((code, place.names.clone(), count));
    }
    Ok((sorts, around))
}

/// Where somebody lives, as far as they have said so: the community of what they brought in
/// last. Only they are told.
pub async fn home_of(app: &App, actor: &Actor) -> Result<Option<PlaceCode>, Error> {
    if actor.person().is_none() {
        return Ok(None);
    }
    let own = my_cases(app, actor, None).await?;
    let last = own.first().map(|row| row.place.clone());
    Ok(last.map(|place| place.at(Level::Community).unwrap_or(place)))
}
