//! A volunteer says whether they would come by at a household, and when for the first time.

use huiyin_domain::access::Actor;
use huiyin_domain::case::Class;
use huiyin_domain::id::PairingId;
use huiyin_domain::pairing::{Helper, Next};
use huiyin_store::{Tx, pairings};
use jiff::ToSpan;
use jiff::civil::Date;

use super::{desk_page, end_of, helped, release, said};
use crate::telling::tell::tell;
use crate::volunteers::{not_registered, own, person, tell_keepers};
use crate::{App, Error, Refusal};

/// Nobody waits longer for the first visit.
const FIRST_WITHIN_DAYS: i64 = 31;

/// They would, and come on this day.
pub async fn agree(app: &App, actor: &Actor, id: PairingId, first: Date) -> Result<(), Error> {
    let (person, now, inner) = (person(actor)?, app.now(), app.clone());
    let today = app.config.day(now);
    if first < today || first > today.saturating_add(FIRST_WITHIN_DAYS.days()) {
        return Err(Refusal::field("first", "fault-first-visit").into());
    }
    let write = move |tx: &mut Tx<'_>| {
        let own = own(tx, person)?.ok_or_else(not_registered)?;
        let pairing = helped(tx, &own, id)?;
        if let Helper::Comes { .. } = pairing.helper {
            return Ok(());
        }
        let next = Next::on(first, pairing.tolerance);
        // --- everything is checked; from here on we write ---
        if !pairings::agree(tx, id, own.id, next, now)? {
            return Err(Refusal::rule(Class::Conflict, "pairing-taken").into());
        }
        let cause = format!("pairing-agreed {id} {now}");
        let at = end_of(&inner, first);
        let letter = ("letter-pairing-agreed", "/my/pairing");
        let household = said(tx, &pairing, letter, cause.clone(), at)?;
        tell(&inner, tx, pairing.person, &household, now)?;
        let page = desk_page(id);
        let letter = ("letter-pairing-agreed-desk", page.as_str());
        let keepers = said(tx, &pairing, letter, cause, at)?;
        tell_keepers(&inner, tx, &pairing.place, &keepers, now)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}

/// They would not, or come no more: the community looks for somebody else.
pub async fn hand_back(app: &App, actor: &Actor, id: PairingId) -> Result<(), Error> {
    let (person, now, inner) = (person(actor)?, app.now(), app.clone());
    let write = move |tx: &mut Tx<'_>| {
        let own = own(tx, person)?.ok_or_else(not_registered)?;
        let pairing = helped(tx, &own, id)?;
        // --- everything is checked; from here on we write ---
        release(&inner, tx, (&pairing, &own), now)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
