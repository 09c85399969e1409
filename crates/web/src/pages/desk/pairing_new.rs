//! Writing down for a household, at its wish, that somebody should come by.

use askama::Template;
use huiyin_app::pairings::ask::Request;
use huiyin_app::pairings::ask_for::ask_for;
use huiyin_app::{Error, Refusal};
use huiyin_domain::case::FieldFault;
use huiyin_domain::id::PairingId;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::admin::pick;
use crate::pages::desk::inbox::Choice;
use crate::pages::resident::pairing::rhythms;
use crate::pages::wrong::Wrong;
use crate::visit::{Answer, Visit, html_as, see};

#[derive(Template)]
#[template(path = "pages/desk/pairing_new.html")]
struct NewPage<'a> {
    page: &'a Page,
    id: PairingId,
    place: String,
    address: String,
    contact: String,
    rhythms: Vec<Choice>,
    /// The household itself asked.
    asked: bool,
    wrong: Wrong,
}

pub async fn new(visit: Visit) -> Answer {
    draw(&visit, &Form::default(), Wrong::default()).await
}

async fn draw(visit: &Visit, typed: &Form, wrong: Wrong) -> Answer {
    let page = visit.page();
    let ask = pick::Ask {
        label: "pairing-new-place",
        help: "pairing-place-help",
        error: wrong.at("place").to_owned(),
        required: true,
    };
    let fresh = || PairingId::from_raw(visit.state.app.mint());
    let status = wrong.status;
    let drawn = NewPage {
        id: typed.text("id").parse().unwrap_or_else(|_| fresh()),
        place: pick::draw(visit, &page, typed, ask).await?,
        address: typed.text("address").to_owned(),
        contact: typed.text("contact").to_owned(),
        rhythms: rhythms(&page, typed.text("rhythm")),
        asked: typed.get("asked").is_some(),
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

pub async fn add(visit: Visit, mut form: Form) -> Answer {
    if pick::settle(&mut form) {
        return draw(&visit, &form, Wrong::default()).await;
    }
    match keep(&visit, &form).await {
        Ok(id) => {
            let answer = see(&format!("/desk/pairings/{id}"));
            Ok(flash::say(
                answer,
                Tone::Done,
                "pairing-new",
                visit.transport(),
            ))
        }
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(&visit, &form, wrong).await
        }
    }
}

async fn keep(visit: &Visit, form: &Form) -> Result<PairingId, Error> {
    let request = read(form)?;
    let id = request.id;
    let language = visit.page().lang;
    ask_for(&visit.state.app, &visit.actor, (request, language)).await?;
    Ok(id)
}

/// What was written down, or all that is missing of it.
fn read(form: &Form) -> Result<Request, Refusal> {
    let mut faults = Vec::new();
    let place = pick::needed(form);
    if let Err(key) = place {
        faults.push(FieldFault::new("place", key));
    }
    let rhythm = form.text("rhythm").parse();
    if rhythm.is_err() {
        faults.push(FieldFault::new("rhythm", "fault-required"));
    }
    if form.get("asked").is_none() {
        faults.push(FieldFault::new("asked", "fault-required"));
    }
    let id = form.text("id").parse();
    if id.is_err() {
        faults.push(FieldFault::new("id", "fault-required"));
    }
    let (Ok(place), Ok(rhythm), Ok(id), true) = (place, rhythm, id, faults.is_empty()) else {
        return Err(Refusal::Invalid(faults));
    };
    Ok(Request {
        id,
        place,
        address: form.text("address").to_owned(),
        contact: form.text("contact").to_owned(),
        rhythm,
    })
}
