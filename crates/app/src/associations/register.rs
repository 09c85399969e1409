//! Register a group that somebody began, decline it, or close one. Whoever was in a group that
//! ends is told, and forgotten.

use huiyin_domain::access::{Action, Actor};
use huiyin_domain::association::{GroupState, Standing};
use huiyin_domain::case::Class;
use huiyin_domain::id::AssociationId;
use huiyin_store::Tx;
use huiyin_store::associations::{self, Association};
use jiff::Timestamp;

use super::{locked, permit_desk, said};
use crate::administration::Record;
use crate::telling::tell::{Said, tell};
use crate::venues::post_for;
use crate::volunteers::reason_of;
use crate::{App, Error, Refusal};

/// What the desk decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    Registered,
    /// And why, as whoever began it reads it.
    Declined(String),
    Closed,
}

impl Decision {
    fn act(&self) -> &'static str {
        match self {
            Decision::Registered => "association-registered",
            Decision::Declined(_) => "association-declined",
            Decision::Closed => "association-closed",
        }
    }

    /// The letter that says so.
    fn letter(&self, group: &Association, now: Timestamp) -> Said {
        let (letter, note) = match self {
            Decision::Registered => ("letter-group-registered", ""),
            Decision::Declined(reason) => ("letter-group-declined", reason.as_str()),
            Decision::Closed => ("letter-group-closed", ""),
        };
        Said {
            note: note.to_owned(),
            ..said(group, letter, now)
        }
    }
}

pub async fn register(
    app: &App,
    actor: &Actor,
    id: AssociationId,
    decision: Decision,
) -> Result<(), Error> {
    let decision = match decision {
        Decision::Declined(reason) => Decision::Declined(reason_of(&reason)?),
        other => other,
    };
    let record = Record::new(app, actor, decision.act(), id);
    let (inner, actor) = (app.clone(), actor.clone());
    let write = move |tx: &mut Tx<'_>| {
        let group = locked(tx, id)?;
        permit_desk(&actor, &group)?;
        let unit = post_for(&actor, Action::ActivitiesRun, &group.place)?.unit;
        let expected = match decision {
            Decision::Registered | Decision::Declined(_) => GroupState::Asked,
            Decision::Closed => GroupState::Registered,
        };
        if group.state != expected {
            return Err(Refusal::rule(Class::Gone, "association-decided").into());
        }
        let members = associations::members(tx, id)?;
        let now = inner.now();
        let letter = decision.letter(&group, now);
        // --- everything is checked; from here on we write ---
        for one in members {
            if one.standing != Standing::Asked || decision == Decision::Closed {
                tell(&inner, tx, one.person, &letter, now)?;
            }
        }
        match decision {
            Decision::Registered => associations::register(tx, id, unit, now)?,
            Decision::Declined(_) => associations::end(tx, id, GroupState::Declined, now)?,
            Decision::Closed => associations::end(tx, id, GroupState::Closed, now)?,
        }
        record.keep(tx)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
