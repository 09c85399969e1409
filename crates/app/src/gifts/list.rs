//! The public account: what came, from whom if they want that known, and where each went.

use std::collections::BTreeMap;

use huiyin_domain::gift::{Gift, Line};
use huiyin_domain::id::GiftId;
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use huiyin_store::gifts::{self, Total};
use huiyin_store::{DbError, Tx};

use crate::cases::names::named_places;
use crate::{App, Error};

const SHOWN: usize = 20;

/// A page of the account.
#[derive(Debug, Clone, Default)]
pub struct Reply {
    pub gifts: Vec<(Gift, Vec<Line>)>,
    pub totals: Vec<Total>,
    pub places: BTreeMap<PlaceCode, Names>,
    pub next: Option<GiftId>,
}

/// Gifts of a place (or of all), the newest first.
pub async fn list(
    app: &App,
    place: Option<PlaceCode>,
    before: Option<GiftId>,
) -> Result<Reply, Error> {
    let read = move |tx: &mut Tx<'_>| -> Result<Reply, DbError> {
        let fetch = i64::try_from(SHOWN).unwrap_or(i64::MAX - 1) + 1;
        let mut found = gifts::list(tx, place.as_ref(), before, fetch)?;
        let more = found.len() > SHOWN;
        found.truncate(SHOWN);
        let next = found.last().map(|gift| gift.id).filter(|_| more);
        let codes: Vec<PlaceCode> = found.iter().map(|gift| gift.place.clone()).collect();
        let names = named_places(tx, &codes)?;
        let mut told = Vec::with_capacity(found.len());
        for gift in found {
            let lines = gifts::lines(tx, gift.id)?;
            told.push((gift, lines));
        }
        Ok(Reply {
            totals: gifts::totals(tx, place.as_ref())?,
            places: names
                .into_iter()
                .map(|place| (place.code, place.names))
                .collect(),
            gifts: told,
            next,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}
