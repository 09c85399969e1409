//! Give a meal back, until the kitchen has to know: its portions are there for others again.

use huiyin_domain::access::Actor;
use huiyin_domain::case::Class;
use huiyin_domain::id::MealId;
use huiyin_domain::meal::MealState;
use huiyin_store::{Tx, kitchens, meals};

use super::{ask, locked};
use crate::error::Thing;
use crate::{App, Error, Refusal};

pub async fn cancel(app: &App, actor: &Actor, id: MealId) -> Result<(), Error> {
    let person = actor.person().ok_or(Refusal::SignInNeeded)?;
    let inner = app.clone();
    let write = move |tx: &mut Tx<'_>| {
        let mine = |tx: &mut Tx<'_>| {
            let meal = meals::read(tx, id)?.filter(|meal| meal.person == Some(person));
            meal.ok_or_else(|| Error::from(Refusal::NotFound(Thing::Meal)))
        };
        let (day, _) = {
            let day = mine(tx)?.kitchen_day;
            locked(tx, day)?
        };
        // What is known of it from before the lock may be old.
        let meal = mine(tx)?;
        let now = inner.now();
        match meal.state {
            MealState::Cancelled => return Ok(()),
            MealState::Handed => return Err(Refusal::rule(Class::Gone, "meal-over").into()),
            MealState::Asked => ask::takes(&day, now)?,
        }
        let portions = meals::portions(tx, id)?;
        // --- everything is checked; from here on we write ---
        meals::end(tx, id, MealState::Cancelled, now)?;
        for (number, portions) in portions {
            kitchens::take(tx, (day.id, number), -portions)?;
        }
        Ok::<_, Error>(())
    };
    app.store.write(id.get(), write).await.map_err(Error::from)
}
