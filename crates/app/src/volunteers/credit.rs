//! A service out of a case: when what a volunteer took on is confirmed as done, it counts by
//! itself, once for each case. Which step does so, and what is told of it, says the kind.

use huiyin_domain::case::{Acting, Decision, Kind, Owner};
use huiyin_domain::id::ServiceId;
use huiyin_domain::place::Level;
use huiyin_domain::volunteer::{Confirmer, Service, ServiceState, Standing};
use huiyin_domain::words::Lang;
use huiyin_store::{Tx, persons, services, volunteers};
use jiff::Timestamp;

use super::WORDS_CHARS_MAX;
use super::report::unit_of;
use crate::{App, Error};

pub(crate) fn note(
    app: &App,
    tx: &mut Tx<'_>,
    (kind, decision): (&Kind, &Decision),
    now: Timestamp,
) -> Result<(), Error> {
    let (Some(credit), Owner::Person(person)) = (&decision.credit, decision.after.owner) else {
        return Ok(());
    };
    let Some(whose) = volunteers::of_person(tx, person)? else {
        return Ok(());
    };
    let community = decision.after.place.at(Level::Community);
    let community = community.or_else(|| whose.offer.community());
    let (Standing::Accepted { .. }, Some(place)) = (&whose.standing, community) else {
        return Ok(());
    };
    let (by, post) = match &decision.acting {
        Acting::Petitioner | Acting::Anyone => (Confirmer::Served, None),
        Acting::Post(post) => (Confirmer::Community, Some(post.post)),
        _ => return Ok(()),
    };
    let what = match &credit.what {
        Some(what) => what.chars().take(WORDS_CHARS_MAX).collect(),
        None => {
            let known = persons::by_id(tx, person)?;
            let lang = known.and_then(|known| known.language.parse().ok());
            let name = format!("{}--name", kind.slug);
            let name = app.words.get(lang.unwrap_or(Lang::ZH), &name, &[]);
            name.into_owned()
        }
    };
    let service = Service {
        id: ServiceId::from_raw(app.mint()),
        volunteer: whose.id,
        place,
        unit: unit_of(&whose),
        day: app.config.day(now),
        what,
        whom: credit.whom,
        minutes: credit.minutes,
        case: Some(decision.after.id),
        reported_at: now,
        state: ServiceState::Reported,
    };
    if services::report(tx, &service)? {
        services::confirm(tx, &service, (by, post), now)?;
    }
    Ok(())
}
