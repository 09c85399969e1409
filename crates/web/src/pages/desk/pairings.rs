//! Households that asked for somebody who comes by, for the community: whom to ask, which visits
//! were missed and what was done about it.

use askama::Template;
use axum::extract::{Path, RawQuery};
use axum::response::Response;
use huiyin_app::Refusal;
use huiyin_app::pairings::look::{self, Behind};
use huiyin_app::pairings::{end, offer, see_to};
use huiyin_domain::id::PairingId;
use huiyin_domain::pairing::{Helper, Miss};
use jiff::civil::Date;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::resident::pairing::{misses, rhythm_word, visits};
use crate::pages::volunteer::PlaceWords;
use crate::pages::volunteer::pairings::{Next, next};
use crate::pages::wrong::Wrong;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html, html_as, see};
use crate::when::When;

use super::inbox::Choice;

#[derive(Template)]
#[template(path = "pages/desk/pairings.html")]
struct ListPage<'a> {
    page: &'a Page,
    rows: Vec<Row>,
    older: String,
}

struct Row {
    href: String,
    address: String,
    place: String,
    rhythm: String,
    helper: String,
    next: Next,
    is_missed: bool,
}

pub async fn list(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let asked = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    let behind = match asked.text("after").split_once('_') {
        None => Behind::default(),
        Some((place, id)) => Behind {
            place: place.to_owned(),
            id: id.parse().map_err(|_| Problem::Malformed)?,
        },
    };
    let found = look::list(&visit.state.app, &visit.actor, behind).await?;
    let page = visit.page();
    let when = When::of(&visit, &page);
    let today = visit.state.app.config.day(visit.state.now());
    let mut places = PlaceWords::default();
    let mut rows = Vec::new();
    for pairing in &found.rows {
        let name = pairing.helper.volunteer();
        let name = name.and_then(|helper| found.names.get(&helper));
        rows.push(Row {
            href: format!("/desk/pairings/{}", pairing.id),
            address: pairing.address.clone(),
            place: places.of(&visit, &page, &pairing.place).await?,
            rhythm: rhythm_word(&page, pairing.rhythm),
            helper: name.cloned().unwrap_or_default(),
            next: next(&when, &pairing.helper, today),
            is_missed: found.missed.contains(&pairing.id),
        });
    }
    html(&ListPage {
        rows,
        older: found.next.map_or_else(String::new, |next| {
            format!("/desk/pairings?after={}_{}", next.place, next.id)
        }),
        page: &page,
    })
}

#[derive(Template)]
#[template(path = "pages/desk/pairing.html")]
struct OnePage<'a> {
    page: &'a Page,
    id: PairingId,
    title: String,
    next: Next,
    facts: Vec<(String, String)>,
    /// Whether somebody is to be found.
    is_sought: bool,
    choices: Vec<Choice>,
    tolerance: String,
    open: Vec<Open>,
    seen: Vec<String>,
    visits: Vec<String>,
    wrong: Wrong,
}

/// A missed visit to which nobody has seen.
struct Open {
    day: Date,
    word: String,
    done: String,
    /// Whether it is the form of this one that comes back.
    is_wrong: bool,
}

impl Open {
    /// The id of the field, of which there is one for each.
    fn field(&self) -> String {
        format!("done-{}", self.day)
    }

    fn wrong_at<'w>(&self, wrong: &'w Wrong) -> &'w str {
        if self.is_wrong { wrong.at("done") } else { "" }
    }
}

pub async fn show(visit: Visit, Path(id): Path<PairingId>) -> Answer {
    draw(&visit, (id, None), &Form::default(), Wrong::default()).await
}

async fn draw(
    visit: &Visit,
    (id, at): (PairingId, Option<Date>),
    typed: &Form,
    wrong: Wrong,
) -> Answer {
    let found = look::one(&visit.state.app, &visit.actor, id).await?;
    let page = visit.page();
    let when = When::of(visit, &page);
    let today = visit.state.app.config.day(visit.state.now());
    let pairing = &found.look.pairing;
    let (open, seen): (Vec<Miss>, Vec<Miss>) = found
        .look
        .misses
        .iter()
        .cloned()
        .partition(|miss| miss.seen.is_none());
    let chosen = typed.text("volunteer");
    let choices = found.choices.iter().map(|(volunteer, name)| Choice {
        value: volunteer.to_string(),
        label: name.clone(),
        chosen: volunteer.to_string() == chosen,
    });
    let open = open.iter().zip(misses(&when, &open));
    let open = open.map(|(miss, word)| Open {
        day: miss.due_on,
        word,
        is_wrong: at == Some(miss.due_on),
        done: match at == Some(miss.due_on) {
            true => typed.text("done").to_owned(),
            false => String::new(),
        },
    });
    let status = wrong.status;
    let drawn = OnePage {
        id,
        title: pairing.address.clone(),
        next: next(&when, &pairing.helper, today),
        facts: facts(visit, &page, &found.look).await?,
        is_sought: pairing.helper == Helper::Sought,
        choices: choices.collect(),
        tolerance: match typed.get("tolerance") {
            Some(typed) => typed.to_owned(),
            None => pairing.tolerance.to_string(),
        },
        open: open.collect(),
        seen: misses(&when, &seen),
        visits: visits(&when, &found.look.visits),
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

async fn facts(
    visit: &Visit,
    page: &Page,
    found: &look::Look,
) -> Result<Vec<(String, String)>, Problem> {
    let pairing = &found.pairing;
    let place = PlaceWords::default()
        .of(visit, page, &pairing.place)
        .await?;
    let facts = [
        ("volunteer-place", place),
        ("pairing-contact", pairing.contact.clone()),
        ("pairing-rhythm", rhythm_word(page, pairing.rhythm)),
        ("pairing-who", found.helper.clone()),
        (
            "pairing-tolerance",
            page.tn("pairing-days", "count", pairing.tolerance)
                .into_owned(),
        ),
    ];
    let told = facts.into_iter().filter(|(_, text)| !text.is_empty());
    Ok(told
        .map(|(key, text)| (page.t(key).into_owned(), text))
        .collect())
}

/// Asks a volunteer whether they would come by.
pub async fn offer(visit: Visit, Path(id): Path<PairingId>, form: Form) -> Answer {
    let page = visit.page();
    let volunteer = form.text("volunteer").parse();
    let tolerance = form.text("tolerance").trim().parse();
    let offered = match (volunteer, tolerance) {
        (Ok(volunteer), Ok(tolerance)) => {
            let whom = (volunteer, tolerance);
            offer::offer(&visit.state.app, &visit.actor, id, whom).await
        }
        (Err(_), _) => Err(Refusal::field("volunteer", "fault-required").into()),
        (_, Err(_)) => Err(Refusal::field("tolerance", "fault-tolerance").into()),
    };
    match offered {
        Ok(()) => Ok(done(
            &visit,
            &format!("/desk/pairings/{id}"),
            "pairing-offered",
        )),
        Err(error) => {
            let wrong = Wrong::of(&page, error)?;
            draw(&visit, (id, None), &form, wrong).await
        }
    }
}

/// Says what was done about a missed visit.
pub async fn see_to(
    visit: Visit,
    Path((id, day)): Path<(PairingId, String)>,
    form: Form,
) -> Answer {
    let day: Date = day.parse().map_err(|_| Problem::NotFound)?;
    let said = form.text("done");
    match see_to::see_to(&visit.state.app, &visit.actor, (id, day), said).await {
        Ok(()) => Ok(done(
            &visit,
            &format!("/desk/pairings/{id}"),
            "pairing-seen",
        )),
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(&visit, (id, Some(day)), &form, wrong).await
        }
    }
}

/// The household wants no more visits.
pub async fn end(visit: Visit, Path(id): Path<PairingId>) -> Answer {
    end::by_community(&visit.state.app, &visit.actor, id).await?;
    Ok(done(&visit, "/desk/pairings", "pairing-ended-desk"))
}

fn done(visit: &Visit, back: &str, word: &str) -> Response {
    flash::say(see(back), Tone::Done, word, visit.transport())
}
