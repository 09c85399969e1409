//! One volunteer, for the community: what they offer, accept or decline, and a course or a
//! thanks to be noted. What they did stands on their own page, not here.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use huiyin_app::volunteers::list::{self, One};
use huiyin_app::volunteers::{accept, decline, mark, skills};
use huiyin_app::{Error, Refusal};
use huiyin_domain::id::{MarkId, VolunteerId};
use huiyin_domain::volunteer::{Mark, Standing};

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::volunteer::mine::mark_words;
use crate::pages::volunteer::{PlaceWords, free_words, joined, minutes, reach_word, skill_word};
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html_as, see};

use super::{saying, show};

#[derive(Template)]
#[template(path = "pages/desk/volunteer.html")]
struct VolunteerPage<'a> {
    page: &'a Page,
    id: VolunteerId,
    name: &'a str,
    is_asking: bool,
    state: String,
    facts: Vec<(String, String)>,
    reason: &'a str,
    reason_error: String,
    marks: Vec<String>,
    mark: MarkId,
    sort: &'a str,
    what: &'a str,
    what_error: String,
    day: &'a str,
    day_error: String,
    hours: &'a str,
    hours_error: String,
}

/// What is wrong with a form that comes back.
#[derive(Default)]
struct Wrong {
    status: StatusCode,
    reason: String,
    what: String,
    day: String,
    hours: String,
}

pub async fn show(visit: Visit, Path(id): Path<VolunteerId>) -> Answer {
    let mut form = Form::default();
    let today = visit.state.app.config.day(visit.state.now());
    form.put("day", [today.to_string()]);
    draw(&visit, id, &form, Wrong::default()).await
}

async fn draw(visit: &Visit, id: VolunteerId, form: &Form, wrong: Wrong) -> Answer {
    let page = visit.page();
    let found = list::one(&visit.state.app, &visit.actor, id).await?;
    let when = show::when(visit, &page);
    let marks = found
        .marks
        .iter()
        .map(|mark| mark_words(&page, &when, mark));
    let typed = form.text("id").parse().ok();
    let drawn = VolunteerPage {
        id,
        name: &found.volunteer.offer.name,
        is_asking: found.volunteer.standing == Standing::Asked,
        state: state(&page, &when, &found),
        facts: facts(visit, &page, &found).await?,
        reason: form.text("reason"),
        reason_error: wrong.reason,
        marks: marks.collect(),
        mark: typed.unwrap_or_else(|| MarkId::from_raw(visit.state.app.mint())),
        sort: form.text("sort"),
        what: form.text("what"),
        what_error: wrong.what,
        day: form.text("day"),
        day_error: wrong.day,
        hours: form.text("hours"),
        hours_error: wrong.hours,
        page: &page,
    };
    html_as(wrong.status, &drawn)
}

fn state(page: &Page, when: &crate::when::When<'_>, found: &One) -> String {
    match &found.volunteer.standing {
        Standing::Asked => page
            .ts(
                "volunteers-asked-on",
                "day",
                &when.day_of(found.volunteer.asked_at),
            )
            .into_owned(),
        Standing::Accepted { at } => page
            .ts("volunteers-accepted-on", "day", &when.day_of(*at))
            .into_owned(),
        Standing::Declined { at, reason } => {
            let args = [
                ("day", when.day_of(*at).into()),
                ("reason", reason.clone().into()),
            ];
            page.ta("volunteers-declined-on", &args).into_owned()
        }
    }
}

async fn facts(visit: &Visit, page: &Page, found: &One) -> Result<Vec<(String, String)>, Problem> {
    let offer = &found.volunteer.offer;
    let listed = skills::list(&visit.state.app, offer.community()).await?;
    let words = |name: &str, words: Vec<&'static str>| -> String {
        let words = words.into_iter();
        let told = words.map(|word| page.t(&format!("volunteer-{name}-{word}")).into_owned());
        joined(page, &told.collect::<Vec<_>>())
    };
    let skills: Vec<String> = offer
        .skills
        .iter()
        .map(|code| skill_word(page, &listed, code))
        .collect();
    let days: Vec<String> = offer.days.iter().map(|day| day.day.to_string()).collect();
    let atlas = visit.state.app.atlas_now().await?;
    let unit = offer.unit.and_then(|unit| atlas.unit(unit));
    let unit = unit.map(|unit| unit.names.in_lang(page.lang.as_str()).to_owned());
    let avoids = words(
        "avoid",
        offer.avoids.iter().map(|word| word.word()).collect(),
    );
    let all = [
        (
            "volunteers-place",
            PlaceWords::default().of(visit, page, &offer.place).await?,
        ),
        ("volunteers-skills", joined(page, &skills)),
        ("volunteer-free", joined(page, &free_words(page, offer))),
        ("volunteer-other-days", joined(page, &days)),
        ("volunteer-reach", reach_word(page, offer.reach)),
        (
            "volunteer-speaks",
            words(
                "speaks",
                offer.speaks.iter().map(|word| word.word()).collect(),
            ),
        ),
        ("volunteer-avoid", avoids),
        ("volunteer-avoid-note", offer.avoid_note.clone()),
        ("volunteer-unit", unit.unwrap_or_default()),
    ];
    let said = all.into_iter().filter(|(_, text)| !text.is_empty());
    Ok(said
        .map(|(key, text)| (page.t(key).into_owned(), text))
        .collect())
}

fn done(visit: &Visit, id: VolunteerId, word: &'static str) -> Response {
    let back = see(&format!("/desk/volunteers/{id}"));
    flash::say(back, Tone::Done, word, visit.transport())
}

/// Accepts somebody who asked.
pub async fn accept(visit: Visit, Path(id): Path<VolunteerId>) -> Answer {
    accept::accept(&visit.state.app, &visit.actor, id).await?;
    Ok(done(&visit, id, "volunteer-accepted"))
}

/// Declines somebody who asked, for a reason.
pub async fn decline(visit: Visit, Path(id): Path<VolunteerId>, form: Form) -> Answer {
    let declined = decline::decline(&visit.state.app, &visit.actor, id, form.text("reason")).await;
    match declined {
        Ok(()) => Ok(done(&visit, id, "volunteer-declined")),
        Err(error) if is_of_fields(&error) => {
            let page = visit.page();
            let wrong = Wrong {
                status: StatusCode::UNPROCESSABLE_ENTITY,
                reason: saying::fault(&page, &error, "reason"),
                ..Wrong::default()
            };
            draw(&visit, id, &form, wrong).await
        }
        Err(error) => Err(error.into()),
    }
}

fn is_of_fields(error: &Error) -> bool {
    matches!(error, Error::Refused(Refusal::Invalid(_)))
}

/// Notes a course or a thanks.
pub async fn mark(visit: Visit, Path(id): Path<VolunteerId>, form: Form) -> Answer {
    let page = visit.page();
    let mut wrong = Wrong {
        status: StatusCode::UNPROCESSABLE_ENTITY,
        ..Wrong::default()
    };
    let day = form.text("day").parse().ok();
    let minutes = match form.text("hours") {
        "" => Some(0),
        hours => minutes(hours),
    };
    let (Some(day), Some(minutes)) = (day, minutes) else {
        if day.is_none() {
            wrong.day = page.t("fault-not-date").into_owned();
        }
        if minutes.is_none() {
            wrong.hours = page.t("fault-service-hours").into_owned();
        }
        return draw(&visit, id, &form, wrong).await;
    };
    let noted = Mark {
        id: form.text("id").parse().map_err(|_| Problem::Malformed)?,
        volunteer: id,
        sort: form.text("sort").parse().map_err(|()| Problem::Malformed)?,
        day,
        what: form.text("what").to_owned(),
        minutes,
    };
    match mark::mark(&visit.state.app, &visit.actor, noted).await {
        Ok(()) => Ok(done(&visit, id, "volunteer-marked")),
        Err(error) if is_of_fields(&error) => {
            wrong.what = saying::fault(&page, &error, "what");
            wrong.day = saying::fault(&page, &error, "day");
            wrong.hours = saying::fault(&page, &error, "hours");
            draw(&visit, id, &form, wrong).await
        }
        Err(error) => Err(error.into()),
    }
}
