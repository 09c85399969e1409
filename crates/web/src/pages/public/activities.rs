//! What is on: the list of activities, and one of them with how the reader stands with it.

use askama::Template;
use axum::extract::{Path, RawQuery};
use huiyin_app::activities::look::{self, Page as Found};
use huiyin_app::activities::sign_up::{self, Given};
use huiyin_app::activities::{check_in, confirm, leave};
use huiyin_app::limits::Purpose;
use huiyin_app::pictures::Picture;
use huiyin_domain::activity::{SignUpState, Sort};
use huiyin_domain::id::ActivityId;

use crate::flash;
use crate::form::Form;
use crate::layout::{Page, Tone};
use crate::pages::parts::{self, ActivityCard};
use crate::pages::wrong::Wrong;
use crate::problem::Problem;
use crate::visit::{Answer, Visit, html, html_as, see};
use crate::when::When;

#[derive(Template)]
#[template(path = "pages/public/activities.html")]
struct ActivitiesPage<'a> {
    page: &'a Page,
    text: String,
    place: String,
    places: Vec<(String, String)>,
    cards: Vec<ActivityCard>,
    next: String,
    /// What is over, not what is to come.
    is_past: bool,
}

pub async fn list(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    visit.count(Purpose::Search)?;
    let query = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    let page = visit.page();
    let (place, places) = super::wall::place_of(&visit, &query, page.lang.as_str()).await?;
    let after = query.get("after").and_then(|after| after.parse().ok());
    let is_past = query.text("when") == "past";
    let (lines, next) = match is_past {
        true => look::past(&visit.state.app, place.clone(), after).await?,
        false => look::list(&visit.state.app, place.clone(), after).await?,
    };
    let when = When::of(&visit, &page);
    let place = place.map(|place| place.to_string()).unwrap_or_default();
    let cards = lines
        .iter()
        .map(|line| parts::activity_card(&when, line, "/activities"));
    html(&ActivitiesPage {
        text: query.text("text").to_owned(),
        places,
        cards: cards.collect(),
        next: next.map_or_else(String::new, |next| {
            let when = if is_past { "past" } else { "" };
            format!("/activities?place={place}&when={when}&after={next}")
        }),
        is_past,
        place,
        page: &page,
    })
}

#[derive(Template)]
#[template(path = "pages/public/activity.html")]
struct ActivityPage<'a> {
    page: &'a Page,
    id: String,
    title: String,
    text: String,
    seats: String,
    tone: &'static str,
    sign: &'static str,
    facts: Vec<(String, String)>,
    /// The group that holds it, and where it is.
    group: Option<(String, String)>,
    report: String,
    /// How many came; empty as long as it is not told of.
    came: String,
    pictures: Vec<Picture>,
    stand: Stand,
    /// What the reader is told of how they stand.
    said: String,
    questions: Vec<Asked>,
    team_max: i64,
    team: String,
    members: String,
    wrong: Wrong,
}

/// How the reader stands with it, and so what they may do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stand {
    SignIn,
    MaySignUp,
    Seated,
    Offered,
    Waiting,
    Over,
}

/// A question as the form asks it.
struct Asked {
    id: String,
    says: String,
    choices: Vec<(String, String, bool)>,
    value: String,
}

pub async fn show(visit: Visit, Path(id): Path<ActivityId>) -> Answer {
    draw(&visit, id, &Form::default(), Wrong::default()).await
}

async fn draw(visit: &Visit, id: ActivityId, typed: &Form, wrong: Wrong) -> Answer {
    let found = look::show(&visit.state.app, &visit.actor, id).await?;
    let page = visit.page();
    let when = When::of(visit, &page);
    let activity = &found.line.activity;
    let (seats, look) = parts::seats(&when, &found.line);
    let stand = stand(visit, &when, &found);
    let status = wrong.status;
    let drawn = ActivityPage {
        id: id.to_string(),
        title: activity.title.clone(),
        text: activity.about.text.clone(),
        seats,
        tone: look.tone,
        sign: look.sign,
        facts: facts(&when, &found),
        group: found
            .group
            .as_ref()
            .map(|group| (format!("/associations/{}", group.id), group.name.clone())),
        report: activity.report.clone().unwrap_or_default(),
        came: match found.line.came() {
            Some(came) => page.tn("activity-came", "count", came).into_owned(),
            None => String::new(),
        },
        pictures: found.pictures.clone(),
        said: said(&when, &found, stand),
        stand,
        questions: questions(&page, &found, typed),
        team_max: activity.about.team_max,
        team: typed.text("team").to_owned(),
        members: typed.text("members").to_owned(),
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

fn stand(visit: &Visit, when: &When<'_>, found: &Found) -> Stand {
    let activity = &found.line.activity;
    let own = found.own.as_ref().map(|own| own.state);
    let is_off = activity.cancelled_at.is_some() || activity.ends_at <= when.now;
    match own {
        _ if is_off => Stand::Over,
        Some(SignUpState::Seated) => Stand::Seated,
        Some(SignUpState::Offered) => Stand::Offered,
        Some(SignUpState::Waiting) => Stand::Waiting,
        _ if activity.sign_up_until <= when.now => Stand::Over,
        _ if visit.visitor.is_none() => Stand::SignIn,
        _ => Stand::MaySignUp,
    }
}

fn said(when: &When<'_>, found: &Found, stand: Stand) -> String {
    let page = when.page;
    let own = found.own.as_ref();
    match stand {
        Stand::Seated if own.is_some_and(|own| own.came_at.is_some()) => {
            page.t("activity-you-came").into_owned()
        }
        Stand::Seated => page.t("activity-you-sit").into_owned(),
        Stand::Waiting => page
            .tn("activity-you-wait", "count", found.before)
            .into_owned(),
        Stand::Offered => {
            let until = own.and_then(|own| own.offered_until);
            let until = until.map(|until| when.moment(until)).unwrap_or_default();
            page.ts("activity-offered", "moment", &until).into_owned()
        }
        Stand::SignIn | Stand::MaySignUp | Stand::Over => String::new(),
    }
}

fn facts(when: &When<'_>, found: &Found) -> Vec<(String, String)> {
    let page = when.page;
    let (lang, activity) = (page.lang.as_str(), &found.line.activity);
    let name = |names: &Option<huiyin_domain::names::Names>| {
        names
            .as_ref()
            .map(|names| names.in_lang(lang).to_owned())
            .unwrap_or_default()
    };
    let place = [
        found.line.place.in_lang(lang).to_owned(),
        name(&found.venue),
        name(&found.room),
        activity.about.address.clone(),
    ];
    let place: Vec<String> = place.into_iter().filter(|part| !part.is_empty()).collect();
    let team = match activity.about.is_for_teams() {
        true => page
            .tn("activity-for-teams", "count", activity.about.team_max)
            .into_owned(),
        false => String::new(),
    };
    let facts = [
        (
            "activity-when",
            parts::span(when, activity.starts_at, activity.ends_at),
        ),
        ("activity-where", place.join(" · ")),
        (
            "activity-seats",
            page.tn("activity-capacity", "count", activity.capacity)
                .into_owned(),
        ),
        ("activity-teams", team),
        ("activity-until", when.moment(activity.sign_up_until)),
    ];
    let told = facts.into_iter().filter(|(_, text)| !text.is_empty());
    told.map(|(key, text)| (page.t(key).into_owned(), text))
        .collect()
}

fn questions(page: &Page, found: &Found, typed: &Form) -> Vec<Asked> {
    let questions = found.line.activity.about.questions.iter().enumerate();
    questions
        .map(|(number, question)| {
            let id = format!("q-{number}");
            let value = typed.text(&id).to_owned();
            let choice = |word: &str, label: String| (word.to_owned(), label, word == value);
            let choices = match &question.sort {
                Sort::Text => Vec::new(),
                Sort::YesNo => vec![
                    choice("yes", page.t("answer-yes").into_owned()),
                    choice("no", page.t("answer-no").into_owned()),
                ],
                Sort::Choice(choices) => choices
                    .iter()
                    .map(|word| choice(word, word.clone()))
                    .collect(),
            };
            Asked {
                says: question.says.clone(),
                choices,
                id,
                value,
            }
        })
        .collect()
}

pub async fn sign_up(visit: Visit, Path(id): Path<ActivityId>, form: Form) -> Answer {
    let count = huiyin_domain::activity::Question::COUNT_MAX;
    let given = Given {
        answers: (0..count)
            .map(|number| form.text(&format!("q-{number}")).to_owned())
            .collect(),
        team: form.text("team").to_owned(),
        members: form.text("members").parse().ok(),
    };
    match sign_up::sign_up(&visit.state.app, &visit.actor, id, given).await {
        Ok(reply) => {
            let (tone, word) = match reply.state {
                SignUpState::Waiting => (Tone::Wait, "sign-up-waits"),
                _ => (Tone::Done, "sign-up-seated"),
            };
            Ok(back(&visit, id, tone, word))
        }
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw(&visit, id, &form, wrong).await
        }
    }
}

pub async fn leave(visit: Visit, Path(id): Path<ActivityId>) -> Answer {
    match leave::leave(&visit.state.app, &visit.actor, id).await {
        Ok(()) => Ok(back(&visit, id, Tone::Done, "sign-up-left")),
        Err(error) => refused(&visit, id, error).await,
    }
}

pub async fn confirm(visit: Visit, Path(id): Path<ActivityId>) -> Answer {
    match confirm::confirm(&visit.state.app, &visit.actor, id).await {
        Ok(()) => Ok(back(&visit, id, Tone::Done, "sign-up-seated")),
        Err(error) => refused(&visit, id, error).await,
    }
}

async fn refused(visit: &Visit, id: ActivityId, error: huiyin_app::Error) -> Answer {
    let wrong = Wrong::of(&visit.page(), error)?;
    draw(visit, id, &Form::default(), wrong).await
}

fn back(visit: &Visit, id: ActivityId, tone: Tone, word: &str) -> axum::response::Response {
    let answer = see(&format!("/activities/{id}"));
    flash::say(answer, tone, word, visit.transport())
}

#[derive(Template)]
#[template(path = "pages/public/here.html")]
struct HerePage<'a> {
    page: &'a Page,
    id: String,
    title: String,
    code: String,
    wrong: Wrong,
}

/// At the door: the code comes with the link of the QR code, or is typed.
pub async fn here(visit: Visit, Path(id): Path<ActivityId>, RawQuery(query): RawQuery) -> Answer {
    let query = Form::from_query(query.as_deref().unwrap_or_default()).map_err(Problem::Form)?;
    draw_here(&visit, id, query.text("code"), Wrong::default()).await
}

async fn draw_here(visit: &Visit, id: ActivityId, code: &str, wrong: Wrong) -> Answer {
    let found = look::show(&visit.state.app, &visit.actor, id).await?;
    let page = visit.page();
    let status = wrong.status;
    let drawn = HerePage {
        id: id.to_string(),
        title: found.line.activity.title,
        code: code.chars().take(40).collect(),
        wrong,
        page: &page,
    };
    html_as(status, &drawn)
}

pub async fn come(visit: Visit, Path(id): Path<ActivityId>, form: Form) -> Answer {
    let code = form.text("code").to_owned();
    let came = check_in::check_in(&visit.state.app, &visit.actor, id, code.clone()).await;
    match came {
        Ok(()) => Ok(back(&visit, id, Tone::Done, "checked-in")),
        Err(error) => {
            let wrong = Wrong::of(&visit.page(), error)?;
            draw_here(&visit, id, &code, wrong).await
        }
    }
}
