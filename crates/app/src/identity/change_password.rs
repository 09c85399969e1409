//! Change one's own password. All other sessions end.

use huiyin_store::{persons, sessions};

use super::session::Visitor;
use super::{password, sign_in};
use crate::App;
use crate::error::{Error, Refusal, Thing};

pub async fn change_password(
    app: &App,
    visitor: &Visitor,
    old: String,
    new: String,
) -> Result<(), Error> {
    let (person, keep) = (visitor.person, *visitor.session());
    let known = app
        .store
        .read(move |tx| persons::by_id(tx, person).map_err(Error::from))
        .await?
        .ok_or(Refusal::NotFound(Thing::Person))?;
    if let Some(fault) = password::fault(&new, known.login.as_deref().unwrap_or_default()) {
        return Err(Refusal::field("password", fault).into());
    }
    sign_in::check_password(app, person, old).await?;
    let hash = app.hasher.hash(new, app.outside.entropy.bytes()).await?;
    app.store
        .write(person.get(), move |tx| {
            persons::set_password(tx, person, &hash)?;
            sessions::delete_of_person(tx, person, Some(&keep)).map_err(Error::from)
        })
        .await?;
    Ok(())
}
