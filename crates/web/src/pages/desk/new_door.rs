//! A case that is brought in at a door: the door is chosen among those of the place, and fills in
//! where it is; when its people ask for it, the contact that they left goes under the seal of the
//! case. The case keeps neither which door it was nor a link to it.

use askama::Template;
use huiyin_app::Error;
use huiyin_app::cases::Channel;
use huiyin_app::households::at_door::{self, Address};
use huiyin_app::households::list::{self, Choices};
use huiyin_domain::access::{Action, may_somewhere};
use huiyin_domain::case::{FieldFault, Kind, PetitionerPart};
use huiyin_domain::id::HouseholdId;
use huiyin_domain::place::PlaceCode;

use crate::fields::{self, ACT, Read};
use crate::form::Form;
use crate::layout::Page;
use crate::problem::Problem;
use crate::visit::Visit;

use super::inbox::Choice;
use super::show;

/// The button that shows the doors of the place, before anything is kept.
pub const DOORS: &str = "doors";
/// The field for the door, also in the link from its page.
pub const DOOR: &str = "household";
const ASKS: &str = "household-asks";

#[derive(Template)]
#[template(path = "pages/desk/new_door.html")]
struct DoorPart<'a> {
    page: &'a Page,
    doors: Vec<Choice>,
    /// The doors were asked for.
    asked: bool,
    may_ask: bool,
    asks: bool,
    error: String,
}

/// Whether such a case can come from a door, and whoever asks sees doors.
fn fits(visit: &Visit, kind: &Kind) -> bool {
    let has_address = part(kind, PetitionerPart::Address).is_some();
    has_address && may_somewhere(&visit.actor, Action::HouseholdsRead)
}

/// The field of the opening form that is this part of the sealed record.
fn part(kind: &Kind, part: PetitionerPart) -> Option<String> {
    let is_part = |field: &str| {
        let field = kind.field(field);
        field.and_then(|field| field.kind.petitioner_part()) == Some(part)
    };
    let asked = kind.open.fields.iter().find(|asked| is_part(&asked.field));
    asked.map(|asked| asked.field.clone())
}

fn place_of(kind: &Kind, form: &Form) -> Option<PlaceCode> {
    form.text(&fields::input_name(&kind.place_field))
        .parse()
        .ok()
}

/// Draws the choosing of a door; nothing for a kind that comes from none.
pub async fn draw(
    visit: &Visit,
    page: &Page,
    kind: &Kind,
    (form, faults): (&Form, &[FieldFault]),
) -> Result<String, Problem> {
    if !fits(visit, kind) {
        return Ok(String::new());
    }
    let chosen = form.text(DOOR);
    let place = place_of(kind, form);
    let asked = place.is_some() && (form.text(ACT) == DOORS || !chosen.is_empty());
    let found = match place.clone().filter(|_| asked) {
        Some(place) => list::choices(&visit.state.app, &visit.actor, place).await,
        None => Ok(Choices::default()),
    };
    let found = match found {
        Ok(found) => found,
        // Doors that lie where somebody does not work do not exist for them.
        Err(error) if error.refusal().is_some() => Choices::default(),
        Err(error) => return Err(error.into()),
    };
    let doors = found.doors.iter().map(|one| Choice {
        value: one.id.to_string(),
        label: match place.as_ref() == Some(&one.place) {
            true => one.door.to_string(),
            false => {
                let names = |code: &PlaceCode| found.names.get(code);
                format!(
                    "{} · {}",
                    one.door,
                    show::place_word(page, &one.place, names)
                )
            }
        },
        chosen: one.id.to_string() == chosen,
    });
    let own = faults.iter().filter(|fault| fault.field == DOOR);
    let said: Vec<String> = own.map(|fault| fields::sentence(page, fault)).collect();
    let part = DoorPart {
        doors: doors.collect(),
        may_ask: part(kind, PetitionerPart::Contact).is_some()
            && may_somewhere(&visit.actor, Action::HouseholdsContact),
        asks: form.text(ASKS) == "yes",
        error: said.join(" "),
        asked,
        page,
    };
    part.render().map_err(Problem::Template)
}

/// Fills place and address in from the door that was chosen; what somebody typed stays. What is
/// wrong with it, if anything.
pub async fn fill_in(
    visit: &Visit,
    kind: &Kind,
    form: &mut Form,
) -> Result<Option<FieldFault>, Problem> {
    if form.text(DOOR).is_empty() || !fits(visit, kind) {
        return Ok(None);
    }
    let fault = |key| Ok(Some(FieldFault::new(DOOR, key)));
    let Ok(id) = form.text(DOOR).parse::<HouseholdId>() else {
        return fault("fault-not-choice");
    };
    let found = match at_door::address(&visit.state.app, &visit.actor, id).await {
        Ok(found) => found,
        Err(error) => return told(error).map(Some),
    };
    let door_place = &found.household.place;
    match place_of(kind, form) {
        None => {
            let name = fields::input_name(&kind.place_field);
            form.put(&name, [door_place.to_string()]);
        }
        Some(place) if door_place.is_within(&place) || place.is_within(door_place) => {}
        Some(_) => return fault("fault-household-elsewhere"),
    }
    if let Some(field) = part(kind, PetitionerPart::Address) {
        let name = fields::input_name(&field);
        if form.text(&name).is_empty() {
            form.put(&name, [words(visit, &found)]);
        }
    }
    Ok(None)
}

/// Names of places and door, as an envelope has them.
fn words(visit: &Visit, found: &Address) -> String {
    let lang = visit.taste.lang;
    let names = found.places.iter().map(|one| one.in_lang(lang.as_str()));
    let names: Vec<&str> = names.collect();
    match lang.as_str() {
        "zh" => format!("{}{}", names.concat(), found.household.door),
        _ => format!("{}, {}", names.join(", "), found.household.door),
    }
}

/// Puts the contact of the door among what was entered, when its people ask for it and nobody
/// typed another; it is in no form, and on no page that comes back.
pub async fn bring_along(visit: &Visit, kind: &Kind, read: &mut Read) -> Result<(), Problem> {
    let Some(field) = part(kind, PetitionerPart::Contact) else {
        return Ok(());
    };
    let id = read.form.text(DOOR).parse::<HouseholdId>();
    let (Ok(id), "yes", false) = (id, read.form.text(ASKS), read.values.contains_key(&field))
    else {
        return Ok(());
    };
    let purpose = visit.page().t("household-why-case").into_owned();
    let left = at_door::asked(&visit.state.app, &visit.actor, (id, purpose)).await;
    let fault = match left {
        Ok(Some(contact)) => match kind.field(&field).map(|field| field.kind.read(&[contact])) {
            Some(Ok(value)) => {
                read.values.insert(field, value);
                return Ok(());
            }
            _ => FieldFault::new(DOOR, "fault-contact"),
        },
        Ok(None) => FieldFault::new(DOOR, "fault-household-none"),
        Err(error) => told(error)?,
    };
    read.faults.push(fault);
    Ok(())
}

/// Why the door cannot be taken, beside its field.
fn told(error: Error) -> Result<FieldFault, Problem> {
    match error.refusal() {
        Some(_) => Ok(FieldFault::new(DOOR, "fault-household-gone")),
        None => Err(error.into()),
    }
}

/// What a link from the page of a door fills in.
pub async fn of_link(visit: &Visit, kind: &Kind, query: &str) -> Result<Option<Form>, Problem> {
    let asked = Form::from_query(query).unwrap_or_default();
    if asked.text(DOOR).is_empty() {
        return Ok(None);
    }
    let mut form = Form::default();
    form.put(DOOR, [asked.text(DOOR).to_owned()]);
    form.put("channel", [Channel::Door.word().to_owned()]);
    match fill_in(visit, kind, &mut form).await? {
        None if fits(visit, kind) => Ok(Some(form)),
        _ => Ok(None),
    }
}
