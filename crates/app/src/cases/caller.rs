//! Find the caller's open cases while a call is written down: the one look-up by contact.
//!
//! Open cases only, only for those who answer calls, and every look is logged where the
//! caller can read it.

use huiyin_domain::access::{Action, Actor, may_somewhere};
use huiyin_domain::id::LookId;
use huiyin_store::{Tx, looks, petitioners};

use crate::{App, Error, Refusal};
use huiyin_domain::contact::Contact;

use super::list::{self, Reply};

const CASES_MAX: i64 = 20;
/// The word of this look in the log.
const LOOK: &str = "caller";

/// The open cases of whoever calls from this number; none while it is not whole.
pub async fn caller(app: &App, actor: &Actor, typed: &str) -> Result<Reply, Error> {
    if !may_somewhere(actor, Action::CallerFind) {
        return Err(Refusal::NotPermitted.into());
    }
    let Ok(contact) = typed.parse::<Contact>() else {
        return Ok(Reply::default());
    };
    let person = actor.person().ok_or(Refusal::SignInNeeded)?;
    let (inner, actor, now) = (app.clone(), actor.clone(), app.now());
    let find = move |tx: &mut Tx<'_>| -> Result<Reply, Error> {
        let rows = petitioners::open_of_caller(tx, contact.as_str(), CASES_MAX)?;
        for row in &rows {
            let look = looks::Look {
                id: LookId::from_raw(inner.mint()),
                at: now,
                case: row.id,
                person,
                post: actor.posts.first().map(|post| post.post),
                unit: actor.unit(),
                what: LOOK.to_owned(),
                purpose: String::new(),
            };
            looks::insert(tx, &look)?;
        }
        Ok(list::named(&inner, tx, rows, None)?)
    };
    app.store
        .write_aside(person.get(), find)
        .await
        .map_err(Error::from)
}
