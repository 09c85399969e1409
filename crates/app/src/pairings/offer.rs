//! The community asks a volunteer whether they would come by at a household, and says by how
//! many days a visit may be late. Until they say yes they learn neither address nor contact.

use huiyin_domain::access::{Actor, Scope};
use huiyin_domain::case::Class;
use huiyin_domain::id::{PairingId, VolunteerId};
use huiyin_domain::pairing::{HOUSEHOLDS_MAX, TOLERANCE_MAX};
use huiyin_domain::place::Level;
use huiyin_domain::volunteer::{Avoid, Standing, Volunteer};
use huiyin_store::{Tx, pairings, volunteers};

use super::{kept, said};
use crate::telling::tell::tell;
use crate::{App, Error, Refusal};

/// So many are offered to choose from.
const CHOICES: usize = 200;

pub async fn offer(
    app: &App,
    actor: &Actor,
    id: PairingId,
    (volunteer, tolerance): (VolunteerId, i64),
) -> Result<(), Error> {
    if !(0..=TOLERANCE_MAX).contains(&tolerance) {
        return Err(Refusal::field("tolerance", "fault-tolerance").into());
    }
    let (inner, actor, now) = (app.clone(), actor.clone(), app.now());
    let write = move |tx: &mut Tx<'_>| {
        let (pairing, post) = kept(tx, &actor, id)?;
        let community = pairing.place.at(Level::Community);
        let whose = volunteers::by_id(tx, volunteer)?.filter(|whose| {
            let is_accepted = matches!(whose.standing, Standing::Accepted { .. });
            is_accepted && whose.offer.community() == community && comes_to_homes(whose)
        });
        let Some(whose) = whose.filter(|whose| whose.person != pairing.person) else {
            return Err(Refusal::field("volunteer", "fault-not-choice").into());
        };
        if pairings::of_volunteer(tx, volunteer)?.len() >= HOUSEHOLDS_MAX {
            return Err(Refusal::field("volunteer", "fault-many-households").into());
        }
        // --- everything is checked; from here on we write ---
        if !pairings::offer(tx, id, (volunteer, post), tolerance, now)? {
            return Err(Refusal::rule(Class::Conflict, "pairing-taken").into());
        }
        let letter = ("letter-pairing-offered", "/volunteer/pairings");
        let cause = format!("pairing-offered {id} {now}");
        let letter = said(tx, &pairing, letter, cause, now)?;
        tell(&inner, tx, whose.person, &letter, now)
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}

fn comes_to_homes(whose: &Volunteer) -> bool {
    !whose.offer.avoids.contains(&Avoid::Homes)
}

/// Whom the community can ask: its volunteers who go to people's homes, in the order in which
/// they came.
pub(super) fn choices(
    tx: &mut Tx<'_>,
    scope: &Scope,
    pairing: &huiyin_domain::pairing::Pairing,
) -> Result<Vec<(VolunteerId, String)>, Error> {
    let community = pairing.place.at(Level::Community);
    let behind = volunteers::Behind {
        community: community
            .as_ref()
            .map_or_else(String::new, |place| place.to_string()),
        id: VolunteerId::from_raw(0),
    };
    let found = volunteers::accepted(tx, scope, &behind, CHOICES)?;
    let fits = |whose: &Volunteer| {
        whose.offer.community() == community
            && comes_to_homes(whose)
            && whose.person != pairing.person
    };
    let found = found.into_iter().filter(fits);
    Ok(found.map(|whose| (whose.id, whose.offer.name)).collect())
}
