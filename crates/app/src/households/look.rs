//! One door: where it is, whether a contact is kept and until when, and who looked at it.

use std::collections::BTreeMap;

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::household::{Household, asked_again_until};
use huiyin_domain::id::HouseholdId;
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use huiyin_store::{Tx, households};
use jiff::Timestamp;
use jiff::civil::Date;

use super::list::names_of;
use super::{post_at, reached};
use crate::{App, Error};

/// So many looks are told.
const LOOKS_MAX: i64 = 20;

/// A contact that is kept, as far as everybody who reads doors may know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    pub agreed_on: Date,
    pub until: Date,
    /// Whether its people are to be asked again by now.
    pub asked_again: bool,
}

/// A look, as its people may be told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    pub at: Timestamp,
    pub unit: Option<Names>,
    pub purpose: String,
}

#[derive(Debug, Clone)]
pub struct Page {
    pub household: Household,
    pub contact: Option<Kept>,
    /// For whoever may look, too.
    pub looks: Vec<Looked>,
    pub names: BTreeMap<PlaceCode, Names>,
    pub may_keep: bool,
    pub may_look: bool,
}

pub async fn look(app: &App, actor: &Actor, id: HouseholdId) -> Result<Page, Error> {
    let (inner, actor, today) = (app.clone(), actor.clone(), app.config.day(app.now()));
    let read = move |tx: &mut Tx<'_>| {
        let (household, _) = reached(tx, &actor, (Action::HouseholdsRead, id))?;
        let may = |action| post_at(&actor, action, &household.place).is_ok();
        let may_look = may(Action::HouseholdsContact);
        let kept = households::kept(tx, id)?.filter(|(_, until)| *until >= today);
        let looks = match may_look {
            true => households::looks_of(tx, id, LOOKS_MAX)?,
            false => Vec::new(),
        };
        let atlas = inner.atlas(tx)?;
        let looks = looks.into_iter().map(|one| Looked {
            at: one.at,
            unit: one
                .unit
                .and_then(|unit| Some(atlas.unit(unit)?.names.clone())),
            purpose: one.purpose,
        });
        Ok::<_, Error>(Page {
            contact: kept.map(|(agreed_on, until)| Kept {
                agreed_on,
                until,
                asked_again: until <= asked_again_until(today),
            }),
            looks: looks.collect(),
            names: names_of(tx, std::slice::from_ref(&household.place))?,
            may_keep: may(Action::HouseholdsKeep),
            may_look,
            household,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}
