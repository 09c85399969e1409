//! A sweep over visits: the helper is told a day ahead and on the day; when a visit is late by
//! more than is borne, the community is told, once for each missed visit.

use huiyin_domain::id::PairingId;
use huiyin_domain::pairing::{Helper, Next, Pairing};
use huiyin_domain::telling::Importance;
use huiyin_domain::volunteer::Volunteer;
use huiyin_store::{Tx, pairings, volunteers};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::{desk_page, end_of, said};
use crate::telling::tell::tell;
use crate::volunteers::tell_keepers;
use crate::{App, Error};

const BATCH: i64 = 50;

/// Of how many visits somebody was told.
pub(crate) async fn sweep(app: &App) -> Result<u64, Error> {
    let now = app.now();
    let today = app.config.day(now);
    let missed = move |tx: &mut Tx<'_>| pairings::missed(tx, today, BATCH);
    let missed = app.store.read(missed).await.map_err(Error::from)?;
    let mut told = 0;
    for pairing in missed {
        told += u64::from(one(app, pairing.id, (What::Missed, now)).await?);
    }
    let tomorrow = today.saturating_add(1.days());
    let soon = move |tx: &mut Tx<'_>| pairings::soon(tx, tomorrow, BATCH);
    for pairing in app.store.read(soon).await.map_err(Error::from)? {
        told += u64::from(one(app, pairing.id, (What::Soon, now)).await?);
    }
    let due = move |tx: &mut Tx<'_>| pairings::due(tx, today, BATCH);
    for pairing in app.store.read(due).await.map_err(Error::from)? {
        told += u64::from(one(app, pairing.id, (What::Due, now)).await?);
    }
    Ok(told)
}

#[derive(Debug, Clone, Copy)]
enum What {
    Soon,
    Due,
    Missed,
}

/// Looks again, since somebody may have come meanwhile, and tells.
async fn one(app: &App, id: PairingId, (what, now): (What, Timestamp)) -> Result<bool, Error> {
    let inner = app.clone();
    let write = move |tx: &mut Tx<'_>| {
        let Some(pairing) = pairings::by_id(tx, id)? else {
            return Ok(false);
        };
        let Helper::Comes {
            volunteer, next, ..
        } = pairing.helper
        else {
            return Ok(false);
        };
        let Some(helper) = volunteers::by_id(tx, volunteer)? else {
            return Ok(false);
        };
        let today = inner.config.day(now);
        let watched = Watched {
            pairing: &pairing,
            helper: &helper,
            next,
            today,
        };
        match what {
            What::Soon => watched.soon(&inner, tx, now),
            What::Due => watched.due(&inner, tx, now),
            What::Missed => watched.missed(&inner, tx, now),
        }
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}

struct Watched<'a> {
    pairing: &'a Pairing,
    helper: &'a Volunteer,
    next: Next,
    today: Date,
}

impl Watched<'_> {
    fn soon(&self, app: &App, tx: &mut Tx<'_>, now: Timestamp) -> Result<bool, Error> {
        pairings::told_soon(tx, self.pairing.id, self.next.day)?;
        // What is due today is told as such.
        if self.next.day <= self.today {
            return Ok(false);
        }
        self.tell_helper(app, tx, ("letter-pairing-soon", "soon"), now)?;
        Ok(true)
    }

    fn due(&self, app: &App, tx: &mut Tx<'_>, now: Timestamp) -> Result<bool, Error> {
        pairings::told_due(tx, self.pairing.id, self.next.day)?;
        self.tell_helper(app, tx, ("letter-pairing-due", "due"), now)?;
        Ok(true)
    }

    fn missed(&self, app: &App, tx: &mut Tx<'_>, now: Timestamp) -> Result<bool, Error> {
        let (pairing, due) = (self.pairing, self.next.day);
        if self.today < self.next.missed_from {
            return Ok(false);
        }
        let next = pairing.after_miss(due, self.today);
        let is_new = pairings::miss(tx, pairing.id, (due, &pairing.place), now)?;
        pairings::set_next(tx, pairing.id, self.helper.id, next)?;
        if !is_new {
            return Ok(false);
        }
        self.tell_helper(app, tx, ("letter-pairing-missed-own", "missed-own"), now)?;
        let page = desk_page(pairing.id);
        let cause = format!("pairing-missed {} {due}", pairing.id);
        let letter = ("letter-pairing-missed", page.as_str());
        let mut keepers = said(tx, pairing, letter, cause, end_of(app, due))?;
        keepers.importance = Importance::Urgent;
        tell_keepers(app, tx, &pairing.place, &keepers, now)?;
        Ok(true)
    }

    fn tell_helper(
        &self,
        app: &App,
        tx: &mut Tx<'_>,
        (letter, word): (&'static str, &str),
        now: Timestamp,
    ) -> Result<(), Error> {
        let page = format!("/volunteer/pairings/{}", self.pairing.id);
        let cause = format!("pairing-{word} {} {}", self.pairing.id, self.next.day);
        let at = end_of(app, self.next.day);
        let letter = said(tx, self.pairing, (letter, &page), cause, at)?;
        tell(app, tx, self.helper.person, &letter, now)
    }
}
