//! Write down what is cooked: the dishes of one meal of a day, or a change of them. What
//! somebody has asked for already keeps its name and its price; whoever asked for a dish whose
//! allergens turn out to be others is told.

use huiyin_domain::access::Actor;
use huiyin_domain::case::{Class, FieldFault};
use huiyin_domain::id::{KitchenDayId, VenueId};
use huiyin_domain::meal::{Allergen, Bringing, Sitting};
use huiyin_store::kitchens::{self, Dish, KitchenDay};
use huiyin_store::venues;
use huiyin_store::{DbError, Tx};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::{permit, tell_all};
use crate::administration::Record;
use crate::error::Thing;
use crate::venues::zone_of;
use crate::{App, Error, Refusal};

/// So many dishes a meal has at most.
pub const DISHES_MAX: usize = 12;
const NAME_CHARS_MAX: usize = 40;
const NOTE_CHARS_MAX: usize = 300;
const PRICE_FEN_MAX: i64 = 100_000;
const PORTIONS_MAX: i64 = 5_000;
/// Nobody plans meals for later than this.
const AHEAD_MAX: SignedDuration = SignedDuration::from_hours(24 * 60);

/// A dish as somebody filled it in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    pub number: i64,
    pub name: String,
    pub price_fen: i64,
    pub allergens: Vec<Allergen>,
    pub portions: i64,
}

/// A meal of a day as somebody filled it in. The id is made by whoever makes it, so that sending
/// it twice makes one.
#[derive(Debug, Clone)]
pub struct Request {
    pub id: KitchenDayId,
    pub venue: VenueId,
    pub day: Date,
    pub sitting: Sitting,
    pub until: Timestamp,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    pub bringing: Bringing,
    pub note: String,
    pub dishes: Vec<Filled>,
}

pub async fn put(app: &App, actor: &Actor, request: Request) -> Result<(), Error> {
    let faults = faults(&request);
    if !faults.is_empty() {
        return Err(Refusal::Invalid(faults).into());
    }
    let record = Record::new(app, actor, "kitchen-day-put", request.id);
    let (inner, actor, key) = (app.clone(), actor.clone(), request.id.get());
    let write = move |tx: &mut Tx<'_>| {
        let venue = venues::read(tx, request.venue)?.ok_or(Refusal::NotFound(Thing::Venue))?;
        permit(&actor, &venue)?;
        kitchens::lock(tx, request.id)?;
        let before = kitchens::read(tx, request.id)?;
        let now = inner.now();
        let day = day_of(&request, before.as_ref(), now)?;
        let zone = zone_of(&inner, tx, &venue.place)?;
        if zone.date(day.starts_at) != day.day || zone.date(day.ends_at) != day.day {
            return Err(Refusal::field("starts", "fault-meal-day").into());
        }
        let held = kitchens::dishes(tx, request.id)?;
        let faults = against(&request, &held);
        if !faults.is_empty() {
            return Err(Refusal::Invalid(faults).into());
        }
        // --- everything is checked; from here on we write ---
        match kitchens::put(tx, &day) {
            Err(DbError::Unique { .. }) => {
                return Err(Refusal::field("sitting", "fault-meal-twice").into());
            }
            other => other?,
        }
        for dish in &held {
            if request.dishes.iter().all(|one| one.number != dish.number) {
                kitchens::drop_dish(tx, day.id, dish.number)?;
            }
        }
        for dish in &request.dishes {
            kitchens::put_dish(tx, day.id, &dish.kept())?;
        }
        if differ(&request, &held) {
            tell_all(&inner, tx, (&day, &venue), "letter-meal-allergens", now)?;
        }
        record.keep(tx)
    };
    app.store.write(key, write).await.map_err(Error::from)
}

impl Filled {
    fn kept(&self) -> Dish {
        Dish {
            number: self.number,
            name: self.name.clone(),
            price_fen: self.price_fen,
            allergens: self.allergens.clone(),
            portions: self.portions,
            gone: 0,
        }
    }
}

fn day_of(
    request: &Request,
    before: Option<&KitchenDay>,
    now: Timestamp,
) -> Result<KitchenDay, Refusal> {
    if let Some(before) = before {
        let is_same = (before.venue, before.day, before.sitting)
            == (request.venue, request.day, request.sitting);
        if !is_same {
            return Err(Refusal::KeyReused);
        }
        if before.called_off_at.is_some() || before.ends_at <= now {
            return Err(Refusal::rule(Class::Gone, "kitchen-over"));
        }
    } else if request.until <= now {
        return Err(Refusal::field("until", "fault-meal-until"));
    }
    if request.starts_at.duration_since(now) > AHEAD_MAX {
        return Err(Refusal::field("day", "fault-meal-far"));
    }
    Ok(KitchenDay {
        id: request.id,
        venue: request.venue,
        day: request.day,
        sitting: request.sitting,
        until: request.until,
        starts_at: request.starts_at,
        ends_at: request.ends_at,
        bringing: request.bringing,
        note: request.note.clone(),
        changed_at: now,
        called_off_at: None,
    })
}

/// What cannot be, since somebody has asked for it.
fn against(request: &Request, held: &[Dish]) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    for dish in held.iter().filter(|dish| dish.gone > 0) {
        let mut filled = request.dishes.iter();
        let filled = filled.find(|one| one.number == dish.number);
        let field = |name: &str| format!("{name}-{}", dish.number);
        match filled {
            None => faults.push(FieldFault::new(&field("name"), "fault-dish-asked")),
            Some(one) if one.name != dish.name || one.price_fen != dish.price_fen => {
                faults.push(FieldFault::new(&field("name"), "fault-dish-asked"));
            }
            Some(one) if one.portions < dish.gone => {
                let fault = FieldFault::new(&field("portions"), "fault-dish-gone");
                faults.push(fault.with("min", dish.gone));
            }
            Some(_) => {}
        }
    }
    faults
}

/// Whether a dish that somebody asked for has other allergens than were said.
fn differ(request: &Request, held: &[Dish]) -> bool {
    held.iter().filter(|dish| dish.gone > 0).any(|dish| {
        let mut filled = request.dishes.iter();
        filled.any(|one| one.number == dish.number && one.allergens != dish.allergens)
    })
}

fn faults(request: &Request) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    if request.starts_at >= request.ends_at {
        faults.push(FieldFault::new("ends", "fault-meal-ends"));
    }
    if request.until > request.starts_at {
        faults.push(FieldFault::new("until", "fault-meal-until-late"));
    }
    if request.note.chars().count() > NOTE_CHARS_MAX {
        let fault = FieldFault::new("note", "fault-too-long");
        faults.push(fault.with("max", NOTE_CHARS_MAX));
    }
    if request.dishes.is_empty() {
        faults.push(FieldFault::new("name-1", "fault-required"));
    }
    for dish in &request.dishes {
        faults.extend(dish_faults(dish));
    }
    faults
}

fn dish_faults(dish: &Filled) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    let field = |name: &str| format!("{name}-{}", dish.number);
    match dish.name.chars().count() {
        0 => faults.push(FieldFault::new(&field("name"), "fault-required")),
        1..=NAME_CHARS_MAX => {}
        _ => {
            let fault = FieldFault::new(&field("name"), "fault-too-long");
            faults.push(fault.with("max", NAME_CHARS_MAX));
        }
    }
    if !(0..=PRICE_FEN_MAX).contains(&dish.price_fen) {
        faults.push(FieldFault::new(&field("price"), "fault-price"));
    }
    if !(1..=PORTIONS_MAX).contains(&dish.portions) {
        let fault = FieldFault::new(&field("portions"), "fault-out-of-range");
        faults.push(fault.with("min", 1).with("max", PORTIONS_MAX));
    }
    let is_numbered = (1..=DISHES_MAX as i64).contains(&dish.number);
    if !is_numbered {
        faults.push(FieldFault::new("name-1", "fault-form-old"));
    }
    faults
}
