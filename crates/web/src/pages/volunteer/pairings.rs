//! The households that a volunteer visits, or is asked to: saying yes or no, telling of a visit,
//! handing one back.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use huiyin_app::Refusal;
use huiyin_app::pairings::look;
use huiyin_app::pairings::{answer, visit as told};
use huiyin_domain::id::{PairingId, VisitId};
use huiyin_domain::pairing::{Helper, Pairing};
use jiff::civil::Date;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::resident::pairing::{misses, rhythm_word, visits};
use crate::pages::wrong::Wrong;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, see};
use crate::when::When;

use super::PlaceWords;

const PATH: &str = "/volunteer/pairings";

#[derive(Template)]
#[template(path = "pages/volunteer/pairings.html")]
struct ListPage<'a> {
    page: &'a Page,
    offers: Vec<Row>,
    rows: Vec<Row>,
    first: String,
    wrong: Wrong,
}

struct Row {
    id: PairingId,
    place: String,
    rhythm: String,
    address: String,
    next: Next,
    /// Whether it is the form of this one that comes back.
    is_wrong: bool,
}

impl Row {
    /// The id of the field for the first day, of which there is one for each offer.
    fn first_id(&self) -> String {
        format!("first-{}", self.id)
    }

    /// What is wrong with it, where it is this form that comes back.
    fn wrong_at<'w>(&self, wrong: &'w Wrong) -> &'w str {
        if self.is_wrong { wrong.at("first") } else { "" }
    }
}

/// When the next visit is, in colour, icon and words.
pub(crate) struct Next {
    pub tone: &'static str,
    pub sign: &'static str,
    pub word: String,
}

pub(crate) fn next(when: &When<'_>, helper: &Helper, today: Date) -> Next {
    let page = when.page;
    let Some(next) = helper.next() else {
        let key = match helper {
            Helper::Asked { .. } => "pairing-is-asked",
            _ => "pairing-is-sought",
        };
        return Next {
            tone: "wait",
            sign: "hourglass",
            word: page.t(key).into_owned(),
        };
    };
    let (tone, sign, key) = match next.day {
        day if day < today => ("late", "alert-triangle", "pairing-late"),
        day if day == today => ("work", "clock", "pairing-today"),
        _ => ("info", "calendar", "pairing-next-on"),
    };
    Next {
        tone,
        sign,
        word: page.ts(key, "day", &when.day(next.day)).into_owned(),
    }
}

pub async fn list(visit: Visit) -> Answer {
    draw_list(&visit, None, &Form::default(), Wrong::default()).await
}

async fn draw_list(visit: &Visit, at: Option<PairingId>, typed: &Form, wrong: Wrong) -> Answer {
    let found = look::helping(&visit.state.app, &visit.actor).await?;
    let page = visit.page();
    let when = When::of(visit, &page);
    let today = visit.state.app.config.day(visit.state.now());
    let mut places = PlaceWords::default();
    let (mut offers, mut rows) = (Vec::new(), Vec::new());
    for pairing in &found {
        let comes = pairing.helper.next().is_some();
        let row = Row {
            id: pairing.id,
            place: places.of(visit, &page, &pairing.place).await?,
            rhythm: rhythm_word(&page, pairing.rhythm),
            address: match comes {
                true => pairing.address.clone(),
                false => String::new(),
            },
            next: next(&when, &pairing.helper, today),
            is_wrong: at == Some(pairing.id),
        };
        match comes {
            true => rows.push(row),
            false => offers.push(row),
        }
    }
    let status = wrong.status;
    let drawn = ListPage {
        offers,
        rows,
        first: match typed.text("first") {
            "" => today.to_string(),
            typed => typed.to_owned(),
        },
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

/// Would come by, first on a day.
pub async fn agree(visit: Visit, Path(id): Path<PairingId>, form: Form) -> Answer {
    let page = visit.page();
    let agreed = match form.text("first").parse() {
        Ok(first) => answer::agree(&visit.state.app, &visit.actor, id, first).await,
        Err(_) => Err(Refusal::field("first", "fault-first-visit").into()),
    };
    match agreed {
        Ok(()) => Ok(done(&visit, &format!("{PATH}/{id}"), "pairing-agreed")),
        Err(error) => {
            let wrong = Wrong::of(&page, error)?;
            draw_list(&visit, Some(id), &form, wrong).await
        }
    }
}

/// Would not, or comes no more.
pub async fn hand_back(visit: Visit, Path(id): Path<PairingId>) -> Answer {
    answer::hand_back(&visit.state.app, &visit.actor, id).await?;
    Ok(done(&visit, PATH, "pairing-handed-back"))
}

fn done(visit: &Visit, back: &str, word: &str) -> Response {
    flash::say(see(back), Tone::Done, word, visit.transport())
}

#[derive(Template)]
#[template(path = "pages/volunteer/pairing.html")]
struct OnePage<'a> {
    page: &'a Page,
    id: PairingId,
    title: String,
    next: Next,
    facts: Vec<(String, String)>,
    visits: Vec<String>,
    misses: Vec<String>,
    visit: VisitId,
    what: String,
    day: String,
    wrong: Wrong,
}

pub async fn show(visit: Visit, Path(id): Path<PairingId>) -> Answer {
    draw(&visit, id, &Form::default(), Wrong::default()).await
}

async fn draw(visit: &Visit, id: PairingId, typed: &Form, wrong: Wrong) -> Answer {
    let found = look::helping_one(&visit.state.app, &visit.actor, id).await?;
    let page = visit.page();
    let when = When::of(visit, &page);
    let today = visit.state.app.config.day(visit.state.now());
    let pairing = &found.pairing;
    let status = wrong.status;
    let drawn = OnePage {
        id,
        title: pairing.address.clone(),
        next: next(&when, &pairing.helper, today),
        facts: facts(visit, &page, pairing).await?,
        visits: visits(&when, &found.visits),
        misses: misses(&when, &found.misses),
        visit: typed
            .text("id")
            .parse()
            .unwrap_or_else(|_| VisitId::from_raw(visit.state.app.mint())),
        what: typed.text("what").to_owned(),
        day: match typed.get("day") {
            Some(typed) => typed.to_owned(),
            None => today.to_string(),
        },
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

async fn facts(
    visit: &Visit,
    page: &Page,
    pairing: &Pairing,
) -> Result<Vec<(String, String)>, Problem> {
    let place = PlaceWords::default()
        .of(visit, page, &pairing.place)
        .await?;
    let facts = [
        ("volunteer-place", place),
        ("pairing-contact", pairing.contact.clone()),
        ("pairing-rhythm", rhythm_word(page, pairing.rhythm)),
    ];
    let told = facts.into_iter();
    Ok(told
        .map(|(key, text)| (page.t(key).into_owned(), text))
        .collect())
}

/// Tells of a visit.
pub async fn tell(visit: Visit, Path(id): Path<PairingId>, form: Form) -> Answer {
    let page = visit.page();
    let Ok(day) = form.text("day").parse() else {
        let wrong = Wrong::of(&page, Refusal::field("day", "fault-visit-day").into())?;
        return draw(&visit, id, &form, wrong).await;
    };
    let request = told::Request {
        id: form.text("id").parse().map_err(|_| Problem::Malformed)?,
        pairing: id,
        day,
        what: form.text("what").to_owned(),
    };
    match told::visit(&visit.state.app, &visit.actor, request).await {
        Ok(()) => Ok(done(&visit, &format!("{PATH}/{id}"), "pairing-visited")),
        Err(error) => {
            let wrong = Wrong::of(&page, error)?;
            draw(&visit, id, &form, wrong).await
        }
    }
}
