//! One door: whether its people left a contact, the act of opening it, and what is changed.

use askama::Template;
use axum::extract::Path;
use huiyin_app::households::close::{self, Becomes};
use huiyin_app::households::contact::{self, unseal};
use huiyin_app::households::{change, erase_contact, leave_contact, look};
use huiyin_app::{Error, Refusal};
use huiyin_domain::access::{Action, may_somewhere};
use huiyin_domain::id::HouseholdId;

use super::{agreed, place_word};
use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::admin::pick;
use crate::pages::wrong::Wrong;
use crate::visit::{Answer, Visit, html_as, see};
use crate::when::When;

#[derive(Template)]
#[template(path = "pages/desk/households/one.html")]
struct OnePage<'a> {
    page: &'a Page,
    id: String,
    door: String,
    place: String,
    place_href: String,
    closed: bool,
    contact: Option<KeptView>,
    looks: Vec<LookView>,
    may_keep: bool,
    may_look: bool,
    may_open_cases: bool,
    /// The contact, shown this once.
    opened: Option<String>,
    at: At,
    typed: Form,
    /// The door as it was typed, else as it is.
    typed_door: String,
    picker: String,
    wrong: Wrong,
}

struct KeptView {
    agreed: String,
    until: String,
    asked_again: bool,
}

struct LookView {
    when: String,
    who: String,
    why: String,
}

/// Which form came back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum At {
    #[default]
    Neither,
    Change,
    Leave,
    Open,
}

#[derive(Default)]
struct Back {
    at: At,
    typed: Form,
    wrong: Wrong,
    opened: Option<String>,
}

pub async fn show(visit: Visit, Path(id): Path<HouseholdId>) -> Answer {
    draw(&visit, id, Back::default()).await
}

async fn draw(visit: &Visit, id: HouseholdId, back: Back) -> Answer {
    let found = look::look(&visit.state.app, &visit.actor, id).await?;
    let page = visit.page();
    let when = When::of(visit, &page);
    let household = &found.household;
    let (status, is_changing) = (back.wrong.status, back.at == At::Change);
    let picked = match is_changing {
        true => back.typed.clone(),
        false => {
            let mut form = Form::default();
            form.put("place", [household.place.to_string()]);
            form
        }
    };
    let ask = pick::Ask {
        label: "desk-place",
        help: "household-place-help",
        ..pick::Ask::where_it_is(back.wrong.at("place").to_owned())
    };
    let drawn = OnePage {
        id: id.to_string(),
        door: household.door.to_string(),
        place: place_word(&page, &household.place, &found.names),
        place_href: format!("/desk/households/{}", household.place),
        closed: household.closed_at.is_some(),
        contact: found.contact.map(|kept| KeptView {
            agreed: when.day(kept.agreed_on),
            until: when.day(kept.until),
            asked_again: kept.asked_again,
        }),
        looks: found
            .looks
            .iter()
            .map(|one| look_view(&when, one))
            .collect(),
        picker: match found.may_keep {
            true => pick::draw(visit, &page, &picked, ask).await?,
            false => String::new(),
        },
        may_keep: found.may_keep,
        may_look: found.may_look,
        may_open_cases: may_somewhere(&visit.actor, Action::CaseOpen),
        typed_door: match is_changing {
            true => back.typed.text("door").to_owned(),
            false => household.door.to_string(),
        },
        opened: back.opened,
        at: back.at,
        typed: back.typed,
        wrong: back.wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

fn look_view(when: &When<'_>, one: &look::Looked) -> LookView {
    let page = when.page;
    let unit = one
        .unit
        .as_ref()
        .map(|unit| unit.in_lang(page.lang.as_str()));
    LookView {
        when: when.moment(one.at),
        who: unit.map_or_else(|| page.t("desk-some-unit").into_owned(), str::to_owned),
        why: one.purpose.clone(),
    }
}

/// The door is called otherwise, or lies elsewhere.
pub async fn change(visit: Visit, Path(id): Path<HouseholdId>, mut form: Form) -> Answer {
    if pick::settle(&mut form) {
        let back = Back {
            at: At::Change,
            typed: form,
            ..Back::default()
        };
        return draw(&visit, id, back).await;
    }
    let done = match pick::needed(&form) {
        Ok(place) => {
            let door = form.text("door").to_owned();
            let request = change::Request { id, place, door };
            change::change(&visit.state.app, &visit.actor, request).await
        }
        Err(key) => Err(Refusal::field("place", key).into()),
    };
    let done = done.map(|()| "household-changed");
    after(&visit, id, (At::Change, form, done)).await
}

pub async fn close(visit: Visit, Path(id): Path<HouseholdId>, form: Form) -> Answer {
    let (becomes, word) = match form.text("do") {
        "open" => (Becomes::Open, "household-reopened"),
        _ => (Becomes::Closed, "household-closed"),
    };
    let done = close::close(&visit.state.app, &visit.actor, (id, becomes)).await;
    after(&visit, id, (At::Neither, form, done.map(|()| word))).await
}

pub async fn leave(visit: Visit, Path(id): Path<HouseholdId>, form: Form) -> Answer {
    let request = leave_contact::Request {
        id,
        contact: form.text("contact").to_owned(),
        agreed: agreed(&form),
    };
    let done = leave_contact::leave_contact(&visit.state.app, &visit.actor, request).await;
    let done = done.map(|()| "household-contact-left");
    after(&visit, id, (At::Leave, form, done)).await
}

pub async fn erase(visit: Visit, Path(id): Path<HouseholdId>, form: Form) -> Answer {
    let done = erase_contact::erase_contact(&visit.state.app, &visit.actor, id).await;
    let done = done.map(|_| "household-contact-erased");
    after(&visit, id, (At::Neither, form, done)).await
}

/// Opens the seal and shows what is behind it, this once.
pub async fn open(visit: Visit, Path(id): Path<HouseholdId>, form: Form) -> Answer {
    let request = contact::Request {
        id,
        purpose: form.text("purpose").to_owned(),
    };
    match unseal(&visit.state.app, &visit.actor, request).await {
        Ok(left) => {
            let mut back = Back::default();
            match left {
                Some(left) => back.opened = Some(left.contact),
                None => back.wrong.above = visit.page().t("household-nothing-left").into_owned(),
            }
            draw(&visit, id, back).await
        }
        Err(error) => after(&visit, id, (At::Open, form, Err(error))).await,
    }
}

async fn after(
    visit: &Visit,
    id: HouseholdId,
    (at, typed, done): (At, Form, Result<&'static str, Error>),
) -> Answer {
    match done {
        Ok(word) => {
            let to = see(&format!("/desk/household/{id}"));
            Ok(flash::say(to, Tone::Done, word, visit.transport()))
        }
        Err(error) => {
            let back = Back {
                wrong: Wrong::of(&visit.page(), error)?,
                opened: None,
                at,
                typed,
            };
            draw(visit, id, back).await
        }
    }
}
