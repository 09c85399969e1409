//! Somebody in whose name the product takes a step: for imports, and for dispatch by rule.
//!
//! It stands in for the unit that has to act, never for a person: the history names the unit
//! and no post of anybody.

use huiyin_domain::access::{Actor, HeldPost, Scope, Who};
use huiyin_domain::case::{CaseView, Kind, Relation, Step, Who as By};
use huiyin_domain::id::{CaseId, PostId, UnitId};
use huiyin_domain::person::Role;
use huiyin_domain::place::PlaceCode;
use huiyin_store::{Tx, cases};

use crate::atlas::Atlas;
use crate::{App, Error};

/// The post of nobody: stand-ins have units and roles, but are no one's.
const NOBODYS_POST: PostId = PostId::from_raw(0);

/// Whoever may take this step of this case as it stands; the product itself when nobody else
/// can be found (and then the step says whether that suffices).
pub(crate) async fn for_step(app: &App, step: &Step, id: CaseId) -> Result<Actor, Error> {
    let (inner, by) = (app.clone(), step.by.clone());
    let find = move |tx: &mut Tx<'_>| -> Result<Actor, Error> {
        let Some(held) = cases::load(tx, &Scope::for_the_house(), id)? else {
            return Ok(Actor::system());
        };
        let atlas = inner.atlas(tx)?;
        Ok(by
            .iter()
            .find_map(|&who| stand_in(&atlas, who, &held.view))
            .unwrap_or_else(Actor::system))
    };
    app.store.read(find).await.map_err(Error::from)
}

/// Whoever may open a case of this kind in this place.
pub(crate) async fn opener(app: &App, kind: &Kind, place: &PlaceCode) -> Result<Actor, Error> {
    let role = kind.open.by.iter().find_map(|who| match who {
        By::Post(role, _) => Some(*role),
        _ => None,
    });
    let (inner, place) = (app.clone(), place.clone());
    let find = move |tx: &mut Tx<'_>| -> Result<Actor, Error> {
        let unit = inner.atlas(tx)?.place_unit(&place);
        Ok(match (role, unit) {
            (Some(role), Some(unit)) => acting_for(unit, role, &place),
            _ => Actor::system(),
        })
    };
    app.store.read(find).await.map_err(Error::from)
}

fn stand_in(atlas: &Atlas, who: By, case: &CaseView) -> Option<Actor> {
    match who {
        By::Petitioner => Some(Actor::petitioner(case.id)),
        By::System => Some(Actor::system()),
        By::Post(role, relation) => {
            let unit = match relation {
                Relation::Own => case.owner.unit()?,
                Relation::Opened if case.opened_role != Some(role) => return None,
                Relation::Opened => case.opened_unit?,
                Relation::Called => case.calls.first()?.unit,
                Relation::Above => atlas.above(case.owner.unit()?)?,
                Relation::Place | Relation::Any => atlas.place_unit(&case.place)?,
            };
            Some(acting_for(unit, role, &case.place))
        }
        By::Clock => Some(Actor::clock()),
        By::Anyone | By::SignedIn | By::SignedInOwner => None,
    }
}

fn acting_for(unit: UnitId, role: Role, place: &PlaceCode) -> Actor {
    Actor {
        who: Who::System,
        posts: vec![HeldPost {
            post: NOBODYS_POST,
            unit,
            role,
            place: place.clone(),
            took_over: Vec::new(),
        }],
    }
}
