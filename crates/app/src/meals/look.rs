//! Look at meals: what is cooked, what one has asked for oneself, and, for the unit that keeps
//! the venue, what the kitchen has to cook and for whom.

use huiyin_domain::access::Actor;
use huiyin_domain::calendar::Zone;
use huiyin_domain::id::{KitchenDayId, MealId, VenueId};
use huiyin_domain::meal::{Handing, Portions};
pub use huiyin_store::kitchens::Dish;
use huiyin_store::kitchens::{self, KitchenDay};
use huiyin_store::meals::{self, Meal};
use huiyin_store::venues::Venue;
use huiyin_store::{Tx, venues};
use jiff::ToSpan;
use jiff::civil::Date;

use super::{found, hand, permit};
use crate::error::Thing;
use crate::venues::zone_of;
use crate::{App, Error, Refusal};

const MINE_MAX: i64 = 60;

/// A meal of a day with its dishes.
#[derive(Debug, Clone)]
pub struct Cooked {
    pub day: KitchenDay,
    pub dishes: Vec<Dish>,
}

/// What a venue cooks in a week.
#[derive(Debug, Clone)]
pub struct Week {
    pub venue: Venue,
    pub zone: Zone,
    pub monday: Date,
    pub cooked: Vec<Cooked>,
}

/// The week of a day; this week when none is named.
pub async fn week(app: &App, venue: VenueId, day: Option<Date>) -> Result<Week, Error> {
    let inner = app.clone();
    let read = move |tx: &mut Tx<'_>| {
        let venue = venues::read(tx, venue)?.ok_or(Refusal::NotFound(Thing::Venue))?;
        let zone = zone_of(&inner, tx, &venue.place)?;
        let day = day.unwrap_or_else(|| zone.date(inner.now()));
        let since_monday = i64::from(day.weekday().to_monday_zero_offset());
        let monday = day.saturating_sub(since_monday.days());
        let span = [monday, monday.saturating_add(6.days())];
        let cooked = with_dishes(tx, venue.id, span)?;
        Ok::<_, Error>(Week {
            venue,
            zone,
            monday,
            cooked,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}

fn with_dishes(tx: &mut Tx<'_>, venue: VenueId, span: [Date; 2]) -> Result<Vec<Cooked>, Error> {
    let days = kitchens::of_venue(tx, venue, span)?.into_iter();
    days.map(|day| {
        let dishes = kitchens::dishes(tx, day.id)?;
        Ok(Cooked { day, dishes })
    })
    .collect()
}

/// A meal somebody asked for, with what is in it.
#[derive(Debug, Clone)]
pub struct Line {
    pub meal: Meal,
    pub portions: Portions,
}

/// One meal of a day as somebody sees it, with what they have asked for of it.
#[derive(Debug, Clone)]
pub struct Page {
    pub venue: Venue,
    pub zone: Zone,
    pub cooked: Cooked,
    pub own: Vec<Line>,
}

pub async fn show(app: &App, actor: &Actor, id: KitchenDayId) -> Result<Page, Error> {
    let (inner, person) = (app.clone(), actor.person());
    let read = move |tx: &mut Tx<'_>| {
        let (day, venue) = found(tx, id)?;
        let mut own = Vec::new();
        if person.is_some() {
            let all = meals::of_day(tx, id)?.into_iter();
            for meal in all.filter(|meal| meal.person == person) {
                own.push(line(tx, meal)?);
            }
        }
        let dishes = kitchens::dishes(tx, id)?;
        Ok::<_, Error>(Page {
            zone: zone_of(&inner, tx, &venue.place)?,
            venue,
            cooked: Cooked { day, dishes },
            own,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}

fn line(tx: &mut Tx<'_>, meal: Meal) -> Result<Line, Error> {
    let portions = meals::portions(tx, meal.id)?;
    Ok(Line { meal, portions })
}

/// A meal of mine, with what it is of.
#[derive(Debug, Clone)]
pub struct Mine {
    pub line: Line,
    pub venue: Venue,
    pub cooked: Cooked,
}

/// What the actor asked for, the latest first.
pub async fn mine(app: &App, actor: &Actor) -> Result<Vec<Mine>, Error> {
    let person = actor.person().ok_or(Refusal::SignInNeeded)?;
    let read = move |tx: &mut Tx<'_>| {
        let all = meals::of_person(tx, person, MINE_MAX)?.into_iter();
        all.map(|meal| own(tx, meal))
            .collect::<Result<Vec<Mine>, Error>>()
    };
    app.store.read(read).await.map_err(Error::from)
}

fn own(tx: &mut Tx<'_>, meal: Meal) -> Result<Mine, Error> {
    let (day, venue) = found(tx, meal.kitchen_day)?;
    let dishes = kitchens::dishes(tx, day.id)?;
    Ok(Mine {
        line: line(tx, meal)?,
        venue,
        cooked: Cooked { day, dishes },
    })
}

/// One of the actor's own meals.
pub async fn one(app: &App, actor: &Actor, id: MealId) -> Result<Mine, Error> {
    let person = actor.person().ok_or(Refusal::SignInNeeded)?;
    let read = move |tx: &mut Tx<'_>| {
        let meal = meals::read(tx, id)?.filter(|meal| meal.person == Some(person));
        own(tx, meal.ok_or(Refusal::NotFound(Thing::Meal))?)
    };
    app.store.read(read).await.map_err(Error::from)
}

/// One meal of a day for the kitchen: what to cook, and for whom.
#[derive(Debug, Clone)]
pub struct Kitchen {
    pub page: Page,
    /// Everything that was asked for and not given back.
    pub lines: Vec<Line>,
}

impl Kitchen {
    /// What is to be brought to a door.
    pub fn brought(&self) -> impl Iterator<Item = &Line> {
        let brought = |line: &&Line| line.meal.handing == Handing::Brought;
        self.lines.iter().filter(brought)
    }
}

pub async fn kitchen(app: &App, actor: &Actor, id: KitchenDayId) -> Result<Kitchen, Error> {
    let (inner, actor) = (app.clone(), actor.clone());
    let read = move |tx: &mut Tx<'_>| {
        let (day, venue) = found(tx, id)?;
        permit(&actor, &venue)?;
        let mut lines = Vec::new();
        for meal in meals::of_day(tx, id)? {
            lines.push(line(tx, meal)?);
        }
        let dishes = kitchens::dishes(tx, id)?;
        Ok::<_, Error>(Kitchen {
            page: Page {
                zone: zone_of(&inner, tx, &venue.place)?,
                venue,
                cooked: Cooked { day, dishes },
                own: Vec::new(),
            },
            lines,
        })
    };
    app.store.read(read).await.map_err(Error::from)
}

/// The meal of a code, for whoever hands it out.
pub async fn by_code(
    app: &App,
    actor: &Actor,
    id: KitchenDayId,
    presented: String,
) -> Result<Line, Error> {
    let actor = actor.clone();
    let read = move |tx: &mut Tx<'_>| {
        let (day, venue) = found(tx, id)?;
        permit(&actor, &venue)?;
        let meal = hand::by_code(tx, &day.id, &presented)?;
        line(tx, meal)
    };
    app.store.read(read).await.map_err(Error::from)
}
