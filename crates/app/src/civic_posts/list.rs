//! The civic posts of a place, for everybody, and those that the desk looks after: in the order
//! in which they were listed.

use huiyin_domain::access::{Action, Actor, scope};
use huiyin_domain::place::PlaceCode;
use huiyin_store::places::ranges;
use huiyin_store::{Tx, civic_posts};

pub use huiyin_store::civic_posts::{Behind, Listed};

use crate::{App, Error, Refusal};

/// So many are shown at once.
pub const ROWS: usize = 30;

#[derive(Debug, Clone, Default)]
pub struct Reply {
    pub rows: Vec<Listed>,
    pub next: Option<Behind>,
}

/// For everybody: those of a place, or of all.
pub async fn public(app: &App, place: Option<&PlaceCode>, behind: Behind) -> Result<Reply, Error> {
    let range = place.map_or_else(
        || (String::new(), ":".to_owned()),
        |place| (place.to_string(), place.range_end()),
    );
    read(app, vec![range], behind).await
}

/// For whoever looks after them.
pub async fn desk(app: &App, actor: &Actor, behind: Behind) -> Result<Reply, Error> {
    let scope = scope(actor, Action::VolunteersKeep);
    if scope.is_nothing() {
        return Err(Refusal::NotPermitted.into());
    }
    let mut ranges = ranges(&scope);
    ranges.sort_unstable();
    read(app, ranges, behind).await
}

async fn read(app: &App, ranges: Vec<(String, String)>, behind: Behind) -> Result<Reply, Error> {
    let read = move |tx: &mut Tx<'_>| {
        let mut rows = Vec::new();
        for (from, to) in &ranges {
            let left = i64::try_from(ROWS + 1 - rows.len()).unwrap_or(0);
            rows.extend(civic_posts::listed(tx, (from, to), &behind, left)?);
        }
        let more = rows.len() > ROWS;
        rows.truncate(ROWS);
        let last = rows.last().map(|last| &last.civic_post);
        let next = last.filter(|_| more).map(|last| Behind {
            place: last.place.to_string(),
            id: last.id,
        });
        Ok::<_, Error>(Reply { rows, next })
    };
    app.store.read(read).await.map_err(Error::from)
}
