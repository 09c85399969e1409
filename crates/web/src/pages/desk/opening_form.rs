//! The form with which staff open a case: the kind's opening fields, and which units the
//! duty list proposes as soon as item and place are known.

use huiyin_app::atlas::Atlas;
use huiyin_domain::case::{Asked, FieldFault, FieldType, Kind, PetitionerPart, Value, Values};
use huiyin_domain::id::UnitId;

use crate::fields::{self, Read, Sheet, Suggested};
use crate::form::Form;
use crate::layout::Page;
use crate::problem::Problem;
use crate::visit::Visit;

use super::step_form::{Typed, callable, may_call, sent_to};

/// Draws the fields, empty or as they were typed.
pub async fn draw(
    visit: &Visit,
    page: &Page,
    kind: &Kind,
    typed: Option<&Typed<'_>>,
) -> Result<String, Problem> {
    let atlas = visit.state.app.atlas_now().await?;
    let form = typed.map_or_else(Form::default, |typed| typed.form.clone());
    let suggested = suggested(visit, kind, &atlas, &entered(kind, &form));
    let asked = in_order_of_a_call(kind);
    let sheet = Sheet {
        kind,
        asked: &asked,
        prefix: "",
        suggested: &suggested,
    };
    let faults: &[FieldFault] = typed.map_or(&[], |typed| &typed.faults);
    fields::draw(visit, page, sheet, &form, faults).await
}

/// Who calls comes first: their number finds what they brought in before.
fn in_order_of_a_call(kind: &Kind) -> Vec<Asked> {
    let mut asked = kind.open.fields.clone();
    asked.sort_by_key(|asked| match petitioner_part(kind, &asked.field) {
        Some(PetitionerPart::Contact) => 0,
        Some(PetitionerPart::Name) => 1,
        _ => 2,
    });
    asked
}

fn petitioner_part(kind: &Kind, field: &str) -> Option<PetitionerPart> {
    kind.field(field)
        .and_then(|field| field.kind.petitioner_part())
}

/// The name under which the browser hands in how to reach the caller.
pub fn contact_name(kind: &Kind) -> Option<String> {
    let contact =
        |asked: &&Asked| petitioner_part(kind, &asked.field) == Some(PetitionerPart::Contact);
    let asked = kind.open.fields.iter().find(contact)?;
    Some(fields::input_name(&asked.field))
}

/// Reads the fields.
pub async fn read(visit: &Visit, kind: &Kind, form: Form) -> Result<Read, Problem> {
    let suggested = Suggested::default();
    let sheet = Sheet {
        kind,
        asked: &kind.open.fields,
        prefix: "",
        suggested: &suggested,
    };
    fields::read(visit, sheet, form).await
}

/// Whether this kind is opened by naming who shall come, so that a look at the duty list
/// helps.
pub fn names_units(kind: &Kind) -> bool {
    !sent_to(&kind.open).is_empty()
}

/// Item and place, as far as they have been entered.
fn entered(kind: &Kind, form: &Form) -> Values {
    let mut values = Values::new();
    for field in &kind.fields {
        let text = form.text(&fields::input_name(&field.name));
        let value = match &field.kind {
            FieldType::Item(_) => text.parse().ok().map(Value::Item),
            FieldType::Place(_) => text.parse().ok().map(Value::Place),
            _ => None,
        };
        if let Some(value) = value {
            values.insert(field.name.clone(), value);
        }
    }
    values
}

/// The units that may be called: those of the duty list and the offices of the place and
/// of those around it, as far as the kind lets these posts call them.
fn suggested(visit: &Visit, kind: &Kind, atlas: &Atlas, values: &Values) -> Suggested {
    if !names_units(kind) {
        return Suggested::default();
    }
    let own = visit.actor.posts.first().map(|post| post.place.clone());
    let place = match values.get(&kind.place_field) {
        Some(Value::Place(place)) => Some(place.clone()),
        _ => own,
    };
    let Some(place) = place else {
        return Suggested::default();
    };
    let item = kind.item_field.as_ref().and_then(|field| values.get(field));
    let duty = match item {
        Some(Value::Item(item)) => atlas.duty(item, &place),
        _ => None,
    };
    let listed = duty
        .iter()
        .flat_map(|duty| std::iter::once(duty.unit).chain(duty.assisting.clone()));
    let around = place.with_ancestors();
    let offices = around.iter().filter_map(|place| atlas.place_unit(place));
    let mut units: Vec<UnitId> = Vec::new();
    for unit in listed.chain(offices) {
        let category = atlas.unit(unit).map(|unit| unit.category);
        if may_call(&kind.open, &visit.actor, category) && !units.contains(&unit) {
            units.push(unit);
        }
    }
    Suggested {
        units,
        items: Vec::new(),
        only: callable(&kind.open, &visit.actor, atlas),
        near: Some(place),
        ..Suggested::default()
    }
}
