//! A supervisor makes a line of the duty list out of a ruling: from then on the same item in
//! the same place goes where it was ruled to go.

use huiyin_domain::access::{Action, Actor, scope};
use huiyin_domain::id::CaseId;
use huiyin_domain::unit::Duty;
use huiyin_store::{Tx, duties, rulings};
use serde_json::json;

use crate::administration::Record;
use crate::atlas::AtlasShelf;
use crate::duties::put::faults;
use crate::error::Thing;
use crate::{App, Error, Refusal};

/// Adopts the ruling of an entry of a case. Whoever assists and how long it may take stay as
/// the line says that holds there now.
pub async fn adopt(app: &App, actor: &Actor, case: CaseId, entry: i64) -> Result<(), Error> {
    let scope = scope(actor, Action::PrecedentsAdopt);
    if scope.is_nothing() {
        return Err(Refusal::NotPermitted.into());
    }
    let subject = format!("{case} {entry}");
    let record = Record::new(app, actor, "precedent-adopted", subject);
    let now = app.now();
    let write = move |tx: &mut Tx<'_>| {
        let ruling = rulings::one(tx, &scope, case, entry)?;
        let ruling = ruling.ok_or(Refusal::NotFound(Thing::Case))?;
        let held = duties::resolve(tx, &ruling.item, &ruling.place)?;
        let duty = Duty {
            item: ruling.item,
            place: ruling.place,
            unit: ruling.unit,
            assisting: held
                .iter()
                .flat_map(|held| held.assisting.clone())
                .collect(),
            limit: held.and_then(|held| held.limit),
        };
        let duty = without_twice(duty);
        let faults = faults(tx, &duty)?;
        if !faults.is_empty() {
            return Err(Refusal::Invalid(faults).into());
        }
        // --- everything is checked; from here on we write ---
        duties::put(tx, &duty)?;
        rulings::became_duty(tx, case, entry, now)?;
        AtlasShelf::touch(tx)?;
        let line = json!({ "item": duty.item, "place": duty.place, "unit": duty.unit });
        record.clone().shaped(&line).keep(tx)
    };
    app.store.write(0, write).await.map_err(Error::from)
}

/// Whoever answers for it does not assist as well.
fn without_twice(mut duty: Duty) -> Duty {
    duty.assisting.retain(|unit| *unit != duty.unit);
    duty
}
