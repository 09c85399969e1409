//! What a volunteer sees of themselves: how they stand, what they did, what was agreed for the
//! year.

use huiyin_domain::access::Actor;
use huiyin_domain::id::ServiceId;
use huiyin_domain::volunteer::{Certificate, Mark, Service, Volunteer};
use huiyin_store::services::{Sum, Whose};
use huiyin_store::{Tx, certificates, services};
use jiff::civil::Date;

use super::{own, person};
use crate::{App, Error};

/// So many services are shown at once.
pub const ROWS: usize = 30;
/// So many certificates, courses and thanks are shown.
const FEW: i64 = 20;

#[derive(Debug, Clone)]
pub struct Mine {
    pub volunteer: Volunteer,
    /// By year, the latest first.
    pub sums: Vec<Sum>,
    pub services: Vec<Service>,
    /// Where the list goes on.
    pub older: Option<(Date, ServiceId)>,
    pub marks: Vec<Mark>,
    pub certificates: Vec<Certificate>,
    /// How many services are agreed for a year.
    pub share: u32,
}

/// The actor's own record; none while they have not registered.
pub async fn read(
    app: &App,
    actor: &Actor,
    before: Option<(Date, ServiceId)>,
) -> Result<Option<Mine>, Error> {
    let person = person(actor)?;
    let share = app.config.agreement.person.services;
    let read = move |tx: &mut Tx<'_>| {
        let Some(volunteer) = own(tx, person)? else {
            return Ok(None);
        };
        let id = volunteer.id;
        let limit = i64::try_from(ROWS + 1).unwrap_or(i64::MAX);
        let mut rows = services::of_volunteer(tx, id, before, limit)?;
        let more = rows.len() > ROWS;
        rows.truncate(ROWS);
        let last = rows.last().filter(|_| more);
        Ok::<_, Error>(Some(Mine {
            older: last.map(|last| (last.day, last.id)),
            sums: services::sums(tx, &Whose::Volunteer(id))?,
            marks: certificates::marks(tx, id, FEW)?,
            certificates: certificates::of_volunteer(tx, id, FEW)?,
            services: rows,
            volunteer,
            share,
        }))
    };
    app.store.read(read).await.map_err(Error::from)
}
