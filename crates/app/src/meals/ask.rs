//! Ask for a meal, or change what was asked for, until the kitchen has to know. However many ask
//! at once, nobody is promised a portion that there is not: the day is locked while its dishes
//! are counted, and the database refuses one more than there are.

use huiyin_domain::access::Actor;
use huiyin_domain::case::{Class, FieldFault};
use huiyin_domain::id::{KitchenDayId, MealId, PersonId};
use huiyin_domain::meal::{
    Bringing, CODE_CHANCE_DIGITS, Handing, MealCode, MealFault, MealState, PORTIONS_MAX, Portions,
    check,
};
use huiyin_store::Tx;
use huiyin_store::kitchens::{self, KitchenDay};
use huiyin_store::meals::{self, Meal};
use jiff::Timestamp;

use super::locked;
use crate::{App, Error, Refusal};

const LINE_CHARS_MAX: usize = 80;
const NOTE_CHARS_MAX: usize = 200;
/// So many one person may have of one day: their own, and those of whom they look after.
const MEALS_MAX: usize = 4;
/// A code that is taken is drawn again, so often.
const DRAWS_MAX: usize = 50;

/// What somebody would like. Sent twice, it is one meal; sent again, it is changed.
#[derive(Debug, Clone)]
pub struct Request {
    pub id: MealId,
    pub kitchen_day: KitchenDayId,
    pub handing: Handing,
    pub whom: String,
    pub address: String,
    pub note: String,
    pub portions: Portions,
}

pub async fn ask(app: &App, actor: &Actor, request: Request) -> Result<Meal, Error> {
    let person = actor.person().ok_or(Refusal::SignInNeeded)?;
    let (inner, key) = (app.clone(), request.kitchen_day.get());
    let write = move |tx: &mut Tx<'_>| in_tx(&inner, tx, person, &request);
    app.store.write(key, write).await.map_err(Error::from)
}

fn in_tx(app: &App, tx: &mut Tx<'_>, person: PersonId, request: &Request) -> Result<Meal, Error> {
    let (day, _) = locked(tx, request.kitchen_day)?;
    let before = meals::read(tx, request.id)?;
    let now = app.now();
    if before.as_ref().is_some_and(|before| {
        before.person != Some(person) || before.kitchen_day != request.kitchen_day
    }) {
        return Err(Refusal::KeyReused.into());
    }
    takes(&day, now)?;
    if before
        .as_ref()
        .is_some_and(|one| one.state != MealState::Asked)
    {
        return Err(Refusal::rule(Class::Gone, "meal-over").into());
    }
    let held = match before {
        Some(_) => meals::portions(tx, request.id)?,
        None => Portions::new(),
    };
    let others = meals::of_day(tx, day.id)?;
    let own = others.iter().filter(|one| one.person == Some(person));
    if before.is_none() && own.count() >= MEALS_MAX {
        return Err(Refusal::rule(Class::Conflict, "meals-enough").into());
    }
    let dishes = kitchens::dishes(tx, day.id)?;
    let left: Portions = dishes
        .iter()
        .map(|dish| {
            (
                dish.number,
                dish.left() + held.get(&dish.number).unwrap_or(&0),
            )
        })
        .collect();
    let faults = faults(request, &day, &left);
    if !faults.is_empty() {
        return Err(Refusal::Invalid(faults).into());
    }
    let meal = Meal {
        id: request.id,
        kitchen_day: day.id,
        person: Some(person),
        code: match &before {
            Some(before) => before.code.clone(),
            None => Some(free_code(app, tx, day.id)?),
        },
        handing: request.handing,
        whom: request.whom.clone(),
        address: request.address.clone(),
        note: request.note.clone(),
        state: MealState::Asked,
        made_at: before.as_ref().map_or(now, |before| before.made_at),
        changed_at: now,
        ended_at: None,
    };
    // --- everything is checked; from here on we write ---
    for dish in &dishes {
        let of = |portions: &Portions| portions.get(&dish.number).copied().unwrap_or(0);
        match of(&request.portions) - of(&held) {
            0 => {}
            more => kitchens::take(tx, (day.id, dish.number), more)?,
        }
    }
    meals::put(tx, &meal, &request.portions)?;
    Ok(meal)
}

/// Refuses when the kitchen takes no wishes any more.
pub(super) fn takes(day: &KitchenDay, now: Timestamp) -> Result<(), Refusal> {
    match (day.called_off_at, day.until <= now) {
        (Some(_), _) => Err(Refusal::rule(Class::Gone, "kitchen-off")),
        (None, true) => Err(Refusal::rule(Class::Gone, "kitchen-knows")),
        (None, false) => Ok(()),
    }
}

/// A code that nobody has on this day, not even for something given back.
fn free_code(app: &App, tx: &mut Tx<'_>, day: KitchenDayId) -> Result<String, Error> {
    for _ in 0..DRAWS_MAX {
        let digits = app.outside.entropy.digits(CODE_CHANCE_DIGITS);
        let code = MealCode::from_chance(&digits).expect("as many digits as a code has");
        if meals::by_code(tx, day, code.as_str())?.is_none() {
            return Ok(code.as_str().to_owned());
        }
    }
    Err(Refusal::rule(Class::Conflict, "kitchen-full").into())
}

fn faults(request: &Request, day: &KitchenDay, left: &Portions) -> Vec<FieldFault> {
    let found = check(&request.portions, left).into_iter();
    let mut faults: Vec<FieldFault> = found.map(|(dish, fault)| told(dish, fault)).collect();
    let texts = [
        ("whom", &request.whom, LINE_CHARS_MAX),
        ("address", &request.address, LINE_CHARS_MAX),
        ("note", &request.note, NOTE_CHARS_MAX),
    ];
    for (field, text, chars_max) in texts {
        if text.chars().count() > chars_max {
            faults.push(FieldFault::new(field, "fault-too-long").with("max", chars_max));
        }
    }
    if request.whom.is_empty() {
        faults.push(FieldFault::new("whom", "fault-required"));
    }
    match (request.handing, day.bringing) {
        (Handing::Brought, Bringing::Not) => {
            faults.push(FieldFault::new("handing", "fault-meal-not-brought"));
        }
        (Handing::Brought, Bringing::Offered) if request.address.is_empty() => {
            faults.push(FieldFault::new("address", "fault-required"));
        }
        _ => {}
    }
    faults
}

fn told(dish: Option<i64>, fault: MealFault) -> FieldFault {
    let field = dish.map_or_else(|| "dishes".to_owned(), |dish| format!("dish-{dish}"));
    match fault {
        MealFault::Nothing => FieldFault::new(&field, "fault-meal-nothing"),
        MealFault::TooMany => FieldFault::new(&field, "fault-meal-many").with("max", PORTIONS_MAX),
        MealFault::NoSuchDish => FieldFault::new("dishes", "fault-meal-changed"),
        MealFault::NoNumber => {
            let fault = FieldFault::new(&field, "fault-out-of-range");
            fault.with("min", 0).with("max", PORTIONS_MAX)
        }
        MealFault::Left(left) => FieldFault::new(&field, "fault-meal-left").with("left", left),
    }
}
