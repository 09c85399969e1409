//! Hand a meal out, by its code, once.

use huiyin_domain::access::Actor;
use huiyin_domain::case::Class;
use huiyin_domain::id::KitchenDayId;
use huiyin_domain::meal::{BadMealCode, MealCode, MealState};
use huiyin_store::Tx;
use huiyin_store::meals::{self, Meal};

use super::{locked, permit};
use crate::administration::Record;
use crate::{App, Error, Refusal};

/// The meal, as it stands when it has been handed out.
pub async fn hand(
    app: &App,
    actor: &Actor,
    day: KitchenDayId,
    presented: String,
) -> Result<Meal, Error> {
    let record = Record::new(app, actor, "meal-handed", day);
    let (inner, actor) = (app.clone(), actor.clone());
    let write = move |tx: &mut Tx<'_>| {
        let (day, venue) = locked(tx, day)?;
        permit(&actor, &venue)?;
        let meal = by_code(tx, &day.id, &presented)?;
        let now = inner.now();
        if day.called_off_at.is_some() {
            return Err(Refusal::rule(Class::Gone, "kitchen-off").into());
        }
        match meal.state {
            MealState::Handed => {
                return Err(Refusal::rule(Class::Conflict, "meal-handed").into());
            }
            MealState::Cancelled => {
                return Err(Refusal::rule(Class::Gone, "meal-cancelled").into());
            }
            MealState::Asked => {}
        }
        // --- everything is checked; from here on we write ---
        meals::end(tx, meal.id, MealState::Handed, now)?;
        record.keep(tx)?;
        Ok::<_, Error>(Meal {
            state: MealState::Handed,
            ended_at: Some(now),
            ..meal
        })
    };
    app.store.write(day.get(), write).await.map_err(Error::from)
}

/// The meal of a code, or what is wrong with it: a digit, or that nobody has it today.
pub(super) fn by_code(tx: &mut Tx<'_>, day: &KitchenDayId, presented: &str) -> Result<Meal, Error> {
    let code: MealCode = presented.parse().map_err(|fault| match fault {
        BadMealCode::Length => Refusal::field("code", "fault-meal-code-length"),
        BadMealCode::CheckDigit => Refusal::field("code", "fault-meal-code-digit"),
    })?;
    let meal = meals::by_code(tx, *day, code.as_str())?;
    meal.ok_or_else(|| Refusal::field("code", "fault-meal-code-none").into())
}
