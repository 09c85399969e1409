//! What administrators do is written down, in the transaction in which they do it.

use std::fmt::Display;

use huiyin_domain::access::{
    Action, Actor, HeldPost, Thing as Standing, Who, may_somewhere, post_for, scope,
};
use huiyin_domain::place::PlaceCode;

use huiyin_store::administration::{self, Act};
use huiyin_store::{DbError, Tx, persons};

use crate::App;
use crate::error::{Error, Refusal, Thing};

/// So many lines are shown at once.
pub const LOG_PAGE: usize = 100;

/// Refuses unless one of the actor's posts allows it. The product itself (its command
/// line, its demo) may: whoever runs it could change the database anyway.
pub fn permit(actor: &Actor, action: Action) -> Result<(), Refusal> {
    match actor.who {
        Who::System => Ok(()),
        Who::Anyone => Err(Refusal::SignInNeeded),
        _ if may_somewhere(actor, action) => Ok(()),
        _ => Err(Refusal::NotPermitted),
    }
}

/// The post with which the actor does this at a place; what lies elsewhere does not exist for
/// them.
pub(crate) fn reaching<'a>(
    actor: &'a Actor,
    action: Action,
    (place, missing): (&PlaceCode, Thing),
) -> Result<&'a HeldPost, Refusal> {
    if scope(actor, action).is_nothing() {
        return Err(Refusal::NotPermitted);
    }
    let post = post_for(actor, action, &Standing::lying_in(place));
    post.ok_or(Refusal::NotFound(missing))
}

/// One line of the log of administration, made ready before the transaction.
#[derive(Debug, Clone)]
pub(crate) struct Record(Act);

impl Record {
    pub fn new(app: &App, actor: &Actor, act: &str, subject: impl Display) -> Self {
        let now = app.now();
        Self(Act {
            id: app.mint(),
            at: now,
            person: actor.person(),
            act: act.to_owned(),
            subject: subject.to_string(),
            shape: "{}".to_owned(),
        })
    }

    /// With particulars, none of them personal.
    pub fn shaped(mut self, shape: &serde_json::Value) -> Self {
        self.0.shape = shape.to_string();
        self
    }

    pub fn keep(&self, tx: &mut Tx<'_>) -> Result<(), Error> {
        Ok(administration::insert(tx, &self.0)?)
    }
}

/// A line of the log, with the name of whoever did it: none for the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub act: Act,
    pub name: Option<String>,
}

/// The log, newest first, for the auditor.
pub async fn log(app: &App, actor: &Actor, before: Option<i64>) -> Result<Vec<Line>, Error> {
    permit(actor, Action::LogRead)?;
    let read = move |tx: &mut Tx<'_>| -> Result<Vec<Line>, DbError> {
        let acts = administration::newest(tx, before, i64::try_from(LOG_PAGE).unwrap_or(i64::MAX))?;
        let mut lines = Vec::with_capacity(acts.len());
        for act in acts {
            let person = act.person.map(|id| persons::by_id(tx, id)).transpose()?;
            let name = person.flatten().map(|person| person.name);
            lines.push(Line { act, name });
        }
        Ok(lines)
    };
    app.store.read(read).await.map_err(Error::from)
}
