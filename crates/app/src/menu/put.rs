//! Put a line on the menu, or change it. Whoever changes a line says which version they saw.

use huiyin_domain::access::{Action, Actor, Who, scope};
use huiyin_domain::case::FieldFault;
use huiyin_domain::menu::{Says, Service};
use huiyin_domain::names::Names;
use huiyin_domain::place::PlaceCode;
use huiyin_store::{Tx, menus, places};

use crate::administration::{Record, permit};
use crate::error::Thing;
use crate::import::clean;
use crate::{App, Error, Refusal};

const NAME_CHARS_MAX: usize = 40;
const TEXT_CHARS_MAX: usize = 400;
const SKILLS_MAX: usize = 12;
const SKILL_CHARS_MAX: usize = 30;
const MINUTES_MAX: i64 = 24 * 60;
/// A menu that nobody can read in the corridor helps nobody.
const LINES_MAX: usize = 200;

/// Puts a line as it should be. Version 0 is a line that is new; the same one sent twice is one.
pub async fn put(app: &App, actor: &Actor, service: Service) -> Result<(), Error> {
    permit(actor, Action::MenuEdit)?;
    let service = good(service)?;
    let within = scope(actor, Action::MenuEdit);
    let reaches = |place: &PlaceCode| {
        let mut places = within.places().iter();
        actor.who == Who::System || places.any(|wide| place.is_within(wide))
    };
    if !reaches(&service.place) {
        return Err(Refusal::field("place", "fault-out-of-reach").into());
    }
    let record = Record::new(app, actor, "service-put", service.id);
    let write = move |tx: &mut Tx<'_>| -> Result<(), Error> {
        let known = menus::read(tx, service.id)?;
        let next = Service {
            version: service.version + 1,
            ..service.clone()
        };
        match known {
            None if service.version > 0 => {
                return Err(Refusal::NotFound(Thing::MenuService).into());
            }
            None => can_stand(tx, &service.place)?,
            // The same form once more.
            Some(known) if known == next => return Ok(()),
            Some(known) if known.place != service.place => {
                return Err(Refusal::field("place", "fault-unknown").into());
            }
            Some(known) if known.version != service.version => {
                return Err(Refusal::Stale {
                    version: known.version,
                }
                .into());
            }
            Some(_) => {}
        }
        // --- everything is checked; from here on we write ---
        match service.version {
            0 => menus::insert(tx, &next)?,
            before => menus::update(tx, &next, before)?,
        }
        record.keep(tx)
    };
    app.store.write(0, write).await.map_err(Error::from)
}

/// The place is there, and its menu has room.
fn can_stand(tx: &mut Tx<'_>, place: &PlaceCode) -> Result<(), Error> {
    match places::read(tx, place)? {
        Some(place) if place.closed_at.is_none() => {}
        _ => return Err(Refusal::field("place", "fault-not-place").into()),
    }
    let held = menus::within(tx, (place.as_str(), &place.range_end()))?;
    match held.iter().filter(|one| &one.place == place).count() < LINES_MAX {
        true => Ok(()),
        false => Err(Refusal::too_many("name", LINES_MAX).into()),
    }
}

/// Without what cannot be seen; every fault at once.
fn good(service: Service) -> Result<Service, Refusal> {
    let mut faults = Vec::new();
    let mut text = |field: &'static str, names: Names, max: usize| {
        let texts = names.0.into_iter().map(|(lang, text)| (lang, clean(&text)));
        let names = Names(texts.filter(|(_, text)| !text.is_empty()).collect());
        if names.0.values().any(|text| text.chars().count() > max) {
            faults.push(FieldFault::new(field, "fault-too-long").with("max", max));
        }
        names
    };
    let says = Says {
        name: text("name", service.says.name, NAME_CHARS_MAX),
        about: text("about", service.says.about, TEXT_CHARS_MAX),
        who: text("who", service.says.who, TEXT_CHARS_MAX),
        needed: text("needed", service.says.needed, TEXT_CHARS_MAX),
        not_promised: text("not_promised", service.says.not_promised, TEXT_CHARS_MAX),
        hours: text("hours", service.says.hours, TEXT_CHARS_MAX),
    };
    if says.name.is_empty() {
        faults.push(FieldFault::new("name", "fault-required"));
    }
    let skills: Vec<String> = service.skills.iter().map(|skill| clean(skill)).collect();
    let skills: Vec<String> = skills
        .into_iter()
        .filter(|skill| !skill.is_empty())
        .collect();
    if skills.len() > SKILLS_MAX {
        faults.push(FieldFault::new("skills", "fault-too-many").with("max", SKILLS_MAX));
    }
    if skills
        .iter()
        .any(|skill| skill.chars().count() > SKILL_CHARS_MAX)
    {
        faults.push(FieldFault::new("skills", "fault-too-long").with("max", SKILL_CHARS_MAX));
    }
    let minutes = service.minutes;
    if minutes.is_some_and(|minutes| !(1..=MINUTES_MAX).contains(&minutes)) {
        let fault = FieldFault::new("minutes", "fault-out-of-range");
        faults.push(fault.with("min", 1).with("max", MINUTES_MAX));
    }
    match faults.is_empty() {
        true => Ok(Service {
            says,
            skills,
            ..service
        }),
        false => Err(Refusal::Invalid(faults)),
    }
}
