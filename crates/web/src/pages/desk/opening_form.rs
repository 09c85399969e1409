//! The form with which staff open a case: the kind's opening fields, and which units the
//! duty list proposes as soon as item and place are known.

use huiyin_app::atlas::Atlas;
use huiyin_domain::case::{FieldFault, FieldType, Kind, Value, Values};

use crate::fields::{self, Read, Sheet, Suggested};
use crate::form::Form;
use crate::layout::Page;
use crate::problem::Problem;
use crate::visit::Visit;

use super::step_form::Typed;

/// Draws the fields, empty or as they were typed; a caller's number is filled in.
pub async fn draw(
    visit: &Visit,
    page: &Page,
    kind: &Kind,
    typed: Option<&Typed<'_>>,
    caller: &str,
) -> Result<String, Problem> {
    let atlas = visit.state.app.atlas_now().await?;
    let mut form = typed.map_or_else(Form::default, |typed| typed.form.clone());
    let phone = kind
        .fields
        .iter()
        .find(|field| matches!(field.kind, FieldType::Phone(_)));
    if let (Some(phone), false) = (phone, caller.is_empty()) {
        form.put(&fields::input_name(&phone.name), [caller.to_owned()]);
    }
    let suggested = suggested(kind, &atlas, &entered(kind, &form));
    let sheet = Sheet {
        kind,
        asked: &kind.open.fields,
        prefix: "",
        suggested: &suggested,
    };
    let faults: &[FieldFault] = typed.map_or(&[], |typed| &typed.faults);
    fields::draw(visit, page, sheet, &form, faults).await
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

/// Whether this kind is opened by naming units, so that a look at the duty list helps.
pub fn names_units(kind: &Kind) -> bool {
    let asked = kind
        .open
        .fields
        .iter()
        .filter_map(|asked| kind.field(&asked.field));
    asked
        .into_iter()
        .any(|field| matches!(field.kind, FieldType::Units(_)))
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

fn suggested(kind: &Kind, atlas: &Atlas, values: &Values) -> Suggested {
    let item = kind.item_field.as_ref().and_then(|field| values.get(field));
    let (Some(Value::Item(item)), Some(Value::Place(place))) =
        (item, values.get(&kind.place_field))
    else {
        return Suggested::default();
    };
    let duty = atlas.duty(item, place);
    let units = duty
        .into_iter()
        .flat_map(|duty| std::iter::once(duty.unit).chain(duty.assisting.clone()));
    Suggested {
        units: units.collect(),
        items: Vec::new(),
        near: Some(place.clone()),
    }
}
