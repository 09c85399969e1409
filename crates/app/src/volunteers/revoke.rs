//! A volunteer takes a certificate back: whoever checks its code learns no more than that.

use huiyin_domain::access::Actor;
use huiyin_domain::id::CertificateId;
use huiyin_store::{Tx, certificates};

use super::register::not_registered;
use super::{own, person};
use crate::error::Thing;
use crate::{App, Error, Refusal};

pub async fn revoke(app: &App, actor: &Actor, id: CertificateId) -> Result<(), Error> {
    let person = person(actor)?;
    let now = app.now();
    let write = move |tx: &mut Tx<'_>| {
        let own = own(tx, person)?.ok_or_else(not_registered)?;
        let found = certificates::by_id(tx, id)?;
        if found.is_none_or(|found| found.volunteer != own.id) {
            return Err(Refusal::NotFound(Thing::Certificate).into());
        }
        // --- everything is checked; from here on we write ---
        certificates::revoke(tx, id, now)?;
        Ok::<_, Error>(())
    };
    app.store
        .write(person.get(), write)
        .await
        .map_err(Error::from)
}
