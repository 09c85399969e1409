//! A household that asked for somebody who comes by: who does, when, what was told of each
//! visit, and the buttons by which it has somebody else or no visits any more.

use askama::Template;
use axum::response::Response;
use huiyin_app::pairings::look::{self, Look};
use huiyin_app::pairings::{ask, end, release};
use huiyin_domain::id::PairingId;
use huiyin_domain::pairing::{Helper, Miss, Visit as Visited};
use huiyin_domain::series::Every;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::admin::pick;
use crate::pages::desk::inbox::Choice;
use crate::pages::wrong::Wrong;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, see};
use crate::when::When;

const PATH: &str = "/my/pairing";

#[derive(Template)]
#[template(path = "pages/resident/pairing.html")]
struct PairingPage<'a> {
    page: &'a Page,
    /// Whether the household has asked.
    is_asked: bool,
    tone: &'static str,
    sign: &'static str,
    state: String,
    about: String,
    can_change: bool,
    facts: Vec<(String, String)>,
    visits: Vec<String>,
    misses: Vec<String>,
    id: PairingId,
    place: String,
    address: String,
    contact: String,
    rhythms: Vec<Choice>,
    wrong: Wrong,
}

pub async fn show(visit: Visit) -> Answer {
    draw(&visit, &Form::default(), Wrong::default()).await
}

async fn draw(visit: &Visit, typed: &Form, wrong: Wrong) -> Answer {
    let found = look::own(&visit.state.app, &visit.actor).await?;
    let page = visit.page();
    let when = When::of(visit, &page);
    let told = |name: &str, known: fn(&Look) -> &str| match (typed.get(name), &found) {
        (Some(typed), _) => typed.to_owned(),
        (None, Some(found)) => known(found).to_owned(),
        (None, None) => String::new(),
    };
    let (tone, sign, key) = match found.as_ref().map(|found| found.pairing.helper) {
        Some(Helper::Comes { .. }) => ("done", "heart-handshake", "comes"),
        _ => ("wait", "hourglass", "sought"),
    };
    let ask = pick::Ask {
        label: "pairing-place",
        help: "pairing-place-help",
        error: wrong.at("place").to_owned(),
        required: true,
    };
    let status = wrong.status;
    let drawn = PairingPage {
        is_asked: found.is_some(),
        tone,
        sign,
        state: page.t(&format!("pairing-state-{key}")).into_owned(),
        about: page.t(&format!("pairing-state-{key}-about")).into_owned(),
        can_change: found
            .as_ref()
            .is_some_and(|found| found.pairing.helper.next().is_some()),
        facts: found
            .as_ref()
            .map(|found| facts(&when, found))
            .unwrap_or_default(),
        visits: found
            .as_ref()
            .map(|found| visits(&when, &found.visits))
            .unwrap_or_default(),
        misses: found
            .as_ref()
            .map(|found| misses(&when, &found.misses))
            .unwrap_or_default(),
        id: typed
            .text("id")
            .parse()
            .unwrap_or_else(|_| PairingId::from_raw(visit.state.app.mint())),
        place: match &found {
            Some(_) => String::new(),
            None => pick::draw(visit, &page, typed, ask).await?,
        },
        address: told("address", |found| &found.pairing.address),
        contact: told("contact", |found| &found.pairing.contact),
        rhythms: rhythms(&page, typed.text("rhythm")),
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

pub(crate) fn rhythms(page: &Page, chosen: &str) -> Vec<Choice> {
    let chosen = match chosen {
        "" => Every::Week.word(),
        word => word,
    };
    let choice = |every: Every| Choice {
        value: every.word().to_owned(),
        label: rhythm_word(page, every),
        chosen: every.word() == chosen,
    };
    Every::ALL.into_iter().map(choice).collect()
}

/// How often somebody comes, in words.
pub(crate) fn rhythm_word(page: &Page, every: Every) -> String {
    page.t(&format!("pairing-rhythm-{}", every.word()))
        .into_owned()
}

fn facts(when: &When<'_>, found: &Look) -> Vec<(String, String)> {
    let page = when.page;
    let pairing = &found.pairing;
    let next = pairing.helper.next();
    let name = match next {
        Some(_) => found.helper.clone(),
        None => String::new(),
    };
    let facts = [
        ("pairing-who", name),
        (
            "pairing-next",
            next.map_or_else(String::new, |next| when.day(next.day)),
        ),
        ("pairing-rhythm", rhythm_word(page, pairing.rhythm)),
    ];
    let told = facts.into_iter().filter(|(_, text)| !text.is_empty());
    told.map(|(key, text)| (page.t(key).into_owned(), text))
        .collect()
}

/// The log: a line for each visit.
pub(crate) fn visits(when: &When<'_>, visits: &[Visited]) -> Vec<String> {
    let line = |visit: &Visited| {
        let args = [
            ("day", when.day(visit.day).into()),
            ("what", visit.what.clone().into()),
        ];
        when.page.ta("pairing-visit-line", &args).into_owned()
    };
    visits.iter().map(line).collect()
}

/// What became of visits that did not take place.
pub(crate) fn misses(when: &When<'_>, misses: &[Miss]) -> Vec<String> {
    let line = |miss: &Miss| {
        let (key, done) = match &miss.seen {
            Some((_, done)) => ("pairing-miss-seen", done.clone()),
            None => ("pairing-miss-open", String::new()),
        };
        let args = [("day", when.day(miss.due_on).into()), ("done", done.into())];
        when.page.ta(key, &args).into_owned()
    };
    misses.iter().map(line).collect()
}

/// Asks for somebody, or says anew where it is and how it is reached.
pub async fn send(visit: Visit, mut form: Form) -> Answer {
    if pick::settle(&mut form) {
        return draw(&visit, &form, Wrong::default()).await;
    }
    let page = visit.page();
    let known = look::own(&visit.state.app, &visit.actor).await?;
    let place = match (&known, pick::needed(&form)) {
        (Some(known), _) => known.pairing.place.clone(),
        (None, Ok(place)) => place,
        (None, Err(key)) => {
            let wrong = Wrong::of(&page, huiyin_app::Refusal::field("place", key).into())?;
            return draw(&visit, &form, wrong).await;
        }
    };
    let rhythm = match &known {
        Some(known) => known.pairing.rhythm,
        None => form
            .text("rhythm")
            .parse()
            .map_err(|_| Problem::Malformed)?,
    };
    let request = ask::Request {
        id: form.text("id").parse().map_err(|_| Problem::Malformed)?,
        place,
        address: form.text("address").to_owned(),
        contact: form.text("contact").to_owned(),
        rhythm,
    };
    match ask::ask(&visit.state.app, &visit.actor, request).await {
        Ok(()) if known.is_some() => Ok(done(&visit, "pairing-changed")),
        Ok(()) => Ok(done(&visit, "pairing-asked")),
        Err(error) => {
            let wrong = Wrong::of(&page, error)?;
            draw(&visit, &form, wrong).await
        }
    }
}

/// Would rather have somebody else.
pub async fn somebody_else(visit: Visit) -> Answer {
    release::somebody_else(&visit.state.app, &visit.actor).await?;
    Ok(done(&visit, "pairing-other"))
}

/// Wants no more visits.
pub async fn end(visit: Visit) -> Answer {
    end::by_household(&visit.state.app, &visit.actor).await?;
    Ok(done(&visit, "pairing-ended"))
}

fn done(visit: &Visit, word: &str) -> Response {
    flash::say(see(PATH), Tone::Done, word, visit.transport())
}
