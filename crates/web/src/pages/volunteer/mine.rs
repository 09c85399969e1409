//! A volunteer's own page: how they stand, hours, what they did, what was agreed for the year,
//! certificates, and the way out. To anybody else it says what it is to help.

use askama::Template;
use axum::extract::RawQuery;
use axum::http::header;
use axum::response::IntoResponse;
use huiyin_app::volunteers::mine::{self, Mine};
use huiyin_app::volunteers::{export, leave, skills};
use huiyin_domain::id::{CertificateId, ServiceId};
use huiyin_domain::volunteer::{CertificateState, Mark, MarkSort, Service, ServiceState, Standing};
use jiff::civil::Date;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html, see};
use crate::when::When;

use super::{PlaceWords, free_words, hours, hours_word, joined, reach_word, skill_word};

#[derive(Template)]
#[template(path = "pages/volunteer/welcome.html")]
struct WelcomePage<'a> {
    page: &'a Page,
    signed_in: bool,
}

#[derive(Template)]
#[template(path = "pages/volunteer/mine.html")]
struct MinePage<'a> {
    page: &'a Page,
    name: &'a str,
    state: State,
    facts: Vec<(String, String)>,
    year: Year,
    /// Earlier years, one sentence each.
    earlier: Vec<String>,
    services: Vec<Row>,
    older: String,
    marks: Vec<String>,
    certificates: Vec<CertificateRow>,
    certificate: CertificateId,
    /// Whether there is anything to certify.
    can_certify: bool,
}

/// How the community answered.
struct State {
    tone: &'static str,
    sign: &'static str,
    word: String,
    about: String,
    is_accepted: bool,
}

/// The year so far.
struct Year {
    number: i64,
    hours: String,
    services: String,
    /// What was agreed and how much of it is done; empty when nothing was agreed.
    agreed: String,
    done: i64,
    share: i64,
}

struct Row {
    what: String,
    day: String,
    whom: String,
    hours: String,
    tone: &'static str,
    sign: &'static str,
    state: String,
    reason: String,
}

struct CertificateRow {
    id: CertificateId,
    made: String,
    is_valid: bool,
}

pub async fn show(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let page = visit.page();
    let asked = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    let before = match asked.text("before") {
        "" => None,
        text => Some(behind(text).ok_or(Problem::Malformed)?),
    };
    let signed_in = visit.actor.person().is_some();
    let found = match signed_in {
        true => mine::read(&visit.state.app, &visit.actor, before).await?,
        false => None,
    };
    match found {
        Some(found) => draw(&visit, &page, &found).await,
        None => html(&WelcomePage {
            page: &page,
            signed_in,
        }),
    }
}

/// `2026-11-03_0abc…`: where the list of services goes on.
fn behind(text: &str) -> Option<(Date, ServiceId)> {
    let (day, id) = text.split_once('_')?;
    Some((day.parse().ok()?, id.parse().ok()?))
}

async fn draw(visit: &Visit, page: &Page, found: &Mine) -> Answer {
    let when = When::of(visit, page);
    let own = &found.volunteer;
    let today = visit.state.app.config.day(visit.state.now());
    let certificates = found.certificates.iter().map(|given| CertificateRow {
        id: given.id,
        made: when.day_of(given.made_at),
        is_valid: matches!(given.state, CertificateState::Valid(_)),
    });
    html(&MinePage {
        name: &own.offer.name,
        state: state(page, &own.standing),
        facts: facts(visit, page, found).await?,
        year: year(page, found, i64::from(today.year())),
        earlier: earlier(page, found, i64::from(today.year())),
        services: found
            .services
            .iter()
            .map(|service| row(page, &when, service))
            .collect(),
        older: found.older.map_or_else(String::new, |(day, id)| {
            format!("/volunteer?before={day}_{id}")
        }),
        marks: found
            .marks
            .iter()
            .map(|mark| mark_words(page, &when, mark))
            .collect(),
        certificates: certificates.collect(),
        certificate: CertificateId::from_raw(visit.state.app.mint()),
        can_certify: !found.sums.is_empty(),
        page,
    })
}

fn state(page: &Page, standing: &Standing) -> State {
    let (tone, sign, key, about) = match standing {
        Standing::Asked => ("wait", "hourglass", "asked", String::new()),
        Standing::Accepted { .. } => ("done", "circle-check", "accepted", String::new()),
        Standing::Declined { reason, .. } => ("late", "alert-circle", "declined", reason.clone()),
    };
    State {
        tone,
        sign,
        word: page.t(&format!("volunteer-state-{key}")).into_owned(),
        about: match about.is_empty() {
            true => page.t(&format!("volunteer-state-{key}-about")).into_owned(),
            false => page
                .ts("volunteer-state-declined-about", "reason", &about)
                .into_owned(),
        },
        is_accepted: matches!(standing, Standing::Accepted { .. }),
    }
}

async fn facts(visit: &Visit, page: &Page, found: &Mine) -> Result<Vec<(String, String)>, Problem> {
    let offer = &found.volunteer.offer;
    let app = &visit.state.app;
    let mut facts = Vec::new();
    let mut say = |key: &str, text: String| {
        if !text.is_empty() {
            facts.push((page.t(key).into_owned(), text));
        }
    };
    let place = PlaceWords::default().of(visit, page, &offer.place).await?;
    say("volunteer-place", place);
    let listed = skills::list(app, offer.community()).await?;
    let words: Vec<String> = offer
        .skills
        .iter()
        .map(|code| skill_word(page, &listed, code))
        .collect();
    say("volunteer-skills", joined(page, &words));
    say("volunteer-free", joined(page, &free_words(page, offer)));
    say("volunteer-reach", reach_word(page, offer.reach));
    if let Some(member) = found.volunteer.membership {
        let atlas = app.atlas_now().await?;
        let unit = atlas.unit(member.unit);
        let name = unit.map(|unit| unit.names.in_lang(page.lang.as_str()).to_owned());
        let key = match member.agreed_at {
            Some(_) => "volunteer-unit-agreed",
            None => "volunteer-unit-asked",
        };
        let name = name.unwrap_or_default();
        say("volunteer-unit", page.ts(key, "unit", &name).into_owned());
    }
    Ok(facts)
}

fn year(page: &Page, found: &Mine, number: i64) -> Year {
    let sum = found.sums.iter().find(|sum| sum.year == number);
    let (services, minutes) = sum.map_or((0, 0), |sum| (sum.services, sum.minutes));
    let share = i64::from(found.share);
    let args = [("done", services.into()), ("share", share.into())];
    let key = match services >= share {
        true => "volunteer-year-done",
        false => "volunteer-year-open",
    };
    Year {
        number,
        hours: hours(minutes),
        services: services.to_string(),
        agreed: match share {
            0 => String::new(),
            _ => page.ta(key, &args).into_owned(),
        },
        done: services.min(share),
        share,
    }
}

fn earlier(page: &Page, found: &Mine, number: i64) -> Vec<String> {
    let earlier = found.sums.iter().filter(|sum| sum.year < number);
    earlier
        .map(|sum| {
            let args = [
                ("year", sum.year.to_string().into()),
                ("services", sum.services.into()),
                ("hours", hours(sum.minutes).into()),
            ];
            page.ta("volunteer-earlier", &args).into_owned()
        })
        .collect()
}

fn row(page: &Page, when: &When<'_>, service: &Service) -> Row {
    let (tone, sign, key) = match &service.state {
        ServiceState::Reported => ("wait", "hourglass", "reported"),
        ServiceState::Confirmed { .. } => ("done", "circle-check", "confirmed"),
        ServiceState::Refused { .. } => ("late", "alert-circle", "not-confirmed"),
    };
    Row {
        what: service.what.clone(),
        day: when.day(service.day),
        whom: page
            .t(&format!("volunteer-whom-{}", service.whom.word()))
            .into_owned(),
        hours: hours_word(page, i64::from(service.minutes)),
        tone,
        sign,
        state: page.t(&format!("volunteer-service-{key}")).into_owned(),
        reason: match &service.state {
            ServiceState::Refused { reason, .. } => reason.clone(),
            _ => String::new(),
        },
    }
}

/// A course or a thanks in one line.
pub(crate) fn mark_words(page: &Page, when: &When<'_>, mark: &Mark) -> String {
    let key = match mark.sort {
        MarkSort::Training => "volunteer-mark-training",
        MarkSort::Recognition => "volunteer-mark-recognition",
    };
    let args = [
        ("what", mark.what.clone().into()),
        ("day", when.day(mark.day).into()),
        ("hours", hours(i64::from(mark.minutes)).into()),
    ];
    page.ta(key, &args).into_owned()
}

/// Leaves: one button.
pub async fn leave(visit: Visit) -> Answer {
    leave::leave(&visit.state.app, &visit.actor).await?;
    let back = see("/volunteer");
    Ok(flash::say(
        back,
        Tone::Done,
        "volunteer-left",
        visit.transport(),
    ))
}

/// Everything that is kept of the volunteer, as a file.
pub async fn data(visit: Visit) -> Answer {
    let data = export::export(&visit.state.app, &visit.actor).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/json; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"volunteer.json\"",
        ),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, format!("{data:#}\n")).into_response())
}
