//! The wall: public cases of one kind, newest first, without anybody's name.

use std::collections::BTreeMap;

use huiyin_domain::case::{Kind, Show};
use huiyin_domain::id::CaseId;
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use huiyin_store::public_cases::{self, Wanted};
use huiyin_store::{DbError, Tx};

use crate::cases::names::named_places;
use crate::error::Thing;
use crate::{App, Error, Refusal};

use super::case::PublicCase;

const ROWS_MAX: usize = 60;

/// What is wanted of the wall.
#[derive(Debug, Clone)]
pub struct Request {
    pub kind: String,
    /// Only what lies within this place.
    pub place: Option<PlaceCode>,
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
            before: request.after,
        };
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
            cases,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}
