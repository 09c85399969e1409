//! Register as a volunteer, or change what one offers. Only the name and the community are
//! needed. Whoever moves to another community, or was declined, asks anew.

use huiyin_domain::access::Actor;
use huiyin_domain::case::FieldFault;
use huiyin_domain::id::{PersonId, VolunteerId};
use huiyin_domain::place::Level;
use huiyin_domain::unit::UnitCategory;
use huiyin_domain::volunteer::{Membership, Offer, SkillCode, Standing, Volunteer};
use huiyin_store::{Tx, places, skills, units, volunteers};
use jiff::Timestamp;

use super::{NAME_CHARS_MAX, WORDS_CHARS_MAX, own, person};
use crate::error::Thing;
use crate::import::clean;
use crate::{App, Error, Refusal, civic_posts, pairings};

/// So many skills, and days that differ, are kept.
pub const SKILLS_MAX: usize = 40;
pub const DAYS_MAX: usize = 60;

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// The community is asked.
    Asked,
    /// What is offered has changed, and counts.
    Changed,
}

/// Keeps what a person offers; `id` is made by whoever shows the form, so that sending twice
/// registers once.
pub async fn register(
    app: &App,
    actor: &Actor,
    id: VolunteerId,
    mut offer: Offer,
) -> Result<Reply, Error> {
    let person = person(actor)?;
    let now = app.now();
    offer.name = clean(&offer.name);
    offer.avoid_note = clean(&offer.avoid_note);
    offer.skills.sort_unstable();
    offer.skills.dedup();
    offer.days.retain(|day| day.day >= app.config.day(now));
    offer.days.sort_unstable_by_key(|day| day.day);
    offer.days.dedup_by_key(|day| day.day);
    let inner = app.clone();
    let write = move |tx: &mut Tx<'_>| {
        let known = own(tx, person)?;
        let faults = faults(tx, &offer, known.as_ref())?;
        if !faults.is_empty() {
            return Err(Refusal::Invalid(faults).into());
        }
        // --- everything is checked; from here on we write ---
        let after = decided(known.as_ref(), (id, person), offer.clone(), now);
        if let Some(before) = &known
            && matches!(before.standing, Standing::Accepted { .. })
            && after.standing == Standing::Asked
        {
            civic_posts::give_up_all(tx, before, now)?;
            pairings::release_all(&inner, tx, before, now)?;
        }
        let reply = match after.standing {
            Standing::Accepted { .. } => Reply::Changed,
            Standing::Asked | Standing::Declined { .. } => Reply::Asked,
        };
        match &known {
            Some(before) => volunteers::update(tx, before, &after)?,
            None => volunteers::insert(tx, &after)?,
        }
        Ok::<_, Error>(reply)
    };
    app.store
        .write(person.get(), write)
        .await
        .map_err(Error::from)
}

/// How the volunteer stands with this offer.
fn decided(
    known: Option<&Volunteer>,
    (id, person): (VolunteerId, PersonId),
    offer: Offer,
    now: Timestamp,
) -> Volunteer {
    let same_place = known.is_some_and(|known| known.offer.community() == offer.community());
    let standing = match known.map(|known| &known.standing) {
        Some(Standing::Accepted { at }) if same_place => Standing::Accepted { at: *at },
        _ => Standing::Asked,
    };
    let was_asked = known.filter(|known| same_place && known.standing == Standing::Asked);
    let asked_at = match (&standing, known) {
        (Standing::Accepted { .. }, Some(known)) => known.asked_at,
        _ => was_asked.map_or(now, |known| known.asked_at),
    };
    let before = known.and_then(|known| known.membership);
    let kept = before.filter(|member| Some(member.unit) == offer.unit);
    Volunteer {
        id: known.map_or(id, |known| known.id),
        person,
        membership: kept.or(offer.unit.map(|unit| Membership {
            unit,
            agreed_at: None,
        })),
        asked_at,
        standing,
        offer,
    }
}

fn faults(
    tx: &mut Tx<'_>,
    offer: &Offer,
    known: Option<&Volunteer>,
) -> Result<Vec<FieldFault>, Error> {
    let mut faults = Vec::new();
    let mut say = |fault: FieldFault| faults.push(fault);
    if offer.name.is_empty() {
        say(FieldFault::new("name", "fault-required"));
    }
    for (field, text, max) in [
        ("name", &offer.name, NAME_CHARS_MAX),
        ("avoid_note", &offer.avoid_note, WORDS_CHARS_MAX),
    ] {
        if text.chars().count() > max {
            say(FieldFault::new(field, "fault-too-long").with("max", max));
        }
    }
    let place = places::read(tx, &offer.place)?;
    let is_open = place.is_some_and(|place| place.closed_at.is_none());
    let level = offer.place.level();
    if !is_open || !matches!(level, Level::Community | Level::Grid) {
        say(FieldFault::new("place", "fault-volunteer-place"));
    }
    if let Some(unit) = offer.unit {
        let unit = units::read(tx, unit)?;
        let is_partner = |category| category == UnitCategory::Partner;
        if !unit.is_some_and(|unit| unit.closed_at.is_none() && is_partner(unit.category)) {
            say(FieldFault::new("unit", "fault-not-unit"));
        }
    }
    if offer.skills.len() > SKILLS_MAX {
        say(FieldFault::new("skills", "fault-too-many").with("max", SKILLS_MAX));
    } else if let Some(community) = offer.community() {
        let listed = skills::list(tx, &community)?;
        let before = known.map(|known| known.offer.skills.as_slice());
        let is_known = |code: &SkillCode| {
            listed.iter().any(|skill| skill.code == *code)
                || before.is_some_and(|before| before.contains(code))
        };
        if !offer.skills.iter().all(is_known) {
            say(FieldFault::new("skills", "fault-not-choice"));
        }
    }
    if offer.days.len() > DAYS_MAX {
        say(FieldFault::new("days", "fault-too-many").with("max", DAYS_MAX));
    }
    Ok(faults)
}

/// What the form begins with: the actor's own offer, if there is one.
pub async fn read(app: &App, actor: &Actor) -> Result<Option<Volunteer>, Error> {
    let person = person(actor)?;
    let read = move |tx: &mut Tx<'_>| own(tx, person);
    app.store.read(read).await.map_err(Error::from)
}

/// The refusal of whoever has not registered.
pub(crate) fn not_registered() -> Refusal {
    Refusal::NotFound(Thing::Volunteer)
}
