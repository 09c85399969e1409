//! Other installations that hand us cases: a county's, whose case ends with a department of the
//! prefecture. To them we are one of their units: they gave us a token with which we act for it,
//! and a webhook that says when something of that unit moves. All else is asked over their API.
//!
//! What they hand over is opened here as a case of our own ([`arrive`]). From then on a step
//! that is taken on one side is taken on the other, when the same step is offered there to the
//! unit that stands for the first ([`relay`], [`tell`]), and each side keeps the other's part of the
//! history, sealed ([`chain`]). [`follow`] brings one case up to date in both directions and may
//! run twice; an event, a step here and an hourly look through their list set it going.

mod arrive;
pub mod chain;
pub mod create;
mod follow;
pub mod hear;
pub mod list;
mod look;
mod relay;
mod remote;
mod said;
mod tell;
pub mod turn;

use huiyin_domain::access::{Actor, HeldPost, Who};
use huiyin_domain::case::Decision;
use huiyin_domain::id::{HandedId, InstallationId, PostId, TokenId};
use huiyin_domain::person::Role;
use huiyin_store::installations::{self, Installation};
use huiyin_store::{DbError, Tx};
use jiff::Timestamp;

use crate::App;
use crate::cases::Channel;
use crate::jobs::Job;

pub(crate) use follow::run as follow_case;
pub(crate) use look::{run as look_through, sweep};

/// As whom an installation acts here: it speaks for its residents, as a hotline does.
fn actor(installation: &Installation) -> Actor {
    let id = installation.id.get();
    Actor {
        who: Who::Service(TokenId::from_raw(id)),
        posts: vec![HeldPost {
            post: PostId::from_raw(id),
            unit: installation.unit,
            role: Role::Operator,
            place: installation.place.clone(),
            took_over: Vec::new(),
        }],
    }
}

/// After a step here: the other side is to be told, when the case is another installation's.
/// Only cases that came in from elsewhere are looked for.
pub(crate) fn note(
    app: &App,
    tx: &mut Tx<'_>,
    (decision, channel): (&Decision, &str),
    now: Timestamp,
) -> Result<(), DbError> {
    if channel != Channel::Partner.word() {
        return Ok(());
    }
    match installations::of_case(tx, decision.after.id)? {
        Some(handed) => Job::FollowCase(handed.id).enqueue(app, tx, now),
        None => Ok(()),
    }
}

/// The installation of a handed case, as long as it is on, with what is needed to speak with it.
#[derive(Clone)]
struct Ready {
    handed: installations::Handed,
    installation: Installation,
    token: String,
}

impl Ready {
    fn read(tx: &mut Tx<'_>, id: HandedId) -> Result<Option<Ready>, DbError> {
        let Some(handed) = installations::handed(tx, id)? else {
            return Ok(None);
        };
        let found = on(tx, handed.installation)?;
        Ok(found.map(|(installation, token)| Ready {
            handed,
            installation,
            token,
        }))
    }
}

/// An installation that is on, and its token.
fn on(tx: &mut Tx<'_>, id: InstallationId) -> Result<Option<(Installation, String)>, DbError> {
    let found = installations::by_id(tx, id)?.filter(|found| found.off_at.is_none());
    let token = installations::token(tx, id)?;
    Ok(found.zip(token))
}
