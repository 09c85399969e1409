//! Those who asked, and those who were accepted, for the community: in the order in which they
//! came, never by what they did.

use huiyin_domain::access::{Action, Actor, scope};
use huiyin_domain::volunteer::{SkillCode, Volunteer};
use huiyin_store::Tx;
use huiyin_store::volunteers;

pub use huiyin_store::volunteers::Behind;

use crate::{App, Error, Refusal};

/// So many are shown at once.
pub const ROWS: usize = 40;

/// Which ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    Asking,
    Accepted,
    /// Those who were accepted and can do this.
    Skilled(SkillCode),
}

#[derive(Debug, Clone, Default)]
pub struct Reply {
    pub rows: Vec<Volunteer>,
    pub next: Option<Behind>,
    /// How many wait for an answer.
    pub asking: i64,
}

pub async fn list(app: &App, actor: &Actor, which: Which, behind: Behind) -> Result<Reply, Error> {
    let scope = scope(actor, Action::VolunteersKeep);
    if scope.is_nothing() {
        return Err(Refusal::NotPermitted.into());
    }
    let read = move |tx: &mut Tx<'_>| {
        let limit = ROWS + 1;
        let mut rows = match &which {
            Which::Asking => volunteers::asking(tx, &scope, &behind, limit)?,
            Which::Accepted => volunteers::accepted(tx, &scope, &behind, limit)?,
            Which::Skilled(skill) => volunteers::skilled(tx, &scope, skill, &behind, limit)?,
        };
        let more = rows.len() > ROWS;
        rows.truncate(ROWS);
        let next = rows.last().filter(|_| more).map(|last| Behind {
            community: last
                .offer
                .community()
                .map_or_else(String::new, |place| place.to_string()),
            id: last.id,
        });
        Ok::<_, Error>(Reply {
            asking: volunteers::count_asking(tx, &scope)?,
            rows,
            next,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}

/// One volunteer, for whoever looks after them.
pub async fn one(
    app: &App,
    actor: &Actor,
    id: huiyin_domain::id::VolunteerId,
) -> Result<One, Error> {
    let actor = actor.clone();
    let read = move |tx: &mut Tx<'_>| {
        let missing = || Refusal::NotFound(crate::error::Thing::Volunteer);
        let volunteer = volunteers::by_id(tx, id)?.ok_or_else(missing)?;
        super::post_at(
            &actor,
            &volunteer.offer.place,
            crate::error::Thing::Volunteer,
        )?;
        Ok::<_, Error>(One {
            marks: huiyin_store::certificates::marks(tx, id, 20)?,
            volunteer,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}

/// A volunteer with the courses and thanks that the community noted.
#[derive(Debug, Clone)]
pub struct One {
    pub volunteer: Volunteer,
    pub marks: Vec<huiyin_domain::volunteer::Mark>,
}
