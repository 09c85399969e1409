//! The civic posts of a place, for everybody, and those that the desk looks after: in the order
//! in which they were listed.

use std::collections::BTreeMap;

use huiyin_domain::access::{Action, Actor, scope};
use huiyin_domain::civic_post::CivicPost;
use huiyin_domain::place::PlaceCode;
use huiyin_store::{Tx, civic_posts, pledges};

pub use huiyin_store::civic_posts::Behind;

use crate::{App, Error, Refusal};

/// So many are shown at once.
pub const ROWS: usize = 30;

#[derive(Debug, Clone)]
pub struct Row {
    pub civic_post: CivicPost,
    /// How many hold it.
    pub held: i64,
    /// How many wait for an answer; for the desk only.
    pub asked: i64,
}

#[derive(Debug, Clone, Default)]
pub struct Reply {
    pub rows: Vec<Row>,
    pub next: Option<Behind>,
}

/// For everybody: those of a place, or of all.
pub async fn public(app: &App, place: Option<&PlaceCode>, behind: Behind) -> Result<Reply, Error> {
    let range = place.map_or_else(
        || (String::new(), ":".to_owned()),
        |place| (place.to_string(), place.range_end()),
    );
    read(app, vec![range], behind, false).await
}

/// For whoever looks after them.
pub async fn desk(app: &App, actor: &Actor, behind: Behind) -> Result<Reply, Error> {
    let scope = scope(actor, Action::VolunteersKeep);
    if scope.is_nothing() {
        return Err(Refusal::NotPermitted.into());
    }
    let places = scope.places().iter();
    let mut ranges: Vec<(String, String)> = places
        .map(|place| (place.to_string(), place.range_end()))
        .collect();
    ranges.sort_unstable();
    read(app, ranges, behind, true).await
}

async fn read(
    app: &App,
    ranges: Vec<(String, String)>,
    behind: Behind,
    for_desk: bool,
) -> Result<Reply, Error> {
    let read = move |tx: &mut Tx<'_>| {
        let (mut rows, mut asked) = (Vec::new(), BTreeMap::new());
        for (from, to) in &ranges {
            let left = i64::try_from(ROWS + 1 - rows.len()).unwrap_or(0);
            rows.extend(civic_posts::listed(tx, (from, to), &behind, left)?);
            if for_desk {
                asked.extend(pledges::count_asked(tx, (from, to))?);
            }
        }
        let more = rows.len() > ROWS;
        rows.truncate(ROWS);
        let next = rows.last().filter(|_| more).map(|last| Behind {
            place: last.place.to_string(),
            id: last.id,
        });
        let mut found = Vec::new();
        for civic_post in rows {
            found.push(Row {
                held: pledges::count_held(tx, civic_post.id)?,
                asked: asked.get(&civic_post.id).copied().unwrap_or(0),
                civic_post,
            });
        }
        Ok::<_, Error>(Reply { rows: found, next })
    };
    app.store.read(read).await.map_err(Error::from)
}
